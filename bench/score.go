package main

import (
	"math/bits"
	"slices"
	"sort"

	"github.com/shopspring/decimal"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/assessment"
)

// The rules by which people are scored are read from JSON, as a user's are.
const (
	scoreScheme = `{"union":"assessment.scheme/1","key":"post","version":"1","title":"竞聘","source":"bench","items":[
		{"key":"interview","from":{"panel":{"marks":{"max":"100"},"trim":[{"high":1,"low":1}],"mean":true}}},
		{"key":"written","from":{"given":{"max":"100"}}},
		{"key":"ballot","from":{"given":{"max":"100"}}},
		{"key":"total","from":{"sum":{"of":[{"item":"interview","weight":"0.5"},{"item":"written","weight":"0.3"},{"item":"ballot","weight":"0.2"}],"mean":true}}}],
		"total":"total"}`
	scoreRanking = `{"union":"assessment.ranking/1","key":"order","version":"1","title":"名次","source":"bench","keys":[{"item":"total"}],"within":"county","placing":{"ties":"skip"}}`
	scoreQuota   = `{"union":"assessment.quota/1","key":"quota","version":"1","title":"名额","source":"bench","size":[{"times":{"by":"0.15"}},{"round":{"mode":"floor"}}],"at_line":"none","within":true}`
)

const judges = 10

// people are what is scored: ten marks of tenths, two figures of hundredths, and a
// county each.
type people struct {
	marks           [][judges]int64
	written, ballot []int64
	county          []uint32
	counties        int
}

func somePeople(n int) people {
	source, made := random(4), people{counties: n/351 + 1}
	for range n {
		var marks [judges]int64
		for i := range marks {
			marks[i] = 600 + int64(source.below(401))
		}
		made.marks = append(made.marks, marks)
		made.written = append(made.written, int64(source.below(10001)))
		made.ballot = append(made.ballot, int64(source.below(10001)))
		made.county = append(made.county, uint32(source.below(uint64(made.counties))))
	}
	return made
}

// chosen are the totals, the ranks and who is taken. Totals are counted over 8000.
type chosen struct {
	totals func(i int) int64
	ranks  func(i int) int64
	taken  func(i int) bool
	n      int
}

func (c chosen) digest() int64 {
	return weigh(c.n, func(i int) int64 {
		taken := int64(0)
		if c.taken(i) {
			taken = 1
		}
		return c.totals(i)*31 + c.ranks(i)*7 + taken
	})
}

// byHand is the limit: int64, one word for each person, sorted.
func (p people) byHand() chosen {
	n := len(p.marks)
	totals, words := make([]int64, n), make([]uint64, n)
	index := bits.Len(uint(n))
	for i := range p.marks {
		sum, low, high := int64(0), p.marks[i][0], p.marks[i][0]
		for _, mark := range p.marks[i] {
			sum += mark
			low, high = min(low, mark), max(high, mark)
		}
		totals[i] = (sum-low-high)*50 + p.written[i]*24 + p.ballot[i]*16
		words[i] = uint64(p.county[i])<<(21+index) | uint64(1<<21-1-totals[i])<<index | uint64(i)
	}
	slices.Sort(words)
	ranks, taken := make([]int32, n), make([]bool, n)
	for start, end := 0, 0; start < n; start = end {
		county := words[start] >> (21 + index)
		for end = start; end < n && words[end]>>(21+index) == county; end++ {
			at := words[end] & (1<<index - 1)
			if end > start && words[end]>>index == words[end-1]>>index {
				ranks[at] = ranks[words[end-1]&(1<<index-1)]
			} else {
				ranks[at] = int32(end - start + 1)
			}
		}
		line := start + (end-start)*15/100
		for line > start && line < end && words[line]>>index == words[line-1]>>index {
			line--
		}
		for _, word := range words[start:line] {
			taken[word&(1<<index-1)] = true
		}
	}
	return chosen{func(i int) int64 { return totals[i] }, func(i int) int64 { return int64(ranks[i]) }, func(i int) bool { return taken[i] }, n}
}

// rules are the rules as read.
type rules struct {
	scheme  assessment.Scheme
	ranking assessment.Ranking
	quota   assessment.Quota
}

func readRules() rules {
	var r rules
	for _, err := range []error{r.scheme.UnmarshalJSON([]byte(scoreScheme)), r.ranking.UnmarshalJSON([]byte(scoreRanking)), r.quota.UnmarshalJSON([]byte(scoreQuota))} {
		if err != nil {
			panic(err)
		}
	}
	return r
}

// take ranks and takes what was scored.
func (r rules) take(batch *assessment.Batch, n int) chosen {
	scores := must(r.scheme.JudgeBatch(batch))
	places := must(r.ranking.RankBatch(scores))
	taken, _, err := r.quota.TakeBatch(places, false)
	if err != nil {
		panic(err)
	}
	return chosen{
		func(i int) int64 { total, _ := scores.Item("total", i); return over8000(total) },
		func(i int) int64 { return int64(places.Rank(i)) }, func(i int) bool { return taken[i] }, n,
	}
}

