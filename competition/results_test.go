package competition_test

import (
	"bytes"
	"fmt"
	"math"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/competition"
	"github.com/unioncampaign/union/internal/laws"
	"github.com/unioncampaign/union/internal/wire"
)

// withResults is the test edition with what a report of results tells.
func withResults(t testing.TB) competition.Edition {
	t.Helper()
	return altered(t, func(s *competition.EditionSpec) {
		s.Indicators = []competition.Indicator{
			{Key: "made", Title: "提出合理化建议", Measure: "件", Over: competition.OfYear},
			{Key: "adopted", Title: "采纳合理化建议", Measure: "件", Over: competition.OfYear},
			{Key: "carried", Title: "实施合理化建议", Measure: "件", Over: competition.OfYear},
			{Key: "coal", Title: "节约标煤", Measure: "吨", Over: competition.OfYear, Places: 2},
			{Key: "staff", Title: "职工", Measure: "人", Over: competition.OfYear},
		}
		s.Quotients = []competition.Quotient{
			{Key: "carried", Title: "实施率", Part: "carried", Whole: "adopted", Base: "采纳件数"},
			{Key: "per-head", Title: "人均建议", Part: "made", Whole: "staff", Base: "职工", Apart: true},
		}
		s.Targets = []competition.Target{
			{Key: "carried", Title: "实施率40%以上", Quotient: &competition.QuotientOf{Key: "carried"}, In: union.MoreThan(number("0.4"))},
			{Key: "level", Title: "建议12万件以上", Level: &competition.LevelOf{Indicator: "made"}, In: union.AtLeast(number("120000"))},
			{Key: "grows", Title: "参赛企业增长10%", Growth: &competition.GrowthOf{Indicator: "entrants", Years: 1}, In: union.AtLeast(number("0.1"))},
			{Key: "each", Title: "参赛职工逐年增长", Growth: &competition.GrowthOf{Indicator: "workers", Years: 3, EachYear: true}, In: union.MoreThan(union.Number{})},
			{Key: "teams", Title: "班组数", Level: &competition.LevelOf{Indicator: "teams.team"}, In: union.AtLeast(union.Whole(4))},
		}
	})
}

// results adds up reports.
func results(t testing.TB, e competition.Edition, list ...competition.Result) competition.Results {
	t.Helper()
	r := e.Results()
	for _, each := range list {
		coded, err := e.CodeResult(each)
		require.NoError(t, err)
		require.NoError(t, r.Add(coded))
	}
	return r
}

func sampleResults(t testing.TB) competition.Results {
	return results(t, withResults(t),
		competition.Result{"made": union.Whole(2600), "adopted": union.Whole(2500), "carried": union.Whole(2028), "coal": number("3.42"), "staff": union.Whole(1000)},
		competition.Result{"made": union.Whole(400), "carried": union.Whole(900)},
		competition.Result{"adopted": union.Whole(100)})
}

func TestARateIsOneOverTheReportsThatGiveBoth(t *testing.T) {
	e, r := withResults(t), sampleResults(t)
	sum, reports, of, err := e.Sum(r, "carried")
	require.NoError(t, err)
	assert.True(t, sum.Equal(union.Whole(2928)))
	assert.Equal(t, []int64{2, 3}, []int64{reports, of})
	coal, _, _, err := e.Sum(r, "coal")
	require.NoError(t, err)
	assert.Equal(t, "3.42", coal.String())
	part, whole, found, err := e.Quotient(r, "carried")
	require.NoError(t, err)
	assert.Empty(t, found)
	assert.Equal(t, "2028/2500", part.String()+"/"+whole.String(), "the second report does not say how many were adopted, the third not how many were carried out")

	figures, err := e.Figures(competition.Progress{Results: r})
	require.NoError(t, err)
	assert.Equal(t, "3000件", figure(t, figures, "competition.result.made").String())
	assert.Equal(t, "81.12%", figure(t, figures, "competition.quotient.carried").String())
	assert.Equal(t, "2.60件/人", figure(t, figures, "competition.quotient.per-head").String())
	readAloud(t, figure(t, figures, "competition.quotient.carried"))
	none, err := e.Figures(competition.Progress{})
	require.NoError(t, err)
	for _, key := range []string{"competition.result.made", "competition.quotient.carried", "competition.quotient.per-head"} {
		assert.Equal(t, union.NotKnown, figure(t, none, key).Why(), key)
	}
	nothing, err := e.Figures(competition.Progress{Results: results(t, e, competition.Result{"adopted": {}, "carried": {}})})
	require.NoError(t, err)
	assert.Equal(t, union.Undefined, figure(t, nothing, "competition.quotient.carried").Why())
}

