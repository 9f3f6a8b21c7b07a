package campaign_test

import (
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/campaign"
)

// A model is the whole plan's campaign once more, slow and obvious: it knows this one
// plan by heart, keeps a list of all that happened and asks all of it, day by day, again
// for every question.
type model struct{ happened []campaign.Entry }

// modelActions are the actions of the whole plan, with what each needs.
var modelActions = []struct {
	phase, key, evidence, after string
	due                         string
	optional                    bool
}{
	{"launch", "rally", "minutes", "", "2010-05-12", false},
	{"launch", "study", "", "rally", "2010-06-30", false},
	{"launch", "report", "", "study", "2010-06-30", false},
	{"launch", "visit", "", "", "2010-06-30", true},
	{"mend", "analysis", "", "report", "2010-07-31", false},
	{"mend", "ballot", "", "", "", false},
}

// settled returns the first day, no later than on, on which an action was done or waived.
func (m model) settled(key string, on union.Date) (settled union.Date, waived bool) {
	needs, after := "", ""
	for _, each := range modelActions {
		if each.key == key {
			needs, after = each.evidence, each.after
		}
	}
	ready := union.Date{}
	if after != "" {
		ready, _ = m.settled(after, on)
	}
	for d := day("2010-05-01"); !d.After(on); d = must(d.AddDays(1)) {
		open := after != "" && (ready.IsZero() || ready.After(d))
		done, has, waiver := false, needs == "", false
		for _, e := range m.happened {
			if e.On.After(d) {
				continue
			}
			if e.Deed != nil && e.Deed.Action == key && !open && !e.On.Before(ready) {
				done = true
				has = has || slices.Contains(e.Deed.Evidence, needs)
			}
			waiver = waiver || e.Waiver != nil && e.Waiver.Action == key
		}
		if done && has {
			return d, false
		}
		if waiver {
			return d, true
		}
	}
	return union.Date{}, false
}

// progress says how an action stands.
func (m model) progress(at int, on union.Date) campaign.Progress {
	action := modelActions[at]
	due := union.Date{}
	if action.due != "" {
		due = day(action.due)
	}
	settled, waived := m.settled(action.key, on)
	switch {
	case waived:
		return campaign.Waived
	case !settled.IsZero() && !due.IsZero() && settled.After(due):
		return campaign.Late
	case !settled.IsZero():
		return campaign.InTime
	}
	some, all := false, action.evidence == ""
	for _, e := range m.happened {
		if e.Deed != nil && e.Deed.Action == action.key && !e.On.After(on) {
			some = true
			all = all || slices.Contains(e.Deed.Evidence, action.evidence)
		}
	}
	switch {
	case some && all: // and yet not settled: it came too early
		return campaign.OutOfOrder
	case some:
		return campaign.Lacking
	case !due.IsZero() && on.After(due):
		return campaign.Overdue
	}
	return campaign.Pending
}

// events returns the events of a subject, no later than on, in the order of days; the
// test notes no two of one subject on one day.
func (m model) events(of, key string, on union.Date) []campaign.Entry {
	var events []campaign.Entry
	for d := day("2010-05-01"); !d.After(on); d = must(d.AddDays(1)) {
		for _, e := range m.happened {
			if e.Event != nil && e.Event.Of == of && e.Event.Key == key && e.On == d {
				events = append(events, e)
			}
		}
	}
	return events
}

// approved returns whether the plan was approved by a day.
func (m model) approved(on union.Date) bool {
	state, submitters := "draft", map[string]bool{}
	for _, e := range m.events("plan", "", on) {
		switch {
		case state == "draft" && e.Event.Event == "submit" && e.Event.By != "":
			state = "submitted"
			submitters[e.Event.By] = true
		case state == "submitted" && e.Event.Event == "return" && e.Event.Role == "supervising":
			state = "draft"
		case state == "submitted" && e.Event.Event == "approve" && e.Event.Role == "supervising" && e.Event.By != "" && !submitters[e.Event.By]:
			state = "approved"
		}
	}
	return state == "approved"
}

// issue returns the state of the one issue that is to be put right at once.
func (m model) issue(on union.Date) string {
	state := ""
	for _, e := range m.happened {
		if e.Issue != nil && !e.On.After(on) {
			state = "open"
		}
	}
	if state == "" {
		return ""
	}
	for _, e := range m.events("issue", "i1", on) {
		switch event := e.Event.Event; {
		case state == "open" && event == "start":
			state = "working"
		case state == "working" && event == "close" && e.Event.By == "督导组" && len(e.Event.Evidence) > 0:
			state = "closed"
		case state == "working" && event == "explain" && e.Event.Reason != "":
			state = "explained"
		case (state == "closed" && event == "discontent") || (state == "explained" && event == "resume"):
			state = "working"
		}
	}
	return state
}

