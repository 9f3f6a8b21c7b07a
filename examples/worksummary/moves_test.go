package main

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"reflect"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/unioncampaign/union"
)

// alterations says of each file of records which record is deleted, doubled and
// altered, counted from 1 below the header, and what is altered in it.
var alterations = []struct {
	file   string
	record int
	column string
	value  string
}{
	{"aid/certificates.csv", 11, "issued", "2008-05-12"},
	{"aid/gifts.csv", 40, "amount", "51.01"},
	{"aid/household-items.csv", 1, "amount", "16200.00"},
	{"aid/household-members.csv", 9, "working", "yes"},
	{"aid/households.csv", 3, "cause", "accident"},
	{"aid/reviews.csv", 1, "outcome", "withdrawn"},
	{"aid/students-report.csv", 1, "reported", "2010-05-27"},
	{"aid/students.csv", 3, "stage", "college"},
	{"aid/visits.csv", 1, "amount", "1000.01"},
	{"assessment/appraisal-bases.csv", 4, "papers", "21"},
	{"assessment/appraisal-sheets.csv", 1, "belief", "poor"},
	{"assessment/exemplars.csv", 2, "title", "清禾县自来水公司"},
	{"assessment/goal-steps.csv", 4, "on", "2010-06-01"},
	{"assessment/goals.csv", 2, "verified", "90"},
	{"assessment/indicators.csv", 1, "value", "826"},
	{"assessment/satisfaction-bases.csv", 2, "papers", "140"},
	{"assessment/satisfaction-papers.csv", 1, "valid", "140"},
	{"assessment/satisfaction-votes.csv", 2, "votes", "3"},
	{"campaign/attendance.csv", 2, "mark", "absent"},
	{"campaign/deeds.csv", 9, "day", "2010-06-01"},
	{"campaign/events.csv", 4, "day", "2010-05-23"},
	{"campaign/issues.csv", 1, "source", "above"},
	{"campaign/members.csv", 23, "rank", "leader"},
	{"campaign/notes.csv", 1, "words", "1"},
	{"campaign/reflections.csv", 1, "words", "999"},
	{"campaign/readings.csv", 1, "day", "2010-06-01"},
	{"campaign/sessions.csv", 2, "hours", "2.75"},
	{"campaign/staff.csv", 20, "person", "N003"},
	{"competition/candidates.csv", 1, "title", "清禾重工有限公司"},
	{"competition/entries.csv", 10, "workers", "1"},
	{"competition/firms.csv", 50, "ownership", "state"},
	{"competition/honours.csv", 1, "year", "2005"},
	{"competition/incidents.csv", 1, "on", "2006-09-12"},
	{"competition/marks.csv", 1, "mark", "11.5"},
	{"employment/employers.csv", 12, "region", "city"},
	{"employment/intentions.csv", 2, "stage", "intention"},
	{"employment/postings.csv", 1, "openings", "19"},
	{"employment/registrations.csv", 9, "category", "graduate"},
}

// ruleChanges says of each rule what is altered in its text.
var ruleChanges = []struct{ file, old, altered string }{
	{"aid/certificate.json", `{"month": 4, "day": 1}`, `{"month": 4, "day": 25}`},
	{"aid/donation-day.json", `"cut_off": "2010-06-10"`, `"cut_off": "2010-05-20"`},
	{"aid/golden-autumn.json", `"categories": ["extreme", "difficult"]`, `"categories": ["extreme"]`},
	{"aid/standard.json", `"line": "300.00"`, `"line": "310.00"`},
	{"aid/visits.json", `"goods": "份"`, `"goods": "箱"`},
	{"assessment/appraisal.json", `"max": 4`, `"max": 3`},
	{"assessment/comparison.json", `"base": "exemplar"`, `"base": "own"`},
	{"assessment/goals.json", `"y": "25"`, `"y": "20"`},
	{"assessment/policy.json", `"least": 5`, `"least": 10`},
	{"assessment/satisfaction.json", `"balance": "last takes rest"`, `"balance": "plain"`},
	{"campaign/group.json", `"name": "秦晓峰"`, `"name": "秦晓岚"`},
	{"campaign/journal.jsonl", `"items": 5`, `"items": 4`},
	{"campaign/plan.json", `"due": "2010-05-05", "evidence": ["register"]`, `"due": "2010-05-07", "evidence": ["register"]`},
	{"competition/edition.json", `"in": "[95,)"`, `"in": "[93,)"`},
	{"competition/scorecard.json", `{"item": "oversight", "weight": "1"}`, `{"item": "oversight", "weight": "0.9"}`},
	{"employment/fair.json", `"headline": 2`, `"headline": 1`},
}

// county returns the files of the sample county.
func county(t testing.TB) fstest.MapFS {
	t.Helper()
	files := fstest.MapFS{}
	require.NoError(t, fs.WalkDir(open(""), ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		data, err := fs.ReadFile(open(""), name)
		files[name] = &fstest.MapFile{Data: data}
		return err
	}))
	return files
}

