package main

import (
	"errors"
	"strconv"

	"github.com/shopspring/decimal"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/aid"
)

// ledgerRow posts entries to a ledger of relief funds: their IDs are looked for
// among all before, their funds, positions and purposes looked up, and grants are
// refused that a fund is not for, that it has not enough for, or that go beyond a
// household's ceiling of the year. The plain way keeps the same rules on maps, with
// decimals. The limit has numbers for all keys, and looks for IDs in a list of bits.
var ledgerRow = row{name: "Ledger: posting entries", faster: 4, open: true, load: loadLedger}

// A posted is an entry as the plain way and the limit have it.
type posted struct {
	id, fund, position, purpose, household string
	grant                                  bool
	amount                                 decimal.Decimal
	number                                 int // of the ID
	fen                                    int64
	fundCode, positionCode, purposeCode    int
	householdCode                          int
}

// The books: how many funds there are, each for every purpose but one, how many
// positions, and what a household may get for each purpose a year.
const (
	ledgerFunds     = 8
	ledgerPositions = 4
	ledgerPurposes  = 6
	ledgerCeiling   = 1_000_000
)

func ledgerBooks() aid.Books {
	terms := func(word string, n int) []union.Term {
		list := make([]union.Term, n)
		for i := range list {
			list[i] = union.Term{Key: word + strconv.Itoa(i), Title: word}
		}
		return list
	}
	spec := aid.BooksSpec{
		Rule:    union.Rule{Key: "bench", Version: "1", Title: "bench", Source: "bench"},
		Sources: terms("source", 1), Purposes: terms("purpose", ledgerPurposes), Positions: terms("position", ledgerPositions),
	}
	most := union.Fen(ledgerCeiling)
	for i := range ledgerPurposes {
		spec.Ceilings = append(spec.Ceilings, aid.Ceiling{
			Key: "ceiling" + strconv.Itoa(i), Title: "ceiling", Purposes: []string{"purpose" + strconv.Itoa(i)}, Per: aid.PerHousehold,
			Year: &aid.YearDay{Month: 1, Day: 1}, Limits: []aid.Limit{{Fixed: &most}},
		})
	}
	for i := range ledgerFunds {
		fund := aid.Fund{Key: "fund" + strconv.Itoa(i), Title: "fund", Source: "source0"}
		for j := range ledgerPurposes {
			if j != i%ledgerPurposes {
				fund.Purposes = append(fund.Purposes, "purpose"+strconv.Itoa(j))
			}
		}
		spec.Funds = append(spec.Funds, fund)
	}
	return must(aid.NewBooks(spec))
}

func loadLedger(records int) contest {
	source := random(7)
	list, entries := make([]posted, records), make([]aid.Entry, records)
	households := uint64(records/5 + 1)
	on := union.MustParseDate("2010-05-04")
	for i := range list {
		each := posted{number: i, fen: int64(source.below(300_000)) + 1}
		if i > 0 && source.below(50) == 0 {
			each = list[source.below(uint64(i))] // handed in twice
		} else {
			each.fundCode, each.positionCode = int(source.below(ledgerFunds)), int(source.below(ledgerPositions))
			each.grant = source.below(4) > 0
			if i < ledgerFunds*ledgerPositions { // at first something comes in everywhere
				each.fundCode, each.positionCode, each.grant, each.fen = i%ledgerFunds, i/ledgerFunds, false, 5_000_000
			}
			if each.grant {
				each.purposeCode, each.householdCode = int(source.below(ledgerPurposes)), int(source.below(households))
				if each.purposeCode == each.fundCode%ledgerPurposes && source.below(5) > 0 { // few ask a fund for what it is not for
					each.purposeCode = (each.purposeCode + 1) % ledgerPurposes
				}
				each.purpose, each.household = "purpose"+strconv.Itoa(each.purposeCode), "H-"+strconv.Itoa(1_000_000+each.householdCode)
			} else {
				each.fen *= 5
			}
			each.id = "2010-" + strconv.Itoa(10_000_000+each.number)
			each.fund, each.position = "fund"+strconv.Itoa(each.fundCode), "position"+strconv.Itoa(each.positionCode)
			each.amount = decimal.New(each.fen, -2)
		}
		list[i] = each
		entry := aid.Entry{ID: each.id, Kind: aid.EntryReceive, Amount: union.Fen(each.fen), Effective: on, Recorded: on}
		side := aid.Side{Fund: each.fund, Position: each.position}
		if each.grant {
			entry.Kind, entry.From, entry.For = aid.EntryGrant, side, aid.Use{Household: each.household, Purpose: each.purpose}
		} else {
			entry.To = side
		}
		entries[i] = entry
	}
	books := ledgerBooks()
	return contest{
		limit:   func() func() int64 { return postNumbers(list, int(households)) },
		library: func() func() int64 { return postEntries(books, entries) },
		plain:   func() func() int64 { return postPlainly(list) },
	}
}

