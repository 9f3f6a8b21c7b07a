package assessment_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/assessment"
	"github.com/unioncampaign/union/internal/laws"
)

// pointForm gives points for four answers and none for one that is no vote.
func pointForm() assessment.FormSpec {
	spec := classForm()
	spec.Key = "points"
	spec.Spreads, spec.Satisfied = nil, nil
	spec.Criteria = []assessment.Criterion{{Key: "work", Title: "工作", Answers: []assessment.Answer{
		{Key: "good", Title: "好", Points: numberRef("100")},
		{Key: "fair", Title: "较好", Points: numberRef("80")},
		{Key: "some", Title: "一般", Points: numberRef("60")},
		{Key: "poor", Title: "差", Points: numberRef("40")},
		{Key: "unsure", Title: "不了解", NoVote: true},
	}}}
	return spec
}

// read returns what votes read as an item of a scheme.
func read(t testing.TB, spec assessment.FormSpec, votes assessment.Votes, outcome assessment.Outcome) (union.Number, error) {
	t.Helper()
	scheme := newScheme(t, assessment.SchemeSpec{
		Rule: rule("scheme"), Forms: []assessment.FormSpec{spec}, Total: "votes",
		Items: []assessment.Item{{Key: "votes", From: assessment.Source{Votes: &assessment.Ballot{Form: spec.Key, Votes: votes}}}},
	})
	scores, err := scheme.Judge([]assessment.Record{{Unit: "u", Votes: map[string]assessment.Outcome{spec.Key: outcome}}})
	if err != nil {
		return union.Number{}, err
	}
	return scores[0].Total, nil
}

