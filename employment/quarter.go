package employment

import (
	"maps"
	"slices"
	"strings"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/internal/exact"
	"github.com/unioncampaign/union/internal/quote"
	"github.com/unioncampaign/union/internal/wire"
)

// A Vacancy is what an employer registers: one kind of post with its openings. One
// registered before the period and still open is carried over. The same vacancy
// registered twice is one.
type Vacancy struct {
	Key      string            `json:"key"`
	Openings int64             `json:"openings"`           // at least 1
	Day      union.Date        `json:"day"`                // of registration
	Of       map[string]string `json:"of,omitempty"`       // by dimension, the key of a term; without one: unknown
	Editions map[string]string `json:"editions,omitempty"` // by dimension, the edition that its key is from, if not the market's own
}

// An Application is one registration of a seeker. The Seeker is a token of the
// caller's making, never an identity number, hashed or not. A seeker who registers
// twice is one person and two person-times, and says the same both times.
type Application struct {
	Seeker   string            `json:"seeker"`
	Day      union.Date        `json:"day"`                // of registration; before the period: carried over
	Of       map[string]string `json:"of,omitempty"`       // as of a Vacancy
	Editions map[string]string `json:"editions,omitempty"` // as of a Vacancy
}

// A Quarter tallies the registrations of one period at an office: distinct
// vacancies and seekers, each told apart by the market's dimensions, and
// person-times. It grows with what is distinct, not with how often it comes. It is
// not idempotent: an application added twice is two person-times, though one
// person.
//
// A market makes an empty one by [Market.Quarter]. The zero Quarter is the identity
// of Merge and takes the rule of what is merged into it; nothing can be added to it
// before.
type Quarter struct {
	rule      union.RuleID
	lengths   []int // of the dimensions' lists; shared, never changed
	vacancies openings[offered]
	seekers   *book[applied]
	times     int64
}

type offered struct {
	openings int64
	codes    codes
	carried  bool
}

func (o offered) offers() int64 { return o.openings }

type applied struct {
	codes   codes
	carried bool
}

// mostDimensions is how many dimensions a market has at most.
const mostDimensions = 12

// codes are those of a record, by dimension; of dimensions that the market does not
// have, unknown.
type codes [mostDimensions]union.Code

// Quarter returns an empty quarter of the market.
func (m Market) Quarter() Quarter {
	if m.plan == nil {
		return Quarter{}
	}
	return Quarter{rule: m.ID(), lengths: m.plan.lengths}
}

// Rule returns the identity of the market that the quarter is counted under.
func (q Quarter) Rule() union.RuleID { return q.rule }

// under refuses a quarter that the market did not make.
func (q Quarter) under(m Market) error {
	if q.rule != m.ID() || q.rule.IsZero() {
		return union.NewFault(union.ErrRule, "quarter", q.rule.String(), m.ID().String())
	}
	if !slices.Equal(q.lengths, m.plan.lengths) {
		return union.NewFault(union.ErrRule, "quarter", "lists of other lengths", m.ID().String())
	}
	return nil
}

// codes returns the codes of a record, and whether it was carried over.
func (p *marketPlan) codes(side string, day union.Date, of, editions map[string]string) (made codes, carried bool, err error) {
	for _, each := range []struct {
		name string
		keys map[string]string
	}{{"of", of}, {"editions", editions}} {
		for _, key := range slices.Sorted(maps.Keys(each.keys)) {
			if d, err := p.dimension(key); err != nil || !d.has(side) {
				return codes{}, false, union.NewFault(union.ErrUnknown, each.name+"["+quote.Key(key)+"]", "", "a dimension of the "+side)
			}
		}
	}
	for i, d := range p.dimensions {
		if edition, own := editions[d.Key], d.Terms.Version; edition != "" && edition != own {
			return codes{}, false, union.NewFault(union.ErrUnknown, "editions["+quote.Key(d.Key)+"]", quote.Key(edition), quote.Key(own))
		}
		where := "of[" + quote.Key(d.Key) + "]"
		code, err := d.list.code(where, of[d.Key])
		if err != nil {
			return codes{}, false, err
		}
		if d.Whole && d.list.inner(code) {
			return codes{}, false, union.NewFault(union.ErrRange, where, quote.Key(of[d.Key]), "a term within it, which it is the sum of")
		}
		made[i] = code
	}
	until, _ := p.spec.Days.Until()
	switch {
	case day.IsZero():
		return codes{}, false, union.NewFault(union.ErrMissing, "day", "", "")
	case until.Before(day):
		return codes{}, false, union.NewFault(union.ErrRange, "day", day.String(), "not after "+until.String())
	}
	return made, day.Before(p.spec.Days.From()), nil
}

