package employment_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"os"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/unioncampaign/union/casetest"
	"github.com/unioncampaign/union/employment"
)

// publishedJudges judge published reports of fairs and labour markets. A case is a
// file in testdata/cases: its input is an [employment.Report].
func publishedJudges() map[string]casetest.Judge {
	return map[string]casetest.Judge{"employment.fair/1": judgeReport}
}

func TestPublishedCasesAreReproduced(t *testing.T) {
	casetest.Run(t, os.DirFS("testdata/cases"), publishedJudges())
}

// A suite that a judge passes which knows nothing proves nothing.
func TestPublishedCasesCatchAJudgeThatGivesNothing(t *testing.T) {
	judges := map[string]casetest.Judge{
		"employment.fair/1": func(_, _ []byte) (any, error) { return struct{}{}, nil },
	}
	assert.NotEmpty(t, casetest.Check(os.DirFS("testdata/cases"), judges))
}

// What the rule says and the judge leaves aside must show.
func TestPublishedCasesCatchARuleThatIsNotFollowed(t *testing.T) {
	for _, twin := range [][2]string{
		{`"half up"`, `"truncate"`},
		{`"plain"`, `"largest remainder"`},
	} {
		judges := map[string]casetest.Judge{
			"employment.fair/1": func(rule, input []byte) (any, error) {
				return judgeReport(bytes.ReplaceAll(rule, []byte(twin[0]), []byte(twin[1])), input)
			},
		}
		assert.NotEmpty(t, casetest.Check(os.DirFS("testdata/cases"), judges), "%s for %s", twin[1], twin[0])
	}
}

// judgeReport gives the figures of a report, why others are absent, and what the
// report says against itself.
func judgeReport(rule, input []byte) (any, error) {
	var fair employment.Fair
	var report employment.Report
	decoder := json.NewDecoder(bytes.NewReader(input))
	decoder.DisallowUnknownFields()
	if err := errors.Join(fair.UnmarshalJSON(rule), decoder.Decode(&report)); err != nil {
		return nil, err
	}
	figures, err := fair.ReportFigures(report)
	if err != nil {
		return nil, err
	}
	values, absent := map[string]string{}, map[string]string{}
	for _, figure := range figures {
		if value, ok := figure.Value(); ok {
			values[figure.Key()] = value
		} else {
			absent[figure.Key()] = figure.Why().String()
		}
	}
	return map[string]any{"figures": values, "absent": absent, "findings": fair.CheckReport(report)}, nil
}
