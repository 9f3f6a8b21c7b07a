package union

import (
	"math"

	"github.com/unioncampaign/union/internal/wire"
)

// treeForm names the binary form of a Tree: the days of which it is, how many units
// there are, and of each by ID the key, the title and how many stand directly below it.
const treeForm = "union.tree/1"

// leastUnit is how many bytes a unit takes at least: a key and a title of one byte,
// their lengths, and how many stand below.
const leastUnit = 5

// AppendBinary appends the canonical binary form. It never fails.
func (t Tree) AppendBinary(data []byte) ([]byte, error) {
	w := wire.Begin(data, treeForm, wire.Digest{})
	w.Text(t.of.String())
	w.Len(t.Len())
	for id := UnitID(1); t.has(id); id++ {
		key, title := t.held.texts(id)
		w.Text(key)
		w.Text(title)
		w.Len(t.below(id))
	}
	return written(&w)
}

// below returns how many units stand directly below one that the tree has.
func (t Tree) below(id UnitID) int {
	below := 0
	for next := id - 1; next >= t.first(id); next = t.first(next) - 1 {
		below++
	}
	return below
}

// UnmarshalBinary reads what AppendBinary wrote, and fails where [ReadTally] does and,
// with [ErrText], for units that no [Hierarchy] makes: without a key or a title, with
// another's key or one that [NewHierarchy] refuses, above more units than are left to
// stand below them, and of no days or of days without an end. The tree is then
// unchanged.
func (t *Tree) UnmarshalBinary(data []byte) error {
	from := readFree(data, treeForm)
	made := readTree(&from, len(data))
	if err := from.Done(); err != nil {
		return asFault(err)
	}
	*t = made
	return nil
}

// readTree reads the body of a tree that has no more than size bytes.
func readTree(r *wire.Reader, size int) Tree {
	var of Period
	if err := of.UnmarshalText([]byte(r.Text(len("2010-05-01/2010-07-31")))); err != nil {
		r.Refuse("no days", "the days of a tree")
	}
	n := r.Len(leastUnit)
	if of.IsZero() {
		if n > 0 {
			r.Refuse("units of no days", "days")
		}
		return Tree{}
	}
	if of.until.IsZero() {
		r.Refuse("days without an end", "a last day")
		return Tree{}
	}
	making := newTreeMaker(n, size-3*n)
	for range n {
		if !readUnit(r, making) {
			return Tree{}
		}
	}
	held, ok := making.made()
	if !ok {
		r.Refuse("a key twice", "another key")
	}
	return Tree{of: of, held: held}
}

// readUnit reads a unit, and reports whether it is one.
func readUnit(r *wire.Reader, making *treeMaker) bool {
	key, title, below := r.View(longestKey), r.View(math.MaxInt), r.Count()
	_, _ = making.text.Write(key) // a builder takes everything
	_, _ = making.text.Write(title)
	switch text := making.text.String(); {
	case r.Failed():
	case len(key) == 0 || len(title) == 0 || !spellsKey(text[len(text)-len(key)-len(title):len(text)-len(title)]):
		r.Refuse("no unit", "a key and a title")
	case !making.add(len(key), len(title), int(min(below, math.MaxInt))):
		r.Refuse("more units below one than there are", "a tree")
	}
	return !r.Failed()
}
