package employment

import (
	"maps"
	"slices"
	"strings"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/internal/exact"
	"github.com/unioncampaign/union/internal/quote"
)

// A Floor tallies the records of one fair: distinct employers, postings and
// seekers, the distinct steps that seekers took towards postings, and
// person-times in a [Funnel]. It grows with what is distinct, not with how often
// it comes. It is not idempotent: a registration added twice is two
// person-times, though one person.
//
// A fair makes an empty one by [Fair.Floor]. The zero Floor is the identity of
// Merge and takes the rule of what is merged into it; nothing can be added to it
// before.
//
// An intention is refused if its seeker or its posting is not on the same floor.
// Floors that are counted apart and then merged therefore split the seekers
// between them, and each holds the employers and postings that it needs: a
// posting on several floors is counted once.
type Floor struct {
	rule      union.RuleID
	employers map[string]firm
	postings  map[string]vacancy
	openings  int64 // the sum over postings
	seekers   map[string]person
	steps     map[step]struct{}
	funnel    Funnel
}

type firm struct{ region, kind union.Code }

type vacancy struct {
	employer string
	sector   union.Code
	openings int64
	carried  bool
}

type person struct {
	category, schooling, age union.Code
	carried                  bool
}

type step struct {
	seeker, posting string
	stage           union.Code
}

// Floor returns an empty floor of the fair.
func (f Fair) Floor() Floor { return Floor{rule: f.ID(), funnel: f.Funnel()} }

// Rule returns the identity of the fair that the floor is counted under.
func (f Floor) Rule() union.RuleID { return f.rule }

// under refuses a floor that the fair did not make.
func (f Floor) under(fair Fair) error {
	if f.rule != fair.ID() || f.rule.IsZero() {
		return union.NewFault(union.ErrRule, "floor", f.rule.String(), fair.ID().String())
	}
	return nil
}

// AddEmployer counts an employer once, however often it comes. It reports the
// first of these faults, and then counts nothing:
//   - [union.ErrRule], if fair did not make the floor;
//   - those of [union.CheckToken], for the key;
//   - [union.ErrUnknown], for a region or a kind, in this order, that the fair
//     does not list;
//   - [union.ErrRepeated], if the employer came before with another region or
//     kind.
func (f *Floor) AddEmployer(fair Fair, e Employer) error {
	if err := f.under(fair); err != nil {
		return err
	}
	if err := union.CheckToken(e.Key); err != nil {
		return union.Within("key", err)
	}
	region, err := fair.plan.regions.code("region", e.Region)
	if err != nil {
		return err
	}
	kind, err := fair.plan.kinds.code("kind", e.Kind)
	if err != nil {
		return err
	}
	made := firm{region: region, kind: kind}
	if known, ok := f.employers[e.Key]; ok {
		if known != made {
			return differs("key", quote.Key(e.Key))
		}
		return nil
	}
	put(&f.employers, strings.Clone(e.Key), made)
	return nil
}

// differs is the fault of a record that was given before with other content.
func differs(where, got string) error {
	return union.NewFault(union.ErrRepeated, where, got, "the content given before")
}

// put sets key in m, making the map if it is still nil. The caller clones a key
// that may be a piece of a long line.
func put[K comparable, V any](m *map[K]V, key K, value V) {
	if *m == nil {
		*m = make(map[K]V)
	}
	(*m)[key] = value
}

