package aid

import (
	"strconv"

	"github.com/unioncampaign/union"
)

// UnitDonations are what one unit gave and promised by the cut-off.
type UnitDonations struct {
	Unit     union.Term  `json:"unit"`
	Received union.Money `json:"received"`
	Pledged  union.Money `json:"pledged"`
	Donors   int64       `json:"donors"` // each named donor once, each anonymous gift, and those for whom its row stands
	Stated   bool        `json:"stated"` // false: its row does not state its donors, and Donors are those known
}

// Gave reports whether the unit took part: whether money came in from it.
func (u UnitDonations) Gave() bool { return u.Received.Sign() > 0 }

// outstanding returns what the unit has promised and not paid. What a unit gives
// is counted against its promise.
func (u UnitDonations) outstanding() union.Money {
	left, err := u.Pledged.Sub(u.Received)
	if err != nil || left.Sign() < 0 {
		return union.Money{}
	}
	return left
}

// ByUnit returns what each unit of the roster gave, in the roster's order, those
// that gave nothing among them. Donations of another day are [union.ErrRule].
func (d DonationDay) ByUnit(donations Donations) ([]UnitDonations, error) {
	if err := d.under(donations); err != nil {
		return nil, err
	}
	list := make([]UnitDonations, 0, d.units.Len())
	for i, unit := range d.spec.Units {
		each := UnitDonations{Unit: unit, Stated: true}
		if !donations.rule.IsZero() {
			g := donations.units[i+1]
			each.Received, each.Pledged, each.Stated = g.received, g.pledged, g.unstated == 0
			each.Donors = int64(donations.donors[i+1].Len()) + g.anonymous + g.donors
		}
		list = append(list, each)
	}
	return list, nil
}

// under refuses donations of another day; the zero Donations count nothing under
// every one.
func (d DonationDay) under(donations Donations) error {
	if d.id.IsZero() || !donations.rule.IsZero() && donations.rule != d.id {
		return union.NewFault(union.ErrRule, "donations", donations.rule.String(), d.id.String())
	}
	return nil
}

// Chase returns the units that are still to be chased, in the roster's order, a
// finding each: those from which no money has come in, and those that have not
// paid all that they promised. Donations of another day are [union.ErrRule].
func (d DonationDay) Chase(donations Donations) ([]union.Finding, error) {
	list, err := d.ByUnit(donations)
	if err != nil {
		return nil, err
	}
	var findings []union.Finding
	for _, each := range list {
		switch left := each.outstanding(); {
		case left.Sign() > 0:
			findings = append(findings, union.Finding{
				Where: "units." + each.Unit.Key, Rule: "what is pledged is paid",
				Got: each.Received.String(), Want: each.Pledged.String(),
			})
		case !each.Gave():
			findings = append(findings, union.Finding{
				Where: "units." + each.Unit.Key, Rule: "every unit that is asked gives", Got: each.Received.String(),
			})
		}
	}
	return findings, nil
}

// Check reports where donations hold what the day does not allow, which only
// merging can bring about: a unit with more than one row, or with a row beside
// gifts of its own. Donations of another day are [union.ErrRule].
func (d DonationDay) Check(donations Donations) ([]union.Finding, error) {
	if err := d.under(donations); err != nil {
		return nil, err
	}
	var findings []union.Finding
	for code := 1; code < len(donations.units); code++ {
		unit := donations.units[code]
		if unit.rows > 1 || unit.rows > 0 && unit.gifts > 0 {
			findings = append(findings, union.Finding{
				Where: "units." + d.spec.Units[code-1].Key, Rule: "a unit has named gifts or one row",
				Got:  strconv.FormatInt(unit.rows, 10) + " rows and " + strconv.FormatInt(unit.gifts, 10) + " gifts",
				Want: "one row, or gifts alone",
			})
		}
	}
	return findings, nil
}

// Figures returns the figures of donations. Donations of another day are
// [union.ErrRule]; a sum that could not be held is [union.ErrOverflow]. Its keys,
// in this order:
//   - aid.donation.units: units from which money came in; .units.expected: units
//     that are asked; .units.rate: the one over the other;
//   - aid.donation.total: all money that came in by the cut-off; .total.wan: the
//     same in 万元; .total.capitals: the same in uppercase numerals;
//   - aid.donation.donors: persons, named donors once however often they gave and
//     to whichever unit, anonymous gifts one each; unknown if some unit's row does
//     not state its donors;
//   - aid.donation.pledged, of it .paid and .outstanding: a unit's gifts count
//     against its promise;
//   - aid.donation.chase: the units still to be chased, by title, not applicable
//     if there are none; .chase.count: how many;
//   - aid.donation.late: money that came in after the cut-off and is in no other
//     figure.
func (d DonationDay) Figures(donations Donations) ([]union.Figure, error) {
	list, err := d.ByUnit(donations)
	if err != nil {
		return nil, err
	}
	sheet := newStatement("aid.DonationDay.Figures", d.spec.Rule)
	d.unitFigures(sheet, list)
	total := donations.total
	if err := d.totalFigures(sheet, total, int64(len(list))); err != nil {
		return nil, err
	}
	if err := donorFigure(sheet, donations); err != nil {
		return nil, err
	}
	if err := pledgeFigures(sheet, list, total); err != nil {
		return nil, err
	}
	if err := d.chaseFigures(sheet, donations); err != nil {
		return nil, err
	}
	sheet.money("aid.donation.late", "截止日后到账捐款", total.late, input("gifts after the cut-off", total.lateGifts))
	return sheet.done()
}

