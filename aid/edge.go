package aid

import (
	"cmp"

	"github.com/unioncampaign/union"
)

// An edge is a place between multiples of a line: just before or just after one,
// or beyond all of them. What an interval holds lies between two edges, so that
// "[1" and "1)" are one edge, and "(1" and "1]" another.
type edge struct {
	at    union.Number
	after bool // after the number, else before it
	end   int  // -1 or 1: beyond all numbers, downwards or upwards
}

func lowEdge(i union.Interval) edge {
	lower, closed, ok := i.Lower()
	if !ok {
		return edge{end: -1}
	}
	return edge{at: lower, after: !closed}
}

func highEdge(i union.Interval) edge {
	upper, closed, ok := i.Upper()
	if !ok {
		return edge{end: 1}
	}
	return edge{at: upper, after: closed}
}

// compare returns -1, 0 or 1 as e lies below, at or above other.
func (e edge) compare(other edge) int {
	if e.end != 0 || other.end != 0 {
		return cmp.Compare(e.end, other.end)
	}
	if c := e.at.Cmp(other.at); c != 0 {
		return c
	}
	switch {
	case e.after == other.after:
		return 0
	case e.after:
		return 1
	}
	return -1
}

// between returns a number that lies between two edges, of which low is the
// lower: an end that lies there, else one midway or a step away.
func between(low, high edge) union.Number {
	one := union.Whole(1)
	switch {
	case low.end == 0 && !low.after:
		return low.at
	case high.end == 0 && high.after:
		return high.at
	case low.end == 0 && high.end == 0:
		middle, _ := low.at.Add(high.at).Quo(union.Whole(2)) // two is not nothing
		return middle
	case low.end == 0:
		return low.at.Add(one)
	case high.end == 0:
		return high.at.Sub(one)
	}
	return union.Number{}
}