// with returns the files with one exchanged.
func with(files fstest.MapFS, name string, data []byte) fstest.MapFS {
	changed := fstest.MapFS{}
	for each, file := range files {
		changed[each] = file
	}
	changed[name] = &fstest.MapFile{Data: data}
	return changed
}

// printed returns what each figure prints by key, or why there are none.
func printed(files fs.FS) (map[string]string, []error) {
	made, faults := summarise(&folder{files: files, decode: remembered, progress: io.Discard}, union.Date{})
	if len(faults) > 0 {
		return nil, faults
	}
	figures := map[string]string{}
	for key, figure := range made.figures {
		figures[key] = figure.String()
	}
	return figures, nil
}

// remembered reads each rule once, however many summaries are made by it: rules never
// change and may be shared.
var remembered = func() func([]byte, any) error {
	type document struct {
		rule reflect.Type
		text string
	}
	read := map[document]reflect.Value{}
	return func(text []byte, rule any) error {
		into, key := reflect.ValueOf(rule).Elem(), document{reflect.TypeOf(rule), string(text)}
		if had, known := read[key]; known {
			into.Set(had)
			return nil
		}
		if err := json.Unmarshal(text, rule); err != nil {
			return err
		}
		read[key] = reflect.ValueOf(into.Interface())
		return nil
	}
}()

// records reads a CSV file into its header and records.
func records(t *testing.T, data []byte) [][]string {
	t.Helper()
	rows, err := csv.NewReader(bytes.NewReader(data)).ReadAll()
	require.NoError(t, err)
	return rows
}

func written(t *testing.T, rows [][]string) []byte {
	t.Helper()
	var out bytes.Buffer
	require.NoError(t, csv.NewWriter(&out).WriteAll(rows))
	return out.Bytes()
}

// moved describes what a change of the files does to the figures: those that
// move, or that the files are refused and why.
func moved(before map[string]string, files fs.FS) (text string, moves bool) {
	after, faults := printed(files)
	if len(faults) > 0 {
		return fmt.Sprintf("refused: %v", faults[0]), false
	}
	var keys []string
	for key, value := range before {
		if now, found := after[key]; !found || now != value {
			keys = append(keys, key)
		}
	}
	for key := range after {
		if _, found := before[key]; !found {
			keys = append(keys, key)
		}
	}
	slices.Sort(keys)
	if len(keys) == 0 {
		return "nothing moves", false
	}
	return strings.Join(keys, " "), true
}

// TestEveryInputFileMovesSomeFigure deletes, doubles and alters one record of
// each file and one member of each rule, and keeps in a golden file which
// figures move.
func TestEveryInputFileMovesSomeFigure(t *testing.T) {
	files := county(t)
	before, faults := printed(files)
	require.Empty(t, faults)
	var report strings.Builder
	seen := map[string]bool{}
	tell := func(name, what, text string) { fmt.Fprintf(&report, "%s, %s: %s\n", name, what, text) }
	for _, each := range alterations {
		seen[each.file] = true
		rows := records(t, files[each.file].Data)
		record := rows[each.record]
		altered := slices.Clone(record)
		column := slices.Index(rows[0], each.column)
		require.GreaterOrEqual(t, column, 0, "%s has no column %s", each.file, each.column)
		require.NotEqual(t, each.value, altered[column], "%s is altered to what it is", each.file)
		altered[column] = each.value
		anyMoves := false
		for _, change := range []struct {
			what string
			rows [][]string
		}{
			{"delete", slices.Delete(slices.Clone(rows), each.record, each.record+1)},
			{"double", slices.Insert(slices.Clone(rows), each.record, record)},
			{"alter " + each.column, slices.Replace(slices.Clone(rows), each.record, each.record+1, altered)},
		} {
			text, moves := moved(before, with(files, each.file, written(t, change.rows)))
			tell(each.file, change.what, text)
			anyMoves = anyMoves || moves
		}
		assert.True(t, anyMoves, "no change of %s moves a figure", each.file)
	}
	for _, each := range ruleChanges {
		seen[each.file] = true
		require.Equal(t, 1, strings.Count(string(files[each.file].Data), each.old), "%s: %s", each.file, each.old)
		altered := strings.Replace(string(files[each.file].Data), each.old, each.altered, 1)
		text, moves := moved(before, with(files, each.file, []byte(altered)))
		tell(each.file, "alter to "+each.altered, text)
		assert.True(t, moves, "the change of %s moves no figure: %s", each.file, text)
	}
	for name := range files {
		assert.True(t, seen[name] || path.Ext(name) == ".md", "%s is not changed by this test", name)
	}
	golden(t, "testdata/moves.golden", report.String())
}

// golden compares a text with a file, or writes the file.
func golden(t *testing.T, name, text string) {
	t.Helper()
	if *write {
		require.NoError(t, os.WriteFile(name, []byte(text), 0o644))
	}
	want, err := os.ReadFile(name)
	require.NoError(t, err)
	assert.Equal(t, string(want), text)
}
