package union

import (
	"errors"
	"math"
	"math/big"
	"strconv"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/unioncampaign/union/internal/exact"
	"github.com/unioncampaign/union/internal/quote"
)

// A Mode is a way of rounding. The zero Mode is not one: a rounding that a rule
// leaves out is a fault of the rule, never a default.
type Mode uint8

// The modes. Each says where a number between two neighbours goes; a number
// that has no more places than are asked for stays as it is in all of them.
const (
	HalfUp   Mode = iota + 1 // to the nearer, half away from zero (四舍五入)
	Truncate                 // towards zero (舍去)
	Up                       // away from zero (进一法)
	Floor                    // to the lower
	Ceiling                  // to the higher
	HalfEven                 // to the nearer, half to the one with an even last digit (GB/T 8170)
)

var modeTexts = [...]string{"", "half up", "truncate", "up", "floor", "ceiling", "half even"}

// modeTitles are the words of the field for the modes.
var modeTitles = [...]string{"", "四舍五入", "舍去尾数", "进一法", "向下取整", "向上取整", "四舍六入五成双"}

// String returns "half up", "truncate", "up", "floor", "ceiling", "half even"
// or, for any other value, its number, as in "Mode(9)".
func (m Mode) String() string {
	if m.known() {
		return modeTexts[m]
	}
	return "Mode(" + strconv.Itoa(int(m)) + ")"
}

// MarshalText writes the mode as String does. A value that is no mode is
// [ErrUnknown].
func (m Mode) MarshalText() ([]byte, error) {
	if !m.known() {
		return nil, NewFault(ErrUnknown, "", m.String(), wantChoice(modeTexts[1:]))
	}
	return []byte(m.String()), nil
}

// UnmarshalText reads what MarshalText writes; any other text is [ErrUnknown]
// and leaves m unchanged.
func (m *Mode) UnmarshalText(text []byte) error {
	chosen, err := choose(text, modeTexts[1:])
	if err != nil {
		return err
	}
	*m = Mode(chosen + 1)
	return nil
}

func (m Mode) known() bool { return m >= HalfUp && int(m) < len(modeTexts) }

// mostPlaces is the most decimal places, and the most zeros before the point,
// that a rounding may name.
const mostPlaces = 18

// A Rounding says how, and to how many decimal places, a number is rounded:
// once, where a rule says so. Negative places round to tens, hundreds and so on.
// The zero Rounding is none, and every use of it is [ErrMissing].
type Rounding struct {
	Mode   Mode `json:"mode"`
	Places int  `json:"places"`
}

// Check reports what is wrong with r, joined:
//   - [ErrMissing], if no mode is given, and [ErrUnknown], if it is none of the six;
//   - [ErrRange], if places are not in -18 to 18.
func (r Rounding) Check() error {
	var faults []error
	switch {
	case r.Mode == 0:
		faults = append(faults, NewFault(ErrMissing, "mode", "", wantChoice(modeTexts[1:])))
	case !r.Mode.known():
		faults = append(faults, NewFault(ErrUnknown, "mode", r.Mode.String(), wantChoice(modeTexts[1:])))
	}
	if r.Places < -mostPlaces || r.Places > mostPlaces {
		faults = append(faults, NewFault(ErrRange, "places", strconv.Itoa(r.Places), "-18 to 18"))
	}
	return errors.Join(faults...)
}

// Apply returns n rounded. It fails only where [Rounding.Check] does.
func (r Rounding) Apply(n Number) (Number, error) {
	if err := r.Check(); err != nil {
		return Number{}, err
	}
	power, _ := exact.Pow10(max(r.Places, -r.Places))
	units, large := r.units(n)
	rounded := Whole(units)
	if large != nil {
		rounded = fromRat(new(big.Rat).SetInt(large))
	}
	if r.Places < 0 {
		return rounded.Mul(Whole(power)), nil
	}
	return rounded.Quo(Whole(power))
}

// Decimal returns n rounded, as a decimal with the exponent that the places
// name. It fails only where [Rounding.Check] does.
func (r Rounding) Decimal(n Number) (decimal.Decimal, error) {
	if err := r.Check(); err != nil {
		return decimal.Decimal{}, err
	}
	units, large := r.units(n)
	if large == nil {
		return decimal.New(units, int32(-r.Places)), nil
	}
	return decimal.NewFromBigInt(large, int32(-r.Places)), nil
}