// AddVacancy counts a vacancy and its openings once, however often it comes. It
// reports the first of these faults, and then counts nothing:
//   - [union.ErrRule], if market did not make the quarter;
//   - those of [union.CheckToken], for the key;
//   - [union.ErrUnknown], for a dimension that does not tell demand apart, and
//     then, by dimension, for an edition that is not the market's and a term that
//     its list does not have; [union.ErrRange], for a term that is the sum of
//     others;
//   - [union.ErrMissing], for no day, and [union.ErrRange], for one after the
//     period;
//   - [union.ErrRange], if there is not at least one opening;
//   - [union.ErrRepeated], if the vacancy came before with other content;
//   - [union.ErrOverflow], if all openings together would not fit.
func (q *Quarter) AddVacancy(market Market, v Vacancy) error {
	if err := q.under(market); err != nil {
		return err
	}
	if err := union.CheckToken(v.Key); err != nil {
		return union.Within("key", err)
	}
	codes, carried, err := market.plan.codes(demandSide, v.Day, v.Of, v.Editions)
	if err != nil {
		return err
	}
	if v.Openings < 1 {
		return union.NewFault(union.ErrRange, "openings", text(v.Openings), "1 or more")
	}
	made := offered{codes: codes, openings: v.Openings, carried: carried}
	return q.vacancies.enter(v.Key, made)
}

// AddApplication counts a person-time, and a person who comes for the first time.
// It reports the first of these faults, none quoting the seeker, and then counts
// nothing:
//   - [union.ErrRule], if market did not make the quarter;
//   - those of [union.CheckToken], for the seeker;
//   - those of [Quarter.AddVacancy] for dimensions, here those of supply, editions,
//     terms and the day;
//   - [union.ErrRepeated], if the seeker came before with other content than the
//     day;
//   - [union.ErrOverflow], if the person-times would not fit.
func (q *Quarter) AddApplication(market Market, a Application) error {
	if err := q.under(market); err != nil {
		return err
	}
	if err := union.CheckToken(a.Seeker); err != nil {
		return union.Within("seeker", err)
	}
	codes, carried, err := market.plan.codes(supplySide, a.Day, a.Of, a.Editions)
	if err != nil {
		return err
	}
	made := applied{codes: codes, carried: carried}
	known, before := look(q.seekers, a.Seeker)
	if before && known != made {
		return differs("seeker", "")
	}
	times, ok := exact.Add(q.times, 1)
	if !ok {
		return union.NewFault(union.ErrOverflow, "applications", "", "")
	}
	q.times = times
	if !before {
		put(&q.seekers, strings.Clone(a.Seeker), made)
	}
	return nil
}

// Merge adds what other counted of the same market. It reports the first of these
// faults, and then changes nothing:
//   - [union.ErrRule], if other was counted under another market;
//   - [union.ErrRepeated], if a vacancy or a seeker, in this order, is on both with
//     other content;
//   - [union.ErrOverflow], if the openings or the person-times would not fit.
//
// It shares nothing with other.
func (q *Quarter) Merge(other Quarter) error {
	if other.rule.IsZero() {
		return nil
	}
	if !q.rule.IsZero() && (q.rule != other.rule || !slices.Equal(q.lengths, other.lengths)) {
		return union.NewFault(union.ErrRule, "quarter", other.rule.String(), q.rule.String())
	}
	if key, ok := conflict(q.vacancies.book, other.vacancies.book); ok {
		return differs("vacancies", quote.Key(key))
	}
	if _, ok := conflict(q.seekers, other.seekers); ok {
		return differs("seekers", "")
	}
	sum, err := q.vacancies.with(other.vacancies)
	if err != nil {
		return err
	}
	times, fits := exact.Add(q.times, other.times)
	if !fits {
		return union.NewFault(union.ErrOverflow, "applications", "", "")
	}
	q.rule, q.lengths, q.times = other.rule, other.lengths, times
	q.vacancies.join(other.vacancies, sum)
	join(&q.seekers, other.seekers)
	return nil
}

// Seekers returns the distinct seekers, so that those of several offices can be
// counted together.
func (q Quarter) Seekers() union.Register { return registered(q.seekers.keys()) }

// Bulletin returns what the quarter says of the market, on the market's basis:
// every list counted, zeros and unknowns included. It fails with [union.ErrRule]
// if m did not make the quarter.
func (m Market) Bulletin(q Quarter) (Bulletin, error) {
	return m.BulletinOn(q, m.read().spec.Basis)
}

// BulletinOn returns the same with its lists on a basis of the caller's choice, such
// as what was carried over, or what is new. It fails with [union.ErrRule] if m did not
// make the quarter, with [union.ErrMissing] for no basis and with [union.ErrUnknown]
// for one that is none.
func (m Market) BulletinOn(q Quarter, basis Basis) (Bulletin, error) {
	if err := q.under(m); err != nil {
		return Bulletin{}, err
	}
	var faults union.FaultList
	if choice(&faults, "basis", basis, Valid, Fresh, CarriedOver); faults.Err() != nil {
		return Bulletin{}, faults.Err()
	}
	p := m.plan
	demand, supply := p.newSums(demandSide, basis), p.newSums(supplySide, basis)
	for _, each := range q.vacancies.book.all() {
		demand.add(each.codes, each.carried, each.openings)
	}
	for _, each := range q.seekers.all() {
		supply.add(each.codes, each.carried, 1)
	}
	made := Bulletin{Demand: demand.side(), Supply: supply.side()}
	made.Supply.Times = counted(q.times, union.PersonTimes)
	return made, nil
}

