package assessment_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/assessment"
	"github.com/unioncampaign/union/internal/laws"
)

// goalSpec scores two goals of 60 and 40 points in proportion to their targets.
func goalSpec() assessment.GoalRuleSpec {
	proportional := func(key, points string) []assessment.Item {
		return []assessment.Item{
			given(key+"-target", assessment.Given{Min: number("1")}),
			{Key: key, From: assessment.Source{Given: &assessment.Given{}}, Then: []assessment.Step{
				{Times: &assessment.Times{Item: key + "-target", Invert: true}},
				{Times: &assessment.Times{By: number(points)}},
				{Clamp: intervalRef("[0," + points + "]")},
			}},
		}
	}
	return assessment.GoalRuleSpec{
		Rule:     rule("goals"),
		Steps:    assessment.FiveSteps(rule("five-steps")),
		ScoredIn: []string{"verified", "evaluated"},
		Scheme: assessment.SchemeSpec{
			Rule: rule("goal-scheme"),
			Items: slices.Concat(proportional("unions", "60"), proportional("training", "40"), []assessment.Item{
				sum("total", assessment.Sum{Of: []assessment.Term{term("unions", "1"), term("training", "1")}, Renormalise: assessment.ByMaximum}),
			}),
			Total:  "total",
			Vetoes: []assessment.Veto{{Fact: "fraud", Title: "弄虚作假", Effect: assessment.Zero}},
			Gates:  []assessment.Test{test("unions", "[6,)")},
			Grades: &assessment.Ladder{Rungs: []assessment.Rung{
				{If: []assessment.Test{test("total", "[90,)")}, Grade: "excellent", Title: "优秀"},
				{Grade: "fair", Title: "一般"},
			}},
			Print: halfUp(1),
		},
	}
}

func newGoalRule(t require.TestingT, spec assessment.GoalRuleSpec) assessment.GoalRule {
	goals, err := assessment.NewGoalRule(spec)
	require.NoError(t, err)
	return goals
}

func goals() []assessment.Goal {
	return []assessment.Goal{
		{Key: "unions", Title: "组建基层工会", Measure: "家", Target: number("20"), Declared: numberRef("20"), Verified: numberRef("18")},
		{Key: "training", Title: "培训职工", Measure: union.Persons, Target: number("300"), Declared: numberRef("330"), Verified: numberRef("312")},
	}
}

// courseOf are the five steps as they should be taken, a day each.
func courseOf() []union.Event {
	return []union.Event{
		{ID: "1", Event: "declare", On: union.MustParseDate("2010-03-01"), By: "unit-7", Role: "unit"},
		{ID: "2", Event: "fill", On: union.MustParseDate("2010-03-02"), By: "unit-7", Role: "unit", Evidence: []string{"card"}},
		{ID: "3", Event: "summarise", On: union.MustParseDate("2010-12-01"), By: "unit-7", Role: "unit", Evidence: []string{"summary"}},
		{ID: "4", Event: "verify", On: union.MustParseDate("2010-12-10"), By: "office", Role: "office"},
		{ID: "5", Event: "evaluate", On: union.MustParseDate("2010-12-20"), By: "group", Role: "leading group"},
	}
}

func cardAfter(t require.TestingT, goalRule assessment.GoalRule, steps int) assessment.GoalCard {
	card := goalRule.Card("unit-7", goals()...)
	for _, event := range courseOf()[:steps] {
		require.NoError(t, goalRule.Add(&card, event))
	}
	return card
}

