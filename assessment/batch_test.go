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
	beside   string // another item that some units do not have, if any
	missing  []bool // of that
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
		rapid.SampledFrom([]assessment.Trim{
			{High: 1, Low: 1}, {High: 1}, {Low: 1}, {}, {High: 2, Low: 2}, {High: 2}, {Low: 2, High: 1}, {Closest: 2, Close: assessment.CloseHigher},
		}).Draw(r, "trim"),
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
		sum("total", assessment.Sum{Of: []assessment.Term{term("fast", "1"), term("share", "0.1"), term("rate", "0.25"), term("group", "0.5")}, Renormalise: rapid.SampledFrom([]assessment.Renormalise{assessment.LeftOut, assessment.ByWeight}).Draw(r, "renormalise")}, then("total steps")...),
	}}
	w.beside = rapid.SampledFrom([]string{"", "panel", "ladder", "fast", "share", "group"}).Draw(r, "beside")
	w.missing = rapid.SliceOfN(rapid.Bool(), units, units).Draw(r, "missing")
	if rapid.Bool().Draw(r, "gated") {
		w.spec.Gates = []assessment.Test{test("rate", "[1,)"), test("written", "[1,)")}
	}
	if rapid.Bool().Draw(r, "graded") {
		w.spec.Grades = &assessment.Ladder{Rungs: []assessment.Rung{{If: []assessment.Test{test("total", "[2,)")}, Grade: "good"}, {If: []assessment.Test{test("total", "[1,2)")}, Grade: "fair"}, {Grade: "plain"}}}
	}
	if veto := (assessment.Veto{Fact: "fraud", Title: "弄虚作假"}); rapid.Bool().Draw(r, "vetoed") {
		veto.Effect = rapid.SampledFrom([]assessment.Effect{assessment.Zero, assessment.Bar, assessment.Lower}).Draw(r, "effect")
		if veto.Effect == assessment.Lower && w.spec.Grades == nil {
			veto.Effect = assessment.Bar
		}
		if veto.Effect == assessment.Lower {
			veto.Grades = 1
		}
		w.spec.Vetoes = []assessment.Veto{veto}
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
		if w.beside != "" && w.missing[i] {
			if record.NotApplicable == nil {
				record.NotApplicable = map[string]string{}
			}
			record.NotApplicable[w.beside] = "made up"
		}
		if w.fraud[i] && w.spec.Vetoes != nil {
			record.Facts = []string{"fraud"}
		}
		for _, marks := range w.judges {
			if w.beside == "panel" && w.missing[i] {
				break
			}
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
		if err := batch.Fact("fraud", w.fraud); err != nil {
			return nil, err
		}
	}
	if w.beside != "" {
		return batch, batch.NotApplicable(w.beside, w.missing)
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
		return []string{"fault " + union.Faults(err)[0].Error()}, nil
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
	lines := []string{fmt.Sprint(slices.ContainsFunc(places, func(p assessment.Place) bool { return p.Undecided }))}
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
		return []string{"fault " + union.Faults(err)[0].Error()}, nil
	}
	places, err := must(assessment.NewRanking(w.ranking)).RankBatch(scores)
	if err != nil {
		return nil, err
	}
	taken, undecided, err := must(assessment.NewQuota(w.quota)).TakeBatch(places, false)
	if err != nil {
		return nil, err
	}
	lines := []string{fmt.Sprint(places.Open())}
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
		"of one place":             {dec("1.5", "2.5"), dec("1.0", "0.5"), dec("1.0", "2.0")},
		"of several":               {dec("1.50", "2.5"), dec("1", "0.500"), dec("1.0", "2")},
		"of places before":         {dec("1.5", "2.5"), dec("1", "0.5"), []decimal.Decimal{decimal.New(1, 0), decimal.New(20, -1)}},
		"of ten and of two places": {dec("1.5", "2.5"), dec("1.0000000000", "0.5"), dec("1", "2.00")},
		"with a zero decimal":      {[]decimal.Decimal{{}, decimal.New(3, 0)}, dec("2.5", "0"), []decimal.Decimal{decimal.New(1, 0), decimal.New(2, 0)}},
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
		"all beyond an int64":     {decimal.RequireFromString("12345678901234567890"), decimal.RequireFromString("12345678901234567891")},
		"of a long coefficient":   {decimal.New(1, -1), decimal.RequireFromString("1234567890123456789")},
		"nothing, but far away":   {decimal.New(0, 19), decimal.New(1, -1)},
		"nothing, but far below":  {decimal.New(0, -19), decimal.New(1, -1)},
		"of 19 places each":       {decimal.New(1, -19), decimal.New(2, -19)},
		"with a huge exponent":    {decimal.New(1, 1_000_000_000), {}},
		"with a tiny exponent":    {decimal.New(1, -1_000_000_000), {}},
		"too far apart":           {decimal.New(99, 17), decimal.New(1, -18)},
		"too large with its tens": {decimal.New(99, 18), {}},
	} {
		require.ErrorIs(t, scheme.Batch(2).GivenDecimals("figure", figures), union.ErrRange, name)
		require.ErrorIs(t, scheme.Batch(2).PanelDecimals("panel", figures), union.ErrRange, name)
	}
}