func over8000(n union.Number) int64 {
	whole, ok := n.Mul(union.Whole(8000)).Int64()
	if !ok {
		panic("a total is no whole number over 8000")
	}
	return whole
}

func check(errs ...error) {
	for _, err := range errs {
		if err != nil {
			panic(err)
		}
	}
}

func digestOf(c chosen) func() int64 { return c.digest }

// columns are the marks by judge.
func (p people) columns() [][]int64 {
	made := make([][]int64, judges)
	for judge := range made {
		made[judge] = make([]int64, len(p.marks))
		for i := range p.marks {
			made[judge][i] = p.marks[i][judge]
		}
	}
	return made
}

// scoreRow scores people from a coded batch. The limit is the same rule by hand.
var scoreRow = row{name: "Scheme: scoring, ranking and taking people, coded batch", goal: 2, load: func(records int) contest {
	p, r := somePeople(records), readRules()
	columns := p.columns()
	return contest{
		limit: func() func() int64 { return digestOf(p.byHand()) },
		library: func() func() int64 {
			batch := r.scheme.Batch(records)
			check(batch.Panel("interview", 1, columns...), batch.Given("written", 2, p.written), batch.Given("ballot", 2, p.ballot), batch.In("county", p.county))
			return digestOf(r.take(batch, records))
		},
	}
}}

// decimalPeople are the same people in decimals.
type decimalPeople struct {
	marks           [][]decimal.Decimal
	written, ballot []decimal.Decimal
}

func (p people) decimals() decimalPeople {
	made := decimalPeople{marks: make([][]decimal.Decimal, judges)}
	for i := range p.marks {
		for judge, mark := range p.marks[i] {
			made.marks[judge] = append(made.marks[judge], decimal.New(mark, -1))
		}
		made.written = append(made.written, decimal.New(p.written[i], -2))
		made.ballot = append(made.ballot, decimal.New(p.ballot[i], -2))
	}
	return made
}

// byDecimals is the same rule by hand in decimals, as a user writes it.
func (p people) byDecimals(d decimalPeople) chosen {
	n := len(p.marks)
	half, third, fifth, eight := decimal.RequireFromString("0.5"), decimal.RequireFromString("0.3"), decimal.RequireFromString("0.2"), decimal.NewFromInt(8)
	totals, groups := make([]decimal.Decimal, n), map[uint32][]int{}
	for i := range n {
		marks := make([]decimal.Decimal, judges)
		for judge := range marks {
			marks[judge] = d.marks[judge][i]
		}
		sort.Slice(marks, func(a, b int) bool { return marks[a].LessThan(marks[b]) })
		sum := decimal.Zero
		for _, mark := range marks[1 : judges-1] {
			sum = sum.Add(mark)
		}
		totals[i] = sum.Div(eight).Mul(half).Add(d.written[i].Mul(third)).Add(d.ballot[i].Mul(fifth))
		groups[p.county[i]] = append(groups[p.county[i]], i)
	}
	ranks, taken := make([]int64, n), make([]bool, n)
	for _, group := range groups {
		sort.SliceStable(group, func(a, b int) bool { return totals[group[a]].GreaterThan(totals[group[b]]) })
		for at, i := range group {
			ranks[i] = int64(at + 1)
			if at > 0 && totals[i].Equal(totals[group[at-1]]) {
				ranks[i] = ranks[group[at-1]]
			}
		}
		line := len(group) * 15 / 100
		for line > 0 && line < len(group) && totals[group[line]].Equal(totals[group[line-1]]) {
			line--
		}
		for _, i := range group[:line] {
			taken[i] = true
		}
	}
	over := decimal.NewFromInt(8000)
	return chosen{func(i int) int64 { return totals[i].Mul(over).IntPart() }, func(i int) int64 { return ranks[i] }, func(i int) bool { return taken[i] }, n}
}

// scoreDecimalsRow scores the same people held in decimals.
var scoreDecimalsRow = row{name: "Scheme: the same people, in decimals", goal: 5, faster: 12, load: func(records int) contest {
	p, r := somePeople(records), readRules()
	d := p.decimals()
	return contest{
		limit: func() func() int64 { return digestOf(p.byHand()) },
		library: func() func() int64 {
			batch := r.scheme.Batch(records)
			check(batch.PanelDecimals("interview", d.marks...), batch.GivenDecimals("written", d.written), batch.GivenDecimals("ballot", d.ballot), batch.In("county", p.county))
			return digestOf(r.take(batch, records))
		},
		plain: func() func() int64 { return digestOf(p.byDecimals(d)) },
	}
}}
