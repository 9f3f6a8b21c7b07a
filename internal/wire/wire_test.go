package wire_test

import (
	"bytes"
	"encoding/binary"
	"errors"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/unioncampaign/union/internal/laws"
	"github.com/unioncampaign/union/internal/refusal"
	"github.com/unioncampaign/union/internal/wire"
)

var rule = wire.Digest{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16}

// body returns a reader of a body, after a header without a rule.
func body(data ...byte) wire.Reader {
	return wire.Read(append([]byte("\x01a\x01\x00"), data...), "a/1", wire.Digest{})
}

// written returns the body that a writer appends.
func written(t require.TestingT, write func(*wire.Writer)) []byte {
	var w wire.Writer
	write(&w)
	data, err := w.Bytes()
	require.NoError(t, err)
	return data
}

func TestAHeaderIsNameVersionAndDigest(t *testing.T) {
	w := wire.Begin([]byte("before"), "union.table/1", rule)
	data, err := w.Bytes()
	require.NoError(t, err)
	assert.Equal(t, "before\x0bunion.table\x01\x10\x01\x02\x03\x04\x05\x06\x07\x08\x09\x0a\x0b\x0c\x0d\x0e\x0f\x10", string(data))
	r := wire.Read(data[len("before"):], "union.table/1", rule)
	assert.Equal(t, rule, r.Rule())
	require.NoError(t, r.Done())

	w = wire.Begin(nil, "union.table/300", wire.Digest{})
	data, err = w.Bytes()
	require.NoError(t, err)
	assert.Equal(t, "\x0bunion.table\xac\x02\x00", string(data))
	r = wire.Read(data, "union.table/300", rule) // of no rule is of every one
	assert.Equal(t, wire.Digest{}, r.Rule())
	require.NoError(t, r.Done())
}

func TestWhatIsNoHeaderIsRefused(t *testing.T) {
	digest := string(rule[:])
	for reason, row := range map[string]struct {
		data, form string
		want       refusal.Kind
		text       string
	}{
		"nothing":                       {"", "a/1", refusal.Text, "a/1: cannot be read: got no number at byte 0, want one"},
		"a name that is cut off":        {"\x05ab", "a/1", refusal.Text, "a/1: cannot be read: got a length of 5 at byte 1, want no more than is left"},
		"another name":                  {"\x02ab\x01\x00", "a/1", refusal.Unknown, "a/1: not known: got the form ab at byte 3, want a"},
		"a name of all that names have": {"\x0aaz.az_09.b\x01\x00", "a/1", refusal.Unknown, "a/1: not known: got the form az.az_09.b at byte 11, want a"},
		"a name that is none":           {"\x03a\nb\x01\x00", "a/1", refusal.Unknown, "a/1: not known: got the form a… at byte 4, want a"},
		"a name that is long":           {"\x32" + strings.Repeat("a", 50) + "\x01\x00", "a/1", refusal.Unknown, "a/1: not known: got the form " + strings.Repeat("a", 40) + "… at byte 51, want a"},
		"a later version":               {"\x01a\x02\x00", "a/1", refusal.Unknown, "a/1: not known: got a/2 at byte 3, want a/1"},
		"an earlier one":                {"\x01a\x01\x00", "a/2", refusal.Unknown, "a/2: not known: got a/1 at byte 3, want a/2"},
		"no version":                    {"\x01a", "a/1", refusal.Text, "a/1: cannot be read: got no number at byte 2, want one"},
		"a digest of one byte":          {"\x01a\x01\x01x", "a/1", refusal.Text, "a/1: cannot be read: got a digest of 1 bytes at byte 4, want 16"},
		"a digest that is cut off":      {"\x01a\x01\x10x", "a/1", refusal.Text, "a/1: cannot be read: got a length of 16 at byte 4, want no more than is left"},
		"a digest of zeros":             {"\x01a\x01\x10" + strings.Repeat("\x00", 16), "a/1", refusal.Text, "a/1: cannot be read: got a digest of zeros at byte 20, want no digest"},
		"another rule":                  {"\x01a\x01\x10" + strings.Repeat("\x01", 16), "a/1", refusal.Rule, "a/1: made under another rule: got another rule's bytes at byte 20, want those of the tally's own rule"},
		"a byte more":                   {"\x01a\x01\x10" + digest + "\x00", "a/1", refusal.Text, "a/1: cannot be read: got 1 bytes more at byte 20, want none"},
		"a form without number":         {"\x01a\x01\x00", "a", refusal.Text, `a: cannot be read: got the form "a" at byte 0, want a name and a number`},
		"a form of version nought":      {"\x01a\x00\x00", "a/0", refusal.Text, `a/0: cannot be read: got the form "a/0" at byte 0, want a name and a number`},
		"a form with a nought in front": {"\x01a\x01\x00", "a/01", refusal.Text, `a/01: cannot be read: got the form "a/01" at byte 0, want a name and a number`},
	} {
		r := wire.Read([]byte(row.data), row.form, rule)
		err := r.Done()
		var refused *refusal.Error
		require.ErrorAs(t, err, &refused, reason)
		assert.Equal(t, row.want, refused.Kind, reason)
		assert.Equal(t, row.text, err.Error(), reason)
		assert.True(t, r.Failed(), reason)
		assert.Zero(t, r.Count(), reason)
	}
	for _, form := range []string{"", "a", "/1", "a/", "a/0", "a/-1", "a/x", "a/01", "a/1/2"} {
		w := wire.Begin(nil, form, rule)
		_, err := w.Bytes()
		var refused *refusal.Error
		require.ErrorAs(t, err, &refused, form)
		assert.Equal(t, refusal.Text, refused.Kind, form)
	}
}

