package main

import (
	"fmt"
	"slices"
	"strconv"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/employment"
)

// The lists of the fair that is counted: 180 counties of a province, 20 industries, 9 categories
// of seekers and 5 stages.
const fairRegions, fairSectors, fairCategories, fairStages = 180, 20, 9, 5

// countyKey is the six-digit code of a county.
func countyKey(i int) string { return strconv.Itoa(110_101 + 137*i) }

func termsOf(key string, n int, named func(int) string) union.CodesSpec {
	spec := union.CodesSpec{Rule: union.Rule{Key: key, Version: "1", Title: key, Source: "bench"}}
	for i := range n {
		spec.Terms = append(spec.Terms, union.Term{Key: named(i), Title: key + " " + strconv.Itoa(i)})
	}
	return spec
}

func benchFair() employment.Fair {
	numbered := func(i int) string { return "k" + strconv.Itoa(i) }
	rounding := union.Rounding{Mode: union.HalfUp, Places: 2}
	return must(employment.NewFair(employment.FairSpec{
		Rule:       union.Rule{Key: "fair", Version: "1", Title: "fair", Source: "bench"},
		Hosts:      []string{"bench"},
		Days:       union.MustParsePeriod("2010-05-08/2010-05-09"),
		Venue:      "bench",
		Categories: termsOf("categories", fairCategories, numbered),
		Sectors:    termsOf("sectors", fairSectors, numbered),
		Regions:    termsOf("regions", fairRegions, countyKey),
		Stages:     termsOf("stages", fairStages, numbered),
		Registered: "k0", Intention: "k1", Signed: "k2", Headline: 2,
		Rate: rounding, Tightness: rounding, Share: employment.ShareSpec{Balance: union.Plain, Rounding: rounding},
	}))
}

// drawPassages draws passages of every stage, category, sector and county.
func drawPassages(records int) []employment.Passage {
	source, made := random(6), make([]employment.Passage, records)
	for i := range made {
		made[i] = employment.Passage{
			Stage:    union.Code(1 + source.below(fairStages)),
			Category: union.Code(source.below(fairCategories + 1)),
			Sector:   union.Code(source.below(fairSectors + 1)),
			Region:   union.Code(source.below(fairRegions + 1)),
		}
	}
	return made
}

// The array that the limits count in.
const perCategory, perStage = (fairSectors + 1) * (fairRegions + 1), (fairCategories + 1) * (fairSectors + 1) * (fairRegions + 1)

func passageCells() []int64 { return make([]int64, (fairStages+1)*perStage) }

func cellOf(p employment.Passage) int {
	return int(p.Stage)*perStage + int(p.Category)*perCategory + int(p.Sector)*(fairRegions+1) + int(p.Region)
}

// funnelDigest weighs every cell, so that margins agree if it does.
func funnelDigest(fair employment.Fair, funnel employment.Funnel) func() int64 {
	return func() int64 {
		table, layout := funnel.Table(), fair.Layout()
		return weigh((fairStages+1)*perStage, func(i int) int64 {
			return must(layout.Cell(table, union.Code(i/perStage), union.Code(i/perCategory%(fairCategories+1)),
				union.Code(i/(fairRegions+1)%(fairSectors+1)), union.Code(i%(fairRegions+1))))
		})
	}
}

func cellsDigest(cells []int64) func() int64 {
	return func() int64 { return weigh(len(cells), func(i int) int64 { return cells[i] }) }
}

