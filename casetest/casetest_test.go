package casetest_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"strings"
	"testing"
	"testing/fstest"
	"unicode/utf8"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/casetest"
	"github.com/unioncampaign/union/internal/laws"
)

// A sumRule adds what it is given, as long as that is no more than the rule
// lets it be.
type sumRule struct {
	Most int64 `json:"most"`
}

// sum is a judge: the total of the numbers given, and those that are too many.
func sum(rule, input []byte) (any, error) {
	var spec sumRule
	if err := union.ReadRule(rule, "example.sum/1", &spec); err != nil {
		return nil, err
	}
	var numbers []int64
	if err := json.Unmarshal(input, &numbers); err != nil {
		return nil, err
	}
	total := int64(0)
	for _, n := range numbers {
		total += n
	}
	if total > spec.Most {
		return nil, union.NewFault(union.ErrRange, "total", "", "less")
	}
	return struct {
		Total    int64           `json:"total"`
		Text     string          `json:"text"`
		Of       map[string]any  `json:"of"`
		Findings []union.Finding `json:"findings"`
	}{total, "<" + string(input) + ">", map[string]any{"count": len(numbers), "all": numbers}, nil}, nil
}

var judges = map[string]casetest.Judge{"example.sum/1": sum}

// suite makes a folder of the files named.
func suite(files map[string]string) fs.FS {
	folder := fstest.MapFS{}
	for name, text := range files {
		folder[name] = &fstest.MapFile{Data: []byte(text)}
	}
	return folder
}

const rule = `{"union": "example.sum/1", "most": 9}`

// caseOf is a case of the rule above that adds 2 and 3.
func caseOf(want string) string {
	return `{"rule": ` + rule + `, "input": [2, 3], "want": ` + want + `, "source": "a notice"}`
}

func passing() map[string]string {
	return map[string]string{
		"whole.json":         caseOf(`{"total": 5, "text": "<[2, 3]>", "of": {"count": 2, "all": [2, 3]}, "findings": []}`),
		"total alone.json":   caseOf(`{"total": 5}`),
		"within.json":        caseOf(`{"of": {"count": 2}}`),
		"deep/rule.json":     rule,
		"deep/named.json":    `{"rule": "rule.json", "input": [4], "want": {"total": 4}, "source": "a notice", "note": "four"}`,
		"deep/er/again.json": `{"rule": "../rule.json", "input": [], "want": {"total": 0, "of": {"all": []}}, "source": "a notice"}`,
		"refused.json":       `{"rule": ` + rule + `, "input": [9, 1], "want": {"faults": [{"where": "total", "rule": "out of range"}]}, "source": "a notice"}`,
		"bad rule.json":      `{"rule": {"union": "example.sum/1", "least": 1}, "input": 0, "want": {"faults": [{"where": "least", "rule": "not known"}]}, "source": "a notice"}`,
		".DS_Store":          "\x00",
		".git/config.json":   "{",
	}
}

func TestASuiteThatComesOutAsPrintedHasNoFindings(t *testing.T) {
	assert.Empty(t, casetest.Check(suite(passing()), judges))
	casetest.Run(t, suite(passing()), judges)
}

func TestAJudgeWithoutACaseIsNoFinding(t *testing.T) {
	more := map[string]casetest.Judge{"example.sum/1": sum, "example.other/1": nil}
	assert.Empty(t, casetest.Check(suite(passing()), more))
}

