package union

import (
	"errors"
	"slices"
	"strconv"
	"strings"

	"github.com/unioncampaign/union/internal/quote"
)

// What only a course of things can get wrong.
var (
	ErrGraph = errors.New("does not fit the graph of states")
	ErrActor = errors.New("may not be done by this actor")
)

// A State of a [Procedure]. Nothing leads on from a final state, and something
// does from every other.
type State struct {
	Key   string `json:"key"`
	Title string `json:"title"`
	Final bool   `json:"final,omitempty"`
}

// A Transition leads from one state to another on an event, if whoever does it
// may, comes with what is needed, and has waited long enough.
type Transition struct {
	Event    string   `json:"event"`
	Title    string   `json:"title"`
	From     string   `json:"from"`
	To       string   `json:"to"`
	By       []string `json:"by,omitempty"`       // the roles that may; none: any
	Evidence []string `json:"evidence,omitempty"` // the kinds of evidence that must come with it
	NotBy    []string `json:"not_by,omitempty"`   // the events whose actor may not be this one's
	After    int      `json:"after,omitempty"`    // the least days since the state was entered
}

// A ProcedureSpec describes a graph of states as data. The first state is where
// every subject starts.
type ProcedureSpec struct {
	Rule
	States      []State      `json:"states"`
	Transitions []Transition `json:"transitions,omitempty"`
}

// procedureDocument names the JSON of a Procedure.
const procedureDocument = "union.procedure/1"

// A Procedure says how things may go for one subject: which events lead from
// which state to which, who may bring them about, with what evidence and not
// before when. The course of a household's file, of a certificate and of an
// item to be put right are values of it. It never changes once made. Its JSON is
// a document "union.procedure/1".
//
// The zero Procedure has no states, and refuses every event.
type Procedure struct {
	spec    ProcedureSpec
	id      RuleID
	states  map[string]int  // by key, the index in spec.States
	moves   map[move]int    // the index in spec.Transitions
	watched map[string]bool // the events whose actor some NotBy asks for
}

// A move is what leads on: an event in a state.
type move struct{ from, event string }

// NewProcedure returns the procedure that spec describes. It reports all the
// faults that it finds, joined:
//   - [ErrMissing], for what [Rule.Check] reports, for no states, for a state
//     without key or title, for a transition without event or title, and for an
//     empty entry of a transition's lists;
//   - [ErrRepeated], for a state's key used before, for an event that leads on
//     twice from one state, and for an entry given twice in a transition's lists;
//   - [ErrUnknown], for a transition from or to a state that is not there, and
//     for a NotBy that names no event of the procedure;
//   - [ErrRange], for an After that is negative or longer than the calendar;
//   - [ErrUndefined], for an After in the state where subjects start: no event
//     says on which day that was entered;
//   - [ErrGraph], for a final state with a way out, another without, and a state
//     that cannot be reached;
//   - [ErrText], for text that is not UTF-8.
func NewProcedure(spec ProcedureSpec) (Procedure, error) {
	made := Procedure{
		spec:    cloneProcedure(spec),
		states:  map[string]int{},
		moves:   map[move]int{},
		watched: map[string]bool{},
	}
	faults := []error{spec.Check()}
	faults = append(faults, made.indexStates()...)
	faults = append(faults, made.indexTransitions()...)
	faults = append(faults, made.checkGraph()...)
	if err := errors.Join(faults...); err != nil {
		return Procedure{}, err
	}
	id, err := IdentifyRule(procedureDocument, made.spec)
	if err != nil {
		return Procedure{}, err
	}
	made.id = id
	return made, nil
}

// cloneProcedure returns a spec that shares nothing with the one given.
func cloneProcedure(spec ProcedureSpec) ProcedureSpec {
	spec.States = append([]State(nil), spec.States...)
	spec.Transitions = cloneTransitions(spec.Transitions)
	return spec
}

func cloneTransitions(transitions []Transition) []Transition {
	var clones []Transition
	for _, each := range transitions {
		each.By = append([]string(nil), each.By...)
		each.Evidence = append([]string(nil), each.Evidence...)
		each.NotBy = append([]string(nil), each.NotBy...)
		clones = append(clones, each)
	}
	return clones
}

