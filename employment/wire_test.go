package employment_test

import (
	"math"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/employment"
	"github.com/unioncampaign/union/internal/laws"
	"github.com/unioncampaign/union/internal/wire"
)

func TestBinaryFormsAreKept(t *testing.T) {
	fair := sampleFair()
	floor := sampleFloor(fair)
	laws.Golden(t, employment.Floor{}, fair.Floor(), floor)
	laws.Golden(t, employment.Funnel{}, fair.Funnel(), floor.Funnel())
	laws.Golden(t, employment.Season{}, theSampleSeries.Season(), sampleSeason())
	laws.Golden(t, employment.Claims{}, theSampleHard.Claims(), sampleClaims())
	laws.Golden(t, employment.Quarter{}, sampleMarket().Quarter(), sampleQuarter())
}

func FuzzBinaryForms(f *testing.F) {
	laws.FuzzReadings(f, laws.ReadingOf[employment.Floor](), laws.ReadingOf[employment.Funnel](), laws.ReadingOf[employment.Quarter](), laws.ReadingOf[employment.Season](), laws.ReadingOf[employment.Claims]())
}

// A body writes the parts of a floor's form by hand, each of which a test may put
// in the place of a sound one.
type body struct {
	lists, employers, postings, seekers, steps, funnel func(*wire.Writer)
}

// soundBody is that of one seeker who signs at one posting, under lists of two
// codes each.
func soundBody() body {
	return body{
		lists: func(w *wire.Writer) {
			for range 8 {
				w.Len(2)
			}
			w.Uint(1) // the stage of a signing
		},
		employers: func(w *wire.Writer) { w.Len(1); w.Text("e"); w.Uint(1); w.Uint(1) },
		postings:  func(w *wire.Writer) { w.Len(1); writePosting(w, "p", "e", 1, 5) },
		seekers:   func(w *wire.Writer) { w.Len(1); writeSeeker(w, "s", 1, 1, 1) },
		steps:     func(w *wire.Writer) { w.Len(1); w.Text("s p 1") },
		funnel:    func(w *wire.Writer) { w.Nest(sampleFair().Funnel()) },
	}
}

func writePosting(w *wire.Writer, key, employer string, sector uint64, openings int64) {
	w.Text(key)
	w.Text(employer)
	w.Uint(sector)
	w.Uint(0) // of no trade
	w.Count(openings)
	w.Bool(false)
}

func writeSeeker(w *wire.Writer, key string, codes ...uint64) {
	w.Text(key)
	for _, code := range codes {
		w.Uint(code)
	}
	w.Bool(true)
}

// bytes returns the form of a floor of the sample fair.
func (b body) bytes(t testing.TB) []byte {
	data, err := union.WriteTally(nil, "employment.floor/1", sampleFair().ID(), func(w *wire.Writer) {
		for _, write := range []func(*wire.Writer){b.lists, b.employers, b.postings, b.seekers, b.steps, b.funnel} {
			write(w)
		}
	})
	require.NoError(t, err)
	return data
}

