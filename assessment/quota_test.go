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

func times(by string) assessment.Step {
	return assessment.Step{Times: &assessment.Times{By: number(by)}}
}

func rounded(mode union.Mode) assessment.Step {
	return assessment.Step{Round: &union.Rounding{Mode: mode}}
}

func newQuota(t require.TestingT, spec assessment.QuotaSpec) assessment.Quota {
	spec.Rule = rule("quota")
	quota, err := assessment.NewQuota(spec)
	require.NoError(t, err)
	return quota
}

func TestAQuotaIsWhatItsStepsMakeOfABase(t *testing.T) {
	thin := assessment.QuotaSpec{Size: []assessment.Step{{Bands: &assessment.Bands{Scale: union.MustParseInterval("[0,)"), List: []assessment.Band{
		{In: union.MustParseInterval("[0,10)"), Give: number("1")}, {In: union.MustParseInterval("[10,)"), Give: number("2")},
	}}}}}
	for name, each := range map[string]struct {
		spec     assessment.QuotaSpec
		base     int64
		approved bool
		want     int64
	}{
		"an exact third is kept":           {assessment.QuotaSpec{Size: []assessment.Step{times("1/3"), rounded(union.Floor)}}, 21, false, 7},
		"less than a third is cut":         {assessment.QuotaSpec{Size: []assessment.Step{times("1/3"), rounded(union.Floor)}}, 20, false, 6},
		"进一法":                              {assessment.QuotaSpec{Size: []assessment.Step{times("0.2"), rounded(union.Up)}}, 11, false, 3},
		"with approval":                    {assessment.QuotaSpec{Size: []assessment.Step{times("0.2"), rounded(union.Floor)}, Approved: []assessment.Step{times("0.25"), rounded(union.Floor)}}, 100, true, 25},
		"approval that the rule knows not": {assessment.QuotaSpec{Size: []assessment.Step{times("0.2"), rounded(union.Floor)}}, 100, true, 20},
		"by the size of the base":          {thin, 9, false, 1},
		"and above":                        {thin, 10, false, 2},
		"a fixed number is multiplied":     {assessment.QuotaSpec{Size: []assessment.Step{times("3")}}, 2, false, 6},
		"of nobody":                        {assessment.QuotaSpec{Size: []assessment.Step{times("0.2"), rounded(union.Floor)}}, 0, false, 0},
	} {
		got, err := newQuota(t, each.spec).Size(each.base, each.approved)
		require.NoError(t, err, name)
		assert.Equal(t, each.want, got, name)
	}
}

func TestAQuotaReportsItsFaults(t *testing.T) {
	_, err := assessment.NewQuota(assessment.QuotaSpec{})
	assert.Equal(t, []string{"key", "version", "title", "source", "size"}, wheres(err))
	for name, steps := range map[string][]assessment.Step{
		"not rounded":            {times("0.2")},
		"rounded to a place":     {times("0.2"), {Round: &union.Rounding{Mode: union.HalfUp, Places: 1}}},
		"divided":                {{Times: &assessment.Times{By: number("2"), Invert: true}}},
		"held to a broken bound": {times("0.2"), rounded(union.Floor), {Clamp: intervalRef("[0.5,)")}},
		"on a curve":             {{Curve: []assessment.Point{{}, {X: number("1")}}}},
		"broken bands":           {{Bands: &assessment.Bands{List: []assessment.Band{{In: union.MustParseInterval("(,)"), Give: number("0.5")}}}}},
		"by an item":             {{Times: &assessment.Times{Item: "a"}}, rounded(union.Floor)},
	} {
		_, err := assessment.NewQuota(assessment.QuotaSpec{Rule: rule("q"), Size: steps, AtLine: 9})
		assert.Contains(t, wheres(err), "at_line", name)
		assert.Greater(t, len(wheres(err)), 1, name)
	}
	quota := newQuota(t, assessment.QuotaSpec{Size: []assessment.Step{times("-1")}})
	for base, want := range map[int64]error{-1: union.ErrRange, 1: union.ErrRange} {
		_, err := quota.Size(base, false)
		require.ErrorIs(t, err, want)
		_, err = quota.Judge(0, base, false)
		require.ErrorIs(t, err, want)
		_, err = quota.Share([]int64{base, 0}, false)
		require.Error(t, err)
	}
	_, err = quota.Judge(-1, 0, false)
	require.ErrorIs(t, err, union.ErrRange)
	var zero assessment.Quota
	_, err = zero.Size(1, false)
	require.ErrorIs(t, err, union.ErrMissing)
	narrow := newQuota(t, assessment.QuotaSpec{
		Size:     []assessment.Step{{Bands: &assessment.Bands{Scale: union.MustParseInterval("[0,5]"), List: []assessment.Band{{In: union.MustParseInterval("[0,5]"), Give: number("1")}}}}},
		Approved: []assessment.Step{times("-1")},
	})
	_, err = narrow.Size(6, false)
	require.ErrorIs(t, err, union.ErrRange)
	_, err = narrow.Judge(1, 5, false)
	require.ErrorIs(t, err, union.ErrRange, "the ceiling with approval is below zero")
}

