package competition_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/competition"
)

// county is a small county worked out by hand: four firms, three of which
// entered, one reported by two levels.
func county(t testing.TB, e competition.Edition) competition.Turnout {
	t.Helper()
	p, r := e.Population(), e.Entrants()
	for n, f := range []competition.Firm{
		{Ownership: "state", Size: "large", Unionised: competition.Yes, AboveScale: competition.Yes, Workers: 400},
		{Ownership: "private", Size: "small", Unionised: competition.Yes, AboveScale: competition.No, Workers: 60},
		{Ownership: "foreign", Size: "medium", Unionised: competition.No, AboveScale: competition.Yes, Workers: 200},
		{Ownership: "", Size: "micro", Workers: 5},
	} {
		f.Code = code(n)
		coded, err := e.CodeFirm(f)
		require.NoError(t, err)
		require.NoError(t, p.Add(coded))
	}
	for _, entry := range []competition.Entry{
		{Firm: code(0), Level: "county", Workers: 380, Teams: map[string]int64{"workshop": 4, "team": 20, "office": 3}},
		{Firm: code(0), Level: "township", Workers: 380, Teams: map[string]int64{"workshop": 4, "team": 20, "office": 3}},
		{Firm: code(1), Level: "township", Workers: 57, Teams: map[string]int64{"team": 5}},
		{Firm: code(3), Level: "township", Workers: 5},
	} {
		entry.Entered = day("2010-04-01")
		coded, err := e.CodeEntry(entry)
		require.NoError(t, err)
		require.NoError(t, r.Add(coded))
	}
	turnout, found, err := e.Count(p, r)
	require.NoError(t, err)
	require.Empty(t, found)
	return turnout
}

// readAloud checks that a clerk can read what a figure was worked out from.
func readAloud(t testing.TB, f union.Figure) {
	t.Helper()
	inputs := f.Working().Inputs
	require.NotEmpty(t, inputs, f.Key())
	for _, part := range f.Working().Parts {
		inputs = append(inputs, part.Inputs...)
	}
	for _, input := range inputs {
		assert.NotRegexp(t, "[A-Za-z]", input.Name+input.Value, f.Key())
	}
}

func TestFiguresAreThoseWorkedOutByHand(t *testing.T) {
	e := edition(t)
	figures, err := e.Figures(competition.Progress{Turnout: county(t, e)})
	require.NoError(t, err)
	var got []string
	for _, each := range figures {
		got = append(got, each.Key()+" "+each.Title()+" "+each.String())
		assert.Equal(t, "competition.Edition.Figures", each.By())
		assert.NotEmpty(t, each.Working().Item, each.Key())
		assert.NotEmpty(t, each.Working().Rule, each.Key())
		readAloud(t, each)
		if value, ok := each.Value(); ok {
			assert.Contains(t, each.Working().Result, value, each.Key())
		}
	}
	assert.Equal(t, []string{
		"competition.title 竞赛名称 2010年度“安康杯”竞赛",
		"competition.theme 竞赛主题 保增长",
		"competition.tracks 竞赛项目 劳动竞赛、技能竞赛、创新竞赛、安全竞赛",
		"competition.base 应参赛企业 4家",
		"competition.entrants 参赛企业 3家",
		"competition.entrants.workers 参赛职工 442人",
		"competition.entrants.non_public 参赛非公企业 1家",
		"competition.kind.workshop 参赛车间 4个车间",
		"competition.kind.team 参赛班组 25个班组",
		"competition.kind.section 参赛工段 0个工段",
		"competition.kind.office 参赛科室 3个科室",
		"competition.coverage.all 全部企业参赛覆盖面 75.00%",
		"competition.coverage.unionised 建会企业参赛覆盖面 100.00%",
		"competition.coverage.above_scale 规模以上企业参赛覆盖面 50.00%",
		"competition.coverage.non_public 非公企业参赛覆盖面 50.00%",
		"competition.coverage.ownership.state 国有企业参赛覆盖面 100.00%",
		"competition.coverage.ownership.collective 集体企业参赛覆盖面 [undefined]",
		"competition.coverage.ownership.private 私营企业参赛覆盖面 100.00%",
		"competition.coverage.ownership.foreign 外商投资企业参赛覆盖面 0.00%",
		"competition.coverage.size.large 大型企业参赛覆盖面 100.00%",
		"competition.coverage.size.medium 中型企业参赛覆盖面 0.00%",
		"competition.coverage.size.small 小型企业参赛覆盖面 100.00%",
		"competition.coverage.size.micro 微型企业参赛覆盖面 100.00%",
		"competition.coverage.state_large 国有大中型企业参赛覆盖面 100.00%",
		// 442 of 465, and of 665.
		"competition.participation 职工参赛率 95.05%",
		"competition.participation.base 职工参赛率 66.47%",
		// State-owned 1/1 and workers 442/465 meet, non-public 1/2 does not.
		"competition.targets.met 达到目标 2项",
	}, got)
	assert.Equal(t, "建会企业", figure(t, figures, "competition.coverage.unionised").Base())
	assert.Equal(t, "参赛企业职工", figure(t, figures, "competition.participation").Base())
	assert.Equal(t, "3项目标", figure(t, figures, "competition.targets.met").Base())
	assert.Equal(t, "2010年度“安康杯”竞赛（2010），made for the tests of this package：同一企业只计一次", figure(t, figures, "competition.entrants").Working().Rule)
}

