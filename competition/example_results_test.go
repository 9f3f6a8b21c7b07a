package competition_test

import (
	"errors"
	"fmt"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/competition"
)

// exampleWithResults is the county's Ankang Cup, whose reports tell of suggestions
// and of coal.
func exampleWithResults() competition.Edition {
	spec := exampleEdition().Spec()
	spec.Indicators = []competition.Indicator{
		{Key: "adopted", Title: "采纳合理化建议", Measure: "件", Over: competition.OfYear},
		{Key: "carried", Title: "实施合理化建议", Measure: "件", Over: competition.OfYear},
		{Key: "coal", Title: "节约标煤", Measure: "吨", Over: competition.OfYear, Places: 2},
	}
	spec.Quotients = []competition.Quotient{{Key: "carried", Title: "实施率", Part: "carried", Whole: "adopted", Base: "采纳件数"}}
	e, err := competition.NewEdition(spec)
	if err != nil {
		panic(err)
	}
	return e
}

// exampleResults are those of two reports, the second of which does not say how many
// suggestions were adopted.
func exampleResults(e competition.Edition) competition.Results {
	r := e.Results()
	for _, report := range []competition.Result{
		{"adopted": number("250"), "carried": number("203"), "coal": number("3.42")},
		{"carried": number("90")},
	} {
		coded, err := e.CodeResult(report)
		if err := errors.Join(err, r.Add(coded)); err != nil {
			panic(err)
		}
	}
	return r
}

func ExampleEdition_Results() {
	e := exampleWithResults()
	empty := e.Results()
	fmt.Println(empty.Rule() == e.ID())
	// Output:
	// true
}

func ExampleEdition_CodeResult() {
	coded, err := exampleWithResults().CodeResult(competition.Result{"carried": number("90"), "coal": number("3.42")})
	fmt.Println(coded, err)
	_, err = exampleWithResults().CodeResult(competition.Result{"coal": number("3.425")})
	fmt.Println(err)
	// Output:
	// [-1 90 342] <nil>
	// coal: out of range: got 3.425, want at most 2 places
}

func ExampleResults_Add() {
	r := exampleWithResults().Results()
	fmt.Println(r.Add(competition.CodedResult{250, 203, 342}))
	fmt.Println(r.Add(competition.CodedResult{250}))
	// Output:
	// <nil>
	// figures: out of range: got 1, want 3
}

func ExampleResults_Merge() {
	e := exampleWithResults()
	sum, err := union.Merge(exampleResults(e), exampleResults(e))
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(e.Sum(sum, "carried"))
	// Output:
	// 586 4 4 <nil>
}

func ExampleEdition_Sum() {
	e := exampleWithResults()
	sum, reports, of, err := e.Sum(exampleResults(e), "adopted")
	fmt.Println(sum, "in", reports, "of", of, "reports", err)
	// Output:
	// 250 in 1 of 2 reports <nil>
}

func ExampleEdition_Quotient() {
	e := exampleWithResults()
	// The second report does not count: it says how many were carried out, and not of
	// how many.
	fmt.Println(e.Quotient(exampleResults(e), "carried"))
	// Output:
	// 203 250 [] <nil>
}

func ExampleEdition_CheckStated() {
	e := exampleWithResults()
	count := func(text string) union.Count {
		made, err := union.ParseCount(text)
		if err != nil {
			panic(err)
		}
		return made
	}
	found, err := e.CheckStated(competition.Progress{Results: exampleResults(e), Stated: []competition.Stated{
		{Indicator: "carried", Year: 2010, Over: competition.OfYear, Count: count("290余件")},
		{Indicator: "carried", Year: 2009, Over: competition.OfYear, Count: count("250人次")},
		{Indicator: "adopted", Year: 2010, Over: competition.OfYear, Count: count("300件")},
	}})
	for _, each := range found {
		fmt.Println(each)
	}
	fmt.Println(err)
	// Output:
	// stated[1]: counts of unlike measures are not compared: got 250人次, want 件
	// stated[2]: what is stated leaves open what was counted: got 300件, want 250件
	// <nil>
}

func ExampleTarget_Reach() {
	// 青岛 2011: 95,000 suggestions a year that grow by 6% each year, to 120,000 or more
	// in 2015.
	grows := competition.Target{Growth: &competition.GrowthOf{Indicator: "made", Years: 5}, In: union.MustParseInterval("[0.06,)")}
	fmt.Println(grows.Reach(union.Whole(95000)))
	// Output:
	// [127131.429872,) <nil>
}

// exampleComposition is how the medals of 2012 were published.
func exampleComposition() competition.Composition {
	made, err := competition.NewComposition(competition.CompositionSpec{
		Rule:     union.Rule{Key: "medals", Version: "2012", Title: "全国五一劳动奖章构成", Source: "https://www.shebaoonline.com/gongshangbaoxian/2288625"},
		Classes:  []competition.Class{{Key: "frontline", Title: "一线职工和专业技术人员"}, {Key: "nonpublic", Title: "非公有制企业职工"}},
		Rounding: union.Rounding{Mode: union.HalfUp, Places: 2},
	})
	if err != nil {
		panic(err)
	}
	return made
}

func ExampleNewComposition() {
	_, err := competition.NewComposition(competition.CompositionSpec{
		Rule:     exampleComposition().Rule(),
		Classes:  []competition.Class{{Key: "frontline", Title: "一线职工"}},
		Rounding: union.Rounding{Mode: union.HalfUp, Places: 2},
		Structure: []competition.Structure{
			{Key: "floor", Title: "不低于60%", Has: []string{"frontline"}, Share: union.MustParseInterval("[0.6,)")},
			{Key: "ceiling", Title: "不超过50%", Has: []string{"frontline"}, Share: union.MustParseInterval("(,0.5]")},
		},
	})
	fmt.Println(err)
	// Output:
	// structure[1].share: out of range: got (,0.5], want a share that structure[0].share holds too: [0.6,)
}

func ExampleComposition_Compose() {
	made, err := exampleComposition().Compose(competition.Breakdown{
		Total: 1234, Parts: map[string]int64{"frontline": 763, "nonpublic": 401},
		Shares: map[string]union.Number{"frontline": number("61.83"), "nonpublic": number("32.49")},
		Before: map[string]union.Number{"frontline": number("61.34")},
	})
	fmt.Println(made.Shares["frontline"], made.Points["frontline"], err)
	fmt.Println(made.Findings[0])
	// Output:
	// 61.83% 0.49 <nil>
	// shares.nonpublic: a printed share follows from its count: got 32.49%, want 32.50%（若截尾，则为32.49%）
}

func ExampleTrend_Work() {
	// 杭州: 14847 now, 14799 fewer than before.
	fewer := union.Whole(-14799)
	made, err := competition.Trend{Now: union.Whole(14847), Change: &fewer, Rounding: union.Rounding{Mode: union.HalfUp, Places: 2}}.Work()
	fmt.Println(made.Before, made.Percent, err)
	// Output:
	// [29646,29646] -49.92 <nil>
}
