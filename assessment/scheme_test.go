package assessment_test

import (
	"errors"
	"fmt"
	"math/big"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/assessment"
	"github.com/unioncampaign/union/internal/laws"
)

// unionSheet is a scheme with every source, step, gate and veto: key targets of
// 80 points, of which one may not apply, daily work of 20 points less 2 a miss,
// and a bonus by band.
func unionSheet() assessment.SchemeSpec {
	clamp := union.MustParseInterval("[0,40]")
	round := halfUp(1)
	spec := assessment.SchemeSpec{
		Rule: rule("union-sheet"),
		Items: []assessment.Item{
			given("dues-target", assessment.Given{Min: number("1")}),
			{Key: "dues", Title: "经费上解", From: assessment.Source{Given: &assessment.Given{}}, Then: []assessment.Step{
				{Times: &assessment.Times{Item: "dues-target", Invert: true}},
				{Times: &assessment.Times{By: number("40")}},
				{Clamp: &clamp},
				{Round: &round},
			}},
			given("news", assessment.Given{Max: number("40")}),
			sum("key", assessment.Sum{Of: []assessment.Term{term("dues", "1"), term("news", "1")}, Renormalise: assessment.ByMaximum}),
			{Key: "daily", From: assessment.Source{Given: &assessment.Given{}}, Then: []assessment.Step{
				{Curve: []assessment.Point{{X: number("0"), Y: number("20")}, {X: number("10"), Y: number("0")}}},
			}},
			{Key: "level", From: assessment.Source{Given: &assessment.Given{Allowed: []union.Number{number("0"), number("1"), number("2")}}}, Then: []assessment.Step{
				{Bands: &assessment.Bands{Scale: union.MustParseInterval("[0,2]"), Grid: number("1"), List: []assessment.Band{
					{In: union.MustParseInterval("[0,0]"), Give: number("0")},
					{In: union.MustParseInterval("[1,2]"), Give: number("3")},
				}}},
			}},
			{Key: "bonus", From: assessment.Source{Ladder: &assessment.Ladder{Rungs: []assessment.Rung{
				{If: []assessment.Test{test("level", "[3,)"), test("daily", "[20,)")}, Give: number("5")},
				{If: []assessment.Test{test("level", "[3,)")}, Give: number("3")},
				{},
			}}}},
			sum("total", assessment.Sum{Of: []assessment.Term{term("key", "1"), term("daily", "1"), term("bonus", "1")}}),
		},
		Total: "total",
		Gates: []assessment.Test{{Item: "news", Why: "信息不少于2条", In: union.MustParseInterval("[2,)")}},
		Vetoes: []assessment.Veto{
			{Fact: "accident", Title: "安全生产事故", Effect: assessment.Bar},
			{Fact: "fraud", Title: "弄虚作假", Effect: assessment.Zero},
			{Fact: "late", Title: "逾期上报", Effect: assessment.Lower, Grades: 1},
		},
		Grades: &assessment.Ladder{Scale: union.MustParseInterval("[0,)"), Rungs: []assessment.Rung{
			{If: []assessment.Test{test("total", "[90,)")}, Grade: "excellent", Title: "优秀"},
			{If: []assessment.Test{test("total", "[80,90)")}, Grade: "good", Title: "良好"},
			{Grade: "plain"},
		}},
		Print: halfUp(2),
	}
	return spec
}

func unionRecord() assessment.Record {
	return assessment.Record{Unit: "u1", Given: numbers("dues-target", "300", "dues", "250", "news", "36", "daily", "2", "level", "2")}
}

func judgeOne(scheme assessment.Scheme, record assessment.Record) (assessment.Score, error) {
	scores, err := scheme.Judge([]assessment.Record{record})
	if err != nil {
		return assessment.Score{}, err
	}
	return scores[0], nil
}

// Worked out by hand: 250/300 of 40 is 33.3; 33.3 + 36 = 69.3; two misses leave
// 16; level 2 gives 3, with daily below 20; 69.3 + 16 + 3 = 88.3.
func TestAUnitIsScoredByHand(t *testing.T) {
	scheme := newScheme(t, unionSheet())
	score, err := judgeOne(scheme, unionRecord())
	require.NoError(t, err)
	want := map[string]string{"dues-target": "300", "dues": "33.3", "news": "36", "key": "69.3", "daily": "16", "level": "3", "bonus": "3", "total": "88.3"}
	got := map[string]string{}
	for key, figure := range score.Items {
		got[key] = figure.String()
	}
	assert.Equal(t, want, got)
	assert.Equal(t, "88.3", score.Total.String())
	assert.Equal(t, "good", score.Grade)
	assert.True(t, score.Verdict.Holds())
	assert.Equal(t, "good", score.Verdict.Answer)
	assert.Equal(t, "良好", scheme.GradeTitle(score.Grade))
	assert.Equal(t, "plain", scheme.GradeTitle("plain"))
	assert.Empty(t, scheme.GradeTitle("none"))
	why := score.Verdict.Reasons[len(score.Verdict.Reasons)-1]
	assert.Equal(t, union.Finding{Where: "grades", Rule: "良好", Got: "total 88.3", Want: "total [80,90)"}, why.Finding)
}

func TestAGradeTellsEveryFigureThatItIsGivenBy(t *testing.T) {
	spec := unionSheet()
	spec.Grades.Scale, spec.Grades.Grid = union.Interval{}, union.Number{}
	spec.Grades.Rungs[0].If = []assessment.Test{test("key", "[60,)"), test("news", "[30,)")}
	spec.Vetoes = nil
	scheme := newScheme(t, spec)
	for news, want := range map[string]union.Finding{
		"36": {Where: "grades", Rule: "优秀", Got: "key 69.3, news 36", Want: "key [60,), news [30,)"},
		"5":  {Where: "grades", Rule: "plain", Got: "total 57.3"}, // 33.3 + 5 + 16 + 3
	} {
		record := unionRecord()
		record.Given["news"] = number(news)
		score, err := judgeOne(scheme, record)
		require.NoError(t, err)
		assert.Equal(t, want, score.Verdict.Reasons[len(score.Verdict.Reasons)-1].Finding)
	}
}

func TestAFigureThatMayNotBeIsToldWhatMay(t *testing.T) {
	for want, limits := range map[string]assessment.Given{
		"0 or more": {}, "2 or more": {Min: number("2")}, "0 to 10": {Max: number("10")}, "5 to 5": {Min: number("5"), Max: number("5")},
		"0 or more, a multiple of 0.5":         {Grid: number("0.5")},
		"0 to 10, one of 1, 2":                 {Max: number("10"), Allowed: []union.Number{number("1"), number("2")}},
		"0 to 4, a multiple of 2, one of 2, 4": {Max: number("4"), Grid: number("2"), Allowed: []union.Number{number("2"), number("4")}},
	} {
		scheme := newScheme(t, assessment.SchemeSpec{Rule: rule("limits"), Total: "x", Items: []assessment.Item{given("x", limits)}})
		_, err := judgeOne(scheme, assessment.Record{Unit: "u", Given: numbers("x", "-1")})
		require.ErrorIs(t, err, union.ErrRange)
		assert.Equal(t, want, union.Faults(err)[0].Want)
	}
}

// A ladder of which a test is not sound is not looked at as a whole.
func TestOneFaultOfALadderIsToldOnce(t *testing.T) {
	spec := unionSheet()
	spec.Items[6].From.Ladder.Rungs[0].If = []assessment.Test{test("x", "[1,)"), test("level", "[1,)")}
	spec.Items[6].From.Ladder.Rungs[2].If = []assessment.Test{test("daily", "[1,)")}
	_, err := assessment.NewScheme(spec)
	assert.Equal(t, []string{"items[6].from.ladder.rungs[0].if[0].item"}, wheres(err))
}

