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

// A table of results: what each unit has by each of two keys, and what the first
// of two units won by when they met.
type table struct {
	wins, whole []int64
	met         map[[2]int]int64
	restart     bool
}

func unitName(i int) string { return string(rune('a' + i)) }

func drawTable(r *rapid.T) table {
	n := rapid.IntRange(1, 6).Draw(r, "units")
	small := rapid.Int64Range(0, 2)
	made := table{met: map[[2]int]int64{}, restart: rapid.Bool().Draw(r, "restart")}
	for i := range n {
		made.wins, made.whole = append(made.wins, small.Draw(r, "wins")), append(made.whole, small.Draw(r, "whole"))
		for j := range i {
			made.met[[2]int{j, i}] = rapid.Int64Range(-2, 2).Draw(r, "net")
		}
	}
	return made
}

func (c table) spec(ties assessment.Ties) assessment.RankingSpec {
	spec := assessment.RankingSpec{Rule: rule("table"), Keys: []assessment.Key{{Item: "wins"}, {Item: "net", Among: true}, {Item: "whole"}}, Placing: assessment.Placing{Ties: ties}}
	if c.restart {
		spec.Restart = 2
	}
	return spec
}

func (c table) scores() []assessment.Score {
	var scores []assessment.Score
	for i := range c.wins {
		scores = append(scores, assessment.Score{Unit: unitName(i), Items: map[string]union.Number{"wins": union.Whole(c.wins[i]), "whole": union.Whole(c.whole[i])}})
	}
	return scores
}

func (c table) meetings() []assessment.Meeting {
	var met []assessment.Meeting
	for i := range c.wins {
		for j := range i {
			met = append(met, assessment.Meeting{First: unitName(j), Second: unitName(i), Item: "net", Net: union.Whole(c.met[[2]int{j, i}])})
		}
	}
	return met
}

// net is what a unit won by over those who tie.
func (c table) net(unit int, tied []int) (sum int64) {
	for _, other := range tied {
		if unit < other {
			sum += c.met[[2]int{unit, other}]
		} else if unit > other {
			sum -= c.met[[2]int{other, unit}]
		}
	}
	return sum
}

// slowly orders the units obviously: take those who are best by the key, settle
// them among themselves, then the rest.
func (c table) slowly(tied []int, key int) [][]int {
	if len(tied) <= 1 || key == 3 {
		slices.Sort(tied)
		return [][]int{tied}
	}
	value := func(unit int) int64 {
		return [...]int64{c.wins[unit], c.net(unit, tied), c.whole[unit]}[key]
	}
	var values []int64
	for _, unit := range tied {
		values = append(values, value(unit))
	}
	slices.Sort(values)
	values = slices.Compact(values)
	var order [][]int
	for _, best := range slices.Backward(values) {
		var part []int
		for _, unit := range tied {
			if value(unit) == best {
				part = append(part, unit)
			}
		}
		next := key + 1
		if c.restart && len(values) > 1 {
			next = 1
		}
		order = append(order, c.slowly(part, next)...)
	}
	return order
}

func (c table) places(ties assessment.Ties) []assessment.Place {
	var everyone []int
	for i := range c.wins {
		everyone = append(everyone, i)
	}
	var places []assessment.Place
	rank := 1
	for _, tied := range c.slowly(everyone, 0) {
		for _, unit := range tied {
			places = append(places, assessment.Place{Unit: unitName(unit), Rank: rank, Undecided: len(tied) > 1 && ties == 0})
		}
		if ties == assessment.Dense {
			rank++
		} else {
			rank += len(tied)
		}
	}
	return places
}

func ranksByKeys(rank func(spec assessment.RankingSpec, scores []assessment.Score, met []assessment.Meeting) ([]assessment.Place, error)) laws.Law {
	return func(r *rapid.T) error {
		c := drawTable(r)
		ties := rapid.SampledFrom([]assessment.Ties{0, assessment.Skip, assessment.Dense}).Draw(r, "ties")
		got, err := rank(c.spec(ties), rapid.Permutation(c.scores()).Draw(r, "scores"), rapid.Permutation(c.meetings()).Draw(r, "met"))
		if err != nil {
			return err
		}
		if want := c.places(ties); !slices.Equal(got, want) {
			return fmt.Errorf("got %v, want %v", got, want)
		}
		return nil
	}
}

func rankSpec(spec assessment.RankingSpec, scores []assessment.Score, met []assessment.Meeting) ([]assessment.Place, error) {
	ranking, err := assessment.NewRanking(spec)
	if err != nil {
		return nil, err
	}
	return ranking.Rank(scores, met, nil)
}

