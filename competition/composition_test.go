package competition_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/competition"
	"github.com/unioncampaign/union/internal/laws"
)

func compositionSpec(classes ...string) competition.CompositionSpec {
	spec := competition.CompositionSpec{
		Rule:     union.Rule{Key: "medals", Version: "1", Title: "五一劳动奖章构成", Source: "made for the tests of this package"},
		Rounding: union.Rounding{Mode: union.HalfUp, Places: 2},
	}
	for _, key := range classes {
		spec.Classes = append(spec.Classes, competition.Class{Key: key, Title: key})
	}
	return spec
}

func composition(t testing.TB, change func(*competition.CompositionSpec), classes ...string) competition.Composition {
	t.Helper()
	spec := compositionSpec(classes...)
	if change != nil {
		change(&spec)
	}
	made, err := competition.NewComposition(spec)
	require.NoError(t, err)
	return made
}

// texts writes findings.
func texts(found []union.Finding) []string {
	lines := make([]string, 0, len(found))
	for _, each := range found {
		lines = append(lines, each.String())
	}
	return lines
}

func TestAPrintedShareThatDoesNotFollowIsExplained(t *testing.T) {
	whole := func(s *competition.CompositionSpec) { s.Whole = true }
	for name, row := range map[string]struct {
		change  func(*competition.CompositionSpec)
		given   competition.Breakdown
		classes []string
		want    []string
	}{
		"cut": {nil, competition.Breakdown{Total: 3, Parts: map[string]int64{"a": 2}, Shares: map[string]union.Number{"a": number("66.66")}}, []string{"a"},
			[]string{"shares.a: a printed share follows from its count: got 66.66%, want 66.67%（若截尾，则为66.66%）"}},
		"rounded where it is to be cut": {func(s *competition.CompositionSpec) { s.Rounding.Mode = union.Truncate }, competition.Breakdown{Total: 3, Parts: map[string]int64{"a": 2}, Shares: map[string]union.Number{"a": number("66.67")}}, []string{"a"},
			[]string{"shares.a: a printed share follows from its count: got 66.67%, want 66.66%（若四舍五入，则为66.67%）"}},
		"to fewer places": {nil, competition.Breakdown{Total: 3, Parts: map[string]int64{"a": 1}, Shares: map[string]union.Number{"a": union.Whole(33)}}, []string{"a"},
			[]string{"shares.a: a printed share follows from its count: got 33%, want 33.33%（若保留0位小数，则为33%）"}},
		"of another whole that is given": {nil, competition.Breakdown{Total: 8, Bases: map[string]int64{"企业": 5}, Parts: map[string]int64{"a": 1}, Shares: map[string]union.Number{"a": union.Whole(20)}}, []string{"a"},
			[]string{"shares.a: a printed share follows from its count: got 20%, want 12.50%（若以企业5为基数，则为20%）"}},
		"of another whole": {nil, competition.Breakdown{Total: 1234, Parts: map[string]int64{"a": 401}, Shares: map[string]union.Number{"a": number("32.42")}}, []string{"a"},
			[]string{"shares.a: a printed share follows from its count: got 32.42%, want 32.50%（若基数为1237，则为32.42%）"}},
		"nothing explains it": {nil, competition.Breakdown{Total: 37, Parts: map[string]int64{"a": 13}, Shares: map[string]union.Number{"a": number("35.30")}}, []string{"a"},
			[]string{"shares.a: a printed share follows from its count: got 35.3%, want 35.14%"}},
		"the last takes the rest": {whole, competition.Breakdown{Parts: map[string]int64{"a": 136, "b": 2, "c": 3}, Shares: map[string]union.Number{"a": number("96.45"), "b": number("1.42"), "c": number("2.13")}}, []string{"a", "b", "c"}, nil},
		"and here more than it": {whole, competition.Breakdown{Parts: map[string]int64{"a": 1, "b": 1, "c": 1}, Shares: map[string]union.Number{"a": number("33.33"), "b": number("33.33"), "c": number("33.34")}}, []string{"a", "b", "c"},
			[]string{"shares.c: a printed share follows from its count: got 33.34%, want 33.33%（若余数调整使合计为100，则为33.34%）"}},
		"where the rule says so": {func(s *competition.CompositionSpec) { s.Whole, s.Balance = true, union.LastTakesRest }, competition.Breakdown{Parts: map[string]int64{"a": 1, "b": 1, "c": 1}, Shares: map[string]union.Number{"c": number("33.34")}}, []string{"a", "b", "c"}, nil},
		"classes that are not all": {whole, competition.Breakdown{Total: 4, Parts: map[string]int64{"a": 1, "b": 2}}, []string{"a", "b"},
			[]string{"parts: the classes add up to the whole: got 3, want 4"}},
		"a change of exact shares": {nil, competition.Breakdown{Total: 3, Parts: map[string]int64{"a": 2}, Before: map[string]union.Number{"a": number("60.005")}, Points: map[string]union.Number{"a": number("6.66")}}, []string{"a"},
			[]string{"points.a: a printed change is the difference of the printed shares: got 6.66, want 6.67（若以未修约的比例计算，则为6.66）"}},
		"a change that nothing explains": {nil, competition.Breakdown{Total: 100, Parts: map[string]int64{"a": 46}, Before: map[string]union.Number{"a": union.Whole(40)}, Points: map[string]union.Number{"a": union.Whole(16)}}, []string{"a"},
			[]string{"points.a: a printed change is the difference of the printed shares: got 16, want 6"}},
		"a change that is a growth": {nil, competition.Breakdown{Total: 100, Parts: map[string]int64{"a": 46}, Before: map[string]union.Number{"a": union.Whole(40)}, Points: map[string]union.Number{"a": union.Whole(15)}}, []string{"a"},
			[]string{"points.a: a printed change is the difference of the printed shares: got 15, want 6（若为增长率，则为15%）"}},
	} {
		made, err := composition(t, row.change, row.classes...).Compose(row.given)
		require.NoError(t, err, name)
		if row.want == nil {
			row.want = []string{}
		}
		assert.Equal(t, row.want, texts(made.Findings), name)
	}
}

