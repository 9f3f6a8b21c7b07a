package assessment_test

import (
	"errors"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/assessment"
	"github.com/unioncampaign/union/casetest"
	"github.com/unioncampaign/union/internal/laws"
)

// scoreJudges judge published scores, orders and quotas.
func scoreJudges() map[string]casetest.Judge {
	return map[string]casetest.Judge{
		"assessment.scheme/1":  judgeScores,
		"assessment.ranking/1": judgeRanking,
		"assessment.quota/1":   judgeQuota,
	}
}

// A given record is what is known of a unit, with the ballots on it.
type givenRecord struct {
	assessment.Record
	Ballots map[string]givenBallot `json:"ballots"` // by the key of a form of the scheme
}

// A given group is judged together; a ranking puts the scores in order, and a
// quota takes of that. A changed scheme is tried on the same records.
type givenGroup struct {
	Group    []givenRecord                      `json:"group"`
	Ranking  *assessment.Ranking                `json:"ranking"`
	Met      []assessment.Meeting               `json:"met"`
	Drawn    []string                           `json:"drawn"`
	Quota    *assessment.Quota                  `json:"quota"`
	Base     int64                              `json:"base"`
	Approved bool                               `json:"approved"`
	Diagnose string                             `json:"diagnose"`
	Changed  *assessment.Scheme                 `json:"changed"`
	Printed  map[string]map[string]union.Number `json:"printed"` // as the sheet prints its figures
	Explain  string                             `json:"explain"` // the unit whose working is told
}

// records returns the records, with the outcomes of their ballots.
func (g givenGroup) records(scheme assessment.Scheme) ([]assessment.Record, error) {
	var records []assessment.Record
	specs := scheme.Spec().Forms
	for i, each := range g.Group {
		record := each.Record
		for _, spec := range specs {
			ballot, ok := each.Ballots[spec.Key]
			if !ok {
				continue
			}
			form, err := assessment.NewForm(spec)
			if err != nil {
				return nil, err
			}
			outcome, err := ballot.outcome(form)
			if err != nil {
				return nil, union.Within(union.Indexed("group", i), err)
			}
			if record.Votes == nil {
				record.Votes = map[string]assessment.Outcome{}
			}
			record.Votes[spec.Key] = outcome
		}
		records = append(records, record)
	}
	return records, nil
}

// judgeScores gives each unit's items, its total exactly and as printed, its
// grade and whether the award is open to it; places and what a quota takes of
// them; and what else is asked for.
func judgeScores(rule, input []byte) (any, error) {
	var scheme assessment.Scheme
	var given givenGroup
	if err := errors.Join(scheme.UnmarshalJSON(rule), laws.ReadInput(input, &given)); err != nil {
		return nil, err
	}
	records, err := given.records(scheme)
	if err != nil {
		return nil, err
	}
	scores, err := scheme.Judge(records)
	if err != nil {
		return nil, err
	}
	findings, err := scheme.Check(records, given.Printed)
	if err != nil {
		return nil, err
	}
	made := map[string]any{"findings": findings}
	units := map[string]any{}
	for _, score := range scores {
		printed, err := scheme.Format(score.Total)
		if err != nil {
			return nil, err
		}
		units[score.Unit] = map[string]any{
			"items": score.Items, "total": score.Total, "printed": printed, "grade": score.Grade,
			"holds": score.Verdict.Holds(), "failed": score.Verdict.Failed(),
		}
	}
	made["scores"] = units
	if given.Explain != "" {
		working, err := scheme.Working(records, given.Explain)
		if err != nil {
			return nil, err
		}
		made["working"] = inputsOf(working)
	}
	if given.Diagnose != "" {
		if made["diagnosis"], err = scheme.Diagnose(scores, given.Diagnose); err != nil {
			return nil, err
		}
	}
	if given.Changed != nil {
		if made["changes"], err = scheme.DryRun(*given.Changed, records); err != nil {
			return nil, err
		}
	}
	if given.Ranking == nil {
		return made, nil
	}
	places, err := given.Ranking.Rank(scores, given.Met, given.Drawn)
	if err != nil {
		return nil, err
	}
	made["places"] = placesOf(places)
	if given.Quota != nil {
		made["selection"], err = given.Quota.Take(places, given.Base, given.Approved)
	}
	return made, err
}

// inputsOf gives what each item's working was made of, by the item.
func inputsOf(working union.Working) map[string][]string {
	made := map[string][]string{}
	for _, part := range working.Parts {
		for _, input := range part.Inputs {
			made[part.Item] = append(made[part.Item], input.Value)
		}
	}
	return made
}

// placesOf gives the places by unit, and the units in order.
func placesOf(places []assessment.Place) map[string]any {
	made, order := map[string]any{}, []string{}
	for _, place := range places {
		made[place.Unit] = place
		order = append(order, place.Unit)
	}
	return map[string]any{"of": made, "order": order}
}

// judgeRanking gives the places of scores that are told.
func judgeRanking(rule, input []byte) (any, error) {
	var ranking assessment.Ranking
	var given struct {
		Scores []struct {
			Unit  string                  `json:"unit"`
			In    map[string]string       `json:"in"`
			Items map[string]union.Number `json:"items"`
		} `json:"scores"`
		Met   []assessment.Meeting `json:"met"`
		Drawn []string             `json:"drawn"`
	}
	if err := errors.Join(ranking.UnmarshalJSON(rule), laws.ReadInput(input, &given)); err != nil {
		return nil, err
	}
	var scores []assessment.Score
	for _, each := range given.Scores {
		scores = append(scores, assessment.Score{Unit: each.Unit, In: each.In, Items: each.Items})
	}
	places, err := ranking.Rank(scores, given.Met, given.Drawn)
	return placesOf(places), err
}

// judgeQuota gives the size for each base, and the verdict on what is proposed.
func judgeQuota(rule, input []byte) (any, error) {
	var quota assessment.Quota
	var given struct {
		Bases    []int64            `json:"bases"`
		Proposed []int64            `json:"proposed"` // in the order of the bases
		Approved bool               `json:"approved"`
		Share    []int64            `json:"share"` // bases of units that share one quota
		Places   []assessment.Place `json:"places"`
	}
	if err := errors.Join(quota.UnmarshalJSON(rule), laws.ReadInput(input, &given)); err != nil {
		return nil, err
	}
	var sizes []int64
	var answers []string
	var standings []union.Standing
	for i, base := range given.Bases {
		size, err := quota.Size(base, given.Approved)
		if err != nil {
			return nil, union.Within(union.Indexed("bases", i), err)
		}
		sizes = append(sizes, size)
		if i < len(given.Proposed) {
			verdict, err := quota.Judge(given.Proposed[i], base, given.Approved)
			if err != nil {
				return nil, union.Within(union.Indexed("proposed", i), err)
			}
			answers, standings = append(answers, verdict.Answer), append(standings, verdict.Standing)
		}
	}
	made := map[string]any{"sizes": sizes, "answers": answers, "standings": standings}
	if len(given.Share) > 0 {
		split, err := quota.Share(given.Share, given.Approved)
		if err != nil {
			return nil, err
		}
		made["parts"] = split
	}
	if len(given.Places) > 0 {
		var err error
		if made["selection"], err = quota.Take(given.Places, 0, given.Approved); err != nil {
			return nil, err
		}
	}
	return made, nil
}
