package assessment_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/assessment"
	"github.com/unioncampaign/union/internal/laws"
)

// halfForm gives the verdict that half of all members, or of those entitled to be
// exact, come to: content, mostly, or discontent. A vote is valid if two thirds
// came and no more papers came back than went out.
func halfForm() assessment.FormSpec {
	spec := smallForm()
	spec.Criteria = []assessment.Criterion{{Key: "work", Title: "工作", Answers: answers("content", "mostly", "discontent")}}
	spec.Satisfied = nil
	spec.Readings = []assessment.Reading{
		{Key: "attendance", Title: "到会率", Votes: assessment.Votes{Count: assessment.Present, Over: assessment.Entitled}},
		{Key: "returned", Title: "收回率", Votes: assessment.Votes{Count: assessment.Recovered, Over: assessment.Issued}},
		{Key: "content", Title: "满意率", Votes: assessment.Votes{Answers: []string{"content"}, Over: assessment.Entitled}},
		{Key: "accepted", Title: "认可率", Votes: assessment.Votes{Answers: []string{"content", "mostly"}, Over: assessment.Entitled}},
	}
	spec.Validity = []assessment.Test{
		{Item: "attendance", Why: "三分之二以上到会", In: union.MustParseInterval("[2/3,)")},
		test("returned", "(,1]"),
	}
	spec.Rulings = []assessment.Ruling{{Ladder: assessment.Ladder{Rungs: []assessment.Rung{
		{If: []assessment.Test{test("content", "[1/2,)")}, Grade: "content", Title: "满意"},
		{If: []assessment.Test{test("accepted", "[1/2,)")}, Grade: "mostly", Title: "基本满意"},
		{Grade: "discontent", Title: "不满意"},
	}}}}
	return spec
}

// A vote is what tellers read out: who were entitled, who came, what went out
// and came back, and what it says.
type vote struct {
	entitled, present, issued   int64
	content, mostly, discontent int64
}

func (v vote) outcome(t require.TestingT, spec assessment.FormSpec) (assessment.Form, assessment.Outcome) {
	form := newForm(t, spec)
	box := form.Box()
	require.NoError(t, box.AddCounts(assessment.Counts{
		Valid: v.content + v.mostly + v.discontent,
		Votes: map[string]map[string]int64{"work": {"content": v.content, "mostly": v.mostly, "discontent": v.discontent}},
	}))
	for base, n := range map[assessment.Base]int64{assessment.Entitled: v.entitled, assessment.Present: v.present, assessment.Issued: v.issued} {
		if n >= 0 {
			require.NoError(t, box.State("", base, n))
		}
	}
	outcome, err := form.Count(box)
	require.NoError(t, err)
	return form, outcome
}

// byHalf is the law that a verdict by vote is what whole numbers say: judge
// returns it for every vote of at most so many members.
func byHalf(members int, judge func(v vote) (union.Verdict, error)) laws.Law {
	return func(*rapid.T) error {
		for entitled := range members {
			var broken error
			choices(3, entitled+1, func(list []int) {
				v := vote{entitled: int64(entitled), present: int64(entitled), issued: int64(entitled), content: int64(list[0]), mostly: int64(list[1]), discontent: int64(list[2])}
				if broken != nil || v.content+v.mostly+v.discontent > v.entitled || entitled == 0 {
					return
				}
				want := "discontent"
				switch {
				case 2*v.content >= v.entitled:
					want = "content"
				case 2*(v.content+v.mostly) >= v.entitled:
					want = "mostly"
				}
				verdict, err := judge(v)
				if err != nil || verdict.Answer != want || !verdict.Holds() {
					broken = fmt.Errorf("%+v: %q %v, want %q: %w", v, verdict.Answer, verdict.Standing, want, err)
				}
			})
			if broken != nil {
				return broken
			}
		}
		return nil
	}
}

