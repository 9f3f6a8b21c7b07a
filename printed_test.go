package union_test

import (
	"fmt"
	"math/big"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/internal/laws"
)

func ExampleRounding_CheckPrinted() {
	// A notice prints 13 of 37 as 35.3%.
	percent, _ := union.Ratio{Part: 13, Whole: 37}.Percent()
	findings, err := union.Rounding{Mode: union.HalfUp, Places: 1}.CheckPrinted("非公有制单位", union.MustParseNumber("35.3"), percent)
	fmt.Println(findings, err)
	// Output: [非公有制单位: a printed figure follows from its inputs: got 35.3, want 35.1] <nil>
}

func ExampleRounding_CheckSum() {
	// A table in 万元, each of whose figures was rounded by itself.
	rounding := union.Rounding{Mode: union.HalfUp, Places: 2}
	raised, matched := union.MustParseNumber("31.05"), union.MustParseNumber("6.78")
	fmt.Println(rounding.CheckSum("合计", union.MustParseNumber("37.84"), raised, matched))
	fmt.Println(rounding.CheckSum("合计", union.MustParseNumber("37.85"), raised, matched))
	// Output:
	// [] <nil>
	// [合计: a printed total is that of its printed parts, as far as their rounding leaves it open: got 37.85, want 37.83] <nil>
}

func ExampleShares_Check() {
	shares, _ := union.NewShares(union.LastTakesRest, union.Rounding{Mode: union.HalfUp, Places: 2}, 134, 4, 3)
	for _, finding := range shares.Check(union.MustParseNumber("95.04"), union.MustParseNumber("2.84"), union.MustParseNumber("2.13")) {
		fmt.Println(finding)
	}
	// Output: shares[2]: a printed share follows from the parts: got 2.13, want 2.12
}

func TestACheckOfWhatIsPrintedRefusesARoundingThatIsNone(t *testing.T) {
	findings, err := union.Rounding{}.CheckPrinted("x", union.Whole(1), union.Whole(1))
	require.ErrorIs(t, err, union.ErrMissing)
	assert.Empty(t, findings)
	findings, err = union.Rounding{Mode: union.HalfUp, Places: 19}.CheckSum("x", union.Whole(1), union.Whole(1))
	require.ErrorIs(t, err, union.ErrRange)
	assert.Empty(t, findings)
}

func TestSharesArePrintedOfEachPart(t *testing.T) {
	shares, err := union.NewShares(union.Plain, union.Rounding{Mode: union.HalfUp, Places: 2}, 1, 3, 0)
	require.NoError(t, err)
	assert.Empty(t, shares.Check(union.Whole(25), union.MustParseNumber("75.0"), union.Whole(0)))
	found := shares.Check(union.Whole(25), union.Whole(75))
	require.Len(t, found, 1)
	assert.Equal(t, "shares: each part has a printed share: got 2, want 3", found[0].String())
	found = shares.Check(union.Whole(25), union.Whole(75), union.Whole(0), union.Whole(0))
	require.Len(t, found, 1)
	assert.Equal(t, "shares: each part has a printed share: got 4, want 3", found[0].String())
	found = shares.Check(union.Whole(24), union.Whole(75), union.Whole(1))
	require.Len(t, found, 2)
	assert.Equal(t, []string{"shares[0]", "shares[2]"}, []string{found[0].Where, found[1].Where})
	assert.Empty(t, union.Shares{}.Check())
}

// A sumCheck is what CheckSum is: findings of a total and its parts.
type sumCheck = func(r union.Rounding, total union.Number, parts []union.Number) (bad bool, err error)

func checkSumOf(r union.Rounding, total union.Number, parts []union.Number) (bool, error) {
	findings, err := r.CheckSum("sum", total, parts...)
	return len(findings) > 0, err
}

// acceptsWhatWasRounded states that numbers rounded one by one, and their sum
// rounded by itself, are never found to disagree.
func acceptsWhatWasRounded(check sumCheck) laws.Law {
	return func(r *rapid.T) error {
		rounding := union.Rounding{
			Mode:   rapid.SampledFrom(modes).Draw(r, "mode"),
			Places: rapid.IntRange(-1, 2).Draw(r, "places"),
		}
		sum, parts := union.Number{}, []union.Number{}
		for range rapid.IntRange(0, 5).Draw(r, "n") {
			n, err := union.NewNumber(rapid.Int64Range(-4000, 4000).Draw(r, "num"), rapid.SampledFrom([]int64{1, 3, 8, 200}).Draw(r, "den"))
			if err != nil {
				return err
			}
			shown, err := rounding.Apply(n)
			if err != nil {
				return err
			}
			sum, parts = sum.Add(n), append(parts, shown)
		}
		total, err := rounding.Apply(sum)
		if err != nil {
			return err
		}
		if bad, err := check(rounding, total, parts); err != nil || bad {
			return fmt.Errorf("%s: %v cannot sum to %s (%w)", rounding, parts, total, err)
		}
		return nil
	}
}

func TestASumOfRoundedFiguresIsAcceptedAsFarAsItsRoundingLeavesItOpen(t *testing.T) {
	laws.Holds(t, acceptsWhatWasRounded(checkSumOf))
	laws.Rejects(t, acceptsWhatWasRounded(func(_ union.Rounding, total union.Number, parts []union.Number) (bool, error) {
		for _, part := range parts { // the printed figures themselves must add up
			total = total.Sub(part)
		}
		return total.Sign() != 0, nil
	}))
	laws.Rejects(t, acceptsWhatWasRounded(func(r union.Rounding, total union.Number, parts []union.Number) (bool, error) {
		r.Mode = union.HalfUp // as if every mode rounded to the nearer
		return checkSumOf(r, total, parts)
	}))
}

// In a small world every number on a fine grid is tried: a total can be printed
// of parts if and only if some of them are.
func TestASumIsFoundExactlyWhenNoNumbersOfASmallWorldPrintIt(t *testing.T) {
	const grid = 16 // numbers in a unit
	for _, mode := range modes {
		rounding := union.Rounding{Mode: mode}
		behind := map[int64][]int64{} // by what is printed: the numerators that print it
		for n := int64(-5 * grid); n <= 5*grid; n++ {
			shown := slowRound(mode, 0, big.NewRat(n, grid))
			behind[shown.Num().Int64()] = append(behind[shown.Num().Int64()], n)
		}
		for a := int64(-2); a <= 2; a++ {
			for b := a; b <= 2; b++ {
				possible := map[int64]bool{}
				for _, x := range behind[a] {
					for _, y := range behind[b] {
						possible[slowRound(mode, 0, big.NewRat(x+y, grid)).Num().Int64()] = true
					}
				}
				for total := int64(-9); total <= 9; total++ {
					bad, err := checkSumOf(rounding, union.Whole(total), []union.Number{union.Whole(a), union.Whole(b)})
					require.NoError(t, err)
					require.Equal(t, !possible[total], bad, "%s: %d and %d to %d", mode, a, b, total)
				}
			}
		}
	}
}

func TestAFigureFinerThanItsRoundingIsTakenForExact(t *testing.T) {
	rounding := union.Rounding{Mode: union.HalfUp, Places: 1}
	for total, bad := range map[string]bool{"1.1": false, "1.2": true, "1.12": false, "1.13": true, "1.17": true} {
		found, err := checkSumOf(rounding, union.MustParseNumber(total), []union.Number{union.MustParseNumber("0.56"), union.MustParseNumber("0.56")})
		require.NoError(t, err)
		assert.Equal(t, bad, found, total)
	}
}
