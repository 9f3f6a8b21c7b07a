package competition

import (
	"slices"
	"strconv"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/internal/quote"
)

// A Tariff makes the figure of an item of the scorecard out of records: points for
// titles held, of which often only the highest counts (只计最高，不累计), or points
// for incidents, of which some sheets take the greatest deduction and others add
// all up. What is then done to the figure, such as to deduct it and to stop at
// nothing, is the scheme's.
type Tariff struct {
	Item      string       `json:"item"` // a key of an item of the scheme that is given, once in its award
	Title     string       `json:"title"`
	Incidents []TariffLine `json:"incidents,omitempty"` // those within the edition's window
	Honours   []TariffLine `json:"honours,omitempty"`   // those up to the edition's year
	Years     int          `json:"years,omitempty"`     // of the honours those of so many years, the edition's the last; 0: any
	Take      Take         `json:"take"`
}

// A TariffLine is what one of a kind is worth.
type TariffLine struct {
	Kind   string       `json:"kind"` // a key of the edition's Incidents or Honours
	Points union.Number `json:"points"`
}

// A Take says which of several records count. The zero Take is none. Its text is
// "highest", "sum" or "each kind".
type Take uint8

// The takes.
const (
	Highest  Take = iota + 1 // the one with the most points
	Sum                      // all of them
	EachKind                 // of each kind one, and their sum
)

var takeTexts = [...]string{"", "highest", "sum", "each kind"}

// String returns the text of the take or, for any other value, its number, as in
// "Take(9)".
func (t Take) String() string {
	if t.known() {
		return takeTexts[t]
	}
	return "Take(" + strconv.Itoa(int(t)) + ")"
}

func (t Take) known() bool { return t > 0 && int(t) < len(takeTexts) }

// MarshalText writes the take as String does. A value that is none is
// [union.ErrUnknown].
func (t Take) MarshalText() ([]byte, error) {
	if !t.known() {
		return nil, union.NewFault(union.ErrUnknown, "", t.String(), takesWanted)
	}
	return []byte(t.String()), nil
}

const takesWanted = `"highest", "sum" or "each kind"`

// UnmarshalText reads what MarshalText writes; any other text is [union.ErrUnknown]
// and leaves t unchanged.
func (t *Take) UnmarshalText(text []byte) error {
	at := slices.Index(takeTexts[1:], string(text))
	if at < 0 {
		return union.NewFault(union.ErrUnknown, "", quote.Key(string(text)), takesWanted)
	}
	*t = Take(at + 1)
	return nil
}

func (e Edition) checkTariff(t Tariff, seen map[string]bool) error {
	var faults union.FaultList
	faults.Key("item", t.Item, seen)
	faults.Given("title", t.Title)
	if len(t.Incidents)+len(t.Honours) == 0 {
		faults.Add(union.ErrMissing, "incidents", "", "points for an incident or an honour")
	}
	if !t.Take.known() {
		faults.Within("", notChosen("take", uint8(t.Take), t.Take, takesWanted))
	}
	if t.Years < 0 {
		faults.Add(union.ErrRange, "years", strconv.Itoa(t.Years), "0 years or more")
	}
	for _, list := range []struct {
		where string
		lines []TariffLine
		codes union.Codes
	}{{"incidents", t.Incidents, e.incidents}, {"honours", t.Honours, e.honours}} {
		kinds := map[string]bool{}
		for i, line := range list.lines {
			where := union.Indexed(list.where, i) + ".kind"
			known(&faults, list.codes, where, line.Kind)
			if line.Kind != "" && kinds[line.Kind] {
				faults.Add(union.ErrRepeated, where, quote.Key(line.Kind), "points once for a kind")
			}
			kinds[line.Kind] = true
		}
	}
	return faults.Err()
}

// points returns what a candidate's records are worth on a day.
func (e Edition) points(t Tariff, c Candidate, on union.Date) union.Number {
	var sum, highest union.Number
	kinds := map[string]bool{}
	count := func(kind string, lines []TariffLine) {
		at := slices.IndexFunc(lines, func(l TariffLine) bool { return l.Kind == kind })
		if at < 0 || t.Take == EachKind && kinds[kind] {
			return
		}
		kinds[kind] = true
		sum = sum.Add(lines[at].Points)
		if lines[at].Points.Cmp(highest) > 0 {
			highest = lines[at].Points
		}
	}
	for _, incident := range c.Incidents {
		if !incident.On.After(on) && e.spec.Window.Contains(incident.On) {
			count(incident.Kind, t.Incidents)
		}
	}
	for _, honour := range c.Honours {
		recent := t.Years == 0 || honour.Year > e.spec.Year-t.Years
		if honour.Year <= e.spec.Year && honour.Year <= on.Year() && recent {
			count(honour.Kind, t.Honours)
		}
	}
	if t.Take == Highest {
		return highest
	}
	return sum
}
