package campaign

import (
	"slices"
	"strings"

	"github.com/unioncampaign/union"
)

// A view is a journal as it stands at the end of a day, sorted out by what it is of.
// What needs more than sorting is worked out when it is asked for, once.
type view struct {
	plan     *Plan
	on       union.Date
	entries  []*Entry // those by the day
	deeds    [][]*Entry
	waivers  []*Entry // by action, the first
	settled  []settlement
	events   map[string][]*Entry // by subject
	issues   []*Entry
	parts    map[string][]*Entry // by the issue that they are a part of
	gates    []*run
	courses  map[string]*run // of issues
	approved *run
	under    map[string]int64 // opinions, by issue
}

// A settlement is how far an action has come.
type settlement struct {
	known  bool
	day    union.Date // on which it was done or waived; zero: neither
	waiver *Waiver    // by which it was waived
}

// look sorts out a journal of the plan at the end of a day.
func (p *Plan) look(j Journal, on union.Date) *view {
	entries := until(j.entries, on)
	v := &view{plan: p, on: on, entries: entries, settled: make([]settlement, len(p.home))}
	v.sortDeeds()
	for _, entry := range entries {
		switch {
		case entry.Deed != nil:
		case entry.Waiver != nil:
			v.sortWaiver(entry)
		case entry.Event != nil:
			if v.events == nil {
				v.events = map[string][]*Entry{}
			}
			subject := entry.Event.subject()
			v.events[subject] = append(v.events[subject], entry)
		case entry.Issue != nil:
			v.issues = append(v.issues, entry)
			if whole := entry.Issue.Within; whole != "" {
				if v.parts == nil {
					v.parts = map[string][]*Entry{}
				}
				v.parts[whole] = append(v.parts[whole], entry)
			}
		}
	}
	return v
}

// until returns those of some entries, in the order of days, that are not after a day.
func until(entries []*Entry, on union.Date) []*Entry {
	if after := slices.IndexFunc(entries, func(e *Entry) bool { return e.On.After(on) }); after >= 0 {
		return entries[:after]
	}
	return entries
}

// sortDeeds puts the deeds under their actions, each list in the order of days and
// all of them in one slice.
func (v *view) sortDeeds() {
	actions := len(v.plan.home)
	nth := make([]int32, 0, len(v.entries))
	ends := make([]int, actions+1)
	for _, entry := range v.entries {
		if entry.Deed == nil {
			continue
		}
		at := int32(v.plan.home[entry.Deed.Action].nth)
		nth = append(nth, at)
		ends[at+1]++
	}
	for i := range actions {
		ends[i+1] += ends[i]
	}
	all := make([]*Entry, len(nth))
	v.deeds = make([][]*Entry, actions)
	for i := range actions {
		v.deeds[i] = all[ends[i]:ends[i]:ends[i+1]]
	}
	at := 0
	for _, entry := range v.entries {
		if entry.Deed != nil {
			v.deeds[nth[at]] = append(v.deeds[nth[at]], entry)
			at++
		}
	}
}

func (v *view) sortWaiver(entry *Entry) {
	if v.waivers == nil {
		v.waivers = make([]*Entry, len(v.plan.home))
	}
	if at := v.plan.home[entry.Waiver.Action].nth; v.waivers[at] == nil {
		v.waivers[at] = entry
	}
}

// action returns the action at a place among all.
func (p *Plan) action(nth int) *Action {
	at := p.flat[nth]
	return &p.spec.Phases[at.phase].Actions[at.action]
}

// settle says how far the action at a place has come: on which day the last of what it
// needs had come, each deed counting from the day on which what must be done before it
// was settled.
func (v *view) settle(nth int) *settlement {
	made := &v.settled[nth]
	if made.known {
		return made
	}
	made.known = true
	if v.waivers != nil && v.waivers[nth] != nil {
		made.day, made.waiver = v.waivers[nth].On, v.waivers[nth].Waiver
	}
	day, _ := completed(v.plan.action(nth), v.inOrder(nth))
	if !day.IsZero() && (made.day.IsZero() || !day.After(made.day)) {
		made.day, made.waiver = day, nil
	}
	return made
}

// inOrder returns the deeds for the action at a place that were not done before their
// turn.
func (v *view) inOrder(nth int) []*Entry {
	deeds := v.deeds[nth]
	var ready union.Date
	for _, before := range v.plan.flat[nth].after {
		settled := v.settle(before).day
		if settled.IsZero() {
			return nil
		}
		if settled.After(ready) {
			ready = settled
		}
	}
	for i, deed := range deeds {
		if !deed.On.Before(ready) {
			return deeds[i:]
		}
	}
	return nil
}

