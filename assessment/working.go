package assessment

import (
	"github.com/unioncampaign/union"
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
	return union.Working{}, union.NewFault(union.ErrUnknown, "unit", unit, "a unit of the group")
}

func (s Scheme) working(record Record, score Score) (union.Working, error) {
	var parts []union.Working
	if _, err := s.marks(record, &parts); err != nil {
		return union.Working{}, err
	}
	result, err := s.printed(score.Total)
	if err != nil {
		return union.Working{}, err
	}
	whole := union.Working{
		Item:     s.spec.Title + " " + record.Unit,
		Rule:     s.spec.Source,
		Rounding: s.spec.Print.String(),
		Result:   result,
		Inputs:   []union.Input{{Name: s.spec.Items[s.total].name(), Value: score.Total.String()}},
		Parts:    parts,
	}
	for _, reason := range score.Verdict.Reasons {
		whole.Inputs = append(whole.Inputs, union.Input{Name: reason.Rule, Value: reason.Got + " (" + reason.Standing.String() + ")"})
	}
	if score.Grade != "" {
		whole.Result += " " + s.GradeTitle(score.Grade)
	}
	return whole, nil
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
		working.Result = "does not apply"
		working.Inputs = []union.Input{{Name: "reason", Value: why}}
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
		working.Rule = "the first rung that holds"
		for _, rung := range item.From.Ladder.Rungs {
			for _, test := range rung.If {
				working.Inputs = append(working.Inputs, union.Input{
					Name:  s.name(test.Item),
					Value: before[s.items.index[test.Item]].String() + ", " + test.In.String() + " gives " + rung.Give.String(),
				})
			}
		}
	default:
		working.Rule = "given, " + item.From.Given.wanted()
		working.Inputs = []union.Input{{Name: "record", Value: made.String()}}
	}
}

func (s Scheme) explainSum(working *union.Working, sum Sum, before []mark) {
	working.Rule = "sum"
	if sum.Mean {
		working.Rule = "mean, weights total 1"
	}
	if sum.Renormalise != 0 {
		working.Rule += ", renormalised " + sum.Renormalise.String()
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
	part := union.Working{Result: to.String(), Inputs: []union.Input{{Name: "from", Value: from.String()}}}
	switch {
	case step.Times != nil:
		part.Item = "times"
		if step.Times.Invert {
			part.Item = "divided by"
		}
		by := union.Input{Name: "by", Value: step.Times.By.String()}
		if step.Times.Item != "" {
			by = union.Input{Name: s.name(step.Times.Item), Value: before[s.items.index[step.Times.Item]].String()}
		}
		part.Inputs = append(part.Inputs, by)
	case len(step.Curve) > 0:
		part.Item = "linear between"
		for _, point := range step.Curve {
			part.Inputs = append(part.Inputs, union.Input{Name: point.X.String(), Value: point.Y.String()})
		}
	case step.Bands != nil:
		part.Item = "by band"
		for _, band := range step.Bands.List {
			part.Inputs = append(part.Inputs, union.Input{Name: band.In.String(), Value: band.Give.String()})
		}
	case step.Clamp != nil:
		part.Item = "held within " + step.Clamp.String()
	case step.Round != nil:
		part.Item, part.Rounding = "rounded", step.Round.String()
	}
	working.Parts = append(working.Parts, part)
	working.Result = part.Result
}

// name returns the title of an item by its key.
func (s Scheme) name(key string) string { return s.spec.Items[s.items.index[key]].name() }

// String returns the figure exactly, or that it does not apply.
func (m mark) String() string {
	if !m.applies {
		return "does not apply"
	}
	return m.figure.String()
}
