package aid_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/aid"
	"github.com/unioncampaign/union/internal/laws"
)

// receipt is money that came to a fund at the bank.
func receipt(id, fund, amount, on string) aid.Entry {
	return aid.Entry{
		ID: id, Kind: aid.EntryReceive, To: aid.Side{Fund: fund, Position: "bank"}, Amount: yuan(amount), Effective: day(on), Recorded: day(on),
	}
}

// grant is aid for living that a fund paid from the bank.
func grant(id, fund, household, amount, on string) aid.Entry {
	return aid.Entry{
		ID: id, Kind: aid.EntryGrant, From: aid.Side{Fund: fund, Position: "bank"}, Amount: yuan(amount), Effective: day(on), Recorded: day(on),
		For: aid.Use{Household: household, Purpose: "living", Class: "deep"},
	}
}

func ledgerOf(t testing.TB, entries ...aid.Entry) *aid.Ledger {
	t.Helper()
	l := books().Ledger()
	for _, e := range entries {
		require.NoError(t, l.Post(e), e.ID)
	}
	return l
}

// Each step mends the fault that is refused first; the next is refused then.
func TestPostRefusesInThePublishedOrder(t *testing.T) {
	l := ledgerOf(t, receipt("in", "central", "3000", "2010-03-01"), receipt("in-2", "appeal", "10", "2010-03-01"))
	hold := aid.Entry{
		ID: "hold", Kind: aid.EntryReserve, From: aid.Side{Fund: "central"}, Amount: yuan("100"), Effective: day("2010-04-02"), Recorded: day("2010-04-02"),
		For: aid.Use{Household: "H-1", Purpose: "living"},
	}
	require.NoError(t, l.Post(hold))
	require.NoError(t, l.Close(day("2010-03-31")))
	e := aid.Entry{
		ID: "a b", Kind: 99, From: aid.Side{Fund: "centre", Position: "safe"}, To: aid.Side{Fund: "general", Position: "cash"},
		Amount: yuan("0"), For: aid.Use{Household: "H 1", Purpose: "travel", Class: "rich"}, Of: "none", By: "\xff", Reason: "\xff",
	}
	for i, each := range []struct {
		where string
		want  error
		mend  func()
	}{
		{"id", union.ErrText, func() { e.ID = "in" }},
		{"kind", union.ErrUnknown, func() { e.Kind = aid.EntryGrant }},
		{"amount", union.ErrRange, func() { e.Amount = yuan("5000") }},
		{"effective", union.ErrMissing, func() { e.Effective = day("2010-03-31") }},
		{"recorded", union.ErrMissing, func() { e.Recorded = day("2010-03-30") }},
		{"recorded", union.ErrOrder, func() { e.Recorded = day("2011-03-30") }},
		{"by", union.ErrText, func() { e.By = strings.Repeat("x", 1025) }},
		{"by", union.ErrRange, func() { e.By = "" }},
		{"reason", union.ErrText, func() { e.Reason = "" }},
		{"for.household", union.ErrText, func() { e.For.Household = "H-2" }},
		{"id", union.ErrRepeated, func() { e.ID = "new" }},
		{"effective", aid.ErrClosed, func() { e.Effective = day("2010-04-01") }},
		{"from.fund", union.ErrUnknown, func() { e.From.Fund = "appeal" }},
		{"from.position", union.ErrUnknown, func() { e.From.Position = "bank" }},
		{"for.purpose", union.ErrUnknown, func() { e.For.Purpose = "living" }},
		{"for.class", union.ErrUnknown, func() { e.For.Class = "relative" }},
		{"to", aid.ErrSides, func() { e.To = aid.Side{} }},
		{"of", union.ErrUnknown, func() { e.Of = "in" }},
		{"of", aid.ErrSpent, func() { e.Of = "hold" }},
		{"of", aid.ErrSpent, func() { e.From.Fund = "central" }},
		{"of", aid.ErrSpent, func() { e.For.Household, e.For.Class = "H-1", "" }},
		{"amount", aid.ErrSpent, func() { e.Amount = yuan("100") }},
		{"effective", union.ErrOrder, func() { e.Effective = day("2011-03-01") }},
		{"effective", aid.ErrDeadline, func() { e.Effective = day("2010-12-31") }},
		{"", nil, nil},
	} {
		before := fmt.Sprintf("%x %s", l.Digest(), lookOf(l))
		err := l.Post(e)
		if each.want == nil {
			require.NoError(t, err)
			break
		}
		var fault *union.Fault
		require.ErrorAs(t, err, &fault, "step %d", i)
		assert.Equal(t, each.where, fault.Where, "step %d: %v", i, err)
		require.ErrorIs(t, err, each.want, "step %d", i)
		assert.Equal(t, before, fmt.Sprintf("%x %s", l.Digest(), lookOf(l)), "step %d", i)
		each.mend()
	}
	// What has authority, purpose, balance and ceilings to fail on.
	move := aid.Entry{
		ID: "move", Kind: aid.EntryTransfer, From: aid.Side{Fund: "appeal", Position: "bank"}, To: aid.Side{Fund: "general", Position: "bank"},
		Amount: yuan("5000"), Effective: day("2010-07-01"), Recorded: day("2010-07-01"),
	}
	for _, each := range []struct {
		where string
		want  error
		mend  func()
	}{
		{"by", union.ErrMissing, func() { move.By = "县总〔2010〕5号" }},
		{"reason", union.ErrMissing, func() { move.Reason = "改变用途" }},
		{"effective", aid.ErrDeadline, func() { move.Effective = day("2010-06-30") }},
		{"amount", aid.ErrShort, func() { move.Amount = yuan("10") }},
	} {
		err := l.Post(move)
		require.ErrorIs(t, err, each.want)
		assert.Equal(t, each.where, union.Faults(err)[0].Where)
		each.mend()
	}
	require.NoError(t, l.Post(move))
	last := grant("last", "central", "H-1", "2901", "2010-05-04")
	last.For.Purpose = "university"
	require.ErrorIs(t, l.Post(last), union.ErrMissing, "the person whom a ceiling counts")
	last.For.Person = "P-1"
	require.ErrorIs(t, l.Post(last), aid.ErrPurpose)
	last.For.Purpose = "living"
	require.ErrorIs(t, l.Post(last), aid.ErrShort)
	require.NoError(t, l.Post(receipt("in-3", "central", "9000", "2010-05-01")))
	require.ErrorIs(t, l.Post(last), aid.ErrCeiling)
	last.Amount = yuan("2780") // 12 times 240, less the 100 that were posted
	require.NoError(t, l.Post(last))
}

func TestSidesMustFitTheKind(t *testing.T) {
	l := ledgerOf(t, receipt("in", "general", "3000", "2010-03-01"))
	good := grant("g", "general", "H-1", "1", "2010-03-01")
	for where, spoil := range map[string]func(e *aid.Entry){
		"from": func(e *aid.Entry) { e.From.Position = "" },
		"to":   func(e *aid.Entry) { e.To = e.From },
		"of": func(e *aid.Entry) {
			*e = receipt("r", "general", "1", "2010-03-01")
			e.Kind, e.Of = aid.EntryInterest, "in"
		},
		"for":         func(e *aid.Entry) { *e = receipt("r", "general", "1", "2010-03-01"); e.For.Purpose = "living" },
		"for.purpose": func(e *aid.Entry) { e.For = aid.Use{Household: "H-1"} },
	} {
		e := good
		spoil(&e)
		err := l.Post(e)
		require.Error(t, err, where)
		assert.Equal(t, where, union.Faults(err)[0].Where)
	}
	same := aid.Entry{
		ID: "t", Kind: aid.EntryTransfer, From: good.From, To: good.From, Amount: yuan("1"), Effective: day("2010-03-01"), Recorded: day("2010-03-01"),
	}
	require.ErrorIs(t, l.Post(same), aid.ErrSides)
	same.To.Position = "cash"
	require.NoError(t, l.Post(same), "another position of the fund needs no authority")
	position := receipt("p", "", "1", "2010-03-01")
	require.ErrorIs(t, l.Post(position), aid.ErrSides, "a position without a fund")
	void := aid.Entry{ID: "v", Kind: aid.EntryVoid, To: aid.Side{Fund: "general"}, Amount: yuan("1"), Effective: day("2010-03-01"), Recorded: day("2010-03-01")}
	require.ErrorIs(t, l.Post(void), union.ErrMissing)
}

// The lines of other areas stand between those of the ceiling's own.
func TestACeilingIsOfItsOwnAreasLines(t *testing.T) {
	spec := booksSpec()
	always := union.MustParsePeriod("2010-01-01/..")
	spec.Lines = []aid.Line{{Area: "邻县", Days: always, Amount: yuan("900")}, spec.Lines[0], {Area: "远县", Days: always, Amount: yuan("700")}, spec.Lines[1]}
	b := must(aid.NewBooks(spec))
	lines := must(aid.NewLines(aid.LinesSpec{Rule: rule("lines", "低保线"), List: spec.Lines}))
	for want, each := range map[string][2]string{"240.00": {"例县", "2010-06-30"}, "260.00": {"例县", "2010-07-01"}, "700.00": {"远县", "2010-07-01"}} {
		assert.Equal(t, want, must(lines.On(each[0], day(each[1]))).String())
	}
	for on, want := range map[string]string{"2010-06-30": "2880.00", "2010-07-01": "3120.00"} { // 12 times 240 and 260
		assert.Equal(t, want, must(b.Limit("living", "deep", day(on))).String(), on)
	}
}

