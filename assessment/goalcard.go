package assessment

import (
	"slices"

	"github.com/unioncampaign/union"
)

// A GoalCard is the card of one unit under goal management (目标管理卡): its
// goals, the facts of vetoes, and the log of the steps it has been through. It
// is made by [GoalRule.Card].
type GoalCard struct {
	Unit  string            `json:"unit"`         // the caller's token of the unit
	In    map[string]string `json:"in,omitempty"` // the unit's value of each grouping of the scheme: its class, its superior
	Goals []Goal            `json:"goals"`
	Facts []string          `json:"facts,omitempty"` // the facts of vetoes that occurred
	Log   union.Log         `json:"-"`
}

// A Goal is one line of a card. What the unit declares that it has done is kept
// beside what the review verified; only what is verified is scored.
type Goal struct {
	Key           string        `json:"key"` // of the Given item of the scheme that scores it; with "-target" that of its target
	Title         string        `json:"title"`
	Measure       union.Measure `json:"measure,omitempty"`
	Target        union.Number  `json:"target"`
	Declared      *union.Number `json:"declared,omitempty"`       // nil: not declared yet
	Verified      *union.Number `json:"verified,omitempty"`       // nil: not verified yet, which is not zero
	NotApplicable string        `json:"not_applicable,omitempty"` // why the goal does not apply; empty: it does
}

// figureKey returns the key of the figure of the goal's points.
func (g Goal) figureKey() string { return "assessment.goal.points." + g.Key }

// inputs returns what the goal's points are worked out from, after the inputs
// that it shares with the other goals of its card.
func (g Goal) inputs(shared []union.Input) []union.Input {
	return append(slices.Clone(shared),
		union.Input{Name: "目标数", Value: g.Target.String() + string(g.Measure)},
		union.Input{Name: "申报数", Value: g.told(g.Declared)},
		union.Input{Name: "核定数", Value: g.told(g.Verified)})
}

// told returns a figure in the goal's measure that may not be known.
func (g Goal) told(n *union.Number) string {
	if n == nil {
		return unknown
	}
	return n.String() + string(g.Measure)
}
