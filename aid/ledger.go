package aid

import (
	"errors"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/internal/quote"
)

// What a ledger alone reports.
var (
	ErrClosed   = errors.New("effective in a closed period")
	ErrSides    = errors.New("does not fit the kind of entry")
	ErrSpent    = errors.New("answers nothing that is open")
	ErrDeadline = errors.New("after the fund's last day")
	ErrPurpose  = errors.New("outside the fund's purposes")
	ErrShort    = errors.New("more than there is")
	ErrCeiling  = errors.New("more than the ceiling")
)

// A Ledger holds the entries of one keeper of books, in the order in which they
// were posted, and what they amount to. Entries are only ever added. It is not a
// tally: it has one writer and no Merge. What several ledgers say together,
// [Books.Reconcile] checks.
//
// [Books.Ledger] makes one. The zero Ledger has no books and refuses everything.
// A Ledger must not be copied, and is not for use by several goroutines at once.
//
// It takes room for each entry, since the ID of each must be known for ever; see
// [Ledger.Seal].
type Ledger struct {
	books  Books
	closed union.Date
	state  balances

	households, persons holders
	priors              map[priorKey]priorSum

	posted tokenTable[row] // the entries that are held, by their IDs: after the sealed ones
	notes  []note          // those that rows name, counted from skipped
	asides []aside         // what stands between entries in the journal

	sealing
}

// A row is an entry as a ledger holds it: what has a key by its code.
type row struct {
	amount              int64
	of                  uint32 // the number of the entry that it answers; 0: none
	base                uint32 // of a reversal: the entry whose effect it takes back or restores
	household, person   uint32 // from 1; 0: none
	note                uint32 // from 1; 0: none
	effective, recorded union.Date
	from, to            codedSide
	purpose, class      uint16
	kind                EntryKind
	flags               uint8
}

// The flags of a row.
const (
	undone   uint8 = 1 << iota // its effect is taken back
	settled                    // of a reservation: posted or voided
	restores                   // of a reversal: it restores the effect of its base
)

func (r *row) is(flag uint8) bool { return r.flags&flag != 0 }

func (r *row) set(flag uint8, yes bool) {
	if yes {
		r.flags |= flag
	} else {
		r.flags &^= flag
	}
}

// A codedSide holds the codes of a side; zero is outside.
type codedSide struct{ fund, position uint16 }

// moves reports whether a side is money at a position.
func (s codedSide) moves() bool { return s.position != 0 }

// A note is the authority and the reason of entries.
type note struct{ by, reason string }

// balances are what the entries amount to, in fen.
type balances struct {
	cells        []int64 // by fund and position: the money there
	held         []int64 // by fund: its money at all positions
	free         []int64 // by fund: the same less what is reserved
	pledged      []int64 // by fund: what was promised and has neither come nor been released
	total        int64   // of all funds, so that no part of it overflows
	totalPledged int64
	open         map[uint32]int64 // by the number of a pledge: what is left of it; none is left of others
}

// cellOf returns where in a list of cells that of a fund at a position is.
func (l *Ledger) cellOf(s codedSide) int {
	return int(s.fund-1)*l.books.positions.Len() + int(s.position-1)
}

func (l *Ledger) cell(s codedSide) *int64 { return &l.state.cells[l.cellOf(s)] }

// holders are the households or the persons whom a ledger knows, and what counts for
// each.
type holders struct {
	tokenTable[account]
	more []furtherSlot
}

// An account is what counts for a holder. It has room for what most have: beside the
// token it fills one line of a processor's cache, which is fetched once.
type account struct {
	slot
	second slot
	next   uint32 // its next slot among more, from 1
}

// A slot is what counts for a holder under one ceiling in one of its years.
type slot struct {
	sum     int64
	times   int32
	ceiling uint16 // from 1; 0: nothing counts here yet
	year    int16
}

func (s *slot) is(ceiling uint16, year int16) bool { return s.ceiling == ceiling+1 && s.year == year }

// A furtherSlot is one of a holder who has more than two.
type furtherSlot struct {
	slot
	next uint32 // from 1
}

// slot returns that of a holder, who may be none yet, or nil.
func (h *holders) slot(number uint32, ceiling uint16, year int16) *slot {
	if number == 0 {
		return nil
	}
	each := h.value(number)
	switch {
	case each.is(ceiling, year):
		return &each.slot
	case each.second.is(ceiling, year):
		return &each.second
	}
	for next := each.next; next != 0; {
		further := &h.more[next-1]
		if further.is(ceiling, year) {
			return &further.slot
		}
		next = further.next
	}
	return nil
}

// slots returns all slots of a holder.
func (h *holders) slots(number uint32) []slot {
	each := h.value(number)
	list := []slot{each.slot, each.second}
	for next := each.next; next != 0; next = h.more[next-1].next {
		list = append(list, h.more[next-1].slot)
	}
	return list
}

// counted returns what counts for a holder, who may be none yet.
func (h *holders) counted(number uint32, ceiling uint16, year int16) (sum int64, times int32) {
	if found := h.slot(number, ceiling, year); found != nil {
		return found.sum, found.times
	}
	return 0, 0
}

