package campaign

import (
	"slices"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/internal/quote"
)

// A Gate (转段) says how a phase closes: its look-back and summary are handed in, a
// superior accepts them, or sends them back to be made up with the gaps named. The
// phase is closed in a final state. No date closes it, and none is skipped: a phase
// closes after those before it in the plan.
type Gate struct {
	Procedure union.ProcedureSpec `json:"procedure"`         // every event that closes names the roles that may (By), and bars whoever files (NotBy)
	Files     string              `json:"files"`             // the event that hands in the look-back; every way to close goes by it
	Returns   []string            `json:"returns,omitempty"` // the events that send a phase back, which name the gaps (补课)
}

// checkCourses makes the tracks of the plan's courses, and notes their faults.
func (p *Plan) checkCourses(faults *union.FaultList) {
	track := func(where string, spec union.ProcedureSpec) track {
		made, err := newTrack(spec)
		faults.Within(where, err)
		return made
	}
	if p.spec.Approval != nil {
		p.approval = track("approval.procedure", p.spec.Approval.Procedure)
		faults.Within("approval", p.spec.Approval.check(p.approval))
	}
	for i, role := range p.spec.Waiving {
		where := union.Indexed("waiving", i)
		faults.Given(where, role)
		if slices.Contains(p.spec.Waiving[:i], role) {
			faults.Add(union.ErrRepeated, where, quote.Key(role), "each role once")
		}
	}
	if p.spec.Gate != nil {
		p.gate = track("gate.procedure", p.spec.Gate.Procedure)
		faults.Within("gate", p.spec.Gate.check(p.gate))
	}
	if p.spec.Rectification != nil {
		p.mending = track("rectification.procedure", p.spec.Rectification.Procedure)
		faults.Within("rectification", p.spec.Rectification.check(p.mending, p.spec))
	}
	if p.spec.Promises != nil {
		p.vows = track("promises.procedure", p.spec.Promises.Procedure)
		faults.Within("promises", p.spec.Promises.check(p.vows))
	}
}

// check reports the faults of a gate but those of its procedure.
func (g Gate) check(course track) error {
	var faults union.FaultList
	if course.isNone() {
		return nil // reported already
	}
	if !course.events[g.Files] {
		faults.Add(union.ErrUnknown, "files", quote.Key(g.Files), "an event of the procedure")
		return faults.Err() // the rest would only follow from it
	}
	once(&faults, "returns", g.Returns, func(event string) bool { return course.events[event] }, "an event of the procedure")
	if g.closesWithout(course) {
		faults.Add(union.ErrGraph, "procedure", "a way to a final state without "+quoted(g.Files), "none")
	}
	for i, each := range course.procedure.Transitions() {
		where := union.Indexed("procedure.transitions", i)
		if !course.state(each.To).Final {
			continue
		}
		if len(each.By) == 0 {
			faults.Add(union.ErrMissing, where+".by", "", "the role that accepts")
		}
		if !slices.Contains(each.NotBy, g.Files) {
			faults.Add(union.ErrMissing, where+".not_by", "", quoted(g.Files)+", lest one accepts what he files")
		}
		if slices.Contains(g.Returns, each.Event) {
			faults.Add(union.ErrGraph, where+".event", quote.Key(each.Event), "a return that does not close")
		}
	}
	return faults.Err()
}

// closesWithout reports whether a final state can be reached without the event
// that files.
func (g Gate) closesWithout(course track) bool {
	seen := map[string]bool{}
	for next := []string{course.states[0].Key}; len(next) > 0; next = next[1:] {
		if seen[next[0]] {
			continue
		}
		seen[next[0]] = true
		if course.state(next[0]).Final {
			return true
		}
		for _, each := range course.procedure.Transitions() {
			if each.From == next[0] && each.Event != g.Files {
				next = append(next, each.To)
			}
		}
	}
	return false
}

func (g Gate) clone() Gate {
	g.Procedure, g.Returns = cloneProcedure(g.Procedure), slices.Clone(g.Returns)
	return g
}

func quoted(key string) string { return quote.Key(key) }
