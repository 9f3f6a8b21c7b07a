package union

import (
	"errors"
	"strconv"
	"strings"
	"unicode"

	"github.com/unioncampaign/union/internal/quote"
)

// A FaultList gathers what is wrong with a rule, so that its constructor reports
// all of it at once. The zero FaultList is empty and ready to use.
type FaultList struct{ faults []error }

// Add notes the fault that [NewFault] returns.
func (l *FaultList) Add(sentinel error, where, got, want string) {
	l.faults = append(l.faults, NewFault(sentinel, where, got, want))
}

// Within notes the faults of err, if it is not nil, placed within where.
func (l *FaultList) Within(where string, err error) {
	if err != nil {
		l.faults = append(l.faults, Within(where, err))
	}
}

// Given notes [ErrMissing] if a text is empty.
func (l *FaultList) Given(where, text string) {
	if text == "" {
		l.Add(ErrMissing, where, "", "")
	}
}

// longestKey is the most bytes that a key may have.
const longestKey = 64

// Key checks the key of one part of a rule, and puts it among those seen so far: an
// empty key is [ErrMissing], one that was seen before [ErrRepeated], and one that is
// longer than 64 bytes or not made of letters, digits, - and _ is [ErrText]. Keys
// become parts of the dotted keys of figures. Where seen is nil no key is taken for
// repeated.
func (l *FaultList) Key(where, key string, seen map[string]bool) {
	l.key(where, key, seen[key])
	if seen != nil {
		seen[key] = true
	}
}

// key checks a key that was seen before or not.
func (l *FaultList) key(where, key string, seen bool) {
	switch {
	case key == "":
		l.Add(ErrMissing, where, "", "")
	case !spellsKey(key):
		l.Add(ErrText, where, quote.Key(key), "at most 64 bytes of letters, digits, - and _")
	case seen:
		l.Add(ErrRepeated, where, quote.Key(key), "a new key")
	}
}

// spellsKey reports whether a text that is not empty may be a key.
func spellsKey(text string) bool {
	return len(text) <= longestKey && !strings.ContainsFunc(text, notOfKey)
}

func notOfKey(char rune) bool {
	return !unicode.IsLetter(char) && !unicode.IsDigit(char) && char != '-' && char != '_'
}

// Err returns the faults noted, joined, or nil if there are none.
func (l *FaultList) Err() error { return errors.Join(l.faults...) }

// Indexed returns the place of the ith member of a list, such as "items[2]".
func Indexed(where string, i int) string { return where + "[" + strconv.Itoa(i) + "]" }
