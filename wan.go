package union

import (
	"fmt"
	"strconv"
	"strings"
)

// InWan returns the amount in 万元 (ten thousand yuan), exactly.
func (m Money) InWan() Number { return m.per(1e6) }

// InYi returns the amount in 亿元 (a hundred million yuan), exactly.
func (m Money) InYi() Number { return m.per(1e10) }

// Wan returns the amount in 万元 as rounding says, such as "7036.7", and
// whether that is exact. Rounded amounts are for reading only: sums are made of
// amounts and rounded once.
//
// It fails where [Rounding.Check] does.
func (m Money) Wan(rounding Rounding) (text string, exact bool, err error) {
	return shown(m.InWan(), rounding)
}

// Yi returns the amount in 亿元 as rounding says, such as "9.3", and whether
// that is exact. It fails where [Rounding.Check] does.
func (m Money) Yi(rounding Rounding) (text string, exact bool, err error) {
	return shown(m.InYi(), rounding)
}

func shown(n Number, rounding Rounding) (string, bool, error) {
	rounded, err := rounding.Apply(n)
	if err != nil {
		return "", false, err
	}
	text, err := rounding.Format(n)
	return text, rounded.Equal(n), err
}

// ExactWan returns the amount in 万元 without loss and without trailing zeros,
// such as "146.7774". [ParseWan] reads it back.
func (m Money) ExactWan() string { return trimmed(m.fen, wanPlaces) }

// ExactYi returns the amount in 亿元 without loss and without trailing zeros,
// such as "60.23". [ParseYi] reads it back.
func (m Money) ExactYi() string { return trimmed(m.fen, yiPlaces) }

// trimmed writes fen with the given decimal places, less the zeros at its end.
func trimmed(fen int64, places int) string {
	text := string(appendFixed(nil, fen, places))
	return strings.TrimSuffix(strings.TrimRight(text, "0"), ".")
}

// ParseWan reads an amount in 万元, such as "2104.36", without its unit. Its
// grammar is that of [ParseMoney] with up to six decimal places, which reach to
// the fen, and it fails as ParseMoney does.
func ParseWan(text string) (Money, error) {
	return parseScaled(text, wanPlaces, "an amount in 万元 such as 146.7774")
}

// ParseYi reads an amount in 亿元, such as "60.23", without its unit. Its
// grammar is that of [ParseMoney] with up to ten decimal places, which reach to
// the fen, and it fails as ParseMoney does.
func ParseYi(text string) (Money, error) {
	return parseScaled(text, yiPlaces, "an amount in 亿元 such as 60.23")
}

func parseScaled(text string, places int, want string) (Money, error) {
	if len(text) > maxAmountText {
		return Money{}, longAmount(len(text))
	}
	fen, ok := readFen([]byte(text), places)
	if !ok {
		return Money{}, faultOfAmount([]byte(text), places, want)
	}
	return Money{fen: fen}, nil
}

// WanHeadline returns the amount as headlines print it: truncated to the given
// decimal places in 万元, without trailing zeros, and with over, which is "余"
// or "多", if anything was cut off. So 3840208 yuan at no places is "384万余元",
// while 3840000 is "384万元". What a headline says is never more than there is.
//
// It fails with the first of:
//   - [ErrUnknown], if over is neither word;
//   - [ErrRange], if places is not from 0 to 6, if the amount is negative, or if
//     truncation leaves nothing of it.
func (m Money) WanHeadline(places int, over string) (string, error) {
	return m.headline("万", wanPlaces, places, over)
}

// YiHeadline is [Money.WanHeadline] in 亿元, with places from 0 to 10.
func (m Money) YiHeadline(places int, over string) (string, error) {
	return m.headline("亿", yiPlaces, places, over)
}

func (m Money) headline(unit string, finest, places int, over string) (string, error) {
	switch {
	case over != "余" && over != "多":
		return "", NewFault(ErrUnknown, "over", strconv.Quote(over), "余 or 多")
	case places < 0 || places > finest:
		return "", NewFault(ErrRange, "places", strconv.Itoa(places), fmt.Sprintf("0 to %d", finest))
	case m.fen < 0:
		return "", NewFault(ErrRange, "", m.String(), "an amount that is not negative")
	}
	step := int64(powersOfTen[finest-places])
	kept := m.fen - m.fen%step
	text := trimmed(kept, finest) + unit
	if kept == m.fen {
		return text + "元", nil
	}
	if kept == 0 {
		return "", NewFault(ErrRange, "", m.String(), "an amount of which truncation leaves something")
	}
	return text + over + "元", nil
}
