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

func TestAPopulationIsATally(t *testing.T) {
	e := edition(t)
	laws.Tally[competition.Population](t, func(r *rapid.T) competition.Population {
		p := e.Population()
		for _, n := range rapid.SliceOfN(rapid.IntRange(0, 6), 0, 8).Draw(r, "firms") {
			f := firm(n)
			f.Ownership, f.Workers = union.Code(n%5), int64(n+1)
			require.NoError(t, p.Add(f))
		}
		return p
	})
}

func TestAFirmListedTwiceIsOneFirm(t *testing.T) {
	e := edition(t)
	p := population(t, e, firm(1), firm(2), firm(1))
	assert.Equal(t, 2, p.Len())
	require.NoError(t, p.Merge(population(t, e, firm(2), firm(3))))
	assert.Equal(t, 3, p.Len())
	assert.Equal(t, e.ID(), p.Rule())
}

func TestAPopulationRefusesTheFirstFaultAndStaysAsItWas(t *testing.T) {
	e := edition(t)
	for name, row := range map[string]struct {
		change   func(*competition.CodedFirm)
		sentinel error
		where    string
	}{
		"a firm without a code":      {func(f *competition.CodedFirm) { f.Code = union.CreditCode{}; f.Workers = 0 }, union.ErrMissing, "code"},
		"an ownership out of range":  {func(f *competition.CodedFirm) { f.Ownership = 5; f.Size = 9 }, union.ErrRange, "ownership"},
		"a size out of range":        {func(f *competition.CodedFirm) { f.Size = 5 }, union.ErrRange, "size"},
		"no answer about its union":  {func(f *competition.CodedFirm) { f.Unionised = 3 }, union.ErrRange, "unionised"},
		"no answer about its scale":  {func(f *competition.CodedFirm) { f.AboveScale = 3 }, union.ErrRange, "above_scale"},
		"no workers":                 {func(f *competition.CodedFirm) { f.Workers = 0 }, union.ErrMissing, "workers"},
		"fewer workers than none":    {func(f *competition.CodedFirm) { f.Workers = -1 }, union.ErrRange, "workers"},
		"a known firm, other size":   {func(f *competition.CodedFirm) { f.Size = 2 }, union.ErrRepeated, "firm " + fmt.Sprint(code(1))},
		"a known firm, other answer": {func(f *competition.CodedFirm) { f.Unionised = 0 }, union.ErrRepeated, "firm " + fmt.Sprint(code(1))},
	} {
		p := population(t, e, firm(1))
		bad := firm(1)
		row.change(&bad)
		err := p.Add(bad)
		require.ErrorIs(t, err, row.sentinel, name)
		require.Len(t, union.Faults(err), 1, name)
		assert.Equal(t, row.where, union.Faults(err)[0].Where, name)
		assert.NotContains(t, err.Error(), code(1).Reveal())
		assert.Equal(t, population(t, e, firm(1)), p, name)
	}
}

func TestPopulationsThatContradictEachOtherDoNotMerge(t *testing.T) {
	e := edition(t)
	other := firm(2)
	other.Size = 3
	p, q := population(t, e, firm(1), firm(2)), population(t, e, firm(3), other)
	require.ErrorIs(t, p.Merge(q), union.ErrRepeated)
	assert.Equal(t, population(t, e, firm(1), firm(2)), p)

	// Of several contradictions the first by credit code is told, on every run.
	first := firm(1)
	first.Size = 3
	for range 5 {
		err := p.Merge(population(t, e, other, first))
		require.ErrorIs(t, err, union.ErrRepeated)
		assert.Equal(t, "firm "+code(1).String(), union.Faults(err)[0].Where)
	}

	next := altered(t, func(s *competition.EditionSpec) { s.Version = "2011" })
	require.ErrorIs(t, p.Merge(next.Population()), union.ErrRule)
	assert.Equal(t, population(t, e, firm(1), firm(2)), p)
	assert.True(t, competition.Population{}.Rule().IsZero())
}

func TestAFirmIsCodedByTheEditionsLists(t *testing.T) {
	e := edition(t)
	record := competition.Firm{
		Code: code(7), Title: "示例有限公司", Ownership: "foreign", Size: "micro",
		Unionised: competition.No, Workers: math.MaxInt64,
	}
	coded, err := e.CodeFirm(record)
	require.NoError(t, err)
	assert.Equal(t, competition.CodedFirm{
		Code: code(7), Ownership: 4, Size: 4, Unionised: competition.No, Workers: math.MaxInt64,
	}, coded)

	record.Ownership, record.Size = "", ""
	coded, err = e.CodeFirm(record)
	require.NoError(t, err)
	assert.Zero(t, coded.Ownership, "not stated is code 0")
	assert.Zero(t, coded.Size)

	record.Size = "huge"
	_, err = e.CodeFirm(record)
	require.ErrorIs(t, err, union.ErrUnknown)
	assert.Equal(t, "size", union.Faults(err)[0].Where)
	record.Ownership = "none"
	_, err = e.CodeFirm(record)
	assert.Equal(t, "ownership", union.Faults(err)[0].Where, "the ownership is looked at first")
}
