package employment_test

import (
	"errors"
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/employment"
	"github.com/unioncampaign/union/internal/laws"
	"github.com/unioncampaign/union/internal/wire"
)

func sampleSeriesSpec() employment.SeriesSpec {
	return employment.SeriesSpec{
		Rule:      union.Rule{Key: "spring", Version: "1", Title: "春风行动", Source: "made up for the sample"},
		Days:      union.MustParsePeriod("2010-03-01/2010-06-30"),
		Rate:      union.Rounding{Mode: union.HalfUp, Places: 1},
		Tightness: union.Rounding{Mode: union.HalfUp, Places: 2},
	}
}

var theSampleSeries = must(employment.NewSeries(sampleSeriesSpec()))

// theFairs are three fairs of the series, alike but for their keys.
var theFairs = func() (fairs [3]employment.Fair) {
	for i := range fairs {
		spec := sampleSpec()
		spec.Key = fmt.Sprint("fair-", i)
		fairs[i] = must(employment.NewFair(spec))
	}
	return fairs
}()

// A held fair is one with those who came: the seekers whose bit is set.
type held struct{ fair, seekers int }

func (h held) floor() employment.Floor {
	var lot records
	for n := range 5 {
		if h.seekers>>n&1 == 1 {
			lot.registrations = append(lot.registrations, registrationOf(n), registrationOf(n))
			lot.intentions = append(lot.intentions, employment.Intention{Seeker: fmt.Sprint("s", n), Posting: "turner", Stage: "intention", Day: secondDay})
		}
	}
	return must(floorOf(theFairs[h.fair], lot))
}

// drawHeld draws which fairs were held. Who came to each follows from it, so that
// two reports of a fair agree.
func drawHeld(r *rapid.T) []held {
	return rapid.SliceOfN(rapid.Custom(func(r *rapid.T) held {
		fair := rapid.IntRange(0, 2).Draw(r, "fair")
		return held{fair: fair, seekers: []int{0b00111, 0b01110, 0b10001}[fair]}
	}), 0, 4).Draw(r, "fairs")
}

func addHeld(season *employment.Season, each held) error {
	return season.AddFair(theSampleSeries, theFairs[each.fair], each.floor())
}

func TestASeasonIsATally(t *testing.T) {
	laws.Tally[employment.Season](t, func(r *rapid.T) employment.Season {
		season := theSampleSeries.Season()
		for _, each := range drawHeld(r) {
			require.NoError(r, addHeld(&season, each))
		}
		return season
	})
	laws.Folds[employment.Season](t, theSampleSeries.Season, drawHeld, addHeld)
}

// distinctOverFairs says that whoever comes to several fairs of a series is one
// person and several person-times, and that a fair that is reported twice is one.
func distinctOverFairs(figures func([]held) (map[string]string, error)) laws.Law {
	return func(r *rapid.T) error {
		drawn := drawHeld(r)
		got, err := figures(drawn)
		if err != nil {
			return err
		}
		seen, persons, times := map[int]bool{}, 0, 0
		for _, each := range drawn {
			if !seen[each.fair] {
				seen[each.fair] = true
				persons |= each.seekers
				for n := range 5 {
					times += 2 * (each.seekers >> n & 1)
				}
			}
		}
		people := 0
		for n := range 5 {
			people += persons >> n & 1
		}
		return errors.Join(
			equal("fairs", got["employment.series.fairs"], fmt.Sprint(len(seen), "场")),
			equal("seekers", got["employment.series.seekers"], fmt.Sprint(people, "人")),
			equal("person-times", got["employment.series.seekers.person_times"], fmt.Sprint(times, "人次")),
			equal("openings", got["employment.series.openings"], fmt.Sprint(8*len(seen), "个")),
			equal("intentions", got["employment.series.intentions"], fmt.Sprint(times/2, "人次")),
			equal("intending", got["employment.series.intentions.persons"], fmt.Sprint(people, "人")),
		)
	}
}

func seasonFigures(drawn []held) (map[string]string, error) {
	season := theSampleSeries.Season()
	for _, each := range drawn {
		if err := addHeld(&season, each); err != nil {
			return nil, err
		}
	}
	return shown(theSampleSeries.Figures(season))
}

// shown are figures as text, by their keys.
func shown(figures []union.Figure, err error) (map[string]string, error) {
	said := map[string]string{}
	for _, figure := range figures {
		said[figure.Key()] = figure.String()
	}
	return said, err
}

