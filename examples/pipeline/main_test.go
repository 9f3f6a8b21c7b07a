package main

import (
	"context"
	"encoding/base64"
	"encoding/csv"
	"errors"
	"flag"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/apache/beam/sdks/v2/go/pkg/beam"
	"github.com/apache/beam/sdks/v2/go/pkg/beam/log"
	"github.com/apache/beam/sdks/v2/go/pkg/beam/options/jobopts"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

var seeds = flag.Int("seeds", 200, "how many simulated years go through one pipeline")

var records = flag.Int("records", 20_000, "how many gifts are counted in every way")

func TestMain(m *testing.M) {
	flag.Parse()
	log.LogLevel = "error"
	beam.Init()
	os.Exit(m.Run())
}

// bothRunners are Beam's local runners.
var bothRunners = []string{"direct", "prism"}

// read returns the rows of a CSV file below its header.
func read(t *testing.T, path string) [][]string {
	t.Helper()
	file, err := os.Open(path)
	require.NoError(t, err)
	defer file.Close()
	rows, err := csv.NewReader(file).ReadAll()
	require.NoError(t, err)
	return rows[1:]
}

// write writes a CSV file into a folder and returns its path.
func write(t *testing.T, folder, name string, rows ...[]string) string {
	t.Helper()
	path := filepath.Join(folder, name)
	file, err := os.Create(path)
	require.NoError(t, err)
	to := csv.NewWriter(file)
	require.NoError(t, to.WriteAll(rows))
	require.NoError(t, file.Close())
	return path
}

// tallies returns what a pipeline wrote, encoded, by form and unit.
func tallies(t *testing.T, folder string) map[string]string {
	t.Helper()
	paths, err := filepath.Glob(filepath.Join(folder, "*.partials.csv"))
	require.NoError(t, err)
	found := map[string]string{}
	for _, path := range paths {
		for _, row := range read(t, path) {
			data, err := base64.StdEncoding.DecodeString(row[2])
			require.NoError(t, err)
			require.NotContains(t, found, row[0]+" "+row[1], path)
			found[row[0]+" "+row[1]] = string(data)
		}
	}
	return found
}

func sample(t *testing.T, runner string) job {
	return job{input: "sample/gifts-*.csv", day: "sample/day.json", tree: "sample/units.csv", output: t.TempDir(), runner: runner}
}

// The sum is made here of the rows themselves, in whole fen and without the library.
func TestTheSampleAddsUp(t *testing.T) {
	sum, named, unnamed := 0, map[string]bool{}, 0
	for _, shard := range []string{"1", "2", "3"} {
		for _, row := range read(t, "sample/gifts-"+shard+".csv") {
			if row[3] > "2010-05-31" {
				continue // after the cut-off
			}
			fen, err := strconv.Atoi(strings.Replace(row[2], ".", "", 1))
			require.NoError(t, err)
			sum += fen
			if row[1] == "" {
				unnamed++
			}
			named[row[0]+" "+row[1]] = row[1] != ""
		}
	}
	for _, runner := range bothRunners {
		j := sample(t, runner)
		require.NoError(t, j.run(context.Background()), runner)
		nation := read(t, j.output+"/aid.donations.nation.csv")
		require.Len(t, nation, 1)
		assert.Equal(t, []string{"0", "例国总工会", "15", "14"}, nation[0][:4], "one unit has given nothing")
		assert.Equal(t, sum, fenOf(t, nation[0][4]), runner)
		units := read(t, j.output+"/aid.donations.unit.csv")
		assert.Len(t, units, 15)
		sum, donors := 0, 0
		for _, unit := range units {
			if unit[3] == "0" {
				assert.Equal(t, []string{"", "", "", ""}, unit[4:], "nothing came in, which is not zero")
				continue
			}
			sum += fenOf(t, unit[4])
			of, err := strconv.Atoi(unit[5])
			require.NoError(t, err)
			donors += of
		}
		assert.Equal(t, fenOf(t, nation[0][4]), sum, "the units together are the nation")
		distinct := unnamed
		for _, counts := range named {
			if counts {
				distinct++
			}
		}
		assert.Equal(t, distinct, donors, "who gives twice to one unit is one donor of it")
	}
}

func fenOf(t *testing.T, amount string) int {
	t.Helper()
	fen, err := strconv.Atoi(strings.Replace(amount, ".", "", 1))
	require.NoError(t, err)
	return fen
}

func TestWhatCountiesHaveCountedGivesTheSameNation(t *testing.T) {
	raw := sample(t, "prism")
	require.NoError(t, raw.run(context.Background()))
	want := tallies(t, raw.output)
	for _, runner := range bothRunners {
		j := job{partials: raw.output + "/*.county.partials.csv", tree: "sample/counties.csv", output: t.TempDir(), runner: runner}
		require.NoError(t, j.run(context.Background()), runner)
		got := tallies(t, j.output)
		assert.NotEmpty(t, got)
		for key, data := range got {
			assert.Equal(t, want[key], data, key)
		}
		assert.Contains(t, got, "aid.donations 0")
		assert.Contains(t, got, "union.register 0")
	}
}

func TestRawShardsAndPartialsMayComeTogether(t *testing.T) {
	whole := sample(t, "direct")
	require.NoError(t, whole.run(context.Background()))
	one := sample(t, "direct")
	one.input = "sample/gifts-1.csv"
	require.NoError(t, one.run(context.Background()))
	rest := sample(t, "prism")
	rest.input, rest.partials = "sample/gifts-[23].csv", one.output+"/*.unit.partials.csv"
	require.NoError(t, rest.run(context.Background()))
	assert.Equal(t, tallies(t, whole.output), tallies(t, rest.output))
}

func TestWrongInputIsToldWithFileAndLine(t *testing.T) {
	gifts := []string{"unit", "donor", "amount", "on"}
	for reason, each := range map[string]struct {
		rows [][]string
		want []string
	}{
		"no such unit":           {[][]string{gifts, {"99", "d1", "1.00", "2010-05-04"}}, []string{"gifts.csv:2: unit: not known"}},
		"a unit with others":     {[][]string{gifts, {"61", "d1", "1.00", "2010-05-04"}}, []string{"gifts.csv:2: unit: out of range"}},
		"three decimals":         {[][]string{gifts, {"610121-01", "d1", "1.001", "2010-05-04"}}, []string{"gifts.csv:2: amount: "}},
		"no such day, and worse": {[][]string{gifts, {"610121-01", "d1", "1.00", "2010-02-29"}, {"610121-01", "d1", "-1.00", "2010-05-04"}}, []string{"gifts.csv:2: on.day: out of range", "gifts.csv:3: amount: out of range"}},
		"a day of no gifts":      {[][]string{gifts, {"610121-01", "d1", "1.00", "2011-05-04"}}, []string{"gifts.csv:2: on: out of range"}},
		"an identity number":     {[][]string{gifts, {"610121-01", "11010519491231002X", "1.00", "2010-05-04"}}, []string{"gifts.csv:2: donor: "}},
		"too few fields":         {[][]string{gifts, {"610121-01", "d1", "1.00"}}, []string{"record on line 2: wrong number of fields"}},
		"other columns":          {[][]string{{"unit", "amount"}}, []string{`gifts.csv:1: got the columns ["unit" "amount"]`}},
		"nothing":                {nil, []string{"gifts.csv:1: EOF"}},
	} {
		for _, runner := range bothRunners {
			j := sample(t, runner)
			j.input = write(t, t.TempDir(), "gifts.csv", each.rows...)
			err := j.run(context.Background())
			require.Error(t, err, reason)
			for _, want := range each.want {
				assert.Contains(t, err.Error(), want, "%s, %s", reason, runner)
			}
			assert.NotContains(t, err.Error(), "Plan", "what Beam says around it is left out")
			assert.NotContains(t, err.Error(), "11010519491231002X")
			assert.Empty(t, tallies(t, j.output), reason)
		}
	}
}

func TestWrongPartialsAreToldWithFileAndLine(t *testing.T) {
	for reason, each := range map[string]struct{ tally, unit, data, want string }{
		"no tally of ours":   {"aid.gifts", "610121", "", "partials.csv:2: tally: not known"},
		"a unit with others": {"union.ratio", "6101", "", "partials.csv:2: unit: out of range"},
		"no base64":          {"union.ratio", "610121", "%", "partials.csv:2: data: cannot be read"},
		"another tally":      {"union.ratio", "610121", base64.StdEncoding.EncodeToString([]byte("x")), "partials.csv: union.ratio of 610121: data: union.ratio/1: cannot be read"},
	} {
		for _, runner := range bothRunners {
			j := job{tree: "sample/counties.csv", output: t.TempDir(), runner: runner}
			j.partials = write(t, t.TempDir(), "partials.csv", partialColumns, []string{each.tally, each.unit, each.data})
			assert.ErrorContains(t, j.run(context.Background()), each.want, "%s, %s", reason, runner)
		}
	}
}

func TestWhatCannotBeBuiltIsRefusedBeforeAnythingRuns(t *testing.T) {
	folder := t.TempDir()
	columns := []string{"key", "title", "parent", "level"}
	crowded := filepath.Join(folder, "day.json")
	text, err := os.ReadFile("sample/day.json")
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(crowded, []byte(strings.Replace(string(text), "}],", `}, {"key": "other", "title": "其他"}],`, 1)), 0o644))
	for want, change := range map[string]func(*job){
		"none.csv: ": func(j *job) { j.tree = folder + "/none.csv" },
		"tree.csv:2: level: cannot be read": func(j *job) {
			j.tree = write(t, folder, "tree.csv", columns, []string{"1", "一", "", "a/b"})
		},
		"late.csv: facts[0].found[0].parent": func(j *job) {
			j.tree = write(t, folder, "late.csv", columns, []string{"1", "一", "2", "a"}, []string{"2", "二", "", "b"})
		},
		"none.json: ":        func(j *job) { j.day = folder + "/none.json" },
		"units.csv: ":        func(j *job) { j.day = "sample/units.csv" },
		"units: got 2, want": func(j *job) { j.day = crowded },
	} {
		j := sample(t, "direct")
		change(&j)
		_, err := j.build(context.Background())
		assert.ErrorContains(t, err, want)
	}
	j := sample(t, "direct")
	j.input = folder + "/none-*.csv"
	assert.ErrorContains(t, j.run(context.Background()), "no such file")
}

