package competition

import (
	"container/heap"
	"math"
	"slices"

	"github.com/unioncampaign/union"
)

// A program is a part of the search in which a candidate may be chosen in part: a
// linear program, solved exactly by the dual simplex method. Its lines are how many
// are chosen, what those chosen count in each row of the pool, and how many of them
// are of each unit. A line solves for what it comes to as a whole, or for the share
// of one candidate; every other candidate is chosen or is not, the better ones of a
// group before the others.
//
// At every moment no choice of the part has a greater value than the program has.
type program struct {
	pool    *pool
	in      ranges
	bounds  []row            // of what each line comes to
	takes   [][]taken        // by group, what one of it takes of the lines
	inverse [][]union.Number // of the columns of the basis
	basis   []variable       // by line
	at      []union.Number   // by line, how much of its variable there is
	prices  []union.Number   // by line
	rates   []union.Number   // by group, what one of it takes at the prices
	top     []int            // by group, how many are chosen as a whole
	sharing []int            // by group, the line that solves for one of it; -1: none
	upper   []bool           // by line that solves for another, whether it is at its most
	still   int              // steps in a row that did not lower the value
	value   union.Number
}

// taken is what one of a group takes of a line.
type taken struct {
	line int
	n    int64
}

// A variable is what a line solves for: what a line comes to, or the share of the
// candidate that stands at the top of a group.
type variable struct {
	line  int // what it comes to; -1: a share
	group int
}

// tooLong is after how many steps on the spot a program is left as it is: the
// search then divides the part without it.
const tooLong = 400

// newProgram starts with everybody chosen.
func newProgram(p *pool, in ranges) *program {
	m := &program{pool: p, in: in, bounds: []row{{int64(p.places), int64(p.places)}}}
	m.bounds = append(m.bounds, p.rows...)
	for _, most := range p.caps {
		m.bounds = append(m.bounds, row{noLeast, int64(most)})
	}
	for _, each := range p.groups {
		takes := []taken{{0, 1}}
		for r, n := range each.counts {
			if n != 0 {
				takes = append(takes, taken{1 + r, n})
			}
		}
		if each.unit >= 0 {
			takes = append(takes, taken{1 + len(p.rows) + each.unit, 1})
		}
		m.takes = append(m.takes, takes)
	}
	m.top, m.sharing = slices.Clone(in.most), slices.Repeat([]int{-1}, len(p.groups))
	m.upper = make([]bool, len(m.bounds))
	for l := range m.bounds {
		line := make([]union.Number, len(m.bounds))
		line[l] = union.Whole(-1)
		m.inverse = append(m.inverse, line)
		m.basis = append(m.basis, variable{line: l})
	}
	m.work()
	return m
}

// within returns the program of a part of the part: a copy.
func (m *program) within(in ranges) *program {
	made := *m
	made.in, made.still = in, 0
	made.inverse = make([][]union.Number, len(m.inverse))
	for l, line := range m.inverse {
		made.inverse[l] = slices.Clone(line)
	}
	made.basis, made.top = slices.Clone(m.basis), slices.Clone(m.top)
	made.sharing, made.upper = slices.Clone(m.sharing), slices.Clone(m.upper)
	made.work()
	return &made
}

// work works out what follows from the basis and from who is chosen as a whole.
func (m *program) work() {
	size := len(m.bounds)
	sums, solved := make([]int64, size), make([]bool, size)
	for g, n := range m.top {
		for _, each := range m.takes[g] {
			sums[each.line] += each.n * int64(n)
		}
	}
	for _, of := range m.basis {
		if of.line >= 0 {
			solved[of.line] = true
		}
	}
	for l, each := range m.bounds {
		switch {
		case solved[l]:
		case m.upper[l]:
			sums[l] -= each.most
		default:
			sums[l] -= each.least
		}
	}
	m.at, m.prices = make([]union.Number, size), make([]union.Number, size)
	for l, line := range m.inverse {
		for i, entry := range line {
			if entry.Sign() == 0 {
				continue
			}
			if sums[i] != 0 {
				m.at[l] = m.at[l].Sub(entry.Mul(union.Whole(sums[i])))
			}
			if of := m.basis[l]; of.line < 0 {
				m.prices[i] = m.prices[i].Add(entry.Mul(m.weight(of.group)))
			}
		}
	}
	m.rates = make([]union.Number, len(m.top))
	m.value = union.Number{}
	for g, n := range m.top {
		m.rates[g] = m.sum(m.prices, g)
		m.value = m.value.Add(union.Whole(m.pool.groups[g].values[n]))
	}
	for l, of := range m.basis {
		if of.line < 0 {
			m.value = m.value.Add(m.at[l].Mul(m.weight(of.group)))
		}
	}
}

