package casetest

import (
	"bytes"
	"encoding/json"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/unioncampaign/union"
)

// A testCase is one case, or what is wrong with the file that should be one.
type testCase struct {
	path   string
	kind   string // of the rule
	rule   []byte
	input  []byte
	want   map[string]any
	source string
	found  []union.Finding // if there is any, the case cannot be run
}

// broken returns a file that cannot be run, and why.
func broken(path string, findings ...union.Finding) testCase {
	for i := range findings {
		findings[i].Where = place(path, findings[i].Where)
	}
	return testCase{path: path, found: findings}
}

// place puts the path of a file before a place in it.
func place(path, where string) string {
	if where == "" {
		return path
	}
	return path + ": " + where
}

// The members of a case.
const (
	memberRule   = "rule"
	memberInput  = "input"
	memberWant   = "want"
	memberSource = "source"
	memberNote   = "note"
)

var required = [...]string{memberRule, memberInput, memberWant, memberSource}

// parseCase makes a case of the members of a file, and finds rules that are
// named among those of the suite.
func (s *suite) parseCase(path string, members map[string]json.RawMessage) testCase {
	var faults union.FaultList
	for _, name := range slices.Sorted(maps.Keys(members)) {
		if !slices.Contains(required[:], name) && name != memberNote {
			faults.Add(union.ErrUnknown, name, "", "one of: rule, input, want, source, note")
		}
	}
	for _, name := range required {
		if _, ok := members[name]; !ok {
			faults.Add(union.ErrMissing, name, "", "")
		}
	}
	each := testCase{path: path, input: members[memberInput]}
	each.source = textOf(&faults, members, memberSource)
	textOf(&faults, members, memberNote)
	each.want = objectOf(&faults, members, memberWant)
	if rule, ok := members[memberRule]; ok {
		each.rule, each.kind = s.ruleOf(&faults, path, rule)
	}
	if err := faults.Err(); err != nil {
		return broken(path, findingsOf(err)...)
	}
	return each
}

// textOf returns a member that must be a text which says something.
func textOf(faults *union.FaultList, members map[string]json.RawMessage, name string) string {
	data, ok := members[name]
	if !ok {
		return ""
	}
	value, _ := valueOf(data)
	text, ok := value.(string)
	switch {
	case !ok:
		faults.Add(union.ErrText, name, shown(value), "a text")
	case strings.TrimSpace(text) == "":
		faults.Add(union.ErrMissing, name, shown(value), "a text that says something")
	}
	return text
}

// objectOf returns a member that must be an object.
func objectOf(faults *union.FaultList, members map[string]json.RawMessage, name string) map[string]any {
	data, ok := members[name]
	if !ok {
		return nil
	}
	value, _ := valueOf(data)
	object, ok := value.(map[string]any)
	if !ok {
		faults.Add(union.ErrText, name, shown(value), "an object")
	}
	return object
}

// valueOf returns the value of a JSON text, in which a number keeps its digits.
func valueOf(data []byte) (value any, err error) {
	decoder := json.NewDecoder(bytes.NewReader(data))
	decoder.UseNumber()
	err = decoder.Decode(&value)
	return value, err
}

// findingsOf returns the faults of err as findings.
func findingsOf(err error) []union.Finding {
	var findings []union.Finding
	for _, fault := range union.Faults(err) {
		findings = append(findings, fault.Finding)
	}
	return findings
}

// check runs the case.
func (c testCase) check(judges map[string]Judge) []union.Finding {
	if len(c.found) > 0 {
		return c.found
	}
	judge := judges[c.kind]
	if judge == nil {
		return broken(c.path, union.NewFault(union.ErrUnknown, memberRule+"."+header, strconv.Quote(c.kind),
			"one of: "+strings.Join(slices.Sorted(maps.Keys(judges)), ", ")).Finding).found
	}
	got, err := judge(bytes.Clone(c.rule), bytes.Clone(c.input))
	if err != nil {
		faults := findingsOf(err)
		if _, wanted := c.want[memberFaults]; !wanted || len(faults) == 0 {
			return []union.Finding{{Where: c.path, Rule: c.asPrinted(), Got: err.Error(), Want: shown(c.want)}}
		}
		got = map[string]any{memberFaults: faults}
	}
	data, err := json.Marshal(got)
	if err != nil {
		return []union.Finding{{Where: c.path, Rule: "what comes out can be written as JSON", Got: err.Error()}}
	}
	value, _ := valueOf(data) // that json.Marshal has just written
	compared := comparison{path: c.path, rule: c.asPrinted()}
	compared.value("", value, c.want)
	return compared.found
}

// memberFaults is the member of what comes out of a refusal.
const memberFaults = "faults"

func (c testCase) asPrinted() string { return "comes out as in " + c.source }
