package union

import (
	"maps"
	"slices"
	"strconv"

	"github.com/unioncampaign/union/internal/exact"
	"github.com/unioncampaign/union/internal/quote"
)

// A Hierarchy is what happened to a set of units that stand one under another:
// a region's federations, or an industry's. Of every day it makes the [Tree] that
// stood on it, so that a later fact changes no total of an earlier day. Where a
// unit stands in several hierarchies each is a Hierarchy of its own. It never
// changes once made. Its JSON is a document "union.hierarchy/1".
//
// The zero Hierarchy has no facts, and nothing is known of any day.
type Hierarchy struct{ facts []Fact }

// hierarchyDocument names the JSON of a Hierarchy.
const hierarchyDocument = "union.hierarchy/1"

// A hierarchySpec is what the document of a Hierarchy holds.
type hierarchySpec struct {
	Facts []Fact `json:"facts"`
}

// NewHierarchy returns the hierarchy of facts, which stand in the order of their
// days. The facts of one day happen in the order given. A key belongs to one unit
// for ever: after the unit has ended too. NewHierarchy reports all the faults that
// it finds, joined, each with its place, as "facts[3].move.to":
//   - [ErrMissing], for no facts, for a fact without a day, a kind, a key, a title
//     or units where it needs them, and for a unit directly below one that is
//     split that no heir takes;
//   - [ErrOrder], for a fact that is dated before the one before it, for a unit
//     that would come to stand within itself, and for one that is closed with
//     others below it;
//   - [ErrUnknown], for a unit or a parent that does not exist on the day, and
//     for a unit taken by an heir that does not stand directly below the unit
//     split;
//   - [ErrRepeated], for a fact of two kinds, for a key that was given before, so
//     that no unit stands in two places, for a unit named twice by one merger,
//     for one that two heirs take, and for one moved to where it stands;
//   - [ErrText], for a key longer than 64 bytes or not made of letters, digits, -
//     and _;
//   - [ErrRange], for fewer than two heirs and for a weight below zero;
//   - [ErrOverflow], for weights whose sum does not fit.
func NewHierarchy(facts ...Fact) (Hierarchy, error) {
	if len(facts) == 0 {
		return Hierarchy{}, NewFault(ErrMissing, "facts", "", "")
	}
	stands := standingAfter(facts, Date{})
	if err := stands.faults.Err(); err != nil {
		return Hierarchy{}, err
	}
	return Hierarchy{facts: cloneFacts(facts)}, nil
}

// Facts returns the facts. They are the caller's.
func (h Hierarchy) Facts() []Fact { return cloneFacts(h.facts) }

// Append returns the hierarchy with more facts, and leaves h as it is. It fails
// where [NewHierarchy] does of all the facts together.
func (h Hierarchy) Append(facts ...Fact) (Hierarchy, error) {
	return NewHierarchy(slices.Concat(h.facts, facts)...)
}

// On returns the units that stood on a day, the facts of the day included. It
// reports the first of
//   - [ErrMissing], for the zero Date;
//   - [ErrRange], for a day before the first fact, of which nothing is known.
func (h Hierarchy) On(day Date) (Tree, error) {
	if err := h.check("day", day); err != nil {
		return Tree{}, err
	}
	return treeOf(standingAfter(h.facts, day), Period{from: day, until: day}), nil
}

// In returns the units of a period through all of which they stood the same. One
// tree cannot say where a unit belonged that was moved half way: cut the period
// at the change, or take the tree of one day and [Hierarchy.Carry] to it what was
// counted before. Its errors:
//   - [ErrMissing], for the zero Period, and for one with an open end;
//   - [ErrRange], for a period that begins before the first fact, and else, all
//     joined, for each fact after the period's first day.
func (h Hierarchy) In(period Period) (Tree, error) {
	if err := h.check("period.from", period.From()); err != nil {
		return Tree{}, err
	}
	until, closed := period.Until()
	if !closed {
		return Tree{}, NewFault(ErrMissing, "period.until", "", "")
	}
	var faults FaultList
	for i, fact := range h.facts {
		if fact.On.After(period.From()) && !fact.On.After(until) {
			faults.Add(ErrRange, Indexed("facts", i)+".on", fact.On.String(), "no change within "+period.String())
		}
	}
	if err := faults.Err(); err != nil {
		return Tree{}, err
	}
	return treeOf(standingAfter(h.facts, until), period), nil
}