func TestVotesAreReadOffTheCounts(t *testing.T) {
	spec := pointForm()
	form := newForm(t, spec)
	box := form.Box()
	require.NoError(t, box.AddCounts(assessment.Counts{Class: "party", Valid: 12, Void: map[string]int64{"torn": 3}, Votes: map[string]map[string]int64{
		"work": {"good": 4, "fair": 3, "some": 1, "unsure": 1, "blank": 2, "void": 1},
	}}))
	require.NoError(t, box.AddCounts(assessment.Counts{Class: "mass", Valid: 2, Votes: map[string]map[string]int64{"work": {"poor": 2}}}))
	require.NoError(t, box.State("", assessment.Entitled, 20))
	outcome := must(form.Count(box))
	good := []string{"good"}
	for name, each := range map[string]struct {
		votes assessment.Votes
		want  string
	}{
		"of those entitled":                    {assessment.Votes{Answers: good, Over: assessment.Entitled}, "1/5"},
		"of the papers recovered":              {assessment.Votes{Answers: good, Over: assessment.Recovered}, "4/17"},
		"of the valid papers":                  {assessment.Votes{Answers: good, Over: assessment.Valid}, "4/14"},
		"of the votes":                         {assessment.Votes{Answers: good, Over: assessment.Expressed}, "4/10"}, // no blanks, no void marks, no unsure
		"of the papers filled in":              {assessment.Votes{Answers: good, Over: assessment.Filled}, "4/12"},    // unsure and void marks too
		"of the papers cast":                   {assessment.Votes{Answers: good, Over: assessment.Cast}, "4/15"},      // and the three that are torn
		"of one class":                         {assessment.Votes{Class: "party", Answers: good, Over: assessment.Cast}, "4/13"},
		"two answers":                          {assessment.Votes{Answers: []string{"good", "fair"}, Over: assessment.Valid}, "7/14"},
		"the votes themselves":                 {assessment.Votes{Answers: good}, "4"},
		"a base":                               {assessment.Votes{Count: assessment.Filled}, "12"},
		"a base of a base":                     {assessment.Votes{Count: assessment.Expressed, Over: assessment.Entitled}, "10/20"},
		"the points":                           {assessment.Votes{Points: true}, "780"},
		"the points over valid papers":         {assessment.Votes{Points: true, Over: assessment.Valid}, "780/14"}, // a blank is worth nothing
		"the mean of the votes":                {assessment.Votes{Points: true, Over: assessment.Expressed}, "78"},
		"of a class":                           {assessment.Votes{Class: "mass", Points: true, Over: assessment.Expressed}, "40"},
		"one high and two low left out":        {assessment.Votes{Points: true, Over: assessment.Expressed, Trim: []assessment.Trim{{High: 1, Low: 2}}}, "600/7"},
		"left out only from eleven votes on":   {assessment.Votes{Points: true, Over: assessment.Expressed, Trim: []assessment.Trim{{From: 11, High: 1, Low: 2}}}, "78"},
		"the sum of what is not left out":      {assessment.Votes{Points: true, Trim: []assessment.Trim{{High: 4, Low: 3}}}, "240"},
		"more highest left out than are alike": {assessment.Votes{Points: true, Trim: []assessment.Trim{{High: 5}}}, "300"},
	} {
		t.Run(name, func(t *testing.T) {
			each.votes.Criterion = "work"
			got, err := read(t, spec, each.votes, outcome)
			require.NoError(t, err)
			assert.Equal(t, number(each.want).String(), got.String())
		})
	}

	for name, each := range map[string]struct {
		votes assessment.Votes
		want  error
	}{
		"a base that nobody stated": {assessment.Votes{Answers: good, Over: assessment.Present}, union.ErrMissing},
		"a count that nobody made":  {assessment.Votes{Count: assessment.Issued}, union.ErrMissing},
		"a share of nobody":         {assessment.Votes{Class: "lead", Answers: good, Over: assessment.Valid}, union.ErrUndefined},
		"fewer votes than left out": {assessment.Votes{Class: "mass", Points: true, Trim: []assessment.Trim{{High: 1, Low: 1}}}, union.ErrRange},
	} {
		t.Run(name, func(t *testing.T) {
			each.votes.Criterion = "work"
			_, err := read(t, spec, each.votes, outcome)
			require.ErrorIs(t, err, each.want)
		})
	}
	_, err := read(t, spec, assessment.Votes{Criterion: "work", Class: "mass", Points: true, Trim: []assessment.Trim{{High: 2, Low: 1}}}, outcome)
	require.ErrorIs(t, err, union.ErrRange)
	assert.Equal(t, union.Finding{Where: "group[0].items.votes.votes.points.mass/work", Rule: union.ErrRange.Error(), Got: "2 votes", Want: "4 or more"}, union.Faults(err)[0].Finding)
	for _, part := range []func(outcome *assessment.Outcome){
		func(outcome *assessment.Outcome) { outcome.Void = nil }, func(outcome *assessment.Outcome) { outcome.Votes = nil },
	} {
		partly := outcome
		part(&partly)
		_, err := read(t, spec, assessment.Votes{Criterion: "work", Count: assessment.Cast}, partly)
		require.ErrorIs(t, err, union.ErrMissing, "what is cast is the votes and the void papers, both")
	}
	withheld, _ := assessment.Policy{}.Publish(outcome)
	for _, votes := range []assessment.Votes{{Answers: good}, {Points: true, Over: assessment.Expressed}, {Count: assessment.Cast}, {Count: assessment.Valid}} {
		votes.Criterion = "work"
		_, err := read(t, spec, votes, withheld)
		require.ErrorIs(t, err, union.ErrMissing, "%+v", votes)
	}
}

