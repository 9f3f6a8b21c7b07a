package assessment

import (
	"maps"
	"slices"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/internal/quote"
)

const goalsDocument = "assessment.goals/1"

// A GoalRuleSpec joins the course that a goal card takes with the scheme that
// scores it.
type GoalRuleSpec struct {
	union.Rule
	Steps    union.ProcedureSpec     `json:"steps"`
	Windows  map[string]union.Period `json:"windows,omitempty"` // by event of the steps: the days on which it may be taken; none: any day
	ScoredIn []string                `json:"scored_in"`         // the states in which a card may be scored: verified and after
	Scheme   SchemeSpec              `json:"scheme"`
}

// A GoalRule is a checked rule of goal management; its document is
// "assessment.goals/1". It never changes, so it may be shared between
// goroutines. The zero GoalRule knows no step and scores no card.
type GoalRule struct {
	spec   GoalRuleSpec
	id     union.RuleID
	steps  union.Procedure
	scheme Scheme
}

// FiveSteps returns the course of five steps as it is commonly laid down: the
// goals are declared (目标申报), the card is filled in (填写目标管理卡), the work
// is summarised (工作总结), the figures are verified (审查核定) and the result is
// evaluated (成果评价). The unit takes the first three, the assessment office
// verifies, which the one who summarised may not, and the leading group
// evaluates, which the one who verified may not. It is plain data: a rule that
// differs changes the copy.
func FiveSteps(rule union.Rule) union.ProcedureSpec {
	return union.ProcedureSpec{
		Rule: rule,
		States: []union.State{
			{Key: "open", Title: "未申报"},
			{Key: "declared", Title: "目标申报"},
			{Key: "carded", Title: "填写目标管理卡"},
			{Key: "summarised", Title: "工作总结"},
			{Key: "verified", Title: "审查核定"},
			{Key: "evaluated", Title: "成果评价", Final: true},
		},
		Transitions: []union.Transition{
			{Event: "declare", Title: "申报目标", From: "open", To: "declared", By: []string{"unit"}},
			{Event: "fill", Title: "填写目标管理卡", From: "declared", To: "carded", By: []string{"unit"}, Evidence: []string{"card"}},
			{Event: "summarise", Title: "总结工作", From: "carded", To: "summarised", By: []string{"unit"}, Evidence: []string{"summary"}},
			{Event: "verify", Title: "审查核定", From: "summarised", To: "verified", By: []string{"office"}, NotBy: []string{"summarise"}},
			{Event: "evaluate", Title: "评价成果", From: "verified", To: "evaluated", By: []string{"leading group"}, NotBy: []string{"verify"}},
		},
	}
}

// NewGoalRule returns the rule that spec describes. It reports, joined, what
// [union.Rule.Check], [union.NewProcedure] and [NewScheme] report, each within
// its part, and [union.ErrMissing], [union.ErrUnknown] or [union.ErrRepeated]
// for the states in which a card may be scored, [union.ErrOrder] if a card may be
// scored in the state where it starts, and [union.ErrUnknown] for a window of
// what is no event of the steps, or [union.ErrMissing] for one without a day.
func NewGoalRule(spec GoalRuleSpec) (GoalRule, error) {
	var f union.FaultList
	f.Within("", spec.Check())
	steps, err := union.NewProcedure(spec.Steps)
	f.Within("steps", err)
	scheme, err := NewScheme(spec.Scheme)
	f.Within("scheme", err)
	spec.checkScored(&f)
	for _, event := range slices.Sorted(maps.Keys(spec.Windows)) {
		if !slices.ContainsFunc(spec.Steps.Transitions, func(t union.Transition) bool { return t.Event == event }) {
			f.Add(union.ErrUnknown, "windows", quote.Key(event), "an event of the steps")
		}
		if spec.Windows[event].IsZero() {
			f.Add(union.ErrMissing, "windows."+event, "", "the days on which it may be taken")
		}
	}
	if err := f.Err(); err != nil {
		return GoalRule{}, err
	}
	copied, id, err := settled(goalsDocument, spec)
	if err != nil {
		return GoalRule{}, err
	}
	return GoalRule{spec: copied, id: id, steps: steps, scheme: scheme}, nil
}

