package assessment

import (
	"slices"
	"strconv"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/internal/quote"
)

// A Spread is a rule over a whole sheet: a sheet that breaks it is void, and is
// counted so under the rule's key. It asks exactly one thing: how many of the
// sheet's answers are among Answers, or have Points within an interval (at least
// Min, and at most Max unless that is 0), or that all answers given are Distinct (a
// ranking without ties), or that they are Varied (two or more answers given, and not
// all the same). Questions left blank or void are not looked at.
type Spread struct {
	Key      string          `json:"key"`
	Title    string          `json:"title"`
	Answers  []string        `json:"answers,omitempty"`
	Points   *union.Interval `json:"points,omitempty"`
	Min      int             `json:"min,omitempty"`
	Max      int             `json:"max,omitempty"`
	Distinct bool            `json:"distinct,omitempty"`
	Varied   bool            `json:"varied,omitempty"`
}

// check notes what is wrong with the spread, given the criteria of its form.
func (s Spread) check(f *union.FaultList, where string, criteria []Criterion) {
	oneOf(f, where, chosen(len(s.Answers) > 0, s.Points != nil, s.Distinct, s.Varied), "answers, points, distinct and varied")
	bounds := s.Min != 0 || s.Max != 0
	switch {
	case s.Min < 0 || s.Max < 0 || s.Min > len(criteria):
		f.Add(union.ErrRange, where+".min", strconv.Itoa(s.Min)+" to "+strconv.Itoa(s.Max), "0 to the number of criteria")
	case s.Max != 0 && s.Min > s.Max:
		f.Add(union.ErrOrder, where+".min", strconv.Itoa(s.Min), "at most "+strconv.Itoa(s.Max))
	case bounds != (len(s.Answers) > 0 || s.Points != nil):
		f.Add(union.ErrMissing, where, "", "answers or points together with their least or greatest number")
	}
	if s.Points != nil && !slices.ContainsFunc(criteria, func(c Criterion) bool { return slices.ContainsFunc(c.Answers, s.counts) }) {
		f.Add(union.ErrUnknown, where+".points", s.Points.String(), "the points of an answer of the form")
	}
	for i, answer := range s.Answers {
		if !slices.ContainsFunc(criteria, func(c Criterion) bool { return c.has(answer) }) {
			f.Add(union.ErrUnknown, union.Indexed(where+".answers", i), quote.Key(answer), "an answer of the form")
		}
	}
}

// counts reports whether an answer is among those that are counted.
func (s Spread) counts(answer Answer) bool {
	return slices.Contains(s.Answers, answer.Key) || s.Points != nil && answer.Points != nil && s.Points.Contains(*answer.Points)
}

// spread is a Spread by codes: for each criterion and answer, whether it is
// among those counted, and a code that is equal for equal keys.
type spread struct {
	among            [][]bool
	same             [][]uint16
	least, most      int
	distinct, varied bool
}

// compile returns the spread by codes.
func (s Spread) compile(criteria []Criterion) spread {
	compiled := spread{least: s.Min, most: s.Max, distinct: s.Distinct, varied: s.Varied}
	codes := map[string]uint16{}
	for _, criterion := range criteria {
		among := make([]bool, len(criterion.Answers)+1)
		same := make([]uint16, len(criterion.Answers)+1)
		for i, answer := range criterion.Answers {
			among[i+1] = s.counts(answer)
			if codes[answer.Key] == 0 {
				codes[answer.Key] = uint16(len(codes) + 1)
			}
			same[i+1] = codes[answer.Key]
		}
		compiled.among = append(compiled.among, among)
		compiled.same = append(compiled.same, same)
	}
	return compiled
}

// broken reports whether a sheet's answers, which fit the form, break the rule.
func (s spread) broken(answers []uint8) bool {
	switch {
	case s.distinct:
		return s.repeats(answers)
	case s.varied:
		return s.uniform(answers)
	}
	counted := 0
	for i, answer := range answers {
		if answer != voidMark && s.among[i][answer] {
			counted++
		}
	}
	return counted < s.least || s.most > 0 && counted > s.most
}

// repeats reports whether two questions have the same answer.
func (s spread) repeats(answers []uint8) bool {
	for i, answer := range answers {
		if answer == 0 || answer == voidMark {
			continue
		}
		for j, other := range answers[:i] {
			if other != voidMark && s.same[j][other] == s.same[i][answer] {
				return true
			}
		}
	}
	return false
}

// uniform reports whether two questions or more are answered, all the same.
func (s spread) uniform(answers []uint8) bool {
	first, given := uint16(0), 0
	for i, answer := range answers {
		if answer == 0 || answer == voidMark {
			continue
		}
		given++
		if first == 0 {
			first = s.same[i][answer]
		} else if s.same[i][answer] != first {
			return false
		}
	}
	return given > 1
}
