package competition_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/assessment"
	"github.com/unioncampaign/union/competition"
	"github.com/unioncampaign/union/internal/laws"
	"pgregory.net/rapid"
)

// points returns the nth candidate with a total.
func points(n, total int) competition.Candidate {
	c := candidate(n)
	c.Marks = map[string]union.Number{"organisation": union.Whole(40), "safety": union.Whole(int64(total - 40))}
	return c
}

// everybody returns the entries of the first firms.
func everybody(t testing.TB, e competition.Edition, firms int) competition.Entrants {
	r := e.Entrants()
	for n := range firms {
		require.NoError(t, r.Add(entered(n, 1)))
	}
	return r
}

func recommend(t testing.TB, e competition.Edition, list ...competition.Candidate) competition.Recommendation {
	t.Helper()
	r, err := e.Recommend(scheme(t), competition.Applications{Award: "city", Candidates: list}, everybody(t, e, 10), day("2010-12-31"))
	require.NoError(t, err)
	return r
}

func titles(places []competition.Place) []string {
	list := make([]string, 0, len(places))
	for _, place := range places {
		list = append(list, place.Title)
	}
	return list
}

func TestTheBestEligibleCandidateIsRecommended(t *testing.T) {
	vetoed := points(3, 100)
	vetoed.Incidents = []competition.Incident{{Kind: "wages", On: day("2010-07-01")}}
	r := recommend(t, edition(t), points(1, 96), points(2, 98), vetoed)
	assert.Equal(t, []string{"示例2有限公司"}, titles(r.Recommended()))
	assert.Equal(t, []string{"示例2有限公司", "示例1有限公司", "示例3有限公司"}, titles(r.Places))
	assert.Empty(t, r.Findings)

	last := func(p competition.Place) union.Reason { return p.Verdict.Reasons[len(p.Verdict.Reasons)-1] }
	assert.Equal(t, union.Reason{Finding: union.Finding{Where: "quota", Rule: "推荐名额", Got: "第1名", Want: "1家"}, Standing: union.Met}, last(r.Places[0]))
	assert.Equal(t, union.Reason{Finding: union.Finding{Where: "quota", Rule: "推荐名额", Got: "第2名", Want: "1家"}, Standing: union.Unmet}, last(r.Places[1]))
	assert.Equal(t, union.Exempt, last(r.Places[2]).Standing)
	assert.Equal(t, union.Unmet, r.Places[2].Verdict.Standing)
	assert.Equal(t, 0, r.Places[2].Rank)
	assert.True(t, r.Places[1].Eligible)
	assert.True(t, r.Places[0].Score.Total.Equal(union.Whole(98)))
}

func TestATieAtTheLastPlaceIsLeftUndecided(t *testing.T) {
	e := altered(t, func(s *competition.EditionSpec) { s.Awards[0].Quota.Total = 2 })
	r := recommend(t, e, points(1, 97), points(2, 99), points(3, 97), points(4, 96))
	assert.Equal(t, []string{"示例2有限公司"}, titles(r.Recommended()))
	got := map[string]string{}
	for _, place := range r.Places {
		got[place.Title] = fmt.Sprint(place.Rank, " ", place.Verdict.Standing)
	}
	assert.Equal(t, map[string]string{
		"示例2有限公司": "1 met", "示例1有限公司": "2 unknown", "示例3有限公司": "2 unknown", "示例4有限公司": "4 unmet",
	}, got)
	assert.Equal(t, "第2名，并列2家", r.Places[1].Verdict.Reasons[10].Got)

	full := recommend(t, e, points(1, 97), points(3, 97), points(4, 96))
	assert.Equal(t, []string{"示例1有限公司", "示例3有限公司"}, titles(full.Recommended()), "a tie within the quota harms nobody")
}

func TestNobodyEligibleIsNobodyRecommended(t *testing.T) {
	r := recommend(t, edition(t), points(1, 90))
	assert.Empty(t, r.Recommended())
	assert.Equal(t, competition.Recommendation{}.Recommended(), r.Recommended())
	assert.Empty(t, recommend(t, edition(t)).Places)
}

