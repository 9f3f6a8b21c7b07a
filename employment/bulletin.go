package employment

import (
	"maps"
	"slices"
	"strings"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/internal/exact"
	"github.com/unioncampaign/union/internal/quote"
)

// A Bulletin is what an office says of the labour market of a period, counted
// from registrations by [Market.Bulletin] or read from a page. A count that is
// not given is unknown, which is not zero.
type Bulletin struct {
	Demand  Side                   `json:"demand"`
	Supply  Side                   `json:"supply"`
	Counts  map[string]union.Count `json:"counts,omitempty"`  // by the keys of the market's counts
	Changes map[string]Change      `json:"changes,omitempty"` // by the keys of the market's comparisons
	Printed map[string]string      `json:"printed,omitempty"` // figures as the page prints them, by their keys
}

// A Side is the demand or the supply of a market: the whole, what of it was
// carried over and what is new, and the lists that tell it apart. The lists
// count what the market's basis counts: on the basis of new registrations a page
// that prints one number prints New.
type Side struct {
	Total   union.Count `json:"total"`
	Carried union.Count `json:"carried"`
	New     union.Count `json:"new"`
	Times   union.Count `json:"times"` // of supply: registrations, in person-times
	// By counts by dimension and, within it, by the terms of its list and by
	// Unknown; a term is counted with all that is within it.
	By map[string]map[string]union.Count `json:"by,omitempty"`
}

// side returns one of the two sides.
func (b Bulletin) side(side string) Side {
	if side == demandSide {
		return b.Demand
	}
	return b.Supply
}

// counted returns the count of the side that a basis counts.
func (s Side) counted(basis Basis) union.Count {
	if basis == Fresh {
		return s.New
	}
	return s.Total
}

// whole returns the count of a side that the market's figures are of.
func (p *marketPlan) whole(b Bulletin, side string) union.Count {
	return b.side(side).counted(p.spec.Basis)
}

// has reports whether a dimension tells a side apart.
func (d dimension) has(side string) bool {
	return side == demandSide && d.Demand || side == supplySide && d.Supply
}

// split returns the list by which a dimension tells a side apart, with none
// where nobody is said to state no preference.
func (p *marketPlan) split(b Bulletin, side string, d dimension) split {
	counts, spec := b.side(side).By[d.Key], p.spec.side(side)
	if len(counts) > 0 && d.open != 0 {
		if _, given := counts[d.Open]; !given {
			counts = maps.Clone(counts)
			counts[d.Open] = counted(0, spec.Measure)
		}
	}
	return split{
		where: side + ".by[" + quote.Key(d.Key) + "]", key: "employment.market.by." + d.Key + "." + side + ".",
		title: spec.Title, list: d.list, counts: counts, whole: p.whole(b, side), measure: spec.Measure, closed: d.Whole,
	}
}

// splits returns the lists of a bulletin: of each dimension demand, then supply.
func (p *marketPlan) splits(b Bulletin) (all []split) {
	for _, each := range p.dimensions {
		for _, side := range []string{demandSide, supplySide} {
			if each.has(side) {
				all = append(all, p.split(b, side, each))
			}
		}
	}
	return all
}

// places returns every count of a bulletin, and the keys that the market does
// not list.
func (p *marketPlan) places(b Bulletin) (all []place, strangers []string) {
	for _, side := range []string{demandSide, supplySide} {
		s, measure := b.side(side), p.spec.side(side).Measure
		all = append(all, place{side + ".total", s.Total, measure},
			place{side + ".carried", s.Carried, measure}, place{side + ".new", s.New, measure})
		for _, key := range slices.Sorted(maps.Keys(s.By)) {
			where := side + ".by[" + quote.Key(key) + "]"
			d, err := p.dimension(key)
			if err != nil || !d.has(side) {
				strangers = append(strangers, where)
				continue
			}
			split := p.split(b, side, d)
			for _, term := range slices.Sorted(maps.Keys(split.counts)) {
				at := where + "[" + quote.Key(term) + "]"
				if _, err := d.list.Find(term); err != nil && term != Unknown {
					strangers = append(strangers, at)
				}
				all = append(all, place{at, split.counts[term], measure})
			}
		}
	}
	all = append(all, place{supplySide + ".times", b.Supply.Times, union.PersonTimes})
	measures := map[string]union.Measure{}
	for _, each := range p.spec.Counts {
		measures[each.Key] = each.Measure
	}
	for _, key := range slices.Sorted(maps.Keys(b.Counts)) {
		where := "counts[" + quote.Key(key) + "]"
		measure, ok := measures[key]
		if !ok {
			strangers = append(strangers, where)
			continue
		}
		all = append(all, place{where, b.Counts[key], measure})
	}
	for _, key := range slices.Sorted(maps.Keys(b.Changes)) {
		if !slices.ContainsFunc(p.spec.Comparisons, func(c Comparison) bool { return c.Key == key }) {
			strangers = append(strangers, "changes["+quote.Key(key)+"]")
		}
	}
	return all, strangers
}

// count returns a count by the name that a rate uses, and its title.
func (p *marketPlan) count(b Bulletin, name string) (union.Count, string) {
	if name == demandSide || name == supplySide {
		return p.whole(b, name), p.spec.side(name).Title
	}
	for _, each := range p.spec.Counts {
		if each.Key == name {
			return b.Counts[name], each.Title
		}
	}
	return union.Count{}, ""
}

// sum returns the sum of named counts, titled as one would say it. Counts that
// are not exact have no sum: it would say more than they do.
func (p *marketPlan) sum(b Bulletin, names []string) (sum union.Count, title string, fits bool) {
	titles := make([]string, len(names))
	for i, name := range names {
		var count union.Count
		count, titles[i] = p.count(b, name)
		low, single := exactly(sum)
		more, also := exactly(count)
		total, fits := exact.Add(low, more)
		switch {
		case i == 0:
			sum = count
		case !single || !also:
			sum = union.Count{}
		case !fits:
			return union.Count{}, "", false
		default:
			sum = counted(total, sum.Measure())
		}
	}
	return sum, titleOfSum(titles), true
}

// titleOfSum returns "甲、乙与丙之和", and of one title that.
func titleOfSum(titles []string) string {
	last := len(titles) - 1
	if last == 0 {
		return titles[0]
	}
	return strings.Join(titles[:last], "、") + "与" + titles[last] + "之和"
}
