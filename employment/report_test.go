package employment_test

import (
	"math"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/employment"
)

// printed reads a count as a page prints it.
func printed(text string) union.Count { return must(union.ParseCount(text)) }

// The sample's figures, worked out by hand from its records.
func TestTheSampleComesOutAsWorkedOutByHand(t *testing.T) {
	fair := sampleFair()
	figures, err := fair.Figures(sampleFloor(fair))
	require.NoError(t, err)
	got := map[string]string{}
	for _, figure := range figures {
		require.NotContains(t, got, figure.Key(), "a key is given once")
		got[figure.Key()] = figure.String()
		assert.Equal(t, "employment.Fair.Figures", figure.By())
		assert.NotEmpty(t, figure.Title())
		assert.NotEmpty(t, figure.Working().Inputs, figure.Key())
		assert.NotEmpty(t, figure.Working().Result, figure.Key())
	}
	assert.Equal(t, map[string]string{
		"employment.fair.title":                      "人才劳务招聘会",
		"employment.fair.from":                       "2010-05-15",
		"employment.fair.until":                      "2010-05-16",
		"employment.fair.hosts":                      "县总工会、县就业局",
		"employment.fair.venue":                      "县体育场",
		"employment.employers":                       "4家",
		"employment.employers.local":                 "3家",
		"employment.employers.outside":               "1家",
		"employment.employers.region.county":         "3家", // both towns
		"employment.employers.region.east":           "2家",
		"employment.employers.region.west":           "1家",
		"employment.employers.region.neighbour":      "1家",
		"employment.employers.region.unknown":        "0家",
		"employment.employers.kind.state":            "1家",
		"employment.employers.kind.private":          "3家",
		"employment.employers.kind.unknown":          "0家",
		"employment.regions":                         "3个地区", // two towns and the neighbour; the county only holds them
		"employment.regions.titles":                  "城东镇、城西镇、邻县",
		"employment.regions.local":                   "2个地区",
		"employment.regions.local.titles":            "城东镇、城西镇",
		"employment.regions.outside":                 "1个地区",
		"employment.regions.outside.titles":          "邻县",
		"employment.openings":                        "8个", // 3 + 2 + 1 + 2
		"employment.openings.new":                    "7个",
		"employment.openings.carried":                "1个",
		"employment.openings.sector.machinery":       "5个", // 3 + 2
		"employment.openings.sector.chemistry":       "2个",
		"employment.openings.sector.catering":        "0个",
		"employment.openings.sector.unknown":         "1个", // the waiter names no sector
		"employment.sectors":                         "2个行业",
		"employment.sectors.titles":                  "机械、化工",
		"employment.openings.region.county":          "6个", // 3 + 2 + 1
		"employment.openings.region.east":            "4个",
		"employment.openings.region.west":            "2个",
		"employment.openings.region.neighbour":       "2个",
		"employment.openings.region.unknown":         "0个",
		"employment.openings.kind.state":             "3个",
		"employment.openings.kind.private":           "5个",
		"employment.openings.kind.unknown":           "0个",
		"employment.seekers":                         "5人",
		"employment.seekers.headline":                "5人",
		"employment.seekers.new":                     "4人",
		"employment.seekers.carried":                 "1人",
		"employment.seekers.person_times":            "6人次",
		"employment.seekers.category.youth":          "2人", // one of them a graduate
		"employment.seekers.category.graduate":       "1人",
		"employment.seekers.category.laid-off":       "1人",
		"employment.seekers.category.migrant":        "1人",
		"employment.seekers.category.unknown":        "1人",
		"employment.seekers.group.jobless":           "3人",
		"employment.seekers.schooling.school":        "2人",
		"employment.seekers.schooling.college":       "1人",
		"employment.seekers.schooling.unknown":       "2人",
		"employment.seekers.age.young":               "2人",
		"employment.seekers.age.old":                 "2人",
		"employment.seekers.age.unknown":             "1人",
		"employment.seekers.share.category.youth":    "40.00%", // 2 of 5
		"employment.seekers.share.category.graduate": "50.00%", // 1 of 2
		"employment.seekers.share.category.laid-off": "20.00%",
		"employment.seekers.share.category.migrant":  "20.00%",
		"employment.seekers.share.category.unknown":  "20.00%",
		"employment.seekers.share.group.jobless":     "60.00%", // 3 of 5
		"employment.intentions":                      "5人次",
		"employment.intentions.persons":              "3人",
		"employment.signed":                          "1人",
		"employment.stage.persons.agreed":            "1人",
		"employment.stage.person_times.agreed":       "1人次",
		"employment.rate.intention":                  "60.0%", // 3 of 5
		"employment.rate.signed":                     "20.0%", // 1 of 5
		"employment.rate.fill":                       "12.5%", // 1 of 8
		"employment.tightness":                       "1.60",  // 8 ÷ 5
		"employment.tightness.inverse":               "0.63",  // 5 ÷ 8 = 0.625
	}, got)
	assert.Empty(t, must(fair.Check(sampleFloor(fair))))
}

