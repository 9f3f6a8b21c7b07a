package campaign_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/unioncampaign/union"
)

func TestAScheduleIsInTheOrderOfDueDays(t *testing.T) {
	made, err := plan().Schedule("phase2")
	require.NoError(t, err)
	var keys []string
	for _, row := range made.Rows {
		keys = append(keys, row.Action.Key)
	}
	// Two are due on one day, in the plan's order; what has no due day is last,
	// though the plan lists it first.
	assert.Equal(t, []string{"oath", "analysis", "team", "summary"}, keys)
	assert.Equal(t, map[string]string{
		"campaign.phase.phase2.title":    "第二阶段",
		"campaign.phase.phase2.from":     "2010-07-01",
		"campaign.phase.phase2.until":    "召开总结大会",
		"campaign.phase.phase2.steps":    "党性教育",
		"campaign.phase.phase2.actions":  "4项",
		"campaign.phase.phase2.required": "3项",
		"campaign.phase.phase2.optional": "1项",
		"campaign.phase.phase2.schedule": "党性教育：重温入党誓词（截至2010年7月1日）、党性教育：撰写党性分析报告（截至2010年8月15日）、成立志愿服务队（截至2010年8月15日）、民主评议党员",
	}, values(made.Figures()))
}

func TestAClosedPhaseEndsOnItsLastDay(t *testing.T) {
	read := values(must(plan().Schedule("phase1")).Figures())
	assert.Equal(t, "2010-05-04", read["campaign.phase.phase1.from"])
	assert.Equal(t, "2010-06-30", read["campaign.phase.phase1.until"])
	assert.Equal(t, "动员部署、学习提高", read["campaign.phase.phase1.steps"])
	assert.Equal(t, "5项", read["campaign.phase.phase1.actions"])
}

func TestAWorkingTellsWhatEndsAPhase(t *testing.T) {
	for key, want := range map[string]string{
		"phase1": "2010-05-04至2010-06-30", "phase2": "2010-07-01至召开总结大会",
	} {
		from := must(must(plan().Schedule(key)).Figures())[1]
		assert.Contains(t, from.Working().Inputs, union.Input{Name: "起止", Value: want})
	}
}

func TestAScheduleOfAPhaseThatIsNotIsRefused(t *testing.T) {
	_, err := plan().Schedule("phase3")
	require.ErrorIs(t, err, union.ErrUnknown)
}

func TestAScheduleGivesCopies(t *testing.T) {
	made := plan()
	rows := must(made.Schedule("phase1")).Rows
	rows[0].Action.Evidence[0] = "x"
	assert.Equal(t, "notice", must(made.Schedule("phase1")).Rows[0].Action.Evidence[0])
}
