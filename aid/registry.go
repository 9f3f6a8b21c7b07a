package aid

import (
	"encoding/json"
	"slices"
	"strings"

	"github.com/unioncampaign/union"
)

// A Registry holds the files of households that one office keeps, or that several
// keep together. It is no tally: it holds whom the files are about, so it has no
// binary form, and registries of several offices are put together by
// [MergeRegistries] where they lie. What leaves is a [Survey] or an [Inspection].
//
// A rule makes one by [FileRule.Registry]. The zero Registry is of no rule and
// nothing can be added to it. What is added to a copy is not in the other.
type Registry struct {
	rule  union.RuleID
	files []File // by key, then by content
}

// Registry returns the registry of files, of which each is as [FileRule.AddFile]
// takes it. It reports the first fault, placed in files; [union.ErrMissing], of the
// zero FileRule.
func (f FileRule) Registry(files ...File) (Registry, error) {
	if f.id.IsZero() {
		return Registry{}, union.NewFault(union.ErrMissing, "rule", "", "")
	}
	made := Registry{rule: f.id}
	for i, file := range files {
		if err := f.checkFile(file); err != nil {
			return Registry{}, union.Within(union.Indexed("files", i), err)
		}
		made.files = append(made.files, file.clone())
	}
	made.sort()
	for i := range made.files {
		if i > 0 && made.files[i].Household.Key == made.files[i-1].Household.Key {
			return Registry{}, union.NewFault(union.ErrRepeated, "files", made.files[i].Household.Key, "one file of a key, changed by events")
		}
	}
	return made, nil
}

// sort puts the files in their order, each once.
func (r *Registry) sort() {
	slices.SortStableFunc(r.files, compareFiles)
	r.files = slices.CompactFunc(r.files, func(a, b File) bool { return compareFiles(a, b) == 0 })
}

// checkFile reports what is wrong with a file by itself.
func (f FileRule) checkFile(file File) error {
	if _, err := f.Log(file); err != nil {
		return err
	}
	_, err := file.Household.Head.born()
	return union.Within("household", err)
}

// Rule returns the identity of the rule that the files follow.
func (r Registry) Rule() union.RuleID { return r.rule }

// Len returns how many files there are.
func (r Registry) Len() int { return len(r.files) }

// Files returns the files in the order of their keys. They are the caller's.
func (r Registry) Files() []File {
	files := make([]File, len(r.files))
	for i, file := range r.files {
		files[i] = file.clone()
	}
	return files
}

// AddFile puts a file into a registry, which it copies: many are better put into one
// by [FileRule.Registry]. The same file again changes nothing. On error the registry
// is unchanged; it reports the first of these faults:
//   - [union.ErrRule], for no registry, the zero one, and one of another rule;
//   - those of [FileRule.Log];
//   - [union.ErrRange], for a head whose day of birth is not that of the number;
//   - [union.ErrRepeated], for a key that the registry has with another content.
func (f FileRule) AddFile(registry *Registry, file File) error {
	if registry == nil || f.id.IsZero() || registry.rule != f.id {
		return union.NewFault(union.ErrRule, "registry", "another rule or none", f.id.String())
	}
	if err := f.checkFile(file); err != nil {
		return err
	}
	at, found := registry.find(file)
	if found {
		return nil
	}
	for _, beside := range [...]int{at - 1, at} {
		if beside >= 0 && beside < len(registry.files) && registry.files[beside].Household.Key == file.Household.Key {
			return union.NewFault(union.ErrRepeated, "household.key", "", "one file of a key, changed by events")
		}
	}
	registry.files = slices.Insert(slices.Clone(registry.files), at, file.clone()) // a copy keeps its own
	return nil
}

// find returns where a file is or would be.
func (r Registry) find(file File) (int, bool) {
	return slices.BinarySearchFunc(r.files, file, compareFiles)
}

// compareFiles orders files by key, and files of one key by all that they say.
func compareFiles(a, b File) int {
	if c := strings.Compare(a.Household.Key, b.Household.Key); c != 0 {
		return c
	}
	return strings.Compare(a.content(), b.content())
}

// content returns all that a file says as text, numbers and names in full: it is
// compared and never shown.
func (f File) content() string {
	var text strings.Builder
	written, _ := json.Marshal(f) // of plain members
	text.Write(written)
	text.WriteString(f.Household.Head.Name.Reveal())
	for _, number := range f.Household.numbers() {
		text.WriteString("\n" + number.Reveal())
	}
	return text.String()
}

