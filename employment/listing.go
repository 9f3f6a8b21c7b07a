package employment

import (
	"strconv"
	"unicode/utf8"

	"github.com/unioncampaign/union"
)

// A listing is a coded list with the place of each term's parent looked up.
type listing struct {
	union.Codes
	parent []union.Code // by code; 0: a term of the top level
}

func newListing(spec union.CodesSpec) (listing, error) {
	codes, err := union.NewCodes(spec)
	if err != nil {
		return listing{}, err
	}
	list := listing{Codes: codes, parent: make([]union.Code, codes.Len()+1)}
	for i, term := range codes.Terms() {
		if term.Within == "" {
			continue
		}
		if list.parent[i+1], err = codes.Find(term.Within); err != nil {
			return listing{}, err
		}
	}
	return list, nil
}

// code returns the code of key, and 0, which is unknown, of an empty key.
func (l listing) code(where, key string) (union.Code, error) {
	if key == "" {
		return 0, nil
	}
	code, err := l.Find(key)
	if err != nil {
		return 0, union.NewFault(union.ErrUnknown, where, quote(key), "a term of the fair's list")
	}
	return code, nil
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

// quote returns a key for a message. What is too long for a key, or has as many
// digits as the numbers of a person have, is not shown: it may be one that
// stands in a key's place by mistake.
func quote(key string) string {
	const longest, mostDigits = 64, 10
	digits := 0
	for _, character := range key {
		if character >= '0' && character <= '9' {
			digits++
		}
	}
	if length := utf8.RuneCountInString(key); length > longest || digits > mostDigits {
		return "a text of " + strconv.Itoa(length) + " characters"
	}
	return strconv.Quote(key)
}

func text(n int64) string { return strconv.FormatInt(n, 10) }
