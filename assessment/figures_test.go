package assessment_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/assessment"
)

// mixed is a form with an answer that is no vote, two classes, and papers of
// both: all numbers below are worked out by hand.
func mixed(t *testing.T, base assessment.Base) (assessment.Form, assessment.Outcome) {
	spec := smallForm()
	spec.Criteria[0].Answers = append(spec.Criteria[0].Answers, assessment.Answer{Key: "unsure", Title: "不了解", NoVote: true})
	spec.Classes = []assessment.Class{{Key: "party", Title: "党员"}, {Key: "mass", Title: "群众代表"}}
	spec.Spoils = []assessment.Spoil{{Key: "torn", Title: "破损"}}
	spec.Base = base
	spec.Satisfied.Base = assessment.Valid
	form := newForm(t, spec)
	box := form.Box()
	require.NoError(t, box.AddCounts(assessment.Counts{
		Class: "party", Valid: 8, Void: map[string]int64{"torn": 2},
		Votes: map[string]map[string]int64{
			"one": {"good": 4, "poor": 1, "unsure": 2, "blank": 1},
			"two": {"good": 6, "poor": 2},
		},
	}))
	require.NoError(t, box.State("", assessment.Issued, 12))
	outcome, err := form.Count(box)
	require.NoError(t, err)
	require.Empty(t, outcome.Findings)
	return form, outcome
}

func printed(t *testing.T, form assessment.Form, outcome assessment.Outcome) map[string]string {
	figures, err := form.Figures(outcome)
	require.NoError(t, err)
	texts := map[string]string{}
	for _, figure := range figures {
		assert.Equal(t, "assessment.Form.Figures", figure.By())
		assert.NotEmpty(t, figure.Working().Inputs, figure.Key())
		assert.NotEmpty(t, figure.Working().Result, figure.Key())
		_, twice := texts[figure.Key()]
		assert.False(t, twice, "one figure a key: %s", figure.Key())
		texts[figure.Key()] = figure.String()
	}
	return texts
}

func TestSharesAreOfTheBaseThatTheFormNames(t *testing.T) {
	for name, each := range map[string]struct {
		base assessment.Base
		want map[string]string
	}{
		// 4 of 8 valid papers; no-votes and the blank are in the base.
		"valid": {assessment.Valid, map[string]string{"one.good": "50.00%", "one.poor": "12.50%", "one.unsure": "25.00%"}},
		// 4 of 5 votes.
		"votes": {assessment.Votes, map[string]string{"one.good": "80.00%", "one.poor": "20.00%", "one.unsure": "[not applicable]"}},
		// 4 of 10 papers recovered.
		"recovered": {assessment.Recovered, map[string]string{"one.good": "40.00%", "two.good": "60.00%"}},
		// 4 of 12 papers issued.
		"issued": {assessment.Issued, map[string]string{"one.good": "33.33%", "class.party.one.good": "[unknown]"}},
		// Nobody stated who was present.
		"present": {assessment.Present, map[string]string{"one.good": "[unknown]", "present": "[unknown]"}},
	} {
		t.Run(name, func(t *testing.T) {
			form, outcome := mixed(t, each.base)
			texts := printed(t, form, outcome)
			for key, want := range each.want {
				assert.Equal(t, want, texts["assessment.ballot."+key], key)
			}
		})
	}
}

func TestEveryFigureOfABallotIsPrinted(t *testing.T) {
	form, outcome := mixed(t, assessment.Valid)
	texts := printed(t, form, outcome)
	for key, want := range map[string]string{
		"entitled": "[unknown]", "issued": "12张", "recovered": "10张", "valid": "8张", "void": "2张", "void.torn": "2张",
		"one.satisfied": "50.00%", "two.satisfied": "75.00%",
		"satisfied":                 "62.50%", // 4 + 6 of 8 + 8
		"class.party.valid":         "8张",
		"class.party.two.good":      "75.00%",
		"class.mass.valid":          "0张",
		"class.mass.one.good":       "[undefined]", // of no papers
		"class.mass.satisfied":      "[undefined]",
		"class.party.satisfied":     "62.50%",
		"class.party.one.satisfied": "50.00%",
		"class.mass.one.unsure":     "[undefined]",
		"class.party.void.torn":     "2张",
		"class.party.recovered":     "10张",
	} {
		assert.Equal(t, want, texts["assessment.ballot."+key], key)
	}
}

func TestTheKeyOfTheFormStandsInItsFigures(t *testing.T) {
	spec := smallForm()
	spec.Key = "cadres"
	form := newForm(t, spec)
	outcome, err := form.Count(form.Box())
	require.NoError(t, err)
	texts := printed(t, form, outcome)
	assert.Equal(t, "0张", texts["assessment.cadres.void"])
	assert.Equal(t, "[undefined]", texts["assessment.cadres.one.good"])
}

