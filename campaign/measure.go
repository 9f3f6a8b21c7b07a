package campaign

import "github.com/unioncampaign/union"

// The measures that this package counts in beside those of package union.
const (
	sessionsHeld  union.Measure = "次"
	studyHours    union.Measure = "学时"
	serviceHours  union.Measure = "小时"
	papers        union.Measure = "篇"
	actionsOf     union.Measure = "项"
	promisesMade  union.Measure = "件"
	issuesFound   union.Measure = "个"
	opinionsHeard union.Measure = "条"
	organisations union.Measure = "个"
	teamsOf       union.Measure = "支"
	unitsOf       union.Measure = "个"
)
