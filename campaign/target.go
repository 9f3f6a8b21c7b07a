package campaign

import (
	"github.com/unioncampaign/union"
)

// A Target (赶超目标) is what the discussion of an exemplar leads to: what one lacks
// beside it, how far one means to come, by when, who sees to it and how.
type Target struct {
	Title    string        `json:"title"`
	Exemplar string        `json:"exemplar"`          // the unit that one measures oneself by (标杆)
	Lacks    string        `json:"lacks"`             // what one lacks beside it (对照先进差什么)
	Measures string        `json:"measures"`          // what is done about it (学赶先进做什么)
	Measure  union.Measure `json:"measure,omitempty"` // of From and To; empty: not stated
	From     union.Number  `json:"from"`              // where one stands
	To       union.Number  `json:"to"`                // where one means to come; below From: the less the better
	Due      union.Date    `json:"due"`               // the last day in time
	Owner    string        `json:"owner"`             // who sees to it
}

// An Attainment is how far one has come with a target.
type Attainment struct {
	Target string       `json:"target"` // the ID of the entry of the target
	Value  union.Number `json:"value"`
}

func (t Target) check(faults *union.FaultList, set union.Date) {
	for _, field := range []struct{ name, text string }{
		{"title", t.Title}, {"exemplar", t.Exemplar}, {"lacks", t.Lacks}, {"measures", t.Measures}, {"owner", t.Owner},
	} {
		faults.Given("target."+field.name, field.text)
	}
	if t.From.Equal(t.To) {
		faults.Add(union.ErrRange, "target.to", t.To.String(), "another value than "+t.From.String())
	}
	switch {
	case t.Due.IsZero():
		faults.Add(union.ErrMissing, "target.due", "", "the last day in time")
	case t.Due.Before(set):
		faults.Add(union.ErrOrder, "target.due", t.Due.String(), "on or after "+set.String())
	}
}

// attained reports whether a value is as good as the target.
func (t Target) attained(value union.Number) bool {
	if t.To.Cmp(t.From) < 0 {
		return value.Cmp(t.To) <= 0
	}
	return value.Cmp(t.To) >= 0
}
