package aid

import (
	"slices"
	"strconv"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/internal/exact"
	"github.com/unioncampaign/union/internal/wire"
)

// Payments tally what a programme paid: of each kind and each combination of
// traits how many got it and how much. Their size depends on the programme alone.
// They are not idempotent: a payment added twice was made twice. Whether one
// person is counted twice they cannot tell.
//
// A programme makes empty ones by [Programme.Payments]. The zero Payments are the
// identity of Merge and take the rule of what is merged into them; nothing can be
// added to them before.
type Payments struct {
	rule   union.RuleID
	counts []int64 // by place
	sums   []int64 // in fen
}

// Payments returns empty payments of the programme. Those of the zero Programme are
// the zero Payments.
func (p Programme) Payments() Payments {
	if p.id.IsZero() {
		return Payments{}
	}
	return Payments{rule: p.id, counts: make([]int64, p.cells), sums: make([]int64, p.cells)}
}

// Rule returns the identity of the programme that the payments are counted under.
func (p Payments) Rule() union.RuleID { return p.rule }

// Add counts a payment. It reports the first of these faults, and then changes
// nothing:
//   - [union.ErrRule], for the zero Payments;
//   - [union.ErrRange], for a place that the programme does not have, for a count
//     that is not above zero, and for a sum of less than a fen each;
//   - [union.ErrOverflow], if a count or a sum could not be held.
func (p *Payments) Add(payment CodedPayment) error {
	if p.rule.IsZero() {
		return union.NewFault(union.ErrRule, "payments", p.rule.String(), "a programme's")
	}
	if payment.Place < 1 || payment.Place > len(p.counts) {
		return union.NewFault(union.ErrRange, "place", strconv.Itoa(payment.Place), "1 to "+strconv.Itoa(len(p.counts)))
	}
	if err := payment.check(); err != nil {
		return err
	}
	at := payment.Place - 1
	count, fits := exact.Add(p.counts[at], payment.Count)
	sum, fitsToo := exact.Add(p.sums[at], payment.Sum.Fen())
	if !fits || !fitsToo {
		return union.NewFault(union.ErrOverflow, "payments", "", "")
	}
	p.counts[at], p.sums[at] = count, sum
	return nil
}

// Merge adds what other payments count, and shares nothing with them. On error p is
// unchanged; its errors:
//   - [union.ErrRule], for payments of another programme;
//   - [union.ErrOverflow], if a count or a sum could not be held.
func (p *Payments) Merge(other Payments) error {
	if other.rule.IsZero() {
		return nil
	}
	if !p.rule.IsZero() && p.rule != other.rule {
		return union.NewFault(union.ErrRule, "payments", other.rule.String(), p.rule.String())
	}
	if !p.rule.IsZero() && len(p.counts) != len(other.counts) {
		return otherShape("payments", "other kinds or traits", p.rule)
	}
	counts, sums := slices.Clone(other.counts), slices.Clone(other.sums)
	for i := range p.counts {
		var fits, fitsToo bool
		counts[i], fits = exact.Add(counts[i], p.counts[i])
		sums[i], fitsToo = exact.Add(sums[i], p.sums[i])
		if !fits || !fitsToo {
			return union.NewFault(union.ErrOverflow, "payments", "", "")
		}
	}
	*p = Payments{rule: other.rule, counts: counts, sums: sums}
	return nil
}

// paymentsForm names the binary form of Payments: how many places there are, the
// count of each, and the sum of each in fen.
const paymentsForm = "aid.payments/1"

// AppendBinary appends the canonical binary form, as [union.WriteTally] does.
func (p Payments) AppendBinary(data []byte) ([]byte, error) {
	return union.WriteTally(data, paymentsForm, p.rule, func(w *wire.Writer) {
		w.Len(len(p.counts))
		w.Fill(p.counts)
		w.Fill(p.sums)
	})
}

// UnmarshalBinary reads what AppendBinary wrote, as [union.ReadTally] does; into the
// zero Payments those of any programme, else those of the same ([union.ErrRule]).
// A sum of less than a fen each is [union.ErrText]. On error they are unchanged.
func (p *Payments) UnmarshalBinary(data []byte) error {
	var made Payments
	rule, err := union.ReadTally(data, paymentsForm, p.rule, func(r *wire.Reader) {
		places := r.Len(2) // a count and a sum take a byte each at least
		if places == 0 || places > mostPlaces {
			r.Refuse(strconv.Itoa(places)+" places", "a programme's")
			return
		}
		if !r.Room(2 * places) {
			return
		}
		room := make([]int64, 2*places)
		made.counts, made.sums = room[:places:places], room[places:]
		r.Fill(made.counts)
		r.Fill(made.sums)
		for i, n := range made.counts {
			if n > made.sums[i] || n == 0 && made.sums[i] > 0 {
				r.Refuse("a sum that nobody got, or of less than a fen each", "what payments give")
				return
			}
		}
	})
	if err != nil {
		return err
	}
	if rule.IsZero() {
		made = Payments{}
	}
	if !p.rule.IsZero() && !rule.IsZero() && len(made.counts) != len(p.counts) {
		return otherShape("payments", "other kinds or traits", p.rule)
	}
	made.rule = rule
	*p = made
	return nil
}

