package aid

import (
	"strconv"

	"github.com/unioncampaign/union"
)

// A Payment is aid of one kind on one day to several at once who have the same
// traits and facts, as a list states it: 23 students in difficulty who go to
// college.
type Payment struct {
	Kind   string                  `json:"kind"`
	Area   string                  `json:"area,omitempty"` // whose line is in force
	On     union.Date              `json:"on"`
	Traits map[string]string       `json:"traits,omitempty"`
	Facts  map[string]union.Number `json:"facts,omitempty"`
	Count  int64                   `json:"count"` // in the kind's measure
}

// A CodedPayment is a payment as [Payments] count it. [Programme.CodePayment]
// makes it. The zero CodedPayment is refused.
type CodedPayment struct {
	Place int // of the kind and the traits, from 1
	Count int64
	Sum   union.Money
}

// CodePayment works out what a payment comes to: so many times what a rate states
// exactly. It reports the faults of [Programme.Entitlement], but for those of
// tokens, and then the first of these:
//   - [union.ErrRange], for a count that is not above zero;
//   - [union.ErrUndefined], if no rate applies, or one that states no sum exactly:
//     what was paid has to be told, see [Programme.CodePaid];
//   - [union.ErrOverflow], for a sum that could not be held.
func (p Programme) CodePayment(payment Payment, lines Lines) (CodedPayment, error) {
	if p.id.IsZero() {
		return CodedPayment{}, union.NewFault(union.ErrMissing, "rule", "", "")
	}
	kind, err := p.kindOn(payment.Kind, payment.On)
	if err != nil {
		return CodedPayment{}, err
	}
	w, err := p.measure(Application{
		Area: payment.Area, On: payment.On, Traits: payment.Traits, Facts: payment.Facts,
	}, kind, lines)
	if err != nil {
		return CodedPayment{}, err
	}
	if payment.Count <= 0 {
		return CodedPayment{}, union.NewFault(union.ErrRange, "count", strconv.FormatInt(payment.Count, 10), "above 0")
	}
	if w.rate < 0 || p.spec.Kinds[w.kind].Rates[w.rate].Exactly == nil {
		return CodedPayment{}, union.NewFault(union.ErrUndefined, "kind", "no rate that states the sum exactly", "one that applies")
	}
	sum, err := w.most.Times(payment.Count)
	if err != nil {
		return CodedPayment{}, union.Within("count", err)
	}
	return p.coded(payment, w.kind, sum)
}

// CodePaid reads a payment of which the sum is known from elsewhere, whatever the
// rates give; [Programme.Explain] says whether they could give it. It reports the
// faults of [Programme.CodePayment] for the kind, traits and count, and
// [union.ErrRange] for a sum of less than a fen each.
func (p Programme) CodePaid(payment Payment, sum union.Money) (CodedPayment, error) {
	if p.id.IsZero() {
		return CodedPayment{}, union.NewFault(union.ErrMissing, "rule", "", "")
	}
	kind, err := find(p.kinds, "kind", payment.Kind)
	if err != nil {
		return CodedPayment{}, err
	}
	if err := p.checkTraits(payment.Traits, nil); err != nil {
		return CodedPayment{}, err
	}
	return p.coded(payment, int(kind)-1, sum)
}

// coded finds the place of a payment that was checked.
func (p Programme) coded(payment Payment, kind int, sum union.Money) (CodedPayment, error) {
	coded := CodedPayment{Count: payment.Count, Sum: sum}
	if err := coded.check(); err != nil {
		return CodedPayment{}, err
	}
	place := kind
	for i, trait := range p.spec.Traits {
		place *= p.traits[i].Len() + 1
		if term := payment.Traits[trait.Key]; term != "" {
			code, _ := p.traits[i].Find(term) // checked
			place += int(code)
		}
	}
	coded.Place = place + 1
	return coded, nil
}

// check reports what is wrong with a coded payment by itself.
func (c CodedPayment) check() error {
	if c.Count <= 0 {
		return union.NewFault(union.ErrRange, "count", strconv.FormatInt(c.Count, 10), "above 0")
	}
	if c.Sum.Fen() < c.Count {
		return union.NewFault(union.ErrRange, "sum", c.Sum.String(), "at least a fen each")
	}
	return nil
}
