package union_test

import (
	"encoding/json"
	"fmt"
	"math"
	"math/big"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/internal/laws"
)

const (
	leastFen = math.MinInt64
	mostFen  = math.MaxInt64
)

// drawMoney draws any amount, and often one at an edge.
func drawMoney(r *rapid.T) union.Money {
	return union.Fen(rapid.OneOf(
		rapid.Int64(),
		rapid.Int64Range(-200, 200),
		rapid.SampledFrom([]int64{leastFen, leastFen + 1, mostFen, mostFen - 1}),
	).Draw(r, "fen"))
}

func TestMoneyReadsItsOwnGrammar(t *testing.T) {
	for text, fen := range map[string]int64{
		"0":                     0,
		"0.0":                   0,
		"0.00":                  0,
		"-0":                    0,
		"-0.00":                 0,
		"0.05":                  5,
		"-0.05":                 -5,
		"0.5":                   50,
		"7":                     700,
		"1234.5":                123450,
		"1234.50":               123450,
		"-1234.56":              -123456,
		"24310.5":               2431050,
		"10000000000000000":     1000000000000000000,
		"92233720368547758.07":  mostFen,
		"-92233720368547758.08": leastFen,
	} {
		amount, err := union.ParseMoney(text)
		require.NoError(t, err, text)
		assert.Equal(t, fen, amount.Fen(), text)
		fromBytes, err := union.ParseMoneyBytes([]byte(text))
		require.NoError(t, err, text)
		assert.Equal(t, amount, fromBytes, text)
	}
}

func TestMoneyRefusesWhatIsNotItsGrammarAndSaysWhy(t *testing.T) {
	for _, row := range []struct {
		reason   string
		text     string
		sentinel error
	}{
		{"nothing at all", "", union.ErrText},
		{"a minus alone", "-", union.ErrText},
		{"a point alone", ".", union.ErrText},
		{"no digit before the point", ".5", union.ErrText},
		{"no digit after the point", "5.", union.ErrText},
		{"no digit after the point of a long amount", "-12345.", union.ErrText},
		{"two points", "1.2.3", union.ErrText},
		{"a letter after the point", "1.a", union.ErrText},
		{"the byte after nine after the point", "1.2:", union.ErrText},
		{"the byte before zero after the point", "1./2", union.ErrText},
		{"two minuses", "--1", union.ErrText},
		{"a minus at the end", "1-", union.ErrText},
		{"a plus", "+1", union.ErrText},
		{"an exponent", "1E5", union.ErrText},
		{"a small exponent", "1e1", union.ErrText},
		{"a space before", " 1", union.ErrText},
		{"a space after", "1 ", union.ErrText},
		{"a comma", "1,234.50", union.ErrText},
		{"a decimal comma", "1234,50", union.ErrText},
		{"full-width digits", "１２", union.ErrText},
		{"a full-width point", "1．5", union.ErrText},
		{"a needless zero", "007", union.ErrText},
		{"a needless zero before the point", "00.5", union.ErrText},
		{"a needless zero of a long amount", "00000000000000000001", union.ErrText},
		{"a sign of currency", "¥5", union.ErrText},
		{"a unit", "5元", union.ErrText},
		{"the byte after nine", "1:5", union.ErrText},
		{"the byte before zero", "1/5", union.ErrText},
		{"a text of 65 bytes", strings.Repeat("1", 65), union.ErrText},
		{"three decimal places", "1.234", union.ErrRange},
		{"three decimal places of zeros", "1.000", union.ErrRange},
		{"a tenth of a fen", "0.001", union.ErrRange},
		{"many decimal places", "1." + strings.Repeat("3", 60), union.ErrRange},
		{"one fen too many", "92233720368547758.08", union.ErrOverflow},
		{"one fen too few", "-92233720368547758.09", union.ErrOverflow},
		{"17 nines", "99999999999999999", union.ErrOverflow},
		{"18 digits", "100000000000000000", union.ErrOverflow},
		{"19 digits", "1000000000000000000", union.ErrOverflow},
		{"20 digits", "10000000000000000000", union.ErrOverflow},
		{"64 digits", strings.Repeat("9", 64), union.ErrOverflow},
	} {
		for _, read := range []func(string) (union.Money, error){
			union.ParseMoney,
			func(text string) (union.Money, error) { return union.ParseMoneyBytes([]byte(text)) },
		} {
			amount, err := read(row.text)
			require.ErrorIs(t, err, row.sentinel, row.reason)
			assert.Zero(t, amount, row.reason)
		}
	}
}

