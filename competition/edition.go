package competition

import (
	"fmt"
	"strconv"

	"github.com/unioncampaign/union"
)

// document names the kind and number of an edition's JSON.
const document = "competition.edition/1"

// An EditionSpec says of one run of a competition who organises it, when firms
// enter, what it lists, and what it asks for. An organising committee publishes
// it as a notice with its annexes.
//
// Organisers, Committees, Theme and Tracks are printed as they are. The lists are
// coded: Ownership, Size and Levels must be given; Kinds, Honours, Incidents and
// Industries may be left out by an edition that needs none. The order of Levels is
// that of precedence: of a firm that several levels report, the report of the level
// that stands first is counted.
type EditionSpec struct {
	union.Rule
	Theme       string          `json:"theme,omitempty"`
	Organisers  []string        `json:"organisers"`
	Committees  []Committee     `json:"committees,omitempty"` // the organisers of the levels below
	Window      union.Period    `json:"window"`               // the edition's days, two years at most: a firm enters on one of them
	Year        int             `json:"year"`                 // the year that its honours bear
	Tracks      []Track         `json:"tracks,omitempty"`
	Ownership   union.CodesSpec `json:"ownership"`
	Size        union.CodesSpec `json:"size"`
	Kinds       union.CodesSpec `json:"kinds,omitzero"` // of teams within a firm: workshop, team, section, office
	Levels      union.CodesSpec `json:"levels"`         // that report entries, the one that counts first
	Honours     union.CodesSpec `json:"honours,omitzero"`
	Incidents   union.CodesSpec `json:"incidents,omitzero"`
	Industries  union.CodesSpec `json:"industries,omitzero"`
	Attributes  []Attribute     `json:"attributes,omitempty"` // that the structure of a list is stated in
	NonPublic   []string        `json:"non_public,omitempty"` // keys of Ownership
	Bases       []Base          `json:"bases,omitempty"`      // beside those that every edition has
	Indicators  []Indicator     `json:"indicators,omitempty"` // beside those that every edition has
	Quotients   []Quotient      `json:"quotients,omitempty"`  // rates of one indicator over another
	Targets     []Target        `json:"targets,omitempty"`
	Awards      []Award         `json:"awards,omitempty"`
	Conversions []Conversion    `json:"conversions,omitempty"`
	Removals    []RemovalKind   `json:"removals,omitempty"`
	Rates       union.Rounding  `json:"rates"`  // of printed percentages
	Scores      union.Rounding  `json:"scores"` // of printed scores
}

// An Edition is a checked EditionSpec. It never changes, so it may be shared
// between goroutines. The zero Edition lists nothing; its tallies refuse every
// record.
type Edition struct {
	spec       EditionSpec
	id         union.RuleID
	ownership  union.Codes
	size       union.Codes
	kinds      union.Codes
	levels     union.Codes
	honours    union.Codes
	incidents  union.Codes
	industries union.Codes
	bases      []chosenBase
	indicators []Indicator       // those that every edition has first
	courses    []union.Procedure // of nominations, by award
}

