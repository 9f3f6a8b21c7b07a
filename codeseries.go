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
func (t *codeSeriesTable) makeSeries(units []UnitID, codeOf func(UnitID) uint64) (rest []UnitID, different bool) {
	series, places := 0, 0
	for group := range groupsOf(units, codeOf) {
		if length := lengthOf(group, codeOf); length > 0 {
			series, places = series+1, places+length
		}
	}
	t.series, t.rows = make([]codeSeries, 2*series+mostCodeSteps), make([]UnitID, 0, places)
	rest = units[:0]
	for group := range groupsOf(units, codeOf) {
		length := lengthOf(group, codeOf)
		if length == 0 {
			rest = append(rest, group...)
			continue
		}
		prefix, first := splitCode(codeOf(group[0]))
		row := t.rows[len(t.rows) : len(t.rows)+length]
		if !t.place(codeSeries{prefix: prefix, row: uint32(len(t.rows)), first: first, n: uint16(length)}) {
			rest = append(rest, group...)
			continue
		}
		t.rows = t.rows[:len(t.rows)+length]
		for _, id := range group {
			_, last := splitCode(codeOf(id))
			if row[last-first] != 0 {
				return nil, false
			}
			row[last-first] = id
		}
	}
	return rest, true
}

// groupsOf goes over the units whose numbers have one prefix, in their order.
func groupsOf(units []UnitID, codeOf func(UnitID) uint64) iter.Seq[[]UnitID] {
	return func(yield func([]UnitID) bool) {
		for len(units) > 0 {
			prefix, n := codeOf(units[0])>>12, 1
			for n < len(units) && codeOf(units[n])>>12 == prefix {
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
func lengthOf(group []UnitID, codeOf func(UnitID) uint64) int {
	_, first := splitCode(codeOf(group[0]))
	_, last := splitCode(codeOf(group[len(group)-1]))
	length := int(last-first) + 1
	if len(group) < leastInRow || length > mostForOne*len(group) {
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
