package main

import (
	"fmt"
	"strconv"
	"sync"

	"github.com/shopspring/decimal"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/aid"
)

// A nation of 31 provinces, of cities, and of counties of 100 units each.
const (
	provinces        = 31
	cities           = 333
	collectedUnder   = 2850 // counties
	unitsOfOneCounty = 100
)

// nation returns a donation day over the units of a nation, and the IDs of those that
// give. It is made once, since it takes longer than any contestant.
var nation = sync.OnceValues(func() (aid.Collection, []union.UnitID) {
	units := make([]union.Unit, 0, 1+provinces+cities+collectedUnder*(1+unitsOfOneCounty))
	units = append(units, union.Unit{Key: "0", Title: "nation"})
	for i := range provinces {
		units = append(units, union.Unit{Key: strconv.Itoa(10 + i), Title: "province", Parent: "0"})
	}
	for i := range cities {
		units = append(units, union.Unit{Key: strconv.Itoa(1000 + i), Title: "city", Parent: strconv.Itoa(10 + i%provinces)})
	}
	for i := range collectedUnder {
		county := collectedKey(i)
		units = append(units, union.Unit{Key: county, Title: "county", Parent: strconv.Itoa(1000 + i%cities)})
		for j := range unitsOfOneCounty {
			units = append(units, union.Unit{Key: county + fmt.Sprintf("%03d", j), Title: "unit", Parent: county})
		}
	}
	day := union.MustParseDate("2010-05-04")
	tree := must(must(union.NewHierarchy(union.Fact{On: day, Found: units})).On(day))
	return must(nationDay().Over(tree)), tree.Leaves()
})

// nationDay returns the donation day.
func nationDay() aid.DonationDay {
	return must(aid.NewDonationDay(aid.DonationDaySpec{
		Rule: union.Rule{Key: "day", Version: "1", Title: "day", Source: "bench"}, Days: union.MustParsePeriod("2010-05-04/2010-05-04"),
		Units: []union.Term{{Key: "nation", Title: "nation"}},
		Wan:   union.Rounding{Mode: union.HalfUp}, Rate: union.Rounding{Mode: union.HalfUp}, Capitals: union.BankCapitals,
	}))
}

// collectedKey returns the code of a county.
func collectedKey(i int) string { return strconv.Itoa(100000 + i) }

// given are gifts in the ways that contestants hold them.
type given struct {
	of       aid.Collection
	parents  []union.UnitID // by ID
	gifts    []aid.UnitGift
	decimals []aid.UnitDecimal
	keys     []string
}

// give makes so many gifts to units drawn at random.
func give(records int, withDecimals, withKeys bool) given {
	collection, leaves := nation()
	tree, source := collection.Tree(), random(11)
	g := given{of: collection, parents: make([]union.UnitID, tree.Len()+1), gifts: make([]aid.UnitGift, records)}
	for id := range g.parents {
		g.parents[id] = tree.Parent(union.UnitID(id))
	}
	if withDecimals {
		g.decimals = make([]aid.UnitDecimal, records)
	}
	if withKeys {
		g.keys = make([]string, records)
	}
	for i := range g.gifts {
		unit, fen := leaves[source.below(uint64(len(leaves)))], int64(1+source.below(2_000_000))
		g.gifts[i] = aid.UnitGift{Unit: unit, Amount: union.Fen(fen)}
		if withDecimals {
			g.decimals[i] = aid.UnitDecimal{Unit: unit, Amount: decimal.New(fen, -2)}
		}
		if withKeys {
			each, _ := tree.Unit(unit)
			g.keys[i] = string([]byte(each.Key)) // a text of its own, as a record has
		}
	}
	return g
}

// rolledUp sums what each unit has into those above it, and returns a digest of it.
func (g given) rolledUp(sums []int64) func() int64 {
	for id := 1; id < len(sums); id++ {
		sums[g.parents[id]] += sums[id]
	}
	return func() int64 { return weigh(len(sums), func(i int) int64 { return sums[i] }) }
}

// totals is the same of proceeds.
func (g given) totals(proceeds aid.Proceeds) func() int64 {
	totals := must(g.of.Totals(proceeds))
	return func() int64 { return weigh(len(totals), func(i int) int64 { return totals[i].Fen() }) }
}

// loop is the limit: whole numbers added by unit, unchecked, and rolled up.
func (g given) loop() func() int64 {
	sums := make([]int64, len(g.parents))
	for i := range g.gifts {
		sums[g.gifts[i].Unit] += g.gifts[i].Amount.Fen()
	}
	return g.rolledUp(sums)
}

