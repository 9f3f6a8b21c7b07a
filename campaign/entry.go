package campaign

import (
	"strconv"

	"github.com/unioncampaign/union"
)

// An Entry is one thing that was noted down of a campaign, on a day. Exactly one of
// what it may be is set. The ID is the caller's, unique in the journal, and makes it
// harmless to note the same thing again.
type Entry struct {
	ID       string        `json:"id"` // at most 64 letters, digits, - and _, and nobody's identity number
	On       union.Date    `json:"on"` // the day on which it happened, not the day on which it was written down
	Deed     *Deed         `json:"deed,omitempty"`
	Waiver   *Waiver       `json:"waiver,omitempty"`
	Reading  *Reading      `json:"reading,omitempty"`
	Event    *Event        `json:"event,omitempty"`
	Opinion  *Opinion      `json:"opinion,omitempty"`
	Grouping *Grouping     `json:"grouping,omitempty"`
	Issue    *Issue        `json:"issue,omitempty"`
	Promise  *Promise      `json:"promise,omitempty"`
	Comment  *Comment      `json:"comment,omitempty"`
	Target   *Target       `json:"target,omitempty"`
	Attained *Attainment   `json:"attained,omitempty"`
	Analysis *SelfAnalysis `json:"analysis,omitempty"`
	Talk     *Talk         `json:"talk,omitempty"`
	Team     *Team         `json:"team,omitempty"`
	Service  *Service      `json:"service,omitempty"`
}

// kinds returns how many of what it may be are set.
func (e *Entry) kinds() int {
	n := 0
	for _, set := range [...]bool{
		e.Deed != nil, e.Waiver != nil, e.Reading != nil, e.Event != nil, e.Opinion != nil, e.Grouping != nil,
		e.Issue != nil, e.Promise != nil, e.Comment != nil, e.Target != nil, e.Attained != nil,
		e.Analysis != nil, e.Talk != nil, e.Team != nil, e.Service != nil,
	} {
		if set {
			n++
		}
	}
	return n
}

// checkEntry reports, joined, the faults that an entry has by itself. Only the first is
// told to whoever adds it.
func (p *Plan) checkEntry(entry *Entry) error {
	var faults union.FaultList
	faults.Key("id", entry.ID, nil)
	faults.Within("id", union.CheckToken(entry.ID)) // findings quote it
	if entry.On.IsZero() {
		faults.Add(union.ErrMissing, "on", "", "the day")
	}
	switch n := entry.kinds(); {
	case n == 0:
		faults.Add(union.ErrMissing, "", "", "one of deed, waiver, reading, event, opinion, grouping, issue, promise, comment, target, attained, analysis, talk, team, service")
	case n > 1:
		faults.Add(union.ErrRepeated, "", strconv.Itoa(n)+" things in one entry", "one")
	case entry.Deed != nil:
		p.checkDeed(&faults, *entry.Deed)
	case entry.Waiver != nil:
		p.checkWaiver(&faults, *entry.Waiver)
	case entry.Reading != nil:
		p.checkReading(&faults, *entry.Reading)
	case entry.Event != nil:
		p.checkEvent(&faults, *entry.Event)
	case entry.Opinion != nil:
		p.checkOpinion(&faults, *entry.Opinion)
	case entry.Grouping != nil:
		checkGrouping(&faults, *entry.Grouping)
	case entry.Issue != nil:
		p.checkIssue(&faults, *entry.Issue, entry.On)
	case entry.Promise != nil:
		entry.Promise.check(&faults)
	case entry.Comment != nil:
		entry.Comment.check(&faults, p.spec.Promises)
	case entry.Target != nil:
		entry.Target.check(&faults, entry.On)
	case entry.Attained != nil:
		faults.Given("attained.target", entry.Attained.Target)
	case entry.Analysis != nil:
		p.checkAnalysis(&faults, *entry.Analysis)
	case entry.Talk != nil:
		entry.Talk.check(&faults)
	case entry.Team != nil:
		p.checkTeam(&faults, *entry.Team)
	case entry.Service != nil:
		p.checkService(&faults, *entry.Service)
	}
	return faults.Err()
}

func (p *Plan) checkReading(faults *union.FaultList, reading Reading) {
	if reading.Phase != "" && !p.hasPhase(reading.Phase) {
		faults.Add(union.ErrUnknown, "reading.phase", quoted(reading.Phase), "a phase of the plan")
	}
	_, err := p.Effect(reading)
	faults.Within("reading", err)
}

func (e Entry) clone() Entry {
	e.Deed = pointer(e.Deed, Deed.clone)
	e.Waiver = pointer(e.Waiver, func(w Waiver) Waiver { return w })
	e.Reading = pointer(e.Reading, Reading.clone)
	e.Event = pointer(e.Event, Event.clone)
	e.Opinion = pointer(e.Opinion, func(o Opinion) Opinion { return o })
	e.Grouping = pointer(e.Grouping, Grouping.clone)
	e.Issue = pointer(e.Issue, Issue.clone)
	e.Promise = pointer(e.Promise, func(p Promise) Promise { return p })
	e.Comment = pointer(e.Comment, func(c Comment) Comment { return c })
	e.Target = pointer(e.Target, func(t Target) Target { return t })
	e.Attained = pointer(e.Attained, func(a Attainment) Attainment { return a })
	e.Analysis = pointer(e.Analysis, SelfAnalysis.clone)
	e.Talk = pointer(e.Talk, func(t Talk) Talk { return t })
	e.Team = pointer(e.Team, Team.clone)
	e.Service = pointer(e.Service, func(s Service) Service { return s })
	return e
}
