package competition_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/competition"
	"github.com/unioncampaign/union/internal/laws"
	"pgregory.net/rapid"
)

// drawEntries draws reports whose content follows from firm and level, so that
// no two contradict each other.
func drawEntries(r *rapid.T) []competition.CodedEntry {
	var list []competition.CodedEntry
	for _, n := range rapid.SliceOfN(rapid.IntRange(0, 20), 0, 10).Draw(r, "reports") {
		entry := entered(n%7, union.Code(n/7+1))
		if n%3 == 0 { // none, which is said in two ways
			entry.Teams = rapid.SampledFrom([][]int64{nil, {0, 0, 0, 0}}).Draw(r, "teams")
		}
		list = append(list, entry)
	}
	return list
}

func TestEntrantsAreATally(t *testing.T) {
	e := edition(t)
	laws.Tally[competition.Entrants](t, func(r *rapid.T) competition.Entrants { return entrants(t, e, drawEntries(r)...) })
}

func TestReportsFoldInAnyOrderAndCut(t *testing.T) {
	e := edition(t)
	laws.Folds[competition.Entrants](t, e.Entrants, drawEntries, (*competition.Entrants).Add)
	// The twin keeps what it has, and takes of the other only if it has nothing.
	twin := laws.OpsOf[competition.Entrants]()
	twin.Merge = func(into *competition.Entrants, other competition.Entrants) error {
		if into.Len() > 0 {
			return nil
		}
		return into.Merge(other)
	}
	laws.Rejects(t, laws.SplitFolds(twin, e.Entrants, drawEntries, (*competition.Entrants).Add))
}

// countedOnce: a firm that comes through two paths counts once in the parent.
func countedOnce(parent func(left, right []competition.CodedEntry) int) laws.Law {
	return func(r *rapid.T) error {
		left, right := drawEntries(r), drawEntries(r)
		distinct := map[string]bool{}
		for _, entry := range append(append([]competition.CodedEntry{}, left...), right...) {
			distinct[entry.Firm.Reveal()] = true
		}
		if got := parent(left, right); got != len(distinct) {
			return fmt.Errorf("%d firms entered, %d are counted", len(distinct), got)
		}
		return nil
	}
}

func TestAFirmThatTwoUnitsReportCountsOnceInTheParent(t *testing.T) {
	e := edition(t)
	laws.Holds(t, countedOnce(func(left, right []competition.CodedEntry) int {
		r := entrants(t, e, left...)
		require.NoError(t, r.Merge(entrants(t, e, right...)))
		turnout, _, err := e.Count(e.Population(), r)
		require.NoError(t, err)
		figures, err := e.Figures(competition.Progress{Turnout: turnout})
		require.NoError(t, err)
		n, _ := figure(t, figures, "competition.entrants").Whole()
		assert.Equal(t, int(n), r.Len())
		return int(n)
	}))
	laws.Rejects(t, countedOnce(func(left, right []competition.CodedEntry) int {
		l, r := entrants(t, e, left...), entrants(t, e, right...)
		return l.Len() + r.Len()
	}))
}

func TestTheRegisterOfEntrantsHoldsEachFirmOnce(t *testing.T) {
	e := edition(t)
	r := entrants(t, e, entered(1, 1), entered(1, 3), entered(2, 3))
	firms, err := r.Firms()
	require.NoError(t, err)
	assert.Equal(t, []string{code(1).Reveal(), code(2).Reveal()}, firms.All())
	assert.Equal(t, 2, r.Len())
	assert.Equal(t, e.ID(), r.Rule())
}

func TestEntrantsRefuseTheFirstFaultAndStayAsTheyWere(t *testing.T) {
	e := edition(t)
	for name, row := range map[string]struct {
		change   func(*competition.CodedEntry)
		sentinel error
		where    string
	}{
		"no firm":                    {func(c *competition.CodedEntry) { c.Firm = union.CreditCode{}; c.Level = 0 }, union.ErrMissing, "firm"},
		"no level":                   {func(c *competition.CodedEntry) { c.Level = 0; c.Entered = union.Date{} }, union.ErrMissing, "level"},
		"no day":                     {func(c *competition.CodedEntry) { c.Entered = union.Date{}; c.Level = 9 }, union.ErrMissing, "entered"},
		"a level out of range":       {func(c *competition.CodedEntry) { c.Level = 4 }, union.ErrRange, "level"},
		"the day before the window":  {func(c *competition.CodedEntry) { c.Entered = day("2009-12-31"); c.Workers = 0 }, union.ErrRange, "entered"},
		"the day after the window":   {func(c *competition.CodedEntry) { c.Entered = day("2011-01-01") }, union.ErrRange, "entered"},
		"no workers":                 {func(c *competition.CodedEntry) { c.Workers = 0; c.Teams = []int64{1} }, union.ErrMissing, "workers"},
		"fewer workers than none":    {func(c *competition.CodedEntry) { c.Workers = -5 }, union.ErrRange, "workers"},
		"too few kinds of team":      {func(c *competition.CodedEntry) { c.Teams = []int64{1} }, union.ErrRange, "teams"},
		"fewer teams than none":      {func(c *competition.CodedEntry) { c.Teams = []int64{0, 2, 0, -1} }, union.ErrRange, "teams[3]"},
		"other workers, same level":  {func(c *competition.CodedEntry) { c.Workers = 81 }, union.ErrRepeated, ""},
		"another day, same level":    {func(c *competition.CodedEntry) { c.Entered = day("2010-03-02") }, union.ErrRepeated, ""},
		"other teams, same level":    {func(c *competition.CodedEntry) { c.Teams = []int64{0, 2, 0, 1} }, union.ErrRepeated, ""},
		"no teams of a firm with 2":  {func(c *competition.CodedEntry) { c.Teams = nil }, union.ErrRepeated, ""},
		"the last day, other figure": {func(c *competition.CodedEntry) { c.Entered = day("2010-12-31") }, union.ErrRepeated, ""},
	} {
		r := entrants(t, e, entered(1, 1))
		bad := entered(1, 1)
		row.change(&bad)
		err := r.Add(bad)
		require.ErrorIs(t, err, row.sentinel, name)
		if row.where != "" {
			assert.Equal(t, row.where, union.Faults(err)[0].Where, name)
		}
		assert.NotContains(t, err.Error(), code(1).Reveal())
		assert.Equal(t, entrants(t, e, entered(1, 1)), r, name)
	}
}