func TestACurveIsStraightBetweenItsPointsAndFlatBeyond(t *testing.T) {
	scheme := newScheme(t, assessment.SchemeSpec{Rule: rule("curve"), Total: "x", Items: []assessment.Item{
		{Key: "x", From: assessment.Source{Given: &assessment.Given{Min: number("-10")}}, Then: []assessment.Step{{Curve: []assessment.Point{
			{X: number("0"), Y: number("5")}, {X: number("60"), Y: number("35")}, {X: number("100"), Y: number("135")},
		}}}},
	}})
	for x, want := range map[string]string{"-5": "5", "0": "5", "30": "20", "60": "35", "80": "85", "100": "135", "150": "135"} {
		score, err := judgeOne(scheme, assessment.Record{Unit: "u", Given: numbers("x", x)})
		require.NoError(t, err)
		assert.Equal(t, want, score.Total.String(), x)
	}
}

func TestVetoesAndGatesDoWhatTheySay(t *testing.T) {
	scheme := newScheme(t, unionSheet())
	for name, each := range map[string]struct {
		change   func(*assessment.Record)
		total    string
		grade    string
		standing union.Standing
		reasons  string
	}{
		"nothing occurred": {func(*assessment.Record) {}, "88.3", "good", union.Met, "met met met met met"},
		"the award is barred": {func(r *assessment.Record) { r.Facts = []string{"accident"} },
			"88.3", "good", union.Unmet, "met unmet met met met"},
		"the score is zeroed": {func(r *assessment.Record) { r.Facts = []string{"fraud"} },
			"0", "plain", union.Unmet, "met met unmet met met"},
		"the grade is lowered, and the award stands": {func(r *assessment.Record) { r.Facts = []string{"late"} },
			"88.3", "plain", union.Met, "met met met unmet met"},
		"no grade is lower than the last": {func(r *assessment.Record) { r.Facts = []string{"late"}; r.Given["daily"] = number("9") },
			"74.3", "plain", union.Met, "met met met unmet met"},
		"a fact that only lowers does not lift the bar of another": {func(r *assessment.Record) { r.Facts = []string{"accident", "late"} },
			"88.3", "plain", union.Unmet, "met unmet met unmet met"},
		"a gate is not passed": {func(r *assessment.Record) { r.Given["news"] = number("1") },
			"53.3", "", union.Unmet, "unmet met met met"},
		"an item that does not apply is exempt": {func(r *assessment.Record) {
			delete(r.Given, "news")
			r.NotApplicable = map[string]string{"news": "无信息任务"}
		}, "85.6", "good", union.Met, "exempt met met met exempt met"}, // 33.3 of 40 is 66.6 of 80; + 16 + 3
	} {
		t.Run(name, func(t *testing.T) {
			record := unionRecord()
			each.change(&record)
			score, err := judgeOne(scheme, record)
			require.NoError(t, err)
			assert.Equal(t, each.total, score.Total.String())
			assert.Equal(t, each.total, score.Items["total"].String())
			assert.Equal(t, each.grade, score.Grade)
			assert.Equal(t, each.standing, score.Verdict.Standing)
			var standings []string
			for _, reason := range score.Verdict.Reasons {
				standings = append(standings, reason.Standing.String())
			}
			assert.Equal(t, each.reasons, strings.Join(standings, " "))
		})
	}
}

func TestAJudgementReportsTheFirstFault(t *testing.T) {
	for name, each := range map[string]struct {
		change func(*assessment.Record)
		want   error
		where  string
	}{
		"no unit":                     {func(r *assessment.Record) { r.Unit = "" }, union.ErrMissing, "group[0].unit"},
		"a figure not of the scheme":  {func(r *assessment.Record) { r.Given["dew"] = number("1") }, union.ErrUnknown, "group[0].given"},
		"a figure that is worked out": {func(r *assessment.Record) { r.Given["total"] = number("100") }, union.ErrUnknown, "group[0].given"},
		"an unknown does not apply":   {func(r *assessment.Record) { r.NotApplicable = map[string]string{"dew": "?"} }, union.ErrUnknown, "group[0].not_applicable"},
		"given and not applicable":    {func(r *assessment.Record) { r.NotApplicable = map[string]string{"news": "?"} }, union.ErrRepeated, "group[0].not_applicable.news"},
		"a fact of no veto":           {func(r *assessment.Record) { r.Facts = []string{"late", "rain"} }, union.ErrUnknown, "group[0].facts[1]"},
		"a blank, which is not zero":  {func(r *assessment.Record) { delete(r.Given, "news") }, union.ErrMissing, "group[0].items.news.given"},
		"above the maximum":           {func(r *assessment.Record) { r.Given["news"] = number("41") }, union.ErrRange, "group[0].items.news.given"},
		"below zero":                  {func(r *assessment.Record) { r.Given["daily"] = number("-1") }, union.ErrRange, "group[0].items.daily.given"},
		"off the ladder of marks":     {func(r *assessment.Record) { r.Given["level"] = number("1.5") }, union.ErrRange, "group[0].items.level.given"},
		"the total cannot do without": {func(r *assessment.Record) {
			delete(r.Given, "daily")
			r.NotApplicable = map[string]string{"daily": "?"}
		}, union.ErrMissing, "group[0].items.bonus.daily"},
		"a divisor that does not apply": {func(r *assessment.Record) {
			delete(r.Given, "dues-target")
			r.NotApplicable = map[string]string{"dues-target": "?"}
		}, union.ErrMissing, "group[0].items.dues.then[0].dues-target"},
		"nothing of the total applies": {func(r *assessment.Record) { r.NotApplicable = map[string]string{"total": "?"} }, union.ErrUndefined, "group[0].items.total"},
	} {
		t.Run(name, func(t *testing.T) {
			record := unionRecord()
			each.change(&record)
			scores, err := newScheme(t, unionSheet()).Judge([]assessment.Record{record})
			require.ErrorIs(t, err, each.want)
			assert.Equal(t, each.where, union.Faults(err)[0].Where)
			assert.Nil(t, scores)
			_, err = newScheme(t, unionSheet()).Working([]assessment.Record{record}, "u1")
			require.ErrorIs(t, err, each.want)
		})
	}
	scheme := newScheme(t, unionSheet())
	_, err := scheme.Judge([]assessment.Record{unionRecord(), unionRecord()})
	require.ErrorIs(t, err, union.ErrRepeated)
	assert.Equal(t, "group[1].unit", union.Faults(err)[0].Where)
	_, err = scheme.Working([]assessment.Record{unionRecord()}, "u2")
	require.ErrorIs(t, err, union.ErrUnknown)
	var none assessment.Scheme
	_, err = none.Judge([]assessment.Record{unionRecord()})
	require.ErrorIs(t, err, union.ErrMissing)
	scores, err := none.Judge(nil)
	require.NoError(t, err)
	assert.Empty(t, scores)
	assert.Empty(t, none.GradeTitle("good"))
	_, ok := none.Maximum("total")
	assert.False(t, ok)
}

