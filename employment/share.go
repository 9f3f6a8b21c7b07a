package employment

import (
	"errors"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/internal/exact"
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
	return p.splits(r)[byCategory].shares(p.spec.Share)
}

// shares returns the shares of the top level of a list, and of what names no
// term, if there is any.
func (s split) shares(spec ShareSpec) (union.Shares, error) {
	var parts []int64
	for i, term := range s.list.Terms() {
		if s.list.parent[i+1] != 0 {
			continue
		}
		n, ok := floorOf(s.counts[term.Key])
		if !ok {
			return union.Shares{}, union.NewFault(union.ErrMissing, s.where+"["+quote.Key(term.Key)+"]", "", "")
		}
		parts = append(parts, n)
	}
	if n, _ := floorOf(s.counts[Unknown]); n > 0 {
		parts = append(parts, n)
	}
	shares, err := union.NewShares(spec.Balance, spec.Rounding, parts...)
	return shares, union.Within(s.where, err)
}

// title says in the words of the field how balanced shares are printed.
func (s ShareSpec) title() string {
	rounding := s.Rounding
	if s.Balance == union.LargestRemainder {
		rounding.Mode = union.Truncate // it cuts, whatever the mode
	}
	return rounding.Title() + "，" + s.Balance.Title()
}

// A sharing makes the figures of the shares of a list.
type sharing struct {
	split
	spec   ShareSpec
	prefix string // of the figures' keys
	named  string // what a share is of, after the title of its term
	total  string // what the whole list is called
	base   Base   // of the shares of what is within a term
	group  string // what stands before the key of a group
}

// sharing returns that of the seekers by category.
func (p *plan) sharing(r Report) sharing {
	return sharing{
		split: p.splits(r)[byCategory], spec: p.spec.Share, prefix: "employment.seekers.share.",
		named: "求职人数比重", total: seekersTitle, base: OfParent, group: "group.",
	}
}

// add adds the share of each term: of the top level in the whole, balanced, and
// of what is within another in what the base says.
func (s sharing) add(list *union.FigureList, prefix string) {
	if len(s.counts) == 0 {
		return
	}
	shares, err := s.shares(s.spec)
	if err != nil && !errors.Is(err, union.ErrMissing) && !errors.Is(err, union.ErrUndefined) {
		list.Add(union.Figure{}, err)
		return
	}
	balanced := s.inner(0)
	percents := shares.Percents
	next := func(key, title string) {
		spec := s.start(list, prefix+key, title, s.total, balanced...)
		if err != nil {
			list.Add(spec.Absent(absence(err)), nil)
			return
		}
		spec.Working.Rounding = s.spec.title()
		list.Add(spec.Share(percents[0]))
		percents = percents[1:]
	}
	for i, term := range s.list.Terms() {
		if s.list.parent[i+1] != 0 {
			base, whole := s.wholeOf(union.Code(i + 1))
			s.addPart(list, prefix+term.Key, term.Title, base, s.counts[term.Key], whole)
			continue
		}
		next(term.Key, term.Title)
	}
	if n, _ := floorOf(s.counts[Unknown]); n > 0 {
		next(Unknown, unstated)
	}
}

// wholeOf returns what the share of a term within another is of.
func (s sharing) wholeOf(code union.Code) (title string, whole union.Count) {
	of := s.list.parent[code]
	switch s.base {
	case OfTotal:
		return s.total, s.whole
	case OfSection:
		of = s.list.section(code)
	case OfParent:
	}
	term, _ := s.list.Term(of)
	return term.Title, s.counts[term.Key]
}

// start starts the figure of a share in percent.
func (s sharing) start(list *union.FigureList, key, title, base string, inputs ...union.Input) union.FigureSpec {
	spec := list.Spec(s.prefix+key, title+s.named, inputs...)
	spec.Base, spec.Rounding = base, s.spec.Rounding
	return spec
}

// addPart adds the share of a part in a whole that it is rounded alone of.
func (s sharing) addPart(list *union.FigureList, key, title, base string, part, whole union.Count) {
	spec := s.start(list, key, title, base, said(title, part), said(base, whole))
	addRate(list, spec, Rate{Key: spec.Key, Of: title, Base: base, Part: part, Whole: whole, Percent: true})
}

// addGroup adds the sum of the terms of a group, and its share if shares are
// printed. The sum is unknown unless each term is known exactly: a sum of
// headlines would say more than they do.
func (s sharing) addGroup(list *union.FigureList, key, named string, group Group) {
	sum, all := int64(0), true
	var inputs []union.Input
	for _, term := range group.Of {
		code, _ := s.list.Find(term) // the constructor has looked it up
		count := s.counts[term]
		inputs = append(inputs, said(s.list.Title(code), count))
		n, single := exactly(count)
		total, fits := exact.Add(sum, n)
		sum, all = total, all && single
		if all && !fits {
			list.Add(union.Figure{}, union.NewFault(union.ErrOverflow, "groups["+quote.Key(group.Key)+"]", "", ""))
			return
		}
	}
	var count union.Count
	if all {
		count = counted(sum, s.measure)
	}
	addCount(list, key+group.Key, group.Title+named, "各项之和", s.measure, count, inputs...)
	if s.spec != (ShareSpec{}) {
		s.addPart(list, s.group+group.Key, group.Title, s.total, count, s.whole)
	}
}