func TestBothEndsOfTheWindowAreInTime(t *testing.T) {
	e := edition(t)
	for n, text := range []string{"2010-01-01", "2010-12-31"} {
		entry := entered(n, 1)
		entry.Entered = day(text)
		assert.Equal(t, 1, func() int { r := entrants(t, e, entry); return r.Len() }())
	}
}

func TestEntrantsKeepNoHoldOfTheTeamsHandedIn(t *testing.T) {
	e := edition(t)
	entry := entered(1, 1)
	r := entrants(t, e, entry)
	entry.Teams[1] = 99
	assert.Equal(t, entrants(t, e, entered(1, 1)), r)
}

func TestEntrantsThatContradictEachOtherDoNotMerge(t *testing.T) {
	e := edition(t)
	other := entered(2, 1)
	other.Workers = 7
	r := entrants(t, e, entered(1, 1), entered(2, 1))
	require.ErrorIs(t, r.Merge(entrants(t, e, entered(3, 1), other)), union.ErrRepeated)
	assert.Equal(t, entrants(t, e, entered(1, 1), entered(2, 1)), r)
	// Of several contradictions the first by credit code is told, on every run.
	first := entered(1, 1)
	first.Workers = 7
	for range 5 {
		err := r.Merge(entrants(t, e, other, first))
		require.ErrorIs(t, err, union.ErrRepeated)
		assert.Equal(t, "firm "+code(1).String(), union.Faults(err)[0].Where)
	}
	next := altered(t, func(s *competition.EditionSpec) { s.Version = "2011" })
	require.ErrorIs(t, r.Merge(next.Entrants()), union.ErrRule)
}

func TestAFirmHasEnteredFromItsFirstReportOn(t *testing.T) {
	e := edition(t)
	late, early := entered(1, 1), entered(1, 3)
	early.Entered = day("2010-02-01")
	r := entrants(t, e, late, early)
	for text, want := range map[string]string{"2010-01-31": "", "2010-02-01": "2010-02-01", "2010-12-01": "2010-02-01"} {
		got, ok := r.Entered(code(1), day(text))
		assert.Equal(t, want, got.String(), text)
		assert.Equal(t, want != "", ok, text)
	}
	_, ok := r.Entered(code(2), day("2010-12-31"))
	assert.False(t, ok)
}

func TestAnEntryIsCodedByTheEditionsLists(t *testing.T) {
	e := edition(t)
	record := competition.Entry{
		Firm: code(1), Level: "township", Entered: day("2010-05-04"), Workers: 30,
		Teams: map[string]int64{"team": 4, "office": 1},
	}
	coded, err := e.CodeEntry(record)
	require.NoError(t, err)
	assert.Equal(t, competition.CodedEntry{
		Firm: code(1), Level: 3, Entered: day("2010-05-04"), Workers: 30, Teams: []int64{0, 4, 0, 1},
	}, coded)

	record.Teams["brigade"], record.Teams["army"] = 1, 1
	_, err = e.CodeEntry(record)
	require.ErrorIs(t, err, union.ErrUnknown)
	assert.Contains(t, err.Error(), `"army"`, "the first in alphabetical order")
	record.Level = "village"
	_, err = e.CodeEntry(record)
	assert.Equal(t, "level", union.Faults(err)[0].Where)

	bare := altered(t, func(s *competition.EditionSpec) { s.Kinds = union.CodesSpec{} })
	coded, err = bare.CodeEntry(competition.Entry{Firm: code(1), Level: "county", Entered: day("2010-05-04"), Workers: 3})
	require.NoError(t, err)
	assert.Nil(t, coded.Teams)
	r := bare.Entrants()
	require.NoError(t, r.Add(coded))
}

func TestAddingAReportAgainAllocatesNothing(t *testing.T) {
	e := edition(t)
	r := entrants(t, e, entered(1, 1), entered(2, 1))
	entry := entered(2, 1)
	assert.Zero(t, testing.AllocsPerRun(100, func() {
		if r.Add(entry) != nil {
			t.Fail()
		}
	}))
	p, f := population(t, e, firm(1)), firm(1)
	assert.Zero(t, testing.AllocsPerRun(100, func() {
		if p.Add(f) != nil {
			t.Fail()
		}
	}))
}
