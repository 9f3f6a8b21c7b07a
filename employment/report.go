package employment

import (
	"math"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/internal/exact"
)

// A Report is what a fair says of itself, counted from records by [Fair.Report]
// or read from a page. A count that is not given is unknown, which is not zero,
// and one read from a page may be known only as 2800余 or 近万.
//
// The maps are keyed by the terms of the fair's lists and by [Unknown]; a term
// is counted with all that is within it. Counts of persons and of person-times
// are unlike measures and stand in fields of their own.
type Report struct {
	Employers union.Count            `json:"employers"` // firms
	Local     union.Count            `json:"local"`     // firms from the county's own regions
	Outside   union.Count            `json:"outside"`   // firms from elsewhere
	Regions   map[string]union.Count `json:"regions,omitempty"`
	Kinds     map[string]union.Count `json:"kinds,omitempty"`

	Openings        union.Count            `json:"openings"` // posts
	OpeningsCarried union.Count            `json:"openings_carried"`
	OpeningsNew     union.Count            `json:"openings_new"`
	Sectors         map[string]union.Count `json:"sectors,omitempty"`
	Trades          map[string]union.Count `json:"trades,omitempty"`
	OpeningsRegions map[string]union.Count `json:"openings_regions,omitempty"` // by the employer's region
	OpeningsKinds   map[string]union.Count `json:"openings_kinds,omitempty"`   // by the employer's kind

	Seekers        union.Count            `json:"seekers"` // persons
	SeekersCarried union.Count            `json:"seekers_carried"`
	SeekersNew     union.Count            `json:"seekers_new"`
	Registrations  union.Count            `json:"registrations"` // person-times
	Categories     map[string]union.Count `json:"categories,omitempty"`
	Schooling      map[string]union.Count `json:"schooling,omitempty"`
	Ages           map[string]union.Count `json:"ages,omitempty"`

	Stages map[string]Reach `json:"stages,omitempty"` // after registration
}

// A Reach counts who reached a stage: distinct persons, and person-times.
type Reach struct {
	Persons     union.Count `json:"persons"`
	PersonTimes union.Count `json:"person_times"`
}

// counted returns an exact count. It cannot fail: what a floor counts is not
// negative, and the measures are those of package union.
func counted(n int64, measure union.Measure) union.Count {
	count, _ := union.NewCount(n, 1, measure, union.Exactly)
	return count
}

// spread counts a list by the keys of its terms, each with what is within it.
func spread(list listing, direct []int64, measure union.Measure) map[string]union.Count {
	if list.Len() == 0 {
		return nil // the fair does not ask for it
	}
	sums := list.rolledUp(direct)
	counts := map[string]union.Count{Unknown: counted(sums[0], measure)}
	for i, term := range list.Terms() {
		counts[term.Key] = counted(sums[i+1], measure)
	}
	return counts
}

// Report returns what the floor says of the fair: every list counted, zeros and
// unknowns included. It fails with [union.ErrRule] if f did not make the floor.
func (f Fair) Report(floor Floor) (Report, error) {
	if err := floor.under(f); err != nil {
		return Report{}, err
	}
	p := f.plan
	times, err := p.passages.Margin(floor.funnel.table, "stage")
	if err != nil {
		return Report{}, err
	}
	var made Report
	p.countEmployers(floor, &made)
	p.countOpenings(floor, &made)
	p.countSeekers(floor, &made)
	made.Registrations = counted(times[p.registered], union.PersonTimes)
	made.Stages = p.reaches(floor, times)
	return made, nil
}

func (p *plan) countEmployers(floor Floor, made *Report) {
	regions, kinds := p.regions.cells(), p.kinds.cells()
	var local, outside int64
	for _, firm := range floor.employers.all() {
		regions[firm.region]++
		kinds[firm.kind]++
		switch {
		case p.local[firm.region]:
			local++
		case firm.region != 0:
			outside++
		}
	}
	made.Employers = counted(int64(floor.employers.len()), union.Firms)
	made.Local, made.Outside = counted(local, union.Firms), counted(outside, union.Firms)
	made.Regions, made.Kinds = spread(p.regions, regions, union.Firms), spread(p.kinds, kinds, union.Firms)
}

