package assessment

import (
	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/internal/quote"
)

// Figures returns the figures of an outcome, in order: the form's title; the
// papers (entitled, present, issued, recovered, valid, outstanding, void, and void
// by each reason); for each criterion the share of each answer and the rate of
// satisfaction; the overall rate of satisfaction; the verdict on each criterion
// that the form has a ruling for; and then all but the title and the verdicts
// again for each voter class. FORM, REASON, CRITERION, ANSWER and CLASS standing
// for keys of the form, the keys of the figures are
//
//	assessment.ballot.FORM.title
//	assessment.ballot.FORM.entitled
//	assessment.ballot.FORM.present
//	assessment.ballot.FORM.issued
//	assessment.ballot.FORM.recovered
//	assessment.ballot.FORM.valid
//	assessment.ballot.FORM.outstanding
//	assessment.ballot.FORM.void
//	assessment.ballot.FORM.void.reason.REASON
//	assessment.ballot.FORM.criterion.CRITERION.answer.ANSWER
//	assessment.ballot.FORM.criterion.CRITERION.satisfied
//	assessment.ballot.FORM.satisfied
//	assessment.ballot.FORM.criterion.CRITERION.verdict
//	assessment.ballot.FORM.class.CLASS.entitled, and so on
//
// Shares and rates name their base, and are unknown where the base is, or where
// it is less than what it should hold; over nothing they are undefined. The
// share of an answer that is no vote does not apply where the base is the
// votes. What a policy kept back is withheld, and its working tells nothing.
//
// It fails with [union.ErrRule] for an outcome of another form, and, joined,
// with [union.ErrOverflow] where the sums of an outcome exceed an int64 and with
// [union.ErrRange] for a count below zero, which no box has.
func (f Form) Figures(outcome Outcome) ([]union.Figure, error) {
	if err := f.owns(outcome); err != nil {
		return nil, err
	}
	list := union.NewFigureList("assessment.Form.Figures", f.spec.Rule)
	list.Text("assessment.ballot."+f.spec.Key+".title", "评议票名称", []string{f.spec.Title},
		union.Input{Name: "评议票", Value: f.spec.Key})
	for _, class := range append([]Class{{}}, f.spec.Classes...) {
		printer := printer{form: f, outcome: outcome, class: class, list: list}
		printer.papers()
		printer.void()
		for _, criterion := range f.spec.Criteria {
			printer.criterion(criterion)
		}
		if f.spec.Satisfied != nil {
			printer.satisfied(nil)
		}
		for _, criterion := range f.spec.Criteria {
			if class.Key == "" {
				printer.verdict(criterion)
			}
		}
	}
	return list.Figures()
}

// Satisfied returns the rate of satisfaction with a criterion, or the overall
// rate as the form defines it for an empty criterion, as a ratio of counts: what
// a gate compares. It reports the first of
//   - [union.ErrRule], for an outcome of another form;
//   - [union.ErrUnknown], for a criterion that the form does not have;
//   - [union.ErrMissing], if the form defines no such rate, or if what it is made
//     of is withheld or not known;
//   - [union.ErrOverflow], where the sums of an outcome exceed an int64.
func (f Form) Satisfied(outcome Outcome, criterion string) (union.Ratio, error) {
	if err := f.owns(outcome); err != nil {
		return union.Ratio{}, err
	}
	var of *Criterion
	if at, ok := f.layout.criterionIndex(criterion); ok {
		of = &f.spec.Criteria[at]
	} else if criterion != "" {
		return union.Ratio{}, union.NewFault(union.ErrUnknown, "criterion", quote.Key(criterion), "a criterion of the form")
	}
	if f.spec.Satisfied == nil || of != nil && !f.spec.rated(*of) {
		return union.Ratio{}, union.NewFault(union.ErrMissing, "satisfied", "", "a form with such a rate")
	}
	ratio, _, absent, err := printer{form: f, outcome: outcome}.rate(of)
	if err == nil && absent != 0 {
		err = union.NewFault(union.ErrMissing, "satisfied", absent.String(), "")
	}
	return ratio, err
}

// owns reports an outcome of another form, and every outcome of the zero Form.
func (f Form) owns(outcome Outcome) error {
	if f.layout == nil || outcome.Form != f.id {
		return union.NewFault(union.ErrRule, "outcome", outcome.Form.String(), f.id.String())
	}
	return nil
}
