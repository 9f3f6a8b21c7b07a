package competition_test

import (
	"fmt"
	"slices"
	"strconv"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/competition"
	"github.com/unioncampaign/union/internal/laws"
)

// yearly returns the test edition of each year from one to another, which gives the
// county's title and, to those who had that within three years, the city's, not
// within two years.
func yearly(t testing.TB, from, until int) []competition.Edition {
	t.Helper()
	var editions []competition.Edition
	for year := from; year <= until; year++ {
		editions = append(editions, altered(t, func(s *competition.EditionSpec) {
			text := strconv.Itoa(year)
			s.Version, s.Year, s.Window = text, year, union.MustParsePeriod(text+"-01-01/"+text+"-12-31")
			county := s.Awards[0]
			county.Key, county.Title, county.Honour = "county", "县级优胜单位", "county-winner"
			county.Prior, county.CoolOff, county.Quota.Contest = nil, nil, 1
			s.Awards = append(s.Awards, county)
			s.Removals = []competition.RemovalKind{
				{Key: "ordered", Title: "责令摘牌", Void: true}, {Key: "automatic", Title: "自动摘牌"}, {Key: "natural", Title: "自然摘牌"},
			}
			s.Conversions = []competition.Conversion{
				{Key: "first", Title: "竞赛第一名授予县级优胜单位", Contest: "skills", Ranks: union.MustParseInterval("[1,1]"), Award: "county"},
			}
		}))
	}
	return editions
}

// given returns a grant to the nth firm, decided at the end of the year.
func given(award string, firm, year int) competition.Grant {
	text := strconv.Itoa(year)
	return competition.Grant{
		ID: award + "-" + strconv.Itoa(firm) + "-" + text, Edition: "ankang-cup", Version: text, Award: award,
		Firm: code(firm), On: day(text + "-12-30"),
	}
}

func roll(t testing.TB, editions []competition.Edition, grants ...competition.Grant) competition.Roll {
	t.Helper()
	r, err := competition.NewRoll(editions...)
	require.NoError(t, err)
	for _, grant := range grants {
		require.NoError(t, r.Grant(grant))
	}
	return r
}

// stands returns how every grant stands on a day, by its ID.
func stands(r competition.Roll, on string) map[string]string {
	made := map[string]string{}
	for _, held := range r.On(day(on)) {
		made[held.Grant.ID] = held.Verdict.Standing.String()
	}
	return made
}

func TestRemovingATitleTakesWithItWhatNeededIt(t *testing.T) {
	editions := yearly(t, 2007, 2010)
	r := roll(t, editions, given("county", 1, 2007), given("city", 1, 2008), given("city", 1, 2010), given("county", 2, 2008), given("city", 2, 2009))
	assert.Equal(t, map[string]string{
		"county-1-2007": "met", "city-1-2008": "met", "city-1-2010": "met", "county-2-2008": "met", "city-2-2009": "met",
	}, stands(r, "2010-12-31"))
	fraud := competition.Removal{ID: "r1", Grant: "county-1-2007", Kind: "ordered", On: day("2011-03-01"), Reason: "弄虚作假"}
	require.NoError(t, r.Remove(fraud))
	require.NoError(t, r.Remove(fraud), "the same again changes nothing")
	assert.Equal(t, "met", stands(r, "2011-02-28")["city-1-2008"], "it is not known before its day")
	assert.Equal(t, map[string]string{
		"county-1-2007": "unmet", "city-1-2008": "unmet", "city-1-2010": "unmet", "county-2-2008": "met", "city-2-2009": "met",
	}, stands(r, "2011-03-01"))
	history := r.History(code(1), day("2011-03-01"))
	require.Len(t, history, 3)
	assert.Equal(t, "ordered", history[0].Removed)
	assert.Equal(t, day("2011-03-01"), history[0].Since)
	assert.Equal(t, "prior", history[1].Verdict.Failed()[0].Where)
	assert.Empty(t, r.Honours(code(1), "", day("2011-03-01")))
	assert.Equal(t, []competition.Honour{{Kind: "county-winner", Year: 2008}, {Kind: "city-advanced", Year: 2009}}, r.Honours(code(2), "", day("2011-03-01")))
}

func TestATitleThatWasNotRightlyGivenKeepsNoOtherAway(t *testing.T) {
	r := roll(t, yearly(t, 2007, 2009), given("city", 1, 2008), given("county", 1, 2008), given("city", 1, 2009))
	assert.Equal(t, map[string]string{"city-1-2008": "unmet", "county-1-2008": "met", "city-1-2009": "met"}, stands(r, "2009-12-31"))
}

