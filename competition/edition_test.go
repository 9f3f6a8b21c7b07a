package competition_test

import (
	"encoding/json"
	"math"
	"os"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/competition"
)

func TestAnEditionSurvivesItsOwnJSON(t *testing.T) {
	first := edition(t)
	data, err := json.Marshal(first)
	require.NoError(t, err)
	assert.True(t, strings.HasPrefix(string(data), `{"union":"competition.edition/1","key":"ankang-cup"`), "%s", data)
	var second competition.Edition
	require.NoError(t, json.Unmarshal(data, &second))
	assert.Equal(t, first, second)
	assert.Equal(t, first.ID(), second.ID())
	assert.Equal(t, "2010", second.Rule().Version)
	assert.Equal(t, 4, second.Kinds().Len())
	assert.Equal(t, 3, second.Levels().Len())
	assert.Equal(t, 2, second.Honours().Len())
	assert.Equal(t, 3, second.Incidents().Len())
	assert.Equal(t, 4, second.Ownership().Len())
	assert.Equal(t, 4, second.Size().Len())
}

func TestASmallEditionNeedsNoOptionalList(t *testing.T) {
	bare := altered(t, func(s *competition.EditionSpec) {
		s.Kinds, s.Honours, s.Incidents = union.CodesSpec{}, union.CodesSpec{}, union.CodesSpec{}
		s.Tracks, s.NonPublic, s.Bases, s.Targets, s.Awards, s.Theme = nil, nil, nil, nil, nil, ""
	})
	data, err := json.Marshal(bare)
	require.NoError(t, err)
	assert.NotContains(t, string(data), `"kinds"`)
	var again competition.Edition
	require.NoError(t, json.Unmarshal(data, &again))
	assert.Equal(t, bare.ID(), again.ID())
	for _, base := range bare.Bases() {
		assert.NotEqual(t, "non_public", base.Key)
	}
}

func TestEditionsThatDifferInAnythingHaveOtherIDs(t *testing.T) {
	seen := map[union.RuleID]bool{edition(t).ID(): true}
	for _, change := range []func(*competition.EditionSpec){
		func(s *competition.EditionSpec) { s.Theme = "安全发展" },
		func(s *competition.EditionSpec) { s.Year = 2011 },
		func(s *competition.EditionSpec) { s.Targets[0].In = union.MoreThan(number("0.9")) },
		func(s *competition.EditionSpec) { s.Awards[0].Vetoes[0].Effect.Bar.Years = 2 },
		func(s *competition.EditionSpec) { s.Awards[0].Quota.Total = 2 },
	} {
		id := altered(t, change).ID()
		assert.False(t, seen[id])
		seen[id] = true
	}
}

func TestASpecHandedInOrOutIsACopy(t *testing.T) {
	spec := edition(t).Spec()
	made, err := competition.NewEdition(spec)
	require.NoError(t, err)
	before, err := made.MarshalJSON()
	require.NoError(t, err)
	for _, s := range []competition.EditionSpec{spec, made.Spec()} {
		s.Organisers[0], s.Tracks[0].Key, s.NonPublic[0] = "x", "x", "x"
		s.Ownership.Terms[0].Key, s.Levels.Terms[0].Key = "x", "x"
		s.Bases[0].Ownership[0], s.Bases[0].Size[0] = "x", "x"
		s.Targets[0].Coverage.Base, s.Targets[2].Participation.Base = "x", "x"
		a := s.Awards[0]
		a.Sections[0].Item, a.Vetoes[1].Incident, a.Vetoes[0].Effect.Bar.Years = "x", "x", 9
		a.Prior.Within, a.CoolOff.Years = 9, 9
	}
	bases := made.Bases()
	bases[len(bases)-1].Ownership[0] = "x"
	after, err := made.MarshalJSON()
	require.NoError(t, err)
	assert.Equal(t, string(before), string(after))
	assert.Equal(t, "state", made.Bases()[len(bases)-1].Ownership[0])
}

