package competition_test

import (
	"fmt"
	"slices"
	"strconv"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/assessment"
	"github.com/unioncampaign/union/competition"
	"github.com/unioncampaign/union/internal/laws"
	"pgregory.net/rapid"
)

// judged returns the verdict on a candidate whom the test scheme scores, and who
// entered on 1 March 2010.
func judged(t testing.TB, e competition.Edition, c competition.Candidate, on string) union.Verdict {
	t.Helper()
	r, err := e.Recommend(scheme(t), competition.Applications{Award: "city", Candidates: []competition.Candidate{c}}, entrants(t, e, entered(1, 1)), day(on))
	require.NoError(t, err)
	verdict, err := e.Judge("city", c, r.Places[0].Score, entrants(t, e, entered(1, 1)), day(on))
	require.NoError(t, err)
	assert.Equal(t, verdict.Holds(), r.Places[0].Eligible)
	return verdict
}

func standings(v union.Verdict) map[string]string {
	list := map[string]string{}
	for _, reason := range v.Reasons {
		list[reason.Where] = reason.Standing.String()
	}
	return list
}

func TestACandidateIsJudgedWithEveryReason(t *testing.T) {
	verdict := judged(t, edition(t), candidate(1), "2010-12-31")
	assert.True(t, verdict.Holds())
	assert.Equal(t, "市级“安康杯”竞赛先进单位：示例1有限公司 2010-12-31", verdict.Question)
	reasons := make([]string, 0, len(verdict.Reasons))
	for _, reason := range verdict.Reasons {
		reasons = append(reasons, reason.Standing.String()+" "+reason.String())
	}
	assert.Equal(t, []string{
		"met entered: 已报名参赛: got 2010-03-01",
		"met scorecard: 评分表",
		"met threshold: 总分95分以上: got 96, want [95,)",
		"met sections.organisation: 组织领导不低于满分的80%: got 38, want at least 32",
		"met sections.safety: 安全管理不低于满分的80%: got 58, want at least 48",
		"met vetoes.injury: 三年内无重伤以上事故",
		"met vetoes.wages: 当年无拖欠工资",
		"met vetoes.death: 当年无死亡事故",
		"met prior: 曾获县级优胜单位: got 2009, want from 2007 to 2009",
		"met cool_off: 两年内未获市级先进单位: want none within 2 years of 2010",
	}, reasons)
}

