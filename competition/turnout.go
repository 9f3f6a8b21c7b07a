package competition

import (
	"slices"
	"strconv"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/internal/exact"
	"github.com/unioncampaign/union/internal/wire"
)

// A Turnout is the tally of who could enter and who did, by ownership, size,
// unionised and above scale: firms, entrants, workers. It holds counts only, so
// its size depends on the edition alone, and a firm that two units count is
// counted twice: merge the Population and the Entrants of units that share
// firms, and the Turnouts of units that do not.
//
// [Edition.Count] makes a Turnout of records, [Edition.Turnout] an empty one for
// counts that others report; the zero Turnout is the identity of Merge. Merging
// the same Turnout twice counts it twice. Assigning a Turnout shares its counts:
// merge it into a zero one for a copy of its own.
type Turnout struct {
	rule   union.RuleID
	limits limits
	cells  [][measures]int64
	totals totals
	teams  []int64 // by kind
}

// What a cell counts.
const (
	firms         = iota // firms of the population
	entered              // those of them that entered
	workers              // workers of the firms
	workersWithin        // workers of the firms that entered
	takingPart           // those of them who take part
	measures
)

// What a turnout counts as a whole, beside the sums over its cells.
const (
	allEntered = measures + iota // distinct firms that entered, in the population or not
	allTaking                    // workers of them that take part
	recorded                     // counts of records that the turnout is the sum of
	reported                     // reported counts that it is the sum of
	wholes
)

// totals hold the sum over all cells of each thing that a cell counts, which
// bounds every cell and every sum of some of them, and then the rest.
type totals [wholes]int64

// totalNames name the totals in faults, as Reported does.
var totalNames = [wholes]string{
	"firms", "entered", "workers", "workers_of_entrants", "taking_part",
	"entrants", "taking_part", "recorded", "reported",
}

// Turnout returns an empty turnout of the edition. The zero Edition has the zero
// Turnout.
func (e Edition) Turnout() Turnout {
	if e.id.IsZero() {
		return Turnout{}
	}
	limits := e.limits()
	return Turnout{
		rule: e.id, limits: limits,
		cells: make([][measures]int64, limits.cells()),
		teams: make([]int64, limits.kinds),
	}
}

// A Reported is a count that somebody else made and reports for one combination:
// so many firms, so many of them entered. Codes are those of the edition, 0 where
// a report does not say.
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

// Add counts what is reported, also where more firms entered than there are: see
// [Edition.Coverage]. It allocates nothing. It reports the first of these faults,
// and then changes nothing:
//   - [union.ErrRule], for a turnout of no edition;
//   - [union.ErrRange], for an ownership, a size or an answer that the edition
//     does not have, and for a count below 0;
//   - [union.ErrOverflow], if a total would be more than an int64 holds.
func (t *Turnout) Add(r Reported) error { return t.report(&r) }

// report is Add, which is short so that the report is not copied once more.
func (t *Turnout) report(r *Reported) error {
	if len(t.cells) == 0 {
		return t.ofNone()
	}
	at, err := t.limits.cell(r.Ownership, r.Size, r.Unionised, r.AboveScale)
	if err != nil {
		return err
	}
	sums := &t.totals
	f, e, w := sums[firms]+r.Firms, sums[entered]+r.Entered, sums[workers]+r.Workers
	within, part := sums[workersWithin]+r.WorkersOfEntrants, sums[takingPart]+r.TakingPart
	everybody, all, reports := sums[allEntered]+r.Entered, sums[allTaking]+r.TakingPart, sums[reported]+1
	// A number below 0, and a sum that does not fit, has the sign of one.
	if r.Firms|r.Entered|r.Workers|r.WorkersOfEntrants|r.TakingPart|f|e|w|within|part|everybody|all|reports < 0 {
		return sums.refuse(&totals{
			firms: r.Firms, entered: r.Entered, workers: r.Workers, workersWithin: r.WorkersOfEntrants, takingPart: r.TakingPart,
			allEntered: r.Entered, allTaking: r.TakingPart, reported: 1,
		})
	}
	sums[firms], sums[entered], sums[workers], sums[workersWithin], sums[takingPart] = f, e, w, within, part
	sums[allEntered], sums[allTaking], sums[reported] = everybody, all, reports
	cell := &t.cells[at]
	cell[firms] += r.Firms
	cell[entered] += r.Entered
	cell[workers] += r.Workers
	cell[workersWithin] += r.WorkersOfEntrants
	cell[takingPart] += r.TakingPart
	return nil
}

// ofNone refuses to count for no edition.
func (t *Turnout) ofNone() error {
	return union.NewFault(union.ErrRule, "turnout", t.rule.String(), "the turnout of an edition")
}

