package aid

import (
	"strconv"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/internal/exact"
)

// UnitDonations are what one unit gave and pledged by the cut-off. Amounts are of
// the forms that are in the total.
type UnitDonations struct {
	Unit     union.Term  `json:"unit"`
	Received union.Money `json:"received"`
	Pledged  union.Money `json:"pledged"`
	Paid     union.Money `json:"paid"`     // of what is pledged
	Released union.Money `json:"released"` // of what is pledged
	Donors   int64       `json:"donors"`   // each named donor once, each anonymous gift, and those for whom its rows stand
	// Stated is false if a row of the unit does not state its donors, or if rows of
	// several batches or forms do, whose donors may be the same: Donors are then
	// those known, and each row's.
	Stated bool `json:"stated"`
	// Forms are what the unit gave and pledged in each form that the day lists.
	Forms []FormDonations `json:"forms,omitempty"`
}

// FormDonations are what was given and pledged in one form.
type FormDonations struct {
	Form     string `json:"form"` // its key
	Received Worth  `json:"received"`
	Pledged  Worth  `json:"pledged"`
	Paid     Worth  `json:"paid"`     // of what is pledged
	Released Worth  `json:"released"` // of what is pledged
}

// A Worth is an amount, a quantity of goods, or both.
type Worth struct {
	Amount   union.Money `json:"amount"`
	Quantity int64       `json:"quantity"`
}

func worthOf(fen, quantity int64) Worth { return Worth{union.Fen(fen), quantity} }

// some reports whether there is any of either.
func (w Worth) some() bool { return w.Amount.Sign() > 0 || w.Quantity > 0 }

// Gave reports whether the unit took part: whether something came in from it, in
// whatever form.
func (u UnitDonations) Gave() bool {
	for _, form := range u.Forms {
		if form.Received.some() {
			return true
		}
	}
	return u.Received.Sign() > 0
}

// A promise is what was pledged in one form: fen, or pieces.
type promise struct{ pledged, released, paid int64 }

// promiseOf returns the promise of which pledged, released and received, or paid,
// are known. What is released beyond what is pledged releases nothing.
func promiseOf(pledged, released, received int64) promise {
	released = min(released, pledged)
	return promise{pledged: pledged, released: released, paid: min(received, pledged-released)}
}

// promise returns the promise of a unit's giving in one form, in fen, or, from 1,
// in pieces.
func (d DonationDay) promise(g *giving, from int) promise {
	received := g[sumReceived+from]
	if d.spec.PaymentsApart {
		received = g[sumPaid+from]
	}
	return promiseOf(g[sumPledged+from], g[sumReleased+from], received)
}

// owns refuses donations of another day, or of other lists than it has.
func (d DonationDay) owns(donations Donations) error {
	if err := under(d.id, donations.rule, "donations"); err != nil {
		return err
	}
	if !donations.rule.IsZero() && donations.lists != d.lists() {
		return otherShape("donations", "other lists", d.id)
	}
	return nil
}

// forms returns the forms of the day: money alone, if it lists none.
func (d DonationDay) forms() []GiftForm {
	if len(d.spec.Forms) == 0 {
		return []GiftForm{plainMoney()}
	}
	return d.spec.Forms
}

// asked are the units that are asked to give, by place in the roster.
func (d DonationDay) asked() []int {
	var asked []int
	for i, group := range d.groups {
		if !group {
			asked = append(asked, i)
		}
	}
	return asked
}

// of returns what a unit gave in a form, over all batches.
func (d Donations) of(unit, form int) (giving, error) {
	var sum giving
	if d.rule.IsZero() {
		return sum, nil
	}
	batches := max(d.lists.batches, 1)
	from := (unit*max(d.lists.forms, 1) + form) * batches
	for i := range d.cells[from : from+batches] {
		if err := sum.merge(&d.cells[from+i]); err != nil {
			return giving{}, err
		}
	}
	return sum, nil
}

