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

func TestTheSampleCountysCup(t *testing.T) {
	out, errors, status := ran()
	require.Equal(t, 0, status, errors)
	golden(t, "report.golden", out)
	assert.NotContains(t, out, "91000000", "no credit code is printed")
}

func TestAnotherAwardOnAnotherDay(t *testing.T) {
	out, errors, status := ran("-award", "county", "-on", "2010-03-08")
	require.Equal(t, 0, status, errors)
	golden(t, "county.golden", out)
	_, errors, status = ran("-award", "moon")
	assert.Equal(t, 1, status)
	assert.Contains(t, errors, `the cup: award: not known: got "moon"`)
	_, errors, status = ran("-on", "2010-02-30")
	assert.Equal(t, 2, status)
	assert.Contains(t, errors, "ankangcup: -on: ")
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
			data = []byte(strings.ReplaceAll(string(data), before, after))
		}
		require.NoError(t, os.WriteFile(filepath.Join(dir, entry.Name()), data, 0o600))
	}
	return dir
}

func TestAListThatIsUndecidedIsNotPutOnNotice(t *testing.T) {
	out, errors, status := ran("-data", changed(t, "edition.json", `"tie_breaks": [
        {
          "item": "safety"
        }
      ],`, `"tie_breaks": [
        {
          "item": "total"
        }
      ],`))
	require.Equal(t, 0, status, errors)
	assert.Contains(t, out, "南湖水泥厂  96.5分  待定")
	assert.Contains(t, out, "名单未定，暂不公示。")
	assert.NotContains(t, out, "拟推荐下列单位")

	out, errors, status = ran("-data", changed(t, "candidates.csv", ",nonpublic,", ",,"))
	require.Equal(t, 0, status, errors)
	assert.Contains(t, out, "名单结构不能同时满足：nonpublic")

	out, errors, status = ran("-data", changed(t, "edition.json", `"[95,)"`, `"[99.9,)"`))
	require.Equal(t, 0, status, errors)
	assert.Contains(t, out, "无推荐单位，不予公示。")
}

func TestFindingsAreToldAndChangeNothing(t *testing.T) {
	out, errors, status := ran("-data", changed(t, "scorecard.json", `"max": "40"`, `"max": "41"`))
	require.Equal(t, 0, status, errors)
	assert.Contains(t, out, "三、核对发现\n  sections[0]: a section is an item of the scheme with its maximum: got 40, want 41\n")
}

func TestWrongInputIsToldWithFileAndLine(t *testing.T) {
	for name, row := range map[string]struct{ file, before, after, want string }{
		"a rule that cannot be read": {"edition.json", `"theme"`, `"motto"`, "edition.json: motto: not known"},
		"a header":                   {"marks.csv", "firm,item,mark", "firm,item,points", "marks.csv:1: header: must be given"},
		"a line too short":           {"titles.csv", ",2008", "", "titles.csv: record on line 3: wrong number of fields"},
		"a wrong check character":    {"firms.csv", "91000000000000001", "91000000000000002", "firms.csv:2: firm: "},
		"a firm twice":               {"candidates.csv", "2010-12-01\n", "2010-12-01\n91000000000000002M,甲,,2010-12-01\n", "candidates.csv:4: firm: "},
		"no whole number":            {"firms.csv", ",1200", ",many", `firms.csv:2: workers: cannot be read: got "many", want a whole number`},
		"an unknown ownership":       {"firms.csv", ",foreign,", ",alien,", "firms.csv:7: ownership: not known"},
		"an unknown answer":          {"firms.csv", ",no,no,", ",no,maybe,", "firms.csv:11: above_scale: not known"},
		"an unknown level":           {"entries.csv", ",industry,2010-03-09", ",nation,2010-03-09", "entries.csv:5: level: not known"},
		"a day outside the window":   {"entries.csv", "2010-04-01", "2011-04-01", "entries.csv:10: entered: out of range"},
		"an item twice":              {"marks.csv", ",safety,59\n", ",organisation,59\n", "marks.csv:3: item: given more than once"},
		"an unknown item":            {"marks.csv", ",safety,59\n", ",spirit,59\n", "the cup: "},
		"an incident of nobody":      {"incidents.csv", "91000000", "91000001", "incidents.csv:2: firm: "},
	} {
		_, errors, status := ran("-data", changed(t, row.file, row.before, row.after))
		assert.Equal(t, 1, status, name)
		assert.Contains(t, errors, row.want, name)
	}
	_, errors, status := ran("-data", filepath.Join(t.TempDir(), "nowhere"))
	assert.Equal(t, 1, status)
	assert.Contains(t, errors, "edition.json: ")
}