func TestEveryFailureIsSaidInFull(t *testing.T) {
	for name, row := range map[string]struct {
		files map[string]string
		want  []string
	}{
		"an empty folder":   {nil, []string{`.: a suite has a case`}},
		"nothing but a dot": {map[string]string{".a.json": "{}"}, []string{`.: a suite has a case`}},
		"another kind of file": {map[string]string{"a.txt": caseOf(`{}`)}, []string{
			`a.txt: not known: got a file named "a.txt", want a name that ends in .json`}},
		"a name in other letters": {map[string]string{"d/a.JSON": caseOf(`{}`)}, []string{
			`d/a.JSON: not known: got a file named "a.JSON", want a name that ends in .json`}},
		"no JSON":    {map[string]string{"a.json": `{"rule": }`}, []string{`a.json: cannot be read: got at byte 10: invalid character '}' looking for beginning of value`}},
		"no object":  {map[string]string{"a.json": `[1]`}, []string{`a.json: cannot be read: got [1], want an object`}},
		"null":       {map[string]string{"a.json": `null`}, []string{`a.json: cannot be read: got null, want an object`}},
		"not UTF-8":  {map[string]string{"a.json": "{\"note\": \"\xff\"}"}, []string{`a.json: cannot be read: got bytes that are not UTF-8`}},
		"null in it": {map[string]string{"a.json": `{"input": [null]}`}, []string{`a.json: input[0]: cannot be read: got null, want a value, or no member`}},
		"a member twice": {map[string]string{"a.json": `{"source": "x", "source": "y"}`}, []string{
			`a.json: source: given more than once`}},
		"a member of the input twice": {map[string]string{"a.json": `{"input": {"n": 1, "n": 2}}`}, []string{
			`a.json: input.n: given more than once`}},
		"an empty case": {map[string]string{"a.json": `{}`}, []string{
			`a.json: rule: must be given`, `a.json: input: must be given`, `a.json: want: must be given`, `a.json: source: must be given`}},
		"all sorts of things": {map[string]string{"a.json": `{"Rule": 1, "rule": 1, "input": 1, "want": [], "source": " ", "note": 7}`}, []string{
			`a.json: Rule: not known: want one of: rule, input, want, source, note`,
			`a.json: source: must be given: got " ", want a text that says something`,
			`a.json: note: cannot be read: got 7, want a text`,
			`a.json: want: cannot be read: got [], want an object`,
			`a.json: rule: cannot be read: got 1, want an object, or the name of a rule's file`}},
		"a rule of no kind": {map[string]string{"a.json": `{"rule": {"most": 1}, "input": 1, "want": {}, "source": "x"}`}, []string{
			`a.json: rule.union: must be given: want the kind of the rule, such as "union.shares/1"`}},
		"a rule whose kind is no text": {map[string]string{"a.json": `{"rule": "r.json", "input": 1, "want": {}, "source": "x"}`, "r.json": `{"union": 1}`}, []string{
			`a.json: rule.union: must be given: want the kind of the rule, such as "union.shares/1"`}},
		"a rule of an unknown kind": {map[string]string{"a.json": `{"rule": {"union": "example.sum/2"}, "input": 1, "want": {}, "source": "x"}`}, []string{
			`a.json: rule.union: not known: got "example.sum/2", want one of: example.sum/1`}},
		"a rule that is not there": {map[string]string{"a.json": `{"rule": "r.json", "input": 1, "want": {}, "source": "x"}`, "d/r.json": rule}, []string{
			`a.json: rule: not known: got "r.json", want the name of a rule's file beside the case`,
			`d/r.json: a rule's file is named by a case`}},
		"a case named as a rule": {map[string]string{"a.json": caseOf(`{"total": 5}`), "b.json": `{"rule": "a.json", "input": 1, "want": {}, "source": "x"}`}, []string{
			`b.json: rule: not known: got "a.json", want the name of a rule's file beside the case`}},
		"a rule outside the folder": {map[string]string{"a.json": `{"rule": "../../r.json", "input": 1, "want": {}, "source": "x"}`}, []string{
			`a.json: rule: not known: got "../../r.json", want the name of a rule's file beside the case`}},
		"a rule alone": {map[string]string{"r.json": rule}, []string{`r.json: a rule's file is named by a case`}},
		"another figure": {map[string]string{"a.json": caseOf(`{"total": 6, "of": {"count": 3, "all": [2, 4]}}`)}, []string{
			`a.json: of.all[1]: comes out as in a notice: got 3, want 4`,
			`a.json: of.count: comes out as in a notice: got 2, want 3`,
			`a.json: total: comes out as in a notice: got 5, want 6`}},
		"a text for a number":        {map[string]string{"a.json": caseOf(`{"total": "5"}`)}, []string{`a.json: total: comes out as in a notice: got 5, want "5"`}},
		"a number written otherwise": {map[string]string{"a.json": caseOf(`{"total": 5.0}`)}, []string{`a.json: total: comes out as in a notice: got 5, want 5.0`}},
		"true for a number":          {map[string]string{"a.json": caseOf(`{"total": true}`)}, []string{`a.json: total: comes out as in a notice: got 5, want true`}},
		"a figure that there is not": {map[string]string{"a.json": caseOf(`{"sum": 5}`)}, []string{`a.json: sum: comes out as in a notice: got nothing, want 5`}},
		"nothing of what there is not": {map[string]string{"a.json": caseOf(`{"finding": []}`)}, []string{
			`a.json: finding: comes out as in a notice: got nothing, want []`}},
		"a longer list":   {map[string]string{"a.json": caseOf(`{"of": {"all": [2, 3, 4]}}`)}, []string{`a.json: of.all: comes out as in a notice: got [2,3], want [2,3,4]`}},
		"an empty list":   {map[string]string{"a.json": caseOf(`{"of": {"all": []}}`)}, []string{`a.json: of.all: comes out as in a notice: got [2,3], want []`}},
		"an empty object": {map[string]string{"a.json": caseOf(`{"of": {}}`)}, []string{`a.json: of: comes out as in a notice: got {"all":[2,3],"count":2}, want {}`}},
		"an object for a list": {map[string]string{"a.json": caseOf(`{"of": {"all": {"count": 1}}}`)}, []string{
			`a.json: of.all: comes out as in a notice: got [2,3], want {"count":1}`}},
		"a list for an object":  {map[string]string{"a.json": caseOf(`{"of": [1]}`)}, []string{`a.json: of: comes out as in a notice: got {"all":[2,3],"count":2}, want [1]`}},
		"a list for nothing":    {map[string]string{"a.json": caseOf(`{"findings": [1]}`)}, []string{`a.json: findings: comes out as in a notice: got null, want [1]`}},
		"an object for nothing": {map[string]string{"a.json": caseOf(`{"findings": {"n": 1}}`)}, []string{`a.json: findings: comes out as in a notice: got null, want {"n":1}`}},
		"a number for nothing":  {map[string]string{"a.json": caseOf(`{"findings": 0}`)}, []string{`a.json: findings: comes out as in a notice: got null, want 0`}},
		"a want of nothing":     {map[string]string{"a.json": caseOf(`{}`)}, []string{`a.json: comes out as in a notice: got {"findings":null,"of":{"all":[2,3],"count":2},"text":"<[2, 3]>","total":5}, want {}`}},
		"a refusal not wanted": {map[string]string{"a.json": `{"rule": ` + rule + `, "input": [9, 1], "want": {"total": 10}, "source": "x"}`}, []string{
			`a.json: comes out as in x: got total: out of range: want less, want {"total":10}`}},
		"a refusal wanted that does not come": {map[string]string{"a.json": caseOf(`{"faults": [{"rule": "out of range"}]}`)}, []string{
			`a.json: faults: comes out as in a notice: got nothing, want [{"rule":"out of range"}]`}},
		"another refusal": {map[string]string{"a.json": `{"rule": ` + rule + `, "input": [9, 1], "want": {"faults": [{"where": "total", "rule": "not known"}]}, "source": "x"}`}, []string{
			`a.json: faults[0].rule: comes out as in x: got "out of range", want "not known"`}},
		"an error that is no fault": {map[string]string{"a.json": `{"rule": ` + rule + `, "input": "5", "want": {"faults": []}, "source": "x"}`}, []string{
			`a.json: comes out as in x: got json: cannot unmarshal string into Go value of type []int64, want {"faults":[]}`}},
	} {
		t.Run(name, func(t *testing.T) {
			got := []string{}
			for _, finding := range casetest.Check(suite(row.files), judges) {
				got = append(got, finding.String())
			}
			assert.Equal(t, row.want, got)
		})
	}
}

