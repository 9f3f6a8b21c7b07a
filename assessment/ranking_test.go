package assessment_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/assessment"
)

func scored(unit string, pairs ...string) assessment.Score {
	return assessment.Score{Unit: unit, Items: numbers(pairs...)}
}

func TestUnitsThatTieShareARank(t *testing.T) {
	cut := union.Rounding{Mode: union.Truncate, Places: 0}
	for name, each := range map[string]struct {
		keys   []assessment.Key
		scores []assessment.Score
		want   []assessment.Place
	}{
		"after two seconds comes a fourth": {
			[]assessment.Key{{Item: "total"}},
			[]assessment.Score{scored("d", "total", "70"), scored("c", "total", "80"), scored("a", "total", "90"), scored("b", "total", "80.0")},
			[]assessment.Place{{Unit: "a", Rank: 1}, {Unit: "b", Rank: 2, Undecided: true}, {Unit: "c", Rank: 2, Undecided: true}, {Unit: "d", Rank: 4}},
		},
		"a second key separates, the lower first": {
			[]assessment.Key{{Item: "total"}, {Item: "misses", Ascending: true}},
			[]assessment.Score{scored("a", "total", "80", "misses", "2"), scored("b", "total", "80", "misses", "1")},
			[]assessment.Place{{Unit: "b", Rank: 1}, {Unit: "a", Rank: 2}},
		},
		"as printed they tie, exactly they do not": {
			[]assessment.Key{{Item: "total", As: &cut}, {Item: "total"}},
			[]assessment.Score{scored("a", "total", "80.2"), scored("b", "total", "80.7")},
			[]assessment.Place{{Unit: "b", Rank: 1}, {Unit: "a", Rank: 2}},
		},
		"as printed alone": {
			[]assessment.Key{{Item: "total", As: &cut}},
			[]assessment.Score{scored("b", "total", "80.7"), scored("a", "total", "80.2")},
			[]assessment.Place{{Unit: "a", Rank: 1, Undecided: true}, {Unit: "b", Rank: 1, Undecided: true}},
		},
		"nobody": {[]assessment.Key{{Item: "total"}}, nil, []assessment.Place{}},
	} {
		t.Run(name, func(t *testing.T) {
			ranking, err := assessment.NewRanking(assessment.RankingSpec{Rule: rule("ranking"), Keys: each.keys})
			require.NoError(t, err)
			places, err := ranking.Rank(each.scores, nil, nil)
			require.NoError(t, err)
			assert.Equal(t, each.want, places)
			readsBack(t, ranking, "assessment.ranking/1")
		})
	}
}

func TestARankingReportsItsFaults(t *testing.T) {
	_, err := assessment.NewRanking(assessment.RankingSpec{})
	assert.Equal(t, []string{"key", "version", "title", "source", "keys"}, wheres(err))
	round := halfUp(1)
	_, err = assessment.NewRanking(assessment.RankingSpec{Rule: rule("ranking"), Keys: []assessment.Key{
		{}, {Item: "a"}, {Item: "a", As: &round}, {Item: "b", As: &union.Rounding{}}, {Item: "c", As: &round}, {Item: "c", As: &round},
	}})
	assert.Equal(t, []string{"keys[0].item", "keys[2].item", "keys[3].as.mode", "keys[5].item"}, wheres(err))
	require.ErrorIs(t, err, union.ErrMissing)
	require.ErrorIs(t, err, union.ErrRepeated)

	ranking, err := assessment.NewRanking(assessment.RankingSpec{Rule: rule("ranking"), Keys: []assessment.Key{{Item: "a"}}})
	require.NoError(t, err)
	_, err = ranking.Rank([]assessment.Score{scored("u", "b", "1")}, nil, nil)
	require.ErrorIs(t, err, union.ErrMissing)
	assert.Equal(t, "scores[0].items.a", union.Faults(err)[0].Where)
	_, err = ranking.Rank([]assessment.Score{scored("u", "a", "1"), scored("u", "a", "2")}, nil, nil)
	require.ErrorIs(t, err, union.ErrRepeated)

	var none assessment.Ranking
	places, err := none.Rank([]assessment.Score{scored("a"), scored("b")}, nil, nil)
	require.NoError(t, err)
	assert.True(t, places[0].Undecided && places[1].Undecided, "without keys nobody is separated")
}
