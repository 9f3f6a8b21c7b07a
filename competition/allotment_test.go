package competition_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/competition"
	"github.com/unioncampaign/union/internal/laws"
)

// tree returns units as they stand, each with its parent before it.
func tree(t testing.TB, units ...union.Unit) union.Tree {
	t.Helper()
	hierarchy, err := union.NewHierarchy(union.Fact{On: day("2010-01-01"), Found: units})
	require.NoError(t, err)
	made, err := hierarchy.On(day("2010-06-01"))
	require.NoError(t, err)
	return made
}

func cityTree(t testing.TB) union.Tree {
	return tree(t, union.Unit{Key: "city", Title: "市"},
		union.Unit{Key: "east", Title: "东区", Parent: "city"}, union.Unit{Key: "west", Title: "西区", Parent: "city"},
		union.Unit{Key: "port", Title: "港口", Parent: "east"}, union.Unit{Key: "mill", Title: "纺织", Parent: "east"})
}

func TestPlacesAreSharedOutDownTheTree(t *testing.T) {
	made, err := competition.Allot(7, cityTree(t), map[string]int64{"port": 100, "mill": 100, "west": 150})
	require.NoError(t, err)
	// 7 of 200 and 150 is 4 and 3; 4 of 100 and 100 is 2 and 2.
	assert.Equal(t, []competition.AllottedPlaces{
		{Unit: "city", Places: 7},
		{Unit: "east", Within: "city", Places: 4},
		{Unit: "port", Within: "east", Leaf: true, Places: 2},
		{Unit: "mill", Within: "east", Leaf: true, Places: 2},
		{Unit: "west", Within: "city", Leaf: true, Places: 3},
	}, made.Places)
	assert.Equal(t, map[string]int{"port": 2, "mill": 2, "west": 3}, made.Leaves())
	assert.Empty(t, made.Tied)
	tied, err := competition.Allot(3, cityTree(t), map[string]int64{"port": 100, "mill": 100})
	require.NoError(t, err)
	assert.Equal(t, []string{"port", "mill"}, tied.Tied)
	assert.Equal(t, map[string]int{"port": 2, "mill": 1, "west": 0}, tied.Leaves())
	none, err := competition.Allot(0, cityTree(t), nil)
	require.NoError(t, err)
	assert.Len(t, none.Places, 5)
	nobody, err := competition.Allot(0, union.Tree{}, nil)
	require.NoError(t, err, "no places need no unit")
	assert.Empty(t, nobody.Places)
}

func TestPlacesThatCannotBeSharedOutAreRefused(t *testing.T) {
	for name, row := range map[string]struct {
		places   int
		tree     union.Tree
		weights  map[string]int64
		sentinel error
	}{
		"fewer than none":     {-1, cityTree(t), nil, union.ErrRange},
		"an unknown unit":     {1, cityTree(t), map[string]int64{"south": 1}, union.ErrUnknown},
		"a unit with others":  {1, cityTree(t), map[string]int64{"east": 1}, union.ErrUnknown},
		"a weight below none": {1, cityTree(t), map[string]int64{"port": -1}, union.ErrRange},
		"too much weight":     {1, cityTree(t), map[string]int64{"port": 1<<63 - 1, "mill": 1}, union.ErrOverflow},
		"no weight":           {1, cityTree(t), nil, union.ErrUndefined},
		"no unit":             {1, union.Tree{}, nil, union.ErrUndefined},
	} {
		_, err := competition.Allot(row.places, row.tree, row.weights)
		require.ErrorIs(t, err, row.sentinel, name)
	}
}

// addsUp: at every unit the places of those directly below it are together its own.
func addsUp(allot func(places int, weights map[string]int64) []competition.AllottedPlaces) laws.Law {
	return func(r *rapid.T) error {
		places := rapid.IntRange(0, 40).Draw(r, "places")
		weights := map[string]int64{"port": rapid.Int64Range(0, 9).Draw(r, "port"), "mill": rapid.Int64Range(0, 9).Draw(r, "mill"), "west": rapid.Int64Range(1, 9).Draw(r, "west")}
		below, own := map[string]int{}, map[string]int{}
		for _, each := range allot(places, weights) {
			below[each.Within] += each.Places
			own[each.Unit] = each.Places
		}
		own[""] = places
		for unit, sum := range below {
			if sum != own[unit] {
				return fmt.Errorf("%q has %d places and those below it %d", unit, own[unit], sum)
			}
		}
		return nil
	}
}

func TestThePlacesOfUnitsAddUpToThoseOfTheOneAbove(t *testing.T) {
	city := cityTree(t)
	laws.Holds(t, addsUp(func(places int, weights map[string]int64) []competition.AllottedPlaces {
		made, err := competition.Allot(places, city, weights)
		require.NoError(t, err)
		return made.Places
	}))
	// The twin rounds up the share of each.
	laws.Rejects(t, addsUp(func(places int, weights map[string]int64) []competition.AllottedPlaces {
		sum := weights["port"] + weights["mill"] + weights["west"]
		var made []competition.AllottedPlaces
		for unit, weight := range weights {
			made = append(made, competition.AllottedPlaces{Unit: unit, Places: int((int64(places)*weight + sum - 1) / sum)})
		}
		return made
	}))
}

// keepsToPlaces: no unit has more recommended than places, whoever stands.
func keepsToPlaces(recommend func(units map[string]int, totals []int) map[string]int) laws.Law {
	return func(r *rapid.T) error {
		units := map[string]int{"east": rapid.IntRange(0, 2).Draw(r, "east"), "west": rapid.IntRange(0, 2).Draw(r, "west")}
		for unit, n := range recommend(units, rapid.SliceOfN(rapid.IntRange(95, 100), 0, 6).Draw(r, "totals")) {
			if n > units[unit] {
				return fmt.Errorf("%s has %d places, and %d are recommended", unit, units[unit], n)
			}
		}
		return nil
	}
}

func TestNoUnitHasMoreRecommendedThanPlaces(t *testing.T) {
	e := altered(t, func(s *competition.EditionSpec) { s.Awards[0].Quota.Total = 4 })
	all := everybody(t, e, 6)
	count := func(units, bound map[string]int, totals []int) map[string]int {
		var list []competition.Candidate
		for n, total := range totals {
			c := points(n, total)
			c.Unit = []string{"east", "west"}[n%2]
			list = append(list, c)
		}
		r, err := e.Recommend(scheme(t), competition.Applications{Award: "city", Candidates: list, Units: bound}, all, day("2010-12-31"))
		require.NoError(t, err)
		taken := map[string]int{}
		for _, place := range r.Recommended() {
			taken[place.Unit]++
		}
		return taken
	}
	laws.Holds(t, keepsToPlaces(func(units map[string]int, totals []int) map[string]int { return count(units, units, totals) }))
	laws.Rejects(t, keepsToPlaces(func(units map[string]int, totals []int) map[string]int { return count(units, nil, totals) }))
}
