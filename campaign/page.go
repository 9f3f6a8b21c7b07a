package campaign

import (
	"errors"
	"strconv"

	"github.com/unioncampaign/union"
)

// The measures that this package counts in beside those of package union.
const (
	sessionsHeld union.Measure = "次"
	studyHours   union.Measure = "学时"
	papers       union.Measure = "篇"
	actionsOf    union.Measure = "项"
)

// A page collects the figures of one function, each with its working, and the
// faults met on the way.
type page struct {
	by   string // the function
	rule string // the title of the rule
	made []union.Figure
	lost []error
}

// input names one value that a figure was worked out from.
func input(name, value string) union.Input { return union.Input{Name: name, Value: value} }

// counted names one count that a figure was worked out from.
func counted(name string, n int64) union.Input { return input(name, strconv.FormatInt(n, 10)) }

// add makes a figure twice: first to learn its result, then with the working
// that tells it.
func (p *page) add(spec union.FigureSpec, inputs []union.Input, made func(union.FigureSpec) (union.Figure, error)) {
	spec.By = p.by
	spec.Working = union.Working{
		Item: spec.Title, Rule: p.rule, Inputs: inputs, Rounding: spec.Rounding.String(),
	}
	draft, err := made(spec)
	if err != nil {
		p.lost = append(p.lost, err)
		return
	}
	spec.Working.Result = draft.String()
	final, _ := made(spec) // as the draft, but for its working
	p.made = append(p.made, final)
}

func (p *page) count(key, title string, measure union.Measure, n int64, inputs ...union.Input) {
	p.add(union.FigureSpec{Key: key, Title: title, Measure: measure}, inputs,
		func(spec union.FigureSpec) (union.Figure, error) { return spec.Count(n), nil })
}

func (p *page) number(key, title string, measure union.Measure, n union.Number, inputs ...union.Input) {
	p.add(union.FigureSpec{Key: key, Title: title, Measure: measure}, inputs,
		func(spec union.FigureSpec) (union.Figure, error) { return spec.Number(n) })
}

// percent tells the part and the whole as inputs, under the names given.
func (p *page) percent(key, title, part, base string, rounding union.Rounding, ratio union.Ratio) {
	p.add(union.FigureSpec{Key: key, Title: title, Base: base, Rounding: rounding},
		[]union.Input{counted(part, ratio.Part), counted(base, ratio.Whole)},
		func(spec union.FigureSpec) (union.Figure, error) { return spec.Percent(ratio) })
}

// text is not applicable where there is nothing to list.
func (p *page) text(key, title string, texts []string, inputs ...union.Input) {
	p.add(union.FigureSpec{Key: key, Title: title}, inputs,
		func(spec union.FigureSpec) (union.Figure, error) {
			if len(texts) == 0 {
				return spec.Absent(union.NotApplicable), nil
			}
			return spec.Text(texts...), nil
		})
}

func (p *page) date(key, title string, day union.Date, inputs ...union.Input) {
	p.add(union.FigureSpec{Key: key, Title: title}, inputs,
		func(spec union.FigureSpec) (union.Figure, error) { return spec.Date(day), nil })
}

func (p *page) absent(key, title string, measure union.Measure, why union.Absence, inputs ...union.Input) {
	p.add(union.FigureSpec{Key: key, Title: title, Measure: measure}, inputs,
		func(spec union.FigureSpec) (union.Figure, error) { return spec.Absent(why), nil })
}

// figures returns what was collected, or why not all could be made.
func (p *page) figures() ([]union.Figure, error) {
	if err := errors.Join(p.lost...); err != nil {
		return nil, err
	}
	return p.made, nil
}