// 18 of 20 unions are 54 points of 60; 312 of 300 trained are all 40; what was
// declared would have been 100.
func TestTheVerifiedFigureIsScored(t *testing.T) {
	goalRule := newGoalRule(t, goalSpec())
	card := cardAfter(t, goalRule, 5)
	score, err := goalRule.Judge(card, union.MustParseDate("2010-12-31"))
	require.NoError(t, err)
	assert.Equal(t, "94", score.Total.String())
	assert.Equal(t, "excellent", score.Grade)
	figures, err := goalRule.Figures(card, union.MustParseDate("2010-12-31"))
	require.NoError(t, err)
	var lines []string
	for _, figure := range figures {
		assert.Equal(t, "assessment.GoalRule.Figures", figure.By())
		assert.NotEmpty(t, figure.Working().Inputs)
		lines = append(lines, figure.Key()+" "+figure.Title()+" "+figure.String())
	}
	assert.Equal(t, []string{
		"assessment.goal.points.unions 组建基层工会 54.0分",
		"assessment.goal.points.training 培训职工 40.0分",
		"assessment.goal.score 目标管理考核得分 94.0分",
		"assessment.goal.grade 目标管理考核等次 优秀",
		"assessment.goal.step 五环节考核进度 成果评价",
	}, lines)
	assert.Equal(t, union.Working{
		Item: "组建基层工会",
		Rule: "测试规则（1），made up for a test",
		Inputs: []union.Input{
			{Name: "考核单位", Value: "unit-7"}, {Name: "考核进度", Value: "成果评价"},
			{Name: "目标数", Value: "20家"}, {Name: "申报数", Value: "20家"}, {Name: "核定数", Value: "18家"},
		},
		Rounding: "四舍五入，保留1位小数",
		Result:   "54.0分",
	}, figures[0].Working())
	assert.Equal(t, "94.0分", figures[2].Working().Result)
	assert.Len(t, figures[2].Working().Parts, 5, "the scheme's own working of each item")
	parts := figures[3].Working().Parts
	require.Len(t, parts, 1, "how the grade was reached")
	assert.Equal(t, "等次", parts[0].Item)
	assert.Equal(t, "优秀", parts[0].Result)
}

func TestACardIsNotScoredBeforeItIsVerified(t *testing.T) {
	goalRule := newGoalRule(t, goalSpec())
	card := cardAfter(t, goalRule, 5)
	for day, step := range map[string]string{"2010-02-01": "未申报", "2010-03-01": "目标申报", "2010-12-09": "工作总结"} {
		on := union.MustParseDate(day)
		_, err := goalRule.Judge(card, on)
		require.ErrorIs(t, err, union.ErrOrder, "what comes later has not happened yet")
		figures, err := goalRule.Figures(card, on)
		require.NoError(t, err)
		for _, figure := range figures[:4] {
			assert.Equal(t, union.NotKnown, figure.Why(), figure.Key())
		}
		assert.Equal(t, step, figures[4].String())
	}
	_, err := goalRule.Judge(card, union.MustParseDate("2010-12-10"))
	require.NoError(t, err)
}