// sums count one side of a market.
type sums struct {
	plan         *marketPlan
	name         string
	basis        Basis
	total, taken int64     // taken over
	direct       [][]int64 // by dimension, nil if that does not tell the side apart
}

func (p *marketPlan) newSums(side string, basis Basis) *sums {
	made := &sums{plan: p, name: side, basis: basis, direct: make([][]int64, len(p.dimensions))}
	for i, d := range p.dimensions {
		if d.has(side) {
			made.direct[i] = d.list.cells()
		}
	}
	return made
}

// add counts n of a record. No sum of openings exceeds that of all, which fits.
func (s *sums) add(at codes, carried bool, n int64) {
	s.total += n
	if carried {
		s.taken += n
	}
	if s.basis == Fresh && carried || s.basis == CarriedOver && !carried {
		return
	}
	for i, direct := range s.direct {
		if direct != nil {
			direct[at[i]] += n
		}
	}
}

func (s *sums) side() Side {
	measure := s.plan.spec.side(s.name).Measure
	made := Side{
		Total: counted(s.total, measure), Carried: counted(s.taken, measure), New: counted(s.total-s.taken, measure),
		By: map[string]map[string]union.Count{},
	}
	for i, direct := range s.direct {
		if direct != nil {
			d := s.plan.dimensions[i]
			made.By[d.Key] = spread(d.list, direct, measure)
		}
	}
	return made
}

// quarterForm names the binary form of a Quarter: how many codes the list of each
// dimension has; the vacancies and the seekers by ascending keys, each with its 12
// codes, those of dimensions that there are not being 0; and the person-times.
const quarterForm = "employment.quarter/1"

// AppendBinary appends the canonical binary form, as [union.WriteTally] does.
func (q Quarter) AppendBinary(data []byte) ([]byte, error) {
	return union.WriteTally(data, quarterForm, q.rule, func(w *wire.Writer) {
		w.Len(len(q.lengths))
		for _, length := range q.lengths {
			w.Len(length)
		}
		w.Len(q.vacancies.book.len())
		for _, each := range q.vacancies.book.sorted() {
			w.Text(each.key)
			writeCodes(w, each.value.codes[:]...)
			w.Count(each.value.openings)
			w.Bool(each.value.carried)
		}
		w.Len(q.seekers.len())
		for _, each := range q.seekers.sorted() {
			w.Text(each.key)
			writeCodes(w, each.value.codes[:]...)
			w.Bool(each.value.carried)
		}
		w.Count(q.times)
	})
}

// UnmarshalBinary reads what AppendBinary wrote, as [union.ReadTally] does; into
// the zero Quarter, a quarter of any market. What no quarter holds is
// [union.ErrText]: a key that is no token, a vacancy without openings, openings
// that together do not fit, fewer person-times than persons; and a code that its
// list does not have is [union.ErrRange]. On error the quarter is unchanged.
func (q *Quarter) UnmarshalBinary(data []byte) error {
	var made Quarter
	rule, err := union.ReadTally(data, quarterForm, q.rule, func(r *wire.Reader) { made.read(r) })
	if err != nil {
		return err
	}
	if !q.rule.IsZero() && !rule.IsZero() && !slices.Equal(q.lengths, made.lengths) {
		return union.NewFault(union.ErrRule, "quarter", "lists of other lengths", q.rule.String())
	}
	made.rule = rule
	*q = made
	return nil
}

// read reads the body of a quarter into one that is empty.
func (q *Quarter) read(r *wire.Reader) {
	const mostCodes = 1 << 16
	if n := r.Len(1); n > mostDimensions {
		r.Refuse(text(int64(n))+" dimensions", "at most "+text(mostDimensions))
	} else if n > 0 {
		q.lengths = make([]int, n)
	}
	for i := range q.lengths {
		if q.lengths[i] = int(r.Most(mostCodes)); q.lengths[i] < 2 {
			r.Refuse("a list without a term", "2 codes or more")
			return
		}
	}
	q.vacancies.read(r, 4+mostDimensions, func() offered {
		return offered{codes: q.readCodes(r), openings: r.Count(), carried: r.Bool()}
	})
	q.seekers = readBook(r, 3+mostDimensions, func() applied {
		return applied{codes: q.readCodes(r), carried: r.Bool()}
	})
	if q.times = r.Count(); q.times < int64(q.seekers.len()) {
		r.Refuse("fewer person-times than persons", "as many or more")
	}
}

// readCodes reads the codes of a record.
func (q *Quarter) readCodes(r *wire.Reader) (read codes) {
	for i := range read {
		most := int64(0)
		if i < len(q.lengths) {
			most = int64(q.lengths[i] - 1)
		}
		read[i] = union.Code(r.Most(most))
	}
	return read
}
