package competition_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/competition"
)

func said(indicator string, year int, over competition.Span, count string) competition.Stated {
	made, err := union.ParseCount(count)
	if err != nil {
		panic(err)
	}
	return competition.Stated{Indicator: indicator, Year: year, Over: over, Count: made}
}

// ten returns the turnout of ten entrants with 800 workers and 20 teams.
func ten(t testing.TB, e competition.Edition) competition.Turnout {
	t.Helper()
	r := e.Entrants()
	for n := range 10 {
		require.NoError(t, r.Add(entered(n, 1)))
	}
	turnout, _, err := e.Count(e.Population(), r)
	require.NoError(t, err)
	return turnout
}

func TestTargetsAreJudgedOnWhatIsCountedAndStated(t *testing.T) {
	e := withResults(t)
	const year, edition = competition.OfYear, competition.OfEdition
	for name, row := range map[string]struct {
		stated []competition.Stated
		key    string
		want   union.Standing
	}{
		"nothing stated of the year before":     {nil, "grows", union.Unknown},
		"from nine to ten is more than a tenth": {[]competition.Stated{said("entrants", 2009, edition, "9家")}, "grows", union.Met},
		"from ten to ten is none":               {[]competition.Stated{said("entrants", 2009, edition, "10家")}, "grows", union.Unmet},
		"from about nine it may be":             {[]competition.Stated{said("entrants", 2009, edition, "9家左右")}, "grows", union.Unknown},
		"from nothing there is no rate":         {[]competition.Stated{said("entrants", 2009, edition, "0家")}, "grows", union.Unknown},
		"another measure is no figure of it":    {[]competition.Stated{said("entrants", 2009, edition, "9户")}, "grows", union.Unknown},
		"nor is another time":                   {[]competition.Stated{said("entrants", 2009, competition.Cumulative, "9家")}, "grows", union.Unknown},
		"each year by itself":                   {[]competition.Stated{said("workers", 2007, edition, "500人"), said("workers", 2008, edition, "600余人"), said("workers", 2009, edition, "799人")}, "each", union.Met},
		"one year back":                         {[]competition.Stated{said("workers", 2007, edition, "500人"), said("workers", 2008, edition, "499人"), said("workers", 2009, edition, "799人")}, "each", union.Unmet},
		"a year missing":                        {[]competition.Stated{said("workers", 2008, edition, "600人"), said("workers", 2009, edition, "799人")}, "each", union.Unknown},
		"a level that is stated":                {[]competition.Stated{said("made", 2010, year, "12万件以上")}, "level", union.Met},
		"a level that it may reach":             {[]competition.Stated{said("made", 2010, year, "12万件左右")}, "level", union.Unknown},
		"a level that it does not":              {[]competition.Stated{said("made", 2010, year, "近12万件")}, "level", union.Unmet},
		"a level that is not stated":            {nil, "level", union.Unknown},
		"teams are those of the turnout":        {nil, "teams", union.Met},
		"a quotient that nobody reports":        {nil, "carried", union.Unknown},
	} {
		verdict, err := e.JudgeTargets(competition.Progress{Turnout: ten(t, e), Stated: row.stated})
		require.NoError(t, err, name)
		for _, reason := range verdict.Reasons {
			if reason.Where == "targets."+row.key {
				assert.Equal(t, row.want, reason.Standing, name+": "+reason.String())
			}
		}
	}
	verdict, err := e.JudgeTargets(competition.Progress{Results: sampleResults(t)})
	require.NoError(t, err)
	assert.Equal(t, "targets.carried: 实施率40%以上: got 2028/2500, want (0.4,)", verdict.Reasons[0].String())
	assert.Equal(t, union.Met, verdict.Reasons[0].Standing)
	assert.Equal(t, union.Unmet, verdict.Reasons[1].Standing, "3000 are counted")
	assert.Equal(t, union.Unknown, verdict.Reasons[4].Standing, "without a turnout nothing is known of teams")
}

