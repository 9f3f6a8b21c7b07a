package campaign_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/campaign"
)

func TestALookBackCountsWhatIsDoneMissingAndLate(t *testing.T) {
	back := lookBack("phase1", deeds(), issues(), "2010-06-30")
	// Four actions are required; the look-back itself is still to come; the rally
	// was two days late; two issues of the phase were found by the day.
	assert.Equal(t, map[string]string{
		"campaign.lookback.required":             "4项",
		"campaign.lookback.done":                 "3项",
		"campaign.lookback.missing":              "1项",
		"campaign.lookback.missing.titles":       "开展回头看",
		"campaign.lookback.late":                 "1项",
		"campaign.lookback.waived":               "0项",
		"campaign.lookback.out_of_order":         "0项",
		"campaign.lookback.pending":              "1项",
		"campaign.lookback.overdue":              "0项",
		"campaign.lookback.gate":                 "[not applicable]",
		"campaign.lookback.closed":               "[not applicable]",
		"campaign.lookback.wanting":              "开展回头看",
		"campaign.lookback.rate":                 "75.00%",
		"campaign.lookback.optional.done":        "1项",
		"campaign.lookback.issues":               "2个",
		"campaign.lookback.issues.titles":        "竞赛宣传力度不大、企业文化活动形式单一",
		"campaign.lookback.issues.source.self":   "1个",
		"campaign.lookback.issues.source.masses": "1个",
		"campaign.lookback.issues.source.above":  "0个",
		"campaign.lookback.issues.source.mutual": "0个",
	}, values(back.Figures()))
	assert.Equal(t, day("2010-06-30"), back.On())
	assert.Equal(t, "第一阶段", back.Phase().Title)
	require.Len(t, back.Issues(), 2)
	assert.Equal(t, "i1", back.Issues()[0].ID)
	require.Len(t, back.Standing(campaign.Late), 1)
	assert.Equal(t, "rally", back.Standing(campaign.Late)[0].Action.Key)
	require.Len(t, back.Chosen(), 1)
	assert.Equal(t, "visit", back.Chosen()[0].Action.Key)
}

func TestAnIssueFoundOnTheDayItselfIsKnown(t *testing.T) {
	for on, want := range map[string]string{"2010-06-19": "0个", "2010-06-20": "1个", "2010-06-28": "2个"} {
		back := lookBack("phase1", nil, issues(), on)
		assert.Equal(t, want, values(back.Figures())["campaign.lookback.issues"], on)
	}
}

func TestNothingMissingIsAKnownZero(t *testing.T) {
	back := lookBack("phase1", deeds(), nil, "2010-07-02")
	read := values(back.Figures())
	assert.Equal(t, "0项", read["campaign.lookback.missing"])
	assert.Equal(t, "[not applicable]", read["campaign.lookback.missing.titles"])
	assert.Equal(t, "100.00%", read["campaign.lookback.rate"])
	assert.Equal(t, "2项", read["campaign.lookback.late"], "the rally, and the look-back itself")
	assert.Equal(t, "0个", read["campaign.lookback.issues"])
	assert.Equal(t, "[not applicable]", read["campaign.lookback.issues.titles"])
}

func TestARateOverNoRequiredActionsIsUndefined(t *testing.T) {
	spec := plan().Spec()
	spec.Phases[0].Actions = nil
	spec.Milestones = nil
	made := must(campaign.NewPlan(spec))
	back, err := made.LookBack("phase1", made.Journal(), day("2010-06-30"))
	require.NoError(t, err)
	assert.Equal(t, "[undefined]", values(back.Figures())["campaign.lookback.rate"])
	assert.True(t, back.Verdict().Holds(), "nothing is demanded")
	assert.Equal(t, "[undefined]", values(campaign.LookBack{}.Figures())["campaign.lookback.rate"])
}

