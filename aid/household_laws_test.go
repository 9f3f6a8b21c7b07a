package aid_test

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/aid"
	"github.com/unioncampaign/union/internal/laws"
)

// lossSpec takes those below the line, those who lost more than half of the year's
// income by illness with up to three times it, and those with the allowance up to
// twice the line.
func lossSpec() aid.StandardSpec {
	spec := standardSpec()
	spec.Statuses = []union.Term{{Key: "allowance", Title: "享受低保"}, {Key: "disabled", Title: "持残疾人证"}}
	spec.Outlay[1].Counted = false
	spec.Categories = []aid.Category{
		{Key: "extreme", Title: "特困职工", Net: union.MustParseInterval("(,1]")},
		{Key: "allowance", Title: "低保户", Net: union.MustParseInterval("(1,2]"), Statuses: []string{"allowance"}},
		{Key: "accident", Title: "意外致困职工", Net: union.MustParseInterval("(,3]"), Loss: aid.Loss{Of: []string{"illness", "other"}, Share: union.MustParseInterval("(0.5,)")}},
	}
	return spec
}

func TestALossIsAShareOfTheYearsIncome(t *testing.T) {
	s := must(aid.NewStandard(lossSpec()))
	for reason, each := range map[string]struct {
		income, lost string
		category     string
	}{
		"half of the income":                    {"24000", "12000", ""},
		"a fen more than half":                  {"24000", "12000.01", "accident"},
		"a fen less than half":                  {"24000", "11999.99", ""},
		"above three times the line":            {"25920.36", "20000", ""},
		"no income and a loss, which is poor":   {"0", "0.01", "extreme"},
		"no income and no loss, which is poor":  {"0", "0", "extreme"},
		"as much as the year's income":          {"9000", "9000", "accident"},
		"much above the year's income, and not": {"25920", "25920.00", "accident"},
	} {
		h := household()
		h.Income, h.Outlay = []aid.Item{{Kind: "wage", Amount: yuan(each.income)}}, []aid.Item{{Kind: "other", Amount: yuan(each.lost)}}
		verdict, err := s.Judge(h, mayDay)
		require.NoError(t, err, reason)
		assert.Equal(t, each.category, verdict.Answer, reason)
	}
}

// A share that is closed below takes a loss of exactly so much, and none below it.
func TestALossMayBeTheShareItself(t *testing.T) {
	spec := lossSpec()
	spec.Categories[2].Loss.Share = union.MustParseInterval("[0.5,)")
	s := must(aid.NewStandard(spec))
	for lost, category := range map[string]string{"12000": "accident", "12000.01": "accident", "11999.99": ""} {
		h := household()
		h.Income, h.Outlay = []aid.Item{{Kind: "wage", Amount: yuan("24000")}}, []aid.Item{{Kind: "other", Amount: yuan(lost)}}
		assert.Equal(t, category, must(s.Judge(h, mayDay)).Answer, lost)
	}
}

func TestALossIsOfTheOutlayThatItNamesAlone(t *testing.T) {
	spec := lossSpec()
	spec.Categories[2].Loss.Of = []string{"other"}
	s := must(aid.NewStandard(spec))
	for category, outlay := range map[string][]aid.Item{
		"accident": {{Kind: "illness", Amount: yuan("1")}, {Kind: "other", Amount: yuan("12000.01")}},
		"":         {{Kind: "illness", Amount: yuan("1")}, {Kind: "other", Amount: yuan("12000")}, {Kind: "illness", Amount: yuan("1")}},
	} {
		h := household()
		h.Income, h.Outlay = []aid.Item{{Kind: "wage", Amount: yuan("24000")}}, outlay
		assert.Equal(t, category, must(s.Judge(h, mayDay)).Answer)
	}
}

func TestWithoutIncomeAnyLossIsMoreThanItsShare(t *testing.T) {
	for share, category := range map[string]string{"(0.5,)": "accident", "[0.5,)": "accident", "(0,)": "accident", "[0,)": "accident"} {
		spec := lossSpec()
		spec.Categories = []aid.Category{{Key: "accident", Title: "意外致困职工", Loss: aid.Loss{Of: []string{"other"}, Share: union.MustParseInterval(share)}}}
		s := must(aid.NewStandard(spec))
		h := household()
		h.Income, h.Outlay = nil, []aid.Item{{Kind: "other", Amount: yuan("0.01"), Monthly: true}}
		assert.Equal(t, category, must(s.Judge(h, mayDay)).Answer, share)
		h.Outlay = nil
		assert.Empty(t, must(s.Judge(h, mayDay)).Answer, share)
	}
}

