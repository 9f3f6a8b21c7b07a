package employment_test

import (
	"encoding/json"
	"math"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/employment"
)

func number(text string) *union.Number { n := union.MustParseNumber(text); return &n }

// The sample's quarter, worked out by hand. 2 posts of any occupation are spread
// over the seekers who state one (a clerk and two workers), 1 seeker without
// preference over the 8 posts that state one (3 and 5): clerks 3 + 2/3 to 1 + 3/8,
// workers 5 + 4/3 to 2 + 5/8.
func TestASmallQuarterIsWorkedOutByHand(t *testing.T) {
	market := sampleMarket()
	bulletin := must(market.Bulletin(sampleQuarter()))
	bulletin.Counts = map[string]union.Count{"employed": printed("90人"), "hires": printed("4人")}
	bulletin.Changes = map[string]employment.Change{"qoq": {
		Demand: employment.Difference{By: number("2")}, Supply: employment.Difference{By: number("-1")}, Tightness: number("1.61"),
	}}
	said := must(shown(market.Figures(bulletin)))
	want := map[string]string{
		"employment.market.demand":              "10人",
		"employment.market.demand.new":          "7人",
		"employment.market.demand.carried":      "3人",
		"employment.market.supply":              "4人",
		"employment.market.supply.new":          "3人",
		"employment.market.supply.carried":      "1人",
		"employment.market.supply.person_times": "5人次",
		"employment.market.tightness":           "2.50",
		"employment.market.tightness.inverse":   "0.40",

		"employment.market.by.industry.demand.secondary":       "7人",
		"employment.market.by.industry.demand.C":               "5人",
		"employment.market.by.industry.demand.E":               "2人",
		"employment.market.by.industry.demand.tertiary":        "3人",
		"employment.market.by.industry.demand.H":               "3人",
		"employment.market.by.industry.demand.unknown":         "0人",
		"employment.market.by.industry.demand.share.secondary": "70.00%",
		"employment.market.by.industry.demand.share.C":         "50.00%", // of the total
		"employment.market.by.industry.demand.share.E":         "20.00%",
		"employment.market.by.industry.demand.share.tertiary":  "30.00%",
		"employment.market.by.industry.demand.share.H":         "30.00%",

		"employment.market.by.occupation.demand.clerk":             "3人",
		"employment.market.by.occupation.demand.worker":            "5人",
		"employment.market.by.occupation.demand.other":             "0人",
		"employment.market.by.occupation.demand.none":              "2人",
		"employment.market.by.occupation.demand.unknown":           "0人",
		"employment.market.by.occupation.demand.share.clerk":       "30.00%",
		"employment.market.by.occupation.demand.share.worker":      "50.00%",
		"employment.market.by.occupation.demand.share.other":       "0.00%",
		"employment.market.by.occupation.demand.share.none":        "20.00%",
		"employment.market.by.occupation.supply.clerk":             "1人",
		"employment.market.by.occupation.supply.worker":            "2人",
		"employment.market.by.occupation.supply.other":             "0人",
		"employment.market.by.occupation.supply.none":              "1人",
		"employment.market.by.occupation.supply.unknown":           "0人",
		"employment.market.by.occupation.supply.share.clerk":       "25.00%",
		"employment.market.by.occupation.supply.share.worker":      "50.00%",
		"employment.market.by.occupation.supply.share.other":       "0.00%",
		"employment.market.by.occupation.supply.share.none":        "25.00%",
		"employment.market.by.occupation.tightness.clerk":          "2.67", // 11/3 ÷ 11/8
		"employment.market.by.occupation.tightness.inverse.clerk":  "0.38", // 0.375
		"employment.market.by.occupation.tightness.worker":         "2.41", // 19/3 ÷ 21/8 = 152/63
		"employment.market.by.occupation.tightness.inverse.worker": "0.41",
		"employment.market.by.occupation.tightness.other":          "[undefined]",
		"employment.market.by.occupation.tightness.inverse.other":  "[undefined]",
		// u = 11/8, 21/8 of 4; v = 11/3, 19/3 of 10: half of |0.34375 - 0.36667| + |0.65625 - 0.63333|.
		"employment.market.by.occupation.mismatch":     "0.0229",
		"employment.market.by.occupation.gaps.short":   "操作工、办事人员", // 5 - 2, 3 - 1
		"employment.market.by.occupation.gaps.surplus": "[not applicable]",

		"employment.market.by.category.supply.youth":               "2人",
		"employment.market.by.category.supply.graduate":            "1人",
		"employment.market.by.category.supply.laid-off":            "1人",
		"employment.market.by.category.supply.unknown":             "1人",
		"employment.market.by.category.supply.share.youth":         "50.00%",
		"employment.market.by.category.supply.share.graduate":      "50.00%", // of the young
		"employment.market.by.category.supply.share.laid-off":      "25.00%",
		"employment.market.by.category.supply.share.unknown":       "25.00%",
		"employment.market.by.category.supply.group.jobless":       "3人",
		"employment.market.by.category.supply.share.group.jobless": "75.00%",

		"employment.market.by.kind.demand.state":         "5人",
		"employment.market.by.kind.demand.private":       "3人",
		"employment.market.by.kind.demand.unknown":       "2人",
		"employment.market.by.kind.demand.share.state":   "50.00%",
		"employment.market.by.kind.demand.share.private": "30.00%",
		"employment.market.by.kind.demand.share.unknown": "20.00%",

		"employment.market.count.employed": "90人",
		"employment.market.count.hires":    "4人",
		"employment.market.rate.openings":  "10.0%", // 10 of 90 + 10
		"employment.market.rate.fill":      "40.0%", // 4 of 10
		"employment.market.rate.hires":     "4.4%",  // 4 of 90

		"employment.market.compared.qoq.demand.before":    "8",
		"employment.market.compared.qoq.demand.growth":    "25.0%",
		"employment.market.compared.qoq.demand.direction": "增长",
		"employment.market.compared.qoq.supply.before":    "5",
		"employment.market.compared.qoq.supply.growth":    "20.0%", // of 5, down to 4
		"employment.market.compared.qoq.supply.direction": "下降",
		"employment.market.compared.qoq.tightness.change": "0.89", // 2.50 less the 1.61 printed
	}
	assert.Equal(t, want, said)
	var places []string
	for _, finding := range market.Check(bulletin) {
		places = append(places, finding.Where)
	}
	assert.Equal(t, []string{ // each over fewer than 2
		`supply.by["occupation"]["clerk"]`, `supply.by["occupation"]["other"]`,
	}, places)
	for _, figure := range must(market.Figures(bulletin)) {
		switch figure.Key() {
		case "employment.market.by.occupation.tightness.clerk":
			assert.Contains(t, figure.Working().String(), "基数不足2，仅供参考")
			assert.Contains(t, figure.Working().String(), "无要求求职人数按需求人数分摊")
			assert.Contains(t, figure.Working().String(), "无要求需求人数按求职人数分摊")
		case "employment.market.by.occupation.tightness.worker":
			assert.NotContains(t, figure.Working().String(), "仅供参考")
		}
	}
}

