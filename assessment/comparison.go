package assessment

import (
	"maps"
	"slices"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/internal/quote"
)

const comparisonDocument = "assessment.comparison/1"

// A ComparisonSpec says by what units are compared with exemplars.
type ComparisonSpec struct {
	union.Rule
	Indicators []Indicator    `json:"indicators"`
	Base       GapBase        `json:"base"`     // what a gap in percent is a percentage of
	Rounding   union.Rounding `json:"rounding"` // of gaps in percent
}

// A Comparison is a checked comparison; its document is
// "assessment.comparison/1". The zero Comparison has no indicators.
type Comparison struct {
	spec ComparisonSpec
	id   union.RuleID
}

// NewComparison returns the comparison that spec describes. It reports, joined,
// [union.ErrMissing] for a part of the rule, the indicators, a key, a title or
// the base not given, [union.ErrRepeated] for a key used before,
// [union.ErrText] for one that [union.FaultList.Key] refuses, [union.ErrUnknown]
// for a base that is not one, and what [union.Rounding.Check] reports.
func NewComparison(spec ComparisonSpec) (Comparison, error) {
	var f union.FaultList
	f.Within("", spec.Check())
	if len(spec.Indicators) == 0 {
		f.Add(union.ErrMissing, "indicators", "", "one indicator or more")
	}
	seen := map[string]bool{}
	for i, indicator := range spec.Indicators {
		indicator.check(&f, union.Indexed("indicators", i), seen)
	}
	if spec.Base == 0 {
		f.Add(union.ErrMissing, "base", "", "exemplar or own")
	} else if !spec.Base.known() {
		f.Add(union.ErrUnknown, "base", spec.Base.String(), "exemplar or own")
	}
	f.Within("rounding", spec.Rounding.Check())
	if err := f.Err(); err != nil {
		return Comparison{}, err
	}
	copied, id, err := settled(comparisonDocument, spec)
	if err != nil {
		return Comparison{}, err
	}
	return Comparison{spec: copied, id: id}, nil
}

func (i Indicator) check(f *union.FaultList, where string, seen map[string]bool) {
	f.Key(where+".key", i.Key, seen)
	f.Given(where+".title", i.Title)
	if i.Rounding != (union.Rounding{}) {
		f.Within(where+".rounding", i.Rounding.Check())
	}
}

// ID returns the comparison's identity.
func (c Comparison) ID() union.RuleID { return c.id }

// Rule returns what the comparison says of itself.
func (c Comparison) Rule() union.Rule { return c.spec.Rule }

// MarshalJSON writes the comparison as a document "assessment.comparison/1". The
// zero Comparison has none, which is [union.ErrMissing].
func (c Comparison) MarshalJSON() ([]byte, error) {
	return union.WriteRule(comparisonDocument, c.spec)
}

// UnmarshalJSON reads a document "assessment.comparison/1" and checks it as
// [NewComparison] does. On error the comparison is unchanged.
func (c *Comparison) UnmarshalJSON(data []byte) error {
	var spec ComparisonSpec
	if err := union.ReadRule(data, comparisonDocument, &spec); err != nil {
		return err
	}
	made, err := NewComparison(spec)
	if err == nil {
		*c = made
	}
	return err
}

// Gaps returns the gap between a unit and an exemplar by each indicator, in the
// comparison's order. Exchanging the two gives each difference the opposite sign; a
// gap in percent is then one of another base, and so another number. There is none
// over a base that is not above zero.
//
// It reports the first fault, looking at the unit and then at the exemplar:
// [union.ErrMissing] for one without a key or a title, [union.ErrText] for a key
// that [union.FaultList.Key] refuses, and [union.ErrUnknown] for a figure (by key
// in order) of no indicator.
func (c Comparison) Gaps(own, exemplar Exemplar) ([]Gap, error) {
	if err := c.checkUnit(own); err != nil {
		return nil, union.Within("own", err)
	}
	if err := c.checkUnit(exemplar); err != nil {
		return nil, union.Within("exemplar", err)
	}
	gaps := make([]Gap, 0, len(c.spec.Indicators))
	for _, indicator := range c.spec.Indicators {
		gap, err := c.gap(indicator, own, exemplar)
		if err != nil {
			return nil, union.Within(indicator.Key, err)
		}
		gaps = append(gaps, gap)
	}
	return gaps, nil
}

