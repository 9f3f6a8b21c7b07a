package union

import (
	"cmp"
	"database/sql/driver"
	"encoding/binary"
	"fmt"
	"math"
	"math/big"
	"math/bits"
	"strconv"

	"github.com/shopspring/decimal"
)

// Money is an amount in whole fen (分), held as an int64: exact, compared with
// ==, usable as a map key, and added without allocation. It reaches from
// -92233720368547758.08 to 92233720368547758.07 yuan; what would leave that
// range is [ErrOverflow], never a wrapped or rounded amount. The zero Money is
// nothing, 0.00.
//
// Its text is plain: an optional minus, 1 to 17 digits without needless leading
// zeros, and an optional point with one or two digits. Money is always written
// with two, "1234.50", so equal amounts have equal texts. Exponents, plus signs,
// spaces, separators and full-width digits are refused.
type Money struct{ fen int64 }

// Fen returns the amount of n fen. It is defined for every n.
func Fen(n int64) Money { return Money{fen: n} }

// A decimal with more places than this is refused before any work is done on
// it, whatever its digits: no published amount has as many.
const maxDecimalPlaces = 64

// MoneyOf returns the amount of d yuan. It takes d by its value, so 1.5 and
// 1.500 are the same amount. Its work is bounded, however large the exponent.
//
// It fails with:
//   - [ErrRange], if d is finer than a fen, or has more than 64 decimal places;
//   - [ErrOverflow], if d does not fit.
func MoneyOf(d decimal.Decimal) (Money, error) {
	exponent := d.Exponent()
	if exponent == -fenPlaces && d.NumDigits() < maxFenDigits { // as nearly all are: any number of so few digits fits
		return Money{fen: d.CoefficientInt64()}, nil
	}
	switch {
	case d.Sign() == 0:
		return Money{}, nil
	case exponent > 17:
		return Money{}, moneyOverflow()
	case exponent < -maxDecimalPlaces:
		return Money{}, NewFault(ErrRange, "", strconv.Itoa(-int(exponent))+" decimal places", "whole fen")
	}
	coefficient := d.Coefficient()
	// 10^64 has 213 bits, so a longer coefficient is too large at any exponent
	// left; multiplying or dividing it could take long.
	if coefficient.BitLen() > 64+213 {
		return Money{}, moneyOverflow()
	}
	return moneyOfScaled(coefficient, int64(exponent)+2)
}

// moneyOfScaled returns coefficient times ten to the power of exponent, in fen.
func moneyOfScaled(coefficient *big.Int, exponent int64) (Money, error) {
	power := new(big.Int).Exp(big.NewInt(10), big.NewInt(max(exponent, -exponent)), nil)
	if exponent >= 0 {
		coefficient.Mul(coefficient, power)
	} else {
		rest := new(big.Int)
		coefficient.QuoRem(coefficient, power, rest)
		if rest.Sign() != 0 {
			return Money{}, NewFault(ErrRange, "", "a decimal finer than a fen", "whole fen")
		}
	}
	if !coefficient.IsInt64() {
		return Money{}, moneyOverflow()
	}
	return Money{fen: coefficient.Int64()}, nil
}

// MoneyOfNumber returns the amount of n yuan, such as a multiple of a standard
// that a rule has rounded to the fen or to the yuan.
//
// It fails with:
//   - [ErrRange], if n is no whole number of fen: round it first, as the rule
//     says, with [Rounding.Apply];
//   - [ErrOverflow], if n does not fit.
func MoneyOfNumber(n Number) (Money, error) {
	fen := n.Mul(Whole(100))
	if !fen.IsInt() {
		return Money{}, NewFault(ErrRange, "", n.String()+" yuan", "whole fen")
	}
	whole, ok := fen.Int64()
	if !ok {
		return Money{}, moneyOverflow()
	}
	return Money{fen: whole}, nil
}

// ParseMoney reads an amount in yuan, such as "1234.50", "1234.5", "1234" or
// "-0.05".
//
// It fails with the first of:
//   - [ErrText], if text is longer than 64 bytes or not as [Money] describes;
//   - [ErrRange], if it has more than two decimal places, even if they are zeros;
//   - [ErrOverflow], if the amount does not fit.
//
// A fault quotes a short amount and never a long text, which might be a number
// of another kind in the wrong column.
func ParseMoney(text string) (Money, error) {
	if len(text) > maxAmountText {
		return Money{}, longAmount(len(text))
	}
	return ParseMoneyBytes([]byte(text))
}

// ParseMoneyBytes is [ParseMoney] for bytes, such as a field of a CSV line. It
// keeps nothing of text and, unless it fails, allocates nothing.
func ParseMoneyBytes(text []byte) (Money, error) {
	fen, ok := readShort(text)
	if ok {
		return Money{fen: fen}, nil
	}
	fen, ok = readFen(text, fenPlaces)
	if !ok {
		return Money{}, faultOfAmount(text, fenPlaces, "an amount such as 1234.50")
	}
	return Money{fen: fen}, nil
}

