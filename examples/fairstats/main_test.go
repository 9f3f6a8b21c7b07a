package main

import (
	"bytes"
	"flag"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

var write = flag.Bool("write", false, "write the golden files instead of comparing with them")

// ran returns what the program prints and its exit status.
func ran(arguments ...string) (out, errors string, status int) {
	var o, e bytes.Buffer
	status = run(arguments, &o, &e)
	return o.String(), e.String(), status
}

func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *write {
		require.NoError(t, os.WriteFile(path, []byte(got), 0o600))
	}
	want, err := os.ReadFile(path)
	require.NoError(t, err)
	assert.Equal(t, string(want), got)
}

func TestTheSampleOfficesReportTablesAndChecks(t *testing.T) {
	out, errors, status := ran()
	require.Equal(t, 0, status, errors)
	golden(t, "report.golden", out)
	assert.NotContains(t, out, "S003", "nobody is named")
}

func TestAFigureIsExplained(t *testing.T) {
	out, _, status := ran("-explain", "employment.market.by.trade.tightness.clerk")
	require.Equal(t, 0, status)
	golden(t, "explained.golden", out)
	_, errors, status := ran("-explain", "moon")
	assert.Equal(t, 2, status)
	assert.Contains(t, errors, `"moon" is no figure`)
	_, _, status = ran("moon")
	assert.Equal(t, 2, status)
	_, _, status = ran("-moon")
	assert.Equal(t, 2, status)
}

// changed is a copy of the sample in which a file has another text in the place of
// one.
func changed(t *testing.T, name, before, after string) string {
	t.Helper()
	dir := t.TempDir()
	files := open("")
	entries, err := fs.ReadDir(files, ".")
	require.NoError(t, err)
	for _, entry := range entries {
		data, err := fs.ReadFile(files, entry.Name())
		require.NoError(t, err)
		if entry.Name() == name {
			require.Contains(t, string(data), before)
			data = []byte(strings.Replace(string(data), before, after, 1))
		}
		require.NoError(t, os.WriteFile(filepath.Join(dir, entry.Name()), data, 0o600))
	}
	return dir
}

func TestWrongInputIsToldWithFileAndLine(t *testing.T) {
	for name, each := range map[string]struct{ file, before, after, want string }{
		"an edition unheard of":  {"postings.csv", "P01,E01,C,2011", "P01,E01,C,2017", `postings.csv:2: edition: not known: got "2017", want "2011"`},
		"negative posts":         {"postings.csv", "车工,18,", "车工,-18,", "postings.csv:2: openings: out of range: got -18, want 1 or more"},
		"posts in words":         {"postings.csv", "车工,18,", "车工,many,", `postings.csv:2: strconv.ParseInt: parsing "many": invalid syntax`},
		"a posting without day":  {"postings.csv", "车工,18,2012-02-18", "车工,18,", "postings.csv:2: since: cannot be read"},
		"a whole sector":         {"postings.csv", "P01,E01,C,", "P01,E01,secondary,", `postings.csv:2: of["sector"]: out of range`},
		"a stranger":             {"intentions.csv", "\nS00", "\nX00", "intentions.csv:2: seeker: not known"},
		"an employer unheard of": {"employers.csv", "E01,第一机械厂,town", "E01,第一机械厂,moon", `employers.csv:2: region: not known: got "moon"`},
		"a category unheard of":  {"registrations.csv", "S001,", "S001,moon", "registrations.csv:2: category: not known"},
		"a day that is none":     {"registrations.csv", "2012-02-1", "2012-02-99-", "registrations.csv:2: since: cannot be read"},
		"no day":                 {"intentions.csv", ",2012-02-1", ",2012-13-1", "intentions.csv:2: day.month: out of range"},
		"other columns":          {"registrations.csv", "seeker,", "person,", "registrations.csv:1: want the columns seeker,category"},
		"a line too short":       {"employers.csv", "E02,恒通建筑公司,town,private", "E02", "employers.csv: record on line 3"},
		"a rule that is none":    {"fair.json", `"headline": 1`, `"headline": 0`, "fair.json: headline: out of range"},
		"no JSON":                {"market.json", "{", "", "market.json: "},
	} {
		out, errors, status := ran("-data", changed(t, each.file, each.before, each.after))
		assert.Equal(t, 1, status, name)
		assert.Empty(t, out, name)
		assert.Contains(t, errors, each.want, name)
	}
	_, errors, status := ran("-data", t.TempDir())
	assert.Equal(t, 1, status)
	assert.Contains(t, errors, "fair.json")
	dir := changed(t, "fair.json", "{", "{")
	require.NoError(t, os.Remove(filepath.Join(dir, "employers.csv")))
	_, errors, status = ran("-data", dir)
	assert.Equal(t, 1, status)
	assert.Contains(t, errors, "employers.csv")
}
