package union

import (
	"math"
	"slices"
	"strconv"

	"github.com/unioncampaign/union/internal/wire"
)

// A Table counts over a product of [Codes], a cell for each combination and for
// each unknown: the one tally that most tallies are made of. It is dense, so its
// size depends on its [Layout] and not on what it counts, and it merges. A Table
// is no record of events: adding the same thing twice counts it twice.
//
// The zero Table is the identity of Merge. It counts nothing until it has taken
// the layout of what is merged into it. Assigning a Table shares its counts;
// merge it into a zero Table for a copy of its own.
type Table struct {
	rule  RuleID
	dims  []int   // of the layout, shared, never changed
	limit int64   // what a cell may hold, so that no sum of cells overflows
	cells []int64 // the last axis running fastest
}

// newTable returns an empty table.
func newTable(rule RuleID, dims []int, cells int) Table {
	return Table{rule: rule, dims: dims, limit: math.MaxInt64 / int64(cells), cells: make([]int64, cells)}
}

// Add counts one thing at one code for each axis in the layout's order, 0 being
// unknown. It allocates nothing. On error the table is unchanged; its errors are
// those of [Table.AddN].
func (t *Table) Add(at ...Code) error { return t.AddN(1, at...) }

// AddN counts n things at one place, as n calls of [Table.Add] would. On error
// the table is unchanged. It reports the first fault in this order:
//   - [ErrMissing], for the zero Table, which has no layout yet;
//   - [ErrRange], for another number of codes than the layout has axes, then for
//     the first code that its axis does not have, then for a negative n;
//   - [ErrOverflow], if the cell would hold more than the greatest int64 divided
//     by the number of cells: so no margin and no total can overflow.
func (t *Table) AddN(n int64, at ...Code) error {
	dims := t.dims
	if len(at) != len(dims) || len(dims) == 0 {
		return t.refuse(len(at))
	}
	place := 0
	for i, code := range at {
		if int(code) >= dims[i] {
			return faultCode(i, code, dims[i])
		}
		place = place*dims[i] + int(code)
	}
	cell := &t.cells[place]
	if n < 0 || n > t.limit-*cell {
		return faultAmount(n)
	}
	*cell += n
	return nil
}

// faultAmount says why a cell cannot take n more.
func faultAmount(n int64) *Fault {
	if n < 0 {
		return NewFault(ErrRange, "n", strconv.FormatInt(n, 10), "0 or more")
	}
	return NewFault(ErrOverflow, "table", "", "")
}

// refuse says why so many codes are no place in the table.
func (t *Table) refuse(codes int) error {
	if len(t.dims) == 0 {
		return NewFault(ErrMissing, "table", "", "a layout")
	}
	return faultCodes(codes, len(t.dims))
}

// Merge adds what other counts, cell by cell, and shares nothing with it. A zero
// Table takes the layout of other; a zero other changes nothing. On error the
// table is unchanged; its errors:
//   - [ErrRule], for a table of another layout;
//   - [ErrOverflow], if a cell could not hold its sum, as [Table.AddN] says.
func (t *Table) Merge(other Table) error {
	if other.rule.IsZero() {
		return nil
	}
	if t.rule.IsZero() {
		*t = other
		t.cells = slices.Clone(other.cells)
		return nil
	}
	if t.rule != other.rule || !slices.Equal(t.dims, other.dims) {
		return NewFault(ErrRule, "table", other.rule.String(), t.rule.String())
	}
	for i, n := range other.cells { // all of them first: a refused merge changes none
		if n > t.limit-t.cells[i] {
			return faultAmount(n)
		}
	}
	for i, n := range other.cells {
		t.cells[i] += n
	}
	return nil
}

// Rule returns the identity of the layout, zero for the zero Table.
func (t Table) Rule() RuleID { return t.rule }

// Total returns how many things are counted, those at unknown places too. It
// adds up the cells.
func (t Table) Total() int64 {
	var total int64
	for _, n := range t.cells {
		total += n
	}
	return total
}

// UnknownAt returns how many things are counted whose code on an axis, numbered
// from 0 in the layout's order, is unknown; for an axis that the table does not have
// it is 0. It needs no layout, so that a tally made of a table that was read from
// bytes can refuse what its own Add does.
func (t Table) UnknownAt(axis int) int64 {
	if axis < 0 || axis >= len(t.dims) {
		return 0
	}
	run := 1 // how many cells in a row have one code there
	for _, dim := range t.dims[axis+1:] {
		run *= dim
	}
	var total int64
	for start := 0; start < len(t.cells); start += run * t.dims[axis] {
		for _, n := range t.cells[start : start+run] {
			total += n
		}
	}
	return total
}

// tableForm names the binary form of a Table: how many axes there are, how many
// codes each has, unknown being one, and the cells.
const tableForm = "union.table/1"

// AppendBinary appends the canonical binary form, as [WriteTally] does.
func (t Table) AppendBinary(data []byte) ([]byte, error) {
	return WriteTally(data, tableForm, t.rule, func(w *wire.Writer) {
		w.Len(len(t.dims))
		for _, dim := range t.dims {
			w.Uint(uint64(dim))
		}
		w.Fill(t.cells)
	})
}

// UnmarshalBinary reads what AppendBinary wrote, as [ReadTally] does; into the
// zero Table, a table of any layout, else one of the table's own. What no layout
// has, and a cell that holds more than [Table.AddN] lets it, is [ErrText]. On
// error the table is unchanged.
func (t *Table) UnmarshalBinary(data []byte) error {
	var made Table
	rule, err := ReadTally(data, tableForm, t.rule, func(r *wire.Reader) { made = readTable(r) })
	if err != nil {
		return err
	}
	if !t.rule.IsZero() && !rule.IsZero() && !slices.Equal(t.dims, made.dims) {
		return NewFault(ErrRule, "table", "axes of other lengths", t.rule.String())
	}
	made.rule = rule
	*t = made
	return nil
}

// readTable reads the body of a table. Its layout is not there to be asked, so
// the table is checked to be one of some layout, and [Table.Merge] and the layout
// itself see whether it is of theirs.
func readTable(r *wire.Reader) Table {
	axes := r.Len(1)
	if axes == 0 || axes > mostAxes {
		r.Refuse(strconv.Itoa(axes)+" axes", "1 to 8")
		return Table{}
	}
	dims, cells := make([]int, axes), 1
	for i := range dims {
		dims[i] = int(r.Most(mostTerms + 1))
		if cells *= dims[i]; dims[i] < 2 || cells > mostCells {
			r.Refuse("axes that no layout has", "a layout's")
			return Table{}
		}
	}
	if !r.Room(cells) {
		return Table{}
	}
	made := newTable(RuleID{}, dims, cells)
	r.Fill(made.cells)
	for _, n := range made.cells {
		if n > made.limit {
			r.Refuse("a cell that holds too much", "at most "+strconv.FormatInt(made.limit, 10))
		}
	}
	return made
}
