package aid_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/aid"
	"github.com/unioncampaign/union/internal/laws"
)

// drawWideGift draws a gift of a day that has every list, fit for its form.
func drawWideGift(r *rapid.T) aid.CodedGift {
	gift := aid.CodedGift{
		Unit:  rapid.SampledFrom([]union.Code{2, 3, 6}).Draw(r, "unit"), // those that no others are within
		Kind:  aid.GiftKind(rapid.IntRange(1, 5).Draw(r, "kind")),
		Late:  rapid.IntRange(0, 5).Draw(r, "late") == 0,
		Batch: union.Code(rapid.IntRange(1, 2).Draw(r, "batch")),
		Form:  union.Code(rapid.IntRange(1, 5).Draw(r, "form")),
	}
	if gift.Form == 4 {
		gift.Quantity = rapid.Int64Range(1, 100).Draw(r, "pieces")
	} else {
		gift.Amount = union.Fen(rapid.Int64Range(1, 1_000_000).Draw(r, "fen"))
	}
	if gift.Kind == aid.Pledge || gift.Kind == aid.PledgeReleased {
		return gift
	}
	gift.Giver = union.Code(rapid.IntRange(1, 2).Draw(r, "giver"))
	gift.Own = gift.Giver == 1
	switch {
	case gift.Own:
	case gift.Kind == aid.Received:
		gift.Donor = rapid.SampledFrom([]string{"", "d1", "d2", "d3"}).Draw(r, "donor")
	case gift.Kind == aid.Whole:
		gift.Donors = rapid.Int64Range(0, 9).Draw(r, "donors")
	}
	if gift.Form == 1 && rapid.Bool().Draw(r, "marked") {
		gift.Earmarks = []aid.CodedEarmark{{Earmark: 1, Amount: union.Fen(rapid.Int64Range(1, gift.Amount.Fen()).Draw(r, "fund"))}}
	}
	return gift
}

func drawWideDonations(r *rapid.T) aid.Donations {
	donations := wideDay().Donations()
	for range rapid.IntRange(0, 10).Draw(r, "gifts") {
		_ = donations.Add(drawWideGift(r)) // a row beside gifts is refused
	}
	return donations
}

func TestDonationsMerge(t *testing.T) { laws.Tally[aid.Donations](t, drawWideDonations) }

func TestWideDonationsFold(t *testing.T) {
	laws.Folds[aid.Donations](t, wideDay().Donations, func(r *rapid.T) []aid.CodedGift {
		gifts := rapid.SliceOfN(rapid.Custom(drawWideGift), 0, 8).Draw(r, "gifts")
		return slices.DeleteFunc(gifts, func(gift aid.CodedGift) bool { return gift.Kind == aid.Whole && !gift.Own }) // which refuse, and are refused, by order
	}, (*aid.Donations).Add)
}

// amounts are the figures of donations that are amounts of yuan, by their keys.
type amounts map[string]int64

func amountsIn(donations aid.Donations) amounts {
	found := amounts{}
	for _, figure := range must(wideDay().Figures(donations)) {
		if amount, ok := figure.Amount(); ok {
			found[figure.Key()] = amount.Fen()
		}
	}
	return found
}

// everyViewHasOneTotal states that the units, the forms in the total, the kinds of
// donors, the groups and the batches each sum to the total, that an earmark is of its
// groups and no more than the total, and that what is pledged is paid, outstanding or
// released.
func everyViewHasOneTotal(view func(aid.Donations) amounts) laws.Law {
	return func(r *rapid.T) error {
		donations := drawWideDonations(r)
		seen := view(donations)
		total, units := seen["aid.donation.total"], int64(0)
		for _, unit := range must(wideDay().ByUnit(donations)) {
			units += unit.Received.Fen()
		}
		sum := func(keys ...string) (sum int64) {
			for _, key := range keys {
				sum += seen["aid.donation."+key]
			}
			return sum
		}
		for name, got := range map[string]int64{
			"units": units, "forms": sum("form.money", "form.goods"), "givers": sum("giver.units", "giver.persons"),
			"groups": sum("group.city", "group.counties"), "batches": sum("batch.first", "batch.second"), "running": sum("batch.second.running"),
		} {
			if got != total {
				return fmt.Errorf("the %s have %d, the total is %d", name, got, total)
			}
		}
		if fund := sum("earmark.fund"); fund != sum("earmark.fund.group.city", "earmark.fund.group.counties") || fund > total {
			return fmt.Errorf("the fund has %d of %d", fund, total)
		}
		if sum("pledged") != sum("paid", "outstanding", "released") {
			return fmt.Errorf("pledged %d is not paid, outstanding or released", sum("pledged"))
		}
		return nil
	}
}

