package competition

import (
	"strconv"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/internal/quote"
)

// A Stated is a figure of an indicator as a report states it: of which year, over
// what time, exact or about. It is compared, and never added up.
type Stated struct {
	Indicator string      `json:"indicator"`
	Year      int         `json:"year"` // the one that it is of, or the last of those that it is of
	Over      Span        `json:"over"`
	Count     union.Count `json:"count"`
}

// Progress is what targets are judged on: what was counted under the edition, and
// what others state, of this year and of earlier ones. The zero Progress says
// nothing of any.
type Progress struct {
	Turnout Turnout
	Results Results
	Stated  []Stated
}

// A known figure is one of the numbers from low to high.
type knownFigure struct {
	low, high union.Number
	text      string
}

func exactly(n union.Number, measure union.Measure) knownFigure {
	return knownFigure{low: n, high: n, text: n.String() + string(measure)}
}

// within returns the interval of what the figure may be.
func (k knownFigure) within() union.Interval {
	between, _ := union.AtLeast(k.low).Common(union.AtMost(k.high))
	return between
}

// stands says whether a figure lies in an interval: unknown if only some of what it
// may be does.
func (k knownFigure) stands(in union.Interval) union.Standing {
	if in.Contains(k.low) && in.Contains(k.high) {
		return union.Met
	}
	if _, some := k.within().Common(in); some {
		return union.Unknown
	}
	return union.Unmet
}

// checkProgress refuses what is not of the edition.
func (e Edition) checkProgress(p Progress) error {
	if err := e.own("turnout", p.Turnout.rule, &p.Turnout.limits); err != nil {
		return err
	}
	if err := e.ownResults(p.Results); err != nil {
		return err
	}
	type name struct {
		indicator string
		year      int
		over      Span
	}
	seen := map[name]bool{}
	for i, each := range p.Stated {
		where := union.Indexed("stated", i)
		if _, err := e.findIndicator(each.Indicator); err != nil {
			return union.Within(where, err)
		}
		switch {
		case each.Year < 1:
			return union.NewFault(union.ErrMissing, where+".year", "", "a year")
		case !each.Over.known():
			return notChosen(where+".over", uint8(each.Over), each.Over, spansWanted)
		case seen[name{each.Indicator, each.Year, each.Over}]:
			return union.NewFault(union.ErrRepeated, where, quote.Key(each.Indicator), "one figure for a year")
		}
		seen[name{each.Indicator, each.Year, each.Over}] = true
	}
	return nil
}

// counted returns what was counted of an indicator under the edition.
func (e Edition) counted(p Progress, of Indicator) (knownFigure, bool) {
	if at, ok := e.added(of.Key); ok {
		if p.Results.rule.IsZero() || p.Results.sums[at].reports == 0 {
			return knownFigure{}, false
		}
		return exactly(placed(p.Results.sums[at].sum, of.Places), of.Measure), true
	}
	t := p.Turnout
	if t.rule.IsZero() {
		return knownFigure{}, false
	}
	n := t.totals[allEntered]
	switch of.Key {
	case indicatorEntrants:
	case indicatorWorkers:
		n = t.totals[allTaking]
	default:
		if t.totals[reported] > 0 {
			return knownFigure{}, false // counts that others report do not tell teams
		}
		n = t.teams[e.kindOf(of.Key)]
	}
	return exactly(union.Whole(n), of.Measure), true
}

// kindOf returns where the kind of team of an indicator stands.
func (e Edition) kindOf(indicator string) int {
	for i, term := range e.kinds.Terms() {
		if indicatorTeams+term.Key == indicator {
			return i
		}
	}
	return 0
}

