package aid_test

import (
	"fmt"
	"strconv"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/aid"
)

// wideSpec has a list of everything: two groups of units, batches, money, dues, goods
// at a value and by the piece, dollars, kinds of donors and earmarks. Promises are
// paid by payments alone.
func wideSpec() aid.DonationDaySpec {
	spec := donationSpec()
	spec.Units = []union.Term{
		{Key: "city", Title: "市直"}, {Key: "office", Title: "市委办公室", Within: "city"}, {Key: "school", Title: "第一中学", Within: "city"},
		{Key: "counties", Title: "各县"}, {Key: "east", Title: "东县", Within: "counties"}, {Key: "mill", Title: "面粉厂", Within: "east"},
	}
	spec.Batches = []aid.Batch{
		{Key: "first", Title: "第一批", Days: union.MustParsePeriod("2010-05-01/2010-05-15")}, {Key: "second", Title: "第二批"},
	}
	spec.Forms = []aid.GiftForm{
		{Key: "money", Title: "捐款", InTotal: true, Money: &aid.MoneyForm{}},
		{Key: "dues", Title: "特殊党费", Money: &aid.MoneyForm{}},
		{Key: "goods", Title: "物资折价", InTotal: true, Valued: &aid.ValuedForm{Bases: []union.Term{{Key: "invoice", Title: "采购发票"}}}},
		{Key: "quilts", Title: "棉被", Counted: &aid.CountedForm{Measure: "床"}},
		{Key: "dollars", Title: "美元捐款", Money: &aid.MoneyForm{Currency: "美元"}},
	}
	spec.Givers = []aid.GiverKind{{Key: "units", Title: "单位捐赠", Own: true}, {Key: "persons", Title: "个人捐赠"}}
	spec.Earmarks = []union.Term{{Key: "fund", Title: "冠名基金"}}
	spec.PaymentsApart = true
	spec.Headline = &aid.HeadlineForm{Unit: "万元", Cut: &aid.HeadlineCut{Places: 0, Over: "余"}}
	return spec
}

var madeWideDay = must(aid.NewDonationDay(wideSpec()))

func wideDay() aid.DonationDay { return madeWideDay }

// wideList: the office gives by name in both batches, half of one gift for the fund;
// the school hands in a row of each batch, the second in goods; the mill pledges money
// and quilts, pays and is released in part; dues and dollars come in beside.
func wideList() []aid.Gift {
	return []aid.Gift{
		{ID: "g1", Unit: "office", Kind: aid.Received, Batch: "first", Form: "money", Giver: "persons", Donor: "d1", Amount: yuan("10000"),
			Earmarks: []aid.Earmark{{Key: "fund", Amount: yuan("5000")}}, On: day("2010-05-04")},
		{ID: "g2", Unit: "office", Kind: aid.Received, Batch: "second", Form: "money", Giver: "persons", Donor: "d1", Amount: yuan("200"), On: day("2010-05-20")},
		{ID: "g3", Unit: "office", Kind: aid.Received, Batch: "second", Form: "dues", Giver: "persons", Donor: "d2", Amount: yuan("300"), On: day("2010-05-20")},
		{ID: "g4", Unit: "school", Kind: aid.Whole, Batch: "first", Form: "money", Giver: "persons", Donors: 40, Amount: yuan("2000"), On: day("2010-05-04")},
		{ID: "g5", Unit: "school", Kind: aid.Whole, Batch: "second", Form: "goods", Giver: "units", Basis: "invoice", Amount: yuan("1500.50"), Quantity: 30, On: day("2010-05-21")},
		{ID: "g6", Unit: "mill", Kind: aid.Pledge, Batch: "first", Form: "money", Amount: yuan("8000"), On: day("2010-05-04")},
		{ID: "g7", Unit: "mill", Kind: aid.Pledge, Batch: "first", Form: "quilts", Quantity: 100, On: day("2010-05-04")},
		{ID: "g8", Unit: "mill", Kind: aid.PledgePaid, Batch: "second", Form: "money", Giver: "units", Amount: yuan("3000"), On: day("2010-05-16")},
		{ID: "g9", Unit: "mill", Kind: aid.PledgeReleased, Batch: "second", Form: "money", Amount: yuan("1000"), Reason: "经营困难", On: day("2010-05-17")},
		{ID: "g10", Unit: "mill", Kind: aid.PledgePaid, Batch: "second", Form: "quilts", Giver: "units", Quantity: 60, On: day("2010-05-18")},
		{ID: "g11", Unit: "mill", Kind: aid.Received, Batch: "second", Form: "dollars", Giver: "persons", Amount: yuan("12.50"), On: day("2010-05-19")},
		{ID: "g12", Unit: "mill", Kind: aid.Received, Batch: "second", Form: "money", Giver: "persons", Amount: yuan("70"), On: day("2010-06-02")},
	}
}

func valuesOf(figures []union.Figure) map[string]string {
	values := map[string]string{}
	for _, figure := range figures {
		values[figure.Key()] = figure.String()
	}
	return values
}

