package employment

import (
	"cmp"
	"slices"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/internal/quote"
)

// A Gap is how far demand and supply lie apart in one term of a list.
type Gap struct {
	Key    string // of the term
	Title  string
	Demand int64
	Supply int64
}

// Gaps returns the terms of a dimension that lack most seekers, and those with
// most seekers to spare, as many of either as the market lists, the widest first
// and of equal ones the earlier in the list. Both sides are as the bulletin states
// them, with nobody spread; a term with others within it is left to those, and
// that of no preference out. It reports the first of
//   - [union.ErrUnknown], for a dimension that the market does not have;
//   - [union.ErrRange], for one that does not tell both sides apart;
//   - [union.ErrMissing], if a count is not known exactly.
func (m Market) Gaps(b Bulletin, dimension string) (short, surplus []Gap, err error) {
	p := m.read()
	d, err := p.dimension(dimension)
	if err != nil {
		return nil, nil, err
	}
	if !d.Demand || !d.Supply {
		return nil, nil, union.NewFault(union.ErrRange, "dimension", quote.Key(dimension), "one of both sides")
	}
	return p.gaps(b, d)
}

func (p *marketPlan) gaps(b Bulletin, d dimension) (short, surplus []Gap, err error) {
	demand, supply := p.split(b, demandSide, d), p.split(b, supplySide, d)
	for i, term := range d.list.Terms() {
		if code := union.Code(i + 1); code == d.open || d.list.inner(code) {
			continue
		}
		made := Gap{Key: term.Key, Title: term.Title}
		for _, side := range []struct {
			of split
			n  *int64
		}{{demand, &made.Demand}, {supply, &made.Supply}} {
			n, known := exactly(side.of.counts[term.Key])
			if !known {
				return nil, nil, union.NewFault(union.ErrMissing, side.of.where+"["+quote.Key(term.Key)+"]",
					side.of.counts[term.Key].String(), "an exact count")
			}
			*side.n = n
		}
		if made.Demand > made.Supply {
			short = append(short, made)
		}
		if made.Demand < made.Supply {
			surplus = append(surplus, made)
		}
	}
	// No count is below 0, so that no difference overflows.
	slices.SortStableFunc(short, func(a, b Gap) int { return cmp.Compare(b.Demand-b.Supply, a.Demand-a.Supply) })
	slices.SortStableFunc(surplus, func(a, b Gap) int { return cmp.Compare(b.Supply-b.Demand, a.Supply-a.Demand) })
	return first(short, p.spec.Gaps), first(surplus, p.spec.Gaps), nil
}

// first returns the first n gaps, or all if there are fewer.
func first(gaps []Gap, n int) []Gap { return gaps[:min(n, len(gaps))] }
