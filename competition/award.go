package competition

import (
	"strconv"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/assessment"
	"github.com/unioncampaign/union/internal/quote"
)

// An Award is a title that entrants are recommended for, and what it asks of them.
// All that it asks must hold. The wordings are the rule's own and are printed
// beside the reasons.
//
// An award is for the firms themselves or, where For names kinds of the edition's
// Kinds, for teams, projects or persons within them, whose firm must have entered.
type Award struct {
	Key        string           `json:"key"`               // unique within its edition
	Title      string           `json:"title"`             // the official wording
	Honour     string           `json:"honour"`            // the kind of honour that it gives: a key of the edition's Honours
	For        []string         `json:"for,omitempty"`     // keys of the edition's Kinds; none: firms
	Deadline   union.Date       `json:"deadline,omitzero"` // what is handed in later is abandoned; zero: none
	Conditions []Condition      `json:"conditions,omitempty"`
	Scheme     string           `json:"scheme,omitempty"` // the key of its scorecard's rule; empty: any
	Full       union.Number     `json:"full,omitzero"`    // full marks, which the maxima of the sections add up to; zero: not stated
	Tariffs    []Tariff         `json:"tariffs,omitempty"`
	Threshold  Threshold        `json:"threshold"`
	Sections   []Section        `json:"sections,omitempty"`
	Rounds     []Round          `json:"rounds,omitempty"`
	Standards  []Standard       `json:"standards,omitempty"`
	Vetoes     []Veto           `json:"vetoes,omitempty"`
	Prior      *Prior           `json:"prior,omitempty"`    // nil: no earlier title is asked for
	CoolOff    *CoolOff         `json:"cool_off,omitempty"` // nil: the title may be had again at once
	Nomination *Nomination      `json:"nomination,omitempty"`
	TieBreaks  []assessment.Key `json:"tie_breaks,omitempty"` // of equal totals, one after another
	Quota      Quota            `json:"quota"`
	Structure  []Structure      `json:"structure,omitempty"`
	Retention  *Retention       `json:"retention,omitempty"`
}

// A Threshold holds the totals that suffice: "[95,)" is met by 95 itself.
type Threshold struct {
	Title string         `json:"title"`
	In    union.Interval `json:"in"`
}

// A Section is a part of the scorecard that must reach a share of its maximum on
// its own: with a maximum of 35 points and a least share of 0.8 it wants 28, and
// 28 itself suffices. Item is the key of the item in the scheme.
type Section struct {
	Item    string       `json:"item"`
	Title   string       `json:"title"`
	Maximum union.Number `json:"maximum"` // above 0, in points
	Least   union.Number `json:"least"`   // a share, from 0 to 1
}

// A Prior asks for a title held before, in a year before that of the edition, or
// in several years running: five in a row with Within 1 are the five years before.
//
// One of the honours Or does as well: a title of the city or above. OfFirm asks
// for a title of the firm where the award is for a team or a person within it.
type Prior struct {
	Honour  string   `json:"honour"`       // a key of the edition's Honours
	Or      []string `json:"or,omitempty"` // keys of honours that do as well
	OfFirm  bool     `json:"of_firm,omitempty"`
	Title   string   `json:"title"`
	Within  int      `json:"within,omitempty"`  // at most so many years before the edition's; 0: any year before
	Running int      `json:"running,omitempty"` // so many years in a row, the last of them within Within; 0: one year
}

// A CoolOff keeps a title from coming again too soon. Exactly one of Years and
// Never is set. With 2 years, a title of 2008 bars 2009 and leaves 2010 free.
type CoolOff struct {
	Title string `json:"title"`
	Years int    `json:"years,omitempty"` // at least 1
	Never bool   `json:"never,omitempty"` // the title is given once only
}

// checkAward returns the course of a nomination, if there is one, and reports,
// joined, what is wrong with the award.
func (e Edition) checkAward(a Award) (union.Procedure, error) {
	var faults union.FaultList
	known(&faults, e.honours, "honour", a.Honour)
	seen := map[string]bool{}
	for i, kind := range a.For {
		where := union.Indexed("for", i)
		known(&faults, e.kinds, where, kind)
		if kind != "" && seen[kind] {
			faults.Add(union.ErrRepeated, where, quote.Key(kind), "a kind once")
		}
		seen[kind] = true
	}
	faults.Given("threshold.title", a.Threshold.Title)
	if a.Threshold.In.Equal(union.Interval{}) {
		faults.Add(union.ErrMissing, "threshold.in", "", "the totals that suffice")
	}
	e.checkParts(&faults, a)
	faults.Within("", a.checkFull())
	if a.Prior != nil {
		faults.Within("prior", e.checkPrior(*a.Prior, a.Honour))
	}
	if a.CoolOff != nil {
		faults.Within("cool_off", checkCoolOff(*a.CoolOff))
	}
	var course union.Procedure
	if a.Nomination != nil {
		var err error
		course, err = checkNomination(*a.Nomination)
		faults.Within("nomination", err)
	}
	if len(a.TieBreaks) > 0 {
		_, err := e.tieBreaks(a)
		faults.Within("tie_breaks", err)
	}
	faults.Within("quota", e.checkQuota(a.Quota))
	faults.Within("", e.checkStructures(a.Structure))
	if a.Retention != nil {
		faults.Given("retention.title", a.Retention.Title)
	}
	return course, faults.Err()
}

