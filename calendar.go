package union

import (
	"slices"
	"sort"
	"strconv"
	"time"

	"github.com/unioncampaign/union/internal/quote"
)

// A Holiday is a run of days off that a notice proclaims, rest days among them
// included, as in 10月1日至7日放假.
type Holiday struct {
	Title string `json:"title"`
	Days  Period `json:"days"`
}

// A CalendarSpec describes which days of a period are working days: the notices
// on holidays that were in force, put together by the caller.
type CalendarSpec struct {
	Rule
	Covers   Period    `json:"covers"`             // the days that the notices settle, both ends stated
	Rest     []string  `json:"rest"`               // weekly rest days, as "Saturday"
	Holidays []Holiday `json:"holidays,omitempty"` // days off, whatever their weekday
	MakeUp   []Date    `json:"make_up,omitempty"`  // rest days that are worked instead (调休上班)
}

// calendarDocument names the JSON of a Calendar.
const calendarDocument = "union.calendar/1"

// A Calendar knows which days of a period are working days. Which those are is
// proclaimed year by year, so outside the period that it covers it answers
// nothing: [ErrRange]. It never changes once made. Its size depends on how many
// holidays and make-up days there are, not on how many days it covers. Its JSON
// is a document "union.calendar/1".
//
// The zero Calendar covers no day.
type Calendar struct {
	spec  CalendarSpec
	id    RuleID
	rest  [weekLength]bool
	apart []stretch // ascending, no two on one day
}

// A stretch is days whose weekday does not tell whether they are worked: a
// holiday, or one make-up day.
type stretch struct {
	from, until Date
	worked      bool
	before      int // how many working days the calendar has before it
}

// NewCalendar returns the calendar that spec describes. It reports all the faults
// that it finds, joined:
//   - [ErrMissing], for what [Rule.Check] reports, for a covered period without
//     either end, for no weekly rest day, and for a holiday without title, days
//     or last day;
//   - [ErrRange], for a holiday or a make-up day outside the days covered, and
//     for a make-up day that would be worked anyway;
//   - [ErrUnknown], for a weekly rest day that is no weekday's English name;
//   - [ErrRepeated], for a weekday or a make-up day given twice, for a holiday on
//     a day of an earlier one, and for a make-up day on a holiday;
//   - [ErrText], for text that is not UTF-8.
func NewCalendar(spec CalendarSpec) (Calendar, error) {
	spec.Rest, spec.MakeUp = append([]string(nil), spec.Rest...), append([]Date(nil), spec.MakeUp...)
	spec.Holidays = append([]Holiday(nil), spec.Holidays...)
	var faults FaultList
	faults.Within("", spec.Check())
	checkCovers(&faults, spec.Covers)
	made := Calendar{spec: spec, rest: weekdaysOf(&faults, spec.Rest)}
	made.apart = holidaysOf(&faults, spec)
	made.apart = append(made.apart, makeUpDaysOf(&faults, made)...)
	if err := faults.Err(); err != nil {
		return Calendar{}, err
	}
	id, err := IdentifyRule(calendarDocument, spec)
	if err != nil {
		return Calendar{}, err
	}
	made.id = id
	slices.SortFunc(made.apart, func(a, b stretch) int { return a.from.Compare(b.from) })
	for i := range made.apart { // each from those before it
		made.apart[i].before = made.before(made.apart[i].from)
	}
	return made, nil
}

// checkCovers reports a covered period that is not stated whole.
func checkCovers(faults *FaultList, covers Period) {
	if covers.IsZero() {
		faults.Add(ErrMissing, "covers", "", "")
	} else if _, closed := covers.Until(); !closed {
		faults.Add(ErrMissing, "covers.until", "", "")
	}
}

// weekdaysOf reads the weekly rest days.
func weekdaysOf(faults *FaultList, names []string) [weekLength]bool {
	var rest [weekLength]bool
	if len(names) == 0 {
		faults.Add(ErrMissing, "rest", "", "")
	}
	for i, name := range names {
		weekday := time.Sunday
		for weekday <= time.Saturday && weekday.String() != name {
			weekday++
		}
		switch {
		case weekday > time.Saturday:
			faults.Add(ErrUnknown, Indexed("rest", i), quote.Key(name), "Monday to Sunday")
		case rest[weekday]:
			faults.Add(ErrRepeated, Indexed("rest", i), quote.Key(name), "another weekday")
		default:
			rest[weekday] = true
		}
	}
	return rest
}

