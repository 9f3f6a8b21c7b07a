package union_test

import (
	"encoding/json"
	"fmt"
	"reflect"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/internal/laws"
)

func ExampleParseInterval() {
	for _, text := range []string{"[60,70)", "[90,)", "(,1/2]", "[90,100", "[70,60]", "[,60)"} {
		interval, err := union.ParseInterval(text)
		fmt.Println(interval, err)
	}
	// Output:
	// [60,70) <nil>
	// [90,) <nil>
	// (,0.5] <nil>
	// (,) cannot be read: got "[90,100", want an interval such as "[60,70)" or "[90,)"
	// (,) out of order: got "[70,60]", want a lower end below the upper
	// (,) cannot be read: got "[,60)", want an interval such as "[60,70)" or "[90,)"
}

func ExampleAtLeast() {
	fmt.Println(union.AtLeast(union.Whole(90)))
	// Output: [90,)
}

func ExampleMoreThan() {
	fmt.Println(union.MoreThan(union.Whole(90)))
	// Output: (90,)
}

func ExampleAtMost() {
	fmt.Println(union.AtMost(union.Whole(60)))
	// Output: (,60]
}

func ExampleLessThan() {
	fmt.Println(union.LessThan(union.Whole(60)))
	// Output: (,60)
}

func ExampleInterval_Lower() {
	lower, closed, ok := union.MustParseInterval("(60,70]").Lower()
	fmt.Println(lower, closed, ok)
	// Output: 60 false true
}

func ExampleInterval_Upper() {
	upper, closed, ok := union.MustParseInterval("[60,)").Upper()
	fmt.Println(upper, closed, ok)
	// Output: 0 false false
}

func ExampleInterval_Contains() {
	// More than half, of 141.
	more := union.MoreThan(union.MustParseNumber("1/2"))
	for _, votes := range []int64{70, 71} {
		share, _ := union.NewNumber(votes, 141)
		fmt.Println(votes, more.Contains(share))
	}
	// Output:
	// 70 false
	// 71 true
}

func ExampleInterval_Some() {
	for _, text := range []string{"[60,70)", "(60,70)", "(60,)", "(,)"} {
		fmt.Println(text, union.MustParseInterval(text).Some())
	}
	// Output:
	// [60,70) 60
	// (60,70) 65
	// (60,) 61
	// (,) 0
}

func ExampleInterval_Common() {
	low := union.MustParseInterval("[0,60]")
	fmt.Println(low.Common(union.MustParseInterval("[60,70)")))
	fmt.Println(low.Common(union.MustParseInterval("(60,70)")))
	// Output:
	// [60,60] true
	// (,) false
}

func ExampleInterval_Without() {
	marks := union.MustParseInterval("[0,100]")
	fmt.Println(marks.Without(union.MustParseInterval("[90,100]"), union.MustParseInterval("[60,80)")))
	// Output: [[0,60) [80,90)]
}

func ExampleInterval_Equal() {
	fmt.Println(union.MustParseInterval("[0.50,1)").Equal(union.MustParseInterval("[1/2,1)")))
	// Output: true
}

func TestIntervalsHoldTheirClosedEndsOnly(t *testing.T) {
	// for 59, 60, 65, 70 and 71
	for text, want := range map[string]string{
		"[60,70]": " ooo ", "[60,70)": " oo  ", "(60,70]": "  oo ", "(60,70)": "  o  ",
		"[60,)": " oooo", "(60,)": "  ooo", "(,70]": "oooo ", "(,70)": "ooo  ", "(,)": "ooooo",
		"[65,65]": "  o  ",
	} {
		interval, err := union.ParseInterval(text)
		require.NoError(t, err, text)
		got := ""
		for _, n := range []int64{59, 60, 65, 70, 71} {
			if interval.Contains(union.Whole(n)) {
				got += "o"
			} else {
				got += " "
			}
		}
		assert.Equal(t, want, got, text)
		assert.Equal(t, text, interval.String())
	}
	assert.Equal(t, "(,)", union.Interval{}.String())
}

