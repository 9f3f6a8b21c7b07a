package campaign_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/campaign"
	"github.com/unioncampaign/union/internal/laws"
)

// ---- what may be drawn of the whole plan

// happenings are things that may happen in the whole plan: most fit somewhere, few fit
// everywhere.
var happenings = append(append(append([]string{}, firstPhase...), issueCourse...),
	`{"id": "b1", "on": "2010-06-16", "event": {"of": "phase", "key": "launch", "event": "send-back", "by": "group-3", "role": "supervising", "gaps": ["study"]}}`,
	`{"id": "b2", "on": "2010-06-22", "event": {"of": "phase", "key": "launch", "event": "sum-up", "by": "office", "evidence": ["minutes"]}}`,
	`{"id": "b3", "on": "2010-06-17", "deed": {"action": "study"}}`,
	`{"id": "w1", "on": "2010-05-08", "waiver": {"action": "rally", "reason": "防汛", "by": "county-1", "role": "superior"}}`,
	`{"id": "w2", "on": "2010-05-30", "waiver": {"action": "report", "reason": "合并上报", "by": "county-1", "role": "superior"}}`,
	`{"id": "r2", "on": "2010-06-13", "reading": {"threshold": "satisfied", "phase": "launch", "value": "59.9"}}`,
	`{"id": "c1", "on": "2010-06-25", "event": {"of": "phase", "key": "launch", "event": "accept", "by": "county-1", "role": "superior"}}`,
	`{"id": "c2", "on": "2010-06-26", "event": {"of": "issue", "key": "i2", "event": "close", "by": "办公室", "evidence": ["photo"]}}`,
	`{"id": "c3", "on": "2010-06-26", "event": {"of": "issue", "key": "i1b", "event": "close", "by": "督导组", "evidence": ["photo"]}}`,
	`{"id": "c4", "on": "2010-05-16", "event": {"of": "issue", "key": "i1a", "event": "close", "by": "督导组", "evidence": ["photo"]}}`,
	`{"id": "d4", "on": "2010-07-10", "deed": {"action": "analysis"}}`,
	`{"id": "d5", "on": "2010-07-10", "deed": {"action": "ballot"}}`,
	`{"id": "g3", "on": "2010-07-11", "event": {"of": "phase", "key": "mend", "event": "sum-up", "by": "office", "evidence": ["minutes"]}}`,
	`{"id": "g4", "on": "2010-07-12", "event": {"of": "phase", "key": "mend", "event": "accept", "by": "county-1", "role": "superior"}}`,
)

// drawEntries draws things that happen, in any order, mostly in that of their days.
func drawEntries(r *rapid.T) []campaign.Entry {
	var entries []campaign.Entry
	for _, text := range happenings {
		if rapid.IntRange(0, 9).Draw(r, "happens") > 0 {
			entries = append(entries, entry(text))
		}
	}
	if rapid.Bool().Draw(r, "in the order of days") {
		slices.SortStableFunc(entries, func(a, b campaign.Entry) int { return a.On.Compare(b.On) })
		return entries
	}
	return rapid.Permutation(entries).Draw(r, "order")
}

func drawYearDay(r *rapid.T, name string) union.Date {
	return must(day("2010-05-01").AddDays(rapid.IntRange(0, 90).Draw(r, name)))
}

// A keeper is what is held to the laws of a journal: it keeps of the entries that come,
// in their order, those that it accepts, and says of the others why not.
type keeper func(entries []campaign.Entry) (kept []campaign.Entry, refused map[string]error)

func keep(entries []campaign.Entry) ([]campaign.Entry, map[string]error) {
	p := whole()
	j := p.Journal()
	refused := map[string]error{}
	for _, each := range entries {
		if err := p.Add(&j, each); err != nil {
			refused[each.ID] = err
		}
	}
	return j.Entries(), refused
}

// keepAll is the keeper that looks at nothing: states are skipped, gates ignored, and
// whoever comes closes.
func keepAll(entries []campaign.Entry) ([]campaign.Entry, map[string]error) {
	kept := slices.Clone(entries)
	slices.SortStableFunc(kept, func(a, b campaign.Entry) int { return a.On.Compare(b.On) })
	return kept, nil
}

