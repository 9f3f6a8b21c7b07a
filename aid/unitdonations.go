package aid

import (
	"strconv"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/internal/exact"
)

// UnitDonations are what one unit gave and pledged by the cut-off.
type UnitDonations struct {
	Unit     union.Term  `json:"unit"`
	Received union.Money `json:"received"`
	Pledged  union.Money `json:"pledged"`
	Donors   int64       `json:"donors"` // each named donor once, each anonymous gift, and those for whom its row stands
	Stated   bool        `json:"stated"` // false: its row does not state its donors, and Donors are those known
}

// Gave reports whether the unit took part: whether money came in from it.
func (u UnitDonations) Gave() bool { return u.Received.Sign() > 0 }

// owes reports whether the unit has not paid all that it promised.
func (u UnitDonations) owes() bool { return u.Received.Cmp(u.Pledged) < 0 }

// outstanding returns what the unit has pledged and not paid. What a unit gives
// is counted against its promise.
func (u UnitDonations) outstanding() union.Money {
	if !u.owes() {
		return union.Money{}
	}
	left, _ := u.Pledged.Sub(u.Received) // neither is below zero
	return left
}

// persons returns how many gave, the named among them as given, and false if that
// could not be held, which only merging can bring about.
func (g giving) persons(named union.Register) (int64, bool) {
	byGift := int64(named.Len()) + g.anonymous // no more than the gifts
	return exact.Add(byGift, g.donors)
}

// owns refuses donations of another day, or of other units than it has.
func (d DonationDay) owns(donations Donations) error {
	if err := under(d.id, donations.rule, "donations"); err != nil {
		return err
	}
	if !donations.rule.IsZero() && len(donations.units) != d.units.Len()+1 {
		return otherShape("donations", "other units", d.id)
	}
	return nil
}

// ByUnit returns what each unit of the roster gave, in the roster's order, those
// that gave nothing among them. Donations of another day are [union.ErrRule]; a
// number of donors that could not be held is [union.ErrOverflow].
func (d DonationDay) ByUnit(donations Donations) ([]UnitDonations, error) {
	if err := d.owns(donations); err != nil {
		return nil, err
	}
	list := make([]UnitDonations, 0, d.units.Len())
	for i, unit := range d.spec.Units {
		each := UnitDonations{Unit: unit, Stated: true}
		if !donations.rule.IsZero() {
			g := donations.units[i+1]
			each.Received, each.Pledged, each.Stated = g.received, g.pledged, g.unstated == 0
			donors, ok := g.persons(donations.donors[i+1])
			if !ok {
				return nil, union.NewFault(union.ErrOverflow, "units."+unit.Key, "", "")
			}
			each.Donors = donors
		}
		list = append(list, each)
	}
	return list, nil
}

// Chase returns the units that are still to be chased, in the roster's order, a
// finding each: those from which no money has come in, and those that have not
// paid all that they pledged. It has the errors of [DonationDay.ByUnit].
func (d DonationDay) Chase(donations Donations) ([]union.Finding, error) {
	list, err := d.ByUnit(donations)
	if err != nil {
		return nil, err
	}
	var findings []union.Finding
	for _, each := range list {
		finding := union.Finding{Where: "units." + each.Unit.Key, Got: each.Received.String()}
		switch {
		case each.owes():
			finding.Rule, finding.Want = "what is pledged is paid", each.Pledged.String()
		case !each.Gave():
			finding.Rule = "every unit that is asked gives"
		default:
			continue
		}
		findings = append(findings, finding)
	}
	return findings, nil
}