func TestACardThatCannotBeScoredSaysWhy(t *testing.T) {
	goalRule := newGoalRule(t, goalSpec())
	on := union.MustParseDate("2010-12-31")
	for name, each := range map[string]struct {
		change func(*assessment.GoalCard)
		want   error
		where  string
	}{
		"a goal twice": {func(c *assessment.GoalCard) { c.Goals[1].Key = "unions" }, union.ErrRepeated, "goals[1].key"},
		"a goal that does not apply, twice": {func(c *assessment.GoalCard) {
			c.Goals[1].Key, c.Goals[0].NotApplicable = "unions", "no firms"
		}, union.ErrRepeated, "goals[1].key"},
		"a goal that is a target": {func(c *assessment.GoalCard) { c.Goals[1].Key = "unions-target" }, union.ErrRepeated, "goals[1].key"},
		"a target before its goal": {func(c *assessment.GoalCard) {
			c.Goals[0].Key, c.Goals[1].Key = "unions-target", "unions"
		}, union.ErrRepeated, "goals[1].key"},
		"a goal that nothing scores": {func(c *assessment.GoalCard) { c.Goals[1].Key = "sports" }, union.ErrUnknown, "goals[1].key"},
		"a goal that is worked out":  {func(c *assessment.GoalCard) { c.Goals[1].Key = "total" }, union.ErrUnknown, "goals[1].key"},
		"a goal not verified":        {func(c *assessment.GoalCard) { c.Goals[1].Verified = nil }, union.ErrMissing, "goals[1].verified"},
		"a goal left out":            {func(c *assessment.GoalCard) { c.Goals = c.Goals[:1] }, union.ErrMissing, "group[0].items.training-target.given"},
		"the log of another unit":    {func(c *assessment.GoalCard) { c.Unit = "unit-8" }, union.ErrUnknown, "card.log"},
		"a fact of no veto":          {func(c *assessment.GoalCard) { c.Facts = []string{"rain"} }, union.ErrUnknown, "group[0].facts[0]"},
	} {
		t.Run(name, func(t *testing.T) {
			card := cardAfter(t, goalRule, 5)
			each.change(&card)
			_, err := goalRule.Judge(card, on)
			require.ErrorIs(t, err, each.want)
			assert.Equal(t, each.where, union.Faults(err)[0].Where)
			_, err = goalRule.Figures(card, on)
			require.ErrorIs(t, err, each.want)
			if strings.HasSuffix(each.where, ".key") {
				_, err = goalRule.Figures(card, union.MustParseDate("2010-03-01"))
				require.ErrorIs(t, err, each.want, "before it may be scored, too")
			}
		})
	}
	var none assessment.GoalRule
	_, err := none.Judge(assessment.GoalCard{}, on)
	require.Error(t, err)
	_, err = none.Figures(none.Card("unit-7"), on)
	require.Error(t, err)
}

func TestGoalsThatDoNotApplyAndGatesAndVetoes(t *testing.T) {
	goalRule := newGoalRule(t, goalSpec())
	on := union.MustParseDate("2010-12-31")
	card := cardAfter(t, goalRule, 5)
	card.Goals[1].NotApplicable, card.Goals[1].Verified, card.Goals[1].Declared = "无培训任务", nil, nil
	figures, err := goalRule.Figures(card, on)
	require.NoError(t, err)
	made := figuresByKey(figures)
	assert.Equal(t, union.NotApplicable, made["assessment.goal.points.training"].Why())
	assert.Equal(t, "90.0分", made["assessment.goal.score"].String(), "54 of 60 is 90 of 100")
	assert.Equal(t, "优秀", made["assessment.goal.grade"].String())
	spec := goalSpec()
	spec.Scheme.Gates = nil
	first := newGoalRule(t, spec)
	card = cardAfter(t, first, 5)
	card.Goals[0].NotApplicable, card.Goals[0].Verified = "无组建任务", nil
	made = figuresByKey(must(first.Figures(card, on)))
	assert.Equal(t, union.NotApplicable, made["assessment.goal.points.unions"].Why())
	assert.Equal(t, "40.0分", made["assessment.goal.points.training"].String(), "312 of 300 are all of 40")

	card = cardAfter(t, goalRule, 5)
	card.Facts = []string{"fraud"}
	figures, err = goalRule.Figures(card, on)
	require.NoError(t, err)
	assert.Equal(t, "0.0分", figuresByKey(figures)["assessment.goal.score"].String())
	assert.Equal(t, "一般", figuresByKey(figures)["assessment.goal.grade"].String())

	card = cardAfter(t, goalRule, 5)
	card.Goals[0].Verified = numberRef("1")
	figures, err = goalRule.Figures(card, on)
	require.NoError(t, err)
	assert.Equal(t, union.NotApplicable, figuresByKey(figures)["assessment.goal.grade"].Why(), "the gate is not passed")
}

// A stepper takes events with a card and tells the state it is in.
type stepper interface {
	take(union.Event) error
	state() string
}

type cardStepper struct {
	rule assessment.GoalRule
	card assessment.GoalCard
}

func (s *cardStepper) take(event union.Event) error { return s.rule.Add(&s.card, event) }
func (s *cardStepper) state() string {
	state, _, err := s.rule.Step(s.card, union.MustParseDate("2010-12-31"))
	if err != nil {
		return err.Error()
	}
	return state.Key
}

