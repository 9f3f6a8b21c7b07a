// Package rows reads the rows of a CSV text whose fields are parsed from bytes: it
// allocates nothing for a row.
//
// The text is what RFC 4180 describes, read strictly:
//
//   - A row ends at a line feed, with or without a carriage return before it, or
//     at the end of the text. An empty line is no row.
//   - Fields stand between commas. One that begins with a quote ends with the next
//     quote that is not doubled, and may hold commas, line ends and, as two, quotes;
//     a line end in it is read as a line feed, however it was written. No other
//     field holds a quote, and nothing stands between a closing quote and the comma
//     or line end after it.
//   - Spaces are part of a field, and so are bytes that are no UTF-8: what a field
//     may hold is for its own parser to say.
//   - One byte order mark before everything is passed over.
//
// Package encoding/csv reads the same rows but for the mark, which it leaves in the
// first field.
package rows

import (
	"bytes"
	"math/bits"
	"strconv"
)

// A Reader reads rows of equally many fields from a text in memory. It remembers
// its first error, after which there is no row, so that a caller asks once, by
// [Reader.Err]. The zero Reader has no rows.
type Reader struct {
	text   []byte
	at     int    // where what is not read yet begins
	block  int    // where the block begins that was looked through last
	marks  uint64 // its marks from at on: see marksOf
	line   int    // on which the row begins
	ends   int    // line ends before at
	fields []span
	copies []byte // the fields of the row that do not stand in the text as they are
	err    error
}

// A span is where a field stands: in the text, or, if from is below 0 and then the
// complement of the place, among the copies.
type span struct{ from, end int }

// quoted stands for the beginning of a field that was quoted and is noted already.
const quoted = -1

// Read returns a reader of the rows of text, each of which must have as many
// fields. It keeps the text, which must stay as it is while rows are read.
func Read(text []byte, fields int) Reader {
	text = bytes.TrimPrefix(text, []byte("\ufeff"))
	return Reader{text: text, marks: marksOf(text, 0), fields: make([]span, max(fields, 0))}
}

// Next reads the next row and reports whether there is one. There is none after
// the last, and none after an error.
func (r *Reader) Next() bool {
	text, fields, block, marks := r.text, r.fields, r.block, r.marks
	i, from := 0, r.at
	r.line, r.copies = r.ends+1, r.copies[:0]
	for {
		for marks == 0 {
			block += blockSize
			marks = marksOf(text, block)
		}
		at := block + bits.TrailingZeros64(marks)
		if uint(at) >= uint(len(text)) {
			r.block, r.marks, r.at = len(text), 0, len(text)
			return (i > 0 || !r.blank(from, len(text))) && r.lastField(i, from, len(text))
		}
		marks &= marks - 1
		switch text[at] {
		case ',':
			if i >= len(fields) {
				return r.refuseCount(i)
			}
			if from >= 0 {
				fields[i] = span{from, at}
			}
			i, from = i+1, at+1
		case '\n':
			r.ends++
			if i == 0 && r.blank(from, at) {
				from, r.line = at+1, r.ends+1
				continue
			}
			r.block, r.marks, r.at = block, marks, at+1
			if i == len(fields)-1 && from >= 0 && text[at-1] != '\r' {
				fields[i] = span{from, at}
				return true
			}
			return r.lastField(i, from, at)
		case '"':
			if block = r.unquote(i, from, at); block < 0 {
				return false
			}
			marks, from = marksOf(text, block), quoted
		}
	}
}

// blank reports whether a line is empty that begins and ends at two places.
func (r *Reader) blank(from, end int) bool {
	return end == from || end == from+1 && r.text[from] == '\r'
}

// lastField notes the last field of a row, unless it was quoted and is noted. A
// carriage return before the line end is no part of it.
func (r *Reader) lastField(i, from, end int) bool {
	if i != len(r.fields)-1 {
		return r.refuseCount(i)
	}
	if from >= 0 {
		if end > from && r.text[end-1] == '\r' {
			end--
		}
		r.fields[i] = span{from, end}
	}
	return true
}

// Field returns a field of the row, counted from 0. Its bytes stay as they are
// until the next row is read, and are for reading alone.
func (r *Reader) Field(i int) []byte {
	place := r.fields[i]
	if place.from < 0 {
		return r.copies[^place.from:place.end:place.end]
	}
	return r.text[place.from:place.end:place.end]
}

// Line returns the line on which the row begins, counted from 1.
func (r *Reader) Line() int { return r.line }

// Err returns the first error, an [*Error], and nil if there was none so far.
func (r *Reader) Err() error { return r.err }

// unquote notes a field that begins with the quote at a place, if it does, and
// returns where it ends, after its closing quote; or -1 if it is refused.
func (r *Reader) unquote(i, from, at int) int {
	switch {
	case at != from:
		r.refuse(i, "a quote in a field that does not begin with one", "none")
		return -1
	case i == len(r.fields):
		r.refuseCount(i)
		return -1
	}
	from, copied := from+1, len(r.copies)
	for at = from; ; at += 2 {
		next := bytes.IndexByte(r.text[at:], '"')
		if next < 0 {
			r.refuse(i, "a quoted field that does not end", "a closing quote")
			return -1
		}
		part := r.text[at : at+next]
		at += next
		doubled := at+1 < len(r.text) && r.text[at+1] == '"'
		r.copyPart(part, doubled)
		if !doubled {
			break
		}
	}
	r.fields[i] = span{^copied, len(r.copies)}
	if !r.endsAt(at + 1) {
		r.refuse(i, "text after a closing quote", "a comma or a line end")
		return -1
	}
	return at + 1
}

// copyPart copies a part of a quoted field, its line ends as line feeds, and the
// quote that it ends with, if that was doubled.
func (r *Reader) copyPart(part []byte, doubled bool) {
	for range bytes.Count(part, []byte("\n")) {
		line, rest, _ := bytes.Cut(part, []byte("\n"))
		r.copies = append(append(r.copies, bytes.TrimSuffix(line, []byte("\r"))...), '\n')
		r.ends++
		part = rest
	}
	r.copies = append(r.copies, part...)
	if doubled {
		r.copies = append(r.copies, '"')
	}
}

// endsAt reports whether a field may end at a place: a comma, a line end or the
// end of the text.
func (r *Reader) endsAt(at int) bool {
	rest := r.text[at:]
	if len(rest) > 0 && rest[0] == '\r' {
		rest = rest[1:]
		return len(rest) == 0 || rest[0] == '\n'
	}
	return len(rest) == 0 || rest[0] == ',' || rest[0] == '\n'
}

// refuseCount notes that a row has too few fields, or too many.
func (r *Reader) refuseCount(i int) bool {
	got := "the end of the row"
	if i == len(r.fields) {
		got = "a field more"
	}
	return r.refuse(i, got, strconv.Itoa(len(r.fields))+" fields")
}

// refuse notes an error at a field, and leaves nothing to be read.
func (r *Reader) refuse(i int, got, want string) bool {
	r.err = &Error{Line: r.line, Field: i + 1, Got: got, Want: want}
	r.text, r.at, r.marks = nil, 0, 0
	return false
}

// An Error says on which line the row begins that cannot be read, and at which of
// its fields, both counted from 1. It quotes nothing of the text.
type Error struct {
	Line, Field int
	Got, Want   string
}

// Error returns the error as one line.
func (e *Error) Error() string {
	return "line " + strconv.Itoa(e.Line) + ", field " + strconv.Itoa(e.Field) + ": got " + e.Got + ", want " + e.Want
}
