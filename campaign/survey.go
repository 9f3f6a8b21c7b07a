package campaign

import "github.com/unioncampaign/union"

// Survey (调研) is the record of one survey that a member made on the spot.
type Survey struct {
	Person string     `json:"person"`
	Day    union.Date `json:"day"`
	Title  string     `json:"title"`
}