func TestABreakdownIsSetAgainstItsStructure(t *testing.T) {
	c := composition(t, func(s *competition.CompositionSpec) {
		s.Structure = []competition.Structure{structure("floor", "a", "[0.5,)"), structure("ceiling", "b", "(,0.2]", "a"), structure("other", "c", "[0.1,)")}
	}, "a", "b", "c")
	made, err := c.Compose(competition.Breakdown{Total: 10, Parts: map[string]int64{"a": 4, "b": 1}, Gaps: map[string]union.Number{"floor": number("-10"), "ceiling": union.Whole(5)}})
	require.NoError(t, err)
	assert.Equal(t, map[string]string{"floor": "-10.00", "ceiling": "-5.00"}, made.Gaps)
	assert.Equal(t, map[string]competition.Bound{"floor": {Least: 5, Most: 10}, "other": {Least: 1, Most: 10}}, made.Places)
	assert.Equal(t, map[string]string{"structure.floor": "unmet", "structure.ceiling": "unmet", "structure.other": "unknown"}, standings(made.Verdict))
	require.Len(t, made.Findings, 1)
	assert.Equal(t, union.Finding{Where: "gaps.ceiling", Rule: made.Findings[0].Rule, Got: "5", Want: "-5"}, made.Findings[0])
	none, err := c.Compose(competition.Breakdown{Total: 10, Parts: map[string]int64{"a": 0, "b": 1, "c": 1}})
	require.NoError(t, err)
	assert.Equal(t, "unknown", standings(none.Verdict)["structure.ceiling"], "a share of nobody")
}

