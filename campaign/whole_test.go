package campaign_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/campaign"
)

// Each row spoils one thing in the whole plan.
func TestNewPlanNamesEveryFaultOfItsCourses(t *testing.T) {
	dead := func(s *union.ProcedureSpec) { s.States[0].Title = "" }
	for name, row := range map[string]struct {
		spoil func(*campaign.PlanSpec)
		want  error
		where string
	}{
		"after what is not":        {func(s *campaign.PlanSpec) { s.Phases[0].Actions[1].After[0] = "feast" }, union.ErrUnknown, "phases[0].actions[1].after[0]"},
		"after what stands later":  {func(s *campaign.PlanSpec) { s.Phases[0].Actions[1].After[0] = "ballot" }, union.ErrOrder, "phases[0].actions[1].after[0]"},
		"after itself":             {func(s *campaign.PlanSpec) { s.Phases[0].Actions[1].After[0] = "study" }, union.ErrOrder, "phases[0].actions[1].after[0]"},
		"after the same twice":     {func(s *campaign.PlanSpec) { s.Phases[0].Actions[1].After = []string{"rally", "rally"} }, union.ErrRepeated, "phases[0].actions[1].after[1]"},
		"an approval of no state":  {func(s *campaign.PlanSpec) { s.Approval.Approved = nil }, union.ErrMissing, "approval.approved"},
		"an approval unknown":      {func(s *campaign.PlanSpec) { s.Approval.Approved[0] = "blessed" }, union.ErrUnknown, "approval.approved[0]"},
		"an approval of no course": {func(s *campaign.PlanSpec) { dead(&s.Approval.Procedure) }, union.ErrMissing, "approval.procedure.states[0].title"},
		"a role of no name":        {func(s *campaign.PlanSpec) { s.Waiving[0] = "" }, union.ErrMissing, "waiving[0]"},
		"a role twice":             {func(s *campaign.PlanSpec) { s.Waiving = append(s.Waiving, "superior") }, union.ErrRepeated, "waiving[1]"},
		"a threshold of no key":    {func(s *campaign.PlanSpec) { s.Thresholds[1].Key = "" }, union.ErrMissing, "thresholds[1].key"},
		"a threshold twice":        {func(s *campaign.PlanSpec) { s.Thresholds[1].Key = "satisfied" }, union.ErrRepeated, "thresholds[1].key"},
		"a threshold of no title":  {func(s *campaign.PlanSpec) { s.Thresholds[1].Title = "" }, union.ErrMissing, "thresholds[1].title"},
		"a threshold of no phase":  {func(s *campaign.PlanSpec) { s.Thresholds[0].Phases[0] = "end" }, union.ErrUnknown, "thresholds[0].phases[0]"},
		"a threshold with a hole": {func(s *campaign.PlanSpec) {
			s.Thresholds[1].Bands.List[0].In = union.MustParseInterval("[0,94)")
		}, union.ErrHole, "thresholds[1].bands.list[1]"},
		"a band without effect":   {func(s *campaign.PlanSpec) { s.Thresholds[1].Effects = s.Thresholds[1].Effects[1:] }, union.ErrUnknown, "thresholds[1].bands.list[0].key"},
		"an effect without title": {func(s *campaign.PlanSpec) { s.Thresholds[1].Effects[1].Title = "" }, union.ErrMissing, "thresholds[1].effects[1].title"},
		"an effect without band": {func(s *campaign.PlanSpec) {
			s.Thresholds[1].Effects = append(s.Thresholds[1].Effects, campaign.Effect{Key: "never", Title: "无"})
		}, union.ErrUnknown, "thresholds[1].effects[2].key"},
		"a gate of no course": {func(s *campaign.PlanSpec) { dead(&s.Gate.Procedure) }, union.ErrMissing, "gate.procedure.states[0].title"},
		"a gate that files nothing": {func(s *campaign.PlanSpec) {
			s.Gate.Procedure.Transitions[0].Event = "hand-in" // and files again by another event
			s.Gate.Procedure.Transitions[3].NotBy = []string{"sum-up"}
			s.Gate.Files = "sum-up"
		}, union.ErrGraph, "gate.procedure"},
		"a gate with a way round after a pause": {func(s *campaign.PlanSpec) {
			accept := s.Gate.Procedure.Transitions[3]
			accept.Event, accept.From = "wave-through", "paused"
			s.Gate.Procedure.States = append(s.Gate.Procedure.States, union.State{Key: "paused", Title: "暂停"})
			s.Gate.Procedure.Transitions = append(s.Gate.Procedure.Transitions,
				union.Transition{Event: "pause", Title: "暂停", From: "open", To: "paused"},
				union.Transition{Event: "resume", Title: "恢复", From: "paused", To: "open"}, accept)
		}, union.ErrGraph, "gate.procedure"},
		"a gate that files no event":      {func(s *campaign.PlanSpec) { s.Gate.Files = "whisper" }, union.ErrUnknown, "gate.files"},
		"a gate that returns by no event": {func(s *campaign.PlanSpec) { s.Gate.Returns[0] = "shout" }, union.ErrUnknown, "gate.returns[0]"},
		"a gate that anybody opens":       {func(s *campaign.PlanSpec) { s.Gate.Procedure.Transitions[3].By = nil }, union.ErrMissing, "gate.procedure.transitions[3].by"},
		"a gate opened by who files":      {func(s *campaign.PlanSpec) { s.Gate.Procedure.Transitions[3].NotBy = nil }, union.ErrMissing, "gate.procedure.transitions[3].not_by"},
		"a return that closes":            {func(s *campaign.PlanSpec) { s.Gate.Returns = append(s.Gate.Returns, "accept") }, union.ErrGraph, "gate.procedure.transitions[3].event"},
		"mending of no course":            {func(s *campaign.PlanSpec) { dead(&s.Rectification.Procedure) }, union.ErrMissing, "rectification.procedure.states[0].title"},
		"mending that never ends":         {func(s *campaign.PlanSpec) { s.Rectification.Closed = nil }, union.ErrMissing, "rectification.closed"},
		"mended from the first":           {func(s *campaign.PlanSpec) { s.Rectification.Closed[0] = "open" }, union.ErrUnknown, "rectification.closed[0]"},
		"mended and explained":            {func(s *campaign.PlanSpec) { s.Rectification.Explained[0] = "closed" }, union.ErrUnknown, "rectification.explained[0]"},
		"explained twice":                 {func(s *campaign.PlanSpec) { s.Rectification.Explained = []string{"explained", "explained"} }, union.ErrRepeated, "rectification.explained[1]"},
		"kinds of no list":                {func(s *campaign.PlanSpec) { s.Rectification.Kinds = "five-songs" }, union.ErrUnknown, "rectification.kinds"},
		"a class of no key":               {func(s *campaign.PlanSpec) { s.Rectification.Deadlines[2].Key = "" }, union.ErrMissing, "rectification.deadlines[2].key"},
		"a class of no title":             {func(s *campaign.PlanSpec) { s.Rectification.Deadlines[2].Title = "" }, union.ErrMissing, "rectification.deadlines[2].title"},
		"fewer days than none":            {func(s *campaign.PlanSpec) { s.Rectification.Deadlines[0].Days = -1 }, union.ErrRange, "rectification.deadlines[0].days"},
		"days and a day":                  {func(s *campaign.PlanSpec) { s.Rectification.Deadlines[1].Days = 1 }, union.ErrRepeated, "rectification.deadlines[1].days"},
		"promises of no course":           {func(s *campaign.PlanSpec) { dead(&s.Promises.Procedure) }, union.ErrMissing, "promises.procedure.states[0].title"},
		"promises never kept":             {func(s *campaign.PlanSpec) { s.Promises.Kept = nil }, union.ErrMissing, "promises.kept"},
		"promises kept nowhere":           {func(s *campaign.PlanSpec) { s.Promises.Kept[0] = "sung" }, union.ErrUnknown, "promises.kept[0]"},
		"promises kept and broken":        {func(s *campaign.PlanSpec) { s.Promises.Broken[0] = "kept" }, union.ErrUnknown, "promises.broken[0]"},
		"a cadence of no title":           {func(s *campaign.PlanSpec) { s.Promises.Cadence[0].Title = "" }, union.ErrMissing, "promises.cadence[0].title"},
		"a cadence twice":                 {func(s *campaign.PlanSpec) { s.Promises.Cadence[1].Key = "quarter" }, union.ErrRepeated, "promises.cadence[1].key"},
		"a cadence of five months":        {func(s *campaign.PlanSpec) { s.Promises.Cadence[0].Months = 5 }, union.ErrRange, "promises.cadence[0].months"},
		"a cadence of no months":          {func(s *campaign.PlanSpec) { s.Promises.Cadence[0].Months = 0 }, union.ErrRange, "promises.cadence[0].months"},
		"an analysis of no title":         {func(s *campaign.PlanSpec) { s.Analysis.Title = "" }, union.ErrMissing, "analysis.title"},
		"an analysis of nothing":          {func(s *campaign.PlanSpec) { s.Analysis.Parts = nil }, union.ErrMissing, "analysis.parts"},
		"an analysis of no list":          {func(s *campaign.PlanSpec) { s.Analysis.Parts[1].List = "five-songs" }, union.ErrUnknown, "analysis.parts[1].list"},
		"an analysis of a list twice":     {func(s *campaign.PlanSpec) { s.Analysis.Parts[1].List = "five-checks" }, union.ErrRepeated, "analysis.parts[1].list"},
		"an analysis in fewer words":      {func(s *campaign.PlanSpec) { s.Analysis.Words = -1 }, union.ErrRange, "analysis.words"},
		"a part in fewer words":           {func(s *campaign.PlanSpec) { s.Analysis.Parts[0].Words = -1 }, union.ErrRange, "analysis.parts[0].words"},
		"an analysis by no rank":          {func(s *campaign.PlanSpec) { s.Analysis.Ranks = []string{"general"} }, union.ErrUnknown, "analysis.ranks[0]"},
		"a talk of no title":              {func(s *campaign.PlanSpec) { s.Talks[0].Title = "" }, union.ErrMissing, "talks[0].title"},
		"a talk never held":               {func(s *campaign.PlanSpec) { s.Talks[0].Times = 0 }, union.ErrRange, "talks[0].times"},
		"a talk with no rank":             {func(s *campaign.PlanSpec) { s.Talks[0].Ranks = []string{"general"} }, union.ErrUnknown, "talks[0].ranks[0]"},
		"a talk by no rank":               {func(s *campaign.PlanSpec) { s.Talks[0].By[0] = "general" }, union.ErrUnknown, "talks[0].by[0]"},
		"a speciality of no title":        {func(s *campaign.PlanSpec) { s.ServiceDay.Specialities.Terms[0].Title = "" }, union.ErrMissing, "service_day.specialities.terms[0].title"},
		"fewer hours than none":           {func(s *campaign.PlanSpec) { s.ServiceDay.Hours = union.Whole(-1) }, union.ErrRange, "service_day.hours"},
		"fewer points than none":          {func(s *campaign.PlanSpec) { s.ServiceDay.Points = union.Whole(-1) }, union.ErrRange, "service_day.points"},
		"a deployment by no rule":         {func(s *campaign.PlanSpec) { s.Deployment.By = "favour" }, union.ErrUnknown, "deployment.by"},
		"fewer months than none":          {func(s *campaign.PlanSpec) { s.Deployment.Months = -1 }, union.ErrRange, "deployment.months"},
		"fewer surveys than none":         {func(s *campaign.PlanSpec) { s.Quotas = []campaign.Quota{{Sessions: 1, Surveys: -1}} }, union.ErrRange, "quotas[0].surveys"},
	} {
		t.Run(name, func(t *testing.T) {
			spec := whole().Spec()
			row.spoil(&spec)
			_, err := campaign.NewPlan(spec)
			require.ErrorIs(t, err, row.want)
			require.Len(t, union.Faults(err), 1, "one fault was put in: %v", err)
			assert.Equal(t, row.where, union.Faults(err)[0].Where)
		})
	}
}

