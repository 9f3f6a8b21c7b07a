package employment

import (
	"iter"
	"maps"
	"slices"
	"strings"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/internal/quote"
	"github.com/unioncampaign/union/internal/wire"
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
	lists     lists
	employers *book[firm]
	postings  openings[vacancy]
	seekers   *book[person]
	steps     *book[struct{}] // by the keys of steps
	hire      union.Code      // the stage that is a signing
	hires     *book[int64]    // by posting, how many persons signed
	funnel    Funnel
}

// lists are how many codes the lists of a fair have, unknown being one: those
// of regions, kinds, sectors, categories, schooling, ages, stages and trades.
type lists [8]int

// The lists of a fair, as a floor counts their codes.
const (
	listRegions = iota
	listKinds
	listSectors
	listCategories
	listSchooling
	listAges
	listStages
	listTrades
)

type firm struct{ region, kind union.Code }

type vacancy struct {
	employer string
	openings int64
	sector   union.Code
	trade    union.Code
	carried  bool
}

func (v vacancy) offers() int64 { return v.openings }

type person struct {
	category, schooling, age union.Code
	carried                  bool
}

// Floor returns an empty floor of the fair.
func (f Fair) Floor() Floor {
	if f.plan == nil {
		return Floor{}
	}
	return Floor{rule: f.ID(), lists: f.plan.lists, hire: f.plan.signed, funnel: f.Funnel()}
}

// Rule returns the identity of the fair that the floor is counted under.
func (f Floor) Rule() union.RuleID { return f.rule }

