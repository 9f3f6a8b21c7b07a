package wire

import (
	"encoding"
	"encoding/binary"
	"slices"
	"strconv"

	"github.com/unioncampaign/union/internal/refusal"
)

// A Writer appends one tally to bytes. It remembers its first error and writes
// nothing after it. The zero Writer appends a body without a header.
type Writer struct {
	data []byte
	err  error
}

// Begin returns a writer that appends to data a tally of a form, such as
// "union.table/1", under a rule. A form without name or number is [refusal.Text].
func Begin(data []byte, form string, rule Digest) Writer {
	w := Writer{data: data}
	name, version, ok := splitForm(form)
	if !ok {
		w.fail(&refusal.Error{Kind: refusal.Text, Where: "form", Got: strconv.Quote(form), Want: "a name and a number"})
		return w
	}
	w.Text(name)
	w.Uint(version)
	if rule == (Digest{}) {
		w.Len(0)
		return w
	}
	w.Len(len(rule))
	w.data = append(w.data, rule[:]...)
	return w
}

// Bytes returns what was given to [Begin] and what was appended to it, or the
// first error.
func (w *Writer) Bytes() ([]byte, error) {
	if w.err != nil {
		return nil, w.err
	}
	return w.data, nil
}

// fail notes the first error.
func (w *Writer) fail(err error) {
	if w.err == nil {
		w.err = err
	}
}

// Uint writes a number.
func (w *Writer) Uint(n uint64) { w.data = binary.AppendUvarint(w.data, n) }

// Int writes a number that may be below zero: those of small magnitude are short.
func (w *Writer) Int(n int64) { w.data = binary.AppendVarint(w.data, n) }

// Count writes how many there are of something. One below zero is [refusal.Range].
func (w *Writer) Count(n int64) {
	if n < 0 {
		w.fail(&refusal.Error{Kind: refusal.Range, Got: strconv.FormatInt(n, 10), Want: "a count of 0 or more"})
		return
	}
	w.Uint(uint64(n))
}

// Bool writes yes or no.
func (w *Writer) Bool(yes bool) {
	if yes {
		w.Uint(1)
	} else {
		w.Uint(0)
	}
}

// Text writes a text of any bytes.
func (w *Writer) Text(text string) {
	w.Len(len(text))
	w.data = append(w.data, text...)
}

// Len writes how many items follow.
func (w *Writer) Len(n int) { w.Count(int64(n)) }

// Counts writes how many counts there are, and each as [Writer.Count] does.
func (w *Writer) Counts(list []int64) {
	w.Len(len(list))
	w.Fill(list)
}

// Fill writes counts of which the reader knows how many there are.
func (w *Writer) Fill(list []int64) {
	for block := range slices.Chunk(list, blockOf) {
		size := 0
		for _, n := range block {
			size += sizeOf(uint64(n))
		}
		w.Len(size)
		for _, n := range block {
			w.Count(n)
		}
	}
}

// Nest writes a tally within the tally, header and all.
func (w *Writer) Nest(part encoding.BinaryAppender) {
	before := len(w.data)
	data, err := part.AppendBinary(w.data)
	if err != nil {
		w.fail(&refusal.Error{Kind: refusal.Text, Cause: err})
		return
	}
	var length [longestVarint]byte
	size := binary.PutUvarint(length[:], uint64(len(data)-before))
	w.data = slices.Insert(data, before, length[:size]...)
}
