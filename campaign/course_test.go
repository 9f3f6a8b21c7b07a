package campaign_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/campaign"
)

func TestARosterListsEachPersonOnce(t *testing.T) {
	roster, err := campaign.NewRoster(members())
	require.NoError(t, err)
	assert.Equal(t, 4, roster.Len())
	assert.Equal(t, members(), roster.Members())
	at, err := roster.Find("p3")
	require.NoError(t, err)
	assert.Equal(t, 2, at)
	_, err = roster.Find("p9")
	require.ErrorIs(t, err, union.ErrUnknown)
	assert.Equal(t, map[string]string{"campaign.members": "4人"}, values(roster.Figures()))
	assert.Equal(t, map[string]string{"campaign.members": "[unknown]"}, values(campaign.Roster{}.Figures()))

	roster.Members()[0].Person = "x"
	given := members()
	kept := must(campaign.NewRoster(given))
	given[0].Person = "x"
	assert.Equal(t, "p1", kept.Members()[0].Person)
}

func TestNewRosterNamesEveryFault(t *testing.T) {
	for name, row := range map[string]struct {
		people []string
		want   error
		where  string
	}{
		"nobody":                   {nil, union.ErrMissing, "roster"},
		"no token":                 {[]string{"p1", ""}, union.ErrMissing, "roster[1].person"},
		"a person twice":           {[]string{"p1", "p2", "p1"}, union.ErrRepeated, "roster[2].person"},
		"a token with a space":     {[]string{"p 1"}, union.ErrText, "roster[0].person"},
		"an identity number":       {[]string{"11010519491231002X"}, union.ErrText, "roster[0].person"},
		"a token that is too long": {[]string{string(make([]byte, 65))}, union.ErrRange, "roster[0].person"},
	} {
		t.Run(name, func(t *testing.T) {
			var people []campaign.Member
			for _, person := range row.people {
				people = append(people, campaign.Member{Person: person})
			}
			_, err := campaign.NewRoster(people)
			require.ErrorIs(t, err, row.want)
			require.Len(t, union.Faults(err), 1)
			assert.Equal(t, row.where, union.Faults(err)[0].Where)
			assert.NotContains(t, err.Error(), "110105")
		})
	}
}

func TestACoursePutsSessionsInTheOrderOfDays(t *testing.T) {
	c := course()
	var keys []string
	for _, session := range c.Sessions() {
		keys = append(keys, session.Key)
	}
	assert.Equal(t, []string{"s1", "s2", "s3"}, keys)
	c.Sessions()[0].Key = "x"
	assert.Equal(t, "s1", c.Sessions()[0].Key)
	assert.Equal(t, 4, c.Roster().Len())
}

func TestSessionsOfOneDayKeepTheirOrder(t *testing.T) {
	var held []campaign.Session
	for i := range 40 {
		held = append(held, campaign.Session{
			Key: fmt.Sprintf("s%d", i), Day: must(day("2010-05-15").AddDays(-i % 2)), Hours: union.Whole(1), Title: "集中学习",
		})
	}
	c := must(plan().Course(must(campaign.NewRoster(members())), held))
	for i, session := range c.Sessions() {
		// The twenty of the day before are those of odd numbers.
		want := 2*i + 1
		if i >= 20 {
			want = 2 * (i - 20)
		}
		assert.Equal(t, fmt.Sprintf("s%d", want), session.Key)
	}
}

