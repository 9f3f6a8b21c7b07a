package aid

import (
	"strconv"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/internal/exact"
	"github.com/unioncampaign/union/internal/wire"
)

// Visits tally visits: distinct workers by level, how often they were visited,
// and what they were brought, money and goods apart. Their size grows with the
// workers. They are not idempotent: a visit added twice is two visits to one
// worker.
//
// A plan makes empty ones by [VisitPlan.Visits]. The zero Visits are the
// identity of Merge and take the rule of what is merged into them; nothing can
// be added to them before.
type Visits struct {
	rule    union.RuleID
	workers []union.Register // by level
	times   int64
	inMoney int64 // visits with money, those with goods too among them
	inGoods int64 // visits with goods, those with money too among them
	inBoth  int64 // visits with both
	money   union.Money
	goods   int64
}

// Visits returns empty visits under the plan. Those under the zero VisitPlan are
// the zero Visits.
func (v VisitPlan) Visits() Visits {
	if v.id.IsZero() {
		return Visits{}
	}
	return Visits{rule: v.id, workers: make([]union.Register, v.levels.Len())}
}

// Rule returns the identity of the plan that the visits are counted under.
func (v Visits) Rule() union.RuleID { return v.rule }

// Add counts a visit. It reports the first of these faults, and then changes
// nothing:
//   - [union.ErrRule], for the zero Visits;
//   - [union.ErrRange], for a level that the plan does not have, for an amount
//     below zero and for goods below zero;
//   - [union.ErrOverflow], if an amount or a number could not be held;
//   - those of [union.CheckToken], for the worker.
func (v *Visits) Add(visit CodedVisit) error {
	if v.rule.IsZero() {
		return union.NewFault(union.ErrRule, "visits", v.rule.String(), "a plan's")
	}
	if visit.Level == 0 || int(visit.Level) > len(v.workers) {
		return union.NewFault(union.ErrRange, "level", strconv.Itoa(int(visit.Level)), "1 to "+strconv.Itoa(len(v.workers)))
	}
	if err := visit.check(); err != nil {
		return err
	}
	one := Visits{times: 1, money: visit.Amount, goods: visit.Goods}
	if !visit.Amount.IsZero() {
		one.inMoney = 1
	}
	if visit.Goods > 0 {
		one.inGoods, one.inBoth = 1, one.inMoney
	}
	total := *v
	if err := total.count(one); err != nil {
		return err
	}
	if _, err := v.workers[visit.Level-1].Add(visit.Worker); err != nil {
		return union.Within("worker", err)
	}
	*v = total
	return nil
}

// count adds the sums and numbers of other, its workers excepted.
func (v *Visits) count(other Visits) error {
	money, err := v.money.Add(other.money)
	if err != nil {
		return union.Within("amount", err)
	}
	for _, each := range []struct{ into, from *int64 }{
		{&v.times, &other.times}, {&v.inMoney, &other.inMoney}, {&v.inGoods, &other.inGoods},
		{&v.inBoth, &other.inBoth}, {&v.goods, &other.goods},
	} {
		var ok bool
		if *each.into, ok = exact.Add(*each.into, *each.from); !ok {
			return union.NewFault(union.ErrOverflow, "visits", "", "")
		}
	}
	v.money = money
	return nil
}

// Merge adds what other visits count, and shares nothing with them. On error v
// is unchanged; its errors:
//   - [union.ErrRule], for visits under another plan;
//   - [union.ErrOverflow], if an amount or a number could not be held.
func (v *Visits) Merge(other Visits) error {
	if other.rule.IsZero() {
		return nil
	}
	if v.rule.IsZero() {
		*v = Visits{rule: other.rule, workers: make([]union.Register, len(other.workers))}
	}
	if v.rule != other.rule {
		return union.NewFault(union.ErrRule, "visits", other.rule.String(), v.rule.String())
	}
	if len(v.workers) != len(other.workers) {
		return otherShape("visits", "other levels", v.rule)
	}
	total := *v
	if err := total.count(other); err != nil {
		return err
	}
	*v = total
	for i := range other.workers {
		if err := v.workers[i].Merge(other.workers[i]); err != nil {
			return err
		}
	}
	return nil
}

// visitsForm names the binary form of Visits: the workers by level, the visits,
// those with money, with goods and with both, the money in fen, and the goods.
const visitsForm = "aid.visits/1"