func TestAPartThatIsMoreThanItsWholeIsFound(t *testing.T) {
	e := withResults(t)
	r := results(t, e, competition.Result{"adopted": union.Whole(3), "carried": union.Whole(4), "made": union.Whole(9), "staff": union.Whole(2)})
	part, whole, found, err := e.Quotient(r, "carried")
	require.NoError(t, err)
	assert.Equal(t, "0/0", part.String()+"/"+whole.String())
	assert.Equal(t, "quotient carried: a part is no more than its whole: got 4, want at most 3", found[0].String())
	figures, err := e.Figures(competition.Progress{Results: r})
	require.NoError(t, err)
	assert.Equal(t, union.NotKnown, figure(t, figures, "competition.quotient.carried").Why())
	part, whole, found, err = e.Quotient(r, "per-head")
	require.NoError(t, err)
	assert.Empty(t, found, "suggestions are no part of the staff")
	assert.Equal(t, "9/2", part.String()+"/"+whole.String())
}

func TestAResultWithAFaultIsNotCoded(t *testing.T) {
	e := withResults(t)
	for name, row := range map[string]struct {
		result   competition.Result
		sentinel error
	}{
		"an unknown indicator":      {competition.Result{"oil": {}}, union.ErrUnknown},
		"one that others count":     {competition.Result{"entrants": {}}, union.ErrUnknown},
		"fewer than none":           {competition.Result{"made": union.Whole(-1)}, union.ErrRange},
		"finer than it is given in": {competition.Result{"coal": number("0.001")}, union.ErrRange},
		"too much":                  {competition.Result{"coal": number("92233720368547758.08")}, union.ErrOverflow},
	} {
		_, err := e.CodeResult(row.result)
		require.ErrorIs(t, err, row.sentinel, name)
	}
	r := sampleResults(t)
	before := sampleResults(t)
	require.ErrorIs(t, new(competition.Results).Add(nil), union.ErrRule)
	require.ErrorIs(t, r.Add(competition.CodedResult{1}), union.ErrRange)
	require.ErrorIs(t, r.Add(competition.CodedResult{1, math.MaxInt64, 1, 1, 1}), union.ErrOverflow)
	require.ErrorIs(t, r.Merge(edition(t).Results()), union.ErrRule)
	require.ErrorIs(t, r.Merge(results(t, withResults(t), competition.Result{"made": union.Whole(math.MaxInt64)})), union.ErrOverflow)
	assert.Equal(t, before, r)
	assert.Equal(t, withResults(t).ID(), r.Rule())
	_, _, _, err := edition(t).Sum(r, "made")
	require.ErrorIs(t, err, union.ErrRule)
	_, _, _, err = edition(t).Quotient(r, "carried")
	require.ErrorIs(t, err, union.ErrRule)
	_, _, _, err = withResults(t).Sum(r, "entrants")
	require.ErrorIs(t, err, union.ErrUnknown)
	_, _, _, err = withResults(t).Quotient(r, "made")
	require.ErrorIs(t, err, union.ErrUnknown)
	zero, reports, _, err := withResults(t).Sum(competition.Results{}, "made")
	require.NoError(t, err)
	assert.True(t, zero.Equal(union.Number{}) && reports == 0)
	assert.Equal(t, competition.Results{}, competition.Edition{}.Results())
}

// drawReports draws reports, in which any figure may be missing.
func drawReports(r *rapid.T) []competition.CodedResult {
	return rapid.SliceOfN(rapid.Custom(func(r *rapid.T) competition.CodedResult {
		coded := make(competition.CodedResult, 5)
		for i := range coded {
			coded[i] = rapid.Int64Range(-1, 9).Draw(r, fmt.Sprint("figure ", i))
		}
		return coded
	}), 0, 6).Draw(r, "reports")
}