// count adds to what counts for a holder.
func (h *holders) count(number uint32, ceiling uint16, year int16, fen int64, times int32) {
	if found := h.slot(number, ceiling, year); found != nil {
		found.sum += fen
		found.times += times
		return
	}
	of := h.value(number)
	made := slot{sum: fen, times: times, ceiling: ceiling + 1, year: year}
	switch {
	case of.ceiling == 0:
		of.slot = made
	case of.second.ceiling == 0:
		of.second = made
	default:
		h.more = append(h.more, furtherSlot{slot: made, next: of.next})
		of.next = uint32(len(h.more))
	}
}

// add returns the number of a holder, who becomes known.
func (h *holders) add(token string) uint32 {
	number, hash := h.find(token)
	return h.meet(number, token, hash)
}

// meet returns the number of a holder who becomes known if the number is 0, and has
// the hash.
func (h *holders) meet(number uint32, token string, hash uint32) uint32 {
	if number != 0 || token == "" {
		return number
	}
	return h.put(token, hash, &account{})
}

// An aside is an act of a journal that is no entry, and how many entries stand
// before it: a statement of another ledger or the closing of a period.
type aside struct {
	after uint32
	prior *Prior
	close union.Date
}

type priorKey struct {
	ledger string
	use    Use
	year   int
}

type priorSum struct {
	asOf   union.Date
	amount int64
	times  int32
}

// Ledger returns an empty ledger that is kept by the books.
func (b Books) Ledger() *Ledger {
	funds := b.funds.Len()
	return &Ledger{
		books: b,
		state: balances{
			cells: make([]int64, funds*b.positions.Len()), held: make([]int64, funds+1), free: make([]int64, funds+1),
			pledged: make([]int64, funds+1), open: map[uint32]int64{},
		},
		priors: map[priorKey]priorSum{},
	}
}

// ready refuses a ledger without books.
func (l *Ledger) ready() error {
	if l == nil || l.books.compiled == nil {
		return union.NewFault(union.ErrMissing, "books", "", "")
	}
	return nil
}

// Books returns the books that the ledger is kept by, zero for a zero Ledger.
func (l *Ledger) Books() Books {
	if l == nil {
		return Books{}
	}
	return l.books
}

// Len returns how many entries were posted, those that are sealed among them.
func (l *Ledger) Len() int {
	if l == nil {
		return 0
	}
	return int(l.sealed) + l.posted.size()
}

// Closed returns the last day of the closed period, zero if none is closed.
func (l *Ledger) Closed() union.Date {
	if l == nil {
		return union.Date{}
	}
	return l.closed
}

// row returns an entry by its number, and nil for 0 and for one that is sealed.
func (l *Ledger) row(number uint32) *row {
	switch {
	case number > l.sealed:
		return l.posted.value(number - l.sealed)
	case number == 0:
		return nil
	}
	return l.kept[number].row
}

// numberOf returns the number of the entry with an ID, 0 if it is not held.
func (l *Ledger) numberOf(id string) uint32 { return l.numberFrom(id, l.posted.probe(id)) }

// numberFrom is the same of an ID whose probe was taken.
func (l *Ledger) numberFrom(id string, from probe) uint32 {
	number := l.posted.seek(id, from)
	switch {
	case number != 0:
		return l.sealed + number
	case len(l.kept) > 0:
		return l.keptIDs[id]
	}
	return 0
}

// idOf returns the ID of an entry that is held.
func (l *Ledger) idOf(number uint32) string {
	if number <= l.sealed {
		return l.kept[number].id
	}
	return l.posted.text(number - l.sealed)
}

// noteOf returns the authority and reason of an entry that is held.
func (l *Ledger) noteOf(number uint32, r *row) note {
	switch {
	case number <= l.sealed:
		return l.kept[number].note
	case r.note == 0:
		return note{}
	}
	return l.notes[r.note-l.skipped-1]
}

// entry returns a row as the entry that it was.
func (l *Ledger) entry(number uint32) Entry {
	r := l.row(number)
	noted := l.noteOf(number, r)
	e := Entry{
		ID: l.idOf(number), Kind: r.kind, From: l.side(r.from), To: l.side(r.to), Amount: union.Fen(r.amount),
		Effective: r.effective, Recorded: r.recorded, By: noted.by, Reason: noted.reason,
	}
	if r.of != 0 {
		e.Of = l.ofText(number, r)
	}
	if r.purpose != 0 {
		e.For = l.use(r)
	}
	return e
}

// ofText returns the ID of the entry that another answers.
func (l *Ledger) ofText(number uint32, r *row) string {
	if number <= l.sealed {
		return l.kept[number].of
	}
	return l.idOf(r.of)
}

func (l *Ledger) use(r *row) Use {
	purpose, _ := l.books.purposes.Term(union.Code(r.purpose))
	class, _ := l.books.classes.Term(union.Code(r.class))
	return Use{
		Household: l.households.text(r.household), Person: l.persons.text(r.person),
		Purpose: purpose.Key, Class: class.Key,
	}
}

