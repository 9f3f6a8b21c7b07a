package assessment

import (
	"strconv"

	"github.com/unioncampaign/union"
)

// A Source is where an item's figure comes from. Exactly one member is set.
type Source struct {
	Given  *Given  `json:"given,omitempty"`  // the record's own figure
	Panel  *Panel  `json:"panel,omitempty"`  // the marks of judges
	Votes  *Ballot `json:"votes,omitempty"`  // the votes of a ballot
	Sum    *Sum    `json:"sum,omitempty"`    // weighted items
	Group  *Group  `json:"group,omitempty"`  // a figure over the units judged together
	Ladder *Ladder `json:"ladder,omitempty"` // the first rung whose tests hold
}

// check notes what is wrong with the source; items are those before it.
func (s Source) check(f *union.FaultList, where string, items known) {
	if s.Given != nil {
		s.Given.check(f, where+".given")
	}
	if s.Panel != nil {
		s.Panel.check(f, where+".panel", items)
	}
	if s.Votes != nil {
		s.Votes.check(f, where+".votes", items)
	}
	if s.Group != nil {
		s.Group.check(f, where+".group", items)
	}
	if s.Sum != nil {
		s.Sum.check(f, where+".sum", items)
	}
	if s.Ladder != nil {
		s.Ladder.check(f, where+".ladder", items)
		s.Ladder.checkGives(f, where+".ladder", items)
	}
	set := chosen(s.Given != nil, s.Panel != nil, s.Votes != nil, s.Group != nil, s.Sum != nil, s.Ladder != nil)
	oneOf(f, where, set, "given, panel, votes, sum, group and ladder")
}

// chosen returns how many members of a choice are given.
func chosen(given ...bool) int {
	set := 0
	for _, each := range given {
		if each {
			set++
		}
	}
	return set
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
	case s.Panel != nil:
		return s.Panel.extent()
	case s.Votes != nil:
		return s.Votes.extent(items)
	case s.Group != nil:
		return s.Group.extent(items)
	case s.Sum != nil:
		return s.Sum.extent(items)
	case s.Ladder != nil:
		return s.Ladder.extent(items)
	}
	return extent{}
}
