package employment

// A Posting is one kind of post that an employer offers at a fair, with the
// number of its openings. The same posting announced twice is one posting.
type Posting struct {
	Key      string `json:"key"`
	Employer string `json:"employer"`          // key of an employer of the floor
	Sector   string `json:"sector,omitempty"`  // key of a sector of the fair; empty: unknown
	Edition  string `json:"edition,omitempty"` // edition that the sector's key is from; empty: the fair's own
	Trade    string `json:"trade,omitempty"`   // key of a trade of the fair; empty: unknown
	Title    string `json:"title"`
	Openings int64  `json:"openings"` // at least 1
	Carried  bool   `json:"carried"`  // announced before and still open
}
