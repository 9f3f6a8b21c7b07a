package union_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/internal/laws"
)

func ExampleNewDate() {
	fmt.Println(union.NewDate(2010, time.May, 4))
	_, err := union.NewDate(2025, time.February, 29)
	fmt.Println(err)
	// Output:
	// 2010-05-04 <nil>
	// day: out of range: got 29, want 1 to 28
}

func ExampleParseDate() {
	fmt.Println(union.ParseDate("2010-05-04"))
	_, err := union.ParseDate("2010.5.4")
	fmt.Println(err)
	// Output:
	// 2010-05-04 <nil>
	// cannot be read: got "2010.5.4", want 2010-05-04
}

func ExampleNthWeekday() {
	// The monthly service day of a campaign: every first Saturday.
	for month := time.April; month <= time.June; month++ {
		day, err := union.NthWeekday(2010, month, time.Saturday, 1)
		fmt.Println(day, err)
	}
	// Output:
	// 2010-04-03 <nil>
	// 2010-05-01 <nil>
	// 2010-06-05 <nil>
}

func ExampleDate_Year() {
	fmt.Println(union.MustParseDate("2010-05-04").Year(), union.Date{}.Year())
	// Output: 2010 0
}

func ExampleDate_Month() {
	fmt.Println(union.MustParseDate("2010-05-04").Month())
	// Output: May
}

func ExampleDate_Day() {
	fmt.Println(union.MustParseDate("2010-05-04").Day())
	// Output: 4
}

func ExampleDate_Weekday() {
	fmt.Println(union.MustParseDate("2010-05-04").Weekday())
	// Output: Tuesday
}

func ExampleDate_Compare() {
	days := []union.Date{union.MustParseDate("2010-06-01"), union.MustParseDate("2010-05-04")}
	slices.SortFunc(days, union.Date.Compare)
	fmt.Println(days)
	// Output: [2010-05-04 2010-06-01]
}

func ExampleDate_Before() {
	due, done := union.MustParseDate("2010-05-31"), union.MustParseDate("2010-05-31")
	fmt.Println("late:", due.Before(done))
	// Output: late: false
}

func ExampleDate_After() {
	due, done := union.MustParseDate("2010-05-31"), union.MustParseDate("2010-06-01")
	fmt.Println("late:", done.After(due))
	// Output: late: true
}

func ExampleDate_DaysSince() {
	fmt.Println(union.MustParseDate("2012-03-01").DaysSince(union.MustParseDate("2012-02-28")))
	// Output: 2
}

func ExampleDate_AddDays() {
	fmt.Println(union.MustParseDate("2010-12-31").AddDays(1))
	// Output: 2011-01-01 <nil>
}

func ExampleDate_AddMonths() {
	fmt.Println(union.MustParseDate("2010-01-31").AddMonths(1))
	fmt.Println(union.MustParseDate("2010-05-04").AddMonths(12))
	// Output:
	// 2010-02-28 <nil>
	// 2011-05-04 <nil>
}

func ExampleDate_Chinese() {
	fmt.Println(union.MustParseDate("2010-05-04").Chinese())
	// Output: 2010年5月4日
}

// A slowDay is a day of a calendar that only knows how to go on to the next.
type slowDay struct{ year, month, day, weekday int }

func (d slowDay) next() slowDay {
	lengths := map[int]int{1: 31, 2: 28, 3: 31, 4: 30, 5: 31, 6: 30, 7: 31, 8: 31, 9: 30, 10: 31, 11: 30, 12: 31}
	length := lengths[d.month]
	if d.month == 2 && (d.year%400 == 0 || (d.year%4 == 0 && d.year%100 != 0)) {
		length = 29
	}
	d.weekday = (d.weekday + 1) % 7
	d.day++
	if d.day > length {
		d.day, d.month = 1, d.month+1
	}
	if d.month > 12 {
		d.month, d.year = 1, d.year+1
	}
	return d
}

