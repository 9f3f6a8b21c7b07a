package main

import (
	"strconv"

	"github.com/unioncampaign/union"
)

// The axes of the table that is counted: 34 regions, 20 industries and 6 categories,
// and an unknown of each.
const regions, industries, categories = 34 + 1, 20 + 1, 6 + 1

func countedLayout() union.Layout {
	return must(union.NewLayout(
		union.Axis{Key: "region", Codes: listOf("region", regions-1)},
		union.Axis{Key: "industry", Codes: listOf("industry", industries-1)},
		union.Axis{Key: "category", Codes: listOf("category", categories-1)},
	))
}

func listOf(key string, n int) union.Codes {
	spec := union.CodesSpec{Rule: union.Rule{Key: key, Version: "1", Title: key, Source: "bench"}}
	for i := range n {
		spec.Terms = append(spec.Terms, union.Term{Key: "k" + strconv.Itoa(i), Title: key + " " + strconv.Itoa(i)})
	}
	return must(union.NewCodes(spec))
}

// A coded record is one of the table: a code for each axis.
type coded struct{ region, industry, category union.Code }

// eachCell returns a digest of the counts at all places, in their order.
func eachCell(count func(c coded) int64) int64 {
	return weigh(regions*industries*categories, func(i int) int64 {
		return count(coded{
			union.Code(i / (industries * categories)), union.Code(i / categories % industries), union.Code(i % categories),
		})
	})
}

// tableRow counts records that hold the Place of their codes, which was looked up
// when they were made. The limit is a loop over the same records that adds one to a
// cell of an array, unchecked. The plain way is a map with a struct of the three
// codes as its key: it looks nothing up before, and so does more.
var tableRow = row{name: "Table: counting records by Place", goal: 1.5, load: func(records int) contest {
	layout, source := countedLayout(), random(1)
	places, plain := make([]union.Place, records), make([]coded, records)
	for i := range places {
		each := coded{union.Code(source.below(regions)), union.Code(source.below(industries)), union.Code(source.below(categories))}
		plain[i] = each
		places[i] = must(layout.Place(each.region, each.industry, each.category))
	}
	size := 1 // no constant, which would spare the limit the allocation that a table needs
	for _, axis := range layout.Axes() {
		size *= axis.Codes.Len() + 1
	}
	return contest{
		rivals: inSQL(numbers{[]string{"region", "industry", "category"}, records, func(row, column int) int64 {
			return int64([]union.Code{plain[row].region, plain[row].industry, plain[row].category}[column])
		}}, "SELECT region, industry, category, count(*) FROM t GROUP BY 1, 2, 3", func(result [][]int64) int64 {
			counts := map[coded]int64{}
			for _, row := range result {
				counts[coded{union.Code(row[0]), union.Code(row[1]), union.Code(row[2])}] = row[3]
			}
			return eachCell(func(c coded) int64 { return counts[c] })
		}),
		limit: func() func() int64 {
			cells := make([]int64, size)
			for _, place := range places {
				cells[place]++
			}
			return func() int64 { return weigh(size, func(i int) int64 { return cells[i] }) }
		},
		library: func() func() int64 {
			table := layout.Table()
			if err := table.AddPlaces(places...); err != nil {
				panic(err)
			}
			return func() int64 {
				return eachCell(func(c coded) int64 { return must(layout.Cell(table, c.region, c.industry, c.category)) })
			}
		},
		plain: func() func() int64 {
			counts := map[coded]int64{}
			for _, each := range plain {
				counts[each]++
			}
			return func() int64 { return eachCell(func(c coded) int64 { return counts[c] }) }
		},
	}
}}