func TestAMergedTurnoutSaysThatItIsASumOfCounts(t *testing.T) {
	e := edition(t)
	sum := county(t, e)
	require.NoError(t, sum.Merge(county(t, e)))
	figures, err := e.Figures(competition.Progress{Turnout: sum})
	require.NoError(t, err)
	entrants := figure(t, figures, "competition.entrants")
	assert.Equal(t, "6家", entrants.String())
	assert.Contains(t, entrants.Working().Rule, "各单位数相加")
	assert.Equal(t, "50个班组", figure(t, figures, "competition.kind.team").String())

	// A reported count tells no teams, so those of the rest are not all.
	require.NoError(t, sum.Add(competition.Reported{Firms: 3, Entered: 2}))
	figures, err = e.Figures(competition.Progress{Turnout: sum})
	require.NoError(t, err)
	assert.Equal(t, "8家", figure(t, figures, "competition.entrants").String())
	assert.Equal(t, "[unknown]", figure(t, figures, "competition.kind.team").String())
}

func TestAFigureThatCannotBeSaysWhy(t *testing.T) {
	e := altered(t, func(s *competition.EditionSpec) {
		s.NonPublic, s.Targets, s.Theme, s.Tracks = nil, nil, "", nil
	})
	turnout := e.Turnout()
	require.NoError(t, turnout.Add(competition.Reported{Firms: 2, Entered: 3}))
	figures, err := e.Figures(competition.Progress{Turnout: turnout})
	require.NoError(t, err)
	for key, want := range map[string]string{
		"competition.theme":               "[not applicable]",
		"competition.tracks":              "[not applicable]",
		"competition.entrants.non_public": "[not applicable]",
		"competition.targets.met":         "[not applicable]",
		"competition.kind.team":           "[unknown]",
		"competition.coverage.all":        "[unknown]",
		"competition.participation":       "[undefined]",
	} {
		assert.Equal(t, want, figure(t, figures, key).String(), key)
	}
	assert.Equal(t, []union.Input{
		{Name: "参赛企业", Value: "3"}, {Name: "全部企业", Value: "2"}, {Name: "核对", Value: "参赛企业多于全部企业"},
	}, figure(t, figures, "competition.coverage.all").Working().Inputs)

	empty, err := e.Figures(competition.Progress{Turnout: competition.Turnout{}})
	require.NoError(t, err)
	assert.Equal(t, "0家", figure(t, empty, "competition.entrants").String())
	next := altered(t, func(s *competition.EditionSpec) { s.Version = "2011" })
	_, err = e.Figures(competition.Progress{Turnout: next.Turnout()})
	require.ErrorIs(t, err, union.ErrRule)
}

func recommendationFigures(t *testing.T, e competition.Edition, list ...competition.Candidate) []union.Figure {
	t.Helper()
	figures, err := e.RecommendationFigures(recommend(t, e, list...))
	require.NoError(t, err)
	for _, each := range figures {
		assert.Equal(t, "competition.Edition.RecommendationFigures", each.By())
		readAloud(t, each)
	}
	return figures
}