func TestFiguresOutsideAScaleAreRefused(t *testing.T) {
	bands := assessment.Bands{Scale: union.MustParseInterval("[0,10]"), Grid: number("1"), List: []assessment.Band{
		{In: union.MustParseInterval("[0,4]"), Give: number("0")}, {In: union.MustParseInterval("[5,10]"), Give: number("1")},
	}}
	spec := assessment.SchemeSpec{
		Rule: rule("s"),
		Items: []assessment.Item{
			given("divisor", assessment.Given{}),
			{Key: "x", From: assessment.Source{Given: &assessment.Given{}}, Then: []assessment.Step{{Bands: &bands}}},
			{Key: "y", From: assessment.Source{Given: &assessment.Given{}}, Then: []assessment.Step{{Times: &assessment.Times{Item: "divisor", Invert: true}}}},
		},
		Total: "y",
		Grades: &assessment.Ladder{Scale: union.MustParseInterval("[0,2]"), Rungs: []assessment.Rung{
			{If: []assessment.Test{test("y", "[1,2]")}, Grade: "pass"}, {Grade: "fail"},
		}},
	}
	scheme := newScheme(t, spec)
	for name, each := range map[string]struct {
		given map[string]union.Number
		want  error
		where string
	}{
		"above the scale of bands":  {numbers("divisor", "1", "x", "11", "y", "1"), union.ErrRange, "group[0].items.x.then[0]"},
		"off the grid of bands":     {numbers("divisor", "1", "x", "4.5", "y", "1"), union.ErrRange, "group[0].items.x.then[0]"},
		"above the scale of grades": {numbers("divisor", "1", "x", "4", "y", "2.1"), union.ErrRange, "group[0].grades.y"},
		"divided by zero":           {numbers("divisor", "0", "x", "4", "y", "1"), union.ErrUndefined, "group[0].items.y.then[0].divisor"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := judgeOne(scheme, assessment.Record{Unit: "u", Given: each.given})
			require.ErrorIs(t, err, each.want)
			assert.Equal(t, each.where, union.Faults(err)[0].Where)
		})
	}
	score, err := judgeOne(scheme, assessment.Record{Unit: "u", Given: numbers("divisor", "2", "x", "5", "y", "1")})
	require.NoError(t, err)
	assert.Equal(t, "fail", score.Grade, "half a point is left to the last rung")
}

func TestASchemeReportsEachFaultAtItsPlace(t *testing.T) {
	open, all := union.MustParseInterval("[0,40)"), union.MustParseInterval("(,)")
	never := union.Rounding{}
	step := func(s *assessment.SchemeSpec, step assessment.Step) { s.Items[4].Then = []assessment.Step{step} }
	for name, each := range map[string]struct {
		change func(*assessment.SchemeSpec)
		want   error
		where  string
	}{
		"no key of the rule":        {func(s *assessment.SchemeSpec) { s.Key = "" }, union.ErrMissing, "key"},
		"no items":                  {func(s *assessment.SchemeSpec) { s.Items = nil }, union.ErrMissing, "items"},
		"an item without a key":     {func(s *assessment.SchemeSpec) { s.Items[2].Key = "" }, union.ErrMissing, "items[2].key"},
		"an item twice":             {func(s *assessment.SchemeSpec) { s.Items[2].Key = "dues" }, union.ErrRepeated, "items[2].key"},
		"an item with a point":      {func(s *assessment.SchemeSpec) { s.Items[2].Key = "news.sent" }, union.ErrText, "items[2].key"},
		"a fact with a point":       {func(s *assessment.SchemeSpec) { s.Vetoes[0].Fact = "an.accident" }, union.ErrText, "vetoes[0].fact"},
		"a grade with a point":      {func(s *assessment.SchemeSpec) { s.Grades.Rungs[0].Grade = "a.b" }, union.ErrText, "grades.rungs[0].grade"},
		"no total":                  {func(s *assessment.SchemeSpec) { s.Total = "" }, union.ErrMissing, "total"},
		"a total that is not there": {func(s *assessment.SchemeSpec) { s.Total = "sum" }, union.ErrUnknown, "total"},
		"a gate on nothing":         {func(s *assessment.SchemeSpec) { s.Gates[0].Item = "x" }, union.ErrUnknown, "gates[0].item"},
		"no source":                 {func(s *assessment.SchemeSpec) { s.Items[2].From = assessment.Source{} }, union.ErrMissing, "items[2].from"},
		"two sources":               {func(s *assessment.SchemeSpec) { s.Items[2].From.Sum = s.Items[3].From.Sum }, union.ErrRepeated, "items[2].from"},
		"a panel and a figure":      {func(s *assessment.SchemeSpec) { s.Items[2].From.Panel = &assessment.Panel{} }, union.ErrRepeated, "items[2].from"},
		"a part capped at nothing": {func(s *assessment.SchemeSpec) {
			s.Items[2].Then = []assessment.Step{{Clamp: intervalRef("(,0]")}}
		}, union.ErrMissing, "items[3].from.sum.of[1].item"},
		"an item used before":      {func(s *assessment.SchemeSpec) { s.Items[3].From.Sum.Of[0].Item = "daily" }, union.ErrOrder, "items[3].from.sum.of[0].item"},
		"an item used in itself":   {func(s *assessment.SchemeSpec) { s.Items[3].From.Sum.Of[0].Item = "key" }, union.ErrOrder, "items[3].from.sum.of[0].item"},
		"an item of nothing":       {func(s *assessment.SchemeSpec) { s.Items[3].From.Sum.Of[0].Item = "x" }, union.ErrUnknown, "items[3].from.sum.of[0].item"},
		"a part twice":             {func(s *assessment.SchemeSpec) { s.Items[3].From.Sum.Of[1].Item = "dues" }, union.ErrRepeated, "items[3].from.sum.of[1].item"},
		"no parts":                 {func(s *assessment.SchemeSpec) { s.Items[3].From.Sum.Of = nil }, union.ErrMissing, "items[3].from.sum.of"},
		"a part without weight":    {func(s *assessment.SchemeSpec) { s.Items[3].From.Sum.Of[1].Weight = union.Number{} }, union.ErrMissing, "items[3].from.sum.of[1].weight"},
		"a renormalised deduction": {func(s *assessment.SchemeSpec) { s.Items[3].From.Sum.Of[1].Weight = number("-1") }, union.ErrRange, "items[3].from.sum.of[1].weight"},
		"a mean that totals 2":     {func(s *assessment.SchemeSpec) { s.Items[3].From.Sum.Mean = true }, assessment.ErrWeights, "items[3].from.sum.of"},
		"a sum that normalises":    {func(s *assessment.SchemeSpec) { s.Items[3].From.Sum.Normalise = true }, union.ErrRange, "items[3].from.sum.normalise"},
		"a deduction in a mean": {func(s *assessment.SchemeSpec) {
			s.Items[3].From.Sum.Mean, s.Items[3].From.Sum.Renormalise = true, 0
			s.Items[3].From.Sum.Of[0].Weight, s.Items[3].From.Sum.Of[1].Weight = number("2"), number("-1")
		}, union.ErrRange, "items[3].from.sum.of[1].weight"},
		"renormalised by nothing":  {func(s *assessment.SchemeSpec) { s.Items[3].From.Sum.Renormalise = 9 }, union.ErrUnknown, "items[3].from.sum.renormalise"},
		"a part without a maximum": {func(s *assessment.SchemeSpec) { s.Items[2].From.Given.Max = union.Number{} }, union.ErrMissing, "items[3].from.sum.of[1].item"},
		"a negative maximum":       {func(s *assessment.SchemeSpec) { s.Items[2].From.Given.Max = number("-1") }, union.ErrRange, "items[2].from.given.max"},
		"bounds turned round":      {func(s *assessment.SchemeSpec) { s.Items[2].From.Given.Min = number("41") }, union.ErrOrder, "items[2].from.given.min"},
		"a mark allowed twice":     {func(s *assessment.SchemeSpec) { s.Items[5].From.Given.Allowed[2] = number("1.0") }, union.ErrRepeated, "items[5].from.given.allowed[2]"},
		"a mark out of bounds":     {func(s *assessment.SchemeSpec) { s.Items[5].From.Given.Allowed[2] = number("-1") }, union.ErrRange, "items[5].from.given.allowed[2]"},
		"no step":                  {func(s *assessment.SchemeSpec) { step(s, assessment.Step{}) }, union.ErrMissing, "items[4].then[0]"},
		"two steps in one":         {func(s *assessment.SchemeSpec) { s.Items[1].Then[0].Round = s.Items[1].Then[3].Round }, union.ErrRepeated, "items[1].then[0]"},
		"times nothing":            {func(s *assessment.SchemeSpec) { step(s, assessment.Step{Times: &assessment.Times{}}) }, union.ErrMissing, "items[4].then[0].times"},
		"times two things": {func(s *assessment.SchemeSpec) {
			step(s, assessment.Step{Times: &assessment.Times{By: number("1"), Item: "dues"}})
		}, union.ErrRepeated, "items[4].then[0].times"},
		"times a later item":          {func(s *assessment.SchemeSpec) { step(s, assessment.Step{Times: &assessment.Times{Item: "total"}}) }, union.ErrOrder, "items[4].then[0].times.item"},
		"a curve of one point":        {func(s *assessment.SchemeSpec) { s.Items[4].Then[0].Curve = s.Items[4].Then[0].Curve[:1] }, union.ErrMissing, "items[4].then[0].curve"},
		"a curve turned back":         {func(s *assessment.SchemeSpec) { s.Items[4].Then[0].Curve[1].X = union.Number{} }, union.ErrOrder, "items[4].then[0].curve[1].x"},
		"bands with a hole":           {func(s *assessment.SchemeSpec) { s.Items[5].Then[0].Bands.Grid = union.Number{} }, union.ErrHole, ""},
		"bands that overlap":          {func(s *assessment.SchemeSpec) { s.Items[5].Then[0].Bands.List[1].In = union.MustParseInterval("[0,2]") }, union.ErrOverlap, ""},
		"a clamp with an open end":    {func(s *assessment.SchemeSpec) { step(s, assessment.Step{Clamp: &open}) }, union.ErrRange, "items[4].then[0].clamp"},
		"a clamp without ends":        {func(s *assessment.SchemeSpec) { step(s, assessment.Step{Clamp: &all}) }, union.ErrMissing, "items[4].then[0].clamp"},
		"no rounding":                 {func(s *assessment.SchemeSpec) { step(s, assessment.Step{Round: &never}) }, union.ErrMissing, "items[4].then[0].round.mode"},
		"a ladder without rungs":      {func(s *assessment.SchemeSpec) { s.Items[6].From.Ladder.Rungs = nil }, union.ErrMissing, "items[6].from.ladder.rungs"},
		"a ladder that may not end":   {func(s *assessment.SchemeSpec) { s.Items[6].From.Ladder.Rungs = s.Items[6].From.Ladder.Rungs[:2] }, union.ErrHole, "items[6].from.ladder.rungs"},
		"a rung never reached":        {func(s *assessment.SchemeSpec) { s.Items[6].From.Ladder.Rungs[0].If = nil }, union.ErrOrder, "items[6].from.ladder.rungs[0]"},
		"a rung that tests twice":     {func(s *assessment.SchemeSpec) { s.Items[6].From.Ladder.Rungs[0].If[1].Item = "level" }, union.ErrRepeated, "items[6].from.ladder.rungs[0].if[1].item"},
		"a rung that tests nothing":   {func(s *assessment.SchemeSpec) { s.Items[6].From.Ladder.Rungs[0].If[1].Item = "x" }, union.ErrUnknown, "items[6].from.ladder.rungs[0].if[1].item"},
		"a scale of several figures":  {func(s *assessment.SchemeSpec) { s.Items[6].From.Ladder.Grid = number("1") }, union.ErrRange, "items[6].from.ladder.scale"},
		"a grade where a number goes": {func(s *assessment.SchemeSpec) { s.Items[6].From.Ladder.Rungs[0].Grade = "good" }, union.ErrRange, "items[6].from.ladder.rungs[0]"},
		"a number where a grade goes": {func(s *assessment.SchemeSpec) { s.Grades.Rungs[0].Give = number("1") }, union.ErrRange, "grades.rungs[0].give"},
		"a rung without a grade":      {func(s *assessment.SchemeSpec) { s.Grades.Rungs[1].Grade = "" }, union.ErrMissing, "grades.rungs[1].grade"},
		"a grade come back to":        {func(s *assessment.SchemeSpec) { s.Grades.Rungs[2].Grade = "excellent" }, union.ErrRepeated, "grades.rungs[2].grade"},
		"a fact without a name":       {func(s *assessment.SchemeSpec) { s.Vetoes[0].Fact = "" }, union.ErrMissing, "vetoes[0].fact"},
		"a fact without a title":      {func(s *assessment.SchemeSpec) { s.Vetoes[0].Title = "" }, union.ErrMissing, "vetoes[0].title"},
		"a fact twice":                {func(s *assessment.SchemeSpec) { s.Vetoes[1].Fact = "accident" }, union.ErrRepeated, "vetoes[1].fact"},
		"no effect":                   {func(s *assessment.SchemeSpec) { s.Vetoes[0].Effect = 0 }, union.ErrMissing, "vetoes[0].effect"},
		"an effect that is none":      {func(s *assessment.SchemeSpec) { s.Vetoes[0].Effect = 9 }, union.ErrUnknown, "vetoes[0].effect"},
		"lowered by nothing":          {func(s *assessment.SchemeSpec) { s.Vetoes[2].Grades = 0 }, union.ErrRange, "vetoes[2].grades"},
		"barred by grades":            {func(s *assessment.SchemeSpec) { s.Vetoes[0].Grades = 1 }, union.ErrRange, "vetoes[0].grades"},
		"lowered without grades":      {func(s *assessment.SchemeSpec) { s.Grades = nil }, union.ErrMissing, "vetoes[2].effect"},
		"a print that is none":        {func(s *assessment.SchemeSpec) { s.Print.Places = 99 }, union.ErrRange, "print.places"},
	} {
		t.Run(name, func(t *testing.T) {
			spec := unionSheet()
			each.change(&spec)
			_, err := assessment.NewScheme(spec)
			require.ErrorIs(t, err, each.want)
			if each.where != "" {
				assert.Contains(t, wheres(err), each.where)
			}
		})
	}
}

