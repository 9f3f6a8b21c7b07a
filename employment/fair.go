package employment

import (
	"errors"
	"slices"
	"strconv"
	"strings"

	"github.com/unioncampaign/union"
)

// document is the kind and number of a fair's JSON.
const document = "employment.fair/1"

// Unknown is the key under which a report and its figures count what names no
// term of a list.
const Unknown = "unknown"

// A FairSpec describes a job fair: what its organisers publish beforehand, and
// how its figures are made. A list gives its own source, since categories and
// stages are set by a province and sectors by an edition of GB/T 4754 or by the
// fair's own words. A term within another is a part of it: a record names the
// finest, and is counted under both.
type FairSpec struct {
	union.Rule
	Hosts      []string         `json:"hosts"` // the offices that hold it, by title
	Days       union.Period     `json:"days"`  // the days on which seekers register
	Venue      string           `json:"venue"`
	Categories union.CodesSpec  `json:"categories"` // of seekers
	Groups     []Group          `json:"groups,omitempty"`
	Schooling  *union.CodesSpec `json:"schooling,omitempty"` // nil: not asked
	Ages       *union.CodesSpec `json:"ages,omitempty"`      // age bands; nil: not asked
	Sectors    union.CodesSpec  `json:"sectors"`
	Regions    union.CodesSpec  `json:"regions"`         // where employers come from
	Local      []string         `json:"local"`           // the regions that are the county's own, with all within them
	Kinds      *union.CodesSpec `json:"kinds,omitempty"` // of employers; nil: not asked
	// Stages are what a seeker passes, in order. One within another is passed
	// only by those who passed that other, at the same posting.
	Stages     union.CodesSpec `json:"stages"`
	Registered string          `json:"registered"` // the stage that a registration is
	Intention  string          `json:"intention"`  // the stage counted as an intention
	Signed     string          `json:"signed"`     // the stage counted as a signing
	Headline   int             `json:"headline"`   // leading digits kept where a count is printed with 余
	Rate       union.Rounding  `json:"rate"`       // of rates, in percent
	Tightness  union.Rounding  `json:"tightness"`  // of openings per seeker and its inverse
	Share      ShareSpec       `json:"share"`      // of seekers by category, in percent
}

// A ShareSpec says how shares are printed.
type ShareSpec struct {
	Balance  union.Balance  `json:"balance"`
	Rounding union.Rounding `json:"rounding"`
}

// check reports what [union.NewShares] would refuse of any fair.
func (s ShareSpec) check() error {
	_, err := union.NewShares(s.Balance, s.Rounding, 1)
	return err
}

// A Fair is the rule under which a job fair is counted. It never changes once
// made, and a copy is as good as the original. The zero Fair lists nothing:
// every record is refused under it.
type Fair struct{ plan *plan }

// A plan is a checked spec with its lists looked up.
type plan struct {
	spec                          FairSpec
	id                            union.RuleID
	categories, schooling, ages   listing
	sectors, regions, kinds       listing
	stages                        listing
	local                         []bool // by code of region
	registered, intention, signed union.Code
	passages                      union.Layout
	persons                       union.Layout
}

// NewFair returns the fair that spec describes.
//
// It reports all the faults it finds, joined, each a [*union.Fault] that says
// where in spec:
//   - [union.ErrMissing], for a key, version, title, source, host, day, venue,
//     list, stage, rounding or balance that is not given, and for days without
//     an end;
//   - [union.ErrText], for a category, sector or group key with a dot in it,
//     since figure keys are dotted;
//   - [union.ErrRepeated], for a key, local region or stage given twice, a
//     category counted twice by a group, and a key that the figures themselves
//     use, such as "unknown";
//   - [union.ErrUnknown], for a region, category or stage that no list has;
//   - [union.ErrRange], for a headline of no digit or more than 18, for places
//     that no rounding has, and for lists so long that their table would not fit;
//   - and whatever [union.NewCodes] reports of a list.
func NewFair(spec FairSpec) (Fair, error) {
	made := &plan{spec: spec.clone()}
	faults := []error{spec.Check(), spec.checkHeld(), spec.checkPrint()}
	faults = append(faults, made.readLists()...)
	if err := errors.Join(faults...); err != nil {
		return Fair{}, err
	}
	if err := errors.Join(made.checkReserved(), checkGroups(spec.Groups, made.categories),
		made.readLocal(), made.readStages()); err != nil {
		return Fair{}, err
	}
	if err := made.lay(); err != nil {
		return Fair{}, err
	}
	id, err := union.IdentifyRule(document, made.spec)
	if err != nil {
		return Fair{}, err
	}
	made.id = id
	return Fair{plan: made}, nil
}

