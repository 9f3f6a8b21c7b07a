package competition

import (
	"strconv"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/internal/quote"
)

// compositionDocument names the kind and number of a composition's JSON.
const compositionDocument = "competition.composition/1"

// A CompositionSpec says how the composition of those who were given an award is
// published: of which classes shares are printed, how they are rounded, whether the
// classes are all there are, and which floors and ceilings the shares are to keep.
type CompositionSpec struct {
	union.Rule
	Classes   []Class        `json:"classes"`
	Rounding  union.Rounding `json:"rounding"`            // of printed percentages, and of differences in percentage points
	Balance   union.Balance  `json:"balance,omitzero"`    // of the printed percentages; zero: as union.Plain
	Whole     bool           `json:"whole,omitempty"`     // everybody is of one class, so the parts add up to the whole
	Structure []Structure    `json:"structure,omitempty"` // in terms of the classes
}

// A Class is a part of those who were given an award.
type Class struct {
	Key   string `json:"key"`
	Title string `json:"title"`
}

// A Composition is a checked CompositionSpec; its document is
// "competition.composition/1". It never changes. The zero Composition has no
// classes.
type Composition struct {
	spec CompositionSpec
	id   union.RuleID
}

// NewComposition returns the composition that spec describes. It reports all the
// faults it finds, joined: what [union.Rule.Check] and [union.Rounding.Check]
// report; [union.ErrMissing], for no classes, for a class without a title and for a
// structure without attributes or a bound; [union.ErrText] and [union.ErrRepeated],
// for keys; [union.ErrUnknown], for a structure of what is no class, and for a
// balance that is none; [union.ErrRange], for a share outside 0 to 1 and for
// structures that contradict one another; and [union.ErrMissing], for a balance of
// classes that are not all there are.
func NewComposition(spec CompositionSpec) (Composition, error) {
	var faults union.FaultList
	faults.Within("", spec.Check())
	faults.Within("rounding", spec.Rounding.Check())
	if len(spec.Classes) == 0 {
		faults.Add(union.ErrMissing, "classes", "", "one class or more")
	}
	// The structures are those of a list whose attributes are the classes.
	as := Edition{}
	seen := map[string]bool{}
	for i, class := range spec.Classes {
		where := union.Indexed("classes", i)
		faults.Key(where+".key", class.Key, seen)
		faults.Given(where+".title", class.Title)
		attribute := Attribute{Key: class.Key, Title: class.Title}
		if spec.Whole {
			attribute.Class = "class"
		}
		as.spec.Attributes = append(as.spec.Attributes, attribute)
	}
	faults.Within("", as.checkStructures(spec.Structure))
	if spec.Balance != 0 {
		_, err := union.NewShares(spec.Balance, union.Rounding{Mode: union.HalfUp}, 1)
		faults.Within("", err)
		if !spec.Whole && spec.Balance != union.Plain {
			faults.Add(union.ErrMissing, "whole", "", "classes that are all there are, for a balance")
		}
	}
	if err := faults.Err(); err != nil {
		return Composition{}, err
	}
	return settledComposition(spec)
}

// settledComposition returns the composition of a copy of spec.
func settledComposition(spec CompositionSpec) (Composition, error) {
	var copied CompositionSpec
	data, err := union.WriteRule(compositionDocument, spec)
	if err != nil {
		return Composition{}, err
	}
	if err := union.ReadRule(data, compositionDocument, &copied); err != nil {
		return Composition{}, err
	}
	id, err := union.IdentifyRule(compositionDocument, copied)
	return Composition{spec: copied, id: id}, err
}

// ID returns the identity of the composition.
func (c Composition) ID() union.RuleID { return c.id }

// Rule returns what the composition says of itself.
func (c Composition) Rule() union.Rule { return c.spec.Rule }

// Spec returns a copy of what the composition says.
func (c Composition) Spec() CompositionSpec {
	copied, err := settledComposition(c.spec)
	if err != nil {
		return c.spec // only that of the zero Composition
	}
	return copied.spec
}

// MarshalJSON writes the composition as a document "competition.composition/1". The
// zero Composition has none, which is [union.ErrMissing].
func (c Composition) MarshalJSON() ([]byte, error) {
	return union.WriteRule(compositionDocument, c.spec)
}

// UnmarshalJSON reads a document "competition.composition/1" and checks it as
// [NewComposition] does. On error c is unchanged.
func (c *Composition) UnmarshalJSON(data []byte) error {
	var spec CompositionSpec
	if err := union.ReadRule(data, compositionDocument, &spec); err != nil {
		return err
	}
	made, err := NewComposition(spec)
	if err == nil {
		*c = made
	}
	return err
}

