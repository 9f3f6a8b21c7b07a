// Command bench measures what the library does beside limit loops: the plainest
// code that does the same work on the same input. Only ratios within one run mean
// anything. It prints a table in Markdown.
//
//	go run . [-records 100000,1000000] [-only Donations] [-runs 9] [-check]
//	go run . -memory [-records 100000,1000000]
//
// With -check it exits with 1 if a row is slower than asked for by more than a
// quarter, twice. A row whose goal is not reached yet is marked as such and does not
// count.
package main

import (
	"flag"
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"
)

// workloads are all rows, one file each.
var workloads = []row{
	tableRow, moneyRow, mergeRow, csvRow,
	ballotsRow, packedRow,
	scoreRow, scoreDecimalsRow, exprRow,
	giftRow, decimalGiftRow, scatteredRow, keyedGiftRow,
	nationRow, nationCoresRow, nationCSVRow, partialsRow,
	ledgerRow,
	coverageRow, eligibilityRow, selectionRow,
	funnelRow, regionTextRow, matchingRow, matchingTextRow,
	reviewRow, attendanceRow,
}

func main() {
	sizes := flag.String("records", "100000,1000000", "how many records, for each table")
	only := flag.String("only", "", "measure only rows whose names hold this")
	runs := flag.Int("runs", 9, "how often each contestant runs; the fastest counts")
	check := flag.Bool("check", false, "fail if a row is slower than asked for")
	peers := flag.String("peers", "", "write the gifts that peers.sh gives to other programs to this folder, and measure nothing else")
	memory := flag.Bool("memory", false, "tell how much memory it takes at most to roll up so many gifts from a file, and measure nothing else")
	stream := flag.String("stream", "", "roll up this file of gifts, as -memory does, and measure nothing else")
	flag.Parse()
	var err error
	switch {
	case *peers != "":
		err = atEach(*sizes, func(records int) error { return writePeers(os.Stdout, *peers, records) })
	case *memory:
		err = atEach(*sizes, func(records int) error { return tellMemory(os.Stdout, records) })
	case *stream != "":
		err = streamGifts(os.Stdout, *stream)
	default:
		measureAll(*sizes, *only, *runs, *check)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

// atEach does something at each size of a list.
func atEach(sizes string, do func(records int) error) error {
	for _, size := range strings.Split(sizes, ",") {
		records, err := strconv.Atoi(size)
		if err != nil || records < 1 {
			return fmt.Errorf("-records: %q is no number of records", size)
		}
		if err := do(records); err != nil {
			return err
		}
	}
	return nil
}

// measureAll writes the table of all rows.
func measureAll(sizes, only string, runs int, check bool) {
	missed, err := run(os.Stdout, sizes, only, runs)
	if err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
	if check && missed > 0 {
		fmt.Fprintf(os.Stderr, "bench: %d rows are slower than asked for\n", missed)
		os.Exit(1)
	}
}

// run measures every row at every size and writes the table. It returns how many
// rows are slower than asked for.
func run(out io.Writer, sizes, only string, runs int) (missed int, err error) {
	if _, err := io.WriteString(out, header); err != nil {
		return 0, err
	}
	for i, size := range strings.Split(sizes, ",") {
		records, err := strconv.Atoi(size)
		if err != nil || records < 1 {
			return 0, fmt.Errorf("-records: %q is no number of records", size)
		}
		for _, each := range workloads {
			if each.once && i > 0 || !strings.Contains(each.name, only) {
				continue
			}
			measured, err := measure(each, records, runs)
			if err != nil {
				return 0, err
			}
			if measured.missed() && !each.open { // a second look, since the machine is shared
				second, err := measure(each, records, runs)
				if err != nil {
					return 0, err
				}
				measured = measured.again(second)
			}
			if measured.missed() && !each.open {
				missed++
			}
			if _, err := io.WriteString(out, measured.line()); err != nil {
				return 0, err
			}
		}
	}
	return missed, nil
}

// random is a source of numbers that is the same on every run.
type random uint64

func (r *random) below(n uint64) uint64 {
	*r = *r*6364136223846793005 + 1442695040888963407
	return uint64(*r>>33) % n
}

func must[T any](value T, err error) T {
	if err != nil {
		panic(err)
	}
	return value
}