func TestRanksFollowTheKeysWithRestart(t *testing.T) { // a total order after the stated tie-breaks
	laws.Holds(t, ranksByKeys(rankSpec))
	for name, broken := range map[string]func(*assessment.RankingSpec){
		"never restarts":                     func(s *assessment.RankingSpec) { s.Restart = 0 },
		"restarts from the first key":        func(s *assessment.RankingSpec) { s.Restart = 3 },
		"skips when it should not":           func(s *assessment.RankingSpec) { s.Placing.Ties = assessment.Skip },
		"a key is compared the other way":    func(s *assessment.RankingSpec) { s.Keys[2].Ascending = true },
		"results are compared the other way": func(s *assessment.RankingSpec) { s.Keys[1].Ascending = true },
	} {
		t.Run(name, func(t *testing.T) {
			laws.Rejects(t, ranksByKeys(func(spec assessment.RankingSpec, scores []assessment.Score, met []assessment.Meeting) ([]assessment.Place, error) {
				broken(&spec)
				return rankSpec(spec, scores, met)
			}))
		})
	}
	laws.Rejects(t, ranksByKeys(func(spec assessment.RankingSpec, scores []assessment.Score, met []assessment.Meeting) ([]assessment.Place, error) {
		spec.Keys = slices.Delete(spec.Keys, 1, 2) // sums over the whole stage: a plain sort
		spec.Restart = 0
		return rankSpec(spec, scores, nil)
	}))
}

// Every order that three units with three marks can have, in each way of ties.
func TestSmallWorldsAreRankedRight(t *testing.T) {
	for world := range 27 {
		c := table{met: map[[2]int]int64{}}
		for i, rest := 0, world; i < 3; i, rest = i+1, rest/3 {
			c.wins, c.whole = append(c.wins, int64(rest%3)), append(c.whole, 0)
		}
		for _, ties := range []assessment.Ties{0, assessment.Skip, assessment.Dense} {
			got, err := rankSpec(c.spec(ties), c.scores(), nil)
			require.NoError(t, err)
			require.Equal(t, c.places(ties), got, "%v %s", c.wins, ties)
		}
	}
}

func TestAnOrderDrawnDecidesOnlyWhatIsOpen(t *testing.T) {
	scores := []assessment.Score{scored("a", "total", "2"), scored("b", "total", "2"), scored("c", "total", "1"), scored("d", "total", "1")}
	open := assessment.RankingSpec{Rule: rule("r"), Keys: []assessment.Key{{Item: "total"}}}
	stands := open
	stands.Placing.Ties = assessment.Skip
	for name, each := range map[string]struct {
		spec  assessment.RankingSpec
		drawn []string
		want  []assessment.Place
	}{
		"both ties":             {open, []string{"d", "b", "c", "a"}, []assessment.Place{{Unit: "b", Rank: 1, Drawn: true}, {Unit: "a", Rank: 2, Drawn: true}, {Unit: "d", Rank: 3, Drawn: true}, {Unit: "c", Rank: 4, Drawn: true}}},
		"one tie":               {open, []string{"b", "a", "c"}, []assessment.Place{{Unit: "b", Rank: 1, Drawn: true}, {Unit: "a", Rank: 2, Drawn: true}, {Unit: "c", Rank: 3, Undecided: true}, {Unit: "d", Rank: 3, Undecided: true}}},
		"none where ties stand": {stands, []string{"b", "a"}, []assessment.Place{{Unit: "a", Rank: 1}, {Unit: "b", Rank: 1}, {Unit: "c", Rank: 3}, {Unit: "d", Rank: 3}}},
	} {
		got, err := must(assessment.NewRanking(each.spec)).Rank(scores, nil, each.drawn)
		require.NoError(t, err, name)
		assert.Equal(t, each.want, got, name)
	}
}

