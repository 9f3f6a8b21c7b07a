package aid_test

import (
	"errors"
	"fmt"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/aid"
)

// A county counts its workers in difficulty, its donation day and its Golden
// Autumn students, and prints each figure.
func Example() {
	// The standard is a document that the county federation issued.
	var standard aid.Standard
	err := standard.UnmarshalJSON([]byte(`{
		"union": "aid.standard/1",
		"key": "example", "version": "2010", "title": "困难职工认定标准", "source": "例县总工会〔2010〕3号",
		"effective": "2010-01-01/2010-12-31", "area": "例县", "line": "240.00",
		"categories": [
			{"key": "extreme", "title": "特困职工", "net": "(,1]"},
			{"key": "difficulty", "title": "困难职工", "net": "(1,1.5]", "causes": ["illness"]}
		],
		"causes": [{"key": "illness", "title": "重特大疾病"}, {"key": "laid-off", "title": "下岗失业"}],
		"lesser": 3,
		"income": [{"key": "wage", "title": "工资性收入", "counted": true}],
		"outlay": [{"key": "illness", "title": "因病支出", "counted": true}],
		"imputed": "0.00"
	}`))
	if err != nil {
		fmt.Println(err)
		return
	}
	couple := []aid.Member{{Relation: "本人", Working: true}, {Relation: "配偶"}}
	households := []aid.Household{
		{Key: "H-1", Members: couple, Cause: "laid-off", Income: []aid.Item{{Kind: "wage", Amount: union.MustParseMoney("5760")}}},
		{Key: "H-2", Members: couple, Cause: "illness", Income: []aid.Item{{Kind: "wage", Amount: union.MustParseMoney("5760.24")}}},
		{Key: "H-3", Members: couple, Cause: "laid-off", Income: []aid.Item{{Kind: "wage", Amount: union.MustParseMoney("5760.24")}}},
	}
	on := union.MustParseDate("2010-05-01")
	survey := standard.Survey()
	for _, household := range households {
		verdict, err := standard.Judge(household, on)
		if err != nil {
			fmt.Println(err)
			return
		}
		fmt.Printf("%s: %s %q\n", verdict.Question, verdict.Standing, verdict.Answer)
		for _, finding := range verdict.Failed() {
			fmt.Println("  ", finding)
		}
		coded, err := standard.CodeHousehold(household, on)
		if err != nil {
			fmt.Println(err)
			return
		}
		if err := survey.Add(coded); err != nil {
			fmt.Println(err)
			return
		}
	}
	figures, err := standard.Figures(survey)
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, figure := range figures {
		if n, ok := figure.Whole(); ok && n > 0 {
			fmt.Println(figure.Title(), figure)
		}
	}
	// Output:
	// household H-1 on 2010-05-01: met "extreme"
	// household H-2 on 2010-05-01: met "difficulty"
	// household H-3 on 2010-05-01: unmet ""
	//    categories.extreme.net: 特困职工: income less rigid outlay per head and month: got 240.01, want at most 240
	//    categories.difficulty.causes: 困难职工: main cause: got 下岗失业, want 重特大疾病
	// 申报户数 3户
	// 不予认定户数 1户
	// 因致困原因不符合规定不予认定户数 1户
	// 困难职工家庭户数 2户
	// 特困职工户数 1户
	// 困难职工户数 1户
	// 重特大疾病致困户数 1户
	// 下岗失业致困户数 1户
}

// printFigures prints the figures with the keys.
func printFigures(figures []union.Figure, keys ...string) {
	for _, key := range keys {
		for _, figure := range figures {
			if figure.Key() == key {
				fmt.Println(figure.Title(), figure)
			}
		}
	}
}