func TestMoneyFaultsQuoteShortAmountsOnly(t *testing.T) {
	for text, message := range map[string]string{
		"1.234":              `out of range: got "1.234", want at most 2 decimal places`,
		"1,2":                `cannot be read: got "1,2", want an amount such as 1234.50`,
		"王小明":                `cannot be read: got 9 bytes that are no amount, want an amount such as 1234.50`,
		"110105194912310021": `too large to be held exactly: got 18 bytes, want an amount of at most 92233720368547758.07 yuan`,
		"11010519491231002X": `cannot be read: got 18 bytes, want an amount such as 1234.50`,
	} {
		_, err := union.ParseMoney(text)
		assert.EqualError(t, err, message)
	}
}

func TestAnAmountOfTenMillionDigitsIsRefusedAtOnce(t *testing.T) {
	// Work that grew with the length, or with an exponent, would not end in time.
	long := strings.Repeat("9", 10_000_000)
	_, err := union.ParseMoney(long)
	require.ErrorIs(t, err, union.ErrText)
	assert.Less(t, len(err.Error()), 200)
	_, err = union.ParseMoneyBytes([]byte(long))
	require.ErrorIs(t, err, union.ErrText)
	_, err = union.ParseWan(long)
	require.ErrorIs(t, err, union.ErrText)
	_, err = union.ParseCapitals(long)
	require.ErrorIs(t, err, union.ErrText)
	var amount union.Money
	require.ErrorIs(t, json.Unmarshal([]byte(`"`+long+`"`), &amount), union.ErrText)
}

// M1, M2: what is written is read back, and what is read is whole fen.

// readsBack states that reading what was written gives the same amount.
func readsBack(write func(union.Money) string, read func(string) (union.Money, error)) laws.Law {
	return func(r *rapid.T) error {
		amount := drawMoney(r)
		back, err := read(write(amount))
		if err != nil {
			return err
		}
		if back != amount {
			return fmt.Errorf("%d fen came back as %d", amount.Fen(), back.Fen())
		}
		return nil
	}
}

func TestM1WhatIsWrittenIsReadBack(t *testing.T) {
	laws.Holds(t, readsBack(union.Money.String, union.ParseMoney))
	signLost := func(m union.Money) string {
		return fmt.Sprintf("%d.%02d", m.Fen()/100, max(m.Fen()%100, -(m.Fen()%100)))
	}
	laws.Rejects(t, readsBack(signLost, union.ParseMoney))
	zeroLost := func(m union.Money) string {
		return strings.Replace(m.String(), ".0", ".", 1)
	}
	laws.Rejects(t, readsBack(zeroLost, union.ParseMoney))
}

// writesOneForm states that every accepted text of an amount is written in the
// one form of two decimal places.
func writesOneForm(read func(string) (union.Money, error)) laws.Law {
	form := regexp.MustCompile(`^-?(0|[1-9][0-9]{0,16})\.[0-9]{2}$`)
	return func(r *rapid.T) error {
		text := rapid.StringMatching(`-?(0|[1-9][0-9]{0,15})(\.[0-9]{1,2})?`).Draw(r, "text")
		amount, err := read(text)
		if err != nil {
			return err
		}
		written := amount.String()
		again, err := read(written)
		if err != nil {
			return err
		}
		if !form.MatchString(written) || again != amount {
			return fmt.Errorf("%s was written as %s", text, written)
		}
		digits := strings.TrimLeft(strings.NewReplacer("-", "", ".", "").Replace(text), "0")
		if !strings.HasPrefix(strings.TrimLeft(strings.NewReplacer("-", "", ".", "").Replace(written), "0"), digits) {
			return fmt.Errorf("%s was written as %s", text, written)
		}
		return nil
	}
}

func TestM1WhatIsReadHasOneForm(t *testing.T) {
	laws.Holds(t, writesOneForm(union.ParseMoney))
	tenthsAsFen := func(text string) (union.Money, error) {
		whole, fraction, _ := strings.Cut(text, ".")
		if len(fraction) == 1 {
			text = whole + ".0" + fraction
		}
		return union.ParseMoney(text)
	}
	laws.Rejects(t, writesOneForm(tenthsAsFen))
}