func TestAFloorIsReadOnlyIfOneCouldHoldIt(t *testing.T) {
	var read employment.Floor
	require.NoError(t, read.UnmarshalBinary(soundBody().bytes(t)))
	nothing := func(w *wire.Writer) { w.Len(0) }
	for reason, row := range map[string]struct {
		change func(*body)
		want   error
	}{
		"a list without unknown": {func(b *body) {
			b.lists = func(w *wire.Writer) {
				for range 8 {
					w.Len(0)
				}
			}
		}, union.ErrText},
		"an employer's key that is none": {func(b *body) {
			b.employers = func(w *wire.Writer) { w.Len(1); w.Text("e e"); w.Uint(1); w.Uint(1) }
		}, union.ErrText},
		"an employer twice": {func(b *body) {
			b.employers = func(w *wire.Writer) {
				w.Len(2)
				for range 2 {
					w.Text("e")
					w.Uint(1)
					w.Uint(1)
				}
			}
		}, union.ErrText},
		"a region that the list has not": {func(b *body) {
			b.employers = func(w *wire.Writer) { w.Len(1); w.Text("e"); w.Uint(2); w.Uint(1) }
		}, union.ErrRange},
		"a kind that the list has not": {func(b *body) {
			b.employers = func(w *wire.Writer) { w.Len(1); w.Text("e"); w.Uint(1); w.Uint(2) }
		}, union.ErrRange},
		"a posting of no employer": {func(b *body) {
			b.postings = func(w *wire.Writer) { w.Len(1); writePosting(w, "p", "f", 1, 5) }
		}, union.ErrText},
		"a posting of a sector that the list has not": {func(b *body) {
			b.postings = func(w *wire.Writer) { w.Len(1); writePosting(w, "p", "e", 2, 5) }
		}, union.ErrRange},
		"a posting without openings": {func(b *body) {
			b.postings = func(w *wire.Writer) { w.Len(1); writePosting(w, "p", "e", 1, 0) }
		}, union.ErrText},
		"openings that do not fit together": {func(b *body) {
			b.postings = func(w *wire.Writer) {
				w.Len(2)
				writePosting(w, "p", "e", 1, 1)
				writePosting(w, "q", "e", 1, math.MaxInt64)
			}
		}, union.ErrText},
		"a person's number for a seeker": {func(b *body) {
			b.seekers = func(w *wire.Writer) { w.Len(1); writeSeeker(w, identity, 1, 1, 1) }
		}, union.ErrText},
		"a category that the list has not":  {func(b *body) { b.seekers = func(w *wire.Writer) { w.Len(1); writeSeeker(w, "s", 2, 1, 1) } }, union.ErrRange},
		"a schooling that the list has not": {func(b *body) { b.seekers = func(w *wire.Writer) { w.Len(1); writeSeeker(w, "s", 1, 2, 1) } }, union.ErrRange},
		"an age that the list has not":      {func(b *body) { b.seekers = func(w *wire.Writer) { w.Len(1); writeSeeker(w, "s", 1, 1, 2) } }, union.ErrRange},
		"a signing at no stage": {func(b *body) {
			b.lists = func(w *wire.Writer) {
				for range 8 {
					w.Len(2)
				}
				w.Uint(0)
			}
		}, union.ErrText},
		"more signings than openings": {func(b *body) {
			b.postings = func(w *wire.Writer) { w.Len(1); writePosting(w, "p", "e", 1, 1) }
			b.seekers = func(w *wire.Writer) { w.Len(2); writeSeeker(w, "s", 1, 1, 1); writeSeeker(w, "t", 1, 1, 1) }
			b.steps = func(w *wire.Writer) { w.Len(2); w.Text("s p 1"); w.Text("t p 1") }
		}, union.ErrText},
		"a step of nobody":                    {func(b *body) { b.seekers = nothing }, union.ErrText},
		"a step to nowhere":                   {func(b *body) { b.postings = nothing }, union.ErrText},
		"a step to no stage":                  {func(b *body) { b.steps = func(w *wire.Writer) { w.Len(1); w.Text("s p 0") } }, union.ErrText},
		"a step to a stage that is not":       {func(b *body) { b.steps = func(w *wire.Writer) { w.Len(1); w.Text("s p 2") } }, union.ErrText},
		"a step to a stage beyond all":        {func(b *body) { b.steps = func(w *wire.Writer) { w.Len(1); w.Text("s p 65537") } }, union.ErrText},
		"a step in other words":               {func(b *body) { b.steps = func(w *wire.Writer) { w.Len(1); w.Text("s p 01") } }, union.ErrText},
		"a step without stage":                {func(b *body) { b.steps = func(w *wire.Writer) { w.Len(1); w.Text("s p  ") } }, union.ErrText},
		"a funnel of no layout":               {func(b *body) { b.funnel = func(w *wire.Writer) { w.Nest(employment.Funnel{}) } }, union.ErrText},
		"a table in the place of the funnel":  {func(b *body) { b.funnel = func(w *wire.Writer) { w.Nest(union.Table{}) } }, union.ErrUnknown},
		"something more after all is said":    {func(b *body) { b.funnel = func(w *wire.Writer) { w.Nest(sampleFair().Funnel()); w.Len(0) } }, union.ErrText},
		"less than what is said to be coming": {func(b *body) { b.funnel = func(*wire.Writer) {} }, union.ErrText},
	} {
		t.Run(reason, func(t *testing.T) {
			changed := soundBody()
			row.change(&changed)
			floor := sampleFloor(sampleFair())
			err := floor.UnmarshalBinary(changed.bytes(t))
			require.ErrorIs(t, err, row.want)
			assert.NotContains(t, err.Error(), identity)
			assert.Equal(t, sampleFloor(sampleFair()), floor)
		})
	}
}

