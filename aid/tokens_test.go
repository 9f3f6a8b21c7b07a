package aid

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/unioncampaign/union"
)

// Texts that were made to have one hash are told apart, and no search goes over all
// of them.
func TestTextsWithOneHashAreToldApart(t *testing.T) {
	var table tokenTable[int]
	for n := range 200 {
		text := strings.Repeat("x", n%40) + fmt.Sprint(n)
		assert.Zero(t, table.at(text, 7))
		assert.Equal(t, uint32(n+1), table.put(text, 7, &n))
	}
	for n := range 200 {
		text := strings.Repeat("x", n%40) + fmt.Sprint(n)
		assert.Equal(t, uint32(n+1), table.at(text, 7), text)
		assert.Equal(t, text, table.text(uint32(n+1)))
		assert.Equal(t, n, *table.value(uint32(n + 1)))
	}
	assert.Len(t, table.far, 200-mostSteps)
	assert.Zero(t, table.at("none", 7))
	assert.Empty(t, table.text(0))
}

func TestTextsAreFoundInManyPieces(t *testing.T) {
	var table tokenTable[int]
	for n := range 3*pieceSize + 1 {
		text := fmt.Sprint("2010-", n)
		number, hash := table.find(text)
		assert.Zero(t, number)
		table.put(text, hash, &n)
	}
	assert.Equal(t, 3*pieceSize+1, table.size())
	for n := range 3*pieceSize + 1 {
		number, _ := table.find(fmt.Sprint("2010-", n))
		assert.Equal(t, uint32(n+1), number)
		assert.Equal(t, n, *table.value(number))
	}
	assert.Less(t, len(table.far), 3, "the hash spreads what differs by a digit")
}

// Texts of one length that differ in any byte have words that differ, so that the hash
// can tell them apart.
func TestTheWordOfAShortTextHasAllItsBytes(t *testing.T) {
	for length := range 8 {
		text := strings.Repeat("a", length)
		for i := range length {
			other := []byte(text)
			other[i] = 'b'
			assert.NotEqual(t, shortWordOf(text), shortWordOf(string(other)), "%s and %s", text, other)
			assert.NotEqual(t, hashOf(text), hashOf(string(other)), "%s and %s", text, other)
		}
		assert.NotEqual(t, hashOf(text), hashOf(text+"a"))
	}
}

func TestEveryByteOfATextCountsInItsHash(t *testing.T) {
	hashes := map[uint32]string{}
	note := func(text string) {
		other, known := hashes[hashOf(text)]
		assert.False(t, known, "%s and %s", text, other)
		hashes[hashOf(text)] = text
	}
	for length := 1; length <= 40; length++ {
		text := strings.Repeat("a", length)
		note(text)
		for i := range length {
			for _, b := range []byte("b1\x00\xff") {
				other := []byte(text)
				other[i] = b
				note(string(other))
			}
		}
	}
}

// IDs are numbers in a row, mostly: among 20,000 hashes of 32 bits no two are alike but
// by a chance of one in twenty.
func TestIDsInARowHaveHashesOfTheirOwn(t *testing.T) {
	for _, form := range []string{"%d", "%05d", "2010-%06d", "GZ-2010-%06d", "县总-%05d", "%d-2010-05-04", "a rather long beginning, then %05d"} {
		hashes := map[uint32]bool{}
		for n := range 20_000 {
			hashes[hashOf(fmt.Sprintf(form, n))] = true
		}
		assert.GreaterOrEqual(t, len(hashes), 20_000-1, form)
	}
}

// A probe is taken before a text is looked for, so that it must tell of a table that is
// empty, and of slots that others have taken.
func TestAProbeIsTheBeginningOfASearch(t *testing.T) {
	var table tokenTable[int]
	assert.Zero(t, table.seek("a", table.probe("a")))
	for n := range 100 {
		text := fmt.Sprint(n)
		before := table.probe(text)
		assert.Zero(t, table.seek(text, before))
		number := table.put(text, before.hash, &n)
		assert.Equal(t, number, table.seek(text, table.probe(text)))
		assert.LessOrEqual(t, table.size(), max(len(table.slots)/4*3, 1), "a quarter of the slots is free")
	}
}

