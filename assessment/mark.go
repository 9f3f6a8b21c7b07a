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
	for _, key := range slices.Sorted(maps.Keys(record.Panel)) {
		if !s.panels[key] {
			return union.NewFault(union.ErrUnknown, "panel", quote.Key(key), "a panel of the scheme")
		}
	}
	for _, key := range slices.Sorted(maps.Keys(record.Votes)) {
		if _, ok := s.forms[key]; !ok {
			return union.NewFault(union.ErrUnknown, "votes", quote.Key(key), "a form of the scheme")
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

// rows returns the figure of every item, in the scheme's order, for each record.
func (s Scheme) rows(group []Record) ([][]mark, error) {
	if err := s.checkGroup(group); err != nil {
		return nil, err
	}
	rows := make([][]mark, len(group))
	flat := make([]mark, 0, len(group)*len(s.spec.Items))
	for i := range rows {
		start := i * len(s.spec.Items)
		rows[i] = flat[start : start : start+len(s.spec.Items)]
	}
	for at := range s.spec.Items {
		column, err := s.column(at, group, rows)
		if err != nil {
			return nil, err
		}
		for i, made := range column {
			rows[i] = append(rows[i], made)
		}
	}
	return rows, nil
}

// column returns the figure of one item for each record, given those before it.
func (s Scheme) column(at int, group []Record, rows [][]mark) ([]mark, error) {
	item := s.spec.Items[at]
	column, err := s.sources(item, group, rows)
	if err != nil {
		return nil, err
	}
	for i, made := range column {
		if column[i], err = s.steps(item, made, rows[i], nil); err != nil {
			return nil, union.Within(placeOf(i, item.Key), err)
		}
	}
	return column, nil
}

// sources returns what an item's source gives for each record. An item that is
// said not to apply to a record has no figure for it.
func (s Scheme) sources(item Item, group []Record, rows [][]mark) (column []mark, err error) {
	if of := item.From.Group; of != nil {
		figures := s.items.index[of.Item]
		column, err = of.column(len(group), func(at int) mark { return rows[at][figures] },
			func(name string, under bool) (grouping, error) { return groupedBy(group, name, under) }, item.Key)
		if err != nil {
			return nil, err
		}
	} else {
		column = make([]mark, len(group))
	}
	for i, record := range group {
		if _, ok := record.NotApplicable[item.Key]; ok {
			column[i] = mark{}
		} else if item.From.Group == nil {
			if column[i], err = s.source(item, record, rows[i]); err != nil {
				return nil, union.Within(placeOf(i, item.Key), err)
			}
		}
	}
	return column, nil
}

// placeOf names the place of a record's item.
func placeOf(record int, item string) string {
	return union.Indexed("group", record) + ".items." + item
}

// steps returns what an item's steps make of its source's figure. If working is
// not nil, each is told there.
func (s Scheme) steps(item Item, made mark, before []mark, working *union.Working) (mark, error) {
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

// source returns the figure that an item's source, which is no group, gives.
func (s Scheme) source(item Item, record Record, before []mark) (mark, error) {
	switch from := item.From; {
	case from.Panel != nil:
		made, err := from.Panel.apply(item.Key, record, before, s.items)
		return mark{figure: made.made, applies: true}, err
	case from.Votes != nil:
		figure, err := from.Votes.figure(record, s.forms, from.extent(s.items))
		return mark{figure: figure, applies: true}, err
	case from.Sum != nil:
		return from.Sum.apply(before, s.items)
	case from.Ladder != nil:
		rung, err := from.Ladder.find(before, s.items)
		if err != nil {
			return mark{}, err
		}
		return from.Ladder.Rungs[rung].gives(before, s.items), nil
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
