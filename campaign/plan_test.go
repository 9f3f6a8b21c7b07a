package campaign_test

import (
	"bytes"
	"encoding/json"
	"math"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/campaign"
)

func TestAPlanReadsBackWhatItWrites(t *testing.T) {
	made := plan()
	written, err := json.Marshal(made)
	require.NoError(t, err)
	var again campaign.Plan
	require.NoError(t, json.Unmarshal(written, &again))
	assert.Equal(t, made, again)
	rewritten, err := json.Marshal(again)
	require.NoError(t, err)
	assert.Equal(t, string(written), string(rewritten))
	assert.Equal(t, made.ID(), again.ID())
	assert.False(t, made.ID().IsZero())
	assert.Equal(t, "创先争优活动实施方案", made.Rule().Title)
}

func TestAPlanThatSaysSomethingElseHasAnotherIdentity(t *testing.T) {
	made := plan()
	for name, change := range map[string]func(*campaign.PlanSpec){
		"a due day":   func(s *campaign.PlanSpec) { s.Phases[0].Actions[0].Due = day("2010-05-11") },
		"a quota":     func(s *campaign.PlanSpec) { s.Quotas[0].NotesWords++ },
		"a weight":    func(s *campaign.PlanSpec) { s.Deployment.Parts[0].Weight = 2 },
		"the version": func(s *campaign.PlanSpec) { s.Version = "2" },
		"a move":      func(s *campaign.PlanSpec) { s.ServiceDay.Moved[0].Reason = "防汛" },
	} {
		spec := made.Spec()
		change(&spec)
		assert.NotEqual(t, made.ID(), must(campaign.NewPlan(spec)).ID(), name)
	}
	spec := made.Spec()
	spec.Deployment.Parts = append(spec.Deployment.Parts[:0:0], spec.Deployment.Parts...)
	assert.Equal(t, made.ID(), must(campaign.NewPlan(spec)).ID())
}

func TestAnEmptyListIsWrittenAsNoList(t *testing.T) {
	spec := plan().Spec()
	spec.Ranks, spec.Quotas = union.CodesSpec{}, nil
	bare := must(campaign.NewPlan(spec))
	spec.Ranks.Terms = []union.Term{}
	assert.Equal(t, bare.ID(), must(campaign.NewPlan(spec)).ID())
	assert.Zero(t, bare.Ranks().Len())
}

func TestAPlanSharesNothingWithItsSpec(t *testing.T) {
	made := plan()
	before := must(json.Marshal(made))
	for _, spec := range []campaign.PlanSpec{made.Spec()} {
		spec.Ranks.Terms[0].Key = "x"
		spec.Lists[0].Terms[0].Title = "x"
		spec.Phases[0].Actions[0].Evidence[0] = "x"
		spec.Phases[0].Steps[0].Key = "x"
		spec.Phases[1].Key = "x"
		spec.Milestones[0].Key = "x"
		spec.Quotas[0].Ranks[0] = "x"
		spec.Quotas[0].Hours[0].Kind = "x"
		spec.ServiceDay.Moved[0].Reason = "x"
		spec.ServiceDay.Nth = 4
		spec.Deployment.Parts[0].Key = "x"
	}
	phase, found := made.Phase("phase1")
	require.True(t, found)
	phase.Actions[0].Evidence[0] = "x"
	phase.Steps[0].Title = "x"
	assert.Equal(t, string(before), string(must(json.Marshal(made))))

	spec := made.Spec()
	again := must(campaign.NewPlan(spec))
	spec.Phases[0].Actions[0].Evidence[0] = "x"
	spec.ServiceDay.Nth = 4
	assert.Equal(t, string(before), string(must(json.Marshal(again))))
}

func TestAPlanGivesItsListsAsCodes(t *testing.T) {
	made := plan()
	assert.Equal(t, 3, made.Ranks().Len())
	assert.Equal(t, 2, made.Kinds().Len())
	assert.Equal(t, 4, made.Sources().Len())
	assert.Equal(t, 3, made.Evidence().Len())
	checks, found := made.List("five-checks")
	require.True(t, found)
	assert.Equal(t, "五查五看", checks.Rule().Title)
	assert.Equal(t, "样县总工会党组，2010年4月", checks.Rule().Source)
	assert.Equal(t, "查廉政", checks.Title(must(checks.Find("integrity"))))
	_, found = made.List("three-clarities")
	assert.False(t, found)
	assert.Equal(t, map[string]string{
		"campaign.organiser":        "样县总工会",
		"campaign.title":            "创先争优活动实施方案",
		"campaign.batch":            "[not applicable]",
		"campaign.list.five-checks": "查思想、查宗旨、查廉政、查作风、查纪律",
	}, values(made.Figures()))
}

