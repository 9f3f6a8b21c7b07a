package union_test

import (
	"fmt"
	"math/big"
	"strings"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/internal/laws"
)

func TestM3ExactWanAndYiLoseNothing(t *testing.T) {
	laws.Holds(t, readsBack(union.Money.ExactWan, union.ParseWan))
	laws.Holds(t, readsBack(union.Money.ExactYi, union.ParseYi))
	// Dividing by ten thousand and printing what is left loses the fen.
	laws.Rejects(t, readsBack(func(m union.Money) string {
		return decimal.New(m.Fen(), -6).StringFixed(2)
	}, union.ParseWan))
	laws.Rejects(t, readsBack(func(m union.Money) string {
		return fmt.Sprint(m.Fen() / 1e10)
	}, union.ParseYi))
}

// roundsWithinHalf states that a rounded amount in 万元 is within half a unit of
// its last place, and says whether anything was lost.
func roundsWithinHalf(write func(union.Money, union.Rounding) (string, bool, error)) laws.Law {
	return func(r *rapid.T) error {
		amount := drawMoney(r)
		places := rapid.IntRange(0, 6).Draw(r, "places")
		text, exact, err := write(amount, union.Rounding{Mode: union.HalfUp, Places: places})
		if err != nil {
			return err
		}
		shown, ok := new(big.Rat).SetString(text)
		if !ok {
			return fmt.Errorf("%q is no number", text)
		}
		off := shown.Sub(shown, big.NewRat(amount.Fen(), 1_000_000))
		half, _ := new(big.Rat).SetString("0.5e-" + fmt.Sprint(places))
		if off.Abs(off).Cmp(half) > 0 {
			return fmt.Errorf("%s is shown as %s 万元", amount, text)
		}
		if exact != (off.Sign() == 0) {
			return fmt.Errorf("%s is shown as %s 万元, exact: %t", amount, text, exact)
		}
		_, decimals, _ := strings.Cut(text, ".")
		if len(decimals) != places {
			return fmt.Errorf("%s has not %d places", text, places)
		}
		return nil
	}
}

func TestM3RoundedWanIsWithinHalfAUnitAndSaysSo(t *testing.T) {
	laws.Holds(t, roundsWithinHalf(union.Money.Wan))
	laws.Rejects(t, roundsWithinHalf(func(m union.Money, rounding union.Rounding) (string, bool, error) {
		return decimal.New(m.Fen()/1_000_000, 0).StringFixed(int32(rounding.Places)), false, nil
	}))
	laws.Rejects(t, roundsWithinHalf(func(m union.Money, rounding union.Rounding) (string, bool, error) {
		text, _, err := m.Wan(rounding)
		return text, true, err // silent about what was lost
	}))
}

func TestWanAndYiAreShownAsTheirRoundingSays(t *testing.T) {
	amount := union.MustParseMoney("70367311.29")
	for _, row := range []struct {
		rounding union.Rounding
		wan, yi  string
	}{
		{union.Rounding{Mode: union.HalfUp, Places: 1}, "7036.7", "0.7"},
		{union.Rounding{Mode: union.HalfUp, Places: 2}, "7036.73", "0.70"},
		{union.Rounding{Mode: union.Truncate, Places: 2}, "7036.73", "0.70"},
		{union.Rounding{Mode: union.Up, Places: 0}, "7037", "1"},
	} {
		text, exact, err := amount.Wan(row.rounding)
		require.NoError(t, err)
		assert.Equal(t, row.wan, text)
		assert.False(t, exact)
		text, exact, err = amount.Yi(row.rounding)
		require.NoError(t, err)
		assert.Equal(t, row.yi, text)
		assert.False(t, exact)
	}
	text, exact, err := union.MustParseMoney("1467774").Wan(union.Rounding{Mode: union.HalfUp, Places: 4})
	require.NoError(t, err)
	assert.Equal(t, "146.7774", text)
	assert.True(t, exact)
	_, _, err = amount.Wan(union.Rounding{})
	require.ErrorIs(t, err, union.ErrMissing)
	_, _, err = amount.Yi(union.Rounding{Mode: union.HalfUp, Places: 99})
	require.ErrorIs(t, err, union.ErrRange)
}

func TestExactWanAndYiHaveNoNeedlessZeros(t *testing.T) {
	for text, want := range map[string][2]string{
		"0":                     {"0", "0"},
		"0.01":                  {"0.000001", "0.0000000001"},
		"-0.01":                 {"-0.000001", "-0.0000000001"},
		"10000":                 {"1", "0.0001"},
		"100000":                {"10", "0.001"},
		"1467774":               {"146.7774", "0.01467774"},
		"6023000000":            {"602300", "60.23"},
		"-92233720368547758.08": {"-9223372036854.775808", "-922337203.6854775808"},
	} {
		amount := union.MustParseMoney(text)
		assert.Equal(t, want[0], amount.ExactWan())
		assert.Equal(t, want[1], amount.ExactYi())
		assert.Equal(t, want[0], amount.InWan().String())
		assert.Equal(t, want[1], amount.InYi().String())
	}
}

