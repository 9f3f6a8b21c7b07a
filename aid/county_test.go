package aid_test

import (
	"fmt"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/aid"
)

// The rules of an invented county, as its notices of 2010 might have them.

func day(text string) union.Date   { return union.MustParseDate(text) }
func yuan(text string) union.Money { return union.MustParseMoney(text) }
func must[T any](made T, err error) T {
	if err != nil {
		panic(err)
	}
	return made
}

func rule(key, title string) union.Rule {
	return union.Rule{Key: key, Version: "2010", Title: title, Source: "例县总工会〔2010〕3号"}
}

// standardSpec has a line of 240 yuan. Those in extreme difficulty have at most
// the line left after rigid outlay; those in difficulty have more than it and at
// most half as much again, and illness or schooling as main cause; an accident
// reaches to three times the line before outlay.
func standardSpec() aid.StandardSpec {
	spec := aid.StandardSpec{
		Rule: rule("standard", "困难职工认定标准"),
		Area: "例县", Line: yuan("240"), Lesser: 3, Imputed: yuan("600"),
		Categories: []aid.Category{
			{Key: "extreme", Title: "特困职工", Net: union.MustParseInterval("(,1]")},
			{Key: "difficulty", Title: "困难职工", Net: union.MustParseInterval("(1,1.5]"), Causes: []string{"illness", "schooling"}},
			{Key: "accident", Title: "意外致困职工", Income: union.MustParseInterval("(,3)"), Causes: []string{"accident"}},
		},
		Causes: []union.Term{
			{Key: "illness", Title: "重特大疾病"}, {Key: "schooling", Title: "子女上学"},
			{Key: "accident", Title: "意外事故"}, {Key: "laid-off", Title: "下岗失业"},
		},
		Exclusions: []union.Term{{Key: "car", Title: "拥有机动车"}, {Key: "second-home", Title: "两套以上住房"}},
		Income: []aid.ItemKind{
			{Key: "wage", Title: "工资性收入", Counted: true}, {Key: "union-aid", Title: "工会救助", Counted: true},
			{Key: "gift", Title: "节日慰问金"},
		},
		Outlay: []aid.ItemKind{{Key: "illness", Title: "因病支出", Counted: true}, {Key: "other", Title: "其他支出"}},
		Ages:   union.MustParseInterval("[16,60)"),
	}
	spec.Effective = union.MustParsePeriod("2010-01-01/2010-12-31")
	return spec
}

var madeStandard = must(aid.NewStandard(standardSpec()))

func standard() aid.Standard { return madeStandard }

// household has three members and 25,920 yuan a year, 720 a head and month: three
// times the line, on which an accident is refused.
func household() aid.Household {
	return aid.Household{
		Key: "H-0001", Unit: "U-01",
		Head:    aid.Head{Name: union.MustNewName("王建国"), Born: day("1965-04-30")},
		Members: []aid.Member{{Relation: "本人", Able: true, Working: true}, {Relation: "配偶"}, {Relation: "子女"}},
		Income:  []aid.Item{{Kind: "wage", Amount: yuan("25920")}, {Kind: "gift", Amount: yuan("500")}},
		Cause:   "illness", Filed: day("2010-03-01"),
	}
}

// found are exclusions that a visit to the household found.
func found(keys ...string) []aid.Exclusion {
	var list []aid.Exclusion
	for _, key := range keys {
		list = append(list, aid.Exclusion{Key: key, Evidence: "入户调查记录"})
	}
	return list
}

func certificateSpec() aid.CertificateRuleSpec {
	return aid.CertificateRuleSpec{
		Rule: rule("certificate", "特困职工优待证管理办法"),
		Classes: []aid.CertificateClass{
			{Key: "a", Title: "甲类", Benefits: []string{"水电补贴"}}, {Key: "b", Title: "乙类"},
		},
		Months: 12, Renewal: 12,
		Window: aid.Window{From: aid.YearDay{Month: 11, Day: 1}, Until: aid.YearDay{Month: 12, Day: 15}},
	}
}

var madeCertificateRule = must(aid.NewCertificateRule(certificateSpec()))

func certificateRule() aid.CertificateRule { return madeCertificateRule }

func certificate() aid.Certificate {
	return aid.Certificate{Key: "C-0001", Household: "H-0001", Class: "a", Issued: day("2009-12-10")}
}

