package union

import (
	"strconv"
	"strings"
	"unicode"

	"github.com/unioncampaign/union/internal/exact"
	"github.com/unioncampaign/union/internal/quote"
)

// Known says how exactly a reported count is known. The zero Known is not
// one.
type Known uint8

// The ways of knowing a count, with the words that say so.
const (
	Exactly  Known = iota + 1 // no word: the number itself
	Over                      // 余, 多, 以上, 超过: at least the number, and less than a step above it
	Near                      // 近: less than the number, and more than a step below it
	About                     // 左右, 约: within a step of the number either way
	Unstated                  // 不详: nothing is known
)

var knownTexts = [...]string{"", "exactly", "over", "near", "about", "unstated"}

// String returns "exactly", "over", "near", "about", "unstated" or, for any other
// value, its number, as in "Known(9)".
func (k Known) String() string {
	if k.known() {
		return knownTexts[k]
	}
	return "Known(" + strconv.Itoa(int(k)) + ")"
}

// MarshalText writes k as String does. A value that is none of the five is
// [ErrUnknown].
func (k Known) MarshalText() ([]byte, error) {
	if !k.known() {
		return nil, NewFault(ErrUnknown, "", k.String(), wantChoice(knownTexts[1:]))
	}
	return []byte(k.String()), nil
}

// UnmarshalText reads what MarshalText writes; any other text is [ErrUnknown]
// and leaves k unchanged.
func (k *Known) UnmarshalText(text []byte) error {
	chosen, err := choose(text, knownTexts[1:])
	if err != nil {
		return err
	}
	*k = Known(chosen + 1)
	return nil
}

func (k Known) known() bool { return k >= Exactly && int(k) < len(knownTexts) }

// The bounds of a count's text.
const (
	countTextCap   = 64 // bytes
	measureTextCap = 30 // bytes, so that the text of every count can be read back
)

// A Count is a number as a report states it: of what measure, to which place it
// is printed, and how it is known. It stands for all the whole numbers that the
// statement leaves open, so that a check asks whether the figure worked out lies
// among them. No count is below zero.
//
// Counts are compared with ==. The zero Count is unstated, of no measure.
type Count struct {
	n       int64
	step    int64 // a power of ten; 1 if exact, 0 if unstated
	measure Measure
	known   Known // 0 if unstated
}

// NewCount returns the count of n, known as said. The step is the worth of the
// last place that is printed, a power of ten: 100 of 2800余. An exact count has
// a step of 1, or 0; an unstated one an n and a step of 0. It reports the first of
//   - [ErrUnknown], if known is none of the five;
//   - [ErrMeasure], if the measure is not made of letters, is longer than 30
//     bytes, or begins or ends with a word that says how a count is known;
//   - [ErrRange], if n is negative;
//   - [ErrRange], if the step does not fit what is known or does not divide n,
//     leaves no number open, or is one that no text could tell;
//   - [ErrOverflow], if a number left open does not fit.
func NewCount(n, step int64, measure Measure, known Known) (Count, error) {
	switch {
	case !known.known():
		return Count{}, NewFault(ErrUnknown, "known", known.String(), wantChoice(knownTexts[1:]))
	case !measure.countable():
		return Count{}, NewFault(ErrMeasure, "measure", quote.Key(string(measure)), "letters, as in 人次")
	case n < 0:
		return Count{}, NewFault(ErrRange, "n", strconv.FormatInt(n, 10), "0 or more")
	case known == Unstated && n == 0 && step == 0:
		return Count{measure: measure}, nil
	case known == Exactly && (step == 0 || step == 1):
		return Count{n: n, step: 1, measure: measure, known: Exactly}, nil
	case !stepFits(n, step, known):
		return Count{}, NewFault(ErrRange, "step", strconv.FormatInt(step, 10),
			"the worth of a place to which "+strconv.FormatInt(n, 10)+" is printed")
	}
	if _, ok := exact.Add(n, step); !ok {
		return Count{}, NewFault(ErrOverflow, "n", strconv.FormatInt(n, 10), "")
	}
	return Count{n: n, step: step, measure: measure, known: known}, nil
}

