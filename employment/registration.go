package employment

import "github.com/unioncampaign/union"

// A Registration is one entry of one seeker at a fair. The Seeker is a token of
// the caller's making, never an identity number, hashed or not. A seeker who
// registers on two days is one person and two person-times, and says the same
// both times.
type Registration struct {
	Seeker    string     `json:"seeker"`
	Category  string     `json:"category,omitempty"`  // key of a category; empty: unknown
	Schooling string     `json:"schooling,omitempty"` // key of a schooling; empty: unknown
	Age       string     `json:"age,omitempty"`       // key of an age band; empty: unknown
	Carried   bool       `json:"carried"`             // registered before and still looking
	Day       union.Date `json:"day"`
}
