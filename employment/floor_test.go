package employment_test

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/employment"
	"github.com/unioncampaign/union/internal/laws"
)

// An identity number of the standard's own example, in a key's place by mistake.
const identity = "11010519491231002X"

func TestAFloorRefusesEachWrongRecordByTheFirstFault(t *testing.T) {
	fair := sampleFair()
	employer := func(e employment.Employer) func(*employment.Floor) error {
		return func(f *employment.Floor) error { return f.AddEmployer(fair, e) }
	}
	posting := func(p employment.Posting) func(*employment.Floor) error {
		return func(f *employment.Floor) error { return f.AddPosting(fair, p) }
	}
	registration := func(r employment.Registration) func(*employment.Floor) error {
		return func(f *employment.Floor) error { return f.AddRegistration(fair, r) }
	}
	intention := func(i employment.Intention) func(*employment.Floor) error {
		return func(f *employment.Floor) error { return f.AddIntention(fair, i) }
	}
	march := union.MustParseDate("2010-03-01")
	spec := sampleSpec()
	spec.Version = "2"
	newer := must(employment.NewFair(spec)) // with the same lists
	for name, row := range map[string]struct {
		add   func(*employment.Floor) error
		where string
		want  error
	}{
		"an employer without key":         {employer(employment.Employer{Region: "moon"}), "key", union.ErrMissing},
		"an employer keyed by a person":   {employer(employment.Employer{Key: identity}), "key", union.ErrText},
		"an employer from the moon":       {employer(employment.Employer{Key: "e", Region: "moon", Kind: "moon"}), "region", union.ErrUnknown},
		"an employer of no kind known":    {employer(employment.Employer{Key: "e", Kind: "moon"}), "kind", union.ErrUnknown},
		"an employer in another place":    {employer(employment.Employer{Key: "works", Region: "west", Kind: "state"}), "key", union.ErrRepeated},
		"a posting without key":           {posting(employment.Posting{}), "key", union.ErrMissing},
		"a posting of no employer":        {posting(employment.Posting{Key: "p", Employer: "e", Sector: "moon"}), "employer", union.ErrUnknown},
		"a posting in no sector known":    {posting(employment.Posting{Key: "p", Employer: "inn", Sector: "moon"}), "sector", union.ErrUnknown},
		"a posting without openings":      {posting(employment.Posting{Key: "p", Employer: "inn"}), "openings", union.ErrRange},
		"a posting with fewer than none":  {posting(employment.Posting{Key: "p", Employer: "inn", Openings: -1}), "openings", union.ErrRange},
		"a posting with other openings":   {posting(employment.Posting{Key: "waiter", Employer: "inn", Openings: 2, Carried: true}), "key", union.ErrRepeated},
		"more openings than fit":          {posting(employment.Posting{Key: "p", Employer: "inn", Openings: math.MaxInt64 - 7}), "openings", union.ErrOverflow},
		"a registration of nobody":        {registration(employment.Registration{Category: "moon"}), "seeker", union.ErrMissing},
		"a registration by number":        {registration(employment.Registration{Seeker: identity}), "seeker", union.ErrText},
		"a registration of no category":   {registration(employment.Registration{Seeker: "s9", Category: "moon", Schooling: "moon"}), "category", union.ErrUnknown},
		"a registration of no schooling":  {registration(employment.Registration{Seeker: "s9", Schooling: "moon", Age: "moon"}), "schooling", union.ErrUnknown},
		"a registration of no age":        {registration(employment.Registration{Seeker: "s9", Age: "moon"}), "age", union.ErrUnknown},
		"a registration without day":      {registration(employment.Registration{Seeker: "s9"}), "day", union.ErrRange},
		"a registration before the fair":  {registration(employment.Registration{Seeker: "s9", Day: march}), "day", union.ErrRange},
		"a registration after the fair":   {registration(employment.Registration{Seeker: "s9", Day: union.MustParseDate("2010-05-17")}), "day", union.ErrRange},
		"a registration in other words":   {registration(employment.Registration{Seeker: "s5", Category: "migrant", Day: firstDay}), "seeker", union.ErrRepeated},
		"an intention of a stranger":      {intention(employment.Intention{Seeker: identity, Posting: "p"}), "seeker", union.ErrUnknown},
		"an intention for no posting":     {intention(employment.Intention{Seeker: "s1", Posting: identity, Stage: "moon"}), "posting", union.ErrUnknown},
		"an intention without stage":      {intention(employment.Intention{Seeker: "s1", Posting: "waiter"}), "stage", union.ErrMissing},
		"an intention of no stage known":  {intention(employment.Intention{Seeker: "s1", Posting: "waiter", Stage: "moon"}), "stage", union.ErrUnknown},
		"an intention to register":        {intention(employment.Intention{Seeker: "s1", Posting: "waiter", Stage: "registered"}), "stage", union.ErrRange},
		"an intention without day":        {intention(employment.Intention{Seeker: "s1", Posting: "waiter", Stage: "signed"}), "day", union.ErrRange},
		"an intention before the fair":    {intention(employment.Intention{Seeker: "s1", Posting: "waiter", Stage: "signed", Day: march}), "day", union.ErrRange},
		"a record of an unmade floor":     {func(*employment.Floor) error { return new(employment.Floor).AddPosting(fair, employment.Posting{}) }, "floor", union.ErrRule},
		"an employer of another's floor":  {func(f *employment.Floor) error { return f.AddEmployer(employment.Fair{}, employment.Employer{}) }, "floor", union.ErrRule},
		"an intention of another's floor": {func(f *employment.Floor) error { return f.AddIntention(employment.Fair{}, employment.Intention{}) }, "floor", union.ErrRule},
		"a record of no fair": {func(*employment.Floor) error {
			return new(employment.Floor).AddPosting(employment.Fair{}, employment.Posting{})
		}, "floor", union.ErrRule},
		"a record of another version": {func(*employment.Floor) error {
			floor := newer.Floor()
			return floor.AddPosting(fair, employment.Posting{})
		}, "floor", union.ErrRule},
	} {
		t.Run(name, func(t *testing.T) {
			floor := sampleFloor(fair)
			err := row.add(&floor)
			require.ErrorIs(t, err, row.want)
			require.Len(t, union.Faults(err), 1)
			assert.Equal(t, row.where, union.Faults(err)[0].Where)
			assert.NotContains(t, err.Error(), identity)
			assert.NotContains(t, err.Error(), "s1", "no seeker is named")
			assert.Equal(t, sampleFloor(fair), floor, "nothing is counted")
		})
	}
}

