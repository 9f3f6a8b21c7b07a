package employment

import (
	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/internal/quote"
)

// A FollowUp is a stage that is asked about some days after the fair: who is at
// work on day 30, who was retained on day 90. Whoever was not asked is not known
// to have left, so the base of its rate may be a stage of those who were asked.
type FollowUp struct {
	Stage string `json:"stage"` // key of a stage of the fair
	Base  string `json:"base"`  // key of the stage that its rate is on
	Days  int    `json:"days"`  // after the last day of the fair: nobody reaches the stage before
}

// readFollowUps looks the follow-ups up, and notes from which day on each stage is
// reached.
func (p *plan) readFollowUps(faults *union.FaultList) {
	p.earliest = make([]union.Date, p.stages.Len()+1)
	for code := range p.earliest {
		p.earliest[code] = p.spec.Days.From()
	}
	if p.stages.Len() == 0 {
		return // it has a fault of its own
	}
	asked := map[string]bool{}
	for i, each := range p.spec.FollowUps {
		where := union.Indexed("follow_ups", i)
		stage, err := p.stages.Find(each.Stage)
		if err != nil || stage == p.registered {
			faults.Add(union.ErrUnknown, where+".stage", quote.Key(each.Stage), "a stage after registration")
		}
		if asked[each.Stage] {
			faults.Add(union.ErrRepeated, where+".stage", quote.Key(each.Stage), "a stage of its own")
		}
		asked[each.Stage] = true
		if _, err := p.stages.Find(each.Base); err != nil || each.Base == each.Stage {
			faults.Add(union.ErrUnknown, where+".base", quote.Key(each.Base), "another stage")
		}
		until, _ := p.spec.Days.Until()
		day, err := until.AddDays(each.Days)
		if err != nil || each.Days < 0 {
			faults.Add(union.ErrRange, where+".days", text(int64(each.Days)), "0 or more, and a day that there is")
			continue
		}
		p.earliest[stage] = day
	}
}

// followUps returns the rates of those whom follow-ups found, on their bases.
func (p *plan) followUps(r Report) (rates []Rate) {
	for _, each := range p.spec.FollowUps {
		stage, _ := p.stages.Find(each.Stage) // NewFair has looked both up
		base, _ := p.stages.Find(each.Base)
		whole := r.Stages[each.Base].Persons
		if base == p.registered {
			whole = r.Seekers
		}
		rates = append(rates, Rate{
			Key: "employment.rate.follow_up." + each.Stage, Title: p.stages.Title(stage) + "率",
			Of: p.stages.Title(stage) + "人数", Base: p.stages.Title(base) + "人数",
			Part: r.Stages[each.Stage].Persons, Whole: whole, Percent: true,
		})
	}
	return rates
}
