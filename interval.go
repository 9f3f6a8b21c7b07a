package union

import (
	"cmp"
	"slices"
	"strings"

	"github.com/unioncampaign/union/internal/quote"
)

// The bits that say what ends an interval has.
const (
	hasLower uint8 = 1 << iota
	closedLower
	hasUpper
	closedUpper
)

// intervalTextCap is the length of the longest text: two numbers, two brackets
// and a comma.
const intervalTextCap = 2*numberTextCap + 3

// An Interval is a range of numbers whose ends are closed, open or missing. It
// says what a rule means by 及以上, 以下, 不足 and the like, and always holds some
// number. Its text is that of mathematics: "[60,70)" holds 60 and not 70, an empty
// end is unbounded and its bracket round, as in "[90,)" and "(,60)".
//
// The zero Interval, "(,)", holds every number. Intervals are compared with
// Equal; == does not compile.
type Interval struct {
	_            [0]func()
	lower, upper Number
	bounds       uint8
}

// ParseInterval reads an interval: a bracket, a number or nothing, a comma, a
// number or nothing, a bracket, without spaces, each number as [ParseNumber]
// reads it. It fails with
//   - [ErrText], if text is not of that form, or an end that is missing is closed;
//   - what [ParseNumber] reports of an end;
//   - [ErrOrder], if no number lies in the interval.
func ParseInterval(text string) (Interval, error) {
	refused := NewFault(ErrText, "", quote.Key(text), `an interval such as "[60,70)" or "[90,)"`)
	if len(text) < len("(,)") || len(text) > intervalTextCap {
		return Interval{}, refused
	}
	open, closing := text[0], text[len(text)-1]
	lower, upper, comma := strings.Cut(text[1:len(text)-1], ",")
	if !comma || open != '(' && open != '[' || closing != ')' && closing != ']' {
		return Interval{}, refused
	}
	if lower == "" && open == '[' || upper == "" && closing == ']' {
		return Interval{}, refused
	}
	var made Interval
	var err error
	if made.lower, err = made.parseEnd(lower, hasLower, closedLower, open == '['); err != nil {
		return Interval{}, Within("lower", err)
	}
	if made.upper, err = made.parseEnd(upper, hasUpper, closedUpper, closing == ']'); err != nil {
		return Interval{}, Within("upper", err)
	}
	if made.low().compare(made.high()) >= 0 {
		return Interval{}, NewFault(ErrOrder, "", quote.Key(text), "a lower end below the upper")
	}
	return made, nil
}

// MustParseInterval is [ParseInterval] for literals: it panics where that fails.
func MustParseInterval(text string) Interval {
	interval, err := ParseInterval(text)
	if err != nil {
		panic(err)
	}
	return interval
}

// AtLeast returns the numbers from n up, n included: "[n,)".
func AtLeast(n Number) Interval { return Interval{lower: n, bounds: hasLower | closedLower} }

// MoreThan returns the numbers above n, n excluded: "(n,)".
func MoreThan(n Number) Interval { return Interval{lower: n, bounds: hasLower} }

// AtMost returns the numbers up to n, n included: "(,n]".
func AtMost(n Number) Interval { return Interval{upper: n, bounds: hasUpper | closedUpper} }

// LessThan returns the numbers below n, n excluded: "(,n)".
func LessThan(n Number) Interval { return Interval{upper: n, bounds: hasUpper} }

// Lower returns the lower end and whether the interval holds it; ok is false if
// there is none.
func (i Interval) Lower() (n Number, closed, ok bool) {
	return i.lower, i.has(closedLower), i.has(hasLower)
}

// Upper returns the upper end and whether the interval holds it; ok is false if
// there is none.
func (i Interval) Upper() (n Number, closed, ok bool) {
	return i.upper, i.has(closedUpper), i.has(hasUpper)
}

// Contains reports whether n lies in the interval.
func (i Interval) Contains(n Number) bool {
	if i.has(hasLower) {
		if c := n.Cmp(i.lower); c < 0 || c == 0 && !i.has(closedLower) {
			return false
		}
	}
	if i.has(hasUpper) {
		if c := n.Cmp(i.upper); c > 0 || c == 0 && !i.has(closedUpper) {
			return false
		}
	}
	return true
}

// Some returns a number that the interval holds: an end of it if it holds one,
// else one midway between its ends or 1 away from its only one, and 0 if it has
// none. It serves to name what is wrong with an interval.
func (i Interval) Some() Number { return numberBetween(i.low(), i.high(), Whole(1)) }

// Common returns the interval of the numbers that both intervals hold, and false
// if there are none.
func (i Interval) Common(other Interval) (Interval, bool) {
	low := other.low()
	if low.compare(i.low()) < 0 {
		low = i.low()
	}
	return intervalBetween(low, lowerEdge(i.high(), other.high()))
}

