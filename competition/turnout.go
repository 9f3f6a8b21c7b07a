package competition

import (
	"math"
	"strconv"

	"github.com/unioncampaign/union"
)

// A Turnout is the tally of who could enter and who did, by ownership, size,
// unionised and above scale: firms, entrants, workers. It holds counts only, so
// its size depends on the edition alone, and a firm that two units count is
// counted twice: merge the Population and the Entrants of units that share
// firms, and the Turnouts of units that do not.
//
// [Edition.Count] makes a Turnout of records, [Edition.Turnout] an empty one for
// counts that others report; the zero Turnout is the identity of Merge. Merging
// the same Turnout twice counts it twice.
type Turnout struct {
	rule     union.RuleID
	limits   limits
	counted  int64 // how many counts of records it is the sum of
	reported int64 // how many reported counts
	tables   [measures]union.Table
	sums     [measures]int64 // the total of each table
	entrants int64           // distinct firms that entered, in the population or not
	taking   int64           // workers of them that take part
	teams    []int64         // by kind; nil: none
}

// The tables of a Turnout.
const (
	firms         = iota // firms of the population
	entered              // those of them that entered
	workers              // workers of the firms
	workersWithin        // workers of the firms that entered
	takingPart           // those of them who take part
	measures
)

// measureNames name the tables in faults, as Reported does.
var measureNames = [measures]string{"firms", "entered", "workers", "workers_of_entrants", "taking_part"}

// Turnout returns an empty turnout of the edition.
func (e Edition) Turnout() Turnout {
	t := Turnout{rule: e.id, limits: e.limits()}
	for i := range t.tables {
		t.tables[i] = e.layout.Table()
	}
	return t
}

// A Reported is a count that somebody else made and reports for one place of the
// tables: so many firms, so many of them entered. Codes are those of the
// edition, 0 where a report does not say.
type Reported struct {
	Ownership         union.Code
	Size              union.Code
	Unionised         Whether
	AboveScale        Whether
	Firms             int64
	Entered           int64
	Workers           int64 // of the firms
	WorkersOfEntrants int64 // of the firms that entered
	TakingPart        int64 // workers who take part
}

func (r Reported) counts() [measures]int64 {
	return [measures]int64{r.Firms, r.Entered, r.Workers, r.WorkersOfEntrants, r.TakingPart}
}

// Add counts what is reported, also where more firms entered than there are: see
// [Edition.Coverage]. It reports the first of these faults, and then changes
// nothing:
//   - [union.ErrRule], for a turnout of no edition;
//   - [union.ErrRange], for an ownership, a size or an answer that the edition
//     does not have, and for a count below 0;
//   - [union.ErrOverflow], if a total would be too large: over 2⁶³ by the number
//     of cells, which is above 10¹⁵ for lists of up to thirty terms each.
func (t *Turnout) Add(r Reported) error {
	if err := t.add(r, r.Entered, r.TakingPart); err != nil {
		return err
	}
	t.reported++
	return nil
}

// add counts r in the tables, and entrants and workers taking part beside them.
func (t *Turnout) add(r Reported, entrants, taking int64) error {
	if t.rule.IsZero() {
		return union.NewFault(union.ErrRule, "turnout", t.rule.String(), "the turnout of an edition")
	}
	if err := t.limits.cell(r.Ownership, r.Size, r.Unionised, r.AboveScale); err != nil {
		return err
	}
	counts := r.counts()
	for i, n := range counts {
		if n < 0 {
			return union.NewFault(union.ErrRange, measureNames[i], strconv.FormatInt(n, 10), "0 or more")
		}
	}
	sums, err := t.raised(counts, entrants, taking)
	if err != nil {
		return err
	}
	for i, n := range counts {
		if n == 0 {
			continue
		}
		if err := t.tables[i].AddN(n, r.Ownership, r.Size, union.Code(r.Unionised), union.Code(r.AboveScale)); err != nil {
			return union.Within(measureNames[i], err)
		}
	}
	t.sums = sums
	t.entrants += entrants
	t.taking += taking
	return nil
}

// raised returns the totals with counts added, or says which of them, or of the
// entrants and the workers taking part, would overflow.
func (t *Turnout) raised(counts [measures]int64, entrants, taking int64) ([measures]int64, error) {
	sums := t.sums
	for i, n := range counts {
		if n > t.limits.total-sums[i] {
			return sums, union.NewFault(union.ErrOverflow, measureNames[i], "", "")
		}
		sums[i] += n
	}
	if entrants > math.MaxInt64-t.entrants {
		return sums, union.NewFault(union.ErrOverflow, "entrants", "", "")
	}
	if taking > math.MaxInt64-t.taking {
		return sums, union.NewFault(union.ErrOverflow, "taking_part", "", "")
	}
	return sums, nil
}

// addTeams counts the teams of one entrant.
func (t *Turnout) addTeams(teams []int64) error {
	for kind := range teams {
		if kind < len(t.teams) && teams[kind] > math.MaxInt64-t.teams[kind] {
			return union.NewFault(union.ErrOverflow, indexed("teams", kind), "", "")
		}
	}
	if t.teams == nil && len(teams) > 0 {
		t.teams = make([]int64, t.limits.kinds)
	}
	for kind, n := range teams {
		t.teams[kind] += n
	}
	return nil
}

