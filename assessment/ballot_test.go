package assessment_test

import (
	"errors"
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/assessment"
	"github.com/unioncampaign/union/internal/laws"
)

// gradeForm is a form of one criterion whose answers are worth 0 to 3 points, and
// one that is no vote.
func gradeForm() assessment.FormSpec {
	return assessment.FormSpec{
		Rule: rule("points"), Base: assessment.Valid, Balance: union.Plain, Rounding: halfUp(2),
		Criteria: []assessment.Criterion{{Key: "work", Title: "工作", Answers: []assessment.Answer{
			{Key: "three", Title: "三", Points: numberRef("3")}, {Key: "two", Title: "二", Points: numberRef("2")},
			{Key: "one", Title: "一", Points: numberRef("1")}, {Key: "none", Title: "零", Points: numberRef("0")},
			{Key: "unknown", Title: "不了解", NoVote: true},
		}}},
	}
}

func ballotScheme(ballot assessment.Ballot) assessment.SchemeSpec {
	return assessment.SchemeSpec{Rule: rule("ballot"), Forms: []assessment.FormSpec{gradeForm()}, Total: "votes", Items: []assessment.Item{
		{Key: "votes", From: assessment.Source{Votes: &ballot}},
	}}
}

// counted returns the outcome of papers counted by hand.
func counted(t require.TestingT, valid int64, votes map[string]int64) assessment.Outcome {
	form := newForm(t, gradeForm())
	box := form.Box()
	require.NoError(t, box.AddCounts(assessment.Counts{Valid: valid, Votes: map[string]map[string]int64{"work": votes}}))
	require.NoError(t, box.State("", assessment.Issued, valid+1))
	outcome, err := form.Count(box)
	require.NoError(t, err)
	return outcome
}

func votesFor(votes assessment.Votes, outcome assessment.Outcome) (union.Number, error) {
	scheme, err := assessment.NewScheme(ballotScheme(assessment.Ballot{Form: "points", Votes: votes}))
	if err != nil {
		return union.Number{}, err
	}
	score, err := judgeOne(scheme, assessment.Record{Unit: "u", Votes: map[string]assessment.Outcome{"points": outcome}})
	return score.Total, err
}

func TestVotesAreScoredOverTheBaseThatIsNamed(t *testing.T) {
	outcome := counted(t, 20, map[string]int64{"three": 5, "two": 4, "one": 1, "none": 0, "unknown": 6, "blank": 4})
	for want, votes := range map[string]assessment.Votes{
		"1.2":   {Criterion: "work", Points: true, Over: assessment.Valid}, // 15 + 8 + 1 = 24
		"2.4":   {Criterion: "work", Points: true, Over: assessment.Expressed},
		"24":    {Criterion: "work", Points: true},
		"0.45":  {Criterion: "work", Answers: []string{"three", "two"}, Over: assessment.Valid},
		"3/7":   {Criterion: "work", Answers: []string{"three", "two"}, Over: assessment.Issued},
		"20/21": {Count: assessment.Recovered, Over: assessment.Issued},
		"2.5":   {Criterion: "work", Points: true, Over: assessment.Expressed, Trim: []assessment.Trim{{High: 1, Low: 1}}}, // 24 − 3 − 1 over 8
	} {
		got, err := votesFor(votes, outcome)
		require.NoError(t, err)
		assert.Equal(t, want, got.String())
	}
}

