package employment

import (
	"crypto/sha256"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/internal/exact"
	"github.com/unioncampaign/union/internal/quote"
	"github.com/unioncampaign/union/internal/wire"
)

// seriesDocument is the kind and number of a series' JSON.
const seriesDocument = "employment.series/1"

// fairsMeasure is what fairs are counted in.
const fairsMeasure union.Measure = "场"

// A SeriesSpec describes a series of job fairs whose figures are told together, as
// those that a federation holds in a spring.
type SeriesSpec struct {
	union.Rule
	Days      union.Period   `json:"days"`      // in which every fair of it is held
	Rate      union.Rounding `json:"rate"`      // of rates, in percent
	Tightness union.Rounding `json:"tightness"` // of openings per seeker
}

// A Series is the rule under which fairs are counted together. It never changes
// once made. The zero Series has no days, and refuses every fair.
type Series struct {
	spec SeriesSpec
	id   union.RuleID
}

// NewSeries returns the series that spec describes. It reports all the faults it
// finds, joined:
//   - [union.ErrMissing], for a key, version, title, source or rounding that is not
//     given, and for days without an end;
//   - [union.ErrUnknown] and [union.ErrRange], for a mode and for places that no
//     rounding has;
//   - those of [union.IdentifyRule].
func NewSeries(spec SeriesSpec) (Series, error) {
	var faults union.FaultList
	faults.Within("", spec.Check())
	if _, closed := spec.Days.Until(); !closed {
		faults.Add(union.ErrMissing, "days", "", "a first and a last day")
	}
	faults.Within("rate", spec.Rate.Check())
	faults.Within("tightness", spec.Tightness.Check())
	if err := faults.Err(); err != nil {
		return Series{}, err
	}
	id, err := union.IdentifyRule(seriesDocument, spec)
	if err != nil {
		return Series{}, err
	}
	return Series{spec: spec, id: id}, nil
}

// ID returns the identity of the rule, which covers all that it says.
func (s Series) ID() union.RuleID { return s.id }

// Rule returns what the series says of itself as a rule.
func (s Series) Rule() union.Rule { return s.spec.Rule }

// Spec returns what the series was made from.
func (s Series) Spec() SeriesSpec { return s.spec }

// MarshalJSON writes the series as the canonical document "employment.series/1". The
// zero Series has no roundings to write and is [union.ErrUnknown].
func (s Series) MarshalJSON() ([]byte, error) { return union.WriteRule(seriesDocument, s.spec) }

// UnmarshalJSON reads the document "employment.series/1" as [NewSeries] checks it,
// with the faults of [union.ReadRule] and of NewSeries. On error s is unchanged.
func (s *Series) UnmarshalJSON(data []byte) error {
	var spec SeriesSpec
	if err := union.ReadRule(data, seriesDocument, &spec); err != nil {
		return err
	}
	made, err := NewSeries(spec)
	if err != nil {
		return err
	}
	*s = made
	return nil
}

// A Season tallies the fairs of a series. Openings and person-times add; persons
// and firms who come to several fairs are counted once, by registers, so that it
// grows with who is distinct. It is idempotent: a fair is counted once, however
// often it is reported.
//
// A series makes an empty one by [Series.Season]. The zero Season is the identity
// of Merge and takes the rule of what is merged into it; nothing can be added to it
// before.
type Season struct {
	rule      union.RuleID
	fairs     *book[sitting] // by the identity of the fair's rule
	registers [roles]union.Register
}

// A sitting is what one fair adds.
type sitting struct {
	digest                                        [16]byte // of the floor
	openings, registrations, intentions, signings int64
}

// The registers of a season.
const (
	employing = iota
	seeking
	intending
	signing
	roles
)

// Season returns an empty season of the series.
func (s Series) Season() Season { return Season{rule: s.id} }

// Rule returns the identity of the series that the season is counted under.
func (s Season) Rule() union.RuleID { return s.rule }