func ExampleNewStandard() {
	spec := standardSpec()
	spec.Categories[0].Net = union.MustParseInterval("(,1)") // below the line; the next begins above it
	_, err := aid.NewStandard(spec)
	fmt.Println(errors.Is(err, union.ErrHole))
	fmt.Println(union.Faults(err)[0])
	// Output:
	// true
	// categories[1].net: falls in no band: got 1 times the line with cause "illness", want a category for all below "difficulty"
}

func ExampleStandard_Judge() {
	h := household()
	h.Income[0].Amount = union.MustParseMoney("8640.36") // three members: a fen a head and month above the line
	h.Cause = "laid-off"
	verdict, err := standard().Judge(h, union.MustParseDate("2010-05-01"))
	fmt.Println(verdict.Standing, err)
	for _, reason := range verdict.Reasons {
		fmt.Println(reason.Standing, reason.Finding)
	}
	// Output:
	// unmet <nil>
	// met exclusions.car: 拥有机动车: got not found, want not found
	// met exclusions.second-home: 两套以上住房: got not found, want not found
	// met head.born: age of the head: got 45, want [16,60)
	// unmet categories.extreme.net: 特困职工: income less rigid outlay per head and month: got 240.01, want at most 240
	// met categories.difficulty.net: 困难职工: income less rigid outlay per head and month: got 240.01, want above 240 and at most 360
	// unmet categories.difficulty.causes: 困难职工: main cause: got 下岗失业, want 重特大疾病, 子女上学
	// met categories.accident.income: 意外致困职工: income per head and month: got 240.01, want below 720
	// unmet categories.accident.causes: 意外致困职工: main cause: got 下岗失业, want 意外事故
}

func ExampleStandard_Working() {
	working, err := standard().Working(household(), union.MustParseDate("2010-05-01"))
	fmt.Printf("%v%v\n", working, err)
	// Output:
	// 家庭H-0001 = 收入超过规定标准
	//   § 困难职工认定标准（2010），例县总工会〔2010〕3号
	//   · 最低生活保障线（月人均）: 240.00
	//   人均月收入 = 720
	//     § 全年收入 ÷ 12 ÷ 家庭人口
	//     · 全年收入: 25920.00
	//     · 其中：推算工资: 0.00
	//     · 家庭人口: 3
	//   扣除刚性支出后人均月收入 = 720
	//     § （全年收入 − 刚性支出）÷ 12 ÷ 家庭人口
	//     · 全年收入: 25920.00
	//     · 全年刚性支出: 0.00
	//     · 家庭人口: 3
	// <nil>
}

func ExampleStandard_CodeHousehold() {
	h := household()
	h.Income = nil
	coded, err := standard().CodeHousehold(h, union.MustParseDate("2010-05-01"))
	fmt.Println(coded.Key, coded.Outcome, coded.Cause, err)
	// Output: H-0001 1 1 <nil>
}

func ExampleStandard_Category() {
	category, found := standard().Category(aid.CodedHousehold{Key: "H-0001", Outcome: 2, Cause: 1})
	fmt.Println(category.Key, category.Title, found)
	// Output: difficulty 困难职工 true
}

func ExampleStandard_Survey() {
	survey := standard().Survey()
	fmt.Println(survey.Rule() == standard().ID())
	// Output: true
}

func ExampleSurvey_Add() {
	survey := standard().Survey()
	fmt.Println(survey.Add(aid.CodedHousehold{Key: "H-0001", Outcome: 1, Cause: 1}))
	fmt.Println(survey.Add(aid.CodedHousehold{Key: "H-0001", Outcome: 1, Cause: 1}))
	// Output:
	// <nil>
	// key: given more than once: want one file a household
}

func ExampleSurvey_Merge() {
	town, other := standard().Survey(), standard().Survey()
	fmt.Println(town.Add(aid.CodedHousehold{Key: "H-0001", Outcome: 1, Cause: 1}))
	fmt.Println(other.Add(aid.CodedHousehold{Key: "H-0002", Outcome: 2, Cause: 1}))
	fmt.Println(town.Merge(other))
	figures, err := standard().Figures(town)
	printFigures(figures, "aid.difficulty.total")
	fmt.Println(err)
	// Output:
	// <nil>
	// <nil>
	// <nil>
	// 困难职工家庭户数 2户
	// <nil>
}

