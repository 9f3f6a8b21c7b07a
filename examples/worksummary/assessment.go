package main

import (
	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/assessment"
)

// assessmentSection reads the secret ballots, the comparison with exemplars and
// the goal card.
func assessmentSection(f *folder, on union.Date) func() (part, error) {
	var policy assessment.Policy
	f.document("assessment/policy.json", &policy)
	members := readSheets(f)
	satisfaction := readCounts(f)
	gaps := readExemplars(f)
	goals := readGoalCard(f, on)
	return func() (part, error) {
		var made part
		for _, b := range []ballot{members, satisfaction} {
			outcome, err := b.form.Count(b.box)
			if err != nil {
				return part{}, err
			}
			published, _ := policy.Publish(outcome)
			made.findings = append(made.findings, published.Findings...)
			if err := made.with(b.form.Figures(published)); err != nil {
				return part{}, err
			}
		}
		for _, figures := range []func() ([]union.Figure, error){gaps, goals} {
			if err := made.with(figures()); err != nil {
				return part{}, err
			}
		}
		return made, nil
	}
}

// A ballot is a form and the box that its sheets went into.
type ballot struct {
	form assessment.Form
	box  assessment.Box
}

// readBallot reads a form and what the tellers state of its papers, and reports
// whether the form could be read.
func readBallot(f *folder, form, bases string) (ballot, bool) {
	var b ballot
	if !f.document(form, &b.form) {
		return b, false
	}
	b.box = b.form.Box()
	f.rows(bases, []string{"class", "base", "papers"}, func(r *row) {
		var base assessment.Base
		r.field("base", base.UnmarshalText([]byte(r.text("base"))))
		r.check(b.box.State(r.text("class"), base, r.whole("papers")))
	})
	return b, true
}

// readSheets reads the ballot on the members: a paper a line, shuffled by the
// tellers, with nothing that names a voter.
func readSheets(f *folder) ballot {
	b, known := readBallot(f, "assessment/appraisal.json", "assessment/appraisal-bases.csv")
	if !known {
		return b
	}
	var criteria []string
	for _, criterion := range b.form.Spec().Criteria {
		criteria = append(criteria, criterion.Key)
	}
	columns := []string{"class", "spoil"}
	f.rows("assessment/appraisal-sheets.csv", append(columns, criteria...), func(r *row) {
		answers := map[string]string{}
		for _, criterion := range criteria {
			answers[criterion] = r.text(criterion)
		}
		sheet, err := b.form.Sheet(r.text("class"), answers)
		if reason := r.text("spoil"); reason != "" {
			sheet, err = b.form.SpoiledSheet(r.text("class"), reason)
		}
		r.check(err)
		if err == nil {
			r.check(b.box.Add(sheet))
		}
	})
	return b
}

// readCounts reads the ballot on the campaign, of which only the tellers' counts
// are known.
func readCounts(f *folder) ballot {
	b, known := readBallot(f, "assessment/satisfaction.json", "assessment/satisfaction-bases.csv")
	if !known {
		return b
	}
	counts := assessment.Counts{Votes: map[string]map[string]int64{}}
	f.rows("assessment/satisfaction-votes.csv", []string{"criterion", "answer", "votes"}, func(r *row) {
		criterion, answer := r.text("criterion"), r.text("answer")
		votes, known := counts.Votes[criterion]
		if !known {
			votes = map[string]int64{}
			counts.Votes[criterion] = votes
		}
		if _, twice := votes[answer]; twice {
			r.field("answer", union.NewFault(union.ErrRepeated, "", "", "one count an answer"))
		}
		votes[answer] = r.whole("votes")
	})
	f.rows("assessment/satisfaction-papers.csv", []string{"valid"}, func(r *row) { counts.Valid = r.whole("valid") })
	f.refused("assessment/satisfaction-votes.csv", b.box.AddCounts(counts))
	return b
}

// readExemplars reads the indicators of the federation and of the units held up
// to it; the first unit listed is the federation.
func readExemplars(f *folder) func() ([]union.Figure, error) {
	var comparison assessment.Comparison
	if !f.document("assessment/comparison.json", &comparison) {
		return nil
	}
	var units []assessment.Exemplar
	places := map[string]int{}
	f.rows("assessment/exemplars.csv", []string{"unit", "title"}, func(r *row) {
		places[r.text("unit")] = len(units)
		units = append(units, assessment.Exemplar{
			Key: r.text("unit"), Title: r.text("title"), Values: map[string]union.Number{},
		})
	})
	f.rows("assessment/indicators.csv", []string{"unit", "indicator", "value"}, func(r *row) {
		place, known := places[r.text("unit")]
		if !known {
			r.field("unit", union.NewFault(union.ErrUnknown, "", "", "a unit of exemplars.csv"))
			return
		}
		if _, twice := units[place].Values[r.text("indicator")]; twice {
			r.field("indicator", union.NewFault(union.ErrRepeated, "", "", "one value an indicator"))
		}
		units[place].Values[r.text("indicator")] = r.number("value")
	})
	return func() ([]union.Figure, error) {
		if len(units) == 0 {
			return nil, union.NewFault(union.ErrMissing, "assessment/exemplars.csv", "", "the federation, then its exemplars")
		}
		return comparison.Figures(units[0], units[1:]...)
	}
}

// readGoalCard reads the federation's own goal card and the steps it has taken.
func readGoalCard(f *folder, on union.Date) func() ([]union.Figure, error) {
	var rule assessment.GoalRule
	if !f.document("assessment/goals.json", &rule) {
		return nil
	}
	var goals []assessment.Goal
	f.rows("assessment/goals.csv", []string{"key", "title", "measure", "target", "declared", "verified", "not_applicable"}, func(r *row) {
		goals = append(goals, assessment.Goal{
			Key: r.text("key"), Title: r.text("title"), Measure: union.Measure(r.text("measure")),
			Target: r.number("target"), Declared: r.known("declared"), Verified: r.known("verified"),
			NotApplicable: r.text("not_applicable"),
		})
	})
	card := rule.Card("federation", goals...)
	f.rows("assessment/goal-steps.csv", []string{"id", "event", "on", "by", "role", "evidence", "reason"}, func(r *row) {
		r.check(rule.Add(&card, union.Event{
			ID: r.text("id"), Event: r.text("event"), On: r.day("on"), By: r.text("by"), Role: r.text("role"),
			Evidence: r.list("evidence"), Reason: r.text("reason"),
		}))
	})
	return func() ([]union.Figure, error) { return rule.Figures(card, on) }
}

// known returns a field as a number, or nil if it is empty: not known.
func (r *row) known(column string) *union.Number {
	if r.text(column) == "" {
		return nil
	}
	number := r.number(column)
	return &number
}