func TestAStatusLetsAHouseholdIntoItsCategory(t *testing.T) {
	s := must(aid.NewStandard(lossSpec()))
	h := household()
	h.Income[0].Amount = yuan("17280") // twice the line
	verdict := must(s.Judge(h, mayDay))
	assert.Equal(t, []string{
		"categories.extreme.net: 特困职工: income less rigid outlay per head and month: got 480, want at most 240",
		"categories.allowance.statuses: 低保户: status: got none, want 享受低保",
		"categories.accident.loss: 意外致困职工: loss as a share of the year's income: got 0.00 of 17280.00, want (0.5,)",
	}, sentences(verdict.Failed()))
	h.Statuses = []string{"disabled", "allowance"}
	verdict = must(s.Judge(h, mayDay))
	assert.Equal(t, "allowance", verdict.Answer)
	assert.Contains(t, fmt.Sprint(verdict.Reasons), "享受低保, 持残疾人证")
	for wrong, where := range map[string]string{"": "statuses[1]", "rich": "statuses[1]", "disabled": "statuses[1]"} {
		h.Statuses = []string{"disabled", wrong}
		_, err := s.Judge(h, mayDay)
		require.Error(t, err, wrong)
		assert.Equal(t, where, union.Faults(err)[0].Where, wrong)
	}
}

func sentences(findings []union.Finding) []string {
	var list []string
	for _, finding := range findings {
		list = append(list, finding.String())
	}
	return list
}

func TestAnExclusionNeedsEvidence(t *testing.T) {
	h := household()
	h.Exclusions = []aid.Exclusion{{Key: "car"}}
	_, err := standard().Judge(h, mayDay)
	require.ErrorIs(t, err, union.ErrMissing)
	assert.Equal(t, "exclusions[0].evidence", union.Faults(err)[0].Where)
}

func TestALossThatIsTooLargeIsAFault(t *testing.T) {
	h := household()
	h.Outlay = []aid.Item{{Kind: "other", Amount: union.Fen(1<<63 - 1), Monthly: true}}
	_, err := must(aid.NewStandard(lossSpec())).Judge(h, mayDay)
	require.ErrorIs(t, err, union.ErrOverflow)
	h.Outlay = []aid.Item{{Kind: "other", Amount: union.Fen(1<<63 - 1)}, {Kind: "other", Amount: union.Fen(1)}}
	_, err = must(aid.NewStandard(lossSpec())).Judge(h, mayDay)
	require.ErrorIs(t, err, union.ErrOverflow)
	assert.Equal(t, "outlay[1].amount", union.Faults(err)[0].Where)
}

func TestAStandardWithALossThatIsWrongSaysWhere(t *testing.T) {
	for reason, each := range map[string]struct {
		change func(*aid.StandardSpec)
		want   error
		where  string
	}{
		"a loss with an upper end":    {func(s *aid.StandardSpec) { s.Categories[2].Loss.Share = union.MustParseInterval("(0.5,0.8]") }, union.ErrRange, "categories[2].loss.share"},
		"a loss without a lower end":  {func(s *aid.StandardSpec) { s.Categories[2].Loss.Share = union.Interval{} }, union.ErrRange, "categories[2].loss.share"},
		"a loss from below zero":      {func(s *aid.StandardSpec) { s.Categories[2].Loss.Share = union.MustParseInterval("(-1,)") }, union.ErrRange, "categories[2].loss.share"},
		"a loss of nothing":           {func(s *aid.StandardSpec) { s.Categories[2].Loss.Of = nil }, union.ErrMissing, "categories[2].loss.of"},
		"a loss of another kind":      {func(s *aid.StandardSpec) { s.Categories[2].Loss.Of[0] = "x" }, union.ErrUnknown, "categories[2].loss.of[0]"},
		"a loss twice":                {func(s *aid.StandardSpec) { s.Categories[2].Loss.Of[1] = "illness" }, union.ErrRepeated, "categories[2].loss.of[1]"},
		"a status that is not listed": {func(s *aid.StandardSpec) { s.Categories[1].Statuses[0] = "x" }, union.ErrUnknown, "categories[1].statuses[0]"},
		"an empty status":             {func(s *aid.StandardSpec) { s.Categories[1].Statuses[0] = "" }, union.ErrMissing, "categories[1].statuses[0]"},
		"a status without title":      {func(s *aid.StandardSpec) { s.Statuses[1].Title = "" }, union.ErrMissing, "statuses[1].title"},
	} {
		spec := lossSpec()
		each.change(&spec)
		_, err := aid.NewStandard(spec)
		require.ErrorIs(t, err, each.want, reason)
		assert.Equal(t, each.where, union.Faults(err)[0].Where, reason)
	}
	all := lossSpec()
	all.Categories[2].Loss.Of = []string{"illness", "illness", "x"}
	_, err := aid.NewStandard(all)
	assert.Equal(t, map[string]error{"categories[2].loss.of[1]": union.ErrRepeated, "categories[2].loss.of[2]": union.ErrUnknown}, placesOf(err))
	spec := lossSpec()
	s := must(aid.NewStandard(spec))
	spec.Categories[2].Loss.Of[0], spec.Categories[1].Statuses[0], spec.Statuses[0].Key = "x", "x", "x"
	assert.Equal(t, lossSpec(), s.Spec())
}