func TestABreakdownWithAFaultIsRefused(t *testing.T) {
	c := composition(t, nil, "a", "b")
	one := map[string]union.Number{"x": union.Whole(1)}
	for name, row := range map[string]struct {
		given    competition.Breakdown
		sentinel error
	}{
		"an unknown class":        {competition.Breakdown{Parts: map[string]int64{"x": 1}}, union.ErrUnknown},
		"a share of none":         {competition.Breakdown{Shares: one}, union.ErrUnknown},
		"an earlier share of one": {competition.Breakdown{Before: one}, union.ErrUnknown},
		"a change of none":        {competition.Breakdown{Points: one}, union.ErrUnknown},
		"a gap of none":           {competition.Breakdown{Gaps: one}, union.ErrUnknown},
		"fewer than none":         {competition.Breakdown{Parts: map[string]int64{"a": -1}}, union.ErrRange},
		"more than the whole":     {competition.Breakdown{Total: 1, Parts: map[string]int64{"a": 2}}, union.ErrRange},
		"a base of none":          {competition.Breakdown{Bases: map[string]int64{"企业": 0}}, union.ErrRange},
		"a whole below nothing":   {competition.Breakdown{Total: -1}, union.ErrRange},
		"a whole of nothing":      {competition.Breakdown{Parts: map[string]int64{"a": 0}}, union.ErrUndefined},
		"too many":                {competition.Breakdown{Parts: map[string]int64{"a": 1<<63 - 1, "b": 1}}, union.ErrOverflow},
	} {
		_, err := c.Compose(row.given)
		require.ErrorIs(t, err, row.sentinel, name)
	}
}

func TestACompositionSurvivesItsOwnJSON(t *testing.T) {
	first := composition(t, func(s *competition.CompositionSpec) {
		s.Whole, s.Balance = true, union.LargestRemainder
		s.Structure = []competition.Structure{structure("floor", "a", "[0.5,)")}
	}, "a", "b")
	var second competition.Composition
	require.NoError(t, second.UnmarshalJSON(must(first.MarshalJSON())))
	assert.Equal(t, first, second)
	assert.Equal(t, first.ID(), second.ID())
	assert.Equal(t, "medals", second.Rule().Key)
	assert.Equal(t, first.Spec(), second.Spec())
	require.ErrorIs(t, second.UnmarshalJSON([]byte("null")), union.ErrText)
	require.ErrorIs(t, second.UnmarshalJSON([]byte(`{"union":"competition.composition/1"}`)), union.ErrMissing)
	assert.Equal(t, first, second)
	assert.Equal(t, competition.CompositionSpec{}, competition.Composition{}.Spec())
	for name, row := range map[string]struct {
		change   func(*competition.CompositionSpec)
		sentinel error
		where    string
	}{
		"no classes":             {func(s *competition.CompositionSpec) { s.Classes = nil }, union.ErrMissing, "classes"},
		"a class twice":          {func(s *competition.CompositionSpec) { s.Classes[1].Key = "a" }, union.ErrRepeated, "classes[1].key"},
		"no rounding":            {func(s *competition.CompositionSpec) { s.Rounding = union.Rounding{} }, union.ErrMissing, "rounding.mode"},
		"a balance of a part":    {func(s *competition.CompositionSpec) { s.Balance = union.LastTakesRest }, union.ErrMissing, "whole"},
		"a balance that is none": {func(s *competition.CompositionSpec) { s.Balance, s.Whole = 9, true }, union.ErrUnknown, "balance"},
		"contradictory floors": {func(s *competition.CompositionSpec) {
			s.Whole, s.Structure = true, []competition.Structure{structure("f", "a", "[0.6,)"), structure("g", "b", "[0.5,)")}
		}, union.ErrRange, "structure[1].share"},
	} {
		spec := compositionSpec("a", "b")
		row.change(&spec)
		_, err := competition.NewComposition(spec)
		require.ErrorIs(t, err, row.sentinel, name)
		var places []string
		for _, fault := range union.Faults(err) {
			places = append(places, fault.Where)
		}
		assert.Contains(t, places, row.where, name)
	}
}

