package campaign_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/campaign"
)

var targetCourse = []string{
	`{"id": "t1", "on": "2010-07-05", "target": {"title": "企业建会率", "exemplar": "邻县总工会", "lacks": "低十个百分点", "measures": "逐户走访", "measure": "家", "from": "80", "to": "90", "due": "2010-12-31", "owner": "组织部"}}`,
	`{"id": "t2", "on": "2010-07-05", "target": {"title": "信访积案", "exemplar": "县法院", "lacks": "办结慢", "measures": "包案", "measure": "件", "from": "12", "to": "3", "due": "2010-09-30", "owner": "保障部"}}`,
	`{"id": "a1", "on": "2010-09-01", "attained": {"target": "t1", "value": "90"}}`,
	`{"id": "a2", "on": "2010-09-01", "attained": {"target": "t2", "value": "4"}}`,
	`{"id": "a3", "on": "2010-10-08", "attained": {"target": "t2", "value": "3"}}`,
}

func TestATargetIsMetMissedOrOpen(t *testing.T) {
	p := whole()
	j := noted(p, append([]string{firstPhase[2]}, targetCourse...)...) // and something else was noted before
	for on, want := range map[string][2]union.Standing{
		"2010-08-31": {union.Unknown, union.Unknown},
		"2010-09-30": {union.Met, union.Unknown}, // the due day itself is in time
		"2010-10-01": {union.Met, union.Unmet},
		"2010-10-08": {union.Met, union.Met}, // the less the better, and late is met
	} {
		aims, err := p.Aims(j, day(on))
		require.NoError(t, err)
		all := aims.All()
		assert.Equal(t, want, [2]union.Standing{all[0].Stands, all[1].Stands}, on)
		assert.Equal(t, union.Judged("", union.Reason{Standing: want[0]}, union.Reason{Standing: want[1]}).Standing, aims.Verdict().Standing, on)
	}
	aims := must(p.Aims(j, day("2010-10-01")))
	assert.Equal(t, map[string]string{
		"campaign.targets": "2项", "campaign.targets.met": "1项", "campaign.targets.missed": "1项", "campaign.targets.open": "0项",
		"campaign.targets.titles": "企业建会率（对照邻县总工会，差距：低十个百分点；由80到90家，2010年12月31日前）、信访积案（对照县法院，差距：办结慢；由12到3件，2010年9月30日前）",
	}, values(aims.Figures()))
	assert.Equal(t, "t2: 信访积案: got 4 on 2010-09-01, want 3 by 2010-09-30", aims.Verdict().Failed()[0].String())
	*aims.All()[0].Value = union.Whole(0)
	assert.Equal(t, "90", aims.All()[0].Value.String())
	assert.Equal(t, "[not applicable]", values(campaign.Aims{}.Figures())["campaign.targets.titles"])
}
