package campaign

import (
	"slices"

	"github.com/unioncampaign/union"
)

// A track is one course of things that a plan has, such as that of an issue, made
// ready to be run. The zero track is none.
type track struct {
	procedure union.Procedure
	states    []union.State
	to        map[way]string
	events    map[string]bool
}

// A way leads on: an event in a state.
type way struct{ from, event string }

// newTrack makes the track of a procedure.
func newTrack(spec union.ProcedureSpec) (track, error) {
	procedure, err := union.NewProcedure(spec)
	if err != nil {
		return track{}, err
	}
	made := track{procedure: procedure, states: procedure.States(), to: map[way]string{}, events: map[string]bool{}}
	for _, each := range procedure.Transitions() {
		made.to[way{each.From, each.Event}] = each.To
		made.events[each.Event] = true
	}
	return made, nil
}

// state returns the state with the key; that of the zero track says nothing.
func (t track) state(key string) union.State {
	for _, state := range t.states {
		if state.Key == key {
			return state
		}
	}
	return union.State{}
}

// isNone reports whether there is no such course.
func (t track) isNone() bool { return len(t.states) == 0 }

// A run is the course of one subject so far.
type run struct {
	track   track
	log     union.Log
	state   string
	steps   []step
	misfits []misfit
}

// A step is an event that fitted, and the state that it led to.
type step struct {
	on    union.Date
	event Event
	from  string
	to    string
}

// A misfit is an event that does not fit, and why.
type misfit struct {
	id  string
	err error
}

// A condition is asked of an event that fits the procedure, with the run before it
// and the state that it leads to, and says why it may yet not be.
type condition func(r *run, on union.Date, event Event, to string) error

// run runs the events of one subject, given in the order of their days, and of one
// day by ID. Of the events of one day the first that fits is taken first, so that
// their IDs need tell no order. What fits nowhere is a misfit and has no effect.
func (t track) run(subject string, entries []*Entry, allowed condition) run {
	made := run{track: t, log: t.procedure.Log(subject)}
	if t.isNone() {
		for _, entry := range entries {
			made.misfits = append(made.misfits, misfit{entry.ID, union.NewFault(union.ErrUnknown, "event", "", "a plan that has such a course")})
		}
		return made
	}
	made.state = t.states[0].Key
	for len(entries) > 0 {
		day := 1
		for day < len(entries) && entries[day].On == entries[0].On {
			day++
		}
		made.runDay(entries[:day], allowed)
		entries = entries[day:]
	}
	return made
}

// runDay runs the events of one day.
func (r *run) runDay(entries []*Entry, allowed condition) {
	left := slices.Clone(entries)
	for {
		var refused []misfit
		at := slices.IndexFunc(left, func(entry *Entry) bool {
			err := r.take(entry, allowed)
			if err != nil {
				refused = append(refused, misfit{entry.ID, err})
			}
			return err == nil
		})
		if at < 0 {
			r.misfits = append(r.misfits, refused...)
			return
		}
		left = slices.Delete(left, at, at+1)
	}
}

// take takes an event, or says why it does not fit and changes nothing.
func (r *run) take(entry *Entry, allowed condition) error {
	event := *entry.Event
	to, leads := r.track.to[way{r.state, event.Event}]
	if leads && allowed != nil {
		if err := allowed(r, entry.On, event, to); err != nil {
			// What the procedure says comes first, and is asked of a copy.
			log := r.log
			if refused := r.track.procedure.Add(&log, event.inLog(entry)); refused != nil {
				return refused
			}
			return union.Within("state "+quoted(r.state)+", event "+quoted(event.Event), err)
		}
	}
	if err := r.track.procedure.Add(&r.log, event.inLog(entry)); err != nil {
		return err
	}
	r.steps = append(r.steps, step{on: entry.On, event: event, from: r.state, to: to})
	r.state = to
	return nil
}

// closedOn returns the day on which the course came to its end; zero if it has not. No
// course that is asked for one begins in a final state.
func (r *run) closedOn() union.Date {
	if !r.track.state(r.state).Final {
		return union.Date{}
	}
	return r.steps[len(r.steps)-1].on
}

// since returns the day on which the run last came into one of the states, and
// false if it is in none of them.
func (r *run) since(states []string) (union.Date, bool) {
	if !slices.Contains(states, r.state) || len(r.steps) == 0 {
		return union.Date{}, false
	}
	return r.steps[len(r.steps)-1].on, true
}
