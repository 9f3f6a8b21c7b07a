package aid_test

import (
	"errors"
	"fmt"
	"iter"
	"maps"
	"reflect"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/aid"
	"github.com/unioncampaign/union/internal/laws"
)

// booksSpec are the books of the invented county. The central fund is for living
// and medical aid until the end of 2010, when what is left goes to the union's own;
// donations are for all but training, and those of the appeal go back after June.
// A household may get 12 months of the line a year for living, or 10 if its
// difficulty is relative; a person 2,000 yuan and two grants a school year.
func booksSpec() aid.BooksSpec {
	fixed := yuan("2000")
	line := func(times int64) *aid.LineTimes { return &aid.LineTimes{Area: "例县", Times: union.Whole(times)} }
	return aid.BooksSpec{
		Rule:    rule("books", "困难职工帮扶资金管理办法"),
		Sources: []union.Term{{Key: "centre", Title: "中央财政"}, {Key: "own", Title: "工会自筹"}, {Key: "donations", Title: "社会捐款"}},
		Purposes: []union.Term{
			{Key: "living", Title: "生活救助"}, {Key: "medical", Title: "医疗救助"}, {Key: "schooling", Title: "助学救助"},
			{Key: "university", Title: "高等教育", Within: "schooling"}, {Key: "training", Title: "职业培训"},
		},
		Classes:   []union.Term{{Key: "deep", Title: "深度困难"}, {Key: "relative", Title: "相对困难"}},
		Positions: []union.Term{{Key: "bank", Title: "帮扶专户"}, {Key: "cash", Title: "库存现金"}},
		Funds: []aid.Fund{
			{Key: "central", Title: "中央帮扶资金", Source: "centre", Purposes: []string{"living", "medical"}, Until: day("2010-12-31"), Residue: "general"},
			{Key: "general", Title: "工会自筹资金", Source: "own"},
			{Key: "donated", Title: "捐款", Source: "donations", Purposes: []string{"living", "medical", "schooling"}},
			{Key: "appeal", Title: "专项募捐", Source: "donations", Purposes: []string{"medical"}, Until: day("2010-06-30")},
		},
		Ceilings: []aid.Ceiling{
			{
				Key: "living", Title: "生活救助每户每年", Purposes: []string{"living"}, Per: aid.PerHousehold, Year: &aid.YearDay{Month: 1, Day: 1},
				Limits: []aid.Limit{{Classes: []string{"relative"}, Line: line(10)}, {Line: line(12)}},
			},
			{
				Key: "schooling", Title: "助学每人每学年", Purposes: []string{"schooling"}, Per: aid.PerPerson, Year: &aid.YearDay{Month: 9, Day: 1},
				Limits: []aid.Limit{{Fixed: &fixed}}, Times: 2,
			},
			{Key: "training", Title: "培训每户一次", Purposes: []string{"training"}, Per: aid.PerHousehold, Times: 1},
		},
		Lines: []aid.Line{
			{Area: "例县", Days: union.MustParsePeriod("2010-01-01/2010-06-30"), Amount: yuan("240")},
			{Area: "例县", Days: union.MustParsePeriod("2010-07-01/.."), Amount: yuan("260")},
		},
	}
}

var madeBooks = must(aid.NewBooks(booksSpec()))

func books() aid.Books { return madeBooks }

// A keeper is what the laws know of a ledger.
type keeper interface {
	Post(aid.Entry) error
	Recognise(aid.Prior) error
	Close(union.Date) error
	Balance(aid.Side) (union.Money, error)
	Available(string) (union.Money, error)
	Pledged(string) (union.Money, error)
	Open(string) union.Money
	Counted(string, aid.Use, union.Date) (union.Money, int, error)
	Statement(union.Period) (aid.Statement, error)
	Residue(id, fund string, on union.Date, by, reason string) ([]aid.Entry, error)
	Check(strict bool) []union.Finding
	Journal() iter.Seq[aid.Act]
	Digest() [32]byte
}

// A twin is a ledger with something changed.
type twin struct {
	*aid.Ledger
	post      func(l *aid.Ledger, e aid.Entry) error
	recognise func(l *aid.Ledger, p aid.Prior) error
	balance   func(l *aid.Ledger, s aid.Side) (union.Money, error)
	statement func(s aid.Statement) aid.Statement
	journal   func(l *aid.Ledger) iter.Seq[aid.Act]
	check     func(l *aid.Ledger, strict bool) []union.Finding
	residue   func([]aid.Entry) []aid.Entry
}

func (w twin) Post(e aid.Entry) error {
	if w.post != nil {
		return w.post(w.Ledger, e)
	}
	return w.Ledger.Post(e)
}

func (w twin) Recognise(p aid.Prior) error {
	if w.recognise != nil {
		return w.recognise(w.Ledger, p)
	}
	return w.Ledger.Recognise(p)
}

func (w twin) Balance(s aid.Side) (union.Money, error) {
	if w.balance != nil {
		return w.balance(w.Ledger, s)
	}
	return w.Ledger.Balance(s)
}

func (w twin) Statement(p union.Period) (aid.Statement, error) {
	s, err := w.Ledger.Statement(p)
	if w.statement != nil && err == nil {
		s = w.statement(s)
	}
	return s, err
}

func (w twin) Journal() iter.Seq[aid.Act] {
	if w.journal != nil {
		return w.journal(w.Ledger)
	}
	return w.Ledger.Journal()
}

func (w twin) Check(strict bool) []union.Finding {
	if w.check != nil {
		return w.check(w.Ledger, strict)
	}
	return w.Ledger.Check(strict)
}

func (w twin) Residue(id, fund string, on union.Date, by, reason string) ([]aid.Entry, error) {
	entries, err := w.Ledger.Residue(id, fund, on, by, reason)
	if w.residue != nil {
		entries = w.residue(entries)
	}
	return entries, err
}

func openLedger() keeper { return books().Ledger() }