func TestAReasonTurnsAtItsBound(t *testing.T) {
	marks := func(organisation, safety string) func(*competition.Candidate) {
		return func(c *competition.Candidate) {
			c.Marks = map[string]union.Number{"organisation": number(organisation), "safety": number(safety)}
		}
	}
	incident := func(kind, on string) func(*competition.Candidate) {
		return func(c *competition.Candidate) {
			c.Incidents = append(c.Incidents, competition.Incident{Kind: kind, On: day(on)})
		}
	}
	honours := func(kind string, years ...int) func(*competition.Candidate) {
		return func(c *competition.Candidate) {
			c.Honours = slices.DeleteFunc(c.Honours, func(h competition.Honour) bool { return h.Kind == kind })
			for _, year := range years {
				c.Honours = append(c.Honours, competition.Honour{Kind: kind, Year: year})
			}
		}
	}
	on := "2010-12-31"
	for _, row := range []struct {
		name   string
		change func(*competition.Candidate)
		on     string
		failed map[string]string // what is not met; nothing: eligible
	}{
		{"exactly the threshold is enough", marks("37", "58"), on, nil},
		{"a hundredth below the threshold is not", marks("37", "57.99"), on, map[string]string{"threshold": "unmet"}},
		{"a section exactly at its share is enough", marks("35", "60"), on, nil},
		{"a section at 32 of 40 is enough, and only the total is short", marks("32", "60"), on, map[string]string{"threshold": "unmet"}},
		{"a section just below its share is not", marks("31.9", "60"), on, map[string]string{"threshold": "unmet", "sections.organisation": "unmet"}},
		{"the last day of a three-year bar", incident("injury", "2008-01-01"), "2010-12-31", map[string]string{"vetoes.injury": "unmet"}},
		{"the first day after a three-year bar", incident("injury", "2007-12-31"), "2010-12-31", nil},
		{"an incident on the day itself bars", incident("injury", on), on, map[string]string{"vetoes.injury": "unmet"}},
		{"an incident after the day is not known", incident("injury", "2010-12-31"), "2010-12-30", nil},
		{"a bar from 29 February ends on 28 February", incident("injury", "2008-02-29"), "2011-02-28", nil},
		{"and holds on the day before", incident("injury", "2008-02-29"), "2011-02-27", map[string]string{"vetoes.injury": "unmet"}},
		{"wages owed in the window", incident("wages", "2010-01-01"), on, map[string]string{"vetoes.wages": "unmet"}},
		{"wages owed before the window", incident("wages", "2009-12-31"), on, nil},
		{"a death in the window makes the total nothing", incident("death", "2010-06-01"), on, map[string]string{"threshold": "unmet", "vetoes.death": "unmet"}},
		{"a death before the window", incident("death", "2009-06-01"), on, nil},
		{"no title before", honours("county-winner"), on, map[string]string{"prior": "unmet"}},
		{"a title of the same year is not before", honours("county-winner", 2010), on, map[string]string{"prior": "unmet"}},
		{"a title three years before", honours("county-winner", 2007), on, nil},
		{"a title four years before", honours("county-winner", 2006), on, map[string]string{"prior": "unmet"}},
		{"the award the year before", honours("city-advanced", 2009), on, map[string]string{"cool_off": "unmet"}},
		{"the award two years before", honours("city-advanced", 2008), on, nil},
		{"the award the year before among older ones", honours("city-advanced", 2005, 2009, 2007), on, map[string]string{"cool_off": "unmet"}},
		{"the award of a later year is not known", honours("city-advanced", 2011), on, nil},
		{"but is on a day of that year", honours("city-advanced", 2011), "2011-03-01", map[string]string{"cool_off": "unmet"}},
		{"a title that was not yet given on the day", func(*competition.Candidate) {}, "2008-12-31", map[string]string{"entered": "unmet", "prior": "unmet"}},
		{"judged before the entry", func(*competition.Candidate) {}, "2010-02-28", map[string]string{"entered": "unmet"}},
		{"a section that does not apply", func(c *competition.Candidate) {
			c.Marks, c.NotApplicable = map[string]union.Number{"safety": number("60")}, map[string]string{"organisation": "无"}
		}, on, map[string]string{"threshold": "unmet", "sections.organisation": "unknown"}},
	} {
		t.Run(row.name, func(t *testing.T) {
			c := candidate(1)
			row.change(&c)
			e := edition(t)
			verdict := judgedBy(t, e, c, row.on)
			failed := map[string]string{}
			for where, stands := range standings(verdict) {
				if stands != "met" {
					failed[where] = stands
				}
			}
			if row.failed == nil {
				row.failed = map[string]string{}
			}
			assert.Equal(t, row.failed, failed)
			assert.Equal(t, len(failed) == 0, verdict.Holds())
			assert.Len(t, verdict.Reasons, 10, "every reason is told, met or not")
		})
	}
}

// judgedBy judges by a score made by hand: the sum of the marks.
func judgedBy(t testing.TB, e competition.Edition, c competition.Candidate, on string) union.Verdict {
	t.Helper()
	total := union.Number{}
	for _, mark := range c.Marks {
		total = total.Add(mark)
	}
	verdict, err := e.Judge("city", c, assessment.Score{Items: c.Marks, Total: total}, entrants(t, e, entered(1, 1)), day(on))
	require.NoError(t, err)
	return verdict
}

// A score that is made by hand and judges nothing bars nobody; any other bars whom it bars.
func TestAScorecardStandsAsTheScoreSays(t *testing.T) {
	e := edition(t)
	c := candidate(1)
	for name, row := range map[string]struct {
		verdict union.Verdict
		want    string
	}{
		"no verdict":                  {union.Verdict{}, "met"},
		"met, for no reason":          {union.Verdict{Standing: union.Met}, "met"},
		"unmet, for no reason":        {union.Verdict{Standing: union.Unmet}, "unmet"},
		"a reason, but not how":       {union.Verdict{Reasons: []union.Reason{{Standing: union.Met}}}, "Standing(0)"},
		"unmet, for one of two":       {union.Judged("", union.Reason{Standing: union.Met}, union.Reason{Standing: union.Unmet}), "unmet"},
		"one of two is not yet known": {union.Judged("", union.Reason{Standing: union.Met}, union.Reason{Standing: union.Unknown}), "unknown"},
	} {
		verdict, err := e.Judge("city", c, assessment.Score{Verdict: row.verdict}, entrants(t, e, entered(1, 1)), day("2010-12-31"))
		require.NoError(t, err)
		assert.Equal(t, row.want, standings(verdict)["scorecard"], name)
	}
}

