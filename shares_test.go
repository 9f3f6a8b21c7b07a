package union_test

import (
	"fmt"
	"math"
	"math/big"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/internal/laws"
)

func ExampleNewShares() {
	rounding := union.Rounding{Mode: union.HalfUp, Places: 2}
	for _, balance := range []union.Balance{union.Plain, union.LastTakesRest, union.LargestTakesRest, union.LargestRemainder} {
		shares, err := union.NewShares(balance, rounding, 134, 4, 3, 0)
		fmt.Println(balance, shares.Texts(), shares.Findings, err)
	}
	// Output:
	// plain [95.04 2.84 2.13 0.00] [shares: shares of a whole sum to 100: got 100.01, want 100] <nil>
	// last takes rest [95.04 2.84 2.12 0.00] [] <nil>
	// largest takes rest [95.03 2.84 2.13 0.00] [] <nil>
	// largest remainder [95.03 2.84 2.13 0.00] [] <nil>
}

func ExampleShares_Texts() {
	shares, _ := union.NewShares(union.Plain, union.Rounding{Mode: union.Truncate, Places: 1}, 3, 1, 0)
	fmt.Println(shares.Texts())
	// Output: [75.0 25.0 0.0]
}

// A maker makes shares of parts to some places by one balance.
type maker = func(places int, parts []int64) (union.Shares, error)

func makerOf(balance union.Balance, mode union.Mode) maker {
	return func(places int, parts []int64) (union.Shares, error) {
		return union.NewShares(balance, union.Rounding{Mode: mode, Places: places}, parts...)
	}
}

// shared is one drawn instance with what every law of shares looks at.
type shared struct {
	parts   []int64
	shares  union.Shares
	sum     union.Number
	unit    union.Number   // of the last place
	off     []union.Number // by which each share is off its exact value
	nothing bool           // a part of zero has a share
}

func drawShares(r *rapid.T, of maker) (shared, error) {
	places := rapid.IntRange(0, 3).Draw(r, "places")
	parts := rapid.SliceOfN(rapid.Int64Range(0, 40), 1, 8).Draw(r, "parts")
	parts[0]++
	made, err := of(places, parts)
	if err != nil {
		return shared{}, err
	}
	s := shared{parts: parts, shares: made, unit: union.Whole(1)}
	for range places {
		s.unit = s.unit.Mul(union.MustParseNumber("0.1"))
	}
	whole := int64(0)
	for _, part := range parts {
		whole += part
	}
	for i, percent := range made.Percents {
		exactly, err := union.Ratio{Part: parts[i], Whole: whole}.Percent()
		if err != nil {
			return s, err
		}
		s.sum = s.sum.Add(percent)
		s.off = append(s.off, magnitude(percent.Sub(exactly)))
		s.nothing = s.nothing || parts[i] == 0 && percent.Sign() != 0
	}
	return s, nil
}

func magnitude(n union.Number) union.Number {
	if n.Sign() < 0 {
		return n.Neg()
	}
	return n
}

// sumsTo100Closely states that the shares sum to 100, each within one last
// place, and that a part of zero has none (E6).
func sumsTo100Closely(of maker) laws.Law {
	return func(r *rapid.T) error {
		s, err := drawShares(r, of)
		if err != nil {
			return err
		}
		if !s.sum.Equal(union.Whole(100)) || s.nothing {
			return fmt.Errorf("%v: %v", s.parts, s.shares.Texts())
		}
		for _, off := range s.off {
			if off.Cmp(s.unit) >= 0 {
				return fmt.Errorf("%v: %v", s.parts, s.shares.Texts())
			}
		}
		return nil
	}
}

