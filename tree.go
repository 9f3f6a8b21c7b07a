package union

import (
	"slices"
	"strconv"
	"strings"

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
// A Tree has a binary form: who only counts is sent the tree as it stood, and needs
// no Hierarchy to make it of. It is read with the same IDs, in a small part of the
// time and room that the facts take, and a nation's of 300,000 units holds some 15 MB.
//
// The zero Tree has no units.
type Tree struct {
	of   Period
	held *treeUnits // nil in the zero Tree alone
}

// treeUnits are the units of a tree, and how they are found.
type treeUnits struct {
	units []treeUnit // by ID, the first having 1
	text  string     // the key and the title of each, one after the other
	index treeIndex
}

// A treeUnit is a unit with its place in the tree.
type treeUnit struct {
	text   uint64 // where its key begins, and in the lowest byte how long that is; the title follows
	parent UnitID
	first  UnitID // the lowest ID within the unit
}

// treeOf numbers the units that exist, each after those below it. Units under
// one parent keep the order in which the facts first name them.
func treeOf(s *standing, of Period) Tree {
	s.index = nil // which is large, and needed no more
	var stack, order []int32
	room := 0
	for at, each := range s.all {
		if !each.ended && each.parent == nobody {
			stack = append(stack, int32(at))
		}
	}
	// From above, the last first: read backwards it is the order wanted.
	for len(stack) > 0 {
		at := stack[len(stack)-1]
		order = append(order, at)
		room += len(s.all[at].key) + len(s.all[at].title)
		stack = append(stack[:len(stack)-1], s.children(at)...)
	}
	making := newTreeMaker(len(order), room)
	for _, at := range slices.Backward(order) {
		each := &s.all[at]
		making.text.WriteString(each.key)
		making.text.WriteString(each.title)
		making.add(len(each.key), len(each.title), len(s.children(at)))
	}
	made, _ := making.made() // a standing has each key once
	return Tree{of: of, held: made}
}

// A treeMaker makes the units of a tree in the order of their IDs.
type treeMaker struct {
	units []treeUnit
	text  strings.Builder
}

// newTreeMaker returns one with room for so many units and so many bytes of text.
func newTreeMaker(units, text int) *treeMaker {
	made := &treeMaker{units: make([]treeUnit, 0, units)}
	made.text.Grow(text)
	return made
}

// add adds the unit whose key and title, of so many bytes, were written last. Below
// it stand so many of those that stand under none yet, the last ones. It reports
// whether there are as many.
func (m *treeMaker) add(key, title, below int) bool {
	id := UnitID(len(m.units) + 1)
	first := id
	for range below {
		if first == 1 {
			return false
		}
		child := &m.units[first-2]
		child.parent, first = id, child.first
	}
	m.units = append(m.units, treeUnit{text: uint64(m.text.Len()-key-title)<<8 | uint64(key), first: first})
	return true
}

// made returns the units, and false if two have one key.
func (m *treeMaker) made() (*treeUnits, bool) {
	u := &treeUnits{units: m.units, text: m.text.String()}
	return u, u.makeIndex()
}

// texts returns the key and the title of a unit that is there.
func (u *treeUnits) texts(id UnitID) (key, title string) {
	end := len(u.text)
	if int64(id) < int64(len(u.units)) {
		end = int(u.units[id].text >> 8)
	}
	at := u.units[id-1].text
	from := int(at >> 8)
	to := from + int(at&0xff)
	return u.text[from:to], u.text[to:end]
}

// key returns the key of a unit that is there.
func (u *treeUnits) key(id UnitID) string {
	at := u.units[id-1].text
	from := int(at >> 8)
	return u.text[from : from+int(at&0xff)]
}

// Of returns the days on which the units stood so.
func (t Tree) Of() Period { return t.of }

// Len returns how many units there are.
func (t Tree) Len() int {
	if t.held == nil {
		return 0
	}
	return len(t.held.units)
}

// Find returns the ID of the unit with the key, which is matched exactly. A key
// that no unit has on the days of the tree is [ErrUnknown].
func (t Tree) Find(key string) (UnitID, error) { return find(t, key) }

// FindBytes is [Tree.Find] for a key in bytes, as a file of records has it, which it
// does not keep.
func (t Tree) FindBytes(key []byte) (UnitID, error) { return find(t, key) }

func find[K string | []byte](t Tree, key K) (UnitID, error) {
	if t.held != nil {
		if id := findIn(t.held, key); id != 0 {
			return id, nil
		}
	}
	return 0, NewFault(ErrUnknown, "", quote.Key(string(key)), "a unit of "+strconv.Quote(t.of.String()))
}

// has reports whether the tree has a unit with the ID.
func (t Tree) has(id UnitID) bool { return id != 0 && int64(id) <= int64(t.Len()) }

// Unit returns the unit of an ID, and false for an ID that the tree does not
// have.
func (t Tree) Unit(id UnitID) (Unit, bool) {
	if !t.has(id) {
		return Unit{}, false
	}
	var unit Unit
	unit.Key, unit.Title = t.held.texts(id)
	if parent := t.held.units[id-1].parent; parent != 0 {
		unit.Parent = t.held.key(parent)
	}
	return unit, true
}

// Parent returns the unit that one stands under, and 0 for one at the top and
// for an ID that the tree does not have.
func (t Tree) Parent(id UnitID) UnitID {
	if !t.has(id) {
		return 0
	}
	return t.held.units[id-1].parent
}

// first returns the lowest ID within a unit that the tree has.
func (t Tree) first(id UnitID) UnitID { return t.held.units[id-1].first }

// Children returns the units directly below one, in order. Those of 0 are the
// units at the top. The slice is the caller's.
func (t Tree) Children(id UnitID) []UnitID {
	first, next := UnitID(1), UnitID(t.Len())
	if id != 0 {
		if !t.has(id) {
			return nil
		}
		first, next = t.first(id), id-1
	}
	var children []UnitID
	for next >= first {
		children = append(children, next)
		next = t.first(next) - 1
	}
	slices.Reverse(children)
	return children
}

// IsLeaf reports whether a unit has none below it. An ID that the tree does not
// have is none.
func (t Tree) IsLeaf(id UnitID) bool { return t.has(id) && t.first(id) == id }

// Leaves returns the units that have none below them, in order. The slice is the
// caller's.
func (t Tree) Leaves() []UnitID {
	var leaves []UnitID
	for id := UnitID(1); t.has(id); id++ {
		if t.first(id) == id {
			leaves = append(leaves, id)
		}
	}
	return leaves
}
