package aid_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/unioncampaign/union"
)

// figureOf returns the figure with the key.
func figureOf(t *testing.T, figures []union.Figure, key string) union.Figure {
	t.Helper()
	for _, figure := range figures {
		if figure.Key() == key {
			return figure
		}
	}
	require.Fail(t, "no such figure", key)
	return union.Figure{}
}

// checkFigures checks what every list of figures owes its reader, and returns
// the values by key.
func checkFigures(t *testing.T, figures []union.Figure) map[string]string {
	t.Helper()
	values := map[string]string{}
	for _, figure := range figures {
		assert.NotContains(t, values, figure.Key(), "two figures have one key")
		assert.NotEmpty(t, figure.Title(), figure.Key())
		assert.NotEmpty(t, figure.Working().Inputs, figure.Key())
		assert.NotEmpty(t, figure.Working().Rule, figure.Key())
		assert.NotEmpty(t, figure.Working().Result, figure.Key())
		assert.Regexp(t, `^aid\.[A-Z]\w+\.Figures$`, figure.By())
		values[figure.Key()] = figure.String()
	}
	return values
}
