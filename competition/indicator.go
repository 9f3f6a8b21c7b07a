package competition

import (
	"slices"
	"strconv"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/internal/quote"
)

// An Indicator is something that reports of a competition count beside entrants:
// suggestions made (件), innovations (项), coal saved (吨标煤), money saved (元). Each
// has its own measure, and figures of unlike measures, of a year and since the
// beginning, are never set against each other.
//
// Every edition has the indicators "entrants", "workers" and, for each kind of
// team, "teams.KEY", which are those of its own turnout.
type Indicator struct {
	Key     string        `json:"key"`
	Title   string        `json:"title"`
	Measure union.Measure `json:"measure"`
	Over    Span          `json:"over"`
	Places  int           `json:"places,omitempty"` // after the point that its figures may have, from 0 to 9
}

// A Span is the time over which an indicator counts. The zero Span is none. Its
// text is "year", "edition" or "cumulative".
type Span uint8

// The spans.
const (
	OfYear     Span = iota + 1 // one calendar year
	OfEdition                  // the days of the edition
	Cumulative                 // since the first edition
)

var spanTexts = [...]string{"", "year", "edition", "cumulative"}

const spansWanted = `"year", "edition" or "cumulative"`

// String returns the text of the span or, for any other value, its number, as in
// "Span(9)".
func (s Span) String() string {
	if s.known() {
		return spanTexts[s]
	}
	return "Span(" + strconv.Itoa(int(s)) + ")"
}

func (s Span) known() bool { return s > 0 && int(s) < len(spanTexts) }

// MarshalText writes the span as String does. A value that is none is
// [union.ErrUnknown].
func (s Span) MarshalText() ([]byte, error) {
	if !s.known() {
		return nil, union.NewFault(union.ErrUnknown, "", s.String(), spansWanted)
	}
	return []byte(s.String()), nil
}

// UnmarshalText reads what MarshalText writes; any other text is [union.ErrUnknown]
// and leaves s unchanged.
func (s *Span) UnmarshalText(text []byte) error {
	at := slices.Index(spanTexts[1:], string(text))
	if at < 0 {
		return union.NewFault(union.ErrUnknown, "", quote.Key(string(text)), spansWanted)
	}
	*s = Span(at + 1)
	return nil
}

// A Quotient is a rate of one indicator over another, such as suggestions carried
// out over those adopted (实施率). It is worked out over the reports that give both.
// Base names what it is a share of; the part may be more than the whole where the
// two are no part and whole, such as suggestions for each worker.
type Quotient struct {
	Key   string `json:"key"`
	Title string `json:"title"`
	Part  string `json:"part"`  // the key of an indicator that the edition adds
	Whole string `json:"whole"` // likewise
	Base  string `json:"base"`
	Apart bool   `json:"apart,omitempty"` // the two are no part and whole
}

// The indicators that every edition has.
const (
	indicatorEntrants = "entrants"
	indicatorWorkers  = "workers"
	indicatorTeams    = "teams."
)

// readIndicators notes what indicators there are, and adds what is wrong with them
// and with the quotients.
func (e *Edition) readIndicators(faults *union.FaultList) {
	e.indicators = []Indicator{
		{Key: indicatorEntrants, Title: "参赛企业", Measure: union.Firms, Over: OfEdition},
		{Key: indicatorWorkers, Title: "参赛职工", Measure: union.Persons, Over: OfEdition},
	}
	for _, term := range e.kinds.Terms() {
		e.indicators = append(e.indicators, Indicator{
			Key: indicatorTeams + term.Key, Title: "参赛" + term.Title, Measure: union.Measure("个" + term.Title), Over: OfEdition,
		})
	}
	seen := map[string]bool{}
	for _, each := range e.indicators {
		seen[each.Key] = true
	}
	for i, each := range e.spec.Indicators {
		where := union.Indexed("indicators", i)
		faults.Key(where+".key", each.Key, seen)
		faults.Given(where+".title", each.Title)
		faults.Given(where+".measure", string(each.Measure))
		if !each.Over.known() {
			faults.Within("", notChosen(where+".over", uint8(each.Over), each.Over, spansWanted))
		}
		if each.Places < 0 || each.Places > mostPlaces {
			faults.Add(union.ErrRange, where+".places", strconv.Itoa(each.Places), "from 0 to "+strconv.Itoa(mostPlaces))
		}
		e.indicators = append(e.indicators, each)
	}
	seen = map[string]bool{}
	for i, each := range e.spec.Quotients {
		where := union.Indexed("quotients", i)
		faults.Key(where+".key", each.Key, seen)
		faults.Given(where+".title", each.Title)
		faults.Given(where+".base", each.Base)
		for _, side := range []struct{ where, key string }{{".part", each.Part}, {".whole", each.Whole}} {
			if _, ok := e.added(side.key); !ok {
				faults.Add(union.ErrUnknown, where+side.where, quote.Key(side.key), "an indicator that the edition adds")
			}
		}
	}
}

// mostPlaces keeps figures whole numbers of their last place.
const mostPlaces = 9

// added returns where among the indicators that the edition adds one stands.
func (e Edition) added(key string) (int, bool) {
	at := slices.IndexFunc(e.spec.Indicators, func(i Indicator) bool { return i.Key == key })
	return at, at >= 0
}

// findIndicator returns the indicator of a key.
func (e Edition) findIndicator(key string) (Indicator, error) {
	for _, each := range e.indicators {
		if each.Key == key {
			return each, nil
		}
	}
	return Indicator{}, union.NewFault(union.ErrUnknown, "indicator", quote.Key(key), "an indicator of the edition")
}

// findQuotient returns the quotient of a key, and where it stands.
func (e Edition) findQuotient(key string) (Quotient, int, error) {
	for i, each := range e.spec.Quotients {
		if each.Key == key {
			return each, i, nil
		}
	}
	return Quotient{}, 0, union.NewFault(union.ErrUnknown, "quotient", quote.Key(key), "a quotient of the edition")
}

// Indicators returns the indicators of the edition, those that every edition has
// first, then its own, in order. The result is a copy.
func (e Edition) Indicators() []Indicator { return slices.Clone(e.indicators) }
