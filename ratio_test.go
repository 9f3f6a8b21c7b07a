package union_test

import (
	"encoding/json"
	"fmt"
	"math"
	"math/big"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/internal/laws"
)

func ExampleRatio_Merge() {
	// Two towns, 9 of 10 firms and 30 of 90: not the mean of 90% and 33%.
	county := union.Ratio{Part: 9, Whole: 10}
	err := county.Merge(union.Ratio{Part: 30, Whole: 90})
	percent, _ := county.Percent()
	fmt.Println(county, err, percent)
	// Output: 39/100 <nil> 39
}

func ExampleRatio_Number() {
	fmt.Println(union.Ratio{Part: 2, Whole: 3}.Number())
	_, err := union.Ratio{Part: 5}.Number()
	fmt.Println(err)
	// Output:
	// 2/3 <nil>
	// undefined over nothing: got 5/0, want a whole other than 0
}

func ExampleRatio_Percent() {
	fmt.Println(union.Ratio{Part: 129, Whole: 160}.Percent())
	// Output: 80.625 <nil>
}

func ExampleRatio_Cmp() {
	// Whether two thirds of 41 are reached by 27.
	fmt.Println(union.Ratio{Part: 27, Whole: 41}.Cmp(union.Ratio{Part: 2, Whole: 3}))
	// Output: -1 <nil>
}

func TestRatiosMergeAsATally(t *testing.T) {
	laws.Tally[union.Ratio](t, func(r *rapid.T) union.Ratio {
		return union.Ratio{Part: rapid.Int64Range(0, 1<<40).Draw(r, "part"), Whole: rapid.Int64Range(0, 1<<40).Draw(r, "whole")}
	})
}

// rollsUp states that the rate of the whole is that of the counts added, at any
// cut (R3).
func rollsUp(rate func(parts []union.Ratio) (union.Number, error)) laws.Law {
	return func(r *rapid.T) error {
		var parts []union.Ratio
		part, whole := int64(0), int64(0)
		for range rapid.IntRange(1, 4).Draw(r, "units") {
			w := rapid.Int64Range(1, 50).Draw(r, "whole")
			p := rapid.Int64Range(0, w).Draw(r, "part")
			parts, part, whole = append(parts, union.Ratio{Part: p, Whole: w}), part+p, whole+w
		}
		want, err := union.NewNumber(part, whole)
		if err != nil {
			return err
		}
		got, err := rate(parts)
		if err == nil && !got.Equal(want) {
			return fmt.Errorf("%v: %s, not %s", parts, got, want)
		}
		return err
	}
}

func TestARateRollsUpThroughItsCounts(t *testing.T) {
	laws.Holds(t, rollsUp(func(parts []union.Ratio) (union.Number, error) {
		var sum union.Ratio
		for _, part := range parts {
			if err := sum.Merge(part); err != nil {
				return union.Number{}, err
			}
		}
		return sum.Number()
	}))
	laws.Rejects(t, rollsUp(func(parts []union.Ratio) (union.Number, error) { // the mean of the rates
		var sum union.Number
		for _, part := range parts {
			n, err := part.Number()
			if err != nil {
				return n, err
			}
			sum = sum.Add(n)
		}
		return sum.Quo(union.Whole(int64(len(parts))))
	}))
}

func TestRatiosCompareExactly(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		draw := func(name string) (union.Ratio, *big.Rat) {
			part := rapid.Int64Min(0).Draw(r, name+" part")
			whole := rapid.Int64Min(1).Draw(r, name+" whole")
			return union.Ratio{Part: part, Whole: whole}, big.NewRat(part, whole)
		}
		a, x := draw("a")
		b, y := draw("b")
		got, err := a.Cmp(b)
		require.NoError(r, err)
		require.Equal(r, x.Cmp(y), got)
		n, err := a.Number()
		require.NoError(r, err)
		isThe(r, x, n, a.String())
	})
}

func TestRatioRefusesWhatHasNoMeaning(t *testing.T) {
	sound := union.Ratio{Part: 1, Whole: 2}
	for _, row := range []struct {
		ratio union.Ratio
		want  error
	}{
		{union.Ratio{Part: -1, Whole: 2}, union.ErrRange},
		{union.Ratio{Part: 1, Whole: -2}, union.ErrRange},
		{union.Ratio{Part: -1}, union.ErrRange},
		{union.Ratio{}, union.ErrUndefined},
		{union.Ratio{Part: 3}, union.ErrUndefined},
	} {
		_, number := row.ratio.Number()
		_, percent := row.ratio.Percent()
		_, left := row.ratio.Cmp(sound)
		_, right := sound.Cmp(row.ratio)
		for _, err := range []error{number, percent, left, right} {
			require.ErrorIs(t, err, row.want, row.ratio)
		}
	}
	for _, row := range []struct {
		into, other union.Ratio
		want        error
	}{
		{sound, union.Ratio{Part: -1, Whole: 1}, union.ErrRange},
		{union.Ratio{Part: 1, Whole: -1}, sound, union.ErrRange},
		{union.Ratio{Part: math.MaxInt64}, sound, union.ErrOverflow},
		{union.Ratio{Whole: math.MaxInt64}, sound, union.ErrOverflow},
	} {
		before := row.into
		require.ErrorIs(t, row.into.Merge(row.other), row.want)
		assert.Equal(t, before, row.into, "unchanged on error")
	}
}

func TestRatioIsPlainInJSON(t *testing.T) {
	data, err := json.Marshal(union.Ratio{Part: 180, Whole: 200})
	require.NoError(t, err)
	assert.JSONEq(t, `{"part":180,"whole":200}`, string(data))
	assert.Equal(t, "180/200", union.Ratio{Part: 180, Whole: 200}.String())
}

func TestMergingRatiosAllocatesNothing(t *testing.T) {
	var sum union.Ratio
	assert.Zero(t, testing.AllocsPerRun(100, func() {
		if err := sum.Merge(union.Ratio{Part: 1, Whole: 2}); err != nil {
			panic(err)
		}
	}))
}

// BenchmarkRatioMerge adds rates, beside a loop over two bare integers.
func BenchmarkRatioMerge(b *testing.B) {
	b.Run("Ratio", func(b *testing.B) {
		b.ReportAllocs()
		var sum union.Ratio
		for b.Loop() {
			if err := sum.Merge(union.Ratio{Part: 1, Whole: 2}); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("bare integers", func(b *testing.B) {
		part, whole := int64(0), int64(0)
		for b.Loop() {
			part++
			whole += 2
		}
		_, _ = part, whole
	})
}
