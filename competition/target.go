package competition

import (
	"strconv"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/internal/quote"
)

// A Target is what the edition wants reached. What it is of is said by exactly one
// of Coverage, Participation, Quotient, Level and Growth. In holds what meets it:
// of a rate the shares, "[0.9,)" being met by 90% itself; of a level the figures; of
// a growth the yearly rates, "[0.1,)" being 10% or more and "(0,)" any growth at
// all. The key is unique within its edition.
type Target struct {
	Key           string           `json:"key"`
	Title         string           `json:"title"`
	Coverage      *CoverageOf      `json:"coverage,omitempty"`
	Participation *ParticipationOf `json:"participation,omitempty"`
	Quotient      *QuotientOf      `json:"quotient,omitempty"`
	Level         *LevelOf         `json:"level,omitempty"`
	Growth        *GrowthOf        `json:"growth,omitempty"`
	In            union.Interval   `json:"in"`
}

// QuotientOf asks for a rate of one indicator over another.
type QuotientOf struct {
	Key string `json:"key"` // of a Quotient
}

// LevelOf asks for an indicator's figure of the edition's year.
type LevelOf struct {
	Indicator string `json:"indicator"` // the key of an Indicator
}

// GrowthOf asks how an indicator grew over some years up to the edition's: at which
// yearly rate, compounded, so that 6% over 5 years are 33.8%; or EachYear, in each
// of them by itself (逐年增长).
type GrowthOf struct {
	Indicator string `json:"indicator"` // the key of an Indicator
	Years     int    `json:"years"`     // at least 1
	EachYear  bool   `json:"each_year,omitempty"`
}

// CoverageOf asks for the share of the firms of a base that entered.
type CoverageOf struct {
	Base string `json:"base"` // the key of a Base
}

// ParticipationOf asks for the share of the workers of a base that took part.
type ParticipationOf struct {
	Base    string  `json:"base"`    // the key of a Base
	Workers Workers `json:"workers"` // whose workers are the whole
}

// Workers says whose workers a participation rate is a share of. The zero
// Workers is neither and is refused. Its text is "entrants" or "firms".
type Workers uint8

// The two wholes of participation.
const (
	OfEntrants Workers = iota + 1 // the workers of the firms that entered
	OfFirms                       // the workers of all firms of the base
)

var workersTexts = [...]string{"", "entrants", "firms"}

const workersWanted = `"entrants" or "firms"`

// String returns "entrants", "firms" or, for any other value, its number, as in
// "Workers(9)".
func (w Workers) String() string {
	if w.known() {
		return workersTexts[w]
	}
	return "Workers(" + strconv.Itoa(int(w)) + ")"
}

func (w Workers) known() bool { return w > 0 && int(w) < len(workersTexts) }

// MarshalText writes the value as String does. A value that is none is
// [union.ErrUnknown].
func (w Workers) MarshalText() ([]byte, error) {
	if !w.known() {
		return nil, union.NewFault(union.ErrUnknown, "", w.String(), workersWanted)
	}
	return []byte(w.String()), nil
}

// UnmarshalText reads what MarshalText writes; any other text is [union.ErrUnknown]
// and leaves w unchanged.
func (w *Workers) UnmarshalText(text []byte) error {
	for _, whole := range []Workers{OfEntrants, OfFirms} {
		if string(text) == whole.String() {
			*w = whole
			return nil
		}
	}
	return union.NewFault(union.ErrUnknown, "", quote.Key(string(text)), workersWanted)
}

// checkTarget reports, joined, what is wrong with the target.
func (e Edition) checkTarget(t Target) error {
	var faults union.FaultList
	set := 0
	for _, given := range []bool{t.Coverage != nil, t.Participation != nil, t.Quotient != nil, t.Level != nil, t.Growth != nil} {
		if given {
			set++
		}
	}
	if set != 1 {
		faults.Add(union.ErrMissing, "coverage", "", "exactly one of coverage, participation, quotient, level and growth")
	}
	if t.Coverage != nil {
		_, err := e.findBase(t.Coverage.Base)
		faults.Within("coverage", err)
	}
	if t.Participation != nil {
		_, err := e.findBase(t.Participation.Base)
		faults.Within("participation", err)
		if w := t.Participation.Workers; !w.known() {
			faults.Within("", notChosen("participation.workers", uint8(w), w, workersWanted))
		}
	}
	if t.Quotient != nil {
		_, _, err := e.findQuotient(t.Quotient.Key)
		faults.Within("quotient", err)
	}
	if t.Level != nil {
		_, err := e.findIndicator(t.Level.Indicator)
		faults.Within("level", err)
	}
	if t.Growth != nil {
		e.checkGrowth(&faults, t)
	}
	if t.In.Equal(union.Interval{}) {
		faults.Add(union.ErrMissing, "in", "", "what meets the target")
	}
	return faults.Err()
}

// mostYears keeps a compound rate within bounds.
const mostYears = 100

func (e Edition) checkGrowth(faults *union.FaultList, t Target) {
	_, err := e.findIndicator(t.Growth.Indicator)
	faults.Within("growth", err)
	if n := t.Growth.Years; n < 1 || n > mostYears {
		faults.Add(union.ErrRange, "growth.years", strconv.Itoa(n), "from 1 to "+strconv.Itoa(mostYears))
	}
	for _, end := range []func() (union.Number, bool, bool){t.In.Lower, t.In.Upper} {
		if rate, _, ok := end(); ok && rate.Cmp(union.Whole(-1)) <= 0 {
			faults.Add(union.ErrRange, "in", t.In.String(), "yearly rates above -1")
		}
	}
}

// powered returns the multiples of the figure before that meet a growth after so
// many years.
func (t Target) powered(years int) union.Interval {
	return rescaled(t.In, func(rate union.Number) union.Number {
		times := union.Whole(1)
		for range years {
			times = times.Mul(union.Whole(1).Add(rate))
		}
		return times
	})
}

// rescaled returns an interval on another scale, on which the order is the same.
func rescaled(of union.Interval, scale func(union.Number) union.Number) union.Interval {
	var in union.Interval
	if n, closed, ok := of.Lower(); ok {
		if in = union.MoreThan(scale(n)); closed {
			in = union.AtLeast(scale(n))
		}
	}
	if n, closed, ok := of.Upper(); ok {
		upper := union.LessThan(scale(n))
		if closed {
			upper = union.AtMost(scale(n))
		}
		in, _ = in.Common(upper)
	}
	return in
}

// Reach returns the figures that meet a target of growth, given that of the year
// from which it grows: 95,000 that grow by at least 6% for 5 years are to be
// 127,131.4 or more. So two targets of one indicator, a rate and a level, can be set
// against each other. It fails with [union.ErrMissing] for a target that is not of
// growth, and with [union.ErrRange] for a figure before that is not above 0 and for
// years out of bounds.
func (t Target) Reach(before union.Number) (union.Interval, error) {
	switch {
	case t.Growth == nil:
		return union.Interval{}, union.NewFault(union.ErrMissing, "growth", "", "a target of growth")
	case before.Sign() <= 0:
		return union.Interval{}, union.NewFault(union.ErrRange, "before", before.String(), "above 0")
	case t.Growth.Years < 1 || t.Growth.Years > mostYears:
		return union.Interval{}, union.NewFault(union.ErrRange, "growth.years", strconv.Itoa(t.Growth.Years), "from 1 to "+strconv.Itoa(mostYears))
	}
	return rescaled(t.powered(t.Growth.Years), before.Mul), nil
}
