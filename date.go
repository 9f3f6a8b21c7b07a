package union

import (
	"encoding/json"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"
)

// A Date is a civil day of the Gregorian calendar between 0001-01-01 and
// 9999-12-31, without a time and without a zone: what a notice or a form means
// by a day. Dates are compared with == and may be keys of maps.
//
// The zero Date is no day: "not stated". Its text is empty, and it stands before
// every day.
type Date struct{ day int32 }

// The bounds of the calendar. A Date counts its days from 0000-12-31, so that zero is
// no day.
const (
	lastYear       = 9999
	lastDay  int32 = 3652059 // 9999-12-31
)

// The lengths of the calendar's cycles in days.
const (
	yearDays   = 365
	cycle4     = 4*yearDays + 1
	cycle100   = 25*cycle4 - 1
	cycle400   = 4*cycle100 + 1
	weekLength = 7
)

// monthStarts holds the days of a common year that go before each month.
var monthStarts = [...]int{0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334, 365}

// NewDate returns the day of year, month and day. A day that the calendar does
// not have, such as 29 February 2025 or any in the year 0, is [ErrRange]; it is
// never carried over into the next month.
func NewDate(year int, month time.Month, day int) (Date, error) {
	if year < 1 || year > lastYear {
		return Date{}, NewFault(ErrRange, "year", strconv.Itoa(year), "1 to 9999")
	}
	if month < time.January || month > time.December {
		return Date{}, NewFault(ErrRange, "month", strconv.Itoa(int(month)), "1 to 12")
	}
	if last := monthLength(year, month); day < 1 || day > last {
		return Date{}, NewFault(ErrRange, "day", strconv.Itoa(day), "1 to "+strconv.Itoa(last))
	}
	return dateOf(year, month, day), nil
}

// dateOf returns a day known to be in the calendar.
func dateOf(year int, month time.Month, day int) Date {
	past := year - 1
	days := past*yearDays + past/4 - past/100 + past/400
	return Date{int32(days + daysBefore(year, month) + day)}
}

// daysBefore returns how many days of the year go before the month.
func daysBefore(year int, month time.Month) int {
	days := monthStarts[month-1]
	if month > time.February && isLeap(year) {
		days++
	}
	return days
}

func isLeap(year int) bool { return year%4 == 0 && (year%100 != 0 || year%400 == 0) }

func monthLength(year int, month time.Month) int {
	length := monthStarts[month] - monthStarts[month-1]
	if month == time.February && isLeap(year) {
		length++
	}
	return length
}

// ParseDate reads "2010-05-04", the only form that is accepted. Its errors:
//   - [ErrText], for text of any other form;
//   - [ErrRange], for a day that the calendar does not have.
//
// A message quotes text only if it could have been meant for a day: what stands
// in a day's place by mistake may be somebody's number.
func ParseDate(text string) (Date, error) {
	const form = "2010-05-04"
	if len(text) != len(form) || text[4] != '-' || text[7] != '-' {
		return Date{}, NewFault(ErrText, "", quoteDay(text), form)
	}
	year, okYear := parseDigits(text[:4])
	month, okMonth := parseDigits(text[5:7])
	day, okDay := parseDigits(text[8:])
	if !okYear || !okMonth || !okDay {
		return Date{}, NewFault(ErrText, "", quoteDay(text), form)
	}
	return NewDate(year, time.Month(month), day)
}

// parseDigits reads a few ASCII digits.
func parseDigits(text string) (int, bool) {
	n := 0
	for i := range len(text) {
		if text[i] < '0' || text[i] > '9' {
			return 0, false
		}
		n = 10*n + int(text[i]-'0')
	}
	return n, true
}

// quoteDay returns text for a message if it is made of what days are written
// with and no longer than a day, else only its length.
func quoteDay(text string) string {
	const longest = len("2010-05-04")
	length := utf8.RuneCountInString(text)
	if length > longest || strings.Trim(text, "0123456789-/.年月日 ") != "" {
		return "a text of " + strconv.Itoa(length) + " characters"
	}
	return strconv.Quote(text)
}

