package union

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// A Register is a set of tokens that the caller made, one for each distinct
// person or firm: who comes twice is counted once. Counts of distinct persons
// cannot be added, since nobody can tell who is in both; registers merge. It is
// honest about its size: it grows by each token that it holds, not by each that
// comes.
//
// A token is any short printable text that stands for one subject and says
// nothing about a person, such as a member's number in the books of a union. It
// is never an identity number, hashed or not: there are too few of those for a
// hash to hide one. A firm's credit code, which is public, may be a token.
//
// The zero Register is empty and ready for use. A Register is a tally: copies of
// one share what it holds, so merge it into a zero Register to keep a copy. It
// is not for use by several goroutines at once.
type Register struct{ tokens map[string]struct{} }

// maxToken is how many bytes a token may have.
const maxToken = 64

// Add puts token into the register and reports whether it is new there. It fails
// with the faults of [CheckToken], and then changes nothing.
func (r *Register) Add(token string) (added bool, err error) {
	if r.Has(token) {
		return false, nil
	}
	if err := CheckToken(token); err != nil {
		return false, err
	}
	if r.tokens == nil {
		r.tokens = make(map[string]struct{})
	}
	// The token may be a piece of a long line that should not be kept with it.
	r.tokens[strings.Clone(token)] = struct{}{}
	return true, nil
}

// CheckToken checks that a [Register] may hold token. It fails with the first of
//   - [ErrMissing], if token is empty;
//   - [ErrRange], if it is longer than 64 bytes;
//   - [ErrText], if it is not UTF-8, has a space or another character that is
//     not printable, or reads as an identity number.
//
// A fault does not quote the token.
func CheckToken(token string) error {
	switch {
	case token == "":
		return NewFault(ErrMissing, "", "", "a token")
	case len(token) > maxToken:
		return NewFault(ErrRange, "", fmt.Sprintf("%d bytes", len(token)), fmt.Sprintf("a token of at most %d", maxToken))
	case !utf8.ValidString(token), strings.ContainsFunc(token, unfitForToken):
		return NewFault(ErrText, "", "a token with a space or a character that is not printable", "a token")
	}
	if len(token) != idLength && len(token) != shortIDLength {
		return nil // spares most tokens a fault that nobody reads
	}
	if _, err := ParseIDNumber(token); err == nil {
		return NewFault(ErrText, "", "an identity number", "a token that says nothing about a person")
	}
	return nil
}

func unfitForToken(character rune) bool {
	return character == ' ' || !unicode.IsPrint(character)
}

// Merge puts the tokens of other into the register. It shares nothing with
// other, leaves it as it is, and never fails: registers know no rule and no
// limit. The error is that of every tally's Merge.
func (r *Register) Merge(other Register) error {
	if len(other.tokens) == 0 {
		return nil
	}
	if r.tokens == nil {
		r.tokens = make(map[string]struct{}, len(other.tokens))
	}
	maps.Copy(r.tokens, other.tokens)
	return nil
}

// Has reports whether token is in the register.
func (r Register) Has(token string) bool {
	_, found := r.tokens[token]
	return found
}

// Len returns how many distinct tokens the register holds.
func (r Register) Len() int { return len(r.tokens) }

// All returns the tokens in ascending order of their bytes, or nil for none.
func (r Register) All() []string {
	return slices.Sorted(maps.Keys(r.tokens))
}