func TestABulletinOnNewRegistrationsCountsThese(t *testing.T) {
	spec := sampleMarketSpec()
	spec.Basis = employment.Fresh
	market := must(employment.NewMarket(spec))
	quarter := must(tally(market, sampleVacancies(), sampleApplications()))
	said := must(shown(market.Figures(must(market.Bulletin(quarter)))))
	assert.Equal(t, "7人", said["employment.market.demand"])
	assert.Equal(t, "3人", said["employment.market.supply"])
	assert.Equal(t, "2.33", said["employment.market.tightness"])
	assert.Equal(t, "0人", said["employment.market.by.industry.demand.H"], "trade was carried over")
}

// The change of a ratio is that of the ratios as they are printed, or that of the
// exact ratios: 2.13 less 2.14 as published in Guangxi, where the exact ones differ
// by less than half a hundredth.
func TestAChangeIsOfPrintedOrOfExactRatios(t *testing.T) {
	bulletin := employment.Bulletin{
		Demand:  employment.Side{Total: printed("21349人")},
		Supply:  employment.Side{Total: printed("10000人")},
		Changes: map[string]employment.Change{"qoq": {Demand: employment.Difference{Before: number("21351")}, Supply: employment.Difference{Before: number("10000")}}},
	}
	for change, want := range map[employment.ChangeOf]string{employment.OfPrinted: "-0.01", employment.OfExact: "0.00"} {
		spec := sampleMarketSpec()
		spec.Change = change
		said := must(shown(must(employment.NewMarket(spec)).Figures(bulletin)))
		assert.Equal(t, want, said["employment.market.compared.qoq.tightness.change"], change)
	}
}

// Neither a side that was not known before nor one that is not known now is none.
func TestTheChangeOfARatioNeedsBothSidesOfBothPeriods(t *testing.T) {
	side := func(n string) employment.Side { return employment.Side{Total: printed(n)} }
	of := employment.Difference{Before: number("10")}
	for name, change := range map[string]employment.Change{
		"demand alone": {Demand: of}, "supply alone": {Supply: of}, "neither": {},
	} {
		said := must(shown(sampleMarket().Figures(employment.Bulletin{
			Demand: side("20人"), Supply: side("10人"), Changes: map[string]employment.Change{"qoq": change},
		})))
		assert.Equal(t, "[unknown]", said["employment.market.compared.qoq.tightness.change"], name)
	}
}

func TestADifferenceIsToldByAnyTwoOfThree(t *testing.T) {
	market := sampleMarket()
	for name, each := range map[string]struct {
		of        employment.Difference
		own       string
		before    string
		direction string
	}{
		"before and now":  {employment.Difference{Before: number("8"), Now: number("10")}, "不详人", "8", "增长"},
		"before and by":   {employment.Difference{Before: number("8"), By: number("-2")}, "不详人", "8", "下降"},
		"now and by":      {employment.Difference{Now: number("10"), By: number("0")}, "不详人", "10", "持平"},
		"by alone":        {employment.Difference{By: number("2")}, "10人", "8", "增长"},
		"before alone":    {employment.Difference{Before: number("12")}, "10人", "12", "下降"},
		"nothing":         {employment.Difference{}, "10人", "[unknown]", "[unknown]"},
		"no own figure":   {employment.Difference{By: number("2")}, "10余人", "[unknown]", "[unknown]"},
		"from nothing up": {employment.Difference{Before: number("0")}, "10人", "0", "增长"},
	} {
		said := must(shown(market.Figures(employment.Bulletin{
			Demand: employment.Side{Total: printed(each.own)}, Changes: map[string]employment.Change{"qoq": {Demand: each.of}},
		})))
		assert.Equal(t, each.before, said["employment.market.compared.qoq.demand.before"], name)
		assert.Equal(t, each.direction, said["employment.market.compared.qoq.demand.direction"], name)
		if name == "from nothing up" {
			assert.Equal(t, "[undefined]", said["employment.market.compared.qoq.demand.growth"])
		}
	}
}

func TestTheBaseOfAShareIsTheRules(t *testing.T) {
	terms := list("kinds", union.Term{Key: "firm", Title: "企业"}, union.Term{Key: "own", Title: "内资", Within: "firm"},
		union.Term{Key: "state", Title: "国有", Within: "own"}, union.Term{Key: "office", Title: "机关"})
	counts := map[string]union.Count{"firm": printed("80人"), "own": printed("40人"), "state": printed("10人"), "office": printed("20人")}
	for base, want := range map[employment.Base]string{employment.OfTotal: "10.00%", employment.OfParent: "25.00%", employment.OfSection: "12.50%"} {
		spec := sampleMarketSpec()
		spec.Dimensions = []employment.Dimension{{Key: "kind", Title: "性质", Terms: terms, Demand: true, Base: base}}
		said := must(shown(must(employment.NewMarket(spec)).Figures(employment.Bulletin{
			Demand: employment.Side{Total: printed("100人"), By: map[string]map[string]union.Count{"kind": counts}},
		})))
		assert.Equal(t, want, said["employment.market.by.kind.demand.share.state"], base)
	}
}

