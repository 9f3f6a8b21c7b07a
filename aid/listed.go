package aid

import (
	"slices"

	"github.com/unioncampaign/union"
)

// A Listed is one line of a list of amounts that is to agree with another: a
// transfer on a bank's list, by its reference; a town's total, by the town's key.
// Lines of one key are one amount in parts.
type Listed struct {
	Key    string      `json:"key"`
	Amount union.Money `json:"amount"`
}

// What lists should be like. A gap has one of these as its rule.
const (
	inBothLists  = "what one list has the other has"
	oneAmount    = "both lists have one amount"
	listsAgree   = "both lists have one total"
	gapOfTotal   = "total"
	gapOfAmounts = "lines."
)

// CompareLists compares a list with another that should say the same, such as the
// donors' list and the bank's, or the towns' totals and the lines of the county. It
// names every key whose amounts differ, in the order of ours and then of theirs, and
// last the total if it does. A key that one list alone has is told from one with
// another amount by the gap's rule, even if its amount is nothing. What is got is
// theirs, what is wanted is ours. A sum that cannot be held is [union.ErrOverflow].
func CompareLists(ours, theirs []Listed) ([]Gap, error) {
	mine, order, err := sumByKey("ours", ours, nil)
	if err != nil {
		return nil, err
	}
	other, order, err := sumByKey("theirs", theirs, order)
	if err != nil {
		return nil, err
	}
	var gaps []Gap
	var want, got union.Number
	seen := map[string]bool{}
	for _, key := range order {
		if seen[key] {
			continue
		}
		seen[key] = true
		a, inMine := mine[key]
		b, inOther := other[key]
		want, got = want.Add(a.Number()), got.Add(b.Number())
		gap := Gap{Where: gapOfAmounts + key, Rule: oneAmount, Got: b.Number(), Want: a.Number()}
		switch {
		case inMine != inOther:
			gap.Rule = inBothLists
		case a == b:
			continue
		}
		gaps = append(gaps, gap)
	}
	if !want.Equal(got) {
		gaps = append(gaps, Gap{Where: gapOfTotal, Rule: listsAgree, Got: got, Want: want})
	}
	return gaps, nil
}

// sumByKey sums the amounts of each key, and appends the keys to order.
func sumByKey(where string, list []Listed, order []string) (map[string]union.Money, []string, error) {
	sums := make(map[string]union.Money, len(list))
	for i, line := range list {
		sum, err := sums[line.Key].Add(line.Amount)
		if err != nil {
			return nil, nil, union.Within(union.Indexed(where, i), err)
		}
		sums[line.Key] = sum
		order = append(order, line.Key)
	}
	return sums, order, nil
}

// ListUnits returns what came in from each unit that is asked, by its key, to be
// compared with the totals that the units report: those of nothing are there. It has
// the errors of [DonationDay.ByUnit].
func (d DonationDay) ListUnits(donations Donations) ([]Listed, error) {
	units, err := d.ByUnit(donations)
	var list []Listed
	for _, each := range units {
		list = append(list, Listed{each.Unit.Key, each.Received})
	}
	return list, err
}

// ListTransfers returns the money that came in with gifts, by the reference of the
// transfer or, of a gift without one, by its ID, to be compared with the bank's
// list. Promises, releases, goods and other currencies are not on it, nor rows of
// nothing; gifts after the cut-off are. The first gift that [DonationDay.CodeGift]
// refuses is the error, placed in gifts.
func (d DonationDay) ListTransfers(gifts []Gift) ([]Listed, error) {
	var list []Listed
	for i, gift := range gifts {
		coded, err := d.CodeGift(gift)
		if err != nil {
			return nil, union.Within(union.Indexed("gifts", i), err)
		}
		form := d.form(coded.Form)
		comesIn := slices.Contains([]GiftKind{Received, Whole, PledgePaid}, gift.Kind) && !gift.Amount.IsZero()
		if !comesIn || form.Money == nil || form.Money.Currency != "" {
			continue
		}
		key := gift.Reference
		if key == "" {
			key = gift.ID
		}
		list = append(list, Listed{key, gift.Amount})
	}
	return list, nil
}