// Headline returns n as a headline states it: cut to its first digits places,
// and said to be over that where something was cut. Of 2837 persons with 2
// digits it is 2800余人, of 2800 it is 2800人. It reports the first of
//   - [ErrRange], if digits is below 1;
//   - what [NewCount] reports of n and the measure.
func Headline(n int64, digits int, measure Measure) (Count, error) {
	if digits < 1 {
		return Count{}, NewFault(ErrRange, "digits", strconv.Itoa(digits), "1 or more")
	}
	// No int64 has more than 19 digits, of which at least one is kept.
	power, _ := exact.Pow10(max(0, len(strconv.FormatInt(n, 10))-digits))
	cut := n
	if n > 0 {
		cut -= n % power
	}
	if cut == n {
		return NewCount(n, 1, measure, Exactly)
	}
	return NewCount(cut, lastPlace(cut), measure, Over)
}

// Contains reports whether n is one of the numbers that c leaves open. An
// unstated count leaves open every number from 0 up: ask [Count.Bounds] first
// where that makes a difference.
func (c Count) Contains(n int64) bool {
	low, high, ok := c.Bounds()
	return n >= low && (n <= high || !ok)
}

// Bounds returns the least and the greatest number that c leaves open, both
// included. It is false if c is unstated.
func (c Count) Bounds() (low, high int64, ok bool) {
	switch c.known {
	case Exactly:
		return c.n, c.n, true
	case Over:
		return c.n, c.n + c.step - 1, true
	case Near:
		return c.n - c.step + 1, c.n - 1, true
	case About:
		return max(0, c.n-c.step), c.n + c.step, true
	case Unstated: // held as 0
	}
	return 0, 0, false
}

// Measure returns what is counted; it is empty if that is not stated.
func (c Count) Measure() Measure { return c.measure }

// Known returns how the number is known, [Unstated] of the zero Count.
func (c Count) Known() Known {
	if c.known == 0 {
		return Unstated
	}
	return c.known
}

// Add returns the sum of two exact counts of one measure. Counts that are not
// exact are not added: their sum would say more, or less, than they do. It
// reports the first of
//   - [ErrMeasure], if the measures differ;
//   - [ErrUnknown], if either is not exact;
//   - [ErrOverflow], if the sum does not fit.
func (c Count) Add(other Count) (Count, error) {
	if c.measure != other.measure {
		return Count{}, NewFault(ErrMeasure, "", other.String(), "a count of "+strconv.Quote(string(c.measure)))
	}
	for _, each := range []Count{c, other} {
		if each.known != Exactly {
			return Count{}, NewFault(ErrUnknown, "", each.String(), "an exact count")
		}
	}
	sum, ok := exact.Add(c.n, other.n)
	if !ok {
		return Count{}, NewFault(ErrOverflow, "", c.String()+" and "+other.String(), "")
	}
	c.n = sum
	return c, nil
}

// String returns c as a report states it, as "2837人", "2800余人", "近3万人",
// "约500人次" or "不详人". [ParseCount] reads it back.
func (c Count) String() string {
	switch c.known {
	case Exactly:
		return strconv.FormatInt(c.n, 10) + string(c.measure)
	case Over:
		return c.printed() + "余" + string(c.measure)
	case Near:
		return "近" + c.printed() + string(c.measure)
	case About:
		return "约" + c.printed() + string(c.measure)
	case Unstated: // held as 0
	}
	return unstatedWord + string(c.measure)
}

// MarshalText writes c as [Count.String] does.
func (c Count) MarshalText() ([]byte, error) { return []byte(c.String()), nil }

// UnmarshalText reads c as [ParseCount] does; c is unchanged on error.
func (c *Count) UnmarshalText(text []byte) error {
	read, err := parseBytes(text, countTextCap, ParseCount)
	if err != nil {
		return err
	}
	*c = read
	return nil
}

