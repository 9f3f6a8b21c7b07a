package competition

import (
	"slices"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/internal/quote"
)

// A Base names the firms that a rate is a share of: coverage is nothing without
// it. A firm belongs to the base if it has one of the ownerships, one of the
// sizes and the answers that the base states; what the base leaves out does not
// matter. A term covers the terms within it.
//
// Every edition has the bases "all", "unionised" and "above_scale", one base
// "ownership.KEY" and "size.KEY" for each term, and, if it says which
// ownerships are non-public, "non_public". It adds its own to these.
type Base struct {
	Key        string   `json:"key"`
	Title      string   `json:"title"`
	Ownership  []string `json:"ownership,omitempty"` // keys of the edition's Ownership; none: any
	Size       []string `json:"size,omitempty"`      // keys of the edition's Size; none: any
	Unionised  Whether  `json:"unionised,omitzero"`  // zero: any answer
	AboveScale Whether  `json:"above_scale,omitzero"`
}

func (b Base) clone() Base {
	b.Ownership, b.Size = slices.Clone(b.Ownership), slices.Clone(b.Size)
	return b
}

// The bases that every edition has.
const (
	baseAll        = "all"
	baseUnionised  = "unionised"
	baseAboveScale = "above_scale"
	baseNonPublic  = "non_public"
	baseOwnership  = "ownership."
	baseSize       = "size."
)

// A chosenBase is a base compiled to the codes and the pairs of answers it holds.
// A nil list holds every code, the unknown one too.
type chosenBase struct {
	Base
	ownerships []bool
	sizes      []bool
	pairs      [pairs]bool // in the order of the cells
}

// holds reports whether firms of an ownership and a size may belong to the base.
func (b *chosenBase) holds(ownership, size int) bool {
	return (b.ownerships == nil || b.ownerships[ownership]) && (b.sizes == nil || b.sizes[size])
}

// standardBases returns the bases that the edition has without listing them.
func (e Edition) standardBases() []Base {
	bases := []Base{
		{Key: baseAll, Title: "全部企业"},
		{Key: baseUnionised, Title: "建会企业", Unionised: Yes},
		{Key: baseAboveScale, Title: "规模以上企业", AboveScale: Yes},
	}
	if len(e.spec.NonPublic) > 0 {
		bases = append(bases, Base{Key: baseNonPublic, Title: "非公企业", Ownership: e.spec.NonPublic})
	}
	for _, term := range e.ownership.Terms() {
		bases = append(bases, Base{Key: baseOwnership + term.Key, Title: term.Title, Ownership: []string{term.Key}})
	}
	for _, term := range e.size.Terms() {
		bases = append(bases, Base{Key: baseSize + term.Key, Title: term.Title, Size: []string{term.Key}})
	}
	return bases
}

// choose compiles a base, and reports the faults in it joined.
func (e Edition) choose(base Base) (chosenBase, error) {
	chosen := chosenBase{Base: base.clone()}
	var faults union.FaultList
	var err error
	chosen.ownerships, err = chooseCodes(e.ownership, base.Ownership, "ownership")
	faults.Within("", err)
	chosen.sizes, err = chooseCodes(e.size, base.Size, "size")
	faults.Within("", err)
	for _, answer := range []struct {
		where string
		value Whether
	}{{"unionised", base.Unionised}, {"above_scale", base.AboveScale}} {
		if answer.value > No {
			faults.Add(union.ErrRange, answer.where, answer.value.String(), "yes, no or nothing")
		}
	}
	for pair := range chosen.pairs {
		unionised, aboveScale := Whether(pair/answers), Whether(pair%answers)
		chosen.pairs[pair] = (base.Unionised == 0 || base.Unionised == unionised) &&
			(base.AboveScale == 0 || base.AboveScale == aboveScale)
	}
	return chosen, faults.Err()
}

// chooseCodes returns, by code, whether a term or one that it lies within is
// among keys; nil for no keys.
func chooseCodes(codes union.Codes, keys []string, where string) ([]bool, error) {
	if len(keys) == 0 {
		return nil, nil
	}
	held := make([]bool, codes.Len()+1)
	var faults union.FaultList
	for i, key := range keys {
		code, err := codes.Find(key)
		faults.Within(union.Indexed(where, i), err)
		held[code] = err == nil
	}
	// A term stands after the one it lies within, so one pass reaches all.
	for code := range held {
		term, _ := codes.Term(union.Code(code))
		if term.Within == "" {
			continue
		}
		if outer, err := codes.Find(term.Within); err == nil && held[outer] {
			held[code] = true
		}
	}
	return held, faults.Err()
}

// findBase returns the base of a key.
func (e *Edition) findBase(key string) (*chosenBase, error) {
	for i := range e.bases {
		if e.bases[i].Key == key {
			return &e.bases[i], nil
		}
	}
	return nil, union.NewFault(union.ErrUnknown, "base", quote.Key(key), "a base of the edition")
}

// Bases returns the named bases of the edition, those that every edition has
// first, then its own, in order. The result is a copy.
func (e Edition) Bases() []Base {
	bases := make([]Base, len(e.bases))
	for i, base := range e.bases {
		bases[i] = base.clone()
	}
	return bases
}
