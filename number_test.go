package union_test

import (
	"encoding/json"
	"fmt"
	"math"
	"math/big"
	"reflect"
	"regexp"
	"strings"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/internal/laws"
)

func ExampleNewNumber() {
	third, err := union.NewNumber(2, -6)
	fmt.Println(third, err)
	_, err = union.NewNumber(1, 0)
	fmt.Println(err)
	// Output:
	// -1/3 <nil>
	// undefined over nothing: got 1/0, want a divisor other than 0
}

func ExampleNumberOf() {
	n, _ := union.NumberOf(decimal.RequireFromString("1.50"))
	m, _ := union.NumberOf(decimal.RequireFromString("1.5"))
	fmt.Println(n, n.Equal(m))
	_, err := union.NumberOf(decimal.New(1, 1_000_000_000))
	fmt.Println(err)
	// Output:
	// 1.5 true
	// out of range: got exponent 1000000000, want -20 to 18
}

func ExampleParseNumber() {
	for _, text := range []string{"-12", "0.150", "2/6", "1e3", "1,000"} {
		n, err := union.ParseNumber(text)
		fmt.Println(n, err)
	}
	// Output:
	// -12 <nil>
	// 0.15 <nil>
	// 1/3 <nil>
	// 0 cannot be read: got "1e3", want a number such as "-12", "0.15" or "1/3"
	// 0 cannot be read: got "1,000", want a number such as "-12", "0.15" or "1/3"
}

func ExampleNumber_Fraction() {
	num, den, ok := union.MustParseNumber("-0.15").Fraction()
	fmt.Println(num, den, ok)
	_, _, ok = union.MustParseNumber("123456789012345678901").Fraction()
	fmt.Println(ok)
	// Output:
	// -3 20 true
	// false
}

func ExampleNumber_Add() {
	half, third := union.MustParseNumber("1/2"), union.MustParseNumber("1/3")
	fmt.Println(half.Add(third))
	// Output: 5/6
}

func ExampleNumber_Sub() {
	fmt.Println(union.Whole(1).Sub(union.MustParseNumber("0.15")))
	// Output: 0.85
}

func ExampleNumber_Mul() {
	// A mark of 92.5 with a weight of 40 percent.
	fmt.Println(union.MustParseNumber("92.5").Mul(union.MustParseNumber("0.4")))
	// Output: 37
}

func ExampleNumber_Quo() {
	perHead, err := union.Whole(1000).Quo(union.Whole(3))
	fmt.Println(perHead, err)
	_, err = union.Whole(1000).Quo(union.Whole(0))
	fmt.Println(err)
	// Output:
	// 1000/3 <nil>
	// undefined over nothing: got "1000 ÷ 0", want a divisor other than 0
}

func ExampleNumber_Neg() {
	fmt.Println(union.MustParseNumber("0.5").Neg())
	// Output: -0.5
}

func ExampleNumber_Cmp() {
	// Whether 2 of 3 are more than 66.67 percent.
	twoThirds := union.MustParseNumber("2/3")
	fmt.Println(twoThirds.Cmp(union.MustParseNumber("0.6667")))
	// Output: -1
}

func ExampleNumber_Equal() {
	fmt.Println(union.MustParseNumber("0.50").Equal(union.MustParseNumber("1/2")))
	// Output: true
}

func ExampleNumber_Sign() {
	fmt.Println(union.MustParseNumber("-0.01").Sign(), union.Number{}.Sign())
	// Output: -1 0
}

func ExampleNumber_IsInt() {
	fmt.Println(union.MustParseNumber("4/2").IsInt(), union.MustParseNumber("1/2").IsInt())
	// Output: true false
}

func ExampleNumber_Int64() {
	fmt.Println(union.MustParseNumber("4/2").Int64())
	fmt.Println(union.MustParseNumber("1/2").Int64())
	// Output:
	// 2 true
	// 0 false
}

func ExampleNumber_Decimal() {
	d, ok := union.MustParseNumber("3/8").Decimal()
	fmt.Println(d, ok)
	_, ok = union.MustParseNumber("1/3").Decimal()
	fmt.Println(ok)
	// Output:
	// 0.375 true
	// false
}

