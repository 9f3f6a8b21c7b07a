package employment_test

import (
	"errors"
	"fmt"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/employment"
)

func ExampleNewMarket() {
	spec := sampleMarketSpec()
	spec.Rates[0].Of = []string{"vacancies"}
	_, err := employment.NewMarket(spec)
	fmt.Println(err)
	// Output:
	// rates[0].of[0]: not known: got "vacancies", want demand, supply or a count of the market
}

func ExampleMarket_ID() {
	market := sampleMarket()
	fmt.Println(market.ID() == market.Quarter().Rule())
	// Output: true
}

func ExampleMarket_Rule() {
	fmt.Println(sampleMarket().Rule().Title)
	// Output: 市场供求状况
}

func ExampleMarket_Spec() {
	fmt.Println(sampleMarket().Spec().Basis)
	// Output: valid
}

func ExampleMarket_MarshalJSON() {
	data, err := sampleMarket().MarshalJSON()
	fmt.Println(string(data[:29]), err)
	// Output: {"union":"employment.market/1 <nil>
}

func ExampleMarket_UnmarshalJSON() {
	var market employment.Market
	fmt.Println(market.UnmarshalJSON([]byte(`{"union":"employment.market/2"}`)))
	// Output: union: not known: got "employment.market/2", want "employment.market/1"
}

func ExampleMarket_Quarter() {
	fmt.Println(sampleMarket().Quarter().Rule() == sampleMarket().ID())
	// Output: true
}

// A section F of the edition of 2002 is not one of 2010.
func ExampleQuarter_AddVacancy() {
	market := sampleMarket()
	quarter := market.Quarter()
	vacancy := employment.Vacancy{Key: "v1", Openings: 5, Day: may, Of: map[string]string{"industry": "C"}}
	fmt.Println(quarter.AddVacancy(market, vacancy))
	vacancy.Editions = map[string]string{"industry": "2002"}
	fmt.Println(quarter.AddVacancy(market, vacancy))
	// Output:
	// <nil>
	// editions["industry"]: not known: got "2002", want "2010"
}

func ExampleQuarter_AddApplication() {
	market := sampleMarket()
	quarter := market.Quarter()
	for range 2 { // the same person comes twice
		_ = quarter.AddApplication(market, employment.Application{Seeker: "s1", Day: may})
	}
	bulletin, err := market.Bulletin(quarter)
	fmt.Println(bulletin.Supply.Total, bulletin.Supply.Times, err)
	// Output: 1人 2人次 <nil>
}

func ExampleQuarter_Merge() {
	market := sampleMarket()
	east, west := market.Quarter(), market.Quarter()
	_ = east.AddApplication(market, employment.Application{Seeker: "s1", Day: may})
	_ = west.AddApplication(market, employment.Application{Seeker: "s1", Day: may})
	fmt.Println(east.Merge(west))
	bulletin, err := market.Bulletin(east)
	fmt.Println(bulletin.Supply.Total, bulletin.Supply.Times, err)
	// Output:
	// <nil>
	// 1人 2人次 <nil>
}

func ExampleQuarter_Seekers() {
	seekers := sampleQuarter().Seekers()
	fmt.Println(seekers.Len())
	// Output: 4
}

func ExampleQuarter_Rule() {
	fmt.Println(sampleQuarter().Rule() == sampleMarket().ID())
	// Output: true
}

func ExampleQuarter_AppendBinary() {
	data, err := sampleQuarter().AppendBinary(nil)
	fmt.Printf("%s %v\n", data[1:19], err)
	// Output: employment.quarter <nil>
}

func ExampleQuarter_UnmarshalBinary() {
	data, _ := sampleQuarter().AppendBinary(nil)
	var sent employment.Quarter
	fmt.Println(sent.UnmarshalBinary(data), sent.Rule() == sampleMarket().ID())
	// Output: <nil> true
}

func ExampleMarket_Bulletin() {
	bulletin, err := sampleMarket().Bulletin(sampleQuarter())
	fmt.Println(bulletin.Demand.Total, bulletin.Demand.By["industry"]["secondary"], err)
	// Output: 10人 7人 <nil>
}

