// Package laws states, for tests, what must hold of every value the library
// makes: a law is a function of an implementation, run on the real one and on a
// broken twin that it must reject.
package laws

import (
	"encoding"
	"fmt"
	"reflect"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// A Law draws its own input and returns nil if it holds for what it drew, else
// an error that says what did not.
type Law func(t *rapid.T) error

// Holds fails the test unless the law holds for every input drawn.
func Holds(t *testing.T, law Law) {
	t.Helper()
	rapid.Check(t, func(r *rapid.T) {
		if err := law(r); err != nil {
			r.Fatal(err)
		}
	})
}

// seeds bounds the search for an input on which a broken twin fails.
const seeds = 5000

// Rejects fails the test unless the law, stated of a broken twin, fails for some
// input drawn: a law that no wrong program breaks proves nothing.
func Rejects(t *testing.T, law Law) {
	t.Helper()
	outcome := rapid.Custom(func(r *rapid.T) error { return run(law, r) })
	for seed := range seeds {
		if outcome.Example(seed) != nil {
			return
		}
	}
	t.Fatalf("the law holds for its broken twin in all of %d cases", seeds)
}

// run counts a panic of the twin as a broken law, but leaves alone the panics by
// which rapid gives up on a draw. It draws once itself, since rapid wants a
// generator to draw something.
func run(law Law, r *rapid.T) (broken error) {
	_ = rapid.Bool().Draw(r, "nothing")
	defer func() {
		cause := recover()
		switch {
		case cause == nil:
		case strings.HasPrefix(fmt.Sprintf("%T", cause), "rapid."):
			panic(cause)
		default:
			broken = fmt.Errorf("panic: %v", cause)
		}
	}()
	return law(r)
}

// A Merger is what *T must have for T to be merged.
type Merger[T any] interface {
	*T
	Merge(T) error
}

// Merges holds the merge laws of the tally T: commutative, associative, with the
// Go zero value as identity, and aliasing neither side. The generator draws
// tallies of one rule; the same draw must give equal values that share nothing.
// It is for a T that has no binary form; for one that has, there is [Tally].
func Merges[T any, P Merger[T]](t *testing.T, generate func(*rapid.T) T) {
	t.Helper()
	merge := func(into *T, other T) error { return P(into).Merge(other) }
	t.Run("merge is commutative", func(t *testing.T) { Holds(t, Commutes(generate, merge)) })
	t.Run("merge is associative", func(t *testing.T) { Holds(t, Associates(generate, merge)) })
	t.Run("zero is the identity", func(t *testing.T) { Holds(t, HasIdentity(generate, merge)) })
	t.Run("merge does not alias", func(t *testing.T) { Holds(t, KeepsApart(generate, merge)) })
}

// A merge adds other into a tally, or refuses it.
type merge[T any] = func(into *T, other T) error

// merged returns the merge of parts into an empty tally.
func merged[T any](add merge[T], parts ...T) (T, error) {
	var sum T
	for _, part := range parts {
		if err := add(&sum, part); err != nil {
			return sum, err
		}
	}
	return sum, nil
}

// Commutes states that a merged with b equals b merged with a.
func Commutes[T any](generate func(*rapid.T) T, add merge[T]) Law {
	return func(r *rapid.T) error {
		a, b := generate(r), generate(r)
		left, err := merged(add, a, b)
		if err != nil {
			return err
		}
		right, err := merged(add, b, a)
		if err != nil {
			return err
		}
		return same("a then b, and b then a", left, right)
	}
}

// Associates states that the order in which three tallies are merged does not
// matter.
func Associates[T any](generate func(*rapid.T) T, add merge[T]) Law {
	return func(r *rapid.T) error {
		a, b, c := generate(r), generate(r), generate(r)
		first, err := merged(add, a, b)
		if err != nil {
			return err
		}
		left, err := merged(add, first, c)
		if err != nil {
			return err
		}
		last, err := merged(add, b, c)
		if err != nil {
			return err
		}
		right, err := merged(add, a, last)
		if err != nil {
			return err
		}
		return same("(a, b), c and a, (b, c)", left, right)
	}
}

// HasIdentity states that merging the Go zero value, on either side, changes
// nothing.
func HasIdentity[T any](generate func(*rapid.T) T, add merge[T]) Law {
	return func(r *rapid.T) error {
		var zero T
		a := generate(r)
		left, err := merged(add, zero, a)
		if err != nil {
			return err
		}
		if err := same("zero then a, and a", left, a); err != nil {
			return err
		}
		if err := add(&a, zero); err != nil {
			return err
		}
		return same("a then zero, and a", a, left)
	}
}

// KeepsApart states that adding to a merged tally changes neither of the two it
// was made of.
func KeepsApart[T any](generate func(*rapid.T) T, add merge[T]) Law {
	return func(r *rapid.T) error {
		a, b := generate(r), generate(r)
		copyA, err := merged(add, a)
		if err != nil {
			return err
		}
		beforeA, beforeB := snapshot(a), snapshot(b)
		sum, err := merged(add, copyA, b)
		if err != nil {
			return err
		}
		if err := add(&sum, b); err != nil {
			return err
		}
		if err := add(&sum, a); err != nil {
			return err
		}
		if after := snapshot(a); after != beforeA {
			return fmt.Errorf("a changed from %s to %s", beforeA, after)
		}
		if after := snapshot(b); after != beforeB {
			return fmt.Errorf("b changed from %s to %s", beforeB, after)
		}
		return nil
	}
}

// snapshot returns what a value holds now, as text: its bytes if it has a binary
// form, which tell also what stands behind its pointers.
func snapshot[T any](value T) string {
	if part, ok := any(value).(encoding.BinaryAppender); ok {
		data, err := part.AppendBinary(nil)
		return fmt.Sprintf("%x %v", data, err)
	}
	return fmt.Sprintf("%#v", value)
}

// same returns an error that says what differs, unless the two are deeply equal or,
// where they have a method Equal, that says so.
func same[T any](what string, left, right T) error {
	if compared, ok := any(left).(interface{ Equal(T) bool }); ok && compared.Equal(right) || reflect.DeepEqual(left, right) {
		return nil
	}
	return fmt.Errorf("%s differ: %+v, %+v", what, left, right)
}