// UnmarshalJSON reads c from a JSON string as [ParseCount] does. Anything else,
// null too, is [ErrText]. c is unchanged on error.
func (c *Count) UnmarshalJSON(data []byte) error {
	read, err := parseJSON(data, ParseCount)
	if err != nil {
		return err
	}
	*c = read
	return nil
}

// The words of a count's text.
const unstatedWord = "不详"

var (
	leadingWords  = [...]knownWord{{"超过", Over}, {"近", Near}, {"约", About}}
	trailingWords = [...]knownWord{{"余", Over}, {"多", Over}, {"以上", Over}, {"左右", About}}
	unitWords     = [...]unitWord{{"万", 4}, {"亿", 8}}
)

// A knownWord says how a count is known.
type knownWord struct {
	text  string
	known Known
}

// A unitWord counts in a power of ten.
type unitWord struct {
	text  string
	power int
}

// ParseCount reads a count as reports state it, without spaces or commas:
//
//  1. 超过, 近 or 约, or nothing;
//  2. a number of digits, with a point and more digits where 万 or 亿 follows; the
//     digits may be missing after a word and before 万 or 亿, which then is one
//     of them (近万);
//  3. 万 or 亿, or nothing; 余 or 多 may stand before it (30余万);
//  4. 余, 多, 以上 or 左右, or nothing;
//  5. the measure, or nothing, after which 以上 or 左右 may stand too (500人以上).
//
// 不详 and a measure is an unstated count. Without any word the number is taken
// as exact, and so is 1.1万; otherwise the last place that is printed says how
// far it may be off. That is the last digit after a point, else the last digit
// that is not 0: 2800余人 is 2800 to 2899, 2.38万多 is 23800 to 23899. Two words
// that say different things, as in 近3万余, are refused. It fails with
//   - [ErrText], if text is not of this form, is longer than 64 bytes, says two
//     different things, or goes on after the point beyond single things;
//   - [ErrOverflow], if the number, or one that it leaves open, does not fit;
//   - [ErrMeasure] and [ErrRange] as [NewCount] does, the latter for 近5, which
//     leaves no number open.
func ParseCount(text string) (Count, error) {
	if len(text) > countTextCap {
		return Count{}, refusedCount(text)
	}
	if measure, unstated := strings.CutPrefix(text, unstatedWord); unstated {
		return NewCount(0, 0, Measure(measure), Unstated)
	}
	var read countText
	if !read.scan(text) {
		return Count{}, refusedCount(text)
	}
	n, step, err := read.number(text)
	if err != nil {
		return Count{}, err
	}
	if read.known == 0 {
		return NewCount(n, 1, Measure(read.measure), Exactly)
	}
	return NewCount(n, step, Measure(read.measure), read.known)
}

// refusedCount is the fault of a text that is no count.
func refusedCount(text string) error {
	return NewFault(ErrText, "", quote.Key(text), "a count such as 2800余人 or 近3万人")
}

// A countText is a count's text taken apart.
type countText struct {
	known         Known // 0: no word said so
	whole, places string
	point         bool
	power         int // of ten, that the unit counts in
	measure       string
}

// scan takes text apart, and is false if that cannot be done.
func (c *countText) scan(text string) bool {
	rest, ok := c.leading(text)
	led := c.known != 0
	c.whole, rest = cutDigits(rest)
	if rest, c.point = strings.CutPrefix(rest, "."); c.point {
		c.places, rest = cutDigits(rest)
	}
	ok = ok && c.afterDigits(rest)
	if c.whole == "" && led && c.power > 0 && !c.point {
		c.whole = "1" // 近万
	}
	return ok && c.whole != "" && c.point == (c.places != "") && (!c.point || len(c.places) <= c.power)
}

// afterDigits takes off the unit, the words around it, and the measure.
func (c *countText) afterDigits(text string) bool {
	before, ok := c.trailing(text, trailingWords[:2])
	rest := c.unit(before)
	// 余 or 多 said without a unit is not said again.
	if ok && (c.power > 0 || before == text) {
		rest, ok = c.trailing(rest, trailingWords[:])
	}
	for _, word := range trailingWords[2:] {
		if measure, found := strings.CutSuffix(rest, word.text); found {
			c.measure = measure
			return c.say(word.known) && ok
		}
	}
	c.measure = rest
	return ok
}