func TestNumbersAreMinimal(t *testing.T) {
	for _, row := range []struct {
		data []byte
		want uint64
	}{
		{[]byte{0}, 0},
		{[]byte{127}, 127},
		{[]byte{0x80, 1}, 128},
		{[]byte{0xac, 2}, 300},
		{bytes.Repeat([]byte{0xff}, 9), 0}, // cut off
		{append(bytes.Repeat([]byte{0xff}, 9), 1), math.MaxUint64}, // 64 bits
		{append(bytes.Repeat([]byte{0xff}, 9), 2), 0},              // 65 bits
		{append(bytes.Repeat([]byte{0x80}, 10), 1), 0},             // 71 bits
		{[]byte{0x80, 0}, 0},                                       // a longer nought
		{[]byte{0x81, 0}, 0},                                       // a longer one
		{append(bytes.Repeat([]byte{0x80}, 9), 0), 0},              // the longest nought
		{[]byte{}, 0}, // none
	} {
		r := body(row.data...)
		got := r.Uint()
		assert.Equal(t, row.want, got, row.data)
		if row.want != 0 || len(row.data) == 1 {
			require.NoError(t, r.Done(), row.data)
			assert.Equal(t, row.data, written(t, func(w *wire.Writer) { w.Uint(row.want) }))
		} else {
			require.Error(t, r.Done(), row.data)
		}
	}
}

func TestSignedNumbersAreShortIfSmall(t *testing.T) {
	for n, want := range map[int64][]byte{
		0: {0}, -1: {1}, 1: {2}, -64: {127}, 64: {0x80, 1},
		math.MaxInt64: {0xfe, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 1},
		math.MinInt64: {0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 1},
	} {
		data := written(t, func(w *wire.Writer) { w.Int(n) })
		assert.Equal(t, want, data, n)
		r := body(data...)
		assert.Equal(t, n, r.Int())
		require.NoError(t, r.Done())
	}
}

func TestCountsStandInBlocks(t *testing.T) {
	list := make([]int64, 18)
	list[0], list[1], list[17] = 5, 300, 7
	data := written(t, func(w *wire.Writer) { w.Counts(list) })
	assert.Equal(t, "\x12\x11\x05\xac\x02"+strings.Repeat("\x00", 14)+"\x02\x00\x07", string(data))
	r := body(data...)
	assert.Equal(t, list, r.Counts())
	require.NoError(t, r.Done())

	for reason, bad := range map[string]string{
		"more than are left":             "\x7f\x01\x01",
		"a length that is too short":     "\x02\x01\x01\x01",
		"a length that is too long":      "\x02\x03\x01\x01\x01",
		"a length and a longer count":    "\x02\x02\x01\xac\x02",
		"a length with more bytes":       "\x02\x82\x00\x01\x01",
		"a count that is beyond int64":   "\x01\x0a\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01",
		"a list without its last block":  "\x11\x10" + strings.Repeat("\x00", 16),
		"counts that end with the bytes": "\x02\x02\x01",
	} {
		r := body([]byte(bad)...)
		_ = r.Counts()
		require.Error(t, r.Done(), reason)
	}
	r = body(0)
	assert.Nil(t, r.Counts())
	require.NoError(t, r.Done())
}

func TestCountsOfKnownNumberNeedNoLength(t *testing.T) {
	data := written(t, func(w *wire.Writer) { w.Fill([]int64{1, 2, 3}) })
	assert.Equal(t, []byte{3, 1, 2, 3}, data)
	r := body(data...)
	assert.False(t, func() bool { other := body(data...); return other.Room(4) }())
	require.True(t, r.Room(3))
	var list [3]int64
	r.Fill(list[:])
	assert.Equal(t, [3]int64{1, 2, 3}, list)
	require.NoError(t, r.Done())
	assert.True(t, r.Room(0), "of nothing there is always enough")
	r.Refuse("nothing", "something")
	assert.False(t, r.Room(0), "but not after an error")
}

