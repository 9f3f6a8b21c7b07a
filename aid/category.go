package aid

import (
	"slices"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/internal/quote"
)

// A Category is a class of households in difficulty, such as those in extreme
// difficulty (特困, 深度困难) or those brought into it by an accident (意外致困).
// Income and Net bound the household's sum per head and month, in multiples of
// the standard's line: "(,1)" is below the line, "[1,2)" from it to below twice
// the line, "(,1.5]" up to half as much again, that included. The zero interval
// tests nothing.
type Category struct {
	Key    string         `json:"key"`
	Title  string         `json:"title"`
	Income union.Interval `json:"income,omitzero"` // all that counts as income
	Net    union.Interval `json:"net,omitzero"`    // the same less rigid outlay (刚性支出), which may be below zero
	// Causes are those of which one must be the main cause; none: any will do.
	Causes []string `json:"causes,omitempty"`
}

// A perHead is one of the two sums that categories test.
type perHead uint8

const (
	gross perHead = iota
	net
)

var perHeadTexts = [...]string{"income per head and month", "income less rigid outlay per head and month"}

var perHeadMembers = [...]string{"income", "net"}

// possible returns what the sum may be: an income is not below zero.
func (p perHead) possible() union.Interval {
	if p == gross {
		return union.AtLeast(union.Whole(0))
	}
	return union.Interval{}
}

// bounds returns the multiples of the line between which a sum must lie.
func (c Category) bounds(of perHead) union.Interval {
	if of == net {
		return c.Net
	}
	return c.Income
}

// testsOf reports whether the category tests a sum at all.
func (c Category) testsOf(of perHead) bool {
	return !c.bounds(of).Equal(union.Interval{})
}

func (c Category) clone() Category {
	c.Causes = slices.Clone(c.Causes)
	return c
}

// check reports what is wrong with a category by itself.
func (c Category) check(faults *union.FaultList, where string, causes []union.Term, seen map[string]bool) {
	faults.Key(where+".key", c.Key, seen)
	faults.Given(where+".title", c.Title)
	if !c.testsOf(gross) && !c.testsOf(net) && len(c.Causes) == 0 {
		faults.Add(union.ErrMissing, where, "", "a bound or a cause")
	}
	if _, some := c.Income.Common(gross.possible()); !some {
		faults.Add(union.ErrRange, where+".income", c.Income.String(), "an income that a household may have")
	}
	named := map[string]bool{}
	for i, cause := range c.Causes {
		at := union.Indexed(where+".causes", i)
		switch {
		case cause == "":
			faults.Add(union.ErrMissing, at, "", "")
		case !slices.ContainsFunc(causes, func(t union.Term) bool { return t.Key == cause }):
			faults.Add(union.ErrUnknown, at, quote.Key(cause), "a cause of the standard")
		case named[cause]:
			faults.Add(union.ErrRepeated, at, quote.Key(cause), "another cause")
		}
		named[cause] = true
	}
}

// inYuan says in words what multiples of a line are in yuan.
func inYuan(multiples union.Interval, line union.Number) string {
	text, join := "", ""
	if lower, closed, ok := multiples.Lower(); ok {
		text, join = "above ", " and "
		if closed {
			text = "at least "
		}
		text += lower.Mul(line).String()
	}
	if upper, closed, ok := multiples.Upper(); ok {
		word := "below "
		if closed {
			word = "at most "
		}
		text += join + word + upper.Mul(line).String()
	}
	return text
}

// checkLadder reports, joined, where categories leave a hole below themselves or
// take the same households.
func checkLadder(categories []Category, causes []union.Term) error {
	var faults union.FaultList
	for i, category := range categories {
		for _, of := range [...]perHead{gross, net} {
			if !category.testsOf(of) {
				continue
			}
			where := union.Indexed("categories", i) + "." + perHeadMembers[of]
			if value, cause, found := category.hole(of, categories, causes); found {
				got := value.String() + " times the line"
				if cause != "" {
					got += " with cause " + quote.Key(cause)
				}
				faults.Add(union.ErrHole, where, got, "a category for all below "+quote.Key(category.Key))
			}
		}
		for _, earlier := range categories[:i] {
			if value, of, found := category.overlap(earlier); found {
				faults.Add(union.ErrOverlap, union.Indexed("categories", i)+"."+perHeadMembers[of],
					value.String()+" times the line", "a sum that "+quote.Key(earlier.Key)+" does not take")
			}
		}
	}
	return faults.Err()
}

// only returns the sum that the category tests if it tests one alone.
func (c Category) only() (of perHead, ok bool) {
	if c.testsOf(gross) == c.testsOf(net) {
		return gross, false
	}
	if c.testsOf(net) {
		of = net
	}
	return of, true
}

// admits reports whether a main cause is one that the category demands.
func (c Category) admits(cause string) bool {
	return len(c.Causes) == 0 || slices.Contains(c.Causes, cause)
}

// below returns the possible sums below the category's lower end, and false if
// there are none.
func (c Category) below(of perHead) (union.Interval, bool) {
	lower, closed, ok := c.bounds(of).Lower()
	switch {
	case !ok:
		return union.Interval{}, false
	case closed:
		return of.possible().Common(union.LessThan(lower))
	}
	return of.possible().Common(union.AtMost(lower))
}

// hole returns a multiple below the category's lower end that no category takes,
// for one of the causes that it admits. Only categories that test the same sum
// alone are sure to take what lies below, so only they fill a hole.
func (c Category) hole(of perHead, all []Category, causes []union.Term) (union.Number, string, bool) {
	below, some := c.below(of)
	if !some {
		return union.Number{}, "", false
	}
	for _, cause := range causes {
		if !c.admits(cause.Key) {
			continue
		}
		var taken []union.Interval
		for _, other := range all {
			if sum, alone := other.only(); alone && sum == of && other.admits(cause.Key) {
				taken = append(taken, other.bounds(of))
			}
		}
		if rest := below.Without(taken...); len(rest) > 0 {
			key := cause.Key
			if len(c.Causes) == 0 {
				key = ""
			}
			return rest[0].Some(), key, true
		}
	}
	return union.Number{}, "", false
}

// overlap returns a multiple that two categories take which test the same one
// sum and demand the same causes.
func (c Category) overlap(other Category) (union.Number, perHead, bool) {
	of, alone := c.only()
	otherOf, otherAlone := other.only()
	if !alone || !otherAlone || of != otherOf || !sameCauses(c.Causes, other.Causes) {
		return union.Number{}, of, false
	}
	both, some := c.bounds(of).Common(other.bounds(of))
	return both.Some(), of, some
}

func sameCauses(a, b []string) bool {
	a, b = slices.Clone(a), slices.Clone(b)
	slices.Sort(a)
	slices.Sort(b)
	return slices.Equal(a, b)
}