// known returns an indicator's figure of a year: what was counted, or else what is
// stated over the indicator's own time and in its measure.
func (e Edition) known(p Progress, key string, year int) (knownFigure, bool) {
	of, err := e.findIndicator(key)
	if err != nil {
		return knownFigure{}, false
	}
	if year == e.spec.Year {
		if figure, ok := e.counted(p, of); ok {
			return figure, true
		}
	}
	for _, each := range p.Stated {
		low, high, stated := each.Count.Bounds()
		if each.Indicator == key && each.Year == year && stated && each.Over == of.Over && each.Count.Measure() == of.Measure {
			return knownFigure{low: union.Whole(low), high: union.Whole(high), text: each.Count.String()}, true
		}
	}
	return knownFigure{}, false
}

// CheckStated compares what others state with the indicators and with what was
// counted under the edition, and returns a finding for each figure
//   - in another measure than its indicator: persons are not person-times;
//   - over another time: a year's figure is not one since the beginning;
//   - of the edition's year which what was counted is not among those it leaves
//     open: 2800余 may be 2837 and cannot be 2937.
//
// The first of these faults is reported: [union.ErrRule], for a turnout and results
// of another edition; and, for each figure in order, [union.ErrUnknown], for an
// indicator that the edition does not have, [union.ErrMissing], for no year and no
// time, [union.ErrUnknown], for a time that is none, and [union.ErrRepeated], for a second figure of a year and time.
func (e Edition) CheckStated(p Progress) ([]union.Finding, error) {
	if err := e.checkProgress(p); err != nil {
		return nil, err
	}
	var found []union.Finding
	for i, each := range p.Stated {
		of, _ := e.findIndicator(each.Indicator)
		finding := union.Finding{Where: union.Indexed("stated", i), Got: each.Count.String()}
		counted, known := e.counted(p, of)
		low, high, stated := each.Count.Bounds()
		between := knownFigure{low: union.Whole(low), high: union.Whole(high)}.within()
		switch {
		case each.Count.Measure() != of.Measure:
			finding.Rule, finding.Want = "counts of unlike measures are not compared", string(of.Measure)
		case each.Over != of.Over:
			finding.Rule, finding.Got, finding.Want = "figures over unlike times are not compared", each.Over.String(), of.Over.String()
		case each.Year == e.spec.Year && known && stated && !between.Contains(counted.low):
			finding.Rule, finding.Want = "what is stated leaves open what was counted", counted.text
		default:
			continue
		}
		found = append(found, finding)
	}
	return found, nil
}

// judgeLevel says whether an indicator reaches a level.
func (e Edition) judgeLevel(p Progress, target Target) (union.Standing, string) {
	figure, ok := e.known(p, target.Level.Indicator, e.spec.Year)
	if !ok {
		return union.Unknown, ""
	}
	return figure.stands(target.In), figure.text
}

// judgeGrowth says whether an indicator grew as a target asks.
func (e Edition) judgeGrowth(p Progress, target Target) (union.Standing, string) {
	growth := *target.Growth
	stands, got := union.Met, ""
	steps, in := 1, target.powered(growth.Years)
	if growth.EachYear {
		steps, in = growth.Years, target.powered(1)
	}
	for step := range steps {
		from, until := e.spec.Year-growth.Years, e.spec.Year
		if growth.EachYear {
			from, until = from+step, from+step+1
		}
		before, known := e.known(p, growth.Indicator, from)
		now, also := e.known(p, growth.Indicator, until)
		if !known || !also || before.low.Sign() <= 0 {
			if stands == union.Met {
				stands = union.Unknown
			}
			continue
		}
		low, _ := now.low.Quo(before.high)
		high, _ := now.high.Quo(before.low)
		if got != "" {
			got += "；"
		}
		got += strconv.Itoa(from) + "年" + before.text + "，" + strconv.Itoa(until) + "年" + now.text
		switch each := (knownFigure{low: low, high: high}).stands(in); {
		case each == union.Unmet:
			stands = union.Unmet
		case each == union.Unknown && stands == union.Met:
			stands = union.Unknown
		}
	}
	return stands, got
}
