package employment

import (
	"maps"
	"slices"
	"strings"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/internal/quote"
)

// Check returns what a bulletin says against itself, in this order:
//
//  1. counts in another measure than their place holds, and keys that the market
//     does not list;
//  2. parts that do not sum to their whole: carried over and new; every list of a
//     side, so that its industries, occupations and employer kinds have one total;
//     what is within a term, where it makes the term up, and otherwise is at most
//     the term;
//  3. more persons than person-times;
//  4. what balancing the shares of a list leaves, such as a sum of 99.99;
//  5. ratios over fewer than the market calls small;
//  6. rates of a part that is certainly more than its whole;
//  7. each printed figure that is not the one that follows from the counts, as
//     [CheckPrinted] finds them.
//
// A count known only as 2800余 is compared as the interval it stands for, and an
// unknown one agrees with anything: a finding is certain. Nothing is repaired.
func (m Market) Check(b Bulletin) []union.Finding {
	p, c := m.read(), &checking{}
	c.places(p.places(b))
	for _, name := range []string{demandSide, supplySide} {
		side := b.side(name)
		c.sum(name, "carried over and new sum to the total", side.Total, side.Carried, side.New)
	}
	splits := p.splits(b)
	for _, each := range splits {
		each.check(c)
	}
	c.most("supply", "persons are at most person-times", p.whole(b, supplySide), b.Supply.Times)
	p.checkShares(c, splits)
	p.checkSmall(c, b)
	for _, each := range p.spec.Rates {
		if rate, fits := p.rate(b, each); each.Part && fits {
			c.most("rates["+quote.Key(each.Key)+"]", "a part is at most its whole", rate.Part, rate.Whole)
		}
	}
	if figures, err := m.Figures(b); err == nil {
		c.found = append(c.found, CheckPrinted(figures, b.Printed)...)
	}
	return c.found
}

// checkShares looks for shares that do not balance.
func (p *marketPlan) checkShares(c *checking, splits []split) {
	if p.spec.Share == nil {
		return
	}
	for _, each := range splits {
		if len(each.counts) == 0 {
			continue
		}
		shares, err := each.shares(*p.spec.Share)
		if err != nil {
			continue
		}
		for _, finding := range shares.Findings {
			finding.Where = each.where
			c.found = append(c.found, finding)
		}
	}
}

// checkSmall looks for ratios over too few.
func (p *marketPlan) checkSmall(c *checking, b Bulletin) {
	if p.spec.Tightness == (union.Rounding{}) {
		return
	}
	for _, d := range p.dimensions {
		if !d.Demand || !d.Supply {
			continue
		}
		pairs, err := p.spread(b, d)
		if err != nil {
			continue
		}
		for i, term := range d.list.Terms() {
			if union.Code(i+1) != d.open && p.small(pairs[i+1].supply) {
				c.find("supply.by["+quote.Key(d.Key)+"]["+quote.Key(term.Key)+"]", "a ratio is over enough seekers",
					pairs[i+1].supply.String(), text(p.spec.Small)+" or more")
			}
		}
	}
}

// CheckPrinted compares figures as a page prints them, by their keys, with those
// that follow from its counts, and returns a finding for each that is another, in
// the order of the keys. Numbers are compared by value, so that 18% and 18.0% are
// the same; a figure that has no value is printed as nothing, and a key that no
// figure has is found too. Nothing is repaired.
func CheckPrinted(figures []union.Figure, printed map[string]string) []union.Finding {
	made := map[string]union.Figure{}
	for _, each := range figures {
		made[each.Key()] = each
	}
	c := &checking{}
	for _, key := range slices.Sorted(maps.Keys(printed)) {
		figure, ok := made[key]
		if !ok {
			c.find(key, "a printed figure is one that is made", printed[key], "")
			continue
		}
		if value, _ := figure.Value(); !alike(value, printed[key]) {
			c.find(key, "a printed figure follows from its inputs", printed[key], figure.String())
		}
	}
	return c.found
}

// alike reports whether two values are the same text or the same number.
func alike(a, b string) bool {
	if a == b {
		return true
	}
	a, percent := strings.CutSuffix(a, "%")
	b, also := strings.CutSuffix(b, "%")
	if percent != also {
		return false
	}
	left, err := union.ParseNumber(a)
	if err != nil {
		return false
	}
	right, err := union.ParseNumber(b)
	return err == nil && left.Equal(right)
}
