package aid

import (
	"slices"
	"strconv"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/internal/quote"
)

// A Holder says for whom a ceiling counts. The zero Holder is none.
type Holder uint8

// The holders.
const (
	PerHousehold Holder = iota + 1
	PerPerson
)

var holderTexts = [...]string{"", "household", "person"}

func (h Holder) known() bool { return h == PerHousehold || h == PerPerson }

// String returns "household", "person" or, for any other value, its number, as in
// "Holder(9)".
func (h Holder) String() string {
	if h.known() {
		return holderTexts[h]
	}
	return "Holder(" + strconv.Itoa(int(h)) + ")"
}

// MarshalText writes the holder as String does. A value that is none is
// [union.ErrUnknown].
func (h Holder) MarshalText() ([]byte, error) {
	if !h.known() {
		return nil, union.NewFault(union.ErrUnknown, "", h.String(), "household or person")
	}
	return []byte(h.String()), nil
}

// UnmarshalText reads what MarshalText writes; any other text is
// [union.ErrUnknown] and leaves h unchanged.
func (h *Holder) UnmarshalText(text []byte) error {
	for holder := PerHousehold; holder.known(); holder++ {
		if string(text) == holderTexts[holder] {
			*h = holder
			return nil
		}
	}
	return union.NewFault(union.ErrUnknown, "", quote.Key(string(text)), "household or person")
}

// A Ceiling bounds what one household or person is granted, whichever funds it
// comes from. What other ledgers are known to have granted counts too, and so does
// what is reserved.
type Ceiling struct {
	Key   string `json:"key"`
	Title string `json:"title"`
	// Purposes are those that count, each with all that is within it; none: all.
	Purposes []string `json:"purposes,omitempty"`
	Per      Holder   `json:"per"`
	// Year is the day on which each of its years begins, such as 1 January or that
	// of the school year; none: it counts once and for all.
	Year *YearDay `json:"year,omitempty"`
	// Limits are tried in their order; the first that takes the class of the use is
	// the limit. None: no sum is limited, only Times.
	Limits []Limit `json:"limits,omitempty"`
	Times  int     `json:"times,omitempty"` // the most grants; 0: any number
}

// A Limit is the most that some classes are granted under a ceiling: a fixed sum or
// a multiple of a dated line, exactly one of the two.
type Limit struct {
	Classes []string     `json:"classes,omitempty"` // none: every class, and uses without one
	Fixed   *union.Money `json:"fixed,omitempty"`
	Line    *LineTimes   `json:"line,omitempty"`
}

// A LineTimes is a multiple of the line that is in force in an area on the
// effective day of an entry, such as 12 months of it.
type LineTimes struct {
	Area     string         `json:"area"`
	Times    union.Number   `json:"times"`
	Rounding union.Rounding `json:"rounding,omitzero"` // of the sum in yuan; zero: it must come out in whole fen
}

// mostTimes bounds what a rule may say of how many times.
const mostTimes = 1_000_000

func (c Ceiling) check(faults *union.FaultList, where string, seen map[string]bool, spec *BooksSpec, purposes, classes union.Codes) {
	faults.Key(where+".key", c.Key, seen)
	faults.Given(where+".title", c.Title)
	checkChosen(faults, where+".purposes", c.Purposes, purposes)
	if !c.Per.known() {
		faults.Add(union.ErrMissing, where+".per", "", "household or person")
	}
	if c.Year != nil {
		if _, err := c.Year.in(commonYear); err != nil {
			faults.Add(union.ErrRange, where+".year", strconv.Itoa(c.Year.Month)+"-"+strconv.Itoa(c.Year.Day), "a day that every year has")
		}
	}
	if c.Times < 0 || c.Times > mostTimes {
		faults.Add(union.ErrRange, where+".times", strconv.Itoa(c.Times), "0 to "+strconv.Itoa(mostTimes))
	}
	if len(c.Limits) == 0 && c.Times == 0 {
		faults.Add(union.ErrMissing, where, "", "limits or times")
	}
	all := false
	for i, limit := range c.Limits {
		at := union.Indexed(where+".limits", i)
		if all {
			faults.Add(union.ErrOverlap, at, "", "the limit for all to be the last")
		}
		all = len(limit.Classes) == 0
		limit.check(faults, at, spec.Lines, classes)
	}
	checkClasses(faults, where, c.Limits)
}

// checkClasses reports a class that two limits take.
func checkClasses(faults *union.FaultList, where string, limits []Limit) {
	seen := map[string]bool{}
	for i, limit := range limits {
		for j, class := range limit.Classes {
			if seen[class] {
				faults.Add(union.ErrOverlap, union.Indexed(union.Indexed(where+".limits", i)+".classes", j), quote.Key(class), "a class that no other limit takes")
			}
		}
		for _, class := range limit.Classes {
			seen[class] = true
		}
	}
}

