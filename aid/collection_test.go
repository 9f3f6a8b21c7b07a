package aid_test

import (
	"fmt"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/aid"
	"github.com/unioncampaign/union/internal/laws"
	"github.com/unioncampaign/union/internal/wire"
)

// smallTree has a city with two counties, of which one has two towns.
func smallTree() union.Tree {
	return must(must(union.NewHierarchy(union.Fact{On: day("2010-01-01"), Found: []union.Unit{
		{Key: "city", Title: "市"}, {Key: "east", Title: "东县", Parent: "city"}, {Key: "west", Title: "西县", Parent: "city"},
		{Key: "north", Title: "北镇", Parent: "east"}, {Key: "south", Title: "南镇", Parent: "east"},
	}})).On(day("2010-05-04")))
}

var madeCollection = must(donationDay().Over(smallTree()))

func collection() aid.Collection { return madeCollection }

func unit(key string) union.UnitID { return must(collection().Tree().Find(key)) }

// smallLimit is the most that one of five units may have: the greatest amount
// divided by five, in fen.
const smallLimit = 1844674407370955161

func drawUnitGift(r *rapid.T) aid.UnitGift {
	return aid.UnitGift{
		Unit:   union.UnitID(rapid.IntRange(1, 5).Draw(r, "unit")),
		Amount: union.Fen(rapid.Int64Range(0, 1_000_000).Draw(r, "fen")),
	}
}

func drawProceeds(r *rapid.T) aid.Proceeds {
	proceeds := collection().Proceeds()
	if err := proceeds.Add(rapid.SliceOfN(rapid.Custom(drawUnitGift), 0, 8).Draw(r, "gifts")...); err != nil {
		panic(err)
	}
	return proceeds
}

func TestProceedsMerge(t *testing.T) { laws.Tally[aid.Proceeds](t, drawProceeds) }

func TestProceedsFold(t *testing.T) {
	laws.Folds[aid.Proceeds](t, collection().Proceeds, func(r *rapid.T) []aid.UnitGift {
		return rapid.SliceOfN(rapid.Custom(drawUnitGift), 0, 8).Draw(r, "gifts")
	}, func(p *aid.Proceeds, gift aid.UnitGift) error { return p.Add(gift) })
}

func sampleProceeds() aid.Proceeds {
	proceeds := collection().Proceeds()
	if err := proceeds.Add(aid.UnitGift{Unit: 1, Amount: yuan("12.34")}, aid.UnitGift{Unit: 5, Amount: yuan("100000")}); err != nil {
		panic(err)
	}
	return proceeds
}

func TestTheBinaryFormOfProceedsIsKept(t *testing.T) {
	laws.Golden(t, aid.Proceeds{}, collection().Proceeds(), sampleProceeds())
}

// totalsOf adds up what came in from units and all above them.
type totalsOf func(gifts []aid.UnitGift) []union.Money

func totals(gifts []aid.UnitGift) []union.Money {
	proceeds := collection().Proceeds()
	if err := proceeds.Add(gifts...); err != nil {
		panic(err)
	}
	return must(collection().Totals(proceeds))
}

// everyUnitHasAllBelowIt states that a unit has what it and all below it gave, and
// that all together have what was given.
func everyUnitHasAllBelowIt(sum totalsOf) laws.Law {
	return func(r *rapid.T) error {
		gifts := rapid.SliceOfN(rapid.Custom(drawUnitGift), 0, 12).Draw(r, "gifts")
		tree := collection().Tree()
		want := make([]int64, tree.Len()+1)
		for _, gift := range gifts {
			want[0] += gift.Amount.Fen()
			for id := gift.Unit; id != 0; id = tree.Parent(id) {
				want[id] += gift.Amount.Fen()
			}
		}
		for id, total := range sum(gifts) {
			if total.Fen() != want[id] {
				return fmt.Errorf("unit %d has %v, want %d fen", id, total, want[id])
			}
		}
		return nil
	}
}

func TestTotalsOfProceedsRollUp(t *testing.T) {
	laws.Holds(t, everyUnitHasAllBelowIt(totals))
	laws.Rejects(t, everyUnitHasAllBelowIt(func(gifts []aid.UnitGift) []union.Money { // by pairs in the order of the list, one level up
		tree, sums := collection().Tree(), make([]union.Money, collection().Tree().Len()+1)
		for _, gift := range gifts {
			sums[gift.Unit] = must(sums[gift.Unit].Add(gift.Amount))
			if above := tree.Parent(gift.Unit); above != 0 {
				sums[above] = must(sums[above].Add(gift.Amount))
			}
			sums[0] = must(sums[0].Add(gift.Amount))
		}
		return sums
	}))
}