func TestEveryViewOfDonationsHasOneTotal(t *testing.T) {
	laws.Holds(t, everyViewHasOneTotal(amountsIn))
	laws.Rejects(t, everyViewHasOneTotal(func(donations aid.Donations) amounts {
		seen := amountsIn(donations) // dues are mixed into the total
		seen["aid.donation.total"] += seen["aid.donation.form.dues"]
		return seen
	}))
	laws.Rejects(t, everyViewHasOneTotal(func(donations aid.Donations) amounts {
		seen := amountsIn(donations) // the fund comes on top
		seen["aid.donation.total"] += seen["aid.donation.earmark.fund"]
		return seen
	}))
	laws.Rejects(t, everyViewHasOneTotal(func(donations aid.Donations) amounts {
		seen := amountsIn(donations) // a release is taken for a payment too
		seen["aid.donation.paid"] += seen["aid.donation.released"]
		return seen
	}))
}

// A tallying is a way of counting a list of gifts with their IDs.
type tallying func([]aid.Gift) (aid.Donations, error)

// aListIsCountedOnce states that gifts which stand in a list twice are counted once,
// in whatever order, and that an ID with another content is refused.
func aListIsCountedOnce(count tallying) laws.Law {
	return func(r *rapid.T) error {
		gifts := rapid.Permutation(wideList()).Draw(r, "gifts")
		want, err := count(gifts)
		if err != nil {
			return err
		}
		doubled := slices.Clone(gifts)
		for range rapid.IntRange(1, 3).Draw(r, "again") {
			doubled = append(doubled, rapid.SampledFrom(gifts).Draw(r, "gift"))
		}
		got, err := count(rapid.Permutation(doubled).Draw(r, "order"))
		if err != nil {
			return err
		}
		if !assert.ObjectsAreEqual(must(want.AppendBinary(nil)), must(got.AppendBinary(nil))) {
			return fmt.Errorf("a list with gifts twice is counted otherwise")
		}
		other := rapid.SampledFrom(gifts).Draw(r, "other")
		other.Reference = "elsewhere"
		if _, err := count(append(doubled, other)); err == nil {
			return fmt.Errorf("%s is taken with another content", other.ID)
		}
		return nil
	}
}

func TestAListIsCountedOnce(t *testing.T) {
	laws.Holds(t, aListIsCountedOnce(wideDay().CountGifts))
	laws.Rejects(t, aListIsCountedOnce(func(gifts []aid.Gift) (aid.Donations, error) { // counts what comes
		donations := wideDay().Donations()
		for _, gift := range gifts {
			if err := donations.Add(must(wideDay().CodeGift(gift))); err != nil {
				return aid.Donations{}, err
			}
		}
		return donations, nil
	}))
	laws.Rejects(t, aListIsCountedOnce(func(gifts []aid.Gift) (aid.Donations, error) { // the first content of an ID wins
		seen := map[string]bool{}
		return wideDay().CountGifts(slices.DeleteFunc(slices.Clone(gifts), func(gift aid.Gift) bool {
			again := seen[gift.ID]
			seen[gift.ID] = true
			return again
		}))
	}))
}

func TestAListTellsAllThatIsWrongWithIt(t *testing.T) {
	gifts := donationList()
	gifts[1].Amount, gifts[2].Unit, gifts[7].ID = yuan("-1"), "bank", "g1"
	donations, err := donationDay().CountGifts(gifts)
	var where []string
	for _, fault := range union.Faults(err) {
		where = append(where, fault.Where)
	}
	assert.Equal(t, []string{"gifts[1].amount", "gifts[2].unit", "gifts[7].id"}, where)
	assert.Equal(t, aid.Donations{}, donations)
	_, err = donationDay().CountGifts([]aid.Gift{{}, {}})
	assert.Len(t, union.Faults(err), 1, "what has no ID is told once if nothing else is in it")
}

// A comparing sets one list against another.
type comparing func(ours, theirs []aid.Listed) ([]aid.Gap, error)

func drawListed(r *rapid.T) aid.Listed {
	return aid.Listed{
		Key:    rapid.SampledFrom([]string{"a", "b", "c", "d"}).Draw(r, "key"),
		Amount: union.Fen(rapid.Int64Range(0, 5).Draw(r, "fen")),
	}
}