func (d DonationDay) unitFigures(sheet *statement, list []UnitDonations) {
	var gave int64
	for _, each := range list {
		if each.Gave() {
			gave++
		}
	}
	asked := int64(len(list))
	sheet.count("aid.donation.units", "参加捐款单位数", union.Units, gave,
		input("units asked", asked), input("units without money received", asked-gave))
	sheet.count("aid.donation.units.expected", "应参加捐款单位数", union.Units, asked, input("units of the roster", asked))
	sheet.percent("aid.donation.units.rate", "捐款单位参加率", "应参加捐款单位数",
		union.Ratio{Part: gave, Whole: asked}, d.spec.Rate, input("units that gave", gave), input("units asked", asked))
}

func (d DonationDay) totalFigures(sheet *statement, total giving, units int64) error {
	inputs := []union.Input{
		input("units of the roster", units), input("gifts", total.gifts), input("rows of whole units", total.rows),
	}
	if !d.spec.CutOff.IsZero() {
		inputs = append(inputs, union.Input{Name: "received by", Value: d.spec.CutOff.String()})
	}
	sheet.money("aid.donation.total", "捐款总额", total.received, inputs...)
	amount := union.Input{Name: "total in yuan", Value: total.received.String()}
	sheet.number("aid.donation.total.wan", "捐款总额(万元)", "万元", total.received.InWan(), d.spec.Wan, amount)
	capitals, err := total.received.Capitals(d.spec.Capitals)
	if err != nil {
		return err
	}
	sheet.text("aid.donation.total.capitals", "捐款总额(大写)", []string{capitals}, amount)
	return nil
}

// donorFigure counts persons. A donor named by two units is one person.
func donorFigure(sheet *statement, donations Donations) error {
	var named union.Register
	for i := range donations.donors {
		if err := named.Merge(donations.donors[i]); err != nil {
			return err
		}
	}
	total := donations.total
	const key, title = "aid.donation.donors", "捐款职工人数"
	inputs := []union.Input{
		input("named donors, each once", int64(named.Len())), input("anonymous gifts", total.anonymous),
		input("donors stated by rows of whole units", total.donors),
		input("rows of whole units that state none", total.unstated),
	}
	if total.unstated > 0 {
		sheet.absent(key, title, union.Persons, union.NotKnown, inputs...)
		return nil
	}
	donors, err := sum(key, int64(named.Len())+total.anonymous, total.donors)
	if err != nil {
		return err
	}
	sheet.count(key, title, union.Persons, donors, inputs...)
	return nil
}

func pledgeFigures(sheet *statement, list []UnitDonations, total giving) error {
	var outstanding union.Money
	var pledging, owing int64
	for _, each := range list {
		left := each.outstanding()
		sum, err := outstanding.Add(left)
		if err != nil {
			return union.Within("aid.donation.outstanding", err)
		}
		outstanding = sum
		if each.Pledged.Sign() > 0 {
			pledging++
		}
		if left.Sign() > 0 {
			owing++
		}
	}
	paid, err := total.pledged.Sub(outstanding)
	if err != nil {
		return union.Within("aid.donation.paid", err)
	}
	pledged := union.Input{Name: "pledged", Value: total.pledged.String()}
	sheet.money("aid.donation.pledged", "认捐总额", total.pledged, input("units that pledged", pledging))
	sheet.money("aid.donation.paid", "认捐已到账金额", paid, pledged, union.Input{Name: "outstanding", Value: outstanding.String()})
	sheet.money("aid.donation.outstanding", "认捐未到账金额", outstanding, pledged, input("units that have not paid all", owing))
	return nil
}

func (d DonationDay) chaseFigures(sheet *statement, donations Donations) error {
	findings, err := d.Chase(donations)
	if err != nil {
		return err
	}
	var titles []string
	inputs := []union.Input{input("units asked", int64(d.units.Len()))}
	for _, finding := range findings {
		code, err := d.units.Find(finding.Where[len("units."):])
		if err != nil {
			return err
		}
		titles = append(titles, d.units.Title(code))
		inputs = append(inputs, union.Input{Name: d.units.Title(code), Value: finding.String()})
	}
	const key, title = "aid.donation.chase", "尚需督促单位"
	if len(titles) == 0 {
		sheet.absent(key, title, "", union.NotApplicable, inputs...)
	} else {
		sheet.text(key, title, titles, inputs...)
	}
	sheet.count("aid.donation.chase.count", "尚需督促单位数", union.Units, int64(len(titles)), inputs...)
	return nil
}