// twinOf returns a maker of ledgers with something changed.
func twinOf(change func(w *twin)) func() keeper {
	return func() keeper {
		w := twin{Ledger: books().Ledger()}
		change(&w)
		return w
	}
}

var entryDays = []union.Date{
	day("2010-03-01"), day("2010-05-04"), day("2010-06-30"), day("2010-08-31"), day("2010-09-01"), day("2010-12-31"), day("2011-01-10"),
}

// drawEntry draws an entry that may well be taken after those posted before. What a
// list has first and an entry that was posted last are drawn most.
func drawEntry(r *rapid.T, n int, before []aid.Entry) aid.Entry {
	funds, positions := []string{"central", "general", "donated", "appeal"}, []string{"bank", "cash"}
	kind := rapid.SampledFrom([]aid.EntryKind{
		aid.EntryGrant, aid.EntryReverse, aid.EntryReserve, aid.EntryReceive, aid.EntryGrant, aid.EntryTransfer, aid.EntryReverse, aid.EntryVoid,
		aid.EntryReturn, aid.EntryPledge, aid.EntryInterest, aid.EntryRelease, aid.EntryReceive,
	}).Draw(r, "kind")
	on := rapid.IntRange(0, len(entryDays)-1).Draw(r, "day")
	e := aid.Entry{
		ID: fmt.Sprintf("e%d", n), Kind: kind, Effective: entryDays[on], Recorded: entryDays[rapid.IntRange(on, len(entryDays)-1).Draw(r, "recorded")],
		Amount: union.Fen(rapid.SampledFrom([]int64{100000, 240000, 50000, 200000, 1, 260000}).Draw(r, "amount")),
	}
	if rapid.IntRange(0, 9).Draw(r, "authority") > 0 {
		e.By, e.Reason = "县总〔2010〕5号", "更正"
	}
	fund := func() string { return rapid.SampledFrom(funds).Draw(r, "fund") }
	side := func() aid.Side {
		return aid.Side{Fund: fund(), Position: rapid.SampledFrom(positions).Draw(r, "position")}
	}
	from := func() aid.Side { // where money came in, mostly
		var reached []aid.Side
		for _, each := range before {
			if each.To.Position != "" {
				reached = append(reached, each.To)
			}
		}
		if len(reached) == 0 || rapid.IntRange(0, 4).Draw(r, "anywhere") == 4 {
			return side()
		}
		return rapid.SampledFrom(reached).Draw(r, "reached")
	}
	answers := func(kind aid.EntryKind) (aid.Entry, bool) {
		var fit []aid.Entry
		for _, each := range before {
			if kind == 0 || each.Kind == kind {
				fit = append(fit, each)
			}
		}
		if len(fit) == 0 {
			return aid.Entry{}, false
		}
		of := fit[len(fit)-1-rapid.IntRange(0, len(fit)-1).Draw(r, "of")]
		e.Of = of.ID
		if e.Effective.Before(of.Effective) && rapid.IntRange(0, 4).Draw(r, "later") > 0 {
			e.Effective = of.Effective
			if e.Recorded.Before(of.Effective) {
				e.Recorded = of.Effective
			}
		}
		return of, true
	}
	use := func() {
		e.For = aid.Use{
			Household: rapid.SampledFrom([]string{"H-1", "H-2"}).Draw(r, "household"),
			Person:    rapid.SampledFrom([]string{"P-1", "P-2"}).Draw(r, "person"),
			Purpose:   rapid.SampledFrom([]string{"living", "living", "medical", "schooling", "university", "training"}).Draw(r, "purpose"),
			Class:     rapid.SampledFrom([]string{"", "deep", "relative"}).Draw(r, "class"),
		}
	}
	switch kind {
	case aid.EntryPledge:
		e.To = aid.Side{Fund: fund()}
	case aid.EntryReceive:
		e.To = side()
		if rapid.Bool().Draw(r, "pledged") {
			if of, ok := answers(aid.EntryPledge); ok && rapid.IntRange(0, 4).Draw(r, "same") > 0 {
				e.To.Fund = of.To.Fund
			}
		}
	case aid.EntryInterest:
		e.To = side()
	case aid.EntryGrant:
		e.From = from()
		use()
		if rapid.Bool().Draw(r, "reserved") {
			if of, ok := answers(aid.EntryReserve); ok && rapid.IntRange(0, 4).Draw(r, "same") > 0 {
				e.From.Fund, e.For = of.From.Fund, of.For
			}
		}
	case aid.EntryReturn:
		e.From = from()
	case aid.EntryTransfer:
		e.From, e.To = from(), side()
		if e.From == e.To {
			e.To.Position = map[string]string{"bank": "cash", "cash": "bank"}[e.To.Position]
		}
	case aid.EntryReserve:
		e.From = aid.Side{Fund: from().Fund}
		use()
	case aid.EntryVoid, aid.EntryRelease:
		side, wanted := &e.To, aid.EntryReserve
		if kind == aid.EntryRelease {
			side, wanted = &e.From, aid.EntryPledge
		}
		side.Fund = fund()
		of, ok := answers(wanted)
		if !ok {
			e.Of = "none"
		} else if rapid.IntRange(0, 4).Draw(r, "same") > 0 {
			side.Fund = of.From.Fund + of.To.Fund
			if kind == aid.EntryVoid {
				e.Amount = of.Amount
			}
		}
	case aid.EntryReverse:
		of, ok := answers(0)
		if !ok {
			e.Of = "none"
			break
		}
		e.From, e.To, e.Amount = of.To, of.From, of.Amount
	}
	return e
}

var sentinels = []error{
	union.ErrMissing, union.ErrText, union.ErrRange, union.ErrUnknown, union.ErrRepeated, union.ErrOrder, union.ErrOverflow,
	aid.ErrClosed, aid.ErrSides, aid.ErrSpent, aid.ErrDeadline, aid.ErrPurpose, aid.ErrShort, aid.ErrCeiling,
}

