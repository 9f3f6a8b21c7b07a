package house_test

import (
	"reflect"

	"github.com/unioncampaign/union/assessment"
	"github.com/unioncampaign/union/internal/laws"
)

var assessmentSurface = surface{
	types: []reflect.Type{
		reflect.TypeFor[assessment.Answer](),
		reflect.TypeFor[assessment.Band](),
		reflect.TypeFor[assessment.Bands](),
		reflect.TypeFor[assessment.Base](),
		reflect.TypeFor[assessment.Box](),
		reflect.TypeFor[assessment.Class](),
		reflect.TypeFor[assessment.Comparison](),
		reflect.TypeFor[assessment.ComparisonSpec](),
		reflect.TypeFor[assessment.Counts](),
		reflect.TypeFor[assessment.Criterion](),
		reflect.TypeFor[assessment.Effect](),
		reflect.TypeFor[assessment.Exemplar](),
		reflect.TypeFor[assessment.Form](),
		reflect.TypeFor[assessment.FormSpec](),
		reflect.TypeFor[assessment.Gap](),
		reflect.TypeFor[assessment.GapBase](),
		reflect.TypeFor[assessment.Given](),
		reflect.TypeFor[assessment.Goal](),
		reflect.TypeFor[assessment.GoalCard](),
		reflect.TypeFor[assessment.GoalRule](),
		reflect.TypeFor[assessment.GoalRuleSpec](),
		reflect.TypeFor[assessment.Indicator](),
		reflect.TypeFor[assessment.Item](),
		reflect.TypeFor[assessment.Key](),
		reflect.TypeFor[assessment.Ladder](),
		reflect.TypeFor[assessment.Outcome](),
		reflect.TypeFor[assessment.Place](),
		reflect.TypeFor[assessment.Point](),
		reflect.TypeFor[assessment.Policy](),
		reflect.TypeFor[assessment.PolicySpec](),
		reflect.TypeFor[assessment.Ranking](),
		reflect.TypeFor[assessment.RankingSpec](),
		reflect.TypeFor[assessment.Record](),
		reflect.TypeFor[assessment.Renormalise](),
		reflect.TypeFor[assessment.Rung](),
		reflect.TypeFor[assessment.Satisfied](),
		reflect.TypeFor[assessment.Scheme](),
		reflect.TypeFor[assessment.SchemeSpec](),
		reflect.TypeFor[assessment.Score](),
		reflect.TypeFor[assessment.Sheet](),
		reflect.TypeFor[assessment.Source](),
		reflect.TypeFor[assessment.Spoil](),
		reflect.TypeFor[assessment.Spread](),
		reflect.TypeFor[assessment.Step](),
		reflect.TypeFor[assessment.Sum](),
		reflect.TypeFor[assessment.Term](),
		reflect.TypeFor[assessment.Test](),
		reflect.TypeFor[assessment.Times](),
		reflect.TypeFor[assessment.Veto](),
	},
	functions: map[string]any{
		"assessment.FiveSteps":     assessment.FiveSteps,
		"assessment.NewComparison": assessment.NewComparison,
		"assessment.NewForm":       assessment.NewForm,
		"assessment.NewGoalRule":   assessment.NewGoalRule,
		"assessment.NewPolicy":     assessment.NewPolicy,
		"assessment.NewRanking":    assessment.NewRanking,
		"assessment.NewScheme":     assessment.NewScheme,
	},
	readings: []laws.Reading{
		laws.ReadingOf[assessment.Box](),
	},
}