// A reservation for nobody is for no household that the ledger does not know yet, and
// for no such person.
func TestAReservationForNobodyIsForNoStranger(t *testing.T) {
	hold := aid.Entry{
		ID: "hold", Kind: aid.EntryReserve, From: aid.Side{Fund: "general"}, Amount: yuan("30"), Effective: day("2010-03-12"), Recorded: day("2010-03-12"),
		For: aid.Use{Purpose: "medical"},
	}
	for reason, use := range map[string]aid.Use{
		"a household": {Household: "H-1", Purpose: "medical"}, "a person": {Person: "P-1", Purpose: "medical"},
		"both": {Household: "H-1", Person: "P-1", Purpose: "medical"},
	} {
		l := ledgerOf(t, receipt("in", "general", "100", "2010-03-01"), hold)
		paid := grant("pay", "general", "", "30", "2010-03-13")
		paid.Of, paid.For = "hold", use
		require.ErrorIs(t, l.Post(paid), aid.ErrSpent, reason)
		paid.For = hold.For
		require.NoError(t, l.Post(paid), reason)
	}
}

func TestAReservationIsPostedForItsOwnUseAlone(t *testing.T) {
	use := aid.Use{Household: "H-1", Person: "P-1", Purpose: "medical", Class: "deep"}
	hold := aid.Entry{
		ID: "hold", Kind: aid.EntryReserve, From: aid.Side{Fund: "general"}, Amount: yuan("30"), For: use,
		Effective: day("2010-03-12"), Recorded: day("2010-03-12"),
	}
	met := grant("met", "general", "H-2", "1", "2010-03-01") // so that the others are known
	met.For.Person = "P-2"
	l := ledgerOf(t, receipt("in", "general", "100", "2010-03-01"), met, hold)
	paid := grant("pay", "general", "", "30", "2010-03-13")
	paid.Of = "hold"
	for reason, change := range map[string]func(*aid.Use){
		"another household": func(u *aid.Use) { u.Household = "H-2" }, "another person": func(u *aid.Use) { u.Person = "P-2" },
		"no household": func(u *aid.Use) { u.Household = "" }, "no person": func(u *aid.Use) { u.Person = "" },
		"another purpose": func(u *aid.Use) { u.Purpose = "living" }, "another class": func(u *aid.Use) { u.Class = "relative" },
		"no class": func(u *aid.Use) { u.Class = "" },
	} {
		paid.For = use
		change(&paid.For)
		require.EqualError(t, l.Post(paid), "of: answers nothing that is open: got one for another use, want one for the use", reason)
	}
	paid.For = use
	require.NoError(t, l.Post(paid))
}

// What is reserved is free again for what it was reserved for, to the last fen, and
// for nothing else; what is taken back is reserved again.
func TestWhatIsReservedIsFreeForWhatItWasReservedFor(t *testing.T) {
	use := aid.Use{Household: "H-1", Purpose: "medical"}
	hold := aid.Entry{
		ID: "hold", Kind: aid.EntryReserve, From: aid.Side{Fund: "general"}, Amount: yuan("80"), For: use,
		Effective: day("2010-03-12"), Recorded: day("2010-03-12"),
	}
	give := func(id, amount, of string) aid.Entry {
		g := grant(id, "general", "", amount, "2010-03-13")
		g.For, g.Of = use, of
		return g
	}
	in := receipt("in", "general", "100", "2010-03-01")
	l := ledgerOf(t, in, hold)
	require.EqualError(t, l.Post(give("g", "20.01", "")), `amount: more than there is: got 20.01, want 20.00 or less, which "general" has`)
	require.EqualError(t, l.Post(opposite(in, "back")), `amount: more than there is: got 100.00, want 20.00 or less, which "general" has`)
	require.NoError(t, l.Post(give("g", "20", "")))
	require.NoError(t, l.Post(give("whole", "80", "hold")))
	assert.True(t, must(l.Available("general")).IsZero())
	require.NoError(t, l.Post(opposite(give("whole", "80", "hold"), "undo")))
	assert.Equal(t, "80.00", l.Open("hold").String())
	require.NoError(t, l.Post(give("part", "50", "hold")))
	require.NoError(t, l.Post(give("other", "25", "")))
	require.EqualError(t, l.Post(opposite(give("part", "50", "hold"), "undo-2")), `amount: more than there is: got 30.00, want 5.00 or less, which "general" has`)
}

// What is reserved counts in the year of the reservation, until it is posted; then the
// grant counts in its own.
func TestWhatIsReservedCountsUntilItIsPosted(t *testing.T) {
	hold := func(id, amount, on string) aid.Entry {
		return aid.Entry{
			ID: id, Kind: aid.EntryReserve, From: aid.Side{Fund: "general"}, Amount: yuan(amount), For: grant("", "", "H-1", "1", on).For,
			Effective: day(on), Recorded: day(on),
		}
	}
	of := func(e aid.Entry, id string) aid.Entry {
		e.Of = id
		return e
	}
	l := ledgerOf(t, receipt("in", "general", "20000", "2010-01-01"), hold("all", "2880", "2010-06-30"))
	require.ErrorIs(t, l.Post(grant("g", "general", "H-1", "0.01", "2010-06-30")), aid.ErrCeiling)
	require.NoError(t, l.Post(of(grant("posted", "general", "H-1", "2880", "2010-06-30"), "all")))
	l = ledgerOf(t, receipt("in", "general", "20000", "2010-01-01"), hold("all", "3120", "2010-12-31"), grant("new", "general", "H-1", "100", "2011-01-01"))
	require.ErrorIs(t, l.Post(of(grant("posted", "general", "H-1", "3020.01", "2011-01-02"), "all")), aid.ErrCeiling, "the grant of the new year is not less")
	require.NoError(t, l.Post(of(grant("posted", "general", "H-1", "3020", "2011-01-02"), "all")))
	require.NoError(t, l.Post(grant("old", "general", "H-1", "3120", "2010-12-31")), "nothing counts in the old year any more")
	require.ErrorIs(t, l.Post(grant("more", "general", "H-1", "0.01", "2011-12-31")), aid.ErrCeiling)
}

// After its last day a fund's money goes to its residue alone or, if it has none, back
// to the giver; and from one of its positions to another.
func TestAfterItsLastDayMoneyLeavesAFundAsItsResidueAlone(t *testing.T) {
	for fund, each := range map[string]struct {
		on   string
		free []string
	}{
		"central": {"2011-01-01", []string{"transfer to general", "transfer to its own"}},
		"appeal":  {"2010-07-01", []string{"transfer to its own", "return"}},
	} {
		l := ledgerOf(t, receipt("in", fund, "100", "2010-03-01"))
		from := aid.Side{Fund: fund, Position: "bank"}
		paid := grant("g", fund, "H-1", "1", each.on)
		paid.For.Purpose = "medical"
		hold := paid
		hold.Kind, hold.From = aid.EntryReserve, aid.Side{Fund: fund}
		var free []string
		for _, way := range []struct {
			name  string
			entry aid.Entry
		}{
			{"transfer to general", aid.Entry{Kind: aid.EntryTransfer, From: from, To: aid.Side{Fund: "general", Position: "bank"}}},
			{"transfer to donated", aid.Entry{Kind: aid.EntryTransfer, From: from, To: aid.Side{Fund: "donated", Position: "bank"}}},
			{"transfer to its own", aid.Entry{Kind: aid.EntryTransfer, From: from, To: aid.Side{Fund: fund, Position: "cash"}}},
			{"return", aid.Entry{Kind: aid.EntryReturn, From: from}},
			{"grant", paid}, {"reserve", hold},
		} {
			e := way.entry
			e.ID, e.Amount, e.Effective, e.Recorded, e.By, e.Reason = strings.ReplaceAll(way.name, " ", "-"), yuan("1"), day(each.on), day(each.on), "x", "y"
			err := l.Post(e)
			if err == nil {
				free = append(free, way.name)
				continue
			}
			require.ErrorIs(t, err, aid.ErrDeadline, way.name)
		}
		assert.Equal(t, each.free, free, fund)
	}
}

// A grant that posts a reservation is no second one.
func TestAReservationAndItsGrantAreOneTime(t *testing.T) {
	use := aid.Use{Person: "P-1", Purpose: "university"}
	hold := func(id string) aid.Entry {
		return aid.Entry{
			ID: id, Kind: aid.EntryReserve, From: aid.Side{Fund: "general"}, Amount: yuan("500"), For: use, Effective: day("2010-09-01"), Recorded: day("2010-09-01"),
		}
	}
	give := func(id, of string) aid.Entry {
		g := grant(id, "general", "", "500", "2010-09-02")
		g.For, g.Of = use, of
		return g
	}
	l := ledgerOf(t, receipt("in", "general", "20000", "2010-01-01"), hold("a"), hold("b"), give("ga", "a"), give("gb", "b"))
	require.ErrorIs(t, l.Post(hold("c")), aid.ErrCeiling)
	sum, times, err := l.Counted("schooling", use, day("2011-08-31"))
	require.NoError(t, err)
	assert.Equal(t, "1000.00", sum.String())
	assert.Equal(t, 2, times)
}

