package aid

import (
	"slices"
	"strconv"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/internal/quote"
)

// fileDocument names the JSON of a FileRule.
const fileDocument = "aid.file/1"

// A FileRuleSpec describes the life of a household's file (困难职工档案管理办法): which
// states it has, such as provisional, filed, out of difficulty, relieved, struck
// off and sent back; who brings about what; and what must have come before: a
// notice that has run, months above the line, a time of watching. States and events
// have whatever keys the place gives them.
type FileRuleSpec struct {
	union.Rule
	States      []union.State      `json:"states"` // the first is that of a file nobody has done anything about
	Transitions []union.Transition `json:"transitions"`
	// InForce are the states in which a household counts as having a file, and may
	// be aided if a kind of aid asks for one.
	InForce    []string        `json:"in_force"`
	Conditions []FileCondition `json:"conditions,omitempty"`
	Review     FileReview      `json:"review,omitzero"`
	// Unchanged is for how many months nothing happened to a file that is asked
	// about; zero: no file is.
	Unchanged int `json:"unchanged,omitempty"`
	// Keep is for how many years a file is kept after its end; zero: for ever.
	Keep int `json:"keep,omitempty"`
}

// A FileCondition is what an event asks for beside its transition. Exactly one of
// Notice, Means and Stay is given; an event may have several conditions.
type FileCondition struct {
	Event  string     `json:"event"`
	Notice *NoticeRun `json:"notice,omitempty"`
	Means  *MeansRun  `json:"means,omitempty"`
	Stay   *Stay      `json:"stay,omitempty"`
}

// A NoticeRun asks that a notice has run (公示): that so many working days lie whole
// between the last event that posted it and the event that asks.
type NoticeRun struct {
	Posted      string `json:"posted"` // an event
	WorkingDays int    `json:"working_days"`
}

// A Stay asks that the file has been in its state for so many months, whatever
// happened there meanwhile.
type Stay struct {
	Months int `json:"months"`
}

// A FileReview is how files in force are gone through: each once in every calendar
// year by one of the events, and a share of them on the spot.
type FileReview struct {
	Events []string     `json:"events"` // that count as the review of a year
	Sample union.Number `json:"sample"` // the share that is checked on the spot, such as 0.3
}

// IsZero reports whether no review is described.
func (r FileReview) IsZero() bool { return len(r.Events) == 0 && r.Sample.Sign() == 0 }

// A FileRule is a checked FileRuleSpec. It never changes. The zero FileRule has no
// states; every file is a fault under it.
type FileRule struct {
	spec   FileRuleSpec
	id     union.RuleID
	course union.Procedure
}

// NewFileRule returns the rule that spec describes. It reports all the faults it
// finds, joined, each placed in spec:
//   - those of [union.NewProcedure], for the states and transitions;
//   - [union.ErrMissing], for no state in force, for a condition that is not
//     exactly one, and for a means test without bounds;
//   - [union.ErrUnknown], for a state or an event that is not there, and
//     [union.ErrRepeated], for one named twice;
//   - [union.ErrGraph], for a state in force that is final: an aided household's
//     file has not ended;
//   - [union.ErrRange], for working days, months or years that are none, and for a
//     sample that is not in 0 to 1.
func NewFileRule(spec FileRuleSpec) (FileRule, error) {
	f := FileRule{spec: spec.clone()}
	course := f.spec.Rule
	course.Key += ".course"
	var faults union.FaultList
	var err error
	f.course, err = union.NewProcedure(union.ProcedureSpec{Rule: course, States: f.spec.States, Transitions: f.spec.Transitions})
	faults.Within("", err)
	f.spec.checkStates(&faults)
	for i, condition := range f.spec.Conditions {
		condition.check(&faults, union.Indexed("conditions", i), f.spec.events())
	}
	checkNamed(&faults, "review.events", f.spec.Review.Events, "event", f.spec.events())
	if share := f.spec.Review.Sample; share.Sign() < 0 || share.Cmp(union.Whole(1)) > 0 {
		faults.Add(union.ErrRange, "review.sample", share.String(), "0 to 1")
	}
	checkMonths(&faults, "unchanged", f.spec.Unchanged)
	checkMonths(&faults, "keep", f.spec.Keep)
	if err := faults.Err(); err != nil {
		return FileRule{}, err
	}
	if f.id, err = union.IdentifyRule(fileDocument, f.spec); err != nil {
		return FileRule{}, err
	}
	return f, nil
}

