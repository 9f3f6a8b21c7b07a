package main

import (
	"bytes"
	"encoding/json"
	"flag"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

var writeGolden = flag.Bool("write", false, "write the golden files anew")

// ran returns what the program prints and its exit status.
func ran(arguments ...string) (out, errors string, status int) {
	var o, e bytes.Buffer
	status = run(arguments, &o, &e)
	return o.String(), e.String(), status
}

func golden(t *testing.T, name, got string) {
	t.Helper()
	path := "testdata/" + name
	if *writeGolden {
		require.NoError(t, os.WriteFile(path, []byte(got), 0o600))
	}
	want, err := os.ReadFile(path)
	require.NoError(t, err)
	assert.Equal(t, string(want), got)
}

// Worked out by hand: 甲's 36 votes give 20 × 100 + 12 × 80 + 4 × 60 = 3200, that
// is 88.89; of the marks 85, 88.5, 90, 79, 91 those between have the mean 87.83;
// 0.3 × 88.89 + 0.3 × 87.83 + 0.4 × 88 = 88.216. 乙's two parts count 0.5 each.
func TestTheRankedSheet(t *testing.T) {
	for name, arguments := range map[string][]string{
		"sheet.golden":   nil,
		"working.golden": {"-explain", "乙"},
		"json.golden":    {"-json"},
		"against.golden": {"-against", "old.json"},
	} {
		out, errors, status := ran(arguments...)
		require.Equal(t, 0, status, errors)
		assert.Empty(t, errors)
		golden(t, name, out)
	}
	out, _, _ := ran()
	assert.Contains(t, out, "| 1（并列待定） | 甲 | 88.89 | 87.83 | 88.00 | 88.22 | 优秀 | 符合 | 待定 |")
	out, _, _ = ran("-json")
	assert.True(t, json.Valid([]byte(out)))
	all, _, status := ran("-explain", "all")
	assert.Equal(t, 0, status)
	one, _, _ := ran("-explain", "乙")
	assert.Contains(t, all, one)
}

// folderWith copies the sample and changes some of its files; an empty text takes
// one away.
func folderWith(t *testing.T, changes map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	require.NoError(t, fs.WalkDir(sample, "post", func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		data, err := sample.ReadFile(path)
		require.NoError(t, err)
		return os.WriteFile(filepath.Join(dir, entry.Name()), data, 0o600)
	}))
	for name, text := range changes {
		if text == "" {
			require.NoError(t, os.Remove(filepath.Join(dir, name)))
			continue
		}
		require.NoError(t, os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600))
	}
	return dir
}

func TestARunOffDecidesWhatIsOpen(t *testing.T) {
	out, errors, status := ran("-data", folderWith(t, map[string]string{"drawn.csv": "unit\n丁\n甲\n"}))
	require.Equal(t, 0, status, errors)
	assert.Regexp(t, `(?m)^\| 1 \| 丁 \|.*\| 是 \|$`, out)
	assert.Regexp(t, `(?m)^\| 2 \| 甲 \|.*\|  \|$`, out)
	out, _, status = ran("-data", folderWith(t, map[string]string{"quota.json": ""}))
	require.Equal(t, 0, status)
	assert.NotContains(t, out, "待定 |\n")
}

func TestResultsBetweenUnitsAreRead(t *testing.T) {
	ranking := `{"union":"assessment.ranking/1","key":"o","version":"1","title":"t","source":"s","keys":[{"item":"total"},{"item":"duel","among":true}],"holding":true}`
	out, errors, status := ran("-data", folderWith(t, map[string]string{"ranking.json": ranking, "meetings.csv": "first,second,item,net\n丁,甲,duel,-2\n"}))
	require.Equal(t, 0, status, errors)
	assert.Contains(t, out, "| 1 | 甲 |")
}

func TestWhatIsWrongIsToldWithItsPlace(t *testing.T) {
	marks, err := sample.ReadFile("post/marks.csv")
	require.NoError(t, err)
	with := func(old, changed string) string {
		require.Contains(t, string(marks), old)
		return strings.Replace(string(marks), old, changed, 1)
	}
	for name, each := range map[string]struct {
		changes map[string]string
		want    string
	}{
		"no scheme":            {map[string]string{"scheme.json": ""}, "scheme.json"},
		"no marks":             {map[string]string{"marks.csv": ""}, "marks.csv"},
		"an empty table":       {map[string]string{"marks.csv": "\n"}, "marks.csv"},
		"a broken table":       {map[string]string{"marks.csv": "unit\n\"a\n"}, "marks.csv"},
		"a scheme with a hole": {map[string]string{"scheme.json": `{"union":"assessment.scheme/1"}`}, "scheme.json.key: must be given"},
		"a broken quota":       {map[string]string{"quota.json": `{}`}, "quota.json"},
		"no number":            {map[string]string{"marks.csv": with("91,88,", "91,eighty,")}, "marks.csv:2.given inspection: cannot be read"},
		"no mark":              {map[string]string{"marks.csv": with("79,91", "79,?")}, "marks.csv:2.panel speech: cannot be read"},
		"half a paper":         {map[string]string{"marks.csv": with("甲,40", "甲,40.5")}, "marks.csv:2.valid appraisal: cannot be read"},
		"no count":             {map[string]string{"marks.csv": with("甲,40", "甲,x")}, "marks.csv:2.valid appraisal: cannot be read"},
		"a mark out of bounds": {map[string]string{"marks.csv": with("79,91", "79,101")}, "group[0].items.speech.panel.speech[4]: out of range"},
		"votes below zero":     {map[string]string{"marks.csv": with("甲,40,20", "甲,40,-20")}, "marks.csv:2.votes appraisal"},
		"a form unknown":       {map[string]string{"marks.csv": "unit,valid x\na,1\n"}, "marks.csv:2.votes: not known"},
		"a column unknown":     {map[string]string{"marks.csv": "unit,x\na,1\n"}, "marks.csv:2.x: not known"},
		"votes of nothing":     {map[string]string{"marks.csv": "unit,votes x\na,1\n"}, "marks.csv:2.votes x: cannot be read"},
		"a stranger drawn":     {map[string]string{"drawn.csv": "unit\nx\n"}, "drawn[0]: not known"},
		"half a meeting":       {map[string]string{"meetings.csv": "a,b\nx,y\n"}, "meetings.csv:2: cannot be read"},
		"a quota of no size":   {map[string]string{"quota.json": `{"union":"assessment.quota/1","key":"k","version":"1","title":"t","source":"s","size":[{"times":{"by":"-1"}}]}`}, "size: out of range"},
	} {
		out, errors, status := ran("-data", folderWith(t, each.changes))
		assert.Equal(t, 1, status, name)
		assert.Empty(t, out, name)
		assert.Contains(t, errors, each.want, name)
	}
	for name, arguments := range map[string][]string{
		"nobody": {"-explain", "x"}, "no file": {"-against", "x.json"}, "no folder": {"-data", "nowhere"},
	} {
		_, errors, status := ran(arguments...)
		assert.Equal(t, 1, status, name)
		assert.NotEmpty(t, errors, name)
	}
	_, _, status := ran("-nothing")
	assert.Equal(t, 2, status)
}
