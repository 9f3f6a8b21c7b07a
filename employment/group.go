package employment

import (
	"slices"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/internal/quote"
)

// A Group is a named set of terms of one list that a report adds up, such as the
// local unemployed among the categories, with its share of the whole.
type Group struct {
	Key   string   `json:"key"`
	Title string   `json:"title"`
	Of    []string `json:"of"` // keys of terms, none a part of another
}

// checkGroups reports what is wrong with groups of the terms of a list.
func checkGroups(faults *union.FaultList, where string, groups []Group, list listing) {
	seen := map[string]bool{}
	for i, group := range groups {
		at := union.Indexed(where, i)
		faults.Key(at+".key", group.Key, seen)
		faults.Given(at+".title", group.Title)
		if len(group.Of) == 0 {
			faults.Add(union.ErrMissing, at+".of", "", "the keys of terms")
		}
		if list.Len() > 0 {
			checkMembers(faults, at+".of", group.Of, list)
		}
	}
}

// checkMembers refuses a term that is not known, or that would be counted
// twice because it, or what it is a part of, is named already.
func checkMembers(faults *union.FaultList, where string, keys []string, list listing) {
	var named []union.Code
	for i, key := range keys {
		code, err := list.Find(key)
		if err != nil {
			faults.Add(union.ErrUnknown, union.Indexed(where, i), quote.Key(key), "a term of the list")
			continue
		}
		twice := slices.ContainsFunc(named, func(other union.Code) bool {
			return list.within(code, other) || list.within(other, code)
		})
		if twice {
			faults.Add(union.ErrRepeated, union.Indexed(where, i), quote.Key(key), "a term outside the others")
		}
		named = append(named, code)
	}
}
