package assessment

import (
	"slices"
	"strconv"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/internal/exact"
)

// Figures returns the figures of an outcome, in order: the papers (entitled,
// present, issued, recovered, valid, void, and void by each reason), for each
// criterion the share of each answer and the rate of satisfaction, the overall
// rate of satisfaction, and then the same for each voter class. With K for the
// form's key, C for a criterion, A for an answer and X for a class, the keys are
//
//	assessment.K.issued        assessment.K.void.REASON
//	assessment.K.C.A           assessment.K.C.satisfied
//	assessment.K.satisfied     assessment.K.class.X.C.A
//
// Shares and rates name their base, and are unknown where the base is, or where
// it is less than what it should hold; over nothing they are undefined. The
// share of an answer that is no vote does not apply where the base is the
// votes. What a policy kept back is withheld, and its working tells nothing.
//
// It fails with [union.ErrRule] for an outcome of another form, and with
// [union.ErrOverflow] where the sums of an outcome exceed an int64.
func (f Form) Figures(outcome Outcome) ([]union.Figure, error) {
	if f.layout == nil || outcome.Form != f.id {
		return nil, union.NewFault(union.ErrRule, "outcome", outcome.Form.String(), f.id.String())
	}
	var figures []union.Figure
	for _, class := range append([]Class{{}}, f.spec.Classes...) {
		printer := printer{form: f, outcome: outcome, class: class}
		figures = append(figures, printer.papers()...)
		for _, criterion := range f.spec.Criteria {
			more, err := printer.criterion(criterion)
			if err != nil {
				return nil, err
			}
			figures = append(figures, more...)
		}
		if f.spec.Satisfied == nil {
			continue
		}
		figure, err := printer.satisfied(nil)
		if err != nil {
			return nil, err
		}
		figures = append(figures, figure)
	}
	return figures, nil
}

// Satisfied returns the rate of satisfaction with a criterion, or the overall
// rate as the form defines it for an empty criterion, as a ratio of counts: what
// a gate compares. It fails with [union.ErrRule] for an outcome of another form,
// and with [union.ErrMissing] if the form defines no such rate, or if what it is
// made of is withheld or not known.
func (f Form) Satisfied(outcome Outcome, criterion string) (union.Ratio, error) {
	if f.layout == nil || outcome.Form != f.id {
		return union.Ratio{}, union.NewFault(union.ErrRule, "outcome", outcome.Form.String(), f.id.String())
	}
	printer := printer{form: f, outcome: outcome}
	var of *Criterion
	if at, ok := f.layout.criterionIndex(criterion); ok {
		of = &f.spec.Criteria[at]
	} else if criterion != "" {
		return union.Ratio{}, union.NewFault(union.ErrUnknown, "criterion", criterion, "")
	}
	if f.spec.Satisfied == nil || of != nil && !f.spec.rated(*of) {
		return union.Ratio{}, union.NewFault(union.ErrMissing, "satisfied", "", "a form with such a rate")
	}
	ratio, _, absent, err := printer.rate(of)
	if err == nil && absent != 0 {
		err = union.NewFault(union.ErrMissing, "satisfied", absent.String(), "")
	}
	return ratio, err
}

// printer makes the figures of one class; the zero class is all voters.
type printer struct {
	form    Form
	outcome Outcome
	class   Class
}

// spec returns the figure's spec, with the class in its key and title.
func (p printer) spec(key, title string) union.FigureSpec {
	prefix := "assessment." + p.form.spec.Key + "."
	if p.class.Key != "" {
		prefix += "class." + p.class.Key + "."
		title = p.class.Title + title
	}
	return union.FigureSpec{
		Key:     prefix + key,
		Title:   title,
		By:      "assessment.Form.Figures",
		Working: union.Working{Item: title, Rule: p.form.spec.Title + "，" + p.form.spec.Source},
	}
}

// absent returns a figure without a value. The working of one withheld names no
// count.
func absent(spec union.FigureSpec, why union.Absence) union.Figure {
	spec.Working.Result = why.String()
	if why == union.Withheld {
		spec.Working.Inputs = []union.Input{{Name: "published", Value: "no"}}
	} else if len(spec.Working.Inputs) == 0 {
		spec.Working.Inputs = []union.Input{{Name: "known", Value: "no"}}
	}
	return spec.Absent(why)
}

// why says why a place has no counts.
func (p printer) why(at string) union.Absence {
	if slices.Contains(p.outcome.Withheld, at) {
		return union.Withheld
	}
	return union.NotKnown
}

