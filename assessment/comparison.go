package assessment

import (
	"strconv"

	"github.com/unioncampaign/union"
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
// [union.ErrRange] for a base that is not one, and what [union.Rounding.Check]
// reports.
func NewComparison(spec ComparisonSpec) (Comparison, error) {
	var f faults
	f.within("", spec.Rule.Check())
	if len(spec.Indicators) == 0 {
		f.add(union.ErrMissing, "indicators", "", "one indicator or more")
	}
	seen := map[string]bool{}
	for i, indicator := range spec.Indicators {
		indicator.check(&f, "indicators["+strconv.Itoa(i)+"]", seen)
	}
	if spec.Base == 0 {
		f.add(union.ErrMissing, "base", "", "exemplar or own")
	} else if spec.Base.String() == "" {
		f.add(union.ErrRange, "base", strconv.Itoa(int(spec.Base)), "exemplar or own")
	}
	f.within("rounding", spec.Rounding.Check())
	if err := f.err(); err != nil {
		return Comparison{}, err
	}
	copied, id, err := settled(comparisonDocument, spec)
	if err != nil {
		return Comparison{}, err
	}
	return Comparison{spec: copied, id: id}, nil
}

func (i Indicator) check(f *faults, where string, seen map[string]bool) {
	if i.Key == "" {
		f.add(union.ErrMissing, where+".key", "", "")
	} else if seen[i.Key] {
		f.add(union.ErrRepeated, where+".key", i.Key, "")
	}
	seen[i.Key] = true
	if i.Title == "" {
		f.add(union.ErrMissing, where+".title", "", "")
	}
	if i.Rounding != (union.Rounding{}) {
		f.within(where+".rounding", i.Rounding.Check())
	}
}

// ID returns the comparison's identity.
func (c Comparison) ID() union.RuleID { return c.id }

// Rule returns what the comparison says of itself.
func (c Comparison) Rule() union.Rule { return c.spec.Rule }

// MarshalJSON writes the comparison as a document "assessment.comparison/1".
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
// comparison's order. Exchanging the two turns each difference round; a gap in
// percent names its base, and does not. It is undefined over a base that is not
// above zero.
//
// It reports the first fault, looking at the unit and then at the exemplar:
// [union.ErrMissing] for one without a key or a title, and [union.ErrUnknown]
// for a figure (by key in order) of no indicator.
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

func (c Comparison) checkUnit(unit Exemplar) error {
	if unit.Key == "" {
		return union.NewFault(union.ErrMissing, "key", "", "")
	}
	if unit.Title == "" {
		return union.NewFault(union.ErrMissing, "title", "", "")
	}
	for _, key := range sortedKeys(unit.Values) {
		if !c.compares(key) {
			return union.NewFault(union.ErrUnknown, "values."+key, "", "an indicator")
		}
	}
	return nil
}

func (c Comparison) compares(key string) bool {
	for _, indicator := range c.spec.Indicators {
		if indicator.Key == key {
			return true
		}
	}
	return false
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
// exemplars' titles, and for each exemplar E and indicator I the gap in the
// indicator's own unit and in percent of the named base:
//
//	assessment.exemplars        assessment.exemplar.E.I
//	assessment.exemplar.E.I.percent
//
// A gap is unknown if either figure is, and undefined in percent over a base
// that is not above zero. It fails where [Comparison.Gaps] does, and with
// [union.ErrRepeated] for an exemplar given twice.
func (c Comparison) Figures(own Exemplar, exemplars ...Exemplar) ([]union.Figure, error) {
	list := c.figure("exemplars", "对照标杆")
	var titles []string
	var figures []union.Figure
	seen := map[string]bool{}
	for i, exemplar := range exemplars {
		where := "exemplars[" + strconv.Itoa(i) + "]"
		if seen[exemplar.Key] {
			return nil, union.NewFault(union.ErrRepeated, where+".key", exemplar.Key, "")
		}
		seen[exemplar.Key] = true
		titles = append(titles, exemplar.Title)
		list.Working.Inputs = append(list.Working.Inputs, union.Input{Name: exemplar.Key, Value: exemplar.Title})
		gaps, err := c.Gaps(own, exemplar)
		if err != nil {
			return nil, union.Within(where, err)
		}
		for at, gap := range gaps {
			pair, err := c.pair(c.spec.Indicators[at], gap, own, exemplar)
			if err != nil {
				return nil, err
			}
			figures = append(figures, pair...)
		}
	}
	if len(titles) == 0 {
		return []union.Figure{absent(list, union.NotKnown)}, nil
	}
	list.Working.Result = strconv.Itoa(len(titles))
	return append([]union.Figure{list.Text(titles...)}, figures...), nil
}

// pair returns a gap in the indicator's own unit, and in percent.
func (c Comparison) pair(indicator Indicator, gap Gap, own, exemplar Exemplar) ([]union.Figure, error) {
	key := "exemplar." + exemplar.Key + "." + indicator.Key
	spec := c.figure(key, "与"+exemplar.Title+"的差距："+indicator.Title)
	spec.Measure = indicator.Measure
	spec.Rounding = indicator.Rounding
	spec.Working.Rounding = indicator.Rounding.String()
	spec.Working.Inputs = []union.Input{value(own, indicator), value(exemplar, indicator)}
	percent := c.figure(key+".percent", spec.Title+"（百分比）")
	percent.Base = c.spec.Base.Title()
	percent.Rounding = c.spec.Rounding
	percent.Working.Rounding = c.spec.Rounding.String()
	percent.Working.Inputs = spec.Working.Inputs
	if !gap.Known {
		return []union.Figure{absent(spec, union.NotKnown), absent(percent, union.NotKnown)}, nil
	}
	spec.Working.Result = gap.Difference.String()
	first, err := spec.Number(gap.Difference)
	if err != nil {
		return nil, err
	}
	if gap.Percent == nil {
		return []union.Figure{first, absent(percent, union.Undefined)}, nil
	}
	percent.Working.Result = gap.Percent.String()
	text, err := c.spec.Rounding.Format(*gap.Percent)
	if err != nil {
		return nil, err
	}
	return []union.Figure{first, percent.Text(text + "%")}, nil
}

// value returns the figure that a unit has for an indicator.
func value(unit Exemplar, indicator Indicator) union.Input {
	n, ok := unit.Values[indicator.Key]
	if !ok {
		return union.Input{Name: unit.Title, Value: union.NotKnown.String()}
	}
	return union.Input{Name: unit.Title, Value: n.String() + string(indicator.Measure)}
}

func (c Comparison) figure(key, title string) union.FigureSpec {
	return union.FigureSpec{
		Key:     "assessment." + key,
		Title:   title,
		By:      "assessment.Comparison.Figures",
		Working: union.Working{Item: title, Rule: c.spec.Title + "，" + c.spec.Source},
	}
}