func TestEarningMoreNeverLetsAHouseholdInByItsLoss(t *testing.T) {
	s := must(aid.NewStandard(lossSpec()))
	laws.Holds(t, neverByEarning(func(h aid.Household, on union.Date) (union.Verdict, error) {
		if h.Members[0].Working {
			h.Statuses = []string{"allowance"}
		}
		return s.Judge(h, on)
	}))
	laws.Rejects(t, neverByEarning(func(h aid.Household, on union.Date) (union.Verdict, error) {
		for i := range h.Income { // who earned enough lost too little: the share turned round
			h.Income[i].Monthly = false
		}
		verdict, err := s.Judge(h, on)
		if err == nil && verdict.Standing == union.Unmet && len(h.Income) > 1 {
			return union.Judged("loss"), nil
		}
		return verdict, err
	}))
}

// runSpec takes those who had less than the line for six months running, and those
// who have up to half as much again.
func runSpec() aid.StandardSpec {
	spec := standardSpec()
	spec.Categories = []aid.Category{
		{Key: "low", Title: "低保户", Running: aid.MeansRun{Months: 6, Net: union.LessThan(union.Whole(1))}},
		{Key: "near", Title: "边缘户", Income: union.MustParseInterval("(,1.5]")},
	}
	return spec
}

func TestACategoryMayAskForMonthsRunning(t *testing.T) {
	s := must(aid.NewStandard(runSpec()))
	for reason, each := range map[string]struct {
		sixth, last, income string
		want                string
		standing            union.Standing
	}{
		"below in all":                         {"719.99", "719.99", "25920", "low", union.Met},
		"on the line in the first":             {"720", "719.99", "25920", "", union.Unmet},
		"on the line in the last":              {"719.99", "720", "25920", "", union.Unmet},
		"on the line, and near":                {"720", "719.99", "12960", "near", union.Met},
		"the last not told, and near the line": {"719.99", "", "12960", "", union.Unknown},
		"the last not told, and one above":     {"720", "", "12960", "near", union.Met},
	} {
		h := household()
		h.Income[0].Amount = yuan(each.income)
		for month, sum := range []string{each.sixth, "719.99", "700", "0", "719.99", each.last} {
			if sum != "" {
				h.Months = append(h.Months, aid.Means{Month: must(day("2009-11-15").AddMonths(month)), Income: yuan(sum), Members: 3})
			}
		}
		h.Months = append(h.Months, aid.Means{Month: mayDay, Income: yuan("99999"), Members: 3}) // the month itself is not over
		verdict, err := s.Judge(h, mayDay)
		require.NoError(t, err, reason)
		assert.Equal(t, each.want, verdict.Answer, reason)
		assert.Equal(t, each.standing, verdict.Standing, reason)
		coded := must(s.CodeHousehold(h, mayDay))
		category, found := s.Category(coded)
		assert.Equal(t, each.want, category.Key, reason)
		assert.Equal(t, each.standing == union.Met, found, reason)
	}
	h := household()
	h.Months = []aid.Means{{Month: mayDay}}
	_, err := s.Judge(h, mayDay)
	require.ErrorIs(t, err, union.ErrRange)
	assert.Equal(t, "months[0].members", union.Faults(err)[0].Where)
	for reason, change := range map[string]func(*aid.MeansRun){
		"no months": func(m *aid.MeansRun) { m.Months = 0 }, "no bounds": func(m *aid.MeansRun) { m.Net = union.Interval{} },
		"a lower end": func(m *aid.MeansRun) { m.Income = union.AtLeast(union.Whole(0)) },
	} {
		spec := runSpec()
		change(&spec.Categories[0].Running)
		_, err := aid.NewStandard(spec)
		require.Error(t, err, reason)
		assert.Regexp(t, `^categories\[0\].running`, union.Faults(err)[0].Where, reason)
	}
	refused := must(s.Judge(household(), mayDay))
	assert.Equal(t, union.Unknown, refused.Standing)
	assert.Equal(t, "categories.low.means.2009-11: 低保户: means of the month, a head: got not told, want income less outlay in (,1)", refused.Failed()[0].String())
}