// movesAlongTheGraph states that the events kept of each subject lead from its first
// state along the transitions of its procedure, by who may and with what they need, and
// that each refusal for the graph's sake names the state and the event: of one that came
// late, that which is noted already and would no longer fit.
func movesAlongTheGraph(keep keeper) laws.Law {
	return func(r *rapid.T) error {
		entries := drawEntries(r)
		kept, refused := keep(entries)
		for _, each := range entries {
			if err := refused[each.ID]; each.Event != nil && errors.Is(err, union.ErrGraph) {
				where := union.Faults(err)[0].Where
				if !strings.Contains(where, "state ") || !namesAnEvent(where, *each.Event, entries) {
					return fmt.Errorf("the refusal of %s names %q", each.ID, where)
				}
			}
		}
		return graphed(whole().Spec(), kept)
	}
}

// namesAnEvent reports whether a place names an event of the subject of one.
func namesAnEvent(where string, of campaign.Event, entries []campaign.Entry) bool {
	return slices.ContainsFunc(entries, func(each campaign.Entry) bool {
		return each.Event != nil && each.Event.Of == of.Of && each.Event.Key == of.Key && strings.Contains(where, strconv.Quote(each.Event.Event))
	})
}

// graphed walks every subject through its graph, by hand. The events of one day may have
// come in any order.
func graphed(spec campaign.PlanSpec, entries []campaign.Entry) error {
	procedures := map[string]union.ProcedureSpec{
		"plan": spec.Approval.Procedure, "phase": spec.Gate.Procedure, "issue": spec.Rectification.Procedure, "promise": spec.Promises.Procedure,
	}
	may := map[string]map[string]bool{} // by subject, the states in which it may be
	for at := 0; at < len(entries); {
		on := entries[at].On
		today := map[string][]campaign.Event{}
		for ; at < len(entries) && entries[at].On == on; at++ {
			if e := entries[at].Event; e != nil && !undone(*e, entries) {
				today[e.Of+" "+e.Key] = append(today[e.Of+" "+e.Key], *e)
			}
		}
		for subject, events := range today {
			procedure := procedures[events[0].Of]
			if may[subject] == nil {
				may[subject] = map[string]bool{procedure.States[0].Key: true}
			}
			next := map[string]bool{}
			for state := range may[subject] {
				walk(procedure, state, events, next)
			}
			if len(next) == 0 {
				return fmt.Errorf("%s on %s: %v lead nowhere from %v", subject, on, events, may[subject])
			}
			may[subject] = next
		}
	}
	return nil
}

// undone reports whether an event counts for nothing: the acceptance of the first phase
// where it became known, after it, that the satisfied were too few before it.
func undone(event campaign.Event, entries []campaign.Entry) bool {
	return event.Event == "accept" && event.Key == "launch" &&
		slices.ContainsFunc(entries, func(each campaign.Entry) bool { return each.ID == "r2" })
}

func TestAReadingThatComesLateUndoesAnAcceptance(t *testing.T) {
	p := whole()
	j := p.Journal()
	for _, each := range happenings {
		if e := entry(each); slices.Contains([]string{"p1", "p2", "d1", "d2", "d3", "r1", "g1", "c1"}, e.ID) {
			require.NoError(t, p.Add(&j, e), e.ID)
		}
	}
	check := func() []string {
		var told []string
		for _, finding := range must(p.Check(j, day("2010-12-31"))) {
			told = append(told, finding.String())
		}
		return told
	}
	closed := func() bool {
		_, is := must(p.LookBack("launch", j, day("2010-12-31"))).Closed()
		return is
	}
	assert.True(t, closed())
	assert.Empty(t, check())
	require.NoError(t, p.Add(&j, entry(`{"id": "r2", "on": "2010-06-13", "reading": {"threshold": "satisfied", "phase": "launch", "value": "59.9"}}`)))
	assert.False(t, closed())
	require.Len(t, check(), 1)
	assert.Contains(t, check()[0], `phase launch, entry "c1": state "summed-up", event "accept".satisfied: is not done yet`)
	back := entry(`{"id": "b1", "on": "2010-06-16", "event": {"of": "phase", "key": "launch", "event": "send-back", "by": "group-3", "role": "supervising", "gaps": ["study"]}}`)
	require.NoError(t, p.Add(&j, back), "what counts for nothing stands in nobody's way")
	assert.Contains(t, check()[0], `event "accept": does not fit the graph of states`)
}