func TestResultsAreATally(t *testing.T) {
	e := withResults(t)
	laws.Tally[competition.Results](t, func(r *rapid.T) competition.Results {
		made := e.Results()
		for _, report := range drawReports(r) {
			require.NoError(t, made.Add(report))
		}
		return made
	})
	laws.Folds[competition.Results](t, e.Results, drawReports, (*competition.Results).Add)
	laws.Golden[competition.Results](t, competition.Results{}, e.Results(), sampleResults(t))
}

// pools: the rate of the whole is that of its parts' sums.
func pools(rate func(left, right [2]int64) (part, whole int64)) laws.Law {
	return func(r *rapid.T) error {
		draw := func(name string) (sides [2]int64) {
			sides[1] = rapid.Int64Range(1, 50).Draw(r, name+" whole")
			sides[0] = rapid.Int64Range(0, sides[1]).Draw(r, name+" part")
			return sides
		}
		left, right := draw("left"), draw("right")
		if part, whole := rate(left, right); part*(left[1]+right[1]) != whole*(left[0]+right[0]) {
			return fmt.Errorf("%v and %v make %d/%d", left, right, part, whole)
		}
		return nil
	}
}

func TestARateRollsUpThroughItsSides(t *testing.T) {
	e := withResults(t)
	laws.Holds(t, pools(func(left, right [2]int64) (int64, int64) {
		report := func(sides [2]int64) competition.Results {
			return results(t, e, competition.Result{"carried": union.Whole(sides[0]), "adopted": union.Whole(sides[1])})
		}
		sum, err := union.Merge(report(left), report(right))
		require.NoError(t, err)
		part, whole, _, err := e.Quotient(sum, "carried")
		require.NoError(t, err)
		p, _ := part.Int64()
		w, _ := whole.Int64()
		return p, w
	}))
	// The twin takes the mean of the two rates.
	laws.Rejects(t, pools(func(left, right [2]int64) (int64, int64) {
		return left[0]*right[1] + right[0]*left[1], 2 * left[1] * right[1]
	}))
}

func TestSumsThatNoReportsHaveAreNotRead(t *testing.T) {
	e := withResults(t)
	written := func(reports int64, sums [][]int64, rates [][]int64, sides []int64, places []int64) []byte {
		data, err := union.WriteTally(nil, "competition.results/1", e.ID(), func(w *wire.Writer) {
			w.Len(len(places))
			w.Fill(places)
			w.Len(len(rates))
			w.Fill(sides)
			w.Count(reports)
			for _, each := range sums {
				w.Fill(each)
			}
			for _, each := range rates {
				w.Fill(each)
			}
		})
		require.NoError(t, err)
		return data
	}
	two, sides := []int64{0, 2}, []int64{0, 1}
	good := written(3, [][]int64{{5, 2}, {7, 2}}, [][]int64{{3, 4, 1}}, sides, two)
	require.NoError(t, new(competition.Results).UnmarshalBinary(good))
	itself := written(3, [][]int64{{5, 2}, {7, 2}}, [][]int64{{5, 5, 2}}, []int64{0, 0}, []int64{9, 9})
	require.NoError(t, new(competition.Results).UnmarshalBinary(itself), "a rate over itself, of nine places")
	held := sampleResults(t)
	require.ErrorIs(t, held.UnmarshalBinary(good), union.ErrRule, "other indicators under the same edition")
	for name, data := range map[string][]byte{
		"more reports than there are":    written(1, [][]int64{{5, 2}, {7, 1}}, [][]int64{{5, 7, 1}}, sides, two),
		"a sum of no reports":            written(3, [][]int64{{5, 0}, {7, 2}}, [][]int64{{0, 0, 0}}, sides, two),
		"too many places":                written(3, [][]int64{{5, 2}, {7, 2}}, [][]int64{{3, 4, 1}}, sides, []int64{0, 10}),
		"a side that is not there":       written(3, [][]int64{{5, 2}, {7, 2}}, [][]int64{{3, 4, 1}}, []int64{0, 2}, two),
		"more than the sum":              written(3, [][]int64{{5, 2}, {7, 2}}, [][]int64{{6, 4, 1}}, sides, two),
		"fewer that give both":           written(3, [][]int64{{5, 2}, {7, 2}}, [][]int64{{0, 0, 0}}, sides, two),
		"more that give both":            written(3, [][]int64{{5, 2}, {7, 2}}, [][]int64{{3, 4, 3}}, sides, two),
		"all give both, and not so much": written(2, [][]int64{{5, 2}, {7, 2}}, [][]int64{{3, 7, 2}}, sides, two),
		"a part that no report gives":    written(4, [][]int64{{5, 2}, {7, 2}}, [][]int64{{3, 0, 0}}, sides, two),
		"a whole that none gives":        written(4, [][]int64{{5, 2}, {7, 2}}, [][]int64{{0, 4, 0}}, sides, two),
		"a rate of itself":               written(3, [][]int64{{5, 2}, {7, 2}}, [][]int64{{3, 4, 2}}, []int64{0, 0}, two),
		"a rate of some of itself":       written(3, [][]int64{{5, 2}, {7, 2}}, [][]int64{{3, 3, 1}}, []int64{0, 0}, two),
		"a part that is not there":       written(3, [][]int64{{5, 2}, {7, 2}}, [][]int64{{3, 4, 1}}, []int64{2, 0}, two),
	} {
		require.ErrorIs(t, new(competition.Results).UnmarshalBinary(data), union.ErrText, name)
	}
}

