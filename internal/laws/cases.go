package laws

import (
	"bytes"
	"encoding/json"
	"io/fs"
	"path"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

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
	cases := byKind(suite)
	var told []string
	try := func(kind, how string, judge casetest.Judge) {
		if len(cases[kind]) == 0 || len(casetest.Check(cases[kind], map[string]casetest.Judge{kind: judge})) == 0 {
			told = append(told, kind+": "+how)
		}
	}
	for kind := range judges {
		try(kind, "a judge that gives nothing", func(_, _ []byte) (any, error) { return struct{}{}, nil })
	}
	for kind, pairs := range twins {
		right := remembered(judges[kind])
		for _, twin := range pairs {
			try(kind, twin[1]+" for "+twin[0], func(rule, input []byte) (any, error) {
				return right([]byte(strings.ReplaceAll(string(rule), twin[0], twin[1])), input)
			})
		}
	}
	slices.Sort(told)
	return told
}

// byKind returns the cases of a suite by the kind of their rule, which stands in
// each of them, without spaces.
func byKind(suite fs.FS) map[string]fstest.MapFS {
	cases := map[string]fstest.MapFS{}
	for name, members := range documents(suite) {
		rule := members["rule"]
		var file string
		if json.Unmarshal(rule, &file) == nil {
			rule, _ = fs.ReadFile(suite, path.Join(path.Dir(name), file))
		}
		var compact bytes.Buffer
		var header struct{ Union string }
		if json.Compact(&compact, rule) != nil || json.Unmarshal(rule, &header) != nil {
			continue // no case: casetest says so
		}
		members["rule"] = compact.Bytes()
		if cases[header.Union] == nil {
			cases[header.Union] = fstest.MapFS{}
		}
		var data bytes.Buffer
		encoder := json.NewEncoder(&data)
		encoder.SetEscapeHTML(false)
		_ = encoder.Encode(members) // which were just read
		cases[header.Union][name] = &fstest.MapFile{Data: data.Bytes()}
	}
	return cases
}

// documents returns the members of each document of a suite, by its path.
func documents(suite fs.FS) map[string]map[string]json.RawMessage {
	found := map[string]map[string]json.RawMessage{}
	_ = fs.WalkDir(suite, ".", func(name string, entry fs.DirEntry, err error) error {
		var members map[string]json.RawMessage
		data, _ := fs.ReadFile(suite, name)
		if json.Unmarshal(data, &members) == nil {
			found[name] = members
		}
		return nil
	})
	return found
}

// remembered judges each rule and input once: what comes out is always the same,
// and a twin that changes nothing in a rule has it judged before.
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
