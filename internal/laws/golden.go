package laws

import (
	"bytes"
	"encoding/hex"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// write makes [Golden] write its files instead of comparing with them.
var write = flag.Bool("write-wire", false, "write the golden files of binary forms")

// folder is where golden files of binary forms are, in each package.
const folder = "testdata/wire"

// Golden fails the test unless the values, of one type, are written as the bytes
// that are kept in testdata/wire/<form>.golden, a line of hexadecimal digits for
// each, and unless these are read as the values. Bytes that were sent to another
// machine or kept for a year must be read as what they were.
//
// go test -write-wire writes the file: a change of it is a new version of the
// form.
func Golden[T any, P Formed[T]](t testing.TB, values ...T) {
	t.Helper()
	ops := FormOf[T, P]()
	var lines strings.Builder
	form := ""
	for _, value := range values {
		data, err := ops.Append(value, nil)
		if err != nil {
			t.Fatal(err)
		}
		if form, _, _, err = header(data); err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(&lines, "%x\n", data)
	}
	name := filepath.Join(folder, form+".golden")
	if *write {
		if err := os.MkdirAll(folder, 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(lines.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	kept := readGolden(t, name)
	if len(kept) != len(values) {
		t.Fatalf("%s has %d lines for %d values: go test -write-wire writes it", name, len(kept), len(values))
	}
	for i, value := range values {
		if data, err := ops.Append(value, nil); err != nil || !bytes.Equal(data, kept[i]) {
			t.Errorf("%s, line %d: written as %x (%v), kept as %x", name, i+1, data, err, kept[i])
		}
		var read T
		if err := ops.Read(&read, kept[i]); err != nil {
			t.Errorf("%s, line %d: %v", name, i+1, err)
		}
		if err := same("the value, and what is kept of it", value, read); err != nil {
			t.Errorf("%s, line %d: %v", name, i+1, err)
		}
	}
}

// readGolden returns the lines of a golden file as bytes.
func readGolden(t testing.TB, name string) [][]byte {
	t.Helper()
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	var lines [][]byte
	for line := range strings.Lines(string(text)) {
		data, err := hex.DecodeString(strings.TrimSuffix(line, "\n"))
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		lines = append(lines, data)
	}
	return lines
}

// A Reading gives any bytes to the reader of one type, and states what must hold for
// them: it keeps within bounds, does not panic, and reads nothing but what it would
// write.
type Reading struct {
	read    func(data []byte)
	bounded func(data []byte) error
	oneForm func(data []byte) error
}

// ReadingOf returns the reading of T.
func ReadingOf[T any, P Formed[T]]() Reading {
	ops := FormOf[T, P]()
	return Reading{
		read:    func(data []byte) { _ = ops.Read(new(T), data) },
		bounded: func(data []byte) error { return Bounded(ops, data) },
		oneForm: func(data []byte) error { return oneForm(ops, data) },
	}
}

// together is how many readings are tried at once, whose refusals mostly take less
// than one of them may.
const together = 12

// TryReadings gives the same bytes to all readings, and returns an error that joins
// all that does not hold.
func TryReadings(data []byte, readings ...Reading) error {
	var broken []error
	for some := range slices.Chunk(readings, together) {
		broken = append(broken, boundedTogether(some, data))
	}
	for _, each := range readings {
		broken = append(broken, each.oneForm(data))
	}
	return errors.Join(broken...)
}

// boundedTogether asks for what readings allocate at once, since to ask takes longer
// than to read: where all of them keep within the bound of one, so does each. Where
// they do not, it asks for each half.
func boundedTogether(readings []Reading, data []byte) error {
	if len(readings) == 1 {
		return readings[0].bounded(data)
	}
	took := allocates(func() {
		for _, each := range readings {
			each.read(data)
		}
	})
	if took <= bound(data) {
		return nil
	}
	half := len(readings) / 2
	return errors.Join(boundedTogether(readings[:half], data), boundedTogether(readings[half:], data))
}

// FuzzReadings gives the readers of a package the same bytes, which are at first
// those of its golden files, so that each is given what was meant for another.
func FuzzReadings(f *testing.F, readings ...Reading) {
	f.Helper()
	fuzzFrom(f, readings, filepath.Join(folder, "*.golden"))
}

// FuzzReadingsBelow gives the readers of the package in root and of those below it
// the same bytes, likewise.
func FuzzReadingsBelow(f *testing.F, root string, readings ...Reading) {
	f.Helper()
	fuzzFrom(f, readings, filepath.Join(root, folder, "*.golden"), filepath.Join(root, "*", folder, "*.golden"))
}

func fuzzFrom(f *testing.F, readings []Reading, patterns ...string) {
	f.Helper()
	var kept []string
	for _, pattern := range patterns {
		names, err := filepath.Glob(pattern)
		if err != nil || len(names) == 0 {
			f.Fatalf("no golden files %s (%v)", pattern, err)
		}
		kept = append(kept, names...)
	}
	for _, name := range kept {
		for _, data := range readGolden(f, name) {
			f.Add(data)
		}
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		if err := TryReadings(data, readings...); err != nil {
			t.Error(err)
		}
	})
}