// clone returns a spec that shares no slice with s.
func (s FairSpec) clone() FairSpec {
	s.Hosts, s.Local = slices.Clone(s.Hosts), slices.Clone(s.Local)
	s.Groups = slices.Clone(s.Groups)
	for i := range s.Groups {
		s.Groups[i].Of = slices.Clone(s.Groups[i].Of)
	}
	for _, list := range []*union.CodesSpec{&s.Categories, &s.Sectors, &s.Regions, &s.Stages} {
		list.Terms = slices.Clone(list.Terms)
	}
	for _, list := range []**union.CodesSpec{&s.Schooling, &s.Ages, &s.Kinds} {
		if *list != nil {
			copied := **list
			copied.Terms = slices.Clone(copied.Terms)
			*list = &copied
		}
	}
	return s
}

// checkHeld reports what is missing of who holds the fair, when and where.
func (s FairSpec) checkHeld() error {
	var faults []error
	if len(s.Hosts) == 0 {
		faults = append(faults, union.NewFault(union.ErrMissing, "hosts", "", ""))
	}
	for i, host := range s.Hosts {
		if host == "" {
			faults = append(faults, union.NewFault(union.ErrMissing, "hosts["+strconv.Itoa(i)+"]", "", ""))
		}
	}
	if _, closed := s.Days.Until(); !closed {
		faults = append(faults, union.NewFault(union.ErrMissing, "days", "", "a first and a last day"))
	}
	if s.Venue == "" {
		faults = append(faults, union.NewFault(union.ErrMissing, "venue", "", ""))
	}
	return errors.Join(faults...)
}

// checkPrint reports what is wrong with how figures are printed.
func (s FairSpec) checkPrint() error {
	var faults []error
	if s.Headline < 1 || s.Headline > 18 {
		faults = append(faults, union.NewFault(union.ErrRange, "headline", strconv.Itoa(s.Headline), "1 to 18 digits"))
	}
	faults = append(faults,
		union.Within("rate", s.Rate.Check()),
		union.Within("tightness", s.Tightness.Check()),
		union.Within("share", s.Share.check()))
	return errors.Join(faults...)
}

// readLists makes the coded lists of the spec and returns their faults.
func (p *plan) readLists() (faults []error) {
	for _, each := range []struct {
		name string
		spec *union.CodesSpec
		list *listing
	}{
		{"categories", &p.spec.Categories, &p.categories},
		{"schooling", p.spec.Schooling, &p.schooling},
		{"ages", p.spec.Ages, &p.ages},
		{"sectors", &p.spec.Sectors, &p.sectors},
		{"regions", &p.spec.Regions, &p.regions},
		{"kinds", p.spec.Kinds, &p.kinds},
		{"stages", &p.spec.Stages, &p.stages},
	} {
		if each.spec == nil {
			continue
		}
		list, err := newListing(*each.spec)
		faults = append(faults, union.Within(each.name, err))
		*each.list = list
	}
	return faults
}

// checkKey refuses a key that is missing, would break a dotted figure key, or is
// one of the words that figures use beside it.
func checkKey(key string, words []string) error {
	switch {
	case key == "":
		return union.NewFault(union.ErrMissing, "key", "", "")
	case strings.Contains(key, "."):
		return union.NewFault(union.ErrText, "key", quote(key), "a key without a dot")
	case key == Unknown || slices.Contains(words, key):
		return union.NewFault(union.ErrRepeated, "key", quote(key), "a key that no figure uses itself")
	}
	return nil
}

// The words that stand in figure keys where the key of a category or a group,
// or of a sector, may stand.
var (
	categoryWords = [...]string{"headline", "person_times", "new", "carried", "share", "schooling", "age"}
	sectorWords   = [...]string{"new", "carried"}
)

// checkReserved holds the keys of every list to [checkKey].
func (p *plan) checkReserved() error {
	var faults []error
	for _, each := range []struct {
		name  string
		list  listing
		words []string
	}{
		{"categories", p.categories, categoryWords[:]}, {"schooling", p.schooling, nil}, {"ages", p.ages, nil},
		{"sectors", p.sectors, sectorWords[:]}, {"regions", p.regions, nil}, {"kinds", p.kinds, nil}, {"stages", p.stages, nil},
	} {
		for i, term := range each.list.Terms() {
			where := each.name + ".terms[" + strconv.Itoa(i) + "]"
			faults = append(faults, union.Within(where, checkKey(term.Key, each.words)))
		}
	}
	return errors.Join(faults...)
}