func TestAFairThatDoesNotAskHasNoFigureOfIt(t *testing.T) {
	spec := sampleSpec()
	spec.Schooling, spec.Ages, spec.Kinds = nil, nil, nil
	spec.Days = union.MustParsePeriod("2010-05-15/2010-05-15")
	fair := must(employment.NewFair(spec))
	floor := fair.Floor()
	require.NoError(t, floor.AddEmployer(fair, employment.Employer{Key: "works", Region: "east"}))
	require.NoError(t, floor.AddRegistration(fair, employment.Registration{Seeker: "s1", Category: "youth", Day: firstDay}))
	require.ErrorIs(t, floor.AddEmployer(fair, employment.Employer{Key: "inn", Kind: "state"}), union.ErrUnknown)
	for _, figure := range must(fair.Figures(floor)) {
		assert.NotContains(t, figure.Key(), "schooling")
		assert.NotContains(t, figure.Key(), "kind")
		if figure.Key() == "employment.fair.from" || figure.Key() == "employment.fair.until" {
			assert.Equal(t, "2010-05-15", figure.String(), "a fair of one day")
		}
	}
	table := must(fair.Persons(floor))
	assert.Equal(t, int64(1), must(fair.PersonsLayout().Cell(table, 1, 1)))
}

func TestAnEmptyFairHasZerosAndUndefinedRates(t *testing.T) {
	fair := sampleFair()
	why := map[string]string{}
	for _, figure := range must(fair.Figures(fair.Floor())) {
		if _, ok := figure.Value(); !ok {
			why[figure.Key()] = figure.Why().String()
		}
	}
	assert.Equal(t, map[string]string{
		"employment.regions.titles":                  "not applicable",
		"employment.regions.local.titles":            "not applicable",
		"employment.regions.outside.titles":          "not applicable",
		"employment.sectors.titles":                  "not applicable",
		"employment.seekers.share.category.youth":    "undefined",
		"employment.seekers.share.category.graduate": "undefined",
		"employment.seekers.share.category.laid-off": "undefined",
		"employment.seekers.share.category.migrant":  "undefined",
		"employment.seekers.share.group.jobless":     "undefined",
		"employment.rate.intention":                  "undefined",
		"employment.rate.signed":                     "undefined",
		"employment.rate.fill":                       "undefined",
		"employment.tightness":                       "undefined",
		"employment.tightness.inverse":               "undefined",
	}, why)
}

func TestAReportIsRefusedOnlyForWhatNoFigureCanBeMadeOf(t *testing.T) {
	fair := sampleFair()
	_, err := fair.ReportFigures(employment.Report{
		Seekers:    printed("2万人次"), // person-times pass for persons
		Categories: map[string]union.Count{"moon": printed("1人"), "youth": printed("1家")},
		Stages:     map[string]employment.Reach{"registered": {}, "signed": {Persons: printed("3人次")}},
	})
	require.ErrorIs(t, err, union.ErrMeasure)
	require.ErrorIs(t, err, union.ErrUnknown)
	places := []string{}
	for _, fault := range union.Faults(err) {
		places = append(places, fault.Where)
	}
	assert.Equal(t, []string{
		"seekers", `categories["youth"]`, `stages["signed"].persons`, `categories["moon"]`, `stages["registered"]`,
	}, places)
}

