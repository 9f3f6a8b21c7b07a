package competition

import (
	"math"
	"strconv"

	"github.com/unioncampaign/union"
)

// limits are what a tally must know of its edition to refuse a coded record: how
// many terms each list has, and the days on which a firm could enter. They are
// fixed by the rule that the tally names, and come with it.
type limits struct {
	ownership union.Code
	size      union.Code
	levels    union.Code
	kinds     int
	window    union.Period
	total     int64 // the most that a table may count in all
}

func (e Edition) limits() limits {
	// A cell of a table holds this much whatever the others hold, so that a
	// total within it makes sure that nothing overflows half-way.
	cells := (e.ownership.Len() + 1) * (e.size.Len() + 1) * int(No+1) * int(No+1)
	return limits{
		total:     math.MaxInt64 / int64(cells),
		ownership: union.Code(e.ownership.Len()),
		size:      union.Code(e.size.Len()),
		levels:    union.Code(e.levels.Len()),
		kinds:     e.kinds.Len(),
		window:    e.spec.Window,
	}
}

// cell refuses a place that the tables of the edition do not have.
func (l limits) cell(ownership, size union.Code, unionised, aboveScale Whether) error {
	switch {
	case ownership > l.ownership:
		return union.NewFault(union.ErrRange, "ownership", whole(int(ownership)), "at most "+whole(int(l.ownership)))
	case size > l.size:
		return union.NewFault(union.ErrRange, "size", whole(int(size)), "at most "+whole(int(l.size)))
	case unionised > No:
		return union.NewFault(union.ErrRange, "unionised", unionised.String(), "yes, no or nothing")
	case aboveScale > No:
		return union.NewFault(union.ErrRange, "above_scale", aboveScale.String(), "yes, no or nothing")
	}
	return nil
}

// workforce refuses a number of workers that no firm has.
func workforce(n int64) error {
	switch {
	case n == 0:
		return union.NewFault(union.ErrMissing, "workers", "", "1 or more")
	case n < 0:
		return union.NewFault(union.ErrRange, "workers", strconv.FormatInt(n, 10), "1 or more")
	}
	return nil
}
