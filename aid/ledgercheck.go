package aid

import (
	"cmp"
	"maps"
	"slices"
	"strconv"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/internal/quote"
)

// The rules that a check of a ledger names.
const (
	ruleRecount  = "what the ledger says is what its entries amount to"
	ruleConserve = "opening and what came in, less what went out, is closing"
	ruleHas      = "a fund has at every time what leaves it"
	rulePosition = "what leaves a position lies there at every time"
	ruleCeiling  = "no more is granted than the ceiling, whoever grants it"
	ruleRecorded = "entries are recorded in the order in which they are posted"
	ruleResidue  = "what is left after a fund's last day goes where its residue goes"
)

// Check compares the ledger with its own entries, counted anew, and returns what
// does not agree. In its basic layer it looks for
//   - balances, reservations, pledges and counts under ceilings that are not what
//     the entries in posting order amount to;
//   - a fund whose opening, what came in and what went out do not make its closing;
//   - a fund that at some time had less than nothing, or than was reserved;
//   - a household or person that was granted more than a ceiling together with what
//     other ledgers have stated.
//
// Only the last can be of a ledger that is kept by [Ledger.Post], which refuses the
// others. If strict, it also looks, in the order of the effective days and, within
// one, of posting, for
//   - an entry with which a fund or a position falls below zero, since money was
//     given out before the day on which it had come in;
//   - an entry that was recorded before the one posted before it;
//   - money left in a fund after its last day, on the last effective day of all.
//
// What is sealed is taken to be as it was.
func (l *Ledger) Check(strict bool) []union.Finding {
	if l.ready() != nil {
		return nil
	}
	found := l.recount()
	found = append(found, l.conserved()...)
	found = append(found, l.overCeilings()...)
	if strict {
		found = append(found, l.inEffectiveOrder()...)
		found = append(found, l.recordedInOrder()...)
		found = append(found, l.unspent()...)
	}
	return found
}

// recount adds up the entries in posting order and compares.
func (l *Ledger) recount() []union.Finding {
	var found []union.Finding
	sum := l.opening.clone(l)
	for number := l.sealed + 1; int(number) <= l.Len(); number++ {
		r := l.row(number)
		sum.add(l, r)
		for _, side := range [...]codedSide{r.from, r.to} {
			if side.fund != 0 && sum.held(l, int(side.fund)) < sum.reserved[side.fund] || side.moves() && sum.cells[l.cellOf(side)] < 0 {
				found = append(found, union.Finding{Where: l.entryPlace(number), Rule: ruleHas, Got: l.spec(side.fund).Key})
			}
		}
	}
	compare := func(where string, got, want int64) {
		if got != want {
			found = append(found, union.Finding{Where: where, Rule: ruleRecount, Got: union.Fen(got).String(), Want: union.Fen(want).String()})
		}
	}
	var total, pledged int64
	for fund := 1; fund <= l.books.funds.Len(); fund++ {
		where := "funds." + l.spec(uint16(fund)).Key
		held := sum.held(l, fund)
		compare(where, l.state.held[fund], held)
		compare(where+".free", l.state.free[fund], held-sum.reserved[fund])
		compare(where+".pledged", l.state.pledged[fund], sum.pledged[fund])
		total, pledged = total+held, pledged+sum.pledged[fund]
	}
	for cell, fen := range sum.cells {
		fund, position := cell/l.books.positions.Len(), cell%l.books.positions.Len()
		compare("funds."+l.books.spec.Funds[fund].Key+"."+l.books.spec.Positions[position].Key, l.state.cells[cell], fen)
	}
	compare("total", l.state.total, total)
	compare("pledged", l.state.totalPledged, pledged)
	return append(found, l.recountHolders()...)
}

func (l *Ledger) spec(fund uint16) Fund { return l.books.spec.Funds[fund-1] }

func (l *Ledger) entryPlace(number uint32) string { return "entries." + quote.Key(l.idOf(number)) }

// A slotKey is a place where grants are counted: under a ceiling, for a holder, in
// a year.
type slotKey struct {
	ceiling uint16
	year    int16
	token   string
}

// A counting is what is counted in one place, and the greatest limit that held for
// any of it.
type counting struct {
	sum, times   int64
	limit        int64
	limited      bool
	own          bool // something of a ledger's own is in it
	overflowed   bool
	manyLedgers  map[string]bool
	withPriorsOf map[string]bool
}

