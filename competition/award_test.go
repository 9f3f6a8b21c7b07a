package competition_test

import (
	"errors"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/assessment"
	"github.com/unioncampaign/union/competition"
)

// full is the test edition with an award that asks for all that an award may ask
// for.
func full(t testing.TB) competition.Edition {
	t.Helper()
	return altered(t, func(s *competition.EditionSpec) {
		s.Industries = union.CodesSpec{
			Rule:  union.Rule{Key: "industries", Version: "1", Title: "行业", Source: "made for the tests of this package"},
			Terms: []union.Term{{Key: "building", Title: "建筑业"}, {Key: "trade", Title: "商业"}},
		}
		s.Committees = []competition.Committee{{Level: "市", Organisers: []string{"市总工会"}}}
		a := &s.Awards[0]
		a.Deadline = day("2010-11-30")
		a.Conditions = []competition.Condition{{Key: "signed", Title: "签订劳动安全卫生专项协议"}}
		a.Scheme, a.Full = "ankang-scorecard", union.Whole(100)
		a.Rounds = []competition.Round{
			{Key: "self", Title: "自评80分以上", In: union.AtLeast(union.Whole(80)), Off: union.MustParseInterval("[-5,5]")},
			{Key: "spot", Title: "抽查95分以上", In: union.AtLeast(union.Whole(95))},
		}
		a.Standards = []competition.Standard{{
			Item: "safety", Title: "安全管理达到行业标准",
			Industries: []competition.IndustryBound{{Industry: "building", In: union.AtLeast(union.Whole(58))}},
			Otherwise:  union.AtLeast(union.Whole(55)),
		}}
		course := competition.NominationCourse(union.Rule{Key: "nomination", Version: "1", Title: "推荐程序", Source: "made for the tests of this package"}, 5)
		a.Nomination = &competition.Nomination{Course: course, Title: "经公示", Reached: []string{"noticed", "reviewed again"}}
		a.Prior.Or = []string{"city-advanced"}
		a.Retention = &competition.Retention{Title: "考核优秀方可保留称号", In: union.AtLeast(union.Whole(90))}
	})
}

// steps are those of a nomination that is on public notice.
func steps() []union.Event {
	return []union.Event{
		{ID: "1", Event: "discuss", On: day("2010-10-08"), By: "meeting", Role: "workers' meeting", Evidence: []string{"minutes"}},
		{ID: "2", Event: "recommend", On: day("2010-10-09"), By: "union", Role: "union", Evidence: []string{"form"}},
		{ID: "3", Event: "consult", On: day("2010-10-20"), By: "office", Role: "office", Evidence: []string{"opinions"}},
		{ID: "4", Event: "review", On: day("2010-10-25"), By: "office", Role: "office"},
		{ID: "5", Event: "publish", On: day("2010-11-01"), By: "office", Role: "office"},
	}
}

func worthy(n int) competition.Candidate {
	c := candidate(n)
	c.Industry, c.Submitted, c.Course = "building", day("2010-11-30"), steps()
	c.Answers = map[string]competition.Whether{"signed": competition.Yes}
	c.Rounds = map[string]union.Number{"self": union.Whole(97), "spot": union.Whole(95)}
	return c
}

func TestEveryReasonThatAnAwardAsksForIsTold(t *testing.T) {
	verdict := judged(t, full(t), worthy(1), "2010-12-31")
	var wheres []string
	for _, reason := range verdict.Reasons {
		wheres = append(wheres, reason.Standing.String()+" "+reason.Where)
	}
	assert.Equal(t, []string{
		"met entered", "met deadline", "met conditions.signed", "met scorecard", "met threshold",
		"met sections.organisation", "met sections.safety", "met rounds.self", "met rounds.self.off", "met rounds.spot",
		"met standards.safety", "met vetoes.injury", "met vetoes.wages", "met vetoes.death", "met prior", "met cool_off", "met nomination",
	}, wheres)
}