// refusesFiner states that an amount finer than a fen is refused.
func refusesFiner(read func(string) (union.Money, error)) laws.Law {
	return func(r *rapid.T) error {
		text := rapid.StringMatching(`-?(0|[1-9][0-9]{0,9})\.[0-9]{2,5}[1-9]`).Draw(r, "text")
		amount, err := read(text)
		if err == nil {
			return fmt.Errorf("%s was read as %s", text, amount)
		}
		return nil
	}
}

func TestM2WhatIsFinerThanAFenIsRefused(t *testing.T) {
	laws.Holds(t, refusesFiner(union.ParseMoney))
	laws.Holds(t, refusesFiner(func(text string) (union.Money, error) {
		return union.MoneyOf(decimal.RequireFromString(text))
	}))
	laws.Holds(t, refusesFiner(func(text string) (union.Money, error) {
		return union.MoneyOfNumber(union.MustParseNumber(text))
	}))
	laws.Rejects(t, refusesFiner(func(text string) (union.Money, error) {
		return union.MoneyOf(decimal.RequireFromString(text).Round(2))
	}))
}

// Sums.

func TestMoneyAddsSubtractsAndMultipliesExactlyOrNotAtAll(t *testing.T) {
	within := func(n *big.Int) bool { return n.IsInt64() }
	rapid.Check(t, func(r *rapid.T) {
		a, b := drawMoney(r), drawMoney(r)
		n := rapid.OneOf(rapid.Int64(), rapid.Int64Range(-12, 12), rapid.Just(int64(math.MinInt64))).Draw(r, "n")
		x, y := big.NewInt(a.Fen()), big.NewInt(b.Fen())
		check := func(name string, got union.Money, err error, want *big.Int) {
			if !within(want) {
				require.ErrorIs(r, err, union.ErrOverflow, name)
				require.Zero(r, got, name)
				return
			}
			require.NoError(r, err, name)
			require.Equal(r, want.Int64(), got.Fen(), name)
		}
		sum, err := a.Add(b)
		check("add", sum, err, new(big.Int).Add(x, y))
		difference, err := a.Sub(b)
		check("sub", difference, err, new(big.Int).Sub(x, y))
		negative, err := a.Neg()
		check("neg", negative, err, new(big.Int).Neg(x))
		product, err := a.Times(n)
		check("times", product, err, new(big.Int).Mul(x, big.NewInt(n)))
		require.Equal(r, x.Cmp(y), a.Cmp(b))
		require.Equal(r, x.Sign(), a.Sign())
		require.Equal(r, x.Sign() == 0, a.IsZero())
	})
}

func TestMoneySumsAtTheEdges(t *testing.T) {
	most, least, one := union.Fen(mostFen), union.Fen(leastFen), union.Fen(1)
	for name, overflows := range map[string]func() (union.Money, error){
		"the most and a fen":           func() (union.Money, error) { return most.Add(one) },
		"the least less a fen":         func() (union.Money, error) { return least.Sub(one) },
		"the opposite of the least":    func() (union.Money, error) { return least.Neg() },
		"twice the most":               func() (union.Money, error) { return most.Times(2) },
		"the least times minus one":    func() (union.Money, error) { return least.Times(-1) },
		"the least times the least":    func() (union.Money, error) { return least.Times(math.MinInt64) },
		"a sum of the most and a fen":  func() (union.Money, error) { return union.SumMoney(most, one) },
		"a sum of the least and minus": func() (union.Money, error) { return union.SumMoney(least, union.Fen(-1)) },
		"a sum of more than once over": func() (union.Money, error) { return union.SumMoney(most, most, most, most, one, one, one, one) },
	} {
		_, err := overflows()
		require.ErrorIs(t, err, union.ErrOverflow, name)
		require.EqualError(t, err, union.ErrOverflow.Error()+": want an amount from -92233720368547758.08 to 92233720368547758.07 yuan", name)
	}
	none, err := union.SumMoney()
	require.NoError(t, err)
	assert.True(t, none.IsZero())
	total, err := union.SumMoney(most, most, least, least, one)
	require.NoError(t, err, "only the total must fit")
	assert.Equal(t, int64(-1), total.Fen())
	least, err = least.Times(1)
	require.NoError(t, err)
	assert.Equal(t, int64(leastFen), least.Fen())
}