// editionFaults are a change each that spoils the test edition, and where the
// fault must be found.
var editionFaults = []struct {
	name     string
	change   func(*competition.EditionSpec)
	sentinel error
	where    string
}{
	{"no key", func(s *competition.EditionSpec) { s.Key = "" }, union.ErrMissing, "key"},
	{"no organiser", func(s *competition.EditionSpec) { s.Organisers = nil }, union.ErrMissing, "organisers"},
	{"an organiser without a name", func(s *competition.EditionSpec) { s.Organisers[1] = "" }, union.ErrMissing, "organisers[1]"},
	{"no window", func(s *competition.EditionSpec) { s.Window = union.Period{} }, union.ErrMissing, "window"},
	{"a window without an end", func(s *competition.EditionSpec) { s.Window = union.MustParsePeriod("2010-01-01/..") }, union.ErrMissing, "window"},
	{"a window of two years and a day", func(s *competition.EditionSpec) {
		s.Window = union.MustParsePeriod("2010-01-01/2012-01-01")
	}, union.ErrRange, "window"},
	{"a year before the window", func(s *competition.EditionSpec) { s.Year = 2009 }, union.ErrRange, "year"},
	{"a year long after the window", func(s *competition.EditionSpec) { s.Year = 2013 }, union.ErrRange, "year"},
	{"a track without a title", func(s *competition.EditionSpec) { s.Tracks[1].Title = "" }, union.ErrMissing, "tracks[1].title"},
	{"a track twice", func(s *competition.EditionSpec) { s.Tracks[1].Key = "labour" }, union.ErrRepeated, "tracks[1].key"},
	{"no ownerships", func(s *competition.EditionSpec) { s.Ownership.Terms = nil }, union.ErrMissing, "ownership.terms"},
	{"a kind without a title", func(s *competition.EditionSpec) { s.Kinds.Terms[2].Title = "" }, union.ErrMissing, "kinds.terms[2].title"},
	{"kinds named but not listed", func(s *competition.EditionSpec) { s.Kinds.Terms = nil }, union.ErrMissing, "kinds.terms"},
	{"no levels", func(s *competition.EditionSpec) { s.Levels = union.CodesSpec{} }, union.ErrMissing, "levels.terms"},
	{"no rounding of rates", func(s *competition.EditionSpec) { s.Rates = union.Rounding{} }, union.ErrMissing, "rates.mode"},
	{"no rounding of scores", func(s *competition.EditionSpec) { s.Scores = union.Rounding{} }, union.ErrMissing, "scores.mode"},
	{"an unknown non-public ownership", func(s *competition.EditionSpec) { s.NonPublic[1] = "x" }, union.ErrUnknown, "non_public[1]"},
	{"a base that every edition has", func(s *competition.EditionSpec) { s.Bases[0].Key = "unionised" }, union.ErrRepeated, "bases[0].key"},
	{"a base with the key of a term's base", func(s *competition.EditionSpec) { s.Bases[0].Key = "size.large" }, union.ErrText, "bases[0].key"},
	{"an award whose key is no key", func(s *competition.EditionSpec) { s.Awards[0].Key = "city 2010" }, union.ErrText, "awards[0].key"},
	{"a base without a title", func(s *competition.EditionSpec) { s.Bases[0].Title = "" }, union.ErrMissing, "bases[0].title"},
	{"a base of an unknown ownership", func(s *competition.EditionSpec) { s.Bases[0].Ownership[0] = "x" }, union.ErrUnknown, "bases[0].ownership[0]"},
	{"a base of an unknown size", func(s *competition.EditionSpec) { s.Bases[0].Size[1] = "x" }, union.ErrUnknown, "bases[0].size[1]"},
	{"a base of no answer", func(s *competition.EditionSpec) { s.Bases[0].AboveScale = 7 }, union.ErrRange, "bases[0].above_scale"},
	{"a base of no answer to its union", func(s *competition.EditionSpec) { s.Bases[0].Unionised = 3 }, union.ErrRange, "bases[0].unionised"},
	{"a target without a key", func(s *competition.EditionSpec) { s.Targets[0].Key = "" }, union.ErrMissing, "targets[0].key"},
	{"a target of two rates", func(s *competition.EditionSpec) {
		s.Targets[0].Participation = &competition.ParticipationOf{Base: "all", Workers: competition.OfFirms}
	}, union.ErrMissing, "targets[0].coverage"},
	{"a target of no rate", func(s *competition.EditionSpec) { s.Targets[1].Coverage = nil }, union.ErrMissing, "targets[1].coverage"},
	{"a target over an unknown base", func(s *competition.EditionSpec) { s.Targets[0].Coverage.Base = "x" }, union.ErrUnknown, "targets[0].coverage.base"},
	{"a target over an unknown base of workers", func(s *competition.EditionSpec) { s.Targets[2].Participation.Base = "x" }, union.ErrUnknown, "targets[2].participation.base"},
	{"a target of no workers", func(s *competition.EditionSpec) { s.Targets[2].Participation.Workers = 0 }, union.ErrMissing, "targets[2].participation.workers"},
	{"a target that anything meets", func(s *competition.EditionSpec) { s.Targets[0].In = union.Interval{} }, union.ErrMissing, "targets[0].in"},
	{"an award without a key", func(s *competition.EditionSpec) { s.Awards[0].Key = "" }, union.ErrMissing, "awards[0].key"},
	{"an award of an unknown honour", func(s *competition.EditionSpec) { s.Awards[0].Honour = "x" }, union.ErrUnknown, "awards[0].honour"},
	{"an award of no honour", func(s *competition.EditionSpec) { s.Awards[0].Honour = "" }, union.ErrMissing, "awards[0].honour"},
	{"a threshold without a wording", func(s *competition.EditionSpec) { s.Awards[0].Threshold.Title = "" }, union.ErrMissing, "awards[0].threshold.title"},
	{"a threshold that anything meets", func(s *competition.EditionSpec) { s.Awards[0].Threshold.In = union.Interval{} }, union.ErrMissing, "awards[0].threshold.in"},
	{"a section twice", func(s *competition.EditionSpec) { s.Awards[0].Sections[1].Item = "organisation" }, union.ErrRepeated, "awards[0].sections[1].item"},
	{"a section of no points", func(s *competition.EditionSpec) { s.Awards[0].Sections[0].Maximum = union.Number{} }, union.ErrRange, "awards[0].sections[0].maximum"},
	{"a section with a share above the whole", func(s *competition.EditionSpec) { s.Awards[0].Sections[0].Least = number("1.01") }, union.ErrRange, "awards[0].sections[0].least"},
	{"a section with a share below nothing", func(s *competition.EditionSpec) { s.Awards[0].Sections[0].Least = number("-0.1") }, union.ErrRange, "awards[0].sections[0].least"},
	{"a veto on an unknown incident", func(s *competition.EditionSpec) { s.Awards[0].Vetoes[0].Incident = "x" }, union.ErrUnknown, "awards[0].vetoes[0].incident"},
	{"a veto without an incident", func(s *competition.EditionSpec) { s.Awards[0].Vetoes[0].Incident = "" }, union.ErrMissing, "awards[0].vetoes[0].incident"},
	{"a veto twice", func(s *competition.EditionSpec) { s.Awards[0].Vetoes[1].Incident = "injury" }, union.ErrRepeated, "awards[0].vetoes[1].incident"},
	{"a veto without a wording", func(s *competition.EditionSpec) { s.Awards[0].Vetoes[0].Title = "" }, union.ErrMissing, "awards[0].vetoes[0].title"},
	{"a veto without an effect", func(s *competition.EditionSpec) { s.Awards[0].Vetoes[1].Effect = competition.Effect{} }, union.ErrMissing, "awards[0].vetoes[1].effect"},
	{"a veto with two effects", func(s *competition.EditionSpec) { s.Awards[0].Vetoes[1].Effect.Zero = &competition.Zero{} }, union.ErrMissing, "awards[0].vetoes[1].effect"},
	{"a bar of no years", func(s *competition.EditionSpec) { s.Awards[0].Vetoes[0].Effect.Bar.Years = 0 }, union.ErrRange, "awards[0].vetoes[0].effect.bar.years"},
	{"a bar of too many years", func(s *competition.EditionSpec) { s.Awards[0].Vetoes[0].Effect.Bar.Years = 101 }, union.ErrRange, "awards[0].vetoes[0].effect.bar.years"},
	{"a prior title that is unknown", func(s *competition.EditionSpec) { s.Awards[0].Prior.Honour = "x" }, union.ErrUnknown, "awards[0].prior.honour"},
	{"a prior title within years below none", func(s *competition.EditionSpec) { s.Awards[0].Prior.Within = -1 }, union.ErrRange, "awards[0].prior.within"},
	{"a prior title in fewer years running than none", func(s *competition.EditionSpec) { s.Awards[0].Prior.Running = -1 }, union.ErrRange, "awards[0].prior.running"},
	{"a cooling-off of no years", func(s *competition.EditionSpec) { s.Awards[0].CoolOff.Years = 0 }, union.ErrMissing, "awards[0].cool_off.years"},
	{"a cooling-off of years and for ever", func(s *competition.EditionSpec) { s.Awards[0].CoolOff.Never = true }, union.ErrMissing, "awards[0].cool_off.years"},
	{"a cooling-off of years below none", func(s *competition.EditionSpec) { s.Awards[0].CoolOff.Years = -2 }, union.ErrRange, "awards[0].cool_off.years"},
	{"a cooling-off without a wording", func(s *competition.EditionSpec) { s.Awards[0].CoolOff.Title = "" }, union.ErrMissing, "awards[0].cool_off.title"},
	{"a quota of none", func(s *competition.EditionSpec) { s.Awards[0].Quota.Total = 0 }, union.ErrRange, "awards[0].quota.total"},
	{"text that is not UTF-8", func(s *competition.EditionSpec) { s.Theme = "\xff" }, union.ErrText, ""},
}

