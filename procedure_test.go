package union_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/internal/laws"
)

// A complaint is put right by the office that owns it, and closed by somebody
// else after a week.
func Example_course() {
	procedure, err := union.NewProcedure(union.ProcedureSpec{
		Rule: union.Rule{Key: "rectification", Version: "2010", Title: "整改流程", Source: "made up"},
		States: []union.State{
			{Key: "open", Title: "待整改"}, {Key: "fixed", Title: "已整改"}, {Key: "closed", Title: "已销号", Final: true},
		},
		Transitions: []union.Transition{
			{Event: "fix", Title: "整改", From: "open", To: "fixed", Evidence: []string{"report"}},
			{Event: "close", Title: "销号", From: "fixed", To: "closed", NotBy: []string{"fix"}, After: 7},
		},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	log := procedure.Log("issue-7")
	for _, event := range []union.Event{
		{ID: "1", Event: "close", On: union.MustParseDate("2010-05-04"), By: "office"},
		{ID: "2", Event: "fix", On: union.MustParseDate("2010-05-04"), By: "office", Evidence: []string{"report"}},
		{ID: "3", Event: "close", On: union.MustParseDate("2010-05-06"), By: "audit"},
		{ID: "4", Event: "close", On: union.MustParseDate("2010-05-11"), By: "office"},
		{ID: "5", Event: "close", On: union.MustParseDate("2010-05-11"), By: "audit"},
	} {
		if err := procedure.Add(&log, event); err != nil {
			fmt.Println(err)
		}
	}
	for _, text := range []string{"2010-05-03", "2010-05-10", "2010-05-11"} {
		state, verdict, err := procedure.On(log, union.MustParseDate(text))
		fmt.Println(text, state.Title, verdict.Standing, err)
	}
	// Output:
	// state "open", event "close": does not fit the graph of states: want fix
	// state "fixed", event "close": out of range: got 2 days since the last event, want 7 or more
	// state "fixed", event "close": may not be done by this actor: got the actor of "fix", want another
	// 2010-05-03 待整改 unmet <nil>
	// 2010-05-10 已整改 unmet <nil>
	// 2010-05-11 已销号 met <nil>
}

func ExampleNewProcedure() {
	_, err := union.NewProcedure(union.ProcedureSpec{
		Rule:        union.Rule{Key: "review", Version: "2010", Title: "年审", Source: "made up"},
		States:      []union.State{{Key: "due", Title: "待审"}, {Key: "done", Title: "已审"}},
		Transitions: []union.Transition{{Event: "review", Title: "审验", From: "due", To: "dun"}},
	})
	fmt.Println(err)
	// Output:
	// transitions[0].to: not known: got "dun", want a state
	// states[1]: does not fit the graph of states: got no way out, want a transition from it, or final
	// states[1]: does not fit the graph of states: got no way to it, want a transition to it
}

func ExampleProcedure_Transitions() {
	for _, each := range mustProcedure(rectification()).Transitions() {
		fmt.Println(each.From, each.Event, each.To)
	}
	// Output:
	// open fix fixed
	// fixed close closed
	// fixed reopen open
}

func ExampleProcedure_Add() {
	procedure := mustProcedure(rectification())
	log := procedure.Log("issue-1")
	event := union.Event{
		ID: "e1", Event: "fix", On: union.MustParseDate("2010-05-04"), By: "office", Role: "owner",
		Evidence: []string{"photo"},
	}
	fmt.Println(procedure.Add(&log, event))
	event.Evidence = append(event.Evidence, "report")
	fmt.Println(procedure.Add(&log, event))
	fmt.Println(procedure.Add(&log, event), len(log.Events()))
	// Output:
	// state "open", event "fix": must be given: got no evidence "report"
	// <nil>
	// <nil> 1
}

func ExampleProcedure_On() {
	procedure := mustProcedure(rectification())
	log := procedure.Log("issue-1")
	_ = procedure.Add(&log, fixEvent())
	state, verdict, err := procedure.On(log, union.MustParseDate("2010-05-05"))
	fmt.Println(state.Key, verdict.Standing, err)
	for _, reason := range verdict.Reasons {
		fmt.Println(reason.Standing, "-", reason)
	}
	// Output:
	// fixed unmet <nil>
	// met - open: fix: got 2010-05-04 整改, want fixed
	// unmet - fixed: final state: got 已整改
	// unknown - fixed: close: got not yet, want 销号, by inspector, not by the actor of fix, from 2010-05-11 on
	// unknown - fixed: reopen: got not yet, want 退回
}

// rectification is the course of something that was found wrong: its owner puts
// it right, and after a week somebody else closes it or sends it back.
func rectification() union.ProcedureSpec {
	return union.ProcedureSpec{
		Rule: ruleOf("rectification"),
		States: []union.State{
			{Key: "open", Title: "待整改"},
			{Key: "fixed", Title: "已整改"},
			{Key: "closed", Title: "已销号", Final: true},
		},
		Transitions: []union.Transition{
			{Event: "fix", Title: "整改", From: "open", To: "fixed", By: []string{"owner", "deputy"}, Evidence: []string{"photo", "report"}},
			{Event: "close", Title: "销号", From: "fixed", To: "closed", By: []string{"inspector"}, NotBy: []string{"fix"}, After: 7},
			{Event: "reopen", Title: "退回", From: "fixed", To: "open"},
		},
	}
}

func mustProcedure(spec union.ProcedureSpec) union.Procedure {
	procedure, err := union.NewProcedure(spec)
	if err != nil {
		panic(err)
	}
	return procedure
}

func day(text string) union.Date { return union.MustParseDate(text) }

func fixEvent() union.Event {
	return union.Event{
		ID: "e1", Event: "fix", On: day("2010-05-04"), By: "office", Role: "owner",
		Evidence: []string{"report", "photo"},
	}
}

func closeEvent() union.Event {
	return union.Event{ID: "e2", Event: "close", On: day("2010-05-11"), By: "audit", Role: "inspector"}
}

func TestACourseRunsToItsEnd(t *testing.T) {
	procedure := mustProcedure(rectification())
	log := procedure.Log("issue-1")
	require.NoError(t, procedure.Add(&log, fixEvent()))
	require.NoError(t, procedure.Add(&log, closeEvent()))
	assert.Equal(t, []union.Event{fixEvent(), closeEvent()}, log.Events())
	for text, want := range map[string]string{
		"2010-01-01": "open", "2010-05-03": "open", "2010-05-04": "fixed", "2010-05-10": "fixed", "2010-05-11": "closed", "9999-12-31": "closed",
	} {
		state, verdict, err := procedure.On(log, day(text))
		require.NoError(t, err)
		assert.Equal(t, want, state.Key, text)
		assert.Equal(t, want, verdict.Answer, text)
		assert.Equal(t, want == "closed", verdict.Holds(), text)
	}
}

func TestAVerdictOnACourseHasEveryReason(t *testing.T) {
	procedure := mustProcedure(rectification())
	log := procedure.Log("issue-1")
	require.NoError(t, procedure.Add(&log, fixEvent()))
	_, verdict, err := procedure.On(log, day("2010-05-05"))
	require.NoError(t, err)
	assert.Equal(t, union.Verdict{
		Question: "issue-1 at its end on 2010-05-05", Answer: "fixed", Standing: union.Unmet,
		Reasons: []union.Reason{
			{Standing: union.Met, Finding: union.Finding{Where: "open", Rule: "fix", Got: "2010-05-04 整改", Want: "fixed"}},
			{Standing: union.Unmet, Finding: union.Finding{Where: "fixed", Rule: "final state", Got: "已整改"}},
			{Standing: union.Unknown, Finding: union.Finding{
				Where: "fixed", Rule: "close", Got: "not yet", Want: "销号, by inspector, not by the actor of fix, from 2010-05-11 on",
			}},
			{Standing: union.Unknown, Finding: union.Finding{Where: "fixed", Rule: "reopen", Got: "not yet", Want: "退回"}},
		},
	}, verdict)
	_, verdict, err = procedure.On(log, day("2010-05-03"))
	require.NoError(t, err)
	assert.Equal(t, []union.Reason{
		{Standing: union.Unmet, Finding: union.Finding{Where: "open", Rule: "final state", Got: "待整改"}},
		{Standing: union.Unknown, Finding: union.Finding{
			Where: "open", Rule: "fix", Got: "not yet", Want: "整改, by owner or deputy, with photo and report",
		}},
	}, verdict.Reasons)
	require.NoError(t, procedure.Add(&log, closeEvent()))
	_, verdict, err = procedure.On(log, day("2010-05-11"))
	require.NoError(t, err)
	assert.Equal(t, union.Met, verdict.Standing)
	assert.Len(t, verdict.Reasons, 3)
	assert.Empty(t, verdict.Failed())

	late := procedure.Log("late")
	event := fixEvent()
	event.On = day("9999-12-30")
	require.NoError(t, procedure.Add(&late, event))
	_, verdict, err = procedure.On(late, day("9999-12-31"))
	require.NoError(t, err)
	assert.Contains(t, verdict.Reasons[2].Want, "after the end of the calendar")
}

func TestARefusalNamesStateAndEventInThePublishedOrder(t *testing.T) {
	procedure := mustProcedure(rectification())
	other := rectification()
	other.Version = "2"
	fixed, closed := procedure.Log("issue-1"), procedure.Log("issue-1")
	require.NoError(t, procedure.Add(&fixed, fixEvent()))
	require.NoError(t, procedure.Add(&closed, fixEvent()))
	require.NoError(t, procedure.Add(&closed, closeEvent()))
	early := func(e *union.Event) { e.On = day("2010-05-03") }
	for name, test := range map[string]struct {
		log      union.Log
		event    union.Event
		change   func(*union.Event) // makes also wrong what comes later in the order
		sentinel error
		text     string
	}{
		"no ID": {fixed, closeEvent(), func(e *union.Event) { e.ID, e.Event, e.On = "", "", union.Date{} }, union.ErrMissing,
			`state "fixed", event "": must be given: got no id`},
		"no key": {fixed, closeEvent(), func(e *union.Event) { e.ID, e.Event, e.On = "e1", "", union.Date{} }, union.ErrMissing,
			`state "fixed", event "": must be given: got no event`},
		"no day": {fixed, closeEvent(), func(e *union.Event) { e.ID, e.On = "e1", union.Date{} }, union.ErrMissing,
			`state "fixed", event "close": must be given: got no on`},
		"the same ID": {fixed, closeEvent(), func(e *union.Event) { e.ID, e.Event = "e1", "none"; early(e) }, union.ErrRepeated,
			`state "fixed", event "none": given more than once: got ID "e1" with other content, want a new ID`},
		"an unknown event": {fixed, closeEvent(), func(e *union.Event) { e.Event = "none"; early(e) }, union.ErrUnknown,
			`state "fixed", event "none": not known: want an event of "rectification"`},
		"not from this state": {fixed, fixEvent(), func(e *union.Event) { e.ID = "e3"; early(e) }, union.ErrGraph,
			`state "fixed", event "fix": does not fit the graph of states: want close or reopen`},
		"not from a final state": {closed, fixEvent(), func(e *union.Event) { e.ID = "e3"; early(e) }, union.ErrGraph,
			`state "closed", event "fix": does not fit the graph of states: want nothing more: the state is final`},
		"before the last event": {fixed, closeEvent(), func(e *union.Event) { early(e); e.Role = "" }, union.ErrOrder,
			`state "fixed", event "close": out of order: got 2010-05-03, want 2010-05-04 or later`},
		"too early": {fixed, closeEvent(), func(e *union.Event) { e.On = day("2010-05-10"); e.Role = "" }, union.ErrRange,
			`state "fixed", event "close": out of range: got 6 days since the last event, want 7 or more`},
		"no role": {fixed, closeEvent(), func(e *union.Event) { e.Role, e.By = "", "" }, union.ErrActor,
			`state "fixed", event "close": may not be done by this actor: got role "", want inspector`},
		"another role": {fixed, closeEvent(), func(e *union.Event) { e.Role, e.By = "owner", "office" }, union.ErrActor,
			`state "fixed", event "close": may not be done by this actor: got role "owner", want inspector`},
		"the same actor": {fixed, closeEvent(), func(e *union.Event) { e.By = "office" }, union.ErrActor,
			`state "fixed", event "close": may not be done by this actor: got the actor of "fix", want another`},
		"no actor where another is needed": {fixed, closeEvent(), func(e *union.Event) { e.By = "" }, union.ErrMissing,
			`state "fixed", event "close": must be given: got nobody named who did it`},
		"no actor where one is asked for later": {procedure.Log("issue-2"), fixEvent(), func(e *union.Event) { e.By, e.Evidence = "", nil }, union.ErrMissing,
			`state "open", event "fix": must be given: got nobody named who did it`},
		"no evidence": {procedure.Log("issue-2"), fixEvent(), func(e *union.Event) { e.Evidence = []string{"photo"} }, union.ErrMissing,
			`state "open", event "fix": must be given: got no evidence "report"`},
		"a log of another procedure": {mustProcedure(other).Log("issue-2"), union.Event{}, func(*union.Event) {}, union.ErrRule,
			"log: made under another rule: got " + mustProcedure(other).ID().String() + ", want " + procedure.ID().String()},
		"the zero log": {union.Log{}, fixEvent(), func(*union.Event) {}, union.ErrRule,
			"log: made under another rule: got no rule, want " + procedure.ID().String()},
	} {
		t.Run(name, func(t *testing.T) {
			before := test.log.Events()
			test.change(&test.event)
			err := procedure.Add(&test.log, test.event)
			require.ErrorIs(t, err, test.sentinel)
			require.EqualError(t, err, test.text)
			assert.Equal(t, before, test.log.Events())
		})
	}
	require.ErrorIs(t, procedure.Add(nil, fixEvent()), union.ErrRule)
	var none union.Procedure
	log := none.Log("x")
	require.ErrorIs(t, none.Add(&log, fixEvent()), union.ErrRule)
	_, _, err := none.On(log, day("2010-05-04"))
	require.ErrorIs(t, err, union.ErrRule)
	_, _, err = procedure.On(log, day("2010-05-04"))
	require.ErrorIs(t, err, union.ErrRule)
	_, err = none.MarshalJSON()
	require.ErrorIs(t, err, union.ErrMissing)
	_, _, err = procedure.On(fixed, union.Date{})
	require.ErrorIs(t, err, union.ErrMissing)
}

func TestAProcedureReportsAllItsFaults(t *testing.T) {
	_, err := union.NewProcedure(union.ProcedureSpec{
		Rule: union.Rule{Key: "k", Version: "1", Title: "t"},
		States: []union.State{
			{Key: "a", Title: "A"}, {Key: "b"}, {Title: "C"}, {Key: "a", Title: "D"},
			{Key: "end", Title: "E", Final: true}, {Key: "stuck", Title: "F"},
			{Key: "lost", Title: "G"},
		},
		Transitions: []union.Transition{
			{Event: "go", Title: "去", From: "a", To: "b", By: []string{"x", "", "x"}, After: 1},
			{Event: "go", Title: "去", From: "a", To: "end", Evidence: []string{"p", "p"}, NotBy: []string{"go", "none", ""}},
			{Event: "", Title: "", From: "b", To: "nowhere", After: -1},
			{Event: "on", Title: "再", From: "end", To: "stuck", After: 3652060},
			{Event: "off", Title: "回", From: "lost", To: "a"},
		},
	})
	var got []string
	for _, fault := range union.Faults(err) {
		got = append(got, fault.Error())
	}
	assert.Equal(t, []string{
		"source: must be given",
		"states[1].title: must be given",
		"states[2].key: must be given",
		`states[3].key: given more than once: got "a", want a new key`,
		"transitions[0].by[1]: must be given",
		`transitions[0].by[2]: given more than once: got "x"`,
		"transitions[0].after: undefined over nothing: got 1, want no days in the first state",
		`transitions[1].event: given more than once: got "go", want one way from a state`,
		`transitions[1].evidence[1]: given more than once: got "p"`,
		"transitions[1].not_by[2]: must be given",
		`transitions[1].not_by[1]: not known: got "none", want an event of a transition`,
		"transitions[2].event: must be given",
		"transitions[2].title: must be given",
		`transitions[2].to: not known: got "nowhere", want a state`,
		"transitions[2].after: out of range: got -1, want 0 or more days",
		"transitions[3].after: out of range: got 3652060, want 0 or more days",
		"states[2]: does not fit the graph of states: got no way out, want a transition from it, or final",
		"states[2]: does not fit the graph of states: got no way to it, want a transition to it",
		"states[4]: does not fit the graph of states: got a final state with a way out",
		"states[5]: does not fit the graph of states: got no way out, want a transition from it, or final",
		"states[6]: does not fit the graph of states: got no way to it, want a transition to it",
	}, got)
	for _, sentinel := range []error{
		union.ErrMissing, union.ErrRepeated, union.ErrUnknown, union.ErrRange, union.ErrUndefined, union.ErrGraph,
	} {
		require.ErrorIs(t, err, sentinel)
	}
	_, err = union.NewProcedure(union.ProcedureSpec{
		Rule:        ruleOf("k"),
		Transitions: []union.Transition{{Event: "e", Title: "t", From: "x", To: "x"}},
	})
	require.EqualError(t, err, "states: must be given\n"+
		`transitions[0].from: not known: got "x", want a state`+"\n"+`transitions[0].to: not known: got "x", want a state`)
	_, err = union.NewProcedure(union.ProcedureSpec{Rule: ruleOf("k"), States: []union.State{{Key: "a", Title: "\xff", Final: true}}})
	require.ErrorIs(t, err, union.ErrText)
	_, err = union.NewProcedure(union.ProcedureSpec{Rule: ruleOf("k"), States: []union.State{{Key: "a", Title: "A", Final: true}}})
	require.NoError(t, err, "one final state is a procedure, if a short one")
}

func TestAProcedureSharesNothingWithItsSpec(t *testing.T) {
	spec := rectification()
	procedure := mustProcedure(spec)
	change := func(states []union.State, transitions []union.Transition) {
		states[0].Title, transitions[0].By[0], transitions[0].Evidence[0] = "x", "x", "x"
		transitions[1].NotBy[0] = "x"
	}
	change(spec.States, spec.Transitions)
	change(procedure.States(), procedure.Transitions())
	want := rectification()
	assert.Equal(t, want.States, procedure.States())
	assert.Len(t, procedure.Transitions(), 3)
	assert.Equal(t, mustProcedure(want), procedure)
	assert.Equal(t, want.Rule, procedure.Rule())
}

func TestAProcedureIsADocument(t *testing.T) {
	procedure := mustProcedure(rectification())
	data, err := json.Marshal(procedure)
	require.NoError(t, err)
	text := string(data)
	assert.True(t, strings.HasPrefix(text, `{"union":"union.procedure/1","key":"rectification","version":"1",`), text)
	assert.Contains(t, text, `{"event":"close","title":"销号","from":"fixed","to":"closed","by":["inspector"],"not_by":["fix"],"after":7}`)
	var read union.Procedure
	require.NoError(t, json.Unmarshal(data, &read))
	assert.Equal(t, procedure, read)
	before := read
	for old, test := range map[string]struct {
		text     string
		sentinel error
	}{
		"procedure/1":   {"procedure/2", union.ErrUnknown},
		`"after":7`:     {`"after":-7`, union.ErrRange},
		`"after": 7`:    {`"after":null`, union.ErrText},
		`"final":true`:  {`"Final":true`, union.ErrUnknown},
		`"to":"closed"`: {`"to":"none"`, union.ErrUnknown},
	} {
		changed := strings.Replace(text, strings.ReplaceAll(old, ": ", ":"), test.text, 1)
		require.ErrorIs(t, json.Unmarshal([]byte(changed), &read), test.sentinel, old)
		assert.Equal(t, before, read, "a refused document changes nothing")
	}
}

// A course is a log and what adds to it, so that a broken one can be put in the
// place of the library's.
type course interface {
	add(union.Event) error
	state(on union.Date) string
	events() []union.Event
}

// recorded is the library's course.
type recorded struct {
	procedure union.Procedure
	log       union.Log
}

func newRecorded() course {
	procedure := mustProcedure(rectification())
	return &recorded{procedure, procedure.Log("issue-1")}
}

func (r *recorded) add(event union.Event) error { return r.procedure.Add(&r.log, event) }
func (r *recorded) events() []union.Event       { return r.log.Events() }
func (r *recorded) state(on union.Date) string {
	state, _, err := r.procedure.On(r.log, on)
	if err != nil {
		panic(err)
	}
	return state.Key
}

// drawEvent draws an event that may well be refused.
func drawEvent(t *rapid.T, id int) union.Event {
	on, err := day("2010-05-01").AddDays(rapid.IntRange(0, 40).Draw(t, "day"))
	if err != nil {
		t.Fatal(err)
	}
	return union.Event{
		ID:       fmt.Sprint("e", rapid.IntRange(max(0, id-2), id).Draw(t, "id")),
		Event:    rapid.SampledFrom([]string{"fix", "fix", "close", "close", "reopen", "none"}).Draw(t, "event"),
		On:       on,
		By:       rapid.SampledFrom([]string{"office", "audit", ""}).Draw(t, "by"),
		Role:     rapid.SampledFrom([]string{"owner", "inspector"}).Draw(t, "role"),
		Evidence: rapid.SampledFrom([][]string{{"photo", "report"}, nil}).Draw(t, "evidence"),
	}
}

const endOfTime = "9999-12-31"

// movesAlongTheGraph states that an accepted event leads from the state before it
// to the state that the graph names, and that a refusal names state and event.
// The graph is written out here by hand.
func movesAlongTheGraph(start func() course) laws.Law {
	edges := map[string]string{"open fix": "fixed", "fixed close": "closed", "fixed reopen": "open"}
	return func(t *rapid.T) error {
		c := start()
		for id := range rapid.IntRange(1, 12).Draw(t, "events") {
			event, before, known := drawEvent(t, id), c.state(day(endOfTime)), len(c.events())
			err := c.add(event)
			after := c.state(day(endOfTime))
			switch {
			case err != nil:
				text := err.Error()
				if !strings.Contains(text, fmt.Sprintf("state %q", before)) || !strings.Contains(text, fmt.Sprintf("event %q", event.Event)) {
					return fmt.Errorf("%q does not name state %q and event %q", text, before, event.Event)
				}
				if after != before {
					return fmt.Errorf("refused, and went from %s to %s", before, after)
				}
			case len(c.events()) == known: // the same again
				if after != before {
					return fmt.Errorf("known, and went from %s to %s", before, after)
				}
			case edges[before+" "+event.Event] != after:
				return fmt.Errorf("%s went from %s to %s", event.Event, before, after)
			}
		}
		return nil
	}
}

// skipping is a course whose events lead where they lead from any state.
type skipping struct{ log []union.Event }

func (s *skipping) events() []union.Event { return s.log }
func (s *skipping) add(event union.Event) error {
	if event.Event == "none" {
		return errors.New(`state "` + s.state(day(endOfTime)) + `", event "none": refused`)
	}
	s.log = append(s.log, event)
	return nil
}

func (s *skipping) state(union.Date) string {
	if len(s.log) == 0 {
		return "open"
	}
	return map[string]string{"fix": "fixed", "close": "closed", "reopen": "open"}[s.log[len(s.log)-1].Event]
}

// silent is a course whose refusals do not say of what.
type silent struct{ course }

func (s silent) add(event union.Event) error {
	if s.course.add(event) != nil {
		return errors.New("refused")
	}
	return nil
}

func TestStatesMoveOnlyAlongTheGraph(t *testing.T) { // C1
	laws.Holds(t, movesAlongTheGraph(newRecorded))
	laws.Rejects(t, movesAlongTheGraph(func() course { return &skipping{} }))
	laws.Rejects(t, movesAlongTheGraph(func() course { return silent{newRecorded()} }))
}

// refusesWithoutAChange states that a refused event leaves the log as it was.
func refusesWithoutAChange(start func() course) laws.Law {
	return func(t *rapid.T) error {
		c := start()
		for id := range rapid.IntRange(1, 12).Draw(t, "events") {
			before := c.events()
			if err := c.add(drawEvent(t, id)); err != nil && !reflect.DeepEqual(before, c.events()) {
				return fmt.Errorf("refused (%w) and left %v of %v", err, c.events(), before)
			}
		}
		return nil
	}
}

// hasty is a course that writes an event down before it checks it.
type hasty struct {
	course
	log []union.Event
}

func (h *hasty) events() []union.Event { return append([]union.Event{}, h.log...) }
func (h *hasty) add(event union.Event) error {
	h.log = append(h.log, event)
	return h.course.add(event)
}

func TestARefusedEventChangesNothing(t *testing.T) { // G10
	laws.Holds(t, refusesWithoutAChange(newRecorded))
	laws.Rejects(t, refusesWithoutAChange(func() course { return &hasty{course: newRecorded()} }))
}

// repeatsHarmlessly states that adding an event again changes nothing, whatever
// came after it, and that its ID with other content is refused.
func repeatsHarmlessly(start func() course) laws.Law {
	return func(t *rapid.T) error {
		c := start()
		for id := range rapid.IntRange(1, 12).Draw(t, "events") {
			_ = c.add(drawEvent(t, id))
		}
		known := c.events()
		if len(known) == 0 {
			return nil
		}
		event := known[rapid.IntRange(0, len(known)-1).Draw(t, "again")]
		if err := c.add(event); err != nil || !reflect.DeepEqual(known, c.events()) {
			return fmt.Errorf("again: %w, and %v of %v", err, c.events(), known)
		}
		event.Reason = "another"
		if err := c.add(event); err == nil || !reflect.DeepEqual(known, c.events()) {
			return fmt.Errorf("with other content: not refused, and %v of %v", c.events(), known)
		}
		return nil
	}
}

// overwriting is a course in which the last event of an ID wins.
type overwriting struct {
	course
	log []union.Event
}

func (o *overwriting) events() []union.Event { return append([]union.Event{}, o.log...) }
func (o *overwriting) add(event union.Event) error {
	for i := range o.log {
		if o.log[i].ID == event.ID {
			o.log[i] = event
			return nil
		}
	}
	o.log = append(o.log, event)
	return nil
}

func TestAddingAnEventAgainChangesNothing(t *testing.T) { // G15
	laws.Holds(t, repeatsHarmlessly(newRecorded))
	laws.Rejects(t, repeatsHarmlessly(func() course { return &overwriting{} }))
}

// remembersThePast states that a day before the last event keeps its state,
// whatever happens after.
func remembersThePast(start func() course) laws.Law {
	return func(t *rapid.T) error {
		c, answers := start(), map[union.Date]string{}
		for id := range rapid.IntRange(1, 12).Draw(t, "events") {
			event := drawEvent(t, id)
			if c.add(event) != nil {
				continue
			}
			log := c.events()
			for on := day("2010-04-30"); on.Before(log[len(log)-1].On); on, _ = on.AddDays(1) {
				state := c.state(on)
				if answer, asked := answers[on]; asked && answer != state {
					return fmt.Errorf("%s was %s and is %s", on, answer, state)
				}
				answers[on] = state
			}
		}
		return nil
	}
}

// forgetful is a course that answers for every day as if it were the last.
type forgetful struct{ course }

func (f forgetful) state(union.Date) string { return f.course.state(day(endOfTime)) }

func TestAPastDayKeepsItsAnswer(t *testing.T) {
	laws.Holds(t, remembersThePast(newRecorded))
	laws.Rejects(t, remembersThePast(func() course { return forgetful{newRecorded()} }))
}

func FuzzProcedure(f *testing.F) {
	data, err := json.Marshal(mustProcedure(rectification()))
	require.NoError(f, err)
	f.Add(string(data))
	f.Add(`{"union":"union.procedure/1","key":"a","version":"1","title":"t","source":"s","states":[{"key":"a","title":"A","final":true}],"transitions":[]}`)
	f.Add(`{"union":"union.procedure/1","key":"a","version":"1","title":"t","source":"s","states":[{"key":"a","title":"A","final":true}]}`)
	f.Add(`{"union":"union.procedure/1","states":[],"transitions":[{"event":"a","from":"","to":"","after":-1}]}`)
	f.Fuzz(func(t *testing.T, text string) {
		var procedure union.Procedure
		if err := procedure.UnmarshalJSON([]byte(text)); err != nil {
			require.NotEmpty(t, union.Faults(err))
			require.Zero(t, procedure)
			return
		}
		data, err := procedure.MarshalJSON()
		require.NoError(t, err)
		var again union.Procedure
		require.NoError(t, again.UnmarshalJSON(data))
		require.Equal(t, procedure.ID(), again.ID())
		log := procedure.Log("x")
		for i, each := range procedure.Transitions() {
			_ = procedure.Add(&log, union.Event{ID: fmt.Sprint(i), Event: each.Event, On: day("2010-05-04"), By: "b"})
		}
		_, _, err = procedure.On(log, day("2010-05-04"))
		require.NoError(t, err)
	})
}

func TestEveryStateMustBeReachedFromTheFirst(t *testing.T) {
	states := []union.State{{Key: "open", Title: "O"}, {Key: "fixed", Title: "F"}, {Key: "closed", Title: "C", Final: true}}
	spec := union.ProcedureSpec{
		Rule: union.Rule{Key: "r", Version: "1", Title: "R", Source: "made up"}, States: states,
		Transitions: []union.Transition{ // the way back before the way on
			{Event: "fix", Title: "F", From: "open", To: "fixed"},
			{Event: "reopen", Title: "R", From: "fixed", To: "open"},
			{Event: "close", Title: "C", From: "fixed", To: "closed"},
		},
	}
	_, err := union.NewProcedure(spec)
	require.NoError(t, err)
	spec.Transitions[0] = union.Transition{Event: "fix", Title: "F", From: "open", To: "open"}
	_, err = union.NewProcedure(spec)
	require.EqualError(t, err, "states[1]: does not fit the graph of states: got no way to it, want a transition to it\n"+
		"states[2]: does not fit the graph of states: got no way to it, want a transition to it")
}

func TestNobodyNeedBeNamedWhereNobodyIsAskedFor(t *testing.T) {
	procedure := mustProcedure(union.ProcedureSpec{
		Rule:        union.Rule{Key: "r", Version: "1", Title: "R", Source: "made up"},
		States:      []union.State{{Key: "open", Title: "O"}, {Key: "closed", Title: "C", Final: true}},
		Transitions: []union.Transition{{Event: "close", Title: "C", From: "open", To: "closed"}},
	})
	log := procedure.Log("issue-1")
	require.NoError(t, procedure.Add(&log, union.Event{ID: "1", Event: "close", On: day("2010-05-04")}))
}

func TestAWaitMayBeAsLongAsTheCalendar(t *testing.T) {
	spec := union.ProcedureSpec{
		Rule:   union.Rule{Key: "k", Version: "1", Title: "t", Source: "made up"},
		States: []union.State{{Key: "a", Title: "A"}, {Key: "b", Title: "B"}, {Key: "c", Title: "C", Final: true}},
		Transitions: []union.Transition{
			{Event: "go", Title: "去", From: "a", To: "b"},
			{Event: "end", Title: "止", From: "b", To: "c", After: 1 + union.MustParseDate("9999-12-31").DaysSince(union.MustParseDate("0001-01-01"))},
		},
	}
	_, err := union.NewProcedure(spec)
	require.NoError(t, err)
	spec.Transitions[1].After++
	_, err = union.NewProcedure(spec)
	require.ErrorIs(t, err, union.ErrRange)
}
