package laws

import (
	"bytes"
	"encoding"
	"encoding/binary"
	"errors"
	"fmt"
	"reflect"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/shopspring/decimal"
	"pgregory.net/rapid"
)

// A Formed is what *T must have for T to have a binary form.
type Formed[T any] interface {
	*T
	encoding.BinaryAppender
	encoding.BinaryUnmarshaler
}

// A Wired is what *T must have for T to be a tally: union.Tally, which is not
// named here so that the vocabulary's own tests may use the laws.
type Wired[T any] interface {
	Formed[T]
	Merge(T) error
}

// Ops are what a tally can do, apart from its type, so that a law can be stated
// of a broken twin: [OpsOf] with one of them replaced.
type Ops[T any] struct {
	Merge  func(into *T, other T) error
	Append func(of T, data []byte) ([]byte, error)
	Read   func(into *T, data []byte) error
}

// OpsOf returns what T can do.
func OpsOf[T any, P Wired[T]]() Ops[T] {
	ops := FormOf[T, P]()
	ops.Merge = func(into *T, other T) error { return P(into).Merge(other) }
	return ops
}

// FormOf returns what a T can do that has a binary form and need not merge: what is
// merged into it takes its place.
func FormOf[T any, P Formed[T]]() Ops[T] {
	return Ops[T]{
		Merge: func(into *T, other T) error {
			*into = other
			return nil
		},
		Append: func(of T, data []byte) ([]byte, error) { return P(&of).AppendBinary(data) },
		Read:   func(into *T, data []byte) error { return P(into).UnmarshalBinary(data) },
	}
}

// Tally holds every law of a tally T, whose type the caller states:
// laws.Tally[union.Table](t, draw). They are the laws of [Merges], and those of the
// binary form. The generator draws tallies of one rule that can be merged; the
// same draw must give equal values that share nothing.
func Tally[T any, P Wired[T]](t *testing.T, generate func(*rapid.T) T) {
	t.Helper()
	Merges[T, P](t, generate)
	holdsForm(t, generate, OpsOf[T, P]())
}

// Form holds every law of the binary form of a T that is no tally, whose type the
// caller states: laws.Form[union.Tree](t, draw). The same draw must give equal values.
func Form[T any, P Formed[T]](t *testing.T, generate func(*rapid.T) T) {
	t.Helper()
	holdsForm(t, generate, FormOf[T, P]())
}

func holdsForm[T any](t *testing.T, generate func(*rapid.T) T, ops Ops[T]) {
	t.Helper()
	for _, each := range []struct {
		name string
		law  Law
	}{
		{"what is written is read back", ReadsBack(generate, ops)},
		{"only what would be written is read", ReadsOneForm(generate, ops)},
		{"equal tallies have equal bytes", EqualsByBytes(generate, ops)},
		{"what is cut off is refused", RefusesTheCut(generate, ops)},
		{"reading is bounded", ReadsWithinBounds(generate, ops)},
		{"a later version is refused by name", RefusesTheLater(generate, ops)},
		{"another type is refused by name", RefusesOthers(generate, ops)},
		{"what is refused changes nothing", RefusesWithoutAChange(generate, ops)},
		{"the same is written on every run", WritesTheSame(generate, ops)},
		{"the zero value survives", ZeroSurvives(ops)},
	} {
		t.Run(each.name, func(t *testing.T) { Holds(t, each.law) })
	}
}

// ReadsBack states that reading what a tally writes gives an equal one, into the
// zero tally and into another of its rule, and appends to what was there.
func ReadsBack[T any](generate func(*rapid.T) T, ops Ops[T]) Law {
	return func(r *rapid.T) error {
		x, other := generate(r), generate(r)
		data, err := ops.Append(x, []byte("before"))
		if err != nil {
			return err
		}
		data, ok := bytes.CutPrefix(data, []byte("before"))
		if !ok {
			return errors.New("what was there before is not kept")
		}
		given := slices.Clone(data)
		var fresh T
		for _, into := range []*T{&fresh, &other} {
			if err := ops.Read(into, data); err != nil {
				return fmt.Errorf("refused its own bytes %x: %w", given, err)
			}
		}
		clear(data) // the caller's to use again
		for _, read := range []T{fresh, other} {
			if err := same("what was written, and what was read", x, read); err != nil {
				return err
			}
			if again, err := ops.Append(read, nil); err != nil || !bytes.Equal(given, again) {
				return fmt.Errorf("wrote %x, read it and wrote %x (%w)", given, again, err)
			}
		}
		return nil
	}
}

// ReadsOneForm states that bytes that are read are what would be written: there is
// no second way to say the same. It tries changed bytes of tallies.
func ReadsOneForm[T any](generate func(*rapid.T) T, ops Ops[T]) Law {
	return func(r *rapid.T) error {
		data, err := changed(r, generate, ops)
		if err != nil {
			return err
		}
		return oneForm(ops, data)
	}
}

