package assessment

import (
	"strconv"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/internal/quote"
)

// A Panel makes one figure of the marks that named judges gave, which the record
// holds by judge in the same order for each element. The marks stand under the
// item's own key; or a judge's mark is the weighted sum of what he gave for the
// elements in Of, so that totals are trimmed and not single elements.
//
// Marks that are blank, void or not applicable leave the panel first, and with
// SetAside those that Marks does not accept; then each remaining mark takes the
// steps of Each, the panel is trimmed, and what is kept is summed or averaged.
type Panel struct {
	Of       []Term `json:"of,omitempty"`        // elements, by the key under which the record holds their marks
	Marks    Given  `json:"marks,omitzero"`      // what one mark may be
	SetAside bool   `json:"set_aside,omitempty"` // a mark that may not be is set aside; else it is an error
	Least    int    `json:"least,omitempty"`     // the least number of marks that must remain; 0: one
	Each     []Step `json:"each,omitempty"`
	Trim     []Trim `json:"trim,omitempty"`
	Mean     bool   `json:"mean,omitempty"` // the mean of the marks kept; else their sum
}

// check notes what is wrong with the panel; items are those before it.
func (p Panel) check(f *union.FaultList, where string, items known) {
	p.Marks.check(f, where+".marks")
	for i, term := range p.Of {
		at := union.Indexed(where+".of", i)
		f.Given(at+".item", term.Item)
		if term.Weight.Sign() == 0 {
			f.Add(union.ErrMissing, at+".weight", "0", "a weight")
		}
		for _, other := range p.Of[:i] {
			if other.Item == term.Item && term.Item != "" {
				f.Add(union.ErrRepeated, at+".item", quote.Key(term.Item), "one part an element")
			}
		}
	}
	if p.Least < 0 {
		f.Add(union.ErrRange, where+".least", strconv.Itoa(p.Least), "0 or more")
	}
	for i, step := range p.Each {
		step.check(f, union.Indexed(where+".each", i), items)
	}
	checkTrims(f, where+".trim", p.Trim)
}

// elements returns the parts of a judge's mark.
func (p Panel) elements(own string) []Term {
	if len(p.Of) > 0 {
		return p.Of
	}
	return []Term{{Item: own, Weight: one()}}
}

func (p Panel) extent() extent {
	if !p.Mean {
		return extent{}
	}
	e := p.Marks.extent()
	if len(p.Of) > 0 {
		whole := extent{low: &union.Number{}, high: &union.Number{}}
		for _, term := range p.Of {
			whole = whole.plus(e.times(term.Weight))
		}
		e = whole
	}
	for _, step := range p.Each {
		e = step.extent(e)
	}
	return e
}

// panelled is what a panel made of its marks, by judge.
type panelled struct {
	marks []Mark         // each judge's mark, elements summed; set aside where it is void
	count []int          // the judge of each mark that counts
	after []union.Number // each mark that counts, after its steps
	keep  []bool         // of those
	made  union.Number
}

// apply returns the panel's figure for a record, given the items before it.
func (p Panel) apply(own string, record Record, before []mark, items known) (panelled, error) {
	made := panelled{}
	if err := p.gather(&made, own, record); err != nil {
		return made, err
	}
	for judge, each := range made.marks {
		if each.State != MarkGiven {
			continue
		}
		figure := each.Figure
		for at, step := range p.Each {
			after, err := step.apply(figure, before, items)
			if err != nil {
				return made, union.Within(union.Indexed(union.Indexed("judge", judge)+".each", at), err)
			}
			figure = after
		}
		made.count, made.after = append(made.count, judge), append(made.after, figure)
	}
	if len(made.after) < max(1, p.Least) {
		return made, union.NewFault(union.ErrMissing, "panel", strconv.Itoa(len(made.after))+" marks", strconv.Itoa(max(1, p.Least))+" or more")
	}
	keep, err := trimmed(p.Trim, made.after)
	if err != nil {
		return made, union.Within("panel", err)
	}
	made.keep = keep
	made.made, err = aggregate(made.after, keep, p.Mean)
	return made, err
}

// aggregate returns the sum or the mean of the figures that are kept.
func aggregate(list []union.Number, keep []bool, mean bool) (union.Number, error) {
	var sum union.Number
	n := int64(0)
	for i, figure := range list {
		if keep[i] {
			sum = sum.Add(figure)
			n++
		}
	}
	if !mean {
		return sum, nil
	}
	return sum.Quo(union.Whole(n))
}

// aggregateTitle says in the words of the field what is made of what is kept.
func aggregateTitle(mean bool) string {
	if mean {
		return "取平均"
	}
	return "求和"
}

// gather makes each judge's mark of the elements.
func (p Panel) gather(made *panelled, own string, record Record) error {
	for i, term := range p.elements(own) {
		marks, ok := record.Panel[term.Item]
		if !ok {
			return union.NewFault(union.ErrMissing, "panel."+term.Item, "", "the marks of the panel")
		}
		if i == 0 {
			made.marks = make([]Mark, len(marks))
			for judge := range made.marks {
				made.marks[judge].State = MarkGiven
			}
		}
		if len(marks) != len(made.marks) {
			return union.NewFault(union.ErrRange, "panel."+term.Item, strconv.Itoa(len(marks))+" judges", strconv.Itoa(len(made.marks)))
		}
		for judge, each := range marks {
			if each.State == MarkGiven && !p.Marks.accepts(each.Figure) {
				if !p.SetAside {
					return union.NewFault(union.ErrRange, union.Indexed("panel."+term.Item, judge), each.Figure.String(), p.Marks.wanted())
				}
				each.State = MarkVoid
			}
			total := &made.marks[judge]
			if total.State == MarkGiven && each.State == MarkGiven {
				total.Figure = total.Figure.Add(each.Figure.Mul(term.Weight))
			} else if total.State == MarkGiven {
				*total = Mark{State: each.State}
			}
		}
	}
	return nil
}
