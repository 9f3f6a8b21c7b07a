package employment

import (
	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/internal/exact"
)

// Spread divides those who state no preference among terms in proportion to
// weights: seekers by the demand for each, demand by its seekers. The parts are
// exact, so that they sum to open; where whole persons are asked for,
// [union.Apportion] divides the same number within one of each. It reports the
// first of
//   - [union.ErrRange], if open or a weight is negative;
//   - [union.ErrOverflow], if the sum of the weights does not fit;
//   - [union.ErrUndefined], if there are no weights, or all are zero.
func Spread(open int64, weights ...int64) ([]union.Number, error) {
	if open < 0 {
		return nil, union.NewFault(union.ErrRange, "open", text(open), "0 or more")
	}
	var sum int64
	for i, weight := range weights {
		if weight < 0 {
			return nil, union.NewFault(union.ErrRange, union.Indexed("weights", i), text(weight), "0 or more")
		}
		total, fits := exact.Add(sum, weight)
		if !fits {
			return nil, union.NewFault(union.ErrOverflow, "weights", "", "")
		}
		sum = total
	}
	if sum == 0 {
		return nil, union.NewFault(union.ErrUndefined, "weights", "", "one above 0")
	}
	parts := make([]union.Number, len(weights))
	for i, weight := range weights {
		share, _ := union.NewNumber(weight, sum) // the sum is above 0
		parts[i] = union.Whole(open).Mul(share)
	}
	return parts, nil
}

// Mismatch returns the mismatch index of seekers u and posts v, told apart by the
// same groups: half the sum over groups of |uᵢ/U − vᵢ/V|, where U and V are the
// sums. It is 0 where seekers and posts stand in one proportion everywhere, 1
// where no group has both, and unchanged when all of a side are multiplied by one
// factor. It is the share of seekers who would have to look in another group. It
// reports the first of
//   - [union.ErrRange], for lists of different lengths and a number below 0;
//   - [union.ErrUndefined], if there are no seekers or no posts.
func Mismatch(u, v []union.Number) (union.Number, error) {
	if len(u) != len(v) {
		return union.Number{}, union.NewFault(union.ErrRange, "v", text(int64(len(v)))+" groups", text(int64(len(u))))
	}
	seekers, err := sumNumbers("u", u)
	if err != nil {
		return union.Number{}, err
	}
	posts, err := sumNumbers("v", v)
	if err != nil {
		return union.Number{}, err
	}
	// |u·V − v·U| ÷ 2UV, so that all but the last step is of whole numbers where
	// the counts are.
	var apart union.Number
	for i := range u {
		difference := u[i].Mul(posts).Sub(v[i].Mul(seekers))
		if difference.Sign() < 0 {
			difference = union.Number{}.Sub(difference)
		}
		apart = apart.Add(difference)
	}
	index, _ := apart.Quo(seekers.Mul(posts).Mul(union.Whole(2))) // neither is 0
	return index, nil
}

// sumNumbers returns the sum of one side of the groups.
func sumNumbers(where string, numbers []union.Number) (sum union.Number, err error) {
	for i, n := range numbers {
		if n.Sign() < 0 {
			return sum, union.NewFault(union.ErrRange, union.Indexed(where, i), n.String(), "0 or more")
		}
		sum = sum.Add(n)
	}
	if sum.Sign() == 0 {
		return sum, union.NewFault(union.ErrUndefined, where, "", "one above 0")
	}
	return sum, nil
}