// weight is that of the candidate of a group who has a share.
func (m *program) weight(g int) union.Number {
	return union.Whole(m.pool.groups[g].weights[m.top[g]])
}

// sum adds up what one of a group takes of the lines, each at a rate.
func (m *program) sum(rates []union.Number, g int) union.Number {
	var sum union.Number
	for _, each := range m.takes[g] {
		switch rate := rates[each.line]; {
		case rate.Sign() == 0:
		case each.n == 1:
			sum = sum.Add(rate)
		default:
			sum = sum.Add(rate.Mul(union.Whole(each.n)))
		}
	}
	return sum
}

// limits are between what a line's variable must be.
func (m *program) limits(l int) row {
	of := m.basis[l]
	if of.line >= 0 {
		return m.bounds[of.line]
	}
	limits := row{0, 1}
	if m.top[of.group] < m.in.least[of.group] {
		limits.least = 1
	}
	if m.top[of.group] >= m.in.most[of.group] {
		limits.most = 0
	}
	return limits
}

// broken returns the line whose variable is farthest from where it must be, by how
// much, and whether it must become less; false if every one is there.
func (m *program) broken() (line int, by union.Number, less, ok bool) {
	for l, n := range m.at {
		limits := m.limits(l)
		if limits.most != noMost {
			if over := n.Sub(union.Whole(limits.most)); over.Cmp(by) > 0 {
				line, by, less, ok = l, over, true, true
			}
		}
		if limits.least != noLeast {
			if under := union.Whole(limits.least).Sub(n); under.Cmp(by) > 0 {
				line, by, less, ok = l, under, false, true
			}
		}
	}
	return line, by, less, ok
}

// The outcomes of solving.
const (
	solved = iota
	empty  // no choice keeps to the rows
	leftAs // left as it is: too long
)

// solve finds the best choice in part, or that there is none.
func (m *program) solve(atLeast int64) int {
	for {
		line, by, less, ok := m.broken()
		if !ok {
			return solved
		}
		if m.still > m.pool.still || m.below(atLeast) {
			return leftAs
		}
		before := m.value
		if !m.step(line, by, less) {
			return empty
		}
		m.still++
		if m.value.Cmp(before) < 0 {
			m.still = 0
		}
	}
}

// below reports whether no choice of the part has at least so much value.
func (m *program) below(atLeast int64) bool { return m.value.Cmp(union.Whole(atLeast)) < 0 }

// A turn is the next of a group, or what a line comes to, that may leave the bound
// where it stands: at what change of the prices.
type turn struct {
	at    union.Number
	size  union.Number // by how much one of it moves the line
	group int
	line  int // -1: the next of the group
}

// turns are a heap, the first turn first.
type turns []turn

func (t turns) Len() int      { return len(t) }
func (t turns) Swap(i, j int) { t[i], t[j] = t[j], t[i] }
func (t turns) Less(i, j int) bool {
	if c := t[i].at.Cmp(t[j].at); c != 0 {
		return c < 0
	}
	if t[i].line != t[j].line {
		return t[i].line > t[j].line
	}
	return t[i].group < t[j].group
}

// Push puts a turn among the turns, for package heap.
func (t *turns) Push(x any) { *t = append(*t, x.(turn)) }

// Pop takes the last turn, for package heap.
func (t *turns) Pop() any {
	last := (*t)[len(*t)-1]
	*t = (*t)[:len(*t)-1]
	return last
}

// step lets a line's variable come to where it must be, and solves the line for
// another. Others that the prices pass on the way go from not chosen to chosen or
// back. It returns false if nothing can bring the variable there.
func (m *program) step(line int, by union.Number, less bool) bool {
	rates := m.inverse[line]
	if less {
		rates = negated(rates)
	}
	moves := make([]union.Number, len(m.top)) // by group
	next := &turns{}
	for g := range m.top {
		if l := m.sharing[g]; l >= 0 && l != line {
			continue // it moves its own line alone
		}
		moves[g] = m.sum(rates, g)
		if each, ok := m.next(g, m.top[g], moves[g], line); ok {
			*next = append(*next, each)
		}
	}
	*next = append(*next, m.others(rates)...)
	heap.Init(next)
	slope := by
	top := slices.Clone(m.top)
	flipped := map[int]bool{}
	for next.Len() > 0 {
		each := (*next)[0]
		room, bounded := union.Whole(1), true
		if each.line >= 0 {
			bounds := m.bounds[each.line]
			bounded = bounds.least != noLeast && bounds.most != noMost
			if bounded {
				room = union.Whole(bounds.most - bounds.least)
			}
		}
		if rest := slope.Sub(each.size.Mul(room)); bounded && rest.Sign() > 0 {
			slope = rest
			if each.line >= 0 {
				flipped[each.line] = true
				heap.Pop(next)
				continue
			}
			if moves[each.group].Sign() > 0 {
				top[each.group]--
			} else {
				top[each.group]++
			}
			if (*next)[0], bounded = m.next(each.group, top[each.group], moves[each.group], line); bounded {
				heap.Fix(next, 0)
			} else {
				heap.Pop(next)
			}
			continue
		}
		m.enter(line, less, each, moves, top, flipped)
		return true
	}
	return false
}