func (s GoalRuleSpec) checkScored(f *union.FaultList) {
	if len(s.ScoredIn) == 0 {
		f.Add(union.ErrMissing, "scored_in", "", "one state or more")
	}
	for i, key := range s.ScoredIn {
		where := union.Indexed("scored_in", i)
		at := slices.IndexFunc(s.Steps.States, func(state union.State) bool { return state.Key == key })
		switch {
		case at < 0:
			f.Add(union.ErrUnknown, where, quote.Key(key), "a state of the steps")
		case at == 0:
			f.Add(union.ErrOrder, where, quote.Key(key), "a state after the first")
		case slices.Contains(s.ScoredIn[:i], key):
			f.Add(union.ErrRepeated, where, quote.Key(key), "a new state")
		}
	}
}

// ID returns the rule's identity.
func (r GoalRule) ID() union.RuleID { return r.id }

// Rule returns what the rule says of itself.
func (r GoalRule) Rule() union.Rule { return r.spec.Rule }

// Scheme returns the scheme that scores the cards.
func (r GoalRule) Scheme() Scheme { return r.scheme }

// MarshalJSON writes the rule as a document "assessment.goals/1". The zero
// GoalRule has none, which is [union.ErrMissing].
func (r GoalRule) MarshalJSON() ([]byte, error) { return union.WriteRule(goalsDocument, r.spec) }

// UnmarshalJSON reads a document "assessment.goals/1" and checks it as
// [NewGoalRule] does. On error the rule is unchanged.
func (r *GoalRule) UnmarshalJSON(data []byte) error {
	var spec GoalRuleSpec
	if err := union.ReadRule(data, goalsDocument, &spec); err != nil {
		return err
	}
	made, err := NewGoalRule(spec)
	if err == nil {
		*r = made
	}
	return err
}

// Card returns a new card of a unit, on which no step has been taken.
func (r GoalRule) Card(unit string, goals ...Goal) GoalCard {
	return GoalCard{Unit: unit, Goals: slices.Clone(goals), Log: r.steps.Log(unit)}
}

// Add takes a step with the card. It refuses what [union.Procedure.Add] refuses
// (a step skipped, out of order or back-dated, or taken by one who may not) and
// then changes nothing, and before that [union.ErrMissing], for no card, and
// [union.ErrRange], for a day outside the step's window.
func (r GoalRule) Add(card *GoalCard, event union.Event) error {
	if card == nil {
		return union.NewFault(union.ErrMissing, "card", "", "")
	}
	if window, ok := r.spec.Windows[event.Event]; ok && !event.On.IsZero() && !window.Contains(event.On) {
		return union.NewFault(union.ErrRange, "event "+quote.Key(event.Event), event.On.String(), window.String())
	}
	return r.steps.Add(&card.Log, event)
}

// Step returns the state of the card at the end of a day, with the reasons. It
// fails where [union.Procedure.On] does, and with [union.ErrUnknown] for a card
// that holds the log of another unit.
func (r GoalRule) Step(card GoalCard, on union.Date) (union.State, union.Verdict, error) {
	if subject := card.Log.Subject(); subject != card.Unit && !card.Log.Rule().IsZero() {
		return union.State{}, union.Verdict{}, union.NewFault(union.ErrUnknown, "card.log", quote.Key(subject), quote.Key(card.Unit))
	}
	return r.steps.On(card.Log, on)
}

// targetSuffix is what follows the key of a goal in that of its target.
const targetSuffix = "-target"

