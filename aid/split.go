package aid

import (
	"maps"
	"strconv"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/internal/exact"
)

// An Explanation says how a printed sum may have come about that so many got
// together: whether the rates can give it at all and, where there is one way alone,
// how many got what.
type Explanation struct {
	Ways     int         // 0, 1, or 2 for more than one; one way for rates that bound the sum alone
	Split    []RateCount // of the one way, in the order of the rates; none of a rate that states no sum exactly
	Findings []union.Finding
}

// A RateCount is how many got what a rate of the kind states exactly.
type RateCount struct {
	Rate  int // its place in the kind, from 0
	Each  union.Money
	Count int64
}

// mostSplits bounds how many ways to split a count are tried.
const mostSplits = 1_000_000

// Explain says whether a sum that was printed for a payment can be what the rates
// give. Traits that the print does not tell may be left out: then each rate that
// may apply counts. Sums that are stated exactly must add up to the print; where
// any rate states bounds, the print must lie between the least and the most that
// all rates allow together. It reports the faults of [Programme.Entitlement] for a
// payment of which every fact is told, [union.ErrRange] for a count that is not
// above zero or for which too many splits would have to be tried, and
// [union.ErrOverflow] for bounds that could not be held.
func (p Programme) Explain(payment Payment, printed union.Money, lines Lines) (Explanation, error) {
	kind, err := p.explained(payment)
	if err != nil {
		return Explanation{}, err
	}
	options, exactly, err := p.options(payment, kind, lines)
	if err != nil {
		return Explanation{}, err
	}
	want, low, high, err := p.between(options, payment.Count)
	if err != nil {
		return Explanation{}, err
	}
	finding := union.Finding{
		Where: "kinds." + payment.Kind, Rule: "so many times what the rates give",
		Got: printed.String(), Want: want,
	}
	var made Explanation
	switch {
	case printed.Cmp(low) < 0 || printed.Cmp(high) > 0 || len(options) == 0:
	case !exactly:
		made.Ways = 1
	default:
		if made, err = splits(options, payment.Count, printed); err != nil {
			return Explanation{}, err
		}
	}
	if made.Ways == 0 {
		made.Findings = []union.Finding{finding}
	}
	return made, nil
}

// explained checks a payment of which not all traits need be told, and returns its
// kind.
func (p Programme) explained(payment Payment) (int, error) {
	if p.id.IsZero() {
		return 0, union.NewFault(union.ErrMissing, "rule", "", "")
	}
	kind, err := p.kindOn(payment.Kind, payment.On)
	if err != nil {
		return 0, err
	}
	if err := p.checkTraits(payment.Traits, nil); err != nil {
		return 0, err
	}
	if err := p.checkFacts(payment.Facts, p.asks[kind].facts); err != nil {
		return 0, err
	}
	if payment.Count <= 0 {
		return 0, union.NewFault(union.ErrRange, "count", strconv.FormatInt(payment.Count, 10), "above 0")
	}
	return kind, nil
}

// An option is what one rate gives that may apply.
type option struct {
	rate        int
	least, most union.Money
}

// options returns what each rate gives that may apply to a payment, and whether all
// of them state a sum exactly.
func (p Programme) options(payment Payment, kind int, lines Lines) ([]option, bool, error) {
	size, err := p.sizing(kind, payment.Facts, payment.Area, payment.On, lines)
	if err != nil {
		return nil, false, err
	}
	var options []option
	exactly := true
	of := p.spec.Kinds[kind]
	for i, rate := range of.Rates {
		if !rate.mayApply(payment) {
			continue
		}
		each := option{rate: i}
		if each.least, each.most, err = of.sums(i, size); err != nil {
			return nil, false, err
		}
		exactly = exactly && rate.Exactly != nil
		options = append(options, each)
	}
	return options, exactly, nil
}

// mayApply reports whether all conditions of a rate hold as far as the traits are
// told.
func (r Rate) mayApply(payment Payment) bool {
	traits := map[string]string{}
	for _, condition := range r.When {
		if len(condition.Is) > 0 {
			traits[condition.Of] = condition.Is[0]
		}
	}
	maps.Copy(traits, payment.Traits)
	return r.applies(payment.On, traits, payment.Facts)
}

// between returns the least and the most that so many may get together, and says so
// in words.
func (p Programme) between(options []option, count int64) (want string, low, high union.Money, err error) {
	if len(options) == 0 {
		return "a rate that applies", low, high, nil
	}
	least, most := options[0].least, options[0].most
	for _, each := range options[1:] {
		if each.least.Cmp(least) < 0 {
			least = each.least
		}
		if each.most.Cmp(most) > 0 {
			most = each.most
		}
	}
	if low, err = least.Times(count); err == nil {
		high, err = most.Times(count)
	}
	want = strconv.FormatInt(count, 10) + " × " + least.String() + " to " + most.String()
	return want, low, high, union.Within("count", err)
}

// splits returns how so many may have got a sum together, if each got what one of
// the options states. Two options of one sum are one way.
func splits(options []option, count int64, sum union.Money) (Explanation, error) {
	tried := int64(1)
	for range len(options) - 2 { // the last two follow from the others
		if tried *= min(count, mostSplits) + 1; tried > mostSplits {
			return Explanation{}, union.NewFault(union.ErrRange, "count", strconv.FormatInt(count, 10), "fewer, for so many rates")
		}
	}
	s := splitting{options: options, counts: make([]int64, len(options))}
	s.try(0, count, sum.Fen())
	made := Explanation{Ways: s.ways}
	if s.ways == 1 {
		for i, each := range options {
			made.Split = append(made.Split, RateCount{Rate: each.rate, Each: each.most, Count: s.found[i]})
		}
	}
	return made, nil
}

// A splitting looks for counts of the options that make up a count and a sum.
type splitting struct {
	options []option
	counts  []int64
	found   []int64
	ways    int
}

// try looks for the counts of the options from one on, until there are two ways.
func (s *splitting) try(from int, count, fen int64) {
	each := s.options[from].most.Fen()
	switch left := len(s.options) - from; {
	case s.ways > 1:
	case left == 1:
		if product, fits := exact.Mul(each, count); fits && product == fen {
			s.note(from, count)
		}
	case left == 2:
		s.lastTwo(from, count, fen)
	default:
		for n := int64(0); n <= count && s.ways < 2; n++ {
			product, fits := exact.Mul(each, n)
			if !fits || product > fen {
				return
			}
			s.counts[from] = n
			s.try(from+1, count-n, fen-product)
		}
	}
}

// lastTwo solves x·a + (count−x)·b = fen.
func (s *splitting) lastTwo(from int, count, fen int64) {
	a, b := s.options[from].most.Fen(), s.options[from+1].most.Fen()
	rest, fits := exact.Mul(b, count)
	switch {
	case !fits:
	case a == b && rest == fen && count > 0:
		s.ways = 2
	case a == b && rest == fen:
		s.note(from, 0, 0)
	case a == b || (fen-rest)%(a-b) != 0:
	default:
		if x := (fen - rest) / (a - b); x >= 0 && x <= count {
			s.note(from, x, count-x)
		}
	}
}

// note notes a way.
func (s *splitting) note(from int, counts ...int64) {
	s.ways++
	copy(s.counts[from:], counts)
	if s.ways == 1 {
		s.found = append([]int64(nil), s.counts...)
	}
}
