package union_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/internal/laws"
)

func days(texts ...string) []union.Date {
	var list []union.Date
	for _, text := range texts {
		list = append(list, union.MustParseDate(text))
	}
	return list
}

// calendarSpec2010 is the notice on the holidays of 2010.
func calendarSpec2010() union.CalendarSpec {
	holiday := func(title, days string) union.Holiday {
		return union.Holiday{Title: title, Days: union.MustParsePeriod(days)}
	}
	return union.CalendarSpec{
		Rule: union.Rule{
			Key: "holidays", Version: "2010", Title: "2010年部分节假日安排",
			Source: "国务院办公厅关于2010年部分节假日安排的通知（国办发明电〔2009〕27号）",
		},
		Covers: union.MustParsePeriod("2010-01-01/2010-12-31"),
		Rest:   []string{"Saturday", "Sunday"},
		Holidays: []union.Holiday{
			holiday("元旦", "2010-01-01/2010-01-03"),
			holiday("春节", "2010-02-13/2010-02-19"),
			holiday("清明节", "2010-04-03/2010-04-05"),
			holiday("劳动节", "2010-05-01/2010-05-03"),
			holiday("端午节", "2010-06-14/2010-06-16"),
			holiday("中秋节", "2010-09-22/2010-09-24"),
			holiday("国庆节", "2010-10-01/2010-10-07"),
		},
		MakeUp: days("2010-02-20", "2010-02-21", "2010-06-12", "2010-06-13",
			"2010-09-19", "2010-09-25", "2010-09-26", "2010-10-09"),
	}
}

func calendar2010() union.Calendar {
	calendar, err := union.NewCalendar(calendarSpec2010())
	if err != nil {
		panic(err)
	}
	return calendar
}

func ExampleNewCalendar() {
	_, err := union.NewCalendar(union.CalendarSpec{
		Rule:   union.Rule{Key: "holidays", Version: "2010", Title: "节假日安排", Source: "made up"},
		Covers: union.MustParsePeriod("2010-01-01/2010-12-31"),
		Rest:   []string{"Saturday", "sunday"},
		MakeUp: []union.Date{union.MustParseDate("2010-02-22")},
	})
	fmt.Println(err)
	// Output:
	// rest[1]: not known: got "sunday", want Monday to Sunday
	// make_up[0]: out of range: got 2010-02-22, a Monday, want a weekly rest day
}

func ExampleCalendar_IsWorkingDay() {
	calendar := calendar2010()
	fmt.Println(calendar.IsWorkingDay(union.MustParseDate("2010-10-08"))) // a Friday
	fmt.Println(calendar.IsWorkingDay(union.MustParseDate("2010-10-09"))) // a Saturday, worked
	fmt.Println(calendar.IsWorkingDay(union.MustParseDate("2010-10-10"))) // a Sunday
	_, err := calendar.IsWorkingDay(union.MustParseDate("2011-01-04"))
	fmt.Println(err)
	// Output:
	// true <nil>
	// true <nil>
	// false <nil>
	// day: out of range: got 2011-01-04, want within 2010-01-01/2010-12-31
}

func ExampleCalendar_WorkingDays() {
	fmt.Println(calendar2010().WorkingDays(union.MustParsePeriod("2010-10-01/2010-10-10")))
	// Output: 2 <nil>
}

func ExampleCalendar_WorkingDayAfter() {
	// Handed in on the Thursday before the National Day holiday.
	fmt.Println(calendar2010().WorkingDayAfter(union.MustParseDate("2010-09-30"), 3))
	// Output: 2010-10-11 <nil>
}

// A household's file is posted for at least five working days before it is
// approved. Posted on Thursday, 29 April 2010, it has hung on the Friday and, the
// holiday of 1 to 3 May being over, from Tuesday the 4th to Friday the 7th.
func ExampleCalendar_NoticeHasRun() {
	calendar, posted := calendar2010(), union.MustParseDate("2010-04-29")
	for _, on := range []string{"2010-05-06", "2010-05-07", "2010-05-08"} {
		run, err := calendar.NoticeHasRun(posted, 5, union.MustParseDate(on))
		fmt.Println(on, run, err)
	}
	// Output:
	// 2010-05-06 false <nil>
	// 2010-05-07 false <nil>
	// 2010-05-08 true <nil>
}

