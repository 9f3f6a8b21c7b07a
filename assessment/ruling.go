package assessment

import (
	"slices"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/internal/quote"
)

// A Ruling says which verdict the votes on a criterion come to: the grade of the
// first rung whose tests, on readings of the form, all hold.
//
// The verdict recommends. What is made of it is a [Decision].
type Ruling struct {
	Criteria []string `json:"criteria,omitempty"` // those that it is for; none: all
	Ladder   Ladder   `json:"ladder"`
}

// is reports whether the ruling is for a criterion.
func (r Ruling) is(criterion string) bool {
	return len(r.Criteria) == 0 || slices.Contains(r.Criteria, criterion)
}

func (s FormSpec) checkRulings(f *union.FaultList) {
	items := known{index: map[string]int{}}
	for i, reading := range s.Readings {
		items.index[reading.Key] = i
	}
	ruled := map[string]bool{}
	for i, ruling := range s.Rulings {
		where := union.Indexed("rulings", i)
		ruling.Ladder.check(f, where+".ladder", items)
		for j, rung := range ruling.Ladder.Rungs {
			at := union.Indexed(where+".ladder.rungs", j)
			f.Given(at+".grade", rung.Grade)
			if rung.Give.Sign() != 0 {
				f.Add(union.ErrRange, at+".give", rung.Give.String(), "a grade alone")
			}
			s.checkTests(f, at+".if", rung.If, ofCriterion)
			s.checkRuled(f, at+".if", rung.If, ruling)
		}
		for j, criterion := range ruling.Criteria {
			if s.criterion(criterion) < 0 {
				f.Add(union.ErrUnknown, union.Indexed(where+".criteria", j), quote.Key(criterion), "a criterion of the form")
			}
		}
		for _, criterion := range s.Criteria {
			ours := ruling.is(criterion.Key)
			if ours && ruled[criterion.Key] {
				f.Add(union.ErrRepeated, where, quote.Key(criterion.Key), "one ruling a criterion")
			}
			ruled[criterion.Key] = ruled[criterion.Key] || ours
		}
	}
}

// checkRuled notes readings that need of a criterion that is ruled what it has
// not.
func (s FormSpec) checkRuled(f *union.FaultList, where string, tests []Test, ruling Ruling) {
	for i, test := range tests {
		reading, _ := s.reading(test.Item)
		for _, criterion := range s.Criteria {
			if reading.Votes.Criterion == "" && ruling.is(criterion.Key) {
				reading.Votes.checkAnswers(f, union.Indexed(where, i), criterion)
			}
		}
	}
}

// Judge returns the verdict to which the votes on each criterion come that the
// form has a ruling for, in the form's order. Its answer is the grade; its
// reasons are the tests of each rung down to the one that holds. If the vote is not
// [Form.Valid], or a figure is not known that decides, there is no answer, and
// the verdict is unmet or unknown.
//
// It fails with [union.ErrRule] for an outcome of another form.
func (f Form) Judge(outcome Outcome) ([]union.Verdict, error) {
	if err := f.owns(outcome); err != nil {
		return nil, err
	}
	var verdicts []union.Verdict
	for _, criterion := range f.spec.Criteria {
		for _, ruling := range f.spec.Rulings {
			if ruling.is(criterion.Key) {
				verdicts = append(verdicts, f.judge(outcome, criterion, ruling))
			}
		}
	}
	return verdicts, nil
}

// question is what a verdict by vote answers.
func (f Form) question(criterion string) string {
	return "vote on " + criterion + " under " + f.spec.Key
}

func (f Form) judge(outcome Outcome, criterion Criterion, ruling Ruling) union.Verdict {
	verdict := f.valid(outcome)
	verdict.Question = f.question(criterion.Key)
	if !verdict.Holds() {
		return verdict
	}
	for _, rung := range ruling.Ladder.Rungs {
		holds, grade := union.Met, quote.Key(rung.Grade)
		for _, test := range rung.If {
			reason, made := f.tried(test, outcome, seen{criterion: criterion})
			if reason.Standing != union.Unknown && onScale(ruling.Ladder.Scale, ruling.Ladder.Grid, made.figure) != nil {
				reason.Standing, reason.Want = union.Unknown, "in "+ruling.Ladder.Scale.String()
			}
			reason.Want += " for " + grade
			verdict.Reasons = append(verdict.Reasons, reason)
			holds = both(holds, reason.Standing)
		}
		switch holds {
		case union.Met:
			verdict.Answer, verdict.Standing = rung.Grade, union.Met
			return verdict
		case union.Unknown:
			verdict.Standing = union.Unknown
			return verdict
		case union.Unmet, union.Exempt:
		}
	}
	verdict.Standing = union.Unknown // a ladder of one figure, off its grid
	return verdict
}

// both returns how two tests stand together.
func both(a, b union.Standing) union.Standing {
	switch {
	case a == union.Unmet || b == union.Unmet:
		return union.Unmet
	case a == union.Unknown || b == union.Unknown:
		return union.Unknown
	}
	return union.Met
}