func TestAFloorIsReadWithTheLongestKeysThatThereAre(t *testing.T) {
	long := func(key string) string { return strings.Repeat(key, 64) }
	longest := soundBody()
	longest.lists = func(w *wire.Writer) {
		for range 8 {
			w.Len(1 << 16)
		}
		w.Uint(1)
	}
	longest.employers = func(w *wire.Writer) { w.Len(1); w.Text(long("e")); w.Uint(65535); w.Uint(65535) }
	longest.postings = func(w *wire.Writer) { w.Len(1); writePosting(w, long("p"), long("e"), 65535, 5) }
	longest.seekers = func(w *wire.Writer) { w.Len(1); writeSeeker(w, long("s"), 65535, 65535, 65535) }
	longest.steps = func(w *wire.Writer) { w.Len(1); w.Text(long("s") + " " + long("p") + " 65535") }
	require.NoError(t, new(employment.Floor).UnmarshalBinary(longest.bytes(t)))
}

// Bytes may say that they are of a fair and be of lists that it does not have.
func TestAFloorOfOtherListsIsNeverTakenForTheFairs(t *testing.T) {
	fair := sampleFair()
	var strange employment.Floor
	require.NoError(t, strange.UnmarshalBinary(soundBody().bytes(t)))
	assert.Equal(t, fair.ID(), strange.Rule())

	floor := sampleFloor(fair)
	require.ErrorIs(t, floor.UnmarshalBinary(soundBody().bytes(t)), union.ErrRule)
	require.ErrorIs(t, floor.Merge(strange), union.ErrRule)
	assert.Equal(t, sampleFloor(fair), floor)

	require.ErrorIs(t, strange.AddEmployer(fair, employment.Employer{Key: "f"}), union.ErrRule)
	_, err := fair.Report(strange)
	require.ErrorIs(t, err, union.ErrRule)
	_, err = fair.Persons(strange)
	require.ErrorIs(t, err, union.ErrRule)
	_, err = fair.Check(strange)
	require.ErrorIs(t, err, union.ErrRule)
	_, err = fair.Reached(strange, "signed")
	require.ErrorIs(t, err, union.ErrRule)
}

// The sample's lists have 4 regions, 2 kinds, 3 sectors, 4 categories, 2 of schooling, 2 of
// age, 4 stages and no trade, and a place each for what is not known; its fourth stage is
// the signing.
func TestAFloorIsOfTheFairsListsAndOfItsSigning(t *testing.T) {
	fair := sampleFair()
	for name, each := range map[string]struct {
		lists  []int
		signed uint64
		want   error
	}{
		"the fair's own":       {[]int{5, 3, 4, 5, 3, 3, 5, 1}, 4, nil},
		"another stage signed": {[]int{5, 3, 4, 5, 3, 3, 5, 1}, 3, union.ErrRule},
		"a list too long":      {[]int{5, 3, 4, 5, 3, 3, 5, 2}, 4, union.ErrRule},
	} {
		empty := soundBody()
		none := func(w *wire.Writer) { w.Len(0) }
		empty.employers, empty.postings, empty.seekers, empty.steps = none, none, none, none
		empty.lists = func(w *wire.Writer) {
			for _, n := range each.lists {
				w.Len(n)
			}
			w.Uint(each.signed)
		}
		var floor employment.Floor
		require.NoError(t, floor.UnmarshalBinary(empty.bytes(t)), name)
		require.ErrorIs(t, floor.AddEmployer(fair, employment.Employer{Key: "e"}), each.want, name)
	}
}