// everyGapIsNamed states that lists agree if and only if they have the same keys with
// the same sums, that the gaps of the lines sum to that of the total, and that the
// lists the other way round have the opposite gaps.
func everyGapIsNamed(compare comparing) laws.Law {
	return func(r *rapid.T) error {
		ours := rapid.SliceOfN(rapid.Custom(drawListed), 0, 5).Draw(r, "ours")
		theirs := rapid.SliceOfN(rapid.Custom(drawListed), 0, 5).Draw(r, "theirs")
		differ := map[string]bool{}
		sums := func(list []aid.Listed) map[string]int64 {
			sums := map[string]int64{}
			for _, line := range list {
				sums[line.Key] += line.Amount.Fen()
			}
			return sums
		}
		mine, other := sums(ours), sums(theirs)
		for _, key := range []string{"a", "b", "c", "d"} {
			a, inA := mine[key]
			b, inB := other[key]
			differ["lines."+key] = a != b || inA != inB
		}
		gaps, err := compare(ours, theirs)
		if err != nil {
			return err
		}
		var lines, total union.Number
		for _, gap := range gaps {
			if gap.Where == "total" {
				total = gap.Size()
				continue
			}
			if !differ[gap.Where] {
				return fmt.Errorf("%v is no gap", gap)
			}
			delete(differ, gap.Where)
			lines = lines.Add(gap.Size())
		}
		for key, left := range differ {
			if left {
				return fmt.Errorf("the gap at %s is not named", key)
			}
		}
		if !lines.Equal(total) {
			return fmt.Errorf("the lines differ by %v, the total by %v", lines, total)
		}
		back, err := compare(theirs, ours)
		if err != nil || len(back) != len(gaps) {
			return fmt.Errorf("the other way round there are %d gaps for %d: %w", len(back), len(gaps), err)
		}
		for _, gap := range back {
			if !slices.ContainsFunc(gaps, func(g aid.Gap) bool {
				return g.Where == gap.Where && g.Size().Equal(gap.Size().Neg()) && g.Rule == gap.Rule
			}) {
				return fmt.Errorf("%v is not among %v the other way round", gap, gaps)
			}
		}
		return nil
	}
}

func TestEveryGapBetweenListsIsNamed(t *testing.T) {
	laws.Holds(t, everyGapIsNamed(aid.CompareLists))
	laws.Rejects(t, everyGapIsNamed(func(ours, theirs []aid.Listed) ([]aid.Gap, error) { // the total hides what cancels
		gaps, err := aid.CompareLists(ours, theirs)
		if !slices.ContainsFunc(gaps, func(g aid.Gap) bool { return g.Where == "total" }) {
			gaps = nil
		}
		return gaps, err
	}))
	laws.Rejects(t, everyGapIsNamed(func(ours, theirs []aid.Listed) ([]aid.Gap, error) { // a line of nothing is no line
		none := func(l aid.Listed) bool { return l.Amount.IsZero() }
		return aid.CompareLists(slices.DeleteFunc(slices.Clone(ours), none), slices.DeleteFunc(slices.Clone(theirs), none))
	}))
	laws.Rejects(t, everyGapIsNamed(func(ours, theirs []aid.Listed) ([]aid.Gap, error) { // what they have beside is not looked at
		gaps, err := aid.CompareLists(ours, theirs)
		return slices.DeleteFunc(gaps, func(g aid.Gap) bool { return strings.Contains(g.Rule, "has") && g.Want.Sign() == 0 && g.Got.Sign() > 0 }), err
	}))
}

// theBooksAgree states that what the units gave, what was given gift by gift, what came
// in at the bank and what a ledger holds of it are one sum, and that the one transfer
// the bank lacks is named.
func theBooksAgree(transfers func([]aid.Gift) ([]aid.Listed, error)) laws.Law {
	d := donationDay()
	return func(r *rapid.T) error {
		var gifts []aid.Gift
		var bank []aid.Listed
		given := int64(0)
		for i := range rapid.IntRange(1, 8).Draw(r, "gifts") {
			coded := drawGift(r)
			gift := aid.Gift{
				ID: fmt.Sprint("g", i), Unit: donationSpec().Units[coded.Unit-1].Key, Kind: aid.Received, Amount: coded.Amount,
				Reference: rapid.SampledFrom([]string{"", "t1", "t2"}).Draw(r, "transfer"), On: day("2010-05-04"),
			}
			if rapid.IntRange(0, 3).Draw(r, "promised") == 0 {
				gift.Kind = aid.Pledge
				gifts = append(gifts, gift)
				continue
			}
			gifts, given = append(gifts, gift), given+gift.Amount.Fen()
			key := gift.Reference
			if key == "" {
				key = gift.ID
			}
			bank = append(bank, aid.Listed{Key: key, Amount: gift.Amount})
		}
		ours, err := transfers(gifts)
		if err != nil {
			return err
		}
		units := int64(0)
		for _, line := range must(d.ListUnits(must(d.CountGifts(gifts)))) {
			units += line.Amount.Fen()
		}
		gaps, err := aid.CompareLists(ours, bank)
		if err != nil || len(gaps) > 0 || units != given {
			return fmt.Errorf("units have %d of %d, and the bank: %v %w", units, given, gaps, err)
		}
		ledger := books().Ledger()
		for i, line := range ours {
			if err := ledger.Post(receipt(fmt.Sprint("in", i), "donated", line.Amount.String(), "2010-05-04")); err != nil {
				return err
			}
		}
		if held, err := ledger.Available("donated"); err != nil || held.Fen() != given {
			return fmt.Errorf("the ledger holds %v of %d: %w", held, given, err)
		}
		if len(bank) == 0 {
			return nil
		}
		gaps, err = aid.CompareLists(ours, bank[1:])
		if err != nil || len(gaps) != 2 || gaps[0].Where != "lines."+bank[0].Key || !gaps[1].Size().Equal(bank[0].Amount.Number().Neg()) {
			return fmt.Errorf("without %v the gaps are %v %w", bank[0], gaps, err)
		}
		return nil
	}
}

