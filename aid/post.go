package aid

import (
	"math"
	"strconv"
	"strings"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/internal/exact"
	"github.com/unioncampaign/union/internal/quote"
)

// Post adds an entry. The same entry again changes nothing and is no fault. On
// error the ledger is as it was. It reports the first fault in this order:
//   - [union.ErrMissing], of a ledger without books;
//   - what cannot be read: the faults of [union.CheckToken] for the ID;
//     [union.ErrUnknown] for the kind; [union.ErrRange] for an amount that is not
//     above zero; [union.ErrMissing] for a day, and [union.ErrOrder] for one of
//     recording before the effective one; [union.ErrRange] and [union.ErrText] for
//     an authority or a reason that is longer than 1024 bytes or not UTF-8; the
//     faults of CheckToken for the household and the person if they are given;
//   - [union.ErrRepeated], for an ID that the ledger has with other content;
//   - [ErrClosed], for an effective day in a closed period;
//   - [union.ErrUnknown], for a fund, a position, a purpose or a class that the
//     books do not have, the side from which before that to which;
//   - [ErrSides], for sides, a use or an answered entry that do not fit the kind,
//     and [union.ErrMissing] for what the kind needs, such as the household that a
//     ceiling counts;
//   - the entry that it answers: [union.ErrUnknown] if it is not there or sealed;
//     [ErrSpent] if it is of another kind, fund or use, or not open, or less is
//     left of it; [union.ErrOrder] if it is effective later;
//   - [union.ErrMissing], for the authority, then for the reason, of an entry that
//     needs them;
//   - [ErrDeadline], for a grant or a reservation after the fund's last day, and
//     then for money that leaves it otherwise than as its residue;
//   - [ErrPurpose], for a purpose that the fund is not for;
//   - [ErrShort], for more than the fund has at the position, or than it has in all
//     less what is reserved, and [union.ErrOverflow];
//   - the ceilings in the order of the books: [union.ErrUnknown] for a class that
//     one has no limit for, [union.ErrRange] for a day on which its line is not
//     known, [ErrCeiling] for what goes beyond it, and [union.ErrOverflow].
//
// A reversal takes back all that an entry has done: the money, what counts under
// ceilings, and what is left of the pledge or reservation that it answered; the
// reversal of a reversal does it again. It is refused where that cannot be done,
// as for a receipt that is spent. It is bound by balances and ceilings, and not by
// deadline and purpose, which bound what it reverses.
func (l *Ledger) Post(e Entry) error {
	if err := l.ready(); err != nil {
		return err
	}
	if err := e.check(); err != nil {
		return err
	}
	from := probes{id: l.posted.probe(e.ID), household: l.households.probe(e.For.Household), person: l.persons.probe(e.For.Person)}
	household, err := known(&l.households, "for.household", e.For.Household, from.household)
	if err != nil {
		return err
	}
	person, err := known(&l.persons, "for.person", e.For.Person, from.person)
	if err != nil {
		return err
	}
	if number := l.numberFrom(e.ID, from.id); number != 0 {
		if l.entry(number) != e {
			return union.NewFault(union.ErrRepeated, "id", quote.Key(e.ID)+" with other content", "a new ID")
		}
		return nil
	}
	if !e.Effective.After(l.closed) {
		return union.NewFault(ErrClosed, "effective", e.Effective.String(), "a day after "+l.closed.String())
	}
	p := posting{probes: from, row: row{
		amount: e.Amount.Fen(), kind: e.Kind, effective: e.Effective, recorded: e.Recorded,
		household: household, person: person,
	}}
	if err := l.code(&p.row, &e); err != nil {
		return err
	}
	if err := l.fits(&p.row, &e); err != nil {
		return err
	}
	if err := l.answer(&p, &e); err != nil {
		return err
	}
	if p.needsAuthority() {
		if err := e.authorised(); err != nil {
			return err
		}
	}
	if err := l.forbidden(&p.row); err != nil {
		return err
	}
	if err := l.short(&p); err != nil {
		return err
	}
	if err := l.beyond(&p); err != nil {
		return err
	}
	l.commit(&p, &e)
	return nil
}

// A posting is an entry on its way into the ledger, and the effect that it has:
// its own or, if it is a reversal, that of another entry.
type posting struct {
	row
	probes
	stranger     bool   // its household or person is not known yet
	sign         int64  // 1: the effect is had; -1: it is taken back
	target       *row   // of a reversal: what it reverses
	reversed     *row   // of a reversal: whose effect it is; nil: the posting's own
	effectNumber uint32 // its number
	open         *row   // the pledge or the reservation that the effect answers, or nil
	openNumber   uint32
}

