package aid_test

import (
	"errors"
	"fmt"
	"sync"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/aid"
)

func ExampleNewLines() {
	_, err := aid.NewLines(aid.LinesSpec{
		Rule: union.Rule{Key: "lines", Version: "2010", Title: "最低生活保障标准", Source: "例县民政局"},
		List: []aid.Line{
			{Area: "例县", Days: union.MustParsePeriod("2010-01-01/2010-09-30"), Amount: union.MustParseMoney("240")},
			{Area: "例县", Days: union.MustParsePeriod("2010-09-30/.."), Amount: union.MustParseMoney("260")},
		},
	})
	fmt.Println(err)
	// Output: list[1].days: falls in more than one band: got 2010-09-30, want one line an area: list[0] has the day too
}

func ExampleLines_On() {
	fmt.Println(countyLines().On("例县", union.MustParseDate("2010-09-30")))
	fmt.Println(countyLines().On("例县", union.MustParseDate("2010-10-01")))
	// Output:
	// 240.00 <nil>
	// 260.00 <nil>
}

func ExampleStandard_Line() {
	line := standard().Line()
	fmt.Println(line.Area, line.Days, line.Amount)
	// Output: 例县 2010-01-01/2010-12-31 240.00
}

func ExampleStandard_Bounds() {
	income, net, err := standard().Bounds("difficulty")
	fmt.Println(income, net, err)
	// Output: (,) (240,360] <nil>
}

func ExampleStandard_DryRun() {
	changed := standardSpec()
	changed.Version, changed.Line = "2011", union.MustParseMoney("220")
	changed.Effective = union.MustParsePeriod("2011-01-01/2011-12-31")
	next, err := aid.NewStandard(changed)
	if err != nil {
		fmt.Println(err)
		return
	}
	poor, poorer := household(), household()
	poor.Key, poor.Income[0].Amount = "H-0002", union.MustParseMoney("12960")    // 360 a head: half as much again as 240
	poorer.Key, poorer.Income[0].Amount = "H-0003", union.MustParseMoney("8280") // 230 a head
	run, err := standard().DryRun(union.MustParseDate("2010-12-31"), next, union.MustParseDate("2011-01-01"),
		[]aid.Household{household(), poor, poorer})
	fmt.Println("stay:", run.Stay, "out:", run.Out, err)
	for _, each := range run.Leave {
		fmt.Println("leaves:", each.Household, each.Before, each.Verdict.Failed()[1])
	}
	for _, each := range run.Move {
		fmt.Println("moves:", each.Household, each.Before, "to", each.After)
	}
	// Output:
	// stay: 0 out: 1 <nil>
	// leaves: H-0002 difficulty categories.difficulty.net: 困难职工: income less rigid outlay per head and month: got 360, want above 220 and at most 330
	// moves: H-0003 extreme to difficulty
}

func ExampleNewProgramme() {
	spec := hubei().Spec()
	spec.Kinds[0].Rates = spec.Kinds[0].Rates[:1] // what those in relative difficulty get is not said
	_, err := aid.NewProgramme(spec)
	fmt.Println(err)
	// Output: kinds[0].rates: falls in no band: got category "relative", want a rate for everyone, or partial
}

// application asks for a fen more than is left of the ceiling.
func application() aid.Application {
	return aid.Application{
		ID: "A-1", Kind: "living", Household: "H-0001", Area: "例县", On: union.MustParseDate("2010-12-01"),
		Traits: map[string]string{"category": "deep"}, Asked: union.MustParseMoney("620.01"),
	}
}

func ExampleProgramme_Entitlement() {
	fmt.Println(hubei().Entitlement(application(), countyLines()))
	// Output: {0 0.00 3120.00} <nil>
}

func ExampleProgramme_Judge() {
	verdict, err := hubei().Judge(application(), aid.Background{
		Lines:   countyLines(),
		Granted: []aid.Grant{{Kind: "living", Household: "H-0001", On: union.MustParseDate("2010-02-01"), Amount: union.MustParseMoney("2500")}},
		File:    union.Judged("file H-0001 on 2010-12-01"),
	})
	fmt.Println(verdict.Standing, "at most", verdict.Answer, err)
	for _, reason := range verdict.Reasons {
		fmt.Println(reason.Standing, reason.Finding)
	}
	// Output:
	// unmet at most 620.00 <nil>
	// met file: the household has a file in force: got file H-0001 on 2010-12-01: , want a file in force
	// met rate: 生活救助: got rates[0], want a rate that applies
	// met asked.most: 生活救助: got 620.01, want at most 3120.00
	// unmet granted: 生活救助: got 620.01 after 2500.00, want at most 3120.00 together
}

