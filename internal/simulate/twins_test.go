package simulate

import (
	"bytes"
	"errors"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/aid"
)

// caught says that the years of some seed break a law of a house with a broken twin, and
// of which the fault says so in these words.
func caught(t *testing.T, broken House, words string) {
	t.Helper()
	for seed := range uint64(300) {
		if err := broken.Run(seed, Small()); err != nil {
			assert.Contains(t, err.Error(), "seed ")
			assert.Contains(t, err.Error(), words)
			return
		}
	}
	t.Fatal("nothing is found in 300 seeds")
}

// houseOf returns a house of which only one tally is simulated.
func houseOf(kind Kind) House {
	house := theHouse()
	house.Kinds = []Kind{kind}
	return house
}

// twinOf returns a tally of twins of T.
func twinOf[U, T, R any](of tally[T, R], wrap func(T) U, in func(*U) *T) tally[U, R] {
	return tally[U, R]{
		empty: func() U { return wrap(of.empty()) },
		draw:  of.draw,
		add:   func(into *U, record R) error { return of.add(in(into), record) },
		law:   func(sum U, records []R) error { return of.law(*in(&sum), records) },
	}
}

// An honest twin differs in nothing.
type honest struct{ union.Ratio }

func (h *honest) Merge(other honest) error { return h.Ratio.Merge(other.Ratio) }

func honestRatios() tally[honest, union.Ratio] {
	return twinOf(ratios(), func(r union.Ratio) honest { return honest{r} }, func(h *honest) *union.Ratio { return &h.Ratio })
}

func TestATwinThatIsNotBrokenIsLawful(t *testing.T) {
	house := houseOf(fixed(honestRatios()))
	for seed := range uint64(50) {
		require.NoError(t, house.Run(seed, Small()))
	}
}

// keepsLast has what was merged last.
type keepsLast struct{ union.Ratio }

func (k *keepsLast) Merge(other keepsLast) error {
	if other.Ratio != (union.Ratio{}) {
		k.Ratio = other.Ratio
	}
	return nil
}

func TestAMergeThatKeepsTheLastIsCaught(t *testing.T) {
	twin := twinOf(ratios(), func(r union.Ratio) keepsLast { return keepsLast{r} }, func(k *keepsLast) *union.Ratio { return &k.Ratio })
	caught(t, houseOf(fixed(twin)), "one after the other, and in any order")
}

// arrivals are written in the order in which they came.
type arrivals struct{ tokens []string }

func (a *arrivals) Merge(other arrivals) error {
	for _, token := range other.tokens {
		if !slices.Contains(a.tokens, token) {
			a.tokens = append(slices.Clip(a.tokens), token)
		}
	}
	return nil
}

func (a *arrivals) AppendBinary(data []byte) ([]byte, error) {
	return append(data, strings.Join(a.tokens, ",")...), nil
}

func (a *arrivals) UnmarshalBinary(data []byte) error {
	a.tokens = nil
	if len(data) > 0 {
		a.tokens = strings.Split(string(data), ",")
	}
	return nil
}

func TestAnOrderThatIsKeptIsCaught(t *testing.T) {
	of := registers()
	register := func(a arrivals) union.Register {
		var made union.Register
		for _, token := range a.tokens {
			_, err := made.Add(token)
			require.NoError(t, err)
		}
		return made
	}
	caught(t, houseOf(fixed(tally[arrivals, string]{
		empty: func() arrivals { return arrivals{} },
		draw:  of.draw,
		add: func(a *arrivals, token string) error {
			if err := union.CheckToken(token); err != nil {
				return err
			}
			return a.Merge(arrivals{[]string{token}})
		},
		law: func(sum arrivals, records []string) error { return of.law(register(sum), records) },
	})), "order")
}

// lossy writes no part.
type lossy struct{ union.Ratio }

func (l *lossy) Merge(other lossy) error { return l.Ratio.Merge(other.Ratio) }

