package aid_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/aid"
	"github.com/unioncampaign/union/internal/laws"
)

func TestAVisitPlanThatIsWrongSaysWhere(t *testing.T) {
	for reason, each := range map[string]struct {
		change func(*aid.VisitPlanSpec)
		want   error
		where  string
	}{
		"no key":                 {func(s *aid.VisitPlanSpec) { s.Key = "" }, union.ErrMissing, "key"},
		"no days":                {func(s *aid.VisitPlanSpec) { s.Days = union.Period{} }, union.ErrMissing, "days"},
		"no levels":              {func(s *aid.VisitPlanSpec) { s.Levels = nil }, union.ErrMissing, "levels"},
		"a level without title":  {func(s *aid.VisitPlanSpec) { s.Levels[0].Title = "" }, union.ErrMissing, "levels[0].title"},
		"a level twice":          {func(s *aid.VisitPlanSpec) { s.Levels[1].Key = "national" }, union.ErrRepeated, "levels[1].key"},
		"a level with a dot":     {func(s *aid.VisitPlanSpec) { s.Levels[0].Key = "省." }, union.ErrText, "levels[0].key"},
		"a level within another": {func(s *aid.VisitPlanSpec) { s.Levels[1].Within = "national" }, union.ErrUnknown, "levels[1].within"},
		"no measure of goods":    {func(s *aid.VisitPlanSpec) { s.Goods = "" }, union.ErrMissing, "goods"},
	} {
		spec := visitSpec()
		each.change(&spec)
		_, err := aid.NewVisitPlan(spec)
		require.ErrorIs(t, err, each.want, reason)
		assert.Equal(t, each.where, union.Faults(err)[0].Where, reason)
	}
	spec := visitSpec()
	v := must(aid.NewVisitPlan(spec))
	spec.Levels[0].Key = "x"
	assert.Equal(t, visitSpec(), v.Spec())
}

func visit(worker, level, amount string, goods int64) aid.Visit {
	return aid.Visit{Worker: worker, Level: level, On: day("2010-04-28"), Amount: yuan(amount), Goods: goods}
}

func visited(list ...aid.Visit) aid.Visits {
	visits := visitPlan().Visits()
	for _, each := range list {
		if err := visits.Add(must(visitPlan().CodeVisit(each))); err != nil {
			panic(err)
		}
	}
	return visits
}

func TestVisitsAreCountedByPersonAndMoneyApartFromGoods(t *testing.T) {
	visits := visited(visit("w1", "national", "1000", 0), visit("w1", "national", "0", 2), visit("w2", "province", "500.50", 0), visit("w3", "province", "0", 0))
	require.NoError(t, visits.Merge(visited(visit("w1", "province", "0", 1))))
	figures, err := visitPlan().Figures(visits)
	require.NoError(t, err)
	assert.Equal(t, map[string]string{
		"aid.visits":                "3人", // w1 holds two levels
		"aid.visits.times":          "5人次",
		"aid.visits.level.national": "1人",
		"aid.visits.level.province": "3人",
		"aid.visits.money":          "1500.50元",
		"aid.visits.goods":          "3份",
	}, checkFigures(t, figures))
	assert.Equal(t, []union.Input{
		{Name: "发放慰问金", Value: "2"}, {Name: "发放慰问品", Value: "2"}, {Name: "其中：钱物兼有", Value: "0"}, {Name: "未发放钱物", Value: "1"},
	}, figureOf(t, figures, "aid.visits.times").Working().Inputs)
	assert.Equal(t, visitPlan().ID(), visits.Rule())
}

// Rice and oil with an envelope are one visit, counted with those in money and
// with those in goods.
func TestAVisitMayBringMoneyAndGoods(t *testing.T) {
	visits := visited(visit("w1", "national", "1000", 2), visit("w2", "province", "500", 0), visit("w3", "province", "0", 1), visit("w4", "province", "0", 0))
	figures, err := visitPlan().Figures(visits)
	require.NoError(t, err)
	values := checkFigures(t, figures)
	assert.Equal(t, "4人次", values["aid.visits.times"])
	assert.Equal(t, "1500.00元", values["aid.visits.money"])
	assert.Equal(t, "3份", values["aid.visits.goods"])
	assert.Equal(t, []union.Input{
		{Name: "发放慰问金", Value: "2"}, {Name: "发放慰问品", Value: "2"}, {Name: "其中：钱物兼有", Value: "1"}, {Name: "未发放钱物", Value: "1"},
	}, figureOf(t, figures, "aid.visits.times").Working().Inputs)
}

