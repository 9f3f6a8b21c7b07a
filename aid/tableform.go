package aid

import (
	"slices"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/internal/quote"
)

// tableFormDocument names the JSON of a TableForm.
const tableFormDocument = "aid.table_form/1"

// A TableFormSpec describes the form of a table of figures as it is printed, such as
// one of donations in 万元: what its columns are, how each is rounded, and which is
// the total of others.
type TableFormSpec struct {
	union.Rule
	Columns []TableColumn `json:"columns"`
}

// A TableColumn is one column. Measure is the unit that its figures are printed in,
// such as 万元; a column of 万元 or 亿元 prints amounts so, any other prints numbers.
type TableColumn struct {
	Key      string         `json:"key"`
	Title    string         `json:"title"`
	Measure  union.Measure  `json:"measure"`
	Rounding union.Rounding `json:"rounding"`
	Of       []string       `json:"of,omitempty"` // the keys of the columns that it is the total of
}

// A TableForm is a checked TableFormSpec. It never changes. The zero TableForm has no
// columns, and refuses every row.
type TableForm struct {
	spec TableFormSpec
	id   union.RuleID
}

// A TableRow is one row of a table: a figure for each column of the form, in its
// order. Within is the key of the row that it is a part of, empty if of none. The
// rows within one make it up, but for those that are Some of it (其中), which need not.
type TableRow struct {
	Key    string         `json:"key"`
	Title  string         `json:"title,omitempty"`
	Within string         `json:"within,omitempty"`
	Some   bool           `json:"some,omitempty"`
	Cells  []union.Number `json:"cells"`
}

// NewTableForm returns the form that spec describes. It reports all the faults it
// finds, joined, each placed in spec:
//   - [union.ErrMissing], for a key, version, title, source, column, measure or
//     rounding that is not given;
//   - [union.ErrText] and [union.ErrRepeated], for a column's key, and ErrRepeated for
//     a column that one is the total of twice;
//   - [union.ErrUnknown], for a column that is the total of one that there is not,
//     and [union.ErrOrder], for one that is the total of itself or of columns that
//     are its total;
//   - what [union.Rounding.Check] and [union.IdentifyRule] report.
func NewTableForm(spec TableFormSpec) (TableForm, error) {
	form := TableForm{spec: spec.clone()}
	var faults union.FaultList
	faults.Within("", spec.Check())
	if len(spec.Columns) == 0 {
		faults.Add(union.ErrMissing, "columns", "", "")
	}
	seen := map[string]bool{}
	for i, column := range spec.Columns {
		at := union.Indexed("columns", i)
		faults.Key(at+".key", column.Key, seen)
		faults.Given(at+".title", column.Title)
		faults.Given(at+".measure", string(column.Measure))
		faults.Within(at+".rounding", column.Rounding.Check())
	}
	for i := range spec.Columns {
		form.checkParts(&faults, i)
	}
	err := faults.Err()
	if err != nil {
		return TableForm{}, err
	}
	if form.id, err = union.IdentifyRule(tableFormDocument, form.spec); err != nil {
		return TableForm{}, err
	}
	return form, nil
}

// checkParts checks the columns that one is the total of.
func (f TableForm) checkParts(faults *union.FaultList, column int) {
	for j, key := range f.spec.Columns[column].Of {
		at := union.Indexed(union.Indexed("columns", column)+".of", j)
		switch part := f.column(key); {
		case part < 0:
			faults.Add(union.ErrUnknown, at, quote.Key(key), "a column of the form")
		case f.reaches(part, f.spec.Columns[column].Key, len(f.spec.Columns)):
			faults.Add(union.ErrOrder, at, quote.Key(key), "a column that is not made of this one")
		case slices.Contains(f.spec.Columns[column].Of[:j], key):
			faults.Add(union.ErrRepeated, at, quote.Key(key), "each column once")
		}
	}
}

