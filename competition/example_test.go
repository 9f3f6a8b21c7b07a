package competition_test

import (
	"errors"
	"fmt"
	"os"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/assessment"
	"github.com/unioncampaign/union/competition"
)

// exampleEdition is the county's Ankang Cup of 2010.
func exampleEdition() competition.Edition {
	var e competition.Edition
	data, err := os.ReadFile("testdata/edition.json")
	if err := errors.Join(err, e.UnmarshalJSON(data)); err != nil {
		panic(err)
	}
	return e
}

// exampleScheme is its scorecard: organisation 40, safety 60.
func exampleScheme() assessment.Scheme {
	var s assessment.Scheme
	data, err := os.ReadFile("testdata/scheme.json")
	if err := errors.Join(err, s.UnmarshalJSON(data)); err != nil {
		panic(err)
	}
	return s
}

// exampleRecords are three firms, two of which entered; the county and a township
// both report the first.
func exampleRecords(e competition.Edition) (competition.Population, competition.Entrants) {
	p, r := e.Population(), e.Entrants()
	for _, f := range []competition.Firm{
		{Code: code(1), Title: "长江机械有限公司", Ownership: "state", Size: "large", Unionised: competition.Yes, AboveScale: competition.Yes, Workers: 400},
		{Code: code(2), Title: "东山制药有限公司", Ownership: "private", Size: "small", Unionised: competition.Yes, AboveScale: competition.No, Workers: 100},
		{Code: code(3), Title: "北城餐饮有限公司", Ownership: "private", Size: "micro", Unionised: competition.No, AboveScale: competition.No, Workers: 20},
	} {
		coded, err := e.CodeFirm(f)
		if err := errors.Join(err, p.Add(coded)); err != nil {
			panic(err)
		}
	}
	for _, entry := range []competition.Entry{
		{Firm: code(1), Level: "county", Entered: day("2010-03-01"), Workers: 390, Teams: map[string]int64{"team": 20}},
		{Firm: code(1), Level: "township", Entered: day("2010-03-09"), Workers: 390, Teams: map[string]int64{"team": 20}},
		{Firm: code(2), Level: "township", Entered: day("2010-03-09"), Workers: 95, Teams: map[string]int64{"team": 4}},
	} {
		coded, err := e.CodeEntry(entry)
		if err := errors.Join(err, r.Add(coded)); err != nil {
			panic(err)
		}
	}
	return p, r
}

func exampleTurnout(e competition.Edition) competition.Turnout {
	turnout, _, err := e.Count(exampleRecords(e))
	if err != nil {
		panic(err)
	}
	return turnout
}

func exampleCandidates() []competition.Candidate {
	return []competition.Candidate{
		{
			Firm: code(1), Title: "长江机械有限公司",
			Marks:     map[string]union.Number{"organisation": number("39"), "safety": number("60")},
			Incidents: []competition.Incident{{Kind: "injury", On: day("2008-08-08")}},
			Honours:   []competition.Honour{{Kind: "county-winner", Year: 2009}},
		},
		{
			Firm: code(2), Title: "东山制药有限公司",
			Marks:   map[string]union.Number{"organisation": number("38.5"), "safety": number("57")},
			Honours: []competition.Honour{{Kind: "county-winner", Year: 2008}},
		},
	}
}

// A county counts who took part in the Ankang Cup and recommends one firm for the
// city's title.
func Example() {
	e := exampleEdition()
	turnout, found, err := e.Count(exampleRecords(e))
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(len(found), "findings")
	figures, err := e.Figures(competition.Progress{Turnout: turnout})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, figure := range figures[3:7] {
		fmt.Println(figure.Title(), figure)
	}
	_, entrants := exampleRecords(e)
	recommendation, err := e.Recommend(exampleScheme(), competition.Applications{Award: "city", Candidates: exampleCandidates()}, entrants, day("2010-12-31"))
	if err != nil {
		fmt.Println(err)
		return
	}
	notice, err := e.RecommendationFigures(recommendation)
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, figure := range notice {
		fmt.Println(figure.Title(), figure)
	}
	// Output:
	// 0 findings
	// 应参赛企业 3家
	// 参赛企业 2家
	// 参赛职工 485人
	// 参赛非公企业 1家
	// 申报企业 2家
	// 符合条件企业 1家
	// 推荐单位：市级“安康杯”竞赛先进单位 东山制药有限公司
	// 推荐单位得分 95.5分
	// 未推荐企业及原因 长江机械有限公司：三年内无重伤以上事故（2008-08-08）
}