func TestTheSameEmployerPostingAndSeekerAreCountedOnce(t *testing.T) {
	fair := sampleFair()
	floor := sampleFloor(fair)
	again := sampleFloor(fair)
	require.NoError(t, fill(fair, &again, sampleEmployers(), samplePostings(), nil, nil))
	assert.Equal(t, floor, again, "employers and postings told again change nothing")

	require.NoError(t, fill(fair, &again, nil, nil, sampleRegistrations(), sampleIntentions()))
	report := must(fair.Report(again))
	assert.Equal(t, "5人", report.Seekers.String())
	assert.Equal(t, "12人次", report.Registrations.String())
	assert.Equal(t, "3人", report.Stages["intention"].Persons.String())
	assert.Equal(t, "10人次", report.Stages["intention"].PersonTimes.String())
	assert.Equal(t, "8个", report.Openings.String())
}

func TestFloorsThatContradictEachOtherAreNotMerged(t *testing.T) {
	fair := sampleFair()
	other := func(change func(*employment.Employer, *employment.Posting, *employment.Registration)) employment.Floor {
		employer, posting, registration := sampleEmployers()[0], samplePostings()[0], sampleRegistrations()[0]
		change(&employer, &posting, &registration)
		floor := fair.Floor()
		require.NoError(t, floor.AddEmployer(fair, employer))
		require.NoError(t, floor.AddPosting(fair, posting))
		require.NoError(t, floor.AddRegistration(fair, registration))
		return floor
	}
	spec := sampleSpec()
	spec.Version = "2"
	for name, row := range map[string]struct {
		other employment.Floor
		where string
		want  error
	}{
		"another fair": {must(employment.NewFair(spec)).Floor(), "floor", union.ErrRule},
		"an employer elsewhere": {other(func(e *employment.Employer, _ *employment.Posting, _ *employment.Registration) { e.Region = "west" }),
			"employers", union.ErrRepeated},
		"a posting with other openings": {other(func(_ *employment.Employer, p *employment.Posting, _ *employment.Registration) { p.Openings = 4 }),
			"postings", union.ErrRepeated},
		"a seeker of another category": {other(func(_ *employment.Employer, _ *employment.Posting, r *employment.Registration) { r.Category = "youth" }),
			"seekers", union.ErrRepeated},
		"more openings than fit": {other(func(_ *employment.Employer, p *employment.Posting, _ *employment.Registration) {
			p.Key, p.Openings = "all", math.MaxInt64
		}), "openings", union.ErrOverflow},
	} {
		t.Run(name, func(t *testing.T) {
			floor := sampleFloor(fair)
			err := floor.Merge(row.other)
			require.ErrorIs(t, err, row.want)
			assert.Equal(t, row.where, union.Faults(err)[0].Where)
			assert.NotContains(t, err.Error(), "s1")
			assert.Equal(t, sampleFloor(fair), floor, "nothing is merged")
		})
	}
}