func TestATrendIsWorkedOutOfWhatItSays(t *testing.T) {
	percent := func(text string) *union.Number { n := number(text); return &n }
	for name, row := range map[string]struct {
		trend           competition.Trend
		before, percent string
		found           []string
	}{
		"of the change":           {competition.Trend{Now: number("14847"), Change: percent("-14799")}, "[29646,29646]", "-49.92", nil},
		"of what it was":          {competition.Trend{Now: number("230"), Before: percent("200")}, "[200,200]", "15.00", nil},
		"all that goes together":  {competition.Trend{Now: number("230"), Before: percent("200"), Change: percent("30"), Percent: percent("15")}, "[200,200]", "15.00", nil},
		"a change that does not":  {competition.Trend{Now: number("230"), Before: percent("200"), Change: percent("31")}, "[200,200]", "15.00", []string{"change: got 31, want 30"}},
		"a rate that is cut":      {competition.Trend{Now: number("5"), Before: percent("3"), Percent: percent("66.66")}, "[3,3]", "66.67", []string{"percent: got 66.66, want 66.67（若截尾，则为66.66%）"}},
		"a rate of nothing":       {competition.Trend{Now: number("230"), Before: percent("200"), Percent: percent("16")}, "[200,200]", "15.00", []string{"percent: got 16, want 15"}},
		"a rate of the whole":     {competition.Trend{Now: number("230"), Before: percent("200"), Percent: percent("115")}, "[200,200]", "15.00", []string{"percent: got 115, want 15（若为现期与基期之比，则为115%）"}},
		"a rate alone":            {competition.Trend{Now: number("230"), Percent: percent("15"), Whole: true}, "[200,200]", "", nil},
		"a rate of many numbers":  {competition.Trend{Now: number("23000"), Percent: percent("15"), Whole: true}, "[20000,20000]", "", nil},
		"a rate of one too great": {competition.Trend{Now: number("9131000000000000000"), Percent: percent("-1"), Whole: true}, "(,)", "", []string{"percent: got -1%, want a rate from a whole number near 91310000000000000000000/9901"}},
		"a rate of no number":     {competition.Trend{Now: number("230"), Percent: percent("15.2"), Whole: true}, "(,)", "", []string{"percent: got 15.2%, want a rate from a whole number near 199 to 200"}},
		"a rate alone, not whole": {competition.Trend{Now: number("115"), Percent: percent("15")}, "[11500000/115001,11500000/114999]", "", nil},
	} {
		row.trend.Rounding = union.Rounding{Mode: union.HalfUp, Places: 2}
		made, err := row.trend.Work()
		require.NoError(t, err, name)
		if name != "a rate alone, not whole" {
			assert.Equal(t, row.before, made.Before.String(), name)
		} else {
			assert.True(t, made.Before.Contains(union.Whole(100)))
			assert.False(t, made.Before.Contains(number("100.02")))
		}
		assert.Equal(t, row.percent, made.Percent, name)
		wants := []string{}
		for _, found := range made.Findings {
			wants = append(wants, found.Where+": got "+found.Got+", want "+found.Want)
		}
		if row.found == nil {
			row.found = []string{}
		}
		assert.Equal(t, row.found, wants, name)
	}
	for name, row := range map[string]struct {
		trend    competition.Trend
		sentinel error
	}{
		"nothing said":  {competition.Trend{Now: union.Whole(1)}, union.ErrMissing},
		"below nothing": {competition.Trend{Now: union.Whole(-1), Change: percent("1")}, union.ErrRange},
		"all of it":     {competition.Trend{Now: union.Whole(1), Percent: percent("-100")}, union.ErrRange},
		"from nothing":  {competition.Trend{Now: union.Whole(1), Before: percent("0")}, union.ErrUndefined},
	} {
		row.trend.Rounding = union.Rounding{Mode: union.HalfUp, Places: 2}
		_, err := row.trend.Work()
		require.ErrorIs(t, err, row.sentinel, name)
	}
	_, err := competition.Trend{Now: union.Whole(1), Change: percent("1")}.Work()
	require.ErrorIs(t, err, union.ErrMissing)
}

