package aid

import "github.com/unioncampaign/union"

// A Gap is where two figures that should be one are two: a bank's list and the list
// of donors, a county's figure and the sum of its towns', a printed total and the
// sum of its printed lines. It names the gap and mends nothing.
type Gap struct {
	Where string       `json:"where"`
	Rule  string       `json:"rule"` // what should hold
	Got   union.Number `json:"got"`  // as printed, or as the other list has it
	Want  union.Number `json:"want"` // as the lines sum up, or as the own list has it
	// Rounded says that exact figures which agree may be printed like this, each
	// rounded by itself.
	Rounded bool `json:"rounded,omitempty"`
}

// Size returns how far the one is from the other: below zero if what is got is
// less.
func (g Gap) Size() union.Number { return g.Got.Sub(g.Want) }

// Finding returns the gap as a finding.
func (g Gap) Finding() union.Finding {
	return union.Finding{Where: g.Where, Rule: g.Rule, Got: g.Got.String(), Want: g.Want.String()}
}

// String returns the gap in one line, with its size and whether rounding explains
// it.
func (g Gap) String() string {
	text := g.Finding().String() + ", a gap of " + g.Size().String()
	if g.Rounded {
		text += " that rounding leaves open"
	}
	return text
}
