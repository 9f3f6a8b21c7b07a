package competition_test

import (
	"encoding/json"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/assessment"
	"github.com/unioncampaign/union/competition"
)

// A published is a published rule, what went in and what came out, with its
// source. Its op says which rules of the package it is written in; nothing here
// turns on which one it is.
type published struct {
	ID       string            `json:"id"`
	Source   string            `json:"source_url"`
	Rule     json.RawMessage   `json:"rule"`
	Input    json.RawMessage   `json:"input"`
	Expected map[string]string `json:"expected"`
}

func TestPublishedResultsAreReproduced(t *testing.T) {
	data, err := os.ReadFile("testdata/published.json")
	require.NoError(t, err)
	var list []published
	require.NoError(t, json.Unmarshal(data, &list))
	adapters := map[string]func(*testing.T, published) map[string]string{
		"scorecard":      scorecard,
		"coverage_floor": coverageFloor,
		"model_unit":     modelUnit,
	}
	require.NotEmpty(t, list)
	for _, each := range list {
		t.Run(each.ID, func(t *testing.T) {
			var rule struct {
				Op string `json:"op"`
			}
			require.NoError(t, json.Unmarshal(each.Rule, &rule))
			require.Contains(t, adapters, rule.Op)
			assert.Equal(t, each.Expected, adapters[rule.Op](t, each))
		})
	}
}

func decode(t *testing.T, data json.RawMessage, into any) {
	t.Helper()
	require.NoError(t, json.Unmarshal(data, into))
}

// share reads "80%" as 80/100.
func share(text string) union.Number { return number(strings.Replace(text, "%", "/100", 1)) }

// scorecard: sections with a least share each, a least total, and an incident
// that must not have happened in the year.
func scorecard(t *testing.T, p published) map[string]string {
	var rule struct {
		Sections  map[string]json.Number `json:"sections"`
		Least     json.Number            `json:"min_self_score"`
		Share     string                 `json:"min_section_share"`
		Condition string                 `json:"precondition"`
	}
	var input struct {
		Scores map[string]json.Number `json:"scores"`
		Injury int                    `json:"serious_injury_or_worse"`
	}
	decode(t, p.Rule, &rule)
	decode(t, p.Input, &input)

	rules := assessment.SchemeSpec{Rule: union.Rule{Key: "published", Version: "1", Title: "published", Source: p.Source}, Total: "total"}
	total := assessment.Sum{}
	e := altered(t, func(s *competition.EditionSpec) {
		s.Awards[0] = competition.Award{
			Key: "published", Title: "published", Honour: "city-advanced", Quota: 1,
			Threshold: competition.Threshold{Title: "total", In: union.AtLeast(number(rule.Least.String()))},
			Vetoes: []competition.Veto{{
				Incident: "injury", Title: rule.Condition,
				Effect: competition.Effect{ThisEdition: &competition.ThisEdition{}},
			}},
		}
		for _, key := range slices.Sorted(maps.Keys(rule.Sections)) {
			maximum := number(rule.Sections[key].String())
			s.Awards[0].Sections = append(s.Awards[0].Sections, competition.Section{
				Item: key, Title: key, Maximum: maximum, Least: share(rule.Share),
			})
			rules.Items = append(rules.Items, assessment.Item{
				Key: key, Title: key, From: assessment.Source{Given: &assessment.Given{Max: maximum}},
			})
			total.Of = append(total.Of, assessment.Term{Item: key, Weight: union.Whole(1)})
		}
	})
	rules.Items = append(rules.Items, assessment.Item{Key: "total", From: assessment.Source{Sum: &total}})
	made, err := assessment.NewScheme(rules)
	require.NoError(t, err)

	c := competition.Candidate{Firm: code(1), Title: "published", Marks: map[string]union.Number{}}
	for key, points := range input.Scores {
		c.Marks[key] = number(points.String())
	}
	for range input.Injury {
		c.Incidents = append(c.Incidents, competition.Incident{Kind: "injury", On: day("2010-06-01")})
	}
	r, err := e.Recommend("published", made, []competition.Candidate{c}, entrants(t, e, entered(1, 1)), day("2010-12-31"))
	require.NoError(t, err)
	require.Empty(t, r.Findings)
	eligible := map[bool]string{true: "yes", false: "no"}
	return map[string]string{"total": r.Places[0].Total.String(), "eligible": eligible[r.Places[0].Eligible]}
}

