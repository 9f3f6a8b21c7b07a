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

func ExampleApportion() {
	// 23 cadres in thirds: the one that is left over goes to the first of equals.
	split, err := union.Apportion(23, 1, 1, 1)
	fmt.Println(split.Parts, split.Tied, err)
	split, err = union.Apportion(100, 134, 4, 3, 0)
	fmt.Println(split.Parts, split.Tied, err)
	// Output:
	// [8 8 7] [0 1 2] <nil>
	// [95 3 2 0] [] <nil>
}

type apportion = func(total int64, weights ...int64) (union.Split, error)

// apportionment is one drawn instance.
type apportionment struct {
	total   int64
	weights []int64
}

func (a apportionment) sum() int64 {
	sum := int64(0)
	for _, weight := range a.weights {
		sum += weight
	}
	return sum
}

// drawApportionment draws small instances, in which ties are common, and large
// ones.
func drawApportionment(r *rapid.T) apportionment {
	total, weight := rapid.Int64Range(-30, 30), rapid.Int64Range(0, 6)
	if rapid.Bool().Draw(r, "large") {
		total, weight = rapid.Int64(), rapid.Int64Range(0, math.MaxInt64/8)
	}
	a := apportionment{total.Draw(r, "total"), rapid.SliceOfN(weight, 1, 6).Draw(r, "weights")}
	if a.sum() == 0 {
		a.weights[0] = 1
	}
	return a
}

// sumsExactly states that the parts sum to the total (M4).
func sumsExactly(split apportion) laws.Law {
	return func(r *rapid.T) error {
		a := drawApportionment(r)
		got, err := split(a.total, a.weights...)
		if err != nil {
			return err
		}
		sum := new(big.Int)
		for _, part := range got.Parts {
			sum.Add(sum, big.NewInt(part))
		}
		if len(got.Parts) != len(a.weights) || sum.Cmp(big.NewInt(a.total)) != 0 {
			return fmt.Errorf("%v: %v", a, got)
		}
		return nil
	}
}

// givesNothingToZero states that a weight of zero gets zero, and that weights
// which divide nothing are refused (M5).
func givesNothingToZero(split apportion) laws.Law {
	return func(r *rapid.T) error {
		a := drawApportionment(r)
		got, err := split(a.total, a.weights...)
		if err != nil {
			return err
		}
		for i, part := range got.Parts {
			if a.weights[i] == 0 && part != 0 {
				return fmt.Errorf("%v: %v", a, got)
			}
		}
		for _, refused := range [][]int64{nil, make([]int64, len(a.weights)), append([]int64{-1}, a.weights...)} {
			if _, err := split(a.total, refused...); err == nil {
				return fmt.Errorf("%v divided %d", refused, a.total)
			}
		}
		return nil
	}
}

// isFair states that each part is within less than one of its exact share, and
// that no part gets a unit left over before one with a larger remainder (M6).
func isFair(split apportion) laws.Law {
	return func(r *rapid.T) error {
		a := drawApportionment(r)
		got, err := split(a.total, a.weights...)
		if err != nil {
			return err
		}
		sum, one := big.NewInt(a.sum()), big.NewInt(1)
		remainder, extra := make([]*big.Int, len(a.weights)), make([]bool, len(a.weights))
		for i, part := range got.Parts {
			share := new(big.Int).Mul(big.NewInt(a.total), big.NewInt(a.weights[i]))
			cut, rest := new(big.Int).QuoRem(share, sum, new(big.Int))
			remainder[i] = rest.Abs(rest)
			switch difference := new(big.Int).Sub(big.NewInt(part), cut); {
			case difference.Sign() == 0:
			case rest.Sign() != 0 && difference.Abs(difference).Cmp(one) == 0:
				extra[i] = true
			default:
				return fmt.Errorf("%v: %v", a, got)
			}
		}
		for i := range remainder {
			for j := range remainder {
				if extra[j] && !extra[i] && remainder[i].Cmp(remainder[j]) > 0 {
					return fmt.Errorf("%v: %v, part %d before %d", a, got, j, i)
				}
			}
		}
		return nil
	}
}

// isSymmetric states that the parts of -total are the negatives of those of
// total (M7).
func isSymmetric(split apportion) laws.Law {
	return func(r *rapid.T) error {
		a := drawApportionment(r)
		if a.total == math.MinInt64 {
			a.total++
		}
		up, err := split(a.total, a.weights...)
		if err != nil {
			return err
		}
		down, err := split(-a.total, a.weights...)
		if err != nil {
			return err
		}
		for i := range up.Parts {
			if up.Parts[i] != -down.Parts[i] {
				return fmt.Errorf("%v: %v and %v", a, up.Parts, down.Parts)
			}
		}
		return nil
	}
}