// under refuses a floor that the fair did not make.
func (f Floor) under(fair Fair) error {
	if f.rule != fair.ID() || f.rule.IsZero() {
		return union.NewFault(union.ErrRule, "floor", f.rule.String(), fair.ID().String())
	}
	if f.lists != fair.plan.lists || f.hire != fair.plan.signed {
		return union.NewFault(union.ErrRule, "floor", "lists of other lengths", fair.ID().String())
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
	if known, ok := look(f.employers, e.Key); ok {
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

// AddPosting counts a posting and its openings once, however often it comes. It
// reports the first of these faults, and then counts nothing:
//   - [union.ErrRule], if fair did not make the floor;
//   - those of [union.CheckToken], for the key;
//   - [union.ErrUnknown], if the employer is not on the floor, or the sector's
//     edition, the sector or the trade, in this order, is none of the fair's;
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
	if _, ok := look(f.employers, p.Employer); !ok {
		return union.NewFault(union.ErrUnknown, "employer", quote.Key(p.Employer), "an employer at the fair")
	}
	if own := fair.plan.spec.Sectors.Version; p.Edition != "" && p.Edition != own {
		return union.NewFault(union.ErrUnknown, "edition", quote.Key(p.Edition), quote.Key(own))
	}
	sector, err := fair.plan.sectors.code("sector", p.Sector)
	if err != nil {
		return err
	}
	trade, err := fair.plan.trades.code("trade", p.Trade)
	if err != nil {
		return err
	}
	if p.Openings < 1 {
		return union.NewFault(union.ErrRange, "openings", text(p.Openings), "1 or more")
	}
	made := vacancy{employer: strings.Clone(p.Employer), sector: sector, trade: trade, openings: p.Openings, carried: p.Carried}
	return f.postings.enter(p.Key, made)
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
	known, before := look(f.seekers, r.Seeker)
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
//     before the fair, or before the day of the stage's follow-up;
//   - [union.ErrRange], if the stage is that of a signing and as many others
//     signed for the posting as it has openings;
//   - [union.ErrOverflow], if the person-times would not fit.
func (f *Floor) AddIntention(fair Fair, i Intention) error {
	if err := f.under(fair); err != nil {
		return err
	}
	seeker, ok := look(f.seekers, i.Seeker)
	if !ok {
		return union.NewFault(union.ErrUnknown, "seeker", "", "a registered seeker")
	}
	posting, ok := look(f.postings.book, i.Posting)
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
	case i.Day.Before(fair.plan.earliest[stage]):
		return union.NewFault(union.ErrRange, "day", i.Day.String(), "not before "+fair.plan.earliest[stage].String())
	}
	var room [longestStep]byte
	key := step{seeker: i.Seeker, posting: i.Posting, stage: stage}.appendKey(room[:0])
	_, taken := look(f.steps, key)
	hires, _ := look(f.hires, i.Posting)
	if hiring := stage == f.hire && !taken; hiring && hires >= posting.openings {
		return overfilled("posting", i.Posting, hires+1, posting.openings)
	} else if hiring {
		hires++
	}
	employer, _ := look(f.employers, posting.employer)
	passage := Passage{Stage: stage, Category: seeker.category, Sector: posting.sector, Region: employer.region}
	if err := f.funnel.Add(passage); err != nil {
		return err
	}
	if !taken {
		put(&f.steps, string(key), struct{}{})
	}
	if stage == f.hire && !taken {
		set(&f.hires, strings.Clone(i.Posting), hires)
	}
	return nil
}

// overfilled is the fault of a posting that more sign for than it has openings.
func overfilled(where, posting string, hires, openings int64) error {
	return union.NewFault(union.ErrRange, where, quote.Key(posting)+" with "+text(hires)+" signings", "at most "+text(openings))
}

// Merge adds what other counted at the same fair. It reports the first of these
// faults, and then changes nothing:
//   - [union.ErrRule], if other was counted under another fair;
//   - [union.ErrRepeated], if an employer, a posting or a seeker, in this order,
//     is on both with other content;
//   - [union.ErrRange], if more sign for a posting than it has openings;
//   - [union.ErrOverflow], if the openings or the person-times would not fit.
//
// It shares nothing with other.
func (f *Floor) Merge(other Floor) error {
	if other.rule.IsZero() {
		return nil
	}
	if !f.rule.IsZero() && (f.rule != other.rule || f.lists != other.lists || f.hire != other.hire) {
		return union.NewFault(union.ErrRule, "floor", other.rule.String(), f.rule.String())
	}
	if key, ok := conflict(f.employers, other.employers); ok {
		return differs("employers", quote.Key(key))
	}
	if key, ok := conflict(f.postings.book, other.postings.book); ok {
		return differs("postings", quote.Key(key))
	}
	if _, ok := conflict(f.seekers, other.seekers); ok {
		return differs("seekers", "")
	}
	hires, err := f.hiresWith(other)
	if err != nil {
		return err
	}
	sum, err := f.postings.with(other.postings)
	if err != nil {
		return err
	}
	if err := f.funnel.Merge(other.funnel); err != nil {
		return err
	}
	f.rule, f.lists, f.hire = other.rule, other.lists, other.hire
	join(&f.employers, other.employers)
	f.postings.join(other.postings, sum)
	join(&f.seekers, other.seekers)
	join(&f.steps, other.steps)
	for posting, n := range hires {
		set(&f.hires, posting, n)
	}
	return nil
}

// hiresWith returns how many would have signed for each posting for which other has
// signings that f has not.
func (f *Floor) hiresWith(other Floor) (map[string]int64, error) {
	hires := map[string]int64{}
	for key := range other.steps.all() {
		taken, _ := parseStep(key)
		if taken.stage != other.hire {
			continue
		}
		if _, known := look(f.steps, key); known {
			continue
		}
		if _, begun := hires[taken.posting]; !begun {
			hires[taken.posting], _ = look(f.hires, taken.posting)
		}
		hires[taken.posting]++
	}
	for _, key := range slices.Sorted(maps.Keys(hires)) {
		if posting, _ := look(other.postings.book, key); hires[key] > posting.openings {
			return nil, overfilled("postings", key, hires[key], posting.openings)
		}
	}
	return hires, nil
}

// taken returns the distinct steps in no order that means anything.
func (f Floor) taken() iter.Seq[step] {
	return func(yield func(step) bool) {
		for key := range f.steps.all() {
			if taken, _ := parseStep(key); !yield(taken) {
				return
			}
		}
	}
}

// Seekers returns the distinct seekers, so that those of several fairs can be
// counted together: person-times add, persons do not.
func (f Floor) Seekers() union.Register { return registered(f.seekers.keys()) }

// Employers returns the distinct employers, as [Floor.Seekers] does the seekers.
func (f Floor) Employers() union.Register { return registered(f.employers.keys()) }

// Funnel returns a copy of the person-times of the floor.
func (f Floor) Funnel() Funnel { return Funnel{table: f.funnel.Table()} }

// floorForm names the binary form of a Floor: how many codes each of the fair's
// lists has; the code of a signing; the employers, the postings and the seekers by ascending keys, each
// with what is said of it; the keys of the steps, ascending; and the funnel.
const floorForm = "employment.floor/1"

// AppendBinary appends the canonical binary form, as [union.WriteTally] does.
func (f Floor) AppendBinary(data []byte) ([]byte, error) {
	return union.WriteTally(data, floorForm, f.rule, func(w *wire.Writer) {
		for _, length := range f.lists {
			w.Len(length)
		}
		writeCodes(w, f.hire)
		w.Len(f.employers.len())
		for _, each := range f.employers.sorted() {
			w.Text(each.key)
			writeCodes(w, each.value.region, each.value.kind)
		}
		w.Len(f.postings.book.len())
		for _, each := range f.postings.book.sorted() {
			w.Text(each.key)
			w.Text(each.value.employer)
			writeCodes(w, each.value.sector, each.value.trade)
			w.Count(each.value.openings)
			w.Bool(each.value.carried)
		}
		w.Len(f.seekers.len())
		for _, each := range f.seekers.sorted() {
			w.Text(each.key)
			writeCodes(w, each.value.category, each.value.schooling, each.value.age)
			w.Bool(each.value.carried)
		}
		w.Len(f.steps.len())
		for _, each := range f.steps.sorted() {
			w.Text(each.key)
		}
		w.Nest(f.funnel)
	})
}

func writeCodes(w *wire.Writer, codes ...union.Code) {
	for _, code := range codes {
		w.Uint(uint64(code))
	}
}

// UnmarshalBinary reads what AppendBinary wrote, as [union.ReadTally] does; into
// the zero Floor, a floor of any fair. What no floor holds is [union.ErrText]: a
// key that is no token, a posting without openings or of an employer who is not
// there, a step of a seeker or towards a posting that is not there, more signings
// than openings, openings that together do not fit; and a code that its list does
// not have is [union.ErrRange]. On error the floor is unchanged.
func (f *Floor) UnmarshalBinary(data []byte) error {
	var made Floor
	rule, err := union.ReadTally(data, floorForm, f.rule, func(r *wire.Reader) { made.read(r) })
	if err != nil {
		return err
	}
	if !f.rule.IsZero() && !rule.IsZero() && f.lists != made.lists {
		return union.NewFault(union.ErrRule, "floor", "lists of other lengths", f.rule.String())
	}
	made.rule = rule
	*f = made
	return nil
}

// longestToken is how many bytes a token has at most: see [union.CheckToken].
const longestToken = 64

// read reads the body of a floor into one that is empty. The least bytes of an
// item are those of its shortest key and codes.
func (f *Floor) read(r *wire.Reader) {
	const mostCodes = 1 << 16
	for i := range f.lists {
		if f.lists[i] = int(r.Most(mostCodes)); f.lists[i] == 0 {
			r.Refuse("a list without unknown", "1 code or more")
			return
		}
	}
	if f.hire = f.code(r, listStages); f.hire == 0 {
		r.Refuse("a signing at no stage", "one of the fair's")
	}
	f.employers = readBook(r, 4, func() firm {
		return firm{region: f.code(r, listRegions), kind: f.code(r, listKinds)}
	})
	f.postings.read(r, 8, func() vacancy { return f.readPosting(r) })
	f.seekers = readBook(r, 6, func() person {
		return person{category: f.code(r, listCategories), schooling: f.code(r, listSchooling), age: f.code(r, listAges), carried: r.Bool()}
	})
	f.steps = f.readSteps(r)
	r.Nest(&f.funnel)
	if f.funnel.table.Rule().IsZero() {
		r.Refuse("a funnel of no layout", "one of the fair's")
	}
}

// code reads a code of a list.
func (f *Floor) code(r *wire.Reader, list int) union.Code {
	return union.Code(r.Most(int64(f.lists[list] - 1)))
}

// readBook reads entries that take least bytes or more, by ascending tokens.
func readBook[V comparable](r *wire.Reader, least int, value func() V) *book[V] {
	entries, before := make([]entry[V], r.Len(least)), ""
	for i := range entries {
		before = r.Key(before, longestToken)
		if r.Failed() || union.CheckToken(before) != nil {
			r.Refuse("a key that is none", "a token")
			return nil
		}
		entries[i] = entry[V]{value: value(), key: before}
	}
	return bound(entries)
}

// readPosting reads what is said of a posting.
func (f *Floor) readPosting(r *wire.Reader) vacancy {
	made := vacancy{employer: r.Text(longestToken), sector: f.code(r, listSectors), trade: f.code(r, listTrades), openings: r.Count(), carried: r.Bool()}
	if _, ok := look(f.employers, made.employer); !ok {
		r.Refuse("a posting of no employer", "an employer at the fair")
	}
	return made
}

// readSteps reads the keys of steps, each of a seeker towards a posting.
func (f *Floor) readSteps(r *wire.Reader) *book[struct{}] {
	entries, before, signings := make([]entry[struct{}], r.Len(6)), "", 0
	for i := range entries {
		before = r.Key(before, longestStep)
		taken, ok := parseStep(before)
		_, came := look(f.seekers, taken.seeker)
		_, offered := look(f.postings.book, taken.posting)
		if !ok || !came || !offered || int(taken.stage) >= f.lists[listStages] {
			r.Refuse("a step of nobody or to nowhere", "a seeker's, towards a posting")
			return nil
		}
		if taken.stage == f.hire {
			signings++
		}
		entries[i].key = before
	}
	f.hires = f.hiresOf(entries, signings)
	for key, n := range f.hires.all() {
		if posting, _ := look(f.postings.book, key); n > posting.openings {
			r.Refuse("more signings than openings", "at most as many")
		}
	}
	return bound(entries)
}

// hiresOf returns how many signed for each posting by distinct steps, of which so
// many are signings. It takes room for each of those once.
func (f *Floor) hiresOf(steps []entry[struct{}], signings int) *book[int64] {
	hires := make([]entry[int64], 0, signings)
	for _, each := range steps {
		if taken, _ := parseStep(each.key); taken.stage == f.hire {
			hires = append(hires, entry[int64]{value: 1, key: taken.posting})
		}
	}
	slices.SortFunc(hires, func(a, b entry[int64]) int { return strings.Compare(a.key, b.key) })
	postings := hires[:0]
	for _, each := range hires {
		if last := len(postings) - 1; last >= 0 && postings[last].key == each.key {
			postings[last].value++
		} else {
			postings = append(postings, each)
		}
	}
	return bound(postings)
}