// NewEdition returns the edition that spec describes.
//
// It reports all the faults it finds, joined, each placed in spec:
//   - [union.ErrMissing], for a key, version, title, source, organiser, window,
//     rounding, wording or list that must be given, for a window without an end,
//     and where exactly one of several must be set;
//   - [union.ErrText], for a key that [union.FaultList.Key] refuses: one that is
//     longer than 64 bytes or not made of letters, digits, - and _;
//   - [union.ErrRepeated], for a key used twice in one list;
//   - [union.ErrUnknown], for a key that no list of the edition has, and for a take,
//     a span or another choice that is none;
//   - [union.ErrRange], for a window of more than two years, a year that is not
//     in the window or the two years after it, a share outside 0 to 1, a maximum
//     that is not above 0, a bar, quota, rank or number of years out of bounds,
//     ownerships and sizes that make more than 65,536 cells of a turnout: one for
//     each ownership, size and pair of answers, not known among them;
//   - [union.ErrRange], for sections whose maxima do not add up to full marks, more
//     contest places than there are places, structures that contradict one another
//     whoever stands, and structures of more than eight attributes;
//   - [union.ErrOrder], for an honour that depends on itself, alone or in a circle
//     of awards.
//
// Faults of the coded lists are those of [union.NewCodes], and faults of a
// nomination's course those of [union.NewProcedure]. While a list has any, bases,
// targets and awards are not looked at, since their keys are looked up in the
// lists.
func NewEdition(spec EditionSpec) (Edition, error) {
	e := Edition{spec: spec}
	var faults union.FaultList
	faults.Within("", e.spec.Check())
	e.checkCourse(&faults)
	if err := e.readLists(); err != nil {
		faults.Within("", err)
		return Edition{}, faults.Err()
	}
	e.checkAttributes(&faults)
	e.readBases(&faults)
	e.readIndicators(&faults)
	seen := map[string]bool{}
	for i, target := range e.spec.Targets {
		where := union.Indexed("targets", i)
		faults.Key(where+".key", target.Key, seen)
		faults.Given(where+".title", target.Title)
		faults.Within(where, e.checkTarget(target))
	}
	seen = map[string]bool{}
	for i, award := range e.spec.Awards {
		where := union.Indexed("awards", i)
		faults.Key(where+".key", award.Key, seen)
		faults.Given(where+".title", award.Title)
		course, err := e.checkAward(award)
		faults.Within(where, err)
		e.courses = append(e.courses, course)
	}
	e.checkCircles(&faults)
	e.checkConversions(&faults)
	e.checkRemovals(&faults)
	if err := faults.Err(); err != nil {
		return Edition{}, err
	}
	copied, id, err := settled(e.spec)
	if err != nil {
		return Edition{}, err
	}
	e.spec, e.id = copied, id
	return e, nil
}

// settled returns a copy of spec that shares nothing with it, and its ID. It
// writes the edition and reads it back, so that one which could not be read again
// is refused now rather than when an old decision is to be made again.
func settled(spec EditionSpec) (EditionSpec, union.RuleID, error) {
	var copied EditionSpec
	data, err := union.WriteRule(document, spec)
	if err != nil {
		return copied, union.RuleID{}, err
	}
	if err := union.ReadRule(data, document, &copied); err != nil {
		return copied, union.RuleID{}, err
	}
	id, err := union.IdentifyRule(document, copied)
	return copied, id, err
}

// checkCourse adds what is wrong with all that is no list.
func (e Edition) checkCourse(faults *union.FaultList) {
	if len(e.spec.Organisers) == 0 {
		faults.Add(union.ErrMissing, "organisers", "", "")
	}
	for i, organiser := range e.spec.Organisers {
		faults.Given(union.Indexed("organisers", i), organiser)
	}
	for i, committee := range e.spec.Committees {
		where := union.Indexed("committees", i)
		faults.Given(where+".level", committee.Level)
		if len(committee.Organisers) == 0 {
			faults.Add(union.ErrMissing, where+".organisers", "", "")
		}
		for j, organiser := range committee.Organisers {
			faults.Given(union.Indexed(where+".organisers", j), organiser)
		}
	}
	seen := map[string]bool{}
	for i, track := range e.spec.Tracks {
		where := union.Indexed("tracks", i)
		faults.Key(where+".key", track.Key, seen)
		faults.Given(where+".title", track.Title)
	}
	e.checkWindow(faults)
	faults.Within("rates", e.spec.Rates.Check())
	faults.Within("scores", e.spec.Scores.Check())
}

// lastYears is how long after the end of its window an edition may still date
// its honours: they are given when the results are known.
const lastYears = 2

func (e Edition) checkWindow(faults *union.FaultList) {
	window := e.spec.Window
	if window.IsZero() {
		faults.Add(union.ErrMissing, "window", "", "the days of the edition")
		return
	}
	until, closed := window.Until()
	if !closed {
		faults.Add(union.ErrMissing, "window", window.String(), "an end")
		return
	}
	if over, err := window.From().AddMonths(24); err == nil && !until.Before(over) {
		faults.Add(union.ErrRange, "window", window.String(), "two years at most")
	}
	if first, last := window.From().Year(), until.Year()+lastYears; e.spec.Year < first || e.spec.Year > last {
		faults.Add(union.ErrRange, "year", strconv.Itoa(e.spec.Year), "from "+strconv.Itoa(first)+" to "+strconv.Itoa(last))
	}
}

// mostCells keeps a turnout, which is dense, within 2.5 MiB, and an edition
// within what it takes to set each term's base against every other term.
const mostCells = 1 << 16

