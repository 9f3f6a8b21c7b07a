package main

import (
	"cmp"
	"slices"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/assessment"
	"github.com/unioncampaign/union/competition"
)

// A cup is one edition with what was handed in.
type cup struct {
	edition    competition.Edition
	scorecard  assessment.Scheme
	firms      competition.Population
	entrants   competition.Entrants
	candidates []competition.Candidate
	places     map[union.CreditCode]int // of the candidates
}

// readCup reads the folder. Without its rules no records are read.
func readCup(f *folder) *cup {
	c := &cup{places: map[union.CreditCode]int{}}
	known := f.rule("edition.json", &c.edition)
	if !f.rule("scorecard.json", &c.scorecard) || !known {
		return c
	}
	c.firms, c.entrants = c.edition.Population(), c.edition.Entrants()
	f.rows("firms.csv", []string{"firm", "title", "ownership", "size", "unionised", "above_scale", "workers"}, c.readFirm)
	columns := []string{"firm", "level", "entered", "workers"}
	for _, kind := range c.edition.Kinds().Terms() {
		columns = append(columns, kind.Key)
	}
	f.rows("entries.csv", columns, c.readEntry)
	f.rows("candidates.csv", []string{"firm", "title", "attributes", "submitted"}, c.readCandidate)
	f.rows("marks.csv", []string{"firm", "item", "mark"}, func(r *row) {
		if candidate := c.candidate(r); candidate != nil {
			if _, given := candidate.Marks[r.text("item")]; given {
				r.refuse(union.NewFault(union.ErrRepeated, "item", r.text("item"), "one mark an item"))
			}
			candidate.Marks[r.text("item")] = r.number("mark")
		}
	})
	f.rows("incidents.csv", []string{"firm", "kind", "on"}, func(r *row) {
		if candidate := c.candidate(r); candidate != nil {
			candidate.Incidents = append(candidate.Incidents, competition.Incident{Kind: r.text("kind"), On: r.day("on")})
		}
	})
	f.rows("titles.csv", []string{"firm", "honour", "year"}, func(r *row) {
		if candidate := c.candidate(r); candidate != nil {
			candidate.Honours = append(candidate.Honours, competition.Honour{Kind: r.text("honour"), Year: int(r.whole("year"))})
		}
	})
	return c
}

func (c *cup) readFirm(r *row) {
	coded, err := c.edition.CodeFirm(competition.Firm{
		Code: r.firm(), Title: r.text("title"), Ownership: r.text("ownership"), Size: r.text("size"),
		Unionised: r.whether("unionised"), AboveScale: r.whether("above_scale"), Workers: r.whole("workers"),
	})
	if r.refuse(err); !r.wrong {
		r.refuse(c.firms.Add(coded))
	}
}

func (c *cup) readEntry(r *row) {
	teams := map[string]int64{}
	for _, kind := range c.edition.Kinds().Terms() {
		teams[kind.Key] = r.whole(kind.Key)
	}
	coded, err := c.edition.CodeEntry(competition.Entry{
		Firm: r.firm(), Level: r.text("level"), Entered: r.day("entered"), Workers: r.whole("workers"), Teams: teams,
	})
	if r.refuse(err); !r.wrong {
		r.refuse(c.entrants.Add(coded))
	}
}

func (c *cup) readCandidate(r *row) {
	firm := r.firm()
	if _, known := c.places[firm]; known && !r.wrong {
		r.refuse(union.NewFault(union.ErrRepeated, "firm", firm.String(), "a firm once"))
		return
	}
	c.places[firm] = len(c.candidates)
	c.candidates = append(c.candidates, competition.Candidate{
		Firm: firm, Title: r.text("title"), Attributes: r.list("attributes"), Submitted: r.day("submitted"),
		Marks: map[string]union.Number{},
	})
}

// candidate returns the candidate that a row is of, or nil if it is of none.
func (c *cup) candidate(r *row) *competition.Candidate {
	firm := r.firm()
	place, known := c.places[firm]
	if !known && !r.wrong {
		r.refuse(union.NewFault(union.ErrUnknown, "firm", firm.String(), "a firm of candidates.csv"))
	}
	if r.wrong {
		return nil
	}
	return &c.candidates[place]
}

// judge counts who took part and makes the list of an award.
func (c *cup) judge(award string, on union.Date) (report, error) {
	spec := c.edition.Spec()
	if last, closed := spec.Window.Until(); on.IsZero() && closed {
		on = last
	}
	if award == "" && len(spec.Awards) > 0 {
		award = spec.Awards[0].Key
	}
	turnout, findings, err := c.edition.Count(c.firms, c.entrants)
	if err != nil {
		return report{}, err
	}
	made := report{edition: c.edition, on: on, findings: findings}
	if made.figures, err = c.edition.Figures(competition.Progress{Turnout: turnout}); err != nil {
		return report{}, err
	}
	if made.targets, err = c.edition.JudgeTargets(competition.Progress{Turnout: turnout}); err != nil {
		return report{}, err
	}
	made.list, err = c.edition.Recommend(c.scorecard, competition.Applications{Award: award, Candidates: c.candidates}, c.entrants, on)
	if err != nil {
		return report{}, err
	}
	made.findings = append(made.findings, made.list.Findings...)
	for _, each := range spec.Awards {
		if each.Key == award {
			made.award = each
		}
	}
	slices.SortStableFunc(made.list.Places, func(a, b competition.Place) int { return cmp.Compare(order(a), order(b)) })
	return made, nil
}

// order puts those recommended first, then those who are eligible, then the rest.
func order(p competition.Place) int {
	switch {
	case p.Verdict.Holds():
		return 0
	case p.Eligible:
		return 1
	}
	return 2
}
