package campaign_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/campaign"
)

func progressOn(t *testing.T, on string) map[string]string {
	t.Helper()
	back := lookBack("phase1", deeds(), nil, on)
	read := map[string]string{}
	for _, review := range back.Reviews() {
		read[review.Action.Key] = review.Progress.String()
	}
	return read
}

func TestAnActionMovesOnOnlyAsDaysPass(t *testing.T) {
	for _, row := range []struct {
		on, group, rally, visit, study string
	}{
		{"2010-05-04", "pending", "pending", "in time", "pending"},
		{"2010-05-06", "in time", "pending", "in time", "pending"},
		{"2010-05-12", "in time", "evidence lacking", "in time", "pending"}, // the photo has come, the minutes have not
		{"2010-05-13", "in time", "evidence lacking", "in time", "pending"},
		{"2010-05-14", "in time", "late", "in time", "pending"}, // due on the 12th
		{"2010-06-29", "in time", "late", "in time", "pending"},
		{"2010-06-30", "in time", "late", "in time", "in time"}, // the phase's last day is in time
	} {
		got := progressOn(t, row.on)
		assert.Equal(t, row.group, got["group"], row.on)
		assert.Equal(t, row.rally, got["rally"], row.on)
		assert.Equal(t, row.visit, got["visit"], row.on)
		assert.Equal(t, row.study, got["study-plan"], row.on)
	}
}

func TestTheDueDayItselfIsStillInTime(t *testing.T) {
	for _, row := range []struct {
		done, on, want string
	}{
		{"", "2010-05-10", "pending"},
		{"", "2010-05-11", "overdue"},
		{"2010-05-10", "2010-05-11", "in time"},
		{"2010-05-11", "2010-05-11", "late"},
		{"2010-05-11", "2010-05-10", "pending"},
	} {
		var done []deed
		if row.done != "" {
			done = []deed{{Action: "group", Day: day(row.done), Evidence: []string{"notice"}}}
		}
		back := lookBack("phase1", done, nil, row.on)
		assert.Equal(t, row.want, back.Reviews()[0].Progress.String(), "done %q, on %s", row.done, row.on)
	}
}

func TestAnActionWithoutADueDayIsNeverLate(t *testing.T) {
	back := lookBack("phase2", nil, nil, "2019-01-01")
	assert.Equal(t, campaign.Pending, back.Reviews()[0].Progress)
	back = lookBack("phase2", []deed{{Action: "summary", Day: day("2018-01-01")}}, nil, "2019-01-01")
	assert.Equal(t, campaign.InTime, back.Reviews()[0].Progress)
}

func TestAVerdictTellsMetAsWellAsUnmet(t *testing.T) {
	verdict, err := judgeOf(plan())("phase1", deeds(), day("2010-06-30"))
	require.NoError(t, err)
	assert.Equal(t, union.Verdict{
		Question: "phase phase1 on 2010-06-30",
		Answer:   "incomplete",
		Standing: union.Unmet,
		Reasons: []union.Reason{
			{Standing: union.Met, Finding: union.Finding{Where: "group", Rule: "成立领导小组", Got: "in time on 2010-05-06", Want: "done by 2010-05-10 with notice"}},
			{Standing: union.Met, Finding: union.Finding{Where: "rally", Rule: "召开动员大会", Got: "late on 2010-05-14", Want: "done by 2010-05-12 with minutes, photo"}},
			{Standing: union.Met, Finding: union.Finding{Where: "study-plan", Rule: "制定学习计划", Got: "in time on 2010-06-30", Want: "done by 2010-06-30"}},
			{Standing: union.Unmet, Finding: union.Finding{Where: "lookback", Rule: "开展回头看", Got: "pending", Want: "done by 2010-06-30"}},
		},
	}, verdict)
	verdict, err = judgeOf(plan())("phase1", deeds(), day("2010-07-02"))
	require.NoError(t, err)
	assert.True(t, verdict.Holds())
	assert.Equal(t, "complete", verdict.Answer)
}

func TestAReasonNamesTheEvidenceThatIsLacking(t *testing.T) {
	verdict, err := judgeOf(plan())("phase1", []deed{{Action: "rally", Day: day("2010-05-11")}}, day("2010-05-11"))
	require.NoError(t, err)
	assert.Equal(t, "evidence lacking: minutes, photo", verdict.Reasons[1].Got)
}

func TestJudgeNamesItsFirstFault(t *testing.T) {
	made := plan()
	_, err := made.Judge("phase3", made.Journal(), day("2010-06-30"))
	require.ErrorIs(t, err, union.ErrUnknown)
	assert.Equal(t, "phase", union.Faults(err)[0].Where)
	_, err = made.Judge("110101199003074", made.Journal(), day("2010-06-30"))
	require.ErrorIs(t, err, union.ErrUnknown)
	assert.NotContains(t, err.Error(), "110101")
	_, err = made.Judge("phase1", made.Journal(), union.Date{})
	require.ErrorIs(t, err, union.ErrMissing)
	_, err = made.Judge("phase1", campaign.Journal{}, day("2010-06-30"))
	require.ErrorIs(t, err, union.ErrRule)
}

func TestMilestonesAreTheDaysOfTheirFirstDeeds(t *testing.T) {
	made := plan()
	assert.Equal(t, map[string]string{"campaign.milestone.mobilisation": "2010-05-12"}, values(made.Milestones(journal(made, deeds(), nil), day("2010-06-30"))))
	assert.Equal(t, map[string]string{"campaign.milestone.mobilisation": "[unknown]"}, values(made.Milestones(journal(made, deeds(), nil), day("2010-05-11"))))
	_, err := made.Milestones(journal(made, deeds(), nil), union.Date{})
	require.ErrorIs(t, err, union.ErrMissing)
}

func TestProgressSaysItselfInWords(t *testing.T) {
	for progress, want := range map[campaign.Progress]string{
		campaign.InTime: "in time", campaign.Late: "late", campaign.Lacking: "evidence lacking",
		campaign.Waived: "waived", campaign.OutOfOrder: "out of order", campaign.Pending: "pending", campaign.Overdue: "overdue",
	} {
		assert.Equal(t, want, progress.String())
		assert.Equal(t, want, string(must(progress.MarshalText())))
		var read campaign.Progress
		require.NoError(t, read.UnmarshalText([]byte(want)))
		assert.Equal(t, progress, read)
	}
	for _, none := range []campaign.Progress{0, 8} {
		assert.Equal(t, fmt.Sprintf("Progress(%d)", uint8(none)), none.String())
		_, err := none.MarshalText()
		require.ErrorIs(t, err, union.ErrUnknown)
	}
	assert.True(t, campaign.InTime.Done())
	assert.True(t, campaign.Late.Done())
	assert.False(t, campaign.Lacking.Done())
	assert.False(t, campaign.Waived.Done())
	assert.True(t, campaign.Waived.Settled())
	assert.False(t, campaign.OutOfOrder.Settled())
}
