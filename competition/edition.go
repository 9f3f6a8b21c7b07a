package competition

import (
	"github.com/unioncampaign/union"
)

// document names the kind and number of an edition's JSON.
const document = "competition.edition/1"

// An EditionSpec says of one run of a competition who organises it, when firms
// enter, what it lists, and what it asks for. An organising committee publishes
// it as a notice with its annexes.
//
// Organisers, Theme and Tracks are printed as they are. The lists are coded:
// Ownership, Size and Levels must be given; Kinds, Honours and Incidents may be
// left out by an edition that needs none. The order of Levels is that of
// precedence: of a firm that several levels report, the report of the level that
// stands first is counted.
type EditionSpec struct {
	union.Rule
	Theme      string          `json:"theme,omitempty"`
	Organisers []string        `json:"organisers"`
	Window     union.Period    `json:"window"` // the days on which a firm may enter, two years at most
	Year       int             `json:"year"`   // the year that its honours bear
	Tracks     []Track         `json:"tracks,omitempty"`
	Ownership  union.CodesSpec `json:"ownership"`
	Size       union.CodesSpec `json:"size"`
	Kinds      union.CodesSpec `json:"kinds,omitzero"` // of teams within a firm: workshop, team, section, office
	Levels     union.CodesSpec `json:"levels"`         // that report entries, the one that counts first
	Honours    union.CodesSpec `json:"honours,omitzero"`
	Incidents  union.CodesSpec `json:"incidents,omitzero"`
	NonPublic  []string        `json:"non_public,omitempty"` // keys of Ownership
	Bases      []Base          `json:"bases,omitempty"`      // beside those that every edition has
	Targets    []Target        `json:"targets,omitempty"`
	Awards     []Award         `json:"awards,omitempty"`
	Rates      union.Rounding  `json:"rates"`  // of printed percentages
	Scores     union.Rounding  `json:"scores"` // of printed scores
}

// An Edition is a checked EditionSpec. It never changes, so it may be shared
// between goroutines. The zero Edition lists nothing; its tallies refuse every
// record.
type Edition struct {
	spec      EditionSpec
	id        union.RuleID
	ownership union.Codes
	size      union.Codes
	kinds     union.Codes
	levels    union.Codes
	honours   union.Codes
	incidents union.Codes
	layout    union.Layout
	bases     []chosenBase
}

// NewEdition returns the edition that spec describes.
//
// It reports all the faults it finds, joined, each placed in spec:
//   - [union.ErrMissing], for a key, version, title, source, organiser, window,
//     rounding, wording or list that must be given, for a window without an end,
//     and where exactly one of several must be set;
//   - [union.ErrRepeated], for a key used twice in one list;
//   - [union.ErrUnknown], for a key that no list of the edition has;
//   - [union.ErrRange], for a window of more than two years, a year that is not
//     in the window or the two years after it, a share outside 0 to 1, a maximum
//     that is not above 0, a bar, quota or number of years out of bounds, and
//     lists whose product is too large.
//
// Faults of the coded lists are those of [union.NewCodes]. While a list has any,
// bases, targets and awards are not looked at, since their keys are looked up in
// the lists.
func NewEdition(spec EditionSpec) (Edition, error) {
	e := Edition{spec: spec.clone()}
	faults := faultList{}
	faults.within("", e.spec.Check())
	e.checkCourse(&faults)
	if !e.readLists(&faults) {
		return Edition{}, faults.join()
	}
	e.readBases(&faults)
	seen := map[string]bool{}
	for i, target := range e.spec.Targets {
		part := faultList{}
		part.key("key", target.Key, seen)
		part.given("title", target.Title)
		part.within("", e.checkTarget(target))
		faults.within(indexed("targets", i), part.join())
	}
	seen = map[string]bool{}
	for i, award := range e.spec.Awards {
		part := faultList{}
		part.key("key", award.Key, seen)
		part.given("title", award.Title)
		part.within("", e.checkAward(award))
		faults.within(indexed("awards", i), part.join())
	}
	if err := faults.join(); err != nil {
		return Edition{}, err
	}
	id, err := union.IdentifyRule(document, e.spec)
	if err != nil {
		return Edition{}, err
	}
	e.id = id
	return e, nil
}

// checkCourse adds what is wrong with all that is no list.
func (e Edition) checkCourse(faults *faultList) {
	if len(e.spec.Organisers) == 0 {
		faults.add(union.ErrMissing, "organisers", "", "")
	}
	for i, organiser := range e.spec.Organisers {
		faults.given(indexed("organisers", i), organiser)
	}
	seen := map[string]bool{}
	for i, track := range e.spec.Tracks {
		part := faultList{}
		part.key("key", track.Key, seen)
		part.given("title", track.Title)
		faults.within(indexed("tracks", i), part.join())
	}
	e.checkWindow(faults)
	faults.within("rates", e.spec.Rates.Check())
	faults.within("scores", e.spec.Scores.Check())
}