func TestWhoComesToSeveralFairsIsOnePerson(t *testing.T) {
	laws.Holds(t, distinctOverFairs(seasonFigures))
	laws.Rejects(t, distinctOverFairs(func(drawn []held) (map[string]string, error) {
		said, err := seasonFigures(drawn)
		people := 0
		for _, each := range drawn { // persons are added up
			for n := range 5 {
				people += each.seekers >> n & 1
			}
		}
		if err == nil {
			said["employment.series.seekers"] = fmt.Sprint(people, "人")
		}
		return said, err
	}))
}

func TestASeasonHasTheRatesOfDistinctPersons(t *testing.T) {
	said := must(seasonFigures([]held{{fair: 0, seekers: 0b00111}, {fair: 1, seekers: 0b01110}}))
	assert.Equal(t, map[string]string{
		"employment.series.fairs":                "2场",
		"employment.series.employers":            "4家",
		"employment.series.openings":             "16个",
		"employment.series.seekers":              "4人",
		"employment.series.seekers.person_times": "12人次",
		"employment.series.intentions":           "6人次",
		"employment.series.intentions.persons":   "4人",
		"employment.series.signed":               "0人",
		"employment.series.rate.intention":       "100.0%",
		"employment.series.rate.signed":          "0.0%",
		"employment.series.tightness":            "4.00", // 16 ÷ 4
	}, said)
}

func TestASeasonRefusesWhatIsNotItsOwn(t *testing.T) {
	season := theSampleSeries.Season()
	require.NoError(t, addHeld(&season, held{fair: 0, seekers: 1}))
	before := must(season.AppendBinary(nil))
	for name, each := range map[string]struct {
		err  error
		want error
	}{
		"another floor":   {addHeld(&season, held{fair: 0, seekers: 3}), union.ErrRepeated},
		"another series":  {season.AddFair(employment.Series{}, theFairs[1], theFairs[1].Floor()), union.ErrRule},
		"another fair":    {season.AddFair(theSampleSeries, theFairs[1], theFairs[2].Floor()), union.ErrRule},
		"the zero Season": {new(employment.Season).AddFair(theSampleSeries, theFairs[1], theFairs[1].Floor()), union.ErrRule},
	} {
		require.ErrorIs(t, each.err, each.want, name)
	}
	late := sampleSpec()
	late.Days = union.MustParsePeriod("2010-06-30/2010-07-01")
	fair := must(employment.NewFair(late))
	require.ErrorIs(t, season.AddFair(theSampleSeries, fair, fair.Floor()), union.ErrRange)
	other := theSampleSeries.Season()
	require.NoError(t, addHeld(&other, held{fair: 0, seekers: 3}))
	require.ErrorIs(t, season.Merge(other), union.ErrRepeated)
	spec := sampleSeriesSpec()
	spec.Version = "2"
	another := must(employment.NewSeries(spec))
	require.ErrorIs(t, season.Merge(another.Season()), union.ErrRule)
	assert.Equal(t, before, must(season.AppendBinary(nil)))
	_, err := another.Figures(season)
	require.ErrorIs(t, err, union.ErrRule)
	assert.Equal(t, []string{"s0"}, season.Seekers().All())
}

func TestASeriesIsReadAsItIsWritten(t *testing.T) {
	var read employment.Series
	require.NoError(t, read.UnmarshalJSON(must(theSampleSeries.MarshalJSON())))
	assert.Equal(t, theSampleSeries, read)
	assert.Equal(t, sampleSeriesSpec(), read.Spec())
	require.Error(t, read.UnmarshalJSON([]byte(`{"union":"employment.series/1","key":"x"}`)))
	require.Error(t, read.UnmarshalJSON([]byte(`{}`)))
	_, err := employment.NewSeries(employment.SeriesSpec{Days: must(union.NewPeriod(union.MustParseDate("2010-03-01"), union.Date{}))})
	places := []string{}
	for _, fault := range union.Faults(err) {
		places = append(places, fault.Where)
	}
	assert.Equal(t, []string{"key", "version", "title", "source", "days", "rate.mode", "tightness.mode"}, places)
}