// MustParseMoney is [ParseMoney] for literals: it panics where ParseMoney fails.
func MustParseMoney(text string) Money {
	amount, err := ParseMoney(text)
	if err != nil {
		panic(err)
	}
	return amount
}

// Fen returns the amount in fen.
func (m Money) Fen() int64 { return m.fen }

// Decimal returns the amount in yuan, with two decimal places.
func (m Money) Decimal() decimal.Decimal { return decimal.New(m.fen, -fenPlaces) }

// Number returns the amount in yuan, for thresholds, multiples and per-head
// sums.
func (m Money) Number() Number { return m.per(100) }

// per returns the amount in units of so many fen.
func (m Money) per(fen int64) Number {
	n, _ := NewNumber(m.fen, fen) // fails only for a denominator of zero
	return n
}

// Add returns the sum of m and o. A sum that does not fit is [ErrOverflow].
func (m Money) Add(o Money) (Money, error) {
	sum := m.fen + o.fen
	if (sum^m.fen)&(sum^o.fen) < 0 { // both had the sign that the sum has not
		return Money{}, moneyOverflow()
	}
	return Money{fen: sum}, nil
}

// Sub returns m less o. A difference that does not fit is [ErrOverflow].
func (m Money) Sub(o Money) (Money, error) {
	difference := m.fen - o.fen
	if (m.fen^o.fen)&(m.fen^difference) < 0 { // unlike signs, and m has lost its own
		return Money{}, moneyOverflow()
	}
	return Money{fen: difference}, nil
}

// Neg returns the amount with the other sign. The least Money has no opposite:
// [ErrOverflow].
func (m Money) Neg() (Money, error) { return Money{}.Sub(m) }

// Times returns n times m, such as a monthly standard over n months. A product
// that does not fit is [ErrOverflow].
func (m Money) Times(n int64) (Money, error) {
	high, low := bits.Mul64(magnitude(m.fen), magnitude(n))
	fen, ok := signed(low, (m.fen < 0) != (n < 0))
	if high != 0 || !ok {
		return Money{}, moneyOverflow()
	}
	return Money{fen: fen}, nil
}

// SumMoney returns the sum of amounts, and nothing for none. Only a total that
// does not fit is [ErrOverflow]: partial sums may be as large as they like, so
// the order of the amounts does not matter.
func SumMoney(amounts ...Money) (Money, error) {
	// The sum wraps around as it may. That of the upper halves tells whether the
	// whole did: what it lacks of the sum is that of the lower halves, which is
	// below 2^64 for all lists of fewer than 2^32 amounts, or 32 GiB.
	var sum, upper int64
	rest := amounts
	for ; len(rest) >= 4; rest = rest[4:] {
		a, b, c, d := rest[0].fen, rest[1].fen, rest[2].fen, rest[3].fen
		sum += a + b + c + d
		upper += a>>32 + b>>32 + c>>32 + d>>32
	}
	for _, amount := range rest {
		sum += amount.fen
		upper += amount.fen >> 32
	}
	lower := uint64(sum - upper<<32)
	if carried := upper + int64(lower>>32); carried != int64(int32(carried)) {
		return Money{}, moneyOverflow()
	}
	return Money{fen: sum}, nil
}

// Cmp returns -1 if m is less than o, 0 if they are equal, and 1 if m is more.
func (m Money) Cmp(o Money) int { return cmp.Compare(m.fen, o.fen) }

// Sign returns -1 for a negative amount, 0 for nothing and 1 for a positive one.
func (m Money) Sign() int { return cmp.Compare(m.fen, 0) }

// IsZero reports whether the amount is nothing.
func (m Money) IsZero() bool { return m.fen == 0 }

// Allocate divides the amount in proportion to weights, to the fen and without
// a remainder: the shares always sum to m. It divides as [Apportion] does, and
// fails where Apportion fails. Beside the shares it returns the indexes of the
// weights among which a last fen was settled by their order alone, if any.
func (m Money) Allocate(weights ...int64) (shares []Money, tied []int, err error) {
	split, err := Apportion(m.fen, weights...)
	if err != nil {
		return nil, nil, err
	}
	shares = make([]Money, len(split.Parts))
	for i, part := range split.Parts {
		shares[i] = Money{fen: part}
	}
	return shares, split.Tied, nil
}

// String returns the amount in yuan with two decimal places, such as "1234.50"
// or "-0.05". [ParseMoney] reads it back.
func (m Money) String() string {
	return string(appendFixed(make([]byte, 0, 24), m.fen, fenPlaces))
}

