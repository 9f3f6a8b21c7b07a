package union

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/unioncampaign/union/internal/wire"
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
type Register struct{ held *tokenSet }

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
	// The token may be a piece of a long line that should not be kept with it.
	r.fresh().put(strings.Clone(token))
	return true, nil
}

// fresh returns what the register holds, made if it held nothing yet.
func (r *Register) fresh() *tokenSet {
	if r.held == nil {
		r.held = &tokenSet{buckets: make([][]string, 1)}
	}
	return r.held
}

// CheckToken checks that a [Register] may hold token. It fails with the first of
//   - [ErrMissing], if token is empty;
//   - [ErrRange], if it is longer than 64 bytes;
//   - [ErrText], if it is not UTF-8, has a space or another character that is
//     not printable, or reads as an identity number.
//
// A fault does not quote the token.
func CheckToken(token string) error {
	if mayBeHeld(token) {
		return nil
	}
	switch {
	case token == "":
		return NewFault(ErrMissing, "", "", "a token")
	case len(token) > maxToken:
		return NewFault(ErrRange, "", fmt.Sprintf("%d bytes", len(token)), fmt.Sprintf("a token of at most %d", maxToken))
	case !utf8.ValidString(token), strings.ContainsFunc(token, unfitForToken):
		return NewFault(ErrText, "", "a token with a space or a character that is not printable", "a token")
	}
	return NewFault(ErrText, "", "an identity number", "a token that says nothing about a person")
}

// mayBeHeld says whether a token passes, without a fault that nobody reads.
func mayBeHeld(token string) bool {
	switch {
	case token == "", len(token) > maxToken:
		return false
	case !plain(token) && (!utf8.ValidString(token) || strings.ContainsFunc(token, unfitForToken)):
		return false
	case len(token) != idLength && len(token) != shortIDLength:
		return true
	}
	_, flaw := idDigits(token)
	return flaw != (idFlaw{})
}

func unfitForToken(character rune) bool {
	return character == ' ' || !unicode.IsPrint(character)
}

// plain reports whether a text has only letters, digits and signs of ASCII, as
// most tokens do, which may all stand in one.
func plain(text string) bool {
	for i := range len(text) {
		if text[i] <= ' ' || text[i] > '~' {
			return false
		}
	}
	return true
}

// Merge puts the tokens of other into the register. It shares nothing with
// other, leaves it as it is, and never fails: registers know no rule and no
// limit. The error is that of every tally's Merge.
func (r *Register) Merge(other Register) error {
	if other.held == nil {
		return nil
	}
	if r.Len() < other.Len() { // the fewer are put among the more
		before := r.held
		r.held = other.held.clone()
		if before == nil {
			return nil
		}
		other.held = before
	}
	for _, bucket := range other.held.buckets {
		for _, token := range bucket {
			r.held.put(token)
		}
	}
	return nil
}

// Has reports whether token is in the register.
func (r Register) Has(token string) bool { return r.held != nil && r.held.has(token) }

// Len returns how many distinct tokens the register holds.
func (r Register) Len() int {
	if r.held == nil {
		return 0
	}
	return r.held.size
}

// All returns the tokens in ascending order of their bytes, or nil for none. It
// sorts them.
func (r Register) All() []string {
	if r.held == nil {
		return nil
	}
	return r.held.sorted()
}

// registerForm names the binary form of a Register: the tokens in ascending
// order.
const registerForm = "union.register/1"

// AppendBinary appends the canonical binary form. It never fails.
func (r Register) AppendBinary(data []byte) ([]byte, error) {
	w := wire.Begin(data, registerForm, wire.Digest{})
	w.Len(r.Len())
	for _, token := range r.All() {
		w.Text(token)
	}
	return written(&w)
}

// UnmarshalBinary reads what AppendBinary wrote, and fails where [ReadTally] does
// and, with [ErrText], for a token that [CheckToken] refuses; the register is
// then unchanged.
func (r *Register) UnmarshalBinary(data []byte) error {
	from := readFree(data, registerForm)
	tokens := from.Keys(maxToken)
	for token := range tokens.All() {
		if !mayBeHeld(token) {
			from.Refuse("a token that may not be held", "a token")
			break
		}
	}
	if err := from.Done(); err != nil {
		return asFault(err)
	}
	*r = Register{held: tokenSetOf(tokens)}
	return nil
}