func TestTheYear2010HasItsStatutory250WorkingDays(t *testing.T) {
	// 365 days less 104 rest days and 11 statutory holidays.
	n, err := calendar2010().WorkingDays(union.MustParsePeriod("2010-01-01/2010-12-31"))
	require.NoError(t, err)
	assert.Equal(t, 250, n)
	assert.Equal(t, union.MustParsePeriod("2010-01-01/2010-12-31"), calendar2010().Covers())
	assert.Equal(t, calendarSpec2010().Rule, calendar2010().Rule())
	assert.False(t, calendar2010().ID().IsZero())
}

func TestWorkingDaysByHand(t *testing.T) {
	calendar := calendar2010()
	for period, want := range map[string]int{
		"2010-02-12/2010-02-22": 4, // Friday; Saturday and Sunday worked; Monday
		"2010-02-13/2010-02-19": 0,
		"2010-02-20/2010-02-20": 1,
		"2010-01-01/2010-01-04": 1,
		"2010-12-31/2010-12-31": 1,
		"2010-09-19/2010-09-26": 5, // Sunday, Monday, Tuesday, Saturday, Sunday
	} {
		n, err := calendar.WorkingDays(union.MustParsePeriod(period))
		require.NoError(t, err, period)
		assert.Equal(t, want, n, period)
	}
	for _, row := range []struct {
		day  string
		n    int
		want string
	}{
		{"2010-02-12", 1, "2010-02-20"},
		{"2010-02-12", 3, "2010-02-22"},
		{"2010-02-13", 1, "2010-02-20"},
		{"2010-02-20", 1, "2010-02-21"},
		{"2010-01-01", 250, "2010-12-31"},
	} {
		day, err := calendar.WorkingDayAfter(union.MustParseDate(row.day), row.n)
		require.NoError(t, err)
		assert.Equal(t, row.want, day.String(), row)
	}
	for _, row := range []struct {
		posted, on string
		n          int
		want       bool
	}{
		{"2010-03-05", "2010-03-08", 1, false}, // posted on a Friday
		{"2010-03-05", "2010-03-09", 1, true},
		{"2010-03-05", "2010-03-05", 1, false},
		{"2010-03-05", "2010-03-01", 1, false},
		{"2010-03-05", "2010-12-31", 300, false},
		{"2010-12-30", "2010-12-31", 1, false},
	} {
		run, err := calendar.NoticeHasRun(union.MustParseDate(row.posted), row.n, union.MustParseDate(row.on))
		require.NoError(t, err)
		assert.Equal(t, row.want, run, row)
	}
}

func TestACalendarNeverGuesses(t *testing.T) {
	calendar, day, outside := calendar2010(), union.MustParseDate("2010-05-04"), union.MustParseDate("2011-01-01")
	ask := map[string]func() error{
		"day: must be given": func() error { _, err := calendar.IsWorkingDay(union.Date{}); return err },
		"day: out of range: got 2011-01-01, want within 2010-01-01/2010-12-31": func() error {
			_, err := calendar.WorkingDayAfter(outside, 0)
			return err
		},
		"n: out of range: got 0, want 1 or more": func() error { _, err := calendar.WorkingDayAfter(day, 0); return err },
		"n: out of range: got 251, want at most 250, within 2010-01-01/2010-12-31": func() error {
			_, err := calendar.WorkingDayAfter(union.MustParseDate("2010-01-01"), 251)
			return err
		},
		"from: must be given": func() error { _, err := calendar.WorkingDays(union.Period{}); return err },
		"until: must be given": func() error {
			_, err := calendar.WorkingDays(union.MustParsePeriod("2010-05-04/.."))
			return err
		},
		"from: out of range: got 2009-12-31, want within 2010-01-01/2010-12-31": func() error {
			_, err := calendar.WorkingDays(union.MustParsePeriod("2009-12-31/2010-01-05"))
			return err
		},
		"until: out of range: got 2011-01-01, want within 2010-01-01/2010-12-31": func() error {
			_, err := calendar.WorkingDays(union.MustParsePeriod("2010-12-31/2011-01-01"))
			return err
		},
		"posted: out of range: got 2011-01-01, want within 2010-01-01/2010-12-31": func() error {
			_, err := calendar.NoticeHasRun(outside, 0, outside)
			return err
		},
		"on: out of range: got 2011-01-01, want within 2010-01-01/2010-12-31": func() error {
			_, err := calendar.NoticeHasRun(day, 0, outside)
			return err
		},
		"n: out of range: got -1, want 1 or more": func() error { _, err := calendar.NoticeHasRun(day, -1, day); return err },
		"day: out of range: got 2010-05-04, want a calendar that covers it": func() error {
			_, err := union.Calendar{}.IsWorkingDay(day)
			return err
		},
	}
	for want, question := range ask {
		err := question()
		require.EqualError(t, err, want)
		if strings.Contains(want, "must be given") {
			require.ErrorIs(t, err, union.ErrMissing)
		} else {
			require.ErrorIs(t, err, union.ErrRange)
		}
	}
}