func TestASumDoesNotDependOnItsOrder(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		amounts := rapid.SliceOfN(rapid.Custom(drawMoney), 0, 6).Draw(r, "amounts")
		want := new(big.Int)
		for _, amount := range amounts {
			want.Add(want, big.NewInt(amount.Fen()))
		}
		got, err := union.SumMoney(rapid.Permutation(amounts).Draw(r, "order")...)
		if !want.IsInt64() {
			require.ErrorIs(r, err, union.ErrOverflow)
			return
		}
		require.NoError(r, err)
		require.Equal(r, want.Int64(), got.Fen())
	})
}

// M4: the shares sum to the whole.

// sharesSumToTheWhole states that no fen is lost or made by dividing an amount.
func sharesSumToTheWhole(allocate func(union.Money, ...int64) ([]union.Money, []int, error)) laws.Law {
	return func(r *rapid.T) error {
		amount := drawMoney(r)
		weights := rapid.SliceOfN(rapid.Int64Range(0, 1000), 1, 8).Draw(r, "weights")
		weights[0]++ // so that one is above zero
		shares, _, err := allocate(amount, weights...)
		if err != nil {
			return err
		}
		total, err := union.SumMoney(shares...)
		if err != nil {
			return err
		}
		if total != amount || len(shares) != len(weights) {
			return fmt.Errorf("%s became %s in %d shares", amount, total, len(shares))
		}
		return nil
	}
}

func TestM4SharesSumToTheWhole(t *testing.T) {
	laws.Holds(t, sharesSumToTheWhole(union.Money.Allocate))
	laws.Rejects(t, sharesSumToTheWhole(func(m union.Money, weights ...int64) ([]union.Money, []int, error) {
		sum := int64(0)
		for _, weight := range weights {
			sum += weight
		}
		shares := make([]union.Money, len(weights))
		for i, weight := range weights { // truncated
			part := new(big.Int).Mul(big.NewInt(m.Fen()), big.NewInt(weight))
			shares[i] = union.Fen(part.Quo(part, big.NewInt(sum)).Int64())
		}
		return shares, nil, nil
	}))
}

func TestAnAmountThatCannotBeSharedIsRefused(t *testing.T) {
	hundred := union.MustParseMoney("100")
	for _, row := range []struct {
		reason   string
		weights  []int64
		sentinel error
	}{
		{"no weights", nil, union.ErrUndefined},
		{"weights of zero", []int64{0, 0}, union.ErrUndefined},
		{"a negative weight", []int64{1, -1}, union.ErrRange},
		{"weights too large to add", []int64{math.MaxInt64, 1}, union.ErrOverflow},
	} {
		shares, tied, err := hundred.Allocate(row.weights...)
		require.ErrorIs(t, err, row.sentinel, row.reason)
		assert.Nil(t, shares, row.reason)
		assert.Nil(t, tied, row.reason)
	}
	shares, tied, err := hundred.Allocate(1, 1, 1)
	require.NoError(t, err)
	assert.Equal(t, []union.Money{union.Fen(3334), union.Fen(3333), union.Fen(3333)}, shares)
	assert.Equal(t, []int{0, 1, 2}, tied, "the odd fen was settled by order")
}

// M10, M11 and the door to decimals.

func TestDecimalsComeInByTheirValue(t *testing.T) {
	for text, fen := range map[string]int64{
		"0": 0, "1": 100, "1.5": 150, "1.50": 150, "1.500": 150, "-0.01": -1, "-0.010000": -1,
		"12e3": 1200000, "5e-2": 5, "500e-4": 5, "0e99": 0, "0e-99": 0,
		"92233720368547758.07": mostFen, "-92233720368547758.080": leastFen,
		"1." + strings.Repeat("0", 64): 100,
	} {
		amount, err := union.MoneyOf(decimal.RequireFromString(text))
		require.NoError(t, err, text)
		assert.Equal(t, fen, amount.Fen(), text)
	}
}

