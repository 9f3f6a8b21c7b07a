package assessment

import (
	"errors"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/internal/quote"
)

// ErrWeights is reported for a mean whose weights do not total exactly 1, unless it
// normalises them.
var ErrWeights = errors.New("weights do not total 1")

// A Sum adds weighted items that stand before it.
type Sum struct {
	Of          []Term      `json:"of"`
	Mean        bool        `json:"mean,omitempty"`       // the weights must be positive and, unless normalised, total exactly 1
	Normalise   bool        `json:"normalise,omitempty"`  // for a mean: the weights may total anything, and are divided by their total
	Renormalise Renormalise `json:"renormalise,omitzero"` // what becomes of a part that does not apply
}

// A Term is one part of a sum. A negative weight is a deduction.
type Term struct {
	Item   string       `json:"item"`
	Weight union.Number `json:"weight"`
}

// one is the whole of the weights of a mean.
func one() union.Number { return union.Whole(1) }

// check notes what is wrong: no parts, a part unknown or used twice, a weight
// of nothing, and where the sum is a mean or renormalises, a weight below zero,
// weights of a mean that do not total 1 and are not normalised, or a part without
// a maximum.
func (s Sum) check(f *union.FaultList, where string, items known) {
	if len(s.Of) == 0 {
		f.Add(union.ErrMissing, where+".of", "", "one part or more")
		return
	}
	if s.Renormalise != 0 && !s.Renormalise.known() {
		f.Add(union.ErrUnknown, where+".renormalise", s.Renormalise.String(), "by weight, by maximum or left out")
	}
	if s.Renormalise == LeftOut && s.Mean {
		f.Add(union.ErrRange, where+".renormalise", s.Renormalise.String(), "by weight or by maximum in a mean")
	}
	var weights union.Number
	for i, term := range s.Of {
		place := union.Indexed(where+".of", i)
		items.use(f, place+".item", term.Item)
		for _, other := range s.Of[:i] {
			if other.Item == term.Item {
				f.Add(union.ErrRepeated, place+".item", quote.Key(term.Item), "one part an item")
			}
		}
		s.checkWeight(f, place, term, items)
		weights = weights.Add(term.Weight)
	}
	if s.Normalise && !s.Mean {
		f.Add(union.ErrRange, where+".normalise", "a sum", "a mean")
	}
	if s.Mean && !s.Normalise && !weights.Equal(one()) {
		f.Add(ErrWeights, where+".of", weights.String(), "1")
	}
}

func (s Sum) checkWeight(f *union.FaultList, place string, term Term, items known) {
	switch {
	case term.Weight.Sign() == 0:
		f.Add(union.ErrMissing, place+".weight", "0", "a weight")
	case term.Weight.Sign() < 0 && (s.Mean || s.scales()):
		f.Add(union.ErrRange, place+".weight", term.Weight.String(), "above 0")
	case s.Renormalise == ByMaximum:
		// A part that the scheme does not know has been told already.
		at, ok := items.index[term.Item]
		if ok && (items.extents[at].high == nil || items.extents[at].high.Sign() <= 0) {
			f.Add(union.ErrMissing, place+".item", quote.Key(term.Item), "an item with a maximum above 0")
		}
	}
}

func (s Sum) extent(items known) extent {
	nothing := union.Number{}
	whole := extent{low: &nothing, high: &nothing}
	for _, term := range s.Of {
		at, ok := items.index[term.Item]
		if !ok {
			return extent{}
		}
		whole = whole.plus(items.extents[at].times(term.Weight))
	}
	if s.Normalise {
		scale, err := one().Quo(s.weight())
		if err != nil {
			return extent{}
		}
		return whole.times(scale)
	}
	return whole
}

// weight returns the total of the weights.
func (s Sum) weight() union.Number {
	var total union.Number
	for _, term := range s.Of {
		total = total.Add(term.Weight)
	}
	return total
}

// apply returns the sum of the parts that apply, scaled up if it renormalises, and
// over the total of the weights if it normalises. It does not apply if none of its
// parts do. A part that does not apply in a sum that does not renormalise is
// ErrMissing.
func (s Sum) apply(marks []mark, items known) (mark, error) {
	var sum, all, applying union.Number
	some := false
	for _, term := range s.Of {
		at := items.index[term.Item]
		share := s.share(term, items.extents[at])
		all = all.Add(share)
		if !marks[at].applies {
			if s.Renormalise == 0 {
				return mark{}, union.NewFault(union.ErrMissing, term.Item, "does not apply", "a sum that renormalises")
			}
			continue
		}
		some = true
		applying = applying.Add(share)
		sum = sum.Add(marks[at].figure.Mul(term.Weight))
	}
	if !some {
		return mark{}, nil // none of the parts applies
	}
	if s.scales() && !applying.Equal(all) {
		factor, err := all.Quo(applying)
		if err != nil {
			return mark{}, err
		}
		sum = sum.Mul(factor)
	}
	if !s.Normalise {
		return mark{figure: sum, applies: true}, nil
	}
	mean, err := sum.Quo(s.weight())
	return mark{figure: mean, applies: true}, err
}

// scales reports whether the parts that apply are scaled up for those that do
// not.
func (s Sum) scales() bool { return s.Renormalise == ByWeight || s.Renormalise == ByMaximum }

// share returns how much a term counts when a sum is renormalised.
func (s Sum) share(term Term, of extent) union.Number {
	if s.Renormalise == ByMaximum {
		return of.high.Mul(term.Weight)
	}
	return term.Weight
}
