package house_test

import (
	"encoding"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/competition"
)

// A worded type is a small number that has a word for each value that is known.
// Its zero value is none of them.
type worded interface {
	fmt.Stringer
	encoding.TextMarshaler
}

// openZeros are the worded types whose zero value is one of those known, with an
// empty word: that of an answer which nobody gave.
var openZeros = []reflect.Type{reflect.TypeFor[competition.Whether]()}

// wordsOf returns what is wrong with how a worded type reads and writes. A value
// that is known is written as String writes it and read back as itself. Any other,
// the unset one too, prints as its number and is not written, and a text that is no
// word is not read: both are ErrUnknown, and what was to be read into is unchanged.
func wordsOf(kind reflect.Type) []string {
	var told []string
	tell := func(format string, given ...any) {
		told = append(told, fmt.Sprintf("%s ", kind)+fmt.Sprintf(format, given...))
	}
	read := func(text string, into reflect.Value) error {
		return into.Interface().(encoding.TextUnmarshaler).UnmarshalText([]byte(text))
	}
	open := slices.Contains(openZeros, kind)
	known := map[string]bool{}
	for n := range uint64(256) {
		value, back := reflect.New(kind), reflect.New(kind)
		value.Elem().SetUint(n)
		each := value.Elem().Interface().(worded)
		word, err := each.MarshalText()
		switch numbered := fmt.Sprintf("%s(%d)", kind.Name(), n); {
		case err == nil && (n == 0) != (len(word) == 0):
			tell("writes %d as %q", n, word)
		case err == nil && n == 0 && !open:
			tell("writes a value that is unset")
		case err != nil && n == 0 && open:
			tell("does not write a zero that is known")
		case err == nil && (each.String() != string(word) || known[string(word)]):
			tell("prints %d as %q and writes %q", n, each.String(), word)
		case err == nil && (read(string(word), back) != nil || back.Elem().Uint() != n):
			tell("writes %d as %q and does not read it back", n, word)
		case err != nil && (!errors.Is(err, union.ErrUnknown) || each.String() != numbered):
			tell("prints %d as %q and refuses it with: %v", n, each.String(), err)
		}
		if err == nil {
			known[string(word)] = true
		}
	}
	for _, none := range []string{"no such word", "", kind.Name() + "(0)", kind.Name() + "(1)"} {
		value := reflect.New(kind)
		value.Elem().SetUint(1)
		if err := read(none, value); !known[none] && (!errors.Is(err, union.ErrUnknown) || value.Elem().Uint() != 1) {
			tell("reads %q as %v, with: %v", none, value.Elem(), err)
		}
	}
	return told
}

// isWorded reports whether a type is a small number that is written or read as
// words.
func isWorded(kind reflect.Type) bool {
	return kind.Kind() == reflect.Uint8 && (kind.Implements(reflect.TypeFor[encoding.TextMarshaler]()) ||
		reflect.PointerTo(kind).Implements(reflect.TypeFor[encoding.TextUnmarshaler]()))
}

func TestAllWordsAreReadAndWrittenInOneWay(t *testing.T) {
	tried := 0
	for _, each := range surfaces() {
		for _, kind := range each.types {
			if isWorded(kind) {
				tried++
				if assert.Implements(t, (*worded)(nil), reflect.Zero(kind).Interface()) &&
					assert.Implements(t, (*encoding.TextUnmarshaler)(nil), reflect.New(kind).Interface(), "written and never read") {
					assert.Empty(t, wordsOf(kind))
				}
			}
		}
	}
	assert.Greater(t, tried, 20)
}

// lenient takes what it does not know for its first value.
type lenient uint8

func (l lenient) String() string {
	if l == 1 {
		return "second"
	}
	return "first"
}

func (l lenient) MarshalText() ([]byte, error) { return []byte(l.String()), nil }

func (l *lenient) UnmarshalText(text []byte) error {
	*l = 0
	if string(text) == "second" {
		*l = 1
	}
	return nil
}

func TestATypeThatTakesAnyWordIsFound(t *testing.T) {
	assert.True(t, isWorded(reflect.TypeFor[lenient]()))
	assert.Len(t, wordsOf(reflect.TypeFor[lenient]()), 1+254+4) // its zero, all that it writes as that, and all that it reads so
}
