package campaign_test

import (
	"encoding/json"
	"fmt"
	"os"
	"sync"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/campaign"
)

// What the tests share: the plan and the leading group of testdata, and a roster
// of four with three sessions.

func day(text string) union.Date { return union.MustParseDate(text) }

func must[T any](made T, err error) T {
	if err != nil {
		panic(err)
	}
	return made
}

func planText() []byte  { return must(os.ReadFile("testdata/plan.json")) }
func groupText() []byte { return must(os.ReadFile("testdata/group.json")) }

var plan = sync.OnceValue(func() campaign.Plan {
	var made campaign.Plan
	if err := json.Unmarshal(planText(), &made); err != nil {
		panic(err)
	}
	return made
})

func group() campaign.LeadingGroup {
	var made campaign.LeadingGroup
	if err := json.Unmarshal(groupText(), &made); err != nil {
		panic(err)
	}
	return made
}

func members() []campaign.Member {
	return []campaign.Member{
		{Person: "p1", Name: union.MustNewName("张一"), Rank: "leader"},
		{Person: "p2", Name: union.MustNewName("李二"), Rank: "leader"},
		{Person: "p3", Name: union.MustNewName("王三"), Rank: "head"},
		{Person: "p4"},
	}
}

func sessions() []campaign.Session {
	return []campaign.Session{
		{Key: "s2", Day: day("2010-05-22"), Hours: union.MustParseNumber("2.5"), Kind: "alone", Title: "自学必读书目"},
		{Key: "s1", Day: day("2010-05-15"), Hours: union.Whole(4), Kind: "together", Title: "第一次集中学习"},
		{Key: "s3", Day: day("2010-06-05"), Hours: union.Whole(3), Kind: "together", Title: "第二次集中学习"},
	}
}

func course() campaign.Course {
	return must(plan().Course(must(campaign.NewRoster(members())), sessions()))
}

// marks are complete for s1 and s2, and for s3 but for p4.
func marks() []campaign.AttendanceMark {
	return []campaign.AttendanceMark{
		{Session: "s1", Person: "p1", Mark: campaign.Present},
		{Session: "s1", Person: "p2", Mark: campaign.Excused, MadeUp: day("2010-05-18")},
		{Session: "s1", Person: "p3", Mark: campaign.Present},
		{Session: "s1", Person: "p4", Mark: campaign.Absent},
		{Session: "s2", Person: "p1", Mark: campaign.Present},
		{Session: "s2", Person: "p2", Mark: campaign.Present},
		{Session: "s2", Person: "p3", Mark: campaign.Excused, MadeUp: day("2010-06-20")},
		{Session: "s2", Person: "p4", Mark: campaign.Present},
		{Session: "s3", Person: "p1", Mark: campaign.Present},
		{Session: "s3", Person: "p2", Mark: campaign.Present},
		{Session: "s3", Person: "p3", Mark: campaign.Present},
	}
}

func attendance(c campaign.Course, on string) campaign.Attendance {
	tally := c.Attendance(day(on))
	for _, mark := range marks() {
		if err := c.AddMark(&tally, mark); err != nil {
			panic(err)
		}
	}
	return tally
}

func writings(c campaign.Course, on string) campaign.Writings {
	tally := c.Writings(day(on))
	for _, notes := range []campaign.Notes{
		{Person: "p1", Day: day("2010-05-31"), Words: 7000},
		{Person: "p1", Day: day("2010-06-20"), Words: 3000},
		{Person: "p2", Day: day("2010-06-20"), Words: 9999},
		{Person: "p3", Day: day("2010-06-20"), Words: 6000},
	} {
		if err := c.AddNotes(&tally, notes); err != nil {
			panic(err)
		}
	}
	for _, paper := range []campaign.Reflection{
		{Person: "p1", Day: day("2010-06-01"), Title: "学习体会之一", Words: 3000},
		{Person: "p1", Day: day("2010-06-25"), Title: "学习体会之二", Words: 3500},
		{Person: "p2", Day: day("2010-06-25"), Title: "干部作风", Words: 2999},
		{Person: "p3", Day: day("2010-06-25"), Title: "服务职工", Words: 1000},
	} {
		if err := c.AddReflection(&tally, paper); err != nil {
			panic(err)
		}
	}
	return tally
}

// A deed is a deed with its day, and an issue an issue with its key and day, as entries
// hold them.
type deed struct {
	Action   string
	Day      union.Date
	Evidence []string
}

type issue struct {
	Key   string
	Found union.Date
	campaign.Issue
}

func deeds() []deed {
	return []deed{
		{Action: "rally", Day: day("2010-05-12"), Evidence: []string{"photo"}},
		{Action: "group", Day: day("2010-05-06"), Evidence: []string{"notice"}},
		{Action: "rally", Day: day("2010-05-14"), Evidence: []string{"minutes"}},
		{Action: "visit", Day: day("2010-04-28")},
		{Action: "study-plan", Day: day("2010-06-30")},
		{Action: "lookback", Day: day("2010-07-02")},
	}
}

func issues() []issue {
	return []issue{
		{"i1", day("2010-06-20"), campaign.Issue{Title: "竞赛宣传力度不大", Phase: "phase1", Source: "masses", Owner: "生产部"}},
		{"i2", day("2010-06-28"), campaign.Issue{Title: "企业文化活动形式单一", Phase: "phase1", Source: "self"}},
		{"i3", day("2010-06-28"), campaign.Issue{Title: "下基层不够", Phase: "phase2", Source: "above"}},
		{"i4", day("2010-07-03"), campaign.Issue{Title: "后来发现的问题", Phase: "phase1", Source: "self"}},
	}
}

// journal returns a journal of deeds and issues.
func journal(p campaign.Plan, deeds []deed, issues []issue) campaign.Journal {
	made := p.Journal()
	var entries []campaign.Entry
	for i, each := range deeds {
		entries = append(entries, campaign.Entry{
			ID: fmt.Sprintf("d%d", i), On: each.Day, Deed: &campaign.Deed{Action: each.Action, Evidence: each.Evidence},
		})
	}
	for _, each := range issues {
		entries = append(entries, campaign.Entry{ID: each.Key, On: each.Found, Issue: &each.Issue})
	}
	for _, entry := range entries {
		if err := p.Add(&made, entry); err != nil {
			panic(err)
		}
	}
	return made
}

// lookBack returns the look-back of the plan of testdata.
func lookBack(phase string, deeds []deed, issues []issue, on string) campaign.LookBack {
	p := plan()
	return must(p.LookBack(phase, journal(p, deeds, issues), day(on)))
}

// values returns the figures by key, as text.
func values(figures []union.Figure, err error) map[string]string {
	if err != nil {
		panic(err)
	}
	read := map[string]string{}
	for _, figure := range figures {
		if _, twice := read[figure.Key()]; twice {
			panic("two figures of one key: " + figure.Key())
		}
		read[figure.Key()] = figure.String()
	}
	return read
}
