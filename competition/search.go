package competition

import (
	"container/heap"
	"math"
	"slices"

	"github.com/unioncampaign/union"
)

// A pool is what a list is chosen from: who may be chosen, in groups of those who
// count alike for every rule, and the rules. Of a group the best are chosen, so a
// choice is how many of each group.
type pool struct {
	groups []group
	places int   // as many are chosen
	caps   []int // by unit: no more of it are chosen
	rows   []row
	still  int // after how many steps on the spot a program is left as it is
}

// A group are candidates of one unit that count alike in every row, the best
// first.
type group struct {
	unit    int     // its index in the caps; -1: bound by none
	counts  []int64 // what one of the group counts in each row
	weights []int64
	values  []int64 // of the first so many
}

// A row bounds what those chosen count together.
type row struct{ least, most int64 }

// What a row has for no bound.
const (
	noLeast = math.MinInt64
	noMost  = math.MaxInt64
)

// A choice is how many are chosen of each group.
type choice []int

// ranges are, by group, how many may be chosen at least and at most.
type ranges struct{ least, most []int }

func (r ranges) clone() ranges {
	return ranges{least: slices.Clone(r.least), most: slices.Clone(r.most)}
}

// fixed reports whether only one choice is within the ranges.
func (r ranges) fixed() bool { return slices.Equal(r.least, r.most) }

// prepare works out the sums that the search asks for again and again, and makes
// weights as small as they can be: every choice has as many members.
func (p *pool) prepare() {
	lowest := int64(math.MaxInt64)
	for _, each := range p.groups {
		lowest = min(lowest, each.weights[len(each.weights)-1])
	}
	for g := range p.groups {
		each := &p.groups[g]
		each.values = make([]int64, len(each.weights)+1)
		for i := range each.weights {
			each.weights[i] -= lowest
			each.values[i+1] = each.values[i] + each.weights[i]
		}
	}
}

// whole are the ranges of any choice.
func (p *pool) whole() ranges {
	all := ranges{least: make([]int, len(p.groups)), most: make([]int, len(p.groups))}
	for g, each := range p.groups {
		all.most[g] = min(len(each.weights), p.places)
		if each.unit >= 0 {
			all.most[g] = min(all.most[g], p.caps[each.unit])
		}
	}
	return all
}

// value returns the sum of the weights of those chosen.
func (p *pool) value(c choice) int64 {
	sum := int64(0)
	for g, n := range c {
		sum += p.groups[g].values[n]
	}
	return sum
}

// keeps reports whether a choice fills the places and keeps to every row and cap.
func (p *pool) keeps(c choice) bool {
	counted, taken, all := make([]int64, len(p.rows)), make([]int, len(p.caps)), 0
	for g, n := range c {
		all += n
		if unit := p.groups[g].unit; unit >= 0 {
			taken[unit] += n
		}
		for r, each := range p.groups[g].counts {
			counted[r] += each * int64(n)
		}
	}
	for r, n := range counted {
		if n < p.rows[r].least || n > p.rows[r].most {
			return false
		}
	}
	for unit, n := range taken {
		if n > p.caps[unit] {
			return false
		}
	}
	return all == p.places
}

// possible reports whether any choice keeps to the rows.
func (p *pool) possible() bool {
	for g := range p.groups {
		clear(p.groups[g].weights)
		clear(p.groups[g].values)
	}
	_, ok := p.best(p.whole(), 0, 0)
	return ok
}

// A part of the search: the choices within the ranges of a program.
type part struct {
	*program
	bound int64 // no choice of them has a greater value
}

// parts are a heap, the part with the greatest bound first.
type parts []*part

func (p parts) Len() int           { return len(p) }
func (p parts) Less(i, j int) bool { return p[i].bound > p[j].bound }
func (p parts) Swap(i, j int)      { p[i], p[j] = p[j], p[i] }

// Push puts a part among the parts, for package heap.
func (p *parts) Push(x any) { *p = append(*p, x.(*part)) }

// Pop takes the last part, for package heap.
func (p *parts) Pop() any {
	last := (*p)[len(*p)-1]
	*p = (*p)[:len(*p)-1]
	return last
}