// MustParseDate is [ParseDate] for literals: it panics where ParseDate fails.
func MustParseDate(text string) Date {
	day, err := ParseDate(text)
	if err != nil {
		panic(err)
	}
	return day
}

// NthWeekday returns the nth weekday of a month, counted from 1: the first
// Saturday of May 2010 is NthWeekday(2010, time.May, time.Saturday, 1). A year,
// a month or a weekday that does not exist is [ErrRange], and so is an n that
// the month does not have: every month has four of each weekday, some five.
func NthWeekday(year int, month time.Month, weekday time.Weekday, n int) (Date, error) {
	first, err := NewDate(year, month, 1)
	if err != nil {
		return Date{}, err
	}
	if weekday < time.Sunday || weekday > time.Saturday {
		return Date{}, NewFault(ErrRange, "weekday", strconv.Itoa(int(weekday)), "0 to 6")
	}
	if n < 1 || n > 5 {
		return Date{}, NewFault(ErrRange, "n", strconv.Itoa(n), "1 to 5")
	}
	ahead := (int(weekday-first.Weekday()) + weekLength) % weekLength
	day := 1 + ahead + (n-1)*weekLength
	if day > monthLength(year, month) {
		return Date{}, NewFault(ErrRange, "n", strconv.Itoa(n), "1 to 4")
	}
	return dateOf(year, month, day), nil
}

// IsZero reports whether d is no day.
func (d Date) IsZero() bool { return d == Date{} }

// Year returns the year, 1 to 9999, and 0 of the zero Date.
func (d Date) Year() int { year, _ := d.ordinal(); return year }

// Month returns the month, and 0 of the zero Date.
func (d Date) Month() time.Month { _, month, _ := d.civil(); return month }

// Day returns the day of the month, 1 to 31, and 0 of the zero Date.
func (d Date) Day() int { _, _, day := d.civil(); return day }

// civil returns year, month and day, all zero of the zero Date.
func (d Date) civil() (int, time.Month, int) {
	if d.IsZero() {
		return 0, 0, 0
	}
	year, days := d.ordinal()
	month := time.January
	for month < time.December && days >= daysBefore(year, month+1) {
		month++
	}
	return year, month, days - daysBefore(year, month) + 1
}

// ordinal returns the year and how many of its days are past, both zero of the zero
// Date.
func (d Date) ordinal() (year, days int) {
	if d.IsZero() {
		return 0, 0
	}
	days = int(d.day) - 1
	year = 1 + days/cycle400*400
	days %= cycle400
	// The last day of the fourth century, and of the fourth year, belongs to
	// it: the cycle before is a day longer than the division says.
	centuries := min(days/cycle100, 3)
	year += centuries * 100
	days -= centuries * cycle100
	year += days / cycle4 * 4
	days %= cycle4
	years := min(days/yearDays, 3)
	year += years
	return year, days - years*yearDays
}

// Weekday returns the day of the week. That of the zero Date means nothing.
func (d Date) Weekday() time.Weekday { return time.Weekday(d.day % weekLength) }

// Compare returns -1 if d is before other, 0 if they are the same day and +1 if
// d is after other. The zero Date is before all days.
func (d Date) Compare(other Date) int {
	switch {
	case d.day < other.day:
		return -1
	case d.day > other.day:
		return 1
	}
	return 0
}

// Before reports whether d is before other. The zero Date is before all days.
func (d Date) Before(other Date) bool { return d.day < other.day }

// After reports whether d is after other. The zero Date is after none.
func (d Date) After(other Date) bool { return d.day > other.day }

