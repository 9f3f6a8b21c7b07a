package campaign_test

import (
	"errors"
	"os"
	"strings"
	"testing"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/campaign"
	"github.com/unioncampaign/union/casetest"
	"github.com/unioncampaign/union/internal/laws"
)

// publishedJudges judge published reports, gates, quotas of study and ledgers. A case is
// a file in testdata/cases; what a rule of each kind is applied to, the structs of its
// judge show.
func publishedJudges() map[string]casetest.Judge {
	return map[string]casetest.Judge{
		"campaign.summary/1": judgeSummary,
		"campaign.plan/1":    judgePlan,
	}
}

func TestPublishedCases(t *testing.T) {
	laws.PublishedCases(t, os.DirFS("testdata/cases"), publishedJudges(), map[string][][2]string{
		"campaign.summary/1": {{`"half up"`, `"up"`}, {`"base":"with-problems"`, `"base":"surveyed"`}, {`"places":2`, `"places":3`}},
		"campaign.plan/1": {
			{`[0,60)`, `[0,60]`}, {`"bars":true`, `"bars":false`}, {`"least":"20"`, `"least":"12"`},
			{`"notes_words":8000`, `"notes_words":7999`}, {`"explained":[`, `"explained":[],"closed":[`}, {`"2009-08-31"`, `"2009-09-30"`},
		},
	})
}

// judgeSummary gives the figures of a report, and where it contradicts itself.
func judgeSummary(rule, input []byte) (any, error) {
	var summary campaign.Summary
	var given struct {
		Stated []campaign.Stated `json:"stated"`
	}
	if err := errors.Join(summary.UnmarshalJSON(rule), laws.ReadInput(input, &given)); err != nil {
		return nil, err
	}
	found, err := summary.Check(given.Stated)
	if err != nil {
		return nil, err
	}
	figures, err := summary.Figures(given.Stated)
	if found == nil {
		found = []union.Finding{}
	}
	return map[string]any{"figures": printed(figures), "findings": found}, err
}

// A campaignInput is what happened under a plan: readings of its thresholds by
// themselves, what a unit noted and on which days it is looked back on, and who studied.
type campaignInput struct {
	Readings map[string]campaign.Reading `json:"readings"`
	Entries  []campaign.Entry            `json:"entries"`
	Days     []union.Date                `json:"days"`
	Study    *studyInput                 `json:"study"`
}

type studyInput struct {
	Members     []campaign.Member         `json:"members"`
	Sessions    []campaign.Session        `json:"sessions"`
	On          union.Date                `json:"on"`
	Marks       []campaign.AttendanceMark `json:"marks"`
	Notes       []campaign.Notes          `json:"notes"`
	Reflections []campaign.Reflection     `json:"reflections"`
	Surveys     []campaign.Survey         `json:"surveys"`
}

// judgePlan gives what follows from each reading; how each phase and the ledger stand on
// each day; and how each member stands, with what is owed and the figures of study.
func judgePlan(rule, input []byte) (any, error) {
	var plan campaign.Plan
	var given campaignInput
	if err := errors.Join(plan.UnmarshalJSON(rule), laws.ReadInput(input, &given)); err != nil {
		return nil, err
	}
	got := map[string]any{}
	effects := map[string]string{}
	for key, reading := range given.Readings {
		effect, err := plan.Effect(reading)
		if err != nil {
			return nil, union.Within(key, err)
		}
		effects[key] = effect.Title
	}
	got["effects"] = effects
	journal := plan.Journal()
	for i, entry := range given.Entries {
		if err := plan.Add(&journal, entry); err != nil {
			return nil, union.Within(union.Indexed("entries", i), err)
		}
	}
	days := map[string]any{}
	for _, on := range given.Days {
		told, err := tellDay(plan, journal, on)
		if err != nil {
			return nil, err
		}
		days[on.String()] = told
	}
	got["days"] = days
	if given.Study != nil {
		if err := tellStudy(plan, *given.Study, got); err != nil {
			return nil, err
		}
	}
	return got, nil
}

// tellDay tells how the phases and the ledger stand on a day.
func tellDay(plan campaign.Plan, journal campaign.Journal, on union.Date) (map[string]any, error) {
	told := map[string]any{}
	for _, phase := range plan.Spec().Phases {
		back, err := plan.LookBack(phase.Key, journal, on)
		if err != nil {
			return nil, err
		}
		figures, err := back.Figures()
		if err != nil {
			return nil, err
		}
		var wanting []string
		for _, finding := range back.Verdict().Failed() {
			wanting = append(wanting, finding.String())
		}
		told[phase.Key] = map[string]any{"answer": back.Verdict().Answer, "state": back.State().Title, "wanting": wanting, "figures": printed(figures)}
	}
	ledger, err := plan.Ledger(journal, on)
	if err != nil {
		return nil, err
	}
	figures, err := ledger.Figures()
	short := map[string]string{}
	for key, value := range printed(figures) {
		short[strings.TrimPrefix(key, "campaign.ledger.")] = value
	}
	told["ledger"] = short
	return told, err
}

// tellStudy tells who has studied as the quotas demand.
func tellStudy(plan campaign.Plan, given studyInput, got map[string]any) error {
	roster, err := campaign.NewRoster(given.Members)
	if err != nil {
		return err
	}
	course, err := plan.Course(roster, given.Sessions)
	if err != nil {
		return err
	}
	attendance, writings := course.Attendance(given.On), course.Writings(given.On)
	for _, each := range given.Marks {
		err = errors.Join(err, course.AddMark(&attendance, each))
	}
	for _, each := range given.Notes {
		err = errors.Join(err, course.AddNotes(&writings, each))
	}
	for _, each := range given.Reflections {
		err = errors.Join(err, course.AddReflection(&writings, each))
	}
	for _, each := range given.Surveys {
		err = errors.Join(err, course.AddSurvey(&writings, each))
	}
	if err != nil {
		return err
	}
	standing := map[string]union.Standing{}
	for _, member := range given.Members {
		verdict, err := course.Judge(member.Person, attendance, writings)
		if err != nil {
			return err
		}
		standing[member.Person] = verdict.Standing
	}
	findings, err := course.Check(attendance, writings)
	if err != nil {
		return err
	}
	owed := []string{}
	for _, finding := range findings {
		owed = append(owed, finding.String())
	}
	studied, err := course.AttendanceFigures(attendance)
	if err != nil {
		return err
	}
	written, err := course.WritingFigures(writings)
	got["standing"], got["owed"], got["figures"] = standing, owed, printed(append(studied, written...))
	return err
}

// printed writes figures as they leave, by key.
func printed(figures []union.Figure) map[string]string {
	texts := map[string]string{}
	for _, figure := range figures {
		texts[figure.Key()] = figure.String()
	}
	return texts
}