// Carry hands what was counted of units on one day on to the units that stand in
// their places on a later day, by key: a merger adds, a split shares out by
// the weights of its record as [Apportion] does. All that comes in goes out: the
// sum stays the same. Units that stayed as they were keep theirs; a unit without
// an amount hands on none, which is not an amount of zero. It reports the first of
//   - [ErrMissing] and [ErrRange], for a day as [Hierarchy.On] does, and
//     [ErrOrder], for a later day that is earlier;
//   - [ErrUnknown], for a key that is no unit of the first day, and [ErrRange],
//     for a unit with others below it, whose amount is theirs;
//   - [ErrUndefined], for an amount that a split does not share out, and
//     [ErrMissing], for one of a unit that was closed without a successor;
//   - [ErrOverflow], for a sum that does not fit, added up in the order in which
//     a merger names its units;
//   - [ErrRange], for an amount of a unit that has others below it on the later
//     day.
func (h Hierarchy) Carry(amounts map[string]int64, from, until Date) (map[string]int64, error) {
	before, err := h.On(from)
	if err != nil {
		return nil, Within("from", err)
	}
	after, err := h.On(until)
	if err != nil {
		return nil, Within("until", err)
	}
	if until.Before(from) {
		return nil, NewFault(ErrOrder, "until", until.String(), from.String()+" or later")
	}
	if err := before.checkLeaves(amounts); err != nil {
		return nil, err
	}
	carried := make(map[string]int64, len(amounts))
	maps.Copy(carried, amounts)
	for i, fact := range h.facts {
		if fact.On.After(from) && !fact.On.After(until) {
			if err := carry(carried, fact); err != nil {
				return nil, Within(Indexed("facts", i), err)
			}
		}
	}
	if err := after.checkLeaves(carried); err != nil {
		return nil, err
	}
	return carried, nil
}

// check reports a day of which nothing is known.
func (h Hierarchy) check(where string, day Date) error {
	switch {
	case day.IsZero():
		return NewFault(ErrMissing, where, "", "")
	case len(h.facts) == 0:
		return NewFault(ErrRange, where, day.String(), "a hierarchy with facts")
	case day.Before(h.facts[0].On):
		return NewFault(ErrRange, where, day.String(), h.facts[0].On.String()+" or later")
	}
	return nil
}

// carry hands amounts on through one fact.
func carry(amounts map[string]int64, fact Fact) error {
	switch {
	case fact.Merge != nil:
		return carryMerger(amounts, *fact.Merge)
	case fact.Split != nil:
		return carrySplit(amounts, *fact.Split)
	}
	for i, key := range fact.Close {
		if amount := amounts[key]; amount != 0 {
			return NewFault(ErrMissing, Indexed("close", i), "", "a successor of "+quote.Key(key)+" for "+strconv.FormatInt(amount, 10))
		}
		delete(amounts, key)
	}
	return nil
}

func carryMerger(amounts map[string]int64, merger Merger) error {
	sum, counted := int64(0), false
	for _, key := range merger.Units {
		amount, ok := amounts[key]
		next, fits := exact.Add(sum, amount)
		if !fits {
			return NewFault(ErrOverflow, "merge.into", "", "")
		}
		sum, counted = next, counted || ok
		delete(amounts, key)
	}
	if counted {
		amounts[merger.Into.Key] = sum
	}
	return nil
}

func carrySplit(amounts map[string]int64, division Division) error {
	amount, counted := amounts[division.Unit]
	if !counted {
		return nil
	}
	parts := make([]int64, len(division.Into))
	if amount != 0 {
		weights := make([]int64, len(division.Into))
		for i, heir := range division.Into {
			weights[i] = heir.Weight
		}
		shares, err := Apportion(amount, weights...)
		if err != nil {
			return Within("split.into", err)
		}
		parts = shares.Parts
	}
	delete(amounts, division.Unit)
	for i, heir := range division.Into {
		amounts[heir.Key] = parts[i]
	}
	return nil
}

// checkLeaves reports the first amount, by key, that is none of a leaf.
func (t Tree) checkLeaves(amounts map[string]int64) error {
	for _, key := range slices.Sorted(maps.Keys(amounts)) {
		id, err := t.Find(key)
		if err != nil {
			return Within("amounts", err)
		}
		if !t.IsLeaf(id) {
			return NewFault(ErrRange, "amounts", quote.Key(key), "a unit with none below it on "+t.of.From().String())
		}
	}
	return nil
}

// MarshalJSON writes the facts as a document "union.hierarchy/1", with the faults
// of [WriteRule]: among them [ErrRange] for more than 1 MiB, which is some ten
// thousand units. The zero Hierarchy has no facts to write and is [ErrMissing].
func (h Hierarchy) MarshalJSON() ([]byte, error) {
	if len(h.facts) == 0 {
		return nil, NewFault(ErrMissing, "facts", "", "")
	}
	return WriteRule(hierarchyDocument, hierarchySpec{h.facts})
}

// UnmarshalJSON reads a document "union.hierarchy/1" with the faults of
// [ReadRule], and checks it as [NewHierarchy] does. On error h is unchanged.
func (h *Hierarchy) UnmarshalJSON(data []byte) error {
	var spec hierarchySpec
	if err := ReadRule(data, hierarchyDocument, &spec); err != nil {
		return err
	}
	made, err := NewHierarchy(spec.Facts...)
	if err != nil {
		return err
	}
	*h = made
	return nil
}
