package assessment_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/assessment"
	"github.com/unioncampaign/union/internal/laws"
)

// committee elects to so many posts whom more than half of those present vote
// for; a sheet that names more than there are posts is void.
func committee(posts int, candidates ...string) assessment.FormSpec {
	spec := smallForm()
	spec.Criteria, spec.Satisfied = nil, nil
	for _, key := range candidates {
		spec.Criteria = append(spec.Criteria, assessment.Criterion{Key: key, Title: key, Answers: []assessment.Answer{
			{Key: "for", Title: "赞成"}, {Key: "against", Title: "反对"}, {Key: "abstain", Title: "弃权", NoVote: true},
		}})
	}
	spec.Spreads = []assessment.Spread{{Key: "too-many", Title: "所选人数多于应选人数", Answers: []string{"for"}, Max: posts}}
	spec.Readings = []assessment.Reading{
		{Key: "attendance", Title: "到会率", Votes: assessment.Votes{Count: assessment.Present, Over: assessment.Entitled}},
		{Key: "share", Title: "得票率", Votes: assessment.Votes{Over: assessment.Present}},
	}
	spec.Validity = []assessment.Test{test("attendance", "(4/5,)")}
	spec.Election = &assessment.Election{Posts: posts, For: "for", Needs: []assessment.Test{test("share", "(1/2,)")}}
	return spec
}

// elected counts so many votes for each candidate, in the form's order, of so
// many present.
func elected(t require.TestingT, form assessment.Form, present int64, votes []int64, drawn ...string) (assessment.ElectionResult, error) {
	box := form.Box()
	counts := map[string]map[string]int64{}
	for i, n := range votes {
		counts[string(rune('a'+i))] = map[string]int64{"for": n, "against": present - n}
	}
	require.NoError(t, box.AddCounts(assessment.Counts{Valid: present, Votes: counts}))
	require.NoError(t, box.State("", assessment.Entitled, present))
	require.NoError(t, box.State("", assessment.Present, present))
	outcome, err := form.Count(box)
	require.NoError(t, err)
	return form.Elect(outcome, drawn...)
}

// asTheRuleSays is the law that whoever has more than half is elected if no more
// than there are posts have as many votes, and goes to a run-off if fewer have
// more: for every vote of four candidates.
func asTheRuleSays(elect func(posts int, votes []int64) (assessment.ElectionResult, error)) error {
	const present = 5
	names := []string{"a", "b", "c", "d"}
	var broken error
	for posts := 1; posts <= 3; posts++ {
		choices(len(names), present+1, func(list []int) {
			if broken != nil {
				return
			}
			var votes []int64
			for _, n := range list {
				votes = append(votes, int64(n))
			}
			result, err := elect(posts, votes)
			if err != nil {
				broken = err
				return
			}
			var won, tied []string
			for i, n := range votes {
				more, asMany := 0, 0
				for _, other := range votes {
					if 2*other > present && other > n {
						more++
					}
					if 2*other > present && other >= n {
						asMany++
					}
				}
				switch {
				case 2*n > present && asMany <= posts:
					won = append(won, names[i])
				case 2*n > present && more < posts:
					tied = append(tied, names[i])
				}
			}
			sorted := slices.Sorted(slices.Values(result.Elected))
			if !slices.Equal(sorted, won) || !slices.Equal(slices.Sorted(slices.Values(result.RunOff)), tied) || result.Open != posts-len(won) || result.Needed != 3 {
				broken = fmt.Errorf("%d posts, votes %v: %+v, want %v and a run-off of %v", posts, votes, result, won, tied)
			}
		})
	}
	return broken
}

func TestWhoIsElectedFollowsFromTheCounts(t *testing.T) {
	forms := map[int]assessment.Form{}
	for posts := 1; posts <= 3; posts++ {
		forms[posts] = newForm(t, committee(posts, "a", "b", "c", "d"))
	}
	require.NoError(t, asTheRuleSays(func(posts int, votes []int64) (assessment.ElectionResult, error) {
		return elected(t, forms[posts], 5, votes)
	}))
	// The broken twin breaks a tie by the order on the paper.
	require.Error(t, asTheRuleSays(func(posts int, votes []int64) (assessment.ElectionResult, error) {
		return elected(t, forms[posts], 5, votes, "a", "b", "c", "d")
	}))
}

