package campaign

import (
	"slices"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/internal/quote"
)

// A Phase (阶段) of a campaign: its window, its steps and the actions that it
// demands or offers. An open window ends at an event, which is then named.
type Phase struct {
	Key     string       `json:"key"` // its figures are campaign.phase.<key>.…
	Title   string       `json:"title"`
	Window  union.Period `json:"window"`
	Event   string       `json:"event,omitempty"` // what ends an open window
	Steps   []Step       `json:"steps,omitempty"`
	Actions []Action     `json:"actions,omitempty"`
}

// A Step (环节) of a phase. Windows of steps lie within the phase's and may
// overlap each other. A zero window is the phase's.
type Step struct {
	Key    string       `json:"key"` // unique within its phase
	Title  string       `json:"title"`
	Window union.Period `json:"window,omitzero"`
}

// An Action that a phase demands (规定动作) or leaves to choice (自选动作).
type Action struct {
	Key      string     `json:"key"` // unique within the plan
	Title    string     `json:"title"`
	Step     string     `json:"step,omitempty"`     // the key of the step it belongs to; empty: the phase as a whole
	Optional bool       `json:"optional,omitempty"` // left to choice
	Due      union.Date `json:"due,omitzero"`       // the last day in time; zero: the phase's last day
	Evidence []string   `json:"evidence,omitempty"` // the keys of the kinds of evidence, all of which it needs
	After    []string   `json:"after,omitempty"`    // the keys of actions that stand before it in the plan and must be done or waived first
}

// DueDay returns the last day on which an action of the phase is in time, and
// false if it has none: no due day of its own, in a phase that ends at an event.
func (p Phase) DueDay(action Action) (union.Date, bool) {
	if !action.Due.IsZero() {
		return action.Due, true
	}
	return p.Window.Until()
}

// check reports the faults of a phase but that of its key. actions are the keys
// of the actions of the phases before it.
func (p Phase) check(actions map[string]bool, evidence union.CodesSpec) error {
	var faults union.FaultList
	faults.Given("title", p.Title)
	p.checkWindow(&faults)
	steps := map[string]bool{}
	for i, step := range p.Steps {
		where := union.Indexed("steps", i)
		faults.Key(where+".key", step.Key, steps)
		faults.Given(where+".title", step.Title)
		if !step.Window.IsZero() && !p.holds(step.Window) {
			faults.Add(union.ErrRange, where+".window", step.Window.String(), "within "+p.Window.String())
		}
	}
	for i, action := range p.Actions {
		where := union.Indexed("actions", i)
		faults.Key(where+".key", action.Key, actions)
		faults.Given(where+".title", action.Title)
		faults.Within(where, p.checkAction(action, steps, evidence))
	}
	return faults.Err()
}

// checkWindow sees that the end is given once: as a day or as an event.
func (p Phase) checkWindow(faults *union.FaultList) {
	_, closed := p.Window.Until()
	switch {
	case p.Window.IsZero():
		faults.Add(union.ErrMissing, "window", "", "the phase's days")
	case !closed && p.Event == "":
		faults.Add(union.ErrMissing, "event", "", "the event that ends an open window")
	case closed && p.Event != "":
		faults.Add(union.ErrRepeated, "event", "", "no event, since the window has its last day")
	}
}

func (p Phase) checkAction(action Action, steps map[string]bool, evidence union.CodesSpec) error {
	var faults union.FaultList
	if action.Step != "" && !steps[action.Step] {
		faults.Add(union.ErrUnknown, "step", quote.Key(action.Step), "a step of the phase")
	}
	if !action.Due.IsZero() && !p.Window.Contains(action.Due) {
		faults.Add(union.ErrRange, "due", action.Due.String(), "within "+p.Window.String())
	}
	for i, kind := range action.Evidence {
		where := union.Indexed("evidence", i)
		find(&faults, evidence, where, kind, "a kind of evidence of the plan")
		if slices.Contains(action.Evidence[:i], kind) {
			faults.Add(union.ErrRepeated, where, quote.Key(kind), "each kind once")
		}
	}
	return faults.Err()
}

// holds reports whether inner lies wholly within the phase's window.
func (p Phase) holds(inner union.Period) bool {
	if inner.From().Before(p.Window.From()) {
		return false
	}
	end, closed := p.Window.Until()
	if !closed {
		return true
	}
	last, ends := inner.Until()
	return ends && !last.After(end)
}

// spanOf tells, for a working, a window's first day and its last or, of an open
// one, the event that ends it.
func spanOf(window union.Period, event string) union.Input {
	end := event
	if until, closed := window.Until(); closed {
		end = until.String()
	}
	return union.Input{Name: "起止", Value: window.From().String() + "至" + end}
}

func (p Phase) clone() Phase {
	p.Steps = slices.Clone(p.Steps)
	p.Actions = cloned(p.Actions, Action.clone)
	return p
}

func (a Action) clone() Action {
	a.Evidence, a.After = slices.Clone(a.Evidence), slices.Clone(a.After)
	return a
}