// probes are those of the texts by which an entry is looked for.
type probes struct{ id, household, person probe }

// effect returns whose effect a posting has.
func (p *posting) effect() *row {
	if p.reversed != nil {
		return p.reversed
	}
	return &p.row
}

// known returns the number of a holder, 0 of one who is not known yet, and reports a
// text that cannot be one's token.
func known(list *holders, where, token string, from probe) (uint32, error) {
	if token == "" {
		return 0, nil
	}
	number := list.seek(token, from)
	if number == 0 {
		return 0, union.Within(where, union.CheckToken(token))
	}
	return number, nil
}

// code looks up what an entry names.
func (l *Ledger) code(r *row, e *Entry) (err error) {
	if r.from, err = l.books.codeSide("from", e.From); err != nil {
		return err
	}
	if r.to, err = l.books.codeSide("to", e.To); err != nil {
		return err
	}
	if e.For == (Use{}) {
		return nil
	}
	purpose, err := l.books.compiled.purposes.code("for.purpose", e.For.Purpose, l.books.purposes)
	if err != nil {
		return err
	}
	class, err := l.books.compiled.classes.code("for.class", e.For.Class, l.books.classes)
	r.purpose, r.class = uint16(purpose), uint16(class)
	return err
}

func (b *Books) codeSide(where string, side Side) (codedSide, error) {
	if side == (Side{}) {
		return codedSide{}, nil
	}
	fund, err := b.compiled.funds.code("fund", side.Fund, b.funds)
	if err != nil {
		return codedSide{}, union.Within(where, err)
	}
	position, err := b.compiled.positions.code("position", side.Position, b.positions)
	if err != nil {
		return codedSide{}, union.Within(where, err)
	}
	return codedSide{fund: uint16(fund), position: uint16(position)}, nil
}

// A sideKind says what one side of a kind of entry is.
type sideKind uint8

const (
	outside sideKind = iota
	aFund
	money // of a fund at a position
	anySide
)

var sideTexts = [...]string{"no fund", "a fund alone", "a fund and a position", ""}

func (s codedSide) kind() sideKind {
	switch {
	case s == codedSide{}:
		return outside
	case s.fund != 0 && s.position == 0:
		return aFund
	case s.fund != 0:
		return money
	}
	return anySide // a position without a fund, which no kind wants
}

// A shape is what the entries of a kind are made of.
type shape struct {
	from, to     sideKind
	answers      EntryKind // the kind that it answers, if any
	mustAnswer   bool
	hasUse       bool
	hasAuthority bool
}

var shapes = [...]shape{
	EntryPledge:   {to: aFund},
	EntryReceive:  {to: money, answers: EntryPledge},
	EntryInterest: {to: money},
	EntryGrant:    {from: money, answers: EntryReserve, hasUse: true},
	EntryReturn:   {from: money, hasAuthority: true},
	EntryTransfer: {from: money, to: money},
	EntryReserve:  {from: aFund, hasUse: true},
	EntryVoid:     {to: aFund, answers: EntryReserve, mustAnswer: true, hasAuthority: true},
	EntryRelease:  {from: aFund, answers: EntryPledge, mustAnswer: true, hasAuthority: true},
	EntryReverse:  {from: anySide, to: anySide, mustAnswer: true, hasAuthority: true},
}

// fits reports what the kind of an entry does not have, or needs.
func (l *Ledger) fits(r *row, e *Entry) error {
	s := &shapes[r.kind]
	if got := r.from.kind(); s.from != anySide && got != s.from {
		return union.NewFault(ErrSides, "from", sideTexts[got], sideTexts[s.from])
	}
	if got := r.to.kind(); s.to != anySide && got != s.to {
		return union.NewFault(ErrSides, "to", sideTexts[got], sideTexts[s.to])
	}
	if r.kind == EntryTransfer && r.from == r.to {
		return union.NewFault(ErrSides, "to", "the side that it comes from", "another")
	}
	if s.mustAnswer && e.Of == "" {
		return union.NewFault(union.ErrMissing, "of", "", "what the "+r.kind.String()+" answers")
	}
	if !s.mustAnswer && s.answers == 0 && e.Of != "" {
		return union.NewFault(ErrSides, "of", quote.Key(e.Of), "nothing that a "+r.kind.String()+" answers")
	}
	if !s.hasUse {
		if e.For != (Use{}) {
			return union.NewFault(ErrSides, "for", "a use", "none in a "+r.kind.String())
		}
		return nil
	}
	if r.purpose == 0 {
		return union.NewFault(union.ErrMissing, "for.purpose", "", "")
	}
	return l.books.counts(r.purpose, e.For)
}