func TestTheWholePlanReadsBackAndSharesNothing(t *testing.T) {
	p := whole()
	var again campaign.Plan
	require.NoError(t, json.Unmarshal(must(json.Marshal(p)), &again))
	assert.Equal(t, p, again)
	before := string(must(json.Marshal(p)))
	spec := p.Spec()
	spec.Phases[0].Actions[1].After[0] = "x"
	spec.Approval.Approved[0], spec.Approval.Procedure.States[0].Key = "x", "x"
	spec.Gate.Returns[0], spec.Gate.Procedure.Transitions[0].Evidence[0], spec.Gate.Procedure.Transitions[3].By[0] = "x", "x", "x"
	spec.Thresholds[0].Bands.List[0].Key, spec.Thresholds[0].Effects[0].Key, spec.Thresholds[0].Phases[0] = "x", "x", "x"
	spec.Rectification.Closed[0], spec.Rectification.Deadlines[0].Key = "x", "x"
	spec.Promises.Kept[0], spec.Promises.Cadence[0].Key = "x", "x"
	spec.Analysis.Parts[0].List, spec.Talks[0].By[0], spec.Waiving[0] = "x", "x", "x"
	spec.ServiceDay.Specialities.Terms[0].Key, spec.Deployment.Parts[0].Key = "x", "x"
	assert.Equal(t, before, string(must(json.Marshal(p))))
	assert.Equal(t, "第二批", values(p.Figures())["campaign.batch"])
}

