package union

import (
	"slices"
	"strings"
	"time"
)

// Capitals returns the day in uppercase numerals as instruments of payment have it,
// so that nothing can be added to it: 贰零壹零年零壹月壹拾伍日. 零 stands before the
// months 壹, 贰 and 壹拾 and before the days 壹 to 玖, 壹拾, 贰拾 and 叁拾 (支付结算办法
// 附一). The zero Date has an empty text.
func (d Date) Capitals() string {
	if d.IsZero() {
		return ""
	}
	year, month, day := d.civil()
	var text strings.Builder
	for _, power := range [...]int{1000, 100, 10, 1} {
		text.WriteRune(capitalDigits[year/power%10])
	}
	text.WriteRune('年')
	writeCapitalPart(&text, int(month), month == time.January || month == time.February || month == time.October)
	text.WriteRune('月')
	writeCapitalPart(&text, day, day < 10 || day%10 == 0)
	text.WriteRune('日')
	return text.String()
}

// writeCapitalPart writes a month or a day, which is below 100.
func writeCapitalPart(text *strings.Builder, n int, zero bool) {
	if zero {
		text.WriteRune('零')
	}
	if n >= 10 {
		text.WriteRune(capitalDigits[n/10])
		text.WriteRune('拾')
	}
	if n%10 > 0 {
		text.WriteRune(capitalDigits[n%10])
	}
}

// ParseCapitalDate reads a day in uppercase numerals: what [Date.Capitals] writes,
// with 零 before any month of one numeral too, and with traditional characters. Any
// other text, and a day that does not exist, is [ErrText]: one without a 零 or a 壹
// that must be there might have had something added to it.
func ParseCapitalDate(text string) (Date, error) {
	if len(text) > maxCapitalsText {
		return Date{}, faultOfCapitalDate()
	}
	var parts [3][]rune
	rest := []rune(text)
	for i, end := range [...]rune{'年', '月', '日'} {
		at := slices.Index(rest, end)
		if at < 0 {
			return Date{}, faultOfCapitalDate()
		}
		parts[i], rest = rest[:at], rest[at+1:]
		for j, character := range parts[i] {
			parts[i][j], _ = standardCapital(character)
		}
	}
	year := 0
	for _, character := range parts[0] {
		digit := slices.Index(capitalDigits[:], character)
		if digit < 0 {
			return Date{}, faultOfCapitalDate()
		}
		year = year*10 + digit
	}
	month, day := capitalPart(parts[1]), capitalPart(parts[2])
	date, err := NewDate(year, time.Month(month), day)
	if err != nil || len(parts[0]) != 4 || len(rest) > 0 {
		return Date{}, faultOfCapitalDate()
	}
	for i, n := range [...]int{month, day} {
		zero := i == 1 && n < 10 || n < 3 || n%10 == 0 // 零 must be there
		if has := parts[i+1][0] == '零'; has != zero && (!has || n > 10) {
			return Date{}, faultOfCapitalDate()
		}
	}
	return date, nil
}

// capitalPart returns the number that a month or a day is, with or without 零, and 0
// for what is none.
func capitalPart(characters []rune) int {
	if len(characters) > 0 && characters[0] == '零' {
		characters = characters[1:]
	}
	tens, ones := 0, 0
	if len(characters) >= 2 && characters[1] == '拾' {
		tens, characters = slices.Index(capitalDigits[:], characters[0]), characters[2:]
		if tens < 1 {
			return 0
		}
	}
	switch {
	case len(characters) > 1:
		return 0
	case len(characters) == 1:
		if ones = slices.Index(capitalDigits[:], characters[0]); ones < 1 {
			return 0
		}
	}
	return tens*10 + ones
}

func faultOfCapitalDate() error {
	return NewFault(ErrText, "", "another text", "a day such as 贰零壹零年零壹月壹拾伍日")
}
