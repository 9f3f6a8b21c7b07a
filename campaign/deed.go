package campaign

import (
	"slices"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/internal/quote"
)

// A Deed is the record of one action done, with the kinds of evidence that were
// handed in with it. An action may have several deeds: evidence handed in later is
// a deed of that later day.
type Deed struct {
	Action   string   `json:"action"`             // the key of an action of the plan
	Evidence []string `json:"evidence,omitempty"` // keys of the plan's kinds of evidence
}

func (p *Plan) checkDeed(faults *union.FaultList, deed Deed) {
	p.knownAction(faults, "deed.action", deed.Action)
	p.knownEvidence(faults, "deed.evidence", deed.Evidence)
}

func (p *Plan) knownAction(faults *union.FaultList, where, key string) {
	if _, known := p.home[key]; !known {
		faults.Add(union.ErrUnknown, where, quote.Key(key), "an action of the plan")
	}
}

func (p *Plan) knownEvidence(faults *union.FaultList, where string, kinds []string) {
	for i, kind := range kinds {
		find(faults, p.spec.Evidence, union.Indexed(where, i), kind, "a kind of evidence of the plan")
	}
}

func (d Deed) clone() Deed {
	d.Evidence = slices.Clone(d.Evidence)
	return d
}