func TestVotesThatCannotBeScoredAreRefused(t *testing.T) {
	good := assessment.Votes{Criterion: "work", Points: true, Over: assessment.Valid}
	scheme := newScheme(t, ballotScheme(assessment.Ballot{Form: "points", Votes: good}))
	withheld := counted(t, 1, map[string]int64{"one": 1})
	delete(withheld.Votes, "work")
	withheld.Withheld = []string{"work"}
	for name, each := range map[string]struct {
		votes map[string]assessment.Outcome
		want  error
		where string
	}{
		"no outcome":           {nil, union.ErrMissing, "group[0].items.votes.votes.points"},
		"of another form":      {map[string]assessment.Outcome{"points": {}}, union.ErrRule, "group[0].items.votes.votes.points.outcome"},
		"withheld":             {map[string]assessment.Outcome{"points": withheld}, union.ErrMissing, "group[0].items.votes.votes.points.work"},
		"over nothing":         {map[string]assessment.Outcome{"points": counted(t, 0, nil)}, union.ErrUndefined, "group[0].items.votes.votes.points.valid"},
		"more votes than base": {map[string]assessment.Outcome{"points": counted(t, 2, map[string]int64{"three": 3})}, union.ErrRange, "group[0].items.votes.votes.points"},
		"a form unknown":       {map[string]assessment.Outcome{"other": {}}, union.ErrUnknown, "group[0].votes"},
	} {
		_, err := judgeOne(scheme, assessment.Record{Unit: "u", Votes: each.votes})
		require.ErrorIs(t, err, each.want, name)
		assert.Equal(t, []string{each.where}, wheres(err), name)
	}
	_, err := judgeOne(scheme, assessment.Record{Unit: "u", Panel: map[string][]assessment.Mark{"votes": nil}})
	assert.Equal(t, []string{"group[0].panel"}, wheres(err))
	batch := scheme.Batch(1)
	_, err = scheme.JudgeBatch(batch)
	require.ErrorIs(t, err, union.ErrMissing, "a batch has no ballots")
}

// A ballot that does not add up is scored, and what does not is told with the
// score.
func TestWhatDoesNotAddUpIsToldWithTheScore(t *testing.T) {
	outcome := counted(t, 4, map[string]int64{"three": 3})
	require.NotEmpty(t, outcome.Findings)
	scheme := newScheme(t, ballotScheme(assessment.Ballot{Form: "points", Votes: assessment.Votes{Criterion: "work", Points: true, Over: assessment.Valid}}))
	score, err := judgeOne(scheme, assessment.Record{Unit: "u", Votes: map[string]assessment.Outcome{"points": outcome}})
	require.NoError(t, err)
	assert.Equal(t, "2.25", score.Total.String())
	require.Len(t, score.Verdict.Failed(), len(outcome.Findings))
	assert.Equal(t, "votes.points."+outcome.Findings[0].Where, score.Verdict.Failed()[0].Where)
}

// Voters may leave all blank, which is worth nothing; where votes are left out at
// the ends there must be some, and the least is the lowest answer.
func TestTheLeastThatVotesCanComeTo(t *testing.T) {
	for _, each := range []struct {
		trim []assessment.Trim
		want string
	}{{nil, "0"}, {[]assessment.Trim{{High: 1, Low: 1}}, "-40"}} {
		scheme := newScheme(t, assessment.SchemeSpec{Rule: rule("least"), Forms: []assessment.FormSpec{pointForm()}, Total: "total", Items: []assessment.Item{
			{Key: "votes", From: assessment.Source{Votes: &assessment.Ballot{Form: "points", Votes: assessment.Votes{Criterion: "work", Points: true, Over: assessment.Expressed, Trim: each.trim}}}},
			sum("total", assessment.Sum{Of: []assessment.Term{term("votes", "-1")}}),
		}})
		votes, _ := scheme.Maximum("votes")
		assert.Equal(t, "100", votes.String())
		greatest, known := scheme.Maximum("total") // of what is taken off
		assert.True(t, known)
		assert.Equal(t, each.want, greatest.String())
	}
}