func TestAFunnelIsReadOnlyIfItIsOfItsTablesLayout(t *testing.T) {
	fair := sampleFair()
	write := func(rule union.RuleID, table union.Table) []byte {
		data, err := union.WriteTally(nil, "employment.funnel/1", rule, func(w *wire.Writer) { w.Nest(table) })
		require.NoError(t, err)
		return data
	}
	funnel := fair.Funnel()
	table := funnel.Table()
	require.NoError(t, funnel.UnmarshalBinary(write(table.Rule(), table)))
	nowhere := table
	require.NoError(t, nowhere.AddN(1, 0, 1, 1, 1))
	require.ErrorIs(t, new(employment.Funnel).UnmarshalBinary(write(nowhere.Rule(), nowhere)), union.ErrText, "a passage at no stage")
	table = fair.Funnel().Table()
	var fresh employment.Funnel
	require.ErrorIs(t, fresh.UnmarshalBinary(write(fair.ID(), table)), union.ErrText)
	require.ErrorIs(t, fresh.UnmarshalBinary(write(table.Rule(), union.Table{})), union.ErrText)
	require.ErrorIs(t, funnel.UnmarshalBinary(write(table.Rule(), fair.PersonsLayout().Table())), union.ErrRule)
	assert.Equal(t, fair.Funnel(), funnel)
}

// shortKeys returns n keys in ascending order that are as short as can be.
func shortKeys(n int) []string {
	const signs = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz!#$%&*+-./:;<=>?@^_|~"
	keys, last := []string{""}, 0
	for ; len(keys) <= n; last++ {
		for _, sign := range signs {
			keys = append(keys, keys[last]+string(sign))
		}
	}
	keys = keys[1 : n+1]
	slices.Sort(keys)
	return keys
}

// longest is how long an input is of which the bound on what a reader takes is
// stated.
const longest = 64 << 10

func TestTheWorstFloorsTakeNoMoreThanEightTimesTheirLength(t *testing.T) {
	ops := laws.OpsOf[employment.Floor]()
	for reason, worst := range map[string]func(b *body, n int){
		"of employers": func(b *body, n int) {
			b.employers = func(w *wire.Writer) {
				w.Len(n)
				for _, key := range shortKeys(n) {
					w.Text(key)
					w.Uint(0)
					w.Uint(0)
				}
			}
		},
		"of postings": func(b *body, n int) {
			b.postings = func(w *wire.Writer) {
				w.Len(n)
				for _, key := range shortKeys(n) {
					writePosting(w, key, "e", 0, 1)
				}
			}
		},
		"of seekers": func(b *body, n int) {
			b.seekers = func(w *wire.Writer) {
				w.Len(n)
				for _, key := range shortKeys(n) {
					writeSeeker(w, key, 0, 0, 0)
				}
			}
		},
		"of signings": func(b *body, n int) { // by one seeker, at as many postings as may be
			b.postings = func(w *wire.Writer) {
				w.Len(n)
				for _, key := range shortKeys(n) {
					writePosting(w, key, "e", 0, 1)
				}
			}
			b.steps = func(w *wire.Writer) {
				w.Len(n)
				for _, key := range shortKeys(n) {
					w.Text("s " + key + " 1")
				}
			}
		},
		"of steps": func(b *body, n int) { // of as few seekers as may be
			seekers := shortKeys(n/40 + 1)
			b.lists = func(w *wire.Writer) {
				for range 8 {
					w.Len(9)
				}
				w.Uint(8)
			}
			b.postings = func(w *wire.Writer) {
				w.Len(5)
				for _, key := range shortKeys(5) {
					writePosting(w, key, "e", 0, 1<<20) // so that all may sign
				}
			}
			b.seekers = func(w *wire.Writer) {
				w.Len(len(seekers))
				for _, key := range seekers {
					writeSeeker(w, key, 0, 0, 0)
				}
			}
			b.steps = func(w *wire.Writer) {
				w.Len(len(seekers) * 40)
				for _, seeker := range seekers {
					for _, posting := range shortKeys(5) {
						for stage := range 8 {
							w.Text(seeker + " " + posting + " " + text(stage+1))
						}
					}
				}
			}
		},
	} {
		t.Run(reason, func(t *testing.T) {
			for _, n := range []int{1000, 1025, 4000, 8193} {
				changed := soundBody()
				changed.steps = func(w *wire.Writer) { w.Len(0) }
				worst(&changed, n)
				data := changed.bytes(t)
				require.NoError(t, new(employment.Floor).UnmarshalBinary(data), n)
				require.NoError(t, laws.Bounded(ops, data), n)
				require.NoError(t, laws.Bounded(ops, data[:len(data)-1]), "refused at its end: %d", n)
				claims := append(data[:200], make([]byte, longest-200)...) // keys that do not ascend, as many as may be
				require.NoError(t, laws.Bounded(ops, claims), n)
			}
		})
	}
}