// reads reports whether data is read into a tally, and not refused.
func reads[T any](ops Ops[T], into *T, data []byte) bool { return ops.Read(into, data) == nil }

// oneForm returns an error if data is read and would be written otherwise.
func oneForm[T any](ops Ops[T], data []byte) error {
	var read T
	if !reads(ops, &read, data) {
		return nil
	}
	if again, err := ops.Append(read, nil); err != nil || !bytes.Equal(data, again) {
		return fmt.Errorf("%T: read %x, which it writes as %x (%w)", read, data, again, err)
	}
	return nil
}

// EqualsByBytes states that two tallies are equal if and only if their bytes are,
// whichever way they came about.
func EqualsByBytes[T any](generate func(*rapid.T) T, ops Ops[T]) Law {
	return func(r *rapid.T) error {
		a, b := generate(r), generate(r)
		left, err := merged(ops.Merge, a, b)
		if err != nil {
			return err
		}
		right, err := merged(ops.Merge, b, a)
		if err != nil {
			return err
		}
		for _, pair := range [][2]T{{a, b}, {left, right}, {a, left}} {
			first, err := ops.Append(pair[0], nil)
			if err != nil {
				return err
			}
			second, err := ops.Append(pair[1], nil)
			if err != nil {
				return err
			}
			if equal := reflect.DeepEqual(pair[0], pair[1]); equal != bytes.Equal(first, second) {
				return fmt.Errorf("equal: %t, and the bytes are %x and %x", equal, first, second)
			}
		}
		return nil
	}
}

// RefusesTheCut states that no bytes that are read begin others that are.
func RefusesTheCut[T any](generate func(*rapid.T) T, ops Ops[T]) Law {
	return func(r *rapid.T) error {
		data, err := ops.Append(generate(r), nil)
		if err != nil {
			return err
		}
		cut := rapid.IntRange(0, len(data)-1).Draw(r, "cut")
		var read T
		if reads(ops, &read, data[:cut]) {
			return fmt.Errorf("read %x, cut off from %x", data[:cut], data)
		}
		if reads(ops, &read, append(data, byte(rapid.IntRange(0, 255).Draw(r, "more")))) {
			return fmt.Errorf("read more than %x", data)
		}
		return nil
	}
}

// multiple is how many times its input a reader may allocate.
const multiple = 8

// leeway is what a reader may allocate beside, for a short input: what a message
// is made of, and what the runtime rounds up to.
const leeway = 4 << 10

// longInput is how long an input is that needs no leeway.
const longInput = 64 << 10

// ReadsWithinBounds states that reading ends without a panic and allocates at
// most eight times its input, whatever bytes it is given: those of tallies,
// changed ones, ones at which a length is claimed that the rest only seems to
// bear out, and any.
func ReadsWithinBounds[T any](generate func(*rapid.T) T, ops Ops[T]) Law {
	return func(r *rapid.T) error {
		data, err := changed(r, generate, ops)
		if err != nil {
			return err
		}
		switch rapid.IntRange(0, 3).Draw(r, "kind of input") {
		case 0:
			data = rapid.SliceOfN(rapid.Byte(), 0, 200).Draw(r, "any")
		case 1:
			data = inflated(r, data)
		}
		return Bounded(ops, data)
	}
}

// Bounded returns an error if reading data allocates more than eight times as
// much, or panics. A test calls it with the worst that it can think of. It only
// looks for a panic where the race detector watches, whose build takes from the heap
// what others keep on the stack.
func Bounded[T any](ops Ops[T], data []byte) (broken error) {
	defer func() {
		if cause := recover(); cause != nil {
			broken = fmt.Errorf("reading %x panics: %v", data[:min(len(data), 200)], cause)
		}
	}()
	limit, took := bound(data), uint64(0)
	for range 3 { // another goroutine may allocate at the same time
		into := new(T)
		if took = allocates(func() { _ = ops.Read(into, data) }); took <= limit || racing {
			return nil
		}
	}
	return fmt.Errorf("reading %d bytes (%x…) takes %d", len(data), data[:min(len(data), 100)], took)
}

// bound is what a reader may allocate for data.
func bound(data []byte) uint64 {
	limit := uint64(multiple * len(data))
	if len(data) < longInput {
		limit += leeway
	}
	return limit
}

// allocates returns how many bytes a call allocates.
func allocates(call func()) uint64 {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	call()
	runtime.ReadMemStats(&after)
	return after.TotalAlloc - before.TotalAlloc
}

