package union

import (
	"math/bits"
	"slices"
	"strings"
)

// A treeIndex finds the units of a [Tree] by their keys. Each key is a number: one of
// up to fifteen digits, as administrative codes are, is a number of its own, so that
// one look finds it and nothing is compared with a text elsewhere; of any other key it
// is a hash. The numbers stand in a table, each beside its unit, and the few that
// find no place there in a list by key.
type treeIndex struct {
	slots []codeSlot
	other []UnitID
}

// A codeSlot is a number, in two halves so that a slot has twelve bytes, and its unit;
// 0: free.
type codeSlot struct {
	high, low uint32
	id        UnitID
}

// mostCodeSteps is how far a key may lie from where its number points. Keys that would
// lie farther, as those that were chosen to have like numbers, are in the list.
const mostCodeSteps = 32

// makeIndex makes the index, and reports whether all keys are different.
func (u *treeUnits) makeIndex() bool {
	n := len(u.units)
	u.index.slots = make([]codeSlot, n+n/2+mostCodeSteps) // two thirds are taken, at most
	others := 0
	for i := range u.units {
		switch id := UnitID(i + 1); u.put(u.key(id), id) {
		case 0:
			others++
		case id:
		default:
			return false
		}
	}
	if others == 0 {
		return true
	}
	u.index.other = make([]UnitID, 0, others)
	for i := range u.units {
		if id := UnitID(i + 1); u.put(u.key(id), id) != id {
			u.index.other = append(u.index.other, id)
		}
	}
	slices.SortFunc(u.index.other, func(a, b UnitID) int { return strings.Compare(u.key(a), u.key(b)) })
	for i := 1; i < others; i++ {
		if u.key(u.index.other[i-1]) == u.key(u.index.other[i]) {
			return false
		}
	}
	return true
}

// put gives a key its place in the table, unless it has one, and returns the unit that
// has the place: 0 if all places are taken.
func (u *treeUnits) put(key string, id UnitID) UnitID {
	code, exact := codeOf(key)
	from := u.index.from(code)
	for i := range from {
		switch slot := &from[i]; {
		case slot.id == 0:
			*slot = codeSlot{high: uint32(code >> 32), low: uint32(code), id: id}
			return id
		case slot.holds(code) && (exact || u.key(slot.id) == key):
			return slot.id
		}
	}
	return 0
}

// find returns the unit with a key, 0 if there is none.
func (u *treeUnits) find(key string) UnitID {
	code, exact := codeOf(key)
	from := u.index.from(code)
	for i := range from {
		switch slot := &from[i]; {
		case slot.id == 0:
			return 0
		case slot.holds(code) && (exact || u.key(slot.id) == key):
			return slot.id
		}
	}
	return u.findOther(key)
}

// findOther finds a key in the list. It is no call of [slices.BinarySearchFunc], for which
// each key would have to be in the heap.
func (u *treeUnits) findOther(key string) UnitID {
	from, to := 0, len(u.index.other)
	for from < to {
		middle := (from + to) / 2
		switch own := u.key(u.index.other[middle]); {
		case own == key:
			return u.index.other[middle]
		case own < key:
			from = middle + 1
		default:
			to = middle
		}
	}
	return 0
}

// from returns the slots in which a code may stand, in the order of looking.
func (x *treeIndex) from(code uint64) []codeSlot {
	const odd = 0x9e3779b97f4a7c15 // 2^64 by the golden ratio, which spreads codes in a row evenly
	first, _ := bits.Mul64(code*odd, uint64(len(x.slots)-mostCodeSteps+1))
	return x.slots[first : first+mostCodeSteps]
}

// holds reports whether the code of a slot is this.
func (s *codeSlot) holds(code uint64) bool {
	return s.low == uint32(code) && s.high == uint32(code>>32)
}

// codeOf returns the number of a key. That of one to fifteen digits is exact, since no
// other key has it: four bits for each digit after a one, which tells zeros at the
// beginning from none. Others have the highest bit, which no such number reaches.
func codeOf(key string) (code uint64, exact bool) {
	const most = 15
	if len(key) == 0 || len(key) > most {
		return hashOf(key), false
	}
	code = 1
	for i := range len(key) {
		digit := key[i] - '0'
		if digit > 9 {
			return hashOf(key), false
		}
		code = code<<4 | uint64(digit)
	}
	return code, true
}

// hashOf returns a number for a key, as FNV-1a does, with the highest bit.
func hashOf(key string) uint64 {
	hash := uint64(0xcbf29ce484222325)
	for i := range len(key) {
		hash = (hash ^ uint64(key[i])) * 0x100000001b3
	}
	return hash | 1<<63
}