// numbers returns the identity numbers of the head and of each member, zero where
// one is not given.
func (h Household) numbers() []union.IDNumber {
	numbers := []union.IDNumber{h.Head.Number}
	for _, member := range h.Members {
		numbers = append(numbers, member.Number)
	}
	return numbers
}

// MergeRegistries puts registries together and shares nothing with them, in
// whatever order they come. A file that several hold is held once; two files are
// never made one, however alike their names and keys: [FileRule.Duplicates] lists
// those that need looking at. Registries of different rules are [union.ErrRule].
func MergeRegistries(parts ...Registry) (Registry, error) {
	var whole Registry
	for _, part := range parts {
		switch {
		case part.rule.IsZero():
			continue
		case whole.rule.IsZero():
			whole.rule = part.rule
		case whole.rule != part.rule:
			return Registry{}, union.NewFault(union.ErrRule, "registry", part.rule.String(), whole.rule.String())
		}
		whole.files = append(whole.files, part.Files()...)
	}
	whole.sort()
	return whole, nil
}

// A FileRef names a file: its key and the union that keeps it.
type FileRef struct {
	Key  string `json:"key"`
	Unit string `json:"unit,omitempty"`
}

// A Duplicate is a pair of files where one household should have one file. Both have
// the person with the number in them, as head or as member; or both have one key and
// say different things, and then the number is zero.
type Duplicate struct {
	First  FileRef        `json:"first"`
	Second FileRef        `json:"second"`
	Number union.IDNumber `json:"number,omitzero"`
}

// Finding returns the duplicate in words, the number masked.
func (d Duplicate) Finding() union.Finding {
	finding := union.Finding{Where: "files " + d.First.Key + " and " + d.Second.Key, Rule: "one household has one file"}
	finding.Got, finding.Want = "one key for two files", "one file"
	if !d.Number.IsZero() {
		finding.Got = d.Number.String() + " in both"
	}
	if d.First.Unit != d.Second.Unit {
		finding.Got += ", kept by " + d.First.Unit + " and " + d.Second.Unit
	}
	return finding
}

// Duplicates lists each pair of files that share a person or a key, of those that
// have not ended by a day, in the order of the files; a pair that shares several
// persons is listed for each. It finds what numbers tell: who stands in a file
// without a number is not seen. A registry of another rule is [union.ErrRule], no
// day [union.ErrMissing].
func (f FileRule) Duplicates(registry Registry, on union.Date) ([]Duplicate, error) {
	if err := f.owns(registry, on); err != nil {
		return nil, err
	}
	var open []File
	for _, file := range registry.files {
		if !f.trace(by(file.Events, on)).state.Final {
			open = append(open, file)
		}
	}
	holders := map[union.IDNumber][]int{}
	byKey := map[string][]int{}
	for i, file := range open {
		byKey[file.Household.Key] = append(byKey[file.Household.Key], i)
		seen := map[union.IDNumber]bool{{}: true}
		for _, number := range file.Household.numbers() {
			if !seen[number] {
				holders[number] = append(holders[number], i)
				seen[number] = true
			}
		}
	}
	var found []Duplicate
	pairs := func(number union.IDNumber, files []int) {
		for i, second := range files {
			for _, first := range files[:i] {
				found = append(found, Duplicate{First: open[first].ref(), Second: open[second].ref(), Number: number})
			}
		}
	}
	for _, files := range byKey {
		pairs(union.IDNumber{}, files)
	}
	for number, files := range holders {
		pairs(number, files)
	}
	slices.SortFunc(found, func(a, b Duplicate) int {
		return slices.Compare(
			[]string{a.First.Key, a.Second.Key, a.First.Unit, a.Second.Unit, a.Number.Reveal()},
			[]string{b.First.Key, b.Second.Key, b.First.Unit, b.Second.Unit, b.Number.Reveal()})
	})
	return found, nil
}

func (f File) ref() FileRef { return FileRef{Key: f.Household.Key, Unit: f.Household.Unit} }

// owns refuses a registry of another rule, and no day.
func (f FileRule) owns(registry Registry, on union.Date) error {
	if err := under(f.id, registry.rule, "registry"); err != nil {
		return err
	}
	if on.IsZero() {
		return union.NewFault(union.ErrMissing, "on", "", "")
	}
	return nil
}
