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

// tableRow counts coded records in a table. The limit is a loop over the same
// records that adds one to a cell of an array, unchecked; the plain way is a map
// with a struct of the three codes as its key.
var tableRow = row{name: "Table: counting coded records", goal: 1.5, load: func(records int) contest {
	type codes struct{ region, industry, category union.Code }
	layout, source := countedLayout(), random(1)
	places, coded := make([]union.Place, records), make([]codes, records)
	for i := range places {
		each := codes{union.Code(source.below(regions)), union.Code(source.below(industries)), union.Code(source.below(categories))}
		coded[i] = each
		places[i] = must(layout.Place(each.region, each.industry, each.category))
	}
	cell := codes{3, 5, 2}
	at := int(must(layout.Place(cell.region, cell.industry, cell.category)))
	size := 1 // no constant, which would spare the limit the allocation that a table needs
	for _, axis := range layout.Axes() {
		size *= axis.Codes.Len() + 1
	}
	return contest{
		limit: func() int64 {
			cells := make([]int64, size)
			for _, place := range places {
				cells[place]++
			}
			return cells[at]
		},
		library: func() int64 {
			table := layout.Table()
			if err := table.AddPlaces(places...); err != nil {
				panic(err)
			}
			return must(layout.Cell(table, cell.region, cell.industry, cell.category))
		},
		plain: func() int64 {
			counts := map[codes]int64{}
			for _, each := range coded {
				counts[each]++
			}
			return counts[cell]
		},
	}
}}
