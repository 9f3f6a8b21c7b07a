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
	// Loss bounds what the household lost in the year.
	Loss Loss `json:"loss,omitzero"`
	// Running bounds what the household had in each of the months before, from
	// above, as in six months running below the line. All are measured by the
	// standard's own line.
	Running MeansRun `json:"running,omitzero"`
	// Causes are those of which one must be the main cause; none: any will do.
	Causes []string `json:"causes,omitempty"`
	// Statuses are those of which the household must have one; none: any will do.
	Statuses []string `json:"statuses,omitempty"`
}

// A Loss bounds the outlay of some kinds by the income of the year, as a share of
// it: "(0.8,)" is more than four fifths of the year's income, as some ask of an
// accident or an illness. It has a lower end alone, since with an upper one a
// household could come into a category by earning more. Where nothing was lost
// nothing is met, and what is lost without any income is more than any share of
// it. The zero Loss tests nothing.
type Loss struct {
	Of    []string       `json:"of"` // kinds of outlay of the standard, deducted from the income or not
	Share union.Interval `json:"share"`
}

// IsZero reports whether the loss tests nothing.
func (l Loss) IsZero() bool { return len(l.Of) == 0 && l.Share.Equal(union.Interval{}) }

// holds reports whether a loss is the share of an income that it must be.
func (l Loss) holds(lost, income union.Money) bool {
	if l.IsZero() {
		return true
	}
	least, closed, _ := l.Share.Lower()
	c := lost.Number().Cmp(least.Mul(income.Number()))
	return c > 0 || c == 0 && closed && lost.Sign() > 0
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
	c.Causes, c.Statuses, c.Loss.Of = slices.Clone(c.Causes), slices.Clone(c.Statuses), slices.Clone(c.Loss.Of)
	return c
}

// check reports what is wrong with a category of a standard by itself.
func (c Category) check(faults *union.FaultList, where string, of StandardSpec, seen map[string]bool) {
	faults.Key(where+".key", c.Key, seen)
	faults.Given(where+".title", c.Title)
	if !c.testsOf(gross) && !c.testsOf(net) && !c.asksMore() && len(c.Causes) == 0 {
		faults.Add(union.ErrMissing, where, "", "a bound, a cause or a status")
	}
	if _, some := c.Income.Common(gross.possible()); !some {
		faults.Add(union.ErrRange, where+".income", c.Income.String(), "an income that a household may have")
	}
	checkNamed(faults, where+".causes", c.Causes, "cause", keysOf(of.Causes))
	checkNamed(faults, where+".statuses", c.Statuses, "status", keysOf(of.Statuses))
	if !c.Running.IsZero() {
		c.Running.check(faults, where+".running")
		for _, bounds := range [...]union.Interval{c.Running.Income, c.Running.Net} {
			if _, _, below := bounds.Lower(); below {
				faults.Add(union.ErrRange, where+".running", bounds.String(), "no lower end, by which a household could earn its way in")
			}
		}
	}
	if c.Loss.IsZero() {
		return
	}
	if len(c.Loss.Of) == 0 {
		faults.Add(union.ErrMissing, where+".loss.of", "", "")
	}
	checkNamed(faults, where+".loss.of", c.Loss.Of, "kind of outlay", keysOfKinds(of.Outlay))
	lower, _, below := c.Loss.Share.Lower()
	if _, _, above := c.Loss.Share.Upper(); above || !below || lower.Sign() < 0 {
		faults.Add(union.ErrRange, where+".loss.share", c.Loss.Share.String(), "a lower end of 0 or more, and no upper")
	}
}

// checkNamed reports keys of a list that the rule does not have, or that are named
// twice.
func checkNamed(faults *union.FaultList, where string, named []string, what string, known []string) {
	for i, key := range named {
		at := union.Indexed(where, i)
		if slices.Contains(known, key) && slices.Contains(named[:i], key) {
			faults.Add(union.ErrRepeated, at, quote.Key(key), "another "+what)
			continue
		}
		checkKnown(faults, at, key, what, known)
	}
}

// checkKnown reports a key that the rule does not have.
func checkKnown(faults *union.FaultList, where, key, what string, known []string) {
	switch {
	case key == "":
		faults.Add(union.ErrMissing, where, "", "")
	case !slices.Contains(known, key):
		faults.Add(union.ErrUnknown, where, quote.Key(key), "a "+what+" of the rule")
	}
}

func keysOf(terms []union.Term) []string {
	keys := make([]string, len(terms))
	for i, term := range terms {
		keys[i] = term.Key
	}
	return keys
}

func keysOfKinds(kinds []ItemKind) []string {
	keys := make([]string, len(kinds))
	for i, kind := range kinds {
		keys[i] = kind.Key
	}
	return keys
}

// scaled returns the multiples of a line in yuan.
func scaled(multiples union.Interval, line union.Number) union.Interval {
	var made union.Interval
	if lower, closed, ok := multiples.Lower(); ok {
		made = union.MoreThan(lower.Mul(line))
		if closed {
			made = union.AtLeast(lower.Mul(line))
		}
	}
	if upper, closed, ok := multiples.Upper(); ok {
		below := union.LessThan(upper.Mul(line))
		if closed {
			below = union.AtMost(upper.Mul(line))
		}
		made, _ = made.Common(below) // some number lies between, as the line is above zero
	}
	return made
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

// asksMore reports whether the category asks for more than sums and a cause.
func (c Category) asksMore() bool {
	return !c.Loss.IsZero() || !c.Running.IsZero() || len(c.Statuses) > 0
}

// only returns the sum that the category tests if it tests one alone, and nothing
// else but causes.
func (c Category) only() (of perHead, ok bool) {
	if c.testsOf(gross) == c.testsOf(net) || c.asksMore() {
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

// allows reports whether one of a household's statuses is one that the category
// demands.
func (c Category) allows(statuses []string) bool {
	return len(c.Statuses) == 0 || slices.ContainsFunc(c.Statuses, func(key string) bool { return slices.Contains(statuses, key) })
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
