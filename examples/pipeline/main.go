// Pipeline counts a nation's donations with Apache Beam: raw rows, or the tallies that
// counties have counted already, become one tally of each kind for each unit of each
// level, the same bytes on one machine and on a cluster.
//
//	go run . -tree sample/units.csv -day sample/day.json -input 'sample/gifts-*.csv' -output OUT
//	go run . -tree sample/counties.csv -partials 'OUT/*.county.partials.csv' -output OUT2
//
// It runs on Beam's prism, in its own process, unless -runner names another of Beam's
// runners; README.md shows a runner and workers in processes of their own.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"strings"

	"github.com/apache/beam/sdks/v2/go/pkg/beam"
	"github.com/apache/beam/sdks/v2/go/pkg/beam/io/filesystem"
	"github.com/apache/beam/sdks/v2/go/pkg/beam/log"
	"github.com/apache/beam/sdks/v2/go/pkg/beam/options/jobopts"
	"github.com/apache/beam/sdks/v2/go/pkg/beam/runners"
	"github.com/apache/beam/sdks/v2/go/pkg/beam/runners/universal/extworker"

	// All runners of Beam, and the file systems that come with them.
	_ "github.com/apache/beam/sdks/v2/go/pkg/beam/x/beamx"

	"github.com/unioncampaign/union/aid"
)

func main() {
	var j job
	flag.StringVar(&j.input, "input", "", "shards of gifts: a pattern of CSV files with unit,donor,amount,on")
	flag.StringVar(&j.day, "day", "", "the notice on the donation day: JSON, asking one unit, which every unit of the tree is in turn")
	flag.StringVar(&j.partials, "partials", "", "tallies counted already: a pattern of CSV files with tally,unit,data")
	flag.StringVar(&j.tree, "tree", "", "the units: a CSV file with key,title,parent,level, each unit after its parent")
	flag.StringVar(&j.output, "output", "", "folder of the results")
	pool := flag.Int("pool", 0, "run no pipeline: serve workers to other processes at this port of this machine")
	flag.Parse()
	j.runner = *runners.Runner
	log.LogLevel = "warn"
	beam.Init() // does not return in a worker

	ctx := context.Background()
	err := j.check()
	switch {
	case flag.NArg() > 0:
		err = fmt.Errorf("%q is no flag", flag.Arg(0))
	case *pool != 0:
		err = serve(ctx, *pool)
	case err == nil:
		err = j.run(ctx)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "pipeline:", err)
		os.Exit(1)
	}
}

// serve lends workers, which run in this process, until the process ends.
func serve(ctx context.Context, port int) error {
	workers, err := extworker.StartLoopback(ctx, port)
	if err != nil {
		return err
	}
	fmt.Fprintln(os.Stderr, "pipeline: workers at", workers.EnvironmentConfig(ctx))
	select {} // until it is killed
}

// A job is what the pipeline is asked to do.
type job struct {
	input, day, partials, tree, output string
	runner                             string // of Beam; "" is prism
}

// check says which flags are missing.
func (j job) check() error {
	var missing []string
	for name, given := range map[string]bool{
		"-tree": j.tree != "", "-output": j.output != "", "-input or -partials": j.input != "" || j.partials != "",
		"-day, with -input": j.day != "" || j.input == "",
	} {
		if !given {
			missing = append(missing, name)
		}
	}
	if len(missing) > 0 {
		return errors.New("missing: " + strings.Join(sorted(missing), "; "))
	}
	return nil
}

// run builds the pipeline, refuses it where it could not run or would count zeros, and
// runs it.
func (j job) run(ctx context.Context) error {
	p, err := j.build(ctx)
	if err != nil {
		return err
	}
	if err := checkCoders(p); err != nil {
		return err
	}
	if j.needsLoopback() {
		if err := checkLoopback(dial); err != nil {
			return err
		}
	}
	runner := j.runner
	if runner == "" {
		runner = "prism"
	}
	_, err = beam.Run(ctx, runner, p)
	return plainly(err)
}

// plainly returns what a function of this program said, if one has failed, without the
// plan and the stages that Beam tells around it.
func plainly(err error) error {
	if err == nil {
		return nil
	}
	const failed = "] failed:\n" // behind the function's name
	if at := strings.LastIndex(err.Error(), failed); at >= 0 {
		return errors.New(strings.TrimSpace(err.Error()[at+len(failed):]))
	}
	return err
}

// needsLoopback reports whether the pipeline and its workers talk over the loopback
// interface.
func (j job) needsLoopback() bool {
	prism := j.runner == "" || strings.HasPrefix(strings.ToLower(j.runner), "prism")
	return prism && *jobopts.Endpoint == "" || j.runner != "direct" && jobopts.IsLoopback()
}

// build makes the pipeline. The notice, which is short, is read here and goes to the
// workers with it; the tree, which may be long, they read themselves.
func (j job) build(ctx context.Context) (*beam.Pipeline, error) {
	if _, err := readTree(ctx, j.tree); err != nil {
		return nil, err
	}
	var day notice
	if j.day != "" {
		data, err := readFile(ctx, j.day)
		if err != nil {
			return nil, err
		}
		day = notice(data)
		if _, err := day.read(); err != nil {
			return nil, fmt.Errorf("%s: %w", j.day, err)
		}
	}
	p, s := beam.NewPipelineWithRoot()
	parts := map[string][]beam.PCollection{}
	if j.input != "" {
		donations, donors := beam.ParDo2(s, &countFn{Day: day, Tree: j.tree}, files(s, j.input))
		parts["aid.donations"] = append(parts["aid.donations"], donations)
		parts["union.register"] = append(parts["union.register"], donors)
	}
	if j.partials != "" {
		partials := beam.ParDo(s, &partialFn{Tree: j.tree}, files(s, j.partials))
		for _, each := range kinds {
			parts[each.form()] = append(parts[each.form()], each.decode(s, partials))
		}
	}
	var lines []beam.PCollection
	for _, each := range kinds {
		if of := parts[each.form()]; len(of) > 0 {
			lines = append(lines, each.tell(s, day, each.merge(s, beam.Flatten(s, of...))))
		}
	}
	beam.ParDo0(s, &writeFn{Tree: j.tree, Output: j.output}, beam.GroupByKey(s, beam.Flatten(s, lines...)))
	return p, nil
}

// A notice is the JSON of a donation day, or nothing. It asks one unit: that which
// counts, and so each unit of the tree in turn.
type notice string

// read returns the day; of no notice the zero day.
func (n notice) read() (aid.DonationDay, error) {
	var day aid.DonationDay
	if n == "" {
		return day, nil
	}
	if err := day.UnmarshalJSON([]byte(n)); err != nil {
		return day, err
	}
	if asked := len(day.Spec().Units); asked != 1 {
		return day, fmt.Errorf("units: got %d, want 1, which each unit of the tree is in turn", asked)
	}
	return day, nil
}

// readFile reads a file of any of the file systems.
func readFile(ctx context.Context, path string) ([]byte, error) {
	folder, err := filesystem.New(ctx, path)
	if err != nil {
		return nil, err
	}
	defer folder.Close()
	data, err := filesystem.Read(ctx, folder, path)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return data, nil
}
