package employment_test

import (
	"fmt"

	"pgregory.net/rapid"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/employment"
)

// sampleMarketSpec is a small market: industries in two sectors, three
// occupations with a term of no preference, categories of seekers with one within
// another, employer kinds.
func sampleMarketSpec() employment.MarketSpec {
	halfUp := func(places int) union.Rounding { return union.Rounding{Mode: union.HalfUp, Places: places} }
	return employment.MarketSpec{
		Rule:   union.Rule{Key: "quarter", Version: "1", Title: "市场供求状况", Source: "made up for the sample"},
		Days:   union.MustParsePeriod("2010-04-01/2010-06-30"),
		Basis:  employment.Valid,
		Demand: employment.SideSpec{Title: "需求人数", Measure: union.Persons},
		Supply: employment.SideSpec{Title: "求职人数", Measure: union.Persons},
		Dimensions: []employment.Dimension{
			{
				Key: "industry", Title: "行业", Demand: true, Whole: true, Base: employment.OfTotal,
				Terms: list("GB/T 4754-2002",
					union.Term{Key: "secondary", Title: "第二产业"},
					union.Term{Key: "C", Title: "制造业", Within: "secondary"},
					union.Term{Key: "E", Title: "建筑业", Within: "secondary"},
					union.Term{Key: "tertiary", Title: "第三产业"},
					union.Term{Key: "H", Title: "批发和零售业", Within: "tertiary"}),
			},
			{
				Key: "occupation", Title: "职业", Demand: true, Supply: true, Open: "none", SpreadSupply: true, SpreadDemand: true,
				Terms: list("occupations",
					union.Term{Key: "clerk", Title: "办事人员"},
					union.Term{Key: "worker", Title: "操作工"},
					union.Term{Key: "other", Title: "其他"},
					union.Term{Key: "none", Title: "无要求"}),
			},
			{
				Key: "category", Title: "求职者类别", Supply: true, Base: employment.OfParent,
				Terms: list("categories",
					union.Term{Key: "youth", Title: "新成长失业青年"},
					union.Term{Key: "graduate", Title: "应届高校毕业生", Within: "youth"},
					union.Term{Key: "laid-off", Title: "下岗职工"}),
				Groups: []employment.Group{{Key: "jobless", Title: "失业人员", Of: []string{"youth", "laid-off"}}},
			},
			{
				Key: "kind", Title: "用人单位性质", Demand: true,
				Terms: list("kinds", union.Term{Key: "state", Title: "国有"}, union.Term{Key: "private", Title: "非公"}),
			},
		},
		Counts: []employment.CountSpec{
			{Key: "employed", Title: "在岗人数", Measure: union.Persons},
			{Key: "hires", Title: "录用人数", Measure: union.Persons},
		},
		Rates: []employment.RateSpec{
			{Key: "openings", Title: "岗位空缺率", Of: []string{"demand"}, Base: []string{"employed", "demand"}, Part: true, Percent: true, Rounding: halfUp(1)},
			{Key: "fill", Title: "招聘完成率", Of: []string{"hires"}, Base: []string{"demand"}, Part: true, Percent: true, Rounding: halfUp(1)},
			{Key: "hires", Title: "录用率", Of: []string{"hires"}, Base: []string{"employed"}, Percent: true, Rounding: halfUp(1)},
		},
		Comparisons: []employment.Comparison{{Key: "qoq", Title: "环比"}},
		Tightness:   halfUp(2),
		Share:       &employment.ShareSpec{Balance: union.Plain, Rounding: halfUp(2)},
		Mismatch:    halfUp(4),
		Growth:      halfUp(1),
		Change:      employment.OfPrinted,
		Small:       2,
		Gaps:        10,
	}
}

// theSampleMarket is made once, since it never changes.
var theSampleMarket = must(employment.NewMarket(sampleMarketSpec()))

func sampleMarket() employment.Market { return theSampleMarket }

var (
	spring = union.MustParseDate("2010-03-15") // before the sample's quarter
	may    = union.MustParseDate("2010-05-15") // in it
)