// sampleHard is a province's list: those over an age, and households without
// anybody in work.
func sampleHardSpec() employment.HardToPlaceSpec {
	return employment.HardToPlaceSpec{
		Rule: union.Rule{
			Key: "hard", Version: "1", Title: "就业困难人员范围", Source: "made up for the sample",
			Effective: union.MustParsePeriod("2008-01-01/2012-12-31"),
		},
		Classes: []employment.Class{{Key: "4050", Title: "大龄失业人员"}, {Key: "jobless-household", Title: "零就业家庭", Household: true}},
	}
}

var theSampleHard = must(employment.NewHardToPlace(sampleHardSpec()))

func drawClaims(r *rapid.T) []employment.Claim {
	return rapid.SliceOfN(rapid.Custom(func(r *rapid.T) employment.Claim {
		n := rapid.IntRange(0, 5).Draw(r, "seeker")
		return employment.Claim{
			Class:  rapid.SampledFrom([]string{"4050", "jobless-household"}).Draw(r, "class"),
			Seeker: fmt.Sprint("s", n), Household: fmt.Sprint("h", n/2), Day: firstDay,
		}
	}), 0, 8).Draw(r, "claims")
}

func addClaim(claims *employment.Claims, each employment.Claim) error {
	_, err := claims.Add(theSampleHard, each)
	return err
}

func TestClaimsAreATally(t *testing.T) {
	laws.Tally[employment.Claims](t, func(r *rapid.T) employment.Claims {
		claims := theSampleHard.Claims()
		for n := range rapid.IntRange(0, 5).Draw(r, "seekers") {
			require.NoError(r, addClaim(&claims, employment.Claim{Class: "4050", Seeker: fmt.Sprint("s", n), Day: firstDay}))
		}
		return claims
	})
	laws.Folds[employment.Claims](t, theSampleHard.Claims, drawClaims, addClaim)
}

// oncePerHousehold says that a household has its class once, and each seeker the
// others once.
func oncePerHousehold(figures func([]employment.Claim) (map[string]string, error)) laws.Law {
	return func(r *rapid.T) error {
		drawn := drawClaims(r)
		said, err := figures(drawn)
		if err != nil {
			return err
		}
		persons, households := map[string]bool{}, map[string]bool{}
		for _, each := range drawn {
			if each.Class == "4050" {
				persons[each.Seeker] = true
			} else {
				households[each.Household] = true
			}
		}
		return errors.Join(
			equal("persons", said["employment.hard.4050"], fmt.Sprint(len(persons), "人")),
			equal("households", said["employment.hard.jobless-household"], fmt.Sprint(len(households), "户")),
		)
	}
}

func TestAHouseholdHasItsClassOnce(t *testing.T) {
	figures := func(drawn []employment.Claim) (map[string]string, error) {
		var halves [2]employment.Claims
		for side := range halves {
			halves[side] = theSampleHard.Claims()
		}
		for i, each := range drawn {
			if err := addClaim(&halves[i%2], each); err != nil {
				return nil, err
			}
		}
		return shown(theSampleHard.Figures(must(union.Merge(halves[0], halves[1]))))
	}
	laws.Holds(t, oncePerHousehold(figures))
	laws.Rejects(t, oncePerHousehold(func(drawn []employment.Claim) (map[string]string, error) {
		for i := range drawn {
			drawn[i].Household = drawn[i].Seeker // each member claims alone
		}
		said, err := figures(drawn)
		for i := range drawn {
			drawn[i].Household = "h"
		}
		return said, err
	}))
}

func TestClaimsRefuseWhatIsNone(t *testing.T) {
	claims := theSampleHard.Claims()
	sound := employment.Claim{Class: "jobless-household", Seeker: "s1", Household: "h1", Day: firstDay}
	added, err := claims.Add(theSampleHard, sound)
	require.NoError(t, err)
	assert.True(t, added)
	added, err = claims.Add(theSampleHard, employment.Claim{Class: "jobless-household", Seeker: "s2", Household: "h1", Day: firstDay})
	require.NoError(t, err)
	assert.False(t, added, "another of the household")
	before := must(claims.AppendBinary(nil))
	for name, each := range map[string]struct {
		change func(*employment.Claim)
		want   error
		where  string
	}{
		"class":     {func(c *employment.Claim) { c.Class = "poor" }, union.ErrUnknown, "class"},
		"day":       {func(c *employment.Claim) { c.Day = union.MustParseDate("2013-01-01") }, union.ErrRange, "day"},
		"seeker":    {func(c *employment.Claim) { c.Seeker = identity }, union.ErrText, "seeker"},
		"household": {func(c *employment.Claim) { c.Household = "" }, union.ErrMissing, "household"},
	} {
		claim := sound
		each.change(&claim)
		_, err := claims.Add(theSampleHard, claim)
		require.ErrorIs(t, err, each.want, name)
		assert.Equal(t, each.where, union.Faults(err)[0].Where)
		assert.NotContains(t, err.Error(), identity)
	}
	_, err = claims.Add(employment.HardToPlace{}, sound)
	require.ErrorIs(t, err, union.ErrRule)
	_, err = employment.HardToPlace{}.Figures(claims)
	require.ErrorIs(t, err, union.ErrRule)
	spec := sampleHardSpec()
	spec.Classes = spec.Classes[:1]
	fewer := must(employment.NewHardToPlace(spec))
	require.ErrorIs(t, claims.Merge(fewer.Claims()), union.ErrRule)
	assert.Equal(t, before, must(claims.AppendBinary(nil)))
	assert.Equal(t, theSampleHard.ID(), claims.Rule())
	assert.Equal(t, employment.Claims{}, employment.HardToPlace{}.Claims())
}

