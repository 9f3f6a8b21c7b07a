package union

import (
	"errors"
	"slices"
	"strconv"
)

// A Band gives a key to the numbers of an interval: a grade, a tier, a category.
type Band struct {
	In  Interval `json:"in"`
	Key string   `json:"key"`
}

// A BandsSpec describes bands. Scale is the whole that they must partition; the
// zero Scale is all numbers. Grid, if it is not zero, says that only its
// multiples occur (1 for whole points, 0.5 for half points), so that 60 to 69
// and 70 to 79 have no hole between them. The bands may be listed in any order,
// and two may have the same key.
type BandsSpec struct {
	Scale Interval `json:"scale"`
	Grid  Number   `json:"grid"`
	List  []Band   `json:"list"`
}

// Bands are a checked partition: every number of the scale lies in exactly one
// of them. The zero Bands are none, and hold no number.
type Bands struct {
	spec BandsSpec
}

// NewBands returns the bands that spec describes. It reports all the faults it
// finds, joined, each a [Fault] that says where in spec:
//   - [ErrMissing], if there are no bands, or the key of one is empty;
//   - [ErrRange], if the grid is negative, if a band reaches outside the scale,
//     or if it, or the scale, holds no multiple of the grid;
//   - [ErrHole], with a number of the scale that lies in no band;
//   - [ErrOverlap], with a number that lies in two.
func NewBands(spec BandsSpec) (Bands, error) {
	spec = spec.clone()
	if spec.Grid.Sign() < 0 {
		return Bands{}, NewFault(ErrRange, "grid", spec.Grid.String(), "0 or more")
	}
	if len(spec.List) == 0 {
		return Bands{}, NewFault(ErrMissing, "list", "", "at least one band")
	}
	scale := spec.span(spec.Scale)
	if scale.isEmpty() {
		return Bands{}, NewFault(ErrRange, "scale", spec.Scale.String(), "a multiple of "+spec.Grid.String()+" in it")
	}
	spans, faults := spec.spans(scale)
	faults = append(faults, spec.partition(scale, spans)...)
	if err := errors.Join(faults...); err != nil {
		return Bands{}, err
	}
	return Bands{spec: spec}, nil
}

// Find returns the band that n lies in. A number outside the scale or off the
// grid, and any number if there are no bands, is [ErrRange].
func (b Bands) Find(n Number) (Band, error) {
	i, err := b.Index(n)
	if err != nil {
		return Band{}, err
	}
	return b.spec.List[i], nil
}

// Index returns the place of the band that n lies in, counted from 0 in the
// order of the list. It fails where [Bands.Find] does.
func (b Bands) Index(n Number) (int, error) {
	if !b.spec.onGrid(n) {
		return 0, NewFault(ErrRange, "", n.String(), "a multiple of "+b.spec.Grid.String())
	}
	for i, band := range b.spec.List {
		if band.In.Contains(n) {
			return i, nil
		}
	}
	want := "a number in " + b.spec.Scale.String()
	if len(b.spec.List) == 0 {
		want = "bands to find it in"
	}
	return 0, NewFault(ErrRange, "", n.String(), want)
}

// Spec returns a copy of the spec that the bands were made of.
func (b Bands) Spec() BandsSpec { return b.spec.clone() }

func (s BandsSpec) clone() BandsSpec {
	s.List = slices.Clone(s.List)
	return s
}

// onGrid reports whether n is a multiple of the grid, if there is one.
func (s BandsSpec) onGrid(n Number) bool {
	if s.Grid.Sign() == 0 {
		return true
	}
	multiple, err := n.Quo(s.Grid)
	return err == nil && multiple.IsInt()
}

// A span is what a band covers, between two edges. On a grid both edges stand
// just before a multiple, so that bands which leave no multiple between them
// meet.
type span struct {
	low, high edge
	index     int // of the band in the list
}

func (s span) isEmpty() bool { return s.low.compare(s.high) >= 0 }