func TestATitleThatEndsWasHeldUntilThen(t *testing.T) {
	editions := yearly(t, 2007, 2010)
	r := roll(t, editions, given("county", 1, 2007), given("city", 1, 2008), given("city", 1, 2010))
	require.NoError(t, r.Remove(competition.Removal{ID: "r1", Grant: "county-1-2007", Kind: "natural", On: day("2009-06-30")}))
	assert.Equal(t, map[string]string{"county-1-2007": "unmet", "city-1-2008": "met", "city-1-2010": "unmet"}, stands(r, "2010-12-31"),
		"2008 was decided while it was held, 2010 after it had ended")
	honours := r.Honours(code(1), "", day("2010-12-31"))
	assert.Equal(t, day("2009-06-30"), honours[0].Lost)
}

func TestTitlesOfAFirmCountForItsParts(t *testing.T) {
	editions := yearly(t, 2007, 2008)
	spec := editions[1].Spec()
	spec.Awards[0].Prior.OfFirm, spec.Awards[0].For = true, []string{"team"}
	ofTeams, err := competition.NewEdition(spec)
	require.NoError(t, err)
	team, other := given("city", 1, 2008), given("city", 2, 2008)
	team.Part, other.Part = "first", "first"
	r := roll(t, []competition.Edition{editions[0], ofTeams}, given("county", 1, 2007), team, other)
	assert.Equal(t, map[string]string{"county-1-2007": "met", "city-1-2008": "met", "city-2-2008": "unmet"}, stands(r, "2008-12-31"))
	assert.Equal(t, []competition.Honour{{Kind: "county-winner", Year: 2007, OfFirm: true}, {Kind: "city-advanced", Year: 2008}},
		r.Honours(code(1), "first", day("2008-12-31")))
}

func TestATitleThatComesOfAContestAsksForNoEarlierOne(t *testing.T) {
	editions := yearly(t, 2008, 2008)
	spec := editions[0].Spec()
	spec.Conversions[0].Award, spec.Awards[0].Quota.Contest = "city", 1
	e, err := competition.NewEdition(spec)
	require.NoError(t, err)
	grants, found, err := e.Convert([]competition.ContestResult{
		{ID: "a", Contest: "skills", Firm: code(1), Rank: 1, On: day("2008-12-01")},
		{ID: "b", Contest: "skills", Firm: code(2), Rank: 2, On: day("2008-12-01")},
		{ID: "c", Contest: "other", Firm: code(3), Rank: 1, On: day("2008-12-01")},
	})
	require.NoError(t, err)
	assert.Empty(t, found)
	require.Len(t, grants, 1)
	assert.Equal(t, map[string]string{"a/first": "met"}, stands(roll(t, []competition.Edition{e}, grants...), "2008-12-31"))
	_, found, err = e.Convert([]competition.ContestResult{
		{ID: "a", Contest: "skills", Firm: code(1), Rank: 1, On: day("2008-12-01")},
		{ID: "b", Contest: "skills", Firm: code(2), Rank: 1, On: day("2008-12-01")},
	})
	require.NoError(t, err)
	assert.Equal(t, []union.Finding{{Where: "awards.city", Rule: "no more titles than places kept for contests", Got: "2", Want: "at most 1"}}, found)
	for name, row := range map[string]struct {
		change   func(*competition.ContestResult)
		sentinel error
	}{
		"no ID":      {func(r *competition.ContestResult) { r.ID = "" }, union.ErrMissing},
		"no contest": {func(r *competition.ContestResult) { r.Contest = "" }, union.ErrMissing},
		"no firm":    {func(r *competition.ContestResult) { r.Firm = union.CreditCode{} }, union.ErrMissing},
		"no day":     {func(r *competition.ContestResult) { r.On = union.Date{} }, union.ErrMissing},
		"no rank":    {func(r *competition.ContestResult) { r.Rank = 0 }, union.ErrMissing},
		"rank below": {func(r *competition.ContestResult) { r.Rank = -1 }, union.ErrRange},
	} {
		result := competition.ContestResult{ID: "a", Contest: "skills", Firm: code(1), Rank: 1, On: day("2008-12-01")}
		row.change(&result)
		_, _, err := e.Convert([]competition.ContestResult{result})
		require.ErrorIs(t, err, row.sentinel, name)
	}
	twice := competition.ContestResult{ID: "a", Contest: "skills", Firm: code(1), Rank: 1, On: day("2008-12-01")}
	_, _, err = e.Convert([]competition.ContestResult{twice, twice})
	require.ErrorIs(t, err, union.ErrRepeated)
}

