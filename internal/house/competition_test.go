package house_test

import (
	"reflect"

	"github.com/unioncampaign/union/competition"
	"github.com/unioncampaign/union/internal/laws"
)

var competitionSurface = surface{
	types: []reflect.Type{
		reflect.TypeFor[competition.Award](),
		reflect.TypeFor[competition.Bar](),
		reflect.TypeFor[competition.Base](),
		reflect.TypeFor[competition.Candidate](),
		reflect.TypeFor[competition.CodedEntry](),
		reflect.TypeFor[competition.CodedFirm](),
		reflect.TypeFor[competition.CoolOff](),
		reflect.TypeFor[competition.CoverageOf](),
		reflect.TypeFor[competition.Edition](),
		reflect.TypeFor[competition.EditionSpec](),
		reflect.TypeFor[competition.Effect](),
		reflect.TypeFor[competition.Entrants](),
		reflect.TypeFor[competition.Entry](),
		reflect.TypeFor[competition.Firm](),
		reflect.TypeFor[competition.Honour](),
		reflect.TypeFor[competition.Incident](),
		reflect.TypeFor[competition.ParticipationOf](),
		reflect.TypeFor[competition.Place](),
		reflect.TypeFor[competition.Population](),
		reflect.TypeFor[competition.Prior](),
		reflect.TypeFor[competition.Recommendation](),
		reflect.TypeFor[competition.Reported](),
		reflect.TypeFor[competition.Section](),
		reflect.TypeFor[competition.Target](),
		reflect.TypeFor[competition.ThisEdition](),
		reflect.TypeFor[competition.Threshold](),
		reflect.TypeFor[competition.Track](),
		reflect.TypeFor[competition.Turnout](),
		reflect.TypeFor[competition.Veto](),
		reflect.TypeFor[competition.Whether](),
		reflect.TypeFor[competition.Workers](),
		reflect.TypeFor[competition.Zero](),
	},
	functions: map[string]any{
		"competition.NewEdition": competition.NewEdition,
	},
	carriers: []reflect.Type{
		reflect.TypeFor[competition.Candidate](),
		reflect.TypeFor[competition.CodedEntry](),
		reflect.TypeFor[competition.CodedFirm](),
		reflect.TypeFor[competition.Entrants](),
		reflect.TypeFor[competition.Entry](),
		reflect.TypeFor[competition.Firm](),
		reflect.TypeFor[competition.Place](),
		reflect.TypeFor[competition.Population](),
		reflect.TypeFor[competition.Recommendation](),
	},
	readings: []laws.Reading{
		laws.ReadingOf[competition.Entrants](),
		laws.ReadingOf[competition.Population](),
		laws.ReadingOf[competition.Turnout](),
	},
}
