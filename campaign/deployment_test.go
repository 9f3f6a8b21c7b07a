package campaign_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/campaign"
)

// Thirds by hand: 9 = 3+3+3; 10 and 11 leave one and two over, to the earlier.
func TestAStaffIsDeployedInThirds(t *testing.T) {
	for staff, want := range map[int64][]int64{
		0: {0, 0, 0}, 1: {1, 0, 0}, 2: {1, 1, 0}, 9: {3, 3, 3}, 10: {4, 3, 3}, 11: {4, 4, 3},
	} {
		made, err := plan().Deploy(staff)
		require.NoError(t, err)
		assert.Equal(t, want, made.Counts, "%d", staff)
	}
}

func TestADeploymentTellsATie(t *testing.T) {
	figures, err := must(plan().Deploy(10)).Figures()
	require.NoError(t, err)
	assert.Equal(t, map[string]string{
		"campaign.deployment.grassroots": "4人", "campaign.deployment.survey": "3人", "campaign.deployment.office": "3人",
	}, values(figures, nil))
	assert.Contains(t, figures[1].Working().Inputs, union.Input{
		Name: "余数相同，按方案所列先后", Value: "到基层挂职锻炼人数、到基层调研人数、处理日常工作人数",
	})
	even, err := must(plan().Deploy(9)).Figures()
	require.NoError(t, err)
	assert.Len(t, even[1].Working().Inputs, 3, "no tie, nothing to tell")
	assert.Empty(t, values(campaign.Deployment{}.Figures()))
}

func TestADeploymentOfFewerThanNobodyIsRefused(t *testing.T) {
	_, err := plan().Deploy(-1)
	require.ErrorIs(t, err, union.ErrRange)
	spec := plan().Spec()
	spec.Deployment = nil
	_, err = must(campaign.NewPlan(spec)).Deploy(9)
	require.ErrorIs(t, err, union.ErrUnknown)
}

func TestADeploymentSharesNothingWithThePlan(t *testing.T) {
	made := plan()
	must(made.Deploy(9)).Parts[0].Key = "x"
	assert.Equal(t, "grassroots", made.Spec().Deployment.Parts[0].Key)
}