func TestAVerdictByVoteIsExactAtItsBound(t *testing.T) {
	judge := func(spec assessment.FormSpec) func(v vote) (union.Verdict, error) {
		return func(v vote) (union.Verdict, error) {
			form, outcome := v.outcome(t, spec)
			verdicts, err := form.Judge(outcome)
			if err != nil {
				return union.Verdict{}, err
			}
			return verdicts[0], nil
		}
	}
	require.NoError(t, byHalf(8, judge(halfForm()))(nil))
	// The broken twin takes half for more than half.
	twin := halfForm()
	twin.Rulings[0].Ladder.Rungs[0].If[0] = test("content", "(1/2,)")
	require.Error(t, byHalf(8, judge(twin))(nil))
}

// A quorum of two thirds is two thirds, and not what a division leaves of it.
func TestAQuorumIsExact(t *testing.T) {
	law := func(valid func(present, entitled int64) bool) laws.Law {
		return func(r *rapid.T) error {
			entitled := rapid.Int64Range(1, 400).Draw(r, "entitled")
			present := rapid.Int64Range(0, entitled).Draw(r, "present")
			if got := valid(present, entitled); got != (3*present >= 2*entitled) {
				return fmt.Errorf("%d of %d: %v", present, entitled, got)
			}
			return nil
		}
	}
	laws.Holds(t, law(func(present, entitled int64) bool {
		form, outcome := vote{entitled: entitled, present: present, issued: 1}.outcome(t, halfForm())
		return must(form.Valid(outcome)).Holds()
	}))
	laws.Rejects(t, law(func(present, entitled int64) bool { return present >= entitled*2/3 }))
}

func TestAVoteThatIsNotValidHasNoVerdict(t *testing.T) {
	good := vote{entitled: 30, present: 20, issued: 20, content: 15, mostly: 5}
	with := func(change func(v *vote)) vote {
		v := good
		change(&v)
		return v
	}
	for name, each := range map[string]struct {
		vote   vote
		valid  union.Standing
		answer string
	}{
		"just enough came":       {good, union.Met, "content"},
		"too few came":           {with(func(v *vote) { v.present = 19 }), union.Unmet, ""},
		"more came back":         {with(func(v *vote) { v.issued = 19 }), union.Unmet, ""},
		"nobody says who came":   {with(func(v *vote) { v.present = -1 }), union.Unknown, ""},
		"nobody was entitled":    {with(func(v *vote) { v.entitled = 0 }), union.Unknown, ""},
		"nobody says what left":  {with(func(v *vote) { v.issued = -1 }), union.Unknown, ""},
		"fewer came back, still": {with(func(v *vote) { v.content, v.issued = 14, 20 }), union.Met, "mostly"},
	} {
		t.Run(name, func(t *testing.T) {
			form, outcome := each.vote.outcome(t, halfForm())
			valid, err := form.Valid(outcome)
			require.NoError(t, err)
			assert.Equal(t, each.valid, valid.Standing)
			assert.Len(t, valid.Reasons, 2, "every test is told")
			verdicts, err := form.Judge(outcome)
			require.NoError(t, err)
			require.Len(t, verdicts, 1)
			assert.Equal(t, each.answer, verdicts[0].Answer)
			assert.Equal(t, each.valid, verdicts[0].Standing)
			texts := printed(t, form, outcome)
			want := map[string]string{"content": "满意", "mostly": "基本满意", "": map[union.Standing]string{union.Unmet: "[not applicable]", union.Unknown: "[unknown]"}[each.valid]}
			assert.Equal(t, want[each.answer], texts["assessment.ballot.ballot.criterion.work.verdict"])
		})
	}
}

