package assessment_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/assessment"
	"github.com/unioncampaign/union/casetest"
)

// publishedJudges judge published ballots and scores. A case is a file in
// testdata/cases; what a rule of each kind is applied to, the structs of its judge
// show.
func publishedJudges() map[string]casetest.Judge {
	return map[string]casetest.Judge{
		"assessment.form/1":   judgeBallot,
		"assessment.scheme/1": judgeScore,
	}
}

func TestPublishedCasesAreReproduced(t *testing.T) {
	casetest.Run(t, os.DirFS("testdata/cases"), publishedJudges())
}

// A suite that a judge passes which knows nothing proves nothing.
func TestPublishedCasesCatchAJudgeThatGivesNothing(t *testing.T) {
	for kind := range publishedJudges() {
		judges := publishedJudges()
		judges[kind] = func(_, _ []byte) (any, error) { return struct{}{}, nil }
		assert.NotEmpty(t, casetest.Check(os.DirFS("testdata/cases"), judges), kind)
	}
}

// What the rule says and the judge leaves aside must show.
func TestPublishedCasesCatchARuleThatIsNotFollowed(t *testing.T) {
	for kind, twins := range map[string][][2]string{
		"assessment.form/1":   {{`"last takes rest"`, `"plain"`}, {`"truncate"`, `"half up"`}, {`"half up"`, `"truncate"`}, {`"empty_blank": true`, `"empty_blank": false`}},
		"assessment.scheme/1": {{`"truncate"`, `"half up"`}, {`"half up"`, `"truncate"`}},
	} {
		right := publishedJudges()[kind]
		for _, twin := range twins {
			judges := publishedJudges()
			judges[kind] = func(rule, input []byte) (any, error) {
				return right(bytes.ReplaceAll(rule, []byte(twin[0]), []byte(twin[1])), input)
			}
			assert.NotEmpty(t, casetest.Check(os.DirFS("testdata/cases"), judges), "%s: %s for %s", kind, twin[1], twin[0])
		}
	}
}

// readInput reads what a rule is applied to, and nothing beside it.
func readInput(input []byte, given any) error {
	decoder := json.NewDecoder(bytes.NewReader(input))
	decoder.DisallowUnknownFields()
	return decoder.Decode(given)
}

// judgeBallot gives the figures of papers counted by hand, what each row of
// shares sums to, and what does not add up. A figure that is not there is said by
// why.
func judgeBallot(rule, input []byte) (any, error) {
	var form assessment.Form
	var given struct {
		Counts []assessment.Counts       `json:"counts"` // of each class
		Stated map[assessment.Base]int64 `json:"stated"` // of all voters together
	}
	if err := errors.Join(form.UnmarshalJSON(rule), readInput(input, &given)); err != nil {
		return nil, err
	}
	box := form.Box()
	for i, counts := range given.Counts {
		if err := box.AddCounts(counts); err != nil {
			return nil, union.Within(union.Indexed("counts", i), err)
		}
	}
	for base, n := range given.Stated {
		if err := box.State("", base, n); err != nil {
			return nil, union.Within("stated", err)
		}
	}
	outcome, err := form.Count(box)
	if err != nil {
		return nil, err
	}
	figures, err := form.Figures(outcome)
	if err != nil {
		return nil, err
	}
	printed := map[string]string{}
	for _, figure := range figures {
		value, ok := figure.Value()
		if !ok {
			value = figure.String()
		}
		printed[figure.Key()] = value
	}
	sums, err := rowSums(form.Spec(), printed)
	return map[string]any{"figures": printed, "row_sums": sums, "findings": outcome.Findings}, err
}

// rowSums adds up what is printed for the answers of each criterion.
func rowSums(spec assessment.FormSpec, printed map[string]string) (map[string]union.Number, error) {
	sums := map[string]union.Number{}
	for _, criterion := range spec.Criteria {
		row := "assessment.ballot." + spec.Key + ".criterion." + criterion.Key + ".answer."
		var sum union.Number
		for key, value := range printed {
			share, isShare := strings.CutSuffix(value, "%")
			if !strings.HasPrefix(key, row) || !isShare {
				continue
			}
			n, err := union.ParseNumber(share)
			if err != nil {
				return nil, union.Within(key, err)
			}
			sum = sum.Add(n)
		}
		sums[criterion.Key] = sum
	}
	return sums, nil
}

// judgeScore gives the marks of one unit for each item, in total, and whether the
// working ends in the total.
func judgeScore(rule, input []byte) (any, error) {
	var scheme assessment.Scheme
	var record assessment.Record
	if err := errors.Join(scheme.UnmarshalJSON(rule), readInput(input, &record)); err != nil {
		return nil, err
	}
	records := []assessment.Record{record}
	scores, err := scheme.Judge(slices.Clone(records))
	if err != nil {
		return nil, err
	}
	working, err := scheme.Working(records, record.Unit)
	if err != nil {
		return nil, err
	}
	return map[string]any{
		"items":  scores[0].Items,
		"total":  scores[0].Total,
		"worked": strings.Contains(working.String(), scores[0].Total.String()),
	}, nil
}
