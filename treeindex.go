package union

import "math/bits"

// A treeIndex finds the units of a [Tree] by their keys. Keys that are numbers of up
// to fifteen digits, as administrative codes are, stand in a table as such, each beside
// its unit: one look finds both, and nothing is compared with a text elsewhere. All
// others are in a map.
type treeIndex struct {
	slots []codeSlot // a power of two of them, at most three quarters taken
	shift int        // of a hash, to the place of its slot
	other map[string]UnitID
}

// A codeSlot is a key of digits, as codeOf makes it, and its unit; 0: free.
type codeSlot struct {
	code uint64
	id   UnitID
}

// mostCodeSteps is how far a key may lie from where its hash points. Keys that would
// lie farther, as those that were chosen to have like hashes, are in the map.
const mostCodeSteps = 32

// indexTree returns the index of units, the first having the ID 1.
func indexTree(units []treeUnit) *treeIndex {
	size := bits.Len(uint(len(units) + len(units)/3)) // as a power of two
	made := &treeIndex{slots: make([]codeSlot, 1<<size), shift: 64 - size, other: map[string]UnitID{}}
	for i := range units {
		made.put(units[i].unit.Key, UnitID(i+1))
	}
	return made
}

func (x *treeIndex) put(key string, id UnitID) {
	if code, ok := codeOf(key); ok {
		for step := range mostCodeSteps {
			if slot := x.slot(code, step); slot.id == 0 {
				*slot = codeSlot{code: code, id: id}
				return
			}
		}
	}
	x.other[key] = id
}

// find returns the unit with a key, 0 if there is none.
func (x *treeIndex) find(key string) UnitID {
	if code, ok := codeOf(key); ok {
		for step := range mostCodeSteps {
			switch slot := x.slot(code, step); {
			case slot.code == code:
				return slot.id
			case slot.id == 0:
				return 0
			}
		}
	}
	return x.other[key]
}

// slot returns that of a code, or the one so many steps after it.
func (x *treeIndex) slot(code uint64, step int) *codeSlot {
	const odd = 0x9e3779b97f4a7c15 // 2^64 by the golden ratio, which spreads codes in a row evenly
	return &x.slots[(code*odd>>x.shift+uint64(step))&uint64(len(x.slots)-1)]
}

// codeOf returns a key of one to fifteen digits as a number that no other has: four
// bits for each digit after a one, which tells zeros at the beginning from none.
func codeOf(key string) (code uint64, ok bool) {
	const most = 15
	if len(key) == 0 || len(key) > most {
		return 0, false
	}
	code = 1
	for i := range len(key) {
		digit := key[i] - '0'
		if digit > 9 {
			return 0, false
		}
		code = code<<4 | uint64(digit)
	}
	return code, true
}
