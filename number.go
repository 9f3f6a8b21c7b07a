package union

import (
	"cmp"
	"encoding/json"
	"math/big"
	"strconv"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/unioncampaign/union/internal/exact"
	"github.com/unioncampaign/union/internal/quote"
)

// The bounds of a number's text and of the decimals that come in and go out.
// Published figures stay far within them; they keep a hostile text from costing
// more than a glance.
const (
	numberTextCap   = 64  // bytes
	numberPlacesCap = 40  // digits after the point of a decimal form
	leastExponent   = -20 // of a decimal.Decimal
	mostExponent    = 18
	coefficientBits = 256 // of a decimal.Decimal, some 77 digits
)

// A Number is an exact rational number: a score, a weight, a threshold, a
// multiple, a sum per head. Nothing it does rounds; a [Rounding] does, where a
// rule says so.
//
// It is held in two 64-bit integers in lowest terms where they suffice, in
// which case adding, multiplying and comparing allocate nothing, and in big
// integers where they do not. Equal Numbers are held equally, so that
// reflect.DeepEqual agrees with [Number.Equal]; == does not compile.
//
// A Number never changes once made. The zero Number is 0.
type Number struct {
	_   [0]func()
	num int64
	den int64    // 0 for a whole number, else at least 2 and in lowest terms
	big *big.Rat // only where num and den would not fit; never shared, never changed
}

// NewNumber returns num ÷ den, such as 1 ÷ 3. A den of 0 is [ErrUndefined].
func NewNumber(num, den int64) (Number, error) {
	if den == 0 {
		return Number{}, NewFault(ErrUndefined, "", strconv.FormatInt(num, 10)+"/0", "a divisor other than 0")
	}
	negative, top, bottom := (num < 0) != (den < 0), exact.Abs(num), exact.Abs(den)
	if n, ok := reduced(negative, top, bottom); ok {
		return n, nil
	}
	return fromRat(new(big.Rat).SetFrac(big.NewInt(num), big.NewInt(den))), nil
}

// Whole returns n as a Number.
func Whole(n int64) Number { return Number{num: n} }

// NumberOf returns the value of d, exactly: 1.0 and 1.00 are the same Number.
// A decimal with an exponent below -20 or above 18, or a coefficient of more
// than 256 bits, is [ErrRange]; it is refused before anything is computed.
func NumberOf(d decimal.Decimal) (Number, error) {
	exponent := int(d.Exponent())
	if exponent < leastExponent || exponent > mostExponent {
		return Number{}, NewFault(ErrRange, "", "exponent "+strconv.Itoa(exponent), "-20 to 18")
	}
	coefficient := d.Coefficient()
	if coefficient.BitLen() > coefficientBits {
		return Number{}, NewFault(ErrRange, "", strconv.Itoa(coefficient.BitLen())+" bits", "at most 256")
	}
	value := new(big.Rat).SetInt(coefficient)
	if exponent < 0 {
		return fromRat(value.SetFrac(coefficient, bigPow10(-exponent))), nil
	}
	return fromRat(value.SetInt(coefficient.Mul(coefficient, bigPow10(exponent)))), nil
}

// ParseNumber reads a whole number, a decimal or a fraction: "-12", "0.15",
// "1/3". A minus may lead; digits must stand on both sides of a point or stroke;
// there is no exponent, plus, space or comma, and the text has at most 64 bytes.
// It fails with
//   - [ErrText], if text is not such a number;
//   - [ErrUndefined], if the number below the stroke is 0.
func ParseNumber(text string) (Number, error) {
	refused := func() (Number, error) {
		return Number{}, NewFault(ErrText, "", quote.Key(text), `a number such as "-12", "0.15" or "1/3"`)
	}
	if len(text) > numberTextCap {
		return refused()
	}
	digits, negative := strings.CutPrefix(text, "-")
	top, bottom, fraction := strings.Cut(digits, "/")
	if fraction {
		if !areDigits(top) || !areDigits(bottom) {
			return refused()
		}
		if strings.Trim(bottom, "0") == "" {
			return Number{}, NewFault(ErrUndefined, "", quote.Key(text), "a divisor other than 0")
		}
		return quotient(negative, top, bottom), nil
	}
	whole, places, point := strings.Cut(digits, ".")
	if !areDigits(whole) || point && !areDigits(places) {
		return refused()
	}
	return scaledDown(negative, whole, places), nil
}

