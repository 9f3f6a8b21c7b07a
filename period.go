package union

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// openEnd stands for an end that is not known yet, as in ISO 8601-2. A Period holds
// it as the zero Date.
const openEnd = ".."

// A Period is a run of civil days, both ends included: a period from 1 May until
// 31 May has 31 days. Its end may be open, since a campaign may end at an event
// instead of on a day. Periods are compared with == and may be keys of maps.
//
// The zero Period is "not stated": it holds no day and its text is empty.
type Period struct{ from, until Date }

// NewPeriod returns the days from from until until, both included; a zero until
// leaves the end open. Its errors:
//   - [ErrMissing], for a zero from;
//   - [ErrOrder], for an until before from.
func NewPeriod(from, until Date) (Period, error) {
	if from.IsZero() {
		return Period{}, NewFault(ErrMissing, "from", "", "")
	}
	if !until.IsZero() && until.Before(from) {
		return Period{}, NewFault(ErrOrder, "until", until.String(), from.String()+" or later")
	}
	return Period{from: from, until: until}, nil
}

// ParsePeriod reads "2010-05-01/2010-07-31", or "2010-05-01/.." with an open end.
// Its errors:
//   - [ErrText], for text of any other form;
//   - [ErrRange], for a day that the calendar does not have;
//   - [ErrOrder], for an end before the beginning.
func ParsePeriod(text string) (Period, error) {
	first, last, ok := strings.Cut(text, "/")
	if !ok {
		length := strconv.Itoa(utf8.RuneCountInString(text))
		return Period{}, NewFault(ErrText, "", "a text of "+length+" characters", "2010-05-01/2010-07-31")
	}
	from, err := ParseDate(first)
	if err != nil {
		return Period{}, Within("from", err)
	}
	if last == openEnd {
		return Period{from: from}, nil
	}
	until, err := ParseDate(last)
	if err != nil {
		return Period{}, Within("until", err)
	}
	return NewPeriod(from, until)
}

// MustParsePeriod is [ParsePeriod] for literals: it panics where ParsePeriod
// fails.
func MustParsePeriod(text string) Period {
	period, err := ParsePeriod(text)
	if err != nil {
		panic(err)
	}
	return period
}

// IsZero reports whether p is not stated.
func (p Period) IsZero() bool { return p == Period{} }

// From returns the first day; the zero Date if p is zero.
func (p Period) From() Date { return p.from }

// Until returns the last day, and false if the end is open or p is zero.
func (p Period) Until() (Date, bool) { return p.until, !p.until.IsZero() }

// Contains reports whether day lies in p, both ends included. The zero Period
// holds no day, and the zero Date lies in no period.
func (p Period) Contains(day Date) bool {
	if p.IsZero() || day.IsZero() || day.Before(p.from) {
		return false
	}
	return p.until.IsZero() || !day.After(p.until)
}

// Overlaps reports whether p and other have a day in common.
func (p Period) Overlaps(other Period) bool {
	return p.Contains(other.from) || other.Contains(p.from)
}

// Days returns how many days p has, and false if its end is open or p is zero.
func (p Period) Days() (int, bool) {
	if p.until.IsZero() {
		return 0, false
	}
	return p.until.DaysSince(p.from) + 1, true
}

// String returns the text that [ParsePeriod] reads, and an empty text of the
// zero Period.
func (p Period) String() string {
	switch {
	case p.IsZero():
		return ""
	case p.until.IsZero():
		return p.from.String() + "/" + openEnd
	}
	return p.from.String() + "/" + p.until.String()
}

// MarshalText writes the period as [Period.String] does. It never fails.
func (p Period) MarshalText() ([]byte, error) { return []byte(p.String()), nil }

// UnmarshalText reads what MarshalText writes: a period as [ParsePeriod] reads
// it, with its errors, or an empty text, which is the zero Period. On error p is
// unchanged.
func (p *Period) UnmarshalText(text []byte) error {
	if len(text) == 0 {
		*p = Period{}
		return nil
	}
	period, err := ParsePeriod(string(text))
	if err != nil {
		return err
	}
	*p = period
	return nil
}

// UnmarshalJSON reads a JSON string as [Period.UnmarshalText] reads its text,
// with the same errors. Any other JSON is [ErrText], null too. On error p is
// unchanged.
func (p *Period) UnmarshalJSON(data []byte) error {
	text, err := textOfJSON(data, `"2010-05-01/2010-07-31"`)
	if err != nil {
		return err
	}
	return p.UnmarshalText([]byte(text))
}
