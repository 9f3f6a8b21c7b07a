package assessment

import (
	"slices"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/internal/exact"
)

// printer makes the figures of one class; the zero class is all voters.
type printer struct {
	form    Form
	outcome Outcome
	class   Class
	list    *union.FigureList
}

// spec returns the spec of a figure, with the class in its key and title.
func (p printer) spec(key, title string, inputs ...union.Input) union.FigureSpec {
	return p.list.Spec(p.prefix()+key, p.class.Title+title, inputs...)
}

// prefix is what the keys of the figures of a class begin with.
func (p printer) prefix() string {
	prefix := "assessment.ballot." + p.form.spec.Key + "."
	if p.class.Key != "" {
		prefix += "class." + p.class.Key + "."
	}
	return prefix
}

// absent adds a figure without a value. The working of one that is withheld
// names no count.
func (p printer) absent(spec union.FigureSpec, why union.Absence) {
	if why == union.Withheld {
		spec.Working.Inputs = []union.Input{{Name: "是否公布", Value: "否"}}
	} else if len(spec.Working.Inputs) == 0 {
		spec.Working.Inputs = []union.Input{{Name: "有无记录", Value: "无"}}
	}
	p.list.Add(spec.Absent(why), nil)
}

// count adds a count with its inputs, or why there is none.
func (p printer) count(key, title string, measure union.Measure, n int64, why union.Absence, inputs ...union.Input) {
	if why != 0 {
		spec := p.spec(key, title)
		spec.Measure = measure
		p.absent(spec, why)
		return
	}
	spec := p.spec(key, title, inputs...)
	spec.Measure = measure
	p.list.Add(spec.Count(n), nil)
}

// why says why a place has no counts; zero: they are known.
func (p printer) why(at string, known bool) union.Absence {
	switch {
	case known:
		return 0
	case slices.Contains(p.outcome.Withheld, at):
		return union.Withheld
	}
	return union.NotKnown
}

// papers adds the figures of persons and papers, but for those void.
func (p printer) papers() {
	at := place(p.class.Key, basesPlace)
	for base := Entitled; base <= Valid; base++ {
		measure := union.Sheets
		if base == Entitled || base == Present {
			measure = union.Persons
		}
		n, known := p.outcome.Bases[at][base]
		p.count(base.String(), base.Title(), measure, n, p.why(at, known), union.InputOf(base.Title(), n))
	}
	p.outstanding(at)
}

// outstanding adds the figure of papers issued that were not recovered.
func (p printer) outstanding(at string) {
	issued, told := p.outcome.Bases[at][Issued]
	recovered, known := p.outcome.Bases[at][Recovered]
	known = known && told && recovered <= issued // else a finding tells it
	p.count("outstanding", "未收回票数", union.Sheets, issued-recovered, p.why(at, known),
		union.InputOf(Issued.Title(), issued), union.InputOf(Recovered.Title(), recovered))
}

// void adds the figures of void papers, together and by reason.
func (p printer) void() {
	at := place(p.class.Key, basesPlace)
	void, known := p.outcome.Void[at]
	sum, fits := int64(0), true
	var inputs []union.Input
	for _, reason := range p.form.reasons() {
		var ok bool
		sum, ok = exact.Add(sum, void[reason.Key])
		fits = fits && ok
		inputs = append(inputs, union.InputOf(reason.Title, void[reason.Key]))
	}
	if len(inputs) == 0 {
		inputs = append(inputs, union.InputOf("无效票数", 0))
	}
	p.count(Spoiled, "无效票数", union.Sheets, sum, p.why(at, known && fits), inputs...)
	for _, reason := range p.form.reasons() {
		n := void[reason.Key]
		p.count(Spoiled+".reason."+reason.Key, "无效票数："+reason.Title, union.Sheets, n, p.why(at, known), union.InputOf(reason.Title, n))
	}
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
	return p.outcome.base(p.class.Key, criterion, base)
}

// criterion adds the figures of one criterion: its answers' shares, balanced
// together, and its rate of satisfaction.
func (p printer) criterion(criterion Criterion) {
	at := place(p.class.Key, criterion.Key)
	votes, known := p.outcome.Votes[at]
	whole, based := p.base(p.form.spec.Base, criterion)
	why := p.why(at, known && based)
	var shares map[string]union.Number
	var inputs []union.Input
	if why == 0 {
		var err error
		if shares, inputs, why, err = p.shares(criterion, votes, whole); err != nil {
			p.list.Add(union.Figure{}, union.Within(at, err))
			return
		}
	}
	for _, answer := range criterion.Answers {
		spec := p.spec("criterion."+criterion.Key+".answer."+answer.Key, criterion.Title+"："+answer.Title, inputs...)
		spec.Base, spec.Rounding = p.form.spec.Base.Title(), p.form.spec.Rounding
		switch {
		case known && !p.form.spec.shared(answer):
			p.absent(spec, union.NotApplicable)
		case why != 0:
			p.absent(spec, why)
		case votes[answer.Key] == 0 && p.form.spec.EmptyBlank:
			p.absent(spec, union.NotApplicable)
		default:
			spec.Working.Rounding = spec.Rounding.Title() + "，" + p.form.spec.Balance.Title()
			p.list.Add(spec.Share(shares[answer.Key]))
		}
	}
	if p.form.spec.rated(criterion) {
		p.satisfied(&criterion)
	}
}

