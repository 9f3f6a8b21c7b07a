package employment

import (
	"slices"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/internal/quote"
)

// A Group is a named set of seeker categories that a report adds up, such as
// the local unemployed, with its share of all seekers.
type Group struct {
	Key   string   `json:"key"`
	Title string   `json:"title"`
	Of    []string `json:"of"` // keys of categories, none a part of another
}

// checkGroups reports what is wrong with the groups of a fair.
func checkGroups(faults *union.FaultList, groups []Group, categories listing) {
	seen := map[string]bool{}
	for i, group := range groups {
		where := union.Indexed("groups", i)
		faults.Key(where+".key", group.Key, seen)
		faults.Given(where+".title", group.Title)
		if len(group.Of) == 0 {
			faults.Add(union.ErrMissing, where+".of", "", "the keys of categories")
		}
		if categories.Len() > 0 {
			checkMembers(faults, where+".of", group.Of, categories)
		}
	}
}

// checkMembers refuses a category that is not known, or that would be counted
// twice because it, or what it is a part of, is named already.
func checkMembers(faults *union.FaultList, where string, keys []string, categories listing) {
	var named []union.Code
	for i, key := range keys {
		code, err := categories.Find(key)
		if err != nil {
			faults.Add(union.ErrUnknown, union.Indexed(where, i), quote.Key(key), "a category")
			continue
		}
		twice := slices.ContainsFunc(named, func(other union.Code) bool {
			return categories.within(code, other) || categories.within(other, code)
		})
		if twice {
			faults.Add(union.ErrRepeated, union.Indexed(where, i), quote.Key(key), "a category outside the others")
		}
		named = append(named, code)
	}
}
