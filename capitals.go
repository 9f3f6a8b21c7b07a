package union

import (
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Capitals is a style of writing an amount in uppercase numerals (大写). The two
// official styles differ only in 整, "whole", at the end: both want it after 元
// and neither wants it after 分. A form that does not print 人民币 itself has it
// put directly before the amount. The zero Capitals is no style.
type Capitals uint8

// The styles.
const (
	// BankCapitals leave 整 out after 角, as the bank rule allows: 支付结算办法 附一.
	BankCapitals Capitals = iota + 1
	// AccountingCapitals put 整 after 角 too, as the accounting norm wants:
	// 会计基础工作规范 第五十二条.
	AccountingCapitals
)

var capitalsTexts = [...]string{"", "bank", "accounting"}

// String returns "bank", "accounting" or, for any other value, its number, as in
// "Capitals(9)".
func (c Capitals) String() string {
	if c.known() {
		return capitalsTexts[c]
	}
	return "Capitals(" + strconv.Itoa(int(c)) + ")"
}

// MarshalText writes the style as String does. A value that is none is
// [ErrUnknown].
func (c Capitals) MarshalText() ([]byte, error) {
	if !c.known() {
		return nil, NewFault(ErrUnknown, "", c.String(), wantChoice(capitalsTexts[1:]))
	}
	return []byte(c.String()), nil
}

// UnmarshalText reads what MarshalText writes; any other text is [ErrUnknown]
// and leaves c unchanged.
func (c *Capitals) UnmarshalText(text []byte) error {
	chosen, err := choose(text, capitalsTexts[1:])
	if err != nil {
		return err
	}
	*c = Capitals(chosen + 1)
	return nil
}

func (c Capitals) known() bool { return c >= BankCapitals && int(c) < len(capitalsTexts) }

func (c Capitals) check() error {
	switch {
	case c == 0:
		return NewFault(ErrMissing, "", "", wantChoice(capitalsTexts[1:]))
	case !c.known():
		return NewFault(ErrUnknown, "", c.String(), wantChoice(capitalsTexts[1:]))
	}
	return nil
}

// Capitals returns the amount in uppercase numerals, such as
// 壹仟肆佰零玖元伍角, without 人民币 before it. It is defined for every amount:
// 10^12 yuan are 壹万亿元整, 10^16 are 壹亿亿元整, and a negative amount, for
// which the rules have no form, begins with 负.
//
// Where the rules let 零 be written or left out, it is written before 角 and in
// place of four zeros or more, and left out before any other 仟:
// 壹拾万柒仟元零伍角叁分. [ParseCapitals] reads back what is written here.
//
// The zero style is [ErrMissing], any other that is not known [ErrUnknown].
func (m Money) Capitals(style Capitals) (string, error) {
	if err := style.check(); err != nil {
		return "", err
	}
	var marks [mostMarks]capitalMark
	text := make([]byte, 0, maxCapitalsText)
	if m.fen < 0 {
		text = append(text, "负"...)
	}
	for _, mark := range capitalMarks(marks[:0], magnitude(m.fen)) {
		if mark.written(style) {
			text = utf8.AppendRune(text, mark.character)
		}
	}
	return string(text), nil
}

// A capitalMark is one character of an amount in capitals.
type capitalMark struct {
	character rune
	use       capitalUse
}

// A capitalUse says whether a character must be there.
type capitalUse uint8

const (
	always     capitalUse = iota // must be there
	customary                    // may be left out, and is written here
	spare                        // may be written, and is left out here
	accounting                   // may be left out, and is written in that style
)

func (m capitalMark) written(style Capitals) bool {
	return m.use == always || m.use == customary || m.use == accounting && style == AccountingCapitals
}

var capitalDigits = [...]rune{'零', '壹', '贰', '叁', '肆', '伍', '陆', '柒', '捌', '玖'}

// mostMarks is room enough for the longest amount: a digit, its place and a zero
// before it for each of 19 digits, the ends of sections and 整.
const mostMarks = 64

// capitalMarks appends every character that the rules have for an amount, in
// order, to marks. It is the one place that knows the rules: what is written is
// chosen from it, and what is read must agree with it.
func capitalMarks(marks []capitalMark, fen uint64) []capitalMark {
	yuan, jiao, odd := fen/100, fen/10%10, fen%10
	if yuan > 0 || fen == 0 {
		marks = appendYuan(marks, yuan)
	}
	if jiao > 0 {
		// 元位 is zero and 角位 is not: 零 is at the writer's choice.
		if yuan > 0 && yuan%10 == 0 {
			marks = append(marks, capitalMark{'零', customary})
		}
		marks = append(marks, capitalMark{capitalDigits[jiao], always}, capitalMark{'角', always})
	}
	if odd > 0 {
		// 角位 is zero and 分位 is not: 零 must be written after 元.
		if yuan > 0 && jiao == 0 {
			marks = append(marks, capitalMark{'零', always})
		}
		return append(marks, capitalMark{capitalDigits[odd], always}, capitalMark{'分', always})
	}
	if jiao > 0 {
		return append(marks, capitalMark{'整', accounting})
	}
	return append(marks, capitalMark{'整', always})
}

var capitalPlaces = [...]rune{0, '拾', '佰', '仟'}

// yuanPlaces is how many digits the largest amount has before the point.
const yuanPlaces = 17

// appendYuan appends the characters of a whole number of yuan, 元 included.
func appendYuan(marks []capitalMark, yuan uint64) []capitalMark {
	if yuan == 0 {
		return append(marks, capitalMark{'零', always}, capitalMark{'元', always})
	}
	power := uint64(1e16)
	zeros, begun := 0, false
	for place := yuanPlaces - 1; place >= 0; place-- {
		digit := yuan / power % 10
		switch {
		case digit > 0:
			if begun && zeros > 0 {
				marks = append(marks, capitalMark{'零', zeroUse(place, zeros)})
			}
			marks = append(marks, capitalMark{capitalDigits[digit], always})
			if place%4 > 0 {
				marks = append(marks, capitalMark{capitalPlaces[place%4], always})
			}
			zeros, begun = 0, true
		default:
			zeros++
		}
		if place%4 == 0 {
			marks = appendSection(marks, yuan/power, place)
		}
		power /= 10
	}
	return append(marks, capitalMark{'元', always})
}

// zeroUse says whether 零 must stand for the zeros before the digit at place.
// Before 仟 the zeros include the last place of the section above, where the
// rules leave it to the writer.
func zeroUse(place, zeros int) capitalUse {
	switch {
	case place%4 != 3:
		return always
	case zeros >= 4:
		return customary
	}
	return spare
}

// appendSection appends what ends the section of four places whose last is
// place: above holds the yuan down to there. 万 and the outer 亿 end a section
// that is not empty; the inner 亿 ends everything above it.
func appendSection(marks []capitalMark, above uint64, place int) []capitalMark {
	switch {
	case above == 0:
	case place == 8:
		return append(marks, capitalMark{'亿', always})
	case above%1e4 == 0:
	case place == 16:
		return append(marks, capitalMark{'亿', always})
	case place == 4, place == 12:
		return append(marks, capitalMark{'万', always})
	}
	return marks
}

// maxCapitalsText caps the bytes of a text in capitals; the longest that the
// rules have is shorter.
const maxCapitalsText = 256

// ParseCapitals reads an amount in uppercase numerals. It accepts both styles,
// 零 written or left out where the rules leave that to the writer, 人民币 before
// the amount, 负 before a negative one, 零元 before an amount under one yuan, 圆
// for 元, 正 for 整, and the traditional characters. A text has at most one
// reading; one that breaks the rules has none, even if its meaning is plain.
//
// It fails with:
//   - [ErrText], if text is longer than 256 bytes, has a character that the rules
//     forbid, such as 一, 两, 念, 毛 or 另, or differs from every way of writing
//     the amount that its numerals come to, as by a missing 零, 整 or 壹: the
//     fault names the first wrong character, counted from 1, and the right one;
//   - [ErrOverflow], if the amount does not fit.
func ParseCapitals(text string) (Money, error) {
	if len(text) > maxCapitalsText {
		return Money{}, NewFault(ErrText, "", strconv.Itoa(len(text))+" bytes", "at most 256 bytes")
	}
	characters, err := capitalCharacters(text)
	if err != nil {
		return Money{}, err
	}
	amount := characters
	if len(amount) >= 3 && amount[0] == '人' && amount[1] == '民' && amount[2] == '币' {
		amount = amount[3:]
	}
	negative := len(amount) > 0 && amount[0] == '负'
	if negative {
		amount = amount[1:]
	}
	if len(amount) == 0 {
		return Money{}, faultOfCapital(characters, len(characters), "an amount in uppercase numerals")
	}
	fen, ok := capitalValue(amount)
	if !ok {
		return Money{}, moneyOverflow()
	}
	if wrong, want := compareCapitals(amount, fen); want != "" {
		return Money{}, faultOfCapital(characters, len(characters)-len(amount)+wrong, want)
	}
	value, ok := signed(fen, negative)
	switch {
	case !ok:
		return Money{}, moneyOverflow()
	case negative && fen == 0:
		return Money{}, faultOfCapital(characters, len(characters)-len(amount)-1, "零")
	}
	return Money{fen: value}, nil
}

// capitalCharacters returns the characters of text in their standard form. It
// refuses those that no amount has.
func capitalCharacters(text string) ([]rune, error) {
	characters := make([]rune, 0, utf8.RuneCountInString(text))
	for _, character := range text {
		standard, right := standardCapital(character)
		if right != "" {
			characters = append(characters, character)
			return nil, faultOfCapital(characters, len(characters)-1, right)
		}
		characters = append(characters, standard)
	}
	return characters, nil
}

// standardCapital returns the standard form of a character, or what should have
// been written in place of one that is not allowed.
func standardCapital(character rune) (standard rune, right string) {
	switch character {
	case '零', '壹', '贰', '叁', '肆', '伍', '陆', '柒', '捌', '玖', '拾', '佰', '仟',
		'万', '亿', '元', '角', '分', '整', '负', '人', '民', '币':
		return character, ""
	}
	if i := indexOfRune("圆圓正貳參叄陸萬億負幣", character); i >= 0 {
		return []rune("元元整贰叁叁陆万亿负币")[i], ""
	}
	if i := indexOfRune("一二两兩三四五六七八九十百千毛另〇○块塊", character); i >= 0 {
		return 0, string([]rune("壹贰贰贰叁肆伍陆柒捌玖拾佰仟角零零零元元")[i])
	}
	if character == '念' || character == '廿' {
		return 0, "贰拾"
	}
	return 0, "an uppercase numeral"
}

// indexOfRune returns which of the characters it is, or -1.
func indexOfRune(characters string, character rune) int {
	before, _, found := strings.Cut(characters, string(character))
	if !found {
		return -1
	}
	return utf8.RuneCountInString(before)
}

// capitalValue returns the only amount, in fen, that characters can mean, if
// they mean one at all, and whether it is small enough to be held. It looks at
// digits and units alone; whether the text is well formed is not asked.
func capitalValue(characters []rune) (fen uint64, ok bool) {
	const most = uint64(1<<63) / 1e8 // what may still become 亿
	var above, wan, section, digit, yuan uint64
	for _, character := range characters {
		if place := slices.Index(capitalPlaces[1:], character); place >= 0 {
			// 拾 alone is taken for ten, so that the missing 壹 is what is reported.
			section += max(digit, 1) * powersOfTen[place+1]
			digit = 0
			continue
		}
		switch character {
		case '万':
			wan = (section + digit) * 1e4
			section, digit = 0, 0
		case '亿':
			above += wan + section + digit
			if above > most {
				return 0, false
			}
			above *= 1e8
			wan, section, digit = 0, 0, 0
		case '元':
			yuan = above + wan + section + digit
			above, wan, section, digit = 0, 0, 0, 0
		case '角':
			fen += digit * 10
			digit = 0
		case '分':
			fen += digit
			digit = 0
		default:
			if value := slices.Index(capitalDigits[1:], character); value >= 0 {
				digit = uint64(value) + 1
			}
		}
	}
	if yuan == 0 { // a missing 元 is reported where it is missing
		yuan = above + wan + section + digit
	}
	if yuan > uint64(1<<63)/100 {
		return 0, false
	}
	return yuan*100 + fen, true
}

// compareCapitals returns the first place at which characters differ from every
// way of writing the amount, and what should stand there, or "" if they are one
// of the ways.
func compareCapitals(characters []rune, fen uint64) (wrong int, want string) {
	var room [mostMarks]capitalMark
	marks, at := room[:0], 0
	if 0 < fen && fen < 100 && len(characters) >= 2 && characters[0] == '零' && characters[1] == '元' {
		at = 2 // 零元 before an amount under one yuan
		if fen < 10 {
			marks = append(marks, capitalMark{'零', always})
		}
	}
	for _, mark := range capitalMarks(marks, fen) {
		switch {
		case at < len(characters) && characters[at] == mark.character:
			at++
		case mark.use == always:
			return at, string(mark.character)
		}
	}
	if at < len(characters) {
		return at, "nothing more"
	}
	return 0, ""
}

func faultOfCapital(characters []rune, at int, want string) error {
	got := "the end of the text"
	if at < len(characters) {
		got = strconv.Quote(string(characters[at])) + " as character " + strconv.Itoa(at+1)
	}
	return NewFault(ErrText, "", got, want)
}
