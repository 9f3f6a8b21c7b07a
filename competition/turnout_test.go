package competition_test

import (
	"fmt"
	"math"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/competition"
	"github.com/unioncampaign/union/internal/laws"
	"pgregory.net/rapid"
)

func drawReported(r *rapid.T) competition.Reported {
	count := func(name string) int64 { return rapid.Int64Range(0, 9).Draw(r, name) }
	return competition.Reported{
		Ownership:  union.Code(count("ownership") % 5),
		Size:       union.Code(count("size") % 5),
		Unionised:  competition.Whether(count("unionised") % 3),
		AboveScale: competition.Whether(count("above scale") % 3),
		Firms:      count("firms"), Entered: count("entered"), Workers: count("workers"),
		WorkersOfEntrants: count("workers of entrants"), TakingPart: count("taking part"),
	}
}

func TestATurnoutIsATally(t *testing.T) {
	e := edition(t)
	laws.Tally[competition.Turnout](t, func(r *rapid.T) competition.Turnout {
		turnout := e.Turnout()
		if rapid.Bool().Draw(r, "records") {
			made, _, err := e.Count(population(t, e, firm(1), firm(2), firm(3)), entrants(t, e, drawEntries(r)...))
			require.NoError(t, err)
			turnout = made
		}
		for range rapid.IntRange(0, 3).Draw(r, "reports") {
			require.NoError(t, turnout.Add(drawReported(r)))
		}
		return turnout
	})
}

func TestRecordsAndReportedCountsOfThemAgree(t *testing.T) {
	e := edition(t)
	p, r := e.Population(), e.Entrants()
	reported := e.Turnout()
	for n := range 60 {
		f := firm(n)
		f.Ownership, f.Size = union.Code(n%5), union.Code(n%3)
		f.Unionised, f.AboveScale = competition.Whether(n%3), competition.Whether(n%2)
		require.NoError(t, p.Add(f))
		count := competition.Reported{
			Ownership: f.Ownership, Size: f.Size, Unionised: f.Unionised, AboveScale: f.AboveScale,
			Firms: 1, Workers: 100,
		}
		if n%4 != 0 {
			require.NoError(t, r.Add(entered(n, 1)))
			count.Entered, count.WorkersOfEntrants, count.TakingPart = 1, 100, 80
		}
		require.NoError(t, reported.Add(count))
	}
	counted, found, err := e.Count(p, r)
	require.NoError(t, err)
	assert.Empty(t, found)
	for _, base := range e.Bases() {
		want, _, err := e.Coverage(counted, base.Key)
		require.NoError(t, err)
		got, _, err := e.Coverage(reported, base.Key)
		require.NoError(t, err)
		assert.Equal(t, want, got, base.Key)
	}
	// 15 of the 60 did not enter.
	whole, _, err := e.Coverage(counted, "all")
	require.NoError(t, err)
	assert.Equal(t, union.Ratio{Part: 45, Whole: 60}, whole)
}

func TestCountTellsWhatRecordsDisagreeAbout(t *testing.T) {
	e := edition(t)
	stranger, crowd, other := entered(9, 1), entered(2, 1), entered(1, 3)
	crowd.Workers = 101
	other.Workers = 60
	same := entered(3, 2)
	same.Entered = day("2010-06-01")
	turnout, found, err := e.Count(
		population(t, e, firm(1), firm(2), firm(3)),
		entrants(t, e, stranger, crowd, other, entered(1, 1), entered(3, 1), same),
	)
	require.NoError(t, err)
	assert.Equal(t, []union.Finding{
		{
			Where: "entry of " + fmt.Sprint(code(1)), Rule: "all levels report the same workers and teams",
			Got: "60 workers/0/2/0/0 from level 3", Want: "80 workers/0/2/0/0 from level 1, which is counted",
		},
		{Where: "entry of " + fmt.Sprint(code(2)), Rule: "no more workers take part than the firm has", Got: "101", Want: "at most 100"},
		{Where: "entry of " + fmt.Sprint(code(9)), Rule: "an entrant is a firm of the population", Got: "not in the population"},
	}, found)
	// Three firms of three, though four entered.
	ratio, _, err := e.Coverage(turnout, "all")
	require.NoError(t, err)
	assert.Equal(t, union.Ratio{Part: 3, Whole: 3}, ratio)
	// 80 of the first, 101 of the second, 80 of the third; the stranger's 80 not.
	taking, _, err := e.Participation(turnout, "all", competition.OfEntrants)
	require.NoError(t, err)
	assert.Equal(t, union.Ratio{Part: 261, Whole: 300}, taking)
	figures, err := e.Figures(competition.Progress{Turnout: turnout})
	require.NoError(t, err)
	assert.Equal(t, "4家", figure(t, figures, "competition.entrants").String())
	assert.Equal(t, "341人", figure(t, figures, "competition.entrants.workers").String())
	assert.Equal(t, "8个班组", figure(t, figures, "competition.kind.team").String())
}

