package employment

import (
	"slices"
	"strings"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/internal/quote"
)

// A Condition is one that a post may set and that nobody is placed without:
// exactly one of Least, Among and Between says which kind it is.
type Condition struct {
	Key     string           `json:"key"`
	Title   string           `json:"title"`
	Least   *union.CodesSpec `json:"least,omitempty"`   // a term at or above the post's, in a list from the lowest up: schooling, skill
	Among   *union.CodesSpec `json:"among,omitempty"`   // one of the post's terms: place, licence
	Between *Limits          `json:"between,omitempty"` // a number in the post's interval: age
}

// Limits allow a condition on a number of a person, such as an age, only where a
// provision does.
type Limits struct {
	Basis string `json:"basis"` // the provision that allows it
}

// A condition is a checked Condition.
type condition struct {
	Condition
	list union.Codes // of Least and Among
}

// readCondition makes the condition and notes what is wrong with it.
func readCondition(faults *union.FaultList, where string, spec Condition, seen map[string]bool) condition {
	made := condition{Condition: spec}
	faults.Key(where+".key", spec.Key, seen)
	faults.Given(where+".title", spec.Title)
	kinds := 0
	for _, each := range []struct {
		name string
		spec *union.CodesSpec
	}{{"least", spec.Least}, {"among", spec.Among}} {
		if each.spec == nil {
			continue
		}
		list, err := union.NewCodes(*each.spec)
		faults.Within(where+"."+each.name, err)
		made.list = list
		kinds++
	}
	if spec.Between != nil {
		faults.Given(where+".between.basis", spec.Between.Basis)
		kinds++
	}
	switch {
	case kinds == 0:
		faults.Add(union.ErrMissing, where, "", "one of: least, among, between")
	case kinds > 1:
		faults.Add(union.ErrRepeated, where, text(int64(kinds))+" kinds of condition", "one")
	}
	return made
}

// clone returns a condition that shares nothing with c.
func (c Condition) clone() Condition {
	for _, list := range []**union.CodesSpec{&c.Least, &c.Among} {
		if *list != nil {
			copied := **list
			copied.Terms = slices.Clone(copied.Terms)
			*list = &copied
		}
	}
	if c.Between != nil {
		limits := *c.Between
		c.Between = &limits
	}
	return c
}

// A value is what a candidate has of a condition; the zero value is unknown.
type value struct {
	code   union.Code
	number *union.Number
}

// A need is what a post asks for of a condition; the zero need is nothing.
type need struct {
	given bool
	codes []union.Code
	in    union.Interval
}

// value reads what a candidate says.
func (c condition) value(has string) (value, error) {
	if has == "" {
		return value{}, nil
	}
	if c.Between != nil {
		n, err := union.ParseNumber(has)
		return value{number: &n}, err
	}
	code, err := c.list.Find(has)
	if err != nil {
		return value{}, union.NewFault(union.ErrUnknown, "", quote.Key(has), "a term of the condition's list")
	}
	return value{code: code}, nil
}

// need reads what a post says.
func (c condition) need(asked []string) (need, error) {
	if len(asked) == 0 {
		return need{}, nil
	}
	if c.Among == nil && len(asked) > 1 {
		return need{}, union.NewFault(union.ErrRange, "", text(int64(len(asked)))+" needs", "one")
	}
	made := need{given: true}
	if c.Between != nil {
		in, err := union.ParseInterval(asked[0])
		made.in = in
		return made, err
	}
	for _, key := range asked {
		code, err := c.list.Find(key)
		if err != nil {
			return need{}, union.NewFault(union.ErrUnknown, "", quote.Key(key), "a term of the condition's list")
		}
		made.codes = append(made.codes, code)
	}
	return made, nil
}

// standing says how a candidate stands to a need.
func (c condition) standing(has value, asked need) union.Standing {
	met := false
	switch {
	case !asked.given:
		return union.Exempt
	case has.code == 0 && has.number == nil:
		return union.Unknown
	case c.Between != nil:
		met = asked.in.Contains(*has.number)
	case c.Least != nil:
		met = has.code >= asked.codes[0]
	default:
		met = slices.Contains(asked.codes, has.code)
	}
	if met {
		return union.Met
	}
	return union.Unmet
}

// reason says why, in the words of the lists.
func (c condition) reason(where string, has value, asked need) union.Reason {
	made := union.Reason{Standing: c.standing(has, asked), Finding: union.Finding{Where: where, Rule: c.Title}}
	switch {
	case has.number != nil:
		made.Got = has.number.String()
	case has.code != 0:
		made.Got = c.list.Title(has.code)
	}
	switch {
	case !asked.given:
	case c.Between != nil:
		made.Want = asked.in.String() + "，" + c.Between.Basis
	default:
		titles := make([]string, len(asked.codes))
		for i, code := range asked.codes {
			titles[i] = c.list.Title(code)
		}
		made.Want = strings.Join(titles, "、")
		if c.Least != nil {
			made.Want += "及以上"
		}
	}
	return made
}
