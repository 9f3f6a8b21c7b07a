package campaign

import (
	"slices"

	"github.com/unioncampaign/union"
)

// A Team (志愿服务队) is made up of members by their speciality. It is named by the ID
// of its entry.
type Team struct {
	Title      string   `json:"title"`
	Speciality string   `json:"speciality"` // a term of the plan's specialities
	Members    []string `json:"members"`    // their tokens, each once
}

// A Service is the record of what one person did on one day of voluntary labour.
type Service struct {
	Person string       `json:"person"`
	Team   string       `json:"team,omitempty"` // the ID of the entry of a team; empty: with none
	Hours  union.Number `json:"hours"`          // more than 0
	Points union.Number `json:"points"`         // 0 or more
}

func (p *Plan) checkTeam(faults *union.FaultList, team Team) {
	faults.Given("team.title", team.Title)
	var list union.CodesSpec
	if p.spec.ServiceDay != nil {
		list = p.spec.ServiceDay.Specialities
	}
	find(faults, list, "team.speciality", team.Speciality, "a speciality of the plan")
	if len(team.Members) == 0 {
		faults.Add(union.ErrMissing, "team.members", "", "at least one")
	}
	for i, member := range team.Members {
		where := union.Indexed("team.members", i)
		faults.Within(where, union.CheckToken(member))
		if slices.Contains(team.Members[:i], member) {
			faults.Add(union.ErrRepeated, where, "", "each member once")
		}
	}
}

func (p *Plan) checkService(faults *union.FaultList, service Service) {
	if p.spec.ServiceDay == nil {
		faults.Add(union.ErrUnknown, "service", "", "a plan with a service day")
	}
	faults.Within("service.person", union.CheckToken(service.Person))
	if service.Hours.Sign() <= 0 {
		faults.Add(union.ErrRange, "service.hours", service.Hours.String(), "more than 0")
	}
	if service.Points.Sign() < 0 {
		faults.Add(union.ErrRange, "service.points", service.Points.String(), "0 or more")
	}
}

func (t Team) clone() Team {
	t.Members = slices.Clone(t.Members)
	return t
}
