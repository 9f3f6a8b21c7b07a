package competition

import (
	"errors"
	"slices"
	"strconv"

	"github.com/unioncampaign/union"
)

// A faultList gathers what is wrong with one part of an edition, so that all of
// it is reported at once.
type faultList struct{ faults []error }

func (l *faultList) add(sentinel error, where, got, want string) {
	l.faults = append(l.faults, union.NewFault(sentinel, where, got, want))
}

// within adds the faults of err, placed within where.
func (l *faultList) within(where string, err error) {
	if err != nil {
		l.faults = append(l.faults, union.Within(where, err))
	}
}

// given adds a fault if a text is empty.
func (l *faultList) given(where, text string) {
	if text == "" {
		l.add(union.ErrMissing, where, "", "")
	}
}

// key adds a fault if a key is empty or was seen before, and notes it.
func (l *faultList) key(where, key string, seen map[string]bool) {
	switch {
	case key == "":
		l.add(union.ErrMissing, where, "", "")
	case seen[key]:
		l.add(union.ErrRepeated, where, quote(key), "a new key")
	}
	seen[key] = true
}

// known adds a fault if a key is empty or not in the list.
func (l *faultList) known(codes union.Codes, where, key string) {
	if key == "" {
		l.add(union.ErrMissing, where, "", "")
		return
	}
	if _, err := codes.Find(key); err != nil {
		l.within(where, err)
	}
}

func (l *faultList) join() error { return joined(l.faults) }

func joined(faults []error) error { return errors.Join(faults...) }

func indexed(where string, i int) string { return where + "[" + strconv.Itoa(i) + "]" }

// quote returns a key for a message. A text too long for a key, or with as many
// digits as a person's number has, is not quoted: it may be one that stands in
// the wrong column.
func quote(text string) string {
	const longest, mostDigits = 64, 10
	digits := 0
	for i := range len(text) {
		if text[i] >= '0' && text[i] <= '9' {
			digits++
		}
	}
	if len(text) > longest || digits > mostDigits {
		return "a text of " + whole(len(text)) + " bytes"
	}
	return strconv.Quote(text)
}

func whole(n int) string { return strconv.Itoa(n) }

// cloned returns a copy of a slice, nil for an empty one, so that two equal
// rules have one form.
func cloned[T any](list []T) []T {
	if len(list) == 0 {
		return nil
	}
	return slices.Clone(list)
}
