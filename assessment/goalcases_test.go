package assessment_test

import (
	"errors"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/assessment"
	"github.com/unioncampaign/union/casetest"
	"github.com/unioncampaign/union/internal/laws"
)

// goalJudges judge goal cards, and comparisons with exemplars.
func goalJudges() map[string]casetest.Judge {
	return map[string]casetest.Judge{
		"assessment.goals/1":      judgeCards,
		"assessment.comparison/1": judgeComparison,
	}
}

// A given card is a unit's goals, and the steps that were taken with it.
type givenCard struct {
	assessment.GoalCard
	Events []union.Event `json:"events"`
}

// judgeCards gives the step at which each card stands on a day, and if all may be
// scored the points of their goals, scores and grades.
func judgeCards(rule, input []byte) (any, error) {
	var goals assessment.GoalRule
	var given struct {
		Cards []givenCard `json:"cards"`
		On    union.Date  `json:"on"`
		Score bool        `json:"score"`
	}
	if err := errors.Join(goals.UnmarshalJSON(rule), laws.ReadInput(input, &given)); err != nil {
		return nil, err
	}
	var cards []assessment.GoalCard
	var steps []string
	for i, each := range given.Cards {
		card := goals.Card(each.Unit, each.Goals...)
		card.In, card.Facts = each.In, each.Facts
		for j, event := range each.Events {
			if err := goals.Add(&card, event); err != nil {
				return nil, union.Within(union.Indexed("cards", i), union.Within(union.Indexed("events", j), err))
			}
		}
		state, _, err := goals.Step(card, given.On)
		if err != nil {
			return nil, err
		}
		cards, steps = append(cards, card), append(steps, state.Key)
	}
	if !given.Score {
		return map[string]any{"steps": steps}, nil
	}
	scores, err := goals.JudgeGroup(cards, given.On)
	return map[string]any{"steps": steps, "scores": scores}, err
}

// judgeComparison gives the figures of a unit beside its exemplars.
func judgeComparison(rule, input []byte) (any, error) {
	var comparison assessment.Comparison
	var given struct {
		Own       assessment.Exemplar   `json:"own"`
		Exemplars []assessment.Exemplar `json:"exemplars"`
	}
	if err := errors.Join(comparison.UnmarshalJSON(rule), laws.ReadInput(input, &given)); err != nil {
		return nil, err
	}
	figures, err := comparison.Figures(given.Own, given.Exemplars...)
	printed := map[string]string{}
	for _, figure := range figures {
		printed[figure.Key()] = figure.String()
	}
	return map[string]any{"figures": printed}, err
}
