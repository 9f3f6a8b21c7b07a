package employment

import "math/bits"

// An index finds numbers by their keys, as a map would. Keys of at most 16 bytes,
// which most are, stand in it as two words, so that looking one up reads no text but
// its own; longer ones, and those that find no room near where they belong, whoever
// made them so, stand in a map beside it.
type index struct {
	entries []indexed
	shift   int
	others  map[string]int32
}

type indexed struct {
	low, high uint64
	length    uint32
	number    int32 // counted from 1; 0: no entry
}

// probes is how many entries are looked at before the map is.
const probes = 16

// newIndex returns an index with room for n keys.
func newIndex(n int) index {
	size := 1 << bits.Len(uint(2*n|probes))
	return index{entries: make([]indexed, size), shift: 64 - bits.TrailingZeros(uint(size))}
}

// words returns the first and the last bytes of a short key, which tell it from all
// others of its length.
func words(key string) (low, high uint64) {
	n := len(key)
	switch {
	case n >= 8:
		return word(key), word(key[n-8:])
	case n >= 4:
		return uint64(half(key)) | uint64(half(key[n-4:]))<<32, 0
	case n > 0:
		return uint64(key[0]) | uint64(key[n/2])<<8 | uint64(key[n-1])<<16, 0
	}
	return 0, 0
}

func word(b string) uint64 {
	_ = b[7]
	return uint64(b[0]) | uint64(b[1])<<8 | uint64(b[2])<<16 | uint64(b[3])<<24 |
		uint64(b[4])<<32 | uint64(b[5])<<40 | uint64(b[6])<<48 | uint64(b[7])<<56
}

func half(b string) uint32 {
	_ = b[3]
	return uint32(b[0]) | uint32(b[1])<<8 | uint32(b[2])<<16 | uint32(b[3])<<24
}

// home returns where a key belongs.
func (x *index) home(low, high uint64) uint64 {
	const golden = 0x9e3779b97f4a7c15
	return (low ^ high*golden) * golden >> x.shift
}

// find returns the number of a key, and whether the index has it.
func (x *index) find(key string) (int32, bool) {
	if len(key) <= 16 && len(x.entries) > 0 {
		low, high := words(key)
		mask := uint64(len(x.entries) - 1)
		at := x.home(low, high)
		for range probes {
			each := &x.entries[at&mask]
			if each.number == 0 {
				return 0, false
			}
			if each.low == low && each.high == high && each.length == uint32(len(key)) {
				return each.number - 1, true
			}
			at++
		}
	}
	number, ok := x.others[key]
	return number, ok
}

// add enters a key with its number, and is false if the index has the key.
func (x *index) add(key string, number int32) bool {
	if len(key) <= 16 {
		low, high := words(key)
		mask := uint64(len(x.entries) - 1)
		at := x.home(low, high)
		for range probes {
			each := &x.entries[at&mask]
			if each.number == 0 {
				*each = indexed{low: low, high: high, length: uint32(len(key)), number: number + 1}
				return true
			}
			if each.low == low && each.high == high && each.length == uint32(len(key)) {
				return false
			}
			at++
		}
	}
	if _, ok := x.others[key]; ok {
		return false
	}
	if x.others == nil {
		x.others = map[string]int32{}
	}
	x.others[key] = number
	return true
}