func TestATitleThatIsGivenOnceIsNeverGivenAgain(t *testing.T) {
	e := altered(t, func(s *competition.EditionSpec) {
		s.Awards[0].CoolOff.Years, s.Awards[0].CoolOff.Never = 0, true
		s.Awards[0].Prior.Within = 0
	})
	c := candidate(1)
	c.Honours = append(c.Honours, competition.Honour{Kind: "city-advanced", Year: 1998}, competition.Honour{Kind: "county-winner", Year: 1990})
	verdict := judged(t, e, c, "2010-12-31")
	assert.Equal(t, "unmet", standings(verdict)["cool_off"])
	assert.Equal(t, "met", standings(verdict)["prior"], "any year before will do")
}

func TestSeveralYearsRunningAreYearsInARow(t *testing.T) {
	for name, row := range map[string]struct {
		within, running int
		held            []int
		stands, got     string
	}{
		"as many as are asked for":        {1, 3, []int{2007, 2008, 2009}, "met", "2007–2009"},
		"one more than that":              {1, 3, []int{2006, 2007, 2008, 2009}, "met", "2006–2009"},
		"one fewer":                       {1, 3, []int{2008, 2009}, "unmet", "2008–2009"},
		"as many, with a gap":             {1, 3, []int{2006, 2007, 2009}, "unmet", "2009"},
		"in any order, one of them twice": {1, 3, []int{2009, 2007, 2009, 2008}, "met", "2007–2009"},
		"one of them twice is no third":   {1, 3, []int{2009, 2009, 2008}, "unmet", "2008–2009"},
		"a row that ended too early":      {1, 3, []int{2006, 2007, 2008}, "unmet", "2006–2008"},
		"such a row, whenever it ended":   {0, 3, []int{1999, 2000, 2001, 2009}, "met", "1999–2001"},
		"the latest of two rows":          {0, 2, []int{1999, 2000, 2005, 2006}, "met", "2005–2006"},
		"the edition's own year does not": {1, 3, []int{2008, 2009, 2010}, "unmet", "2008–2009"},
		"one is in a row of its own":      {1, 1, []int{2009}, "met", "2009"},
		"none at all":                     {0, 1, nil, "unmet", ""},
	} {
		e := altered(t, func(s *competition.EditionSpec) {
			s.Awards[0].Prior.Within, s.Awards[0].Prior.Running = row.within, row.running
		})
		c := candidate(1)
		c.Honours = nil
		for _, year := range row.held {
			c.Honours = append(c.Honours, competition.Honour{Kind: "county-winner", Year: year})
		}
		prior := judgedBy(t, e, c, "2010-12-31").Reasons[8]
		assert.Equal(t, "prior", prior.Where, name)
		assert.Equal(t, row.stands, prior.Standing.String(), name)
		assert.Equal(t, row.got, prior.Got, name)
		if row.within == 1 && row.running == 3 {
			assert.Equal(t, "3 years running, the last from 2009 to 2009", prior.Want, name)
		}
	}
}

func TestTheNearestTitleIsToldInWhateverOrderTitlesStand(t *testing.T) {
	for want, years := range map[string][]int{
		"2009": {2009, 2011}, "2011": {2011, 2008}, "2010": {2009, 2010, 2011},
	} {
		for range years {
			years = append(years[1:], years[0])
			c := candidate(1)
			for _, year := range years {
				c.Honours = append(c.Honours, competition.Honour{Kind: "city-advanced", Year: year})
			}
			reasons := judgedBy(t, edition(t), c, "2011-03-01").Reasons
			assert.Equal(t, want, reasons[len(reasons)-1].Got, "%v", years)
		}
	}
}

func TestAnAwardThatAsksForLessHasFewerReasons(t *testing.T) {
	e := altered(t, func(s *competition.EditionSpec) {
		s.Awards[0].Sections, s.Awards[0].Vetoes, s.Awards[0].Prior, s.Awards[0].CoolOff = nil, nil, nil, nil
	})
	assert.Len(t, judged(t, e, candidate(1), "2010-12-31").Reasons, 3)
}

