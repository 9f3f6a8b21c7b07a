package campaign

import (
	"errors"
	"slices"
	"strconv"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/internal/exact"
	"github.com/unioncampaign/union/internal/quote"
)

// summaryDocument is the kind and number of a summary's JSON.
const summaryDocument = "campaign.summary/1"

// A SummarySpec is the form of a phase's summary (阶段小结), or of a report on a part of
// it, as its JSON document "campaign.summary/1" holds it: which figures it states, which
// of them are sums of others and which are rates. [NewSummary] checks it.
type SummarySpec struct {
	union.Rule
	Items []SummaryItem `json:"items"`
}

// A SummaryItem is one figure of a summary. Exactly one of Count and Rate is set.
type SummaryItem struct {
	Key   string     `json:"key"` // its figure is campaign.summary.<key>
	Title string     `json:"title"`
	Count *CountItem `json:"count,omitempty"`
	Rate  *RateItem  `json:"rate,omitempty"`
}

// A CountItem is a count in some measure. If it is a sum, it is the sum of counts that
// stand above it.
type CountItem struct {
	Measure union.Measure `json:"measure"`
	Sum     []string      `json:"sum,omitempty"` // the keys of the counts that it is the sum of
}

// A RateItem is a rate in percent: of two counts, a sum of rates, or only as it is
// printed.
type RateItem struct {
	Part     string         `json:"part,omitempty"` // the key of a count
	Base     string         `json:"base,omitempty"` // the key of the count that it is a part of
	Sum      []string       `json:"sum,omitempty"`  // the keys of the rates that it is the sum of, which stand above it
	Rounding union.Rounding `json:"rounding"`
}

// A Stated is what a report states of one item: a count, which may be about or over a
// number; a printed rate in percent; or that it does not apply. Exactly one is set. What
// is not stated at all is unknown, and never zero.
type Stated struct {
	Item          string        `json:"item"` // the key of the item
	Count         *union.Count  `json:"count,omitempty"`
	Printed       *union.Number `json:"printed,omitempty"`
	NotApplicable bool          `json:"not_applicable,omitempty"`
}

// A Summary is a checked form of a summary. It never changes. The zero Summary has no
// items.
type Summary struct {
	spec SummarySpec
	id   union.RuleID
	at   map[string]int
}

// NewSummary returns the form that spec describes, and keeps nothing of spec.
//
// It reports, joined, all of
//   - [union.ErrMissing], for what the rule lacks, no items, an item without key,
//     title, count and rate, a count without measure, a rate with only one of part and
//     base, and a rounding that is none;
//   - [union.ErrRepeated], for a key used before, an item that is both count and rate, a
//     rate that is both of counts and a sum, and one added twice in a sum;
//   - [union.ErrText], for a key that [union.FaultList.Key] refuses, and text that is not
//     UTF-8;
//   - [union.ErrUnknown], for a part, base or summand that is no such item;
//   - [union.ErrOrder], for a summand that does not stand above its sum;
//   - [union.ErrMeasure], for a sum or a rate of unlike measures.
func NewSummary(spec SummarySpec) (Summary, error) {
	made := Summary{spec: spec.clone(), at: map[string]int{}}
	var faults union.FaultList
	faults.Within("", made.spec.Check())
	if len(made.spec.Items) == 0 {
		faults.Add(union.ErrMissing, "items", "", "at least one")
	}
	keys := map[string]bool{}
	for i, item := range made.spec.Items {
		where := union.Indexed("items", i)
		faults.Key(where+".key", item.Key, keys)
		faults.Given(where+".title", item.Title)
		if _, known := made.at[item.Key]; !known {
			made.at[item.Key] = i
		}
	}
	for i, item := range made.spec.Items {
		where := union.Indexed("items", i)
		switch {
		case item.Count == nil && item.Rate == nil:
			faults.Add(union.ErrMissing, where, "", "a count or a rate")
		case item.Count != nil && item.Rate != nil:
			faults.Add(union.ErrRepeated, where, "a count and a rate", "one of them")
		case item.Count != nil:
			made.checkCount(&faults, where+".count", i, *item.Count)
		default:
			made.checkRate(&faults, where+".rate", i, *item.Rate)
		}
	}
	err := faults.Err()
	if err != nil {
		return Summary{}, err
	}
	if made.id, err = union.IdentifyRule(summaryDocument, made.spec); err != nil {
		return Summary{}, err
	}
	return made, nil
}

