package assessment

import (
	"strconv"
	"strings"

	"github.com/unioncampaign/union"
)

// Bands give a figure to each part of a scale, which they must partition.
type Bands struct {
	Scale union.Interval `json:"scale,omitzero"` // the range of what comes in; zero: every number
	Grid  union.Number   `json:"grid,omitzero"`  // if not zero, only its multiples occur
	List  []Band         `json:"list"`
}

// A Band gives one figure to the numbers of an interval.
type Band struct {
	In   union.Interval `json:"in"`
	Give union.Number   `json:"give"`
}

func (b Bands) check(f *union.FaultList, where string) {
	ranges := make([]union.Interval, len(b.List))
	for i, band := range b.List {
		ranges[i] = band.In
	}
	f.Within(where, partition(b.Scale, b.Grid, ranges, "list"))
}

// find returns the figure of the band that holds n.
func (b Bands) find(n union.Number) (union.Number, error) {
	if err := onScale(b.Scale, b.Grid, n); err != nil {
		return n, err
	}
	for _, band := range b.List {
		if band.In.Contains(n) {
			return band.Give, nil
		}
	}
	return n, union.NewFault(union.ErrHole, "", n.String(), "")
}

// onScale reports as ErrRange a number outside a scale or off its grid.
func onScale(scale union.Interval, grid, n union.Number) error {
	if !scale.Contains(n) {
		return union.NewFault(union.ErrRange, "", n.String(), "in "+scale.String())
	}
	if grid.Sign() == 0 {
		return nil
	}
	steps, err := n.Quo(grid)
	if err != nil || !steps.IsInt() {
		return union.NewFault(union.ErrRange, "", n.String(), "a multiple of "+grid.String())
	}
	return nil
}

// partition reports, joined, where ranges do not partition the scale: holes and
// overlaps are named by a value. Places are given within the list named.
func partition(scale union.Interval, grid union.Number, ranges []union.Interval, list string) error {
	spec := union.BandsSpec{Scale: scale, Grid: grid}
	for i, in := range ranges {
		spec.List = append(spec.List, union.Band{In: in, Key: strconv.Itoa(i)})
	}
	_, err := union.NewBands(spec)
	var f union.FaultList
	for _, fault := range union.Faults(err) {
		moved := *fault
		if rest, ok := strings.CutPrefix(moved.Where, "list"); ok {
			moved.Where = list + rest
		}
		f.Within("", &moved)
	}
	return f.Err()
}
