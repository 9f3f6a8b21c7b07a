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

// A talk with a stranger, or by one, is no talk with a member.
func TestATalkOfAStrangerIsNotCounted(t *testing.T) {
	p := whole()
	duties := must(p.Duties(branch(), noted(p,
		`{"id": "k1", "on": "2010-08-01", "talk": {"person": "p2", "by": "stranger-1"}}`,
		`{"id": "k2", "on": "2010-08-01", "talk": {"person": "stranger-2", "by": "p1"}}`,
		`{"id": "k3", "on": "2010-08-02", "talk": {"person": "p3", "by": "p1"}}`), day("2010-08-31")))
	assert.Equal(t, "1人次", values(duties.Figures())["campaign.talks"])
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

// asking returns the whole plan with other duties, and what a branch owes under it at the
// end of 2010, as standings by the demand's title.
func asking(t *testing.T, change func(*campaign.PlanSpec), roster campaign.Roster, texts ...string) (campaign.Duties, map[string]map[string]union.Reason) {
	t.Helper()
	spec := whole().Spec()
	change(&spec)
	p := must(campaign.NewPlan(spec))
	duties := must(p.Duties(roster, noted(p, texts...), day("2010-12-31")))
	owes := map[string]map[string]union.Reason{}
	for _, member := range roster.Members() {
		owes[member.Person] = map[string]union.Reason{}
		for _, reason := range must(duties.Judge(member.Person)).Reasons {
			owes[member.Person][reason.Rule] = reason
		}
	}
	return duties, owes
}

// Fifty words are asked for each of the five checks: two records of thirty on one of them
// are sixty.
func TestWordsOnOneTermAddUp(t *testing.T) {
	const others = `{"list": "five-checks", "term": "thought", "words": 50}, {"list": "five-checks", "term": "purpose", "words": 50},
		{"list": "five-checks", "term": "integrity", "words": 50}, {"list": "five-checks", "term": "style", "words": 50}, `
	_, owes := asking(t, func(*campaign.PlanSpec) {}, branch(),
		`{"id": "a1", "on": "2010-07-10", "analysis": {"person": "p2", "filled": [`+others+`{"list": "five-checks", "term": "discipline", "words": 30}]}}`,
		`{"id": "a2", "on": "2010-07-11", "analysis": {"person": "p2", "filled": [{"list": "five-checks", "term": "discipline", "words": 30}]}}`)
	assert.Equal(t, union.Met, owes["p2"]["五查五看"].Standing)
	assert.Equal(t, "5 of 5", owes["p2"]["五查五看"].Got)
}

func TestAFormMayAskForNoWordsInAll(t *testing.T) {
	_, owes := asking(t, func(s *campaign.PlanSpec) { s.Analysis.Words = 0 }, branch())
	assert.Contains(t, owes["p2"], "五查五看")
	assert.NotContains(t, owes["p2"], "党性分析报告")
}

// A talk by two different holders is two talks; each duty is asked of those whom it
// concerns; and nobody is owed a talk whom nobody else is there to hold it with.
func TestTalksAreOwedByEachDuty(t *testing.T) {
	talks := func(duties ...campaign.TalkDuty) func(*campaign.PlanSpec) {
		return func(s *campaign.PlanSpec) { s.Talks = duties }
	}
	first := campaign.TalkDuty{Title: "与书记谈心", Ranks: []string{"secretary"}, Times: 1}
	second := campaign.TalkDuty{Title: "相互谈心", Times: 2}
	duties, owes := asking(t, talks(first, second), branch(),
		`{"id": "k1", "on": "2010-08-01", "talk": {"person": "p3", "by": "p1"}}`,
		`{"id": "k2", "on": "2010-08-02", "talk": {"person": "p3", "by": "p2"}}`,
		`{"id": "k3", "on": "2010-08-03", "talk": {"person": "p2", "by": "p3"}}`)
	assert.NotContains(t, owes["p3"], "与书记谈心")
	assert.Equal(t, union.Met, owes["p3"]["相互谈心"].Standing)
	assert.Equal(t, "1", owes["p2"]["相互谈心"].Got)
	assert.Equal(t, union.Unmet, owes["p1"]["与书记谈心"].Standing)
	figures := must(duties.Figures())
	assert.Equal(t, "2人", values(figures, nil)["campaign.talks.owed"])
	for _, figure := range figures {
		if figure.Key() == "campaign.talks.owed" {
			assert.Contains(t, figure.Working().Inputs, union.InputOf("应谈到的人数", 3))
		}
	}
	alone := must(campaign.NewRoster([]campaign.Member{{Person: "p1", Rank: "secretary"}}))
	_, owes = asking(t, talks(second), alone)
	assert.NotContains(t, owes["p1"], "相互谈心")
}

// What a plan does not ask of anybody, or only of some, is not counted as owed by all.
func TestOnlyWhoIsAskedIsCounted(t *testing.T) {
	duties, owes := asking(t, func(s *campaign.PlanSpec) {
		s.Analysis.Ranks = []string{"secretary"}
		s.Talks = []campaign.TalkDuty{{Title: "与书记谈心", Ranks: []string{"secretary"}, Times: 1}}
		s.ServiceDay.Points = union.Number{}
	}, branch(),
		`{"id": "w1", "on": "2010-07-02", "team": {"title": "法律服务队", "speciality": "law", "members": ["p1", "p2"]}}`,
		`{"id": "w2", "on": "2010-07-02", "team": {"title": "家电维修队", "speciality": "repair", "members": ["p3"]}}`,
		`{"id": "s1", "on": "2010-07-05", "service": {"person": "p2", "hours": "50", "points": "0"}}`)
	assert.NotContains(t, owes["p2"], "points of service in 2010")
	assert.Equal(t, union.Met, owes["p2"]["hours of service in 2010"].Standing)
	figures := must(duties.Figures())
	read := values(figures, nil)
	assert.Equal(t, "1人", read["campaign.analysis.owing"])
	assert.Equal(t, "1人", read["campaign.talks.owed"])
	assert.Equal(t, "1支", read["campaign.service.teams.law"])
	assert.Equal(t, "1支", read["campaign.service.teams.repair"])
	assert.Equal(t, "0人次", read["campaign.service.on_days"], "a Monday")
	assert.Equal(t, "33.33%", read["campaign.service.met"])
	for _, figure := range figures {
		if figure.Key() == "campaign.talks.owed" {
			assert.Contains(t, figure.Working().Inputs, union.InputOf("应谈到的人数", 1))
		}
	}
	duties, _ = asking(t, func(s *campaign.PlanSpec) { s.ServiceDay.Hours, s.ServiceDay.Points = union.Number{}, union.Number{} }, branch())
	assert.Equal(t, "[not applicable]", values(duties.Figures())["campaign.service.met"])
}
