package campaign

import (
	"slices"
	"strconv"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/internal/quote"
)

// A Rectification (整改) says how an issue is put right. It is closed only with
// evidence and by another than those who answer for it, whatever the procedure
// says. What cannot be solved now is explained, which is apart from done. If the
// masses are not satisfied, an event of the procedure opens it again.
type Rectification struct {
	Procedure union.ProcedureSpec `json:"procedure"`
	Closed    []string            `json:"closed"`              // the states of an issue that is put right (销号)
	Explained []string            `json:"explained,omitempty"` // the states of one that cannot be solved now, and why was told
	Kinds     string              `json:"kinds,omitempty"`     // the key of the one of the plan's lists that tells issues apart; empty: none does
	Deadlines []Deadline          `json:"deadlines,omitempty"` // the classes of deadlines
}

// A Deadline is a class of issues by when they are to be put right: at once, by the
// end of the campaign, by the end of the year, in the long term. One with neither
// day nor days has none.
type Deadline struct {
	Key   string     `json:"key"`
	Title string     `json:"title"`
	Due   union.Date `json:"due,omitzero"`   // the last day in time
	Days  int        `json:"days,omitempty"` // or so many days after it was found
	Bars  bool       `json:"bars,omitempty"` // the phase may not close while such an issue is open
}

// check reports the faults of a rectification but those of its procedure.
func (r Rectification) check(course track, plan PlanSpec) error {
	var faults union.FaultList
	if len(r.Closed) == 0 {
		faults.Add(union.ErrMissing, "closed", "", "at least one state")
	}
	if !course.isNone() {
		later := func(key string) bool { return course.state(key).Key != "" && key != course.states[0].Key }
		once(&faults, "closed", r.Closed, later, "a state that an event leads to")
		once(&faults, "explained", r.Explained, func(key string) bool {
			return later(key) && !slices.Contains(r.Closed, key)
		}, "a state that an event leads to and that is not closed")
	}
	if r.Kinds != "" && !slices.ContainsFunc(plan.Lists, func(l union.CodesSpec) bool { return l.Key == r.Kinds }) {
		faults.Add(union.ErrUnknown, "kinds", quote.Key(r.Kinds), "a list of the plan")
	}
	keys := map[string]bool{}
	for i, each := range r.Deadlines {
		where := union.Indexed("deadlines", i)
		faults.Key(where+".key", each.Key, keys)
		faults.Given(where+".title", each.Title)
		switch {
		case each.Days < 0:
			faults.Add(union.ErrRange, where+".days", strconv.Itoa(each.Days), "0 or more")
		case each.Days > 0 && !each.Due.IsZero():
			faults.Add(union.ErrRepeated, where+".days", strconv.Itoa(each.Days), "no days, since the day is given")
		}
	}
	return faults.Err()
}

// deadline returns the class with the key.
func (r Rectification) deadline(key string) (Deadline, bool) {
	for _, each := range r.Deadlines {
		if each.Key == key {
			return each, true
		}
	}
	return Deadline{}, false
}

// due returns the last day in time of an issue found on a day; zero: it has none.
func (r Rectification) due(issue Issue, found union.Date) union.Date {
	class, _ := r.deadline(issue.Deadline)
	switch {
	case !issue.Due.IsZero():
		return issue.Due
	case class.Days > 0:
		due, err := found.AddDays(class.Days)
		if err != nil {
			return union.Date{} // after the end of the calendar
		}
		return due
	}
	return class.Due
}

func (r Rectification) clone() Rectification {
	r.Procedure = cloneProcedure(r.Procedure)
	r.Closed, r.Explained, r.Deadlines = slices.Clone(r.Closed), slices.Clone(r.Explained), slices.Clone(r.Deadlines)
	return r
}
