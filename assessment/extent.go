package assessment

import "github.com/unioncampaign/union"

// extent is the least and greatest figure that an item can have; nil: no bound
// is known.
type extent struct{ low, high *union.Number }

// extentOf returns the extent of a list of figures.
func extentOf(list []union.Number) extent {
	var e extent
	for i := range list {
		if e.low == nil || list[i].Cmp(*e.low) < 0 {
			e.low = &list[i]
		}
		if e.high == nil || list[i].Cmp(*e.high) > 0 {
			e.high = &list[i]
		}
	}
	return e
}

// times returns the extent multiplied by n: a negative n swaps the ends.
func (e extent) times(n union.Number) extent {
	if n.Sign() < 0 {
		e.low, e.high = e.high, e.low
	}
	return extent{low: product(e.low, n), high: product(e.high, n)}
}

func product(bound *union.Number, n union.Number) *union.Number {
	if bound == nil {
		return nil
	}
	result := bound.Mul(n)
	return &result
}

// plus returns the extent of the sum of two figures.
func (e extent) plus(other extent) extent {
	return extent{low: total(e.low, other.low), high: total(e.high, other.high)}
}

func total(a, b *union.Number) *union.Number {
	if a == nil || b == nil {
		return nil
	}
	result := a.Add(*b)
	return &result
}

// or returns the extent of a figure that has one extent or the other.
func (e extent) or(other extent) extent {
	if e.low == nil || other.low == nil {
		e.low = nil
	} else {
		e.low = atMost(e.low, *other.low)
	}
	if e.high == nil || other.high == nil {
		e.high = nil
	} else {
		e.high = atLeast(e.high, *other.high)
	}
	return e
}

// within returns the extent held within the ends of in, which are closed.
func (e extent) within(in union.Interval) extent {
	if bound, _, ok := in.Lower(); ok {
		if e.low == nil {
			e.low = &bound
		}
		e.low, e.high = atLeast(e.low, bound), atLeast(e.high, bound)
	}
	if bound, _, ok := in.Upper(); ok {
		if e.high == nil {
			e.high = &bound
		}
		e.low, e.high = atMost(e.low, bound), atMost(e.high, bound)
	}
	return e
}

func atLeast(n *union.Number, bound union.Number) *union.Number {
	if n != nil && n.Cmp(bound) < 0 {
		return &bound
	}
	return n
}

func atMost(n *union.Number, bound union.Number) *union.Number {
	if n != nil && n.Cmp(bound) > 0 {
		return &bound
	}
	return n
}

// rounded returns the extent with its ends rounded; rounding never turns an
// order round.
func (e extent) rounded(by union.Rounding) extent {
	return extent{low: roundedBound(e.low, by), high: roundedBound(e.high, by)}
}

func roundedBound(bound *union.Number, by union.Rounding) *union.Number {
	if bound == nil {
		return nil
	}
	result, err := by.Apply(*bound)
	if err != nil {
		return nil
	}
	return &result
}
