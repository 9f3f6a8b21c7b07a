package rows

import "encoding/binary"

// blockSize is how many bytes have their marks in one number.
const blockSize = 64

// The same byte eight times: what is below it may end a field, and the highest bit.
const (
	minusEach = '-' * 0x0101010101010101
	highEach  = 0x80 * 0x0101010101010101
)

// marksOf marks, in the block that begins at a place of text, the bytes that may
// end a field: bit 0 for the first. It marks all that are commas, line ends and
// quotes, and few others: none that are letters, digits, points or UTF-8 of more
// than one byte, but for some that stand behind a marked one. After the end of the text
// all are marked.
func marksOf(text []byte, at int) uint64 {
	if at+blockSize > len(text) {
		var last [blockSize]byte
		copy(last[:], text[min(at, len(text)):])
		return marksOf(last[:], 0)
	}
	b := (*[blockSize]byte)(text[at:])
	return marksOfEight(b[0:8]) | marksOfEight(b[8:16])<<8 | marksOfEight(b[16:24])<<16 | marksOfEight(b[24:32])<<24 |
		marksOfEight(b[32:40])<<32 | marksOfEight(b[40:48])<<40 | marksOfEight(b[48:56])<<48 | marksOfEight(b[56:64])<<56
}

// marksOfEight marks the bytes below '-', which commas, line ends and quotes are.
// The subtraction sets the highest bit of each, and of those from 173 on, which the
// bytes themselves then rule out; a borrow may set that of a '-' after one of them. The product
// gathers the eight highest bits in one byte.
func marksOfEight(eight []byte) uint64 {
	word := binary.LittleEndian.Uint64(eight)
	below := (word - minusEach) &^ word & highEach
	return below >> 7 * 0x0102040810204080 >> 56
}
