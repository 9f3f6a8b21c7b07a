package assessment

import (
	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/internal/quote"
)

// A Diagnosis sets what a part of a sum was meant to decide beside what it did
// decide in a group of units. Only units to which all parts apply are looked at.
type Diagnosis struct {
	Item      string        `json:"item"`
	Units     int           `json:"units"`     // how many were looked at
	Nominal   union.Number  `json:"nominal"`   // what it was meant to decide, from 0 to 1: its share of all weights, each times the part's maximum where all have one
	Effective *union.Number `json:"effective"` // what it did decide, from 0 to 1: its share of all ranges of figures, each times its weight; nil: no figure differs
	Mean      union.Number  `json:"mean"`      // of its figures
	Leniency  union.Number  `json:"leniency"`  // its mean above the mean of all parts: how mild a class of raters is
}

// Diagnose returns a diagnosis of each part of an item that is a sum, from scores
// of this scheme. Leniency says something only where the parts are marks on one
// scale, such as those of classes of raters. It reports [union.ErrUnknown] for
// an item that the scheme does not have, [union.ErrMissing] for one that is no
// sum, and if there is no unit to which all parts apply.
func (s Scheme) Diagnose(scores []Score, item string) ([]Diagnosis, error) {
	at, ok := s.items.index[item]
	if !ok {
		return nil, union.NewFault(union.ErrUnknown, "item", quote.Key(item), "an item of the scheme")
	}
	sum := s.spec.Items[at].From.Sum
	if sum == nil {
		return nil, union.NewFault(union.ErrMissing, "item", quote.Key(item), "a sum")
	}
	list := make([]Diagnosis, len(sum.Of))
	ranges := make([]union.Number, len(sum.Of))
	for i, term := range sum.Of {
		figures := sum.figures(scores, term.Item)
		if len(figures) == 0 {
			return nil, union.NewFault(union.ErrMissing, "scores", "", "a unit to which all parts apply")
		}
		mean, err := aggregate(figures, all(len(figures)), true)
		if err != nil {
			return nil, err
		}
		e := extentOf(figures)
		list[i] = Diagnosis{Item: term.Item, Units: len(figures), Nominal: s.nominal(*sum, term), Mean: mean}
		ranges[i] = absolute(e.high.Sub(*e.low).Mul(term.Weight))
	}
	return list, share(list, ranges)
}

// figures returns the figures of a part for the units to which all parts apply.
func (s Sum) figures(scores []Score, item string) []union.Number {
	var figures []union.Number
	for _, score := range scores {
		applies := true
		for _, term := range s.Of {
			_, ok := score.Items[term.Item]
			applies = applies && ok
		}
		if applies {
			figures = append(figures, score.Items[item])
		}
	}
	return figures
}

// nominal returns how much a part counts by the rule.
func (s Scheme) nominal(sum Sum, of Term) union.Number {
	for _, term := range sum.Of {
		if high := s.items.extents[s.items.index[term.Item]].high; high == nil || high.Sign() <= 0 {
			return absolute(of.Weight)
		}
	}
	return absolute(of.Weight.Mul(*s.items.extents[s.items.index[of.Item]].high))
}

// share turns what each part counts into shares, and means into differences.
func share(list []Diagnosis, ranges []union.Number) error {
	var nominal, ranged, means union.Number
	for i, each := range list {
		nominal, ranged, means = nominal.Add(each.Nominal), ranged.Add(ranges[i]), means.Add(each.Mean)
	}
	mean, err := means.Quo(union.Whole(int64(len(list))))
	if err != nil {
		return err
	}
	for i := range list {
		if list[i].Nominal, err = list[i].Nominal.Quo(nominal); err != nil {
			return err
		}
		list[i].Leniency = list[i].Mean.Sub(mean)
		if ranged.Sign() != 0 {
			effective, err := ranges[i].Quo(ranged)
			if err != nil {
				return err
			}
			list[i].Effective = &effective
		}
	}
	return nil
}

func absolute(n union.Number) union.Number {
	if n.Sign() < 0 {
		return n.Neg()
	}
	return n
}