// One more vote for a candidate never takes the post from him.
// More than half of 20 are 11, though a test before it has no least number.
func TestTheLeastVotesAreToldOfTheTestsThatHaveThem(t *testing.T) {
	spec := committee(1, "a", "b")
	spec.Election.Needs = []assessment.Test{test("share", "(,1]"), test("attendance", "(1/2,)"), test("half", "(1/2,)")}
	spec.Readings = append(spec.Readings, assessment.Reading{Key: "half", Title: "过半数", Votes: assessment.Votes{Over: assessment.Present}})
	result, err := elected(t, newForm(t, spec), 20, []int64{12, 8})
	require.NoError(t, err)
	assert.Equal(t, []string{"a"}, result.Elected)
	assert.Equal(t, int64(11), result.Needed)
	spec.Election.Needs = []assessment.Test{test("share", "[1/2,)")}
	result, err = elected(t, newForm(t, spec), 20, []int64{10, 8})
	require.NoError(t, err)
	assert.Equal(t, int64(10), result.Needed, "half is enough")
	spec.Election.Needs = []assessment.Test{test("share", "[1000000000000000000,)")}
	result, err = elected(t, newForm(t, spec), 20, []int64{12, 8})
	require.NoError(t, err)
	assert.Zero(t, result.Needed, "more than can be counted")
	assert.Empty(t, result.Elected)
}

func TestAVoteMoreNeverLosesThePost(t *testing.T) {
	law := func(elect func(votes []int64) (assessment.ElectionResult, error)) laws.Law {
		return func(r *rapid.T) error {
			votes := rapid.SliceOfN(rapid.Int64Range(0, 8), 4, 4).Draw(r, "votes")
			before, err := elect(votes)
			if err != nil || len(before.Elected) == 0 {
				return err
			}
			winner := rapid.SampledFrom(before.Elected).Draw(r, "winner")
			votes[int(winner[0]-'a')]++
			after, err := elect(votes)
			if err == nil && !slices.Contains(after.Elected, winner) {
				return fmt.Errorf("%v: %s of %v is not among %v", votes, winner, before.Elected, after.Elected)
			}
			return err
		}
	}
	spec := committee(2, "a", "b", "c", "d")
	form := newForm(t, spec)
	laws.Holds(t, law(func(votes []int64) (assessment.ElectionResult, error) { return elected(t, form, 9, votes) }))
	// The broken twin counts the votes against.
	spec.Election.For = "against"
	against := newForm(t, spec)
	laws.Rejects(t, law(func(votes []int64) (assessment.ElectionResult, error) { return elected(t, against, 9, votes) }))
}

func TestATieForTheLastPostIsLeftOpenUntilItIsDrawn(t *testing.T) {
	spec, votes := committee(2, "a", "b", "c", "d"), []int64{9, 7, 7, 7}
	standings := func(result assessment.ElectionResult) map[string]union.Standing {
		made := map[string]union.Standing{}
		for _, each := range result.Candidates {
			made[each.Candidate] = each.Verdict.Standing
		}
		return made
	}
	result, err := elected(t, newForm(t, spec), 10, votes)
	require.NoError(t, err)
	assert.Equal(t, []string{"a"}, result.Elected)
	assert.Equal(t, []string{"b", "c", "d"}, result.RunOff)
	assert.Equal(t, 1, result.Open)
	assert.Equal(t, int64(6), result.Needed)
	assert.Equal(t, map[string]union.Standing{"a": union.Met, "b": union.Unknown, "c": union.Unknown, "d": union.Unknown}, standings(result))
	assert.Equal(t, []int{1, 2, 2, 2}, []int{result.Candidates[0].Rank, result.Candidates[1].Rank, result.Candidates[2].Rank, result.Candidates[3].Rank})

	for _, drawn := range [][]string{{"c"}, {"c", "b"}, {"c", "d", "b"}, {"a", "c"}} {
		result, err = elected(t, newForm(t, spec), 10, votes, drawn...)
		require.NoError(t, err)
		assert.Equal(t, []string{"a", "c"}, result.Elected, "%v", drawn)
		assert.Empty(t, result.RunOff)
		assert.Zero(t, result.Open)
		assert.Equal(t, map[string]union.Standing{"a": union.Met, "b": union.Unmet, "c": union.Met, "d": union.Unmet}, standings(result))
	}
	// For two posts that are left one drawn does not settle it.
	result, err = elected(t, newForm(t, committee(3, "a", "b", "c", "d")), 10, votes, "c")
	require.NoError(t, err)
	assert.Equal(t, []string{"a"}, result.Elected)
	assert.Equal(t, []string{"b", "c", "d"}, result.RunOff)
	assert.Equal(t, 2, result.Open)
	// Below the tie nobody has a post, whoever is drawn above.
	result, err = elected(t, newForm(t, committee(2, "a", "b", "c", "d")), 10, []int64{9, 7, 7, 6})
	require.NoError(t, err)
	assert.Equal(t, union.Unmet, standings(result)["d"])
}

