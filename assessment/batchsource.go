package assessment

import (
	"math"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/internal/exact"
)

// fastSource makes a source's column in whole numbers, and says whether it
// could. What it cannot, slowSource does with the same result.
func (r *batchRun) fastSource(item Item) (made column, ok bool) {
	switch from := item.From; {
	case from.Given != nil:
		made, ok = r.batch.given[item.Key]
		ok = ok && from.Given.acceptsColumn(made)
	case from.Sum != nil:
		made, ok = from.Sum.column(r.columns, r.scheme.items)
	case from.Panel != nil && len(from.Panel.Of) == 0:
		made, ok = from.Panel.column(r.batch.panels[item.Key])
	}
	return made, ok
}

// limits returns the least and greatest whole number over den that g accepts, if
// bounds alone decide.
func (g Given) limits(den int64) (low, high int64, ok bool) {
	if len(g.Allowed) > 0 {
		return 0, 0, false
	}
	if g.Grid.Sign() != 0 {
		// A grid that every figure over den is on decides nothing.
		steps, _ := one().Quo(g.Grid.Mul(union.Whole(den))) // which is not 0
		if !steps.IsInt() {
			return 0, 0, false
		}
	}
	low, ok = wholeBound(g.Min, den, union.Ceiling)
	high = math.MaxInt64
	if ok && g.Max.Sign() > 0 {
		high, ok = wholeBound(g.Max, den, union.Floor)
	}
	return low, high, ok
}

// wholeBound returns a bound as a whole number over den.
func wholeBound(n union.Number, den int64, mode union.Mode) (int64, bool) {
	rounded, err := union.Rounding{Mode: mode}.Apply(n.Mul(union.Whole(den)))
	if err != nil {
		return 0, false
	}
	return rounded.Int64()
}

// acceptsColumn reports whether every figure may be given.
func (g Given) acceptsColumn(c column) bool {
	low, high, ok := g.limits(c.den)
	for _, n := range c.num {
		ok = ok && n >= low && n <= high
	}
	return ok
}

// column sums the parts of a sum, all over one denominator.
func (s Sum) column(columns []column, items known) (column, bool) {
	if s.Normalise {
		return column{}, false
	}
	made := column{den: 1}
	for _, term := range s.Of {
		of := &columns[items.index[term.Item]]
		_, den, ok := term.Weight.Fraction()
		if of.exact != nil || of.absent != nil || !ok {
			return column{}, false
		}
		whole, fits := exact.Mul(of.den, den)
		if made.den, ok = commonMultiple(made.den, whole, fits); !ok {
			return column{}, false
		}
	}
	factors := make([]int64, len(s.Of))
	for i, term := range s.Of {
		of := &columns[items.index[term.Item]]
		num, den, _ := term.Weight.Fraction()
		factor, ok := exact.Mul(num, made.den/(of.den*den))
		if !ok {
			return column{}, false
		}
		reach, ok := of.reach(factor)
		if ok {
			made.most, ok = exact.Add(made.most, reach)
		}
		if !ok {
			return column{}, false
		}
		factors[i] = factor
	}
	made.num = make([]int64, len(columns[items.index[s.Of[0].Item]].num))
	if len(s.Of) == 3 { // one pass over three parts, the commonest sum
		a, b, c := columns[items.index[s.Of[0].Item]].num, columns[items.index[s.Of[1].Item]].num, columns[items.index[s.Of[2].Item]].num
		for at := range made.num {
			made.num[at] = a[at]*factors[0] + b[at]*factors[1] + c[at]*factors[2]
		}
		return made, true
	}
	for i, term := range s.Of {
		figures, factor := columns[items.index[term.Item]].num, factors[i]
		for at := range made.num {
			made.num[at] += figures[at] * factor
		}
	}
	return made, true
}

