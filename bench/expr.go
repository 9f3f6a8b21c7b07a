package main

import (
	"math"

	"github.com/expr-lang/expr"
)

// exprRow makes totals alone of the coded batch, beside the rule as a compiled
// program in the expression language expr, which reckons in floats: what a user
// takes whose rules are data.
var exprRow = row{name: "Scheme: totals alone, beside an expr program", faster: 1, load: func(records int) contest {
	p, r := somePeople(records), readRules()
	columns := p.columns()
	type person struct {
		Marks           []float64
		Written, Ballot float64
	}
	someone := make([]person, records)
	for i := range someone {
		for _, mark := range p.marks[i] {
			someone[i].Marks = append(someone[i].Marks, float64(mark)/10)
		}
		someone[i].Written, someone[i].Ballot = float64(p.written[i])/100, float64(p.ballot[i])/100
	}
	program := must(expr.Compile("(sum(Marks) - min(Marks) - max(Marks)) / 8 * 0.5 + Written * 0.3 + Ballot * 0.2", expr.Env(person{}), expr.AsFloat64()))
	return contest{
		limit: func() func() int64 {
			totals := make([]int64, records)
			for i := range p.marks {
				sum, low, high := int64(0), p.marks[i][0], p.marks[i][0]
				for _, mark := range p.marks[i] {
					sum += mark
					low, high = min(low, mark), max(high, mark)
				}
				totals[i] = (sum-low-high)*50 + p.written[i]*24 + p.ballot[i]*16
			}
			return func() int64 { return weigh(records, func(i int) int64 { return totals[i] }) }
		},
		library: func() func() int64 {
			batch := r.scheme.Batch(records)
			check(batch.Panel("interview", 1, columns...), batch.Given("written", 2, p.written), batch.Given("ballot", 2, p.ballot))
			scores := must(r.scheme.JudgeBatch(batch))
			return func() int64 {
				return weigh(records, func(i int) int64 { total, _ := scores.Item("total", i); return over8000(total) })
			}
		},
		plain: func() func() int64 {
			totals := make([]int64, records)
			for i := range someone {
				total, err := expr.Run(program, someone[i])
				check(err)
				totals[i] = int64(math.Round(total.(float64) * 8000))
			}
			return func() int64 { return weigh(records, func(i int) int64 { return totals[i] }) }
		},
	}
}}