// AddPosting counts a posting and its openings once, however often it comes. It
// reports the first of these faults, and then counts nothing:
//   - [union.ErrRule], if fair did not make the floor;
//   - those of [union.CheckToken], for the key;
//   - [union.ErrUnknown], if the employer is not on the floor, or the sector is
//     not listed by the fair;
//   - [union.ErrRange], if there is not at least one opening;
//   - [union.ErrRepeated], if the posting came before with other content than
//     its title;
//   - [union.ErrOverflow], if all openings together would not fit.
func (f *Floor) AddPosting(fair Fair, p Posting) error {
	if err := f.under(fair); err != nil {
		return err
	}
	if err := union.CheckToken(p.Key); err != nil {
		return union.Within("key", err)
	}
	if _, ok := f.employers[p.Employer]; !ok {
		return union.NewFault(union.ErrUnknown, "employer", quote.Key(p.Employer), "an employer at the fair")
	}
	sector, err := fair.plan.sectors.code("sector", p.Sector)
	if err != nil {
		return err
	}
	if p.Openings < 1 {
		return union.NewFault(union.ErrRange, "openings", text(p.Openings), "1 or more")
	}
	made := vacancy{employer: strings.Clone(p.Employer), sector: sector, openings: p.Openings, carried: p.Carried}
	if known, ok := f.postings[p.Key]; ok {
		if known != made {
			return differs("key", quote.Key(p.Key))
		}
		return nil
	}
	openings, ok := exact.Add(f.openings, p.Openings)
	if !ok {
		return union.NewFault(union.ErrOverflow, "openings", text(p.Openings), "")
	}
	f.openings = openings
	put(&f.postings, strings.Clone(p.Key), made)
	return nil
}

// AddRegistration counts a person-time, and a person who comes for the first
// time. It reports the first of these faults, none quoting the seeker, and then
// counts nothing:
//   - [union.ErrRule], if fair did not make the floor;
//   - those of [union.CheckToken], for the seeker;
//   - [union.ErrUnknown], for a category, a schooling or an age, in this order,
//     that the fair does not list;
//   - [union.ErrRange], if the day is not one of the fair's;
//   - [union.ErrRepeated], if the seeker came before with other content than the
//     day;
//   - [union.ErrOverflow], if the person-times would not fit.
func (f *Floor) AddRegistration(fair Fair, r Registration) error {
	if err := f.under(fair); err != nil {
		return err
	}
	known, before := f.seekers[r.Seeker]
	if !before {
		if err := union.CheckToken(r.Seeker); err != nil {
			return union.Within("seeker", err)
		}
	}
	made, err := fair.plan.person(r)
	if err != nil {
		return err
	}
	if !fair.plan.spec.Days.Contains(r.Day) {
		return union.NewFault(union.ErrRange, "day", r.Day.String(), fair.plan.spec.Days.String())
	}
	if before && known != made {
		return differs("seeker", "")
	}
	if err := f.funnel.Add(Passage{Stage: fair.plan.registered, Category: made.category}); err != nil {
		return err
	}
	if !before {
		put(&f.seekers, strings.Clone(r.Seeker), made)
	}
	return nil
}

// person looks up the codes of a registration.
func (p *plan) person(r Registration) (person, error) {
	category, err := p.categories.code("category", r.Category)
	if err != nil {
		return person{}, err
	}
	schooling, err := p.schooling.code("schooling", r.Schooling)
	if err != nil {
		return person{}, err
	}
	age, err := p.ages.code("age", r.Age)
	if err != nil {
		return person{}, err
	}
	return person{category: category, schooling: schooling, age: age, carried: r.Carried}, nil
}