func TestWhatAPlaceCannotHoldIsRefused(t *testing.T) {
	for reason, row := range map[string]struct {
		data []byte
		read func(*wire.Reader)
		want refusal.Kind
	}{
		"a count beyond int64":        {binary.AppendUvarint(nil, 1<<63), func(r *wire.Reader) { r.Count() }, refusal.Range},
		"a code beyond the last":      {[]byte{4}, func(r *wire.Reader) { r.Most(3) }, refusal.Range},
		"any beyond a negative bound": {[]byte{1}, func(r *wire.Reader) { r.Most(-1) }, refusal.Range},
		"neither yes nor no":          {[]byte{2}, func(r *wire.Reader) { r.Bool() }, refusal.Range},
		"a long text":                 {[]byte("\x03abc"), func(r *wire.Reader) { r.Text(2) }, refusal.Range},
		"a text that is cut off":      {[]byte("\x03ab"), func(r *wire.Reader) { r.Text(9) }, refusal.Text},
		"a text that is shorter":      {[]byte("\x01a"), func(r *wire.Reader) { r.Exact(make([]byte, 2)) }, refusal.Text},
		"a text that is longer":       {[]byte("\x02ab"), func(r *wire.Reader) { r.Exact(make([]byte, 1)) }, refusal.Text},
		"an empty key":                {[]byte{0}, func(r *wire.Reader) { r.Key("", 9) }, refusal.Text},
		"a key again":                 {[]byte("\x01a"), func(r *wire.Reader) { r.Key("a", 9) }, refusal.Text},
		"a key that goes before":      {[]byte("\x01a"), func(r *wire.Reader) { r.Key("aa", 9) }, refusal.Text},
		"more items than are left":    {[]byte{3, 0, 0, 0, 0, 0}, func(r *wire.Reader) { r.Len(2) }, refusal.Text},
		"keys out of order":           {[]byte("\x02\x01b\x01a"), func(r *wire.Reader) { r.Keys(9) }, refusal.Text},
		"a key twice":                 {[]byte("\x02\x01a\x01a"), func(r *wire.Reader) { r.Keys(9) }, refusal.Text},
		"an empty key first":          {[]byte("\x01\x00\x00"), func(r *wire.Reader) { r.Keys(9) }, refusal.Text},
		"a long key":                  {[]byte("\x01\x03abc"), func(r *wire.Reader) { r.Keys(2) }, refusal.Range},
		"keys that are cut off":       {[]byte("\x02\x03abc"), func(r *wire.Reader) { r.Keys(9) }, refusal.Text},
	} {
		r := body(row.data...)
		row.read(&r)
		var refused *refusal.Error
		require.ErrorAs(t, r.Done(), &refused, reason)
		assert.Equal(t, row.want, refused.Kind, reason)
	}
}

func TestALengthIsHeldAgainstWhatItsPartsNeedAtLeast(t *testing.T) {
	r := body(2, 'a', 'b', 'c', 'd')
	assert.Equal(t, 2, r.Len(2), "two parts of two bytes")
	for _, length := range []byte{3, 5, 9} {
		r = body(length, 'a', 'b', 'c', 'd')
		assert.Zero(t, r.Len(2))
		require.ErrorContains(t, r.Done(), "want no more than is left")
	}
}

func TestAfterAnErrorEverythingReadsAsNothing(t *testing.T) {
	r := body(1, 1, 'a', 1, 1, 1, 1)
	r.Refuse("first", "")
	r.Refuse("second", "")
	assert.Zero(t, r.Uint())
	assert.Zero(t, r.Int())
	assert.Zero(t, r.Len(1))
	assert.Empty(t, r.Text(9))
	assert.Empty(t, r.Key("", 9))
	assert.False(t, r.Bool())
	assert.Nil(t, r.Counts())
	assert.Zero(t, r.Keys(9).Len())
	list := []int64{7}
	r.Fill(list)
	assert.Equal(t, []int64{7}, list)
	r.Nest(nil) // which is not asked
	require.EqualError(t, r.Done(), "a/1: cannot be read: got first at byte 4")
}

func TestAWriterKeepsItsFirstError(t *testing.T) {
	var w wire.Writer
	w.Counts([]int64{1, -2, -3})
	w.Nest(part{err: errors.New("later")})
	_, err := w.Bytes()
	require.EqualError(t, err, "out of range: got -2, want a count of 0 or more")
	w = wire.Begin(nil, "a/1", rule)
	w.Nest(part{err: errors.New("cannot")})
	_, err = w.Bytes()
	require.EqualError(t, err, "cannot be read: cannot")
}