func TestClaimsAreOfTheRuleThatMadeThem(t *testing.T) {
	spec := sampleHardSpec()
	spec.Version = "2"
	newer := must(employment.NewHardToPlace(spec))
	var short employment.Claims // that name the rule, and are of one class
	require.NoError(t, short.UnmarshalBinary(must(union.WriteTally(nil, "employment.claims/1", theSampleHard.ID(), func(w *wire.Writer) {
		w.Len(1)
		w.Nest(union.Register{})
		w.Nest(union.Register{})
	}))))
	for name, each := range map[string]struct {
		rule   employment.HardToPlace
		claims employment.Claims
	}{
		"no rule":                      {employment.HardToPlace{}, employment.Claims{}},
		"claims that no rule made":     {theSampleHard, employment.Claims{}},
		"claims under another version": {theSampleHard, newer.Claims()},
		"claims of fewer classes":      {theSampleHard, short},
	} {
		_, err := each.claims.Add(each.rule, employment.Claim{Class: "4050", Seeker: "s1", Day: firstDay})
		require.ErrorIs(t, err, union.ErrRule, name)
		_, err = each.rule.Figures(each.claims)
		require.ErrorIs(t, err, union.ErrRule, name)
	}
}

func TestHardToPlaceIsCheckedWholeAndReadAsItIsWritten(t *testing.T) {
	_, err := employment.NewHardToPlace(employment.HardToPlaceSpec{Classes: []employment.Class{{Key: "a", Title: "a"}, {Key: "a", Title: "a"}, {Key: "seekers"}}})
	places := []string{}
	for _, fault := range union.Faults(err) {
		places = append(places, fault.Where)
	}
	assert.Equal(t, []string{"key", "version", "title", "source", "classes[1].key", "classes[2].key", "classes[2].title"}, places)
	_, err = employment.NewHardToPlace(employment.HardToPlaceSpec{Rule: sampleHardSpec().Rule})
	require.ErrorIs(t, err, union.ErrMissing)
	var read employment.HardToPlace
	require.NoError(t, read.UnmarshalJSON(must(theSampleHard.MarshalJSON())))
	assert.Equal(t, theSampleHard, read)
	assert.Equal(t, sampleHardSpec(), read.Spec())
	require.Error(t, read.UnmarshalJSON([]byte(`{"union":"employment.hard-to-place/1","key":"x"}`)))
	require.Error(t, read.UnmarshalJSON([]byte(`{}`)))
	assert.Equal(t, "就业困难人员范围", read.Rule().Title)
}

// sampleSeason is two fairs with the same three seekers.
func sampleSeason() employment.Season {
	season := theSampleSeries.Season()
	for fair := range 2 {
		if err := addHeld(&season, held{fair: fair, seekers: 0b00111}); err != nil {
			panic(err)
		}
	}
	return season
}

// sampleClaims are three claims, two of them of one household.
func sampleClaims() employment.Claims {
	claims := theSampleHard.Claims()
	for _, each := range []employment.Claim{
		{Class: "4050", Seeker: "s1", Day: firstDay},
		{Class: "jobless-household", Seeker: "s2", Household: "h1", Day: firstDay},
		{Class: "jobless-household", Seeker: "s3", Household: "h1", Day: firstDay},
	} {
		must(claims.Add(theSampleHard, each))
	}
	return claims
}