// checkParts adds what is wrong with those parts of an award of which there may be
// several.
func (e Edition) checkParts(faults *union.FaultList, a Award) {
	each := func(where string, n int, check func(i int, seen map[string]bool) error) {
		seen := map[string]bool{}
		for i := range n {
			faults.Within(union.Indexed(where, i), check(i, seen))
		}
	}
	each("conditions", len(a.Conditions), func(i int, seen map[string]bool) error {
		var found union.FaultList
		found.Key("key", a.Conditions[i].Key, seen)
		found.Given("title", a.Conditions[i].Title)
		return found.Err()
	})
	each("tariffs", len(a.Tariffs), func(i int, seen map[string]bool) error { return e.checkTariff(a.Tariffs[i], seen) })
	each("sections", len(a.Sections), func(i int, seen map[string]bool) error { return checkSection(a.Sections[i], seen) })
	each("rounds", len(a.Rounds), func(i int, seen map[string]bool) error { return checkRound(a.Rounds[i], seen) })
	each("standards", len(a.Standards), func(i int, seen map[string]bool) error { return e.checkStandard(a.Standards[i], seen) })
	each("vetoes", len(a.Vetoes), func(i int, seen map[string]bool) error { return e.checkVeto(a.Vetoes[i], seen) })
}

// checkFull refuses sections that do not add up to full marks.
func (a Award) checkFull() error {
	switch a.Full.Sign() {
	case 0:
		return nil
	case -1:
		return union.NewFault(union.ErrRange, "full", a.Full.String(), "above 0")
	}
	var sum union.Number
	for _, section := range a.Sections {
		sum = sum.Add(section.Maximum)
	}
	if !sum.Equal(a.Full) {
		return union.NewFault(union.ErrRange, "sections", "maxima that add up to "+sum.String(), a.Full.String())
	}
	return nil
}

// checkPrior also refuses an honour that depends on itself, which nobody could
// ever have for the first time.
func (e Edition) checkPrior(p Prior, honour string) error {
	var faults union.FaultList
	known(&faults, e.honours, "honour", p.Honour)
	if p.Honour != "" && p.Honour == honour && len(p.Or) == 0 && !p.OfFirm {
		faults.Add(union.ErrOrder, "honour", quote.Key(p.Honour), "another than the award gives")
	}
	seen := map[string]bool{p.Honour: true}
	for i, other := range p.Or {
		where := union.Indexed("or", i)
		known(&faults, e.honours, where, other)
		if other != "" && seen[other] {
			faults.Add(union.ErrRepeated, where, quote.Key(other), "another honour")
		}
		seen[other] = true
	}
	faults.Given("title", p.Title)
	if p.Within < 0 {
		faults.Add(union.ErrRange, "within", strconv.Itoa(p.Within), "0 years or more")
	}
	if p.Running < 0 {
		faults.Add(union.ErrRange, "running", strconv.Itoa(p.Running), "0 years or more")
	}
	return faults.Err()
}

// tieBreaks returns the ranking of equal totals.
func (e Edition) tieBreaks(a Award) (assessment.Ranking, error) {
	return assessment.NewRanking(assessment.RankingSpec{Rule: e.spec.Rule, Keys: a.TieBreaks})
}

// checkCircles refuses awards each of which needs the honour of the next, and the
// last that of the first: nobody could ever have any of them.
func (e Edition) checkCircles(faults *union.FaultList) {
	needs := map[string]string{} // by honour, the only one that its only award asks for
	given := map[string]int{}
	for _, award := range e.spec.Awards {
		given[award.Honour]++
	}
	for _, award := range e.spec.Awards {
		if award.Prior != nil && len(award.Prior.Or) == 0 && given[award.Honour] == 1 && award.Prior.Honour != award.Honour {
			needs[award.Honour] = award.Prior.Honour
		}
	}
	for i, award := range e.spec.Awards {
		at, path := award.Honour, award.Honour
		for range needs {
			at = needs[at]
			path += " needs " + at
			if at == award.Honour && at != "" {
				faults.Add(union.ErrOrder, union.Indexed("awards", i)+".prior.honour", path, "an honour that does not depend on itself")
				break
			}
		}
	}
}

func checkSection(s Section, seen map[string]bool) error {
	var faults union.FaultList
	faults.Key("item", s.Item, seen)
	faults.Given("title", s.Title)
	if s.Maximum.Sign() <= 0 {
		faults.Add(union.ErrRange, "maximum", s.Maximum.String(), "above 0")
	}
	if s.Least.Sign() < 0 || s.Least.Cmp(union.Whole(1)) > 0 {
		faults.Add(union.ErrRange, "least", s.Least.String(), "a share from 0 to 1")
	}
	return faults.Err()
}

func checkCoolOff(c CoolOff) error {
	var faults union.FaultList
	faults.Given("title", c.Title)
	switch {
	case c.Years < 0:
		faults.Add(union.ErrRange, "years", strconv.Itoa(c.Years), "1 year or more")
	case (c.Years == 0) != c.Never:
		faults.Add(union.ErrMissing, "years", "", "exactly one of years and never")
	}
	return faults.Err()
}

// known notes a key that is empty or that a list of the edition does not have.
func known(faults *union.FaultList, codes union.Codes, where, key string) {
	faults.Given(where, key)
	_, err := codeOf(codes, key, where)
	faults.Within("", err)
}

// findAward returns the award of a key, and where it stands.
func (e Edition) findAward(key string) (Award, int, error) {
	for i, award := range e.spec.Awards {
		if award.Key == key {
			return award, i, nil
		}
	}
	return Award{}, 0, union.NewFault(union.ErrUnknown, "award", quote.Key(key), "an award of the edition")
}
