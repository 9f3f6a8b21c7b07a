package main

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
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

// Every folder with a plan is reviewed on its days; this test knows none of them.
func TestPublishedCampaignsAreReviewedFromEndToEnd(t *testing.T) {
	plans, err := filepath.Glob("*/plan.json")
	require.NoError(t, err)
	require.GreaterOrEqual(t, len(plans), 4)
	for _, plan := range plans {
		folder := filepath.Dir(plan)
		t.Run(folder, func(t *testing.T) {
			out, errors, status := ran("-data", folder)
			require.Equal(t, 0, status, errors)
			assert.Empty(t, errors)
			name := filepath.Join("testdata", folder+".golden")
			if *writeGolden {
				require.NoError(t, os.WriteFile(name, []byte(out), 0o600))
			}
			want, err := os.ReadFile(name)
			require.NoError(t, err)
			assert.Equal(t, string(want), out)
			again, _, _ := ran("-data", folder)
			assert.Equal(t, out, again, "a past review repeats to the byte")
		})
	}
}

func TestTheSampleIsTheDefault(t *testing.T) {
	out, _, status := ran()
	require.Equal(t, 0, status)
	other, _, _ := ran("-data", "study-2009-six")
	assert.Equal(t, other, out)
	one, _, status := ran("-on", "2009-05-20")
	require.Equal(t, 0, status)
	assert.Contains(t, one, "2009年5月20日")
	assert.NotContains(t, one, "2009年5月27日")
}

func TestWhatIsWrongIsToldWithItsPlace(t *testing.T) {
	plan, err := os.ReadFile("study-2009-six/plan.json")
	require.NoError(t, err)
	for name, row := range map[string]struct {
		files map[string]string
		args  []string
		want  string
	}{
		"no plan":          {map[string]string{}, nil, "plan.json"},
		"no journal":       {map[string]string{"plan.json": string(plan)}, nil, "journal.json"},
		"no days":          {map[string]string{"plan.json": string(plan), "journal.json": "[]"}, nil, "days.json"},
		"a plan of no key": {map[string]string{"plan.json": `{"union": "campaign.plan/1"}`}, nil, "plan.json: key: must be given"},
		"a phase accepted too soon": {map[string]string{"plan.json": string(plan), "days.json": "[]", "journal.json": `[
			{"id": "g1", "on": "2009-05-18", "event": {"of": "phase", "key": "study", "event": "accept", "by": "县委", "role": "superior"}}]`}, nil,
			`journal.json: entry 0: phase study.state "open", event "accept": does not fit the graph of states: want sum-up`},
		"a member that is not known": {map[string]string{"plan.json": string(plan), "days.json": "[]", "journal.json": `[{"id": "g1", "when": "2009-05-18"}]`}, nil, `unknown field "when"`},
		"a day that is none":         {map[string]string{"plan.json": string(plan), "days.json": "[]", "journal.json": "[]"}, []string{"-on", "May"}, "-on: "},
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			for file, text := range row.files {
				require.NoError(t, os.WriteFile(filepath.Join(dir, file), []byte(text), 0o600))
			}
			out, errors, status := ran(append([]string{"-data", dir}, row.args...)...)
			assert.Equal(t, 1, status)
			assert.Empty(t, out)
			assert.Contains(t, errors, row.want)
		})
	}
	_, _, status := ran("-x")
	assert.Equal(t, 2, status)
}