// leavesOpen: a whole number before which gives the printed rate is among those
// that the rate leaves open, and no other is.
func leavesOpen(work func(now int64, percent union.Number, places int) union.Interval) laws.Law {
	return func(r *rapid.T) error {
		before, now := rapid.Int64Range(1, 400).Draw(r, "before"), rapid.Int64Range(0, 400).Draw(r, "now")
		rounding := union.Rounding{Mode: union.HalfUp, Places: rapid.IntRange(0, 2).Draw(r, "places")}
		printed := func(before int64) union.Number {
			growth, err := union.NewGrowth(union.Whole(before), union.Whole(now))
			if err != nil {
				r.Fatal(err)
			}
			rounded, err := rounding.Apply(growth.Percent())
			if err != nil {
				r.Fatal(err)
			}
			return rounded
		}
		percent := printed(before)
		if percent.Cmp(union.Whole(-99)) <= 0 {
			return nil
		}
		in := work(now, percent, rounding.Places)
		for other := int64(1); other <= 1000; other++ {
			if in.Contains(union.Whole(other)) != printed(other).Equal(percent) {
				return union.NewFault(union.ErrRange, percent.String(), in.String(), union.Whole(other).String())
			}
		}
		return nil
	}
}

func TestARateLeavesOpenTheWholeNumbersThatGiveIt(t *testing.T) {
	laws.Holds(t, leavesOpen(func(now int64, percent union.Number, places int) union.Interval {
		made, err := competition.Trend{
			Now: union.Whole(now), Percent: &percent, Whole: true, Rounding: union.Rounding{Mode: union.HalfUp, Places: places},
		}.Work()
		require.NoError(t, err)
		return made.Before
	}))
	// The twin takes the printed rate for exact.
	laws.Rejects(t, leavesOpen(func(now int64, percent union.Number, _ int) union.Interval {
		before, err := union.Whole(100 * now).Quo(union.Whole(100).Add(percent))
		require.NoError(t, err)
		one, _ := union.AtLeast(before).Common(union.AtMost(before))
		return one
	}))
}

func TestACompositionHandsOutCopies(t *testing.T) {
	c := composition(t, nil, "a", "b")
	spec := c.Spec()
	spec.Classes[0].Key = "x"
	assert.Equal(t, "a", c.Spec().Classes[0].Key)
}

func TestWhatABreakdownDoesNotGiveIsLeftOut(t *testing.T) {
	c := composition(t, func(s *competition.CompositionSpec) {
		s.Structure = []competition.Structure{
			{Key: "unknown", Title: "unknown", Has: []string{"a"}, Share: union.MustParseInterval("[0.5,)")},
			{Key: "two", Title: "two", Has: []string{"b", "c"}, Within: []string{"b", "c", "d"}, Share: union.MustParseInterval("[0.5,)")},
			{Key: "nobody", Title: "nobody", Has: []string{"e"}, Within: []string{"e"}, Share: union.MustParseInterval("[0.5,)")},
			{Key: "last", Title: "last", Has: []string{"b"}, Share: union.MustParseInterval("[0.2,)")},
		}
	}, "a", "b", "c", "d", "e")
	made, err := c.Compose(competition.Breakdown{
		Bases:  map[string]int64{"一人": 1},
		Parts:  map[string]int64{"b": 3, "c": 2, "d": 5, "e": 0},
		Shares: map[string]union.Number{"d": union.Whole(50)},
		Before: map[string]union.Number{"b": union.Whole(20), "c": union.Whole(20), "d": union.Whole(40)},
		Points: map[string]union.Number{"d": union.Whole(10)},
	})
	require.NoError(t, err)
	assert.Equal(t, int64(10), made.Total, "the parts make it up")
	assert.Equal(t, map[string]string{"b": "30.00%", "c": "20.00%", "d": "50.00%", "e": "0.00%"}, made.Shares)
	assert.Equal(t, map[string]string{"b": "10.00", "c": "0.00", "d": "10.00"}, made.Points)
	assert.Equal(t, map[string]string{"structure.unknown": "unknown", "structure.two": "met", "structure.nobody": "unknown", "structure.last": "met"}, standings(made.Verdict))
	assert.Equal(t, "5/10", made.Verdict.Reasons[1].Got, "those with either")
	assert.Empty(t, made.Findings)
}