// graded is a scheme that grades one mark by rungs.
func graded(scale, grid string, rungs ...assessment.Rung) assessment.SchemeSpec {
	ladder := assessment.Ladder{Scale: union.MustParseInterval(scale), Rungs: rungs}
	if grid != "" {
		ladder.Grid = number(grid)
	}
	return assessment.SchemeSpec{Rule: rule("graded"), Items: []assessment.Item{given("mark", assessment.Given{Max: number("100")})}, Total: "mark", Grades: &ladder}
}

func rung(grade, in string) assessment.Rung {
	if in == "" {
		return assessment.Rung{Grade: grade}
	}
	return assessment.Rung{Grade: grade, If: []assessment.Test{test("mark", in)}}
}

func TestGradesMustPartitionTheirScale(t *testing.T) {
	for name, each := range map[string]struct {
		spec assessment.SchemeSpec
		want error  // nil: the grades are sound
		got  string // the value that is named
	}{
		"closed below, open above":     {graded("[0,100]", "", rung("a", "[90,100]"), rung("b", "[80,90)"), rung("c", "[0,80)")), nil, ""},
		"the rest below":               {graded("[0,100]", "", rung("a", "[90,100]"), rung("b", "[80,90)"), rung("c", "")), nil, ""},
		"the rest below without bound": {graded("(,)", "", rung("a", "[90,)"), rung("c", "")), nil, ""},
		"the rest above":               {graded("[0,100]", "", rung("c", "[0,60)"), rung("b", "[60,80]"), rung("a", "")), nil, ""},
		"the rest above without bound": {graded("[0,)", "", rung("c", "[0,60)"), rung("a", "")), nil, ""},
		"a rest of one value":          {graded("[0,100]", "", rung("a", "(0,100]"), rung("c", "")), nil, ""},
		"no rest is left":              {graded("[0,100]", "", rung("a", "[50,100]"), rung("b", "[0,50)"), rung("c", "")), nil, ""},
		"all to one":                   {graded("[0,100]", "", rung("c", "")), nil, ""},
		"whole points have no holes":   {graded("[0,100]", "1", rung("a", "[70,100]"), rung("b", "[60,69]"), rung("c", "")), nil, ""},
		"69.5 between 69 and 70":       {graded("[0,100]", "", rung("a", "[70,100]"), rung("b", "[60,69]"), rung("c", "")), union.ErrHole, "69.5"},
		"exactly half held by two":     {graded("[0,1]", "", rung("a", "[0.5,1]"), rung("b", "[0,0.5]")), union.ErrOverlap, "0.5"},
		"exactly half held by none":    {graded("[0,1]", "", rung("a", "(0.5,1]"), rung("b", "[0,0.5)")), union.ErrHole, "0.5"},
		"nothing below, and no rest":   {graded("[0,100]", "", rung("a", "[60,100]")), union.ErrHole, ""},
		"a rest at both ends":          {graded("[0,100]", "", rung("b", "[60,80]"), rung("c", "")), union.ErrHole, "0 below [60,80]"},
		"the same grade in two rungs":  {graded("[0,100]", "", rung("a", "[90,100]"), rung("a", "[80,90)"), rung("c", "")), nil, ""},
		"89.5 left out between grades": {graded("[0,100]", "", rung("a", "[90,100]"), rung("b", "[80,89]"), rung("c", "[0,80)")), union.ErrHole, "89.5"},
		"a grade outside the scale":    {graded("[0,100]", "", rung("a", "[90,120]"), rung("c", "")), union.ErrRange, ""},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := assessment.NewScheme(each.spec)
			if each.want == nil {
				require.NoError(t, err)
				return
			}
			require.ErrorIs(t, err, each.want)
			assert.Contains(t, err.Error(), each.got)
			assert.True(t, strings.HasPrefix(union.Faults(err)[0].Where, "grades."), union.Faults(err)[0].Where)
		})
	}
}