func ExampleMarket_BulletinOn() {
	bulletin, err := sampleMarket().BulletinOn(sampleQuarter(), employment.Fresh)
	fmt.Println(bulletin.Demand.Total, bulletin.Demand.New, bulletin.Demand.By["industry"]["tertiary"], err)
	// Output: 10人 7人 0人 <nil>
}

// A seeker without preference is spread over the occupations by their demand, and
// demand without requirement by their seekers.
func ExampleMarket_Figures() {
	market := sampleMarket()
	bulletin, _ := market.Bulletin(sampleQuarter())
	figures, err := market.Figures(bulletin)
	for _, figure := range figures {
		if figure.Key() == "employment.market.by.occupation.tightness.worker" {
			fmt.Println(figure.Working())
		}
	}
	fmt.Println(len(figures), err)
	// Output:
	// 操作工岗位空缺与求职人数的比率 = 2.41
	//   § 市场供求状况（1），made up for the sample：无要求求职人数按需求人数分摊；无要求需求人数按求职人数分摊
	//   · 需求人数: 5人
	//   · 求职人数: 2人
	//   · 无要求求职人数: 1人
	//   · 无要求需求人数: 2人
	//   ≈ 四舍五入，保留2位小数
	//
	// 75 <nil>
}

// A page that prints 0.41 seekers a post where its counts say 0.40.
func ExampleMarket_Check() {
	market := sampleMarket()
	bulletin, _ := market.Bulletin(sampleQuarter())
	bulletin.Printed = map[string]string{"employment.market.tightness.inverse": "0.41"}
	findings := market.Check(bulletin)
	fmt.Println(findings[len(findings)-1])
	// Output: employment.market.tightness.inverse: a printed figure follows from its inputs: got 0.41, want 0.40
}

// What a quarter says it has grown by implies what the one before was.
func ExampleMarket_CheckLink() {
	market := sampleMarket()
	by := union.Whole(34482)
	now := employment.Bulletin{
		Demand:  employment.Side{Total: must(union.ParseCount("168629人"))},
		Changes: map[string]employment.Change{"qoq": {Demand: employment.Difference{By: &by}}},
	}
	before := employment.Bulletin{Demand: employment.Side{Total: must(union.ParseCount("134000人"))}}
	fmt.Println(market.CheckLink(now, "qoq", before))
	// Output:
	// [changes["qoq"].demand: the earlier value that a change implies is that of the earlier report: got 134147, want 134000人]
}

// Growth is over the offices of both periods: the west did not report before.
func ExampleMarket_Against() {
	market := sampleMarket()
	office := func(n string) employment.Bulletin {
		side := employment.Side{Total: must(union.ParseCount(n))}
		return employment.Bulletin{Demand: side, Supply: side}
	}
	before := map[string]employment.Bulletin{"east": office("100人"), "north": office("50人")}
	now := map[string]employment.Bulletin{"east": office("115人"), "west": office("900人")}
	change, err := market.Against(before, now)
	fmt.Println(change.Demand.Before, change.Demand.Now, change.Offices, change.Apart, err)
	// Output: 100 115 [east] [north west] <nil>
}

func ExampleMarket_Gaps() {
	market := sampleMarket()
	bulletin, _ := market.Bulletin(sampleQuarter())
	short, surplus, err := market.Gaps(bulletin, "occupation")
	fmt.Println(short, surplus, err)
	// Output: [{worker 操作工 5 2} {clerk 办事人员 3 1}] [] <nil>
}

func ExampleCheckPrinted() {
	figure := union.FigureSpec{Key: "share", Rounding: union.Rounding{Mode: union.HalfUp, Places: 2}}
	exact, _ := figure.Percent(union.Ratio{Part: 53160, Whole: 125546})
	fmt.Println(employment.CheckPrinted([]union.Figure{exact}, map[string]string{"share": "42.35%"}))
	// Output: [share: a printed figure follows from its inputs: got 42.35%, want 42.34%]
}

