package campaign

import "github.com/unioncampaign/union"

// A Reflection (心得体会) is the record of one paper that a member wrote.
type Reflection struct {
	Person string     `json:"person"`
	Day    union.Date `json:"day"`
	Title  string     `json:"title"`
	Words  int64      `json:"words"`
}