func TestAFirmThatATotalOfNothingIsGivenShowsIt(t *testing.T) {
	dead := points(1, 100)
	dead.Incidents = []competition.Incident{{Kind: "death", On: day("2010-07-01")}}
	place := recommend(t, edition(t), dead).Places[0]
	assert.True(t, place.Total.Equal(union.Number{}))
	assert.True(t, place.Score.Total.Equal(union.Whole(100)))
}

func TestTheSchemeAndTheEditionAreSetAgainstEachOther(t *testing.T) {
	e := altered(t, func(s *competition.EditionSpec) {
		s.Awards[0].Sections[0].Maximum = number("41")
		s.Awards[0].Sections[1].Item = "danger"
	})
	r := recommend(t, e, points(1, 96))
	assert.Equal(t, []union.Finding{
		{Where: "sections[0]", Rule: "a section is an item of the scheme with its maximum", Got: "41", Want: "40"},
		{Where: "sections[1]", Rule: "a section is an item of the scheme with its maximum", Got: `"danger"`, Want: "an item of the scheme"},
	}, r.Findings)
}

func TestARecommendationRefusesWhatItCannotJudge(t *testing.T) {
	e := edition(t)
	r := everybody(t, e, 3)
	on := day("2010-12-31")
	next := altered(t, func(s *competition.EditionSpec) { s.Version = "2011" })
	for name, row := range map[string]struct {
		run      func() (competition.Recommendation, error)
		sentinel error
	}{
		"an unknown award": {func() (competition.Recommendation, error) {
			return e.Recommend(scheme(t), competition.Applications{Award: "county", Candidates: nil}, r, on)
		}, union.ErrUnknown},
		"entrants of another edition": {func() (competition.Recommendation, error) {
			return e.Recommend(scheme(t), competition.Applications{Award: "city", Candidates: nil}, next.Entrants(), on)
		}, union.ErrRule},
		"no day": {func() (competition.Recommendation, error) {
			return e.Recommend(scheme(t), competition.Applications{Award: "city", Candidates: nil}, r, union.Date{})
		}, union.ErrMissing},
		"a firm twice": {func() (competition.Recommendation, error) {
			return e.Recommend(scheme(t), competition.Applications{Award: "city", Candidates: []competition.Candidate{points(1, 96), points(1, 97)}}, r, on)
		}, union.ErrRepeated},
		"a mark that is not given": {func() (competition.Recommendation, error) {
			c := candidate(1)
			delete(c.Marks, "safety")
			return e.Recommend(scheme(t), competition.Applications{Award: "city", Candidates: []competition.Candidate{c}}, r, on)
		}, union.ErrMissing},
		"the zero scheme": {func() (competition.Recommendation, error) {
			return e.Recommend(assessment.Scheme{}, competition.Applications{Award: "city", Candidates: []competition.Candidate{candidate(1)}}, r, on)
		}, union.ErrMissing},
	} {
		made, err := row.run()
		require.ErrorIs(t, err, row.sentinel, name)
		assert.Empty(t, made.Places, name)
	}
}

func TestTwoFirmsMayShareATitle(t *testing.T) {
	a, b := points(1, 96), points(2, 97)
	b.Title = a.Title
	assert.Len(t, recommend(t, edition(t), a, b).Places, 2)
}

func drawTotals(r *rapid.T) []int {
	return rapid.SliceOfN(rapid.IntRange(93, 100), 1, 6).Draw(r, "totals")
}

func ofTotals(totals []int) []competition.Candidate {
	list := make([]competition.Candidate, len(totals))
	for n, total := range totals {
		list[n] = points(n, total)
	}
	return list
}

// skipsRanks: equal totals share a rank, and a rank is one more than the number
// of candidates with a higher total: 1, 2, 2, 4.
func skipsRanks(rank func(totals []int) []int) laws.Law {
	return func(r *rapid.T) error {
		totals := drawTotals(r)
		got := rank(totals)
		for i, total := range totals {
			want := 1
			for _, other := range totals {
				if other > total && other >= 95 {
					want++
				}
			}
			if total < 95 {
				want = 0
			}
			if got[i] != want {
				return fmt.Errorf("totals %v rank %v", totals, got)
			}
		}
		return nil
	}
}