func TestTheWorstFunnelTakesNoMoreThanEightTimesItsLength(t *testing.T) {
	spec := sampleSpec()
	for i := range 60 {
		spec.Sectors.Terms = append(spec.Sectors.Terms, union.Term{Key: "sector-" + text(i), Title: "行业" + text(i)})
		spec.Regions.Terms = append(spec.Regions.Terms, union.Term{Key: "region-" + text(i), Title: "地区" + text(i)})
	}
	data := must(must(employment.NewFair(spec)).Funnel().AppendBinary(nil))
	require.Greater(t, len(data), longest)
	require.NoError(t, laws.Bounded(laws.OpsOf[employment.Funnel](), data))
	require.NoError(t, laws.Bounded(laws.OpsOf[employment.Funnel](), data[:longest]))
}

func TestARecordWithLongKeysThatBringsNothingNewIsCountedWithoutAllocating(t *testing.T) {
	fair := sampleFair()
	floor := sampleFloor(fair)
	seeker := strings.Repeat("s", 64)
	require.NoError(t, floor.AddRegistration(fair, employment.Registration{Seeker: seeker, Day: firstDay}))
	intention := employment.Intention{Seeker: seeker, Posting: "fitter", Stage: "signed", Day: firstDay}
	require.NoError(t, floor.AddIntention(fair, intention))
	assert.Zero(t, testing.AllocsPerRun(100, func() {
		if floor.AddIntention(fair, intention) != nil {
			panic("refused")
		}
	}))
}

// Hundreds of seekers, so that a floor is laid out anew many times as it grows.
func TestALargeFloorIsTheSameHoweverItCameAbout(t *testing.T) {
	fair := sampleFair()
	whole, odd, even := fair.Floor(), fair.Floor(), fair.Floor()
	seekers := shortKeys(700)
	for i, seeker := range seekers {
		each := visit{registration: registrationOf(i), intentions: []employment.Intention{{
			Seeker: seeker, Posting: postingKeys[i%4], Stage: stageKeys[i%2], Day: secondDay,
		}}}
		each.registration.Seeker = seeker
		half := &even
		if i%2 > 0 {
			half = &odd
		}
		require.NoError(t, each.count(&whole))
		require.NoError(t, each.count(half))
	}
	assert.Equal(t, seekers, whole.Seekers().All())
	var read employment.Floor
	require.NoError(t, read.UnmarshalBinary(must(whole.AppendBinary(nil))))
	assert.Equal(t, whole, read)
	merged := must(union.Merge(odd, even))
	assert.Equal(t, whole, merged)
	assert.Equal(t, must(fair.Report(whole)), must(fair.Report(merged)))
	assert.Equal(t, "350人", must(fair.Report(read)).Stages["intention"].Persons.String(), "every other of 700")
}

func text(n int) string { return strconv.Itoa(n) }

// A quarterBody writes the parts of a quarter's form by hand.
type quarterBody struct {
	lengths            []int
	vacancies, seekers func(*wire.Writer)
	times              int64
}

func soundQuarter() quarterBody {
	return quarterBody{
		lengths:   []int{2},
		vacancies: func(w *wire.Writer) { w.Len(1); writeVacancy(w, "v", 3, 1) },
		seekers:   func(w *wire.Writer) { w.Len(1); writeApplied(w, "s", 1) },
		times:     2,
	}
}

func writeTwelve(w *wire.Writer, codes ...uint64) {
	for i := range 12 {
		if i < len(codes) {
			w.Uint(codes[i])
		} else {
			w.Uint(0)
		}
	}
}