// Judge scores a card as it stands at the end of a day, by what is verified. A
// goal is handed to the scheme under its key, and its target under the key with
// "-target" if the scheme has such an item.
//
// It reports the first fault in this order: what [GoalRule.Step] reports;
// [union.ErrOrder], for a card that is not yet in a state in which it may be
// scored; for each goal [union.ErrRepeated], for a key used before, and
// [union.ErrUnknown], for one that the scheme does not score; for each goal
// [union.ErrMissing], for one that is not verified; and what [Scheme.Judge]
// reports.
func (r GoalRule) Judge(card GoalCard, on union.Date) (Score, error) {
	record, err := r.recordOn(card, on)
	if err != nil {
		return Score{}, err
	}
	scores, err := r.scheme.Judge([]Record{record})
	if err != nil {
		return Score{}, err
	}
	return scores[0], nil
}

// JudgeGroup scores the cards of all units together, in order, as each stands at
// the end of a day: what a score takes from the group, such as the best unit or a
// place, needs everybody. Nobody is scored if anybody cannot be.
//
// It reports the first fault: what [GoalRule.Judge] reports of a card before it
// is scored, within the card's place; then what [Scheme.Judge] reports.
func (r GoalRule) JudgeGroup(cards []GoalCard, on union.Date) ([]Score, error) {
	group := make([]Record, 0, len(cards))
	for i, card := range cards {
		record, err := r.recordOn(card, on)
		if err != nil {
			return nil, union.Within(union.Indexed("cards", i), err)
		}
		group = append(group, record)
	}
	return r.scheme.Judge(group)
}

// recordOn returns what the scheme is told of a card that may be scored.
func (r GoalRule) recordOn(card GoalCard, on union.Date) (Record, error) {
	state, _, err := r.Step(card, on)
	if err != nil {
		return Record{}, err
	}
	if !r.scores(state) {
		return Record{}, union.NewFault(union.ErrOrder, "card", quote.Key(state.Key), "a state in which a card is scored")
	}
	return r.record(card)
}

// scores reports whether a card may be scored in a state.
func (r GoalRule) scores(state union.State) bool { return slices.Contains(r.spec.ScoredIn, state.Key) }

// judge scores a card, and returns the record that the scheme was told.
func (r GoalRule) judge(card GoalCard) (Record, Score, error) {
	record, err := r.record(card)
	if err != nil {
		return Record{}, Score{}, err
	}
	scores, err := r.scheme.Judge([]Record{record})
	if err != nil {
		return Record{}, Score{}, err
	}
	return record, scores[0], nil
}

// record returns what the scheme is told of a card.
func (r GoalRule) record(card GoalCard) (Record, error) {
	if err := r.checkGoals(card.Goals); err != nil {
		return Record{}, err
	}
	record := Record{Unit: card.Unit, In: card.In, Given: map[string]union.Number{}, NotApplicable: map[string]string{}, Facts: card.Facts}
	for i, goal := range card.Goals {
		switch {
		case goal.NotApplicable != "":
			record.NotApplicable[goal.Key] = goal.NotApplicable
		case goal.Verified == nil:
			return Record{}, union.NewFault(union.ErrMissing, union.Indexed("goals", i)+".verified", "", "the verified figure")
		default:
			record.Given[goal.Key] = *goal.Verified
		}
		if target := goal.Key + targetSuffix; r.scheme.takes(target) {
			record.Given[target] = goal.Target
		}
	}
	return record, nil
}

// checkGoals reports the first goal whose key, or that of its target, was used
// before, or which the scheme does not score.
func (r GoalRule) checkGoals(goals []Goal) error {
	seen := map[string]bool{}
	for i, goal := range goals {
		where, target := union.Indexed("goals", i)+".key", goal.Key+targetSuffix
		if seen[goal.Key] || seen[target] {
			return union.NewFault(union.ErrRepeated, where, quote.Key(goal.Key), "a new key")
		}
		if !r.scheme.takes(goal.Key) {
			return union.NewFault(union.ErrUnknown, where, quote.Key(goal.Key), "an item of the scheme that is given")
		}
		seen[goal.Key], seen[target] = true, true
	}
	return nil
}