func TestEachEntryHasItsOwnAuthorityAndReason(t *testing.T) {
	l := ledgerOf(t, receipt("in", "general", "100", "2010-03-01"))
	notes := [][2]string{{"1号", "甲"}, {"1号", "甲"}, {"2号", "甲"}, {"2号", "乙"}, {"", ""}, {"2号", "乙"}, {"1号", "甲"}}
	var entries []aid.Entry
	for i, each := range notes {
		e := aid.Entry{
			ID: fmt.Sprint("m", i), Kind: aid.EntryTransfer, From: aid.Side{Fund: "general", Position: "bank"}, To: aid.Side{Fund: "general", Position: "cash"},
			Amount: yuan("1"), Effective: day("2010-03-02"), Recorded: day("2010-03-02"), By: each[0], Reason: each[1],
		}
		require.NoError(t, l.Post(e))
		entries = append(entries, e)
	}
	for _, e := range entries {
		got, _ := l.Entry(e.ID)
		assert.Equal(t, e, got)
	}
}

// However much is pledged, what was not pledged comes and goes beside it.
func TestMoneyThatIsNotPledgedLeavesThePledgesAlone(t *testing.T) {
	pledge := aid.Entry{
		ID: "p", Kind: aid.EntryPledge, To: aid.Side{Fund: "general"}, Amount: union.Fen(mostFen), Effective: day("2010-03-01"), Recorded: day("2010-03-01"),
	}
	hold := aid.Entry{
		ID: "hold", Kind: aid.EntryReserve, From: aid.Side{Fund: "general"}, Amount: yuan("5"), For: aid.Use{Purpose: "medical"},
		Effective: day("2010-03-12"), Recorded: day("2010-03-12"),
	}
	paid := grant("pay", "general", "", "5", "2010-03-13")
	paid.For, paid.Of = hold.For, "hold"
	in, more := receipt("in", "general", "9", "2010-03-02"), receipt("in-2", "general", "1", "2010-03-02")
	l := ledgerOf(t, pledge, in, more, hold, paid)
	require.NoError(t, l.Post(opposite(more, "back")))
	require.NoError(t, l.Post(opposite(paid, "undo")))
	assert.Equal(t, union.Fen(mostFen), must(l.Pledged("general")))
}

// What was received of a pledge, or released, is pledged again when that is reversed,
// and must fit beside all other pledges then.
func TestPledgesThatAreOpenAgainMustFit(t *testing.T) {
	pledge := func(id string, fen int64) aid.Entry {
		return aid.Entry{
			ID: id, Kind: aid.EntryPledge, To: aid.Side{Fund: "general"}, Amount: union.Fen(fen), Effective: day("2010-03-01"), Recorded: day("2010-03-01"),
		}
	}
	paid := receipt("in", "general", "9", "2010-03-02")
	paid.Of = "small"
	release := aid.Entry{
		ID: "release", Kind: aid.EntryRelease, From: aid.Side{Fund: "general"}, Amount: union.Fen(mostFen), Of: "great", By: "x", Reason: "y",
		Effective: day("2010-03-02"), Recorded: day("2010-03-02"),
	}
	l := ledgerOf(t, pledge("small", 900), paid, pledge("great", mostFen))
	require.ErrorIs(t, l.Post(opposite(paid, "back")), union.ErrOverflow)
	require.NoError(t, l.Post(release), "the greatest pledge may be released")
	require.NoError(t, l.Post(opposite(paid, "back")))
	require.ErrorIs(t, l.Post(opposite(release, "again")), union.ErrOverflow)
	assert.Equal(t, "9.00", must(l.Pledged("general")).String())
}

func TestBothSidesOfAReversalAreThoseOfTheEntryExchanged(t *testing.T) {
	move := aid.Entry{
		ID: "move", Kind: aid.EntryTransfer, From: aid.Side{Fund: "general", Position: "bank"}, To: aid.Side{Fund: "general", Position: "cash"},
		Amount: yuan("40"), Effective: day("2010-03-02"), Recorded: day("2010-03-02"),
	}
	l := ledgerOf(t, receipt("in", "general", "100", "2010-03-01"), receipt("in-2", "donated", "100", "2010-03-01"), move)
	other := aid.Side{Fund: "donated", Position: "bank"}
	for _, change := range []func(*aid.Entry){
		func(e *aid.Entry) { e.From = other }, func(e *aid.Entry) { e.To = other }, func(e *aid.Entry) { e.From, e.To = e.To, e.From },
	} {
		back := opposite(move, "back")
		change(&back)
		require.EqualError(t, l.Post(back), "of: answers nothing that is open: got sides, want those of the entry, exchanged")
	}
	require.NoError(t, l.Post(opposite(move, "back")))
}

func TestTheSameEntryAgainIsTakenOnce(t *testing.T) {
	in := receipt("in", "general", "3000", "2010-03-01")
	l := ledgerOf(t, in, in)
	assert.Equal(t, 1, l.Len())
	out := grant("out", "general", "H-1", "100", "2010-03-02")
	out.By, out.Reason = "王主任", "批准"
	require.NoError(t, l.Post(out))
	require.NoError(t, l.Close(day("2010-12-31")))
	require.NoError(t, l.Post(out), "a late double of what is in the closed period is no fault")
	for _, change := range []func(e *aid.Entry){
		func(e *aid.Entry) { e.Amount = yuan("100.01") }, func(e *aid.Entry) { e.Recorded = day("2010-03-03") },
		func(e *aid.Entry) { e.By = "" }, func(e *aid.Entry) { e.For.Household = "H-2" }, func(e *aid.Entry) { e.From.Fund = "donated" },
		func(e *aid.Entry) { e.Of = "in" }, func(e *aid.Entry) { e.For.Class = "" }, func(e *aid.Entry) { e.For.Person = "P-1" },
	} {
		other := out
		change(&other)
		require.ErrorIs(t, l.Post(other), union.ErrRepeated)
	}
	got, ok := l.Entry("out")
	assert.True(t, ok)
	assert.Equal(t, out, got)
	_, ok = l.Entry("none")
	assert.False(t, ok)
	assert.Equal(t, 2, l.Len())
}

func TestAPledgeIsReceivedInPartsAndReleased(t *testing.T) {
	// As of a donation day at which 12.8万 was promised and most of it came in.
	pledge := aid.Entry{
		ID: "p", Kind: aid.EntryPledge, To: aid.Side{Fund: "donated"}, Amount: yuan("128000"), Effective: day("2010-05-04"), Recorded: day("2010-05-04"),
	}
	l := ledgerOf(t, pledge)
	assert.Equal(t, "0.00", must(l.Balance(aid.Side{Fund: "donated"})).String(), "a promise is no money")
	part := receipt("p1", "donated", "100000", "2010-05-20")
	part.Of = "p"
	require.NoError(t, l.Post(part))
	more := receipt("p2", "donated", "28000.01", "2010-06-20")
	more.Of = "p"
	require.ErrorIs(t, l.Post(more), aid.ErrSpent)
	other := more
	other.To.Fund, other.Amount = "general", yuan("1")
	require.ErrorIs(t, l.Post(other), aid.ErrSpent, "for another fund")
	release := aid.Entry{
		ID: "rel", Kind: aid.EntryRelease, From: aid.Side{Fund: "donated"}, Amount: yuan("20000"), Effective: day("2010-07-01"), Recorded: day("2010-07-01"),
		Of: "p", By: "县总〔2010〕9号", Reason: "企业停产",
	}
	require.NoError(t, l.Post(release))
	assert.Equal(t, "8000.00", l.Open("p").String())
	assert.Equal(t, "8000.00", must(l.Pledged("donated")).String())
	require.ErrorIs(t, l.Post(opposite(pledge, "back")), aid.ErrSpent)
	require.NoError(t, l.Post(opposite(release, "unrelease")))
	assert.Equal(t, "28000.00", l.Open("p").String())
	require.NoError(t, l.Post(opposite(part, "unpay")))
	require.NoError(t, l.Post(opposite(pledge, "back")))
	assert.Equal(t, "0.00", l.Open("p").String())
	assert.Equal(t, "0.00", must(l.Pledged("donated")).String())
	assert.Empty(t, l.Check(false))
}

// What is taken back is taken from where it came, though the fund has as much at
// another position.
func TestAReversalTakesMoneyFromWhereItLies(t *testing.T) {
	in, cash := receipt("in", "general", "100", "2010-03-01"), receipt("cash", "general", "100", "2010-03-01")
	cash.To.Position = "cash"
	l := ledgerOf(t, in, cash, grant("g", "general", "H-1", "100", "2010-03-01"))
	err := l.Post(opposite(in, "undo"))
	require.ErrorIs(t, err, aid.ErrShort)
	assert.Equal(t, `amount: more than there is: got 100.00, want 0.00 or less, which "general" at "bank" has`, err.Error())
	require.NoError(t, l.Post(opposite(cash, "undo")))
	assert.Empty(t, l.Check(false))
}

func TestTheLineInForceOnTheEffectiveDayIsTheCeilings(t *testing.T) {
	l := ledgerOf(t, receipt("in", "general", "100000", "2010-01-01"))
	require.NoError(t, l.Post(grant("g1", "general", "H-1", "2880", "2010-06-30"))) // 12 times 240
	require.ErrorIs(t, l.Post(grant("g2", "general", "H-1", "0.01", "2010-06-30")), aid.ErrCeiling)
	require.ErrorIs(t, l.Post(grant("g2", "general", "H-1", "240.01", "2010-07-01")), aid.ErrCeiling) // 12 times 260 less 2880
	require.NoError(t, l.Post(grant("g2", "general", "H-1", "240", "2010-07-01")))
	relative := grant("g3", "general", "H-2", "2600.01", "2010-07-01")
	relative.For.Class = "relative"
	require.ErrorIs(t, l.Post(relative), aid.ErrCeiling)
	before := grant("g4", "general", "H-3", "1", "2009-12-31")
	before.Recorded = day("2010-01-01")
	require.ErrorIs(t, l.Post(before), union.ErrRange, "no line is known then")
	sum, times, err := l.Counted("living", aid.Use{Household: "H-1"}, day("2010-01-01"))
	require.NoError(t, err)
	assert.Equal(t, "3120.00", sum.String())
	assert.Equal(t, 2, times)
}