func (l *lossy) AppendBinary(data []byte) ([]byte, error) {
	return union.Ratio{Whole: l.Whole}.AppendBinary(data)
}

func TestACoderThatLosesAFieldIsCaught(t *testing.T) {
	twin := twinOf(ratios(), func(r union.Ratio) lossy { return lossy{r} }, func(l *lossy) *union.Ratio { return &l.Ratio })
	caught(t, houseOf(fixed(twin)), "part: 0, and the records have")
}

// aliases shares what it counts with what is merged into it.
type aliases struct{ sum *int64 }

func (a *aliases) Merge(other aliases) error {
	switch {
	case other.sum == nil:
	case a.sum == nil:
		a.sum = other.sum
	default:
		*a.sum += *other.sum
	}
	return nil
}

func (a *aliases) AppendBinary(data []byte) ([]byte, error) { return a.ratio().AppendBinary(data) }

func (a *aliases) UnmarshalBinary(data []byte) error {
	var read union.Ratio
	err := read.UnmarshalBinary(data)
	a.sum = &read.Whole
	return err
}

func (a *aliases) ratio() union.Ratio {
	if a.sum == nil {
		return union.Ratio{}
	}
	return union.Ratio{Whole: *a.sum}
}

func TestAMergeThatSharesWhatItCountsIsCaught(t *testing.T) {
	of := ratios()
	caught(t, houseOf(fixed(tally[aliases, union.Ratio]{
		empty: func() aliases { return aliases{} },
		draw:  of.draw,
		add: func(a *aliases, record union.Ratio) error {
			if record.Whole < 0 {
				return union.ErrRange
			}
			return a.Merge(aliases{&record.Whole})
		},
		law: func(sum aliases, records []union.Ratio) error {
			return equal("whole", sum.ratio().Whole, sumOf(records, func(r union.Ratio) int64 { return r.Whole }))
		},
	})), "")
}

func TestARefusalThatChangesSomethingIsCaught(t *testing.T) {
	twin := honestRatios()
	twin.add = func(into *honest, record union.Ratio) error {
		into.Part += record.Part // before it is looked at
		if record.Whole < 0 {
			return union.ErrRange
		}
		into.Whole += record.Whole
		return nil
	}
	caught(t, houseOf(fixed(twin)), "is refused")
}

func TestARecordThatIsTakenThoughWrongIsCaught(t *testing.T) {
	twin := honestRatios()
	twin.add = func(into *honest, record union.Ratio) error {
		if record.Whole < 0 {
			record = union.Ratio{}
		}
		return into.Ratio.Merge(record)
	}
	caught(t, houseOf(fixed(twin)), "gives no fault, and must give")
}

// A brokenPost is a rollup of which something is broken.
type brokenPost struct {
	*union.Rollup[honest]
	lastDay union.Date
	last    map[union.UnitID]honest
	on      map[union.UnitID]union.Date // of what is in force
	next    func() *brokenPost          // that of the last period there is
	fault   string
}

func (b *brokenPost) Report(unit union.UnitID, on union.Date, tally honest) error {
	if b.fault == "late twice" && on.After(b.lastDay) {
		if err := tally.Merge(tally); err != nil {
			return err
		}
	}
	err := b.Rollup.Report(unit, on, tally)
	if err == nil {
		b.last[unit], b.on[unit] = tally, on
	}
	if b.fault == "other content" && errors.Is(err, union.ErrRepeated) {
		return b.Rollup.Revise(unit, on, tally, "unasked")
	}
	return err
}

