package main

import (
	"bufio"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/unioncampaign/union"
)

// A folder holds a county's records as CSV files and its rules as JSON files.
// What is wrong in it is collected, so that one run tells every fault.
type folder struct {
	files    fs.FS
	decode   func(document []byte, rule any) error // reads a rule: json.Unmarshal, or what has read the same before
	faults   []error
	progress io.Writer // where the progress of large files and what records disagree about is told
	undated  bool      // the day of the summary is not known, so that records are not read
	// satisfied is how many of the masses the campaign satisfies, of all who were asked; nil: not known.
	satisfied *union.Ratio
	lines     map[string]string // the file and line of each record of a list, by its place in the list: see row.stands
}

// fault notes what is wrong, unless err is nil.
func (f *folder) fault(err error) {
	if err != nil {
		f.faults = append(f.faults, err)
	}
}

// refused notes each fault that the library joined in err: at the line of the
// record that it is about or, if that is not known, under the name of a file.
func (f *folder) refused(where string, err error) {
	faults := union.Faults(err)
	if err != nil && len(faults) == 0 {
		f.fault(fmt.Errorf("%s: %w", where, err))
	}
	for _, fault := range faults {
		told, at := *fault, where
		if line, field, known := f.line(fault.Where); known {
			told.Where, at = field, line
		}
		f.fault(fmt.Errorf("%s: %w", at, &told))
	}
}

// line returns the file and line of the record that a place lies in, and what of
// the record is meant. Of records within records it is the innermost.
func (f *folder) line(place string) (line, field string, known bool) {
	inner := ""
	for record, at := range f.lines {
		rest, within := strings.CutPrefix(place, record)
		if within && len(record) > len(inner) && (rest == "" || rest[0] == '.') {
			inner, line, field = record, at, strings.TrimPrefix(rest, ".")
		}
	}
	return line, field, inner != ""
}

// part reads the records of one part of the summary and makes it. If a fault was
// found in them there is no part: what they are then refused for would only
// follow from it. What is refused of them together is told under their file.
func (f *folder) part(file string, read func() func() (part, error)) part {
	f.lines = map[string]string{}
	before := len(f.faults)
	made := read()
	if made == nil || len(f.faults) > before || f.undated {
		return part{}
	}
	whole, err := made()
	f.refused(file, err)
	return whole
}

// document reads a JSON file into a rule, and reports whether it could be read:
// records cannot be judged without their rule.
func (f *folder) document(name string, into any) bool {
	data, err := fs.ReadFile(f.files, name)
	if err == nil {
		err = f.decode(data, into)
	}
	var syntax *json.SyntaxError
	if errors.As(err, &syntax) {
		name = fmt.Sprintf("%s:%d", name, lineOf(data, syntax))
	}
	f.refused(name, err)
	return err == nil
}

// lineOf returns the line of a JSON document at which it stops being one.
func lineOf(data []byte, syntax *json.SyntaxError) int {
	line := 1
	for at, char := range data {
		if int64(at) >= syntax.Offset {
			break
		}
		if char == '\n' {
			line++
		}
	}
	return line
}

// An owner is where a record first names what it belongs to.
type owner struct {
	file string
	line int
}

// strangers notes the records that belong to what the file of owners does not
// have, each at its first line.
func (f *folder) strangers(column string, of map[string]owner, known map[string]string) {
	for _, key := range slices.Sorted(maps.Keys(of)) {
		if _, found := known[key]; !found {
			f.refused(fmt.Sprintf("%s:%d", of[key].file, of[key].line), union.NewFault(union.ErrUnknown, column, "", "one that has a file of its own"))
		}
	}
}

// belongs notes the first record of each owner.
func (r *row) belongs(key string, of map[string]owner) {
	if _, seen := of[key]; !seen {
		of[key] = owner{file: r.file, line: r.line}
	}
}

// A row is one record of a CSV file. Its methods read a field by the name of its
// column; what cannot be read is noted with file, line and field, and comes back
// as zero.
type row struct {
	folder     *folder
	file       string
	line       int
	columns    map[string]int
	cells      []string
	unreadable bool // a field was, so that what the library says of it is no news
}

// largeFile is the number of lines after which reading tells its progress.
const largeFile = 20_000

// rows reads a CSV file whose first line names exactly the columns, in any
// order, and hands each record on.
func (f *folder) rows(name string, columns []string, each func(*row)) {
	file, err := f.files.Open(name)
	if err != nil {
		f.fault(fmt.Errorf("%s: %w", name, err))
		return
	}
	defer file.Close()
	reader := csv.NewReader(bufio.NewReader(file))
	reader.ReuseRecord = true
	header, err := reader.Read()
	if err != nil {
		f.fault(fmt.Errorf("%s:1: no header: %w", name, err))
		return
	}
	places, faults := placesOf(header, columns)
	if len(faults) > 0 {
		for _, fault := range faults {
			f.fault(fmt.Errorf("%s:1: %w", name, fault))
		}
		return
	}
	lines := 1
	for !f.undated {
		cells, err := reader.Read()
		if errors.Is(err, io.EOF) {
			return
		}
		lines++
		var broken *csv.ParseError
		if errors.As(err, &broken) {
			f.fault(fmt.Errorf("%s:%d: %w", name, broken.StartLine, broken.Err))
			continue
		}
		if err != nil {
			f.fault(fmt.Errorf("%s: %w", name, err))
			return
		}
		if lines%largeFile == 0 {
			fmt.Fprintf(f.progress, "%s: %d lines\n", name, lines)
		}
		line, _ := reader.FieldPos(0)
		each(&row{folder: f, file: name, line: line, columns: places, cells: cells})
	}
}

