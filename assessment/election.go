package assessment

import (
	"cmp"
	"slices"
	"strconv"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/internal/quote"
)

// An Election says who is elected by a ballot. The candidates are criteria, each
// of which is voted for with the answer For; or they are the answers to one
// criterion, of which a voter gives one.
//
// Who meets every test of Needs is elected, most votes first, as far as there
// are posts. Where more than are left tie for the last of them, none of these is:
// they go to a run-off. A reading that says nothing of what it counts is the
// votes for the candidate.
type Election struct {
	Posts      int      `json:"posts"`                // how many may be elected, at least 1
	For        string   `json:"for,omitempty"`        // the answer that is a vote for a candidate
	Criterion  string   `json:"criterion,omitempty"`  // or: the criterion whose answers are the candidates
	Candidates []string `json:"candidates,omitempty"` // their keys; none: all
	Needs      []Test   `json:"needs,omitempty"`      // of readings of the form, all of which must hold; none: votes alone decide
}

// A Candidacy is how one candidate stands in an election: a plain result. Its
// verdict is met if the candidate is elected, and unknown before a run-off.
type Candidacy struct {
	Candidate string        `json:"candidate"`
	Votes     int64         `json:"votes"`
	Rank      int           `json:"rank"` // by votes, those that tie sharing one
	Verdict   union.Verdict `json:"verdict"`
}

// An ElectionResult is what an election comes to: a plain result. Like an [Outcome]
// it is for the tellers, and recommends as the rule says.
type ElectionResult struct {
	Valid      union.Verdict `json:"valid"`
	Candidates []Candidacy   `json:"candidates"`        // most votes first; those that tie in the form's order
	Elected    []string      `json:"elected"`           // most votes first
	RunOff     []string      `json:"run_off,omitempty"` // those that tie for the last posts
	Open       int           `json:"open"`              // posts that are not filled
	Needed     int64         `json:"needed,omitempty"`  // the least votes that meet the tests; zero: not known, or there are no tests
}

func (s FormSpec) checkElection(f *union.FaultList) {
	e := s.Election
	if e == nil {
		return
	}
	if e.Posts < 1 {
		f.Add(union.ErrRange, "election.posts", strconv.Itoa(e.Posts), "1 or more")
	}
	set := chosen(e.For != "", e.Criterion != "")
	oneOf(f, "election", set, "for and criterion")
	if e.Criterion != "" && s.criterion(e.Criterion) < 0 {
		f.Add(union.ErrUnknown, "election.criterion", quote.Key(e.Criterion), "a criterion of the form")
	}
	seen := map[string]bool{}
	for i, candidate := range e.Candidates {
		where := union.Indexed("election.candidates", i)
		f.Key(where, candidate, seen)
		if set == 1 && !s.stands(candidate) {
			f.Add(union.ErrUnknown, where, quote.Key(candidate), "a criterion with the answer for, or an answer to the criterion")
		}
	}
	if e.For != "" && len(s.candidates()) == 0 {
		f.Add(union.ErrUnknown, "election.for", quote.Key(e.For), "an answer of the form")
	}
	s.checkTests(f, "election.needs", e.Needs, ofCandidate)
	for i, test := range e.Needs {
		reading, _ := s.reading(test.Item)
		for _, candidate := range s.candidates() {
			if reading.Votes.Criterion == "" {
				reading.Votes.checkAnswers(f, union.Indexed("election.needs", i), candidate.criterion)
			}
		}
	}
}

// standing returns what may stand for election, in the form's order.
func (s FormSpec) standing() []seen {
	var all []seen
	for _, criterion := range s.Criteria {
		if s.Election.For != "" && criterion.has(s.Election.For) {
			all = append(all, seen{criterion, s.Election.For})
		}
		for _, answer := range criterion.Answers {
			if criterion.Key == s.Election.Criterion && !answer.NoVote {
				all = append(all, seen{criterion, answer.Key})
			}
		}
	}
	return all
}

// candidate returns the key of a candidate.
func (e Election) candidate(of seen) string {
	if e.For != "" {
		return of.criterion.Key
	}
	return of.answer
}

// stands reports whether there is something on the paper that a candidate is.
func (s FormSpec) stands(candidate string) bool {
	return slices.ContainsFunc(s.standing(), func(of seen) bool { return s.Election.candidate(of) == candidate })
}

// candidates returns those that stand for election, in the form's order.
func (s FormSpec) candidates() []seen {
	return slices.DeleteFunc(s.standing(), func(of seen) bool {
		return len(s.Election.Candidates) > 0 && !slices.Contains(s.Election.Candidates, s.Election.candidate(of))
	})
}

