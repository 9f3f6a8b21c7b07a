package house_test

import (
	"reflect"

	"github.com/unioncampaign/union/employment"
	"github.com/unioncampaign/union/internal/laws"
)

var employmentSurface = surface{
	types: []reflect.Type{
		reflect.TypeFor[employment.Employer](),
		reflect.TypeFor[employment.Fair](),
		reflect.TypeFor[employment.FairSpec](),
		reflect.TypeFor[employment.Floor](),
		reflect.TypeFor[employment.Funnel](),
		reflect.TypeFor[employment.Group](),
		reflect.TypeFor[employment.Intention](),
		reflect.TypeFor[employment.Passage](),
		reflect.TypeFor[employment.Posting](),
		reflect.TypeFor[employment.Rate](),
		reflect.TypeFor[employment.Reach](),
		reflect.TypeFor[employment.Registration](),
		reflect.TypeFor[employment.Report](),
		reflect.TypeFor[employment.ShareSpec](),
	},
	functions: map[string]any{
		"employment.NewFair":      employment.NewFair,
		"employment.OpeningsRate": employment.OpeningsRate,
	},
	readings: []laws.Reading{
		laws.ReadingOf[employment.Floor](),
		laws.ReadingOf[employment.Funnel](),
	},
}
