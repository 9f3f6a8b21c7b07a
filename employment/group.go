package employment

import (
	"errors"
	"slices"
	"strconv"

	"github.com/unioncampaign/union"
)

// A Group is a named set of seeker categories that a report adds up, such as
// the local unemployed, with its share of all seekers. Its key shares one name
// space with those of the categories.
type Group struct {
	Key   string   `json:"key"`
	Title string   `json:"title"`
	Of    []string `json:"of"` // keys of categories, none a part of another
}

// checkGroups reports, joined, what is wrong with the groups of a fair.
func checkGroups(groups []Group, categories listing) error {
	var faults []error
	taken := map[string]bool{}
	for i, group := range groups {
		where := "groups[" + strconv.Itoa(i) + "]"
		faults = append(faults, union.Within(where, checkKey(group.Key, categoryWords[:])))
		if _, err := categories.Find(group.Key); err == nil || taken[group.Key] {
			faults = append(faults, union.NewFault(union.ErrRepeated, where+".key", quote(group.Key), "a key of its own"))
		}
		taken[group.Key] = true
		if group.Title == "" {
			faults = append(faults, union.NewFault(union.ErrMissing, where+".title", "", ""))
		}
		if len(group.Of) == 0 {
			faults = append(faults, union.NewFault(union.ErrMissing, where+".of", "", "the keys of categories"))
		}
		faults = append(faults, union.Within(where, checkMembers(group.Of, categories)))
	}
	return errors.Join(faults...)
}

// checkMembers refuses a category that is not known, or that would be counted
// twice because it, or what it is a part of, is named already.
func checkMembers(keys []string, categories listing) error {
	var faults []error
	var named []union.Code
	for i, key := range keys {
		where := "of[" + strconv.Itoa(i) + "]"
		code, err := categories.Find(key)
		if err != nil {
			faults = append(faults, union.NewFault(union.ErrUnknown, where, quote(key), "a category"))
			continue
		}
		twice := slices.ContainsFunc(named, func(other union.Code) bool {
			return categories.within(code, other) || categories.within(other, code)
		})
		if twice {
			faults = append(faults, union.NewFault(union.ErrRepeated, where, quote(key), "a category outside the others"))
		}
		named = append(named, code)
	}
	return errors.Join(faults...)
}