// The numbers are added up by hand from the list above.
func TestADayWithEveryListCountsEachFormApart(t *testing.T) {
	d := wideDay()
	figures, err := d.Figures(must(d.CountGifts(wideList())))
	require.NoError(t, err)
	values := checkFigures(t, figures)
	for key, want := range map[string]string{
		"aid.donation.units":                           "3个单位",
		"aid.donation.units.expected":                  "3个单位",
		"aid.donation.total":                           "16700.50元", // 10,000 + 200 + 2,000 + 1,500.50 + 3,000
		"aid.donation.total.headline":                  "1万余元",
		"aid.donation.donors":                          "43人", // d1, d2, the school's 40 and one without a name
		"aid.donation.form.money":                      "15200.00元",
		"aid.donation.form.money.share":                "91.02%",
		"aid.donation.form.dues":                       "300.00元",
		"aid.donation.form.goods":                      "1500.50元",
		"aid.donation.form.quilts":                     "60床",
		"aid.donation.form.dollars":                    "12.5美元",
		"aid.donation.giver.units":                     "4500.50元",
		"aid.donation.giver.units.gifts":               "3笔",
		"aid.donation.giver.persons":                   "12200.00元",
		"aid.donation.giver.persons.gifts":             "5笔",
		"aid.donation.giver.persons.share":             "73.05%",
		"aid.donation.group.city":                      "13700.50元",
		"aid.donation.group.city.form.dues":            "300.00元",
		"aid.donation.group.counties":                  "3000.00元", // of the mill, two levels below
		"aid.donation.group.counties.wan":              "0.30万元",
		"aid.donation.group.east":                      "3000.00元",
		"aid.donation.group.east.form.quilts":          "60床",
		"aid.donation.earmark.fund":                    "5000.00元",
		"aid.donation.earmark.fund.group.city":         "5000.00元",
		"aid.donation.earmark.fund.group.counties":     "0.00元",
		"aid.donation.batch.first":                     "12000.00元",
		"aid.donation.batch.first.running":             "12000.00元",
		"aid.donation.batch.second":                    "4700.50元",
		"aid.donation.batch.second.running":            "16700.50元",
		"aid.donation.pledged":                         "8000.00元",
		"aid.donation.paid":                            "3000.00元",
		"aid.donation.outstanding":                     "4000.00元",
		"aid.donation.released":                        "1000.00元",
		"aid.donation.paid.rate":                       "42.86%", // 3,000 of 7,000
		"aid.donation.chase":                           "面粉厂",
		"aid.donation.late":                            "70.00元",
		"aid.donation.earmark.fund.wan":                "0.50万元",
		"aid.donation.earmark.fund.group.city.wan":     "0.50万元",
		"aid.donation.earmark.fund.group.counties.wan": "0.00万元",
		"aid.donation.group.counties.form.money":       "3000.00元",
	} {
		assert.Equal(t, want, values[key], key)
	}
	chase, err := d.Chase(must(d.CountGifts(wideList())))
	require.NoError(t, err)
	assert.Equal(t, "[units.mill.forms.money: what is pledged is paid: got 3000.00, want 7000.00"+
		" units.mill.forms.quilts: what is pledged is paid: got 60床, want 100床]", fmt.Sprint(chase))
	none, err := d.Figures(d.Donations())
	require.NoError(t, err)
	empty, err := d.Figures(aid.Donations{})
	require.NoError(t, err)
	assert.Equal(t, none, empty, "donations of nothing are those of no gifts")
}

// What a slow and obvious reader of the list makes of it.
type reading struct {
	received, pledged, paid, released, late int64
	donors                                  map[string]bool
	persons                                 int64
	stated                                  bool
}

// readList reads a list of a day without lists gift by gift, and returns false if a
// gift in it must be refused.
func readList(gifts []aid.CodedGift) (units [3]reading, ok bool) {
	for unit := range units {
		units[unit] = reading{donors: map[string]bool{}, stated: true}
		for batch := range 3 {
			named, rows := 0, 0
			for _, gift := range gifts {
				if int(gift.Unit) != unit || int(gift.Batch) != batch || gift.Late {
					continue
				}
				switch gift.Kind {
				case aid.Received:
					named++
				case aid.Whole:
					rows++
				}
			}
			if rows > 1 || rows == 1 && named > 0 {
				return units, false
			}
		}
	}
	rowsWithDonors := [3]int{}
	for _, gift := range gifts {
		unit, fen := &units[gift.Unit], gift.Amount.Fen()
		if gift.Late {
			if gift.Kind != aid.Pledge && gift.Kind != aid.PledgeReleased {
				unit.late += fen
			}
			continue
		}
		switch gift.Kind {
		case aid.Pledge:
			unit.pledged += fen
			continue
		case aid.PledgeReleased:
			unit.released += fen
			continue
		case aid.PledgePaid:
			unit.paid += fen
		case aid.Received:
			if gift.Donor == "" {
				unit.persons++
			}
		case aid.Whole:
			unit.persons += gift.Donors
			if gift.Donors > 0 {
				rowsWithDonors[gift.Unit]++
			} else if fen > 0 {
				unit.stated = false
			}
		}
		unit.received += fen
		if gift.Donor != "" {
			unit.donors[gift.Donor] = true
		}
	}
	for i, rows := range rowsWithDonors {
		units[i].stated = units[i].stated && rows <= 1
	}
	return units, true
}

