package main

import (
	"bytes"
	"errors"
	"io"
	"sync"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/aid"
	"github.com/unioncampaign/union/internal/rows"
)

// nationFrom is the number of records from which on the goals of a nation hold: it gives a
// good thirty to each unit. Of fewer, more time goes into the sums of 285,000 units than
// into the records.
const nationFrom = 10_000_000

// nationRow rolls up the gifts of a nation to its units, counties, cities and provinces
// and the nation on one core.
var nationRow = row{name: "Nation: gifts to units, counties, cities, provinces and nation", goal: 1.6, from: nationFrom, load: func(records int) contest {
	g := give(records, false, false)
	return contest{limit: g.loop, library: g.add}
}}

// nationCoresRow is the same on two cores, each of which has a half of the records and
// proceeds of its own. The plain way is one core.
var nationCoresRow = row{name: "Nation: the same on two cores, beside the library on one", faster: 1.7, from: nationFrom, load: func(records int) contest {
	g := give(records, false, false)
	return contest{limit: g.loop, library: g.addOnTwo, plain: g.add}
}}

// add is what the library does with Money.
func (g given) add() func() int64 {
	proceeds := g.of.Proceeds()
	if err := proceeds.Add(g.gifts...); err != nil {
		panic(err)
	}
	return g.totals(proceeds)
}

// addOnTwo is the same of two shards, which are merged.
func (g given) addOnTwo() func() int64 {
	var shards [2]aid.Proceeds
	var done sync.WaitGroup
	for i := range shards {
		done.Go(func() {
			shards[i] = g.of.Proceeds()
			half := len(g.gifts) / 2
			gifts := g.gifts[:half]
			if i > 0 {
				gifts = g.gifts[half:]
			}
			if err := shards[i].Add(gifts...); err != nil {
				panic(err)
			}
		})
	}
	done.Wait()
	if err := shards[0].Merge(shards[1]); err != nil {
		panic(err)
	}
	return g.totals(shards[0])
}

// nationCSVRow rolls up gifts from CSV bytes, which it reads as a stream; DuckDB reads
// them from a file. The limit trusts its input: it takes what stands there for digits, and
// knows that the code of a unit is that of its county and a number of three digits.
var nationCSVRow = row{name: "Nation: gifts from CSV bytes", goal: 1.5, open: true, from: nationFrom, load: func(records int) contest {
	g := give(records, false, true)
	var text []byte
	for i, key := range g.keys {
		text = append(append(text, key...), ',')
		text = append(must(g.gifts[i].Amount.AppendText(text)), '\n')
	}
	g.keys = nil
	byCode := make([]union.UnitID, collectedUnder*1000)
	for i := range collectedUnder {
		county := must(g.of.Tree().Find(collectedKey(i)))
		for j, unit := range g.of.Tree().Children(county) {
			byCode[i*1000+j] = unit
		}
	}
	rivals, remove := inSQLFile(text, "'unit': 'BIGINT', 'yuan': 'DECIMAL(18, 2)'", "SELECT unit, CAST(sum(yuan) * 100 AS BIGINT) FROM t GROUP BY unit", func(result [][]int64) int64 {
		sums := make([]int64, len(g.parents))
		for _, row := range result {
			sums[byCode[row[0]-100_000_000]] = row[1]
		}
		return g.rolledUp(sums)()
	})
	return contest{
		limit: func() func() int64 { return g.rolledUp(trustingSums(text, byCode, len(g.parents))) },
		library: func() func() int64 {
			proceeds, err := readStream(g.of, bytes.NewReader(text))
			if err != nil {
				panic(err)
			}
			return g.totals(proceeds)
		},
		rivals: rivals, close: remove,
	}
}}

// trustingSums sums the amounts of lines of a unit's code and an amount, and checks
// nothing.
func trustingSums(text []byte, byCode []union.UnitID, units int) []int64 {
	sums := make([]int64, units)
	for i := 0; i < len(text); i++ {
		code := 0
		for ; text[i] != ','; i++ {
			code = code*10 + int(text[i]-'0')
		}
		fen := int64(0)
		for i++; text[i] != '\n'; i++ {
			if text[i] != '.' {
				fen = fen*10 + int64(text[i]-'0')
			}
		}
		sums[byCode[code-100_000_000]] += fen
	}
	return sums
}

// readStream adds the gifts of a CSV file of any size: it holds a piece of it at a time,
// up to the end of a line.
func readStream(of aid.Collection, from io.Reader) (aid.Proceeds, error) {
	proceeds, tree := of.Proceeds(), of.Tree()
	piece, held := make([]byte, 1<<18), 0
	for {
		n, err := io.ReadFull(from, piece[held:])
		held += n
		whole := bytes.LastIndexByte(piece[:held], '\n') + 1
		switch {
		case err != nil: // there is no more
			whole = held
		case whole == 0:
			return proceeds, errors.New("a line is longer than may be held")
		}
		if err := addLines(&proceeds, tree, piece[:whole]); err != nil {
			return proceeds, err
		}
		held = copy(piece, piece[whole:held])
		switch err {
		case nil:
		case io.EOF, io.ErrUnexpectedEOF:
			return proceeds, nil
		default:
			return proceeds, err
		}
	}
}

// addLines adds the gifts of lines, some at a time.
func addLines(proceeds *aid.Proceeds, tree union.Tree, text []byte) error {
	var gifts [256]aid.UnitGift
	lines := rows.Read(text, 2)
	for more := true; more; {
		n := 0
		for n < len(gifts) {
			if more = lines.Next(); !more {
				break
			}
			unit, err := tree.FindBytes(lines.Field(0))
			if err != nil {
				return err
			}
			amount, err := union.ParseMoneyBytes(lines.Field(1))
			if err != nil {
				return err
			}
			gifts[n] = aid.UnitGift{Unit: unit, Amount: amount}
			n++
		}
		if err := proceeds.Add(gifts[:n]...); err != nil {
			return err
		}
	}
	return lines.Err()
}
