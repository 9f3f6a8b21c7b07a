package aid

import (
	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/internal/quote"
)

// A Fund is money that came from one source and is kept apart: what it may be
// spent on, until when, and where what is left goes then.
type Fund struct {
	Key    string `json:"key"`
	Title  string `json:"title"`
	Source string `json:"source"` // the key of a source of the books
	// Purposes are those that the fund may be spent on, each with all that is
	// within it; none: any purpose of the books.
	Purposes []string `json:"purposes,omitempty"`
	// Until is the last day on which the fund may be spent; zero: there is none.
	Until union.Date `json:"until,omitzero"`
	// Residue is the fund that takes what is left after Until; empty: it goes back
	// to whoever gave it.
	Residue string `json:"residue,omitempty"`
}

// check reports what is wrong with a fund, its residue apart.
func (f Fund) check(faults *union.FaultList, where string, seen map[string]bool, sources, purposes union.Codes) {
	faults.Key(where+".key", f.Key, seen)
	faults.Given(where+".title", f.Title)
	checkListed(faults, where+".source", f.Source, sources)
	checkChosen(faults, where+".purposes", f.Purposes, purposes)
	if f.Until.IsZero() && f.Residue != "" {
		faults.Add(union.ErrMissing, where+".until", "", "a last day, since what is left then has a fund")
	}
}

// checkListed reports a key that is not given or not one of a list.
func checkListed(faults *union.FaultList, where, key string, list union.Codes) {
	if _, err := find(list, where, key); err != nil {
		faults.Within("", err)
	}
}

// checkChosen reports the keys that are not of a list or are chosen twice.
func checkChosen(faults *union.FaultList, where string, keys []string, list union.Codes) {
	seen := map[string]bool{}
	for i, key := range keys {
		at := union.Indexed(where, i)
		checkListed(faults, at, key, list)
		if seen[key] {
			faults.Add(union.ErrRepeated, at, quote.Key(key), "another key")
		}
		seen[key] = true
	}
}

// checkResidue reports a fund that what is left goes to and that is not there, or
// that has to give it on by then or at last gets it back itself.
func checkResidue(faults *union.FaultList, funds []Fund) {
	at := map[string]int{}
	for i, fund := range funds {
		at[fund.Key] = i
	}
	for i, fund := range funds {
		if fund.Residue == "" {
			continue
		}
		where := union.Indexed("funds", i) + ".residue"
		to, known := at[fund.Residue]
		switch {
		case !known:
			faults.Add(union.ErrUnknown, where, quote.Key(fund.Residue), "a fund of the books")
		case !funds[to].Until.IsZero() && !funds[to].Until.After(fund.Until):
			faults.Add(union.ErrOrder, where, quote.Key(fund.Residue), "a fund that may be spent longer")
		}
	}
}
