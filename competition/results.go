package competition

import (
	"math"
	"slices"
	"strconv"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/internal/exact"
	"github.com/unioncampaign/union/internal/quote"
	"github.com/unioncampaign/union/internal/wire"
)

// Results are the tally of what a competition brought forth, by the indicators that
// its edition adds: suggestions made, adopted and carried out, innovations, savings
// in money and in energy of each kind. What a report does not give is not zero: the
// results know how many reports give each indicator, and a rate is one over the
// reports that give both.
//
// [Edition.Results] makes empty ones; the zero Results are the identity of Merge.
// Their size depends on the edition alone. Merging the same Results twice counts
// them twice. Assigning Results shares their counts.
type Results struct {
	rule     union.RuleID
	places   []int64 // of each indicator
	sides    []int64 // the indicators of each quotient: part, whole, part, whole
	reported int64
	sums     []figure
	rates    []rate
}

// A figure is the sum of those that reports give, in their last place.
type figure struct{ sum, reports int64 }

// A rate holds the sums over the reports that give both.
type rate struct{ part, whole, reports int64 }

// A Result is the record of what one unit reports: figures by the key of an
// indicator that the edition adds. What is left out is not known.
type Result map[string]union.Number

// Results returns empty results of the edition. The zero Edition has the zero
// Results.
func (e Edition) Results() Results {
	if e.id.IsZero() {
		return Results{}
	}
	r := Results{rule: e.id, sums: make([]figure, len(e.spec.Indicators)), rates: make([]rate, len(e.spec.Quotients))}
	for _, each := range e.spec.Indicators {
		r.places = append(r.places, int64(each.Places))
	}
	for _, each := range e.spec.Quotients {
		part, _ := e.added(each.Part)
		whole, _ := e.added(each.Whole)
		r.sides = append(r.sides, int64(part), int64(whole))
	}
	return r
}

// A CodedResult is what [Results] add up: the figures in the order of the
// indicators that the edition adds, as whole numbers of their last place, below 0
// where one is not known. [Edition.CodeResult] makes one.
type CodedResult []int64

// CodeResult returns the codes of a result. It reports the first of these faults,
// in the order of the keys:
//   - [union.ErrUnknown], for an indicator that the edition does not add;
//   - [union.ErrRange], for a figure below 0 and for one that has more places than
//     the indicator;
//   - [union.ErrOverflow], for one that does not fit.
func (e Edition) CodeResult(r Result) (CodedResult, error) {
	coded := slices.Repeat(CodedResult{-1}, len(e.spec.Indicators))
	for _, key := range sortedKeys(r) {
		at, ok := e.added(key)
		if !ok {
			return nil, union.NewFault(union.ErrUnknown, "indicator", quote.Key(key), "an indicator that the edition adds")
		}
		n := r[key]
		scaled := n
		for range e.spec.Indicators[at].Places {
			scaled = scaled.Mul(union.Whole(10))
		}
		whole, fits := scaled.Int64()
		switch {
		case n.Sign() < 0:
			return nil, union.NewFault(union.ErrRange, key, n.String(), "0 or more")
		case !scaled.IsInt():
			return nil, union.NewFault(union.ErrRange, key, n.String(), "at most "+strconv.Itoa(e.spec.Indicators[at].Places)+" places")
		case !fits:
			return nil, union.NewFault(union.ErrOverflow, key, n.String(), "")
		}
		coded[at] = whole
	}
	return coded, nil
}

// Add adds a report. It reports the first of these faults, and then changes
// nothing:
//   - [union.ErrRule], for results of no edition;
//   - [union.ErrRange], for figures that are not as many as the indicators;
//   - [union.ErrOverflow], if a sum would be more than an int64 holds.
func (r *Results) Add(report CodedResult) error {
	switch {
	case r.rule.IsZero():
		return union.NewFault(union.ErrRule, "results", r.rule.String(), "the results of an edition")
	case len(report) != len(r.sums):
		return union.NewFault(union.ErrRange, "figures", strconv.Itoa(len(report)), strconv.Itoa(len(r.sums)))
	}
	// A rate's sums are bounded by those of its sides.
	for i, n := range report {
		if _, fits := exact.Add(r.sums[i].sum, max(n, 0)); !fits {
			return union.NewFault(union.ErrOverflow, union.Indexed("figures", i), "", "")
		}
	}
	if r.reported == math.MaxInt64 {
		return union.NewFault(union.ErrOverflow, "reports", "", "")
	}
	r.reported++
	for i, n := range report {
		if n >= 0 {
			r.sums[i].sum += n
			r.sums[i].reports++
		}
	}
	for i := range r.rates {
		part, whole := report[r.sides[2*i]], report[r.sides[2*i+1]]
		if part >= 0 && whole >= 0 {
			r.rates[i].part += part
			r.rates[i].whole += whole
			r.rates[i].reports++
		}
	}
	return nil
}