// What is trimmed off secret votes is what would be trimmed off the marks of a
// panel that gave the same.
func TestSecretVotesAreTrimmedAsAPanelsMarksAre(t *testing.T) {
	spec := pointForm()
	spec.Classes = nil
	form := newForm(t, spec)
	worth := map[string]string{"good": "100", "fair": "80", "some": "60", "poor": "40"}
	law := func(trimmed func(votes assessment.Votes, outcome assessment.Outcome) (union.Number, error)) laws.Law {
		return func(r *rapid.T) error {
			trim := []assessment.Trim{{High: rapid.IntRange(0, 3).Draw(r, "high"), Low: rapid.IntRange(0, 3).Draw(r, "low")}}
			box := form.Box()
			var marks []assessment.Mark
			for _, key := range rapid.SliceOfN(rapid.SampledFrom([]string{"good", "fair", "some", "poor"}), 1, 12).Draw(r, "votes") {
				require.NoError(r, box.Add(must(form.Sheet("", map[string]string{"work": key}))))
				marks = append(marks, assessment.MarkOf(number(worth[key])))
			}
			scheme := must(assessment.NewScheme(assessment.SchemeSpec{Rule: rule("panel"), Total: "work", Items: []assessment.Item{
				{Key: "work", From: assessment.Source{Panel: &assessment.Panel{Trim: trim, Mean: true}}},
			}}))
			scores, panelErr := scheme.Judge([]assessment.Record{{Unit: "u", Panel: map[string][]assessment.Mark{"work": marks}}})
			got, err := trimmed(assessment.Votes{Criterion: "work", Points: true, Over: assessment.Expressed, Trim: trim}, must(form.Count(box)))
			if (err == nil) != (panelErr == nil) {
				return fmt.Errorf("votes %w, panel %w", err, panelErr)
			}
			if err == nil && !got.Equal(scores[0].Total) {
				return fmt.Errorf("votes %v, panel %v", got, scores[0].Total)
			}
			return nil
		}
	}
	laws.Holds(t, law(func(votes assessment.Votes, outcome assessment.Outcome) (union.Number, error) {
		return read(t, spec, votes, outcome)
	}))
	laws.Rejects(t, law(func(votes assessment.Votes, outcome assessment.Outcome) (union.Number, error) {
		// The broken twin takes the highest for the lowest.
		votes.Trim[0].High, votes.Trim[0].Low = votes.Trim[0].Low, votes.Trim[0].High
		return read(t, spec, votes, outcome)
	}))
}

// oneVoteEach is the law that a second vote by the same voter is refused and
// changes neither the roll nor the box.
func oneVoteEach(form assessment.Form, cast func(box *assessment.Box, roll *union.Register, token string, sheet assessment.Sheet) error) laws.Law {
	return func(r *rapid.T) error {
		box, want := form.Box(), form.Box()
		var roll union.Register
		voted := map[string]bool{}
		for _, sheet := range drawSheets(r) {
			voter := rapid.SampledFrom([]string{"v1", "v2", "v3", "v4"}).Draw(r, "voter")
			err := cast(&box, &roll, voter, sheet)
			if voted[voter] != (err != nil) {
				return fmt.Errorf("%s voted before: %v, and now: %w", voter, voted[voter], err)
			}
			if err == nil {
				require.NoError(r, want.Add(sheet))
			}
			voted[voter] = true
			if !box.Equal(want) || roll.Len() != len(voted) {
				return fmt.Errorf("%d voters, %d on the roll, box %v, want %v", len(voted), roll.Len(), box, want)
			}
		}
		return nil
	}
}

func TestOnePersonHasOneVote(t *testing.T) { // S7
	form := newForm(t, classForm())
	laws.Holds(t, oneVoteEach(form, (*assessment.Box).Cast))
	laws.Rejects(t, oneVoteEach(form, func(box *assessment.Box, roll *union.Register, token string, sheet assessment.Sheet) error {
		// The broken twin counts before it looks at the roll.
		if err := box.Add(sheet); err != nil {
			return err
		}
		added, err := roll.Add(token)
		if err == nil && !added {
			err = union.ErrRepeated
		}
		return err
	}))
}

