package employment

import (
	"slices"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/internal/quote"
)

// marketDocument is the kind and number of a market's JSON.
const marketDocument = "employment.market/1"

// The names of the two sides, as rates and figures use them.
const (
	demandSide = "demand"
	supplySide = "supply"
)

// A MarketSpec describes the supply-and-demand statistics that an employment
// office makes of a period: by which lists its tables tell posts and seekers
// apart, what is counted, and how each figure is worked out and printed. A
// rounding that is not given makes no such figures.
type MarketSpec struct {
	union.Rule
	Days        union.Period   `json:"days"` // the quarter, or another period
	Basis       Basis          `json:"basis"`
	Demand      SideSpec       `json:"demand"`
	Supply      SideSpec       `json:"supply"`
	Dimensions  []Dimension    `json:"dimensions,omitempty"`
	Counts      []CountSpec    `json:"counts,omitempty"` // what else a bulletin states, such as who is employed
	Rates       []RateSpec     `json:"rates,omitempty"`
	Comparisons []Comparison   `json:"comparisons,omitempty"` // with earlier periods
	Tightness   union.Rounding `json:"tightness,omitzero"`    // of demand per seeker and its inverse
	Share       *ShareSpec     `json:"share,omitempty"`       // of terms in their whole, in percent
	Mismatch    union.Rounding `json:"mismatch,omitzero"`     // of the mismatch index
	Growth      union.Rounding `json:"growth,omitzero"`       // in percent
	Change      ChangeOf       `json:"change,omitempty"`      // of the ratio; needed with comparisons and tightness
	Small       int64          `json:"small,omitempty"`       // a ratio over fewer than these is flagged
	Gaps        int            `json:"gaps,omitempty"`        // how many of the largest gaps are listed either way
}

// A SideSpec says what a side of the market is called and counted in.
type SideSpec struct {
	Title   string        `json:"title"` // such as 需求人数
	Measure union.Measure `json:"measure"`
}

// A CountSpec names a count of the market other than its two sides: posts that
// are filled, hires of the period.
type CountSpec struct {
	Key     string        `json:"key"`
	Title   string        `json:"title"`
	Measure union.Measure `json:"measure"`
}

// A RateSpec is a ratio of named counts, with its orientation, its base and its
// rounding: the openings rate is of "demand" on "demand" and "employed". Counts
// that are added are of one measure.
type RateSpec struct {
	Key      string         `json:"key"`
	Title    string         `json:"title"`
	Of       []string       `json:"of"`                // "demand", "supply" or keys of counts
	Base     []string       `json:"base"`              // the same
	Part     bool           `json:"part,omitempty"`    // what is above is a part of what is below, and cannot exceed it
	Percent  bool           `json:"percent,omitempty"` // printed in percent
	Rounding union.Rounding `json:"rounding"`
}

// A Comparison is with an earlier period: the quarter before (环比), the same
// quarter of the year before (同比).
type Comparison struct {
	Key   string `json:"key"`
	Title string `json:"title"`
}

// A Market is the rule under which a period's registrations become tables. It
// never changes once made. The zero Market has no sides, and refuses every
// record.
type Market struct{ plan *marketPlan }

// A marketPlan is a checked spec with its lists looked up.
type marketPlan struct {
	spec       MarketSpec
	id         union.RuleID
	dimensions []dimension
	lengths    []int // of each dimension's list, unknown being one
}