// Merge adds the counts of other. It leaves other alone, and on error changes
// nothing:
//   - [union.ErrRule], for a turnout of another edition;
//   - [union.ErrOverflow], if a total would be too large.
func (t *Turnout) Merge(other Turnout) error {
	if other.rule.IsZero() {
		return nil
	}
	if !t.rule.IsZero() && t.rule != other.rule {
		return union.NewFault(union.ErrRule, "turnout", other.rule.String(), t.rule.String())
	}
	sum := t.clone()
	sum.rule, sum.limits = other.rule, other.limits
	sums, err := sum.raised(other.sums, other.entrants, other.taking)
	if err != nil {
		return err
	}
	if err := sum.addTeams(other.teams); err != nil {
		return err
	}
	for i := range sum.tables {
		if err := sum.tables[i].Merge(other.tables[i]); err != nil {
			return union.Within(measureNames[i], err)
		}
	}
	sum.sums = sums
	sum.entrants += other.entrants
	sum.taking += other.taking
	sum.counted += other.counted
	sum.reported += other.reported
	*t = sum
	return nil
}

// clone returns a turnout of the same counts that shares none of them.
func (t Turnout) clone() Turnout {
	t.teams = cloned(t.teams)
	for i, table := range t.tables {
		var copied union.Table
		if copied.Merge(table) == nil { // into the zero Table: nothing to refuse
			t.tables[i] = copied
		}
	}
	return t
}

// Rule returns the ID of the edition that the turnout is counted under.
func (t Turnout) Rule() union.RuleID { return t.rule }

// Count sets the entrants against the population: each firm once, each entrant
// once, by the report of the level that stands first. It repairs nothing and
// returns what it finds:
//   - an entrant that is not in the population: it is counted as an entrant, and
//     in no coverage;
//   - reports of one firm that differ;
//   - more workers taking part than the firm has: counted as reported.
//
// Findings come in the order of the credit codes. It fails with
// [union.ErrRule] for tallies of another edition and with [union.ErrOverflow].
// A zero tally is an empty one.
func (e Edition) Count(p Population, r Entrants) (Turnout, []union.Finding, error) {
	if err := e.own("population", p.rule); err != nil {
		return Turnout{}, nil, err
	}
	if err := e.own("entrants", r.rule); err != nil {
		return Turnout{}, nil, err
	}
	t := e.Turnout()
	t.counted = 1
	for _, firm := range p.firms {
		if err := t.add(reportOf(firm), 0, 0); err != nil {
			return Turnout{}, nil, err
		}
	}
	found, err := t.countEntrants(p, r)
	if err != nil {
		return Turnout{}, nil, err
	}
	return t, found, nil
}

// reportOf returns what a firm of the population counts for.
func reportOf(firm CodedFirm) Reported {
	return Reported{
		Ownership: firm.Ownership, Size: firm.Size, Unionised: firm.Unionised, AboveScale: firm.AboveScale,
		Firms: 1, Workers: firm.Workers,
	}
}

func (t *Turnout) countEntrants(p Population, r Entrants) ([]union.Finding, error) {
	var found []union.Finding
	var before reportKey
	for _, key := range r.keys() {
		entry := r.reports[key]
		if key.firm == before.firm {
			if counted := r.reports[before]; !entry.agrees(counted) {
				found = append(found, differing(entry, counted))
			}
			continue
		}
		before = key
		firm, known := p.firms[key.firm]
		if !known {
			found = append(found, union.Finding{
				Where: "entry of " + masked(key.firm), Rule: "an entrant is a firm of the population",
				Got: "not in the population",
			})
		}
		if known && entry.Workers > firm.Workers {
			found = append(found, union.Finding{
				Where: "entry of " + masked(key.firm), Rule: "no more workers take part than the firm has",
				Got: strconv.FormatInt(entry.Workers, 10), Want: "at most " + strconv.FormatInt(firm.Workers, 10),
			})
		}
		if err := t.countEntrant(entry, firm, known); err != nil {
			return nil, err
		}
	}
	return found, nil
}

func (t *Turnout) countEntrant(entry CodedEntry, firm CodedFirm, known bool) error {
	var report Reported
	if known {
		report = reportOf(firm)
		report.Firms, report.Workers = 0, 0
		report.Entered, report.WorkersOfEntrants, report.TakingPart = 1, firm.Workers, entry.Workers
	}
	if err := t.add(report, 1, entry.Workers); err != nil {
		return err
	}
	return t.addTeams(entry.Teams)
}

func differing(entry, counted CodedEntry) union.Finding {
	return union.Finding{
		Where: "entry of " + masked(entry.Firm),
		Rule:  "all levels report the same workers and teams",
		Got:   entry.size() + " from level " + whole(int(entry.Level)),
		Want:  counted.size() + " from level " + whole(int(counted.Level)) + ", which is counted",
	}
}

// size writes a report's workers and teams for a finding.
func (c CodedEntry) size() string {
	text := strconv.FormatInt(c.Workers, 10) + " workers"
	for _, teams := range c.Teams {
		text += "/" + strconv.FormatInt(teams, 10)
	}
	return text
}

// own refuses a tally of another edition; a zero one is of none.
func (e Edition) own(what string, rule union.RuleID) error {
	if !rule.IsZero() && rule != e.id {
		return union.NewFault(union.ErrRule, what, rule.String(), e.id.String())
	}
	return nil
}
