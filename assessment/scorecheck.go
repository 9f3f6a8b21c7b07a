package assessment

import (
	"maps"
	"slices"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/internal/quote"
)

// Check compares figures as a sheet prints them, by unit and then by item, with
// those that follow from the records, rounded as the scheme prints. It repairs
// nothing. Findings are told in order: first each item of the scheme of which
// nothing is made, neither the total nor a gate, a grade or another such item,
// which is how an element was once left out for everybody (an item that only a
// ranking uses is told too); then, by unit in the order of the records and in the
// scheme's order of items, each figure that is another or of an item that does not
// apply.
//
// It fails where [Scheme.Judge] does, and with [union.ErrUnknown] for a unit or
// an item that is not there. Without printed figures it looks at the scheme
// alone.
func (s Scheme) Check(group []Record, printed map[string]map[string]union.Number) ([]union.Finding, error) {
	found := s.loose()
	if len(printed) == 0 {
		return found, nil
	}
	scores, err := s.Judge(group)
	if err != nil {
		return nil, err
	}
	rounding := s.spec.Print
	for _, score := range scores {
		figures := printed[score.Unit]
		for _, item := range s.spec.Items {
			figure, ok := figures[item.Key]
			if !ok {
				continue
			}
			where := score.Unit + "." + item.Key
			made, applies := score.Items[item.Key]
			switch {
			case !applies:
				found = append(found, union.Finding{Where: where, Rule: "a printed figure follows from its inputs", Got: figure.String(), Want: "does not apply"})
			case rounding == union.Rounding{} && !figure.Equal(made):
				found = append(found, union.Finding{Where: where, Rule: "a printed figure follows from its inputs", Got: figure.String(), Want: made.String()})
			case rounding != union.Rounding{}:
				other, err := rounding.CheckPrinted(where, figure, made)
				if err != nil {
					return nil, err
				}
				found = append(found, other...)
			}
		}
	}
	return found, s.checkPrinted(scores, printed)
}

// checkPrinted reports the first unit or item, by key in order, that a sheet has
// and the judgement has not.
func (s Scheme) checkPrinted(scores []Score, printed map[string]map[string]union.Number) error {
	for _, unit := range slices.Sorted(maps.Keys(printed)) {
		if !slices.ContainsFunc(scores, func(score Score) bool { return score.Unit == unit }) {
			return union.NewFault(union.ErrUnknown, "printed", quote.Key(unit), "a unit of the group")
		}
		for _, item := range slices.Sorted(maps.Keys(printed[unit])) {
			if _, ok := s.items.index[item]; !ok {
				return union.NewFault(union.ErrUnknown, "printed."+unit, quote.Key(item), "an item of the scheme")
			}
		}
	}
	return nil
}

// loose returns a finding for each item that decides nothing.
func (s Scheme) loose() []union.Finding {
	used := make([]bool, len(s.spec.Items))
	use := func(key string) {
		if at, ok := s.items.index[key]; ok {
			used[at] = true
		}
	}
	use(s.spec.Total)
	for _, gate := range s.spec.Gates {
		use(gate.Item)
	}
	if s.spec.Grades != nil {
		s.spec.Grades.each(use)
	}
	var found []union.Finding
	for at, item := range slices.Backward(s.spec.Items) {
		if used[at] {
			item.each(use)
			continue
		}
		found = append(found, union.Finding{
			Where: item.Key, Rule: "every item decides something", Got: "nothing is made of it", Want: "the total, a gate or a grade",
		})
	}
	slices.Reverse(found)
	return found
}

// each calls use with every item that the item is made of.
func (i Item) each(use func(item string)) {
	if i.From.Sum != nil {
		for _, term := range i.From.Sum.Of {
			use(term.Item)
		}
	}
	if i.From.Group != nil {
		use(i.From.Group.Item)
	}
	if i.From.Ladder != nil {
		i.From.Ladder.each(use)
	}
	steps := i.Then
	if i.From.Panel != nil {
		steps = slices.Concat(steps, i.From.Panel.Each)
	}
	for _, step := range steps {
		if step.Times != nil {
			use(step.Times.Item)
		}
	}
}

// each calls use with every item that a rung tests or gives.
func (l Ladder) each(use func(item string)) {
	for _, rung := range l.Rungs {
		use(rung.Item)
		for _, test := range rung.If {
			use(test.Item)
		}
	}
}