func TestAVoteThatIsRefusedSignsNoRoll(t *testing.T) {
	form := newForm(t, classForm())
	sheet := assessment.Sheet{Class: 1, Answers: []uint8{1, 1}}
	box := form.Box()
	var roll union.Register
	require.ErrorIs(t, box.Cast(nil, "v1", sheet), union.ErrMissing)
	require.ErrorIs(t, box.Cast(&roll, "", sheet), union.ErrMissing)
	require.ErrorIs(t, box.Cast(&roll, "v1", assessment.Sheet{Class: 9}), union.ErrRange)
	assert.Zero(t, roll.Len())
	assert.True(t, box.Equal(form.Box()))
	require.NoError(t, box.Cast(&roll, "v1", sheet))
	err := box.Cast(&roll, "v1", sheet)
	require.ErrorIs(t, err, union.ErrRepeated)
	assert.NotContains(t, err.Error(), "v1", "nobody is named")
	assert.Equal(t, 1, roll.Len())
}

func ExampleBox_Cast() {
	form, err := assessment.NewForm(smallForm())
	if err != nil {
		panic(err)
	}
	box := form.Box()
	var roll union.Register // who voted, apart from what was voted
	sheet, _ := form.Sheet("", map[string]string{"one": "good"})
	fmt.Println(box.Cast(&roll, "M-0017", sheet))
	fmt.Println(box.Cast(&roll, "M-0017", sheet))
	// Output:
	// <nil>
	// token: given more than once: got a second vote, want one vote
}

func ExampleBox_AddAll() {
	form, err := assessment.NewForm(smallForm())
	if err != nil {
		panic(err)
	}
	good, _ := form.Sheet("", map[string]string{"one": "good", "two": "poor"})
	blank, _ := form.Sheet("", nil)
	box := form.Box()
	err = box.AddAll([]assessment.Sheet{good, good, blank})
	outcome, _ := form.Count(box)
	fmt.Println(outcome.Votes["one"]["good"], outcome.Votes["one"]["blank"], err)
	err = box.AddAll([]assessment.Sheet{good, {Answers: []uint8{9, 1}}}) // neither is counted
	fmt.Println(err)
	// Output:
	// 2 1 <nil>
	// sheets[1].answers[0]: out of range: want an answer of the form
}

func ExampleForm_Pack() {
	form, err := assessment.NewForm(smallForm())
	if err != nil {
		panic(err)
	}
	var batch []uint64
	for _, answer := range []string{"good", "good", "poor", ""} {
		sheet, _ := form.Sheet("", map[string]string{"one": answer, "two": "good"})
		batch, err = form.Pack(batch, sheet)
	}
	fmt.Println(len(batch), err) // which form it is, how many sheets, and up to seven of them in a word
	// Output: 3 <nil>
}

func ExampleBox_AddPacked() {
	form, err := assessment.NewForm(smallForm())
	if err != nil {
		panic(err)
	}
	sheet, _ := form.Sheet("", map[string]string{"one": "good", "two": "poor"})
	batch, _ := form.Pack(nil, sheet)
	box := form.Box()
	err = box.AddPacked(batch)
	outcome, _ := form.Count(box)
	fmt.Println(outcome.Votes["one"]["good"], outcome.Votes["two"]["good"], err)
	// Output: 1 0 <nil>
}