// unit takes off 万 or 亿.
func (c *countText) unit(text string) string {
	for _, unit := range unitWords {
		if rest, found := strings.CutPrefix(text, unit.text); found {
			c.power = unit.power
			return rest
		}
	}
	return text
}

// leading takes off a word before the number.
func (c *countText) leading(text string) (string, bool) {
	for _, word := range leadingWords {
		if rest, found := strings.CutPrefix(text, word.text); found {
			return rest, c.say(word.known)
		}
	}
	return text, true
}

// trailing takes off a word after the number.
func (c *countText) trailing(text string, words []knownWord) (string, bool) {
	for _, word := range words {
		if rest, found := strings.CutPrefix(text, word.text); found {
			return rest, c.say(word.known)
		}
	}
	return text, true
}

// say notes how the count is known, and is false if another word said something
// else.
func (c *countText) say(known Known) bool {
	if c.known != 0 && c.known != known {
		return false
	}
	c.known = known
	return true
}

// number returns the number and the worth of its last place printed.
func (c *countText) number(text string) (n, step int64, err error) {
	value := scaledDown(false, c.whole, c.places)
	power, _ := exact.Pow10(c.power)
	// Whole, since there are no more places than the power has.
	n, ok := value.Mul(Whole(power)).Int64()
	if !ok {
		return 0, 0, NewFault(ErrOverflow, "", quote.Key(text), "")
	}
	if c.point {
		step, _ = exact.Pow10(c.power - len(c.places)) // scan lets no more places in than the power has
		return n, step, nil
	}
	return n, lastPlace(n), nil
}

// cutDigits cuts the digits that text begins with.
func cutDigits(text string) (digits, rest string) {
	end := 0
	for end < len(text) && text[end] >= '0' && text[end] <= '9' {
		end++
	}
	return text[:end], text[end:]
}

// lastPlace returns the worth of the last digit of n that is not 0; of 0 it is 1.
func lastPlace(n int64) int64 {
	place := int64(1)
	for n != 0 && n%10 == 0 {
		n /= 10
		place *= 10
	}
	return place
}

// stepFits reports whether step can be the worth of the last place printed of n:
// a power of ten that divides n, of which a text can tell, and which leaves some
// number open.
func stepFits(n, step int64, known Known) bool {
	if known == Exactly || known == Unstated || step < 1 || lastPlace(step) != step {
		return false
	}
	if n%step != 0 || known == Near && (step == 1 || n == 0) {
		return false
	}
	return step == lastPlace(n) || step < 1e8
}

// printed returns the number with its last place, in 万 or 亿 where that is
// shorter or where digits alone would not tell the last place.
func (c Count) printed() string {
	if c.step == lastPlace(c.n) {
		for _, unit := range []unitWord{unitWords[1], unitWords[0]} {
			if power, _ := exact.Pow10(unit.power); c.n != 0 && c.n%power == 0 {
				return strconv.FormatInt(c.n/power, 10) + unit.text
			}
		}
		return strconv.FormatInt(c.n, 10)
	}
	unit := unitWords[0]
	if c.step >= 1e4 {
		unit = unitWords[1]
	}
	places := unit.power + 1 - len(strconv.FormatInt(c.step, 10))
	return pointed(strconv.FormatInt(c.n/c.step, 10), places) + unit.text
}

// countable reports whether a text of a count with this measure can be read
// back.
func (m Measure) countable() bool {
	text := string(m)
	if len(text) > measureTextCap {
		return false
	}
	for _, letter := range text {
		if !unicode.IsLetter(letter) || letter == unicode.ReplacementChar {
			return false
		}
	}
	for _, unit := range unitWords {
		if strings.HasPrefix(text, unit.text) {
			return false
		}
	}
	for _, word := range trailingWords {
		if strings.HasPrefix(text, word.text) || strings.HasSuffix(text, word.text) {
			return false
		}
	}
	return true
}
