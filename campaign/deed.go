package campaign

import (
	"slices"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/internal/quote"
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
	var faults union.FaultList
	if on.IsZero() {
		faults.Add(union.ErrMissing, "on", "", "the day of the review")
	}
	for i, deed := range deeds {
		where := union.Indexed("deeds", i)
		if _, known := p.home[deed.Action]; !known {
			faults.Add(union.ErrUnknown, where+".action", quote.Key(deed.Action), "an action of the plan")
		}
		if deed.Day.IsZero() {
			faults.Add(union.ErrMissing, where+".day", "", "the day it was done")
		}
		for j, kind := range deed.Evidence {
			p.spec.Evidence.find(&faults, union.Indexed(where+".evidence", j), kind, "a kind of evidence of the plan")
		}
	}
	return faults.Err()
}

// endOf tells the day at whose end a figure stands.
func endOf(on union.Date) union.Input { return union.Input{Name: "截至", Value: on.String()} }

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