func TestASchemesOwnVetoKeepsFromTheAward(t *testing.T) {
	spec := scheme(t).Spec()
	spec.Vetoes = []assessment.Veto{{Fact: "wages", Title: "拖欠工资", Effect: assessment.Bar}}
	strict, err := assessment.NewScheme(spec)
	require.NoError(t, err)
	e := altered(t, func(s *competition.EditionSpec) { s.Awards[0].Vetoes = nil })
	for text, want := range map[string]string{"2010-06-01": "unmet", "2009-06-01": "met", "2010-12-31": "met"} {
		c := candidate(1)
		c.Incidents = []competition.Incident{{Kind: "wages", On: day(text)}, {Kind: "wages", On: day(text)}}
		r, err := e.Recommend(strict, competition.Applications{Award: "city", Candidates: []competition.Candidate{c}}, entrants(t, e, entered(1, 1)), day("2010-12-30"))
		require.NoError(t, err)
		assert.Equal(t, want, standings(r.Places[0].Verdict)["scorecard"], text)
		if want == "unmet" {
			assert.Equal(t, "拖欠工资", r.Places[0].Verdict.Reasons[1].Got)
		}
	}
}

func TestACandidateWithAFaultIsNotJudged(t *testing.T) {
	e := edition(t)
	next := altered(t, func(s *competition.EditionSpec) { s.Version = "2011" })
	r := entrants(t, e, entered(1, 1))
	_, err := e.Judge("county", candidate(1), assessment.Score{}, r, day("2010-12-31"))
	require.ErrorIs(t, err, union.ErrUnknown)
	_, err = e.Judge("city", candidate(1), assessment.Score{}, next.Entrants(), union.Date{})
	require.ErrorIs(t, err, union.ErrRule)
	_, err = e.Judge("city", candidate(1), assessment.Score{}, r, union.Date{})
	require.ErrorIs(t, err, union.ErrMissing)
	for name, row := range map[string]struct {
		change   func(*competition.Candidate)
		sentinel error
		where    string
	}{
		"no credit code":   {func(c *competition.Candidate) { c.Firm = union.CreditCode{}; c.Title = "" }, union.ErrMissing, "firm"},
		"no title":         {func(c *competition.Candidate) { c.Title = "" }, union.ErrMissing, "title"},
		"unknown incident": {func(c *competition.Candidate) { c.Incidents = []competition.Incident{{Kind: "x"}} }, union.ErrUnknown, "incidents[0].kind"},
		"no day of it":     {func(c *competition.Candidate) { c.Incidents = []competition.Incident{{Kind: "wages"}} }, union.ErrMissing, "incidents[0].on"},
		"unknown honour":   {func(c *competition.Candidate) { c.Honours[0].Kind = "x" }, union.ErrUnknown, "honours[0].kind"},
		"no year of it":    {func(c *competition.Candidate) { c.Honours[0].Year = 0 }, union.ErrMissing, "honours[0].year"},
	} {
		c := candidate(1)
		row.change(&c)
		_, err := e.Judge("city", c, assessment.Score{}, r, day("2010-12-31"))
		require.ErrorIs(t, err, row.sentinel, name)
		assert.Equal(t, row.where, union.Faults(err)[0].Where, name)
		_, err = e.Recommend(scheme(t), competition.Applications{Award: "city", Candidates: []competition.Candidate{candidate(2), c}}, r, day("2010-12-31"))
		require.ErrorIs(t, err, row.sentinel, name)
		assert.Equal(t, "candidates[1]."+row.where, union.Faults(err)[0].Where, name)
	}
}

// vetoDominates: no score rescues a candidate whom a veto strikes, and without
// one full marks suffice.
func vetoDominates(eligible func(organisation, safety int, struck bool) bool) laws.Law {
	return func(r *rapid.T) error {
		organisation := rapid.IntRange(0, 40).Draw(r, "organisation")
		safety := rapid.IntRange(0, 60).Draw(r, "safety")
		if eligible(organisation, safety, true) {
			return fmt.Errorf("struck, and eligible with %d and %d points", organisation, safety)
		}
		if eligible(40, 60, true) {
			return fmt.Errorf("struck, and eligible with full marks")
		}
		if !eligible(40, 60, false) {
			return fmt.Errorf("not struck, full marks, and not eligible")
		}
		return nil
	}
}