// completed returns the day of the deed by which all that an action needs had come;
// zero if it has not, with what is lacking.
func completed(action *Action, deeds []*Entry) (union.Date, []string) {
	lacks := action.Evidence
	for _, entry := range deeds {
		if lacks = without(lacks, entry.Deed.Evidence); len(lacks) == 0 {
			return entry.On, nil
		}
	}
	return union.Date{}, lacks
}

// without returns those of kinds that are not among come.
func without(kinds, come []string) []string {
	if !slices.ContainsFunc(kinds, func(kind string) bool { return slices.Contains(come, kind) }) {
		return kinds
	}
	var left []string
	for _, kind := range kinds {
		if !slices.Contains(come, kind) {
			left = append(left, kind)
		}
	}
	return left
}

// approval returns the course of the plan itself.
func (v *view) approval() *run {
	if v.approved == nil {
		made := v.plan.approval.run("plan", v.events[Event{Of: ofPlan}.subject()], nil)
		v.approved = &made
	}
	return v.approved
}

// gate returns the course of a phase.
func (v *view) gate(phase int) *run {
	if v.gates == nil {
		v.gates = make([]*run, len(v.plan.spec.Phases))
	}
	if v.gates[phase] == nil {
		key := v.plan.spec.Phases[phase].Key
		made := v.plan.gate.run("phase "+key, v.events[Event{Of: ofPhase, Key: key}.subject()], func(r *run, on union.Date, event Event, to string) error {
			return v.mayTurn(phase, r, on, event, to)
		})
		v.gates[phase] = &made
	}
	return v.gates[phase]
}

// closedOn returns the day on which a phase closed; zero if it has not.
func (v *view) closedOn(phase int) union.Date { return v.gate(phase).closedOn() }

// mayTurn is the condition of a gate.
func (v *view) mayTurn(phase int, r *run, on union.Date, event Event, to string) error {
	gate := v.plan.spec.Gate
	if slices.Contains(gate.Returns, event.Event) {
		if len(event.Gaps) == 0 {
			return union.NewFault(union.ErrMissing, "gaps", "", "what is to be made up")
		}
		for i, gap := range event.Gaps {
			if !v.plan.isGap(phase, gap) {
				return union.NewFault(union.ErrUnknown, union.Indexed("gaps", i), quoted(gap), "an action or a threshold of the phase")
			}
		}
	}
	if !r.track.state(to).Final {
		return nil
	}
	before, after := v.demands(phase, r, on)
	for _, reason := range slices.Concat(before, reasonsOf(v.reviews(phase, on)), after) {
		if reason.Standing != union.Met && reason.Standing != union.Exempt {
			return union.NewFault(ErrNotDone, reason.Where, reason.Got, reason.Want)
		}
	}
	return nil
}

// isGap reports whether a gap names an action of a phase or a threshold that its
// gate asks for.
func (p *Plan) isGap(phase int, gap string) bool {
	of := p.spec.Phases[phase]
	return slices.ContainsFunc(of.Actions, func(a Action) bool { return a.Key == gap }) ||
		slices.ContainsFunc(p.spec.Thresholds, func(t Threshold) bool { return t.Key == gap && slices.Contains(t.Phases, of.Key) })
}

// gapTitle returns the title of what a gap names.
func (p *Plan) gapTitle(gap string) string {
	for _, threshold := range p.spec.Thresholds {
		if threshold.Key == gap {
			return threshold.Title
		}
	}
	at := p.home[gap]
	return p.spec.Phases[at.phase].Actions[at.action].Title
}

// demands are what a phase needs at the end of a day, no later than that of the
// view, before a superior may accept it, around its actions: before them the plan
// approved and the phases before it closed, and after them what it was sent back for
// made up, no issue open that bars it, and no threshold that does.
func (v *view) demands(phase int, r *run, on union.Date) (before, after []union.Reason) {
	if v.plan.spec.Approval != nil {
		before = append(before, v.approvalBy(on))
	}
	if v.plan.spec.Gate != nil {
		for earlier := range phase {
			before = append(before, v.closedBy(earlier, on))
		}
	}
	of := v.plan.spec.Phases[phase].Key
	after = append(v.madeUp(phase, r, on), v.barring(of, on)...)
	for i, threshold := range v.plan.spec.Thresholds {
		if slices.Contains(threshold.Phases, of) {
			reason, _ := v.measured(i, of, on)
			after = append(after, reason)
		}
	}
	return before, after
}

// by tells, in a reason, on which day something came about, if by the day on.
func by(reason union.Reason, day, on union.Date) union.Reason {
	reason.Standing, reason.Got = union.Unmet, "not yet"
	if !day.IsZero() && !day.After(on) {
		reason.Standing, reason.Got = union.Met, day.String()
	}
	return reason
}

func (v *view) approvalBy(on union.Date) union.Reason {
	approved, _ := v.approval().since(v.plan.spec.Approval.Approved)
	return by(union.Reason{Finding: union.Finding{Where: ofPlan, Rule: v.plan.spec.Title, Want: "approved"}}, approved, on)
}