// ByUnit returns what each unit that is asked gave, in the roster's order, those
// that gave nothing among them. Donations of another day are [union.ErrRule]; a
// sum or a number of donors that could not be held is [union.ErrOverflow].
func (d DonationDay) ByUnit(donations Donations) ([]UnitDonations, error) {
	if err := d.owns(donations); err != nil {
		return nil, err
	}
	asked := d.asked()
	list := make([]UnitDonations, 0, len(asked))
	for _, unit := range asked {
		each, err := d.unitDonations(donations, unit)
		if err != nil {
			return nil, union.Within("units."+d.spec.Units[unit].Key, err)
		}
		list = append(list, each)
	}
	return list, nil
}

func (d DonationDay) unitDonations(donations Donations, unit int) (UnitDonations, error) {
	made := UnitDonations{Unit: d.spec.Units[unit]}
	var all giving
	var total promise
	var received int64
	for i, form := range d.forms() {
		g, err := donations.of(unit, i)
		if err != nil {
			return made, err
		}
		fen, count := d.promise(&g, 0), d.promise(&g, 1)
		if len(d.spec.Forms) > 0 {
			made.Forms = append(made.Forms, FormDonations{
				Form: form.Key, Received: worthOf(g[sumReceived], g[sumReceived+1]), Pledged: worthOf(fen.pledged, count.pledged),
				Paid: worthOf(fen.paid, count.paid), Released: worthOf(fen.released, count.released),
			})
		}
		if form.InTotal {
			sums := []int64{received, total.pledged, total.released, total.paid}
			if err := addAll(sums, []int64{g[sumReceived], fen.pledged, fen.released, fen.paid}); err != nil {
				return made, err
			}
			received, total = sums[0], promise{pledged: sums[1], released: sums[2], paid: sums[3]}
		}
		for n := range sums { // unlike forms are not added
			g[n] = 0
		}
		if err := all.merge(&g); err != nil {
			return made, err
		}
	}
	made.Received, made.Pledged = union.Fen(received), union.Fen(total.pledged)
	made.Paid, made.Released = union.Fen(total.paid), union.Fen(total.released)
	made.Stated = all[numUnstated] == 0 && donations.rowsWithDonors(unit) <= 1
	var named union.Register
	if !donations.rule.IsZero() {
		named = donations.donors[unit]
	}
	donors, ok := all.persons(named)
	if !ok {
		return made, union.NewFault(union.ErrOverflow, "", "", "")
	}
	made.Donors = donors
	return made, nil
}

// persons returns how many gave, the named among them as given, and false if that
// could not be held, which only merging can bring about.
func (g *giving) persons(named union.Register) (int64, bool) {
	byGift := int64(named.Len()) + g[numAnonymous] // no more than the gifts
	return exact.Add(byGift, g[numDonors])
}

// rowsWithDonors returns in how many batches and forms a unit has rows that state
// their donors.
func (d Donations) rowsWithDonors(unit int) int {
	rows := 0
	each := len(d.cells) / max(d.lists.units, 1)
	for i := range each {
		if d.cells[unit*each+i][numDonors] > 0 {
			rows++
		}
	}
	return rows
}

// Chase returns the units that are still to be chased, in the roster's order: a
// finding for each form in which a unit has not paid all that it pledged, less what
// was released, and one for each unit from which nothing has come in and that
// pledged nothing. It has the errors of [DonationDay.ByUnit].
func (d DonationDay) Chase(donations Donations) ([]union.Finding, error) {
	list, err := d.ByUnit(donations)
	if err != nil {
		return nil, err
	}
	var findings []union.Finding
	for _, each := range list {
		owed := d.owed(each)
		for _, debt := range owed {
			findings = append(findings, union.Finding{
				Where: debt.where, Rule: "what is pledged is paid", Got: debt.paid, Want: debt.due,
			})
		}
		if len(owed) == 0 && !each.Gave() {
			findings = append(findings, union.Finding{
				Where: "units." + each.Unit.Key, Rule: "every unit that is asked gives", Got: each.Received.String(),
			})
		}
	}
	return findings, nil
}

// A debt is what a unit has not paid of a promise in one form.
type debt struct{ where, title, paid, due string }