// satisfied returns whether the masses were, when they were asked last.
func (m model) satisfied(on union.Date) bool {
	good, when, id := false, union.Date{}, ""
	for _, e := range m.happened {
		later := e.On.After(when) || e.On == when && e.ID > id
		if e.Reading != nil && !e.On.After(on) && later {
			good, when, id = e.Reading.Value.Cmp(union.Whole(60)) >= 0, e.On, e.ID
		}
	}
	return good
}

// ready returns whether a phase needs no more than to be filed and accepted.
func (m model) ready(phase string, gaps []string, back, on union.Date) bool {
	if !m.approved(on) {
		return false
	}
	if phase == "mend" {
		if state, _ := m.gate("launch", on); state != "passed" {
			return false
		}
	}
	for _, action := range modelActions {
		if settled, _ := m.settled(action.key, on); action.phase == phase && !action.optional && settled.IsZero() {
			return false
		}
	}
	for _, gap := range gaps {
		again := false
		for _, e := range m.happened {
			of := e.Deed != nil && e.Deed.Action == gap || e.Reading != nil && e.Reading.Threshold == gap
			again = again || of && !e.On.Before(back) && !e.On.After(on)
		}
		if !again {
			return false
		}
	}
	if phase == "launch" {
		if state := m.issue(on); state == "open" || state == "working" {
			return false
		}
		return m.satisfied(on)
	}
	return true
}

// gate returns the state of a phase at its gate, and whether all but the acceptance is
// there.
func (m model) gate(phase string, on union.Date) (state string, complete bool) {
	state = "open"
	var gaps []string
	var back union.Date
	filers := map[string]bool{}
	for _, e := range m.events("phase", phase, on) {
		switch event := e.Event; {
		case (state == "open" || state == "back") && event.Event == "sum-up" && event.By != "" && len(event.Evidence) > 0:
			state = "summed-up"
			filers[event.By] = true
		case state == "summed-up" && event.Event == "send-back" && event.Role != "" && len(event.Gaps) > 0:
			state, gaps, back = "back", event.Gaps, e.On
		case state == "summed-up" && event.Event == "accept" && event.Role == "superior" && event.By != "" && !filers[event.By] &&
			m.ready(phase, gaps, back, e.On):
			state = "passed"
		}
	}
	return state, m.ready(phase, gaps, back, on)
}

// takes returns whether an event leads on where it stands.
func (m model) takes(e campaign.Entry) bool {
	before := m.stateOf(*e.Event, must(e.On.AddDays(-1)))
	with := model{happened: append(slices.Clone(m.happened), e)}
	return with.stateOf(*e.Event, e.On) != before
}

func (m model) stateOf(event campaign.Event, on union.Date) string {
	switch event.Of {
	case "plan":
		return m.planState(on)
	case "phase":
		state, _ := m.gate(event.Key, on)
		return state
	}
	return m.issue(on)
}

// planState returns the state of the plan.
func (m model) planState(on union.Date) string {
	if m.approved(on) {
		return "approved"
	}
	state := "draft"
	for _, e := range m.events("plan", "", on) {
		switch {
		case state == "draft" && e.Event.Event == "submit" && e.Event.By != "":
			state = "submitted"
		case state == "submitted" && e.Event.Event == "return" && e.Event.Role == "supervising":
			state = "draft"
		}
	}
	return state
}

