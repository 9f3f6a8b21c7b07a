package union

import (
	"errors"
	"maps"
	"slices"
	"strconv"

	"github.com/unioncampaign/union/internal/quote"
)

// The bounds of a layout. They keep a table, which is dense, from taking more
// than 128 MiB by mistake.
const (
	mostAxes  = 8
	mostCells = 1 << 24
)

// An Axis is one dimension of a [Table]: coded terms, before which stands an
// explicit unknown with code 0. The title is for readers and no part of the
// layout's identity.
type Axis struct {
	Key   string
	Title string
	Codes Codes
}

// A Layout is the rule of a [Table]: the axes over whose product it counts. It
// never changes once made. The zero Layout has no axes, and its tables count
// nothing.
type Layout struct {
	axes    []Axis
	dims    []int // by axis: its terms and unknown
	strides []int // by axis: how far apart two neighbouring codes are
	id      RuleID
}

// layoutDocument names what a layout is identified by.
const layoutDocument = "union.layout/1"

// A layoutSpec is what makes two layouts the same.
type layoutSpec struct {
	Axes []axisSpec `json:"axes"`
}

type axisSpec struct {
	Key   string `json:"key"`
	Codes string `json:"codes"` // the list's identity
}

// NewLayout returns the layout of axes in their order. It reports all the faults
// that it finds, joined:
//   - [ErrMissing], for no axis, and for an axis without key or terms;
//   - [ErrRepeated], for a key used before;
//   - [ErrRange], for more than 8 axes and for a product of more than 2²⁴
//     cells, the unknowns counted;
//   - [ErrText], for a key that is not UTF-8.
func NewLayout(axes ...Axis) (Layout, error) {
	if err := checkAxes(axes); err != nil {
		return Layout{}, err
	}
	made := Layout{
		axes:    slices.Clone(axes),
		dims:    make([]int, len(axes)),
		strides: make([]int, len(axes)),
	}
	cells := 1
	for i := len(axes) - 1; i >= 0; i-- {
		made.dims[i], made.strides[i] = axes[i].Codes.Len()+1, cells
		if cells *= made.dims[i]; cells > mostCells {
			return Layout{}, NewFault(ErrRange, "axes", "a larger product", "at most 16777216 cells")
		}
	}
	var spec layoutSpec
	for _, axis := range axes {
		spec.Axes = append(spec.Axes, axisSpec{Key: axis.Key, Codes: axis.Codes.ID().String()})
	}
	id, err := IdentifyRule(layoutDocument, spec)
	if err != nil {
		return Layout{}, err
	}
	made.id = id
	return made, nil
}

func checkAxes(axes []Axis) error {
	var faults []error
	switch {
	case len(axes) == 0:
		faults = append(faults, NewFault(ErrMissing, "axes", "", ""))
	case len(axes) > mostAxes:
		faults = append(faults, NewFault(ErrRange, "axes", strconv.Itoa(len(axes))+" axes", "at most 8"))
	}
	used := map[string]bool{}
	for i, axis := range axes {
		where := "axes[" + strconv.Itoa(i) + "]"
		switch {
		case axis.Key == "":
			faults = append(faults, NewFault(ErrMissing, where+".key", "", ""))
		case used[axis.Key]:
			faults = append(faults, NewFault(ErrRepeated, where+".key", quote.Key(axis.Key), "a new key"))
		}
		used[axis.Key] = true
		if axis.Codes.Len() == 0 {
			faults = append(faults, NewFault(ErrMissing, where+".codes", "", ""))
		}
	}
	return errors.Join(faults...)
}

// ID returns the identity of the layout: of the axes' keys and lists, in order.
func (l Layout) ID() RuleID { return l.id }

// Axes returns the axes in their order. The slice is the caller's.
func (l Layout) Axes() []Axis { return slices.Clone(l.axes) }

// Table returns an empty table of the layout. That of the zero Layout is the
// zero Table.
func (l Layout) Table() Table {
	if l.id.IsZero() {
		return Table{}
	}
	return newTable(l.id, l.dims, l.dims[0]*l.strides[0])
}