func TestTheWorkingOfVotesTellsPointsAndWhatIsLeftOut(t *testing.T) {
	outcome := counted(t, 8, map[string]int64{"three": 3, "two": 4, "unknown": 1})
	inputs := func(votes assessment.Votes) (string, []union.Input) {
		votes.Criterion = "work"
		scheme := newScheme(t, ballotScheme(assessment.Ballot{Form: "points", Votes: votes}))
		working, err := scheme.Working([]assessment.Record{{Unit: "u", Votes: map[string]assessment.Outcome{"points": outcome}}}, "u")
		require.NoError(t, err)
		return working.Parts[0].Rule, working.Parts[0].Inputs
	}
	told, with := inputs(assessment.Votes{Points: true, Over: assessment.Expressed, Trim: []assessment.Trim{{High: 1, Low: 2}}})
	assert.Equal(t, "测试规则计票，去掉1个最高、2个最低", told)
	assert.Equal(t, []union.Input{
		{Name: "工作 三", Value: "3票 × 3"}, {Name: "工作 二", Value: "4票 × 2"}, {Name: "工作 一", Value: "0票 × 1"}, {Name: "工作 零", Value: "0票 × 0"},
		{Name: "工作 不了解", Value: "1票"}, {Name: "表态票数", Value: "4"},
	}, with)
	told, with = inputs(assessment.Votes{Answers: []string{"three"}})
	assert.Equal(t, "测试规则计票", told)
	assert.Equal(t, []union.Input{{Name: "工作 三", Value: "3票"}, {Name: "工作 二", Value: "4票"}, {Name: "工作 一", Value: "0票"}, {Name: "工作 零", Value: "0票"}, {Name: "工作 不了解", Value: "1票"}}, with)
}

func TestABallotReportsItsFaults(t *testing.T) {
	spec := ballotScheme(assessment.Ballot{})
	spec.Forms = append(spec.Forms, assessment.FormSpec{}, gradeForm())
	source := func(b assessment.Ballot) assessment.Item {
		return assessment.Item{Key: fmt.Sprint("k", len(spec.Items)), From: assessment.Source{Votes: &b}}
	}
	spec.Items = append(spec.Items, source(assessment.Ballot{Form: "other"}))
	spec.Items = append(spec.Items, source(assessment.Ballot{Form: "points", Votes: assessment.Votes{Points: true}}))
	spec.Items = append(spec.Items, source(assessment.Ballot{Form: "points", Votes: assessment.Votes{Criterion: "x", Points: true, Over: assessment.Valid}}))
	_, err := assessment.NewScheme(spec)
	places := wheres(err)
	for _, want := range []string{
		"forms[1].key", "forms[2].key", "items[0].from.votes.form", "items[1].from.votes.form", "items[2].from.votes", "items[3].from.votes.criterion",
	} {
		assert.Contains(t, places, want)
	}
}

// Marks of a secret ballot are trimmed as those of a panel are, though only their
// counts are known.
func trimsLikeAPanel(byVotes func(votes map[string]int64, trim assessment.Trim) (union.Number, error)) laws.Law {
	return func(r *rapid.T) error {
		names := []string{"none", "one", "two", "three"}
		marks := rapid.SliceOfN(rapid.IntRange(0, 3), 1, 9).Draw(r, "marks")
		trim := assessment.Trim{High: rapid.IntRange(0, 3).Draw(r, "high"), Low: rapid.IntRange(0, 3).Draw(r, "low")}
		votes, panel := map[string]int64{}, []assessment.Mark{}
		for _, mark := range marks {
			votes[names[mark]]++
			panel = append(panel, assessment.MarkOf(union.Whole(int64(mark))))
		}
		want, errWant := panelTotal(assessment.Panel{Mean: true, Trim: []assessment.Trim{trim}}, map[string][]assessment.Mark{"total": panel})
		got, err := byVotes(votes, trim)
		if errors.Is(errWant, union.ErrRange) != errors.Is(err, union.ErrRange) || !got.Equal(want) {
			return fmt.Errorf("marks %v less %+v give %s by votes, %s by the panel: %w", marks, trim, got, want, errors.Join(err, errWant))
		}
		return nil
	}
}

func TestVotesAreTrimmedAsAPanelIs(t *testing.T) {
	byVotes := func(votes map[string]int64, trim assessment.Trim) (union.Number, error) {
		sum := int64(0)
		for _, n := range votes {
			sum += n
		}
		return votesFor(assessment.Votes{Criterion: "work", Points: true, Over: assessment.Expressed, Trim: []assessment.Trim{trim}}, counted(t, sum, votes))
	}
	laws.Holds(t, trimsLikeAPanel(byVotes))
	laws.Rejects(t, trimsLikeAPanel(func(votes map[string]int64, trim assessment.Trim) (union.Number, error) {
		trim.High, trim.Low = trim.Low, trim.High
		return byVotes(votes, trim)
	}))
}
