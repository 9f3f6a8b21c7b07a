package main

import (
	"errors"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/shopspring/decimal"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/aid"
)

// ledgerRow posts entries to a ledger of relief funds: their IDs are looked for
// among all before, their funds, positions and purposes looked up, and grants are
// refused that a fund is not for, that it has not enough for, or that go beyond a
// household's ceiling of the year. The plain way keeps the same rules on maps, with
// decimals: an ID that comes again with another content is refused, texts must be fit for
// tokens, no entry is dated after its recording or into a closed period, and the journal
// has an order. The limit has numbers for all keys, looks for IDs in a list of bits, and
// looks at no day.
var ledgerRow = row{name: "Ledger: posting entries", faster: 4, load: loadLedger}

// A posted is an entry as the plain way has it.
type posted struct {
	id, fund, position, purpose, household string
	grant                                  bool
	amount                                 decimal.Decimal
	effective, recorded                    time.Time
}

// A numbered is an entry as the limit has it.
type numbered struct {
	grant                              bool
	number                             int // of the ID
	fen                                int64
	fund, position, purpose, household uint32
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
	list, plain, entries := make([]numbered, records), make([]posted, records), make([]aid.Entry, records)
	households := uint64(records/5 + 1)
	for i := range list {
		if i > 0 && source.below(50) == 0 { // handed in twice
			before := source.below(uint64(i))
			list[i], plain[i], entries[i] = list[before], plain[before], entries[before]
			continue
		}
		each := numbered{number: i, fen: int64(source.below(300_000)) + 1}
		each.fund, each.position, each.grant = uint32(source.below(ledgerFunds)), uint32(source.below(ledgerPositions)), source.below(4) > 0
		if i < ledgerFunds*ledgerPositions { // at first something comes in everywhere
			each.fund, each.position, each.grant, each.fen = uint32(i%ledgerFunds), uint32(i/ledgerFunds), false, 5_000_000
		}
		if each.grant {
			each.purpose, each.household = uint32(source.below(ledgerPurposes)), uint32(source.below(households))
			if each.purpose == each.fund%ledgerPurposes && source.below(5) > 0 { // few ask a fund for what it is not for
				each.purpose = (each.purpose + 1) % ledgerPurposes
			}
		} else {
			each.fen *= 5
		}
		list[i], entries[i] = each, entryOf(each)
		plain[i] = plainOf(entries[i])
	}
	books := ledgerBooks()
	return contest{
		limit:   func() func() int64 { return postNumbers(list, int(households)) },
		library: func() func() int64 { return postEntries(books, entries) },
		plain:   func() func() int64 { return postPlainly(plain) },
	}
}

// entryOf returns an entry in the words of the books.
func entryOf(of numbered) aid.Entry {
	on := union.MustParseDate("2010-05-04")
	entry := aid.Entry{
		ID: "2010-" + strconv.Itoa(10_000_000+of.number), Kind: aid.EntryReceive, Amount: union.Fen(of.fen), Effective: on, Recorded: on,
	}
	side := aid.Side{Fund: "fund" + strconv.Itoa(int(of.fund)), Position: "position" + strconv.Itoa(int(of.position))}
	if !of.grant {
		entry.To = side
		return entry
	}
	entry.Kind, entry.From = aid.EntryGrant, side
	entry.For = aid.Use{Household: "H-" + strconv.Itoa(1_000_000+int(of.household)), Purpose: "purpose" + strconv.Itoa(int(of.purpose))}
	return entry
}

