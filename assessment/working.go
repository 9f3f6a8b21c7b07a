package assessment

import (
	"slices"
	"strconv"
	"strings"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/internal/quote"
)

// Working returns how the score of one unit of a group came about: the total as
// printed, with the working of every item in the scheme's order and, last, that of
// the grade. It is made on demand, from the same records that the group was judged
// by.
//
// It fails where [Scheme.Judge] does, and with [union.ErrUnknown] for a unit
// that is not in the group.
func (s Scheme) Working(group []Record, unit string) (union.Working, error) {
	scores, err := s.Judge(group)
	if err != nil {
		return union.Working{}, err
	}
	for i, record := range group {
		if record.Unit == unit {
			return s.explain(group, i, scores[i])
		}
	}
	return union.Working{}, union.NewFault(union.ErrUnknown, "unit", quote.Key(unit), "a unit of the group")
}

// What a working says of what has no figure.
const (
	unknown      = "不详"
	inapplicable = "不适用"
)

// working returns how the score of a unit that is judged alone came about.
func (s Scheme) working(record Record, score Score) (union.Working, error) {
	return s.explain([]Record{record}, 0, score)
}

// explain returns how the score of one record of a group came about.
func (s Scheme) explain(group []Record, at int, score Score) (union.Working, error) {
	rows, err := s.rows(group)
	if err != nil {
		return union.Working{}, err
	}
	record, marks := group[at], rows[at]
	parts := make([]union.Working, len(s.spec.Items))
	for i, item := range s.spec.Items {
		parts[i].Item = item.name()
		if err := s.explainItem(&parts[i], i, group, rows, at); err != nil {
			return union.Working{}, union.Within("items."+item.Key, err)
		}
	}
	result, err := s.Format(score.Total)
	if err != nil {
		return union.Working{}, err
	}
	whole := union.Working{
		Item:     s.spec.Title + " " + record.Unit,
		Rule:     s.spec.Source,
		Rounding: s.spec.Print.Title(),
		Result:   result,
		Inputs:   s.explainScore(record, score, marks),
		Parts:    parts,
	}
	if score.Grade == "" {
		return whole, nil
	}
	whole.Result += " " + s.GradeTitle(score.Grade)
	graded, err := s.explainGrade(record, score, marks)
	whole.Parts = append(whole.Parts, graded)
	return whole, err
}

// explainGrade tells the tests of each grade down to the one that is reached, and
// each veto that lowers it.
func (s Scheme) explainGrade(record Record, score Score, marks []mark) (union.Working, error) {
	after := slices.Clone(marks)
	after[s.total].figure = score.Total // a veto may have zeroed it
	working := union.Working{Item: "等次"}
	reached, err := s.explainRungs(&working, *s.spec.Grades, after, func(rung Rung) string { return "为" + s.GradeTitle(rung.Grade) })
	if err != nil {
		return working, err
	}
	rungs := s.spec.Grades.Rungs
	working.Result = s.GradeTitle(rungs[reached].Grade)
	grades := 0
	for _, veto := range s.spec.Vetoes {
		if veto.Effect != Lower || !slices.Contains(record.Facts, veto.Fact) {
			continue
		}
		grades += veto.Grades
		before := working.Result
		working.Result = s.GradeTitle(rungs[s.lowered(reached, grades)].Grade)
		working.Parts = append(working.Parts, union.Working{
			Item: veto.Title, Rule: veto.consequence(), Inputs: []union.Input{{Name: "原等次", Value: before}}, Result: working.Result,
		})
	}
	return working, nil
}

// explainScore says what the total was made of, and how gates and vetoes stand.
func (s Scheme) explainScore(record Record, score Score, marks []mark) []union.Input {
	inputs := []union.Input{{Name: s.spec.Items[s.total].name(), Value: score.Total.String()}}
	for _, gate := range s.spec.Gates {
		tested := marks[s.items.index[gate.Item]]
		input := union.Input{Name: gate.Why, Value: tested.String()}
		if input.Name == "" {
			input.Name = s.name(gate.Item)
		}
		if tested.applies {
			input.Value += "，要求" + inWords(gate.In) + "，" + passed(gate.In.Contains(tested.figure))
		}
		inputs = append(inputs, input)
	}
	for _, veto := range s.spec.Vetoes {
		value := "未发生"
		if slices.Contains(record.Facts, veto.Fact) {
			value = "发生，" + veto.consequence()
		}
		inputs = append(inputs, union.Input{Name: veto.Title, Value: value})
	}
	return inputs
}

// inWords says an interval as a clerk reads it aloud.
func inWords(in union.Interval) string {
	low, from, lower := in.Lower()
	high, to, upper := in.Upper()
	if from && to { // there are both ends, and they are closed
		if low.Equal(high) {
			return low.String()
		}
		return low.String() + "至" + high.String()
	}
	var parts []string
	if lower {
		parts = append(parts, map[bool]string{true: "不低于", false: "高于"}[from]+low.String())
	}
	if upper {
		parts = append(parts, map[bool]string{true: "不高于", false: "低于"}[to]+high.String())
	}
	if len(parts) == 0 {
		return "不限"
	}
	return strings.Join(parts, "且")
}