// sentinelOf returns which sentinel an error is, in its words; nothing for no error.
func sentinelOf(err error) string {
	for _, each := range sentinels {
		if errors.Is(err, each) {
			return each.Error()
		}
	}
	return fmt.Sprint(err)
}

// refused reports whether there is a fault.
func refused(err error) bool { return len(union.Faults(err)) > 0 }

// A step is what was tried, and what came of it.
type step struct {
	entry aid.Entry
	err   error
}

// firstEntries are money that some funds have at first.
func firstEntries(r *rapid.T) []aid.Entry {
	var first []aid.Entry
	for _, fund := range rapid.SliceOfNDistinct(rapid.SampledFrom([]string{"central", "general", "donated", "appeal"}), 1, 4, rapid.ID).Draw(r, "funds") {
		first = append(first, receipt("in-"+fund, fund, "6000", "2010-03-01"))
	}
	return first
}

// walk posts money that is there at first and then drawn entries, and calls look
// after each.
func walk(r *rapid.T, l keeper, most int, look func(posted []aid.Entry, last step) error) error {
	var posted []aid.Entry
	first := firstEntries(r)
	for n := range len(first) + most - rapid.IntRange(0, most-1).Draw(r, "fewer steps") {
		var e aid.Entry
		if n < len(first) {
			e = first[n]
		} else {
			e = drawEntry(r, n, posted)
		}
		err := l.Post(e)
		if err == nil {
			posted = append(posted, e)
		}
		if err := look(posted, step{e, err}); err != nil {
			return fmt.Errorf("after %d, %+v: %w", n, e, err)
		}
	}
	return nil
}

// ---- the ledger does what the plain model does

func followsModel(open func() keeper) laws.Law {
	return func(r *rapid.T) error {
		l, m := open(), &model{spec: booksSpec()}
		var posted []aid.Entry
		for _, e := range firstEntries(r) {
			if err := errors.Join(m.post(e), l.Post(e)); err != nil {
				return err
			}
			posted = append(posted, e)
		}
		for n := range rapid.IntRange(1, 30).Draw(r, "steps") {
			switch rapid.IntRange(0, 39).Draw(r, "act") {
			case 0:
				p := aid.Prior{
					Ledger: rapid.SampledFrom([]string{"city", "province"}).Draw(r, "ledger"), AsOf: entryDays[min(n, len(entryDays)-1)],
					For: aid.Use{Household: "H-1", Purpose: "living"}, Year: rapid.IntRange(2010, 2011).Draw(r, "year"),
					Amount: union.Fen(rapid.SampledFrom([]int64{1, 100000, 250000}).Draw(r, "amount")), Times: 1,
				}
				if err := l.Recognise(p); err == nil {
					m.recognise(p)
				} else if !errors.Is(err, union.ErrRepeated) {
					return err
				}
			case 1:
				through := entryDays[rapid.IntRange(0, 1).Draw(r, "through")]
				if err := l.Close(through); err == nil {
					m.closed = through
				} else if !through.Before(m.closed) {
					return err
				}
			default:
				e := drawEntry(r, n, posted)
				if len(posted) > 0 && rapid.IntRange(0, 9).Draw(r, "again") == 0 {
					e.ID = posted[0].ID
					if rapid.Bool().Draw(r, "same") {
						e = posted[0]
					}
				}
				want, got := m.post(e), l.Post(e)
				if sentinelOf(got) != sentinelOf(want) {
					return fmt.Errorf("%+v: %s, want %s", e, sentinelOf(got), sentinelOf(want))
				}
				if got == nil {
					posted = append(posted, e)
				}
			}
			if err := m.agrees(asLedger(l)); err != nil {
				return err
			}
		}
		for _, finding := range l.Check(false) {
			if len(m.priors) == 0 {
				return errors.New(finding.String())
			}
		}
		return nil
	}
}

func asLedger(l keeper) *aid.Ledger {
	if w, ok := l.(twin); ok {
		return w.Ledger
	}
	return l.(*aid.Ledger)
}

func TestALedgerDoesWhatThePlainModelDoes(t *testing.T) {
	laws.Holds(t, followsModel(openLedger))
	for name, change := range map[string]func(w *twin){
		"a ceiling for each fund": func(w *twin) {
			w.post = func(l *aid.Ledger, e aid.Entry) error {
				if e.For.Household != "" {
					e.For.Household += "-" + e.From.Fund
				}
				return l.Post(e)
			}
		},
		"what others granted does not count": func(w *twin) { w.recognise = func(*aid.Ledger, aid.Prior) error { return nil } },
		"any authority will do": func(w *twin) {
			w.post = func(l *aid.Ledger, e aid.Entry) error {
				e.By, e.Reason = "x", "x"
				return l.Post(e)
			}
		},
		"the last content wins": func(w *twin) {
			w.post = func(l *aid.Ledger, e aid.Entry) error {
				if err := l.Post(e); !errors.Is(err, union.ErrRepeated) {
					return err
				}
				return nil
			}
		},
	} {
		t.Run(name, func(t *testing.T) { laws.Rejects(t, followsModel(twinOf(change))) })
	}
}

// ---- every entry takes from one side what it gives to the other

func twoSided(open func() keeper) laws.Law {
	sides := func(l keeper) map[aid.Side]int64 {
		all := map[aid.Side]int64{}
		for _, fund := range booksSpec().Funds {
			for _, position := range booksSpec().Positions {
				side := aid.Side{Fund: fund.Key, Position: position.Key}
				balance, _ := l.Balance(side)
				all[side] = balance.Fen()
			}
		}
		return all
	}
	return func(r *rapid.T) error {
		l := open()
		before := sides(l)
		return walk(r, l, 20, func(_ []aid.Entry, last step) error {
			want := maps.Clone(before)
			if last.err == nil {
				if last.entry.From.Position != "" {
					want[last.entry.From] -= last.entry.Amount.Fen()
				}
				if last.entry.To.Position != "" {
					want[last.entry.To] += last.entry.Amount.Fen()
				}
			}
			if before = sides(l); !maps.Equal(before, want) {
				return fmt.Errorf("the sides are %v, and not %v", before, want)
			}
			return nil
		})
	}
}