// A payout is what some got together.
type payout struct{ count, fen int64 }

// add adds to a payout, and reports whether it could be held.
func (o *payout) add(count, fen int64) bool {
	var fits, fitsToo bool
	o.count, fits = exact.Add(o.count, count)
	o.fen, fitsToo = exact.Add(o.fen, fen)
	return fits && fitsToo
}

// kindPayouts are what one kind paid: in all, and by trait and code, 0 being
// unknown.
type kindPayouts struct {
	all    payout
	traits [][]payout
}

// payouts adds the payments up by kind and by trait.
func (p Programme) payouts(payments Payments) ([]kindPayouts, error) {
	made := make([]kindPayouts, len(p.spec.Kinds))
	for i := range made {
		for _, codes := range p.traits {
			made[i].traits = append(made[i].traits, make([]payout, codes.Len()+1))
		}
	}
	for place, count := range payments.counts {
		if count == 0 {
			continue
		}
		fen, rest := payments.sums[place], place
		at := make([]int, len(p.traits))
		for i := len(p.traits) - 1; i >= 0; i-- {
			size := p.traits[i].Len() + 1
			at[i], rest = rest%size, rest/size
		}
		kind := &made[rest]
		fits := kind.all.add(count, fen)
		for i, code := range at {
			fits = fits && kind.traits[i][code].add(count, fen)
		}
		if !fits {
			return nil, union.NewFault(union.ErrOverflow, "payments", "", "")
		}
	}
	return made, nil
}

// Figures returns the figures of payments. Payments of another programme are
// [union.ErrRule], and sums that could not be held [union.ErrOverflow]. Its keys
// begin with aid.programme.<key>, in this order:
//   - .count: how many got aid, if all kinds count the same measure, else not
//     applicable; one who gets two kinds counts twice; .sum: what was paid;
//   - .kind.<kind>.count and .sum: of one kind;
//   - .kind.<kind>.<trait>.<term>.count and .sum: of them by each trait that the
//     kind's rates ask for.
//
// Beside each sum stands .wan, in 万元 as the programme prints it.
func (p Programme) Figures(payments Payments) ([]union.Figure, error) {
	if err := under(p.id, payments.rule, "payments"); err != nil {
		return nil, err
	}
	if !payments.rule.IsZero() && len(payments.counts) != p.cells {
		return nil, otherShape("payments", "other kinds or traits", p.id)
	}
	made, err := p.payouts(payments)
	if err != nil {
		return nil, err
	}
	sheet := payoutSheet{union.NewFigureList("aid.Programme.Figures", p.spec.Rule), p.spec.Wan}
	if err := p.totalFigures(sheet, made); err != nil {
		return nil, err
	}
	for i, kind := range p.spec.Kinds {
		key := p.prefix() + ".kind." + kind.Key
		sheet.add(key, kind.Title, kind.Measure, made[i].all, union.InputOf("发放"+string(kind.Measure)+"数", made[i].all.count))
		for _, t := range p.asks[i].traits {
			trait := p.spec.Traits[t]
			for code, term := range trait.Terms {
				part := made[i].traits[t][code+1]
				sheet.add(key+"."+trait.Key+"."+term.Key, kind.Title+"（"+term.Title+"）", kind.Measure, part,
					union.InputOf("发放"+string(kind.Measure)+"数", part.count))
			}
		}
	}
	return sheet.list.Figures()
}

func (p Programme) prefix() string { return "aid.programme." + p.spec.Key }

// totalFigures adds the figures over all kinds.
func (p Programme) totalFigures(sheet payoutSheet, made []kindPayouts) error {
	var all payout
	var inputs []union.Input
	measure, alike := p.spec.Kinds[0].Measure, true
	for i, kind := range p.spec.Kinds {
		if !all.add(made[i].all.count, made[i].all.fen) {
			return union.NewFault(union.ErrOverflow, "payments", "", "")
		}
		alike = alike && kind.Measure == measure
		inputs = append(inputs, union.Input{Name: kind.Title, Value: union.Fen(made[i].all.fen).String()})
	}
	if !alike {
		sheet.list.Absent(p.prefix()+".count", p.spec.Title+"发放数", "", union.NotApplicable, inputs...)
		sheet.sum(p.prefix(), p.spec.Title, all, inputs...)
		return nil
	}
	sheet.add(p.prefix(), p.spec.Title, measure, all, inputs...)
	return nil
}

// A payoutSheet makes the figures of payouts.
type payoutSheet struct {
	list *union.FigureList
	wan  union.Rounding
}

func (s payoutSheet) add(key, title string, measure union.Measure, of payout, inputs ...union.Input) {
	s.list.Count(key+".count", title+"发放数", measure, of.count, inputs...)
	s.sum(key, title, of, inputs...)
}

func (s payoutSheet) sum(key, title string, of payout, inputs ...union.Input) {
	sum := union.Fen(of.fen)
	s.list.Money(key+".sum", title+"发放金额", sum, inputs...)
	s.list.Number(key+".wan", title+"发放金额", "万元", sum.InWan(), s.wan, union.Input{Name: "金额（元）", Value: sum.String()})
}