// plainly is what a user writes: decimals in a map by the unit's code.
func (g given) plainly() func() int64 {
	byUnit := map[string]decimal.Decimal{}
	for i, key := range g.keys {
		byUnit[key] = byUnit[key].Add(g.decimals[i].Amount)
	}
	sums, tree := make([]int64, len(g.parents)), g.of.Tree()
	for key, sum := range byUnit {
		sums[must(tree.Find(key))] = sum.Shift(2).IntPart() // which is whole
	}
	return g.rolledUp(sums)
}

// inSQL sums by unit; what is above the units is summed as the limit does.
func (g given) inSQL() []rival {
	return inSQL(numbers{[]string{"unit", "fen"}, len(g.gifts), func(row, column int) int64 {
		return []int64{int64(g.gifts[row].Unit), g.gifts[row].Amount.Fen()}[column]
	}}, "SELECT unit, CAST(sum(fen) AS BIGINT) FROM t GROUP BY unit", func(result [][]int64) int64 {
		sums := make([]int64, len(g.parents))
		for _, row := range result {
			sums[row[0]] = row[1]
		}
		return g.rolledUp(sums)()
	})
}

// giftRow rolls up gifts that hold Money and the UnitID that was looked up when they
// were made.
var giftRow = row{name: "Donations: rolling up Money by UnitID", goal: 1.5, faster: 40, load: func(records int) contest {
	g := give(records, true, true)
	return contest{
		rivals:  g.inSQL(),
		limit:   g.loop,
		library: g.add,
		plain:   g.plainly,
	}
}}

// read is the other limit: a loop that only reads the coefficients of decimals, which
// it trusts to be fen, as little as can be done with a decimal.
func (g given) read() func() int64 {
	sums := make([]int64, len(g.parents))
	for i := range g.decimals {
		sums[g.decimals[i].Unit] += g.decimals[i].Amount.CoefficientInt64()
	}
	return g.rolledUp(sums)
}

// addDecimals is what the library does with decimals.
func (g given) addDecimals() func() int64 {
	proceeds := g.of.Proceeds()
	if err := proceeds.AddDecimals(g.decimals...); err != nil {
		panic(err)
	}
	return g.totals(proceeds)
}

// decimalGiftRow rolls up gifts whose amounts are still decimals, which lie in the
// heap as they were made. Reading them takes several times as long as all of the limit.
var decimalGiftRow = row{name: "Donations: rolling up decimals by UnitID", goal: 4.5, orGoal: 1.5, open: true, load: func(records int) contest {
	g := give(records, true, false)
	return contest{limit: g.loop, other: g.read, library: g.addDecimals, rivals: g.inDecimals()}
}}

// scatteredRow is the same of decimals that lie scattered over the heap, as those of
// a program do that has run for a while. The limit is a loop that only reads their
// coefficients, unchecked: it waits for each.
var scatteredRow = row{name: "Donations: rolling up decimals scattered over the heap", goal: 1, open: true, load: func(records int) contest {
	g := give(records, true, false)
	source := random(12)
	for i := len(g.decimals) - 1; i > 0; i-- {
		j := int(source.below(uint64(i + 1)))
		g.decimals[i], g.decimals[j] = g.decimals[j], g.decimals[i]
		g.gifts[i], g.gifts[j] = g.gifts[j], g.gifts[i]
	}
	return contest{limit: g.read, library: g.addDecimals}
}}

// keyedGiftRow rolls up gifts by the code of their unit, looked up gift by gift. The
// limit is the loop that has it already.
var keyedGiftRow = row{name: "Donations: rolling up Money by unit code", faster: 4, load: func(records int) contest {
	g := give(records, true, true)
	return contest{limit: g.loop, library: g.addByCode, plain: g.plainly}
}}

// addByCode looks units up, and adds some gifts at a time.
func (g given) addByCode() func() int64 {
	var block [256]aid.UnitGift
	proceeds, tree, n := g.of.Proceeds(), g.of.Tree(), 0
	add := func() {
		if err := proceeds.Add(block[:n]...); err != nil {
			panic(err)
		}
		n = 0
	}
	for i, key := range g.keys {
		block[n] = aid.UnitGift{Unit: must(tree.Find(key)), Amount: g.gifts[i].Amount}
		if n++; n == len(block) {
			add()
		}
	}
	add()
	return g.totals(proceeds)
}