func TestAFaultOfAnEditionSaysWhereItIs(t *testing.T) {
	for _, row := range editionFaults {
		t.Run(row.name, func(t *testing.T) {
			spec := edition(t).Spec()
			row.change(&spec)
			made, err := competition.NewEdition(spec)
			require.ErrorIs(t, err, row.sentinel)
			assert.Equal(t, competition.Edition{}, made)
			var places []string
			for _, fault := range union.Faults(err) {
				places = append(places, fault.Where)
			}
			if row.where != "" {
				assert.Contains(t, places, row.where)
			}
		})
	}
}

func TestAnEditionReportsAllFaultsAtOnce(t *testing.T) {
	spec := edition(t).Spec()
	spec.Targets[0].Title, spec.Awards[0].Title, spec.Awards[0].Quota.Total, spec.Bases[0].Title = "", "", -1, ""
	spec.Source, spec.Organisers, spec.NonPublic = "", nil, []string{"x"}
	_, err := competition.NewEdition(spec)
	assert.Len(t, union.Faults(err), 7)
	_, err = competition.NewEdition(competition.EditionSpec{})
	assert.Greater(t, len(union.Faults(err)), 10)
}

func TestListsWhoseProductIsTooLargeAreRefused(t *testing.T) {
	spec := edition(t).Spec()
	for _, list := range []*union.CodesSpec{&spec.Ownership, &spec.Size} {
		for n := range 2000 {
			key := "extra" + strings.Repeat("x", n%7) + string(rune('a'+n%26)) + strings.Repeat("y", n/26)
			list.Terms = append(list.Terms, union.Term{Key: key, Title: key})
		}
	}
	_, err := competition.NewEdition(spec)
	require.ErrorIs(t, err, union.ErrRange)
	assert.Equal(t, "size", union.Faults(err)[0].Where)
}