func TestWhatIsStatedIsSetAgainstWhatWasCounted(t *testing.T) {
	e := withResults(t)
	found, err := e.CheckStated(competition.Progress{Turnout: ten(t, e), Results: sampleResults(t), Stated: []competition.Stated{
		said("entrants", 2010, competition.OfEdition, "10余家"),
		said("entrants", 2009, competition.OfEdition, "3家"),
		said("workers", 2010, competition.OfEdition, "900人"),
		said("workers", 2009, competition.OfEdition, "800人次"),
		said("made", 2010, competition.Cumulative, "3000件"),
		said("coal", 2010, competition.OfYear, "3吨"),
		said("teams.team", 2010, competition.OfEdition, "20个班组"),
		said("adopted", 2010, competition.OfYear, "不详件"),
	}})
	require.NoError(t, err)
	texts := make([]string, len(found))
	for i, each := range found {
		texts[i] = each.String()
	}
	assert.Equal(t, []string{
		"stated[2]: what is stated leaves open what was counted: got 900人, want 800人",
		"stated[3]: counts of unlike measures are not compared: got 800人次, want 人",
		"stated[4]: figures over unlike times are not compared: got cumulative, want year",
		"stated[5]: what is stated leaves open what was counted: got 3吨, want 3.42吨",
	}, texts)
	reported := e.Turnout()
	require.NoError(t, reported.Add(competition.Reported{Firms: 2, Entered: 2, Workers: 9, WorkersOfEntrants: 9, TakingPart: 5}))
	found, err = e.CheckStated(competition.Progress{Turnout: reported, Stated: []competition.Stated{said("teams.team", 2010, competition.OfEdition, "20个班组")}})
	require.NoError(t, err)
	assert.Empty(t, found, "reported counts do not tell teams")
}

func TestAStatementWithAFaultIsRefused(t *testing.T) {
	e := withResults(t)
	next := altered(t, func(s *competition.EditionSpec) { s.Version = "2011" })
	good := said("made", 2010, competition.OfYear, "3件")
	for name, row := range map[string]struct {
		progress competition.Progress
		sentinel error
	}{
		"an unknown indicator":     {competition.Progress{Stated: []competition.Stated{said("oil", 2010, competition.OfYear, "3件")}}, union.ErrUnknown},
		"no year":                  {competition.Progress{Stated: []competition.Stated{said("made", 0, competition.OfYear, "3件")}}, union.ErrMissing},
		"no time":                  {competition.Progress{Stated: []competition.Stated{said("made", 2010, 0, "3件")}}, union.ErrMissing},
		"a time that is none":      {competition.Progress{Stated: []competition.Stated{said("made", 2010, 9, "3件")}}, union.ErrUnknown},
		"a figure twice":           {competition.Progress{Stated: []competition.Stated{good, good}}, union.ErrRepeated},
		"a turnout of another one": {competition.Progress{Turnout: next.Turnout()}, union.ErrRule},
		"results of another one":   {competition.Progress{Results: next.Results()}, union.ErrRule},
	} {
		_, err := e.CheckStated(row.progress)
		require.ErrorIs(t, err, row.sentinel, name)
		_, err = e.JudgeTargets(row.progress)
		require.ErrorIs(t, err, row.sentinel, name)
		_, err = e.Figures(row.progress)
		require.ErrorIs(t, err, row.sentinel, name)
	}
}

func TestATargetOfGrowthReachesFigures(t *testing.T) {
	grows := competition.Target{Growth: &competition.GrowthOf{Indicator: "made", Years: 5}, In: union.MustParseInterval("[0.06,0.1)")}
	reach, err := grows.Reach(union.Whole(95000))
	require.NoError(t, err)
	// 95,000 × 1.06⁵ and × 1.1⁵, by hand.
	assert.Equal(t, "[127131.429872,152998.45)", reach.String())
	for name, row := range map[string]struct {
		target   competition.Target
		before   int64
		sentinel error
	}{
		"no growth":       {competition.Target{}, 1, union.ErrMissing},
		"from nothing":    {grows, 0, union.ErrRange},
		"over no years":   {competition.Target{Growth: &competition.GrowthOf{}}, 1, union.ErrRange},
		"over a thousand": {competition.Target{Growth: &competition.GrowthOf{Years: 1000}}, 1, union.ErrRange},
	} {
		_, err := row.target.Reach(union.Whole(row.before))
		require.ErrorIs(t, err, row.sentinel, name)
	}
}

