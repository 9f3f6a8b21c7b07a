package main

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"io"
	"strconv"

	"github.com/shopspring/decimal"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/internal/rows"
)

// csvRow sums the amounts of a donation list in CSV. The limit trusts its input:
// it looks for commas and takes what stands there for digits. The plain way is
// encoding/csv and decimals.
var csvRow = row{name: "Money: amounts from CSV bytes", goal: 1.5, load: func(records int) contest {
	source := random(4)
	var text []byte
	for range records {
		text = strconv.AppendUint(text, 610000+source.below(5000), 10)
		text = append(text, ',')
		text = must(union.Fen(int64(1 + source.below(2_000_000))).AppendText(text))
		text = fmt.Appendf(text, ",2010-05-%02d\n", 1+source.below(31))
	}
	return contest{
		limit: func() func() int64 { return whole(trustingSum(text)) },
		library: func() func() int64 {
			var sum union.Money
			lines := rows.Read(text, 3)
			for lines.Next() {
				sum = must(sum.Add(must(union.ParseMoneyBytes(lines.Field(1)))))
			}
			if err := lines.Err(); err != nil {
				panic(err)
			}
			return whole(sum.Fen())
		},
		plain: func() func() int64 {
			sum := decimal.Zero
			reader := csv.NewReader(bytes.NewReader(text))
			for {
				fields, err := reader.Read()
				if err == io.EOF {
					return whole(sum.Shift(2).IntPart())
				}
				sum = sum.Add(must(decimal.NewFromString(must(fields, err)[1])))
			}
		},
	}
}}

// trustingSum sums the amounts of lines of three fields in fen, and checks nothing.
func trustingSum(text []byte) (sum int64) {
	for i := 0; i < len(text); i++ {
		for text[i] != ',' {
			i++
		}
		fen := int64(0)
		for i++; text[i] != ','; i++ {
			if text[i] != '.' {
				fen = fen*10 + int64(text[i]-'0')
			}
		}
		sum += fen
		for text[i] != '\n' {
			i++
		}
	}
	return sum
}