func TestAVerdictTellsEveryTestDownToTheRungThatHolds(t *testing.T) {
	form, outcome := vote{entitled: 35, present: 29, issued: 29, content: 17, mostly: 11, discontent: 1}.outcome(t, halfForm())
	verdict := must(form.Judge(outcome))[0]
	assert.Equal(t, "vote on work under ballot", verdict.Question)
	assert.Equal(t, []union.Reason{
		{Finding: union.Finding{Where: "attendance", Rule: "三分之二以上到会", Got: "29/35", Want: "[2/3,)"}, Standing: union.Met},
		{Finding: union.Finding{Where: "returned", Rule: "收回率", Got: "29/29", Want: "(,1]"}, Standing: union.Met},
		{Finding: union.Finding{Where: "content", Rule: "满意率", Got: "17/35", Want: `[0.5,) for "content"`}, Standing: union.Unmet},
		{Finding: union.Finding{Where: "accepted", Rule: "认可率", Got: "28/35", Want: `[0.5,) for "mostly"`}, Standing: union.Met},
	}, verdict.Reasons)

	// What a policy keeps back has no verdict either.
	published, _ := assessment.Policy{}.Publish(outcome)
	verdicts, err := form.Judge(published)
	require.NoError(t, err)
	assert.Equal(t, union.Unknown, verdicts[0].Standing)
	assert.Empty(t, verdicts[0].Answer)
	assert.Equal(t, "[withheld]", printed(t, form, published)["assessment.ballot.ballot.criterion.work.verdict"])
}

func TestAFigureOffTheScaleOfItsLadderHasNoVerdict(t *testing.T) {
	spec := halfForm()
	spec.Validity = nil
	spec.Rulings = []assessment.Ruling{{Criteria: []string{"work"}, Ladder: assessment.Ladder{
		Scale: union.MustParseInterval("[0,1]"), Grid: number("0.1"),
		Rungs: []assessment.Rung{
			{If: []assessment.Test{test("content", "[0.5,1]")}, Grade: "content"},
			{If: []assessment.Test{test("content", "[0,0.4]")}, Grade: "discontent"},
		},
	}}}
	for content, want := range map[int64]union.Standing{3: union.Unknown, 4: union.Met, 5: union.Unknown} {
		form, outcome := vote{entitled: 8, content: content, present: -1, issued: -1}.outcome(t, spec)
		verdict := must(form.Judge(outcome))[0]
		assert.Equal(t, want, verdict.Standing, content)
	}
	form, outcome := vote{entitled: 8, content: 4, present: -1, issued: -1}.outcome(t, spec)
	assert.Equal(t, "content", printed(t, form, outcome)["assessment.ballot.ballot.criterion.work.verdict"], "a grade without a title")
}