func TestACalendarReportsAllItsFaults(t *testing.T) {
	_, err := union.NewCalendar(union.CalendarSpec{
		Rule:   union.Rule{Key: "k", Version: "1", Title: "t"},
		Covers: union.MustParsePeriod("2010-01-01/2010-12-31"),
		Rest:   []string{"Saturday", "Sunday", "Saturday", "周日"},
		Holidays: []union.Holiday{
			{Title: "a", Days: union.MustParsePeriod("2010-01-01/2010-01-03")},
			{Days: union.MustParsePeriod("2010-01-03/2010-01-05")},
			{Title: "c"},
			{Title: "d", Days: union.MustParsePeriod("2010-05-01/..")},
			{Title: "e", Days: union.MustParsePeriod("2010-12-31/2011-01-01")},
			{Title: "f", Days: union.MustParsePeriod("2009-12-31/2010-01-01")},
		},
		MakeUp: append(days("2010-01-02", "2010-03-06", "2010-03-06", "2010-03-08", "2011-01-02"), union.Date{}),
	})
	var got []string
	for _, fault := range union.Faults(err) {
		got = append(got, fault.Error())
	}
	assert.Equal(t, []string{
		"source: must be given",
		`rest[2]: given more than once: got "Saturday", want another weekday`,
		`rest[3]: not known: got "周日", want Monday to Sunday`,
		"holidays[1].title: must be given",
		"holidays[1].days: given more than once: got 2010-01-03, want no day of an earlier holiday",
		"holidays[2].days: must be given",
		"holidays[3].days.until: must be given",
		"holidays[4].days: out of range: got 2010-12-31/2011-01-01, want within 2010-01-01/2010-12-31",
		"holidays[5].days: out of range: got 2009-12-31/2010-01-01, want within 2010-01-01/2010-12-31",
		"make_up[0]: given more than once: got 2010-01-02, want no day of a holiday",
		"make_up[2]: given more than once: got 2010-03-06, want another day",
		"make_up[3]: out of range: got 2010-03-08, a Monday, want a weekly rest day",
		"make_up[4]: out of range: got 2011-01-02, want within 2010-01-01/2010-12-31",
		"make_up[5]: must be given",
	}, got)
	for _, sentinel := range []error{union.ErrMissing, union.ErrRepeated, union.ErrUnknown, union.ErrRange} {
		require.ErrorIs(t, err, sentinel)
	}

	spec := calendarSpec2010()
	spec.Covers, spec.Rest, spec.Holidays = union.Period{}, nil, nil
	spec.MakeUp = spec.MakeUp[:1]
	_, err = union.NewCalendar(spec)
	require.EqualError(t, err, "covers: must be given\nrest: must be given\n"+
		"make_up[0]: out of range: got 2010-02-20, want a calendar that covers it")
	spec = calendarSpec2010()
	spec.Covers = union.MustParsePeriod("2010-01-01/..")
	_, err = union.NewCalendar(spec)
	require.EqualError(t, err, "covers.until: must be given")
	spec = calendarSpec2010()
	spec.Title = "\xff"
	_, err = union.NewCalendar(spec)
	require.ErrorIs(t, err, union.ErrText)
}

func TestACalendarMayEndWithTheLastDayThereIs(t *testing.T) {
	spec := union.CalendarSpec{
		Rule: ruleOf("last"), Covers: union.MustParsePeriod("9999-12-20/9999-12-31"), Rest: []string{"Sunday"},
		Holidays: []union.Holiday{{Title: "last", Days: union.MustParsePeriod("9999-12-31/9999-12-31")}},
	}
	calendar, err := union.NewCalendar(spec)
	require.NoError(t, err)
	day, err := calendar.WorkingDayAfter(union.MustParseDate("9999-12-29"), 1)
	require.NoError(t, err)
	assert.Equal(t, "9999-12-30", day.String())
}

