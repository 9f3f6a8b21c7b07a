// Package wire writes and reads the one canonical binary form of tallies.
//
// A tally is written as a header, which is the name of its form, the number of
// the form's version and the digest of the rule that it was counted under, and a
// body of minimal varints and texts. Equal tallies have equal bytes, and bytes
// that are read are what would be written again.
//
// A reader trusts nothing: a length is checked against what is left before
// anything is made of it, so that what is allocated stays a small multiple of
// the input, and no input makes it panic.
package wire

import (
	"strconv"
	"strings"
)

// A Digest identifies a rule; the zero Digest is that of none.
type Digest [16]byte

// blockOf is how many counts stand under one length. It is what keeps counts of
// one byte, which become eight, from filling more than eight times the input.
const blockOf = 16

// longestVarint is how many bytes the greatest number has.
const longestVarint = 10

// splitForm returns the name and the version of a form such as "union.table/1".
func splitForm(form string) (name string, version uint64, ok bool) {
	name, number, found := strings.Cut(form, "/")
	version, err := strconv.ParseUint(number, 10, 64)
	return name, version, found && err == nil && name != "" && version != 0 && len(number) == sizeOfText(version)
}

// sizeOfText returns how many digits n has.
func sizeOfText(n uint64) int {
	digits := 1
	for ; n > 9; n /= 10 {
		digits++
	}
	return digits
}

// sizeOf returns how many bytes n has as a varint.
func sizeOf(n uint64) int {
	size := 1
	for ; n >= 1<<7; n >>= 7 {
		size++
	}
	return size
}
