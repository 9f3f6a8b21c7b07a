package aid_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/aid"
	"github.com/unioncampaign/union/internal/laws"
)

func TestARuleOfFilesThatIsWrongSaysWhere(t *testing.T) {
	for reason, each := range map[string]struct {
		change func(*aid.FileRuleSpec)
		want   error
		where  string
	}{
		"no title":                  {func(s *aid.FileRuleSpec) { s.Title = "" }, union.ErrMissing, "title"},
		"a state without title":     {func(s *aid.FileRuleSpec) { s.States[3].Title = "" }, union.ErrMissing, "states[3].title"},
		"a way to nowhere":          {func(s *aid.FileRuleSpec) { s.Transitions[0].To = "x" }, union.ErrUnknown, "transitions[0].to"},
		"no state in force":         {func(s *aid.FileRuleSpec) { s.InForce = nil }, union.ErrMissing, "in_force"},
		"another state in force":    {func(s *aid.FileRuleSpec) { s.InForce[1] = "x" }, union.ErrUnknown, "in_force[1]"},
		"a state twice":             {func(s *aid.FileRuleSpec) { s.InForce[1] = s.InForce[0] }, union.ErrRepeated, "in_force[1]"},
		"an ended file in force":    {func(s *aid.FileRuleSpec) { s.InForce[1] = "recovered" }, union.ErrGraph, "in_force[1]"},
		"a condition of no event":   {func(s *aid.FileRuleSpec) { s.Conditions[0].Event = "" }, union.ErrMissing, "conditions[0].event"},
		"a condition of another":    {func(s *aid.FileRuleSpec) { s.Conditions[0].Event = "x" }, union.ErrUnknown, "conditions[0].event"},
		"a condition of nothing":    {func(s *aid.FileRuleSpec) { s.Conditions[0].Notice = nil }, union.ErrMissing, "conditions[0]"},
		"a condition of two":        {func(s *aid.FileRuleSpec) { s.Conditions[0].Stay = &aid.Stay{Months: 1} }, union.ErrMissing, "conditions[0]"},
		"a notice nobody posts":     {func(s *aid.FileRuleSpec) { s.Conditions[0].Notice.Posted = "x" }, union.ErrUnknown, "conditions[0].notice.posted"},
		"a notice of no days":       {func(s *aid.FileRuleSpec) { s.Conditions[0].Notice.WorkingDays = 0 }, union.ErrRange, "conditions[0].notice.working_days"},
		"a run of no months":        {func(s *aid.FileRuleSpec) { s.Conditions[1].Means.Months = 0 }, union.ErrRange, "conditions[1].means.months"},
		"a run of too many months":  {func(s *aid.FileRuleSpec) { s.Conditions[1].Means.Months = 1201 }, union.ErrRange, "conditions[1].means.months"},
		"a run without bounds":      {func(s *aid.FileRuleSpec) { s.Conditions[1].Means.Net = union.Interval{} }, union.ErrMissing, "conditions[1].means"},
		"a stay of no months":       {func(s *aid.FileRuleSpec) { s.Conditions[2].Stay.Months = 0 }, union.ErrRange, "conditions[2].stay.months"},
		"a review that is no event": {func(s *aid.FileRuleSpec) { s.Review.Events[0] = "x" }, union.ErrUnknown, "review.events[0]"},
		"a sample of more than all": {func(s *aid.FileRuleSpec) { s.Review.Sample = union.MustParseNumber("1.01") }, union.ErrRange, "review.sample"},
		"a sample below nothing":    {func(s *aid.FileRuleSpec) { s.Review.Sample = union.Whole(-1) }, union.ErrRange, "review.sample"},
		"months below zero":         {func(s *aid.FileRuleSpec) { s.Unchanged = -1 }, union.ErrRange, "unchanged"},
		"too many years":            {func(s *aid.FileRuleSpec) { s.Keep = 1201 }, union.ErrRange, "keep"},
		"a title that is not UTF-8": {func(s *aid.FileRuleSpec) { s.Title = "\xff" }, union.ErrText, ""},
	} {
		spec := fileRule().Spec()
		each.change(&spec)
		_, err := aid.NewFileRule(spec)
		require.ErrorIs(t, err, each.want, reason)
		assert.Equal(t, each.where, union.Faults(err)[0].Where, reason)
	}
}