// A key of a plan stands after a fixed word in the keys of figures, so it may be
// any word, even one of the package's own.
func TestAPlansOwnKeysNeverMeetThoseOfThePackage(t *testing.T) {
	spec := plan().Spec()
	spec.Phases[0].Key, spec.Phases[1].Key = "lookback", "团队-Phase_2"
	spec.Milestones[0].Key = "lookback"
	spec.Lists[0].Key = "title"
	spec.Sources.Terms[0].Key = "titles"
	made := must(campaign.NewPlan(spec))
	seen := map[string]bool{}
	for _, figures := range [][]union.Figure{
		must(made.Figures()), must(made.Milestones(journal(made, deeds(), nil), day("2010-06-30"))),
		must(must(made.Schedule("lookback")).Figures()), must(must(made.Schedule("团队-Phase_2")).Figures()),
		must(must(made.LookBack("lookback", journal(made, deeds(), nil), day("2010-06-30"))).Figures()),
	} {
		for _, figure := range figures {
			assert.False(t, seen[figure.Key()], figure.Key())
			seen[figure.Key()] = true
		}
	}
	for _, key := range []string{
		"campaign.phase.lookback.title", "campaign.phase.团队-Phase_2.until", "campaign.milestone.lookback",
		"campaign.list.title", "campaign.lookback.issues.source.titles", "campaign.lookback.issues.titles",
	} {
		assert.True(t, seen[key], key)
	}
}

