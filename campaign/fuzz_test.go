package campaign_test

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/unioncampaign/union/campaign"
)

// What is accepted is written back as something that reads the same again, and
// nothing panics.

func FuzzPlan_UnmarshalJSON(f *testing.F) {
	f.Add(planText())
	f.Add([]byte(`{"union":"campaign.plan/1"}`))
	f.Add([]byte(`{"union":"campaign.plan/1","key":"k","version":"1","title":"t","source":"s","organiser":"o","rates":{"mode":"half up","places":0},"phases":[{"key":"p","title":"t","window":"2010-01-01/..","event":"e"}]}`))
	f.Add([]byte(`null`))
	f.Fuzz(func(t *testing.T, text []byte) {
		var made campaign.Plan
		if made.UnmarshalJSON(text) != nil {
			assert.Zero(t, made.ID())
			return
		}
		written, err := json.Marshal(made)
		require.NoError(t, err)
		var again campaign.Plan
		require.NoError(t, again.UnmarshalJSON(written))
		assert.Equal(t, made.ID(), again.ID())
		assert.Equal(t, string(written), string(must(json.Marshal(again))))
	})
}

func FuzzLeadingGroup_UnmarshalJSON(f *testing.F) {
	f.Add(groupText())
	f.Add([]byte(`{"union":"campaign.group/1","seats":[{"role":"head"}]}`))
	f.Add([]byte(`[]`))
	f.Fuzz(func(t *testing.T, text []byte) {
		var made campaign.LeadingGroup
		if made.UnmarshalJSON(text) != nil {
			assert.Zero(t, made.ID())
			return
		}
		written, err := made.Reveal()
		require.NoError(t, err)
		var again campaign.LeadingGroup
		require.NoError(t, again.UnmarshalJSON(written))
		assert.Equal(t, made.ID(), again.ID())
		assert.Equal(t, string(written), string(must(again.Reveal())))
	})
}

func FuzzMark_UnmarshalText(f *testing.F) {
	for _, text := range []string{"", "present", "excused", "absent", "Present", "缺勤"} {
		f.Add([]byte(text))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		var mark campaign.Mark
		if mark.UnmarshalText(text) == nil {
			assert.Equal(t, string(text), mark.String())
		}
	})
}

func FuzzRole_UnmarshalText(f *testing.F) {
	for _, text := range []string{"", "head", "deputy", "member", "HEAD"} {
		f.Add([]byte(text))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		var role campaign.Role
		if role.UnmarshalText(text) == nil {
			assert.Equal(t, string(text), role.String())
		}
	})
}
