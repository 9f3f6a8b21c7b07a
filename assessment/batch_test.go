package assessment_test

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/assessment"
	"github.com/unioncampaign/union/internal/laws"
)

// columnWorld is a small group in columns: what a batch and records are made of.
type columnWorld struct {
	spec     assessment.SchemeSpec
	ranking  assessment.RankingSpec
	quota    assessment.QuotaSpec
	judges   [][]int64 // tenths
	written  []int64   // hundredths
	rate     []int64   // whole
	room     []uint32
	superior []uint32
	absent   []bool // of the rate
	fraud    []bool
}

// drawColumnWorld draws a scheme out of parts that whole numbers suffice for and parts
// that they do not.
func drawColumnWorld(r *rapid.T) columnWorld {
	units, judges := rapid.IntRange(1, 9).Draw(r, "units"), rapid.IntRange(5, 7).Draw(r, "judges")
	column := func(name string, most int64) []int64 {
		return rapid.SliceOfN(rapid.Int64Range(0, most), units, units).Draw(r, name)
	}
	w := columnWorld{written: column("written", 400), rate: column("rate", 4)}
	for range judges {
		w.judges = append(w.judges, column("marks", 40))
	}
	w.room = rapid.SliceOfN(rapid.Uint32Range(0, uint32(min(2, units-1))), units, units).Draw(r, "rooms")
	w.superior = rapid.SliceOfN(rapid.Uint32Range(0, uint32(units)), units, units).Draw(r, "superiors")
	w.absent = rapid.SliceOfN(rapid.Bool(), units, units).Draw(r, "absent")
	w.fraud = rapid.SliceOfN(rapid.Bool(), units, units).Draw(r, "fraud")

	steps := map[string]assessment.Step{
		"times": {Times: &assessment.Times{By: number("0.35")}}, "over": {Times: &assessment.Times{By: number("-3"), Invert: true}},
		"clamp": {Clamp: intervalRef("[-1,2.5]")}, "floor": {Clamp: intervalRef("[1/3,)")}, "round": {Round: &union.Rounding{Mode: union.HalfUp, Places: 1}},
		"curve": {Curve: []assessment.Point{{X: number("0"), Y: number("4")}, {X: number("3"), Y: number("1")}}},
		"rate":  {Times: &assessment.Times{Item: "written"}},
	}
	then := func(name string) []assessment.Step {
		var list []assessment.Step
		for _, key := range rapid.SliceOfN(rapid.SampledFrom([]string{"times", "over", "clamp", "floor", "round", "curve", "rate"}), 0, 3).Draw(r, name) {
			list = append(list, steps[key])
		}
		return list
	}
	panel := assessment.Panel{Marks: assessment.Given{Max: number("4"), Grid: number("0.1")}, Mean: rapid.Bool().Draw(r, "mean"), Trim: []assessment.Trim{
		rapid.SampledFrom([]assessment.Trim{{High: 1, Low: 1}, {High: 1}, {}, {High: 2, Low: 2}, {Closest: 2, Close: assessment.CloseHigher}}).Draw(r, "trim"),
	}}
	group := rapid.SampledFrom([]assessment.Group{
		{Of: assessment.Mean, Within: "room"}, {Of: assessment.Best}, {Of: assessment.Least, Within: "room"}, {Of: assessment.Total}, {Of: assessment.Size, Under: "over"},
		{Of: assessment.Mean, Each: "room"}, {Of: assessment.Mean, Under: "over"},
		{Of: assessment.Placed, Within: "room", Placing: &assessment.Placing{Ties: assessment.Shared, Worth: then("worth")[:0]}},
	}).Draw(r, "group")
	group.Item = rapid.SampledFrom([]string{"panel", "rate"}).Draw(r, "of")
	w.spec = assessment.SchemeSpec{Rule: rule("world"), Total: "total", Items: []assessment.Item{
		given("written", assessment.Given{Max: number("4")}),
		{Key: "rate", From: assessment.Source{Given: &assessment.Given{Allowed: []union.Number{number("0"), number("1"), number("2"), number("3"), number("4")}}}},
		panelItem("panel", panel, then("panel steps")...),
		{Key: "group", From: assessment.Source{Group: &group}},
		{Key: "ladder", From: assessment.Source{Ladder: &assessment.Ladder{Rungs: []assessment.Rung{
			{If: []assessment.Test{test("panel", "[2,)"), test("written", "[1,)")}, Item: "panel"}, {Give: number("1")},
		}}}},
		sum("fast", assessment.Sum{Of: []assessment.Term{term("written", "0.5"), term("panel", "1/3"), term("ladder", "-1")}}, then("sum steps")...),
		sum("share", assessment.Sum{Of: []assessment.Term{term("written", "2"), term("panel", "3")}, Mean: true, Normalise: true}),
		sum("total", assessment.Sum{Of: []assessment.Term{term("fast", "1"), term("share", "0.1"), term("rate", "0.25"), term("group", "0.5")}, Renormalise: assessment.LeftOut}, then("total steps")...),
	}}
	if rapid.Bool().Draw(r, "graded") {
		w.spec.Gates = []assessment.Test{test("written", "[1,)")}
		w.spec.Vetoes = []assessment.Veto{{Fact: "fraud", Title: "弄虚作假", Effect: rapid.SampledFrom([]assessment.Effect{assessment.Zero, assessment.Bar}).Draw(r, "effect")}}
		w.spec.Grades = &assessment.Ladder{Rungs: []assessment.Rung{{If: []assessment.Test{test("total", "[1,)")}, Grade: "good"}, {Grade: "plain"}}}
	}
	w.ranking = assessment.RankingSpec{
		Rule: rule("order"), Keys: []assessment.Key{{Item: "total", Ascending: rapid.Bool().Draw(r, "ascending")}},
		Within: "room", Placing: assessment.Placing{Ties: rapid.SampledFrom([]assessment.Ties{0, assessment.Skip, assessment.Dense}).Draw(r, "ties")},
	}
	w.ranking.Holding = rapid.Bool().Draw(r, "holding")
	if rapid.Bool().Draw(r, "second") {
		w.ranking.Keys[0].As = &union.Rounding{Mode: union.Truncate}
		w.ranking.Keys = append(w.ranking.Keys, assessment.Key{Item: "written"})
	}
	w.quota = assessment.QuotaSpec{
		Rule: rule("quota"), Within: true, AtLine: rapid.SampledFrom([]assessment.AtLine{0, assessment.TakeNone, assessment.TakeAll}).Draw(r, "line"),
		Size: []assessment.Step{{Times: &assessment.Times{By: number("0.4")}}, {Round: &union.Rounding{Mode: union.HalfUp}}},
	}
	return w
}

