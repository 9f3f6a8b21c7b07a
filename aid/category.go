package aid

import (
	"slices"

	"github.com/unioncampaign/union"
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

// A checkedCategory is a category of a standard, its causes looked up.
type checkedCategory struct {
	Category
	tests  []test
	causes []bool // by code; nil: any
}

// A test compares one sum per head with bounds.
type test struct {
	sum    perHead
	bounds union.Interval
	wanted string // the bounds in yuan, in words
}

// A perHead is one of the two sums that categories test.
type perHead uint8

const (
	gross perHead = iota
	net
)

var perHeadTexts = [...]string{"income per head and month", "income less rigid outlay per head and month"}

var perHeadMembers = [...]string{"income", "net"}

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

// check reports what is wrong with a category by itself.
func (c Category) check(faults *checklist, where string, causes []union.Term, seen map[string]bool) {
	faults.own(where+".key", c.Key, seen)
	faults.given(where+".title", c.Title)
	if !c.testsOf(gross) && !c.testsOf(net) && len(c.Causes) == 0 {
		faults.add(union.ErrMissing, where, "", "a bound or a cause")
	}
	if highEdge(c.Income).compare(edge{}) <= 0 { // edge{} stands just before nothing at all
		faults.add(union.ErrRange, where+".income", c.Income.String(), "an income that a household may have")
	}
	named := map[string]bool{}
	for i, cause := range c.Causes {
		at := indexed(where+".causes", i)
		switch {
		case cause == "":
			faults.add(union.ErrMissing, at, "", "")
		case !slices.ContainsFunc(causes, func(t union.Term) bool { return t.Key == cause }):
			faults.add(union.ErrUnknown, at, quoted(cause), "a cause of the standard")
		case named[cause]:
			faults.add(union.ErrRepeated, at, quoted(cause), "another cause")
		}
		named[cause] = true
	}
}

// checked returns the category with its causes looked up and its bounds put into
// words.
func (c Category) checked(causes union.Codes, line union.Money) checkedCategory {
	made := checkedCategory{Category: c}
	for _, of := range [...]perHead{gross, net} {
		if c.testsOf(of) {
			bounds := c.bounds(of)
			made.tests = append(made.tests, test{sum: of, bounds: bounds, wanted: inYuan(bounds, line.Number())})
		}
	}
	if len(c.Causes) > 0 {
		made.causes = make([]bool, causes.Len()+1)
	}
	for _, key := range c.Causes {
		code, _ := causes.Find(key) // checked to be there
		made.causes[code] = true
	}
	return made
}

// takes reports whether a main cause is one that the category demands.
func (c checkedCategory) takes(cause union.Code) bool { return c.causes == nil || c.causes[cause] }

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
	var faults checklist
	for i, category := range categories {
		for _, of := range [...]perHead{gross, net} {
			if !category.testsOf(of) {
				continue
			}
			where := indexed("categories", i) + "." + perHeadMembers[of]
			if value, cause, found := category.hole(of, categories, causes); found {
				got := value.String() + " times the line"
				if cause != "" {
					got += " with cause " + quoted(cause)
				}
				faults.add(union.ErrHole, where, got, "a category for all below "+quoted(category.Key))
			}
		}
		for _, earlier := range categories[:i] {
			if value, of, found := category.overlap(earlier); found {
				faults.add(union.ErrOverlap, indexed("categories", i)+"."+perHeadMembers[of],
					value.String()+" times the line", "a sum that "+quoted(earlier.Key)+" does not take")
			}
		}
	}
	return faults.join()
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

// admits reports whether a household with the main cause may be in the category.
func (c Category) admits(cause string) bool {
	return len(c.Causes) == 0 || slices.Contains(c.Causes, cause)
}

// hole returns a multiple below the category's lower end that no category takes,
// for one of the causes that it admits. Only categories that test the same sum
// alone are sure to take what lies below, so only they fill a hole.
func (c Category) hole(of perHead, all []Category, causes []union.Term) (union.Number, string, bool) {
	low := lowEdge(c.bounds(of))
	if low.end < 0 {
		return union.Number{}, "", false
	}
	for _, cause := range causes {
		if !c.admits(cause.Key) {
			continue
		}
		reached := edge{end: -1}
		for grown := true; grown; {
			grown = false
			for _, other := range all {
				sum, alone := other.only()
				if !alone || sum != of || !other.admits(cause.Key) {
					continue
				}
				from, until := lowEdge(other.bounds(of)), highEdge(other.bounds(of))
				if from.compare(reached) <= 0 && until.compare(reached) > 0 {
					reached, grown = until, true
				}
			}
		}
		if reached.compare(low) < 0 {
			key := cause.Key
			if len(c.Causes) == 0 {
				key = ""
			}
			return between(reached, low), key, true
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
	low, high := lowEdge(c.bounds(of)), highEdge(c.bounds(of))
	if from := lowEdge(other.bounds(of)); from.compare(low) > 0 {
		low = from
	}
	if until := highEdge(other.bounds(of)); until.compare(high) < 0 {
		high = until
	}
	if low.compare(high) >= 0 {
		return union.Number{}, of, false
	}
	return between(low, high), of, true
}

func sameCauses(a, b []string) bool {
	a, b = slices.Clone(a), slices.Clone(b)
	slices.Sort(a)
	slices.Sort(b)
	return slices.Equal(a, b)
}
