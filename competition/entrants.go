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
// they hold: 90 to 150 bytes each. Adding a report a second time changes
// nothing.
type Entrants struct {
	rule    union.RuleID
	limits  limits
	reports veiled[reportKey, heldReport]
}

// A reportKey says of whom and by whom: a level reports a firm once.
type reportKey struct {
	firm  firmCode
	level union.Code
}

// A heldReport is what is kept of an entry under its firm and its level. Its teams
// are nil if there are none of any kind, so that reports that say the same are the
// same.
type heldReport struct {
	entered union.Date
	workers int64
	teams   []int64
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
//   - [union.ErrRange], for teams that are neither none nor as many as the kinds of
//     the edition, or fewer than none of a kind;
//   - [union.ErrRepeated], for a firm that the same level reported before with
//     other content.
func (r *Entrants) Add(entry CodedEntry) error {
	if r.rule.IsZero() {
		return union.NewFault(union.ErrRule, "entrants", r.rule.String(), "the entrants of an edition")
	}
	if entry.Firm.IsZero() {
		return union.NewFault(union.ErrMissing, "firm", "", "a credit code")
	}
	if err := r.limits.report(entry.Level, entry.Entered, entry.Workers, entry.Teams); err != nil {
		return err
	}
	key, report := reportKey{firmCodeOf(entry.Firm), entry.Level}, entry.report()
	if before, ok := r.reports.plain()[key]; ok {
		if !before.equal(report) {
			return contradiction(entry.Firm)
		}
		return nil
	}
	report.teams = slices.Clone(report.teams)
	r.reports.made(1)[key] = report
	return nil
}

// report returns what is to be held of an entry. It shares the entry's teams.
func (c CodedEntry) report() heldReport {
	report := heldReport{entered: c.Entered, workers: c.Workers}
	if hasTeams(c.Teams) {
		report.teams = c.Teams
	}
	return report
}

// hasTeams reports whether there are teams of some kind.
func hasTeams(teams []int64) bool {
	return slices.ContainsFunc(teams, func(n int64) bool { return n != 0 })
}

// report refuses a report that the edition cannot take.
func (l *limits) report(level union.Code, entered union.Date, workers int64, teams []int64) error {
	switch {
	case level == 0:
		return union.NewFault(union.ErrMissing, "level", "", "who reports the entry")
	case entered.IsZero():
		return union.NewFault(union.ErrMissing, "entered", "", "the day of the entry")
	case level > l.levels:
		return union.NewFault(union.ErrRange, "level", strconv.Itoa(int(level)), "at most "+strconv.Itoa(int(l.levels)))
	case !l.window.Contains(entered):
		return union.NewFault(union.ErrRange, "entered", entered.String(), "a day of "+l.window.String())
	}
	if err := workforce(workers); err != nil {
		return err
	}
	if n := len(teams); n != 0 && n != l.kinds {
		return union.NewFault(union.ErrRange, "teams", strconv.Itoa(n)+" kinds", strconv.Itoa(l.kinds)+" kinds or none")
	}
	for i, n := range teams {
		if n < 0 {
			return union.NewFault(union.ErrRange, union.Indexed("teams", i), strconv.FormatInt(n, 10), "0 or more")
		}
	}
	return nil
}

// equal reports whether two reports of one firm by one level say the same.
func (h heldReport) equal(other heldReport) bool {
	return h.entered == other.entered && h.agrees(other)
}

// agrees reports whether two reports of one firm say the same of its size.
func (h heldReport) agrees(other heldReport) bool {
	return h.workers == other.workers && slices.Equal(h.teams, other.teams)
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
	own, others := r.reports.plain(), other.reports.plain()
	var differ []reportKey
	for key, report := range others {
		if before, ok := own[key]; ok && !before.equal(report) {
			differ = append(differ, key)
		}
	}
	if len(differ) > 0 {
		return contradiction(slices.MinFunc(differ, compareReports).firm.credit())
	}
	r.rule, r.limits = other.rule, other.limits
	if len(others) == 0 {
		return nil
	}
	own = r.reports.made(len(others))
	for key, report := range others {
		if _, ok := own[key]; !ok {
			report.teams = slices.Clone(report.teams)
			own[key] = report
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
	firms := map[firmCode]struct{}{}
	for key := range r.reports.plain() {
		firms[key.firm] = struct{}{}
	}
	return len(firms)
}

// Firms returns the register of the firms that entered, for counting distinct
// firms over several editions or competitions. Its tokens are the credit codes.
// It fails where [union.Register.Add] does.
func (r Entrants) Firms() (union.Register, error) {
	var firms union.Register
	for key := range r.reports.plain() {
		if _, err := firms.Add(string(key.firm[:])); err != nil {
			return union.Register{}, err
		}
	}
	return firms, nil
}

// Entered returns the first day on which a firm entered, by any report of a day no
// later than on, and whether there is one.
func (r Entrants) Entered(firm union.CreditCode, on union.Date) (union.Date, bool) {
	var first union.Date
	code := firmCodeOf(firm)
	for level := union.Code(1); level <= r.limits.levels; level++ {
		report, ok := r.reports.plain()[reportKey{code, level}]
		if !ok || report.entered.After(on) {
			continue
		}
		if first.IsZero() || report.entered.Before(first) {
			first = report.entered
		}
	}
	return first, !first.IsZero()
}

// keys returns the reports by firm, and those of a firm in the order of its
// levels: the first of a firm is the one that counts.
func (r Entrants) keys() []reportKey {
	return slices.SortedFunc(maps.Keys(r.reports.plain()), compareReports)
}

func compareReports(a, b reportKey) int {
	return cmp.Or(a.firm.compare(b.firm), cmp.Compare(a.level, b.level))
}

// entrantsForm names the binary form of Entrants: their limits, and the reports in
// ascending order of the firms' codes and of the levels.
const entrantsForm = "competition.entrants/1"

// AppendBinary appends the canonical binary form, as [union.WriteTally] does. It
// has the credit codes in full.
func (r Entrants) AppendBinary(data []byte) ([]byte, error) {
	return union.WriteTally(data, entrantsForm, r.rule, func(w *wire.Writer) {
		r.limits.write(w)
		reports := r.reports.plain()
		w.Len(len(reports))
		for _, key := range r.keys() {
			w.Text(string(key.firm[:]))
			w.Uint(uint64(key.level))
			reports[key].write(w)
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
	n := from.Len(least)
	if n == 0 {
		return
	}
	reports := r.reports.made(n)
	var before reportKey
	for range n {
		key := reportKey{readFirmCode(from), readCode(from, r.limits.levels)}
		report := r.limits.readReport(from, key.level)
		if compareReports(before, key) >= 0 {
			from.Refuse("a report that does not stand after the one before it", "ascending firms and levels, each once")
		}
		if from.Failed() {
			return
		}
		reports[key], before = report, key
	}
}

// write appends what [limits.readReport] reads.
func (h heldReport) write(w *wire.Writer) {
	w.Text(h.entered.String())
	w.Count(h.workers)
	w.Bool(h.teams != nil)
	w.Fill(h.teams)
}

// readReport reads a report that the edition can take from a level.
func (l *limits) readReport(r *wire.Reader, level union.Code) heldReport {
	var day [len("2010-05-04")]byte
	r.Exact(day[:])
	var report heldReport
	if err := report.entered.UnmarshalText(day[:]); err != nil {
		r.Refuse("no day", "a day")
	}
	report.workers = readWorkforce(r)
	if r.Bool() && r.Room(l.kinds) {
		report.teams = make([]int64, l.kinds)
		r.Fill(report.teams)
		if !hasTeams(report.teams) {
			r.Refuse("no teams of any kind", "some")
		}
	}
	if l.report(level, report.entered, report.workers, report.teams) != nil {
		r.Refuse("an entry that no edition takes", "a level and a day of the edition")
	}
	return report
}