func (w columnWorld) records() []assessment.Record {
	var records []assessment.Record
	for i := range w.written {
		record := assessment.Record{
			Unit: "u" + strconv.Itoa(i), In: map[string]string{"room": "r" + strconv.Itoa(int(w.room[i]))},
			Given: map[string]union.Number{"written": must(union.NewNumber(w.written[i], 100))}, Panel: map[string][]assessment.Mark{},
		}
		if int(w.superior[i]) < len(w.written) {
			record.In["over"] = "u" + strconv.Itoa(int(w.superior[i]))
		}
		if w.absent[i] {
			record.NotApplicable = map[string]string{"rate": "made up"}
		} else {
			record.Given["rate"] = union.Whole(w.rate[i])
		}
		if w.fraud[i] && w.spec.Vetoes != nil {
			record.Facts = []string{"fraud"}
		}
		for _, marks := range w.judges {
			record.Panel["panel"] = append(record.Panel["panel"], assessment.MarkOf(must(union.NewNumber(marks[i], 10))))
		}
		records = append(records, record)
	}
	return records
}

func (w columnWorld) batch(scheme assessment.Scheme) (*assessment.Batch, error) {
	batch := scheme.Batch(len(w.written))
	for _, err := range []error{
		batch.Panel("panel", 1, w.judges...), batch.Given("written", 2, w.written), batch.Given("rate", 0, w.rate),
		batch.In("room", w.room), batch.Under("over", w.superior), batch.NotApplicable("rate", w.absent),
	} {
		if err != nil {
			return nil, err
		}
	}
	if w.spec.Vetoes != nil {
		return batch, batch.Fact("fraud", w.fraud)
	}
	return batch, nil
}