func TestNobodyIsElectedByAVoteThatIsNotValid(t *testing.T) {
	form := newForm(t, committee(1, "a"))
	box := form.Box()
	require.NoError(t, box.AddCounts(assessment.Counts{Valid: 8, Votes: map[string]map[string]int64{"a": {"for": 8}}}))
	require.NoError(t, box.State("", assessment.Entitled, 10))
	outcome := must(form.Count(box))
	result, err := form.Elect(outcome)
	require.NoError(t, err)
	assert.Equal(t, union.Unknown, result.Valid.Standing, "nobody says how many came")
	assert.Equal(t, union.Unknown, result.Candidates[0].Verdict.Standing)
	assert.Zero(t, result.Needed, "of a number that is not known")
	require.NoError(t, box.State("", assessment.Present, 8))
	result = must(form.Elect(must(form.Count(box))))
	assert.Equal(t, union.Unmet, result.Valid.Standing, "four fifths are not more than four fifths")
	assert.Empty(t, result.Elected)
	assert.Equal(t, 1, result.Open)
	require.NoError(t, box.State("", assessment.Present, 1))
	result = must(form.Elect(must(form.Count(box))))
	assert.Equal(t, []string{"a"}, result.Elected)
}

func TestASheetThatNamesTooManyIsVoid(t *testing.T) {
	form := newForm(t, committee(1, "a", "b"))
	box := form.Box()
	for _, each := range [][2]string{{"for", "against"}, {"for", "for"}, {"abstain", "against"}} {
		require.NoError(t, box.Add(must(form.Sheet("", map[string]string{"a": each[0], "b": each[1]}))))
	}
	outcome := must(form.Count(box))
	assert.Equal(t, int64(2), outcome.Bases["bases"][assessment.Valid])
	assert.Equal(t, map[string]int64{"too-many": 1}, outcome.Void["bases"])
	assert.Equal(t, int64(1), outcome.Votes["a"]["for"])
}

func TestAFormReportsTheFaultsOfItsElection(t *testing.T) {
	for name, each := range map[string]struct {
		change func(*assessment.FormSpec)
		want   error
		where  string
	}{
		"no post":                     {func(s *assessment.FormSpec) { s.Election.Posts = 0 }, union.ErrRange, "election.posts"},
		"no candidates":               {func(s *assessment.FormSpec) { s.Election.For = "" }, union.ErrMissing, "election"},
		"candidates of two kinds":     {func(s *assessment.FormSpec) { s.Election.Criterion = "a" }, union.ErrRepeated, "election"},
		"a criterion that is none":    {func(s *assessment.FormSpec) { s.Election.For, s.Election.Criterion = "", "z" }, union.ErrUnknown, "election.criterion"},
		"an answer that is none":      {func(s *assessment.FormSpec) { s.Election.For = "aye" }, union.ErrUnknown, "election.for"},
		"a candidate that is none":    {func(s *assessment.FormSpec) { s.Election.Candidates = []string{"z"} }, union.ErrUnknown, "election.candidates[0]"},
		"a candidate twice":           {func(s *assessment.FormSpec) { s.Election.Candidates = []string{"a", "a"} }, union.ErrRepeated, "election.candidates[1]"},
		"a candidate without a key":   {func(s *assessment.FormSpec) { s.Election.Candidates = []string{""} }, union.ErrMissing, "election.candidates[0]"},
		"a test of what is not there": {func(s *assessment.FormSpec) { s.Election.Needs[0].Item = "mood" }, union.ErrUnknown, "election.needs[0].item"},
		"an answer that one has not": {func(s *assessment.FormSpec) {
			s.Readings[1].Votes.Answers = []string{"aye"}
			s.Criteria[0].Answers = append(s.Criteria[0].Answers, assessment.Answer{Key: "aye", Title: "aye"})
		}, union.ErrUnknown, "election.needs[0].answers[0]"},
	} {
		t.Run(name, func(t *testing.T) {
			spec := committee(1, "a", "b")
			each.change(&spec)
			_, err := assessment.NewForm(spec)
			require.ErrorIs(t, err, each.want)
			var places []string
			for _, fault := range union.Faults(err) {
				places = append(places, fault.Where)
			}
			assert.Contains(t, places, each.where)
		})
	}
	readsBack(t, newForm(t, committee(1, "a", "b")), "assessment.form/1")
}

