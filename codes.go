package union

import (
	"errors"
	"math"
	"slices"
	"strconv"

	"github.com/unioncampaign/union/internal/quote"
)

// A Code is the place of a term in its [Codes], counted from 1. The zero Code is
// unknown or not stated, which is counted apart and never as a term. Hot records
// hold Codes; text holds the term's key.
type Code uint16

// A Term is one entry of a coded list: a key that stays, the official wording,
// and the key of the term that it is a part of, which must stand before it; an
// empty Within is a part of none.
type Term struct {
	Key    string `json:"key"`
	Title  string `json:"title"`
	Within string `json:"within,omitempty"`
}

// A CodesSpec describes a closed, ordered, dated list of terms with its source:
// sections of an industry classification, causes of difficulty, grades.
type CodesSpec struct {
	Rule
	Terms []Term `json:"terms"`
}

// codesDocument names the JSON of Codes.
const codesDocument = "union.codes/1"

// mostTerms is what a Code can tell apart, zero being unknown.
const mostTerms = math.MaxUint16

// Codes are a checked list of terms. What a document lists is Codes and never a
// Go enum, because the next edition of the document lists something else. They
// never change once made. Their JSON is a document "union.codes/1".
//
// The zero Codes have no terms: every key is unknown.
type Codes struct {
	spec  CodesSpec
	id    RuleID
	index map[string]Code
}

// NewCodes returns the list that spec describes. It reports all the faults that
// it finds, joined:
//   - [ErrMissing], for what [Rule.Check] reports, for no terms, and for a term
//     without key or title;
//   - [ErrRepeated], for a key used before;
//   - [ErrUnknown], for a term within one that the list does not have, and
//     [ErrOrder] within itself or one that stands after it;
//   - [ErrRange], for more than 65,535 terms;
//   - [ErrText], for text that is not UTF-8.
func NewCodes(spec CodesSpec) (Codes, error) {
	spec.Terms = append([]Term(nil), spec.Terms...)
	faults := []error{spec.Check()}
	switch count := len(spec.Terms); {
	case count == 0:
		faults = append(faults, NewFault(ErrMissing, "terms", "", ""))
	case count > mostTerms:
		return Codes{}, NewFault(ErrRange, "terms", strconv.Itoa(count)+" terms", "at most "+strconv.Itoa(mostTerms))
	}
	index := make(map[string]Code, len(spec.Terms))
	for i, term := range spec.Terms {
		where := "terms[" + strconv.Itoa(i) + "]"
		if term.Title == "" {
			faults = append(faults, NewFault(ErrMissing, where+".title", "", ""))
		}
		if term.Key == "" {
			faults = append(faults, NewFault(ErrMissing, where+".key", "", ""))
			continue
		}
		if _, used := index[term.Key]; used {
			faults = append(faults, NewFault(ErrRepeated, where+".key", quote.Key(term.Key), "a new key"))
			continue
		}
		index[term.Key] = Code(i + 1)
	}
	faults = append(faults, checkWithin(spec.Terms, index)...)
	if err := errors.Join(faults...); err != nil {
		return Codes{}, err
	}
	id, err := IdentifyRule(codesDocument, spec)
	if err != nil {
		return Codes{}, err
	}
	return Codes{spec: spec, id: id, index: index}, nil
}

// checkWithin reports every term that is not within a term before it.
func checkWithin(terms []Term, index map[string]Code) []error {
	var faults []error
	for i, term := range terms {
		if term.Within == "" {
			continue
		}
		where := "terms[" + strconv.Itoa(i) + "].within"
		switch outer, known := index[term.Within]; {
		case !known:
			faults = append(faults, NewFault(ErrUnknown, where, quote.Key(term.Within), "a key of the list"))
		case int(outer) > i:
			faults = append(faults, NewFault(ErrOrder, where, quote.Key(term.Within), "a term that stands before"))
		}
	}
	return faults
}

// ID returns the identity of the list: of its terms, its edition and its source.
func (c Codes) ID() RuleID { return c.id }

// Rule returns what the list says of itself.
func (c Codes) Rule() Rule { return c.spec.Rule }

// Len returns the number of terms, unknown not among them.
func (c Codes) Len() int { return len(c.spec.Terms) }

// Find returns the code of the term with the key, which is matched exactly. A
// key that the list does not have is [ErrUnknown]; so is the empty key: that
// nothing is stated is for the caller to decide, who then counts code 0.
func (c Codes) Find(key string) (Code, error) {
	code, ok := c.index[key]
	if !ok {
		return 0, NewFault(ErrUnknown, "", quote.Key(key), "a key of "+strconv.Quote(c.spec.Key))
	}
	return code, nil
}

// Term returns the term of a code, and false for unknown and for a code that the
// list does not have.
func (c Codes) Term(code Code) (Term, bool) {
	if code == 0 || int(code) > len(c.spec.Terms) {
		return Term{}, false
	}
	return c.spec.Terms[code-1], true
}

// Title returns the official wording of a code. It is empty for unknown and for
// a code that the list does not have: how those are worded is the reader's.
func (c Codes) Title(code Code) string {
	term, _ := c.Term(code)
	return term.Title
}

// Terms returns the terms in their order, the first having code 1. The slice is
// the caller's.
func (c Codes) Terms() []Term { return slices.Clone(c.spec.Terms) }

// MarshalJSON writes the list as a document "union.codes/1". The zero Codes have
// no terms to write and are [ErrMissing].
func (c Codes) MarshalJSON() ([]byte, error) { return WriteRule(codesDocument, c.spec) }

// UnmarshalJSON reads a document "union.codes/1" with the faults of [ReadRule],
// and checks it as [NewCodes] does. On error c is unchanged.
func (c *Codes) UnmarshalJSON(data []byte) error {
	var spec CodesSpec
	if err := ReadRule(data, codesDocument, &spec); err != nil {
		return err
	}
	made, err := NewCodes(spec)
	if err != nil {
		return err
	}
	*c = made
	return nil
}
