package competition_test

import (
	"encoding/json"
	"errors"
	"os"
	"testing"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/assessment"
	"github.com/unioncampaign/union/casetest"
	"github.com/unioncampaign/union/competition"
	"github.com/unioncampaign/union/internal/laws"
)

// publishedJudges judge published rules and results of competitions. A case is a
// file in testdata/cases; what a rule of each kind is applied to, the structs of its
// judge show.
func publishedJudges() map[string]casetest.Judge {
	return map[string]casetest.Judge{
		"competition.composition/1": judgeComposition,
		"competition.edition/1":     judgeEdition,
		"competition.trend/1":       judgeTrends,
	}
}

func TestPublishedCases(t *testing.T) {
	laws.PublishedCases(t, os.DirFS("testdata/cases"), publishedJudges(), map[string][][2]string{
		"competition.composition/1": {{`"half up"`, `"truncate"`}, {`"share":"[0.35,)"`, `"share":"[0.36,)"`}},
		"competition.trend/1":       {{`"half up"`, `"truncate"`}},
		"competition.edition/1": {
			{`"least":"0.8"`, `"least":"0.81"`}, {`"running":5`, `"running":4`}, {`"[100,)"`, `"[99,)"`},
			{`"[0.9,)"`, `"(0.9,)"`}, {`"take":"sum"`, `"take":"highest"`}, {`"years":5`, `"years":4`},
			{`"contest":15`, `"contest":14`},
		},
	})
}

// Editions as they were published are judged end to end: what each says, and what
// comes of it, only the files know.
func TestEditionsAsPublishedAreJudgedEndToEnd(t *testing.T) {
	for _, name := range []string{"dalian-2011", "shandong-2015", "sichuan-2022-2023"} {
		t.Run(name, func(t *testing.T) {
			casetest.Run(t, os.DirFS("testdata/editions/"+name), publishedJudges())
		})
	}
}

// judgeComposition gives the shares of a breakdown, how they changed, how far they
// are above their floors, and what is printed otherwise.
func judgeComposition(rule, input []byte) (any, error) {
	var composition competition.Composition
	var given competition.Breakdown
	if err := errors.Join(composition.UnmarshalJSON(rule), laws.ReadInput(input, &given)); err != nil {
		return nil, err
	}
	made, err := composition.Compose(given)
	if err != nil {
		return nil, err
	}
	structure := map[string]string{}
	for _, reason := range made.Verdict.Reasons {
		structure[reason.Where] = reason.Standing.String()
	}
	return map[string]any{
		"total": made.Total, "shares": made.Shares, "points": made.Points, "gaps": made.Gaps,
		"places": made.Places, "structure": structure, "findings": made.Findings,
	}, nil
}

// judgeTrends gives what figures were before, and at which rate they changed.
func judgeTrends(rule, input []byte) (any, error) {
	var spec struct {
		Rounding union.Rounding `json:"rounding"`
		Whole    bool           `json:"whole"`
	}
	var given map[string]competition.Trend
	if err := errors.Join(union.ReadRule(rule, "competition.trend/1", &spec), laws.ReadInput(input, &given)); err != nil {
		return nil, err
	}
	out := map[string]any{}
	for title, trend := range given {
		trend.Rounding, trend.Whole = spec.Rounding, spec.Whole
		made, err := trend.Work()
		if err != nil {
			return nil, union.Within(title, err)
		}
		out[title] = map[string]any{
			"before": made.Before.String(), "change": made.Change.String(), "percent": made.Percent, "findings": made.Findings,
		}
	}
	return out, nil
}

// An occasion is what an edition is applied to.
type occasion struct {
	Scorecard json.RawMessage             `json:"scorecard"`
	Firms     []competition.Firm          `json:"firms"`
	Entrants  []competition.Entry         `json:"entrants"`
	Reported  []reportedRow               `json:"reported"`
	Results   []competition.Result        `json:"results"`
	Stated    []competition.Stated        `json:"stated"`
	Before    map[string]union.Number     `json:"before"` // by key of a target of growth
	Applied   []competition.Applications  `json:"applied"`
	Contests  []competition.ContestResult `json:"contests"`
	On        union.Date                  `json:"on"`
}

// A reportedRow is a reported count by the keys of its edition.
type reportedRow struct {
	Ownership         string              `json:"ownership"`
	Size              string              `json:"size"`
	Unionised         competition.Whether `json:"unionised"`
	AboveScale        competition.Whether `json:"above_scale"`
	Firms             int64               `json:"firms"`
	Entered           int64               `json:"entered"`
	Workers           int64               `json:"workers"`
	WorkersOfEntrants int64               `json:"workers_of_entrants"`
	TakingPart        int64               `json:"taking_part"`
}

// judgeEdition gives what an edition comes to: its quotas, coverage and targets, who
// is recommended for its awards and why, and what does not go together.
func judgeEdition(rule, input []byte) (any, error) {
	var e competition.Edition
	var given occasion
	if err := errors.Join(e.UnmarshalJSON(rule), laws.ReadInput(input, &given)); err != nil {
		return nil, err
	}
	out := map[string]any{"quotas": quotasOf(e)}
	progress, entrants, found, err := given.count(e)
	if err != nil {
		return nil, err
	}
	targets, err := e.JudgeTargets(progress)
	if err != nil {
		return nil, err
	}
	stands := map[string]string{}
	for _, reason := range targets.Reasons {
		stands[reason.Where] = reason.Standing.String()
	}
	out["targets"] = stands
	if out["coverage"], err = coverageOf(e, progress); err != nil {
		return nil, err
	}
	stated, err := e.CheckStated(progress)
	if err != nil {
		return nil, err
	}
	found = append(found, stated...)
	if out["reach"], err = given.reach(e); err != nil {
		return nil, err
	}
	awards := map[string]any{}
	for i, applied := range given.Applied {
		made, err := given.recommend(e, applied, entrants)
		if err != nil {
			return nil, union.Within(union.Indexed("applied", i), err)
		}
		awards[applied.Award] = made
	}
	grants, more, err := e.Convert(given.Contests)
	if err != nil {
		return nil, err
	}
	converted := map[string]string{}
	for _, grant := range grants {
		converted[grant.ID] = grant.Award
	}
	out["awards"], out["converted"], out["findings"] = awards, converted, append(found, more...)
	return out, nil
}