// AddIntention counts a person-time at a stage, and the step if it is the first
// of its seeker, posting and stage. It reports the first of these faults, none
// quoting the seeker, and then counts nothing:
//   - [union.ErrRule], if fair did not make the floor;
//   - [union.ErrUnknown], if the seeker is not registered on the floor, the
//     posting is not on it, or the stage is not listed by the fair, in this order;
//   - [union.ErrMissing], if the stage is not given;
//   - [union.ErrRange], if the stage is registration itself, or the day is
//     before the fair;
//   - [union.ErrOverflow], if the person-times would not fit.
func (f *Floor) AddIntention(fair Fair, i Intention) error {
	if err := f.under(fair); err != nil {
		return err
	}
	seeker, ok := f.seekers[i.Seeker]
	if !ok {
		return union.NewFault(union.ErrUnknown, "seeker", "", "a registered seeker")
	}
	posting, ok := f.postings[i.Posting]
	if !ok {
		return union.NewFault(union.ErrUnknown, "posting", quote.Key(i.Posting), "a posting of the fair")
	}
	stage, err := fair.plan.stages.code("stage", i.Stage)
	switch {
	case err != nil:
		return err
	case stage == 0:
		return union.NewFault(union.ErrMissing, "stage", "", "a stage of the fair")
	case stage == fair.plan.registered:
		return union.NewFault(union.ErrRange, "stage", quote.Key(i.Stage), "a stage after registration")
	case i.Day.Before(fair.plan.spec.Days.From()):
		return union.NewFault(union.ErrRange, "day", i.Day.String(), "not before "+fair.plan.spec.Days.From().String())
	}
	passage := Passage{
		Stage: stage, Category: seeker.category,
		Sector: posting.sector, Region: f.employers[posting.employer].region,
	}
	if err := f.funnel.Add(passage); err != nil {
		return err
	}
	taken := step{seeker: i.Seeker, posting: i.Posting, stage: stage}
	if _, ok := f.steps[taken]; !ok {
		taken.seeker, taken.posting = strings.Clone(i.Seeker), strings.Clone(i.Posting)
		put(&f.steps, taken, struct{}{})
	}
	return nil
}

// Merge adds what other counted at the same fair. It reports the first of these
// faults, and then changes nothing:
//   - [union.ErrRule], if other was counted under another fair;
//   - [union.ErrRepeated], if an employer, a posting or a seeker, in this order,
//     is on both with other content;
//   - [union.ErrOverflow], if the openings or the person-times would not fit.
//
// It never aliases other.
func (f *Floor) Merge(other Floor) error {
	if other.rule.IsZero() {
		return nil
	}
	if !f.rule.IsZero() && f.rule != other.rule {
		return union.NewFault(union.ErrRule, "floor", other.rule.String(), f.rule.String())
	}
	if key, ok := conflict(f.employers, other.employers); ok {
		return differs("employers", quote.Key(key))
	}
	if key, ok := conflict(f.postings, other.postings); ok {
		return differs("postings", quote.Key(key))
	}
	if _, ok := conflict(f.seekers, other.seekers); ok {
		return differs("seekers", "")
	}
	openings := f.openings
	for key, posting := range other.postings {
		if _, known := f.postings[key]; known {
			continue
		}
		var ok bool
		if openings, ok = exact.Add(openings, posting.openings); !ok {
			return union.NewFault(union.ErrOverflow, "openings", "", "")
		}
	}
	if err := f.funnel.Merge(other.funnel); err != nil {
		return err
	}
	f.rule, f.openings = other.rule, openings
	join(&f.employers, other.employers)
	join(&f.postings, other.postings)
	join(&f.seekers, other.seekers)
	join(&f.steps, other.steps)
	return nil
}

// conflict returns the first key, in order, that two maps give other values.
func conflict[V comparable](a, b map[string]V) (string, bool) {
	var keys []string
	for key, value := range b {
		if known, ok := a[key]; ok && known != value {
			keys = append(keys, key)
		}
	}
	if len(keys) == 0 {
		return "", false
	}
	return slices.Min(keys), true
}

// join copies the entries of from into m, leaving a nil map nil if there is none.
func join[K comparable, V any](m *map[K]V, from map[K]V) {
	if len(from) == 0 {
		return
	}
	if *m == nil {
		*m = make(map[K]V, len(from))
	}
	maps.Copy(*m, from)
}

// Seekers returns the distinct seekers, so that those of several fairs can be
// counted together: person-times add, persons do not.
func (f Floor) Seekers() (union.Register, error) { return registered(maps.Keys(f.seekers)) }

// Employers returns the distinct employers, as [Floor.Seekers] does the seekers.
func (f Floor) Employers() (union.Register, error) { return registered(maps.Keys(f.employers)) }

// Funnel returns a copy of the person-times of the floor.
func (f Floor) Funnel() (Funnel, error) {
	var copied Funnel
	err := copied.Merge(f.funnel)
	return copied, err
}
