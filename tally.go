package union

import (
	"encoding"

	"github.com/unioncampaign/union/internal/wire"
)

// A Tally is what *T must have for tallies T to be merged, sharded, sent from one
// machine to another and rolled up. The zero T is the identity of Merge, which
// refuses a tally under another rule, and a sum that does not fit, and then
// changes nothing. Equal tallies have equal bytes; UnmarshalBinary reads no
// others, and leaves the tally as it was on error.
type Tally[T any] interface {
	*T
	Merge(T) error
	encoding.BinaryAppender
	encoding.BinaryUnmarshaler
}

// Merge returns the merge of parts, whose type it infers, and shares nothing with
// them: of no parts it is the zero T. It fails where the merge of two T does.
func Merge[T any, P Tally[T]](parts ...T) (T, error) {
	var sum T
	for _, part := range parts {
		if err := P(&sum).Merge(part); err != nil {
			var none T
			return none, err
		}
	}
	return sum, nil
}

// WriteTally appends to data the canonical binary form of a tally: a header of
// the form's name and number, such as "assessment.box/1", and of the rule that
// the tally was counted under, then the body. A tally of no rule is the zero
// tally, which has no body. It serves the packages of the library, whose
// AppendBinary it is the whole of. Its errors:
//   - [ErrText], for a form without name or number;
//   - [ErrRange], for a count below 0;
//   - what a tally within the tally reports.
func WriteTally(data []byte, form string, rule RuleID, body func(*wire.Writer)) ([]byte, error) {
	w := wire.Begin(data, form, rule.sum)
	if !rule.IsZero() {
		body(&w)
	}
	return written(&w)
}

// ReadTally reads what [WriteTally] wrote and returns the rule that the tally was
// counted under, or the zero RuleID for the zero tally, of which the body is not
// called for. Own is the rule of the tally that is read into: another is refused,
// and the zero RuleID takes any. Body reads into a fresh tally, which the caller
// keeps if there is no error. It serves the packages of the library, as WriteTally
// does. It reports the first of
//   - [ErrText], for what is cut off, not canonical, too long or no such tally;
//   - [ErrUnknown], for another form or a later version, by name and number;
//   - [ErrRule], for another rule than own;
//   - [ErrRange], for a number that its place cannot hold;
//   - what a tally within the tally reports.
func ReadTally(data []byte, form string, own RuleID, body func(*wire.Reader)) (RuleID, error) {
	r := wire.Read(data, form, own.sum)
	rule := RuleID{sum: r.Rule()}
	if !rule.IsZero() {
		body(&r)
	}
	if err := r.Done(); err != nil {
		return RuleID{}, asFault(err)
	}
	return rule, nil
}

// readFree returns a reader of a tally that is counted under no rule.
func readFree(data []byte, form string) wire.Reader {
	r := wire.Read(data, form, wire.Digest{})
	if r.Rule() != (wire.Digest{}) {
		r.Refuse("a rule", "none")
	}
	return r
}

func written(w *wire.Writer) ([]byte, error) {
	data, err := w.Bytes()
	return data, asFault(err)
}
