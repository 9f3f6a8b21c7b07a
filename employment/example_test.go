package employment_test

import (
	"encoding/json"
	"errors"
	"fmt"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/employment"
)

// A fair from its rule to its report: two doors are counted apart and merged,
// and the figures come out of the merged floor, with their checks.
func Example() {
	fair, err := employment.NewFair(sampleSpec())
	if err != nil {
		fmt.Println(err)
		return
	}
	registrations, intentions := sampleRegistrations(), sampleIntentions()
	north, south := fair.Floor(), fair.Floor()
	err = errors.Join(
		fill(fair, &north, sampleEmployers(), samplePostings(), registrations[:2], intentions[:2]),
		fill(fair, &south, sampleEmployers(), samplePostings(), registrations[2:], intentions[3:4]),
		north.Merge(south),
	)
	if err != nil {
		fmt.Println(err)
		return
	}
	figures, err := fair.Figures(north)
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, figure := range figures {
		switch figure.Key() {
		case "employment.employers", "employment.regions.titles", "employment.openings", "employment.sectors.titles",
			"employment.seekers", "employment.seekers.person_times", "employment.intentions", "employment.intentions.persons",
			"employment.tightness":
			fmt.Println(figure.Title(), figure)
		case "employment.rate.intention":
			fmt.Print(figure.Working())
		}
	}
	findings, err := fair.Check(north)
	fmt.Println(findings, err)
	// Output:
	// 招聘单位数 4家
	// 招聘单位来源地区 城东镇、城西镇、邻县
	// 提供就业岗位数 8个
	// 岗位所属行业 机械、化工
	// 登记求职人数 5人
	// 求职登记人次 6人次
	// 达成就业意向人次 3人次
	// 达成就业意向人数 2人
	// 意向率 = 40.0%
	//   § 人才劳务招聘会（1），made up for the sample：达成就业意向人数 ÷ 登记求职人数
	//   · 达成就业意向人数: 2人
	//   · 登记求职人数: 5人
	//   ≈ 四舍五入，保留1位小数
	// 求人倍率 1.60
	// [] <nil>
}

func ExampleNewFair() {
	spec := sampleSpec()
	spec.Venue = ""
	spec.Local = []string{"moon"}
	spec.Share.Balance = 0
	_, err := employment.NewFair(spec)
	for _, fault := range union.Faults(err) {
		fmt.Println(fault.Where, "-", fault.Rule)
	}
	// Output:
	// venue - must be given
	// share.balance - must be given
	// local[0] - not known
}

func ExampleFair_UnmarshalJSON() {
	var fair employment.Fair
	fmt.Println(json.Unmarshal([]byte(`{"union":"employment.fair/2"}`), &fair))
	// Output:
	// union: not known: got "employment.fair/2", want "employment.fair/1"
}

func ExampleFair_Layout() {
	for _, axis := range sampleFair().Layout().Axes() {
		fmt.Println(axis.Key, axis.Title, axis.Codes.Len())
	}
	// Output:
	// stage 环节 4
	// category 求职者类别 4
	// sector 行业 3
	// region 用人单位所在地区 4
}

func ExampleFair_PersonsLayout() {
	for _, axis := range sampleFair().PersonsLayout().Axes() {
		fmt.Println(axis.Key, axis.Title, axis.Codes.Len())
	}
	// Output:
	// category 求职者类别 4
	// entry 登记来源 2
	// schooling 文化程度 2
	// age 年龄 2
}

func ExampleFair_Floor() {
	fair := sampleFair()
	floor := fair.Floor()
	fmt.Println(floor.Rule() == fair.ID())
	// Output:
	// true
}

func ExampleFair_Funnel() {
	fair := sampleFair()
	funnel := fair.Funnel()
	graduate, err := fair.Passage("signed", "graduate", "machinery", "east")
	fmt.Println(graduate, err)
	fmt.Println(funnel.Add(graduate), funnel.Add(graduate))
	fmt.Println(funnel.Table().Total())
	// Output:
	// {4 2 1 2} <nil>
	// <nil> <nil>
	// 2
}