// AppendText appends what String returns to b. It never fails.
func (m Money) AppendText(b []byte) ([]byte, error) {
	return appendFixed(b, m.fen, fenPlaces), nil
}

// MarshalText returns what String does. It never fails.
func (m Money) MarshalText() ([]byte, error) { return m.AppendText(nil) }

// UnmarshalText reads what [ParseMoneyBytes] reads, and fails where it fails; m
// is unchanged on error.
func (m *Money) UnmarshalText(text []byte) error {
	amount, err := ParseMoneyBytes(text)
	if err != nil {
		return err
	}
	*m = amount
	return nil
}

// MarshalJSON writes the amount as a JSON string, "1234.50". It never fails.
func (m Money) MarshalJSON() ([]byte, error) {
	b := appendFixed(append(make([]byte, 0, 24), '"'), m.fen, fenPlaces)
	return append(b, '"'), nil
}

// UnmarshalJSON reads a JSON string that holds an amount as [ParseMoney] reads
// it, without escapes. A bare number, which another program may have rounded,
// null and any other value are [ErrText]; m is unchanged on error.
func (m *Money) UnmarshalJSON(data []byte) error {
	text, ok := unquoted(data)
	if !ok {
		return NewFault(ErrText, "", jsonKind(data), `a JSON string such as "1234.50"`)
	}
	return m.UnmarshalText(text)
}

// Value gives the amount to a database as the text that String returns, which
// fits a decimal or a text column. It never fails.
func (m Money) Value() (driver.Value, error) { return m.String(), nil }

// Scan reads an amount from a database's text, a string or bytes, as
// [ParseMoney] does. Any other value is [ErrText]: an integer, since it does not
// say whether it counts yuan or fen, a float, since it is not exact, and NULL,
// since unknown is not nothing. On error m is unchanged.
func (m *Money) Scan(src any) error {
	switch text := src.(type) {
	case string:
		amount, err := ParseMoney(text)
		if err != nil {
			return err
		}
		*m = amount
		return nil
	case []byte:
		return m.UnmarshalText(text)
	}
	return unscannable(src)
}

// overflowText is the text of ErrOverflow.
const overflowText = "too large to be held exactly"

// moneyOverflow is what [NewFault] would make, without a call, so that the
// compiler can put Add and Sub into the loops that use them.
func moneyOverflow() error {
	return &Fault{
		Finding:  Finding{Rule: overflowText, Want: "an amount from -92233720368547758.08 to 92233720368547758.07 yuan"},
		sentinel: ErrOverflow,
	}
}

// The decimal places of a fen in yuan, in 万元 and in 亿元.
const (
	fenPlaces = 2
	wanPlaces = 6
	yiPlaces  = 10
)

// maxFenDigits is how many digits the largest amount has in fen. No number of
// so many digits overflows a uint64.
const maxFenDigits = 19

// maxAmountText caps the length of a text before it is looked at.
const maxAmountText = 64

var powersOfTen = [...]uint64{1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10}

// readFen reads an amount in units of which a fen is the given decimal place,
// at most the tenth, and reports whether text is one that fits.
func readFen(text []byte, places int) (fen int64, ok bool) {
	digits := text
	negative := len(digits) > 0 && digits[0] == '-'
	if negative {
		digits = digits[1:]
	}
	if len(digits) > maxFenDigits+1 {
		return 0, false
	}
	var count uint64
	whole := 0
	for ; whole < len(digits) && isDigit(digits[whole]); whole++ {
		count = count*10 + uint64(digits[whole]-'0')
	}
	if whole == 0 || whole > maxFenDigits-places || digits[0] == '0' && whole > 1 {
		return 0, false
	}
	if whole < len(digits) {
		fraction := digits[whole+1:]
		if digits[whole] != '.' || len(fraction) == 0 || len(fraction) > places {
			return 0, false
		}
		for _, character := range fraction {
			if !isDigit(character) {
				return 0, false
			}
			count = count*10 + uint64(character-'0')
		}
		places -= len(fraction)
	}
	return signed(count*powersOfTen[places], negative)
}

func isDigit(character byte) bool { return character-'0' <= 9 }

// The same byte eight times: a zero, what takes the byte after nine to the next
// sixteen, and the upper half of a byte.
const (
	zeros      = 0x3030303030303030
	sixes      = 0x0606060606060606
	upperHalfs = 0xf0f0f0f0f0f0f0f0
)

