package assessment

import (
	"maps"
	"slices"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/internal/quote"
)

// voidMark is the code of a question whose mark alone is void.
const voidMark = 255

// A Sheet is one voter's paper, coded by position. It is the argument of
// [Box.Add] and lives no longer: it has no voter, number, order or time, and
// nothing in this package keeps one.
type Sheet struct {
	Class   uint8   // the voter's class, counted from 1; 0 if the form has no classes
	Answers []uint8 // for each criterion the answer, counted from 1; 0: blank; 255: a void mark
	Spoil   uint8   // why tellers set the whole paper aside, counted from 1; 0: they did not
}

// Sheet codes a paper from text: the voter's class (empty if the form has none)
// and for each criterion the key of the answer. A criterion that is absent or
// has an empty text is blank; the text "void" is a mark that cannot be read.
//
// It reports the first fault, [union.ErrUnknown] for a class, a criterion (in
// the order of keys) or an answer that the form does not have. What stands on
// the paper is not quoted, since a voter may have written a name there.
func (f Form) Sheet(class string, answers map[string]string) (Sheet, error) {
	code, err := f.layout.class(class)
	if err != nil {
		return Sheet{}, err
	}
	sheet := Sheet{Class: code, Answers: make([]uint8, len(f.spec.Criteria))}
	for _, key := range slices.Sorted(maps.Keys(answers)) {
		at, ok := f.layout.criterionIndex(key)
		if !ok {
			return Sheet{}, union.NewFault(union.ErrUnknown, "answers", quote.Key(key), "a criterion of the form")
		}
		code, ok := f.layout.answer(at, answers[key])
		if !ok {
			return Sheet{}, union.NewFault(union.ErrUnknown, "answers."+key, "", "an answer of the form, void, or nothing")
		}
		sheet.Answers[at] = code
	}
	return sheet, nil
}

// SpoiledSheet codes a paper that the tellers set aside, by the key of the
// reason. It reports [union.ErrUnknown] for a class or a reason that the form
// does not have.
func (f Form) SpoiledSheet(class, reason string) (Sheet, error) {
	code, err := f.layout.class(class)
	if err != nil {
		return Sheet{}, err
	}
	for i, spoil := range f.spec.Spoils {
		if spoil.Key == reason {
			return Sheet{Class: code, Spoil: uint8(i + 1)}, nil
		}
	}
	return Sheet{}, union.NewFault(union.ErrUnknown, "spoil", quote.Key(reason), "a reason of the form")
}

// Cast counts the sheet of a voter who has not voted yet, and signs the roll: one
// person, one vote. The roll knows who voted and the box what was voted; they
// share nothing, and neither knows an order. The token is the caller's: see
// [union.Register].
//
// It reports the first fault in this order and then changes neither:
// [union.ErrMissing], for no roll; [union.ErrRepeated], for a voter who has
// voted, without quoting the token; what [union.CheckToken] reports; what
// [Box.Add] reports.
func (b *Box) Cast(roll *union.Register, token string, sheet Sheet) error {
	if roll == nil {
		return union.NewFault(union.ErrMissing, "roll", "", "")
	}
	if roll.Has(token) {
		return union.NewFault(union.ErrRepeated, "token", "a second vote", "one vote")
	}
	if err := union.CheckToken(token); err != nil {
		return union.Within("token", err)
	}
	if err := b.Add(sheet); err != nil {
		return err
	}
	_, err := roll.Add(token)
	return err
}