func TestAYearMayBeginInAutumn(t *testing.T) {
	l := ledgerOf(t, receipt("in", "general", "100000", "2010-01-01"))
	school := func(id, amount, on string) aid.Entry {
		e := grant(id, "general", "", amount, on)
		e.For = aid.Use{Person: "P-1", Purpose: "university"}
		return e
	}
	require.NoError(t, l.Post(school("s1", "1500", "2010-08-31")))
	require.ErrorIs(t, l.Post(school("s2", "500.01", "2010-08-31")), aid.ErrCeiling)
	require.NoError(t, l.Post(school("s2", "1000", "2010-09-01")))
	require.NoError(t, l.Post(school("s3", "1", "2011-08-31")))
	require.ErrorIs(t, l.Post(school("s4", "1", "2011-01-01")), aid.ErrCeiling, "two grants a year")
}

func TestStatementsOfOthersCountAndAreReplaced(t *testing.T) {
	l := ledgerOf(t, receipt("in", "general", "100000", "2010-01-01"))
	prior := aid.Prior{
		Ledger: "city", AsOf: day("2010-03-01"), For: aid.Use{Household: "H-1", Purpose: "living"}, Year: 2010, Amount: yuan("2000"), Times: 2,
	}
	require.NoError(t, l.Recognise(prior))
	require.NoError(t, l.Recognise(prior))
	require.ErrorIs(t, l.Post(grant("g1", "general", "H-1", "880.01", "2010-03-02")), aid.ErrCeiling)
	require.NoError(t, l.Post(grant("g1", "general", "H-1", "880", "2010-03-02")))
	assert.Empty(t, l.Check(true))
	other := prior
	other.Times = 1
	require.ErrorIs(t, l.Recognise(other), union.ErrRepeated)
	other.AsOf = day("2010-02-01")
	require.ErrorIs(t, l.Recognise(other), union.ErrOrder)
	other.AsOf, other.Amount = day("2010-04-01"), yuan("2500")
	require.NoError(t, l.Recognise(other), "a fact is not refused")
	found := l.Check(false)
	require.Len(t, found, 1)
	assert.Equal(t, `ceilings.living.household."H-1".2010: no more is granted than the ceiling, whoever grants it: "city": got 3380.00, want at most 2880.00`, found[0].String())
	other.AsOf, other.Amount, other.Times = day("2010-05-01"), yuan("0"), 0
	require.NoError(t, l.Recognise(other))
	assert.Empty(t, l.Check(false))
	training := aid.Prior{Ledger: "city", AsOf: day("2010-03-01"), For: aid.Use{Household: "H-2", Purpose: "training"}, Year: 2008, Amount: yuan("1"), Times: 1}
	require.NoError(t, l.Recognise(training))
	g := grant("t", "general", "H-2", "1", "2010-05-01")
	g.For = aid.Use{Household: "H-2", Purpose: "training"}
	require.ErrorIs(t, l.Post(g), aid.ErrCeiling, "once, whenever it was")
}

func TestAStatementOfAnotherLedgerIsChecked(t *testing.T) {
	good := aid.Prior{
		Ledger: "city", AsOf: day("2010-03-01"), For: aid.Use{Household: "H-1", Purpose: "living"}, Year: 2010, Amount: yuan("2000"), Times: 2,
	}
	for where, each := range map[string]struct {
		want  error
		spoil func(p *aid.Prior)
	}{
		"ledger":        {union.ErrMissing, func(p *aid.Prior) { p.Ledger = "" }},
		"as_of":         {union.ErrMissing, func(p *aid.Prior) { p.AsOf = union.Date{} }},
		"year":          {union.ErrRange, func(p *aid.Prior) { p.Year = 0 }},
		"amount":        {union.ErrRange, func(p *aid.Prior) { p.Amount = yuan("-1") }},
		"times":         {union.ErrRange, func(p *aid.Prior) { p.Times = 0 }},
		"for.class":     {union.ErrRange, func(p *aid.Prior) { p.For.Class = "deep" }},
		"for.household": {union.ErrText, func(p *aid.Prior) { p.For.Household = "H 1" }},
		"for.purpose":   {union.ErrUnknown, func(p *aid.Prior) { p.For.Purpose = "travel" }},
		"for.person":    {union.ErrMissing, func(p *aid.Prior) { p.For.Purpose = "university" }},
	} {
		p := good
		each.spoil(&p)
		l := books().Ledger()
		err := l.Recognise(p)
		require.ErrorIs(t, err, each.want, where)
		assert.Equal(t, where, union.Faults(err)[0].Where)
		assert.Equal(t, books().Ledger(), l)
	}
	many := good
	many.Times = 1_000_001
	require.ErrorIs(t, books().Ledger().Recognise(many), union.ErrRange)
	many.Times = 1_000_000
	require.NoError(t, books().Ledger().Recognise(many))
	for year, taken := range map[int]bool{1: true, 9999: true, 10000: false} {
		p := good
		p.Year = year
		assert.Equal(t, taken, books().Ledger().Recognise(p) == nil, year)
	}
	nothing := good
	nothing.Amount = yuan("0")
	require.ErrorIs(t, books().Ledger().Recognise(nothing), union.ErrRange, "grants of nothing")
	l := books().Ledger()
	huge := good
	huge.Amount = union.Fen(math.MaxInt64)
	require.NoError(t, l.Recognise(huge))
	more := good
	more.Ledger = "province"
	require.ErrorIs(t, l.Recognise(more), union.ErrOverflow)
	require.ErrorIs(t, new(aid.Ledger).Recognise(good), union.ErrMissing)
}

// 2,147,483,647 grants are the most that can be counted for a household.
func TestMoreGrantsThanCanBeCountedAreRefused(t *testing.T) {
	l := ledgerOf(t, receipt("in", "general", "1000", "2010-01-01"))
	prior := aid.Prior{AsOf: day("2010-03-01"), For: aid.Use{Household: "H-1", Purpose: "living"}, Year: 2010, Amount: union.Fen(1), Times: 1_000_000}
	for n := range 2147 {
		prior.Ledger = fmt.Sprint("ledger", n)
		require.NoError(t, l.Recognise(prior))
	}
	prior.Ledger, prior.Times = "last", 483_648
	require.ErrorIs(t, l.Recognise(prior), union.ErrOverflow)
	prior.Times = 483_646
	require.NoError(t, l.Recognise(prior))
	require.NoError(t, l.Post(grant("g1", "general", "H-1", "1", "2010-03-02")))
	require.ErrorIs(t, l.Post(grant("g2", "general", "H-1", "1", "2010-03-02")), union.ErrOverflow)
	require.NoError(t, l.Post(aid.Entry{
		ID: "back", Kind: aid.EntryReverse, To: aid.Side{Fund: "general", Position: "bank"}, Amount: yuan("1"), Of: "g1",
		Effective: day("2010-03-02"), Recorded: day("2010-03-02"), By: "x", Reason: "y",
	}))
	prior.Times, prior.AsOf = 483_647, day("2010-03-02")
	require.NoError(t, l.Recognise(prior), "exactly as many as can be counted")
}

func TestANoteMayBeAThousandBytesLong(t *testing.T) {
	in := receipt("in", "general", "1", "2010-01-01")
	in.By, in.Reason = strings.Repeat("x", 1024), strings.Repeat("y", 1024)
	got, _ := ledgerOf(t, in).Entry("in")
	assert.Equal(t, in, got)
}

func TestClosingOnlyMovesOn(t *testing.T) {
	l := ledgerOf(t, receipt("in", "general", "10", "2010-03-01"))
	require.ErrorIs(t, l.Close(union.Date{}), union.ErrMissing)
	require.NoError(t, l.Close(day("2010-12-31")))
	digest := l.Digest()
	require.NoError(t, l.Close(day("2010-12-31")))
	require.ErrorIs(t, l.Close(day("2010-12-30")), union.ErrOrder)
	assert.Equal(t, digest, l.Digest())
	assert.Equal(t, day("2010-12-31"), l.Closed())
	late := receipt("late", "general", "10", "2010-12-31")
	late.Recorded = day("2011-01-05")
	require.ErrorIs(t, l.Post(late), aid.ErrClosed)
	require.ErrorIs(t, new(aid.Ledger).Close(day("2010-12-31")), union.ErrMissing)
}