// What is widest and still fits: 18 digits, 18 places, and 18 zeros before the
// point.
func TestTheWidestDecimalsAreRead(t *testing.T) {
	scheme := newScheme(t, assessment.SchemeSpec{Rule: rule("d"), Total: "figure", Items: []assessment.Item{given("figure", assessment.Given{})}})
	for _, texts := range [][2]string{
		{"1000000000000000000", "1"}, {"123456789012345678", "1.5"}, {"123456789012345678", "1"}, {"0.000000000000000001", "0.000000000000000002"}, {"0.000000000000000001", "1"},
	} {
		figures := []decimal.Decimal{decimal.RequireFromString(texts[0]), decimal.RequireFromString(texts[1])}
		if texts[0] == "1000000000000000000" {
			figures[0] = decimal.New(1, 18)
		}
		batch := scheme.Batch(2)
		require.NoError(t, batch.GivenDecimals("figure", figures))
		scores := must(scheme.JudgeBatch(batch))
		for unit, want := range texts {
			got, _ := scores.Item("figure", unit)
			assert.Equal(t, want, got.String())
		}
	}
}

// Decimals are read in blocks: one that is unlike the others is found in any.
func TestManyDecimalsAreReadOneByOne(t *testing.T) {
	scheme := newScheme(t, panelScheme(assessment.Panel{}))
	const units = 300
	for _, unlike := range []int{-1, 0, 127, 128, 299} {
		marks := make([]decimal.Decimal, units)
		for i := range marks {
			marks[i] = decimal.New(int64(i), -1)
		}
		want := "29.9"
		if unlike >= 0 {
			marks[unlike] = decimal.New(int64(unlike)*100, -3)
		}
		batch := scheme.Batch(units)
		require.NoError(t, batch.PanelDecimals("total", marks, slices.Repeat([]decimal.Decimal{decimal.New(0, -1)}, units)))
		scores := must(scheme.JudgeBatch(batch))
		for unit := range units {
			got, _ := scores.Item("total", unit)
			assert.True(t, got.Equal(must(union.NewNumber(int64(unit), 10))), "%d: %s", unit, got)
		}
		last, _ := scores.Item("total", units-1)
		assert.Equal(t, want, last.String())
	}
	far := make([]decimal.Decimal, units)
	far[200] = decimal.New(1, 19)
	err := scheme.Batch(units).PanelDecimals("total", make([]decimal.Decimal, units), far)
	require.ErrorIs(t, err, union.ErrRange)
	assert.Equal(t, "panel.total[1][200]", union.Faults(err)[0].Where)
	deep := slices.Repeat([]decimal.Decimal{decimal.New(1, -19)}, units)
	err = scheme.Batch(units).PanelDecimals("total", deep)
	require.ErrorIs(t, err, union.ErrRange)
	assert.Equal(t, "panel.total[0][0]", union.Faults(err)[0].Where)
	require.ErrorIs(t, scheme.Batch(units).PanelDecimals("total", deep[:units-1], nil), union.ErrRange)
	require.ErrorIs(t, scheme.Batch(units).PanelDecimals("total", nil), union.ErrRange, "a judge without marks")
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
	require.NoError(t, batch.Fact("fraud", []bool{true, false}))
	require.ErrorIs(t, batch.Fact("fraud", []bool{false, false}), union.ErrRepeated)
	require.NoError(t, batch.NotApplicable("news", []bool{true, false}))
	require.ErrorIs(t, batch.NotApplicable("news", []bool{false, false}), union.ErrRepeated)

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

// Of what does not fit an int64, or not over one denominator that does, the figures
// are worked out by hand.
func TestFiguresBeyondWholeNumbersAreExact(t *testing.T) {
	const least, most = math.MinInt64, math.MaxInt64 // -9223372036854775808 and 9223372036854775807
	times := func(by string) assessment.Step { return assessment.Step{Times: &assessment.Times{By: number(by)}} }
	inverted := func(by string) assessment.Step {
		return assessment.Step{Times: &assessment.Times{By: number(by), Invert: true}}
	}
	total := func(of ...assessment.Term) []assessment.Item {
		return []assessment.Item{sum("total", assessment.Sum{Of: of})}
	}
	first := sum("first", assessment.Sum{Of: []assessment.Term{term("a", "3")}})
	for name, each := range map[string]struct {
		a, b  []int64
		items []assessment.Item
		want  []string
	}{
		"a product above the most":     {[]int64{most}, []int64{0}, total(term("a", "3")), []string{"27670116110564327421"}},
		"a product below the least":    {[]int64{-most}, []int64{0}, total(term("a", "3")), []string{"-27670116110564327421"}},
		"a sum above the most":         {[]int64{most}, []int64{1}, total(term("a", "1"), term("b", "1")), []string{"9223372036854775808"}},
		"a sum below the least":        {[]int64{least}, []int64{-1}, total(term("a", "1"), term("b", "1")), []string{"-9223372036854775809"}},
		"two far below":                {[]int64{-most}, []int64{-most}, total(term("a", "1"), term("b", "1")), []string{"-18446744073709551614"}},
		"a difference":                 {[]int64{most}, []int64{-most}, total(term("a", "1"), term("b", "-1")), []string{"18446744073709551614"}},
		"what is against the least":    {[]int64{least}, []int64{0}, total(term("a", "-1")), []string{"9223372036854775808"}},
		"and as a step":                {[]int64{least}, []int64{0}, []assessment.Item{sum("total", assessment.Sum{Of: []assessment.Term{term("a", "1")}}, times("-1"))}, []string{"9223372036854775808"}},
		"the least times one":          {[]int64{-1}, []int64{0}, total(term("a", "-9223372036854775808")), []string{"9223372036854775808"}},
		"the least times one as step":  {[]int64{-1}, []int64{0}, []assessment.Item{sum("total", assessment.Sum{Of: []assessment.Term{term("a", "1")}}, times("-9223372036854775808"))}, []string{"9223372036854775808"}},
		"a sum of a sum":               {[]int64{most}, []int64{0}, append([]assessment.Item{sum("first", assessment.Sum{Of: []assessment.Term{term("a", "1")}})}, total(term("first", "1"), term("a", "1"))...), []string{"18446744073709551614"}},
		"a third beside the most":      {[]int64{most, 0}, []int64{0, 1}, total(term("a", "1"), term("b", "1/3")), []string{"9223372036854775807", "1/3"}},
		"three large primes":           {[]int64{1000000007}, []int64{1000000009 * 998244353}, append([]assessment.Item{sum("first", assessment.Sum{Of: []assessment.Term{term("b", "1/998244353")}})}, total(term("a", "1/1000000007"), term("b", "1/1000000009"), term("first", "1"))...), []string{"1998244363"}},
		"a large prime times another":  {[]int64{1000000007}, []int64{0}, []assessment.Item{sum("total", assessment.Sum{Of: []assessment.Term{term("a", "1/1000000007")}}, inverted("1000000000000"), inverted("1000000000000"))}, []string{"0.000000000000000000000001"}},
		"a sum of what does not fit":   {[]int64{most}, []int64{1}, append([]assessment.Item{first}, total(term("first", "1"), term("b", "1"))...), []string{"27670116110564327422"}},
		"a clamp of what does not fit": {[]int64{most}, []int64{1}, []assessment.Item{first, sum("total", assessment.Sum{Of: []assessment.Term{term("first", "1")}}, assessment.Step{Clamp: intervalRef("[0,27670116110564327420]")})}, []string{"27670116110564327420"}},
		"a greatest end alone":         {[]int64{5, 3, -9}, []int64{0, 0, 0}, []assessment.Item{sum("total", assessment.Sum{Of: []assessment.Term{term("a", "1")}}, assessment.Step{Clamp: intervalRef("(,4]")})}, []string{"4", "3", "-9"}},
		"a least end alone":            {[]int64{5, 3, -9}, []int64{0, 0, 0}, []assessment.Item{sum("total", assessment.Sum{Of: []assessment.Term{term("a", "1")}}, assessment.Step{Clamp: intervalRef("[4,)")})}, []string{"5", "4", "4"}},
		"both ends, and not whole":     {[]int64{5, 3, -9}, []int64{0, 0, 0}, []assessment.Item{sum("total", assessment.Sum{Of: []assessment.Term{term("a", "1")}}, assessment.Step{Clamp: intervalRef("[-1/3,4]")})}, []string{"4", "3", "-1/3"}},
		"an end that does not fit":     {[]int64{5}, []int64{1}, []assessment.Item{sum("total", assessment.Sum{Of: []assessment.Term{term("a", "1")}}, assessment.Step{Clamp: intervalRef("[-99999999999999999999999999999,)")})}, []string{"5"}},
	} {
		t.Run(name, func(t *testing.T) {
			anything := assessment.Given{Min: union.Whole(least)}
			scheme := newScheme(t, assessment.SchemeSpec{Rule: rule("far"), Total: "total", Items: append([]assessment.Item{given("a", anything), given("b", anything)}, each.items...)})
			batch := scheme.Batch(len(each.a))
			require.NoError(t, batch.Given("a", 0, each.a))
			require.NoError(t, batch.Given("b", 0, each.b))
			scores, err := scheme.JudgeBatch(batch)
			require.NoError(t, err)
			for unit, want := range each.want {
				got, _ := scores.Item("total", unit)
				assert.Equal(t, want, got.String())
			}
		})
	}
}

func TestMarksThatTogetherDoNotFitAreSummedExactly(t *testing.T) {
	scheme := newScheme(t, panelScheme(assessment.Panel{}))
	batch := scheme.Batch(1)
	require.NoError(t, batch.Panel("total", 0, []int64{math.MaxInt64}, []int64{math.MaxInt64}))
	got, _ := must(scheme.JudgeBatch(batch)).Item("total", 0)
	assert.Equal(t, "18446744073709551614", got.String())
	thirds := newScheme(t, panelScheme(assessment.Panel{Mean: true}))
	batch = thirds.Batch(1)
	tenths := []int64{1}
	require.NoError(t, batch.Panel("total", 18, tenths, tenths, tenths, tenths, tenths, tenths, tenths, tenths, tenths, tenths))
	got, _ = must(thirds.JudgeBatch(batch)).Item("total", 0)
	assert.Equal(t, "0.000000000000000001", got.String(), "ten times the denominator does not fit")
}

func TestWhatDoesNotApplyAndDoesNotFitStaysApart(t *testing.T) {
	scheme := newScheme(t, assessment.SchemeSpec{Rule: rule("far"), Total: "total", Items: []assessment.Item{
		given("a", assessment.Given{}), given("b", assessment.Given{}),
		sum("part", assessment.Sum{Of: []assessment.Term{term("a", "3")}, Renormalise: assessment.LeftOut}),
		sum("whole", assessment.Sum{Of: []assessment.Term{term("part", "1")}, Renormalise: assessment.LeftOut}),
		sum("total", assessment.Sum{Of: []assessment.Term{term("whole", "1"), term("b", "1")}, Renormalise: assessment.LeftOut}),
	}})
	for name, first := range map[string]struct {
		figure int64
		want   string
	}{"it fits": {2, "6"}, "it does not fit": {math.MaxInt64, "27670116110564327421"}} {
		t.Run(name, func(t *testing.T) {
			batch := scheme.Batch(4)
			require.NoError(t, batch.Given("a", 0, []int64{7, first.figure, 7, 7}))
			require.NoError(t, batch.Given("b", 0, []int64{1, 0, 2, 3}))
			require.NoError(t, batch.NotApplicable("a", []bool{true, false, true, false}))
			require.NoError(t, batch.NotApplicable("whole", []bool{false, false, false, true}))
			scores := must(scheme.JudgeBatch(batch))
			for unit, want := range []string{"1", first.want, "2", "3"} {
				got, _ := scores.Item("total", unit)
				assert.Equal(t, want, got.String())
				_, applies := scores.Item("whole", unit)
				assert.Equal(t, unit == 1, applies, "it is made of the first alone, and said not to apply to the last")
			}
			require.NoError(t, batch.NotApplicable("b", []bool{false, false, true, false}))
			_, err := scheme.JudgeBatch(batch)
			require.ErrorIs(t, err, union.ErrUndefined)
			assert.Equal(t, "group[2].items.total", union.Faults(err)[0].Where)
			require.NoError(t, batch.NotApplicable("total", []bool{true, false, false, false}))
			_, err = scheme.JudgeBatch(batch)
			assert.Equal(t, "group[0].items.total", union.Faults(err)[0].Where)
		})
	}
}

func TestAStepNamesTheUnitAtWhichItFails(t *testing.T) {
	scheme := newScheme(t, assessment.SchemeSpec{Rule: rule("steps"), Total: "total", Items: []assessment.Item{
		given("a", assessment.Given{}), given("b", assessment.Given{}),
		sum("total", assessment.Sum{Of: []assessment.Term{term("a", "1")}, Renormalise: assessment.LeftOut},
			assessment.Step{Times: &assessment.Times{By: number("2")}}, assessment.Step{Round: &union.Rounding{Mode: union.HalfUp}},
			assessment.Step{Times: &assessment.Times{Item: "b", Invert: true}}),
	}})
	batch := scheme.Batch(3)
	require.NoError(t, batch.Given("a", 0, []int64{5, 6, 7}))
	require.NoError(t, batch.Given("b", 0, []int64{1, 1, 0}))
	require.NoError(t, batch.NotApplicable("a", []bool{true, false, false}))
	_, err := scheme.JudgeBatch(batch)
	require.ErrorIs(t, err, union.ErrUndefined)
	assert.Equal(t, "group[2].items.total.then[2].b", union.Faults(err)[0].Where)
}

func TestABatchTakesOnlyFiguresThatMayBe(t *testing.T) {
	for name, each := range map[string]struct {
		limits  assessment.Given
		places  int
		figures []int64
		bad     int // the unit; -1: none
	}{
		"above the most at first":    {assessment.Given{Max: number("4")}, 0, []int64{5, 1}, 0},
		"above the most at last":     {assessment.Given{Max: number("4")}, 0, []int64{1, 5}, 1},
		"from the least to the most": {assessment.Given{Min: number("2"), Max: number("4")}, 0, []int64{2, 4}, -1},
		"below the least at first":   {assessment.Given{Min: number("2")}, 0, []int64{1, 3}, 0},
		"below the least at last":    {assessment.Given{Min: number("2")}, 0, []int64{3, 1}, 1},
		"a least that nothing meets": {assessment.Given{Min: number("100000000000000000000")}, 0, []int64{5, 5}, 0},
		"a most that all meet":       {assessment.Given{Max: number("100000000000000000000")}, 0, []int64{5, math.MaxInt64}, -1},
		"off the grid at first":      {assessment.Given{Grid: number("0.3")}, 1, []int64{4, 3}, 0},
		"off the grid at last":       {assessment.Given{Grid: number("0.3")}, 1, []int64{3, 4}, 1},
		"on a grid":                  {assessment.Given{Grid: number("0.3")}, 1, []int64{3, 6}, -1},
		"on a grid of the places":    {assessment.Given{Grid: number("0.1")}, 1, []int64{3, 4}, -1},
		"on a finer grid":            {assessment.Given{Grid: number("0.05")}, 1, []int64{3, 4}, -1},
		"off a grid of whole marks":  {assessment.Given{Grid: number("1")}, 1, []int64{10, 15}, 1},
		"off the ladder":             {assessment.Given{Allowed: []union.Number{number("1"), number("2")}}, 0, []int64{1, 3}, 1},
	} {
		t.Run(name, func(t *testing.T) {
			scheme := newScheme(t, assessment.SchemeSpec{Rule: rule("limits"), Total: "total", Items: []assessment.Item{given("total", each.limits)}})
			batch := scheme.Batch(2)
			require.NoError(t, batch.Given("total", each.places, each.figures))
			_, err := scheme.JudgeBatch(batch)
			refusedAt(t, err, each.bad, ".items.total.given")
			good := each.figures
			if each.bad >= 0 {
				good = []int64{each.figures[1-each.bad], each.figures[1-each.bad]}
			}
			if name == "a least that nothing meets" {
				return
			}
			// One judge's mark that may not be is found among those of any panel,
			// whether it is the least, the greatest or neither.
			for _, trim := range []assessment.Trim{{}, {High: 1, Low: 1}, {High: 2, Low: 2}, {High: 3}} {
				panel := newScheme(t, panelScheme(assessment.Panel{Marks: each.limits, Trim: []assessment.Trim{trim}}))
				marks := panel.Batch(2)
				require.NoError(t, marks.Panel("total", each.places, good, good, good, each.figures, good))
				_, err := panel.JudgeBatch(marks)
				refusedAt(t, err, each.bad, ".items.total.panel.total[3]")
			}
		})
	}
}

func TestABatchOfFiguresThatNoneMayBeIsRefused(t *testing.T) {
	for _, each := range []struct {
		limits  assessment.Given
		figures []int64
	}{{assessment.Given{Min: number("2")}, []int64{1, 0}}, {assessment.Given{Max: number("4")}, []int64{5, 6}}, {assessment.Given{Grid: number("3")}, []int64{4, 5}}} {
		scheme := newScheme(t, assessment.SchemeSpec{Rule: rule("limits"), Total: "total", Items: []assessment.Item{given("total", each.limits)}})
		batch := scheme.Batch(2)
		require.NoError(t, batch.Given("total", 0, each.figures))
		_, err := scheme.JudgeBatch(batch)
		refusedAt(t, err, 0, ".items.total.given")
		panel := newScheme(t, panelScheme(assessment.Panel{Marks: each.limits, Trim: []assessment.Trim{{High: 2, Low: 2}}}))
		marks := panel.Batch(2)
		require.NoError(t, marks.Panel("total", 0, each.figures, each.figures, each.figures, each.figures, each.figures))
		_, err = panel.JudgeBatch(marks)
		refusedAt(t, err, 0, ".items.total.panel.total[0]")
	}
}

// refusedAt wants a refusal of a unit's figure, at a place of it; or none, for -1.
func refusedAt(t *testing.T, err error, unit int, place string) {
	t.Helper()
	if unit < 0 {
		require.NoError(t, err)
		return
	}
	require.ErrorIs(t, err, union.ErrRange)
	assert.Equal(t, union.Indexed("group", unit)+place, union.Faults(err)[0].Where)
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

func TestABatchLowersAGradeByEveryFact(t *testing.T) {
	spec := panelScheme(assessment.Panel{})
	spec.Grades = &assessment.Ladder{Rungs: []assessment.Rung{
		{If: []assessment.Test{test("total", "[2,)")}, Grade: "good"}, {If: []assessment.Test{test("total", "[1,2)")}, Grade: "fair"}, {Grade: "plain"},
	}}
	spec.Vetoes = []assessment.Veto{{Fact: "late", Title: "逾期", Effect: assessment.Lower, Grades: 1}, {Fact: "again", Title: "再次逾期", Effect: assessment.Lower, Grades: 1}}
	scheme := newScheme(t, spec)
	batch := scheme.Batch(3)
	require.NoError(t, batch.Panel("total", 0, []int64{2, 2, 2}))
	require.NoError(t, batch.Fact("late", []bool{true, true, false}))
	require.NoError(t, batch.Fact("again", []bool{true, false, false}))
	scores := must(scheme.JudgeBatch(batch))
	assert.Equal(t, []string{"plain", "fair", "good"}, []string{scores.Grade(0), scores.Grade(1), scores.Grade(2)})
}

func TestABatchHasNoGradeBeyondItsUnits(t *testing.T) {
	spec := panelScheme(assessment.Panel{})
	spec.Grades = &assessment.Ladder{Rungs: []assessment.Rung{{If: []assessment.Test{test("total", "[2,)")}, Grade: "good"}, {Grade: "plain"}}}
	scores := grouped(t, newScheme(t, spec))
	for unit, want := range map[int]string{-1: "", 0: "plain", 1: "good", 2: ""} {
		assert.Equal(t, want, scores.Grade(unit))
		assert.Equal(t, want != "", scores.Holds(unit))
		_, ok := scores.Item("total", unit)
		assert.Equal(t, want != "", ok)
	}
}

// The widest keys, and those of many groups, do not fit one word beside their
// unit; their order is the same.
func TestABatchIsRankedWhateverTheWidthOfItsKeys(t *testing.T) {
	const least, most = math.MinInt64, math.MaxInt64
	scheme := newScheme(t, assessment.SchemeSpec{Rule: rule("wide"), Total: "total", Items: []assessment.Item{given("total", assessment.Given{Min: union.Whole(least)})}})
	for name, each := range map[string]struct {
		figures []int64
		groups  []uint32
		order   []uint32
		ranks   []int
	}{
		"as wide as an int64":   {[]int64{0, most, least, most - 1}, []uint32{0, 0, 0, 0}, []uint32{1, 3, 0, 2}, []int{3, 1, 4, 2}},
		"62 bits and no groups": {[]int64{0, 1 << 61, -1 << 61, 1}, []uint32{0, 0, 0, 0}, []uint32{1, 3, 0, 2}, []int{3, 1, 4, 2}},
		"62 bits of four":       {[]int64{0, 1 << 61, -1 << 61, 1}, []uint32{3, 2, 1, 0}, []uint32{3, 2, 1, 0}, []int{1, 1, 1, 1}},
		"61 bits of two":        {[]int64{0, 1 << 60, -1 << 60, 1}, []uint32{1, 1, 0, 0}, []uint32{3, 2, 1, 0}, []int{2, 1, 2, 1}},
		"alike in two":          {[]int64{5, 5, 5, 5}, []uint32{1, 0, 1, 0}, []uint32{1, 3, 0, 2}, []int{1, 1, 1, 1}},
	} {
		batch := scheme.Batch(len(each.figures))
		require.NoError(t, batch.Given("total", 0, each.figures))
		require.NoError(t, batch.In("room", each.groups))
		ranking := must(assessment.NewRanking(assessment.RankingSpec{Rule: rule("r"), Keys: []assessment.Key{{Item: "total"}}, Within: "room"}))
		places := must(ranking.RankBatch(must(scheme.JudgeBatch(batch))))
		assert.Equal(t, each.order, places.Order(), name)
		for unit, rank := range each.ranks {
			assert.Equal(t, rank, places.Rank(unit), name)
		}
		assert.Equal(t, name == "alike in two", places.Open(), name)
	}
}

func TestABatchNumbersItsTiesAsTheRankingSays(t *testing.T) {
	scheme := newScheme(t, panelScheme(assessment.Panel{}))
	batch := scheme.Batch(4)
	require.NoError(t, batch.Panel("total", 0, []int64{7, 9, 7, 1}))
	scores := must(scheme.JudgeBatch(batch))
	for ties, want := range map[assessment.Ties][]int{0: {2, 1, 2, 4}, assessment.Skip: {2, 1, 2, 4}, assessment.Dense: {2, 1, 2, 3}} {
		ranking := must(assessment.NewRanking(assessment.RankingSpec{Rule: rule("r"), Keys: []assessment.Key{{Item: "total"}}, Placing: assessment.Placing{Ties: ties}}))
		places := must(ranking.RankBatch(scores))
		assert.Equal(t, want, []int{places.Rank(0), places.Rank(1), places.Rank(2), places.Rank(3)}, ties)
		assert.Equal(t, ties == 0, places.Open())
	}
}

func TestABatchIsNotRankedByWhatDoesNotApplyToAll(t *testing.T) {
	scheme := newScheme(t, assessment.SchemeSpec{Rule: rule("some"), Total: "total", Items: []assessment.Item{given("total", assessment.Given{}), given("extra", assessment.Given{})}})
	ranking := must(assessment.NewRanking(assessment.RankingSpec{Rule: rule("r"), Keys: []assessment.Key{{Item: "extra"}}}))
	for _, absent := range [][]bool{{false, false}, {false, true}} {
		batch := scheme.Batch(2)
		require.NoError(t, batch.Given("total", 0, []int64{1, 2}))
		require.NoError(t, batch.Given("extra", 0, []int64{3, 4}))
		require.NoError(t, batch.NotApplicable("extra", absent))
		places, err := ranking.RankBatch(must(scheme.JudgeBatch(batch)))
		if absent[1] {
			require.ErrorIs(t, err, union.ErrMissing)
			assert.Equal(t, "keys[0].item", union.Faults(err)[0].Where)
			continue
		}
		require.NoError(t, err)
		assert.Equal(t, []uint32{1, 0}, places.Order())
	}
}

func TestAQuotaTakesAllOfABatchOrNone(t *testing.T) {
	scheme := newScheme(t, panelScheme(assessment.Panel{}))
	ranking := must(assessment.NewRanking(assessment.RankingSpec{Rule: rule("r"), Keys: []assessment.Key{{Item: "total"}}}))
	batch := scheme.Batch(3)
	require.NoError(t, batch.Panel("total", 0, []int64{1, 3, 3}))
	places := must(ranking.RankBatch(must(scheme.JudgeBatch(batch))))
	for by, want := range map[string]struct {
		taken     []bool
		undecided []uint32
	}{
		"1": {[]bool{true, true, true}, nil}, "7": {[]bool{true, true, true}, nil}, "0.1": {[]bool{false, false, false}, nil},
		"0.34": {[]bool{false, false, false}, []uint32{1, 2}}, "0.67": {[]bool{false, true, true}, nil},
	} {
		taken, undecided, err := newQuota(t, assessment.QuotaSpec{Size: []assessment.Step{times(by), rounded(union.Floor)}}).TakeBatch(places, false)
		require.NoError(t, err)
		assert.Equal(t, want.taken, taken, by)
		assert.Equal(t, want.undecided, undecided, by)
	}
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