func (s Summary) checkCount(faults *union.FaultList, where string, at int, count CountItem) {
	if _, err := union.NewCount(0, 0, count.Measure, union.Unstated); err != nil || count.Measure == "" {
		faults.Add(union.ErrMissing, where+".measure", quote.Key(string(count.Measure)), "letters, as in 人次")
	}
	s.checkSum(faults, where, at, count.Sum, func(i SummaryItem) bool { return i.Count != nil })
	for i, key := range count.Sum {
		if of, known := s.count(key); known && of.Measure != count.Measure {
			faults.Add(union.ErrMeasure, union.Indexed(where+".sum", i), string(of.Measure), string(count.Measure))
		}
	}
}

func (s Summary) checkRate(faults *union.FaultList, where string, at int, rate RateItem) {
	faults.Within(where+".rounding", rate.Rounding.Check())
	s.checkSum(faults, where, at, rate.Sum, func(i SummaryItem) bool { return i.Rate != nil })
	if rate.Part == "" && rate.Base == "" {
		return
	}
	if len(rate.Sum) > 0 {
		faults.Add(union.ErrRepeated, where+".sum", "a sum and a rate of counts", "one of them")
	}
	part, isPart := s.count(rate.Part)
	base, isBase := s.count(rate.Base)
	for _, end := range []struct {
		name, key string
		known     bool
	}{{"part", rate.Part, isPart}, {"base", rate.Base, isBase}} {
		switch {
		case end.key == "":
			faults.Add(union.ErrMissing, where+"."+end.name, "", "both, or none")
		case !end.known:
			faults.Add(union.ErrUnknown, where+"."+end.name, quote.Key(end.key), "a count of the form")
		}
	}
	if isPart && isBase && part.Measure != base.Measure {
		faults.Add(union.ErrMeasure, where+".base", string(base.Measure), string(part.Measure))
	}
}

// checkSum checks the summands of the item at a place.
func (s Summary) checkSum(faults *union.FaultList, where string, at int, sum []string, right func(SummaryItem) bool) {
	for i, key := range sum {
		place := union.Indexed(where+".sum", i)
		of, known := s.at[key]
		switch {
		case !known || !right(s.spec.Items[of]):
			faults.Add(union.ErrUnknown, place, quote.Key(key), "an item of the same sort")
		case of >= at:
			faults.Add(union.ErrOrder, place, quote.Key(key), "an item that stands above")
		case slices.Contains(sum[:i], key):
			faults.Add(union.ErrRepeated, place, quote.Key(key), "each once")
		}
	}
}

// count returns the count item with the key.
func (s Summary) count(key string) (CountItem, bool) {
	at, known := s.at[key]
	if !known || s.spec.Items[at].Count == nil {
		return CountItem{}, false
	}
	return *s.spec.Items[at].Count, true
}

// ID returns the form's identity: a digest of all that it says.
func (s Summary) ID() union.RuleID { return s.id }

// Rule returns what the form says of itself.
func (s Summary) Rule() union.Rule { return s.spec.Rule }

// Spec returns a copy of all that the form says.
func (s Summary) Spec() SummarySpec { return s.spec.clone() }

// MarshalJSON writes the form as its document "campaign.summary/1". The zero Summary has
// none, which is [union.ErrMissing].
func (s Summary) MarshalJSON() ([]byte, error) { return union.WriteRule(summaryDocument, s.spec) }

// UnmarshalJSON reads a form as [NewSummary] checks it, from a document that
// [union.ReadRule] accepts. It fails where either does, and then s is unchanged.
func (s *Summary) UnmarshalJSON(data []byte) error {
	var spec SummarySpec
	if err := union.ReadRule(data, summaryDocument, &spec); err != nil {
		return err
	}
	made, err := NewSummary(spec)
	if err != nil {
		return err
	}
	*s = made
	return nil
}

// A span is what is known of a count: the least and the greatest that it may be.
type span struct {
	low, high int64
	known     bool
}

func (s span) exactly() bool { return s.known && s.low == s.high }

