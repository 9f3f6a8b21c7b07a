package wire

import (
	"encoding"
	"encoding/binary"
	"iter"
	"math"
	"strconv"

	"github.com/unioncampaign/union/internal/refusal"
)

// A Reader reads one tally from bytes. It remembers its first error, after which
// every method returns zero, so that a caller asks once, by [Reader.Done]; a loop
// over items needs to ask nothing either, since after an error a length is 0.
type Reader struct {
	data []byte
	at   int
	form string
	rule Digest
	err  error
}

// Read returns a reader of a tally of a form, such as "union.table/1", that has
// read its header. Own is the rule that the tally must be counted under, or the
// zero Digest for whichever it is. The errors that [Reader.Done] then reports,
// the first in this order:
//   - [refusal.Text], for a form without name or number, and for what is no header;
//   - [refusal.Unknown], for another form or version, by name;
//   - [refusal.Rule], for another rule than own.
func Read(data []byte, form string, own Digest) Reader {
	r := Reader{data: data, form: form}
	r.header(own)
	return r
}

func (r *Reader) header(own Digest) {
	name, version, ok := splitForm(r.form)
	if !ok {
		r.fail(refusal.Text, "the form "+strconv.Quote(r.form), "a name and a number")
		return
	}
	gotName := r.bytes(r.Len(1))
	if r.err == nil && string(gotName) != name {
		r.fail(refusal.Unknown, "the form "+shown(gotName), name)
	}
	if got := r.Uint(); r.err == nil && got != version {
		r.fail(refusal.Unknown, name+"/"+strconv.FormatUint(got, 10), r.form)
	}
	switch length := r.Len(1); {
	case length == len(r.rule):
		copy(r.rule[:], r.bytes(length))
		if r.err == nil && r.rule == (Digest{}) {
			r.fail(refusal.Text, "a digest of zeros", "no digest")
		}
	case length != 0:
		r.fail(refusal.Text, "a digest of "+strconv.Itoa(length)+" bytes", strconv.Itoa(len(r.rule)))
	}
	none := Digest{}
	if r.err == nil && own != none && r.rule != none && r.rule != own {
		r.fail(refusal.Rule, "another rule's bytes", "those of the tally's own rule")
	}
}

// shown returns a name as part of a message. It is cut off where no form's name
// is so long or no letter, digit or dot stands: it may not be a name at all.
func shown(name []byte) string {
	const longest = 40
	for i, char := range name {
		plain := char == '.' || char == '_' || '0' <= char && char <= '9' || 'a' <= char && char <= 'z'
		if !plain || i == longest {
			return string(name[:i]) + "…"
		}
	}
	return string(name)
}

// Rule returns the rule that the tally was counted under, zero for none.
func (r *Reader) Rule() Digest { return r.rule }

// Done returns the first error, an [*refusal.Error]. Bytes that are left are [refusal.Text].
func (r *Reader) Done() error {
	if left := len(r.data) - r.at; left > 0 {
		r.Refuse(strconv.Itoa(left)+" bytes more", "none")
	}
	return r.err
}

// Refuse notes that what was read cannot be: [refusal.Text].
func (r *Reader) Refuse(got, want string) { r.fail(refusal.Text, got, want) }

// Failed reports whether there is an error already.
func (r *Reader) Failed() bool { return r.err != nil }

// fail notes the first error, and leaves nothing to be read.
func (r *Reader) fail(kind refusal.Kind, got, want string) {
	if r.err == nil {
		r.err = &refusal.Error{Kind: kind, Where: r.form, Got: got + " at byte " + strconv.Itoa(r.at), Want: want}
	}
	r.at = len(r.data)
}

// bytes returns the next n bytes, which are there: see [Reader.Len].
func (r *Reader) bytes(n int) []byte {
	r.at += n
	return r.data[r.at-n : r.at]
}

// Uint reads a number. One that is cut off, has more bytes than it needs or more
// than 64 bits is [refusal.Text].
func (r *Reader) Uint() uint64 {
	n, size := binary.Uvarint(r.data[r.at:])
	switch {
	case r.err != nil:
		return 0
	case size <= 0:
		r.Refuse("no number", "one")
		return 0
	case size > 1 && r.data[r.at+size-1] == 0:
		r.Refuse("a number with more bytes than it needs", "as few as may be")
		return 0
	}
	r.at += size
	return n
}

// Int reads a number that may be below zero.
func (r *Reader) Int() int64 {
	n := r.Uint()
	half := int64(n >> 1)
	if n&1 != 0 {
		return ^half
	}
	return half
}

// Count reads how many there are of something. One that no int64 holds is
// [refusal.Range].
func (r *Reader) Count() int64 { return r.Most(math.MaxInt64) }

// Most reads a count of no more than most; a greater one is [refusal.Range].
func (r *Reader) Most(most int64) int64 {
	n := r.Uint()
	if n > uint64(max(most, 0)) {
		r.fail(refusal.Range, strconv.FormatUint(n, 10), strconv.FormatInt(most, 10)+" or less")
		return 0
	}
	return int64(n)
}

// Bool reads yes or no.
func (r *Reader) Bool() bool { return r.Most(1) == 1 }