func ExampleStandard_Check() {
	survey := standard().Survey()
	for range 2 { // two towns that both keep a file of one household
		town := standard().Survey()
		fmt.Println(town.Add(aid.CodedHousehold{Key: "H-0001", Outcome: 1, Cause: 1}), survey.Merge(town))
	}
	fmt.Println(standard().Check(survey))
	// Output:
	// <nil> <nil>
	// <nil> <nil>
	// [survey: one household has one file: got 2 files, want as many as there are households: 1] <nil>
}

func ExampleStandard_Figures() {
	survey := standard().Survey()
	fmt.Println(survey.Add(aid.CodedHousehold{Key: "H-0001", Outcome: 1, Cause: 1}))
	figures, err := standard().Figures(survey)
	printFigures(figures, "aid.line", "aid.difficulty.category.extreme", "aid.households.refused.income")
	fmt.Printf("%v%v\n", figures[len(figures)-1].Working(), err)
	// Output:
	// <nil>
	// 最低生活保障线（月人均） 240.00元
	// 特困职工户数 1户
	// 因收入超过规定标准不予认定户数 0户
	// 下岗失业致困户数 = 0户
	//   § 困难职工认定标准（2010），例县总工会〔2010〕3号
	//   · 特困职工: 0
	//   · 困难职工: 0
	//   · 意外致困职工: 0
	// <nil>
}

func ExampleNewCertificateRule() {
	spec := certificateSpec()
	spec.Window.From = aid.YearDay{Month: 2, Day: 29}
	_, err := aid.NewCertificateRule(spec)
	fmt.Println(err)
	// Output: window.from: out of range: got 2-29, want a day that every year has
}

func ExampleCertificateRule_Judge() {
	reviews := []aid.Review{{
		ID: "r1", Certificate: "C-0001", On: union.MustParseDate("2010-06-01"), Outcome: aid.Withdrawn, Reason: "家庭收入已超过标准",
	}}
	for _, on := range []string{"2010-05-31", "2010-06-01"} {
		verdict, err := certificateRule().Judge(certificate(), reviews, union.MustParseDate(on))
		fmt.Println(verdict.Question, verdict.Standing, verdict.Failed(), err)
	}
	// Output:
	// certificate C-0001 on 2010-05-31 met [] <nil>
	// certificate C-0001 on 2010-06-01 unmet [withdrawn: not withdrawn by the day: got 2010-06-01: 家庭收入已超过标准, want not by 2010-06-01] <nil>
}

func ExampleCertificateRule_Window() {
	fmt.Println(certificateRule().Window(2010))
	// Output: 2010-11-01/2010-12-15 <nil>
}

func ExampleCertificateRule_CodeCertificate() {
	coded, err := certificateRule().CodeCertificate(certificate(), nil, 2010, union.MustParseDate("2010-12-01"))
	fmt.Printf("%s held %v, due %v, outcome %q, %v\n", coded.Key, coded.Held, coded.Due, coded.Outcome, err)
	// Output: C-0001 held true, due true, outcome "", <nil>
}

func ExampleCertificateRule_AnnualReview() {
	annual, err := certificateRule().AnnualReview(2010, union.MustParseDate("2010-12-31"))
	fmt.Println(annual.Rule() == certificateRule().ID(), err)
	// Output: true <nil>
}

func ExampleAnnualReview_Add() {
	annual := annualReview()
	fmt.Println(annual.Add(codeIssued("C-1", "2009-12-10", "2010-11-20", aid.Renewed)))
	fmt.Println(annual.Add(codeIssued("C-1", "2009-12-10", "2010-11-20", aid.Renewed)))
	// Output:
	// <nil>
	// key: given more than once: want one count a certificate
}

