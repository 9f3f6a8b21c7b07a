package aid

import (
	"crypto/sha256"
	"encoding"
	"hash"
	"iter"
	"math"
	"strconv"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/internal/exact"
	"github.com/unioncampaign/union/internal/wire"
)

// actDocument names the JSON of an Act.
const actDocument = "aid.act/1"

// An Act is one line of a ledger's journal: exactly one of an entry, a statement
// of another ledger, and the closing of a period through a day. The same acts in
// the same order make the same ledger. Its JSON is a document "aid.act/1".
type Act struct {
	Entry *Entry      `json:"entry,omitempty"`
	Prior *Prior      `json:"prior,omitempty"`
	Close *union.Date `json:"close,omitempty"`
}

// An actSpec is an Act without its methods.
type actSpec Act

// MarshalJSON writes the act as a document "aid.act/1", with the faults of
// [union.WriteRule].
func (a Act) MarshalJSON() ([]byte, error) { return union.WriteRule(actDocument, actSpec(a)) }

// UnmarshalJSON reads a document "aid.act/1" with the faults of [union.ReadRule].
// Whether the act may be taken, the ledger says. On error a is unchanged.
func (a *Act) UnmarshalJSON(data []byte) error {
	var spec actSpec
	if err := union.ReadRule(data, actDocument, &spec); err != nil {
		return err
	}
	*a = Act(spec)
	return nil
}

// Take posts, recognises or closes, as the act says, and fails where [Ledger.Post],
// [Ledger.Recognise] and [Ledger.Close] do. An act that is not exactly one of the
// three is [union.ErrMissing].
func (l *Ledger) Take(act Act) error {
	given := 0
	for _, yes := range [...]bool{act.Entry != nil, act.Prior != nil, act.Close != nil} {
		if yes {
			given++
		}
	}
	switch {
	case given != 1:
		return union.NewFault(union.ErrMissing, "", strconv.Itoa(given)+" acts", "exactly one of entry, prior and close")
	case act.Entry != nil:
		return union.Within("entry", l.Post(*act.Entry))
	case act.Prior != nil:
		return union.Within("prior", l.Recognise(*act.Prior))
	}
	return union.Within("close", l.Close(*act.Close))
}

// Replay returns the ledger that the acts make in their order. It stops at the
// first that is refused, and says which it is. Of nil it is the empty ledger.
func (b Books) Replay(acts iter.Seq[Act]) (*Ledger, error) {
	ledger, i := b.Ledger(), 0
	if acts == nil {
		return ledger, nil
	}
	for act := range acts {
		if err := ledger.Take(act); err != nil {
			return nil, union.Within(union.Indexed("acts", i), err)
		}
		i++
	}
	return ledger, nil
}

// Recognise takes a statement of another ledger. It replaces what that ledger said
// before of the same use and year. What it says is a fact and not refused for a
// ceiling: what goes beyond one, [Ledger.Check] finds. The same statement again
// changes nothing. On error the ledger is as it was. It reports the first fault in
// this order:
//   - [union.ErrMissing], of a ledger without books;
//   - the faults of [union.CheckToken] for the ledger; [union.ErrMissing] for the
//     day; [union.ErrRange] for a year, an amount or a number that cannot be, for
//     grants without an amount or the other way round, and for a class; the faults
//     of CheckToken for the household and the person if they are given;
//   - [union.ErrMissing] and [union.ErrUnknown], for the purpose, and
//     [union.ErrMissing] for the household or the person that a ceiling counts;
//   - [union.ErrOrder], for a statement older than the one before, and
//     [union.ErrRepeated] for another of the same day;
//   - [union.ErrOverflow].
func (l *Ledger) Recognise(p Prior) error {
	if err := l.ready(); err != nil {
		return err
	}
	if err := p.check(); err != nil {
		return err
	}
	purpose, err := l.recognisable(p.For)
	if err != nil {
		return err
	}
	key := priorKey{ledger: p.Ledger, use: p.For, year: p.Year}
	before, known := l.priors[key]
	sum := priorSum{asOf: p.AsOf, amount: p.Amount.Fen(), times: int32(p.Times)}
	switch {
	case known && before == sum:
		return nil
	case known && p.AsOf.Before(before.asOf):
		return union.NewFault(union.ErrOrder, "as_of", p.AsOf.String(), before.asOf.String()+" or later")
	case known && p.AsOf == before.asOf:
		return union.NewFault(union.ErrRepeated, "as_of", p.AsOf.String()+" with other content", "a later statement")
	}
	more, times := sum.amount-before.amount, sum.times-before.times
	if err := l.tooMuch(purpose, &p, more, times); err != nil {
		return err
	}
	household, person := l.households.add(p.For.Household), l.persons.add(p.For.Person)
	for _, i := range l.books.compiled.byPurpose[purpose] {
		b := &l.books.compiled.bounds[i]
		number := household
		if b.per == PerPerson {
			number = person
		}
		l.holdersOf(b).count(number, i, b.begun(p.Year), more, times)
	}
	l.priors[key] = sum
	l.asides = append(l.asides, aside{after: uint32(l.Len()), prior: &p})
	return nil
}

// begun returns the year of a ceiling by the year in which it began, as yearOf
// does.
func (b *bound) begun(year int) int16 {
	if b.year == nil {
		return 0
	}
	return int16(year)
}