func TestEachReasonOfAFullAwardTurnsAtItsBound(t *testing.T) {
	e := full(t)
	on := "2010-12-31"
	for name, row := range map[string]struct {
		change func(*competition.Candidate)
		on     string
		where  string
		want   union.Standing
	}{
		"handed in a day late":                {func(c *competition.Candidate) { c.Submitted = day("2010-12-01") }, on, "deadline", union.Unmet},
		"no day on which it was handed in":    {func(c *competition.Candidate) { c.Submitted = union.Date{} }, on, "deadline", union.Unknown},
		"a condition that is not met":         {func(c *competition.Candidate) { c.Answers["signed"] = competition.No }, on, "conditions.signed", union.Unmet},
		"a condition that is not answered":    {func(c *competition.Candidate) { c.Answers = nil }, on, "conditions.signed", union.Unknown},
		"a round that does not suffice":       {func(c *competition.Candidate) { c.Rounds["spot"] = number("94.9") }, on, "rounds.spot", union.Unmet},
		"a round that is not known":           {func(c *competition.Candidate) { delete(c.Rounds, "spot") }, on, "rounds.spot", union.Unknown},
		"a round of its own five points up":   {func(c *competition.Candidate) { c.Rounds["self"] = union.Whole(101) }, on, "rounds.self.off", union.Met},
		"a round of its own more than that":   {func(c *competition.Candidate) { c.Rounds["self"] = number("101.1") }, on, "rounds.self.off", union.Unmet},
		"another industry":                    {func(c *competition.Candidate) { c.Industry, c.Marks["safety"] = "trade", union.Whole(57) }, on, "standards.safety", union.Met},
		"the building industry asks for more": {func(c *competition.Candidate) { c.Marks["safety"] = union.Whole(57) }, on, "standards.safety", union.Unmet},
		"an objection that is not settled":    {func(c *competition.Candidate) { c.Objections = []competition.Objection{{Raised: day("2010-11-02")}} }, on, "objections", union.Unknown},
		"one that is upheld later": {func(c *competition.Candidate) {
			c.Objections = []competition.Objection{{Raised: day("2010-11-02"), Settled: day("2011-01-01"), Upheld: true}}
		}, on, "objections", union.Unknown},
		"one that is upheld": {func(c *competition.Candidate) {
			c.Objections = []competition.Objection{{Raised: day("2010-11-02"), Settled: day("2010-11-05"), Upheld: true}, {Raised: day("2010-11-02")}}
		}, on, "objections", union.Unmet},
		"one that is not upheld": {func(c *competition.Candidate) {
			c.Objections = []competition.Objection{{Raised: day("2010-11-02"), Settled: day("2010-11-05")}}
		}, on, "objections", union.Met},
		"one that is raised later":   {func(c *competition.Candidate) { c.Objections = []competition.Objection{{Raised: day("2011-01-02")}} }, on, "objections", union.Met},
		"a title that does as well":  {func(c *competition.Candidate) { c.Honours = []competition.Honour{{Kind: "city-advanced", Year: 2007}} }, on, "prior", union.Met},
		"a title of its firm":        {func(c *competition.Candidate) { c.Honours[0].OfFirm = true }, on, "prior", union.Unmet},
		"a title that was lost":      {func(c *competition.Candidate) { c.Honours[0].Lost = day("2010-12-31") }, on, "prior", union.Unmet},
		"a title that is lost later": {func(c *competition.Candidate) { c.Honours[0].Lost = day("2011-01-01") }, on, "prior", union.Met},
		"not yet on public notice":   {func(c *competition.Candidate) { c.Course = c.Course[:4] }, on, "nomination", union.Unmet},
		"not yet so on the day":      {func(*competition.Candidate) {}, "2010-10-31", "nomination", union.Unmet},
		"withdrawn": {func(c *competition.Candidate) {
			c.Course = append(c.Course, union.Event{ID: "6", Event: "withdraw", On: day("2010-11-03")})
		}, on, "nomination", union.Unmet},
	} {
		c := worthy(1)
		row.change(&c)
		verdict := judged(t, e, c, row.on)
		assert.Equal(t, row.want.String(), standings(verdict)[row.where], name)
	}
	none := altered(t, func(s *competition.EditionSpec) {
		s.Awards[0].Standards = []competition.Standard{{Item: "danger", Title: "t", Otherwise: union.AtLeast(union.Whole(1))}}
	})
	assert.Equal(t, "unknown", standings(judged(t, none, candidate(1), on))["standards.danger"], "an item that nobody marks")
}