func writeVacancy(w *wire.Writer, key string, openings int64, codes ...uint64) {
	w.Text(key)
	writeTwelve(w, codes...)
	w.Count(openings)
	w.Bool(false)
}

func writeApplied(w *wire.Writer, key string, codes ...uint64) {
	w.Text(key)
	writeTwelve(w, codes...)
	w.Bool(true)
}

func (b quarterBody) bytes(t testing.TB) []byte {
	data, err := union.WriteTally(nil, "employment.quarter/1", sampleMarket().ID(), func(w *wire.Writer) {
		w.Len(len(b.lengths))
		for _, each := range b.lengths {
			w.Len(each)
		}
		b.vacancies(w)
		b.seekers(w)
		w.Count(b.times)
	})
	require.NoError(t, err)
	return data
}

func TestAQuarterIsReadOnlyIfOneCouldHoldIt(t *testing.T) {
	var read employment.Quarter
	require.NoError(t, read.UnmarshalBinary(soundQuarter().bytes(t)))
	for reason, row := range map[string]struct {
		change func(*quarterBody)
		want   error
	}{
		"a list without a term":    {func(b *quarterBody) { b.lengths = []int{1} }, union.ErrText},
		"too many dimensions":      {func(b *quarterBody) { b.lengths = slices.Repeat([]int{2}, 13) }, union.ErrText},
		"no openings":              {func(b *quarterBody) { b.vacancies = func(w *wire.Writer) { w.Len(1); writeVacancy(w, "v", 0, 1) } }, union.ErrText},
		"a code that is none":      {func(b *quarterBody) { b.vacancies = func(w *wire.Writer) { w.Len(1); writeVacancy(w, "v", 1, 2) } }, union.ErrRange},
		"a code of no dimension":   {func(b *quarterBody) { b.vacancies = func(w *wire.Writer) { w.Len(1); writeVacancy(w, "v", 1, 1, 1) } }, union.ErrRange},
		"a seeker of no dimension": {func(b *quarterBody) { b.seekers = func(w *wire.Writer) { w.Len(1); writeApplied(w, "s", 1, 1) } }, union.ErrRange},
		"a person's number":        {func(b *quarterBody) { b.seekers = func(w *wire.Writer) { w.Len(1); writeApplied(w, identity, 1) } }, union.ErrText},
		"fewer person-times":       {func(b *quarterBody) { b.times = 0 }, union.ErrText},
		"openings that do not fit": {func(b *quarterBody) {
			b.vacancies = func(w *wire.Writer) {
				w.Len(2)
				writeVacancy(w, "u", math.MaxInt64, 1)
				writeVacancy(w, "v", 1, 1)
			}
		}, union.ErrText},
	} {
		changed := soundQuarter()
		row.change(&changed)
		quarter := sampleQuarter()
		err := quarter.UnmarshalBinary(changed.bytes(t))
		require.ErrorIs(t, err, row.want, reason)
		assert.NotContains(t, err.Error(), identity)
		assert.Equal(t, sampleQuarter(), quarter, reason)
	}
	quarter := sampleQuarter()
	require.ErrorIs(t, quarter.UnmarshalBinary(soundQuarter().bytes(t)), union.ErrRule, "of lists of other lengths")
	require.ErrorIs(t, quarter.Merge(read), union.ErrRule)
	_, err := sampleMarket().Bulletin(read)
	require.ErrorIs(t, err, union.ErrRule)
	require.ErrorIs(t, read.AddVacancy(sampleMarket(), employment.Vacancy{}), union.ErrRule)
}

func TestAQuarterIsReadWithAsManyDimensionsAsAMarketMayHave(t *testing.T) {
	full := soundQuarter()
	full.lengths = slices.Repeat([]int{2}, 12)
	require.NoError(t, new(employment.Quarter).UnmarshalBinary(full.bytes(t)))
	spec := sampleMarketSpec()
	spec.Dimensions = nil
	market := must(employment.NewMarket(spec))
	quarter := market.Quarter()
	require.NoError(t, quarter.AddApplication(market, employment.Application{Seeker: "s", Day: may}))
	var read employment.Quarter
	require.NoError(t, read.UnmarshalBinary(must(quarter.AppendBinary(nil))))
	assert.Equal(t, quarter, read)
}

