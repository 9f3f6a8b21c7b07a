package aid_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/aid"
	"github.com/unioncampaign/union/internal/laws"
)

const mostFen = 1<<63 - 1

func TestADonationDayThatIsWrongSaysWhere(t *testing.T) {
	for reason, each := range map[string]struct {
		change func(*aid.DonationDaySpec)
		want   error
		where  string
	}{
		"no title":             {func(s *aid.DonationDaySpec) { s.Title = "" }, union.ErrMissing, "title"},
		"no days":              {func(s *aid.DonationDaySpec) { s.Days = union.Period{} }, union.ErrMissing, "days"},
		"a cut-off on no day":  {func(s *aid.DonationDaySpec) { s.CutOff = day("2010-07-01") }, union.ErrRange, "cut_off"},
		"no units":             {func(s *aid.DonationDaySpec) { s.Units = nil }, union.ErrMissing, "units"},
		"a unit without key":   {func(s *aid.DonationDaySpec) { s.Units[1].Key = "" }, union.ErrMissing, "units[1].key"},
		"a unit without title": {func(s *aid.DonationDaySpec) { s.Units[1].Title = "" }, union.ErrMissing, "units[1].title"},
		"a unit twice":         {func(s *aid.DonationDaySpec) { s.Units[1].Key = "office" }, union.ErrRepeated, "units[1].key"},
		"a step without key":   {func(s *aid.DonationDaySpec) { s.Tariff[0].Key = "" }, union.ErrMissing, "tariff[0].key"},
		"a step with a space":  {func(s *aid.DonationDaySpec) { s.Tariff[0].Key = "科 级" }, union.ErrText, "tariff[0].key"},
		"a step without title": {func(s *aid.DonationDaySpec) { s.Tariff[0].Title = "" }, union.ErrMissing, "tariff[0].title"},
		"a step twice":         {func(s *aid.DonationDaySpec) { s.Tariff[1].Key = "head" }, union.ErrRepeated, "tariff[1].key"},
		"a step of nothing":    {func(s *aid.DonationDaySpec) { s.Tariff[1].Amount = union.Money{} }, union.ErrRange, "tariff[1].amount"},
		"no rounding":          {func(s *aid.DonationDaySpec) { s.Wan = union.Rounding{} }, union.ErrMissing, "wan.mode"},
		"too many places":      {func(s *aid.DonationDaySpec) { s.Rate.Places = 99 }, union.ErrRange, "rate.places"},
		"another mode":         {func(s *aid.DonationDaySpec) { s.Rate.Mode = 99 }, union.ErrUnknown, "rate.mode"},
		"no style":             {func(s *aid.DonationDaySpec) { s.Capitals = 0 }, union.ErrMissing, "capitals"},
		"another style":        {func(s *aid.DonationDaySpec) { s.Capitals = 9 }, union.ErrUnknown, "capitals"},
	} {
		spec := donationSpec()
		each.change(&spec)
		_, err := aid.NewDonationDay(spec)
		require.ErrorIs(t, err, each.want, reason)
		require.Len(t, union.Faults(err), 1, reason)
		assert.Equal(t, each.where, union.Faults(err)[0].Where, reason)
	}
	_, err := aid.NewDonationDay(aid.DonationDaySpec{})
	// Key, version, title, source, days, wan, rate, capitals, units.
	assert.Len(t, union.Faults(err), 9)
}

func TestADonationDayKeepsNothingOfItsSpec(t *testing.T) {
	spec := donationSpec()
	d := must(aid.NewDonationDay(spec))
	spec.Units[0].Key, spec.Tariff[0].Key = "changed", "changed"
	given := d.Spec()
	given.Units[0].Key = "changed"
	assert.Equal(t, donationSpec(), d.Spec())
	assert.Equal(t, 5, d.Units().Len())
}