func ExampleNewEdition() {
	spec := exampleEdition().Spec()
	spec.Awards[0].Quota.Total = 0
	spec.Targets[1].Coverage.Base = "nonpublic"
	_, err := competition.NewEdition(spec)
	for _, fault := range union.Faults(err) {
		fmt.Println(fault)
	}
	// Output:
	// targets[1].coverage.base: not known: got "nonpublic", want a base of the edition
	// awards[0].quota.total: out of range: got 0, want 1 or more
}

func ExampleEdition_Bases() {
	for _, base := range exampleEdition().Bases()[:4] {
		fmt.Println(base.Key, base.Title)
	}
	// Output:
	// all 全部企业
	// unionised 建会企业
	// above_scale 规模以上企业
	// non_public 非公企业
}

func ExampleEdition_CodeFirm() {
	e := exampleEdition()
	coded, err := e.CodeFirm(competition.Firm{Code: code(1), Ownership: "private", Workers: 30})
	fmt.Println(coded.Ownership, coded.Size, err)
	_, err = e.CodeFirm(competition.Firm{Code: code(1), Ownership: "joint"})
	fmt.Println(err)
	// Output:
	// 3 0 <nil>
	// ownership: not known: got "joint", want a key of "ownership"
}

func ExampleEdition_CodeEntry() {
	coded, err := exampleEdition().CodeEntry(competition.Entry{
		Firm: code(1), Level: "township", Entered: day("2010-03-01"), Workers: 30,
		Teams: map[string]int64{"team": 3, "office": 1},
	})
	fmt.Println(coded.Level, coded.Teams, err)
	// Output:
	// 3 [0 3 0 1] <nil>
}

func ExampleEdition_Population() {
	p := exampleEdition().Population()
	fmt.Println(p.Len(), p.Rule() == exampleEdition().ID())
	// Output:
	// 0 true
}

func ExamplePopulation_Add() {
	p := exampleEdition().Population()
	f := competition.CodedFirm{Code: code(1), Ownership: 1, Size: 2, Workers: 120}
	fmt.Println(p.Add(f), p.Add(f), p.Len())
	f.Workers = 130
	fmt.Println(errors.Is(p.Add(f), union.ErrRepeated))
	// Output:
	// <nil> <nil> 1
	// true
}

func ExamplePopulation_Merge() {
	e := exampleEdition()
	north, _ := exampleRecords(e)
	south, _ := exampleRecords(e)
	fmt.Println(south.Add(competition.CodedFirm{Code: code(4), Workers: 9}))
	fmt.Println(north.Merge(south), north.Len())
	// Output:
	// <nil>
	// <nil> 4
}

func ExamplePopulation_Len() {
	population, _ := exampleRecords(exampleEdition())
	fmt.Println(population.Len())
	// Output: 3
}

func ExampleEdition_Entrants() {
	r := exampleEdition().Entrants()
	fmt.Println(r.Len(), r.Rule() == exampleEdition().ID())
	// Output:
	// 0 true
}

func ExampleEntrants_Add() {
	r := exampleEdition().Entrants()
	entry := competition.CodedEntry{Firm: code(1), Level: 1, Entered: day("2011-01-01"), Workers: 30}
	fmt.Println(r.Add(entry))
	entry.Entered = day("2010-12-31")
	fmt.Println(r.Add(entry))
	// Output:
	// entered: out of range: got 2011-01-01, want a day of 2010-01-01/2010-12-31
	// <nil>
}

func ExampleEntrants_Merge() {
	e := exampleEdition()
	_, county := exampleRecords(e)
	_, industry := exampleRecords(e)
	fmt.Println(county.Merge(industry), county.Len())
	// Output:
	// <nil> 2
}

