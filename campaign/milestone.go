package campaign

import (
	"errors"
	"fmt"

	"github.com/unioncampaign/union"
)

// A Milestone is an action whose day is a figure of its own, such as the day of
// the mobilisation meeting.
type Milestone struct {
	Key    string `json:"key"`    // its figure is campaign.<key>.day
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
	sheet := page{by: "campaign.Plan.Milestones", rule: p.spec.Title}
	for _, milestone := range p.spec.Milestones {
		at := p.home[milestone.Action]
		action := p.spec.Phases[at.phase].Actions[at.action]
		var day union.Date
		if of := done[action.Key]; len(of) > 0 {
			day = of[0].Day
		}
		sheet.date("campaign."+milestone.Key+".day", milestone.Title, day,
			input("动作", action.Title), input("截至", on.String()))
	}
	return sheet.figures()
}

func (p *Plan) checkMilestones() error {
	var faults []error
	keys := newFigureKeys()
	for i, milestone := range p.spec.Milestones {
		where := fmt.Sprintf("milestones[%d]", i)
		faults = append(faults,
			keys.check(where+".key", milestone.Key),
			checkTitle(where+".title", milestone.Title))
		if _, known := p.home[milestone.Action]; !known {
			faults = append(faults,
				union.NewFault(union.ErrUnknown, where+".action", quote(milestone.Action), "an action of the plan"))
		}
	}
	return errors.Join(faults...)
}
