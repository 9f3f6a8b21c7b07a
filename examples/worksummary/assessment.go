package main

import (
	"strings"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/assessment"
)

// assessmentSection reads the secret ballots, the comparison with exemplars and
// the goal card.
func assessmentSection(f *folder, on union.Date) part {
	var policy assessment.Policy
	f.document("assessment/policy.json", &policy)
	var whole part
	for _, each := range []struct {
		file string
		read func() func() (part, error)
	}{
		{"assessment/appraisal-sheets.csv", func() func() (part, error) { return readSheets(f, policy) }},
		{"assessment/satisfaction-votes.csv", func() func() (part, error) { return readCounts(f, policy) }},
		{"assessment/exemplars.csv", func() func() (part, error) { return readExemplars(f) }},
		{"assessment/goals.csv", func() func() (part, error) { return readGoalCard(f, on) }},
	} {
		whole.and(f.part(each.file, each.read))
	}
	return whole
}

// A ballot is a form and the box that its sheets went into.
type ballot struct {
	form assessment.Form
	box  assessment.Box
}

// published counts the ballot and makes the figures of what the policy lets out
// of the room.
func (b *ballot) published(policy assessment.Policy) (part, error) {
	outcome, err := b.form.Count(b.box)
	if err != nil {
		return part{}, err
	}
	published, _ := policy.Publish(outcome)
	made := part{findings: published.Findings}
	err = made.with(b.form.Figures(published))
	return made, err
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
func readSheets(f *folder, policy assessment.Policy) func() (part, error) {
	b, known := readBallot(f, "assessment/appraisal.json", "assessment/appraisal-bases.csv")
	if !known {
		return nil
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
	return func() (part, error) { return b.published(policy) }
}

// readCounts reads the ballot on the campaign, of which only the tellers' counts
// are known.
func readCounts(f *folder, policy assessment.Policy) func() (part, error) {
	b, known := readBallot(f, "assessment/satisfaction.json", "assessment/satisfaction-bases.csv")
	if !known {
		return nil
	}
	counted := map[[2]string]bool{}
	f.rows("assessment/satisfaction-votes.csv", []string{"criterion", "answer", "votes"}, func(r *row) {
		criterion, answer := r.text("criterion"), r.text("answer")
		if counted[[2]string{criterion, answer}] {
			r.field("answer", union.NewFault(union.ErrRepeated, "", "", "one count an answer"))
		}
		counted[[2]string{criterion, answer}] = true
		votes := map[string]map[string]int64{criterion: {answer: r.whole("votes")}}
		r.check(b.box.AddCounts(assessment.Counts{Votes: votes}))
	})
	f.rows("assessment/satisfaction-papers.csv", []string{"valid"}, func(r *row) {
		r.check(b.box.AddCounts(assessment.Counts{Valid: r.whole("valid")}))
	})
	return func() (part, error) {
		outcome, err := b.form.Count(b.box)
		if err != nil {
			return part{}, err
		}
		satisfied, err := b.form.Satisfied(outcome, "")
		if err != nil {
			return part{}, err
		}
		f.satisfied = &satisfied
		return b.published(policy)
	}
}

// readExemplars reads the indicators of the federation and of the units held up
// to it; the first unit listed is the federation.
func readExemplars(f *folder) func() (part, error) {
	var comparison assessment.Comparison
	if !f.document("assessment/comparison.json", &comparison) {
		return nil
	}
	var units []assessment.Exemplar
	places := map[string]int{}
	f.rows("assessment/exemplars.csv", []string{"unit", "title"}, func(r *row) {
		if _, twice := places[r.text("unit")]; twice {
			r.field("unit", union.NewFault(union.ErrRepeated, "", "", "a unit once"))
		}
		places[r.text("unit")] = len(units)
		unit := assessment.Exemplar{Key: r.text("unit"), Title: r.text("title"), Values: map[string]union.Number{}}
		r.compares(comparison, unit)
		units = append(units, unit)
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
		value := r.number("value")
		units[place].Values[r.text("indicator")] = value
		r.compares(comparison, assessment.Exemplar{
			Key: "unit", Title: "unit", Values: map[string]union.Number{r.text("indicator"): value},
		})
	})
	return func() (part, error) {
		if len(units) == 0 {
			return part{}, union.NewFault(union.ErrMissing, "unit", "", "the federation, then its exemplars")
		}
		var made part
		err := made.with(comparison.Figures(units[0], units[1:]...))
		return made, err
	}
}

// compares notes why what this record tells of a unit cannot be compared.
func (r *row) compares(comparison assessment.Comparison, told assessment.Exemplar) {
	r.stands("own")
	_, err := comparison.Gaps(told, told)
	r.check(err)
}

// readGoalCard reads the federation's own goal card and the steps it has taken.
func readGoalCard(f *folder, on union.Date) func() (part, error) {
	var rule assessment.GoalRule
	if !f.document("assessment/goals.json", &rule) {
		return nil
	}
	var goals []assessment.Goal
	f.rows("assessment/goals.csv", []string{"key", "title", "measure", "target", "declared", "verified", "not_applicable"}, func(r *row) {
		r.stands(union.Indexed("goals", len(goals)))
		for _, item := range []string{r.text("key"), strings.Join([]string{r.text("key"), "target"}, "-")} {
			r.stands(strings.Join([]string{"group[0]", "items", item}, "."))
		}
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
	return func() (part, error) {
		var made part
		err := made.with(rule.Figures(card, on))
		return made, err
	}
}

// known returns a field as a number, or nil if it is empty: not known.
func (r *row) known(column string) *union.Number {
	if r.text(column) == "" {
		return nil
	}
	number := r.number(column)
	return &number
}