// plus returns what is known of a sum, and whether it fits.
func (s span) plus(other span) (span, bool) {
	low, fitsLow := exact.Add(s.low, other.low)
	high, fitsHigh := exact.Add(s.high, other.high)
	return span{low, high, s.known && other.known}, fitsLow && fitsHigh
}

// A reading of a report: what it states of each item, and what is known of each count
// from what it states or, if it states nothing, from the counts that it is the sum of.
type statement struct {
	stated []*Stated
	spans  []span
	summed []span // of a count that is a sum, what its summands say
}

// read checks what is stated and works out what is known of each count.
func (s Summary) read(stated []Stated) (statement, error) {
	made := statement{
		stated: make([]*Stated, len(s.spec.Items)), spans: make([]span, len(s.spec.Items)), summed: make([]span, len(s.spec.Items)),
	}
	var faults union.FaultList
	for i := range stated {
		where := union.Indexed("stated", i)
		each := &stated[i]
		at, known := s.at[each.Item]
		switch {
		case !known:
			faults.Add(union.ErrUnknown, where+".item", quote.Key(each.Item), "an item of the form")
			continue
		case made.stated[at] != nil:
			faults.Add(union.ErrRepeated, where+".item", quote.Key(each.Item), "each item once")
		}
		faults.Within(where, each.check(s.spec.Items[at]))
		made.stated[at] = each
		if each.Count != nil {
			low, high, known := each.Count.Bounds()
			made.spans[at] = span{low, high, known}
		}
	}
	if err := faults.Err(); err != nil {
		return made, err
	}
	for i, item := range s.spec.Items {
		if item.Count == nil || len(item.Count.Sum) == 0 {
			continue
		}
		sum := span{known: true}
		for _, key := range item.Count.Sum {
			of := s.at[key]
			if other := made.stated[of]; other != nil && other.NotApplicable {
				continue // there is nothing of it
			}
			var fits bool
			if sum, fits = sum.plus(made.spans[of]); !fits {
				return made, union.NewFault(union.ErrOverflow, item.Key, "", "")
			}
		}
		made.summed[i] = sum
		if made.stated[i] == nil {
			made.spans[i] = sum
		}
	}
	return made, nil
}

// check reports what is wrong with what is stated of an item.
func (s Stated) check(item SummaryItem) error {
	var faults union.FaultList
	n := one(s.Count != nil) + one(s.Printed != nil) + one(s.NotApplicable)
	switch {
	case n == 0:
		faults.Add(union.ErrMissing, "", "", "a count, a printed rate or that it does not apply")
	case n > 1:
		faults.Add(union.ErrRepeated, "", strconv.FormatInt(n, 10)+" things", "one")
	case s.Count != nil && item.Count == nil:
		faults.Add(union.ErrUnknown, "count", s.Count.String(), "a printed rate")
	case s.Printed != nil && item.Rate == nil:
		faults.Add(union.ErrUnknown, "printed", s.Printed.String(), "a count")
	case s.Count != nil && s.Count.Measure() != item.Count.Measure:
		faults.Add(union.ErrMeasure, "count", s.Count.String(), "a count of "+string(item.Count.Measure))
	}
	return faults.Err()
}

// rate returns what is known of a rate of counts: the least and the greatest that it may
// be in percent, and false if a count is unknown, the base may be nothing, or the part is
// more than its base.
func (s Summary) rate(rate RateItem, known statement) (low, high union.Number, ok bool) {
	if rate.Part == "" {
		return low, high, false
	}
	part, base := known.spans[s.at[rate.Part]], known.spans[s.at[rate.Base]]
	if !part.known || !base.known || part.low > base.high {
		return low, high, false
	}
	low, errLow := union.Ratio{Part: part.low, Whole: base.high}.Percent()
	high, errHigh := union.Ratio{Part: part.high, Whole: base.low}.Percent()
	if hundred := union.Whole(100); high.Cmp(hundred) > 0 {
		high = hundred // a part is no more than its base
	}
	return low, high, errors.Join(errLow, errHigh) == nil
}

