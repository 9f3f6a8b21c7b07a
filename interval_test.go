package union_test

import (
	"encoding/json"
	"fmt"
	"reflect"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/unioncampaign/union"
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