func TestADecisionRecordsItsReasonBesideTheRecommendation(t *testing.T) {
	form, outcome := vote{entitled: 30, present: 20, issued: 20, content: 15, mostly: 5}.outcome(t, halfForm())
	recommended := must(form.Judge(outcome))[0]
	before := fmt.Sprintf("%#v", recommended)
	decision := assessment.Decision{Subject: "u-1", Grade: "mostly", By: "党委", On: union.MustParseDate("2010-12-01"), Reason: "平时考核情况"}
	verdict, err := decision.Decide(recommended)
	require.NoError(t, err)
	assert.Equal(t, "mostly", verdict.Answer)
	assert.True(t, verdict.Holds())
	last := verdict.Reasons[len(verdict.Reasons)-1]
	assert.Equal(t, union.Reason{Standing: union.Exempt, Finding: union.Finding{
		Where: "vote on work under ballot", Rule: "平时考核情况", Got: "mostly", Want: "content recommended",
	}}, last, "it does not follow what was recommended, and says so")
	assert.Equal(t, recommended.Reasons, verdict.Reasons[:len(verdict.Reasons)-1])
	assert.Equal(t, before, fmt.Sprintf("%#v", recommended), "the vote itself stays as it was")

	decision.Grade = "content"
	verdict = must(decision.Decide(recommended))
	assert.Equal(t, union.Met, verdict.Reasons[len(verdict.Reasons)-1].Standing)
	recommended.Answer = ""
	verdict = must(decision.Decide(recommended))
	assert.Equal(t, "nothing recommended", verdict.Reasons[len(verdict.Reasons)-1].Want)

	for name, change := range map[string]func(*assessment.Decision){
		"subject": func(d *assessment.Decision) { d.Subject = "" },
		"grade":   func(d *assessment.Decision) { d.Grade = "" },
		"by":      func(d *assessment.Decision) { d.By = "" },
		"on":      func(d *assessment.Decision) { d.On = union.Date{} },
		"reason":  func(d *assessment.Decision) { d.Reason = "" },
	} {
		incomplete := decision
		change(&incomplete)
		_, err := incomplete.Decide(recommended)
		require.ErrorIs(t, err, union.ErrMissing)
		assert.Equal(t, name, union.Faults(err)[0].Where)
	}
	_, err = decision.Decide(union.Verdict{})
	require.ErrorIs(t, err, union.ErrMissing)
	assert.Equal(t, "recommended", union.Faults(err)[0].Where)
}

// Nothing that a vote comes to has a place for a final grade: only a decision
// does.
func TestAVoteRecommendsAndDecidesNothing(t *testing.T) {
	form, outcome := vote{entitled: 30, present: 20, issued: 20, content: 15, mostly: 5}.outcome(t, halfForm())
	verdicts := must(form.Judge(outcome))
	var decided []string
	for _, body := range []string{"content", "mostly", "discontent"} { // whatever the vote, any grade can be decided
		decision := assessment.Decision{Subject: "u-1", Grade: body, By: "党委", On: union.MustParseDate("2010-12-01"), Reason: "平时考核情况"}
		decided = append(decided, must(decision.Decide(verdicts[0])).Answer)
	}
	assert.Equal(t, []string{"content", "mostly", "discontent"}, decided)
	assert.Equal(t, verdicts, must(form.Judge(outcome)))
}

func ExampleDecision_Decide() {
	form, err := assessment.NewForm(halfForm())
	if err != nil {
		panic(err)
	}
	box := form.Box()
	_ = box.AddCounts(assessment.Counts{Valid: 20, Votes: map[string]map[string]int64{"work": {"content": 20}}})
	for _, base := range []assessment.Base{assessment.Entitled, assessment.Present, assessment.Issued} {
		_ = box.State("", base, 20)
	}
	outcome, _ := form.Count(box)
	verdicts, _ := form.Judge(outcome)
	decision := assessment.Decision{
		Subject: "office-7", Grade: "mostly", By: "党委", On: union.MustParseDate("2010-12-01"), Reason: "年内有未整改问题",
	}
	verdict, err := decision.Decide(verdicts[0])
	fmt.Println(verdict.Answer, err)
	fmt.Println(verdict.Reasons[len(verdict.Reasons)-1].Finding)
	// Output:
	// mostly <nil>
	// vote on work under ballot: 年内有未整改问题: got mostly, want content recommended
}