func ExampleFair_Passage() {
	fair := sampleFair()
	fmt.Println(fair.Passage("registered", "migrant", "", ""))
	fmt.Println(fair.Passage("registered", "pensioner", "", ""))
	// Output:
	// {1 4 0 0} <nil>
	// {0 0 0 0} category: not known: got "pensioner", want a term of the list
}

func ExampleFunnel_Add() {
	funnel := sampleFair().Funnel()
	fmt.Println(funnel.Add(employment.Passage{Stage: 2, Category: 1}))
	fmt.Println(funnel.Add(employment.Passage{Category: 1}))
	// Output:
	// <nil>
	// stage: must be given: want a stage of the fair
}

func ExampleFunnel_Merge() {
	fair := sampleFair()
	morning, afternoon := fair.Funnel(), fair.Funnel()
	fmt.Println(morning.Add(employment.Passage{Stage: 2}), afternoon.Add(employment.Passage{Stage: 2}))
	fmt.Println(morning.Merge(afternoon))
	fmt.Println(morning.Table().Total())
	// Output:
	// <nil> <nil>
	// <nil>
	// 2
}

// A funnel's table is read through the layout of the fair: here the intentions
// by sector.
func ExampleFunnel_Table() {
	fair := sampleFair()
	table := sampleFloor(fair).Funnel().Table()
	for sector, title := range []string{"未注明", "机械", "化工", "餐饮服务"} {
		n, _ := fair.Layout().Sum(table, map[string]union.Code{"stage": 2, "sector": union.Code(sector)})
		fmt.Println(title, n)
	}
	// Output:
	// 未注明 2
	// 机械 2
	// 化工 1
	// 餐饮服务 0
}

func ExampleFloor_AddEmployer() {
	fair := sampleFair()
	floor := fair.Floor()
	works := employment.Employer{Key: "works", Title: "县机械厂", Region: "east"}
	fmt.Println(floor.AddEmployer(fair, works))
	fmt.Println(floor.AddEmployer(fair, works)) // at a second stand
	works.Region = "west"
	fmt.Println(floor.AddEmployer(fair, works))
	// Output:
	// <nil>
	// <nil>
	// key: given more than once: got "works", want the content given before
}

func ExampleFloor_AddPosting() {
	fair := sampleFair()
	floor := fair.Floor()
	fmt.Println(floor.AddPosting(fair, employment.Posting{Key: "fitter", Employer: "works", Openings: 3}))
	fmt.Println(floor.AddEmployer(fair, employment.Employer{Key: "works"}))
	fmt.Println(floor.AddPosting(fair, employment.Posting{Key: "fitter", Employer: "works", Openings: 3}))
	// Output:
	// employer: not known: got "works", want an employer at the fair
	// <nil>
	// <nil>
}

func ExampleFloor_AddRegistration() {
	fair := sampleFair()
	floor := fair.Floor()
	someone := employment.Registration{Seeker: "s1", Category: "migrant", Day: firstDay}
	fmt.Println(floor.AddRegistration(fair, someone))
	someone.Day = union.MustParseDate("2010-05-16")
	fmt.Println(floor.AddRegistration(fair, someone))
	someone.Day = union.MustParseDate("2010-05-17")
	fmt.Println(floor.AddRegistration(fair, someone))
	report, _ := fair.Report(floor)
	fmt.Println(report.Seekers, report.Registrations)
	// Output:
	// <nil>
	// <nil>
	// day: out of range: got 2010-05-17, want 2010-05-15/2010-05-16
	// 1人 2人次
}

func ExampleFloor_AddIntention() {
	fair := sampleFair()
	floor := sampleFloor(fair)
	fmt.Println(floor.AddIntention(fair, employment.Intention{Seeker: "s3", Posting: "fitter", Stage: "intention", Day: secondDay}))
	fmt.Println(floor.AddIntention(fair, employment.Intention{Seeker: "s9", Posting: "fitter", Stage: "intention", Day: secondDay}))
	fmt.Println(floor.AddIntention(fair, employment.Intention{Seeker: "s3", Posting: "pilot", Stage: "intention", Day: secondDay}))
	// Output:
	// <nil>
	// seeker: not known: want a registered seeker
	// posting: not known: got "pilot", want a posting of the fair
}