// Elect says who is elected. Candidates that tie for the last posts are left to a
// run-off, unless drawn lists them, best first, as the run-off or the lot has
// put them: of those that tie, those drawn first fill the posts. If the vote is
// not [Form.Valid] nobody is elected and every post is open.
//
// It reports the first fault in this order: [union.ErrRule], for an outcome of
// another form; [union.ErrMissing], for a form that has no election;
// [union.ErrUnknown] or [union.ErrRepeated], for one drawn who is no candidate, or
// is drawn twice; [union.ErrMissing], for votes that are withheld or not known.
func (f Form) Elect(outcome Outcome, drawn ...string) (ElectionResult, error) {
	if err := f.owns(outcome); err != nil {
		return ElectionResult{}, err
	}
	if f.spec.Election == nil {
		return ElectionResult{}, union.NewFault(union.ErrMissing, "election", "", "a form with an election")
	}
	for i, candidate := range drawn {
		switch {
		case !f.spec.stands(candidate):
			return ElectionResult{}, union.NewFault(union.ErrUnknown, union.Indexed("drawn", i), quote.Key(candidate), "a candidate")
		case slices.Contains(drawn[:i], candidate):
			return ElectionResult{}, union.NewFault(union.ErrRepeated, union.Indexed("drawn", i), quote.Key(candidate), "each once")
		}
	}
	result := ElectionResult{Valid: f.valid(outcome), Open: f.spec.Election.Posts}
	for _, candidate := range f.spec.candidates() {
		candidacy, needed, err := f.candidacy(outcome, candidate)
		if err != nil {
			return ElectionResult{}, err
		}
		result.Candidates = append(result.Candidates, candidacy)
		result.Needed = needed
	}
	slices.SortStableFunc(result.Candidates, func(a, b Candidacy) int { return compareVotes(b, a) })
	for i := range result.Candidates {
		result.Candidates[i].Rank = 1 + slices.IndexFunc(result.Candidates, func(other Candidacy) bool { return other.Votes == result.Candidates[i].Votes })
	}
	result.fill(drawn)
	return result, nil
}

// compareVotes orders candidates by their votes: below zero if a has fewer.
func compareVotes(a, b Candidacy) int { return cmp.Compare(a.Votes, b.Votes) }

// candidacy judges one candidate alone, and returns the least votes that meet
// the tests.
func (f Form) candidacy(outcome Outcome, of seen) (made Candidacy, needed int64, err error) {
	made.Candidate = f.spec.Election.candidate(of)
	votes, known := outcome.Votes[of.criterion.Key]
	if !known {
		return made, 0, notKnown(of.criterion.Key)
	}
	made.Votes = votes[of.answer]
	var reasons []union.Reason
	for _, test := range f.spec.Election.Needs {
		reason, figure := f.tried(test, outcome, of)
		reasons = append(reasons, reason)
		reading, _ := f.spec.reading(test.Item)
		least, bounded := figure.least(test.In)
		if reading.Votes.needs() < ofCandidate || reason.Standing == union.Unknown || !bounded {
			continue
		}
		needed = max(needed, least)
	}
	made.Verdict = union.Judged("election of "+made.Candidate+" under "+f.spec.Key, reasons...)
	return made, needed, nil
}

// least returns the least whole part that an interval with a lower end holds,
// once it is divided by what the figure is over.
func (r figureRead) least(in union.Interval) (int64, bool) {
	bound, closed, ok := in.Lower()
	if !ok {
		return 0, false
	}
	if r.over {
		bound = bound.Mul(union.Whole(r.whole))
	}
	up, _ := union.Rounding{Mode: union.Ceiling}.Apply(bound) // which is sound
	n, fits := up.Int64()
	if up.Equal(bound) && !closed {
		n++
	}
	return n, fits
}

// fill gives the posts to those who meet the tests, most votes first.
func (r *ElectionResult) fill(drawn []string) {
	r.Elected = []string{}
	if !r.Valid.Holds() {
		for i := range r.Candidates {
			r.Candidates[i].decide(r.Valid.Standing, "the vote is valid", r.Valid.Standing.String())
		}
		return
	}
	for start := 0; start < len(r.Candidates); {
		end := start
		var met []*Candidacy
		for ; end < len(r.Candidates) && r.Candidates[end].Votes == r.Candidates[start].Votes; end++ {
			if r.Candidates[end].Verdict.Holds() {
				met = append(met, &r.Candidates[end])
			}
		}
		r.take(met, drawn)
		start = end
	}
}

// take gives posts to candidates that tie.
func (r *ElectionResult) take(tied []*Candidacy, drawn []string) {
	switch {
	case len(tied) == 0:
		return
	case r.Open == 0 || len(r.RunOff) > 0:
		for _, each := range tied {
			each.decide(union.Unmet, "a post is open", "none")
		}
		return
	case len(tied) <= r.Open:
		for _, each := range tied {
			r.elect(each)
		}
		return
	}
	first := make([]*Candidacy, 0, len(tied))
	for _, candidate := range drawn {
		for _, each := range tied {
			if each.Candidate == candidate {
				first = append(first, each)
			}
		}
	}
	// Whoever is not drawn comes after all who are; one left over needs no draw.
	settled := len(first) >= r.Open
	for _, each := range tied {
		at := slices.Index(first, each)
		switch {
		case settled && at >= 0 && at < r.Open:
		case settled:
			each.decide(union.Unmet, "drawn for the last posts", "behind")
		default:
			each.decide(union.Unknown, "tied for the last posts", "a run-off")
			r.RunOff = append(r.RunOff, each.Candidate)
		}
	}
	if settled {
		for _, each := range first[:r.Open] {
			each.Verdict.Reasons = append(each.Verdict.Reasons, union.Reason{
				Finding:  union.Finding{Where: "posts", Rule: "drawn for the last posts", Got: "drawn"},
				Standing: union.Met,
			})
			r.elect(each)
		}
	}
}

// elect gives a post to a candidate.
func (r *ElectionResult) elect(candidate *Candidacy) {
	r.Elected = append(r.Elected, candidate.Candidate)
	r.Open--
}

// decide sets how a candidate stands, and why.
func (c *Candidacy) decide(standing union.Standing, rule, got string) {
	c.Verdict.Standing = standing
	c.Verdict.Reasons = append(c.Verdict.Reasons, union.Reason{
		Finding: union.Finding{Where: "posts", Rule: rule, Got: got}, Standing: standing,
	})
}
