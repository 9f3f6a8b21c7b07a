package assessment

import (
	"slices"
	"strconv"

	"github.com/unioncampaign/union"
)

const goalsDocument = "assessment.goals/1"

// A GoalRuleSpec joins the course that a goal card takes with the scheme that
// scores it.
type GoalRuleSpec struct {
	union.Rule
	Steps    union.ProcedureSpec `json:"steps"`
	ScoredIn []string            `json:"scored_in"` // the states in which a card may be scored: verified and after
	Scheme   SchemeSpec          `json:"scheme"`
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
// for the states in which a card may be scored, [union.ErrOrder] if a card may
// be scored in the state where it starts, and [union.ErrText] for a goal that
// has the key of another figure.
func NewGoalRule(spec GoalRuleSpec) (GoalRule, error) {
	var f faults
	f.within("", spec.Rule.Check())
	steps, err := union.NewProcedure(spec.Steps)
	f.within("steps", err)
	scheme, err := NewScheme(spec.Scheme)
	f.within("scheme", err)
	spec.checkScored(&f)
	spec.checkKeys(&f)
	if err := f.err(); err != nil {
		return GoalRule{}, err
	}
	copied, id, err := settled(goalsDocument, spec)
	if err != nil {
		return GoalRule{}, err
	}
	return GoalRule{spec: copied, id: id, steps: steps, scheme: scheme}, nil
}

func (s GoalRuleSpec) checkScored(f *faults) {
	if len(s.ScoredIn) == 0 {
		f.add(union.ErrMissing, "scored_in", "", "one state or more")
	}
	for i, key := range s.ScoredIn {
		where := "scored_in[" + strconv.Itoa(i) + "]"
		at := slices.IndexFunc(s.Steps.States, func(state union.State) bool { return state.Key == key })
		switch {
		case at < 0:
			f.add(union.ErrUnknown, where, key, "a state of the steps")
		case at == 0:
			f.add(union.ErrOrder, where, key, "a state after the first")
		case slices.Contains(s.ScoredIn[:i], key):
			f.add(union.ErrRepeated, where, key, "")
		}
	}
}

// checkKeys refuses goals whose figures would have the key of another.
func (s GoalRuleSpec) checkKeys(f *faults) {
	for i, item := range s.Scheme.Items {
		if item.From.Given != nil && slices.Contains([]string{"score", "grade", "step"}, item.Key) {
			f.add(union.ErrText, "scheme.items["+strconv.Itoa(i)+"].key", item.Key, "a key that names nothing else")
		}
	}
}

// ID returns the rule's identity.
func (r GoalRule) ID() union.RuleID { return r.id }

// Rule returns what the rule says of itself.
func (r GoalRule) Rule() union.Rule { return r.spec.Rule }

// Scheme returns the scheme that scores the cards.
func (r GoalRule) Scheme() Scheme { return r.scheme }

// MarshalJSON writes the rule as a document "assessment.goals/1".
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
// then changes nothing.
func (r GoalRule) Add(card *GoalCard, event union.Event) error {
	return r.steps.Add(&card.Log, event)
}

// Step returns the state of the card at the end of a day, with the reasons. It
// fails where [union.Procedure.On] does, and with [union.ErrUnknown] for a card
// that holds the log of another unit.
func (r GoalRule) Step(card GoalCard, on union.Date) (union.State, union.Verdict, error) {
	if subject := card.Log.Subject(); subject != card.Unit && !card.Log.Rule().IsZero() {
		return union.State{}, union.Verdict{}, union.NewFault(union.ErrUnknown, "card.log", subject, card.Unit)
	}
	return r.steps.On(card.Log, on)
}

// Judge scores a card as it stands at the end of a day, by what is verified. A
// goal is handed to the scheme under its key, and its target under the key with
// ".target" if the scheme has such an item.
//
// It reports the first fault in this order: what [GoalRule.Step] reports;
// [union.ErrOrder], for a card that is not yet in a state in which it may be
// scored; for each goal [union.ErrRepeated], for a key used before,
// [union.ErrUnknown], for one that the scheme does not score, and
// [union.ErrMissing], for one that is not verified; and what [Scheme.Judge]
// reports.
func (r GoalRule) Judge(card GoalCard, on union.Date) (Score, error) {
	record, err := r.record(card, on)
	if err != nil {
		return Score{}, err
	}
	scores, err := r.scheme.Judge([]Record{record})
	if err != nil {
		return Score{}, err
	}
	return scores[0], nil
}

// record returns what the scheme is told of a card.
func (r GoalRule) record(card GoalCard, on union.Date) (Record, error) {
	state, _, err := r.Step(card, on)
	if err != nil {
		return Record{}, err
	}
	if !slices.Contains(r.spec.ScoredIn, state.Key) {
		return Record{}, union.NewFault(union.ErrOrder, "card "+card.Unit, state.Key, "a card that is verified")
	}
	record := Record{Unit: card.Unit, Given: map[string]union.Number{}, NotApplicable: map[string]string{}, Facts: card.Facts}
	for i, goal := range card.Goals {
		if err := r.hand(&record, goal); err != nil {
			return Record{}, union.Within("goals["+strconv.Itoa(i)+"]", err)
		}
	}
	return record, nil
}

// hand hands one goal to the scheme.
func (r GoalRule) hand(record *Record, goal Goal) error {
	_, given := record.Given[goal.Key]
	_, exempt := record.NotApplicable[goal.Key]
	switch {
	case given || exempt:
		return union.NewFault(union.ErrRepeated, "key", goal.Key, "")
	case !r.scheme.takes(goal.Key):
		return union.NewFault(union.ErrUnknown, "key", goal.Key, "an item of the scheme that is given")
	case goal.NotApplicable != "":
		record.NotApplicable[goal.Key] = goal.NotApplicable
	case goal.Verified == nil:
		return union.NewFault(union.ErrMissing, "verified", "", "the verified figure")
	default:
		record.Given[goal.Key] = *goal.Verified
	}
	if target := goal.Key + ".target"; r.scheme.takes(target) {
		record.Given[target] = goal.Target
	}
	return nil
}

// takes reports whether an item of the scheme is given by the record.
func (s Scheme) takes(key string) bool {
	at, ok := s.items.index[key]
	return ok && s.spec.Items[at].From.Given != nil
}

// Figures returns the figures of a card as it stands at the end of a day, in
// order: the points of each goal, the score, the grade, and the step:
//
//	assessment.goal.GOAL   assessment.goal.score
//	assessment.goal.grade  assessment.goal.step
//
// Points, score and grade are unknown until the card may be scored; the points
// of a goal that does not apply are not applicable. It fails where
// [GoalRule.Judge] does, but for a card that may not be scored yet.
func (r GoalRule) Figures(card GoalCard, on union.Date) ([]union.Figure, error) {
	state, _, err := r.Step(card, on)
	if err != nil {
		return nil, err
	}
	step := r.figure("step", "五环节考核进度", card, state).Text(state.Title)
	if !slices.Contains(r.spec.ScoredIn, state.Key) {
		var figures []union.Figure
		for _, goal := range card.Goals {
			figures = append(figures, absent(r.goal(goal, card, state), union.NotKnown))
		}
		return append(figures,
			absent(r.figure("score", "目标管理考核得分", card, state), union.NotKnown),
			absent(r.figure("grade", "目标管理考核等次", card, state), union.NotKnown),
			step), nil
	}
	figures, err := r.scored(card, on, state)
	if err != nil {
		return nil, err
	}
	return append(figures, step), nil
}

// scored returns the figures of a card that may be scored, but for its step.
func (r GoalRule) scored(card GoalCard, on union.Date, state union.State) ([]union.Figure, error) {
	record, err := r.record(card, on)
	if err != nil {
		return nil, err
	}
	scores, err := r.scheme.Judge([]Record{record})
	if err != nil {
		return nil, err
	}
	working, err := r.scheme.working(record, scores[0])
	if err != nil {
		return nil, err
	}
	var figures []union.Figure
	for _, goal := range card.Goals {
		figure, err := r.points(goal, card, state, scores[0])
		if err != nil {
			return nil, err
		}
		figures = append(figures, figure)
	}
	spec := r.figure("score", "目标管理考核得分", card, state)
	spec.Measure, spec.Rounding, spec.Working = union.Points, r.scheme.spec.Print, working
	score, err := spec.Number(scores[0].Total)
	if err != nil {
		return nil, err
	}
	grade := r.figure("grade", "目标管理考核等次", card, state)
	grade.Working = working
	if scores[0].Grade == "" {
		return append(figures, score, absent(grade, union.NotApplicable)), nil
	}
	return append(figures, score, grade.Text(r.scheme.GradeTitle(scores[0].Grade))), nil
}

// points returns the figure of one goal.
func (r GoalRule) points(goal Goal, card GoalCard, state union.State, score Score) (union.Figure, error) {
	spec := r.goal(goal, card, state)
	points, ok := score.Items[goal.Key]
	if !ok {
		return absent(spec, union.NotApplicable), nil
	}
	spec.Rounding = r.scheme.spec.Print
	spec.Working.Result = points.String()
	return spec.Number(points)
}

// goal returns the spec of the figure of a goal: its working tells target,
// declared and verified figure.
func (r GoalRule) goal(goal Goal, card GoalCard, state union.State) union.FigureSpec {
	spec := r.figure(goal.Key, goal.Title, card, state)
	spec.Measure = union.Points
	spec.Working.Inputs = append(spec.Working.Inputs,
		union.Input{Name: "目标", Value: goal.Target.String() + string(goal.Measure)},
		union.Input{Name: "申报", Value: told(goal.Declared, goal.Measure)},
		union.Input{Name: "核定", Value: told(goal.Verified, goal.Measure)})
	return spec
}

// told returns a figure that may not be known.
func told(n *union.Number, measure union.Measure) string {
	if n == nil {
		return union.NotKnown.String()
	}
	return n.String() + string(measure)
}

func (r GoalRule) figure(key, title string, card GoalCard, state union.State) union.FigureSpec {
	return union.FigureSpec{
		Key:   "assessment.goal." + key,
		Title: title,
		By:    "assessment.GoalRule.Figures",
		Working: union.Working{
			Item:   title,
			Rule:   r.spec.Title + "，" + r.spec.Source,
			Inputs: []union.Input{{Name: card.Unit, Value: state.Title}},
			Result: state.Title,
		},
	}
}
