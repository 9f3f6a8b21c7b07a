package aid_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/aid"
	"github.com/unioncampaign/union/internal/laws"
)

var mayDay = day("2010-05-01")

func TestAHouseholdIsJudgedByItsSumPerHeadUnrounded(t *testing.T) {
	for reason, each := range map[string]struct {
		income, outlay string
		cause          string
		answer         string
	}{
		// Three members: 8,640 a year are 240 a head and month, the line itself.
		"exactly the line":                      {"8640", "0", "laid-off", "extreme"},
		"a fen a year above the line":           {"8640.01", "0", "laid-off", ""},
		"a fen above the line with illness":     {"8640.01", "0", "illness", "difficulty"},
		"half as much again":                    {"12960", "0", "illness", "difficulty"},
		"a fen more than half as much again":    {"12960.01", "0", "illness", ""},
		"outlay brings it back to the line":     {"12960.01", "4320.01", "illness", "extreme"},
		"outlay above all income":               {"100", "4320.01", "laid-off", "extreme"},
		"an accident just below three times":    {"25919.99", "0", "accident", "accident"},
		"an accident at three times":            {"25920", "0", "accident", ""},
		"an accident is not helped by outlay":   {"25920", "100", "accident", ""},
		"extreme comes before accident":         {"8640", "0", "accident", "extreme"},
		"no income":                             {"0", "0", "laid-off", "extreme"},
		"a cause for which no category reaches": {"12960", "0", "laid-off", ""},
	} {
		t.Run(reason, func(t *testing.T) {
			h := household()
			h.Income = []aid.Item{{Kind: "wage", Amount: yuan(each.income)}, {Kind: "gift", Amount: yuan("99999")}}
			h.Outlay = []aid.Item{{Kind: "illness", Amount: yuan(each.outlay)}, {Kind: "other", Amount: yuan("99999")}}
			h.Cause = each.cause
			verdict, err := standard().Judge(h, mayDay)
			require.NoError(t, err)
			assert.Equal(t, each.answer, verdict.Answer)
			assert.Equal(t, each.answer != "", verdict.Holds())
			assert.Equal(t, each.answer == "", len(verdict.Failed()) > 0)
		})
	}
}

func TestAVerdictListsEveryRuleMetAndUnmet(t *testing.T) {
	h := household()
	h.Income[0].Amount = yuan("12960.01")
	h.Exclusions = found("second-home")
	verdict, err := standard().Judge(h, mayDay)
	require.NoError(t, err)
	assert.Equal(t, "household H-0001 on 2010-05-01", verdict.Question)
	var lines []string
	for _, reason := range verdict.Reasons {
		lines = append(lines, reason.Standing.String()+" "+reason.String())
	}
	assert.Equal(t, []string{
		"met exclusions.car: 拥有机动车: got not found, want not found",
		"unmet exclusions.second-home: 两套以上住房: got found: 入户调查记录, want not found",
		"met head.born: age of the head: got 45, want [16,60)",
		"unmet categories.extreme.net: 特困职工: income less rigid outlay per head and month: got 1296001/3600, want at most 240",
		"unmet categories.difficulty.net: 困难职工: income less rigid outlay per head and month: got 1296001/3600, want above 240 and at most 360",
		"met categories.difficulty.causes: 困难职工: main cause: got 重特大疾病, want 重特大疾病, 子女上学",
		"met categories.accident.income: 意外致困职工: income per head and month: got 1296001/3600, want below 720",
		"unmet categories.accident.causes: 意外致困职工: main cause: got 重特大疾病, want 意外事故",
	}, lines)
}

func TestBoundsAreWordedInYuan(t *testing.T) {
	spec := standardSpec()
	spec.Categories = []aid.Category{
		{Key: "a", Title: "甲", Net: interval("(,1)")}, {Key: "b", Title: "乙", Net: interval("[1,2)")},
	}
	verdict, err := must(aid.NewStandard(spec)).Judge(household(), mayDay)
	require.NoError(t, err)
	assert.Equal(t, "below 240", verdict.Reasons[3].Want)
	assert.Equal(t, "at least 240 and below 480", verdict.Reasons[4].Want)
}