func TestACalendarMayCoverAllDaysThereAre(t *testing.T) {
	spec := union.CalendarSpec{
		Rule: ruleOf("all"), Covers: union.MustParsePeriod("0001-01-01/9999-12-31"), Rest: []string{"Saturday", "Sunday"},
	}
	calendar, err := union.NewCalendar(spec)
	require.NoError(t, err)
	// 3,652,059 days from a Monday to a Friday: 521,722 weeks and five days.
	n, err := calendar.WorkingDays(spec.Covers)
	require.NoError(t, err)
	assert.Equal(t, 5*521722+5, n)
	last, err := calendar.WorkingDayAfter(union.MustParseDate("0001-01-01"), n-1)
	require.NoError(t, err)
	assert.Equal(t, "9999-12-31", last.String())
}

func TestHolidaysStandInAnyOrderButShareNoDay(t *testing.T) {
	spec := calendarSpec2010()
	slices.Reverse(spec.Holidays)
	calendar, err := union.NewCalendar(spec)
	require.NoError(t, err)
	n, err := calendar.WorkingDays(spec.Covers)
	require.NoError(t, err)
	assert.Equal(t, 250, n)
	for days, first := range map[string]string{ // a holiday that ends, begins or stands within another, or holds one
		"2010-04-28/2010-05-01": "2010-05-01",
		"2010-05-03/2010-05-05": "2010-05-03",
		"2010-05-02/2010-05-02": "2010-05-02",
		"2010-04-28/2010-05-05": "2010-05-01",
	} {
		spec := calendarSpec2010()
		spec.Holidays = append(spec.Holidays, union.Holiday{Title: "假", Days: union.MustParsePeriod(days)})
		_, err := union.NewCalendar(spec)
		require.EqualError(t, err, "holidays[7].days: given more than once: got "+first+", want no day of an earlier holiday")
	}
	for _, days := range []string{"2010-04-29/2010-04-30", "2010-05-04/2010-05-04"} {
		spec := calendarSpec2010()
		spec.Holidays = append(spec.Holidays, union.Holiday{Title: "假", Days: union.MustParsePeriod(days)})
		_, err := union.NewCalendar(spec)
		require.NoError(t, err)
	}
}

func TestAWeekWithoutWorkHasOnlyItsMakeUpDays(t *testing.T) {
	calendar, err := union.NewCalendar(union.CalendarSpec{
		Rule: ruleOf("rest"), Covers: union.MustParsePeriod("2010-05-01/2010-05-31"),
		Rest:   []string{"Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"},
		MakeUp: days("2010-05-31", "2010-05-01", "2010-05-02"),
	})
	require.NoError(t, err)
	n, err := calendar.WorkingDays(calendar.Covers())
	require.NoError(t, err)
	assert.Equal(t, 3, n)
	day, err := calendar.WorkingDayAfter(union.MustParseDate("2010-05-02"), 1)
	require.NoError(t, err)
	assert.Equal(t, "2010-05-31", day.String())
}

func TestACalendarSharesNothingWithItsSpec(t *testing.T) {
	spec := calendarSpec2010()
	calendar, err := union.NewCalendar(spec)
	require.NoError(t, err)
	before, err := json.Marshal(calendar)
	require.NoError(t, err)
	spec.Rest[0], spec.Holidays[0].Title, spec.MakeUp[0] = "Monday", "changed", union.Date{}
	after, err := json.Marshal(calendar)
	require.NoError(t, err)
	assertBytes(t, string(before), after)
}

const calendarJSON = `{"union":"union.calendar/1","key":"holidays","version":"1","title":"试验","source":"made up for the test",` +
	`"covers":"2010-05-01/2010-05-31","rest":["Saturday","Sunday"],` +
	`"holidays":[{"title":"劳动节","days":"2010-05-01/2010-05-03"}],"make_up":["2010-05-08"]}`

