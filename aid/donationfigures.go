package aid

import (
	"errors"
	"slices"

	"github.com/unioncampaign/union"
)

// Figures returns the figures of donations. Donations of another day are
// [union.ErrRule]; a sum or number that could not be held is
// [union.ErrOverflow]. Totals are of what came in by the cut-off in the forms that
// the rule puts in the total. Its keys, in this order, of which those marked * are
// there for each item of a list that the rule has:
//   - aid.donation.title: the rule's title;
//   - aid.donation.units: units from which something came in; .units.expected: units
//     that are asked; .units.rate: the one over the other;
//   - aid.donation.total: the total; .total.wan: the same in 万元; .total.capitals:
//     the same in uppercase numerals; .total.headline *: as running text says it, not
//     applicable to a sum of which cutting off leaves nothing;
//   - aid.donation.donors: persons, named donors once however often they gave and
//     to whichever unit, anonymous gifts one each, units that give themselves not;
//     unknown if some unit's row does not state its donors, or rows of several
//     batches or forms of one unit do;
//   - aid.donation.form.K *: what came in in form K, in its own measure; .share: of
//     the total, if the form is in it;
//   - aid.donation.giver.K *: the total of donors of kind K; .gifts: of how many
//     gifts, payments and rows; .share: of the total;
//   - aid.donation.group.K *: the total of the units within unit K; .wan; .form.F *:
//     what came in from them in form F;
//   - aid.donation.earmark.K *: of the total and what is not in it, what is meant
//     for K; .wan; .group.G *: of the units within unit G;
//   - aid.donation.batch.K *: the total of batch K; .running: of all up to it, which
//     is provisional until the last;
//   - aid.donation.pledged, of it .paid, .outstanding and .released; .paid.rate: paid
//     of what is pledged and not released;
//   - aid.donation.chase: the units still to be chased, by title, not applicable
//     if there are none; .chase.count: how many;
//   - aid.donation.late: what came in after the cut-off and is in no other figure.
func (d DonationDay) Figures(donations Donations) ([]union.Figure, error) {
	list, err := d.ByUnit(donations)
	if err != nil {
		return nil, err
	}
	book := donationSheet{day: d, from: donations, FigureList: union.NewFigureList("aid.DonationDay.Figures", d.spec.Rule)}
	book.Text("aid.donation.title", "捐款活动名称", []string{d.spec.Title}, union.Input{Name: "办法名称", Value: d.spec.Title})
	book.units(list)
	for _, each := range []func() error{
		book.totals, func() error { return book.donors(list) }, book.byForm, book.byGiver, book.byGroup, book.byEarmark, book.byBatch,
		func() error { return book.pledges(list) },
	} {
		if err := each(); err != nil {
			return nil, err
		}
	}
	book.chase(list)
	late, err := book.sum(func(unit, form, batch int) bool { return d.forms()[form].InTotal })
	if err != nil {
		return nil, err
	}
	book.Money("aid.donation.late", "截止日后到账捐款", union.Fen(late[sumLate]), union.InputOf("截止日后捐款笔数", late[numLate]))
	return book.FigureList.Figures()
}

// A donationSheet makes the figures of donations.
type donationSheet struct {
	*union.FigureList
	day  DonationDay
	from Donations
}

// sum returns the sum of the cells chosen, by places in the lists of units, forms
// and batches.
func (s *donationSheet) sum(chosen func(unit, form, batch int) bool) (giving, error) {
	var sum giving
	forms, batches := len(s.day.forms()), max(len(s.day.spec.Batches), 1)
	for i := range s.from.cells {
		if chosen(i/batches/forms, i/batches%forms, i%batches) {
			if err := sum.merge(&s.from.cells[i]); err != nil {
				return giving{}, err
			}
		}
	}
	return sum, nil
}

// inTotal returns the sum of the cells in the total of which the unit and the batch
// are chosen.
func (s *donationSheet) inTotal(chosen func(unit, batch int) bool) (giving, error) {
	forms := s.day.forms()
	return s.sum(func(unit, form, batch int) bool { return forms[form].InTotal && chosen(unit, batch) })
}