func (c *counting) add(fen, times int64) {
	var f flow
	f.add(c.sum, 0)
	f.add(fen, 0)
	c.sum, c.overflowed, c.times = f.fen, c.overflowed || f.over, c.times+times
}

// granted counts what an own ledger grants and reserves: entries whose effect
// stands.
func (l *Ledger) granted(name string, into map[slotKey]*counting) {
	for number := l.sealed + 1; int(number) <= l.Len(); number++ {
		r := l.row(number)
		if !shapes[r.kind].hasUse || r.is(undone|settled) {
			continue
		}
		for _, j := range l.books.compiled.byPurpose[r.purpose] {
			b := &l.books.compiled.bounds[j]
			each := at(into, slotKey{ceiling: j, year: b.yearOf(r.effective), token: l.holdersOf(b).text(b.numberOf(r))})
			each.add(r.amount, 1)
			each.own = true
			each.manyLedgers[name] = true
			if limit, limited, err := b.limitOn(union.Code(r.class), r.effective); err == nil && limited {
				each.limit, each.limited = max(each.limit, limit), true
			}
		}
	}
}

// at returns the counting of a place, made if there was none.
func at(places map[slotKey]*counting, key slotKey) *counting {
	if places[key] == nil {
		places[key] = &counting{manyLedgers: map[string]bool{}, withPriorsOf: map[string]bool{}}
	}
	return places[key]
}

// stated counts what another ledger has stated.
func (b *Books) stated(key priorKey, sum priorSum, into map[slotKey]*counting) {
	purpose, _ := b.purposes.Find(key.use.Purpose)
	for _, i := range b.compiled.byPurpose[purpose] {
		token, _ := b.compiled.bounds[i].holderOf(key.use)
		each := at(into, slotKey{ceiling: i, year: b.compiled.bounds[i].begun(key.year), token: token})
		each.add(sum.amount, int64(sum.times))
		each.withPriorsOf[key.ledger] = true
	}
}

// recountHolders compares what counts under ceilings with the entries. What is
// sealed cannot be counted anew.
func (l *Ledger) recountHolders() []union.Finding {
	if l.sealed > 0 {
		return nil
	}
	counted := map[slotKey]*counting{}
	l.granted("", counted)
	for key, sum := range l.priors {
		l.books.stated(key, sum, counted)
	}
	var found []union.Finding
	for _, list := range [...]*holders{&l.households, &l.persons} {
		for number := range uint32(list.size()) {
			for _, each := range list.slots(number + 1) {
				if each.ceiling > 0 {
					key := slotKey{ceiling: each.ceiling - 1, year: each.year, token: list.text(number + 1)}
					want := *at(counted, key)
					if each.sum != want.sum || int64(each.times) != want.times {
						found = append(found, l.books.miscounted(key, each.sum, want.sum))
					}
					delete(counted, key)
				}
			}
		}
	}
	for _, key := range sorted(counted) {
		found = append(found, l.books.miscounted(key, 0, counted[key].sum))
	}
	return found
}

func (b *Books) miscounted(key slotKey, got, want int64) union.Finding {
	return union.Finding{Where: b.slotPlace(key), Rule: ruleRecount, Got: union.Fen(got).String(), Want: union.Fen(want).String()}
}

func (b *Books) slotPlace(key slotKey) string {
	bound := &b.compiled.bounds[key.ceiling]
	where := "ceilings." + bound.key + "." + bound.per.String() + "." + quote.Key(key.token)
	if key.year != 0 {
		where += "." + strconv.Itoa(int(key.year))
	}
	return where
}

// sorted returns the places in the order of ceilings, holders and years.
func sorted(places map[slotKey]*counting) []slotKey {
	return slices.SortedFunc(maps.Keys(places), func(a, b slotKey) int {
		return cmp.Or(cmp.Compare(a.ceiling, b.ceiling), cmp.Compare(a.token, b.token), cmp.Compare(a.year, b.year))
	})
}

// overCeilings finds what goes beyond ceilings together with what others state.
func (l *Ledger) overCeilings() []union.Finding {
	if len(l.priors) == 0 {
		return nil // Post lets nothing by
	}
	counted := map[slotKey]*counting{}
	l.granted("", counted)
	for key, sum := range l.priors {
		l.books.stated(key, sum, counted)
	}
	return l.books.broken(counted)
}

