package assessment

import (
	"strconv"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/internal/quote"
)

const quotaDocument = "assessment.quota/1"

// A QuotaSpec says how many of a base may be taken: what its steps make of the
// base, in whole numbers. "8%, rounded half up, at least 3" is times 0.08, round
// to 0 places, clamp to 3 and above; "20%, with approval 25%" has both.
type QuotaSpec struct {
	union.Rule
	Size     []Step `json:"size"`               // made of the base; a rounding to whole numbers is one of them
	Approved []Step `json:"approved,omitempty"` // the ceiling with approval; none: there is no more
	Soft     bool   `json:"soft,omitempty"`     // more may be taken, and is told (一般不超过)
	AtLine   AtLine `json:"at_line,omitzero"`
	Within   bool   `json:"within,omitempty"` // each group of a ranking has the quota of its own size
}

// AtLine says what becomes of units that share the place at which the quota
// ends. The zero value takes none of them and names them, for somebody to
// decide.
type AtLine uint8

// The ways.
const (
	TakeNone AtLine = iota + 1 // none of them is taken
	TakeAll                    // all of them are, above the quota
)

var atLineTexts = [...]string{"", "none", "all"}

// String returns "none", "all", or "AtLine(9)" for any other value.
func (a AtLine) String() string { return wordOf("AtLine", atLineTexts[:], uint8(a)) }

// MarshalText writes the way as String does. A value that is none is
// [union.ErrUnknown].
func (a AtLine) MarshalText() ([]byte, error) {
	return textOf("AtLine", atLineTexts[:], uint8(a))
}

func (a AtLine) known() bool { return hasWord(atLineTexts[:], uint8(a)) }

// UnmarshalText reads what MarshalText writes; any other text is [union.ErrUnknown]
// and leaves a unchanged.
func (a *AtLine) UnmarshalText(text []byte) error {
	value, err := valueOf(atLineTexts[:], text)
	if err == nil {
		*a = AtLine(value)
	}
	return err
}

// A Quota is a checked quota; its document is "assessment.quota/1". The zero
// Quota has no size, and every question to it is an error.
type Quota struct {
	spec QuotaSpec
	id   union.RuleID
}

// A Selection is what a quota takes of places.
type Selection struct {
	Taken     []string      `json:"taken"`               // the units, in the order of their places
	Undecided []string      `json:"undecided,omitempty"` // units at the line, of which only some could be taken
	Left      int64         `json:"left,omitempty"`      // how many of those undecided could be taken
	Verdict   union.Verdict `json:"verdict"`             // how many against the quota
}

// NewQuota returns the quota that spec describes. It reports, joined,
// [union.ErrMissing] for a part of the rule or the size not given, and for steps
// that do not end in a whole number; [union.ErrUnknown] for a way at the line
// that is not one; and what the steps report.
func NewQuota(spec QuotaSpec) (Quota, error) {
	var f union.FaultList
	f.Within("", spec.Check())
	if len(spec.Size) == 0 {
		f.Add(union.ErrMissing, "size", "", "one step or more")
	}
	checkSizes(&f, "size", spec.Size)
	checkSizes(&f, "approved", spec.Approved)
	if spec.AtLine != 0 && !spec.AtLine.known() {
		f.Add(union.ErrUnknown, "at_line", spec.AtLine.String(), "none or all")
	}
	if err := f.Err(); err != nil {
		return Quota{}, err
	}
	copied, id, err := settled(quotaDocument, spec)
	if err != nil {
		return Quota{}, err
	}
	return Quota{spec: copied, id: id}, nil
}

// checkSizes notes what is wrong with steps that make a whole number of one.
func checkSizes(f *union.FaultList, where string, steps []Step) {
	whole := true
	for i, step := range steps {
		step.check(f, union.Indexed(where, i), known{})
		whole = step.whole(whole)
	}
	if !whole {
		f.Add(union.ErrMissing, where, "", "a rounding to whole numbers")
	}
}

// whole reports whether the step makes whole numbers, of whole ones or of any.
func (s Step) whole(of bool) bool {
	switch {
	case s.Times != nil:
		return of && !s.Times.Invert && s.Times.By.IsInt()
	case s.Clamp != nil:
		low, _, _ := s.Clamp.Lower()
		high, _, _ := s.Clamp.Upper()
		return of && low.IsInt() && high.IsInt()
	case s.Bands != nil:
		for _, band := range s.Bands.List {
			of = band.Give.IsInt()
			if !of {
				return false
			}
		}
		return true
	case s.Round != nil:
		return of || s.Round.Places <= 0
	}
	return false
}