// Len reads how many items follow, each of which has least bytes or more. If not
// so many bytes are left it is [refusal.Text], so whoever makes room for the items makes
// room for no more than there can be.
func (r *Reader) Len(least int) int {
	n := r.Uint()
	if left := len(r.data) - r.at; n > uint64(left/max(least, 1)) {
		r.Refuse("a length of "+strconv.FormatUint(n, 10), "no more than is left")
		return 0
	}
	return int(n)
}

// Text reads a text of no more than most bytes; a longer one is [refusal.Range].
func (r *Reader) Text(most int) string {
	return string(r.View(most))
}

// View is [Reader.Text] without a copy: what it returns is a part of the bytes that are
// read, and is to be neither kept nor changed.
func (r *Reader) View(most int) []byte {
	n := r.Len(1)
	if n > most {
		r.fail(refusal.Range, "a text of "+strconv.Itoa(n)+" bytes", "at most "+strconv.Itoa(most))
		return nil
	}
	return r.bytes(n)
}

// Exact reads a text of as many bytes as text has, into it; another length is
// [refusal.Text].
func (r *Reader) Exact(text []byte) {
	if n := r.Len(1); n != len(text) {
		r.Refuse("a text of "+strconv.Itoa(n)+" bytes", strconv.Itoa(len(text)))
		return
	}
	copy(text, r.bytes(len(text)))
}

// Key reads a text of 1 to most bytes that stands after the one before it, as the
// keys of what is written in ascending order do; before the first stands none,
// "". Any other order is [refusal.Text].
func (r *Reader) Key(before string, most int) string {
	key := r.Text(most)
	if r.err == nil && key <= before {
		r.outOfOrder()
		return ""
	}
	return key
}

func (r *Reader) outOfOrder() {
	r.Refuse("a key that does not stand after the one before it", "ascending keys, each once")
}

// Counts reads how many counts there are, and them. There are none for an empty
// list.
func (r *Reader) Counts() []int64 {
	n := r.Len(1)
	if n == 0 || !r.hasBlocks(n) {
		return nil
	}
	list := make([]int64, n)
	r.Fill(list)
	return list
}

// hasBlocks reports whether enough is left for n counts, and refuses if not.
func (r *Reader) hasBlocks(n int) bool {
	left := len(r.data) - r.at
	if n > left-(n+blockOf-1)/blockOf {
		r.Refuse(strconv.Itoa(n)+" counts", "no more than are left")
		return false
	}
	return true
}

// Room reports whether as many counts as n can be left to [Reader.Fill], and
// refuses if not: so whoever makes room for them makes no more than there can be.
func (r *Reader) Room(n int) bool { return r.err == nil && r.hasBlocks(n) }

// Fill reads as many counts as the list is long into it.
func (r *Reader) Fill(list []int64) {
	for len(list) > 0 && r.err == nil {
		block := list[:min(blockOf, len(list))]
		list = list[len(block):]
		r.block(block)
	}
}

// block reads the counts of one block, whose length must be theirs.
func (r *Reader) block(block []int64) {
	length := r.Len(1)
	end := r.at + length
	if r.err == nil && length == len(block) && r.short(block) {
		return
	}
	for i := range block {
		block[i] = r.Count()
	}
	if r.err == nil && r.at != end {
		r.Refuse("counts of another length", strconv.Itoa(length)+" bytes")
	}
}

// short reads counts of one byte each, and reports whether they are that.
func (r *Reader) short(block []int64) bool {
	bytes := r.data[r.at : r.at+len(block)]
	for i, n := range bytes {
		if n >= 1<<7 {
			return false
		}
		block[i] = int64(n)
	}
	r.at += len(block)
	return true
}

// Nest reads a tally within the tally. What that one refuses is the cause of the
// error.
func (r *Reader) Nest(part encoding.BinaryUnmarshaler) {
	data := r.bytes(r.Len(1))
	if r.err != nil {
		return
	}
	if err := part.UnmarshalBinary(data); err != nil {
		r.err = &refusal.Error{Kind: refusal.Text, Where: r.form, Cause: err}
		r.at = len(r.data)
	}
}

// Keys reads ascending keys, as a [Writer] writes them by Len and Text, of 1 to
// most bytes each. They share one text, so that many short ones cost little more
// than they are long.
func (r *Reader) Keys(most int) Keys {
	n := r.Len(2)
	start := r.at
	var before []byte
	for range n {
		key := r.View(most)
		if r.err != nil {
			return Keys{}
		}
		if string(key) <= string(before) {
			r.outOfOrder()
			return Keys{}
		}
		before = key
	}
	return Keys{text: string(r.data[start:r.at]), n: n}
}

// Keys are ascending keys as they were read. The zero Keys are none.
type Keys struct {
	text string // the keys, each after its length
	n    int
}

// Len returns how many there are.
func (k Keys) Len() int { return k.n }

// All returns the keys in ascending order.
func (k Keys) All() iter.Seq[string] {
	return func(yield func(string) bool) {
		for rest := k.text; rest != ""; {
			length, size := uint64(0), 0
			for shift := 0; ; shift += 7 {
				next := rest[size]
				length |= uint64(next&0x7f) << shift
				size++
				if next < 1<<7 {
					break
				}
			}
			end := size + int(length)
			if !yield(rest[size:end]) {
				return
			}
			rest = rest[end:]
		}
	}
}