func TestAPartMayBeItsWhole(t *testing.T) {
	for _, figure := range must(sampleFair().ReportFigures(employment.Report{
		Seekers: printed("60人"), Stages: map[string]employment.Reach{"intention": {Persons: printed("60人")}},
	})) {
		if figure.Key() == "employment.rate.intention" {
			assert.Equal(t, "100.0%", figure.String())
		}
	}
}

func TestAPartCertainlyAboveItsWholeHasNoRate(t *testing.T) {
	fair := sampleFair()
	report := employment.Report{
		Seekers:  printed("100余人"),
		Openings: printed("10个"),
		Stages:   map[string]employment.Reach{"intention": {Persons: printed("150人")}, "signed": {Persons: printed("200人")}},
	}
	values, why := map[string]string{}, map[string]string{}
	for _, figure := range must(fair.ReportFigures(report)) {
		if value, ok := figure.Value(); ok {
			values[figure.Key()] = value
		} else {
			why[figure.Key()] = figure.Why().String()
		}
	}
	assert.Equal(t, "150.0%", values["employment.rate.intention"], "there may be 150 to 199 seekers")
	assert.Equal(t, "not applicable", why["employment.rate.signed"])
	assert.Equal(t, "not applicable", why["employment.rate.fill"])
	assert.Equal(t, "0.10", values["employment.tightness"])
}

func TestARateOfInexactCountsIsAnInterval(t *testing.T) {
	rates := sampleFair().Rates(employment.Report{
		Seekers: printed("2800余人"), Openings: printed("1800个"),
		Stages: map[string]employment.Reach{"intention": {Persons: printed("380人")}},
	})
	least, greatest, err := rates[0].Bounds()
	require.NoError(t, err)
	assert.Equal(t, "380/2899", least.String())
	assert.True(t, greatest.Equal(union.MustParseNumber("19/140")), greatest.String()) // 380/2800
	assert.Equal(t, union.Ratio{Part: 380, Whole: 2800}, must(rates[0].Ratio()))
	assert.Equal(t, union.Ratio{Part: 1800, Whole: 2800}, must(rates[3].Ratio()))
	assert.Equal(t, union.Ratio{Part: 2800, Whole: 1800}, must(rates[4].Ratio()))
	_, _, err = rates[1].Bounds()
	require.ErrorIs(t, err, union.ErrMissing, "signings are not told")
	rates[0].Whole = union.Count{}
	_, err = rates[0].Ratio()
	require.ErrorIs(t, err, union.ErrMissing)
}

func TestTheWorkingOfAnInexactRateTellsItsRange(t *testing.T) {
	fair := sampleFair()
	for _, figure := range must(fair.ReportFigures(employment.Report{
		Seekers: printed("2800余人"), Openings: printed("1800个"),
		Stages: map[string]employment.Reach{"intention": {Persons: printed("380人")}},
	})) {
		switch figure.Key() {
		case "employment.rate.intention":
			require.Len(t, figure.Working().Parts, 2)
			assert.Equal(t, "13.1%", figure.Working().Parts[0].Result) // 380 of 2899
			assert.Equal(t, "13.6%", figure.Working().Parts[1].Result) // 380 of 2800
		case "employment.tightness":
			assert.Equal(t, "0.62", figure.Working().Parts[0].Result) // 1800 to 2899
			assert.Equal(t, "0.64", figure.Working().Parts[1].Result) // 1800 to 2800
		}
	}
}

// A share under largest remainder is cut and may be given one more last place,
// whatever mode the rounding names: the working says so, and names all the parts
// that are balanced.
func TestTheWorkingOfABalancedShareSaysHowItWasBalanced(t *testing.T) {
	for balance, want := range map[union.Balance]string{
		union.Plain:            "四舍五入，保留2位小数，各项分别取舍",
		union.LastTakesRest:    "四舍五入，保留2位小数，末项取100减其余各项之差",
		union.LargestTakesRest: "四舍五入，保留2位小数，最大项取100减其余各项之差",
		union.LargestRemainder: "舍去尾数，保留2位小数，余下的份额依次归余数最大的各项",
	} {
		spec := sampleSpec()
		spec.Share.Balance = balance
		fair := must(employment.NewFair(spec))
		for _, figure := range must(fair.Figures(sampleFloor(fair))) {
			if figure.Key() != "employment.seekers.share.category.migrant" {
				continue
			}
			assert.Equal(t, want, figure.Working().Rounding)
			assert.Equal(t, []union.Input{
				{Name: "新成长失业青年", Value: "2人"}, {Name: "下岗职工", Value: "1人"},
				{Name: "农民工", Value: "1人"}, {Name: "未注明", Value: "1人"},
			}, figure.Working().Inputs)
			assert.Equal(t, "20.00%", figure.Working().Result)
			assert.Equal(t, "登记求职人数", figure.Base())
		}
	}
}