func TestMissingFlagsAreNamed(t *testing.T) {
	assert.EqualError(t, job{}.check(), "missing: -input or -partials; -output; -tree")
	assert.EqualError(t, job{input: "x", tree: "x", output: "x"}.check(), "missing: -day, with -input")
	assert.NoError(t, job{partials: "x", tree: "x", output: "x"}.check())
}

func TestWithoutALoopbackInterfaceThePipelineIsRefusedInsteadOfHanging(t *testing.T) {
	unreachable := errors.New("network is unreachable")
	err := checkLoopback(func(string) error { return unreachable })
	require.ErrorIs(t, err, unreachable)
	assert.ErrorContains(t, err, "loopback interface cannot be used")
	assert.NoError(t, checkLoopback(dial))
	before, kind := *jobopts.Endpoint, *jobopts.EnvironmentType
	defer func() { *jobopts.Endpoint, *jobopts.EnvironmentType = before, kind }()
	for _, each := range []struct {
		runner, endpoint, environment string
		needs                         bool
	}{
		{"", "", "", true}, {"prism", "", "", true}, {"PrismRunner", "", "external", true}, {"direct", "", "", false},
		{"universal", "cluster:8099", "external", false}, {"universal", "cluster:8099", "LOOPBACK", true}, {"", "cluster:8099", "external", false},
	} {
		*jobopts.Endpoint, *jobopts.EnvironmentType = each.endpoint, each.environment
		assert.Equal(t, each.needs, job{runner: each.runner}.needsLoopback(), each)
	}
}