func TestIntervalRefusesWhatHoldsNothing(t *testing.T) {
	for _, text := range []string{
		"", ",", "()", "[]", "60,70", "[60;70]", "[60,70", "60,70]", "{60,70}", "[60 ,70]", "[60,70] ", "[,70]", "[60,]",
		"[a,70]", "[60,b]", "[60,70,80]", "(1e3,)", strings.Repeat("[", 200),
	} {
		_, err := union.ParseInterval(text)
		require.ErrorIs(t, err, union.ErrText, text)
	}
	for _, text := range []string{"[70,60]", "(60,60]", "[60,60)", "(60,60)", "[1/2,0.5)"} {
		_, err := union.ParseInterval(text)
		require.ErrorIs(t, err, union.ErrOrder, text)
	}
	_, err := union.ParseInterval("[1/0,)")
	require.ErrorIs(t, err, union.ErrUndefined)
	assert.Equal(t, "lower", union.Faults(err)[0].Where)
	_, err = union.ParseInterval("[0,1/0]")
	require.ErrorIs(t, err, union.ErrUndefined)
	assert.Equal(t, "upper", union.Faults(err)[0].Where)
	assert.Panics(t, func() { union.MustParseInterval("[70,60]") })
}

func TestIntervalsAreEqualByTheNumbersTheyHold(t *testing.T) {
	assert.True(t, union.AtLeast(union.Whole(90)).Equal(union.MustParseInterval("[90.0,)")))
	assert.Equal(t, union.LessThan(union.Whole(60)), union.MustParseInterval("(,60)"))
	assert.Equal(t, union.AtMost(union.Whole(60)), union.MustParseInterval("(,60]"))
	assert.Equal(t, union.MoreThan(union.Whole(60)), union.MustParseInterval("(60,)"))
	texts := []string{"(,)", "[0,)", "(0,)", "(,0]", "(,0)", "[0,1]", "[0,1)", "(0,1]", "(0,1)", "[0,2]", "[1,2]"}
	for i, left := range texts {
		for j, right := range texts {
			assert.Equal(t, i == j, union.MustParseInterval(left).Equal(union.MustParseInterval(right)), left+" "+right)
		}
	}
}

// drawInterval draws an interval with ends from 0 to 4 or without.
func drawInterval(r *rapid.T, label string) union.Interval {
	low, high := rapid.IntRange(-1, 4).Draw(r, label+" lower"), rapid.IntRange(-1, 4).Draw(r, label+" upper")
	text := "("
	if low >= 0 {
		text = rapid.SampledFrom([]string{"(", "["}).Draw(r, label+" open") + fmt.Sprint(low)
	}
	text += ","
	if high >= 0 {
		text += fmt.Sprint(high) + rapid.SampledFrom([]string{")", "]"}).Draw(r, label+" close")
	} else {
		text += ")"
	}
	interval, err := union.ParseInterval(text)
	if err != nil {
		return union.MustParseInterval("(1,2)") // where no number lies between the ends drawn
	}
	return interval
}

// halves are numbers at, between and beyond the ends that drawInterval draws.
func halves() []union.Number {
	var numbers []union.Number
	for twice := range int64(14) {
		n, _ := union.NewNumber(twice-3, 2)
		numbers = append(numbers, n)
	}
	return numbers
}

// holdsBoth states that what two intervals have in common holds the numbers that
// both hold.
func holdsBoth(common func(a, b union.Interval) (union.Interval, bool)) laws.Law {
	return func(r *rapid.T) error {
		a, b := drawInterval(r, "a"), drawInterval(r, "b")
		both, some := common(a, b)
		if some && (!a.Contains(both.Some()) || !b.Contains(both.Some())) {
			return fmt.Errorf("%v and %v do not both hold %v", a, b, both.Some())
		}
		for _, n := range halves() {
			if want := a.Contains(n) && b.Contains(n); want != (some && both.Contains(n)) {
				return fmt.Errorf("%v and %v: %v, %v is wrong about %v", a, b, both, some, n)
			}
		}
		return nil
	}
}

// holdsTheRest states that what others leave of an interval are runs which hold
// the numbers that it holds and none of the others does, each number once, from
// the lowest up and with a number of the others between two of them.
func holdsTheRest(without func(union.Interval, ...union.Interval) []union.Interval) laws.Law {
	return func(r *rapid.T) error {
		whole := drawInterval(r, "whole")
		var others []union.Interval
		for range rapid.IntRange(0, 4).Draw(r, "others") {
			others = append(others, drawInterval(r, "other"))
		}
		before := fmt.Sprint(others)
		rest := without(whole, others...)
		if after := fmt.Sprint(others); after != before {
			return fmt.Errorf("%s became %s", before, after)
		}
		last := -1
		for _, n := range halves() {
			in := -1
			for i, run := range rest {
				if run.Contains(n) && in >= 0 {
					return fmt.Errorf("%v is twice in %v", n, rest)
				} else if run.Contains(n) {
					in = i
				}
			}
			want := whole.Contains(n)
			for _, other := range others {
				want = want && !other.Contains(n)
			}
			if want != (in >= 0) {
				return fmt.Errorf("%v without %v: %v is wrong about %v", whole, others, rest, n)
			}
			if in >= 0 && in < last {
				return fmt.Errorf("%v are not in order", rest)
			}
			last = max(last, in)
		}
		for i := 1; i < len(rest); i++ {
			_, meets, _ := rest[i].Lower()
			upper, closed, _ := rest[i-1].Upper()
			if lower, _, _ := rest[i].Lower(); upper.Equal(lower) && (meets || closed) {
				return fmt.Errorf("%v meet", rest)
			}
		}
		return nil
	}
}