func ExampleProgramme_Working() {
	working, err := hubei().Working(aid.Application{
		ID: "A-2", Kind: "medical", Household: "H-0001", On: union.MustParseDate("2010-12-01"),
		Facts: map[string]union.Number{"self_paid": union.MustParseNumber("86000")},
	}, aid.Lines{})
	fmt.Printf("%v%v\n", working, err)
	// Output:
	// 医疗救助 = 20000.00
	//   § 湖北省困难职工帮扶标准（1），https://ddtbk.com/techan/d6af9385e0685fb0c6afdd40c3451978.html
	//   最高 = 20000
	//     § 取最低
	//     第1项 = 86000
	//       § × 1
	//       · 个人承担部分（元）: 86000
	//     第2项 = 20000
	//       § 定额
	// <nil>
}

func ExampleProgramme_CostParts() {
	spec := hubei().Spec()
	spec.Kinds[3].Rates[0].Shares = []aid.CostShare{{Source: "city", Weight: 1}, {Source: "county", Weight: 1}}
	programme, err := aid.NewProgramme(spec)
	fmt.Println(err)
	fmt.Println(programme.CostParts("temporary", 0, union.MustParseMoney("1500.01")))
	// Output:
	// <nil>
	// [{city 750.01} {county 750.00}] <nil>
}

// rates pays 300 yuan to each student within the province and 500 outside.
var rates = sync.OnceValue(func() aid.Programme {
	each := func(place, sum string) aid.Rate {
		amount := union.MustParseMoney(sum)
		return aid.Rate{When: []aid.Condition{{Of: "place", Is: []string{place}}}, Exactly: &aid.Amount{Fixed: &amount}}
	}
	return must(aid.NewProgramme(aid.ProgrammeSpec{
		Rule:   rule("students", "金秋助学"),
		Traits: []aid.Trait{{Key: "place", Title: "就读地", Terms: []union.Term{{Key: "inside", Title: "省内"}, {Key: "outside", Title: "省外"}}}},
		Kinds: []aid.Kind{{
			Key: "student", Title: "助学金", Measure: union.Persons, Per: aid.PerPerson,
			Rates: []aid.Rate{each("inside", "300"), each("outside", "500")},
		}},
		Wan: union.Rounding{Mode: union.HalfUp, Places: 2},
	}))
})

func students(place string, count int64) aid.Payment {
	return aid.Payment{Kind: "student", On: union.MustParseDate("2010-09-01"), Traits: map[string]string{"place": place}, Count: count}
}

func ExampleProgramme_CodePayment() {
	coded, err := rates().CodePayment(students("outside", 23), aid.Lines{})
	fmt.Println(coded.Count, coded.Sum, err)
	// Output: 23 11500.00 <nil>
}

func ExampleProgramme_CodePaid() {
	_, err := rates().CodePaid(students("outside", 3), union.MustParseMoney("0.02"))
	fmt.Println(err)
	// Output: sum: out of range: got 0.02, want at least a fen each
}

func ExampleProgramme_Explain() {
	payment := students("", 62)
	payment.Traits = nil // the page does not say where they study
	explanation, err := rates().Explain(payment, union.MustParseMoney("23200"), aid.Lines{})
	fmt.Println(explanation.Split, err)
	explanation, err = rates().Explain(payment, union.MustParseMoney("31000.01"), aid.Lines{})
	fmt.Println(explanation.Findings, err)
	// Output:
	// [{0 300.00 39} {1 500.00 23}] <nil>
	// [kinds.student: so many times what the rates give: got 31000.01, want 62 × 300.00 to 500.00] <nil>
}

func ExampleProgramme_Payments() {
	fmt.Println(rates().Payments().Rule() == rates().ID())
	// Output: true
}

func ExamplePayments_Add() {
	payments := rates().Payments()
	fmt.Println(payments.Add(aid.CodedPayment{Place: 1, Count: 2, Sum: union.MustParseMoney("0.01")}))
	// Output: sum: out of range: got 0.01, want at least a fen each
}

func ExamplePayments_Merge() {
	town, other := rates().Payments(), rates().Payments()
	for place, payments := range map[string]*aid.Payments{"inside": &town, "outside": &other} {
		coded, err := rates().CodePayment(students(place, 10), aid.Lines{})
		if err != nil {
			fmt.Println(err)
			return
		}
		if err := payments.Add(coded); err != nil {
			fmt.Println(err)
			return
		}
	}
	fmt.Println(town.Merge(other))
	figures, err := rates().Figures(town)
	printFigures(figures, "aid.programme.students.sum")
	fmt.Println(err)
	// Output:
	// <nil>
	// 金秋助学发放金额 8000.00元
	// <nil>
}