func TestMeansOfAMonthAreChecked(t *testing.T) {
	s := must(aid.NewStandard(runSpec()))
	april := aid.Means{Month: day("2010-04-01"), Members: 1}
	h := household()
	h.Months = []aid.Means{april, {Month: mayDay, Members: 1}}
	_, err := s.Judge(h, mayDay)
	require.NoError(t, err, "one who had nothing")
	for where, months := range map[string][]aid.Means{
		"months[0].month": {{Members: 1}}, "months[0].income": {{Month: mayDay, Income: yuan("-0.01"), Members: 1}},
		"months[0].outlay": {{Month: mayDay, Outlay: yuan("-0.01"), Members: 1}}, "months[0].members": {{Month: mayDay}},
		"months[1].month": {april, {Month: day("2010-04-30"), Members: 1}},
	} {
		h.Months = months
		_, err := s.Judge(h, mayDay)
		require.Error(t, err, where)
		assert.Equal(t, where, union.Faults(err)[0].Where)
	}
	for months, taken := range map[int]bool{0: false, 1: true, 1200: true, 1201: false} { // a hundred years
		spec := runSpec()
		spec.Categories[0].Running.Months = months
		_, err := aid.NewStandard(spec)
		assert.Equal(t, taken, err == nil, months)
	}
}

func TestBoundsOfACategoryAreInYuan(t *testing.T) {
	income, net, err := standard().Bounds("accident")
	require.NoError(t, err)
	assert.Equal(t, "(,720) (,)", income.String()+" "+net.String())
	_, _, err = standard().Bounds("rich")
	require.ErrorIs(t, err, union.ErrUnknown)
	spec := standardSpec()
	spec.Categories[1].Net = union.MustParseInterval("(1,2)")
	_, net, err = must(aid.NewStandard(spec)).Bounds("difficulty")
	require.NoError(t, err)
	assert.Equal(t, "(240,480)", net.String())
	spec.Categories = spec.Categories[:2]
	spec.Categories[0].Net, spec.Categories[1].Net = union.MustParseInterval("(,1)"), union.MustParseInterval("[1,)")
	_, net, err = must(aid.NewStandard(spec)).Bounds("difficulty")
	require.NoError(t, err)
	assert.Equal(t, "[240,)", net.String())
}

// --- lines

func TestLinesThatAreWrongSayWhere(t *testing.T) {
	for reason, each := range map[string]struct {
		change func(*aid.LinesSpec)
		want   error
		where  string
	}{
		"no source":           {func(s *aid.LinesSpec) { s.Source = "" }, union.ErrMissing, "source"},
		"no line":             {func(s *aid.LinesSpec) { s.List = nil }, union.ErrMissing, "list"},
		"no area":             {func(s *aid.LinesSpec) { s.List[1].Area = "" }, union.ErrMissing, "list[1].area"},
		"no days":             {func(s *aid.LinesSpec) { s.List[1].Days = union.Period{} }, union.ErrMissing, "list[1].days"},
		"a line of nothing":   {func(s *aid.LinesSpec) { s.List[1].Amount = union.Money{} }, union.ErrRange, "list[1].amount"},
		"two lines on a day":  {func(s *aid.LinesSpec) { s.List[1].Days = union.MustParsePeriod("2010-09-30/..") }, union.ErrOverlap, "list[1].days"},
		"an earlier overlap":  {func(s *aid.LinesSpec) { s.List[1].Days = union.MustParsePeriod("2009-01-01/2010-01-01") }, union.ErrOverlap, "list[1].days"},
		"more than are taken": {func(s *aid.LinesSpec) { s.List = make([]aid.Line, 10_001) }, union.ErrRange, "list"},
		"a text of bytes":     {func(s *aid.LinesSpec) { s.Title = "\xff" }, union.ErrText, ""},
	} {
		spec := countyLines().Spec()
		each.change(&spec)
		_, err := aid.NewLines(spec)
		require.ErrorIs(t, err, each.want, reason)
		assert.Equal(t, each.where, union.Faults(err)[0].Where, reason)
	}
}

func TestALineIsThatOfTheDay(t *testing.T) {
	lines := countyLines()
	for on, want := range map[string]string{"2010-01-01": "240.00", "2010-09-30": "240.00", "2010-10-01": "260.00", "2011-12-31": "260.00"} {
		assert.Equal(t, want, must(lines.On("例县", day(on))).String(), on)
	}
	for reason, each := range map[string]struct {
		area string
		on   union.Date
		want error
	}{
		"no area":              {"", day("2010-05-01"), union.ErrMissing},
		"another area":         {"邻县", day("2010-05-01"), union.ErrUnknown},
		"no day":               {"例县", union.Date{}, union.ErrMissing},
		"before the first day": {"例县", day("2009-12-31"), union.ErrRange},
		"after the last day":   {"例县", day("2012-01-01"), union.ErrRange},
	} {
		_, err := lines.On(each.area, each.on)
		require.ErrorIs(t, err, each.want, reason)
	}
	_, err := aid.Lines{}.On("例县", mayDay)
	require.ErrorIs(t, err, union.ErrUnknown)
}

func TestLinesAreReadAsTheyAreWritten(t *testing.T) {
	data, err := countyLines().MarshalJSON()
	require.NoError(t, err)
	var read aid.Lines
	require.NoError(t, read.UnmarshalJSON(data))
	assert.Equal(t, countyLines(), read)
	assert.Equal(t, "lines", read.Rule().Key)
	assert.False(t, read.ID().IsZero())
	require.Error(t, read.UnmarshalJSON([]byte(strings.Replace(string(data), "240.00", "0.00", 1))))
	require.Error(t, read.UnmarshalJSON([]byte(`null`)))
	assert.Equal(t, countyLines(), read)
	_, err = aid.Lines{}.MarshalJSON()
	require.ErrorIs(t, err, union.ErrMissing)
}

