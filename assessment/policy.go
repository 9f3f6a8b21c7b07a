package assessment

import (
	"maps"
	"slices"
	"strconv"

	"github.com/unioncampaign/union"
)

const policyDocument = "assessment.policy/1"

// A PolicySpec says what of an outcome may leave the room.
type PolicySpec struct {
	union.Rule
	Least     int64            `json:"least"`               // the least group of papers that is published
	Classes   map[string]int64 `json:"classes,omitempty"`   // the least group of a class where it is another
	Remainder int64            `json:"remainder,omitempty"` // the least difference from anything printed before; zero: as Least
	Unanimous []string         `json:"unanimous,omitempty"` // criteria that are published though all papers agree
	Floor     int64            `json:"floor,omitempty"`     // below which no least group may be set, but for the classes in Exempt
	Exempt    []string         `json:"exempt,omitempty"`    // classes that the floor is not for, such as a single superior
	LeaveOut  bool             `json:"leave_out,omitempty"` // a class with too few papers is left out of all voters too, and not rolled up
}

// A Policy is a checked policy; its document is "assessment.policy/1". The zero
// Policy publishes nothing.
type Policy struct {
	spec PolicySpec
	id   union.RuleID
}

// NewPolicy returns the policy that spec describes. It reports, joined,
// [union.ErrMissing] for a part of the rule, the least group or a key not given,
// [union.ErrText] for a class or criterion that [union.FaultList.Key] refuses,
// [union.ErrRange] for a least group below 1 or the floor, or a remainder or
// floor below zero, and [union.ErrRepeated] for a criterion or class named twice.
func NewPolicy(spec PolicySpec) (Policy, error) {
	var f union.FaultList
	f.Within("", spec.Check())
	if spec.Least == 0 {
		f.Add(union.ErrMissing, "least", "", "1 or more")
	} else {
		spec.checkLeast(&f, "least", "", spec.Least)
	}
	for _, class := range slices.Sorted(maps.Keys(spec.Classes)) {
		f.Key("classes", class, map[string]bool{})
		spec.checkLeast(&f, "classes."+class, class, spec.Classes[class])
	}
	if spec.Floor < 0 {
		f.Add(union.ErrRange, "floor", strconv.FormatInt(spec.Floor, 10), "0 or more")
	}
	exempt := map[string]bool{}
	for i, class := range spec.Exempt {
		f.Key(union.Indexed("exempt", i), class, exempt)
	}
	if spec.Remainder < 0 {
		f.Add(union.ErrRange, "remainder", strconv.FormatInt(spec.Remainder, 10), "0 or more")
	}
	seen := map[string]bool{}
	for i, criterion := range spec.Unanimous {
		f.Key(union.Indexed("unanimous", i), criterion, seen)
	}
	if err := f.Err(); err != nil {
		return Policy{}, err
	}
	copied, id, err := settled(policyDocument, spec)
	if err != nil {
		return Policy{}, err
	}
	return Policy{spec: copied, id: id}, nil
}

// checkLeast notes a least group below the floor, or below one.
func (s PolicySpec) checkLeast(f *union.FaultList, where, class string, least int64) {
	floor := max(1, s.Floor)
	if class != "" && slices.Contains(s.Exempt, class) {
		floor = 1
	}
	if least < floor {
		f.Add(union.ErrRange, where, strconv.FormatInt(least, 10), strconv.FormatInt(floor, 10)+" or more")
	}
}

// ID returns the policy's identity.
func (p Policy) ID() union.RuleID { return p.id }

// Rule returns what the policy says of itself.
func (p Policy) Rule() union.Rule { return p.spec.Rule }

// MarshalJSON writes the policy as a document "assessment.policy/1". The zero Policy
// has none, which is [union.ErrMissing].
func (p Policy) MarshalJSON() ([]byte, error) { return union.WriteRule(policyDocument, p.spec) }

// UnmarshalJSON reads a document "assessment.policy/1" and checks it as
// [NewPolicy] does. On error the policy is unchanged.
func (p *Policy) UnmarshalJSON(data []byte) error {
	var spec PolicySpec
	if err := union.ReadRule(data, policyDocument, &spec); err != nil {
		return err
	}
	made, err := NewPolicy(spec)
	if err == nil {
		*p = made
	}
	return err
}

// Publish returns what of an outcome may leave the room, and why each place may
// or may not. It looks, in order, at
//
//  1. the least group: a class, or all voters, with fewer papers is kept back,
//     and if the policy says so such a class is left out of all voters too;
//  2. what all agree on: the place of a criterion on which every paper says the
//     same is kept back, unless the policy allows the criterion by name;
//  3. what was printed before: a place whose papers differ from a printed one of
//     the same form, criterion, and voters (or from all voters, for a class, and
//     the other way about) by fewer than the remainder is kept back, and so is
//     one of as many papers with other counts, or where all that differ agree;
//  4. complements: what is left of all voters after any choice of known counts
//     of the classes, now or before, must itself be a group that may be
//     published, or the smallest class still open is kept back as well; and so
//     it is if all voters are kept back and would follow from the classes.
//
// What was printed is what the caller hands in: a publication that is forgotten
// protects nobody. The verdict is met if nothing is kept back. It tells the size
// of every group, so it is for the tellers, and so is why a place is kept back:
// the published outcome names the place alone.
func (p Policy) Publish(outcome Outcome, printed ...Outcome) (Outcome, union.Verdict) {
	press := newPress(p, outcome, printed)
	press.holdSmall()
	press.holdUnanimous()
	press.holdDifferences()
	press.holdComplements()
	return press.published(), press.verdict()
}

// least returns the least group of a class that is published; an empty class is
// all voters.
func (p Policy) least(class string) int64 {
	if least, ok := p.spec.Classes[class]; ok && class != "" {
		return least
	}
	return p.spec.Least
}

func (p Policy) remainder() int64 {
	if p.spec.Remainder == 0 {
		return p.spec.Least
	}
	return p.spec.Remainder
}

// agreeing reports whether a criterion may be published though all agree.
func (p Policy) agreeing(criterion string) bool {
	return slices.Contains(p.spec.Unanimous, criterion)
}
