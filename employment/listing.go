package employment

import (
	"strconv"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/internal/quote"
)

// A listing is a coded list with the place of each term's parent looked up.
type listing struct {
	union.Codes
	parent []union.Code // by code; 0: a term of the top level
	keys   index        // the keys, numbered in their order: what [union.Codes.Find] does, faster
	digits digits       // of the keys that are six digits, faster still
}

// newListing makes a list whose keys can stand in those of figures, and leaves
// the key [Unknown] to what names no term.
func newListing(spec union.CodesSpec) (listing, error) {
	codes, err := union.NewCodes(spec)
	if err != nil {
		return listing{}, err
	}
	list := listing{Codes: codes, parent: make([]union.Code, codes.Len()+1), digits: newDigits(spec.Terms)}
	keys := make([]string, codes.Len())
	list.keys = newIndex(keys)
	seen := map[string]bool{Unknown: true}
	var faults union.FaultList
	for i, term := range codes.Terms() {
		faults.Key(union.Indexed("terms", i)+".key", term.Key, seen)
		keys[i] = term.Key
		list.keys.add(int32(i))
		if term.Within != "" {
			list.parent[i+1], _ = codes.Find(term.Within) // NewCodes has looked it up
		}
	}
	if err := faults.Err(); err != nil {
		return listing{}, err
	}
	return list, nil
}

// code returns the code of key, and 0, which is unknown, of an empty key.
func (l *listing) code(where, key string) (union.Code, error) {
	if key == "" {
		return 0, nil
	}
	if code := l.digits.find(key); code != 0 {
		return code, nil
	}
	number, ok := l.keys.find(key)
	if !ok {
		return 0, union.NewFault(union.ErrUnknown, where, quote.Key(key), "a term of the list")
	}
	return union.Code(number + 1), nil
}

// within reports whether code is other or a part of it.
func (l listing) within(code, other union.Code) bool {
	for ; code != 0; code = l.parent[code] {
		if code == other {
			return true
		}
	}
	return false
}

// cells returns the empty direct counts of a list, unknown first.
func (l listing) cells() []int64 { return make([]int64, l.Len()+1) }

// rolledUp adds what is counted directly at each code, 0 being unknown, to all
// that it is a part of. A parent stands before its parts, so one pass from the
// end suffices.
func (l listing) rolledUp(direct []int64) []int64 {
	sums := append([]int64(nil), direct...)
	for code := len(sums) - 1; code > 0; code-- {
		if parent := l.parent[code]; parent != 0 {
			sums[parent] += sums[code]
		}
	}
	return sums
}

func text(n int64) string { return strconv.FormatInt(n, 10) }