func TestEveryDayOfFourHundredYearsIsThatOfASlowCalendar(t *testing.T) {
	// 1 January 1801 was a Thursday.
	slow := slowDay{1801, 1, 1, 4}
	first := union.MustParseDate("1801-01-01")
	before := union.MustParseDate("1800-12-31")
	const days = 146097 // in any 400 years
	for n := range days {
		day, err := union.NewDate(slow.year, time.Month(slow.month), slow.day)
		require.NoError(t, err)
		got := slowDay{day.Year(), int(day.Month()), day.Day(), int(day.Weekday())}
		if got != slow || day.DaysSince(before) != 1 || !before.Before(day) || day.DaysSince(first) != n {
			require.Equal(t, slow, got)
			require.Equal(t, 1, day.DaysSince(before), day)
			require.Equal(t, n, day.DaysSince(first), day)
		}
		after, err := before.AddDays(1)
		require.NoError(t, err)
		if after != day {
			require.Equal(t, day, after)
		}
		text := fmt.Sprintf("%04d-%02d-%02d", slow.year, slow.month, slow.day)
		read, err := union.ParseDate(text)
		require.NoError(t, err)
		if read != day || day.String() != text {
			require.Equal(t, text, day.String())
			require.Equal(t, day, read)
		}
		before, slow = day, slow.next()
	}
	assert.Equal(t, slowDay{2201, 1, 1, 4}, slow, "four hundred years are whole weeks")
}

func TestTheCalendarEndsWhereItSays(t *testing.T) {
	first, last := union.MustParseDate("0001-01-01"), union.MustParseDate("9999-12-31")
	assert.Equal(t, time.Monday, first.Weekday())
	assert.Equal(t, time.Friday, last.Weekday())
	assert.Equal(t, 3652058, last.DaysSince(first))
	assert.Equal(t, -3652058, first.DaysSince(last))
	assert.Equal(t, "9999年12月31日", last.Chinese())
	whole, err := first.AddDays(3652058)
	require.NoError(t, err)
	assert.Equal(t, last, whole)
	whole, err = last.AddDays(-3652058)
	require.NoError(t, err)
	assert.Equal(t, first, whole)
	whole, err = first.AddMonths(9999*12 - 1)
	require.NoError(t, err)
	assert.Equal(t, "9999-12-01", whole.String())
	whole, err = last.AddMonths(1 - 9999*12)
	require.NoError(t, err)
	assert.Equal(t, "0001-01-31", whole.String())
}

func TestWeekdaysAreThoseOfRecord(t *testing.T) {
	for text, weekday := range map[string]time.Weekday{
		"1949-10-01": time.Saturday, // the founding ceremony
		"1970-01-01": time.Thursday,
		"2000-02-29": time.Tuesday,
		"2008-08-08": time.Friday, // the Beijing games open
		"2010-05-01": time.Saturday,
	} {
		assert.Equal(t, weekday, union.MustParseDate(text).Weekday(), text)
	}
}

func TestADayThatTheCalendarDoesNotHaveIsRefused(t *testing.T) {
	for _, test := range []struct {
		year  int
		month time.Month
		day   int
		where string
	}{
		{0, 1, 1, "year"}, {-1, 1, 1, "year"}, {10000, 1, 1, "year"},
		{2010, 0, 1, "month"}, {2010, 13, 1, "month"},
		{2010, 5, 0, "day"}, {2010, 5, 32, "day"}, {2010, 4, 31, "day"},
		{2025, 2, 29, "day"}, {1900, 2, 29, "day"}, {2000, 2, 30, "day"},
	} {
		_, err := union.NewDate(test.year, test.month, test.day)
		require.ErrorIs(t, err, union.ErrRange, test)
		assert.Equal(t, test.where, union.Faults(err)[0].Where, test)
	}
	_, err := union.NewDate(2025, time.February, 29)
	require.EqualError(t, err, "day: out of range: got 29, want 1 to 28")
}

func TestOnlyOneFormOfADayIsRead(t *testing.T) {
	for _, text := range []string{
		"", "2010-5-4", "2010/05/04", "2010-05/04", "20100504", "2010-05-04 ", " 2010-05-04", "2010-05-04T00:00:00Z",
		"2010年5月4日", "２０１０-05-04", "+010-05-04", "2010-0x-04", "2010-05-x4", "x010-05-04", "2010-05-0\x00",
	} {
		_, err := union.ParseDate(text)
		require.ErrorIs(t, err, union.ErrText, text)
	}
	for _, text := range []string{"2025-02-29", "0000-01-01", "2010-00-01", "2010-13-01", "2010-05-00", "2010-05-32"} {
		_, err := union.ParseDate(text)
		require.ErrorIs(t, err, union.ErrRange, text)
	}
	assert.Panics(t, func() { union.MustParseDate("2025-02-29") })
}