func TestOfCategoriesOneSuffices(t *testing.T) {
	h := household()
	h.Income[0].Amount = yuan("8640.01")
	verdict, err := standard().Judge(h, mayDay)
	require.NoError(t, err)
	assert.Empty(t, verdict.Failed())
	assert.Equal(t, union.Exempt, verdict.Reasons[3].Standing, "the bound of another category decides nothing")
	assert.Equal(t, "864001/3600", verdict.Reasons[3].Got, "and is still told")
}

func TestAnAbleMemberWhoDoesNotWorkIsCountedWithAWage(t *testing.T) {
	h := household()
	h.Income = []aid.Item{{Kind: "wage", Amount: yuan("120"), Monthly: true}}
	verdict, err := standard().Judge(h, mayDay)
	require.NoError(t, err)
	assert.Equal(t, "40", verdict.Reasons[3].Got, "120 a month over three members")
	h.Members[1].Able = true
	verdict, err = standard().Judge(h, mayDay)
	require.NoError(t, err)
	assert.Equal(t, "240", verdict.Reasons[3].Got, "120 and an imputed 600 over three members")
}

func TestTheAgeOfTheHeadChangesOnTheBirthday(t *testing.T) {
	for born, want := range map[string]union.Standing{
		"1950-05-02": union.Met,   // 60 tomorrow
		"1950-05-01": union.Unmet, // 60 today
		"1950-04-30": union.Unmet,
		"1950-06-01": union.Met,
		"1994-05-01": union.Met, // 16 today
		"1994-05-02": union.Unmet,
		"1994-06-01": union.Unmet,
	} {
		h := household()
		h.Income, h.Head.Born = nil, day(born)
		verdict, err := standard().Judge(h, mayDay)
		require.NoError(t, err)
		assert.Equal(t, want, verdict.Standing, born)
	}
}

func TestAnAgeThatIsNotKnownLeavesTheVerdictUnknown(t *testing.T) {
	h := household()
	h.Income, h.Head = nil, aid.Head{}
	verdict, err := standard().Judge(h, mayDay)
	require.NoError(t, err)
	assert.Equal(t, union.Unknown, verdict.Standing)
	assert.Empty(t, verdict.Answer)
	assert.Equal(t, "not known", verdict.Reasons[2].Got)
	h.Income = household().Income
	verdict, err = standard().Judge(h, mayDay)
	require.NoError(t, err)
	assert.Equal(t, union.Unmet, verdict.Standing, "the income alone refuses it")
	spec := standardSpec()
	spec.Ages = union.Interval{}
	h.Income = nil
	verdict, err = must(aid.NewStandard(spec)).Judge(h, mayDay)
	require.NoError(t, err)
	assert.True(t, verdict.Holds(), "no age is asked for")
}

func TestTheIdentityNumberTellsTheAge(t *testing.T) {
	h := household()
	h.Income = nil
	h.Head = aid.Head{Number: must(union.ParseIDNumber("11010519491231002X"))} // an example of GB 11643
	verdict, err := standard().Judge(h, mayDay)
	require.NoError(t, err)
	assert.Equal(t, "60", verdict.Reasons[2].Got)
	assert.Equal(t, union.Unmet, verdict.Standing)
}