// MustParseNumber is [ParseNumber] for literals: it panics where that fails.
func MustParseNumber(text string) Number {
	n, err := ParseNumber(text)
	if err != nil {
		panic(err)
	}
	return n
}

// Add returns n + m.
func (n Number) Add(m Number) Number {
	if n.big == nil && m.big == nil {
		if sum, ok := addSmall(n, m); ok {
			return sum
		}
	}
	return fromRat(new(big.Rat).Add(n.rat(), m.rat()))
}

// Sub returns n - m.
func (n Number) Sub(m Number) Number { return n.Add(m.Neg()) }

// Mul returns n × m.
func (n Number) Mul(m Number) Number {
	if n.big == nil && m.big == nil {
		if product, ok := mulSmall(n, m); ok {
			return product
		}
	}
	return fromRat(new(big.Rat).Mul(n.rat(), m.rat()))
}

// Quo returns n ÷ m. An m of 0 is [ErrUndefined].
func (n Number) Quo(m Number) (Number, error) {
	if m.Sign() == 0 {
		return Number{}, NewFault(ErrUndefined, "", quote.Key(n.String()+" ÷ 0"), "a divisor other than 0")
	}
	return n.Mul(m.inverse()), nil
}

// Neg returns -n.
func (n Number) Neg() Number {
	if negated, ok := exact.Sub(0, n.num); ok && n.big == nil {
		return Number{num: negated, den: n.den}
	}
	return fromRat(new(big.Rat).Neg(n.rat()))
}

// Cmp returns -1 if n is less than m, 0 if they are equal, and 1 if it is more.
func (n Number) Cmp(m Number) int {
	if n.big != nil || m.big != nil {
		return n.rat().Cmp(m.rat())
	}
	if left, right := n.Sign(), m.Sign(); left != right || left == 0 {
		return cmp.Compare(left, right)
	}
	magnitudes := exact.CompareProducts(exact.Abs(n.num), m.bottom(), exact.Abs(m.num), n.bottom())
	if n.num < 0 {
		return -magnitudes
	}
	return magnitudes
}

// Equal reports whether n and m are the same number.
func (n Number) Equal(m Number) bool { return n.Cmp(m) == 0 }

// Sign returns -1, 0 or 1 as n is below, equal to or above 0.
func (n Number) Sign() int {
	if n.big != nil {
		return n.big.Sign()
	}
	return cmp.Compare(n.num, 0)
}

// IsInt reports whether n is a whole number.
func (n Number) IsInt() bool {
	if n.big != nil {
		return n.big.IsInt()
	}
	return n.den == 0
}

// Int64 returns n as an integer. It is false if n is not whole or does not fit.
func (n Number) Int64() (int64, bool) {
	if n.big != nil || n.den != 0 {
		return 0, false
	}
	return n.num, true
}

// Fraction returns n as num ÷ den in lowest terms, den being above 0. It is
// false if n does not fit two int64.
func (n Number) Fraction() (num, den int64, ok bool) {
	if n.big != nil {
		return 0, 0, false
	}
	return n.num, max(1, n.den), true
}

// Decimal returns n as a decimal of the same value. It is false if n has no
// decimal form, as 1/3, or one of more than 40 places; a [Rounding] makes a
// decimal of any number.
func (n Number) Decimal() (decimal.Decimal, bool) {
	if n.IsInt() {
		return decimal.NewFromBigInt(n.numerator(), 0), true
	}
	places, ok := decimalPlaces(n.denominator())
	if !ok || places > numberPlacesCap {
		return decimal.Decimal{}, false
	}
	units := new(big.Int).Mul(n.numerator(), bigPow10(places))
	return decimal.NewFromBigInt(units.Quo(units, n.denominator()), int32(-places)), true
}

// String returns n as a whole number or a decimal without needless zeros, such
// as "0.15", where it has such a form of at most 40 places, else as a fraction
// in lowest terms, such as "1/3". Of a decimal and a fraction the one gives way
// that alone has more than 64 bytes, so that [ParseNumber] reads back all that it
// ever read.
func (n Number) String() string {
	if n.big == nil && n.den == 0 {
		return strconv.FormatInt(n.num, 10)
	}
	if n.IsInt() {
		return n.big.Num().String()
	}
	pointed, places, ok := n.decimalForm()
	if ok && places <= numberPlacesCap && len(pointed) <= numberTextCap {
		return pointed
	}
	fraction := n.numerator().String() + "/" + n.denominator().String()
	if ok && len(fraction) > numberTextCap && (places <= numberPlacesCap || len(pointed) <= numberTextCap) {
		return pointed
	}
	return fraction
}

