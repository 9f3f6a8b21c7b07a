package employment

import (
	"maps"
	"slices"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/internal/quote"
)

// A checking collects findings in the order in which they are looked for.
type checking struct{ found []union.Finding }

func (c *checking) find(where, rule, got, want string) {
	c.found = append(c.found, union.Finding{Where: where, Rule: rule, Got: got, Want: want})
}

// CheckReport returns what a report says against itself, in this order:
//
//  1. counts in another measure than their place holds, and keys that the fair
//     does not list;
//  2. parts that do not sum to their whole: carried over and new, local and
//     outside, and every list, whose parts of a term (其中) may be fewer than it;
//  3. more persons than person-times, more persons at a stage than seekers or
//     than at the stage it is within;
//  4. more intentions than openings, with how that comes about, and more
//     signings than openings;
//  5. what balancing the printed shares leaves.
//
// A count known only as 2800余 is compared as the interval it stands for, and an
// unknown one agrees with anything: a finding is certain. Nothing is repaired.
func (f Fair) CheckReport(r Report) []union.Finding {
	p, c := f.read(), &checking{}
	c.places(p.places(r))
	p.checkSums(c, r)
	p.checkStages(c, r)
	p.checkOpenings(c, r)
	if shares, err := f.Shares(r); err == nil {
		for _, finding := range shares.Findings {
			finding.Where = "categories"
			c.found = append(c.found, finding)
		}
	}
	return c.found
}

// A place is one count of a report and the measure that it is counted in.
type place struct {
	where   string
	count   union.Count
	measure union.Measure
}

// singles returns the counts of a report that stand outside its lists.
func (r Report) singles() []place {
	return []place{
		{"employers", r.Employers, union.Firms},
		{"local", r.Local, union.Firms},
		{"outside", r.Outside, union.Firms},
		{"openings", r.Openings, union.Posts},
		{"openings_carried", r.OpeningsCarried, union.Posts},
		{"openings_new", r.OpeningsNew, union.Posts},
		{"seekers", r.Seekers, union.Persons},
		{"seekers_carried", r.SeekersCarried, union.Persons},
		{"seekers_new", r.SeekersNew, union.Persons},
		{"registrations", r.Registrations, union.PersonTimes},
	}
}

// places returns every count of a report, and what keys it has that no list has.
func (p *plan) places(r Report) (all []place, strangers []string) {
	all = r.singles()
	for _, each := range p.splits(r) {
		for _, key := range slices.Sorted(maps.Keys(each.counts)) {
			where := each.where + "[" + quote.Key(key) + "]"
			if _, err := each.list.Find(key); err != nil && key != Unknown {
				strangers = append(strangers, where)
			}
			all = append(all, place{where, each.counts[key], each.measure})
		}
	}
	for _, key := range slices.Sorted(maps.Keys(r.Stages)) {
		where := "stages[" + quote.Key(key) + "]"
		if code, err := p.stages.Find(key); err != nil || code == p.registered {
			strangers = append(strangers, where)
		}
		all = append(all,
			place{where + ".persons", r.Stages[key].Persons, union.Persons},
			place{where + ".person_times", r.Stages[key].PersonTimes, union.PersonTimes})
	}
	return all, strangers
}

// mixed reports whether a place holds a count of another measure.
func (p place) mixed() bool {
	_, known := floorOf(p.count)
	return known && p.count.Measure() != p.measure
}

// places looks for counts and keys that stand where they cannot.
func (c *checking) places(all []place, strangers []string) {
	for _, each := range all {
		if each.mixed() {
			c.find(each.where, "measures do not mix", each.count.String(), string(each.measure))
		}
	}
	for _, where := range strangers {
		c.find(where, "a key is one of the rule's lists", "", "")
	}
}

// A span is the interval of whole numbers that a count, or a sum of counts, may
// stand for. It has no greatest number if something of it is unknown.
type span struct {
	low, high int64
	open      bool
}

func spanOf(counts ...union.Count) (sum span) {
	for _, count := range counts {
		low, high, ok := count.Bounds()
		sum.low, sum.high, sum.open = added(sum.low, low), added(sum.high, high), sum.open || !ok
	}
	return sum
}

// above reports whether s is certainly more than other.
func (s span) above(other span) bool { return !other.open && s.low > other.high }

// String writes the interval as "5", "5 to 8" or "5 or more".
func (s span) String() string {
	switch {
	case s.open:
		return text(s.low) + " or more"
	case s.low == s.high:
		return text(s.low)
	}
	return text(s.low) + " to " + text(s.high)
}

// sum looks for parts that certainly do not sum to their whole.
func (c *checking) sum(where, rule string, whole union.Count, parts ...union.Count) {
	sum, total := spanOf(parts...), spanOf(whole)
	if sum.above(total) || total.above(sum) {
		c.find(where, rule, sum.String(), total.String())
	}
}

func (p *plan) checkSums(c *checking, r Report) {
	c.sum("seekers", "carried over and new sum to the total", r.Seekers, r.SeekersCarried, r.SeekersNew)
	c.sum("openings", "carried over and new sum to the total", r.Openings, r.OpeningsCarried, r.OpeningsNew)
	if n, _ := floorOf(r.Regions[Unknown]); n == 0 {
		c.sum("employers", "local and outside sum to the total", r.Employers, r.Local, r.Outside)
	}
	for _, each := range p.splits(r) {
		if len(each.counts) > 0 {
			each.check(c)
		}
	}
}