func TestEveryEntryHasTwoSides(t *testing.T) {
	laws.Holds(t, twoSided(openLedger))
	laws.Rejects(t, twoSided(twinOf(func(w *twin) {
		w.post = func(l *aid.Ledger, e aid.Entry) error {
			if e.Kind == aid.EntryTransfer { // one side alone
				e.Kind, e.To = aid.EntryReturn, aid.Side{}
			}
			return l.Post(e)
		}
	})))
}

// ---- opening and what came in, less what went out, is closing, for every fund

func conserves(open func() keeper) laws.Law {
	return func(r *rapid.T) error {
		l := open()
		from := rapid.SampledFrom(entryDays).Draw(r, "from")
		period := must(union.NewPeriod(from, day("2011-12-31")))
		var expected []aid.Entry
		return walk(r, l, 15, func(posted []aid.Entry, _ step) error {
			expected = posted
			s, err := l.Statement(period)
			if err != nil {
				return err
			}
			total := map[string]int64{}
			for _, line := range append(s.Funds, s.Total) {
				closing := line.Opening.Fen() + line.Received.Amount.Fen() + line.Interest.Amount.Fen() + line.In.Amount.Fen() -
					line.Granted.Amount.Fen() - line.Returned.Amount.Fen() - line.Out.Amount.Fen()
				if closing != line.Closing.Fen() {
					return fmt.Errorf("fund %s closes with %s, and not %d", line.Fund, line.Closing, closing)
				}
				if balance, _ := l.Balance(aid.Side{Fund: line.Fund}); balance != line.Closing {
					return fmt.Errorf("fund %s has %s and closes with %s", line.Fund, balance, line.Closing)
				}
				if line.Fund != "" {
					total["granted"] += line.Granted.Amount.Fen()
				}
			}
			var granted int64
			for _, e := range expected {
				m := &model{entries: expected}
				if e.Kind == aid.EntryGrant && period.Contains(e.Effective) {
					granted += e.Amount.Fen()
				}
				if base := m.base(e); e.Kind == aid.EntryReverse && base.Kind == aid.EntryGrant && period.Contains(e.Effective) {
					if e.To == base.From {
						granted -= e.Amount.Fen()
					} else {
						granted += e.Amount.Fen()
					}
				}
			}
			if granted != total["granted"] || granted != s.Total.Granted.Amount.Fen() {
				return fmt.Errorf("%d was granted, and not %d", granted, total["granted"])
			}
			return nil
		})
	}
}

func TestOpeningAndFlowsMakeTheClosing(t *testing.T) {
	laws.Holds(t, conserves(openLedger))
	laws.Rejects(t, conserves(twinOf(func(w *twin) {
		w.statement = func(s aid.Statement) aid.Statement { // what is reversed is left in
			for i := range s.Funds {
				if s.Funds[i].Granted.Entries < 0 {
					s.Funds[i].Granted = aid.Flow{}
				}
			}
			return s
		}
	})))
	laws.Rejects(t, conserves(twinOf(func(w *twin) {
		w.statement = func(s aid.Statement) aid.Statement { // what goes to another fund is taken twice
			for i := range s.Funds {
				s.Funds[i].Out.Amount = must(s.Funds[i].Out.Amount.Times(2))
			}
			return s
		}
	})))
	laws.Rejects(t, conserves(twinOf(func(w *twin) {
		w.statement = func(s aid.Statement) aid.Statement { // interest is taken for a gift as well
			for i := range s.Funds {
				s.Funds[i].Received.Amount = must(s.Funds[i].Received.Amount.Add(s.Funds[i].Interest.Amount))
			}
			return s
		}
	})))
}

// ---- all funds together are all positions together

func oneTotal(open func() keeper) laws.Law {
	return func(r *rapid.T) error {
		l := open()
		return walk(r, l, 20, func(_ []aid.Entry, _ step) error {
			total, _ := l.Balance(aid.Side{})
			var funds, positions int64
			for _, fund := range booksSpec().Funds {
				balance, _ := l.Balance(aid.Side{Fund: fund.Key})
				funds += balance.Fen()
			}
			for _, position := range booksSpec().Positions {
				balance, _ := l.Balance(aid.Side{Position: position.Key})
				positions += balance.Fen()
			}
			s, err := l.Statement(union.MustParsePeriod("2010-01-01/.."))
			if funds != total.Fen() || positions != total.Fen() || s.Total.Closing != total {
				return fmt.Errorf("funds have %d, positions %d, all is %s and closes with %s: %w", funds, positions, total, s.Total.Closing, err)
			}
			return nil
		})
	}
}

func TestAllFundsAreAllPositions(t *testing.T) {
	laws.Holds(t, oneTotal(openLedger))
	laws.Rejects(t, oneTotal(twinOf(func(w *twin) {
		w.balance = func(l *aid.Ledger, s aid.Side) (union.Money, error) {
			if s != (aid.Side{Position: "cash"}) {
				return l.Balance(s)
			}
			all, _ := l.Balance(s)
			appeal, _ := l.Balance(aid.Side{Fund: "appeal", Position: "cash"}) // forgotten
			return all.Sub(appeal)
		}
	})))
}

// ---- nothing leaves a fund but for its purposes or with authority

func keepsToPurposes(open func() keeper) laws.Law {
	m := &model{spec: booksSpec()}
	return func(r *rapid.T) error {
		return walk(r, open(), 20, func(_ []aid.Entry, last step) error {
			e := last.entry
			switch {
			case refused(last.err) || e.From.Fund == "" || e.From.Fund == e.To.Fund:
				return nil
			case e.Kind == aid.EntryGrant || e.Kind == aid.EntryReserve:
				if !m.within(e.For.Purpose, m.fund(e.From.Fund).Purposes) {
					return fmt.Errorf("%s for %s", e.From.Fund, e.For.Purpose)
				}
			case e.By == "" || e.Reason == "":
				return fmt.Errorf("a %s without authority", e.Kind)
			}
			return nil
		})
	}
}

