package union_test

import (
	"encoding/json"
	"fmt"
	"math"
	"math/big"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/unioncampaign/union"
)

func ExampleRounding_Check() {
	fmt.Println(union.Rounding{Mode: union.HalfUp, Places: 2}.Check())
	fmt.Println(union.Rounding{}.Check())
	// Output:
	// <nil>
	// mode: must be given: want one of: half up, truncate, up, floor, ceiling, half even
}

func ExampleRounding_Apply() {
	n := union.MustParseNumber("-2.5")
	for _, mode := range []union.Mode{union.HalfUp, union.Truncate, union.Up, union.Floor, union.Ceiling, union.HalfEven} {
		rounded, _ := union.Rounding{Mode: mode}.Apply(n)
		fmt.Println(mode, rounded)
	}
	// Output:
	// half up -3
	// truncate -2
	// up -3
	// floor -3
	// ceiling -2
	// half even -2
}

func ExampleRounding_Decimal() {
	d, err := union.Rounding{Mode: union.HalfUp, Places: 4}.Decimal(union.MustParseNumber("2/3"))
	fmt.Println(d, err)
	// Output: 0.6667 <nil>
}

func ExampleRounding_Format() {
	text, _ := union.Rounding{Mode: union.HalfUp, Places: 2}.Format(union.MustParseNumber("80.5"))
	fmt.Println(text)
	text, _ = union.Rounding{Mode: union.Truncate, Places: -2}.Format(union.Whole(2837))
	fmt.Println(text)
	// Output:
	// 80.50
	// 2800
}

var modes = []union.Mode{union.HalfUp, union.Truncate, union.Up, union.Floor, union.Ceiling, union.HalfEven}

// slowRound rounds as one would with a ruler: the two neighbours of r on the
// scale, and the distances to both.
func slowRound(mode union.Mode, places int, r *big.Rat) *big.Rat {
	unit := new(big.Rat).SetInt64(1)
	for range max(places, -places) {
		if places > 0 {
			unit.Quo(unit, big.NewRat(10, 1))
		} else {
			unit.Mul(unit, big.NewRat(10, 1))
		}
	}
	steps := new(big.Rat).Quo(r, unit)
	whole := new(big.Int).Div(steps.Num(), steps.Denom()) // Euclidean, which is floor here
	low := new(big.Rat).Mul(new(big.Rat).SetInt(whole), unit)
	if low.Cmp(r) == 0 {
		return low
	}
	high := new(big.Rat).Add(low, unit)
	nearZero, farFromZero := low, high
	if r.Sign() < 0 {
		nearZero, farFromZero = high, low
	}
	closer := new(big.Rat).Sub(r, low).Cmp(new(big.Rat).Sub(high, r)) // -1: to low
	switch mode {
	case union.Truncate:
		return nearZero
	case union.Up:
		return farFromZero
	case union.Floor:
		return low
	case union.Ceiling:
		return high
	case union.HalfUp, union.HalfEven: // to the closer, below
	}
	switch {
	case closer < 0:
		return low
	case closer > 0:
		return high
	case mode == union.HalfUp:
		return farFromZero
	case whole.Bit(0) == 0:
		return low
	}
	return high
}

// checkRounding compares what is applied, written and made a decimal with the
// slow rule.
func checkRounding(t require.TestingT, rounding union.Rounding, r *big.Rat, n union.Number) {
	want := slowRound(rounding.Mode, rounding.Places, r)
	got, err := rounding.Apply(n)
	require.NoError(t, err)
	isThe(t, want, got, rounding.String()+" of "+r.String())
	text, err := rounding.Format(n)
	require.NoError(t, err)
	require.Equal(t, want.FloatString(max(0, rounding.Places)), text, "%s of %s", rounding, r)
	d, err := rounding.Decimal(n)
	require.NoError(t, err)
	require.Equal(t, int32(-rounding.Places), d.Exponent())
	require.Zero(t, d.Rat().Cmp(want))
}

