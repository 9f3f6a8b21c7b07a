package assessment_test

import (
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/unioncampaign/union/assessment"
	"github.com/unioncampaign/union/internal/laws"
)

var writeWorkings = flag.Bool("write", false, "write the workings in testdata/workings anew")

// The working of one unit under each published scheme is one that a clerk can
// follow with the rule in hand: it was read so before it was kept.
func TestTheWorkingOfOneUnitOfEachSchemeIsKept(t *testing.T) {
	files, err := filepath.Glob("testdata/cases/schemes/*.json")
	require.NoError(t, err)
	require.GreaterOrEqual(t, len(files), 8)
	for _, file := range files {
		name := strings.TrimSuffix(filepath.Base(file), ".json")
		t.Run(name, func(t *testing.T) {
			var published struct {
				Input json.RawMessage `json:"input"`
			}
			require.NoError(t, json.Unmarshal(must(os.ReadFile(file)), &published))
			var scheme assessment.Scheme
			require.NoError(t, scheme.UnmarshalJSON(must(os.ReadFile("testdata/rules/"+name+".json"))))
			var given givenGroup
			require.NoError(t, laws.ReadInput(published.Input, &given))
			records, err := given.records(scheme)
			require.NoError(t, err)
			working, err := scheme.Working(records, given.Explain)
			require.NoError(t, err)
			kept := "testdata/workings/" + name + ".txt"
			if *writeWorkings {
				require.NoError(t, os.WriteFile(kept, []byte(working.String()), 0o600))
			}
			assert.Equal(t, string(must(os.ReadFile(kept))), working.String())
		})
	}
}