// broken returns the places where more is counted than a limit, or more often. A
// place where a ledger grants nothing itself is left to those who do.
func (b *Books) broken(counted map[slotKey]*counting) []union.Finding {
	var found []union.Finding
	for _, key := range sorted(counted) {
		each, bound := counted[key], &b.compiled.bounds[key.ceiling]
		switch {
		case !each.own:
		case each.limited && (each.overflowed || each.sum > each.limit):
			found = append(found, union.Finding{
				Where: b.slotPlace(key), Rule: ruleCeiling + each.who(), Got: union.Fen(each.sum).String(), Want: "at most " + union.Fen(each.limit).String(),
			})
		case bound.times > 0 && each.times > int64(bound.times):
			found = append(found, union.Finding{
				Where: b.slotPlace(key), Rule: ruleCeiling + each.who(), Got: strconv.FormatInt(each.times, 10) + " grants",
				Want: "at most " + strconv.Itoa(int(bound.times)),
			})
		}
	}
	return found
}

// who names the ledgers that have granted, if they are named.
func (c *counting) who() string {
	text, between := "", ": "
	for _, names := range [...]map[string]bool{c.manyLedgers, c.withPriorsOf} {
		for _, name := range slices.Sorted(maps.Keys(names)) {
			if name != "" {
				text += between + quote.Key(name)
				between = ", "
			}
		}
	}
	return text
}

// Reconcile lays the ledgers of several keepers side by side, each under the name
// by which the others' statements call it, and returns, in the order of the
// ceilings, the households and persons that were granted more than a ceiling by all
// of them together. It tells, and repairs nothing. What one of the ledgers has
// recognised of another is left out, since that one is there itself; of any other,
// the latest statement counts once. Whoever granted under a ceiling is named in the
// finding's rule. A ledger that is kept by other books is a finding and is left
// out; grants that are sealed are not looked at.
func (b Books) Reconcile(ledgers map[string]*Ledger) []union.Finding {
	var found []union.Finding
	if b.compiled == nil {
		return nil
	}
	counted, latest := map[slotKey]*counting{}, map[priorKey]priorSum{}
	for _, name := range slices.Sorted(maps.Keys(ledgers)) {
		ledger := ledgers[name]
		if ledger.Books().id != b.id {
			found = append(found, union.Finding{
				Where: "ledgers." + quote.Key(name), Rule: union.ErrRule.Error(), Got: ledger.Books().id.String(), Want: b.id.String(),
			})
			continue
		}
		ledger.granted(name, counted)
		for key, sum := range ledger.priors {
			before, known := latest[key]
			if _, here := ledgers[key.ledger]; !here && (!known || newer(sum, before)) {
				latest[key] = sum
			}
		}
	}
	for key, sum := range latest {
		b.stated(key, sum, counted)
	}
	return append(found, b.broken(counted)...)
}

// newer reports whether a statement takes the place of another: it is of a later
// day or, if the day is the same and the two differ, states more.
func newer(a, b priorSum) bool {
	return cmp.Or(a.asOf.Compare(b.asOf), cmp.Compare(a.amount, b.amount), cmp.Compare(a.times, b.times)) > 0
}

// conserved finds funds whose flows do not make the difference of their balances.
func (l *Ledger) conserved() []union.Finding {
	first := union.MustParseDate("0001-01-01")
	if !l.through.IsZero() {
		next, err := l.through.AddDays(1)
		if err != nil {
			return nil
		}
		first = next
	}
	period, _ := union.NewPeriod(first, union.Date{})
	made, err := l.Statement(period)
	if err != nil {
		return []union.Finding{{Where: "flows", Rule: union.ErrOverflow.Error()}}
	}
	var found []union.Finding
	for _, line := range append(made.Funds, made.Total) {
		if got, ok := line.balance(); !ok || got != line.Closing {
			found = append(found, union.Finding{Where: "funds." + line.Fund, Rule: ruleConserve, Got: line.Closing.String(), Want: got.String()})
		}
	}
	return found
}

// balance returns the closing that follows from opening and flows.
func (f FundLine) balance() (union.Money, bool) {
	sum, err := union.SumMoney(f.Opening, f.Received.Amount, f.Interest.Amount, f.In.Amount)
	if err != nil {
		return union.Money{}, false
	}
	out, err := union.SumMoney(f.Granted.Amount, f.Returned.Amount, f.Out.Amount)
	if err != nil {
		return union.Money{}, false
	}
	sum, err = sum.Sub(out)
	return sum, err == nil
}

