package assessment

import (
	"slices"
	"strconv"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/internal/quote"
)

// A Criterion is one question of a ballot, with the answers it may be given.
type Criterion struct {
	Key     string   `json:"key"`
	Title   string   `json:"title"`
	Answers []Answer `json:"answers"` // a scale best first, for and against, marks, or places
}

// An Answer to a criterion. NoVote marks an answer that is valid but is no vote,
// such as not knowing the person (不了解); leaving the question blank is a third
// thing and needs no answer. Points are what the answer is worth where votes are
// turned into a score; an answer that is no vote has none.
type Answer struct {
	Key    string        `json:"key"`
	Title  string        `json:"title"`
	NoVote bool          `json:"no_vote,omitempty"`
	Points *union.Number `json:"points,omitempty"`
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

// checkNamed notes a key or a title that cannot be used, and keeps the keys seen.
func checkNamed(f *union.FaultList, where, key, title string, seen map[string]bool) {
	f.Key(where+".key", key, seen)
	f.Given(where+".title", title)
}

// checkSize notes a list that is too long for its codes.
func checkSize(f *union.FaultList, where string, size int) {
	if size > most {
		f.Add(union.ErrRange, where, strconv.Itoa(size), "at most "+strconv.Itoa(most))
	}
}

func (c Criterion) check(f *union.FaultList, where string) {
	if len(c.Answers) == 0 {
		f.Add(union.ErrMissing, where+".answers", "", "one answer or more")
	}
	checkSize(f, where+".answers", len(c.Answers))
	seen := map[string]bool{}
	for i, answer := range c.Answers {
		at := union.Indexed(where+".answers", i)
		checkNamed(f, at, answer.Key, answer.Title, seen)
		if answer.Key == Blank || answer.Key == Spoiled {
			f.Add(union.ErrText, at+".key", quote.Key(answer.Key), "a key that names no other count")
		}
		if answer.NoVote && answer.Points != nil {
			f.Add(union.ErrRange, at+".points", answer.Points.String(), "none, since the answer is no vote")
		}
	}
}

// has reports whether the criterion has an answer of that key.
func (c Criterion) has(answer string) bool {
	return slices.ContainsFunc(c.Answers, func(a Answer) bool { return a.Key == answer })
}
