package competition

import (
	"math"
	"sort"
	"strconv"

	"github.com/unioncampaign/union"
)

// A Trend is what a report says of how a figure changed: what it is now, and what
// it was before, by how much it changed or at which rate. It must say what it is
// now and one of the others; what more it says is compared. Changes and rates are
// below 0 for a decline.
type Trend struct {
	Now      union.Number   `json:"now"`
	Before   *union.Number  `json:"before,omitempty"`
	Change   *union.Number  `json:"change,omitempty"`
	Percent  *union.Number  `json:"percent,omitempty"` // as printed
	Rounding union.Rounding `json:"rounding"`          // of the percentage
	Whole    bool           `json:"whole,omitempty"`   // the figures are whole numbers
}

// Trended is what a trend comes to. It is a result.
type Trended struct {
	Before   union.Interval  // what the figure may have been before: one number, or what the printed rate leaves open
	Change   union.Interval  // by how much it may have changed, likewise
	Percent  string          // rounded, without a sign: "6.25"; empty where what it was is not known to a single number
	Findings []union.Finding // what does not go together
}

// Work works out what a trend leaves unsaid and returns what of it does not go
// together: a change that is not the difference, a rate that does not follow, and,
// of whole numbers, a rate that no whole number before would give. It fails with
//   - [union.ErrMissing], for a trend that says nothing beside what the figure is;
//   - [union.ErrRange], for a figure below 0 and for a rate of -100% or less;
//   - [union.ErrUndefined], for a rate from nothing;
//   - what [union.Rounding.Check] reports.
func (t Trend) Work() (Trended, error) {
	if err := t.check(); err != nil {
		return Trended{}, err
	}
	var made Trended
	before := t.Before
	if t.Change != nil {
		was := t.Now.Sub(*t.Change)
		if before == nil {
			before = &was
		} else if !was.Equal(*before) {
			made.Findings = append(made.Findings, union.Finding{
				Where: "change", Rule: "a change is the difference", Got: t.Change.String(), Want: t.Now.Sub(*before).String(),
			})
		}
	}
	if before == nil {
		return t.open(made)
	}
	growth, err := union.NewGrowth(*before, t.Now)
	if err != nil {
		return Trended{}, union.Within("before", err)
	}
	made.Before, made.Change = only(*before), only(t.Now.Sub(*before))
	if made.Percent, err = t.Rounding.Format(growth.Percent()); err != nil {
		return Trended{}, err
	}
	if t.Percent != nil {
		found, err := t.Rounding.CheckPrinted("percent", *t.Percent, growth.Percent())
		if err != nil {
			return Trended{}, err
		}
		if len(found) > 0 {
			found[0].Want += t.explain(growth)
		}
		made.Findings = append(made.Findings, found...)
	}
	return made, nil
}

// only returns the interval of one number.
func only(n union.Number) union.Interval {
	one, _ := union.AtLeast(n).Common(union.AtMost(n))
	return one
}

func (t Trend) check() error {
	if err := t.Rounding.Check(); err != nil {
		return union.Within("rounding", err)
	}
	switch {
	case t.Before == nil && t.Change == nil && t.Percent == nil:
		return union.NewFault(union.ErrMissing, "before", "", "what it was, by how much it changed or at which rate")
	case t.Now.Sign() < 0:
		return union.NewFault(union.ErrRange, "now", t.Now.String(), "0 or more")
	case t.Percent != nil && t.Percent.Cmp(union.Whole(-100)) <= 0 && t.Before == nil && t.Change == nil:
		return union.NewFault(union.ErrRange, "percent", t.Percent.String(), "above -100")
	}
	return nil
}

