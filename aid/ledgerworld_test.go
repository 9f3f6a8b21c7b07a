package aid_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/aid"
)

// smallBooks have two funds, of which one is for living alone, and a ceiling of 2
// fen a household and year for living.
func smallBooks() aid.BooksSpec {
	two := union.Fen(2)
	return aid.BooksSpec{
		Rule:      rule("small", "小账"),
		Sources:   []union.Term{{Key: "any", Title: "任意"}},
		Purposes:  []union.Term{{Key: "living", Title: "生活"}, {Key: "medical", Title: "医疗"}},
		Positions: []union.Term{{Key: "bank", Title: "专户"}},
		Funds: []aid.Fund{
			{Key: "a", Title: "甲", Source: "any", Purposes: []string{"living"}},
			{Key: "b", Title: "乙", Source: "any"},
		},
		Ceilings: []aid.Ceiling{{
			Key: "living", Title: "每户", Purposes: []string{"living"}, Per: aid.PerHousehold, Year: &aid.YearDay{Month: 1, Day: 1},
			Limits: []aid.Limit{{Fixed: &two}},
		}},
	}
}

// A world is all that may be posted after entries that were taken.
type world func(taken []aid.Entry) []aid.Entry

// smallWorld has every operation on two funds and two households, with the amounts
// at the ceiling, below and above it.
func smallWorld(taken []aid.Entry) []aid.Entry {
	all, id, on := make([]aid.Entry, 0, 96), fmt.Sprintf("e%d", len(taken)), day("2010-05-04")
	put := func(e aid.Entry) {
		e.ID, e.Effective, e.Recorded = id, on, on
		all = append(all, e)
	}
	amounts := []union.Money{union.Fen(1), union.Fen(2), union.Fen(3)}
	uses := []aid.Use{{Household: "h", Purpose: "living"}, {Household: "i", Purpose: "living"}}
	if !slices.ContainsFunc(taken, func(e aid.Entry) bool { return e.For.Household == "h" }) {
		uses = uses[:1] // a name is but a name: the first to be named is h
	}
	for _, fund := range []string{"a", "b"} {
		cell, alone := aid.Side{Fund: fund, Position: "bank"}, aid.Side{Fund: fund}
		other := aid.Side{Fund: map[string]string{"a": "b", "b": "a"}[fund], Position: "bank"}
		for _, amount := range amounts {
			put(aid.Entry{Kind: aid.EntryPledge, To: alone, Amount: amount})
			put(aid.Entry{Kind: aid.EntryReceive, To: cell, Amount: amount})
			put(aid.Entry{Kind: aid.EntryInterest, To: cell, Amount: amount})
			put(aid.Entry{Kind: aid.EntryReturn, From: cell, Amount: amount, By: "x", Reason: "y"})
			put(aid.Entry{Kind: aid.EntryTransfer, From: cell, To: other, Amount: amount, By: "x", Reason: "y"})
			for _, use := range uses {
				put(aid.Entry{Kind: aid.EntryGrant, From: cell, Amount: amount, For: use})
				put(aid.Entry{Kind: aid.EntryReserve, From: alone, Amount: amount, For: use})
			}
		}
	}
	for _, of := range taken {
		back := opposite(of, "")
		put(back)
		for _, amount := range amounts {
			switch of.Kind {
			case aid.EntryPledge:
				put(aid.Entry{Kind: aid.EntryReceive, To: aid.Side{Fund: of.To.Fund, Position: "bank"}, Amount: amount, Of: of.ID})
				put(aid.Entry{Kind: aid.EntryRelease, From: of.To, Amount: amount, Of: of.ID, By: "x", Reason: "y"})
			case aid.EntryReserve:
				put(aid.Entry{Kind: aid.EntryGrant, From: aid.Side{Fund: of.From.Fund, Position: "bank"}, Amount: amount, For: of.For, Of: of.ID})
				put(aid.Entry{Kind: aid.EntryVoid, To: of.From, Amount: amount, Of: of.ID, By: "x", Reason: "y"})
			}
		}
	}
	return all
}

// deepWorld receives into, grants from and reverses in one fund, for two households
// and with the amounts at the ceiling and a fen above it.
func deepWorld(taken []aid.Entry) []aid.Entry {
	var all []aid.Entry
	put := func(e aid.Entry) {
		e.ID, e.Effective, e.Recorded = fmt.Sprintf("e%d", len(taken)), day("2010-05-04"), day("2010-05-04")
		all = append(all, e)
	}
	cell := aid.Side{Fund: "a", Position: "bank"}
	for _, amount := range []union.Money{union.Fen(2), union.Fen(3)} {
		put(aid.Entry{Kind: aid.EntryReceive, To: cell, Amount: amount})
		for _, household := range []string{"h", "i"} {
			put(aid.Entry{Kind: aid.EntryGrant, From: cell, Amount: amount, For: aid.Use{Household: household, Purpose: "living"}})
		}
	}
	for _, of := range taken {
		put(opposite(of, ""))
	}
	return all
}

// exhaust posts all histories of a world up to a length to ledgers and to the plain
// model, and counts them. A history that is refused somewhere is one without the
// refused entry, since that leaves the ledger as it was, which is looked at too.
// The IDs are new and no period is closed, so that the model has no need to look.
func exhaust(t *testing.T, spec aid.BooksSpec, all world, length int) int {
	t.Helper()
	books := must(aid.NewBooks(spec))
	again := func(taken []aid.Entry) *aid.Ledger {
		l := books.Ledger()
		for _, e := range taken {
			if err := l.Post(e); err != nil {
				require.NoError(t, err, "%+v in %+v", e, taken)
			}
		}
		return l
	}
	histories := 0
	var walk func(taken []aid.Entry)
	walk = func(taken []aid.Entry) {
		m, l := &model{spec: spec, entries: taken}, again(taken)
		now := m.account()
		if err := m.agreesAt(now, l); err != nil {
			require.NoError(t, err, "%+v", taken)
		}
		if len(taken) == length {
			return
		}
		digest := l.Digest()
		tried := all(taken)
		next := tried[:0]
		for _, e := range tried {
			histories++
			want := m.refusesAt(now, e)
			if want == nil {
				next = append(next, e)
				continue
			}
			if got := l.Post(e); sentinelOf(got) != sentinelOf(want) {
				require.Equal(t, sentinelOf(want), sentinelOf(got), "%+v after %+v", e, taken)
			}
		}
		if l.Digest() != digest || m.agreesAt(now, l) != nil {
			require.Fail(t, "a refused entry has left a trace", "%+v", taken)
		}
		for _, e := range next {
			walk(append(taken, e)) // in the place of the one before, which is done with
		}
	}
	walk(make([]aid.Entry, 0, length))
	return histories
}

func TestAllShortHistoriesDoWhatThePlainModelDoes(t *testing.T) {
	t.Parallel()
	histories := exhaust(t, smallBooks(), smallWorld, 4)
	t.Log(histories, "histories")
	assert.Greater(t, histories, 100_000)
}

func TestAllHistoriesOfReceivingGrantingAndReversingDoWhatThePlainModelDoes(t *testing.T) {
	t.Parallel()
	histories := exhaust(t, smallBooks(), deepWorld, 6)
	t.Log(histories, "histories")
	assert.Greater(t, histories, 2_000)
}