func review(id, on, outcome string) aid.Review {
	r := aid.Review{ID: id, Certificate: "C-0001", On: day(on), Outcome: outcome, By: "office"}
	if outcome != aid.Renewed {
		r.Reason = "家庭收入已超过标准"
	}
	return r
}

func donationSpec() aid.DonationDaySpec {
	return aid.DonationDaySpec{
		Rule: rule("donation", "救助困难职工捐款日"),
		Days: union.MustParsePeriod("2010-05-01/2010-06-30"), CutOff: day("2010-05-31"),
		Units: []union.Term{
			{Key: "office", Title: "县委办公室"}, {Key: "school", Title: "第一中学"}, {Key: "mill", Title: "面粉厂"},
			{Key: "hospital", Title: "县医院"}, {Key: "bus", Title: "公交公司"},
		},
		Tariff:   []aid.TariffStep{{Key: "head", Title: "科级", Amount: yuan("100")}, {Key: "staff", Title: "职工", Amount: yuan("50")}},
		Wan:      union.Rounding{Mode: union.HalfUp, Places: 2},
		Rate:     union.Rounding{Mode: union.HalfUp, Places: 2},
		Capitals: union.BankCapitals,
	}
}

var madeDonationDay = must(aid.NewDonationDay(donationSpec()))

func donationDay() aid.DonationDay { return madeDonationDay }

// donationList: the office gives 350.50 by name and without, its donor d1 twice;
// the school hands in one row; the mill pledged 1,000 and paid 400; the hospital
// has a row of nothing; the bus company gave after the cut-off.
func donationList() []aid.Gift {
	return []aid.Gift{
		{ID: "g1", Unit: "office", Kind: aid.Received, Donor: "d1", Rank: "head", Amount: yuan("100"), On: day("2010-05-04")},
		{ID: "g2", Unit: "office", Kind: aid.Received, Donor: "d1", Amount: yuan("50.50"), On: day("2010-05-20")},
		{ID: "g3", Unit: "office", Kind: aid.Received, Amount: yuan("200"), On: day("2010-05-31")},
		{ID: "g4", Unit: "school", Kind: aid.Whole, Donors: 120, Amount: yuan("6000"), On: day("2010-05-04")},
		{ID: "g5", Unit: "mill", Kind: aid.Pledge, Amount: yuan("1000"), On: day("2010-05-04")},
		{ID: "g6", Unit: "mill", Kind: aid.Received, Donor: "d1", Amount: yuan("400"), On: day("2010-05-10")},
		{ID: "g7", Unit: "hospital", Kind: aid.Whole, On: day("2010-05-04")},
		{ID: "g8", Unit: "bus", Kind: aid.Received, Donor: "d9", Amount: yuan("80"), On: day("2010-06-01")},
	}
}

func donationsOf(d aid.DonationDay, gifts ...aid.Gift) aid.Donations {
	donations := d.Donations()
	for _, gift := range gifts {
		if err := donations.Add(must(d.CodeGift(gift))); err != nil {
			panic(fmt.Sprint(gift.ID, ": ", err))
		}
	}
	return donations
}

func goldenAutumnSpec() aid.GoldenAutumnSpec {
	return aid.GoldenAutumnSpec{
		Rule: rule("golden-autumn", "金秋助学摸底调查"), Year: 2010,
		Stages:     []union.Term{{Key: "undergraduate", Title: "本科"}, {Key: "junior-college", Title: "专科"}},
		Categories: []string{"extreme", "difficulty"},
	}
}

var madeGoldenAutumn = must(aid.NewGoldenAutumn(goldenAutumnSpec()))

func goldenAutumn() aid.GoldenAutumn { return madeGoldenAutumn }

func visitSpec() aid.VisitPlanSpec {
	return aid.VisitPlanSpec{
		Rule: rule("visits", "五一走访慰问困难劳模"), Days: union.MustParsePeriod("2010-04-20/2010-04-30"),
		Levels: []union.Term{{Key: "national", Title: "全国劳模"}, {Key: "province", Title: "省级劳模"}}, Goods: "份",
	}
}

var madeVisitPlan = must(aid.NewVisitPlan(visitSpec()))

func visitPlan() aid.VisitPlan { return madeVisitPlan }
