package assessment

import "github.com/unioncampaign/union"

const schemeDocument = "assessment.scheme/1"

// A SchemeSpec says how units are scored. Items may use only items before them,
// so that no circle can be written.
type SchemeSpec struct {
	union.Rule
	Forms  []FormSpec     `json:"forms,omitempty"` // of the ballots whose votes are scored
	Items  []Item         `json:"items"`
	Total  string         `json:"total"`            // the key of the item that is the score
	Gates  []Test         `json:"gates,omitempty"`  // what must hold for a unit to be graded at all
	Vetoes []Veto         `json:"vetoes,omitempty"` // facts that no mark makes up for
	Grades *Ladder        `json:"grades,omitempty"` // best first; none: no grades
	Print  union.Rounding `json:"print,omitzero"`   // of printed scores; zero: exact
}

// A Scheme is a checked scheme; its document is "assessment.scheme/1". It never
// changes, so it may be shared between goroutines. The zero Scheme has no
// items, and every judgement under it is an error.
type Scheme struct {
	spec   SchemeSpec
	id     union.RuleID
	items  known
	forms  map[string]Form
	panels map[string]bool // the keys under which records hold the marks of panels
	total  int
}

// NewScheme returns the scheme that spec describes, and keeps nothing of spec.
//
// It reports all the faults it finds, joined, each a [*union.Fault] that says
// where in spec:
//   - [union.ErrMissing], for what is not given: a part of the rule, an item's
//     key, the total, a source or step without a member, a sum without parts, a
//     curve of one point, a term without a weight, a maximum that a sum
//     renormalised by maximum needs, a veto's fact or effect, a grade;
//   - [union.ErrRepeated], for a key, fact, grade, part or allowed mark given
//     twice, and a source or step with more than one member;
//   - [union.ErrText], for a key, fact or grade that [union.FaultList.Key] refuses;
//   - [union.ErrOrder], for an item used before it is made, bounds or points
//     out of order, and a rung without tests that is not the last;
//   - [union.ErrUnknown], for an item that the scheme does not have, and for an
//     effect, a statistic or another choice that is none;
//   - [union.ErrRange], for a negative maximum, a weight below zero in a mean, a
//     clamp with an open end, a grade where a number belongs or a number where a
//     grade does;
//   - [ErrWeights], for a mean whose weights do not total exactly 1;
//   - [union.ErrHole] and [union.ErrOverlap], for bands, rungs and grades that
//     do not partition their scale, naming the value.
func NewScheme(spec SchemeSpec) (Scheme, error) {
	var f union.FaultList
	f.Within("", spec.Check())
	forms := spec.checkForms(&f)
	items := spec.checkItems(&f)
	items.use(&f, "total", spec.Total)
	for i, gate := range spec.Gates {
		items.use(&f, union.Indexed("gates", i)+".item", gate.Item)
	}
	spec.checkVetoes(&f)
	spec.checkGrades(&f, items)
	if spec.Print != (union.Rounding{}) {
		f.Within("print", spec.Print.Check())
	}
	if err := f.Err(); err != nil {
		return Scheme{}, err
	}
	copied, id, err := settled(schemeDocument, spec)
	if err != nil {
		return Scheme{}, err
	}
	return Scheme{spec: copied, id: id, items: items, forms: forms, panels: panelsOf(copied), total: items.index[spec.Total]}, nil
}

// panelsOf returns the keys under which records hold the marks of panels.
func panelsOf(spec SchemeSpec) map[string]bool {
	panels := map[string]bool{}
	for _, item := range spec.Items {
		if item.From.Panel != nil {
			for _, term := range item.From.Panel.elements(item.Key) {
				panels[term.Item] = true
			}
		}
	}
	return panels
}

// checkForms notes what is wrong with the forms, and returns those that are made
// by their keys.
func (s SchemeSpec) checkForms(f *union.FaultList) map[string]Form {
	forms, seen := map[string]Form{}, map[string]bool{}
	for i, spec := range s.Forms {
		where := union.Indexed("forms", i)
		f.Key(where+".key", spec.Key, seen)
		form, err := NewForm(spec)
		f.Within(where, err)
		forms[spec.Key] = form
	}
	return forms
}

func (s SchemeSpec) checkItems(f *union.FaultList) known {
	items := knownOf(s.Items, s.Forms)
	if len(s.Items) == 0 {
		f.Add(union.ErrMissing, "items", "", "one item or more")
	}
	seen := map[string]bool{}
	for i, item := range s.Items {
		item.check(f, union.Indexed("items", i), items, seen)
		items.add(item)
	}
	return items
}

func (s SchemeSpec) checkVetoes(f *union.FaultList) {
	seen := map[string]bool{}
	for i, veto := range s.Vetoes {
		where := union.Indexed("vetoes", i)
		f.Key(where+".fact", veto.Fact, seen)
		veto.check(f, where, s.Grades != nil)
	}
}

// checkGrades wants a grade on every rung. One grade may have several rungs,
// side by side: its conditions are then alternatives.
func (s SchemeSpec) checkGrades(f *union.FaultList, items known) {
	if s.Grades == nil {
		return
	}
	s.Grades.check(f, "grades", items)
	seen := map[string]bool{}
	for i, rung := range s.Grades.Rungs {
		where := union.Indexed("grades.rungs", i)
		if rung.Give.Sign() != 0 || rung.Item != "" {
			f.Add(union.ErrRange, where+".give", rung.Give.String(), "a grade")
		}
		if i == 0 || rung.Grade == "" || rung.Grade != s.Grades.Rungs[i-1].Grade {
			f.Key(where+".grade", rung.Grade, seen)
		}
	}
}

// ID returns the scheme's identity.
func (s Scheme) ID() union.RuleID { return s.id }

// Rule returns what the scheme says of itself.
func (s Scheme) Rule() union.Rule { return s.spec.Rule }

// Spec returns a copy of what the scheme was made of.
func (s Scheme) Spec() SchemeSpec { return copyOf(schemeDocument, s.spec) }

// MarshalJSON writes the scheme as a document "assessment.scheme/1". The zero
// Scheme has none, which is [union.ErrMissing].
func (s Scheme) MarshalJSON() ([]byte, error) { return union.WriteRule(schemeDocument, s.spec) }

// UnmarshalJSON reads a document "assessment.scheme/1" and checks it as
// [NewScheme] does. On error the scheme is unchanged.
func (s *Scheme) UnmarshalJSON(data []byte) error {
	var spec SchemeSpec
	if err := union.ReadRule(data, schemeDocument, &spec); err != nil {
		return err
	}
	made, err := NewScheme(spec)
	if err == nil {
		*s = made
	}
	return err
}

// Maximum returns the greatest figure that an item can have when every part of
// it applies, and whether one is known: an item without a bound, or one that is
// multiplied or divided by another and not clamped, has none.
func (s Scheme) Maximum(item string) (union.Number, bool) {
	at, ok := s.items.index[item]
	if !ok || s.items.extents[at].high == nil {
		return union.Number{}, false
	}
	return *s.items.extents[at].high, true
}

// GradeTitle returns the official wording of a grade, or the grade itself if it
// has none; an empty text if the scheme has no such grade.
func (s Scheme) GradeTitle(grade string) string {
	if s.spec.Grades == nil {
		return ""
	}
	for _, rung := range s.spec.Grades.Rungs {
		if rung.Grade == grade && rung.Title != "" {
			return rung.Title
		}
		if rung.Grade == grade {
			return grade
		}
	}
	return ""
}