func TestASurveyIsCountedAgainstTheQuotaOfItsRank(t *testing.T) {
	spec := plan().Spec()
	spec.Quotas = []campaign.Quota{{Ranks: []string{"leader"}, Surveys: 1}}
	people := members()
	people[2].Rank = "leader"
	c := must(must(campaign.NewPlan(spec)).Course(must(campaign.NewRoster(people)), sessions()))
	tally := c.Writings(day("2010-06-30"))
	survey := campaign.Survey{Person: "p1", Day: day("2010-06-03"), Title: "企业用工"}
	require.NoError(t, c.AddSurvey(&tally, survey))
	survey.Day = day("2010-07-01")
	require.NoError(t, c.AddSurvey(&tally, survey), "still to come")
	read := values(c.WritingFigures(tally))
	assert.Equal(t, "1次", read["campaign.surveys"])
	assert.Equal(t, "1人", read["campaign.surveys.members"])
	assert.Equal(t, "33.33%", read["campaign.surveys.met"], "three are of the rank")
	a := c.Attendance(day("2010-06-30"))
	assert.True(t, must(c.Judge("p1", a, tally)).Holds())
	assert.Len(t, must(c.Judge("p1", a, tally)).Reasons, 1, "nothing else is asked for")
	assert.Equal(t, "member p2: surveys: got 0, want at least 1", must(c.Judge("p2", a, tally)).Failed()[0].String())
	for name, row := range map[string]struct {
		survey campaign.Survey
		want   error
	}{
		"a stranger": {campaign.Survey{Person: "p9", Day: day("2010-06-03"), Title: "t"}, union.ErrUnknown},
		"no day":     {campaign.Survey{Person: "p1", Title: "t"}, union.ErrMissing},
		"no title":   {campaign.Survey{Person: "p1", Day: day("2010-06-03")}, union.ErrMissing},
	} {
		require.ErrorIs(t, c.AddSurvey(&tally, row.survey), row.want, name)
	}
	require.ErrorIs(t, c.AddSurvey(nil, survey), union.ErrMissing)
}