func TestACalendarIsADocument(t *testing.T) {
	var calendar union.Calendar
	require.NoError(t, json.Unmarshal([]byte(calendarJSON), &calendar))
	data, err := json.Marshal(calendar)
	require.NoError(t, err)
	assertBytes(t, calendarJSON, data)
	before := calendar
	for text, sentinel := range map[string]error{
		strings.Replace(calendarJSON, "calendar/1", "calendar/2", 1):               union.ErrUnknown,
		strings.Replace(calendarJSON, `"rest"`, `"Rest"`, 1):                       union.ErrUnknown,
		strings.Replace(calendarJSON, `["2010-05-08"]`, `null`, 1):                 union.ErrText,
		strings.Replace(calendarJSON, `["2010-05-08"]`, `["2010-05-32"]`, 1):       union.ErrRange,
		strings.Replace(calendarJSON, `"Sunday"`, `"Saturday"`, 1):                 union.ErrRepeated,
		strings.Replace(calendarJSON, `"2010-05-01/2010-05-31"`, `"2010-05"`, 1):   union.ErrText,
		strings.Replace(calendarJSON, `"2010-05-01/2010-05-31"`, `""`, 1):          union.ErrMissing,
		strings.Replace(calendarJSON, `"key":"holidays"`, `"key":"a","key":""`, 1): union.ErrRepeated,
	} {
		require.ErrorIs(t, json.Unmarshal([]byte(text), &calendar), sentinel, text)
		assert.Equal(t, before, calendar, "a refused document changes nothing")
	}
	_, err = union.Calendar{}.MarshalJSON()
	require.ErrorIs(t, err, union.ErrMissing)
}

// drawCalendar draws a calendar of a few weeks.
func drawCalendar(r *rapid.T) (union.Calendar, union.CalendarSpec) {
	spec := union.CalendarSpec{
		Rule:   ruleOf("drawn"),
		Covers: union.MustParsePeriod("2010-01-01/2010-02-14"),
		Rest:   rapid.SampledFrom([][]string{{"Sunday"}, {"Saturday", "Sunday"}}).Draw(r, "rest"),
	}
	for n := range rapid.IntRange(0, 3).Draw(r, "holidays") {
		from := drawDay(r, 15*n, 15*n+8)
		until, _ := from.AddDays(rapid.IntRange(0, 6).Draw(r, "length"))
		period, _ := union.NewPeriod(from, until)
		spec.Holidays = append(spec.Holidays, union.Holiday{Title: "假", Days: period})
	}
	for _, text := range []string{"2010-01-10", "2010-01-24", "2010-02-07"} {
		day := union.MustParseDate(text)
		off := slices.ContainsFunc(spec.Holidays, func(h union.Holiday) bool { return h.Days.Contains(day) })
		if !off && rapid.Bool().Draw(r, text) {
			spec.MakeUp = append(spec.MakeUp, day)
		}
	}
	calendar, err := union.NewCalendar(spec)
	if err != nil {
		r.Fatal(err)
	}
	return calendar, spec
}

func drawDay(r *rapid.T, first, last int) union.Date {
	day, err := union.MustParseDate("2010-01-01").AddDays(rapid.IntRange(first, last).Draw(r, "day"))
	if err != nil {
		r.Fatal(err)
	}
	return day
}

// slowWorkingDay asks the spec about one day.
func slowWorkingDay(spec union.CalendarSpec, day union.Date) bool {
	for _, each := range spec.MakeUp {
		if each == day {
			return true
		}
	}
	for _, holiday := range spec.Holidays {
		if holiday.Days.Contains(day) {
			return false
		}
	}
	return !slices.Contains(spec.Rest, day.Weekday().String())
}

// slowCount walks from the day after one until another and counts working days.
func slowCount(spec union.CalendarSpec, after, until union.Date) int {
	n := 0
	for after.Before(until) {
		after, _ = after.AddDays(1)
		if slowWorkingDay(spec, after) {
			n++
		}
	}
	return n
}

// countsWorkingDays states that the working days of a period are those of its
// days that are, both ends included.
func countsWorkingDays(count func(union.Calendar, union.Period) (int, error)) laws.Law {
	return func(r *rapid.T) error {
		calendar, spec := drawCalendar(r)
		from := drawDay(r, 0, 44)
		until := drawDay(r, from.DaysSince(union.MustParseDate("2010-01-01")), 44)
		period, err := union.NewPeriod(from, until)
		if err != nil {
			return err
		}
		got, err := count(calendar, period)
		want := slowCount(spec, from, until)
		if slowWorkingDay(spec, from) {
			want++
		}
		if err != nil || got != want {
			return fmt.Errorf("%v: %d, want %d: %w", period, got, want, err)
		}
		return nil
	}
}