// holidaysOf returns the days off in their order, and reports each holiday that
// is not stated whole, lies outside the days covered or shares a day with an
// earlier one.
func holidaysOf(faults *FaultList, spec CalendarSpec) []stretch {
	var off []stretch
	for i, holiday := range spec.Holidays {
		where := Indexed("holidays", i)
		faults.Given(where+".title", holiday.Title)
		where += ".days"
		from := holiday.Days.From()
		until, closed := holiday.Days.Until()
		place := startingFrom(off, from)
		switch {
		case holiday.Days.IsZero():
			faults.Add(ErrMissing, where, "", "")
		case !closed:
			faults.Add(ErrMissing, where+".until", "", "")
		case !spec.Covers.Contains(from) || !spec.Covers.Contains(until):
			faults.Add(ErrRange, where, holiday.Days.String(), wantCovered(spec.Covers))
		case place > 0 && !off[place-1].until.Before(from):
			faults.Add(ErrRepeated, where, from.String(), "no day of an earlier holiday")
		case place < len(off) && !off[place].from.After(until):
			faults.Add(ErrRepeated, where, off[place].from.String(), "no day of an earlier holiday")
		default:
			off = slices.Insert(off, place, stretch{from: from, until: until})
		}
	}
	return off
}

// startingFrom returns the place of the first stretch that begins on day or
// later.
func startingFrom(apart []stretch, day Date) int {
	return sort.Search(len(apart), func(i int) bool { return !apart[i].from.Before(day) })
}

// makeUpDaysOf returns the rest days that are worked, and reports each make-up
// day that is none. So far the calendar has its holidays apart.
func makeUpDaysOf(faults *FaultList, made Calendar) []stretch {
	var worked []stretch
	seen := make(map[Date]bool, len(made.spec.MakeUp))
	for i, day := range made.spec.MakeUp {
		where := Indexed("make_up", i)
		place := startingFrom(made.apart, Date{day.day + 1})
		switch {
		case day.IsZero():
			faults.Add(ErrMissing, where, "", "")
		case !made.spec.Covers.Contains(day):
			faults.Add(ErrRange, where, day.String(), wantCovered(made.spec.Covers))
		case seen[day]:
			faults.Add(ErrRepeated, where, day.String(), "another day")
		case place > 0 && !made.apart[place-1].until.Before(day):
			faults.Add(ErrRepeated, where, day.String(), "no day of a holiday")
		case !made.rest[day.Weekday()]:
			faults.Add(ErrRange, where, day.String()+", a "+day.Weekday().String(), "a weekly rest day")
		default:
			worked = append(worked, stretch{from: day, until: day, worked: true})
		}
		seen[day] = true
	}
	return worked
}

// wantCovered says in a message which days could have been meant.
func wantCovered(covers Period) string {
	if covers.IsZero() {
		return "a calendar that covers it"
	}
	return "within " + covers.String()
}

// ID returns the identity of the calendar.
func (c Calendar) ID() RuleID { return c.id }

// Rule returns what the calendar says of itself.
func (c Calendar) Rule() Rule { return c.spec.Rule }

// Covers returns the days that the calendar settles.
func (c Calendar) Covers() Period { return c.spec.Covers }

// IsWorkingDay reports whether day is a working day. The zero Date is
// [ErrMissing], a day that the calendar does not cover [ErrRange].
func (c Calendar) IsWorkingDay(day Date) (bool, error) {
	if err := c.check("day", day); err != nil {
		return false, err
	}
	return c.through(day) > c.before(day), nil
}

// WorkingDays returns how many days of the period are working days, both its
// ends included. Its errors:
//   - [ErrMissing], for the zero Period, and for one with an open end;
//   - [ErrRange], for a period that the calendar does not cover whole.
func (c Calendar) WorkingDays(in Period) (int, error) {
	until, _ := in.Until()
	if err := c.check("from", in.From()); err != nil {
		return 0, err
	}
	if err := c.check("until", until); err != nil {
		return 0, err
	}
	return c.through(until) - c.before(in.From()), nil
}