// at returns places of ranks.
func placesAt(ranks ...int) []assessment.Place {
	var places []assessment.Place
	for i, rank := range ranks {
		places = append(places, assessment.Place{Unit: string(rune('a' + i)), Rank: rank})
	}
	return places
}

func TestTiesAtTheLineAreTakenAsTheQuotaSays(t *testing.T) {
	two := []assessment.Step{{Clamp: intervalRef("[2,2]")}}
	for name, each := range map[string]struct {
		spec      assessment.QuotaSpec
		places    []assessment.Place
		taken     string
		undecided string
		left      int64
		answer    string
	}{
		"no tie":                    {assessment.QuotaSpec{Size: two}, placesAt(1, 2, 3), "ab", "", 0, "within"},
		"a tie before the line":     {assessment.QuotaSpec{Size: two}, placesAt(1, 1, 3), "ab", "", 0, "within"},
		"a tie at the line is open": {assessment.QuotaSpec{Size: two}, placesAt(1, 2, 2), "a", "bc", 1, "within"},
		"none of them":              {assessment.QuotaSpec{Size: two, AtLine: assessment.TakeNone}, placesAt(1, 2, 2), "a", "", 0, "within"},
		"all of them":               {assessment.QuotaSpec{Size: two, AtLine: assessment.TakeAll}, placesAt(1, 2, 2), "abc", "", 0, "over"},
		"fewer than the quota":      {assessment.QuotaSpec{Size: two}, placesAt(1), "a", "", 0, "within"},
		"nobody":                    {assessment.QuotaSpec{Size: two}, nil, "", "", 0, "within"},
	} {
		got, err := newQuota(t, each.spec).Take(each.places, 0, false)
		require.NoError(t, err, name)
		assert.Equal(t, each.taken, joined(got.Taken), name)
		assert.Equal(t, each.undecided, joined(got.Undecided), name)
		assert.Equal(t, each.left, got.Left, name)
		assert.Equal(t, each.answer, got.Verdict.Answer, name)
		assert.True(t, got.Verdict.Holds(), name)
		assert.Equal(t, each.answer == "over", len(got.Verdict.Failed()) > 0 || got.Verdict.Reasons[0].Standing == union.Unmet, name)
	}
}

func joined(units []string) string {
	text := ""
	for _, unit := range units {
		text += unit
	}
	return text
}

func TestEachGroupHasItsOwnQuota(t *testing.T) {
	quota := newQuota(t, assessment.QuotaSpec{Within: true, Size: []assessment.Step{times("0.5"), rounded(union.Floor)}})
	places := append(placesAt(1, 2, 3, 4), assessment.Place{Unit: "x", Group: "b", Rank: 1}, assessment.Place{Unit: "y", Group: "b", Rank: 1})
	got, err := quota.Take(places, 0, false)
	require.NoError(t, err)
	assert.Equal(t, "ab", joined(got.Taken))
	assert.Equal(t, "xy", joined(got.Undecided))
	assert.Len(t, got.Verdict.Reasons, 2)
	assert.True(t, got.Verdict.Holds())
	tied := append(placesAt(1, 1), assessment.Place{Unit: "x", Group: "b", Rank: 1}, assessment.Place{Unit: "y", Group: "b", Rank: 1})
	got, err = quota.Take(tied, 0, false)
	require.NoError(t, err)
	assert.Equal(t, "abxy", joined(got.Undecided))
	assert.Equal(t, int64(2), got.Left, "one of each group")
	_, err = quota.Take(places, 9, false)
	require.ErrorIs(t, err, union.ErrRange)
	_, err = newQuota(t, assessment.QuotaSpec{Size: []assessment.Step{times("1")}}).Take(places, 0, false)
	require.ErrorIs(t, err, union.ErrRange)
	all := newQuota(t, assessment.QuotaSpec{Within: true, Soft: true, Size: []assessment.Step{times("0.5"), rounded(union.Floor)}, AtLine: assessment.TakeAll})
	got, err = all.Take(places, 0, false)
	require.NoError(t, err)
	assert.Equal(t, "abxy", joined(got.Taken))
	assert.True(t, got.Verdict.Holds())
	assert.Len(t, got.Verdict.Failed(), 1)
	firm := newQuota(t, assessment.QuotaSpec{Within: true, Size: []assessment.Step{times("0.5"), rounded(union.Floor)}, AtLine: assessment.TakeAll})
	got, err = firm.Take(places, 0, false)
	require.NoError(t, err)
	assert.Equal(t, "abxy", joined(got.Taken))
	assert.True(t, got.Verdict.Holds(), "the rule itself goes over the quota")
	_, err = newQuota(t, assessment.QuotaSpec{Within: true, Size: []assessment.Step{times("-1")}}).Take(places, 0, false)
	require.ErrorIs(t, err, union.ErrRange)
}