func negated(list []union.Number) []union.Number {
	made := make([]union.Number, len(list))
	for i, n := range list {
		made[i] = n.Neg()
	}
	return made
}

// next returns the turn of the next of a group, of which so many are chosen as a
// whole: the last of them, or the first of the others.
func (m *program) next(g, top int, moves union.Number, line int) (turn, bool) {
	at := top
	if m.sharing[g] == line {
		at++ // whose share leaves the line stands there
	}
	switch {
	case moves.Sign() > 0:
		at = top - 1
		if at < m.in.least[g] {
			return turn{}, false
		}
	case moves.Sign() == 0 || at >= m.in.most[g]:
		return turn{}, false
	}
	when, _ := union.Whole(m.pool.groups[g].weights[at]).Sub(m.rates[g]).Quo(moves)
	return turn{at: when, size: magnitude(moves), group: g, line: -1}, true
}

// others returns the turns of what lines come to that are not solved for.
func (m *program) others(rates []union.Number) turns {
	var list turns
	for l := range m.bounds {
		if slices.Contains(m.basis, variable{line: l}) || m.bounds[l].least == m.bounds[l].most {
			continue
		}
		moves := rates[l].Neg()
		if moves.Sign() == 0 || (moves.Sign() > 0) != m.upper[l] {
			continue
		}
		// One of a line takes 1 less of it, so the prices are its own worth.
		when, _ := m.prices[l].Quo(moves)
		list = append(list, turn{at: when, size: magnitude(moves), group: -1, line: l})
	}
	return list
}

func magnitude(n union.Number) union.Number {
	if n.Sign() < 0 {
		return n.Neg()
	}
	return n
}

// enter lets what a line solved for go to its bound, and solves for another.
func (m *program) enter(line int, less bool, of turn, moves []union.Number, top []int, flipped map[int]bool) {
	leaving, goes := m.basis[line], m.limits(line).least
	if less {
		goes = m.limits(line).most
	}
	m.top = top
	for l := range flipped {
		m.upper[l] = !m.upper[l]
	}
	if leaving.line >= 0 {
		m.upper[leaving.line] = less
	} else {
		m.sharing[leaving.group] = -1
		m.top[leaving.group] += int(goes)
	}
	column := make([]union.Number, len(m.bounds))
	if of.line >= 0 {
		for l := range m.inverse {
			column[l] = m.inverse[l][of.line].Neg()
		}
		m.basis[line] = variable{line: of.line}
	} else {
		for l := range m.inverse {
			column[l] = m.sum(m.inverse[l], of.group)
		}
		m.basis[line] = variable{line: -1, group: of.group}
		m.sharing[of.group] = line
		if moves[of.group].Sign() > 0 {
			m.top[of.group]--
		}
	}
	m.solveFor(line, column)
	m.work()
}

// solveFor makes a line solve for what takes a column of the lines.
func (m *program) solveFor(line int, column []union.Number) {
	for i, entry := range m.inverse[line] {
		if entry.Sign() != 0 {
			m.inverse[line][i], _ = entry.Quo(column[line])
		}
	}
	for l, factor := range column {
		if l == line || factor.Sign() == 0 {
			continue
		}
		for i, entry := range m.inverse[line] {
			if entry.Sign() != 0 {
				m.inverse[l][i] = m.inverse[l][i].Sub(entry.Mul(factor))
			}
		}
	}
}

// bound returns what no choice of the part has more of.
func (m *program) bound() int64 {
	down, _ := union.Rounding{Mode: union.Floor}.Apply(m.value)
	n, ok := down.Int64()
	if !ok {
		return math.MaxInt64
	}
	return n
}

// choice returns what the program has chosen, without the shares.
func (m *program) choice() choice { return slices.Clone(m.top) }

// shared returns a group of which one has a share that is neither nothing nor the
// whole of it, or -1.
func (m *program) shared() int {
	for l, of := range m.basis {
		if of.line < 0 && !m.at[l].IsInt() {
			return of.group
		}
	}
	return -1
}

// whole gives every share that is whole to its group, and returns what is chosen.
func (m *program) whole() choice {
	made := m.choice()
	for l, of := range m.basis {
		if of.line < 0 && m.at[l].Sign() > 0 {
			made[of.group]++
		}
	}
	return made
}
