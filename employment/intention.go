package employment

import "github.com/unioncampaign/union"

// An Intention says that a seeker reached a stage with a posting: an intention,
// an agreement, a signing or whatever the fair lists after registration. One
// seeker may have several, and the same one told twice is two person-times.
type Intention struct {
	Seeker  string     `json:"seeker"`  // token of a registered seeker
	Posting string     `json:"posting"` // key of a posting of the floor
	Stage   string     `json:"stage"`   // key of a stage other than registration
	Day     union.Date `json:"day"`     // not before the fair; a later stage may come after it
}