// WorkingDayAfter returns the nth working day after a day, which is itself not
// counted: what is posted on a Friday runs its first working day on the Monday.
// It reports the first of
//   - [ErrMissing], for the zero Date;
//   - [ErrRange], for a day that the calendar does not cover, for an n below 1,
//     and where the nth working day is not within the days covered.
func (c Calendar) WorkingDayAfter(day Date, n int) (Date, error) {
	if err := c.check("day", day); err != nil {
		return Date{}, err
	}
	if err := checkWorkingDays(n); err != nil {
		return Date{}, err
	}
	until, _ := c.spec.Covers.Until()
	passed := c.through(day)
	if left := c.through(until) - passed; n > left {
		return Date{}, NewFault(ErrRange, "n", strconv.Itoa(n), "at most "+strconv.Itoa(left)+", "+wantCovered(c.spec.Covers))
	}
	days := sort.Search(until.DaysSince(day), func(i int) bool { return c.through(Date{day.day + int32(i)})-passed >= n })
	return Date{day.day + int32(days)}, nil
}

// NoticeHasRun reports whether a notice (公示) of n working days that was posted on
// a day has run its course on another: whether n working days lie whole between
// the two. The day of posting does not count, since nobody could read the notice
// all of that day, and neither does the day of asking, which is not yet over. On
// the day of posting or before it no notice has run. It reports the first of
//   - [ErrMissing], for a zero Date;
//   - [ErrRange], for a day that the calendar does not cover, and for an n below
//     1.
func (c Calendar) NoticeHasRun(posted Date, n int, on Date) (bool, error) {
	if err := c.check("posted", posted); err != nil {
		return false, err
	}
	if err := c.check("on", on); err != nil {
		return false, err
	}
	if err := checkWorkingDays(n); err != nil {
		return false, err
	}
	return c.before(on)-c.through(posted) >= n, nil
}

// checkWorkingDays reports a number of working days that is none.
func checkWorkingDays(n int) error {
	if n < 1 {
		return NewFault(ErrRange, "n", strconv.Itoa(n), "1 or more")
	}
	return nil
}

// check reports a day about which the calendar knows nothing.
func (c Calendar) check(where string, day Date) error {
	switch {
	case day.IsZero():
		return NewFault(ErrMissing, where, "", "")
	case !c.spec.Covers.Contains(day):
		return NewFault(ErrRange, where, day.String(), wantCovered(c.spec.Covers))
	}
	return nil
}

// before returns how many working days the calendar has before day.
func (c Calendar) before(day Date) int {
	place := startingFrom(c.apart, day)
	if place == 0 {
		return c.weekly(c.spec.Covers.From(), day)
	}
	last := c.apart[place-1]
	if !last.until.Before(day) { // within a holiday: a make-up day is one day long
		return last.before
	}
	n := last.before + c.weekly(Date{last.until.day + 1}, day)
	if last.worked {
		n++
	}
	return n
}

// through returns how many working days the calendar has before day or on it.
func (c Calendar) through(day Date) int { return c.before(Date{day.day + 1}) }

// weekly returns how many days from one on and before another are no weekly rest
// days.
func (c Calendar) weekly(day, next Date) int {
	n := 0
	for _, rest := range c.rest {
		if !rest {
			n++
		}
	}
	n *= int(next.day-day.day) / weekLength
	for range int(next.day-day.day) % weekLength {
		if !c.rest[day.Weekday()] {
			n++
		}
		day.day++
	}
	return n
}

// MarshalJSON writes the calendar as a document "union.calendar/1". The zero
// Calendar has no days to write and is [ErrMissing].
func (c Calendar) MarshalJSON() ([]byte, error) { return WriteRule(calendarDocument, c.spec) }

// UnmarshalJSON reads a document "union.calendar/1" with the faults of
// [ReadRule], and checks it as [NewCalendar] does. On error c is unchanged.
func (c *Calendar) UnmarshalJSON(data []byte) error {
	var spec CalendarSpec
	if err := ReadRule(data, calendarDocument, &spec); err != nil {
		return err
	}
	made, err := NewCalendar(spec)
	if err != nil {
		return err
	}
	*c = made
	return nil
}
