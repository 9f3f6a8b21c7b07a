package exact_test

import (
	"fmt"
	"math"
	"math/big"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/unioncampaign/union/internal/exact"
)

// corners are the integers at which arithmetic wraps.
var corners = []int64{
	math.MinInt64, math.MinInt64 + 1, math.MinInt32, -10, -3, -2, -1, 0, 1, 2, 3, 10,
	math.MaxInt32, 1 << 32, math.MaxInt64 - 1, math.MaxInt64,
}

// checkFit compares a checked result with that of big integers.
func checkFit(t *testing.T, what string, want *big.Int, got int64, ok bool) {
	t.Helper()
	require.Equal(t, want.IsInt64(), ok, what)
	if ok {
		require.Equal(t, want.Int64(), got, what)
	} else {
		require.Zero(t, got, what)
	}
}

func TestCheckedArithmeticAgreesWithBigIntegers(t *testing.T) {
	check := func(a, b int64) {
		x, y := big.NewInt(a), big.NewInt(b)
		sum, ok := exact.Add(a, b)
		checkFit(t, fmt.Sprint(a, "+", b), new(big.Int).Add(x, y), sum, ok)
		difference, ok := exact.Sub(a, b)
		checkFit(t, fmt.Sprint(a, "-", b), new(big.Int).Sub(x, y), difference, ok)
		product, ok := exact.Mul(a, b)
		checkFit(t, fmt.Sprint(a, "*", b), new(big.Int).Mul(x, y), product, ok)
	}
	for _, a := range corners {
		for _, b := range corners {
			check(a, b)
		}
	}
	rapid.Check(t, func(r *rapid.T) { check(rapid.Int64().Draw(r, "a"), rapid.Int64().Draw(r, "b")) })
}

func TestMagnitudeAndSignGoTogether(t *testing.T) {
	for _, n := range corners {
		assert.Equal(t, new(big.Int).Abs(big.NewInt(n)).Uint64(), exact.Abs(n))
		back, ok := exact.Signed(n < 0, exact.Abs(n))
		assert.True(t, ok)
		assert.Equal(t, n, back)
	}
	for _, tooLarge := range []struct {
		negative  bool
		magnitude uint64
	}{{false, 1 << 63}, {true, 1<<63 + 1}, {true, math.MaxUint64}} {
		n, ok := exact.Signed(tooLarge.negative, tooLarge.magnitude)
		assert.False(t, ok)
		assert.Zero(t, n)
	}
}

func TestProductsAndQuotientsAgreeWithBigIntegers(t *testing.T) {
	check := func(a, b, c, d uint64) {
		w, x, y, z := bigOf(a), bigOf(b), bigOf(c), bigOf(d)
		left, right := new(big.Int).Mul(w, x), new(big.Int).Mul(y, z)
		require.Equal(t, left.Cmp(right), exact.CompareProducts(a, b, c, d), "%d*%d with %d*%d", a, b, c, d)
		product, ok := exact.MulMagnitudes(a, b)
		require.Equal(t, left.IsUint64(), ok)
		if ok {
			require.Equal(t, left.Uint64(), product)
		}
		quotient, remainder, ok := exact.MulQuo(a, b, c)
		if c == 0 {
			require.False(t, ok)
			return
		}
		q, m := new(big.Int).QuoRem(left, y, new(big.Int))
		require.Equal(t, q.IsUint64(), ok, "%d*%d/%d", a, b, c)
		if ok {
			require.Equal(t, q.Uint64(), quotient)
			require.Equal(t, m.Uint64(), remainder)
		}
	}
	edges := []uint64{0, 1, 2, 3, 10, math.MaxUint32, 1 << 32, math.MaxInt64, 1 << 63, math.MaxUint64}
	for _, a := range edges {
		for _, b := range edges {
			for _, c := range edges {
				check(a, b, c, b)
				check(a, b, b, a)
				check(a, b, c, 7)
			}
		}
	}
	rapid.Check(t, func(r *rapid.T) {
		draw := rapid.Uint64()
		check(draw.Draw(r, "a"), draw.Draw(r, "b"), draw.Draw(r, "c"), draw.Draw(r, "d"))
	})
}

func TestCompareHalfNeverDoublesWhatDoesNotFit(t *testing.T) {
	for _, each := range []struct {
		part, whole uint64
		want        int
	}{
		{0, 1, -1}, {1, 2, 0}, {1, 3, -1}, {2, 3, 1}, {1, 1, 1},
		{1 << 63, math.MaxUint64, 1}, {1<<63 - 1, math.MaxUint64, -1}, {1 << 62, 1 << 63, 0},
	} {
		assert.Equal(t, each.want, exact.CompareHalf(each.part, each.whole), "%d of %d", each.part, each.whole)
	}
}

func TestGCDAgreesWithBigIntegers(t *testing.T) {
	assert.Equal(t, uint64(7), exact.GCD(0, 7))
	assert.Equal(t, uint64(7), exact.GCD(7, 0))
	rapid.Check(t, func(r *rapid.T) {
		a, b := rapid.Uint64Min(1).Draw(r, "a"), rapid.Uint64Min(1).Draw(r, "b")
		require.Equal(r, new(big.Int).GCD(nil, nil, bigOf(a), bigOf(b)).Uint64(), exact.GCD(a, b))
	})
}

func TestPowersOfTenEndWhereAnInt64Does(t *testing.T) {
	for n := range 19 {
		power, ok := exact.Pow10(n)
		assert.True(t, ok)
		assert.Equal(t, new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(n)), nil).Int64(), power)
	}
	for _, n := range []int{math.MinInt, -1, 19, 100} {
		_, ok := exact.Pow10(n)
		assert.False(t, ok, n)
	}
}

func TestExactArithmeticAllocatesNothing(t *testing.T) {
	var sink uint64
	assert.Zero(t, testing.AllocsPerRun(100, func() {
		product, _ := exact.Mul(1<<40, 1<<20)
		quotient, rest, _ := exact.MulQuo(uint64(product), 1<<62, 1<<63)
		sink += quotient + rest + exact.GCD(12, 18)
	}))
	assert.NotZero(t, sink)
}

func bigOf(n uint64) *big.Int { return new(big.Int).SetUint64(n) }
