package campaign

import (
	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/internal/quote"
)

// A Milestone is an action whose day is a figure of its own, such as the day of
// the mobilisation meeting.
type Milestone struct {
	Key    string `json:"key"`    // its figure is campaign.milestone.<key>
	Title  string `json:"title"`  // the figure's title
	Action string `json:"action"` // the key of an action of the plan
}

// Milestones returns the day of each of the plan's milestones, as known at the
// end of on: the day of the first deed for its action. A milestone not yet
// reached is unknown.
//
// It fails where [Plan.Judge] does on the deeds and the day.
func (p Plan) Milestones(deeds []Deed, on union.Date) ([]union.Figure, error) {
	if err := p.checkDeeds(deeds, on); err != nil {
		return nil, err
	}
	done := deedsByAction(deeds, on)
	sheet := union.NewFigureList("campaign.Plan.Milestones", p.spec.Rule)
	for _, milestone := range p.spec.Milestones {
		at := p.home[milestone.Action]
		action := p.spec.Phases[at.phase].Actions[at.action]
		var day union.Date
		if of := done[action.Key]; len(of) > 0 {
			day = of[0].Day
		}
		sheet.Date("campaign.milestone."+milestone.Key, milestone.Title, day,
			union.Input{Name: "动作", Value: action.Title}, endOf(on))
	}
	return sheet.Figures()
}

func (p *Plan) checkMilestones(faults *union.FaultList) {
	keys := map[string]bool{}
	for i, milestone := range p.spec.Milestones {
		where := union.Indexed("milestones", i)
		faults.Key(where+".key", milestone.Key, keys)
		faults.Given(where+".title", milestone.Title)
		if _, known := p.home[milestone.Action]; !known {
			faults.Add(union.ErrUnknown, where+".action", quote.Key(milestone.Action), "an action of the plan")
		}
	}
}