func TestPlacesOutOfOrderAreRefused(t *testing.T) {
	quota := newQuota(t, assessment.QuotaSpec{Within: true, Size: []assessment.Step{times("1")}})
	group := func(name string, places ...assessment.Place) []assessment.Place {
		for i := range places {
			places[i].Group = name
		}
		return places
	}
	for name, each := range map[string]struct {
		places []assessment.Place
		want   error
	}{
		"not from the first":   {placesAt(2, 3), union.ErrOrder},
		"not rising":           {placesAt(1, 3, 2), union.ErrOrder},
		"a unit twice":         {append(placesAt(1, 2), placesAt(3)...), union.ErrRepeated},
		"a group in two parts": {slices.Concat(placesAt(1), group("g", assessment.Place{Unit: "x", Rank: 1}), []assessment.Place{{Unit: "y", Rank: 2}}), union.ErrOrder},
	} {
		_, err := quota.Take(each.places, 0, false)
		require.ErrorIs(t, err, each.want, name)
	}
	posts, err := newQuota(t, assessment.QuotaSpec{Size: []assessment.Step{times("3")}}).Take(placesAt(1, 2, 3, 4), 1, false)
	require.NoError(t, err)
	assert.Equal(t, "abc", joined(posts.Taken), "three for one post")
	_, err = newQuota(t, assessment.QuotaSpec{Size: []assessment.Step{times("3")}}).Take(placesAt(1), -1, false)
	require.ErrorIs(t, err, union.ErrRange)
	_, err = assessment.Quota{}.Take(nil, 0, false)
	require.ErrorIs(t, err, union.ErrMissing)
}

// Of any places no more are taken than the quota as its rule computes it, unless
// the rule takes all at the line; the best are taken first; and what is not
// taken though it would fit is told.
func takesNoMore(take func(assessment.Quota, []assessment.Place) (assessment.Selection, error)) laws.Law {
	return func(r *rapid.T) error {
		n := rapid.IntRange(0, 8).Draw(r, "units")
		ranks, rank := []int{}, 1
		for i := range n {
			if i > 0 && rapid.Bool().Draw(r, "next") {
				rank = i + 1
			}
			ranks = append(ranks, rank)
		}
		spec := assessment.QuotaSpec{
			Size:   []assessment.Step{times(rapid.SampledFrom([]string{"0.01", "0.2", "1/3", "0.5", "1"}).Draw(r, "share")), rounded(rapid.SampledFrom([]union.Mode{union.HalfUp, union.Floor, union.Up}).Draw(r, "mode")), {Clamp: intervalRef(rapid.SampledFrom([]string{"[0,)", "[3,)"}).Draw(r, "least"))}},
			AtLine: rapid.SampledFrom([]assessment.AtLine{0, assessment.TakeNone, assessment.TakeAll}).Draw(r, "line"),
		}
		quota := newQuota(r, spec)
		size, err := quota.Size(int64(n), false)
		if err != nil {
			return err
		}
		places := placesAt(ranks...)
		got, err := take(quota, places)
		if err != nil {
			return err
		}
		taken := len(got.Taken)
		if int64(taken) > size && (spec.AtLine != assessment.TakeAll || len(got.Verdict.Failed()) == 0 || ranks[taken-1] != ranks[size-1]) {
			return fmt.Errorf("%d taken of a quota of %d, of ranks %v", taken, size, ranks)
		}
		for i, unit := range got.Taken {
			if unit != places[i].Unit {
				return fmt.Errorf("%v taken of %v", got.Taken, places)
			}
		}
		if taken > 0 && taken < n && ranks[taken] == ranks[taken-1] {
			return fmt.Errorf("a tie is split: %d of ranks %v", taken, ranks)
		}
		if want := min(size, int64(n)) - int64(taken); spec.AtLine == 0 && got.Left != want {
			return fmt.Errorf("%d left, want %d", got.Left, want)
		}
		return nil
	}
}

