package employment

import (
	"math"

	"github.com/unioncampaign/union"
)

// Digits find the codes of those keys of a list that are six digits, as the codes of
// GB/T 2260 are: such a key is the number of a place in a table, which is found
// without hashing it.
type digits struct {
	lowest int
	codes  []union.Code // from the lowest key on; 0: no key
}

// sparsest is how many places a table of digits has at most for each key.
const sparsest = 1024

// newDigits returns the digits of terms; none, if there are none or they lie so far
// apart that a table would be mostly empty.
func newDigits(terms []union.Term) digits {
	lowest, highest, keys := noDigits, 0, 0
	for _, term := range terms {
		if n := sixDigits(term.Key); n != noDigits {
			lowest, highest, keys = min(lowest, n), max(highest, n), keys+1
		}
	}
	if keys == 0 || highest-lowest >= sparsest*keys {
		return digits{}
	}
	made := digits{lowest: lowest, codes: make([]union.Code, highest-lowest+1)}
	for i, term := range terms {
		if n := sixDigits(term.Key); n != noDigits {
			made.codes[n-lowest] = union.Code(i + 1)
		}
	}
	return made
}

// find returns the code of a key, and 0 if the digits do not have it.
func (d *digits) find(key string) union.Code {
	if at := sixDigits(key) - d.lowest; uint(at) < uint(len(d.codes)) {
		return d.codes[at]
	}
	return 0
}

// noDigits is the number of a text that is not six digits: too far from that of any
// that is to be in a table.
const noDigits = math.MaxInt

// sixDigits returns the number that six digits write.
func sixDigits(key string) int {
	if len(key) != 6 {
		return noDigits
	}
	each := uint64(half(key)) | uint64(key[4])<<32 | uint64(key[5])<<40
	each ^= 0x303030303030 // a byte for each digit: 0 to 9, if it is one
	if (each|(each+0x767676767676))&0x808080808080 != 0 {
		return noDigits
	}
	pairs := each*10 + each>>8
	return int(pairs&0xff*10_000 + pairs>>16&0xff*100 + pairs>>32&0xff)
}