// One gate passed makes up for no other, in either order.
func TestEveryGateMustBePassed(t *testing.T) {
	for _, gates := range [][]assessment.Test{
		{test("mark", "[60,)"), test("mark", "[90,)")},
		{test("mark", "[90,)"), test("mark", "[60,)")},
	} {
		spec := graded("[0,100]", "", rung("a", "[80,100]"), rung("b", ""))
		spec.Gates = gates
		score, err := judgeOne(newScheme(t, spec), assessment.Record{Unit: "u", Given: numbers("mark", "85")})
		require.NoError(t, err)
		assert.Equal(t, union.Unmet, score.Verdict.Standing)
		assert.Empty(t, score.Grade)
	}
}

// A grade of two rungs is one grade: 95 and 85 are both a, and a grade lower is b.
func TestAGradeOfTwoRungsIsLoweredAsOne(t *testing.T) {
	spec := graded("[0,100]", "", rung("a", "[90,100]"), rung("a", "[80,90)"), rung("b", "[60,80)"), rung("c", ""))
	spec.Vetoes = []assessment.Veto{
		{Fact: "late", Title: "逾期", Effect: assessment.Lower, Grades: 1},
		{Fact: "twice", Title: "再次逾期", Effect: assessment.Lower, Grades: 1},
	}
	scheme := newScheme(t, spec)
	for _, mark := range []string{"95", "85"} {
		score, err := judgeOne(scheme, assessment.Record{Unit: "u", Given: numbers("mark", mark), Facts: []string{"late"}})
		require.NoError(t, err)
		assert.Equal(t, "b", score.Grade, mark)
		score, err = judgeOne(scheme, assessment.Record{Unit: "u", Given: numbers("mark", mark), Facts: []string{"late", "twice"}})
		require.NoError(t, err)
		assert.Equal(t, "c", score.Grade, "two facts lower it twice")
	}
}

// Every mark on a grid finer than the bounds has exactly one grade, and it
// changes at the bounds and nowhere else.
func oneGrade(grade func(mark union.Number) (string, error)) laws.Law {
	return func(r *rapid.T) error {
		bound := rapid.SampledFrom([]int64{60, 80, 90}).Draw(r, "bound")
		near := rapid.Int64Range(-1, 1).Draw(r, "hundredths")
		at := union.Whole(bound).Add(number("0.01").Mul(union.Whole(near)))
		if rapid.Bool().Draw(r, "anywhere") {
			at = number("0.01").Mul(union.Whole(rapid.Int64Range(0, 10000).Draw(r, "mark")))
		}
		got, err := grade(at)
		if err != nil {
			return err
		}
		want := "d"
		for _, each := range []struct{ grade, from string }{{"c", "60"}, {"b", "80"}, {"a", "90"}} {
			if at.Cmp(number(each.from)) >= 0 {
				want = each.grade
			}
		}
		if got != want {
			return fmt.Errorf("%s has grade %q, not %q", at, got, want)
		}
		return nil
	}
}

func TestEveryScoreHasExactlyOneGrade(t *testing.T) { // S13
	scheme := newScheme(t, graded("[0,100]", "", rung("a", "[90,100]"), rung("b", "[80,90)"), rung("c", "[60,80)"), rung("d", "")))
	laws.Holds(t, oneGrade(func(mark union.Number) (string, error) {
		score, err := judgeOne(scheme, assessment.Record{Unit: "u", Given: map[string]union.Number{"mark": mark}})
		return score.Grade, err
	}))
	laws.Rejects(t, oneGrade(func(mark union.Number) (string, error) {
		for _, each := range []struct{ grade, in string }{{"a", "[90,100]"}, {"b", "[80,89.5]"}, {"c", "[60,79.5]"}, {"d", "[0,59.5]"}} {
			if union.MustParseInterval(each.in).Contains(mark) {
				return each.grade, nil
			}
		}
		return "", nil
	}))
}

// means draws marks and weights that total 1, and which parts do not apply.
type means struct {
	marks, weights []int64
	absent         []bool
}

func drawMeans(r *rapid.T) means {
	n := rapid.IntRange(1, 5).Draw(r, "parts")
	var m means
	for range n {
		m.marks = append(m.marks, rapid.Int64Range(0, 100).Draw(r, "mark"))
		m.weights = append(m.weights, rapid.Int64Range(1, 9).Draw(r, "weight"))
		m.absent = append(m.absent, rapid.Bool().Draw(r, "does not apply"))
	}
	return m
}

// scheme returns the mean of the parts as a scheme, and the record.
func (m means) scheme(r require.TestingT, way assessment.Renormalise) (assessment.Scheme, assessment.Record) {
	var total int64
	for _, weight := range m.weights {
		total += weight
	}
	spec := assessment.SchemeSpec{Rule: rule("mean"), Total: "mean"}
	record := assessment.Record{Unit: "u", Given: map[string]union.Number{}, NotApplicable: map[string]string{}}
	mean := assessment.Sum{Mean: true, Renormalise: way}
	for i := range m.marks {
		key := fmt.Sprint("part", i)
		spec.Items = append(spec.Items, given(key, assessment.Given{Max: number("100")}))
		weight, err := union.NewNumber(m.weights[i], total)
		require.NoError(r, err)
		mean.Of = append(mean.Of, assessment.Term{Item: key, Weight: weight})
		if way != 0 && m.absent[i] {
			record.NotApplicable[key] = "not here"
		} else {
			record.Given[key] = union.Whole(m.marks[i])
		}
	}
	spec.Items = append(spec.Items, sum("mean", mean))
	scheme, err := assessment.NewScheme(spec)
	require.NoError(r, err)
	return scheme, record
}

// A weighted mean lies between its lowest and its highest part.
func betweenItsParts(mean func(m means) (union.Number, error)) laws.Law {
	return func(r *rapid.T) error {
		m := drawMeans(r)
		got, err := mean(m)
		if err != nil {
			return err
		}
		low, high := m.marks[0], m.marks[0]
		for _, mark := range m.marks {
			low, high = min(low, mark), max(high, mark)
		}
		if got.Cmp(union.Whole(low)) < 0 || got.Cmp(union.Whole(high)) > 0 {
			return fmt.Errorf("%s is not between %d and %d", got, low, high)
		}
		return nil
	}
}

func TestAMeanLiesBetweenItsParts(t *testing.T) { // S10
	laws.Holds(t, betweenItsParts(func(m means) (union.Number, error) {
		scheme, record := m.scheme(t, 0)
		score, err := judgeOne(scheme, record)
		return score.Total, err
	}))
	laws.Rejects(t, betweenItsParts(func(m means) (union.Number, error) { // weights that total 1.1
		scheme, record := m.scheme(t, 0)
		score, err := judgeOne(scheme, record)
		return score.Total.Mul(number("1.1")), err
	}))
}

