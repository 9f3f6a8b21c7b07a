package simulate

import (
	"errors"
	"fmt"
	"iter"

	"github.com/unioncampaign/union"
)

// A Partial is the tally of what was counted within one unit, encoded.
type Partial struct {
	Unit string
	Data []byte
}

// A Return is what the units of a nation counted of one tally in a year.
type Return struct {
	Tally string // such as "aid.Donations"
	// Leaves are of the units that have none below them and have counted something, each
	// once: what a nation is merged of.
	Leaves []Partial
	// Counties are of the counties, and of the leaves that stand under none, likewise.
	Counties []Partial
	// Units are of every unit of the tree, by its ID less 1. What nobody has counted is
	// the zero tally.
	Units []Partial
}

// Returns simulates the year of a seed and returns the tree of its last day, and what
// stands on it of every tally. It looks at nothing, and sends no letters, which only
// tell what has been counted: that is for [House.Run].
func (h House) Returns(seed uint64, size Size) (union.Tree, []Return, error) {
	y, err := h.simulate(seed, size, false)
	if err != nil {
		return union.Tree{}, nil, err
	}
	var returns []Return
	for i, each := range y.counts {
		made, err := each.returns(y.tree)
		if err != nil {
			return union.Tree{}, nil, fmt.Errorf("seed %d: %s: %w", seed, y.names[i], err)
		}
		made.Tally = y.names[i]
		returns = append(returns, made)
	}
	return y.tree, returns, nil
}

// returns writes what every unit of a tree has counted.
func (c *count[T, P, R]) returns(tree union.Tree) (Return, error) {
	var made Return
	sums := make([]T, tree.Len())
	counted := make([]bool, tree.Len())
	for i := range sums {
		id := union.UnitID(i + 1)
		key := unitOfID(tree, id)
		if each, ok := c.cells[key]; ok {
			counted[i] = true
			if err := P(&sums[i]).Merge(each.sum); err != nil {
				return made, err
			}
		}
		if parent := tree.Parent(id); parent != 0 && counted[i] {
			counted[parent-1] = true
			if err := P(&sums[parent-1]).Merge(sums[i]); err != nil {
				return made, err
			}
		}
		data, err := write[T, P](sums[i])
		if err != nil {
			return made, err
		}
		partial := Partial{Unit: key, Data: data}
		made.Units = append(made.Units, partial)
		if !counted[i] {
			continue
		}
		if tree.IsLeaf(id) {
			made.Leaves = append(made.Leaves, partial)
		}
		if reportsFor(tree, id) {
			made.Counties = append(made.Counties, partial)
		}
	}
	if len(made.Leaves) == 0 {
		return made, errors.New("nobody has counted anything")
	}
	return made, nil
}

// reportsFor reports whether a unit reports as a county does: it is the topmost county
// above a leaf, or a leaf under no county.
func reportsFor(tree union.Tree, id union.UnitID) bool {
	isCounty := func(id union.UnitID) bool { return levelOf(unitOfID(tree, id)) == len(levels)-2 }
	for above := tree.Parent(id); above != 0; above = tree.Parent(above) {
		if isCounty(above) {
			return false
		}
	}
	return isCounty(id) || tree.IsLeaf(id)
}

// A Gift is a raw record of a donation: the unit that it came from, the donor's token,
// how much, and when.
type Gift struct {
	Unit   string
	Donor  string
	Amount union.Money
	On     union.Date
}

// Gifts returns so many gifts to leaves of a tree, drawn by a seed: the same on every
// run, one after the other, whatever their number.
func Gifts(seed uint64, tree union.Tree, records int) iter.Seq[Gift] {
	var units []string
	for _, leaf := range tree.Leaves() {
		units = append(units, unitOfID(tree, leaf))
	}
	return func(yield func(Gift) bool) {
		s := NewSource(seed)
		for range records {
			gift := Gift{
				Unit: pick(s, units...), Donor: someToken(s, "d", max(1, records/3)),
				Amount: union.Fen(int64(s.From(1, 2_000_000))), On: dayOf(donationDay + s.Below(28)),
			}
			if !yield(gift) {
				return
			}
		}
	}
}