func (l *Ledger) side(s codedSide) Side {
	fund, _ := l.books.funds.Term(union.Code(s.fund))
	position, _ := l.books.positions.Term(union.Code(s.position))
	return Side{Fund: fund.Key, Position: position.Key}
}

// Entry returns the entry with an ID, and false if there is none or it is sealed.
func (l *Ledger) Entry(id string) (Entry, bool) {
	if l == nil {
		return Entry{}, false
	}
	number := l.numberOf(id)
	if number == 0 {
		return Entry{}, false
	}
	return l.entry(number), true
}

// Balance returns the money of a fund at a position; without a position that of the
// fund, without a fund that at the position, and without either all there is. A
// fund or position that the books do not have is [union.ErrUnknown], a ledger
// without books [union.ErrMissing].
func (l *Ledger) Balance(of Side) (union.Money, error) {
	if err := l.ready(); err != nil {
		return union.Money{}, err
	}
	side, err := l.books.codeSide("", of)
	if err != nil {
		return union.Money{}, err
	}
	switch {
	case side == codedSide{}:
		return union.Fen(l.state.total), nil
	case side.position == 0:
		return union.Fen(l.state.held[side.fund]), nil
	case side.fund != 0:
		return union.Fen(*l.cell(side)), nil
	}
	var sum int64
	for fund := range l.books.funds.Len() {
		sum += *l.cell(codedSide{fund: uint16(fund + 1), position: side.position})
	}
	return union.Fen(sum), nil
}

// Available returns the money of a fund less what is reserved: what it can still
// grant. A fund that the books do not have is [union.ErrUnknown], no fund and a
// ledger without books [union.ErrMissing].
func (l *Ledger) Available(fund string) (union.Money, error) {
	code, err := l.fund(fund)
	if err != nil {
		return union.Money{}, err
	}
	return union.Fen(l.state.free[code]), nil
}

// Pledged returns what was promised to a fund and has neither come in nor been
// released. It has the errors of [Ledger.Available].
func (l *Ledger) Pledged(fund string) (union.Money, error) {
	code, err := l.fund(fund)
	if err != nil {
		return union.Money{}, err
	}
	return union.Fen(l.state.pledged[code]), nil
}

func (l *Ledger) fund(key string) (union.Code, error) {
	if err := l.ready(); err != nil {
		return 0, err
	}
	return find(l.books.funds, "fund", key)
}

// Open returns what is left of a pledge, or the amount of a reservation that is
// neither posted nor voided; nothing for any other ID.
func (l *Ledger) Open(id string) union.Money {
	if l == nil {
		return union.Money{}
	}
	number := l.numberOf(id)
	r := l.row(number)
	switch {
	case r == nil || r.is(undone|settled):
	case r.kind == EntryPledge:
		return union.Fen(l.state.open[number])
	case r.kind == EntryReserve:
		return union.Fen(r.amount)
	}
	return union.Money{}
}

// Counted returns what counts under a ceiling for the holder of a use in the year
// that has a day: the sum and the number of grants, of reservations that are open,
// and of what other ledgers have stated. It reports the first of these faults:
//   - [union.ErrMissing], of a ledger without books and for no ceiling;
//   - [union.ErrUnknown], for a ceiling that the books do not have;
//   - [union.ErrMissing], for no household or person, as the ceiling counts, and for
//     no day.
func (l *Ledger) Counted(ceiling string, use Use, on union.Date) (union.Money, int, error) {
	if err := l.ready(); err != nil {
		return union.Money{}, 0, err
	}
	for i := range l.books.compiled.bounds {
		b := &l.books.compiled.bounds[i]
		if b.key != ceiling {
			continue
		}
		token, err := b.holderOf(use)
		if err != nil {
			return union.Money{}, 0, err
		}
		if on.IsZero() {
			return union.Money{}, 0, union.NewFault(union.ErrMissing, "on", "", "")
		}
		list := l.holdersOf(b)
		number, _ := list.find(token)
		sum, times := list.counted(number, uint16(i), b.yearOf(on))
		return union.Fen(sum), int(times), nil
	}
	if ceiling == "" {
		return union.Money{}, 0, union.NewFault(union.ErrMissing, "ceiling", "", "")
	}
	return union.Money{}, 0, union.NewFault(union.ErrUnknown, "ceiling", quote.Key(ceiling), "a ceiling of the books")
}

// holderOf returns the token that a ceiling counts.
func (b *bound) holderOf(use Use) (string, error) {
	token, where := use.Household, "for.household"
	if b.per == PerPerson {
		token, where = use.Person, "for.person"
	}
	if token == "" {
		return "", union.NewFault(union.ErrMissing, where, "", "whom "+quote.Key(b.key)+" counts")
	}
	return token, nil
}

func (l *Ledger) holdersOf(b *bound) *holders {
	if b.per == PerPerson {
		return &l.persons
	}
	return &l.households
}

// numberOf returns the number of the holder whom a ceiling counts in a row.
func (b *bound) numberOf(r *row) uint32 {
	if b.per == PerPerson {
		return r.person
	}
	return r.household
}
