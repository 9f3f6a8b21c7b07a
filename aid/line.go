package aid

import (
	"slices"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/internal/quote"
)

// linesDocument names the JSON of Lines.
const linesDocument = "aid.lines/1"

// mostLines bounds the lines of a list, each of which is compared with each.
const mostLines = 10_000

// A Line is what the government of an area holds to be the least that one person
// needs a month (最低生活保障线), and the days on which it says so.
type Line struct {
	Area   string       `json:"area"`
	Days   union.Period `json:"days"`
	Amount union.Money  `json:"amount"` // per head and month
}

// A LinesSpec describes the lines of areas, as their notices set them one after
// another.
type LinesSpec struct {
	union.Rule
	List []Line `json:"list"`
}

// Lines say which line is in force in an area on a day. They never change. The
// zero Lines know no area.
type Lines struct {
	spec LinesSpec
	id   union.RuleID
}

// NewLines returns the lines that spec describes. It reports all the faults it
// finds, joined, each placed in spec:
//   - [union.ErrMissing], for a key, version, title or source, for no line, and
//     for a line without area or days;
//   - [union.ErrRange], for an amount that is not above zero, and for more than
//     10,000 lines;
//   - [union.ErrOverlap], naming a day on which an area has two lines;
//   - those of [union.IdentifyRule], such as [union.ErrText] for text that is not
//     UTF-8.
//
// A day on which an area has no line is no fault: a notice may have lapsed.
func NewLines(spec LinesSpec) (Lines, error) {
	l := Lines{spec: spec.clone()}
	var faults union.FaultList
	faults.Within("", l.spec.Check())
	if len(l.spec.List) == 0 {
		faults.Add(union.ErrMissing, "list", "", "")
	}
	checkLines(&faults, "list", l.spec.List)
	if err := faults.Err(); err != nil {
		return Lines{}, err
	}
	var err error
	if l.id, err = union.IdentifyRule(linesDocument, l.spec); err != nil {
		return Lines{}, err
	}
	return l, nil
}

// checkLines reports what is wrong with a list of lines.
func checkLines(faults *union.FaultList, where string, list []Line) {
	if len(list) > mostLines {
		faults.Add(union.ErrRange, where, "more lines", "at most 10000")
		return
	}
	byArea := map[string][]int{}
	for i, line := range list {
		at := union.Indexed(where, i)
		faults.Given(at+".area", line.Area)
		if line.Days.IsZero() {
			faults.Add(union.ErrMissing, at+".days", "", "")
		}
		if line.Amount.Sign() <= 0 {
			faults.Add(union.ErrRange, at+".amount", line.Amount.String(), "above 0.00")
		}
		for _, j := range byArea[line.Area] {
			if day, both := firstCommon(line.Days, list[j].Days); both {
				faults.Add(union.ErrOverlap, at+".days", day.String(), "one line an area: "+union.Indexed(where, j)+" has the day too")
			}
		}
		byArea[line.Area] = append(byArea[line.Area], i)
	}
}

// firstCommon returns the first day that two periods share, and false if they
// share none.
func firstCommon(a, b union.Period) (union.Date, bool) {
	if !a.Overlaps(b) {
		return union.Date{}, false
	}
	if a.Contains(b.From()) {
		return b.From(), true
	}
	return a.From(), true
}

// lineOn returns the line of an area on a day.
func lineOn(list []Line, area string, day union.Date) (union.Money, error) {
	known := false
	for _, line := range list {
		if line.Area != area {
			continue
		}
		known = true
		if line.Days.Contains(day) {
			return line.Amount, nil
		}
	}
	switch {
	case area == "":
		return union.Money{}, union.NewFault(union.ErrMissing, "area", "", "")
	case !known:
		return union.Money{}, union.NewFault(union.ErrUnknown, "area", quote.Key(area), "an area with a line")
	case day.IsZero():
		return union.Money{}, union.NewFault(union.ErrMissing, "on", "", "")
	}
	return union.Money{}, union.NewFault(union.ErrRange, "on", day.String(), "a day on which "+quote.Key(area)+" has a line")
}

// On returns the line of an area on a day. It reports the first of these faults:
//   - [union.ErrMissing], for no area, and [union.ErrUnknown], for one without
//     lines;
//   - [union.ErrMissing], for no day, and [union.ErrRange], for a day on which no
//     line of the area is in force.
func (l Lines) On(area string, day union.Date) (union.Money, error) {
	return lineOn(l.spec.List, area, day)
}

func (s LinesSpec) clone() LinesSpec {
	s.List = slices.Clone(s.List)
	return s
}

// ID returns the identity of the lines.
func (l Lines) ID() union.RuleID { return l.id }

// Rule returns what the lines say of themselves.
func (l Lines) Rule() union.Rule { return l.spec.Rule }

// Spec returns a copy of what the lines were made from.
func (l Lines) Spec() LinesSpec { return l.spec.clone() }

// MarshalJSON writes the lines as a document "aid.lines/1". The zero Lines have
// nothing to write and are [union.ErrText].
func (l Lines) MarshalJSON() ([]byte, error) { return union.WriteRule(linesDocument, l.spec) }

// UnmarshalJSON reads a document "aid.lines/1" with the faults of
// [union.ReadRule], and checks it as [NewLines] does. On error l is unchanged.
func (l *Lines) UnmarshalJSON(data []byte) error {
	var spec LinesSpec
	if err := union.ReadRule(data, linesDocument, &spec); err != nil {
		return err
	}
	made, err := NewLines(spec)
	if err != nil {
		return err
	}
	*l = made
	return nil
}

// Line returns the standard's line, from which lists of lines are made.
func (s Standard) Line() Line {
	return Line{Area: s.spec.Area, Days: s.spec.Effective, Amount: s.spec.Line}
}