func (s *donationSheet) units(list []UnitDonations) {
	var gave int64
	for _, each := range list {
		if each.Gave() {
			gave++
		}
	}
	asked := int64(len(list))
	s.Count("aid.donation.units", "参加捐款单位数", union.Units, gave,
		union.InputOf("应参加单位", asked), union.InputOf("款项未到账单位", asked-gave))
	s.Count("aid.donation.units.expected", "应参加捐款单位数", union.Units, asked, union.InputOf("名册单位", asked))
	s.Percent("aid.donation.units.rate", "捐款单位参加率", "参加捐款单位数", "应参加捐款单位数",
		union.Ratio{Part: gave, Whole: asked}, s.day.spec.Rate)
}

// yuan is the input of an amount.
func yuanInput(name string, amount union.Money) union.Input {
	return union.Input{Name: name, Value: amount.String()}
}

// both adds the figure of an amount in yuan and, under .wan, in 万元.
func (s *donationSheet) both(key, title string, amount union.Money, inputs ...union.Input) {
	s.Money(key, title, amount, inputs...)
	s.Number(key+".wan", title+"（万元）", "万元", amount.InWan(), s.day.spec.Wan, yuanInput(title+"（元）", amount))
}

func (s *donationSheet) totals() error {
	all, err := s.inTotal(func(int, int) bool { return true })
	if err != nil {
		return err
	}
	spec := s.day.spec
	inputs := []union.Input{
		union.InputOf("名册单位", int64(len(s.day.asked()))), union.InputOf("逐笔捐款", all[numGifts]), union.InputOf("单位汇总行", all[numRows]),
	}
	if len(spec.Givers) > 0 {
		inputs = append(inputs, union.InputOf("单位自身捐赠笔数", all[numOwn]))
	}
	if spec.PaymentsApart {
		inputs = append(inputs, union.InputOf("认捐到账笔数", all[numPayments]))
	}
	if !spec.CutOff.IsZero() {
		inputs = append(inputs, union.Input{Name: "截止日", Value: spec.CutOff.String()})
	}
	for _, form := range spec.Forms {
		if form.InTotal {
			inputs = append(inputs, union.Input{Name: "计入总额", Value: form.Title})
		}
	}
	total := union.Fen(all[sumReceived])
	s.both("aid.donation.total", "捐款总额", total, inputs...)
	amount := yuanInput("捐款总额（元）", total)
	capitals, err := total.Capitals(spec.Capitals)
	if err != nil {
		return err
	}
	s.Text("aid.donation.total.capitals", "捐款总额（大写）", []string{capitals}, amount)
	if spec.Headline != nil {
		s.headline(total, amount)
	}
	return nil
}

func (s *donationSheet) headline(total union.Money, amount union.Input) {
	const key, title = "aid.donation.total.headline", "捐款总额（标题用）"
	text, err := s.day.spec.Headline.Text(total)
	if errors.Is(err, union.ErrRange) {
		s.Absent(key, title, "", union.NotApplicable, amount)
		return
	}
	s.Add(s.Spec(key, title, amount).Text(text), err)
}

// donors counts persons. A donor named by two units is one person.
func (s *donationSheet) donors(list []UnitDonations) error {
	var named union.Register
	for i := range s.from.donors {
		if err := named.Merge(s.from.donors[i]); err != nil {
			return err
		}
	}
	all, err := s.sum(func(int, int, int) bool { return true })
	if err != nil {
		return err
	}
	const key, title = "aid.donation.donors", "捐款职工人数"
	inputs := []union.Input{
		union.InputOf("记名捐款人（同一人计一次）", int64(named.Len())), union.InputOf("匿名捐款笔数", all[numAnonymous]),
		union.InputOf("单位汇总行所列人数", all[numDonors]),
		union.InputOf("未列人数的单位汇总行", all[numUnstated]),
	}
	if again := slices.IndexFunc(list, func(u UnitDonations) bool { return !u.Stated }); again >= 0 {
		if all[numUnstated] == 0 {
			inputs = append(inputs, union.Input{Name: "多批次（形式）汇总行所列人数可能重复的单位", Value: list[again].Unit.Title})
		}
		s.Absent(key, title, union.Persons, union.NotKnown, inputs...)
		return nil
	}
	donors, ok := all.persons(named)
	if !ok {
		return union.NewFault(union.ErrOverflow, key, "", "")
	}
	s.Count(key, title, union.Persons, donors, inputs...)
	return nil
}

