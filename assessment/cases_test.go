package assessment_test

import (
	"bytes"
	"encoding/json"
	"io/fs"
	"maps"
	"os"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/unioncampaign/union/casetest"
)

// publishedJudges judge published ballots and scores. A case is a file in
// testdata/cases, and its rule one in testdata/rules; what a rule of each kind is
// applied to, the structs of its judge show.
func publishedJudges() map[string]casetest.Judge {
	judges := ballotJudges()
	maps.Copy(judges, scoreJudges())
	maps.Copy(judges, goalJudges())
	return judges
}

// published is the suite: testdata but for the binary forms.
func published(t *testing.T) fs.FS {
	t.Helper()
	suite, root := fstest.MapFS{}, os.DirFS("testdata")
	for _, folder := range []string{"cases", "rules"} {
		require.NoError(t, fs.WalkDir(root, folder, func(name string, entry fs.DirEntry, err error) error {
			if err != nil || entry.IsDir() {
				return err
			}
			data, err := fs.ReadFile(root, name)
			suite[name] = &fstest.MapFile{Data: data}
			return err
		}))
	}
	return suite
}

func TestPublishedCasesAreReproduced(t *testing.T) {
	casetest.Run(t, published(t), publishedJudges())
}

// A suite that a judge passes which knows nothing proves nothing.
func TestPublishedCasesCatchAJudgeThatGivesNothing(t *testing.T) {
	for kind := range publishedJudges() {
		judges := publishedJudges()
		judges[kind] = func(_, _ []byte) (any, error) { return struct{}{}, nil }
		assert.NotEmpty(t, casetest.Check(published(t), judges), kind)
	}
}

// What the rule says and the judge leaves aside must show.
func TestPublishedCasesCatchARuleThatIsNotFollowed(t *testing.T) {
	others := publishedJudges()
	for kind, judge := range others {
		others[kind] = remembered(judge)
	}
	for kind, twins := range map[string][][2]string{
		"assessment.form/1": {{`"last takes rest"`, `"plain"`}, {`"truncate"`, `"half up"`}, {`"half up"`, `"truncate"`}, {`"empty_blank": true`, `"empty_blank": false`}},
		"assessment.scheme/1": {
			{`"truncate"`, `"half up"`}, {`"half up"`, `"truncate"`}, {`"mean": true`, `"mean": false`}, {`"high": 1`, `"high": 0`},
			{`"each": "room"`, `"within": "room"`}, {`"of": "best"`, `"of": "mean"`}, {`"lower"`, `"higher"`},
		},
		"assessment.ranking/1": {{`"restart": 2`, `"restart": 0`}, {`"shared"`, `"skip"`}, {`"skip"`, `"dense"`}, {`"ascending": true`, `"ascending": false`}},
		"assessment.quota/1":   {{`"half up"`, `"truncate"`}, {`"floor"`, `"half up"`}, {`"soft": true`, `"soft": false`}},
	} {
		right := publishedJudges()[kind]
		for _, twin := range twins {
			judges := maps.Clone(others)
			judges[kind] = func(rule, input []byte) (any, error) {
				return right(bytes.ReplaceAll(rule, []byte(twin[0]), []byte(twin[1])), input)
			}
			assert.NotEmpty(t, casetest.Check(published(t), judges), "%s: %s for %s", kind, twin[1], twin[0])
		}
	}
}

// remembered judges each rule and input once: what comes out is always the same.
func remembered(judge casetest.Judge) casetest.Judge {
	type result struct {
		got any
		err error
	}
	known := map[string]result{}
	return func(rule, input []byte) (any, error) {
		key := string(rule) + "\x00" + string(input)
		if _, ok := known[key]; !ok {
			got, err := judge(rule, input)
			known[key] = result{got, err}
		}
		return known[key].got, known[key].err
	}
}

// readInput reads what a rule is applied to, and nothing beside it.
func readInput(input []byte, given any) error {
	decoder := json.NewDecoder(bytes.NewReader(input))
	decoder.DisallowUnknownFields()
	return decoder.Decode(given)
}