func TestDecimalsThatAreNoAmountAreRefusedAtOnce(t *testing.T) {
	long := new(big.Int).Exp(big.NewInt(10), big.NewInt(1_000_000), nil)
	for _, row := range []struct {
		reason   string
		number   decimal.Decimal
		sentinel error
	}{
		{"a fen too many", decimal.RequireFromString("92233720368547758.08"), union.ErrOverflow},
		{"a fen too few", decimal.RequireFromString("-92233720368547758.09"), union.ErrOverflow},
		{"an exponent that just fits no amount", decimal.New(1, 17), union.ErrOverflow},
		{"a larger exponent", decimal.New(1, 18), union.ErrOverflow},
		{"an exponent of a billion", decimal.New(1, 1_000_000_000), union.ErrOverflow},
		{"the largest exponent", decimal.New(-1, math.MaxInt32), union.ErrOverflow},
		{"a million digits", decimal.NewFromBigInt(long, 0), union.ErrOverflow},
		{"a million digits, few of them before the point", decimal.NewFromBigInt(long, -64), union.ErrOverflow},
		{"a tenth of a fen", decimal.New(1, -3), union.ErrRange},
		{"finer still", decimal.New(1001, -5), union.ErrRange},
		{"sixty-four places", decimal.New(1, -64), union.ErrRange},
		{"sixty-five places, even of a round amount", decimal.NewFromBigInt(new(big.Int).Exp(big.NewInt(10), big.NewInt(65), nil), -65), union.ErrRange},
		{"an exponent of minus a billion", decimal.New(1, -1_000_000_000), union.ErrRange},
		{"the least exponent", decimal.New(1, math.MinInt32), union.ErrRange},
	} {
		amount, err := union.MoneyOf(row.number)
		require.ErrorIs(t, err, row.sentinel, row.reason)
		assert.Zero(t, amount, row.reason)
	}
}

func TestNumbersComeInExactlyOrNotAtAll(t *testing.T) {
	exact, err := union.MoneyOfNumber(union.MustParseNumber("11280"))
	require.NoError(t, err)
	assert.Equal(t, "11280.00", exact.String())
	_, err = union.MoneyOfNumber(union.MustParseNumber("1/3"))
	require.ErrorIs(t, err, union.ErrRange)
	_, err = union.MoneyOfNumber(union.MustParseNumber("0.005"))
	require.ErrorIs(t, err, union.ErrRange)
	_, err = union.MoneyOfNumber(union.Whole(math.MaxInt64))
	require.ErrorIs(t, err, union.ErrOverflow)
	rapid.Check(t, func(r *rapid.T) {
		amount := drawMoney(r)
		back, err := union.MoneyOfNumber(amount.Number())
		require.NoError(r, err)
		require.Equal(r, amount, back)
		back, err = union.MoneyOf(amount.Decimal())
		require.NoError(r, err)
		require.Equal(r, amount, back)
		require.Equal(r, amount.String(), amount.Decimal().StringFixed(2))
	})
}

// ignoresDivisionPrecision states that an amount comes out of a decimal the same
// whatever the process has set for division.
func ignoresDivisionPrecision(door func(decimal.Decimal) (union.Money, error)) laws.Law {
	return func(r *rapid.T) error {
		number := decimal.New(rapid.Int64Range(-1e9, 1e9).Draw(r, "fen"), -2)
		before := decimal.DivisionPrecision
		defer func() { decimal.DivisionPrecision = before }()
		first, err := door(number)
		if err != nil {
			return err
		}
		decimal.DivisionPrecision = rapid.IntRange(0, 1).Draw(r, "places")
		second, err := door(number)
		if err != nil {
			return err
		}
		if first != second {
			return fmt.Errorf("%s is %s and then %s", number, first, second)
		}
		return nil
	}
}

func TestM10NoAmountDependsOnASettingOfTheProcess(t *testing.T) {
	laws.Holds(t, ignoresDivisionPrecision(union.MoneyOf))
	laws.Rejects(t, ignoresDivisionPrecision(func(d decimal.Decimal) (union.Money, error) {
		tenth := d.Div(decimal.New(10, 0)) //nolint:forbidigo // what the twin does wrong
		return union.MoneyOf(tenth.Mul(decimal.New(10, 0)))
	}))
}

// equalByValue states that one amount written with more or fewer zeros is one
// value under == and one key of a map.
func equalByValue[T comparable](of func(decimal.Decimal) (T, error)) laws.Law {
	return func(r *rapid.T) error {
		fen := rapid.Int64Range(-1e9, 1e9).Draw(r, "fen")
		zeros := rapid.IntRange(0, 5).Draw(r, "zeros")
		short := decimal.New(fen, -2)
		long := decimal.New(fen*int64(math.Pow10(zeros)), int32(-2-zeros))
		a, err := of(short)
		if err != nil {
			return err
		}
		b, err := of(long)
		if err != nil {
			return err
		}
		if keys := map[T]bool{a: true, b: true}; a != b || len(keys) != 1 {
			return fmt.Errorf("%s and %s are two values", short, long)
		}
		return nil
	}
}