func TestABulletinImpliesTheReportBefore(t *testing.T) {
	market := sampleMarket()
	side := func(n string) employment.Side { return employment.Side{Total: printed(n)} }
	now := employment.Bulletin{Demand: side("110人"), Supply: side("100人"), Changes: map[string]employment.Change{"qoq": {
		Demand: employment.Difference{By: number("10")}, Supply: employment.Difference{By: number("-5")}, Tightness: number("0.95"),
	}}}
	assert.Empty(t, market.CheckLink(now, "qoq", employment.Bulletin{Demand: side("100人"), Supply: side("105人")}))
	var said []string
	for _, finding := range market.CheckLink(now, "qoq", employment.Bulletin{Demand: side("101人"), Supply: side("90人")}) {
		said = append(said, finding.String())
	}
	assert.Equal(t, []string{
		`changes["qoq"].demand: the earlier value that a change implies is that of the earlier report: got 100, want 101人`,
		`changes["qoq"].supply: the earlier value that a change implies is that of the earlier report: got 105, want 90人`,
		`changes["qoq"].tightness: the earlier value that a change implies is that of the earlier report: got 0.95, want 1.12`,
	}, said)
	assert.Empty(t, market.CheckLink(now, "yoy", employment.Bulletin{}), "nothing is said of that")
	for _, open := range []string{"100人以上", "近100人"} {
		assert.Empty(t, market.CheckLink(now, "qoq", employment.Bulletin{Demand: side(open)}), "nothing follows from what is not known exactly")
		assert.Empty(t, market.CheckLink(employment.Bulletin{Demand: side(open), Changes: now.Changes}, "qoq", employment.Bulletin{Demand: side("1人")}))
	}
	matched := now.Changes["qoq"]
	matched.Offices = []string{"east"}
	now.Changes["qoq"] = matched
	assert.Empty(t, market.CheckLink(now, "qoq", employment.Bulletin{Demand: side("1人")}), "some of the offices imply nothing of all")
}

func TestOfficesThatAreNotKnownExactlyHaveNoMatchedBase(t *testing.T) {
	market := sampleMarket()
	of := func(n string) map[string]employment.Bulletin {
		return map[string]employment.Bulletin{"east": {Demand: employment.Side{Total: printed(n)}, Supply: employment.Side{Total: printed(n)}}}
	}
	_, err := market.Against(of("10余人"), of("20人"))
	require.ErrorIs(t, err, union.ErrMissing)
	large := text(math.MaxInt64) + "人"
	two := of(large)
	two["west"] = two["east"]
	_, err = market.Against(two, two)
	require.ErrorIs(t, err, union.ErrOverflow)
}

func TestABulletinThatDisagreesWithItselfIsFound(t *testing.T) {
	market := sampleMarket()
	count := printed
	for name, each := range map[string]struct {
		bulletin employment.Bulletin
		want     []string
	}{
		"nothing": {employment.Bulletin{}, nil},
		"another measure": {employment.Bulletin{Demand: employment.Side{Total: count("10人次")}},
			[]string{"demand.total: measures do not mix: got 10人次, want 人"}},
		"strangers": {employment.Bulletin{
			Demand: employment.Side{By: map[string]map[string]union.Count{"category": {}, "moon": {}, "kind": {"moon": count("0人")}}},
			Counts: map[string]union.Count{"moon": {}, "sun": {}}, Changes: map[string]employment.Change{"moon": {}}},
			[]string{`demand.by["category"]: a key`, `demand.by["kind"]["moon"]: a key`, `demand.by["moon"]: a key`, `counts["moon"]: a key`, `counts["sun"]: a key`, `changes["moon"]: a key`}},
		"carried over and new": {employment.Bulletin{Supply: employment.Side{Total: count("10人"), Carried: count("4人"), New: count("5人")}},
			[]string{"supply: carried over and new sum to the total: got 9, want 10"}},
		"one total": {employment.Bulletin{Demand: employment.Side{Total: count("10人"), By: map[string]map[string]union.Count{
			"kind": {"state": count("4人"), "private": count("5人")}}}},
			[]string{`demand.by["kind"]: the parts sum to the total: got 9, want 10`}},
		"a sector and its industries": {employment.Bulletin{Demand: employment.Side{Total: count("10人"), By: map[string]map[string]union.Count{
			"industry": {"secondary": count("7人"), "C": count("4人"), "E": count("2人"), "tertiary": count("3人"), "H": count("3人")}}}},
			[]string{`demand.by["industry"]["secondary"]: what is within a term sums to it: got 6, want 7`}},
		"more within than the whole": {employment.Bulletin{Supply: employment.Side{Total: count("10人"), By: map[string]map[string]union.Count{
			"category": {"youth": count("5人"), "graduate": count("6人"), "laid-off": count("5人")}}}},
			[]string{`supply.by["category"]["youth"]: what is within a term is at most the term: got 6, want 5`}},
		"person-times": {employment.Bulletin{Supply: employment.Side{Total: count("10人"), Times: count("9人次")}},
			[]string{"supply: persons are at most person-times: got 10人, want at most 9人次"}},
		"shares": {employment.Bulletin{Demand: employment.Side{By: map[string]map[string]union.Count{"kind": {"state": count("1人"), "private": count("1人"), "unknown": count("1人")}}}},
			[]string{`demand.by["kind"]: shares of a whole sum to 100: got 99.99, want 100`}},
		"hires above openings": {employment.Bulletin{Demand: employment.Side{Total: count("10人")}, Counts: map[string]union.Count{"hires": count("11人")}},
			[]string{`rates["fill"]: a part is at most its whole: got 11人, want at most 10人`}},
		"hires above the employed, of whom they are no part": {employment.Bulletin{Counts: map[string]union.Count{"hires": count("11人"), "employed": count("10人")}}, nil},
		"a list of the other side": {employment.Bulletin{
			Demand: employment.Side{By: map[string]map[string]union.Count{"category": {"youth": count("1人"), "graduate": count("1人"), "laid-off": count("1人")}}},
			Supply: employment.Side{By: map[string]map[string]union.Count{"category": {"youth": count("1人"), "graduate": count("1人"), "laid-off": count("1人")}}}},
			[]string{`demand.by["category"]: a key`}},
		"printed": {employment.Bulletin{Demand: employment.Side{Total: count("10人")}, Supply: employment.Side{Total: count("4人")}, Printed: map[string]string{
			"employment.market.tightness": "2.5", "employment.market.tightness.inverse": "0.41", "employment.market.demand": "十", "employment.market.moon": "1", "employment.market.rate.fill": "3%", "employment.market.supply": "4%"}},
			[]string{
				"employment.market.demand: a printed figure follows from its inputs: got 十, want 10人",
				"employment.market.moon: a printed figure is one that is made: got 1",
				"employment.market.rate.fill: a printed figure follows from its inputs: got 3%, want [unknown]",
				"employment.market.supply: a printed figure follows from its inputs: got 4%, want 4人",
				"employment.market.tightness.inverse: a printed figure follows from its inputs: got 0.41, want 0.40",
			}},
	} {
		var got []string
		for _, finding := range market.Check(each.bulletin) {
			got = append(got, finding.String())
		}
		require.Len(t, got, len(each.want), "%s: %v", name, got)
		for i, want := range each.want {
			assert.Truef(t, len(got[i]) >= len(want) && got[i][:len(want)] == want, "%s: %s", name, got[i])
		}
	}
}