// jsonLines reads a file with one JSON object a line, and hands each on, to be read
// strictly into what it should be, with a row that stands for the line.
func (f *folder) jsonLines(name string, each func(r *row, into func(any))) {
	file, err := f.files.Open(name)
	if err != nil {
		f.fault(fmt.Errorf("%s: %w", name, err))
		return
	}
	defer file.Close()
	scanner := bufio.NewScanner(file)
	lines := 0
	for !f.undated && scanner.Scan() {
		lines++
		r := &row{folder: f, file: name, line: lines}
		each(r, func(into any) {
			decoder := json.NewDecoder(strings.NewReader(scanner.Text()))
			decoder.DisallowUnknownFields()
			err := decoder.Decode(into)
			if err != nil && len(union.Faults(err)) == 0 {
				err = union.NewFault(union.ErrText, "", "", "one JSON object, of known members") // what stands there is not told
			}
			r.field("", err)
		})
	}
	if err := scanner.Err(); err != nil {
		f.fault(fmt.Errorf("%s: %w", name, err))
	}
}

// placesOf returns the place of each column in the header, and what is wrong
// unless it names all of them once and no other.
func placesOf(header, columns []string) (map[string]int, []error) {
	places := make(map[string]int, len(columns))
	var faults []error
	for place, name := range header {
		if _, twice := places[name]; twice {
			faults = append(faults, fmt.Errorf("column %q is named twice", name))
		}
		if !slices.Contains(columns, name) {
			faults = append(faults, fmt.Errorf("column %q is not known; the columns are %s", name, strings.Join(columns, ",")))
		}
		places[name] = place
	}
	for _, name := range columns {
		if _, found := places[name]; !found {
			faults = append(faults, fmt.Errorf("column %q is missing", name))
		}
	}
	return places, faults
}

// stands notes where a record of a list stands that the library is handed as a
// whole: what it says of that place is told at this line.
func (r *row) stands(place string) {
	r.folder.lines[place] = fmt.Sprintf("%s:%d", r.file, r.line)
}

// check notes that the library refused this record, unless err is nil.
func (r *row) check(err error) {
	if !r.unreadable {
		r.folder.refused(fmt.Sprintf("%s:%d", r.file, r.line), err)
	}
}

// field notes that a field cannot be read, unless err is nil. What stands there is
// not told: it may be a person's name or number in the wrong column.
func (r *row) field(column string, err error) {
	if err != nil {
		r.folder.refused(fmt.Sprintf("%s:%d", r.file, r.line), union.Within(column, err))
		r.unreadable = true
	}
}

// text returns a field as it stands.
func (r *row) text(column string) string { return strings.Clone(r.cells[r.columns[column]]) }

// list returns the parts of a field that are parted by semicolons.
func (r *row) list(column string) []string {
	text := r.text(column)
	if text == "" {
		return nil
	}
	return strings.Split(text, ";")
}

// whole returns a field as a whole number that is not negative; empty is zero.
func (r *row) whole(column string) int64 {
	text := r.text(column)
	if text == "" {
		return 0
	}
	n, err := strconv.ParseInt(text, 10, 64)
	if err != nil || n < 0 {
		r.field(column, union.NewFault(union.ErrText, "", "", "a whole number"))
		return 0
	}
	return n
}

// truth returns whether a field says yes; only "yes" and "no" are read.
func (r *row) truth(column string) bool {
	text := r.text(column)
	if text != "yes" && text != "no" {
		r.field(column, union.NewFault(union.ErrText, "", "", "yes or no"))
	}
	return text == "yes"
}

// day returns a field as a day; empty is no day.
func (r *row) day(column string) union.Date {
	var day union.Date
	r.field(column, day.UnmarshalText([]byte(r.text(column))))
	return day
}

// money returns a field as an amount in yuan.
func (r *row) money(column string) union.Money {
	amount, err := union.ParseMoney(r.text(column))
	r.field(column, err)
	return amount
}

// number returns a field as an exact number.
func (r *row) number(column string) union.Number {
	number, err := union.ParseNumber(r.text(column))
	r.field(column, err)
	return number
}

// name returns a field as a person's name; empty is no name.
func (r *row) name(column string) union.Name {
	if r.text(column) == "" {
		return union.Name{}
	}
	name, err := union.NewName(r.text(column))
	r.field(column, err)
	return name
}
