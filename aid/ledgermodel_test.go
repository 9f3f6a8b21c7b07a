package aid_test

import (
	"fmt"
	"math/big"
	"slices"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/aid"
)

// A model is a ledger as slow and as plain as can be: a list of entries, from which
// everything is worked out anew each time.
type model struct {
	spec    aid.BooksSpec
	entries []aid.Entry
	priors  []aid.Prior // the latest of each ledger, use and year
	closed  union.Date
}

func (m *model) clone() *model {
	c := *m
	c.entries, c.priors = slices.Clip(m.entries), slices.Clone(m.priors)
	return &c
}

func (m *model) find(id string) (aid.Entry, bool) {
	for i := range m.entries {
		if m.entries[i].ID == id {
			return m.entries[i], true
		}
	}
	return aid.Entry{}, false
}

// stands reports whether an entry is not reversed by one that is not reversed.
func (m *model) stands(id string) bool {
	for i := range m.entries {
		if e := &m.entries[i]; e.Kind == aid.EntryReverse && e.Of == id && m.stands(e.ID) {
			return false
		}
	}
	return true
}

// base returns what a chain of reversals begins with.
func (m *model) base(e aid.Entry) aid.Entry {
	for e.Kind == aid.EntryReverse {
		e, _ = m.find(e.Of)
	}
	return e
}

func (m *model) fund(key string) aid.Fund {
	for _, f := range m.spec.Funds {
		if f.Key == key {
			return f
		}
	}
	return aid.Fund{}
}

// within reports whether a purpose is one of a list, or within one.
func (m *model) within(purpose string, list []string) bool {
	if len(list) == 0 || slices.Contains(list, purpose) {
		return true
	}
	for _, term := range m.spec.Purposes {
		if term.Key == purpose && term.Within != "" {
			return m.within(term.Within, list)
		}
	}
	return false
}

// An account is what entries amount to.
type account struct {
	cells   map[aid.Side]int64
	held    map[string]int64
	free    map[string]int64
	pledged map[string]int64
	left    map[string]int64 // of pledges that stand and reservations that are open
	counts  map[string]*aid.Entry
}

func (m *model) account() account {
	a := account{map[aid.Side]int64{}, map[string]int64{}, map[string]int64{}, map[string]int64{}, map[string]int64{}, map[string]*aid.Entry{}}
	move := func(side aid.Side, fen int64) {
		a.cells[side] += fen
		a.held[side.Fund] += fen
		a.free[side.Fund] += fen
	}
	for i := range m.entries {
		e := &m.entries[i]
		if e.Kind == aid.EntryReverse || !m.stands(e.ID) {
			continue
		}
		fen := e.Amount.Fen()
		switch e.Kind {
		case aid.EntryPledge:
			a.left[e.ID] += fen
			a.pledged[e.To.Fund] += fen
		case aid.EntryRelease:
			a.left[e.Of] -= fen
			a.pledged[e.From.Fund] -= fen
		case aid.EntryReserve:
			a.left[e.ID] += fen
			a.free[e.From.Fund] -= fen
			a.counts[e.ID] = e
		case aid.EntryVoid:
			delete(a.left, e.Of)
			a.free[e.To.Fund] += fen
			delete(a.counts, e.Of)
		default:
			if e.From.Position != "" {
				move(e.From, -fen)
			}
			if e.To.Position != "" {
				move(e.To, fen)
			}
			if e.Kind == aid.EntryGrant {
				a.counts[e.ID] = e
			}
			if e.Kind == aid.EntryGrant && e.Of != "" {
				reserved, _ := m.find(e.Of)
				delete(a.left, e.Of)
				delete(a.counts, e.Of)
				a.free[e.From.Fund] += reserved.Amount.Fen()
			}
			if e.Kind == aid.EntryReceive && e.Of != "" {
				a.left[e.Of] -= fen
				a.pledged[e.To.Fund] -= fen
			}
		}
	}
	return a
}

// counted returns the sum and the number of grants under a ceiling.
func (m *model) counted(a account, c aid.Ceiling, holder string, year int) (int64, int64) {
	sum, times := int64(0), int64(0)
	for _, e := range a.counts {
		if m.within(e.For.Purpose, c.Purposes) && holderOf(c, e.For) == holder && yearOf(c, e.Effective) == year {
			sum += e.Amount.Fen()
			times++
		}
	}
	for _, p := range m.priors {
		if m.within(p.For.Purpose, c.Purposes) && holderOf(c, p.For) == holder && (c.Year == nil || p.Year == year) {
			sum += p.Amount.Fen()
			times += int64(p.Times)
		}
	}
	return sum, times
}