// Without returns the numbers of the interval that none of others holds, as
// intervals from the lowest up that neither meet nor overlap; none if the others
// leave no number.
func (i Interval) Without(others ...Interval) []Interval {
	others = slices.Clone(others)
	slices.SortFunc(others, func(a, b Interval) int { return a.low().compare(b.low()) })
	var rest []Interval
	reached := i.low() // all below it is in one of others, or in rest
	for _, other := range others {
		if run, ok := intervalBetween(reached, lowerEdge(other.low(), i.high())); ok {
			rest = append(rest, run)
		}
		if other.high().compare(reached) > 0 {
			reached = other.high()
		}
	}
	if run, ok := intervalBetween(reached, i.high()); ok {
		rest = append(rest, run)
	}
	return rest
}

// Equal reports whether both intervals hold the same numbers.
func (i Interval) Equal(other Interval) bool {
	return i.bounds == other.bounds && i.lower.Equal(other.lower) && i.upper.Equal(other.upper)
}

// String returns the interval in the form that [ParseInterval] reads.
func (i Interval) String() string {
	text := "("
	if i.has(closedLower) {
		text = "["
	}
	if i.has(hasLower) {
		text += i.lower.String()
	}
	text += ","
	if i.has(hasUpper) {
		text += i.upper.String()
	}
	if i.has(closedUpper) {
		return text + "]"
	}
	return text + ")"
}

// MarshalText writes the interval as [Interval.String] does. An end whose text
// could not be read back is [ErrRange].
func (i Interval) MarshalText() ([]byte, error) {
	for _, end := range []Number{i.lower, i.upper} {
		if _, err := end.MarshalText(); err != nil {
			return nil, err
		}
	}
	return []byte(i.String()), nil
}

// UnmarshalText reads the interval as [ParseInterval] does; i is unchanged on
// error.
func (i *Interval) UnmarshalText(text []byte) error {
	read, err := parseBytes(text, intervalTextCap, ParseInterval)
	if err != nil {
		return err
	}
	*i = read
	return nil
}

// UnmarshalJSON reads the interval from a JSON string as [ParseInterval] does.
// Anything else, null too, is [ErrText]. i is unchanged on error.
func (i *Interval) UnmarshalJSON(data []byte) error {
	read, err := parseJSON(data, ParseInterval)
	if err != nil {
		return err
	}
	*i = read
	return nil
}

func (i Interval) has(bound uint8) bool { return i.bounds&bound != 0 }

// parseEnd reads one end and notes in the bounds that there is one.
func (i *Interval) parseEnd(text string, has, closed uint8, isClosed bool) (Number, error) {
	if text == "" {
		return Number{}, nil
	}
	i.bounds |= has
	if isClosed {
		i.bounds |= closed
	}
	return ParseNumber(text)
}

// An edge is a place between numbers: just before or just after one, or beyond
// all of them. An interval is what lies between two edges, so that "[60" and
// "60)" are the same edge and "(60" and "60]" are another.
type edge struct {
	at    Number
	after bool // after the number, else before it
	end   int  // -1 or 1: beyond all numbers, downwards or upwards
}

// low returns the edge at which the interval begins.
func (i Interval) low() edge {
	if !i.has(hasLower) {
		return edge{end: -1}
	}
	return edge{at: i.lower, after: !i.has(closedLower)}
}

// high returns the edge at which the interval ends.
func (i Interval) high() edge {
	if !i.has(hasUpper) {
		return edge{end: 1}
	}
	return edge{at: i.upper, after: i.has(closedUpper)}
}

// compare returns -1, 0 or 1 as e is below, at or above other.
func (e edge) compare(other edge) int {
	if e.end != other.end {
		return cmp.Compare(e.end, other.end)
	}
	if c := e.at.Cmp(other.at); c != 0 {
		return c
	}
	switch {
	case e.after == other.after:
		return 0
	case e.after:
		return 1
	}
	return -1
}

// lowerEdge returns the lower of two edges.
func lowerEdge(a, b edge) edge {
	if a.compare(b) < 0 {
		return a
	}
	return b
}

// intervalBetween returns the interval between two edges, and false if no number
// lies there.
func intervalBetween(low, high edge) (Interval, bool) {
	if low.compare(high) >= 0 {
		return Interval{}, false
	}
	made := Interval{lower: low.at, upper: high.at}
	if low.end == 0 {
		made.bounds |= hasLower
		if !low.after {
			made.bounds |= closedLower
		}
	}
	if high.end == 0 {
		made.bounds |= hasUpper
		if high.after {
			made.bounds |= closedUpper
		}
	}
	return made, true
}

// numberBetween returns a number that lies between the edges, of which low is the
// lower: an end if one lies there, else one a step away from it or midway.
func numberBetween(low, high edge, step Number) Number {
	switch {
	case low.end == 0 && !low.after:
		return low.at
	case high.end == 0 && high.after:
		return high.at
	case low.end == 0 && high.end == 0:
		half, _ := NewNumber(1, 2)
		return low.at.Add(high.at).Mul(half)
	case low.end == 0:
		return low.at.Add(step)
	case high.end == 0:
		return high.at.Sub(step)
	}
	return Number{}
}