func TestADonationDayIsCountedAsItsNoticeSays(t *testing.T) {
	d := donationDay()
	donations := donationsOf(d, donationList()...)
	figures, err := d.Figures(donations)
	require.NoError(t, err)
	assert.Equal(t, map[string]string{
		"aid.donation.title":          "救助困难职工捐款日",
		"aid.donation.units":          "3个单位", // office, school, mill; the hospital's row is of nothing
		"aid.donation.units.expected": "5个单位",
		"aid.donation.units.rate":     "60.00%",
		"aid.donation.total":          "6750.50元", // 100 + 50.50 + 200 + 6,000 + 400
		"aid.donation.total.wan":      "0.68万元",   // 0.67505 half up
		"aid.donation.total.capitals": "陆仟柒佰伍拾元零伍角",
		"aid.donation.donors":         "122人", // d1 once, one without a name, the school's 120
		"aid.donation.pledged":        "1000.00元",
		"aid.donation.paid":           "400.00元",
		"aid.donation.outstanding":    "600.00元",
		"aid.donation.released":       "0.00元",
		"aid.donation.paid.rate":      "40.00%",
		"aid.donation.chase":          "面粉厂、县医院、公交公司",
		"aid.donation.chase.count":    "3个单位",
		"aid.donation.late":           "80.00元",
	}, checkFigures(t, figures))
	findings, err := d.Check(donations)
	require.NoError(t, err)
	assert.Empty(t, findings)
}

func inputsOf(t *testing.T, figures []union.Figure, key string) string {
	t.Helper()
	var list []string
	for _, input := range figureOf(t, figures, key).Working().Inputs {
		list = append(list, input.Name+" "+input.Value)
	}
	return strings.Join(list, ", ")
}

// Counted by hand in the list: the office's three gifts and one of the mill, the rows
// of the school and of the hospital. The bus company keeps half of its promise, of
// which the rest is forgiven.
func TestTheFiguresOfADonationDayNameWhatTheyCount(t *testing.T) {
	d := donationDay()
	list := append(donationList()[:7],
		aid.Gift{ID: "g9", Unit: "bus", Kind: aid.Pledge, Amount: yuan("500"), On: day("2010-05-04")},
		aid.Gift{ID: "g10", Unit: "bus", Kind: aid.PledgeReleased, Amount: yuan("200"), Reason: "经营困难", On: day("2010-05-05")},
		aid.Gift{ID: "g11", Unit: "bus", Kind: aid.Received, Amount: yuan("300"), On: day("2010-05-06")})
	figures := must(d.Figures(must(d.CountGifts(list))))
	for key, want := range map[string]string{
		"aid.donation.units":       "应参加单位 5, 款项未到账单位 1",
		"aid.donation.total":       "名册单位 5, 逐笔捐款 5, 单位汇总行 2, 截止日 2010-05-31",
		"aid.donation.pledged":     "认捐单位 2",
		"aid.donation.paid":        "认捐总额 1500.00, 未到账金额 600.00",
		"aid.donation.outstanding": "认捐总额 1500.00, 未付清单位 1",
		"aid.donation.released":    "认捐总额 1500.00",
	} {
		assert.Equal(t, want, inputsOf(t, figures, key), key)
	}
}

// What comes in beyond what is due pays no more than is due.
func TestNoMoreIsPaidThanIsDue(t *testing.T) {
	d := donationDay()
	list := []aid.Gift{
		{ID: "1", Unit: "mill", Kind: aid.Pledge, Amount: yuan("8000"), On: day("2010-05-04")},
		{ID: "2", Unit: "mill", Kind: aid.PledgeReleased, Amount: yuan("1000"), Reason: "经营困难", On: day("2010-05-04")},
		{ID: "3", Unit: "mill", Kind: aid.Received, Amount: yuan("7500"), On: day("2010-05-04")},
	}
	mill := must(d.ByUnit(must(d.CountGifts(list))))[2]
	assert.Equal(t, [...]union.Money{yuan("7500"), yuan("8000"), yuan("7000"), yuan("1000")}, [...]union.Money{mill.Received, mill.Pledged, mill.Paid, mill.Released})
}

func TestAListGoesOnAfterAGiftThatItTellsTwice(t *testing.T) {
	d := donationDay()
	list := donationList()
	again := must(d.CountGifts([]aid.Gift{list[0], list[0], list[1], list[3]}))
	assert.Equal(t, must(d.CountGifts([]aid.Gift{list[0], list[1], list[3]})), again)
	other := list[0]
	other.Amount = yuan("1")
	_, err := d.CountGifts([]aid.Gift{list[0], other, {ID: "g2"}})
	assert.Equal(t, map[string]error{"gifts[1].id": union.ErrRepeated, "gifts[2].unit": union.ErrMissing}, placesOf(err))
}