func holderOf(c aid.Ceiling, use aid.Use) string {
	if c.Per == aid.PerPerson {
		return use.Person
	}
	return use.Household
}

// yearOf counts back to the day on which the year began.
func yearOf(c aid.Ceiling, on union.Date) int {
	if c.Year == nil {
		return 0
	}
	if *c.Year == (aid.YearDay{Month: 1, Day: 1}) {
		return on.Year()
	}
	for int(on.Month()) != c.Year.Month || on.Day() != c.Year.Day {
		on, _ = on.AddDays(-1)
	}
	return on.Year()
}

// limit returns the limit of a ceiling for a use on a day, nil if there is none.
func (m *model) limit(c aid.Ceiling, e aid.Entry) (*big.Rat, error) {
	for _, limit := range c.Limits {
		if len(limit.Classes) > 0 && !slices.Contains(limit.Classes, e.For.Class) {
			continue
		}
		if limit.Fixed != nil {
			return big.NewRat(limit.Fixed.Fen(), 1), nil
		}
		for _, line := range m.spec.Lines {
			if line.Area == limit.Line.Area && line.Days.Contains(e.Effective) {
				times, _ := new(big.Rat).SetString(limit.Line.Times.String())
				return times.Mul(times, big.NewRat(line.Amount.Fen(), 1)), nil
			}
		}
		return nil, union.ErrRange
	}
	if len(c.Limits) > 0 {
		return nil, union.ErrUnknown
	}
	return nil, nil
}

// refuses returns the sentinel of the first fault in the published order, or nil.
// Entries that cannot be read and sides that do not fit are left to other tests.
func (m *model) refuses(e aid.Entry) error {
	if earlier, ok := m.find(e.ID); ok {
		if earlier != e {
			return union.ErrRepeated
		}
		return nil
	}
	if !e.Effective.After(m.closed) {
		return aid.ErrClosed
	}
	return m.refusesAt(m.account(), e)
}

// refusesAt goes on where what the entries amount to is known.
func (m *model) refusesAt(before account, e aid.Entry) error {
	if err := m.answers(before, e); err != nil {
		return err
	}
	between := e.Kind == aid.EntryTransfer && e.From.Fund != e.To.Fund
	if (between || slices.Contains([]aid.EntryKind{aid.EntryReturn, aid.EntryVoid, aid.EntryRelease, aid.EntryReverse}, e.Kind)) && (e.By == "" || e.Reason == "") {
		return union.ErrMissing
	}
	fund := m.fund(e.From.Fund)
	if e.Kind != aid.EntryReverse && e.Kind != aid.EntryRelease && !fund.Until.IsZero() && e.Effective.After(fund.Until) {
		inside := e.Kind == aid.EntryTransfer && e.To.Fund == fund.Key
		onward := e.Kind == aid.EntryTransfer && e.To.Fund == fund.Residue
		back := e.Kind == aid.EntryReturn && fund.Residue == ""
		if !inside && !onward && !back {
			return aid.ErrDeadline
		}
	}
	if (e.Kind == aid.EntryGrant || e.Kind == aid.EntryReserve) && !m.within(e.For.Purpose, fund.Purposes) {
		return aid.ErrPurpose
	}
	switch {
	case e.Of == "" && e.From == (aid.Side{}): // nothing is taken from anywhere
		return nil
	case e.Kind != aid.EntryReverse && e.From.Position != "" && before.cells[e.From] < e.Amount.Fen():
		return aid.ErrShort
	}
	next := m.clone()
	next.entries = append(next.entries, e)
	after := next.account()
	for _, cell := range after.cells {
		if cell < 0 {
			return aid.ErrShort
		}
	}
	for _, free := range after.free {
		if free < 0 {
			return aid.ErrShort
		}
	}
	for id, counted := range after.counts {
		if _, old := before.counts[id]; old {
			continue
		}
		for _, c := range m.spec.Ceilings {
			if !m.within(counted.For.Purpose, c.Purposes) {
				continue
			}
			sum, times := next.counted(after, c, holderOf(c, counted.For), yearOf(c, counted.Effective))
			limit, err := m.limit(c, *counted)
			if err != nil {
				return err
			}
			if limit != nil && big.NewRat(sum, 1).Cmp(limit) > 0 || c.Times > 0 && times > int64(c.Times) {
				return aid.ErrCeiling
			}
		}
	}
	return nil
}

