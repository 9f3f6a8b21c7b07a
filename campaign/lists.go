package campaign

import (
	"slices"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/internal/quote"
)

// find notes [union.ErrUnknown] of a key that a list does not have. It is asked of
// lists that may have faults of their own, so that one fault is not reported
// twice.
func find(faults *union.FaultList, list union.CodesSpec, where, key, want string) {
	if !slices.ContainsFunc(list.Terms, func(t union.Term) bool { return t.Key == key }) {
		faults.Add(union.ErrUnknown, where, quote.Key(key), want)
	}
}

// titles returns the titles of the terms with the keys, in the list's order.
func titles(list union.CodesSpec, keys []string) []string {
	var found []string
	for _, term := range list.Terms {
		if slices.Contains(keys, term.Key) {
			found = append(found, term.Title)
		}
	}
	return found
}

// isNone reports whether a list says nothing at all.
func isNone(list union.CodesSpec) bool { return list.Rule == (union.Rule{}) && len(list.Terms) == 0 }

func cloneList(list union.CodesSpec) union.CodesSpec {
	list.Terms = slices.Clone(list.Terms)
	return list
}

// once notes the keys of a list of keys that are empty, given twice or not known.
func once(faults *union.FaultList, where string, keys []string, known func(string) bool, want string) {
	for i, key := range keys {
		at := union.Indexed(where, i)
		switch {
		case !known(key):
			faults.Add(union.ErrUnknown, at, quote.Key(key), want)
		case slices.Contains(keys[:i], key):
			faults.Add(union.ErrRepeated, at, quote.Key(key), "each once")
		}
	}
}