func TestTheChaseListSaysWhy(t *testing.T) {
	d := donationDay()
	findings, err := d.Chase(donationsOf(d, donationList()...))
	require.NoError(t, err)
	var lines []string
	for _, finding := range findings {
		lines = append(lines, finding.String())
	}
	assert.Equal(t, []string{
		"units.mill: what is pledged is paid: got 400.00, want 1000.00",
		"units.hospital: every unit that is asked gives: got 0.00",
		"units.bus: every unit that is asked gives: got 0.00",
	}, lines)
}

func TestOfDonationsOfNothingTheFiguresAreKnown(t *testing.T) {
	figures, err := donationDay().Figures(aid.Donations{})
	require.NoError(t, err)
	values := checkFigures(t, figures)
	assert.Equal(t, "0.00元", values["aid.donation.total"])
	assert.Equal(t, "5个单位", values["aid.donation.chase.count"])
	assert.Equal(t, "0.00%", values["aid.donation.units.rate"])
}

func TestWhereNobodyIsToBeChasedTheListDoesNotApply(t *testing.T) {
	spec := donationSpec()
	spec.Units = spec.Units[1:2]
	d := must(aid.NewDonationDay(spec))
	figures, err := d.Figures(donationsOf(d, donationList()[3]))
	require.NoError(t, err)
	assert.Equal(t, union.NotApplicable, figureOf(t, figures, "aid.donation.chase").Why())
	assert.Equal(t, "0个单位", figureOf(t, figures, "aid.donation.chase.count").String())
}

func TestDonorsThatARowDoesNotStateAreUnknownAndNotZero(t *testing.T) {
	d := donationDay()
	row := donationList()[3]
	row.Donors = 0
	donations := donationsOf(d, append(donationList()[:3], row)...)
	figures, err := d.Figures(donations)
	require.NoError(t, err)
	assert.Equal(t, union.NotKnown, figureOf(t, figures, "aid.donation.donors").Why())
	list, err := d.ByUnit(donations)
	require.NoError(t, err)
	assert.True(t, list[0].Stated)
	assert.False(t, list[1].Stated)
	assert.EqualValues(t, 2, list[0].Donors)
	assert.Equal(t, yuan("350.50"), list[0].Received)
}

func TestWithoutACutOffEveryGiftOfTheDaysCounts(t *testing.T) {
	spec := donationSpec()
	spec.CutOff, spec.Days = union.Date{}, union.MustParsePeriod("2010-05-01/..")
	d := must(aid.NewDonationDay(spec))
	gift := donationList()[0]
	gift.On = day("2099-01-01")
	figures, err := d.Figures(donationsOf(d, gift))
	require.NoError(t, err)
	assert.Equal(t, "100.00元", figureOf(t, figures, "aid.donation.total").String())
}

func TestATariffIsASuggestion(t *testing.T) {
	d := donationDay()
	amount, err := d.Tariff("head")
	require.NoError(t, err)
	assert.Equal(t, yuan("100"), amount)
	gift := donationList()[0]
	gift.Amount = yuan("0.01")
	_, err = d.CodeGift(gift)
	require.NoError(t, err, "less than is suggested is given all the same")
}