// Of 16556 without preference the two occupations have 5453 and 27387 of the
// demand.
func ExampleSpread() {
	parts, err := employment.Spread(16556, 5453, 27387)
	fmt.Println(parts, err)
	whole, _ := union.Apportion(16556, 5453, 27387) // where whole persons are asked for
	fmt.Println(whole.Parts)
	// Output:
	// [22569967/8210 113354793/8210] <nil>
	// [2749 13807]
}

func ExampleMismatch() {
	numbers := func(all ...int64) (made []union.Number) {
		for _, n := range all {
			made = append(made, union.Whole(n))
		}
		return made
	}
	index, err := employment.Mismatch(numbers(30, 60, 10), numbers(1, 1, 1))
	fmt.Println(index, err)
	// Output: 4/15 <nil>
}

func ExampleNewMatching() {
	_, err := employment.NewMatching(employment.MatchingSpec{
		Rule: sampleMatchingSpec().Rule, Method: employment.Largest, Ties: employment.RefuseTies,
	})
	fmt.Println(err)
	// Output: ties: out of range: got refuse, want order, which decides who is left out
}

func ExampleMatching_ID() {
	placement, _ := sampleMatching().Match(nil, nil)
	fmt.Println(placement.Rule() == sampleMatching().ID())
	// Output: true
}

func ExampleMatching_Rule() {
	fmt.Println(sampleMatching().Rule().Title)
	// Output: 人岗匹配
}

func ExampleMatching_Spec() {
	fmt.Println(sampleMatching().Spec().Method)
	// Output: stable
}

func ExampleMatching_MarshalJSON() {
	data, err := sampleMatching().MarshalJSON()
	fmt.Println(string(data[:31]), err)
	// Output: {"union":"employment.matching/1 <nil>
}

func ExampleMatching_UnmarshalJSON() {
	var matching employment.Matching
	fmt.Println(matching.UnmarshalJSON([]byte(`{"union":"employment.matching/2"}`)))
	// Output: union: not known: got "employment.matching/2", want "employment.matching/1"
}

func ExampleMatching_Match() {
	placement, err := sampleMatching().Match(sampleCandidates(), samplePosts())
	fmt.Println(placement.Pairs(), placement.Unmatched(), err)
	_, err = sampleMatching().Match([]employment.Candidate{{Key: "ann", Wishes: []employment.Wish{{Post: "nowhere", Rank: 1}}}}, samplePosts())
	fmt.Println(err)
	// Output:
	// [{ann waiter 2} {bob fitter 1}] [cem dan eva] <nil>
	// candidates[0].wishes[0].post: not known: got "nowhere", want a post of the matching
}

func ExampleMatching_Figures() {
	placement, _ := sampleMatching().Match(sampleCandidates(), samplePosts())
	figures, err := sampleMatching().Figures(placement)
	for _, figure := range figures {
		fmt.Println(figure.Key(), figure)
	}
	fmt.Println(err)
	// Output:
	// employment.matching.candidates 5人
	// employment.matching.matched 2人
	// employment.matching.matched.first 1人
	// employment.matching.unmatched 3人
	// employment.matching.places 3个
	// employment.matching.left 1个
	// <nil>
}

func ExamplePlacement_Rule() {
	fmt.Println(employment.Placement{}.Rule().IsZero())
	// Output: true
}

func ExamplePlacement_Pairs() {
	placement, _ := sampleMatching().Match(sampleCandidates(), samplePosts())
	for _, pair := range placement.Pairs() {
		fmt.Println(pair.Candidate, pair.Post, pair.Wish)
	}
	// Output:
	// ann waiter 2
	// bob fitter 1
}

func ExamplePlacement_Unmatched() {
	placement, _ := sampleMatching().Match(sampleCandidates(), samplePosts())
	fmt.Println(placement.Unmatched())
	// Output: [cem dan eva]
}

