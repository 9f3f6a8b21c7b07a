package employment

import (
	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/internal/quote"
)

// A Dimension is a list by which a labour-market table tells demand, supply or
// both apart: industry, occupation, region, category, schooling, age, skill,
// employer kind. Its terms are dated and sourced, since sectors are those of an
// edition of GB/T 4754 and categories those of a province.
type Dimension struct {
	Key    string          `json:"key"`
	Title  string          `json:"title"`
	Terms  union.CodesSpec `json:"terms"`
	Groups []Group         `json:"groups,omitempty"` // sums of terms, each with its share of the whole
	Demand bool            `json:"demand,omitempty"` // employers' demand is told apart by it
	Supply bool            `json:"supply,omitempty"` // seekers are told apart by it
	// Open is the term of those who state no requirement or preference (无要求),
	// on either side; empty: the list has none. A bulletin that does not give it
	// says that there are none.
	Open string `json:"open,omitempty"`
	// Whole says that the terms within another make it up, as industries make up
	// a sector. Otherwise they may be fewer (其中).
	Whole bool `json:"whole,omitempty"`
	// Base is the whole of the share of a term within another; empty only where
	// no term is.
	Base Base `json:"base,omitempty"`
	// SpreadSupply says that the ratio of a term counts its part of the seekers
	// without preference, in proportion to demand; SpreadDemand that it counts
	// its part of the demand without requirement, in proportion to seekers. Each is
	// in proportion to what the other side states, before anything of it is spread.
	// In the tables published only one side has what is spread: a skill table keeps
	// seekers without a skill (无技术等级) apart from demand without requirement, as
	// a term like others. Where both sides are spread, what is stated is the one
	// proportion that is the same whichever comes first, and it keeps both totals.
	SpreadSupply bool `json:"spread_supply,omitempty"`
	SpreadDemand bool `json:"spread_demand,omitempty"`
}

// clone returns a dimension that shares no slice with d.
func (d Dimension) clone() Dimension {
	d.Terms.Terms = append([]union.Term(nil), d.Terms.Terms...)
	d.Groups = append([]Group(nil), d.Groups...)
	for i := range d.Groups {
		d.Groups[i].Of = append([]string(nil), d.Groups[i].Of...)
	}
	return d
}

// A dimension is a checked Dimension with its list looked up.
type dimension struct {
	Dimension
	list listing
	open union.Code // 0: none
}

// readDimension looks the dimension up and notes what is wrong with it.
func readDimension(faults *union.FaultList, where string, spec Dimension, seen map[string]bool) dimension {
	made := dimension{Dimension: spec}
	faults.Key(where+".key", spec.Key, seen)
	faults.Given(where+".title", spec.Title)
	if !spec.Demand && !spec.Supply {
		faults.Add(union.ErrMissing, where, "", "demand, supply or both")
	}
	list, err := newListing(spec.Terms)
	faults.Within(where+".terms", err)
	made.list = list
	checkGroups(faults, where+".groups", spec.Groups, list)
	if list.Len() == 0 {
		return made // it has a fault of its own
	}
	if spec.Open != "" {
		code, err := list.Find(spec.Open)
		if err != nil || list.parent[code] != 0 || list.inner(code) {
			faults.Add(union.ErrUnknown, where+".open", quote.Key(spec.Open), "a term outside the others")
		}
		made.open = code
	} else if spec.SpreadSupply || spec.SpreadDemand {
		faults.Add(union.ErrMissing, where+".open", "", "the term that is spread")
	}
	if made.nested() || spec.Base != "" {
		choice(faults, where+".base", spec.Base, OfTotal, OfParent, OfSection)
	}
	return made
}

// nested reports whether any term is within another.
func (d dimension) nested() bool {
	for _, parent := range d.list.parent {
		if parent != 0 {
			return true
		}
	}
	return false
}

// section returns the term of the top level that a code is within, or is.
func (l listing) section(code union.Code) union.Code {
	for l.parent[code] != 0 {
		code = l.parent[code]
	}
	return code
}

// inner reports whether any term is within the one of the code.
func (l listing) inner(code union.Code) bool {
	for _, parent := range l.parent {
		if parent == code && code != 0 {
			return true
		}
	}
	return false
}
