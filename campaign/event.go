package campaign

import (
	"slices"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/internal/quote"
)

// What an event may be of.
const (
	ofPlan    = "plan"
	ofPhase   = "phase"
	ofIssue   = "issue"
	ofPromise = "promise"
)

// An Event is one thing that happened in the course of the plan itself, of a phase,
// of an issue or of a promise, as the procedure of these asks for it.
type Event struct {
	Of       string   `json:"of"`                 // "plan", "phase", "issue" or "promise"
	Key      string   `json:"key,omitempty"`      // the phase's key, or the ID of the entry of the issue or the promise; empty of the plan
	Event    string   `json:"event"`              // the key of an event of the procedure
	By       string   `json:"by,omitempty"`       // the token or office of who did it
	Role     string   `json:"role,omitempty"`     // in which, as the procedure names those who may
	Evidence []string `json:"evidence,omitempty"` // keys of the plan's kinds of evidence
	Reason   string   `json:"reason,omitempty"`
	Gaps     []string `json:"gaps,omitempty"`      // of a phase that is sent back: the actions and thresholds to be made up
	Owner    string   `json:"owner,omitempty"`     // of an issue: who answers for it from now on
	CoOwners []string `json:"co_owners,omitempty"` // and who with him, or with the owner that there is
}

// inLog returns the event as a log of its procedure holds it.
func (e Event) inLog(entry *Entry) union.Event {
	return union.Event{
		ID: entry.ID, Event: e.Event, On: entry.On, By: e.By, Role: e.Role, Evidence: e.Evidence, Reason: e.Reason,
	}
}

// subject names what the event is of.
func (e Event) subject() string {
	if e.Key == "" {
		return e.Of
	}
	return e.Of + " " + e.Key
}

func (p *Plan) checkEvent(faults *union.FaultList, event Event) {
	switch event.Of {
	case ofPlan:
		if event.Key != "" {
			faults.Add(union.ErrUnknown, "event.key", quote.Key(event.Key), "no key, since there is one plan")
		}
	case ofPhase:
		if !p.hasPhase(event.Key) {
			faults.Add(union.ErrUnknown, "event.key", quote.Key(event.Key), "a phase of the plan")
		}
	case ofIssue, ofPromise: // whose entries the journal is asked for
	case "":
		faults.Add(union.ErrMissing, "event.of", "", wantOf)
	default:
		faults.Add(union.ErrUnknown, "event.of", quote.Key(event.Of), wantOf)
	}
	if len(event.Gaps) > 0 && (event.Of != ofPhase || p.spec.Gate == nil || !slices.Contains(p.spec.Gate.Returns, event.Event)) {
		faults.Add(union.ErrUnknown, "event.gaps", "", "an event that sends a phase back")
	}
	if event.Of != ofIssue && (event.Owner != "" || len(event.CoOwners) > 0) {
		faults.Add(union.ErrUnknown, "event.owner", "", "an event of an issue")
	}
	p.knownEvidence(faults, "event.evidence", event.Evidence)
}

const wantOf = "plan, phase, issue or promise"

func (e Event) clone() Event {
	e.Evidence, e.Gaps, e.CoOwners = slices.Clone(e.Evidence), slices.Clone(e.Gaps), slices.Clone(e.CoOwners)
	return e
}
