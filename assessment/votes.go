package assessment

import (
	"slices"
	"strconv"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/internal/quote"
)

// Votes is a figure read off the counts of a ballot: how many gave one of the
// Answers to a criterion, how many a base Counts, or the Points that the answers
// come to; divided by what it is Over, if that is given. "Content votes over
// those entitled" and "papers recovered over papers issued" are two of them.
//
// At most one of Answers, Count and Points is set. If none is, it is the votes
// for a candidate: see [Election].
type Votes struct {
	Criterion string   `json:"criterion,omitempty"` // empty: the criterion that is judged
	Class     string   `json:"class,omitempty"`     // one class of voters; empty: all of them
	Answers   []string `json:"answers,omitempty"`
	Count     Base     `json:"count,omitempty"`
	Points    bool     `json:"points,omitempty"`
	Over      Base     `json:"over,omitempty"` // zero: the figure itself
	Trim      []Trim   `json:"trim,omitempty"` // of points: the highest and lowest votes that are left out first
}

// A scope says what is judged where votes are read: nothing, a criterion, or one
// answer to it, which is a candidate.
type scope uint8

const (
	ofBallot scope = iota
	ofCriterion
	ofCandidate
)

// needs returns the least scope in which the votes say what they are of.
func (v Votes) needs() scope {
	switch {
	case !v.Points && v.Count == 0 && len(v.Answers) == 0:
		return ofCandidate
	case v.Criterion == "" && (v.Count == 0 || v.Count.perCriterion() || v.Over.perCriterion()):
		return ofCriterion
	}
	return ofBallot
}

// check notes what is wrong with the votes, given the form that they are read
// by.
func (v Votes) check(f *union.FaultList, where string, form FormSpec) {
	if set := chosen(len(v.Answers) > 0, v.Count != 0, v.Points); set > 1 {
		f.Add(union.ErrRepeated, where, strconv.Itoa(set), "one of answers, count and points")
	}
	if v.Class != "" && !slices.ContainsFunc(form.Classes, func(c Class) bool { return c.Key == v.Class }) {
		f.Add(union.ErrUnknown, where+".class", quote.Key(v.Class), "a class of the form")
	}
	if at := form.criterion(v.Criterion); at >= 0 {
		v.checkAnswers(f, where, form.Criteria[at])
	} else if v.Criterion != "" {
		f.Add(union.ErrUnknown, where+".criterion", quote.Key(v.Criterion), "a criterion of the form")
	}
	for i, answer := range v.Answers {
		at := union.Indexed(where+".answers", i)
		switch {
		case v.Criterion == "" && !form.anywhere(answer):
			f.Add(union.ErrUnknown, at, quote.Key(answer), "an answer of the form")
		case slices.Contains(v.Answers[:i], answer):
			f.Add(union.ErrRepeated, at, quote.Key(answer), "a new answer")
		}
	}
	if v.Count != 0 {
		v.Count.check(f, where+".count")
	}
	if v.Over != 0 {
		v.Over.check(f, where+".over")
	}
	v.checkTrim(f, where+".trim")
}

// checkAnswers notes what the votes need of a criterion that it has not.
func (v Votes) checkAnswers(f *union.FaultList, where string, criterion Criterion) {
	for i, answer := range v.Answers {
		if !criterion.has(answer) {
			f.Add(union.ErrUnknown, union.Indexed(where+".answers", i), quote.Key(answer), "an answer to "+quote.Key(criterion.Key))
		}
	}
	for _, answer := range criterion.Answers {
		if v.Points && !answer.NoVote && answer.Points == nil {
			f.Add(union.ErrMissing, where+".points", "", "points of "+quote.Key(answer.Key)+" to "+quote.Key(criterion.Key))
		}
	}
}

// checkTrim notes a trim of what is no points, or that asks for the closest:
// which votes these are, depends on which stand together on a panel.
func (v Votes) checkTrim(f *union.FaultList, where string) {
	if len(v.Trim) == 0 {
		return
	}
	if !v.Points || v.Over != 0 && v.Over != Expressed {
		f.Add(union.ErrRange, where, "", "only of points, over nothing or over votes")
	}
	for i, trim := range v.Trim {
		if trim.Closest != 0 {
			f.Add(union.ErrRange, union.Indexed(where, i)+".closest", strconv.Itoa(trim.Closest), "the highest and lowest left out")
		}
	}
	checkTrims(f, where, v.Trim)
}

