package union

import "iter"

// A codeSeries is numbers of digits that differ in the last three alone, as the codes of
// the units of a county do. Its units stand in a row, at what these three make.
type codeSeries struct {
	prefix   uint64 // the numbers without their last three digits
	row      uint32 // where its row begins
	first, n uint16 // the least that the last three make, and how long the row is; n 0: free
}

// codeSeriesTable is the series of a tree. It is a small part of what a table of all
// numbers would be, and so lies nearer to a core.
type codeSeriesTable struct {
	series []codeSeries
	rows   []UnitID // of all series; 0: no unit
}

// A row holds at least so many units, and at least one for so many places: it takes no
// more room than they would take elsewhere.
const (
	leastInRow = 8
	mostForOne = 3
)

// splitCode returns a number without its last three digits, and what these make: of one
// of fewer digits, with the one that stands before them.
func splitCode(code uint64) (prefix uint64, last uint16) {
	three := uint16(code & 0xfff)
	return code >> 12, three - three>>4*6 - three>>8*60
}

// makeSeries makes the series of units whose keys are numbers of digits, in the order of
// these. It moves the units that are in none to the front and returns them, and reports
// whether all numbers in a series are different.
func (t *codeSeriesTable) makeSeries(units []UnitID, code func(UnitID) uint64) (rest []UnitID, different bool) {
	series, places := 0, 0
	for group := range groupsOf(units, code) {
		if length := lengthOf(group, code); length > 0 {
			series, places = series+1, places+int(length)
		}
	}
	t.series, t.rows = make([]codeSeries, 2*series+mostCodeSteps), make([]UnitID, 0, places)
	rest = units[:0]
	for group := range groupsOf(units, code) {
		prefix, first := splitCode(code(group[0]))
		made := codeSeries{prefix: prefix, row: uint32(len(t.rows)), first: first, n: lengthOf(group, code)}
		if made.n == 0 || !t.place(made) {
			rest = append(rest, group...)
		} else if !t.lay(made, group, code) {
			return nil, false
		}
	}
	return rest, true
}

// lay lays the row of a series, and reports whether its numbers are different.
func (t *codeSeriesTable) lay(series codeSeries, group []UnitID, code func(UnitID) uint64) bool {
	t.rows = t.rows[:int(series.row)+int(series.n)]
	row := t.rows[series.row:]
	for _, id := range group {
		_, last := splitCode(code(id))
		if row[last-series.first] != 0 {
			return false
		}
		row[last-series.first] = id
	}
	return true
}

// groupsOf goes over the units whose numbers have one prefix, in their order.
func groupsOf(units []UnitID, code func(UnitID) uint64) iter.Seq[[]UnitID] {
	return func(yield func([]UnitID) bool) {
		for len(units) > 0 {
			prefix, n := code(units[0])>>12, 1
			for n < len(units) && code(units[n])>>12 == prefix {
				n++
			}
			if !yield(units[:n]) {
				return
			}
			units = units[n:]
		}
	}
}

// lengthOf returns how long the row of a group is, 0 if it is not worth its room.
func lengthOf(group []UnitID, code func(UnitID) uint64) uint16 {
	_, first := splitCode(code(group[0]))
	_, last := splitCode(code(group[len(group)-1]))
	length := last - first + 1
	if len(group) < leastInRow || int(length) > mostForOne*len(group) {
		return 0
	}
	return length
}

// place gives a series its place in the table, unless it would lie too far from where
// its prefix points.
func (t *codeSeriesTable) place(series codeSeries) bool {
	from := t.from(series.prefix)
	for i := range from {
		if from[i].n == 0 {
			from[i] = series
			return true
		}
	}
	return false
}

// from returns the places in which a prefix may stand, in the order of looking.
func (t *codeSeriesTable) from(prefix uint64) []codeSeries {
	first := spread(prefix, len(t.series)-mostCodeSteps+1)
	return t.series[first : first+mostCodeSteps]
}

// find returns the unit of a number, 0 if no series has it.
func (t *codeSeriesTable) find(code uint64) UnitID {
	prefix, last := splitCode(code)
	from := t.from(prefix)
	for i := range from {
		switch series := &from[i]; {
		case series.n == 0:
			return 0
		case series.prefix == prefix:
			if at := last - series.first; at < series.n {
				return t.rows[series.row+uint32(at)]
			}
			return 0
		}
	}
	return 0
}