// indexStates fills in the states and reports what is wrong with any alone.
func (p Procedure) indexStates() []error {
	var faults []error
	if len(p.spec.States) == 0 {
		faults = append(faults, NewFault(ErrMissing, "states", "", ""))
	}
	for i, state := range p.spec.States {
		where := "states[" + strconv.Itoa(i) + "]"
		if state.Title == "" {
			faults = append(faults, NewFault(ErrMissing, where+".title", "", ""))
		}
		if state.Key == "" {
			faults = append(faults, NewFault(ErrMissing, where+".key", "", ""))
			continue
		}
		if _, used := p.states[state.Key]; used {
			faults = append(faults, NewFault(ErrRepeated, where+".key", quote.Key(state.Key), "a new key"))
			continue
		}
		p.states[state.Key] = i
	}
	return faults
}

// indexTransitions fills in the moves and the watched events, and reports what
// is wrong with any transition alone.
func (p Procedure) indexTransitions() []error {
	var faults []error
	events := map[string]bool{}
	for _, each := range p.spec.Transitions {
		events[each.Event] = true
	}
	for i, each := range p.spec.Transitions {
		where := "transitions[" + strconv.Itoa(i) + "]"
		for _, field := range []struct{ name, value string }{{"event", each.Event}, {"title", each.Title}} {
			if field.value == "" {
				faults = append(faults, NewFault(ErrMissing, where+"."+field.name, "", ""))
			}
		}
		for _, end := range []struct{ name, state string }{{"from", each.From}, {"to", each.To}} {
			if _, known := p.states[end.state]; !known {
				faults = append(faults, NewFault(ErrUnknown, where+"."+end.name, quote.Key(end.state), "a state"))
			}
		}
		key := move{each.From, each.Event}
		if _, used := p.moves[key]; used {
			faults = append(faults, NewFault(ErrRepeated, where+".event", quote.Key(each.Event), "one way from a state"))
		} else {
			p.moves[key] = i
		}
		faults = append(faults, checkList(where+".by", each.By)...)
		faults = append(faults, checkList(where+".evidence", each.Evidence)...)
		faults = append(faults, checkList(where+".not_by", each.NotBy)...)
		for j, event := range each.NotBy {
			p.watched[event] = true
			if event != "" && !events[event] {
				place := where + ".not_by[" + strconv.Itoa(j) + "]"
				faults = append(faults, NewFault(ErrUnknown, place, quote.Key(event), "an event of a transition"))
			}
		}
		faults = append(faults, p.checkAfter(where+".after", each)...)
	}
	return faults
}

// checkList reports entries of a list that are empty or there before.
func checkList(where string, entries []string) []error {
	var faults []error
	for i, entry := range entries {
		place := where + "[" + strconv.Itoa(i) + "]"
		switch {
		case entry == "":
			faults = append(faults, NewFault(ErrMissing, place, "", ""))
		case slices.Contains(entries[:i], entry):
			faults = append(faults, NewFault(ErrRepeated, place, quote.Key(entry), ""))
		}
	}
	return faults
}

// checkAfter reports days of waiting that no log could tell.
func (p Procedure) checkAfter(where string, each Transition) []error {
	if each.After < 0 || each.After > int(lastDay) {
		return []error{NewFault(ErrRange, where, strconv.Itoa(each.After), "0 or more days")}
	}
	if i, known := p.states[each.From]; each.After > 0 && known && i == 0 {
		return []error{NewFault(ErrUndefined, where, strconv.Itoa(each.After), "no days in the first state")}
	}
	return nil
}

// checkGraph reports states that the transitions, taken together, do not fit.
func (p Procedure) checkGraph() []error {
	var faults []error
	leaves := map[string]bool{}
	for _, each := range p.spec.Transitions {
		leaves[each.From] = true
	}
	reached := p.reachable()
	for i, state := range p.spec.States {
		where := "states[" + strconv.Itoa(i) + "]"
		switch {
		case state.Final && leaves[state.Key]:
			faults = append(faults, NewFault(ErrGraph, where, "a final state with a way out", ""))
		case !state.Final && !leaves[state.Key]:
			faults = append(faults, NewFault(ErrGraph, where, "no way out", "a transition from it, or final"))
		}
		if !reached[state.Key] {
			faults = append(faults, NewFault(ErrGraph, where, "no way to it", "a transition to it"))
		}
	}
	return faults
}

// reachable returns the states that some course of events leads to.
func (p Procedure) reachable() map[string]bool {
	reached := map[string]bool{}
	if len(p.spec.States) == 0 {
		return reached
	}
	for next := []string{p.spec.States[0].Key}; len(next) > 0; next = next[1:] {
		if reached[next[0]] {
			continue
		}
		reached[next[0]] = true
		for _, each := range p.spec.Transitions {
			if each.From == next[0] {
				next = append(next, each.To)
			}
		}
	}
	return reached
}