func TestAFormReportsTheFaultsOfItsTests(t *testing.T) {
	for name, each := range map[string]struct {
		change func(*assessment.FormSpec)
		want   error
		where  string
	}{
		"a reading without a key":  {func(s *assessment.FormSpec) { s.Readings[0].Key = "" }, union.ErrMissing, "readings[0].key"},
		"a reading given twice":    {func(s *assessment.FormSpec) { s.Readings[1].Key = "attendance" }, union.ErrRepeated, "readings[1].key"},
		"a reading of two things":  {func(s *assessment.FormSpec) { s.Readings[2].Votes.Points = true }, union.ErrRepeated, "readings[2].votes"},
		"a class that is none":     {func(s *assessment.FormSpec) { s.Readings[2].Votes.Class = "guests" }, union.ErrUnknown, "readings[2].votes.class"},
		"a criterion that is none": {func(s *assessment.FormSpec) { s.Readings[2].Votes.Criterion = "dress" }, union.ErrUnknown, "readings[2].votes.criterion"},
		"an answer that is none":   {func(s *assessment.FormSpec) { s.Readings[2].Votes.Answers = []string{"glad"} }, union.ErrUnknown, "readings[2].votes.answers[0]"},
		"an answer counted twice":  {func(s *assessment.FormSpec) { s.Readings[3].Votes.Answers[1] = "content" }, union.ErrRepeated, "readings[3].votes.answers[1]"},
		"a count that is none":     {func(s *assessment.FormSpec) { s.Readings[0].Votes.Count = 99 }, union.ErrRange, "readings[0].votes.count"},
		"a base that is none":      {func(s *assessment.FormSpec) { s.Readings[0].Votes.Over = 99 }, union.ErrRange, "readings[0].votes.over"},
		"a class beside others": {func(s *assessment.FormSpec) {
			s.Classes = classForm().Classes
			s.Readings[2].Votes.Class = "guests"
		}, union.ErrUnknown, "readings[2].votes.class"},
		"a trim over papers": {func(s *assessment.FormSpec) {
			s.Readings[2].Votes = assessment.Votes{Points: true, Over: assessment.Valid, Trim: []assessment.Trim{{High: 1}}}
		}, union.ErrRange, "readings[2].votes.trim"},
		"two rulings on the second": {func(s *assessment.FormSpec) {
			second := s.Criteria[0]
			second.Key = "second"
			s.Criteria = append(s.Criteria, second)
			s.Rulings[0].Criteria = []string{"second"}
			s.Rulings = append(s.Rulings, s.Rulings[0])
		}, union.ErrRepeated, "rulings[1]"},
		"a trim of no points":       {func(s *assessment.FormSpec) { s.Readings[2].Votes.Trim = []assessment.Trim{{High: 1}} }, union.ErrRange, "readings[2].votes.trim"},
		"points that are not there": {func(s *assessment.FormSpec) { s.Readings[2].Votes = assessment.Votes{Points: true, Criterion: "work"} }, union.ErrMissing, "readings[2].votes.points"},
		"the closest votes": {func(s *assessment.FormSpec) {
			for i := range s.Criteria[0].Answers {
				s.Criteria[0].Answers[i].Points = numberRef("1")
			}
			s.Readings[2].Votes = assessment.Votes{Points: true, Trim: []assessment.Trim{{From: 3, Closest: 2}}}
		}, union.ErrRange, "readings[2].votes.trim[0].closest"},
		"points of no vote": {func(s *assessment.FormSpec) {
			s.Criteria[0].Answers[2] = assessment.Answer{Key: "discontent", Title: "不了解", NoVote: true, Points: numberRef("0")}
		}, union.ErrRange, "criteria[0].answers[2].points"},
		"a test without an item":       {func(s *assessment.FormSpec) { s.Validity[0].Item = "" }, union.ErrMissing, "validity[0].item"},
		"a test of what is no reading": {func(s *assessment.FormSpec) { s.Validity[0].Item = "mood" }, union.ErrUnknown, "validity[0].item"},
		"a test given twice":           {func(s *assessment.FormSpec) { s.Validity[1].Item = "attendance" }, union.ErrRepeated, "validity[1].item"},
		"validity by one criterion":    {func(s *assessment.FormSpec) { s.Validity[0].Item = "content" }, union.ErrRange, "validity[0].item"},
		"a ruling on no candidate":     {func(s *assessment.FormSpec) { s.Readings[2].Votes.Answers = nil }, union.ErrRange, "rulings[0].ladder.rungs[0].if[0].item"},
		"a ruling on what is none":     {func(s *assessment.FormSpec) { s.Rulings[0].Criteria = []string{"dress"} }, union.ErrUnknown, "rulings[0].criteria[0]"},
		"two rulings on a criterion":   {func(s *assessment.FormSpec) { s.Rulings = append(s.Rulings, s.Rulings[0]) }, union.ErrRepeated, "rulings[1]"},
		"a rung without a grade":       {func(s *assessment.FormSpec) { s.Rulings[0].Ladder.Rungs[2].Grade = "" }, union.ErrMissing, "rulings[0].ladder.rungs[2].grade"},
		"a rung that gives a figure":   {func(s *assessment.FormSpec) { s.Rulings[0].Ladder.Rungs[2].Give = number("1") }, union.ErrRange, "rulings[0].ladder.rungs[2].give"},
		"several figures, no last":     {func(s *assessment.FormSpec) { s.Rulings[0].Ladder.Rungs = s.Rulings[0].Ladder.Rungs[:2] }, union.ErrHole, "rulings[0].ladder.rungs"},
		"a criterion without the answer": {func(s *assessment.FormSpec) {
			s.Criteria = append(s.Criteria, assessment.Criterion{Key: "dress", Title: "仪表", Answers: answers("mostly")})
		}, union.ErrUnknown, "rulings[0].ladder.rungs[0].if[0].answers[0]"},
	} {
		t.Run(name, func(t *testing.T) {
			spec := halfForm()
			each.change(&spec)
			_, err := assessment.NewForm(spec)
			require.ErrorIs(t, err, each.want)
			var places []string
			for _, fault := range union.Faults(err) {
				places = append(places, fault.Where)
			}
			assert.Contains(t, places, each.where)
		})
	}
	readsBack(t, newForm(t, halfForm()), "assessment.form/1")
}