func TestACandidateOfAFullAwardWithAFaultIsRefused(t *testing.T) {
	e := full(t)
	r := everybody(t, e, 3)
	for name, row := range map[string]struct {
		change   func(*competition.Candidate)
		sentinel error
	}{
		"a part without a kind":      {func(c *competition.Candidate) { c.Part = "first" }, union.ErrMissing},
		"a kind without a part":      {func(c *competition.Candidate) { c.Kind = "team" }, union.ErrMissing},
		"a kind it is not for":       {func(c *competition.Candidate) { c.Part, c.Kind = "first", "team" }, union.ErrUnknown},
		"an unknown industry":        {func(c *competition.Candidate) { c.Industry = "mining" }, union.ErrUnknown},
		"an unknown attribute":       {func(c *competition.Candidate) { c.Attributes = []string{"old"} }, union.ErrUnknown},
		"an unknown condition":       {func(c *competition.Candidate) { c.Answers["held"] = competition.Yes }, union.ErrUnknown},
		"an answer that is none":     {func(c *competition.Candidate) { c.Answers["signed"] = 7 }, union.ErrRange},
		"an unknown round":           {func(c *competition.Candidate) { c.Rounds["third"] = union.Whole(1) }, union.ErrUnknown},
		"an objection without a day": {func(c *competition.Candidate) { c.Objections = []competition.Objection{{}} }, union.ErrMissing},
		"settled before it was raised": {func(c *competition.Candidate) {
			c.Objections = []competition.Objection{{Raised: day("2010-11-02"), Settled: day("2010-11-01")}}
		}, union.ErrOrder},
		"upheld and not settled": {func(c *competition.Candidate) {
			c.Objections = []competition.Objection{{Raised: day("2010-11-02"), Upheld: true}}
		}, union.ErrMissing},
		"a step that may not be": {func(c *competition.Candidate) { c.Course = c.Course[1:] }, union.ErrGraph},
		"a notice that is too short": {func(c *competition.Candidate) {
			c.Course = append(c.Course, union.Event{ID: "6", Event: "review again", On: day("2010-11-05"), By: "city", Role: "higher office"})
		}, union.ErrRange},
	} {
		c := worthy(1)
		row.change(&c)
		_, err := e.Judge("city", c, assessment.Score{}, r, day("2010-12-31"))
		require.ErrorIs(t, err, row.sentinel, name)
		_, err = e.Recommend(scheme(t), competition.Applications{Award: "city", Candidates: []competition.Candidate{c}}, r, day("2010-12-31"))
		require.ErrorIs(t, err, row.sentinel, name)
	}
	other := scheme(t).Spec()
	other.Key = "another"
	made, err := assessment.NewScheme(other)
	require.NoError(t, err)
	_, err = e.Recommend(made, competition.Applications{Award: "city"}, r, day("2010-12-31"))
	require.ErrorIs(t, err, union.ErrRule)
}

func TestAttributesThatExcludeOneAnotherAreRefused(t *testing.T) {
	e := structured(t)
	for name, row := range map[string]struct {
		held     []string
		sentinel error
	}{
		"two of a class": {[]string{"worker", "woman", "head"}, union.ErrRange},
		"one twice":      {[]string{"woman", "woman"}, union.ErrRepeated},
		"none such":      {[]string{"young"}, union.ErrUnknown},
	} {
		_, err := e.Judge("city", held(1, 99, row.held...), assessment.Score{}, e.Entrants(), day("2010-12-31"))
		require.ErrorIs(t, err, row.sentinel, name)
	}
	_, err := e.Judge("city", held(1, 99, "worker", "woman", "office"), assessment.Score{}, e.Entrants(), day("2010-12-31"))
	require.NoError(t, err)
}

func TestATeamIsJudgedByTheEntryOfItsFirm(t *testing.T) {
	e := altered(t, func(s *competition.EditionSpec) { s.Awards[0].For = []string{"team", "workshop"} })
	team := candidate(1)
	team.Part, team.Kind = "first", "team"
	second := team
	second.Part = "second"
	elsewhere := team
	elsewhere.Firm = code(99)
	r, err := e.Recommend(scheme(t), competition.Applications{Award: "city", Candidates: []competition.Candidate{second, team, elsewhere}}, everybody(t, e, 3), day("2010-12-31"))
	require.NoError(t, err)
	assert.Equal(t, []string{"first", "second"}, []string{r.Places[0].Part, r.Places[1].Part})
	assert.Equal(t, "unmet", standings(r.Places[2].Verdict)["entered"])
	_, err = e.Recommend(scheme(t), competition.Applications{Award: "city", Candidates: []competition.Candidate{team, team}}, everybody(t, e, 3), day("2010-12-31"))
	require.ErrorIs(t, err, union.ErrRepeated)
	_, err = e.Judge("city", candidate(1), assessment.Score{}, e.Entrants(), day("2010-12-31"))
	require.ErrorIs(t, err, union.ErrUnknown, "a firm is no team")
}

