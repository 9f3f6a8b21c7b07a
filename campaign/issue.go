package campaign

import (
	"errors"
	"fmt"

	"github.com/unioncampaign/union"
)

// An Issue (问题) is a shortcoming that a phase's look-back brings up: what, how
// it came to light, on which day, who answers for it and what is to be done.
type Issue struct {
	Key     string     `json:"key"`   // unique among the issues
	Title   string     `json:"title"` // what is wrong
	Phase   string     `json:"phase"` // the key of the phase whose look-back it belongs to
	Source  string     `json:"source"`
	Found   union.Date `json:"found"`
	Owner   string     `json:"owner,omitempty"`   // the office or the token of the person who answers for it
	Measure string     `json:"measure,omitempty"` // what is to be done about it
}

// checkIssues reports, joined, the faults of issues.
func (p Plan) checkIssues(issues []Issue) error {
	var faults []error
	keys := keyring{}
	for i, issue := range issues {
		where := fmt.Sprintf("issues[%d]", i)
		faults = append(faults, keys.check(where+".key", issue.Key), checkTitle(where+".title", issue.Title))
		if _, known := p.Phase(issue.Phase); !known {
			faults = append(faults,
				union.NewFault(union.ErrUnknown, where+".phase", quote(issue.Phase), "a phase of the plan"))
		}
		if _, err := p.sources.Find(issue.Source); err != nil {
			faults = append(faults,
				union.NewFault(union.ErrUnknown, where+".source", quote(issue.Source), "a source of the plan"))
		}
		if issue.Found.IsZero() {
			faults = append(faults, union.NewFault(union.ErrMissing, where+".found", "", "the day it was found"))
		}
	}
	return errors.Join(faults...)
}