// --- files

// A course is what a rule of files makes of events one after another.
type course func(union.Event, aid.Evidence) error

func opened(r aid.FileRule, events ...union.Event) (course, func() int) {
	log := must(r.Log(aid.File{Household: household(), Events: events}))
	return func(e union.Event, known aid.Evidence) error { return r.Add(&log, e, known) },
		func() int { return len(log.Events()) }
}

// noticeHasRun states that an approval is taken exactly if five working days lie
// whole between the day of posting and it, counted one by one.
func noticeHasRun(open func() course) laws.Law {
	return func(r *rapid.T) error {
		posted := must(day("2010-04-15").AddDays(rapid.IntRange(0, 40).Draw(r, "posted")))
		on := must(posted.AddDays(rapid.IntRange(0, 14).Draw(r, "later")))
		add := open()
		if err := add(happened("e3", "post", "grassroots", posted.String()), evidence()); err != nil {
			return err
		}
		err := add(happened("e4", "approve", "county", on.String()), evidence())
		passed := 0
		for each := must(posted.AddDays(1)); each.Before(on); each = must(each.AddDays(1)) {
			holiday := !each.Before(day("2010-05-01")) && !each.After(day("2010-05-03"))
			if weekday := each.Weekday(); weekday != 0 && weekday != 6 && !holiday {
				passed++
			}
		}
		if (err == nil) != (passed >= 5) {
			return fmt.Errorf("posted on %v, approved on %v, %d working days between: %w", posted, on, passed, errors.Join(err, errors.ErrUnsupported))
		}
		return nil
	}
}

func TestANoticeRunsForWorkingDays(t *testing.T) {
	files := fileRule()
	laws.Holds(t, noticeHasRun(func() course { add, _ := opened(files, filing()[:2]...); return add }))
	for reason, change := range map[string]func(*aid.Evidence){
		"holidays are worked": func(e *aid.Evidence) {
			e.Calendar = must(union.NewCalendar(union.CalendarSpec{
				Rule: rule("calendar", "工作日"), Covers: union.MustParsePeriod("2010-01-01/2011-12-31"), Rest: []string{"Saturday", "Sunday"},
			}))
		},
		"every day is worked but one": func(e *aid.Evidence) {
			e.Calendar = must(union.NewCalendar(union.CalendarSpec{
				Rule: rule("calendar", "工作日"), Covers: union.MustParsePeriod("2010-01-01/2011-12-31"), Rest: []string{"Sunday"},
			}))
		},
	} {
		t.Run(reason, func(t *testing.T) {
			laws.Rejects(t, noticeHasRun(func() course {
				add, _ := opened(files, filing()[:2]...)
				return func(e union.Event, known aid.Evidence) error { change(&known); return add(e, known) }
			}))
		})
	}
	t.Run("a day fewer", func(t *testing.T) {
		spec := files.Spec()
		spec.Conditions[0].Notice.WorkingDays = 4
		laws.Rejects(t, noticeHasRun(func() course { add, _ := opened(must(aid.NewFileRule(spec)), filing()[:2]...); return add }))
	})
}

// sixMonths states that a household comes out of difficulty exactly if in each of
// the six months before it had more a head than the line of the month.
func sixMonths(open func() course) laws.Law {
	return func(r *rapid.T) error {
		known := evidence()
		known.Means = nil
		above := true
		for month := 5; month <= 12; month++ {
			line := int64(24000)
			if month >= 10 {
				line = 26000
			}
			members := rapid.Int64Range(1, 4).Draw(r, "members")
			over := rapid.SampledFrom([]int64{-1, 0, 1, 1, 1, 1}).Draw(r, "fen over")
			outlay := rapid.Int64Range(0, 50000).Draw(r, "outlay")
			if rapid.IntRange(0, 19).Draw(r, "not told") > 0 {
				known.Means = append(known.Means, aid.Means{
					Month: day(fmt.Sprintf("2010-%02d-28", month)), Income: union.Fen(line*members + outlay + over), Outlay: union.Fen(outlay), Members: members,
				})
			} else {
				over = -1
			}
			if month >= 7 { // the last six
				above = above && over > 0
			}
		}
		err := open()(happened("e6", "recover", "county", "2011-01-31"), known)
		if (err == nil) != above {
			return fmt.Errorf("above the line: %v, %w", above, errors.Join(err, errors.ErrUnsupported))
		}
		return nil
	}
}