func ExampleEntrants_Len() {
	_, r := exampleRecords(exampleEdition())
	fmt.Println(r.Len()) // three reports
	// Output:
	// 2
}

func ExampleEntrants_Firms() {
	_, r := exampleRecords(exampleEdition())
	firms, err := r.Firms()
	fmt.Println(firms.Len(), firms.Has(code(2).Reveal()), err)
	// Output:
	// 2 true <nil>
}

func ExampleEntrants_Entered() {
	_, r := exampleRecords(exampleEdition())
	fmt.Println(r.Entered(code(1), day("2010-12-31")))
	_, entered := r.Entered(code(1), day("2010-02-28"))
	fmt.Println(entered)
	// Output:
	// 2010-03-01 true
	// false
}

func ExampleEdition_Turnout() {
	e := exampleEdition()
	fmt.Println(e.Coverage(e.Turnout(), "all"))
	// Output:
	// 0/0 [] <nil>
}

// A county that reports counts and no records.
func ExampleTurnout_Add() {
	e := exampleEdition()
	state, _ := e.Ownership().Find("state")
	turnout := e.Turnout()
	fmt.Println(turnout.Add(competition.Reported{Ownership: state, Firms: 200, Entered: 180}))
	fmt.Println(e.Coverage(turnout, "ownership.state"))
	// Output:
	// <nil>
	// 180/200 [] <nil>
}

func ExampleTurnout_Merge() {
	e := exampleEdition()
	var city competition.Turnout
	for _, report := range []competition.Reported{{Firms: 10, Entered: 9}, {Firms: 90, Entered: 9}} {
		county := e.Turnout()
		fmt.Println(county.Add(report), city.Merge(county))
	}
	// 18 of 100, not the mean of 90% and 10%.
	fmt.Println(e.Coverage(city, "all"))
	// Output:
	// <nil> <nil>
	// <nil> <nil>
	// 18/100 [] <nil>
}

func ExampleEdition_Count() {
	e := exampleEdition()
	p, r := exampleRecords(e)
	fmt.Println(r.Add(competition.CodedEntry{Firm: code(9), Level: 1, Entered: day("2010-05-04"), Workers: 8}))
	_, found, err := e.Count(p, r)
	fmt.Println(len(found), err)
	fmt.Println(found[0].Rule+":", found[0].Got)
	// Output:
	// <nil>
	// 1 <nil>
	// an entrant is a firm of the population: not in the population
}

func ExampleEdition_Coverage() {
	e := exampleEdition()
	turnout := exampleTurnout(e)
	for _, base := range []string{"all", "unionised", "non_public"} {
		ratio, _, err := e.Coverage(turnout, base)
		fmt.Println(base, ratio, err)
	}
	// Output:
	// all 2/3 <nil>
	// unionised 2/2 <nil>
	// non_public 1/2 <nil>
}

func ExampleEdition_Participation() {
	e := exampleEdition()
	turnout := exampleTurnout(e)
	for _, whole := range []competition.Workers{competition.OfEntrants, competition.OfFirms} {
		ratio, _, err := e.Participation(turnout, "all", whole)
		fmt.Println(whole, ratio, err)
	}
	// Output:
	// entrants 485/500 <nil>
	// firms 485/520 <nil>
}

func ExampleEdition_JudgeTargets() {
	e := exampleEdition()
	verdict, err := e.JudgeTargets(competition.Progress{Turnout: exampleTurnout(e)})
	fmt.Println(verdict.Standing, err)
	for _, reason := range verdict.Reasons {
		fmt.Println(reason.Standing, reason.Rule, reason.Got)
	}
	// Output:
	// unmet <nil>
	// met 国有企业参赛面90%以上 1/1
	// unmet 非公企业参赛面72%以上 1/2
	// met 职工参赛率95%以上 485/500
}

func ExampleEdition_Figures() {
	e := exampleEdition()
	figures, err := e.Figures(competition.Progress{Turnout: exampleTurnout(e)})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, figure := range figures {
		if figure.Key() == "competition.participation" {
			fmt.Println(figure.Title(), figure, "of", figure.Base())
			fmt.Print(figure.Working())
		}
	}
	// Output:
	// 职工参赛率 97.00% of 参赛企业职工
	// 职工参赛率 = 97.00%
	//   § 2010年度“安康杯”竞赛（2010），made for the tests of this package
	//   · 参赛职工: 485
	//   · 参赛企业职工: 500
	//   ≈ 四舍五入，保留2位小数
}

