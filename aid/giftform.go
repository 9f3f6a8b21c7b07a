package aid

import (
	"slices"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/internal/quote"
)

// A GiftForm is a form in which gifts come: money, goods at a value, or goods by
// the piece, of which exactly one is set. Each form is counted apart, and only
// those in the total are added to each other: that dues or goods stand in a total
// of money is for the rule to say and never happens in silence.
type GiftForm struct {
	Key     string       `json:"key"`
	Title   string       `json:"title"`
	InTotal bool         `json:"in_total,omitempty"`
	Money   *MoneyForm   `json:"money,omitempty"`
	Valued  *ValuedForm  `json:"valued,omitempty"`
	Counted *CountedForm `json:"counted,omitempty"`
}

// A MoneyForm is money: cash, transfers, dues. One in another currency than yuan
// names that, and is no part of a total.
type MoneyForm struct {
	Currency union.Measure `json:"currency,omitempty"`
}

// A ValuedForm is goods that are taken at a value (物资折价), which rests on one of
// the documents listed, such as the donor's invoice.
type ValuedForm struct {
	Bases []union.Term `json:"bases"`
}

// A CountedForm is goods that are only counted, in the measure given.
type CountedForm struct {
	Measure union.Measure `json:"measure"`
}

// plainMoney returns the form of a day that lists none.
func plainMoney() GiftForm { return GiftForm{InTotal: true, Money: &MoneyForm{}} }

func (f GiftForm) clone() GiftForm {
	if f.Money != nil {
		money := *f.Money
		f.Money = &money
	}
	if f.Valued != nil {
		f.Valued = &ValuedForm{Bases: slices.Clone(f.Valued.Bases)}
	}
	if f.Counted != nil {
		counted := *f.Counted
		f.Counted = &counted
	}
	return f
}

func (f GiftForm) check(faults *union.FaultList, at string, seen map[string]bool) {
	faults.Key(at+".key", f.Key, seen)
	faults.Given(at+".title", f.Title)
	checkChoice(faults, at, "money, valued or counted", f.Money != nil, f.Valued != nil, f.Counted != nil)
	if f.Valued != nil {
		checkTerms(faults, at+".valued.bases", f.Valued.Bases)
	}
	if f.Counted != nil {
		faults.Given(at+".counted.measure", string(f.Counted.Measure))
	}
	if f.InTotal && (f.Counted != nil || f.Money != nil && f.Money.Currency != "") {
		faults.Add(union.ErrRange, at+".in_total", string(f.measure()), "a form in yuan")
	}
}

// checkChoice reports a choice of which not exactly one is made.
func checkChoice(faults *union.FaultList, at, want string, made ...bool) {
	n := 0
	for _, each := range made {
		if each {
			n++
		}
	}
	switch {
	case n == 0:
		faults.Add(union.ErrMissing, at, "", "one of "+want)
	case n > 1:
		faults.Add(union.ErrRepeated, at, "more than one", "one of "+want)
	}
}

// measure is what a form is counted in.
func (f GiftForm) measure() union.Measure {
	switch {
	case f.Counted != nil:
		return f.Counted.Measure
	case f.Money != nil && f.Money.Currency != "":
		return f.Money.Currency
	}
	return union.Yuan
}

// checkWorth reports what is wrong with the worth of a gift of the form, or with
// the document that its value rests on.
func (f GiftForm) checkWorth(gift Gift) error {
	switch {
	case f.Counted != nil && !gift.Amount.IsZero():
		return union.NewFault(union.ErrRange, "amount", gift.Amount.String(), "none of goods that are only counted")
	case f.Counted == nil && gift.Amount.IsZero() && gift.Kind != Whole:
		return union.NewFault(union.ErrRange, "amount", gift.Amount.String(), "above 0.00")
	case f.Money != nil && gift.Quantity != 0:
		return union.NewFault(union.ErrRange, "quantity", "a quantity", "none of money")
	}
	comesIn := gift.Kind != Pledge && gift.Kind != PledgeReleased && (!gift.Amount.IsZero() || gift.Quantity != 0)
	switch {
	case f.Valued == nil || !comesIn:
		if gift.Basis != "" {
			return union.NewFault(union.ErrRange, "basis", quote.Key(gift.Basis), "none but of goods that came in at a value")
		}
	case gift.Basis == "":
		return union.NewFault(union.ErrMissing, "basis", "", "the document that the value rests on")
	case !slices.ContainsFunc(f.Valued.Bases, func(t union.Term) bool { return t.Key == gift.Basis }):
		return union.NewFault(union.ErrUnknown, "basis", quote.Key(gift.Basis), "a document that the form lists")
	}
	return nil
}
