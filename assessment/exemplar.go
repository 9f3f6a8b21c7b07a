package assessment

import "github.com/unioncampaign/union"

// An Exemplar is a unit held up to be learned from (标杆), with its figures by
// the keys of a comparison's indicators. The unit that compares itself is told
// in the same shape. A figure that is absent is not known, which is not zero.
type Exemplar struct {
	Key    string                  `json:"key"`
	Title  string                  `json:"title"`
	Values map[string]union.Number `json:"values"`
}

// An Indicator is one thing that units are compared by.
type Indicator struct {
	Key      string         `json:"key"`
	Title    string         `json:"title"`
	Measure  union.Measure  `json:"measure,omitempty"`
	Lower    bool           `json:"lower,omitempty"`   // lower is better
	Rounding union.Rounding `json:"rounding,omitzero"` // of the printed gap; zero: exact
}
