package aid

import (
	"encoding/binary"
	"maps"
	"math/bits"
	"slices"
)

// A tokenTable numbers distinct texts from 1, in the order in which they came, and
// holds a value beside each. It stands in place of a map, since a ledger looks for
// the ID of every entry among all others: it takes half the room, hashes a text once
// to look for it and to put it, has the value where the text is, and holds nothing
// that the garbage collector would follow.
//
// The zero tokenTable is empty.
type tokenTable[V any] struct {
	pieces [][]tokenItem[V] // all of them full but the last
	count  int
	long   []string    // the texts that do not fit into an item
	slots  []tokenSlot // a power of two of them, at most three quarters taken
	far    map[string]tokenSlot
}

// A tokenItem is a text of up to shortest bytes, or the place of a longer one, and
// what belongs to it.
type tokenItem[V any] struct {
	bytes  [shortest]byte
	length uint8 // isLong: the bytes are its place among the long ones
	value  V
}

const (
	shortest = 23
	isLong   = 255
)

// A tokenSlot is where a text is: half of its hash, which tells where it points, and
// its number; number 0: free.
type tokenSlot struct{ tag, number uint32 }

// mostSteps is how far a text may lie from where its hash points. Texts that would
// lie farther, as those that were made to have like hashes, are in a map.
const mostSteps = 32

// A piece holds so many items, and is never copied when it is full.
const (
	pieceBits = 9
	pieceSize = 1 << pieceBits
)

// A probe is the hash of a text, and what is in the slot where it points. Of several
// texts that are looked for together all probes are taken first: their slots lie far
// from each other, and are so fetched at once.
type probe struct {
	hash uint32
	slot tokenSlot
}

// probe returns that of a text.
func (t *tokenTable[V]) probe(text string) probe { return t.probeAt(hashOf(text)) }

func (t *tokenTable[V]) probeAt(hash uint32) probe {
	if len(t.slots) == 0 {
		return probe{hash: hash}
	}
	return probe{hash: hash, slot: t.slots[hash&uint32(len(t.slots)-1)]}
}

// find returns the number of a text, 0 if it is not there, and its hash.
func (t *tokenTable[V]) find(text string) (number, hash uint32) {
	hash = hashOf(text)
	return t.at(text, hash), hash
}

// at returns the number of a text that has a hash.
func (t *tokenTable[V]) at(text string, hash uint32) uint32 { return t.seek(text, t.probeAt(hash)) }

// seek returns the number of a text from its probe, since which nothing was put into
// the table.
func (t *tokenTable[V]) seek(text string, from probe) uint32 {
	slot, mask := from.slot, uint32(len(t.slots)-1)
	for step := uint32(1); slot.number != 0; step++ {
		if slot.tag == from.hash && t.has(slot.number, text) {
			return slot.number
		}
		if step == mostSteps {
			return t.far[text].number
		}
		slot = t.slots[(from.hash+step)&mask]
	}
	return 0
}

// item returns that of a number, which is not 0.
func (t *tokenTable[V]) item(number uint32) *tokenItem[V] {
	return &t.pieces[(number-1)>>pieceBits][(number-1)&(pieceSize-1)]
}

// has reports whether a number is that of a text.
func (t *tokenTable[V]) has(number uint32, text string) bool {
	each := t.item(number)
	if int(each.length) != len(text) {
		return each.length == isLong && t.text(number) == text
	}
	return string(each.bytes[:each.length&31]) == text
}

// value returns what belongs to a number, which is not 0.
func (t *tokenTable[V]) value(number uint32) *V { return &t.item(number).value }

// size returns how many texts there are.
func (t *tokenTable[V]) size() int { return t.count }