func TestVotesBeyondTheirBaseGiveNoShare(t *testing.T) {
	form := newForm(t, smallForm())
	box := form.Box()
	require.NoError(t, box.AddCounts(assessment.Counts{Valid: 3, Votes: map[string]map[string]int64{
		"one": {"good": 4}, "two": {"good": 2, "poor": 1},
	}}))
	outcome, err := form.Count(box)
	require.NoError(t, err)
	require.Len(t, outcome.Findings, 1)
	texts := printed(t, form, outcome)
	assert.Equal(t, "[unknown]", texts["assessment.ballot.one.good"])
	assert.Equal(t, "[unknown]", texts["assessment.ballot.one.satisfied"])
	assert.Equal(t, "[unknown]", texts["assessment.ballot.satisfied"])
	assert.Equal(t, "66.67%", texts["assessment.ballot.two.good"])
}

// Under a balanced form the papers beside the answers take part as a last part:
// 1 of 3 each, and the last share that is not zero takes the rest.
func TestPapersBesideTheAnswersTakePartInTheBalance(t *testing.T) {
	spec := smallForm()
	spec.Balance = union.LastTakesRest
	form := newForm(t, spec)
	outcome, err := form.Count(boxOf(t, form,
		assessment.Sheet{Answers: []uint8{1, 1}}, assessment.Sheet{Answers: []uint8{2, 2}}, assessment.Sheet{Answers: []uint8{0, 2}}))
	require.NoError(t, err)
	texts := printed(t, form, outcome)
	assert.Equal(t, "33.33%", texts["assessment.ballot.one.poor"], "the blank paper takes the rest")
	assert.Equal(t, "66.67%", texts["assessment.ballot.two.poor"], "33.33 leaves 66.67")
}

func TestWhatIsWithheldIsNeitherPrintedNorWorkedOut(t *testing.T) {
	form, outcome := mixed(t, assessment.Valid)
	published, _ := newPolicy(t, assessment.PolicySpec{Least: 9}).Publish(outcome)
	figures, err := form.Figures(published)
	require.NoError(t, err)
	for _, figure := range figures {
		assert.Equal(t, union.Withheld, figure.Why(), figure.Key())
		assert.Equal(t, []union.Input{{Name: "published", Value: "no"}}, figure.Working().Inputs)
	}
	_, err = form.Satisfied(published, "one")
	assert.ErrorIs(t, err, union.ErrMissing)

	// One criterion alone is unanimous: the overall rate would give it away.
	small := newForm(t, smallForm())
	box := small.Box()
	require.NoError(t, box.AddCounts(assessment.Counts{Valid: 20, Votes: map[string]map[string]int64{"one": {"good": 20}, "two": {"good": 15, "poor": 5}}}))
	whole, err := small.Count(box)
	require.NoError(t, err)
	published, _ = newPolicy(t, assessment.PolicySpec{Least: 5}).Publish(whole)
	texts := printed(t, small, published)
	assert.Equal(t, "[withheld]", texts["assessment.ballot.one.good"])
	assert.Equal(t, "[withheld]", texts["assessment.ballot.one.satisfied"])
	assert.Equal(t, "[withheld]", texts["assessment.ballot.satisfied"])
	assert.Equal(t, "75.00%", texts["assessment.ballot.two.good"])
}

func TestASatisfactionRateIsARatioOfCounts(t *testing.T) {
	form, outcome := mixed(t, assessment.Valid)
	overall, err := form.Satisfied(outcome, "")
	require.NoError(t, err)
	assert.Equal(t, union.Ratio{Part: 10, Whole: 16}, overall)
	one, err := form.Satisfied(outcome, "one")
	require.NoError(t, err)
	assert.Equal(t, union.Ratio{Part: 4, Whole: 8}, one)
	_, err = form.Satisfied(outcome, "three")
	require.ErrorIs(t, err, union.ErrUnknown)
	_, err = form.Satisfied(assessment.Outcome{}, "")
	require.ErrorIs(t, err, union.ErrRule)

	spec := smallForm()
	spec.Satisfied.Overall = "two"
	named := newForm(t, spec)
	outcome, err = named.Count(boxOf(t, named, assessment.Sheet{Answers: []uint8{1, 2}}))
	require.NoError(t, err)
	overall, err = named.Satisfied(outcome, "")
	require.NoError(t, err)
	assert.Equal(t, union.Ratio{Part: 0, Whole: 1}, overall)

	spec.Satisfied = nil
	plain := newForm(t, spec)
	outcome, err = plain.Count(plain.Box())
	require.NoError(t, err)
	_, err = plain.Satisfied(outcome, "")
	require.ErrorIs(t, err, union.ErrMissing)
	assert.NotContains(t, printed(t, plain, outcome), "assessment.ballot.satisfied")
}

func TestAnOutcomeTooLargeGivesNoFigures(t *testing.T) {
	form := newForm(t, smallForm())
	outcome, err := form.Count(form.Box())
	require.NoError(t, err)
	for _, criterion := range []string{"one", "two"} {
		outcome.Votes[criterion] = map[string]int64{"good": 1<<63 - 1}
	}
	outcome.Bases["bases"][assessment.Valid] = 1<<63 - 1
	_, err = form.Figures(outcome)
	require.ErrorIs(t, err, union.ErrOverflow)
}
