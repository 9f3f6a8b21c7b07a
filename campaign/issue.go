package campaign

import (
	"slices"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/internal/quote"
)

// An Issue (问题) is a shortcoming that a phase brings up: what, how it came to
// light, who answers for it, by when, and what is to be done. It is named by the ID
// of its entry, and found on that day.
type Issue struct {
	Title    string     `json:"title"`               // what is wrong
	Phase    string     `json:"phase"`               // the key of the phase whose look-back it belongs to
	Source   string     `json:"source"`              // the key of a source of the plan
	Kind     string     `json:"kind,omitempty"`      // a term of the plan's list of kinds; empty: not told
	Within   string     `json:"within,omitempty"`    // the ID of the entry of the issue that it is a part of, which is a part of none
	Owner    string     `json:"owner,omitempty"`     // the office or the token of the person who answers for it (责任人)
	CoOwners []string   `json:"co_owners,omitempty"` // who answers with him (协办)
	Deadline string     `json:"deadline,omitempty"`  // the key of a class of deadlines
	Due      union.Date `json:"due,omitzero"`        // a day of its own, in place of that of its class; zero: that of its class
	Evidence []string   `json:"evidence,omitempty"`  // the kinds of evidence that must have come before it is closed
	Remedy   string     `json:"remedy,omitempty"`    // what is to be done about it
}

func (p *Plan) checkIssue(faults *union.FaultList, issue Issue, found union.Date) {
	faults.Given("issue.title", issue.Title)
	if !p.hasPhase(issue.Phase) {
		faults.Add(union.ErrUnknown, "issue.phase", quote.Key(issue.Phase), "a phase of the plan")
	}
	find(faults, p.spec.Sources, "issue.source", issue.Source, "a source of the plan")
	p.knownKind(faults, "issue.kind", issue.Kind)
	p.knownEvidence(faults, "issue.evidence", issue.Evidence)
	for i, each := range issue.CoOwners {
		where := union.Indexed("issue.co_owners", i)
		faults.Given(where, each)
		if each != "" && (each == issue.Owner || slices.Contains(issue.CoOwners[:i], each)) {
			faults.Add(union.ErrRepeated, where, "", "each once")
		}
	}
	if issue.Deadline != "" {
		var rule Rectification
		if p.spec.Rectification != nil {
			rule = *p.spec.Rectification
		}
		if _, known := rule.deadline(issue.Deadline); !known {
			faults.Add(union.ErrUnknown, "issue.deadline", quote.Key(issue.Deadline), "a class of deadlines of the plan")
		}
	}
	if !issue.Due.IsZero() && issue.Due.Before(found) {
		faults.Add(union.ErrOrder, "issue.due", issue.Due.String(), "on or after "+found.String())
	}
}

// knownKind notes a kind that the plan's kinds of issues do not have.
func (p *Plan) knownKind(faults *union.FaultList, where, kind string) {
	if kind == "" {
		return
	}
	find(faults, p.issueKinds(), where, kind, "a kind of issue of the plan")
}

// issueKinds returns the list of kinds of issues; none if there is none.
func (p *Plan) issueKinds() union.CodesSpec {
	if p.spec.Rectification == nil {
		return union.CodesSpec{}
	}
	return p.list(p.spec.Rectification.Kinds)
}

// list returns the one of the plan's lists with the key.
func (p *Plan) list(key string) union.CodesSpec {
	for _, list := range p.spec.Lists {
		if list.Key == key {
			return list
		}
	}
	return union.CodesSpec{}
}

// handOver says who answers for the issue after an event: whom it names, and those
// with him. One that names only those leaves the issue with whom it was.
func (i *Issue) handOver(event Event) {
	if event.Owner == "" && len(event.CoOwners) == 0 {
		return
	}
	if event.Owner != "" {
		i.Owner = event.Owner
	}
	i.CoOwners = slices.Clone(event.CoOwners)
}

func (i Issue) clone() Issue {
	i.CoOwners, i.Evidence = slices.Clone(i.CoOwners), slices.Clone(i.Evidence)
	return i
}