// Format returns n rounded, as text with exactly as many digits after the point
// as there are places: "80.50", and never "-0.00". It fails only where
// [Rounding.Check] does.
func (r Rounding) Format(n Number) (string, error) {
	if err := r.Check(); err != nil {
		return "", err
	}
	units, large := r.units(n)
	text := strconv.FormatInt(units, 10)
	if large != nil {
		text = large.String()
	}
	if r.Places < 0 && text != "0" {
		return text + strings.Repeat("0", -r.Places), nil
	}
	return pointed(text, r.Places), nil
}

// String returns the rounding in words, as "half up, 2 places". The zero
// Rounding is the empty text.
func (r Rounding) String() string {
	switch {
	case r == Rounding{}:
		return ""
	case r.Places == 1:
		return r.Mode.String() + ", 1 place"
	}
	return r.Mode.String() + ", " + strconv.Itoa(r.Places) + " places"
}

// Title returns the rounding in the words of the field, such as
// "四舍五入，保留2位小数", for a working that is read aloud; of the zero Rounding it
// is empty. Negative places are told by the unit that is kept: "以100为单位".
func (r Rounding) Title() string {
	if !r.Mode.known() {
		return ""
	}
	places := "取整数"
	switch {
	case r.Places > 0:
		places = "保留" + strconv.Itoa(r.Places) + "位小数"
	case r.Places < 0:
		places = "以1" + strings.Repeat("0", min(-r.Places, mostPlaces)) + "为单位"
	}
	return modeTitles[r.Mode] + "，" + places
}

// units returns how many units of the last place n is when rounded, as a big
// integer only where an int64 does not hold it. r is checked.
func (r Rounding) units(n Number) (int64, *big.Int) {
	if units, ok := r.unitsSmall(n); ok {
		return units, nil
	}
	return r.unitsBig(n)
}

// unitsSmall does without the heap, and is false where that needs more than 128
// bits on the way or more than 64 in the end.
func (r Rounding) unitsSmall(n Number) (int64, bool) {
	if n.big != nil {
		return 0, false
	}
	times, divisor := uint64(1), n.bottom()
	power, _ := exact.Pow10(max(r.Places, -r.Places))
	if r.Places >= 0 {
		times = uint64(power)
	} else {
		product, ok := exact.MulMagnitudes(divisor, uint64(power))
		if !ok {
			return 0, false
		}
		divisor = product
	}
	units, rest, ok := exact.MulQuo(exact.Abs(n.num), times, divisor)
	if !ok || units > math.MaxInt64 {
		return 0, false
	}
	negative := n.num < 0
	if rest != 0 && r.Mode.away(negative, units%2 == 1, exact.CompareHalf(rest, divisor)) {
		units++
	}
	return exact.Signed(negative, units)
}

// unitsBig is the same for any n.
func (r Rounding) unitsBig(n Number) (int64, *big.Int) {
	top, divisor := new(big.Int).Abs(n.numerator()), n.denominator()
	if r.Places >= 0 {
		top.Mul(top, bigPow10(r.Places))
	} else {
		divisor = new(big.Int).Mul(divisor, bigPow10(-r.Places))
	}
	units, rest := new(big.Int).QuoRem(top, divisor, new(big.Int))
	half := new(big.Int).Lsh(rest, 1).Cmp(divisor)
	if rest.Sign() != 0 && r.Mode.away(n.Sign() < 0, units.Bit(0) == 1, half) {
		units.Add(units, big.NewInt(1))
	}
	if n.Sign() < 0 {
		units.Neg(units)
	}
	if units.IsInt64() {
		return units.Int64(), nil
	}
	return 0, units
}

// away reports whether a number that lies between two neighbours goes to the
// one further from zero: negative says its sign, odd whether the last digit of
// the nearer to zero is, half how what is cut off compares with half a unit.
func (m Mode) away(negative, odd bool, half int) bool {
	switch m {
	case HalfUp:
		return half >= 0
	case Up:
		return true
	case Floor:
		return negative
	case Ceiling:
		return !negative
	case HalfEven:
		return half > 0 || half == 0 && odd
	case Truncate:
	}
	return false
}

// choose returns the index of text among texts; if it is none of them, the
// fault is [ErrUnknown].
func choose(text []byte, texts []string) (int, error) {
	for i, each := range texts {
		if string(text) == each {
			return i, nil
		}
	}
	return 0, NewFault(ErrUnknown, "", quote.Key(string(text[:min(len(text), 65)])), wantChoice(texts))
}

// wantChoice names the texts that could have been given.
func wantChoice(texts []string) string {
	return "one of: " + strings.Join(texts, ", ")
}
