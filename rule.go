package union

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"

	"github.com/unioncampaign/union/internal/refusal"
	"github.com/unioncampaign/union/internal/strictjson"
)

// A Rule is what every rule document says of itself. It is embedded in the spec
// of each: a scheme, a form, a standard, an edition, a plan. The zero Rule is
// refused, since it has no key.
type Rule struct {
	Key       string `json:"key"`                // stable, unique among rules of its kind
	Version   string `json:"version"`            // changes whenever the rule does
	Title     string `json:"title"`              // the official wording
	Source    string `json:"source"`             // where it is published
	Effective Period `json:"effective,omitzero"` // the days on which it is in force; zero: not stated
}

// Check reports, joined, what a Rule lacks: an empty key, version, title or
// source is [ErrMissing]. It returns nil if all are there.
func (r Rule) Check() error {
	var faults []error
	for _, field := range []struct{ name, value string }{
		{"key", r.Key}, {"version", r.Version}, {"title", r.Title}, {"source", r.Source},
	} {
		if field.value == "" {
			faults = append(faults, NewFault(ErrMissing, field.name, "", ""))
		}
	}
	return errors.Join(faults...)
}

// A RuleID identifies a rule by what it says: a digest of its canonical JSON,
// which holds its key and version. Two rules that differ in anything have
// different IDs, so that figures counted under them never merge. RuleIDs are
// compared with ==. The zero RuleID is that of no rule.
type RuleID struct{ sum [16]byte }

// IdentifyRule returns the ID of the rule that spec describes, as a document of
// the kind and number named, such as "assessment.scheme/1". It is the digest of
// what [WriteRule] writes, and fails where that does.
func IdentifyRule(document string, spec any) (RuleID, error) {
	data, err := WriteRule(document, spec)
	if err != nil {
		return RuleID{}, err
	}
	whole := sha256.Sum256(data)
	var id RuleID
	copy(id.sum[:], whole[:])
	return id, nil
}

// WriteRule returns the canonical JSON of the rule that spec describes: one
// object whose first member, "union", names the document's kind and number.
// The same spec gives the same bytes on every run. It does not write what
// [ReadRule] could not read. Its errors:
//   - [ErrMissing], for a spec that embeds the zero [Rule]: of a rule that was never
//     made there is nothing to write;
//   - [ErrText], for a spec that has no JSON, for text that is not UTF-8, and for
//     null: a list or a pointer that may be nil is to be marked omitempty;
//   - [ErrRange], for more than 1 MiB or more than 32 levels;
//   - [ErrRepeated], for a spec that has a member "union" itself.
func WriteRule(document string, spec any) ([]byte, error) {
	if rule, ok := spec.(interface{ unmade() bool }); ok && rule.unmade() {
		return nil, NewFault(ErrMissing, "", "the zero rule", "a rule that was made")
	}
	data, err := strictjson.Marshal(document, spec)
	return data, asFault(err)
}

// unmade reports whether nothing is said of the rule. Every spec that embeds a Rule
// has it too.
func (r Rule) unmade() bool { return r == Rule{} }

// ReadRule reads into spec, a pointer to a struct, the JSON of a rule of the
// kind and number named. It is stricter than encoding/json: a document of
// another kind or number, an unknown, repeated or wrongly cased member, null, a
// text that is too long or nested too deep, and anything after the document are
// each refused with a [*Fault] that says where. On error spec is unchanged.
func ReadRule(data []byte, document string, spec any) error {
	return asFault(strictjson.Unmarshal(data, document, spec))
}

// asFault turns what a reader of the house reports into the library's one error
// type.
func asFault(err error) error {
	refused, ok := errors.AsType[*refusal.Error](err)
	if !ok {
		return err
	}
	// A part's own reader may have reported faults: keep their sentinels.
	if len(Faults(refused.Cause)) > 0 {
		return Within(refused.Where, refused.Cause)
	}
	sentinel := ErrText
	switch refused.Kind {
	case refusal.Text:
	case refusal.Repeated:
		sentinel = ErrRepeated
	case refusal.Unknown:
		sentinel = ErrUnknown
	case refusal.Range:
		sentinel = ErrRange
	case refusal.Rule:
		sentinel = ErrRule
	}
	return NewFault(sentinel, refused.Where, refused.Got, refused.Want)
}

// IsZero reports whether id is that of no rule.
func (id RuleID) IsZero() bool { return id == RuleID{} }

// String returns the ID in hexadecimal, or "no rule".
func (id RuleID) String() string {
	if id.IsZero() {
		return "no rule"
	}
	return hex.EncodeToString(id.sum[:])
}