// AddFair counts a fair, and its employers and seekers once over all fairs. It
// reports the first of these faults, and then counts nothing:
//   - [union.ErrRule], if series did not make the season or fair not the floor;
//   - [union.ErrRange], if a day of the fair is not one of the series;
//   - [union.ErrRepeated], if the fair came before with another floor.
func (s *Season) AddFair(series Series, fair Fair, floor Floor) error {
	if s.rule != series.id || s.rule.IsZero() {
		return union.NewFault(union.ErrRule, "season", s.rule.String(), series.id.String())
	}
	report, err := fair.Report(floor)
	if err != nil {
		return err
	}
	spec := fair.plan.spec
	if until, _ := spec.Days.Until(); !series.spec.Days.Contains(spec.Days.From()) || !series.spec.Days.Contains(until) {
		return union.NewFault(union.ErrRange, "days", spec.Days.String(), "within "+series.spec.Days.String())
	}
	data, err := floor.AppendBinary(nil)
	if err != nil {
		return err
	}
	digest := sha256.Sum256(data)
	made := sitting{digest: [16]byte(digest[:])}
	made.openings, _ = exactly(report.Openings)
	made.registrations, _ = exactly(report.Registrations)
	made.intentions, _ = exactly(report.Stages[spec.Intention].PersonTimes)
	made.signings, _ = exactly(report.Stages[spec.Signed].PersonTimes)
	key := fair.ID().String()
	if known, ok := look(s.fairs, key); ok {
		if known != made {
			return differs("fair", quote.Key(spec.Key))
		}
		return nil
	}
	people, err := fair.people(floor)
	if err != nil {
		return err
	}
	put(&s.fairs, key, made)
	for role := range s.registers {
		_ = s.registers[role].Merge(people[role]) // which never fails
	}
	return nil
}

// people returns who came to a fair, by role.
func (f Fair) people(floor Floor) (people [roles]union.Register, err error) {
	people[employing] = floor.Employers()
	for role, stage := range map[int]string{seeking: f.plan.spec.Registered, intending: f.plan.spec.Intention, signing: f.plan.spec.Signed} {
		if people[role], err = f.Reached(floor, stage); err != nil {
			return people, err
		}
	}
	return people, nil
}

// Merge adds the fairs of other. It reports the first of these faults, and then
// changes nothing:
//   - [union.ErrRule], if other was counted under another series;
//   - [union.ErrRepeated], if a fair is on both with other floors.
//
// It shares nothing with other.
func (s *Season) Merge(other Season) error {
	if other.rule.IsZero() {
		return nil
	}
	if !s.rule.IsZero() && s.rule != other.rule {
		return union.NewFault(union.ErrRule, "season", other.rule.String(), s.rule.String())
	}
	if key, ok := conflict(s.fairs, other.fairs); ok {
		return differs("fairs", quote.Key(key))
	}
	s.rule = other.rule
	join(&s.fairs, other.fairs)
	for role := range s.registers {
		_ = s.registers[role].Merge(other.registers[role]) // which never fails
	}
	return nil
}

