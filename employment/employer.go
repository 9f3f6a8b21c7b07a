package employment

// An Employer is a firm that recruits at a fair. Its Key is a token of the
// caller's making; the same firm at two stands is one employer.
type Employer struct {
	Key    string `json:"key"`
	Title  string `json:"title"`
	Region string `json:"region,omitempty"` // key of a region of the fair; empty: unknown
	Kind   string `json:"kind,omitempty"`   // key of a kind of the fair; empty: unknown
}