func TestM11EqualAmountsAreOneValue(t *testing.T) {
	laws.Holds(t, equalByValue(union.MoneyOf))
	type kept struct{ number string } // a struct that keeps the places
	laws.Rejects(t, equalByValue(func(d decimal.Decimal) (kept, error) {
		return kept{d.Coefficient().String()}, nil
	}))
}

// Encodings.

func TestMoneyIsAJSONString(t *testing.T) {
	type gift struct {
		Amount union.Money `json:"amount"`
	}
	data, err := json.Marshal(gift{union.MustParseMoney("12.3")})
	require.NoError(t, err)
	assert.JSONEq(t, `{"amount":"12.30"}`, string(data))
	var read gift
	require.NoError(t, json.Unmarshal(data, &read))
	assert.Equal(t, int64(1230), read.Amount.Fen())
	keyed, err := json.Marshal(map[union.Money]int{union.Fen(-5): 2})
	require.NoError(t, err)
	assert.JSONEq(t, `{"-0.05":2}`, string(keyed))
}

func TestMoneyRefusesOtherJSONAndKeepsItsValue(t *testing.T) {
	for _, row := range []struct {
		reason   string
		data     string
		sentinel error
		got      string
	}{
		{"null", `null`, union.ErrText, "got null"},
		{"a whole number", `12`, union.ErrText, "got a bare number"},
		{"a negative number", `-12.30`, union.ErrText, "got a bare number"},
		{"true", `true`, union.ErrText, "got another JSON value"},
		{"an object", `{}`, union.ErrText, "got another JSON value"},
		{"an empty string", `""`, union.ErrText, `got ""`},
		{"an escape", `"\u0031"`, union.ErrText, "got 6 bytes that are no amount"},
		{"a space", `" 1"`, union.ErrText, "got 2 bytes"},
		{"an exponent", `"1e3"`, union.ErrText, "got 3 bytes"},
		{"a fraction of a fen", `"0.005"`, union.ErrRange, `got "0.005"`},
		{"too much", `"92233720368547758.08"`, union.ErrOverflow, "got 20 bytes"},
	} {
		amount := union.Fen(7)
		err := json.Unmarshal([]byte(row.data), &amount)
		require.ErrorIs(t, err, row.sentinel, row.reason)
		require.ErrorContains(t, err, row.got, row.reason)
		assert.Equal(t, union.Fen(7), amount, row.reason)
	}
	amount := union.Fen(7)
	for _, data := range []string{``, `"`, `"1`, `1"`} {
		require.ErrorIs(t, amount.UnmarshalJSON([]byte(data)), union.ErrText, data)
	}
	assert.Equal(t, union.Fen(7), amount)
}

func TestMoneyGoesThroughADatabase(t *testing.T) {
	value, err := union.MustParseMoney("-1234.5").Value()
	require.NoError(t, err)
	assert.Equal(t, "-1234.50", value)
	var amount union.Money
	require.NoError(t, amount.Scan(value))
	assert.Equal(t, int64(-123450), amount.Fen())
	require.NoError(t, amount.Scan([]byte("0.07")))
	assert.Equal(t, int64(7), amount.Fen())
	for _, row := range []struct {
		reason   string
		source   any
		sentinel error
	}{
		{"NULL is not nothing", nil, union.ErrText},
		{"an integer tells no unit", int64(5), union.ErrText},
		{"a float is not exact", 0.07, union.ErrText},
		{"a time", time.Time{}, union.ErrText},
		{"text that is no amount", "five", union.ErrText},
		{"bytes that are no amount", []byte("five"), union.ErrText},
		{"a column of four places", "1234.5000", union.ErrRange},
		{"too much", "92233720368547758.08", union.ErrOverflow},
	} {
		require.ErrorIs(t, amount.Scan(row.source), row.sentinel, row.reason)
		assert.Equal(t, int64(7), amount.Fen(), row.reason)
	}
	require.EqualError(t, amount.Scan(nil), "cannot be read: got NULL, want text")
	require.EqualError(t, amount.Scan(int64(5)), "cannot be read: got a database value of type int64, want text")
}

