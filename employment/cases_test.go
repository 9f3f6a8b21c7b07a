package employment_test

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/unioncampaign/union/employment"
)

// A published is one published fair or table: its rule, what it prints, and
// what must come out. A file in testdata is one.
type published struct {
	Source string            `json:"source"`
	Note   string            `json:"note"`
	Rule   employment.Fair   `json:"rule"`
	Input  employment.Report `json:"input"`
	Want   struct {
		Figures  map[string]string `json:"figures"`  // value by key
		Absent   map[string]string `json:"absent"`   // why there is none, by key
		Findings []string          `json:"findings"` // not given: not asked
	} `json:"want"`
}

func TestPublishedReportsComeOutToTheDigit(t *testing.T) {
	names, err := filepath.Glob("testdata/*.json")
	require.NoError(t, err)
	require.NotEmpty(t, names)
	for _, name := range names {
		t.Run(filepath.Base(name), func(t *testing.T) {
			data, err := os.ReadFile(name)
			require.NoError(t, err)
			var each published
			decoder := json.NewDecoder(bytes.NewReader(data))
			decoder.DisallowUnknownFields()
			require.NoError(t, decoder.Decode(&each))
			require.NotEmpty(t, each.Source)

			figures, err := each.Rule.ReportFigures(each.Input)
			require.NoError(t, err)
			values, absent := map[string]string{}, map[string]string{}
			for _, figure := range figures {
				if value, ok := figure.Value(); ok {
					values[figure.Key()] = value
				} else {
					absent[figure.Key()] = figure.Why().String()
				}
			}
			for key, want := range each.Want.Figures {
				assert.Equal(t, want, values[key], key)
			}
			for key, want := range each.Want.Absent {
				assert.Equal(t, want, absent[key], key)
			}
			if each.Want.Findings != nil {
				found := []string{}
				for _, finding := range each.Rule.CheckReport(each.Input) {
					found = append(found, finding.String())
				}
				assert.Equal(t, each.Want.Findings, found)
			}
		})
	}
}

// The shares of the Wuxi table of 2015 sum to 99.99, and plain shares say so.
func TestPlainSharesThatDoNotSumAreFound(t *testing.T) {
	data, err := os.ReadFile("testdata/wuxi-2015Q1.json")
	require.NoError(t, err)
	var each published
	require.NoError(t, json.Unmarshal(data, &each))
	findings := each.Rule.CheckReport(each.Input)
	require.Len(t, findings, 1)
	assert.Equal(t, "categories", findings[0].Where)
	assert.Contains(t, findings[0].Got, "99.99")
}