// checkReading compares what donations say of a list with what the reader does.
func checkReading(t *testing.T, d aid.DonationDay, gifts []aid.CodedGift) {
	t.Helper()
	want, ok := readList(gifts)
	donations, refused := d.Donations(), false
	for _, gift := range gifts {
		refused = donations.Add(gift) != nil || refused
	}
	require.Equal(t, ok, !refused, "%+v", gifts)
	if refused {
		return
	}
	list, err := d.ByUnit(donations)
	require.NoError(t, err)
	var total, late int64
	for i, each := range list {
		unit := want[i+1]
		total, late = total+unit.received, late+unit.late
		due := max(unit.pledged-unit.released, 0)
		got := [...]int64{each.Received.Fen(), each.Pledged.Fen(), each.Paid.Fen(), each.Donors}
		require.Equal(t, [...]int64{unit.received, unit.pledged, min(unit.paid, due), unit.persons + int64(len(unit.donors))}, got, "%+v", gifts)
		require.Equal(t, unit.stated, each.Stated, "%+v", gifts)
		require.Equal(t, unit.received > 0, each.Gave(), "%+v", gifts)
	}
	figures, err := d.Figures(donations)
	require.NoError(t, err)
	values := valuesOf(figures)
	require.Equal(t, union.Fen(total).String()+"元", values["aid.donation.total"], "%+v", gifts)
	require.Equal(t, union.Fen(late).String()+"元", values["aid.donation.late"], "%+v", gifts)
}

// smallDay has two units and two batches, and payments apart.
func smallDay() aid.DonationDay {
	spec := donationSpec()
	spec.Units, spec.PaymentsApart = spec.Units[:2], true
	spec.Batches = []aid.Batch{{Key: "first", Title: "第一批"}, {Key: "second", Title: "第二批"}}
	return must(aid.NewDonationDay(spec))
}

// smallGifts are all gifts of a small world: of so many units, in both batches, on
// time and late, of every kind.
func smallGifts(units int, lates ...bool) []aid.CodedGift {
	var world []aid.CodedGift
	for unit := range units {
		for batch := range 2 {
			for _, late := range lates {
				for _, each := range []aid.CodedGift{
					{Kind: aid.Received, Donor: "d1", Amount: union.Fen(5)},
					{Kind: aid.Received, Amount: union.Fen(3)},
					{Kind: aid.Whole},
					{Kind: aid.Whole, Donors: 2, Amount: union.Fen(7)},
					{Kind: aid.Whole, Amount: union.Fen(11)},
					{Kind: aid.Pledge, Amount: union.Fen(13)},
					{Kind: aid.PledgePaid, Amount: union.Fen(12)},
					{Kind: aid.PledgeReleased, Amount: union.Fen(2)},
				} {
					each.Unit, each.Batch, each.Late = union.Code(unit+1), union.Code(batch+1), late
					world = append(world, each)
				}
			}
		}
	}
	return world
}

func TestAllShortListsAreReadAsASlowReaderReadsThem(t *testing.T) {
	d := smallDay()
	checkReading(t, d, nil)
	both := smallGifts(2, false, true)
	for i := range both {
		for j := range both {
			checkReading(t, d, []aid.CodedGift{both[i], both[j]})
		}
	}
	one := smallGifts(1, false)
	for i := range one {
		for j := range one {
			for k := range one {
				checkReading(t, d, []aid.CodedGift{one[i], one[j], one[k]})
			}
		}
	}
}