func TestSumsThatDoNotFitAreRefused(t *testing.T) {
	most := union.Fen(math.MaxInt64).String()
	l := ledgerOf(t, receipt("in", "general", most, "2010-03-01"))
	require.ErrorIs(t, l.Post(receipt("more", "donated", "0.01", "2010-03-01")), union.ErrOverflow)
	pledge := aid.Entry{
		ID: "p", Kind: aid.EntryPledge, To: aid.Side{Fund: "donated"}, Amount: yuan(most), Effective: day("2010-05-04"), Recorded: day("2010-05-04"),
	}
	require.NoError(t, l.Post(pledge))
	again := pledge
	again.ID = "p2"
	require.ErrorIs(t, l.Post(again), union.ErrOverflow)
	back := aid.Entry{
		ID: "out", Kind: aid.EntryReturn, From: aid.Side{Fund: "general", Position: "bank"}, Amount: yuan(most), Effective: day("2010-05-04"),
		Recorded: day("2010-05-04"), By: "x", Reason: "x",
	}
	require.NoError(t, l.Post(back))
	require.NoError(t, l.Post(receipt("in-2", "general", most, "2010-06-01")))
	_, err := l.Statement(union.MustParsePeriod("2010-01-01/.."))
	require.ErrorIs(t, err, union.ErrOverflow, "twice as much came in in all")
	_, err = l.Statement(union.MustParsePeriod("2010-06-01/.."))
	require.NoError(t, err)
	part := receipt("paid", "donated", "1", "2010-06-01")
	part.Of = "p"
	require.ErrorIs(t, l.Post(part), union.ErrOverflow)
	assert.NotEmpty(t, l.Check(false), "what does not fit cannot be checked, and that is said")
}

func TestWhatCeilingsCountMustFit(t *testing.T) {
	spec := smallBooks()
	spec.Ceilings[0].Limits, spec.Ceilings[0].Times = nil, 10
	l := must(aid.NewBooks(spec)).Ledger()
	most := union.Fen(math.MaxInt64).String()
	cell := aid.Side{Fund: "a", Position: "bank"}
	for n, kind := range []aid.EntryKind{aid.EntryReceive, aid.EntryGrant, aid.EntryReceive} {
		e := aid.Entry{ID: fmt.Sprint(n), Kind: kind, To: cell, Amount: yuan(most), Effective: day("2010-05-04"), Recorded: day("2010-05-04")}
		if kind == aid.EntryGrant {
			e.From, e.To, e.For = cell, aid.Side{}, aid.Use{Household: "h", Purpose: "living"}
		}
		require.NoError(t, l.Post(e))
	}
	e := aid.Entry{
		ID: "x", Kind: aid.EntryGrant, From: cell, Amount: yuan("1"), Effective: day("2010-05-04"), Recorded: day("2010-05-04"),
		For: aid.Use{Household: "h", Purpose: "living"},
	}
	require.ErrorIs(t, l.Post(e), union.ErrOverflow)
}

// The statement of a month in which a grant of the month before was reversed.
func TestAStatementTellsWhatHappenedInItsPeriod(t *testing.T) {
	g := grant("g", "central", "H-1", "500", "2010-04-20")
	interest := receipt("i", "central", "1.25", "2010-05-31")
	interest.Kind = aid.EntryInterest
	pledge := aid.Entry{ID: "p", Kind: aid.EntryPledge, To: aid.Side{Fund: "donated"}, Amount: yuan("50"), Effective: day("2010-05-04"), Recorded: day("2010-05-04")}
	paid := receipt("pp", "donated", "20", "2010-05-10")
	paid.Of = "p"
	reserve := aid.Entry{
		ID: "r", Kind: aid.EntryReserve, From: aid.Side{Fund: "central"}, Amount: yuan("30"), Effective: day("2010-05-12"), Recorded: day("2010-05-12"),
		For: aid.Use{Household: "H-2", Purpose: "medical"},
	}
	move := aid.Entry{
		ID: "m", Kind: aid.EntryTransfer, From: aid.Side{Fund: "donated", Position: "bank"}, To: aid.Side{Fund: "general", Position: "cash"}, Amount: yuan("5"),
		Effective: day("2010-05-13"), Recorded: day("2010-05-13"), By: "x", Reason: "x",
	}
	inside := move
	inside.ID, inside.From, inside.To.Position = "mm", move.To, "bank"
	back := opposite(g, "undo")
	back.Effective, back.Recorded = day("2010-05-14"), day("2010-05-14")
	again := grant("g2", "central", "H-1", "400", "2010-05-15")
	after := receipt("after", "central", "7", "2010-06-01")
	l := ledgerOf(t, receipt("in", "central", "1000", "2010-04-01"), g, interest, pledge, paid, reserve, move, inside, back, again, after)
	s, err := l.Statement(union.MustParsePeriod("2010-05-01/2010-05-31"))
	require.NoError(t, err)
	flow := func(entries int64, amount string) aid.Flow { return aid.Flow{Entries: entries, Amount: yuan(amount)} }
	assert.Equal(t, aid.FundLine{
		Fund: "central", Opening: yuan("500"), Interest: flow(1, "1.25"), Granted: flow(0, "-100"), Closing: yuan("601.25"), Reserved: yuan("30"),
	}, s.Funds[0])
	assert.Equal(t, aid.FundLine{Fund: "general", In: flow(1, "5"), Closing: yuan("5")}, s.Funds[1])
	assert.Equal(t, aid.FundLine{Fund: "donated", Received: flow(1, "20"), Out: flow(1, "5"), Closing: yuan("15"), Pledged: yuan("30")}, s.Funds[2])
	assert.Equal(t, aid.FundLine{
		Opening: yuan("500"), Received: flow(1, "20"), Interest: flow(1, "1.25"), In: flow(1, "5"), Granted: flow(0, "-100"), Out: flow(1, "5"),
		Closing: yuan("621.25"), Reserved: yuan("30"), Pledged: yuan("30"),
	}, s.Total)
	assert.Equal(t, []aid.PositionLine{{"bank", yuan("500"), yuan("621.25")}, {"cash", yuan("0"), yuan("0")}}, s.Positions)
	assert.Equal(t, aid.PurposeLine{Purpose: "living", Granted: flow(0, "-100")}, s.Purposes[0])
	_, err = l.Statement(union.Period{})
	require.ErrorIs(t, err, union.ErrMissing)
	_, err = new(aid.Ledger).Statement(s.Period)
	require.ErrorIs(t, err, union.ErrMissing)
}

// What is reserved or pledged is not granted and has not come in.
func TestAStatementTellsAReservationFromAGrant(t *testing.T) {
	hold := aid.Entry{
		ID: "hold", Kind: aid.EntryReserve, From: aid.Side{Fund: "general"}, Amount: yuan("30"), For: aid.Use{Purpose: "medical"},
		Effective: day("2010-03-12"), Recorded: day("2010-03-12"),
	}
	pledge := aid.Entry{ID: "p", Kind: aid.EntryPledge, To: aid.Side{Fund: "general"}, Amount: yuan("9"), Effective: day("2010-03-01"), Recorded: day("2010-03-01")}
	s := must(ledgerOf(t, receipt("in", "general", "100", "2010-03-01"), hold, pledge).Statement(union.MustParsePeriod("2010-03-01/2010-03-31")))
	assert.Equal(t, aid.FundLine{
		Fund: "general", Received: aid.Flow{Entries: 1, Amount: yuan("100")}, Closing: yuan("100"), Reserved: yuan("30"), Pledged: yuan("9"),
	}, s.Funds[1])
	for _, purpose := range s.Purposes {
		assert.Equal(t, aid.Flow{}, purpose.Granted, purpose.Purpose)
	}
}

func TestAStrictCheckLooksAtDays(t *testing.T) {
	early := grant("early", "central", "H-1", "100", "2010-02-01")
	early.Recorded = day("2010-03-05")
	l := ledgerOf(t, receipt("in", "central", "100", "2010-03-01"), receipt("in-2", "general", "5", "2011-03-01"), early, receipt("in-3", "central", "9", "2011-03-01"))
	assert.Empty(t, l.Check(false))
	lines := []string{}
	for _, finding := range l.Check(true) {
		lines = append(lines, finding.String())
	}
	assert.Equal(t, []string{
		`entries."early": a fund has at every time what leaves it: got funds.central at -100.00 on 2010-02-01, want 0.00 or more`,
		`entries."early": what leaves a position lies there at every time: got positions.bank at -100.00 on 2010-02-01, want 0.00 or more`,
		`entries."early": entries are recorded in the order in which they are posted: got 2010-03-05, want 2011-03-01 or later`,
		`funds.central: what is left after a fund's last day goes where its residue goes: got 9.00 on 2011-03-01, want 0.00: what is left after 2010-12-31 goes to "general"`,
	}, lines)
	assert.Empty(t, new(aid.Ledger).Check(true))
}