func TestNoMoreAreTakenThanTheQuota(t *testing.T) { // S14
	laws.Holds(t, takesNoMore(func(q assessment.Quota, places []assessment.Place) (assessment.Selection, error) {
		return q.Take(places, 0, false)
	}))
	laws.Rejects(t, takesNoMore(func(q assessment.Quota, places []assessment.Place) (assessment.Selection, error) { // in silence, one more
		got, err := q.Take(places, 0, false)
		if err == nil && len(got.Taken) < len(places) && len(got.Taken) > 0 {
			got.Taken = append(got.Taken, places[len(got.Taken)].Unit)
		}
		return got, err
	}))
	laws.Rejects(t, takesNoMore(func(q assessment.Quota, places []assessment.Place) (assessment.Selection, error) { // the tie is split
		size, err := q.Size(int64(len(places)), false)
		got := assessment.Selection{}
		for _, place := range places[:min(int(size), len(places))] {
			got.Taken = append(got.Taken, place.Unit)
		}
		return got, err
	}))
}

// Of 100, 20 are within and 25 with approval.
func TestAQuotaIsSoftOrHardAndAsksForApproval(t *testing.T) {
	steps := func(by string) []assessment.Step { return []assessment.Step{times(by), rounded(union.Floor)} }
	const within, ceiling = "at most 20 of 100", "at most 20 of 100, with approval 25"
	for name, each := range map[string]struct {
		taken          int64
		soft, approved bool
		answer, want   string
		reason, whole  union.Standing
	}{
		"exactly the quota":            {20, false, false, "within", within, union.Met, union.Met},
		"one above, not approved":      {21, false, false, "approval", ceiling, union.Unmet, union.Unmet},
		"one above, approved":          {21, false, true, "approval", ceiling, union.Met, union.Met},
		"one above, soft":              {21, true, false, "approval", ceiling, union.Unmet, union.Met},
		"one above, soft and approved": {21, true, true, "approval", ceiling, union.Met, union.Met},
		"exactly the ceiling":          {25, false, true, "approval", ceiling, union.Met, union.Met},
		"above the ceiling, approved":  {26, false, true, "over", within, union.Unmet, union.Unmet},
		"above the ceiling, soft":      {26, true, false, "over", within, union.Unmet, union.Met},
		"none":                         {0, false, false, "within", within, union.Met, union.Met},
	} {
		quota := newQuota(t, assessment.QuotaSpec{Size: steps("0.2"), Approved: steps("0.25"), Soft: each.soft})
		verdict, err := quota.Judge(each.taken, 100, each.approved)
		require.NoError(t, err, name)
		assert.Equal(t, each.answer, verdict.Answer, name)
		assert.Equal(t, each.whole, verdict.Standing, name)
		assert.Equal(t, each.reason, verdict.Reasons[0].Standing, name)
		assert.Equal(t, each.want, verdict.Reasons[0].Want, name)
	}
}

func TestAQuotaSharedOverUnitsSumsToIt(t *testing.T) {
	quota := newQuota(t, assessment.QuotaSpec{Size: []assessment.Step{times("0.2"), rounded(union.HalfUp)}, Approved: []assessment.Step{times("0.25"), rounded(union.HalfUp)}})
	split, err := quota.Share([]int64{11, 7, 5}, false) // 23 × 0.2 is 4.6, and so 5
	require.NoError(t, err)
	assert.Equal(t, []int64{2, 2, 1}, split.Parts)
	split, err = quota.Share([]int64{11, 7, 5}, true) // 5.75 is 6
	require.NoError(t, err)
	assert.Equal(t, []int64{3, 2, 1}, split.Parts)
	_, err = quota.Share([]int64{1 << 62, 1 << 62}, false)
	require.ErrorIs(t, err, union.ErrOverflow)
}

func TestAQuotaReadsBack(t *testing.T) {
	quota := newQuota(t, assessment.QuotaSpec{Within: true, Soft: true, AtLine: assessment.TakeAll, Size: []assessment.Step{times("0.2"), rounded(union.HalfUp)}})
	readsBack(t, quota, "assessment.quota/1")
	assert.Equal(t, rule("quota"), quota.Rule())
}