func ExampleAnnualReview_Merge() {
	annual, other := annualReview(), annualReview()
	fmt.Println(annual.Add(codeIssued("C-1", "2009-12-10", "2010-11-20", aid.Renewed)))
	fmt.Println(other.Add(codeIssued("C-2", "2009-12-10", "", "")))
	fmt.Println(annual.Merge(other))
	figures, err := certificateRule().Figures(annual)
	printFigures(figures, "aid.certificates.due", "aid.certificates.pending")
	fmt.Println(err)
	// Output:
	// <nil>
	// <nil>
	// <nil>
	// 应年审优待证数 2本
	// 尚未年审优待证数 1本
	// <nil>
}

func ExampleCertificateRule_Check() {
	annual, other := annualReview(), annualReview()
	fmt.Println(annual.Add(codeIssued("C-1", "2009-12-10", "", "")), other.Add(codeIssued("C-1", "2009-12-10", "", "")))
	fmt.Println(annual.Merge(other))
	fmt.Println(certificateRule().Check(annual))
	// Output:
	// <nil> <nil>
	// <nil>
	// [review: one certificate is counted once: got 2 certificates, want 1] <nil>
}

func ExampleCertificateRule_Figures() {
	annual := annualReview()
	fmt.Println(annual.Add(codeIssued("C-1", "2009-12-10", "2010-11-20", aid.Lapsed)))
	figures, err := certificateRule().Figures(annual)
	printFigures(figures, "aid.certificates.held", "aid.certificates.reviewed", "aid.certificates.lapsed")
	fmt.Println(err)
	// Output:
	// <nil>
	// 持有有效优待证数 0本
	// 已年审优待证数 1本
	// 年审未续优待证数 1本
	// <nil>
}

func ExampleNewDonationDay() {
	spec := donationSpec()
	spec.Units[1].Key, spec.Wan.Mode = "office", 0
	_, err := aid.NewDonationDay(spec)
	for _, fault := range union.Faults(err) {
		fmt.Println(fault.Where, errors.Is(fault, union.ErrMissing), errors.Is(fault, union.ErrRepeated))
	}
	// Output:
	// wan.mode true false
	// units[1].key false true
}

func ExampleDonationDay_Tariff() {
	fmt.Println(donationDay().Tariff("head"))
	// Output: 100.00 <nil>
}

func ExampleDonationDay_CodeGift() {
	_, err := donationDay().CodeGift(aid.Gift{
		ID: "g1", Unit: "school", Kind: aid.Received, Donor: "d1",
		Amount: union.MustParseMoney("50"), On: union.MustParseDate("2010-07-01"),
	})
	fmt.Println(err)
	// Output: on: out of range: got 2010-07-01, want a day in 2010-05-01/2010-06-30
}

func ExampleDonationDay_Donations() {
	donations := donationDay().Donations()
	fmt.Println(donations.Rule() == donationDay().ID())
	// Output: true
}

func ExampleDonations_Add() {
	donations := donationDay().Donations()
	fmt.Println(donations.Add(aid.CodedGift{Unit: 2, Kind: aid.Whole, Donors: 120, Amount: union.MustParseMoney("6000")}))
	fmt.Println(donations.Add(aid.CodedGift{Unit: 2, Kind: aid.Received, Donor: "d1", Amount: union.MustParseMoney("50")}))
	// Output:
	// <nil>
	// unit: given more than once: got received beside other rows, want named gifts or one row of the unit
}

func ExampleDonations_Merge() {
	d := donationDay()
	first, second := donationsOf(d, donationList()[:2]...), donationsOf(d, donationList()[5])
	fmt.Println(first.Merge(second))
	figures, err := d.Figures(first)
	printFigures(figures, "aid.donation.total", "aid.donation.donors")
	fmt.Println(err)
	// Output:
	// <nil>
	// 捐款总额 550.50元
	// 捐款职工人数 1人
	// <nil>
}