// onlyOneIsOff states that the shares sum to 100 and that at most one of them is
// off by more than half a last place, by at most half a place for each part; and
// that a share is below zero only with a finding (E6).
func onlyOneIsOff(of maker) laws.Law {
	return func(r *rapid.T) error {
		s, err := drawShares(r, of)
		if err != nil {
			return err
		}
		half := s.unit.Mul(union.MustParseNumber("0.5"))
		most := half.Mul(union.Whole(int64(len(s.parts))))
		residual, below := 0, false
		for i, off := range s.off {
			if off.Cmp(half) > 0 {
				residual++
			}
			if off.Cmp(most) > 0 {
				return fmt.Errorf("%v: %v, off by %s", s.parts, s.shares.Texts(), off)
			}
			below = below || s.shares.Percents[i].Sign() < 0
		}
		if !s.sum.Equal(union.Whole(100)) || s.nothing || residual > 1 || below != (len(s.shares.Findings) > 0) {
			return fmt.Errorf("%v: %v %v", s.parts, s.shares.Texts(), s.shares.Findings)
		}
		return nil
	}
}

// saysWhenOff states that each share is within half a last place and that a sum
// other than 100 is a finding (E6).
func saysWhenOff(of maker) laws.Law {
	return func(r *rapid.T) error {
		s, err := drawShares(r, of)
		if err != nil {
			return err
		}
		if s.sum.Equal(union.Whole(100)) != (len(s.shares.Findings) == 0) {
			return fmt.Errorf("%v: sum %s, findings %v", s.parts, s.sum, s.shares.Findings)
		}
		for _, off := range s.off {
			if off.Cmp(s.unit.Mul(union.MustParseNumber("0.5"))) > 0 {
				return fmt.Errorf("%v: %v", s.parts, s.shares.Texts())
			}
		}
		return nil
	}
}

func TestSharesSumAsTheirBalanceSays(t *testing.T) {
	silent := func(places int, parts []int64) (union.Shares, error) {
		shares, err := makerOf(union.Plain, union.HalfUp)(places, parts)
		shares.Findings = nil
		return shares, err
	}
	restToTheLastOfAll := func(places int, parts []int64) (union.Shares, error) {
		shares, err := makerOf(union.Plain, union.HalfUp)(places, parts)
		if err != nil {
			return shares, err
		}
		rest := union.Whole(100)
		for _, percent := range shares.Percents[:len(parts)-1] {
			rest = rest.Sub(percent)
		}
		shares.Percents[len(parts)-1], shares.Findings = rest, nil
		return shares, nil
	}
	t.Run("largest remainder is within a place and sums to 100", func(t *testing.T) {
		laws.Holds(t, sumsTo100Closely(makerOf(union.LargestRemainder, union.Truncate)))
		laws.Rejects(t, sumsTo100Closely(makerOf(union.Plain, union.HalfUp))) // the table of 100.01
	})
	t.Run("the last takes the rest and only it may be off", func(t *testing.T) {
		laws.Holds(t, onlyOneIsOff(makerOf(union.LastTakesRest, union.HalfUp)))
		laws.Holds(t, onlyOneIsOff(makerOf(union.LastTakesRest, union.HalfEven)))
		laws.Rejects(t, onlyOneIsOff(restToTheLastOfAll)) // a part of zero gets the rest, or less than nothing
	})
	t.Run("the largest takes the rest and only it may be off", func(t *testing.T) {
		laws.Holds(t, onlyOneIsOff(makerOf(union.LargestTakesRest, union.HalfUp)))
		laws.Rejects(t, onlyOneIsOff(makerOf(union.LargestTakesRest, union.Truncate))) // all are off, not one
	})
	t.Run("plain shares say when they do not sum to 100", func(t *testing.T) {
		laws.Holds(t, saysWhenOff(makerOf(union.Plain, union.HalfUp)))
		laws.Rejects(t, saysWhenOff(silent))
	})
}