// put numbers a text that is not there, of which it keeps a copy.
func (t *tokenTable[V]) put(text string, hash uint32, value *V) uint32 {
	made := t.next()
	made.value = *value
	if len(text) <= shortest {
		made.length = uint8(copy(made.bytes[:], text))
	} else {
		t.long = append(t.long, string([]byte(text))) // its own, and no piece of a line
		binary.LittleEndian.PutUint32(made.bytes[:], uint32(len(t.long)))
		made.length = isLong
	}
	if t.count > len(t.slots)/4*3 {
		t.grow()
	}
	t.place(tokenSlot{tag: hash, number: uint32(t.count)})
	return uint32(t.count)
}

// next returns a new item. The first piece grows, so that a small table takes
// little.
func (t *tokenTable[V]) next() *tokenItem[V] {
	if t.count&(pieceSize-1) == 0 {
		var piece []tokenItem[V]
		if t.count > 0 {
			piece = make([]tokenItem[V], 0, pieceSize)
		}
		t.pieces = append(t.pieces, piece)
	}
	last := &t.pieces[len(t.pieces)-1]
	*last = append(*last, tokenItem[V]{})
	t.count++
	return &(*last)[len(*last)-1]
}

func (t *tokenTable[V]) place(placed tokenSlot) {
	mask := uint32(len(t.slots) - 1)
	for step := range uint32(mostSteps) {
		if slot := &t.slots[(placed.tag+step)&mask]; slot.number == 0 {
			*slot = placed
			return
		}
	}
	if t.far == nil {
		t.far = map[string]tokenSlot{}
	}
	t.far[t.text(placed.number)] = placed
}

// grow doubles the slots, and puts what they hold anew.
func (t *tokenTable[V]) grow() {
	before, far := t.slots, t.far
	t.slots, t.far = make([]tokenSlot, max(2*len(before), 8)), nil
	for _, slot := range before {
		if slot.number != 0 {
			t.place(slot)
		}
	}
	for _, text := range slices.Sorted(maps.Keys(far)) {
		t.place(far[text])
	}
}

// text returns the text of a number, empty for 0.
func (t *tokenTable[V]) text(number uint32) string {
	if number == 0 {
		return ""
	}
	each := t.item(number)
	if each.length == isLong {
		return t.long[binary.LittleEndian.Uint32(each.bytes[:])-1]
	}
	return string(each.bytes[:each.length&31])
}

// hashOf mixes eight bytes of a text at a time; those at the end it may mix twice.
func hashOf(text string) uint32 {
	const a, b = 0x9e3779b97f4a7c15, 0xd1342543de82ef95 // odd, and of no pattern
	hash := uint64(len(text)) * a
	if len(text) < 8 {
		high, low := bits.Mul64(hash^shortWordOf(text), b)
		return uint32(high>>32 ^ low>>32 ^ low)
	}
	for rest := text; len(rest) > 8; rest = rest[8:] {
		high, low := bits.Mul64(hash^wordOf(rest), b)
		hash = high ^ low
	}
	high, low := bits.Mul64(hash^wordOf(text[len(text)-8:]), b)
	return uint32(high>>32 ^ low>>32 ^ low)
}

// shortWordOf returns the bytes of a text of fewer than eight, some of them twice, so
// that texts of one length which differ have words that differ.
func shortWordOf(text string) uint64 {
	switch n := len(text); {
	case n >= 4:
		_, last := text[3], text[n-4:]
		first := uint64(text[0]) | uint64(text[1])<<8 | uint64(text[2])<<16 | uint64(text[3])<<24
		return first | uint64(last[0])<<32 | uint64(last[1])<<40 | uint64(last[2])<<48 | uint64(last[3])<<56
	case n > 0:
		return uint64(text[0]) | uint64(text[n/2])<<8 | uint64(text[n-1])<<16
	}
	return 0
}

// wordOf returns the first eight bytes of a text.
func wordOf(text string) uint64 {
	_ = text[7]
	return uint64(text[0]) | uint64(text[1])<<8 | uint64(text[2])<<16 | uint64(text[3])<<24 |
		uint64(text[4])<<32 | uint64(text[5])<<40 | uint64(text[6])<<48 | uint64(text[7])<<56
}