// Merge adds the reports of other. It leaves other alone, and on error changes
// nothing:
//   - [union.ErrRule], for results of another edition;
//   - [union.ErrOverflow], if a sum would be more than an int64 holds.
func (r *Results) Merge(other Results) error {
	switch {
	case other.rule.IsZero():
		return nil
	case r.rule.IsZero():
		*r = other
		r.sums, r.rates = slices.Clone(other.sums), slices.Clone(other.rates)
		return nil
	case !r.goesWith(&other):
		return union.NewFault(union.ErrRule, "results", other.rule.String(), r.rule.String())
	}
	for i, each := range other.sums {
		if _, fits := exact.Add(r.sums[i].sum, each.sum); !fits {
			return union.NewFault(union.ErrOverflow, union.Indexed("figures", i), "", "")
		}
	}
	if _, fits := exact.Add(r.reported, other.reported); !fits {
		return union.NewFault(union.ErrOverflow, "reports", "", "")
	}
	r.reported += other.reported
	for i, each := range other.sums {
		r.sums[i].sum += each.sum
		r.sums[i].reports += each.reports
	}
	for i, each := range other.rates {
		r.rates[i].part += each.part
		r.rates[i].whole += each.whole
		r.rates[i].reports += each.reports
	}
	return nil
}

// goesWith reports whether two results are of one edition, with the same lists.
func (r *Results) goesWith(other *Results) bool {
	return r.rule == other.rule && slices.Equal(r.places, other.places) && slices.Equal(r.sides, other.sides)
}

// Rule returns the ID of the edition that the results are counted under.
func (r Results) Rule() union.RuleID { return r.rule }

// resultsForm names the binary form of Results: the places of the indicators, the
// sides of the quotients, how many reports there are, and the sums.
const resultsForm = "competition.results/1"

// AppendBinary appends the canonical binary form, as [union.WriteTally] does.
func (r Results) AppendBinary(data []byte) ([]byte, error) {
	return union.WriteTally(data, resultsForm, r.rule, func(w *wire.Writer) {
		w.Len(len(r.places))
		w.Fill(r.places)
		w.Len(len(r.rates))
		w.Fill(r.sides)
		w.Count(r.reported)
		for _, each := range r.sums {
			w.Fill([]int64{each.sum, each.reports})
		}
		for _, each := range r.rates {
			w.Fill([]int64{each.part, each.whole, each.reports})
		}
	})
}

// UnmarshalBinary reads what AppendBinary wrote, as [union.ReadTally] does; into
// the zero Results those of any edition, else those of their own ([union.ErrRule]).
// Sums that no reports have are [union.ErrText]. On error the results are
// unchanged.
func (r *Results) UnmarshalBinary(data []byte) error {
	var made Results
	rule, err := union.ReadTally(data, resultsForm, r.rule, made.read)
	if err != nil {
		return err
	}
	made.rule = rule
	if !r.rule.IsZero() && !rule.IsZero() && !r.goesWith(&made) {
		return union.NewFault(union.ErrRule, "results", "other indicators", r.rule.String())
	}
	*r = made
	return nil
}

// read reads the body.
func (r *Results) read(from *wire.Reader) {
	const least, leastRate = 4, 6 // its places, and its sum and reports in a block; its sides, and its sums and reports
	n := from.Len(least)
	r.places = make([]int64, n)
	from.Fill(r.places)
	m := from.Len(leastRate)
	// Of what is left a sum takes 3 bytes and a rate 6: somewhat fewer must be there
	// before room for them is made, however few they would take together.
	if !from.Room(5*(n+m)/2 + 3*m) {
		return
	}
	r.sums, r.sides, r.rates = make([]figure, n), make([]int64, 2*m), make([]rate, m)
	from.Fill(r.sides)
	r.reported = from.Count()
	for i := range r.sums {
		var pair [2]int64
		from.Fill(pair[:])
		r.sums[i] = figure{pair[0], pair[1]}
	}
	for i := range r.rates {
		var three [3]int64
		from.Fill(three[:])
		r.rates[i] = rate{three[0], three[1], three[2]}
	}
	if !from.Failed() && !r.couldBe() {
		from.Refuse("sums that do not go together", "those of reports")
	}
}

// couldBe reports whether the sums could have come about.
func (r *Results) couldBe() bool {
	for i, each := range r.sums {
		if r.places[i] > mostPlaces || each.reports > r.reported || each.reports == 0 && each.sum != 0 {
			return false
		}
	}
	for i, each := range r.rates {
		part, whole := r.sides[2*i], r.sides[2*i+1]
		if part >= int64(len(r.sums)) || whole >= int64(len(r.sums)) {
			return false
		}
		of, by := r.sums[part], r.sums[whole]
		both := of.reports + by.reports - r.reported // at least so many give both
		switch {
		case each.reports > min(of.reports, by.reports), each.reports < both,
			each.part > of.sum, each.whole > by.sum,
			each.reports == 0 && (each.part != 0 || each.whole != 0),
			each.reports == of.reports && each.part != of.sum,
			each.reports == by.reports && each.whole != by.sum,
			part == whole && (each.part != each.whole || each.reports != of.reports):
			return false
		}
	}
	return true
}

