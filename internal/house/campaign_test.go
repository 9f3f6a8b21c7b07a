package house_test

import (
	"reflect"

	"github.com/unioncampaign/union/campaign"
	"github.com/unioncampaign/union/internal/laws"
)

var campaignSurface = surface{
	types: []reflect.Type{
		reflect.TypeFor[campaign.Action](),
		reflect.TypeFor[campaign.Attendance](),
		reflect.TypeFor[campaign.AttendanceMark](),
		reflect.TypeFor[campaign.Course](),
		reflect.TypeFor[campaign.Deed](),
		reflect.TypeFor[campaign.Deployment](),
		reflect.TypeFor[campaign.GroupSpec](),
		reflect.TypeFor[campaign.Issue](),
		reflect.TypeFor[campaign.KindHours](),
		reflect.TypeFor[campaign.LeadingGroup](),
		reflect.TypeFor[campaign.List](),
		reflect.TypeFor[campaign.LookBack](),
		reflect.TypeFor[campaign.Mark](),
		reflect.TypeFor[campaign.Member](),
		reflect.TypeFor[campaign.Milestone](),
		reflect.TypeFor[campaign.Moved](),
		reflect.TypeFor[campaign.Notes](),
		reflect.TypeFor[campaign.Office](),
		reflect.TypeFor[campaign.Part](),
		reflect.TypeFor[campaign.Phase](),
		reflect.TypeFor[campaign.Plan](),
		reflect.TypeFor[campaign.PlanSpec](),
		reflect.TypeFor[campaign.Presence](),
		reflect.TypeFor[campaign.Progress](),
		reflect.TypeFor[campaign.Quota](),
		reflect.TypeFor[campaign.Reflection](),
		reflect.TypeFor[campaign.Review](),
		reflect.TypeFor[campaign.Role](),
		reflect.TypeFor[campaign.Roster](),
		reflect.TypeFor[campaign.Row](),
		reflect.TypeFor[campaign.Schedule](),
		reflect.TypeFor[campaign.Seat](),
		reflect.TypeFor[campaign.ServiceDay](),
		reflect.TypeFor[campaign.Session](),
		reflect.TypeFor[campaign.Step](),
		reflect.TypeFor[campaign.Turnout](),
		reflect.TypeFor[campaign.Writings](),
	},
	functions: map[string]any{
		"campaign.NewLeadingGroup": campaign.NewLeadingGroup,
		"campaign.NewPlan":         campaign.NewPlan,
		"campaign.NewRoster":       campaign.NewRoster,
	},
	carriers: []reflect.Type{
		reflect.TypeFor[campaign.Course](),
		reflect.TypeFor[campaign.GroupSpec](),
		reflect.TypeFor[campaign.LeadingGroup](),
		reflect.TypeFor[campaign.Member](),
		reflect.TypeFor[campaign.Office](),
		reflect.TypeFor[campaign.Roster](),
		reflect.TypeFor[campaign.Seat](),
	},
	readings: []laws.Reading{
		laws.ReadingOf[campaign.Attendance](),
		laws.ReadingOf[campaign.Writings](),
	},
}
