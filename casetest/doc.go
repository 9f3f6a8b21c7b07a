// Package casetest runs published results against the rules that they were
// published under. A case is a file that anyone can write who can read a notice:
// the rule, what went in, what must come out, and where that is printed. A folder
// of cases is a suite. A case is added by adding a file; no program is changed.
//
// # Writing a case
//
// A case is one JSON file, whose name ends in .json, such as
// shares/medals-2011.json:
//
//	{
//	  "rule":   {"union": "union.shares/1", "balance": "plain",
//	             "rounding": {"mode": "half up", "places": 2}},
//	  "input":  {"parts": [{"title": "一线职工", "n": 749}, {"title": "企业负责人", "n": 96}]},
//	  "want":   {"percents": {"一线职工": "88.64"}},
//	  "source": "https://example.org/notice"
//	}
//
// The first four members must be there:
//
//   - rule is the rule itself, or the name of a file that holds it, looked for
//     beside the case: "rule": "weights.json". So many cases share one rule. A
//     rule is an object that says in its member "union" which kind it is.
//   - input is what the rule is applied to: whatever that kind of rule reads.
//   - want is what must come out. Only what it names is asked: a case may state
//     a total and nothing else.
//   - source says where the result is printed. A case without a source is no
//     case.
//   - note, which may be left out, says what else a reader should know.
//
// Nothing else may be there, nothing twice, and null nowhere. So a misspelt
// member is reported rather than passed over.
//
// # What is compared
//
// Text must be the same to the digit: "80.50" is not "80.5". A number without
// quotes is compared as it is written, and is not the same as the text of it.
// Lists must have the same elements in the same order. Of an object the members
// that want names are compared, and others may be there; but {} and [] want that
// there is nothing in it.
//
// A rule or an input that must be refused is a case too. It wants faults, each
// with as much of it as matters:
//
//	"want": {"faults": [{"where": "parts[1]", "rule": "out of range"}]}
//
// A sheet that disagrees with itself is not corrected and not left out: what its
// check finds is part of what comes out, and is wanted like anything else.
//
// # Running a suite
//
// A test hands the folder to [Run], with one [Judge] for each kind of rule. Each
// case is a test of its own, named by its path. [Check] does the same outside
// go test. Neither knows any case from another nor computes anything itself: what
// a judge gives is compared with what the case wants, and that is all.
//
// Nothing is passed over in silence. A folder without cases, a file that is
// neither a case nor a rule, a rule that no case names, and a rule of a kind for
// which there is no judge are each reported. Only files and folders whose names
// begin with a dot, which systems make by themselves, are not looked at. A judge
// that no case needs hides no case, and is not reported.
package casetest