func ExampleEdition_Judge() {
	e := exampleEdition()
	_, entrants := exampleRecords(e)
	first := exampleCandidates()[0]
	scores, err := exampleScheme().Judge([]assessment.Record{{Unit: first.Title, Given: first.Marks}})
	if err != nil {
		fmt.Println(err)
		return
	}
	verdict, err := e.Judge("city", first, scores[0], entrants, day("2010-12-31"))
	fmt.Println(verdict.Standing, err)
	for _, finding := range verdict.Failed() {
		fmt.Println(finding)
	}
	// Output:
	// unmet <nil>
	// vetoes.injury: 三年内无重伤以上事故: got 2008-08-08
}

func ExampleEdition_Recommend() {
	e := exampleEdition()
	_, entrants := exampleRecords(e)
	r, err := e.Recommend(exampleScheme(), competition.Applications{Award: "city", Candidates: exampleCandidates()}, entrants, day("2010-12-31"))
	fmt.Println(err)
	for _, place := range r.Places {
		fmt.Println(place.Rank, place.Title, place.Total, place.Verdict.Standing)
	}
	// Output:
	// <nil>
	// 1 东山制药有限公司 95.5 met
	// 0 长江机械有限公司 99 unmet
}

func ExampleRecommendation_Recommended() {
	e := exampleEdition()
	_, entrants := exampleRecords(e)
	r, err := e.Recommend(exampleScheme(), competition.Applications{Award: "city", Candidates: exampleCandidates()}, entrants, day("2010-12-31"))
	fmt.Println(len(r.Recommended()), r.Recommended()[0].Title, err)
	// Output:
	// 1 东山制药有限公司 <nil>
}

func ExampleEdition_RecommendationFigures() {
	e := exampleEdition()
	_, entrants := exampleRecords(e)
	r, err := e.Recommend(exampleScheme(), competition.Applications{Award: "city", Candidates: nil}, entrants, day("2010-12-31"))
	if err != nil {
		fmt.Println(err)
		return
	}
	figures, err := e.RecommendationFigures(r)
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, figure := range figures {
		fmt.Println(figure.Key(), figure)
	}
	// Output:
	// competition.award.city.candidates 0家
	// competition.award.city.eligible 0家
	// competition.award.city.recommended [not applicable]
	// competition.award.city.score [not applicable]
	// competition.award.city.refused [not applicable]
}

// exampleAffiliations are those of the three firms: one belongs to the port, one to
// the district around it, and one to another district.
func exampleAffiliations() competition.Affiliations {
	a := competition.NewAffiliations(exampleTree())
	if err := errors.Join(a.Add(code(1), "port"), a.Add(code(2), "east"), a.Add(code(3), "west")); err != nil {
		panic(err)
	}
	return a
}

func ExampleNewAffiliations() {
	a := competition.NewAffiliations(exampleTree())
	fmt.Println(a.Len())
	// Output:
	// 0
}

func ExampleAffiliations_Add() {
	a := competition.NewAffiliations(exampleTree())
	fmt.Println(a.Add(code(1), "port"))
	fmt.Println(errors.Is(a.Add(code(1), "west"), union.ErrRepeated))
	// Output:
	// <nil>
	// true
}

func ExampleAffiliations_Len() {
	fmt.Println(exampleAffiliations().Len())
	// Output:
	// 3
}

func ExampleEdition_CountOwn() {
	e := exampleEdition()
	p, r := exampleRecords(e)
	for _, unit := range []string{"port", "east", "west", "city"} {
		turnout, _, err := e.CountOwn(p, r, exampleAffiliations(), unit)
		ratio, _, also := e.Coverage(turnout, "all")
		fmt.Println(unit, ratio, errors.Join(err, also))
	}
	// Output:
	// port 1/1 <nil>
	// east 2/2 <nil>
	// west 0/1 <nil>
	// city 2/3 <nil>
}
