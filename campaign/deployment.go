package campaign

import (
	"slices"
	"strconv"
	"strings"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/internal/quote"
)

// largestRemainder is the one way of dividing a staff that is not divisible.
const largestRemainder = "largest remainder"

// A DeploymentRule says where a staff is sent. Its way of dividing is named, since a
// staff is seldom divisible by the weights: "largest remainder", and of equal
// remainders the earlier part.
type DeploymentRule struct {
	By     string `json:"by"` // "largest remainder"
	Parts  []Part `json:"parts"`
	Months int    `json:"months,omitempty"` // after how many the staff changes places (轮换); 0: it does not
}

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

// A Turn is one span of a rotation: who is where in it. It is a result.
type Turn struct {
	Window union.Period `json:"window"`
	Places [][]string   `json:"places"` // by part, the tokens of those sent there
}

func (p *Plan) checkDeployment(faults *union.FaultList) {
	if p.spec.Deployment == nil {
		return
	}
	rule := *p.spec.Deployment
	if rule.By != largestRemainder {
		faults.Add(union.ErrUnknown, "deployment.by", quote.Key(rule.By), largestRemainder)
	}
	if rule.Months < 0 {
		faults.Add(union.ErrRange, "deployment.months", strconv.Itoa(rule.Months), "0 or more")
	}
	keys := map[string]bool{}
	weights := make([]int64, len(rule.Parts))
	for i, part := range rule.Parts {
		where := union.Indexed("deployment.parts", i)
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
	if p.spec.Deployment == nil {
		return Deployment{}, union.NewFault(union.ErrUnknown, "deployment", "", "a plan with a deployment")
	}
	if staff < 0 {
		return Deployment{}, union.NewFault(union.ErrRange, "staff", strconv.FormatInt(staff, 10), "at least 0")
	}
	parts := p.spec.Deployment.Parts
	weights := make([]int64, len(parts))
	for i, part := range parts {
		weights[i] = part.Weight
	}
	split, err := union.Apportion(staff, weights...)
	if err != nil {
		return Deployment{}, err
	}
	return Deployment{
		Staff: staff, Parts: slices.Clone(parts),
		Counts: split.Parts, Tied: split.Tied, rule: p.spec.Rule,
	}, nil
}

// Rotate says who of a staff, given by their tokens in order, is where in each span of
// the plan's months that begins within a window. In every span the parts have as many
// as [Plan.Deploy] gives them. From span to span all step on by the same number of
// places: the least that is at least the number of persons in the first part, and by
// which everybody has come to every part equally often once all are back where they
// began.
//
// It reports the first of
//   - [union.ErrUnknown], if the plan deploys nobody;
//   - [union.ErrUnknown], if the plan's staff does not change places;
//   - [union.ErrMissing], for a window without a last day;
//   - what [NewRoster] reports of a staff of nobody, and of a token that is none or
//     given twice.
func (p Plan) Rotate(staff []string, within union.Period) ([]Turn, error) {
	deployed, err := p.Deploy(int64(len(staff)))
	if err != nil {
		return nil, err
	}
	months := p.spec.Deployment.Months
	if months == 0 {
		return nil, union.NewFault(union.ErrUnknown, "deployment.months", "", "a plan whose staff changes places")
	}
	until, closed := within.Until()
	if !closed {
		return nil, union.NewFault(union.ErrMissing, "within", within.String(), "a period with a last day")
	}
	members := make([]Member, len(staff))
	for i, person := range staff {
		members[i] = Member{Person: person}
	}
	if _, err := NewRoster(members); err != nil {
		return nil, err
	}
	step := deployed.step()
	var turns []Turn
	for nth := 0; ; nth++ {
		from, there := monthsAfter(within.From(), nth*months)
		if !there || from.After(until) {
			return turns, nil
		}
		last := until
		if next, there := monthsAfter(within.From(), (nth+1)*months); there && !next.After(until) {
			last, _ = next.AddDays(-1) // after from
		}
		window, _ := union.NewPeriod(from, last) // in order
		turn := Turn{Window: window}
		at := nth * step
		for _, count := range deployed.Counts {
			var sent []string
			for range count {
				sent = append(sent, staff[at%len(staff)])
				at++
			}
			turn.Places = append(turn.Places, sent)
		}
		turns = append(turns, turn)
	}
}

// monthsAfter returns the day so many months after another, and false beyond the end of
// the calendar.
func monthsAfter(day union.Date, months int) (union.Date, bool) {
	after, err := day.AddMonths(months)
	return after, err == nil
}

// step returns by how many places a staff steps on. Whoever begins so many places apart
// as the greatest common divisor of step and staff goes the same round, so that the round
// is fair if that divides the number of every part.
func (d Deployment) step() int {
	step := max(d.Counts[0], 1)
	for ; ; step++ { // one less than the staff will do
		common := divisor(step, d.Staff)
		if !slices.ContainsFunc(d.Counts, func(n int64) bool { return n%common != 0 }) {
			return int(step)
		}
	}
}

// divisor returns the greatest common divisor of two numbers above 0.
func divisor(a, b int64) int64 {
	for b > 0 {
		a, b = b, a%b
	}
	return a
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

func (d DeploymentRule) clone() DeploymentRule {
	d.Parts = slices.Clone(d.Parts)
	return d
}