// Check returns where a report contradicts itself: a count that is none of those that its
// summands leave open, a part that is more than its base, a printed rate that does not
// follow from its counts, or a printed sum that its printed summands do not allow. What is
// about or over a number leaves numbers open, and is no contradiction.
//
// It reports, joined:
//   - [union.ErrUnknown], for an item that the form does not have, a count stated of a
//     rate, and a rate stated of a count;
//   - [union.ErrRepeated], for an item stated twice, and for two things stated of one;
//   - [union.ErrMissing], for nothing stated;
//   - [union.ErrMeasure], for a count of another measure;
//
// and else [union.ErrOverflow], for a sum that does not fit.
func (s Summary) Check(stated []Stated) ([]union.Finding, error) {
	known, err := s.read(stated)
	if err != nil {
		return nil, err
	}
	var found []union.Finding
	for i, item := range s.spec.Items {
		if item.Count != nil {
			found = append(found, checkSummed(item, known.stated[i], known.spans[i], known.summed[i])...)
			continue
		}
		findings, err := s.checkPrinted(i, known)
		if err != nil {
			return nil, err
		}
		found = append(found, findings...)
	}
	return found, nil
}

// checkSummed compares a stated count with its summands.
func checkSummed(item SummaryItem, stated *Stated, is, sum span) []union.Finding {
	if stated == nil || !is.known || !sum.known || is.low <= sum.high && sum.low <= is.high {
		return nil
	}
	want := strconv.FormatInt(sum.low, 10)
	if !sum.exactly() {
		want += " to " + strconv.FormatInt(sum.high, 10)
	}
	return []union.Finding{{Where: item.Key, Rule: "parts equal the whole", Got: stated.Count.String(), Want: want}}
}

// checkPrinted compares a rate with its counts, and a sum of rates with its summands.
func (s Summary) checkPrinted(at int, known statement) ([]union.Finding, error) {
	item := s.spec.Items[at]
	rate, stated := *item.Rate, known.stated[at]
	if rate.Part != "" {
		part, base := known.spans[s.at[rate.Part]], known.spans[s.at[rate.Base]]
		if part.known && base.known && part.low > base.high {
			return []union.Finding{{
				Where: item.Key, Rule: "a part is no more than its base",
				Got: strconv.FormatInt(part.low, 10), Want: "at most " + strconv.FormatInt(base.high, 10),
			}}, nil
		}
	}
	if stated == nil || stated.Printed == nil {
		return nil, nil
	}
	if low, high, ok := s.rate(rate, known); ok {
		if low.Equal(high) {
			return rate.Rounding.CheckPrinted(item.Key, *stated.Printed, low)
		}
		return checkBetween(item.Key, *stated.Printed, low, high, rate.Rounding)
	}
	if _, all := s.sumOfRates(rate, known); !all {
		return nil, nil
	}
	var parts []union.Number
	for _, key := range rate.Sum {
		parts = append(parts, *known.stated[s.at[key]].Printed)
	}
	return rate.Rounding.CheckSum(item.Key, *stated.Printed, parts...)
}

// checkBetween compares a printed rate with the least and the greatest that it may be of.
func checkBetween(where string, printed, low, high union.Number, rounding union.Rounding) ([]union.Finding, error) {
	least, err := rounding.Apply(low)
	if err != nil {
		return nil, err
	}
	most, err := rounding.Apply(high)
	if err != nil {
		return nil, err
	}
	if printed.Cmp(least) >= 0 && printed.Cmp(most) <= 0 {
		return nil, nil
	}
	return []union.Finding{{
		Where: where, Rule: "a printed figure follows from its inputs", Got: printed.String(), Want: least.String() + " to " + most.String(),
	}}, nil
}

// Figures returns every item of the form as a figure, in order: a count as it is stated
// or, if it is not, the sum of its counts, or between which two numbers that lies; a rate
// worked out from exact counts, or else as it is printed, or else between which two rates
// it lies or, of a sum of printed rates, that sum. What is neither stated nor follows is
// unknown, a rate over nothing undefined, and what does not apply says so. Nothing
// unknown becomes zero.
//
// It fails where [Summary.Check] does.
func (s Summary) Figures(stated []Stated) ([]union.Figure, error) {
	known, err := s.read(stated)
	if err != nil {
		return nil, err
	}
	sheet := union.NewFigureList("campaign.Summary.Figures", s.spec.Rule)
	for i, item := range s.spec.Items {
		if item.Count != nil {
			s.addCount(sheet, i, known)
			continue
		}
		s.addRate(sheet, i, known)
	}
	return sheet.Figures()
}