// A part that does not apply leaves the mean, and the weights of the others are
// scaled up: it is not a zero.
func leavesTheMean(mean func(m means) (union.Number, error)) laws.Law {
	return func(r *rapid.T) error {
		m := drawMeans(r)
		sum, weights := new(big.Rat), new(big.Rat)
		for i, mark := range m.marks {
			if !m.absent[i] {
				sum.Add(sum, big.NewRat(mark*m.weights[i], 1))
				weights.Add(weights, big.NewRat(m.weights[i], 1))
			}
		}
		got, err := mean(m)
		if weights.Sign() == 0 {
			if !errors.Is(err, union.ErrUndefined) {
				return fmt.Errorf("a mean of nothing is %s", got)
			}
			return nil
		}
		if err != nil {
			return err
		}
		exact, ok := new(big.Rat).SetString(got.String())
		if want := sum.Quo(sum, weights); !ok || exact.Cmp(want) != 0 {
			return fmt.Errorf("the mean is %s, not %s", got, want.RatString())
		}
		return nil
	}
}

func TestAPartThatDoesNotApplyLeavesTheMean(t *testing.T) { // S11
	for _, way := range []assessment.Renormalise{assessment.ByWeight, assessment.ByMaximum} {
		// All parts have the same maximum, so both ways give the same.
		laws.Holds(t, leavesTheMean(func(m means) (union.Number, error) {
			scheme, record := m.scheme(t, way)
			score, err := judgeOne(scheme, record)
			return score.Total, err
		}))
	}
	laws.Rejects(t, leavesTheMean(func(m means) (union.Number, error) {
		scheme, record := m.scheme(t, assessment.ByWeight)
		for key := range record.NotApplicable {
			record.Given[key] = union.Number{}
		}
		record.NotApplicable = nil
		score, err := judgeOne(scheme, record)
		return score.Total, err
	}))
}

// Full marks stay full marks where parts have unlike maxima: 20 of 20 beside a
// part of 30 that does not apply is 50, and by weight it is 40.
func TestTheTwoWaysToRenormaliseDiffer(t *testing.T) {
	for way, want := range map[assessment.Renormalise]string{assessment.ByMaximum: "50", assessment.ByWeight: "40"} {
		scheme := newScheme(t, assessment.SchemeSpec{
			Rule: rule("s"),
			Items: []assessment.Item{
				given("a", assessment.Given{Max: number("20")}),
				given("b", assessment.Given{Max: number("30")}),
				sum("total", assessment.Sum{Of: []assessment.Term{term("a", "1"), term("b", "1")}, Renormalise: way}),
			},
			Total: "total",
		})
		score, err := judgeOne(scheme, assessment.Record{Unit: "u", Given: numbers("a", "20"), NotApplicable: map[string]string{"b": "not here"}})
		require.NoError(t, err)
		assert.Equal(t, want, score.Total.String(), way)
	}
}

// A mean is accepted only if its weights total exactly 1.
func totalsOne(accepts func(weights []union.Number) bool) laws.Law {
	return func(r *rapid.T) error {
		var weights []union.Number
		total := new(big.Rat)
		for i := range rapid.IntRange(1, 4).Draw(r, "parts") {
			den := rapid.SampledFrom([]int64{3, 10, 100, 1000, 10000}).Draw(r, "den")
			num := rapid.Int64Range(1, den).Draw(r, "num")
			if i > 0 && rapid.Bool().Draw(r, "rest") && total.Cmp(big.NewRat(1, 1)) < 0 {
				rest := new(big.Rat).Sub(big.NewRat(1, 1), total)
				num, den = rest.Num().Int64(), rest.Denom().Int64()
				if rapid.Bool().Draw(r, "almost") {
					num, den = num*100000+1, den*100000
				}
			}
			total.Add(total, big.NewRat(num, den))
			weights = append(weights, must(union.NewNumber(num, den)))
		}
		if want := total.Cmp(big.NewRat(1, 1)) == 0; accepts(weights) != want {
			return fmt.Errorf("weights %v, in total %s: accepted is %t", weights, total, !want)
		}
		return nil
	}
}

func TestTheWeightsOfAMeanTotalExactlyOne(t *testing.T) { // S9
	accepts := func(weights []union.Number) bool {
		spec := assessment.SchemeSpec{Rule: rule("mean"), Total: "total"}
		mean := assessment.Sum{Mean: true}
		for i, weight := range weights {
			key := string(rune('a' + i))
			spec.Items = append(spec.Items, given(key, assessment.Given{}))
			mean.Of = append(mean.Of, assessment.Term{Item: key, Weight: weight})
		}
		spec.Items = append(spec.Items, sum("total", mean))
		_, err := assessment.NewScheme(spec)
		if err != nil {
			require.ErrorIs(t, err, assessment.ErrWeights)
		}
		return err == nil
	}
	laws.Holds(t, totalsOne(accepts))
	laws.Rejects(t, totalsOne(func(weights []union.Number) bool { // the total is rounded to two places first
		var total union.Number
		for _, weight := range weights {
			total = total.Add(weight)
		}
		rounded, _ := halfUp(2).Apply(total)
		return rounded.Equal(number("1"))
	}))
}

// Scaling all weights of a mean that normalises changes nothing: not the mean, not
// what makes up for a part that does not apply, not the greatest mean there can be.
func scaleIsNothing(mean func(m means, way assessment.Renormalise, scale union.Number) (string, error)) laws.Law {
	return func(r *rapid.T) error {
		m := drawMeans(r)
		way := rapid.SampledFrom([]assessment.Renormalise{0, assessment.ByWeight, assessment.ByMaximum}).Draw(r, "way")
		scale := must(union.NewNumber(rapid.Int64Range(1, 12).Draw(r, "num"), rapid.Int64Range(1, 12).Draw(r, "den")))
		want, err := mean(m, way, number("1"))
		if err != nil {
			return err
		}
		got, err := mean(m, way, scale)
		if err == nil && got != want {
			err = fmt.Errorf("weights times %s: %s, not %s", scale, got, want)
		}
		return err
	}
}

// normalised returns the scheme of a mean as another whose weights are scaled.
func (m means) normalised(t testing.TB, way assessment.Renormalise, scale union.Number, normalise bool) (assessment.Scheme, assessment.Record) {
	scheme, record := m.scheme(t, way)
	spec := scheme.Spec()
	of := spec.Items[len(spec.Items)-1].From.Sum
	of.Mean, of.Normalise = normalise, normalise
	for i := range of.Of {
		of.Of[i].Weight = of.Of[i].Weight.Mul(scale)
	}
	return newScheme(t, spec), record
}

func TestTheScaleOfTheWeightsOfANormalisedMeanIsNothing(t *testing.T) { // S9
	mean := func(normalise bool) func(m means, way assessment.Renormalise, scale union.Number) (string, error) {
		return func(m means, way assessment.Renormalise, scale union.Number) (string, error) {
			scheme, record := m.normalised(t, way, scale, normalise)
			score, err := judgeOne(scheme, record)
			if errors.Is(err, union.ErrUndefined) {
				return "nothing applies", nil
			}
			high, _ := scheme.Maximum("mean")
			return score.Total.String() + " of " + high.String(), err
		}
	}
	laws.Holds(t, scaleIsNothing(mean(true)))
	laws.Rejects(t, scaleIsNothing(mean(false))) // a sum of the same weights
}