// add counts what is added for the combination of r.
func (t *Turnout) add(r *Reported, added *totals) error {
	if t.rule.IsZero() {
		return t.ofNone()
	}
	at, err := t.limits.cell(r.Ownership, r.Size, r.Unionised, r.AboveScale)
	if err != nil {
		return err
	}
	if !t.totals.fit(added) {
		return t.totals.refuse(added)
	}
	t.totals.plus(added)
	cell := &t.cells[at]
	for i := range cell {
		cell[i] += added[i]
	}
	return nil
}

// fit reports whether others can be added to the totals: they are 0 or more, and
// so are the sums. A sum of two such numbers that an int64 does not hold is below
// 0.
func (t *totals) fit(added *totals) bool {
	signs := int64(0)
	for i, n := range added {
		signs |= n | (t[i] + n)
	}
	return signs >= 0
}

func (t *totals) plus(added *totals) {
	for i, n := range added {
		t[i] += n
	}
}

// refuse says why others cannot be added to the totals.
func (t *totals) refuse(added *totals) error {
	for i, n := range added {
		if n < 0 {
			return union.NewFault(union.ErrRange, totalNames[i], strconv.FormatInt(n, 10), "0 or more")
		}
	}
	for i, n := range added {
		if _, fits := exact.Add(t[i], n); !fits {
			return union.NewFault(union.ErrOverflow, totalNames[i], "", "")
		}
	}
	return nil
}

// addTeams counts teams by kind, or none at all.
func (t *Turnout) addTeams(teams []int64) error {
	for kind, n := range teams {
		if _, fits := exact.Add(t.teams[kind], n); !fits {
			return union.NewFault(union.ErrOverflow, union.Indexed("teams", kind), "", "")
		}
	}
	for kind, n := range teams {
		t.teams[kind] += n
	}
	return nil
}

// Merge adds the counts of other. It leaves other alone, and on error changes
// nothing:
//   - [union.ErrRule], for a turnout of another edition;
//   - [union.ErrOverflow], if a total would be more than an int64 holds.
func (t *Turnout) Merge(other Turnout) error {
	switch {
	case other.rule.IsZero():
		return nil
	case t.rule.IsZero():
		*t = other
		t.cells, t.teams = slices.Clone(other.cells), slices.Clone(other.teams)
		return nil
	}
	if err := sameEdition("turnout", other.rule, t.rule, &other.limits, &t.limits); err != nil {
		return err
	}
	if !t.totals.fit(&other.totals) {
		return t.totals.refuse(&other.totals)
	}
	if err := t.addTeams(other.teams); err != nil {
		return err
	}
	for i, cell := range other.cells { // within the totals, so all of them fit
		for j, n := range cell {
			t.cells[i][j] += n
		}
	}
	t.totals.plus(&other.totals)
	return nil
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
	if err := e.own("population", p.rule, &p.limits); err != nil {
		return Turnout{}, nil, err
	}
	if err := e.own("entrants", r.rule, &r.limits); err != nil {
		return Turnout{}, nil, err
	}
	t := e.Turnout()
	if !t.rule.IsZero() {
		t.totals[recorded] = 1
	}
	for _, firm := range p.firms.plain() {
		if err := t.add(combinationOf(firm), &totals{firms: 1, workers: firm.workers}); err != nil {
			return Turnout{}, nil, err
		}
	}
	found, err := t.countEntrants(p, r)
	if err != nil {
		return Turnout{}, nil, err
	}
	return t, found, nil
}

// combinationOf returns where a firm of the population is counted.
func combinationOf(f heldFirm) *Reported {
	return &Reported{Ownership: f.ownership, Size: f.size, Unionised: f.unionised, AboveScale: f.aboveScale}
}

func (t *Turnout) countEntrants(p Population, r Entrants) ([]union.Finding, error) {
	var found []union.Finding
	var before reportKey
	firms, reports := p.firms.plain(), r.reports.plain()
	for _, key := range r.keys() {
		report := reports[key]
		if key.firm == before.firm {
			if counted := reports[before]; !report.agrees(counted) {
				found = append(found, differing(key, before, report, counted))
			}
			continue
		}
		before = key
		firm, known := firms[key.firm]
		if !known {
			found = append(found, union.Finding{
				Where: key.where(), Rule: "an entrant is a firm of the population",
				Got: "not in the population",
			})
		}
		if known && report.workers > firm.workers {
			found = append(found, union.Finding{
				Where: key.where(), Rule: "no more workers take part than the firm has",
				Got: strconv.FormatInt(report.workers, 10), Want: "at most " + strconv.FormatInt(firm.workers, 10),
			})
		}
		if err := t.countEntrant(report, firm, known); err != nil {
			return nil, err
		}
	}
	return found, nil
}

