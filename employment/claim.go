package employment

import (
	"slices"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/internal/quote"
	"github.com/unioncampaign/union/internal/wire"
)

// hardDocument is the kind and number of the JSON of classes that are hard to
// place.
const hardDocument = "employment.hard-to-place/1"

// A HardToPlaceSpec lists who counts as hard to place (就业困难人员): a province
// says, and its list is in force for some time.
type HardToPlaceSpec struct {
	union.Rule
	Classes []Class `json:"classes"`
}

// A Class is one kind of those who are hard to place. A seeker may be of several.
type Class struct {
	Key   string `json:"key"`
	Title string `json:"title"`
	// Household says that a household has the class once, whoever of it claims:
	// 零就业家庭.
	Household bool `json:"household,omitempty"`
}

// HardToPlace is the rule of who counts as hard to place. It never changes once
// made. The zero HardToPlace has no classes.
type HardToPlace struct {
	spec HardToPlaceSpec
	id   union.RuleID
}

// NewHardToPlace returns the rule that spec describes. It reports all the faults it
// finds, joined:
//   - [union.ErrMissing], for a key, version, title or source that is not given,
//     and for no class;
//   - [union.ErrText], for the key of a class that cannot stand in the key of a
//     figure, and [union.ErrRepeated], for one given twice or that is "seekers";
//   - those of [union.IdentifyRule].
func NewHardToPlace(spec HardToPlaceSpec) (HardToPlace, error) {
	spec.Classes = slices.Clone(spec.Classes)
	var faults union.FaultList
	faults.Within("", spec.Check())
	if len(spec.Classes) == 0 {
		faults.Add(union.ErrMissing, "classes", "", "")
	}
	seen := map[string]bool{allSeekers: true}
	for i, each := range spec.Classes {
		where := union.Indexed("classes", i)
		faults.Key(where+".key", each.Key, seen)
		faults.Given(where+".title", each.Title)
	}
	if err := faults.Err(); err != nil {
		return HardToPlace{}, err
	}
	id, err := union.IdentifyRule(hardDocument, spec)
	if err != nil {
		return HardToPlace{}, err
	}
	return HardToPlace{spec: spec, id: id}, nil
}

// allSeekers is the key of the figure of the seekers of any class.
const allSeekers = "seekers"

// ID returns the identity of the rule, which covers all that it says.
func (h HardToPlace) ID() union.RuleID { return h.id }

// Rule returns what the list says of itself as a rule.
func (h HardToPlace) Rule() union.Rule { return h.spec.Rule }

// Spec returns a copy of what the rule was made from.
func (h HardToPlace) Spec() HardToPlaceSpec {
	spec := h.spec
	spec.Classes = slices.Clone(spec.Classes)
	return spec
}

// MarshalJSON writes the rule as the canonical document
// "employment.hard-to-place/1". The zero HardToPlace has no classes to write and is
// [union.ErrText].
func (h HardToPlace) MarshalJSON() ([]byte, error) { return union.WriteRule(hardDocument, h.spec) }

// UnmarshalJSON reads the document "employment.hard-to-place/1" as
// [NewHardToPlace] checks it, with the faults of [union.ReadRule] and of
// NewHardToPlace. On error h is unchanged.
func (h *HardToPlace) UnmarshalJSON(data []byte) error {
	var spec HardToPlaceSpec
	if err := union.ReadRule(data, hardDocument, &spec); err != nil {
		return err
	}
	made, err := NewHardToPlace(spec)
	if err != nil {
		return err
	}
	*h = made
	return nil
}

// A Claim says that a seeker is of a class. Both tokens are of the caller's making.
type Claim struct {
	Class     string     `json:"class"`
	Seeker    string     `json:"seeker"`
	Household string     `json:"household,omitempty"` // needed of a class that a household has once
	Day       union.Date `json:"day"`
}

// Claims tally who is hard to place: of each class the distinct seekers, or
// households. They grow with who is distinct, and are idempotent. The rule makes
// empty ones by [HardToPlace.Claims]. The zero Claims are the identity of Merge and
// take the rule of what is merged into them; nothing can be added to them before.
type Claims struct {
	rule    union.RuleID
	classes []union.Register // by class, its seekers or households
	seekers union.Register   // who brought a claim
}

// Claims returns empty claims under the rule.
func (h HardToPlace) Claims() Claims {
	if h.id.IsZero() {
		return Claims{}
	}
	return Claims{rule: h.id, classes: make([]union.Register, len(h.spec.Classes))}
}

// Rule returns the identity of the rule that the claims are counted under.
func (c Claims) Rule() union.RuleID { return c.rule }