func TestNothingLeavesAFundButForItsPurposes(t *testing.T) {
	laws.Holds(t, keepsToPurposes(openLedger))
	laws.Rejects(t, keepsToPurposes(twinOf(func(w *twin) {
		w.post = func(l *aid.Ledger, e aid.Entry) error {
			if e.Kind == aid.EntryTransfer {
				e.By, e.Reason = "x", "x"
			}
			return l.Post(e)
		}
	})))
	laws.Rejects(t, keepsToPurposes(twinOf(func(w *twin) {
		w.post = func(l *aid.Ledger, e aid.Entry) error {
			if e.For.Purpose == "training" {
				e.For.Purpose = "medical"
			}
			return l.Post(e)
		}
	})))
}

// ---- no fund is below zero after any entry, and a strict check finds every day on
// which one was

func neverBelow(open func() keeper) laws.Law {
	return func(r *rapid.T) error {
		l := open()
		return walk(r, l, 20, func(posted []aid.Entry, _ step) error {
			for _, fund := range booksSpec().Funds {
				held, _ := l.Balance(aid.Side{Fund: fund.Key})
				if free, _ := l.Available(fund.Key); held.Sign() < 0 || free.Sign() < 0 || held.Cmp(free) < 0 {
					return fmt.Errorf("%s has %s, of which %s are free", fund.Key, held, free)
				}
			}
			if found := l.Check(false); len(found) > 0 {
				return errors.New(found[0].String())
			}
			ordered := slices.Clone(posted)
			slices.SortStableFunc(ordered, func(a, b aid.Entry) int { return a.Effective.Compare(b.Effective) })
			held, want := map[string]int64{}, map[string]bool{}
			for _, e := range ordered {
				before := maps.Clone(held)
				if e.From.Position != "" {
					held[e.From.Fund] -= e.Amount.Fen()
				}
				if e.To.Position != "" {
					held[e.To.Fund] += e.Amount.Fen()
				}
				for fund := range held {
					if held[fund] < 0 && before[fund] >= 0 {
						want[fmt.Sprintf("entries.%q funds.%s at %s on %s", e.ID, fund, union.Fen(held[fund]), e.Effective)] = true
					}
				}
			}
			got := map[string]bool{}
			for _, finding := range l.Check(true) {
				if finding.Rule == "a fund has at every time what leaves it" {
					got[finding.Where+" "+finding.Got] = true
				}
			}
			if !maps.Equal(got, want) {
				return fmt.Errorf("the strict check finds %v, and not %v", got, want)
			}
			return nil
		})
	}
}

func TestNoFundIsBelowZeroAtAnyTime(t *testing.T) {
	laws.Holds(t, neverBelow(openLedger))
	laws.Rejects(t, neverBelow(twinOf(func(w *twin) { // looks at the end alone
		w.check = func(l *aid.Ledger, _ bool) []union.Finding { return l.Check(false) }
	})))
}

// ---- a reservation that is voided leaves all as it was, and none is posted twice

func voidsWholly(open func() keeper) laws.Law {
	return func(r *rapid.T) error {
		l := open()
		if err := walk(r, l, 15, func([]aid.Entry, step) error { return nil }); err != nil {
			return err
		}
		before := lookOf(l)
		reserve := aid.Entry{
			ID: "hold", Kind: aid.EntryReserve, From: aid.Side{Fund: "general"}, Amount: union.Fen(rapid.SampledFrom([]int64{2, 50001}).Draw(r, "hold")),
			Effective: day("2011-02-01"), Recorded: day("2011-02-01"), For: aid.Use{Household: "H-1", Person: "P-1", Purpose: "living"},
		}
		had, _ := l.Available("general")
		if refused(l.Post(reserve)) {
			return nil
		}
		reserved := lookOf(l)
		void := reserve
		void.ID, void.Kind, void.From, void.To, void.For, void.Of, void.By, void.Reason = "void", aid.EntryVoid, aid.Side{}, reserve.From, aid.Use{}, "hold", "x", "x"
		grant := reserve
		grant.ID, grant.Kind, grant.From.Position, grant.Of = "grant", aid.EntryGrant, "bank", "hold"
		grant.Amount = union.Fen(rapid.Int64Range(1, reserve.Amount.Fen()+1).Draw(r, "post"))
		if rapid.Bool().Draw(r, "post it") {
			if refused(l.Post(grant)) {
				return nil
			}
			free := must(had.Sub(grant.Amount)) // the rest of what was reserved is free again
			for _, again := range []aid.Entry{grant, void} {
				again.ID += "-again"
				if err := l.Post(again); !errors.Is(err, aid.ErrSpent) {
					return fmt.Errorf("a %s of what is posted: %w", again.Kind, err)
				}
			}
			if now, _ := l.Available("general"); now != free || grant.Amount.Cmp(reserve.Amount) > 0 {
				return fmt.Errorf("posted by %s, and %s are free", grant.Amount, now)
			}
			return nil
		}
		if err := l.Post(void); err != nil {
			return err
		}
		if after := lookOf(l); after != before || reserved == before {
			return fmt.Errorf("before %s, after %s", before, after)
		}
		return nil
	}
}

func asEntries(l keeper) []aid.Entry {
	var entries []aid.Entry
	for act := range l.Journal() {
		if act.Entry != nil {
			entries = append(entries, *act.Entry)
		}
	}
	return entries
}

