package competition_test

import (
	"errors"
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/competition"
	"github.com/unioncampaign/union/internal/laws"
)

// belonging returns to which unit each firm belongs, by its number.
func belonging(t testing.TB, units map[int]string) competition.Affiliations {
	t.Helper()
	a := competition.NewAffiliations(cityTree(t))
	for n, unit := range units {
		require.NoError(t, a.Add(code(n), unit))
	}
	return a
}

func TestOwnSubordinatesAreThoseOfTheUnitAndOfAllBelowIt(t *testing.T) {
	e := edition(t)
	// Firms 1 to 6 could enter and 7 did without; 1, 2, 5 and 7 entered. Nobody knows
	// whose 6 and 7 are.
	p := population(t, e, firm(1), firm(2), firm(3), firm(4), firm(5), firm(6))
	r := entrants(t, e, entered(1, 1), entered(1, 2), entered(2, 1), entered(5, 1), entered(7, 1))
	a := belonging(t, map[int]string{1: "port", 2: "mill", 3: "east", 4: "west", 5: "city"})
	assert.Equal(t, 5, a.Len())
	for unit, want := range map[string]string{"port": "1/1", "mill": "1/1", "east": "2/3", "west": "0/1", "city": "3/5"} {
		turnout, found, err := e.CountOwn(p, r, a, unit)
		require.NoError(t, err)
		ratio, _, err := e.Coverage(turnout, "all")
		require.NoError(t, err)
		assert.Equal(t, want, ratio.String(), unit)
		assert.Equal(t, []string{"affiliations: every firm belongs to a unit: got 2 that belong to none"}, texts(found), unit)
	}
	require.NoError(t, a.Add(code(6), "west"))
	require.NoError(t, a.Add(code(7), "west"))
	turnout, found, err := e.CountOwn(p, r, a, "west")
	require.NoError(t, err)
	assert.Equal(t, []string{"entry of " + fmt.Sprint(code(7)) + ": an entrant is a firm of the population: got not in the population"}, texts(found))
	figures, err := e.Figures(competition.Progress{Turnout: turnout})
	require.NoError(t, err)
	assert.Equal(t, "2家", figure(t, figures, "competition.base").String())
	assert.Equal(t, "1家", figure(t, figures, "competition.entrants").String())
	assert.Equal(t, 6, p.Len())
	assert.Equal(t, 4, r.Len(), "what is counted is left as it is")
}

func TestAnAffiliationThatCannotBeIsRefused(t *testing.T) {
	a := belonging(t, map[int]string{1: "port"})
	require.NoError(t, a.Add(code(1), "port"))
	for name, row := range map[string]struct {
		firm     union.CreditCode
		unit     string
		sentinel error
	}{
		"no firm":                   {union.CreditCode{}, "moon", union.ErrMissing},
		"no unit of the tree":       {code(1), "moon", union.ErrUnknown},
		"a firm of two units":       {code(1), "mill", union.ErrRepeated},
		"and of the unit above too": {code(1), "east", union.ErrRepeated},
	} {
		require.ErrorIs(t, a.Add(row.firm, row.unit), row.sentinel, name)
	}
	assert.Equal(t, 1, a.Len())
	assert.NotContains(t, fmt.Sprintf("%v %+v", a, errors.Join(a.Add(code(1), "mill"))), codeText(1))
	var zero competition.Affiliations
	require.ErrorIs(t, zero.Add(code(1), "port"), union.ErrUnknown)
	e := edition(t)
	_, _, err := e.CountOwn(e.Population(), e.Entrants(), zero, "port")
	require.ErrorIs(t, err, union.ErrUnknown)
	next := altered(t, func(s *competition.EditionSpec) { s.Version = "2011" })
	_, _, err = e.CountOwn(next.Population(), e.Entrants(), a, "port")
	require.ErrorIs(t, err, union.ErrRule)
	_, _, err = e.CountOwn(e.Population(), next.Entrants(), a, "port")
	require.ErrorIs(t, err, union.ErrRule)
	turnout, found, err := e.CountOwn(competition.Population{}, competition.Entrants{}, a, "port")
	require.NoError(t, err)
	assert.Empty(t, found)
	assert.Equal(t, e.ID(), turnout.Rule())
}

// countsDownTheTree: whatever unit a firm belongs to, it is a subordinate of every
// unit above that one, and of no other.
func countsDownTheTree(own func(belongs []string, unit string) (firms int64)) laws.Law {
	above := map[string][]string{
		"city": {"city"}, "east": {"city", "east"}, "west": {"city", "west"},
		"port": {"city", "east", "port"}, "mill": {"city", "east", "mill"},
	}
	units := []string{"city", "east", "west", "port", "mill"}
	return func(r *rapid.T) error {
		belongs := rapid.SliceOfN(rapid.SampledFrom(units), 0, 8).Draw(r, "belongs")
		want := map[string]int64{}
		for _, unit := range belongs {
			for _, each := range above[unit] {
				want[each]++
			}
		}
		for _, unit := range units {
			if got := own(belongs, unit); got != want[unit] {
				return fmt.Errorf("of firms in %v %d are of %s, not %d", belongs, got, unit, want[unit])
			}
		}
		return nil
	}
}

func TestAFirmIsASubordinateOfEveryUnitAboveIt(t *testing.T) {
	e := edition(t)
	count := func(belongs []string, unit string) int64 {
		p, units := e.Population(), map[int]string{}
		for n, each := range belongs {
			require.NoError(t, p.Add(firm(n)))
			units[n] = each
		}
		turnout, found, err := e.CountOwn(p, e.Entrants(), belonging(t, units), unit)
		require.NoError(t, err)
		assert.Empty(t, found)
		ratio, _, err := e.Coverage(turnout, "all")
		require.NoError(t, err)
		return ratio.Whole
	}
	laws.Holds(t, countsDownTheTree(count))
	// The twin looks at the unit itself alone.
	laws.Rejects(t, countsDownTheTree(func(belongs []string, unit string) (firms int64) {
		for _, each := range belongs {
			if each == unit {
				firms++
			}
		}
		return firms
	}))
}