func TestARuleOfFilesMayAskForTheLeastAndTheMost(t *testing.T) {
	for _, n := range []int{1, 1200} {
		for _, share := range []string{"0", "1"} {
			spec := fileRule().Spec()
			spec.Conditions[0].Notice.WorkingDays, spec.Conditions[1].Means.Months, spec.Conditions[2].Stay.Months = n, n, n
			spec.Unchanged, spec.Keep, spec.Review.Sample = n, n, union.MustParseNumber(share)
			_, err := aid.NewFileRule(spec)
			require.NoError(t, err)
		}
	}
}

// The log of a file is of the rule's course, whose key says so.
func TestTheCourseOfAFileIsAProcedureOfItsOwn(t *testing.T) {
	spec := fileRule().Spec()
	spec.Key = "county-files.course"
	course := must(union.NewProcedure(union.ProcedureSpec{Rule: spec.Rule, States: spec.States, Transitions: spec.Transitions}))
	assert.Equal(t, course.ID(), must(fileRule().Log(aid.File{Household: household()})).Rule())
}

func TestARuleOfFilesKeepsNothingOfItsSpecAndIsReadAsWritten(t *testing.T) {
	spec := fileRule().Spec()
	rule := must(aid.NewFileRule(spec))
	spec.Transitions[0].Evidence[0], spec.InForce[0], spec.Conditions[0].Notice.Posted, spec.Review.Events[0] = "x", "x", "x", "x"
	spec.States[0].Key = "x"
	assert.Equal(t, fileRule().Spec(), rule.Spec())
	data, err := rule.MarshalJSON()
	require.NoError(t, err)
	var read aid.FileRule
	require.NoError(t, read.UnmarshalJSON(data))
	assert.Equal(t, rule, read)
	assert.Equal(t, "county-files", read.Rule().Key)
	require.Error(t, read.UnmarshalJSON([]byte(strings.Replace(string(data), `"in_force":["provisional"`, `"in_force":["nowhere"`, 1))))
	require.Error(t, read.UnmarshalJSON([]byte(`[]`)))
	assert.Equal(t, rule, read)
	_, err = aid.FileRule{}.MarshalJSON()
	require.ErrorIs(t, err, union.ErrMissing)
	assert.True(t, aid.FileReview{}.IsZero())
	assert.False(t, aid.FileReview{Events: []string{"review"}}.IsZero())
	assert.False(t, aid.FileReview{Sample: union.MustParseNumber("0.3")}.IsZero())
}

func TestAFileThatCannotBeReadSaysWhere(t *testing.T) {
	files := fileRule()
	for where, file := range map[string]aid.File{
		"household.key": {}, "events[0]." + `state "new", event "check"`: {Household: household(), Events: filing()[1:]},
	} {
		_, err := files.Log(file)
		require.Error(t, err, where)
		assert.Equal(t, where, union.Faults(err)[0].Where)
	}
	_, err := aid.FileRule{}.Log(aid.File{Household: household()})
	require.ErrorIs(t, err, union.ErrMissing)
}

