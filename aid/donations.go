package aid

import (
	"slices"
	"strconv"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/internal/exact"
	"github.com/unioncampaign/union/internal/wire"
)

// Donations tally the gifts of one donation day by unit. Their size depends on
// the roster, and on how many distinct donors are named: a donor who gives twice
// is counted once, which a [union.Register] of each unit sees to. Anonymous gifts
// and the persons for whom a unit's row stands are counted as they are stated.
//
// Donations are no record of gifts and not idempotent: a gift added twice is
// counted twice, though its donor is not.
//
// A donation day makes empty ones by [DonationDay.Donations]. The zero Donations
// are the identity of Merge and take the rule of what is merged into them;
// nothing can be added to them before. It is for [DonationDay.Check] to see what
// merging brings together: a unit with named gifts on one list and a row of its
// own on the other.
type Donations struct {
	rule   union.RuleID
	units  []giving // by code, the first unused
	donors []union.Register
}

// A giving is what came from one unit, or from several together.
type giving struct {
	received  union.Money // by the cut-off
	pledged   union.Money // by the cut-off
	late      union.Money // received after it
	gifts     int64       // named and anonymous gifts received by the cut-off
	anonymous int64       // of them without a donor
	rows      int64       // rows for the whole unit
	unstated  int64       // of them with money and no number of donors
	donors    int64       // for whom rows stand
	lateGifts int64       // gifts, and rows with money, after the cut-off
}

// Donations returns empty donations of the day.
func (d DonationDay) Donations() Donations {
	if d.id.IsZero() {
		return Donations{}
	}
	n := d.units.Len() + 1
	return Donations{rule: d.id, units: make([]giving, n), donors: make([]union.Register, n)}
}

// Rule returns the identity of the day that the donations are counted under.
func (d Donations) Rule() union.RuleID { return d.rule }

// Add counts a gift. It allocates nothing but for a donor who is new. It reports
// the first of these faults, and then changes nothing:
//   - [union.ErrRule], for the zero Donations;
//   - [union.ErrRange], for a unit that is none of the roster's;
//   - [union.ErrUnknown], for a kind that is none;
//   - [union.ErrRange], for an amount that is not above zero, or below zero in a
//     unit's row, for a donor of a unit's row or of a pledge, and for a number of
//     donors below zero, of a row without money, or of what is no unit's row;
//   - [union.ErrRepeated], by the cut-off, for a second row of a unit, and a row
//     of a unit that has gifts of its own or the other way round;
//   - [union.ErrOverflow], if the sum of a unit could not be held;
//   - those of [union.CheckToken], for the donor.
func (d *Donations) Add(gift CodedGift) error {
	if gift.Unit == 0 || int(gift.Unit) >= len(d.units) {
		return d.noUnit(gift.Unit)
	}
	if err := gift.check(); err != nil {
		return err
	}
	unit := &d.units[gift.Unit]
	if !gift.Late && unit.excludes(gift.Kind) {
		return union.NewFault(union.ErrRepeated, "unit", gift.Kind.String()+" beside other rows", "named gifts or one row of the unit")
	}
	sum := unit.sumOf(&gift)
	if sum == nil {
		return nil // it is in no figure
	}
	total, err := sum.Add(gift.Amount)
	if err != nil {
		return union.Within("amount", err)
	}
	if gift.Donor != "" {
		if err := d.addDonor(&gift); err != nil {
			return err
		}
	}
	*sum = total
	unit.count(&gift)
	return nil
}

// noUnit returns the fault of a unit that the roster does not have. The zero
// Donations have no roster.
func (d *Donations) noUnit(unit union.Code) error {
	if d.rule.IsZero() {
		return union.NewFault(union.ErrRule, "donations", d.rule.String(), "a donation day's")
	}
	return union.NewFault(union.ErrRange, "unit", strconv.Itoa(int(unit)), "1 to "+strconv.Itoa(len(d.units)-1))
}

// addDonor notes the donor of a gift by the cut-off, and checks that of a later
// one.
func (d *Donations) addDonor(gift *CodedGift) error {
	if gift.Late {
		return union.Within("donor", union.CheckToken(gift.Donor))
	}
	_, err := d.donors[gift.Unit].Add(gift.Donor)
	return union.Within("donor", err)
}

// excludes reports whether a unit that has gifts or a row can have no such row
// beside them.
func (g *giving) excludes(kind GiftKind) bool {
	switch kind {
	case Received:
		return g.rows > 0
	case Whole:
		return g.rows > 0 || g.gifts > 0
	case Pledge:
	}
	return false
}

// sumOf returns the sum that a gift is part of, nil if of none: a promise made
// too late is in no figure.
func (g *giving) sumOf(gift *CodedGift) *union.Money {
	switch {
	case gift.Late && gift.Kind == Pledge:
		return nil
	case gift.Late:
		return &g.late
	case gift.Kind == Pledge:
		return &g.pledged
	}
	return &g.received
}