// A part is a tally within a tally.
type part struct {
	text string
	err  error
}

func (p part) AppendBinary(data []byte) ([]byte, error) { return append(data, p.text...), p.err }

func (p *part) UnmarshalBinary(data []byte) error {
	p.text = string(data)
	return p.err
}

func TestATallyWithinATallyStandsAfterItsLength(t *testing.T) {
	long := strings.Repeat("x", 200)
	data := written(t, func(w *wire.Writer) {
		w.Nest(part{text: "abc"})
		w.Nest(part{text: long})
		w.Nest(part{})
		w.Bool(true)
	})
	assert.Equal(t, "\x03abc\xc8\x01"+long+"\x00\x01", string(data))
	r := body(data...)
	var first, second, third part
	r.Nest(&first)
	r.Nest(&second)
	r.Nest(&third)
	assert.True(t, r.Bool())
	require.NoError(t, r.Done())
	assert.Equal(t, []string{"abc", long, ""}, []string{first.text, second.text, third.text})

	refuses := part{err: errors.New("not mine")}
	r = body(data...)
	r.Nest(&refuses)
	err := r.Done()
	require.ErrorIs(t, err, refuses.err)
	require.EqualError(t, err, "a/1: cannot be read: not mine")
}

func TestKeysShareOneText(t *testing.T) {
	long := strings.Repeat("z", 200)
	keys := []string{"a", "ab", "b", long}
	data := written(t, func(w *wire.Writer) {
		w.Len(len(keys))
		for _, key := range keys {
			w.Text(key)
		}
	})
	r := body(data...)
	read := r.Keys(200)
	require.NoError(t, r.Done())
	clear(data)
	assert.Equal(t, len(keys), read.Len())
	assert.Equal(t, keys, slices.Collect(read.All()))
	for key := range read.All() {
		assert.Equal(t, "a", key)
		break
	}
	assert.Empty(t, slices.Collect(wire.Keys{}.All()))
}

// readsBack states that numbers, texts and counts are read as they were written.
func readsBack(write func(w *wire.Writer, list []int64)) laws.Law {
	return func(r *rapid.T) error {
		list := rapid.SliceOfN(rapid.OneOf(rapid.Int64Range(0, 200), rapid.Int64Min(0)), 0, 40).Draw(r, "list")
		number, text := rapid.Int64().Draw(r, "number"), rapid.String().Draw(r, "text")
		data := written(r, func(w *wire.Writer) {
			w.Int(number)
			write(w, list)
			w.Text(text)
		})
		from := body(data...)
		if got := from.Int(); got != number {
			return errors.New("another number")
		}
		if got := from.Counts(); !slices.Equal(got, list) {
			return errors.New("other counts")
		}
		if got := from.Text(len(text)); got != text {
			return errors.New("another text")
		}
		return from.Done()
	}
}

func TestWhatIsWrittenIsReadBack(t *testing.T) {
	laws.Holds(t, readsBack((*wire.Writer).Counts))
	laws.Rejects(t, readsBack(func(w *wire.Writer, list []int64) { // as if every count had one byte
		w.Len(len(list))
		for block := range slices.Chunk(list, 16) {
			w.Len(len(block))
			for _, n := range block {
				w.Count(n)
			}
		}
	}))
}

func TestWritingAllocatesNothing(t *testing.T) {
	data, list := make([]byte, 0, 1<<10), make([]int64, 100)
	assert.Zero(t, testing.AllocsPerRun(100, func() {
		w := wire.Begin(data, "union.table/1", rule)
		w.Counts(list)
		w.Text("a text")
		if _, err := w.Bytes(); err != nil {
			t.Fatal(err)
		}
	}))
}

func FuzzReader(f *testing.F) {
	f.Add([]byte("\x01a\x01\x00\x02\x02\x01\x01\x03abc\x02\x01a\x01b"))
	f.Add([]byte{})
	f.Fuzz(func(t *testing.T, data []byte) {
		r := wire.Read(data, "a/1", wire.Digest{})
		list, text, keys, number, yes := r.Counts(), r.Text(100), r.Keys(64), r.Int(), r.Bool()
		if r.Done() != nil {
			return
		}
		w := wire.Begin(nil, "a/1", r.Rule())
		w.Counts(list)
		w.Text(text)
		w.Len(keys.Len())
		for key := range keys.All() {
			w.Text(key)
		}
		w.Int(number)
		w.Bool(yes)
		again, err := w.Bytes()
		require.NoError(t, err)
		assert.Equal(t, data, again, "what is read is what would be written")
	})
}