func TestAHouseholdComesOutAfterSixMonthsAboveTheLine(t *testing.T) {
	files := fileRule()
	laws.Holds(t, sixMonths(func() course { add, _ := opened(files, filing()...); return add }))
	for reason, change := range map[string]func(*aid.MeansRun){
		"five months":           func(m *aid.MeansRun) { m.Months = 5 },
		"seven months":          func(m *aid.MeansRun) { m.Months = 7 },
		"on the line":           func(m *aid.MeansRun) { m.Net = union.AtLeast(union.Whole(1)) },
		"outlay is not counted": func(m *aid.MeansRun) { m.Income, m.Net = m.Net, union.Interval{} },
	} {
		t.Run(reason, func(t *testing.T) {
			spec := files.Spec()
			change(spec.Conditions[1].Means)
			laws.Rejects(t, sixMonths(func() course { add, _ := opened(must(aid.NewFileRule(spec)), filing()...); return add }))
		})
	}
	t.Run("the line of the day", func(t *testing.T) {
		laws.Rejects(t, sixMonths(func() course {
			add, _ := opened(files, filing()...)
			return func(e union.Event, known aid.Evidence) error {
				spec := countyLines().Spec()
				spec.List[0].Amount = spec.List[1].Amount
				known.Lines = must(aid.NewLines(spec))
				return add(e, known)
			}
		}))
	})
}

// Every history of up to four events of the county's course, on one day each: the
// rule takes what a table of the graph takes, and a refusal changes nothing.
func TestEveryShortHistoryOfAFileFollowsTheGraph(t *testing.T) {
	files := fileRule()
	spec := files.Spec()
	spec.Conditions = nil
	free := must(aid.NewFileRule(spec))
	next := map[[2]string]string{}
	events := map[string]string{} // with a role that may
	for _, each := range spec.Transitions {
		next[[2]string{each.From, each.Event}] = each.To
		events[each.Event] = "county"
	}
	events["check"] = "grassroots"
	names := slices.Sorted(maps.Keys(events))
	var walk func(log union.Log, state string, depth int)
	count := 0
	walk = func(log union.Log, state string, depth int) {
		count++
		may := must(free.MayBeAided(log, day("2010-12-31")))
		if may.Answer != state {
			t.Fatalf("%v: %s, want %s", log.Events(), may.Answer, state)
		}
		if depth == 0 {
			return
		}
		for _, name := range names {
			after := log
			err := free.Add(&after, happened(fmt.Sprint("x", depth), name, events[name], "2010-05-06"), aid.Evidence{})
			to, leads := next[[2]string{state, name}]
			if leads != (err == nil) || !leads && len(after.Events()) != len(log.Events()) {
				t.Fatalf("%v, then %s in %s: %v", log.Events(), name, state, err)
			}
			if leads {
				walk(after, to, depth-1)
			}
		}
	}
	walk(must(free.Log(aid.File{Household: household()})), "new", 4)
	walk(must(free.Log(aid.File{Household: household(), Events: filing()})), "filed", 4)
	assert.Greater(t, count, 200)
}

// --- registries

// drawFiles draws the files of a town: few persons and few keys, so that they meet.
func drawFiles(r *rapid.T) []aid.File {
	var files []aid.File
	keys := map[string]bool{}
	for range rapid.IntRange(0, 4).Draw(r, "files") {
		key := rapid.SampledFrom([]string{"H-1", "H-2", "H-3", "H-4", "H-5"}).Draw(r, "key")
		if keys[key] {
			continue
		}
		keys[key] = true
		file := filed(key, rapid.SampledFrom([]string{"mill", "school"}).Draw(r, "unit"),
			rapid.SliceOfNDistinct(rapid.IntRange(1, 5), 1, 3, rapid.ID[int]).Draw(r, "persons")...)
		file.Household.Head.Name = union.MustNewName(rapid.SampledFrom([]string{"王建国", "李秀英"}).Draw(r, "name"))
		if rapid.IntRange(0, 3).Draw(r, "ended") == 0 {
			file.Events = append(file.Events, happened("e6", "strike-off", "county", "2010-06-01"))
		}
		files = append(files, file)
	}
	return files
}

// A merger puts registries together and lists their duplicates.
type merger func(...aid.Registry) (aid.Registry, []aid.Duplicate, error)

func mergedAndListed(files aid.FileRule) merger {
	return func(parts ...aid.Registry) (aid.Registry, []aid.Duplicate, error) {
		whole, err := aid.MergeRegistries(parts...)
		if err != nil {
			return whole, nil, err
		}
		found, err := files.Duplicates(whole, day("2010-12-31"))
		return whole, found, err
	}
}

