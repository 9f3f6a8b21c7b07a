package assessment_test

import (
	"errors"
	"strings"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/assessment"
	"github.com/unioncampaign/union/casetest"
	"github.com/unioncampaign/union/internal/laws"
)

// ballotJudges judge published ballots, elections and publications.
func ballotJudges() map[string]casetest.Judge {
	return map[string]casetest.Judge{
		"assessment.form/1":   judgeBallot,
		"assessment.policy/1": judgePublication,
	}
}

// A given ballot is what went into the boxes, and what the tellers stated, of all
// voters together and of each class.
type givenBallot struct {
	Sheets    []givenSheet                         `json:"sheets"`
	Counts    []assessment.Counts                  `json:"counts"` // of each class
	Stated    map[assessment.Base]int64            `json:"stated"`
	StatedOf  map[string]map[assessment.Base]int64 `json:"stated_of"`
	Drawn     []string                             `json:"drawn"`   // in a run-off or by lot
	Printed   map[string]union.Number              `json:"printed"` // as the sheet prints its figures, by key
	Decisions []assessment.Decision                `json:"decisions"`
}

// A given sheet is one paper, answers by criterion.
type givenSheet struct {
	Class   string            `json:"class"`
	Answers map[string]string `json:"answers"`
	Spoil   string            `json:"spoil"`
	Times   int               `json:"times"` // how many papers say the same; 0: one
}

// add puts a paper into the box.
func (g givenSheet) add(form assessment.Form, box *assessment.Box) error {
	sheet, err := form.Sheet(g.Class, g.Answers)
	if g.Spoil != "" {
		sheet, err = form.SpoiledSheet(g.Class, g.Spoil)
	}
	for range max(1, g.Times) {
		err = errors.Join(err, box.Add(sheet))
	}
	return err
}

// outcome counts the ballot.
func (g givenBallot) outcome(form assessment.Form) (assessment.Outcome, error) {
	box := form.Box()
	for i, sheet := range g.Sheets {
		if err := sheet.add(form, &box); err != nil {
			return assessment.Outcome{}, union.Within(union.Indexed("sheets", i), err)
		}
	}
	for i, counts := range g.Counts {
		if err := box.AddCounts(counts); err != nil {
			return assessment.Outcome{}, union.Within(union.Indexed("counts", i), err)
		}
	}
	for base, n := range g.Stated {
		if err := box.State("", base, n); err != nil {
			return assessment.Outcome{}, union.Within("stated", err)
		}
	}
	for class, stated := range g.StatedOf {
		for base, n := range stated {
			if err := box.State(class, base, n); err != nil {
				return assessment.Outcome{}, union.Within("stated_of", err)
			}
		}
	}
	return form.Count(box)
}

// judgeBallot gives the figures of a ballot, whether it is valid, the verdicts it
// comes to, who is elected, what each row of shares sums to, and what does not add
// up. A figure that is not there is said by why.
func judgeBallot(rule, input []byte) (any, error) {
	var form assessment.Form
	var given givenBallot
	if err := errors.Join(form.UnmarshalJSON(rule), laws.ReadInput(input, &given)); err != nil {
		return nil, err
	}
	outcome, err := given.outcome(form)
	if err != nil {
		return nil, err
	}
	figures, err := form.Figures(outcome)
	if err != nil {
		return nil, err
	}
	printed := map[string]string{}
	for _, figure := range figures {
		value, ok := figure.Value()
		if !ok {
			value = figure.String()
		}
		printed[figure.Key()] = value
	}
	valid, errValid := form.Valid(outcome)
	verdicts, errJudge := form.Judge(outcome)
	spec := form.Spec()
	sums, errSums := rowSums(spec, printed)
	got := map[string]any{"figures": printed, "valid": valid.Standing, "verdicts": verdicts, "row_sums": sums, "findings": outcome.Findings}
	if spec.Election != nil {
		got["election"], err = form.Elect(outcome, given.Drawn...)
	}
	return got, errors.Join(err, errValid, errJudge, errSums)
}

// judgePublication gives what a policy lets through of a ballot, after others
// that were printed before.
func judgePublication(rule, input []byte) (any, error) {
	var policy assessment.Policy
	var given struct {
		Form    assessment.Form `json:"form"`
		Ballot  givenBallot     `json:"ballot"`
		Printed []givenBallot   `json:"printed"` // what was published before, in order
	}
	if err := errors.Join(policy.UnmarshalJSON(rule), laws.ReadInput(input, &given)); err != nil {
		return nil, err
	}
	var before []assessment.Outcome
	for _, each := range given.Printed {
		outcome, err := each.outcome(given.Form)
		if err != nil {
			return nil, err
		}
		published, _ := policy.Publish(outcome, before...)
		before = append(before, published)
	}
	outcome, err := given.Ballot.outcome(given.Form)
	if err != nil {
		return nil, err
	}
	published, verdict := policy.Publish(outcome, before...)
	return map[string]any{"outcome": published, "whole": verdict.Holds()}, nil
}

// rowSums adds up what is printed for the answers of each criterion.
func rowSums(spec assessment.FormSpec, printed map[string]string) (map[string]union.Number, error) {
	sums := map[string]union.Number{}
	for _, criterion := range spec.Criteria {
		row := "assessment.ballot." + spec.Key + ".criterion." + criterion.Key + ".answer."
		var sum union.Number
		for key, value := range printed {
			share, isShare := strings.CutSuffix(value, "%")
			if !strings.HasPrefix(key, row) || !isShare {
				continue
			}
			n, err := union.ParseNumber(share)
			if err != nil {
				return nil, union.Within(key, err)
			}
			sum = sum.Add(n)
		}
		sums[criterion.Key] = sum
	}
	return sums, nil
}