// The sample's vacancies have 5 + 3 + 2 = 10 openings, 3 of them carried over: 5
// workers in manufacture, 3 clerks in trade, 2 of any occupation in building. Its
// seekers are 4 in 5 applications, one carried over: a clerk, two workers, and one
// without preference.
func sampleVacancies() []employment.Vacancy {
	return []employment.Vacancy{
		{Key: "v1", Openings: 5, Day: may, Of: map[string]string{"industry": "C", "occupation": "worker", "kind": "state"}},
		{Key: "v2", Openings: 3, Day: spring, Of: map[string]string{"industry": "H", "occupation": "clerk", "kind": "private"}},
		{Key: "v3", Openings: 2, Day: may, Of: map[string]string{"industry": "E", "occupation": "none"}},
	}
}

func sampleApplications() []employment.Application {
	return []employment.Application{
		{Seeker: "s1", Day: may, Of: map[string]string{"occupation": "clerk", "category": "graduate"}},
		{Seeker: "s2", Day: may, Of: map[string]string{"occupation": "worker", "category": "laid-off"}},
		{Seeker: "s3", Day: spring, Of: map[string]string{"occupation": "worker", "category": "youth"}},
		{Seeker: "s4", Day: may, Of: map[string]string{"occupation": "none"}},
		{Seeker: "s2", Day: may, Of: map[string]string{"occupation": "worker", "category": "laid-off"}},
	}
}

// tally counts records and stops at the first that is refused.
func tally(market employment.Market, vacancies []employment.Vacancy, applications []employment.Application) (employment.Quarter, error) {
	quarter := market.Quarter()
	for i, each := range vacancies {
		if err := quarter.AddVacancy(market, each); err != nil {
			return quarter, union.Within(union.Indexed("vacancies", i), err)
		}
	}
	for i, each := range applications {
		if err := quarter.AddApplication(market, each); err != nil {
			return quarter, union.Within(union.Indexed("applications", i), err)
		}
	}
	return quarter, nil
}

func sampleQuarter() employment.Quarter {
	return must(tally(sampleMarket(), sampleVacancies(), sampleApplications()))
}

// entry is a drawn record of either side. What it says depends on its number
// alone, so that no two contradict each other.
type entry struct {
	vacancy bool
	n       int
}

func dayOf(n int) union.Date {
	if n%3 == 0 {
		return spring
	}
	return may
}

func (e entry) asVacancy() employment.Vacancy {
	of := map[string]string{"industry": []string{"C", "E", "H", ""}[e.n%4], "kind": []string{"state", "private", ""}[e.n%3]}
	of["occupation"] = []string{"clerk", "worker", "other", "none", ""}[e.n%5]
	return employment.Vacancy{Key: fmt.Sprint("v", e.n), Openings: int64(e.n%7 + 1), Day: dayOf(e.n), Of: of}
}

func (e entry) asApplication() employment.Application {
	return employment.Application{Seeker: fmt.Sprint("s", e.n), Day: dayOf(e.n), Of: map[string]string{
		"occupation": []string{"clerk", "worker", "other", "none", ""}[e.n%5],
		"category":   []string{"youth", "graduate", "laid-off", ""}[e.n%4],
	}}
}

func addEntry(quarter *employment.Quarter, each entry) error {
	if each.vacancy {
		return quarter.AddVacancy(sampleMarket(), each.asVacancy())
	}
	return quarter.AddApplication(sampleMarket(), each.asApplication())
}

func drawEntries(r *rapid.T) []entry {
	return rapid.SliceOfN(rapid.Custom(func(r *rapid.T) entry {
		return entry{vacancy: rapid.Bool().Draw(r, "vacancy"), n: rapid.IntRange(0, 19).Draw(r, "n")}
	}), 0, 12).Draw(r, "entries")
}

func drawQuarter(r *rapid.T) employment.Quarter {
	quarter := sampleMarket().Quarter()
	for _, each := range drawEntries(r) {
		if err := addEntry(&quarter, each); err != nil {
			panic(err)
		}
	}
	return quarter
}