// byRecords says what becomes of a columnWorld judged by records: a line for each unit.
func (w columnWorld) byRecords() ([]string, error) {
	scheme, err := assessment.NewScheme(w.spec)
	if err != nil {
		return nil, err
	}
	scores, err := scheme.Judge(w.records())
	if err != nil {
		return []string{"fault " + union.Faults(err)[0].Rule}, nil
	}
	places, err := must(assessment.NewRanking(w.ranking)).Rank(scores, nil, nil)
	if err != nil {
		return nil, err
	}
	selection, err := must(assessment.NewQuota(w.quota)).Take(places, 0, false)
	if err != nil {
		return nil, err
	}
	ranks := map[string]int{}
	for _, place := range places {
		ranks[place.Unit] = place.Rank
	}
	var lines []string
	for _, score := range scores {
		line := fmt.Sprint(score.Grade, score.Verdict.Holds(), ranks[score.Unit], slices.Contains(selection.Taken, score.Unit), slices.Contains(selection.Undecided, score.Unit))
		for _, item := range w.spec.Items {
			if figure, ok := score.Items[item.Key]; ok {
				line += " " + item.Key + "=" + figure.String()
			}
		}
		lines = append(lines, line)
	}
	return lines, nil
}

// byBatch says the same of a batch.
func (w columnWorld) byBatch() ([]string, error) {
	scheme, err := assessment.NewScheme(w.spec)
	if err != nil {
		return nil, err
	}
	batch, err := w.batch(scheme)
	if err != nil {
		return nil, err
	}
	scores, err := scheme.JudgeBatch(batch)
	if err != nil {
		return []string{"fault " + union.Faults(err)[0].Rule}, nil
	}
	places, err := must(assessment.NewRanking(w.ranking)).RankBatch(scores)
	if err != nil {
		return nil, err
	}
	taken, undecided, err := must(assessment.NewQuota(w.quota)).TakeBatch(places, false)
	if err != nil {
		return nil, err
	}
	var lines []string
	for i := range scores.Units() {
		line := fmt.Sprint(scores.Grade(i), scores.Holds(i), places.Rank(i), taken[i], slices.Contains(undecided, uint32(i)))
		for _, item := range w.spec.Items {
			if figure, ok := scores.Item(item.Key, i); ok {
				line += " " + item.Key + "=" + figure.String()
			}
		}
		lines = append(lines, line)
	}
	return lines, nil
}

func agrees(byBatch func(w columnWorld) ([]string, error)) laws.Law {
	return func(r *rapid.T) error {
		w := drawColumnWorld(r)
		want, err := w.byRecords()
		if err != nil {
			return err
		}
		got, err := byBatch(w)
		if err != nil {
			return err
		}
		if !slices.Equal(got, want) {
			return fmt.Errorf("a batch gives\n%q, records\n%q", got, want)
		}
		return nil
	}
}

func TestABatchGivesWhatRecordsGive(t *testing.T) {
	laws.Holds(t, agrees(columnWorld.byBatch))
	laws.Rejects(t, agrees(func(w columnWorld) ([]string, error) { // marks are read as hundredths
		for _, marks := range w.judges {
			for i := range marks {
				marks[i] /= 10
			}
		}
		return w.byBatch()
	}))
}