// 33 in 99 and in 100 are both a third, in whole percents.
func TestSeveralWholesMayExplainAPrintedShare(t *testing.T) {
	c := composition(t, func(s *competition.CompositionSpec) { s.Rounding.Places = 0 }, "a")
	made, err := c.Compose(competition.Breakdown{Total: 200, Parts: map[string]int64{"a": 33}, Shares: map[string]union.Number{"a": union.Whole(33)}})
	require.NoError(t, err)
	// 33/98.51 is 33.5% and 33/101.54 is 32.5%.
	assert.Equal(t, []string{"shares.a: a printed share follows from its count: got 33%, want 17%（若基数为99至101，则为33%）"}, texts(made.Findings))
	all, err := c.Compose(competition.Breakdown{Total: 200, Parts: map[string]int64{"a": 33}, Shares: map[string]union.Number{"a": union.Whole(100)}})
	require.NoError(t, err)
	assert.Equal(t, []string{"shares.a: a printed share follows from its count: got 100%, want 17%（若基数为33，则为100%）"}, texts(all.Findings), "no whole is less than its part")
	// 2^39/1088625374035 is 50.5% and more; no whole above 2^40 is looked at, as those of 40% are.
	for printed, want := range map[int64]string{
		50: "shares.a: a printed share follows from its count: got 50%, want 25%（若基数为1088625374036至1099511627776，则为50%）",
		40: "shares.a: a printed share follows from its count: got 40%, want 25%",
	} {
		great, err := c.Compose(competition.Breakdown{Total: 1 << 41, Parts: map[string]int64{"a": 1 << 39}, Shares: map[string]union.Number{"a": union.Whole(printed)}})
		require.NoError(t, err)
		assert.Equal(t, []string{want}, texts(great.Findings))
	}
}

// A structure says how many it lets be of lists of up to 2^31.
func TestTheListOfAStructureIsNoLongerThanCanBe(t *testing.T) {
	c := composition(t, func(s *competition.CompositionSpec) {
		s.Structure = []competition.Structure{{Key: "half", Title: "half", Has: []string{"a"}, Share: union.MustParseInterval("[0.5,)")}}
	}, "a")
	for total, want := range map[int64]map[string]competition.Bound{
		1 << 31:   {"half": {Least: 1 << 30, Most: 1 << 31}},
		1<<31 + 1: {},
	} {
		made, err := c.Compose(competition.Breakdown{Total: total, Parts: map[string]int64{"a": total}})
		require.NoError(t, err)
		assert.Equal(t, want, made.Places, total)
	}
}

func TestAClassMayBeTheWhole(t *testing.T) {
	made, err := composition(t, nil, "a", "b").Compose(competition.Breakdown{Total: 10, Parts: map[string]int64{"a": 10, "b": 0}})
	require.NoError(t, err)
	assert.Equal(t, map[string]string{"a": "100.00%", "b": "0.00%"}, made.Shares)
}

func TestAFigureMayFallToNothing(t *testing.T) {
	before := union.Whole(5)
	made, err := competition.Trend{Before: &before, Rounding: union.Rounding{Mode: union.HalfUp, Places: 1}}.Work()
	require.NoError(t, err)
	assert.Equal(t, "-100.0", made.Percent)
}
