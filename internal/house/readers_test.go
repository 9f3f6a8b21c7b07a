package house_test

import (
	"encoding"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// A reader gives any bytes to what reads one type of the house, and returns an
// error if what comes of it breaks a law: what is refused changes nothing, and what
// is read is written in one way, which reads back as itself.
type reader func(data []byte) error

// A pair is how a type is read from bytes, and how it is written.
type pair struct {
	read  func(value any, data []byte) error
	write func(value any) ([]byte, error)
}

var asDocument = pair{
	read:  func(value any, data []byte) error { return value.(json.Unmarshaler).UnmarshalJSON(data) },
	write: json.Marshal,
}

var asText = pair{
	read:  func(value any, data []byte) error { return value.(encoding.TextUnmarshaler).UnmarshalText(data) },
	write: func(value any) ([]byte, error) { return value.(encoding.TextMarshaler).MarshalText() },
}

// readerOf returns the reader of a type. What masks whom it carries writes no more
// than that, which is not always something to read.
func readerOf(kind reflect.Type, masks bool, by pair) reader {
	return func(data []byte) error {
		value, again := reflect.New(kind), reflect.New(kind)
		if err := by.read(value.Interface(), data); err != nil {
			if !value.Elem().IsZero() {
				return fmt.Errorf("%s: %q is refused (%w), and changes the value", kind, data, err)
			}
			return nil
		}
		written, err := by.write(value.Interface())
		if err != nil || masks {
			return err
		}
		if err := by.read(again.Interface(), written); err != nil {
			return fmt.Errorf("%s: of %q writes %q, which it refuses: %w", kind, data, written, err)
		}
		if twice, err := by.write(again.Interface()); err != nil || string(twice) != string(written) {
			return fmt.Errorf("%s: of %q writes %q and then %q (%w)", kind, data, written, twice, err)
		}
		return nil
	}
}

// parserOf returns the reader of a function that makes a value of a text: of what it
// refuses it returns the zero value.
func parserOf(name string, function reflect.Value) reader {
	return func(data []byte) error {
		results := function.Call([]reflect.Value{reflect.ValueOf(data).Convert(function.Type().In(0))})
		if err, _ := results[1].Interface().(error); err != nil && !results[0].IsZero() {
			return fmt.Errorf("%s: %q is refused (%w), and is %v", name, data, err, results[0])
		}
		return nil
	}
}

// isParser reports whether a function makes a value of a text alone, or an error.
func isParser(kind reflect.Type) bool {
	bytes := reflect.TypeFor[[]byte]()
	return kind.NumIn() == 1 && (kind.In(0).Kind() == reflect.String || kind.In(0) == bytes) &&
		kind.NumOut() == 2 && kind.Out(1) == reflect.TypeFor[error]()
}

// documentReaders are those of all types of the house that are read from JSON.
func documentReaders() []reader { return readersOf(reflect.TypeFor[json.Unmarshaler](), asDocument) }

// textReaders are those of all types that are read from text, and of all functions
// that make a value of it.
func textReaders() []reader {
	all := readersOf(reflect.TypeFor[encoding.TextUnmarshaler](), asText)
	for _, each := range surfaces() {
		for name, function := range each.functions {
			if value := reflect.ValueOf(function); isParser(value.Type()) {
				all = append(all, parserOf(name, value))
			}
		}
	}
	return all
}

func readersOf(unmarshals reflect.Type, by pair) []reader {
	var all []reader
	for _, each := range surfaces() {
		for _, kind := range each.types {
			if reflect.PointerTo(kind).Implements(unmarshals) {
				all = append(all, readerOf(kind, slices.Contains(each.carriers, kind), by))
			}
		}
	}
	return all
}

func readAll(readers []reader, data []byte) error {
	var broken []error
	for _, each := range readers {
		broken = append(broken, each(data))
	}
	return errors.Join(broken...)
}

// documents are the rules that the tests of the house keep below testdata, alone or
// in a case: the shortest of each kind, since the fuzzer has most use of short ones.
func documents(t testing.TB) [][]byte {
	t.Helper()
	shortest := map[string][]byte{}
	keep := func(data []byte) {
		var rule struct{ Union string }
		if json.Unmarshal(data, &rule) != nil || rule.Union == "" {
			return
		}
		if kept, ok := shortest[rule.Union]; !ok || len(data) < len(kept) {
			shortest[rule.Union] = data
		}
	}
	require.NoError(t, filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || filepath.Ext(path) != ".json" || !strings.Contains(path, "testdata") {
			return err
		}
		data, err := os.ReadFile(path)
		var within map[string]json.RawMessage
		if json.Unmarshal(data, &within) == nil {
			for _, part := range within {
				keep(part)
			}
		}
		keep(data)
		return err
	}))
	var all [][]byte
	for _, kind := range slices.Sorted(maps.Keys(shortest)) {
		all = append(all, shortest[kind])
	}
	return all
}

// Every reader of a document is given what is meant for any other.
func FuzzDocuments(f *testing.F) {
	for _, each := range documents(f) {
		f.Add(each)
	}
	readers := documentReaders()
	f.Fuzz(func(t *testing.T, data []byte) { require.NoError(t, readAll(readers, data)) })
}

// Every reader of a text is given what is meant for any other.
func FuzzTexts(f *testing.F) {
	for _, text := range []string{
		"", "0", "-0.05", "1234.50", "1.5万", "3余人", "12 人", "2024-02-29", "2024-Q3", "2024-01-01..2024-12-31", "[0,60)", "[60,100]", "1/3", "80%",
		"人民币壹仟零伍元整", "二零二四年二月二十九日", "贰零贰肆年零贰月贰拾玖日", "91350211M000100Y43", "11010519491231002X", "张三", "yes", "unknown", "half-up",
	} {
		f.Add([]byte(text))
	}
	readers := textReaders()
	f.Fuzz(func(t *testing.T, data []byte) { require.NoError(t, readAll(readers, data)) })
}

func TestReadersAreFound(t *testing.T) {
	assert.Greater(t, len(documentReaders()), 40)
	assert.Greater(t, len(textReaders()), 40)
	assert.Greater(t, len(documents(t)), 20)
}

// forgetful keeps what it has read when it refuses the rest.
type forgetful struct{ text string }

func (l *forgetful) UnmarshalText(text []byte) error {
	l.text = string(text)
	if l.text == "refused" {
		return errors.New("refused")
	}
	return nil
}

// MarshalText adds to what was read, and is refused after that.
func (l *forgetful) MarshalText() ([]byte, error) { return []byte(l.text + "used"), nil }

func TestAReaderThatBreaksItsLawIsFound(t *testing.T) {
	forgets := readerOf(reflect.TypeFor[forgetful](), false, asText)
	require.ErrorContains(t, forgets([]byte("refused")), "changes the value")
	require.ErrorContains(t, forgets([]byte("ref")), "which it refuses")
	require.ErrorContains(t, forgets([]byte("any")), "and then")
	require.NoError(t, readerOf(reflect.TypeFor[forgetful](), true, asText)([]byte("any")))
	halves := func(text string) (int, error) { return len(text), errors.New("refused") }
	require.ErrorContains(t, parserOf("halves", reflect.ValueOf(halves))([]byte("any")), "and is 3")
	require.NoError(t, parserOf("halves", reflect.ValueOf(halves))(nil))
}