// reaches reports whether a column is another or made of it, through so many others
// at most.
func (f TableForm) reaches(column int, key string, through int) bool {
	if column < 0 || through < 0 {
		return false
	}
	if f.spec.Columns[column].Key == key {
		return true
	}
	return slices.ContainsFunc(f.spec.Columns[column].Of, func(part string) bool { return f.reaches(f.column(part), key, through-1) })
}

// column returns the place of a column, or -1.
func (f TableForm) column(key string) int {
	return slices.IndexFunc(f.spec.Columns, func(c TableColumn) bool { return c.Key == key })
}

func (s TableFormSpec) clone() TableFormSpec {
	s.Columns = slices.Clone(s.Columns)
	for i := range s.Columns {
		s.Columns[i].Of = slices.Clone(s.Columns[i].Of)
	}
	return s
}

// ID returns the identity of the form.
func (f TableForm) ID() union.RuleID { return f.id }

// Rule returns what the form says of itself.
func (f TableForm) Rule() union.Rule { return f.spec.Rule }

// Spec returns a copy of what the form was made from.
func (f TableForm) Spec() TableFormSpec { return f.spec.clone() }

// Check compares a printed table with its own lines: each row with the rows that
// make it up, and in each row each column with the columns that it is the total of.
// It names every cell that is not their sum, with the gap, and says whether the
// rounding of each cell by itself leaves that open: 31.05 and 6.78 may have a total
// of 37.84, and cannot have one of 37.85. A row that is some of another and prints
// more is a gap that no rounding explains, since rounding keeps the order. It repairs
// nothing. It reports the first of:
//   - [union.ErrMissing], for the zero TableForm and a row without a key;
//   - [union.ErrRepeated], for a row's key;
//   - [union.ErrUnknown], for a row within one that there is not, and
//     [union.ErrOrder] within itself;
//   - [union.ErrRange], for a row with another number of cells than the form has
//     columns.
func (f TableForm) Check(rows []TableRow) ([]Gap, error) {
	if err := f.checkRows(rows); err != nil {
		return nil, err
	}
	var gaps []Gap
	for i, row := range rows {
		for j, column := range f.spec.Columns {
			var parts []union.Number
			for _, key := range column.Of {
				parts = append(parts, row.Cells[f.column(key)])
			}
			gaps = f.compare(gaps, "rows."+row.Key+"."+column.Key, "a total is that of its columns", j, row.Cells[j], parts)
		}
		for j := range f.spec.Columns {
			gaps = f.compareRows(gaps, rows, i, j)
		}
	}
	return gaps, nil
}

// compareRows compares a cell with those of the rows within its own.
func (f TableForm) compareRows(gaps []Gap, rows []TableRow, row, column int) []Gap {
	where := "rows." + rows[row].Key + "." + f.spec.Columns[column].Key
	var parts []union.Number
	for _, each := range rows {
		switch {
		case each.Within != rows[row].Key:
		case each.Some:
			if each.Cells[column].Cmp(rows[row].Cells[column]) > 0 {
				gaps = f.compare(gaps, "rows."+each.Key+"."+f.spec.Columns[column].Key, "a row that is some of another is no more than it", column,
					each.Cells[column], []union.Number{rows[row].Cells[column]})
			}
		default:
			parts = append(parts, each.Cells[column])
		}
	}
	return f.compare(gaps, where, "a total is that of its rows", column, rows[row].Cells[column], parts)
}

// compare appends the gap between a printed total and its parts, if there are parts
// and there is a gap.
func (f TableForm) compare(gaps []Gap, where, rule string, column int, total union.Number, parts []union.Number) []Gap {
	if len(parts) == 0 {
		return gaps
	}
	var sum union.Number
	for _, part := range parts {
		sum = sum.Add(part)
	}
	if sum.Equal(total) {
		return gaps
	}
	found, _ := f.spec.Columns[column].Rounding.CheckSum(where, total, parts...) // the rounding is checked
	return append(gaps, Gap{Where: where, Rule: rule, Got: total, Want: sum, Rounded: len(found) == 0})
}