// shared reports whether an answer has a share: one that is no vote has none of
// the votes.
func (s FormSpec) shared(answer Answer) bool { return s.Base != Expressed || !answer.NoVote }

// shares returns the shares of the answers that have one, by key, with the
// counts they are made of, or why there are none. What the base holds beside
// the answers (blanks, void marks, those who did not vote) is a last part, so
// that the shares are balanced over the whole base.
func (p printer) shares(criterion Criterion, votes map[string]int64, whole int64) (map[string]union.Number, []union.Input, union.Absence, error) {
	var keys []string
	var parts []int64
	var inputs []union.Input
	rest, fits := whole, true
	for _, answer := range criterion.Answers {
		if !p.form.spec.shared(answer) {
			continue
		}
		n := votes[answer.Key]
		keys, parts = append(keys, answer.Key), append(parts, n)
		inputs = append(inputs, union.InputOf(answer.Title, n))
		var ok bool
		rest, ok = exact.Sub(rest, n)
		fits = fits && ok && rest >= 0
	}
	inputs = append(inputs, union.InputOf(p.form.spec.Base.Title(), whole))
	switch {
	case !fits:
		return nil, inputs, union.NotKnown, nil // more votes than the base holds: a finding tells it
	case whole == 0:
		return nil, inputs, union.Undefined, nil
	}
	balanced, err := union.NewShares(p.form.spec.Balance, p.form.spec.Rounding, append(parts, rest)...)
	if err != nil {
		return nil, nil, 0, err
	}
	shares := map[string]union.Number{}
	for i, key := range keys {
		shares[key] = balanced.Percents[i]
	}
	name := "余数项"
	if p.form.spec.Balance == union.Plain {
		name = "各项合计"
	}
	for _, finding := range balanced.Findings {
		inputs = append(inputs, union.Input{Name: name, Value: finding.Got + "%"})
	}
	return shares, inputs, 0, nil
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
		if why := p.why(at, known && based); why != 0 {
			return union.Ratio{}, nil, why, nil
		}
		var part int64
		for _, answer := range criterion.Answers {
			if !slices.Contains(satisfied.Answers, answer.Key) {
				continue
			}
			var fits bool
			part, fits = exact.Add(part, votes[answer.Key])
			if !fits || part > whole {
				return union.Ratio{}, nil, union.NotKnown, nil // a finding tells it
			}
			inputs = append(inputs, union.InputOf(criterion.Title+"："+answer.Title, votes[answer.Key]))
		}
		if of == nil {
			inputs = append(inputs, union.InputOf(criterion.Title+"："+satisfied.Base.Title(), whole))
		}
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

// satisfied adds the figure of a rate of satisfaction.
func (p printer) satisfied(of *Criterion) {
	spec := p.spec("satisfied", "总体满意率")
	if of != nil {
		spec = p.spec("criterion."+of.Key+".satisfied", of.Title+"：满意率")
	}
	ratio, inputs, why, err := p.rate(of)
	switch base := p.form.spec.Satisfied.Base.Title(); {
	case err != nil:
		p.list.Add(union.Figure{}, err)
	case why != 0:
		spec.Base = base
		p.absent(spec, why)
	default:
		p.list.Percent(spec.Key, spec.Title, "满意票数", base, ratio, p.form.spec.Rounding, inputs...)
	}
}

// verdict adds the figure of the verdict that the votes on a criterion come to,
// if the form has a ruling for it. Its working is the verdict's reasons.
func (p printer) verdict(criterion Criterion) {
	for _, ruling := range p.form.spec.Rulings {
		if ruling.is(criterion.Key) {
			p.ruled(criterion, ruling)
		}
	}
}

// ruled adds the figure of the verdict of a ruling.
func (p printer) ruled(criterion Criterion, ruling Ruling) {
	verdict := p.form.judge(p.outcome, criterion, ruling)
	var inputs []union.Input
	for _, reason := range verdict.Reasons {
		inputs = append(inputs, union.Input{Name: reason.Rule, Value: reason.Got})
	}
	spec := p.spec("criterion."+criterion.Key+".verdict", criterion.Title+"：测评结果", inputs...)
	if verdict.Answer != "" {
		p.list.Add(spec.Text(ruling.Ladder.title(verdict.Answer)), nil)
		return
	}
	why := p.why(criterion.Key, false)
	if verdict.Standing == union.Unmet {
		why = union.NotApplicable // the vote is not valid
	}
	p.absent(spec, why)
}

// title returns the title of a grade, or its key if it has none.
func (l Ladder) title(grade string) string {
	for _, rung := range l.Rungs {
		if rung.Grade == grade && rung.Title != "" {
			return rung.Title
		}
	}
	return grade
}