// withTerms returns the spec with as many plain ownerships and sizes.
func withTerms(t testing.TB, ownerships, sizes int) competition.EditionSpec {
	t.Helper()
	spec := edition(t).Spec()
	spec.NonPublic, spec.Bases, spec.Targets, spec.Awards = nil, nil, nil, nil
	spec.Ownership.Terms, spec.Size.Terms = nil, nil
	for n := range ownerships {
		spec.Ownership.Terms = append(spec.Ownership.Terms, union.Term{Key: "o" + strconv.Itoa(n), Title: "类型"})
	}
	for n := range sizes {
		spec.Size.Terms = append(spec.Size.Terms, union.Term{Key: "s" + strconv.Itoa(n), Title: "规模"})
	}
	return spec
}

// Each ownership and size, and not known, with three answers twice: 809 × 9 × 9 =
// 65,529 cells are within 65,536, and 331 × 22 × 9 = 65,538 are not.
func TestTheCellsOfATurnoutAreBounded(t *testing.T) {
	_, err := competition.NewEdition(withTerms(t, 808, 8))
	require.NoError(t, err)
	_, err = competition.NewEdition(withTerms(t, 330, 21))
	require.ErrorIs(t, err, union.ErrRange)
	require.Len(t, union.Faults(err), 1)
	assert.Equal(t, "65538 cells with ownership", union.Faults(err)[0].Got)
}