// lastYears is how long after the end of its window an edition may still date
// its honours: they are given when the results are known.
const lastYears = 2

func (e Edition) checkWindow(faults *faultList) {
	window := e.spec.Window
	if window.IsZero() {
		faults.add(union.ErrMissing, "window", "", "the days of the edition")
		return
	}
	until, closed := window.Until()
	if !closed {
		faults.add(union.ErrMissing, "window", window.String(), "an end")
		return
	}
	if over, err := window.From().AddMonths(24); err == nil && !until.Before(over) {
		faults.add(union.ErrRange, "window", window.String(), "two years at most")
	}
	if first, last := window.From().Year(), until.Year()+lastYears; e.spec.Year < first || e.spec.Year > last {
		faults.add(union.ErrRange, "year", whole(e.spec.Year), "from "+whole(first)+" to "+whole(last))
	}
}

// readLists makes the coded lists and the layout of the tables, and reports
// whether it could.
func (e *Edition) readLists(faults *faultList) bool {
	before := len(faults.faults)
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
	} {
		if list.optional && list.spec.Rule == (union.Rule{}) && len(list.spec.Terms) == 0 {
			continue
		}
		codes, err := union.NewCodes(list.spec)
		if err != nil {
			faults.within(list.where, err)
			continue
		}
		*list.into = codes
	}
	if len(faults.faults) > before {
		return false
	}
	layout, err := e.newLayout()
	faults.within("", err)
	e.layout = layout
	return err == nil
}

// newLayout returns the layout of the edition's tables: ownership by size by
// unionised by above scale.
func (e Edition) newLayout() (union.Layout, error) {
	answers, err := union.NewCodes(union.CodesSpec{
		Rule: union.Rule{Key: "whether", Version: "1", Title: "是否", Source: "package competition"},
		Terms: []union.Term{
			{Key: Yes.String(), Title: "是"},
			{Key: No.String(), Title: "否"},
		},
	})
	if err != nil {
		return union.Layout{}, err
	}
	return union.NewLayout(
		union.Axis{Key: "ownership", Title: e.spec.Ownership.Title, Codes: e.ownership},
		union.Axis{Key: "size", Title: e.spec.Size.Title, Codes: e.size},
		union.Axis{Key: "unionised", Title: "是否建会", Codes: answers},
		union.Axis{Key: "above_scale", Title: "是否规模以上", Codes: answers},
	)
}

// readBases compiles the named bases.
func (e *Edition) readBases(faults *faultList) {
	_, err := chooseCodes(e.ownership, e.spec.NonPublic, "non_public")
	faults.within("", err)
	seen := map[string]bool{}
	for _, base := range e.standardBases() {
		chosen, _ := e.choose(base) // what can be wrong with it is told of non_public
		e.bases = append(e.bases, chosen)
		seen[base.Key] = true
	}
	for i, base := range e.spec.Bases {
		part := faultList{}
		part.key("key", base.Key, seen)
		part.given("title", base.Title)
		chosen, err := e.choose(base)
		part.within("", err)
		faults.within(indexed("bases", i), part.join())
		e.bases = append(e.bases, chosen)
	}
}

func (s EditionSpec) clone() EditionSpec {
	s.Organisers = cloned(s.Organisers)
	s.Tracks = cloned(s.Tracks)
	for _, list := range []*union.CodesSpec{&s.Ownership, &s.Size, &s.Kinds, &s.Levels, &s.Honours, &s.Incidents} {
		list.Terms = cloned(list.Terms)
	}
	s.NonPublic = cloned(s.NonPublic)
	s.Bases = cloned(s.Bases)
	for i, base := range s.Bases {
		s.Bases[i] = base.clone()
	}
	s.Targets = cloned(s.Targets)
	for i, target := range s.Targets {
		s.Targets[i] = target.clone()
	}
	s.Awards = cloned(s.Awards)
	for i, award := range s.Awards {
		s.Awards[i] = award.clone()
	}
	return s
}

// ID returns the identity of the edition: a digest of all it says.
func (e Edition) ID() union.RuleID { return e.id }

// Rule returns what the edition says of itself.
func (e Edition) Rule() union.Rule { return e.spec.Rule }

// Spec returns a copy of what the edition says.
func (e Edition) Spec() EditionSpec { return e.spec.clone() }

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

// Incidents returns the list of kinds of incident; it is empty if the edition
// has none.
func (e Edition) Incidents() union.Codes { return e.incidents }

// MarshalJSON writes the edition as a document "competition.edition/1".
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
