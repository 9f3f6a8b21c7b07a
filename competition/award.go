package competition

import (
	"strconv"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/internal/quote"
)

// An Award is a title that firms are recommended for, and what it asks of them.
// All that it asks must hold. The wordings are the rule's own and are printed
// beside the reasons.
type Award struct {
	Key       string    `json:"key"`    // unique within its edition
	Title     string    `json:"title"`  // the official wording
	Honour    string    `json:"honour"` // the kind of honour that it gives: a key of the edition's Honours
	Threshold Threshold `json:"threshold"`
	Sections  []Section `json:"sections,omitempty"`
	Vetoes    []Veto    `json:"vetoes,omitempty"`
	Prior     *Prior    `json:"prior,omitempty"`    // nil: no earlier title is asked for
	CoolOff   *CoolOff  `json:"cool_off,omitempty"` // nil: the title may be had again at once
	Quota     int       `json:"quota"`              // how many firms may be recommended, at least 1
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
type Prior struct {
	Honour  string `json:"honour"` // a key of the edition's Honours
	Title   string `json:"title"`
	Within  int    `json:"within,omitempty"`  // at most so many years before the edition's; 0: any year before
	Running int    `json:"running,omitempty"` // so many years in a row, the last of them within Within; 0: one year
}

// A CoolOff keeps a title from coming again too soon. Exactly one of Years and
// Never is set. With 2 years, a title of 2008 bars 2009 and leaves 2010 free.
type CoolOff struct {
	Title string `json:"title"`
	Years int    `json:"years,omitempty"` // at least 1
	Never bool   `json:"never,omitempty"` // the title is given once only
}

func (a Award) clone() Award {
	a.Sections = cloned(a.Sections)
	a.Vetoes = cloned(a.Vetoes)
	for i, veto := range a.Vetoes {
		a.Vetoes[i] = veto.clone()
	}
	if a.Prior != nil {
		prior := *a.Prior
		a.Prior = &prior
	}
	if a.CoolOff != nil {
		coolOff := *a.CoolOff
		a.CoolOff = &coolOff
	}
	return a
}

// checkAward reports, joined, what is wrong with the award.
func (e Edition) checkAward(a Award) error {
	var faults union.FaultList
	known(&faults, e.honours, "honour", a.Honour)
	faults.Given("threshold.title", a.Threshold.Title)
	if a.Threshold.In.Equal(union.Interval{}) {
		faults.Add(union.ErrMissing, "threshold.in", "", "the totals that suffice")
	}
	seen := map[string]bool{}
	for i, section := range a.Sections {
		faults.Within(union.Indexed("sections", i), checkSection(section, seen))
	}
	seen = map[string]bool{}
	for i, veto := range a.Vetoes {
		faults.Within(union.Indexed("vetoes", i), e.checkVeto(veto, seen))
	}
	if a.Prior != nil {
		known(&faults, e.honours, "prior.honour", a.Prior.Honour)
		faults.Given("prior.title", a.Prior.Title)
		if a.Prior.Within < 0 {
			faults.Add(union.ErrRange, "prior.within", strconv.Itoa(a.Prior.Within), "0 years or more")
		}
		if a.Prior.Running < 0 {
			faults.Add(union.ErrRange, "prior.running", strconv.Itoa(a.Prior.Running), "0 years or more")
		}
	}
	if a.CoolOff != nil {
		faults.Within("cool_off", checkCoolOff(*a.CoolOff))
	}
	if a.Quota < 1 {
		faults.Add(union.ErrRange, "quota", strconv.Itoa(a.Quota), "1 firm or more")
	}
	return faults.Err()
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

// findAward returns the award of a key.
func (e Edition) findAward(key string) (Award, error) {
	for _, award := range e.spec.Awards {
		if award.Key == key {
			return award, nil
		}
	}
	return Award{}, union.NewFault(union.ErrUnknown, "award", quote.Key(key), "an award of the edition")
}