// Each row spoils one thing in a sound plan; the fault must match the sentinel and
// name the place.
func TestNewPlanNamesEveryFault(t *testing.T) {
	moved := func(from, to string) campaign.Moved {
		return campaign.Moved{From: day(from), To: day(to), Reason: "防汛"}
	}
	for name, row := range map[string]struct {
		spoil func(*campaign.PlanSpec)
		want  error
		where string
	}{
		"no key":               {func(s *campaign.PlanSpec) { s.Key = "" }, union.ErrMissing, "key"},
		"no source":            {func(s *campaign.PlanSpec) { s.Source = "" }, union.ErrMissing, "source"},
		"no version":           {func(s *campaign.PlanSpec) { s.Version = "" }, union.ErrMissing, "version"},
		"no rounding":          {func(s *campaign.PlanSpec) { s.Rates = union.Rounding{} }, union.ErrMissing, "rates.mode"},
		"no phases":            {func(s *campaign.PlanSpec) { s.Phases = nil; s.Milestones = nil }, union.ErrMissing, "phases"},
		"phase without key":    {func(s *campaign.PlanSpec) { s.Phases[0].Key = "" }, union.ErrMissing, "phases[0].key"},
		"no organiser":         {func(s *campaign.PlanSpec) { s.Organiser = "" }, union.ErrMissing, "organiser"},
		"phase key with a dot": {func(s *campaign.PlanSpec) { s.Phases[0].Key = "phase.1" }, union.ErrText, "phases[0].key"},
		"phase key too long":   {func(s *campaign.PlanSpec) { s.Phases[0].Key = string(bytes.Repeat([]byte("a"), 65)) }, union.ErrText, "phases[0].key"},
		"phase key twice":      {func(s *campaign.PlanSpec) { s.Phases[1].Key = "phase1" }, union.ErrRepeated, "phases[1].key"},
		"phase without title":  {func(s *campaign.PlanSpec) { s.Phases[1].Title = "" }, union.ErrMissing, "phases[1].title"},
		"phase without window": {func(s *campaign.PlanSpec) {
			s.Phases[0].Window = union.Period{}
			s.Phases[0].Steps, s.Phases[0].Actions, s.Milestones = nil, nil, nil
		}, union.ErrMissing, "phases[0].window"},
		"open window without event": {func(s *campaign.PlanSpec) { s.Phases[1].Event = "" }, union.ErrMissing, "phases[1].event"},
		"end as day and as event":   {func(s *campaign.PlanSpec) { s.Phases[0].Event = "总结" }, union.ErrRepeated, "phases[0].event"},
		"step without key": {func(s *campaign.PlanSpec) {
			s.Phases[1].Steps = append(s.Phases[1].Steps, campaign.Step{Title: "整改"})
		}, union.ErrMissing, "phases[1].steps[1].key"},
		"step key twice":     {func(s *campaign.PlanSpec) { s.Phases[0].Steps[1].Key, s.Phases[0].Actions[2].Step = "launch", "launch" }, union.ErrRepeated, "phases[0].steps[1].key"},
		"step without title": {func(s *campaign.PlanSpec) { s.Phases[0].Steps[1].Title = "" }, union.ErrMissing, "phases[0].steps[1].title"},
		"step begins before": {func(s *campaign.PlanSpec) {
			s.Phases[0].Steps[0].Window = union.MustParsePeriod("2010-05-03/2010-05-20")
		}, union.ErrRange, "phases[0].steps[0].window"},
		"step ends after": {func(s *campaign.PlanSpec) {
			s.Phases[0].Steps[0].Window = union.MustParsePeriod("2010-05-04/2010-07-01")
		}, union.ErrRange, "phases[0].steps[0].window"},
		"step is open":               {func(s *campaign.PlanSpec) { s.Phases[0].Steps[0].Window = union.MustParsePeriod("2010-05-04/..") }, union.ErrRange, "phases[0].steps[0].window"},
		"action without key":         {func(s *campaign.PlanSpec) { s.Phases[0].Actions[3].Key = "" }, union.ErrMissing, "phases[0].actions[3].key"},
		"action in two phases":       {func(s *campaign.PlanSpec) { s.Phases[1].Actions[0].Key = "visit" }, union.ErrRepeated, "phases[1].actions[0].key"},
		"action without title":       {func(s *campaign.PlanSpec) { s.Phases[0].Actions[3].Title = "" }, union.ErrMissing, "phases[0].actions[3].title"},
		"action of unknown step":     {func(s *campaign.PlanSpec) { s.Phases[0].Actions[2].Step = "party" }, union.ErrUnknown, "phases[0].actions[2].step"},
		"action due too early":       {func(s *campaign.PlanSpec) { s.Phases[0].Actions[2].Due = day("2010-05-03") }, union.ErrRange, "phases[0].actions[2].due"},
		"action due too late":        {func(s *campaign.PlanSpec) { s.Phases[0].Actions[2].Due = day("2010-07-01") }, union.ErrRange, "phases[0].actions[2].due"},
		"unknown evidence":           {func(s *campaign.PlanSpec) { s.Phases[0].Actions[1].Evidence[1] = "film" }, union.ErrUnknown, "phases[0].actions[1].evidence[1]"},
		"evidence twice":             {func(s *campaign.PlanSpec) { s.Phases[0].Actions[1].Evidence[1] = "minutes" }, union.ErrRepeated, "phases[0].actions[1].evidence[1]"},
		"milestone without key":      {func(s *campaign.PlanSpec) { s.Milestones[0].Key = "" }, union.ErrMissing, "milestones[0].key"},
		"milestone without title":    {func(s *campaign.PlanSpec) { s.Milestones[0].Title = "" }, union.ErrMissing, "milestones[0].title"},
		"milestone of no action":     {func(s *campaign.PlanSpec) { s.Milestones[0].Action = "feast" }, union.ErrUnknown, "milestones[0].action"},
		"list without title":         {func(s *campaign.PlanSpec) { s.Ranks.Title = "" }, union.ErrMissing, "ranks.title"},
		"list without terms":         {func(s *campaign.PlanSpec) { s.Sources.Terms = nil }, union.ErrMissing, "sources.terms"},
		"list with a term twice":     {func(s *campaign.PlanSpec) { s.Sources.Terms[1].Key = "self" }, union.ErrRepeated, "sources.terms[1].key"},
		"further list without terms": {func(s *campaign.PlanSpec) { s.Lists[0].Terms = nil }, union.ErrMissing, "lists[0].terms"},
		"further list without key":   {func(s *campaign.PlanSpec) { s.Lists[0].Key = "" }, union.ErrMissing, "lists[0].key"},
		"further list twice":         {func(s *campaign.PlanSpec) { s.Lists = append(s.Lists, s.Lists[0]) }, union.ErrRepeated, "lists[1].key"},
		"quota of unknown rank":      {func(s *campaign.PlanSpec) { s.Quotas[0].Ranks[0] = "general" }, union.ErrUnknown, "quotas[0].ranks[0]"},
		"rank under two quotas":      {func(s *campaign.PlanSpec) { s.Quotas[1].Ranks = []string{"head", "leader"} }, union.ErrRepeated, "quotas[1].ranks[1]"},
		"two quotas for the others":  {func(s *campaign.PlanSpec) { s.Quotas[0].Ranks = nil }, union.ErrRepeated, "quotas[1]"},
		"quota that demands nothing": {func(s *campaign.PlanSpec) { s.Quotas[1] = campaign.Quota{} }, union.ErrMissing, "quotas[1]"},
		"fewer than no sessions":     {func(s *campaign.PlanSpec) { s.Quotas[0].Sessions = -1 }, union.ErrRange, "quotas[0].sessions"},
		"fewer than no words":        {func(s *campaign.PlanSpec) { s.Quotas[0].NotesWords = -1 }, union.ErrRange, "quotas[0].notes_words"},
		"fewer than no reflections":  {func(s *campaign.PlanSpec) { s.Quotas[0].Reflections = -1 }, union.ErrRange, "quotas[0].reflections"},
		"reflection of fewer words":  {func(s *campaign.PlanSpec) { s.Quotas[0].ReflectionWords = -1 }, union.ErrRange, "quotas[0].reflection_words"},
		"words of no reflection":     {func(s *campaign.PlanSpec) { s.Quotas[0].Reflections = 0 }, union.ErrMissing, "quotas[0].reflections"},
		"hours of unknown kind":      {func(s *campaign.PlanSpec) { s.Quotas[0].Hours[0].Kind = "asleep" }, union.ErrUnknown, "quotas[0].hours[0].kind"},
		"hours of a kind twice":      {func(s *campaign.PlanSpec) { s.Quotas[0].Hours = append(s.Quotas[0].Hours, s.Quotas[0].Hours[0]) }, union.ErrRepeated, "quotas[0].hours[1].kind"},
		"no hours":                   {func(s *campaign.PlanSpec) { s.Quotas[0].Hours[0].Least = union.Number{} }, union.ErrRange, "quotas[0].hours[0].least"},
		"unknown weekday":            {func(s *campaign.PlanSpec) { s.ServiceDay.Weekday = "Saturday" }, union.ErrUnknown, "service_day.weekday"},
		"no nth":                     {func(s *campaign.PlanSpec) { s.ServiceDay.Nth = 0 }, union.ErrRange, "service_day.nth"},
		"fifth Saturday":             {func(s *campaign.PlanSpec) { s.ServiceDay.Nth = 5 }, union.ErrRange, "service_day.nth"},
		"moved from another day":     {func(s *campaign.PlanSpec) { s.ServiceDay.Moved[0].From = day("2010-10-03") }, union.ErrUnknown, "service_day.moved[0].from"},
		"moved from no day":          {func(s *campaign.PlanSpec) { s.ServiceDay.Moved[0].From = union.Date{} }, union.ErrUnknown, "service_day.moved[0].from"},
		"moved twice": {func(s *campaign.PlanSpec) {
			s.ServiceDay.Moved = append(s.ServiceDay.Moved, moved("2010-10-02", "2010-10-17"))
		}, union.ErrRepeated, "service_day.moved[1].from"},
		"moved nowhere":       {func(s *campaign.PlanSpec) { s.ServiceDay.Moved[0].To = union.Date{} }, union.ErrMissing, "service_day.moved[0].to"},
		"moved onto itself":   {func(s *campaign.PlanSpec) { s.ServiceDay.Moved[0].To = day("2010-10-02") }, union.ErrRepeated, "service_day.moved[0].to"},
		"moved onto the next": {func(s *campaign.PlanSpec) { s.ServiceDay.Moved[0].To = day("2010-11-06") }, union.ErrRepeated, "service_day.moved[0].to"},
		"two moved to one day": {func(s *campaign.PlanSpec) {
			s.ServiceDay.Moved = append(s.ServiceDay.Moved, moved("2010-11-06", "2010-10-16"))
		}, union.ErrRepeated, "service_day.moved[1].to"},
		"moved without reason": {func(s *campaign.PlanSpec) { s.ServiceDay.Moved[0].Reason = "" }, union.ErrMissing, "service_day.moved[0].reason"},
		"part without key":     {func(s *campaign.PlanSpec) { s.Deployment.Parts[1].Key = "" }, union.ErrMissing, "deployment.parts[1].key"},
		"part twice":           {func(s *campaign.PlanSpec) { s.Deployment.Parts[1].Key = "grassroots" }, union.ErrRepeated, "deployment.parts[1].key"},
		"part without title":   {func(s *campaign.PlanSpec) { s.Deployment.Parts[1].Title = "" }, union.ErrMissing, "deployment.parts[1].title"},
		"weight below zero":    {func(s *campaign.PlanSpec) { s.Deployment.Parts[1].Weight = -1 }, union.ErrRange, "deployment.parts[1].weight"},
		"weights all zero": {func(s *campaign.PlanSpec) {
			for i := range s.Deployment.Parts {
				s.Deployment.Parts[i].Weight = 0
			}
		}, union.ErrUndefined, "deployment"},
		"weights too large": {func(s *campaign.PlanSpec) { s.Deployment.Parts[0].Weight = math.MaxInt64 }, union.ErrOverflow, "deployment"},
		"text not in UTF-8": {func(s *campaign.PlanSpec) { s.Phases[0].Title = "\xff" }, union.ErrText, ""},
	} {
		t.Run(name, func(t *testing.T) {
			spec := plan().Spec()
			row.spoil(&spec)
			made, err := campaign.NewPlan(spec)
			require.ErrorIs(t, err, row.want)
			assert.Zero(t, made.ID())
			faults := union.Faults(err)
			require.Len(t, faults, 1, "one fault was put in: %v", err)
			require.ErrorIs(t, faults[0], row.want)
			if row.where != "" {
				assert.Contains(t, faults[0].Where, row.where)
			}
		})
	}
}

