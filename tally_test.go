package union_test

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/internal/laws"
	"github.com/unioncampaign/union/internal/wire"
)

func ExampleMerge() {
	fmt.Println(union.Merge(union.Ratio{Part: 180, Whole: 200}, union.Ratio{Part: 30, Whole: 100}))
	_, err := union.Merge(union.Ratio{Part: math.MaxInt64, Whole: 1}, union.Ratio{Part: 1, Whole: 1})
	fmt.Println(errors.Is(err, union.ErrOverflow))
	// Output:
	// 210/300 <nil>
	// true
}

func ExampleMerge_sent() {
	layout := fairLayout()
	east, west := layout.Table(), layout.Table()
	_ = east.AddN(12, 1, 2, 1)
	_ = west.AddN(5, 2, 2, 1)

	sent, _ := east.AppendBinary(nil) // from one office
	var received union.Table
	fmt.Println(received.UnmarshalBinary(sent)) // at another
	county, err := union.Merge(received, west)
	fmt.Println(county.Total(), err)

	var rate union.Ratio
	fmt.Println(rate.UnmarshalBinary(sent))
	// Output:
	// <nil>
	// 17 <nil>
	// union.ratio/1: not known: got the form union.table at byte 12, want union.ratio
}

// A turnstile is a tally as a package of the library would make one.
type turnstile struct {
	rule    union.RuleID
	passed  int64
	members union.Register
}

const turnstileForm = "example.turnstile/1"

func (t *turnstile) read(data []byte) error {
	var made turnstile
	rule, err := union.ReadTally(data, turnstileForm, t.rule, func(r *wire.Reader) {
		made.passed = r.Count()
		r.Nest(&made.members)
	})
	if err != nil {
		return err
	}
	made.rule = rule
	*t = made
	return nil
}

func (t *turnstile) write(data []byte) ([]byte, error) {
	return union.WriteTally(data, turnstileForm, t.rule, func(w *wire.Writer) {
		w.Count(t.passed)
		w.Nest(&t.members)
	})
}

func ExampleWriteTally() {
	rule := fairLayout().ID()
	data, err := union.WriteTally(nil, "example.steps/1", rule, func(w *wire.Writer) { w.Count(300) })
	fmt.Println(len(data), err)
	// Output: 34 <nil>
}

func ExampleReadTally() {
	rule := fairLayout().ID()
	data, _ := union.WriteTally(nil, "example.steps/1", rule, func(w *wire.Writer) { w.Count(300) })
	var steps int64
	read := func(r *wire.Reader) { steps = r.Count() }
	got, err := union.ReadTally(data, "example.steps/1", union.RuleID{}, read)
	fmt.Println(got == rule, steps, err)
	_, err = union.ReadTally(data, "example.laps/1", union.RuleID{}, read)
	fmt.Println(err)
	// Output:
	// true 300 <nil>
	// example.laps/1: not known: got the form example.steps at byte 14, want example.laps
}

func TestATallyOfNoRuleHasNoBody(t *testing.T) {
	data, err := new(turnstile).write(nil)
	require.NoError(t, err)
	assert.Equal(t, "\x11example.turnstile\x01\x00", string(data))
	var read turnstile
	require.NoError(t, read.read(data))
	assert.Equal(t, turnstile{}, read)
	require.ErrorIs(t, read.read(append(data, 0)), union.ErrText)
}