func TestAnEventIsRefusedWithItsReason(t *testing.T) {
	files := fileRule()
	log := must(files.Log(aid.File{Household: household(), Events: filing()}))
	before := log.Events()
	leave := happened("e6", "recover", "county", "2011-01-10")
	for reason, each := range map[string]struct {
		event  union.Event
		change func(*aid.Evidence)
		want   error
		where  string
	}{
		"a month not told":         {leave, func(e *aid.Evidence) { e.Means = e.Means[:5] }, union.ErrUndefined, "means.2010-12"},
		"a month without a line":   {leave, func(e *aid.Evidence) { e.Lines = aid.Lines{} }, union.ErrUndefined, "means.2010-07"},
		"a month on the line":      {leave, func(e *aid.Evidence) { e.Means[5].Income = yuan("780") }, union.ErrRange, "means.2010-12"},
		"a month that is no month": {leave, func(e *aid.Evidence) { e.Means[5].Month = union.Date{} }, union.ErrMissing, "means[5].month"},
		"a month twice":            {leave, func(e *aid.Evidence) { e.Means[5].Month = e.Means[4].Month }, union.ErrRepeated, "means[5].month"},
		"an income below zero":     {leave, func(e *aid.Evidence) { e.Means[5].Income = yuan("-1") }, union.ErrRange, "means[5].income"},
		"an outlay below zero":     {leave, func(e *aid.Evidence) { e.Means[5].Outlay = yuan("-1") }, union.ErrRange, "means[5].outlay"},
		"a month of nobody":        {leave, func(e *aid.Evidence) { e.Means[5].Members = 0 }, union.ErrRange, "means[5].members"},
		"by another role":          {happened("e6", "recover", "grassroots", "2011-01-10"), func(*aid.Evidence) {}, union.ErrActor, `state "filed", event "recover"`},
		"before the watch began":   {happened("e6", "confirm", "county", "2011-01-10"), func(*aid.Evidence) {}, union.ErrGraph, `state "filed", event "confirm"`},
		"of no day":                {happened("e6", "recover", "county", "2011-01-10"), func(*aid.Evidence) {}, nil, ""},
		"in the calendar's first":  {leave, func(e *aid.Evidence) { e.Means[5].Outlay = yuan("900") }, union.ErrRange, "means.2010-12"},
	} {
		known := evidence()
		each.change(&known)
		after := log
		err := files.Add(&after, each.event, known)
		if each.want == nil {
			require.NoError(t, err, reason)
			continue
		}
		require.ErrorIs(t, err, each.want, reason)
		assert.Equal(t, each.where, union.Faults(err)[0].Where, reason)
		assert.Equal(t, before, after.Events(), reason)
	}
	require.ErrorIs(t, files.Add(nil, leave, evidence()), union.ErrRule)
	require.ErrorIs(t, aid.FileRule{}.Add(&log, leave, evidence()), union.ErrRule)
	_, err := files.Judge(union.Log{}, leave, evidence())
	require.ErrorIs(t, err, union.ErrRule)
	_, err = aid.FileRule{}.Judge(union.Log{}, leave, evidence())
	require.ErrorIs(t, err, union.ErrRule)
	_, err = files.MayBeAided(union.Log{}, mayDay)
	require.ErrorIs(t, err, union.ErrRule)
	_, err = files.MayBeAided(log, union.Date{})
	require.ErrorIs(t, err, union.ErrMissing)
}

func TestAnEventHandedInAgainChangesNothing(t *testing.T) {
	files := fileRule()
	log := must(files.Log(aid.File{Household: household(), Events: filing()}))
	require.NoError(t, files.Add(&log, filing()[3], aid.Evidence{})) // whatever is known now
	assert.Len(t, log.Events(), 5)
	other := filing()[3]
	other.Reason = "else"
	require.ErrorIs(t, files.Add(&log, other, evidence()), union.ErrRepeated)
}

func TestTheVerdictOnAnEventNamesTheStateItLeadsTo(t *testing.T) {
	files := fileRule()
	log := must(files.Log(aid.File{Household: household(), Events: filing()}))
	verdict := must(files.Judge(log, happened("e6", "recover", "county", "2011-01-10"), evidence()))
	assert.Equal(t, "watched", verdict.Answer)
	assert.Len(t, verdict.Reasons, 7, "the course and six months")
	assert.Equal(t, "means.2010-07: means of the month, a head: got 5/4 and 5/4 times the line of 240.00, want income less outlay in (1,)",
		strings.ReplaceAll(verdict.Reasons[1].String(), "1.25", "5/4"))
	early := must(files.Judge(log, happened("e6", "confirm", "county", "2011-01-10"), evidence()))
	assert.Equal(t, []string{"course"}, places(early.Failed()))
	assert.Empty(t, early.Answer)
}