// ID returns the identity of the procedure.
func (p Procedure) ID() RuleID { return p.id }

// Rule returns what the procedure says of itself.
func (p Procedure) Rule() Rule { return p.spec.Rule }

// States returns the states in their order, the first being the start. The slice
// is the caller's.
func (p Procedure) States() []State { return slices.Clone(p.spec.States) }

// Transitions returns the transitions in their order. They are the caller's.
func (p Procedure) Transitions() []Transition { return cloneTransitions(p.spec.Transitions) }

// Log returns the empty log of a subject, which is named as the caller knows it:
// by a file's key, never by a name or number of a person.
func (p Procedure) Log(subject string) Log { return Log{rule: p.id, subject: subject} }

// Add appends event to log if it may happen there. Adding the same event again
// changes nothing. If Add returns an error the log is unchanged; a refusal names
// the state and the event. It reports the first fault in this order:
//   - [ErrRule], for no log or one of another procedure;
//   - [ErrMissing], for an event without ID, key or day;
//   - [ErrRepeated], for an ID that the log has with other content;
//   - [ErrUnknown], for an event that no transition is on;
//   - [ErrGraph], for an event that leads nowhere from the log's state;
//   - [ErrOrder], for a day before that of the last event;
//   - [ErrRange], for a day before the state has lasted as long as it must;
//   - [ErrActor], for a role that may not bring it about;
//   - [ErrMissing], for an event that does not say who did it although its own
//     NotBy or another's needs to know, and [ErrActor], for an actor who did an
//     event that its NotBy names;
//   - [ErrMissing], for evidence that did not come with it.
func (p Procedure) Add(log *Log, event Event) error {
	if log == nil || p.id.IsZero() || log.rule != p.id {
		return p.refuseLog(log)
	}
	at := p.standing(log.events)
	where := "state " + quote.Key(at.Key) + ", event " + quote.Key(event.Event)
	if missing := event.missing(); missing != "" {
		return NewFault(ErrMissing, where, "no "+missing, "")
	}
	if earlier, ok := log.find(event.ID); ok {
		if earlier.same(event) {
			return nil
		}
		return NewFault(ErrRepeated, where, "ID "+quote.Key(event.ID)+" with other content", "a new ID")
	}
	if !slices.ContainsFunc(p.spec.Transitions, func(t Transition) bool { return t.Event == event.Event }) {
		return NewFault(ErrUnknown, where, "", "an event of "+strconv.Quote(p.spec.Key))
	}
	i, ok := p.moves[move{at.Key, event.Event}]
	if !ok {
		return NewFault(ErrGraph, where, "", p.waysOut(at.Key))
	}
	if err := p.refuse(where, *log, p.spec.Transitions[i], event); err != nil {
		return err
	}
	// Clipped, so that two logs that share events do not share what follows.
	log.events = append(slices.Clip(log.events), event.clone())
	return nil
}

// refuseLog says of a log that it is not one of this procedure.
func (p Procedure) refuseLog(log *Log) error {
	got := "no log"
	if log != nil {
		got = log.rule.String()
	}
	return NewFault(ErrRule, "log", got, p.id.String())
}

// standing returns the state to which events have led.
func (p Procedure) standing(events []Event) State {
	at := 0
	for _, event := range events {
		i := p.moves[move{p.spec.States[at].Key, event.Event}]
		at = p.states[p.spec.Transitions[i].To]
	}
	return p.spec.States[at]
}

// waysOut names the events that lead on from a state.
func (p Procedure) waysOut(state string) string {
	var events []string
	for _, each := range p.spec.Transitions {
		if each.From == state {
			events = append(events, each.Event)
		}
	}
	if len(events) == 0 {
		return "nothing more: the state is final"
	}
	return strings.Join(events, " or ")
}

// refuse reports the first condition of a transition that event does not meet.
func (p Procedure) refuse(where string, log Log, by Transition, event Event) error {
	last := log.last()
	if event.On.Before(last) {
		return NewFault(ErrOrder, where, event.On.String(), last.String()+" or later")
	}
	if days := event.On.DaysSince(last); by.After > 0 && days < by.After {
		return NewFault(ErrRange, where, strconv.Itoa(days)+" days since the last event", strconv.Itoa(by.After)+" or more")
	}
	if len(by.By) > 0 && !slices.Contains(by.By, event.Role) {
		return NewFault(ErrActor, where, "role "+quote.Key(event.Role), strings.Join(by.By, " or "))
	}
	if err := p.refuseActor(where, log, by, event); err != nil {
		return err
	}
	for _, kind := range by.Evidence {
		if !slices.Contains(event.Evidence, kind) {
			return NewFault(ErrMissing, where, "no evidence "+strconv.Quote(kind), "")
		}
	}
	return nil
}