// Of several contradictions the first by key is told, however they are come upon.
func TestAMergeTellsTheFirstContradictionByKey(t *testing.T) {
	fair := sampleFair()
	floors := [2]employment.Floor{fair.Floor(), fair.Floor()}
	for i, region := range []string{"east", "west"} {
		for _, key := range []string{"d", "b", "a", "c"} {
			if key == "a" {
				region = "neighbour" // of which both say the same
			}
			require.NoError(t, floors[i].AddEmployer(fair, employment.Employer{Key: key, Region: region}))
			region = []string{"east", "west"}[i]
		}
	}
	err := floors[0].Merge(floors[1])
	require.ErrorIs(t, err, union.ErrRepeated)
	assert.Equal(t, `"b"`, union.Faults(err)[0].Got)
}

func TestAMergeAddsTheOpeningsOfPostingsThatAreNew(t *testing.T) {
	fair := sampleFair()
	openings := func(keys ...string) employment.Floor {
		floor := fair.Floor()
		require.NoError(t, floor.AddEmployer(fair, sampleEmployers()[0]))
		for i, key := range keys {
			require.NoError(t, floor.AddPosting(fair, employment.Posting{Key: key, Employer: "works", Openings: int64(10 * (i + 1))}))
		}
		return floor
	}
	floor := openings("a")
	require.NoError(t, floor.Merge(openings("a", "b", "c")))
	assert.Equal(t, "60个", must(fair.Report(floor)).Openings.String())
	assert.Equal(t, openings("a", "b", "c"), floor)
}

func TestASigningBeyondTheOpeningsIsToldWithBoth(t *testing.T) {
	fair := sampleFair()
	floor, signing := sampleFloor(fair), employment.Intention{Seeker: "s2", Posting: "waiter", Stage: "signed", Day: secondDay}
	require.NoError(t, floor.AddIntention(fair, signing))
	signing.Seeker = "s3"
	err := floor.AddIntention(fair, signing)
	require.ErrorIs(t, err, union.ErrRange)
	assert.Equal(t, `posting: out of range: got "waiter" with 2 signings, want at most 1`, err.Error())
}

func TestAFloorHoldsTheRegistersOfWhoCame(t *testing.T) {
	fair := sampleFair()
	floor := sampleFloor(fair)
	assert.Equal(t, []string{"s1", "s2", "s3", "s4", "s5"}, floor.Seekers().All())
	assert.Equal(t, []string{"inn", "mill", "plant", "works"}, floor.Employers().All())
	assert.Equal(t, []string{"s1", "s2", "s4"}, must(fair.Reached(floor, "intention")).All())
	assert.Equal(t, []string{"s1"}, must(fair.Reached(floor, "signed")).All())
	assert.Equal(t, 5, must(fair.Reached(floor, "registered")).Len())
	_, err := fair.Reached(floor, "dreamt")
	require.ErrorIs(t, err, union.ErrUnknown)
}

