package simulate

import (
	"fmt"

	"github.com/unioncampaign/union"
)

// What laws count by: the plainest loops there are.

// equal says that a tally has another number than its records.
func equal(what string, got, want int64) error {
	if got != want {
		return fmt.Errorf("%s: %d, and the records have %d", what, got, want)
	}
	return nil
}

// sumOf adds up a number of records.
func sumOf[R any](of []R, number func(R) int64) int64 {
	var sum int64
	for _, each := range of {
		sum += number(each)
	}
	return sum
}

// countOf counts records.
func countOf[R any](of []R, which func(R) bool) int64 {
	return sumOf(of, func(each R) int64 {
		if which(each) {
			return 1
		}
		return 0
	})
}

// distinct counts the keys of records, but the empty one.
func distinct[R any](of []R, key func(R) string) int64 {
	seen := map[string]bool{}
	for _, each := range of {
		if key := key(each); key != "" {
			seen[key] = true
		}
	}
	return int64(len(seen))
}

// figures are figures by their keys.
type figures map[string]union.Figure

// figuresOf returns figures by their keys.
func figuresOf(list []union.Figure, err error) (figures, error) {
	made := figures{}
	for _, figure := range list {
		made[figure.Key()] = figure
	}
	return made, err
}

// whole says that a figure has another count than the records.
func (f figures) whole(key string, want int64) error {
	got, ok := f[key].Whole()
	if !ok {
		return fmt.Errorf("%s: %s is no count", key, f[key])
	}
	return equal(key, got, want)
}

// amount says that a figure has another amount than the records.
func (f figures) amount(key string, want union.Money) error {
	got, ok := f[key].Amount()
	if !ok {
		return fmt.Errorf("%s: %s is no amount", key, f[key])
	}
	return equal(key, got.Fen(), want.Fen())
}

// stated says that a count of a report is another than that of the records.
func stated(what string, got union.Count, want int64) error {
	low, high, ok := got.Bounds()
	if !ok || low != high {
		return fmt.Errorf("%s: %q is not exact", what, got)
	}
	return equal(what, low, want)
}

// wholeOf says that the parts of a list do not add up to their whole.
func wholeOf(what string, parts map[string]union.Count, want int64) error {
	sum := int64(0)
	for _, part := range parts {
		low, _, _ := part.Bounds()
		sum += low
	}
	return equal("parts of "+what, sum, want)
}