// A position that had nothing falls below zero as one that had something; the entries
// of the period that was closed at a sealing are taken as one, and those after it are
// looked at all the same.
func TestAStrictCheckLooksAtPositionsAndAfterASealing(t *testing.T) {
	cash := func(e aid.Entry) aid.Entry {
		if e.To.Position != "" {
			e.To.Position = "cash"
		} else {
			e.From.Position = "cash"
		}
		e.Recorded = day("2010-12-31")
		return e
	}
	found := func(l *aid.Ledger) []string {
		lines := []string{}
		for _, finding := range l.Check(true) {
			lines = append(lines, finding.String())
		}
		return lines
	}
	early := receipt("in", "general", "1000", "2010-03-10")
	early.Recorded = day("2010-12-31")
	later := receipt("late", "general", "5", "2010-05-01")
	later.Recorded = day("2010-12-31")
	l := ledgerOf(t, early, later, cash(receipt("cash", "general", "100", "2010-05-20")),
		cash(grant("before", "general", "H-1", "60", "2010-03-01")), cash(grant("after", "general", "H-2", "30", "2010-05-02")))
	assert.Equal(t, []string{
		`entries."before": a fund has at every time what leaves it: got funds.general at -60.00 on 2010-03-01, want 0.00 or more`,
		`entries."before": what leaves a position lies there at every time: got positions.cash at -60.00 on 2010-03-01, want 0.00 or more`,
	}, found(l), "after the first the position is below zero already")
	require.NoError(t, l.Close(day("2010-04-30")))
	require.Equal(t, 1, l.Seal(), "the second entry is of a later day")
	assert.Equal(t, []string{}, found(l))
	more := cash(grant("more", "general", "H-3", "10", "2010-05-03"))
	require.NoError(t, l.Post(more))
	assert.Equal(t, []string{}, found(l), "it was below zero before")
	m := ledgerOf(t, early, later, cash(receipt("cash", "general", "100", "2010-05-20")), cash(grant("after", "general", "H-2", "30", "2010-05-02")))
	below := []string{`entries."after": what leaves a position lies there at every time: got positions.cash at -30.00 on 2010-05-02, want 0.00 or more`}
	assert.Equal(t, below, found(m))
	old := receipt("old", "donated", "1", "2010-03-02")
	old.Recorded = day("2010-12-31")
	require.NoError(t, m.Post(old))
	require.NoError(t, m.Close(day("2010-04-30")))
	require.Equal(t, 1, m.Seal())
	assert.Equal(t, below, found(m), "what is of the closed period ends no search")
}

func TestAStrictCheckLooksAtTheLastEntryToo(t *testing.T) {
	last := receipt("last", "general", "1", "2011-01-01")
	l := ledgerOf(t, receipt("in", "central", "7", "2010-12-31"), last)
	require.Len(t, l.Check(true), 1)
	assert.Equal(t, "funds.central: what is left after a fund's last day goes where its residue goes: "+
		`got 7.00 on 2011-01-01, want 0.00: what is left after 2010-12-31 goes to "general"`, l.Check(true)[0].String())
	late := receipt("in", "general", "7", "2010-12-30")
	late.Recorded = day("2011-02-01")
	l = ledgerOf(t, late, last)
	require.Len(t, l.Check(true), 1)
	assert.Equal(t, `entries."last": entries are recorded in the order in which they are posted: got 2011-01-01, want 2011-02-01 or later`, l.Check(true)[0].String())
}

// A ledger takes no more than it can add up, in the order of posting; by their days
// the same entries can be more.
func TestAFundThatLiesInTwoPlacesHasASumOrNone(t *testing.T) {
	all, spent := receipt("all", "central", "0", "2010-03-01"), receipt("spent", "central", "0", "2010-03-20")
	all.Amount, spent.Amount = union.Fen(math.MaxInt64), union.Fen(math.MaxInt64)
	spent.Kind, spent.From, spent.To, spent.By, spent.Reason = aid.EntryReturn, all.To, aid.Side{}, "县总", "退回"
	late := receipt("late", "central", "0.01", "2010-03-01")
	late.To.Position, late.Recorded = "cash", spent.Recorded
	l := ledgerOf(t, all, spent, late)
	s, err := l.Statement(union.MustParsePeriod("2010-04-01/.."))
	require.NoError(t, err)
	assert.Equal(t, union.Fen(1), s.Total.Opening)
	_, err = l.Statement(union.MustParsePeriod("2010-03-10/.."))
	require.ErrorIs(t, err, union.ErrOverflow, "both lay there together")
}

func TestWhatIsLeftIsAskedForRightly(t *testing.T) {
	l := ledgerOf(t, receipt("in", "appeal", "100", "2010-03-01"))
	for want, ask := range map[error]struct{ fund, on string }{
		union.ErrUnknown: {"none", "2010-07-01"}, union.ErrMissing: {"", "2010-07-01"}, union.ErrRange: {"general", "2010-07-01"},
	} {
		_, err := l.Residue("r", ask.fund, day(ask.on), "x", "x")
		require.ErrorIs(t, err, want)
	}
	_, err := l.Residue("r", "appeal", day("2010-06-30"), "x", "x")
	require.ErrorIs(t, err, union.ErrRange)
	_, err = l.Residue("r", "appeal", union.Date{}, "x", "x")
	require.ErrorIs(t, err, union.ErrMissing)
	entries, err := l.Residue("r", "appeal", day("2010-07-01"), "x", "x")
	require.NoError(t, err)
	require.Len(t, entries, 1)
	assert.Equal(t, aid.EntryReturn, entries[0].Kind, "the appeal's money goes back")
	grab := entries[0]
	grab.Kind, grab.To = aid.EntryTransfer, aid.Side{Fund: "general", Position: "bank"}
	require.ErrorIs(t, l.Post(grab), aid.ErrDeadline)
	require.NoError(t, l.Post(entries[0]))
}

// ---- sealing

func sealsUnseen(seal func(l *aid.Ledger) int) laws.Law {
	return func(r *rapid.T) error {
		l, whole := books().Ledger(), books().Ledger()
		sealed, n := 0, 0
		posted := firstEntries(r)
		for _, e := range posted {
			if err := errors.Join(l.Post(e), whole.Post(e)); err != nil {
				return err
			}
		}
		for range rapid.IntRange(1, 30).Draw(r, "steps") {
			if rapid.IntRange(0, 9).Draw(r, "act") == 0 {
				through := entryDays[rapid.IntRange(0, 3).Draw(r, "through")]
				_, _ = l.Close(through), whole.Close(through)
				sealed += seal(l)
			}
			e := drawEntry(r, n, posted)
			n++
			err, want := l.Post(e), whole.Post(e)
			// What is sealed is not there any more to be answered.
			_, here := l.Entry(e.Of)
			if want == nil && errors.Is(err, union.ErrUnknown) && e.Of != "" && !here {
				return nil
			}
			if sentinelOf(err) != sentinelOf(want) && here {
				return fmt.Errorf("%+v: %s, and unsealed %s", e, sentinelOf(err), sentinelOf(want))
			}
			if want == nil {
				posted = append(posted, e)
			}
			if l.Digest() != whole.Digest() || l.Len() != whole.Len() || withoutOpen(l) != withoutOpen(whole) {
				return fmt.Errorf("sealing is seen after %+v: %s, %s", e, withoutOpen(l), withoutOpen(whole))
			}
			for _, e := range posted {
				if l.Open(e.ID) != whole.Open(e.ID) {
					return fmt.Errorf("%s has %s left, and unsealed %s", e.ID, l.Open(e.ID), whole.Open(e.ID))
				}
			}
			if found := l.Check(false); len(found) > 0 {
				return errors.New(found[0].String())
			}
			if len(posted) > 0 {
				if first, ok := l.Entry(posted[0].ID); ok && first != posted[0] {
					return fmt.Errorf("%+v is shown as %+v", posted[0], first)
				}
			}
		}
		return nil
	}
}

// withoutOpen is lookOf without what depends on the entries that are held.
func withoutOpen(l *aid.Ledger) string {
	look := lookOf(l)
	for _, e := range asEntries(l) {
		if open := l.Open(e.ID); !open.IsZero() {
			look = strings.Replace(look, fmt.Sprint(e.ID, " ", open, "; "), "", 1)
		}
	}
	return look
}

func TestSealingIsNotSeenFromOutside(t *testing.T) {
	laws.Holds(t, sealsUnseen((*aid.Ledger).Seal))
	laws.Rejects(t, sealsUnseen(func(l *aid.Ledger) int { // what is open is lost
		for _, e := range asEntries(l) {
			if left := l.Open(e.ID); e.Kind == aid.EntryPledge && !left.IsZero() {
				release := aid.Entry{ID: "x" + e.ID, Kind: aid.EntryRelease, From: e.To, Amount: left, Effective: day("2011-01-10"), Recorded: day("2011-01-10"), Of: e.ID, By: "x", Reason: "x"}
				_ = l.Post(release)
			}
		}
		return l.Seal()
	}))
}

func TestWhatSealingFrees(t *testing.T) {
	reserve := aid.Entry{
		ID: "hold", Kind: aid.EntryReserve, From: aid.Side{Fund: "central"}, Amount: yuan("30"), Effective: day("2010-03-12"), Recorded: day("2010-03-12"),
		For: aid.Use{Household: "H-2", Purpose: "medical"}, By: "县总〔2010〕2号",
	}
	g := grant("a grant with a long name"[2:7]+"-of-more-than-23-bytes", "central", "H-1", "500", "2010-03-20")
	in := receipt("in", "central", "1000", "2010-03-01")
	l := ledgerOf(t, in, reserve, g, receipt("in-2", "central", "10", "2010-05-01"))
	assert.Zero(t, l.Seal(), "nothing is closed")
	require.NoError(t, l.Close(day("2010-04-30")))
	digest, look := l.Digest(), lookOf(l)
	assert.Equal(t, 3, l.Seal())
	assert.Zero(t, l.Seal())
	assert.Equal(t, digest, l.Digest())
	assert.Equal(t, look+"", lookOf(l)+"hold 30.00; ", "but for the list of what is open")
	assert.Equal(t, 4, l.Len())
	require.ErrorIs(t, l.Post(in), aid.ErrClosed)
	require.NoError(t, l.Post(reserve), "what is open is still known")
	require.ErrorIs(t, l.Post(opposite(g, "undo")), aid.ErrClosed)
	undo := opposite(g, "undo")
	undo.Effective, undo.Recorded = day("2010-05-02"), day("2010-05-02")
	require.ErrorIs(t, l.Post(undo), union.ErrUnknown)
	_, err := l.Statement(union.MustParsePeriod("2010-04-30/.."))
	require.ErrorIs(t, err, union.ErrRange)
	s, err := l.Statement(union.MustParsePeriod("2010-05-01/.."))
	require.NoError(t, err)
	assert.Equal(t, "500.00", s.Funds[0].Opening.String())
	assert.Equal(t, "510.00", s.Funds[0].Closing.String())
	assert.Equal(t, "30.00", s.Funds[0].Reserved.String())
	paid := grant("pay", "central", "H-2", "25", "2010-05-03")
	paid.For, paid.Of = reserve.For, "hold"
	require.NoError(t, l.Post(paid))
	require.NoError(t, l.Close(day("2010-05-01")))
	assert.Equal(t, 1, l.Seal())
	void := aid.Entry{ID: "v", Kind: aid.EntryVoid, To: reserve.From, Amount: yuan("30"), Effective: day("2010-05-04"), Recorded: day("2010-05-04"), Of: "hold", By: "x", Reason: "x"}
	require.ErrorIs(t, l.Post(void), aid.ErrSpent)
	require.NoError(t, l.Post(opposite(paid, "unpay")))
	require.NoError(t, l.Post(void))
	assert.Empty(t, l.Check(true))
	got, ok := l.Entry("pay")
	assert.True(t, ok)
	assert.Equal(t, paid, got)
	acts := slices.Collect(l.Journal())
	assert.Len(t, acts, 4, "the payment, the close, the reversal and the void")
	assert.Zero(t, new(aid.Ledger).Seal())
}