func TestWhatIntervalsHaveInCommonBothHold(t *testing.T) {
	laws.Holds(t, holdsBoth(union.Interval.Common))
	laws.Rejects(t, holdsBoth(func(a, b union.Interval) (union.Interval, bool) {
		_, some := a.Common(b)
		return a, some // as if they were the same wherever they meet
	}))
}

func TestWhatIsLeftOfAnIntervalNoOtherHolds(t *testing.T) {
	laws.Holds(t, holdsTheRest(union.Interval.Without))
	laws.Rejects(t, holdsTheRest(func(whole union.Interval, others ...union.Interval) []union.Interval {
		rest := whole.Without(others...)
		return rest[:min(len(rest), 1)] // looks no further than the first hole
	}))
	laws.Rejects(t, holdsTheRest(func(whole union.Interval, others ...union.Interval) []union.Interval {
		return whole.Without(others[:min(len(others), 1)]...) // looks at one of the others
	}))
}

func TestIntervalEndsAreToldApart(t *testing.T) {
	lower, closed, ok := union.MustParseInterval("[60,70)").Lower()
	assert.Equal(t, []any{"60", true, true}, []any{lower.String(), closed, ok})
	upper, closed, ok := union.MustParseInterval("[60,70)").Upper()
	assert.Equal(t, []any{"70", false, true}, []any{upper.String(), closed, ok})
	_, closed, ok = union.LessThan(union.Whole(1)).Lower()
	assert.Equal(t, []bool{false, false}, []bool{closed, ok})
	_, closed, ok = union.AtMost(union.Whole(1)).Upper()
	assert.Equal(t, []bool{true, true}, []bool{closed, ok})
}

func TestIntervalJSONIsAString(t *testing.T) {
	data, err := json.Marshal(union.MustParseInterval("[60,70)"))
	require.NoError(t, err)
	assert.Equal(t, `"[60,70)"`, string(data))
	interval := union.MustParseInterval("[1,2]")
	for _, text := range []string{`null`, `60`, `{}`, `"[60,70"`} {
		require.ErrorIs(t, interval.UnmarshalJSON([]byte(text)), union.ErrText, text)
	}
	require.ErrorIs(t, interval.UnmarshalText([]byte(strings.Repeat("[", 1000))), union.ErrText)
	assert.Equal(t, "[1,2]", interval.String(), "unchanged on error")
	require.NoError(t, json.Unmarshal(data, &interval))
	assert.Equal(t, "[60,70)", interval.String())
	require.NoError(t, interval.UnmarshalText([]byte("(0,1/3]")))
	assert.Equal(t, "(0,1/3]", interval.String())

	wide := union.MustParseNumber(strings.Repeat("9", 64))
	longest, err := union.ParseInterval("[" + wide.Neg().String()[:64] + "," + wide.String() + "]")
	require.NoError(t, err)
	text, err := longest.MarshalText()
	require.NoError(t, err)
	require.NoError(t, interval.UnmarshalText(text))
	_, err = union.AtMost(wide.Mul(wide)).MarshalText()
	require.ErrorIs(t, err, union.ErrRange, "could not be read back")
}

func FuzzParseInterval(f *testing.F) {
	for _, seed := range []string{"[60,70)", "(,)", "[1/3,0.34]", "[,1)", "(1,1)", "[-0,0]", ""} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		interval, err := union.ParseInterval(text)
		if err != nil {
			require.Zero(t, interval)
			return
		}
		written, err := interval.MarshalText()
		if err != nil {
			return
		}
		back, err := union.ParseInterval(string(written))
		require.NoError(t, err)
		require.True(t, reflect.DeepEqual(interval, back) && interval.Equal(back), "%s reads back as %s", interval, back)
		lower, lowerClosed, hasLower := interval.Lower()
		upper, upperClosed, hasUpper := interval.Upper()
		require.Equal(t, hasLower && lowerClosed, hasLower && interval.Contains(lower) && lowerClosed)
		if hasLower && hasUpper {
			require.True(t, interval.Contains(lower.Add(upper).Mul(union.MustParseNumber("0.5"))), "%s holds its middle", interval)
			require.Equal(t, upperClosed, interval.Contains(upper))
		}
	})
}