// answers reports what is wrong with the entry that another answers.
func (m *model) answers(now account, e aid.Entry) error {
	if e.Of == "" {
		return nil
	}
	of, ok := m.find(e.Of)
	if !ok {
		return union.ErrUnknown
	}
	x := e // whose effect is had again, if it is a reversal of a reversal
	if e.Kind == aid.EntryReverse {
		base := m.base(of)
		if e.From != of.To || e.To != of.From || e.Amount != of.Amount || !m.stands(of.ID) {
			return aid.ErrSpent
		}
		next := m.clone()
		next.entries = append(next.entries, e)
		if next.stands(base.ID) == m.stands(base.ID) {
			return aid.ErrSpent
		}
		if m.stands(base.ID) { // taken back
			if (base.Kind == aid.EntryPledge || base.Kind == aid.EntryReserve) && now.left[base.ID] != base.Amount.Fen() {
				return aid.ErrSpent
			}
			return order(e, of)
		}
		x = base
	}
	if answered, ok := m.find(x.Of); ok {
		left := now.left[answered.ID]
		fits := map[aid.EntryKind]aid.EntryKind{
			aid.EntryReceive: aid.EntryPledge, aid.EntryRelease: aid.EntryPledge, aid.EntryGrant: aid.EntryReserve, aid.EntryVoid: aid.EntryReserve,
		}[x.Kind] == answered.Kind
		fits = fits && answered.From.Fund+answered.To.Fund == x.From.Fund+x.To.Fund && left >= x.Amount.Fen()
		if !fits || x.Kind == aid.EntryVoid && left != x.Amount.Fen() || x.Kind == aid.EntryGrant && answered.For != x.For {
			return aid.ErrSpent
		}
	}
	return order(e, of)
}

func order(e, of aid.Entry) error {
	if e.Effective.Before(of.Effective) {
		return union.ErrOrder
	}
	return nil
}

// post does what the model says and returns the sentinel with which it refuses.
func (m *model) post(e aid.Entry) error {
	err := m.refuses(e)
	if _, known := m.find(e.ID); err == nil && !known {
		m.entries = append(m.entries, e)
	}
	return err
}

func (m *model) recognise(p aid.Prior) {
	for i, before := range m.priors {
		if before.Ledger == p.Ledger && before.For == p.For && before.Year == p.Year {
			m.priors[i] = p
			return
		}
	}
	m.priors = append(m.priors, p)
}

// agrees returns an error unless a ledger says what the model does.
func (m *model) agrees(l *aid.Ledger) error { return m.agreesAt(m.account(), l) }

// agreesAt goes on where what the entries amount to is known.
func (m *model) agreesAt(a account, l *aid.Ledger) error {
	for _, fund := range m.spec.Funds {
		free, _ := l.Available(fund.Key)
		pledged, _ := l.Pledged(fund.Key)
		held, _ := l.Balance(aid.Side{Fund: fund.Key})
		got, want := [...]int64{free.Fen(), pledged.Fen(), held.Fen()}, [...]int64{a.free[fund.Key], a.pledged[fund.Key], a.held[fund.Key]}
		if got != want {
			return fmt.Errorf("%s has %d free, pledged and held, and not %d", fund.Key, got, want)
		}
		for _, position := range m.spec.Positions {
			side := aid.Side{Fund: fund.Key, Position: position.Key}
			if got, _ := l.Balance(side); got.Fen() != a.cells[side] {
				return fmt.Errorf("%v has %s, and not %d", side, got, a.cells[side])
			}
		}
	}
	for i := range m.entries {
		e := &m.entries[i]
		if got := l.Open(e.ID); got.Fen() != a.left[e.ID] {
			return fmt.Errorf("%s has %s left, and not %d", e.ID, got, a.left[e.ID])
		}
		for _, c := range m.spec.Ceilings {
			if e.For.Purpose == "" || !m.within(e.For.Purpose, c.Purposes) {
				continue
			}
			sum, times := m.counted(a, c, holderOf(c, e.For), yearOf(c, e.Effective))
			got, n, err := l.Counted(c.Key, e.For, e.Effective)
			if err != nil || got.Fen() != sum || int64(n) != times {
				return fmt.Errorf("%s counts %s in %d for %v, and not %d in %d: %w", c.Key, got, n, e.For, sum, times, err)
			}
		}
	}
	return nil
}