func TestCourseNamesEveryFault(t *testing.T) {
	for name, row := range map[string]struct {
		spoil func([]campaign.Member, []campaign.Session)
		want  error
		where string
	}{
		"a rank that is not":          {func(m []campaign.Member, _ []campaign.Session) { m[2].Rank = "general" }, union.ErrUnknown, "roster[2].rank"},
		"a session without key":       {func(_ []campaign.Member, s []campaign.Session) { s[1].Key = "" }, union.ErrMissing, "sessions[1].key"},
		"a session twice":             {func(_ []campaign.Member, s []campaign.Session) { s[1].Key = "s2" }, union.ErrRepeated, "sessions[1].key"},
		"a key that is not":           {func(_ []campaign.Member, s []campaign.Session) { s[1].Key = "第一 次" }, union.ErrText, "sessions[1].key"},
		"a session without title":     {func(_ []campaign.Member, s []campaign.Session) { s[1].Title = "" }, union.ErrMissing, "sessions[1].title"},
		"a session without day":       {func(_ []campaign.Member, s []campaign.Session) { s[1].Day = union.Date{} }, union.ErrMissing, "sessions[1].day"},
		"a session of no hours":       {func(_ []campaign.Member, s []campaign.Session) { s[1].Hours = union.Number{} }, union.ErrRange, "sessions[1].hours"},
		"a session of fewer than no":  {func(_ []campaign.Member, s []campaign.Session) { s[1].Hours = union.Whole(-1) }, union.ErrRange, "sessions[1].hours"},
		"a kind of study that is not": {func(_ []campaign.Member, s []campaign.Session) { s[1].Kind = "asleep" }, union.ErrUnknown, "sessions[1].kind"},
	} {
		t.Run(name, func(t *testing.T) {
			people, held := members(), sessions()
			row.spoil(people, held)
			_, err := plan().Course(must(campaign.NewRoster(people)), held)
			require.ErrorIs(t, err, row.want)
			require.Len(t, union.Faults(err), 1)
			assert.Equal(t, row.where, union.Faults(err)[0].Where)
		})
	}
	_, err := plan().Course(campaign.Roster{}, nil)
	require.ErrorIs(t, err, union.ErrMissing)
}

func TestACourseIsIdentifiedByPlanMembersAndSessions(t *testing.T) {
	c := course()
	assert.Equal(t, c.ID(), course().ID())
	fewer := must(plan().Course(must(campaign.NewRoster(members()[:3])), sessions()))
	assert.NotEqual(t, c.ID(), fewer.ID())
	shorter := must(plan().Course(must(campaign.NewRoster(members())), sessions()[:2]))
	assert.NotEqual(t, c.ID(), shorter.ID())
	spec := plan().Spec()
	spec.Version = "2"
	later := must(must(campaign.NewPlan(spec)).Course(must(campaign.NewRoster(members())), sessions()))
	assert.NotEqual(t, c.ID(), later.ID())
	nameless := members()
	nameless[0].Name = union.Name{}
	assert.Equal(t, c.ID(), must(plan().Course(must(campaign.NewRoster(nameless)), sessions())).ID(), "names are no part of it")
}

// By hand, for the fixture on 30 June. p1 attended all; p2 wrote one word too few
// and a reflection too short; p3 is under the quota of all others and meets it; p4
// attended 2.5 hours, and 3 more may have been.
func TestCheckFindsWhatIsOwed(t *testing.T) {
	c := course()
	owed, err := c.Check(attendance(c, "2010-06-30"), writings(c, "2010-06-30"))
	require.NoError(t, err)
	assert.Equal(t, []union.Finding{
		{Where: "member p2", Rule: "words of notes", Got: "9999", Want: "at least 10000"},
		{Where: "member p2", Rule: "reflections", Got: "1, of which 0 long enough", Want: "at least 2 of 3000 words or more"},
		{Where: "member p4", Rule: "hours of study", Got: "2.5", Want: "at least 4"},
		{Where: "member p4", Rule: "words of notes", Got: "0", Want: "at least 6000"},
		{Where: "member p4", Rule: "reflections", Got: "0, of which 0 long enough", Want: "at least 1 of 1000 words or more"},
	}, owed)
}

func TestJudgeOfAMemberTellsEveryDemand(t *testing.T) {
	c := course()
	a, w := attendance(c, "2010-06-30"), writings(c, "2010-06-30")
	verdict, err := c.Judge("p1", a, w)
	require.NoError(t, err)
	assert.True(t, verdict.Holds())
	assert.Equal(t, "study of member p1 on 2010-06-30", verdict.Question)
	var rules []string
	for _, reason := range verdict.Reasons {
		rules = append(rules, reason.Rule+": "+reason.Got)
	}
	assert.Equal(t, []string{
		"sessions attended or made up: 3, of which 0 made up",
		"hours of study of kind together: 7",
		"words of notes: 10000",
		"reflections: 2, of which 2 long enough",
	}, rules)

	verdict, err = c.Judge("p4", a, w)
	require.NoError(t, err)
	assert.Equal(t, union.Unknown, verdict.Reasons[0].Standing, "the session that is unrecorded may have been attended")
	verdict, err = c.Judge("p3", a, w)
	require.NoError(t, err)
	assert.True(t, verdict.Holds())
	assert.Equal(t, "9.5", verdict.Reasons[0].Got, "made up counts")
	_, err = c.Judge("p9", a, w)
	require.ErrorIs(t, err, union.ErrUnknown)
	_, err = c.Judge("p1", a, writings(c, "2010-06-29"))
	require.ErrorIs(t, err, union.ErrRule)
}