func TestDecimalsAreReadExactly(t *testing.T) {
	scheme := newScheme(t, assessment.SchemeSpec{Rule: rule("d"), Total: "total", Items: []assessment.Item{
		panelItem("panel", assessment.Panel{}), given("figure", assessment.Given{}),
		sum("total", assessment.Sum{Of: []assessment.Term{term("panel", "1"), term("figure", "1")}}),
	}})
	dec := func(texts ...string) []decimal.Decimal {
		var made []decimal.Decimal
		for _, text := range texts {
			made = append(made, decimal.RequireFromString(text))
		}
		return made
	}
	for name, each := range map[string]struct{ first, second, figure []decimal.Decimal }{
		"of one place":        {dec("1.5", "2.5"), dec("1.0", "0.5"), dec("1.0", "2.0")},
		"of several":          {dec("1.50", "2.5"), dec("1", "0.500"), dec("1.0", "2")},
		"of places before":    {dec("1.5", "2.5"), dec("1", "0.5"), []decimal.Decimal{decimal.New(1, 0), decimal.New(20, -1)}},
		"with a zero decimal": {[]decimal.Decimal{{}, decimal.New(3, 0)}, dec("2.5", "0"), []decimal.Decimal{decimal.New(1, 0), decimal.New(2, 0)}},
	} {
		batch := scheme.Batch(2)
		require.NoError(t, batch.PanelDecimals("panel", each.first, each.second), name)
		require.NoError(t, batch.GivenDecimals("figure", each.figure), name)
		scores, err := scheme.JudgeBatch(batch)
		require.NoError(t, err)
		for unit, want := range []string{"3.5", "5"} {
			total, ok := scores.Item("total", unit)
			assert.True(t, ok)
			assert.Equal(t, want, total.String(), name)
		}
	}
	for name, figures := range map[string][]decimal.Decimal{
		"beyond an int64":         {decimal.RequireFromString("12345678901234567890"), {}},
		"with a huge exponent":    {decimal.New(1, 1_000_000_000), {}},
		"with a tiny exponent":    {decimal.New(1, -1_000_000_000), {}},
		"too far apart":           {decimal.New(99, 17), decimal.New(1, -18)},
		"too large with its tens": {decimal.New(99, 18), {}},
	} {
		require.ErrorIs(t, scheme.Batch(2).GivenDecimals("figure", figures), union.ErrRange, name)
		require.ErrorIs(t, scheme.Batch(2).PanelDecimals("panel", figures), union.ErrRange, name)
	}
}