// checkUnit reports the first fault of a unit.
func (c Comparison) checkUnit(unit Exemplar) error {
	var f union.FaultList
	f.Key("key", unit.Key, map[string]bool{})
	f.Given("title", unit.Title)
	for _, key := range slices.Sorted(maps.Keys(unit.Values)) {
		if !slices.ContainsFunc(c.spec.Indicators, func(i Indicator) bool { return i.Key == key }) {
			f.Add(union.ErrUnknown, "values", quote.Key(key), "an indicator")
		}
	}
	if faults := union.Faults(f.Err()); len(faults) > 0 {
		return faults[0]
	}
	return nil
}

func (c Comparison) gap(indicator Indicator, own, exemplar Exemplar) (Gap, error) {
	gap := Gap{Indicator: indicator.Key}
	mine, known := own.Values[indicator.Key]
	theirs, also := exemplar.Values[indicator.Key]
	if !known || !also {
		return gap, nil
	}
	gap.Known = true
	gap.Difference = mine.Sub(theirs)
	gap.Ahead = gap.Difference.Sign()
	if indicator.Lower {
		gap.Ahead = -gap.Ahead
	}
	base := theirs
	if c.spec.Base == OfOwn {
		base = mine
	}
	if base.Sign() <= 0 {
		return gap, nil
	}
	percent, err := gap.Difference.Mul(union.Whole(100)).Quo(base)
	gap.Percent = &percent
	return gap, err
}

// Figures returns the figures of a unit set beside its exemplars, in order: the
// exemplars' titles, and for each exemplar and indicator the gap in the
// indicator's own unit and in percent of the named base. EXEMPLAR and INDICATOR
// standing for keys, the keys of the figures are
//
//	assessment.exemplars
//	assessment.exemplar.EXEMPLAR.indicator.INDICATOR
//	assessment.exemplar.EXEMPLAR.indicator.INDICATOR.percent
//
// Without exemplars their titles are not applicable. A gap is unknown if either
// figure is, and undefined in percent over a base that is not above zero. It
// fails where [Comparison.Gaps] does, and with [union.ErrRepeated] for an
// exemplar given twice.
func (c Comparison) Figures(own Exemplar, exemplars ...Exemplar) ([]union.Figure, error) {
	list := union.NewFigureList("assessment.Comparison.Figures", c.spec.Rule)
	var titles []string
	for _, exemplar := range exemplars {
		titles = append(titles, exemplar.Title)
	}
	list.Text("assessment.exemplars", "对照标杆", titles, union.InputOf("标杆单位个数", int64(len(titles))))
	seen := map[string]bool{}
	for i, exemplar := range exemplars {
		where := union.Indexed("exemplars", i)
		if seen[exemplar.Key] {
			return nil, union.NewFault(union.ErrRepeated, where+".key", quote.Key(exemplar.Key), "a new key")
		}
		seen[exemplar.Key] = true
		gaps, err := c.Gaps(own, exemplar)
		if err != nil {
			return nil, union.Within(where, err)
		}
		for at, gap := range gaps {
			c.pair(list, c.spec.Indicators[at], gap, own, exemplar)
		}
	}
	return list.Figures()
}

// pair adds a gap in the indicator's own unit, and in percent.
func (c Comparison) pair(list *union.FigureList, indicator Indicator, gap Gap, own, exemplar Exemplar) {
	key := "assessment.exemplar." + exemplar.Key + ".indicator." + indicator.Key
	title := "与" + exemplar.Title + "的差距：" + indicator.Title
	inputs := []union.Input{value(own, indicator), value(exemplar, indicator)}
	if gap.Known {
		list.Number(key, title, indicator.Measure, gap.Difference, indicator.Rounding, inputs...)
	} else {
		list.Absent(key, title, indicator.Measure, union.NotKnown, inputs...)
	}
	percent := list.Spec(key+".percent", title+"（百分比）", inputs...)
	percent.Base, percent.Rounding = c.spec.Base.Title(), c.spec.Rounding
	switch {
	case !gap.Known:
		list.Add(percent.Absent(union.NotKnown), nil)
	case gap.Percent == nil:
		list.Add(percent.Absent(union.Undefined), nil)
	default:
		list.Add(percent.Share(*gap.Percent))
	}
}

// value returns the figure that a unit has for an indicator.
func value(unit Exemplar, indicator Indicator) union.Input {
	n, known := unit.Values[indicator.Key]
	if !known {
		return union.Input{Name: unit.Title, Value: unknown}
	}
	return union.Input{Name: unit.Title, Value: n.String() + string(indicator.Measure)}
}
