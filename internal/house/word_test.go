package house_test

import (
	"encoding"
	"fmt"
	"reflect"
	"testing"

	"github.com/stretchr/testify/assert"
)

// A worded type is a small number that has a word for each value that is known.
type worded interface {
	encoding.TextMarshaler
}

// wordsOf returns what is wrong with how a worded type reads and writes: a word that
// nobody knows is refused and changes nothing, a value that is none of those known has
// no word, and each word is read as the value that it was written for.
func wordsOf(kind reflect.Type) []string {
	var told []string
	read := func(text []byte, into reflect.Value) error {
		return into.Interface().(encoding.TextUnmarshaler).UnmarshalText(text)
	}
	unknown := reflect.New(kind)
	if read([]byte("no such word"), unknown) == nil || !unknown.Elem().IsZero() {
		told = append(told, fmt.Sprintf("%s reads what is no word of it", kind))
	}
	for n := range uint64(256) {
		value, back := reflect.New(kind), reflect.New(kind)
		value.Elem().SetUint(n)
		word, err := value.Elem().Interface().(worded).MarshalText()
		if err != nil || len(word) == 0 {
			continue
		}
		if read(word, back) != nil || back.Elem().Uint() != n {
			told = append(told, fmt.Sprintf("%s writes %d as %q and does not read it back", kind, n, word))
		}
	}
	return told
}

// isWorded reports whether a type is a small number that is read and written as
// words.
func isWorded(kind reflect.Type) bool {
	return kind.Kind() == reflect.Uint8 && kind.Implements(reflect.TypeFor[worded]()) &&
		reflect.PointerTo(kind).Implements(reflect.TypeFor[encoding.TextUnmarshaler]())
}

func TestAWordThatNobodyKnowsIsRefused(t *testing.T) {
	tried := 0
	for _, each := range surfaces() {
		for _, kind := range each.types {
			if isWorded(kind) {
				tried++
				assert.Empty(t, wordsOf(kind))
			}
		}
	}
	assert.Greater(t, tried, 5)
}

// lenient takes what it does not know for its first value.
type lenient uint8

func (l lenient) MarshalText() ([]byte, error) {
	if l == 1 {
		return []byte("second"), nil
	}
	return []byte("first"), nil
}

func (l *lenient) UnmarshalText(text []byte) error {
	*l = 0
	if string(text) == "second" {
		*l = 1
	}
	return nil
}

func TestATypeThatTakesAnyWordIsFound(t *testing.T) {
	assert.True(t, isWorded(reflect.TypeFor[lenient]()))
	assert.Len(t, wordsOf(reflect.TypeFor[lenient]()), 1+254) // the word, and all that it takes for its first
}