func TestAFunnelRefusesAPassageItHasNoPlaceFor(t *testing.T) {
	fair := sampleFair()
	funnel := fair.Funnel()
	require.ErrorIs(t, funnel.Add(employment.Passage{Category: 1}), union.ErrMissing)
	require.ErrorIs(t, funnel.Add(employment.Passage{Stage: 5}), union.ErrRange)
	require.ErrorIs(t, funnel.Add(employment.Passage{Stage: 1, Region: 9}), union.ErrRange)
	assert.Equal(t, int64(0), funnel.Table().Total())

	for name, keys := range map[string][4]string{
		"stage": {"x", "x", "x", "x"}, "category": {"signed", "x", "x", "x"},
		"sector": {"signed", "youth", "x", "x"}, "region": {"signed", "youth", "", "x"},
	} {
		_, err := fair.Passage(keys[0], keys[1], keys[2], keys[3])
		require.ErrorIs(t, err, union.ErrUnknown)
		assert.Equal(t, name, union.Faults(err)[0].Where)
	}
	_, err := fair.Passage("", "", "", "")
	require.ErrorIs(t, err, union.ErrMissing)
}

func TestAFunnelOfOtherListsIsRefused(t *testing.T) {
	spec := sampleSpec()
	spec.Sectors.Version = "2017"
	funnel := sampleFair().Funnel()
	require.ErrorIs(t, funnel.Merge(must(employment.NewFair(spec)).Funnel()), union.ErrRule)

	spec = sampleSpec()
	spec.Venue = "县广场"
	require.NoError(t, funnel.Merge(must(employment.NewFair(spec)).Funnel()), "a series shares its lists")
}

func TestARecordThatBringsNothingNewIsCountedWithoutAllocating(t *testing.T) {
	fair := sampleFair()
	floor := sampleFloor(fair)
	registration, intention := sampleRegistrations()[0], sampleIntentions()[0]
	assert.Zero(t, testing.AllocsPerRun(100, func() {
		if floor.AddRegistration(fair, registration) != nil || floor.AddIntention(fair, intention) != nil {
			panic("refused")
		}
	}))
	funnel, passage := fair.Funnel(), must(fair.Passage("signed", "youth", "machinery", "east"))
	assert.Zero(t, testing.AllocsPerRun(100, func() {
		if funnel.Add(passage) != nil {
			panic("refused")
		}
	}))
}

// benchmarkPassages are drawn by a fixed rule, the same for both contestants.
func benchmarkPassages() []employment.Passage {
	passages := make([]employment.Passage, 4096)
	state := uint32(1)
	for i := range passages {
		state = state*1664525 + 1013904223
		passages[i] = employment.Passage{
			Stage: union.Code(1 + state>>30), Category: union.Code(state >> 20 % 5),
			Sector: union.Code(state >> 12 % 4), Region: union.Code(state >> 4 % 5),
		}
	}
	return passages
}

