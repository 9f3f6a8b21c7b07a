package campaign

import (
	"slices"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/internal/quote"
)

// A List is a titled, ordered list of terms that a plan holds, such as the ranks
// of members or the five checks. Its source is the plan's. The zero List is none.
type List struct {
	Key   string       `json:"key"`
	Title string       `json:"title"`
	Terms []union.Term `json:"terms,omitempty"`
}

// find notes [union.ErrUnknown] of a key that the list does not have. It is asked
// of lists that may have faults of their own, so that one fault is not reported
// twice.
func (l List) find(faults *union.FaultList, where, key, want string) {
	if !slices.ContainsFunc(l.Terms, func(t union.Term) bool { return t.Key == key }) {
		faults.Add(union.ErrUnknown, where, quote.Key(key), want)
	}
}

// titles returns the titles of the terms with the keys, in the list's order.
func (l List) titles(keys []string) []string {
	var titles []string
	for _, term := range l.Terms {
		if slices.Contains(keys, term.Key) {
			titles = append(titles, term.Title)
		}
	}
	return titles
}

func (l List) isNone() bool { return l.Key == "" && l.Title == "" && len(l.Terms) == 0 }

// codes returns the list as Codes of the rule that holds it. What the rule itself
// lacks is reported once, of the rule, and not of each of its lists again.
func (l List) codes(rule union.Rule) (union.Codes, error) {
	rule.Key, rule.Title = l.Key, l.Title
	if rule.Version == "" {
		rule.Version = "not stated"
	}
	if rule.Source == "" {
		rule.Source = "not stated"
	}
	return union.NewCodes(union.CodesSpec{Rule: rule, Terms: l.Terms})
}

func (l List) clone() List {
	l.Terms = slices.Clone(l.Terms)
	return l
}
