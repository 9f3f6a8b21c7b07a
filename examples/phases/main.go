// Phases reviews a campaign day by day, in simplified Chinese: which phases are
// closed, what each still wants to be closed, how its issues and promises stand.
//
//	go run ./examples/phases                            the sample: a county's study campaign of 2009
//	go run ./examples/phases -data DIR                  a folder of the same files
//	go run ./examples/phases -on 2009-05-20,2009-06-30  other days than the folder's
//
// A folder holds plan.json, the plan; journal.json, a list of all that one unit noted
// down; and days.json, the days on which it is looked back on. The plans beside the sample
// are those of published campaigns: three phases of six and of eleven steps, three links
// of which the last runs throughout, and phases with public promises of which the last
// ends at an event. What their journals hold is made up.
//
// The program reads, hands everything to the library and prints what comes back. What is
// refused is told on standard error, with the place of the entry; then there is no review
// and the exit status is 1.
package main

import (
	"embed"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strings"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/campaign"
)

//go:embed study-2009-six
var sample embed.FS

func main() {
	os.Exit(run(os.Args[1:], os.Stdout, os.Stderr))
}

// run is the program without its process: it returns the exit status.
func run(arguments []string, out, errors io.Writer) int {
	flags := flag.NewFlagSet("phases", flag.ContinueOnError)
	flags.SetOutput(errors)
	data := flags.String("data", "", "folder of plan, journal and days (default: the sample)")
	on := flags.String("on", "", "days on which to look back, parted by commas (default: those of the folder)")
	if err := flags.Parse(arguments); err != nil {
		return 2
	}
	files, err := open(*data)
	if err == nil {
		err = review(out, files, *on)
	}
	if err != nil {
		fmt.Fprintln(errors, "phases:", err)
		return 1
	}
	return 0
}

// open returns the folder: the sample if none is named.
func open(data string) (fs.FS, error) {
	if data != "" {
		return os.DirFS(data), nil
	}
	return fs.Sub(sample, "study-2009-six")
}

// read reads a JSON file of the folder.
func read(files fs.FS, name string, into any) error {
	data, err := fs.ReadFile(files, name)
	if err != nil {
		return err
	}
	decoder := json.NewDecoder(strings.NewReader(string(data)))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(into); err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	return nil
}

// review reads a folder and prints how the campaign stood on each day.
func review(out io.Writer, files fs.FS, on string) error {
	var plan campaign.Plan
	var entries []campaign.Entry
	var days []union.Date
	if err := read(files, "plan.json", &plan); err != nil {
		return err
	}
	if err := read(files, "journal.json", &entries); err != nil {
		return err
	}
	if err := read(files, "days.json", &days); err != nil {
		return err
	}
	if on != "" {
		days = nil
		for text := range strings.SplitSeq(on, ",") {
			day, err := union.ParseDate(text)
			if err != nil {
				return fmt.Errorf("-on: %w", err)
			}
			days = append(days, day)
		}
	}
	journal := plan.Journal()
	for i, entry := range entries {
		if err := plan.Add(&journal, entry); err != nil {
			return fmt.Errorf("journal.json: entry %d: %w", i, err)
		}
	}
	fmt.Fprintf(out, "%s\n  § %s\n", plan.Rule().Title, plan.Rule().Source)
	for _, day := range days {
		if err := printDay(out, plan, journal, day); err != nil {
			return err
		}
	}
	return nil
}

// printDay prints how the campaign stood at the end of a day.
func printDay(out io.Writer, plan campaign.Plan, journal campaign.Journal, on union.Date) error {
	fmt.Fprintf(out, "\n%s\n", on.Chinese())
	for _, phase := range plan.Spec().Phases {
		back, err := plan.LookBack(phase.Key, journal, on)
		if err != nil {
			return err
		}
		fmt.Fprintf(out, "  %s：%s，规定动作完成%s\n", phase.Title, back.State().Title, back.Required())
		for _, review := range back.Reviews() {
			if review.Progress != campaign.Pending && review.Progress != campaign.InTime {
				fmt.Fprintf(out, "    · %s: %s\n", review.Action.Title, review.Progress)
			}
		}
		if _, closed := back.Closed(); closed {
			continue
		}
		for _, finding := range back.Verdict().Failed() {
			fmt.Fprintf(out, "    尚缺 %s\n", finding)
		}
	}
	ledger, err := plan.Ledger(journal, on)
	if err != nil {
		return err
	}
	if err := printFigures(out, ledger.Figures, "campaign.ledger.opinions", "campaign.ledger.parts", "campaign.ledger.closed",
		"campaign.ledger.explained", "campaign.ledger.overdue", "campaign.ledger.list"); err != nil {
		return err
	}
	if plan.Spec().Promises == nil {
		return nil
	}
	pledges, err := plan.Pledges(journal, on)
	if err != nil {
		return err
	}
	if err := printFigures(out, pledges.Figures, "campaign.promise.organisations.rate", "campaign.promise.persons.rate",
		"campaign.promise.comments.organisations", "campaign.promise.comments.persons"); err != nil {
		return err
	}
	for _, finding := range pledges.Check() {
		fmt.Fprintf(out, "  尚欠 %s\n", finding)
	}
	return nil
}

// printFigures prints those of the figures that are wanted.
func printFigures(out io.Writer, figures func() ([]union.Figure, error), keys ...string) error {
	made, err := figures()
	if err != nil {
		return err
	}
	wanted := map[string]bool{}
	for _, key := range keys {
		wanted[key] = true
	}
	for _, figure := range made {
		if wanted[figure.Key()] {
			fmt.Fprintf(out, "  %s %s\n", figure.Title(), figure)
		}
	}
	return nil
}