func TestWhatATallysBytesAreRefusedFor(t *testing.T) {
	id := fairLayout().ID()
	made := turnstile{rule: id, passed: 3}
	_, err := made.members.Add("m1")
	require.NoError(t, err)
	sound, err := made.write(nil)
	require.NoError(t, err)
	// Where the parts of the header and of the body begin.
	const version, digest, passed, nested = 18, 20, 36, 38
	with := func(at int, char byte) []byte {
		data := slices.Clone(sound)
		data[at] = char
		return data
	}
	for reason, row := range map[string]struct {
		data  []byte
		want  error
		text  string
		where string
	}{
		"nothing":                {nil, union.ErrText, "no number", turnstileForm},
		"a later version":        {with(version, 2), union.ErrUnknown, "example.turnstile/2", turnstileForm},
		"another type":           {with(1, 'E'), union.ErrUnknown, "example.turnstile", turnstileForm},
		"another rule":           {with(digest, sound[digest]+1), union.ErrRule, "", turnstileForm},
		"a digest of 15 bytes":   {with(version+1, 15), union.ErrText, "15 bytes", turnstileForm},
		"a digest of zeros":      {slices.Concat(sound[:digest], make([]byte, 16), sound[passed:]), union.ErrText, "digest of zeros", turnstileForm},
		"a byte too many":        {slices.Concat(sound, []byte{0}), union.ErrText, "1 bytes more", turnstileForm},
		"a byte too few":         {sound[:len(sound)-1], union.ErrText, "no more than is left", turnstileForm},
		"a longer zero":          {slices.Concat(sound[:passed], []byte{0x83, 0}, sound[passed+1:]), union.ErrText, "more bytes than it needs", turnstileForm},
		"a count beyond int64":   {slices.Concat(sound[:passed], binary.AppendUvarint(nil, 1<<63), sound[passed+1:]), union.ErrRange, "9223372036854775808", turnstileForm},
		"another tally within":   {with(nested+1, 'U'), union.ErrUnknown, "union.register", turnstileForm + ".union.register/1"},
		"a token that is none":   {with(len(sound)-1, ' '), union.ErrText, "a token", turnstileForm + ".union.register/1"},
		"more tokens than bytes": {with(len(sound)-4, 200), union.ErrText, "a length of", turnstileForm + ".union.register/1"},
	} {
		into := turnstile{rule: id, passed: 9}
		err := into.read(row.data)
		require.ErrorIs(t, err, row.want, reason)
		require.ErrorContains(t, err, row.text, reason)
		faults := union.Faults(err)
		require.Len(t, faults, 1, reason)
		assert.Equal(t, row.where, faults[0].Where, reason)
		assert.Equal(t, turnstile{rule: id, passed: 9}, into, reason)
	}
}

func TestWhatIsCountedUnderNoRuleIsNotReadUnderOne(t *testing.T) {
	rule := bytes.Repeat([]byte{7}, 16)
	ratio, register := union.Ratio{Part: 1, Whole: 2}, union.Register{}
	err := ratio.UnmarshalBinary(append(formHeader("union.ratio", rule...), 3, 4))
	require.ErrorIs(t, err, union.ErrText)
	require.EqualError(t, err, "union.ratio/1: cannot be read: got a rule at byte 30, want none")
	assert.Equal(t, union.Ratio{Part: 1, Whole: 2}, ratio)
	require.ErrorIs(t, register.UnmarshalBinary(append(formHeader("union.register", rule...), 0)), union.ErrText)
}

func TestWhatATallyIsNotWrittenFor(t *testing.T) {
	rule := fairLayout().ID()
	for reason, row := range map[string]struct {
		form string
		body func(*wire.Writer)
		want error
	}{
		"no name":            {"/1", func(*wire.Writer) {}, union.ErrText},
		"no number":          {"example.steps", func(*wire.Writer) {}, union.ErrText},
		"a number of zero":   {"example.steps/0", func(*wire.Writer) {}, union.ErrText},
		"a count below zero": {"example.steps/1", func(w *wire.Writer) { w.Count(-1) }, union.ErrRange},
		"a part that cannot": {"example.steps/1", func(w *wire.Writer) { w.Nest(union.Ratio{Part: -1}) }, union.ErrRange},
	} {
		data, err := union.WriteTally([]byte("before"), row.form, rule, row.body)
		require.ErrorIs(t, err, row.want, reason)
		assert.Len(t, union.Faults(err), 1, reason)
		assert.Nil(t, data, reason)
	}
	_, err := union.ReadTally(nil, "example.steps", rule, func(*wire.Reader) {})
	require.ErrorIs(t, err, union.ErrText)
}

func TestMergeLeavesItsPartsAlone(t *testing.T) {
	none, err := union.Merge[union.Table]()
	require.NoError(t, err)
	assert.Equal(t, union.Table{}, none)
	one := fairLayout().Table()
	require.NoError(t, one.Add(1, 1, 1))
	sum, err := union.Merge(one, one)
	require.NoError(t, err)
	assert.Equal(t, int64(2), sum.Total())
	assert.Equal(t, int64(1), one.Total())
	foreign, err := union.NewLayout(union.Axis{Key: "sector", Codes: codesOf("sector", "primary")})
	require.NoError(t, err)
	sum, err = union.Merge(one, foreign.Table())
	require.ErrorIs(t, err, union.ErrRule)
	assert.Equal(t, union.Table{}, sum)
}

func TestBinaryFormsAreKept(t *testing.T) {
	laws.Golden(t, union.Ratio{}, union.Ratio{Part: 180, Whole: 200}, union.Ratio{Part: math.MaxInt64, Whole: 1})
	table := fairLayout().Table()
	require.NoError(t, table.AddN(12, 1, 2, 1))
	require.NoError(t, table.AddN(300, 2, 3, 1))
	require.NoError(t, table.AddN(fullCell, 0, 0, 0))
	laws.Golden(t, union.Table{}, fairLayout().Table(), table)
	var register union.Register
	for _, token := range []string{"m2", "工会-0012", "m1", "91350100M000100Y43", strings.Repeat("a", 64)} {
		_, err := register.Add(token)
		require.NoError(t, err)
	}
	laws.Golden(t, union.Register{}, register)
}