// Four hours are demanded of p4: one session of four is unrecorded, or one of two
// and a half attended and one of one and a half unrecorded.
func TestADemandThatCanJustStillBeMetIsUnknown(t *testing.T) {
	held := sessions()
	held[2].Hours = union.MustParseNumber("1.5")
	c := must(plan().Course(must(campaign.NewRoster(members())), held))
	tally := c.Attendance(day("2010-06-30"))
	for _, mark := range []campaign.AttendanceMark{
		{Session: "s1", Person: "p4", Mark: campaign.Absent},
		{Session: "s2", Person: "p4", Mark: campaign.Present},
	} {
		require.NoError(t, c.AddMark(&tally, mark))
	}
	verdict := must(c.Judge("p4", tally, c.Writings(day("2010-06-30"))))
	assert.Equal(t, union.Unknown, verdict.Reasons[0].Standing)
}

func TestADemandThatCanNoLongerBeMetIsUnmet(t *testing.T) {
	c := course()
	tally := c.Attendance(day("2010-06-30"))
	for _, mark := range []campaign.AttendanceMark{
		{Session: "s1", Person: "p4", Mark: campaign.Absent},
		{Session: "s2", Person: "p4", Mark: campaign.Absent},
		{Session: "s3", Person: "p4", Mark: campaign.Present},
		{Session: "s1", Person: "p1", Mark: campaign.Absent},
		{Session: "s2", Person: "p1", Mark: campaign.Absent},
	} {
		require.NoError(t, c.AddMark(&tally, mark))
	}
	papers := c.Writings(day("2010-06-30"))
	assert.Equal(t, union.Unmet, must(c.Judge("p4", tally, papers)).Reasons[0].Standing)
	assert.Equal(t, union.Unmet, must(c.Judge("p1", tally, papers)).Reasons[0].Standing)
	assert.Equal(t, union.Unmet, must(c.Judge("p1", tally, papers)).Reasons[1].Standing, "3 hours together at most")
}

func TestAMemberUnderNoQuotaIsExempt(t *testing.T) {
	spec := plan().Spec()
	spec.Quotas = spec.Quotas[:1]
	c := must(must(campaign.NewPlan(spec)).Course(must(campaign.NewRoster(members()[2:])), sessions()))
	a, w := c.Attendance(day("2010-06-30")), c.Writings(day("2010-06-30"))
	verdict := must(c.Judge("p4", a, w))
	require.Len(t, verdict.Reasons, 1)
	assert.Equal(t, union.Exempt, verdict.Reasons[0].Standing)
	assert.Empty(t, must(c.Check(a, w)))
	read := values(c.WritingFigures(w))
	assert.Equal(t, "[not applicable]", read["campaign.notes.met"])
	assert.Equal(t, "[not applicable]", read["campaign.reflections.met"])
}

func TestAReflectionQuotaMayLeaveItsWordsOpen(t *testing.T) {
	spec := plan().Spec()
	spec.Quotas = []campaign.Quota{{Reflections: 1}}
	c := must(must(campaign.NewPlan(spec)).Course(must(campaign.NewRoster(members())), nil))
	w := c.Writings(day("2010-06-30"))
	require.NoError(t, c.AddReflection(&w, campaign.Reflection{Person: "p1", Day: day("2010-06-01"), Title: "体会"}))
	verdict := must(c.Judge("p1", c.Attendance(day("2010-06-30")), w))
	assert.True(t, verdict.Holds())
	assert.Equal(t, "at least 1", verdict.Reasons[0].Want)
}