// count counts a gift whose amount was added. No number can overflow: of gifts,
// each is at least a fen of a sum, and of rows with donors a unit has one.
func (g *giving) count(gift *CodedGift) {
	switch {
	case gift.Late && gift.Amount.IsZero():
	case gift.Late:
		g.lateGifts++
	case gift.Kind == Received:
		g.gifts++
		if gift.Donor == "" {
			g.anonymous++
		}
	case gift.Kind == Whole:
		g.rows++
		g.donors += gift.Donors
		if gift.Donors == 0 && !gift.Amount.IsZero() {
			g.unstated++
		}
	}
}

// merge adds what other counts.
func (g *giving) merge(other giving) error {
	for _, amount := range []struct{ into, from *union.Money }{
		{&g.received, &other.received}, {&g.pledged, &other.pledged}, {&g.late, &other.late},
	} {
		total, err := amount.into.Add(*amount.from)
		if err != nil {
			return union.Within("donations", err)
		}
		*amount.into = total
	}
	for _, count := range []struct{ into, from *int64 }{
		{&g.gifts, &other.gifts}, {&g.anonymous, &other.anonymous}, {&g.rows, &other.rows},
		{&g.unstated, &other.unstated}, {&g.donors, &other.donors}, {&g.lateGifts, &other.lateGifts},
	} {
		var ok bool
		if *count.into, ok = exact.Add(*count.into, *count.from); !ok {
			return union.NewFault(union.ErrOverflow, "donations", "", "")
		}
	}
	return nil
}

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
	if !d.rule.IsZero() && len(d.units) != len(other.units) {
		return otherShape("donations", "other units", d.rule)
	}
	units, donors := slices.Clone(other.units), d.donors
	for i := range d.units {
		if err := units[i].merge(d.units[i]); err != nil {
			return err
		}
	}
	if donors == nil {
		donors = make([]union.Register, len(units))
	}
	for i := range donors {
		if err := donors[i].Merge(other.donors[i]); err != nil {
			return err
		}
	}
	d.rule, d.units, d.donors = other.rule, units, donors
	return nil
}

// donationsForm names the binary form of Donations: for each unit, the first being
// none, received, pledged and late in fen, gifts, anonymous gifts, rows, rows
// without a number of donors, donors of rows, and late gifts; and its donors.
const donationsForm = "aid.donations/1"

// givingNumbers is how many numbers a giving has.
const givingNumbers = 9

// AppendBinary appends the canonical binary form, as [union.WriteTally] does.
func (d Donations) AppendBinary(data []byte) ([]byte, error) {
	return union.WriteTally(data, donationsForm, d.rule, func(w *wire.Writer) {
		w.Len(len(d.units))
		for i, unit := range d.units {
			numbers := unit.numbers()
			w.Fill(numbers[:])
			w.Nest(d.donors[i])
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
	if !d.rule.IsZero() && !rule.IsZero() && len(made.units) != len(d.units) {
		return otherShape("donations", "other units", d.rule)
	}
	made.rule = rule
	*d = made
	return nil
}

// read reads the body.
func (d *Donations) read(r *wire.Reader) {
	n := r.Len(1 + givingNumbers + leastRegister)
	if n < 2 {
		r.Refuse("no units", "a roster's")
		return
	}
	d.units, d.donors = make([]giving, n), make([]union.Register, n)
	for i := range d.units {
		var numbers [givingNumbers]int64
		r.Fill(numbers[:])
		r.Nest(&d.donors[i])
		d.units[i] = givingOf(numbers)
		if !d.units[i].couldBe(int64(d.donors[i].Len())) || i == 0 && d.units[i] != (giving{}) {
			r.Refuse("sums that no gifts give", "those of gifts")
		}
		if r.Failed() {
			return
		}
	}
}

// numbers returns what a giving holds, in the order of the binary form.
func (g giving) numbers() [givingNumbers]int64 {
	return [...]int64{g.received.Fen(), g.pledged.Fen(), g.late.Fen(), g.gifts, g.anonymous, g.rows, g.unstated, g.donors, g.lateGifts}
}

func givingOf(n [givingNumbers]int64) giving {
	return giving{
		received: union.Fen(n[0]), pledged: union.Fen(n[1]), late: union.Fen(n[2]),
		gifts: n[3], anonymous: n[4], rows: n[5], unstated: n[6], donors: n[7], lateGifts: n[8],
	}
}

// couldBe reports whether gifts of so many distinct donors could have given this:
// a gift, and a row with money, is at least a fen, and a row with money states its
// donors or is counted as one that does not.
func (g giving) couldBe(donors int64) bool {
	named := g.gifts - g.anonymous
	stated := int64(0) // rows that state their donors, at least
	if g.donors > 0 {
		stated = 1
	}
	return named >= donors && (named == 0) == (donors == 0) && g.rows-g.unstated >= stated &&
		g.received.Fen()-g.gifts-g.unstated >= stated && (g.gifts > 0 || g.unstated > 0 || stated > 0 || g.received.IsZero()) &&
		g.late.Fen() >= g.lateGifts && (g.lateGifts > 0 || g.late.IsZero())
}

// total returns what came from all units together. A sum that could not be held
// is [union.ErrOverflow].
func (d Donations) total() (giving, error) {
	var total giving
	for _, unit := range d.units {
		if err := total.merge(unit); err != nil {
			return giving{}, err
		}
	}
	return total, nil
}