func (t *Turnout) countEntrant(report heldReport, firm heldFirm, known bool) error {
	added := &totals{allEntered: 1, allTaking: report.workers}
	if known {
		added[entered], added[workersWithin], added[takingPart] = 1, firm.workers, report.workers
	}
	if err := t.add(combinationOf(firm), added); err != nil {
		return err
	}
	return t.addTeams(report.teams)
}

// where names a report in a finding, with the mask of its firm.
func (k reportKey) where() string { return "entry of " + k.firm.credit().String() }

func differing(key, first reportKey, report, counted heldReport) union.Finding {
	return union.Finding{
		Where: key.where(),
		Rule:  "all levels report the same workers and teams",
		Got:   report.size() + " from level " + strconv.Itoa(int(key.level)),
		Want:  counted.size() + " from level " + strconv.Itoa(int(first.level)) + ", which is counted",
	}
}

// size writes a report's workers and teams for a finding.
func (h heldReport) size() string {
	text := strconv.FormatInt(h.workers, 10) + " workers"
	for _, teams := range h.teams {
		text += "/" + strconv.FormatInt(teams, 10)
	}
	return text
}

// own refuses a tally of another edition; a zero one is of none.
func (e *Edition) own(what string, rule union.RuleID, its *limits) error {
	if rule.IsZero() {
		return nil
	}
	ours := e.limits()
	return sameEdition(what, rule, e.id, its, &ours)
}

// turnoutForm names the binary form of a Turnout: its limits, the cells, what is
// counted as a whole, and the teams. What is the sum of cells is not said.
const turnoutForm = "competition.turnout/1"

// AppendBinary appends the canonical binary form, as [union.WriteTally] does.
func (t Turnout) AppendBinary(data []byte) ([]byte, error) {
	return union.WriteTally(data, turnoutForm, t.rule, func(w *wire.Writer) {
		t.limits.write(w)
		w.Len(len(t.cells))
		for i := range t.cells {
			w.Fill(t.cells[i][:])
		}
		w.Fill(t.totals[measures:])
		w.Fill(t.teams)
	})
}

// UnmarshalBinary reads what AppendBinary wrote, as [union.ReadTally] does; into
// the zero Turnout that of any edition, else one of the turnout's own
// ([union.ErrRule]). Counts that no records and no reports have are
// [union.ErrText]. On error the turnout is unchanged.
func (t *Turnout) UnmarshalBinary(data []byte) error {
	var made Turnout
	rule, err := union.ReadTally(data, turnoutForm, t.rule, made.read)
	if err != nil {
		return err
	}
	made.rule = rule
	if !t.rule.IsZero() && !rule.IsZero() {
		if err := sameEdition("turnout", rule, t.rule, &made.limits, &t.limits); err != nil {
			return err
		}
	}
	*t = made
	return nil
}

// read reads the body, and adds up the cells.
func (t *Turnout) read(r *wire.Reader) {
	t.limits = readLimits(r)
	cells := r.Len(measures + 1)
	if int64(cells) != t.limits.cells() {
		r.Refuse("cells of other lists", "one for each combination")
		return
	}
	t.cells = make([][measures]int64, cells)
	for i := range t.cells {
		r.Fill(t.cells[i][:])
		var added totals
		copy(added[:], t.cells[i][:])
		if !t.totals.fit(&added) {
			r.Refuse("cells whose sum does not fit", "a sum that does")
			return
		}
		t.totals.plus(&added)
	}
	r.Fill(t.totals[measures:])
	if !r.Room(t.limits.kinds) {
		return
	}
	t.teams = make([]int64, t.limits.kinds)
	r.Fill(t.teams)
	if !t.couldBe() {
		r.Refuse("counts that do not go together", "those of records and reports")
	}
}

// couldBe reports whether the counts could have come about: of a report all
// entrants are firms of a combination, and only records tell more; of records no
// more firms enter than there are, and each has a worker.
func (t *Turnout) couldBe() bool {
	outside, taking := t.totals[allEntered]-t.totals[entered], t.totals[allTaking]-t.totals[takingPart]
	if outside < 0 || taking < outside {
		return false
	}
	if t.totals[recorded] == 0 {
		noTeams := !slices.ContainsFunc(t.teams, func(n int64) bool { return n > 0 })
		return taking == 0 && noTeams && (t.totals[reported] > 0 || t.totals == totals{})
	}
	if t.totals[reported] == 0 {
		return !slices.ContainsFunc(t.cells, func(c [measures]int64) bool {
			return c[entered] > c[firms] || c[firms] > c[workers] || c[workersWithin] > c[workers]
		})
	}
	return true
}
