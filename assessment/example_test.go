package assessment_test

import (
	"encoding/json"
	"errors"
	"fmt"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/assessment"
)

// The story of one ballot: a form, a box, what the tellers see, and what leaves
// the room.
func Example() {
	scale := []assessment.Answer{{Key: "content", Title: "满意"}, {Key: "mostly", Title: "基本满意"}, {Key: "discontent", Title: "不满意"}}
	form, err := assessment.NewForm(assessment.FormSpec{
		Rule: union.Rule{Key: "ballot", Version: "2010", Title: "党员民主评议票", Source: "评议办法"},
		Criteria: []assessment.Criterion{
			{Key: "belief", Title: "理想信念", Answers: scale},
			{Key: "service", Title: "服务群众", Answers: scale},
		},
		Spoils:    []assessment.Spoil{{Key: "torn", Title: "破损"}},
		Base:      assessment.Valid,
		Balance:   union.LastTakesRest,
		Rounding:  union.Rounding{Mode: union.HalfUp, Places: 2},
		Satisfied: &assessment.Satisfied{Answers: []string{"content", "mostly"}, Base: assessment.Valid},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	box := form.Box()
	for range 5 {
		sheet, _ := form.Sheet("", map[string]string{"belief": "content", "service": "content"})
		fmt.Print(box.Add(sheet), " ")
	}
	sheet, _ := form.Sheet("", map[string]string{"belief": "content", "service": "mostly"})
	spoiled, _ := form.SpoiledSheet("", "torn")
	fmt.Println(box.Add(sheet), box.Add(spoiled), box.State("", assessment.Issued, 7))

	outcome, _ := form.Count(box)
	policy, _ := assessment.NewPolicy(assessment.PolicySpec{
		Rule:  union.Rule{Key: "small-groups", Version: "1", Title: "公布办法", Source: "公布办法"},
		Least: 5,
	})
	published, verdict := policy.Publish(outcome)
	for _, reason := range verdict.Reasons {
		fmt.Println(reason.Standing, reason.Finding)
	}
	figures, _ := form.Figures(published)
	for _, figure := range figures {
		fmt.Println(figure.Key(), figure)
	}
	// Output:
	// <nil> <nil> <nil> <nil> <nil> <nil> <nil> <nil>
	// unmet belief: unanimous: got 6
	// met service: least group: got 6, want 5 or more
	// assessment.ballot.ballot.title 党员民主评议票
	// assessment.ballot.ballot.entitled [unknown]
	// assessment.ballot.ballot.present [unknown]
	// assessment.ballot.ballot.issued 7张
	// assessment.ballot.ballot.recovered 7张
	// assessment.ballot.ballot.valid 6张
	// assessment.ballot.ballot.outstanding 0张
	// assessment.ballot.ballot.void 1张
	// assessment.ballot.ballot.void.reason.torn 1张
	// assessment.ballot.ballot.criterion.belief.answer.content [withheld]
	// assessment.ballot.ballot.criterion.belief.answer.mostly [withheld]
	// assessment.ballot.ballot.criterion.belief.answer.discontent [withheld]
	// assessment.ballot.ballot.criterion.belief.satisfied [withheld]
	// assessment.ballot.ballot.criterion.service.answer.content 83.33%
	// assessment.ballot.ballot.criterion.service.answer.mostly 16.67%
	// assessment.ballot.ballot.criterion.service.answer.discontent 0.00%
	// assessment.ballot.ballot.criterion.service.satisfied 100.00%
	// assessment.ballot.ballot.satisfied [withheld]
}

// plainForm is a ballot of one question for the examples.
func plainForm() assessment.FormSpec {
	return assessment.FormSpec{
		Rule: union.Rule{Key: "ballot", Version: "1", Title: "测评票", Source: "example"},
		Criteria: []assessment.Criterion{{Key: "work", Title: "工作", Answers: []assessment.Answer{
			{Key: "for", Title: "赞成"}, {Key: "against", Title: "不赞成"},
		}}},
		Base:      assessment.Present,
		Balance:   union.Plain,
		Rounding:  union.Rounding{Mode: union.HalfUp, Places: 1},
		Satisfied: &assessment.Satisfied{Answers: []string{"for"}, Base: assessment.Present},
	}
}

func ExampleNewForm() {
	spec := plainForm()
	spec.Criteria[0].Answers[1].Key = "for"
	spec.Base = 0
	_, err := assessment.NewForm(spec)
	fmt.Println(err)
	fmt.Println(errors.Is(err, union.ErrRepeated))
	// Output:
	// criteria[0].answers[1].key: given more than once: got "for", want a new key
	// base: must be given: want entitled, present, issued, recovered, valid, votes, filled or cast
	// true
}

func ExampleForm_Box() {
	form, _ := assessment.NewForm(plainForm())
	fmt.Println(form.Box().Rule() == form.ID())
	// Output: true
}

func ExampleBase_Title() {
	fmt.Println(assessment.Present.Title(), assessment.Valid.Title())
	// Output: 实到人数 有效票数
}

func ExampleForm_Sheet() {
	form, _ := assessment.NewForm(plainForm())
	sheet, err := form.Sheet("", map[string]string{"work": "against"})
	fmt.Println(sheet.Answers[0], err)
	_, err = form.Sheet("", map[string]string{"work": "perhaps"})
	fmt.Println(err)
	// Output:
	// 2 <nil>
	// answers.work: not known: want an answer of the form, void, or nothing
}

func ExampleForm_SpoiledSheet() {
	spec := plainForm()
	spec.Spoils = []assessment.Spoil{{Key: "torn", Title: "破损"}}
	form, _ := assessment.NewForm(spec)
	sheet, err := form.SpoiledSheet("", "torn")
	fmt.Println(sheet.Spoil, err)
	// Output: 1 <nil>
}

func ExampleBox_Add() {
	form, _ := assessment.NewForm(plainForm())
	box := form.Box()
	fmt.Println(box.Add(assessment.Sheet{Answers: []uint8{1}}))
	fmt.Println(box.Add(assessment.Sheet{Answers: []uint8{3}}))
	// Output:
	// <nil>
	// answers[0]: out of range: want an answer of the form
}

func ExampleBox_AddCounts() {
	form, _ := assessment.NewForm(plainForm())
	box := form.Box()
	fmt.Println(box.AddCounts(assessment.Counts{Valid: 29, Votes: map[string]map[string]int64{"work": {"for": 28, "against": 1}}}))
	outcome, _ := form.Count(box)
	fmt.Println(outcome.Votes["work"]["for"])
	// Output:
	// <nil>
	// 28
}

func ExampleBox_State() {
	form, _ := assessment.NewForm(plainForm())
	box := form.Box()
	fmt.Println(box.State("", assessment.Present, 40))
	fmt.Println(box.State("", assessment.Valid, 39))
	// Output:
	// <nil>
	// base: out of range: got valid, want entitled, present, issued or recovered
}

func ExampleBox_Merge() {
	form, _ := assessment.NewForm(plainForm())
	morning, evening := form.Box(), form.Box()
	_ = morning.Add(assessment.Sheet{Answers: []uint8{1}})
	_ = evening.Add(assessment.Sheet{Answers: []uint8{2}})
	var all assessment.Box
	fmt.Println(all.Merge(morning), all.Merge(evening))
	outcome, _ := form.Count(all)
	fmt.Println(outcome.Bases["bases"][assessment.Valid])
	// Output:
	// <nil> <nil>
	// 2
}

func ExampleForm_Count() {
	form, _ := assessment.NewForm(plainForm())
	box := form.Box()
	_ = box.AddCounts(assessment.Counts{Valid: 41, Votes: map[string]map[string]int64{"work": {"for": 20, "against": 20}}})
	_ = box.State("", assessment.Issued, 40)
	outcome, _ := form.Count(box)
	for _, finding := range outcome.Findings {
		fmt.Println(finding)
	}
	// Output:
	// bases: recovered at most issued: got 41, want 40
	// work: answers, blanks and void marks are the valid papers: got 40, want 41
}

func ExampleForm_Figures() {
	form, _ := assessment.NewForm(plainForm())
	box := form.Box()
	_ = box.AddCounts(assessment.Counts{Valid: 39, Votes: map[string]map[string]int64{"work": {"for": 20, "against": 19}}})
	_ = box.State("", assessment.Present, 40)
	outcome, _ := form.Count(box)
	figures, _ := form.Figures(outcome)
	for _, figure := range figures {
		if figure.Key() == "assessment.ballot.ballot.criterion.work.answer.for" {
			fmt.Print(figure.Base(), " ", figure, "\n", figure.Working())
		}
	}
	// Output:
	// 实到人数 50.0%
	// 工作：赞成 = 50.0%
	//   § 测评票（1），example
	//   · 赞成: 20
	//   · 不赞成: 19
	//   · 实到人数: 40
	//   ≈ 四舍五入，保留1位小数，各项分别取舍
}

func ExampleForm_Satisfied() {
	form, _ := assessment.NewForm(plainForm())
	box := form.Box()
	_ = box.AddCounts(assessment.Counts{Valid: 39, Votes: map[string]map[string]int64{"work": {"for": 20, "against": 19}}})
	_ = box.State("", assessment.Present, 40)
	outcome, _ := form.Count(box)
	fmt.Println(form.Satisfied(outcome, "work"))
	// Output: 20/40 <nil>
}

func ExamplePolicy_Publish() {
	form, _ := assessment.NewForm(plainForm())
	box := form.Box()
	_ = box.AddCounts(assessment.Counts{Valid: 4, Votes: map[string]map[string]int64{"work": {"for": 3, "against": 1}}})
	outcome, _ := form.Count(box)
	policy, _ := assessment.NewPolicy(assessment.PolicySpec{Rule: plainForm().Rule, Least: 5})
	published, verdict := policy.Publish(outcome)
	fmt.Println(published.Votes, published.Withheld, verdict.Failed())
	// Output: map[] [bases work] [work: least group: got 4, want 5 or more]
}

func ExampleNewPolicy() {
	_, err := assessment.NewPolicy(assessment.PolicySpec{Rule: plainForm().Rule})
	fmt.Println(err)
	// Output: least: must be given: want 1 or more
}

// plainScheme is two marks and their weighted mean, with grades.
func plainScheme() assessment.SchemeSpec {
	mark := assessment.Source{Given: &assessment.Given{Max: union.Whole(100)}}
	return assessment.SchemeSpec{
		Rule: union.Rule{Key: "scheme", Version: "1", Title: "考核办法", Source: "example"},
		Items: []assessment.Item{
			{Key: "written", Title: "笔试", From: mark},
			{Key: "interview", Title: "面试", From: mark},
			{Key: "total", Title: "总分", From: assessment.Source{Sum: &assessment.Sum{Mean: true, Of: []assessment.Term{
				{Item: "written", Weight: union.MustParseNumber("0.6")},
				{Item: "interview", Weight: union.MustParseNumber("0.4")},
			}}}},
		},
		Total: "total",
		Grades: &assessment.Ladder{Scale: union.MustParseInterval("[0,100]"), Rungs: []assessment.Rung{
			{Grade: "excellent", Title: "优秀", If: []assessment.Test{{Item: "total", In: union.MustParseInterval("[90,100]")}}},
			{Grade: "good", Title: "良好"},
		}},
		Print: union.Rounding{Mode: union.HalfUp, Places: 2},
	}
}

func ExampleNewScheme() {
	spec := plainScheme()
	spec.Items[2].From.Sum.Of[1].Weight = union.MustParseNumber("0.3")
	spec.Grades.Rungs[1].If = []assessment.Test{{Item: "total", In: union.MustParseInterval("[0,89]")}}
	_, err := assessment.NewScheme(spec)
	fmt.Println(err)
	// Output:
	// items[2].from.sum.of: weights do not total 1: got 0.9, want 1
	// grades.rungs[0]: falls in no band: got 89.5 between [0,89] and [90,100], want every number of [0,100] in one band
}

func ExampleScheme_Judge() {
	scheme, _ := assessment.NewScheme(plainScheme())
	scores, err := scheme.Judge([]assessment.Record{
		{Unit: "a", Given: map[string]union.Number{"written": union.Whole(92), "interview": union.Whole(88)}},
		{Unit: "b", Given: map[string]union.Number{"written": union.Whole(80), "interview": union.MustParseNumber("80.5")}},
	})
	for _, score := range scores {
		fmt.Println(score.Unit, score.Total, scheme.GradeTitle(score.Grade))
	}
	fmt.Println(err)
	_, err = scheme.Judge([]assessment.Record{{Unit: "c", Given: map[string]union.Number{"written": union.Whole(92)}}})
	fmt.Println(err)
	// Output:
	// a 90.4 优秀
	// b 80.2 良好
	// <nil>
	// group[0].items.interview.given: must be given: want a figure, or why it does not apply
}

func ExampleScheme_Working() {
	scheme, _ := assessment.NewScheme(plainScheme())
	working, _ := scheme.Working([]assessment.Record{
		{Unit: "a", Given: map[string]union.Number{"written": union.Whole(92), "interview": union.Whole(88)}},
	}, "a")
	fmt.Print(working)
	// Output:
	// 考核办法 a = 90.40 优秀
	//   § example
	//   · 总分: 90.4
	//   ≈ 四舍五入，保留2位小数
	//   笔试 = 92
	//     § 按实际填报，0至100
	//     · 填报数: 92
	//   面试 = 88
	//     § 按实际填报，0至100
	//     · 填报数: 88
	//   总分 = 90.4
	//     § 加权平均，权重合计为1
	//     · 笔试: 92 × 0.6
	//     · 面试: 88 × 0.4
	//   等次 = 优秀
	//     § 自上而下取第一个符合的档
	//     · 总分: 90.4，90至100为优秀，符合
}

func ExampleScheme_Maximum() {
	scheme, _ := assessment.NewScheme(plainScheme())
	fmt.Println(scheme.Maximum("total"))
	// Output: 100 true
}

func ExampleScheme_GradeTitle() {
	scheme, _ := assessment.NewScheme(plainScheme())
	fmt.Println(scheme.GradeTitle("excellent"))
	// Output: 优秀
}

func ExampleScheme_UnmarshalJSON() {
	var scheme assessment.Scheme
	err := json.Unmarshal([]byte(`{
		"union": "assessment.scheme/1",
		"key": "kpi", "version": "1", "title": "指标得分", "source": "example",
		"items": [{"key": "kpi", "from": {"given": {}}, "then": [{"curve": [{"x": "10", "y": "60"}, {"x": "20", "y": "80"}]}]}],
		"total": "kpi"
	}`), &scheme)
	if err != nil {
		fmt.Println(err)
		return
	}
	scores, _ := scheme.Judge([]assessment.Record{{Unit: "a", Given: map[string]union.Number{"kpi": union.Whole(15)}}})
	fmt.Println(scores[0].Total)
	fmt.Println(scheme.UnmarshalJSON([]byte(`{"union": "assessment.scheme/2"}`)) != nil)
	// Output:
	// 70
	// true
}

func ExampleNewRanking() {
	_, err := assessment.NewRanking(assessment.RankingSpec{Rule: plainForm().Rule})
	fmt.Println(err)
	// Output: keys: must be given: want one key or more
}

func ExampleRanking_Rank() {
	ranking, _ := assessment.NewRanking(assessment.RankingSpec{Rule: plainForm().Rule, Keys: []assessment.Key{{Item: "total"}}})
	score := func(unit, total string) assessment.Score {
		return assessment.Score{Unit: unit, Items: map[string]union.Number{"total": union.MustParseNumber(total)}}
	}
	places, _ := ranking.Rank([]assessment.Score{score("a", "80"), score("b", "92.5"), score("c", "80.0"), score("d", "75")}, nil, nil)
	for _, place := range places {
		fmt.Println(place.Rank, place.Unit, place.Undecided)
	}
	// Output:
	// 1 b false
	// 2 a true
	// 2 c true
	// 4 d false
}

// plainGoals is one goal of 100 points in proportion to its target.
func plainGoals() assessment.GoalRule {
	made, err := assessment.NewGoalRule(assessment.GoalRuleSpec{
		Rule:     union.Rule{Key: "goals", Version: "2010", Title: "目标管理考核", Source: "example"},
		Steps:    assessment.FiveSteps(union.Rule{Key: "five-steps", Version: "2010", Title: "五环节考核", Source: "example"}),
		ScoredIn: []string{"verified", "evaluated"},
		Scheme: assessment.SchemeSpec{
			Rule: union.Rule{Key: "points", Version: "2010", Title: "计分办法", Source: "example"},
			Items: []assessment.Item{
				{Key: "unions-target", From: assessment.Source{Given: &assessment.Given{}}},
				{Key: "unions", From: assessment.Source{Given: &assessment.Given{}}, Then: []assessment.Step{
					{Times: &assessment.Times{Item: "unions-target", Invert: true}},
					{Times: &assessment.Times{By: union.Whole(100)}},
				}},
			},
			Total: "unions",
			Print: union.Rounding{Mode: union.HalfUp, Places: 1},
		},
	})
	if err != nil {
		fmt.Println(err)
	}
	return made
}

func ExampleGoalRule_Card() {
	card := plainGoals().Card("unit-7", assessment.Goal{Key: "unions", Title: "建会", Target: union.Whole(20)})
	fmt.Println(card.Unit, len(card.Goals), card.Log.Subject())
	// Output: unit-7 1 unit-7
}

func ExampleGoalRule_Judge() {
	goals := plainGoals()
	declared, verified := union.Whole(20), union.Whole(18)
	card := goals.Card("unit-7", assessment.Goal{Key: "unions", Title: "建会", Target: union.Whole(20), Declared: &declared, Verified: &verified})
	for i, event := range []union.Event{
		{Event: "declare", By: "unit-7", Role: "unit"},
		{Event: "fill", By: "unit-7", Role: "unit", Evidence: []string{"card"}},
		{Event: "summarise", By: "unit-7", Role: "unit", Evidence: []string{"summary"}},
		{Event: "verify", By: "office", Role: "office"},
	} {
		event.ID = fmt.Sprint(i)
		event.On, _ = union.MustParseDate("2010-12-01").AddDays(i)
		if err := goals.Add(&card, event); err != nil {
			fmt.Println(err)
		}
	}
	_, err := goals.Judge(card, union.MustParseDate("2010-12-03"))
	fmt.Println(err)
	score, err := goals.Judge(card, union.MustParseDate("2010-12-04"))
	fmt.Println(score.Total, err)
	// Output:
	// card: out of order: got "summarised", want a state in which a card is scored
	// 90 <nil>
}

func ExampleGoalRule_Figures() {
	goals := plainGoals()
	card := goals.Card("unit-7", assessment.Goal{Key: "unions", Title: "建会", Target: union.Whole(20)})
	figures, err := goals.Figures(card, union.MustParseDate("2010-12-31"))
	for _, figure := range figures {
		fmt.Println(figure.Title(), figure)
	}
	fmt.Println(err)
	// Output:
	// 建会 [unknown]
	// 目标管理考核得分 [unknown]
	// 目标管理考核等次 [unknown]
	// 五环节考核进度 未申报
	// <nil>
}

func ExampleGoalRule_Step() {
	goals := plainGoals()
	state, _, err := goals.Step(goals.Card("unit-7"), union.MustParseDate("2010-12-31"))
	fmt.Println(state.Title, err)
	// Output: 未申报 <nil>
}

func ExampleGoalRule_Add() {
	goals := plainGoals()
	card := goals.Card("unit-7")
	err := goals.Add(&card, union.Event{ID: "1", Event: "verify", On: union.MustParseDate("2010-12-31"), By: "office", Role: "office"})
	fmt.Println(errors.Is(err, union.ErrGraph))
	// Output: true
}

func ExampleNewGoalRule() {
	_, err := assessment.NewGoalRule(assessment.GoalRuleSpec{
		Rule:     plainForm().Rule,
		Steps:    assessment.FiveSteps(plainForm().Rule),
		ScoredIn: []string{"open"},
		Scheme:   plainScheme(),
	})
	fmt.Println(err)
	// Output: scored_in[0]: out of order: got "open", want a state after the first
}

func ExampleFiveSteps() {
	for _, state := range assessment.FiveSteps(union.Rule{}).States[1:] {
		fmt.Println(state.Title)
	}
	// Output:
	// 目标申报
	// 填写目标管理卡
	// 工作总结
	// 审查核定
	// 成果评价
}

// plainComparison compares by one indicator of which less is better.
func plainComparison() assessment.ComparisonSpec {
	return assessment.ComparisonSpec{
		Rule:       union.Rule{Key: "exemplars", Version: "2010", Title: "对照标杆", Source: "example"},
		Indicators: []assessment.Indicator{{Key: "days", Title: "办结天数", Measure: union.Days, Lower: true}},
		Base:       assessment.OfExemplar,
		Rounding:   union.Rounding{Mode: union.HalfUp, Places: 1},
	}
}

func ExampleComparison_Gaps() {
	comparison, _ := assessment.NewComparison(plainComparison())
	own := assessment.Exemplar{Key: "own", Title: "本单位", Values: map[string]union.Number{"days": union.Whole(15)}}
	exemplar := assessment.Exemplar{Key: "bureau", Title: "某局", Values: map[string]union.Number{"days": union.Whole(12)}}
	there, _ := comparison.Gaps(own, exemplar)
	back, _ := comparison.Gaps(exemplar, own)
	fmt.Println(there[0].Difference, there[0].Percent, there[0].Ahead)
	fmt.Println(back[0].Difference, back[0].Percent, back[0].Ahead)
	// Output:
	// 3 25 -1
	// -3 -20 1
}

func ExampleComparison_Figures() {
	comparison, _ := assessment.NewComparison(plainComparison())
	own := assessment.Exemplar{Key: "own", Title: "本单位", Values: map[string]union.Number{"days": union.Whole(15)}}
	figures, _ := comparison.Figures(own, assessment.Exemplar{Key: "bureau", Title: "某局", Values: map[string]union.Number{"days": union.Whole(12)}})
	for _, figure := range figures {
		fmt.Println(figure.Title(), figure)
	}
	// Output:
	// 对照标杆 某局
	// 与某局的差距：办结天数 3天
	// 与某局的差距：办结天数（百分比） 25.0%
}

func ExampleGapBase_Title() {
	fmt.Println(assessment.OfExemplar.Title(), assessment.OfOwn.Title())
	// Output: 标杆数 本单位数
}

func ExampleNewComparison() {
	spec := plainComparison()
	spec.Base = 0
	_, err := assessment.NewComparison(spec)
	fmt.Println(err)
	// Output: base: must be given: want exemplar or own
}
