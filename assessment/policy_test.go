package assessment_test

import (
	"encoding/json"
	"fmt"
	"maps"
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

func newPolicy(t require.TestingT, spec assessment.PolicySpec) assessment.Policy {
	spec.Rule = rule("policy")
	policy, err := assessment.NewPolicy(spec)
	require.NoError(t, err)
	return policy
}

// votes counts papers of one class that answer the one question as told.
func oneQuestion(classes ...string) assessment.FormSpec {
	spec := smallForm()
	spec.Criteria = spec.Criteria[:1]
	for _, class := range classes {
		spec.Classes = append(spec.Classes, assessment.Class{Key: class, Title: class})
	}
	return spec
}

// outcomeOf counts good and poor answers by class: {"party": {3, 2}}.
func outcomeOf(t require.TestingT, form assessment.Form, classes map[string][2]int64) assessment.Outcome {
	box := form.Box()
	for class, n := range classes {
		require.NoError(t, box.AddCounts(assessment.Counts{
			Class: class,
			Valid: n[0] + n[1],
			Votes: map[string]map[string]int64{"one": {"good": n[0], "poor": n[1]}},
		}))
	}
	outcome, err := form.Count(box)
	require.NoError(t, err)
	return outcome
}

func places(outcome assessment.Outcome) []string {
	return slices.Sorted(maps.Keys(outcome.Votes))
}

func TestThePolicyKeepsBackWhatTellsTooMuch(t *testing.T) {
	two := newForm(t, oneQuestion("marketing", "sales"))
	three := newForm(t, oneQuestion("lead", "mass", "party"))
	none := newForm(t, oneQuestion())
	five := assessment.PolicySpec{Least: 5}
	for name, each := range map[string]struct {
		form    assessment.Form
		policy  assessment.PolicySpec
		counts  map[string][2]int64
		printed []map[string][2]int64
		want    []string
		why     map[string]string
	}{
		// A department of four and one of twenty, threshold five: see
		// help.supermood.com, "The confidentiality threshold", for the first step; a
		// total beside the one large class would give the small one away.
		"a small class, and the only other one": {
			form: two, policy: five,
			counts: map[string][2]int64{"marketing": {3, 1}, "sales": {15, 5}},
			want:   []string{"one"},
			why:    map[string]string{"marketing/one": "least group", "sales/one": "complement"},
		},
		"nothing where all are enough": {
			form: two, policy: five,
			counts: map[string][2]int64{"marketing": {3, 2}, "sales": {4, 1}},
			want:   []string{"marketing/one", "one", "sales/one"},
		},
		"two small classes together large enough": {
			form: three, policy: five,
			counts: map[string][2]int64{"lead": {2, 1}, "mass": {1, 1}, "party": {9, 9}},
			want:   []string{"one", "party/one"},
		},
		"the smallest class that is left, until the rest is large enough": {
			form: three, policy: five,
			counts: map[string][2]int64{"lead": {2, 1}, "mass": {4, 4}, "party": {9, 9}},
			want:   []string{"one", "party/one"},
			why:    map[string]string{"mass/one": "complement"},
		},
		"a class with a floor of its own": {
			form: three, policy: assessment.PolicySpec{Least: 5, Classes: map[string]int64{"lead": 2}},
			counts: map[string][2]int64{"lead": {1, 1}, "mass": {5, 4}, "party": {9, 9}},
			want:   []string{"lead/one", "mass/one", "one", "party/one"},
		},
		"a class with a high floor, and so much more that the rest reaches it": {
			form: three, policy: assessment.PolicySpec{Least: 5, Classes: map[string]int64{"lead": 2, "party": 20}},
			counts: map[string][2]int64{"lead": {1, 1}, "mass": {5, 4}, "party": {9, 9}},
			want:   []string{"mass/one", "one"},
			why:    map[string]string{"party/one": "least group", "lead/one": "complement"},
		},
		"the greatest floor of the classes kept back, whichever is last": {
			form: three, policy: assessment.PolicySpec{Least: 5, Classes: map[string]int64{"lead": 20, "party": 3}},
			counts: map[string][2]int64{"lead": {6, 6}, "mass": {9, 9}, "party": {1, 1}},
			want:   []string{"one"},
			why:    map[string]string{"lead/one": "least group", "party/one": "least group", "mass/one": "complement"},
		},
		"of two alike the first": {
			form: three, policy: five,
			counts: map[string][2]int64{"lead": {6, 0}, "mass": {7, 3}, "party": {5, 5}},
			want:   []string{"one", "party/one"},
			why:    map[string]string{"lead/one": "unanimous", "mass/one": "complement"},
		},
		"exactly as many as the least": {
			form: none, policy: five,
			counts: map[string][2]int64{"": {3, 2}},
			want:   []string{"one"},
		},
		"everything of too few": {
			form: none, policy: five,
			counts: map[string][2]int64{"": {3, 1}},
			why:    map[string]string{"one": "least group"},
		},
		// A notice printed 29 of 29 (www.zh.gov.cn, 2022-11-25).
		"what all agree on": {
			form: none, policy: five,
			counts: map[string][2]int64{"": {29, 0}},
			why:    map[string]string{"one": "unanimous"},
		},
		"but for a criterion allowed by name": {
			form: none, policy: assessment.PolicySpec{Least: 5, Unanimous: []string{"one"}},
			counts: map[string][2]int64{"": {29, 0}},
			want:   []string{"one"},
		},
		"a class that agrees, and what would give it away": {
			form: two, policy: five,
			counts: map[string][2]int64{"marketing": {6, 0}, "sales": {15, 5}},
			want:   []string{"one"},
			why:    map[string]string{"marketing/one": "unanimous", "sales/one": "complement"},
		},
		"one ballot more than was printed": {
			form: none, policy: five,
			counts:  map[string][2]int64{"": {20, 10}},
			printed: []map[string][2]int64{{"": {19, 10}}},
			why:     map[string]string{"one": "remainder"},
		},
		"nothing where enough ballots came since": {
			form: none, policy: five,
			counts:  map[string][2]int64{"": {23, 11}},
			printed: []map[string][2]int64{{"": {19, 10}}},
			want:    []string{"one"},
		},
		"ballots come since that all agree": {
			form: none, policy: five,
			counts:  map[string][2]int64{"": {29, 10}},
			printed: []map[string][2]int64{{"": {19, 10}}},
			why:     map[string]string{"one": "remainder"},
		},
		"a remainder of its own": {
			form: none, policy: assessment.PolicySpec{Least: 3, Remainder: 10},
			counts:  map[string][2]int64{"": {23, 11}},
			printed: []map[string][2]int64{{"": {19, 10}}},
			why:     map[string]string{"one": "remainder"},
		},
		"nothing where the same is printed again": {
			form: none, policy: five,
			counts:  map[string][2]int64{"": {19, 10}},
			printed: []map[string][2]int64{{"": {19, 10}}},
			want:    []string{"one"},
		},
		"as many ballots with another count": {
			form: none, policy: five,
			counts:  map[string][2]int64{"": {20, 9}},
			printed: []map[string][2]int64{{"": {19, 10}}},
			why:     map[string]string{"one": "remainder"},
		},
		"fewer ballots than were printed": {
			form: none, policy: five,
			counts:  map[string][2]int64{"": {19, 10}},
			printed: []map[string][2]int64{{"": {20, 10}}},
			why:     map[string]string{"one": "remainder"},
		},
		"a class nearly as large as all that was printed": {
			form: two, policy: five,
			counts:  map[string][2]int64{"marketing": {6, 4}, "sales": {15, 5}},
			printed: []map[string][2]int64{{"marketing": {2, 0}, "sales": {15, 5}}},
			want:    []string{"marketing/one", "one"},
			why:     map[string]string{"sales/one": "remainder"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			policy := newPolicy(t, each.policy)
			var printed []assessment.Outcome
			for _, counts := range each.printed {
				before := outcomeOf(t, each.form, counts)
				delete(before.Votes, "marketing/one") // as an earlier policy would have
				printed = append(printed, before)
			}
			outcome := outcomeOf(t, each.form, each.counts)
			published, verdict := policy.Publish(outcome, printed...)
			assert.Equal(t, each.want, places(published))
			assert.Equal(t, len(published.Withheld) == 0, verdict.Holds())
			assert.Equal(t, policy.ID(), published.Policy)
			assert.Len(t, verdict.Reasons, len(outcome.Votes))
			for _, reason := range verdict.Reasons {
				if why, ok := each.why[reason.Where]; ok {
					assert.Equal(t, why, reason.Rule, reason.Where)
					assert.Equal(t, union.Unmet, reason.Standing)
					assert.Contains(t, published.Withheld, reason.Where)
				}
			}
		})
	}
}

// All voters differ by one paper from what was printed and are kept back; both
// classes together would tell them.
func TestClassesDoNotAddUpToWhatIsKeptBack(t *testing.T) {
	form := newForm(t, oneQuestion("marketing", "sales"))
	before := outcomeOf(t, form, map[string][2]int64{"marketing": {6, 4}, "sales": {12, 7}})
	delete(before.Votes, "marketing/one")
	delete(before.Votes, "sales/one")
	now := outcomeOf(t, form, map[string][2]int64{"marketing": {6, 4}, "sales": {13, 7}})
	published, verdict := newPolicy(t, assessment.PolicySpec{Least: 5}).Publish(now, before)
	assert.Equal(t, []string{"sales/one"}, places(published))
	assert.Equal(t, "complement", verdict.Failed()[0].Rule, "marketing, the smaller")
	assert.Equal(t, "remainder", verdict.Failed()[1].Rule)
}

// Both classes were printed, and one paper came to each since: all voters less
// the two would tell what the newcomers say.
func TestAllVotersAreKeptBackIfPrintedClassesLeaveTooFew(t *testing.T) {
	form := newForm(t, oneQuestion("marketing", "sales"))
	before := outcomeOf(t, form, map[string][2]int64{"marketing": {6, 4}, "sales": {7, 5}})
	delete(before.Votes, "one")
	now := outcomeOf(t, form, map[string][2]int64{"marketing": {7, 4}, "sales": {7, 6}})
	published, verdict := newPolicy(t, assessment.PolicySpec{Least: 5}).Publish(now, before)
	assert.Empty(t, places(published))
	require.Len(t, verdict.Failed(), 3)
	assert.Equal(t, "complement", verdict.Failed()[1].Rule)
}

// Of three publications the second prints all voters and the party, and so tells what
// the masses say; the third must not print the masses, to whom one came since.
func TestWhatFollowedBeforeIsNotSetBesideWhatIsPrintedNow(t *testing.T) {
	form := newForm(t, oneQuestion("mass", "party"))
	policy := newPolicy(t, assessment.PolicySpec{Least: 2})
	var before []assessment.Outcome
	for _, counts := range []map[string]map[string]int64{
		{"party": {"good": 1, "poor": 1}},
		{"mass": {"good": 2, "blank": 1}, "party": {"good": 2, "poor": 2}},
		{"mass": {"good": 3, "blank": 1}, "party": {"good": 3, "poor": 3}},
	} {
		box := form.Box()
		for class, votes := range counts {
			require.NoError(t, box.AddCounts(assessment.Counts{Class: class, Valid: sumOf(votes), Votes: map[string]map[string]int64{"one": votes}}))
		}
		published, _ := policy.Publish(must(form.Count(box)), before...)
		before = append(before, published)
	}
	assert.Equal(t, []string{"one", "party/one"}, places(before[1]), "the masses are 3, one more than all who came first")
	assert.NotContains(t, places(before[2]), "mass/one", "4 less the 3 that follow: what one of them says")
}

// Twenty classes with twenty printed counts each are more than can be looked
// through: then too much is kept back rather than too little.
func TestWhatCannotBeLookedThroughIsKeptBack(t *testing.T) {
	var keys []string
	counts := map[string][2]int64{}
	for i := range 20 {
		keys = append(keys, fmt.Sprint("class", i))
		counts[keys[i]] = [2]int64{20, 20}
	}
	form := newForm(t, oneQuestion(keys...))
	var printed []assessment.Outcome
	for i := range int64(3) {
		earlier := map[string][2]int64{}
		for _, key := range keys {
			earlier[key] = [2]int64{5 * (i + 1), 5 * (i + 1)}
		}
		printed = append(printed, outcomeOf(t, form, earlier))
	}
	published, verdict := newPolicy(t, assessment.PolicySpec{Least: 5}).Publish(outcomeOf(t, form, counts), printed...)
	assert.Empty(t, places(published))
	assert.False(t, verdict.Holds())
}

func TestTheZeroPolicyPublishesNothing(t *testing.T) {
	form := newForm(t, oneQuestion("marketing", "sales"))
	outcome := outcomeOf(t, form, map[string][2]int64{"marketing": {60, 40}, "sales": {50, 50}})
	outcome.Findings = append(outcome.Findings, union.Finding{Where: "bases", Rule: "made up"})
	var policy assessment.Policy
	published, verdict := policy.Publish(outcome)
	assert.Empty(t, published.Votes)
	assert.Empty(t, published.Bases)
	assert.Empty(t, published.Void)
	assert.Empty(t, published.Findings)
	assert.Equal(t, []string{"bases", "marketing/bases", "marketing/one", "one", "sales/bases", "sales/one"}, published.Withheld)
	assert.False(t, verdict.Holds())

	_, verdict = policy.Publish(assessment.Outcome{})
	assert.False(t, verdict.Holds(), "nothing published is no leave to publish")
}

func TestWhatIsWithheldStaysWithheld(t *testing.T) {
	form := newForm(t, oneQuestion("marketing", "sales"))
	outcome := outcomeOf(t, form, map[string][2]int64{"marketing": {3, 1}, "sales": {15, 5}})
	strict, _ := newPolicy(t, assessment.PolicySpec{Least: 5}).Publish(outcome)
	loose, verdict := newPolicy(t, assessment.PolicySpec{Least: 1}).Publish(strict)
	assert.Equal(t, strict.Votes, loose.Votes)
	assert.Equal(t, strict.Withheld, loose.Withheld)
	assert.True(t, verdict.Holds(), "the rest may go")
}

// A published outcome shares nothing with the tellers' own.
func TestPublishingCopies(t *testing.T) {
	form := newForm(t, oneQuestion())
	outcome := outcomeOf(t, form, map[string][2]int64{"": {19, 10}})
	published, _ := newPolicy(t, assessment.PolicySpec{Least: 5}).Publish(outcome)
	published.Votes["one"]["good"] = 0
	published.Bases["bases"][assessment.Valid] = 0
	assert.Equal(t, int64(19), outcome.Votes["one"]["good"])
	assert.Equal(t, int64(29), outcome.Bases["bases"][assessment.Valid])
}

// A publisher lets through what may leave the room.
type publisher func(outcome assessment.Outcome, printed ...assessment.Outcome) assessment.Outcome

// Nobody who puts together whatever two publications print can tell of a group
// below the least, nor what all of a group say.
func nobodyIsTold(t require.TestingT, least int64, publish publisher) laws.Law {
	classes := []string{"lead", "mass", "party"}
	form := newForm(t, oneQuestion(classes...))
	return func(r *rapid.T) error {
		first, second := map[string][2]int64{}, map[string][2]int64{}
		for _, class := range classes {
			n := rapid.Int64Range(0, 9)
			first[class] = [2]int64{n.Draw(r, class+" good"), n.Draw(r, class+" poor")}
			second[class] = [2]int64{first[class][0] + n.Draw(r, "more good"), first[class][1] + n.Draw(r, "more poor")}
		}
		before := publish(outcomeOf(r, form, first))
		after := publish(outcomeOf(r, form, second), before)
		for _, known := range [][]assessment.Outcome{{before}, {before, after}} {
			if err := attack(classes, least, known); err != nil {
				return err
			}
		}
		return nil
	}
}

// attack takes from each count of all voters every choice of counts of classes
// that were printed with it or before, and from each printed count an earlier
// one of the same voters.
func attack(classes []string, least int64, known []assessment.Outcome) error {
	tell := func(what string, votes map[string]int64) error {
		var size int64
		given := 0
		for _, n := range votes {
			size += n
			if n < 0 {
				return nil
			}
			if n > 0 {
				given++
			}
		}
		if size > 0 && size < least {
			return fmt.Errorf("%s are %d papers: %v", what, size, votes)
		}
		if given == 1 {
			return fmt.Errorf("%s agree: %v", what, votes)
		}
		return nil
	}
	for at, outcome := range known {
		for place, votes := range outcome.Votes {
			if err := tell(place, votes); err != nil {
				return err
			}
			for _, earlier := range known[:at] {
				if before, ok := earlier.Votes[place]; ok {
					if err := tell(place+" since", minus(votes, before)); err != nil {
						return err
					}
				}
			}
		}
		if all, ok := outcome.Votes["one"]; ok {
			if err := take(tell, classes, all, known[:at+1]); err != nil {
				return err
			}
		}
	}
	return nil
}

// take takes from a count each choice of what is known of the classes.
func take(tell func(string, map[string]int64) error, classes []string, rest map[string]int64, known []assessment.Outcome) error {
	if len(classes) == 0 {
		return tell("the rest", rest)
	}
	if err := take(tell, classes[1:], rest, known); err != nil {
		return err
	}
	for _, outcome := range known {
		votes, ok := outcome.Votes[classes[0]+"/one"]
		if !ok {
			continue
		}
		if err := take(tell, classes[1:], minus(rest, votes), known); err != nil {
			return err
		}
	}
	return nil
}

func minus(a, b map[string]int64) map[string]int64 {
	left := maps.Clone(a)
	for answer, n := range b {
		left[answer] -= n
	}
	return left
}

func TestNobodyIsToldFromWhatIsPublished(t *testing.T) { // S6
	policy := newPolicy(t, assessment.PolicySpec{Least: 5})
	laws.Holds(t, nobodyIsTold(t, 5, func(outcome assessment.Outcome, printed ...assessment.Outcome) assessment.Outcome {
		published, _ := policy.Publish(outcome, printed...)
		return published
	}))
	// The broken twins forget what was printed, or hide only the small classes.
	laws.Rejects(t, nobodyIsTold(t, 5, func(outcome assessment.Outcome, _ ...assessment.Outcome) assessment.Outcome {
		published, _ := policy.Publish(outcome)
		return published
	}))
	laws.Rejects(t, nobodyIsTold(t, 5, func(outcome assessment.Outcome, _ ...assessment.Outcome) assessment.Outcome {
		votes := map[string]map[string]int64{}
		for place, counts := range outcome.Votes {
			if counts["good"]+counts["poor"] >= 5 && counts["good"] > 0 && counts["poor"] > 0 {
				votes[place] = counts
			}
		}
		outcome.Votes = votes
		return outcome
	}))
}

func TestAPolicyReportsAllItsFaults(t *testing.T) {
	_, err := assessment.NewPolicy(assessment.PolicySpec{
		Least:     -1,
		Classes:   map[string]int64{"mass": 0, "party/one": 5},
		Remainder: -1,
		Unanimous: []string{"one", "one"},
	})
	assert.Equal(t, []string{"key", "version", "title", "source", "least", "classes.mass", "classes", "remainder", "unanimous[1]"}, wheres(err))
	require.ErrorIs(t, err, union.ErrMissing)
	require.ErrorIs(t, err, union.ErrRange)
	require.ErrorIs(t, err, union.ErrRepeated)
	require.ErrorIs(t, err, union.ErrText)
	_, err = assessment.NewPolicy(assessment.PolicySpec{Rule: rule("policy")})
	require.ErrorIs(t, err, union.ErrMissing)
}

// wheres returns the places of all faults joined in err.
func wheres(err error) []string {
	var places []string
	for _, fault := range union.Faults(err) {
		places = append(places, fault.Where)
	}
	return places
}

// A document is a rule that reads and writes itself.
type document interface {
	ID() union.RuleID
	Rule() union.Rule
	json.Marshaler
}

// readsBack checks that a rule's document reads back as the same rule, and that
// a document of another kind or with an unknown member is refused and changes
// nothing.
func readsBack[T document, P interface {
	*T
	json.Unmarshaler
}](t *testing.T, made T, kind string) {
	t.Helper()
	data, err := json.Marshal(made)
	require.NoError(t, err)
	require.Contains(t, string(data), `"union":"`+kind+`"`)
	var read T
	require.NoError(t, json.Unmarshal(data, P(&read)))
	assert.Equal(t, made.ID(), read.ID())
	assert.Equal(t, made, read)
	assert.Equal(t, made.Rule().Key, read.Rule().Key)
	for _, broken := range []string{
		strings.Replace(string(data), kind, kind+"9", 1),
		strings.Replace(string(data), `"version"`, `"edition"`, 1),
		strings.Replace(string(data), `"title":"`+made.Rule().Title+`"`, `"title":""`, 1),
	} {
		err := P(&read).UnmarshalJSON([]byte(broken))
		require.Error(t, err)
		assert.NotEmpty(t, union.Faults(err))
		assert.Equal(t, made, read, "a refused document changes nothing")
	}
	var none T
	assert.True(t, none.ID().IsZero())
}

func TestAPolicyReadsBack(t *testing.T) {
	readsBack(t, newPolicy(t, assessment.PolicySpec{Least: 5, Classes: map[string]int64{"mass": 3}, Unanimous: []string{"one"}}), "assessment.policy/1")
}

func TestNoLeastGroupIsSetBelowTheFloor(t *testing.T) {
	spec := assessment.PolicySpec{Rule: rule("policy"), Least: 5, Floor: 3, Classes: map[string]int64{"lead": 1, "mass": 3}, Exempt: []string{"lead"}}
	policy, err := assessment.NewPolicy(spec)
	require.NoError(t, err, "a class of one superior is exempt")
	readsBack(t, policy, "assessment.policy/1")
	for name, each := range map[string]struct {
		change func(*assessment.PolicySpec)
		want   error
		where  string
	}{
		"all voters":           {func(s *assessment.PolicySpec) { s.Least = 2 }, union.ErrRange, "least"},
		"a class":              {func(s *assessment.PolicySpec) { s.Classes["mass"] = 2 }, union.ErrRange, "classes.mass"},
		"an exempt class of 0": {func(s *assessment.PolicySpec) { s.Classes["lead"] = 0 }, union.ErrRange, "classes.lead"},
		"a floor below zero":   {func(s *assessment.PolicySpec) { s.Floor = -1 }, union.ErrRange, "floor"},
		"exempt twice":         {func(s *assessment.PolicySpec) { s.Exempt = []string{"lead", "lead"} }, union.ErrRepeated, "exempt[1]"},
	} {
		t.Run(name, func(t *testing.T) {
			changed := spec
			changed.Classes = maps.Clone(spec.Classes)
			each.change(&changed)
			_, err := assessment.NewPolicy(changed)
			require.ErrorIs(t, err, each.want)
			assert.Equal(t, each.where, union.Faults(err)[0].Where)
		})
	}
}

// The votes of a class that is too small are in no count: what is printed of all
// voters is what the others say.
func TestAClassThatIsHiddenIsNotRolledUp(t *testing.T) {
	form := newForm(t, oneQuestion("lead", "mass", "party"))
	policy := newPolicy(t, assessment.PolicySpec{Least: 5, LeaveOut: true})
	box := form.Box()
	for class, n := range map[string][2]int64{"lead": {1, 2}, "mass": {4, 3}, "party": {6, 2}} {
		require.NoError(t, box.AddCounts(assessment.Counts{Class: class, Valid: n[0] + n[1] + 1, Votes: map[string]map[string]int64{"one": {"good": n[0], "poor": n[1]}}}))
		require.NoError(t, box.State(class, assessment.Issued, 10))
	}
	require.NoError(t, box.State("lead", assessment.Entitled, 3))
	require.NoError(t, box.State("", assessment.Present, 20))
	outcome := must(form.Count(box))
	require.NotEmpty(t, outcome.Findings, "a vote of each class is missing")
	published, verdict := policy.Publish(outcome)
	assert.False(t, verdict.Holds())
	assert.Equal(t, []string{"lead/bases", "lead/one"}, published.Withheld)
	assert.Equal(t, map[string]int64{"good": 10, "poor": 5, "blank": 0, "void": 0}, published.Votes["one"])
	assert.Equal(t, map[assessment.Base]int64{
		assessment.Issued: 20, assessment.Recovered: 17, assessment.Valid: 17,
	}, published.Bases["bases"], "who was entitled and who came is not told of each of the others")
	for _, finding := range published.Findings {
		assert.Contains(t, finding.Where, "/", "nothing is told of all voters together: %v", finding)
		assert.NotContains(t, finding.Where, "lead", "nor of the class")
	}
	assert.NotEmpty(t, published.Findings, "of the others it is")
	published, _ = newPolicy(t, assessment.PolicySpec{Least: 8, LeaveOut: true}).Publish(outcome)
	assert.NotContains(t, published.Withheld, "mass/bases", "a class of exactly the least is not too small")
	assert.Equal(t, int64(11), outcome.Votes["one"]["good"], "the tellers' own outcome is as it was")

	// If no class is, all that is told of all voters stays.
	published, _ = newPolicy(t, assessment.PolicySpec{Least: 2, LeaveOut: true}).Publish(outcome)
	assert.Equal(t, outcome.Bases["bases"], published.Bases["bases"])
	assert.Equal(t, outcome.Findings, published.Findings)

	// If every class is too small, nothing is left.
	published, _ = newPolicy(t, assessment.PolicySpec{Least: 50, LeaveOut: true}).Publish(outcome)
	assert.Empty(t, published.Votes)
	assert.Empty(t, published.Bases)
}
