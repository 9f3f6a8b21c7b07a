package aid

import (
	"math"
	"slices"
	"strconv"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/internal/exact"
)

// Donations tally the gifts of one donation day by unit, form and batch, and what
// came in by kind of donor and by earmark. Their size depends on the rule's lists,
// and on how many distinct donors are named: a donor who gives twice is counted
// once, which a [union.Register] of each unit sees to. Anonymous gifts and the
// persons for whom a unit's row stands are counted as they are stated.
//
// Donations are no record of gifts and not idempotent: a gift added twice is
// counted twice, though its donor is not. [DonationDay.CountGifts] sees to it that
// a list has each gift once.
//
// A donation day makes empty ones by [DonationDay.Donations]. The zero Donations
// are the identity of Merge and take the rule of what is merged into them;
// nothing can be added to them before. It is for [DonationDay.Check] to see what
// merging brings together: a unit with named gifts on one list and a row of its
// own on the other.
type Donations struct {
	rule  union.RuleID
	lists lists
	// cells are by unit, form and batch, the last running fastest; a list that the
	// day does not have stands for one item.
	cells  []giving
	donors []union.Register // by unit
	givers []gathered       // by kind of donor and form
	marked []int64          // fen, by unit and earmark
}

// lists are how many items the lists of a day have.
type lists struct{ units, forms, batches, givers, earmarks int }

// A giving is what came from one unit in one form and batch, or from several
// together.
type giving [givingNumbers]int64

// The numbers of a giving. Where one is fen, the next is the quantity of goods.
const (
	sumReceived  = 2 * iota // by the cut-off, payments among it
	sumPaid                 // of that, by payments
	sumPledged              // by the cut-off
	sumReleased             // by the cut-off
	sumLate                 // received after it
	sums                    // how many numbers these are
	numGifts     = sums + iota - 6
	numAnonymous // of the gifts, without a donor
	numRows      // for the whole unit
	numUnstated  // of them with something given and no number of donors
	numDonors    // for whom rows stand
	numPayments  // on promises
	numOwn       // of something, by the unit itself
	numLate      // gifts, payments and rows with something given, after the cut-off
	givingNumbers
)

// A gathered is what came in by the cut-off from one kind of donors in one form.
type gathered struct{ fen, quantity, gifts int64 }

// Donations returns empty donations of the day.
func (d DonationDay) Donations() Donations {
	if d.id.IsZero() {
		return Donations{}
	}
	made := Donations{rule: d.id, lists: d.lists()}
	made.make()
	return made
}

func (d DonationDay) lists() lists {
	return lists{d.units.Len(), len(d.spec.Forms), len(d.spec.Batches), len(d.spec.Givers), len(d.spec.Earmarks)}
}

func (l lists) cells() int { return l.units * max(l.forms, 1) * max(l.batches, 1) }

// cell returns which cell a gift is counted in, if its codes are of the lists.
func (l *lists) cell(gift *CodedGift) int {
	return (int(gift.Unit-1)*max(l.forms, 1)+max(int(gift.Form), 1)-1)*max(l.batches, 1) + max(int(gift.Batch), 1) - 1
}

func (l *lists) gathered(gift *CodedGift) int {
	return int(gift.Giver-1)*max(l.forms, 1) + max(int(gift.Form), 1) - 1
}

// make makes room for what the lists have.
func (d *Donations) make() {
	d.cells = make([]giving, d.lists.cells())
	d.donors = make([]union.Register, d.lists.units)
	d.givers = make([]gathered, d.lists.givers*max(d.lists.forms, 1))
	d.marked = make([]int64, d.lists.units*d.lists.earmarks)
}

// Rule returns the identity of the day that the donations are counted under.
func (d Donations) Rule() union.RuleID { return d.rule }