// decimalForm returns the decimal form of n and its places, if it has one.
func (n Number) decimalForm() (text string, places int, ok bool) {
	places, ok = decimalPlaces(n.denominator())
	if !ok {
		return "", 0, false
	}
	units := new(big.Int).Mul(n.numerator(), bigPow10(places))
	return pointed(units.Quo(units, n.denominator()).String(), places), places, true
}

// MarshalText writes n as [Number.String] does. A text of more than 64 bytes,
// which could not be read back, is [ErrRange].
func (n Number) MarshalText() ([]byte, error) {
	text := n.String()
	if len(text) > numberTextCap {
		return nil, NewFault(ErrRange, "", strconv.Itoa(len(text))+" bytes", "at most 64")
	}
	return []byte(text), nil
}

// UnmarshalText reads n as [ParseNumber] does; n is unchanged on error.
func (n *Number) UnmarshalText(text []byte) error {
	read, err := parseBytes(text, numberTextCap, ParseNumber)
	if err != nil {
		return err
	}
	*n = read
	return nil
}

// UnmarshalJSON reads n from a JSON string as [ParseNumber] does. A bare JSON
// number, which other programs pass through binary fractions, and null are
// [ErrText]. n is unchanged on error.
func (n *Number) UnmarshalJSON(data []byte) error {
	read, err := parseJSON(data, ParseNumber)
	if err != nil {
		return err
	}
	*n = read
	return nil
}

// reduced returns the fraction in lowest terms, and false if it does not fit.
func reduced(negative bool, top, bottom uint64) (Number, bool) {
	common := exact.GCD(top, bottom)
	num, fits := exact.Signed(negative, top/common)
	den, fitsToo := exact.Signed(false, bottom/common)
	if !fits || !fitsToo {
		return Number{}, false
	}
	if den == 1 {
		den = 0
	}
	return Number{num: num, den: den}, true
}

// fromRat returns r as a Number that shares nothing with it. The one form of a
// big number is what SetFrac leaves, so that equal ones are deeply equal.
func fromRat(r *big.Rat) Number {
	if r.Num().IsInt64() && r.Denom().IsInt64() {
		n := Number{num: r.Num().Int64(), den: r.Denom().Int64()}
		if n.den == 1 {
			n.den = 0
		}
		return n
	}
	return Number{big: new(big.Rat).SetFrac(r.Num(), r.Denom())}
}

// rat returns n as a big rational. It must not be changed.
func (n Number) rat() *big.Rat {
	if n.big != nil {
		return n.big
	}
	return big.NewRat(n.num, int64(n.bottom()))
}

// bottom returns the denominator of a small n.
func (n Number) bottom() uint64 {
	if n.den == 0 {
		return 1
	}
	return uint64(n.den)
}

// numerator returns the numerator of n. It must not be changed.
func (n Number) numerator() *big.Int {
	if n.big != nil {
		return n.big.Num()
	}
	return big.NewInt(n.num)
}

// denominator returns the denominator of n. It must not be changed.
func (n Number) denominator() *big.Int {
	if n.big != nil {
		return n.big.Denom()
	}
	return new(big.Int).SetUint64(n.bottom())
}

// inverse returns 1 ÷ n; n is not 0.
func (n Number) inverse() Number {
	if n.big == nil {
		if inverted, ok := reduced(n.num < 0, n.bottom(), exact.Abs(n.num)); ok {
			return inverted
		}
	}
	return fromRat(new(big.Rat).Inv(n.rat()))
}

// addSmall adds over the least common denominator, and is false if a step of it
// does not fit.
func addSmall(n, m Number) (Number, bool) {
	if n.den == 0 && m.den == 0 {
		sum, ok := exact.Add(n.num, m.num)
		return Number{num: sum}, ok
	}
	common := int64(exact.GCD(n.bottom(), m.bottom()))
	nTimes, mTimes := int64(m.bottom())/common, int64(n.bottom())/common
	left, leftFits := exact.Mul(n.num, nTimes)
	right, rightFits := exact.Mul(m.num, mTimes)
	sum, sumFits := exact.Add(left, right)
	den, denFits := exact.Mul(int64(n.bottom()), nTimes)
	if !leftFits || !rightFits || !sumFits || !denFits {
		return Number{}, false
	}
	return reduced(sum < 0, exact.Abs(sum), uint64(den))
}

