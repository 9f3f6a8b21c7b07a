package assessment

import (
	"strconv"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/internal/quote"
)

// A Ballot makes a figure of the votes of a ballot: a share, or the points of
// the answers over a base. The scheme has the form, and the record the outcome,
// both by the form's key.
type Ballot struct {
	Form string `json:"form"` // the key of a form of the scheme
	Votes
}

// formNamed returns the form of a key, and whether there is one.
func formNamed(forms []FormSpec, key string) (FormSpec, bool) {
	for _, form := range forms {
		if form.Key == key {
			return form, true
		}
	}
	return FormSpec{}, false
}

func (b Ballot) check(f *union.FaultList, where string, items known) {
	form, ok := formNamed(items.forms, b.Form)
	switch {
	case b.Form == "":
		f.Add(union.ErrMissing, where+".form", "", "the key of a form of the scheme")
	case !ok:
		f.Add(union.ErrUnknown, where+".form", quote.Key(b.Form), "a form of the scheme")
	case b.needs() != ofBallot:
		f.Add(union.ErrMissing, where, "", "a criterion, and its answers, a count or points")
	default:
		b.Votes.check(f, where, form)
	}
}

// extent takes in 0 over a base, since voters may give no answer at all.
func (b Ballot) extent(items known) extent {
	nothing, whole := union.Number{}, one()
	form, ok := formNamed(items.forms, b.Form)
	at := form.criterion(b.Criterion)
	switch {
	case b.Over == 0, b.Count != 0:
		return extent{}
	case len(b.Answers) > 0:
		return extent{low: &nothing, high: &whole}
	case !ok || at < 0:
		return extent{}
	}
	var list []union.Number
	for _, answer := range form.Criteria[at].Answers {
		if answer.Points != nil {
			list = append(list, *answer.Points)
		}
	}
	if len(b.Trim) == 0 {
		list = append(list, nothing)
	}
	return extentOf(list)
}

// figure returns the figure of a record. More votes than their base are
// ErrRange; what is known of an outcome and what is not, the ballot says.
func (b Ballot) figure(record Record, forms map[string]Form, limits extent) (union.Number, error) {
	where := "votes." + b.Form
	outcome, ok := record.Votes[b.Form]
	if !ok {
		return union.Number{}, union.NewFault(union.ErrMissing, where, "", "the outcome of a ballot")
	}
	form := forms[b.Form]
	if err := form.owns(outcome); err != nil {
		return union.Number{}, union.Within(where, err)
	}
	read, err := b.read(form, outcome, seen{})
	if err != nil {
		return union.Number{}, union.Within(where, err)
	}
	if limits.high != nil && read.figure.Cmp(*limits.high) > 0 {
		return union.Number{}, union.NewFault(union.ErrRange, where, read.String(), "at most "+limits.high.String())
	}
	return read.figure, nil
}

// explain tells the votes of each answer and the base.
func (b Ballot) explain(working *union.Working, record Record, forms map[string]Form) error {
	form, outcome := forms[b.Form], record.Votes[b.Form]
	read, err := b.read(form, outcome, seen{})
	if err != nil {
		return err
	}
	working.Rule = form.spec.Title + "计票"
	if trim := trimFor(b.Trim, most); !trim.keepsAll() {
		working.Rule += "，" + trim.String()
	}
	if at := form.spec.criterion(b.Criterion); at >= 0 {
		criterion := form.spec.Criteria[at]
		votes := outcome.Votes[place(b.Class, criterion.Key)]
		for _, answer := range criterion.Answers {
			input := union.Input{Name: criterion.Title + " " + answer.Title, Value: strconv.FormatInt(votes[answer.Key], 10) + "票"}
			if b.Points && answer.Points != nil {
				input.Value += " × " + answer.Points.String()
			}
			working.Inputs = append(working.Inputs, input)
		}
	}
	if read.over {
		working.Inputs = append(working.Inputs, union.InputOf(b.Over.Title(), read.whole))
	}
	return nil
}
