// Package quote says what of a text an error may show. It stands apart because
// the vocabulary and all packages above it owe their callers the same care.
package quote

import (
	"strconv"
	"unicode/utf8"
)

// The longest text, in bytes, and the most digits that are shown: a person's
// number has more digits, and what is longer is no key.
const (
	longest    = 64
	mostDigits = 10
)

// Key returns a text in quotes if it may be shown in an error. A text that is
// too long for a key, or has as many digits as a person's number, may be one
// that stands in the wrong place: of it only the length is told.
func Key(text string) string {
	if !Shown(text) {
		return "a text of " + strconv.Itoa(utf8.RuneCountInString(text)) + " characters"
	}
	return strconv.Quote(text)
}

// Shown reports whether a text may be shown in an error.
func Shown(text string) bool {
	digits := 0
	for _, char := range text {
		if '0' <= char && char <= '9' || '０' <= char && char <= '９' {
			digits++
		}
	}
	return len(text) <= longest && digits <= mostDigits
}
