package competition

import "github.com/unioncampaign/union"

// A Condition is a question about a candidate that must be answered with yes: has
// it signed the agreement on labour protection, did the workers' meeting agree?
// A candidate that does not say leaves the reason unknown.
type Condition struct {
	Key   string `json:"key"` // unique within its award
	Title string `json:"title"`
}

func (c Condition) reason(given map[string]Whether) union.Reason {
	stands := union.Unknown
	switch given[c.Key] {
	case Yes:
		stands = union.Met
	case No:
		stands = union.Unmet
	}
	return reason(stands, "conditions."+c.Key, c.Title, given[c.Key].String(), Yes.String())
}
