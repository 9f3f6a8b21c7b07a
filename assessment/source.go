package assessment

import (
	"strconv"

	"github.com/unioncampaign/union"
)

// A Source is where an item's figure comes from. Exactly one member is set.
type Source struct {
	Given  *Given  `json:"given,omitempty"`
	Sum    *Sum    `json:"sum,omitempty"`
	Ladder *Ladder `json:"ladder,omitempty"`
}

// check notes what is wrong with the source; items are those before it.
func (s Source) check(f *union.FaultList, where string, items known) {
	set := 0
	if s.Given != nil {
		set++
		s.Given.check(f, where+".given")
	}
	if s.Sum != nil {
		set++
		s.Sum.check(f, where+".sum", items)
	}
	if s.Ladder != nil {
		set++
		s.Ladder.check(f, where+".ladder", items)
		for i, rung := range s.Ladder.Rungs {
			if rung.Grade != "" || rung.Title != "" {
				f.Add(union.ErrRange, union.Indexed(where+".ladder.rungs", i), "a grade", "a number to give")
			}
		}
	}
	oneOf(f, where, set, "given, sum and ladder")
}

// oneOf notes a choice of which not exactly one is made.
func oneOf(f *union.FaultList, where string, set int, members string) {
	switch {
	case set == 0:
		f.Add(union.ErrMissing, where, "", "one of "+members)
	case set > 1:
		f.Add(union.ErrRepeated, where, strconv.Itoa(set), "one of "+members)
	}
}

// extent returns the least and greatest figure of the source.
func (s Source) extent(items known) extent {
	switch {
	case s.Given != nil:
		return s.Given.extent()
	case s.Sum != nil:
		return s.Sum.extent(items)
	case s.Ladder != nil:
		var gives []union.Number
		for _, rung := range s.Ladder.Rungs {
			gives = append(gives, rung.Give)
		}
		return extentOf(gives)
	}
	return extent{}
}