// slowShares makes shares as the balance says in words: each rounded by the
// slow ruler and one of them made 100 minus the others, or hundredths given out
// one by one.
func slowShares(balance union.Balance, mode union.Mode, places int, parts []int64) []*big.Rat {
	unit := big.NewRat(1, 1)
	for range places {
		unit.Quo(unit, big.NewRat(10, 1))
	}
	shares := make([]*big.Rat, len(parts))
	if balance == union.LargestRemainder {
		units := new(big.Rat).Quo(big.NewRat(100, 1), unit)
		split, _ := slowApportion(units.Num().Int64(), parts)
		for i, n := range split {
			shares[i] = new(big.Rat).Mul(big.NewRat(n, 1), unit)
		}
		return shares
	}
	sum, last, largest := int64(0), 0, 0
	for i, part := range parts {
		sum += part
		if part > 0 {
			last = i
		}
		if part > parts[largest] {
			largest = i
		}
	}
	for i, part := range parts {
		shares[i] = slowRound(mode, places, big.NewRat(100*part, sum))
	}
	taker := map[union.Balance]int{union.LastTakesRest: last, union.LargestTakesRest: largest}
	if at, ok := taker[balance]; ok {
		rest := big.NewRat(100, 1)
		for i, share := range shares {
			if i != at {
				rest.Sub(rest, share)
			}
		}
		shares[at] = rest
	}
	return shares
}

// Every table of up to four parts from 0 to 4, under every balance and mode. Dies
// here: the rest given to the last part though it is zero, to the last of equals,
// or to the first; the mode asked under largest remainder; a finding left out.
func TestSharesAgreeWithTheSlowRuleInASmallWorld(t *testing.T) {
	check := func(balance union.Balance, mode union.Mode, places int, parts []int64) {
		want := slowShares(balance, mode, places, parts)
		got, err := union.NewShares(balance, union.Rounding{Mode: mode, Places: places}, parts...)
		require.NoError(t, err)
		sum, below := new(big.Rat), false
		for i, text := range got.Texts() {
			if text != want[i].FloatString(places) {
				require.Equal(t, want[i].FloatString(places), text, "%v: %s, %s to %d places", parts, balance, mode, places)
			}
			sum.Add(sum, want[i])
			below = below || want[i].Sign() < 0
		}
		if finds := below || sum.Cmp(big.NewRat(100, 1)) != 0; finds != (len(got.Findings) == 1) {
			require.Equal(t, finds, len(got.Findings) == 1, "%v: %s, %s to %d places: %v", parts, balance, mode, places, got.Findings)
		}
	}
	var grow func(parts []int64)
	grow = func(parts []int64) {
		if len(parts) > 0 && slices.Max(parts) > 0 {
			for _, mode := range modes {
				for _, balance := range []union.Balance{union.Plain, union.LastTakesRest, union.LargestTakesRest, union.LargestRemainder} {
					check(balance, mode, len(parts)%2, parts)
				}
			}
		}
		if len(parts) < 4 {
			for part := range int64(5) {
				grow(append(slices.Clone(parts), part))
			}
		}
	}
	grow(nil)
}

func TestLargestRemainderAsksForPlacesAndNotForAMode(t *testing.T) {
	parts := []int64{1, 1, 1}
	first, err := union.NewShares(union.LargestRemainder, union.Rounding{Mode: union.HalfUp, Places: 2}, parts...)
	require.NoError(t, err)
	assert.Equal(t, []string{"33.34", "33.33", "33.33"}, first.Texts())
	assert.Equal(t, []int{0, 1, 2}, first.Tied, "only their order made the first one larger")
	for _, mode := range modes {
		again, err := union.NewShares(union.LargestRemainder, union.Rounding{Mode: mode, Places: 2}, parts...)
		require.NoError(t, err)
		assert.Equal(t, first.Texts(), again.Texts())
	}
}

