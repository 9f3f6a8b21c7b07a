// Worksummary reads the records of a county's federation of trade unions and
// prints the whole work summary of a campaign phase, in simplified Chinese.
//
//	go run ./examples/worksummary                    the sample county
//	go run ./examples/worksummary -data DIR          a folder of the same files
//	go run ./examples/worksummary -explain           each figure with its working
//	go run ./examples/worksummary -json              the figures, for machines
//	go run ./examples/worksummary -on 2010-06-15     as it stood on another day
//
// It only reads, hands records to the library and prints the figures that come
// back: it does no arithmetic on records itself. Wrong input is told on standard
// error, every fault with file, line and field; then there is no summary and the
// exit status is 1.
package main

import (
	"embed"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"os"

	"github.com/unioncampaign/union"
)

//go:embed county
var sample embed.FS

func main() {
	os.Exit(run(os.Args[1:], os.Stdout, os.Stderr))
}

// run is the program without its process: it returns the exit status.
func run(arguments []string, out, errors io.Writer) int {
	flags := flag.NewFlagSet("worksummary", flag.ContinueOnError)
	flags.SetOutput(errors)
	data := flags.String("data", "", "folder of records (default: the sample county)")
	explain := flags.Bool("explain", false, "print under each figure how it came about")
	machine := flags.Bool("json", false, "print the figures as JSON, for machines")
	day := flags.String("on", "", "the day as of which to summarise (default: the last of the first phase)")
	if err := flags.Parse(arguments); err != nil {
		return 2
	}
	if flags.NArg() > 0 {
		fmt.Fprintf(errors, "worksummary: %q is no flag\n", flags.Arg(0))
		return 2
	}
	on, err := dayFlag(*day)
	if err != nil {
		fmt.Fprintf(errors, "worksummary: -on: %v\n", err)
		return 2
	}
	summary, faults := summarise(&folder{files: open(*data), decode: json.Unmarshal, progress: errors}, on)
	if len(faults) > 0 {
		for _, fault := range faults {
			fmt.Fprintln(errors, fault)
		}
		return 1
	}
	write := summary.print
	switch {
	case *machine:
		write = summary.printJSON
	case *explain:
		write = summary.printExplained
	}
	if err := write(out); err != nil {
		fmt.Fprintf(errors, "worksummary: %v\n", err)
		return 1
	}
	return 0
}

// dayFlag reads the day of -on; empty leaves it to the plan.
func dayFlag(text string) (union.Date, error) {
	if text == "" {
		return union.Date{}, nil
	}
	return union.ParseDate(text)
}

// open returns the folder of records: the sample county if none is named.
func open(data string) fs.FS {
	if data != "" {
		return os.DirFS(data)
	}
	county, err := fs.Sub(sample, "county")
	if err != nil {
		panic(err) // the folder is part of the program
	}
	return county
}