func TestAnUnreadableDayIsQuotedOnlyIfItCouldBeADay(t *testing.T) {
	for text, want := range map[string]string{
		"2010-5-4":           `cannot be read: got "2010-5-4", want 2010-05-04`,
		"2010年5月14日":         `cannot be read: got "2010年5月14日", want 2010-05-04`,
		"13800000000":        "cannot be read: got a text of 11 characters, want 2010-05-04", // a telephone
		"110101199003070000": "cannot be read: got a text of 18 characters, want 2010-05-04", // an identity number's length
		"王小明":                "cannot be read: got a text of 3 characters, want 2010-05-04",
	} {
		_, err := union.ParseDate(text)
		require.EqualError(t, err, want)
	}
}

func TestMonthsEndOnTheirLastDay(t *testing.T) {
	for _, test := range []struct {
		from string
		n    int
		want string
	}{
		{"2010-05-04", 0, "2010-05-04"}, {"2010-05-04", 1, "2010-06-04"}, {"2010-05-04", 12, "2011-05-04"},
		{"2010-01-31", 1, "2010-02-28"}, {"2012-01-31", 1, "2012-02-29"}, {"2010-03-31", -1, "2010-02-28"},
		{"2010-10-31", 1, "2010-11-30"}, {"2010-01-15", -1, "2009-12-15"}, {"2012-02-29", 12, "2013-02-28"},
		{"2012-02-29", -48, "2008-02-29"}, {"2010-12-31", 2, "2011-02-28"},
	} {
		got, err := union.MustParseDate(test.from).AddMonths(test.n)
		require.NoError(t, err)
		assert.Equal(t, test.want, got.String(), test)
	}
}

func TestNoDayLeavesTheCalendar(t *testing.T) {
	first, last := union.MustParseDate("0001-01-01"), union.MustParseDate("9999-12-31")
	for _, n := range []int{1, math.MaxInt, math.MaxInt32, math.MaxInt32 + 1} {
		_, err := last.AddDays(n)
		require.ErrorIs(t, err, union.ErrRange)
		_, err = last.AddMonths(n)
		require.ErrorIs(t, err, union.ErrRange)
		_, err = first.AddDays(-n)
		require.ErrorIs(t, err, union.ErrRange)
		_, err = first.AddMonths(-n)
		require.ErrorIs(t, err, union.ErrRange)
	}
	_, err := first.AddDays(math.MinInt)
	require.ErrorIs(t, err, union.ErrRange)
	_, err = first.AddMonths(math.MinInt)
	require.ErrorIs(t, err, union.ErrRange)
}

func TestTheZeroDateIsNoDay(t *testing.T) {
	var none union.Date
	day := union.MustParseDate("0001-01-01")
	assert.True(t, none.IsZero())
	assert.False(t, day.IsZero())
	assert.Zero(t, none.Year())
	assert.Zero(t, none.Month())
	assert.Zero(t, none.Day())
	assert.Equal(t, time.Sunday, none.Weekday(), "which means nothing")
	assert.Empty(t, none.String())
	assert.Empty(t, none.Chinese())
	assert.True(t, none.Before(day))
	assert.False(t, none.After(day))
	assert.Zero(t, none.DaysSince(day))
	assert.Zero(t, day.DaysSince(none))
	_, err := none.AddDays(1)
	require.ErrorIs(t, err, union.ErrMissing)
	_, err = none.AddMonths(1)
	require.ErrorIs(t, err, union.ErrMissing)
}

func TestDaysAreInOrder(t *testing.T) {
	may, june := union.MustParseDate("2010-05-04"), union.MustParseDate("2010-06-01")
	assert.Equal(t, -1, may.Compare(june))
	assert.Equal(t, 1, june.Compare(may))
	assert.Equal(t, 0, may.Compare(union.MustParseDate("2010-05-04")))
	assert.True(t, june.After(may))
	assert.False(t, may.After(may))
	assert.False(t, may.Before(may))
}