// check looks for a list whose top level does not sum to its whole, and for
// terms with less than their parts. A list that does not say how many are
// unknown says that none are.
func (s split) check(c *checking) {
	parts := make([][]union.Count, s.list.Len()+1)
	for i, term := range s.list.Terms() {
		parent := s.list.parent[i+1]
		parts[parent] = append(parts[parent], s.counts[term.Key])
	}
	if unknown, ok := s.counts[Unknown]; ok {
		parts[0] = append(parts[0], unknown)
	}
	c.sum(s.where, "the parts sum to the total", s.whole, parts[0]...)
	for i, term := range s.list.Terms() {
		inner, whole := spanOf(parts[i+1]...), spanOf(s.counts[term.Key])
		where := s.where + "[" + quote.Key(term.Key) + "]"
		switch {
		case s.closed && len(parts[i+1]) > 0:
			c.sum(where, "what is within a term sums to it", s.counts[term.Key], parts[i+1]...)
		case inner.above(whole):
			c.find(where, "what is within a term is at most the term", inner.String(), whole.String())
		}
	}
}

// most looks for a count that is certainly more than it may be.
func (c *checking) most(where, rule string, count, bound union.Count) {
	if spanOf(count).above(spanOf(bound)) {
		c.find(where, rule, count.String(), "at most "+bound.String())
	}
}

func (p *plan) checkStages(c *checking, r Report) {
	c.most("seekers", "persons are at most person-times", r.Seekers, r.Registrations)
	for i, term := range p.stages.Terms() {
		reach, ok := r.Stages[term.Key]
		if !ok {
			continue
		}
		where := "stages[" + quote.Key(term.Key) + "].persons"
		c.most(where, "persons are at most person-times", reach.Persons, reach.PersonTimes)
		c.most(where, "who reaches a stage is registered", reach.Persons, r.Seekers)
		if parent, ok := p.stages.Term(p.stages.parent[i+1]); ok {
			c.most(where, "who reaches a stage has reached the one it is within", reach.Persons, r.Stages[parent.Key].Persons)
		}
	}
}

// checkOpenings tells how more intentions than openings come about: one seeker
// may have several. Signings have no such excuse.
func (p *plan) checkOpenings(c *checking, r Report) {
	intentions := r.Stages[p.spec.Intention]
	times := intentions.PersonTimes
	if _, known := floorOf(times); !known {
		times = intentions.Persons
	}
	if spanOf(times).above(spanOf(r.Openings)) {
		by := "an unknown number of persons"
		if _, known := floorOf(intentions.Persons); known {
			by = intentions.Persons.String()
		}
		c.find("stages["+quote.Key(p.spec.Intention)+"]", "intentions exceed openings, since a seeker may have several and a post attract several",
			times.String()+" by "+by, r.Openings.String()+" openings")
	}
	c.most("stages["+quote.Key(p.spec.Signed)+"].persons", "signings are at most openings", r.Stages[p.spec.Signed].Persons, r.Openings)
}

// Check returns what the floor says against itself, in this order:
//
//  1. what [Fair.CheckReport] finds of its report;
//  2. how many persons signed for more than one posting;
//  3. for each stage within another, how many of its steps were taken without
//     the other at the same posting.
//
// No person is named. It fails with [union.ErrRule] if f did not make the floor.
func (f Fair) Check(floor Floor) ([]union.Finding, error) {
	report, err := f.Report(floor)
	if err != nil {
		return nil, err
	}
	c := &checking{found: f.CheckReport(report)}
	f.plan.checkSigned(c, floor)
	f.plan.checkSteps(c, floor)
	return c.found, nil
}

// checkSigned looks for persons with several signings. No posting has more than
// openings: the floor refuses them.
func (p *plan) checkSigned(c *checking, floor Floor) {
	bySeeker := map[string]int64{}
	var several int64
	for taken := range floor.taken() {
		if taken.stage != p.signed {
			continue
		}
		bySeeker[taken.seeker]++
		if bySeeker[taken.seeker] == 2 {
			several++
		}
	}
	if several > 0 {
		c.find("seekers", "a seeker signs for one posting", text(several)+" who signed for several", "none")
	}
}

// checkSteps looks for steps whose earlier step is missing.
func (p *plan) checkSteps(c *checking, floor Floor) {
	skipped := p.stages.cells()
	for taken := range floor.taken() {
		parent := p.stages.parent[taken.stage]
		if parent == 0 || parent == p.registered {
			continue
		}
		earlier := step{seeker: taken.seeker, posting: taken.posting, stage: parent}
		if _, ok := look(floor.steps, earlier.appendKey(nil)); !ok {
			skipped[taken.stage]++
		}
	}
	for i, term := range p.stages.Terms() {
		if skipped[i+1] > 0 {
			c.find("stages["+quote.Key(term.Key)+"]", "who reaches a stage has reached the one it is within, at the same posting",
				text(skipped[i+1])+" who had not", "none")
		}
	}
}

// Compare sets a printed report beside the counted one and returns, in the order
// of the report, each printed count that the counted one does not lie in: 2800余
// holds 2837, and does not hold 2901. What either leaves unknown agrees.
func (f Fair) Compare(printed, counted Report) []union.Finding {
	c := &checking{}
	p := f.read()
	said, _ := p.places(printed)
	is, _ := p.places(counted)
	known := map[string]union.Count{}
	for _, each := range is {
		known[each.where] = each.count
	}
	for _, each := range said {
		if n, exact := exactly(known[each.where]); exact && !each.count.Contains(n) {
			c.find(each.where, "a printed count holds the counted one", each.count.String(), known[each.where].String())
		}
	}
	return c.found
}
