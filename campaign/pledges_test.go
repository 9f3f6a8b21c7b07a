package campaign_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/campaign"
)

var promiseCourse = []string{
	`{"id": "v1", "on": "2010-05-10", "promise": {"holder": "branch-1", "title": "走访困难职工", "items": 3}}`,
	`{"id": "v2", "on": "2010-05-10", "promise": {"holder": "branch-1", "title": "建职工书屋", "items": 1}}`,
	`{"id": "v3", "on": "2010-05-11", "promise": {"holder": "p1", "person": true, "title": "每月下基层", "items": 2}}`,
	`{"id": "v4", "on": "2010-07-11", "promise": {"holder": "p2", "person": true, "title": "结对帮扶", "items": 1}}`,
	`{"id": "e1", "on": "2010-05-12", "event": {"of": "promise", "key": "v1", "event": "review"}}`,
	`{"id": "e2", "on": "2010-05-12", "event": {"of": "promise", "key": "v1", "event": "fix"}}`,
	`{"id": "e3", "on": "2010-05-13", "event": {"of": "promise", "key": "v1", "event": "publish"}}`,
	`{"id": "e4", "on": "2010-06-30", "event": {"of": "promise", "key": "v1", "event": "keep"}}`,
	`{"id": "e5", "on": "2010-05-12", "event": {"of": "promise", "key": "v3", "event": "review"}}`,
	`{"id": "e6", "on": "2010-05-12", "event": {"of": "promise", "key": "v3", "event": "fix"}}`,
	`{"id": "e7", "on": "2010-05-13", "event": {"of": "promise", "key": "v3", "event": "publish"}}`,
	`{"id": "e8", "on": "2010-07-20", "event": {"of": "promise", "key": "v3", "event": "fail", "reason": "病休"}}`,
	`{"id": "c1", "on": "2010-06-28", "comment": {"cadence": "quarter", "holder": "branch-1"}}`,
	`{"id": "c2", "on": "2010-06-29", "comment": {"cadence": "half", "holder": "branch-1"}}`,
	`{"id": "c3", "on": "2010-06-30", "comment": {"cadence": "quarter", "holder": "p1", "person": true}}`,
	`{"id": "c4", "on": "2010-09-30", "comment": {"cadence": "quarter", "holder": "p1", "person": true}}`,
}

func TestPromisesAreCountedForOrganisationsAndPersonsApart(t *testing.T) {
	p := whole()
	pledges, err := p.Pledges(noted(p, promiseCourse...), day("2010-09-30"))
	require.NoError(t, err)
	read := values(pledges.Figures())
	for key, want := range map[string]string{
		"organisations": "1个", "organisations.items": "4项", "organisations.kept": "3项", "organisations.rate": "75.00%",
		"persons": "2人", "persons.items": "3项", "persons.kept": "0项", "persons.rate": "0.00%",
		"comments.organisations": "1个", "comments.persons": "2人次",
		"state.made": "2件", "state.reviewed": "0件", "state.kept": "1件", "state.broken": "1件",
		// By the end of September two quarters and a half year have ended: the branch lacks
		// the third quarter, one member the half year, the other the third quarter.
		"comments.owed": "3次",
	} {
		assert.Equal(t, want, read["campaign.promise."+key], key)
	}
	var owed []string
	for _, finding := range pledges.Check() {
		owed = append(owed, finding.Where)
	}
	assert.Equal(t, []string{"quarter by 2010-09-30, branch-1", "quarter by 2010-09-30, p2", "half by 2010-06-30, p1"}, owed)
	assert.Equal(t, day("2010-09-30"), pledges.On())
	all := pledges.All()
	require.Len(t, all, 4)
	assert.True(t, all[0].Kept)
	assert.Equal(t, day("2010-06-30"), all[0].Since)
	assert.True(t, all[2].Broken)
	assert.Equal(t, "已提诺", all[1].State.Title)
	assert.Equal(t, day("2010-05-10"), all[1].Since)
}

func TestItemsKeptAreThoseOfAllPromises(t *testing.T) {
	p := whole()
	texts := append([]string{}, promiseCourse[:2]...)
	for _, key := range []string{"v1", "v2"} {
		for i, event := range []string{"review", "fix", "publish", "keep"} {
			texts = append(texts, fmt.Sprintf(`{"id": "%s%d", "on": "2010-06-0%d", "event": {"of": "promise", "key": "%s", "event": "%s"}}`, key, i, i+1, key, event))
		}
	}
	read := values(must(p.Pledges(noted(p, texts...), day("2010-06-30"))).Figures())
	assert.Equal(t, "4项", read["campaign.promise.organisations.kept"], "three of one, and one of the other")
	assert.Equal(t, "100.00%", read["campaign.promise.organisations.rate"])
}

func TestACommentMayComeRoundEveryMonth(t *testing.T) {
	spec := whole().Spec()
	spec.Promises.Cadence = []campaign.Cadence{{Key: "month", Title: "一月一讲评", Months: 1}}
	p := must(campaign.NewPlan(spec))
	j := noted(p, promiseCourse[0]) // on 10 May
	for on, want := range map[string]int{"2010-05-30": 0, "2010-05-31": 1, "2010-06-29": 1, "2010-06-30": 2, "2011-04-30": 12} {
		assert.Len(t, must(p.Pledges(j, day(on))).Check(), want, on)
	}
}

func TestACommentIsOwedOnlyOnceItsSpanHasEnded(t *testing.T) {
	p := whole()
	j := noted(p, promiseCourse[0])
	for on, want := range map[string]int{"2010-05-31": 0, "2010-06-29": 0, "2010-06-30": 2, "2010-09-29": 2, "2010-09-30": 3, "2010-12-31": 6} {
		assert.Len(t, must(p.Pledges(j, day(on))).Check(), want, on)
	}
}

func TestAPlanWithoutPromisesHasNoPledges(t *testing.T) {
	p := plan()
	_, err := p.Pledges(p.Journal(), day("2010-06-30"))
	require.ErrorIs(t, err, union.ErrUnknown)
	assert.Empty(t, campaign.Pledges{}.Check())
	assert.Equal(t, "[undefined]", values(campaign.Pledges{}.Figures())["campaign.promise.persons.rate"])
}
