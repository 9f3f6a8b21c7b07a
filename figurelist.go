package union

import (
	"slices"
	"strconv"
)

// A FigureList makes the figures of one function under one rule, each with its
// working. Its methods take a figure's key, title, value, and the inputs that it
// was worked out from. The zero FigureList is ready to use, and names neither
// function nor rule.
type FigureList struct {
	by, rule string
	made     []Figure
	faults   FaultList
}

// NewFigureList returns an empty list for the figures that the function by, such
// as "aid.Standard.Figures", makes under a rule.
func NewFigureList(by string, rule Rule) *FigureList {
	list := &FigureList{by: by, rule: rule.Title}
	if rule.Version != "" {
		list.rule += "（" + rule.Version + "）"
	}
	if rule.Source != "" {
		list.rule += "，" + rule.Source
	}
	return list
}

// Spec returns the spec of a figure of the list, for what the other methods do
// not make.
func (l *FigureList) Spec(key, title string, inputs ...Input) FigureSpec {
	return FigureSpec{Key: key, Title: title, By: l.by, Working: Working{Rule: l.rule, Inputs: slices.Clone(inputs)}}
}

// Add adds a figure made of what [FigureList.Spec] returned, or notes why it could
// not be made.
func (l *FigureList) Add(figure Figure, err error) {
	if err != nil {
		l.faults.Within("", err)
		return
	}
	l.made = append(l.made, figure)
}

// Count adds the figure of n things of a measure.
func (l *FigureList) Count(key, title string, measure Measure, n int64, inputs ...Input) {
	spec := l.Spec(key, title, inputs...)
	spec.Measure = measure
	l.made = append(l.made, spec.Count(n))
}

// Number adds the figure of n, printed through a rounding or, if that is zero,
// exactly.
func (l *FigureList) Number(key, title string, measure Measure, n Number, rounding Rounding, inputs ...Input) {
	spec := l.Spec(key, title, inputs...)
	spec.Measure, spec.Rounding = measure, rounding
	l.Add(spec.Number(n))
}

// Percent adds the figure of a ratio in percent, printed through a rounding. The
// working tells part and base by the names given.
func (l *FigureList) Percent(key, title, part, base string, ratio Ratio, rounding Rounding, inputs ...Input) {
	spec := l.Spec(key, title, append([]Input{InputOf(part, ratio.Part), InputOf(base, ratio.Whole)}, inputs...)...)
	spec.Base, spec.Rounding = base, rounding
	l.Add(spec.Percent(ratio))
}

// Money adds the figure of an amount in yuan.
func (l *FigureList) Money(key, title string, amount Money, inputs ...Input) {
	spec := l.Spec(key, title, inputs...)
	spec.Measure = Yuan
	l.made = append(l.made, spec.Money(amount))
}

// Date adds the figure of a day; of the zero Date it is unknown.
func (l *FigureList) Date(key, title string, day Date, inputs ...Input) {
	l.made = append(l.made, l.Spec(key, title, inputs...).Date(day))
}

// Text adds the figure of texts in their order; of none it is not applicable.
func (l *FigureList) Text(key, title string, texts []string, inputs ...Input) {
	l.made = append(l.made, l.Spec(key, title, inputs...).Text(texts...))
}

// Absent adds the figure that has no value, and why.
func (l *FigureList) Absent(key, title string, measure Measure, why Absence, inputs ...Input) {
	spec := l.Spec(key, title, inputs...)
	spec.Measure = measure
	l.made = append(l.made, spec.Absent(why))
}

// Figures returns the figures in the order in which they were added, or, joined,
// why some could not be made.
func (l *FigureList) Figures() ([]Figure, error) {
	if err := l.faults.Err(); err != nil {
		return nil, err
	}
	return l.made, nil
}

// InputOf returns the input whose value is the count n.
func InputOf(name string, n int64) Input { return Input{Name: name, Value: strconv.FormatInt(n, 10)} }