// walk tries the events of one day in every order.
func walk(procedure union.ProcedureSpec, state string, events []campaign.Event, reached map[string]bool) {
	if len(events) == 0 {
		reached[state] = true
		return
	}
	for i, event := range events {
		for _, t := range procedure.Transitions {
			fits := t.From == state && t.Event == event.Event && (len(t.By) == 0 || slices.Contains(t.By, event.Role))
			for _, kind := range t.Evidence {
				fits = fits && slices.Contains(event.Evidence, kind)
			}
			if fits {
				walk(procedure, t.To, slices.Concat(events[:i], events[i+1:]), reached)
			}
		}
	}
}

func TestAJournalMovesOnlyAlongTheGraph(t *testing.T) {
	laws.Holds(t, movesAlongTheGraph(keep))
	laws.Rejects(t, movesAlongTheGraph(keepAll)) // states skipped
	laws.Rejects(t, movesAlongTheGraph(func(entries []campaign.Entry) ([]campaign.Entry, map[string]error) {
		kept, refused := keep(entries)
		for id := range refused { // a refusal that says nothing
			refused[id] = union.NewFault(union.ErrGraph, "", "", "")
		}
		return kept, refused
	}))
}

// changesNothingItRefuses states that what is kept is what comes of the accepted entries
// alone.
func changesNothingItRefuses(keep keeper) laws.Law {
	return func(r *rapid.T) error {
		entries := drawEntries(r)
		kept, refused := keep(entries)
		accepted := slices.DeleteFunc(slices.Clone(entries), func(e campaign.Entry) bool { return refused[e.ID] != nil })
		again, none := keep(accepted)
		if len(none) > 0 || string(must(json.Marshal(kept))) != string(must(json.Marshal(again))) {
			return fmt.Errorf("kept %d with those refused between, %d without, %v refused then", len(kept), len(again), none)
		}
		return nil
	}
}

func TestARefusedEntryChangesNothing(t *testing.T) {
	laws.Holds(t, changesNothingItRefuses(keep))
	laws.Rejects(t, changesNothingItRefuses(func(entries []campaign.Entry) ([]campaign.Entry, map[string]error) {
		kept, refused := keep(entries)
		for _, each := range entries {
			if refused[each.ID] != nil { // written down before it was checked
				kept = append(kept, each)
			}
		}
		return kept, refused
	}))
}

// closedByAnother states that an issue that was closed was so with evidence, by another
// than all who answered for it, and not before it was found.
func closedByAnother(keep keeper) laws.Law {
	return func(r *rapid.T) error {
		kept, _ := keep(drawEntries(r))
		found := map[string]campaign.Entry{}
		answers := map[string][]string{}
		for _, each := range kept {
			if each.Issue != nil {
				found[each.ID] = each
				answers[each.ID] = append(append(answers[each.ID], each.Issue.Owner), each.Issue.CoOwners...)
			}
		}
		for _, each := range kept {
			if each.Event == nil || each.Event.Of != "issue" {
				continue
			}
			key := each.Event.Key
			answers[key] = append(append(answers[key], each.Event.Owner), each.Event.CoOwners...)
			if each.Event.Event != "close" {
				continue
			}
			issue, known := found[key]
			if !known || each.On.Before(issue.On) || len(each.Event.Evidence) == 0 || each.Event.By == "" || slices.Contains(answers[key], each.Event.By) {
				return fmt.Errorf("%s closed by %v on %s, answered for by %v", key, each.Event, each.On, answers[key])
			}
		}
		return nil
	}
}

func TestAnIssueIsClosedWithEvidenceAndByAnother(t *testing.T) {
	laws.Holds(t, closedByAnother(keep))
	laws.Rejects(t, closedByAnother(keepAll)) // self-closing
	laws.Rejects(t, closedByAnother(func(entries []campaign.Entry) ([]campaign.Entry, map[string]error) {
		kept, refused := keep(entries)
		for i, each := range kept {
			if each.Event != nil && each.Event.Event == "close" {
				kept[i].Event.Evidence = nil
			}
		}
		return kept, refused
	}))
}

// A closer says on which day a phase closed, if it did, given all that came, in order.
type closer func(phase string, entries []campaign.Entry) (union.Date, bool)

