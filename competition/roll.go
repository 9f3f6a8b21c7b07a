package competition

import (
	"cmp"
	"maps"
	"slices"
	"strconv"
	"time"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/internal/quote"
)

// A Roll is the register of honours (荣誉台账) of several editions: the grants and
// removals that were entered, in whatever order. What it amounts to on a day is
// worked out anew each time, in the order in which the grants were decided, so that
// the same records always give the same register: a grant stands if its award's
// earlier title was held and its cool-off kept to, and if it was not removed.
// Removing an honour as void so takes with it every later one that needed it.
//
// [NewRoll] makes an empty one. The zero Roll knows no edition and refuses every
// grant. Assigning a Roll shares its records. It is not for use by several
// goroutines at once.
type Roll struct {
	editions []Edition
	grants   map[string]Grant
	removals map[string]Removal // by the grant
	removed  map[string]string  // by ID, the grant
}

// NewRoll returns an empty roll of editions. It reports [union.ErrMissing] for a
// zero Edition and [union.ErrRepeated] for one of the same key and version as
// another.
func NewRoll(editions ...Edition) (Roll, error) {
	seen := map[[2]string]bool{}
	for i, e := range editions {
		name := [2]string{e.spec.Key, e.spec.Version}
		switch {
		case e.id.IsZero():
			return Roll{}, union.NewFault(union.ErrMissing, union.Indexed("editions", i), "", "an edition")
		case seen[name]:
			return Roll{}, union.NewFault(union.ErrRepeated, union.Indexed("editions", i), quote.Key(e.spec.Key+" "+e.spec.Version), "another key or version")
		}
		seen[name] = true
	}
	return Roll{
		editions: slices.Clone(editions),
		grants:   map[string]Grant{}, removals: map[string]Removal{}, removed: map[string]string{},
	}, nil
}

// find returns the edition of a key and version.
func (r Roll) find(key, version string) (Edition, bool) {
	for _, e := range r.editions {
		if e.spec.Key == key && e.spec.Version == version {
			return e, true
		}
	}
	return Edition{}, false
}

// Grant enters a grant. The same grant again changes nothing. It reports the first
// of these faults, and then changes nothing:
//   - [union.ErrMissing], for no ID, firm or day;
//   - [union.ErrUnknown], for an edition that the roll does not have, and for an
//     award and a conversion to it that the edition does not have;
//   - [union.ErrRepeated], for an ID that the roll has with other content.
func (r *Roll) Grant(g Grant) error {
	switch {
	case g.ID == "":
		return union.NewFault(union.ErrMissing, "id", "", "")
	case g.Firm.IsZero():
		return union.NewFault(union.ErrMissing, "firm", "", "a credit code")
	case g.On.IsZero():
		return union.NewFault(union.ErrMissing, "on", "", "a day")
	}
	e, ok := r.find(g.Edition, g.Version)
	if !ok {
		return union.NewFault(union.ErrUnknown, "edition", quote.Key(g.Edition+" "+g.Version), "an edition of the roll")
	}
	if _, _, err := e.findAward(g.Award); err != nil {
		return err
	}
	if g.Conversion != "" && !e.findConversion(g.Conversion, g.Award) {
		return union.NewFault(union.ErrUnknown, "conversion", quote.Key(g.Conversion), "a conversion to the award")
	}
	if before, known := r.grants[g.ID]; known {
		return same(before == g, g.ID)
	}
	r.grants[g.ID] = g
	return nil
}

// same refuses an ID that was entered with other content.
func same(holds bool, id string) error {
	if holds {
		return nil
	}
	return union.NewFault(union.ErrRepeated, "id", quote.Key(id)+" with other content", "a new ID")
}

// Remove enters a removal. The same removal again changes nothing. It reports the
// first of these faults, and then changes nothing:
//   - [union.ErrMissing], for no ID or day;
//   - [union.ErrUnknown], for a grant that the roll does not have, and for a kind
//     that its edition does not list;
//   - [union.ErrOrder], for a day before that of the grant;
//   - [union.ErrRepeated], for an ID that the roll has with other content, and for
//     a grant that was removed before.
func (r *Roll) Remove(x Removal) error {
	switch {
	case x.ID == "":
		return union.NewFault(union.ErrMissing, "id", "", "")
	case x.On.IsZero():
		return union.NewFault(union.ErrMissing, "on", "", "a day")
	}
	grant, ok := r.grants[x.Grant]
	if !ok {
		return union.NewFault(union.ErrUnknown, "grant", quote.Key(x.Grant), "a grant of the roll")
	}
	e, _ := r.find(grant.Edition, grant.Version)
	if _, ok := e.findRemoval(x.Kind); !ok {
		return union.NewFault(union.ErrUnknown, "kind", quote.Key(x.Kind), "a kind of removal of the edition")
	}
	if x.On.Before(grant.On) {
		return union.NewFault(union.ErrOrder, "on", x.On.String(), grant.On.String()+" or later")
	}
	if of, known := r.removed[x.ID]; known {
		return same(r.removals[of] == x, x.ID)
	}
	if _, known := r.removals[x.Grant]; known {
		return union.NewFault(union.ErrRepeated, "grant", quote.Key(x.Grant), "a grant that was not removed")
	}
	r.removals[x.Grant], r.removed[x.ID] = x, x.Grant
	return nil
}