func TestWorkingDaysAreCountedWithBothEnds(t *testing.T) {
	laws.Holds(t, countsWorkingDays(union.Calendar.WorkingDays))
	laws.Rejects(t, countsWorkingDays(func(c union.Calendar, in union.Period) (int, error) {
		until, _ := in.Until()
		n, err := c.WorkingDays(in)
		if last, _ := c.IsWorkingDay(until); last && n > 0 {
			n-- // the last day left out
		}
		return n, err
	}))
	laws.Rejects(t, countsWorkingDays(func(_ union.Calendar, in union.Period) (int, error) {
		n := 0
		until, _ := in.Until()
		for day := in.From(); !day.After(until); day, _ = day.AddDays(1) {
			if day.Weekday() != time.Saturday && day.Weekday() != time.Sunday {
				n++ // holidays and make-up days forgotten
			}
		}
		return n, nil
	}))
}

// findsTheNthWorkingDay states that the nth working day after a day is a working
// day with n-1 others between, and refused only where there is none.
func findsTheNthWorkingDay(after func(union.Calendar, union.Date, int) (union.Date, error)) laws.Law {
	return func(r *rapid.T) error {
		calendar, spec := drawCalendar(r)
		day, n := drawDay(r, 0, 44), rapid.IntRange(1, 40).Draw(r, "n")
		got, err := after(calendar, day, n)
		if err != nil {
			if left := slowCount(spec, day, union.MustParseDate("2010-02-14")); left >= n || !errors.Is(err, union.ErrRange) {
				return fmt.Errorf("%d left: %w", left, err)
			}
			return nil
		}
		if !slowWorkingDay(spec, got) || slowCount(spec, day, got) != n {
			return fmt.Errorf("%v is not the %dth working day after %v", got, n, day)
		}
		return nil
	}
}

func TestTheNthWorkingDayAfterADayIsFound(t *testing.T) {
	laws.Holds(t, findsTheNthWorkingDay(union.Calendar.WorkingDayAfter))
	laws.Rejects(t, findsTheNthWorkingDay(func(c union.Calendar, day union.Date, n int) (union.Date, error) {
		if is, _ := c.IsWorkingDay(day); is { // the day itself counted
			if n--; n == 0 {
				return day, nil
			}
		}
		return c.WorkingDayAfter(day, n)
	}))
}

// runsItsCourse states that a notice has run from the day after its last working
// day on, and not before.
func runsItsCourse(run func(union.Calendar, union.Date, int, union.Date) (bool, error)) laws.Law {
	return func(r *rapid.T) error {
		calendar, spec := drawCalendar(r)
		posted, on, n := drawDay(r, 0, 44), drawDay(r, 0, 44), rapid.IntRange(1, 20).Draw(r, "n")
		got, err := run(calendar, posted, n, on)
		eve, _ := on.AddDays(-1)
		if want := slowCount(spec, posted, eve) >= n; err != nil || got != want {
			return fmt.Errorf("%d days from %v on %v: %v, want %v: %w", n, posted, on, got, want, err)
		}
		return nil
	}
}

func TestANoticeRunsItsCourse(t *testing.T) {
	laws.Holds(t, runsItsCourse(union.Calendar.NoticeHasRun))
	laws.Rejects(t, runsItsCourse(func(c union.Calendar, posted union.Date, n int, on union.Date) (bool, error) {
		last, err := c.WorkingDayAfter(posted, n)
		return err == nil && !on.Before(last), nil // the last day counted before it is over
	}))
	laws.Rejects(t, runsItsCourse(func(_ union.Calendar, posted union.Date, n int, on union.Date) (bool, error) {
		return on.DaysSince(posted) > n, nil // days for working days
	}))
}

func FuzzCalendar(f *testing.F) {
	f.Add(calendarJSON)
	f.Add(`{"union":"union.calendar/1","covers":"2010-05-01/..","rest":[]}`)
	f.Add(`{"union":"union.calendar/1","key":"a","version":"1","title":"t","source":"s","covers":"9999-12-31/9999-12-31","rest":["Monday"]}`)
	f.Fuzz(func(t *testing.T, text string) {
		var calendar union.Calendar
		if err := calendar.UnmarshalJSON([]byte(text)); err != nil {
			require.NotEmpty(t, union.Faults(err))
			require.Zero(t, calendar)
			return
		}
		data, err := calendar.MarshalJSON()
		require.NoError(t, err)
		var again union.Calendar
		require.NoError(t, again.UnmarshalJSON(data))
		require.Equal(t, calendar, again)
		n, err := calendar.WorkingDays(calendar.Covers())
		require.NoError(t, err)
		length, _ := calendar.Covers().Days()
		require.LessOrEqual(t, n, length)
	})
}
