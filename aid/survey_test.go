package aid_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/aid"
	"github.com/unioncampaign/union/internal/laws"
)

// surveyed returns a survey of households that differ from household.
func surveyed(s aid.Standard, changes ...func(*aid.Household)) aid.Survey {
	survey := s.Survey()
	for i, change := range changes {
		h := household()
		h.Key = fmt.Sprintf("H-%04d", i)
		change(&h)
		if err := survey.Add(must(s.CodeHousehold(h, mayDay))); err != nil {
			panic(err)
		}
	}
	return survey
}

func TestASurveyCountsWhatBecameOfEveryHousehold(t *testing.T) {
	poor := func(h *aid.Household) { h.Income = nil }
	survey := surveyed(standard(),
		poor, poor,
		func(h *aid.Household) { h.Income[0].Amount = yuan("12960") },
		func(h *aid.Household) { h.Cause, h.Income[0].Amount = "accident", yuan("25919.99") },
		func(*aid.Household) {}, // above every line
		func(h *aid.Household) { h.Cause, h.Income[0].Amount = "laid-off", yuan("12960") },
		func(h *aid.Household) { h.Exclusions = found("second-home", "car") },
		func(h *aid.Household) { h.Exclusions = found("second-home") },
		func(h *aid.Household) { h.Head.Born = day("1940-01-01") },
		func(h *aid.Household) { poor(h); h.Head = aid.Head{} },
	)
	figures, err := standard().Figures(survey)
	require.NoError(t, err)
	assert.Equal(t, map[string]string{
		"aid.line":                                     "240.00元",
		"aid.households.applied":                       "10户",
		"aid.households.refused":                       "5户",
		"aid.households.refused.exclusion.car":         "1户",
		"aid.households.refused.exclusion.second-home": "1户",
		"aid.households.refused.age":                   "1户",
		"aid.households.refused.income":                "1户",
		"aid.households.refused.cause":                 "1户",
		"aid.households.undecided":                     "1户",
		"aid.difficulty.total":                         "4户",
		"aid.difficulty.category.extreme":              "2户",
		"aid.difficulty.category.difficulty":           "1户",
		"aid.difficulty.category.accident":             "1户",
		"aid.causes.illness":                           "3户",
		"aid.causes.schooling":                         "0户",
		"aid.causes.accident":                          "1户",
		"aid.causes.laid-off":                          "0户",
	}, checkFigures(t, figures))
	findings, err := standard().Check(survey)
	require.NoError(t, err)
	assert.Empty(t, findings)
}

// Keys are data, and may be any words.
func TestKeysOfTheRuleNeverCollideWithThoseOfThePackage(t *testing.T) {
	s := standardSpec()
	s.Categories[0].Key, s.Categories[1].Key, s.Categories[2].Key = "total", "undecided", "category"
	s.Exclusions[0].Key, s.Exclusions[1].Key = "age", "exclusion"
	s.Causes[3].Key = "undecided"
	standard := must(aid.NewStandard(s))
	checkFigures(t, must(standard.Figures(standard.Survey())))
	v := visitSpec()
	v.Levels[0].Key, v.Levels[1].Key = "money", "level"
	plan := must(aid.NewVisitPlan(v))
	checkFigures(t, must(plan.Figures(plan.Visits())))
	g := goldenAutumnSpec()
	g.Stages[0].Key, g.Stages[1].Key = "reported", "stage"
	autumn := must(aid.NewGoldenAutumn(g))
	checkFigures(t, must(autumn.Figures(autumn.Students(), union.Date{})))
}

func TestAnEmptySurveyHasFigures(t *testing.T) {
	figures, err := standard().Figures(aid.Survey{})
	require.NoError(t, err)
	assert.Equal(t, "0户", checkFigures(t, figures)["aid.difficulty.total"])
}

func TestOneHouseholdHasOneFile(t *testing.T) {
	s := standard()
	left, right := surveyed(s, func(*aid.Household) {}), surveyed(s, func(*aid.Household) {})
	require.NoError(t, left.Merge(right))
	findings, err := s.Check(left)
	require.NoError(t, err)
	require.Len(t, findings, 1)
	assert.Equal(t, "survey: one household has one file: got 2 files, want as many as there are households: 1", findings[0].String())
}

func TestASurveyRefusesWhatItCannotCount(t *testing.T) {
	s := standard()
	good := must(s.CodeHousehold(household(), mayDay))
	other := standardSpec()
	other.Line = yuan("250")
	for reason, each := range map[string]struct {
		into  aid.Survey
		add   aid.CodedHousehold
		want  error
		where string
	}{
		"a survey of no standard": {aid.Survey{}, good, union.ErrRule, "survey"},
		"no outcome":              {s.Survey(), aid.CodedHousehold{Key: "H-1", Cause: 1}, union.ErrRange, "outcome"},
		"no cause":                {s.Survey(), aid.CodedHousehold{Key: "H-1", Outcome: 1}, union.ErrRange, "cause"},
		"another outcome":         {s.Survey(), aid.CodedHousehold{Key: "H-1", Outcome: 99, Cause: 1}, union.ErrRange, ""},
		"no key":                  {s.Survey(), aid.CodedHousehold{Outcome: 99, Cause: 1}, union.ErrMissing, "key"},
		"the same household":      {surveyed(s, func(*aid.Household) {}), aid.CodedHousehold{Key: "H-0000", Outcome: 99, Cause: 1}, union.ErrRepeated, "key"},
	} {
		var before aid.Survey
		require.NoError(t, before.Merge(each.into))
		err := each.into.Add(each.add)
		require.ErrorIs(t, err, each.want, reason)
		if each.where != "" {
			assert.Equal(t, each.where, union.Faults(err)[0].Where, reason)
		}
		assert.Equal(t, before, each.into, "%s: a refused household changes nothing", reason)
	}
	foreign := surveyed(must(aid.NewStandard(other)), func(*aid.Household) {})
	survey := surveyed(s, func(*aid.Household) {})
	require.ErrorIs(t, survey.Merge(foreign), union.ErrRule)
	assert.Equal(t, surveyed(s, func(*aid.Household) {}), survey)
	assert.Equal(t, s.ID(), survey.Rule())
	_, err := s.Figures(foreign)
	require.ErrorIs(t, err, union.ErrRule)
	_, err = s.Check(foreign)
	require.ErrorIs(t, err, union.ErrRule)
	_, err = aid.Standard{}.Figures(aid.Survey{})
	require.ErrorIs(t, err, union.ErrRule)
	_, found := s.Category(aid.CodedHousehold{})
	assert.False(t, found)
}

func TestSurveysMerge(t *testing.T) {
	s := standard()
	laws.Tally[aid.Survey](t, func(r *rapid.T) aid.Survey {
		survey := s.Survey()
		for range rapid.IntRange(0, 6).Draw(r, "households") {
			coded := must(s.CodeHousehold(drawHousehold(r), mayDay))
			_ = survey.Add(coded) // the same household again is refused
		}
		return survey
	})
}