// followsItsWeights states that permuting the weights permutes the parts where no
// tie decided anything, and that of tied parts the earlier get the more (M8).
func followsItsWeights(split apportion) laws.Law {
	return func(r *rapid.T) error {
		a := drawApportionment(r)
		got, err := split(a.total, a.weights...)
		if err != nil {
			return err
		}
		order := rapid.Permutation(indexes(len(a.weights))).Draw(r, "order")
		moved := make([]int64, len(order))
		for to, from := range order {
			moved[to] = a.weights[from]
		}
		again, err := split(a.total, moved...)
		if err != nil {
			return err
		}
		for to, from := range order {
			if len(got.Tied) == 0 && again.Parts[to] != got.Parts[from] {
				return fmt.Errorf("%v: %v, but %v: %v", a.weights, got.Parts, moved, again.Parts)
			}
		}
		for i := range a.weights {
			for j := range i {
				if a.weights[j] == a.weights[i] && new(big.Int).Abs(big.NewInt(got.Parts[j])).Cmp(new(big.Int).Abs(big.NewInt(got.Parts[i]))) < 0 {
					return fmt.Errorf("%v: the later of equals has more: %v", a, got.Parts)
				}
			}
		}
		return nil
	}
}

func indexes(n int) []int {
	all := make([]int, n)
	for i := range all {
		all[i] = i
	}
	return all
}

// brokenApportion apportions as asked but for how it rounds at first and whom it
// gives the units left over: the wrong programs that the laws must reject.
func brokenApportion(floor bool, order func(remainders []int64) []int) apportion {
	return func(total int64, weights ...int64) (union.Split, error) {
		sum := int64(0)
		for _, weight := range weights {
			sum += weight
		}
		if sum <= 0 || slices.Min(weights) < 0 {
			return union.Split{}, union.ErrRange
		}
		parts, remainders, left := make([]int64, len(weights)), make([]int64, len(weights)), total
		for i, weight := range weights {
			quotient, remainder := new(big.Int).QuoRem(
				new(big.Int).Mul(big.NewInt(total), big.NewInt(weight)), big.NewInt(sum), new(big.Int))
			if floor && remainder.Sign() < 0 {
				quotient.Sub(quotient, big.NewInt(1))
				remainder.Add(remainder, big.NewInt(sum))
			}
			parts[i], remainders[i] = quotient.Int64(), remainder.Abs(remainder).Int64()
			left -= parts[i]
		}
		for _, i := range order(remainders) {
			switch {
			case left > 0:
				parts[i], left = parts[i]+1, left-1
			case left < 0:
				parts[i], left = parts[i]-1, left+1
			}
		}
		return union.Split{Parts: parts}, nil
	}
}

func TestApportionIsFairAndExact(t *testing.T) {
	nobody := func([]int64) []int { return nil }
	inOrder := func(remainders []int64) []int { return indexes(len(remainders)) }
	smallestFirst := func(remainders []int64) []int {
		order := indexes(len(remainders))
		slices.SortStableFunc(order, func(a, b int) int { return int(min(1, max(-1, remainders[a]-remainders[b]))) })
		return order
	}
	latestFirst := func(remainders []int64) []int {
		order := smallestFirst(remainders)
		slices.Reverse(order)
		return order
	}
	t.Run("the parts sum to the total", func(t *testing.T) {
		laws.Holds(t, sumsExactly(union.Apportion))
		laws.Rejects(t, sumsExactly(brokenApportion(false, nobody))) // truncation
	})
	t.Run("a weight of zero gets zero", func(t *testing.T) {
		laws.Holds(t, givesNothingToZero(union.Apportion))
		laws.Rejects(t, givesNothingToZero(brokenApportion(false, inOrder))) // the odd unit to a zero share
		laws.Rejects(t, givesNothingToZero(func(total int64, weights ...int64) (union.Split, error) {
			if len(weights) > 0 && slices.Max(weights) == 0 {
				return union.Split{Parts: make([]int64, len(weights))}, nil // nothing divided by nothing is nothing
			}
			return union.Apportion(total, weights...)
		}))
	})
	t.Run("larger remainders come first", func(t *testing.T) {
		laws.Holds(t, isFair(union.Apportion))
		laws.Rejects(t, isFair(brokenApportion(false, smallestFirst))) // reversed sort
		laws.Rejects(t, isFair(func(total int64, weights ...int64) (union.Split, error) {
			split, err := brokenApportion(false, nobody)(total, weights...)
			for i, part := range split.Parts { // all that is left over to the first
				if i > 0 {
					total -= part
				}
			}
			if err == nil {
				split.Parts[0] = total
			}
			return split, err
		}))
	})
	t.Run("the sign changes nothing else", func(t *testing.T) {
		laws.Holds(t, isSymmetric(union.Apportion))
		laws.Rejects(t, isSymmetric(brokenApportion(true, latestFirst))) // floor instead of truncate
	})
	t.Run("parts follow their weights, ties their order", func(t *testing.T) {
		laws.Holds(t, followsItsWeights(union.Apportion))
		laws.Rejects(t, followsItsWeights(brokenApportion(false, latestFirst))) // unstable sort
	})
}

