package aid

import (
	"strconv"

	"github.com/unioncampaign/union"
)

// A statement is a list of figures in the making, by one function under one
// rule.
type statement struct {
	by, rule string
	figures  []union.Figure
	fault    error // the first
}

func newStatement(by string, rule union.Rule) *statement {
	return &statement{by: by, rule: rule.Title + " (" + rule.Version + "), " + rule.Source}
}

// spec returns what is said of a figure beside its value. An empty result leaves
// the working for the value to fill in.
func (s *statement) spec(key, title string, measure union.Measure, result string, inputs []union.Input) union.FigureSpec {
	return union.FigureSpec{
		Key: key, Title: title, By: s.by, Measure: measure,
		Working: union.Working{Item: title, Rule: s.rule, Inputs: inputs, Result: result},
	}
}

func (s *statement) count(key, title string, measure union.Measure, n int64, inputs ...union.Input) {
	spec := s.spec(key, title, measure, strconv.FormatInt(n, 10)+string(measure), inputs)
	s.figures = append(s.figures, spec.Count(n))
}

func (s *statement) money(key, title string, amount union.Money, inputs ...union.Input) {
	spec := s.spec(key, title, union.Yuan, amount.String()+string(union.Yuan), inputs)
	s.figures = append(s.figures, spec.Money(amount))
}

func (s *statement) text(key, title string, texts []string, inputs ...union.Input) {
	spec := s.spec(key, title, "", "", inputs)
	made := spec.Text(texts...)
	spec.Working.Result, _ = made.Value()
	s.figures = append(s.figures, spec.Text(texts...))
}

func (s *statement) day(key, title string, day union.Date, inputs ...union.Input) {
	if day.IsZero() {
		s.absent(key, title, "", union.NotKnown, inputs...)
		return
	}
	s.figures = append(s.figures, s.spec(key, title, "", day.String(), inputs).Date(day))
}

func (s *statement) absent(key, title string, measure union.Measure, why union.Absence, inputs ...union.Input) {
	spec := s.spec(key, title, measure, why.String(), inputs)
	s.figures = append(s.figures, spec.Absent(why))
}

// number makes a figure that is printed through a rounding.
func (s *statement) number(key, title string, measure union.Measure, n union.Number, rounding union.Rounding, inputs ...union.Input) {
	text, err := rounding.Format(n)
	if err != nil {
		s.fail(union.Within(key, err))
		return
	}
	spec := s.spec(key, title, measure, text+string(measure), inputs)
	spec.Rounding, spec.Working.Rounding = rounding, rounding.String()
	figure, err := spec.Number(n)
	s.fail(err)
	s.figures = append(s.figures, figure)
}

// percent makes a rate whose whole, named by base, is not nothing.
func (s *statement) percent(key, title, base string, ratio union.Ratio, rounding union.Rounding, inputs ...union.Input) {
	spec := s.spec(key, title, "", ratio.String(), inputs)
	spec.Base, spec.Rounding, spec.Working.Rounding = base, rounding, rounding.String()
	figure, err := spec.Percent(ratio)
	if err != nil {
		s.fail(err)
		return
	}
	spec.Working.Result, _ = figure.Value()
	figure, err = spec.Percent(ratio)
	s.fail(err)
	s.figures = append(s.figures, figure)
}

func (s *statement) fail(err error) {
	if s.fault == nil {
		s.fault = err
	}
}

func (s *statement) done() ([]union.Figure, error) {
	if s.fault != nil {
		return nil, s.fault
	}
	return s.figures, nil
}

// input names a count that a figure was made from.
func input(name string, n int64) union.Input {
	return union.Input{Name: name, Value: strconv.FormatInt(n, 10)}
}
