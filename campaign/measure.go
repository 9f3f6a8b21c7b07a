package campaign

import "github.com/unioncampaign/union"

// The measures that this package counts in beside those of package union.
const (
	sessionsHeld union.Measure = "次"
	studyHours   union.Measure = "学时"
	papers       union.Measure = "篇"
	actionsOf    union.Measure = "项"
	issuesFound  union.Measure = "个"
)