// inflated claims at some place of data a length, and fills the rest with so many
// of one byte, up to a long input.
func inflated(r *rapid.T, data []byte) []byte {
	at := rapid.IntRange(0, len(data)).Draw(r, "at")
	length := rapid.SampledFrom([]int{1 << 10, 16 << 10, longInput}).Draw(r, "length")
	filler := rapid.SampledFrom([]byte{0, 1, 16, 17, 127, 128, 255}).Draw(r, "filler")
	share := rapid.SampledFrom([]int{1, 2, 3, 4, 8, 18}).Draw(r, "share")
	long := binary.AppendUvarint(slices.Clone(data[:at]), uint64(length/share))
	return append(long, bytes.Repeat([]byte{filler}, max(0, length-len(long)))...)
}

// changed returns the bytes of a tally with a few of them changed, put in, left
// out or swapped, or none.
func changed[T any](r *rapid.T, generate func(*rapid.T) T, ops Ops[T]) ([]byte, error) {
	data, err := ops.Append(generate(r), nil)
	for range rapid.IntRange(0, 3).Draw(r, "changes") {
		at := rapid.IntRange(0, max(0, len(data)-1)).Draw(r, "at")
		char := rapid.OneOf(rapid.Byte(), rapid.SampledFrom([]byte{0, 1, 2, 0x80, 0x81, 0xff})).Draw(r, "byte")
		switch {
		case len(data) == 0:
			data = append(data, char)
		default:
			switch rapid.IntRange(0, 4).Draw(r, "change") {
			case 0:
				data = slices.Insert(data, at, char)
			case 1:
				data = slices.Delete(data, at, at+1)
			case 2:
				data[at] |= 0x80 // the number goes on: with a zero it is one that has more bytes than it needs
				data = slices.Insert(data, at+1, 0)
			default:
				data[at] = char
			}
		}
	}
	return data, err
}

// header splits what every tally begins with: the form's name, its version, and
// where the rule's digest stands, if there is one.
func header(data []byte) (name string, version, digest int, err error) {
	if len(data) < 2 || len(data) < int(data[0])+3 {
		return "", 0, 0, fmt.Errorf("%x has no header", data)
	}
	version = 1 + int(data[0])
	if data[version+1] == 16 {
		digest = version + 2
	}
	return string(data[1:version]), version, digest, nil
}

// refusedByName returns an error unless reading data is refused by a message that
// has all the words.
func refusedByName[T any](ops Ops[T], data []byte, words ...string) error {
	var read T
	err := ops.Read(&read, data)
	if err == nil {
		return fmt.Errorf("read %x, which is something else", data)
	}
	for _, word := range words {
		if !strings.Contains(err.Error(), word) {
			return fmt.Errorf("%x is refused without naming %s: %w", data, word, err)
		}
	}
	return nil
}

// RefusesTheLater states that a version that is not known is refused by name and
// number, and not read as if it were known.
func RefusesTheLater[T any](generate func(*rapid.T) T, ops Ops[T]) Law {
	return func(r *rapid.T) error {
		data, err := ops.Append(generate(r), nil)
		if err != nil {
			return err
		}
		name, version, _, err := header(data)
		if err != nil {
			return err
		}
		known := data[version]
		later := known + byte(rapid.IntRange(1, 100).Draw(r, "later"))
		data[version] = later
		return refusedByName(ops, data, fmt.Sprintf("%s/%d", name, later), fmt.Sprintf("%s/%d", name, known))
	}
}

// RefusesOthers states that the bytes of another type are refused by name, even
// if the rest could be read.
func RefusesOthers[T any](generate func(*rapid.T) T, ops Ops[T]) Law {
	return func(r *rapid.T) error {
		data, err := ops.Append(generate(r), nil)
		if err != nil {
			return err
		}
		name, version, _, err := header(data)
		if err != nil {
			return err
		}
		other := rapid.StringMatching(`[a-z]{2,9}\.[a-z]{2,9}`).Draw(r, "other")
		if other == name {
			return nil
		}
		renamed := append([]byte{byte(len(other))}, other...)
		return refusedByName(ops, append(renamed, data[version:]...), other, name)
	}
}