func BenchmarkCodedPassages(b *testing.B) {
	passages := benchmarkPassages()
	b.Run("funnel", func(b *testing.B) {
		funnel := sampleFair().Funnel()
		b.ReportAllocs()
		for i := 0; b.Loop(); i++ {
			if err := funnel.Add(passages[i%len(passages)]); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("array", func(b *testing.B) {
		cells := make([]int64, 5*5*4*5)
		b.ReportAllocs()
		for i := 0; b.Loop(); i++ {
			p := passages[i%len(passages)]
			cells[((int(p.Stage)*5+int(p.Category))*4+int(p.Sector))*5+int(p.Region)]++
		}
	})
}

func BenchmarkKeyedRegistrations(b *testing.B) {
	fair := sampleFair()
	registrations := make([]employment.Registration, 100)
	for i := range registrations {
		registrations[i] = registrationOf(i)
	}
	b.Run("floor", func(b *testing.B) {
		floor := fair.Floor()
		b.ReportAllocs()
		for i := 0; b.Loop(); i++ {
			if err := floor.AddRegistration(fair, registrations[i%len(registrations)]); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("map", func(b *testing.B) {
		persons, categories := map[string]bool{}, map[string]int64{}
		b.ReportAllocs()
		for i := 0; b.Loop(); i++ {
			each := registrations[i%len(registrations)]
			persons[each.Seeker] = true
			categories[each.Category]++
		}
	})
}

func TestPassagesAreCountedTogetherAsTheyAreOneByOne(t *testing.T) {
	fair := sampleFair()
	laws.Holds(t, countsTogether(func(funnel *employment.Funnel, passages ...employment.Passage) error {
		return funnel.AddPassages(fair, passages...)
	}))
	laws.Rejects(t, countsTogether(func(funnel *employment.Funnel, passages ...employment.Passage) error {
		for i := range passages { // sector and region are taken for each other
			passages[i].Sector, passages[i].Region = passages[i].Region%4, passages[i].Sector
		}
		return funnel.AddPassages(fair, passages...)
	}))
	laws.Rejects(t, countsTogether(func(funnel *employment.Funnel, passages ...employment.Passage) error {
		for _, each := range passages { // those before the one that is refused are counted
			if err := funnel.Add(each); err != nil {
				return err
			}
		}
		return nil
	}))
}

// countsTogether says that a batch of passages is counted as each of them would be,
// or, if one is refused, not at all.
func countsTogether(add func(*employment.Funnel, ...employment.Passage) error) laws.Law {
	fair := sampleFair()
	return func(r *rapid.T) error {
		passages := rapid.SliceOfN(rapid.Custom(drawPassage), 0, 8).Draw(r, "passages")
		passages = slices.Repeat(passages, rapid.SampledFrom([]int{1, 1, 300}).Draw(r, "times"))
		if len(passages) > 0 && rapid.Bool().Draw(r, "wrong") {
			wrong := &passages[rapid.IntRange(0, len(passages)-1).Draw(r, "where")]
			switch rapid.IntRange(0, 4).Draw(r, "what") {
			case 0:
				wrong.Stage = 0
			case 1:
				wrong.Stage = 5
			case 2:
				wrong.Category = 5
			case 3:
				wrong.Sector = 4
			default:
				wrong.Region = 5
			}
		}
		want, refused := fair.Funnel(), false
		for _, each := range passages {
			refused = refused || want.Add(each) != nil
		}
		if refused {
			want = fair.Funnel()
		}
		got := fair.Funnel()
		if err := add(&got, slices.Clone(passages)...); refused != (err != nil) {
			return fmt.Errorf("refused: %v, %w", refused, errors.Join(err, errors.New("not as one by one")))
		}
		return equal("the funnel", got, want)
	}
}

func TestABatchOfPassagesIsRefusedWhole(t *testing.T) {
	fair, funnel := sampleFair(), sampleFair().Funnel()
	err := funnel.AddPassages(fair, employment.Passage{Stage: 1}, employment.Passage{})
	require.ErrorIs(t, err, union.ErrMissing)
	assert.Equal(t, "passages[1].stage: must be given: want a stage of the fair", err.Error())
	for where, each := range map[string]employment.Passage{
		"passages[1].at[0]": {Stage: 5}, "passages[1].at[1]": {Stage: 4, Category: 5},
		"passages[1].at[2]": {Stage: 4, Sector: 4}, "passages[1].at[3]": {Stage: 4, Region: 5},
	} {
		err = funnel.AddPassages(fair, employment.Passage{Stage: 4, Category: 4, Sector: 3, Region: 4}, each)
		require.ErrorIs(t, err, union.ErrRange)
		assert.Equal(t, where, union.Faults(err)[0].Where)
	}
	require.ErrorIs(t, new(employment.Funnel).AddPassages(fair, employment.Passage{Stage: 1}), union.ErrRule)
	require.ErrorIs(t, new(employment.Funnel).AddPassages(employment.Fair{}), union.ErrRule)
	passages := slices.Repeat([]employment.Passage{{Stage: 1}}, 1024)
	assert.Zero(t, testing.AllocsPerRun(10, func() {
		if funnel.AddPassages(fair, passages...) != nil {
			panic("refused")
		}
	}))
}
