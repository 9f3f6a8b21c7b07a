package assessment_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/assessment"
)

// fuzzDocument checks that whatever is read as a rule is written as it was read,
// and that nothing panics.
func fuzzDocument[T document, P interface {
	*T
	json.Unmarshaler
}](f *testing.F, seeds ...T) {
	f.Helper()
	f.Add([]byte(`{}`))
	f.Add([]byte(`null`))
	for _, seed := range seeds {
		data, err := json.Marshal(seed)
		require.NoError(f, err)
		f.Add(data)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		var read, again T
		if err := P(&read).UnmarshalJSON(data); err != nil {
			if len(union.Faults(err)) == 0 {
				t.Fatalf("not a fault: %v", err)
			}
			return
		}
		written, err := json.Marshal(read)
		require.NoError(t, err)
		require.NoError(t, P(&again).UnmarshalJSON(written))
		require.Equal(t, read.ID(), again.ID())
	})
}

func FuzzForm(f *testing.F) { fuzzDocument(f, newForm(f, classForm()), newForm(f, smallForm())) }
func FuzzScheme(f *testing.F) {
	fuzzDocument(f, publishedRules[assessment.Scheme](f, "assessment.scheme/1", newScheme(f, unionSheet()))...)
}
func FuzzQuota(f *testing.F) {
	fuzzDocument(f, publishedRules[assessment.Quota](f, "assessment.quota/1")...)
}
func FuzzComparison(f *testing.F) { fuzzDocument(f, newComparison(f, comparisonSpec())) }
func FuzzGoalRule(f *testing.F)   { fuzzDocument(f, newGoalRule(f, goalSpec())) }
func FuzzPolicy(f *testing.F) {
	fuzzDocument(f, newPolicy(f, assessment.PolicySpec{Least: 5, Classes: map[string]int64{"mass": 3}, Unanimous: []string{"one"}}))
}
func FuzzRanking(f *testing.F) {
	round := halfUp(1)
	ranking, err := assessment.NewRanking(assessment.RankingSpec{Rule: rule("r"), Keys: []assessment.Key{{Item: "total", As: &round}, {Item: "misses", Ascending: true}}})
	require.NoError(f, err)
	fuzzDocument(f, publishedRules(f, "assessment.ranking/1", ranking)...)
}

// publishedRules are the rules of a kind in testdata/rules, after those given.
func publishedRules[T any, P interface {
	*T
	json.Unmarshaler
}](f *testing.F, kind string, rules ...T) []T {
	f.Helper()
	files, err := filepath.Glob("testdata/rules/*.json")
	require.NoError(f, err)
	for _, file := range files {
		data, err := os.ReadFile(file)
		require.NoError(f, err)
		if !bytes.Contains(data, []byte(kind)) {
			continue
		}
		var rule T
		require.NoError(f, P(&rule).UnmarshalJSON(data), file)
		rules = append(rules, rule)
	}
	require.NotEmpty(f, rules)
	return rules
}

// A batch gives what records give, or fails where they do, for any scheme.
func FuzzBatch(f *testing.F) {
	f.Fuzz(rapid.MakeFuzz(func(r *rapid.T) { require.NoError(r, agrees(columnWorld.byBatch)(r)) }))
}

// A group of any records is judged under any published scheme, or refused with a
// place, and never panics.
func FuzzRecords(f *testing.F) {
	schemes := publishedRules[assessment.Scheme](f, "assessment.scheme/1")
	f.Add(uint8(0), []byte(`[{"unit":"a","given":{"own":"1"},"panel":{"judges":["1","void","2","3"]}}]`))
	f.Add(uint8(9), []byte(`[{"unit":"a","in":{"parent":"a","room":"b"},"given":{"raw":"9999999999999999999999"}},{"unit":""}]`))
	f.Fuzz(func(t *testing.T, at uint8, data []byte) {
		var records []assessment.Record
		if json.Unmarshal(data, &records) != nil {
			return
		}
		scheme := schemes[int(at)%len(schemes)]
		before := fmt.Sprint(records)
		scores, err := scheme.Judge(records)
		if after := fmt.Sprint(records); after != before {
			t.Fatalf("judging changed %s to %s", before, after)
		}
		if err != nil {
			require.NotEmpty(t, union.Faults(err)[0].Where)
			return
		}
		for _, score := range scores {
			_, err := scheme.Working(records, score.Unit)
			require.NoError(t, err)
		}
	})
}