// refuseActor reports an actor who must be another than he is, or is not named
// where that has to be told, now or later.
func (p Procedure) refuseActor(where string, log Log, by Transition, event Event) error {
	if event.By == "" && (len(by.NotBy) > 0 || p.watched[event.Event]) {
		return NewFault(ErrMissing, where, "nobody named who did it", "")
	}
	for _, earlier := range log.events {
		if earlier.By == event.By && slices.Contains(by.NotBy, earlier.Event) {
			return NewFault(ErrActor, where, "the actor of "+strconv.Quote(earlier.Event), "another")
		}
	}
	return nil
}

// On returns the state of log's subject at the end of day, with a verdict on
// whether its course has come to an end. What happened after day has not yet
// happened, so that a past day keeps its answer. The verdict's answer is the
// state's key. Its reasons are the events so far, each met, and then the end:
// met in a final state; else unmet, and followed by each event that may come
// next, unknown. Its errors:
//   - [ErrRule], for a log of another procedure;
//   - [ErrMissing], for no day.
func (p Procedure) On(log Log, day Date) (State, Verdict, error) {
	if p.id.IsZero() || log.rule != p.id {
		return State{}, Verdict{}, p.refuseLog(&log)
	}
	if day.IsZero() {
		return State{}, Verdict{}, NewFault(ErrMissing, "day", "", "")
	}
	events := log.by(day)
	at := p.standing(events)
	var reasons []Reason
	for i, event := range events {
		reasons = append(reasons, p.happened(p.standing(events[:i]), event))
	}
	end := Reason{Standing: Met, Finding: Finding{Where: at.Key, Rule: "final state", Got: at.Title}}
	if !at.Final {
		end.Standing = Unmet
	}
	reasons = append(reasons, end)
	entered := Log{events: events}.last()
	for _, each := range p.spec.Transitions {
		if each.From == at.Key {
			reasons = append(reasons, mayCome(each, entered))
		}
	}
	question := log.subject + " at its end on " + day.String()
	verdict := Judged(question, reasons...)
	verdict.Answer = at.Key
	return at, verdict, nil
}

// happened returns the reason of an event that led on from a state.
func (p Procedure) happened(from State, event Event) Reason {
	by := p.spec.Transitions[p.moves[move{from.Key, event.Event}]]
	return Reason{Standing: Met, Finding: Finding{
		Where: from.Key, Rule: event.Event, Got: event.On.String() + " " + by.Title, Want: by.To,
	}}
}

// mayCome returns the reason of a transition that is open: what it asks for.
func mayCome(by Transition, entered Date) Reason {
	wants := []string{by.Title}
	if len(by.By) > 0 {
		wants = append(wants, "by "+strings.Join(by.By, " or "))
	}
	if len(by.NotBy) > 0 {
		wants = append(wants, "not by the actor of "+strings.Join(by.NotBy, " or "))
	}
	if len(by.Evidence) > 0 {
		wants = append(wants, "with "+strings.Join(by.Evidence, " and "))
	}
	if by.After > 0 {
		wants = append(wants, earliest(entered, by.After))
	}
	return Reason{Standing: Unknown, Finding: Finding{
		Where: by.From, Rule: by.Event, Got: "not yet", Want: strings.Join(wants, ", "),
	}}
}

// earliest says from which day on a wait is over.
func earliest(entered Date, days int) string {
	day, err := entered.AddDays(days)
	if err != nil {
		return "after the end of the calendar"
	}
	return "from " + day.String() + " on"
}

// MarshalJSON writes the procedure as a document "union.procedure/1". The zero
// Procedure has no states to write and is [ErrMissing].
func (p Procedure) MarshalJSON() ([]byte, error) { return WriteRule(procedureDocument, p.spec) }

// UnmarshalJSON reads a document "union.procedure/1" with the faults of
// [ReadRule], and checks it as [NewProcedure] does. On error p is unchanged.
func (p *Procedure) UnmarshalJSON(data []byte) error {
	var spec ProcedureSpec
	if err := ReadRule(data, procedureDocument, &spec); err != nil {
		return err
	}
	made, err := NewProcedure(spec)
	if err != nil {
		return err
	}
	*p = made
	return nil
}