// What is asked of the answers of one criterion is not asked of those of another.
func TestARulingAsksForAnswersOfItsOwnCriteriaAlone(t *testing.T) {
	spec := halfForm()
	spec.Criteria = append(spec.Criteria, assessment.Criterion{Key: "dress", Title: "仪表", Answers: answers("neat")})
	spec.Rulings[0].Criteria = []string{"work"}
	_, err := assessment.NewForm(spec)
	require.NoError(t, err, "the other is not ruled")
	spec.Rulings[0].Criteria = []string{"work", "dress"}
	for i := range spec.Readings {
		if spec.Readings[i].Votes.Answers != nil {
			spec.Readings[i].Votes.Criterion = "work"
		}
	}
	_, err = assessment.NewForm(spec)
	require.NoError(t, err, "the readings name the first")
}

func TestAHoleInARulingNamesTheValueInIt(t *testing.T) {
	spec := halfForm()
	spec.Rulings[0].Ladder = assessment.Ladder{Scale: union.MustParseInterval("[0,1]"), Rungs: []assessment.Rung{
		{If: []assessment.Test{test("content", "(1/2,1]")}, Grade: "content"},
		{If: []assessment.Test{test("content", "[0,1/2)")}, Grade: "discontent"},
	}}
	_, err := assessment.NewForm(spec)
	require.ErrorIs(t, err, union.ErrHole)
	assert.Contains(t, err.Error(), "0.5")
}

func ExampleForm_Valid() {
	form, err := assessment.NewForm(halfForm())
	if err != nil {
		panic(err)
	}
	box := form.Box()
	_ = box.State("", assessment.Entitled, 30)
	_ = box.State("", assessment.Present, 19)
	outcome, _ := form.Count(box)
	verdict, err := form.Valid(outcome)
	fmt.Println(verdict.Standing, err)
	for _, finding := range verdict.Failed() {
		fmt.Println(finding)
	}
	// Output:
	// unmet <nil>
	// attendance: 三分之二以上到会: got 19/30, want [2/3,)
	// returned: 收回率: got issued not known, want (,1]
}

func ExampleForm_Judge() {
	form, err := assessment.NewForm(halfForm())
	if err != nil {
		panic(err)
	}
	box := form.Box()
	_ = box.AddCounts(assessment.Counts{Valid: 29, Votes: map[string]map[string]int64{"work": {"content": 17, "mostly": 11, "discontent": 1}}})
	for base, n := range map[assessment.Base]int64{assessment.Entitled: 35, assessment.Present: 29, assessment.Issued: 29} {
		_ = box.State("", base, n)
	}
	outcome, _ := form.Count(box)
	verdicts, err := form.Judge(outcome)
	fmt.Println(verdicts[0].Question, verdicts[0].Answer, err)
	fmt.Println(verdicts[0].Failed())
	// Output:
	// vote on work under ballot mostly <nil>
	// [content: 满意率: got 17/35, want [0.5,) for "content"]
}