func TestABatchThatDoesNotFitIsRefused(t *testing.T) {
	scheme := newScheme(t, unionSheet())
	batch := scheme.Batch(2)
	require.ErrorIs(t, batch.Given("nothing", 0, []int64{1, 2}), union.ErrUnknown)
	require.ErrorIs(t, batch.Given("total", 0, []int64{1, 2}), union.ErrUnknown)
	require.ErrorIs(t, batch.Given("news", 0, []int64{1}), union.ErrRange)
	require.ErrorIs(t, batch.Given("news", 19, []int64{1, 2}), union.ErrRange)
	require.ErrorIs(t, batch.Given("news", -1, []int64{1, 2}), union.ErrRange)
	require.NoError(t, batch.Given("news", 0, []int64{1, 2}))
	require.ErrorIs(t, batch.Given("news", 0, []int64{1, 2}), union.ErrRepeated)
	require.ErrorIs(t, batch.Panel("news", 0, []int64{1, 2}), union.ErrUnknown)
	require.ErrorIs(t, batch.In("room", []uint32{0}), union.ErrRange)
	require.ErrorIs(t, batch.In("room", []uint32{0, 2}), union.ErrRange)
	require.ErrorIs(t, batch.In("room", []uint32{0, math.MaxUint32}), union.ErrRange)
	require.ErrorIs(t, batch.In("", []uint32{0, 1}), union.ErrRepeated)
	require.NoError(t, batch.In("room", []uint32{0, 1}))
	require.ErrorIs(t, batch.In("room", []uint32{0, 1}), union.ErrRepeated)
	require.ErrorIs(t, new(assessment.Batch).In("room", nil), union.ErrMissing)
	require.ErrorIs(t, batch.Under("over", []uint32{0, 3}), union.ErrRange)
	require.ErrorIs(t, batch.NotApplicable("nothing", []bool{true, true}), union.ErrUnknown)
	require.ErrorIs(t, batch.NotApplicable("news", []bool{true}), union.ErrRange)
	require.ErrorIs(t, batch.Fact("nothing", []bool{true, true}), union.ErrUnknown)
	require.ErrorIs(t, batch.Fact("fraud", nil), union.ErrRange)

	_, err := scheme.JudgeBatch(batch)
	require.ErrorIs(t, err, union.ErrMissing)
	assert.Equal(t, "items.dues-target.given", union.Faults(err)[0].Where)
	_, err = scheme.JudgeBatch(nil)
	require.ErrorIs(t, err, union.ErrRule)
	_, err = assessment.Scheme{}.JudgeBatch(assessment.Scheme{}.Batch(1))
	require.ErrorIs(t, err, union.ErrRule)
	other := newScheme(t, panelScheme(assessment.Panel{}))
	_, err = other.JudgeBatch(batch)
	require.ErrorIs(t, err, union.ErrRule)

	panels := other.Batch(2)
	require.ErrorIs(t, panels.Panel("total", 0, []int64{1}), union.ErrRange)
	require.NoError(t, panels.Panel("total", 0, []int64{1, 2}))
	require.ErrorIs(t, panels.Panel("total", 0, []int64{1, 2}), union.ErrRepeated)
	_, err = other.JudgeBatch(other.Batch(2))
	require.ErrorIs(t, err, union.ErrMissing)
	empty, err := other.JudgeBatch(panels)
	require.NoError(t, err)
	assert.Equal(t, 2, empty.Units())
	_, ok := empty.Item("nothing", 0)
	assert.False(t, ok)
	_, ok = empty.Item("total", 2)
	assert.False(t, ok)
	assert.Empty(t, empty.Grade(0))
	assert.True(t, empty.Holds(0))
	assert.False(t, empty.Holds(-1))
}

func TestFiguresBeyondWholeNumbersAreExact(t *testing.T) {
	scheme := newScheme(t, assessment.SchemeSpec{Rule: rule("far"), Total: "total", Items: []assessment.Item{
		given("a", assessment.Given{Min: number("-99999999999999999999")}), given("b", assessment.Given{}),
		sum("total", assessment.Sum{Of: []assessment.Term{term("a", "3"), term("b", "1/7")}}, assessment.Step{Times: &assessment.Times{By: number("1000000007")}}, assessment.Step{Clamp: intervalRef("[-99999999999999999999999999999,)")}),
	}})
	batch := scheme.Batch(2)
	a := []int64{math.MaxInt64, math.MinInt64}
	require.NoError(t, batch.Given("a", 0, a))
	require.NoError(t, batch.Given("b", 0, []int64{1, 2}))
	scores, err := scheme.JudgeBatch(batch)
	require.NoError(t, err)
	for unit, b := range []string{"1/7", "2/7"} {
		got, _ := scores.Item("total", unit)
		want := union.Whole(a[unit]).Mul(number("3")).Add(number(b)).Mul(number("1000000007"))
		assert.True(t, got.Equal(want), "%s, %s", got, want)
	}
	ranking, err := assessment.NewRanking(assessment.RankingSpec{Rule: rule("r"), Keys: []assessment.Key{{Item: "total"}}})
	require.NoError(t, err)
	places, err := ranking.RankBatch(scores)
	require.NoError(t, err)
	assert.Equal(t, []uint32{0, 1}, places.Order())
}