func TestDonorsUnitsBankAndLedgerHaveOneSum(t *testing.T) {
	laws.Holds(t, theBooksAgree(donationDay().ListTransfers))
	laws.Rejects(t, theBooksAgree(func(gifts []aid.Gift) ([]aid.Listed, error) { // takes promises for money
		gifts = slices.Clone(gifts)
		for i := range gifts {
			gifts[i].Kind = aid.Received
		}
		return donationDay().ListTransfers(gifts)
	}))
	laws.Rejects(t, theBooksAgree(func(gifts []aid.Gift) ([]aid.Listed, error) { // one transfer of several gifts is one of them
		seen := map[string]bool{}
		list, err := donationDay().ListTransfers(gifts)
		return slices.DeleteFunc(list, func(l aid.Listed) bool {
			again := seen[l.Key]
			seen[l.Key] = true
			return again
		}), err
	}))
}

func TestOnlyMoneyThatCameInIsOnTheListOfTransfers(t *testing.T) {
	list, err := wideDay().ListTransfers(wideList())
	require.NoError(t, err)
	var keys []string
	for _, line := range list {
		keys = append(keys, line.Key)
	}
	assert.Equal(t, []string{"g1", "g2", "g3", "g4", "g8", "g12"}, keys, "no goods, dollars, promises; the late one is there")
	list, err = donationDay().ListTransfers(donationList())
	require.NoError(t, err)
	assert.Len(t, list, 6, "neither the pledge nor the row of nothing")
	bad := wideList()
	bad[3].Unit = "bank"
	_, err = wideDay().ListTransfers(bad)
	require.ErrorIs(t, err, union.ErrUnknown)
	assert.Equal(t, "gifts[3].unit", union.Faults(err)[0].Where)
	_, err = donationDay().ListUnits(must(wideDay().CountGifts(nil)))
	require.ErrorIs(t, err, union.ErrRule)
}

func TestListsBeyondWhatIsHeldAreNotCompared(t *testing.T) {
	most := []aid.Listed{{Key: "a", Amount: union.Fen(mostFen)}, {Key: "a", Amount: union.Fen(1)}}
	_, err := aid.CompareLists(most, nil)
	require.ErrorIs(t, err, union.ErrOverflow)
	assert.Equal(t, "ours[1]", union.Faults(err)[0].Where)
	_, err = aid.CompareLists(nil, most)
	require.ErrorIs(t, err, union.ErrOverflow)
	assert.Equal(t, "theirs[1]", union.Faults(err)[0].Where)
	gaps, err := aid.CompareLists(most[:1], []aid.Listed{{Key: "b", Amount: union.Fen(mostFen)}})
	require.NoError(t, err)
	assert.Len(t, gaps, 2, "the totals, larger than can be held or not, agree")
}

// tableSpec prints money, goods and their sum in 万元, and persons.
func tableSpec() aid.TableFormSpec {
	wan := union.Rounding{Mode: union.HalfUp, Places: 2}
	return aid.TableFormSpec{Rule: rule("table", "捐款统计表"), Columns: []aid.TableColumn{
		{Key: "money", Title: "捐款", Measure: "万元", Rounding: wan}, {Key: "goods", Title: "物资折价", Measure: "万元", Rounding: wan},
		{Key: "sum", Title: "合计", Measure: "万元", Rounding: wan, Of: []string{"money", "goods"}},
		{Key: "persons", Title: "人数", Measure: union.Persons, Rounding: union.Rounding{Mode: union.HalfUp}},
	}}
}

var madeTable = must(aid.NewTableForm(tableSpec()))

func table() aid.TableForm { return madeTable }

func drawTable(r *rapid.T) []aid.TableRow {
	row := func(key string, cells ...int64) aid.TableRow {
		each := aid.TableRow{Key: key, Within: "total"}
		for i, cell := range cells {
			n := union.Fen(cell).Number()
			if i == 3 {
				n = union.Whole(cell)
			}
			each.Cells = append(each.Cells, n)
		}
		return each
	}
	var all [4]int64
	rows := []aid.TableRow{{}}
	for i := range rapid.IntRange(1, 6).Draw(r, "rows") {
		money, goods := rapid.Int64Range(0, 5_000_000).Draw(r, "money"), rapid.Int64Range(0, 5_000_000).Draw(r, "goods")
		cells := []int64{money, goods, money + goods, rapid.Int64Range(0, 500).Draw(r, "persons")}
		rows = append(rows, row(fmt.Sprint("r", i), cells...))
		for j, cell := range cells {
			all[j] += cell
		}
	}
	rows[0] = row("total", all[:]...)
	rows[0].Within = ""
	return rows
}