func (f TableForm) checkRows(rows []TableRow) error {
	if f.id.IsZero() {
		return union.NewFault(union.ErrMissing, "form", "", "one with columns")
	}
	keys := map[string]bool{}
	var faults union.FaultList
	for i, row := range rows {
		at := union.Indexed("rows", i)
		switch {
		case row.Key == "":
			faults.Add(union.ErrMissing, at+".key", "", "")
		case keys[row.Key]:
			faults.Add(union.ErrRepeated, at+".key", quote.Key(row.Key), "a new key")
		case row.Within == row.Key:
			faults.Add(union.ErrOrder, at+".within", quote.Key(row.Within), "another row")
		case len(row.Cells) != len(f.spec.Columns):
			faults.Add(union.ErrRange, at+".cells", union.InputOf("", int64(len(row.Cells))).Value, union.InputOf("", int64(len(f.spec.Columns))).Value)
		}
		keys[row.Key] = true
	}
	for i, row := range rows {
		if row.Within != "" && !keys[row.Within] {
			faults.Add(union.ErrUnknown, union.Indexed("rows", i)+".within", quote.Key(row.Within), "a row of the table")
		}
	}
	return first(&faults)
}

// first returns the first of the faults found, if there are any.
func first(faults *union.FaultList) error {
	all := union.Faults(faults.Err())
	if len(all) == 0 {
		return nil
	}
	return all[0]
}

// Print returns the rows as the form prints them: each cell rounded once, by itself,
// of the exact figure that exactly gives. Amounts in 万元 and 亿元 are given in yuan
// and are divided before. It has the errors of [TableForm.Check].
func (f TableForm) Print(exactly []TableRow) ([]TableRow, error) {
	if err := f.checkRows(exactly); err != nil {
		return nil, err
	}
	printed := slices.Clone(exactly)
	for i, row := range exactly {
		printed[i].Cells = make([]union.Number, len(row.Cells))
		for j, n := range row.Cells {
			column := f.spec.Columns[j]
			rounded, err := column.Rounding.Apply(column.in(n))
			if err != nil {
				return nil, err
			}
			printed[i].Cells[j] = rounded
		}
	}
	return printed, nil
}

// in returns a figure in the measure of the column.
func (c TableColumn) in(n union.Number) union.Number {
	yuan := map[union.Measure]int64{"万元": 1e4, "亿元": 1e8}[c.Measure]
	if yuan == 0 {
		return n
	}
	per, _ := union.NewNumber(1, yuan) // which is not zero
	return n.Mul(per)
}

// Texts returns the cells of a row as they are printed, with all their places. A row
// of another length than the form has columns is [union.ErrRange].
func (f TableForm) Texts(row TableRow) ([]string, error) {
	if len(row.Cells) != len(f.spec.Columns) {
		return nil, union.NewFault(union.ErrRange, "cells", union.InputOf("", int64(len(row.Cells))).Value, "a cell for each column")
	}
	texts := make([]string, len(row.Cells))
	for i, n := range row.Cells {
		text, err := f.spec.Columns[i].Rounding.Format(n)
		if err != nil {
			return nil, union.Within(union.Indexed("cells", i), err)
		}
		texts[i] = text
	}
	return texts, nil
}

// MarshalJSON writes the form as a document "aid.table_form/1". The zero TableForm
// has no columns to write and is [union.ErrText].
func (f TableForm) MarshalJSON() ([]byte, error) { return union.WriteRule(tableFormDocument, f.spec) }

// UnmarshalJSON reads a document "aid.table_form/1" with the faults of
// [union.ReadRule], and checks it as [NewTableForm] does. On error f is unchanged.
func (f *TableForm) UnmarshalJSON(data []byte) error {
	var spec TableFormSpec
	if err := union.ReadRule(data, tableFormDocument, &spec); err != nil {
		return err
	}
	made, err := NewTableForm(spec)
	if err != nil {
		return err
	}
	*f = made
	return nil
}