func TestARollRefusesTheFirstFaultAndStaysAsItWas(t *testing.T) {
	editions := yearly(t, 2007, 2008)
	_, err := competition.NewRoll(editions[0], editions[0])
	require.ErrorIs(t, err, union.ErrRepeated)
	_, err = competition.NewRoll(competition.Edition{})
	require.ErrorIs(t, err, union.ErrMissing)
	require.ErrorIs(t, new(competition.Roll).Grant(given("city", 1, 2008)), union.ErrUnknown)
	require.ErrorIs(t, new(competition.Roll).Remove(competition.Removal{ID: "x", Grant: "y", On: day("2008-01-01")}), union.ErrUnknown)
	r := roll(t, editions, given("county", 1, 2007))
	before := stands(r, "2008-12-31")
	for name, row := range map[string]struct {
		change   func(*competition.Grant)
		sentinel error
	}{
		"no ID":               {func(g *competition.Grant) { g.ID = "" }, union.ErrMissing},
		"no firm":             {func(g *competition.Grant) { g.Firm = union.CreditCode{} }, union.ErrMissing},
		"no day":              {func(g *competition.Grant) { g.On = union.Date{} }, union.ErrMissing},
		"an unknown edition":  {func(g *competition.Grant) { g.Version = "1999" }, union.ErrUnknown},
		"an unknown award":    {func(g *competition.Grant) { g.Award = "nation" }, union.ErrUnknown},
		"an unknown way":      {func(g *competition.Grant) { g.Conversion = "second" }, union.ErrUnknown},
		"the ID with another": {func(g *competition.Grant) { g.ID = "county-1-2007" }, union.ErrRepeated},
	} {
		grant := given("county", 2, 2008)
		row.change(&grant)
		require.ErrorIs(t, r.Grant(grant), row.sentinel, name)
	}
	require.NoError(t, r.Remove(competition.Removal{ID: "r1", Grant: "county-1-2007", Kind: "natural", On: day("2010-01-01")}))
	for name, row := range map[string]struct {
		change   func(*competition.Removal)
		sentinel error
	}{
		"no ID":               {func(x *competition.Removal) { x.ID = "" }, union.ErrMissing},
		"no day":              {func(x *competition.Removal) { x.On = union.Date{} }, union.ErrMissing},
		"an unknown grant":    {func(x *competition.Removal) { x.Grant = "city-9-2009" }, union.ErrUnknown},
		"an unknown kind":     {func(x *competition.Removal) { x.Kind = "lost" }, union.ErrUnknown},
		"before the grant":    {func(x *competition.Removal) { x.On = day("2007-12-29") }, union.ErrOrder},
		"the ID with another": {func(x *competition.Removal) { x.ID = "r1" }, union.ErrRepeated},
		"a grant twice":       {func(*competition.Removal) {}, union.ErrRepeated},
	} {
		removal := competition.Removal{ID: "r2", Grant: "county-1-2007", Kind: "natural", On: day("2011-01-01")}
		row.change(&removal)
		require.ErrorIs(t, r.Remove(removal), row.sentinel, name)
	}
	assert.Equal(t, before, stands(r, "2008-12-31"))
}

// drawGrants draws titles of two firms over some years, each at most once.
func drawGrants(r *rapid.T) []competition.Grant {
	var list []competition.Grant
	for _, award := range []string{"county", "city"} {
		for firm := 1; firm <= 2; firm++ {
			for year := 2003; year <= 2010; year++ {
				if rapid.Bool().Draw(r, fmt.Sprint(award, firm, year)) {
					list = append(list, given(award, firm, year))
				}
			}
		}
	}
	return list
}

// replays: with a title removed as void, the others stand as they would if it had
// never been given.
func replays(judge func(grants []competition.Grant, void string) map[string]string) laws.Law {
	return func(r *rapid.T) error {
		grants := drawGrants(r)
		if len(grants) == 0 {
			return nil
		}
		void := rapid.SampledFrom(grants).Draw(r, "void").ID
		with := judge(grants, void)
		delete(with, void)
		without := judge(slices.DeleteFunc(slices.Clone(grants), func(g competition.Grant) bool { return g.ID == void }), "")
		if !assert.ObjectsAreEqual(without, with) {
			return fmt.Errorf("%s removed: %v, never given: %v", void, with, without)
		}
		return nil
	}
}

