// Scoresheet reads a published scoring rule and a table of marks, and prints the
// ranked sheet with the working out, in simplified Chinese.
//
//	go run ./examples/scoresheet                       the sample: a post filled by competition
//	go run ./examples/scoresheet -data DIR             a folder of the same files
//	go run ./examples/scoresheet -explain 李1          the working of one unit, or of "all"
//	go run ./examples/scoresheet -json                 scores, places and who is taken, for machines
//	go run ./examples/scoresheet -against old.json     who gains and who loses against another scheme of the folder
//
// A folder holds scheme.json, ranking.json and marks.csv; and if they are asked
// for quota.json, drawn.csv (one unit a line, in the order drawn) and
// meetings.csv (first,second,item,net). The columns of marks.csv say by their
// names what they hold: "unit"; "in GROUPING"; "given ITEM"; "panel ITEM", as
// often as there are judges; "votes FORM CRITERION ANSWER" and "valid FORM", for
// papers counted by hand; "fact FACT", in which anything but a blank says that
// it occurred. A cell of a given item may say why it does not apply, after "/":
// "/新成立单位". A blank cell is not given, which is never zero.
//
// Names in the sample are made up. The program reads, hands everything to the
// library and prints what comes back: it computes nothing. Wrong input is told on
// standard error with its line; then there is no sheet and the exit status is 1.
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
	"github.com/unioncampaign/union/assessment"
)

//go:embed post
var sample embed.FS

func main() {
	os.Exit(run(os.Args[1:], os.Stdout, os.Stderr))
}

// run is the program without its process: it returns the exit status.
func run(arguments []string, out, errors io.Writer) int {
	flags := flag.NewFlagSet("scoresheet", flag.ContinueOnError)
	flags.SetOutput(errors)
	data := flags.String("data", "", "folder of the rules and marks (default: the sample)")
	explain := flags.String("explain", "", `print the working of a unit, or of "all"`)
	machine := flags.Bool("json", false, "print JSON, for machines")
	against := flags.String("against", "", "a file of the folder: the scheme to compare with")
	if err := flags.Parse(arguments); err != nil {
		return 2
	}
	files, err := open(*data)
	if err == nil {
		err = write(out, files, *explain, *against, *machine)
	}
	if err != nil {
		for _, fault := range faults(err) {
			fmt.Fprintln(errors, "scoresheet:", fault)
		}
		return 1
	}
	return 0
}

func open(data string) (fs.FS, error) {
	if data == "" {
		return fs.Sub(sample, "post")
	}
	return os.DirFS(data), nil
}

// faults lists what is wrong, one by one.
func faults(err error) []error {
	var list []error
	for _, fault := range union.Faults(err) {
		list = append(list, fault)
	}
	if list == nil {
		list = append(list, err)
	}
	return list
}

// write reads the folder, judges it and prints what is asked for.
func write(out io.Writer, files fs.FS, explain, against string, machine bool) error {
	s, err := read(files)
	if err != nil {
		return err
	}
	judged, err := s.judge()
	if err != nil {
		return err
	}
	switch {
	case against != "":
		var old assessment.Scheme
		if err := readRule(files, against, &old); err != nil {
			return err
		}
		return s.compare(out, old)
	case explain != "":
		return s.explain(out, explain)
	case machine:
		encoder := json.NewEncoder(out)
		encoder.SetEscapeHTML(false)
		encoder.SetIndent("", "  ")
		return encoder.Encode(judged)
	}
	return s.print(out, judged)
}