func TestALongValueIsShortened(t *testing.T) {
	long := strings.Repeat("元", 300)
	found := casetest.Check(suite(map[string]string{"a.json": caseOf(`{"text": "` + long + `"}`)}), judges)
	require.Len(t, found, 1)
	want := `"` + strings.Repeat("元", 199) + "…"
	assert.Equal(t, want, found[0].Want)
}

func TestWhatCannotBeWrittenAsJSONIsFound(t *testing.T) {
	found := casetest.Check(suite(map[string]string{"a.json": caseOf(`{"total": 5}`)}), map[string]casetest.Judge{
		"example.sum/1": func(_, _ []byte) (any, error) { return func() {}, nil },
	})
	require.Len(t, found, 1)
	assert.Equal(t, "a.json: what comes out can be written as JSON: got json: unsupported type: func()", found[0].String())
}

func TestWhatAJudgeKeepsOrChangesIsItsOwn(t *testing.T) {
	files := suite(map[string]string{
		"a.json": `{"rule": "r.json", "input": [1], "want": {"total": 1}, "source": "x"}`,
		"b.json": `{"rule": "r.json", "input": [2], "want": {"total": 2}, "source": "x"}`,
		"r.json": rule,
	})
	assert.Empty(t, casetest.Check(files, map[string]casetest.Judge{
		"example.sum/1": func(rule, input []byte) (any, error) {
			defer func() { clear(rule); clear(input) }()
			return sum(rule, input)
		},
	}))
}