func TestPrintedFiguresAreHeldAgainstTheCounts(t *testing.T) {
	form := newForm(t, oneQuestion("party", "mass"))
	outcome := outcomeOf(t, form, map[string][2]int64{"party": {2, 1}, "mass": {3, 0}})
	row := "assessment.ballot.ballot.class.party.criterion.one"
	found, err := form.Check(outcome, numbers(
		row+".answer.good", "66.67", row+".answer.poor", "33.33",
		"assessment.ballot.ballot.valid", "6", "assessment.ballot.ballot.class.mass.criterion.one.answer.good", "100"))
	require.NoError(t, err)
	assert.Empty(t, found)

	found, err = form.Check(outcome, numbers(
		row+".answer.good", "66.66", row+".answer.poor", "33.33",
		"assessment.ballot.ballot.valid", "7", "assessment.ballot.ballot.issued", "6"))
	require.NoError(t, err)
	assert.Equal(t, []union.Finding{
		{Where: row + ".answer.good", Rule: "a printed figure follows from its inputs", Got: "66.66", Want: "66.67%"},
		{Where: "assessment.ballot.ballot.issued", Rule: "a printed figure follows from its inputs", Got: "6", Want: "[unknown]"},
		{Where: "assessment.ballot.ballot.valid", Rule: "a printed figure follows from its inputs", Got: "7", Want: "6张"},
		{Where: row, Rule: "printed shares sum to 100", Got: "99.99", Want: "100"},
	}, found)

	_, err = form.Check(outcome, numbers("assessment.ballot.ballot.mood", "1"))
	require.ErrorIs(t, err, union.ErrUnknown)
	_, err = form.Check(assessment.Outcome{}, nil)
	require.ErrorIs(t, err, union.ErrRule)
}

func ExampleForm_Check() {
	form, err := assessment.NewForm(plainForm())
	if err != nil {
		panic(err)
	}
	box := form.Box()
	_ = box.AddCounts(assessment.Counts{Valid: 3, Votes: map[string]map[string]int64{"work": {"for": 2, "against": 1}}})
	_ = box.State("", assessment.Present, 3)
	outcome, _ := form.Count(box)
	found, err := form.Check(outcome, map[string]union.Number{
		"assessment.ballot.ballot.criterion.work.answer.for": union.MustParseNumber("66.6"),
	})
	fmt.Println(found, err)
	// Output: [assessment.ballot.ballot.criterion.work.answer.for: a printed figure follows from its inputs: got 66.6, want 66.7%] <nil>
}

func TestAQuestionThatNobodyAnswersIsFound(t *testing.T) {
	form := newForm(t, smallForm())
	box := form.Box()
	for range 3 {
		require.NoError(t, box.Add(assessment.Sheet{Answers: []uint8{1, 0}}))
	}
	outcome := must(form.Count(box))
	assert.Equal(t, []union.Finding{{Where: "two", Rule: "some paper answers", Got: "0", Want: "3"}}, outcome.Findings)
	blank := form.Box()
	for range 3 {
		require.NoError(t, blank.Add(assessment.Sheet{Answers: []uint8{0, 0}}))
	}
	assert.Empty(t, must(form.Count(blank)).Findings, "blank papers abstain from all")
	one := form.Box()
	require.NoError(t, one.Add(assessment.Sheet{Answers: []uint8{1, 0}}))
	assert.Empty(t, must(form.Count(one)).Findings, "one paper may leave a question out")
}

func TestPapersNotReturnedAreAFigure(t *testing.T) {
	form := newForm(t, smallForm())
	for issued, want := range map[int64]string{5: "2张", 3: "0张", 2: "[unknown]"} {
		box := form.Box()
		for range 3 {
			require.NoError(t, box.Add(assessment.Sheet{Answers: []uint8{1, 1}}))
		}
		require.NoError(t, box.State("", assessment.Issued, issued))
		outcome := must(form.Count(box))
		assert.Equal(t, want, printed(t, form, outcome)["assessment.ballot.ballot.outstanding"])
		assert.Equal(t, issued < 3, slices.ContainsFunc(outcome.Findings, func(f union.Finding) bool { return f.Rule == "recovered at most issued" }))
	}
}