// Whatever an office notes, in whatever order, the plan says of it what the model says.
func TestPlanLogAndGateAgreeWithAnObviousModel(t *testing.T) {
	p := whole()
	rapid.Check(t, func(r *rapid.T) {
		j := p.Journal()
		var m model
		today := day("2010-05-02")
		n := 0
		next := func() string { n++; return fmt.Sprintf("n%03d", n) }
		earlier := func(r *rapid.T) union.Date {
			return must(today.AddDays(-rapid.IntRange(0, min(9, today.DaysSince(day("2010-05-02")))).Draw(r, "days ago")))
		}
		note := func(r *rapid.T, e campaign.Entry) {
			if err := p.Add(&j, e); err != nil {
				r.Fatalf("%v is refused: %v", e, err)
			}
			m.happened = append(m.happened, e)
		}
		event := func(r *rapid.T, e campaign.Event) {
			today = must(today.AddDays(rapid.IntRange(1, 4).Draw(r, "days later")))
			if today.After(day("2010-09-01")) {
				r.Skip("the campaign is over")
			}
			entry := campaign.Entry{ID: next(), On: today, Event: &e}
			want := m.takes(entry)
			err := p.Add(&j, entry)
			if (err == nil) != want {
				r.Fatalf("%v on %s: %v, and the model takes it: %v", e, today, err, want)
			}
			if err == nil {
				m.happened = append(m.happened, entry)
			}
		}
		pick := func(r *rapid.T, name string, of ...string) string { return rapid.SampledFrom(of).Draw(r, name) }
		r.Repeat(map[string]func(*rapid.T){
			"deed": func(r *rapid.T) {
				deed := campaign.Deed{Action: pick(r, "action", "rally", "study", "report", "visit", "analysis", "ballot")}
				if rapid.IntRange(0, 3).Draw(r, "evidence") > 0 {
					deed.Evidence = []string{"minutes"}
				}
				note(r, campaign.Entry{ID: next(), On: earlier(r), Deed: &deed})
			},
			"waiver": func(r *rapid.T) {
				if rapid.IntRange(0, 4).Draw(r, "seldom") > 0 {
					return
				}
				note(r, campaign.Entry{ID: next(), On: earlier(r), Waiver: &campaign.Waiver{
					Action: pick(r, "action", "rally", "study", "report", "ballot"), Reason: "防汛", By: "county-1", Role: "superior",
				}})
			},
			"reading": func(r *rapid.T) {
				value := union.Whole(rapid.Int64Range(55, 100).Draw(r, "satisfied"))
				note(r, campaign.Entry{ID: next(), On: earlier(r), Reading: &campaign.Reading{Threshold: "satisfied", Phase: "launch", Value: &value}})
			},
			"issue": func(r *rapid.T) {
				if m.issue(today) != "" || rapid.IntRange(0, 3).Draw(r, "seldom") > 0 {
					return
				}
				note(r, campaign.Entry{ID: "i1", On: today, Issue: &campaign.Issue{
					Title: "窗口排队", Phase: "launch", Source: "masses", Owner: "办公室", Deadline: "at-once",
				}})
			},
			"event of the issue": func(r *rapid.T) {
				if m.issue(today) == "" {
					return
				}
				e := campaign.Event{Of: "issue", Key: "i1", Event: pick(r, "event", "start", "close", "explain", "discontent", "resume"), By: pick(r, "by", "办公室", "督导组")}
				if rapid.Bool().Draw(r, "with evidence") {
					e.Evidence = []string{"photo"}
				}
				if rapid.Bool().Draw(r, "with a reason") {
					e.Reason = "停电"
				}
				event(r, e)
			},
			"event of the plan": func(r *rapid.T) {
				event(r, campaign.Event{Of: "plan", Event: pick(r, "event", "submit", "approve", "approve", "return"),
					By: pick(r, "by", "office", "group-3"), Role: pick(r, "role", "supervising", "superior")})
			},
			"event of a phase": func(r *rapid.T) {
				e := campaign.Event{Of: "phase", Key: pick(r, "phase", "launch", "launch", "mend"), Event: pick(r, "event", "sum-up", "accept", "accept", "send-back"),
					By: pick(r, "by", "office", "county-1"), Evidence: []string{"minutes"}}
				switch e.Event {
				case "sum-up":
					e.By = pick(r, "filer", "office", "office", "county-1")
				case "accept":
					e.Role, e.Evidence = "superior", nil
				case "send-back":
					e.Role = "supervising"
					if e.Key == "launch" {
						e.Gaps = []string{pick(r, "gap", "study", "satisfied")}
					} else {
						e.Gaps = []string{"ballot"}
					}
				}
				event(r, e)
			},
			"all of it": func(r *rapid.T) { // lest the gate be seldom reached
				for _, action := range []string{"rally", "study", "report", "analysis", "ballot"} {
					note(r, campaign.Entry{ID: next(), On: today, Deed: &campaign.Deed{Action: action, Evidence: []string{"minutes"}}})
				}
			},
			"": func(r *rapid.T) {
				on := must(today.AddDays(-rapid.IntRange(0, 6).Draw(r, "looking back")))
				at := 0
				for _, phase := range []string{"launch", "mend"} {
					back := must(p.LookBack(phase, j, on))
					state, complete := m.gate(phase, on)
					want := "incomplete"
					if complete {
						want = "complete"
					}
					if state == "passed" && complete {
						want = "closed"
					}
					if back.State().Key != state || back.Verdict().Answer != want {
						r.Fatalf("%s on %s: %s, %s; the model: %s, %s\n%v", phase, on, back.State().Key, back.Verdict().Answer, state, want, back.Verdict())
					}
					for _, review := range back.Reviews() {
						if want := m.progress(at, on); review.Progress != want {
							r.Fatalf("%s on %s: %s, the model: %s", review.Action.Key, on, review.Progress, want)
						}
						at++
					}
				}
			},
		})
	})
}