// failing is a file system that cannot open some of its files.
type failing struct {
	fs.FS
	name string
}

func (f failing) Open(name string) (fs.File, error) {
	if name == f.name {
		return nil, &fs.PathError{Op: "open", Path: name, Err: errors.New("broken disk")}
	}
	return f.FS.Open(name)
}

func TestWhatCannotBeReadIsFound(t *testing.T) {
	for name, want := range map[string][]string{
		"deep/named.json": {`deep/named.json: cannot be read: got open deep/named.json: broken disk`},
		"deep/er":         {`deep/er: cannot be read: got open deep/er: broken disk`},
		".":               {`.: cannot be read: got open .: broken disk`},
		"deep/rule.json": {
			`deep/er/again.json: rule: not known: got "../rule.json", want the name of a rule's file beside the case`,
			`deep/named.json: rule: not known: got "rule.json", want the name of a rule's file beside the case`,
			`deep/rule.json: cannot be read: got open deep/rule.json: broken disk`,
		},
	} {
		got := []string{}
		for _, finding := range casetest.Check(failing{suite(passing()), name}, judges) {
			got = append(got, finding.String())
		}
		assert.Equal(t, want, got)
	}
}

// The test binary is run again, since a failing test cannot be run inside one
// that passes.
const inner = "CASETEST_INNER"

func TestRunFailsTheSubtestOfTheCaseAndSaysWhy(t *testing.T) {
	files := map[string]string{
		"d/good.json": caseOf(`{"total": 5}`),
		"d/bad.json":  caseOf(`{"total": 6}`),
		"d/none.json": `{}`,
	}
	if os.Getenv(inner) != "" {
		casetest.Run(t, suite(files), judges)
		return
	}
	again := exec.Command(os.Args[0], "-test.run=^"+t.Name()+"$", "-test.v")
	again.Env = append(os.Environ(), inner+"=1")
	var output bytes.Buffer
	again.Stdout, again.Stderr = &output, io.Discard
	require.Error(t, again.Run(), "the inner test passes")
	for _, line := range []string{
		"--- PASS: " + t.Name() + "/d/good.json",
		"--- FAIL: " + t.Name() + "/d/bad.json",
		"d/bad.json: total: comes out as in a notice: got 5, want 6\n",
		"--- FAIL: " + t.Name() + "/d/none.json",
		"d/none.json: source: must be given\n",
	} {
		assert.Contains(t, output.String(), line)
	}
}