// What a market does not state it does not judge: 1 clerk is too few for a ratio only
// where there are ratios.
func TestAMarketWithoutRatiosHasNoneOverTooFew(t *testing.T) {
	of := map[string]map[string]union.Count{"occupation": {"clerk": printed("1人"), "worker": printed("2人"), "other": printed("2人"), "none": printed("0人")}}
	bulletin := employment.Bulletin{Demand: employment.Side{By: of}, Supply: employment.Side{By: of}}
	spec := sampleMarketSpec()
	found := must(employment.NewMarket(spec)).Check(bulletin)
	require.Len(t, found, 1)
	assert.Equal(t, `supply.by["occupation"]["clerk"]: a ratio is over enough seekers: got 1, want 2 or more`, found[0].String())
	spec.Tightness = union.Rounding{}
	assert.Empty(t, must(employment.NewMarket(spec)).Check(bulletin))
}

func TestAListThatIsNotKnownKeepsNoOtherFromBeingChecked(t *testing.T) {
	spec := sampleMarketSpec()
	wanted := spec.Dimensions[1]
	wanted.Key, wanted.Title = "wanted", "意向职业"
	spec.Dimensions = append(spec.Dimensions, wanted)
	thirds := map[string]union.Count{"clerk": printed("1人"), "worker": printed("1人"), "other": printed("1人"), "none": printed("0人")}
	by := map[string]map[string]union.Count{"occupation": {"clerk": printed("1人")}, "wanted": thirds}
	findings := []string{}
	for _, finding := range must(employment.NewMarket(spec)).Check(employment.Bulletin{Demand: employment.Side{By: by}, Supply: employment.Side{By: by}}) {
		findings = append(findings, finding.String())
	}
	assert.Equal(t, []string{
		`demand.by["wanted"]: shares of a whole sum to 100: got 99.99, want 100`,
		`supply.by["wanted"]: shares of a whole sum to 100: got 99.99, want 100`,
		`supply.by["wanted"]["clerk"]: a ratio is over enough seekers: got 1, want 2 or more`,
		`supply.by["wanted"]["worker"]: a ratio is over enough seekers: got 1, want 2 or more`,
		`supply.by["wanted"]["other"]: a ratio is over enough seekers: got 1, want 2 or more`,
	}, findings)
}

// Each working says in words how its figure was made, beyond what its inputs tell.
func TestTheWorkingsOfAMarketSayHowEachFigureWasMade(t *testing.T) {
	spec := sampleMarketSpec()
	spec.Rates = append(spec.Rates, employment.RateSpec{
		Key: "all", Title: "合计率", Of: []string{"hires"}, Base: []string{"hires", "employed", "demand"}, Part: true,
		Rounding: union.Rounding{Mode: union.HalfUp, Places: 1},
	})
	market := must(employment.NewMarket(spec))
	bulletin := must(market.Bulletin(must(tally(market, sampleVacancies(), sampleApplications()))))
	before := union.Whole(8)
	bulletin.Changes = map[string]employment.Change{"qoq": {Demand: employment.Difference{Before: &before}, Supply: employment.Difference{Before: &before}}}
	rules := map[string]string{}
	for _, figure := range must(market.Figures(bulletin)) {
		rules[figure.Key()] = figure.Working().Rule
		if figure.Key() == "employment.market.by.occupation.gaps.short" {
			assert.Equal(t, []union.Input{{Name: "操作工", Value: "3"}, {Name: "办事人员", Value: "2"}}, figure.Working().Inputs, "5 − 2 and 3 − 1")
		}
	}
	for key, want := range map[string]string{
		"employment.market.supply.person_times":              "每次登记计一人次",
		"employment.market.tightness":                        "需求人数 ÷ 求职人数",
		"employment.market.tightness.inverse":                "求职人数 ÷ 需求人数",
		"employment.market.rate.hires":                       "录用人数 ÷ 在岗人数",
		"employment.market.rate.openings":                    "需求人数 ÷ 在岗人数与需求人数之和",
		"employment.market.rate.all":                         "录用人数 ÷ 录用人数、在岗人数与需求人数之和",
		"employment.market.by.occupation.tightness.worker":   "无要求求职人数按需求人数分摊；无要求需求人数按求职人数分摊",
		"employment.market.by.occupation.tightness.clerk":    "无要求求职人数按需求人数分摊；无要求需求人数按求职人数分摊；基数不足2，仅供参考",
		"employment.market.by.occupation.mismatch":           "各组求职人数占比与需求人数占比之差的绝对值之和的一半",
		"employment.market.by.category.supply.group.jobless": "各项之和",
		"employment.market.compared.qoq.tightness.change":    "按公布的比率相减",
	} {
		assert.Equal(t, "市场供求状况（1），made up for the sample："+want, rules[key], key)
	}
}

