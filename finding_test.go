package union_test

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/unioncampaign/union"
)

func TestAFindingIsOneLineOfWhatItSays(t *testing.T) {
	for want, finding := range map[string]union.Finding{
		"":                                    {},
		"must be given":                       {Rule: "must be given"},
		"row 3":                               {Where: "row 3"},
		"row 3: margins agree":                {Where: "row 3", Rule: "margins agree"},
		"margins agree: got 4":                {Rule: "margins agree", Got: "4"},
		"margins agree: want 5":               {Rule: "margins agree", Want: "5"},
		"row 3: margins agree: got 4, want 5": {Where: "row 3", Rule: "margins agree", Got: "4", Want: "5"},
	} {
		assert.Equal(t, want, finding.String())
	}
}

func TestAFindingLeavesOutInJSONWhatItDoesNotSay(t *testing.T) {
	data, err := json.Marshal([]union.Finding{{Rule: "r"}, {Where: "w", Rule: "r", Got: "g", Want: "x"}})
	require.NoError(t, err)
	assertBytes(t, `[{"rule":"r"},{"where":"w","rule":"r","got":"g","want":"x"}]`, data)
}