func TestAStayIsCountedFromTheDayOfEntering(t *testing.T) {
	files := fileRule()
	watched := append(filing(), happened("e6", "recover", "county", "2011-01-31"), happened("e7", "review", "county", "2011-06-01"))
	for on, holds := range map[string]bool{"2012-01-30": false, "2012-01-31": true} {
		log := must(files.Log(aid.File{Household: household(), Events: watched}))
		verdict := must(files.Judge(log, happened("e8", "confirm", "county", on), evidence()))
		assert.Equal(t, holds, verdict.Holds(), on)
	}
	spec := files.Spec()
	spec.Conditions = []aid.FileCondition{{Event: "apply", Stay: &aid.Stay{Months: 1}}, {Event: "check", Notice: &aid.NoticeRun{Posted: "post", WorkingDays: 1}}}
	odd := must(aid.NewFileRule(spec))
	log := must(odd.Log(aid.File{Household: household()}))
	verdict := must(odd.Judge(log, filing()[0], evidence()))
	assert.Equal(t, "stay: months in state new: got no day on which it began, want 1 months", verdict.Failed()[0].String())
	log = must(odd.Log(aid.File{Household: household(), Events: filing()[:1]}))
	verdict = must(odd.Judge(log, filing()[1], evidence()))
	assert.Equal(t, "notice.post: working days of the notice: got not posted, want 1 working days between", verdict.Failed()[0].String())
}

// A file that was sent back is posted anew, and the new notice has to run.
func TestTheLastNoticeCounts(t *testing.T) {
	files := fileRule()
	again := append(filing()[:3:3], happened("e4", "send-back", "county", "2010-04-26"), happened("e5", "apply", "", "2010-04-27"),
		happened("e6", "check", "grassroots", "2010-04-28"), happened("e7", "post", "grassroots", "2010-04-29"))
	log := must(files.Log(aid.File{Household: household(), Events: again}))
	for on, holds := range map[string]bool{"2010-05-05": false, "2010-05-10": true} {
		assert.Equal(t, holds, must(files.Judge(log, happened("e8", "approve", "county", on), evidence())).Holds(), on)
	}
}

// Two numbers that look alike where they are masked are two persons.
func TestFilesOfNumbersThatLookAlikeAreTwo(t *testing.T) {
	files := fileRule()
	masks := map[string]int{}
	for serial := range 1000 {
		mask := number(serial).String()
		other, seen := masks[mask]
		masks[mask] = serial
		if !seen {
			continue
		}
		whole := must(aid.MergeRegistries(must(files.Registry(filed("H-1", "mill", serial))), must(files.Registry(filed("H-1", "mill", other)))))
		require.Equal(t, 2, whole.Len())
		found := must(files.Duplicates(whole, mayDay))
		require.Len(t, found, 1)
		assert.True(t, found[0].Number.IsZero(), "they share the key alone")
		return
	}
	t.Fatal("no two numbers look alike")
}

func TestMeansMayBoundTheIncomeToo(t *testing.T) {
	files := fileRule()
	for reason, each := range map[string]struct {
		run  aid.MeansRun
		want string
	}{
		"income alone": {aid.MeansRun{Months: 2, Income: union.MustParseInterval("(2,)")}, "income in (2,)"},
		"both":         {aid.MeansRun{Months: 2, Income: union.MustParseInterval("(2,)"), Net: union.MustParseInterval("(1,)")}, "income in (2,), less outlay in (1,)"},
	} {
		spec := files.Spec()
		spec.Conditions[1].Means = &each.run
		rule := must(aid.NewFileRule(spec))
		log := must(rule.Log(aid.File{Household: household(), Events: filing()}))
		verdict := must(rule.Judge(log, happened("e6", "recover", "county", "2011-01-10"), evidence()))
		require.Len(t, verdict.Failed(), 2, reason)
		assert.Equal(t, each.want, verdict.Failed()[0].Want, reason)
	}
}

func TestARunBeforeTheCalendarIsNotKnown(t *testing.T) {
	spec := fileRule().Spec()
	spec.Conditions = []aid.FileCondition{{Event: "apply", Means: &aid.MeansRun{Months: 3, Net: union.AtLeast(union.Whole(1))}}}
	rule := must(aid.NewFileRule(spec))
	log := must(rule.Log(aid.File{Household: household()}))
	verdict := must(rule.Judge(log, happened("e1", "apply", "", "0001-01-31"), evidence()))
	assert.Equal(t, union.Unknown, verdict.Standing)
}

