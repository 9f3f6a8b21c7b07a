package casetest

import (
	"encoding/json"
	"errors"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strconv"
	"strings"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/internal/refusal"
	"github.com/unioncampaign/union/internal/strictjson"
)

// header is the member by which a rule says what kind of rule it is. A file that
// has it is a rule; any other must be a case.
const header = "union"

// A suite is a folder as it is read.
type suite struct {
	cases []testCase
	rules map[string][]byte // by path
	named map[string]bool   // the rules that some case names
}

// read returns the cases of a folder in the order of their paths, with what is
// no case among them and the rules that no case names after them.
func read(fsys fs.FS) []testCase {
	s := suite{rules: map[string][]byte{}, named: map[string]bool{}}
	documents := map[string]map[string]json.RawMessage{}
	for _, name := range s.walk(fsys) {
		data, members, err := open(fsys, name)
		if err != nil {
			s.cases = append(s.cases, broken(name, findingOf(err)))
		} else if _, ok := members[header]; ok {
			s.rules[name] = data
		} else {
			documents[name] = members
		}
	}
	for name, members := range documents {
		s.cases = append(s.cases, s.parseCase(name, members))
	}
	slices.SortFunc(s.cases, func(a, b testCase) int { return strings.Compare(a.path, b.path) })
	for _, name := range slices.Sorted(maps.Keys(s.rules)) {
		if !s.named[name] {
			s.cases = append(s.cases, broken(name, union.Finding{Rule: "a rule's file is named by a case"}))
		}
	}
	if len(s.cases) == 0 {
		return []testCase{broken(".", union.Finding{Rule: "a suite has a case"})}
	}
	return s.cases
}

// walk returns the paths of all files, and notes the folders that cannot be read.
func (s *suite) walk(fsys fs.FS) []string {
	var names []string
	// The function below returns no error but that which skips a folder.
	_ = fs.WalkDir(fsys, ".", func(name string, entry fs.DirEntry, err error) error {
		hidden := name != "." && strings.HasPrefix(path.Base(name), ".")
		switch {
		case err != nil:
			s.cases = append(s.cases, broken(name, findingOf(err)))
		case hidden && entry.IsDir():
			return fs.SkipDir
		case !hidden && !entry.IsDir():
			names = append(names, name)
		}
		return nil
	})
	return names
}

// open returns a file and its members. The error is a [*union.Fault], a
// [*refusal.Error], or that of the file system.
func open(fsys fs.FS, name string) ([]byte, map[string]json.RawMessage, error) {
	if path.Ext(name) != ".json" {
		return nil, nil, union.NewFault(union.ErrUnknown, "", "a file named "+strconv.Quote(path.Base(name)), "a name that ends in .json")
	}
	data, err := fs.ReadFile(fsys, name)
	if err != nil {
		return nil, nil, err
	}
	if err := strictjson.Check(data); err != nil {
		return nil, nil, err
	}
	var members map[string]json.RawMessage
	if err := json.Unmarshal(data, &members); err != nil || members == nil {
		value, _ := valueOf(data)
		return nil, nil, union.NewFault(union.ErrText, "", shown(value), "an object")
	}
	return data, members, nil
}

// findingOf says of one error where and what it is.
func findingOf(err error) union.Finding {
	if fault, ok := errors.AsType[*union.Fault](err); ok {
		return fault.Finding
	}
	if refused, ok := errors.AsType[*refusal.Error](err); ok {
		return union.Finding{Where: refused.Where, Rule: refused.Kind.String(), Got: refused.Got, Want: refused.Want}
	}
	return union.Finding{Rule: union.ErrText.Error(), Got: err.Error()}
}

// ruleOf returns the rule that a case gives or names, and its kind.
func (s *suite) ruleOf(faults *union.FaultList, name string, rule []byte) ([]byte, string) {
	value, _ := valueOf(rule)
	if file, ok := value.(string); ok {
		beside := path.Join(path.Dir(name), file)
		if rule, ok = s.rules[beside]; !ok {
			faults.Add(union.ErrUnknown, memberRule, shown(value), "the name of a rule's file beside the case")
			return nil, ""
		}
		s.named[beside] = true
		value, _ = valueOf(rule)
	}
	object, ok := value.(map[string]any)
	if !ok {
		faults.Add(union.ErrText, memberRule, shown(value), "an object, or the name of a rule's file")
		return nil, ""
	}
	kind, ok := object[header].(string)
	if !ok || kind == "" {
		faults.Add(union.ErrMissing, memberRule+"."+header, "", `the kind of the rule, such as "union.shares/1"`)
	}
	return rule, kind
}