func TestTheReportOfTheFirstLevelIsCountedInWhateverOrderReportsCome(t *testing.T) {
	e := edition(t)
	county, town := entered(1, 1), entered(1, 3)
	county.Workers, town.Workers = 50, 60
	for _, list := range [][]competition.CodedEntry{{county, town}, {town, county}} {
		turnout, found, err := e.Count(population(t, e, firm(1)), entrants(t, e, list...))
		require.NoError(t, err)
		assert.Len(t, found, 1)
		taking, _, err := e.Participation(turnout, "all", competition.OfFirms)
		require.NoError(t, err)
		assert.Equal(t, union.Ratio{Part: 50, Whole: 100}, taking)
	}
}

func TestCountRefusesOtherEditionsAndOverflow(t *testing.T) {
	e := edition(t)
	next := altered(t, func(s *competition.EditionSpec) { s.Version = "2011" })
	_, _, err := e.Count(next.Population(), e.Entrants())
	require.ErrorIs(t, err, union.ErrRule)
	_, _, err = e.Count(e.Population(), next.Entrants())
	require.ErrorIs(t, err, union.ErrRule)

	a, b := firm(1), firm(2)
	a.Workers, b.Workers = math.MaxInt64, 1
	_, _, err = e.Count(population(t, e, a, b), e.Entrants())
	require.ErrorIs(t, err, union.ErrOverflow)

	one, two := entered(1, 1), entered(2, 1)
	one.Workers = math.MaxInt64
	_, _, err = e.Count(e.Population(), entrants(t, e, one, two))
	require.ErrorIs(t, err, union.ErrOverflow)
	one, two = entered(1, 1), entered(2, 1)
	one.Teams = []int64{math.MaxInt64, 0, 0, 0}
	two.Teams = []int64{1, 0, 0, 0}
	_, _, err = e.Count(e.Population(), entrants(t, e, one, two))
	require.ErrorIs(t, err, union.ErrOverflow)

	turnout, found, err := e.Count(competition.Population{}, competition.Entrants{})
	require.NoError(t, err)
	assert.Empty(t, found)
	assert.Equal(t, e.ID(), turnout.Rule())
}

func TestATurnoutRefusesTheFirstFaultAndStaysAsItWas(t *testing.T) {
	e := edition(t)
	full := competition.Reported{Firms: math.MaxInt64, Entered: 1, TakingPart: 1}
	for name, row := range map[string]struct {
		change   func(*competition.Reported)
		sentinel error
		where    string
	}{
		"an ownership out of range": {func(r *competition.Reported) { r.Ownership = 5; r.Firms = -1 }, union.ErrRange, "ownership"},
		"a size out of range":       {func(r *competition.Reported) { r.Ownership, r.Size = 4, 5 }, union.ErrRange, "size"},
		"no answer of a union":      {func(r *competition.Reported) { r.Size, r.Unionised = 4, 3 }, union.ErrRange, "unionised"},
		"no answer of the scale":    {func(r *competition.Reported) { r.Unionised, r.AboveScale = competition.No, 3 }, union.ErrRange, "above_scale"},
		"fewer firms than none":     {func(r *competition.Reported) { r.Firms = -1; r.Entered = -1 }, union.ErrRange, "firms"},
		"fewer firms, one entering": {func(r *competition.Reported) { r.Firms, r.Entered = -1, 1 }, union.ErrRange, "firms"},
		"fewer workers than none":   {func(r *competition.Reported) { r.TakingPart = -1 }, union.ErrRange, "taking_part"},
		"a count below none first":  {func(r *competition.Reported) { r.Firms = 1; r.Workers = -1 }, union.ErrRange, "workers"},
		"one firm too many":         {func(r *competition.Reported) { r.Firms = 1 }, union.ErrOverflow, "firms"},
		"too many firms that enter": {func(r *competition.Reported) { r.Entered = math.MaxInt64 }, union.ErrOverflow, "entered"},
	} {
		turnout, before := e.Turnout(), e.Turnout()
		require.NoError(t, turnout.Add(full))
		require.NoError(t, before.Add(full))
		var bad competition.Reported
		row.change(&bad)
		err := turnout.Add(bad)
		require.ErrorIs(t, err, row.sentinel, name)
		assert.Equal(t, row.where, union.Faults(err)[0].Where, name)
		assert.Equal(t, before, turnout, name)
	}
	var zero competition.Turnout
	require.ErrorIs(t, zero.Add(full), union.ErrRule)
	require.ErrorIs(t, zero.Add(competition.Reported{Ownership: 9, Firms: -1}), union.ErrRule, "the edition comes first")
}