func TestRoundingAgreesWithTheRulerOnEverySmallFraction(t *testing.T) {
	for num := int64(-45); num <= 45; num++ {
		for den := int64(1); den <= 12; den++ {
			n, err := union.NewNumber(num, den)
			require.NoError(t, err)
			for _, mode := range modes {
				for places := -1; places <= 1; places++ {
					checkRounding(t, union.Rounding{Mode: mode, Places: places}, big.NewRat(num, den), n)
				}
			}
		}
	}
}

func TestRoundingAgreesWithTheRulerOnLargeNumbers(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		drawn := rationals().Draw(r, "n")
		rounding := union.Rounding{
			Mode:   rapid.SampledFrom(modes).Draw(r, "mode"),
			Places: rapid.IntRange(-18, 18).Draw(r, "places"),
		}
		checkRounding(r, rounding, drawn.r, drawn.n)
	})
	// units of the last place beyond 63 bits, and just within 64
	for _, text := range []string{"9.223372036854775807", "9.2233720368547758075", "18.4467440737095516155", "-18.4467440737095516154", "-9.2233720368547758085"} {
		exactly, _ := new(big.Rat).SetString(text)
		for _, mode := range modes {
			checkRounding(t, union.Rounding{Mode: mode, Places: 18}, exactly, union.MustParseNumber(text))
		}
	}
	for _, whole := range []int64{math.MinInt64, math.MaxInt64} {
		for _, mode := range modes {
			for _, places := range []int{-18, -1, 0, 1, 18} {
				checkRounding(t, union.Rounding{Mode: mode, Places: places}, new(big.Rat).SetInt64(whole), union.Whole(whole))
			}
		}
	}
}

func TestRoundingWritesEveryPlaceAndNoNegativeZero(t *testing.T) {
	for _, row := range []struct {
		rounding union.Rounding
		n, want  string
	}{
		{union.Rounding{Mode: union.HalfUp, Places: 2}, "80.5", "80.50"},
		{union.Rounding{Mode: union.HalfUp, Places: 2}, "-0.004", "0.00"},
		{union.Rounding{Mode: union.HalfUp, Places: 2}, "-0.005", "-0.01"},
		{union.Rounding{Mode: union.HalfEven, Places: 2}, "0.125", "0.12"},
		{union.Rounding{Mode: union.HalfEven, Places: 1}, "0.15", "0.2"},
		{union.Rounding{Mode: union.Ceiling}, "-0.9", "0"},
		{union.Rounding{Mode: union.HalfUp, Places: -2}, "49", "0"},
		{union.Rounding{Mode: union.HalfUp, Places: -2}, "50", "100"},
		{union.Rounding{Mode: union.HalfUp, Places: -2}, "-149", "-100"},
		{union.Rounding{Mode: union.Up}, "0.01", "1"},
	} {
		got, err := row.rounding.Format(union.MustParseNumber(row.n))
		require.NoError(t, err)
		assert.Equal(t, row.want, got, "%s of %s", row.rounding, row.n)
	}
}

func TestRoundingRefusesWhatItDoesNotSay(t *testing.T) {
	for name, row := range map[string]struct {
		rounding union.Rounding
		want     []error
	}{
		"no mode":            {union.Rounding{}, []error{union.ErrMissing}},
		"places but no mode": {union.Rounding{Places: 2}, []error{union.ErrMissing}},
		"a mode that is not": {union.Rounding{Mode: 7}, []error{union.ErrUnknown}},
		"too many places":    {union.Rounding{Mode: union.Up, Places: 19}, []error{union.ErrRange}},
		"too few places":     {union.Rounding{Mode: union.Up, Places: -19}, []error{union.ErrRange}},
		"two faults at once": {union.Rounding{Places: math.MaxInt}, []error{union.ErrMissing, union.ErrRange}},
	} {
		t.Run(name, func(t *testing.T) {
			_, applied := row.rounding.Apply(union.Whole(1))
			_, made := row.rounding.Decimal(union.Whole(1))
			_, written := row.rounding.Format(union.Whole(1))
			for _, err := range []error{row.rounding.Check(), applied, made, written} {
				for _, want := range row.want {
					require.ErrorIs(t, err, want)
				}
				require.Len(t, union.Faults(err), len(row.want))
			}
		})
	}
	require.NoError(t, union.Rounding{Mode: union.HalfEven, Places: 18}.Check())
	require.NoError(t, union.Rounding{Mode: union.HalfUp, Places: -18}.Check())
}