func TestGroupsHaveOrdersOfTheirOwn(t *testing.T) {
	in := func(score assessment.Score, class string) assessment.Score {
		score.In = map[string]string{"class": class}
		return score
	}
	scores := []assessment.Score{in(scored("d"), "guests"), in(scored("a", "total", "1"), "x"), in(scored("b", "total", "9"), "y"), in(scored("c", "total", "2"), "x"), in(scored("e"), "guests")}
	ranking := must(assessment.NewRanking(assessment.RankingSpec{
		Rule: rule("r"), Keys: []assessment.Key{{Item: "total"}}, Within: "class", Unranked: []string{"guests"},
		Placing: assessment.Placing{Ties: assessment.Shared, Worth: []assessment.Step{{Curve: []assessment.Point{{X: number("1"), Y: number("5")}, {X: number("6")}}}}},
	}))
	got, err := ranking.Rank(scores, nil, nil)
	require.NoError(t, err)
	assert.Equal(t, []assessment.Place{{Unit: "c", Group: "x", Rank: 1, Points: numberRef("5")}, {Unit: "a", Group: "x", Rank: 2, Points: numberRef("4")}, {Unit: "b", Group: "y", Rank: 1, Points: numberRef("5")}}, got)
	readsBack(t, ranking, "assessment.ranking/1")
	_, err = ranking.Rank([]assessment.Score{scored("a", "total", "1")}, nil, nil)
	assert.Equal(t, []string{"scores[0].in.class"}, wheres(err))
}

func TestOnlyThoseWhoHoldAreRankedIfTheRuleSaysSo(t *testing.T) {
	barred, open := scored("a", "total", "9"), scored("b", "total", "1")
	barred.Verdict.Standing, open.Verdict.Standing = union.Unmet, union.Met
	spec := assessment.RankingSpec{Rule: rule("r"), Keys: []assessment.Key{{Item: "total"}}, Holding: true}
	places, err := rankSpec(spec, []assessment.Score{barred, open}, nil)
	require.NoError(t, err)
	assert.Equal(t, []assessment.Place{{Unit: "b", Rank: 1}}, places)
}

func TestMeetingsAndDrawsThatCannotBeAreRefused(t *testing.T) {
	scores := []assessment.Score{scored("a", "total", "2"), scored("b", "total", "2")}
	ranking := must(assessment.NewRanking(assessment.RankingSpec{Rule: rule("r"), Keys: []assessment.Key{{Item: "total"}, {Item: "net", Among: true}}}))
	for name, each := range map[string]struct {
		met   []assessment.Meeting
		drawn []string
		want  error
		where string
	}{
		"another item":         {[]assessment.Meeting{{First: "a", Second: "b", Item: "total"}}, nil, union.ErrUnknown, "met[0].item"},
		"a stranger first":     {[]assessment.Meeting{{First: "x", Second: "b", Item: "net"}}, nil, union.ErrUnknown, "met[0].first"},
		"a stranger second":    {[]assessment.Meeting{{First: "a", Second: "x", Item: "net"}}, nil, union.ErrUnknown, "met[0].second"},
		"oneself":              {[]assessment.Meeting{{First: "a", Second: "a", Item: "net"}}, nil, union.ErrRepeated, "met[0].second"},
		"a stranger is drawn":  {nil, []string{"x"}, union.ErrUnknown, "drawn[0]"},
		"somebody drawn twice": {nil, []string{"a", "a"}, union.ErrRepeated, "drawn[1]"},
	} {
		_, err := ranking.Rank(scores, each.met, each.drawn)
		require.ErrorIs(t, err, each.want, name)
		assert.Equal(t, []string{each.where}, wheres(err), name)
	}
	twice := []assessment.Meeting{{First: "a", Second: "b", Item: "net", Net: number("1")}, {First: "b", Second: "a", Item: "net", Net: number("3")}}
	places, err := ranking.Rank(scores, twice, nil)
	require.NoError(t, err)
	assert.Equal(t, "b", places[0].Unit, "two meetings add up")
	bands := []assessment.Step{{Bands: &assessment.Bands{Scale: union.MustParseInterval("[1,1]"), List: []assessment.Band{{In: union.MustParseInterval("[1,1]"), Give: number("1")}}}}}
	short := must(assessment.NewRanking(assessment.RankingSpec{Rule: rule("r"), Keys: []assessment.Key{{Item: "total"}}, Placing: assessment.Placing{Ties: assessment.Shared, Worth: bands}}))
	_, err = short.Rank(scores, nil, nil)
	require.ErrorIs(t, err, union.ErrRange, "the second place has no points")

	_, err = assessment.NewRanking(assessment.RankingSpec{
		Rule: rule("r"), Keys: []assessment.Key{{Item: "total"}, {Item: "net", Among: true}, {Item: "net", Among: true, As: &union.Rounding{Mode: union.Floor}}}, Restart: 4, Unranked: []string{"x"},
		Placing: assessment.Placing{Ties: assessment.Shared},
	})
	assert.Equal(t, []string{"keys[2].as", "keys[2].item", "restart", "within", "placing.worth"}, wheres(err))
}