// aTableHasOnlyTheGapsOfRounding states that of a table whose figures agree what is
// printed has no gap that rounding does not explain, and that every cell which is not
// the sum of its printed parts is named.
func aTableHasOnlyTheGapsOfRounding(check func([]aid.TableRow) ([]aid.Gap, error)) laws.Law {
	return func(r *rapid.T) error {
		printed, err := table().Print(drawTable(r))
		if err != nil {
			return err
		}
		want := map[string]bool{}
		for column := range 4 {
			var sum union.Number
			for _, row := range printed[1:] {
				sum = sum.Add(row.Cells[column])
			}
			if !sum.Equal(printed[0].Cells[column]) {
				want["rows.total."+tableSpec().Columns[column].Key+" by rows"] = true
			}
		}
		for _, row := range printed {
			if !row.Cells[0].Add(row.Cells[1]).Equal(row.Cells[2]) {
				want["rows."+row.Key+".sum by columns"] = true
			}
		}
		gaps, err := check(printed)
		if err != nil {
			return err
		}
		for _, gap := range gaps {
			key := gap.Where + " by " + strings.TrimPrefix(gap.Rule, "a total is that of its ")
			if !want[key] || !gap.Rounded {
				return fmt.Errorf("%v is no gap of rounding", gap)
			}
			delete(want, key)
		}
		if len(want) > 0 {
			return fmt.Errorf("not named: %v", want)
		}
		return nil
	}
}

func TestATableHasOnlyTheGapsOfRounding(t *testing.T) {
	laws.Holds(t, aTableHasOnlyTheGapsOfRounding(table().Check))
	laws.Rejects(t, aTableHasOnlyTheGapsOfRounding(func(rows []aid.TableRow) ([]aid.Gap, error) { // hides what rounding explains
		gaps, err := table().Check(rows)
		return slices.DeleteFunc(gaps, func(g aid.Gap) bool { return g.Rounded }), err
	}))
	laws.Rejects(t, aTableHasOnlyTheGapsOfRounding(func(rows []aid.TableRow) ([]aid.Gap, error) { // rounds at each level again
		spec := tableSpec()
		for i := range spec.Columns {
			spec.Columns[i].Rounding.Places = 9
		}
		return must(aid.NewTableForm(spec)).Check(rows)
	}))
}

// A column that is made of two others, which are made of each other, is not at fault
// itself.
func TestColumnsThatAreMadeOfEachOtherAreNamed(t *testing.T) {
	spec := tableSpec()
	column := func(key, of string) aid.TableColumn {
		c := spec.Columns[0]
		c.Key, c.Of = key, []string{of}
		return c
	}
	spec.Columns = []aid.TableColumn{column("whole", "left"), column("left", "right"), column("right", "left")}
	_, err := aid.NewTableForm(spec)
	assert.Equal(t, map[string]error{"columns[1].of[0]": union.ErrOrder, "columns[2].of[0]": union.ErrOrder}, placesOf(err))
}

func TestATableFormThatIsWrongSaysWhere(t *testing.T) {
	for reason, each := range map[string]struct {
		change func(*aid.TableFormSpec)
		want   error
		where  string
	}{
		"no title":                 {func(s *aid.TableFormSpec) { s.Title = "" }, union.ErrMissing, "title"},
		"no columns":               {func(s *aid.TableFormSpec) { s.Columns = nil }, union.ErrMissing, "columns"},
		"a column without key":     {func(s *aid.TableFormSpec) { s.Columns[3].Key = "" }, union.ErrMissing, "columns[3].key"},
		"a column twice":           {func(s *aid.TableFormSpec) { s.Columns[3].Key = "sum" }, union.ErrRepeated, "columns[3].key"},
		"a column without title":   {func(s *aid.TableFormSpec) { s.Columns[0].Title = "" }, union.ErrMissing, "columns[0].title"},
		"a column without measure": {func(s *aid.TableFormSpec) { s.Columns[0].Measure = "" }, union.ErrMissing, "columns[0].measure"},
		"no rounding":              {func(s *aid.TableFormSpec) { s.Columns[0].Rounding = union.Rounding{} }, union.ErrMissing, "columns[0].rounding.mode"},
		"a sum of another table":   {func(s *aid.TableFormSpec) { s.Columns[2].Of[0] = "tax" }, union.ErrUnknown, "columns[2].of[0]"},
		"a sum of itself":          {func(s *aid.TableFormSpec) { s.Columns[2].Of[0] = "sum" }, union.ErrOrder, "columns[2].of[0]"},
		"a column of a sum twice":  {func(s *aid.TableFormSpec) { s.Columns[2].Of[1] = "money" }, union.ErrRepeated, "columns[2].of[1]"},
	} {
		spec := tableSpec()
		each.change(&spec)
		_, err := aid.NewTableForm(spec)
		require.ErrorIs(t, err, each.want, reason)
		require.Len(t, union.Faults(err), 1, reason)
		assert.Equal(t, each.where, union.Faults(err)[0].Where, reason)
	}
	ring := tableSpec()
	ring.Columns[0].Of = []string{"sum"} // which is made of it
	_, err := aid.NewTableForm(ring)
	require.ErrorIs(t, err, union.ErrOrder)
	spec := tableSpec()
	form := must(aid.NewTableForm(spec))
	spec.Columns[2].Of[0] = "x"
	given := form.Spec()
	given.Columns[2].Of[1] = "x"
	assert.Equal(t, tableSpec(), form.Spec(), "a form keeps nothing of its spec")
	assert.Equal(t, tableSpec().Rule, form.Rule())
	bad := tableSpec()
	bad.Title = "\xff"
	_, err = aid.NewTableForm(bad)
	require.ErrorIs(t, err, union.ErrText)
}

