package competition_test

import (
	"fmt"
	"math/big"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/competition"
	"github.com/unioncampaign/union/internal/laws"
	"pgregory.net/rapid"
)

// boundedByItsBase: coverage is a rate only while no more entered than there
// are, else a finding and no rate.
func boundedByItsBase(coverage func(entered, firms int64) (union.Ratio, []union.Finding)) laws.Law {
	return func(r *rapid.T) error {
		entered := rapid.Int64Range(0, 12).Draw(r, "entered")
		firms := rapid.Int64Range(0, 12).Draw(r, "firms")
		ratio, found := coverage(entered, firms)
		switch {
		case entered > firms && (ratio != union.Ratio{} || len(found) != 1):
			return fmt.Errorf("%d of %d firms entered: rate %v, findings %v", entered, firms, ratio, found)
		case entered <= firms && (ratio != union.Ratio{Part: entered, Whole: firms} || len(found) != 0):
			return fmt.Errorf("%d of %d firms entered: rate %v, findings %v", entered, firms, ratio, found)
		}
		return nil
	}
}

func TestCoverageNeverExceedsItsBase(t *testing.T) {
	e := edition(t)
	turnoutOf := func(entered, firms int64) competition.Turnout {
		turnout := e.Turnout()
		require.NoError(t, turnout.Add(competition.Reported{
			Ownership: 3, Firms: firms, Entered: entered, Workers: firms, WorkersOfEntrants: firms, TakingPart: entered,
		}))
		return turnout
	}
	laws.Holds(t, boundedByItsBase(func(entered, firms int64) (union.Ratio, []union.Finding) {
		ratio, found, err := e.Coverage(turnoutOf(entered, firms), "non_public")
		require.NoError(t, err)
		return ratio, found
	}))
	for _, whole := range []competition.Workers{competition.OfEntrants, competition.OfFirms} {
		laws.Holds(t, boundedByItsBase(func(entered, firms int64) (union.Ratio, []union.Finding) {
			ratio, found, err := e.Participation(turnoutOf(entered, firms), "all", whole)
			require.NoError(t, err)
			return ratio, found
		}))
	}
	laws.Rejects(t, boundedByItsBase(func(entered, firms int64) (union.Ratio, []union.Finding) {
		return union.Ratio{Part: entered, Whole: firms}, nil
	}))
}

// overTheSum: coverage of a parent is the sum of the entrants over the sum of
// the firms.
func overTheSum(parent func(children []union.Ratio) *big.Rat) laws.Law {
	return func(r *rapid.T) error {
		var children []union.Ratio
		var entered, firms int64
		for range rapid.IntRange(1, 4).Draw(r, "children") {
			whole := rapid.Int64Range(1, 9).Draw(r, "firms")
			part := rapid.Int64Range(0, whole).Draw(r, "entered")
			children = append(children, union.Ratio{Part: part, Whole: whole})
			entered, firms = entered+part, firms+whole
		}
		if got, want := parent(children), big.NewRat(entered, firms); got.Cmp(want) != 0 {
			return fmt.Errorf("children %v make %v, want %v", children, got, want)
		}
		return nil
	}
}

func TestCoverageOfAParentIsTheSumOverTheSum(t *testing.T) {
	e := edition(t)
	laws.Holds(t, overTheSum(func(children []union.Ratio) *big.Rat {
		var sum competition.Turnout
		for i, child := range children {
			turnout := e.Turnout()
			require.NoError(t, turnout.Add(competition.Reported{Size: union.Code(i), Firms: child.Whole, Entered: child.Part}))
			require.NoError(t, sum.Merge(turnout))
		}
		ratio, _, err := e.Coverage(sum, "all")
		require.NoError(t, err)
		return big.NewRat(ratio.Part, ratio.Whole)
	}))
	laws.Rejects(t, overTheSum(func(children []union.Ratio) *big.Rat {
		mean := new(big.Rat)
		for _, child := range children {
			mean.Add(mean, big.NewRat(child.Part, child.Whole))
		}
		return mean.Quo(mean, big.NewRat(int64(len(children)), 1))
	}))
}

