package simulate

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/aid"
)

// Ledgers have no merge: each has one keeper, and what several say together is
// reconciled.

// ceiling is the most that one household is granted for living, in fen.
const ceiling = 3000

// theBooks has two funds, of which the first is for living alone.
func theBooks() aid.Books {
	most := union.Fen(ceiling)
	return must(aid.NewBooks(aid.BooksSpec{
		Rule: rule("books"), Sources: terms("donations"), Purposes: terms("living", "medical"), Positions: terms("bank"),
		Funds: []aid.Fund{{Key: "living", Title: "生活", Source: "donations", Purposes: []string{"living"}}, {Key: "any", Title: "不限", Source: "donations"}},
		Ceilings: []aid.Ceiling{{
			Key: "household", Title: "每户每年", Purposes: []string{"living"}, Per: aid.PerHousehold, Year: &aid.YearDay{Month: 1, Day: 1},
			Limits: []aid.Limit{{Fixed: &most}},
		}},
	}))
}

// A keeper is a ledger and what it must hold, noted down the plainest way, in fen.
type keeper struct {
	ledger             *aid.Ledger
	post               func(*aid.Ledger, aid.Entry) error
	in, out            int64
	cash, held, pledge map[string]int64      // by fund
	granted            map[string]int64      // for living, by household; with what is reserved
	open               map[string]*aid.Entry // pledges and reservations with what is left of each
	taken              []aid.Entry
	reversed           map[string]bool
}

func newKeeper(books aid.Books) *keeper {
	return &keeper{
		ledger: books.Ledger(), post: (*aid.Ledger).Post, cash: map[string]int64{}, held: map[string]int64{}, pledge: map[string]int64{},
		granted: map[string]int64{}, open: map[string]*aid.Entry{}, reversed: map[string]bool{},
	}
}

// draw draws an entry.
func (k *keeper) draw(s *Source, id string, on union.Date) aid.Entry {
	fund := pick(s, "living", "any")
	cell, alone := aid.Side{Fund: fund, Position: "bank"}, aid.Side{Fund: fund}
	e := aid.Entry{ID: id, Amount: union.Fen(int64(s.From(1, 2000))), Effective: on, Recorded: on}
	use := aid.Use{Household: someToken(s, "h", 4), Purpose: pick(s, "living", "living", "medical")}
	of := func(kind aid.EntryKind) *aid.Entry {
		var all []*aid.Entry
		for _, id := range slices.Sorted(maps.Keys(k.open)) {
			if k.open[id].Kind == kind {
				all = append(all, k.open[id])
			}
		}
		if len(all) == 0 {
			return nil
		}
		return pick(s, all...)
	}
	e.Kind, e.To = aid.EntryReceive, cell
	switch s.Below(10) {
	case 0:
		e.Kind, e.To = aid.EntryPledge, alone
	case 1:
		if pledge := of(aid.EntryPledge); pledge != nil { // more than is promised too
			e.To.Fund, e.Of = pledge.To.Fund, pledge.ID
		}
	case 2, 3:
		e.Kind, e.From, e.To, e.For = aid.EntryGrant, cell, aid.Side{}, use
	case 4:
		e.Kind, e.From, e.To, e.For = aid.EntryReserve, alone, aid.Side{}, use
	case 5, 6:
		reserve := of(aid.EntryReserve)
		if reserve == nil {
			break
		}
		e.Amount, e.Of = reserve.Amount, reserve.ID
		if s.Chance(50) {
			e.Kind, e.To, e.By, e.Reason = aid.EntryVoid, reserve.From, "县总", "不再需要"
		} else {
			e.Kind, e.From, e.To, e.For = aid.EntryGrant, aid.Side{Fund: reserve.From.Fund, Position: "bank"}, aid.Side{}, reserve.For
			e.Amount = union.Fen(e.Amount.Fen() + int64(s.Below(3)) - 1)
		}
	case 7:
		other := map[string]string{"living": "any", "any": "living"}[fund]
		e.Kind, e.From, e.To, e.By, e.Reason = aid.EntryTransfer, cell, aid.Side{Fund: other, Position: "bank"}, "县总", "调剂"
	case 8:
		if len(k.taken) == 0 {
			break
		}
		before := pick(s, k.taken...)
		if before.Of != "" || before.Kind != aid.EntryReceive && before.Kind != aid.EntryGrant || k.reversed[before.ID] {
			return before // it comes a second time
		}
		e.Kind, e.From, e.To, e.Amount, e.Of, e.By, e.Reason = aid.EntryReverse, before.To, before.From, before.Amount, before.ID, "县总", "更正"
	}
	return e
}

