package campaign

import (
	"slices"

	"github.com/unioncampaign/union"
)

// A List is a titled, ordered list of terms that a plan holds, such as the ranks
// of members or the five checks. Its source is the plan's. The zero List is none.
type List struct {
	Key   string       `json:"key"`
	Title string       `json:"title"`
	Terms []union.Term `json:"terms,omitempty"`
}

// has reports whether the list has a term with the key. It is asked of lists that
// may have faults of their own, so that one fault is not reported twice.
func (l List) has(key string) bool {
	return slices.ContainsFunc(l.Terms, func(t union.Term) bool { return t.Key == key })
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