// Check reports where donations hold what the day does not allow, which only
// merging can bring about: a unit with more than one row, or with a row beside
// gifts of its own. Donations of another day are [union.ErrRule].
func (d DonationDay) Check(donations Donations) ([]union.Finding, error) {
	if err := d.owns(donations); err != nil {
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
// [union.ErrRule]; a sum or number that could not be held is
// [union.ErrOverflow]. Its keys,
// in this order:
//   - aid.donation.title: the rule's title;
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
	total, err := donations.total()
	if err != nil {
		return nil, err
	}
	sheet := union.NewFigureList("aid.DonationDay.Figures", d.spec.Rule)
	sheet.Text("aid.donation.title", "捐款活动名称", []string{d.spec.Title}, union.Input{Name: "办法名称", Value: d.spec.Title})
	d.unitFigures(sheet, list)
	if err := d.totalFigures(sheet, total, int64(len(list))); err != nil {
		return nil, err
	}
	if err := donorFigure(sheet, donations, total); err != nil {
		return nil, err
	}
	if err := pledgeFigures(sheet, list, total); err != nil {
		return nil, err
	}
	chaseFigures(sheet, list)
	sheet.Money("aid.donation.late", "截止日后到账捐款", total.late, union.InputOf("截止日后捐款笔数", total.lateGifts))
	return sheet.Figures()
}

func (d DonationDay) unitFigures(sheet *union.FigureList, list []UnitDonations) {
	var gave int64
	for _, each := range list {
		if each.Gave() {
			gave++
		}
	}
	asked := int64(len(list))
	sheet.Count("aid.donation.units", "参加捐款单位数", union.Units, gave,
		union.InputOf("应参加单位", asked), union.InputOf("款项未到账单位", asked-gave))
	sheet.Count("aid.donation.units.expected", "应参加捐款单位数", union.Units, asked, union.InputOf("名册单位", asked))
	sheet.Percent("aid.donation.units.rate", "捐款单位参加率", "参加捐款单位数", "应参加捐款单位数",
		union.Ratio{Part: gave, Whole: asked}, d.spec.Rate)
}

func (d DonationDay) totalFigures(sheet *union.FigureList, total giving, units int64) error {
	inputs := []union.Input{
		union.InputOf("名册单位", units), union.InputOf("逐笔捐款", total.gifts), union.InputOf("单位汇总行", total.rows),
	}
	if !d.spec.CutOff.IsZero() {
		inputs = append(inputs, union.Input{Name: "截止日", Value: d.spec.CutOff.String()})
	}
	sheet.Money("aid.donation.total", "捐款总额", total.received, inputs...)
	amount := union.Input{Name: "捐款总额（元）", Value: total.received.String()}
	sheet.Number("aid.donation.total.wan", "捐款总额（万元）", "万元", total.received.InWan(), d.spec.Wan, amount)
	capitals, err := total.received.Capitals(d.spec.Capitals)
	if err != nil {
		return err
	}
	sheet.Text("aid.donation.total.capitals", "捐款总额（大写）", []string{capitals}, amount)
	return nil
}

// donorFigure counts persons. A donor named by two units is one person.
func donorFigure(sheet *union.FigureList, donations Donations, total giving) error {
	var named union.Register
	for i := range donations.donors {
		if err := named.Merge(donations.donors[i]); err != nil {
			return err
		}
	}
	const key, title = "aid.donation.donors", "捐款职工人数"
	inputs := []union.Input{
		union.InputOf("记名捐款人（同一人计一次）", int64(named.Len())), union.InputOf("匿名捐款笔数", total.anonymous),
		union.InputOf("单位汇总行所列人数", total.donors),
		union.InputOf("未列人数的单位汇总行", total.unstated),
	}
	if total.unstated > 0 {
		sheet.Absent(key, title, union.Persons, union.NotKnown, inputs...)
		return nil
	}
	donors, ok := total.persons(named)
	if !ok {
		return union.NewFault(union.ErrOverflow, key, "", "")
	}
	sheet.Count(key, title, union.Persons, donors, inputs...)
	return nil
}

func pledgeFigures(sheet *union.FigureList, list []UnitDonations, total giving) error {
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
		if each.owes() {
			owing++
		}
	}
	paid, err := total.pledged.Sub(outstanding)
	if err != nil {
		return union.Within("aid.donation.paid", err)
	}
	pledged := union.Input{Name: "认捐总额", Value: total.pledged.String()}
	sheet.Money("aid.donation.pledged", "认捐总额", total.pledged, union.InputOf("认捐单位", pledging))
	sheet.Money("aid.donation.paid", "认捐已到账金额", paid, pledged, union.Input{Name: "未到账金额", Value: outstanding.String()})
	sheet.Money("aid.donation.outstanding", "认捐未到账金额", outstanding, pledged, union.InputOf("未付清单位", owing))
	return nil
}

func chaseFigures(sheet *union.FigureList, list []UnitDonations) {
	var titles []string
	inputs := []union.Input{union.InputOf("应参加单位", int64(len(list)))}
	for _, each := range list {
		var why string
		switch {
		case each.owes():
			why = "认捐" + each.Pledged.String() + "，已到账" + each.Received.String()
		case !each.Gave():
			why = "款项未到账"
		default:
			continue
		}
		titles = append(titles, each.Unit.Title)
		inputs = append(inputs, union.Input{Name: each.Unit.Title, Value: why})
	}
	sheet.Text("aid.donation.chase", "尚需督促单位", titles, inputs...)
	sheet.Count("aid.donation.chase.count", "尚需督促单位数", union.Units, int64(len(titles)), inputs...)
}