func counted(spec union.FigureSpec, n int64, inputs ...union.Input) union.Figure {
	spec.Working.Inputs = inputs
	spec.Working.Result = strconv.FormatInt(n, 10)
	return spec.Count(n)
}

func input(name string, n int64) union.Input {
	return union.Input{Name: name, Value: strconv.FormatInt(n, 10)}
}

// papers returns the figures of papers and persons.
func (p printer) papers() []union.Figure {
	at := place(p.class.Key, basesPlace)
	var figures []union.Figure
	for base := Entitled; base <= Valid; base++ {
		spec := p.spec(base.String(), base.Title())
		spec.Measure = union.Sheets
		if base == Entitled || base == Present {
			spec.Measure = union.Persons
		}
		n, ok := p.outcome.Bases[at][base]
		if !ok {
			figures = append(figures, absent(spec, p.why(at)))
			continue
		}
		figures = append(figures, counted(spec, n, input(base.Title(), n)))
	}
	return append(figures, p.void(at)...)
}

// void returns the figures of void papers, together and by reason.
func (p printer) void(at string) []union.Figure {
	spec := p.spec(Spoiled, "无效票数")
	spec.Measure = union.Sheets
	void, ok := p.outcome.Void[at]
	sum, summed := int64(0), true
	var inputs []union.Input
	var parts []union.Figure
	for _, reason := range p.form.reasons() {
		part := p.spec(Spoiled+"."+reason.Key, "无效票数："+reason.Title)
		part.Measure = union.Sheets
		if !ok {
			parts = append(parts, absent(part, p.why(at)))
			continue
		}
		n := void[reason.Key]
		var fits bool
		sum, fits = exact.Add(sum, n)
		summed = summed && fits
		inputs = append(inputs, input(reason.Title, n))
		parts = append(parts, counted(part, n, input(reason.Title, n)))
	}
	if !ok || !summed {
		return append([]union.Figure{absent(spec, p.why(at))}, parts...)
	}
	if len(inputs) == 0 {
		inputs = append(inputs, input("无效票数", 0))
	}
	return append([]union.Figure{counted(spec, sum, inputs...)}, parts...)
}

// reasons returns why a sheet may be void, with titles.
func (f Form) reasons() []Spoil {
	reasons := slices.Clone(f.spec.Spoils)
	for _, spread := range f.spec.Spreads {
		reasons = append(reasons, Spoil{Key: spread.Key, Title: spread.Title})
	}
	return reasons
}

// base returns what the shares of a criterion are shares of, and whether it is
// known.
func (p printer) base(base Base, criterion Criterion) (int64, bool) {
	if base != Votes {
		n, ok := p.outcome.Bases[place(p.class.Key, basesPlace)][base]
		return n, ok
	}
	votes, ok := p.outcome.Votes[place(p.class.Key, criterion.Key)]
	var sum int64
	for _, answer := range criterion.Answers {
		if !answer.NoVote {
			var fits bool
			sum, fits = exact.Add(sum, votes[answer.Key])
			ok = ok && fits
		}
	}
	return sum, ok
}

// criterion returns the figures of one criterion: its answers' shares, balanced
// together, and its rate of satisfaction.
func (p printer) criterion(criterion Criterion) ([]union.Figure, error) {
	at := place(p.class.Key, criterion.Key)
	votes, known := p.outcome.Votes[at]
	whole, based := p.base(p.form.spec.Base, criterion)
	why := p.why(at)
	var shares []string
	var inputs []union.Input
	if known && based {
		var err error
		if shares, inputs, why, err = p.shares(criterion, votes, whole); err != nil {
			return nil, union.Within(at, err)
		}
	}
	var figures []union.Figure
	next := 0
	for _, answer := range criterion.Answers {
		spec := p.share(criterion, answer, inputs)
		if p.form.spec.Base == Votes && answer.NoVote {
			figures = append(figures, absent(spec, noShare(known, why)))
			continue
		}
		if why != 0 {
			figures = append(figures, absent(spec, why))
			continue
		}
		text := shares[next] + "%"
		next++
		spec.Working.Result = text
		if votes[answer.Key] == 0 && p.form.spec.EmptyBlank {
			figures = append(figures, absent(spec, union.NotApplicable))
			continue
		}
		figures = append(figures, spec.Text(text))
	}
	if p.form.spec.rated(criterion) {
		figure, err := p.satisfied(&criterion)
		if err != nil {
			return nil, err
		}
		figures = append(figures, figure)
	}
	return figures, nil
}

// noShare says why an answer that is no vote has no share of the votes.
func noShare(known bool, why union.Absence) union.Absence {
	if known {
		return union.NotApplicable
	}
	return why
}

