package assessment

import (
	"slices"
	"strconv"
	"strings"

	"github.com/unioncampaign/union"
)

// A Criterion is one question of a ballot, with the answers it may be given.
type Criterion struct {
	Key     string   `json:"key"`
	Title   string   `json:"title"`
	Answers []Answer `json:"answers"` // a scale best first, for and against, marks, or places
}

// An Answer to a criterion. NoVote marks an answer that is valid but is no vote,
// such as not knowing the person (不了解); leaving the question blank is a third
// thing and needs no answer.
type Answer struct {
	Key    string `json:"key"`
	Title  string `json:"title"`
	NoVote bool   `json:"no_vote,omitempty"`
}

// A Class is a class of voters, such as party members and representatives of
// the masses.
type Class struct {
	Key   string `json:"key"`
	Title string `json:"title"`
}

// A Spoil is a reason for which tellers set a whole paper aside as void: torn,
// altered, marked beyond the questions.
type Spoil struct {
	Key   string `json:"key"`
	Title string `json:"title"`
}

// The counts that every criterion has beside its answers, as they are named in
// an [Outcome] and in [Counts].
const (
	Blank   = "blank" // sheets that leave the question blank: abstentions
	Spoiled = "void"  // sheets whose mark for this question alone is void
)

// most is the greatest number of answers, criteria, classes and reasons: their
// codes are single bytes, and the last is that of a void question.
const most = 250

// reserved are the keys that stand for something else in the name of a figure
// or in an outcome.
var reserved = [...]string{Blank, Spoiled, "satisfied", "bases", "class", "entitled", "present", "issued", "recovered", "valid"}

// checkKey notes a key or title that cannot be used, and keeps the keys seen.
func checkKey(f *faults, where, key, title string, seen map[string]int) {
	if _, ok := seen[key]; ok {
		f.add(union.ErrRepeated, where+".key", key, "")
	}
	seen[key] = len(seen) + 1
	switch {
	case key == "":
		f.add(union.ErrMissing, where+".key", "", "")
	case strings.ContainsAny(key, "/."):
		f.add(union.ErrText, where+".key", key, "no slash and no point")
	case slices.Contains(reserved[:], key):
		f.add(union.ErrText, where+".key", key, "a key that names nothing else")
	}
	if title == "" {
		f.add(union.ErrMissing, where+".title", "", "")
	}
}

// checkSize notes a list that is too long for its codes.
func checkSize(f *faults, where string, size int) {
	if size > most {
		f.add(union.ErrRange, where, strconv.Itoa(size), "at most "+strconv.Itoa(most))
	}
}

func (c Criterion) check(f *faults, where string) {
	if len(c.Answers) == 0 {
		f.add(union.ErrMissing, where+".answers", "", "one answer or more")
	}
	checkSize(f, where+".answers", len(c.Answers))
	seen := map[string]int{}
	for i, answer := range c.Answers {
		checkKey(f, where+".answers["+strconv.Itoa(i)+"]", answer.Key, answer.Title, seen)
	}
}

// has reports whether the criterion has an answer of that key.
func (c Criterion) has(answer string) bool {
	return slices.ContainsFunc(c.Answers, func(a Answer) bool { return a.Key == answer })
}