func closedOn(phase string, entries []campaign.Entry) (union.Date, bool) {
	p := whole()
	j := p.Journal()
	for _, each := range entries {
		_ = p.Add(&j, each) // what is refused did not happen
	}
	return must(p.LookBack(phase, j, day("2010-12-31"))).Closed()
}

// closesOnlyWithItsWork states that a phase is closed on a day only if by then the plan
// was approved, every required action of it was done or waived with a reason, its
// look-back was filed, another than who filed it accepted it, and the phase before it was
// closed.
func closesOnlyWithItsWork(closed closer) laws.Law {
	return func(r *rapid.T) error {
		entries := drawEntries(r)
		kept, _ := keep(entries)
		first, isFirst := closed("launch", entries)
		for _, phase := range whole().Spec().Phases {
			on, is := closed(phase.Key, entries)
			if !is {
				continue
			}
			if err := worked(phase, kept, on); err != nil {
				return fmt.Errorf("%s closed on %s: %w", phase.Key, on, err)
			}
			if !isFirst || first.After(on) {
				return fmt.Errorf("%s closed on %s, and the first phase on %s", phase.Key, on, first)
			}
		}
		return nil
	}
}

// worked looks for all that a phase needs to be closed on a day, entry by entry.
func worked(phase campaign.Phase, entries []campaign.Entry, closed union.Date) error {
	filer, accepter, approved := "", "", false
	for _, each := range entries {
		if e := each.Event; e != nil && !each.On.After(closed) {
			switch {
			case e.Of == "plan" && e.Event == "approve":
				approved = true
			case e.Of == "phase" && e.Key == phase.Key && e.Event == "sum-up":
				filer = e.By
			case e.Of == "phase" && e.Key == phase.Key && e.Event == "accept":
				accepter = e.By
			}
		}
	}
	if !approved || filer == "" || accepter == "" || filer == accepter {
		return fmt.Errorf("approved %v, filed by %q, accepted by %q", approved, filer, accepter)
	}
	for _, action := range phase.Actions {
		lacks, settled := slices.Clone(action.Evidence), action.Optional
		for _, each := range entries {
			switch {
			case each.On.After(closed):
			case each.Waiver != nil && each.Waiver.Action == action.Key && each.Waiver.Reason != "":
				settled = true
			case each.Deed != nil && each.Deed.Action == action.Key:
				lacks = slices.DeleteFunc(lacks, func(kind string) bool { return slices.Contains(each.Deed.Evidence, kind) })
				settled = settled || len(lacks) == 0
			}
		}
		if !settled {
			return fmt.Errorf("%s is not settled", action.Key)
		}
	}
	return nil
}

func TestAPhaseClosesOnlyWithItsWork(t *testing.T) {
	laws.Holds(t, closesOnlyWithItsWork(closedOn))
	laws.Rejects(t, closesOnlyWithItsWork(func(phase string, entries []campaign.Entry) (union.Date, bool) {
		for _, each := range entries { // the gate ignored: a word is enough
			if e := each.Event; e != nil && e.Key == phase && e.Event == "accept" {
				return each.On, true
			}
		}
		return union.Date{}, false
	}))
	laws.Rejects(t, closesOnlyWithItsWork(func(phase string, entries []campaign.Entry) (union.Date, bool) {
		of, _ := whole().Phase(phase)
		return of.Window.Until() // its date has come
	}))
}

// staysLate states that an issue that nothing happens to is overdue on every day after
// its due day, and on none before.
func staysLate(overdue func(issue campaign.Entry, on union.Date) bool) laws.Law {
	return func(r *rapid.T) error {
		found, due := drawYearDay(r, "found"), drawYearDay(r, "due")
		if due.Before(found) {
			found, due = due, found
		}
		issue := campaign.Entry{ID: "i1", On: found, Issue: &campaign.Issue{Title: "t", Phase: "launch", Source: "self", Due: due}}
		on := drawYearDay(r, "on")
		if on.Before(found) {
			on = found
		}
		if got := overdue(issue, on); got != on.After(due) {
			return fmt.Errorf("found on %s, due on %s: on %s overdue %v", found, due, on, got)
		}
		return nil
	}
}

