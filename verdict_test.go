package union_test

import (
	"encoding/json"
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/unioncampaign/union"
)

func reason(rule string, standing union.Standing) union.Reason {
	return union.Reason{Finding: union.Finding{Rule: rule}, Standing: standing}
}

func ExampleJudged() {
	verdict := union.Judged("may the phase close on 2010-06-30",
		union.Reason{Standing: union.Met, Finding: union.Finding{Rule: "study done", Got: "12 of 12"}},
		union.Reason{Standing: union.Unmet, Finding: union.Finding{Rule: "look-back filed", Got: "nothing"}},
	)
	fmt.Println(verdict.Standing, verdict.Holds())
	for _, reason := range verdict.Reasons {
		fmt.Println(reason.Standing, "-", reason)
	}
	// Output:
	// unmet false
	// met - study done: got 12 of 12
	// unmet - look-back filed: got nothing
}

func ExampleVerdict_Failed() {
	verdict := union.Judged("eligible", reason("age", union.Met), reason("income", union.Unmet), reason("assets", union.Unknown))
	for _, finding := range verdict.Failed() {
		fmt.Println(finding)
	}
	// Output:
	// income
	// assets
}

func TestAVerdictHoldsOnlyIfEveryReasonDoes(t *testing.T) {
	const none union.Standing = 0
	for _, test := range []struct {
		standings []union.Standing
		want      union.Standing
	}{
		{nil, union.Met},
		{[]union.Standing{union.Met, union.Exempt}, union.Met},
		{[]union.Standing{union.Exempt}, union.Met},
		{[]union.Standing{union.Met, union.Unknown, union.Met}, union.Unknown},
		{[]union.Standing{union.Unknown, union.Unmet}, union.Unmet},
		{[]union.Standing{union.Unmet, union.Unknown, union.Met}, union.Unmet},
		{[]union.Standing{none}, union.Unknown},
		{[]union.Standing{union.Met, 99}, union.Unknown},
	} {
		var reasons []union.Reason
		for i, standing := range test.standings {
			reasons = append(reasons, reason(fmt.Sprint(i), standing))
		}
		verdict := union.Judged("question", reasons...)
		assert.Equal(t, test.want, verdict.Standing, test.standings)
		assert.Equal(t, test.want == union.Met, verdict.Holds())
		assert.Equal(t, "question", verdict.Question)
		assert.Equal(t, reasons, verdict.Reasons)
		assert.Equal(t, test.want == union.Met, len(verdict.Failed()) == 0)
	}
	assert.False(t, union.Verdict{}.Holds(), "the zero Verdict judges nothing")
}

func TestAStandingIsAWord(t *testing.T) {
	for standing, want := range map[union.Standing]string{
		0: "Standing(0)", union.Met: "met", union.Unmet: "unmet", union.Unknown: "unknown", union.Exempt: "exempt", 5: "Standing(5)", 255: "Standing(255)",
	} {
		assert.Equal(t, want, standing.String())
	}
	_, err := union.Standing(0).MarshalText()
	require.ErrorIs(t, err, union.ErrUnknown)
	kept := union.Unmet
	require.ErrorIs(t, kept.UnmarshalText([]byte("Met")), union.ErrUnknown)
	assert.Equal(t, union.Unmet, kept)
	data, err := json.Marshal(union.Judged("q", reason("r", union.Met)))
	require.NoError(t, err)
	assertBytes(t, `{"question":"q","standing":"met","reasons":[{"rule":"r","standing":"met"}]}`, data)
	var read union.Verdict
	require.NoError(t, json.Unmarshal(data, &read))
	assert.Equal(t, union.Judged("q", reason("r", union.Met)), read, "who is sent a verdict can read it")
}