// A document of a few kilobytes must not cost seconds: each of its terms is a base,
// which is set against every other term.
func BenchmarkNewEdition_mostTerms(b *testing.B) {
	spec := withTerms(b, 3600, 1)
	for b.Loop() {
		if _, err := competition.NewEdition(spec); err != nil {
			b.Fatal(err)
		}
	}
}

func TestBoundsOfAnAwardAreThemselvesAllowed(t *testing.T) {
	for _, row := range []struct {
		least string
		years int
	}{{"0", 1}, {"1", 100}} {
		made := altered(t, func(s *competition.EditionSpec) {
			s.Awards[0].Sections[0].Least = number(row.least)
			s.Awards[0].Vetoes[0].Effect.Bar.Years = row.years
			s.Awards[0].CoolOff.Years = 1
		})
		assert.False(t, made.ID().IsZero())
	}
}

func TestAnEditionOfTwoYearsIsAllowedToItsLastDay(t *testing.T) {
	made := altered(t, func(s *competition.EditionSpec) {
		s.Window, s.Year = union.MustParsePeriod("2010-01-01/2011-12-31"), 2013
	})
	assert.False(t, made.ID().IsZero())
}

func TestAnEditionIsUnchangedByAJSONThatIsRefused(t *testing.T) {
	data, err := os.ReadFile("testdata/edition.json")
	require.NoError(t, err)
	for name, row := range map[string]struct {
		text     string
		sentinel error
	}{
		"null":               {"null", union.ErrText},
		"a newer number":     {strings.Replace(string(data), "edition/1", "edition/2", 1), union.ErrUnknown},
		"an unknown member":  {strings.Replace(string(data), `"theme"`, `"motto"`, 1), union.ErrUnknown},
		"a member twice":     {strings.Replace(string(data), `"theme"`, `"year": 2010, "theme"`, 1), union.ErrRepeated},
		"an unknown answer":  {strings.Replace(string(data), `"unionised": "yes"`, `"unionised": "maybe"`, 1), union.ErrUnknown},
		"unknown workers":    {strings.Replace(string(data), `"workers": "entrants"`, `"workers": "all"`, 1), union.ErrUnknown},
		"a spec with faults": {strings.Replace(string(data), `"quota": {"total": 1}`, `"quota": {"total": 0}`, 1), union.ErrRange},
	} {
		e := edition(t)
		require.ErrorIs(t, e.UnmarshalJSON([]byte(row.text)), row.sentinel, name)
		assert.Equal(t, edition(t), e, name)
	}
}

func TestTheTextOfAnAnswerReadsBack(t *testing.T) {
	for _, answer := range []competition.Whether{0, competition.Yes, competition.No} {
		text, err := answer.MarshalText()
		require.NoError(t, err)
		read := competition.Whether(9)
		require.NoError(t, read.UnmarshalText(text))
		assert.Equal(t, answer, read)
	}
	_, err := competition.Whether(3).MarshalText()
	require.ErrorIs(t, err, union.ErrUnknown)
	assert.Equal(t, "Whether(3)", competition.Whether(3).String())
	answer := competition.Yes
	require.ErrorIs(t, answer.UnmarshalText([]byte("440308199901101012")), union.ErrUnknown)
	assert.NotContains(t, answer.UnmarshalText([]byte("440308199901101012")).Error(), "440308199901101012")
	assert.Equal(t, competition.Yes, answer)
}

func TestTheTextOfWorkersReadsBack(t *testing.T) {
	for _, whole := range []competition.Workers{competition.OfEntrants, competition.OfFirms} {
		text, err := whole.MarshalText()
		require.NoError(t, err)
		var read competition.Workers
		require.NoError(t, read.UnmarshalText(text))
		assert.Equal(t, whole, read)
	}
	for _, none := range []competition.Workers{0, 3} {
		_, err := none.MarshalText()
		require.ErrorIs(t, err, union.ErrUnknown)
	}
	assert.Equal(t, "Workers(3)", competition.Workers(3).String())
	var read competition.Workers
	assert.ErrorIs(t, read.UnmarshalText(nil), union.ErrUnknown)
}