func TestADayIsATextInJSON(t *testing.T) {
	type record struct {
		On  union.Date         `json:"on"`
		Off union.Date         `json:"off,omitzero"`
		By  map[union.Date]int `json:"by,omitempty"`
	}
	want := record{On: union.MustParseDate("2010-05-04"), By: map[union.Date]int{union.MustParseDate("2010-05-05"): 1}}
	data, err := json.Marshal(want)
	require.NoError(t, err)
	assert.JSONEq(t, `{"on":"2010-05-04","by":{"2010-05-05":1}}`, string(data))
	var got record
	require.NoError(t, json.Unmarshal(data, &got))
	assert.Equal(t, want, got)
	require.NoError(t, json.Unmarshal([]byte(`{"on":""}`), &got))
	assert.True(t, got.On.IsZero())

	got = want
	for text, sentinel := range map[string]error{
		`{"on":null}`: union.ErrText, `{"on":20100504}`: union.ErrText, `{"on":"2010-5-4"}`: union.ErrText,
		`{"on":"2025-02-29"}`: union.ErrRange, `{"on":{}}`: union.ErrText,
	} {
		require.ErrorIs(t, json.Unmarshal([]byte(text), &got), sentinel, text)
		assert.Equal(t, want.On, got.On, "a refused day changes nothing")
	}
	require.ErrorIs(t, got.On.UnmarshalJSON([]byte(`"`)), union.ErrText)
	assert.Equal(t, "2010-05-04 [2010-05-04]", fmt.Sprintf("%v %v", want.On, []union.Date{want.On}))
}

// firstSaturday states that the rule "the first Saturday of the month" gives one
// day of that month, a Saturday, among the first seven. The weekday is told by
// Sakamoto's congruence, which the library does not use.
func firstSaturday(rule func(year int, month time.Month) (union.Date, error)) laws.Law {
	return func(t *rapid.T) error {
		year, month := rapid.IntRange(1900, 2299).Draw(t, "year"), rapid.IntRange(1, 12).Draw(t, "month")
		return firstSaturdayOf(rule, year, month)
	}
}

func firstSaturdayOf(rule func(year int, month time.Month) (union.Date, error), year, month int) error {
	day, err := rule(year, time.Month(month))
	if err != nil {
		return err
	}
	if day.Year() != year || int(day.Month()) != month || day.Day() > 7 {
		return fmt.Errorf("%d-%d: %s", year, month, day)
	}
	offsets := [...]int{0, 3, 2, 5, 0, 3, 5, 1, 4, 6, 2, 4}
	y := year
	if month < 3 {
		y--
	}
	if weekday := (y + y/4 - y/100 + y/400 + offsets[month-1] + day.Day()) % 7; weekday != 6 {
		return fmt.Errorf("%s is weekday %d", day, weekday)
	}
	return nil
}

func TestEveryMonthHasOneFirstSaturday(t *testing.T) { // C9
	rule := func(year int, month time.Month) (union.Date, error) {
		return union.NthWeekday(year, month, time.Saturday, 1)
	}
	laws.Holds(t, firstSaturday(rule))
	laws.Rejects(t, firstSaturday(func(year int, month time.Month) (union.Date, error) {
		// Counts weekdays as a place does where the week begins on Monday.
		return union.NthWeekday(year, month, time.Saturday-1, 1)
	}))
	laws.Rejects(t, firstSaturday(func(year int, month time.Month) (union.Date, error) {
		return union.NthWeekday(year, month, time.Saturday, 2)
	}))
	for year := 1900; year < 2300; year++ {
		for month := 1; month <= 12; month++ {
			require.NoError(t, firstSaturdayOf(rule, year, month))
		}
	}
}

// Every day of four centuries is the nth of its weekday, counted up as the slow
// calendar goes on, and the standard library knows the same day. Dies here: an
// nth that counts weeks from a Monday, a fifth that runs into the next month, a
// 29 February of 1900.
func TestEveryDayIsTheNthOfItsWeekday(t *testing.T) {
	slow, seen := slowDay{1801, 1, 1, 4}, [7]int{}
	at := time.Date(1801, time.January, 1, 0, 0, 0, 0, time.UTC)
	for slow.year < 2201 {
		month := time.Month(slow.month)
		seen[slow.weekday]++
		day, err := union.NthWeekday(slow.year, month, time.Weekday(slow.weekday), seen[slow.weekday])
		if err != nil || day.Day() != slow.day || day.Month() != month || day.Year() != slow.year {
			require.NoError(t, err)
			got := slowDay{day.Year(), int(day.Month()), day.Day(), int(day.Weekday())}
			require.Equal(t, slow, got)
		}
		if text := at.Format(time.DateOnly); text != day.String() || at.Weekday() != day.Weekday() {
			require.Equal(t, text, day.String())
			require.Equal(t, at.Weekday(), day.Weekday())
		}
		if after := slow.next(); after.month != slow.month {
			for weekday, n := range seen {
				if _, err := union.NthWeekday(slow.year, month, time.Weekday(weekday), n+1); err == nil {
					require.Error(t, err, "%s has no day %d times", month, n+1)
				}
			}
			seen = [7]int{}
		}
		slow, at = slow.next(), at.AddDate(0, 0, 1)
	}
}