func TestAWideDayThatIsWrongSaysWhere(t *testing.T) {
	for reason, each := range map[string]struct {
		change func(*aid.DonationDaySpec)
		want   error
		where  string
	}{
		"a batch without title":      {func(s *aid.DonationDaySpec) { s.Batches[0].Title = "" }, union.ErrMissing, "batches[0].title"},
		"a batch twice":              {func(s *aid.DonationDaySpec) { s.Batches[1].Key = "first" }, union.ErrRepeated, "batches[1].key"},
		"a batch before the days":    {func(s *aid.DonationDaySpec) { s.Batches[0].Days = union.MustParsePeriod("2010-04-30/2010-05-15") }, union.ErrRange, "batches[0].days"},
		"a batch that does not end":  {func(s *aid.DonationDaySpec) { s.Batches[0].Days = union.MustParsePeriod("2010-05-02/..") }, union.ErrRange, "batches[0].days"},
		"a batch that ends too late": {func(s *aid.DonationDaySpec) { s.Batches[0].Days = union.MustParsePeriod("2010-05-02/2010-07-01") }, union.ErrRange, "batches[0].days"},
		"a form without key":         {func(s *aid.DonationDaySpec) { s.Forms[0].Key = "" }, union.ErrMissing, "forms[0].key"},
		"a form without title":       {func(s *aid.DonationDaySpec) { s.Forms[0].Title = "" }, union.ErrMissing, "forms[0].title"},
		"a form of nothing":          {func(s *aid.DonationDaySpec) { s.Forms[0].Money = nil }, union.ErrMissing, "forms[0]"},
		"a form of two":              {func(s *aid.DonationDaySpec) { s.Forms[2].Money = &aid.MoneyForm{} }, union.ErrRepeated, "forms[2]"},
		"a value without documents":  {func(s *aid.DonationDaySpec) { s.Forms[2].Valued.Bases = nil }, union.ErrMissing, "forms[2].valued.bases"},
		"pieces without a measure":   {func(s *aid.DonationDaySpec) { s.Forms[3].Counted.Measure = "" }, union.ErrMissing, "forms[3].counted.measure"},
		"pieces in the total":        {func(s *aid.DonationDaySpec) { s.Forms[3].InTotal = true }, union.ErrRange, "forms[3].in_total"},
		"dollars in the total":       {func(s *aid.DonationDaySpec) { s.Forms[4].InTotal = true }, union.ErrRange, "forms[4].in_total"},
		"donors without title":       {func(s *aid.DonationDaySpec) { s.Givers[1].Title = "" }, union.ErrMissing, "givers[1].title"},
		"donors twice":               {func(s *aid.DonationDaySpec) { s.Givers[1].Key = "units" }, union.ErrRepeated, "givers[1].key"},
		"earmarks within others":     {func(s *aid.DonationDaySpec) { s.Earmarks[0].Within = "x" }, union.ErrUnknown, "earmarks[0].within"},
		"an earmark without title":   {func(s *aid.DonationDaySpec) { s.Earmarks[0].Title = "" }, union.ErrMissing, "earmarks[0].title"},
		"a group with a dot": {func(s *aid.DonationDaySpec) {
			s.Units[0].Key = "ci.ty"
			s.Units[1].Within, s.Units[2].Within = "ci.ty", "ci.ty"
		}, union.ErrText, "units[0].key"},
		"a unit within none":          {func(s *aid.DonationDaySpec) { s.Units[1].Within = "town" }, union.ErrUnknown, "units[1].within"},
		"a headline in 元":             {func(s *aid.DonationDaySpec) { s.Headline.Unit = "元" }, union.ErrUnknown, "headline.unit"},
		"a headline of nothing":       {func(s *aid.DonationDaySpec) { s.Headline.Cut = nil }, union.ErrMissing, "headline"},
		"a headline of two":           {func(s *aid.DonationDaySpec) { s.Headline.Near = &union.Rounding{Mode: union.HalfUp} }, union.ErrRepeated, "headline"},
		"a headline with 约":           {func(s *aid.DonationDaySpec) { s.Headline.Cut.Over = "约" }, union.ErrUnknown, "headline.cut.over"},
		"a headline of seven places":  {func(s *aid.DonationDaySpec) { s.Headline.Cut.Places = 7 }, union.ErrRange, "headline.cut.places"},
		"a headline without rounding": {func(s *aid.DonationDaySpec) { s.Headline.Cut, s.Headline.Near = nil, &union.Rounding{} }, union.ErrMissing, "headline.rounded.mode"},
	} {
		spec := wideSpec()
		each.change(&spec)
		_, err := aid.NewDonationDay(spec)
		require.ErrorIs(t, err, each.want, reason)
		require.Len(t, union.Faults(err), 1, reason)
		assert.Equal(t, each.where, union.Faults(err)[0].Where, reason)
	}
	spec := wideSpec()
	d := must(aid.NewDonationDay(spec))
	spec.Batches[0].Key, spec.Forms[2].Valued.Bases[0].Key, spec.Forms[3].Counted.Measure, spec.Forms[4].Money.Currency = "x", "x", "x", "x"
	spec.Givers[0].Key, spec.Earmarks[0].Key, spec.Headline.Cut.Places = "x", "x", 5
	assert.Equal(t, wideSpec(), d.Spec(), "a day keeps nothing of its spec")
	near := wideSpec()
	near.Headline = &aid.HeadlineForm{Unit: "亿元", Near: &union.Rounding{Mode: union.HalfUp, Places: 1}}
	near.Days, near.Batches[1].Days = union.MustParsePeriod("2010-05-01/.."), union.MustParsePeriod("2010-05-20/..")
	d = must(aid.NewDonationDay(near))
	near.Headline.Near.Places = 9
	assert.Equal(t, 1, d.Spec().Headline.Near.Places)
}