func TestTheZeroEditionRefusesEverything(t *testing.T) {
	var e competition.Edition
	p, r, turnout := e.Population(), e.Entrants(), e.Turnout()
	require.ErrorIs(t, p.Add(firm(1)), union.ErrRule)
	require.ErrorIs(t, r.Add(entered(1, 1)), union.ErrRule)
	require.ErrorIs(t, turnout.Add(competition.Reported{Firms: math.MaxInt64}), union.ErrRule)
	_, _, err := e.Coverage(turnout, "all")
	require.ErrorIs(t, err, union.ErrUnknown)
	_, err = e.Figures(competition.Progress{Turnout: turnout})
	require.ErrorIs(t, err, union.ErrUnknown)
	_, err = e.Recommend(scheme(t), competition.Applications{}, r, day("2010-12-31"))
	require.ErrorIs(t, err, union.ErrUnknown)
	assert.Empty(t, e.Bases())
	assert.Equal(t, 0, p.Len()+r.Len())
}

func FuzzEdition_UnmarshalJSON(f *testing.F) {
	data, err := os.ReadFile("testdata/edition.json")
	require.NoError(f, err)
	f.Add(data)
	f.Add([]byte(`{"union":"competition.edition/1"}`))
	// Short ones, which the fuzzer alters fast: the least edition, and one with a
	// base, a target and an award.
	const list = `{"key":"l","version":"1","title":"l","source":"s","terms":[{"key":"a","title":"a"},{"key":"b","title":"b","within":"a"}]}`
	const least = `{"union":"competition.edition/1","key":"k","version":"1","title":"t","source":"s","organisers":["o"],"window":"2010-01-01/2010-12-31","year":2010,` +
		`"ownership":` + list + `,"size":` + list + `,"levels":` + list + `,"rates":{"mode":"half up","places":2},"scores":{"mode":"half up","places":1}`
	f.Add([]byte(least + `}`))
	f.Add([]byte(least + `,"honours":` + list + `,"incidents":` + list + `,"non_public":["b"],"bases":[{"key":"c","title":"c","size":["a"],"unionised":"no"}],` +
		`"targets":[{"key":"d","title":"d","coverage":{"base":"c"},"in":"[0.9,)"}],"awards":[{"key":"e","title":"e","honour":"a","quota":{"total":1},` +
		`"threshold":{"title":"f","in":"[95,)"},"vetoes":[{"incident":"a","title":"g","effect":{"bar":{"years":3}}}],` +
		`"prior":{"honour":"b","title":"h","running":5},"cool_off":{"title":"i","never":true}}]}`))
	for _, name := range []string{"sichuan-2022-2023", "shandong-2015", "dalian-2011"} {
		data, err := os.ReadFile("testdata/editions/" + name + "/edition.json")
		require.NoError(f, err)
		f.Add(data)
	}
	f.Add(must(full(f).MarshalJSON()))
	f.Add(must(structured(f, structure("a", "worker", "[0.5,)"), structure("b", "head", "(,0.25]", "worker")).MarshalJSON()))
	f.Fuzz(func(t *testing.T, data []byte) {
		var e competition.Edition
		if e.UnmarshalJSON(data) != nil {
			assert.Equal(t, competition.Edition{}, e)
			return
		}
		written, err := e.MarshalJSON()
		require.NoError(t, err)
		var again competition.Edition
		require.NoError(t, again.UnmarshalJSON(written))
		assert.Equal(t, e.ID(), again.ID())
		_, err = e.Figures(competition.Progress{Turnout: e.Turnout()})
		require.NoError(t, err)
	})
}

func FuzzWhether_UnmarshalText(f *testing.F) {
	f.Add([]byte("yes"))
	f.Add([]byte(""))
	f.Add([]byte("是"))
	f.Fuzz(func(t *testing.T, text []byte) {
		var answer competition.Whether
		if answer.UnmarshalText(text) == nil {
			assert.Equal(t, string(text), answer.String())
		}
	})
}

func FuzzWorkers_UnmarshalText(f *testing.F) {
	f.Add([]byte("entrants"))
	f.Add([]byte(""))
	f.Fuzz(func(t *testing.T, text []byte) {
		var whole competition.Workers
		if whole.UnmarshalText(text) == nil {
			assert.Equal(t, string(text), whole.String())
		}
	})
}
