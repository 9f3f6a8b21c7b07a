package assessment

import (
	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/internal/quote"
)

const formDocument = "assessment.form/1"

// A FormSpec describes the paper of a secret ballot and how its count is
// printed. Its key stands in the keys of its figures: see [Form.Figures].
type FormSpec struct {
	union.Rule
	Criteria   []Criterion    `json:"criteria"`
	Classes    []Class        `json:"classes,omitempty"`     // voter classes; none: one body of voters
	Spoils     []Spoil        `json:"spoils,omitempty"`      // why tellers set a paper aside
	Spreads    []Spread       `json:"spreads,omitempty"`     // what voids a whole sheet, the first that is broken
	Base       Base           `json:"base"`                  // what the printed shares are shares of
	Balance    union.Balance  `json:"balance"`               // how the printed shares of a criterion are made to sum to 100
	Rounding   union.Rounding `json:"rounding"`              // of printed shares and rates
	EmptyBlank bool           `json:"empty_blank,omitempty"` // the share of an answer that nobody gave is left blank: it does not apply
	Satisfied  *Satisfied     `json:"satisfied,omitempty"`   // none: no rate of satisfaction
	Readings   []Reading      `json:"readings,omitempty"`    // the figures that tests name
	Validity   []Test         `json:"validity,omitempty"`    // of the whole vote, in order: see [Form.Valid]
	Rulings    []Ruling       `json:"rulings,omitempty"`     // the verdicts that votes come to: see [Form.Judge]
	Election   *Election      `json:"election,omitempty"`    // who is elected: see [Form.Elect]
}

// Satisfied says which answers count as satisfied, and of what the rate is.
type Satisfied struct {
	Answers []string `json:"answers"`
	Base    Base     `json:"base"`
	Overall string   `json:"overall,omitempty"` // the criterion that is the overall rate; empty: all criteria pooled
}

// A Form is a checked form; its document is "assessment.form/1". It never
// changes, so it may be shared between goroutines. The zero Form has no
// criteria, and its boxes take no sheet.
type Form struct {
	spec   FormSpec
	id     union.RuleID
	layout *layout
}

// NewForm returns the form that spec describes, and keeps nothing of spec.
//
// It reports all the faults it finds, joined, each a [*union.Fault] that says
// where in spec:
//   - [union.ErrMissing], for what is not given: a part of the rule, criteria,
//     answers, a key, a title, a base, a balance, a rounding, what a spread asks;
//   - [union.ErrRepeated], for a key used before, and a spread that asks two
//     things;
//   - [union.ErrText], for a key that [union.FaultList.Key] refuses, and for one
//     that an [Outcome] needs: an answer "blank" or "void", a criterion "bases";
//   - [union.ErrUnknown], for an answer or criterion that the form does not have,
//     and for a base that is none;
//   - [union.ErrRange], for more than 250 of anything, and a number out of range;
//   - [union.ErrOrder], for a spread whose least number is above its greatest;
//   - for a test [union.ErrUnknown], if it is of no reading of the form, and
//     [union.ErrRange], if that does not say which criterion or answer it is of
//     where it is used;
//   - for a ruling what a [Ladder] has wrong with it, a hole or an overlap naming
//     the value, and [union.ErrRepeated], for a criterion with two rulings.
func NewForm(spec FormSpec) (Form, error) {
	var f union.FaultList
	f.Within("", spec.Check())
	if spec.Key != "" {
		f.Key("key", spec.Key, map[string]bool{})
	}
	spec.checkCriteria(&f)
	spec.checkClasses(&f)
	spec.checkReasons(&f)
	spec.checkPrint(&f)
	if spec.Satisfied != nil {
		spec.checkSatisfied(&f)
	}
	spec.checkReadings(&f)
	spec.checkRulings(&f)
	spec.checkElection(&f)
	if err := f.Err(); err != nil {
		return Form{}, err
	}
	copied, id, err := settled(formDocument, spec)
	if err != nil {
		return Form{}, err
	}
	layout := layoutOf(copied)
	layout.head = headOf(id)
	return Form{spec: copied, id: id, layout: layout}, nil
}