func TestAGiftThatCannotBeCountedSaysWhere(t *testing.T) {
	good := donationList()[0]
	row := donationList()[3]
	pledge := donationList()[4]
	for reason, each := range map[string]struct {
		gift   aid.Gift
		change func(*aid.Gift)
		want   error
		where  string
	}{
		"no ID":               {good, func(g *aid.Gift) { g.ID = "" }, union.ErrMissing, "id"},
		"no unit":             {good, func(g *aid.Gift) { g.Unit = "" }, union.ErrMissing, "unit"},
		"another unit":        {good, func(g *aid.Gift) { g.Unit = "bank" }, union.ErrUnknown, "unit"},
		"another rank":        {good, func(g *aid.Gift) { g.Rank = "king" }, union.ErrUnknown, "rank"},
		"before the days":     {good, func(g *aid.Gift) { g.On = day("2010-04-30") }, union.ErrRange, "on"},
		"after the days":      {good, func(g *aid.Gift) { g.On = day("2010-07-01") }, union.ErrRange, "on"},
		"no day":              {good, func(g *aid.Gift) { g.On = union.Date{} }, union.ErrRange, "on"},
		"no kind":             {good, func(g *aid.Gift) { g.Kind = 0 }, union.ErrUnknown, "kind"},
		"another kind":        {good, func(g *aid.Gift) { g.Kind = 6 }, union.ErrUnknown, "kind"},
		"a gift of nothing":   {good, func(g *aid.Gift) { g.Amount = union.Money{} }, union.ErrRange, "amount"},
		"a gift below zero":   {good, func(g *aid.Gift) { g.Amount = yuan("-1") }, union.ErrRange, "amount"},
		"a pledge of nothing": {pledge, func(g *aid.Gift) { g.Amount = union.Money{} }, union.ErrRange, "amount"},
		"a row below zero":    {row, func(g *aid.Gift) { g.Amount = yuan("-1") }, union.ErrRange, "amount"},
		"a donor of a row":    {row, func(g *aid.Gift) { g.Donor = "d1" }, union.ErrRange, "donor"},
		"a donor of a pledge": {pledge, func(g *aid.Gift) { g.Donor = "d1" }, union.ErrRange, "donor"},
		"donors of a gift":    {good, func(g *aid.Gift) { g.Donors = 2 }, union.ErrRange, "donors"},
		"donors below zero":   {row, func(g *aid.Gift) { g.Donors = -1 }, union.ErrRange, "donors"},
		"donors of nothing":   {row, func(g *aid.Gift) { g.Amount = union.Money{} }, union.ErrRange, "donors"},
	} {
		gift := each.gift
		each.change(&gift)
		_, err := donationDay().CodeGift(gift)
		require.ErrorIs(t, err, each.want, reason)
		assert.Equal(t, each.where, union.Faults(err)[0].Where, reason)
	}
	_, err := aid.DonationDay{}.CodeGift(good)
	require.ErrorIs(t, err, union.ErrMissing)
}

func TestDonationsRefuseWhatTheyCannotCount(t *testing.T) {
	full := []aid.CodedGift{
		{Unit: 1, Kind: aid.Received, Donor: "d1", Amount: union.Fen(1)},
		{Unit: 2, Kind: aid.Whole, Donors: 5, Amount: union.Fen(1)},
		{Unit: 3, Kind: aid.Pledge, Amount: union.Fen(1)},
		{Unit: 4, Kind: aid.Received, Late: true, Amount: union.Fen(1)},
	}
	for reason, each := range map[string]struct {
		gift aid.CodedGift
		want error
	}{
		"no unit":                   {aid.CodedGift{Kind: aid.Received, Amount: union.Fen(1)}, union.ErrRange},
		"another unit":              {aid.CodedGift{Unit: 6, Kind: aid.Received, Amount: union.Fen(1)}, union.ErrRange},
		"no kind":                   {aid.CodedGift{Unit: 1, Amount: union.Fen(1)}, union.ErrUnknown},
		"no amount":                 {aid.CodedGift{Unit: 1, Kind: aid.Received}, union.ErrRange},
		"a second row":              {aid.CodedGift{Unit: 2, Kind: aid.Whole}, union.ErrRepeated},
		"a row beside gifts":        {aid.CodedGift{Unit: 1, Kind: aid.Whole}, union.ErrRepeated},
		"a gift beside a row":       {aid.CodedGift{Unit: 2, Kind: aid.Received, Amount: union.Fen(1)}, union.ErrRepeated},
		"too much":                  {aid.CodedGift{Unit: 1, Kind: aid.Received, Donor: "d2", Amount: union.Fen(mostFen)}, union.ErrOverflow},
		"too much pledged":          {aid.CodedGift{Unit: 3, Kind: aid.Pledge, Amount: union.Fen(mostFen)}, union.ErrOverflow},
		"too much too late":         {aid.CodedGift{Unit: 4, Kind: aid.Received, Late: true, Amount: union.Fen(mostFen)}, union.ErrOverflow},
		"a donor with a space":      {aid.CodedGift{Unit: 1, Kind: aid.Received, Donor: "a b", Amount: union.Fen(1)}, union.ErrText},
		"a late donor with a space": {aid.CodedGift{Unit: 1, Kind: aid.Received, Late: true, Donor: "a b", Amount: union.Fen(1)}, union.ErrText},
		"an identity number":        {aid.CodedGift{Unit: 1, Kind: aid.Received, Donor: "11010519491231002X", Amount: union.Fen(1)}, union.ErrText},
	} {
		donations := donationDay().Donations()
		for _, gift := range full {
			require.NoError(t, donations.Add(gift))
		}
		var before aid.Donations
		require.NoError(t, before.Merge(donations))
		err := donations.Add(each.gift)
		require.ErrorIs(t, err, each.want, reason)
		assert.NotContains(t, err.Error(), "19491231", reason)
		assert.Equal(t, before, donations, "%s: a refused gift changes nothing", reason)
	}
	var zero aid.Donations
	require.ErrorIs(t, zero.Add(full[0]), union.ErrRule)
	assert.Equal(t, aid.Donations{}, aid.DonationDay{}.Donations())
	assert.Equal(t, donationDay().ID(), donationDay().Donations().Rule())
}