func TestAWideGiftThatCannotBeCountedSaysWhere(t *testing.T) {
	list := wideList()
	for reason, each := range map[string]struct {
		gift   int
		change func(*aid.Gift)
		want   error
		where  string
	}{
		"a group of units":            {0, func(g *aid.Gift) { g.Unit = "city" }, union.ErrRange, "unit"},
		"no batch":                    {0, func(g *aid.Gift) { g.Batch = "" }, union.ErrMissing, "batch"},
		"another batch":               {0, func(g *aid.Gift) { g.Batch = "third" }, union.ErrUnknown, "batch"},
		"after the batch":             {0, func(g *aid.Gift) { g.On = day("2010-05-16") }, union.ErrRange, "on"},
		"no form":                     {0, func(g *aid.Gift) { g.Form = "" }, union.ErrMissing, "form"},
		"another form":                {0, func(g *aid.Gift) { g.Form = "stamps" }, union.ErrUnknown, "form"},
		"no kind of donor":            {0, func(g *aid.Gift) { g.Giver = "" }, union.ErrMissing, "giver"},
		"another kind of donor":       {0, func(g *aid.Gift) { g.Giver = "ghosts" }, union.ErrUnknown, "giver"},
		"a kind of donor of a pledge": {5, func(g *aid.Gift) { g.Giver = "units" }, union.ErrRange, "giver"},
		"another earmark":             {0, func(g *aid.Gift) { g.Earmarks[0].Key = "flood" }, union.ErrUnknown, "earmarks[0]"},
		"an earmark of nothing":       {0, func(g *aid.Gift) { g.Earmarks[0].Amount = union.Money{} }, union.ErrRange, "earmarks[0]"},
		"an earmark of more":          {0, func(g *aid.Gift) { g.Earmarks[0].Amount = yuan("10000.01") }, union.ErrRange, "earmarks[0]"},
		"an earmark twice":            {0, func(g *aid.Gift) { g.Earmarks = append(g.Earmarks, g.Earmarks[0]) }, union.ErrRepeated, "earmarks[1]"},
		"an earmark of a pledge":      {5, func(g *aid.Gift) { g.Earmarks = []aid.Earmark{{Key: "fund", Amount: yuan("1")}} }, union.ErrRange, "earmarks[0]"},
		"pieces of money":             {0, func(g *aid.Gift) { g.Quantity = 1 }, union.ErrRange, "quantity"},
		"an amount of pieces":         {6, func(g *aid.Gift) { g.Amount = yuan("1") }, union.ErrRange, "amount"},
		"no pieces":                   {6, func(g *aid.Gift) { g.Quantity = 0 }, union.ErrRange, "amount"},
		"pieces below zero":           {6, func(g *aid.Gift) { g.Quantity = -1 }, union.ErrRange, "quantity"},
		"goods without value":         {7, func(g *aid.Gift) { g.Form, g.Amount, g.Basis = "goods", union.Money{}, "invoice" }, union.ErrRange, "amount"},
		"a value without a document":  {4, func(g *aid.Gift) { g.Basis = "" }, union.ErrMissing, "basis"},
		"a value on another":          {4, func(g *aid.Gift) { g.Basis = "hearsay" }, union.ErrUnknown, "basis"},
		"a document of money":         {0, func(g *aid.Gift) { g.Basis = "invoice" }, union.ErrRange, "basis"},
		"a document of nothing":       {4, func(g *aid.Gift) { g.Amount, g.Quantity = union.Money{}, 0 }, union.ErrRange, "basis"},
		"a release without a reason":  {8, func(g *aid.Gift) { g.Reason = "" }, union.ErrMissing, "reason"},
		"a reason of a gift":          {0, func(g *aid.Gift) { g.Reason = "x" }, union.ErrRange, "reason"},
		"a donor who is a unit":       {0, func(g *aid.Gift) { g.Giver = "units" }, union.ErrRange, "donor"},
		"donors who are a unit":       {3, func(g *aid.Gift) { g.Giver = "units" }, union.ErrRange, "donors"},
		"a donor of a payment":        {7, func(g *aid.Gift) { g.Donor = "d1" }, union.ErrRange, "donor"},
	} {
		gift := list[each.gift]
		gift.Earmarks = append([]aid.Earmark(nil), gift.Earmarks...)
		each.change(&gift)
		_, err := wideDay().CodeGift(gift)
		require.ErrorIs(t, err, each.want, reason)
		assert.Equal(t, each.where, union.Faults(err)[0].Where, reason)
	}
	for reason, change := range map[string]func(*aid.Gift){
		"batch": func(g *aid.Gift) { g.Batch = "first" }, "form": func(g *aid.Gift) { g.Form = "money" }, "giver": func(g *aid.Gift) { g.Giver = "units" },
		"earmarks[0]": func(g *aid.Gift) { g.Earmarks = []aid.Earmark{{Key: "fund", Amount: yuan("1")}} },
	} {
		gift := donationList()[0]
		change(&gift)
		_, err := donationDay().CodeGift(gift)
		require.ErrorIs(t, err, union.ErrRange, "a day without lists has no "+reason)
		assert.Equal(t, reason, union.Faults(err)[0].Where)
	}
}

// Two units of two groups give for two earmarks, one of them twice.
func TestEachUnitsEarmarksAreAddedUpApart(t *testing.T) {
	spec := wideSpec()
	spec.Earmarks = append(spec.Earmarks, union.Term{Key: "flood", Title: "抗洪"})
	d := must(aid.NewDonationDay(spec))
	given := func(id, unit, fund, flood string) aid.Gift {
		return aid.Gift{ID: id, Unit: unit, Kind: aid.Received, Batch: "first", Form: "money", Giver: "persons", Amount: yuan("1000"), On: day("2010-05-04"),
			Earmarks: []aid.Earmark{{Key: "fund", Amount: yuan(fund)}, {Key: "flood", Amount: yuan(flood)}}}
	}
	values := checkFigures(t, must(d.Figures(must(d.CountGifts([]aid.Gift{given("1", "office", "10", "20"), given("2", "mill", "300", "400"), given("3", "office", "1", "2")})))))
	for key, want := range map[string]string{
		"fund": "311.00元", "fund.group.city": "11.00元", "fund.group.counties": "300.00元", "fund.group.east": "300.00元",
		"flood": "422.00元", "flood.group.city": "22.00元", "flood.group.counties": "400.00元", "flood.group.east": "400.00元",
	} {
		assert.Equal(t, want, values["aid.donation.earmark."+key], key)
	}
}

func TestPiecesThatArePaidInPartsAreAddedUp(t *testing.T) {
	d := wideDay()
	more := wideList()[9]
	more.ID, more.Quantity = "g13", 10
	for _, each := range must(d.ByUnit(must(d.CountGifts(append(wideList(), more))))) {
		if each.Unit.Key == "mill" {
			assert.Equal(t, aid.FormDonations{Form: "quilts", Received: aid.Worth{Quantity: 70}, Pledged: aid.Worth{Quantity: 100}, Paid: aid.Worth{Quantity: 70}}, each.Forms[3])
		}
	}
}

// The total of the wide list is of money and of goods: two gifts and a row in money,
// the unit's own row in goods, and a payment.
func TestTheTotalOfADayNamesWhatItCounts(t *testing.T) {
	figures := must(wideDay().Figures(must(wideDay().CountGifts(wideList()))))
	assert.Equal(t, "名册单位 3, 逐笔捐款 2, 单位汇总行 1, 单位自身捐赠笔数 1, 认捐到账笔数 1, 截止日 2010-05-31, 计入总额 捐款, 计入总额 物资折价",
		inputsOf(t, figures, "aid.donation.total"))
}

