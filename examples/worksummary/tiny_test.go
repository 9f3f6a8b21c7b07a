package main

import (
	"os"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// tiny returns the tiny county: its own records under the sample's rules.
func tiny(t *testing.T) fstest.MapFS {
	t.Helper()
	text, err := os.ReadFile("testdata/tiny.txt")
	require.NoError(t, err)
	files := fstest.MapFS{}
	for name, file := range county(t) {
		if strings.HasSuffix(name, ".json") {
			files[name] = file
		}
	}
	parts := strings.Split("\n"+string(text), "\n-- ")
	for _, part := range parts[1:] {
		name, content, found := strings.Cut(part, " --\n")
		require.True(t, found, "no name: %s", part)
		files[name] = &fstest.MapFile{Data: []byte(content + "\n")}
	}
	return files
}

// Every figure below is worked out by hand from testdata/tiny.txt; the comments
// say how.
func TestATinyCountyWorkedOutByHand(t *testing.T) {
	got, faults := printed(tiny(t))
	require.Empty(t, faults)
	for key, want := range map[string]string{
		// Three members at two sessions of 3 and 2.5 hours. A came twice, B once,
		// C once; B was excused once and made it up, C was absent once.
		"campaign.members":             "3人",
		"campaign.study.sessions":      "2次",
		"campaign.study.hours":         "5.5学时",
		"campaign.study.expected":      "6人次",
		"campaign.study.person_times":  "4人次",
		"campaign.study.persons":       "3人",
		"campaign.study.excused":       "1人次",
		"campaign.study.absent":        "1人次",
		"campaign.study.made_up":       "1人次",
		"campaign.study.unrecorded":    "0人次",
		"campaign.study.attendance":    "66.67%", // 4 of 6
		"campaign.study.coverage":      "83.33%", // 5 of 6
		"campaign.study.throughout":    "66.67%", // A and B of 3
		"campaign.notes.words":         "21999字", // 10000 + 5999 + 6000
		"campaign.notes.met":           "66.67%", // A wants 10000, B and C 6000; B lacks one
		"campaign.reflections":         "3篇",
		"campaign.reflections.members": "2人",
		"campaign.reflections.met":     "66.67%", // A has 2 of 2000, B 1 of 1000, C none

		// Of ten required actions two are done, the rally two days late.
		"campaign.lookback.required":       "10项",
		"campaign.lookback.done":           "2项",
		"campaign.lookback.missing":        "8项",
		"campaign.lookback.late":           "1项",
		"campaign.lookback.rate":           "20.00%",
		"campaign.lookback.issues":         "1个",
		"campaign.ledger.opinions":         "2条", // one, heard of two
		"campaign.ledger.opinions.grouped": "2条",
		"campaign.ledger.open":             "1项",
		"campaign.ledger.list":             "宣传不够（责任：B；期限：2010年12月31日；整改中）",
		"campaign.lookback.gate":           "进行中",
		"campaign.threshold.satisfied":     "通过", // nine of ten are content or rather so
		"campaign.promise.persons.items":   "2项",
		"campaign.promise.persons.rate":    "0.00%",
		"campaign.talks.owed":              "2人", // B was talked with, A and C were not
		"campaign.milestone.mobilisation":  "2010-05-02",
		"campaign.service.first":           "2010-06-05", // the first Saturday of June 2010
		"campaign.service.count":           "7天",         // June to December
		"campaign.deployment.grassroots":   "2人",         // 5 in thirds: 1.67 each, whole 1 each,
		"campaign.deployment.survey":       "2人",         // two left over, to the earlier of equals
		"campaign.deployment.office":       "1人",
		"campaign.group.members.count":     "3人",
		"campaign.lookback.optional.done":  "0项",
		"campaign.phase.phase1.required":   "10项",
		"campaign.lookback.missing.titles": "参加全县动员会、制定实施方案、制定学习计划、建立考勤制度、走访困难劳模、组织捐款日活动、举办招聘会、开展回头看",

		// Three firms: the first is reported twice and counts once.
		"competition.base":                            "3家",
		"competition.entrants":                        "2家",
		"competition.entrants.workers":                "135人", // 95 + 40
		"competition.entrants.non_public":             "1家",
		"competition.kind.workshop":                   "2个车间",
		"competition.kind.team":                       "5个班组",
		"competition.kind.section":                    "0个工段",
		"competition.kind.office":                     "1个科室",
		"competition.coverage.all":                    "66.67%",
		"competition.coverage.unionised":              "100.00%",
		"competition.coverage.above_scale":            "100.00%",
		"competition.coverage.ownership.state":        "100.00%",
		"competition.coverage.ownership.private":      "50.00%",
		"competition.coverage.ownership.foreign":      "[undefined]",
		"competition.coverage.size.small":             "50.00%",
		"competition.participation":                   "90.00%", // 135 of the entrants' 150
		"competition.participation.base":              "67.50%", // 135 of 200
		"competition.targets.met":                     "1项",     // state-owned; 50% < 72%, 90% < 95%
		"competition.award.advanced-unit.candidates":  "1家",
		"competition.award.advanced-unit.recommended": "甲厂",
		"competition.award.advanced-unit.score":       "100.0分",

		// Per head and month, with a line of 300: H1 16200 ÷ 12 ÷ 3 = 450.00, which
		// is 1.5 lines; H2 450.01, beyond it and not by accident; H3 (6000 − 1200) ÷
		// 12 ÷ 2 = 200; H4 (2400 + 680 × 12) ÷ 12 ÷ 2 = 440, but has a car.
		"aid.households.applied":               "4户",
		"aid.households.refused":               "2户",
		"aid.households.refused.exclusion.car": "1户",
		"aid.households.refused.cause":         "1户",
		"aid.difficulty.total":                 "2户",
		"aid.difficulty.category.extreme":      "1户",
		"aid.difficulty.category.difficult":    "1户",
		"aid.difficulty.category.accident":     "0户",
		"aid.causes.illness":                   "1户",
		"aid.causes.laid-off":                  "1户",

		// Valid for 24 months: all three are on 1 April 2010, C2 no longer on 31 May,
		// and C3 has been withdrawn.
		"aid.certificates.due":       "3本",
		"aid.certificates.reviewed":  "2本",
		"aid.certificates.renewed":   "1本",
		"aid.certificates.lapsed":    "0本",
		"aid.certificates.withdrawn": "1本",
		"aid.certificates.pending":   "1本",
		"aid.certificates.held":      "1本",

		// 870 + 50 + 20 + 100 + 30.50 + 3000 from u01, f01 and p01; ten donors of
		// u01, d1, d2, one anonymous, d3.
		"aid.donation.units":          "3个单位",
		"aid.donation.units.expected": "52个单位",
		"aid.donation.units.rate":     "5.77%",
		"aid.donation.total":          "4070.50元",
		"aid.donation.total.wan":      "0.41万元",
		"aid.donation.total.capitals": "肆仟零柒拾元零伍角整",
		"aid.donation.donors":         "14人",
		"aid.donation.pledged":        "13000.00元",
		"aid.donation.paid":           "3000.00元",
		"aid.donation.outstanding":    "10000.00元",
		"aid.donation.chase.count":    "50个单位", // 49 that gave nothing, and p01

		// T3 lives in a household that was refused.
		"aid.students":              "2人",
		"aid.students.stage.degree": "1人",
		"aid.students.stage.senior": "1人",
		"aid.students.not_admitted": "1人",
		"aid.students.reported":     "2010-05-26",
		"aid.visits":                "2人",
		"aid.visits.money":          "1000.00元",
		"aid.visits.goods":          "1份",

		// S1 registered on both days, and has two intentions, one of them signed.
		"employment.seekers":                         "3人",
		"employment.seekers.headline":                "3人",
		"employment.seekers.person_times":            "4人次",
		"employment.seekers.category.laid-off":       "1人",
		"employment.seekers.category.unemployed":     "0人",
		"employment.seekers.share.category.laid-off": "33.33%",
		"employment.seekers.share.category.migrant":  "33.34%", // what is left of 100.00
		"employment.employers":                       "2家",
		"employment.employers.local":                 "1家",
		"employment.employers.outside":               "1家",
		"employment.regions":                         "2个地区",
		"employment.openings":                        "3个",
		"employment.sectors":                         "2个行业",
		"employment.sectors.titles":                  "机械、保安",
		"employment.intentions":                      "3人次",
		"employment.intentions.persons":              "2人",
		"employment.signed":                          "1人",
		"employment.rate.intention":                  "66.7%",
		"employment.rate.signed":                     "33.3%",
		"employment.rate.fill":                       "33.3%",
		"employment.tightness":                       "1.00",

		// Five papers, one torn and one void by the form's rule: three are valid,
		// fewer than the five that may be published.
		"assessment.ballot.members.valid":                             "[withheld]",
		"assessment.ballot.members.satisfied":                         "[withheld]",
		"assessment.ballot.members.criterion.belief.answer.good":      "[withheld]",
		"assessment.ballot.campaign.valid":                            "10张",
		"assessment.ballot.campaign.entitled":                         "[unknown]",
		"assessment.ballot.campaign.criterion.overall.answer.content": "80.00%",
		"assessment.ballot.campaign.criterion.overall.satisfied":      "90.00%",
		"assessment.ballot.campaign.satisfied":                        "90.00%",

		"assessment.exemplar.power.indicator.visits":         "-20户",
		"assessment.exemplar.power.indicator.visits.percent": "-20.0%",
		"assessment.exemplar.power.indicator.days":           "1.0天",
		"assessment.exemplar.power.indicator.days.percent":   "25.0%",
		"assessment.exemplar.power.indicator.innovations":    "[unknown]",

		// 20 × 3/4 + (75 − 60) × 25/30 + 540/30 + 10 + 3 × 2
		"assessment.goal.points.unions":    "15.00分",
		"assessment.goal.points.contracts": "12.50分",
		"assessment.goal.points.training":  "18.00分",
		"assessment.goal.points.dues":      "10.00分",
		"assessment.goal.points.library":   "6.00分",
		"assessment.goal.score":            "61.50分",
		"assessment.goal.grade":            "一般",
		"assessment.goal.step":             "审查核定",
	} {
		assert.Equal(t, want, got[key], key)
	}
}