// Figures returns the figures of a season, each with its working: how many fairs
// there were (employment.series.fairs), and after employment.series. what
// [Fair.ReportFigures] says of one: employers, openings, seekers,
// seekers.person_times, intentions, intentions.persons, signed; rate.intention,
// rate.signed, tightness. Employers and persons are distinct over all fairs. It
// fails with [union.ErrRule] if s did not make the season, and with
// [union.ErrOverflow] for a sum that does not fit.
func (s Series) Figures(season Season) ([]union.Figure, error) {
	if season.rule != s.id || s.id.IsZero() {
		return nil, union.NewFault(union.ErrRule, "season", season.rule.String(), s.id.String())
	}
	var sum sitting
	for _, each := range season.fairs.all() {
		for _, pair := range [][2]*int64{
			{&sum.openings, &each.openings}, {&sum.registrations, &each.registrations},
			{&sum.intentions, &each.intentions}, {&sum.signings, &each.signings},
		} {
			total, fits := exact.Add(*pair[0], *pair[1])
			if !fits {
				return nil, union.NewFault(union.ErrOverflow, "fairs", "", "")
			}
			*pair[0] = total
		}
	}
	list := union.NewFigureList("employment.Series.Figures", s.spec.Rule)
	distinct := func(role int) int64 { return int64(season.registers[role].Len()) }
	fairs := union.InputOf("招聘会场次", int64(season.fairs.len()))
	const prefix = "employment.series."
	list.Count(prefix+"fairs", "招聘会场次", fairsMeasure, int64(season.fairs.len()))
	list.Count(prefix+"employers", "招聘单位数", union.Firms, distinct(employing), fairs)
	list.Count(prefix+"openings", openingsTitle, union.Posts, sum.openings, fairs)
	list.Count(prefix+"seekers", seekersTitle, union.Persons, distinct(seeking), fairs, union.InputOf("求职登记人次", sum.registrations))
	list.Count(prefix+"seekers.person_times", "求职登记人次", union.PersonTimes, sum.registrations, fairs)
	list.Count(prefix+"intentions", "达成就业意向人次", union.PersonTimes, sum.intentions, fairs)
	list.Count(prefix+"intentions.persons", intendingTitle, union.Persons, distinct(intending), fairs)
	list.Count(prefix+"signed", signingTitle, union.Persons, distinct(signing), fairs, union.InputOf("签订就业协议人次", sum.signings))
	list.Percent(prefix+"rate.intention", "意向率", intendingTitle, seekersTitle, union.Ratio{Part: distinct(intending), Whole: distinct(seeking)}, s.spec.Rate)
	list.Percent(prefix+"rate.signed", "签约率", signingTitle, seekersTitle, union.Ratio{Part: distinct(signing), Whole: distinct(seeking)}, s.spec.Rate)
	rate := Rate{
		Key: prefix + "tightness", Title: "求人倍率", Of: openingsTitle, Base: seekersTitle,
		Part: counted(sum.openings, union.Posts), Whole: counted(distinct(seeking), union.Persons),
	}
	spec := list.Spec(rate.Key, rate.Title, said(rate.Of, rate.Part), said(rate.Base, rate.Whole))
	spec.Base, spec.Rounding = rate.Base, s.spec.Tightness
	addRate(list, spec, rate)
	return list.Figures()
}

// Seekers returns the distinct seekers of all fairs.
func (s Season) Seekers() union.Register {
	var copied union.Register
	_ = copied.Merge(s.registers[seeking]) // which never fails
	return copied
}

// seasonForm names the binary form of a Season: the fairs by ascending identity,
// each with a digest of its floor and what it adds, and the registers.
const seasonForm = "employment.season/1"

// AppendBinary appends the canonical binary form, as [union.WriteTally] does.
func (s Season) AppendBinary(data []byte) ([]byte, error) {
	return union.WriteTally(data, seasonForm, s.rule, func(w *wire.Writer) {
		w.Len(s.fairs.len())
		for _, each := range s.fairs.sorted() {
			w.Text(each.key)
			w.Text(string(each.value.digest[:]))
			for _, n := range []int64{each.value.openings, each.value.registrations, each.value.intentions, each.value.signings} {
				w.Count(n)
			}
		}
		for _, register := range s.registers {
			w.Nest(register)
		}
	})
}

// UnmarshalBinary reads what AppendBinary wrote, as [union.ReadTally] does; into the
// zero Season, a season of any series. A fair whose identity is no token, or with a
// digest of another length, is [union.ErrText]. On error the season is unchanged.
func (s *Season) UnmarshalBinary(data []byte) error {
	var made Season
	rule, err := union.ReadTally(data, seasonForm, s.rule, func(r *wire.Reader) {
		made.fairs = readBook(r, 23, func() (read sitting) {
			digest := r.Text(len(read.digest))
			if len(digest) != len(read.digest) {
				r.Refuse("a digest of another length", text(int64(len(read.digest)))+" bytes")
			}
			copy(read.digest[:], digest)
			read.openings, read.registrations, read.intentions, read.signings = r.Count(), r.Count(), r.Count(), r.Count()
			return read
		})
		for role := range made.registers {
			r.Nest(&made.registers[role])
		}
	})
	if err != nil {
		return err
	}
	made.rule = rule
	*s = made
	return nil
}