// Phases may overlap and still close one after the other; a plan that is not asked for
// an approval or a gate has none.
func TestAPhaseMayBeWorkedOnBeforeTheOneBeforeItIsClosed(t *testing.T) {
	p := whole()
	j := noted(p, append(append([]string{}, firstPhase[:6]...),
		`{"id": "d4", "on": "2010-06-14", "deed": {"action": "analysis"}}`,
		`{"id": "d5", "on": "2010-06-14", "deed": {"action": "ballot"}}`,
		`{"id": "g3", "on": "2010-06-15", "event": {"of": "phase", "key": "mend", "event": "sum-up", "by": "office", "evidence": ["minutes"]}}`)...)
	err := p.Add(&j, entry(`{"id": "g4", "on": "2010-06-16", "event": {"of": "phase", "key": "mend", "event": "accept", "by": "county-1", "role": "superior"}}`))
	require.ErrorIs(t, err, campaign.ErrNotDone)
	assert.Contains(t, err.Error(), "launch: is not done yet: got not yet, want closed before")
	for _, text := range firstPhase[6:] {
		require.NoError(t, p.Add(&j, entry(text)))
	}
	require.NoError(t, p.Add(&j, entry(`{"id": "g4", "on": "2010-06-20", "event": {"of": "phase", "key": "mend", "event": "accept", "by": "county-1", "role": "superior"}}`)))
	assert.Equal(t, "closed", must(p.Judge("mend", j, day("2010-06-20"))).Answer)
}