func passed(holds bool) string {
	if holds {
		return "符合"
	}
	return "不符合"
}

// Format returns a score as the scheme prints it: rounded with all its places,
// or exactly if the scheme does not say. It fails only where
// [union.Rounding.Format] does.
func (s Scheme) Format(n union.Number) (string, error) {
	if s.spec.Print == (union.Rounding{}) {
		return n.String(), nil
	}
	return s.spec.Print.Format(n)
}

// explainAbsent says why an item does not apply.
func (s Scheme) explainAbsent(working *union.Working, why string) {
	if working != nil {
		working.Result = inapplicable
		working.Inputs = []union.Input{{Name: "原因", Value: why}}
	}
}

// explainItem says what an item's source made of its inputs, and each step of
// that.
func (s Scheme) explainItem(working *union.Working, i int, group []Record, rows [][]mark, at int) error {
	item, record, before := s.spec.Items[i], group[at], rows[at]
	if why, ok := record.NotApplicable[item.Key]; ok {
		s.explainAbsent(working, why)
		return nil
	}
	column, err := s.sources(item, group, rows)
	if err != nil {
		return err
	}
	made := column[at]
	working.Result = made.String()
	switch {
	case item.From.Sum != nil:
		s.explainSum(working, *item.From.Sum, before)
	case item.From.Ladder != nil:
		err = s.explainLadder(working, *item.From.Ladder, before)
	case item.From.Panel != nil:
		err = s.explainPanel(working, item, record, before)
	case item.From.Votes != nil:
		err = item.From.Votes.explain(working, record, s.forms)
	case item.From.Group != nil:
		err = s.explainGroup(working, *item.From.Group, group, rows, at)
	default:
		working.Rule = "按实际填报，" + item.From.Given.title()
		working.Inputs = []union.Input{{Name: "填报数", Value: made.String()}}
	}
	if err != nil {
		return err
	}
	_, err = s.steps(item, made, before, working)
	return err
}

// explainLadder tells the tests of each rung down to the one that is taken.
func (s Scheme) explainLadder(working *union.Working, ladder Ladder, before []mark) error {
	_, err := s.explainRungs(working, ladder, before, func(rung Rung) string {
		if rung.Item != "" {
			return "得" + s.name(rung.Item)
		}
		return "得" + rung.Give.String()
	})
	return err
}

// explainRungs tells the tests of each rung down to the one that is taken, and
// returns that; gives says what a rung gives.
func (s Scheme) explainRungs(working *union.Working, ladder Ladder, before []mark, gives func(Rung) string) (int, error) {
	working.Rule = "自上而下取第一个符合的档"
	taken, err := ladder.find(before, s.items)
	if err != nil {
		return 0, err
	}
	for _, rung := range ladder.Rungs[:taken+1] {
		for _, test := range rung.If {
			tested := before[s.items.index[test.Item]]
			working.Inputs = append(working.Inputs, union.Input{
				Name:  s.name(test.Item),
				Value: tested.String() + "，" + inWords(test.In) + gives(rung) + "，" + passed(test.In.Contains(tested.figure)),
			})
		}
		if len(rung.If) == 0 {
			working.Inputs = append(working.Inputs, union.Input{Name: "其余", Value: gives(rung)})
		}
	}
	return taken, nil
}

// explainPanel tells each mark by the judge's number, and whether it counted.
func (s Scheme) explainPanel(working *union.Working, item Item, record Record, before []mark) error {
	panel := item.From.Panel
	made, err := panel.apply(item.Key, record, before, s.items)
	if err != nil {
		return err
	}
	counted := map[int]int{}
	for i, judge := range made.count {
		counted[judge] = i
	}
	working.Rule = "评委打分"
	if trim := trimFor(panel.Trim, len(made.after)); !trim.keepsAll() {
		working.Rule += "，" + trim.String()
	}
	working.Rule += "，" + aggregateTitle(panel.Mean)
	for judge, each := range made.marks {
		input := union.Input{Name: "评委" + strconv.Itoa(judge+1), Value: markTitles[each.State]}
		if i, ok := counted[judge]; ok {
			input.Value = each.Figure.String()
			if len(panel.Each) > 0 {
				input.Value += "，得" + made.after[i].String()
			}
			if !made.keep[i] {
				input.Value += "，去掉"
			}
		}
		working.Inputs = append(working.Inputs, input)
	}
	return nil
}

// shown is how many units a working lists; of a larger group it tells the size.
const shown = 12

