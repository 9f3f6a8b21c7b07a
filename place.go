package union

import (
	"strconv"
)

// A Place is where a [Table] of one [Layout] counts: a code for each axis, in one
// number. [Layout.Place] makes it, once for each record that is coded; records that
// are counted by the million hold Places, as they hold UnitIDs. A Place of
// another layout means other codes. The zero Place is unknown on every axis.
type Place uint32

// Place returns the place of one code for each axis in the layout's order, 0 being
// unknown. It reports the first of
//   - [ErrMissing], for the zero Layout;
//   - [ErrRange], for another number of codes than the layout has axes, and for
//     the first code that its axis does not have.
func (l Layout) Place(at ...Code) (Place, error) {
	switch {
	case len(l.dims) == 0:
		return 0, NewFault(ErrMissing, "layout", "", "one with axes")
	case len(at) != len(l.dims):
		return 0, faultCodes(len(at), len(l.dims))
	}
	place := 0
	for i, code := range at {
		if int(code) >= l.dims[i] {
			return 0, faultCode(i, code, l.dims[i])
		}
		place = place*l.dims[i] + int(code)
	}
	return Place(place), nil
}

// AddPlaces counts one thing at each place, as so many calls of [Table.Add] would.
// It allocates nothing. On error the table is unchanged, and nothing of the list is
// counted. It reports the first place, by its index, that has one of these faults:
//   - [ErrMissing], for the zero Table, which has no layout yet;
//   - [ErrRange], for a place that the table does not have;
//   - [ErrOverflow], if the cell would hold more than [Table.AddN] lets it.
func (t *Table) AddPlaces(places ...Place) error {
	cells, limit := t.cells, t.limit
	for i, place := range places {
		at := uint64(place)
		if at >= uint64(len(cells)) {
			return t.takeBack(places, i)
		}
		n := cells[at]
		if n == limit {
			return t.takeBack(places, i)
		}
		cells[at] = n + 1
	}
	return nil
}

// takeBack uncounts the places before the one that is refused, and says why it is.
func (t *Table) takeBack(places []Place, refused int) error {
	for _, place := range places[:refused] {
		t.cells[place]--
	}
	where := Indexed("places", refused)
	switch place := places[refused]; {
	case len(t.dims) == 0:
		return NewFault(ErrMissing, "table", "", "a layout")
	case int64(place) >= int64(len(t.cells)):
		return NewFault(ErrRange, where, strconv.FormatUint(uint64(place), 10), "0 to "+strconv.Itoa(len(t.cells)-1))
	}
	return NewFault(ErrOverflow, where, "", "")
}