// Each working says in words how its figure was counted, beyond what its inputs tell.
func TestTheWorkingsOfAFairSayHowEachFigureWasCounted(t *testing.T) {
	rules, inputs := map[string]string{}, map[string][]union.Input{}
	for _, figure := range must(sampleFair().Figures(sampleFloor(sampleFair()))) {
		rules[figure.Key()], inputs[figure.Key()] = figure.Working().Rule, figure.Working().Inputs
	}
	assert.Equal(t, []union.Input{{Name: "新成长失业青年", Value: "2人"}, {Name: "其中：应届高校毕业生", Value: "1人"}}, inputs["employment.seekers.category.youth"])
	assert.Equal(t, []union.Input{{Name: "机械", Value: "5个"}, {Name: "化工", Value: "2个"}}, inputs["employment.sectors"])
	for key, want := range map[string]string{
		"employment.employers":              "：同一单位只计一家",
		"employment.employers.local":        "",
		"employment.openings":               "：同一岗位只计一次",
		"employment.seekers":                "：同一求职者只计一人",
		"employment.seekers.person_times":   "：每次登记计一人次",
		"employment.seekers.headline":       "：保留前2位，舍去部分称余",
		"employment.seekers.category.youth": "：含其中各项",
		"employment.seekers.group.jobless":  "：各项之和",
	} {
		assert.Equal(t, "人才劳务招聘会（1），made up for the sample"+want, rules[key], key)
	}
}

func TestNoWorkingSpeaksEnglish(t *testing.T) {
	spec := sampleSpec()
	spec.Source = "样例"
	fair := must(employment.NewFair(spec))
	figures := must(fair.ReportFigures(employment.Report{Seekers: printed("2800余人"), Openings: printed("1800个")}))
	for _, figure := range append(figures, must(fair.Figures(sampleFloor(fair)))...) {
		working := figure.Working()
		assert.NotRegexp(t, `[A-Za-z]`, working.Item+working.Rule+working.Rounding, figure.Key())
		for _, input := range working.Inputs {
			assert.NotRegexp(t, `[A-Za-z]`, input.Name+input.Value, figure.Key())
		}
	}
}

func TestAGroupOfInexactCountsIsUnknown(t *testing.T) {
	fair := sampleFair()
	for _, figure := range must(fair.ReportFigures(employment.Report{
		Seekers:    printed("300余人"),
		Categories: map[string]union.Count{"youth": printed("100余人"), "laid-off": printed("200人"), "unknown": printed("不详人")},
	})) {
		switch figure.Key() {
		case "employment.seekers.group.jobless", "employment.seekers.share.group.jobless", "employment.seekers.share.category.youth":
			assert.Equal(t, union.NotKnown, figure.Why(), figure.Key())
		case "employment.seekers.headline":
			assert.Equal(t, "300余人", figure.String())
		}
	}
}

func TestSharesFailForWhatIsNotThere(t *testing.T) {
	fair := sampleFair()
	_, err := fair.Shares(employment.Report{Categories: map[string]union.Count{"youth": printed("1人")}})
	require.ErrorIs(t, err, union.ErrMissing)
	large := printed("9223372036854775807人")
	report := employment.Report{Categories: map[string]union.Count{"youth": large, "laid-off": large, "migrant": large}}
	_, err = fair.Shares(report)
	require.ErrorIs(t, err, union.ErrOverflow)
	_, err = fair.ReportFigures(report)
	require.ErrorIs(t, err, union.ErrOverflow)
	_, err = fair.ReportFigures(employment.Report{Categories: map[string]union.Count{"youth": large, "laid-off": printed("1人")}})
	require.ErrorIs(t, err, union.ErrOverflow, "the group does not fit")
}