func TestAVetoDominatesEveryScore(t *testing.T) {
	e := edition(t)
	for _, kind := range []string{"injury", "wages", "death"} {
		laws.Holds(t, vetoDominates(func(organisation, safety int, struck bool) bool {
			c := candidate(1)
			c.Marks = map[string]union.Number{"organisation": union.Whole(int64(organisation)), "safety": union.Whole(int64(safety))}
			if struck {
				c.Incidents = []competition.Incident{{Kind: kind, On: day("2010-06-01")}}
			}
			return judgedBy(t, e, c, "2010-12-31").Holds()
		}))
	}
	laws.Rejects(t, vetoDominates(func(organisation, safety int, struck bool) bool {
		return organisation+safety >= 95 || !struck
	}))
}

// coolsOff: whatever the order in which the years are decided, no two titles of
// a firm are fewer than the years apart, and a year that is far enough from all
// of them is granted.
func coolsOff(years int, grant func(history []int, year int) bool) laws.Law {
	return func(r *rapid.T) error {
		order := rapid.Permutation([]int{2000, 2001, 2002, 2003, 2004, 2005, 2006}).Draw(r, "order")
		var history []int
		for _, year := range order {
			near := slices.ContainsFunc(history, func(other int) bool { return other-year < years && year-other < years })
			if granted := grant(slices.Clone(history), year); granted == near {
				return fmt.Errorf("after %v the year %d: granted %t", history, year, granted)
			}
			if !near {
				history = append(history, year)
			}
		}
		return nil
	}
}

func TestATitleCoolsOffInAnyOrderOfReplay(t *testing.T) {
	const years = 2
	editions := map[int]competition.Edition{}
	for year := 2000; year <= 2006; year++ {
		editions[year] = altered(t, func(s *competition.EditionSpec) {
			text := strconv.Itoa(year)
			s.Year, s.Window = year, union.MustParsePeriod(text+"-01-01/"+text+"-12-31")
			s.Awards[0].Prior = nil
		})
	}
	laws.Holds(t, coolsOff(years, func(history []int, year int) bool {
		c := candidate(1)
		for _, each := range history {
			c.Honours = append(c.Honours, competition.Honour{Kind: "city-advanced", Year: each})
		}
		verdict, err := editions[year].Judge("city", c, assessment.Score{}, competition.Entrants{}, day("2009-12-31"))
		require.NoError(t, err)
		return standings(verdict)["cool_off"] == "met"
	}))
	// One twin looks at the last title only, the other is a year short.
	laws.Rejects(t, coolsOff(years, func(history []int, year int) bool {
		return len(history) == 0 || year-history[len(history)-1] >= years
	}))
	laws.Rejects(t, coolsOff(years, func(history []int, year int) bool {
		return !slices.ContainsFunc(history, func(other int) bool { return other-year < years-1 && year-other < years-1 })
	}))
}

func TestAPriorTitleMayBeAsLateAsTheDayOfTheJudgement(t *testing.T) {
	c := candidate(1)
	prior := func(on string) union.Reason {
		for _, reason := range judgedBy(t, edition(t), c, on).Reasons {
			if reason.Where == "prior" {
				return reason
			}
		}
		return union.Reason{}
	}
	assert.Equal(t, union.Met, prior("2009-12-31").Standing, "a title of the year in which it is judged")
	assert.Equal(t, union.Unmet, prior("2008-12-31").Standing, "one of a later year is not known")
	c.Honours[0].Year = 1
	assert.Equal(t, union.Unmet, prior("2010-12-31").Standing, "the first year is a year")
}

func TestAPriorTitleIsAskedForInWords(t *testing.T) {
	for want, row := range map[string]competition.Prior{
		"before 2010":                           {},
		"from 2007 to 2009":                     {Within: 3, Running: 1},
		"2 years running, the last before 2010": {Running: 2},
	} {
		e := altered(t, func(s *competition.EditionSpec) {
			s.Awards[0].Prior.Within, s.Awards[0].Prior.Running = row.Within, row.Running
		})
		assert.Equal(t, want, judgedBy(t, e, candidate(1), "2010-12-31").Reasons[8].Want)
	}
}
