package employment

import (
	"errors"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/internal/quote"
)

// Shares returns the printed shares of the seekers by category, in percent and
// in the order of the fair's list: the categories of the top level, and after
// them those who named none, if there are any. They are balanced and rounded as
// the fair says, and what that leaves to be told stands in their findings.
//
// It reports the first of these faults:
//   - [union.ErrMissing], if a category is unknown;
//   - [union.ErrUndefined], if there is no seeker;
//   - those of [union.NewShares].
func (f Fair) Shares(r Report) (union.Shares, error) {
	p := f.read()
	var parts []int64
	for i, term := range p.categories.Terms() {
		if p.categories.parent[i+1] != 0 {
			continue
		}
		n, ok := floorOf(r.Categories[term.Key])
		if !ok {
			return union.Shares{}, union.NewFault(union.ErrMissing, "categories["+quote.Key(term.Key)+"]", "", "")
		}
		parts = append(parts, n)
	}
	if n, _ := floorOf(r.Categories[Unknown]); n > 0 {
		parts = append(parts, n)
	}
	shares, err := union.NewShares(p.spec.Share.Balance, p.spec.Share.Rounding, parts...)
	return shares, union.Within("categories", err)
}

// title says in the words of the field how balanced shares are printed.
func (s ShareSpec) title() string {
	rounding := s.Rounding
	if s.Balance == union.LargestRemainder {
		rounding.Mode = union.Truncate // it cuts, whatever the mode
	}
	return rounding.Title() + "，" + s.Balance.Title()
}

// addShares adds the share of each category: of the top level in all seekers,
// balanced, and of what is within another in that other.
func (f Fair) addShares(list *union.FigureList, r Report) {
	if len(r.Categories) == 0 {
		return
	}
	shares, err := f.Shares(r)
	if err != nil && !errors.Is(err, union.ErrMissing) && !errors.Is(err, union.ErrUndefined) {
		list.Add(union.Figure{}, err)
		return
	}
	p := f.read()
	balanced := p.splits(r)[byCategory].inner(0)
	percents := shares.Percents
	next := func(key, title string) {
		spec := p.share(list, "category."+key, title, seekersTitle, balanced...)
		if err != nil {
			list.Add(spec.Absent(absence(err)), nil)
			return
		}
		spec.Working.Rounding = p.spec.Share.title()
		list.Add(spec.Share(percents[0]))
		percents = percents[1:]
	}
	for i, term := range p.categories.Terms() {
		if parent, within := p.categories.Term(p.categories.parent[i+1]); within {
			p.addPart(list, "category."+term.Key, term.Title, parent.Title, r.Categories[term.Key], r.Categories[parent.Key])
			continue
		}
		next(term.Key, term.Title)
	}
	if n, _ := floorOf(r.Categories[Unknown]); n > 0 {
		next(Unknown, unstated)
	}
}

// share starts the figure of a share in percent.
func (p *plan) share(list *union.FigureList, key, title, base string, inputs ...union.Input) union.FigureSpec {
	spec := list.Spec("employment.seekers.share."+key, title+"求职人数比重", inputs...)
	spec.Base, spec.Rounding = base, p.spec.Share.Rounding
	return spec
}

// addPart adds the share of a part in its parent, or of a group in all seekers.
func (p *plan) addPart(list *union.FigureList, key, title, base string, part, whole union.Count) {
	spec := p.share(list, key, title, base, said(title, part), said(base, whole))
	addRate(list, spec, Rate{Key: spec.Key, Of: title, Base: base, Part: part, Whole: whole, Percent: true})
}
