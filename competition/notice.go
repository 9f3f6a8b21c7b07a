package competition

import (
	"strings"

	"github.com/unioncampaign/union"
)

// RecommendationFigures prints a recommendation, in this order:
//
//   - competition.candidates, competition.eligible: how many there are;
//   - competition.recommended, the firms recommended, by rank. If none is, it is
//     not known where a tie leaves the last place undecided, and not applicable
//     where nobody is eligible;
//   - competition.recommended.score, their totals through the rounding of the
//     edition;
//   - competition.refused, everyone not recommended with the reasons, each as
//     "firm：reason；reason".
//
// An edition with several awards prints them under the key of the award, as in
// competition.KEY.candidates. It fails with [union.ErrRule] for a
// recommendation made under another edition and with [union.ErrUnknown] for one
// of an award that the edition does not have.
func (e Edition) RecommendationFigures(r Recommendation) ([]union.Figure, error) {
	if r.Edition != e.id {
		return nil, union.NewFault(union.ErrRule, "recommendation", r.Edition.String(), e.id.String())
	}
	award, err := e.findAward(r.Award)
	if err != nil {
		return nil, err
	}
	n := notice{Recommendation: r, award: award, prefix: "competition."}
	if len(e.spec.Awards) > 1 {
		n.prefix += award.Key + "."
	}
	totals, err := n.totals(e.spec.Scores)
	if err != nil {
		return nil, err
	}
	return []union.Figure{
		n.count("candidates", "申报企业", len(r.Places)),
		n.count("eligible", "符合条件企业", n.eligible()),
		n.recommended(),
		totals,
		n.refused(),
	}, nil
}

// A notice is a recommendation on its way to print.
type notice struct {
	Recommendation
	award  Award
	prefix string
}

func (n notice) spec(key, title, result string) union.FigureSpec {
	var inputs []union.Input
	for _, place := range n.Places {
		inputs = append(inputs, union.Input{Name: place.Title, Value: place.Total.String() + " " + place.Verdict.Standing.String()})
	}
	inputs = append(inputs, union.Input{Name: "推荐名额", Value: whole(n.Quota)}, union.Input{Name: "on", Value: n.On.String()})
	return union.FigureSpec{
		Key: n.prefix + key, Title: title, By: "competition.Edition.RecommendationFigures",
		Working: union.Working{Item: title, Rule: n.award.Title, Inputs: inputs, Result: result},
	}
}

func (n notice) count(key, title string, firms int) union.Figure {
	spec := n.spec(key, title, whole(firms)+string(union.Firms))
	spec.Measure = union.Firms
	return spec.Count(int64(firms))
}

func (n notice) eligible() int {
	count := 0
	for _, place := range n.Places {
		if place.Eligible {
			count++
		}
	}
	return count
}

// absent says why nobody is recommended.
func (n notice) absent() union.Absence {
	if n.eligible() == 0 {
		return union.NotApplicable
	}
	return union.NotKnown
}

func (n notice) recommended() union.Figure {
	var titles []string
	for _, place := range n.Recommended() {
		titles = append(titles, place.Title)
	}
	spec := n.spec("recommended", "推荐单位："+n.award.Title, strings.Join(titles, "、"))
	if len(titles) == 0 {
		spec.Working.Result = n.absent().String()
		return spec.Absent(n.absent())
	}
	return spec.Text(titles...)
}

func (n notice) totals(rounding union.Rounding) (union.Figure, error) {
	var totals []string
	taken := n.Recommended()
	for _, place := range taken {
		printed, err := rounding.Format(place.Total)
		if err != nil {
			return union.Figure{}, err
		}
		totals = append(totals, printed)
	}
	spec := n.spec("recommended.score", "推荐单位得分", strings.Join(totals, "、"))
	spec.Rounding = rounding
	spec.Working.Rounding = rounding.String()
	for _, place := range taken {
		spec.Working.Parts = append(spec.Working.Parts, place.working())
	}
	switch len(taken) {
	case 0:
		spec.Working.Result = n.absent().String()
		return spec.Absent(n.absent()), nil
	case 1:
		spec.Measure = union.Points
		return spec.Number(taken[0].Total)
	}
	return spec.Text(totals...), nil
}

// working tells a place's total by the items of its scorecard.
func (p Place) working() union.Working {
	w := union.Working{Item: p.Title, Result: p.Total.String()}
	for _, item := range sortedKeys(p.Score.Items) {
		w.Inputs = append(w.Inputs, union.Input{Name: item, Value: p.Score.Items[item].String()})
	}
	return w
}

func (n notice) refused() union.Figure {
	var texts []string
	for _, place := range n.Places {
		var reasons []string
		for _, failed := range place.Verdict.Failed() {
			reasons = append(reasons, failed.Rule+failedBy(failed))
		}
		if len(reasons) > 0 {
			texts = append(texts, place.Title+"："+strings.Join(reasons, "；"))
		}
	}
	spec := n.spec("refused", "未推荐企业及原因", whole(len(texts))+string(union.Firms))
	if len(texts) == 0 {
		return spec.Absent(union.NotApplicable)
	}
	return spec.Text(texts...)
}

// failedBy writes what was got in brackets, if anything is told.
func failedBy(failed union.Finding) string {
	if failed.Got == "" {
		return ""
	}
	return "（" + failed.Got + "）"
}