func TestATableFormReadsWhatItWrites(t *testing.T) {
	data, err := json.Marshal(table())
	require.NoError(t, err)
	var read aid.TableForm
	require.NoError(t, json.Unmarshal(data, &read))
	assert.Equal(t, table(), read)
	assert.Equal(t, table().ID(), read.ID())
	for _, text := range []string{`null`, `{}`, `{"union":"aid.table_form/2"}`, `{"union":"aid.table_form/1","columns":[]}`, `{"union":"aid.table_form/1","column":[]}`} {
		require.Error(t, json.Unmarshal([]byte(text), &read), text)
	}
	assert.Equal(t, table(), read)
	_, err = aid.TableForm{}.MarshalJSON()
	require.Error(t, err)
}

func cells(texts ...string) []union.Number {
	list := make([]union.Number, len(texts))
	for i, text := range texts {
		list[i] = union.MustParseNumber(text)
	}
	return list
}

func TestATableThatIsNoneIsRefused(t *testing.T) {
	good := aid.TableRow{Key: "total", Cells: cells("1", "2", "3", "4")}
	for reason, each := range map[string]struct {
		change func(*aid.TableRow)
		want   error
		where  string
	}{
		"no key":            {func(r *aid.TableRow) { r.Key = "" }, union.ErrMissing, "rows[1].key"},
		"a row twice":       {func(r *aid.TableRow) { r.Key = "total" }, union.ErrRepeated, "rows[1].key"},
		"a row of itself":   {func(r *aid.TableRow) { r.Within = "east" }, union.ErrOrder, "rows[1].within"},
		"a row of no other": {func(r *aid.TableRow) { r.Within = "west" }, union.ErrUnknown, "rows[1].within"},
		"too few cells":     {func(r *aid.TableRow) { r.Cells = r.Cells[:3] }, union.ErrRange, "rows[1].cells"},
	} {
		row := aid.TableRow{Key: "east", Within: "total", Cells: good.Cells}
		each.change(&row)
		_, err := table().Check([]aid.TableRow{good, row})
		require.ErrorIs(t, err, each.want, reason)
		assert.Equal(t, each.where, union.Faults(err)[0].Where, reason)
		_, err = table().Print([]aid.TableRow{good, row})
		require.ErrorIs(t, err, each.want, reason)
	}
	_, err := aid.TableForm{}.Check(nil)
	require.ErrorIs(t, err, union.ErrMissing)
	_, err = table().Texts(aid.TableRow{})
	require.ErrorIs(t, err, union.ErrRange)
}

func TestATableInHundredsOfMillionsIsPrintedSo(t *testing.T) {
	spec := tableSpec()
	spec.Columns = spec.Columns[:1]
	spec.Columns[0].Measure = "亿元"
	form := must(aid.NewTableForm(spec))
	rows, err := form.Print([]aid.TableRow{{Key: "total", Cells: cells("6023499999.99")}})
	require.NoError(t, err)
	assert.Equal(t, []string{"60.23"}, must(form.Texts(rows[0])))
}

func TestSomeOfARowIsNoMoreThanIt(t *testing.T) {
	rows := []aid.TableRow{
		{Key: "total", Cells: cells("30", "0", "30", "9")},
		{Key: "fund", Within: "total", Some: true, Cells: cells("30.02", "0", "30", "3")},
		{Key: "named", Within: "total", Some: true, Cells: cells("30.01", "0", "30.01", "3")},
	}
	gaps, err := table().Check(rows)
	require.NoError(t, err)
	var lines []string
	for _, gap := range gaps {
		lines = append(lines, gap.String())
	}
	assert.Equal(t, []string{
		"rows.fund.money: a row that is some of another is no more than it: got 30.02, want 30, a gap of 0.02",
		"rows.named.money: a row that is some of another is no more than it: got 30.01, want 30, a gap of 0.01",
		"rows.named.sum: a row that is some of another is no more than it: got 30.01, want 30, a gap of 0.01",
		"rows.fund.sum: a total is that of its columns: got 30, want 30.02, a gap of -0.02",
	}, sorted(lines, gaps))
}