func TestRoundingSaysWhatItDoes(t *testing.T) {
	assert.Equal(t, "half up, 2 places", union.Rounding{Mode: union.HalfUp, Places: 2}.String())
	assert.Equal(t, "truncate, 1 place", union.Rounding{Mode: union.Truncate, Places: 1}.String())
	assert.Equal(t, "up, 0 places", union.Rounding{Mode: union.Up}.String())
	assert.Equal(t, "Mode(9), -2 places", union.Rounding{Mode: 9, Places: -2}.String())
	assert.Empty(t, union.Rounding{}.String())
}

func TestChoicesReadBackWhatTheyWrite(t *testing.T) {
	check := func(t *testing.T, valid, invalid any, words string, blank func() any) {
		data, err := json.Marshal(valid)
		require.NoError(t, err)
		assert.Equal(t, words, string(data))
		back := blank()
		require.NoError(t, json.Unmarshal(data, back))
		again, err := json.Marshal(back)
		require.NoError(t, err)
		assert.Equal(t, data, again)
		_, err = json.Marshal(invalid)
		require.ErrorIs(t, err, union.ErrUnknown)
		require.ErrorIs(t, json.Unmarshal([]byte(`["nothing of the kind"]`), back), union.ErrUnknown)
		require.ErrorIs(t, json.Unmarshal([]byte(`[""]`), back), union.ErrUnknown)
		require.ErrorIs(t, json.Unmarshal([]byte(`["`+strings.Repeat("x", 500)+`"]`), back), union.ErrUnknown)
	}
	check(t, modes, union.Mode(0), `["half up","truncate","up","floor","ceiling","half even"]`, func() any { return new([]union.Mode) })
	balances := []union.Balance{union.Plain, union.LastTakesRest, union.LargestTakesRest, union.LargestRemainder}
	check(t, balances, union.Balance(5), `["plain","last takes rest","largest takes rest","largest remainder"]`, func() any { return new([]union.Balance) })
	known := []union.Known{union.Exactly, union.Over, union.Near, union.About, union.Unstated}
	check(t, known, union.Known(0), `["exactly","over","near","about","unstated"]`, func() any { return new([]union.Known) })
	mode := union.Floor
	require.Error(t, mode.UnmarshalText([]byte("down")))
	assert.Equal(t, union.Floor, mode, "unchanged on error")
	assert.Equal(t, "Mode(0)", union.Mode(0).String())
	assert.Equal(t, "Balance(255)", union.Balance(255).String())
	assert.Equal(t, "Known(6)", union.Known(6).String())
}

func TestRoundingASmallNumberAllocatesNothing(t *testing.T) {
	n, rounding := union.MustParseNumber("200/3"), union.Rounding{Mode: union.HalfUp, Places: 2}
	sign := 0
	assert.Zero(t, testing.AllocsPerRun(100, func() {
		rounded, err := rounding.Apply(n)
		if err == nil {
			sign += rounded.Sign()
		}
	}))
	assert.NotZero(t, sign)
}

func FuzzRounding(f *testing.F) {
	f.Add(int64(-5), int64(2), uint8(0), int8(0))
	f.Add(int64(math.MinInt64), int64(3), uint8(5), int8(-18))
	f.Add(int64(math.MaxInt64), int64(math.MinInt64), uint8(2), int8(18))
	f.Fuzz(func(t *testing.T, num, den int64, mode uint8, places int8) {
		n, err := union.NewNumber(num, den)
		if den == 0 {
			require.ErrorIs(t, err, union.ErrUndefined)
			return
		}
		require.NoError(t, err)
		rounding := union.Rounding{Mode: union.Mode(mode), Places: int(places)}
		if rounding.Check() != nil {
			_, err := rounding.Apply(n)
			require.Error(t, err)
			return
		}
		checkRounding(t, rounding, new(big.Rat).SetFrac(big.NewInt(num), big.NewInt(den)), n)
	})
}
