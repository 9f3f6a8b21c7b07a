package campaign

import (
	"slices"

	"github.com/unioncampaign/union"
)

// A TalkDuty says who is owed a talk (谈心), by whom, and how often.
type TalkDuty struct {
	Title string     `json:"title"`
	Ranks []string   `json:"ranks,omitempty"` // with whom; none: every member
	By    []string   `json:"by,omitempty"`    // who must hold it; none: anybody else
	Times int64      `json:"times"`           // at least 1
	Due   union.Date `json:"due,omitzero"`    // zero: at once
}

// A Talk is the record of one talk that one person held with another.
type Talk struct {
	Person string `json:"person"` // with whom
	By     string `json:"by"`     // who held it
}

func (t Talk) check(faults *union.FaultList) {
	faults.Within("talk.person", union.CheckToken(t.Person))
	faults.Within("talk.by", union.CheckToken(t.By))
	if t.Person == t.By && t.By != "" {
		faults.Add(union.ErrActor, "talk.by", "the same person", "another")
	}
}

func (t TalkDuty) clone() TalkDuty {
	t.Ranks, t.By = slices.Clone(t.Ranks), slices.Clone(t.By)
	return t
}
