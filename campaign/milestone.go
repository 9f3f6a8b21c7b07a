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
// It reports the first of
//   - [union.ErrRule], for a journal that is not the plan's;
//   - [union.ErrMissing], for a zero on.
func (p Plan) Milestones(j Journal, on union.Date) ([]union.Figure, error) {
	if err := p.mayLook(j, on); err != nil {
		return nil, err
	}
	v := p.look(j, on)
	sheet := union.NewFigureList("campaign.Plan.Milestones", p.spec.Rule)
	for _, milestone := range p.spec.Milestones {
		at := p.home[milestone.Action]
		action := p.spec.Phases[at.phase].Actions[at.action]
		var day union.Date
		if deeds := v.deeds[at.nth]; len(deeds) > 0 {
			day = deeds[0].On
		}
		sheet.Date("campaign.milestone."+milestone.Key, milestone.Title, day,
			union.Input{Name: "动作", Value: action.Title}, endOf(on))
	}
	return sheet.Figures()
}

// endOf tells the day at whose end a figure stands.
func endOf(on union.Date) union.Input { return union.Input{Name: "截至", Value: on.String()} }

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