func TestABulletinIsRefusedOnlyForWhatNoFigureCanBeMadeOf(t *testing.T) {
	_, err := sampleMarket().Figures(employment.Bulletin{
		Demand: employment.Side{Total: printed("10人次")}, Counts: map[string]union.Count{"moon": {}},
	})
	require.ErrorIs(t, err, union.ErrMeasure)
	require.ErrorIs(t, err, union.ErrUnknown)
	all := text(math.MaxInt64) + "人"
	_, err = sampleMarket().Figures(employment.Bulletin{Demand: employment.Side{Total: printed(all)}, Counts: map[string]union.Count{"employed": printed(all)}})
	require.ErrorIs(t, err, union.ErrOverflow)
	spec := sampleMarketSpec()
	again := spec.Rates[0]
	again.Key = "again"
	spec.Rates = append(spec.Rates, again)
	_, err = must(employment.NewMarket(spec)).Figures(employment.Bulletin{Demand: employment.Side{Total: printed(all)}, Counts: map[string]union.Count{"employed": printed(all)}})
	require.Len(t, union.Faults(err), 2, "of both rates")
	said := must(shown(sampleMarket().Figures(employment.Bulletin{
		Demand: employment.Side{Total: printed("100余人")}, Counts: map[string]union.Count{"employed": printed("90人"), "hires": printed("300人")},
	})))
	assert.Equal(t, "[unknown]", said["employment.market.rate.openings"], "a sum of headlines would say more than they do")
	assert.Equal(t, "[not applicable]", said["employment.market.rate.fill"])
	assert.Equal(t, "333.3%", said["employment.market.rate.hires"], "is no part of who is employed")
	assert.Equal(t, "100余人", said["employment.market.demand"])
}

func TestGapsAreTheWidestFirst(t *testing.T) {
	market := sampleMarket()
	by := func(clerk, worker, other string) employment.Side {
		return employment.Side{By: map[string]map[string]union.Count{"occupation": {"clerk": printed(clerk), "worker": printed(worker), "other": printed(other)}}}
	}
	short, surplus, err := market.Gaps(employment.Bulletin{Demand: by("5人", "9人", "1人"), Supply: by("2人", "1人", "4人")}, "occupation")
	require.NoError(t, err)
	assert.Equal(t, []employment.Gap{{Key: "worker", Title: "操作工", Demand: 9, Supply: 1}, {Key: "clerk", Title: "办事人员", Demand: 5, Supply: 2}}, short)
	assert.Equal(t, []employment.Gap{{Key: "other", Title: "其他", Demand: 1, Supply: 4}}, surplus)
	short, surplus, err = market.Gaps(employment.Bulletin{Demand: by("30人", "1人", "9人"), Supply: by("31人", "6人", "12人")}, "occupation")
	require.NoError(t, err)
	assert.Empty(t, short)
	assert.Equal(t, []string{"worker", "other", "clerk"}, []string{surplus[0].Key, surplus[1].Key, surplus[2].Key}, "5, 3 and 1")
	spec := sampleMarketSpec()
	spec.Gaps = 1
	short, _, err = must(employment.NewMarket(spec)).Gaps(employment.Bulletin{Demand: by("5人", "5人", "5人"), Supply: by("1人", "1人", "1人")}, "occupation")
	require.NoError(t, err)
	assert.Equal(t, "clerk", short[0].Key, "of equal ones the earlier in the list")
	assert.Len(t, short, 1)
	for dimension, want := range map[string]error{"moon": union.ErrUnknown, "kind": union.ErrRange, "occupation": union.ErrMissing} {
		_, _, err = market.Gaps(employment.Bulletin{}, dimension)
		require.ErrorIs(t, err, want, dimension)
	}
}

// Wherever they stand in the list, what is the sum of others has no gap of its own, nor
// has the term of no preference.
func TestGapsAreOfTermsThatStandForThemselves(t *testing.T) {
	spec := sampleMarketSpec()
	spec.Dimensions[1].Base = employment.OfTotal
	spec.Dimensions[1].Terms = list("occupations",
		union.Term{Key: "none", Title: "无要求"},
		union.Term{Key: "office", Title: "办公室"},
		union.Term{Key: "clerk", Title: "办事人员", Within: "office"},
		union.Term{Key: "worker", Title: "操作工"})
	by := func(none, office, clerk, worker string) employment.Side {
		return employment.Side{By: map[string]map[string]union.Count{"occupation": {
			"none": printed(none), "office": printed(office), "clerk": printed(clerk), "worker": printed(worker),
		}}}
	}
	market := must(employment.NewMarket(spec))
	bulletin := employment.Bulletin{Demand: by("9人", "8人", "3人", "1人"), Supply: by("0人", "2人", "1人", "6人")}
	short, surplus, err := market.Gaps(bulletin, "occupation")
	require.NoError(t, err)
	assert.Equal(t, []employment.Gap{{Key: "clerk", Title: "办事人员", Demand: 3, Supply: 1}}, short)
	assert.Equal(t, []employment.Gap{{Key: "worker", Title: "操作工", Demand: 1, Supply: 6}}, surplus)

	// The 9 openings without requirement are spread by 2 and 6 seekers.
	said := must(shown(market.Figures(bulletin)))
	for key, want := range map[string]string{
		"tightness.office": "5.13", "tightness.clerk": "4.13", "tightness.worker": "1.29", "tightness.none": "",
		"mismatch": "0.3194", // ½ (|2/8 − 10.25/18| + |6/8 − 7.75/18|)
	} {
		assert.Equal(t, want, said["employment.market.by.occupation."+key], key)
	}
	spec.Gaps = 0
	said = must(shown(must(employment.NewMarket(spec)).Figures(bulletin)))
	assert.NotContains(t, said, "employment.market.by.occupation.gaps.short", "a market that lists no gaps has none")
	spec.Dimensions[1].SpreadDemand, spec.Dimensions[1].SpreadSupply = false, false
	said = must(shown(must(employment.NewMarket(spec)).Figures(bulletin)))
	for key, want := range map[string]string{"office": "4.00", "clerk": "3.00", "worker": "0.17"} {
		assert.Equal(t, want, said["employment.market.by.occupation.tightness."+key], "nobody is spread")
	}
}