func ExampleProgramme_Figures() {
	payments := rates().Payments()
	coded, err := rates().CodePayment(students("outside", 23), aid.Lines{})
	fmt.Println(payments.Add(coded), err)
	figures, err := rates().Figures(payments)
	printFigures(figures, "aid.programme.students.count", "aid.programme.students.kind.student.place.outside.wan")
	fmt.Println(err)
	// Output:
	// <nil> <nil>
	// 金秋助学发放数 23人
	// 助学金（省外）发放金额 1.15万元
	// <nil>
}

func ExampleNewFileRule() {
	spec := fileRule().Spec()
	spec.InForce[0], spec.Conditions[0].Notice.WorkingDays = "struck-off", 0
	_, err := aid.NewFileRule(spec)
	for _, fault := range union.Faults(err) {
		fmt.Println(fault)
	}
	// Output:
	// in_force[0]: does not fit the graph of states: got "struck-off", which is final, want a state that may change
	// conditions[0].notice.working_days: out of range: got 0, want 1 to 1200
}

func ExampleFileRule_Course() {
	for _, state := range fileRule().Course().States()[5:8] {
		fmt.Println(state.Key, state.Title)
	}
	// Output:
	// provisional 临时救助档案
	// filed 正式档案
	// watched 脱困观察期
}

func ExampleFileRule_Log() {
	_, err := fileRule().Log(aid.File{Household: household(), Events: filing()[1:]})
	fmt.Println(errors.Is(err, union.ErrGraph))
	// Output: true
}

func ExampleFileRule_Judge() {
	files := fileRule()
	log, err := files.Log(aid.File{Household: household(), Events: filing()})
	fmt.Println(err)
	known := evidence()
	known.Means[3].Income = union.MustParseMoney("780") // in October, when the line rose to 260
	verdict, err := files.Judge(log, happened("e6", "recover", "county", "2011-01-10"), known)
	fmt.Println(verdict.Question, verdict.Standing, err)
	for _, finding := range verdict.Failed() {
		fmt.Println(finding)
	}
	// Output:
	// <nil>
	// file H-0001: "recover" on 2011-01-10 unmet <nil>
	// means.2010-10: means of the month, a head: got 1 and 1 times the line of 260.00, want income less outlay in (1,)
}

func ExampleFileRule_Add() {
	files := fileRule()
	log, err := files.Log(aid.File{Household: household(), Events: filing()[:3]})
	fmt.Println(err)
	fmt.Println(files.Add(&log, happened("e4", "approve", "county", "2010-04-30"), evidence()))
	fmt.Println(files.Add(&log, happened("e4", "approve", "county", "2010-05-04"), evidence()))
	fmt.Println(len(log.Events()))
	// Output:
	// <nil>
	// notice.post: out of range: got posted on 2010-04-23, want 5 working days between
	// <nil>
	// 4
}

func ExampleFileRule_MayBeAided() {
	files := fileRule()
	log, err := files.Log(aid.File{Household: household(), Events: filing()})
	fmt.Println(err)
	for _, on := range []string{"2010-05-04", "2010-05-05"} {
		verdict, err := files.MayBeAided(log, union.MustParseDate(on))
		fmt.Println(verdict.Question, verdict.Standing, verdict.Answer, err)
	}
	// Output:
	// <nil>
	// file H-0001 on 2010-05-04 unmet approved <nil>
	// file H-0001 on 2010-05-05 met filed <nil>
}

func ExampleFileRule_KeptUntil() {
	file := aid.File{Household: household(), Events: append(filing(), happened("e6", "strike-off", "county", "2010-11-30"))}
	fmt.Println(fileRule().KeptUntil(file, union.MustParseDate("2011-01-01")))
	// Output: 2020-11-30 true <nil>
}

func ExampleFileRule_Registry() {
	registry, err := fileRule().Registry(filed("H-1", "mill", 1), filed("H-2", "mill", 2))
	fmt.Println(registry.Len(), err)
	// Output: 2 <nil>
}

func ExampleFileRule_AddFile() {
	registry, err := fileRule().Registry(filed("H-1", "mill", 1))
	fmt.Println(err)
	fmt.Println(fileRule().AddFile(&registry, filed("H-1", "mill", 1)))
	fmt.Println(fileRule().AddFile(&registry, filed("H-1", "mill", 2)))
	// Output:
	// <nil>
	// <nil>
	// household.key: given more than once: want one file of a key, changed by events
}