func TestReadingWanAndYiRefusesWhatParseMoneyWould(t *testing.T) {
	for _, row := range []struct {
		reason   string
		text     string
		read     func(string) (union.Money, error)
		sentinel error
	}{
		{"a unit", "3万", union.ParseWan, union.ErrText},
		{"a headline", "384万余元", union.ParseWan, union.ErrText},
		{"nothing", "", union.ParseYi, union.ErrText},
		{"a needless zero", "01", union.ParseWan, union.ErrText},
		{"65 bytes", strings.Repeat("1", 65), union.ParseYi, union.ErrText},
		{"finer than a fen", "1.0000001", union.ParseWan, union.ErrRange},
		{"finer than a fen", "1.00000000001", union.ParseYi, union.ErrRange},
		{"too much", "9223372036854.775808", union.ParseWan, union.ErrOverflow},
		{"many digits", "10000000000000", union.ParseWan, union.ErrOverflow},
		{"too much", "922337203.6854775808", union.ParseYi, union.ErrOverflow},
		{"many digits", "1000000000", union.ParseYi, union.ErrOverflow},
	} {
		amount, err := row.read(row.text)
		require.ErrorIs(t, err, row.sentinel, row.reason)
		assert.Zero(t, amount, row.reason)
	}
}

func TestHeadlinesTruncateAndSaySo(t *testing.T) {
	for _, row := range []struct {
		amount string
		places int
		over   string
		wan    string
		yi     string
	}{
		{"3840208", 0, "余", "384万余元", ""},
		{"3840000", 0, "余", "384万元", ""},
		{"3840000.01", 0, "多", "384万多元", ""},
		{"9357700", 0, "多", "935万多元", ""},
		{"9357700", 1, "余", "935.7万余元", ""},
		{"9357700", 2, "余", "935.77万元", "0.09亿余元"},
		{"105000000", 1, "余", "10500万元", "1亿余元"},
		{"0", 0, "余", "0万元", "0亿元"},
	} {
		amount := union.MustParseMoney(row.amount)
		wan, err := amount.WanHeadline(row.places, row.over)
		require.NoError(t, err)
		assert.Equal(t, row.wan, wan)
		yi, err := amount.YiHeadline(row.places, row.over)
		if row.yi == "" {
			require.ErrorIs(t, err, union.ErrRange, "truncation leaves nothing")
		}
		assert.Equal(t, row.yi, yi)
	}
}

func TestHeadlinesThatWouldMisleadAreRefused(t *testing.T) {
	amount := union.MustParseMoney("3840208")
	for _, row := range []struct {
		reason   string
		amount   union.Money
		places   int
		over     string
		sentinel error
	}{
		{"a word that means less", amount, 0, "近", union.ErrUnknown},
		{"no word", amount, 0, "", union.ErrUnknown},
		{"negative places", amount, -1, "余", union.ErrRange},
		{"more places than a fen has", amount, 7, "余", union.ErrRange},
		{"a negative amount", union.Fen(-1_000_000_00), 0, "余", union.ErrRange},
		{"nothing left", union.MustParseMoney("9999.99"), 0, "余", union.ErrRange},
	} {
		text, err := row.amount.WanHeadline(row.places, row.over)
		require.ErrorIs(t, err, row.sentinel, row.reason)
		assert.Empty(t, text, row.reason)
	}
	_, err := amount.YiHeadline(11, "余")
	require.ErrorIs(t, err, union.ErrRange)
}

func FuzzParseWan(f *testing.F) {
	for _, seed := range []string{"0", "146.7774", "-0.000001", "9223372036854.775807", "9223372036854.775808", "1.0000000", "922337203.6854775807", "1."} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		for _, scale := range []struct {
			read  func(string) (union.Money, error)
			write func(union.Money) string
			fen   int64
		}{{union.ParseWan, union.Money.ExactWan, 1e6}, {union.ParseYi, union.Money.ExactYi, 1e10}} {
			amount, err := scale.read(text)
			if err != nil {
				assert.Zero(t, amount)
				continue
			}
			want, ok := new(big.Rat).SetString(text)
			require.True(t, ok)
			assert.Equal(t, want.Mul(want, big.NewRat(scale.fen, 1)).RatString(), fmt.Sprint(amount.Fen()))
			back, err := scale.read(scale.write(amount))
			require.NoError(t, err)
			assert.Equal(t, amount, back)
		}
	})
}
