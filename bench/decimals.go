package main

import (
	"github.com/cockroachdb/apd/v3"
	govalues "github.com/govalues/decimal"
	"github.com/shopspring/decimal"
)

// inDecimals are other kinds of decimals, each added by UnitID in an array, so that
// nothing is hashed: that of shopspring, which the library takes, and two more.
func (g given) inDecimals() []rival {
	values, coefficients := make([]govalues.Decimal, len(g.gifts)), make([]apd.Decimal, len(g.gifts))
	for i, gift := range g.gifts {
		values[i] = must(govalues.New(gift.Amount.Fen(), 2))
		coefficients[i].SetFinite(gift.Amount.Fen(), -2)
	}
	return []rival{
		{"shopspring", func() func() int64 {
			sums := make([]decimal.Decimal, len(g.parents))
			for i := range g.decimals {
				sum := &sums[g.decimals[i].Unit]
				*sum = sum.Add(g.decimals[i].Amount)
			}
			return g.inFen(func(unit int) int64 { return sums[unit].Shift(2).IntPart() })
		}},
		{"govalues", func() func() int64 {
			sums := make([]govalues.Decimal, len(g.parents))
			for i := range values {
				sum := &sums[g.gifts[i].Unit]
				*sum = must(sum.Add(values[i]))
			}
			return g.inFen(func(unit int) int64 { return int64(sums[unit].Rescale(2).Coef()) })
		}},
		{"apd", func() func() int64 {
			sums, context := make([]apd.Decimal, len(g.parents)), apd.BaseContext.WithPrecision(38)
			for i := range coefficients {
				sum := &sums[g.gifts[i].Unit]
				must(context.Add(sum, sum, &coefficients[i]))
			}
			return g.inFen(func(unit int) int64 {
				if sums[unit].IsZero() {
					return 0
				}
				sum := sums[unit]
				must(context.Quantize(&sum, &sum, -2))
				return sum.Coeff.Int64()
			})
		}},
	}
}

// inFen rolls up sums that are whole numbers of fen.
func (g given) inFen(of func(unit int) int64) func() int64 {
	sums := make([]int64, len(g.parents))
	for unit := range sums {
		sums[unit] = of(unit)
	}
	return g.rolledUp(sums)
}
