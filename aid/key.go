package aid

import (
	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/internal/quote"
)

// checkTerms checks the keys and titles of a list whose keys become part of the
// keys of figures.
func checkTerms(faults *union.FaultList, where string, terms []union.Term) {
	if len(terms) == 0 {
		faults.Add(union.ErrMissing, where, "", "")
	}
	seen := map[string]bool{}
	for i, term := range terms {
		at := union.Indexed(where, i)
		faults.Key(at+".key", term.Key, seen)
		faults.Given(at+".title", term.Title)
		if term.Within != "" {
			faults.Add(union.ErrUnknown, at+".within", quote.Key(term.Within), "a list without parts")
		}
	}
}

// listOf returns a checked list of a rule as Codes whose source is the rule's.
func listOf(rule union.Rule, key string, terms []union.Term) (union.Codes, error) {
	rule.Key += "." + key
	rule.Effective = union.Period{}
	return union.NewCodes(union.CodesSpec{Rule: rule, Terms: terms})
}

// find returns the code of a key that a record names.
func find(codes union.Codes, where, key string) (union.Code, error) {
	if key == "" {
		return 0, union.NewFault(union.ErrMissing, where, "", "")
	}
	code, err := codes.Find(key)
	return code, union.Within(where, err)
}

// under refuses a tally that was not counted under the rule; a zero tally counts
// nothing under every rule but the zero one.
func under(rule, tally union.RuleID, what string) error {
	if rule.IsZero() || !tally.IsZero() && tally != rule {
		return union.NewFault(union.ErrRule, what, tally.String(), rule.String())
	}
	return nil
}
