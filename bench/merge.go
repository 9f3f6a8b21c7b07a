package main

import (
	"time"

	"github.com/unioncampaign/union"
)

// counties is how many partial tables a nation has, and cells how many cells each.
const counties, mergedCells = 2850, 400

// mergeRow merges the partial tables of all counties, as they come from the wire.
// The limit adds arrays of numbers that are there already.
var mergeRow = row{name: "Table: decoding and merging 2,850 partials of 400 cells", once: true, load: func(int) contest {
	layout := must(union.NewLayout(
		union.Axis{Key: "industry", Codes: listOf("industry", 19)}, // 20 with unknown
		union.Axis{Key: "region", Codes: listOf("region", 19)},
	))
	source := random(3)
	partials, arrays := make([][]byte, counties), make([][mergedCells]int64, counties)
	for i := range partials {
		table := layout.Table()
		for range 2000 {
			at := [...]union.Code{union.Code(source.below(20)), union.Code(source.below(20))}
			n := int64(source.below(50))
			if err := table.AddN(n, at[:]...); err != nil {
				panic(err)
			}
			arrays[i][int(must(layout.Place(at[:]...)))] += n
		}
		partials[i] = must(table.AppendBinary(nil))
	}
	return contest{
		pieces: counties,
		most:   50 * time.Millisecond,
		limit: func() func() int64 {
			var sum [mergedCells]int64
			for i := range arrays {
				for j, n := range arrays[i] {
					sum[j] += n
				}
			}
			return func() int64 { return weigh(mergedCells, func(i int) int64 { return sum[i] }) }
		},
		library: func() func() int64 {
			var sum, each union.Table
			for _, data := range partials {
				if err := each.UnmarshalBinary(data); err != nil {
					panic(err)
				}
				if err := sum.Merge(each); err != nil {
					panic(err)
				}
			}
			return func() int64 {
				return weigh(mergedCells, func(i int) int64 { return must(layout.Cell(sum, union.Code(i/20), union.Code(i%20))) })
			}
		},
	}
}}
