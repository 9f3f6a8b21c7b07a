package assessment

import (
	"strings"

	"github.com/unioncampaign/union"
)

// Given is the record's own figure under the item's key: a mark, a number of
// misses, a rate. The zero Given takes any figure from 0 up.
type Given struct {
	Min     union.Number   `json:"min,omitzero"`      // the least figure accepted; it may be negative
	Max     union.Number   `json:"max,omitzero"`      // the greatest accepted; zero: no bound
	Grid    union.Number   `json:"grid,omitzero"`     // if not zero, only its multiples: 0.1 for one decimal
	Allowed []union.Number `json:"allowed,omitempty"` // a fixed ladder of marks; none: any within the bounds
}

// check notes what is wrong: a negative maximum, bounds that hold nothing, a
// mark allowed twice or out of bounds.
func (g Given) check(f *union.FaultList, where string) {
	if g.Max.Sign() < 0 {
		f.Add(union.ErrRange, where+".max", g.Max.String(), "0 or more")
	} else if g.Max.Sign() > 0 && g.Min.Cmp(g.Max) > 0 {
		f.Add(union.ErrOrder, where+".min", g.Min.String(), "at most "+g.Max.String())
	}
	if g.Grid.Sign() < 0 {
		f.Add(union.ErrRange, where+".grid", g.Grid.String(), "0 or more")
	}
	for i, mark := range g.Allowed {
		place := union.Indexed(where+".allowed", i)
		if !g.bounds(mark) {
			f.Add(union.ErrRange, place, mark.String(), g.wanted())
		}
		for _, other := range g.Allowed[:i] {
			if other.Equal(mark) {
				f.Add(union.ErrRepeated, place, mark.String(), "")
			}
		}
	}
}

// bounds reports whether n lies between the least and the greatest figure, on
// the grid.
func (g Given) bounds(n union.Number) bool {
	return n.Cmp(g.Min) >= 0 && (g.Max.Sign() == 0 || n.Cmp(g.Max) <= 0) && onScale(union.Interval{}, g.Grid, n) == nil
}

// accepts reports whether n may be given.
func (g Given) accepts(n union.Number) bool {
	if !g.bounds(n) {
		return false
	}
	for _, mark := range g.Allowed {
		if mark.Equal(n) {
			return true
		}
	}
	return len(g.Allowed) == 0
}

// wanted says in words what may be given.
func (g Given) wanted() string {
	text := g.Min.String() + " or more"
	if g.Max.Sign() > 0 {
		text = g.Min.String() + " to " + g.Max.String()
	}
	if g.Grid.Sign() != 0 {
		text += ", a multiple of " + g.Grid.String()
	}
	if marks := g.marks(); len(marks) > 0 {
		text += ", one of " + strings.Join(marks, ", ")
	}
	return text
}

// title says the same in the words of the field.
func (g Given) title() string {
	text := "不低于" + g.Min.String()
	if g.Max.Sign() > 0 {
		text = g.Min.String() + "至" + g.Max.String()
	}
	if g.Grid.Sign() != 0 {
		text += "，以" + g.Grid.String() + "为单位"
	}
	if marks := g.marks(); len(marks) > 0 {
		text += "，限" + strings.Join(marks, "、")
	}
	return text
}

// marks returns the marks allowed as texts.
func (g Given) marks() []string {
	marks := make([]string, len(g.Allowed))
	for i, mark := range g.Allowed {
		marks[i] = mark.String()
	}
	return marks
}

func (g Given) extent() extent {
	if len(g.Allowed) > 0 {
		return extentOf(g.Allowed)
	}
	return extent{low: &g.Min, high: positive(g.Max)}
}

// positive returns n as a bound, or none if it is not positive.
func positive(n union.Number) *union.Number {
	if n.Sign() > 0 {
		return &n
	}
	return nil
}
