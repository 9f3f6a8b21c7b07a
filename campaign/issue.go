package campaign

import (
	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/internal/quote"
)

// An Issue (问题) is a shortcoming that a phase's look-back brings up: what, how
// it came to light, on which day, who answers for it and what is to be done.
type Issue struct {
	Key    string     `json:"key"`   // unique among the issues
	Title  string     `json:"title"` // what is wrong
	Phase  string     `json:"phase"` // the key of the phase whose look-back it belongs to
	Source string     `json:"source"`
	Found  union.Date `json:"found"`
	Owner  string     `json:"owner,omitempty"`  // the office or the token of the person who answers for it
	Remedy string     `json:"remedy,omitempty"` // what is to be done about it
}

// checkIssues reports, joined, the faults of issues.
func (p Plan) checkIssues(issues []Issue) error {
	var faults union.FaultList
	keys := map[string]bool{}
	for i, issue := range issues {
		where := union.Indexed("issues", i)
		faults.Key(where+".key", issue.Key, keys)
		faults.Given(where+".title", issue.Title)
		if _, known := p.Phase(issue.Phase); !known {
			faults.Add(union.ErrUnknown, where+".phase", quote.Key(issue.Phase), "a phase of the plan")
		}
		p.spec.Sources.find(&faults, where+".source", issue.Source, "a source of the plan")
		if issue.Found.IsZero() {
			faults.Add(union.ErrMissing, where+".found", "", "the day it was found")
		}
	}
	return faults.Err()
}