// inEffectiveOrder finds the entries with which a fund or a position falls below
// zero in the order of effective days. Entries of the period that was closed at the
// last sealing are taken as one.
func (l *Ledger) inEffectiveOrder() []union.Finding {
	order := make([]uint32, l.posted.size())
	for i := range order {
		order[i] = l.sealed + uint32(i) + 1
	}
	slices.SortStableFunc(order, func(a, b uint32) int { return l.row(a).effective.Compare(l.row(b).effective) })
	sum := l.opening.clone(l)
	var found []union.Finding
	had := func(side codedSide) (fund, position int64) {
		if side.moves() {
			fund, position = sum.held(l, int(side.fund)), sum.at(l, int(side.position))
		}
		return fund, position
	}
	for _, number := range order {
		r := l.row(number)
		fund, position := had(r.from) // the other side has no less after it
		sum.add(l, r)
		if !r.effective.After(l.through) {
			continue
		}
		inFund, atPosition := had(r.from)
		if inFund < 0 && fund >= 0 {
			found = append(found, l.below(number, ruleHas, "funds."+l.spec(r.from.fund).Key, inFund))
		}
		if atPosition < 0 && position >= 0 {
			found = append(found, l.below(number, rulePosition, "positions."+l.books.spec.Positions[r.from.position-1].Key, atPosition))
		}
	}
	return found
}

func (l *Ledger) below(number uint32, rule, what string, fen int64) union.Finding {
	return union.Finding{
		Where: l.entryPlace(number), Rule: rule, Got: what + " at " + union.Fen(fen).String() + " on " + l.row(number).effective.String(),
		Want: "0.00 or more",
	}
}

// recordedInOrder finds entries that were recorded before the one posted before.
func (l *Ledger) recordedInOrder() []union.Finding {
	var found []union.Finding
	for number := l.sealed + 2; int(number) <= l.Len(); number++ {
		if r, before := l.row(number), l.row(number-1); r.recorded.Before(before.recorded) {
			found = append(found, union.Finding{
				Where: l.entryPlace(number), Rule: ruleRecorded, Got: r.recorded.String(), Want: before.recorded.String() + " or later",
			})
		}
	}
	return found
}

// unspent finds money in funds whose last day is past.
func (l *Ledger) unspent() []union.Finding {
	last := l.through
	for number := l.sealed + 1; int(number) <= l.Len(); number++ {
		if on := l.row(number).effective; on.After(last) {
			last = on
		}
	}
	var found []union.Finding
	for i, fund := range l.books.spec.Funds {
		if left := l.state.held[i+1]; left > 0 && !fund.Until.IsZero() && last.After(fund.Until) {
			found = append(found, union.Finding{
				Where: "funds." + fund.Key, Rule: ruleResidue, Got: union.Fen(left).String() + " on " + last.String(),
				Want: "0.00: what is left after " + fund.Until.String() + " goes " + l.books.residueText(uint16(i+1)),
			})
		}
	}
	return found
}

// Residue returns the entries that bring what is left in a fund after its last day
// to where its residue goes, one for each position at which it has money; posted,
// they leave it with nothing. Their IDs are that given, a dash and the key of the
// position. Open reservations are to be voided before. It fails with
//   - [union.ErrMissing], of a ledger without books and for no day;
//   - [union.ErrMissing] and [union.ErrUnknown], for the fund;
//   - [union.ErrRange], for a fund without a last day or a day that is not after
//     it.
func (l *Ledger) Residue(id, fund string, on union.Date, by, reason string) ([]Entry, error) {
	code, err := l.fund(fund)
	if err != nil {
		return nil, err
	}
	spec := l.spec(uint16(code))
	switch {
	case on.IsZero():
		return nil, union.NewFault(union.ErrMissing, "on", "", "")
	case spec.Until.IsZero():
		return nil, union.NewFault(union.ErrRange, "fund", quote.Key(fund), "a fund with a last day")
	case !on.After(spec.Until):
		return nil, union.NewFault(union.ErrRange, "on", on.String(), "a day after "+spec.Until.String())
	}
	var entries []Entry
	for i, position := range l.books.spec.Positions {
		fen := *l.cell(codedSide{fund: uint16(code), position: uint16(i + 1)})
		if fen == 0 {
			continue
		}
		entry := Entry{
			ID: id + "-" + position.Key, Kind: EntryReturn, From: Side{Fund: fund, Position: position.Key}, Amount: union.Fen(fen),
			Effective: on, Recorded: on, By: by, Reason: reason,
		}
		if spec.Residue != "" {
			entry.Kind, entry.To = EntryTransfer, Side{Fund: spec.Residue, Position: position.Key}
		}
		entries = append(entries, entry)
	}
	return entries, nil
}