func TestAHouseholdThatCannotBeReadSaysWhere(t *testing.T) {
	huge := union.Fen(1<<63 - 1)
	for reason, each := range map[string]struct {
		change func(*aid.Household)
		on     string
		want   error
		where  string
	}{
		"before the standard":       {func(*aid.Household) {}, "2009-12-31", union.ErrRange, "on"},
		"after the standard":        {func(*aid.Household) {}, "2011-01-01", union.ErrRange, "on"},
		"no day":                    {func(*aid.Household) {}, "", union.ErrRange, "on"},
		"no key":                    {func(h *aid.Household) { h.Key = "" }, "2010-05-01", union.ErrMissing, "key"},
		"an identity number as key": {func(h *aid.Household) { h.Key = "11010519491231002X" }, "2010-05-01", union.ErrText, "key"},
		"filed tomorrow":            {func(h *aid.Household) { h.Filed = day("2010-05-02") }, "2010-05-01", union.ErrOrder, "filed"},
		"a head born tomorrow":      {func(h *aid.Household) { h.Head.Born = day("2010-05-02") }, "2010-05-01", union.ErrOrder, "head.born"},
		"another day of birth": {func(h *aid.Household) { h.Head.Number = must(union.ParseIDNumber("11010519491231002X")) },
			"2010-05-01", union.ErrRange, "head.born"},
		"no members":             {func(h *aid.Household) { h.Members = nil }, "2010-05-01", union.ErrMissing, "members"},
		"no cause":               {func(h *aid.Household) { h.Cause = "" }, "2010-05-01", union.ErrMissing, "cause"},
		"another cause":          {func(h *aid.Household) { h.Cause = "flood" }, "2010-05-01", union.ErrUnknown, "cause"},
		"four lesser causes":     {func(h *aid.Household) { h.Lesser = make([]string, 4) }, "2010-05-01", union.ErrRange, "lesser"},
		"an empty lesser cause":  {func(h *aid.Household) { h.Lesser = []string{""} }, "2010-05-01", union.ErrMissing, "lesser[0]"},
		"another lesser cause":   {func(h *aid.Household) { h.Lesser = []string{"flood"} }, "2010-05-01", union.ErrUnknown, "lesser[0]"},
		"the main cause again":   {func(h *aid.Household) { h.Lesser = []string{"illness"} }, "2010-05-01", union.ErrRepeated, "lesser[0]"},
		"a lesser cause twice":   {func(h *aid.Household) { h.Lesser = []string{"accident", "accident"} }, "2010-05-01", union.ErrRepeated, "lesser[1]"},
		"an empty exclusion":     {func(h *aid.Household) { h.Exclusions = found("") }, "2010-05-01", union.ErrMissing, "exclusions[0].key"},
		"another exclusion":      {func(h *aid.Household) { h.Exclusions = found("yacht") }, "2010-05-01", union.ErrUnknown, "exclusions[0].key"},
		"an exclusion twice":     {func(h *aid.Household) { h.Exclusions = found("car", "car") }, "2010-05-01", union.ErrRepeated, "exclusions[1].key"},
		"income of no kind":      {func(h *aid.Household) { h.Income[1].Kind = "" }, "2010-05-01", union.ErrMissing, "income[1].kind"},
		"income of another kind": {func(h *aid.Household) { h.Income[1].Kind = "lottery" }, "2010-05-01", union.ErrUnknown, "income[1].kind"},
		"income below zero":      {func(h *aid.Household) { h.Income[1].Amount = yuan("-1") }, "2010-05-01", union.ErrRange, "income[1].amount"},
		"outlay of another kind": {func(h *aid.Household) { h.Outlay = []aid.Item{{Kind: "wage"}} }, "2010-05-01", union.ErrUnknown, "outlay[0].kind"},
		"too much a month": {func(h *aid.Household) { h.Income[0] = aid.Item{Kind: "wage", Amount: huge, Monthly: true} },
			"2010-05-01", union.ErrOverflow, "income[0].amount"},
		"too much together": {func(h *aid.Household) {
			h.Income = []aid.Item{{Kind: "wage", Amount: huge}, {Kind: "wage", Amount: huge}}
		}, "2010-05-01", union.ErrOverflow, "income[1].amount"},
		"too much with the imputed wage": {func(h *aid.Household) {
			h.Members[1].Able, h.Income = true, []aid.Item{{Kind: "wage", Amount: huge}}
		}, "2010-05-01", union.ErrOverflow, "income"},
	} {
		t.Run(reason, func(t *testing.T) {
			h := household()
			each.change(&h)
			var on union.Date
			if each.on != "" {
				on = day(each.on)
			}
			_, err := standard().Judge(h, on)
			require.ErrorIs(t, err, each.want)
			require.Len(t, union.Faults(err), 1)
			assert.Equal(t, each.where, union.Faults(err)[0].Where)
			_, coding := standard().CodeHousehold(h, on)
			assert.Equal(t, err, coding)
			_, working := standard().Working(h, on)
			assert.Equal(t, err, working)
			for _, secret := range []string{"王建国", "11010519491231002X", "19491231"} {
				assert.NotContains(t, err.Error(), secret)
			}
		})
	}
	_, err := aid.Standard{}.Judge(household(), mayDay)
	require.ErrorIs(t, err, union.ErrMissing)
}

func TestAHouseholdMayBeFiledOnTheDayAndNameAsManyCausesAsAreAllowed(t *testing.T) {
	h := household()
	h.Filed, h.Lesser = mayDay, []string{"schooling", "accident", "laid-off"}
	_, err := standard().Judge(h, mayDay)
	require.NoError(t, err)
}