// funnelRow counts passages of four codes each. The limit works the same index out
// of the same codes and adds one to the cell of an array, unchecked. The plain way
// is a map with the struct as its key.
var funnelRow = row{name: "Funnel: region × industry × category × stage, coded", goal: 1.5, load: func(records int) contest {
	fair, passages := benchFair(), drawPassages(records)
	table := numbers{[]string{"stage", "category", "sector", "region"}, records, func(row, column int) int64 {
		each := passages[row]
		return int64([]union.Code{each.Stage, each.Category, each.Sector, each.Region}[column])
	}}
	return contest{
		rivals: inSQL(table, "SELECT stage, category, sector, region, count(*) FROM t GROUP BY 1, 2, 3, 4", func(result [][]int64) int64 {
			cells := passageCells()
			for _, row := range result {
				cells[cellOf(employment.Passage{
					Stage: union.Code(row[0]), Category: union.Code(row[1]), Sector: union.Code(row[2]), Region: union.Code(row[3]),
				})] = row[4]
			}
			return cellsDigest(cells)()
		}),
		limit: func() func() int64 {
			cells := passageCells()
			for i := range passages {
				cells[cellOf(passages[i])]++
			}
			return cellsDigest(cells)
		},
		library: func() func() int64 {
			funnel := fair.Funnel()
			for chunk := range slices.Chunk(passages, 1024) {
				if err := funnel.AddPassages(fair, chunk...); err != nil {
					panic(err)
				}
			}
			return funnelDigest(fair, funnel)
		},
		plain: func() func() int64 {
			counts := map[employment.Passage]int64{}
			for _, each := range passages {
				counts[each]++
			}
			return func() int64 {
				cells := passageCells()
				for each, n := range counts {
					cells[cellOf(each)] = n
				}
				return cellsDigest(cells)()
			}
		},
	}
}}

// A textPassage has its region as a record has it.
type textPassage struct {
	region string
	coded  employment.Passage
}

// regionTextRow counts passages whose region is the text of its six-digit code. The
// limit is the loop over coded records. The plain way is a map with the text in its
// key.
var regionTextRow = row{name: "Funnel: the region as six-digit text", goal: 5, load: func(records int) contest {
	fair, passages := benchFair(), drawPassages(records)
	texts := make([]textPassage, records)
	for i, each := range passages {
		text := ""
		if each.Region > 0 {
			text = string([]byte(countyKey(int(each.Region) - 1)))
		}
		texts[i] = textPassage{region: text, coded: employment.Passage{Stage: each.Stage, Category: each.Category, Sector: each.Sector}}
	}
	type key struct {
		region string
		rest   employment.Passage
	}
	return contest{
		limit: func() func() int64 {
			cells := passageCells()
			for i := range passages {
				cells[cellOf(passages[i])]++
			}
			return cellsDigest(cells)
		},
		library: func() func() int64 {
			funnel, coded := fair.Funnel(), make([]employment.Passage, 0, 1024)
			for chunk := range slices.Chunk(texts, 1024) {
				coded = coded[:0]
				for i := range chunk {
					region, err := fair.Region(chunk[i].region)
					if err != nil {
						panic(err)
					}
					each := chunk[i].coded
					each.Region = region
					coded = append(coded, each)
				}
				if err := funnel.AddPassages(fair, coded...); err != nil {
					panic(err)
				}
			}
			return funnelDigest(fair, funnel)
		},
		plain: func() func() int64 {
			counts := map[key]int64{}
			for _, each := range texts {
				counts[key{each.region, each.coded}]++
			}
			return func() int64 {
				cells := passageCells()
				for each, n := range counts {
					coded := each.rest
					coded.Region = must(fair.Region(each.region))
					cells[cellOf(coded)] = n
				}
				return cellsDigest(cells)()
			}
		},
	}
}}

// drawLists draws candidates who each choose ten posts, a tenth as many posts as
// candidates, which take from none to twenty.
func drawLists(candidates int) employment.Preferences {
	source := random(6)
	posts := max(candidates/10, 20)
	var made employment.Preferences
	for range posts {
		made.Places = append(made.Places, int64(source.below(21)))
	}
	for range candidates {
		start := len(made.Choices)
		for len(made.Choices) < start+10 {
			post := int32(source.below(uint64(posts)))
			if !slices.ContainsFunc(made.Choices[start:], func(c employment.Choice) bool { return c.Post == post }) {
				made.Choices = append(made.Choices, employment.Choice{Post: post, Score: int32(source.below(1000))})
			}
		}
		made.Ends = append(made.Ends, int32(len(made.Choices)))
	}
	return made
}

