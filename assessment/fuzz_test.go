package assessment_test

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/require"

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

func FuzzForm(f *testing.F)       { fuzzDocument(f, newForm(f, classForm()), newForm(f, smallForm())) }
func FuzzScheme(f *testing.F)     { fuzzDocument(f, newScheme(f, unionSheet())) }
func FuzzComparison(f *testing.F) { fuzzDocument(f, newComparison(f, comparisonSpec())) }
func FuzzGoalRule(f *testing.F)   { fuzzDocument(f, newGoalRule(f, goalSpec())) }
func FuzzPolicy(f *testing.F) {
	fuzzDocument(f, newPolicy(f, assessment.PolicySpec{Least: 5, Classes: map[string]int64{"mass": 3}, Unanimous: []string{"one"}}))
}
func FuzzRanking(f *testing.F) {
	round := halfUp(1)
	ranking, err := assessment.NewRanking(assessment.RankingSpec{Rule: rule("r"), Keys: []assessment.Key{{Item: "total", As: &round}, {Item: "misses", Ascending: true}}})
	require.NoError(f, err)
	fuzzDocument(f, ranking)
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
		require.Empty(t, outcome.Findings)
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