// What is found later and would have barred a phase shows in the review: the phase was
// not ready on the day on which it was accepted.
func TestWhatIsNotedLaterShowsThatAPhaseWasNotReady(t *testing.T) {
	p := whole()
	j := noted(p, firstPhase...)
	require.NoError(t, p.Add(&j, entry(`{"id": "r2", "on": "2010-06-13", "reading": {"threshold": "satisfied", "phase": "launch", "value": "41"}}`)))
	assert.Equal(t, "incomplete", must(p.Judge("launch", j, day("2010-06-30"))).Answer)
	found := must(p.Check(j, day("2010-06-30")))
	require.Len(t, found, 1)
	assert.Equal(t, `phase launch, entry "g2": state "summed-up", event "accept".satisfied: is not done yet: got 41: again, want one of no-honours, pass`, found[0].String())
	// And a further event of the phase goes on from there.
	require.NoError(t, p.Add(&j, entry(`{"id": "r3", "on": "2010-06-25", "reading": {"threshold": "satisfied", "phase": "launch", "value": "88"}}`)))
	require.NoError(t, p.Add(&j, entry(`{"id": "g5", "on": "2010-06-28", "event": {"of": "phase", "key": "launch", "event": "accept", "by": "county-1", "role": "superior"}}`)))
	assert.Equal(t, "closed", must(p.Judge("launch", j, day("2010-06-30"))).Answer)
}

// FuzzPlan_Add notes whatever lines of JSON say. Nothing panics, what is refused changes
// nothing, and what is noted can be looked back on.
func FuzzPlan_Add(f *testing.F) {
	f.Add(strings.Join(firstPhase, "\n"))
	f.Add(strings.Join(issueCourse, "\n"))
	f.Add(strings.Join(slices.Concat(promiseCourse, targetCourse), "\n"))
	f.Add(strings.ReplaceAll(strings.Join(dutyCourse, "\r"), "\n", " "))
	f.Add(`{"id": "a", "on": "0001-01-01", "issue": {"title": "t", "phase": "launch", "source": "self", "deadline": "at-once", "within": "a"}}`)
	f.Add(`{"id": "a", "on": "9999-12-31", "issue": {"title": "t", "phase": "launch", "source": "self", "deadline": "at-once"}}`)
	f.Fuzz(func(t *testing.T, lines string) {
		p := whole()
		j := p.Journal()
		for line := range strings.Lines(lines) {
			var each campaign.Entry
			if json.Unmarshal([]byte(line), &each) != nil {
				continue
			}
			before := text(j)
			if err := p.Add(&j, each); err != nil {
				require.NotEmpty(t, union.Faults(err))
				require.Equal(t, before, text(j))
			}
		}
		require.NotEmpty(t, tellAll(j, day("2010-06-20")))
		for _, phase := range []string{"launch", "mend"} {
			require.NotEmpty(t, must(p.Judge(phase, j, day("9999-12-31"))).Answer)
		}
	})
}