func TestARestBelowZeroIsFoundAndNotHidden(t *testing.T) {
	// 193 of 199 is 97% rounded up and each 1 of 199 is 1%, though it is only half
	// of that: five of those leave the last with 100 - 97 - 5.
	rounding := union.Rounding{Mode: union.Up}
	shares, err := union.NewShares(union.LastTakesRest, rounding, 193, 1, 1, 1, 1, 1, 1)
	require.NoError(t, err)
	assert.Equal(t, []string{"97", "1", "1", "1", "1", "1", "-2"}, shares.Texts())
	require.Len(t, shares.Findings, 1)
	assert.Equal(t, "shares[6]", shares.Findings[0].Where)
	assert.Equal(t, "-2", shares.Findings[0].Got)
	shares, err = union.NewShares(union.LastTakesRest, rounding, 197, 1, 1)
	require.NoError(t, err)
	assert.Equal(t, []string{"99", "1", "0"}, shares.Texts())
	assert.Empty(t, shares.Findings, "a rest of zero is not below it")
	shares, err = union.NewShares(union.LargestTakesRest, rounding, 1, 2, 2, 0)
	require.NoError(t, err)
	assert.Equal(t, []string{"20", "40", "40", "0"}, shares.Texts(), "nothing is left to take")
	shares, err = union.NewShares(union.LargestTakesRest, rounding, 1, 1, 1)
	require.NoError(t, err)
	assert.Equal(t, []string{"32", "34", "34"}, shares.Texts(), "the first of equals takes the rest")
	for _, parts := range [][]int64{{1, 2}, {1, 2, 0}} {
		shares, err = union.NewShares(union.LastTakesRest, rounding, parts...)
		require.NoError(t, err)
		assert.Equal(t, []string{"34", "66"}, shares.Texts()[:2], "the last that is not zero takes the rest")
		assert.Empty(t, shares.Findings)
	}
}

func TestOnePartIsTheWhole(t *testing.T) {
	for _, balance := range []union.Balance{union.Plain, union.LastTakesRest, union.LargestTakesRest, union.LargestRemainder} {
		shares, err := union.NewShares(balance, union.Rounding{Mode: union.HalfUp, Places: 16}, 0, 7, 0)
		require.NoError(t, err)
		assert.Equal(t, []string{"0.0000000000000000", "100.0000000000000000", "0.0000000000000000"}, shares.Texts(), balance)
		assert.Empty(t, shares.Findings)
	}
}

func TestSharesRefuseWhatHasNone(t *testing.T) {
	sound := union.Rounding{Mode: union.HalfUp, Places: 2}
	for name, row := range map[string]struct {
		balance  union.Balance
		rounding union.Rounding
		parts    []int64
		want     error
		where    string
	}{
		"no balance":           {0, sound, []int64{1}, union.ErrMissing, "balance"},
		"a balance unheard of": {5, sound, []int64{1}, union.ErrUnknown, "balance"},
		"no rounding":          {union.Plain, union.Rounding{}, []int64{1}, union.ErrMissing, "rounding.mode"},
		"negative places":      {union.Plain, union.Rounding{Mode: union.HalfUp, Places: -1}, []int64{1}, union.ErrRange, "rounding.places"},
		"too many places":      {union.Plain, union.Rounding{Mode: union.HalfUp, Places: 17}, []int64{1}, union.ErrRange, "rounding.places"},
		"a negative part":      {union.Plain, sound, []int64{1, -1}, union.ErrRange, "parts[1]"},
		"too large a sum":      {union.Plain, sound, []int64{math.MaxInt64, 1}, union.ErrOverflow, "parts"},
		"no parts":             {union.Plain, sound, nil, union.ErrUndefined, "parts"},
		"all zero":             {union.LargestRemainder, sound, []int64{0, 0}, union.ErrUndefined, "parts"},
	} {
		t.Run(name, func(t *testing.T) {
			shares, err := union.NewShares(row.balance, row.rounding, row.parts...)
			require.ErrorIs(t, err, row.want)
			assert.Equal(t, row.where, union.Faults(err)[0].Where)
			assert.Empty(t, shares.Texts())
		})
	}
}

func TestSharesWithoutARoundingPrintExactly(t *testing.T) {
	byHand := union.Shares{Percents: []union.Number{union.MustParseNumber("100/3")}}
	assert.Equal(t, []string{"100/3"}, byHand.Texts())
}

func TestOnlyABalanceHasATitle(t *testing.T) {
	seen := map[string]bool{"": true}
	for _, balance := range []union.Balance{union.Plain, union.LastTakesRest, union.LargestTakesRest, union.LargestRemainder} {
		assert.False(t, seen[balance.Title()], balance.Title())
		seen[balance.Title()] = true
	}
	assert.Empty(t, union.Balance(0).Title())
	assert.Empty(t, union.Balance(5).Title())
}

func ExampleBalance_Title() {
	fmt.Println(union.LastTakesRest.Title())
	// Output: 末项取100减其余各项之差
}