func TestNamedValuesAreReadAndWritten(t *testing.T) {
	for text, span := range map[string]competition.Span{"year": competition.OfYear, "edition": competition.OfEdition, "cumulative": competition.Cumulative} {
		var read competition.Span
		require.NoError(t, read.UnmarshalText([]byte(text)))
		assert.Equal(t, span, read)
		assert.Equal(t, text, string(must(span.MarshalText())))
	}
	for text, take := range map[string]competition.Take{"highest": competition.Highest, "sum": competition.Sum, "each kind": competition.EachKind} {
		var read competition.Take
		require.NoError(t, read.UnmarshalText([]byte(text)))
		assert.Equal(t, take, read)
		assert.Equal(t, text, string(must(take.MarshalText())))
	}
	var span competition.Span
	require.ErrorIs(t, span.UnmarshalText([]byte("month")), union.ErrUnknown)
	require.ErrorIs(t, span.UnmarshalText(nil), union.ErrUnknown)
	var take competition.Take
	require.ErrorIs(t, take.UnmarshalText([]byte("mean")), union.ErrUnknown)
	_, err := competition.Span(0).MarshalText()
	require.ErrorIs(t, err, union.ErrUnknown)
	_, err = competition.Take(9).MarshalText()
	require.ErrorIs(t, err, union.ErrUnknown)
	assert.Equal(t, "Span(7)", competition.Span(7).String())
	assert.Equal(t, "Take(7)", competition.Take(7).String())
}

func TestGrowthIsToldYearByYear(t *testing.T) {
	e := withResults(t)
	const edition = competition.OfEdition
	got := func(stated ...competition.Stated) string {
		verdict, err := e.JudgeTargets(competition.Progress{Turnout: ten(t, e), Stated: stated})
		require.NoError(t, err)
		return verdict.Reasons[3].Got
	}
	assert.Equal(t, "2007年500人，2008年600人；2008年600人，2009年799人；2009年799人，2010年800人",
		got(said("workers", 2007, edition, "500人"), said("workers", 2008, edition, "600人"), said("workers", 2009, edition, "799人")))
	assert.Equal(t, "2008年600人，2009年799人；2009年799人，2010年800人",
		got(said("workers", 2008, edition, "600人"), said("workers", 2009, edition, "799人")), "what is not known is left out")
	assert.Equal(t, "2007年500人，2008年600人",
		got(said("workers", 2007, edition, "500人"), said("workers", 2008, edition, "600人")))
	_, err := e.CheckStated(competition.Progress{Stated: []competition.Stated{said("made", 1, competition.OfYear, "3件")}})
	require.NoError(t, err, "the first year is a year")
}

func TestAValuePastTheLastIsNone(t *testing.T) {
	span, take := competition.Cumulative+1, competition.EachKind+1
	assert.Equal(t, "Span(4)", span.String())
	assert.Equal(t, "Take(4)", take.String())
	_, err := span.MarshalText()
	require.ErrorIs(t, err, union.ErrUnknown)
	_, err = take.MarshalText()
	require.ErrorIs(t, err, union.ErrUnknown)
	_, err = withResults(t).CheckStated(competition.Progress{Stated: []competition.Stated{said("made", 2010, span, "3件")}})
	require.ErrorIs(t, err, union.ErrUnknown)
	for name, row := range map[string]struct {
		change func(*competition.EditionSpec)
		where  string
	}{
		"a time past the last": {func(s *competition.EditionSpec) {
			s.Indicators = []competition.Indicator{{Key: "made", Title: "t", Measure: "件", Over: span}}
		}, "indicators[0].over"},
		"ten places": {func(s *competition.EditionSpec) {
			s.Indicators = []competition.Indicator{{Key: "made", Title: "t", Measure: "件", Over: competition.OfYear, Places: 10}}
		}, "indicators[0].places"},
		"a take past the last": {func(s *competition.EditionSpec) {
			s.Awards[0].Tariffs = []competition.Tariff{{Item: "safety", Title: "t", Take: take, Honours: []competition.TariffLine{{Kind: "county-winner"}}}}
		}, "awards[0].tariffs[0].take"},
	} {
		spec := edition(t).Spec()
		row.change(&spec)
		_, err := competition.NewEdition(spec)
		require.Error(t, err, name)
		assert.Equal(t, row.where, union.Faults(err)[0].Where, name)
	}
	altered(t, func(s *competition.EditionSpec) { // the last of each is one
		s.Indicators = []competition.Indicator{{Key: "made", Title: "t", Measure: "件", Over: competition.Cumulative, Places: 9}}
		s.Targets = append(s.Targets, competition.Target{
			Key: "long", Title: "t", In: union.AtLeast(union.Number{}), Growth: &competition.GrowthOf{Indicator: "made", Years: 100},
		})
		s.Awards[0].Quota.Shortlist = &competition.Shortlist{Title: "t", Times: union.Whole(1), Mode: union.Up}
	})
	for _, years := range []int{1, 100} {
		grows := competition.Target{Growth: &competition.GrowthOf{Years: years}, In: union.AtLeast(union.Number{})}
		reach, err := grows.Reach(union.Whole(7))
		require.NoError(t, err)
		assert.Equal(t, "[7,)", reach.String())
	}
}