// takes reports whether an item of the scheme is given by the record.
func (s Scheme) takes(key string) bool {
	at, ok := s.items.index[key]
	return ok && s.spec.Items[at].From.Given != nil
}

// Figures returns the figures of a card as it stands at the end of a day, in
// order: the points of each goal, the score, the grade, and the step. GOAL
// standing for the key of a goal, the keys of the figures are
//
//	assessment.goal.points.GOAL
//	assessment.goal.score
//	assessment.goal.grade
//	assessment.goal.step
//
// Points, score and grade are unknown until the card may be scored; the points
// of a goal that does not apply are not applicable, and so is the grade if there
// is none. The card is scored by itself, as [GoalRule.Judge] does: what the scheme
// takes from a group is then that of this one unit. It fails where Judge does, but
// for a card that may not be scored yet, whose goals need not be verified.
func (r GoalRule) Figures(card GoalCard, on union.Date) ([]union.Figure, error) {
	state, _, err := r.Step(card, on)
	if err != nil {
		return nil, err
	}
	list := union.NewFigureList("assessment.GoalRule.Figures", r.spec.Rule)
	inputs := []union.Input{{Name: "考核单位", Value: card.Unit}, {Name: "考核进度", Value: state.Title}}
	if r.scores(state) {
		err = r.scored(list, card, inputs)
	} else {
		err = r.unscored(list, card, inputs)
	}
	if err != nil {
		return nil, err
	}
	list.Text("assessment.goal.step", "五环节考核进度", []string{state.Title}, inputs...)
	return list.Figures()
}

// The titles of score and grade.
const (
	scoreTitle = "目标管理考核得分"
	gradeTitle = "目标管理考核等次"
)

// unscored adds the figures of a card that may not be scored yet, but for its
// step.
func (r GoalRule) unscored(list *union.FigureList, card GoalCard, inputs []union.Input) error {
	if err := r.checkGoals(card.Goals); err != nil {
		return err
	}
	for _, goal := range card.Goals {
		list.Absent(goal.figureKey(), goal.Title, union.Points, union.NotKnown, goal.inputs(inputs)...)
	}
	list.Absent("assessment.goal.score", scoreTitle, union.Points, union.NotKnown, inputs...)
	list.Absent("assessment.goal.grade", gradeTitle, "", union.NotKnown, inputs...)
	return nil
}

// scored adds the figures of a card that may be scored, but for its step.
func (r GoalRule) scored(list *union.FigureList, card GoalCard, inputs []union.Input) error {
	record, score, err := r.judge(card)
	if err != nil {
		return err
	}
	working, err := r.scheme.working(record, score)
	if err != nil {
		return err
	}
	for _, goal := range card.Goals {
		points, applies := score.Items[goal.Key]
		if !applies {
			list.Absent(goal.figureKey(), goal.Title, union.Points, union.NotApplicable, goal.inputs(inputs)...)
			continue
		}
		list.Number(goal.figureKey(), goal.Title, union.Points, points, r.scheme.spec.Print, goal.inputs(inputs)...)
	}
	inputs = slices.Concat(inputs, working.Inputs)
	total := list.Spec("assessment.goal.score", scoreTitle, inputs...)
	total.Measure, total.Rounding, total.Working.Parts = union.Points, r.scheme.spec.Print, working.Parts[:len(r.scheme.spec.Items)]
	list.Add(total.Number(score.Total))
	grade := list.Spec("assessment.goal.grade", gradeTitle, inputs...)
	if score.Grade == "" {
		list.Add(grade.Absent(union.NotApplicable), nil)
		return nil
	}
	grade.Working.Parts = working.Parts[len(r.scheme.spec.Items):]
	list.Add(grade.Text(r.scheme.GradeTitle(score.Grade)), nil)
	return nil
}