// refusedListChangesNothing states that a list of which a gift is refused adds
// nothing, and that the fault names the first such gift.
func refusedListChangesNothing(add func(*aid.Proceeds, []aid.UnitGift) error) laws.Law {
	return func(r *rapid.T) error {
		proceeds := drawProceeds(r)
		var before aid.Proceeds
		if err := before.Merge(proceeds); err != nil {
			return err
		}
		gifts := rapid.SliceOfN(rapid.Custom(drawUnitGift), 1, 200).Draw(r, "gifts")
		bad := rapid.IntRange(0, len(gifts)-1).Draw(r, "bad")
		switch rapid.IntRange(0, 3).Draw(r, "how") {
		case 0:
			gifts[bad].Unit = 0
		case 1:
			gifts[bad].Unit = 6
		case 2:
			gifts[bad].Amount = union.Fen(-1)
		case 3:
			gifts[bad].Amount = union.Fen(mostFen)
		}
		err := add(&proceeds, gifts)
		if err == nil {
			return fmt.Errorf("%v is added", gifts[bad])
		}
		if !assert.ObjectsAreEqual(before, proceeds) {
			return fmt.Errorf("%v changed %v to %v", gifts[bad], before, proceeds)
		}
		if where := union.Faults(err)[0].Where; len(where) < len(union.Indexed("gifts", bad)) || where[:len(union.Indexed("gifts", bad))] != union.Indexed("gifts", bad) {
			return fmt.Errorf("gift %d is refused at %q", bad, where)
		}
		return nil
	}
}

func asDecimals(gifts []aid.UnitGift) []aid.UnitDecimal {
	list := make([]aid.UnitDecimal, len(gifts))
	for i, gift := range gifts {
		list[i] = aid.UnitDecimal{Unit: gift.Unit, Amount: gift.Amount.Decimal()}
	}
	return list
}

func TestAListOfWhichAGiftIsRefusedAddsNothing(t *testing.T) {
	laws.Holds(t, refusedListChangesNothing(func(p *aid.Proceeds, gifts []aid.UnitGift) error { return p.Add(gifts...) }))
	laws.Holds(t, refusedListChangesNothing(func(p *aid.Proceeds, gifts []aid.UnitGift) error { return p.AddDecimals(asDecimals(gifts)...) }))
	laws.Rejects(t, refusedListChangesNothing(func(p *aid.Proceeds, gifts []aid.UnitGift) error {
		for i, gift := range gifts { // what was added stays
			if err := p.Add(gift); err != nil {
				return union.NewFault(union.ErrRange, union.Indexed("gifts", i), "", "")
			}
		}
		return nil
	}))
}

// decimalsAreMoney states that decimals add up to what their amounts do, and that
// what no amount is is refused, whatever stands around it.
func decimalsAreMoney(add func(*aid.Proceeds, []aid.UnitDecimal) error) laws.Law {
	return func(r *rapid.T) error {
		gifts := rapid.SliceOfN(rapid.Custom(drawUnitGift), 1, 300).Draw(r, "gifts")
		decimals := asDecimals(gifts)
		for i := range decimals { // the same amounts, otherwise written
			switch rapid.IntRange(0, 4).Draw(r, "form") {
			case 0:
				decimals[i].Amount = decimal.New(gifts[i].Amount.Fen()*1000, -5)
			case 1:
				gifts[i].Amount = union.Fen(gifts[i].Amount.Fen() / 100 * 100)
				decimals[i].Amount = decimal.New(gifts[i].Amount.Fen()/100, 0)
			case 2:
				gifts[i].Amount, decimals[i].Amount = union.Money{}, decimal.Decimal{}
			}
		}
		broken := rapid.Bool().Draw(r, "broken")
		if broken {
			at := rapid.IntRange(0, len(decimals)-1).Draw(r, "at")
			decimals[at].Amount = rapid.SampledFrom([]decimal.Decimal{
				decimal.New(1, -3), decimal.RequireFromString("18446744073709551616.00"), decimal.New(1, 1_000_000), decimal.New(-1, -2),
				decimal.RequireFromString("92233720368547758.08"),
			}).Draw(r, "no amount")
		}
		var left, right aid.Proceeds
		for _, each := range []*aid.Proceeds{&left, &right} {
			if err := each.Merge(collection().Proceeds()); err != nil {
				return err
			}
		}
		err := add(&left, decimals)
		if broken != (err != nil) {
			return fmt.Errorf("broken %t gives %w", broken, err)
		}
		if !broken {
			if err := right.Add(gifts...); err != nil {
				return err
			}
		}
		if !assert.ObjectsAreEqual(right, left) {
			return fmt.Errorf("decimals give %v, amounts %v", left, right)
		}
		return nil
	}
}