func TestTariffsMakeMarksOfRecords(t *testing.T) {
	spec := scheme(t).Spec()
	spec.Items = append(spec.Items[:2:2],
		assessment.Item{Key: "bonus", From: assessment.Source{Given: &assessment.Given{}}},
		assessment.Item{Key: "total", From: assessment.Source{Sum: &assessment.Sum{Of: []assessment.Term{
			{Item: "organisation", Weight: union.Whole(1)}, {Item: "safety", Weight: union.Whole(1)}, {Item: "bonus", Weight: union.Whole(1)},
		}}}})
	made, err := assessment.NewScheme(spec)
	require.NoError(t, err)
	of := func(take competition.Take, years int) competition.Edition {
		return altered(t, func(s *competition.EditionSpec) {
			s.Awards[0].Tariffs = []competition.Tariff{{
				Item: "bonus", Title: "荣誉加分", Take: take, Years: years,
				Honours: []competition.TariffLine{{Kind: "county-winner", Points: union.Whole(3)}, {Kind: "city-advanced", Points: union.Whole(5)}},
			}}
			s.Awards[0].CoolOff = nil
		})
	}
	c := candidate(1)
	c.Honours = []competition.Honour{{Kind: "county-winner", Year: 2009}, {Kind: "county-winner", Year: 2008}, {Kind: "city-advanced", Year: 2005}, {Kind: "city-advanced", Year: 2011}}
	for name, row := range map[string]struct {
		take  competition.Take
		years int
		want  string
	}{
		"the highest":              {competition.Highest, 0, "101"},
		"the highest of two years": {competition.Highest, 2, "99"},
		"all":                      {competition.Sum, 0, "107"},
		"of each kind one":         {competition.EachKind, 0, "104"},
	} {
		e := of(row.take, row.years)
		r, err := e.Recommend(made, competition.Applications{Award: "city", Candidates: []competition.Candidate{c}}, everybody(t, e, 3), day("2010-12-31"))
		require.NoError(t, err, name)
		assert.Equal(t, row.want, r.Places[0].Total.String(), name)
	}
	bare := c
	bare.Marks = map[string]union.Number{"bonus": union.Whole(9)}
	_, err = of(competition.Sum, 0).Recommend(made, competition.Applications{Award: "city", Candidates: []competition.Candidate{bare}}, of(competition.Sum, 0).Entrants(), day("2010-12-31"))
	require.ErrorIs(t, err, union.ErrRepeated)
}

func TestATitleIsKeptOnlyWhileCompeting(t *testing.T) {
	e := full(t)
	score := func(total int64) assessment.Score { return assessment.Score{Total: union.Whole(total)} }
	all := everybody(t, e, 3)
	keeps := func(c competition.Candidate, total int64) map[string]string {
		verdict, err := e.JudgeRetention("city", c, score(total), all, day("2010-12-31"))
		require.NoError(t, err)
		return standings(verdict)
	}
	met := map[string]string{"entered": "met", "retention": "met", "vetoes.injury": "met", "vetoes.wages": "met", "vetoes.death": "met"}
	assert.Equal(t, met, keeps(worthy(1), 90))
	assert.Equal(t, "unmet", keeps(worthy(1), 89)["retention"])
	assert.Equal(t, "unmet", keeps(worthy(77), 95)["entered"])
	struck := worthy(1)
	struck.Incidents = []competition.Incident{{Kind: "wages", On: day("2010-05-01")}}
	assert.Equal(t, "unmet", keeps(struck, 95)["vetoes.wages"])
	verdict, err := edition(t).JudgeRetention("city", candidate(1), score(0), everybody(t, edition(t), 3), day("2010-12-31"))
	require.NoError(t, err)
	assert.True(t, verdict.Holds(), "an award without a rule keeps its honour")
	_, err = e.JudgeRetention("nation", candidate(1), score(0), all, day("2010-12-31"))
	require.ErrorIs(t, err, union.ErrUnknown)
}

