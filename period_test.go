package union_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/internal/laws"
)

func ExampleNewPeriod() {
	first, last := union.MustParseDate("2010-05-01"), union.MustParseDate("2010-07-31")
	fmt.Println(union.NewPeriod(first, last))
	fmt.Println(union.NewPeriod(first, union.Date{}))
	_, err := union.NewPeriod(last, first)
	fmt.Println(err)
	// Output:
	// 2010-05-01/2010-07-31 <nil>
	// 2010-05-01/.. <nil>
	// until: out of order: got 2010-05-01, want 2010-07-31 or later
}

func ExampleParsePeriod() {
	fmt.Println(union.ParsePeriod("2010-05-01/.."))
	_, err := union.ParsePeriod("2010-05-01/2010-02-30")
	fmt.Println(err)
	// Output:
	// 2010-05-01/.. <nil>
	// until.day: out of range: got 30, want 1 to 28
}

func ExamplePeriod_Until() {
	fmt.Println(union.MustParsePeriod("2010-05-01/2010-07-31").Until())
	// Output: 2010-07-31 true
}

func ExamplePeriod_Contains() {
	phase := union.MustParsePeriod("2010-05-01/2010-07-31")
	fmt.Println(phase.Contains(union.MustParseDate("2010-07-31")), phase.Contains(union.MustParseDate("2010-08-01")))
	// Output: true false
}

func ExamplePeriod_Overlaps() {
	first, second := union.MustParsePeriod("2010-05-01/2010-07-31"), union.MustParsePeriod("2010-08-01/..")
	fmt.Println(first.Overlaps(second))
	// Output: false
}

func ExamplePeriod_Days() {
	fmt.Println(union.MustParsePeriod("2010-05-01/2010-05-31").Days())
	fmt.Println(union.MustParsePeriod("2010-05-01/..").Days())
	// Output:
	// 31 true
	// 0 false
}

func TestAPeriodHoldsBothItsEnds(t *testing.T) {
	may := union.MustParsePeriod("2010-05-01/2010-05-31")
	days, ok := may.Days()
	assert.True(t, ok)
	assert.Equal(t, 31, days)
	for text, in := range map[string]bool{
		"2010-04-30": false, "2010-05-01": true, "2010-05-15": true, "2010-05-31": true, "2010-06-01": false,
	} {
		assert.Equal(t, in, may.Contains(union.MustParseDate(text)), text)
	}
	until, ok := may.Until()
	assert.True(t, ok)
	assert.Equal(t, "2010-05-31", until.String())
	assert.Equal(t, "2010-05-01", may.From().String())
	day := union.MustParsePeriod("2010-05-01/2010-05-01")
	days, _ = day.Days()
	assert.Equal(t, 1, days)
}

func TestAPeriodMayHaveAnOpenEnd(t *testing.T) {
	open := union.MustParsePeriod("2010-05-01/..")
	_, ok := open.Until()
	assert.False(t, ok)
	_, ok = open.Days()
	assert.False(t, ok)
	assert.False(t, open.IsZero())
	assert.True(t, open.Contains(union.MustParseDate("9999-12-31")))
	assert.False(t, open.Contains(union.MustParseDate("2010-04-30")))
	assert.Equal(t, "2010-05-01/..", open.String())
	made, err := union.NewPeriod(union.MustParseDate("2010-05-01"), union.Date{})
	require.NoError(t, err)
	assert.Equal(t, open, made)
}

func TestTheZeroPeriodHoldsNoDay(t *testing.T) {
	var none union.Period
	assert.True(t, none.IsZero())
	assert.False(t, none.Contains(union.Date{}))
	assert.False(t, none.Contains(union.MustParseDate("2010-05-01")))
	assert.False(t, union.MustParsePeriod("2010-05-01/..").Contains(union.Date{}))
	assert.False(t, none.Overlaps(none))
	assert.False(t, none.Overlaps(union.MustParsePeriod("2010-05-01/..")))
	assert.False(t, union.MustParsePeriod("2010-05-01/..").Overlaps(none))
	_, ok := none.Days()
	assert.False(t, ok)
	_, ok = none.Until()
	assert.False(t, ok)
	assert.Zero(t, none.From())
	assert.Empty(t, none.String())
}

