package employment

import "math/bits"

// An index finds the numbers of keys, as a map would. What most keys are, at most 11
// bytes, stands in it whole, so that looking one up reads no text but its own; of longer
// ones a hash does, and the text is compared. Those that find no room near where they
// belong, whoever made them so, stand in a map beside it.
type index struct {
	keys    []string // by number
	entries []indexed
	shift   int
	others  map[string]int32
}

type indexed struct {
	mark
	number int32 // counted from 1; 0: no entry
}

// A mark tells a key from all others, or a long key from most others.
type mark struct {
	low  uint64
	high uint32 // the length in its first byte, or long
}

// longestWhole is how many bytes of a key a mark holds, and long tells the mark of a
// longer key.
const longestWhole, long = 11, 0xff << 24

// probes is how many entries are looked at before the map is.
const probes = 32

// ahead is how many spots are made before their keys are looked up.
const ahead = 16

// golden spreads what it is multiplied with.
const golden = 0x9e3779b97f4a7c15

// newIndex returns an index with room for all keys, of which it has none yet. A key is
// to be there when its number is added, and to stay.
func newIndex(keys []string) index {
	size := 1 << bits.Len(uint(2*len(keys)|probes))
	return index{keys: keys, entries: make([]indexed, size), shift: 64 - bits.TrailingZeros(uint(size))}
}

// markOf returns the mark of a key.
func markOf(key string) mark {
	switch n := len(key); {
	case n > longestWhole:
		return mark{low: hash(key), high: long}
	case n >= 8:
		return mark{low: word(key), high: half(key[n-4:])>>8 | uint32(n)<<24}
	case n >= 4:
		return mark{low: uint64(half(key)) | uint64(half(key[n-4:]))<<32, high: uint32(n) << 24}
	case n > 0:
		return mark{low: uint64(key[0]) | uint64(key[n/2])<<8 | uint64(key[n-1])<<16, high: uint32(n) << 24}
	}
	return mark{}
}

// hash returns a hash of a key of 8 bytes or more.
func hash(key string) uint64 {
	made, last := uint64(len(key)), word(key[len(key)-8:])
	for ; len(key) > 8; key = key[8:] {
		made = (made ^ word(key)) * golden
		made ^= made >> 32
	}
	return (made ^ last) * golden
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

// A spot is where a key belongs. What stands there is read when the spot is made, so
// that whoever makes the spots of several keys before looking any of them up waits for
// the memory once, and not for each.
type spot struct {
	mark
	there int32
	home  uint64
}

// spot returns where a key belongs.
func (x *index) spot(key string) spot {
	made := spot{mark: markOf(key)}
	mixed := made.low ^ uint64(made.high)*golden
	made.home = (mixed ^ mixed>>32) * golden >> x.shift
	if made.home < uint64(len(x.entries)) {
		made.there = x.entries[made.home].number
	}
	return made
}

// seek returns the entry of a key, or the empty one that it would have; nil, if there is
// none near where it belongs.
func (x *index) seek(key string, s *spot) *indexed {
	if len(x.entries) == 0 {
		return nil
	}
	mask := uint64(len(x.entries) - 1)
	for at := range uint64(probes) {
		each := &x.entries[(s.home+at)&mask]
		if each.number == 0 || each.mark == s.mark && (s.high != long || x.keys[each.number-1] == key) {
			return each
		}
	}
	return nil
}

// find returns the number of a key, and whether the index has it.
func (x *index) find(key string) (int32, bool) {
	s := x.spot(key)
	return x.findAt(key, &s)
}

// findAt does the same for a key whose spot is made.
func (x *index) findAt(key string, s *spot) (int32, bool) {
	if each := x.seek(key, s); each != nil {
		return each.number - 1, each.number != 0
	}
	number, ok := x.others[key]
	return number, ok
}

// add enters the key of a number, and is false if the index has it already.
func (x *index) add(number int32) bool {
	s := x.spot(x.keys[number])
	return x.addAt(number, &s)
}

// addAt does the same for a key whose spot is made.
func (x *index) addAt(number int32, s *spot) bool {
	key := x.keys[number]
	if each := x.seek(key, s); each != nil {
		if each.number != 0 {
			return false
		}
		*each = indexed{mark: s.mark, number: number + 1}
		return true
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