// share adds the figure of what an amount is of the total.
func (s *donationSheet) share(key, title string, amount, total int64) {
	s.Percent(key, title+"占比", title+"（分）", "捐款总额（分）", union.Ratio{Part: amount, Whole: total}, s.day.spec.Rate)
}

func (s *donationSheet) byForm() error {
	all, err := s.inTotal(func(int, int) bool { return true })
	if err != nil {
		return err
	}
	for i, form := range s.day.spec.Forms {
		g, err := s.sum(func(_, each, _ int) bool { return each == i })
		if err != nil {
			return err
		}
		key := "aid.donation.form." + form.Key
		s.form(key, form.Title, form, &g)
		if form.InTotal {
			s.share(key+".share", form.Title, g[sumReceived], all[sumReceived])
		}
	}
	return nil
}

// form adds the figure of what came in in a form, in its own measure.
func (s *donationSheet) form(key, title string, form GiftForm, g *giving) {
	rows := []union.Input{union.InputOf("逐笔捐赠", g[numGifts]), union.InputOf("单位汇总行", g[numRows])}
	switch measure := form.measure(); {
	case form.Counted != nil:
		s.Count(key, title, measure, g[sumReceived+1], rows...)
	case measure != union.Yuan:
		s.Number(key, title, measure, union.Fen(g[sumReceived]).Number(), union.Rounding{}, rows...)
	default:
		s.Money(key, title, union.Fen(g[sumReceived]), rows...)
	}
}

func (s *donationSheet) byGiver() error {
	all, err := s.inTotal(func(int, int) bool { return true })
	if err != nil {
		return err
	}
	forms := s.day.forms()
	if s.from.rule.IsZero() { // nobody gave anything
		forms = nil
	}
	for i, giver := range s.day.spec.Givers {
		var sum, every gathered
		for j := range forms {
			of := s.from.givers[i*len(forms)+j]
			if forms[j].InTotal {
				if err := sum.merge(of); err != nil {
					return err
				}
			}
			if err := every.merge(gathered{gifts: of.gifts}); err != nil {
				return err
			}
		}
		key := "aid.donation.giver." + giver.Key
		s.Money(key, giver.Title, union.Fen(sum.fen), union.InputOf(giver.Title+"笔数", sum.gifts))
		s.Count(key+".gifts", giver.Title+"笔数", "笔", every.gifts, union.InputOf("计入总额的笔数", sum.gifts))
		s.share(key+".share", giver.Title, sum.fen, all[sumReceived])
	}
	return nil
}

// inGroup reports whether a unit of the roster is within another, directly or not.
func (d DonationDay) inGroup(unit, group int) bool {
	for unit = d.within[unit]; unit >= 0; unit = d.within[unit] {
		if unit == group {
			return true
		}
	}
	return false
}

func (s *donationSheet) byGroup() error {
	for group, is := range s.day.groups {
		if !is {
			continue
		}
		unit := s.day.spec.Units[group]
		g, err := s.inTotal(func(each, _ int) bool { return s.day.inGroup(each, group) })
		if err != nil {
			return err
		}
		key := "aid.donation.group." + unit.Key
		s.both(key, unit.Title, union.Fen(g[sumReceived]),
			union.InputOf("逐笔捐款", g[numGifts]), union.InputOf("单位汇总行", g[numRows]))
		for i, form := range s.day.spec.Forms {
			g, err := s.sum(func(each, of, _ int) bool { return of == i && s.day.inGroup(each, group) })
			if err != nil {
				return err
			}
			s.form(key+".form."+form.Key, unit.Title+form.Title, form, &g)
		}
	}
	return nil
}

