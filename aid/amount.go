package aid

import (
	"slices"
	"strconv"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/internal/quote"
)

// An Amount says how a sum of aid is worked out: exactly one of its members is
// given. What a notice words as "self-paid, but at most 20,000" is the lowest of
// two amounts; what it lists in steps are tiers; what it pays in slices, each at
// its own rate, is the total of several shares.
type Amount struct {
	Fixed   *union.Money  `json:"fixed,omitempty"`
	Line    *union.Number `json:"line,omitempty"` // so many times the line in force, such as 12 for a year of it
	Share   *FactShare    `json:"share,omitempty"`
	Tiers   *Tiers        `json:"tiers,omitempty"`
	Lowest  []Amount      `json:"lowest,omitempty"`
	Highest []Amount      `json:"highest,omitempty"`
	Total   []Amount      `json:"total,omitempty"`
}

// A FactShare is a share of what an application states in yuan, or of the part of
// it above one sum and up to another.
type FactShare struct {
	Of    string       `json:"of"`             // a fact of the programme
	Rate  union.Number `json:"rate"`           // 1 for all of it, 0.5 for half
	Above union.Number `json:"above,omitzero"` // only what is above it
	UpTo  union.Number `json:"up_to,omitzero"` // only what is not above it; zero: no end
}

// Tiers are amounts in steps of what an application states (分档). They have no
// hole within their scale, and what lies outside the scale gets nothing.
type Tiers struct {
	Of    string         `json:"of"` // a fact of the programme
	Scale union.Interval `json:"scale"`
	List  []Tier         `json:"list"`
}

// A Tier is one step. Its ends are as the notice words them: 以上 and 以下 include
// them, 不足 and 超过 do not.
type Tier struct {
	In     union.Interval `json:"in"`
	Amount Amount         `json:"amount"`
}

// deepest bounds amounts within amounts.
const deepest = 8

// kinds returns how many members are given.
func (a Amount) kinds() int {
	n := 0
	for _, given := range [...]bool{
		a.Fixed != nil, a.Line != nil, a.Share != nil, a.Tiers != nil, a.Lowest != nil, a.Highest != nil, a.Total != nil,
	} {
		if given {
			n++
		}
	}
	return n
}

// parts returns the amounts that one is made of by comparing or adding.
func (a Amount) parts() (string, []Amount) {
	switch {
	case a.Lowest != nil:
		return "lowest", a.Lowest
	case a.Highest != nil:
		return "highest", a.Highest
	}
	return "total", a.Total
}

func (a Amount) clone() Amount {
	a.Fixed, a.Line, a.Share, a.Tiers = copied(a.Fixed), copied(a.Line), copied(a.Share), copied(a.Tiers)
	if a.Tiers != nil {
		a.Tiers.List = slices.Clone(a.Tiers.List)
		for i := range a.Tiers.List {
			a.Tiers.List[i].Amount = a.Tiers.List[i].Amount.clone()
		}
	}
	a.Lowest, a.Highest, a.Total = cloneAmounts(a.Lowest), cloneAmounts(a.Highest), cloneAmounts(a.Total)
	return a
}

func cloneAmounts(list []Amount) []Amount {
	list = slices.Clone(list)
	for i := range list {
		list[i] = list[i].clone()
	}
	return list
}

// copied returns a pointer to a copy, and nil of nil.
func copied[T any](of *T) *T {
	if of == nil {
		return nil
	}
	value := *of
	return &value
}

// check reports what is wrong with an amount whose facts are those named.
func (a Amount) check(faults *union.FaultList, where string, facts []Fact, depth int) {
	switch n := a.kinds(); {
	case n == 0:
		faults.Add(union.ErrMissing, where, "", "fixed, line, share, tiers, lowest, highest or total")
		return
	case n > 1:
		faults.Add(union.ErrRepeated, where, strconv.Itoa(n)+" ways to work it out", "one")
		return
	case depth > deepest:
		faults.Add(union.ErrRange, where, "more", "at most "+strconv.Itoa(deepest)+" levels")
		return
	}
	switch {
	case a.Fixed != nil:
		if a.Fixed.Sign() < 0 {
			faults.Add(union.ErrRange, where+".fixed", a.Fixed.String(), "0.00 or more")
		}
	case a.Line != nil:
		if a.Line.Sign() <= 0 {
			faults.Add(union.ErrRange, where+".line", a.Line.String(), "above 0")
		}
	case a.Share != nil:
		a.Share.check(faults, where+".share", facts)
	case a.Tiers != nil:
		a.Tiers.check(faults, where+".tiers", facts, depth)
	default:
		name, parts := a.parts()
		if len(parts) == 0 {
			faults.Add(union.ErrMissing, where+"."+name, "", "")
		}
		for i, part := range parts {
			part.check(faults, union.Indexed(where+"."+name, i), facts, depth+1)
		}
	}
}

// checkFact reports a fact that the programme does not have.
func checkFact(faults *union.FaultList, where, key string, facts []Fact) {
	switch {
	case key == "":
		faults.Add(union.ErrMissing, where, "", "")
	case !slices.ContainsFunc(facts, func(f Fact) bool { return f.Key == key }):
		faults.Add(union.ErrUnknown, where, quote.Key(key), "a fact of the programme")
	}
}