// readLocal looks up the county's own regions. What is within one is local too.
func (p *plan) readLocal() error {
	var faults []error
	p.local = make([]bool, p.regions.Len()+1)
	for i, key := range p.spec.Local {
		where := "local[" + strconv.Itoa(i) + "]"
		code, err := p.regions.Find(key)
		switch {
		case err != nil:
			faults = append(faults, union.NewFault(union.ErrUnknown, where, quote(key), "a region"))
			continue
		case p.local[code]:
			faults = append(faults, union.NewFault(union.ErrRepeated, where, quote(key), ""))
		}
		p.local[code] = true
	}
	for code := 1; code < len(p.local); code++ {
		p.local[code] = p.local[code] || p.local[p.regions.parent[code]]
	}
	return errors.Join(faults...)
}

// readStages looks up the three stages that figures are named after.
func (p *plan) readStages() error {
	var faults []error
	var taken []union.Code
	for _, each := range []struct {
		name, key string
		code      *union.Code
	}{
		{"registered", p.spec.Registered, &p.registered},
		{"intention", p.spec.Intention, &p.intention},
		{"signed", p.spec.Signed, &p.signed},
	} {
		code, err := p.stages.Find(each.key)
		switch {
		case each.key == "":
			faults = append(faults, union.NewFault(union.ErrMissing, each.name, "", "a stage"))
			continue
		case err != nil:
			faults = append(faults, union.NewFault(union.ErrUnknown, each.name, quote(each.key), "a stage"))
			continue
		case slices.Contains(taken, code):
			faults = append(faults, union.NewFault(union.ErrRepeated, each.name, quote(each.key), "a stage of its own"))
		}
		taken = append(taken, code)
		*each.code = code
	}
	return errors.Join(faults...)
}

// The entries tell a registration that was carried over from an earlier one.
const (
	entryNew union.Code = iota + 1
	entryCarried
)

// lay makes the layouts of the two tables: person-times by stage, and persons.
func (p *plan) lay() error {
	entries, err := union.NewCodes(union.CodesSpec{
		Rule: union.Rule{
			Key: "employment.entry", Version: "1", Title: "登记来源",
			Source: "labour-market statistics: registered in the period, or carried over from before",
		},
		Terms: []union.Term{{Key: "new", Title: "新登记"}, {Key: "carried", Title: "结转"}},
	})
	if err != nil {
		return err
	}
	p.passages, err = union.NewLayout(
		union.Axis{Key: "stage", Title: "环节", Codes: p.stages.Codes},
		union.Axis{Key: "category", Title: "求职者类别", Codes: p.categories.Codes},
		union.Axis{Key: "sector", Title: "行业", Codes: p.sectors.Codes},
		union.Axis{Key: "region", Title: "用人单位所在地区", Codes: p.regions.Codes},
	)
	if err != nil {
		return err
	}
	axes := []union.Axis{
		{Key: "category", Title: "求职者类别", Codes: p.categories.Codes},
		{Key: "entry", Title: "登记来源", Codes: entries},
	}
	if p.spec.Schooling != nil {
		axes = append(axes, union.Axis{Key: "schooling", Title: "文化程度", Codes: p.schooling.Codes})
	}
	if p.spec.Ages != nil {
		axes = append(axes, union.Axis{Key: "age", Title: "年龄", Codes: p.ages.Codes})
	}
	p.persons, err = union.NewLayout(axes...)
	return err
}

// read returns the plan of f, which of the zero Fair is empty.
func (f Fair) read() *plan {
	if f.plan == nil {
		return &plan{}
	}
	return f.plan
}

// ID returns the identity of the rule, which covers all that it says.
func (f Fair) ID() union.RuleID { return f.read().id }

// Rule returns what the fair says of itself as a rule.
func (f Fair) Rule() union.Rule { return f.read().spec.Rule }

// Spec returns a copy of what the fair was made from.
func (f Fair) Spec() FairSpec { return f.read().spec.clone() }

// Layout returns the axes of a [Funnel]: "stage", "category", "sector" and
// "region", the last two those of the posting and its employer.
func (f Fair) Layout() union.Layout { return f.read().passages }

// PersonsLayout returns the axes of the table that [Fair.Persons] makes:
// "category" and "entry", and "schooling" and "age" if the fair asks for them.
func (f Fair) PersonsLayout() union.Layout { return f.read().persons }

// MarshalJSON writes the fair as the canonical document "employment.fair/1".
func (f Fair) MarshalJSON() ([]byte, error) { return union.WriteRule(document, f.read().spec) }

// UnmarshalJSON reads the document "employment.fair/1" as [NewFair] checks it,
// with the faults of [union.ReadRule] and of NewFair. On error f is unchanged.
func (f *Fair) UnmarshalJSON(data []byte) error {
	var spec FairSpec
	if err := union.ReadRule(data, document, &spec); err != nil {
		return err
	}
	made, err := NewFair(spec)
	if err != nil {
		return err
	}
	*f = made
	return nil
}