func TestLateGiftsAreCountedApart(t *testing.T) {
	d := donationDay()
	donations := d.Donations()
	for _, gift := range []aid.CodedGift{
		{Unit: 1, Kind: aid.Received, Donor: "d1", Amount: union.Fen(100)},
		{Unit: 1, Kind: aid.Whole, Late: true, Donors: 3, Amount: union.Fen(200)},
		{Unit: 1, Kind: aid.Received, Late: true, Donor: "d2", Amount: union.Fen(300)},
		{Unit: 2, Kind: aid.Whole, Late: true},
		{Unit: 1, Kind: aid.Pledge, Late: true, Amount: union.Fen(400)},
	} {
		require.NoError(t, donations.Add(gift))
	}
	figures, err := d.Figures(donations)
	require.NoError(t, err)
	values := checkFigures(t, figures)
	assert.Equal(t, "1.00元", values["aid.donation.total"])
	assert.Equal(t, "1人", values["aid.donation.donors"])
	assert.Equal(t, "5.00元", values["aid.donation.late"])
	assert.Equal(t, "2", figureOf(t, figures, "aid.donation.late").Working().Inputs[0].Value, "a row of nothing is no gift")
	assert.Equal(t, "0.00元", values["aid.donation.pledged"])
}

func TestDonationsOfAnotherDayAreRefused(t *testing.T) {
	spec := donationSpec()
	spec.Version = "2011"
	foreign := must(aid.NewDonationDay(spec)).Donations()
	d := donationDay()
	donations := donationsOf(d, donationList()...)
	require.ErrorIs(t, donations.Merge(foreign), union.ErrRule)
	assert.Equal(t, donationsOf(d, donationList()...), donations)
	_, err := d.ByUnit(foreign)
	require.ErrorIs(t, err, union.ErrRule)
	_, err = d.Chase(foreign)
	require.ErrorIs(t, err, union.ErrRule)
	_, err = d.Check(foreign)
	require.ErrorIs(t, err, union.ErrRule)
	_, err = d.Figures(foreign)
	require.ErrorIs(t, err, union.ErrRule)
	_, err = aid.DonationDay{}.Figures(aid.Donations{})
	require.ErrorIs(t, err, union.ErrRule)
}

func TestDonationsThatTogetherAreTooMuchAreNotMerged(t *testing.T) {
	d := donationDay()
	for reason, gift := range map[string]aid.CodedGift{
		"received":   {Unit: 1, Kind: aid.Received, Amount: union.Fen(mostFen)},
		"pledged":    {Unit: 1, Kind: aid.Pledge, Amount: union.Fen(mostFen)},
		"late":       {Unit: 1, Kind: aid.Received, Late: true, Amount: union.Fen(mostFen)},
		"the donors": {Unit: 1, Kind: aid.Whole, Donors: mostFen, Amount: union.Fen(1)},
	} {
		left, right := d.Donations(), d.Donations()
		require.NoError(t, left.Add(gift))
		require.NoError(t, right.Add(gift))
		require.ErrorIs(t, left.Merge(right), union.ErrOverflow, reason)
		assert.Equal(t, right, left, "%s: a refused merge changes nothing", reason)
		gift.Unit = 2 // each unit has room, all together have none
		require.NoError(t, left.Add(gift))
		_, err := d.Figures(left)
		require.ErrorIs(t, err, union.ErrOverflow, reason)
	}
}