// Add counts a claim, and reports whether it is new: a second of the same seeker,
// or of another member of a household that has the class, is not. It reports the
// first of these faults, none quoting a token, and then counts nothing:
//   - [union.ErrRule], if rule did not make the claims;
//   - [union.ErrUnknown], for a class that the rule does not list;
//   - [union.ErrRange], for a day on which the rule is not in force, if it says
//     when it is;
//   - those of [union.CheckToken], for the seeker and, of a class that a household
//     has once, the household.
func (c *Claims) Add(rule HardToPlace, claim Claim) (added bool, err error) {
	if c.rule != rule.id || c.rule.IsZero() || len(c.classes) != len(rule.spec.Classes) {
		return false, union.NewFault(union.ErrRule, "claims", c.rule.String(), rule.id.String())
	}
	class := slices.IndexFunc(rule.spec.Classes, func(each Class) bool { return each.Key == claim.Class })
	if class < 0 {
		return false, union.NewFault(union.ErrUnknown, "class", quote.Key(claim.Class), "a class of the rule")
	}
	if effective := rule.spec.Effective; effective != (union.Period{}) && !effective.Contains(claim.Day) {
		return false, union.NewFault(union.ErrRange, "day", claim.Day.String(), effective.String())
	}
	if err := union.CheckToken(claim.Seeker); err != nil {
		return false, union.Within("seeker", err)
	}
	token := claim.Seeker
	if rule.spec.Classes[class].Household {
		token = claim.Household
	}
	if added, err = c.classes[class].Add(token); err != nil {
		return false, union.Within("household", err)
	}
	_, err = c.seekers.Add(claim.Seeker) // also the second of a household: or else who came first would count
	return added, err
}

// Merge adds the claims of other. Of a household that claimed at both the class is
// counted once. It refuses claims under another rule with [union.ErrRule], and then
// changes nothing. It shares nothing with other.
func (c *Claims) Merge(other Claims) error {
	if other.rule.IsZero() {
		return nil
	}
	if !c.rule.IsZero() && (c.rule != other.rule || len(c.classes) != len(other.classes)) {
		return union.NewFault(union.ErrRule, "claims", other.rule.String(), c.rule.String())
	}
	if c.rule.IsZero() {
		c.classes = make([]union.Register, len(other.classes))
	}
	c.rule = other.rule
	for i := range c.classes {
		_ = c.classes[i].Merge(other.classes[i]) // which never fails
	}
	return c.seekers.Merge(other.seekers)
}

// Figures returns the figures of the claims, each with its working: of each class
// employment.hard.<key>, persons or households, and employment.hard.seekers, who
// brought a claim of any. It fails with [union.ErrRule] if h did not make the
// claims.
func (h HardToPlace) Figures(c Claims) ([]union.Figure, error) {
	if c.rule != h.id || h.id.IsZero() || len(c.classes) != len(h.spec.Classes) {
		return nil, union.NewFault(union.ErrRule, "claims", c.rule.String(), h.id.String())
	}
	list := union.NewFigureList("employment.HardToPlace.Figures", h.spec.Rule)
	for i, each := range h.spec.Classes {
		measure, what := union.Persons, "人数"
		if each.Household {
			measure, what = union.Households, "户数"
		}
		list.Count("employment.hard."+each.Key, each.Title+what, measure, int64(c.classes[i].Len()))
	}
	list.Count("employment.hard."+allSeekers, "就业困难人员数", union.Persons, int64(c.seekers.Len()))
	return list.Figures()
}

// claimsForm names the binary form of Claims: the registers of the classes, in the
// order of the rule, and that of the seekers.
const claimsForm = "employment.claims/1"

// AppendBinary appends the canonical binary form, as [union.WriteTally] does.
func (c Claims) AppendBinary(data []byte) ([]byte, error) {
	return union.WriteTally(data, claimsForm, c.rule, func(w *wire.Writer) {
		w.Len(len(c.classes))
		for _, each := range c.classes {
			w.Nest(each)
		}
		w.Nest(c.seekers)
	})
}

// UnmarshalBinary reads what AppendBinary wrote, as [union.ReadTally] does; into the
// zero Claims, claims under any rule. Claims of no class are [union.ErrText]. On
// error the claims are unchanged.
func (c *Claims) UnmarshalBinary(data []byte) error {
	var made Claims
	rule, err := union.ReadTally(data, claimsForm, c.rule, func(r *wire.Reader) {
		const least = 19 // bytes of an empty register within another form
		if made.classes = make([]union.Register, r.Len(least)); len(made.classes) == 0 {
			r.Refuse("claims of no class", "1 class or more")
		}
		for i := range made.classes {
			r.Nest(&made.classes[i])
		}
		r.Nest(&made.seekers)
	})
	if err != nil {
		return err
	}
	if !c.rule.IsZero() && !rule.IsZero() && len(c.classes) != len(made.classes) {
		return union.NewFault(union.ErrRule, "claims", text(int64(len(made.classes)))+" classes", text(int64(len(c.classes))))
	}
	made.rule = rule
	*c = made
	return nil
}