// modelUnit: so many titles in the years before, one after another, and full marks
// this year.
func modelUnit(t *testing.T, p published) map[string]string {
	var rule struct {
		Wins int `json:"consecutive_national_wins"`
	}
	var input struct {
		Edition int `json:"edition"`
		Cases   []struct {
			ID    string      `json:"id"`
			Wins  []int       `json:"wins"`
			Score json.Number `json:"score"`
		} `json:"cases"`
	}
	decode(t, p.Rule, &rule)
	decode(t, p.Input, &input)
	first, err := union.NewDate(input.Edition, time.January, 1)
	require.NoError(t, err)
	on, err := first.AddDays(364)
	require.NoError(t, err)
	e := altered(t, func(s *competition.EditionSpec) {
		s.Year = input.Edition
		window, err := union.NewPeriod(first, on)
		require.NoError(t, err)
		s.Window = window
		s.Awards[0] = competition.Award{
			Key: "published", Title: "published", Honour: "city-advanced", Quota: 1,
			Threshold: competition.Threshold{Title: "full marks", In: union.AtLeast(union.Whole(100))},
			Prior:     &competition.Prior{Honour: "county-winner", Title: "titles", Within: 1, Running: rule.Wins},
		}
	})
	entry := entered(1, 1)
	entry.Entered = on
	result := map[string]string{}
	for _, each := range input.Cases {
		c := competition.Candidate{Firm: code(1), Title: "published"}
		for _, year := range each.Wins {
			c.Honours = append(c.Honours, competition.Honour{Kind: "county-winner", Year: year})
		}
		score := assessment.Score{Total: number(each.Score.String())}
		verdict, err := e.Judge("published", c, score, entrants(t, e, entry), on)
		require.NoError(t, err)
		result[each.ID] = map[bool]string{true: "eligible", false: "ineligible"}[verdict.Holds()]
	}
	return result
}

// coverageFloor: the share of the firms of each ownership that take part, and the
// least that it must be.
func coverageFloor(t *testing.T, p published) map[string]string {
	var floors map[string]string
	var input map[string]struct {
		Entered int64 `json:"开展"`
		Firms   int64 `json:"总数"`
	}
	decode(t, p.Rule, &floors)
	decode(t, p.Input, &input)
	delete(floors, "op")
	keys := slices.Sorted(maps.Keys(floors))
	e := altered(t, func(s *competition.EditionSpec) {
		s.NonPublic, s.Bases, s.Targets, s.Ownership.Terms = nil, nil, nil, nil
		for _, key := range keys {
			s.Ownership.Terms = append(s.Ownership.Terms, union.Term{Key: key, Title: key})
			s.Targets = append(s.Targets, competition.Target{
				Key: key, Title: key, In: union.AtLeast(share(floors[key])),
				Coverage: &competition.CoverageOf{Base: "ownership." + key},
			})
		}
	})
	turnout := e.Turnout()
	for _, key := range keys {
		ownership, err := e.Ownership().Find(key)
		require.NoError(t, err)
		require.NoError(t, turnout.Add(competition.Reported{Ownership: ownership, Firms: input[key].Firms, Entered: input[key].Entered}))
	}
	verdict, err := e.JudgeTargets(turnout)
	require.NoError(t, err)
	words := map[union.Standing]string{union.Met: "达标", union.Unmet: "未达标"}
	result := map[string]string{}
	for _, reason := range verdict.Reasons {
		result[reason.Rule] = words[reason.Standing]
	}
	return result
}