// lookOf is all that can be seen of a ledger but its journal.
func lookOf(l keeper) string {
	text := ""
	for _, fund := range booksSpec().Funds {
		free, _ := l.Available(fund.Key)
		pledged, _ := l.Pledged(fund.Key)
		text += fmt.Sprint(fund.Key, " ", free, " ", pledged, "; ")
		for _, position := range booksSpec().Positions {
			balance, _ := l.Balance(aid.Side{Fund: fund.Key, Position: position.Key})
			text += fmt.Sprint(balance, " ")
		}
	}
	for _, household := range []string{"H-1", "H-2"} {
		for _, ceiling := range []string{"living", "training"} {
			for _, on := range []string{"2010-05-05", "2011-05-05"} {
				sum, times, _ := l.Counted(ceiling, aid.Use{Household: household}, day(on))
				text += fmt.Sprint(household, ceiling, on, sum, times, "; ")
			}
		}
	}
	for _, person := range []string{"P-1", "P-2"} {
		for _, on := range []string{"2010-05-05", "2010-10-05"} {
			sum, times, _ := l.Counted("schooling", aid.Use{Person: person}, day(on))
			text += fmt.Sprint(person, on, sum, times, "; ")
		}
	}
	for _, e := range asEntries(l) {
		if open := l.Open(e.ID); !open.IsZero() {
			text += fmt.Sprint(e.ID, " ", open, "; ")
		}
	}
	return text
}

func TestAReservationThatIsVoidedLeavesAllAsItWas(t *testing.T) {
	laws.Holds(t, voidsWholly(openLedger))
	laws.Rejects(t, voidsWholly(twinOf(func(w *twin) { // the remainder is lost
		w.balance = func(l *aid.Ledger, s aid.Side) (union.Money, error) {
			balance, err := l.Balance(s)
			for act := range l.Journal() {
				if e := act.Entry; e.Kind == aid.EntryVoid && e.To.Fund == s.Fund {
					balance = must(balance.Sub(union.Fen(1)))
				}
			}
			return balance, err
		}
	})))
	laws.Rejects(t, voidsWholly(twinOf(func(w *twin) { // it may be posted again
		w.post = func(l *aid.Ledger, e aid.Entry) error {
			if e.Kind == aid.EntryGrant && l.Open(e.Of).IsZero() {
				e.Of = ""
			}
			return l.Post(e)
		}
	})))
}

// ---- what was posted stays as it was, and a refused entry leaves no trace

func onlyGrows(open func() keeper) laws.Law {
	return func(r *rapid.T) error {
		l := open()
		var before []aid.Act
		digest, look := l.Digest(), lookOf(l)
		return walk(r, l, 20, func(posted []aid.Entry, last step) error {
			after := slices.Collect(l.Journal())
			if len(after) < len(before) || !reflect.DeepEqual(after[:len(before)], before) && len(before) > 0 {
				return errors.New("the journal does not begin as before")
			}
			if last.err != nil && (len(after) != len(before) || l.Digest() != digest || lookOf(l) != look) {
				return errors.New("a refused entry has left a trace")
			}
			if last.err == nil && (len(after) != len(before)+1 || l.Digest() == digest) {
				return errors.New("an entry has left no trace")
			}
			before, digest, look = after, l.Digest(), lookOf(l)
			return nil
		})
	}
}

func TestTheJournalOnlyGrows(t *testing.T) {
	laws.Holds(t, onlyGrows(openLedger))
	laws.Rejects(t, onlyGrows(twinOf(func(w *twin) { // a reversal strikes out what it reverses
		w.journal = func(l *aid.Ledger) iter.Seq[aid.Act] {
			struck := map[string]bool{}
			for act := range l.Journal() {
				if act.Entry.Kind == aid.EntryReverse {
					struck[act.Entry.Of] = true
				}
			}
			return func(yield func(aid.Act) bool) {
				for act := range l.Journal() {
					if struck[act.Entry.ID] {
						act.Entry.Amount = union.Money{}
					}
					if !yield(act) {
						return
					}
				}
			}
		}
	})))
	laws.Rejects(t, onlyGrows(twinOf(func(w *twin) { // what is refused for a ceiling is paid in part
		w.post = func(l *aid.Ledger, e aid.Entry) error {
			err := l.Post(e)
			if errors.Is(err, aid.ErrCeiling) {
				e.Amount = union.Fen(1)
				_ = l.Post(e)
			}
			return err
		}
	})))
}

// ---- a reversal takes back all, and its reversal gives all back

func reversesTwice(open func() keeper) laws.Law {
	return func(r *rapid.T) error {
		l := open()
		n := 0
		return walk(r, l, 12, func(posted []aid.Entry, last step) error {
			n++
			if refused(last.err) || last.entry.Kind == aid.EntryReverse {
				return nil
			}
			with := lookOf(l)
			back := opposite(last.entry, fmt.Sprintf("r%d", n))
			if refused(l.Post(back)) {
				return nil // as for a receipt that is spent
			}
			without := lookOf(l)
			again := opposite(back, fmt.Sprintf("rr%d", n))
			if err := l.Post(again); err != nil {
				return fmt.Errorf("what was just taken back cannot be given back: %w", err)
			}
			if got := lookOf(l); got != with || with == without {
				return fmt.Errorf("with it %s, again %s", with, got)
			}
			once := opposite(again, fmt.Sprintf("rrr%d", n))
			if err := l.Post(once); err != nil || lookOf(l) != without {
				return fmt.Errorf("without it %s, without it again %s: %w", without, lookOf(l), err)
			}
			return l.Post(opposite(once, fmt.Sprintf("rrrr%d", n)))
		})
	}
}

// opposite returns the reversal of an entry.
func opposite(e aid.Entry, id string) aid.Entry {
	return aid.Entry{
		ID: id, Kind: aid.EntryReverse, From: e.To, To: e.From, Amount: e.Amount, Effective: e.Effective, Recorded: e.Recorded,
		Of: e.ID, By: "县总〔2010〕5号", Reason: "更正",
	}
}