func (s FactShare) check(faults *union.FaultList, where string, facts []Fact) {
	checkFact(faults, where+".of", s.Of, facts)
	if s.Rate.Sign() <= 0 {
		faults.Add(union.ErrRange, where+".rate", s.Rate.String(), "above 0")
	}
	if s.Above.Sign() < 0 {
		faults.Add(union.ErrRange, where+".above", s.Above.String(), "0 or more")
	}
	if s.UpTo.Sign() != 0 && s.UpTo.Cmp(s.Above) <= 0 {
		faults.Add(union.ErrOrder, where+".up_to", s.UpTo.String(), "above "+s.Above.String())
	}
}

func (t Tiers) check(faults *union.FaultList, where string, facts []Fact, depth int) {
	checkFact(faults, where+".of", t.Of, facts)
	_, err := union.NewBands(t.bands())
	faults.Within(where, err)
	for i, tier := range t.List {
		tier.Amount.check(faults, union.Indexed(where+".list", i)+".amount", facts, depth+1)
	}
}

// bands returns the tiers as bands, which find the tier of a number and every hole
// and overlap.
func (t Tiers) bands() union.BandsSpec {
	spec := union.BandsSpec{Scale: t.Scale}
	for i, tier := range t.List {
		spec.List = append(spec.List, union.Band{In: tier.In, Key: strconv.Itoa(i)})
	}
	return spec
}

// find returns the tier that a number lies in.
func (t Tiers) find(n union.Number) (int, bool) {
	at := slices.IndexFunc(t.List, func(tier Tier) bool { return tier.In.Contains(n) })
	return at, at >= 0
}

// facts calls use with each fact that the amount asks for.
func (a Amount) facts(use func(key string)) {
	switch {
	case a.Share != nil:
		use(a.Share.Of)
	case a.Tiers != nil:
		use(a.Tiers.Of)
		for _, tier := range a.Tiers.List {
			tier.Amount.facts(use)
		}
	}
	_, parts := a.parts()
	for _, part := range parts {
		part.facts(use)
	}
}

// asksLine reports whether the amount may be a multiple of the line.
func (a Amount) asksLine() bool {
	if a.Tiers != nil {
		return slices.ContainsFunc(a.Tiers.List, func(t Tier) bool { return t.Amount.asksLine() })
	}
	_, parts := a.parts()
	return a.Line != nil || slices.ContainsFunc(parts, Amount.asksLine)
}

// A sizing is what an amount is worked out from.
type sizing struct {
	facts map[string]union.Number
	line  union.Money
}

// of returns the sum in yuan, exactly. The amount is checked and all that it asks
// for is there.
func (z sizing) of(a Amount) union.Number {
	switch {
	case a.Fixed != nil:
		return a.Fixed.Number()
	case a.Line != nil:
		return z.line.Number().Mul(*a.Line)
	case a.Share != nil:
		return a.Share.of(z.facts[a.Share.Of])
	case a.Tiers != nil:
		if i, found := a.Tiers.find(z.facts[a.Tiers.Of]); found {
			return z.of(a.Tiers.List[i].Amount)
		}
		return union.Number{}
	}
	_, parts := a.parts()
	sum := z.of(parts[0])
	for _, part := range parts[1:] {
		other := z.of(part)
		switch c := other.Cmp(sum); {
		case a.Total != nil:
			sum = sum.Add(other)
		case a.Lowest != nil && c < 0, a.Highest != nil && c > 0:
			sum = other
		}
	}
	return sum
}

// of returns the share of a number.
func (s FactShare) of(n union.Number) union.Number {
	if s.UpTo.Sign() != 0 && n.Cmp(s.UpTo) > 0 {
		n = s.UpTo
	}
	n = n.Sub(s.Above)
	if n.Sign() < 0 {
		return union.Number{}
	}
	return n.Mul(s.Rate)
}

// titleOfFact returns the wording of a fact that is listed.
func titleOfFact(facts []Fact, key string) string {
	at := slices.IndexFunc(facts, func(f Fact) bool { return f.Key == key })
	return facts[at].Title
}

// working says how the amount came about.
func (z sizing) working(item string, a Amount, facts []Fact) union.Working {
	w := union.Working{Item: item, Result: z.of(a).String()}
	fact := func(key string) union.Input {
		return union.Input{Name: titleOfFact(facts, key), Value: z.facts[key].String()}
	}
	switch {
	case a.Fixed != nil:
		w.Rule = "定额"
	case a.Line != nil:
		w.Rule = "最低生活保障线 × " + a.Line.String()
		w.Inputs = []union.Input{{Name: "最低生活保障线（月人均）", Value: z.line.String()}}
	case a.Share != nil:
		w.Rule = a.Share.rule()
		w.Inputs = []union.Input{fact(a.Share.Of)}
	case a.Tiers != nil:
		w.Rule = "分档，不在各档之内的不予救助"
		w.Inputs = []union.Input{fact(a.Tiers.Of)}
		if i, found := a.Tiers.find(z.facts[a.Tiers.Of]); found {
			w.Rule = "分档：" + a.Tiers.List[i].In.String()
			w.Parts = []union.Working{z.working("该档", a.Tiers.List[i].Amount, facts)}
		}
	default:
		name, parts := a.parts()
		w.Rule = map[string]string{"lowest": "取最低", "highest": "取最高", "total": "合计"}[name]
		for i, part := range parts {
			w.Parts = append(w.Parts, z.working("第"+strconv.Itoa(i+1)+"项", part, facts))
		}
	}
	return w
}

func (s FactShare) rule() string {
	text := "× " + s.Rate.String()
	if s.UpTo.Sign() != 0 {
		text = "不超过" + s.UpTo.String() + "的部分 " + text
	}
	if s.Above.Sign() != 0 {
		text = "超过" + s.Above.String() + "的部分，" + text
	}
	return text
}