// moreFaults are those of what an award and an edition may ask for beside the rest.
var moreFaults = []struct {
	name     string
	change   func(s *competition.EditionSpec, a *competition.Award)
	sentinel error
	where    string
}{
	{"a committee without organisers", func(s *competition.EditionSpec, _ *competition.Award) {
		s.Committees = []competition.Committee{{Level: "市"}}
	}, union.ErrMissing, "committees[0].organisers"},
	{"a committee of no level", func(s *competition.EditionSpec, _ *competition.Award) { s.Committees[0].Level = "" }, union.ErrMissing, "committees[0].level"},
	{"an attribute without a title", func(s *competition.EditionSpec, _ *competition.Award) {
		s.Attributes = []competition.Attribute{{Key: "a"}}
	}, union.ErrMissing, "attributes[0].title"},
	{"a kind that is unknown", func(_ *competition.EditionSpec, a *competition.Award) { a.For = []string{"nation"} }, union.ErrUnknown, "awards[0].for[0]"},
	{"a kind twice", func(_ *competition.EditionSpec, a *competition.Award) { a.For = []string{"team", "team"} }, union.ErrRepeated, "awards[0].for[1]"},
	{"a condition without a title", func(_ *competition.EditionSpec, a *competition.Award) { a.Conditions[0].Title = "" }, union.ErrMissing, "awards[0].conditions[0].title"},
	{"sections that do not add up", func(_ *competition.EditionSpec, a *competition.Award) { a.Sections[0].Maximum = union.Whole(39) }, union.ErrRange, "awards[0].sections"},
	{"full marks below nothing", func(_ *competition.EditionSpec, a *competition.Award) { a.Full = union.Whole(-1) }, union.ErrRange, "awards[0].full"},
	{"a round that asks for nothing", func(_ *competition.EditionSpec, a *competition.Award) { a.Rounds[1].In = union.Interval{} }, union.ErrMissing, "awards[0].rounds[1].in"},
	{"a standard of nobody", func(_ *competition.EditionSpec, a *competition.Award) {
		a.Standards[0].Industries, a.Standards[0].Otherwise = nil, union.Interval{}
	}, union.ErrMissing, "awards[0].standards[0].industries"},
	{"a standard of an unknown industry", func(_ *competition.EditionSpec, a *competition.Award) {
		a.Standards[0].Industries[0].Industry = "mining"
	}, union.ErrUnknown, "awards[0].standards[0].industries[0].industry"},
	{"a standard without figures", func(_ *competition.EditionSpec, a *competition.Award) {
		a.Standards[0].Industries[0].In = union.Interval{}
	}, union.ErrMissing, "awards[0].standards[0].industries[0].in"},
	{"a standard of an industry twice", func(_ *competition.EditionSpec, a *competition.Award) {
		a.Standards[0].Industries = append(a.Standards[0].Industries, a.Standards[0].Industries[0])
	}, union.ErrRepeated, "awards[0].standards[0].industries[1].industry"},
	{"a tariff of nothing", func(_ *competition.EditionSpec, a *competition.Award) {
		a.Tariffs = []competition.Tariff{{Item: "x", Title: "t", Take: competition.Sum}}
	}, union.ErrMissing, "awards[0].tariffs[0].incidents"},
	{"a tariff that takes nothing", func(_ *competition.EditionSpec, a *competition.Award) {
		a.Tariffs = []competition.Tariff{{Item: "x", Title: "t", Incidents: []competition.TariffLine{{Kind: "injury"}}}}
	}, union.ErrMissing, "awards[0].tariffs[0].take"},
	{"a tariff of an unknown incident", func(_ *competition.EditionSpec, a *competition.Award) {
		a.Tariffs = []competition.Tariff{{Item: "x", Title: "t", Take: competition.Sum, Incidents: []competition.TariffLine{{Kind: "fire"}}}}
	}, union.ErrUnknown, "awards[0].tariffs[0].incidents[0].kind"},
	{"a tariff of a kind twice", func(_ *competition.EditionSpec, a *competition.Award) {
		a.Tariffs = []competition.Tariff{{Item: "x", Title: "t", Take: competition.Sum, Honours: []competition.TariffLine{{Kind: "county-winner"}, {Kind: "county-winner"}}}}
	}, union.ErrRepeated, "awards[0].tariffs[0].honours[1].kind"},
	{"a tariff over fewer years than none", func(_ *competition.EditionSpec, a *competition.Award) {
		a.Tariffs = []competition.Tariff{{Item: "x", Title: "t", Take: competition.Sum, Years: -1, Honours: []competition.TariffLine{{Kind: "county-winner"}}}}
	}, union.ErrRange, "awards[0].tariffs[0].years"},
	{"an honour that depends on itself", func(_ *competition.EditionSpec, a *competition.Award) {
		a.Prior.Honour, a.Prior.Or = "city-advanced", nil
	}, union.ErrOrder, "awards[0].prior.honour"},
	{"honours that depend on one another", func(s *competition.EditionSpec, a *competition.Award) {
		a.Prior.Or = nil
		other := *a
		prior := *a.Prior
		prior.Honour, other.Prior = "city-advanced", &prior
		other.Key, other.Honour = "county", "county-winner"
		s.Awards = append(s.Awards, other)
	}, union.ErrOrder, "awards[1].prior.honour"},
	{"an honour or the same", func(_ *competition.EditionSpec, a *competition.Award) { a.Prior.Or = []string{"county-winner"} }, union.ErrRepeated, "awards[0].prior.or[0]"},
	{"an honour or one unknown", func(_ *competition.EditionSpec, a *competition.Award) { a.Prior.Or = []string{"x"} }, union.ErrUnknown, "awards[0].prior.or[0]"},
	{"a course without a wording", func(_ *competition.EditionSpec, a *competition.Award) { a.Nomination.Title = "" }, union.ErrMissing, "awards[0].nomination.title"},
	{"a course that leads nowhere", func(_ *competition.EditionSpec, a *competition.Award) { a.Nomination.Reached = nil }, union.ErrMissing, "awards[0].nomination.reached"},
	{"a course to an unknown state", func(_ *competition.EditionSpec, a *competition.Award) {
		a.Nomination.Reached = []string{"noticed", "noticed", "", "x"}
	}, union.ErrUnknown, "awards[0].nomination.reached[3]"},
	{"a course with a hole", func(_ *competition.EditionSpec, a *competition.Award) {
		a.Nomination.Course.States = a.Nomination.Course.States[1:]
	}, union.ErrUnknown, "awards[0].nomination.course.transitions[0].from"},
	{"a tie-break of no item", func(_ *competition.EditionSpec, a *competition.Award) { a.TieBreaks = []assessment.Key{{}} }, union.ErrMissing, "awards[0].tie_breaks.keys[0].item"},
	{"an open quota with a number", func(_ *competition.EditionSpec, a *competition.Award) {
		a.Quota = competition.Quota{Open: true, Total: 3}
	}, union.ErrRange, "awards[0].quota.total"},
	{"a quota above its base", func(_ *competition.EditionSpec, a *competition.Award) {
		a.Quota = competition.Quota{Total: 3, Contest: 4}
	}, union.ErrRange, "awards[0].quota.contest"},
	{"a quota of fewer than none each", func(_ *competition.EditionSpec, a *competition.Award) { a.Quota.EachUnit = -1 }, union.ErrRange, "awards[0].quota.each_unit"},
	{"fewer than no reserves", func(_ *competition.EditionSpec, a *competition.Award) { a.Quota.Reserves = -1 }, union.ErrRange, "awards[0].quota.reserves"},
	{"a shortlist shorter than the list", func(_ *competition.EditionSpec, a *competition.Award) {
		a.Quota.Shortlist = &competition.Shortlist{Title: "t", Times: number("0.9"), Mode: union.Up, Outside: []string{"x"}}
	}, union.ErrRange, "awards[0].quota.shortlist.times"},
	{"a shortlist without an unknown sort", func(_ *competition.EditionSpec, a *competition.Award) {
		a.Quota.Shortlist = &competition.Shortlist{Title: "t", Times: number("1.5"), Mode: union.Up, Outside: []string{"x"}}
	}, union.ErrUnknown, "awards[0].quota.shortlist.outside[0]"},
	{"a shortlist that is not rounded", func(_ *competition.EditionSpec, a *competition.Award) {
		a.Quota.Shortlist = &competition.Shortlist{Title: "t", Times: number("1.5")}
	}, union.ErrMissing, "awards[0].quota.shortlist.mode"},
	{"a retention without a wording", func(_ *competition.EditionSpec, a *competition.Award) { a.Retention.Title = "" }, union.ErrMissing, "awards[0].retention.title"},
	{"a conversion to an unknown award", func(s *competition.EditionSpec, _ *competition.Award) {
		s.Conversions = []competition.Conversion{{Key: "c", Title: "t", Contest: "x", Award: "nation"}}
	}, union.ErrUnknown, "conversions[0].award"},
	{"a conversion of no rank", func(s *competition.EditionSpec, _ *competition.Award) {
		s.Conversions = []competition.Conversion{{Key: "c", Title: "t", Contest: "x", Award: "city"}}
	}, union.ErrMissing, "conversions[0].ranks"},
	{"a removal without a title", func(s *competition.EditionSpec, _ *competition.Award) {
		s.Removals = []competition.RemovalKind{{Key: "ordered"}}
	}, union.ErrMissing, "removals[0].title"},
	{"an indicator twice", func(s *competition.EditionSpec, _ *competition.Award) {
		s.Indicators = []competition.Indicator{{Key: "entrants", Title: "t", Measure: "家", Over: competition.OfYear}}
	}, union.ErrRepeated, "indicators[0].key"},
	{"an indicator over no time", func(s *competition.EditionSpec, _ *competition.Award) {
		s.Indicators = []competition.Indicator{{Key: "made", Title: "t", Measure: "件", Places: 10}}
	}, union.ErrMissing, "indicators[0].over"},
	{"an indicator with too many places", func(s *competition.EditionSpec, _ *competition.Award) {
		s.Indicators = []competition.Indicator{{Key: "made", Title: "t", Measure: "件", Over: competition.OfYear, Places: 10}}
	}, union.ErrRange, "indicators[0].places"},
	{"a quotient of an unknown indicator", func(s *competition.EditionSpec, _ *competition.Award) {
		s.Quotients = []competition.Quotient{{Key: "q", Title: "t", Part: "entrants", Whole: "x", Base: "b"}}
	}, union.ErrUnknown, "quotients[0].part"},
	{"a target of an unknown quotient", func(s *competition.EditionSpec, _ *competition.Award) {
		s.Targets[0].Coverage, s.Targets[0].Quotient = nil, &competition.QuotientOf{Key: "x"}
	}, union.ErrUnknown, "targets[0].quotient.quotient"},
	{"a target of an unknown level", func(s *competition.EditionSpec, _ *competition.Award) {
		s.Targets[0].Coverage, s.Targets[0].Level = nil, &competition.LevelOf{Indicator: "x"}
	}, union.ErrUnknown, "targets[0].level.indicator"},
	{"a target of growth over no years", func(s *competition.EditionSpec, _ *competition.Award) {
		s.Targets[0].Coverage, s.Targets[0].Growth = nil, &competition.GrowthOf{Indicator: "entrants"}
	}, union.ErrRange, "targets[0].growth.years"},
	{"a target of growth to nothing", func(s *competition.EditionSpec, _ *competition.Award) {
		s.Targets[0].Coverage, s.Targets[0].Growth, s.Targets[0].In = nil, &competition.GrowthOf{Indicator: "entrants", Years: 1}, union.MustParseInterval("[-1,)")
	}, union.ErrRange, "targets[0].in"},
	{"a structure of no attribute", func(_ *competition.EditionSpec, a *competition.Award) {
		a.Structure = []competition.Structure{{Key: "s", Title: "t", Share: union.AtLeast(number("0.1"))}}
	}, union.ErrMissing, "awards[0].structure[0].has"},
	{"a structure of an unknown attribute", func(_ *competition.EditionSpec, a *competition.Award) {
		a.Structure = []competition.Structure{structure("s", "x", "[0.1,)")}
	}, union.ErrUnknown, "awards[0].structure[0].has[0]"},
	{"a structure that asks for nothing", func(s *competition.EditionSpec, a *competition.Award) {
		s.Attributes, a.Structure = listAttributes(1), []competition.Structure{structure("s", "a0", "(,)")}
	}, union.ErrMissing, "awards[0].structure[0].share"},
	{"a share above the whole", func(s *competition.EditionSpec, a *competition.Award) {
		s.Attributes, a.Structure = listAttributes(1), []competition.Structure{structure("s", "a0", "[1.1,)")}
	}, union.ErrRange, "awards[0].structure[0].share"},
	{"an open bound of those within", func(s *competition.EditionSpec, a *competition.Award) {
		s.Attributes, a.Structure = listAttributes(2), []competition.Structure{structure("s", "a0", "(0.1,)", "a1")}
	}, union.ErrRange, "awards[0].structure[0].share"},
	{"a bound of those within that is too fine", func(s *competition.EditionSpec, a *competition.Award) {
		s.Attributes, a.Structure = listAttributes(2), []competition.Structure{structure("s", "a0", "[0.12345678,)", "a1")}
	}, union.ErrRange, "awards[0].structure[0].share"},
	{"a floor above a ceiling", func(s *competition.EditionSpec, a *competition.Award) {
		s.Attributes, a.Structure = listAttributes(1), []competition.Structure{structure("s", "a0", "[0.5,)"), structure("r", "a0", "(,0.4]")}
	}, union.ErrRange, "awards[0].structure[1].share"},
	{"floors that are more than the whole", func(s *competition.EditionSpec, a *competition.Award) {
		s.Attributes = listAttributes(3)
		for i := range s.Attributes {
			s.Attributes[i].Class = "occupation"
		}
		a.Structure = []competition.Structure{structure("s", "a0", "[0.5,)"), structure("q", "a1", "[0.4,)"), structure("q2", "a1", "[0.3,)"), structure("r", "a2", "[0.2,)")}
	}, union.ErrRange, "awards[0].structure[3].share"},
	{"more than eight attributes", func(s *competition.EditionSpec, a *competition.Award) {
		s.Attributes, a.Structure = listAttributes(9), nil
		for _, each := range s.Attributes {
			a.Structure = append(a.Structure, structure(each.Key, each.Key, "[0.01,)"))
		}
	}, union.ErrRange, "awards[0].structure"},
}