func TestDecimalsAddUpToTheirAmounts(t *testing.T) {
	laws.Holds(t, decimalsAreMoney(func(p *aid.Proceeds, gifts []aid.UnitDecimal) error { return p.AddDecimals(gifts...) }))
	laws.Rejects(t, decimalsAreMoney(func(p *aid.Proceeds, gifts []aid.UnitDecimal) error {
		list := make([]aid.UnitGift, len(gifts))
		for i, gift := range gifts { // takes every coefficient for fen
			list[i] = aid.UnitGift{Unit: gift.Unit, Amount: union.Fen(gift.Amount.CoefficientInt64())}
		}
		return p.Add(list...)
	}))
	laws.Rejects(t, decimalsAreMoney(func(p *aid.Proceeds, gifts []aid.UnitDecimal) error {
		for _, gift := range gifts { // rounds in silence
			amount, err := union.MoneyOf(gift.Amount.Round(2))
			if err != nil {
				return err
			}
			if err := p.Add(aid.UnitGift{Unit: gift.Unit, Amount: amount}); err != nil {
				return err
			}
		}
		return nil
	}))
}

// What a county counts by name and what the nation adds up by unit are two views of
// one list.
func TestProceedsAgreeWithDonations(t *testing.T) {
	tree := must(must(union.NewHierarchy(union.Fact{On: day("2010-01-01"), Found: []union.Unit{
		{Key: "county", Title: "例县"}, {Key: "office", Title: "县委办公室", Parent: "county"}, {Key: "school", Title: "第一中学", Parent: "county"},
		{Key: "mill", Title: "面粉厂", Parent: "county"}, {Key: "hospital", Title: "县医院", Parent: "county"}, {Key: "bus", Title: "公交公司", Parent: "county"},
	}})).On(day("2010-05-04")))
	over := must(donationDay().Over(tree))
	proceeds := over.Proceeds()
	for _, gift := range donationList() {
		if gift.Kind == aid.Pledge || gift.On.After(day("2010-05-31")) {
			continue
		}
		require.NoError(t, proceeds.Add(aid.UnitGift{Unit: must(tree.Find(gift.Unit)), Amount: gift.Amount}))
	}
	totals, err := over.Totals(proceeds)
	require.NoError(t, err)
	for _, each := range must(donationDay().ByUnit(donationsOf(donationDay(), donationList()...))) {
		assert.Equal(t, each.Received, totals[must(tree.Find(each.Unit.Key))], each.Unit.Key)
	}
	assert.Equal(t, yuan("6750.50"), totals[must(tree.Find("county"))])
	assert.Equal(t, yuan("6750.50"), totals[0])
}

func TestAUnitsSumLeavesRoomForThatOfAll(t *testing.T) {
	most := collection().Proceeds()
	for id := 1; id <= 5; id++ {
		require.NoError(t, most.Add(aid.UnitGift{Unit: union.UnitID(id), Amount: union.Fen(smallLimit)}))
		err := most.Add(aid.UnitGift{Unit: union.UnitID(id), Amount: union.Fen(1)})
		require.ErrorIs(t, err, union.ErrOverflow)
	}
	totals, err := collection().Totals(most)
	require.NoError(t, err)
	assert.EqualValues(t, 5*smallLimit, totals[0].Fen())
	one := collection().Proceeds()
	require.NoError(t, one.Add(aid.UnitGift{Unit: 1, Amount: union.Fen(1)}))
	require.ErrorIs(t, one.Merge(most), union.ErrOverflow)
	rest := collection().Proceeds()
	require.NoError(t, rest.Add(aid.UnitGift{Unit: 1, Amount: union.Fen(smallLimit - 1)}))
	require.NoError(t, rest.Merge(one), "exactly as much as there is room for")
	var read aid.Proceeds
	require.NoError(t, read.UnmarshalBinary(must(most.AppendBinary(nil))))
	assert.Equal(t, most, read)
	require.ErrorIs(t, new(aid.Proceeds).UnmarshalBinary(claimed(t, "aid.proceeds/1", collection().ID(), func(w *wire.Writer) {
		w.Counts([]int64{0, 0, 0, 0, smallLimit + 1})
	})), union.ErrText)
}