// span returns what in covers.
func (s BandsSpec) span(in Interval) span {
	return span{low: s.snapped(in.low()), high: s.snapped(in.high())}
}

// snapped moves an edge up to just before the next multiple of the grid.
func (s BandsSpec) snapped(e edge) edge {
	if e.end != 0 || s.Grid.Sign() == 0 {
		return e
	}
	multiple, _ := e.at.Quo(s.Grid) // the grid is not 0
	mode := Ceiling
	if e.after {
		mode = Floor
	}
	// The rounding names a mode and no places, and so cannot fail.
	whole, _ := Rounding{Mode: mode}.Apply(multiple)
	if e.after {
		whole = whole.Add(Whole(1))
	}
	return edge{at: whole.Mul(s.Grid)}
}

// step returns how far from an end a number beyond it is named.
func (s BandsSpec) step() Number {
	if s.Grid.Sign() == 0 {
		return Whole(1)
	}
	return s.Grid
}

// spans returns what each band covers, from the lowest up, and the faults that
// a band has by itself. A band that covers nothing is left out.
func (s BandsSpec) spans(scale span) ([]span, []error) {
	var spans []span
	var faults []error
	for i, band := range s.List {
		if band.Key == "" {
			faults = append(faults, NewFault(ErrMissing, bandPlace(i)+".key", "", ""))
		}
		covers := s.span(band.In)
		covers.index = i
		if covers.isEmpty() {
			faults = append(faults, NewFault(ErrRange, bandPlace(i)+".in", band.In.String(),
				"a multiple of "+s.Grid.String()+" in it"))
			continue
		}
		if covers.low.compare(scale.low) < 0 || covers.high.compare(scale.high) > 0 {
			faults = append(faults, NewFault(ErrRange, bandPlace(i)+".in", band.In.String(), "within "+s.Scale.String()))
		}
		spans = append(spans, covers)
	}
	slices.SortStableFunc(spans, func(a, b span) int { return a.low.compare(b.low) })
	return spans, faults
}

// partition walks up the scale and reports every hole and every overlap.
func (s BandsSpec) partition(scale span, spans []span) []error {
	var faults []error
	reached, below := scale.low, -1 // how far the bands cover the scale, and the one that reaches there
	for _, next := range spans {
		switch low := next.low; {
		case low.compare(reached) > 0:
			faults = append(faults, s.hole(reached, low, below, next.index))
		case low.compare(reached) < 0 && below >= 0:
			faults = append(faults, s.overlap(low, lowerEdge(reached, next.high), below, next.index))
		}
		if next.high.compare(reached) > 0 {
			reached, below = next.high, next.index
		}
	}
	if reached.compare(scale.high) < 0 {
		faults = append(faults, s.hole(reached, scale.high, below, -1))
	}
	return faults
}

// hole reports that the numbers from low to high lie in no band: between two, or
// below or above all, when the one or the other is -1.
func (s BandsSpec) hole(low, high edge, below, above int) error {
	got := numberBetween(low, high, s.step()).String()
	at := above
	switch {
	case below >= 0 && above >= 0:
		got += " between " + s.List[below].In.String() + " and " + s.List[above].In.String()
	case above >= 0:
		got += " below " + s.List[above].In.String()
	case below >= 0:
		got, at = got+" above "+s.List[below].In.String(), below
	default: // every band covers nothing
		return NewFault(ErrHole, "list", got, "every number of "+s.Scale.String()+" in one band")
	}
	return NewFault(ErrHole, bandPlace(at), got, "every number of "+s.Scale.String()+" in one band")
}

// overlap reports that the numbers from low to high lie in two bands.
func (s BandsSpec) overlap(low, high edge, first, second int) error {
	got := numberBetween(low, high, s.step()).String() +
		" in " + s.List[first].In.String() + " and " + s.List[second].In.String()
	return NewFault(ErrOverlap, bandPlace(second), got, "every number of "+s.Scale.String()+" in one band")
}

// bandPlace names a band of the list.
func bandPlace(i int) string { return "list[" + strconv.Itoa(i) + "]" }