func ExampleFloor_Merge() {
	fair := sampleFair()
	north, south := sampleFloor(fair), sampleFloor(fair)
	fmt.Println(north.Merge(south))
	report, _ := fair.Report(north)
	fmt.Println(report.Seekers, report.Registrations, report.Openings)
	// Output:
	// <nil>
	// 5人 12人次 8个
}

// Persons of two fairs are counted by a register: their person-times add, they
// do not.
func ExampleFloor_Seekers() {
	spring := sampleFloor(sampleFair())
	spec := sampleSpec()
	spec.Key = "autumn-2010"
	autumn := sampleFloor(must(employment.NewFair(spec)))

	both := spring.Seekers()
	fmt.Println(both.Merge(autumn.Seekers()), both.Len())
	// Output:
	// <nil> 5
}

func ExampleFloor_Employers() {
	fmt.Println(sampleFloor(sampleFair()).Employers().All())
	// Output:
	// [inn mill plant works]
}

func ExampleFloor_Funnel() {
	funnel := sampleFloor(sampleFair()).Funnel()
	fmt.Println(funnel.Table().Total(), "person-times at all stages")
	// Output:
	// 13 person-times at all stages
}

func ExampleFair_Reached() {
	fair := sampleFair()
	reached, err := fair.Reached(sampleFloor(fair), "intention")
	fmt.Println(reached.Len(), err)
	// Output:
	// 3 <nil>
}

func ExampleFair_Persons() {
	fair := sampleFair()
	persons, err := fair.Persons(sampleFloor(fair))
	fmt.Println(persons.Total(), err)
	byEntry, _ := fair.PersonsLayout().Margin(persons, "entry")
	fmt.Println("new", byEntry[1], "carried over", byEntry[2])
	// Output:
	// 5 <nil>
	// new 4 carried over 1
}

func ExampleFair_Report() {
	fair := sampleFair()
	report, err := fair.Report(sampleFloor(fair))
	fmt.Println(err)
	fmt.Println(report.Employers, report.Local, report.Outside)
	fmt.Println(report.Categories["youth"], report.Categories["graduate"], report.Categories[employment.Unknown])
	fmt.Println(report.Stages["intention"])
	// Output:
	// <nil>
	// 4家 3家 1家
	// 2人 1人 1人
	// {3人 5人次}
}

func ExampleFair_Figures() {
	fair := sampleFair()
	figures, err := fair.Figures(sampleFloor(fair))
	fmt.Println(len(figures), err)
	fmt.Println(figures[5].Key(), figures[5])
	// Output:
	// 72 <nil>
	// employment.employers 4家
}

// The fair of Gaoqing in 2010 as its page prints it: rates of a count known only
// as 2800余 are made of the least that it stands for, and say so.
func ExampleFair_ReportFigures() {
	figures, err := sampleFair().ReportFigures(employment.Report{
		Openings: must(union.ParseCount("1800个")),
		Seekers:  must(union.ParseCount("2800余人")),
		Stages: map[string]employment.Reach{
			"intention": {Persons: must(union.ParseCount("380人"))},
			"signed":    {Persons: must(union.ParseCount("160余人"))},
		},
	})
	for _, figure := range figures {
		switch figure.Key() {
		case "employment.seekers.headline", "employment.rate.signed", "employment.tightness", "employment.employers":
			fmt.Println(figure.Title(), figure)
		case "employment.rate.intention":
			fmt.Print(figure.Working())
		}
	}
	fmt.Println(err)
	// Output:
	// 招聘单位数 [unknown]
	// 登记求职人数（概数） 2800余人
	// 意向率 = 13.6%
	//   § 人才劳务招聘会（1），made up for the sample：达成就业意向人数 ÷ 登记求职人数
	//   · 达成就业意向人数: 380人
	//   · 登记求职人数: 2800余人
	//   ≈ 四舍五入，保留1位小数
	//   最小可能值 = 13.1%
	//     · 达成就业意向人数: 380
	//     · 登记求职人数: 2899
	//     ≈ 四舍五入，保留1位小数
	//   最大可能值 = 13.6%
	//     · 达成就业意向人数: 380
	//     · 登记求职人数: 2800
	//     ≈ 四舍五入，保留1位小数
	// 签约率 5.7%
	// 求人倍率 0.64
	// <nil>
}