// keptLedger has a fund with money, a reservation, a pledge and a grant.
func keptLedger(t *testing.T) *Ledger {
	t.Helper()
	most := union.Fen(1000)
	books, err := NewBooks(BooksSpec{
		Rule:      union.Rule{Key: "k", Version: "1", Title: "k", Source: "k"},
		Sources:   []union.Term{{Key: "s", Title: "s"}},
		Purposes:  []union.Term{{Key: "living", Title: "l"}},
		Positions: []union.Term{{Key: "bank", Title: "b"}},
		Funds:     []Fund{{Key: "f", Title: "f", Source: "s"}},
		Ceilings: []Ceiling{{
			Key: "c", Title: "c", Per: PerHousehold, Year: &YearDay{Month: 1, Day: 1}, Limits: []Limit{{Fixed: &most}}, Times: 2,
		}},
	})
	require.NoError(t, err)
	on := union.MustParseDate("2010-05-04")
	cell, use := Side{Fund: "f", Position: "bank"}, Use{Household: "h", Purpose: "living"}
	l := books.Ledger()
	for _, e := range []Entry{
		{ID: "in", Kind: EntryReceive, To: cell, Amount: union.Fen(900)},
		{ID: "hold", Kind: EntryReserve, From: Side{Fund: "f"}, Amount: union.Fen(100), For: use},
		{ID: "promise", Kind: EntryPledge, To: Side{Fund: "f"}, Amount: union.Fen(50)},
		{ID: "out", Kind: EntryGrant, From: cell, Amount: union.Fen(300), For: use},
	} {
		e.Effective, e.Recorded = on, on
		require.NoError(t, l.Post(e))
	}
	require.Empty(t, l.Check(true))
	return l
}

// What could only come about by a fault of the ledger itself is found.
func TestACheckFindsWhatTheLedgerHasWrong(t *testing.T) {
	for where, spoil := range map[string]func(l *Ledger){
		"funds.f":         func(l *Ledger) { l.state.held[1]++ },
		"funds.f.free":    func(l *Ledger) { l.state.free[1]-- },
		"funds.f.pledged": func(l *Ledger) { l.state.pledged[1]++ },
		"funds.f.bank":    func(l *Ledger) { l.state.cells[0]++ },
		"total":           func(l *Ledger) { l.state.total++ },
		"pledged":         func(l *Ledger) { l.state.totalPledged-- },
		`ceilings.c.household."h".2010`: func(l *Ledger) {
			l.households.value(1).sum--
		},
		`entries."out"`: func(l *Ledger) { // was taken although there was less
			l.posted.value(4).amount = 850
			l.state.cells[0], l.state.held[1], l.state.free[1], l.state.total = 50, 50, -50, 50
			l.households.value(1).sum = 950
		},
	} {
		t.Run(where, func(t *testing.T) {
			l := keptLedger(t)
			spoil(l)
			found := l.Check(false)
			require.NotEmpty(t, found)
			assert.Equal(t, where, found[0].Where)
		})
	}
	l := keptLedger(t)
	*l.households.value(1) = account{}
	found := l.Check(false)
	require.Len(t, found, 1)
	assert.Equal(t, `ceilings.c.household."h".2010: what the ledger says is what its entries amount to: got 0.00, want 4.00`, found[0].String())
	line := FundLine{Fund: "f", Opening: union.Fen(1), Closing: union.Fen(2)}
	sum, ok := line.balance()
	assert.True(t, ok)
	assert.Equal(t, union.Fen(1), sum)
	line.Received.Amount = union.Fen(9223372036854775807)
	_, ok = line.balance()
	assert.False(t, ok)
	line.Received.Amount = union.Fen(-9223372036854775808)
	line.Granted.Amount = union.Fen(9223372036854775807)
	_, ok = line.balance()
	assert.False(t, ok)
	line.Out.Amount = union.Fen(9223372036854775807)
	_, ok = line.balance()
	assert.False(t, ok)
}

func TestMoreGrantsThanTheCeilingAreFound(t *testing.T) {
	l := keptLedger(t)
	require.NoError(t, l.Recognise(Prior{
		Ledger: "city", AsOf: union.MustParseDate("2010-06-01"), For: Use{Household: "h", Purpose: "living"}, Year: 2010, Amount: union.Fen(1), Times: 1,
	}))
	found := l.Check(false)
	require.Len(t, found, 1)
	assert.Equal(t, `ceilings.c.household."h".2010: no more is granted than the ceiling, whoever grants it: "city": got 3 grants, want at most 2`, found[0].String())
}