func TestNewPlanReportsAllFaultsAtOnce(t *testing.T) {
	spec := plan().Spec()
	spec.Key = ""
	spec.Phases[0].Title = ""
	spec.Deployment.Parts[0].Weight = -1
	spec.Deployment.Parts[2].Weight = -1
	_, err := campaign.NewPlan(spec)
	assert.Len(t, union.Faults(err), 4)
	_, err = campaign.NewPlan(campaign.PlanSpec{})
	assert.Len(t, union.Faults(err), 7, "key, version, title, source, organiser, rates, phases: %v", err)
}

func TestAWindowMayOverlapAnotherAndAStepMayBeOpenInAnOpenPhase(t *testing.T) {
	spec := plan().Spec()
	spec.Phases[1].Window = union.MustParsePeriod("2010-06-01/..")
	spec.Phases[1].Steps[0].Window = union.MustParsePeriod("2010-06-01/..")
	_, err := campaign.NewPlan(spec)
	require.NoError(t, err)
}

func TestAStepMayTakeTheWholePhase(t *testing.T) {
	spec := plan().Spec()
	spec.Phases[0].Steps[0].Window = spec.Phases[0].Window
	_, err := campaign.NewPlan(spec)
	require.NoError(t, err)
}

func TestAServiceDayMayMoveOntoOneThatMovesAway(t *testing.T) {
	spec := plan().Spec()
	spec.ServiceDay.Moved = []campaign.Moved{
		{From: day("2010-10-02"), To: day("2010-11-06"), Reason: "国庆放假"},
		{From: day("2010-11-06"), To: day("2010-11-13"), Reason: "让给十月的一次"},
	}
	_, err := campaign.NewPlan(spec)
	require.NoError(t, err)
}

