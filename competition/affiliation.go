package competition

import (
	"strconv"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/internal/quote"
)

// Affiliations say to which unit of a tree each firm belongs (隶属关系). With them
// [Edition.CountOwn] counts a unit's own subordinates (所属企业): of the firms that
// stand in one area some belong to the unit of the area, and others to an industry's
// or to a unit far above. Which tree it is, of regions or of industries, is the
// caller's to choose.
//
// [NewAffiliations] makes empty ones. The zero Affiliations are those of a tree
// without units and refuse every firm. Assigning Affiliations shares what they hold.
type Affiliations struct {
	tree  union.Tree
	units veiled[firmCode, union.UnitID]
}

// NewAffiliations returns empty affiliations to the units of a tree.
func NewAffiliations(tree union.Tree) Affiliations { return Affiliations{tree: tree} }

// Add notes that a firm belongs to the unit of a key, which may be any unit of the
// tree: a firm may belong to a county itself. The same again changes nothing. It
// reports the first of these faults, and then changes nothing:
//   - [union.ErrMissing], for a firm without a credit code;
//   - [union.ErrUnknown], for a unit that the tree does not have;
//   - [union.ErrRepeated], for a firm that belongs to another unit already.
func (a *Affiliations) Add(firm union.CreditCode, unit string) error {
	if firm.IsZero() {
		return union.NewFault(union.ErrMissing, "firm", "", "a credit code")
	}
	id, err := a.tree.Find(unit)
	if err != nil {
		return union.Within("unit", err)
	}
	code := firmCodeOf(firm)
	if before, ok := a.units.plain()[code]; ok && before != id {
		return union.NewFault(union.ErrRepeated, "firm "+firm.String(), quote.Key(unit), "the unit given before")
	}
	a.units.made(1)[code] = id
	return nil
}

// Len returns the number of firms that belong to a unit.
func (a Affiliations) Len() int { return len(a.units.plain()) }

// within returns by ID which units are the one of an ID or stand below it.
func (a Affiliations) within(id union.UnitID) []bool {
	within := make([]bool, a.tree.Len()+1)
	for at := a.tree.Len(); at > 0; at-- { // from above
		each := union.UnitID(at)
		within[at] = each == id || within[a.tree.Parent(each)]
	}
	return within
}

// CountOwn counts as [Edition.Count] does, of a unit's own subordinates alone: of
// the firms that belong to the unit or to one below it, and of their entries. The
// coverage of such a turnout is one of the unit's own subordinates, over any base of
// the edition; those of units side by side merge to that of the unit above, if no
// firm belongs to that one itself.
//
// A firm that could enter or did and belongs to no unit is nobody's subordinate. How
// many there are is a finding, after those of Count: whose they are is not known. It
// fails as Count does, and with [union.ErrUnknown] for a unit that the tree does not
// have.
func (e Edition) CountOwn(p Population, r Entrants, of Affiliations, unit string) (Turnout, []union.Finding, error) {
	id, err := of.tree.Find(unit)
	if err != nil {
		return Turnout{}, nil, union.Within("unit", err)
	}
	within, units := of.within(id), of.units.plain()
	firms, reports := Population{rule: p.rule, limits: p.limits}, Entrants{rule: r.rule, limits: r.limits}
	nobodys := map[firmCode]struct{}{}
	own := func(firm firmCode) bool {
		at, known := units[firm]
		if !known {
			nobodys[firm] = struct{}{}
		}
		return within[at] // that of no unit is not within
	}
	for code, firm := range p.firms.plain() {
		if own(code) {
			firms.firms.made(1)[code] = firm
		}
	}
	for key, report := range r.reports.plain() {
		if own(key.firm) {
			reports.reports.made(1)[key] = report
		}
	}
	turnout, found, err := e.Count(firms, reports)
	if err == nil && len(nobodys) > 0 {
		found = append(found, union.Finding{
			Where: "affiliations", Rule: "every firm belongs to a unit", Got: strconv.Itoa(len(nobodys)) + " that belong to none",
		})
	}
	return turnout, found, err
}