// longest is the input of which the bound on what a reader takes is stated.
const longest = 64 << 10

// formHeader returns the header of a form.
func formHeader(name string, rule ...byte) []byte {
	data := slices.Concat([]byte{byte(len(name))}, []byte(name), []byte{1, byte(len(rule))})
	return append(data, rule...)
}

func TestTheLongestInputsTakeNoMoreThanEightTimesTheirLength(t *testing.T) {
	rule := bytes.Repeat([]byte{7}, 16)
	t.Run("a table of small counts", func(t *testing.T) {
		head := formHeader("union.table", rule...)
		for _, dims := range [][]uint64{{2, 30000}, {61600}, {64, 960}, {2, 2, 2, 2, 2, 2, 2, 481}, {65536}} {
			data := append(slices.Clone(head), byte(len(dims)))
			cells := uint64(1)
			for _, dim := range dims {
				data = binary.AppendUvarint(data, dim)
				cells *= dim
			}
			for cells > 0 {
				block := min(cells, 16)
				data = append(data, byte(block))
				data = append(data, bytes.Repeat([]byte{1}, int(block))...)
				cells -= block
			}
			if len(data) <= longest { // else it is cut off, and must be refused before room is made
				require.NoError(t, new(union.Table).UnmarshalBinary(data), dims)
			}
			data = append(data, make([]byte, max(0, longest-len(data)))...)[:longest]
			require.NoError(t, laws.Bounded(laws.OpsOf[union.Table](), data), dims)
		}
	})
	for reason, tokens := range map[string][]string{
		"a register of the shortest tokens":       shortTokens(func(string) bool { return true }),
		"one of tokens of three bytes":            shortTokens(func(token string) bool { return len(token) == 3 }),
		"one of credit codes":                     numbered(8000, "9135010%08dY43"),
		"one of numbers as long as a person's":    numbered(8000, "9%017d"),
		"one of numbers with a day and no check":  numbered(8000, "1101051949123%05d"),
		"one of numbers of fifteen digits":        numbered(8000, "9%014d"),
		"one of numbers with a month that is not": numbered(8000, "1101051949%08d"),
	} {
		t.Run(reason, func(t *testing.T) {
			for _, length := range []int{longest / 16, longest / 4, longest / 2, longest} {
				data := registerBytes(tokens, length)
				require.NoError(t, laws.Bounded(laws.OpsOf[union.Register](), data), length)
				claims := slices.Clone(data) // refused at its end, after all the rest was read
				claims[len(claims)-1] = ' '
				require.NoError(t, laws.Bounded(laws.OpsOf[union.Register](), claims), length)
			}
		})
	}
}

// shortTokens returns tokens of up to three bytes, about as many as fit.
func shortTokens(wanted func(string) bool) []string {
	tokens := []string{}
	add := func(token string) {
		if union.CheckToken(token) == nil && wanted(token) {
			tokens = append(tokens, token)
		}
	}
	for a := rune('!'); a < 0x800; a++ {
		add(string(a))
		for b := rune('!'); b < 0x7f && a < 0x7f; b++ {
			add(string(a) + string(b))
			for c := rune('!'); c < 0x7f && len(tokens) < 24000; c++ {
				add(string(a) + string(b) + string(c))
			}
		}
	}
	slices.SortStableFunc(tokens, func(a, b string) int { return len(a) - len(b) })
	return tokens
}

func numbered(n int, format string) []string {
	tokens := []string{}
	for i := range n {
		if token := fmt.Sprintf(format, i); union.CheckToken(token) == nil {
			tokens = append(tokens, token)
		}
	}
	return tokens
}

// registerBytes returns the form of as many of the first tokens as fit into a
// length.
func registerBytes(tokens []string, length int) []byte {
	head := formHeader("union.register")
	left, n := length-len(head)-3, 0
	for n < len(tokens) && left > len(tokens[n]) {
		left -= 1 + len(tokens[n])
		n++
	}
	data := binary.AppendUvarint(head, uint64(n))
	for _, token := range slices.Sorted(slices.Values(tokens[:n])) {
		data = append(append(data, byte(len(token))), token...)
	}
	return data
}

func FuzzBinaryForms(f *testing.F) {
	laws.FuzzReadings(f, laws.ReadingOf[union.Ratio](), laws.ReadingOf[union.Table](), laws.ReadingOf[union.Register](), laws.ReadingOf[union.Tree]())
}
