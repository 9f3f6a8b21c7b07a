package casetest

import (
	"io/fs"
	"testing"

	"github.com/unioncampaign/union"
)

// A Judge applies one kind of rule. It is given the JSON of the rule and of the
// input as the case states them, and returns what comes out, to be written as
// JSON and compared with what the case wants. An error says that the rule or the
// input is refused: its faults, if it is made of [union.Fault] values, are what
// comes out. Rule and input are the judge's to keep.
type Judge func(rule, input []byte) (got any, err error)

// Run runs every case of fsys as a subtest named by its path, and fails it for
// each finding of [Check]. The judges are keyed by the kind of rule, as its
// member "union" names it: "assessment.scheme/1".
func Run(t *testing.T, fsys fs.FS, judges map[string]Judge) {
	t.Helper()
	for _, each := range read(fsys) {
		t.Run(each.path, func(t *testing.T) {
			for _, finding := range each.check(judges) {
				t.Error(finding)
			}
		})
	}
}

// Check runs every case of fsys and returns what is wrong, in the order of the
// files' paths and last what is wrong with rules that no case names; nothing, if
// every case came out as printed. Where a finding is begins with the path of its
// file, and goes on with the place in what came out: "shares/a.json: sum". Its
// rule names the source of a case that came out otherwise, with what came out as
// got and what is printed as want, both as JSON. Found are:
//   - a folder without cases, and a file that cannot be read;
//   - a file that is no case: what is wrong with it, all at once, in the words
//     of the sentinels of package union;
//   - a rule of a kind for which there is no judge;
//   - a rule or an input that is refused, of which the case does not want that;
//   - what does not come out as wanted, member by member;
//   - a rule that no case names.
func Check(fsys fs.FS, judges map[string]Judge) []union.Finding {
	var found []union.Finding
	for _, each := range read(fsys) {
		found = append(found, each.check(judges)...)
	}
	return found
}