func TestProceedsOfAnotherCollectionAreRefused(t *testing.T) {
	other := must(donationDay().Over(must(must(union.NewHierarchy(union.Fact{On: day("2010-01-01"), Found: []union.Unit{
		{Key: "city", Title: "市"}, {Key: "east", Title: "东县", Parent: "city"}, {Key: "west", Title: "西县", Parent: "city"},
		{Key: "north", Title: "北镇", Parent: "west"}, {Key: "south", Title: "南镇", Parent: "east"}, // one stands elsewhere
	}})).On(day("2010-05-04")))))
	assert.NotEqual(t, collection().ID(), other.ID())
	proceeds := sampleProceeds()
	require.ErrorIs(t, proceeds.Merge(other.Proceeds()), union.ErrRule)
	require.ErrorIs(t, proceeds.UnmarshalBinary(must(other.Proceeds().AppendBinary(nil))), union.ErrRule)
	_, err := other.Totals(proceeds)
	require.ErrorIs(t, err, union.ErrRule)
	assert.Equal(t, sampleProceeds(), proceeds)
	var claims aid.Proceeds // the same identity with other units
	require.NoError(t, claims.UnmarshalBinary(claimed(t, "aid.proceeds/1", collection().ID(), func(w *wire.Writer) { w.Counts([]int64{1, 2}) })))
	require.ErrorIs(t, proceeds.Merge(claims), union.ErrRule)
	require.ErrorIs(t, proceeds.UnmarshalBinary(must(claims.AppendBinary(nil))), union.ErrRule)
	_, err = collection().Totals(claims)
	require.ErrorIs(t, err, union.ErrRule)
	require.ErrorIs(t, new(aid.Proceeds).UnmarshalBinary(claimed(t, "aid.proceeds/1", collection().ID(), func(w *wire.Writer) { w.Counts(nil) })), union.ErrText)
	require.ErrorIs(t, new(aid.Proceeds).UnmarshalBinary(claimed(t, "aid.proceeds/1", collection().ID(), func(w *wire.Writer) { w.Counts([]int64{0, mostFen}) })), union.ErrText)
}

func TestACollectionOfNothingIsNone(t *testing.T) {
	_, err := aid.DonationDay{}.Over(smallTree())
	require.ErrorIs(t, err, union.ErrMissing)
	_, err = donationDay().Over(union.Tree{})
	require.ErrorIs(t, err, union.ErrMissing)
	assert.Equal(t, aid.Proceeds{}, aid.Collection{}.Proceeds())
	_, err = aid.Collection{}.Totals(aid.Proceeds{})
	require.ErrorIs(t, err, union.ErrRule)
	totals, err := collection().Totals(aid.Proceeds{})
	require.NoError(t, err)
	assert.Equal(t, make([]union.Money, 6), totals)
	var zero aid.Proceeds
	require.ErrorIs(t, zero.Add(aid.UnitGift{Unit: 1, Amount: union.Fen(1)}), union.ErrRule)
	require.ErrorIs(t, zero.AddDecimals(aid.UnitDecimal{Unit: 1}), union.ErrRule)
}

func TestEveryUnitOfALongTreeIsIdentified(t *testing.T) {
	id := func(change int) union.RuleID {
		units := []union.Unit{{Key: "top", Title: "全国"}}
		for i := range 2500 {
			title := "单位"
			if i == change {
				title = "另一单位"
			}
			units = append(units, union.Unit{Key: fmt.Sprint("u", i), Title: title, Parent: "top"})
		}
		return must(donationDay().Over(must(must(union.NewHierarchy(union.Fact{On: day("2010-01-01"), Found: units})).On(day("2010-05-04"))))).ID()
	}
	seen := map[union.RuleID]int{}
	for _, change := range []int{-1, 0, 998, 999, 1000, 1999, 2000, 2499} {
		seen[id(change)]++
	}
	assert.Len(t, seen, 8)
	again := id(-1)
	assert.Equal(t, id(-1), again)
}

func TestAddingToProceedsAllocatesNothing(t *testing.T) {
	proceeds := collection().Proceeds()
	gifts := make([]aid.UnitGift, 300)
	for i := range gifts {
		gifts[i] = aid.UnitGift{Unit: union.UnitID(i%5 + 1), Amount: union.Fen(int64(i))}
	}
	decimals := asDecimals(gifts)
	assert.Zero(t, testing.AllocsPerRun(100, func() { _ = proceeds.Add(gifts...) }))
	assert.Zero(t, testing.AllocsPerRun(100, func() { _ = proceeds.AddDecimals(decimals...) }))
}

