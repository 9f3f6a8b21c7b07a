package assessment

import "github.com/unioncampaign/union"

// A Record is what is known of one unit before it is scored. A mark that is
// blank is simply not given, which is never zero; a mark that does not apply is
// told with its reason.
type Record struct {
	Unit          string                  `json:"unit"`                     // the caller's token of the unit; never a person's number
	Given         map[string]union.Number `json:"given"`                    // by the key of a Given item
	NotApplicable map[string]string       `json:"not_applicable,omitempty"` // by the key of an item: why it does not apply
	Facts         []string                `json:"facts,omitempty"`          // the facts of vetoes that occurred
}