func (s FormSpec) checkCriteria(f *union.FaultList) {
	if len(s.Criteria) == 0 {
		f.Add(union.ErrMissing, "criteria", "", "one criterion or more")
	}
	checkSize(f, "criteria", len(s.Criteria))
	seen := map[string]bool{}
	for i, criterion := range s.Criteria {
		where := union.Indexed("criteria", i)
		checkNamed(f, where, criterion.Key, criterion.Title, seen)
		if criterion.Key == basesPlace {
			f.Add(union.ErrText, where+".key", quote.Key(criterion.Key), "a key that names no other place")
		}
		criterion.check(f, where)
	}
}

func (s FormSpec) checkClasses(f *union.FaultList) {
	checkSize(f, "classes", len(s.Classes))
	seen := map[string]bool{}
	for i, class := range s.Classes {
		checkNamed(f, union.Indexed("classes", i), class.Key, class.Title, seen)
	}
}

// checkReasons looks at the tellers' reasons and the spreads together: their
// keys name the void sheets.
func (s FormSpec) checkReasons(f *union.FaultList) {
	checkSize(f, "spoils", len(s.Spoils))
	checkSize(f, "spreads", len(s.Spreads))
	seen := map[string]bool{}
	for i, spoil := range s.Spoils {
		checkNamed(f, union.Indexed("spoils", i), spoil.Key, spoil.Title, seen)
	}
	for i, spread := range s.Spreads {
		where := union.Indexed("spreads", i)
		checkNamed(f, where, spread.Key, spread.Title, seen)
		spread.check(f, where, s.Criteria)
	}
}

func (s FormSpec) checkPrint(f *union.FaultList) {
	s.Base.check(f, "base")
	// Each is tried with a sound other, so that the faults of both are told.
	_, err := union.NewShares(s.Balance, union.Rounding{Mode: union.HalfUp}, 1)
	f.Within("", err)
	_, err = union.NewShares(union.Plain, s.Rounding, 1)
	f.Within("", err)
}

func (s FormSpec) checkSatisfied(f *union.FaultList) {
	s.Satisfied.Base.check(f, "satisfied.base")
	if len(s.Satisfied.Answers) == 0 {
		f.Add(union.ErrMissing, "satisfied.answers", "", "one answer or more")
	}
	for i, answer := range s.Satisfied.Answers {
		if !s.anywhere(answer) {
			f.Add(union.ErrUnknown, union.Indexed("satisfied.answers", i), quote.Key(answer), "an answer of the form")
		}
	}
	overall := s.Satisfied.Overall
	if at, ok := layoutOf(s).criterionIndex(overall); overall != "" && (!ok || !s.rated(s.Criteria[at])) {
		f.Add(union.ErrUnknown, "satisfied.overall", quote.Key(overall), "a criterion with such answers")
	}
}

// anywhere reports whether any criterion has the answer.
func (s FormSpec) anywhere(answer string) bool {
	for _, criterion := range s.Criteria {
		if criterion.has(answer) {
			return true
		}
	}
	return false
}

// rated reports whether a criterion has an answer that counts as satisfied.
func (s FormSpec) rated(criterion Criterion) bool {
	if s.Satisfied == nil {
		return false
	}
	for _, answer := range s.Satisfied.Answers {
		if criterion.has(answer) {
			return true
		}
	}
	return false
}

// ID returns the form's identity.
func (f Form) ID() union.RuleID { return f.id }

// Rule returns what the form says of itself.
func (f Form) Rule() union.Rule { return f.spec.Rule }

// Spec returns a copy of what the form was made of.
func (f Form) Spec() FormSpec { return copyOf(formDocument, f.spec) }

// MarshalJSON writes the form as a document "assessment.form/1". The zero
// Form has none, which is [union.ErrMissing].
func (f Form) MarshalJSON() ([]byte, error) { return union.WriteRule(formDocument, f.spec) }

// UnmarshalJSON reads a document "assessment.form/1" and checks it as [NewForm]
// does. On error the form is unchanged.
func (f *Form) UnmarshalJSON(data []byte) error {
	var spec FormSpec
	if err := union.ReadRule(data, formDocument, &spec); err != nil {
		return err
	}
	made, err := NewForm(spec)
	if err == nil {
		*f = made
	}
	return err
}

// Box returns an empty box for the form's sheets.
func (f Form) Box() Box {
	if f.layout == nil {
		return Box{}
	}
	return Box{
		rule:   f.id,
		layout: f.layout,
		cells:  make([]int64, f.layout.size()),
		bases:  make([]int64, f.layout.slots()*stated),
		told:   make([]bool, f.layout.slots()*stated),
	}
}
