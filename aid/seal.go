package aid

import (
	"encoding"
	"slices"

	"github.com/unioncampaign/union"
)

// A sealing is what a ledger keeps of the entries that it does not hold any more.
type sealing struct {
	sealed  uint32             // how many they are: the first ones
	skipped uint32             // how many notes they had
	kept    map[uint32]keptRow // those that others answer, or may
	keptIDs map[string]uint32  // their numbers
	hash    []byte             // the state of the hash of the journal behind them
	opening holdings           // what they amount to
	through union.Date         // the last day of the period that was closed then
}

// A keptRow is a sealed entry that is still needed. What it answers may be gone.
type keptRow struct {
	row    *row
	note   note
	id, of string
}

// Seal lets go of the entries at the beginning of the journal up to the first that
// is effective after the closed period, and returns how many they were. What they
// amount to stays: balances, what counts under ceilings, the digest, and the pledges
// and reservations that are open or that later entries answer. Give the journal to
// an archive before.
//
// An entry that is sealed cannot be reversed or shown any more, and the ledger has
// no statement of the days up to the close. Posted again, it is refused as
// [ErrClosed]; but another entry, of a later day, may have its ID.
//
// An entry takes some 100 bytes, an ID of up to 23 bytes among them, and each
// household or person that a ceiling counts some 80. Sealing frees the former.
func (l *Ledger) Seal() int {
	if l.ready() != nil {
		return 0
	}
	until := l.sealed
	for int(until) < l.Len() && !l.row(until+1).effective.After(l.closed) {
		until++
	}
	count := int(until - l.sealed)
	if count == 0 {
		return 0
	}
	hash, _ := l.hashed(until).(encoding.BinaryMarshaler).MarshalBinary() // that of SHA-256 never fails
	opening := l.opening.clone(l)
	skipped := l.skipped + uint32(len(l.notes))
	for number := l.sealed + 1; int(number) <= l.Len(); number++ {
		r := l.row(number)
		if number <= until {
			opening.add(l, r)
		} else if r.note != 0 {
			skipped = min(skipped, r.note-1)
		}
	}
	kept := l.needed(until)
	l.notes = slices.Clone(l.notes[skipped-l.skipped:])
	l.asides = slices.DeleteFunc(slices.Clone(l.asides), func(a aside) bool { return a.after <= until })
	before := l.posted
	l.posted = tokenTable[row]{}
	for number := uint32(count + 1); int(number) <= before.size(); number++ {
		id := before.text(number)
		l.posted.put(id, hashOf(id), before.value(number))
	}
	ids := make(map[string]uint32, len(kept))
	for number, each := range kept {
		ids[each.id] = number
	}
	l.sealing = sealing{
		sealed: until, skipped: skipped, kept: kept, keptIDs: ids, hash: hash, opening: opening, through: l.closed,
	}
	return count
}

// needed returns the entries up to one that stay when they are sealed: pledges and
// reservations that are open, and all that an entry which stays answers or has the
// effect of.
func (l *Ledger) needed(until uint32) map[uint32]keptRow {
	kept := map[uint32]keptRow{}
	var keep func(number uint32)
	keep = func(number uint32) {
		r := l.row(number)
		if r == nil || number > until {
			return
		}
		if _, done := kept[number]; done {
			return
		}
		copied := *r
		each := keptRow{row: &copied, note: l.noteOf(number, r), id: l.idOf(number)}
		if r.of != 0 {
			each.of = l.ofText(number, r)
		}
		kept[number] = each
		keep(r.of)
		keep(r.base)
	}
	for number := range l.kept {
		if l.isOpen(number) {
			keep(number)
		}
	}
	for number := l.sealed + 1; int(number) <= l.Len(); number++ {
		r := l.row(number)
		switch {
		case number > until:
			keep(r.of)
			keep(r.base)
		case l.isOpen(number):
			keep(number)
		}
	}
	return kept
}

// isOpen reports whether an entry is a pledge or a reservation that may be
// answered.
func (l *Ledger) isOpen(number uint32) bool {
	r := l.row(number)
	return r.kind == EntryPledge && l.state.open[number] != 0 || r.kind == EntryReserve && !r.is(undone|settled)
}