// A box takes any bytes for a sheet without panic, and what it takes adds up.
func FuzzBox(f *testing.F) {
	form := newForm(f, classForm())
	f.Add([]byte{1, 2, 1, 0, 3, 0, 255, 1}, uint(2))
	f.Fuzz(func(t *testing.T, marks []byte, cut uint) {
		whole, left, right := form.Box(), form.Box(), form.Box()
		for i := 0; i+4 <= len(marks); i += 4 {
			sheet := assessment.Sheet{Class: marks[i], Answers: marks[i+1 : i+3], Spoil: marks[i+3] % 3}
			err := whole.Add(sheet)
			half := &right
			if uint(i) < cut {
				half = &left
			}
			if again := half.Add(sheet); (err == nil) != (again == nil) {
				t.Fatalf("taken once, refused once: %v, %v", err, again)
			}
		}
		require.NoError(t, left.Merge(right))
		require.Equal(t, whole, left)
		outcome, err := form.Count(whole)
		require.NoError(t, err)
		require.Empty(t, unbalanced(outcome))
	})
}

// Marks typed from text are refused or scored, never a panic.
func FuzzJudge(f *testing.F) {
	scheme := newScheme(f, unionSheet())
	maximum, _ := scheme.Maximum("total")
	f.Add("300", "250", "36", "2", "1")
	f.Add("0", "1/3", "-1", "1e9", "")
	f.Fuzz(func(t *testing.T, target, dues, news, daily, level string) {
		record := assessment.Record{Unit: "u", Given: map[string]union.Number{}}
		for key, text := range map[string]string{"dues-target": target, "dues": dues, "news": news, "daily": daily, "level": level} {
			if n, err := union.ParseNumber(text); err == nil {
				record.Given[key] = n
			}
		}
		score, err := judgeOne(scheme, record)
		if err != nil {
			require.NotEmpty(t, union.Faults(err))
			return
		}
		require.LessOrEqual(t, score.Total.Cmp(maximum), 0)
		require.NotEmpty(t, score.Verdict.Reasons)
	})
}

// Whatever tellers read out, counts above ballots and bases that do not fit among
// it, is refused or counted, and never a panic: what does not add up is found, and
// whoever asks for a verdict, an election or a publication is answered.
func FuzzTellers(f *testing.F) {
	spec := committee(2, "a", "b", "c")
	spec.Classes = []assessment.Class{{Key: "party", Title: "党员"}, {Key: "mass", Title: "群众"}}
	spec.Readings = append(spec.Readings, assessment.Reading{Key: "for", Title: "赞成率", Votes: assessment.Votes{Answers: []string{"for"}, Over: assessment.Entitled}})
	spec.Rulings = []assessment.Ruling{{Ladder: assessment.Ladder{Rungs: []assessment.Rung{
		{If: []assessment.Test{test("for", "(1/2,)")}, Grade: "trusted"}, {Grade: "not"},
	}}}}
	form, policy := newForm(f, spec), newPolicy(f, assessment.PolicySpec{Least: 5, LeaveOut: true})
	f.Add(int64(40), int64(38), int64(30), int64(20), int64(5), int64(40), int64(45), "a")
	f.Add(int64(-1), int64(0), int64(1)<<62, int64(1)<<62, int64(1)<<62, int64(1)<<62, int64(1)<<62, "z")
	f.Fuzz(func(t *testing.T, valid, void, first, second, third, present, entitled int64, drawn string) {
		box := form.Box()
		faults := []error{
			box.AddCounts(assessment.Counts{Class: "party", Valid: valid, Void: map[string]int64{"too-many": void}, Votes: map[string]map[string]int64{
				"a": {"for": first, "against": second}, "b": {"for": second, "void": third},
			}}),
			box.AddCounts(assessment.Counts{Class: "mass", Valid: third, Votes: map[string]map[string]int64{"c": {"for": first}, drawn: {drawn: 1}}}),
			box.State("", assessment.Present, present), box.State("mass", assessment.Entitled, entitled), box.State(drawn, assessment.Issued, valid),
		}
		outcome, err := form.Count(box)
		faults = append(faults, err)
		if err == nil {
			_, err = form.Elect(outcome, drawn)
			verdicts, judged := form.Judge(outcome)
			require.Len(t, verdicts, 3)
			published, _ := policy.Publish(outcome)
			_, printed := form.Figures(published)
			_, checked := form.Check(outcome, map[string]union.Number{drawn: union.Whole(valid)})
			faults = append(faults, err, judged, printed, checked)
		}
		for _, each := range faults {
			if each != nil && len(union.Faults(each)) == 0 {
				t.Fatalf("not a fault: %v", each)
			}
		}
	})
}