// pastStays states that what a file was on a day stays so, whatever happens later.
func pastStays(state func(files aid.FileRule, events []union.Event, on union.Date) (string, error)) laws.Law {
	return func(r *rapid.T) error {
		files := fileRule()
		events := filing()
		on := must(day("2010-03-25").AddDays(rapid.IntRange(0, 60).Draw(r, "on")))
		var happenedByThen []union.Event
		for _, event := range events {
			if !event.On.After(on) {
				happenedByThen = append(happenedByThen, event)
			}
		}
		before, err := state(files, happenedByThen, on)
		if err != nil {
			return err
		}
		after, err := state(files, events, on)
		if err != nil {
			return err
		}
		if before != after {
			return fmt.Errorf("on %v it was %s and is %s", on, before, after)
		}
		return nil
	}
}

func TestWhatAFileWasItStays(t *testing.T) {
	laws.Holds(t, pastStays(func(files aid.FileRule, events []union.Event, on union.Date) (string, error) {
		verdict, err := files.MayBeAided(must(files.Log(aid.File{Household: household(), Events: events})), on)
		return verdict.Answer, err
	}))
	laws.Rejects(t, pastStays(func(files aid.FileRule, events []union.Event, _ union.Date) (string, error) { // as it is now
		verdict, err := files.MayBeAided(must(files.Log(aid.File{Household: household(), Events: events})), day("2010-12-31"))
		return verdict.Answer, err
	}))
}

func TestAFileIsKeptForTenYearsAfterItsEnd(t *testing.T) {
	files := fileRule()
	ended := aid.File{Household: household(), Events: append(filing(), happened("e6", "strike-off", "county", "2010-11-30"))}
	for on, want := range map[string]string{"2010-11-29": " false", "2010-11-30": "2020-11-30 true"} {
		until, over, err := files.KeptUntil(ended, day(on))
		require.NoError(t, err)
		assert.Equal(t, want, fmt.Sprint(until, " ", over), on)
	}
	_, _, err := files.KeptUntil(aid.File{}, mayDay)
	require.ErrorIs(t, err, union.ErrMissing)
	late := ended
	late.Events = append(filing(), happened("e6", "strike-off", "county", "9999-01-01"))
	_, _, err = files.KeptUntil(late, day("9999-12-31"))
	require.ErrorIs(t, err, union.ErrRange)
	spec := files.Spec()
	spec.Keep = 0
	_, over, err := must(aid.NewFileRule(spec)).KeptUntil(ended, day("2010-12-31"))
	require.NoError(t, err)
	assert.False(t, over)
}

// --- registries

func TestAFileIsPutWhereItsKeyBelongs(t *testing.T) {
	files := fileRule()
	registry := must(files.Registry())
	for i, key := range []string{"H-3", "H-5", "H-1", "H-4", "H-4", "H-9"} {
		file := filed(key, "mill", i+1)
		if i == 4 {
			file = filed(key, "mill", i) // the same again
		}
		require.NoError(t, files.AddFile(&registry, file), key)
	}
	var keys []string
	for _, file := range registry.Files() {
		keys = append(keys, file.Household.Key)
	}
	assert.Equal(t, []string{"H-1", "H-3", "H-4", "H-5", "H-9"}, keys)
}