// explainGroup tells whom the unit is judged with and, if they are few, by what
// figures.
func (s Scheme) explainGroup(working *union.Working, group Group, records []Record, rows [][]mark, at int) error {
	working.Rule = group.title()
	item := s.items.index[group.Item]
	if group.Under == "" {
		working.Inputs = append(working.Inputs, union.Input{Name: "本单位" + s.name(group.Item), Value: rows[at][item].String()})
	}
	if group.Within != "" {
		working.Inputs = append(working.Inputs, union.Input{Name: "所在组别", Value: records[at].In[group.Within]})
	}
	var members []union.Input
	for i, record := range records {
		if rows[i][item].applies && group.together(records[at], record) {
			members = append(members, union.Input{Name: record.Unit, Value: rows[i][item].String()})
		}
	}
	working.Inputs = append(working.Inputs, union.InputOf("组内单位数", int64(len(members))))
	if len(members) <= shown {
		working.Inputs = append(working.Inputs, members...)
	}
	if group.Of != Placed || !rows[at][item].applies {
		return nil
	}
	tied := int64(0)
	for i, record := range records {
		if rows[i][item].applies && group.together(records[at], record) && rows[i][item].figure.Equal(rows[at][item].figure) {
			tied++
		}
	}
	numbered := group
	numbered.Placing = &Placing{Ties: group.Placing.Ties.numbered()}
	column, err := s.sources(Item{From: Source{Group: &numbered}}, records, rows)
	if err != nil {
		return err
	}
	place, _ := column[at].figure.Int64()
	return s.explainPlace(working, *group.Placing, place, tied)
}

// explainPlace tells a unit's place and, step by step, what it is worth; where
// those who tie share, what each of their places is worth.
func (s Scheme) explainPlace(working *union.Working, placing Placing, place, tied int64) error {
	if len(placing.Worth) == 0 && placing.Ties != Shared {
		return nil // the place is the figure
	}
	working.Inputs = append(working.Inputs, union.InputOf("名次", place), union.InputOf("名次相同单位数", tied))
	if placing.Ties != Shared {
		tied = 1
	}
	if tied > shown {
		return nil
	}
	for number := place; number < place+tied; number++ {
		part := union.Working{Item: "第" + strconv.FormatInt(number, 10) + "名"}
		worth, err := placing.worth(number, func(step Step, from, to union.Number) { s.explainStep(&part, step, nil, from, to) })
		if err != nil {
			return err
		}
		part.Result = worth.String()
		working.Parts = append(working.Parts, part)
	}
	return nil
}

func (s Scheme) explainSum(working *union.Working, sum Sum, before []mark) {
	working.Rule = "加权求和，权重合计为" + sum.weight().String()
	switch {
	case sum.Normalise:
		working.Rule = "加权平均，除以权重合计" + sum.weight().String()
	case sum.Mean:
		working.Rule = "加权平均，权重合计为1"
	}
	if sum.Renormalise != 0 {
		working.Rule += "，" + renormaliseTitles[sum.Renormalise]
	}
	for _, term := range sum.Of {
		value := before[s.items.index[term.Item]].String()
		working.Inputs = append(working.Inputs, union.Input{Name: s.name(term.Item), Value: value + " × " + term.Weight.String()})
	}
}

// explainStep says what a step made of an item's figure.
func (s Scheme) explainStep(working *union.Working, step Step, before []mark, from, to union.Number) {
	if working == nil {
		return
	}
	part := union.Working{Result: to.String(), Inputs: []union.Input{{Name: "原数", Value: from.String()}}}
	switch {
	case step.Times != nil:
		part.Item = "乘以"
		if step.Times.Invert {
			part.Item = "除以"
		}
		by := union.Input{Name: "系数", Value: step.Times.By.String()}
		if step.Times.Item != "" {
			by = union.Input{Name: s.name(step.Times.Item), Value: before[s.items.index[step.Times.Item]].String()}
		}
		part.Inputs = append(part.Inputs, by)
	case len(step.Curve) > 0:
		part.Item = "两点之间按直线取值"
		for _, point := range step.Curve {
			part.Inputs = append(part.Inputs, union.Input{Name: point.X.String(), Value: point.Y.String()})
		}
	case step.Bands != nil:
		part.Item = "按档取值"
		for _, band := range step.Bands.List {
			part.Inputs = append(part.Inputs, union.Input{Name: inWords(band.In), Value: band.Give.String()})
		}
	case step.Clamp != nil:
		part.Item = "限于" + inWords(*step.Clamp)
	case step.Round != nil:
		part.Item, part.Rounding = "取舍", step.Round.Title()
	}
	working.Parts = append(working.Parts, part)
	working.Result = part.Result
}

// name returns the title of an item by its key.
func (s Scheme) name(key string) string { return s.spec.Items[s.items.index[key]].name() }

// String returns the figure exactly, or that it does not apply.
func (m mark) String() string {
	if !m.applies {
		return inapplicable
	}
	return m.figure.String()
}