func TestABatchIsRankedByWhatItHas(t *testing.T) {
	scheme := newScheme(t, panelScheme(assessment.Panel{}))
	batch := scheme.Batch(2)
	require.NoError(t, batch.Panel("total", 0, []int64{1, 2}))
	scores, err := scheme.JudgeBatch(batch)
	require.NoError(t, err)
	for name, each := range map[string]struct {
		spec assessment.RankingSpec
		want error
	}{
		"a key among units":   {assessment.RankingSpec{Keys: []assessment.Key{{Item: "total", Among: true}}}, union.ErrRange},
		"an item that is not": {assessment.RankingSpec{Keys: []assessment.Key{{Item: "other"}}}, union.ErrMissing},
		"a grouping not set":  {assessment.RankingSpec{Keys: []assessment.Key{{Item: "total"}}, Within: "room"}, union.ErrMissing},
		"groups not ranked":   {assessment.RankingSpec{Keys: []assessment.Key{{Item: "total"}}, Within: "room", Unranked: []string{"a"}}, union.ErrRange},
	} {
		each.spec.Rule = rule("r")
		_, err := must(assessment.NewRanking(each.spec)).RankBatch(scores)
		require.ErrorIs(t, err, each.want, name)
	}
	ranking := must(assessment.NewRanking(assessment.RankingSpec{Rule: rule("r"), Keys: []assessment.Key{{Item: "total"}}}))
	none, err := assessment.Ranking{}.RankBatch(assessment.BatchScores{})
	require.NoError(t, err)
	taken, undecided, err := assessment.Quota{}.TakeBatch(assessment.BatchPlaces{}, false)
	require.NoError(t, err)
	assert.Empty(t, none.Order())
	assert.Empty(t, taken)
	assert.Empty(t, undecided)
	places, err := must(assessment.NewRanking(assessment.RankingSpec{Rule: rule("r"), Keys: []assessment.Key{{Item: "total"}}, Within: "class"})).RankBatch(grouped(t, scheme))
	require.NoError(t, err)
	assert.Equal(t, []uint32{1, 0}, places.Order())
	assert.Equal(t, []int{1, 1, 0, 0}, []int{places.Rank(0), places.Rank(1), places.Rank(2), places.Rank(-1)})
	assert.False(t, places.Open())
	_, _, err = newQuota(t, assessment.QuotaSpec{Size: []assessment.Step{times("1")}}).TakeBatch(places, false)
	require.ErrorIs(t, err, union.ErrRange)
	_, _, err = assessment.Quota{}.TakeBatch(must(ranking.RankBatch(scores)), false)
	require.ErrorIs(t, err, union.ErrMissing)
}

// grouped scores two units of two classes.
func grouped(t *testing.T, scheme assessment.Scheme) assessment.BatchScores {
	t.Helper()
	batch := scheme.Batch(2)
	require.NoError(t, batch.Panel("total", 0, []int64{1, 2}))
	require.NoError(t, batch.In("class", []uint32{1, 0}))
	return must(scheme.JudgeBatch(batch))
}

func TestABatchAllocatesNothingForAUnit(t *testing.T) {
	scheme := newScheme(t, panelScheme(assessment.Panel{Mean: true, Trim: []assessment.Trim{{High: 1, Low: 1}}}))
	ranking := must(assessment.NewRanking(assessment.RankingSpec{Rule: rule("r"), Keys: []assessment.Key{{Item: "total"}}}))
	quota := must(assessment.NewQuota(assessment.QuotaSpec{Rule: rule("q"), Size: []assessment.Step{{Times: &assessment.Times{By: number("0.15")}}, {Round: &union.Rounding{Mode: union.Floor}}}}))
	count := func(units int) float64 {
		marks := [][]int64{make([]int64, units), make([]int64, units), make([]int64, units)}
		return testing.AllocsPerRun(2, func() {
			batch := scheme.Batch(units)
			_ = batch.Panel("total", 0, marks...)
			places := must(ranking.RankBatch(must(scheme.JudgeBatch(batch))))
			_, _, _ = quota.TakeBatch(places, false)
		})
	}
	assert.InDelta(t, count(1000), count(20000), 4)
}