// mulSmall divides what is common out crosswise first, so that it is false only
// if the product itself does not fit.
func mulSmall(n, m Number) (Number, bool) {
	first := exact.GCD(exact.Abs(n.num), m.bottom())
	second := exact.GCD(exact.Abs(m.num), n.bottom())
	top, topFits := exact.MulMagnitudes(exact.Abs(n.num)/first, exact.Abs(m.num)/second)
	bottom, bottomFits := exact.MulMagnitudes(n.bottom()/second, m.bottom()/first)
	if !topFits || !bottomFits {
		return Number{}, false
	}
	return reduced((n.num < 0) != (m.num < 0), top, bottom)
}

// bigPow10 returns 10 to the power of n, which is not negative.
func bigPow10(n int) *big.Int {
	return new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(n)), nil)
}

// decimalPlaces returns how many places the decimal form of a fraction in
// lowest terms over den has: as many as den has factors 2, or 5, whichever are
// more. It is false if den has another factor or the places are more than a text
// has.
func decimalPlaces(den *big.Int) (int, bool) {
	twos := int(den.TrailingZeroBits())
	rest := new(big.Int).Rsh(den, uint(twos))
	fives, five, remainder := 0, big.NewInt(5), new(big.Int)
	for fives < numberTextCap && rest.BitLen() > 1 {
		quotient, _ := new(big.Int).QuoRem(rest, five, remainder)
		if remainder.Sign() != 0 {
			return 0, false
		}
		rest = quotient
		fives++
	}
	places := max(twos, fives)
	return places, rest.BitLen() == 1 && places <= numberTextCap
}

// pointed puts a point before the last places digits of a whole number's text,
// with zeros before them where there are too few.
func pointed(units string, places int) string {
	if places <= 0 {
		return units
	}
	digits, negative := strings.CutPrefix(units, "-")
	if lacking := places + 1 - len(digits); lacking > 0 {
		digits = strings.Repeat("0", lacking) + digits
	}
	text := digits[:len(digits)-places] + "." + digits[len(digits)-places:]
	if negative {
		text = "-" + text
	}
	return text
}

// areDigits reports whether text is one or more of the digits 0 to 9.
func areDigits(text string) bool {
	for i := range len(text) {
		if text[i] < '0' || text[i] > '9' {
			return false
		}
	}
	return text != ""
}

// quotient returns the number that top over bottom, both digits, stands for;
// bottom is not 0.
func quotient(negative bool, top, bottom string) Number {
	high, highErr := strconv.ParseUint(top, 10, 64)
	low, lowErr := strconv.ParseUint(bottom, 10, 64)
	if highErr == nil && lowErr == nil {
		if n, ok := reduced(negative, high, low); ok {
			return n
		}
	}
	return fromRat(new(big.Rat).SetFrac(bigDigits(negative, top), bigDigits(false, bottom)))
}

// scaledDown returns the number whose decimal text has the digits of whole
// before the point and of places after it.
func scaledDown(negative bool, whole, places string) Number {
	power, fits := exact.Pow10(len(places))
	units, err := strconv.ParseUint(whole+places, 10, 64)
	if fits && err == nil {
		if n, ok := reduced(negative, units, uint64(power)); ok {
			return n
		}
	}
	return fromRat(new(big.Rat).SetFrac(bigDigits(negative, whole+places), bigPow10(len(places))))
}

// bigDigits returns the whole number that digits stand for.
func bigDigits(negative bool, digits string) *big.Int {
	n, _ := new(big.Int).SetString(digits, 10)
	if negative {
		n.Neg(n)
	}
	return n
}

// parseBytes reads text with parse, and refuses one of more than most bytes
// before it is copied.
func parseBytes[T any](text []byte, most int, parse func(string) (T, error)) (T, error) {
	return parse(string(text[:min(len(text), most+1)]))
}

// parseJSON reads a JSON string with parse. What is not a JSON string is
// [ErrText].
func parseJSON[T any](data []byte, parse func(string) (T, error)) (T, error) {
	var text string
	if len(data) == 0 || data[0] != '"' || json.Unmarshal(data, &text) != nil {
		var none T
		return none, NewFault(ErrText, "", "no JSON string", "a JSON string")
	}
	return parse(text)
}