func TestANthWeekdayIsRefusedWhereTheMonthHasNone(t *testing.T) {
	for _, test := range []struct {
		year    int
		month   time.Month
		weekday time.Weekday
		n       int
		where   string
	}{
		{0, time.May, time.Saturday, 1, "year"}, {2010, 13, time.Saturday, 1, "month"},
		{2010, time.May, 7, 1, "weekday"}, {2010, time.May, -1, 1, "weekday"},
		{2010, time.May, time.Saturday, 0, "n"}, {2010, time.May, time.Saturday, 6, "n"},
		{2010, time.May, time.Tuesday, 5, "n"},
		{2010, time.May, time.Saturday, math.MaxInt, "n"}, {2010, time.May, time.Saturday, math.MinInt, "n"},
	} {
		_, err := union.NthWeekday(test.year, test.month, test.weekday, test.n)
		require.ErrorIs(t, err, union.ErrRange, test)
		assert.Equal(t, test.where, union.Faults(err)[0].Where, test)
	}
	fifth, err := union.NthWeekday(2010, time.May, time.Monday, 5)
	require.NoError(t, err)
	assert.Equal(t, "2010-05-31", fifth.String())
}

// drawDate draws a day of the whole calendar.
func drawDate(t *rapid.T, label string) union.Date {
	day, err := union.MustParseDate("0001-01-01").AddDays(rapid.IntRange(0, 3652058).Draw(t, label))
	if err != nil {
		t.Fatal(err)
	}
	return day
}

// stepsBack states that going n days and back, or n months and back from a day
// that every month has, is going nowhere.
func stepsBack(days, months func(union.Date, int) (union.Date, error)) laws.Law {
	return func(t *rapid.T) error {
		day, n := drawDate(t, "day"), rapid.IntRange(-800000, 800000).Draw(t, "n")
		there, err := days(day, n)
		if errors.Is(err, union.ErrRange) {
			return nil
		}
		if back, err := days(there, -n); err != nil || back != day || there.DaysSince(day) != n {
			return fmt.Errorf("%s and %d days: %s, back: %s (%w)", day, n, there, back, err)
		}
		there, err = months(day, n/30)
		if errors.Is(err, union.ErrRange) || day.Day() > 28 {
			return nil
		}
		passed := 12*(there.Year()-day.Year()) + int(there.Month()-day.Month())
		if back, err := months(there, -(n / 30)); err != nil || back != day || passed != n/30 {
			return fmt.Errorf("%s and %d months: %s, back: %s (%w)", day, n/30, there, back, err)
		}
		return nil
	}
}

func TestDaysAndMonthsStepBack(t *testing.T) {
	laws.Holds(t, stepsBack(union.Date.AddDays, union.Date.AddMonths))
	laws.Rejects(t, stepsBack(union.Date.AddDays, func(d union.Date, n int) (union.Date, error) {
		return d.AddDays(30 * n)
	}))
}

func TestReadingADayAllocatesNothing(t *testing.T) {
	assert.Zero(t, testing.AllocsPerRun(100, func() {
		day, err := union.ParseDate("2010-05-04")
		if err != nil || day.Year() != 2010 {
			t.Fail()
		}
	}))
}

func FuzzParseDate(f *testing.F) {
	for _, text := range []string{"2010-05-04", "0001-01-01", "9999-12-31", "2025-02-29", "", "2010-5-4", "2010年5月4日"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		day, err := union.ParseDate(text)
		if err != nil {
			require.Zero(t, day)
			return
		}
		require.Equal(t, text, day.String())
		rebuilt, err := union.NewDate(day.Year(), day.Month(), day.Day())
		require.NoError(t, err)
		require.Equal(t, day, rebuilt)
		slow, err := time.Parse(time.DateOnly, text)
		require.NoError(t, err)
		require.Equal(t, slow.Weekday(), day.Weekday())
	})
}
