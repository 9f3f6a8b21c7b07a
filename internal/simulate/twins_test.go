package simulate

import (
	"bytes"
	"errors"
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
		b.last[unit] = tally
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
	return b.Rollup.Revise(unit, on, tally, reason)
}

func (b *brokenPost) Missing(within union.UnitID) []union.UnitID {
	if b.fault == "nothing missing" {
		return nil
	}
	return b.Rollup.Missing(within)
}

func postWith(fault string) House {
	twin := honestRatios()
	twin.rollup = func(tree union.Tree, due []union.UnitID, lastDay union.Date) (roller[honest], error) {
		made, err := union.NewRollup[honest](tree, due, lastDay)
		if lastDay.IsZero() || err != nil {
			return made, err
		}
		return &brokenPost{Rollup: made, lastDay: lastDay, last: map[union.UnitID]honest{}, fault: fault}, nil
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

func TestAMoveThatChangesEarlierDaysIsCaught(t *testing.T) {
	house := theHouse()
	house.on = func(h union.Hierarchy, _ union.Date) (union.Tree, error) { return h.On(dayOf(daysOfYear - 1)) }
	caught(t, house, "")
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
