package campaign

import (
	"fmt"
	"slices"
	"strings"

	"github.com/unioncampaign/union"
)

// A Review is how one action of a phase stands at the end of a day. It is a
// result.
type Review struct {
	Action   Action     `json:"action"`
	Progress Progress   `json:"progress"`
	Day      union.Date `json:"day,omitzero"`    // on which the last of what it needs had come; zero: not done
	Due      union.Date `json:"due,omitzero"`    // zero: it has no due day
	Lacks    []string   `json:"lacks,omitempty"` // the kinds of evidence that have not come
}

// review says how an action stands on the day, given its deeds by then in the
// order of days.
func (p Phase) review(action Action, deeds []Deed, on union.Date) Review {
	due, timed := p.DueDay(action)
	review := Review{Action: action, Due: due, Progress: Pending}
	if timed && on.After(due) {
		review.Progress = Overdue
	}
	review.Lacks = action.clone().Evidence
	for _, deed := range deeds {
		review.Progress = Lacking
		review.Lacks = without(review.Lacks, deed.Evidence)
		if len(review.Lacks) > 0 {
			continue
		}
		review.Lacks, review.Day, review.Progress = nil, deed.Day, InTime
		if timed && deed.Day.After(due) {
			review.Progress = Late
		}
		break
	}
	return review
}

// without returns those of kinds that are not among come. It uses up kinds.
func without(kinds, come []string) []string {
	return slices.DeleteFunc(kinds, func(kind string) bool { return slices.Contains(come, kind) })
}

// reason tells the review as one reason of a verdict.
func (r Review) reason() union.Reason {
	standing := union.Unmet
	if r.Progress.Done() {
		standing = union.Met
	}
	got := r.Progress.String()
	if !r.Day.IsZero() {
		got += " on " + r.Day.String()
	}
	if r.Progress == Lacking {
		got += ": " + strings.Join(r.Lacks, ", ")
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
	return want
}

// Judge says whether all the required actions of a phase are done at the end of
// the day on, with one reason for each, in the plan's order. It answers
// "complete" or "incomplete".
//
// An action is done on the first day by which a deed for it and every kind of
// evidence it needs have come. Done late is done. What is dated after on has not
// happened yet, so that a past review comes out the same again. Optional actions
// give no reason.
//
// It reports, joined:
//   - [union.ErrUnknown], for a phase, an action or a kind of evidence that the
//     plan does not have;
//   - [union.ErrMissing], for a deed without its day, or a zero on.
func (p Plan) Judge(phase string, deeds []Deed, on union.Date) (union.Verdict, error) {
	back, err := p.LookBack(phase, deeds, nil, on)
	if err != nil {
		return union.Verdict{}, err
	}
	return back.Verdict(), nil
}

// judged returns the verdict over the reviews of required actions.
func judged(phase Phase, reviews []Review, on union.Date) union.Verdict {
	var reasons []union.Reason
	for _, review := range reviews {
		if !review.Action.Optional {
			reasons = append(reasons, review.reason())
		}
	}
	verdict := union.Judged(fmt.Sprintf("phase %s on %s", phase.Key, on), reasons...)
	verdict.Answer = "incomplete"
	if verdict.Holds() {
		verdict.Answer = "complete"
	}
	return verdict
}
