package aid

import (
	"slices"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/internal/quote"
)

// An ItemKind is a kind of income or of outlay that a file may state, and
// whether a standard counts it: aid of a union may count as income while a small
// gift at a festival does not.
type ItemKind struct {
	Key     string `json:"key"`
	Title   string `json:"title"`
	Counted bool   `json:"counted"`
}

// An Item is a sum that came in or had to be spent. The amount is that of the
// twelve months before the household applied, or, if Monthly, that of an average
// month of them, which counts twelve times. It is never negative.
type Item struct {
	Kind    string      `json:"kind"` // the key of a kind of the standard
	Amount  union.Money `json:"amount"`
	Monthly bool        `json:"monthly,omitempty"`
}

// monthsOfYear is how many months an income of a year is spread over.
const monthsOfYear = 12

// year returns the item's sum for the year.
func (i Item) year() (union.Money, error) {
	if i.Monthly {
		return i.Amount.Times(monthsOfYear)
	}
	return i.Amount, nil
}

func checkKinds(faults *union.FaultList, where string, kinds []ItemKind) {
	seen := map[string]bool{}
	for i, kind := range kinds {
		at := union.Indexed(where, i)
		faults.Key(at+".key", kind.Key, seen)
		faults.Given(at+".title", kind.Title)
	}
}

// totalOf returns the sum of the items that count.
func totalOf(where string, items []Item, kinds []ItemKind) (union.Money, error) {
	var total union.Money
	for i, item := range items {
		at := union.Indexed(where, i)
		kind := slices.IndexFunc(kinds, func(k ItemKind) bool { return k.Key == item.Kind })
		switch {
		case item.Kind == "":
			return total, union.NewFault(union.ErrMissing, at+".kind", "", "")
		case kind < 0:
			return total, union.NewFault(union.ErrUnknown, at+".kind", quote.Key(item.Kind), "a kind of the standard")
		case item.Amount.Sign() < 0:
			return total, union.NewFault(union.ErrRange, at+".amount", item.Amount.String(), "0.00 or more")
		case !kinds[kind].Counted:
			continue
		}
		amount, err := item.year()
		if err != nil {
			return total, union.Within(at+".amount", err)
		}
		if total, err = total.Add(amount); err != nil {
			return total, union.Within(at+".amount", err)
		}
	}
	return total, nil
}