func ExampleRegistry_Len() {
	fmt.Println(aid.Registry{}.Len())
	// Output: 0
}

func ExampleRegistry_Files() {
	registry, err := fileRule().Registry(filed("H-2", "mill", 2), filed("H-1", "mill", 1))
	fmt.Println(registry.Files()[0].Household.Key, err)
	// Output: H-1 <nil>
}

func ExampleMergeRegistries() {
	mill, err := fileRule().Registry(filed("H-1", "mill", 1, 2), filed("H-2", "mill", 3))
	fmt.Println(err)
	school, err := fileRule().Registry(filed("H-3", "school", 2), filed("H-2", "mill", 3))
	fmt.Println(err)
	county, err := aid.MergeRegistries(mill, school)
	fmt.Println(county.Len(), err)
	duplicates, err := fileRule().Duplicates(county, union.MustParseDate("2010-12-31"))
	for _, each := range duplicates {
		fmt.Println(each.Finding())
	}
	fmt.Println(err)
	// Output:
	// <nil>
	// <nil>
	// 3 <nil>
	// files H-1 and H-3: one household has one file: got 999999**********20 in both, kept by mill and school, want one file
	// <nil>
}

func ExampleFileRule_Duplicates() {
	registry, err := fileRule().Registry(filed("H-1", "mill", 1), filed("H-2", "mill", 2))
	fmt.Println(err)
	fmt.Println(fileRule().Duplicates(registry, union.MustParseDate("2010-12-31")))
	// Output:
	// <nil>
	// [] <nil>
}

func ExampleDuplicate_Finding() {
	same := aid.Duplicate{First: aid.FileRef{Key: "H-1", Unit: "mill"}, Second: aid.FileRef{Key: "H-1", Unit: "school"}}
	fmt.Println(same.Finding())
	// Output: files H-1 and H-1: one household has one file: got one key for two files, kept by mill and school, want one file
}

func ExampleFileRule_Inspect() {
	changed := filed("H-2", "mill", 2)
	changed.Events = append(changed.Events, happened("e6", "review", "county", "2011-03-01"))
	registry, err := fileRule().Registry(filed("H-1", "mill", 1), changed)
	fmt.Println(err)
	var aided union.Register
	_, err = aided.Add("H-1")
	fmt.Println(err)
	shown, err := fileRule().Inspect(registry, aided, union.MustParseDate("2011-05-05"))
	fmt.Println("in force:", shown.InForce, err)
	fmt.Println("not reviewed this year:", shown.NotReviewed, "unchanged for a year:", shown.Unchanged, "never aided:", shown.NeverAided)
	// Output:
	// <nil>
	// <nil>
	// in force: [H-1 H-2] <nil>
	// not reviewed this year: [H-1] unchanged for a year: [H-1] never aided: [H-2]
}

func ExampleFileRule_Sample() {
	registry, err := fileRule().Registry(filed("H-1", "mill", 1), filed("H-2", "mill", 2), filed("H-3", "mill", 3), filed("H-4", "mill", 4))
	fmt.Println(err)
	drawn, err := fileRule().Sample(registry, union.MustParseDate("2010-12-31"), "双色球2010154期 05 06 08 16 19 33 + 03")
	fmt.Println(len(drawn), err) // three tenths of four, rounded up
	// Output:
	// <nil>
	// 2 <nil>
}

func ExampleFileRule_Figures() {
	registry, err := fileRule().Registry(filed("H-1", "mill", 1), filed("H-2", "mill", 2))
	fmt.Println(err)
	shown, err := fileRule().Inspect(registry, union.Register{}, union.MustParseDate("2010-12-31"))
	fmt.Println(err)
	figures, err := fileRule().Figures(shown)
	printFigures(figures, "aid.files.state.filed", "aid.files.not_reviewed", "aid.files.duplicates")
	fmt.Println(err)
	// Output:
	// <nil>
	// <nil>
	// 正式档案档案数 2户
	// 本年度未复核户数 2户
	// 重复建档 0对
	// <nil>
}

func ExampleFileRule_Households() {
	registry, err := fileRule().Registry(filed("H-1", "mill", 1), aid.File{Household: household(), Events: filing()[:4]})
	fmt.Println(err)
	households, err := fileRule().Households(registry, union.MustParseDate("2010-12-31"))
	fmt.Println(len(households), households[0].Key, err)
	// Output:
	// <nil>
	// 1 H-1 <nil>
}
