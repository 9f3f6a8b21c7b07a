package campaign

import (
	"errors"
	"fmt"
	"slices"

	"github.com/unioncampaign/union"
)

// A Phase (阶段) of a campaign: its window, its steps and the actions that it
// demands or offers. An open window ends at an event, which is then named.
type Phase struct {
	Key     string       `json:"key"` // its figures are campaign.<key>.…
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
func (p Phase) check(actions keyring, evidence List) error {
	faults := []error{checkTitle("title", p.Title), p.checkWindow()}
	steps := keyring{}
	for i, step := range p.Steps {
		where := fmt.Sprintf("steps[%d]", i)
		faults = append(faults, steps.check(where+".key", step.Key), checkTitle(where+".title", step.Title))
		if !step.Window.IsZero() && !p.holds(step.Window) {
			faults = append(faults,
				union.NewFault(union.ErrRange, where+".window", step.Window.String(), "within "+p.Window.String()))
		}
	}
	for i, action := range p.Actions {
		where := fmt.Sprintf("actions[%d]", i)
		faults = append(faults,
			actions.check(where+".key", action.Key),
			checkTitle(where+".title", action.Title),
			union.Within(where, p.checkAction(action, steps, evidence)))
	}
	return errors.Join(faults...)
}

// checkWindow sees that the end is given once: as a day or as an event.
func (p Phase) checkWindow() error {
	if p.Window.IsZero() {
		return union.NewFault(union.ErrMissing, "window", "", "the phase's days")
	}
	_, closed := p.Window.Until()
	switch {
	case !closed && p.Event == "":
		return union.NewFault(union.ErrMissing, "event", "", "the event that ends an open window")
	case closed && p.Event != "":
		return union.NewFault(union.ErrRepeated, "event", "", "no event, since the window has its last day")
	}
	return nil
}

func (p Phase) checkAction(action Action, steps keyring, evidence List) error {
	var faults []error
	if action.Step != "" && !steps[action.Step] {
		faults = append(faults, union.NewFault(union.ErrUnknown, "step", quote(action.Step), "a step of the phase"))
	}
	if !action.Due.IsZero() && !p.Window.Contains(action.Due) {
		faults = append(faults,
			union.NewFault(union.ErrRange, "due", action.Due.String(), "within "+p.Window.String()))
	}
	for i, kind := range action.Evidence {
		where := fmt.Sprintf("evidence[%d]", i)
		if !evidence.has(kind) {
			faults = append(faults, union.NewFault(union.ErrUnknown, where, quote(kind), "a kind of evidence of the plan"))
		}
		if slices.Contains(action.Evidence[:i], kind) {
			faults = append(faults, union.NewFault(union.ErrRepeated, where, quote(kind), "each kind once"))
		}
	}
	return errors.Join(faults...)
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

func (p Phase) clone() Phase {
	p.Steps = slices.Clone(p.Steps)
	p.Actions = cloned(p.Actions, Action.clone)
	return p
}

func (a Action) clone() Action {
	a.Evidence = slices.Clone(a.Evidence)
	return a
}