func TestALookBackGivesCopies(t *testing.T) {
	back := lookBack("phase1", nil, issues(), "2010-06-30")
	back.Reviews()[1].Lacks[0] = "x"
	back.Reviews()[1].Action.Evidence[0] = "x"
	back.Issues()[0].Issue.Title = "x"
	back.Phase().Actions[0].Key = "x"
	assert.Equal(t, []string{"minutes", "photo"}, back.Reviews()[1].Lacks)
	assert.Equal(t, []string{"minutes", "photo"}, back.Reviews()[1].Action.Evidence)
	assert.Equal(t, "竞赛宣传力度不大", back.Issues()[0].Issue.Title)
	assert.Equal(t, "group", back.Phase().Actions[0].Key)
	assert.Len(t, back.Missing(), 4)
	assert.Len(t, back.Missing(), 4, "asking again gives the same")
}

func TestTheWorkingOfWhatIsMissingTellsHowEachActionStands(t *testing.T) {
	rally := []deed{{Action: "rally", Day: day("2010-05-12"), Evidence: []string{"photo"}}}
	back := lookBack("phase1", rally, nil, "2010-05-13")
	missing := must(back.Figures())[2]
	assert.Equal(t, "campaign.lookback.missing", missing.Key())
	assert.Equal(t, []union.Input{
		{Name: "阶段", Value: "第一阶段"},
		{Name: "截至", Value: "2010-05-13"},
		{Name: "规定动作", Value: "4"},
		{Name: "成立领导小组", Value: "逾期未完成"}, // due on the 10th
		{Name: "召开动员大会", Value: "佐证材料不全：会议记录"},
		{Name: "制定学习计划", Value: "未到期，尚未完成"},
		{Name: "开展回头看", Value: "未到期，尚未完成"},
	}, missing.Working().Inputs)

	late := must(lookBack("phase1", deeds(), nil, "2010-06-30").Figures())[4]
	assert.Equal(t, "campaign.lookback.late", late.Key())
	assert.Contains(t, late.Working().Inputs, union.Input{Name: "召开动员大会", Value: "2010-05-14逾期完成"})
}

func TestEveryFigureSaysHowItCameAbout(t *testing.T) {
	back := lookBack("phase1", deeds(), issues(), "2010-06-30")
	c := course()
	var all []union.Figure
	for _, each := range [][]union.Figure{
		must(back.Figures()), must(must(plan().Schedule("phase2")).Figures()), must(group().Figures()),
		must(must(campaign.NewRoster(members())).Figures()), must(c.AttendanceFigures(attendance(c, "2010-06-30"))),
		must(c.WritingFigures(writings(c, "2010-06-30"))), must(plan().Milestones(journal(plan(), deeds(), nil), day("2010-06-30"))),
		must(plan().ServiceFigures(union.MustParsePeriod("2010-07-01/2010-12-31"))),
		must(must(plan().Deploy(10)).Figures()), must(plan().Figures()),
	} {
		all = append(all, each...)
	}
	require.Greater(t, len(all), 50)
	seen := map[string]bool{}
	for _, figure := range all {
		assert.False(t, seen[figure.Key()], "two figures of one key: %s", figure.Key())
		seen[figure.Key()] = true
		assert.NotEmpty(t, figure.Title(), figure.Key())
		assert.Regexp(t, `^campaign\.[A-Z]\w+\.[A-Z]\w+$`, figure.By())
		assert.Equal(t, figure.Title(), figure.Working().Item)
		assert.Equal(t, figure.String(), figure.Working().Result)
		require.NotEmpty(t, figure.Working().Inputs, figure.Key())
		for _, input := range figure.Working().Inputs {
			assert.NotEmpty(t, input.Name, figure.Key())
			assert.NotEmpty(t, input.Value, figure.Key())
			assert.NotRegexp(t, `[A-Za-z]`, input.Name+input.Value, "read aloud: %s", figure.Key())
		}
		if figure.Rounding() != (union.Rounding{}) {
			assert.NotEmpty(t, figure.Base(), figure.Key())
			assert.Equal(t, "四舍五入，保留2位小数", figure.Working().Rounding)
		}
	}
}