// claimed says that so many items follow, and has a byte for each.
func claimed(n int) func(*wire.Writer) {
	return func(w *wire.Writer) {
		w.Len(n)
		for range n {
			w.Len(0)
		}
	}
}

func TestTheWorstQuartersAndSeasonsTakeNoMoreThanEightTimesTheirLength(t *testing.T) {
	for _, n := range []int{1000, 1025, 3000} {
		for reason, change := range map[string]func(*quarterBody){
			"vacancies": func(b *quarterBody) {
				b.vacancies = func(w *wire.Writer) {
					w.Len(n)
					for _, key := range shortKeys(n) {
						writeVacancy(w, key, 1)
					}
				}
			},
			"seekers": func(b *quarterBody) {
				b.times = int64(n)
				b.seekers = func(w *wire.Writer) {
					w.Len(n)
					for _, key := range shortKeys(n) {
						writeApplied(w, key)
					}
				}
			},
			"as many vacancies claimed as bytes follow": func(b *quarterBody) { b.vacancies = claimed(n) },
			"as many seekers claimed as bytes follow":   func(b *quarterBody) { b.seekers = claimed(n) },
			"claims of more": func(b *quarterBody) {
				b.seekers = func(w *wire.Writer) {
					w.Len(n)
					for range n {
						w.Text("")
						writeTwelve(w)
						w.Len(0)
					}
				}
			},
		} {
			body := soundQuarter()
			body.lengths = nil
			body.vacancies = func(w *wire.Writer) { w.Len(0) }
			body.seekers = func(w *wire.Writer) { w.Len(0) }
			change(&body)
			require.NoError(t, laws.Bounded(laws.OpsOf[employment.Quarter](), body.bytes(t)), "%s: %d", reason, n)
		}
		season, err := union.WriteTally(nil, "employment.season/1", theSampleSeries.ID(), func(w *wire.Writer) {
			w.Len(n)
			for _, key := range shortKeys(n) {
				w.Text(key)
				w.Text(strings.Repeat("d", 16))
				for range 4 {
					w.Count(1)
				}
			}
			for range 4 {
				w.Nest(union.Register{})
			}
		})
		require.NoError(t, err)
		require.NoError(t, new(employment.Season).UnmarshalBinary(season))
		require.NoError(t, laws.Bounded(laws.OpsOf[employment.Season](), season), n)
		claims, err := union.WriteTally(nil, "employment.claims/1", theSampleHard.ID(), func(w *wire.Writer) {
			w.Len(n)
			for range n + 1 {
				w.Nest(union.Register{})
			}
		})
		require.NoError(t, err)
		require.NoError(t, new(employment.Claims).UnmarshalBinary(claims))
		require.NoError(t, laws.Bounded(laws.OpsOf[employment.Claims](), claims), n)
	}
}

func TestASeasonAndClaimsAreReadOnlyIfOneCouldHoldThem(t *testing.T) {
	season, err := union.WriteTally(nil, "employment.season/1", theSampleSeries.ID(), func(w *wire.Writer) {
		w.Len(1)
		w.Text("fair")
		w.Text("short")
		for range 4 {
			w.Count(1)
		}
		for range 4 {
			w.Nest(union.Register{})
		}
	})
	require.NoError(t, err)
	require.ErrorIs(t, new(employment.Season).UnmarshalBinary(season), union.ErrText)
	claims, err := union.WriteTally(nil, "employment.claims/1", theSampleHard.ID(), func(w *wire.Writer) {
		w.Len(0)
		w.Nest(union.Register{})
	})
	require.NoError(t, err)
	require.ErrorIs(t, new(employment.Claims).UnmarshalBinary(claims), union.ErrText)
	one, err := union.WriteTally(nil, "employment.claims/1", theSampleHard.ID(), func(w *wire.Writer) {
		w.Len(1)
		w.Nest(union.Register{})
		w.Nest(union.Register{})
	})
	require.NoError(t, err)
	kept := sampleClaims()
	require.ErrorIs(t, kept.UnmarshalBinary(one), union.ErrRule, "of other classes")
	assert.Equal(t, sampleClaims(), kept)
}