func TestARemovedTitleIsAsIfItHadNeverBeenGiven(t *testing.T) {
	editions := yearly(t, 2003, 2010)
	judge := func(grants []competition.Grant, void string) map[string]string {
		r := roll(t, editions, grants...)
		if void != "" {
			require.NoError(t, r.Remove(competition.Removal{ID: "r", Grant: void, Kind: "ordered", On: day("2011-01-01")}))
		}
		return stands(r, "2011-12-31")
	}
	laws.Holds(t, replays(judge))
	// The twin keeps what it had judged before the removal.
	laws.Rejects(t, replays(func(grants []competition.Grant, _ string) map[string]string { return judge(grants, "") }))
}

// coolsOffInTheRoll: whatever the order in which grants are entered, the roll is the
// same, and no two titles of one kind that stand are fewer than two years apart.
func coolsOffInTheRoll(enter func(grants []competition.Grant) map[string]string) laws.Law {
	return func(r *rapid.T) error {
		grants := drawGrants(r)
		shuffled := rapid.Permutation(grants).Draw(r, "order")
		standing := enter(shuffled)
		if again := enter(grants); !assert.ObjectsAreEqual(standing, again) {
			return fmt.Errorf("entered in another order: %v and %v", standing, again)
		}
		for _, grant := range grants {
			next := grant
			next.Version = strconv.Itoa(grant.On.Year() + 1)
			if grant.Award == "city" && standing[grant.ID] == "met" && standing[given("city", firmOf(grant), grant.On.Year()+1).ID] == "met" {
				return fmt.Errorf("two titles a year apart: %v", standing)
			}
		}
		return nil
	}
}

func firmOf(g competition.Grant) int {
	if g.Firm == code(1) {
		return 1
	}
	return 2
}

func TestNoTitleComesTooSoonInTheRoll(t *testing.T) {
	editions := yearly(t, 2003, 2010)
	laws.Holds(t, coolsOffInTheRoll(func(grants []competition.Grant) map[string]string {
		r := roll(t, editions, grants...)
		for _, grant := range grants { // the same again changes nothing
			require.NoError(t, r.Grant(grant))
		}
		return stands(r, "2011-12-31")
	}))
	laws.Rejects(t, coolsOffInTheRoll(func(grants []competition.Grant) map[string]string {
		all := map[string]string{}
		for _, grant := range grants {
			all[grant.ID] = "met"
		}
		return all
	}))
}

func TestADecisionBeforeItsYearCountsAsOneOfThatYear(t *testing.T) {
	early := func(id string) competition.Grant {
		g := given("city", 1, 2010)
		g.ID, g.On = id, day("2009-12-20")
		return g
	}
	r := roll(t, yearly(t, 2008, 2010), given("county", 1, 2008), early("a"), early("b"))
	made := stands(r, "2010-12-31")
	assert.Equal(t, "met", made["a"])
	assert.Equal(t, "unmet", made["b"], "the title of the same year bars it")
}

func TestAResultIsGrantedByEveryConversionThatHolds(t *testing.T) {
	e := altered(t, func(s *competition.EditionSpec) {
		s.Awards[0].Quota = competition.Quota{Total: 3, Contest: 2}
		rule := func(key, contest, ranks string) competition.Conversion {
			return competition.Conversion{Key: key, Title: key, Contest: contest, Ranks: union.MustParseInterval(ranks), Award: "city"}
		}
		s.Conversions = []competition.Conversion{rule("other", "safety", "[1,1]"), rule("first", "skills", "[1,1]"), rule("three", "skills", "[1,3]")}
	})
	grants, found, err := e.Convert([]competition.ContestResult{
		{ID: "a", Contest: "skills", Firm: code(1), Rank: 1, On: day("2010-06-01")},
		{ID: "b", Contest: "skills", Firm: code(2), Rank: 3, On: day("2010-06-01")},
		{ID: "c", Contest: "skills", Firm: code(3), Rank: 4, On: day("2010-06-01")},
	})
	require.NoError(t, err)
	assert.Empty(t, found)
	var ids []string
	for _, grant := range grants {
		ids = append(ids, grant.ID)
	}
	assert.Equal(t, []string{"a/first", "b/three"}, ids)
}
