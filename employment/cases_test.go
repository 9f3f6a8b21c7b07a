package employment_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"os"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/casetest"
	"github.com/unioncampaign/union/employment"
)

// publishedJudges judge published reports of fairs and bulletins of labour
// markets. A case is a file in testdata/cases: its input is an
// [employment.Report] or an [employment.Bulletin].
func publishedJudges() map[string]casetest.Judge {
	return map[string]casetest.Judge{"employment.fair/1": judgeReport, "employment.market/1": judgeBulletin}
}

func TestPublishedCasesAreReproduced(t *testing.T) {
	casetest.Run(t, os.DirFS("testdata/cases"), publishedJudges())
}

// A suite that a judge passes which knows nothing proves nothing.
func TestPublishedCasesCatchAJudgeThatGivesNothing(t *testing.T) {
	judges := map[string]casetest.Judge{
		"employment.fair/1":   func(_, _ []byte) (any, error) { return struct{}{}, nil },
		"employment.market/1": func(_, _ []byte) (any, error) { return struct{}{}, nil },
	}
	assert.NotEmpty(t, casetest.Check(os.DirFS("testdata/cases"), judges))
}

// What the rule says and the judge leaves aside must show.
func TestPublishedCasesCatchARuleThatIsNotFollowed(t *testing.T) {
	for _, twin := range [][2]string{
		{`"half up"`, `"truncate"`},
		{`"plain"`, `"largest remainder"`},
	} {
		judges := map[string]casetest.Judge{}
		for kind, judge := range publishedJudges() {
			judges[kind] = func(rule, input []byte) (any, error) {
				return judge(bytes.ReplaceAll(rule, []byte(twin[0]), []byte(twin[1])), input)
			}
		}
		assert.NotEmpty(t, casetest.Check(os.DirFS("testdata/cases"), judges), "%s for %s", twin[1], twin[0])
	}
}

// judgeReport gives the figures of a report, why others are absent, and what the
// report says against itself.
func judgeReport(rule, input []byte) (any, error) {
	var fair employment.Fair
	var report employment.Report
	if err := errors.Join(fair.UnmarshalJSON(rule), decode(input, &report)); err != nil {
		return nil, err
	}
	figures, err := fair.ReportFigures(report)
	return outcome(figures, fair.CheckReport(report)), err
}

// judgeBulletin gives the same of a bulletin.
func judgeBulletin(rule, input []byte) (any, error) {
	var market employment.Market
	var bulletin employment.Bulletin
	if err := errors.Join(market.UnmarshalJSON(rule), decode(input, &bulletin)); err != nil {
		return nil, err
	}
	figures, err := market.Figures(bulletin)
	return outcome(figures, market.Check(bulletin)), err
}

func decode(input []byte, into any) error {
	decoder := json.NewDecoder(bytes.NewReader(input))
	decoder.DisallowUnknownFields()
	return decoder.Decode(into)
}

func outcome(figures []union.Figure, findings []union.Finding) any {
	values, absent := map[string]string{}, map[string]string{}
	for _, figure := range figures {
		if value, ok := figure.Value(); ok {
			values[figure.Key()] = value
		} else {
			absent[figure.Key()] = figure.Why().String()
		}
	}
	if findings == nil {
		findings = []union.Finding{}
	}
	return map[string]any{"figures": values, "absent": absent, "findings": findings}
}
