package employment

import (
	"strconv"
	"strings"

	"github.com/unioncampaign/union"
)

// A Basis says which registrations the figures of a labour market count. The
// empty Basis is none: a ratio of one basis is not that of another.
type Basis string

// The bases.
const (
	Valid       Basis = "valid"   // 有效数: whatever is open in the period, carried over or new
	Fresh       Basis = "new"     // 新发生数: registered in the period
	CarriedOver Basis = "carried" // registered before and still open
)

// A Base says of what whole the share of a term within another is. The empty
// Base is that of a list without such terms.
type Base string

// The bases of shares.
const (
	OfTotal   Base = "total"   // of the whole of the side
	OfParent  Base = "parent"  // of the term that it is within (其中)
	OfSection Base = "section" // of the term of the top level that it is within
)

// A ChangeOf says whether a change of a ratio is the difference of the exact
// ratios, rounded, or of the ratios as printed. The empty ChangeOf is none.
type ChangeOf string

// The ways of taking a change.
const (
	OfExact   ChangeOf = "exact"
	OfPrinted ChangeOf = "printed"
)

// choice reports a choice that is not made or that is none of those listed.
func choice[T ~string](faults *union.FaultList, where string, chosen T, among ...T) {
	for _, each := range among {
		if chosen == each {
			return
		}
	}
	names := make([]string, len(among))
	for i, each := range among {
		names[i] = string(each)
	}
	want := "one of: " + strings.Join(names, ", ")
	if chosen == "" {
		faults.Add(union.ErrMissing, where, "", want)
		return
	}
	faults.Add(union.ErrUnknown, where, strconv.Quote(string(chosen)), want)
}
