package aid

import (
	"errors"
	"strconv"
	"strings"

	"github.com/unioncampaign/union"
)

// longestKey is the most bytes that a key of a rule may have.
const longestKey = 64

// A checklist gathers what is wrong with a rule, so that all of it is reported
// at once.
type checklist struct{ faults []error }

func (c *checklist) add(sentinel error, where, got, want string) {
	c.faults = append(c.faults, union.NewFault(sentinel, where, got, want))
}

// within adds the faults of err, placed within where.
func (c *checklist) within(where string, err error) {
	if err != nil {
		c.faults = append(c.faults, union.Within(where, err))
	}
}

func (c *checklist) given(where, text string) {
	if text == "" {
		c.add(union.ErrMissing, where, "", "")
	}
}

// own checks the key that a part of a rule goes by, and notes it in seen.
func (c *checklist) own(where, key string, seen map[string]bool) {
	switch {
	case key == "":
		c.add(union.ErrMissing, where, "", "")
	case len(key) > longestKey || strings.ContainsFunc(key, notOfKey):
		c.add(union.ErrText, where, "", "at most 64 lower-case letters, digits, - and _")
	case seen[key]:
		c.add(union.ErrRepeated, where, quoted(key), "a new key")
	}
	seen[key] = true
}

// terms checks the keys and titles of a list whose keys become part of the keys
// of figures. Those reserved are taken by figures of the package itself.
func (c *checklist) terms(where string, terms []union.Term, reserved ...string) {
	if len(terms) == 0 {
		c.add(union.ErrMissing, where, "", "")
	}
	seen := map[string]bool{}
	for _, key := range reserved {
		seen[key] = true
	}
	for i, term := range terms {
		at := indexed(where, i)
		c.own(at+".key", term.Key, seen)
		c.given(at+".title", term.Title)
		if term.Within != "" {
			c.add(union.ErrUnknown, at+".within", quoted(term.Within), "a list without parts")
		}
	}
}

func (c *checklist) join() error { return errors.Join(c.faults...) }

// notOfKey reports whether a character may not stand in a key. Keys become part
// of the dotted keys of figures, so a key has no dot.
func notOfKey(r rune) bool {
	return !(r >= 'a' && r <= 'z' || r >= '0' && r <= '9' || r == '-' || r == '_')
}

func indexed(where string, i int) string { return where + "[" + strconv.Itoa(i) + "]" }

// quoted returns a key for a message. What is too long for a key, or has as many
// digits as a person's numbers have, is not quoted: it may be such a number that
// stands in the wrong place.
func quoted(text string) string {
	const mostDigits = 10
	digits := 0
	for i := range len(text) {
		if text[i] >= '0' && text[i] <= '9' {
			digits++
		}
	}
	if len(text) > longestKey || digits > mostDigits {
		return "a text of " + strconv.Itoa(len(text)) + " bytes"
	}
	return strconv.Quote(text)
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

// checkToken refuses what a [union.Register] would refuse to hold. It does not
// quote it.
func checkToken(where, token string) error {
	var trial union.Register
	_, err := trial.Add(token)
	return union.Within(where, err)
}

// sum adds counts that are not negative.
func sum(where string, a, b int64) (int64, error) {
	total := a + b
	if total < a || total < b {
		return 0, union.NewFault(union.ErrOverflow, where, "", "")
	}
	return total, nil
}
