package employment_test

import (
	"errors"
	"os"
	"testing"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/casetest"
	"github.com/unioncampaign/union/employment"
	"github.com/unioncampaign/union/internal/laws"
)

// publishedJudges judge published reports of fairs and bulletins of labour
// markets. A case is a file in testdata/cases: its input is an
// [employment.Report] or an [employment.Bulletin].
func publishedJudges() map[string]casetest.Judge {
	return map[string]casetest.Judge{"employment.fair/1": judgeReport, "employment.market/1": judgeBulletin}
}

func TestPublishedCases(t *testing.T) {
	laws.PublishedCases(t, os.DirFS("testdata/cases"), publishedJudges(), map[string][][2]string{
		"employment.fair/1":   {{`"half up"`, `"truncate"`}, {`"plain"`, `"largest remainder"`}},
		"employment.market/1": {{`"half up"`, `"truncate"`}},
	})
}

// judgeReport gives the figures of a report, why others are absent, and what the
// report says against itself.
func judgeReport(rule, input []byte) (any, error) {
	var fair employment.Fair
	var report employment.Report
	if err := errors.Join(fair.UnmarshalJSON(rule), laws.ReadInput(input, &report)); err != nil {
		return nil, err
	}
	figures, err := fair.ReportFigures(report)
	return outcome(figures, fair.CheckReport(report)), err
}

// judgeBulletin gives the same of a bulletin.
func judgeBulletin(rule, input []byte) (any, error) {
	var market employment.Market
	var bulletin employment.Bulletin
	if err := errors.Join(market.UnmarshalJSON(rule), laws.ReadInput(input, &bulletin)); err != nil {
		return nil, err
	}
	figures, err := market.Figures(bulletin)
	return outcome(figures, market.Check(bulletin)), err
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