// explain names what would make a printed rate right.
func (t Trend) explain(growth union.Growth) string {
	cut, _ := union.Rounding{Mode: union.Truncate, Places: t.Rounding.Places}.Apply(growth.Percent()) // places that were checked
	if cut.Equal(*t.Percent) && t.Rounding.Mode != union.Truncate {
		return "（若截尾，则为" + t.Percent.String() + "%）"
	}
	times, _ := t.Rounding.Apply(growth.Times().Mul(union.Whole(100)))
	if times.Equal(*t.Percent) {
		return "（若为现期与基期之比，则为" + t.Percent.String() + "%）"
	}
	return ""
}

// open works out what the figure may have been before, where only the rate is
// printed.
func (t Trend) open(made Trended) (Trended, error) {
	low, high := t.printed()
	// The higher the rate, the less it was before.
	was := func(percent union.Number) (union.Number, error) {
		return t.Now.Mul(union.Whole(100)).Quo(union.Whole(100).Add(percent))
	}
	least, err := was(high)
	if err != nil {
		return Trended{}, union.Within("percent", err)
	}
	most, err := was(low)
	if err != nil { // the rate may have been one that rounds to more than -100
		return Trended{}, union.Within("percent", err)
	}
	if t.Whole {
		first, last, ok := t.whole(least, most)
		if !ok {
			made.Findings = append(made.Findings, union.Finding{
				Where: "percent", Rule: "some whole number before gives the printed rate",
				Got: t.Percent.String() + "%", Want: "a rate from a whole number near " + nearest(least, most),
			})
			return made, nil
		}
		least, most = union.Whole(first), union.Whole(last)
	}
	made.Before, _ = union.AtLeast(least).Common(union.AtMost(most))
	made.Change, _ = union.AtLeast(t.Now.Sub(most)).Common(union.AtMost(t.Now.Sub(least)))
	return made, nil
}

// printed returns between which exact rates the printed one lies.
func (t Trend) printed() (low, high union.Number) {
	step := union.Whole(1)
	for range t.Rounding.Places {
		step, _ = step.Quo(union.Whole(10))
	}
	for n := t.Rounding.Places; n < 0; n++ {
		step = step.Mul(union.Whole(10))
	}
	return t.Percent.Sub(step), t.Percent.Add(step)
}

// whole returns the first and the last whole number between two that gives the
// printed rate.
func (t Trend) whole(least, most union.Number) (first, last int64, ok bool) {
	up, _ := union.Rounding{Mode: union.Ceiling}.Apply(least)
	down, _ := union.Rounding{Mode: union.Floor}.Apply(most)
	from, fits := up.Int64()
	until, also := down.Int64()
	if !fits || !also {
		return 0, 0, false
	}
	return alike(from, until, t.side)
}

// side says whether a whole number before gives a rate above the printed one (1),
// below it (-1) or the printed one (0).
func (t Trend) side(n int64) int {
	growth, err := union.NewGrowth(union.Whole(n), t.Now)
	if err != nil {
		return 1
	}
	rounded, _ := t.Rounding.Apply(growth.Percent()) // which was checked
	return rounded.Cmp(*t.Percent)
}

// alike returns the first and the last number between two for which side is 0. It is
// 1 for those before them and -1 for those after.
func alike(from, until int64, side func(int64) int) (first, last int64, ok bool) {
	if from > until {
		return 0, 0, false
	}
	first = from + int64(sort.Search(int(until-from), func(i int) bool { return side(from+int64(i)) <= 0 }))
	if side(first) != 0 {
		return 0, 0, false
	}
	return first, first + int64(sort.Search(int(until-first), func(i int) bool { return side(first+int64(i)+1) < 0 })), true
}

// nearest names whole numbers between which two numbers lie.
func nearest(least, most union.Number) string {
	down, _ := union.Rounding{Mode: union.Floor}.Apply(least)
	up, _ := union.Rounding{Mode: union.Ceiling}.Apply(most)
	low, okLow := down.Int64()
	high, okHigh := up.Int64()
	if !okLow || !okHigh || high == math.MaxInt64 {
		return least.String()
	}
	return strconv.FormatInt(low, 10) + " to " + strconv.FormatInt(high, 10)
}