// RefusesWithoutAChange states that a tally that refuses bytes or another tally
// is left with the bytes that it had. What has a rule refuses the bytes and the
// tallies of another.
func RefusesWithoutAChange[T any](generate func(*rapid.T) T, ops Ops[T]) Law {
	return func(r *rapid.T) error {
		x := generate(r)
		before, err := ops.Append(x, nil)
		if err != nil {
			return err
		}
		unchanged := func(after string) error {
			if now, err := ops.Append(x, nil); err != nil || !bytes.Equal(before, now) {
				return fmt.Errorf("%s was refused and left %x of %x (%w)", after, now, before, err)
			}
			return nil
		}
		data, err := changed(r, generate, ops)
		if err != nil {
			return err
		}
		if !reads(ops, &x, data) {
			if err := unchanged("reading"); err != nil {
				return err
			}
		} else if err := ops.Read(&x, before); err != nil {
			return err
		}
		_, _, digest, err := header(before)
		if err != nil || digest == 0 {
			return err
		}
		foreign, err := ops.Append(generate(r), nil)
		if err != nil {
			return err
		}
		foreign[digest] ^= 1
		if reads(ops, &x, foreign) {
			return errors.New("read the bytes of another rule")
		}
		if err := unchanged("reading another rule's"); err != nil {
			return err
		}
		var other T
		if !reads(ops, &other, foreign) {
			return nil // a part of it is not of that rule either
		}
		if ops.Merge(&x, other) == nil {
			return errors.New("merged with a tally of another rule")
		}
		return unchanged("merging with another rule's")
	}
}

// WritesTheSame states that equal tallies are written alike on every run, and
// under whatever settings the program has chosen for package decimal.
func WritesTheSame[T any](generate func(*rapid.T) T, ops Ops[T]) Law {
	return func(r *rapid.T) error {
		x := generate(r)
		first, err := ops.Append(x, nil)
		if err != nil {
			return err
		}
		defer settings()()
		for range 4 { // the order of a map changes from one to the next
			again, err := ops.Append(x, nil)
			if err != nil || !bytes.Equal(first, again) {
				return fmt.Errorf("wrote %x, then %x (%w)", first, again, err)
			}
		}
		var read T
		if err := ops.Read(&read, first); err != nil {
			return err
		}
		return same("what was written, and what was read under other settings", x, read)
	}
}

// settings changes every setting of package decimal and returns what restores
// them.
func settings() (restore func()) {
	var restores []func()
	for _, number := range []*int{
		&decimal.DivisionPrecision, &decimal.PowPrecisionNegativeExponent, &decimal.ExpMaxIterations, &decimal.MaxDecodeExponent,
	} {
		before := *number
		restores = append(restores, func() { *number = before })
		*number = 1
	}
	for _, choice := range []*bool{
		&decimal.MarshalJSONWithoutQuotes, &decimal.TrimTrailingZeros, &decimal.UseScientificNotation,
	} {
		before := *choice
		restores = append(restores, func() { *choice = before })
		*choice = !before
	}
	return func() {
		for _, each := range restores {
			each()
		}
	}
}

// ZeroSurvives states that the zero tally can be merged, written and read back,
// and refuses no bytes at all.
func ZeroSurvives[T any](ops Ops[T]) Law {
	return func(*rapid.T) error {
		var zero, into T
		data, err := ops.Append(zero, nil)
		if err != nil {
			return err
		}
		if err := ops.Read(&into, data); err != nil {
			return err
		}
		if err := ops.Merge(&into, zero); err != nil {
			return err
		}
		for _, nothing := range [][]byte{nil, {}} {
			if reads(ops, &into, nothing) {
				return errors.New("read a tally from nothing")
			}
		}
		return same("zero, and what became of it", zero, into)
	}
}

// Folds holds the law of split folds, of records in any order: see [SplitFolds].
// The generator draws records that can all be added to one tally.
func Folds[T any, P Wired[T], R any](t *testing.T, empty func() T, generate func(*rapid.T) []R, add func(*T, R) error) {
	t.Helper()
	t.Run("a split fold is one fold", func(t *testing.T) { Holds(t, SplitFolds(OpsOf[T, P](), empty, generate, add)) })
}

// SplitFolds states that counting records in any order, cut anywhere, and merging
// the counts, in whatever order and also when they were sent as bytes between, is
// counting them at once.
func SplitFolds[T, R any](ops Ops[T], empty func() T, generate func(*rapid.T) []R, add func(*T, R) error) Law {
	return func(r *rapid.T) error {
		records := generate(r)
		whole := empty()
		for _, record := range records {
			if err := add(&whole, record); err != nil {
				return err
			}
		}
		parts := make([]T, rapid.IntRange(1, 4).Draw(r, "parts"))
		for i := range parts {
			parts[i] = empty()
		}
		for _, i := range rapid.Permutation(indexes(len(records))).Draw(r, "order") {
			part := &parts[rapid.IntRange(0, len(parts)-1).Draw(r, "part")]
			if err := add(part, records[i]); err != nil {
				return err
			}
		}
		var sum T
		for _, part := range parts {
			data, err := ops.Append(part, nil)
			if err != nil {
				return err
			}
			var sent T
			if err := ops.Read(&sent, data); err != nil {
				return err
			}
			if err := ops.Merge(&sum, sent); err != nil {
				return err
			}
		}
		return same("counted at once, and in parts", whole, sum)
	}
}

func indexes(n int) []int {
	all := make([]int, n)
	for i := range all {
		all[i] = i
	}
	return all
}
