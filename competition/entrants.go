package competition

import (
	"cmp"
	"maps"
	"slices"
	"strconv"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/internal/wire"
)

// Entrants are the tally of the firms that entered, by credit code, with what
// each level reports of them. A firm that several levels report is one entrant:
// the report of the level that stands first in the edition is counted, and
// [Edition.Count] tells where reports differ. [Edition.Entrants] makes an empty
// one; the zero Entrants are the identity of Merge. They grow with the reports
// they hold: about 100 bytes each. Adding a report a second time changes
// nothing.
type Entrants struct {
	rule    union.RuleID
	limits  limits
	reports map[reportKey]CodedEntry
}

// A reportKey says of whom and by whom: a level reports a firm once.
type reportKey struct {
	firm  union.CreditCode
	level union.Code
}

// Entrants returns an empty tally of the entrants of the edition.
func (e Edition) Entrants() Entrants {
	return Entrants{rule: e.id, limits: e.limits()}
}

// Add counts an entry. The same report again changes nothing. It reports the
// first of these faults, and then changes nothing:
//   - [union.ErrRule], for entrants of no edition;
//   - [union.ErrMissing], for an entry without a credit code, a level or a day;
//   - [union.ErrRange], for a level that the edition does not have, and for a
//     day outside its window;
//   - [union.ErrMissing] and [union.ErrRange], for no workers and for fewer than
//     none;
//   - [union.ErrRange], for teams that are not as many as the kinds of the
//     edition, or fewer than none of a kind;
//   - [union.ErrRepeated], for a firm that the same level reported before with
//     other content.
func (r *Entrants) Add(entry CodedEntry) error {
	if r.rule.IsZero() {
		return union.NewFault(union.ErrRule, "entrants", r.rule.String(), "the entrants of an edition")
	}
	if err := r.limits.entry(entry); err != nil {
		return err
	}
	key := reportKey{entry.Firm, entry.Level}
	if before, ok := r.reports[key]; ok {
		if !before.equal(entry) {
			return contradiction(entry.Firm)
		}
		return nil
	}
	if r.reports == nil {
		r.reports = map[reportKey]CodedEntry{}
	}
	entry.Teams = heldTeams(entry.Teams)
	r.reports[key] = entry
	return nil
}

// heldTeams returns teams as a report is held with them: nil if there are none of
// any kind, so that reports that say the same are the same; else a copy.
func heldTeams(teams []int64) []int64 {
	if !hasTeams(teams) {
		return nil
	}
	return slices.Clone(teams)
}

// hasTeams reports whether there are teams of some kind.
func hasTeams(teams []int64) bool {
	return slices.ContainsFunc(teams, func(n int64) bool { return n != 0 })
}

// entry refuses an entry that the edition cannot take.
func (l *limits) entry(entry CodedEntry) error {
	switch {
	case entry.Firm.IsZero():
		return union.NewFault(union.ErrMissing, "firm", "", "a credit code")
	case entry.Level == 0:
		return union.NewFault(union.ErrMissing, "level", "", "who reports the entry")
	case entry.Entered.IsZero():
		return union.NewFault(union.ErrMissing, "entered", "", "the day of the entry")
	case entry.Level > l.levels:
		return union.NewFault(union.ErrRange, "level", strconv.Itoa(int(entry.Level)), "at most "+strconv.Itoa(int(l.levels)))
	case !l.window.Contains(entry.Entered):
		return union.NewFault(union.ErrRange, "entered", entry.Entered.String(), "a day of "+l.window.String())
	}
	if err := workforce(entry.Workers); err != nil {
		return err
	}
	if n := len(entry.Teams); n != 0 && n != l.kinds {
		return union.NewFault(union.ErrRange, "teams", strconv.Itoa(n)+" kinds", strconv.Itoa(l.kinds)+" kinds or none")
	}
	for i, teams := range entry.Teams {
		if teams < 0 {
			return union.NewFault(union.ErrRange, union.Indexed("teams", i), strconv.FormatInt(teams, 10), "0 or more")
		}
	}
	return nil
}

// equal reports whether two reports of one firm by one level say the same. No
// teams at all and none of each kind do.
func (c CodedEntry) equal(other CodedEntry) bool {
	return c.Entered == other.Entered && c.agrees(other)
}

// agrees reports whether two reports of one firm say the same of its size.
func (c CodedEntry) agrees(other CodedEntry) bool {
	if c.Workers != other.Workers {
		return false
	}
	for kind := range max(len(c.Teams), len(other.Teams)) {
		if c.teams(kind) != other.teams(kind) {
			return false
		}
	}
	return true
}

// teams returns how many teams of a kind take part.
func (c CodedEntry) teams(kind int) int64 {
	if kind >= len(c.Teams) {
		return 0
	}
	return c.Teams[kind]
}

// Merge counts the entries of other too, a report of both once. It leaves other
// alone, and on error changes nothing:
//   - [union.ErrRule], for the entrants of another edition;
//   - [union.ErrRepeated], for a firm that one level reported to the two with
//     different content.
func (r *Entrants) Merge(other Entrants) error {
	if other.rule.IsZero() {
		return nil
	}
	if err := r.goesWith(&other); err != nil {
		return err
	}
	var differ []reportKey
	for key, entry := range other.reports {
		if before, ok := r.reports[key]; ok && !before.equal(entry) {
			differ = append(differ, key)
		}
	}
	if len(differ) > 0 {
		return contradiction(slices.MinFunc(differ, compareReports).firm)
	}
	r.rule, r.limits = other.rule, other.limits
	if r.reports == nil && len(other.reports) > 0 {
		r.reports = map[reportKey]CodedEntry{}
	}
	for key, entry := range other.reports {
		if _, ok := r.reports[key]; !ok {
			entry.Teams = slices.Clone(entry.Teams)
			r.reports[key] = entry
		}
	}
	return nil
}