func TestACheckFindsEachDisagreement(t *testing.T) {
	fair := sampleFair()
	for name, row := range map[string]struct {
		report employment.Report
		want   []string // beginnings of the findings
	}{
		"persons in person-times": {employment.Report{Seekers: printed("20人次")},
			[]string{"seekers: measures do not mix: got 20人次, want 人"}},
		"a stranger": {employment.Report{Sectors: map[string]union.Count{"moon": printed("1个")}},
			[]string{`sectors["moon"]: a key is one of the rule's lists`}},
		"carried and new": {employment.Report{Seekers: printed("100人"), SeekersCarried: printed("30人"), SeekersNew: printed("71人")},
			[]string{"seekers: carried over and new sum to the total: got 101, want 100"}},
		"carried and new openings": {employment.Report{Openings: printed("100个"), OpeningsCarried: printed("30个"), OpeningsNew: printed("69个")},
			[]string{"openings: carried over and new sum to the total: got 99, want 100"}},
		"local and outside": {employment.Report{Employers: printed("50家"), Local: printed("42家"), Outside: printed("7家")},
			[]string{"employers: local and outside sum to the total: got 49, want 50"}},
		"local and outside of regions that are all known": {employment.Report{Employers: printed("50家"), Local: printed("42家"), Outside: printed("7家"),
			Regions: map[string]union.Count{"county": printed("42家"), "neighbour": printed("7家")}},
			[]string{"employers: local and outside sum to the total: got 49, want 50", "regions: the parts sum to the total: got 49, want 50"}},
		"local and outside with strangers": {employment.Report{Employers: printed("50家"), Local: printed("42家"), Outside: printed("7家"),
			Regions: map[string]union.Count{"county": printed("42家"), "neighbour": printed("7家"), "unknown": printed("1家")}},
			nil},
		"sectors below the openings": {employment.Report{Openings: printed("100余个"),
			Sectors: map[string]union.Count{"machinery": printed("40个"), "chemistry": printed("30个"), "catering": printed("29个")}},
			[]string{"sectors: the parts sum to the total: got 99, want 100 to 199"}},
		"sectors that may fit": {employment.Report{Openings: printed("100个"),
			Sectors: map[string]union.Count{"machinery": printed("40余个"), "chemistry": printed("30个"), "catering": printed("25个")}},
			nil},
		"sectors beyond the openings": {employment.Report{Openings: printed("100个"),
			Sectors: map[string]union.Count{"machinery": printed("140个")}},
			[]string{"sectors: the parts sum to the total: got 140 or more, want 100"}},
		"more within than there are": {employment.Report{Seekers: printed("60人"), Categories: map[string]union.Count{
			"youth": printed("20人"), "graduate": printed("30人"), "laid-off": printed("20人"), "migrant": printed("20人")}},
			[]string{`categories["youth"]: what is within a term is at most the term: got 30, want 20`}},
		"more persons than times": {employment.Report{Seekers: printed("60人"), Registrations: printed("59人次"),
			Stages: map[string]employment.Reach{"intention": {Persons: printed("5人"), PersonTimes: printed("4人次")}}},
			[]string{"seekers: persons are at most person-times: got 60人, want at most 59人次",
				`stages["intention"].persons: persons are at most person-times`}},
		"more reached than registered": {employment.Report{Seekers: printed("60人"),
			Stages: map[string]employment.Reach{"intention": {Persons: printed("61人")}, "agreed": {Persons: printed("62人")}}},
			[]string{`stages["intention"].persons: who reaches a stage is registered: got 61人, want at most 60人`,
				`stages["agreed"].persons: who reaches a stage is registered`,
				`stages["agreed"].persons: who reaches a stage has reached the one it is within: got 62人, want at most 61人`}},
		"more intentions than openings": {employment.Report{Openings: printed("6083个"),
			Stages: map[string]employment.Reach{"intention": {PersonTimes: printed("6532人次"), Persons: printed("5100人")}}},
			[]string{`stages["intention"]: intentions exceed openings, since a seeker may have several and a post attract several: got 6532人次 by 5100人, want 6083个 openings`}},
		"more persons intending than openings": {employment.Report{Openings: printed("10个"),
			Stages: map[string]employment.Reach{"intention": {Persons: printed("11人")}}},
			[]string{`stages["intention"]: intentions exceed openings, since a seeker may have several and a post attract several: got 11人 by 11人, want 10个 openings`}},
		"more signings than openings": {employment.Report{Openings: printed("10个"),
			Stages: map[string]employment.Reach{"signed": {Persons: printed("11人")}}},
			[]string{`stages["signed"].persons: signings are at most openings: got 11人, want at most 10个`}},
		"sums beyond what fits": {employment.Report{Openings: printed("9223372036854775807个"),
			Sectors: map[string]union.Count{"machinery": printed("9223372036854775807个"), "chemistry": printed("9223372036854775807个"), "catering": printed("0个")}},
			nil}, // no more can be said than that they are very many
	} {
		t.Run(name, func(t *testing.T) {
			findings := fair.CheckReport(row.report)
			require.Len(t, findings, len(row.want), "%v", findings)
			for i, finding := range findings {
				assert.True(t, strings.HasPrefix(finding.String(), row.want[i]), finding.String())
			}
		})
	}
}