func (v *view) closedBy(phase int, on union.Date) union.Reason {
	of := v.plan.spec.Phases[phase]
	return by(union.Reason{Finding: union.Finding{Where: of.Key, Rule: of.Title, Want: "closed before"}}, v.closedOn(phase), on)
}

// madeUp judges each gap for which the phase was sent back last.
func (v *view) madeUp(phase int, r *run, on union.Date) []union.Reason {
	if v.plan.spec.Gate == nil {
		return nil
	}
	var back step
	for _, each := range r.steps {
		if !each.on.After(on) && slices.Contains(v.plan.spec.Gate.Returns, each.event.Event) {
			back = each
		}
	}
	var reasons []union.Reason
	for _, gap := range back.event.Gaps {
		var day union.Date
		for _, entry := range v.entries {
			of := entry.Deed != nil && entry.Deed.Action == gap ||
				entry.Reading != nil && entry.Reading.Threshold == gap && entry.Reading.Phase == v.plan.spec.Phases[phase].Key
			if of && !entry.On.Before(back.on) {
				day = entry.On
				break
			}
		}
		reasons = append(reasons, by(union.Reason{Finding: union.Finding{
			Where: gap, Rule: v.plan.gapTitle(gap), Want: "anew since " + back.on.String(),
		}}, day, on))
	}
	return reasons
}

// barring judges the issues of a phase whose class bars it while they are open.
func (v *view) barring(phase string, on union.Date) []union.Reason {
	var reasons []union.Reason
	if v.plan.spec.Rectification == nil {
		return nil
	}
	for _, entry := range v.issues {
		class, _ := v.plan.spec.Rectification.deadline(entry.Issue.Deadline)
		if entry.Issue.Phase != phase || !class.Bars || entry.On.After(on) {
			continue
		}
		reason := union.Reason{Finding: union.Finding{
			Where: entry.ID, Rule: class.Title, Got: v.stateOf(entry, on), Want: strings.Join(v.plan.spec.Rectification.ends(), " or "),
		}, Standing: union.Unmet}
		if slices.Contains(v.plan.spec.Rectification.ends(), reason.Got) {
			reason.Standing = union.Met
		}
		reasons = append(reasons, reason)
	}
	return reasons
}

// ends are the states in which nothing more is owed on an issue.
func (r Rectification) ends() []string { return slices.Concat(r.Closed, r.Explained) }

// measured judges the last reading of a threshold, taken of a phase by a day, and
// returns what follows from it.
func (v *view) measured(threshold int, phase string, on union.Date) (union.Reason, measurement) {
	rule := v.plan.spec.Thresholds[threshold]
	made := measurement{threshold: rule}
	var last *Reading
	for _, entry := range v.entries {
		if r := entry.Reading; r != nil && r.Threshold == rule.Key && r.Phase == phase && !entry.On.After(on) {
			last = r
		}
	}
	reason := union.Reason{
		Finding:  union.Finding{Where: rule.Key, Rule: rule.Title, Got: "not measured", Want: "one of " + strings.Join(rule.passing(), ", ")},
		Standing: union.Unknown,
	}
	if last == nil {
		return reason, made
	}
	made.value = last.text()
	made.effect, _ = v.plan.Effect(*last) // checked when it was noted
	reason.Got, reason.Standing = made.value+": "+made.effect.Key, union.Met
	if made.effect.Bars {
		reason.Standing = union.Unmet
	}
	return reason, made
}

// passing are the effects with which a phase may close.
func (t Threshold) passing() []string {
	var keys []string
	for _, effect := range t.Effects {
		if !effect.Bars {
			keys = append(keys, effect.Key)
		}
	}
	return keys
}

// issue returns the course of an issue.
func (v *view) issue(entry *Entry) *run {
	if v.courses == nil {
		v.courses = map[string]*run{}
	}
	made, known := v.courses[entry.ID]
	if !known {
		subject := Event{Of: ofIssue, Key: entry.ID}.subject()
		course := v.plan.mending.run(subject, v.events[subject], func(r *run, on union.Date, event Event, to string) error {
			return v.mayMend(entry, r, on, event, to)
		})
		made = &course
		v.courses[entry.ID] = made
	}
	return made
}

// stateOf returns the state of an issue at the end of a day, no later than that of
// the view.
func (v *view) stateOf(entry *Entry, on union.Date) string {
	if v.plan.mending.isNone() {
		return ""
	}
	state := v.plan.mending.states[0].Key
	for _, each := range v.issue(entry).steps {
		if !each.on.After(on) {
			state = each.to
		}
	}
	return state
}