// everyDuplicate states that merging lists, in either order, exactly the pairs of
// different open files that share a number or a key, by going through all pairs;
// and that no two files with different content are made one.
func everyDuplicate(files aid.FileRule, merge merger) laws.Law {
	return func(r *rapid.T) error {
		first, second := drawFiles(r), drawFiles(r)
		a, err := files.Registry(first...)
		if err != nil {
			return err
		}
		b, err := files.Registry(second...)
		if err != nil {
			return err
		}
		whole, found, err := merge(a, b)
		if err != nil {
			return err
		}
		other, foundToo, err := merge(b, a)
		if err != nil {
			return err
		}
		if !assert.ObjectsAreEqual(whole, other) || !assert.ObjectsAreEqual(found, foundToo) {
			return errors.New("the order of the registries matters")
		}
		var all []aid.File
		for _, file := range append(first, second...) {
			if !slices.ContainsFunc(all, func(f aid.File) bool { return assert.ObjectsAreEqual(f, file) }) {
				all = append(all, file)
			}
		}
		if whole.Len() != len(all) {
			return fmt.Errorf("%d files of %d", whole.Len(), len(all))
		}
		want := 0
		for i, one := range all {
			for _, two := range all[:i] {
				want += sharedBy(one, two)
			}
		}
		if len(found) != want {
			return fmt.Errorf("%d duplicates of %d: %v", len(found), want, found)
		}
		return nil
	}
}

// sharedBy counts what two open files share: a key, and each number.
func sharedBy(one, two aid.File) int {
	if len(one.Events) > 5 || len(two.Events) > 5 { // struck off
		return 0
	}
	shared := 0
	if one.Household.Key == two.Household.Key {
		shared++
	}
	for serial := 1; serial <= 5; serial++ {
		holds := func(f aid.File) bool {
			return slices.ContainsFunc(f.Household.Members, func(m aid.Member) bool { return m.Number == number(serial) })
		}
		if holds(one) && holds(two) {
			shared++
		}
	}
	return shared
}

func TestMergingRegistriesFindsEveryDuplicate(t *testing.T) {
	files := fileRule()
	laws.Holds(t, everyDuplicate(files, mergedAndListed(files)))
	for reason, twin := range map[string]merger{
		"files are told apart by the head's name": func(parts ...aid.Registry) (aid.Registry, []aid.Duplicate, error) {
			var kept []aid.File
			names := map[union.Name]bool{}
			for _, part := range parts {
				for _, file := range part.Files() {
					if !names[file.Household.Head.Name] {
						names[file.Household.Head.Name] = true
						kept = append(kept, file)
					}
				}
			}
			whole, err := files.Registry(kept...)
			if err != nil {
				return whole, nil, err
			}
			return mergedAndListed(files)(whole)
		},
		"the first alone is compared": func(parts ...aid.Registry) (aid.Registry, []aid.Duplicate, error) {
			whole, found, err := mergedAndListed(files)(parts...)
			if len(found) > 1 {
				found = found[:1]
			}
			return whole, found, err
		},
		"the later one of a key is kept": func(parts ...aid.Registry) (aid.Registry, []aid.Duplicate, error) {
			byKey := map[string]aid.File{}
			for _, part := range parts {
				for _, file := range part.Files() {
					byKey[file.Household.Key] = file
				}
			}
			whole, err := files.Registry(slices.Collect(maps.Values(byKey))...)
			if err != nil {
				return whole, nil, err
			}
			return mergedAndListed(files)(whole)
		},
	} {
		t.Run(reason, func(t *testing.T) { laws.Rejects(t, everyDuplicate(files, twin)) })
	}
}

func TestRegistriesMergeAsTallies(t *testing.T) {
	files := fileRule()
	draw := func(r *rapid.T) aid.Registry { return must(files.Registry(drawFiles(r)...)) }
	add := func(into *aid.Registry, other aid.Registry) error {
		whole, err := aid.MergeRegistries(*into, other)
		if err == nil {
			*into = whole
		}
		return err
	}
	for name, law := range map[string]laws.Law{
		"commutes": laws.Commutes(draw, add), "associates": laws.Associates(draw, add),
		"identity": laws.HasIdentity(draw, add), "keeps apart": laws.KeepsApart(draw, add),
	} {
		t.Run(name, func(t *testing.T) { laws.Holds(t, law) })
	}
}

// --- dry runs

// A dryRun goes from one standard to another.
type dryRun func(before, after aid.Standard, households []aid.Household) (aid.DryRun, error)

func ran(before, after aid.Standard, households []aid.Household) (aid.DryRun, error) {
	return before.DryRun(mayDay, after, mayDay, households)
}

