package campaign

import (
	"slices"

	"github.com/unioncampaign/union"
)

// An Approval says how the plan itself is handed in and approved by the supervising
// group (督导组). Until it is, no phase closes.
type Approval struct {
	Procedure union.ProcedureSpec `json:"procedure"`
	Approved  []string            `json:"approved"` // the states of a plan that is approved
}

// check reports the faults of an approval but those of its procedure.
func (a Approval) check(course track) error {
	var faults union.FaultList
	if len(a.Approved) == 0 {
		faults.Add(union.ErrMissing, "approved", "", "at least one state")
	}
	if !course.isNone() {
		once(&faults, "approved", a.Approved, func(key string) bool { return course.state(key).Key != "" }, "a state of the procedure")
	}
	return faults.Err()
}

func (a Approval) clone() Approval {
	a.Procedure, a.Approved = cloneProcedure(a.Procedure), slices.Clone(a.Approved)
	return a
}