// integers draws integers of every size, those at which arithmetic wraps often.
func integers() *rapid.Generator[int64] {
	return rapid.OneOf(
		rapid.Int64Range(-12, 12),
		rapid.Int64(),
		rapid.SampledFrom([]int64{
			math.MinInt64, math.MinInt64 + 1, math.MaxInt64, math.MaxInt64 - 1,
			1 << 62, -(1 << 62), 3037000500, -3037000500, 1e18, 1e9, 2305843009213693951, // a prime
		}),
	)
}

// rationals draws a Number beside the same as a big rational.
func rationals() *rapid.Generator[pair] {
	return rapid.Custom(func(r *rapid.T) pair {
		num := integers().Draw(r, "num")
		den := integers().Filter(func(n int64) bool { return n != 0 }).Draw(r, "den")
		n, err := union.NewNumber(num, den)
		require.NoError(r, err)
		drawn := pair{n, new(big.Rat).SetFrac(big.NewInt(num), big.NewInt(den))}
		if rapid.Bool().Draw(r, "large") { // beyond what two int64 hold
			drawn = pair{n.Mul(n).Mul(n), new(big.Rat).Mul(drawn.r, new(big.Rat).Mul(drawn.r, drawn.r))}
		}
		return drawn
	})
}

type pair struct {
	n union.Number
	r *big.Rat
}

// numberFrom makes the Number of r another way: from its digits, eighteen at a
// time.
func numberFrom(r *big.Rat) union.Number {
	whole := func(x *big.Int) union.Number {
		base := big.NewInt(1_000_000_000_000_000_000)
		var sum union.Number
		rest, scale, digit := new(big.Int).Abs(x), union.Whole(1), new(big.Int)
		for rest.Sign() != 0 {
			rest.QuoRem(rest, base, digit)
			sum = sum.Add(union.Whole(digit.Int64()).Mul(scale))
			scale = scale.Mul(union.Whole(base.Int64()))
		}
		if x.Sign() < 0 {
			return sum.Neg()
		}
		return sum
	}
	n, err := whole(r.Num()).Quo(whole(r.Denom()))
	if err != nil {
		panic(err)
	}
	return n
}

// isThe requires that n is the number r, and held as every other equal Number.
func isThe(t require.TestingT, r *big.Rat, n union.Number, what string) {
	require.True(t, reflect.DeepEqual(numberFrom(r), n), "%s: got %s, want %s", what, n, r)
	require.Equal(t, r.Sign(), n.Sign(), what)
	require.Equal(t, r.IsInt(), n.IsInt(), what)
}

func TestNumbersAgreeWithBigRationals(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		a, b := rationals().Draw(r, "a"), rationals().Draw(r, "b")
		isThe(r, a.r, a.n, "a")
		isThe(r, new(big.Rat).Add(a.r, b.r), a.n.Add(b.n), "a + b")
		isThe(r, new(big.Rat).Sub(a.r, b.r), a.n.Sub(b.n), "a - b")
		isThe(r, new(big.Rat).Mul(a.r, b.r), a.n.Mul(b.n), "a × b")
		isThe(r, new(big.Rat).Neg(a.r), a.n.Neg(), "-a")
		require.Equal(r, a.r.Cmp(b.r), a.n.Cmp(b.n), "%s with %s", a.n, b.n)
		require.Equal(r, a.r.Cmp(b.r) == 0, a.n.Equal(b.n))
		quotient, err := a.n.Quo(b.n)
		if b.r.Sign() == 0 {
			require.ErrorIs(r, err, union.ErrUndefined)
			return
		}
		require.NoError(r, err)
		isThe(r, new(big.Rat).Quo(a.r, b.r), quotient, "a ÷ b")
	})
}