// crossesBothWays states that a dry run lists who is judged otherwise, each by
// itself, and that the way back lets in whom the way there let out.
func crossesBothWays(run dryRun) laws.Law {
	return func(r *rapid.T) error {
		spec := standardSpec()
		spec.Version, spec.Line = "2011", union.Fen(rapid.Int64Range(20000, 30000).Draw(r, "line"))
		changed := must(aid.NewStandard(spec))
		var households []aid.Household
		for i := range rapid.IntRange(0, 6).Draw(r, "households") {
			h := drawHousehold(r)
			h.Key = fmt.Sprint("H-", i)
			households = append(households, h)
		}
		there, err := run(standard(), changed, households)
		if err != nil {
			return err
		}
		back, err := run(changed, standard(), households)
		if err != nil {
			return err
		}
		var enter, leave []string
		for _, h := range households {
			before, after := must(standard().Judge(h, mayDay)), must(changed.Judge(h, mayDay))
			if before.Standing == union.Unknown || after.Standing == union.Unknown {
				continue
			}
			if !before.Holds() && after.Holds() {
				enter = append(enter, h.Key)
			}
			if before.Holds() && !after.Holds() {
				leave = append(leave, h.Key)
			}
		}
		for _, each := range [...]struct{ got, want []string }{
			{crossed(there.Enter), enter}, {crossed(there.Leave), leave}, {crossed(back.Enter), leave}, {crossed(back.Leave), enter},
		} {
			if !slices.Equal(each.got, each.want) {
				return fmt.Errorf("%v, want %v", each.got, each.want)
			}
		}
		if n := len(there.Enter) + len(there.Leave) + len(there.Move) + len(there.Unjudged) + int(there.Stay+there.Out); n != len(households) {
			return fmt.Errorf("%d households of %d", n, len(households))
		}
		return nil
	}
}

func crossed(list []aid.Crossing) []string {
	var keys []string
	for _, each := range list {
		keys = append(keys, each.Household)
	}
	return keys
}

func TestADryRunListsWhoEntersAndWhoLeaves(t *testing.T) {
	laws.Holds(t, crossesBothWays(ran))
	laws.Rejects(t, crossesBothWays(func(before, after aid.Standard, households []aid.Household) (aid.DryRun, error) {
		run, err := ran(before, after, households)
		run.Enter, run.Leave = run.Leave, run.Enter
		return run, err
	}))
	laws.Rejects(t, crossesBothWays(func(before, _ aid.Standard, households []aid.Household) (aid.DryRun, error) {
		return ran(before, before, households) // nothing changes
	}))
}

func TestADryRunListsWhomItCannotJudge(t *testing.T) {
	spec := standardSpec()
	spec.Causes = spec.Causes[:3]
	spec.Effective = union.MustParsePeriod("2011-01-01/2011-12-31")
	changed := must(aid.NewStandard(spec))
	h, other := household(), household()
	h.Cause, other.Cause = "laid-off", "weather"
	run, err := standard().DryRun(mayDay, changed, day("2011-05-01"), []aid.Household{h, household(), other})
	require.NoError(t, err)
	assert.EqualValues(t, 1, run.Out)
	assert.Equal(t, []string{
		`households[0].changed.cause: not known: got "laid-off"`, `households[2].cause: not known: got "weather"`,
	}, trimmed(run.Unjudged))
	_, err = standard().DryRun(mayDay, changed, mayDay, nil)
	require.ErrorIs(t, err, union.ErrRange)
	assert.Equal(t, "changed.on", union.Faults(err)[0].Where)
	_, err = aid.Standard{}.DryRun(mayDay, changed, mayDay, nil)
	require.ErrorIs(t, err, union.ErrMissing)
}

// Whoever cannot be judged under one of the standards enters and leaves nowhere, and
// does not end the run.
func TestADryRunGoesOnAfterWhomItCannotJudge(t *testing.T) {
	spec := standardSpec()
	spec.Ages = union.Interval{}
	ageless := must(aid.NewStandard(spec))
	unborn := household()
	unborn.Income, unborn.Head = nil, aid.Head{}
	poor := household()
	poor.Income = nil
	for reason, each := range map[string]struct{ before, after aid.Standard }{
		"the age is asked before": {standard(), ageless}, "the age is asked after": {ageless, standard()},
	} {
		run := must(ran(each.before, each.after, []aid.Household{unborn, poor, household()}))
		require.Len(t, run.Unjudged, 1, reason)
		assert.Equal(t, "households[0]: all that decides is known: got not all is", run.Unjudged[0].String(), reason)
		assert.EqualValues(t, 1, run.Stay, reason)
		assert.EqualValues(t, 1, run.Out, reason)
		assert.Empty(t, run.Enter, reason)
		assert.Empty(t, run.Leave, reason)
	}
	spec.Causes = spec.Causes[:3]
	changed := must(aid.NewStandard(spec))
	gone := poor
	gone.Cause = "laid-off"
	run := must(ran(standard(), changed, []aid.Household{gone, gone, poor}))
	assert.Equal(t, []string{`households[0].changed.cause: not known: got "laid-off"`, `households[1].changed.cause: not known: got "laid-off"`}, trimmed(run.Unjudged))
	assert.EqualValues(t, 1, run.Stay)
}

// trimmed returns findings without what was wanted.
func trimmed(findings []union.Finding) []string {
	var list []string
	for _, finding := range findings {
		finding.Want = ""
		list = append(list, finding.String())
	}
	return list
}
