package assessment_test

import (
	"encoding/json"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/assessment"
)

// A published case: the rule as its document, the input, and what was printed.
type publishedCase struct {
	ID       string                    `json:"id"`
	Source   string                    `json:"source"`
	Note     string                    `json:"note"`
	Kind     string                    `json:"kind"`
	Form     *assessment.Form          `json:"form"`
	Counts   assessment.Counts         `json:"counts"`
	Stated   map[assessment.Base]int64 `json:"stated"`
	Figures  map[string]string         `json:"figures"`
	RowSums  map[string]string         `json:"row_sums"`
	Findings int                       `json:"findings"`
	Scheme   *assessment.Scheme        `json:"scheme"`
	Record   assessment.Record         `json:"record"`
	Items    map[string]string         `json:"items"`
}

func publishedCases(t *testing.T) []publishedCase {
	t.Helper()
	data, err := os.ReadFile("testdata/cases.json")
	require.NoError(t, err)
	var cases []publishedCase
	require.NoError(t, json.Unmarshal(data, &cases))
	require.NotEmpty(t, cases)
	return cases
}

// What was published comes out to the digit; every case names its source.
func TestPublishedCasesAreReproduced(t *testing.T) {
	for _, each := range publishedCases(t) {
		t.Run(each.ID, func(t *testing.T) {
			require.NotEmpty(t, each.Source)
			switch each.Kind {
			case "ballot":
				reproduceBallot(t, each)
			case "score":
				reproduceScore(t, each)
			default:
				t.Fatalf("unknown kind %q", each.Kind)
			}
		})
	}
}

func reproduceBallot(t *testing.T, each publishedCase) {
	box := each.Form.Box()
	require.NoError(t, box.AddCounts(each.Counts))
	for base, n := range each.Stated {
		require.NoError(t, box.State("", base, n))
	}
	outcome, err := each.Form.Count(box)
	require.NoError(t, err)
	assert.Len(t, outcome.Findings, each.Findings)
	figures, err := each.Form.Figures(outcome)
	require.NoError(t, err)
	printed := map[string]string{}
	for _, figure := range figures {
		value, ok := figure.Value()
		if !ok {
			value = figure.String()
		}
		printed[figure.Key()] = value
	}
	for key, want := range each.Figures {
		assert.Equal(t, want, printed[key], key)
	}
	for criterion, want := range each.RowSums {
		assert.Equal(t, want, rowSum(t, printed, criterion), "the printed row of %s", criterion)
	}
}

// rowSum adds up what is printed for the answers of a criterion.
func rowSum(t *testing.T, printed map[string]string, criterion string) string {
	var sum union.Number
	for key, value := range printed {
		if !strings.HasPrefix(key, "assessment.ballot.ballot.criterion."+criterion+".answer.") || !strings.HasSuffix(value, "%") {
			continue
		}
		n, err := union.ParseNumber(strings.TrimSuffix(value, "%"))
		require.NoError(t, err)
		sum = sum.Add(n)
	}
	return sum.String()
}

func reproduceScore(t *testing.T, each publishedCase) {
	scores, err := each.Scheme.Judge([]assessment.Record{each.Record})
	require.NoError(t, err)
	for item, want := range each.Items {
		assert.Equal(t, want, scores[0].Items[item].String(), item)
	}
	working, err := each.Scheme.Working([]assessment.Record{each.Record}, each.Record.Unit)
	require.NoError(t, err)
	assert.Contains(t, working.String(), scores[0].Total.String())
}