func TestAnOpenIssueIsOverdueFromTheDayAfterItsDueDayOn(t *testing.T) {
	p := whole()
	overdue := func(issue campaign.Entry, on union.Date) bool {
		j := p.Journal()
		if err := p.Add(&j, issue); err != nil {
			panic(err)
		}
		return len(must(p.Ledger(j, on)).Overdue()) == 1
	}
	laws.Holds(t, staysLate(overdue))
	laws.Rejects(t, staysLate(func(issue campaign.Entry, _ union.Date) bool { return overdue(issue, day("2010-07-20")) })) // a clock inside
	laws.Rejects(t, staysLate(func(issue campaign.Entry, on union.Date) bool { return overdue(issue, must(on.AddDays(1))) }))
}

// A joiner unites what several offices noted, each by itself.
type joiner func(offices ...campaign.Journal) ([]campaign.Entry, error)

// joinsInAnyOrder states that what offices noted of one campaign is the same in whatever
// order they are asked, although some noted the same, and that every entry is there once.
func joinsInAnyOrder(join joiner) laws.Law {
	p := whole()
	return func(r *rapid.T) error {
		offices := make([]campaign.Journal, 3)
		ids := map[string]bool{}
		for i := range offices {
			offices[i] = p.Journal()
			for _, each := range drawEntries(r) {
				_ = p.Add(&offices[i], each) // what an office refuses it does not hold
			}
			for _, each := range offices[i].Entries() {
				ids[each.ID] = true
			}
		}
		first, err := join(offices...)
		if err != nil {
			return err
		}
		second, err := join(rapid.Permutation(offices).Draw(r, "order")...)
		if err != nil {
			return err
		}
		if a, b := must(json.Marshal(first)), must(json.Marshal(second)); string(a) != string(b) {
			return fmt.Errorf("asked in one order %s, in another %s", a, b)
		}
		if len(first) != len(ids) {
			return fmt.Errorf("%d entries of %d", len(first), len(ids))
		}
		return nil
	}
}

func TestOfficesMayBeJoinedInAnyOrder(t *testing.T) {
	p := whole()
	laws.Holds(t, joinsInAnyOrder(func(offices ...campaign.Journal) ([]campaign.Entry, error) {
		joined, err := p.Join(offices...)
		return joined.Entries(), err
	}))
	laws.Rejects(t, joinsInAnyOrder(func(offices ...campaign.Journal) ([]campaign.Entry, error) {
		var all []campaign.Entry // one list after the other
		for _, office := range offices {
			all = append(all, office.Entries()...)
		}
		return all, nil
	}))
	laws.Rejects(t, joinsInAnyOrder(func(offices ...campaign.Journal) ([]campaign.Entry, error) {
		var all []campaign.Entry // the same noted once, but in the order in which it came
		seen := map[string]bool{}
		for _, office := range offices {
			for _, each := range office.Entries() {
				if !seen[each.ID] {
					seen[each.ID] = true
					all = append(all, each)
				}
			}
		}
		return all, nil
	}))
}

func TestJoinedJournalsMayHoldWhatDoesNotFitTogether(t *testing.T) {
	p := whole()
	one := noted(p, append(append([]string{}, issueCourse[:11]...),
		`{"id": "e2", "on": "2010-05-24", "event": {"of": "issue", "key": "i1a", "event": "close", "by": "督导组", "evidence": ["photo"]}}`)...)
	other := noted(p, append(append([]string{}, issueCourse[:8]...),
		`{"id": "e1", "on": "2010-05-17", "event": {"of": "issue", "key": "i1a", "event": "start", "by": "宣教部"}}`,
		`{"id": "f2", "on": "2010-05-20", "event": {"of": "issue", "key": "i1a", "event": "explain", "by": "宣教部", "reason": "停电"}}`,
		`{"id": "f3", "on": "2010-05-18", "grouping": {"issue": "i2", "opinions": ["o1", "o2"]}}`)...)
	joined := must(p.Join(one, other))
	found := must(p.Check(joined, day("2010-06-30")))
	var told []string
	for _, finding := range found {
		told = append(told, finding.String())
	}
	if !slices.Equal(told, []string{
		`issue i1a, entry "e2": state "explained", event "close": does not fit the graph of states: want resume`,
		`opinion "o1": an opinion is grouped once: got i2, want i1`,
		`opinion "o2": an opinion is grouped once: got i2, want i1`,
	}) {
		t.Error(told)
	}
	ledger := must(p.Ledger(joined, day("2010-06-30")))
	for _, each := range ledger.Issues() {
		if each.ID == "i1a" && !each.Explained || each.ID == "i2" && each.Opinions != 0 && each.Opinions != 3 {
			t.Error(each)
		}
	}
	if rest := must(p.Check(joined, day("2010-05-19"))); len(rest) != 2 {
		t.Error(rest)
	}
	clash := noted(p, `{"id": "o1", "on": "2010-05-10", "opinion": {"title": "别的", "source": "masses"}}`)
	if _, err := p.Join(one, clash); !errors.Is(err, union.ErrRepeated) {
		t.Error(err)
	}
	if again := must(p.Join(one)); text(again) != text(one) {
		t.Error("a copy differs")
	}
}