// agrees states that a suite made of what a sum must be has no finding: the
// numbers are drawn, their total is counted up one by one.
func agrees(judge casetest.Judge) laws.Law {
	return func(r *rapid.T) error {
		numbers := rapid.SliceOfN(rapid.IntRange(0, 3), 0, 4).Draw(r, "numbers")
		total := 0
		for _, n := range numbers {
			for range n {
				total++
			}
		}
		drawn, err := json.Marshal(map[string]any{
			"rule": map[string]any{"union": "example.sum/1", "most": 99}, "input": numbers,
			"want": map[string]any{"total": total}, "source": "counted",
		})
		if err != nil {
			return err
		}
		found := casetest.Check(suite(map[string]string{"a.json": string(drawn)}), map[string]casetest.Judge{"example.sum/1": judge})
		if len(found) > 0 {
			return errors.New(found[0].String())
		}
		return nil
	}
}

func TestABrokenJudgeIsCaught(t *testing.T) {
	laws.Holds(t, agrees(sum))
	laws.Rejects(t, agrees(func(rule, input []byte) (any, error) { // leaves out the last number
		var numbers []int
		if err := json.Unmarshal(input, &numbers); err != nil {
			return nil, err
		}
		shorter, err := json.Marshal(numbers[:max(0, len(numbers)-1)])
		if err != nil {
			return nil, err
		}
		return sum(rule, shorter)
	}))
	laws.Rejects(t, agrees(func(_, _ []byte) (any, error) { return map[string]any{}, nil })) // gives nothing
	laws.Rejects(t, agrees(func(_, _ []byte) (any, error) { return nil, union.ErrRange }))   // refuses everything
}

// isCase tells by itself whether a text is a case: members read one by one.
func isCase(data []byte) bool {
	if !utf8.Valid(data) || bytes.Contains(data, []byte("null")) {
		return false // null within a text is left out of the comparison below
	}
	var members map[string]any
	if json.Unmarshal(data, &members) != nil {
		return false
	}
	for name := range members {
		if !strings.Contains(" rule input want source note ", " "+name+" ") {
			return false
		}
	}
	rule, isRule := members["rule"].(map[string]any)
	kind, isText := rule["union"].(string)
	_, isObject := members["want"].(map[string]any)
	source, hasSource := members["source"].(string)
	note, hasNote := members["note"]
	text, ok := note.(string)
	_, hasInput := members["input"]
	return isRule && isText && kind != "" && isObject && hasInput && hasSource && strings.TrimSpace(source) != "" &&
		(!hasNote || ok && strings.TrimSpace(text) != "")
}

func FuzzCase(f *testing.F) {
	for _, text := range passing() {
		f.Add([]byte(text))
	}
	f.Add([]byte(`{"rule": {"union": "x", "union": "y"}, "input": 1, "want": {}, "source": "x"}`))
	f.Add([]byte(`{"rule": "a.json", "input": 1, "want": {"faults": [{}]}, "source": "x"}`))
	f.Add([]byte(`{"RULE": null}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		ran := false
		folder := fstest.MapFS{"a.json": &fstest.MapFile{Data: data}}
		var kind struct {
			Rule struct {
				Union string `json:"union"`
			} `json:"rule"`
		}
		_ = json.Unmarshal(data, &kind)
		found := casetest.Check(folder, map[string]casetest.Judge{kind.Rule.Union: func(rule, input []byte) (any, error) {
			ran = true
			require.True(t, json.Valid(rule))
			require.True(t, json.Valid(input))
			return struct{}{}, nil
		}})
		for _, finding := range found {
			require.True(t, strings.HasPrefix(finding.Where, "a.json"), finding)
		}
		if ran {
			require.True(t, isCase(data) || bytes.Contains(data, []byte("null")), "ran what is no case")
		} else {
			require.NotEmpty(t, found, "passed over in silence")
		}
	})
}