func TestAnElectionSaysWhyItCannotBeHeld(t *testing.T) {
	spec := committee(1, "a", "b")
	_, err := elected(t, newForm(t, spec), 5, []int64{3, 2}, "z")
	require.ErrorIs(t, err, union.ErrUnknown)
	_, err = elected(t, newForm(t, spec), 5, []int64{3, 2}, "a", "a")
	require.ErrorIs(t, err, union.ErrRepeated)
	form := newForm(t, spec)
	_, err = form.Elect(assessment.Outcome{})
	require.ErrorIs(t, err, union.ErrRule)
	_, err = form.Valid(assessment.Outcome{})
	require.ErrorIs(t, err, union.ErrRule)
	_, err = form.Judge(assessment.Outcome{})
	require.ErrorIs(t, err, union.ErrRule)
	withheld, _ := assessment.Policy{}.Publish(must(form.Count(form.Box())))
	_, err = form.Elect(withheld)
	require.ErrorIs(t, err, union.ErrMissing)
	small := newForm(t, smallForm())
	_, err = small.Elect(must(small.Count(small.Box())))
	require.ErrorIs(t, err, union.ErrMissing)
	verdicts, err := small.Judge(must(small.Count(small.Box())))
	require.NoError(t, err)
	assert.Empty(t, verdicts, "a form without rulings")
}

func TestSomeOfTheCriteriaAreCandidates(t *testing.T) {
	spec := committee(1, "a", "b", "c")
	spec.Election.Candidates = []string{"c", "b"}
	spec.Election.Needs = append(spec.Election.Needs, test("opposed", "[0,4]"))
	spec.Readings = append(spec.Readings, assessment.Reading{Key: "opposed", Title: "反对票", Votes: assessment.Votes{Answers: []string{"against"}}})
	result, err := elected(t, newForm(t, spec), 10, []int64{10, 8, 9})
	require.NoError(t, err)
	assert.Len(t, result.Candidates, 2)
	assert.Equal(t, []string{"c"}, result.Elected)
	result, err = elected(t, newForm(t, spec), 10, []int64{10, 5, 5})
	require.NoError(t, err)
	assert.Empty(t, result.Elected)
	// Without a test the most votes elect, and there is none that is needed.
	spec.Election.Needs = nil
	result, err = elected(t, newForm(t, spec), 10, []int64{10, 1, 2})
	require.NoError(t, err)
	assert.Equal(t, []string{"c"}, result.Elected)
	assert.Zero(t, result.Needed)
	// A bound on the votes themselves, above which one is too many.
	spec.Readings = append(spec.Readings, assessment.Reading{Key: "votes", Title: "得票数"})
	for in, needed := range map[string]int64{"[3,)": 3, "(3,)": 4, "(7/2,)": 4, "(,9)": 0} {
		spec.Election.Needs = []assessment.Test{test("votes", in)}
		result, err = elected(t, newForm(t, spec), 10, []int64{10, 1, 2})
		require.NoError(t, err)
		assert.Equal(t, needed, result.Needed, in)
	}
}

func ExampleForm_Elect() {
	form, err := assessment.NewForm(committee(2, "甲", "乙", "丙"))
	if err != nil {
		panic(err)
	}
	box := form.Box()
	_ = box.AddCounts(assessment.Counts{Valid: 39, Void: map[string]int64{"too-many": 1}, Votes: map[string]map[string]int64{
		"甲": {"for": 30, "against": 9}, "乙": {"for": 22, "against": 17}, "丙": {"for": 22, "against": 17},
	}})
	_ = box.State("", assessment.Entitled, 45)
	_ = box.State("", assessment.Present, 40)
	outcome, _ := form.Count(box)
	result, err := form.Elect(outcome)
	fmt.Println(result.Elected, result.RunOff, result.Open, result.Needed, err)
	result, err = form.Elect(outcome, "丙", "乙") // as the run-off came out
	fmt.Println(result.Elected, result.RunOff, result.Open, err)
	// Output:
	// [甲] [乙 丙] 1 21 <nil>
	// [甲 丙] [] 0 <nil>
}