func TestRanksSkipAfterEqualTotalsInWhateverOrder(t *testing.T) {
	e := edition(t)
	laws.Holds(t, func(r *rapid.T) error {
		return skipsRanks(func(totals []int) []int {
			list := rapid.Permutation(ofTotals(totals)).Draw(r, "order")
			ranks := make([]int, len(totals))
			for _, place := range recommend(t, e, list...).Places {
				for n := range totals {
					if place.Firm == code(n) {
						ranks[n] = place.Rank
					}
				}
			}
			return ranks
		})(r)
	})
	laws.Rejects(t, skipsRanks(func(totals []int) []int { // 1, 2, 2, 3
		ranks := make([]int, len(totals))
		for i, total := range totals {
			higher := map[int]bool{}
			for _, other := range totals {
				higher[other] = other > total
			}
			if total >= 95 {
				ranks[i] = 1
			}
			for _, is := range higher {
				if is && total >= 95 {
					ranks[i]++
				}
			}
		}
		return ranks
	}))
}

// keepsTheChosen: raising the total of one who is chosen keeps it chosen, and
// leaving out one who is not chosen changes nothing for the others.
func keepsTheChosen(choose func(totals map[int]int) []int) laws.Law {
	return func(r *rapid.T) error {
		totals := map[int]int{}
		for n, total := range drawTotals(r) {
			totals[n] = total
		}
		chosen := choose(totals)
		for _, n := range chosen {
			before := totals[n]
			totals[n] = 100
			if after := choose(totals); !slices.Contains(after, n) {
				return fmt.Errorf("%d is chosen with %d, and %v with 100", n, before, after)
			}
			totals[n] = before
		}
		for n, total := range totals {
			tied := false // a tie left undecided may be settled by leaving
			for other, equal := range totals {
				tied = tied || other != n && equal == total
			}
			if slices.Contains(chosen, n) || tied {
				continue
			}
			delete(totals, n)
			if after := choose(totals); !slices.Equal(chosen, after) {
				return fmt.Errorf("%v are chosen, and without %d %v", chosen, n, after)
			}
			totals[n] = total
		}
		return nil
	}
}

func TestTheChosenStayChosen(t *testing.T) {
	e := altered(t, func(s *competition.EditionSpec) { s.Awards[0].Quota.Total = 2 })
	laws.Holds(t, keepsTheChosen(func(totals map[int]int) []int {
		var list []competition.Candidate
		for n, total := range totals {
			list = append(list, points(n, total))
		}
		var chosen []int
		for _, place := range recommend(t, e, list...).Recommended() {
			for n := range totals {
				if place.Firm == code(n) {
					chosen = append(chosen, n)
				}
			}
		}
		slices.Sort(chosen)
		return chosen
	}))
	laws.Rejects(t, keepsTheChosen(func(totals map[int]int) []int { // the lowest of those that suffice
		chosen := []int{}
		for n, total := range totals {
			if total >= 95 && (len(chosen) == 0 || total < totals[chosen[0]] || total == totals[chosen[0]] && n < chosen[0]) {
				chosen = []int{n}
			}
		}
		return chosen
	}))
}

func TestNoTextHoldsAWholeCreditCode(t *testing.T) {
	e := edition(t)
	vetoed := points(3, 100)
	vetoed.Incidents = []competition.Incident{{Kind: "wages", On: day("2010-07-01")}}
	list := []competition.Candidate{points(1, 96), points(2, 98), vetoed}
	r := recommend(t, e, list...)
	notice, err := e.RecommendationFigures(r)
	require.NoError(t, err)
	p, all := population(t, e, firm(1)), everybody(t, e, 4)
	turnout, found, err := e.Count(p, all)
	require.NoError(t, err)
	require.Len(t, found, 3)
	figures, err := e.Figures(competition.Progress{Turnout: turnout})
	require.NoError(t, err)
	text := fmt.Sprintf("%+v %#v %v %v %+v %+v %+v", r, list, notice, figures, found, p, all)
	for _, figure := range append(notice, figures...) {
		text += figure.Working().String()
	}
	for n := range 4 {
		assert.NotContains(t, text, code(n).Reveal())
	}
}