func TestPersonsWhoTogetherAreTooManyAreNotCounted(t *testing.T) {
	d := donationDay()
	donations := d.Donations()
	require.NoError(t, donations.Add(aid.CodedGift{Unit: 1, Kind: aid.Received, Amount: union.Fen(1)}))
	require.NoError(t, donations.Add(aid.CodedGift{Unit: 2, Kind: aid.Whole, Donors: mostFen, Amount: union.Fen(1)}))
	_, err := d.Figures(donations)
	require.ErrorIs(t, err, union.ErrOverflow)

	// One unit has named gifts on one list and a row on the other.
	named, row := d.Donations(), d.Donations()
	require.NoError(t, named.Add(aid.CodedGift{Unit: 3, Kind: aid.Received, Donor: "d1", Amount: union.Fen(1)}))
	require.NoError(t, row.Add(aid.CodedGift{Unit: 3, Kind: aid.Whole, Donors: mostFen, Amount: union.Fen(1)}))
	require.NoError(t, named.Merge(row))
	for _, count := range []func() error{
		func() error { _, err := d.ByUnit(named); return err },
		func() error { _, err := d.Chase(named); return err },
		func() error { _, err := d.Figures(named); return err },
	} {
		err := count()
		require.ErrorIs(t, err, union.ErrOverflow)
		assert.Equal(t, "units.mill", union.Faults(err)[0].Where)
	}
}

func TestAUnitOnTwoListsIsFound(t *testing.T) {
	d := donationDay()
	donations := donationsOf(d, donationList()[0])
	row := donationList()[3]
	row.Unit = "office"
	require.NoError(t, donations.Merge(donationsOf(d, row)))
	findings, err := d.Check(donations)
	require.NoError(t, err)
	require.Len(t, findings, 1)
	assert.Equal(t, "units.office: a unit has named gifts or one row: got 1 rows and 1 gifts, want one row, or gifts alone", findings[0].String())
}

func TestGiftKindsReadWhatTheyWrite(t *testing.T) {
	for kind, text := range map[aid.GiftKind]string{aid.Received: "received", aid.Whole: "whole", aid.Pledge: "pledge", aid.PledgePaid: "paid", aid.PledgeReleased: "released"} {
		data, err := json.Marshal(kind)
		require.NoError(t, err)
		assert.Equal(t, `"`+text+`"`, string(data))
		var read aid.GiftKind
		require.NoError(t, json.Unmarshal(data, &read))
		assert.Equal(t, kind, read)
	}
	for _, kind := range []aid.GiftKind{0, 6} {
		_, err := kind.MarshalText()
		require.ErrorIs(t, err, union.ErrUnknown)
		assert.Contains(t, kind.String(), "GiftKind(")
	}
	kind := aid.Pledge
	require.ErrorIs(t, kind.UnmarshalText([]byte("")), union.ErrUnknown)
	require.ErrorIs(t, kind.UnmarshalText([]byte(strings.Repeat("x", 100))), union.ErrUnknown)
	assert.Equal(t, aid.Pledge, kind)
}

func FuzzGiftKind(f *testing.F) {
	f.Add("received")
	f.Add("Whole")
	f.Fuzz(func(t *testing.T, text string) {
		var kind aid.GiftKind
		if kind.UnmarshalText([]byte(text)) == nil {
			require.Equal(t, text, kind.String())
		}
	})
}

func drawGift(r *rapid.T) aid.CodedGift {
	return aid.CodedGift{
		Unit:   union.Code(rapid.IntRange(1, 5).Draw(r, "unit")),
		Kind:   aid.GiftKind(rapid.IntRange(1, 3).Draw(r, "kind")),
		Late:   rapid.IntRange(0, 5).Draw(r, "late") == 0,
		Amount: union.Fen(rapid.Int64Range(1, 1_000_000).Draw(r, "fen")),
	}
}

func drawDonations(r *rapid.T) aid.Donations {
	donations := donationDay().Donations()
	for range rapid.IntRange(0, 8).Draw(r, "gifts") {
		gift := drawGift(r)
		switch gift.Kind {
		case aid.Received:
			gift.Donor = rapid.SampledFrom([]string{"", "d1", "d2", "d3"}).Draw(r, "donor")
		case aid.Whole:
			gift.Donors = rapid.Int64Range(0, 9).Draw(r, "donors")
		}
		_ = donations.Add(gift) // a row beside gifts is refused
	}
	return donations
}

