// Ankangcup runs one edition of a county's Ankang Cup: it reads the firms, their
// entries, the scores of those that ask for a title and the titles that they had
// before as CSV, and prints how far the cup reached, who is recommended and why
// everybody else is not, and the public notice.
//
//	go run ./examples/ankangcup                    the sample county
//	go run ./examples/ankangcup -data DIR          a folder of the same files
//	go run ./examples/ankangcup -on 2010-11-30     as it stood on another day
//	go run ./examples/ankangcup -award city        another of the edition's awards
//
// The folder holds two rules, edition.json and scorecard.json, and the records:
// firms.csv, entries.csv, candidates.csv, marks.csv, incidents.csv and titles.csv.
// The notice is not printed while the list is undecided.
//
// It only reads, hands records to the library and prints what comes back. Wrong input
// is told on standard error, every fault with file and line; then nothing is printed
// and the exit status is 1.
package main

import (
	"embed"
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
	flags := flag.NewFlagSet("ankangcup", flag.ContinueOnError)
	flags.SetOutput(errors)
	data := flags.String("data", "", "folder of records (default: the sample county)")
	award := flags.String("award", "", "the key of the award (default: the edition's first)")
	day := flags.String("on", "", "the day of the judgement (default: the last of the edition)")
	if err := flags.Parse(arguments); err != nil {
		return 2
	}
	if flags.NArg() > 0 {
		fmt.Fprintf(errors, "ankangcup: %q is no flag\n", flags.Arg(0))
		return 2
	}
	var on union.Date
	if *day != "" {
		var err error
		if on, err = union.ParseDate(*day); err != nil {
			fmt.Fprintf(errors, "ankangcup: -on: %v\n", err)
			return 2
		}
	}
	files := &folder{files: open(*data)}
	cup := readCup(files)
	var report report
	if len(files.faults) == 0 {
		files.refused("the cup", func() (err error) { report, err = cup.judge(*award, on); return err }())
	}
	if len(files.faults) > 0 {
		for _, fault := range files.faults {
			fmt.Fprintln(errors, fault)
		}
		return 1
	}
	if err := report.print(out); err != nil {
		fmt.Fprintf(errors, "ankangcup: %v\n", err)
		return 1
	}
	return 0
}

// open returns the folder of records: the sample, or one on the disk.
func open(data string) fs.FS {
	if data != "" {
		return os.DirFS(data)
	}
	files, err := fs.Sub(sample, "county")
	if err != nil {
		panic(err) // the name is a literal
	}
	return files
}