func ExampleDonationDay_ByUnit() {
	d := donationDay()
	list, err := d.ByUnit(donationsOf(d, donationList()...))
	for _, each := range list {
		fmt.Println(each.Unit.Title, each.Received, each.Pledged, each.Donors, each.Gave())
	}
	fmt.Println(err)
	// Output:
	// 县委办公室 350.50 0.00 2 true
	// 第一中学 6000.00 0.00 120 true
	// 面粉厂 400.00 1000.00 1 true
	// 县医院 0.00 0.00 0 false
	// 公交公司 0.00 0.00 0 false
	// <nil>
}

func ExampleUnitDonations_Gave() {
	fmt.Println(aid.UnitDonations{}.Gave(), aid.UnitDonations{Received: union.Fen(1)}.Gave())
	// Output: false true
}

func ExampleDonationDay_Chase() {
	d := donationDay()
	findings, err := d.Chase(donationsOf(d, donationList()...))
	for _, finding := range findings {
		fmt.Println(finding)
	}
	fmt.Println(err)
	// Output:
	// units.mill: what is pledged is paid: got 400.00, want 1000.00
	// units.hospital: every unit that is asked gives: got 0.00
	// units.bus: every unit that is asked gives: got 0.00
	// <nil>
}

func ExampleDonationDay_Check() {
	d := donationDay()
	named, row := donationsOf(d, donationList()[0]), d.Donations()
	fmt.Println(row.Add(aid.CodedGift{Unit: 1, Kind: aid.Whole, Donors: 30, Amount: union.MustParseMoney("900")}))
	fmt.Println(named.Merge(row))
	fmt.Println(d.Check(named))
	// Output:
	// <nil>
	// <nil>
	// [units.office: a unit has named gifts or one row: got 1 rows and 1 gifts, want one row, or gifts alone] <nil>
}

func ExampleDonationDay_Figures() {
	d := donationDay()
	figures, err := d.Figures(donationsOf(d, donationList()...))
	for _, figure := range figures {
		fmt.Println(figure.Title(), figure)
	}
	fmt.Println(err)
	// Output:
	// 捐款活动名称 救助困难职工捐款日
	// 参加捐款单位数 3个单位
	// 应参加捐款单位数 5个单位
	// 捐款单位参加率 60.00%
	// 捐款总额 6750.50元
	// 捐款总额（万元） 0.68万元
	// 捐款总额（大写） 陆仟柒佰伍拾元零伍角
	// 捐款职工人数 122人
	// 认捐总额 1000.00元
	// 认捐已到账金额 400.00元
	// 认捐未到账金额 600.00元
	// 认捐免除金额 0.00元
	// 认捐到账率 40.00%
	// 尚需督促单位 面粉厂、县医院、公交公司
	// 尚需督促单位数 3个单位
	// 截止日后到账捐款 80.00元
	// <nil>
}

func ExampleNewGoldenAutumn() {
	spec := goldenAutumnSpec()
	spec.Stages = nil
	_, err := aid.NewGoldenAutumn(spec)
	fmt.Println(err)
	// Output: stages: must be given
}

func ExampleGoldenAutumn_CodeStudent() {
	s := aid.Student{Key: "s1", Household: "H-0001", Stage: "undergraduate", First: true, Year: 2010}
	for _, category := range []string{"extreme", ""} {
		coded, err := goldenAutumn().CodeStudent(s, category)
		fmt.Println(coded.Admitted, err)
	}
	// Output:
	// true <nil>
	// false <nil>
}

func ExampleGoldenAutumn_Students() {
	students := goldenAutumn().Students()
	fmt.Println(students.Rule() == goldenAutumn().ID())
	// Output: true
}