func TestGrowthNamesTheOfficesThatItIsOf(t *testing.T) {
	ten, eleven := union.Whole(10), union.Whole(11)
	whole := []union.Input{{Name: "上期", Value: "10"}, {Name: "本期", Value: "11"}}
	for name, each := range map[string]struct {
		offices, apart []string
		want           []union.Input
	}{
		"all":     {nil, nil, whole},
		"matched": {[]string{"东区", "西区"}, []string{"南区"}, append(slices.Clone(whole), union.Input{Name: "可比单位", Value: "东区、西区"}, union.Input{Name: "不可比单位", Value: "南区"})},
	} {
		change := employment.Change{Demand: employment.Difference{Before: &ten, Now: &eleven}, Offices: each.offices, Apart: each.apart}
		figures := must(sampleMarket().Figures(employment.Bulletin{Changes: map[string]employment.Change{"qoq": change}}))
		for _, figure := range figures {
			if figure.Key() == "employment.market.compared.qoq.demand.growth" {
				assert.Equal(t, "10.0%", figure.String(), name)
				assert.Equal(t, each.want, figure.Working().Inputs, name)
			}
		}
	}
}

func TestARatioOverFewerThanSmallIsMarked(t *testing.T) {
	for seekers, want := range map[string]string{
		"1人": "需求人数 ÷ 求职人数；基数不足2，仅供参考", "2人": "需求人数 ÷ 求职人数",
	} {
		bulletin := employment.Bulletin{Demand: employment.Side{Total: printed("1人")}, Supply: employment.Side{Total: printed(seekers)}}
		for _, figure := range must(sampleMarket().Figures(bulletin)) {
			if figure.Key() == "employment.market.tightness" {
				assert.Equal(t, "市场供求状况（1），made up for the sample："+want, figure.Working().Rule)
			}
		}
	}
}

func TestAQuarterRefusesWhatItCannotCount(t *testing.T) {
	market := sampleMarket()
	quarter := sampleQuarter()
	before := must(quarter.AppendBinary(nil))
	vacancy := func(change func(*employment.Vacancy)) func() error {
		return func() error {
			v := employment.Vacancy{Key: "new", Openings: 1, Day: may}
			change(&v)
			return quarter.AddVacancy(market, v)
		}
	}
	application := func(change func(*employment.Application)) func() error {
		return func() error {
			a := employment.Application{Seeker: "new", Day: may}
			change(&a)
			return quarter.AddApplication(market, a)
		}
	}
	for name, each := range map[string]struct {
		add   func() error
		where string
		want  error
	}{
		"no key":                   {vacancy(func(v *employment.Vacancy) { v.Key = "" }), "key", union.ErrMissing},
		"negative posts":           {vacancy(func(v *employment.Vacancy) { v.Openings = -3 }), "openings", union.ErrRange},
		"no posts":                 {vacancy(func(v *employment.Vacancy) { v.Openings = 0 }), "openings", union.ErrRange},
		"too many posts":           {vacancy(func(v *employment.Vacancy) { v.Openings = math.MaxInt64 }), "openings", union.ErrOverflow},
		"no day":                   {vacancy(func(v *employment.Vacancy) { v.Day = union.Date{} }), "day", union.ErrMissing},
		"a later day":              {vacancy(func(v *employment.Vacancy) { v.Day = union.MustParseDate("2010-07-01") }), "day", union.ErrRange},
		"an unknown edition":       {vacancy(func(v *employment.Vacancy) { v.Editions = map[string]string{"industry": "2017"} }), `editions["industry"]`, union.ErrUnknown},
		"an edition of nothing":    {vacancy(func(v *employment.Vacancy) { v.Editions = map[string]string{"category": "2010"} }), `editions["category"]`, union.ErrUnknown},
		"a dimension of seekers":   {vacancy(func(v *employment.Vacancy) { v.Of = map[string]string{"category": "youth"} }), `of["category"]`, union.ErrUnknown},
		"an unknown industry":      {vacancy(func(v *employment.Vacancy) { v.Of = map[string]string{"industry": "F"} }), `of["industry"]`, union.ErrUnknown},
		"a whole sector":           {vacancy(func(v *employment.Vacancy) { v.Of = map[string]string{"industry": "secondary"} }), `of["industry"]`, union.ErrRange},
		"another v1":               {vacancy(func(v *employment.Vacancy) { v.Key = "v1" }), "key", union.ErrRepeated},
		"an identity number":       {application(func(a *employment.Application) { a.Seeker = identity }), "seeker", union.ErrText},
		"a category unheard of":    {application(func(a *employment.Application) { a.Of = map[string]string{"category": "moon"} }), `of["category"]`, union.ErrUnknown},
		"another s1":               {application(func(a *employment.Application) { a.Seeker = "s1" }), "seeker", union.ErrRepeated},
		"another market's vacancy": {func() error { return quarter.AddVacancy(employment.Market{}, employment.Vacancy{}) }, "quarter", union.ErrRule},
		"another market's seeker":  {func() error { return quarter.AddApplication(employment.Market{}, employment.Application{}) }, "quarter", union.ErrRule},
	} {
		err := each.add()
		require.ErrorIs(t, err, each.want, name)
		assert.Equal(t, each.where, union.Faults(err)[0].Where, name)
		assert.NotContains(t, err.Error(), identity)
		assert.Equal(t, before, must(quarter.AppendBinary(nil)), name)
	}
	require.NoError(t, quarter.AddVacancy(market, employment.Vacancy{Key: "e", Openings: 1, Day: may,
		Of: map[string]string{"industry": "C"}, Editions: map[string]string{"industry": "2010"}}), "the market's own edition")
}