func TestARegistryRefusesWhatItCannotHold(t *testing.T) {
	files := fileRule()
	registry := must(files.Registry(filed("H-1", "mill", 1)))
	wrong := filed("H-2", "mill", 2)
	wrong.Household.Head.Born = day("1970-03-06")
	for reason, each := range map[string]struct {
		file  aid.File
		want  error
		where string
	}{
		"no key":                        {aid.File{}, union.ErrMissing, "household.key"},
		"a day of birth that is wrong":  {wrong, union.ErrRange, "household.head.born"},
		"another file of the key":       {filed("H-1", "mill", 2), union.ErrRepeated, "household.key"},
		"another file of the key, less": {filed("H-1", "a", 1), union.ErrRepeated, "household.key"},
	} {
		copied := registry
		err := files.AddFile(&copied, each.file)
		require.ErrorIs(t, err, each.want, reason)
		assert.Equal(t, each.where, union.Faults(err)[0].Where, reason)
		assert.Equal(t, registry, copied, reason)
		_, err = files.Registry(filed("H-1", "mill", 1), each.file)
		require.ErrorIs(t, err, each.want, reason)
	}
	require.ErrorIs(t, files.AddFile(nil, filed("H-1", "mill", 1)), union.ErrRule)
	require.ErrorIs(t, files.AddFile(&aid.Registry{}, filed("H-1", "mill", 1)), union.ErrRule)
	_, err := aid.FileRule{}.Registry()
	require.ErrorIs(t, err, union.ErrMissing)
	spec := files.Spec()
	spec.Version = "2"
	other := must(must(aid.NewFileRule(spec)).Registry())
	_, err = aid.MergeRegistries(registry, other)
	require.ErrorIs(t, err, union.ErrRule)
	_, err = files.Duplicates(other, mayDay)
	require.ErrorIs(t, err, union.ErrRule)
	_, err = files.Duplicates(registry, union.Date{})
	require.ErrorIs(t, err, union.ErrMissing)
	_, err = files.Inspect(other, union.Register{}, mayDay)
	require.ErrorIs(t, err, union.ErrRule)
	_, err = files.Households(other, mayDay)
	require.ErrorIs(t, err, union.ErrRule)
	_, err = files.Sample(other, mayDay, "1")
	require.ErrorIs(t, err, union.ErrRule)
	_, err = files.Sample(registry, mayDay, "")
	require.ErrorIs(t, err, union.ErrMissing)
	_, err = files.Figures(aid.Inspection{})
	require.ErrorIs(t, err, union.ErrRule)
	assert.Equal(t, files.ID(), registry.Rule())
}

func TestCopiesOfARegistryShareNothing(t *testing.T) {
	files := fileRule()
	first := must(files.Registry(filed("H-1", "mill", 1), filed("H-5", "mill", 5)))
	second := first
	require.NoError(t, files.AddFile(&first, filed("H-2", "mill", 2)))
	require.NoError(t, files.AddFile(&second, filed("H-3", "mill", 3)))
	assert.Equal(t, 3, first.Len())
	assert.Equal(t, "H-2", first.Files()[1].Household.Key)
	assert.Equal(t, "H-3", second.Files()[1].Household.Key)
	given := first.Files()
	given[0].Household.Members[0].Relation, given[0].Events[0].Evidence[0] = "x", "x"
	assert.Equal(t, "本人", first.Files()[0].Household.Members[0].Relation)
	assert.Equal(t, "application", first.Files()[0].Events[0].Evidence[0])
}

func TestOneFileInTwoRegistriesIsHeldOnce(t *testing.T) {
	files := fileRule()
	whole := must(aid.MergeRegistries(must(files.Registry(filed("H-1", "mill", 1))), aid.Registry{}, must(files.Registry(filed("H-1", "mill", 1)))))
	assert.Equal(t, 1, whole.Len())
	assert.Empty(t, must(files.Duplicates(whole, mayDay)))
}

func TestADuplicateNamesNobody(t *testing.T) {
	files := fileRule()
	registry := must(files.Registry(filed("H-1", "mill", 1, 2), filed("H-2", "mill", 2, 1)))
	found := must(files.Duplicates(registry, mayDay))
	require.Len(t, found, 2)
	for _, each := range found {
		assert.NotContains(t, fmt.Sprintf("%v %+v %#v", each, each, each.Finding()), "19700305")
		assert.Regexp(t, `^files H-1 and H-2: one household has one file: got 999999\*+.. in both, want one file$`, each.Finding().String())
	}
}