func TestPeriodsOverlapOnACommonDay(t *testing.T) {
	for _, test := range []struct {
		a, b string
		want bool
	}{
		{"2010-05-01/2010-05-31", "2010-05-31/2010-06-30", true},
		{"2010-05-01/2010-05-31", "2010-06-01/2010-06-30", false},
		{"2010-05-01/2010-05-31", "2010-05-10/2010-05-11", true},
		{"2010-05-01/2010-05-31", "2010-05-31/..", true},
		{"2010-05-01/2010-05-31", "2010-06-01/..", false},
		{"2010-05-01/..", "2020-01-01/..", true},
	} {
		a, b := union.MustParsePeriod(test.a), union.MustParsePeriod(test.b)
		assert.Equal(t, test.want, a.Overlaps(b), test)
		assert.Equal(t, test.want, b.Overlaps(a), test)
		assert.True(t, a.Overlaps(a))
	}
}

func TestAPeriodIsRefusedWithItsPlace(t *testing.T) {
	for text, want := range map[string]string{
		"":                      "cannot be read: got a text of 0 characters, want 2010-05-01/2010-07-31",
		"2010-05-01":            "cannot be read: got a text of 10 characters, want 2010-05-01/2010-07-31",
		"2010-05-01/":           `until: cannot be read: got "", want 2010-05-04`,
		"/2010-05-01":           `from: cannot be read: got "", want 2010-05-04`,
		"../2010-05-01":         `from: cannot be read: got "..", want 2010-05-04`,
		"2010-05-01/...":        `until: cannot be read: got "...", want 2010-05-04`,
		"2010-05-01/2010-02-30": "until.day: out of range: got 30, want 1 to 28",
		"2010-05-02/2010-05-01": "until: out of order: got 2010-05-01, want 2010-05-02 or later",
	} {
		_, err := union.ParsePeriod(text)
		require.EqualError(t, err, want)
	}
	_, err := union.ParsePeriod("2010-05-01/2010-02-30")
	require.ErrorIs(t, err, union.ErrRange)
	_, err = union.ParsePeriod("2010-05-02/2010-05-01")
	require.ErrorIs(t, err, union.ErrOrder)
	_, err = union.ParsePeriod("2010")
	require.ErrorIs(t, err, union.ErrText)
	_, err = union.NewPeriod(union.Date{}, union.MustParseDate("2010-05-01"))
	require.ErrorIs(t, err, union.ErrMissing)
	assert.Panics(t, func() { union.MustParsePeriod("2010") })
}

func TestAPeriodIsATextInJSON(t *testing.T) {
	want := union.MustParsePeriod("2010-05-01/2010-07-31")
	data, err := json.Marshal(want)
	require.NoError(t, err)
	assertBytes(t, `"2010-05-01/2010-07-31"`, data)
	var got union.Period
	require.NoError(t, json.Unmarshal(data, &got))
	assert.Equal(t, want, got)
	for text, sentinel := range map[string]error{
		"null": union.ErrText, "1": union.ErrText, `"2010"`: union.ErrText, `"2010-05-02/2010-05-01"`: union.ErrOrder,
	} {
		require.ErrorIs(t, json.Unmarshal([]byte(text), &got), sentinel, text)
		assert.Equal(t, want, got, "a refused period changes nothing")
	}
	require.NoError(t, json.Unmarshal([]byte(`""`), &got))
	assert.True(t, got.IsZero())
	assert.Equal(t, "2010-05-01/2010-07-31", fmt.Sprint(want))
}

// daysOf states that a period has as many days as it holds when each is asked.
func daysOf(count func(union.Period) (int, bool)) laws.Law {
	return func(t *rapid.T) error {
		from := drawDate(t, "from")
		until, err := from.AddDays(rapid.IntRange(0, 400).Draw(t, "length"))
		if errors.Is(err, union.ErrRange) {
			return nil
		}
		period, err := union.NewPeriod(from, until)
		if err != nil {
			return err
		}
		held := 0
		for n := -2; n <= 402; n++ {
			if day, err := from.AddDays(n); err == nil && period.Contains(day) {
				held++
			}
		}
		if days, ok := count(period); !ok || days != held {
			return fmt.Errorf("%s has %d days and holds %d", period, days, held)
		}
		return nil
	}
}

func TestAPeriodHasAsManyDaysAsItHolds(t *testing.T) {
	laws.Holds(t, daysOf(union.Period.Days))
	laws.Rejects(t, daysOf(func(p union.Period) (int, bool) { // forgets one end
		until, ok := p.Until()
		return until.DaysSince(p.From()), ok
	}))
}

func FuzzParsePeriod(f *testing.F) {
	for _, text := range []string{"2010-05-01/2010-07-31", "2010-05-01/..", "", "/", "2010-05-02/2010-05-01", "0001-01-01/9999-12-31"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		period, err := union.ParsePeriod(text)
		if err != nil {
			require.Zero(t, period)
			return
		}
		require.Equal(t, text, period.String())
		require.True(t, period.Contains(period.From()))
		require.True(t, period.Overlaps(period))
	})
}
