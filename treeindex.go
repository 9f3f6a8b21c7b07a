package union

import (
	"cmp"
	"math/bits"
	"slices"
	"strings"
)

// A treeIndex finds the units of a [Tree] by their keys. Each key is a number: one of
// up to fifteen digits, as administrative codes are, is a number of its own, so that
// nothing is compared with a text elsewhere; of any other key it is a hash. Numbers of
// digits that differ little are series. The others stand in a table, each beside its
// unit, and the few that find no place there in a list by key.
type treeIndex struct {
	series codeSeriesTable
	slots  []codeSlot
	other  []UnitID
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
	exact := u.exactKeys()
	rest, different := u.index.series.makeSeries(exact, u.code)
	if !different {
		return false
	}
	n := len(u.units) - len(exact) + len(rest)
	u.index.slots = make([]codeSlot, n+n/2+mostCodeSteps) // two thirds are taken, at most
	for _, id := range rest {
		if !u.enter(id) {
			return false
		}
	}
	for i := range u.units {
		if _, exact := codeOf(u.key(UnitID(i + 1))); !exact && !u.enter(UnitID(i+1)) {
			return false
		}
	}
	slices.SortFunc(u.index.other, func(a, b UnitID) int { return strings.Compare(u.key(a), u.key(b)) })
	for i := 1; i < len(u.index.other); i++ {
		if u.key(u.index.other[i-1]) == u.key(u.index.other[i]) {
			return false
		}
	}
	return true
}

// exactKeys returns the units whose keys are numbers of digits, in the order of these.
func (u *treeUnits) exactKeys() []UnitID {
	n := 0
	for i := range u.units {
		if _, exact := codeOf(u.key(UnitID(i + 1))); exact {
			n++
		}
	}
	units := make([]UnitID, 0, n)
	for i := range u.units {
		if _, exact := codeOf(u.key(UnitID(i + 1))); exact {
			units = append(units, UnitID(i+1))
		}
	}
	slices.SortFunc(units, func(a, b UnitID) int { return cmp.Compare(u.code(a), u.code(b)) })
	return units
}

// code returns the number of a unit's key.
func (u *treeUnits) code(id UnitID) uint64 {
	code, _ := codeOf(u.key(id))
	return code
}

// enter gives a unit its place in the table or in the list, unless another has its key
// there.
func (u *treeUnits) enter(id UnitID) bool {
	at := u.put(u.key(id), id)
	if at == 0 {
		u.index.other = append(u.index.other, id)
	}
	return at == 0 || at == id
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

// findIn returns the unit with a key, 0 if there is none.
func findIn[K string | []byte](u *treeUnits, key K) UnitID {
	code, exact := codeOf(key)
	if exact {
		if id := u.index.series.find(code); id != 0 {
			return id
		}
	}
	from := u.index.from(code)
	for i := range from {
		switch slot := &from[i]; {
		case slot.id == 0:
			return 0
		case slot.holds(code) && (exact || u.key(slot.id) == string(key)):
			return slot.id
		}
	}
	return findOther(u, key)
}

// findOther finds a key in the list. It is no call of [slices.BinarySearchFunc], for which
// each key would have to be in the heap.
func findOther[K string | []byte](u *treeUnits, key K) UnitID {
	from, to := 0, len(u.index.other)
	for from < to {
		middle := (from + to) / 2
		switch own := u.key(u.index.other[middle]); {
		case own == string(key):
			return u.index.other[middle]
		case own < string(key):
			from = middle + 1
		default:
			to = middle
		}
	}
	return 0
}

// from returns the slots in which a code may stand, in the order of looking.
func (x *treeIndex) from(code uint64) []codeSlot {
	first := spread(code, len(x.slots)-mostCodeSteps+1)
	return x.slots[first : first+mostCodeSteps]
}

// spread returns a place below n for a number; numbers in a row lie evenly.
func spread(number uint64, n int) uint64 {
	const odd = 0x9e3779b97f4a7c15 // 2^64 by the golden ratio
	place, _ := bits.Mul64(number*odd, uint64(n))
	return place
}

// holds reports whether the code of a slot is this.
func (s *codeSlot) holds(code uint64) bool {
	return s.low == uint32(code) && s.high == uint32(code>>32)
}

// codeOf returns the number of a key. That of one to fifteen digits is exact, since no
// other key has it: four bits for each digit after a one, which tells zeros at the
// beginning from none. Others have the highest bit, which no such number reaches.
func codeOf[K string | []byte](key K) (code uint64, exact bool) {
	const most = 15
	switch {
	case len(key) == 0 || len(key) > most:
		return hashOf(key), false
	case len(key) >= 8:
		return codeOfLong(key)
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

// codeOfLong is [codeOf] for eight characters to fifteen: it takes the first eight at
// once, and the last.
func codeOfLong[K string | []byte](key K) (code uint64, exact bool) {
	first, fits := eightDigits(eightBytes(key))
	last, fit := eightDigits(eightBytes(key[len(key)-8:]))
	if !fits || !fit {
		return hashOf(key), false
	}
	before := 4 * (len(key) - 8) // bits of the digits before the last eight
	return (1<<before|first>>(32-before))<<32 | last, true
}

// eightBytes returns the first eight bytes of a text, the first of them the highest.
func eightBytes[K string | []byte](text K) uint64 {
	_ = text[7]
	return uint64(text[7]) | uint64(text[6])<<8 | uint64(text[5])<<16 | uint64(text[4])<<24 |
		uint64(text[3])<<32 | uint64(text[2])<<40 | uint64(text[1])<<48 | uint64(text[0])<<56
}

// eightDigits returns eight digits, of a byte each, as such of four bits, and whether
// all of them are digits.
func eightDigits(text uint64) (digits uint64, ok bool) {
	const zeros, sixes, high = 0x3030303030303030, 0x0606060606060606, 0xf0f0f0f0f0f0f0f0
	digits = text ^ zeros
	ok = (digits|(digits+sixes))&high == 0 // what is above nine has a high bit, or gets one by six
	digits = (digits | digits>>4) & 0x00ff00ff00ff00ff
	digits = (digits | digits>>8) & 0x0000ffff0000ffff
	return (digits | digits>>16) & 0xffffffff, ok
}

// hashOf returns a number for a key, as FNV-1a does, with the highest bit.
func hashOf[K string | []byte](key K) uint64 {
	hash := uint64(0xcbf29ce484222325)
	for i := range len(key) {
		hash = (hash ^ uint64(key[i])) * 0x100000001b3
	}
	return hash | 1<<63
}