// ID returns the quota's identity.
func (q Quota) ID() union.RuleID { return q.id }

// Rule returns what the quota says of itself.
func (q Quota) Rule() union.Rule { return q.spec.Rule }

// MarshalJSON writes the quota as a document "assessment.quota/1". The zero
// Quota has none, which is [union.ErrMissing].
func (q Quota) MarshalJSON() ([]byte, error) { return union.WriteRule(quotaDocument, q.spec) }

// UnmarshalJSON reads a document "assessment.quota/1" and checks it as
// [NewQuota] does. On error the quota is unchanged.
func (q *Quota) UnmarshalJSON(data []byte) error {
	var spec QuotaSpec
	if err := union.ReadRule(data, quotaDocument, &spec); err != nil {
		return err
	}
	made, err := NewQuota(spec)
	if err == nil {
		*q = made
	}
	return err
}

// Size returns how many of a base may be taken, with approval or without; a
// quota that knows no approval answers alike. It reports [union.ErrMissing] for
// the zero Quota, [union.ErrRange] for a base below zero or a size that is, and
// what a step reports.
func (q Quota) Size(base int64, approved bool) (int64, error) {
	steps := q.spec.Size
	if approved && len(q.spec.Approved) > 0 {
		steps = q.spec.Approved
	}
	switch {
	case q.id.IsZero():
		return 0, union.NewFault(union.ErrMissing, "quota", "the zero quota", "one made by NewQuota")
	case base < 0:
		return 0, union.NewFault(union.ErrRange, "base", strconv.FormatInt(base, 10), "0 or more")
	}
	size := union.Whole(base)
	for i, step := range steps {
		after, err := step.apply(size, nil, known{})
		if err != nil {
			return 0, union.Within(union.Indexed("size", i), err)
		}
		size = after
	}
	n, ok := size.Int64()
	if !ok || n < 0 {
		return 0, union.NewFault(union.ErrRange, "size", size.String(), "0 or more")
	}
	return n, nil
}

// Judge asks whether so many of a base are within the quota. Its verdict
// answers "within", "approval" if only the ceiling with approval allows it, or
// "over". It is met within; with approval, if that was given; and over a soft
// quota, where the reason that is unmet tells the excess and forbids nothing.
// It fails where [Quota.Size] does, and with [union.ErrRange] for less than none.
func (q Quota) Judge(taken, base int64, approved bool) (union.Verdict, error) {
	size, err := q.Size(base, false)
	if err != nil {
		return union.Verdict{}, err
	}
	ceiling, err := q.Size(base, true)
	if err != nil {
		return union.Verdict{}, err
	}
	if taken < 0 {
		return union.Verdict{}, union.NewFault(union.ErrRange, "taken", strconv.FormatInt(taken, 10), "0 or more")
	}
	reason := union.Reason{Finding: union.Finding{
		Where: "quota", Rule: q.spec.Title,
		Got:  strconv.FormatInt(taken, 10),
		Want: "at most " + strconv.FormatInt(size, 10) + " of " + strconv.FormatInt(base, 10),
	}, Standing: standing(taken <= size)}
	verdict := union.Judged(strconv.FormatInt(taken, 10)+" of "+strconv.FormatInt(base, 10)+" under "+q.spec.Key, reason)
	switch {
	case taken <= size:
		verdict.Answer = "within"
	case taken <= ceiling:
		verdict.Answer = "approval"
		verdict.Reasons[0].Want += ", with approval " + strconv.FormatInt(ceiling, 10)
		verdict.Reasons[0].Standing = standing(approved)
		verdict.Standing = standing(approved || q.spec.Soft)
	default:
		verdict.Answer = "over"
		verdict.Standing = standing(q.spec.Soft)
	}
	return verdict, nil
}

