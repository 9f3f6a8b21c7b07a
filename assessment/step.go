package assessment

import "github.com/unioncampaign/union"

// A Step changes an item's figure. Exactly one member is set.
type Step struct {
	Times *Times          `json:"times,omitempty"`
	Curve []Point         `json:"curve,omitempty"` // linear between the points, flat before the first and after the last
	Bands *Bands          `json:"bands,omitempty"` // the figure of the band that it falls in
	Clamp *union.Interval `json:"clamp,omitempty"` // held within a closed interval: caps and floors
	Round *union.Rounding `json:"round,omitempty"`
}

// Times multiplies by a number, or by another item that stands before; inverted
// it divides. Exactly one of By and Item is given.
type Times struct {
	By     union.Number `json:"by,omitzero"`
	Item   string       `json:"item,omitempty"`
	Invert bool         `json:"invert,omitempty"`
}

// A Point of a curve.
type Point struct {
	X union.Number `json:"x"`
	Y union.Number `json:"y"`
}

// check notes what is wrong with the step; items are those before it.
func (s Step) check(f *union.FaultList, where string, items known) {
	if s.Times != nil {
		s.Times.check(f, where+".times", items)
	}
	if len(s.Curve) > 0 {
		checkCurve(f, where+".curve", s.Curve)
	}
	if s.Bands != nil {
		s.Bands.check(f, where+".bands")
	}
	if s.Clamp != nil {
		checkClamp(f, where+".clamp", *s.Clamp)
	}
	if s.Round != nil {
		f.Within(where+".round", s.Round.Check())
	}
	set := chosen(s.Times != nil, len(s.Curve) > 0, s.Bands != nil, s.Clamp != nil, s.Round != nil)
	oneOf(f, where, set, "times, curve, bands, clamp and round")
}

func (t Times) check(f *union.FaultList, where string, items known) {
	switch {
	case t.Item == "" && t.By.Sign() == 0:
		f.Add(union.ErrMissing, where, "", "a number other than 0, or an item")
	case t.Item != "" && t.By.Sign() != 0:
		f.Add(union.ErrRepeated, where, "a number and an item", "one of them")
	case t.Item != "":
		items.use(f, where+".item", t.Item)
	}
}

func checkCurve(f *union.FaultList, where string, points []Point) {
	if len(points) < 2 {
		f.Add(union.ErrMissing, where, "1 point", "2 or more")
	}
	for i := 1; i < len(points); i++ {
		if points[i-1].X.Cmp(points[i].X) >= 0 {
			f.Add(union.ErrOrder, union.Indexed(where, i)+".x", points[i].X.String(), "above "+points[i-1].X.String())
		}
	}
}

// checkClamp wants at least one end, and closed ends: there is no greatest
// number below an open one.
func checkClamp(f *union.FaultList, where string, in union.Interval) {
	_, lowerClosed, lower := in.Lower()
	_, upperClosed, upper := in.Upper()
	switch {
	case !lower && !upper:
		f.Add(union.ErrMissing, where, "no end", "a least or a greatest figure")
	case lower && !lowerClosed, upper && !upperClosed:
		f.Add(union.ErrRange, where, in.String(), "closed ends")
	}
}

// extent returns the extent of what the step makes of e.
func (s Step) extent(e extent) extent {
	switch {
	case s.Times != nil && s.Times.Item == "":
		by := s.Times.By
		if s.Times.Invert {
			inverse, err := one().Quo(by)
			if err != nil {
				return extent{}
			}
			by = inverse
		}
		return e.times(by)
	case len(s.Curve) > 0:
		var heights []union.Number
		for _, point := range s.Curve {
			heights = append(heights, point.Y)
		}
		return extentOf(heights)
	case s.Bands != nil:
		var gives []union.Number
		for _, band := range s.Bands.List {
			gives = append(gives, band.Give)
		}
		return extentOf(gives)
	case s.Clamp != nil:
		return e.within(*s.Clamp)
	case s.Round != nil:
		return e.rounded(*s.Round)
	}
	return extent{}
}

// apply returns what the step makes of n.
func (s Step) apply(n union.Number, marks []mark, items known) (union.Number, error) {
	switch {
	case s.Times != nil:
		return s.Times.apply(n, marks, items)
	case len(s.Curve) > 0:
		return curveAt(s.Curve, n)
	case s.Bands != nil:
		return s.Bands.find(n)
	case s.Clamp != nil:
		return clamped(n, *s.Clamp), nil
	}
	return s.Round.Apply(n)
}

func (t Times) apply(n union.Number, marks []mark, items known) (union.Number, error) {
	by := t.By
	if t.Item != "" {
		other := marks[items.index[t.Item]]
		if !other.applies {
			return n, union.NewFault(union.ErrMissing, t.Item, "does not apply", "a figure")
		}
		by = other.figure
	}
	if !t.Invert {
		return n.Mul(by), nil
	}
	result, err := n.Quo(by)
	return result, union.Within(t.Item, err)
}

// curveAt returns the height of the curve at x.
func curveAt(points []Point, x union.Number) (union.Number, error) {
	if x.Cmp(points[0].X) <= 0 {
		return points[0].Y, nil
	}
	for i := 1; i < len(points); i++ {
		left, right := points[i-1], points[i]
		if x.Cmp(right.X) > 0 {
			continue
		}
		way, err := x.Sub(left.X).Quo(right.X.Sub(left.X))
		if err != nil {
			return x, err
		}
		return left.Y.Add(right.Y.Sub(left.Y).Mul(way)), nil
	}
	return points[len(points)-1].Y, nil
}

// clamped returns n held within the closed ends of in.
func clamped(n union.Number, in union.Interval) union.Number {
	if bound, _, ok := in.Lower(); ok && n.Cmp(bound) < 0 {
		return bound
	}
	if bound, _, ok := in.Upper(); ok && n.Cmp(bound) > 0 {
		return bound
	}
	return n
}