func TestAnImputedWageThatIsTooLargeIsAFault(t *testing.T) {
	spec := standardSpec()
	spec.Imputed = union.Fen(1<<63 - 1)
	h := household()
	h.Members[1].Able = true
	_, err := must(aid.NewStandard(spec)).Judge(h, mayDay)
	require.ErrorIs(t, err, union.ErrOverflow)
}

// countsWhatIsJudged states that the verdict, and what is counted, are two
// readings of one judgement.
func countsWhatIsJudged(code func(aid.Household, union.Date) (aid.CodedHousehold, error)) laws.Law {
	return func(r *rapid.T) error {
		h := drawHousehold(r)
		verdict, err := standard().Judge(h, mayDay)
		if err != nil {
			return err
		}
		coded, err := code(h, mayDay)
		if err != nil {
			return err
		}
		category, found := standard().Category(coded)
		if verdict.Answer != category.Key || verdict.Holds() != found || verdict.Holds() != (len(verdict.Failed()) == 0) {
			return fmt.Errorf("counted in %q, judged %v", category.Key, verdict)
		}
		return nil
	}
}

func TestWhatIsCountedIsWhatIsJudged(t *testing.T) {
	laws.Holds(t, countsWhatIsJudged(standard().CodeHousehold))
	laws.Rejects(t, countsWhatIsJudged(func(h aid.Household, on union.Date) (aid.CodedHousehold, error) {
		h.Exclusions = nil // the income alone is counted
		return standard().CodeHousehold(h, on)
	}))
}

func drawHousehold(r *rapid.T) aid.Household {
	h := household()
	h.Key = fmt.Sprintf("H-%04d", rapid.IntRange(0, 9999).Draw(r, "key"))
	h.Income = nil
	for range rapid.IntRange(0, 2).Draw(r, "items") {
		h.Income = append(h.Income, drawItem(r, "wage", "union-aid", "gift"))
	}
	for range rapid.IntRange(0, 1).Draw(r, "outlays") {
		h.Outlay = append(h.Outlay, drawItem(r, "illness", "other"))
	}
	h.Members = h.Members[:rapid.IntRange(1, 3).Draw(r, "members")]
	h.Cause = rapid.SampledFrom([]string{"illness", "schooling", "accident", "laid-off"}).Draw(r, "cause")
	if rapid.IntRange(0, 4).Draw(r, "excluded") == 0 {
		h.Exclusions = found("car")
	}
	h.Head.Born = rapid.SampledFrom([]union.Date{{}, day("1965-04-30"), day("1940-01-01")}).Draw(r, "born")
	return h
}

func drawItem(r *rapid.T, kinds ...string) aid.Item {
	return aid.Item{
		Kind:    rapid.SampledFrom(kinds).Draw(r, "kind"),
		Amount:  union.Fen(rapid.Int64Range(0, 1_500_000).Draw(r, "fen")),
		Monthly: rapid.IntRange(0, 9).Draw(r, "monthly") == 0,
	}
}

type judge func(aid.Household, union.Date) (union.Verdict, error)

// neverByEarning states that a household which is refused stays refused when it
// earns more.
func neverByEarning(judge judge) laws.Law {
	return func(r *rapid.T) error {
		h := drawHousehold(r)
		before, err := judge(h, mayDay)
		if err != nil {
			return err
		}
		h.Income = append(slices.Clone(h.Income), drawItem(r, "wage", "union-aid"))
		after, err := judge(h, mayDay)
		if err != nil {
			return err
		}
		if !before.Holds() && after.Holds() {
			return fmt.Errorf("with %v more the household is in %q", h.Income[len(h.Income)-1].Amount, after.Answer)
		}
		return nil
	}
}

// everyFailedRule states that a refusal lists each exclusion found and, of a
// household with the main cause of illness, each bound that its income exceeds.
func everyFailedRule(judge judge) laws.Law {
	return func(r *rapid.T) error {
		h := drawHousehold(r)
		h.Cause, h.Outlay = "illness", nil
		verdict, err := judge(h, mayDay)
		if err != nil {
			return err
		}
		want := map[string]bool{}
		for _, exclusion := range h.Exclusions {
			want["exclusions."+exclusion.Key] = true
		}
		if h.Head.Born == day("1940-01-01") {
			want["head.born"] = true
		}
		var fen int64
		for _, item := range h.Income {
			times := int64(1)
			if item.Monthly {
				times = 12
			}
			if item.Kind != "gift" {
				fen += times * item.Amount.Fen()
			}
		}
		// 240 and 360 yuan a head and month, in fen a year.
		heads := int64(len(h.Members))
		if fen > 36000*12*heads {
			want["categories.extreme.net"], want["categories.difficulty.net"] = true, true
		}
		found := map[string]bool{}
		for _, finding := range verdict.Failed() {
			found[finding.Where] = true
		}
		for where := range want {
			if !found[where] {
				return fmt.Errorf("%s is not listed", where)
			}
		}
		return nil
	}
}