// An entry that stays has its authority and reason still, shared with sealed ones or
// not.
func TestAuthoritiesAndReasonsStayWithTheirEntries(t *testing.T) {
	l := ledgerOf(t, receipt("in", "general", "100", "2010-03-01"))
	move := func(id, by, on string) aid.Entry {
		return aid.Entry{
			ID: id, Kind: aid.EntryTransfer, From: aid.Side{Fund: "general", Position: "bank"}, To: aid.Side{Fund: "general", Position: "cash"},
			Amount: yuan("1"), Effective: day(on), Recorded: day(on), By: by, Reason: "y",
		}
	}
	var stay []aid.Entry
	check := func() {
		t.Helper()
		for _, e := range stay {
			got, ok := l.Entry(e.ID)
			assert.True(t, ok, e.ID)
			assert.Equal(t, e, got)
		}
	}
	for i, each := range [][2]string{{"1号", "2010-03-02"}, {"2号", "2010-03-03"}, {"3号", "2010-03-04"}, {"3号", "2010-05-01"}, {"", "2010-05-01"}, {"4号", "2010-05-02"}, {"4号", "2010-06-01"}} {
		e := move(fmt.Sprint("m", i), each[0], each[1])
		require.NoError(t, l.Post(e))
		if i > 2 {
			stay = append(stay, e)
		}
	}
	require.NoError(t, l.Close(day("2010-04-30")))
	digest := l.Digest()
	assert.Equal(t, 4, l.Seal())
	assert.Equal(t, digest, l.Digest())
	check()
	for i, by := range []string{"4号", "5号", "3号", ""} {
		e := move(fmt.Sprint("n", i), by, "2010-06-02")
		require.NoError(t, l.Post(e))
		stay = append(stay, e)
	}
	check()
	require.NoError(t, l.Close(day("2010-05-31")))
	assert.Equal(t, 3, l.Seal())
	stay = stay[3:]
	check()
	assert.Empty(t, l.Check(true))
}

// The last entry that is sealed is shown as it was, if a later one answers it.
func TestTheLastSealedEntryIsKeptIfItIsAnswered(t *testing.T) {
	pledge := aid.Entry{ID: "p", Kind: aid.EntryPledge, To: aid.Side{Fund: "general"}, Amount: yuan("9"), Effective: day("2010-03-01"), Recorded: day("2010-03-01")}
	in := receipt("in", "general", "9", "2010-03-02")
	in.Of = "p"
	back := opposite(in, "back")
	back.Effective, back.Recorded = day("2010-05-01"), day("2010-05-01")
	l := ledgerOf(t, pledge, in, back)
	require.NoError(t, l.Close(day("2010-04-30")))
	assert.Equal(t, 2, l.Seal())
	for _, e := range []aid.Entry{pledge, in, back} {
		got, ok := l.Entry(e.ID)
		assert.True(t, ok)
		assert.Equal(t, e, got)
	}
	assert.Equal(t, "9.00", l.Open("p").String())
	l = ledgerOf(t, pledge, in)
	require.NoError(t, l.Close(day("2010-04-30")))
	assert.Equal(t, 2, l.Seal())
	for _, id := range []string{"p", "in"} {
		_, ok := l.Entry(id)
		assert.False(t, ok, "nothing is left of the pledge, and nothing answers")
	}
}

// ---- JSON, zero values, doubles of hashes

func TestAJournalIsWrittenLineByLine(t *testing.T) {
	prior := aid.Prior{Ledger: "city", AsOf: day("2010-03-01"), For: aid.Use{Household: "H-1", Purpose: "living"}, Year: 2010, Amount: yuan("20"), Times: 2}
	l := ledgerOf(t, receipt("in", "central", "1000", "2010-03-01"))
	require.NoError(t, l.Recognise(prior))
	require.NoError(t, l.Post(grant("g", "central", "H-1", "1", "2010-03-02")))
	require.NoError(t, l.Close(day("2010-03-31")))
	var acts []aid.Act
	for act := range l.Journal() {
		line := must(json.Marshal(act))
		var read aid.Act
		require.NoError(t, json.Unmarshal(line, &read))
		acts = append(acts, read)
	}
	require.Len(t, acts, 4)
	again, err := books().Replay(slices.Values(acts))
	require.NoError(t, err)
	assert.Equal(t, l, again)
	line := must(json.Marshal(acts[0]))
	assert.JSONEq(t, `{"union":"aid.act/1","entry":{"id":"in","kind":"receive","to":{"fund":"central","position":"bank"},
		"amount":"1000.00","effective":"2010-03-01","recorded":"2010-03-01"}}`, string(line))
	_, err = books().Replay(slices.Values(acts[2:]))
	require.ErrorIs(t, err, aid.ErrShort)
	assert.Equal(t, "acts[0].entry.amount", union.Faults(err)[0].Where)
	_, err = books().Replay(slices.Values([]aid.Act{acts[1], acts[3], acts[2]}))
	require.ErrorIs(t, err, aid.ErrClosed)
	assert.Equal(t, "acts[2].entry.effective", union.Faults(err)[0].Where)
	for act := range l.Journal() { // one may stop at any line
		_ = act
		break
	}
}

func TestActsThatCannotBeReadAreRefused(t *testing.T) {
	for _, text := range []string{
		`null`, `{}`, `{"union":"aid.act/2"}`, `{"union":"aid.act/1","entry":null}`, `{"union":"aid.act/1","entry":{"id":"a","amount":null}}`,
		`{"union":"aid.act/1","entry":{"id":"a","amount":12}}`, `{"union":"aid.act/1","entry":{"id":"a","amount":"1.234"}}`,
		`{"union":"aid.act/1","entry":{"id":"a","amount":"1e9"}}`, `{"union":"aid.act/1","entry":{"id":"a","amount":"92233720368547758.08"}}`,
		`{"union":"aid.act/1","entry":{"id":"a","kind":"steal"}}`, `{"union":"aid.act/1","entry":{"id":"a","ID":"b"}}`,
		`{"union":"aid.act/1","entry":{"id":"a","id":"b"}}`, `{"union":"aid.act/1","close":"2010-02-30"}`,
		`{"union":"aid.act/1","entry":{"id":"a","amount":"` + strings.Repeat("9", 10_000_000) + `"}}`,
	} {
		act := aid.Act{Close: &union.Date{}}
		err := json.Unmarshal([]byte(text), &act)
		require.Error(t, err, text[:min(len(text), 80)])
		assert.Equal(t, aid.Act{Close: &union.Date{}}, act)
		assert.Less(t, len(err.Error()), 300)
	}
	l := books().Ledger()
	require.ErrorIs(t, l.Take(aid.Act{}), union.ErrMissing)
	require.ErrorIs(t, l.Take(aid.Act{Close: new(union.Date), Entry: &aid.Entry{}}), union.ErrMissing)
	require.ErrorIs(t, l.Take(aid.Act{Close: new(union.Date)}), union.ErrMissing)
	require.ErrorIs(t, l.Take(aid.Act{Prior: &aid.Prior{}}), union.ErrMissing)
	assert.Equal(t, books().Ledger(), l)
}

