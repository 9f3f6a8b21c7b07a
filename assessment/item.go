package assessment

import (
	"strconv"

	"github.com/unioncampaign/union"
)

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

func (i Item) check(f *faults, where string, items known) {
	if i.Key == "" {
		f.add(union.ErrMissing, where+".key", "", "")
	} else if _, ok := items.index[i.Key]; ok {
		f.add(union.ErrRepeated, where+".key", i.Key, "")
	}
	i.From.check(f, where+".from", items)
	for at, step := range i.Then {
		step.check(f, where+".then["+strconv.Itoa(at)+"]", items)
	}
}
