package union

import (
	"errors"
	"fmt"
)

// The sentinels that more than one package reports. A package adds its own only
// for what no other can meet. All are matched with [errors.Is].
var (
	ErrMissing   = errors.New("must be given")
	ErrText      = errors.New("cannot be read")
	ErrRange     = errors.New("out of range")
	ErrUnknown   = errors.New("not known")
	ErrRepeated  = errors.New("given more than once")
	ErrOrder     = errors.New("out of order")
	ErrHole      = errors.New("falls in no band")
	ErrOverlap   = errors.New("falls in more than one band")
	ErrRule      = errors.New("made under another rule")
	ErrOverflow  = errors.New("too large to be held exactly")
	ErrUndefined = errors.New("undefined over nothing")
	ErrMeasure   = errors.New("measures do not mix")
)

// A Fault says where a rule or a record is wrong, what was found and what was
// wanted. It is the one error type of the library: a [Finding] whose rule is
// the text of a sentinel, which it matches under [errors.Is].
//
// A Fault holds no full name and no full number of a person: what it quotes of
// one is already masked.
type Fault struct {
	Finding
	sentinel error
}

// NewFault returns the fault that breaks sentinel at where, with what was got
// and wanted. Empty texts are left out of its message. A nil sentinel becomes
// [ErrText].
func NewFault(sentinel error, where, got, want string) *Fault {
	if sentinel == nil {
		sentinel = ErrText
	}
	return &Fault{
		Finding:  Finding{Where: where, Rule: sentinel.Error(), Got: got, Want: want},
		sentinel: sentinel,
	}
}

// Error returns the finding as one line.
func (f *Fault) Error() string { return f.String() }

// Unwrap returns the sentinel.
func (f *Fault) Unwrap() error { return f.sentinel }

// Within returns err with where put before the place of every [Fault] in it, so
// that a fault found deep inside a document says its whole place. Faults joined
// in err stay joined; any other error is wrapped with where before its text.
// A nil err or an empty where returns err.
func Within(where string, err error) error {
	if err == nil || where == "" {
		return err
	}
	//nolint:errorlint // this layer only: what is joined below stays joined
	if fault, ok := err.(*Fault); ok {
		moved := *fault
		moved.Where = joinPlace(where, fault.Where)
		return &moved
	}
	if joined, ok := err.(interface{ Unwrap() []error }); ok {
		var moved []error
		for _, each := range joined.Unwrap() {
			moved = append(moved, Within(where, each))
		}
		return errors.Join(moved...)
	}
	return fmt.Errorf("%s: %w", where, err)
}

// joinPlace writes "items[2]" and "key" as "items[2].key", and leaves an index
// or an empty place without a dot.
func joinPlace(outer, inner string) string {
	switch {
	case inner == "":
		return outer
	case inner[0] == '[':
		return outer + inner
	}
	return outer + "." + inner
}

// Faults returns every [Fault] joined or wrapped in err, in order: what a
// document with several faults reports at once. It is empty for a nil err and
// for an err that holds none.
func Faults(err error) []*Fault {
	var found []*Fault
	var walk func(error)
	walk = func(err error) {
		switch each := err.(type) { //nolint:errorlint // layer by layer, to find them all
		case nil:
		case *Fault:
			found = append(found, each)
		case interface{ Unwrap() []error }:
			for _, inner := range each.Unwrap() {
				walk(inner)
			}
		case interface{ Unwrap() error }:
			walk(each.Unwrap())
		}
	}
	walk(err)
	return found
}
