package assessment

// Counts are papers of one voter class counted by hand, entered as the counts
// stand on the tellers' record. A count that is absent is zero: what is missing
// shows as a finding, since the votes then do not add up to the valid papers.
type Counts struct {
	Class string                      `json:"class,omitempty"` // empty if the form has none
	Valid int64                       `json:"valid"`           // valid papers
	Void  map[string]int64            `json:"void,omitempty"`  // papers void, by the key of the reason
	Votes map[string]map[string]int64 `json:"votes"`           // by criterion, then by answer, "blank" or "void"
}