// counts reports a holder whom a ceiling of the purpose counts and who is not
// given.
func (b *Books) counts(purpose uint16, use Use) error {
	for _, i := range b.compiled.byPurpose[purpose] {
		if _, err := b.compiled.bounds[i].holderOf(use); err != nil {
			return err
		}
	}
	return nil
}

// answer finds the entry that a posting answers, and the effect that it has.
func (l *Ledger) answer(p *posting, e *Entry) error {
	p.sign = 1
	p.stranger = e.For.Household != "" && p.row.household == 0 || e.For.Person != "" && p.row.person == 0
	if e.Of == "" {
		return nil
	}
	number := l.numberOf(e.Of)
	of := l.row(number)
	if of == nil {
		return union.NewFault(union.ErrUnknown, "of", quote.Key(e.Of), "an entry of the ledger")
	}
	p.of = number
	if p.kind == EntryReverse {
		if err := l.reverse(p, of); err != nil {
			return err
		}
	} else {
		p.open, p.openNumber = of, number
	}
	if err := l.spent(p); err != nil {
		return err
	}
	if p.effective.Before(of.effective) {
		return union.NewFault(union.ErrOrder, "effective", p.effective.String(), of.effective.String()+" or later")
	}
	return nil
}

// reverse finds the effect of a reversal.
func (l *Ledger) reverse(p *posting, target *row) error {
	p.target, p.reversed, p.effectNumber, p.sign = target, target, p.of, -1
	if target.kind == EntryReverse {
		p.reversed, p.effectNumber = l.row(target.base), target.base
		if !target.is(restores) {
			p.sign = 1
		}
	}
	switch {
	case p.from != target.to || p.to != target.from:
		return spentFault("sides", "those of the entry, exchanged")
	case p.amount != target.amount:
		return union.NewFault(ErrSpent, "amount", union.Fen(p.amount).String(), union.Fen(target.amount).String())
	case target.is(undone) || !l.turns(target, nil):
		return spentFault("an entry that is reversed", "one that is not")
	}
	p.base = p.effectNumber
	p.set(restores, p.sign > 0)
	if p.reversed.of != 0 {
		p.open, p.openNumber = l.row(p.reversed.of), p.reversed.of
	}
	return nil
}

// turns goes down the chain of what an entry reverses. If the entry stands no more,
// what it reversed stands again; if that is a reversal itself, what it reversed
// stands no more, and so on. It reports whether all of them would change: one that
// was also reversed by another would not. It calls set, if given, with each.
func (l *Ledger) turns(r *row, set func(r *row, stands bool)) bool {
	for stands := false; ; stands = !stands {
		if !stands && r.is(undone) {
			return false
		}
		if set != nil {
			set(r, stands)
		}
		if r.kind != EntryReverse {
			return true
		}
		r = l.row(r.of)
	}
}

func spentFault(got, want string) error { return union.NewFault(ErrSpent, "of", got, want) }

// spent reports why what an effect answers, or what it would take back, is not
// open.
func (l *Ledger) spent(p *posting) error {
	if p.sign < 0 {
		return l.answered(p)
	}
	x, open := p.effect(), p.open
	if open == nil {
		return nil
	}
	wanted := shapes[x.kind].answers
	fund := x.from.fund
	if x.kind == EntryVoid || x.kind == EntryReceive {
		fund = x.to.fund
	}
	switch {
	case open.kind != wanted:
		return spentFault("a "+open.kind.String(), "a "+wanted.String())
	case open.from.fund+open.to.fund != fund: // of which one is outside
		return spentFault("one of another fund", "one of the fund")
	case open.is(undone | settled):
		return spentFault("one that is reversed, posted or voided", "one that is open")
	case x.kind == EntryGrant && !l.sameUse(p, open, x):
		return spentFault("one for another use", "one for the use")
	}
	left := open.amount
	if wanted == EntryPledge {
		left = l.state.open[p.openNumber]
	}
	if x.amount > left || x.kind == EntryVoid && x.amount != left {
		return union.NewFault(ErrSpent, "amount", union.Fen(x.amount).String(), union.Fen(left).String()+", which is left of it")
	}
	return nil
}

// answered reports a pledge or reservation that cannot be taken back, since it was
// answered.
func (l *Ledger) answered(p *posting) error {
	x := p.effect()
	if x.kind == EntryPledge && l.state.open[p.effectNumber] != x.amount || x.is(settled) {
		return spentFault("one that was answered", "one that is open in whole")
	}
	return nil
}

