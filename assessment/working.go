package assessment

import (
	"slices"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/internal/quote"
)

// Working returns how the score of one unit of a group came about: the total as
// printed, with the working of every item in the scheme's order. It is made on
// demand, from the same records that the group was judged by.
//
// It fails where [Scheme.Judge] does, and with [union.ErrUnknown] for a unit
// that is not in the group.
func (s Scheme) Working(group []Record, unit string) (union.Working, error) {
	scores, err := s.Judge(group)
	if err != nil {
		return union.Working{}, err
	}
	for i, record := range group {
		if record.Unit == unit {
			return s.working(record, scores[i])
		}
	}
	return union.Working{}, union.NewFault(union.ErrUnknown, "unit", quote.Key(unit), "a unit of the group")
}

// What a working says of what has no figure.
const (
	unknown      = "不详"
	inapplicable = "不适用"
)

func (s Scheme) working(record Record, score Score) (union.Working, error) {
	var parts []union.Working
	marks, err := s.marks(record, &parts)
	if err != nil {
		return union.Working{}, err
	}
	result, err := s.printed(score.Total)
	if err != nil {
		return union.Working{}, err
	}
	whole := union.Working{
		Item:     s.spec.Title + " " + record.Unit,
		Rule:     s.spec.Source,
		Rounding: s.spec.Print.Title(),
		Result:   result,
		Inputs:   s.explainScore(record, score, marks),
		Parts:    parts,
	}
	if score.Grade != "" {
		whole.Result += " " + s.GradeTitle(score.Grade)
	}
	return whole, nil
}

// explainScore says what the total and the grade were made of: gates, vetoes and
// the grade before any veto lowers it.
func (s Scheme) explainScore(record Record, score Score, marks []mark) []union.Input {
	inputs := []union.Input{{Name: s.spec.Items[s.total].name(), Value: score.Total.String()}}
	for _, gate := range s.spec.Gates {
		tested := marks[s.items.index[gate.Item]]
		input := union.Input{Name: gate.Why, Value: tested.String()}
		if input.Name == "" {
			input.Name = s.name(gate.Item)
		}
		if tested.applies {
			input.Value += "，要求" + gate.In.String() + "，" + passed(gate.In.Contains(tested.figure))
		}
		inputs = append(inputs, input)
	}
	for _, veto := range s.spec.Vetoes {
		value := "未发生"
		if slices.Contains(record.Facts, veto.Fact) {
			value = "发生，" + veto.consequence()
		}
		inputs = append(inputs, union.Input{Name: veto.Title, Value: value})
	}
	if score.Grade != "" {
		// The last reason of a score that is graded is that of the grade reached.
		reached := score.Verdict.Reasons[len(score.Verdict.Reasons)-1].Rule
		inputs = append(inputs, union.Input{Name: "按得分所属等次", Value: reached})
	}
	return inputs
}

func passed(holds bool) string {
	if holds {
		return "符合"
	}
	return "不符合"
}

// printed returns a score as the scheme prints it.
func (s Scheme) printed(n union.Number) (string, error) {
	if s.spec.Print == (union.Rounding{}) {
		return n.String(), nil
	}
	return s.spec.Print.Format(n)
}

// explainAbsent says why an item does not apply.
func (s Scheme) explainAbsent(working *union.Working, why string) {
	if working != nil {
		working.Result = inapplicable
		working.Inputs = []union.Input{{Name: "原因", Value: why}}
	}
}

// explainSource says what an item's source made of its inputs.
func (s Scheme) explainSource(working *union.Working, item Item, before []mark, made mark) {
	if working == nil {
		return
	}
	working.Result = made.String()
	switch {
	case item.From.Sum != nil:
		s.explainSum(working, *item.From.Sum, before)
	case item.From.Ladder != nil:
		working.Rule = "自上而下取第一个符合的档"
		for _, rung := range item.From.Ladder.Rungs {
			for _, test := range rung.If {
				working.Inputs = append(working.Inputs, union.Input{
					Name:  s.name(test.Item),
					Value: before[s.items.index[test.Item]].String() + "，" + test.In.String() + "得" + rung.Give.String(),
				})
			}
		}
	default:
		working.Rule = "按实际填报，" + item.From.Given.title()
		working.Inputs = []union.Input{{Name: "填报数", Value: made.String()}}
	}
}

func (s Scheme) explainSum(working *union.Working, sum Sum, before []mark) {
	working.Rule = "加权求和"
	if sum.Mean {
		working.Rule = "加权平均，权重合计为1"
	}
	if sum.Renormalise != 0 {
		working.Rule += "，" + renormaliseTitles[sum.Renormalise]
	}
	for _, term := range sum.Of {
		value := before[s.items.index[term.Item]].String()
		working.Inputs = append(working.Inputs, union.Input{Name: s.name(term.Item), Value: value + " × " + term.Weight.String()})
	}
}

// explainStep says what a step made of an item's figure.
func (s Scheme) explainStep(working *union.Working, step Step, before []mark, from, to union.Number) {
	if working == nil {
		return
	}
	part := union.Working{Result: to.String(), Inputs: []union.Input{{Name: "原数", Value: from.String()}}}
	switch {
	case step.Times != nil:
		part.Item = "乘以"
		if step.Times.Invert {
			part.Item = "除以"
		}
		by := union.Input{Name: "系数", Value: step.Times.By.String()}
		if step.Times.Item != "" {
			by = union.Input{Name: s.name(step.Times.Item), Value: before[s.items.index[step.Times.Item]].String()}
		}
		part.Inputs = append(part.Inputs, by)
	case len(step.Curve) > 0:
		part.Item = "两点之间按直线取值"
		for _, point := range step.Curve {
			part.Inputs = append(part.Inputs, union.Input{Name: point.X.String(), Value: point.Y.String()})
		}
	case step.Bands != nil:
		part.Item = "按档取值"
		for _, band := range step.Bands.List {
			part.Inputs = append(part.Inputs, union.Input{Name: band.In.String(), Value: band.Give.String()})
		}
	case step.Clamp != nil:
		part.Item = "限于" + step.Clamp.String()
	case step.Round != nil:
		part.Item, part.Rounding = "取舍", step.Round.Title()
	}
	working.Parts = append(working.Parts, part)
	working.Result = part.Result
}

// name returns the title of an item by its key.
func (s Scheme) name(key string) string { return s.spec.Items[s.items.index[key]].name() }

// String returns the figure exactly, or that it does not apply.
func (m mark) String() string {
	if !m.applies {
		return inapplicable
	}
	return m.figure.String()
}
