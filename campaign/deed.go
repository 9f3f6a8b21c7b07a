package campaign

import (
	"errors"
	"fmt"
	"slices"

	"github.com/unioncampaign/union"
)

// A Deed is the record of one action done on a day, with the kinds of evidence
// that were handed in with it. An action may have several deeds: evidence handed
// in later is a deed of that later day. The same deed twice says no more than
// once.
type Deed struct {
	Action   string     `json:"action"` // the key of an action of the plan
	Day      union.Date `json:"day"`
	Evidence []string   `json:"evidence,omitempty"` // keys of the plan's kinds of evidence
}

// checkDeeds reports, joined, the faults of deeds and a day that is missing.
func (p Plan) checkDeeds(deeds []Deed, on union.Date) error {
	faults := []error{checkDay(on)}
	for i, deed := range deeds {
		where := fmt.Sprintf("deeds[%d]", i)
		if _, known := p.home[deed.Action]; !known {
			faults = append(faults,
				union.NewFault(union.ErrUnknown, where+".action", quote(deed.Action), "an action of the plan"))
		}
		if deed.Day.IsZero() {
			faults = append(faults, union.NewFault(union.ErrMissing, where+".day", "", "the day it was done"))
		}
		for j, kind := range deed.Evidence {
			if _, err := p.evident.Find(kind); err != nil {
				faults = append(faults, union.NewFault(union.ErrUnknown,
					fmt.Sprintf("%s.evidence[%d]", where, j), quote(kind), "a kind of evidence of the plan"))
			}
		}
	}
	return errors.Join(faults...)
}

// checkDay reports a review without its day.
func checkDay(on union.Date) error {
	if on.IsZero() {
		return union.NewFault(union.ErrMissing, "on", "", "the day of the review")
	}
	return nil
}

// deedsByAction returns what was done by the end of on, by action and in the
// order of days.
func deedsByAction(deeds []Deed, on union.Date) map[string][]Deed {
	done := map[string][]Deed{}
	for _, deed := range deeds {
		if !deed.Day.After(on) {
			done[deed.Action] = append(done[deed.Action], deed)
		}
	}
	for _, of := range done {
		slices.SortStableFunc(of, func(a, b Deed) int { return a.Day.Compare(b.Day) })
	}
	return done
}
