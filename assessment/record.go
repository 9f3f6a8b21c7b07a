package assessment

import "github.com/unioncampaign/union"

// A Record is what is known of one unit before it is scored. A mark that is
// blank is simply not given, which is never zero; a mark that does not apply is
// told with its reason.
type Record struct {
	Unit          string                  `json:"unit"`                     // the caller's token of the unit; never a person's number
	In            map[string]string       `json:"in,omitempty"`             // the unit's value of each grouping: its class, room, superior
	Given         map[string]union.Number `json:"given"`                    // by the key of a Given item
	Panel         map[string][]Mark       `json:"panel,omitempty"`          // what each judge gave, by the key of a Panel item or of an element of one
	Votes         map[string]Outcome      `json:"-"`                        // the outcome of a ballot, by the key of its form
	NotApplicable map[string]string       `json:"not_applicable,omitempty"` // by the key of an item: why it does not apply
	Facts         []string                `json:"facts,omitempty"`          // the facts of vetoes that occurred
}