// readLists makes the coded lists, and reports, joined, what is wrong with them.
func (e *Edition) readLists() error {
	var faults union.FaultList
	for _, list := range []struct {
		where    string
		spec     union.CodesSpec
		into     *union.Codes
		optional bool
	}{
		{"ownership", e.spec.Ownership, &e.ownership, false},
		{"size", e.spec.Size, &e.size, false},
		{"kinds", e.spec.Kinds, &e.kinds, true},
		{"levels", e.spec.Levels, &e.levels, false},
		{"honours", e.spec.Honours, &e.honours, true},
		{"incidents", e.spec.Incidents, &e.incidents, true},
		{"industries", e.spec.Industries, &e.industries, true},
	} {
		if list.optional && list.spec.Rule == (union.Rule{}) && len(list.spec.Terms) == 0 {
			continue
		}
		codes, err := union.NewCodes(list.spec)
		faults.Within(list.where, err)
		*list.into = codes
	}
	limits := e.limits()
	if cells := limits.cells(); cells > mostCells {
		faults.Add(union.ErrRange, "size", strconv.FormatInt(cells, 10)+" cells with ownership",
			"at most "+strconv.Itoa(mostCells))
	}
	return faults.Err()
}

// readBases compiles the named bases.
func (e *Edition) readBases(faults *union.FaultList) {
	_, err := chooseCodes(e.ownership, e.spec.NonPublic, "non_public")
	faults.Within("", err)
	seen := map[string]bool{}
	for _, base := range e.standardBases() {
		chosen, _ := e.choose(base) // what can be wrong with it is told of non_public
		e.bases = append(e.bases, chosen)
		seen[base.Key] = true
	}
	for i, base := range e.spec.Bases {
		where := union.Indexed("bases", i)
		faults.Key(where+".key", base.Key, seen)
		faults.Given(where+".title", base.Title)
		chosen, err := e.choose(base)
		faults.Within(where, err)
		e.bases = append(e.bases, chosen)
	}
}

// ID returns the identity of the edition: a digest of all it says.
func (e Edition) ID() union.RuleID { return e.id }

// Rule returns what the edition says of itself.
func (e Edition) Rule() union.Rule { return e.spec.Rule }

// Spec returns a copy of what the edition says.
func (e Edition) Spec() EditionSpec {
	copied, _, err := settled(e.spec)
	if err != nil {
		return e.spec // only that of the zero Edition
	}
	return copied
}

// Ownership returns the list of ownerships.
func (e Edition) Ownership() union.Codes { return e.ownership }

// Size returns the list of size classes.
func (e Edition) Size() union.Codes { return e.size }

// Kinds returns the list of kinds of team; it is empty if the edition has none.
func (e Edition) Kinds() union.Codes { return e.kinds }

// Levels returns the list of levels that report entries, the one whose report
// counts first.
func (e Edition) Levels() union.Codes { return e.levels }

// Honours returns the list of titles; it is empty if the edition has none.
func (e Edition) Honours() union.Codes { return e.honours }

// Industries returns the list of industries; it is empty if the edition has none.
func (e Edition) Industries() union.Codes { return e.industries }

// Incidents returns the list of kinds of incident; it is empty if the edition
// has none.
func (e Edition) Incidents() union.Codes { return e.incidents }

// MarshalJSON writes the edition as a document "competition.edition/1". The zero
// Edition has none, which is [union.ErrMissing].
func (e Edition) MarshalJSON() ([]byte, error) { return union.WriteRule(document, e.spec) }

// UnmarshalJSON reads a document "competition.edition/1" as strictly as
// [union.ReadRule] does and checks it as [NewEdition] does. On error e is
// unchanged.
func (e *Edition) UnmarshalJSON(data []byte) error {
	var spec EditionSpec
	if err := union.ReadRule(data, document, &spec); err != nil {
		return err
	}
	made, err := NewEdition(spec)
	if err != nil {
		return err
	}
	*e = made
	return nil
}

// notChosen returns what is wrong with a choice of a rule that is none of those
// wanted: it is not given, or it is not known.
func notChosen(where string, choice uint8, text fmt.Stringer, wanted string) error {
	if choice == 0 {
		return union.NewFault(union.ErrMissing, where, "", wanted)
	}
	return union.NewFault(union.ErrUnknown, where, text.String(), wanted)
}
