package campaign_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/campaign"
)

func branch() campaign.Roster {
	return must(campaign.NewRoster([]campaign.Member{
		{Person: "p1", Name: union.MustNewName("张一"), Rank: "secretary"}, {Person: "p2", Rank: "staff"}, {Person: "p3"},
	}))
}

var dutyCourse = []string{
	`{"id": "a1", "on": "2010-07-10", "analysis": {"person": "p2", "filled": [
		{"list": "five-checks", "term": "thought", "words": 300}, {"list": "five-checks", "term": "purpose", "words": 300},
		{"list": "five-checks", "term": "integrity", "words": 300}, {"list": "five-checks", "term": "style", "words": 300},
		{"list": "five-checks", "term": "discipline", "words": 40}, {"list": "three-clarities", "term": "problems"},
		{"list": "three-clarities", "term": "causes"}]}}`,
	`{"id": "a2", "on": "2010-07-20", "analysis": {"person": "p2", "filled": [
		{"list": "five-checks", "term": "discipline", "words": 260}, {"list": "three-clarities", "term": "direction"}]}}`,
	`{"id": "k1", "on": "2010-08-01", "talk": {"person": "p2", "by": "p1"}}`,
	`{"id": "k2", "on": "2010-08-02", "talk": {"person": "p3", "by": "p2"}}`,
	`{"id": "w1", "on": "2010-07-02", "team": {"title": "法律服务队", "speciality": "law", "members": ["p1", "p2"]}}`,
	`{"id": "s1", "on": "2010-07-03", "service": {"person": "p2", "team": "w1", "hours": "30", "points": "40"}}`,
	`{"id": "s2", "on": "2010-10-16", "service": {"person": "p2", "team": "w1", "hours": "20", "points": "20"}}`,
	`{"id": "s3", "on": "2010-07-04", "service": {"person": "p1", "hours": "49.5", "points": "90"}}`,
	`{"id": "s4", "on": "2011-01-01", "service": {"person": "p1", "hours": "1", "points": "1"}}`,
}

func TestDutiesAreJudgedPartByPart(t *testing.T) {
	p := whole()
	j := noted(p, dutyCourse...)
	stands := func(person, on string) []union.Standing {
		verdict := must(must(p.Duties(branch(), j, day(on))).Judge(person))
		var all []union.Standing
		for _, reason := range verdict.Reasons {
			all = append(all, reason.Standing)
		}
		return all
	}
	const met, unmet, open = union.Met, union.Unmet, union.Unknown
	// Five checks, three clarities, words, talk, hours, points.
	assert.Equal(t, []union.Standing{open, open, open, open, open, open}, stands("p2", "2010-07-10")[:6])
	assert.Equal(t, []union.Standing{met, met, met, open, open, open}, stands("p2", "2010-07-31"))
	assert.Equal(t, []union.Standing{met, met, met, met, open, open}, stands("p2", "2010-08-31"))
	assert.Equal(t, []union.Standing{met, met, met, met, met, met}, stands("p2", "2010-12-31"))
	// Talked with by somebody else than the secretary is not what is owed.
	assert.Equal(t, []union.Standing{unmet, unmet, unmet, unmet, unmet, unmet}, stands("p3", "2010-12-31"))
	assert.Equal(t, []union.Standing{unmet, unmet, unmet, open, open, open}, stands("p3", "2010-08-31"))
	// The only secretary is owed no talk by a secretary; half an hour short.
	assert.Equal(t, []union.Standing{unmet, unmet, unmet, unmet, met}, stands("p1", "2010-12-31"))
	// Another year begins anew.
	assert.Equal(t, []union.Standing{unmet, unmet, unmet, open, open}, stands("p1", "2011-01-01"))
	verdict := must(must(p.Duties(branch(), j, day("2010-07-10"))).Judge("p2"))
	assert.Equal(t, "duties of member p2 on 2010-07-10", verdict.Question)
	assert.Equal(t, "member p2: 五查五看: got 4 of 5, without discipline, want every part", verdict.Failed()[0].String())
	assert.Equal(t, "member p2: 三个清楚: got 2 of 3, without direction, want every part", verdict.Failed()[1].String())
	_, err := must(p.Duties(branch(), j, day("2010-07-10"))).Judge("p9")
	require.ErrorIs(t, err, union.ErrUnknown)
}

func TestDutiesAreCounted(t *testing.T) {
	p := whole()
	duties := must(p.Duties(branch(), noted(p, dutyCourse...), day("2010-12-31")))
	assert.Equal(t, map[string]string{
		"campaign.analysis.owing": "3人", "campaign.analysis.complete": "1人", "campaign.analysis.rate": "33.33%",
		"campaign.talks": "2人次", "campaign.talks.owed": "1人",
		"campaign.service.teams": "1支", "campaign.service.teams.law": "1支", "campaign.service.teams.repair": "0支",
		"campaign.service.persons": "2人", "campaign.service.person_times": "3人次", "campaign.service.on_days": "2人次",
		"campaign.service.hours": "99.5小时", "campaign.service.met": "33.33%",
	}, values(duties.Figures()))
	assert.Len(t, duties.Check(), 3+6+1)
}

func TestAStrangerInTheJournalIsFoundAndNotNamed(t *testing.T) {
	p := whole()
	j := noted(p,
		`{"id": "k1", "on": "2010-08-01", "talk": {"person": "stranger-1", "by": "stranger-2"}}`,
		`{"id": "w1", "on": "2010-07-02", "team": {"title": "t", "speciality": "law", "members": ["stranger-3"]}}`,
		`{"id": "s1", "on": "2010-07-03", "service": {"person": "stranger-4", "hours": "1", "points": "0"}}`,
		`{"id": "a1", "on": "2010-07-10", "analysis": {"person": "stranger-5", "filled": [{"list": "five-checks", "term": "style"}]}}`)
	found := must(p.Duties(branch(), j, day("2011-01-01"))).Check()
	var strangers []string
	for _, finding := range found {
		assert.NotContains(t, finding.String(), "stranger-")
		if finding.Got == "a stranger" {
			strangers = append(strangers, finding.Where)
		}
	}
	assert.Equal(t, []string{`entry "w1"`, `entry "s1"`, `entry "a1"`, `entry "k1"`, `entry "k1"`}, strangers)
}

func TestAPlanThatAsksForNothingOwesNothing(t *testing.T) {
	spec := plan().Spec()
	spec.ServiceDay = nil
	p := must(campaign.NewPlan(spec))
	j := p.Journal()
	require.ErrorIs(t, p.Add(&j, entry(`{"id": "s1", "on": "2010-07-03", "service": {"person": "p1", "hours": "1", "points": "0"}}`)), union.ErrUnknown)
	duties := must(p.Duties(must(campaign.NewRoster(members())), j, day("2010-07-03")))
	assert.Empty(t, duties.Check())
	assert.True(t, must(duties.Judge("p1")).Holds())
	for key, value := range values(duties.Figures()) {
		assert.Equal(t, "[not applicable]", value, key)
	}
	assert.NotEmpty(t, values(campaign.Duties{}.Figures()))
	_, err := campaign.Duties{}.Judge("p1")
	require.ErrorIs(t, err, union.ErrUnknown)
	_, err = p.Duties(campaign.Roster{}, j, day("2010-07-03"))
	require.ErrorIs(t, err, union.ErrMissing)
	_, err = p.Duties(branch(), j, day("2010-07-03"))
	require.ErrorIs(t, err, union.ErrUnknown, "ranks of another plan")
}
