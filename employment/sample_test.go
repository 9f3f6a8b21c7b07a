package employment_test

import (
	"fmt"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/employment"
)

// list returns a coded list of terms, each given as key, title and, where it is
// a part of another, the key of that.
func list(key string, terms ...union.Term) union.CodesSpec {
	return union.CodesSpec{
		Rule:  union.Rule{Key: key, Version: "2010", Title: key, Source: "made up for the sample"},
		Terms: terms,
	}
}

// sampleSpec is a small fair: two towns of the county and one neighbour, four
// categories of which one is a part of another, three sectors, four stages.
func sampleSpec() employment.FairSpec {
	schooling := list("schooling", union.Term{Key: "school", Title: "高中及以下"}, union.Term{Key: "college", Title: "大专及以上"})
	ages := list("ages", union.Term{Key: "young", Title: "35岁以下"}, union.Term{Key: "old", Title: "35岁以上"})
	kinds := list("kinds", union.Term{Key: "state", Title: "国有"}, union.Term{Key: "private", Title: "非公"})
	return employment.FairSpec{
		Rule:  union.Rule{Key: "fair-2010", Version: "1", Title: "人才劳务招聘会", Source: "made up for the sample"},
		Hosts: []string{"县总工会", "县就业局"},
		Days:  union.MustParsePeriod("2010-05-15/2010-05-16"),
		Venue: "县体育场",
		Categories: list("categories",
			union.Term{Key: "youth", Title: "新成长失业青年"},
			union.Term{Key: "graduate", Title: "应届高校毕业生", Within: "youth"},
			union.Term{Key: "laid-off", Title: "下岗职工"},
			union.Term{Key: "migrant", Title: "农民工"}),
		Groups:    []employment.Group{{Key: "jobless", Title: "失业人员", Of: []string{"youth", "laid-off"}}},
		Schooling: &schooling,
		Ages:      &ages,
		Sectors: list("sectors",
			union.Term{Key: "machinery", Title: "机械"},
			union.Term{Key: "chemistry", Title: "化工"},
			union.Term{Key: "catering", Title: "餐饮服务"}),
		Regions: list("regions",
			union.Term{Key: "county", Title: "本县"},
			union.Term{Key: "east", Title: "城东镇", Within: "county"},
			union.Term{Key: "west", Title: "城西镇", Within: "county"},
			union.Term{Key: "neighbour", Title: "邻县"}),
		Local: []string{"county"},
		Kinds: &kinds,
		Stages: list("stages",
			union.Term{Key: "registered", Title: "登记"},
			union.Term{Key: "intention", Title: "达成意向"},
			union.Term{Key: "agreed", Title: "草签协议", Within: "intention"},
			union.Term{Key: "signed", Title: "签约", Within: "agreed"}),
		Registered: "registered",
		Intention:  "intention",
		Signed:     "signed",
		Headline:   2,
		Rate:       union.Rounding{Mode: union.HalfUp, Places: 1},
		Tightness:  union.Rounding{Mode: union.HalfUp, Places: 2},
		Share: employment.ShareSpec{
			Balance: union.LargestRemainder, Rounding: union.Rounding{Mode: union.HalfUp, Places: 2},
		},
	}
}

// must returns value, or panics: for samples that cannot be wrong.
func must[T any](value T, err error) T {
	if err != nil {
		panic(err)
	}
	return value
}

func sampleFair() employment.Fair { return must(employment.NewFair(sampleSpec())) }

var (
	firstDay  = union.MustParseDate("2010-05-15")
	secondDay = union.MustParseDate("2010-05-16")
)

// The sample's records. Worked out by hand below and in the tests:
// 4 employers (3 local, 1 outside); 4 postings with 3 + 2 + 1 + 2 = 8 openings,
// 1 of them carried over; 5 seekers in 6 registrations; 5 intentions of 3
// persons, 1 agreement and 1 signing.
func sampleEmployers() []employment.Employer {
	return []employment.Employer{
		{Key: "works", Title: "县机械厂", Region: "east", Kind: "state"},
		{Key: "plant", Title: "县化工厂", Region: "west", Kind: "private"},
		{Key: "inn", Title: "县招待所", Region: "east", Kind: "private"},
		{Key: "mill", Title: "邻县机械厂", Region: "neighbour", Kind: "private"},
	}
}

func samplePostings() []employment.Posting {
	return []employment.Posting{
		{Key: "fitter", Employer: "works", Sector: "machinery", Title: "钳工", Openings: 3},
		{Key: "operator", Employer: "plant", Sector: "chemistry", Title: "操作工", Openings: 2},
		{Key: "waiter", Employer: "inn", Title: "服务员", Openings: 1, Carried: true},
		{Key: "turner", Employer: "mill", Sector: "machinery", Title: "车工", Openings: 2},
	}
}

func sampleRegistrations() []employment.Registration {
	return []employment.Registration{
		{Seeker: "s1", Category: "graduate", Schooling: "college", Age: "young", Day: firstDay},
		{Seeker: "s2", Category: "youth", Schooling: "school", Age: "young", Day: firstDay},
		{Seeker: "s3", Category: "laid-off", Schooling: "school", Age: "old", Carried: true, Day: firstDay},
		{Seeker: "s4", Category: "migrant", Age: "old", Day: firstDay},
		{Seeker: "s5", Day: secondDay},
		{Seeker: "s4", Category: "migrant", Age: "old", Day: secondDay}, // the same person again
	}
}

func sampleIntentions() []employment.Intention {
	return []employment.Intention{
		{Seeker: "s1", Posting: "fitter", Stage: "intention", Day: firstDay},
		{Seeker: "s1", Posting: "turner", Stage: "intention", Day: firstDay},
		{Seeker: "s2", Posting: "operator", Stage: "intention", Day: firstDay},
		{Seeker: "s4", Posting: "waiter", Stage: "intention", Day: secondDay},
		{Seeker: "s4", Posting: "waiter", Stage: "intention", Day: secondDay}, // told twice
		{Seeker: "s1", Posting: "fitter", Stage: "agreed", Day: secondDay},
		{Seeker: "s1", Posting: "fitter", Stage: "signed", Day: union.MustParseDate("2010-06-01")},
	}
}

// fill adds records to a floor and stops at the first that is refused.
func fill(fair employment.Fair, floor *employment.Floor, employers []employment.Employer, postings []employment.Posting,
	registrations []employment.Registration, intentions []employment.Intention) error {
	for i, record := range employers {
		if err := floor.AddEmployer(fair, record); err != nil {
			return union.Within(fmt.Sprintf("employers[%d]", i), err)
		}
	}
	for i, record := range postings {
		if err := floor.AddPosting(fair, record); err != nil {
			return union.Within(fmt.Sprintf("postings[%d]", i), err)
		}
	}
	for i, record := range registrations {
		if err := floor.AddRegistration(fair, record); err != nil {
			return union.Within(fmt.Sprintf("registrations[%d]", i), err)
		}
	}
	for i, record := range intentions {
		if err := floor.AddIntention(fair, record); err != nil {
			return union.Within(fmt.Sprintf("intentions[%d]", i), err)
		}
	}
	return nil
}

// sampleFloor is the sample counted.
func sampleFloor(fair employment.Fair) employment.Floor {
	floor := fair.Floor()
	err := fill(fair, &floor, sampleEmployers(), samplePostings(), sampleRegistrations(), sampleIntentions())
	if err != nil {
		panic(err)
	}
	return floor
}
