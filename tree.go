package union

import (
	"slices"
	"strconv"

	"github.com/unioncampaign/union/internal/quote"
)

// A Tree is the units of a [Hierarchy] as they stood on a day, or all through a
// period. Every unit has one parent or stands at the top, so nothing is counted
// twice. It never changes: what happens to units later makes other Trees.
//
// UnitIDs are dense, from 1 to [Tree.Len]. Units below have lower IDs than those
// above them, so that one pass in the order of IDs sums children first; and the
// units within one are those directly before it.
//
// The zero Tree has no units.
type Tree struct {
	of    Period
	units []treeUnit // by ID, the first having 1
	index *treeIndex
}

// A treeUnit is a unit with its place in the tree.
type treeUnit struct {
	unit   Unit
	parent UnitID
	first  UnitID // the lowest ID within the unit
}

// treeOf numbers the units that exist, each after those below it. Units under
// one parent keep the order in which the facts first name them.
func treeOf(s *standing, of Period) Tree {
	var stack, order []int
	for at, each := range s.all {
		if !each.ended && each.parent == noParent {
			stack = append(stack, at)
		}
	}
	// From above, the last first: read backwards it is the order wanted.
	for len(stack) > 0 {
		at := stack[len(stack)-1]
		order = append(order, at)
		stack = append(stack[:len(stack)-1], s.children(at)...)
	}
	slices.Reverse(order)
	tree := Tree{of: of, units: make([]treeUnit, len(order))}
	for i, at := range order {
		unit := s.all[at].unit
		tree.units[i] = treeUnit{unit: unit, first: UnitID(i + 1)}
	}
	tree.index = indexTree(tree.units)
	for i := range tree.units {
		each := &tree.units[i]
		if each.unit.Parent == "" {
			continue
		}
		each.parent = tree.index.find(each.unit.Parent)
		parent := &tree.units[each.parent-1]
		parent.first = min(parent.first, each.first)
	}
	return tree
}

// Of returns the days on which the units stood so.
func (t Tree) Of() Period { return t.of }

// Len returns how many units there are.
func (t Tree) Len() int { return len(t.units) }

// Find returns the ID of the unit with the key, which is matched exactly. A key
// that no unit has on the days of the tree is [ErrUnknown].
func (t Tree) Find(key string) (UnitID, error) {
	var id UnitID
	if t.index != nil {
		id = t.index.find(key)
	}
	if id == 0 {
		return 0, NewFault(ErrUnknown, "", quote.Key(key), "a unit of "+strconv.Quote(t.of.String()))
	}
	return id, nil
}

// has reports whether the tree has a unit with the ID.
func (t Tree) has(id UnitID) bool { return id != 0 && int64(id) <= int64(len(t.units)) }

// Unit returns the unit of an ID, and false for an ID that the tree does not
// have.
func (t Tree) Unit(id UnitID) (Unit, bool) {
	if !t.has(id) {
		return Unit{}, false
	}
	return t.units[id-1].unit, true
}

// Parent returns the unit that one stands under, and 0 for one at the top and
// for an ID that the tree does not have.
func (t Tree) Parent(id UnitID) UnitID {
	if !t.has(id) {
		return 0
	}
	return t.units[id-1].parent
}

// Children returns the units directly below one, in order. Those of 0 are the
// units at the top. The slice is the caller's.
func (t Tree) Children(id UnitID) []UnitID {
	first, next := UnitID(1), UnitID(len(t.units))
	if id != 0 {
		if !t.has(id) {
			return nil
		}
		first, next = t.units[id-1].first, id-1
	}
	var children []UnitID
	for next >= first {
		children = append(children, next)
		next = t.units[next-1].first - 1
	}
	slices.Reverse(children)
	return children
}

// IsLeaf reports whether a unit has none below it. An ID that the tree does not
// have is none.
func (t Tree) IsLeaf(id UnitID) bool { return t.has(id) && t.units[id-1].first == id }

// Leaves returns the units that have none below them, in order. The slice is the
// caller's.
func (t Tree) Leaves() []UnitID {
	var leaves []UnitID
	for i, each := range t.units {
		if each.first == UnitID(i+1) {
			leaves = append(leaves, each.first)
		}
	}
	return leaves
}
