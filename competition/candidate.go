package competition

import (
	"maps"
	"slices"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/assessment"
	"github.com/unioncampaign/union/internal/quote"
)

// A Candidate is the record of an entrant that asks for an award: its marks by
// item of the scorecard, what happened to it, and the titles it had before. It is
// a firm or, where Part names one, a team, a project or a person within it.
type Candidate struct {
	Firm          union.CreditCode        `json:"firm"`
	Part          string                  `json:"part,omitempty"`           // the team, project or person, as the caller knows it; empty: the firm itself
	Kind          string                  `json:"kind,omitempty"`           // of the part: a key of the edition's Kinds
	Title         string                  `json:"title"`                    // its public name
	Unit          string                  `json:"unit,omitempty"`           // who puts it forward, and whose places it takes
	Industry      string                  `json:"industry,omitempty"`       // a key of the edition's Industries; empty: not known
	Attributes    []string                `json:"attributes,omitempty"`     // keys of the edition's Attributes
	Contest       bool                    `json:"contest,omitempty"`        // it asks for a place that is kept for contests
	Submitted     union.Date              `json:"submitted,omitzero"`       // the day on which it was handed in; zero: not known
	Answers       map[string]Whether      `json:"answers,omitempty"`        // by key of a condition
	Marks         map[string]union.Number `json:"marks"`                    // by key of an item of the scheme
	NotApplicable map[string]string       `json:"not_applicable,omitempty"` // by key of an item: why it does not apply
	Rounds        map[string]union.Number `json:"rounds,omitempty"`         // totals, by key of a round
	Incidents     []Incident              `json:"incidents,omitempty"`
	Honours       []Honour                `json:"honours,omitempty"`
	Course        []union.Event           `json:"course,omitempty"` // of its nomination, in the order of their days
	Objections    []Objection             `json:"objections,omitempty"`
}

// An Incident is something that a veto may turn on, such as a serious injury.
type Incident struct {
	Kind string     `json:"kind"` // a key of the edition's Incidents
	On   union.Date `json:"on"`
}

// An Honour is a title that a candidate was given, or, of a part of a firm, one
// that its firm was given.
type Honour struct {
	Kind   string     `json:"kind"`              // a key of the edition's Honours
	Year   int        `json:"year"`              // that the title bears
	OfFirm bool       `json:"of_firm,omitempty"` // it is the firm's, and the candidate a part of it
	Lost   union.Date `json:"lost,omitzero"`     // the day from which it is no longer held; zero: it is
}

// checkCandidate returns the first fault of the candidate, in the order that
// [Edition.Judge] publishes.
func (e Edition) checkCandidate(award Award, c Candidate) error {
	switch {
	case c.Firm.IsZero():
		return union.NewFault(union.ErrMissing, "firm", "", "a credit code")
	case c.Title == "":
		return union.NewFault(union.ErrMissing, "title", "", "")
	case (c.Part == "") != (c.Kind == ""):
		return union.NewFault(union.ErrMissing, "kind", quote.Key(c.Kind), "a kind for a part, and none for a firm")
	case c.Kind == "" && len(award.For) > 0, c.Kind != "" && !slices.Contains(award.For, c.Kind):
		return union.NewFault(union.ErrUnknown, "kind", quote.Key(c.Kind), "a kind that the award is for")
	}
	if _, err := codeOf(e.industries, c.Industry, "industry"); err != nil {
		return err
	}
	if err := e.checkHeld(c.Attributes); err != nil {
		return err
	}
	if err := award.checkKeys(c); err != nil {
		return err
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
	for i, objection := range c.Objections {
		if err := objection.check(); err != nil {
			return union.Within(union.Indexed("objections", i), err)
		}
	}
	return nil
}

// checkKeys refuses an answer and a total that the award does not ask for, and a
// mark that a tariff makes.
func (a Award) checkKeys(c Candidate) error {
	for _, key := range sortedKeys(c.Answers) {
		switch {
		case !slices.ContainsFunc(a.Conditions, func(d Condition) bool { return d.Key == key }):
			return union.NewFault(union.ErrUnknown, "answers", quote.Key(key), "a condition of the award")
		case c.Answers[key] > No:
			return union.NewFault(union.ErrRange, "answers."+key, c.Answers[key].String(), "yes, no or nothing")
		}
	}
	for _, key := range sortedKeys(c.Rounds) {
		if !slices.ContainsFunc(a.Rounds, func(r Round) bool { return r.Key == key }) {
			return union.NewFault(union.ErrUnknown, "rounds", quote.Key(key), "a round of the award")
		}
	}
	for _, tariff := range a.Tariffs {
		if _, given := c.Marks[tariff.Item]; given {
			return union.NewFault(union.ErrRepeated, "marks."+tariff.Item, "a mark", "none, since a tariff makes it")
		}
	}
	return nil
}

func sortedKeys[T any](of map[string]T) []string { return slices.Sorted(maps.Keys(of)) }

// record returns the candidate as the scheme scores it: with the figures that
// tariffs make. Of the incidents of the edition's window up to a day, those that
// the scheme has a veto for are facts.
func (e Edition) record(award Award, unit string, c Candidate, scheme assessment.SchemeSpec, on union.Date) assessment.Record {
	record := assessment.Record{Unit: unit, Given: c.Marks, NotApplicable: c.NotApplicable}
	if len(award.Tariffs) > 0 {
		record.Given = maps.Clone(c.Marks)
		if record.Given == nil {
			record.Given = map[string]union.Number{}
		}
	}
	for _, tariff := range award.Tariffs {
		record.Given[tariff.Item] = e.points(tariff, c, on)
	}
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