func TestVisitsOfNobodyAreKnown(t *testing.T) {
	figures, err := visitPlan().Figures(aid.Visits{})
	require.NoError(t, err)
	assert.Equal(t, "0人", checkFigures(t, figures)["aid.visits"])
}

func TestAVisitThatCannotBeCountedSaysWhere(t *testing.T) {
	for reason, each := range map[string]struct {
		change func(*aid.Visit)
		want   error
		where  string
	}{
		"no worker":     {func(v *aid.Visit) { v.Worker = "" }, union.ErrMissing, "worker"},
		"no level":      {func(v *aid.Visit) { v.Level = "" }, union.ErrMissing, "level"},
		"another level": {func(v *aid.Visit) { v.Level = "county" }, union.ErrUnknown, "level"},
		"too early":     {func(v *aid.Visit) { v.On = day("2010-04-19") }, union.ErrRange, "on"},
		"too late":      {func(v *aid.Visit) { v.On = day("2010-05-01") }, union.ErrRange, "on"},
		"money below 0": {func(v *aid.Visit) { v.Amount = yuan("-1") }, union.ErrRange, "amount"},
		"goods below 0": {func(v *aid.Visit) { v.Goods = -1 }, union.ErrRange, "goods"},
	} {
		v := visit("w1", "national", "100", 0)
		each.change(&v)
		_, err := visitPlan().CodeVisit(v)
		require.ErrorIs(t, err, each.want, reason)
		assert.Equal(t, each.where, union.Faults(err)[0].Where, reason)
	}
	_, err := aid.VisitPlan{}.CodeVisit(visit("w1", "national", "100", 0))
	require.ErrorIs(t, err, union.ErrMissing)
}

func TestVisitsRefuseWhatTheyCannotCount(t *testing.T) {
	start := func() aid.Visits { return visited(visit("w1", "national", "0.01", 0), visit("w1", "national", "0", 1)) }
	for reason, each := range map[string]struct {
		add  aid.CodedVisit
		want error
	}{
		"no level":       {aid.CodedVisit{Worker: "w2"}, union.ErrRange},
		"another level":  {aid.CodedVisit{Worker: "w2", Level: 3}, union.ErrRange},
		"money below 0":  {aid.CodedVisit{Worker: "w2", Level: 1, Amount: yuan("-1")}, union.ErrRange},
		"too much money": {aid.CodedVisit{Worker: "w2", Level: 1, Amount: union.Fen(mostFen)}, union.ErrOverflow},
		"too many goods": {aid.CodedVisit{Worker: "w2", Level: 1, Goods: mostFen}, union.ErrOverflow},
		"no worker":      {aid.CodedVisit{Level: 1}, union.ErrMissing},
	} {
		visits := start()
		require.ErrorIs(t, visits.Add(each.add), each.want, reason)
		assert.Equal(t, start(), visits, reason)
	}
	var zero aid.Visits
	require.ErrorIs(t, zero.Add(aid.CodedVisit{Worker: "w1", Level: 1}), union.ErrRule)
	spec := visitSpec()
	spec.Goods = "件"
	foreign := must(aid.NewVisitPlan(spec)).Visits()
	visits := start()
	require.ErrorIs(t, visits.Merge(foreign), union.ErrRule)
	_, err := visitPlan().Figures(foreign)
	require.ErrorIs(t, err, union.ErrRule)
	rich := visitPlan().Visits()
	require.NoError(t, rich.Add(aid.CodedVisit{Worker: "w2", Level: 1, Amount: union.Fen(mostFen)}))
	require.ErrorIs(t, visits.Merge(rich), union.ErrOverflow)
	assert.Equal(t, start(), visits)
}

func TestVisitsMerge(t *testing.T) {
	laws.Tally[aid.Visits](t, func(r *rapid.T) aid.Visits {
		visits := visitPlan().Visits()
		for range rapid.IntRange(0, 6).Draw(r, "visits") {
			if err := visits.Add(drawVisit(r)); err != nil {
				r.Fatal(err)
			}
		}
		return visits
	})
}

func drawVisit(r *rapid.T) aid.CodedVisit {
	visit := aid.CodedVisit{
		Worker: rapid.SampledFrom([]string{"w1", "w2", "w3"}).Draw(r, "worker"),
		Level:  union.Code(rapid.IntRange(1, 2).Draw(r, "level")),
	}
	if rapid.Bool().Draw(r, "goods") {
		visit.Goods = rapid.Int64Range(0, 9).Draw(r, "pieces")
	}
	if rapid.Bool().Draw(r, "money") {
		visit.Amount = union.Fen(rapid.Int64Range(0, 100000).Draw(r, "fen"))
	}
	return visit
}