func TestNumbersShrinkAgainWhenTheyFit(t *testing.T) {
	large := union.Whole(math.MaxInt64).Mul(union.Whole(math.MaxInt64))
	small, err := large.Quo(union.Whole(math.MaxInt64))
	require.NoError(t, err)
	assert.Equal(t, union.Whole(math.MaxInt64), small, "held as a small number is")
	least := union.Whole(math.MinInt64)
	assert.Equal(t, "9223372036854775808", least.Neg().String())
	assert.Equal(t, least, least.Neg().Neg())
	inverted, err := union.Whole(1).Quo(least)
	require.NoError(t, err)
	assert.Equal(t, "-1/9223372036854775808", inverted.Mul(union.MustParseNumber("1/1")).String())
}

func TestNumbersReadAndWriteTheirText(t *testing.T) {
	// written as on paper, and its shortest form
	for text, want := range map[string]string{
		"0": "0", "-0": "0", "-0.00": "0", "007": "7", "0.150": "0.15", "-1.5": "-1.5", "4/2": "2",
		"1/3": "1/3", "-2/6": "-1/3", "1/8": "0.125", "0/5": "0", "3/50": "0.06", "-1/20": "-0.05",
		"9223372036854775807": "9223372036854775807", "-9223372036854775808": "-9223372036854775808",
		"9223372036854775808": "9223372036854775808", "18446744073709551616/2": "9223372036854775808",
		"0.00000000000000000001":           "0.00000000000000000001",
		"100000000000000000000.000000001":  "100000000000000000000.000000001",
		"1/1099511627776":                  "0.0000000000009094947017729282379150390625", // 2 to the power of -40
		"1/2199023255552":                  "1/2199023255552",                            // one place more than is written
		"1/100000000000000000000000000007": "1/100000000000000000000000000007",
		// Only the decimal has no more than 64 bytes, which is what was read; and only the fraction.
		"3.49954959999595495995954959999595495495999":             "3.49954959999595495995954959999595495495999",
		"12345678901234567890123456789012345/1099511627777":       "12345678901234567890123456789012345/1099511627777",
		"-1234567890123456789012345678901234567891/1099511627776": "-1234567890123456789012345678901234567891/1099511627776",
	} {
		n, err := union.ParseNumber(text)
		require.NoError(t, err, text)
		assert.Equal(t, want, n.String(), text)
		back, err := union.ParseNumber(want)
		require.NoError(t, err, want)
		assert.Equal(t, n, back, text)
	}
}

func TestNumberRefusesWhatItDoesNotMean(t *testing.T) {
	for _, text := range []string{
		"", "-", "+1", " 1", "1 ", ".5", "5.", "1e3", "1E3", "1,000", "１", "1.2.3", "1/2/3", "1.5/2", "1/-2",
		"--1", "0x10", "1_000", "NaN", "Inf", "一", "1/", "/2", "12.3a", strings.Repeat("1", 65), strings.Repeat("9", 1_000_000),
	} {
		_, err := union.ParseNumber(text)
		require.ErrorIs(t, err, union.ErrText, text)
		require.Less(t, len(err.Error()), 400, "a hostile text does not fill a message")
	}
	for _, text := range []string{"1/0", "0/0", "-3/000"} {
		_, err := union.ParseNumber(text)
		require.ErrorIs(t, err, union.ErrUndefined, text)
	}
	assert.Panics(t, func() { union.MustParseNumber("1e3") })
}

func TestNumberJSONIsAStringAndNothingElse(t *testing.T) {
	data, err := json.Marshal(union.MustParseNumber("0.150"))
	require.NoError(t, err)
	assert.JSONEq(t, `"0.15"`, string(data))
	n := union.Whole(7)
	require.NoError(t, json.Unmarshal([]byte(`"1/3"`), &n))
	assert.Equal(t, union.MustParseNumber("1/3"), n)
	for _, text := range []string{`null`, `0.15`, `true`, `["1"]`, `"1e3"`, `""`, `{}`} {
		require.ErrorIs(t, n.UnmarshalJSON([]byte(text)), union.ErrText, text)
	}
	require.ErrorIs(t, n.UnmarshalJSON(nil), union.ErrText)
	require.ErrorIs(t, n.UnmarshalText([]byte("x")), union.ErrText)
	require.ErrorIs(t, n.UnmarshalText([]byte(strings.Repeat("1", 1000))), union.ErrText)
	assert.Equal(t, union.MustParseNumber("1/3"), n, "unchanged on error")
	require.NoError(t, n.UnmarshalText([]byte("2.50")))
	assert.Equal(t, "2.5", n.String())
}

