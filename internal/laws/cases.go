package laws

import (
	"bytes"
	"encoding/json"
	"io/fs"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/unioncampaign/union/casetest"
)

// PublishedCases runs a suite of published cases, and fails if something is
// [Unnoticed] by it.
func PublishedCases(t *testing.T, suite fs.FS, judges map[string]casetest.Judge, twins map[string][][2]string) {
	t.Helper()
	t.Run("reproduced", func(t *testing.T) { casetest.Run(t, suite, judges) })
	assert.Empty(t, Unnoticed(suite, judges, twins))
}

// Unnoticed returns what could go wrong and no case of a suite would fail: a judge
// that gives nothing, of whatever kind of rule, and one that follows another rule.
// twins has, by kind, what is put for what in a rule's JSON, both without spaces
// between its tokens.
func Unnoticed(suite fs.FS, judges map[string]casetest.Judge, twins map[string][][2]string) []string {
	right := map[string]casetest.Judge{}
	for kind, judge := range judges {
		right[kind] = remembered(judge)
	}
	var told []string
	try := func(kind, how string, judge casetest.Judge) {
		broken := maps.Clone(right)
		broken[kind] = judge
		if len(casetest.Check(suite, broken)) == 0 {
			told = append(told, kind+": "+how)
		}
	}
	for kind := range judges {
		try(kind, "a judge that gives nothing", func(_, _ []byte) (any, error) { return struct{}{}, nil })
	}
	for kind, pairs := range twins {
		for _, twin := range pairs {
			try(kind, twin[1]+" for "+twin[0], func(rule, input []byte) (any, error) {
				var compact bytes.Buffer
				if err := json.Compact(&compact, rule); err != nil {
					return nil, err
				}
				return judges[kind]([]byte(strings.ReplaceAll(compact.String(), twin[0], twin[1])), input)
			})
		}
	}
	slices.Sort(told)
	return told
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

// ReadInput reads what a rule is applied to in a case, and nothing beside it.
func ReadInput(input []byte, given any) error {
	decoder := json.NewDecoder(bytes.NewReader(input))
	decoder.DisallowUnknownFields()
	return decoder.Decode(given)
}
