package competition

import (
	"strconv"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/internal/quote"
)

// A Veto is an incident that no score makes good, such as a serious injury, and
// what it does.
type Veto struct {
	Incident string `json:"incident"` // a key of the edition's Incidents
	Title    string `json:"title"`
	Effect   Effect `json:"effect"`
}

// An Effect is what an incident does to a firm's award. Exactly one is set; in
// JSON {"bar": {"years": 3}}, {"this_edition": {}} or {"zero": {}}.
type Effect struct {
	Zero        *Zero        `json:"zero,omitempty"`
	ThisEdition *ThisEdition `json:"this_edition,omitempty"`
	Bar         *Bar         `json:"bar,omitempty"`
}

// Zero makes the total count as nothing if the incident lies in the edition's
// window, and so keeps the firm from the award.
type Zero struct{}

// ThisEdition keeps the firm from the award if the incident lies in the
// edition's window.
type ThisEdition struct{}

// A Bar keeps the firm from the award, whatever the edition, from the day of the
// incident until the day before it lies Years years back: three years bar from
// 4 May 2007 to 3 May 2010, and 4 May 2010 is free.
type Bar struct {
	Years int `json:"years"` // at least 1
}

// maxBar keeps a bar, in months, within the days that there are.
const maxBar = 100

func (e Edition) checkVeto(v Veto, seen map[string]bool) error {
	var faults union.FaultList
	known(&faults, e.incidents, "incident", v.Incident)
	if v.Incident != "" && seen[v.Incident] {
		faults.Add(union.ErrRepeated, "incident", quote.Key(v.Incident), "one veto an incident")
	}
	seen[v.Incident] = true
	faults.Given("title", v.Title)
	effects := 0
	for _, set := range []bool{v.Effect.Zero != nil, v.Effect.ThisEdition != nil, v.Effect.Bar != nil} {
		if set {
			effects++
		}
	}
	if effects != 1 {
		faults.Add(union.ErrMissing, "effect", strconv.Itoa(effects)+" effects", "exactly one of zero, this_edition and bar")
	}
	if bar := v.Effect.Bar; bar != nil && (bar.Years < 1 || bar.Years > maxBar) {
		faults.Add(union.ErrRange, "effect.bar.years", strconv.Itoa(bar.Years), "from 1 to "+strconv.Itoa(maxBar))
	}
	return faults.Err()
}

// strikes reports whether an incident of the veto's kind on a day keeps a firm
// from an award that is judged on another. What happens after the judgement is
// not known to it.
func (e Edition) strikes(v Veto, day, on union.Date) bool {
	if day.After(on) {
		return false
	}
	if v.Effect.Bar == nil {
		return e.spec.Window.Contains(day)
	}
	over, err := day.AddMonths(12 * v.Effect.Bar.Years)
	return err != nil || on.Before(over)
}