func TestAFloorThatDisagreesWithItselfIsFound(t *testing.T) {
	fair := sampleFair()
	floor := sampleFloor(fair)
	for _, each := range []employment.Intention{
		{Seeker: "s2", Posting: "waiter", Stage: "signed", Day: secondDay},
		{Seeker: "s4", Posting: "operator", Stage: "signed", Day: secondDay},
		{Seeker: "s2", Posting: "operator", Stage: "signed", Day: secondDay},
		{Seeker: "s2", Posting: "turner", Stage: "signed", Day: secondDay}, // the third that s2 signed for
	} {
		require.NoError(t, floor.AddIntention(fair, each))
	}
	findings := []string{}
	for _, finding := range must(fair.Check(floor)) {
		findings = append(findings, finding.String())
	}
	assert.Equal(t, []string{
		`stages["signed"].persons: who reaches a stage has reached the one it is within: got 3人, want at most 1人`,
		`seekers: a seeker signs for one posting: got 1 who signed for several, want none`,
		`stages["signed"]: who reaches a stage has reached the one it is within, at the same posting: got 4 who had not, want none`,
	}, findings)
}

// That a stage is within registration says no more than that its seekers are
// registered, which every seeker of a floor is.
func TestAStageWithinRegistrationNeedsNoOtherStep(t *testing.T) {
	spec := sampleSpec()
	spec.Stages.Terms[1].Within = "registered"
	fair := must(employment.NewFair(spec))
	assert.Empty(t, must(fair.Check(sampleFloor(fair))))
}

func TestPrintedCountsAreComparedWithCountedOnes(t *testing.T) {
	fair := sampleFair()
	counted := must(fair.Report(sampleFloor(fair)))
	assert.Empty(t, fair.Compare(counted, counted))
	findings := fair.Compare(employment.Report{
		Employers:  printed("4家"),
		Seekers:    printed("近10人"), // 1 to 9: holds 5
		Openings:   printed("约20个"), // 10 to 30: does not hold 8
		Categories: map[string]union.Count{"youth": printed("3人"), "moon": printed("1人")},
		Stages:     map[string]employment.Reach{"intention": {PersonTimes: printed("5人次")}},
	}, counted)
	assert.Equal(t, []union.Finding{
		{Where: "openings", Rule: "a printed count holds the counted one", Got: "约20个", Want: "8个"},
		{Where: `categories["youth"]`, Rule: "a printed count holds the counted one", Got: "3人", Want: "2人"},
	}, findings)
}

func TestTheOpeningsRateCountsOpeningsInItsBase(t *testing.T) {
	// The worked example of the Bureau of Labor Statistics' definition as
	// support.freightwaves.com prints it: 10 ÷ (90 + 10) is 10%.
	percent := must(must(employment.OpeningsRate(10, 90)).Percent())
	assert.Equal(t, "10", percent.String())
	for name, row := range map[string]struct {
		openings, employment int64
		want                 error
	}{
		"negative openings":   {-1, 90, union.ErrRange},
		"negative employment": {10, -90, union.ErrRange},
		"too many":            {1, math.MaxInt64, union.ErrOverflow},
		"nobody and nothing":  {0, 0, union.ErrUndefined},
	} {
		_, err := employment.OpeningsRate(row.openings, row.employment)
		require.ErrorIs(t, err, row.want, name)
	}
}