func TestAGiftToProceedsThatIsRefusedSaysWhy(t *testing.T) {
	proceeds := collection().Proceeds()
	for want, gift := range map[string]aid.UnitGift{
		"gifts[1].unit: out of range: got 0, want 1 to 5":                                                                    {Amount: union.Fen(1)},
		"gifts[1].unit: out of range: got 6, want 1 to 5":                                                                    {Unit: 6, Amount: union.Fen(1)},
		"gifts[1].amount: out of range: got -0.01, want 0.00 or more":                                                        {Unit: 1, Amount: union.Fen(-1)},
		"gifts[1].amount: too large to be held exactly: want a sum of the unit of at most " + union.Fen(smallLimit).String(): {Unit: 1, Amount: union.Fen(smallLimit + 1)},
	} {
		assert.EqualError(t, proceeds.Add(aid.UnitGift{Unit: 1, Amount: union.Fen(1)}, gift), want)
	}
}

// A list longer than what is read at once is taken back whole.
func TestALongListOfDecimalsIsTakenBackWhole(t *testing.T) {
	gifts := make([]aid.UnitDecimal, 300)
	for reason, bad := range map[string]aid.UnitDecimal{
		"another unit": {Unit: 6, Amount: decimal.New(1, -2)}, "finer than a fen": {Unit: 1, Amount: decimal.New(1, -3)},
	} {
		for _, at := range []int{0, 1, 127, 128, 129, 255, 256, 299} {
			for i := range gifts {
				gifts[i] = aid.UnitDecimal{Unit: union.UnitID(i%5 + 1), Amount: decimal.New(int64(i+1), -2)}
			}
			gifts[at] = bad
			proceeds := sampleProceeds()
			err := proceeds.AddDecimals(gifts...)
			require.Error(t, err, reason)
			assert.Contains(t, union.Faults(err)[0].Where, union.Indexed("gifts", at), reason)
			assert.Equal(t, sampleProceeds(), proceeds, reason)
		}
	}
}

func ExampleDonationDay_Over() {
	collection, err := donationDay().Over(smallTree())
	fmt.Println(collection.Tree().Len(), collection.ID() == donationDay().ID(), err)
	// Output: 5 false <nil>
}

func ExampleCollection_Proceeds() {
	proceeds := collection().Proceeds()
	fmt.Println(proceeds.Rule() == collection().ID())
	// Output: true
}

func ExampleProceeds_Add() {
	proceeds := collection().Proceeds()
	fmt.Println(proceeds.Add(aid.UnitGift{Unit: unit("north"), Amount: yuan("100")}, aid.UnitGift{Unit: unit("south"), Amount: yuan("0.50")}))
	fmt.Println(proceeds.Add(aid.UnitGift{Unit: unit("west"), Amount: yuan("-1")}))
	// Output:
	// <nil>
	// gifts[0].amount: out of range: got -1.00, want 0.00 or more
}

func ExampleProceeds_AddDecimals() {
	proceeds := collection().Proceeds()
	fmt.Println(proceeds.AddDecimals(
		aid.UnitDecimal{Unit: unit("north"), Amount: decimal.RequireFromString("100.5")},
		aid.UnitDecimal{Unit: unit("north"), Amount: decimal.RequireFromString("0.005")},
	))
	totals, err := collection().Totals(proceeds)
	fmt.Println(totals[0], err)
	// Output:
	// gifts[1].amount: out of range: got a decimal finer than a fen, want whole fen
	// 0.00 <nil>
}

func ExampleProceeds_Merge() {
	first, second := sampleProceeds(), sampleProceeds()
	fmt.Println(first.Merge(second))
	totals, err := collection().Totals(first)
	fmt.Println(totals[0], err)
	// Output:
	// <nil>
	// 200024.68 <nil>
}

func ExampleCollection_Totals() {
	proceeds := collection().Proceeds()
	fmt.Println(proceeds.Add(
		aid.UnitGift{Unit: unit("north"), Amount: yuan("100")}, aid.UnitGift{Unit: unit("south"), Amount: yuan("50")},
		aid.UnitGift{Unit: unit("west"), Amount: yuan("7")},
	))
	totals, err := collection().Totals(proceeds)
	fmt.Println(totals[unit("east")], totals[unit("west")], totals[unit("city")], err)
	// Output:
	// <nil>
	// 150.00 7.00 157.00 <nil>
}