// Add counts a gift. It allocates nothing but for a donor who is new. It reports
// the first of these faults, and then changes nothing:
//   - [union.ErrRule], for the zero Donations;
//   - [union.ErrRange], for a unit, form, batch, kind of donor or earmark that is
//     none of the day's lists; a gift has a code of each list that there is;
//   - [union.ErrUnknown], for a kind that is none;
//   - [union.ErrRange], for an amount and a quantity of which none is above zero,
//     or one is below zero, for a donor of what is no gift by name, for a number of
//     donors below zero, of a row of nothing, or of what is no unit's row, and for
//     an earmark of nothing, of more than is given, or of what has not come in;
//     [union.ErrRepeated], for an earmark given twice;
//   - [union.ErrRepeated], by the cut-off, in one batch and form, for a second row
//     of a unit, and a row of a unit that has gifts of its own or the other way
//     round; payments on a promise and what a unit itself gives may stand beside
//     both;
//   - [union.ErrOverflow], if a sum could not be held;
//   - those of [union.CheckToken], for the donor.
func (d *Donations) Add(gift CodedGift) error {
	if err := d.lists.check(&gift); err != nil {
		if d.rule.IsZero() {
			return union.NewFault(union.ErrRule, "donations", d.rule.String(), "a donation day's")
		}
		return err
	}
	if err := gift.check(); err != nil {
		return err
	}
	cell := &d.cells[d.lists.cell(&gift)]
	if !gift.Late && !gift.Own && cell.excludes(gift.Kind) {
		return union.NewFault(union.ErrRepeated, "unit", gift.Kind.String()+" beside other rows", "named gifts or one row of the unit")
	}
	sum := gift.sum()
	if sum < 0 {
		return nil // it is in no figure
	}
	if err := d.hasRoom(cell, sum, &gift); err != nil {
		return err
	}
	if gift.Donor != "" {
		if err := d.addDonor(&gift); err != nil {
			return err
		}
	}
	cell[sum] += gift.Amount.Fen()
	cell[sum+1] += gift.Quantity
	cell.count(&gift)
	if sum == sumReceived {
		d.gather(&gift)
	}
	return nil
}

// check refuses a gift whose codes are not of the lists.
func (l *lists) check(gift *CodedGift) error {
	if gift.Unit == 0 || int(gift.Unit) > l.units {
		return outOfList("unit", gift.Unit, l.units)
	}
	if l.forms+l.batches+l.givers+l.earmarks == 0 && gift.Form|gift.Batch|gift.Giver == 0 && len(gift.Earmarks) == 0 {
		return nil
	}
	givers := l.givers
	if gift.Kind == Pledge || gift.Kind == PledgeReleased {
		givers = 0
	}
	for _, each := range [...]struct {
		where string
		code  union.Code
		n     int
	}{{"form", gift.Form, l.forms}, {"batch", gift.Batch, l.batches}, {"giver", gift.Giver, givers}} {
		if int(each.code) > each.n || each.code == 0 && each.n > 0 {
			return outOfList(each.where, each.code, each.n)
		}
	}
	for i, earmark := range gift.Earmarks {
		if earmark.Earmark == 0 || int(earmark.Earmark) > l.earmarks {
			return outOfList(union.Indexed("earmarks", i), earmark.Earmark, l.earmarks)
		}
	}
	return nil
}

func outOfList(where string, code union.Code, n int) error {
	want := "1 to " + strconv.Itoa(n)
	if n == 0 {
		want = "0, since there is no list"
	}
	return union.NewFault(union.ErrRange, where, strconv.Itoa(int(code)), want)
}

// sum returns which sum of a cell a gift is part of, or a number below zero if of
// none: what is promised or released too late is in no figure.
func (g *CodedGift) sum() int {
	switch {
	case g.Kind == Pledge && !g.Late:
		return sumPledged
	case g.Kind == PledgeReleased && !g.Late:
		return sumReleased
	case g.Kind == Pledge || g.Kind == PledgeReleased:
		return -1
	case g.Late:
		return sumLate
	}
	return sumReceived
}

// hasRoom reports a sum that a gift would make too large. What is of another sum
// needs no room of its own.
func (d *Donations) hasRoom(cell *giving, sum int, gift *CodedGift) error {
	switch {
	case gift.Amount.Fen() > math.MaxInt64-cell[sum]:
		return union.NewFault(union.ErrOverflow, "amount", "", "")
	case gift.Quantity > math.MaxInt64-cell[sum+1]:
		return union.NewFault(union.ErrOverflow, "quantity", "", "")
	case sum != sumReceived:
		return nil
	}
	if gift.Giver != 0 {
		of := &d.givers[d.lists.gathered(gift)]
		if gift.Amount.Fen() > math.MaxInt64-of.fen || gift.Quantity > math.MaxInt64-of.quantity {
			return union.NewFault(union.ErrOverflow, "giver", "", "")
		}
	}
	for i, earmark := range gift.Earmarks {
		if earmark.Amount.Fen() > math.MaxInt64-*d.mark(gift.Unit, earmark.Earmark) {
			return union.NewFault(union.ErrOverflow, union.Indexed("earmarks", i), "", "")
		}
	}
	return nil
}

// mark returns where the amounts of a unit with an earmark are added.
func (d *Donations) mark(unit, earmark union.Code) *int64 {
	return &d.marked[int(unit-1)*d.lists.earmarks+int(earmark-1)]
}