// Cell returns what t counts at one code for each axis, 0 being unknown. The
// zero Table counts nothing anywhere. Its errors, in this order:
//   - [ErrRule], for a table of another layout;
//   - those of [Layout.Place], for the codes.
func (l Layout) Cell(t Table, at ...Code) (int64, error) {
	if err := l.check(t); err != nil {
		return 0, err
	}
	place, err := l.Place(at...)
	if err != nil || t.rule.IsZero() {
		return 0, err
	}
	return t.cells[place], nil
}

// Margin returns what t counts along one axis, all others summed: at index 0
// the unknown, then by code. The slice is the caller's. Its errors:
//   - [ErrRule], for a table of another layout;
//   - [ErrUnknown], for an axis that the layout does not have.
func (l Layout) Margin(t Table, axis string) ([]int64, error) {
	if err := l.check(t); err != nil {
		return nil, err
	}
	along := slices.IndexFunc(l.axes, func(each Axis) bool { return each.Key == axis })
	if along < 0 {
		return nil, faultAxis(axis)
	}
	margin := make([]int64, l.dims[along])
	if t.rule.IsZero() {
		return margin, nil
	}
	fixed := l.unfixed()
	for code := range margin {
		fixed[along] = code
		margin[code] = l.sum(t.cells, 0, 0, fixed)
	}
	return margin, nil
}

// Sum returns what t counts where the axes named have the codes given, all
// others summed; with none it is the total. Its errors, the first in this order:
//   - [ErrRule], for a table of another layout;
//   - [ErrUnknown], for an axis that the layout does not have;
//   - [ErrRange], for a code that its axis does not have.
func (l Layout) Sum(t Table, at map[string]Code) (int64, error) {
	if err := l.check(t); err != nil {
		return 0, err
	}
	for _, key := range slices.Sorted(maps.Keys(at)) {
		if !slices.ContainsFunc(l.axes, func(each Axis) bool { return each.Key == key }) {
			return 0, faultAxis(key)
		}
	}
	fixed := l.unfixed()
	for i, axis := range l.axes {
		code, ok := at[axis.Key]
		if !ok {
			continue
		}
		if int(code) >= l.dims[i] {
			return 0, faultCode(i, code, l.dims[i])
		}
		fixed[i] = int(code)
	}
	if t.rule.IsZero() {
		return 0, nil
	}
	return l.sum(t.cells, 0, 0, fixed), nil
}

// anyCode marks an axis that is summed over.
const anyCode = -1

// unfixed returns the place at which every axis is summed over.
func (l Layout) unfixed() []int {
	return slices.Repeat([]int{anyCode}, len(l.axes))
}

// sum adds the cells from offset on that fixed selects on this axis and those
// after it. It cannot overflow: a cell holds no more than its part of
// the greatest int64.
func (l Layout) sum(cells []int64, axis, offset int, fixed []int) int64 {
	if axis == len(l.dims) {
		return cells[offset]
	}
	if fixed[axis] != anyCode {
		return l.sum(cells, axis+1, offset+fixed[axis]*l.strides[axis], fixed)
	}
	var total int64
	for code := range l.dims[axis] {
		total += l.sum(cells, axis+1, offset+code*l.strides[axis], fixed)
	}
	return total
}

// check refuses a table of another layout; the zero Table is of every one.
func (l Layout) check(t Table) error {
	if t.rule.IsZero() || t.rule == l.id && slices.Equal(t.dims, l.dims) {
		return nil
	}
	return NewFault(ErrRule, "table", t.rule.String(), l.id.String())
}

func faultCodes(got, want int) *Fault {
	return NewFault(ErrRange, "at", strconv.Itoa(got)+" codes", strconv.Itoa(want))
}

func faultCode(axis int, code Code, dim int) *Fault {
	return NewFault(ErrRange, "at["+strconv.Itoa(axis)+"]", strconv.Itoa(int(code)), "0 to "+strconv.Itoa(dim-1))
}

func faultAxis(key string) *Fault {
	return NewFault(ErrUnknown, "axis", quote.Key(key), "an axis of the layout")
}
