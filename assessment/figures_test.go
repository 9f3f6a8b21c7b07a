package assessment_test

import (
	"fmt"
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
	spec.Spreads = []assessment.Spread{{Key: "uniform", Title: "全部相同", Varied: true}}
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

// Persons and papers are measured apart; what nobody issued is not outstanding.
func TestPersonsAndPapersAreMeasuredApart(t *testing.T) {
	form := newForm(t, smallForm())
	box := form.Box()
	for base, n := range map[assessment.Base]int64{assessment.Entitled: 9, assessment.Present: 8, assessment.Issued: 7} {
		require.NoError(t, box.State("", base, n))
	}
	texts := printed(t, form, must(form.Count(box)))
	for key, want := range map[string]string{"entitled": "9人", "present": "8人", "issued": "7张", "recovered": "0张", "valid": "0张", "outstanding": "7张"} {
		assert.Equal(t, want, texts["assessment.ballot.ballot."+key], key)
	}
	texts = printed(t, form, must(form.Count(form.Box())))
	assert.Equal(t, "[unknown]", texts["assessment.ballot.ballot.outstanding"])
}

func TestVoidPapersThatCannotBeSummedAreNotKnown(t *testing.T) {
	spec := classForm()
	spec.Spoils = append(spec.Spoils, assessment.Spoil{Key: "wet", Title: "水渍"})
	form := newForm(t, spec)
	outcome := must(form.Count(form.Box()))
	outcome.Void["bases"] = map[string]int64{"torn": 1<<63 - 1, "wet": 1, "forced": 0}
	texts := printed(t, form, outcome)
	assert.Equal(t, "[unknown]", texts["assessment.ballot.ballot.void"])
	assert.Equal(t, "1张", texts["assessment.ballot.ballot.void.reason.wet"])
}

// Of the answers good, unsure and poor the second is no vote: 3 of 4 and 1 of 4.
// Satisfied is the last: 1 of 6 papers.
func TestAnAnswerAfterOneThatDoesNotCountIsCounted(t *testing.T) {
	spec := smallForm()
	spec.Criteria = spec.Criteria[:1]
	spec.Criteria[0].Answers = []assessment.Answer{{Key: "good", Title: "好"}, {Key: "unsure", Title: "不了解", NoVote: true}, {Key: "poor", Title: "差"}}
	spec.Base = assessment.Expressed
	spec.Satisfied = &assessment.Satisfied{Answers: []string{"poor"}, Base: assessment.Valid}
	form := newForm(t, spec)
	box := form.Box()
	require.NoError(t, box.AddCounts(assessment.Counts{Valid: 6, Votes: map[string]map[string]int64{"one": {"good": 3, "unsure": 2, "poor": 1}}}))
	outcome := must(form.Count(box))
	texts := printed(t, form, outcome)
	at := "assessment.ballot.ballot."
	assert.Equal(t, "75.00%", texts[at+"criterion.one.answer.good"])
	assert.Equal(t, "[not applicable]", texts[at+"criterion.one.answer.unsure"])
	assert.Equal(t, "25.00%", texts[at+"criterion.one.answer.poor"])
	assert.Equal(t, "16.67%", texts[at+"criterion.one.satisfied"])
	figures := figuresByKey(must(form.Figures(outcome)))
	assert.Contains(t, figures[at+"satisfied"].Working().Inputs, union.Input{Name: "第一项：有效票数", Value: "6"}, "the base of each criterion that is pooled is told")
	assert.NotContains(t, figures[at+"criterion.one.satisfied"].Working().Inputs, union.Input{Name: "第一项：有效票数", Value: "6"})
}

// The verdict on a criterion is printed whichever ruling is for it.
func TestTheVerdictOfALaterRulingIsPrinted(t *testing.T) {
	spec := halfForm()
	second := spec.Criteria[0]
	second.Key = "second"
	spec.Criteria = append(spec.Criteria, second)
	again := spec.Rulings[0]
	spec.Rulings[0].Criteria, again.Criteria = []string{"work"}, []string{"second"}
	spec.Rulings = append(spec.Rulings, again)
	form, outcome := vote{entitled: 30, present: 20, issued: 20, content: 15, mostly: 5}.outcome(t, spec)
	texts := printed(t, form, outcome)
	assert.Equal(t, "满意", texts["assessment.ballot.ballot.criterion.work.verdict"])
	assert.Equal(t, "不满意", texts["assessment.ballot.ballot.criterion.second.verdict"], "nobody says anything else")
}

func TestSharesAreOfTheBaseThatTheFormNames(t *testing.T) {
	for name, each := range map[string]struct {
		base assessment.Base
		want map[string]string
	}{
		// 4 of 8 valid papers; no-votes and the blank are in the base.
		"valid": {assessment.Valid, map[string]string{"criterion.one.answer.good": "50.00%", "criterion.one.answer.poor": "12.50%", "criterion.one.answer.unsure": "25.00%"}},
		// 4 of 5 votes.
		"votes": {assessment.Expressed, map[string]string{"criterion.one.answer.good": "80.00%", "criterion.one.answer.poor": "20.00%", "criterion.one.answer.unsure": "[not applicable]"}},
		// 4 of 10 papers recovered.
		"recovered": {assessment.Recovered, map[string]string{"criterion.one.answer.good": "40.00%", "criterion.two.answer.good": "60.00%"}},
		// 4 of 12 papers issued.
		"issued": {assessment.Issued, map[string]string{"criterion.one.answer.good": "33.33%", "class.party.criterion.one.answer.good": "[unknown]"}},
		// Nobody stated who was present.
		"present": {assessment.Present, map[string]string{"criterion.one.answer.good": "[unknown]", "present": "[unknown]"}},
	} {
		t.Run(name, func(t *testing.T) {
			form, outcome := mixed(t, each.base)
			texts := printed(t, form, outcome)
			for key, want := range each.want {
				assert.Equal(t, want, texts["assessment.ballot.ballot."+key], key)
			}
		})
	}
}

func TestEveryFigureOfABallotIsPrinted(t *testing.T) {
	form, outcome := mixed(t, assessment.Valid)
	texts := printed(t, form, outcome)
	for key, want := range map[string]string{
		"title": "测试规则", "entitled": "[unknown]", "issued": "12张", "recovered": "10张", "outstanding": "2张", "class.party.outstanding": "[unknown]", "valid": "8张", "void": "2张", "void.reason.torn": "2张", "void.reason.uniform": "0张",
		"criterion.one.satisfied": "50.00%", "criterion.two.satisfied": "75.00%",
		"satisfied":                              "62.50%", // 4 + 6 of 8 + 8
		"class.party.valid":                      "8张",
		"class.party.criterion.two.answer.good":  "75.00%",
		"class.mass.valid":                       "0张",
		"class.mass.criterion.one.answer.good":   "[undefined]", // of no papers
		"class.mass.satisfied":                   "[undefined]",
		"class.party.satisfied":                  "62.50%",
		"class.party.criterion.one.satisfied":    "50.00%",
		"class.mass.criterion.one.answer.unsure": "[undefined]",
		"class.party.void.reason.torn":           "2张",
		"class.party.recovered":                  "10张",
	} {
		assert.Equal(t, want, texts["assessment.ballot.ballot."+key], key)
	}
}

func TestTheKeyOfTheFormStandsInItsFigures(t *testing.T) {
	spec := smallForm()
	spec.Key = "cadres"
	form := newForm(t, spec)
	outcome, err := form.Count(form.Box())
	require.NoError(t, err)
	texts := printed(t, form, outcome)
	assert.Equal(t, "0张", texts["assessment.ballot.cadres.void"])
	assert.Equal(t, "[undefined]", texts["assessment.ballot.cadres.criterion.one.answer.good"])
}

// Keys of a form follow fixed words, so that none can be taken for another
// figure's: here they are the very words that figures use.
func TestTheKeysOfAFormNeverCollideWithTheWordsOfFigures(t *testing.T) {
	words := []string{
		"title", "entitled", "present", "issued", "recovered", "valid", "void", "reason",
		"criterion", "answer", "satisfied", "class", "bases", "blank", "assessment", "ballot",
	}
	spec := smallForm()
	spec.Key = "satisfied"
	spec.Criteria, spec.Satisfied.Answers = nil, []string{"satisfied"}
	for _, word := range words {
		criterion := assessment.Criterion{Key: word, Title: word}
		for _, answer := range words {
			if answer != "void" && answer != "blank" {
				criterion.Answers = append(criterion.Answers, assessment.Answer{Key: answer, Title: answer})
			}
		}
		if word != "bases" {
			spec.Criteria = append(spec.Criteria, criterion)
		}
		spec.Classes = append(spec.Classes, assessment.Class{Key: word, Title: word})
		spec.Spoils = append(spec.Spoils, assessment.Spoil{Key: word, Title: word})
	}
	form := newForm(t, spec)
	outcome, err := form.Count(form.Box())
	require.NoError(t, err)
	// The title, and for all voters and each of 16 classes: 5 bases, papers outstanding, void papers
	// together and by 16 reasons, 15 criteria of 14 answers and a rate, and a rate.
	assert.Len(t, printed(t, form, outcome), 1+17*(6+1+16+15*15+1))
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
	assert.Equal(t, "[unknown]", texts["assessment.ballot.ballot.criterion.one.answer.good"])
	assert.Equal(t, "[unknown]", texts["assessment.ballot.ballot.criterion.one.satisfied"])
	assert.Equal(t, "[unknown]", texts["assessment.ballot.ballot.satisfied"])
	assert.Equal(t, "66.67%", texts["assessment.ballot.ballot.criterion.two.answer.good"])
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
	assert.Equal(t, "33.33%", texts["assessment.ballot.ballot.criterion.one.answer.poor"], "the blank paper takes the rest")
	assert.Equal(t, "66.67%", texts["assessment.ballot.ballot.criterion.two.answer.poor"], "33.33 leaves 66.67")

	figures, err := form.Figures(outcome)
	require.NoError(t, err)
	share := figuresByKey(figures)["assessment.ballot.ballot.criterion.two.answer.poor"]
	assert.Equal(t, union.Working{
		Item:     "第二项：poor",
		Rule:     "测试规则（1），made up for a test",
		Inputs:   []union.Input{{Name: "good", Value: "1"}, {Name: "poor", Value: "2"}, {Name: "有效票数", Value: "3"}},
		Rounding: "四舍五入，保留2位小数，末项取100减其余各项之差",
		Result:   "66.67%",
	}, share.Working())
}

// One paper for each answer: of three answers and four blanks, 14.29 three times
// and 57.14 are 100.01; of forty answers at 2.5, 39 shares of 3 leave -17 for
// the last.
func TestSharesThatDoNotSumToAHundredSayWhatIsWrong(t *testing.T) {
	for name, each := range map[string]struct {
		balance         union.Balance
		places          int
		answers, blanks int64
		want            union.Input
	}{
		"each on its own":   {union.Plain, 2, 3, 4, union.Input{Name: "各项合计", Value: "100.01%"}},
		"a rest below zero": {union.LastTakesRest, 0, 40, 0, union.Input{Name: "余数项", Value: "-17%"}},
	} {
		t.Run(name, func(t *testing.T) {
			spec := smallForm()
			spec.Criteria, spec.Satisfied = spec.Criteria[:1], nil
			spec.Criteria[0].Answers = nil
			spec.Balance, spec.Rounding = each.balance, halfUp(each.places)
			votes := map[string]int64{"blank": each.blanks}
			for i := range each.answers {
				key := fmt.Sprint("a", i)
				spec.Criteria[0].Answers = append(spec.Criteria[0].Answers, assessment.Answer{Key: key, Title: key})
				votes[key] = 1
			}
			form := newForm(t, spec)
			box := form.Box()
			require.NoError(t, box.AddCounts(assessment.Counts{
				Valid: each.answers + each.blanks, Votes: map[string]map[string]int64{"one": votes},
			}))
			outcome, err := form.Count(box)
			require.NoError(t, err)
			figures, err := form.Figures(outcome)
			require.NoError(t, err)
			inputs := figuresByKey(figures)["assessment.ballot.ballot.criterion.one.answer.a0"].Working().Inputs
			assert.Equal(t, each.want, inputs[len(inputs)-1])
		})
	}
}

func TestWhatIsWithheldIsNeitherPrintedNorWorkedOut(t *testing.T) {
	form, outcome := mixed(t, assessment.Valid)
	published, _ := newPolicy(t, assessment.PolicySpec{Least: 9}).Publish(outcome)
	figures, err := form.Figures(published)
	require.NoError(t, err)
	for _, figure := range figures[1:] { // the title is no secret
		assert.Equal(t, union.Withheld, figure.Why(), figure.Key())
		assert.Equal(t, []union.Input{{Name: "是否公布", Value: "否"}}, figure.Working().Inputs)
		assert.Empty(t, figure.Working().Rounding)
	}
	_, err = form.Satisfied(published, "one")
	require.ErrorIs(t, err, union.ErrMissing)

	byVotes, counted := mixed(t, assessment.Expressed)
	published, _ = newPolicy(t, assessment.PolicySpec{Least: 9}).Publish(counted)
	assert.Equal(t, "[withheld]", printed(t, byVotes, published)["assessment.ballot.ballot.criterion.one.answer.unsure"], "nor is it said what does not apply")

	// One criterion alone is unanimous: the overall rate would give it away.
	small := newForm(t, smallForm())
	box := small.Box()
	require.NoError(t, box.AddCounts(assessment.Counts{Valid: 20, Votes: map[string]map[string]int64{"one": {"good": 20}, "two": {"good": 15, "poor": 5}}}))
	whole, err := small.Count(box)
	require.NoError(t, err)
	published, _ = newPolicy(t, assessment.PolicySpec{Least: 5}).Publish(whole)
	texts := printed(t, small, published)
	assert.Equal(t, "[withheld]", texts["assessment.ballot.ballot.criterion.one.answer.good"])
	assert.Equal(t, "[withheld]", texts["assessment.ballot.ballot.criterion.one.satisfied"])
	assert.Equal(t, "[withheld]", texts["assessment.ballot.ballot.satisfied"])
	assert.Equal(t, "75.00%", texts["assessment.ballot.ballot.criterion.two.answer.good"])
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
	assert.NotContains(t, printed(t, plain, outcome), "assessment.ballot.ballot.satisfied")
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

	outcome.Bases["bases"][assessment.Valid] = 3
	outcome.Votes["one"] = map[string]int64{"good": -1}
	outcome.Votes["two"] = map[string]int64{"poor": -1}
	figures, err := form.Figures(outcome)
	require.ErrorIs(t, err, union.ErrRange)
	assert.Empty(t, figures)
	assert.Equal(t, []string{"one.parts[0]", "two.parts[1]", "one"}, wheres(err))
}
