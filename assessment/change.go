package assessment

import (
	"cmp"
	"slices"

	"github.com/unioncampaign/union"
)

// A Change is what a changed rule makes of one unit's old record.
type Change struct {
	Unit  string       `json:"unit"`
	From  Score        `json:"from"`
	To    Score        `json:"to"`
	Gains union.Number `json:"gains"` // of the total; below zero it loses
	Rises int          `json:"rises"` // 1 if the grade rises in the order of the new rule's grades, -1 if it falls, 0 if it stays or either is not among them
	Bars  int          `json:"bars"`  // 1 if only the new rule bars the award or closes a gate, -1 if only the old one does, else 0
}

// DryRun judges old records by this scheme and by a changed one, and returns
// those units whose total, grade or verdict is another, in the order of the
// records: who gains, and who loses. It fails where either scheme cannot judge
// the records, within "old" or "changed".
func (s Scheme) DryRun(changed Scheme, group []Record) ([]Change, error) {
	before, err := s.Judge(group)
	if err != nil {
		return nil, union.Within("old", err)
	}
	after, err := changed.Judge(group)
	if err != nil {
		return nil, union.Within("changed", err)
	}
	changes := []Change{}
	for i, from := range before {
		to := after[i]
		change := Change{
			Unit: from.Unit, From: from, To: to,
			Gains: to.Total.Sub(from.Total),
			Rises: changed.rises(from.Grade, to.Grade),
		}
		if from.Verdict.Holds() != to.Verdict.Holds() {
			change.Bars = -1
			if from.Verdict.Holds() {
				change.Bars = 1
			}
		}
		if change.Gains.Sign() != 0 || from.Grade != to.Grade || change.Bars != 0 {
			changes = append(changes, change)
		}
	}
	return changes, nil
}

// rises compares two grades in the order of the scheme's.
func (s Scheme) rises(from, to string) int {
	if s.spec.Grades == nil {
		return 0
	}
	old, made := s.spec.Grades.rungOf(from), s.spec.Grades.rungOf(to)
	if old < 0 || made < 0 {
		return 0
	}
	return cmp.Compare(old, made)
}

// rungOf returns the first rung of a grade; -1: there is none.
func (l Ladder) rungOf(grade string) int {
	return slices.IndexFunc(l.Rungs, func(r Rung) bool { return r.Grade == grade })
}