// refusedChangesNothing states that donations which refuse a gift are as they
// were.
func refusedChangesNothing(add func(*aid.Donations, aid.CodedGift) error) laws.Law {
	return func(r *rapid.T) error {
		donations := drawDonations(r)
		var before aid.Donations
		if err := before.Merge(donations); err != nil {
			return err
		}
		gift := drawGift(r)
		gift.Kind = aid.GiftKind(rapid.IntRange(0, 6).Draw(r, "any kind"))
		gift.Donor = rapid.SampledFrom([]string{"", "d1", "a b"}).Draw(r, "any donor")
		if add(&donations, gift) != nil && !assert.ObjectsAreEqual(before, donations) {
			return fmt.Errorf("%v changed %v to %v", gift, before, donations)
		}
		return nil
	}
}

func TestAGiftThatIsRefusedChangesNothing(t *testing.T) {
	laws.Holds(t, refusedChangesNothing((*aid.Donations).Add))
	laws.Rejects(t, refusedChangesNothing(func(donations *aid.Donations, gift aid.CodedGift) error {
		money := gift
		money.Donor = "" // counts the money before it looks at the donor
		if err := donations.Add(money); err != nil {
			return err
		}
		return donations.Add(gift)
	}))
}

// counting is a way of counting named gifts: the total, and by unit what came in
// and from how many donors.
type counting func([]aid.CodedGift) (union.Money, []aid.UnitDonations)

func counted(gifts []aid.CodedGift) (union.Money, []aid.UnitDonations) {
	d := donationDay()
	donations := d.Donations()
	for _, gift := range gifts {
		if err := donations.Add(gift); err != nil {
			panic(err)
		}
	}
	for _, figure := range must(d.Figures(donations)) {
		if amount, ok := figure.Amount(); ok && figure.Key() == "aid.donation.total" {
			return amount, must(d.ByUnit(donations))
		}
	}
	panic("no total")
}

// unitsSumToGifts states that what the units gave sums to what was given, and
// that a unit has as many donors as gave to it, however often they did.
func unitsSumToGifts(count counting) laws.Law {
	return func(r *rapid.T) error {
		var gifts []aid.CodedGift
		var given int64
		donors := [6]map[string]bool{}
		for i := range donors {
			donors[i] = map[string]bool{}
		}
		for range rapid.IntRange(1, 12).Draw(r, "gifts") {
			gift := drawGift(r)
			gift.Kind, gift.Late = aid.Received, false
			gift.Donor = rapid.SampledFrom([]string{"d1", "d2", "d3"}).Draw(r, "donor")
			gifts = append(gifts, gift)
			given += gift.Amount.Fen()
			donors[gift.Unit][gift.Donor] = true
		}
		total, units := count(gifts)
		if total.Fen() != given {
			return fmt.Errorf("the total is %v, %d fen were given", total, given)
		}
		for i, unit := range units {
			given -= unit.Received.Fen()
			if unit.Donors != int64(len(donors[i+1])) {
				return fmt.Errorf("%s has %d donors, want %d", unit.Unit.Key, unit.Donors, len(donors[i+1]))
			}
		}
		if given != 0 {
			return fmt.Errorf("the units differ from the gifts by %d fen", given)
		}
		return nil
	}
}

func TestUnitsSumToGiftsAndDonorsCountOnce(t *testing.T) {
	laws.Holds(t, unitsSumToGifts(counted))
	laws.Rejects(t, unitsSumToGifts(func(gifts []aid.CodedGift) (union.Money, []aid.UnitDonations) {
		for i := range gifts { // every gift a person
			gifts[i].Donor = fmt.Sprint("d", i)
		}
		return counted(gifts)
	}))
	laws.Rejects(t, unitsSumToGifts(func(gifts []aid.CodedGift) (union.Money, []aid.UnitDonations) {
		total, units := counted(gifts)
		units[0].Received = total // the first unit has it all
		return total, units
	}))
}

// pledged are sums of promises, in fen.
type pledged struct{ pledged, paid, outstanding int64 }

