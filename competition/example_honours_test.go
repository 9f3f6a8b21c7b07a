package competition_test

import (
	"errors"
	"fmt"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/assessment"
	"github.com/unioncampaign/union/competition"
)

// exampleTree is a city with two districts, one of which has two works below it.
func exampleTree() union.Tree {
	hierarchy, err := union.NewHierarchy(union.Fact{On: day("2010-01-01"), Found: []union.Unit{
		{Key: "city", Title: "市"},
		{Key: "east", Title: "东区", Parent: "city"}, {Key: "west", Title: "西区", Parent: "city"},
		{Key: "port", Title: "港口", Parent: "east"}, {Key: "mill", Title: "纺织", Parent: "east"},
	}})
	if err != nil {
		panic(err)
	}
	tree, err := hierarchy.On(day("2010-06-01"))
	if err != nil {
		panic(err)
	}
	return tree
}

func ExampleAllot() {
	made, err := competition.Allot(7, exampleTree(), map[string]int64{"port": 1000, "mill": 1000, "west": 1500})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, each := range made.Places {
		fmt.Println(each.Unit, each.Places)
	}
	// Output:
	// city 7
	// east 4
	// port 2
	// mill 2
	// west 3
}

func ExampleAllotment_Leaves() {
	made, err := competition.Allot(7, exampleTree(), map[string]int64{"port": 1000, "mill": 1000, "west": 1500})
	fmt.Println(made.Leaves(), err)
	// Output:
	// map[mill:2 port:2 west:3] <nil>
}

func ExampleStructure_Places() {
	// 自治区 2022: heads of firms are at most 13% of 60 regular medals, and workers at
	// least 35%.
	for _, share := range []string{"(,0.13]", "[0.35,)"} {
		least, most, err := competition.Structure{Share: union.MustParseInterval(share)}.Places(60)
		fmt.Println(least, most, err)
	}
	// Output:
	// 0 7 <nil>
	// 21 60 <nil>
}

func ExampleStructure_Gap() {
	workers := competition.Structure{Share: union.MustParseInterval("[0.35,)")}
	gap, err := workers.Gap(union.Ratio{Part: 24, Whole: 60})
	fmt.Println(gap, err)
	// Output:
	// 5个百分点 <nil>
}

func ExampleShortlist_Most() {
	// 上海 2018 asks for 120% of the quota.
	short := competition.Shortlist{Times: number("1.2"), Mode: union.Up}
	fmt.Println(short.Most(20))
	// Output:
	// 24 <nil>
}

func ExampleQuota_Regular() {
	// 宁夏 2022: 70 medals, of which 10 are kept for contests.
	quota := competition.Quota{Total: 70, Contest: 10}
	fmt.Println(quota.Regular(quota.Total))
	// Output:
	// 60
}

func ExampleNominationCourse() {
	course, err := union.NewProcedure(competition.NominationCourse(union.Rule{
		Key: "nomination", Version: "2011", Title: "推荐程序", Source: "an example",
	}, 5))
	if err != nil {
		fmt.Println(err)
		return
	}
	log := course.Log("first team")
	fmt.Println(course.Add(&log, union.Event{
		ID: "1", Event: "discuss", On: day("2010-10-08"), Role: "workers' meeting", Evidence: []string{"minutes"},
	}))
	fmt.Println(course.Add(&log, union.Event{ID: "2", Event: "publish", On: day("2010-10-09"), Role: "office"}))
	state, _, err := course.On(log, day("2010-10-31"))
	fmt.Println(state.Title, err)
	// Output:
	// <nil>
	// state "discussed", event "publish": does not fit the graph of states: want recommend or miss
	// 职工会议通过 <nil>
}

// exampleEditions are the county's Ankang Cup of two years. Who has the county's
// title may have the city's in the next three years.
func exampleEditions() []competition.Edition {
	var editions []competition.Edition
	for _, year := range []string{"2009", "2010"} {
		spec := exampleEdition().Spec()
		spec.Version, spec.Window = year, union.MustParsePeriod(year+"-01-01/"+year+"-12-31")
		spec.Year = spec.Window.From().Year()
		county := spec.Awards[0]
		county.Key, county.Title, county.Honour, county.Prior, county.CoolOff = "county", "县级优胜单位", "county-winner", nil, nil
		county.Quota.Contest = 1
		spec.Awards = append(spec.Awards, county)
		spec.Removals = []competition.RemovalKind{{Key: "ordered", Title: "责令摘牌", Void: true}}
		spec.Conversions = []competition.Conversion{{
			Key: "first", Title: "技能竞赛第一名", Contest: "skills", Ranks: union.MustParseInterval("[1,1]"), Award: "county",
		}}
		e, err := competition.NewEdition(spec)
		if err != nil {
			panic(err)
		}
		editions = append(editions, e)
	}
	return editions
}