func ExampleStudents_Add() {
	students := goldenAutumn().Students()
	fmt.Println(students.Add(aid.CodedStudent{Key: "s1", Stage: 1, First: true, Admitted: true}))
	fmt.Println(students.Add(aid.CodedStudent{Key: "s1", Stage: 2, First: true, Admitted: true}))
	// Output:
	// <nil>
	// key: given more than once: want one report a student
}

func ExampleStudents_Merge() {
	town := enrolled("extreme", student("s1", "undergraduate", 2010))
	fmt.Println(town.Merge(enrolled("extreme", student("s1", "undergraduate", 2010))))
	figures, err := goldenAutumn().Figures(town, union.Date{})
	printFigures(figures, "aid.students")
	fmt.Println(err)
	// Output:
	// <nil>
	// 困难职工家庭学生人数 1人
	// <nil>
}

func ExampleGoldenAutumn_Check() {
	town := enrolled("extreme", student("s1", "undergraduate", 2010))
	fmt.Println(town.Merge(enrolled("extreme", student("s1", "junior-college", 2010))))
	fmt.Println(goldenAutumn().Check(town))
	// Output:
	// <nil>
	// [students: one student has one stage and one family: got 2 reports, want 1] <nil>
}

func ExampleGoldenAutumn_Figures() {
	students := enrolled("extreme", student("s1", "undergraduate", 2010), student("s2", "junior-college", 2008))
	figures, err := goldenAutumn().Figures(students, union.MustParseDate("2010-07-20"))
	printFigures(figures, "aid.students", "aid.students.stage.undergraduate", "aid.students.first_year", "aid.students.reported")
	fmt.Println(err)
	// Output:
	// 困难职工家庭学生人数 2人
	// 本科学生人数 1人
	// 新入学学生人数 1人
	// 上报日期 2010-07-20
	// <nil>
}

func ExampleNewVisitPlan() {
	spec := visitSpec()
	spec.Goods = ""
	_, err := aid.NewVisitPlan(spec)
	fmt.Println(err)
	// Output: goods: must be given
}

func ExampleVisitPlan_CodeVisit() {
	_, err := visitPlan().CodeVisit(aid.Visit{
		Worker: "w1", Level: "national", On: union.MustParseDate("2010-04-28"),
		Amount: union.MustParseMoney("1000"), Goods: -1,
	})
	fmt.Println(err)
	// Output: goods: out of range: got -1, want 0 or more
}

func ExampleVisitPlan_Visits() {
	visits := visitPlan().Visits()
	fmt.Println(visits.Rule() == visitPlan().ID())
	// Output: true
}

func ExampleVisits_Add() {
	visits := visitPlan().Visits()
	fmt.Println(visits.Add(aid.CodedVisit{Worker: "w1", Level: 1, Goods: 2}))
	fmt.Println(visits.Add(aid.CodedVisit{Worker: "w1", Level: 3}))
	// Output:
	// <nil>
	// level: out of range: got 3, want 1 to 2
}

func ExampleVisits_Merge() {
	visits := visited(visit("w1", "national", "1000", 0))
	fmt.Println(visits.Merge(visited(visit("w1", "national", "0", 2))))
	figures, err := visitPlan().Figures(visits)
	printFigures(figures, "aid.visits", "aid.visits.times")
	fmt.Println(err)
	// Output:
	// <nil>
	// 走访慰问劳模人数 1人
	// 走访慰问劳模人次 2人次
	// <nil>
}

func ExampleVisitPlan_Figures() {
	figures, err := visitPlan().Figures(visited(visit("w1", "national", "1000", 0), visit("w2", "province", "0", 2)))
	for _, figure := range figures {
		fmt.Println(figure.Title(), figure)
	}
	fmt.Println(err)
	// Output:
	// 走访慰问劳模人数 2人
	// 走访慰问劳模人次 2人次
	// 走访慰问全国劳模人数 1人
	// 走访慰问省级劳模人数 1人
	// 发放慰问金 1000.00元
	// 发放慰问品 2份
	// <nil>
}