// A Held is a grant and how it stands on a day. It is met while the title is held;
// unmet where the award's conditions of earlier titles do not hold, and after it
// was removed. It is a result.
type Held struct {
	Grant   Grant
	Honour  string     // the kind of honour: a key of the edition's Honours
	Year    int        // that the title bears
	Removed string     // the key of the kind of removal; empty: not removed
	Since   union.Date // the day of the removal; zero: not removed
	Verdict union.Verdict

	void    bool
	granted bool // it was right to give it, whether or not it was removed later
}

// On returns every grant decided by a day, in the order of the decisions and of
// their IDs, with how it stands at the end of that day.
func (r Roll) On(day union.Date) []Held {
	grants := slices.SortedFunc(maps.Values(r.grants), func(a, b Grant) int {
		return cmp.Or(a.On.Compare(b.On), cmp.Compare(a.ID, b.ID))
	})
	var all []Held
	before := map[union.CreditCode][]Held{}
	for _, grant := range grants {
		if !grant.On.After(day) {
			held := r.judge(grant, before[grant.Firm], day)
			all, before[grant.Firm] = append(all, held), append(before[grant.Firm], held)
		}
	}
	return all
}

// judge says how a grant stands on a day, after those to its firm that were decided
// before it.
func (r Roll) judge(grant Grant, before []Held, day union.Date) Held {
	e, _ := r.find(grant.Edition, grant.Version)
	award, _, _ := e.findAward(grant.Award)
	made := Held{Grant: grant, Honour: award.Honour, Year: e.spec.Year}
	var reasons []union.Reason
	history := honoursOf(before, grant.Part)
	if award.Prior != nil && grant.Conversion == "" {
		reasons = append(reasons, e.prior(*award.Prior, history, e.decided(grant.On)))
	}
	if award.CoolOff != nil {
		reasons = append(reasons, e.coolOff(award, history, e.decided(grant.On)))
	}
	made.granted = union.Judged("", reasons...).Holds()
	if removal, ok := r.removals[grant.ID]; ok && !removal.On.After(day) {
		kind, _ := e.findRemoval(removal.Kind)
		made.Removed, made.Since, made.void = kind.Key, removal.On, kind.Void
		reasons = append(reasons, reason(union.Unmet, "removals."+kind.Key, kind.Title, removal.On.String(), ""))
	}
	made.Verdict = union.Judged(award.Title+" "+strconv.Itoa(e.spec.Year)+" "+day.String(), reasons...)
	return made
}

// decided returns the day on which a grant is judged. A grant may be entered with a
// day before the year that it bears has begun; its own year then counts.
func (e Edition) decided(on union.Date) union.Date {
	first, _ := union.NewDate(e.spec.Year, time.January, 1) // of a year that was checked
	if first.After(on) {
		return first
	}
	return on
}

// honoursOf returns the honours among those of a firm that were rightly given to a
// part of it, and to the firm itself, and are not void.
func honoursOf(firm []Held, part string) []Honour {
	var list []Honour
	for _, each := range firm {
		if !each.granted || each.void {
			continue
		}
		made := Honour{Kind: each.Honour, Year: each.Year, Lost: each.Since}
		if each.Grant.Part == part {
			list = append(list, made)
		}
		if each.Grant.Part == "" && part != "" {
			made.OfFirm = true
			list = append(list, made)
		}
	}
	return list
}

// Honours returns the honours that count for a candidate on a day, as its record
// takes them: those that were rightly given to the firm or the part of it by then
// and are not void.
func (r Roll) Honours(firm union.CreditCode, part string, day union.Date) []Honour {
	return honoursOf(r.History(firm, day), part)
}

// History returns the grants to a firm and to its parts by a day, in the order of
// [Roll.On].
func (r Roll) History(firm union.CreditCode, day union.Date) []Held {
	return slices.DeleteFunc(r.On(day), func(h Held) bool { return h.Grant.Firm != firm })
}