func text(j campaign.Journal) string { return string(must(json.Marshal(j.Entries()))) }

// ---- past reviews

// A teller writes all that can be said of a journal at the end of a day.
type teller func(j campaign.Journal, on union.Date) string

func tellAll(j campaign.Journal, on union.Date) string {
	p := whole()
	var all []any
	for _, phase := range p.Spec().Phases {
		back := must(p.LookBack(phase.Key, j, on))
		overview := must(p.Overview(phase.Key, on))
		if err := overview.Add(back); err != nil {
			panic(err)
		}
		all = append(all, back.Verdict(), back.Reviews(), back.Issues(), back.State(), must(back.Figures()), must(overview.AppendBinary(nil)))
	}
	ledger, pledges, aims := must(p.Ledger(j, on)), must(p.Pledges(j, on)), must(p.Aims(j, on))
	duties := must(p.Duties(branch(), j, on))
	all = append(all, ledger.Issues(), must(ledger.Figures()), pledges.All(), pledges.Check(), must(pledges.Figures()),
		aims.All(), aims.Verdict(), must(aims.Figures()), duties.Check(), must(duties.Figures()), must(p.Check(j, on)))
	return string(must(json.Marshal(all)))
}

// repeatsToTheByte states that all that was said of a day is said again, to the byte,
// whatever was noted of later days, and in whatever order it was noted.
func repeatsToTheByte(tell teller) laws.Law {
	p := whole()
	return func(r *rapid.T) error {
		entries := drawEntries(r)
		for _, text := range slices.Concat(promiseCourse, targetCourse, dutyCourse) {
			if each := entry(text); rapid.Bool().Draw(r, "more") {
				each.ID = "m" + each.ID // apart from those of the other courses
				renamed(&each)
				entries = append(entries, each)
			}
		}
		on := drawYearDay(r, "on")
		now := p.Journal()
		var kept []campaign.Entry // until the day, in the order in which they were noted: an issue that came late bars no gate that was passed
		for _, each := range entries {
			if p.Add(&now, each) == nil && !each.On.After(on) {
				kept = append(kept, each)
			}
		}
		then := p.Journal()
		for _, each := range kept {
			if err := p.Add(&then, each); err != nil {
				return fmt.Errorf("%s is refused without what came later: %w", each.ID, err)
			}
		}
		if a, b := tell(then, on), tell(now, on); a != b {
			return fmt.Errorf("on %s: then %s, now %s", on, a, b)
		}
		return nil
	}
}

// renamed follows a renamed entry in what it refers to.
func renamed(e *campaign.Entry) {
	switch {
	case e.Event != nil && e.Event.Key != "":
		e.Event.Key = "m" + e.Event.Key
	case e.Attained != nil:
		e.Attained.Target = "m" + e.Attained.Target
	case e.Service != nil && e.Service.Team != "":
		e.Service.Team = "m" + e.Service.Team
	}
}

func TestAPastDayRepeatsToTheByte(t *testing.T) {
	laws.Holds(t, repeatsToTheByte(tellAll))
	laws.Rejects(t, repeatsToTheByte(func(j campaign.Journal, _ union.Date) string { return tellAll(j, day("2010-07-31")) })) // today instead
	laws.Rejects(t, repeatsToTheByte(func(j campaign.Journal, on union.Date) string {
		return tellAll(j, on) + strconv.Itoa(j.Len()) // what was noted since shines through
	}))
}