// NewMarket returns the market that spec describes.
//
// It reports all the faults it finds, joined, each a [*union.Fault] that says
// where in spec:
//   - [union.ErrMissing], for a key, version, title, source, measure, basis or
//     base that is not given, for days without an end, for a dimension of neither
//     side, for a spread without the term that is spread, for a rate of nothing or
//     on nothing, and for a change that is not said how to take;
//   - [union.ErrText], for a key that cannot stand in the key of a figure;
//   - [union.ErrRepeated], for a key given twice, and a term counted twice;
//   - [union.ErrUnknown], for a basis, base, change, mode or balance that is none,
//     and for a term or a count that no list has;
//   - [union.ErrMeasure], for a measure that is none, and for a rate that adds counts
//     of unlike measures;
//   - [union.ErrRange], for more than 12 dimensions, for a small or gaps below 0, for
//     places that no rounding has, and for a list that is not in force on the first
//     of the days;
//   - whatever [union.NewCodes] reports of a list, and [union.IdentifyRule].
func NewMarket(spec MarketSpec) (Market, error) {
	made := &marketPlan{spec: spec.clone()}
	var faults union.FaultList
	faults.Within("", spec.Check())
	spec.checkSides(&faults)
	spec.checkPrint(&faults)
	if n := len(spec.Dimensions); n > mostDimensions {
		faults.Add(union.ErrRange, "dimensions", text(int64(n)), "at most "+text(mostDimensions))
	}
	seen := map[string]bool{}
	for i, each := range made.spec.Dimensions {
		where := union.Indexed("dimensions", i)
		read := readDimension(&faults, where, each, seen)
		faults.Within(where+".terms", inForce(each.Terms.Rule, spec.Days))
		made.dimensions = append(made.dimensions, read)
		made.lengths = append(made.lengths, read.list.Len()+1)
	}
	spec.checkRates(&faults)
	spec.checkComparisons(&faults)
	if err := faults.Err(); err != nil {
		return Market{}, err
	}
	id, err := union.IdentifyRule(marketDocument, made.spec)
	if err != nil {
		return Market{}, err
	}
	made.id = id
	return Market{plan: made}, nil
}

// inForce refuses a dated list that is not in force on the first of the days.
func inForce(list union.Rule, days union.Period) error {
	if list.Effective == (union.Period{}) || days == (union.Period{}) || list.Effective.Contains(days.From()) {
		return nil
	}
	return union.NewFault(union.ErrRange, "effective", list.Effective.String(), "in force on "+days.From().String())
}

// clone returns a spec that shares no slice with s.
func (s MarketSpec) clone() MarketSpec {
	s.Dimensions = slices.Clone(s.Dimensions)
	for i := range s.Dimensions {
		s.Dimensions[i] = s.Dimensions[i].clone()
	}
	s.Counts, s.Comparisons, s.Rates = slices.Clone(s.Counts), slices.Clone(s.Comparisons), slices.Clone(s.Rates)
	for i := range s.Rates {
		s.Rates[i].Of, s.Rates[i].Base = slices.Clone(s.Rates[i].Of), slices.Clone(s.Rates[i].Base)
	}
	if s.Share != nil {
		share := *s.Share
		s.Share = &share
	}
	return s
}

// checkSides reports what is wrong with the period, the basis and the sides.
func (s MarketSpec) checkSides(faults *union.FaultList) {
	if _, closed := s.Days.Until(); !closed {
		faults.Add(union.ErrMissing, "days", "", "a first and a last day")
	}
	choice(faults, "basis", s.Basis, Valid, Fresh)
	for _, side := range []string{demandSide, supplySide} {
		spec := s.side(side)
		faults.Given(side+".title", spec.Title)
		checkMeasure(faults, side+".measure", spec.Measure)
	}
}

// checkMeasure reports a measure that is not given, or in which nothing is counted.
func checkMeasure(faults *union.FaultList, where string, measure union.Measure) {
	faults.Given(where, string(measure))
	if _, err := union.NewCount(0, 1, measure, union.Exactly); measure != "" && err != nil {
		faults.Add(union.ErrMeasure, where, quote.Key(string(measure)), "letters, as in 人")
	}
}

func (s MarketSpec) side(side string) SideSpec {
	if side == demandSide {
		return s.Demand
	}
	return s.Supply
}

// checkPrint reports what is wrong with how figures are printed. A rounding that
// is not given is no fault.
func (s MarketSpec) checkPrint(faults *union.FaultList) {
	for _, each := range []struct {
		where    string
		rounding union.Rounding
	}{{"tightness", s.Tightness}, {"mismatch", s.Mismatch}, {"growth", s.Growth}} {
		if each.rounding != (union.Rounding{}) {
			faults.Within(each.where, each.rounding.Check())
		}
	}
	if s.Share != nil {
		faults.Within("share", s.Share.check())
	}
	if s.Small < 0 {
		faults.Add(union.ErrRange, "small", text(s.Small), "0 or more")
	}
	if s.Gaps < 0 {
		faults.Add(union.ErrRange, "gaps", text(int64(s.Gaps)), "0 or more")
	}
}