// exampleRoll has a title of the county and one of the city, which needed it.
func exampleRoll() competition.Roll {
	roll, err := competition.NewRoll(exampleEditions()...)
	err = errors.Join(err, roll.Grant(competition.Grant{
		ID: "g1", Edition: "ankang-cup", Version: "2009", Award: "county", Firm: code(1), On: day("2009-12-30"),
	}), roll.Grant(competition.Grant{
		ID: "g2", Edition: "ankang-cup", Version: "2010", Award: "city", Firm: code(1), On: day("2010-12-30"),
	}))
	if err != nil {
		panic(err)
	}
	return roll
}

func ExampleNewRoll() {
	_, err := competition.NewRoll(exampleEdition(), exampleEdition())
	fmt.Println(err)
	// Output:
	// editions[1]: given more than once: got "ankang-cup 2010", want another key or version
}

func ExampleRoll_Grant() {
	roll := exampleRoll()
	fmt.Println(roll.Grant(competition.Grant{
		ID: "g3", Edition: "ankang-cup", Version: "2010", Award: "nation", Firm: code(1), On: day("2010-12-30"),
	}))
	// Output:
	// award: not known: got "nation", want an award of the edition
}

func ExampleRoll_Remove() {
	roll := exampleRoll()
	err := roll.Remove(competition.Removal{ID: "r1", Grant: "g1", Kind: "ordered", On: day("2011-03-01"), Reason: "弄虚作假"})
	fmt.Println(err)
	for _, held := range roll.On(day("2011-03-01")) {
		fmt.Println(held.Grant.ID, held.Verdict.Standing, held.Verdict.Failed())
	}
	// Output:
	// <nil>
	// g1 unmet [removals.ordered: 责令摘牌: got 2011-03-01]
	// g2 unmet [prior: 曾获县级优胜单位: want from 2007 to 2009]
}

func ExampleRoll_On() {
	for _, held := range exampleRoll().On(day("2010-12-31")) {
		fmt.Println(held.Grant.ID, held.Honour, held.Year, held.Verdict.Standing)
	}
	// Output:
	// g1 county-winner 2009 met
	// g2 city-advanced 2010 met
}

func ExampleRoll_Honours() {
	for _, honour := range exampleRoll().Honours(code(1), "", day("2010-06-30")) {
		fmt.Println(honour.Kind, honour.Year)
	}
	// Output:
	// county-winner 2009
}

func ExampleRoll_History() {
	fmt.Println(len(exampleRoll().History(code(1), day("2010-12-31"))), len(exampleRoll().History(code(2), day("2010-12-31"))))
	// Output:
	// 2 0
}

func ExampleEdition_Convert() {
	grants, found, err := exampleEditions()[1].Convert([]competition.ContestResult{
		{ID: "c1", Contest: "skills", Firm: code(1), Rank: 1, On: day("2010-09-01")},
		{ID: "c2", Contest: "skills", Firm: code(2), Rank: 2, On: day("2010-09-01")},
	})
	for _, grant := range grants {
		fmt.Println(grant.ID, grant.Award)
	}
	fmt.Println(found, err)
	// Output:
	// c1/first county
	// [] <nil>
}

func ExampleEdition_JudgeRetention() {
	spec := exampleEdition().Spec()
	spec.Awards[0].Retention = &competition.Retention{Title: "继续参赛且考核90分以上", In: union.MustParseInterval("[90,)")}
	e, err := competition.NewEdition(spec)
	if err != nil {
		fmt.Println(err)
		return
	}
	_, entrants := exampleRecords(e)
	verdict, err := e.JudgeRetention("city", exampleCandidates()[1], assessment.Score{Total: number("88")}, entrants, day("2010-12-31"))
	fmt.Println(verdict.Standing, verdict.Failed(), err)
	// Output:
	// unmet [retention: 继续参赛且考核90分以上: got 88, want [90,)] <nil>
}
