package assessment

import "github.com/unioncampaign/union"

// A GoalCard is the card of one unit under goal management (目标管理卡): its
// goals, the facts of vetoes, and the log of the steps it has been through. It
// is made by [GoalRule.Card].
type GoalCard struct {
	Unit  string    `json:"unit"` // the caller's token of the unit
	Goals []Goal    `json:"goals"`
	Facts []string  `json:"facts,omitempty"` // the facts of vetoes that occurred
	Log   union.Log `json:"-"`
}

// A Goal is one line of a card. What the unit declares that it has done is kept
// beside what the review verified; only what is verified is scored.
type Goal struct {
	Key           string        `json:"key"` // of the Given item of the scheme that scores it
	Title         string        `json:"title"`
	Measure       union.Measure `json:"measure,omitempty"`
	Target        union.Number  `json:"target"`
	Declared      *union.Number `json:"declared,omitempty"`       // nil: not declared yet
	Verified      *union.Number `json:"verified,omitempty"`       // nil: not verified yet, which is not zero
	NotApplicable string        `json:"not_applicable,omitempty"` // why the goal does not apply; empty: it does
}
