package aid

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/unioncampaign/union"
)

// A ledger that is kept by Post agrees with its entries, so that what a check would
// find is put into one by hand.
func TestACheckFindsWhatWasTamperedWith(t *testing.T) {
	two := union.Fen(1000)
	books, err := NewBooks(BooksSpec{
		Rule:      union.Rule{Key: "small", Version: "2010", Title: "小账", Source: "例县总工会〔2010〕3号"},
		Sources:   []union.Term{{Key: "any", Title: "任意"}},
		Purposes:  []union.Term{{Key: "living", Title: "生活"}},
		Positions: []union.Term{{Key: "bank", Title: "专户"}, {Key: "cash", Title: "现金"}},
		Funds:     []Fund{{Key: "a", Title: "甲", Source: "any"}, {Key: "b", Title: "乙", Source: "any"}},
		Ceilings: []Ceiling{
			{Key: "once", Title: "每户", Per: PerHousehold, Limits: []Limit{{Fixed: &two}}},
			{Key: "each", Title: "每人", Per: PerPerson, Limits: []Limit{{Fixed: &two}}},
		},
	})
	require.NoError(t, err)
	on := union.MustParseDate("2010-05-04")
	entries := []Entry{
		{ID: "p", Kind: EntryPledge, To: Side{Fund: "b"}, Amount: union.Fen(700)},
		{ID: "in", Kind: EntryReceive, To: Side{Fund: "a", Position: "bank"}, Amount: union.Fen(500)},
		{ID: "g", Kind: EntryGrant, From: Side{Fund: "a", Position: "bank"}, Amount: union.Fen(200), For: Use{Household: "h", Person: "i", Purpose: "living"}},
		{ID: "hold", Kind: EntryReserve, From: Side{Fund: "a"}, Amount: union.Fen(100), For: Use{Household: "h", Person: "i", Purpose: "living"}},
	}
	kept := func() *Ledger {
		l := books.Ledger()
		for _, e := range entries {
			e.Effective, e.Recorded = on, on
			require.NoError(t, l.Post(e))
		}
		return l
	}
	sealed := func() *Ledger {
		l := kept()
		require.NoError(t, l.Close(on))
		require.Equal(t, len(entries), l.Seal())
		next := union.MustParseDate("2010-05-05")
		cash := Side{Fund: "a", Position: "cash"}
		require.NoError(t, l.Post(Entry{ID: "in-2", Kind: EntryReceive, To: cash, Amount: union.Fen(50), Effective: next, Recorded: next}))
		require.NoError(t, l.Post(Entry{ID: "back", Kind: EntryReturn, From: cash, Amount: union.Fen(20), Effective: next, Recorded: next, By: "x", Reason: "y"}))
		return l
	}
	assert.Empty(t, kept().Check(true))
	assert.Empty(t, sealed().Check(true))
	recounted := func(what string) string {
		return what + ": what the ledger says is what its entries amount to: got "
	}
	conserved := ": opening and what came in, less what went out, is closing: got "
	for reason, each := range map[string]struct {
		of     func() *Ledger
		tamper func(*Ledger)
		want   []string
	}{
		"a fund's money":         {kept, func(l *Ledger) { l.state.held[1]++ }, []string{recounted("funds.a") + "3.01, want 3.00"}},
		"what is free":           {kept, func(l *Ledger) { l.state.free[1]-- }, []string{recounted("funds.a.free") + "1.99, want 2.00"}},
		"what is pledged":        {kept, func(l *Ledger) { l.state.pledged[2]++ }, []string{recounted("funds.b.pledged") + "7.01, want 7.00"}},
		"a fund's position":      {kept, func(l *Ledger) { l.state.cells[0]++ }, []string{recounted("funds.a.bank") + "3.01, want 3.00"}},
		"another fund's":         {kept, func(l *Ledger) { l.state.cells[3]++ }, []string{recounted("funds.b.cash") + "0.01, want 0.00"}},
		"the total":              {kept, func(l *Ledger) { l.state.total++ }, []string{recounted("total") + "3.01, want 3.00"}},
		"the total of pledges":   {kept, func(l *Ledger) { l.state.totalPledged++ }, []string{recounted("pledged") + "7.01, want 7.00"}},
		"what a household got":   {kept, func(l *Ledger) { l.households.value(1).sum++ }, []string{recounted(`ceilings.once.household."h"`) + "3.01, want 3.00"}},
		"how often it got":       {kept, func(l *Ledger) { l.households.value(1).times++ }, []string{recounted(`ceilings.once.household."h"`) + "3.00, want 3.00"}},
		"what a person got":      {kept, func(l *Ledger) { l.persons.value(1).sum-- }, []string{recounted(`ceilings.each.person."i"`) + "2.99, want 3.00"}},
		"that it got anything":   {kept, func(l *Ledger) { *l.households.value(1) = account{} }, []string{recounted(`ceilings.once.household."h"`) + "0.00, want 3.00"}},
		"that it got for others": {kept, func(l *Ledger) { l.households.value(1).ceiling = 2 }, []string{recounted(`ceilings.each.person."h"`) + "3.00, want 0.00", recounted(`ceilings.once.household."h"`) + "0.00, want 3.00"}},
		"the kind of a grant": {kept, func(l *Ledger) { l.row(3).kind = EntryReceive }, []string{
			recounted(`ceilings.once.household."h"`) + "3.00, want 1.00", recounted(`ceilings.each.person."i"`) + "3.00, want 1.00",
			"funds.a" + conserved + "3.00, want 7.00", "funds." + conserved + "3.00, want 7.00",
		}},
		"the kind of a return after a sealing": {sealed, func(l *Ledger) { l.row(6).kind = EntryReceive }, []string{
			"funds.a" + conserved + "3.30, want 3.70", "funds." + conserved + "3.30, want 3.70",
		}},
		"money that was not there": {kept, func(l *Ledger) { l.row(2).amount = 250 }, []string{
			`entries."hold": a fund has at every time what leaves it: got a`,
			recounted("funds.a") + "3.00, want 0.50", recounted("funds.a.free") + "2.00, want -0.50", recounted("funds.a.bank") + "3.00, want 0.50", recounted("total") + "3.00, want 0.50",
		}},
		"a grant of what was not there": {kept, func(l *Ledger) { l.row(2).amount = 199 }, []string{
			`entries."g": a fund has at every time what leaves it: got a`, `entries."hold": a fund has at every time what leaves it: got a`,
			recounted("funds.a") + "3.00, want -0.01", recounted("funds.a.free") + "2.00, want -1.01", recounted("funds.a.bank") + "3.00, want -0.01", recounted("total") + "3.00, want -0.01",
		}},
	} {
		l := each.of()
		each.tamper(l)
		var got []string
		for _, finding := range l.Check(false) {
			got = append(got, finding.String())
		}
		assert.Equal(t, each.want, got, reason)
	}
}
