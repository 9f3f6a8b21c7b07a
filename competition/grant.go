package competition

import "github.com/unioncampaign/union"

// A Grant is the record of a title that was given: an award of an edition, to a
// firm or to a part of one, decided on a day. It bears the edition's year.
type Grant struct {
	ID         string           `json:"id"`      // the caller's, which makes it harmless to enter it again
	Edition    string           `json:"edition"` // the key of the edition
	Version    string           `json:"version"` // and its version
	Award      string           `json:"award"`   // the key of an award of that edition
	Firm       union.CreditCode `json:"firm"`
	Part       string           `json:"part,omitempty"`       // the team, project or person within it; empty: the firm itself
	Conversion string           `json:"conversion,omitempty"` // the key of the conversion that it comes of: no earlier title is then asked for
	On         union.Date       `json:"on"`
}

// A Removal is the record of a title that was taken away or given up.
type Removal struct {
	ID     string     `json:"id"`
	Grant  string     `json:"grant"` // the ID of the grant
	Kind   string     `json:"kind"`  // a key of the edition's Removals
	On     union.Date `json:"on"`
	Reason string     `json:"reason,omitempty"` // without a person's name
}

// A RemovalKind is one way of losing a title. 郑州 has three: the plaque is ordered
// to be taken down (责令摘牌), comes down of itself where the holder no longer takes
// part (自动摘牌), or with its term (自然摘牌).
//
// Void makes the title count as never given, as for fraud, so that whatever needed
// it is judged again without it. Any other title counts as held until that day.
type RemovalKind struct {
	Key   string `json:"key"` // unique within its edition
	Title string `json:"title"`
	Void  bool   `json:"void,omitempty"`
}

// checkRemovals adds what is wrong with the kinds of removal.
func (e Edition) checkRemovals(faults *union.FaultList) {
	seen := map[string]bool{}
	for i, kind := range e.spec.Removals {
		where := union.Indexed("removals", i)
		faults.Key(where+".key", kind.Key, seen)
		faults.Given(where+".title", kind.Title)
	}
}

// findRemoval returns the kind of removal of a key.
func (e Edition) findRemoval(key string) (RemovalKind, bool) {
	for _, kind := range e.spec.Removals {
		if kind.Key == key {
			return kind, true
		}
	}
	return RemovalKind{}, false
}
