package union

import (
	"cmp"
	"slices"
	"strconv"

	"github.com/unioncampaign/union/internal/exact"
)

// A Split is a whole number divided into whole parts that sum to it. The zero
// Split has no parts.
type Split struct {
	// Parts are in the order of the weights.
	Parts []int64 `json:"parts"`
	// Tied are the indexes of parts with the same remainder of which some, the
	// earlier, received a unit and the others did not. It is empty where no tie
	// decided anything.
	Tied []int `json:"tied,omitempty"`
}

// Apportion divides total into whole parts in proportion to weights, by largest
// remainders:
//
//  1. the exact share of part i is total × weights[i] ÷ the sum of weights;
//  2. each share is rounded towards zero, and what it loses is its remainder;
//  3. the units that are then left over go one each to the parts with the
//     largest remainders, of equal remainders to the earlier part.
//
// The parts sum to total, each is within less than one of its exact share, and a
// weight of zero receives zero. The parts of -total are the negatives of those of
// total. One rule so serves fen, quotas, thirds and shares.
//
// It reports the first of
//   - [ErrRange], if a weight is negative;
//   - [ErrOverflow], if the sum of weights does not fit;
//   - [ErrUndefined], if there are no weights, or all are zero.
func Apportion(total int64, weights ...int64) (Split, error) {
	sum, err := sumOf(weights, "weights")
	if err != nil {
		return Split{}, err
	}
	parts := make([]int64, len(weights))
	remainders := make([]uint64, len(weights))
	left := exact.Abs(total)
	for i, weight := range weights {
		// Fits, since no weight exceeds the sum.
		quotient, remainder, _ := exact.MulQuo(exact.Abs(total), uint64(weight), sum)
		parts[i], _ = exact.Signed(total < 0, quotient)
		remainders[i] = remainder
		left -= quotient
	}
	chosen, tied := largestRemainders(remainders, int(left))
	for _, i := range chosen {
		parts[i] += int64(cmp.Compare(total, 0))
	}
	return Split{Parts: parts, Tied: tied}, nil
}

// largestRemainders returns the indexes of the n largest remainders, of equal ones the
// earlier, and those among which only their order decided.
func largestRemainders(remainders []uint64, n int) (chosen, tied []int) {
	if n == 0 {
		return nil, nil
	}
	order := make([]int, len(remainders))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(remainders[b], remainders[a]) })
	// The remainders sum to n whole units and each is less than one, so that
	// more than n parts have one: order[n] exists.
	last := remainders[order[n-1]]
	if remainders[order[n]] != last {
		return order[:n], nil
	}
	for _, i := range order {
		if remainders[i] == last {
			tied = append(tied, i)
		}
	}
	return order[:n], tied
}

// sumOf returns the sum of counts, none of which may be negative and some of
// which must be above zero, or the first fault in the order that [Apportion]
// publishes.
func sumOf(counts []int64, where string) (uint64, error) {
	for i, count := range counts {
		if count < 0 {
			return 0, NewFault(ErrRange, where+"["+strconv.Itoa(i)+"]", strconv.FormatInt(count, 10), "0 or more")
		}
	}
	sum := int64(0)
	for _, count := range counts {
		next, ok := exact.Add(sum, count)
		if !ok {
			return 0, NewFault(ErrOverflow, where, "", "a sum of at most 9223372036854775807")
		}
		sum = next
	}
	if sum == 0 {
		return 0, NewFault(ErrUndefined, where, "", "one above 0")
	}
	return uint64(sum), nil
}