// listAttributes returns so many attributes: a0, a1 and so on.
func listAttributes(n int) []competition.Attribute {
	list := make([]competition.Attribute, n)
	for i := range list {
		key := "a" + string(rune('0'+i))
		list[i] = competition.Attribute{Key: key, Title: key}
	}
	return list
}

func TestAFaultOfWhatAnAwardMayAskForSaysWhereItIs(t *testing.T) {
	e := full(t)
	before := e.Spec()
	for _, row := range moreFaults {
		t.Run(row.name, func(t *testing.T) {
			spec := e.Spec()
			row.change(&spec, &spec.Awards[0])
			made, err := competition.NewEdition(spec)
			require.ErrorIs(t, err, row.sentinel)
			assert.Equal(t, competition.Edition{}, made)
			var places []string
			for _, fault := range union.Faults(err) {
				places = append(places, fault.Where)
			}
			assert.Contains(t, places, row.where)
		})
	}
	assert.Equal(t, before, e.Spec())
}

func TestAFullEditionSurvivesItsOwnJSON(t *testing.T) {
	first := full(t)
	var second competition.Edition
	require.NoError(t, second.UnmarshalJSON(must(first.MarshalJSON())))
	assert.Equal(t, first, second)
	assert.Equal(t, 2, second.Industries().Len())
	assert.Len(t, second.Indicators(), 6)
	assert.Equal(t, competition.EditionSpec{}, competition.Edition{}.Spec())
}