// share returns the spec of an answer's share. Its working names the counts
// that the shares of the criterion are balanced over.
func (p printer) share(criterion Criterion, answer Answer, inputs []union.Input) union.FigureSpec {
	spec := p.spec(criterion.Key+"."+answer.Key, criterion.Title+"："+answer.Title)
	spec.Base = p.form.spec.Base.Title()
	spec.Rounding = p.form.spec.Rounding
	spec.Working.Rounding = p.form.spec.Rounding.String() + ", " + p.form.spec.Balance.String()
	spec.Working.Inputs = slices.Clone(inputs)
	return spec
}

// shares returns the printed shares of the answers that have one, with the
// counts they are made of, or why there are none. What the base holds beside
// the answers (blanks, void marks, those who did not vote) is a last part, so
// that the shares are balanced over the whole base.
func (p printer) shares(criterion Criterion, votes map[string]int64, whole int64) ([]string, []union.Input, union.Absence, error) {
	var parts []int64
	var inputs []union.Input
	rest, fits := whole, true
	for _, answer := range criterion.Answers {
		if p.form.spec.Base == Votes && answer.NoVote {
			continue
		}
		n := votes[answer.Key]
		parts = append(parts, n)
		inputs = append(inputs, input(answer.Title, n))
		if fits && n <= rest {
			rest -= n
		} else {
			fits = false
		}
	}
	inputs = append(inputs, input(p.form.spec.Base.Title(), whole))
	switch {
	case !fits:
		return nil, inputs, union.NotKnown, nil // more votes than the base holds: a finding tells it
	case whole == 0:
		return nil, inputs, union.Undefined, nil
	}
	shares, err := union.NewShares(p.form.spec.Balance, p.form.spec.Rounding, append(parts, rest)...)
	if err != nil {
		return nil, nil, 0, err
	}
	for _, finding := range shares.Findings {
		inputs = append(inputs, union.Input{Name: finding.Rule, Value: finding.Got})
	}
	return shares.Texts(), inputs, 0, nil
}

// rate returns how many are satisfied of how many, with the counts that it is
// made of; a nil criterion asks for the overall rate. Where it is not known it
// says why.
func (p printer) rate(of *Criterion) (union.Ratio, []union.Input, union.Absence, error) {
	satisfied := p.form.spec.Satisfied
	var sum union.Ratio
	var inputs []union.Input
	for _, criterion := range p.pooled(of) {
		at := place(p.class.Key, criterion.Key)
		votes, known := p.outcome.Votes[at]
		whole, based := p.base(satisfied.Base, criterion)
		if !known || !based {
			return union.Ratio{}, nil, p.why(at), nil
		}
		part := int64(0)
		for _, answer := range criterion.Answers {
			if !slices.Contains(satisfied.Answers, answer.Key) {
				continue
			}
			part, known = exact.Add(part, votes[answer.Key])
			if !known || part > whole {
				return union.Ratio{}, nil, union.NotKnown, nil // a finding tells it
			}
			inputs = append(inputs, input(criterion.Title+"："+answer.Title, votes[answer.Key]))
		}
		inputs = append(inputs, input(satisfied.Base.Title(), whole))
		if err := sum.Merge(union.Ratio{Part: part, Whole: whole}); err != nil {
			return union.Ratio{}, nil, 0, union.Within(at, err)
		}
	}
	return sum, inputs, 0, nil
}

// pooled returns the criteria that a rate of satisfaction is made of.
func (p printer) pooled(of *Criterion) []Criterion {
	if of != nil {
		return []Criterion{*of}
	}
	var pooled []Criterion
	overall := p.form.spec.Satisfied.Overall
	for _, criterion := range p.form.spec.Criteria {
		if p.form.spec.rated(criterion) && (overall == "" || overall == criterion.Key) {
			pooled = append(pooled, criterion)
		}
	}
	return pooled
}

// satisfied returns the figure of a rate of satisfaction.
func (p printer) satisfied(of *Criterion) (union.Figure, error) {
	spec := p.spec("satisfied", "总体满意率")
	if of != nil {
		spec = p.spec(of.Key+".satisfied", of.Title+"：满意率")
	}
	spec.Base = p.form.spec.Satisfied.Base.Title()
	spec.Rounding = p.form.spec.Rounding
	ratio, inputs, why, err := p.rate(of)
	if err != nil {
		return union.Figure{}, err
	}
	if why != 0 {
		return absent(spec, why), nil
	}
	spec.Working.Inputs = inputs
	spec.Working.Rounding = spec.Rounding.String()
	spec.Working.Result = ratio.String()
	return spec.Percent(ratio)
}