// best returns a choice within ranges that keeps to every row and has the
// greatest value of all such choices, if that is at least so much; false if there
// is none. One that has enough is returned at once. It divides the ranges, the
// most promising first, and leaves aside what cannot hold a better choice, so that
// the answer is exact.
func (p *pool) best(in ranges, atLeast, enough int64) (choice, bool) {
	var found choice
	if slices.ContainsFunc(p.rows, func(r row) bool { return r.least > r.most }) {
		return nil, false
	}
	open := &parts{{program: newProgram(p, in), bound: noMost}}
	for open.Len() > 0 {
		each := heap.Pop(open).(*part)
		if each.bound < atLeast {
			break
		}
		outcome := each.solve(atLeast)
		if outcome == empty || each.below(atLeast) {
			continue
		}
		whole, split := each.whole(), -1
		if outcome == solved {
			split = each.shared()
		}
		if outcome != solved && !each.in.fixed() || split >= 0 {
			for _, half := range each.divide(split) {
				heap.Push(open, half)
			}
			continue
		}
		if outcome != solved {
			whole = each.in.least // the only choice of the part
		}
		if value := p.value(whole); value >= atLeast && p.keeps(whole) {
			if found, atLeast = whole, value; atLeast >= enough {
				break
			}
			atLeast++ // from here on only a better one
		}
	}
	return found, found != nil
}

// divide makes two parts of one, neither of them without a choice: at a group of which
// one has a share, or else at the widest, which starts anew.
func (m *program) divide(at int) []*part {
	below, again := 0, at < 0
	if again {
		at = 0
		for g := range m.top {
			if m.in.most[g]-m.in.least[g] > m.in.most[at]-m.in.least[at] {
				at = g
			}
		}
		below = m.in.least[at] + (m.in.most[at]-m.in.least[at])/2
	} else {
		below = m.top[at]
	}
	lower, upper := m.in.clone(), m.in.clone()
	lower.most[at], upper.least[at] = below, below+1
	var halves []*part
	for _, half := range []ranges{lower, upper} {
		if again {
			halves = append(halves, &part{program: newProgram(m.pool, half), bound: m.bound()})
		} else {
			halves = append(halves, &part{program: m.within(half), bound: m.bound()})
		}
	}
	return halves
}

// A chosen says of a group which of its members every best choice has, and which
// none has: those before sure, and those from out on.
type chosen struct{ sure, out int }

// choose returns, by group, who is in every best choice and who is in none, and
// false if no choice keeps to the rows. Between the two the choice is open: best
// choices differ, and no rule says which it is.
func (p *pool) choose() ([]chosen, bool) {
	all := p.whole()
	found, ok := p.best(all, 0, noMost)
	if !ok {
		return nil, false
	}
	value, root := p.value(found), newProgram(p, all)
	root.solve(0)
	settled := make([]chosen, len(p.groups))
	for g := range p.groups {
		settled[g] = chosen{
			sure: p.extreme(root, g, found[g], value, false),
			out:  p.extreme(root, g, found[g], value, true),
		}
		// Equals of one group are not told apart.
		weights := p.groups[g].weights
		for at := settled[g].sure; at > 0 && at < len(weights) && weights[at-1] == weights[at]; at-- {
			settled[g].sure = at - 1
		}
		for at := settled[g].out; at > 0 && at < len(weights) && weights[at-1] == weights[at]; at++ {
			settled[g].out = at + 1
		}
	}
	return settled, true
}

// extreme returns the fewest of a group, or the most, that a choice of the best value
// has.
func (p *pool) extreme(root *program, g, from int, value int64, most bool) int {
	for {
		in := root.in.clone()
		if most {
			in.least[g] = from + 1
		} else {
			in.most[g] = from - 1
		}
		// Most groups are far from a tie, as their rates tell.
		if in.most[g] < in.least[g] || root.loses(g, in).Cmp(root.value.Sub(union.Whole(value))) > 0 {
			return from
		}
		other, ok := p.best(in, value, value)
		if !ok {
			return from
		}
		from = other[g]
	}
}

// loses returns how much value is lost at least if so many of a group are chosen.
func (m *program) loses(g int, in ranges) union.Number {
	var lost union.Number
	weights := m.pool.groups[g].weights
	for at := in.most[g]; at < m.top[g]; at++ {
		lost = lost.Add(union.Whole(weights[at]).Sub(m.rates[g]))
	}
	for at := m.top[g]; at < in.least[g]; at++ {
		lost = lost.Add(m.rates[g].Sub(union.Whole(weights[at])))
	}
	return lost
}