// owners returns all who have answered for an issue so far.
func owners(issue *Issue, r *run) []string {
	all := append([]string{issue.Owner}, issue.CoOwners...)
	for _, each := range r.steps {
		all = append(append(all, each.event.Owner), each.event.CoOwners...)
	}
	return slices.DeleteFunc(all, func(who string) bool { return who == "" })
}

// mayMend is the condition of a rectification. That nothing happens to an issue before it
// was found the journal has seen to.
func (v *view) mayMend(entry *Entry, r *run, on union.Date, event Event, to string) error {
	rule := v.plan.spec.Rectification
	if slices.Contains(rule.Explained, to) && event.Reason == "" {
		return union.NewFault(union.ErrMissing, "reason", "", "why it cannot be solved now")
	}
	if !slices.Contains(rule.Closed, to) {
		return nil
	}
	answering := append(owners(entry.Issue, r), event.CoOwners...)
	switch {
	case len(answering) == 0:
		return union.NewFault(union.ErrMissing, "owner", "", "somebody who answers for it")
	case event.By == "":
		return union.NewFault(union.ErrMissing, "by", "", "who closes it")
	case slices.Contains(append(answering, event.Owner), event.By):
		return union.NewFault(union.ErrActor, "by", "who answers for it", "another")
	case len(event.Evidence) == 0:
		return union.NewFault(union.ErrMissing, "evidence", "", "at least one kind")
	}
	lacks := without(entry.Issue.Evidence, event.Evidence)
	for _, each := range r.steps {
		lacks = without(lacks, each.event.Evidence)
	}
	if len(lacks) > 0 {
		return union.NewFault(union.ErrMissing, "evidence", "", strings.Join(lacks, " and "))
	}
	for _, part := range v.parts[entry.ID] {
		if state := v.stateOf(part, on); !part.On.After(on) && !slices.Contains(rule.ends(), state) {
			return union.NewFault(ErrNotDone, part.ID, state, strings.Join(rule.ends(), " or "))
		}
	}
	return nil
}

// promise returns the course of a promise.
func (v *view) promise(entry *Entry) run {
	subject := Event{Of: ofPromise, Key: entry.ID}.subject()
	return v.plan.vows.run(subject, v.events[subject], nil)
}

// misfitsOf returns the events that do not fit the course that an event is of.
func (v *view) misfitsOf(event Event) []misfit {
	switch event.Of {
	case ofPlan:
		return v.approval().misfits
	case ofPhase:
		return v.gate(v.plan.phaseAt(event.Key)).misfits
	case ofIssue:
		if at := v.named(event.Key); at != nil {
			return v.issue(at).misfits
		}
	case ofPromise:
		if at := v.named(event.Key); at != nil {
			return v.promise(at).misfits
		}
	}
	return nil
}

// named returns the entry with the ID among those of the view, or nil.
func (v *view) named(id string) *Entry {
	for _, entry := range v.entries {
		if entry.ID == id {
			return entry
		}
	}
	return nil
}

// Check returns what in a journal does not fit together at the end of the day on. Where
// journals were joined these are events of which each fitted its own, and opinions
// grouped twice, of which the first counts. In any journal it is an acceptance before
// which, as came to be known after it, a reading was that bars it: it stays in the
// journal, and counts for nothing. Where names the subject and the entry.
//
// It reports the first of
//   - [union.ErrRule], for a journal that is not the plan's;
//   - [union.ErrMissing], for a zero on.
func (p Plan) Check(j Journal, on union.Date) ([]union.Finding, error) {
	if err := p.mayLook(j, on); err != nil {
		return nil, err
	}
	v := p.look(j, on)
	var found []union.Finding
	seen := map[string]bool{}
	grouped := map[string]string{}
	for _, entry := range v.entries {
		if event := entry.Event; event != nil && !seen[event.subject()] {
			seen[event.subject()] = true
			for _, each := range v.misfitsOf(*event) {
				for _, fault := range union.Faults(each.err) {
					finding := fault.Finding
					finding.Where = event.subject() + ", entry " + quoted(each.id) + ": " + finding.Where
					found = append(found, finding)
				}
			}
		}
		if entry.Grouping == nil {
			continue
		}
		for _, id := range entry.Grouping.Opinions {
			if first, twice := grouped[id]; twice {
				found = append(found, union.Finding{
					Where: "opinion " + quoted(id), Rule: "an opinion is grouped once", Got: entry.Grouping.Issue, Want: first,
				})
				continue
			}
			grouped[id] = entry.Grouping.Issue
		}
	}
	return found, nil
}

// mayLook refuses what cannot be looked at.
func (p *Plan) mayLook(j Journal, on union.Date) error {
	if err := p.ownsJournal(j); err != nil {
		return err
	}
	if on.IsZero() {
		return union.NewFault(union.ErrMissing, "on", "", "the day of the review")
	}
	return nil
}