// sorted puts the gaps of rows before that of columns, whatever their order.
func sorted(lines []string, gaps []aid.Gap) []string {
	byRows, byColumns := []string{}, []string{}
	for i, gap := range gaps {
		if strings.HasSuffix(gap.Rule, "columns") {
			byColumns = append(byColumns, lines[i])
		} else {
			byRows = append(byRows, lines[i])
		}
	}
	return append(byRows, byColumns...)
}

func TestNoPostedLineAndNoPrintedReceiptShowsADonor(t *testing.T) {
	laws.Holds(t, nothingShowsADonor(func(list []aid.PostedGift, receipt aid.Receipt) string {
		return fmt.Sprintf("%v %+v %#v %v %+v", list, list, list, receipt, receipt) + string(must(json.Marshal(list))) + string(must(json.Marshal(receipt)))
	}))
	laws.Rejects(t, nothingShowsADonor(func(_ []aid.PostedGift, receipt aid.Receipt) string { return receipt.Name.Reveal() }))
}

// nothingShowsADonor states that what is printed of a posted list and of a receipt has
// no donor's name or number in it.
func nothingShowsADonor(printed func([]aid.PostedGift, aid.Receipt) string) laws.Law {
	return func(r *rapid.T) error {
		gift := donationList()[0]
		gift.Private = rapid.Bool().Draw(r, "private")
		id, err := union.ParseIDNumber(laws.CanaryID)
		if err != nil {
			return err
		}
		donor := aid.Donor{Token: "d1", Name: union.MustNewName(laws.CanaryName), IDNumber: id}
		list, err := donationDay().Post([]aid.Gift{gift}, []aid.Donor{donor})
		if err != nil {
			return err
		}
		receipt, err := donationDay().Receipt(gift, donor, union.MustNewName("李经手"))
		if err != nil {
			return err
		}
		text := printed(list, receipt)
		if shown := laws.CanariesIn(text); len(shown) > 0 {
			return fmt.Errorf("%v is shown", shown)
		}
		if receipt.Name.Reveal() != laws.CanaryName || receipt.IDNumber.Reveal() != laws.CanaryID {
			return fmt.Errorf("the receipt is made out to another")
		}
		return nil
	}
}

func TestAReceiptSaysWhatCameIn(t *testing.T) {
	handler := union.MustNewName("李经手")
	receipt, err := wideDay().Receipt(wideList()[4], aid.Donor{}, handler)
	require.NoError(t, err)
	assert.Equal(t, aid.Receipt{
		Number: "g5", For: "救助困难职工捐款日", Unit: "第一中学", Form: "物资折价", Amount: yuan("1500.50"), Capitals: "壹仟伍佰元零伍角",
		Quantity: 30, Measure: "元", Basis: "采购发票", On: day("2010-05-21"), Day: "贰零壹零年伍月贰拾壹日", Handler: handler,
	}, receipt)
	receipt, err = wideDay().Receipt(wideList()[9], aid.Donor{}, handler)
	require.NoError(t, err)
	assert.Equal(t, aid.Receipt{
		Number: "g10", For: "救助困难职工捐款日", Unit: "面粉厂", Form: "棉被", Quantity: 60, Measure: "床", On: day("2010-05-18"),
		Day: "贰零壹零年伍月壹拾捌日", Handler: handler,
	}, receipt)
	receipt, err = wideDay().Receipt(wideList()[10], aid.Donor{}, handler)
	require.NoError(t, err)
	assert.Empty(t, receipt.Capitals, "uppercase numerals are for yuan")
	assert.EqualValues(t, "美元", receipt.Measure)
}

func TestWhatHasNotComeInHasNoReceipt(t *testing.T) {
	handler, d1 := union.MustNewName("李经手"), aid.Donor{Token: "d1", Name: union.MustNewName("王建国")}
	for reason, each := range map[string]struct {
		gift    aid.Gift
		donor   aid.Donor
		handler union.Name
		want    error
		where   string
	}{
		"a gift that is none":      {aid.Gift{}, aid.Donor{}, handler, union.ErrMissing, "id"},
		"a promise":                {donationList()[4], aid.Donor{}, handler, union.ErrRange, "kind"},
		"a release":                {aid.Gift{ID: "r", Unit: "mill", Kind: aid.PledgeReleased, Amount: yuan("1"), Reason: "x", On: day("2010-05-04")}, aid.Donor{}, handler, union.ErrRange, "kind"},
		"a row of nothing":         {donationList()[6], aid.Donor{}, handler, union.ErrRange, "kind"},
		"another donor":            {donationList()[0], aid.Donor{Token: "d2", Name: d1.Name}, handler, union.ErrRange, "donor"},
		"a donor of nobody's gift": {donationList()[2], d1, handler, union.ErrRange, "donor"},
		"a donor without a name":   {donationList()[0], aid.Donor{Token: "d1"}, handler, union.ErrMissing, "donor.name"},
		"nobody who took it":       {donationList()[0], d1, union.Name{}, union.ErrMissing, "handler"},
	} {
		_, err := donationDay().Receipt(each.gift, each.donor, each.handler)
		require.ErrorIs(t, err, each.want, reason)
		assert.Equal(t, each.where, union.Faults(err)[0].Where, reason)
	}
}