func ExamplePlacement_Why() {
	placement, _ := sampleMatching().Match(sampleCandidates(), samplePosts())
	verdict, err := placement.Why("cem")
	fmt.Println(verdict.Standing, err)
	for _, finding := range verdict.Failed() {
		fmt.Println(finding)
	}
	// Output:
	// unmet <nil>
	// posts["fitter"].schooling: 文化程度: got 高中, want 大专及以上
}

// Somebody proposes ann for the fitter's post, although bob has more points.
func ExamplePlacement_Check() {
	placement, _ := sampleMatching().Match(sampleCandidates(), samplePosts())
	for _, finding := range placement.Check([]employment.Pair{{Candidate: "ann", Post: "fitter"}}) {
		fmt.Println(finding)
	}
	// Output:
	// posts["fitter"]: no candidate and post would both rather have each other: got 1 candidates, want none
}

// Two candidates want the one place of post 0, which prefers the second.
func ExamplePreferences_Stable() {
	given, err := employment.Preferences{
		Places:  []int64{1, 1},
		Choices: []employment.Choice{{Post: 0, Score: 1}, {Post: 1, Score: 1}, {Post: 0, Score: 2}},
		Ends:    []int32{2, 3},
	}.Stable()
	fmt.Println(given, err)
	// Output: [1 0] <nil>
}

func ExamplePreferences_Largest() {
	given, err := employment.Preferences{
		Places:  []int64{1, 1},
		Choices: []employment.Choice{{Post: 0}, {Post: 1}, {Post: 0}},
		Ends:    []int32{2, 3},
	}.Largest()
	fmt.Println(given, err)
	// Output: [1 0] <nil>
}

func ExampleNewSeries() {
	_, err := employment.NewSeries(employment.SeriesSpec{Rule: sampleSeriesSpec().Rule, Days: sampleSeriesSpec().Days})
	fmt.Println(errors.Is(err, union.ErrMissing))
	// Output: true
}

func ExampleSeries_ID() {
	fmt.Println(theSampleSeries.ID() == theSampleSeries.Season().Rule())
	// Output: true
}

func ExampleSeries_Rule() {
	fmt.Println(theSampleSeries.Rule().Title)
	// Output: 春风行动
}

func ExampleSeries_Spec() {
	fmt.Println(theSampleSeries.Spec().Days)
	// Output: 2010-03-01/2010-06-30
}

func ExampleSeries_MarshalJSON() {
	data, err := theSampleSeries.MarshalJSON()
	fmt.Println(string(data[:29]), err)
	// Output: {"union":"employment.series/1 <nil>
}

func ExampleSeries_UnmarshalJSON() {
	var series employment.Series
	fmt.Println(series.UnmarshalJSON([]byte(`{"union":"employment.series/2"}`)))
	// Output: union: not known: got "employment.series/2", want "employment.series/1"
}

func ExampleSeries_Season() {
	fmt.Println(theSampleSeries.Season().Rule() == theSampleSeries.ID())
	// Output: true
}

func ExampleSeries_Figures() {
	figures, err := theSampleSeries.Figures(sampleSeason())
	for _, figure := range figures[:5] {
		fmt.Println(figure.Key(), figure)
	}
	fmt.Println(err)
	// Output:
	// employment.series.fairs 2场
	// employment.series.employers 4家
	// employment.series.openings 16个
	// employment.series.seekers 3人
	// employment.series.seekers.person_times 12人次
	// <nil>
}

func ExampleSeason_AddFair() {
	season, fair := theSampleSeries.Season(), theFairs[0]
	fmt.Println(season.AddFair(theSampleSeries, fair, fair.Floor()))
	fmt.Println(season.AddFair(theSampleSeries, fair, fair.Floor())) // reported twice, it is one
	fmt.Println(season.AddFair(theSampleSeries, fair, sampleFloor(fair)))
	// Output:
	// <nil>
	// <nil>
	// fair: given more than once: got "fair-0", want the content given before
}