func TestTheReversalOfAReversalIsTheOriginal(t *testing.T) {
	laws.Holds(t, reversesTwice(openLedger))
	laws.Rejects(t, reversesTwice(twinOf(func(w *twin) { // with the wrong sign
		w.balance = func(l *aid.Ledger, s aid.Side) (union.Money, error) {
			balance, err := l.Balance(s)
			for act := range l.Journal() {
				if e := act.Entry; e.Kind == aid.EntryReverse && len(e.Of) > 1 && e.Of[0] == 'r' && e.To == s {
					balance = must(balance.Sub(must(e.Amount.Times(2))))
				}
			}
			return balance, err
		}
	})))
}

// ---- nobody is granted more than the ceiling

func keepsCeilings(open func() keeper) laws.Law {
	return func(r *rapid.T) error {
		l, m := open(), &model{spec: booksSpec()}
		for range rapid.IntRange(0, 2).Draw(r, "statements") {
			p := aid.Prior{
				Ledger: rapid.SampledFrom([]string{"city", "province"}).Draw(r, "ledger"), AsOf: day("2010-02-01"),
				For: aid.Use{Household: "H-1", Purpose: "living"}, Year: 2010, Amount: yuan("2000"), Times: 1,
			}
			if err := l.Recognise(p); err != nil {
				return err
			}
			m.recognise(p)
		}
		most := map[string]int64{}
		err := walk(r, l, 25, func(posted []aid.Entry, last step) error {
			m.entries = posted
			a := m.account()
			each := func(visit func(ceiling aid.Ceiling, place string, e aid.Entry) error) error {
				for _, ceiling := range m.spec.Ceilings {
					for _, id := range slices.Sorted(maps.Keys(a.counts)) {
						e := *a.counts[id]
						if !m.within(e.For.Purpose, ceiling.Purposes) {
							continue
						}
						place := fmt.Sprint(ceiling.Key, holderOf(ceiling, e.For), yearOf(ceiling, e.Effective))
						if err := visit(ceiling, place, e); err != nil {
							return err
						}
					}
				}
				return nil
			}
			// The line may rise within a year: the highest ceiling of any of its grants holds.
			_ = each(func(ceiling aid.Ceiling, place string, e aid.Entry) error {
				if limit, _ := m.limit(ceiling, e); limit != nil {
					most[place] = max(most[place], limit.Num().Int64())
				}
				return nil
			})
			return each(func(ceiling aid.Ceiling, place string, e aid.Entry) error {
				sum, times := m.counted(a, ceiling, holderOf(ceiling, e.For), yearOf(ceiling, e.Effective))
				if len(ceiling.Limits) > 0 && sum > most[place] || ceiling.Times > 0 && times > int64(ceiling.Times) {
					return fmt.Errorf("%s: %s in %d", place, union.Fen(sum), times)
				}
				return nil
			})
		})
		return errors.Join(err, upToTheCeiling(l, m))
	}
}

// upToTheCeiling goes on until a household has what the line of a day allows, with a
// grant of an earlier day among it: not a fen more is granted, and not a fen less.
func upToTheCeiling(l keeper, m *model) error {
	if err := l.Post(receipt("enough", "general", "10000", "2010-05-04")); err != nil {
		return err
	}
	m.entries = append(m.entries, receipt("enough", "general", "10000", "2010-05-04"))
	for i, each := range []struct {
		on   string
		left int64 // what is left by the grant
	}{{"2010-01-05", 1}, {"2010-05-04", -1}, {"2010-05-04", 0}, {"2010-05-04", -1}} {
		sum, _ := m.counted(m.account(), m.spec.Ceilings[0], "H-1", 2010)
		e := grant(fmt.Sprint("up-", i), "general", "H-1", "0.01", each.on)
		most := 12*24_000 - sum
		e.Amount = union.Fen(max(most-each.left, 1))
		if got, want := refused(l.Post(e)), e.Amount.Fen() > most; got != want {
			return fmt.Errorf("%s beside %s: refused is %t", e.Amount, union.Fen(sum), got)
		} else if !want {
			m.entries = append(m.entries, e)
		}
	}
	return nil
}

func TestNobodyIsGrantedMoreThanTheCeiling(t *testing.T) {
	laws.Holds(t, keepsCeilings(openLedger))
	laws.Rejects(t, keepsCeilings(twinOf(func(w *twin) { // a ceiling for each fund
		w.post = func(l *aid.Ledger, e aid.Entry) error {
			if e.For.Household != "" {
				e.For.Household += "-" + e.From.Fund
			}
			return l.Post(e)
		}
	})))
	laws.Rejects(t, keepsCeilings(twinOf(func(w *twin) { // what others granted is forgotten
		w.recognise = func(*aid.Ledger, aid.Prior) error { return nil }
	})))
}

// ---- several ledgers break a ceiling only together, and that is found

func reconciles(reconcile func(map[string]*aid.Ledger) []union.Finding) laws.Law {
	return func(r *rapid.T) error {
		ledgers := map[string]*aid.Ledger{"city": books().Ledger(), "county": books().Ledger()}
		sums, most := map[string]int64{}, map[string]int64{}
		for name, l := range ledgers {
			_ = name
			if err := l.Post(aid.Entry{
				ID: "in", Kind: aid.EntryReceive, To: aid.Side{Fund: "general", Position: "bank"}, Amount: yuan("100000"),
				Effective: day("2010-01-01"), Recorded: day("2010-01-01"),
			}); err != nil {
				return err
			}
		}
		for n := range rapid.IntRange(1, 8).Draw(r, "grants") {
			name := rapid.SampledFrom([]string{"city", "county"}).Draw(r, "ledger")
			e := aid.Entry{
				ID: fmt.Sprint(n), Kind: aid.EntryGrant, From: aid.Side{Fund: "general", Position: "bank"},
				Amount:    union.Fen(rapid.SampledFrom([]int64{1, 140000, 143999, 144000, 288000}).Draw(r, "amount")),
				Effective: rapid.SampledFrom([]union.Date{day("2010-03-01"), day("2011-03-01")}).Draw(r, "day"), Recorded: day("2011-03-01"),
				For: aid.Use{Household: rapid.SampledFrom([]string{"H-1", "H-2"}).Draw(r, "household"), Purpose: "living"},
			}
			if ledgers[name].Post(e) == nil {
				place := fmt.Sprintf("ceilings.living.household.%q.%d", e.For.Household, e.Effective.Year())
				sums[place] += e.Amount.Fen()
				most[place] = int64(288000)
				if e.Effective.Year() == 2011 {
					most[place] = 312000
				}
			}
		}
		want, got := map[string]bool{}, map[string]bool{}
		for place, sum := range sums {
			if sum > most[place] {
				want[place+" "+union.Fen(sum).String()] = true
			}
		}
		for _, finding := range reconcile(ledgers) {
			got[finding.Where+" "+finding.Got] = true
		}
		if !maps.Equal(got, want) {
			return fmt.Errorf("found %v, and not %v", got, want)
		}
		return nil
	}
}