// 90 counts twice and 60 once: 240 over 3. Where the 60 does not apply, 90 is left.
func TestANormalisedMeanIsOverItsWeights(t *testing.T) {
	spec := assessment.SchemeSpec{Rule: rule("s"), Total: "mean", Items: []assessment.Item{
		given("a", assessment.Given{Max: number("100")}), given("b", assessment.Given{Max: number("100")}),
		sum("mean", assessment.Sum{Of: []assessment.Term{term("a", "2"), term("b", "1")}, Mean: true, Normalise: true, Renormalise: assessment.ByWeight}),
	}}
	scheme := newScheme(t, spec)
	both := assessment.Record{Unit: "u", Given: numbers("a", "90", "b", "60")}
	for want, record := range map[string]assessment.Record{"80": both, "90": {Unit: "u", Given: numbers("a", "90"), NotApplicable: map[string]string{"b": "?"}}} {
		score, err := judgeOne(scheme, record)
		require.NoError(t, err)
		assert.Equal(t, want, score.Total.String())
	}
	working, err := scheme.Working([]assessment.Record{both}, "u")
	require.NoError(t, err)
	assert.Equal(t, "加权平均，除以权重合计3，缺项按权重折算", working.Parts[2].Rule)
	high, ok := scheme.Maximum("mean")
	require.True(t, ok)
	assert.Equal(t, "100", high.String())
	readsBack(t, scheme, "assessment.scheme/1")
}

// risingSteps never turn an order round.
func risingSteps() []assessment.Step {
	return []assessment.Step{
		{Curve: []assessment.Point{{X: number("0"), Y: number("0")}, {X: number("60"), Y: number("40")}, {X: number("100"), Y: number("120")}}},
		{Times: &assessment.Times{By: number("0.9")}},
		{Times: &assessment.Times{By: number("0.9"), Invert: true}},
		{Clamp: intervalRef("[10,100]")},
		{Round: &union.Rounding{Mode: union.HalfUp, Places: 1}},
		{Bands: &assessment.Bands{List: []assessment.Band{
			{In: union.MustParseInterval("(,50)"), Give: number("1")}, {In: union.MustParseInterval("[50,)"), Give: number("2")},
		}}},
	}
}

// Where every weight is positive and every step rising, a better mark never
// lowers the score.
func betterIsNeverWorse(judge func(m means, then []assessment.Step) (union.Number, error)) laws.Law {
	return func(r *rapid.T) error {
		m, then := drawMeans(r), rapid.SliceOfN(rapid.SampledFrom(risingSteps()), 0, 3).Draw(r, "then")
		before, err := judge(m, then)
		if err != nil {
			return err
		}
		at := rapid.IntRange(0, len(m.marks)-1).Draw(r, "at")
		m.marks[at] = rapid.Int64Range(m.marks[at], 100).Draw(r, "better")
		after, err := judge(m, then)
		if err != nil {
			return err
		}
		if after.Cmp(before) < 0 {
			return fmt.Errorf("a better mark lowers the score from %s to %s", before, after)
		}
		return nil
	}
}

func TestABetterMarkNeverLowersTheScore(t *testing.T) { // S8
	laws.Holds(t, betterIsNeverWorse(func(m means, then []assessment.Step) (union.Number, error) {
		scheme, record := m.scheme(t, 0)
		spec := scheme.Spec()
		spec.Items[len(spec.Items)-1].Then = then
		score, err := judgeOne(newScheme(t, spec), record)
		return score.Total, err
	}))
	laws.Rejects(t, betterIsNeverWorse(func(m means, _ []assessment.Step) (union.Number, error) { // the sign of a weight is wrong
		scheme, record := m.scheme(t, 0)
		spec := scheme.Spec()
		of := spec.Items[len(spec.Items)-1].From.Sum
		of.Mean = false
		of.Of[0].Weight = of.Of[0].Weight.Neg()
		score, err := judgeOne(newScheme(t, spec), record)
		return score.Total, err
	}))
}

func intervalRef(text string) *union.Interval {
	in := union.MustParseInterval(text)
	return &in
}

func TestTheMaximumOfAnItemFollowsFromItsParts(t *testing.T) {
	scheme := newScheme(t, unionSheet())
	for item, want := range map[string]string{"dues": "40", "news": "40", "key": "80", "daily": "20", "level": "3", "bonus": "5", "total": "105"} {
		maximum, ok := scheme.Maximum(item)
		assert.True(t, ok, item)
		assert.Equal(t, want, maximum.String(), item)
	}
	for _, item := range []string{"dues-target", "nothing"} {
		_, ok := scheme.Maximum(item)
		assert.False(t, ok, item)
	}
	third := union.Rounding{Mode: union.HalfUp, Places: 0}
	spec := assessment.SchemeSpec{
		Rule: rule("s"),
		Items: []assessment.Item{
			given("a", assessment.Given{Min: number("-5"), Max: number("10")}),
			{Key: "half", From: assessment.Source{Given: &assessment.Given{Max: number("9")}}, Then: []assessment.Step{{Times: &assessment.Times{By: number("2"), Invert: true}}, {Round: &third}}},
			sum("less", assessment.Sum{Of: []assessment.Term{term("half", "1"), term("a", "-1")}}),
			{Key: "low", From: assessment.Source{Given: &assessment.Given{Max: number("9")}}, Then: []assessment.Step{{Clamp: intervalRef("[20,)")}}},
			{Key: "open", From: assessment.Source{Given: &assessment.Given{}}, Then: []assessment.Step{{Times: &assessment.Times{Item: "a"}}, {Clamp: intervalRef("[2,)")}}},
			{Key: "capped", From: assessment.Source{Given: &assessment.Given{}}, Then: []assessment.Step{{Times: &assessment.Times{Item: "a"}}, {Round: &third}, {Clamp: intervalRef("(,7]")}}},
			sum("all", assessment.Sum{Of: []assessment.Term{term("open", "1"), term("half", "1")}}),
		},
		Total: "all",
	}
	scheme = newScheme(t, spec)
	for item, want := range map[string]string{"a": "10", "half": "5", "less": "10", "low": "20", "capped": "7"} {
		maximum, ok := scheme.Maximum(item)
		assert.True(t, ok, item)
		assert.Equal(t, want, maximum.String(), item)
	}
	_, ok := scheme.Maximum("all")
	assert.False(t, ok)
	score, err := judgeOne(scheme, assessment.Record{Unit: "u", Given: numbers("a", "-5", "half", "9", "low", "3", "open", "4", "capped", "4")})
	require.NoError(t, err)
	assert.Equal(t, "20", score.Items["low"].String(), "a floor lifts")
	assert.Equal(t, "2", score.Items["open"].String())
	assert.Equal(t, "10", score.Items["less"].String())
}

// What is taken off at least is what bounds the total from above: the least figure
// of an item is that of its lowest rung, or where a clamp holds it.
func TestTheLeastOfAnItemFollowsFromItsParts(t *testing.T) {
	rungs := func(items ...string) assessment.Source {
		ladder := assessment.Ladder{Rungs: []assessment.Rung{{If: []assessment.Test{test("a", "[5,)")}, Item: items[0]}}}
		for range items[1:] {
			ladder.Rungs = append(ladder.Rungs, assessment.Rung{Item: items[1]})
		}
		if len(items) == 1 {
			ladder.Rungs = append(ladder.Rungs, assessment.Rung{Give: number("7")})
		}
		return assessment.Source{Ladder: &ladder}
	}
	for name, each := range map[string]struct {
		item        assessment.Item
		least, most string // of what is taken off, and of what is given; empty: not known
	}{
		"a figure or a number":        {assessment.Item{From: rungs("a")}, "-2", "10"},
		"two figures":                 {assessment.Item{From: rungs("a", "b")}, "-1", "20"},
		"a figure without bounds":     {assessment.Item{From: rungs("free")}, "", ""},
		"the second without bounds":   {assessment.Item{From: rungs("a", "free")}, "", ""},
		"without bounds, and clamped": {assessment.Item{From: rungs("free"), Then: []assessment.Step{{Clamp: intervalRef("[3,8]")}}}, "-3", "8"},
		"clamped below alone":         {assessment.Item{From: rungs("free"), Then: []assessment.Step{{Clamp: intervalRef("[3,)")}}}, "-3", ""},
		"clamped above the least":     {assessment.Item{From: rungs("a"), Then: []assessment.Step{{Clamp: intervalRef("[3,8]")}}}, "-3", "8"},
		"clamped beyond both":         {assessment.Item{From: rungs("a"), Then: []assessment.Step{{Clamp: intervalRef("[1,80]")}}}, "-2", "10"},
		"a mean of marks":             {panelItem("", assessment.Panel{Mean: true, Marks: assessment.Given{Min: number("4"), Max: number("9")}}), "-4", "9"},
	} {
		each.item.Key = "it"
		scheme := newScheme(t, assessment.SchemeSpec{Rule: rule("least"), Total: "less", Items: []assessment.Item{
			given("a", assessment.Given{Min: number("2"), Max: number("10")}), given("b", assessment.Given{Min: number("1"), Max: number("20")}),
			{Key: "free", From: assessment.Source{Given: &assessment.Given{}}, Then: []assessment.Step{{Times: &assessment.Times{Item: "a"}}}},
			each.item, sum("less", assessment.Sum{Of: []assessment.Term{term("it", "-1")}}),
		}})
		for item, want := range map[string]string{"less": each.least, "it": each.most} {
			got, known := scheme.Maximum(item)
			assert.Equal(t, want != "", known, "%s: %s", name, item)
			if known {
				assert.Equal(t, want, got.String(), "%s: %s", name, item)
			}
		}
	}
}

