package assessment

import (
	"maps"
	"slices"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/internal/quote"
)

// mark is the figure of one item for one unit, or that it does not apply.
type mark struct {
	figure  union.Number
	applies bool
}

// checkRecord reports the first thing in the record that the scheme does not
// know: of its figures, what does not apply, and facts, each by key in order.
func (s Scheme) checkRecord(record Record) error {
	for _, key := range slices.Sorted(maps.Keys(record.Given)) {
		at, ok := s.items.index[key]
		if !ok || s.spec.Items[at].From.Given == nil {
			return union.NewFault(union.ErrUnknown, "given", quote.Key(key), "an item that is given")
		}
	}
	for _, key := range slices.Sorted(maps.Keys(record.NotApplicable)) {
		if _, ok := s.items.index[key]; !ok {
			return union.NewFault(union.ErrUnknown, "not_applicable", quote.Key(key), "an item of the scheme")
		}
		if _, ok := record.Given[key]; ok {
			return union.NewFault(union.ErrRepeated, "not_applicable."+key, "given and not applicable", "one of them")
		}
	}
	for i, fact := range record.Facts {
		if !slices.ContainsFunc(s.spec.Vetoes, func(v Veto) bool { return v.Fact == fact }) {
			return union.NewFault(union.ErrUnknown, union.Indexed("facts", i), quote.Key(fact), "the fact of a veto")
		}
	}
	return nil
}

// marks returns the figure of every item for the record, in the scheme's order.
// If explain is not nil, the working of each is appended to it.
func (s Scheme) marks(record Record, explain *[]union.Working) ([]mark, error) {
	marks := make([]mark, 0, len(s.spec.Items))
	for _, item := range s.spec.Items {
		var working *union.Working
		if explain != nil {
			*explain = append(*explain, union.Working{Item: item.name()})
			working = &(*explain)[len(*explain)-1]
		}
		made, err := s.mark(item, record, marks, working)
		if err != nil {
			return nil, union.Within("items."+item.Key, err)
		}
		marks = append(marks, made)
	}
	return marks, nil
}

// mark returns the figure of one item, given those before it.
func (s Scheme) mark(item Item, record Record, before []mark, working *union.Working) (mark, error) {
	if why, ok := record.NotApplicable[item.Key]; ok {
		s.explainAbsent(working, why)
		return mark{}, nil
	}
	made, err := s.source(item, record, before)
	if err != nil {
		return mark{}, err
	}
	s.explainSource(working, item, before, made)
	if !made.applies {
		return made, nil
	}
	for at, step := range item.Then {
		after, err := step.apply(made.figure, before, s.items)
		if err != nil {
			return mark{}, union.Within(union.Indexed("then", at), err)
		}
		s.explainStep(working, step, before, made.figure, after)
		made.figure = after
	}
	return made, nil
}

// source returns the figure that an item's source gives.
func (s Scheme) source(item Item, record Record, before []mark) (mark, error) {
	switch {
	case item.From.Sum != nil:
		return item.From.Sum.apply(before, s.items)
	case item.From.Ladder != nil:
		rung, err := item.From.Ladder.find(before, s.items)
		if err != nil {
			return mark{}, err
		}
		return mark{figure: item.From.Ladder.Rungs[rung].Give, applies: true}, nil
	}
	given, ok := record.Given[item.Key]
	if !ok {
		return mark{}, union.NewFault(union.ErrMissing, "given", "", "a figure, or why it does not apply")
	}
	if !item.From.Given.accepts(given) {
		return mark{}, union.NewFault(union.ErrRange, "given", given.String(), item.From.Given.wanted())
	}
	return mark{figure: given, applies: true}, nil
}
