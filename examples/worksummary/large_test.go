package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/unioncampaign/union"
)

// largeScale makes a county of a little over 100,000 donations, attendances and
// registrations, and as many other records as such a county has.
var largeScale = scale{members: 500, sessions: 72, firms: 2000, households: 1500, donors: 36000, seekers: 29000, sheets: 600}

// large returns the files of a large county: generated records under the
// sample's rules, with as many members and sessions as the scale says.
func large(t testing.TB, size scale) fstest.MapFS {
	t.Helper()
	files := county(t)
	for name, file := range generate(7, size) {
		files[name] = file
	}
	var members, sessions strings.Builder
	members.WriteString("person,name,rank\n")
	for n := range size.members {
		fmt.Fprintf(&members, "M%03d,某某,staff\n", n+1)
	}
	days := []string{"2010-05-06", "2010-05-10", "2010-05-14", "2010-05-19", "2010-05-24", "2010-05-27"}
	sessions.WriteString("key,day,hours,kind,title\n")
	for n := range size.sessions {
		fmt.Fprintf(&sessions, "s%d,%s,1,together,学习\n", n+1, days[n%len(days)])
	}
	files["campaign/members.csv"] = &fstest.MapFile{Data: []byte(members.String())}
	files["campaign/sessions.csv"] = &fstest.MapFile{Data: []byte(sessions.String())}
	return files
}

// lines counts the records of a CSV file.
func lines(files fstest.MapFS, name string) int {
	return bytes.Count(files[name].Data, []byte("\n")) - 1
}

func TestALargeCountyIsSummarised(t *testing.T) {
	files := large(t, largeScale)
	gifts, marks, registrations := lines(files, "aid/gifts.csv"), lines(files, "campaign/attendance.csv"), lines(files, "employment/registrations.csv")
	require.GreaterOrEqual(t, gifts+marks+registrations, 100_000)
	var told bytes.Buffer
	made, faults := summarise(&folder{files: files, decode: json.Unmarshal, progress: &told}, union.Date{})
	require.Empty(t, faults)
	for key, want := range map[string]int{
		"campaign.study.expected":         500 * 72,
		"employment.seekers":              29000,
		"employment.seekers.person_times": registrations,
		"competition.base":                2000,
		"aid.households.applied":          1500,
	} {
		n, ok := made.figures[key].Whole()
		assert.True(t, ok, key)
		assert.Equal(t, int64(want), n, key)
	}
	assert.Contains(t, told.String(), "aid/gifts.csv: 20000 lines", "the progress of a large file is told")
}

// BenchmarkLargeCounty is a whole summary of a large county from its files.
func BenchmarkLargeCounty(b *testing.B) {
	dir := b.TempDir()
	files := large(b, largeScale)
	for name, file := range files {
		path := filepath.Join(dir, filepath.FromSlash(name))
		require.NoError(b, os.MkdirAll(filepath.Dir(path), 0o755))
		require.NoError(b, os.WriteFile(path, file.Data, 0o644))
	}
	for b.Loop() {
		require.Equal(b, 0, run([]string{"-data", dir}, io.Discard, io.Discard))
	}
}