func (s *donationSheet) byEarmark() error {
	for i, earmark := range s.day.spec.Earmarks {
		of := func(chosen func(unit int) bool) (union.Money, error) {
			var sum union.Money
			for unit := range s.from.lists.units {
				if !chosen(unit) {
					continue
				}
				var err error
				if sum, err = sum.Add(union.Fen(s.from.marked[unit*len(s.day.spec.Earmarks)+i])); err != nil {
					return sum, union.Within("aid.donation.earmark."+earmark.Key, err)
				}
			}
			return sum, nil
		}
		all, err := of(func(int) bool { return true })
		if err != nil {
			return err
		}
		key, title := "aid.donation.earmark."+earmark.Key, "其中："+earmark.Title
		s.both(key, title, all, union.InputOf("名册单位", int64(len(s.day.asked()))))
		for group, is := range s.day.groups {
			if !is {
				continue
			}
			unit := s.day.spec.Units[group]
			sum, err := of(func(each int) bool { return s.day.inGroup(each, group) })
			if err != nil {
				return err
			}
			s.both(key+".group."+unit.Key, unit.Title+title, sum, yuanInput(title, all))
		}
	}
	return nil
}

func (s *donationSheet) byBatch() error {
	var running union.Money
	for i, batch := range s.day.spec.Batches {
		g, err := s.inTotal(func(_, each int) bool { return each == i })
		if err != nil {
			return err
		}
		amount, before := union.Fen(g[sumReceived]), running
		if running, err = running.Add(amount); err != nil {
			return union.Within("aid.donation.batch."+batch.Key, err)
		}
		key := "aid.donation.batch." + batch.Key
		s.Money(key, batch.Title, amount, union.InputOf("逐笔捐款", g[numGifts]), union.InputOf("单位汇总行", g[numRows]))
		s.Money(key+".running", batch.Title+"累计", running, yuanInput("此前累计", before), yuanInput(batch.Title, amount))
	}
	return nil
}

func (s *donationSheet) pledges(list []UnitDonations) error {
	var pledging, owing int64
	all := make([]int64, 3) // pledged, paid and released
	for _, each := range list {
		if err := addAll(all, []int64{each.Pledged.Fen(), each.Paid.Fen(), each.Released.Fen()}); err != nil {
			return union.Within("aid.donation.pledged", err)
		}
		if each.Pledged.Sign() > 0 {
			pledging++
		}
		if each.Pledged.Fen() > each.Paid.Fen()+each.Released.Fen() { // which are no more than that
			owing++
		}
	}
	due := all[0] - all[2]
	paid, outstanding := union.Fen(all[1]), union.Fen(due-all[1])
	pledged := yuanInput("认捐总额", union.Fen(all[0]))
	s.Money("aid.donation.pledged", "认捐总额", union.Fen(all[0]), union.InputOf("认捐单位", pledging))
	s.Money("aid.donation.paid", "认捐已到账金额", paid, pledged, yuanInput("未到账金额", outstanding))
	s.Money("aid.donation.outstanding", "认捐未到账金额", outstanding, pledged, union.InputOf("未付清单位", owing))
	s.Money("aid.donation.released", "认捐免除金额", union.Fen(all[2]), pledged)
	s.Percent("aid.donation.paid.rate", "认捐到账率", "认捐已到账金额（分）", "认捐应到账金额（分）",
		union.Ratio{Part: all[1], Whole: due}, s.day.spec.Rate)
	return nil
}

func (s *donationSheet) chase(list []UnitDonations) {
	var titles []string
	inputs := []union.Input{union.InputOf("应参加单位", int64(len(list)))}
	for _, each := range list {
		owed := s.day.owed(each)
		switch {
		case len(owed) > 0:
			for _, debt := range owed {
				inputs = append(inputs, union.Input{Name: each.Unit.Title, Value: debt.why()})
			}
		case !each.Gave():
			inputs = append(inputs, union.Input{Name: each.Unit.Title, Value: "款项未到账"})
		default:
			continue
		}
		titles = append(titles, each.Unit.Title)
	}
	s.Text("aid.donation.chase", "尚需督促单位", titles, inputs...)
	s.Count("aid.donation.chase.count", "尚需督促单位数", union.Units, int64(len(titles)), inputs...)
}