func TestAPlanIsReadStrictly(t *testing.T) {
	for name, row := range map[string]struct {
		old, new string
		want     error
	}{
		"another kind of document": {`"campaign.plan/1"`, `"campaign.group/1"`, union.ErrUnknown},
		"a newer document":         {`"campaign.plan/1"`, `"campaign.plan/2"`, union.ErrUnknown},
		"an unknown member":        {`"due": "2010-05-10"`, `"deadline": "2010-05-10"`, union.ErrUnknown},
		"a member twice":           {`"version": "1"`, `"version": "1", "version": "2"`, union.ErrRepeated},
		"a window that ends first": {`"2010-05-04/2010-06-30"`, `"2010-05-04/2010-04-30"`, union.ErrOrder},
		"a day that is not":        {`"due": "2010-05-10"`, `"due": "2010-06-31"`, union.ErrRange},
		"null":                     {`"nth": 1`, `"nth": null`, union.ErrText},
		"a fault of the plan":      {`"nth": 1`, `"nth": 5`, union.ErrRange},
	} {
		t.Run(name, func(t *testing.T) {
			text := bytes.Replace(planText(), []byte(row.old), []byte(row.new), 1)
			require.NotEqual(t, planText(), text)
			made := plan()
			before := made
			require.ErrorIs(t, made.UnmarshalJSON(text), row.want)
			assert.Equal(t, before, made, "a refused document changes nothing")
		})
	}
}