// A gift that names nothing is none of a day that has a list, whatever lists it has.
func TestAGiftWithoutACodeIsRefusedWhereThereIsAList(t *testing.T) {
	lists := map[string]func(*aid.DonationDaySpec){
		"form":  func(s *aid.DonationDaySpec) { s.Forms = wideSpec().Forms[:1] },
		"batch": func(s *aid.DonationDaySpec) { s.Batches = wideSpec().Batches[1:] },
		"giver": func(s *aid.DonationDaySpec) { s.Givers = wideSpec().Givers[1:] },
		"none":  func(s *aid.DonationDaySpec) { s.Earmarks = wideSpec().Earmarks },
	}
	for one := range lists {
		for other := range lists {
			if one == other {
				continue
			}
			spec := donationSpec()
			lists[one](&spec)
			lists[other](&spec)
			donations := must(aid.NewDonationDay(spec)).Donations()
			err := donations.Add(aid.CodedGift{Unit: 1, Kind: aid.Received, Amount: union.Fen(1)})
			require.ErrorIs(t, err, union.ErrRange, "%s and %s", one, other)
			assert.Contains(t, []string{one, other}, union.Faults(err)[0].Where)
		}
	}
	plain := donationDay().Donations()
	require.EqualError(t, plain.Add(aid.CodedGift{Unit: 1, Form: 1, Kind: aid.Received, Amount: union.Fen(1)}), "form: out of range: got 1, want 0, since there is no list")
	wide := wideDay().Donations()
	require.EqualError(t, wide.Add(aid.CodedGift{Unit: 1, Kind: aid.Received, Amount: union.Fen(1)}), "form: out of range: got 0, want 1 to 5")
}

func TestADayOfOneUnitIsReadAsItWasWritten(t *testing.T) {
	spec := donationSpec()
	spec.Units = spec.Units[:1]
	d := must(aid.NewDonationDay(spec))
	donations := must(d.CountGifts(donationList()[:3]))
	var read aid.Donations
	require.NoError(t, read.UnmarshalBinary(must(donations.AppendBinary(nil))))
	assert.Equal(t, donations, read)
}

func TestCodesThatAreNotOfTheListsAreRefused(t *testing.T) {
	good := must(wideDay().CodeGift(wideList()[0]))
	full := func() aid.Donations { return must(wideDay().CountGifts(wideList()[:1])) }
	for reason, each := range map[string]struct {
		change func(*aid.CodedGift)
		want   error
		where  string
	}{
		"no form":             {func(g *aid.CodedGift) { g.Form = 0 }, union.ErrRange, "form"},
		"another form":        {func(g *aid.CodedGift) { g.Form = 6 }, union.ErrRange, "form"},
		"no batch":            {func(g *aid.CodedGift) { g.Batch = 0 }, union.ErrRange, "batch"},
		"another batch":       {func(g *aid.CodedGift) { g.Batch = 3 }, union.ErrRange, "batch"},
		"no giver":            {func(g *aid.CodedGift) { g.Giver = 0 }, union.ErrRange, "giver"},
		"another giver":       {func(g *aid.CodedGift) { g.Giver = 3 }, union.ErrRange, "giver"},
		"a giver of a pledge": {func(g *aid.CodedGift) { g.Kind, g.Donor, g.Earmarks = aid.Pledge, "", nil }, union.ErrRange, "giver"},
		"no earmark":          {func(g *aid.CodedGift) { g.Earmarks = []aid.CodedEarmark{{Amount: union.Fen(1)}} }, union.ErrRange, "earmarks[0]"},
		"another earmark":     {func(g *aid.CodedGift) { g.Earmarks = []aid.CodedEarmark{{Earmark: 2, Amount: union.Fen(1)}} }, union.ErrRange, "earmarks[0]"},
		"too much of a giver": {func(g *aid.CodedGift) { g.Unit, g.Amount = 3, union.Fen(mostFen) }, union.ErrOverflow, "giver"},
		"too many pieces": {func(g *aid.CodedGift) {
			g.Amount, g.Quantity, g.Earmarks = union.Money{}, mostFen, nil
		}, nil, ""},
	} {
		gift, donations := good, full()
		each.change(&gift)
		err := donations.Add(gift)
		if each.want == nil {
			require.NoError(t, err)
			err = donations.Add(gift)
			require.ErrorIs(t, err, union.ErrOverflow)
			assert.Equal(t, "quantity", union.Faults(err)[0].Where)
			continue
		}
		require.ErrorIs(t, err, each.want, reason)
		assert.Equal(t, each.where, union.Faults(err)[0].Where, reason)
		assert.Equal(t, full(), donations, "%s: a refused gift changes nothing", reason)
	}
	for _, change := range []func(*aid.CodedGift){
		func(g *aid.CodedGift) { g.Form = 1 }, func(g *aid.CodedGift) { g.Batch = 1 }, func(g *aid.CodedGift) { g.Giver = 1 },
		func(g *aid.CodedGift) { g.Earmarks = []aid.CodedEarmark{{Earmark: 1, Amount: union.Fen(1)}} },
	} {
		gift, donations := aid.CodedGift{Unit: 1, Kind: aid.Received, Amount: union.Fen(5)}, donationDay().Donations()
		change(&gift)
		require.ErrorIs(t, donations.Add(gift), union.ErrRange, "a day without lists has no codes")
	}
}

