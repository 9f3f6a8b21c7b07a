package assessment_test

import (
	"io/fs"
	"maps"
	"os"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/require"

	"github.com/unioncampaign/union/casetest"
	"github.com/unioncampaign/union/internal/laws"
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

func TestPublishedCases(t *testing.T) {
	laws.PublishedCases(t, published(t), publishedJudges(), map[string][][2]string{
		"assessment.form/1": {{`"last takes rest"`, `"plain"`}, {`"truncate"`, `"half up"`}, {`"half up"`, `"truncate"`}, {`"empty_blank":true`, `"empty_blank":false`}},
		"assessment.scheme/1": {
			{`"truncate"`, `"half up"`}, {`"half up"`, `"truncate"`}, {`"mean":true`, `"mean":false`}, {`"normalise":true`, `"normalise":false`}, {`"high":1`, `"high":0`},
			{`"each":"room"`, `"within":"room"`}, {`"of":"best"`, `"of":"mean"`}, {`"lower"`, `"higher"`},
		},
		"assessment.ranking/1": {{`"restart":2`, `"restart":0`}, {`"shared"`, `"skip"`}, {`"skip"`, `"dense"`}, {`"ascending":true`, `"ascending":false`}},
		"assessment.quota/1":   {{`"half up"`, `"truncate"`}, {`"floor"`, `"half up"`}, {`"soft":true`, `"soft":false`}},
	})
}