// skipper is the broken twin: it takes any step that is further on.
type skipper struct{ at int }

func (s *skipper) take(event union.Event) error {
	at := slices.IndexFunc(courseOf(), func(e union.Event) bool { return e.Event == event.Event }) + 1
	if at <= s.at {
		return union.ErrOrder
	}
	s.at = at
	return nil
}
func (s *skipper) state() string {
	return []string{"open", "declared", "carded", "summarised", "verified", "evaluated"}[s.at]
}

// Whatever is tried in whatever order, on whatever day and by whomever, a card
// moves from one step to the next and no further, and only by those who may.
func stepByStep(start func() stepper) laws.Law {
	states := []string{"open", "declared", "carded", "summarised", "verified", "evaluated"}
	return func(r *rapid.T) error {
		card := start()
		at, day := 0, union.Date{}
		for i := range rapid.IntRange(1, 12).Draw(r, "tries") {
			try := rapid.IntRange(0, 4).Draw(r, "step")
			event := courseOf()[try]
			event.ID = fmt.Sprint(i)
			event.On, _ = union.MustParseDate("2010-01-01").AddDays(rapid.IntRange(0, 300).Draw(r, "day"))
			if rapid.Bool().Draw(r, "another") {
				event.Role = rapid.SampledFrom([]string{"unit", "office", "leading group", ""}).Draw(r, "role")
			}
			err := card.take(event)
			may := try == at && !event.On.Before(day) && event.Role == courseOf()[try].Role
			if may != (err == nil) {
				return fmt.Errorf("%s in %s on %s by %q: taken %t, may %t", event.Event, states[at], event.On, event.Role, err == nil, may)
			}
			if may {
				at, day = at+1, event.On
			}
			if got := card.state(); got != states[at] {
				return fmt.Errorf("in %s, not in %s", got, states[at])
			}
		}
		return nil
	}
}

func TestNoStepIsSkippedReorderedOrBackDated(t *testing.T) { // S15
	goalRule := newGoalRule(t, goalSpec())
	laws.Holds(t, stepByStep(func() stepper {
		return &cardStepper{rule: goalRule, card: goalRule.Card("unit-7", goals()...)}
	}))
	laws.Rejects(t, stepByStep(func() stepper { return &skipper{} }))
}

func TestTheOneWhoSummarisedMayNotVerify(t *testing.T) {
	goalRule := newGoalRule(t, goalSpec())
	card := cardAfter(t, goalRule, 3)
	event := courseOf()[3]
	event.By = "unit-7"
	require.ErrorIs(t, goalRule.Add(&card, event), union.ErrActor)
}

func TestAGoalRuleReportsAllItsFaults(t *testing.T) {
	_, err := assessment.NewGoalRule(assessment.GoalRuleSpec{})
	require.ErrorIs(t, err, union.ErrMissing)
	assert.Contains(t, wheres(err), "key")
	assert.Contains(t, wheres(err), "steps.states")
	assert.Contains(t, wheres(err), "scheme.items")
	assert.Contains(t, wheres(err), "scored_in")

	spec := goalSpec()
	spec.ScoredIn = []string{"open", "done", "verified", "verified"}
	_, err = assessment.NewGoalRule(spec)
	require.ErrorIs(t, err, union.ErrOrder)
	require.ErrorIs(t, err, union.ErrUnknown)
	require.ErrorIs(t, err, union.ErrRepeated)
	assert.Contains(t, wheres(err), "scored_in[3]")
}

func TestAGoalRuleReadsBack(t *testing.T) {
	goalRule := newGoalRule(t, goalSpec())
	readsBack(t, goalRule, "assessment.goals/1")
	assert.Equal(t, "goal-scheme", goalRule.Scheme().Rule().Key)
}

