package campaign

import (
	"slices"
	"strconv"
	"strings"

	"github.com/unioncampaign/union"
)

// A Part is one part of a deployment: where staff are sent, and its weight. Three
// parts of weight 1 are a deployment in thirds (三个三分之一).
type Part struct {
	Key    string `json:"key"` // its figure is campaign.deployment.<key>
	Title  string `json:"title"`
	Weight int64  `json:"weight"`
}

// A Deployment says how many of a staff go to each part of the plan. It is a
// result. The zero Deployment deploys nobody.
type Deployment struct {
	Staff  int64   `json:"staff"`
	Parts  []Part  `json:"parts"`
	Counts []int64 `json:"counts"`         // in the order of Parts; they sum to Staff
	Tied   []int   `json:"tied,omitempty"` // places of parts that had equal claims to a person left over
	rule   union.Rule
}

func (p *Plan) checkDeployment(faults *union.FaultList) {
	if len(p.spec.Deployment) == 0 {
		return
	}
	keys := map[string]bool{}
	weights := make([]int64, len(p.spec.Deployment))
	for i, part := range p.spec.Deployment {
		where := union.Indexed("deployment", i)
		faults.Key(where+".key", part.Key, keys)
		faults.Given(where+".title", part.Title)
		if part.Weight < 0 {
			faults.Add(union.ErrRange, where+".weight", strconv.FormatInt(part.Weight, 10), "at least 0")
		}
		weights[i] = max(part.Weight, 0) // one below zero is reported already
	}
	_, err := union.Apportion(0, weights...)
	faults.Within("deployment", err)
}

// Deploy divides a staff among the parts of the plan's deployment by their
// weights, as [union.Apportion] does: whole persons that sum to the staff, those
// left over to the largest remainders, and of equal remainders to the earlier
// part, which is then reported as tied.
//
// It reports the first of
//   - [union.ErrUnknown], if the plan deploys nobody;
//   - [union.ErrRange], for a staff below zero.
func (p Plan) Deploy(staff int64) (Deployment, error) {
	if len(p.spec.Deployment) == 0 {
		return Deployment{}, union.NewFault(union.ErrUnknown, "deployment", "", "a plan with a deployment")
	}
	if staff < 0 {
		return Deployment{}, union.NewFault(union.ErrRange, "staff", strconv.FormatInt(staff, 10), "at least 0")
	}
	weights := make([]int64, len(p.spec.Deployment))
	for i, part := range p.spec.Deployment {
		weights[i] = part.Weight
	}
	split, err := union.Apportion(staff, weights...)
	if err != nil {
		return Deployment{}, err
	}
	return Deployment{
		Staff: staff, Parts: slices.Clone(p.spec.Deployment),
		Counts: split.Parts, Tied: split.Tied, rule: p.spec.Rule,
	}, nil
}

// Figures returns the count of each part, in the order of the plan. Their working
// says where a tie was settled by that order.
//
// The error is nil: persons are whole already.
func (d Deployment) Figures() ([]union.Figure, error) {
	sheet := union.NewFigureList("campaign.Deployment.Figures", d.rule)
	var tied, weights []string
	for _, part := range d.Parts {
		weights = append(weights, strconv.FormatInt(part.Weight, 10))
	}
	for _, at := range d.Tied {
		tied = append(tied, d.Parts[at].Title)
	}
	for i, part := range d.Parts {
		inputs := []union.Input{
			union.InputOf("机关干部人数", d.Staff),
			union.InputOf("权数", part.Weight),
			{Name: "各部分权数", Value: strings.Join(weights, "、")},
		}
		if slices.Contains(d.Tied, i) {
			inputs = append(inputs, union.Input{Name: "余数相同，按方案所列先后", Value: strings.Join(tied, "、")})
		}
		sheet.Count("campaign.deployment."+part.Key, part.Title, union.Persons, d.Counts[i], inputs...)
	}
	return sheet.Figures()
}
