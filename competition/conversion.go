package competition

import (
	"slices"
	"strconv"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/internal/quote"
)

// A Conversion makes titles of results in a contest: who comes first is given the
// medal of an award (竞赛结果转化为荣誉).
type Conversion struct {
	Key     string         `json:"key"` // unique within its edition
	Title   string         `json:"title"`
	Contest string         `json:"contest"` // the contest, as results name it
	Ranks   union.Interval `json:"ranks"`   // "[1,3]": the first three
	Award   string         `json:"award"`   // the key of an award of the edition
}

// A ContestResult is where somebody came in a contest.
type ContestResult struct {
	ID      string           `json:"id"` // of the grant that may follow from it
	Contest string           `json:"contest"`
	Firm    union.CreditCode `json:"firm"`
	Part    string           `json:"part,omitempty"` // the team, project or person within it
	Rank    int              `json:"rank"`
	On      union.Date       `json:"on"`
}

// checkConversions adds what is wrong with the conversions.
func (e Edition) checkConversions(faults *union.FaultList) {
	seen := map[string]bool{}
	for i, each := range e.spec.Conversions {
		where := union.Indexed("conversions", i)
		faults.Key(where+".key", each.Key, seen)
		faults.Given(where+".title", each.Title)
		faults.Given(where+".contest", each.Contest)
		if each.Ranks.Equal(union.Interval{}) {
			faults.Add(union.ErrMissing, where+".ranks", "", "the ranks that are given the title")
		}
		_, _, err := e.findAward(each.Award)
		faults.Within(where, err)
	}
}

// Convert returns the grants that results in contests come to by the edition's
// conversions, in the order of the results, to be entered in a [Roll]. A result
// that several conversions hold for is granted each of their awards once. An award
// of which more are granted than places are kept for contests is a finding; none is
// left out, since no rule says which.
//
// The first of these faults is reported, with the place of the result:
// [union.ErrMissing], for no ID, no contest, no firm, no day and no rank;
// [union.ErrRange], for a rank below 1; [union.ErrRepeated], for an ID given twice.
func (e Edition) Convert(results []ContestResult) ([]Grant, []union.Finding, error) {
	var grants []Grant
	ids, given := map[string]bool{}, map[string]int{}
	for i, result := range results {
		where := union.Indexed("results", i)
		if err := result.check(); err != nil {
			return nil, nil, union.Within(where, err)
		}
		if ids[result.ID] {
			return nil, nil, union.NewFault(union.ErrRepeated, where+".id", quote.Key(result.ID), "a new ID")
		}
		ids[result.ID] = true
		granted := map[string]bool{}
		for _, conversion := range e.spec.Conversions {
			holds := conversion.Contest == result.Contest && conversion.Ranks.Contains(union.Whole(int64(result.Rank)))
			if !holds || granted[conversion.Award] {
				continue
			}
			granted[conversion.Award] = true
			given[conversion.Award]++
			grants = append(grants, Grant{
				ID: result.ID + "/" + conversion.Key, Edition: e.spec.Key, Version: e.spec.Version, Award: conversion.Award,
				Firm: result.Firm, Part: result.Part, Conversion: conversion.Key, On: result.On,
			})
		}
	}
	var found []union.Finding
	for _, award := range e.spec.Awards {
		if kept := award.Quota.Contest; given[award.Key] > kept {
			found = append(found, union.Finding{
				Where: "awards." + award.Key, Rule: "no more titles than places kept for contests",
				Got: strconv.Itoa(given[award.Key]), Want: "at most " + strconv.Itoa(kept),
			})
		}
	}
	return grants, found, nil
}

// findConversion reports whether a key is that of a conversion to an award.
func (e Edition) findConversion(key, award string) bool {
	return slices.ContainsFunc(e.spec.Conversions, func(c Conversion) bool { return c.Key == key && c.Award == award })
}

func (r ContestResult) check() error {
	switch {
	case r.ID == "":
		return union.NewFault(union.ErrMissing, "id", "", "")
	case r.Contest == "":
		return union.NewFault(union.ErrMissing, "contest", "", "")
	case r.Firm.IsZero():
		return union.NewFault(union.ErrMissing, "firm", "", "a credit code")
	case r.On.IsZero():
		return union.NewFault(union.ErrMissing, "on", "", "a day")
	case r.Rank > 0:
		return nil
	case r.Rank == 0:
		return union.NewFault(union.ErrMissing, "rank", "", "a rank")
	}
	return union.NewFault(union.ErrRange, "rank", strconv.Itoa(r.Rank), "1 or more")
}