func TestMoneyTextIsAppendedAndReadInPlace(t *testing.T) {
	line, err := union.Fen(-5).AppendText([]byte("gift,"))
	require.NoError(t, err)
	assert.Equal(t, "gift,-0.05", string(line))
	text, err := union.Fen(leastFen).MarshalText()
	require.NoError(t, err)
	assert.Equal(t, "-92233720368547758.08", string(text))
	amount := union.Fen(7)
	require.ErrorIs(t, amount.UnmarshalText([]byte("x")), union.ErrText)
	assert.Equal(t, union.Fen(7), amount)
	require.NoError(t, amount.UnmarshalText(text))
	assert.Equal(t, int64(leastFen), amount.Fen())
}

func TestMustParseMoneyPanicsOnWhatIsNoAmount(t *testing.T) {
	assert.Panics(t, func() { union.MustParseMoney("1.234") })
}

func TestReadingAndAddingAmountsAllocatesNothing(t *testing.T) {
	text, total := []byte("1234.56"), union.Money{}
	buffer := make([]byte, 0, 32)
	allocations := testing.AllocsPerRun(100, func() {
		amount, err := union.ParseMoneyBytes(text)
		if err != nil {
			t.Fatal(err)
		}
		if total, err = total.Add(amount); err != nil {
			t.Fatal(err)
		}
		if buffer, err = total.AppendText(buffer[:0]); err != nil {
			t.Fatal(err)
		}
	})
	assert.Zero(t, allocations)
}

// Fuzzing.

var moneyGrammar = regexp.MustCompile(`^-?(0|[1-9][0-9]*)(\.[0-9]{1,2})?$`)

// slowMoney reads an amount the long way: by its grammar and with numbers of
// any size.
func slowMoney(text string) (fen int64, ok bool) {
	if !moneyGrammar.MatchString(text) {
		return 0, false
	}
	number, ok := new(big.Rat).SetString(text)
	if !ok {
		return 0, false
	}
	number.Mul(number, big.NewRat(100, 1))
	return number.Num().Int64(), number.IsInt() && number.Num().IsInt64()
}

func FuzzParseMoney(f *testing.F) {
	for _, seed := range []string{"0", "-0.05", "1234.50", "1.", ".1", "00", "92233720368547758.07", "92233720368547758.08", "-92233720368547758.08", "1e5", "１"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		amount, err := union.ParseMoney(text)
		fromBytes, errOfBytes := union.ParseMoneyBytes([]byte(text))
		assert.Equal(t, err == nil, errOfBytes == nil)
		assert.Equal(t, amount, fromBytes)
		if len(text) > 64 {
			assert.Error(t, err)
			return
		}
		want, ok := slowMoney(text)
		require.Equal(t, ok, err == nil, "%q: %v", text, err)
		if !ok {
			assert.Equal(t, err.Error(), errOfBytes.Error())
			return
		}
		assert.Equal(t, want, amount.Fen())
		back, err := union.ParseMoney(amount.String())
		require.NoError(t, err)
		assert.Equal(t, amount, back)
	})
}

func FuzzMoneyJSON(f *testing.F) {
	for _, seed := range []string{`"0"`, `"-0.05"`, `null`, `12`, `"`, `""`, `"\u0031"`, `{"a":1}`} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		amount := union.Fen(7)
		if err := json.Unmarshal(data, &amount); err != nil {
			assert.Equal(t, union.Fen(7), amount)
			return
		}
		written, err := json.Marshal(amount)
		require.NoError(t, err)
		var text string
		require.NoError(t, json.Unmarshal(data, &text), "only a string is an amount")
		want, ok := slowMoney(text)
		require.True(t, ok)
		assert.Equal(t, want, amount.Fen())
		assert.Equal(t, `"`+amount.String()+`"`, string(written))
	})
}

func FuzzMoneyScan(f *testing.F) {
	f.Add("1234.50")
	f.Add("")
	f.Add("1234.5000")
	f.Fuzz(func(t *testing.T, text string) {
		a, b := union.Fen(7), union.Fen(7)
		want, err := union.ParseMoney(text)
		errText, errBytes := a.Scan(text), b.Scan([]byte(text))
		assert.Equal(t, err == nil, errText == nil)
		assert.Equal(t, err == nil, errBytes == nil)
		if err != nil {
			want = union.Fen(7)
		}
		assert.Equal(t, want, a)
		assert.Equal(t, want, b)
	})
}

