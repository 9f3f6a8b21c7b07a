package competition

import (
	"cmp"
	"slices"
	"strings"

	"github.com/unioncampaign/union"
)

// RecommendationFigures prints a recommendation, where KEY is that of its award,
// in this order:
//
//   - competition.award.KEY.candidates and .eligible: how many there are;
//   - competition.award.KEY.recommended, the firms recommended, by rank. If none
//     is, it is not known where a tie leaves the last place undecided, and not
//     applicable where nobody is eligible;
//   - competition.award.KEY.score, their totals through the rounding of the
//     edition;
//   - competition.award.KEY.refused, everyone not recommended with the reasons,
//     each as "firm：reason；reason";
//   - competition.award.KEY.reserves, who stands by, in order, if anybody does;
//   - competition.award.KEY.structure.KEY for each structure of the award, the share
//     of the list recommended, not known where nobody is;
//   - competition.award.KEY.conflict, the wordings of structures that cannot be met
//     together, if there are such.
//
// It fails with [union.ErrRule] for a recommendation made under another edition
// and with [union.ErrUnknown] for one of an award that the edition does not have.
func (e Edition) RecommendationFigures(r Recommendation) ([]union.Figure, error) {
	if r.Edition != e.id {
		return nil, union.NewFault(union.ErrRule, "recommendation", r.Edition.String(), e.id.String())
	}
	award, _, err := e.findAward(r.Award)
	if err != nil {
		return nil, err
	}
	rule, key := e.spec.Rule, "competition.award."+award.Key
	rule.Title += "：" + award.Title
	list := union.NewFigureList("competition.Edition.RecommendationFigures", rule)
	list.Count(key+".candidates", "申报企业", union.Firms, int64(len(r.Places)), r.inputs()...)
	list.Count(key+".eligible", "符合条件企业", union.Firms, r.eligible(), r.inputs()...)
	r.listRecommended(list, key+".recommended", "推荐单位："+award.Title)
	r.listTotals(list, key+".score", "推荐单位得分", e.spec.Scores)
	list.Text(key+".refused", "未推荐企业及原因", r.refused(), r.inputs()...)
	r.listReserves(list, key+".reserves")
	r.listStructure(list, key, award, e.spec.Rates)
	return list.Figures()
}

// inputs tell what every figure of a recommendation is made of.
func (r Recommendation) inputs() []union.Input {
	inputs := make([]union.Input, 0, len(r.Places)+2)
	for _, place := range r.Places {
		inputs = append(inputs, union.Input{Name: place.Title, Value: place.Total.String() + "分，" + place.outcome()})
	}
	return append(inputs, union.InputOf("推荐名额", int64(r.Quota)), union.Input{Name: "评定日期", Value: r.On.String()})
}

// outcome says in the words of a notice what became of a candidate.
func (p Place) outcome() string {
	switch p.Verdict.Standing {
	case union.Met:
		return "推荐"
	case union.Unknown:
		return "待定"
	default:
		return "未推荐"
	}
}

func (r Recommendation) eligible() int64 {
	count := int64(0)
	for _, place := range r.Places {
		if place.Eligible {
			count++
		}
	}
	return count
}

// absent says why nobody is recommended.
func (r Recommendation) absent() union.Absence {
	if r.eligible() == 0 {
		return union.NotApplicable
	}
	return union.NotKnown
}

func (r Recommendation) listRecommended(list *union.FigureList, key, title string) {
	taken := r.Recommended()
	if len(taken) == 0 {
		list.Absent(key, title, "", r.absent(), r.inputs()...)
		return
	}
	titles := make([]string, len(taken))
	for i, place := range taken {
		titles[i] = place.Title
	}
	list.Text(key, title, titles, r.inputs()...)
}

// listTotals adds the total of one firm recommended as a number, those of several
// as a list.
func (r Recommendation) listTotals(list *union.FigureList, key, title string, rounding union.Rounding) {
	spec := list.Spec(key, title, r.inputs()...)
	spec.Rounding = rounding
	var totals []string
	taken := r.Recommended()
	for _, place := range taken {
		printed, err := rounding.Format(place.Total)
		if err != nil {
			list.Add(union.Figure{}, err)
			return
		}
		totals = append(totals, printed)
		spec.Working.Parts = append(spec.Working.Parts, r.working(place))
	}
	switch len(taken) {
	case 0:
		list.Add(spec.Absent(r.absent()), nil)
	case 1:
		spec.Measure = union.Points
		list.Add(spec.Number(taken[0].Total))
	default:
		spec.Working.Rounding = rounding.Title()
		list.Add(spec.Text(totals...), nil)
	}
}

// listReserves adds who stands by.
func (r Recommendation) listReserves(list *union.FigureList, key string) {
	var standing []Place
	for _, place := range r.Places {
		if place.Reserve > 0 {
			standing = append(standing, place)
		}
	}
	if len(standing) == 0 {
		return
	}
	slices.SortStableFunc(standing, func(a, b Place) int { return cmp.Compare(a.Reserve, b.Reserve) })
	titles := make([]string, len(standing))
	for i, place := range standing {
		titles[i] = place.Title
	}
	list.Text(key, "递补人选", titles, r.inputs()...)
}

// listStructure adds how the list stands by the structures of the award.
func (r Recommendation) listStructure(list *union.FigureList, key string, award Award, rates union.Rounding) {
	titles := []string{}
	for i, each := range award.Structure {
		if slices.Contains(r.Conflict, each.Key) {
			titles = append(titles, each.Title)
		}
		spec := list.Spec(key+".structure."+each.Key, each.Title, r.inputs()...)
		spec.Base, spec.Rounding = "推荐名单", rates
		if i >= len(r.Shares) {
			list.Add(spec.Absent(union.NotKnown), nil)
			continue
		}
		spec.Working.Inputs = append(spec.Working.Inputs, union.Input{Name: "占比", Value: r.Shares[i].Got})
		list.Add(spec.Percent(r.Ratios[i]))
	}
	if len(titles) > 0 {
		list.Text(key+".conflict", "不能同时满足的结构要求", titles, r.inputs()...)
	}
}

// working tells a place's total by the items of the scorecard.
func (r Recommendation) working(p Place) union.Working {
	w := union.Working{Item: p.Title, Result: p.Total.String()}
	for _, item := range r.Items {
		if points, applies := p.Score.Items[item.Key]; applies {
			w.Inputs = append(w.Inputs, union.Input{Name: cmp.Or(item.Title, item.Key), Value: points.String()})
		}
	}
	return w
}

// refused tells of everyone who is not recommended why.
func (r Recommendation) refused() []string {
	var texts []string
	for _, place := range r.Places {
		var reasons []string
		for _, failed := range place.Verdict.Failed() {
			reasons = append(reasons, failed.Rule+inBrackets(failed.Got))
		}
		if len(reasons) > 0 {
			texts = append(texts, place.Title+"："+strings.Join(reasons, "；"))
		}
	}
	return texts
}

// inBrackets writes what was got, if anything is told.
func inBrackets(got string) string {
	if got == "" {
		return ""
	}
	return "（" + got + "）"
}