// Take takes units from the first place on, up to the quota of a base: those
// assessed, or the posts to be filled; 0 is the number of places. Units that share
// the place at which the quota ends are taken as the quota says. Where each group
// has its own quota its base is the places of the group, and base must be 0.
//
// It fails where [Quota.Size] does, with [union.ErrOrder] for places that do not
// go on from the first of each group, with [union.ErrRepeated] for a unit placed
// twice, and with [union.ErrRange] for a base where each group has its own, or
// several groups under a quota of all.
func (q Quota) Take(places []Place, base int64, approved bool) (Selection, error) {
	if err := checkPlaces(places); err != nil {
		return Selection{}, err
	}
	if base == 0 {
		base = int64(len(places))
	}
	if q.spec.Within && base != int64(len(places)) {
		return Selection{}, union.NewFault(union.ErrRange, "base", strconv.FormatInt(base, 10), "that of each group")
	}
	selection := Selection{Taken: []string{}}
	if end := endOf(places, 0); !q.spec.Within && end < len(places) {
		return Selection{}, union.NewFault(union.ErrRange, union.Indexed("places", end)+".group", quote.Key(places[end].Group), "one group, or a quota within each")
	}
	if !q.spec.Within {
		err := q.take(&selection, places, base, approved)
		return selection, err
	}
	var reasons []union.Reason
	for start, end := 0, 0; start < len(places); start = end {
		end = endOf(places, start)
		if err := q.take(&selection, places[start:end], int64(end-start), approved); err != nil {
			return Selection{}, union.Within(quote.Key(places[start].Group), err)
		}
		for _, reason := range selection.Verdict.Reasons {
			reason.Where = places[start].Group
			reasons = append(reasons, reason)
		}
	}
	selection.Verdict = union.Judged("quota of each group under "+q.spec.Key, reasons...)
	if q.spec.AtLine == TakeAll {
		selection.Verdict.Standing = union.Met // as of each group
	}
	return selection, nil
}

// endOf returns where the group that starts at a place ends.
func endOf(places []Place, start int) int {
	end := start
	for end < len(places) && places[end].Group == places[start].Group {
		end++
	}
	return end
}

// checkPlaces reports the first place that is out of order.
func checkPlaces(places []Place) error {
	seen, groups := make(map[string]bool, len(places)), map[string]bool{}
	for i, place := range places {
		where := union.Indexed("places", i)
		first := i == 0 || places[i-1].Group != place.Group
		switch {
		case seen[place.Unit]:
			return union.NewFault(union.ErrRepeated, where+".unit", quote.Key(place.Unit), "one place a unit")
		case first && groups[place.Group]:
			return union.NewFault(union.ErrOrder, where+".group", quote.Key(place.Group), "one group after another")
		case first && place.Rank != 1, !first && place.Rank < places[i-1].Rank:
			return union.NewFault(union.ErrOrder, where+".rank", strconv.Itoa(place.Rank), "places from the first on")
		}
		seen[place.Unit], groups[place.Group] = true, true
	}
	return nil
}

// take takes of the places of one group.
func (q Quota) take(selection *Selection, places []Place, base int64, approved bool) error {
	size, err := q.Size(base, approved)
	if err != nil {
		return err
	}
	taken := int64(0)
	for start, end := 0, 0; start < len(places) && taken < size; start = end {
		for end = start; end < len(places) && places[end].Rank == places[start].Rank && places[end].Group == places[start].Group; end++ {
		}
		tied := places[start:end]
		fits := taken+int64(len(tied)) <= size
		for _, each := range tied {
			switch {
			case fits || q.spec.AtLine == TakeAll:
				selection.Taken = append(selection.Taken, each.Unit)
				taken++
			case q.spec.AtLine == 0:
				selection.Undecided = append(selection.Undecided, each.Unit)
			}
		}
		if !fits {
			if q.spec.AtLine == 0 {
				selection.Left += size - taken
			}
			break
		}
	}
	selection.Verdict, err = q.Judge(taken, base, approved)
	if q.spec.AtLine == TakeAll {
		selection.Verdict.Standing = union.Met // the rule itself goes over the quota
	}
	return err
}

// Share shares the quota of all units out over them by largest remainders, so
// that their parts sum to it; ties are told. It fails where [Quota.Size] and
// [union.Apportion] do.
func (q Quota) Share(bases []int64, approved bool) (union.Split, error) {
	var base int64
	for i, n := range bases {
		if err := plus(&base, n, union.Indexed("bases", i)); err != nil {
			return union.Split{}, err
		}
	}
	size, err := q.Size(base, approved)
	if err != nil {
		return union.Split{}, err
	}
	return union.Apportion(size, bases...)
}