// Benchmarks.

func benchmarkAmounts() ([]union.Money, []int64) {
	amounts, fen := make([]union.Money, 4096), make([]int64, 4096)
	for i := range amounts {
		fen[i] = int64(i)*7919%1_000_003 + 1
		amounts[i] = union.Fen(fen[i])
	}
	return amounts, fen
}

// The loops stand apart from the benchmark, since the compiler keeps every
// result of a loop over b.Loop alive.

func addAmounts(amounts []union.Money) (total union.Money, err error) {
	for _, amount := range amounts {
		if total, err = total.Add(amount); err != nil {
			return union.Money{}, err
		}
	}
	return total, nil
}

// Every text of up to six characters out of those that matter is read from bytes as
// it is from a string.
func TestBytesAreReadAsTextIsInASmallWorld(t *testing.T) {
	const characters = "019.-x"
	for length, texts := 0, []string{""}; length < 6; length++ {
		var longer []string
		for _, text := range texts {
			for _, character := range characters {
				longer = append(longer, text+string(character))
			}
		}
		for _, text := range longer {
			want, failed := union.ParseMoney(text)
			got, err := union.ParseMoneyBytes([]byte(text))
			if got != want || (err == nil) != (failed == nil) {
				t.Fatalf("%q: read from bytes as %v (%v), from text as %v (%v)", text, got, err, want, failed)
			}
		}
		texts = longer
	}
}

func addIntegers(integers []int64) (total int64) {
	for _, each := range integers { // unchecked
		total += each
	}
	return total
}

func parseAmounts(texts [][]byte) (total int64, err error) {
	for _, text := range texts {
		amount, err := union.ParseMoneyBytes(text)
		if err != nil {
			return 0, err
		}
		total += amount.Fen()
	}
	return total, nil
}

func trustAmounts(texts [][]byte) (total int64) {
	for _, text := range texts {
		total += trustingParse(text)
	}
	return total
}

// trustingParse expects two decimal places, no sign and nothing else.
func trustingParse(text []byte) int64 {
	fen := int64(0)
	for _, character := range text {
		if character != '.' {
			fen = fen*10 + int64(character-'0')
		}
	}
	return fen
}

func BenchmarkAddingAmounts(b *testing.B) {
	amounts, fen := benchmarkAmounts()
	b.Run("Money", func(b *testing.B) {
		for b.Loop() {
			if _, err := addAmounts(amounts); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("SumMoney", func(b *testing.B) {
		for b.Loop() {
			if _, err := union.SumMoney(amounts...); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("limit", func(b *testing.B) {
		for b.Loop() {
			addIntegers(fen)
		}
	})
}

func BenchmarkParsingAmounts(b *testing.B) {
	amounts, _ := benchmarkAmounts()
	texts := make([][]byte, len(amounts))
	for i, amount := range amounts {
		texts[i] = []byte(amount.String())
	}
	b.Run("ParseMoneyBytes", func(b *testing.B) {
		for b.Loop() {
			if _, err := parseAmounts(texts); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("limit", func(b *testing.B) {
		for b.Loop() {
			trustAmounts(texts)
		}
	})
}

func TestTheLimitsOfTheBenchmarksAgreeWithMoney(t *testing.T) {
	amounts, fen := benchmarkAmounts()
	for _, sum := range []func(...union.Money) (union.Money, error){
		union.SumMoney, func(amounts ...union.Money) (union.Money, error) { return addAmounts(amounts) },
	} {
		total, err := sum(amounts...)
		require.NoError(t, err)
		assert.Equal(t, addIntegers(fen), total.Fen())
	}
	texts := [][]byte{[]byte("1234.56"), []byte("0.07"), []byte("10.00")}
	parsed, err := parseAmounts(texts)
	require.NoError(t, err)
	assert.Equal(t, trustAmounts(texts), parsed)
	assert.Equal(t, int64(124463), parsed)
}

func TestADecimalOfTooManyPlacesIsRefusedWithTheirNumber(t *testing.T) {
	_, err := union.MoneyOf(decimal.New(1, -65))
	require.EqualError(t, err, "out of range: got 65 decimal places, want whole fen")
}
