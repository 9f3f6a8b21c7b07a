package assessment

import "github.com/unioncampaign/union"

// An Item is one figure of a scheme: where it comes from, and what is then done
// to it, in order.
type Item struct {
	Key   string `json:"key"`
	Title string `json:"title,omitempty"` // the official wording; empty: the key
	From  Source `json:"from"`
	Then  []Step `json:"then,omitempty"`
}

// name returns the item's title, or its key if it has none.
func (i Item) name() string {
	if i.Title == "" {
		return i.Key
	}
	return i.Title
}

func (i Item) check(f *union.FaultList, where string, items known, seen map[string]bool) {
	f.Key(where+".key", i.Key, seen)
	i.From.check(f, where+".from", items)
	for at, step := range i.Then {
		step.check(f, union.Indexed(where+".then", at), items)
	}
}