// addDonor notes the donor of a gift by the cut-off, and checks that of a later
// one.
func (d *Donations) addDonor(gift *CodedGift) error {
	if gift.Late {
		return union.Within("donor", union.CheckToken(gift.Donor))
	}
	_, err := d.donors[gift.Unit-1].Add(gift.Donor)
	return union.Within("donor", err)
}

// gather counts what came in by the cut-off by kind of donor and by earmark.
func (d *Donations) gather(gift *CodedGift) {
	if gift.Giver != 0 {
		of := &d.givers[d.lists.gathered(gift)]
		of.fen += gift.Amount.Fen()
		of.quantity += gift.Quantity
		if !gift.Amount.IsZero() || gift.Quantity != 0 {
			of.gifts++
		}
	}
	for _, earmark := range gift.Earmarks {
		*d.mark(gift.Unit, earmark.Earmark) += earmark.Amount.Fen()
	}
}

// excludes reports whether a unit that has gifts or a row can have no such row
// beside them.
func (g *giving) excludes(kind GiftKind) bool {
	switch kind {
	case Received:
		return g[numRows] > 0
	case Whole:
		return g[numRows] > 0 || g[numGifts] > 0
	case Pledge, PledgePaid, PledgeReleased:
	}
	return false
}

// count counts a gift whose worth was added. No number can overflow: of gifts and
// payments, each is at least a fen or a piece of a sum, and of rows a unit has one
// in a batch and form.
func (g *giving) count(gift *CodedGift) {
	nothing := gift.Amount.IsZero() && gift.Quantity == 0
	switch {
	case gift.Kind == Pledge, gift.Kind == PledgeReleased:
	case gift.Late:
		if !nothing {
			g[numLate]++
		}
	case gift.Own && gift.Kind != PledgePaid:
		if !nothing {
			g[numOwn]++
		}
	case gift.Kind == Received:
		g[numGifts]++
		if gift.Donor == "" {
			g[numAnonymous]++
		}
	case gift.Kind == PledgePaid:
		g[numPayments]++
		g[sumPaid] += gift.Amount.Fen()
		g[sumPaid+1] += gift.Quantity
	default: // a row
		g[numRows]++
		g[numDonors] = gift.Donors
		if gift.Donors == 0 && !nothing {
			g[numUnstated]++
		}
	}
}

// merge adds what other counts.
func (g *giving) merge(other *giving) error { return addAll(g[:], other[:]) }

// addAll adds numbers to those of another list, and may have added some when it
// reports that one could not be held.
func addAll(into, from []int64) error {
	for i, n := range from {
		var ok bool
		if into[i], ok = exact.Add(into[i], n); !ok {
			return union.NewFault(union.ErrOverflow, "donations", "", "")
		}
	}
	return nil
}

// merge adds what other holds.
func (g *gathered) merge(other gathered) error {
	mine := other.numbers()
	if err := addAll(mine[:], []int64{g.fen, g.quantity, g.gifts}); err != nil {
		return err
	}
	*g = gathered{mine[0], mine[1], mine[2]}
	return nil
}

func (g gathered) numbers() [3]int64 { return [...]int64{g.fen, g.quantity, g.gifts} }

// Merge adds what other donations count, and shares nothing with them. On error
// d is unchanged; its errors:
//   - [union.ErrRule], for donations of another day;
//   - [union.ErrOverflow], if an amount or a number could not be held.
func (d *Donations) Merge(other Donations) error {
	if other.rule.IsZero() {
		return nil
	}
	if !d.rule.IsZero() && d.rule != other.rule {
		return union.NewFault(union.ErrRule, "donations", other.rule.String(), d.rule.String())
	}
	if !d.rule.IsZero() && d.lists != other.lists {
		return otherShape("donations", "other lists", d.rule)
	}
	made := Donations{
		rule: other.rule, lists: other.lists, cells: slices.Clone(other.cells), donors: make([]union.Register, len(other.donors)),
		givers: slices.Clone(other.givers), marked: slices.Clone(other.marked),
	}
	if !d.rule.IsZero() {
		if err := made.add(d); err != nil {
			return err
		}
		copy(made.donors, d.donors)
	}
	for i := range made.donors {
		if err := made.donors[i].Merge(other.donors[i]); err != nil {
			return err
		}
	}
	*d = made
	return nil
}

// add adds the numbers that other donations of the same lists hold.
func (d *Donations) add(other *Donations) error {
	for i := range d.cells {
		if err := d.cells[i].merge(&other.cells[i]); err != nil {
			return err
		}
	}
	for i := range d.givers {
		if err := d.givers[i].merge(other.givers[i]); err != nil {
			return err
		}
	}
	return addAll(d.marked, other.marked)
}