// criterion returns where a criterion stands; -1: the form has none of that key.
func (s FormSpec) criterion(key string) int {
	return slices.IndexFunc(s.Criteria, func(c Criterion) bool { return c.Key == key })
}

// seen is what is judged where votes are read. The zero seen is the ballot.
type seen struct {
	criterion Criterion
	answer    string // the candidate
}

// figureRead is a figure that was read: its part, what it is over, and both as
// one number.
type figureRead struct {
	part   union.Number
	whole  int64
	over   bool
	figure union.Number
}

// String returns the figure as a reason tells it: "20/40", or the part alone.
func (r figureRead) String() string {
	switch {
	case !r.over:
		return r.part.String()
	case r.part.IsInt():
		return r.part.String() + "/" + strconv.FormatInt(r.whole, 10)
	}
	return r.figure.String()
}

// read reads the figure off an outcome of the form. It is ErrMissing if what it
// is made of is not known or withheld, ErrUndefined over nothing, and ErrRange
// if no more votes are there than are to be left out.
func (v Votes) read(form Form, outcome Outcome, of seen) (figureRead, error) {
	criterion := of.criterion
	if at := form.spec.criterion(v.Criterion); at >= 0 {
		criterion = form.spec.Criteria[at]
	}
	made, kept, err := v.part(outcome, criterion, of.answer)
	made.figure = made.part
	if err != nil || v.Over == 0 {
		return made, err
	}
	whole, known := outcome.base(v.Class, criterion, v.Over)
	if !known {
		return made, notKnown(v.Over.String())
	}
	if len(v.Trim) > 0 {
		whole = kept
	}
	made.whole, made.over = whole, true
	made.figure, err = made.part.Quo(union.Whole(whole))
	return made, union.Within(v.Over.String(), err)
}

func notKnown(where string) error {
	return union.NewFault(union.ErrMissing, where, "not known", "a number")
}

// part reads the figure itself, and how many votes its points are of.
func (v Votes) part(outcome Outcome, criterion Criterion, candidate string) (made figureRead, kept int64, err error) {
	if v.Count != 0 {
		n, known := outcome.base(v.Class, criterion, v.Count)
		if !known {
			return made, 0, notKnown(v.Count.String())
		}
		made.part = union.Whole(n)
		return made, 0, nil
	}
	at := place(v.Class, criterion.Key)
	votes, known := outcome.Votes[at]
	if !known {
		return made, 0, notKnown(at)
	}
	if v.Points {
		made.part, kept, err = v.points(criterion, votes)
		return made, kept, union.Within(at, err)
	}
	answers := v.Answers
	if len(answers) == 0 {
		answers = []string{candidate}
	}
	for _, answer := range answers {
		made.part = made.part.Add(union.Whole(votes[answer]))
	}
	return made, 0, nil
}

// worth is how many votes there are for an answer of some points.
type worth struct {
	points union.Number
	votes  int64
}

// points sums the points of the votes but for those that are left out, and
// returns how many votes are left.
func (v Votes) points(criterion Criterion, votes map[string]int64) (sum union.Number, kept int64, err error) {
	var worths []worth
	for _, answer := range criterion.Answers {
		if answer.Points != nil {
			worths = append(worths, worth{*answer.Points, votes[answer.Key]})
			kept += votes[answer.Key]
		}
	}
	trim := trimFor(v.Trim, int(kept))
	cut := int64(trim.High + trim.Low)
	if cut > 0 && kept <= cut {
		return sum, 0, union.NewFault(union.ErrRange, "", strconv.FormatInt(kept, 10)+" votes", strconv.FormatInt(cut+1, 10)+" or more")
	}
	slices.SortStableFunc(worths, func(a, b worth) int { return a.points.Cmp(b.points) })
	leaveOut(worths, int64(trim.Low))
	slices.Reverse(worths)
	leaveOut(worths, int64(trim.High))
	for _, each := range worths {
		sum = sum.Add(each.points.Mul(union.Whole(each.votes)))
	}
	return sum, kept - cut, nil
}

// leaveOut takes n votes away, from the first worth on.
func leaveOut(worths []worth, n int64) {
	for i := range worths {
		less := min(n, worths[i].votes)
		worths[i].votes -= less
		n -= less
	}
}
