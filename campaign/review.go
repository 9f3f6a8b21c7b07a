package campaign

import (
	"strings"

	"github.com/unioncampaign/union"
)

// A Review is how one action of a phase stands at the end of a day. It is a
// result.
type Review struct {
	Action   Action     `json:"action"`
	Progress Progress   `json:"progress"`
	Day      union.Date `json:"day,omitzero"`     // on which the last of what it needs had come, or it was waived; zero: neither
	Due      union.Date `json:"due,omitzero"`     // zero: it has no due day
	Lacks    []string   `json:"lacks,omitempty"`  // the kinds of evidence that have not come
	Waiver   *Waiver    `json:"waiver,omitempty"` // of an action that is waived
}

// reviews say how the actions of a phase stand at the end of a day, no later than that of
// the view.
func (v *view) reviews(phase int, on union.Date) []Review {
	of := &v.plan.spec.Phases[phase]
	reviews := make([]Review, len(of.Actions))
	for i := range of.Actions {
		v.review(&reviews[i], of, v.plan.firsts[phase]+i, on)
	}
	return reviews
}

// review says how the action at a place stands.
func (v *view) review(review *Review, phase *Phase, nth int, on union.Date) {
	review.Action = *v.plan.action(nth)
	due, timed := phase.DueDay(review.Action)
	review.Due = due
	settled := v.settle(nth)
	switch {
	case settled.day.IsZero() || settled.day.After(on):
		review.Progress, review.Lacks = v.unsettled(nth, on)
		if review.Progress == Pending && timed && on.After(due) {
			review.Progress = Overdue
		}
	case settled.waiver != nil:
		review.Day, review.Progress, review.Waiver = settled.day, Waived, settled.waiver
	default:
		review.Day, review.Progress = settled.day, InTime
		if timed && settled.day.After(due) {
			review.Progress = Late
		}
	}
}

// unsettled says how an action stands that is neither done nor waived, whether or
// not it is overdue, and what it lacks of what it needs.
func (v *view) unsettled(nth int, on union.Date) (Progress, []string) {
	action, deeds := v.plan.action(nth), until(v.deeds[nth], on)
	_, lacks := completed(action, until(v.inOrder(nth), on))
	if len(deeds) == 0 {
		return Pending, lacks
	}
	if day, _ := completed(action, deeds); !day.IsZero() {
		return OutOfOrder, lacks // all had come, but before its turn
	}
	return Lacking, lacks
}

// reasonsOf tells the reviews of required actions, each as one reason.
func reasonsOf(reviews []Review) []union.Reason {
	var reasons []union.Reason
	for _, review := range reviews {
		if !review.Action.Optional {
			reasons = append(reasons, review.reason())
		}
	}
	return reasons
}

// reason tells the review as one reason of a verdict.
func (r Review) reason() union.Reason {
	standing := union.Unmet
	if r.Progress.Settled() {
		standing = union.Met
	}
	got := r.Progress.String()
	if !r.Day.IsZero() {
		got += " on " + r.Day.String()
	}
	switch r.Progress {
	case Lacking:
		got += ": " + strings.Join(r.Lacks, ", ")
	case Waived:
		got += ": " + r.Waiver.Reason
	default:
	}
	return union.Reason{
		Finding:  union.Finding{Where: r.Action.Key, Rule: r.Action.Title, Got: got, Want: r.want()},
		Standing: standing,
	}
}

func (r Review) want() string {
	want := "done"
	if !r.Due.IsZero() {
		want += " by " + r.Due.String()
	}
	if len(r.Action.Evidence) > 0 {
		want += " with " + strings.Join(r.Action.Evidence, ", ")
	}
	if len(r.Action.After) > 0 {
		want += " after " + strings.Join(r.Action.After, ", ")
	}
	return want
}

// Judge says whether a phase is closed at the end of the day on and, if it is not,
// what would have to be done to close it that day: [union.Verdict.Failed] lists it.
// It gives a reason for each of
//   - the plan, if it must be approved;
//   - each phase before it, if phases close by a gate;
//   - each required action, in the plan's order;
//   - each gap for which it was sent back last;
//   - each issue of a class that bars it while it is open;
//   - each threshold that its gate asks for, unknown if it was not measured;
//   - its look-back, handed in, and its acceptance by the superior, if there is a
//     gate.
//
// It answers "closed", "complete" if no more is wanting than that it is handed in and
// accepted, and else "incomplete". Without a gate nobody accepts a phase, and
// "complete" is all that can be said.
//
// An action is done on the first day by which a deed for it and every kind of
// evidence it needs have come, counted from the day on which what must be done
// before it was. Done late is done. What is dated after on has not happened yet, so
// that a past review comes out the same again. Optional actions give no reason.
//
// It reports the first of
//   - [union.ErrRule], for a journal that is not the plan's;
//   - [union.ErrMissing], for a zero on;
//   - [union.ErrUnknown], for a phase that the plan does not have.
func (p Plan) Judge(phase string, j Journal, on union.Date) (union.Verdict, error) {
	back, err := p.LookBack(phase, j, on)
	if err != nil {
		return union.Verdict{}, err
	}
	return back.Verdict(), nil
}
