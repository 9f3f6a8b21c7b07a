package laws_test

import (
	"encoding/json"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/assert"

	"github.com/unioncampaign/union/casetest"
	"github.com/unioncampaign/union/internal/laws"
)

// judgeDoubling gives twice what goes in, if the rule says so.
func judgeDoubling(rule, input []byte) (any, error) {
	var document struct{ Twice bool }
	var given struct{ N int }
	if err := json.Unmarshal(rule, &document); err != nil {
		return nil, err
	}
	if err := laws.ReadInput(input, &given); err != nil {
		return nil, err
	}
	if document.Twice {
		given.N *= 2
	}
	return map[string]int{"n": given.N}, nil
}

func suiteOf(text string) fstest.MapFS { return fstest.MapFS{"a.json": {Data: []byte(text)}} }

func TestWhatNoCaseWouldFailIsTold(t *testing.T) {
	judges := map[string]casetest.Judge{"doubling/1": judgeDoubling}
	twins := map[string][][2]string{"doubling/1": {{`"twice":true`, `"twice":false`}, {`"other"`, `"another"`}}}
	two := suiteOf(`{"rule": {"union": "doubling/1", "twice": true}, "input": {"N": 1}, "want": {"n": 2}, "source": "made up"}`)
	laws.PublishedCases(t, two, judges, map[string][][2]string{"doubling/1": twins["doubling/1"][:1]})
	assert.Equal(t, []string{`doubling/1: "another" for "other"`}, laws.Unnoticed(two, judges, twins), "a twin of nothing")
	nothing := suiteOf(`{"rule": {"union": "doubling/1", "twice": true}, "input": {"N": 0}, "want": {"n": 0}, "source": "made up"}`)
	assert.Equal(t, []string{`doubling/1: "another" for "other"`, `doubling/1: "twice":false for "twice":true`}, laws.Unnoticed(nothing, judges, twins), "twice nothing is nothing")
	broken := map[string]casetest.Judge{"doubling/1": func(_, _ []byte) (any, error) { return struct{}{}, nil }}
	anything := suiteOf(`{"rule": {"union": "doubling/1"}, "input": {}, "want": {}, "source": "made up"}`)
	assert.Equal(t, []string{"doubling/1: a judge that gives nothing"}, laws.Unnoticed(anything, broken, nil))
}
