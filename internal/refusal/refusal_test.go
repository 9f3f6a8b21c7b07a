package refusal_test

import (
	"errors"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/unioncampaign/union/internal/refusal"
)

func TestAnErrorIsOneLine(t *testing.T) {
	for want, err := range map[string]refusal.Error{
		"":                          {},
		"a: not known":              {Kind: refusal.Unknown, Where: "a"},
		"out of range: got 1":       {Kind: refusal.Range, Got: "1"},
		"cannot be read: want x":    {Kind: refusal.Text, Want: "x"},
		"given more than once":      {Kind: refusal.Repeated},
		"b: : got 1, want 2":        {Kind: 9, Where: "b", Got: "1", Want: "2"},
		"c: cannot be read: broken": {Kind: refusal.Text, Where: "c", Got: "1", Cause: errors.New("broken")},
	} {
		require.EqualError(t, &err, want)
	}
}

func TestKindsAreNamed(t *testing.T) {
	for kind, want := range map[refusal.Kind]string{
		refusal.Text: "cannot be read", refusal.Repeated: "given more than once", refusal.Unknown: "not known",
		refusal.Range: "out of range", refusal.Rule: "made under another rule",
	} {
		assert.Equal(t, want, kind.String())
	}
	assert.Empty(t, refusal.Kind(0).String())
	assert.NotEmpty(t, refusal.Rule.String(), "the last")
	assert.Empty(t, (refusal.Rule + 1).String(), "one after the last")
	assert.Empty(t, refusal.Kind(200).String())
}