// slowApportion gives one unit after the other to the part that is furthest below
// its exact share, of equals to the earlier, no part more than one beyond what
// is whole in its share.
func slowApportion(total int64, weights []int64) (parts []int64, tied []int) {
	sign, sum := int64(1), int64(0)
	if total < 0 {
		sign, total = -1, -total
	}
	for _, weight := range weights {
		sum += weight
	}
	share := func(i int) *big.Rat { return big.NewRat(total*weights[i], sum) }
	parts = make([]int64, len(weights))
	left := total
	for i := range weights {
		for new(big.Rat).SetInt64(parts[i]+1).Cmp(share(i)) <= 0 {
			parts[i]++
			left--
		}
	}
	lacks := make([]*big.Rat, len(weights))
	for i := range weights {
		lacks[i] = new(big.Rat).Sub(share(i), new(big.Rat).SetInt64(parts[i]))
	}
	got := make([]bool, len(weights))
	for ; left > 0; left-- {
		best := -1
		for i := range weights {
			if !got[i] && (best < 0 || lacks[i].Cmp(lacks[best]) > 0) {
				best = i
			}
		}
		got[best] = true
		parts[best]++
	}
	for i := range weights {
		for j := range weights {
			if lacks[i].Cmp(lacks[j]) == 0 && got[i] != got[j] && !slices.Contains(tied, i) {
				tied = append(tied, i)
			}
		}
		parts[i] *= sign
	}
	// All with that remainder are named, those that got as well as those that did not.
	return parts, tied
}

func TestApportionAgreesWithGivingUnitsOneByOne(t *testing.T) {
	var weights func(prefix []int64)
	weights = func(prefix []int64) {
		if len(prefix) > 0 && slices.Max(prefix) > 0 {
			for total := int64(-12); total <= 12; total++ {
				want, tied := slowApportion(total, prefix)
				got, err := union.Apportion(total, prefix...)
				require.NoError(t, err)
				require.Equal(t, want, got.Parts, "%d by %v", total, prefix)
				require.Equal(t, tied, got.Tied, "%d by %v", total, prefix)
			}
		}
		if len(prefix) < 4 {
			for weight := range int64(5) {
				weights(append(slices.Clone(prefix), weight))
			}
		}
	}
	weights(nil)
}

func TestApportionHoldsAtTheEndsOfTheIntegers(t *testing.T) {
	split, err := union.Apportion(math.MinInt64, 1)
	require.NoError(t, err)
	assert.Equal(t, []int64{math.MinInt64}, split.Parts)
	split, err = union.Apportion(math.MinInt64, math.MaxInt64-1, 1)
	require.NoError(t, err)
	// 2^63 × (2^63 - 2) ÷ (2^63 - 1) is 2^63 - 2 and a remainder of 2^63 - 2.
	assert.Equal(t, []int64{math.MinInt64 + 1, -1}, split.Parts)
	split, err = union.Apportion(math.MaxInt64, math.MaxInt64)
	require.NoError(t, err)
	assert.Equal(t, []int64{math.MaxInt64}, split.Parts)
	split, err = union.Apportion(0, 3, 4)
	require.NoError(t, err)
	assert.Equal(t, union.Split{Parts: []int64{0, 0}}, split)
}

func TestApportionRefusesWhatDividesNothing(t *testing.T) {
	for name, row := range map[string]struct {
		weights []int64
		want    error
		where   string
	}{
		"no weights":        {nil, union.ErrUndefined, "weights"},
		"all zero":          {[]int64{0, 0}, union.ErrUndefined, "weights"},
		"a negative weight": {[]int64{5, -1}, union.ErrRange, "weights[1]"},
		"too large a sum":   {[]int64{math.MaxInt64, 1}, union.ErrOverflow, "weights"},
		"negative is first": {[]int64{math.MaxInt64, 1, -1}, union.ErrRange, "weights[2]"},
	} {
		t.Run(name, func(t *testing.T) {
			split, err := union.Apportion(10, row.weights...)
			require.ErrorIs(t, err, row.want)
			assert.Equal(t, row.where, union.Faults(err)[0].Where)
			assert.Empty(t, split.Parts)
		})
	}
}
