package aid

import (
	"strconv"

	"github.com/unioncampaign/union"
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
	total  giving // over all units
}

// A giving is what came from one unit. Every amount and count in it is part of
// the total's, so that none can overflow if the total does not.
type giving struct {
	received  union.Money // by the cut-off
	pledged   union.Money // by the cut-off
	late      union.Money // received after it
	gifts     int64       // named and anonymous gifts received by the cut-off
	anonymous int64       // of them without a donor
	rows      int64       // rows for the whole unit
	unstated  int64       // of them with money and no number of donors
	donors    int64       // for whom rows stand
	lateGifts int64       // gifts and rows after the cut-off
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
//   - [union.ErrOverflow], if an amount or a number could not be held;
//   - those of [union.Register.Add], for the donor.
func (d *Donations) Add(gift CodedGift) error {
	if d.rule.IsZero() {
		return union.NewFault(union.ErrRule, "donations", d.rule.String(), "a donation day's")
	}
	if gift.Unit == 0 || int(gift.Unit) >= len(d.units) {
		return union.NewFault(union.ErrRange, "unit", strconv.Itoa(int(gift.Unit)), "1 to "+strconv.Itoa(len(d.units)-1))
	}
	if err := gift.check(); err != nil {
		return err
	}
	unit := &d.units[gift.Unit]
	if !gift.Late && (gift.Kind == Whole && (unit.rows > 0 || unit.gifts > 0) || gift.Kind == Received && unit.rows > 0) {
		return union.NewFault(union.ErrRepeated, "unit", gift.Kind.String()+" beside other rows", "named gifts or one row of the unit")
	}
	total := d.total
	if err := total.count(gift); err != nil {
		return err
	}
	if err := d.addDonor(gift); err != nil {
		return err
	}
	d.total = total
	return unit.count(gift)
}

// addDonor notes the donor of a gift by the cut-off, and checks that of a later
// one.
func (d *Donations) addDonor(gift CodedGift) error {
	switch {
	case gift.Donor == "":
		return nil
	case gift.Late:
		return checkToken("donor", gift.Donor)
	}
	_, err := d.donors[gift.Unit].Add(gift.Donor)
	return union.Within("donor", err)
}

// count adds a gift, or as much of it as could be held: the caller counts it in
// a copy of the total first.
func (g *giving) count(gift CodedGift) error {
	var err error
	switch {
	case gift.Kind == Pledge && gift.Late:
		return nil // a promise made too late is part of no figure
	case gift.Kind == Pledge:
		g.pledged, err = g.pledged.Add(gift.Amount)
		return union.Within("amount", err)
	case gift.Late:
		g.late, err = g.late.Add(gift.Amount)
		g.lateGifts++
		return union.Within("amount", err)
	}
	if g.received, err = g.received.Add(gift.Amount); err != nil {
		return union.Within("amount", err)
	}
	if gift.Kind == Received {
		g.gifts++
		if gift.Donor == "" {
			g.anonymous++
		}
		return nil
	}
	g.rows++
	if gift.Donors == 0 && !gift.Amount.IsZero() {
		g.unstated++
	}
	g.donors, err = sum("donors", g.donors, gift.Donors)
	return err
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
		total, err := sum("donations", *count.into, *count.from)
		if err != nil {
			return err
		}
		*count.into = total
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
	total := d.total
	if err := total.merge(other.total); err != nil {
		return err
	}
	if d.rule.IsZero() {
		n := len(other.units)
		*d = Donations{rule: other.rule, units: make([]giving, n), donors: make([]union.Register, n)}
	}
	d.total = total
	for i := range other.units {
		if err := d.units[i].merge(other.units[i]); err != nil {
			return err // no more than the total, so it never comes to this
		}
		if err := d.donors[i].Merge(other.donors[i]); err != nil {
			return err
		}
	}
	return nil
}