// The worst inputs: many indicators, many rates, and claims of more than there is.
func TestTheWorstResultsTakeNoMoreThanEightTimesTheirLength(t *testing.T) {
	const most = 1 << 16
	written := func(indicators, quotients int) []byte {
		data, err := union.WriteTally(nil, "competition.results/1", withResults(t).ID(), func(w *wire.Writer) {
			w.Len(indicators)
			w.Fill(make([]int64, indicators))
			w.Len(quotients)
			w.Fill(make([]int64, 2*quotients))
			w.Count(0)
			for range indicators {
				w.Fill(make([]int64, 2))
			}
			for range quotients {
				w.Fill(make([]int64, 3))
			}
		})
		require.NoError(t, err)
		return data
	}
	for name, data := range map[string][]byte{
		"indicators": written(most*10/41, 0), "rates": written(1, most*10/62), "both": written(most/8, most/13),
		"noise": bytes.Repeat([]byte{0xff}, most), "nothing": written(0, 0),
	} {
		require.LessOrEqual(t, len(data), most, name)
		require.NoError(t, laws.Bounded(laws.OpsOf[competition.Results](), data), name)
		if name != "noise" {
			require.NoError(t, new(competition.Results).UnmarshalBinary(data), name)
		}
	}
	// Lists that claim more than follows are refused before they are made.
	for name, claim := range map[string]func(w *wire.Writer){
		"indicators": func(w *wire.Writer) { w.Len(most / 4) },
		"many":       func(w *wire.Writer) { w.Len(most / 3) },
		"rates":      func(w *wire.Writer) { w.Len(0); w.Len(most / 7) },
		"both": func(w *wire.Writer) {
			w.Len(most / 4)
			w.Fill(make([]int64, most/4))
			w.Len(most / 9)
		},
		"fewer of both": func(w *wire.Writer) {
			w.Len(most / 6)
			w.Fill(make([]int64, most/6))
			w.Len(most / 13)
		},
	} {
		data, err := union.WriteTally(nil, "competition.results/1", withResults(t).ID(), claim)
		require.NoError(t, err)
		data = append(data, make([]byte, most-len(data))...)
		require.NoError(t, laws.Bounded(laws.OpsOf[competition.Results](), data), name)
		require.Error(t, new(competition.Results).UnmarshalBinary(data), name)
	}
}

func TestWhatNoReportGivesIsLeftUnknownAmongTheRest(t *testing.T) {
	e := withResults(t)
	figures, err := e.Figures(competition.Progress{Results: results(t, e, competition.Result{"carried": union.Whole(7)})})
	require.NoError(t, err)
	assert.Equal(t, union.NotKnown, figure(t, figures, "competition.result.made").Why())
	assert.Equal(t, "7件", figure(t, figures, "competition.result.carried").String())
}
