package campaign

import (
	"slices"
	"strings"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/internal/quote"
)

// A Waiver (豁免) says that an action need not be done, why, and on whose authority.
type Waiver struct {
	Action string `json:"action"`
	Reason string `json:"reason"`
	By     string `json:"by"`   // the token or office of who waives it
	Role   string `json:"role"` // one of the roles that the plan lets waive
}

func (p *Plan) checkWaiver(faults *union.FaultList, waiver Waiver) {
	p.knownAction(faults, "waiver.action", waiver.Action)
	faults.Given("waiver.reason", waiver.Reason)
	faults.Given("waiver.by", waiver.By)
	if !slices.Contains(p.spec.Waiving, waiver.Role) {
		want := "a plan that lets somebody waive"
		if len(p.spec.Waiving) > 0 {
			want = strings.Join(p.spec.Waiving, " or ")
		}
		faults.Add(union.ErrActor, "waiver.role", quote.Key(waiver.Role), want)
	}
}