func TestQuartersThatContradictEachOtherDoNotMerge(t *testing.T) {
	market := sampleMarket()
	before := must(sampleQuarter().AppendBinary(nil))
	other := func(vacancy employment.Vacancy, application employment.Application) employment.Quarter {
		return must(tally(market, []employment.Vacancy{vacancy}, []employment.Application{application}))
	}
	a, v := employment.Application{Seeker: "s9", Day: may}, employment.Vacancy{Key: "v9", Openings: 1, Day: may}
	otherVacancy, otherSeeker, large := v, a, v
	otherVacancy.Key, otherSeeker.Seeker, large.Openings = "v1", "s1", math.MaxInt64
	spec := sampleMarketSpec()
	spec.Version = "2"
	for name, each := range map[string]struct {
		other employment.Quarter
		want  error
	}{
		"another market": {must(employment.NewMarket(spec)).Quarter(), union.ErrRule},
		"a vacancy":      {other(otherVacancy, a), union.ErrRepeated},
		"a seeker":       {other(v, otherSeeker), union.ErrRepeated},
		"openings":       {other(large, a), union.ErrOverflow},
	} {
		quarter := sampleQuarter()
		require.ErrorIs(t, quarter.Merge(each.other), each.want, name)
		assert.Equal(t, before, must(quarter.AppendBinary(nil)), name)
	}
	_, err := market.Bulletin(employment.Quarter{})
	require.ErrorIs(t, err, union.ErrRule)
	_, err = market.BulletinOn(sampleQuarter(), "all")
	require.ErrorIs(t, err, union.ErrUnknown)
	assert.Equal(t, []string{"s1", "s2", "s3", "s4"}, sampleQuarter().Seekers().All())
	assert.Equal(t, market.ID(), sampleQuarter().Rule())
	assert.Equal(t, employment.Quarter{}, employment.Market{}.Quarter())
}

func TestAMarketIsCheckedWhole(t *testing.T) {
	halfUp := union.Rounding{Mode: union.HalfUp, Places: 99}
	terms := list("terms", union.Term{Key: "a", Title: "a"}, union.Term{Key: "b", Title: "b", Within: "a"})
	old := terms
	old.Effective = union.MustParsePeriod("2001-01-01/2002-12-31")
	_, err := employment.NewMarket(employment.MarketSpec{
		Days:   union.MustParsePeriod("2010-04-01/2010-06-30"),
		Basis:  employment.CarriedOver,
		Demand: employment.SideSpec{Measure: "1"},
		Dimensions: []employment.Dimension{
			{},
			{Key: "x", Title: "x", Terms: old, Demand: true},
			{Key: "x", Title: "x", Terms: terms, Demand: true, Base: "half", Open: "b", Groups: []employment.Group{{Key: "g", Title: "g", Of: []string{"a", "b"}}}},
			{Key: "y", Title: "y", Terms: terms, Demand: true, Base: employment.OfTotal, SpreadDemand: true},
		},
		Counts:      []employment.CountSpec{{Key: "demand", Title: "x", Measure: "人"}, {Key: "c"}},
		Rates:       []employment.RateSpec{{Key: "r", Of: []string{"moon", "demand", "demand", "supply"}}},
		Comparisons: []employment.Comparison{{}},
		Tightness:   halfUp, Growth: halfUp, Mismatch: halfUp, Share: &employment.ShareSpec{},
		Change: "none", Small: -1, Gaps: -1,
	})
	many := sampleMarketSpec()
	many.Dimensions = slices.Repeat(many.Dimensions[:1], 13)
	_, tooMany := employment.NewMarket(many)
	require.ErrorIs(t, tooMany, union.ErrRange)
	many.Dimensions = many.Dimensions[:12]
	for i := range many.Dimensions {
		many.Dimensions[i].Key = "d" + text(i)
	}
	_, tooMany = employment.NewMarket(many)
	require.NoError(t, tooMany)
	var places []string
	for _, fault := range union.Faults(err) {
		places = append(places, fault.Where)
	}
	for _, want := range []string{
		"key", "version", "title", "source", "basis", "demand.title", "demand.measure", "supply.title", "supply.measure",
		"tightness.places", "mismatch.places", "growth.places", "share.balance", "small", "gaps",
		"dimensions[0].key", "dimensions[0].title", "dimensions[0]", "dimensions[1].terms.effective", "dimensions[1].base",
		"dimensions[2].key", "dimensions[2].base", "dimensions[2].open", "dimensions[2].groups[0].of[1]", "dimensions[3].open",
		"counts[0].key", "counts[1].title", "counts[1].measure", "rates[0].title", "rates[0].of[0]", "rates[0].of[2]", "rates[0].of[3]",
		"rates[0].base", "rates[0].rounding.mode", "comparisons[0].key", "comparisons[0].title", "change",
	} {
		assert.Truef(t, slices.Contains(places, want), "%s in %v", want, places)
	}
	spec := sampleMarketSpec()
	spec.Days, spec.Change = must(union.NewPeriod(may, union.Date{})), ""
	_, err = employment.NewMarket(spec)
	require.ErrorIs(t, err, union.ErrMissing)
	assert.Equal(t, []string{"days", "change"}, []string{union.Faults(err)[0].Where, union.Faults(err)[1].Where})
}