func TestNumberWritesNothingThatCannotBeReadBack(t *testing.T) {
	wide := union.MustParseNumber(strings.Repeat("9", 64))
	text, err := wide.MarshalText()
	require.NoError(t, err)
	assert.Len(t, text, 64)
	_, err = wide.Mul(union.Whole(10)).MarshalText()
	require.ErrorIs(t, err, union.ErrRange)
	assert.Equal(t, strings.Repeat("9", 64)+".5", wide.Add(union.MustParseNumber("0.5")).String(), "no form fits: the decimal")
}

func TestNumbersPassThroughDecimal(t *testing.T) {
	for text, want := range map[string]string{"0.15": "0.15", "-12": "-12", "1/8": "0.125", "9223372036854775808": "9223372036854775808"} {
		d, ok := union.MustParseNumber(text).Decimal()
		require.True(t, ok, text)
		assert.Equal(t, want, d.String())
		back, err := union.NumberOf(d)
		require.NoError(t, err)
		assert.Equal(t, union.MustParseNumber(text), back)
	}
	for _, text := range []string{"1/3", "1/7", "1/2199023255552", "1/6"} {
		_, ok := union.MustParseNumber(text).Decimal()
		assert.False(t, ok, text)
	}
	for _, d := range []decimal.Decimal{
		decimal.New(1, 19), decimal.New(1, -21), decimal.New(0, math.MaxInt32), decimal.New(1, math.MinInt32),
		decimal.NewFromBigInt(new(big.Int).Lsh(big.NewInt(1), 256), 0),
	} {
		_, err := union.NumberOf(d)
		require.ErrorIs(t, err, union.ErrRange)
	}
	for exponent := int32(-20); exponent <= 18; exponent++ {
		n, err := union.NumberOf(decimal.New(-12, exponent))
		require.NoError(t, err)
		d, ok := n.Decimal()
		require.True(t, ok)
		assert.True(t, d.Equal(decimal.New(-12, exponent)), exponent)
	}
	widest := new(big.Int).Sub(new(big.Int).Lsh(big.NewInt(1), 256), big.NewInt(1))
	n, err := union.NumberOf(decimal.NewFromBigInt(widest, -20))
	require.NoError(t, err)
	d, ok := n.Decimal()
	require.True(t, ok)
	assert.True(t, d.Equal(decimal.NewFromBigInt(widest, -20)))
}

// readingIsByValue states that two decimals of the same value, whatever zeros
// they end in, make Numbers that are equal and held equally (M11).
func readingIsByValue(equal func(a, b decimal.Decimal) bool) laws.Law {
	return func(r *rapid.T) error {
		units := rapid.Int64Range(-1_000_000, 1_000_000).Draw(r, "units")
		places := rapid.Int32Range(0, 6).Draw(r, "places")
		zeros := rapid.Int32Range(0, 6).Draw(r, "zeros")
		short := decimal.New(units, -places)
		long := decimal.NewFromBigInt(new(big.Int).Mul(big.NewInt(units),
			new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(zeros)), nil)), -places-zeros)
		if !equal(short, long) {
			return fmt.Errorf("%s and %s differ", short.StringFixed(places), long.StringFixed(places+zeros))
		}
		return nil
	}
}

func TestNumbersOfEqualDecimalsAreEqual(t *testing.T) {
	laws.Holds(t, readingIsByValue(func(a, b decimal.Decimal) bool {
		n, err := union.NumberOf(a)
		m, errToo := union.NumberOf(b)
		return err == nil && errToo == nil && n.Equal(m) && reflect.DeepEqual(n, m)
	}))
	laws.Rejects(t, readingIsByValue(func(a, b decimal.Decimal) bool { return reflect.DeepEqual(a, b) }))
}