func TestTheZeroPlanKnowsNothing(t *testing.T) {
	var none campaign.Plan
	_, err := none.Judge("phase1", none.Journal(), day("2010-05-04"))
	require.ErrorIs(t, err, union.ErrRule)
	_, err = none.Schedule("phase1")
	require.ErrorIs(t, err, union.ErrUnknown)
	_, err = none.Course(must(campaign.NewRoster(members())), nil)
	require.ErrorIs(t, err, union.ErrMissing)
	_, err = none.Deploy(3)
	require.ErrorIs(t, err, union.ErrUnknown)
	assert.Equal(t, map[string]string{
		"campaign.organiser": "[not applicable]", "campaign.title": "[not applicable]", "campaign.batch": "[not applicable]",
	}, values(none.Figures()))
	_, err = none.Milestones(none.Journal(), day("2010-05-04"))
	require.ErrorIs(t, err, union.ErrRule)
	assert.Zero(t, none.Sources().Len())
	assert.Empty(t, none.Spec().Phases)
	_, err = none.MarshalJSON()
	require.Error(t, err)
	_, err = campaign.LeadingGroup{}.MarshalJSON()
	require.Error(t, err)
	_, err = campaign.LeadingGroup{}.Reveal()
	require.Error(t, err)
}

// Zero values are arguments like any other: none of them panics.
func TestTheZeroCourseRefusesEveryRecord(t *testing.T) {
	var none campaign.Course
	a, w := none.Attendance(day("2010-05-04")), none.Writings(day("2010-05-04"))
	require.ErrorIs(t, none.AddMark(&a, campaign.AttendanceMark{}), union.ErrUnknown)
	require.ErrorIs(t, a.Add(campaign.Presence{}), union.ErrRule)
	require.ErrorIs(t, none.AddNotes(&w, campaign.Notes{}), union.ErrUnknown)
	require.ErrorIs(t, none.AddReflection(&w, campaign.Reflection{}), union.ErrUnknown)
	assert.Equal(t, "[undefined]", values(none.AttendanceFigures(a))["campaign.study.attendance"])
	assert.Equal(t, "0字", values(none.WritingFigures(w))["campaign.notes.words"])
	assert.Empty(t, must(none.Check(a, w)))
	assert.True(t, must(none.Throughout(a)).Holds())
	assert.Empty(t, none.Sessions())
	assert.Zero(t, none.Roster().Len())
	assert.NotEmpty(t, must(campaign.Schedule{}.Figures()))
	assert.True(t, campaign.LookBack{}.Verdict().Holds())
	_, timed := campaign.Phase{}.DueDay(campaign.Action{})
	assert.False(t, timed)
}

func TestAPlanMayHaveKindsOfStudyAndNoRanks(t *testing.T) {
	spec := plan().Spec()
	spec.Ranks, spec.Quotas = union.CodesSpec{}, nil
	made := must(campaign.NewPlan(spec))
	assert.Zero(t, made.Ranks().Len())
	assert.Equal(t, 2, made.Kinds().Len())
	assert.Equal(t, 4, made.Sources().Len())
}

func TestAQuotaMayAskForOneThingAlone(t *testing.T) {
	for name, quota := range map[string]campaign.Quota{
		"sessions":    {Sessions: 1},
		"hours":       {Hours: []campaign.KindHours{{Least: union.Whole(1)}}},
		"notes":       {NotesWords: 1},
		"reflections": {Reflections: 1},
		"surveys":     {Surveys: 1},
	} {
		spec := plan().Spec()
		spec.Quotas = []campaign.Quota{quota}
		_, err := campaign.NewPlan(spec)
		require.NoError(t, err, name)
	}
}