// plainOf returns an entry as the plain way has it.
func plainOf(of aid.Entry) posted {
	side := of.From
	if of.Kind == aid.EntryReceive {
		side = of.To
	}
	day := func(of union.Date) time.Time {
		return time.Date(of.Year(), time.Month(of.Month()), of.Day(), 0, 0, 0, 0, time.UTC)
	}
	return posted{
		id: of.ID, fund: side.Fund, position: side.Position, purpose: of.For.Purpose, household: of.For.Household,
		grant: of.Kind == aid.EntryGrant, amount: decimal.New(of.Amount.Fen(), -2), effective: day(of.Effective), recorded: day(of.Recorded),
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

func postNumbers(list []numbered, households int) func() int64 {
	seen := make([]bool, len(list))
	var cells [ledgerFunds * ledgerPositions]int64
	granted := make([]int64, households*ledgerPurposes)
	taken := 0
	for i := range list {
		each := &list[i]
		if seen[each.number] {
			continue
		}
		cell := &cells[each.fund*ledgerPositions+each.position]
		if each.grant {
			sum := &granted[each.household*ledgerPurposes+each.purpose]
			if each.purpose == each.fund%ledgerPurposes || *cell < each.fen || *sum+each.fen > ledgerCeiling {
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
	closed    time.Time
	journal   []posted
	byID      map[string]int // among the journal
	cells     map[[2]string]decimal.Decimal
	held      map[string]decimal.Decimal
	granted   map[plainUse]decimal.Decimal
}

type plainUse struct {
	household, purpose string
	year               int
}

var (
	errText     = errors.New("not fit for a token")
	errOrder    = errors.New("dated after its recording")
	errClosed   = errors.New("dated into a closed period")
	errRepeated = errors.New("another content")
	errUnknown  = errors.New("not known")
	errPurpose  = errors.New("outside the fund's purposes")
	errShort    = errors.New("more than there is")
	errCeiling  = errors.New("more than the ceiling")
)

// fitForToken reports whether a text may stand for somebody or something.
func fitForToken(text string) bool {
	return text != "" && len(text) <= 64 && utf8.ValidString(text) &&
		!strings.ContainsFunc(text, func(r rune) bool { return r == ' ' || !unicode.IsPrint(r) })
}

// same reports whether an entry has the content of another.
func (e *posted) same(other *posted) bool {
	return e.fund == other.fund && e.position == other.position && e.purpose == other.purpose && e.household == other.household &&
		e.grant == other.grant && e.amount.Equal(other.amount) && e.effective.Equal(other.effective) && e.recorded.Equal(other.recorded)
}

func (b *plainBooks) add(e *posted) {
	b.byID[e.id] = len(b.journal)
	b.journal = append(b.journal, *e)
}

func (b *plainBooks) post(e *posted) error {
	switch {
	case !fitForToken(e.id) || e.grant && !fitForToken(e.household):
		return errText
	case e.recorded.Before(e.effective):
		return errOrder
	}
	if before, ok := b.byID[e.id]; ok {
		if !b.journal[before].same(e) {
			return errRepeated
		}
		return nil
	}
	if !e.effective.After(b.closed) {
		return errClosed
	}
	purposes, ok := b.funds[e.fund]
	if !ok || !b.positions[e.position] {
		return errUnknown
	}
	cell := [2]string{e.fund, e.position}
	if !e.grant {
		b.cells[cell] = b.cells[cell].Add(e.amount)
		b.held[e.fund] = b.held[e.fund].Add(e.amount)
		b.add(e)
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
	use := plainUse{household: e.household, purpose: e.purpose, year: e.effective.Year()}
	sum := b.granted[use].Add(e.amount)
	if sum.GreaterThan(b.ceiling) {
		return errCeiling
	}
	b.cells[cell], b.held[e.fund], b.granted[use] = left, held, sum
	b.add(e)
	return nil
}

func postPlainly(list []posted) func() int64 {
	b := plainBooks{
		funds: map[string]map[string]bool{}, positions: map[string]bool{}, purposes: map[string]bool{}, ceiling: decimal.New(ledgerCeiling, -2),
		byID: map[string]int{}, cells: map[[2]string]decimal.Decimal{}, held: map[string]decimal.Decimal{}, granted: map[plainUse]decimal.Decimal{},
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
	for i := range list {
		_ = b.post(&list[i])
	}
	return ledgerDigest(len(b.journal), func(fund, position int) int64 {
		return b.cells[[2]string{"fund" + strconv.Itoa(fund), "position" + strconv.Itoa(position)}].Shift(2).IntPart()
	})
}