func TestTurnoutsThatDoNotFitDoNotMerge(t *testing.T) {
	e := edition(t)
	turnout, before := e.Turnout(), e.Turnout()
	full := competition.Reported{Workers: math.MaxInt64}
	require.NoError(t, turnout.Add(full))
	require.NoError(t, before.Add(full))
	require.ErrorIs(t, turnout.Merge(before), union.ErrOverflow)
	assert.Equal(t, before, turnout)
	next := altered(t, func(s *competition.EditionSpec) { s.Version = "2011" })
	require.ErrorIs(t, turnout.Merge(next.Turnout()), union.ErrRule)
	assert.Equal(t, before, turnout)

	// Even a turnout of no firms must know what it is the sum of.
	nothing, _, err := e.Count(e.Population(), e.Entrants())
	require.NoError(t, err)
	for range 62 {
		require.NoError(t, nothing.Merge(nothing))
	}
	require.ErrorIs(t, nothing.Merge(nothing), union.ErrOverflow)

	// Entrants outside the population, their workers and their teams count too.
	for name, entry := range map[string]competition.CodedEntry{
		"workers": {Firm: code(1), Level: 1, Entered: day("2010-03-01"), Workers: math.MaxInt64},
		"teams":   {Firm: code(1), Level: 1, Entered: day("2010-03-01"), Workers: 1, Teams: []int64{0, 0, math.MaxInt64, 0}},
	} {
		one, _, err := e.Count(e.Population(), entrants(t, e, entry))
		require.NoError(t, err)
		two, _, err := e.Count(e.Population(), entrants(t, e, entry))
		require.NoError(t, err)
		require.ErrorIs(t, one.Merge(two), union.ErrOverflow, name)
		assert.Equal(t, two, one, name)
	}
}

// What a merge makes shares nothing with its parts.
func TestAMergedTurnoutSharesNoTeams(t *testing.T) {
	e := edition(t)
	one, _, err := e.Count(e.Population(), entrants(t, e, entered(1, 1)))
	require.NoError(t, err)
	before := fmt.Sprintf("%+v", one)
	var sum competition.Turnout
	require.NoError(t, sum.Merge(one))
	require.NoError(t, sum.Merge(one))
	assert.Equal(t, before, fmt.Sprintf("%+v", one))
}

func TestAddingAReportedCountAllocatesNothing(t *testing.T) {
	e := edition(t)
	turnout := e.Turnout()
	report := competition.Reported{Ownership: 3, Size: 2, Unionised: competition.Yes, Firms: 3, Entered: 2, Workers: 90, WorkersOfEntrants: 70, TakingPart: 60}
	assert.Zero(t, testing.AllocsPerRun(100, func() {
		if turnout.Add(report) != nil {
			t.Fail()
		}
	}))
}

// BenchmarkTurnout_Add sets the checked cells beside a bare loop over an array,
// which is the limit.
func BenchmarkTurnout_Add(b *testing.B) {
	e := edition(b)
	reports := make([]competition.Reported, 1024)
	for i := range reports {
		reports[i] = competition.Reported{
			Ownership: union.Code(i % 5), Size: union.Code(i % 5), Unionised: competition.Whether(i % 3),
			Firms: 1, Entered: int64(i % 2), Workers: 100, WorkersOfEntrants: int64(i%2) * 100, TakingPart: int64(i%2) * 80,
		}
	}
	b.Run("turnout", func(b *testing.B) {
		turnout := e.Turnout()
		for b.Loop() {
			for i := range reports {
				if turnout.Add(reports[i]) != nil {
					b.Fatal("refused")
				}
			}
		}
	})
	b.Run("array", func(b *testing.B) {
		var cells [5][5 * 5 * 3 * 3]int64
		for b.Loop() {
			for _, r := range reports {
				at := ((int(r.Ownership)*5+int(r.Size))*3+int(r.Unionised))*3 + int(r.AboveScale)
				cells[0][at] += r.Firms
				cells[1][at] += r.Entered
				cells[2][at] += r.Workers
				cells[3][at] += r.WorkersOfEntrants
				cells[4][at] += r.TakingPart
			}
		}
	})
}
