// Fairstats reads the registrations of a job fair as CSV and prints the fair's report,
// its supply-and-demand tables with bars drawn in text, and what the records say
// against themselves.
//
//	go run ./examples/fairstats                  the sample office
//	go run ./examples/fairstats -data DIR        a folder of the same files
//	go run ./examples/fairstats -explain KEY     how one figure came about
//
// The folder holds two rules, fair.json and market.json, and the records:
// employers.csv, postings.csv, registrations.csv and intentions.csv. Each line is read
// once and counted both as a fair's and as a market's; what a line says before the
// first day of the fair is carried over.
//
// It only reads, hands records to the library and prints the figures that come back:
// the length of a bar is all that it works out. Wrong input is told on standard error,
// every fault with file and line; then nothing is printed and the exit status is 1.
package main

import (
	"embed"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"os"
)

//go:embed office
var sample embed.FS

func main() {
	os.Exit(run(os.Args[1:], os.Stdout, os.Stderr))
}

// run is the program without its process: it returns the exit status.
func run(arguments []string, out, errors io.Writer) int {
	flags := flag.NewFlagSet("fairstats", flag.ContinueOnError)
	flags.SetOutput(errors)
	data := flags.String("data", "", "folder of records (default: the sample office)")
	explain := flags.String("explain", "", "print how the figure with this key came about")
	if err := flags.Parse(arguments); err != nil {
		return 2
	}
	if flags.NArg() > 0 {
		fmt.Fprintf(errors, "fairstats: %q is no flag\n", flags.Arg(0))
		return 2
	}
	office, faults := read(open(*data))
	if len(faults) > 0 {
		for _, fault := range faults {
			fmt.Fprintln(errors, fault)
		}
		return 1
	}
	made, err := office.publish()
	if err != nil {
		fmt.Fprintf(errors, "fairstats: %v\n", err)
		return 1
	}
	if *explain != "" {
		figure, ok := made.figures[*explain]
		if !ok {
			fmt.Fprintf(errors, "fairstats: %q is no figure\n", *explain)
			return 2
		}
		_, _ = fmt.Fprint(out, figure.Working())
		return 0
	}
	made.print(out)
	return 0
}

// open returns the folder of records: the sample office if none is named.
func open(data string) fs.FS {
	if data != "" {
		return os.DirFS(data)
	}
	office, err := fs.Sub(sample, "office")
	if err != nil {
		panic(err) // the folder is part of the program
	}
	return office
}