// DaysSince returns how many days d is after earlier, negative if it is before:
// 1 from one day to the next. From or to the zero Date it is 0, which means
// nothing: ask [Date.IsZero] first.
func (d Date) DaysSince(earlier Date) int {
	if d.IsZero() || earlier.IsZero() {
		return 0
	}
	return int(d.day - earlier.day)
}

// AddDays returns the day n days later, earlier if n is negative. Of the zero
// Date it is [ErrMissing]; a day outside the calendar is [ErrRange].
func (d Date) AddDays(n int) (Date, error) {
	if d.IsZero() {
		return Date{}, NewFault(ErrMissing, "day", "", "")
	}
	if n < int(1-d.day) || n > int(lastDay-d.day) {
		return Date{}, NewFault(ErrRange, "days", strconv.Itoa(n), "a day from 0001-01-01 to 9999-12-31")
	}
	return Date{d.day + int32(n)}, nil
}

// AddMonths returns the same day of the month n months later, earlier if n is
// negative, and the month's last day where it has no such day: a month after
// 31 January is 28 or 29 February. Of the zero Date it is [ErrMissing]; a day
// outside the calendar is [ErrRange].
func (d Date) AddMonths(n int) (Date, error) {
	if d.IsZero() {
		return Date{}, NewFault(ErrMissing, "day", "", "")
	}
	year, month, day := d.civil()
	past := (year-1)*12 + int(month) - 1 // months since January of the year 1
	if n < -past || n > lastYear*12-1-past {
		return Date{}, NewFault(ErrRange, "months", strconv.Itoa(n), "a day from 0001-01-01 to 9999-12-31")
	}
	past += n
	year, month = past/12+1, time.Month(past%12+1)
	return dateOf(year, month, min(day, monthLength(year, month))), nil
}

// String returns "2010-05-04", and an empty text of the zero Date.
func (d Date) String() string {
	if d.IsZero() {
		return ""
	}
	year, month, day := d.civil()
	text := make([]byte, 0, len("2010-05-04"))
	text = appendDigits(text, year/100)
	text = appendDigits(text, year%100)
	text = appendDigits(append(text, '-'), int(month))
	text = appendDigits(append(text, '-'), day)
	return string(text)
}

// appendDigits appends the two digits of n, which is below 100.
func appendDigits(text []byte, n int) []byte {
	return append(text, '0'+byte(n/10), '0'+byte(n%10))
}

// Chinese returns the day as running text writes it, "2010年5月4日", and an empty
// text of the zero Date.
func (d Date) Chinese() string {
	if d.IsZero() {
		return ""
	}
	year, month, day := d.civil()
	return strconv.Itoa(year) + "年" + strconv.Itoa(int(month)) + "月" + strconv.Itoa(day) + "日"
}

// MarshalText writes the day as [Date.String] does. It never fails.
func (d Date) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText reads what MarshalText writes: a day as [ParseDate] reads it,
// with its errors, or an empty text, which is the zero Date. On error d is
// unchanged.
func (d *Date) UnmarshalText(text []byte) error {
	if len(text) == 0 {
		*d = Date{}
		return nil
	}
	day, err := ParseDate(string(text))
	if err != nil {
		return err
	}
	*d = day
	return nil
}

// UnmarshalJSON reads a JSON string as [Date.UnmarshalText] reads its text, with
// the same errors. Any other JSON is [ErrText], null too: a day that is not
// stated is left out, or written "". On error d is unchanged.
func (d *Date) UnmarshalJSON(data []byte) error {
	text, err := textOfJSON(data, `"2010-05-04"`)
	if err != nil {
		return err
	}
	return d.UnmarshalText([]byte(text))
}

// textOfJSON returns the text of a JSON string and refuses any other JSON, null
// too, which encoding/json would pass over.
func textOfJSON(data []byte, want string) (string, error) {
	var text *string
	if err := json.Unmarshal(data, &text); err != nil || text == nil {
		return "", NewFault(ErrText, "", "no JSON string", want)
	}
	return *text, nil
}