func pledgedOf(donations aid.Donations) (sums pledged) {
	for _, figure := range must(donationDay().Figures(donations)) {
		money, _ := figure.Amount()
		switch figure.Key() {
		case "aid.donation.pledged":
			sums.pledged = money.Fen()
		case "aid.donation.paid":
			sums.paid = money.Fen()
		case "aid.donation.outstanding":
			sums.outstanding = money.Fen()
		}
	}
	return sums
}

// eachUnitPaysItsOwn states that a promise is paid by what the same unit gave and
// by nothing else, and that what is pledged is what is paid and what is
// outstanding.
func eachUnitPaysItsOwn(sums func(aid.Donations) pledged) laws.Law {
	return func(r *rapid.T) error {
		donations := donationDay().Donations()
		var given, promised [6]int64
		for range rapid.IntRange(0, 8).Draw(r, "gifts") {
			gift := drawGift(r)
			gift.Late = false
			if gift.Kind == aid.Pledge {
				promised[gift.Unit] += gift.Amount.Fen()
			} else {
				gift.Kind = aid.Received
				given[gift.Unit] += gift.Amount.Fen()
			}
			if err := donations.Add(gift); err != nil {
				return err
			}
		}
		var want pledged
		for unit := range given {
			want.pledged += promised[unit]
			want.paid += min(promised[unit], given[unit])
			want.outstanding += max(promised[unit]-given[unit], 0)
		}
		if got := sums(donations); got != want {
			return fmt.Errorf("got %+v, want %+v", got, want)
		}
		return nil
	}
}

func TestPledgedIsPaidAndOutstanding(t *testing.T) {
	laws.Holds(t, eachUnitPaysItsOwn(pledgedOf))
	laws.Rejects(t, eachUnitPaysItsOwn(func(donations aid.Donations) pledged {
		sums, received := pledgedOf(donations), int64(0)
		for _, unit := range must(donationDay().ByUnit(donations)) {
			received += unit.Received.Fen()
		}
		sums.paid = min(sums.pledged, received) // one unit pays for another
		sums.outstanding = sums.pledged - sums.paid
		return sums
	}))
}

// Records keyed by text and a coded batch are two ways to one tally.
func TestCodedGiftsAreCountedAsGiftsAre(t *testing.T) {
	d := donationDay()
	units := d.Units()
	donations := d.Donations()
	for _, gift := range donationList() {
		coded := aid.CodedGift{
			Unit: must(units.Find(gift.Unit)), Kind: gift.Kind, Donor: gift.Donor, Donors: gift.Donors,
			Amount: gift.Amount, Late: gift.On == day("2010-06-01"),
		}
		require.NoError(t, donations.Add(coded))
	}
	assert.Equal(t, donationsOf(d, donationList()...), donations)
}

func TestAddingAGiftAllocatesNothing(t *testing.T) {
	donations := donationDay().Donations()
	gift := aid.CodedGift{Unit: 1, Kind: aid.Received, Donor: "d1", Amount: union.Fen(100)}
	require.NoError(t, donations.Add(gift))
	assert.Zero(t, testing.AllocsPerRun(100, func() { _ = donations.Add(gift) }))
}

// gifts are 10,000 anonymous gifts to five units in turn.
func gifts() []aid.CodedGift {
	list := make([]aid.CodedGift, 10_000)
	for i := range list {
		list[i] = aid.CodedGift{Unit: union.Code(i%5 + 1), Kind: aid.Received, Amount: union.Fen(int64(i + 1))}
	}
	return list
}

func BenchmarkDonationsAdd(b *testing.B) {
	list, donations := gifts(), donationDay().Donations()
	b.ReportAllocs()
	for b.Loop() {
		for _, gift := range list {
			if err := donations.Add(gift); err != nil {
				b.Fatal(err)
			}
		}
	}
}

// BenchmarkDonationsLoop is what could at best be written by hand: checked sums
// and counts of integers by unit.
func BenchmarkDonationsLoop(b *testing.B) {
	list := gifts()
	var sums, counts [6]int64
	b.ReportAllocs()
	for b.Loop() {
		for i := range list {
			fen := list[i].Amount.Fen()
			unit := list[i].Unit
			if total := sums[unit] + fen; fen > 0 && total > sums[unit] {
				sums[unit] = total
				counts[unit]++
			}
		}
	}
}