// sameUse reports whether a reservation is for the use of a grant. A holder who is
// not known yet has none.
func (l *Ledger) sameUse(p *posting, open, x *row) bool {
	return !p.stranger && open.household == x.household && open.person == x.person && open.purpose == x.purpose && open.class == x.class
}

// needsAuthority reports whether an entry needs an authority and a reason.
func (p *posting) needsAuthority() bool {
	return shapes[p.kind].hasAuthority || p.kind == EntryTransfer && p.from.fund != p.to.fund
}

// forbidden reports money that would leave a fund after its last day or for what it
// is not for.
func (l *Ledger) forbidden(r *row) error {
	if r.from.fund == 0 || r.kind == EntryReverse || r.kind == EntryRelease {
		return nil
	}
	tables, fund := l.books.compiled, r.from.fund
	if until := tables.until[fund]; !until.IsZero() && r.effective.After(until) {
		residue := tables.residue[fund]
		switch {
		case r.kind == EntryTransfer && (r.to.fund == fund || r.to.fund == residue):
		case r.kind == EntryReturn && residue == 0:
		default:
			return union.NewFault(ErrDeadline, "effective", r.effective.String(), until.String()+" or earlier, or what is left to go "+l.books.residueText(fund))
		}
	}
	if shapes[r.kind].hasUse && !tables.allowed[fund][r.purpose] {
		purpose, _ := l.books.purposes.Term(union.Code(r.purpose))
		return union.NewFault(ErrPurpose, "for.purpose", quote.Key(purpose.Key), "a purpose of the fund "+quote.Key(l.books.spec.Funds[fund-1].Key))
	}
	return nil
}

// residueText says where what is left of a fund goes.
func (b *Books) residueText(fund uint16) string {
	if to := b.spec.Funds[fund-1].Residue; to != "" {
		return "to " + quote.Key(to)
	}
	return "back to the giver"
}

// short reports what would take more out of a fund than it has free, or out of one
// of its positions than lies there, and what would not fit.
//
// The sides of an effect tell what it does: the fund from which it goes has so much
// less free, that to which it goes so much more, whether it moves money or reserves
// it. Only pledges and releases do not.
func (l *Ledger) short(p *posting) error {
	x, amount := p.effect(), p.sign*p.amount
	switch {
	case x.kind == EntryPledge || x.kind == EntryRelease:
		return l.overPledged(p)
	case x.from.moves() && *l.cell(x.from) < amount:
		return l.shortOf(x.from, *l.cell(x.from), amount)
	case x.to.moves() && *l.cell(x.to) < -amount:
		return l.shortOf(x.to, *l.cell(x.to), -amount)
	}
	back := int64(0) // what a reservation gives back
	if p.open != nil && x.kind == EntryGrant {
		back = p.sign * p.open.amount
	}
	if fund := x.from.fund; fund != 0 && fund != x.to.fund && l.state.free[fund]+back < amount {
		return l.shortOf(codedSide{fund: fund}, l.state.free[fund], amount-back)
	}
	if fund := x.to.fund; fund != 0 && fund != x.from.fund && l.state.free[fund] < -amount {
		return l.shortOf(codedSide{fund: fund}, l.state.free[fund], -amount)
	}
	if x.from.moves() != x.to.moves() { // into the books or out of them
		into := amount
		if x.from.moves() {
			into = -amount
		}
		if _, ok := exact.Add(l.state.total, into); !ok {
			return union.NewFault(union.ErrOverflow, "amount", "", "")
		}
	}
	if x.kind == EntryReceive && p.open != nil {
		return l.overPledged(p)
	}
	return nil
}

// overPledged reports pledges that in all would not fit.
func (l *Ledger) overPledged(p *posting) error {
	more := p.sign * p.amount
	if p.effect().kind != EntryPledge {
		more = -more
	}
	if _, ok := exact.Add(l.state.totalPledged, more); !ok {
		return union.NewFault(union.ErrOverflow, "amount", "", "")
	}
	return nil
}

func (l *Ledger) shortOf(side codedSide, has, needs int64) error {
	of := l.side(side)
	got := quote.Key(of.Fund)
	if of.Position != "" {
		got += " at " + quote.Key(of.Position)
	}
	return union.NewFault(ErrShort, "amount", union.Fen(needs).String(), union.Fen(has).String()+" or less, which "+got+" has")
}

// counting returns whose count an effect adds under ceilings, and whose it takes
// away; either may be nil.
func (p *posting) counting() (more, less *row) {
	switch p.effect().kind {
	case EntryGrant:
		more, less = p.effect(), p.open
	case EntryReserve:
		more = p.effect()
	case EntryVoid:
		less = p.open
	default:
		return nil, nil
	}
	if p.sign < 0 {
		return less, more
	}
	return more, less
}