// Sum returns the sum of an indicator that the edition adds, how many reports give it,
// and of how many in all. If no report gives it the sum is not known and is returned as
// 0. It fails with [union.ErrRule] for results of another edition and with
// [union.ErrUnknown] for an indicator that the edition does not add.
func (e Edition) Sum(r Results, indicator string) (sum union.Number, reports, of int64, err error) {
	if err := e.ownResults(r); err != nil {
		return union.Number{}, 0, 0, err
	}
	at, ok := e.added(indicator)
	if !ok {
		return union.Number{}, 0, 0, union.NewFault(union.ErrUnknown, "indicator", quote.Key(indicator), "an indicator that the edition adds")
	}
	if r.rule.IsZero() {
		return union.Number{}, 0, 0, nil
	}
	return placed(r.sums[at].sum, e.spec.Indicators[at].Places), r.sums[at].reports, r.reported, nil
}

// placed returns a whole number of the last place as a number.
func placed(n int64, places int) union.Number {
	made := union.Whole(n)
	for range places {
		made, _ = made.Quo(union.Whole(10))
	}
	return made
}

// ownResults refuses results of another edition.
func (e Edition) ownResults(r Results) error {
	if r.rule.IsZero() || r.rule == e.id {
		return nil
	}
	return union.NewFault(union.ErrRule, "results", r.rule.String(), e.id.String())
}

// Quotient returns a rate of the edition over the reports that give both of its
// sides. A rate of which the part is more than the whole, although it is a part, is
// a finding and no rate: zero over zero. It fails with [union.ErrRule] for results of
// another edition and with [union.ErrUnknown] for a quotient that the edition does
// not have.
func (e Edition) Quotient(r Results, key string) (part, whole union.Number, found []union.Finding, err error) {
	if err := e.ownResults(r); err != nil {
		return union.Number{}, union.Number{}, nil, err
	}
	of, at, err := e.findQuotient(key)
	if err != nil || r.rule.IsZero() {
		return union.Number{}, union.Number{}, nil, err
	}
	each := r.rates[at]
	p, _ := e.added(of.Part)
	w, _ := e.added(of.Whole)
	part, whole = placed(each.part, e.spec.Indicators[p].Places), placed(each.whole, e.spec.Indicators[w].Places)
	if !of.Apart && part.Cmp(whole) > 0 {
		return union.Number{}, union.Number{}, []union.Finding{{
			Where: "quotient " + key, Rule: "a part is no more than its whole", Got: part.String(), Want: "at most " + whole.String(),
		}}, nil
	}
	return part, whole, nil, nil
}

// listResults adds the sum of each indicator that the edition adds, and each
// quotient.
func (e Edition) listResults(list *union.FigureList, r Results) error {
	for _, each := range e.spec.Indicators {
		sum, reports, of, err := e.Sum(r, each.Key)
		if err != nil {
			return err
		}
		inputs := []union.Input{union.InputOf("报送单位", of), union.InputOf("其中填报此项", reports)}
		key := "competition.result." + each.Key
		if reports == 0 {
			list.Absent(key, each.Title, each.Measure, union.NotKnown, inputs...)
			continue
		}
		list.Number(key, each.Title, each.Measure, sum, union.Rounding{}, inputs...)
	}
	for i, each := range e.spec.Quotients {
		part, whole, found, err := e.Quotient(r, each.Key)
		if err != nil {
			return err
		}
		reports := int64(0)
		if len(r.rates) > i {
			reports = r.rates[i].reports
		}
		e.listQuotient(list, each, part, whole, reports, len(found) > 0)
	}
	return nil
}

func (e Edition) listQuotient(list *union.FigureList, of Quotient, part, whole union.Number, reports int64, more bool) {
	p, _ := e.findIndicator(of.Part)
	w, _ := e.findIndicator(of.Whole)
	spec := list.Spec("competition.quotient."+of.Key, of.Title,
		union.Input{Name: p.Title, Value: part.String()}, union.Input{Name: w.Title, Value: whole.String()},
		union.InputOf("两项均填报的单位", reports))
	spec.Base, spec.Rounding = of.Base, e.spec.Rates
	quotient, err := part.Quo(whole)
	switch {
	case reports == 0 || more:
		list.Add(spec.Absent(union.NotKnown), nil)
	case err != nil:
		list.Add(spec.Absent(union.Undefined), nil)
	case of.Apart:
		spec.Measure = p.Measure + "/" + w.Measure
		list.Add(spec.Number(quotient))
	default:
		list.Add(spec.Share(quotient.Mul(union.Whole(100))))
	}
}