// quotasOf gives the places of each award.
func quotasOf(e competition.Edition) map[string]any {
	quotas := map[string]any{}
	for _, award := range e.Spec().Awards {
		quotas[award.Key] = map[string]int{
			"total": award.Quota.Total, "regular": award.Quota.Regular(award.Quota.Total), "contest": award.Quota.Contest,
		}
	}
	return quotas
}

// count gives what targets are judged on.
func (o occasion) count(e competition.Edition) (competition.Progress, competition.Entrants, []union.Finding, error) {
	population, entrants, results := e.Population(), e.Entrants(), e.Results()
	for i, firm := range o.Firms {
		coded, err := e.CodeFirm(firm)
		if err := errors.Join(err, population.Add(coded)); err != nil {
			return competition.Progress{}, entrants, nil, union.Within(union.Indexed("firms", i), err)
		}
	}
	for i, entry := range o.Entrants {
		coded, err := e.CodeEntry(entry)
		if err == nil {
			err = entrants.Add(coded)
		}
		if err != nil {
			return competition.Progress{}, entrants, nil, union.Within(union.Indexed("entrants", i), err)
		}
	}
	for i, result := range o.Results {
		coded, err := e.CodeResult(result)
		if err == nil {
			err = results.Add(coded)
		}
		if err != nil {
			return competition.Progress{}, entrants, nil, union.Within(union.Indexed("results", i), err)
		}
	}
	turnout, found, err := e.Count(population, entrants)
	if err != nil {
		return competition.Progress{}, entrants, nil, err
	}
	for i, row := range o.Reported {
		coded, err := row.code(e)
		if err == nil {
			err = turnout.Add(coded)
		}
		if err != nil {
			return competition.Progress{}, entrants, nil, union.Within(union.Indexed("reported", i), err)
		}
	}
	if len(o.Firms) == 0 {
		found = nil // without a list of firms nobody can be missing from it
	}
	return competition.Progress{Turnout: turnout, Results: results, Stated: o.Stated}, entrants, found, nil
}

// code gives a reported count with the codes of its edition.
func (r reportedRow) code(e competition.Edition) (competition.Reported, error) {
	coded := competition.Reported{
		Unionised: r.Unionised, AboveScale: r.AboveScale, Firms: r.Firms, Entered: r.Entered,
		Workers: r.Workers, WorkersOfEntrants: r.WorkersOfEntrants, TakingPart: r.TakingPart,
	}
	firm, err := e.CodeFirm(competition.Firm{Ownership: r.Ownership, Size: r.Size})
	coded.Ownership, coded.Size = firm.Ownership, firm.Size
	return coded, err
}

// coverageOf gives the coverage of every base.
func coverageOf(e competition.Edition, p competition.Progress) (map[string]string, error) {
	coverage := map[string]string{}
	for _, base := range e.Bases() {
		ratio, _, err := e.Coverage(p.Turnout, base.Key)
		if err != nil {
			return nil, err
		}
		coverage[base.Key] = ratio.String()
	}
	return coverage, nil
}

// reach gives the figures that meet targets of growth, and whether all of them meet
// the level that is asked of the same indicator.
func (o occasion) reach(e competition.Edition) (map[string]any, error) {
	reached := map[string]any{}
	for _, target := range e.Spec().Targets {
		before, given := o.Before[target.Key]
		if !given {
			continue
		}
		figures, err := target.Reach(before)
		if err != nil {
			return nil, union.Within(target.Key, err)
		}
		suffices := map[string]bool{}
		for _, level := range e.Spec().Targets {
			if level.Level != nil && level.Level.Indicator == target.Growth.Indicator {
				both, ok := figures.Common(level.In)
				suffices[level.Key] = ok && both.Equal(figures)
			}
		}
		reached[target.Key] = map[string]any{"figures": figures, "suffices": suffices}
	}
	return reached, nil
}

// recommend gives where everybody stands.
func (o occasion) recommend(e competition.Edition, applied competition.Applications, entrants competition.Entrants) (any, error) {
	var scheme assessment.Scheme
	if err := scheme.UnmarshalJSON(o.Scorecard); err != nil {
		return nil, err
	}
	r, err := e.Recommend(scheme, applied, entrants, o.On)
	if err != nil {
		return nil, err
	}
	places := map[string]any{}
	for _, place := range r.Places {
		failed := map[string]string{}
		for _, reason := range place.Verdict.Reasons {
			if reason.Standing == union.Unmet || reason.Standing == union.Unknown {
				failed[reason.Where] = reason.Standing.String()
			}
		}
		places[place.Title] = map[string]any{
			"total": place.Total, "eligible": place.Eligible, "rank": place.Rank, "reserve": place.Reserve,
			"recommended": place.Verdict.Standing, "failed": failed,
		}
	}
	shares := map[string]string{}
	for _, share := range r.Shares {
		shares[share.Where] = share.Got
	}
	return map[string]any{"places": places, "conflict": r.Conflict, "shares": shares, "findings": r.Findings}, nil
}