func (s Summary) addCount(sheet *union.FigureList, at int, known statement) {
	item, stated, is := s.spec.Items[at], known.stated[at], known.spans[at]
	key := "campaign.summary." + item.Key
	var inputs []union.Input
	for _, summand := range item.Count.Sum {
		inputs = append(inputs, s.told(summand, known))
	}
	switch {
	case stated != nil && stated.NotApplicable:
		sheet.Absent(key, item.Title, item.Count.Measure, union.NotApplicable)
	case is.exactly():
		sheet.Count(key, item.Title, item.Count.Measure, is.low, inputs...)
	case is.known && stated != nil:
		sheet.Text(key, item.Title, []string{stated.Count.String()}, inputs...)
	case is.known:
		sheet.Text(key, item.Title, []string{
			strconv.FormatInt(is.low, 10) + "至" + strconv.FormatInt(is.high, 10) + string(item.Count.Measure),
		}, inputs...)
	default:
		sheet.Absent(key, item.Title, item.Count.Measure, union.NotKnown, inputs...)
	}
}

func (s Summary) addRate(sheet *union.FigureList, at int, known statement) {
	item, stated := s.spec.Items[at], known.stated[at]
	rate := *item.Rate
	key := "campaign.summary." + item.Key
	var inputs []union.Input
	for _, of := range []string{rate.Part, rate.Base} {
		if of != "" {
			inputs = append(inputs, s.told(of, known))
		}
	}
	spec := sheet.Spec(key, item.Title, inputs...)
	spec.Rounding = rate.Rounding
	if rate.Base != "" {
		spec.Base = s.spec.Items[s.at[rate.Base]].Title
	}
	low, high, worked := s.rate(rate, known)
	switch {
	case stated != nil && stated.NotApplicable:
		sheet.Absent(key, item.Title, "", union.NotApplicable)
	case worked && low.Equal(high):
		sheet.Add(spec.Share(low))
	case stated != nil && stated.Printed != nil:
		spec.Rounding = union.Rounding{} // as it is printed
		sheet.Add(spec.Share(*stated.Printed))
	case worked:
		least, err := rate.Rounding.Format(low)
		most, errMost := rate.Rounding.Format(high)
		sheet.Add(spec.Text(least+"%至"+most+"%"), errors.Join(err, errMost))
	case rate.Base != "" && known.spans[s.at[rate.Base]] == span{known: true}:
		sheet.Absent(key, item.Title, "", union.Undefined, inputs...)
	default:
		if sum, all := s.sumOfRates(rate, known); all {
			spec.Rounding = union.Rounding{} // a sum of what is printed
			sheet.Add(spec.Share(sum))
			return
		}
		sheet.Absent(key, item.Title, "", union.NotKnown, inputs...)
	}
}

// sumOfRates returns the sum of the printed summands of a rate, and false if it has none
// or one is not printed.
func (s Summary) sumOfRates(rate RateItem, known statement) (sum union.Number, all bool) {
	for _, key := range rate.Sum {
		part := known.stated[s.at[key]]
		if part == nil || part.Printed == nil {
			return sum, false
		}
		sum = sum.Add(*part.Printed)
	}
	return sum, len(rate.Sum) > 0
}

// told tells what is known of a count.
func (s Summary) told(key string, known statement) union.Input {
	at := s.at[key]
	input := union.Input{Name: s.spec.Items[at].Title, Value: "不详"}
	switch is := known.spans[at]; {
	case is.exactly():
		input.Value = strconv.FormatInt(is.low, 10)
	case is.known && known.stated[at] != nil:
		input.Value = known.stated[at].Count.String()
	case is.known:
		input.Value = strconv.FormatInt(is.low, 10) + "至" + strconv.FormatInt(is.high, 10)
	}
	return input
}

func (s SummarySpec) clone() SummarySpec {
	s.Items = cloned(s.Items, func(item SummaryItem) SummaryItem {
		item.Count = pointer(item.Count, func(c CountItem) CountItem {
			c.Sum = slices.Clone(c.Sum)
			return c
		})
		item.Rate = pointer(item.Rate, func(r RateItem) RateItem {
			r.Sum = slices.Clone(r.Sum)
			return r
		})
		return item
	})
	return s
}