// checkRates reports what is wrong with the named counts and the rates of them.
func (s MarketSpec) checkRates(faults *union.FaultList) {
	measures := map[string]union.Measure{demandSide: s.Demand.Measure, supplySide: s.Supply.Measure}
	seen := map[string]bool{demandSide: true, supplySide: true}
	for i, each := range s.Counts {
		where := union.Indexed("counts", i)
		faults.Key(where+".key", each.Key, seen)
		faults.Given(where+".title", each.Title)
		checkMeasure(faults, where+".measure", each.Measure)
		measures[each.Key] = each.Measure
	}
	seen = map[string]bool{}
	for i, each := range s.Rates {
		where := union.Indexed("rates", i)
		faults.Key(where+".key", each.Key, seen)
		faults.Given(where+".title", each.Title)
		checkSum(faults, where+".of", each.Of, measures)
		checkSum(faults, where+".base", each.Base, measures)
		faults.Within(where+".rounding", each.Rounding.Check())
	}
}

// checkSum reports names that are no counts, and counts that do not add.
func checkSum(faults *union.FaultList, where string, names []string, measures map[string]union.Measure) {
	if len(names) == 0 {
		faults.Add(union.ErrMissing, where, "", "the names of counts")
	}
	var named []string
	for i, name := range names {
		measure, ok := measures[name]
		switch at := union.Indexed(where, i); {
		case !ok:
			faults.Add(union.ErrUnknown, at, quote.Key(name), "demand, supply or a count of the market")
			continue
		case slices.Contains(named, name):
			faults.Add(union.ErrRepeated, at, quote.Key(name), "")
		case len(named) > 0 && measure != measures[named[0]]:
			faults.Add(union.ErrMeasure, at, string(measure), string(measures[named[0]]))
		}
		named = append(named, name)
	}
}

// checkComparisons reports what is wrong with the comparisons.
func (s MarketSpec) checkComparisons(faults *union.FaultList) {
	seen := map[string]bool{}
	for i, each := range s.Comparisons {
		where := union.Indexed("comparisons", i)
		faults.Key(where+".key", each.Key, seen)
		faults.Given(where+".title", each.Title)
	}
	if len(s.Comparisons) > 0 && s.Tightness != (union.Rounding{}) || s.Change != "" {
		choice(faults, "change", s.Change, OfExact, OfPrinted)
	}
}

// read returns the plan of m, which of the zero Market is empty.
func (m Market) read() *marketPlan {
	if m.plan == nil {
		return &marketPlan{}
	}
	return m.plan
}

// ID returns the identity of the rule, which covers all that it says.
func (m Market) ID() union.RuleID { return m.read().id }

// Rule returns what the market says of itself as a rule.
func (m Market) Rule() union.Rule { return m.read().spec.Rule }

// Spec returns a copy of what the market was made from.
func (m Market) Spec() MarketSpec { return m.read().spec.clone() }

// MarshalJSON writes the market as the canonical document "employment.market/1". The
// zero Market has none, which is [union.ErrMissing].
func (m Market) MarshalJSON() ([]byte, error) { return union.WriteRule(marketDocument, m.read().spec) }

// UnmarshalJSON reads the document "employment.market/1" as [NewMarket] checks
// it, with the faults of [union.ReadRule] and of NewMarket. On error m is
// unchanged.
func (m *Market) UnmarshalJSON(data []byte) error {
	var spec MarketSpec
	if err := union.ReadRule(data, marketDocument, &spec); err != nil {
		return err
	}
	made, err := NewMarket(spec)
	if err != nil {
		return err
	}
	*m = made
	return nil
}

// dimension returns the dimension with the key.
func (p *marketPlan) dimension(key string) (dimension, error) {
	for _, each := range p.dimensions {
		if each.Key == key {
			return each, nil
		}
	}
	return dimension{}, union.NewFault(union.ErrUnknown, "dimension", quote.Key(key), "a dimension of the market")
}
