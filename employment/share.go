package employment

import "github.com/unioncampaign/union"

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
			return union.Shares{}, union.NewFault(union.ErrMissing, "categories["+quote(term.Key)+"]", "", "")
		}
		parts = append(parts, n)
	}
	if n, _ := floorOf(r.Categories[Unknown]); n > 0 {
		parts = append(parts, n)
	}
	shares, err := union.NewShares(p.spec.Share.Balance, p.spec.Share.Rounding, parts...)
	return shares, union.Within("categories", err)
}