func TestANamedBaseHoldsTheFirmsThatItSays(t *testing.T) {
	e := altered(t, func(s *competition.EditionSpec) {
		// More ownerships than sizes, so that neither passes for the other.
		s.Ownership.Terms = append(s.Ownership.Terms, union.Term{Key: "joint", Title: "联营企业"}, union.Term{Key: "other", Title: "其他企业"})
		s.Bases = append(s.Bases,
			competition.Base{Key: "small", Title: "小微企业", Size: []string{"small"}},
			competition.Base{Key: "not_unionised", Title: "未建会企业", Unionised: competition.No})
	})
	p := e.Population()
	// Firm n: ownership, size, unionised, above scale. Ownerships are 1 state,
	// 2 collective, 3 private, 4 foreign, 5 joint, 6 other; sizes 1 large, 2 medium, 3 small, 4
	// micro, which is a part of small.
	for n, row := range [][4]int{
		{1, 1, 1, 1}, {1, 2, 1, 2}, {1, 3, 1, 2}, {2, 4, 2, 2}, {3, 4, 0, 0}, {4, 2, 2, 1}, {0, 0, 0, 0}, {6, 4, 2, 2},
	} {
		f := firm(n)
		f.Ownership, f.Size = union.Code(row[0]), union.Code(row[1])
		f.Unionised, f.AboveScale = competition.Whether(row[2]), competition.Whether(row[3])
		require.NoError(t, p.Add(f))
	}
	turnout, _, err := e.Count(p, entrants(t, e, entered(0, 1), entered(3, 1), entered(4, 1), entered(7, 1)))
	require.NoError(t, err)
	for base, want := range map[string]string{
		"all": "4/8", "unionised": "1/3", "above_scale": "1/2", "non_public": "1/2",
		"ownership.state": "1/3", "ownership.collective": "1/1", "ownership.private": "1/1", "ownership.foreign": "0/1",
		"ownership.joint": "0/0", "ownership.other": "1/1",
		"size.large": "1/1", "size.medium": "0/2", "size.small": "3/4", "size.micro": "3/3",
		"state_large": "1/2", "small": "3/4", "not_unionised": "2/3",
	} {
		ratio, found, err := e.Coverage(turnout, base)
		require.NoError(t, err)
		assert.Empty(t, found)
		assert.Equal(t, want, ratio.String(), base)
	}
}

func TestRatesFailForWhatTheEditionDoesNotHave(t *testing.T) {
	e := edition(t)
	_, _, err := e.Coverage(e.Turnout(), "half")
	require.ErrorIs(t, err, union.ErrUnknown)
	_, _, err = e.Participation(e.Turnout(), "all", 0)
	require.ErrorIs(t, err, union.ErrRange)
	next := altered(t, func(s *competition.EditionSpec) { s.Version = "2011" })
	_, _, err = e.Coverage(next.Turnout(), "all")
	require.ErrorIs(t, err, union.ErrRule)
	_, err = e.JudgeTargets(competition.Progress{Turnout: next.Turnout()})
	require.ErrorIs(t, err, union.ErrRule)
	ratio, found, err := e.Coverage(competition.Turnout{}, "all")
	require.NoError(t, err)
	assert.Empty(t, found)
	assert.Equal(t, union.Ratio{}, ratio)
}

func TestTargetsAreJudgedExactly(t *testing.T) {
	e := edition(t)
	judge := func(t *testing.T, reports ...competition.Reported) union.Verdict {
		turnout := e.Turnout()
		for _, report := range reports {
			require.NoError(t, turnout.Add(report))
		}
		verdict, err := e.JudgeTargets(competition.Progress{Turnout: turnout})
		require.NoError(t, err)
		return verdict
	}
	state := func(entered int64) competition.Reported {
		return competition.Reported{Ownership: 1, Firms: 1000, Entered: entered, WorkersOfEntrants: 20, TakingPart: 19}
	}
	private := competition.Reported{Ownership: 3, Firms: 100, Entered: 72}

	t.Run("equality meets a closed bound", func(t *testing.T) {
		verdict := judge(t, state(900), private)
		assert.True(t, verdict.Holds())
		assert.Equal(t, union.Reason{Finding: union.Finding{
			Where: "targets.state", Rule: "国有企业参赛面90%以上", Got: "900/1000", Want: "[0.9,)",
		}, Standing: union.Met}, verdict.Reasons[0])
	})
	t.Run("one firm short is not met, however it would be printed", func(t *testing.T) {
		verdict := judge(t, state(899), private)
		assert.Equal(t, union.Unmet, verdict.Standing)
		assert.Equal(t, union.Unmet, verdict.Reasons[0].Standing)
		assert.Equal(t, union.Met, verdict.Reasons[1].Standing)
	})
	t.Run("nobody of some is not met, which is known", func(t *testing.T) {
		verdict := judge(t, state(0), private)
		assert.Equal(t, union.Unmet, verdict.Reasons[0].Standing)
		assert.Equal(t, "0/1000", verdict.Reasons[0].Got)
	})
	t.Run("over nothing a target is unknown", func(t *testing.T) {
		verdict := judge(t, state(900))
		assert.Equal(t, union.Unknown, verdict.Standing)
		assert.Equal(t, "undefined over nothing", verdict.Reasons[1].Got)
	})
	t.Run("a rate that is none leaves its target unknown", func(t *testing.T) {
		verdict := judge(t, state(1001), private)
		assert.Equal(t, union.Unknown, verdict.Reasons[0].Standing)
		assert.Contains(t, verdict.Reasons[0].Got, "got 1001, want at most 1000")
	})
}