func (p *plan) countOpenings(floor Floor, made *Report) {
	sectors, trades, carried := p.sectors.cells(), p.trades.cells(), int64(0)
	regions, kinds := p.regions.cells(), p.kinds.cells()
	for _, posting := range floor.postings.book.all() {
		employer, _ := look(floor.employers, posting.employer)
		sectors[posting.sector] += posting.openings // no part exceeds the sum, which fits
		trades[posting.trade] += posting.openings
		regions[employer.region] += posting.openings
		kinds[employer.kind] += posting.openings
		if posting.carried {
			carried += posting.openings
		}
	}
	made.Openings = counted(floor.postings.sum, union.Posts)
	made.OpeningsCarried = counted(carried, union.Posts)
	made.OpeningsNew = counted(floor.postings.sum-carried, union.Posts)
	made.Sectors, made.Trades = spread(p.sectors, sectors, union.Posts), spread(p.trades, trades, union.Posts)
	made.OpeningsRegions, made.OpeningsKinds = spread(p.regions, regions, union.Posts), spread(p.kinds, kinds, union.Posts)
}

func (p *plan) countSeekers(floor Floor, made *Report) {
	categories, schooling, ages, carried := p.categories.cells(), p.schooling.cells(), p.ages.cells(), int64(0)
	for _, seeker := range floor.seekers.all() {
		categories[seeker.category]++
		schooling[seeker.schooling]++
		ages[seeker.age]++
		if seeker.carried {
			carried++
		}
	}
	people := int64(floor.seekers.len())
	made.Seekers = counted(people, union.Persons)
	made.SeekersCarried, made.SeekersNew = counted(carried, union.Persons), counted(people-carried, union.Persons)
	made.Categories = spread(p.categories, categories, union.Persons)
	made.Schooling = spread(p.schooling, schooling, union.Persons)
	made.Ages = spread(p.ages, ages, union.Persons)
}

// reaches counts each stage after registration by itself: to have signed is not
// to be counted as having had an intention. The times are those of each stage.
func (p *plan) reaches(floor Floor, times []int64) map[string]Reach {
	reached := make([]map[string]struct{}, len(times))
	for taken := range floor.taken() {
		if reached[taken.stage] == nil {
			reached[taken.stage] = map[string]struct{}{}
		}
		reached[taken.stage][taken.seeker] = struct{}{}
	}
	stages := map[string]Reach{}
	for i, term := range p.stages.Terms() {
		if code := union.Code(i + 1); code != p.registered {
			stages[term.Key] = Reach{
				Persons:     counted(int64(len(reached[code])), union.Persons),
				PersonTimes: counted(times[code], union.PersonTimes),
			}
		}
	}
	return stages
}

// Persons returns the distinct seekers of the floor as a table over
// [Fair.PersonsLayout]. It fails with [union.ErrRule] if f did not make the
// floor.
func (f Fair) Persons(floor Floor) (union.Table, error) {
	if err := floor.under(f); err != nil {
		return union.Table{}, err
	}
	table := f.plan.persons.Table()
	for _, seeker := range floor.seekers.all() {
		entry := entryNew
		if seeker.carried {
			entry = entryCarried
		}
		at := []union.Code{seeker.category, entry}
		if f.plan.spec.Schooling != nil {
			at = append(at, seeker.schooling)
		}
		if f.plan.spec.Ages != nil {
			at = append(at, seeker.age)
		}
		if err := table.Add(at...); err != nil {
			return union.Table{}, err
		}
	}
	return table, nil
}

// floorOf returns the least number that a count may stand for, which of an
// exact count is the count, and whether anything is known.
func floorOf(count union.Count) (int64, bool) {
	low, _, ok := count.Bounds()
	return low, ok
}

// exactly returns the number that a count stands for, if it is only one.
func exactly(count union.Count) (int64, bool) {
	low, high, ok := count.Bounds()
	return low, ok && low == high
}

// added returns a + b, or the largest number if that would not fit: enough for a
// bound that is compared and never printed as a figure.
func added(a, b int64) int64 {
	sum, ok := exact.Add(a, b)
	if !ok {
		return math.MaxInt64
	}
	return sum
}
