package main

import (
	"github.com/shopspring/decimal"

	"github.com/unioncampaign/union"
)

// moneyRow sums amounts. The limit is a loop over the same numbers of fen that
// does not see an overflow; the plain way adds decimals.
var moneyRow = row{name: "Money: sum", goal: 1.3, load: func(records int) contest {
	source := random(2)
	fen, amounts, decimals := make([]int64, records), make([]union.Money, records), make([]decimal.Decimal, records)
	for i := range fen {
		fen[i] = int64(source.below(5_000_000)) - 100_000
		amounts[i], decimals[i] = union.Fen(fen[i]), decimal.New(fen[i], -2)
	}
	return contest{
		rivals: inSQL(numbers{[]string{"fen"}, records, func(row, _ int) int64 { return fen[row] }},
			"SELECT CAST(sum(fen) AS BIGINT) FROM t", func(result [][]int64) int64 { return result[0][0] }),
		limit: func() func() int64 {
			var sum int64
			for _, each := range fen {
				sum += each
			}
			return whole(sum)
		},
		library: func() func() int64 { return whole(must(union.SumMoney(amounts...)).Fen()) },
		plain: func() func() int64 {
			sum := decimal.Zero
			for _, each := range decimals {
				sum = sum.Add(each)
			}
			return whole(sum.Shift(2).IntPart())
		},
	}
}}