func (l Limit) check(faults *union.FaultList, where string, lines []Line, classes union.Codes) {
	checkChosen(faults, where+".classes", l.Classes, classes)
	switch {
	case (l.Fixed == nil) == (l.Line == nil):
		faults.Add(union.ErrMissing, where, "", "exactly one of fixed and line")
	case l.Fixed != nil && l.Fixed.Sign() < 0:
		faults.Add(union.ErrRange, where+".fixed", l.Fixed.String(), "0.00 or more")
	case l.Line != nil:
		_, err := l.Line.compile(lines)
		faults.Within(where+".line", err)
	}
}

func (c Ceiling) clone() Ceiling {
	c.Purposes, c.Limits = slices.Clone(c.Purposes), slices.Clone(c.Limits)
	if c.Year != nil {
		year := *c.Year
		c.Year = &year
	}
	for i, limit := range c.Limits {
		limit.Classes = slices.Clone(limit.Classes)
		if limit.Fixed != nil {
			fixed := *limit.Fixed
			limit.Fixed = &fixed
		}
		if limit.Line != nil {
			line := *limit.Line
			limit.Line = &line
		}
		c.Limits[i] = limit
	}
	return c
}

// A dated sum is in force for a period; the zero period is for ever.
type datedSum struct {
	days union.Period
	fen  int64
}

// compile returns the multiples of all lines of the area.
func (t LineTimes) compile(lines []Line) ([]datedSum, error) {
	if t.Area == "" {
		return nil, union.NewFault(union.ErrMissing, "area", "", "")
	}
	if t.Times.Sign() < 0 {
		return nil, union.NewFault(union.ErrRange, "times", t.Times.String(), "0 or more")
	}
	var sums []datedSum
	for _, line := range lines {
		if line.Area != t.Area {
			continue
		}
		sum := line.Amount.Number().Mul(t.Times)
		if t.Rounding != (union.Rounding{}) {
			rounded, err := t.Rounding.Apply(sum)
			if err != nil {
				return nil, union.Within("rounding", err)
			}
			sum = rounded
		}
		amount, err := union.MoneyOfNumber(sum)
		if err != nil {
			return nil, union.Within("times", err)
		}
		sums = append(sums, datedSum{days: line.Days, fen: amount.Fen()})
	}
	if len(sums) == 0 {
		return nil, union.NewFault(union.ErrUnknown, "area", quote.Key(t.Area), "an area with a line")
	}
	return sums, nil
}

// compile returns the sums of a limit, which is checked.
func (l Limit) compile(lines []Line) []datedSum {
	if l.Fixed != nil {
		return []datedSum{{fen: l.Fixed.Fen()}}
	}
	sums, _ := l.Line.compile(lines)
	return sums
}

// A bound is a ceiling as a ledger applies it.
type bound struct {
	key     string
	per     Holder
	year    *YearDay
	times   int32
	limits  [][]datedSum
	byClass []int16 // by the code of a class, 0 being none: which limit, -1 no limit
}

func (c Ceiling) compile(lines []Line, classes union.Codes) bound {
	made := bound{key: c.Key, per: c.Per, year: c.Year, times: int32(c.Times), byClass: make([]int16, classes.Len()+1)}
	for code := range made.byClass {
		term, stated := classes.Term(union.Code(code))
		made.byClass[code] = int16(slices.IndexFunc(c.Limits, func(l Limit) bool {
			return len(l.Classes) == 0 || stated && slices.Contains(l.Classes, term.Key)
		}))
	}
	for _, limit := range c.Limits {
		made.limits = append(made.limits, limit.compile(lines))
	}
	return made
}

// yearOf returns the year of the ceiling that has a day, by the year in which it
// began; 0 if the ceiling counts once.
func (b *bound) yearOf(day union.Date) int16 { return int16(b.year.yearOf(day)) }

// limitOn returns the limit for a class on a day. Without limits there is none.
func (b *bound) limitOn(class union.Code, day union.Date) (fen int64, limited bool, err error) {
	if len(b.limits) == 0 {
		return 0, false, nil
	}
	which := b.byClass[class]
	if which < 0 {
		return 0, true, union.NewFault(union.ErrUnknown, "for.class", "", "a class for which "+quote.Key(b.key)+" has a limit")
	}
	for i := range b.limits[which] {
		if sum := &b.limits[which][i]; sum.days.IsZero() || sum.days.Contains(day) {
			return sum.fen, true, nil
		}
	}
	return 0, true, union.NewFault(union.ErrRange, "effective", day.String(), "a day on which the line of "+quote.Key(b.key)+" is known")
}