// beyond reports the first ceiling that a posting would break.
func (l *Ledger) beyond(p *posting) error {
	more, less := p.counting()
	if more == nil {
		return nil
	}
	tables := l.books.compiled
	for _, i := range tables.byPurpose[more.purpose] {
		b := &tables.bounds[i]
		year := b.yearOf(more.effective)
		sum, times := l.holdersOf(b).counted(b.numberOf(more), i, year)
		if less != nil && b.yearOf(less.effective) == year { // its use is the same
			sum -= less.amount
			times--
		}
		limit, limited, err := b.limitOn(union.Code(more.class), more.effective)
		if err != nil {
			return err
		}
		if limited && more.amount > limit-sum {
			return b.fault("amount", union.Fen(more.amount).String()+" beside "+union.Fen(sum).String(), union.Fen(limit).String())
		}
		if b.times > 0 && times >= b.times {
			return b.fault("times", "one more than "+strconv.Itoa(int(times)), strconv.Itoa(int(b.times)))
		}
		if _, ok := exact.Add(sum, more.amount); !ok || times == math.MaxInt32 {
			return union.NewFault(union.ErrOverflow, "amount", "", "")
		}
	}
	return nil
}

func (b *bound) fault(where, got, most string) error {
	return union.NewFault(ErrCeiling, where, got, "at most "+most+", as "+quote.Key(b.key)+" says")
}

// commit adds a posting that nothing refuses.
func (l *Ledger) commit(p *posting, e *Entry) {
	p.row.household = l.households.meet(p.row.household, e.For.Household, p.probes.household.hash)
	p.row.person = l.persons.meet(p.row.person, e.For.Person, p.probes.person.hash)
	p.note = l.noted(note{by: e.By, reason: e.Reason})
	number := uint32(l.Len()) + 1
	if p.effectNumber == 0 {
		p.effectNumber = number
	}
	l.apply(p)
	if p.target != nil {
		l.turns(p.target, func(r *row, stands bool) { r.set(undone, !stands) })
	}
	l.posted.put(e.ID, p.id.hash, &p.row)
}

// noted returns the number of a note. Entries in a row that were decided together
// share one.
func (l *Ledger) noted(n note) uint32 {
	if n == (note{}) {
		return 0
	}
	if last := len(l.notes) - 1; last < 0 || l.notes[last] != n {
		l.notes = append(l.notes, note{by: strings.Clone(n.by), reason: strings.Clone(n.reason)})
	}
	return l.skipped + uint32(len(l.notes))
}

// apply lets an effect be had, or takes it back.
func (l *Ledger) apply(p *posting) {
	x, amount, state := p.effect(), p.sign*p.amount, &l.state
	switch {
	case x.kind == EntryPledge:
		l.leave(p.effectNumber, x.to.fund, amount)
		return
	case x.kind == EntryRelease:
		l.leave(p.openNumber, x.from.fund, -amount)
		return
	case x.kind == EntryReceive && p.open != nil:
		l.leave(p.openNumber, x.to.fund, -amount)
	}
	if x.from.fund != 0 {
		state.free[x.from.fund] -= amount
		if x.from.moves() {
			*l.cell(x.from) -= amount
			state.held[x.from.fund] -= amount
			state.total -= amount
		}
	}
	if x.to.fund != 0 {
		state.free[x.to.fund] += amount
		if x.to.moves() {
			*l.cell(x.to) += amount
			state.held[x.to.fund] += amount
			state.total += amount
		}
	}
	if p.open != nil && p.open.kind == EntryReserve {
		p.open.set(settled, p.sign > 0)
		if x.kind == EntryGrant {
			state.free[x.from.fund] += p.sign * p.open.amount
		}
	}
	more, less := p.counting()
	l.count(more, 1)
	l.count(less, -1)
}

// leave changes what is left of a pledge to a fund.
func (l *Ledger) leave(pledge uint32, fund uint16, amount int64) {
	state := &l.state
	if state.open[pledge] += amount; state.open[pledge] == 0 {
		delete(state.open, pledge)
	}
	state.pledged[fund] += amount
	state.totalPledged += amount
}

// count adds a grant or a reservation to what counts under ceilings, or takes it
// away.
func (l *Ledger) count(r *row, sign int64) {
	if r == nil {
		return
	}
	tables := l.books.compiled
	for _, i := range tables.byPurpose[r.purpose] {
		b := &tables.bounds[i]
		l.holdersOf(b).count(b.numberOf(r), i, b.yearOf(r.effective), sign*r.amount, int32(sign))
	}
}
