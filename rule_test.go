package union_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/unioncampaign/union"
)

// quotaSpec is a rule such as a package has.
type quotaSpec struct {
	union.Rule
	Least  int         `json:"least"`
	Grades union.Codes `json:"grades,omitzero"`
	Places []places    `json:"places,omitempty"`
}

type places struct {
	Effective union.Period `json:"effective"`
	Number    int8         `json:"number"`
}

const quotaDocument = "test.quota/1"

func ExampleRule_Check() {
	fmt.Println(union.Rule{Key: "quota", Version: "2010"}.Check())
	// Output:
	// title: must be given
	// source: must be given
}

func ExampleWriteRule() {
	data, err := union.WriteRule("test.quota/1", quotaSpec{
		Rule: union.Rule{
			Key: "quota", Version: "2010", Title: "名额分配", Source: "made up",
			Effective: union.MustParsePeriod("2010-01-01/.."),
		},
		Least: 3,
	})
	fmt.Println(string(data), err)
	// Output: {"union":"test.quota/1","key":"quota","version":"2010","title":"名额分配","source":"made up","effective":"2010-01-01/..","least":3} <nil>
}

func ExampleReadRule() {
	var spec quotaSpec
	fmt.Println(union.ReadRule([]byte(`{"union":"test.quota/1","key":"quota","leest":3}`), "test.quota/1", &spec))
	fmt.Println(union.ReadRule([]byte(`{"union":"test.quota/2","key":"quota","least":3}`), "test.quota/1", &spec))
	fmt.Println(union.ReadRule([]byte(`{"union":"test.quota/1","key":"quota","least":3}`), "test.quota/1", &spec))
	fmt.Println(spec.Key, spec.Least)
	// Output:
	// leest: not known: got "leest"
	// union: not known: got "test.quota/2", want "test.quota/1"
	// <nil>
	// quota 3
}

func ExampleIdentifyRule() {
	three, _ := union.IdentifyRule("test.quota/1", quotaSpec{Rule: ruleOf("quota"), Least: 3})
	again, _ := union.IdentifyRule("test.quota/1", quotaSpec{Rule: ruleOf("quota"), Least: 3})
	four, _ := union.IdentifyRule("test.quota/1", quotaSpec{Rule: ruleOf("quota"), Least: 4})
	_, err := union.IdentifyRule("test.quota/1", quotaSpec{Least: 3})
	fmt.Println(three == again, three == four)
	fmt.Println(err)
	// Output:
	// true false
	// must be given: got the zero rule, want a rule that was made
}

// assertBytes compares JSON to the byte: what a rule is identified by is not
// only alike.
func assertBytes(t *testing.T, want string, got []byte) {
	t.Helper()
	assert.Equal(t, want, string(got))
}

func TestARuleLacksWhatItDoesNotState(t *testing.T) {
	require.NoError(t, ruleOf("k").Check())
	err := union.Rule{}.Check()
	require.EqualError(t, err, "key: must be given\nversion: must be given\ntitle: must be given\nsource: must be given")
	require.ErrorIs(t, err, union.ErrMissing)
}

func TestARuleIsRefusedWithItsPlaceAndTheLibrarysSentinel(t *testing.T) {
	const grades = `{"union":"union.codes/1","key":"k","version":"1","title":"t","source":"s","terms":[{"key":"a","title":"A"},{"key":"a","title":""}]}`
	for name, test := range map[string]struct {
		members  string
		sentinel error
		text     string
	}{
		"no JSON":            {`"least":}`, union.ErrText, "cannot be read: got at byte 33: invalid character '}' looking for beginning of value"},
		"null":               {`"least":null}`, union.ErrText, "least: cannot be read: got null, want a value, or no member"},
		"twice":              {`"least":1,"least":1}`, union.ErrRepeated, "least: given more than once"},
		"another member":     {`"places":[{"nummer":1}]}`, union.ErrUnknown, `places[0].nummer: not known: got "nummer"`},
		"another case":       {`"Least":1}`, union.ErrUnknown, `Least: not known: got "Least", want "least"`},
		"too large":          {`"places":[{"number":128}]}`, union.ErrRange, "places[0].number: out of range: got 128, want a whole number of 8 bits"},
		"a value of its own": {`"places":[{"effective":"2010-01-01/2010-02-30"}]}`, union.ErrRange, "places[0].effective.until.day: out of range: got 30, want 1 to 28"},
		"a rule within": {`"grades":` + grades + `}`, union.ErrRepeated,
			"grades.terms[1].title: must be given\n" + `grades.terms[1].key: given more than once: got "a", want a new key`},
	} {
		t.Run(name, func(t *testing.T) {
			spec := quotaSpec{Least: 7}
			err := union.ReadRule([]byte(`{"union":"test.quota/1",`+test.members), quotaDocument, &spec)
			require.ErrorIs(t, err, test.sentinel)
			require.EqualError(t, err, test.text)
			assert.NotEmpty(t, union.Faults(err))
			assert.Equal(t, quotaSpec{Least: 7}, spec)
		})
	}
}

func TestARuleWithoutJSONHasNoIdentity(t *testing.T) {
	for name, spec := range map[string]any{
		"nothing": nil, "no struct": 3, "a channel": struct{ C chan int }{}, "a nil list": struct{ L []int }{}, "not UTF-8": quotaSpec{Rule: union.Rule{Key: "\xff"}},
	} {
		t.Run(name, func(t *testing.T) {
			id, err := union.IdentifyRule(quotaDocument, spec)
			require.ErrorIs(t, err, union.ErrText)
			assert.NotEmpty(t, union.Faults(err))
			assert.True(t, id.IsZero())
		})
	}
}

func TestAnIdentityIsOfEverythingThatARuleSays(t *testing.T) {
	base := quotaSpec{Rule: ruleOf("k"), Least: 3, Places: []places{{Effective: union.MustParsePeriod("2010-01-01/.."), Number: 1}}}
	identify := func(document string, spec quotaSpec) union.RuleID {
		id, err := union.IdentifyRule(document, spec)
		require.NoError(t, err)
		require.False(t, id.IsZero())
		return id
	}
	seen := map[union.RuleID]bool{identify(quotaDocument, base): true}
	for _, change := range []func(*quotaSpec){
		func(s *quotaSpec) { s.Key = "l" }, func(s *quotaSpec) { s.Version = "2" }, func(s *quotaSpec) { s.Title = "x" },
		func(s *quotaSpec) { s.Source = "x" }, func(s *quotaSpec) { s.Effective = union.MustParsePeriod("2010-01-01/..") },
		func(s *quotaSpec) { s.Least = 4 }, func(s *quotaSpec) { s.Places = nil }, func(s *quotaSpec) { s.Grades = codesOf("g", "a") },
	} {
		changed := base
		change(&changed)
		id := identify(quotaDocument, changed)
		assert.False(t, seen[id])
		seen[id] = true
	}
	assert.False(t, seen[identify("test.quota/2", base)])
	assert.True(t, seen[identify(quotaDocument, base)], "the same again")
}

func TestAnIdentityIsHexadecimal(t *testing.T) {
	assert.Equal(t, "no rule", union.RuleID{}.String())
	assert.True(t, union.RuleID{}.IsZero())
	id, err := union.IdentifyRule(quotaDocument, struct{}{})
	require.NoError(t, err)
	// The first 16 bytes of the SHA-256 of {"union":"test.quota/1"}, by sha256sum.
	assert.Equal(t, "de5361a713156ad35ae01bb506884bf1", id.String())
}