func TestLedgersSideBySideShowWhatEachDoesNot(t *testing.T) {
	laws.Holds(t, reconciles(books().Reconcile))
	laws.Rejects(t, reconciles(func(ledgers map[string]*aid.Ledger) []union.Finding { // each by itself
		var found []union.Finding
		for name, l := range ledgers {
			found = append(found, books().Reconcile(map[string]*aid.Ledger{name: l})...)
		}
		return found
	}))
}

// ---- what is left at a fund's last day goes where its residue goes

func goesWhereItIsLeft(open func() keeper) laws.Law {
	return func(r *rapid.T) error {
		l := open()
		if err := walk(r, l, 15, func([]aid.Entry, step) error { return nil }); err != nil {
			return err
		}
		for _, fund := range booksSpec().Funds {
			if fund.Until.IsZero() {
				continue
			}
			for _, e := range asEntries(l) { // reservations are let go before
				if left := l.Open(e.ID); e.Kind == aid.EntryReserve && !left.IsZero() && e.From.Fund == fund.Key {
					void := aid.Entry{
						ID: "v" + e.ID, Kind: aid.EntryVoid, To: e.From, Amount: left, Effective: day("2011-02-01"), Recorded: day("2011-02-01"),
						Of: e.ID, By: "x", Reason: "x",
					}
					if err := l.Post(void); err != nil {
						return err
					}
				}
			}
			left, _ := l.Balance(aid.Side{Fund: fund.Key})
			before, _ := l.Balance(aid.Side{Fund: fund.Residue})
			entries, err := l.Residue("rest-"+fund.Key, fund.Key, day("2011-02-01"), "县总〔2011〕1号", "到期结余")
			if err != nil {
				return err
			}
			for _, e := range entries {
				if err := l.Post(e); err != nil {
					return err
				}
			}
			rest, _ := l.Balance(aid.Side{Fund: fund.Key})
			after, _ := l.Balance(aid.Side{Fund: fund.Residue})
			gained := after.Fen() - before.Fen()
			if fund.Residue == "" {
				gained = before.Fen() - after.Fen() // of all funds: it has left the books
			}
			if !rest.IsZero() || gained != left.Fen() {
				return fmt.Errorf("%s keeps %s, and %d of %s has gone where it should", fund.Key, rest, gained, left)
			}
		}
		return nil
	}
}

func TestWhatIsLeftGoesWhereTheResidueGoes(t *testing.T) {
	laws.Holds(t, goesWhereItIsLeft(openLedger))
	laws.Rejects(t, goesWhereItIsLeft(twinOf(func(w *twin) { // a fen is rounded away
		w.residue = func(entries []aid.Entry) []aid.Entry {
			for i := range entries {
				entries[i].Amount = union.Fen(entries[i].Amount.Fen() / 100 * 100)
			}
			return slices.DeleteFunc(entries, func(e aid.Entry) bool { return e.Amount.IsZero() })
		}
	})))
	laws.Rejects(t, goesWhereItIsLeft(twinOf(func(w *twin) { // into the general fund, whatever the rule
		w.residue = func(entries []aid.Entry) []aid.Entry {
			for i := range entries {
				entries[i].Kind, entries[i].To = aid.EntryTransfer, aid.Side{Fund: "general", Position: entries[i].From.Position}
			}
			return entries
		}
	})))
}

// ---- the journal makes the ledger again

func replays(again func(aid.Books, iter.Seq[aid.Act]) (*aid.Ledger, error)) laws.Law {
	return func(r *rapid.T) error {
		l := books().Ledger()
		if err := walk(r, l, 20, func(_ []aid.Entry, last step) error {
			if rapid.IntRange(0, 9).Draw(r, "close") == 0 {
				_ = l.Close(day("2010-03-01"))
			}
			if rapid.IntRange(0, 9).Draw(r, "state") == 0 {
				_ = l.Recognise(aid.Prior{
					Ledger: "city", AsOf: last.entry.Recorded, For: aid.Use{Household: "H-1", Purpose: "living"}, Year: 2010, Amount: yuan("100"), Times: 1,
				})
			}
			return nil
		}); err != nil {
			return err
		}
		made, err := again(books(), l.Journal())
		if err != nil {
			return err
		}
		if made.Digest() != l.Digest() || lookOf(made) != lookOf(l) || !reflect.DeepEqual(made, l) {
			return errors.New("another ledger comes of its journal")
		}
		return nil
	}
}

func TestTheJournalMakesTheLedgerAgain(t *testing.T) {
	laws.Holds(t, replays(aid.Books.Replay))
	laws.Rejects(t, replays(func(b aid.Books, acts iter.Seq[aid.Act]) (*aid.Ledger, error) { // entries alone
		return b.Replay(func(yield func(aid.Act) bool) {
			for act := range acts {
				if act.Entry != nil && !yield(act) {
					return
				}
			}
		})
	}))
}