// AppendBinary appends the canonical binary form, as [union.WriteTally] does.
func (v Visits) AppendBinary(data []byte) ([]byte, error) {
	return union.WriteTally(data, visitsForm, v.rule, func(w *wire.Writer) {
		writeRegisters(w, v.workers)
		w.Fill([]int64{v.times, v.inMoney, v.inGoods, v.inBoth, v.money.Fen(), v.goods})
	})
}

// UnmarshalBinary reads what AppendBinary wrote, as [union.ReadTally] does; into
// the zero Visits those under any plan, else those under the same plan
// ([union.ErrRule]). What no visits give is [union.ErrText]. On error they are
// unchanged.
func (v *Visits) UnmarshalBinary(data []byte) error {
	var made Visits
	rule, err := union.ReadTally(data, visitsForm, v.rule, made.read)
	if err != nil {
		return err
	}
	if !v.rule.IsZero() && !rule.IsZero() && len(made.workers) != len(v.workers) {
		return otherShape("visits", "other levels", v.rule)
	}
	made.rule = rule
	*v = made
	return nil
}

// read reads the body, and refuses visits that cannot have been counted: each has
// a worker, and brings at least a fen or a piece if it is counted with those that
// do.
func (v *Visits) read(r *wire.Reader) {
	v.workers = readRegisters(r)
	var sums [6]int64
	r.Fill(sums[:])
	v.times, v.inMoney, v.inGoods, v.inBoth = sums[0], sums[1], sums[2], sums[3]
	v.money, v.goods = union.Fen(sums[4]), sums[5]
	var workers int64
	for _, each := range v.workers {
		workers += int64(each.Len())
	}
	switch {
	case len(v.workers) == 0:
		r.Refuse("no levels", "a plan's")
	case workers > v.times || workers == 0 && v.times > 0,
		v.inBoth > min(v.inMoney, v.inGoods) || v.inMoney > v.times-(v.inGoods-v.inBoth):
		r.Refuse("other workers than visits", "a worker visited each time")
	case v.money.Fen() < v.inMoney || v.inMoney == 0 && !v.money.IsZero(), v.goods < v.inGoods || v.inGoods == 0 && v.goods > 0:
		r.Refuse("other money or goods than visits bring", "what they bring")
	}
}

// Figures returns the figures of visits. Visits under another plan are
// [union.ErrRule]. Its keys, in this order:
//   - aid.visits: distinct workers, one who holds two levels once;
//   - aid.visits.times: visits;
//   - aid.visits.level.<level>: distinct workers visited as holders of a level;
//   - aid.visits.money: money brought;
//   - aid.visits.goods: goods brought, in the plan's measure.
func (v VisitPlan) Figures(visits Visits) ([]union.Figure, error) {
	if err := under(v.id, visits.rule, "visits"); err != nil {
		return nil, err
	}
	if !visits.rule.IsZero() && len(visits.workers) != v.levels.Len() {
		return nil, otherShape("visits", "other levels", v.id)
	}
	var workers union.Register
	byLevel := make([]int64, len(v.spec.Levels))
	var inputs []union.Input
	for i, level := range v.spec.Levels {
		if !visits.rule.IsZero() {
			byLevel[i] = int64(visits.workers[i].Len())
			if err := workers.Merge(visits.workers[i]); err != nil {
				return nil, err
			}
		}
		inputs = append(inputs, union.InputOf(level.Title, byLevel[i]))
	}
	sheet := union.NewFigureList("aid.VisitPlan.Figures", v.spec.Rule)
	sheet.Count("aid.visits", "走访慰问劳模人数", union.Persons, int64(workers.Len()), inputs...)
	sheet.Count("aid.visits.times", "走访慰问劳模人次", union.PersonTimes, visits.times,
		union.InputOf("发放慰问金", visits.inMoney), union.InputOf("发放慰问品", visits.inGoods),
		union.InputOf("其中：钱物兼有", visits.inBoth),
		union.InputOf("未发放钱物", visits.times-visits.inMoney-(visits.inGoods-visits.inBoth)))
	for i, level := range v.spec.Levels {
		sheet.Count("aid.visits.level."+level.Key, "走访慰问"+level.Title+"人数", union.Persons, byLevel[i], union.InputOf("劳模（同一人计一次）", byLevel[i]))
	}
	sheet.Money("aid.visits.money", "发放慰问金", visits.money, union.InputOf("发放慰问金人次", visits.inMoney))
	sheet.Count("aid.visits.goods", "发放慰问品", v.spec.Goods, visits.goods, union.InputOf("发放慰问品人次", visits.inGoods))
	return sheet.Figures()
}