func TestASchemeReadsBack(t *testing.T) {
	readsBack(t, newScheme(t, unionSheet()), "assessment.scheme/1")
}

func TestASchemeKeepsNothingOfItsSpec(t *testing.T) {
	spec := unionSheet()
	scheme := newScheme(t, spec)
	spec.Items[2].From.Given.Max = number("1")
	spec.Items[3].From.Sum.Of[0].Weight = number("9")
	*spec.Items[1].Then[2].Clamp = union.MustParseInterval("[0,1]")
	scheme.Spec().Items[3].From.Sum.Of[0].Weight = number("9")
	score, err := judgeOne(scheme, unionRecord())
	require.NoError(t, err)
	assert.Equal(t, "88.3", score.Total.String())
}

// What cannot be read back is refused when the rule is made.
func TestARuleThatCannotBeReadAgainIsRefused(t *testing.T) {
	long := number("0.1234567890123456789")
	long = long.Mul(long).Mul(long).Mul(long)
	spec := unionSheet()
	spec.Items[3].From.Sum.Of[0].Weight = long
	_, err := assessment.NewScheme(spec)
	require.Error(t, err)
}

// The working of a unit can be read by a clerk.
func TestTheWorkingTellsEveryStep(t *testing.T) {
	scheme := newScheme(t, unionSheet())
	record := unionRecord()
	delete(record.Given, "news")
	record.NotApplicable = map[string]string{"news": "无信息任务"}
	record.Facts = []string{"late"}
	working, err := scheme.Working([]assessment.Record{record}, "u1")
	require.NoError(t, err)
	assert.Equal(t, strings.TrimPrefix(`
测试规则 u1 = 85.60 plain
  § made up for a test
  · total: 85.6
  · 信息不少于2条: 不适用
  · 安全生产事故: 未发生
  · 弄虚作假: 未发生
  · 逾期上报: 发生，降低1个等次
  ≈ 四舍五入，保留2位小数
  dues-target = 300
    § 按实际填报，不低于1
    · 填报数: 300
  经费上解 = 33.3
    § 按实际填报，不低于0
    · 填报数: 250
    除以 = 5/6
      · 原数: 250
      · dues-target: 300
    乘以 = 100/3
      · 原数: 5/6
      · 系数: 40
    限于0至40 = 100/3
      · 原数: 100/3
    取舍 = 33.3
      · 原数: 100/3
      ≈ 四舍五入，保留1位小数
  news = 不适用
    · 原因: 无信息任务
  key = 66.6
    § 加权求和，权重合计为2，缺项按满分折算
    · 经费上解: 33.3 × 1
    · news: 不适用 × 1
  daily = 16
    § 按实际填报，不低于0
    · 填报数: 2
    两点之间按直线取值 = 16
      · 原数: 2
      · 0: 20
      · 10: 0
  level = 3
    § 按实际填报，不低于0，限0、1、2
    · 填报数: 2
    按档取值 = 3
      · 原数: 2
      · 0: 0
      · 1至2: 3
  bonus = 3
    § 自上而下取第一个符合的档
    · level: 3，不低于3得5，符合
    · daily: 16，不低于20得5，不符合
    · level: 3，不低于3得3，符合
  total = 85.6
    § 加权求和，权重合计为3
    · key: 66.6 × 1
    · daily: 16 × 1
    · bonus: 3 × 1
  等次 = plain
    § 自上而下取第一个符合的档
    · total: 85.6，不低于90为优秀，不符合
    · total: 85.6，不低于80且低于90为良好，符合
    逾期上报 = plain
      § 降低1个等次
      · 原等次: 良好
`, "\n"), working.String())
}

// Each fact that lowers the grade is told with the grade before it and after.
func TestTheWorkingTellsEachLoweringOfAGrade(t *testing.T) {
	spec := unionSheet()
	spec.Vetoes = append(spec.Vetoes, assessment.Veto{Fact: "again", Title: "再次逾期", Effect: assessment.Lower, Grades: 1})
	record := unionRecord()
	record.Given["daily"], record.Given["news"] = number("0"), number("40")
	record.Facts = []string{"late", "again"}
	working, err := newScheme(t, spec).Working([]assessment.Record{record}, "u1") // 33.3 + 40 + 20 + 5: 98.3
	require.NoError(t, err)
	grade := working.Parts[len(working.Parts)-1]
	assert.Equal(t, "plain", grade.Result)
	require.Len(t, grade.Parts, 2)
	for i, want := range []union.Working{
		{Item: "逾期上报", Rule: "降低1个等次", Inputs: []union.Input{{Name: "原等次", Value: "优秀"}}, Result: "良好"},
		{Item: "再次逾期", Rule: "降低1个等次", Inputs: []union.Input{{Name: "原等次", Value: "良好"}}, Result: "plain"},
	} {
		assert.Equal(t, want, grade.Parts[i])
	}
}

// A clerk is told how every gate and every veto stood.
func TestTheWorkingTellsGatesAndVetoes(t *testing.T) {
	spec := unionSheet()
	spec.Gates = append(spec.Gates, test("daily", "[20,)"))
	scheme := newScheme(t, spec)
	record := unionRecord()
	record.Facts = []string{"accident", "fraud"}
	working, err := scheme.Working([]assessment.Record{record}, "u1")
	require.NoError(t, err)
	assert.Equal(t, []union.Input{
		{Name: "total", Value: "0"},
		{Name: "信息不少于2条", Value: "36，要求不低于2，符合"},
		{Name: "daily", Value: "16，要求不低于20，不符合"},
		{Name: "安全生产事故", Value: "发生，取消评优资格"},
		{Name: "弄虚作假", Value: "发生，得分归零，取消评优资格"},
		{Name: "逾期上报", Value: "未发生"},
	}, working.Inputs)
	assert.Equal(t, "0.00", working.Result)
}

// An interval is told as it is read aloud, and its ends are told apart.
func TestAnIntervalIsToldInWords(t *testing.T) {
	for in, want := range map[string]string{
		"[2,)": "不低于2", "(2,)": "高于2", "(,2]": "不高于2", "(,2)": "低于2", "(,)": "不限",
		"[1,2]": "1至2", "(1,2]": "高于1且不高于2", "[1,2)": "不低于1且低于2", "(1,2)": "高于1且低于2", "[2,2]": "2",
	} {
		spec := unionSheet()
		spec.Gates[0].In = union.MustParseInterval(in)
		working, err := newScheme(t, spec).Working([]assessment.Record{unionRecord()}, "u1")
		require.NoError(t, err)
		assert.Contains(t, working.Inputs[1].Value, "，要求"+want+"，", in)
	}
}