func TestARoundTellsWhateverItAsksFor(t *testing.T) {
	e := full(t)
	off := altered(t, func(s *competition.EditionSpec) {
		s.Awards[0].Rounds = []competition.Round{{Key: "spot", Title: "抽查与终评相差不超过3分", Off: union.MustParseInterval("[-3,3]")}}
	})
	c := candidate(1)
	c.Rounds = map[string]union.Number{"spot": union.Whole(93)}
	assert.Equal(t, "met", standings(judged(t, off, c, "2010-12-31"))["rounds.spot.off"])
	unknown := worthy(1)
	unknown.Rounds = nil
	made := standings(judged(t, e, unknown, "2010-12-31"))
	assert.Equal(t, []string{"unknown", "unknown", "unknown"}, []string{made["rounds.self"], made["rounds.self.off"], made["rounds.spot"]})
}

func TestATariffCountsTheYearsItSays(t *testing.T) {
	spec := scheme(t).Spec()
	made, err := assessment.NewScheme(spec)
	require.NoError(t, err)
	e := altered(t, func(s *competition.EditionSpec) {
		s.Awards[0].Tariffs = []competition.Tariff{{
			Item: "organisation", Title: "荣誉与事故", Take: competition.Sum, Years: 2,
			Incidents: []competition.TariffLine{{Kind: "wages", Points: union.Whole(8)}},
			Honours:   []competition.TariffLine{{Kind: "county-winner", Points: union.Whole(1)}},
		}}
	})
	for name, row := range map[string]struct {
		years []int
		on    string
		want  string
	}{
		"the edition's own year is the last": {[]int{2010}, "2010-12-31", "57"},
		"of two years the other":             {[]int{2009}, "2010-12-31", "57"},
		"and none before":                    {[]int{2008}, "2010-12-31", "56"},
		"nor after":                          {[]int{2011}, "2011-12-31", "56"},
		"nor after the day":                  {[]int{2010, 2009}, "2009-12-31", "57"},
	} {
		c := candidate(1)
		c.Marks, c.Honours = map[string]union.Number{"safety": union.Whole(56)}, nil
		for _, year := range row.years {
			c.Honours = append(c.Honours, competition.Honour{Kind: "county-winner", Year: year})
		}
		r, err := e.Recommend(made, competition.Applications{Award: "city", Candidates: []competition.Candidate{c}}, everybody(t, e, 3), day(row.on))
		require.NoError(t, err, name)
		assert.Equal(t, row.want, r.Places[0].Total.String(), name)
	}
	for name, row := range map[string]struct{ happened, want string }{
		"on the window's first day": {"2010-01-01", "64"},
		"the day before it":         {"2009-12-31", "56"},
		"on the day itself":         {"2010-06-30", "64"},
		"the day after":             {"2010-07-01", "56"},
	} {
		c := candidate(1)
		c.Marks, c.Honours = map[string]union.Number{"safety": union.Whole(56)}, nil
		c.Incidents = []competition.Incident{{Kind: "wages", On: day(row.happened)}}
		r, err := e.Recommend(made, competition.Applications{Award: "city", Candidates: []competition.Candidate{c}}, everybody(t, e, 3), day("2010-06-30"))
		require.NoError(t, err, name)
		assert.Equal(t, row.want, r.Places[0].Total.String(), name)
	}
}