func TestAPostedListNamesNobodyWhoDoesNotWishIt(t *testing.T) {
	gifts := donationList()
	gifts[1].Private, gifts[1].Alias = true, "爱心人士"
	gifts[2].Alias = "匿名"
	list, err := donationDay().Post(gifts, []aid.Donor{{Token: "d1", Name: union.MustNewName("王建国")}})
	require.NoError(t, err)
	var lines []string
	for _, line := range list {
		lines = append(lines, fmt.Sprint(line.Unit, " ", line.Donor, " ", line.Worth, " ", line.Donors, " ", line.On))
	}
	assert.Equal(t, []string{
		"县委办公室 王** 100.00元 0 2010-05-04", "县委办公室 爱心人士 50.50元 0 2010-05-20", "县委办公室 匿名 200.00元 0 2010-05-31",
		"第一中学  6000.00元 120 2010-05-04", "面粉厂 王** 400.00元 0 2010-05-10", "县医院  0.00元 0 2010-05-04",
	}, lines)
	_, err = donationDay().Post(gifts, nil)
	require.ErrorIs(t, err, union.ErrUnknown)
	assert.Equal(t, "gifts[0].donor", union.Faults(err)[0].Where)
	gifts[0].Unit = ""
	_, err = donationDay().Post(gifts, nil)
	require.ErrorIs(t, err, union.ErrMissing)
	wide, err := wideDay().Post(wideList()[9:10], nil)
	require.NoError(t, err)
	assert.Equal(t, "60床", wide[0].Worth)
}

func TestAHeadlineThatIsNoneHasNoText(t *testing.T) {
	_, err := aid.HeadlineForm{}.Text(union.Money{})
	assert.Len(t, union.Faults(err), 2)
	near := aid.HeadlineForm{Unit: "万元", Near: &union.Rounding{Mode: union.HalfUp, Places: 1}}
	text, err := near.Text(yuan("9374500"))
	require.NoError(t, err)
	assert.Equal(t, "937.5万元", text)
	assert.Equal(t, "0.0万元", must(near.Text(union.Money{})))
	_, err = near.Text(yuan("-1"))
	require.ErrorIs(t, err, union.ErrRange)
	cut := aid.HeadlineForm{Unit: "亿元", Cut: &aid.HeadlineCut{Places: 1, Over: "多"}}
	text, err = cut.Text(yuan("931901400"))
	require.NoError(t, err)
	assert.Equal(t, "9.3亿多元", text)
	_, err = cut.Text(yuan("-1"))
	require.ErrorIs(t, err, union.ErrRange)
}

// What comes in from outside is never believed: a gift is read, and counted or refused.
func FuzzGift(f *testing.F) {
	for _, text := range []string{
		`{"id":"1","unit":"office","kind":"received","amount":"1.005","on":"2010-05-04"}`, `{"id":"1","unit":"office","kind":"received","amount":null,"on":"2010-05-04"}`,
		`{"id":"1","unit":"office","kind":"received","amount":"` + strings.Repeat("9", 1000) + `","on":"2010-05-04"}`,
		`{"id":"1","unit":"office","kind":"whole","donors":-1,"amount":"92233720368547758.07","on":"2010-05-04"}`,
		`{"id":"1","unit":"mill","kind":"pledge","amount":"1","earmarks":[{"key":"fund","amount":"2"}],"on":"2010-02-29"}`,
		`{"id":"","unit":"city","batch":"first","form":"quilts","giver":"units","quantity":9223372036854775807,"amount":"0","on":"2010-05-04"}`,
	} {
		f.Add([]byte(text))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		var gift aid.Gift
		if json.Unmarshal(data, &gift) != nil {
			return
		}
		for _, d := range []aid.DonationDay{donationDay(), wideDay(), {}} {
			donations, err := d.CountGifts([]aid.Gift{gift, gift})
			if err != nil {
				require.NotEmpty(t, union.Faults(err))
				continue
			}
			_, err = d.Figures(donations)
			require.NoError(t, err)
			_, err = d.ListTransfers([]aid.Gift{gift})
			require.NoError(t, err)
		}
	})
}