func TestAnInspectionLooksAtFilesInForce(t *testing.T) {
	files := fileRule()
	reviewed, ended, applied := filed("H-2", "mill", 2), filed("H-3", "mill", 3), filed("H-4", "mill", 4)
	reviewed.Events = append(reviewed.Events, happened("e6", "review", "county", "2011-01-01"))
	ended.Events = append(ended.Events, happened("e6", "strike-off", "county", "2010-06-01"))
	applied.Events = applied.Events[:1]
	registry := must(files.Registry(filed("H-1", "mill", 1), reviewed, ended, applied))
	var aided union.Register
	for _, key := range []string{"H-1", "H-3"} {
		_, err := aided.Add(key)
		require.NoError(t, err)
	}
	for on, want := range map[string][]string{
		"2010-05-04": {"[]", "[]", "[]", "[]", "[]"},
		"2010-12-31": {"[H-1 H-2]", "[H-1 H-2]", "[]", "[H-2]", "[]"},
		"2011-05-04": {"[H-1 H-2]", "[H-1]", "[]", "[H-2]", "[]"},
		"2011-05-05": {"[H-1 H-2]", "[H-1]", "[H-1]", "[H-2]", "[]"},
		"2020-06-01": {"[H-1 H-2]", "[H-1 H-2]", "[H-1 H-2]", "[H-2]", "[]"},
		"2020-06-02": {"[H-1 H-2]", "[H-1 H-2]", "[H-1 H-2]", "[H-2]", "[H-3]"},
	} {
		shown := must(files.Inspect(registry, aided, day(on)))
		var got []string
		for _, list := range [][]string{shown.InForce, shown.NotReviewed, shown.Unchanged, shown.NeverAided, shown.Disposable} {
			got = append(got, fmt.Sprint(list))
		}
		assert.Equal(t, want, got, on)
		values := checkFigures(t, must(files.Figures(shown)))
		assert.Equal(t, fmt.Sprint(len(shown.InForce), "户"), values["aid.files.in_force"], on)
		sum := int64(0)
		for _, each := range shown.States {
			sum += each.Files
		}
		assert.EqualValues(t, 4, sum)
	}
	spec := files.Spec()
	spec.Unchanged = 0
	rule := must(aid.NewFileRule(spec))
	assert.Empty(t, must(rule.Inspect(must(rule.Registry(filed("H-1", "mill", 1))), aided, day("2020-01-01"))).Unchanged)
}

// drawn draws a sample of a registry with a seed.
type drawn func(aid.Registry, string) ([]string, error)

// fairSample states that a sample has three tenths of the files, rounded up, each
// once, and is the same when it is drawn again from the files in another order.
func fairSample(draw drawn) laws.Law {
	return func(r *rapid.T) error {
		n := rapid.IntRange(0, 12).Draw(r, "files")
		var there, back []aid.File
		for i := range n {
			file := filed(fmt.Sprintf("H-%02d", i), "mill", 1)
			there, back = append(there, file), append([]aid.File{file}, back...)
		}
		seed := rapid.StringMatching("[a-z]{1,4}").Draw(r, "seed")
		sample, err := draw(must(fileRule().Registry(there...)), seed)
		if err != nil {
			return err
		}
		again, err := draw(must(fileRule().Registry(back...)), seed)
		if err != nil {
			return err
		}
		seen := map[string]bool{}
		for _, key := range sample {
			seen[key] = true
		}
		if len(sample) != (3*n+9)/10 || len(seen) != len(sample) || fmt.Sprint(sample) != fmt.Sprint(again) {
			return fmt.Errorf("%v of %d files, then %v", sample, n, again)
		}
		return nil
	}
}

func TestASampleIsFair(t *testing.T) {
	on := day("2010-12-31")
	laws.Holds(t, fairSample(func(registry aid.Registry, seed string) ([]string, error) {
		return fileRule().Sample(registry, on, seed)
	}))
	laws.Rejects(t, fairSample(func(registry aid.Registry, seed string) ([]string, error) { // rounded down
		sample, err := fileRule().Sample(registry, on, seed)
		return sample[:min(len(sample), 3*registry.Len()/10)], err
	}))
	registry := must(fileRule().Registry(filed("H-1", "m", 1), filed("H-2", "m", 2), filed("H-3", "m", 3), filed("H-4", "m", 4), filed("H-5", "m", 5)))
	times := map[string]int{}
	for seed := range 500 { // every file is drawn about as often: 2 of 5
		for _, key := range must(fileRule().Sample(registry, on, fmt.Sprint(seed))) {
			times[key]++
		}
	}
	assert.Len(t, times, 5)
	for key, n := range times {
		assert.InDelta(t, 200, n, 50, key)
	}
}