// Whoever needs an honour of a circle depends on nothing of its own, and nor does an
// award of no honour.
func TestACircleOfHonoursIsToldWhereItIs(t *testing.T) {
	spec := edition(t).Spec()
	spec.Honours.Terms = append(spec.Honours.Terms, union.Term{Key: "province", Title: "省级优胜单位"}, union.Term{Key: "nation", Title: "国家级优胜单位"})
	award := spec.Awards[0]
	for name, row := range map[string]struct {
		needs [][2]string
		want  []string
	}{
		"one of three": {
			[][2]string{{"nation", "province"}, {"province", "city-advanced"}, {"city-advanced", "county-winner"}, {"county-winner", "province"}},
			[]string{
				"awards[1].prior.honour: province needs city-advanced needs county-winner needs province",
				"awards[2].prior.honour: city-advanced needs county-winner needs province needs city-advanced",
				"awards[3].prior.honour: county-winner needs province needs city-advanced needs county-winner",
			}},
		"two of two": {
			[][2]string{{"nation", "province"}, {"province", "nation"}, {"city-advanced", "county-winner"}, {"county-winner", "city-advanced"}},
			[]string{
				"awards[0].prior.honour: nation needs province needs nation",
				"awards[1].prior.honour: province needs nation needs province",
				"awards[2].prior.honour: city-advanced needs county-winner needs city-advanced",
				"awards[3].prior.honour: county-winner needs city-advanced needs county-winner",
			}},
		"none": {[][2]string{{"", "province"}, {"province", "nation"}}, nil},
	} {
		spec.Awards = nil
		for _, pair := range row.needs {
			prior := *award.Prior
			prior.Honour = pair[1]
			made := award
			made.Key, made.Honour, made.Prior = "for-"+pair[0], pair[0], &prior
			spec.Awards = append(spec.Awards, made)
		}
		_, err := competition.NewEdition(spec)
		var found []string
		for _, fault := range union.Faults(err) {
			if errors.Is(fault, union.ErrOrder) {
				found = append(found, fault.Where+": "+fault.Got)
			}
		}
		assert.Equal(t, row.want, found, name)
	}
}