func TestAMarketIsReadAsItIsWritten(t *testing.T) {
	var read employment.Market
	require.NoError(t, read.UnmarshalJSON(must(sampleMarket().MarshalJSON())))
	assert.Equal(t, sampleMarket(), read)
	assert.Equal(t, sampleMarketSpec(), read.Spec())
	require.Error(t, read.UnmarshalJSON([]byte(`{"union":"employment.market/2"}`)))
	require.Error(t, read.UnmarshalJSON([]byte(`{"union":"employment.market/1","basis":"all"}`)))
	assert.Equal(t, sampleMarket(), read)
	assert.Equal(t, "市场供求状况", read.Rule().Title)
	spec := read.Spec()
	spec.Dimensions[2].Groups[0].Of[0], spec.Dimensions[0].Terms.Terms[0].Key, spec.Rates[0].Of[0], spec.Share.Balance = "x", "x", "x", 9
	assert.Equal(t, sampleMarketSpec(), read.Spec(), "a copy is the caller's")
}

func TestASpreadThatCannotBeIsRefused(t *testing.T) {
	for name, each := range map[string]struct {
		open    int64
		weights []int64
		want    error
	}{
		"negative":        {-1, []int64{1}, union.ErrRange},
		"negative weight": {1, []int64{1, -1}, union.ErrRange},
		"too heavy":       {1, []int64{math.MaxInt64, 1}, union.ErrOverflow},
		"by nothing":      {1, []int64{0}, union.ErrUndefined},
	} {
		_, err := employment.Spread(each.open, each.weights...)
		require.ErrorIs(t, err, each.want, name)
	}
	one, none, less := []union.Number{union.Whole(1)}, []union.Number{{}}, []union.Number{union.Whole(-1)}
	for name, each := range map[string]struct {
		u, v []union.Number
		want error
	}{
		"other groups": {one, nil, union.ErrRange}, "no seekers": {none, one, union.ErrUndefined}, "no posts": {one, none, union.ErrUndefined},
		"seekers below 0": {less, one, union.ErrRange}, "posts below 0": {one, less, union.ErrRange},
	} {
		_, err := employment.Mismatch(each.u, each.v)
		require.ErrorIs(t, err, each.want, name)
	}
}

// Where there is nothing in proportion to which to spread, a ratio is undefined.
func TestASpreadOverNothingLeavesRatiosUndefined(t *testing.T) {
	by := func(clerk, none string) employment.Side {
		return employment.Side{By: map[string]map[string]union.Count{"occupation": {
			"clerk": printed(clerk), "worker": printed("0人"), "other": printed("0人"), "none": printed(none),
		}}}
	}
	said := must(shown(sampleMarket().Figures(employment.Bulletin{Demand: by("0人", "0人"), Supply: by("1人", "1人")})))
	assert.Equal(t, "[undefined]", said["employment.market.by.occupation.tightness.clerk"])
	assert.Equal(t, "[undefined]", said["employment.market.by.occupation.mismatch"])
	said = must(shown(sampleMarket().Figures(employment.Bulletin{})))
	assert.Equal(t, "[unknown]", said["employment.market.by.occupation.tightness.clerk"])
	assert.Equal(t, "[unknown]", said["employment.market.by.occupation.gaps.short"])
	assert.Equal(t, "[unknown]", said["employment.market.by.occupation.gaps.surplus"])
}

func FuzzQuarter(f *testing.F) {
	market := sampleMarket()
	f.Add("v1", int64(1), "industry", "C", "2010", "s1")
	f.Add("", int64(-1), "moon", "F", "2017", "110105194912310021")
	f.Fuzz(func(t *testing.T, key string, openings int64, dimension, term, edition, seeker string) {
		quarter := sampleQuarter()
		before := must(quarter.AppendBinary(nil))
		of, editions := map[string]string{dimension: term}, map[string]string{dimension: edition}
		err := quarter.AddVacancy(market, employment.Vacancy{Key: key, Openings: openings, Day: may, Of: of, Editions: editions})
		also := quarter.AddApplication(market, employment.Application{Seeker: seeker, Day: may, Of: of, Editions: editions})
		if err != nil && also != nil && string(before) != string(must(quarter.AppendBinary(nil))) {
			t.Fatal("what was refused was counted")
		}
		if _, err := market.Figures(must(market.Bulletin(quarter))); err != nil {
			t.Fatal(err)
		}
	})
}

// A market is read as it is written, and neither its figures nor its checks are
// stopped by anything that a page may say.
func FuzzMarket(f *testing.F) {
	f.Add(must(sampleMarket().MarshalJSON()), []byte(`{"demand":{"total":"10人","by":{"industry":{"C":"10人","moon":"1人"}}},"changes":{"qoq":{"demand":{"by":"-1"}}}}`))
	f.Add([]byte(`{"union":"employment.market/2"}`), []byte(`{"supply":{"by":{"occupation":{"none":"3余人"}}},"printed":{"x":"1%"}}`))
	f.Fuzz(func(t *testing.T, rule, page []byte) {
		market := sampleMarket()
		var read employment.Market
		if err := read.UnmarshalJSON(rule); err != nil {
			assert.NotEmpty(t, union.Faults(err), "every refusal says where: %v", err)
		} else {
			var again employment.Market
			require.NoError(t, again.UnmarshalJSON(must(read.MarshalJSON())))
			assert.Equal(t, read.ID(), again.ID())
			market = read
		}
		var bulletin employment.Bulletin
		if json.Unmarshal(page, &bulletin) != nil {
			return
		}
		if _, err := market.Figures(bulletin); err != nil {
			assert.NotEmpty(t, union.Faults(err))
		}
		market.Check(bulletin)
		market.CheckLink(bulletin, "qoq", bulletin)
		for _, each := range market.Spec().Dimensions {
			_, _, _ = market.Gaps(bulletin, each.Key)
		}
	})
}
