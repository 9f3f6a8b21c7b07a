package main

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io/fs"
	"slices"
	"strconv"
	"strings"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/competition"
)

// A folder holds records as CSV files and rules as JSON files. What is wrong in it
// is collected, so that one run tells every fault.
type folder struct {
	files  fs.FS
	faults []error
}

// refused notes each fault that the library joined in err, under a file or a line
// of it.
func (f *folder) refused(where string, err error) {
	if err == nil {
		return
	}
	faults := union.Faults(err)
	if len(faults) == 0 {
		f.faults = append(f.faults, fmt.Errorf("%s: %w", where, err))
	}
	for _, fault := range faults {
		f.faults = append(f.faults, fmt.Errorf("%s: %w", where, fault))
	}
}

// rule reads a rule, and reports whether that can be used.
func (f *folder) rule(name string, into json.Unmarshaler) bool {
	data, err := fs.ReadFile(f.files, name)
	if err == nil {
		err = into.UnmarshalJSON(data)
	}
	f.refused(name, err)
	return err == nil
}

// A row is one line of a CSV file.
type row struct {
	folder *folder
	where  string
	fields map[string]string
	wrong  bool
}

// rows hands over the lines of a file, whose header must have the columns named.
func (f *folder) rows(name string, columns []string, each func(*row)) {
	data, err := fs.ReadFile(f.files, name)
	if err != nil {
		f.refused(name, err)
		return
	}
	reader := csv.NewReader(strings.NewReader(string(data)))
	lines, err := reader.ReadAll()
	switch {
	case err != nil:
		f.refused(name, err)
		return
	case len(lines) == 0 || !slices.Equal(lines[0], columns):
		f.refused(name+":1", union.NewFault(union.ErrMissing, "header", "", strings.Join(columns, ",")))
		return
	}
	for i, line := range lines[1:] {
		made := &row{folder: f, where: name + ":" + strconv.Itoa(i+2), fields: map[string]string{}}
		for column, text := range line {
			made.fields[columns[column]] = text
		}
		each(made)
	}
}

// refuse notes what is wrong with the row.
func (r *row) refuse(err error) {
	r.wrong = r.wrong || err != nil
	r.folder.refused(r.where, err)
}

func (r *row) text(column string) string { return r.fields[column] }

// list returns what stands in a field, divided by ";".
func (r *row) list(column string) []string {
	if r.fields[column] == "" {
		return nil
	}
	return strings.Split(r.fields[column], ";")
}

func read[T any](r *row, column string, parse func(string) (T, error)) T {
	made, err := parse(r.fields[column])
	r.refuse(union.Within(column, err))
	return made
}

func (r *row) firm() union.CreditCode       { return read(r, "firm", union.ParseCreditCode) }
func (r *row) day(column string) union.Date { return read(r, column, union.ParseDate) }

func (r *row) number(column string) union.Number { return read(r, column, union.ParseNumber) }

// whole reads a whole number; an empty field is none.
func (r *row) whole(column string) int64 {
	return read(r, column, func(text string) (int64, error) {
		if text == "" {
			return 0, nil
		}
		n, err := strconv.ParseInt(text, 10, 64)
		if err != nil {
			return 0, union.NewFault(union.ErrText, "", strconv.Quote(text), "a whole number")
		}
		return n, nil
	})
}

func (r *row) whether(column string) competition.Whether {
	return read(r, column, func(text string) (made competition.Whether, err error) {
		err = made.UnmarshalText([]byte(text))
		return made, err
	})
}