// sharesIgnoreSettings states that no process-wide setting of decimal changes a
// quotient (M10).
func sharesIgnoreSettings(percent func(part, whole int64) string) laws.Law {
	return func(r *rapid.T) error {
		before := decimal.DivisionPrecision
		defer func() { decimal.DivisionPrecision = before }()
		part, whole := rapid.Int64Range(0, 1000).Draw(r, "part"), rapid.Int64Range(1, 1000).Draw(r, "whole")
		decimal.DivisionPrecision = 16
		want := percent(part, whole)
		decimal.DivisionPrecision = rapid.IntRange(0, 3).Draw(r, "precision")
		if got := percent(part, whole); got != want {
			return fmt.Errorf("%d of %d: %s, then %s", part, whole, want, got)
		}
		return nil
	}
}

func TestNoSettingOfDecimalChangesAQuotient(t *testing.T) {
	laws.Holds(t, sharesIgnoreSettings(func(part, whole int64) string {
		n, err := union.Ratio{Part: part, Whole: whole}.Percent()
		if err != nil {
			return err.Error()
		}
		d, err := union.Rounding{Mode: union.HalfUp, Places: 2}.Decimal(n)
		if err != nil {
			return err.Error()
		}
		return d.StringFixed(2)
	}))
	laws.Rejects(t, sharesIgnoreSettings(func(part, whole int64) string {
		return decimal.NewFromInt(part).Div(decimal.NewFromInt(whole)).Mul(decimal.NewFromInt(100)).StringFixed(2) //nolint:forbidigo // what the law rejects
	}))
}

func TestSmallNumbersAllocateNothing(t *testing.T) {
	a, b := union.MustParseNumber("12.35"), union.MustParseNumber("-1/3")
	sign := 0
	assert.Zero(t, testing.AllocsPerRun(100, func() {
		sum := a.Add(b).Mul(b).Sub(a)
		quotient, err := sum.Quo(a)
		if err == nil {
			sign += quotient.Cmp(sum)
		}
	}))
	assert.NotZero(t, sign)
}

// numberGrammar is the grammar in one line, against which the parser is fuzzed.
var numberGrammar = regexp.MustCompile(`^-?[0-9]+([./][0-9]+)?$`)

// readByGrammar reads the digits as decimal ones; big.Rat takes "010/1" for 8.
func readByGrammar(text string) (*big.Rat, bool) {
	if !numberGrammar.MatchString(text) || len(text) > 64 {
		return nil, false
	}
	top, bottom, stroke := strings.Cut(text, "/")
	whole, places, _ := strings.Cut(top, ".")
	num, _ := new(big.Int).SetString(whole+places, 10)
	den := new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(len(places))), nil)
	if stroke {
		den.SetString(bottom, 10)
	}
	if den.Sign() == 0 {
		return nil, false
	}
	return new(big.Rat).SetFrac(num, den), true
}

func FuzzParseNumber(f *testing.F) {
	for _, seed := range []string{"0", "-0.0", "1/3", "12.350", "1/0", "-9223372036854775808", "18446744073709551616/3", "", "1e9", "00000010/1", strings.Repeat("9", 64)} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		n, err := union.ParseNumber(text)
		want, ok := readByGrammar(text)
		if !ok {
			require.Error(t, err, text)
			return
		}
		require.NoError(t, err, text)
		isThe(t, want, n, text)
		written, err := n.MarshalText()
		require.NoError(t, err, text)
		back, err := union.ParseNumber(string(written))
		require.NoError(t, err)
		require.True(t, reflect.DeepEqual(n, back), "%s reads back as %s", n, back)
	})
}

// BenchmarkNumberMul multiplies and adds weights of two places as a scheme does,
// beside the same on bare integers with a fixed scale.
func BenchmarkNumberMul(b *testing.B) {
	weight, mark := union.MustParseNumber("0.35"), union.MustParseNumber("92.5")
	b.Run("Number", func(b *testing.B) {
		b.ReportAllocs()
		sum := union.Number{}
		for b.Loop() {
			sum = mark.Mul(weight).Add(union.Whole(1))
		}
		_ = sum
	})
	b.Run("bare integers", func(b *testing.B) {
		w, m, sum := int64(35), int64(925), int64(0)
		for b.Loop() {
			sum = m*w + 1000
		}
		_ = sum
	})
}
