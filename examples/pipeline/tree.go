package main

import (
	"bytes"
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"

	"github.com/unioncampaign/union"
)

// A tree is the units with their levels, such as county and province.
type tree struct {
	union.Tree
	levels []string // by ID, the first having 1
}

// standing is the day of the tree. Its units are those of one day, whichever it is.
var standing = union.MustParseDate("2000-01-01")

// maxFaults is how many faults of one file are told.
const maxFaults = 20

// readTree reads the units from a CSV file with key, title, parent and level.
func readTree(ctx context.Context, path string) (tree, error) {
	data, err := readFile(ctx, path)
	if err != nil {
		return tree{}, err
	}
	var units []union.Unit
	levels := map[string]string{}
	err = readRows(bytes.NewReader(data), path, []string{"key", "title", "parent", "level"}, func(fields []string) error {
		if !plainName(fields[3]) {
			return union.NewFault(union.ErrText, "level", fields[3], "letters, digits, - and _, since it names files")
		}
		units = append(units, union.Unit{Key: fields[0], Title: fields[1], Parent: fields[2]})
		levels[fields[0]] = fields[3]
		return nil
	})
	if err != nil {
		return tree{}, err
	}
	hierarchy, err := union.NewHierarchy(union.Fact{On: standing, Found: units})
	if err != nil {
		return tree{}, fmt.Errorf("%s: %w", path, err)
	}
	stands, err := hierarchy.On(standing)
	if err != nil {
		return tree{}, fmt.Errorf("%s: %w", path, err)
	}
	made := tree{Tree: stands, levels: make([]string, stands.Len())}
	for i := range made.levels {
		unit, _ := stands.Unit(union.UnitID(i + 1))
		made.levels[i] = levels[unit.Key]
	}
	return made, nil
}

// plainName reports whether a text may be part of a file's name.
func plainName(text string) bool {
	for _, each := range []byte(text) {
		if (each|0x20 < 'a' || each|0x20 > 'z') && (each < '0' || each > '9') && each != '-' && each != '_' {
			return false
		}
	}
	return text != ""
}

// up returns a unit that has none below it, and all that it stands under: where what
// it reports counts. Other units report nothing, lest something be counted twice.
func (t tree) up(key string) ([]string, error) {
	id, err := t.Find(key)
	if err != nil {
		return nil, err
	}
	if !t.IsLeaf(id) {
		return nil, union.NewFault(union.ErrRange, "", key, "a unit that has none below it")
	}
	var keys []string
	for ; id != 0; id = t.Parent(id) {
		unit, _ := t.Unit(id)
		keys = append(keys, unit.Key)
	}
	return keys, nil
}

// readRows reads the rows of a CSV file, the first of which names its columns. It
// tells many faults at once, each with its line.
func readRows(from io.Reader, path string, columns []string, each func(fields []string) error) error {
	rows := csv.NewReader(from)
	rows.ReuseRecord = true
	header, err := rows.Read()
	if err != nil {
		return fmt.Errorf("%s:1: %w", path, err)
	}
	if !slices.Equal(header, columns) {
		return fmt.Errorf("%s:1: got the columns %q, want %q", path, header, columns)
	}
	var faults []error
	for {
		fields, err := rows.Read()
		switch {
		case errors.Is(err, io.EOF):
			return errors.Join(faults...)
		case err != nil: // what comes after it cannot be told apart
			return errors.Join(append(faults, fmt.Errorf("%s: %w", path, err))...)
		}
		if err := each(fields); err != nil {
			line, _ := rows.FieldPos(0)
			faults = append(faults, fmt.Errorf("%s:%d: %w", path, line, err))
		}
		if len(faults) == maxFaults {
			return errors.Join(append(faults, fmt.Errorf("%s: and perhaps more", path))...)
		}
	}
}

// sorted returns texts in order.
func sorted(texts []string) []string {
	slices.Sort(texts)
	return texts
}