func ExampleFair_Rates() {
	fair := sampleFair()
	report, _ := fair.Report(sampleFloor(fair))
	for _, rate := range fair.Rates(report) {
		ratio, err := rate.Ratio()
		fmt.Println(rate.Key, ratio, err)
	}
	// Output:
	// employment.rate.intention 3/5 <nil>
	// employment.rate.signed 1/5 <nil>
	// employment.rate.fill 1/8 <nil>
	// employment.tightness 8/5 <nil>
	// employment.tightness.inverse 5/8 <nil>
}

func ExampleRate_Ratio() {
	rate := employment.Rate{
		Key: "employment.tightness", Of: "openings", Base: "seekers",
		Part: must(union.ParseCount("1800个")), Whole: must(union.ParseCount("0人")),
	}
	_, err := rate.Ratio()
	fmt.Println(err)
	// Output:
	// employment.tightness: undefined over nothing: got 0人, want seekers
}

func ExampleRate_Bounds() {
	rate := employment.Rate{Part: must(union.ParseCount("1800个")), Whole: must(union.ParseCount("2800余人"))}
	least, greatest, err := rate.Bounds()
	fmt.Println(least, "to", greatest, err)
	// Output:
	// 1800/2899 to 9/14 <nil>
}

func ExampleFair_Shares() {
	fair := sampleFair()
	report, _ := fair.Report(sampleFloor(fair))
	shares, err := fair.Shares(report)
	fmt.Println(shares.Texts(), err)
	// Output:
	// [40.00 20.00 20.00 20.00] <nil>
}

func ExampleFair_Check() {
	fair := sampleFair()
	floor := sampleFloor(fair)
	for _, posting := range []string{"operator", "waiter"} {
		_ = floor.AddIntention(fair, employment.Intention{Seeker: "s2", Posting: posting, Stage: "signed", Day: secondDay})
	}
	findings, err := fair.Check(floor)
	fmt.Println(findings[1], err)
	// Output:
	// seekers: a seeker signs for one posting: got 1 who signed for several, want none <nil>
}

// A fair of 2016 printed more intentions than openings.
func ExampleFair_CheckReport() {
	for _, finding := range sampleFair().CheckReport(employment.Report{
		Openings: must(union.ParseCount("6083个")),
		Stages:   map[string]employment.Reach{"intention": {PersonTimes: must(union.ParseCount("6532人次"))}},
	}) {
		fmt.Println(finding.Where, finding.Got, "-", finding.Want)
	}
	// Output:
	// stages["intention"] 6532人次 by an unknown number of persons - 6083个 openings
}

func ExampleFair_Compare() {
	fair := sampleFair()
	counted, _ := fair.Report(sampleFloor(fair))
	for _, finding := range fair.Compare(employment.Report{
		Employers: must(union.ParseCount("4家")),
		Openings:  must(union.ParseCount("10余个")),
	}, counted) {
		fmt.Println(finding)
	}
	// Output:
	// openings: a printed count holds the counted one: got 10余个, want 8个
}

func ExampleOpeningsRate() {
	rate, err := employment.OpeningsRate(10, 90)
	fmt.Println(rate, err)
	// Output:
	// 10/100 <nil>
}

func ExampleFunnel_AddPassages() {
	fair := sampleFair()
	funnel := fair.Funnel()
	graduate, _ := fair.Passage("signed", "graduate", "machinery", "east")
	fmt.Println(funnel.AddPassages(fair, graduate, graduate))
	fmt.Println(funnel.AddPassages(fair, graduate, employment.Passage{}))
	fmt.Println(funnel.Table().Total())
	// Output:
	// <nil>
	// passages[1].stage: must be given: want a stage of the fair
	// 2
}

func ExampleFair_Region() {
	fmt.Println(sampleFair().Region("west"))
	fmt.Println(sampleFair().Region("moon"))
	// Output:
	// 3 <nil>
	// 0 region: not known: got "moon", want a term of the list
}