// column makes a panel's figures of the judges' columns. Every judge's mark must
// be acceptable; the first that is not, slowSource names.
func (p Panel) column(judges []column) (column, bool) {
	trim := trimFor(p.Trim, len(judges))
	kept := len(judges) - trim.High - trim.Low
	if len(p.Each) > 0 || trim.Closest > 0 || kept < 1 || len(judges) < p.Least || len(judges) > 64 {
		return column{}, false
	}
	den := judges[0].den
	low, high, ok := p.Marks.limits(den)
	var reach int64
	for i := range judges {
		var fits bool
		reach, fits = exact.Add(reach, judges[i].most)
		ok = ok && fits
	}
	if p.Mean {
		var fits bool
		den, fits = exact.Mul(den, int64(kept))
		ok = ok && fits
	}
	if !ok {
		return column{}, false
	}
	made := column{num: make([]int64, len(judges[0].num)), den: den, most: reach}
	if trim.High > 1 || trim.Low > 1 {
		return made, sumSorted(made.num, judges, trim, low, high)
	}
	return made, sumColumns(made.num, judges, trim, low, high)
}

// sumColumns sums the marks that are kept, in blocks small enough for what is
// least and greatest of each unit to stay at hand. It reports whether every mark
// lies between low and high.
func sumColumns(sums []int64, judges []column, trim Trim, low, high int64) bool {
	const block = 512
	var least, greatest [block]int64
	for start := 0; start < len(sums); start += block {
		end := min(start+block, len(sums))
		sum := sums[start:end]
		few, many := least[:len(sum)], greatest[:len(sum)]
		for judge := range judges {
			marks := judges[judge].num[start:end]
			if judge == 0 {
				copy(sum, marks)
				copy(few, marks)
				copy(many, marks)
				continue
			}
			for i, n := range marks {
				sum[i] += n
				few[i], many[i] = min(few[i], n), max(many[i], n)
			}
		}
		for i := range sum {
			if few[i] < low || many[i] > high {
				return false
			}
			if trim.Low > 0 {
				sum[i] -= few[i]
			}
			if trim.High > 0 {
				sum[i] -= many[i]
			}
		}
	}
	return true
}

// sumSorted does the same for more than one mark left out at an end.
func sumSorted(sums []int64, judges []column, trim Trim, low, high int64) bool {
	var marks [64]int64
	for at := range sums {
		for judge := range judges {
			n := judges[judge].num[at]
			place := judge
			for ; place > 0 && marks[place-1] > n; place-- {
				marks[place] = marks[place-1]
			}
			marks[place] = n
		}
		if marks[0] < low || marks[len(judges)-1] > high {
			return false
		}
		for _, n := range marks[trim.Low : len(judges)-trim.High] {
			sums[at] += n
		}
	}
	return true
}

// applyColumn takes a whole column through a step, if whole numbers suffice.
func (s Step) applyColumn(c column) (column, bool) {
	switch {
	case c.exact != nil:
	case s.Times != nil && s.Times.Item == "":
		return s.Times.column(c)
	case s.Clamp != nil:
		return clampedColumn(c, *s.Clamp)
	}
	return c, false
}

// column multiplies or divides a column by a number, but not divides it by one
// below 0.
func (t Times) column(c column) (column, bool) {
	num, den, _ := t.By.Fraction() // 0 over 0 if it does not fit
	if t.Invert {
		num, den = den, num
	}
	reach, fits := c.reach(num)
	whole, small := exact.Mul(c.den, den)
	if !fits || !small || whole < 1 {
		return c, false
	}
	made := column{num: make([]int64, len(c.num)), den: whole, most: reach, absent: c.absent}
	for at, n := range c.num {
		made.num[at] = n * num
	}
	return made, true
}

// clampedColumn holds a column within the closed ends of in.
func clampedColumn(c column, in union.Interval) (column, bool) {
	bound, _, some := in.Lower()
	low, least := wholeEnd(bound, some, c.den, math.MinInt64)
	bound, _, some = in.Upper()
	high, most := wholeEnd(bound, some, c.den, math.MaxInt64)
	if !least || !most {
		return c, false
	}
	made := column{num: make([]int64, len(c.num)), den: c.den, absent: c.absent}
	for at, n := range c.num {
		made.num[at] = min(max(n, low), high)
	}
	made.bound()
	return made, true
}

// wholeEnd returns an end of an interval as a whole number over den, if it is one;
// or none if there is no end.
func wholeEnd(bound union.Number, some bool, den, none int64) (int64, bool) {
	if !some {
		return none, true
	}
	return bound.Mul(union.Whole(den)).Int64()
}