func (b *brokenPost) Revise(unit union.UnitID, on union.Date, tally honest, reason string) error {
	if b.fault == "revision adds" {
		if err := tally.Merge(b.last[unit]); err != nil {
			return err
		}
	}
	if last, reported := b.last[unit]; reported && b.fault == "confirms nothing" && tally == last && !on.IsZero() && reason != "" {
		return nil
	}
	err := b.Rollup.Revise(unit, on, tally, reason)
	switch {
	case b.fault == "last to come" && errors.Is(err, union.ErrOrder):
		err = b.Rollup.Revise(unit, b.on[unit], tally, reason)
	case b.fault == "every period" && err == nil && b.next() != b:
		_ = b.next().Rollup.Revise(unit, union.MustParseDate("2012-01-01"), tally, reason)
	}
	if err == nil {
		b.last[unit], b.on[unit] = tally, on
	}
	return err
}

func (b *brokenPost) Missing(within union.UnitID) []union.UnitID {
	if b.fault == "nothing missing" {
		return nil
	}
	return b.Rollup.Missing(within)
}

func postWith(fault string) House {
	twin := honestRatios()
	var made []*brokenPost // of one year after the other
	twin.rollup = func(tree union.Tree, due []union.UnitID, lastDay union.Date) (roller[honest], error) {
		rollup, err := union.NewRollup[honest](tree, due, lastDay)
		if lastDay.IsZero() || err != nil {
			return rollup, err
		}
		made = append(made, &brokenPost{
			Rollup: rollup, lastDay: lastDay, last: map[union.UnitID]honest{}, on: map[union.UnitID]union.Date{}, fault: fault,
			next: func() *brokenPost { return made[len(made)-1] },
		})
		return made[len(made)-1], nil
	}
	return houseOf(fixed(twin))
}

func TestALateReportThatIsCountedTwiceIsCaught(t *testing.T) {
	caught(t, postWith("late twice"), "what is in force, and the sum")
}

func TestARevisionThatIsAddedIsCaught(t *testing.T) {
	caught(t, postWith("revision adds"), "a letter of simulate.honest")
}

func TestOtherContentThatReplacesAReportUnaskedIsCaught(t *testing.T) {
	caught(t, postWith("other content"), "must give")
}

func TestAMissingReportThatIsNotNamedIsCaught(t *testing.T) {
	caught(t, postWith("nothing missing"), "are missing")
}

func TestARevisionThatIsTakenThoughALaterOneIsThereIsCaught(t *testing.T) {
	caught(t, postWith("last to come"), "order")
}

// Such was the library, until these years said so.
func TestARevisionThatConfirmsNothingIsCaught(t *testing.T) {
	caught(t, postWith("confirms nothing"), "order")
}

func TestARevisionThatChangesALaterPeriodIsCaught(t *testing.T) {
	caught(t, postWith("every period"), "a letter on period 0 changes period 1")
}

func TestAMoveThatChangesEarlierDaysIsCaught(t *testing.T) {
	house := theHouse()
	house.on = func(h union.Hierarchy, _ union.Date) (union.Tree, error) { return h.On(dayOf(daysOfYear - 1)) }
	caught(t, house, "")
}

// lateBy returns facts of which closings are so many days late.
func lateBy(facts []union.Fact, days int) []union.Fact {
	for i, fact := range facts {
		if fact.Close != nil {
			facts[i].On = must(fact.On.AddDays(days))
		}
	}
	return facts
}

func TestAClosingThatIsADayLateIsCaught(t *testing.T) {
	house := theHouse()
	house.on = func(h union.Hierarchy, day union.Date) (union.Tree, error) {
		return must(union.NewHierarchy(lateBy(h.Facts(), 1)...)).On(day)
	}
	caught(t, house, "is closed and stands on the day")
}

func TestAClosedUnitWhoseCountGoesToAnotherIsCaught(t *testing.T) {
	house := theHouse()
	house.carry = func(h union.Hierarchy, amounts map[string]int64, from, until union.Date) (map[string]int64, error) {
		handed := int64(0)
		left := maps.Clone(amounts)
		for _, key := range closedOn(h.Facts(), until) {
			handed += left[key]
			delete(left, key)
		}
		if keys := slices.Sorted(maps.Keys(left)); len(keys) > 0 {
			left[keys[0]] += handed
		}
		return h.Carry(left, from, until)
	}
	caught(t, house, "what closed units recorded gives no fault, and must give must be given")
}

