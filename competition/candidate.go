package competition

import (
	"slices"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/assessment"
)

// A Candidate is the record of a firm that asks for an award: its marks by item
// of the scorecard, what happened to it, and the titles it had before.
type Candidate struct {
	Firm          union.CreditCode        `json:"firm"`
	Title         string                  `json:"title"`                    // its public name
	Marks         map[string]union.Number `json:"marks"`                    // by key of an item of the scheme
	NotApplicable map[string]string       `json:"not_applicable,omitempty"` // by key of an item: why it does not apply
	Incidents     []Incident              `json:"incidents,omitempty"`
	Honours       []Honour                `json:"honours,omitempty"`
}

// An Incident is something that a veto may turn on, such as a serious injury.
type Incident struct {
	Kind string     `json:"kind"` // a key of the edition's Incidents
	On   union.Date `json:"on"`
}

// An Honour is a title that a firm was given.
type Honour struct {
	Kind string `json:"kind"` // a key of the edition's Honours
	Year int    `json:"year"` // that the title bears
}

// checkCandidate returns the first fault of the candidate, in the order that
// [Edition.Judge] publishes.
func (e Edition) checkCandidate(c Candidate) error {
	if c.Firm.IsZero() {
		return union.NewFault(union.ErrMissing, "firm", "", "a credit code")
	}
	if c.Title == "" {
		return union.NewFault(union.ErrMissing, "title", "", "")
	}
	for i, incident := range c.Incidents {
		if _, err := e.incidents.Find(incident.Kind); err != nil {
			return union.Within(union.Indexed("incidents", i)+".kind", err)
		}
		if incident.On.IsZero() {
			return union.NewFault(union.ErrMissing, union.Indexed("incidents", i)+".on", "", "a day")
		}
	}
	for i, honour := range c.Honours {
		if _, err := e.honours.Find(honour.Kind); err != nil {
			return union.Within(union.Indexed("honours", i)+".kind", err)
		}
		if honour.Year < 1 {
			return union.NewFault(union.ErrMissing, union.Indexed("honours", i)+".year", "", "a year")
		}
	}
	return nil
}

// record returns the candidate as the scheme scores it. Of the incidents of the
// edition's window up to a day, those that the scheme has a veto for are facts.
func (e Edition) record(unit string, c Candidate, scheme assessment.SchemeSpec, on union.Date) assessment.Record {
	record := assessment.Record{Unit: unit, Given: c.Marks, NotApplicable: c.NotApplicable}
	for _, veto := range scheme.Vetoes {
		happened := slices.ContainsFunc(c.Incidents, func(i Incident) bool {
			return i.Kind == veto.Fact && !i.On.After(on) && e.spec.Window.Contains(i.On)
		})
		if happened {
			record.Facts = append(record.Facts, veto.Fact)
		}
	}
	return record
}
