// Donationday reads the list of a donation day as CSV and prints what came in, whom
// still to chase, the list to be posted up, what the bank's list says otherwise, and a
// receipt for each gift, its amount and day in uppercase numerals.
//
//	go run ./examples/donationday                 the sample list
//	go run ./examples/donationday -data DIR       a folder of the same files
//	go run ./examples/donationday -explain        each figure with its working
//	go run ./examples/donationday -reveal         receipts with the donors' names, for the printer
//
// The folder holds day.json, the notice on the day as a rule; gifts.csv, the list;
// donors.csv, who stands behind the tokens of the list; and bank.csv, the bank's list of
// transfers. The last may be left out. Without -reveal no name is printed whole.
//
// It only reads, hands records to the library and prints what comes back. Wrong input
// is told on standard error, every fault with file, line and field; then nothing is
// printed and the exit status is 1.
package main

import (
	"embed"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"os"
)

//go:embed sample
var sample embed.FS

func main() {
	os.Exit(run(os.Args[1:], os.Stdout, os.Stderr))
}

// run is the program without its process: it returns the exit status.
func run(arguments []string, out, errors io.Writer) int {
	flags := flag.NewFlagSet("donationday", flag.ContinueOnError)
	flags.SetOutput(errors)
	data := flags.String("data", "", "folder of the list (default: the sample)")
	explain := flags.Bool("explain", false, "print under each figure how it came about")
	reveal := flags.Bool("reveal", false, "print the donors' names whole on their receipts")
	if err := flags.Parse(arguments); err != nil {
		return 2
	}
	if flags.NArg() > 0 {
		fmt.Fprintf(errors, "donationday: %q is no flag\n", flags.Arg(0))
		return 2
	}
	list, faults := read(open(*data))
	if len(faults) == 0 {
		var text string
		if text, faults = list.print(*explain, *reveal); len(faults) == 0 {
			if _, err := io.WriteString(out, text); err != nil {
				fmt.Fprintf(errors, "donationday: %v\n", err)
				return 1
			}
			return 0
		}
	}
	for _, fault := range faults {
		fmt.Fprintln(errors, fault)
	}
	return 1
}

// open returns the folder of the list: the sample if none is named.
func open(data string) fs.FS {
	if data != "" {
		return os.DirFS(data)
	}
	folder, err := fs.Sub(sample, "sample")
	if err != nil {
		panic(err) // the folder is part of the program
	}
	return folder
}