func TestEarningMoreNeverLetsAHouseholdIn(t *testing.T) {
	laws.Holds(t, neverByEarning(standard().Judge))
	laws.Rejects(t, neverByEarning(func(h aid.Household, on union.Date) (union.Verdict, error) {
		verdict, err := standard().Judge(h, on) // a comparison the wrong way round
		verdict.Standing = map[union.Standing]union.Standing{
			union.Met: union.Unmet, union.Unmet: union.Met, union.Unknown: union.Unmet,
		}[verdict.Standing]
		return verdict, err
	}))
}

func TestARefusalListsEveryFailedRule(t *testing.T) {
	laws.Holds(t, everyFailedRule(standard().Judge))
	laws.Rejects(t, everyFailedRule(func(h aid.Household, on union.Date) (union.Verdict, error) {
		verdict, err := standard().Judge(h, on) // stops at the first
		for i, reason := range verdict.Reasons {
			if reason.Standing == union.Unmet {
				verdict.Reasons = verdict.Reasons[:i+1]
				break
			}
		}
		return verdict, err
	}))
}

// Every standard of two categories with ends at one and two times the line that
// is accepted, over every income around them and both causes: nobody gets in by
// earning more, and no standard that would allow it is accepted.
func TestNoStandardThatIsAcceptedLetsAHouseholdInByEarning(t *testing.T) {
	bounds := []string{
		"(,)", "(,1)", "(,1]", "[1,2)", "(1,2)", "[1,2]", "(1,2]", "(,2)", "(,2]", "[1,)", "(2,)",
	}
	demands := [][]string{nil, {"a"}, {"b"}}
	accepted, refused := 0, 0
	for choice := range 11 * 11 * 3 * 3 * 2 * 2 {
		pick := func(n int) int { each := choice % n; choice /= n; return each }
		spec := standardSpec()
		spec.Causes = []union.Term{{Key: "a", Title: "甲"}, {Key: "b", Title: "乙"}}
		spec.Categories = nil
		for i := range 2 {
			category := aid.Category{Key: string(rune('p' + i)), Title: "类", Causes: demands[pick(3)]}
			if within := interval(bounds[pick(11)]); pick(2) == 0 {
				category.Income = within
			} else {
				category.Net = within
			}
			spec.Categories = append(spec.Categories, category)
		}
		s, err := aid.NewStandard(spec)
		if err != nil {
			refused++
			continue
		}
		accepted++
		for _, cause := range []string{"a", "b"} {
			in := true
			for _, monthly := range []string{"0", "239.99", "240", "240.01", "479.99", "480", "480.01", "9999"} {
				h := household()
				h.Members, h.Cause = h.Members[:1], cause
				h.Income = []aid.Item{{Kind: "wage", Amount: yuan(monthly), Monthly: true}}
				h.Outlay = []aid.Item{{Kind: "illness", Amount: yuan("1"), Monthly: true}}
				verdict, err := s.Judge(h, mayDay)
				require.NoError(t, err)
				require.False(t, verdict.Holds() && !in, "%v takes %s with %s", spec.Categories, monthly, cause)
				in = verdict.Holds()
			}
		}
	}
	assert.Greater(t, accepted, 300)
	assert.Greater(t, refused, 300)
}

func TestTheWorkingOfAHouseholdNamesItsInputs(t *testing.T) {
	h := household()
	h.Outlay = []aid.Item{{Kind: "illness", Amount: yuan("5184")}}
	working, err := standard().Working(h, mayDay)
	require.NoError(t, err)
	text := working.String()
	for _, want := range []string{"家庭H-0001 = 收入超过规定标准", "240.00", "25920.00", "5184.00", "= 720", "= 576", "家庭人口: 3", "其中：推算工资: 0.00"} {
		assert.Contains(t, text, want)
	}
	assert.NotContains(t, text, "王建国")
}
