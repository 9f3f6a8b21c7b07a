package assessment

import (
	"slices"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/internal/quote"
)

// A Ladder is a list of rungs: the first rung whose tests all hold is taken.
// The last may have no tests and takes what is left.
//
// Rungs that test one figure alone must partition its scale: no two may hold
// the same value, and what is left for a last rung without tests must be one
// run of values at one end, so that "60-69, 70-79, else" is refused, naming the
// hole, unless the grid says that only whole points occur. Rungs that test
// several figures are total only by a last rung without tests, and must have it.
type Ladder struct {
	Scale union.Interval `json:"scale,omitzero"` // the range of the one figure tested; zero: every number
	Grid  union.Number   `json:"grid,omitzero"`  // if not zero, only its multiples occur
	Rungs []Rung         `json:"rungs"`
}

// A Rung is taken if all its tests hold. In a scheme's grades it gives a grade,
// in a source a number or the figure of an item that stands before.
type Rung struct {
	If    []Test       `json:"if,omitempty"`
	Give  union.Number `json:"give,omitzero"`
	Item  string       `json:"item,omitempty"` // give the figure of this item instead
	Grade string       `json:"grade,omitempty"`
	Title string       `json:"title,omitempty"` // the grade's official wording
}

// A Test asks whether an item's figure lies in an interval.
type Test struct {
	Item string         `json:"item"`          // the key of an item of the scheme, or of a reading of the form
	Why  string         `json:"why,omitempty"` // the rule's own wording
	In   union.Interval `json:"in"`
}

// check notes what is wrong with the ladder; items are those before it.
func (l Ladder) check(f *union.FaultList, where string, items known) {
	if len(l.Rungs) == 0 {
		f.Add(union.ErrMissing, where+".rungs", "", "one rung or more")
		return
	}
	sound := true
	for i, rung := range l.Rungs {
		place := union.Indexed(where+".rungs", i)
		if len(rung.If) == 0 && i < len(l.Rungs)-1 {
			f.Add(union.ErrOrder, place, "no tests", "only as the last rung")
			sound = false
		}
		for j, test := range rung.If {
			at := union.Indexed(place+".if", j) + ".item"
			sound = items.use(f, at, test.Item) && sound
			for _, other := range rung.If[:j] {
				if other.Item == test.Item {
					f.Add(union.ErrRepeated, at, quote.Key(test.Item), "one interval")
					sound = false
				}
			}
		}
	}
	if sound {
		l.checkTotal(f, where)
	}
}

// checkGives notes rungs of a source that give no number.
func (l Ladder) checkGives(f *union.FaultList, where string, items known) {
	for i, rung := range l.Rungs {
		at := union.Indexed(where+".rungs", i)
		if rung.Grade != "" || rung.Title != "" {
			f.Add(union.ErrRange, at, "a grade", "a number to give")
		}
		if rung.Item != "" {
			items.use(f, at+".item", rung.Item)
			if rung.Give.Sign() != 0 {
				f.Add(union.ErrRepeated, at, "a number and an item", "one of them")
			}
		}
	}
}

// extent returns the least and greatest figure that a rung gives.
func (l Ladder) extent(items known) extent {
	whole := extent{}
	for i, rung := range l.Rungs {
		given := rung.Give
		of := extent{low: &given, high: &given}
		if rung.Item != "" {
			at, ok := items.index[rung.Item]
			if !ok {
				return extent{}
			}
			of = items.extents[at]
		}
		if i == 0 {
			whole = of
		}
		whole = whole.or(of)
	}
	return whole
}

// gives returns what a rung of a source gives, given the items before it.
func (r Rung) gives(before []mark, items known) mark {
	if r.Item != "" {
		return before[items.index[r.Item]]
	}
	return mark{figure: r.Give, applies: true}
}

// checkTotal notes holes and overlaps where one figure alone is tested, and a
// last rung lacking where several are.
func (l Ladder) checkTotal(f *union.FaultList, where string) {
	last := l.Rungs[len(l.Rungs)-1]
	if !l.single() {
		if len(last.If) > 0 {
			f.Add(union.ErrHole, where+".rungs", "several figures tested", "a last rung without tests")
		}
		if !l.Scale.Equal(union.Interval{}) || l.Grid.Sign() != 0 {
			f.Add(union.ErrRange, where+".scale", "several figures tested", "no scale and no grid")
		}
		return
	}
	var ranges []union.Interval
	for _, rung := range l.Rungs {
		if len(rung.If) > 0 {
			ranges = append(ranges, rung.If[0].In)
		}
	}
	if len(ranges) == 0 {
		return
	}
	if len(last.If) == 0 {
		ranges = append(ranges, rest(l.Scale, ranges)...)
	}
	f.Within(where, partition(l.Scale, l.Grid, ranges, "rungs"))
}

// single reports whether all tests are of one item.
func (l Ladder) single() bool {
	item := ""
	for _, rung := range l.Rungs {
		for _, test := range rung.If {
			if item != "" && test.Item != item {
				return false
			}
			item = test.Item
		}
	}
	return true
}

// rest returns the run of the scale that lies above all ranges or, if there is
// none, below all of them: what a last rung without tests takes. If values lie at
// both ends, they are not one run, and the lower is left as a hole.
func rest(scale union.Interval, ranges []union.Interval) []union.Interval {
	everything := union.Interval{}
	for _, run := range slices.Backward(everything.Without(ranges...)) {
		_, _, above := run.Lower()
		_, _, below := run.Upper()
		between := above && below
		if left, some := scale.Common(run); some && !between {
			return []union.Interval{left}
		}
	}
	return nil
}

// find returns the first rung whose tests all hold. A figure outside the scale
// or off its grid is ErrRange, one that does not apply ErrMissing, and if no
// rung holds, ErrHole.
func (l Ladder) find(marks []mark, items known) (int, error) {
	for i, rung := range l.Rungs {
		holds := true
		for _, test := range rung.If {
			tested := marks[items.index[test.Item]]
			if !tested.applies {
				return 0, union.NewFault(union.ErrMissing, test.Item, "does not apply", "a figure")
			}
			if err := onScale(l.Scale, l.Grid, tested.figure); err != nil {
				return 0, union.Within(test.Item, err)
			}
			holds = holds && test.In.Contains(tested.figure)
		}
		if holds {
			return i, nil
		}
	}
	return 0, union.NewFault(union.ErrHole, "", "", "")
}