// expect returns the fault with which an entry must be refused, in the order in which
// a ledger looks for them, and notes down one that must be taken.
func (k *keeper) expect(e aid.Entry) error {
	for _, each := range k.taken {
		switch {
		case each.ID == e.ID && each == e:
			return nil
		case each.ID == e.ID:
			return union.ErrRepeated
		}
	}
	n, from, to := e.Amount.Fen(), e.From.Fund, e.To.Fund
	if n <= 0 {
		return union.ErrRange
	}
	answered := k.open[e.Of]
	if answered != nil && n > answered.Amount.Fen() {
		return aid.ErrSpent
	}
	var undone aid.Entry
	if e.Kind == aid.EntryReverse {
		undone = k.taken[slices.IndexFunc(k.taken, func(each aid.Entry) bool { return each.ID == e.Of })]
	}
	leaves := e.Kind == aid.EntryGrant || e.Kind == aid.EntryTransfer || e.Kind == aid.EntryReserve || undone.Kind == aid.EntryReceive
	aids := e.Kind == aid.EntryGrant || e.Kind == aid.EntryReserve
	living := aids && e.For.Purpose == "living" && answered == nil
	switch {
	case aids && from == "living" && e.For.Purpose != "living":
		return aid.ErrPurpose
	case leaves && answered == nil && n > k.cash[from]-k.held[from]:
		return aid.ErrShort
	case living && k.granted[e.For.Household]+n > ceiling:
		return aid.ErrCeiling
	}
	if living {
		k.granted[e.For.Household] += n
	}
	switch e.Kind {
	case aid.EntryPledge:
		k.pledge[to] += n
		k.open[e.ID] = &e
	case aid.EntryReserve:
		k.held[from] += n
		k.open[e.ID] = &e
	case aid.EntryReceive:
		k.in += n
		k.cash[to] += n
	case aid.EntryGrant:
		k.out += n
		k.cash[from] -= n
	case aid.EntryTransfer:
		k.cash[from] -= n
		k.cash[to] += n
	case aid.EntryReverse:
		k.reversed[e.Of] = true
		if undone.Kind == aid.EntryReceive {
			k.in -= n
			k.cash[from] -= n
		} else {
			k.out -= n
			k.cash[to] += n
			if undone.For.Purpose == "living" {
				k.granted[undone.For.Household] -= n
			}
		}
	default: // moves no money
	}
	k.taken = append(k.taken, e)
	if answered == nil {
		return nil
	}
	if answered.Kind == aid.EntryPledge {
		k.pledge[to] -= n
		left := *answered
		left.Amount = union.Fen(left.Amount.Fen() - n)
		k.open[e.Of] = &left
		if left.Amount.Fen() > 0 {
			return nil
		}
	} else { // a reservation ends with the grant, and what is left of it is free again
		reserved := answered.Amount.Fen()
		k.held[answered.From.Fund] -= reserved
		if answered.For.Purpose == "living" {
			k.granted[answered.For.Household] -= reserved
			if e.Kind == aid.EntryGrant {
				k.granted[answered.For.Household] += n
			}
		}
	}
	delete(k.open, e.Of)
	return nil
}

// take posts an entry, which the ledger must take as it is expected to.
func (k *keeper) take(e aid.Entry) error {
	before := k.ledger.Digest()
	count := k.ledger.Len()
	want := k.expect(e)
	got := k.post(k.ledger, e)
	switch {
	case !errors.Is(got, want):
		return fmt.Errorf("%+v gives %w, and must give %w", e, fault(got), fault(want))
	case got != nil && (before != k.ledger.Digest() || count != k.ledger.Len()):
		return fmt.Errorf("%+v is refused (%w) and changes the ledger", e, got)
	}
	return k.holds(k.ledger)
}

// holds says what does not hold of a ledger with these entries: what came in is what
// went out and what is there, in each fund and in all.
func (k *keeper) holds(ledger *aid.Ledger) error {
	balance := func(fund string) int64 { return must(ledger.Balance(aid.Side{Fund: fund})).Fen() }
	broken := []error{
		equal("entries", int64(ledger.Len()), int64(len(k.taken))),
		equal("money in, less money out", balance(""), k.in-k.out),
	}
	for _, fund := range []string{"living", "any"} {
		broken = append(broken,
			equal(fund+": money", balance(fund), k.cash[fund]),
			equal(fund+": available", must(ledger.Available(fund)).Fen(), k.cash[fund]-k.held[fund]),
			equal(fund+": pledged", must(ledger.Pledged(fund)).Fen(), k.pledge[fund]))
	}
	if found := ledger.Check(false); len(found) > 0 {
		broken = append(broken, fmt.Errorf("found %v", found))
	}
	return errors.Join(broken...)
}

// account says what does not hold of a ledger's account of the year, and of its journal
// told again.
func (k *keeper) account(books aid.Books) error {
	statement, err := k.ledger.Statement(union.MustParsePeriod("2010-01-01/2010-12-31"))
	if err != nil {
		return err
	}
	var broken []error
	for _, line := range append(statement.Funds, statement.Total) {
		want := k.cash[line.Fund]
		if line.Fund == statement.Total.Fund {
			want = k.in - k.out
		}
		broken = append(broken,
			equal(line.Fund+": opening, what came in and what went out", line.Opening.Fen()+line.Received.Amount.Fen()+line.In.Amount.Fen()-
				line.Granted.Amount.Fen()-line.Out.Amount.Fen(), want),
			equal(line.Fund+": closing", line.Closing.Fen(), want))
	}
	again, err := books.Replay(k.ledger.Journal())
	if err != nil {
		return err
	}
	if again.Digest() != k.ledger.Digest() {
		broken = append(broken, errors.New("the journal told again is another"))
	}
	return errors.Join(append(broken, k.holds(again))...)
}

// keep keeps the ledgers of a few counties through a year, and reconciles them.
func keep(s *Source, books aid.Books, entries int, post func(*aid.Ledger, aid.Entry) error) error {
	keepers, ledgers := make([]*keeper, s.From(1, 3)), map[string]*aid.Ledger{}
	for i := range keepers {
		keepers[i] = newKeeper(books)
		keepers[i].post = post
		ledgers["c"+strconv.Itoa(i)] = keepers[i].ledger
	}
	for n := range entries {
		k := pick(s, keepers...)
		if err := k.take(k.draw(s, "e"+strconv.Itoa(n), dayOf(n%daysOfYear))); err != nil {
			return fmt.Errorf("entry %d: %w", n, err)
		}
	}
	all := map[string]int64{}
	for _, k := range keepers {
		if err := k.account(books); err != nil {
			return err
		}
		for household, n := range k.granted {
			all[household] += n
		}
	}
	over := int64(0)
	for _, n := range all {
		if n > ceiling {
			over++
		}
	}
	return equal("households over the ceiling by all ledgers", int64(len(books.Reconcile(ledgers))), over)
}
