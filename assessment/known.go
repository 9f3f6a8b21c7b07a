package assessment

import (
	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/internal/quote"
)

// known is the items that a scheme has so far: where each stands, and between
// which bounds its figure lies.
type known struct {
	index   map[string]int
	extents []extent
	forms   []FormSpec      // of the scheme
	later   map[string]bool // the keys of all items, to tell an unknown item from one not yet made
}

// use reports whether an item is among those before it, and notes it if it is
// not: one that stands later is out of order.
func (k known) use(f *union.FaultList, where, item string) bool {
	if _, ok := k.index[item]; ok {
		return true
	}
	switch {
	case item == "":
		f.Add(union.ErrMissing, where, "", "")
	case k.later[item]:
		f.Add(union.ErrOrder, where, quote.Key(item), "an item before this one")
	default:
		f.Add(union.ErrUnknown, where, quote.Key(item), "an item of the scheme")
	}
	return false
}

// knownOf returns what is known before the first of items.
func knownOf(items []Item, forms []FormSpec) known {
	k := known{forms: forms, index: map[string]int{}, later: map[string]bool{}}
	for _, item := range items {
		k.later[item.Key] = true
	}
	return k
}

// add makes the next item known. Of items with one key the first is kept.
func (k *known) add(item Item) {
	bounds := item.From.extent(*k)
	for _, step := range item.Then {
		bounds = step.extent(bounds)
	}
	if _, ok := k.index[item.Key]; !ok {
		k.index[item.Key] = len(k.extents)
	}
	k.extents = append(k.extents, bounds)
}