func (s FileRuleSpec) checkStates(faults *union.FaultList) {
	if len(s.InForce) == 0 {
		faults.Add(union.ErrMissing, "in_force", "", "")
	}
	var states []string
	for _, state := range s.States {
		states = append(states, state.Key)
	}
	checkNamed(faults, "in_force", s.InForce, "state", states)
	for i, key := range s.InForce {
		if slices.ContainsFunc(s.States, func(state union.State) bool { return state.Key == key && state.Final }) {
			faults.Add(union.ErrGraph, union.Indexed("in_force", i), quote.Key(key)+", which is final", "a state that may change")
		}
	}
}

// events returns the events of all transitions.
func (s FileRuleSpec) events() []string {
	var events []string
	for _, each := range s.Transitions {
		events = append(events, each.Event)
	}
	return events
}

func (c FileCondition) check(faults *union.FaultList, where string, events []string) {
	checkKnown(faults, where+".event", c.Event, "event", events)
	given := 0
	if c.Notice != nil {
		given++
		checkKnown(faults, where+".notice.posted", c.Notice.Posted, "event", events)
		if n := c.Notice.WorkingDays; n < 1 || n > mostMonths {
			faults.Add(union.ErrRange, where+".notice.working_days", strconv.Itoa(n), "1 to "+strconv.Itoa(mostMonths))
		}
	}
	if c.Means != nil {
		given++
		c.Means.check(faults, where+".means")
	}
	if c.Stay != nil {
		given++
		if n := c.Stay.Months; n < 1 || n > mostMonths {
			faults.Add(union.ErrRange, where+".stay.months", strconv.Itoa(n), "1 to "+strconv.Itoa(mostMonths))
		}
	}
	if given != 1 {
		faults.Add(union.ErrMissing, where, strconv.Itoa(given)+" conditions", "exactly one of notice, means and stay")
	}
}

func (s FileRuleSpec) clone() FileRuleSpec {
	s.States, s.Transitions = slices.Clone(s.States), slices.Clone(s.Transitions)
	for i, each := range s.Transitions {
		each.By, each.Evidence, each.NotBy = slices.Clone(each.By), slices.Clone(each.Evidence), slices.Clone(each.NotBy)
		s.Transitions[i] = each
	}
	s.InForce, s.Conditions, s.Review.Events = slices.Clone(s.InForce), slices.Clone(s.Conditions), slices.Clone(s.Review.Events)
	for i, each := range s.Conditions {
		each.Notice, each.Means, each.Stay = copied(each.Notice), copied(each.Means), copied(each.Stay)
		s.Conditions[i] = each
	}
	return s
}

// ID returns the identity of the rule.
func (f FileRule) ID() union.RuleID { return f.id }

// Rule returns what the rule says of itself.
func (f FileRule) Rule() union.Rule { return f.spec.Rule }

// Spec returns a copy of what the rule was made from.
func (f FileRule) Spec() FileRuleSpec { return f.spec.clone() }

// Course returns the procedure that a file follows. It knows nothing of the rule's
// conditions.
func (f FileRule) Course() union.Procedure { return f.course }

// MarshalJSON writes the rule as a document "aid.file/1". The zero FileRule has no
// states to write and is [union.ErrText].
func (f FileRule) MarshalJSON() ([]byte, error) { return union.WriteRule(fileDocument, f.spec) }

// UnmarshalJSON reads a document "aid.file/1" with the faults of [union.ReadRule],
// and checks it as [NewFileRule] does. On error f is unchanged.
func (f *FileRule) UnmarshalJSON(data []byte) error {
	var spec FileRuleSpec
	if err := union.ReadRule(data, fileDocument, &spec); err != nil {
		return err
	}
	made, err := NewFileRule(spec)
	if err != nil {
		return err
	}
	*f = made
	return nil
}
