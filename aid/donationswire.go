package aid

import (
	"math"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/internal/wire"
)

// donationsForm names the binary form of Donations: how many units, forms, batches,
// kinds of donors and earmarks the day lists; for each unit its cells, by form and
// batch, each with received, paid, pledged, released and late in fen and pieces, and
// the numbers of gifts, anonymous gifts, rows, rows without a number of donors,
// donors of rows, payments, the unit's own and late gifts; its amounts by earmark; and its donors.
// Last, by kind of donor and form, fen, pieces and gifts.
const donationsForm = "aid.donations/1"

// AppendBinary appends the canonical binary form, as [union.WriteTally] does.
func (d Donations) AppendBinary(data []byte) ([]byte, error) {
	return union.WriteTally(data, donationsForm, d.rule, func(w *wire.Writer) {
		for _, n := range [...]int{d.lists.units, d.lists.forms, d.lists.batches, d.lists.givers, d.lists.earmarks} {
			w.Len(n)
		}
		each := d.lists.cells() / max(d.lists.units, 1)
		for unit := range d.lists.units {
			for i := range d.cells[unit*each : (unit+1)*each] {
				w.Fill(d.cells[unit*each+i][:])
			}
			w.Fill(d.marked[unit*d.lists.earmarks : (unit+1)*d.lists.earmarks])
			w.Nest(d.donors[unit])
		}
		for _, of := range d.givers {
			numbers := of.numbers()
			w.Fill(numbers[:])
		}
	})
}

// UnmarshalBinary reads what AppendBinary wrote, as [union.ReadTally] does; into
// the zero Donations those of any day, else those of the same day
// ([union.ErrRule]). What no gifts give is [union.ErrText]. On error they are
// unchanged.
func (d *Donations) UnmarshalBinary(data []byte) error {
	var made Donations
	rule, err := union.ReadTally(data, donationsForm, d.rule, made.read)
	if err != nil {
		return err
	}
	if !d.rule.IsZero() && !rule.IsZero() && made.lists != d.lists {
		return otherShape("donations", "other lists", d.rule)
	}
	made.rule = rule
	*d = made
	return nil
}

// read reads the body.
func (d *Donations) read(r *wire.Reader) {
	l := &d.lists
	const leastCell = givingNumbers + 1
	l.units = r.Len(leastCell + leastRegister)
	l.forms = r.Len(max(l.units, 1) * leastCell)
	l.batches = r.Len(max(l.units, 1) * max(l.forms, 1) * leastCell)
	l.givers = r.Len(max(l.forms, 1) * 4)
	l.earmarks = r.Len(max(l.units, 1))
	switch {
	case r.Failed():
		return
	case l.units < 1:
		r.Refuse("no units", "a roster's")
		return
	}
	if !r.Room(l.cells()*givingNumbers + l.units*l.earmarks + l.givers*max(l.forms, 1)*3) {
		return
	}
	d.make()
	each := len(d.cells) / l.units
	for unit := range l.units {
		d.readUnit(r, d.cells[unit*each:(unit+1)*each], d.marked[unit*l.earmarks:(unit+1)*l.earmarks], &d.donors[unit])
		if r.Failed() {
			return
		}
	}
	for i := range d.givers {
		var numbers [3]int64
		r.Fill(numbers[:])
		d.givers[i] = gathered{numbers[0], numbers[1], numbers[2]}
	}
	if !r.Failed() && !d.givenByAll() {
		r.Refuse("kinds of donors that gave something else", "what the units gave")
	}
}

// readUnit reads what one unit gave.
func (d *Donations) readUnit(r *wire.Reader, cells []giving, marked []int64, donors *union.Register) {
	var all giving
	ok := true
	for i := range cells {
		r.Fill(cells[i][:])
		ok = ok && cells[i].couldBe() && all.merge(&cells[i]) == nil
	}
	r.Fill(marked)
	r.Nest(donors)
	named := all[numGifts] - all[numAnonymous]
	ok = ok && named >= int64(donors.Len()) && (named == 0) == (donors.Len() == 0)
	for _, fen := range marked {
		ok = ok && fen <= all[sumReceived]
	}
	if !ok {
		r.Refuse("sums that no gifts give", "those of gifts")
	}
}

// couldBe reports whether gifts could have given this: a gift, a payment and a row
// of something are each at least a fen or a piece, and a row of something states its
// donors or is counted as one that does not.
func (g *giving) couldBe() bool {
	stated := int64(0) // rows that state their donors, at least
	if g[numDonors] > 0 {
		stated = 1
	}
	gifts := capped(g[numGifts], g[numUnstated], g[numOwn], stated)
	return g[numAnonymous] <= g[numGifts] && g[numRows]-g[numUnstated] >= stated &&
		g[sumPaid] <= g[sumReceived] && g[sumPaid+1] <= g[sumReceived+1] &&
		couldMake(capped(g[sumReceived]-g[sumPaid], g[sumReceived+1]-g[sumPaid+1]), gifts) &&
		couldMake(capped(g[sumPaid], g[sumPaid+1]), g[numPayments]) &&
		couldMake(capped(g[sumLate], g[sumLate+1]), g[numLate])
}

// couldMake reports whether so many gifts could have made so many fen and pieces.
func couldMake(worth, gifts int64) bool { return worth >= gifts && (gifts > 0 || worth == 0) }

// capped returns the sum of numbers of which none is below zero, or the greatest
// that can be held.
func capped(numbers ...int64) int64 {
	var sum int64
	for _, n := range numbers {
		if n > math.MaxInt64-sum {
			return math.MaxInt64
		}
		sum += n
	}
	return sum
}

// givenByAll reports whether the kinds of donors, if the day lists any, together
// gave what the units did.
func (d *Donations) givenByAll() bool {
	if d.lists.givers == 0 {
		return true
	}
	forms := max(d.lists.forms, 1)
	fromUnits, fromGivers := make([]gathered, forms), make([]gathered, forms)
	batches := max(d.lists.batches, 1)
	for i := range d.cells {
		cell := &d.cells[i]
		// Rows that state their donors gave something; how many these are is not kept.
		gave := gathered{cell[sumReceived], cell[sumReceived+1], capped(cell[numGifts], cell[numPayments], cell[numUnstated], cell[numOwn])}
		if fromUnits[i/batches%forms].merge(gave) != nil {
			return false
		}
	}
	for i, of := range d.givers {
		if !couldMake(capped(of.fen, of.quantity), of.gifts) || fromGivers[i%forms].merge(of) != nil {
			return false
		}
	}
	for i, of := range fromUnits {
		by := fromGivers[i]
		if of.fen != by.fen || of.quantity != by.quantity || of.gifts > by.gifts {
			return false
		}
	}
	return true
}