// recognisable returns the purpose of what another ledger has granted.
func (l *Ledger) recognisable(use Use) (union.Code, error) {
	for _, token := range [...]struct{ where, text string }{{"for.household", use.Household}, {"for.person", use.Person}} {
		if token.text != "" {
			if err := union.CheckToken(token.text); err != nil {
				return 0, union.Within(token.where, err)
			}
		}
	}
	purpose, err := find(l.books.purposes, "for.purpose", use.Purpose)
	if err != nil {
		return 0, err
	}
	return purpose, l.books.counts(uint16(purpose), use)
}

// tooMuch reports a statement that could not be counted.
func (l *Ledger) tooMuch(purpose union.Code, p *Prior, more int64, times int32) error {
	for _, i := range l.books.compiled.byPurpose[purpose] {
		b := &l.books.compiled.bounds[i]
		token, _ := b.holderOf(p.For)
		list := l.holdersOf(b)
		number, _ := list.find(token)
		sum, before := list.counted(number, i, b.begun(p.Year))
		if _, ok := exact.Add(sum, more); !ok || int64(before)+int64(times) > math.MaxInt32 {
			return union.NewFault(union.ErrOverflow, "amount", "", "")
		}
	}
	return nil
}

// Close closes the period through a day: no entry that is effective in it is taken
// any more. Closing it again changes nothing. It fails with [union.ErrMissing] of
// a ledger without books and for no day, and with [union.ErrOrder] for a day
// before the one through which it is closed, and then changes nothing.
func (l *Ledger) Close(through union.Date) error {
	if err := l.ready(); err != nil {
		return err
	}
	switch {
	case through.IsZero():
		return union.NewFault(union.ErrMissing, "through", "", "")
	case through.Before(l.closed):
		return union.NewFault(union.ErrOrder, "through", through.String(), l.closed.String()+" or later")
	case through == l.closed:
		return nil
	}
	l.closed = through
	l.asides = append(l.asides, aside{after: uint32(l.Len()), close: through})
	return nil
}

// Journal returns the acts that the ledger holds, in the order in which they were
// taken: all of them, or those since what is sealed.
func (l *Ledger) Journal() iter.Seq[Act] {
	return func(yield func(Act) bool) {
		if l != nil {
			l.acts(uint32(l.Len()), yield)
		}
	}
}

// acts yields the acts up to and with an entry, and what stands before the next.
func (l *Ledger) acts(until uint32, yield func(Act) bool) {
	asides := l.asides
	for number := l.sealed; ; number++ {
		for len(asides) > 0 && asides[0].after == number {
			if !yield(asides[0].act()) {
				return
			}
			asides = asides[1:]
		}
		if number == until {
			return
		}
		entry := l.entry(number + 1)
		if !yield(Act{Entry: &entry}) {
			return
		}
	}
}

// act returns a copy of the aside as an act.
func (a aside) act() Act {
	if a.prior == nil {
		through := a.close
		return Act{Close: &through}
	}
	prior := *a.prior
	return Act{Prior: &prior}
}

// Digest returns the SHA-256 of the journal in posting order, and of the identity
// of the books. Two parties whose ledgers have one digest hold the same history.
// It is computed when asked for, from all entries that are held. Sealing does not
// change it.
func (l *Ledger) Digest() [32]byte {
	var digest [32]byte
	if l == nil {
		return digest
	}
	sum := l.hashed(uint32(l.Len()))
	sum.Sum(digest[:0])
	return digest
}

// hashed returns the hash of the journal up to an entry.
func (l *Ledger) hashed(until uint32) hash.Hash {
	sum := sha256.New()
	if l.hash != nil {
		_ = sum.(encoding.BinaryUnmarshaler).UnmarshalBinary(l.hash) // which the same type has written
	} else {
		sum.Write([]byte("aid.journal/1\n" + l.books.id.String() + "\n"))
	}
	var room []byte
	l.acts(until, func(act Act) bool {
		room = act.append(room[:0])
		sum.Write(room)
		return true
	})
	return sum
}

// append writes an act so that no two that differ are written alike.
func (a Act) append(data []byte) []byte {
	var w wire.Writer
	switch {
	case a.Entry != nil:
		e := a.Entry
		w.Text("entry")
		w.Int(e.Amount.Fen())
		for _, text := range [...]string{
			e.ID, e.Kind.String(), e.From.Fund, e.From.Position, e.To.Fund, e.To.Position,
			e.Effective.String(), e.Recorded.String(), e.For.Household, e.For.Person, e.For.Purpose, e.For.Class,
			e.Of, e.By, e.Reason,
		} {
			w.Text(text)
		}
	case a.Prior != nil:
		p := a.Prior
		w.Text("prior")
		w.Int(p.Amount.Fen())
		w.Int(int64(p.Year))
		w.Int(int64(p.Times))
		for _, text := range [...]string{p.Ledger, p.AsOf.String(), p.For.Household, p.For.Person, p.For.Purpose} {
			w.Text(text)
		}
	default:
		w.Text("close")
		w.Text(a.Close.String())
	}
	written, _ := w.Bytes() // nothing in it can fail
	return append(data, written...)
}