func ExampleSeason_Merge() {
	east, west := sampleSeason(), sampleSeason()
	fmt.Println(east.Merge(west)) // of the same fairs
	figures, _ := theSampleSeries.Figures(east)
	fmt.Println(figures[0])
	// Output:
	// <nil>
	// 2场
}

func ExampleSeason_Rule() {
	fmt.Println(sampleSeason().Rule() == theSampleSeries.ID())
	// Output: true
}

func ExampleSeason_Seekers() {
	seekers := sampleSeason().Seekers()
	fmt.Println(seekers.Len())
	// Output: 3
}

func ExampleSeason_AppendBinary() {
	data, err := sampleSeason().AppendBinary(nil)
	fmt.Printf("%s %v\n", data[1:18], err)
	// Output: employment.season <nil>
}

func ExampleSeason_UnmarshalBinary() {
	data, _ := sampleSeason().AppendBinary(nil)
	var sent employment.Season
	fmt.Println(sent.UnmarshalBinary(data), sent.Rule() == theSampleSeries.ID())
	// Output: <nil> true
}

func ExampleNewHardToPlace() {
	_, err := employment.NewHardToPlace(employment.HardToPlaceSpec{Rule: sampleHardSpec().Rule})
	fmt.Println(err)
	// Output: classes: must be given
}

func ExampleHardToPlace_ID() {
	fmt.Println(theSampleHard.ID() == theSampleHard.Claims().Rule())
	// Output: true
}

func ExampleHardToPlace_Rule() {
	fmt.Println(theSampleHard.Rule().Title)
	// Output: 就业困难人员范围
}

func ExampleHardToPlace_Spec() {
	fmt.Println(len(theSampleHard.Spec().Classes))
	// Output: 2
}

func ExampleHardToPlace_MarshalJSON() {
	data, err := theSampleHard.MarshalJSON()
	fmt.Println(string(data[:36]), err)
	// Output: {"union":"employment.hard-to-place/1 <nil>
}

func ExampleHardToPlace_UnmarshalJSON() {
	var hard employment.HardToPlace
	fmt.Println(hard.UnmarshalJSON([]byte(`{"union":"employment.hard-to-place/2"}`)))
	// Output: union: not known: got "employment.hard-to-place/2", want "employment.hard-to-place/1"
}

func ExampleHardToPlace_Claims() {
	fmt.Println(theSampleHard.Claims().Rule() == theSampleHard.ID())
	// Output: true
}

// Two of one household claim to be one without anybody in work.
func ExampleClaims_Add() {
	claims := theSampleHard.Claims()
	for _, seeker := range []string{"s1", "s2"} {
		fmt.Println(claims.Add(theSampleHard, employment.Claim{Class: "jobless-household", Seeker: seeker, Household: "h1", Day: firstDay}))
	}
	// Output:
	// true <nil>
	// false <nil>
}

func ExampleClaims_Merge() {
	east, west := sampleClaims(), sampleClaims()
	fmt.Println(east.Merge(west))
	figures, _ := theSampleHard.Figures(east)
	fmt.Println(figures[1])
	// Output:
	// <nil>
	// 1户
}

func ExampleClaims_Rule() {
	fmt.Println(sampleClaims().Rule() == theSampleHard.ID())
	// Output: true
}

func ExampleHardToPlace_Figures() {
	figures, err := theSampleHard.Figures(sampleClaims())
	for _, figure := range figures {
		fmt.Println(figure.Key(), figure)
	}
	fmt.Println(err)
	// Output:
	// employment.hard.4050 1人
	// employment.hard.jobless-household 1户
	// employment.hard.seekers 3人
	// <nil>
}

func ExampleClaims_AppendBinary() {
	data, err := sampleClaims().AppendBinary(nil)
	fmt.Printf("%s %v\n", data[1:18], err)
	// Output: employment.claims <nil>
}

func ExampleClaims_UnmarshalBinary() {
	data, _ := sampleClaims().AppendBinary(nil)
	var sent employment.Claims
	fmt.Println(sent.UnmarshalBinary(data), sent.Rule() == theSampleHard.ID())
	// Output: <nil> true
}