func FuzzActs(f *testing.F) {
	f.Add([]byte(`{"union":"aid.act/1","entry":{"id":"e","kind":"receive","to":{"fund":"central","position":"bank"},"amount":"1.00","effective":"2010-03-01","recorded":"2010-03-01"}}
{"union":"aid.act/1","entry":{"id":"g","kind":"grant","from":{"fund":"central","position":"bank"},"amount":"1.00","effective":"2010-03-01","recorded":"2010-03-01","for":{"household":"h","purpose":"living"}}}
{"union":"aid.act/1","prior":{"ledger":"c","as_of":"2010-01-01","for":{"household":"h","purpose":"living"},"year":2010,"amount":"1.00","times":1}}
{"union":"aid.act/1","close":"2010-03-31"}`))
	f.Add([]byte(`{"union":"aid.act/1","entry":{"id":"e","kind":"reverse","of":"e","amount":"0.00"}}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		l := books().Ledger()
		for line := range strings.Lines(string(data)) {
			var act aid.Act
			if json.Unmarshal([]byte(line), &act) != nil {
				continue
			}
			before := l.Digest()
			if l.Take(act) != nil && l.Digest() != before {
				t.Fatal("a refused act has left a trace")
			}
		}
		again, err := books().Replay(l.Journal())
		if err != nil || again.Digest() != l.Digest() {
			t.Fatal(err, "another ledger comes of its journal")
		}
		if found := l.Check(true); len(found) > 0 && len(l.Check(false)) > 0 && !hasPrior(l) {
			t.Fatal(found)
		}
		l.Seal()
		if again.Digest() != l.Digest() {
			t.Fatal("sealing is seen")
		}
	})
}

func hasPrior(l *aid.Ledger) bool {
	for act := range l.Journal() {
		if act.Prior != nil {
			return true
		}
	}
	return false
}

func TestAZeroLedgerRefusesEverything(t *testing.T) {
	for _, l := range []*aid.Ledger{nil, {}, aid.Books{}.Ledger()} {
		require.ErrorIs(t, l.Post(receipt("in", "central", "1", "2010-03-01")), union.ErrMissing)
		_, err := l.Balance(aid.Side{})
		require.ErrorIs(t, err, union.ErrMissing)
		_, err = l.Available("central")
		require.ErrorIs(t, err, union.ErrMissing)
		_, err = l.Pledged("central")
		require.ErrorIs(t, err, union.ErrMissing)
		_, _, err = l.Counted("living", aid.Use{}, union.Date{})
		require.ErrorIs(t, err, union.ErrMissing)
		_, err = l.Residue("", "", union.Date{}, "", "")
		require.ErrorIs(t, err, union.ErrMissing)
		assert.Zero(t, l.Len())
		assert.Zero(t, l.Open("x"))
		assert.Zero(t, l.Closed())
		assert.Zero(t, l.Seal())
		assert.Empty(t, l.Check(true))
		assert.Empty(t, slices.Collect(l.Journal()))
		assert.True(t, l.Books().ID().IsZero())
		_, ok := l.Entry("x")
		assert.False(t, ok)
	}
	assert.Zero(t, (*aid.Ledger)(nil).Digest())
	assert.Empty(t, aid.Books{}.Reconcile(nil))
}

func TestAskingForWhatIsNotThere(t *testing.T) {
	l := books().Ledger()
	_, err := l.Balance(aid.Side{Fund: "none"})
	require.ErrorIs(t, err, union.ErrUnknown)
	_, err = l.Pledged("none")
	require.ErrorIs(t, err, union.ErrUnknown)
	use := aid.Use{Household: "H-1"}
	for want, ask := range map[string]struct {
		ceiling string
		use     aid.Use
		on      string
	}{
		"ceiling: must be given": {"", use, "2010-01-01"}, `ceiling: not known: got "none", want a ceiling of the books`: {"none", use, "2010-01-01"},
		`for.person: must be given: want whom "schooling" counts`: {"schooling", use, "2010-01-01"}, "on: must be given": {"living", use, ""},
	} {
		on, _ := union.ParseDate(ask.on)
		_, _, err := l.Counted(ask.ceiling, ask.use, on)
		require.EqualError(t, err, want)
	}
}

func TestReconcileNamesLedgersOfOtherBooks(t *testing.T) {
	other := must(aid.NewBooks(smallBooks())).Ledger()
	found := books().Reconcile(map[string]*aid.Ledger{"other": other, "none": nil})
	require.Len(t, found, 2)
	assert.Equal(t, `ledgers."none"`, found[0].Where)
	assert.Equal(t, `ledgers."other"`, found[1].Where)
}

func TestReconcileCountsTheStatementOfAThirdLedgerOnce(t *testing.T) {
	province := aid.Prior{Ledger: "province", AsOf: day("2010-03-01"), For: aid.Use{Household: "H-1", Purpose: "living"}, Year: 2010, Amount: yuan("1000"), Times: 1}
	city := province
	city.Ledger, city.Amount = "city", yuan("1000")
	in := receipt("in", "general", "5000", "2010-01-01")
	a, b := ledgerOf(t, in, grant("g", "general", "H-1", "1000", "2010-03-01")), ledgerOf(t, in, grant("g", "general", "H-1", "880", "2010-03-01"))
	require.NoError(t, a.Recognise(province))
	require.NoError(t, b.Recognise(province))
	require.NoError(t, b.Recognise(city)) // which is a itself
	both := map[string]*aid.Ledger{"city": a, "county": b}
	assert.Empty(t, books().Reconcile(both), "1000 + 1000 + 880 is the ceiling")
	later := province
	later.AsOf, later.Amount = day("2010-04-01"), yuan("1000.01")
	require.NoError(t, a.Recognise(later))
	found := books().Reconcile(both)
	require.Len(t, found, 1)
	assert.Equal(t, `ceilings.living.household."H-1".2010: no more is granted than the ceiling, whoever grants it: "city", "county", "province": got 2880.01, want at most 2880.00`, found[0].String())
}

// The latest statement of a third ledger counts, whichever of the two has it.
func TestReconcileTakesTheLatestStatementFromWhoeverHasIt(t *testing.T) {
	older := aid.Prior{Ledger: "province", AsOf: day("2010-03-01"), For: aid.Use{Household: "H-1", Purpose: "living"}, Year: 2010, Amount: yuan("1000"), Times: 1}
	newer, same := older, older
	newer.AsOf, newer.Amount = day("2010-04-01"), yuan("880.01")
	same.Amount = yuan("999")
	in := receipt("in", "general", "5000", "2010-01-01")
	for _, each := range []struct {
		a, b aid.Prior
		got  string
	}{{older, newer, "2880.01"}, {newer, older, "2880.01"}, {older, same, "3000.00"}, {same, older, "3000.00"}, {older, older, "3000.00"}} {
		a, b := ledgerOf(t, in, grant("g", "general", "H-1", "1000", "2010-03-01")), ledgerOf(t, in, grant("g", "general", "H-1", "1000", "2010-03-01"))
		require.NoError(t, a.Recognise(each.a))
		require.NoError(t, b.Recognise(each.b))
		found := books().Reconcile(map[string]*aid.Ledger{"a": a, "b": b})
		require.Len(t, found, 1)
		assert.Equal(t, each.got, found[0].Got)
	}
}

// A ceiling that bounds how often is no ceiling of a sum, and the other way round.
func TestReconcileHoldsEachCeilingToWhatItBounds(t *testing.T) {
	training := func(id, amount string) aid.Entry {
		g := grant(id, "general", "H-1", amount, "2010-03-01")
		g.For = aid.Use{Household: "H-1", Purpose: "training"}
		return g
	}
	school := func(id string) aid.Entry {
		g := grant(id, "general", "", "1", "2010-03-01")
		g.For = aid.Use{Person: "P-1", Purpose: "university"}
		return g
	}
	most := union.Fen(mostFen).String()
	rich := receipt("in", "general", most, "2010-01-01")
	side := func(a, b *aid.Ledger) []string {
		return sentences(books().Reconcile(map[string]*aid.Ledger{"a": a, "b": b}))
	}
	assert.Empty(t, side(ledgerOf(t, rich, training("g", most)), ledgerOf(t)), "once, whatever the sum")
	assert.Empty(t, side(ledgerOf(t, rich, school("g")), ledgerOf(t, rich, school("g"))), "as often as it may be")
	assert.Equal(t, []string{
		`ceilings.schooling.person."P-1".2009: no more is granted than the ceiling, whoever grants it: "a", "b": got 3 grants, want at most 2`,
		`ceilings.training.household."H-1": no more is granted than the ceiling, whoever grants it: "a", "b": got 2 grants, want at most 1`,
	}, side(ledgerOf(t, rich, school("g"), school("g2"), training("t", "1")), ledgerOf(t, rich, school("g"), training("t", "1"))))
	spec := smallBooks()
	all := union.Fen(mostFen)
	spec.Ceilings[0].Limits[0].Fixed = &all
	b := must(aid.NewBooks(spec))
	kept := func() *aid.Ledger {
		l := b.Ledger()
		require.NoError(t, l.Post(receipt("in", "b", most, "2010-01-01")))
		g := grant("g", "b", "h", most, "2010-03-01")
		g.For.Class = ""
		require.NoError(t, l.Post(g))
		return l
	}
	assert.Empty(t, b.Reconcile(map[string]*aid.Ledger{"a": kept()}))
	assert.Len(t, b.Reconcile(map[string]*aid.Ledger{"a": kept(), "b": kept()}), 1, "a sum that cannot be held is beyond every limit")
}

// Nothing that a ledger can be posted makes its table of IDs slow or wrong.
func TestManyIDsAreToldApart(t *testing.T) {
	l := books().Ledger()
	ids := map[string]bool{}
	rapid.Check(t, func(r *rapid.T) {
		for _, id := range rapid.SliceOfN(rapid.StringMatching(`[a-c0-2]{1,40}`), 1, 200).Draw(r, "ids") {
			e := receipt(id, "general", "0.01", "2010-03-01")
			_, known := l.Entry(id)
			if known != ids[id] {
				r.Fatal(id, known)
			}
			if err := l.Post(e); err == nil {
				ids[id] = true
			}
		}
	})
	assert.Equal(t, len(ids), l.Len())
	again := must(books().Replay(l.Journal()))
	assert.True(t, reflect.DeepEqual(again, l))
}
