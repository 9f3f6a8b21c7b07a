package main

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/aid"
	"github.com/unioncampaign/union/internal/rows"
)

// The files that other programs are given to read, and what they must give.
const (
	peersCSV      = "gifts.csv"     // unit,amount
	peersJournal  = "gifts.journal" // an entry for each gift, by county and unit
	peersCounties = "counties.csv"  // county,fen, in the order of the counties' codes
)

// writePeers writes so many gifts as CSV and as a journal to a folder, rolls up the CSV
// with the library, and writes what each county has, which peers.sh compares with what
// other programs make of the same files. It prints how long the library took, from
// bytes in memory to the counties' totals: units are looked up by their codes.
func writePeers(out io.Writer, folder string, records int) error {
	g := give(records, false, true)
	var text, journal bytes.Buffer
	for i, key := range g.keys {
		fmt.Fprintf(&text, "%s,%s\n", key, g.gifts[i].Amount)
		fmt.Fprintf(&journal, "2010-05-04 gift\n    donations:%s:%s  %s\n    bank\n\n", key[:6], key, g.gifts[i].Amount)
	}
	start := time.Now()
	totals, err := readGifts(g.of, text.Bytes())
	if err != nil {
		return err
	}
	took := time.Since(start)
	tree := g.of.Tree()
	var counties bytes.Buffer
	for i := range collectedUnder {
		county := collectedKey(i)
		if fen := totals[must(tree.Find(county))].Fen(); fen > 0 {
			fmt.Fprintf(&counties, "%s,%d\n", county, fen)
		}
	}
	for name, data := range map[string][]byte{peersCSV: text.Bytes(), peersJournal: journal.Bytes(), peersCounties: counties.Bytes()} {
		if err := os.WriteFile(filepath.Join(folder, name), data, 0o600); err != nil {
			return err
		}
	}
	_, err = fmt.Fprintf(out, "the library, CSV bytes to counties: %.3f s\n", took.Seconds())
	return err
}

// readGifts rolls up gifts in CSV.
func readGifts(of aid.Collection, text []byte) ([]union.Money, error) {
	proceeds, tree := of.Proceeds(), of.Tree()
	lines := rows.Read(text, 2)
	for lines.Next() {
		id, err := tree.FindBytes(lines.Field(0))
		if err != nil {
			return nil, err
		}
		amount, err := union.ParseMoneyBytes(lines.Field(1))
		if err != nil {
			return nil, err
		}
		if err := proceeds.Add(aid.UnitGift{Unit: id, Amount: amount}); err != nil {
			return nil, err
		}
	}
	if err := lines.Err(); err != nil {
		return nil, err
	}
	return of.Totals(proceeds)
}