func TestARecommendationIsPrintedWithItsReasons(t *testing.T) {
	vetoed := points(3, 100)
	vetoed.Incidents = []competition.Incident{{Kind: "wages", On: day("2010-07-01")}}
	vetoed.Honours = nil
	best := points(2, 98)
	best.Marks["safety"] = number("57.95")
	figures := recommendationFigures(t, edition(t), points(1, 96), best, vetoed)
	assert.Equal(t, "3家", figure(t, figures, "competition.award.city.candidates").String())
	assert.Equal(t, "2家", figure(t, figures, "competition.award.city.eligible").String())
	assert.Equal(t, "示例2有限公司", figure(t, figures, "competition.award.city.recommended").String())
	score := figure(t, figures, "competition.award.city.score")
	assert.Equal(t, "98.0分", score.String(), "97.95 through half up to one place")
	assert.Equal(t, []union.Input{
		{Name: "组织领导", Value: "40"}, {Name: "安全管理", Value: "57.95"}, {Name: "总分", Value: "97.95"},
	}, score.Working().Parts[0].Inputs)
	assert.Equal(t, []string{
		"示例1有限公司：推荐名额（第2名）",
		"示例3有限公司：当年无拖欠工资（2010-07-01）；曾获县级优胜单位",
	}, figure(t, figures, "competition.award.city.refused").Texts())
}

func TestNobodyRecommendedIsNoFigureOfARecommendation(t *testing.T) {
	nobody := recommendationFigures(t, edition(t), points(1, 90))
	assert.Equal(t, union.NotApplicable, figure(t, nobody, "competition.award.city.recommended").Why())
	assert.Equal(t, union.NotApplicable, figure(t, nobody, "competition.award.city.score").Why())
	tied := recommendationFigures(t, edition(t), points(1, 97), points(2, 97))
	assert.Equal(t, union.NotKnown, figure(t, tied, "competition.award.city.recommended").Why())
	assert.Equal(t, union.NotKnown, figure(t, tied, "competition.award.city.score").Why())
	all := recommendationFigures(t, edition(t), points(1, 97))
	assert.Equal(t, union.NotApplicable, figure(t, all, "competition.award.city.refused").Why())
}

func TestSeveralAwardsArePrintedApart(t *testing.T) {
	e := altered(t, func(s *competition.EditionSpec) {
		s.Awards = append(s.Awards, s.Awards[0])
		s.Awards[1].Key, s.Awards[0].Quota.Total = "province", 2
	})
	figures := recommendationFigures(t, e, points(1, 97), points(2, 98), points(3, 95))
	assert.Equal(t, "示例2有限公司、示例1有限公司", figure(t, figures, "competition.award.city.recommended").String())
	assert.Equal(t, "98.0、97.0", figure(t, figures, "competition.award.city.score").String())
}

func TestARecommendationOfAnotherEditionIsNotPrinted(t *testing.T) {
	e := edition(t)
	_, err := e.RecommendationFigures(competition.Recommendation{})
	require.ErrorIs(t, err, union.ErrRule)
	_, err = e.RecommendationFigures(competition.Recommendation{Edition: e.ID(), Award: "440308199901101012"})
	require.ErrorIs(t, err, union.ErrUnknown)
	assert.NotContains(t, err.Error(), "440308199901101012")
	_, err = e.Recommend(scheme(t), competition.Applications{Award: strings.Repeat("长", 30)}, e.Entrants(), day("2010-12-31"))
	require.ErrorIs(t, err, union.ErrUnknown)
}

func TestFiguresAreTheSameOnEveryRun(t *testing.T) {
	e := edition(t)
	first, err := e.Figures(competition.Progress{Turnout: county(t, e)})
	require.NoError(t, err)
	again, err := e.Figures(competition.Progress{Turnout: county(t, edition(t))})
	require.NoError(t, err)
	assert.Equal(t, first, again)
	a := recommend(t, e, points(1, 97), points(2, 98), points(3, 90))
	b := recommend(t, e, points(3, 90), points(2, 98), points(1, 97))
	for _, r := range []competition.Recommendation{a, b} {
		for i := range r.Places {
			r.Places[i].Score.Unit, r.Places[i].Score.Verdict.Question = "", "" // the place in the list
		}
	}
	assert.Equal(t, a, b)
}