// ledgerDigest is that of what lies where and of how many entries were taken.
func ledgerDigest(taken int, fen func(fund, position int) int64) func() int64 {
	return func() int64 {
		return weigh(ledgerFunds*ledgerPositions, func(i int) int64 { return fen(i/ledgerPositions, i%ledgerPositions) }) + int64(taken)
	}
}

func postEntries(books aid.Books, entries []aid.Entry) func() int64 {
	ledger := books.Ledger()
	for i := range entries {
		_ = ledger.Post(entries[i])
	}
	return ledgerDigest(ledger.Len(), func(fund, position int) int64 {
		return must(ledger.Balance(aid.Side{Fund: "fund" + strconv.Itoa(fund), Position: "position" + strconv.Itoa(position)})).Fen()
	})
}

func postNumbers(list []posted, households int) func() int64 {
	seen := make([]bool, len(list))
	var cells [ledgerFunds * ledgerPositions]int64
	granted := make([]int64, households*ledgerPurposes)
	taken := 0
	for i := range list {
		each := &list[i]
		if seen[each.number] {
			continue
		}
		cell := &cells[each.fundCode*ledgerPositions+each.positionCode]
		if each.grant {
			sum := &granted[each.householdCode*ledgerPurposes+each.purposeCode]
			if each.purposeCode == each.fundCode%ledgerPurposes || *cell < each.fen || *sum+each.fen > ledgerCeiling {
				continue
			}
			*sum += each.fen
			*cell -= each.fen
		} else {
			*cell += each.fen
		}
		seen[each.number] = true
		taken++
	}
	return ledgerDigest(taken, func(fund, position int) int64 { return cells[fund*ledgerPositions+position] })
}

// plainBooks are the books as maps.
type plainBooks struct {
	funds     map[string]map[string]bool // and the purposes that each is for
	positions map[string]bool
	purposes  map[string]bool
	ceiling   decimal.Decimal
	journal   map[string]posted
	cells     map[[2]string]decimal.Decimal
	held      map[string]decimal.Decimal
	granted   map[plainUse]decimal.Decimal
}

type plainUse struct {
	household, purpose string
	year               int
}

var (
	errUnknown = errors.New("not known")
	errPurpose = errors.New("outside the fund's purposes")
	errShort   = errors.New("more than there is")
	errCeiling = errors.New("more than the ceiling")
)

func (b *plainBooks) post(e posted) error {
	if _, ok := b.journal[e.id]; ok {
		return nil
	}
	purposes, ok := b.funds[e.fund]
	if !ok || !b.positions[e.position] {
		return errUnknown
	}
	cell := [2]string{e.fund, e.position}
	if !e.grant {
		b.cells[cell] = b.cells[cell].Add(e.amount)
		b.held[e.fund] = b.held[e.fund].Add(e.amount)
		b.journal[e.id] = e
		return nil
	}
	if !b.purposes[e.purpose] {
		return errUnknown
	}
	if !purposes[e.purpose] {
		return errPurpose
	}
	left := b.cells[cell].Sub(e.amount)
	if left.IsNegative() {
		return errShort
	}
	held := b.held[e.fund].Sub(e.amount)
	if held.IsNegative() {
		return errShort
	}
	use := plainUse{household: e.household, purpose: e.purpose, year: 2010}
	sum := b.granted[use].Add(e.amount)
	if sum.GreaterThan(b.ceiling) {
		return errCeiling
	}
	b.cells[cell], b.held[e.fund], b.granted[use] = left, held, sum
	b.journal[e.id] = e
	return nil
}

func postPlainly(list []posted) func() int64 {
	b := plainBooks{
		funds: map[string]map[string]bool{}, positions: map[string]bool{}, purposes: map[string]bool{}, ceiling: decimal.New(ledgerCeiling, -2),
		journal: map[string]posted{}, cells: map[[2]string]decimal.Decimal{}, held: map[string]decimal.Decimal{}, granted: map[plainUse]decimal.Decimal{},
	}
	for i := range ledgerFunds {
		purposes := map[string]bool{}
		for j := range ledgerPurposes {
			if j != i%ledgerPurposes {
				purposes["purpose"+strconv.Itoa(j)] = true
			}
			b.purposes["purpose"+strconv.Itoa(j)] = true
		}
		b.funds["fund"+strconv.Itoa(i)] = purposes
	}
	for i := range ledgerPositions {
		b.positions["position"+strconv.Itoa(i)] = true
	}
	for _, each := range list {
		_ = b.post(each)
	}
	return ledgerDigest(len(b.journal), func(fund, position int) int64 {
		return b.cells[[2]string{"fund" + strconv.Itoa(fund), "position" + strconv.Itoa(position)}].Shift(2).IntPart()
	})
}