// readShort reads an amount in yuan as nearly all are written, with 1 to 8 digits, a
// point and 2 digits, as readFen does, but all digits of the yuan at once. It does
// not read any other.
func readShort(text []byte) (fen int64, ok bool) {
	whole := len(text) - 3
	if whole < 1 || whole > 8 || text[whole] != '.' || text[0] == '0' && whole > 1 {
		return 0, false
	}
	// The digits stand at the end of eight bytes, zeros before them.
	digits := uint64(binary.LittleEndian.Uint32(text)) << (64 - 8*whole)
	if whole >= 4 {
		digits |= uint64(binary.LittleEndian.Uint32(text[whole-4:])) << 32
	}
	digits = (digits | zeros>>(8*whole)) ^ zeros
	tens, ones := text[whole+1]-'0', text[whole+2]-'0'
	if (digits|(digits+sixes))&upperHalfs != 0 || tens > 9 || ones > 9 {
		return 0, false
	}
	digits = digits*10 + digits>>8 // in every other byte two digits, the first being the tens
	const four = 0x000000ff000000ff
	yuan := (digits&four*(100+1000000<<32) + digits>>16&four*(1+10000<<32)) >> 32
	return int64(yuan)*100 + int64(tens)*10 + int64(ones), true
}

// faultOfAmount says why readFen refused text. It is as slow as it likes.
func faultOfAmount(text []byte, places int, want string) *Fault {
	if len(text) > maxAmountText {
		return longAmount(len(text))
	}
	got := quotedAmount(text)
	whole, fraction, ok := cutAmount(string(text))
	switch {
	case !ok, len(whole) > 1 && whole[0] == '0':
		return NewFault(ErrText, "", got, want)
	case len(fraction) > places:
		return NewFault(ErrRange, "", got, fmt.Sprintf("at most %d decimal places", places))
	}
	return NewFault(ErrOverflow, "", got, "an amount of at most 92233720368547758.07 yuan")
}

// cutAmount returns the digits of text before and after its point, and whether
// text is a minus, if any, digits and, if any, a point and digits.
func cutAmount(text string) (whole, fraction string, ok bool) {
	digits := func(s string) (string, string) {
		end := 0
		for end < len(s) && isDigit(s[end]) {
			end++
		}
		return s[:end], s[end:]
	}
	if text != "" && text[0] == '-' {
		text = text[1:]
	}
	whole, rest := digits(text)
	if whole == "" || rest == "" {
		return whole, "", whole != ""
	}
	fraction, end := digits(rest[1:])
	return whole, fraction, rest[0] == '.' && fraction != "" && end == ""
}

func longAmount(length int) *Fault {
	return NewFault(ErrText, "", strconv.Itoa(length)+" bytes", fmt.Sprintf("an amount of at most %d bytes", maxAmountText))
}

// quotedAmount quotes what looks like a short amount, and of any other text
// says only how long it is: it might be a person's name or number in the wrong
// column.
func quotedAmount(text []byte) string {
	if len(text) > 14 { // the shortest identity number has 15 digits
		return strconv.Itoa(len(text)) + " bytes"
	}
	for _, character := range text {
		if character < '+' || character > '9' {
			return strconv.Itoa(len(text)) + " bytes that are no amount"
		}
	}
	return strconv.Quote(string(text))
}

// appendFixed appends fen as a number with the given decimal places to b.
func appendFixed(b []byte, fen int64, places int) []byte {
	if fen < 0 {
		b = append(b, '-')
	}
	power := powersOfTen[places]
	whole, fraction := magnitude(fen)/power, magnitude(fen)%power
	b = append(strconv.AppendUint(b, whole, 10), '.')
	for places--; places > 0 && fraction < powersOfTen[places]; places-- {
		b = append(b, '0')
	}
	return strconv.AppendUint(b, fraction, 10)
}

// magnitude returns n without its sign; it is defined for every n.
func magnitude(n int64) uint64 {
	if n < 0 {
		return -uint64(n)
	}
	return uint64(n)
}

// signed returns count with a sign, and whether that fits.
func signed(count uint64, negative bool) (int64, bool) {
	if negative {
		return -int64(count), count <= math.MaxInt64+1
	}
	return int64(count), count <= math.MaxInt64
}

// unquoted returns what stands between the quotes of a JSON string, escapes
// untouched, and whether data is in quotes.
func unquoted(data []byte) ([]byte, bool) {
	last := len(data) - 1
	if last < 1 || data[0] != '"' || data[last] != '"' {
		return nil, false
	}
	return data[1:last], true
}

// jsonKind says what kind of JSON value data is, without quoting it.
func jsonKind(data []byte) string {
	switch {
	case string(data) == "null":
		return "null"
	case len(data) > 0 && (data[0] == '-' || isDigit(data[0])):
		return "a bare number"
	}
	return "another JSON value"
}

// unscannable refuses a database's value by its type alone.
func unscannable(src any) error {
	if src == nil {
		return NewFault(ErrText, "", "NULL", "text")
	}
	return NewFault(ErrText, "", fmt.Sprintf("a database value of type %T", src), "text")
}