func TestAStepIsTakenInItsWindow(t *testing.T) {
	spec := goalSpec()
	spec.Windows = map[string]union.Period{"declare": union.MustParsePeriod("2010-01-01/2010-03-01"), "verify": union.MustParsePeriod("2010-12-05/2010-12-15")}
	goalRule := newGoalRule(t, spec)
	readsBack(t, goalRule, "assessment.goals/1")
	card := cardAfter(t, goalRule, 3)
	late := courseOf()[3]
	late.On = union.MustParseDate("2010-12-16")
	before := fmt.Sprintf("%#v", card)
	err := goalRule.Add(&card, late)
	require.ErrorIs(t, err, union.ErrRange)
	assert.Contains(t, err.Error(), "verify")
	assert.Equal(t, before, fmt.Sprintf("%#v", card))
	require.NoError(t, goalRule.Add(&card, courseOf()[3]))
	require.ErrorIs(t, goalRule.Add(nil, late), union.ErrMissing)
	early := goalRule.Card("unit-8")
	first := courseOf()[0]
	first.On = union.MustParseDate("2009-12-31")
	require.ErrorIs(t, goalRule.Add(&early, first), union.ErrRange)
	first.On = union.Date{}
	require.ErrorIs(t, goalRule.Add(&early, first), union.ErrMissing, "no day is the steps' own fault")

	spec.Windows = map[string]union.Period{"rest": union.MustParsePeriod("2010-01-01/2010-03-01"), "declare": {}}
	_, err = assessment.NewGoalRule(spec)
	require.ErrorIs(t, err, union.ErrUnknown)
	require.ErrorIs(t, err, union.ErrMissing)
	assert.Contains(t, wheres(err), "windows.declare")
}

// Two towns stand beside the better of them: 18 of the best 18 are all 60 points,
// and 9 are half of them.
func TestCardsAreScoredAsAGroup(t *testing.T) {
	spec := goalSpec()
	spec.Scheme = assessment.SchemeSpec{
		Rule: rule("best"), Total: "unions",
		Items: []assessment.Item{
			given("raw", assessment.Given{}),
			{Key: "best", From: assessment.Source{Group: &assessment.Group{Item: "raw", Of: assessment.Best}}},
			sum("unions", assessment.Sum{Of: []assessment.Term{term("raw", "60")}}, assessment.Step{Times: &assessment.Times{Item: "best", Invert: true}}),
		},
	}
	goalRule := newGoalRule(t, spec)
	on := union.MustParseDate("2010-12-31")
	var cards []assessment.GoalCard
	for i, verified := range []string{"18", "9"} {
		card := goalRule.Card(fmt.Sprint("town-", i), assessment.Goal{Key: "raw", Title: "建会", Declared: numberRef("99"), Verified: numberRef(verified)})
		card.In = map[string]string{}
		for _, event := range courseOf()[:4] {
			require.NoError(t, goalRule.Add(&card, event))
		}
		cards = append(cards, card)
	}
	scores, err := goalRule.JudgeGroup(cards, on)
	require.NoError(t, err)
	assert.Equal(t, []string{"60", "30"}, []string{scores[0].Total.String(), scores[1].Total.String()})
	_, err = goalRule.JudgeGroup([]assessment.GoalCard{cards[0], goalRule.Card("town-2")}, on)
	require.ErrorIs(t, err, union.ErrOrder)
	assert.Equal(t, "cards[1].card", union.Faults(err)[0].Where, "nobody is scored")
	_, err = goalRule.JudgeGroup([]assessment.GoalCard{cards[0], cards[0]}, on)
	require.ErrorIs(t, err, union.ErrRepeated)
}

func ExampleGoalRule_JudgeGroup() {
	goals, err := assessment.NewGoalRule(goalSpec())
	if err != nil {
		panic(err)
	}
	scores, err := goals.JudgeGroup([]assessment.GoalCard{goals.Card("town-1")}, union.MustParseDate("2010-12-31"))
	fmt.Println(scores, err)
	// Output: [] cards[0].card: out of order: got "open", want a state in which a card is scored
}