func TestSumsOfWideDonationsThatAreTooMuchAreNotMade(t *testing.T) {
	d := wideDay()
	add := func(gifts ...aid.CodedGift) aid.Donations {
		var all aid.Donations
		for _, gift := range gifts {
			each := d.Donations()
			require.NoError(t, each.Add(gift))
			require.NoError(t, all.Merge(each))
		}
		return all
	}
	most := union.Fen(mostFen)
	gift := func(unit, form, batch, giver union.Code) aid.CodedGift {
		return aid.CodedGift{Unit: unit, Form: form, Batch: batch, Giver: giver, Kind: aid.Received, Amount: most}
	}
	first := add(gift(2, 1, 1, 1))
	require.ErrorIs(t, first.Merge(add(gift(3, 1, 1, 1))), union.ErrOverflow, "one kind of donor")
	assert.Equal(t, add(gift(2, 1, 1, 1)), first)
	marked := gift(2, 1, 1, 1)
	marked.Earmarks = []aid.CodedEarmark{{Earmark: 1, Amount: most}}
	again := marked
	again.Batch, again.Giver = 2, 2
	other := add(marked)
	require.ErrorIs(t, other.Merge(add(again)), union.ErrOverflow, "one earmark of a unit")
	donations := add(marked)
	require.ErrorIs(t, donations.Add(again), union.ErrOverflow)
	for reason, each := range map[string]aid.Donations{
		"batches of one unit":       add(gift(2, 1, 1, 1), gift(2, 1, 2, 2)),
		"forms of one unit":         add(gift(2, 1, 1, 1), gift(2, 3, 1, 1)),
		"units in all":              add(gift(2, 1, 1, 1), gift(3, 1, 1, 2)),
		"units in one earmark":      add(marked, func() aid.CodedGift { g := again; g.Unit = 3; return g }()),
		"one kind of donor in all":  add(gift(2, 1, 1, 1), gift(3, 3, 1, 1)),
		"dues, which are in no sum": add(gift(2, 2, 1, 1), gift(3, 2, 1, 2)),
		"what is too late": add(func() aid.CodedGift { g := gift(2, 1, 1, 1); g.Late = true; return g }(),
			func() aid.CodedGift { g := gift(3, 1, 1, 1); g.Late = true; return g }()),
	} {
		_, err := d.Figures(each)
		require.ErrorIs(t, err, union.ErrOverflow, reason)
	}
	_, err := d.Check(add(gift(2, 1, 1, 1), gift(2, 1, 2, 2)))
	require.ErrorIs(t, err, union.ErrOverflow)
	promised := aid.CodedGift{Unit: 2, Form: 1, Batch: 1, Kind: aid.Pledge, Amount: most}
	second := promised
	second.Unit = 3
	_, err = d.Figures(add(promised, second))
	require.ErrorIs(t, err, union.ErrOverflow)
}

func TestMoreReleasedThanPledgedIsFound(t *testing.T) {
	d := wideDay()
	list := wideList()
	list[8].Amount = yuan("8000.01")
	quilts := list[8]
	quilts.ID, quilts.Form, quilts.Amount, quilts.Quantity = "g13", "quilts", union.Money{}, 101
	findings, err := d.Check(must(d.CountGifts(append(list, quilts))))
	require.NoError(t, err)
	assert.Equal(t, "[units.mill.forms.money: no more is released than was pledged: got 8000.01, want at most 8000.00"+
		" units.mill.forms.quilts: no more is released than was pledged: got 101, want at most 100]", fmt.Sprint(findings))
	plain := donationDay()
	findings, err = plain.Check(must(plain.CountGifts([]aid.Gift{{ID: "1", Unit: "mill", Kind: aid.PledgeReleased, Amount: yuan("1"), Reason: "破产", On: day("2010-05-04")}})))
	require.NoError(t, err)
	assert.Equal(t, "[units.mill: no more is released than was pledged: got 1.00, want at most 0.00]", fmt.Sprint(findings))
}

// A promise of pieces is kept apart from what is given without one, and released up to
// what was promised.
func TestPromisesOfPiecesAreReleasedAndPaid(t *testing.T) {
	d := wideDay()
	quilts := func(id string, kind aid.GiftKind, n int64) aid.Gift {
		gift := aid.Gift{ID: id, Unit: "mill", Kind: kind, Batch: "first", Form: "quilts", Quantity: n, On: day("2010-05-04")}
		switch kind {
		case aid.PledgePaid, aid.Received:
			gift.Giver = "units"
		case aid.PledgeReleased:
			gift.Reason = "经营困难"
		}
		return gift
	}
	list := []aid.Gift{quilts("1", aid.Pledge, 100), quilts("2", aid.PledgeReleased, 50), quilts("3", aid.PledgePaid, 30), quilts("4", aid.Received, 5)}
	donations := must(d.CountGifts(list))
	for _, each := range must(d.ByUnit(donations)) {
		if each.Unit.Key == "mill" {
			assert.Equal(t, aid.FormDonations{
				Form: "quilts", Received: aid.Worth{Quantity: 35}, Pledged: aid.Worth{Quantity: 100}, Paid: aid.Worth{Quantity: 30}, Released: aid.Worth{Quantity: 50},
			}, each.Forms[3])
		}
	}
	assert.Equal(t, "units.mill.forms.quilts: what is pledged is paid: got 30床, want 50床", must(d.Chase(donations))[2].String())
	assert.Empty(t, must(d.Check(donations)), "of a hundred fifty may be released")
	assert.Empty(t, must(d.Check(must(d.CountGifts(list[:2])))))
	more := must(d.CountGifts(append(list, quilts("5", aid.PledgePaid, 25))))
	for _, each := range must(d.ByUnit(more)) {
		if each.Unit.Key == "mill" {
			assert.EqualValues(t, 50, each.Forms[3].Paid.Quantity, "no more is paid than is due")
			assert.EqualValues(t, 60, each.Forms[3].Received.Quantity)
		}
	}
}