// A Breakdown is a composition as it is published: how many there are, how many of
// each class, and what is printed of them. It is a record.
type Breakdown struct {
	Total  int64                   `json:"total,omitempty"`  // 0: the parts make it up
	Bases  map[string]int64        `json:"bases,omitempty"`  // other wholes that a share may have been taken of, by their wording
	Parts  map[string]int64        `json:"parts"`            // by key of a class
	Shares map[string]union.Number `json:"shares,omitempty"` // in percent, as printed
	Before map[string]union.Number `json:"before,omitempty"` // in percent, as printed the time before
	Points map[string]union.Number `json:"points,omitempty"` // the changes since then in percentage points, as printed
	Gaps   map[string]union.Number `json:"gaps,omitempty"`   // by key of a structure, how far a share is above its floor, as printed
}

// Composed is what a breakdown comes to: exact and as it would be printed. It is a
// result.
type Composed struct {
	Total    int64
	Shares   map[string]string // by key of a class: "61.34%"
	Points   map[string]string // by key of a class that was printed before: "0.49"
	Gaps     map[string]string // by key of a structure: "6.61"
	Places   map[string]Bound  // by key of a structure: how many of the total it lets be
	Verdict  union.Verdict     // of the structures
	Findings []union.Finding   // what is printed otherwise, with what would explain it
}

// A Bound is between what a count must be, both ends included.
type Bound struct {
	Least int `json:"least"`
	Most  int `json:"most"`
}

// Compose works a breakdown out and compares it with what is printed. A printed
// figure that does not follow is a finding and stays as it is; the finding names
// what would explain it, if anything does: a cut instead of a rounding, other
// places, a last row that takes the rest, another whole among those given or
// another whole of as many as it would have to be. Changes are differences of the
// shares as they are printed, and where those do not give a printed change but
// the exact shares do, that is named.
//
// The first of these faults is reported: [union.ErrUnknown], for a class and a
// structure that the composition does not have; [union.ErrRange], for a count below
// 0, a total that is less than a class, and a base below 1; [union.ErrOverflow]; and
// [union.ErrUndefined], for classes of a total of nothing.
func (c Composition) Compose(b Breakdown) (Composed, error) {
	made := Composed{Shares: map[string]string{}, Points: map[string]string{}, Gaps: map[string]string{}, Places: map[string]Bound{}}
	if err := c.check(b); err != nil {
		return Composed{}, err
	}
	sum := int64(0)
	for _, n := range b.Parts {
		if sum += n; sum < 0 {
			return Composed{}, union.NewFault(union.ErrOverflow, "parts", "", "")
		}
	}
	made.Total = b.Total
	if b.Total == 0 {
		made.Total = sum
	}
	if c.spec.Whole && sum != made.Total {
		made.Findings = append(made.Findings, union.Finding{
			Where: "parts", Rule: "the classes add up to the whole",
			Got: strconv.FormatInt(sum, 10), Want: strconv.FormatInt(made.Total, 10),
		})
	}
	sheet := sheet{Composition: c, given: b, total: made.Total}
	if err := sheet.share(&made); err != nil {
		return Composed{}, err
	}
	if err := sheet.change(&made); err != nil {
		return Composed{}, err
	}
	return made, sheet.structure(&made)
}

// check returns the first fault of a breakdown.
func (c Composition) check(b Breakdown) error {
	classes, structures := map[string]bool{}, map[string]bool{}
	for _, class := range c.spec.Classes {
		classes[class.Key] = true
	}
	for _, each := range c.spec.Structure {
		structures[each.Key] = true
	}
	for _, list := range []struct {
		where string
		keys  []string
		known map[string]bool
	}{
		{"parts", sortedKeys(b.Parts), classes}, {"shares", sortedKeys(b.Shares), classes},
		{"before", sortedKeys(b.Before), classes}, {"points", sortedKeys(b.Points), classes},
		{"gaps", sortedKeys(b.Gaps), structures},
	} {
		for _, key := range list.keys {
			if !list.known[key] {
				return union.NewFault(union.ErrUnknown, list.where, quote.Key(key), "a key of the composition")
			}
		}
	}
	for _, key := range sortedKeys(b.Parts) {
		switch n := b.Parts[key]; {
		case n < 0:
			return union.NewFault(union.ErrRange, "parts."+key, strconv.FormatInt(n, 10), "0 or more")
		case b.Total > 0 && n > b.Total:
			return union.NewFault(union.ErrRange, "parts."+key, strconv.FormatInt(n, 10), "at most "+strconv.FormatInt(b.Total, 10))
		}
	}
	for _, key := range sortedKeys(b.Bases) {
		if n := b.Bases[key]; n < 1 {
			return union.NewFault(union.ErrRange, "bases."+key, strconv.FormatInt(n, 10), "1 or more")
		}
	}
	if b.Total < 0 {
		return union.NewFault(union.ErrRange, "total", strconv.FormatInt(b.Total, 10), "0 or more")
	}
	return nil
}