func TestAClosedUnitThatComesBackIsCaught(t *testing.T) {
	house := theHouse()
	house.know = func(h union.Hierarchy, facts ...union.Fact) (union.Hierarchy, error) {
		if facts[0].Found != nil {
			return h, nil
		}
		return h.Append(facts...)
	}
	caught(t, house, "gives no fault, and must give given more than once")
}

func TestAReportOfAUnitThatHasEndedIsCaught(t *testing.T) {
	twin := honestRatios()
	kind := kindOf(func(n *Nation) tally[honest, union.Ratio] {
		twin := twin
		twin.find = func(tree union.Tree, key string) (union.UnitID, error) {
			id, err := tree.Find(key)
			if err != nil { // where it stood at first, though another may stand there now
				return must(n.Hierarchy.On(firstDay())).Find(key)
			}
			return id, nil
		}
		return twin
	})
	caught(t, houseOf(kind), "which has ended, gives no fault")
}

func TestAGiftThatIsPostedToAClosedPeriodIsCaught(t *testing.T) {
	house := theHouse()
	house.purse.post = func(ledger *aid.Ledger, e aid.Entry) error {
		err := ledger.Post(e)
		if errors.Is(err, aid.ErrClosed) { // and nobody is told that it counts for another day
			e.Effective = must(ledger.Closed().AddDays(1))
			return ledger.Post(e)
		}
		return err
	}
	caught(t, house, "gives no fault, and must give effective in a closed period")
}

func TestAClosingThatClosesNothingIsCaught(t *testing.T) {
	house := theHouse()
	house.purse.close = func(*aid.Ledger, union.Date) error { return nil }
	caught(t, house, "closing less than was closed gives no fault")
}

// byRecorded returns a ledger whose entries are effective on the days on which they were
// written down.
func byRecorded(ledger *aid.Ledger) *aid.Ledger {
	other := ledger.Books().Ledger()
	for act := range ledger.Journal() {
		if act.Entry != nil {
			e := *act.Entry
			e.Effective = e.Recorded
			_ = must(0, other.Post(e))
		}
	}
	return other
}

func TestAStatementByTheDaysOfRecordingIsCaught(t *testing.T) {
	house := theHouse()
	house.purse.statement = func(ledger *aid.Ledger, of union.Period) (aid.Statement, error) {
		return byRecorded(ledger).Statement(of)
	}
	caught(t, house, "received: ")
}

func TestAGiftAfterTheCutOffThatIsInTimeIsCaught(t *testing.T) {
	house := theHouse()
	house.purse.code = func(day aid.DonationDay, gift aid.Gift) (aid.CodedGift, error) {
		coded, err := day.CodeGift(gift)
		coded.Late = false
		return coded, err
	}
	caught(t, house, "list: in time")
}

func TestAnEntryThatIsPostedTwiceIsCaught(t *testing.T) {
	house := theHouse()
	house.post = func(ledger *aid.Ledger, e aid.Entry) error {
		if before, ok := ledger.Entry(e.ID); ok && before == e {
			e.ID += "-again"
		}
		return ledger.Post(e)
	}
	caught(t, house, "ledgers")
}

func TestAYearIsTheSameOnEveryRun(t *testing.T) {
	for seed := range uint64(3) {
		var runs [2][]byte
		for i := range runs {
			_, returns, err := theHouse().Returns(seed, Size{Units: 8, Records: 9, Facts: 4})
			require.NoError(t, err)
			for _, each := range returns {
				for _, partial := range each.Units {
					runs[i] = append(append(runs[i], each.Tally+partial.Unit...), partial.Data...)
				}
			}
		}
		assert.True(t, bytes.Equal(runs[0], runs[1]), "seed %d", seed)
	}
}