// Whoever gave anything in whatever form took part; a row of nothing is none.
func TestAUnitThatGaveInWhateverFormTookPart(t *testing.T) {
	d := wideDay()
	base := aid.Gift{ID: "1", Unit: "school", Kind: aid.Whole, Batch: "first", Giver: "persons", On: day("2010-05-04")}
	for reason, each := range map[string]struct {
		change func(*aid.Gift)
		gave   bool
	}{
		"dues, which are in no total": {func(g *aid.Gift) { g.Form, g.Amount = "dues", yuan("0.01") }, true},
		"goods by the piece":          {func(g *aid.Gift) { g.Form, g.Quantity = "quilts", 1 }, true},
		"money":                       {func(g *aid.Gift) { g.Form, g.Amount = "money", yuan("0.01") }, true},
		"a row of nothing":            {func(g *aid.Gift) { g.Form = "money" }, false},
		"a row of no quilts":          {func(g *aid.Gift) { g.Form = "quilts" }, false},
	} {
		gift := base
		each.change(&gift)
		var gave []bool
		for _, unit := range must(d.ByUnit(must(d.CountGifts([]aid.Gift{gift})))) {
			gave = append(gave, unit.Gave())
		}
		assert.Equal(t, []bool{false, each.gave, false}, gave, reason)
	}
}

func TestARowBesideGiftsIsFoundInItsBatchAndForm(t *testing.T) {
	d := wideDay()
	donations := must(d.CountGifts(wideList()[:1]))
	row := wideList()[0]
	row.Kind, row.Donor, row.Earmarks = aid.Whole, "", nil
	require.NoError(t, donations.Merge(must(d.CountGifts([]aid.Gift{row}))))
	findings, err := d.Check(donations)
	require.NoError(t, err)
	require.Len(t, findings, 1)
	assert.Equal(t, "units.office.forms.money.batches.first", findings[0].Where)
	second := wideList()[2]
	second.Form = "quilts"
	second.Amount, second.Quantity = union.Money{}, 1
	donations = must(d.CountGifts([]aid.Gift{second}))
	second.Kind, second.Donor = aid.Whole, ""
	require.NoError(t, donations.Merge(must(d.CountGifts([]aid.Gift{second}))))
	findings = must(d.Check(donations))
	require.Len(t, findings, 1)
	assert.Equal(t, "units.office.forms.quilts.batches.second", findings[0].Where)
}

func TestRowsOfSeveralBatchesMayStandForTheSamePersons(t *testing.T) {
	d := smallDay()
	donations := d.Donations()
	for batch := range 2 {
		require.NoError(t, donations.Add(aid.CodedGift{Unit: 1, Batch: union.Code(batch + 1), Kind: aid.Whole, Donors: 40, Amount: union.Fen(1)}))
	}
	figures, err := d.Figures(donations)
	require.NoError(t, err)
	donors := figureOf(t, figures, "aid.donation.donors")
	assert.Equal(t, union.NotKnown, donors.Why())
	other := d.Donations()
	for batch := range 2 {
		require.NoError(t, other.Add(aid.CodedGift{Unit: 2, Batch: union.Code(batch + 1), Kind: aid.Whole, Donors: 40, Amount: union.Fen(1)}))
	}
	assert.False(t, must(d.ByUnit(other))[1].Stated, "the second unit as well")
	inputs := donors.Working().Inputs
	assert.Equal(t, "县委办公室", inputs[len(inputs)-1].Value)
	assert.Equal(t, strconv.Itoa(80), inputs[2].Value)
}

func TestAHeadlineOfWhatIsCutOffWholeDoesNotApply(t *testing.T) {
	d := wideDay()
	gift := wideList()[1]
	figures, err := d.Figures(must(d.CountGifts([]aid.Gift{gift})))
	require.NoError(t, err)
	assert.Equal(t, union.NotApplicable, figureOf(t, figures, "aid.donation.total.headline").Why())
}

func TestATariffSuggestsASumForAUnit(t *testing.T) {
	d := donationDay()
	for reason, each := range map[string]struct {
		persons map[string]int64
		want    error
	}{
		"a rank that there is not": {map[string]int64{"king": 1}, union.ErrUnknown},
		"fewer than none":          {map[string]int64{"head": -1}, union.ErrRange},
		"more than can be held":    {map[string]int64{"head": mostFen}, union.ErrOverflow},
		"more in all":              {map[string]int64{"head": mostFen / 10000, "staff": mostFen / 5000}, union.ErrOverflow},
	} {
		_, err := d.Suggest(each.persons)
		require.ErrorIs(t, err, each.want, reason)
	}
	sum, err := d.Suggest(nil)
	require.NoError(t, err)
	assert.True(t, sum.IsZero())
	assert.Equal(t, yuan("100"), must(d.Suggest(map[string]int64{"head": 0, "staff": 2})))
}
