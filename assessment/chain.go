package assessment

import (
	"cmp"
	"maps"
	"slices"
)

// A chain is what is known of one criterion from publications of a ballot that
// goes on: each holds the papers of those before, and those that came since.
// Counts of all voters and of classes, of now and of before, are added and taken
// away from each other; what is left may be a group that no count tells by
// itself, as those who came since without those of one class.
//
// Between two counts of all voters lies a span; between two of a class, a
// stretch, which covers spans wholly or in part. A combination takes each span a
// number of times. Of a class that has not been counted over a span the papers
// are then taken so often, which may be only once or not at all; over a stretch
// the counts of the class make up for it, as far as the spans that it covers are
// taken equally often.
type chain struct {
	press     *press
	criterion string
	times     int
	spans     []stretch            // of all voters
	stretches map[string][]stretch // by class, in order
	taken     []int                // how often each span is taken
	left      int                  // how many steps of looking are left
}

// A stretch is the papers of some publications, those from the first on and
// before the end, that were not in an earlier one.
type stretch struct {
	first, end int
	votes      map[string]int64
}

// chained reports whether this publication, together with those before it, tells
// of a group that may not be published, as those before did not.
func (p *press) chained(criterion string) bool {
	now := map[string]map[string]int64{}
	for at, votes := range p.outcome.Votes {
		if p.open(at) {
			now[at] = votes
		}
	}
	return p.chain(criterion, now).tells() && !p.chain(criterion, nil).tells()
}

// chain returns what is known of a criterion from what is now to be published and
// what was printed, the smallest publication first.
func (p *press) chain(criterion string, now map[string]map[string]int64) *chain {
	c := &chain{press: p, criterion: criterion, stretches: map[string][]stretch{}, left: mostChoices}
	known := make([]map[string]map[string]int64, 0, len(p.printed)+1)
	for _, before := range p.printed {
		known = append(known, before.Votes)
	}
	if len(now) > 0 {
		known = append(known, now)
	}
	slices.SortStableFunc(known, func(a, b map[string]map[string]int64) int {
		return cmp.Compare(p.extentOf(a, criterion), p.extentOf(b, criterion))
	})
	c.times = len(known)
	c.spans = stretchesOf(known, criterion)
	for _, class := range p.classes {
		c.stretches[class] = stretchesOf(known, place(class, criterion))
	}
	c.taken = make([]int, len(c.spans))
	return c
}

// extentOf returns how many papers a publication is of, as far as it tells.
func (p *press) extentOf(votes map[string]map[string]int64, criterion string) int64 {
	if all, ok := votes[criterion]; ok {
		sum, _ := size(all)
		return sum
	}
	var sum int64
	for _, class := range p.classes {
		n, _ := size(votes[place(class, criterion)])
		sum += n
	}
	return sum
}

// stretchesOf returns what lies between the counts known of a place.
func stretchesOf(known []map[string]map[string]int64, at string) []stretch {
	var made []stretch
	before, first := map[string]int64{}, 0
	for i, votes := range known {
		if counts, ok := votes[at]; ok {
			made = append(made, stretch{first, i + 1, taken(maps.Clone(counts), before)})
			before, first = counts, i+1
		}
	}
	return made
}

// tells reports whether some combination tells of a group that may not be
// published. Spans that no stretch links are looked at apart: what two of them
// tell together is two groups, each of which may be published.
func (c *chain) tells() bool {
	for start := 0; start < len(c.spans); {
		end := start + 1
		for end < len(c.spans) && c.linked(c.spans[end-1].end) {
			end++
		}
		if c.next(start, start, end) {
			return true
		}
		start = end
	}
	return false
}

// linked reports whether a stretch of some class goes on over a time.
func (c *chain) linked(time int) bool {
	for _, stretches := range c.stretches {
		if slices.ContainsFunc(stretches, func(s stretch) bool { return s.first < time && time < s.end }) {
			return true
		}
	}
	return false
}

// next tries how often a span is taken, and then those after it that are linked: not
// at all or once; or where the counts of every class make up for it about as often as
// the one before it, since a stretch goes on over both. The first is then tried from
// as far off as lets the last be taken not at all or once, if nothing makes up for
// that.
func (c *chain) next(at, start, end int) bool {
	if c.left--; c.left < 0 {
		return true
	}
	if at == end {
		return c.told()
	}
	tries := []int{0, 1}
	switch made := c.covered(c.spans[at]); {
	case made && at > start:
		tries = []int{c.taken[at-1] - 1, c.taken[at-1], c.taken[at-1] + 1}
	case made && !c.covered(c.spans[end-1]):
		for n := 1; n < end-start; n++ {
			tries = append(tries, -n, 1+n)
		}
	}
	for _, times := range tries {
		c.taken[at] = times
		if c.next(at+1, start, end) {
			return true
		}
	}
	c.taken[at] = 0
	return false
}

// covered reports whether the counts of every class make up for a span.
func (c *chain) covered(span stretch) bool {
	for _, class := range c.press.classes {
		own := c.stretches[class]
		if len(own) == 0 || own[len(own)-1].end < span.end {
			return false
		}
	}
	return true
}

// told reports whether the combination leaves a group that may not be published.
// What a class's own counts are of may be, and is left out.
func (c *chain) told() bool {
	sum := map[string]int64{}
	for i, span := range c.spans {
		sum = plusTimes(sum, span.votes, c.taken[i])
	}
	var of []string
	for _, class := range c.press.classes {
		covered := 0
		for _, stretch := range c.stretches[class] {
			least, most := c.between(stretch.first, stretch.end)
			if most > least+1 {
				return false
			}
			if most > least {
				of = append(of, class)
			}
			sum = plusTimes(sum, stretch.votes, -least)
			covered = stretch.end
		}
		least, most := c.between(covered, c.times)
		if least < 0 || most > 1 {
			return false
		}
		if most > 0 {
			of = append(of, class)
		}
	}
	of = slices.Compact(of)
	if len(of) == 1 {
		return whole(sum) && c.press.smallFor(of[0], c.criterion, sum)
	}
	return whole(sum) && c.press.smallFor("", c.criterion, sum)
}

// between returns how often the papers from the first time on and before the end
// are taken, at least and at most.
func (c *chain) between(first, end int) (least, most int) {
	var counts []int
	for i := first; i < end; i++ {
		at := slices.IndexFunc(c.spans, func(s stretch) bool { return s.first <= i && i < s.end })
		if at < 0 {
			counts = append(counts, 0)
		} else {
			counts = append(counts, c.taken[at])
		}
	}
	if len(counts) == 0 {
		return 0, 0
	}
	return slices.Min(counts), slices.Max(counts)
}

// plusTimes returns votes with others added some times.
func plusTimes(sum, votes map[string]int64, times int) map[string]int64 {
	for answer, n := range votes {
		sum[answer] += n * int64(times)
	}
	return sum
}
