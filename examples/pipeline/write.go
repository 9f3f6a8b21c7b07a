package main

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/csv"
	"encoding/hex"
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"github.com/apache/beam/sdks/v2/go/pkg/beam"
	"github.com/apache/beam/sdks/v2/go/pkg/beam/io/filesystem"

	"github.com/unioncampaign/union"
)

func init() {
	beam.RegisterType(reflect.TypeFor[writeFn]())
	beam.RegisterType(reflect.TypeFor[line]())
}

// partialColumns are those of a file of partials.
var partialColumns = []string{"tally", "unit", "data"}

// A line is what is written of one unit's tally.
type line struct {
	Unit  string
	Data  []byte
	Facts []string
}

// A writeFn writes the tallies of one form, for each level two files: FORM.LEVEL.csv,
// to be read, and FORM.LEVEL.partials.csv, with the tallies themselves, which may be
// put into another pipeline.
type writeFn struct {
	Tree, Output string

	tree tree
}

func (f *writeFn) Setup(ctx context.Context) error {
	var err error
	f.tree, err = readTree(ctx, f.Tree)
	return err
}

func (f *writeFn) ProcessElement(ctx context.Context, form string, lines func(*line) bool) error {
	byUnit := make([]*line, f.tree.Len())
	for {
		var each line
		if !lines(&each) {
			break
		}
		id, err := f.tree.Find(each.Unit)
		if err != nil {
			return err
		}
		byUnit[id-1] = &each
	}
	for name, data := range f.tree.written(form, byUnit) {
		if err := writeFile(ctx, strings.TrimSuffix(f.Output, "/")+"/"+name, data); err != nil {
			return err
		}
	}
	return nil
}

// written returns the files of a form by name. A unit from which nothing came has a
// line to be read, with nothing in it, and no tally.
func (t tree) written(form string, byUnit []*line) map[string][]byte {
	written := map[string]*sheet{}
	write := func(name string, header []string, fields ...string) {
		if written[name] == nil {
			written[name] = newSheet(header)
		}
		written[name].row(fields)
	}
	known, _ := kindOf(form)
	header := slices.Concat([]string{"unit", "title", "expected", "reported"}, known.titles(), []string{"bytes", "sha256"})
	expected, reported := t.reports(byUnit)
	for i, each := range byUnit {
		unit, _ := t.Unit(union.UnitID(i + 1))
		fields := []string{unit.Key, unit.Title, strconv.Itoa(expected[i]), strconv.Itoa(reported[i])}
		if each != nil {
			digest := sha256.Sum256(each.Data)
			fields = append(append(fields, each.Facts...), strconv.Itoa(len(each.Data)), hex.EncodeToString(digest[:8]))
			write(form+"."+t.levels[i]+".partials.csv", partialColumns, form, unit.Key, base64.StdEncoding.EncodeToString(each.Data))
		}
		write(form+"."+t.levels[i]+".csv", header, append(fields, make([]string, len(header)-len(fields))...)...)
	}
	files := map[string][]byte{}
	for name, of := range written {
		files[name] = of.bytes()
	}
	return files
}

// reports returns how many units without others below them stand in each unit, and how
// many of them have reported.
func (t tree) reports(byUnit []*line) (expected, reported []int) {
	expected, reported = make([]int, len(byUnit)), make([]int, len(byUnit))
	for i, each := range byUnit { // those below come first
		id := union.UnitID(i + 1)
		if t.IsLeaf(id) {
			expected[i] = 1
			if each != nil {
				reported[i] = 1
			}
		}
		if above := t.Parent(id); above != 0 {
			expected[above-1] += expected[i]
			reported[above-1] += reported[i]
		}
	}
	return expected, reported
}

// A sheet is a CSV file in the making.
type sheet struct {
	buffer bytes.Buffer
	*csv.Writer
}

func newSheet(header []string) *sheet {
	made := &sheet{}
	made.Writer = csv.NewWriter(&made.buffer)
	made.row(header)
	return made
}

// row writes a row; a buffer takes everything.
func (s *sheet) row(fields []string) { _ = s.Write(fields) }

func (s *sheet) bytes() []byte {
	s.Flush()
	return s.buffer.Bytes()
}

func writeFile(ctx context.Context, path string, data []byte) error {
	folder, err := filesystem.New(ctx, path)
	if err != nil {
		return err
	}
	defer folder.Close()
	if err := filesystem.Write(ctx, folder, path, data); err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	return nil
}