// goesWith refuses the entrants of another edition.
func (r *Entrants) goesWith(other *Entrants) error {
	if r.rule.IsZero() || other.rule.IsZero() {
		return nil
	}
	return sameEdition("entrants", other.rule, r.rule, &other.limits, &r.limits)
}

// Rule returns the ID of the edition that the entrants are counted under.
func (r Entrants) Rule() union.RuleID { return r.rule }

// Len returns the number of distinct firms that entered. It looks at every
// report.
func (r Entrants) Len() int {
	firms := map[union.CreditCode]struct{}{}
	for key := range r.reports {
		firms[key.firm] = struct{}{}
	}
	return len(firms)
}

// Firms returns the register of the firms that entered, for counting distinct
// firms over several editions or competitions. Its tokens are the credit codes.
// It fails where [union.Register.Add] does.
func (r Entrants) Firms() (union.Register, error) {
	var firms union.Register
	for key := range r.reports {
		if _, err := firms.Add(key.firm.Reveal()); err != nil {
			return union.Register{}, err
		}
	}
	return firms, nil
}

// Entered returns the first day on which a firm entered, by any report, and
// whether it had entered by the end of the day on.
func (r Entrants) Entered(firm union.CreditCode, on union.Date) (union.Date, bool) {
	var first union.Date
	for level := union.Code(1); level <= r.limits.levels; level++ {
		entry, ok := r.reports[reportKey{firm, level}]
		if !ok || entry.Entered.After(on) {
			continue
		}
		if first.IsZero() || entry.Entered.Before(first) {
			first = entry.Entered
		}
	}
	return first, !first.IsZero()
}

// keys returns the reports by firm, and those of a firm in the order of its
// levels: the first of a firm is the one that counts.
func (r Entrants) keys() []reportKey {
	return slices.SortedFunc(maps.Keys(r.reports), compareReports)
}

func compareReports(a, b reportKey) int {
	return cmp.Or(compareCodes(a.firm, b.firm), cmp.Compare(a.level, b.level))
}

// entrantsForm names the binary form of Entrants: their limits, and the reports in
// ascending order of the firms' codes and of the levels.
const entrantsForm = "competition.entrants/1"

// AppendBinary appends the canonical binary form, as [union.WriteTally] does. It
// has the credit codes in full.
func (r Entrants) AppendBinary(data []byte) ([]byte, error) {
	return union.WriteTally(data, entrantsForm, r.rule, func(w *wire.Writer) {
		r.limits.write(w)
		w.Len(len(r.reports))
		for _, key := range r.keys() {
			r.reports[key].write(w)
		}
	})
}

// UnmarshalBinary reads what AppendBinary wrote, as [union.ReadTally] does; into
// the zero Entrants those of any edition, else those of the tally's own
// ([union.ErrRule]). An entry that [Entrants.Add] refuses is [union.ErrText]. On
// error the entrants are unchanged.
func (r *Entrants) UnmarshalBinary(data []byte) error {
	var made Entrants
	rule, err := union.ReadTally(data, entrantsForm, r.rule, made.read)
	if err != nil {
		return err
	}
	made.rule = rule
	if err := r.goesWith(&made); err != nil {
		return err
	}
	*r = made
	return nil
}

// read reads the body.
func (r *Entrants) read(from *wire.Reader) {
	r.limits = readLimits(from)
	const least = 1 + 18 + 1 + 1 + 10 + 1 + 1 // the code, the level, the day, the workers, whether there are teams
	reports := from.Len(least)
	if reports > 0 {
		r.reports = make(map[reportKey]CodedEntry, reports)
	}
	var before reportKey
	for range reports {
		entry := r.limits.readEntry(from)
		key := reportKey{entry.Firm, entry.Level}
		if compareReports(before, key) >= 0 {
			from.Refuse("a report that does not stand after the one before it", "ascending firms and levels, each once")
		}
		if from.Failed() {
			return
		}
		r.reports[key], before = entry, key
	}
}

// write appends what [limits.readEntry] reads.
func (c CodedEntry) write(w *wire.Writer) {
	w.Text(c.Firm.Reveal())
	w.Uint(uint64(c.Level))
	w.Text(c.Entered.String())
	w.Count(c.Workers)
	w.Bool(c.Teams != nil)
	w.Fill(c.Teams)
}

// readEntry reads an entry that the edition can take.
func (l *limits) readEntry(r *wire.Reader) CodedEntry {
	entry := CodedEntry{Firm: readFirmCode(r), Level: readCode(r, l.levels)}
	if err := entry.Entered.UnmarshalText([]byte(r.Text(len("2010-05-04")))); err != nil {
		r.Refuse("no day", "a day")
	}
	entry.Workers = readWorkforce(r)
	if r.Bool() && r.Room(l.kinds) {
		entry.Teams = make([]int64, l.kinds)
		r.Fill(entry.Teams)
		if !hasTeams(entry.Teams) {
			r.Refuse("no teams of any kind", "some")
		}
	}
	if l.entry(entry) != nil {
		r.Refuse("an entry that no edition takes", "a level and a day of the edition")
	}
	return entry
}