// acceptDeferred is the limit: deferred acceptance over arrays, with a heap for each
// post, which checks nothing.
func acceptDeferred(p employment.Preferences) []int32 {
	starts := make([]int32, len(p.Places)+1)
	for post, places := range p.Places {
		starts[post+1] = starts[post] + int32(places)
	}
	held, filled := make([]uint64, starts[len(p.Places)]), make([]int32, len(p.Places))
	given, next := make([]int32, len(p.Ends)), make([]int32, len(p.Ends))
	for first := range p.Ends {
		candidate := int32(first)
		given[candidate] = employment.Unplaced
		if candidate > 0 {
			next[candidate] = p.Ends[candidate-1]
		}
		for next[candidate] < p.Ends[candidate] {
			choice := p.Choices[next[candidate]]
			next[candidate]++
			heap := held[starts[choice.Post]:starts[choice.Post+1]]
			offer := uint64(uint32(choice.Score))<<32 | uint64(^uint32(candidate))
			if n := filled[choice.Post]; int(n) < len(heap) {
				filled[choice.Post]++
				given[candidate] = choice.Post
				at := int(n)
				for at > 0 && heap[(at-1)/2] > offer {
					heap[at] = heap[(at-1)/2]
					at = (at - 1) / 2
				}
				heap[at] = offer
				break
			}
			if len(heap) == 0 || offer < heap[0] {
				continue
			}
			given[candidate] = choice.Post
			candidate = int32(^uint32(heap[0]))
			given[candidate] = employment.Unplaced
			at := 0
			for {
				below := 2*at + 1
				if below >= len(heap) {
					break
				}
				if below+1 < len(heap) && heap[below+1] < heap[below] {
					below++
				}
				if heap[below] >= offer {
					break
				}
				heap[at] = heap[below]
				at = below
			}
			heap[at] = offer
		}
	}
	return given
}

func givenDigest(given []int32) func() int64 {
	return func() int64 { return weigh(len(given), func(i int) int64 { return int64(given[i]) }) }
}

// matchingRow matches coded candidates. The limit is the same algorithm over the
// same arrays, which checks nothing.
var matchingRow = row{name: "Preferences: stable matching, coded, lists of 10", goal: 1.3, load: func(records int) contest {
	lists := drawLists(records)
	return contest{
		limit:   func() func() int64 { return givenDigest(acceptDeferred(lists)) },
		library: func() func() int64 { return givenDigest(must(lists.Stable())) },
	}
}}

// matchingTextRow matches candidates and posts by their keys, ties decided by order.
// The limit is that of matchingRow, over coded lists.
var matchingTextRow = row{name: "Matching: stable matching, by text keys, lists of 10", goal: 3, open: true, load: func(records int) contest {
	lists := drawLists(records)
	matching := must(employment.NewMatching(employment.MatchingSpec{
		Rule:   union.Rule{Key: "matching", Version: "1", Title: "matching", Source: "bench"},
		Method: employment.Stable, Ties: employment.ByOrder,
	}))
	posts, candidates := make([]employment.Post, len(lists.Places)), make([]employment.Candidate, records)
	for i, places := range lists.Places {
		posts[i] = employment.Post{Key: fmt.Sprintf("P%06d", i), Places: places}
	}
	start := int32(0)
	for i, end := range lists.Ends {
		candidates[i] = employment.Candidate{Key: fmt.Sprintf("S%08d", i), Order: int64(i)}
		for rank, choice := range lists.Choices[start:end] {
			candidates[i].Wishes = append(candidates[i].Wishes, employment.Wish{
				Post: string([]byte(posts[choice.Post].Key)), Rank: rank + 1, Score: choice.Score,
			})
		}
		start = end
	}
	return contest{
		limit: func() func() int64 { return givenDigest(acceptDeferred(lists)) },
		library: func() func() int64 {
			placement := must(matching.Match(candidates, posts))
			return func() int64 {
				given := slices.Repeat([]int32{employment.Unplaced}, records)
				for _, pair := range placement.Pairs() {
					given[must(strconv.Atoi(pair.Candidate[1:]))] = int32(must(strconv.Atoi(pair.Post[1:])))
				}
				return givenDigest(given)()
			}
		},
	}
}}
