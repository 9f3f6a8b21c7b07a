package laws

import (
	"bytes"
	"encoding/hex"
	"flag"
	"fmt"
	"os"
	"path/filepath"
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

// A Reading gives any bytes to the reader of one type. It returns an error if a
// law does not hold for them.
type Reading func(data []byte) error

// ReadingOf returns the reading of T: it keeps within bounds, does not panic, and
// reads nothing but what it would write.
func ReadingOf[T any, P Formed[T]]() Reading {
	ops := FormOf[T, P]()
	return func(data []byte) error {
		if err := Bounded(ops, data); err != nil {
			return err
		}
		return oneForm(ops, data)
	}
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
		for _, reading := range readings {
			if err := reading(data); err != nil {
				t.Error(err)
			}
		}
	})
}