// why is what the list of those to be chased says of a debt.
func (d debt) why() string { return d.title + "认捐" + d.due + "，已到账" + d.paid }

// owed returns what a unit has not paid, form by form. What is due is what it
// pledged, less what was released.
func (d DonationDay) owed(unit UnitDonations) []debt {
	where := "units." + unit.Unit.Key
	if len(unit.Forms) == 0 {
		due, _ := unit.Pledged.Sub(unit.Released) // no more than that is released
		if unit.Paid.Cmp(due) >= 0 {
			return nil
		}
		return []debt{{where: where, paid: unit.Paid.String(), due: due.String()}}
	}
	var owed []debt
	for i, each := range unit.Forms {
		form := d.spec.Forms[i]
		of := debt{where: where + ".forms." + each.Form, title: form.Title}
		if form.Counted != nil {
			due := each.Pledged.Quantity - each.Released.Quantity
			of.paid, of.due = pieces(each.Paid.Quantity, form), pieces(due, form)
		} else {
			due, _ := each.Pledged.Amount.Sub(each.Released.Amount)
			of.paid, of.due = each.Paid.Amount.String(), due.String()
			if form.measure() != union.Yuan {
				of.paid, of.due = of.paid+string(form.measure()), of.due+string(form.measure())
			}
		}
		if of.paid != of.due { // no more is paid than is due
			owed = append(owed, of)
		}
	}
	return owed
}

func pieces(n int64, form GiftForm) string { return strconv.FormatInt(n, 10) + string(form.measure()) }

// Check reports where donations hold what the day does not allow, which only
// merging can bring about but for the last: in one batch and form, a unit with more
// than one row, or with a row beside gifts of its own; and more released than was
// pledged. It has the errors of [DonationDay.ByUnit].
func (d DonationDay) Check(donations Donations) ([]union.Finding, error) {
	if err := d.owns(donations); err != nil {
		return nil, err
	}
	var findings []union.Finding
	for i := range donations.cells {
		cell := &donations.cells[i]
		if cell[numRows] > 1 || cell[numRows] > 0 && cell[numGifts] > 0 {
			findings = append(findings, union.Finding{
				Where: d.whereIs(i), Rule: "a unit has named gifts or one row",
				Got:  strconv.FormatInt(cell[numRows], 10) + " rows and " + strconv.FormatInt(cell[numGifts], 10) + " gifts",
				Want: "one row, or gifts alone",
			})
		}
	}
	for _, unit := range d.asked() {
		for form := range d.forms() {
			g, err := donations.of(unit, form)
			if err != nil {
				return nil, union.Within("units."+d.spec.Units[unit].Key, err)
			}
			for from := range 2 { // fen, then pieces
				if g[sumReleased+from] > g[sumPledged+from] {
					findings = append(findings, d.releasedTooMuch(unit, form, from, &g))
				}
			}
		}
	}
	return findings, nil
}

func (d DonationDay) releasedTooMuch(unit, form, from int, g *giving) union.Finding {
	finding := union.Finding{Where: "units." + d.spec.Units[unit].Key, Rule: "no more is released than was pledged"}
	if len(d.spec.Forms) > 0 {
		finding.Where += ".forms." + d.spec.Forms[form].Key
	}
	if from == 0 {
		finding.Got, finding.Want = union.Fen(g[sumReleased]).String(), "at most "+union.Fen(g[sumPledged]).String()
	} else {
		finding.Got, finding.Want = strconv.FormatInt(g[sumReleased+1], 10), "at most "+strconv.FormatInt(g[sumPledged+1], 10)
	}
	return finding
}

// whereIs says where a cell is, naming only lists that the day has.
func (d DonationDay) whereIs(cell int) string {
	batches, forms := max(len(d.spec.Batches), 1), len(d.forms())
	where := "units." + d.spec.Units[cell/batches/forms].Key
	if len(d.spec.Forms) > 0 {
		where += ".forms." + d.spec.Forms[cell/batches%forms].Key
	}
	if len(d.spec.Batches) > 0 {
		where += ".batches." + d.spec.Batches[cell%batches].Key
	}
	return where
}
