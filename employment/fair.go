package employment

import (
	"errors"
	"slices"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/internal/quote"
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
	Sectors    union.CodesSpec  `json:"sectors"`             // sections of GB/T 4754 in one edition, the list's version, or free text
	Trades     *union.CodesSpec `json:"trades,omitempty"`    // kinds of work (工种); nil: not asked
	Regions    union.CodesSpec  `json:"regions"`             // where employers come from
	Local      []string         `json:"local,omitempty"`     // the regions that are the county's own, with all within them
	Kinds      *union.CodesSpec `json:"kinds,omitempty"`     // of employers; nil: not asked
	// Stages are what a seeker passes, in order. One within another is passed
	// only by those who passed that other, at the same posting.
	Stages     union.CodesSpec `json:"stages"`
	Registered string          `json:"registered"` // the stage that a registration is
	Intention  string          `json:"intention"`  // the stage counted as an intention
	Signed     string          `json:"signed"`     // the stage counted as a signing, of which a posting has no more than openings
	// FollowUps are stages that are asked about some days after the fair.
	FollowUps []FollowUp     `json:"follow_ups,omitempty"`
	Headline  int            `json:"headline"`  // leading digits kept where a count is printed with 余
	Rate      union.Rounding `json:"rate"`      // of rates, in percent
	Tightness union.Rounding `json:"tightness"` // of openings per seeker and its inverse
	Share     ShareSpec      `json:"share"`     // of seekers by category, in percent
}

// A ShareSpec says how shares are printed.
type ShareSpec struct {
	Balance  union.Balance  `json:"balance"`
	Rounding union.Rounding `json:"rounding"`
}

// check reports what [union.NewShares] would refuse of any fair: of the balance
// and of the rounding.
func (s ShareSpec) check() error {
	_, balance := union.NewShares(s.Balance, union.Rounding{Mode: union.HalfUp}, 1)
	_, rounding := union.NewShares(union.Plain, s.Rounding, 1)
	return errors.Join(balance, rounding)
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
	trades                        listing
	stages                        listing
	local                         []bool // by code of region
	registered, intention, signed union.Code
	earliest                      []union.Date // by stage, the first day on which it is reached
	lists                         lists
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
//   - [union.ErrText], for the key of a term or a group that cannot stand in the
//     key of a figure: see [union.FaultList.Key];
//   - [union.ErrRepeated], for a key, local region or stage given twice, a
//     category counted twice by a group, and a term with the key [Unknown];
//   - [union.ErrUnknown], for a region, category or stage that no list has, and for
//     a mode or a balance that is none;
//   - [union.ErrRange], for a headline of no digit or more than 18, for places
//     that no rounding has, for days of a follow-up below 0, for a list that is not
//     in force on the first of the days, and for lists so long that their table
//     would not fit;
//   - whatever [union.NewCodes] reports of a list;
//   - those of [union.IdentifyRule], such as [union.ErrText] for text that is not
//     UTF-8.
func NewFair(spec FairSpec) (Fair, error) {
	made := &plan{spec: spec.clone()}
	var faults union.FaultList
	faults.Within("", spec.Check())
	spec.checkHeld(&faults)
	spec.checkPrint(&faults)
	made.readLists(&faults)
	checkGroups(&faults, "groups", spec.Groups, made.categories)
	made.readLocal(&faults)
	made.readStages(&faults)
	made.readFollowUps(&faults)
	if err := faults.Err(); err != nil {
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
	s.FollowUps, s.Groups = slices.Clone(s.FollowUps), slices.Clone(s.Groups)
	for i := range s.Groups {
		s.Groups[i].Of = slices.Clone(s.Groups[i].Of)
	}
	for _, list := range []*union.CodesSpec{&s.Categories, &s.Sectors, &s.Regions, &s.Stages} {
		list.Terms = slices.Clone(list.Terms)
	}
	for _, list := range []**union.CodesSpec{&s.Schooling, &s.Ages, &s.Kinds, &s.Trades} {
		if *list != nil {
			copied := **list
			copied.Terms = slices.Clone(copied.Terms)
			*list = &copied
		}
	}
	return s
}

// checkHeld reports what is missing of who holds the fair, when and where.
func (s FairSpec) checkHeld(faults *union.FaultList) {
	if len(s.Hosts) == 0 {
		faults.Add(union.ErrMissing, "hosts", "", "")
	}
	for i, host := range s.Hosts {
		faults.Given(union.Indexed("hosts", i), host)
	}
	if _, closed := s.Days.Until(); !closed {
		faults.Add(union.ErrMissing, "days", "", "a first and a last day")
	}
	faults.Given("venue", s.Venue)
}

// checkPrint reports what is wrong with how figures are printed.
func (s FairSpec) checkPrint(faults *union.FaultList) {
	if s.Headline < 1 || s.Headline > 18 {
		faults.Add(union.ErrRange, "headline", text(int64(s.Headline)), "1 to 18 digits")
	}
	faults.Within("rate", s.Rate.Check())
	faults.Within("tightness", s.Tightness.Check())
	faults.Within("share", s.Share.check())
}

// readLists makes the coded lists of the spec. One with a fault stays empty, and
// nothing is looked up in it: what names its terms has no second fault.
func (p *plan) readLists(faults *union.FaultList) {
	for _, each := range []struct {
		name string
		spec *union.CodesSpec
		list *listing
	}{
		{"categories", &p.spec.Categories, &p.categories},
		{"schooling", p.spec.Schooling, &p.schooling},
		{"ages", p.spec.Ages, &p.ages},
		{"sectors", &p.spec.Sectors, &p.sectors},
		{"trades", p.spec.Trades, &p.trades},
		{"regions", &p.spec.Regions, &p.regions},
		{"kinds", p.spec.Kinds, &p.kinds},
		{"stages", &p.spec.Stages, &p.stages},
	} {
		if each.spec == nil {
			continue
		}
		list, err := newListing(*each.spec)
		faults.Within(each.name, err)
		faults.Within(each.name, inForce(each.spec.Rule, p.spec.Days))
		*each.list = list
	}
}

// readLocal looks up the county's own regions. What is within one is local too.
func (p *plan) readLocal(faults *union.FaultList) {
	if p.regions.Len() == 0 {
		return
	}
	p.local = make([]bool, p.regions.Len()+1)
	for i, key := range p.spec.Local {
		where := union.Indexed("local", i)
		code, err := p.regions.Find(key)
		switch {
		case err != nil:
			faults.Add(union.ErrUnknown, where, quote.Key(key), "a region")
		case p.local[code]:
			faults.Add(union.ErrRepeated, where, quote.Key(key), "")
		default:
			p.local[code] = true
		}
	}
	for code := 1; code < len(p.local); code++ {
		p.local[code] = p.local[code] || p.local[p.regions.parent[code]]
	}
}

// readStages looks up the three stages that figures are named after.
func (p *plan) readStages(faults *union.FaultList) {
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
			faults.Add(union.ErrMissing, each.name, "", "a stage")
		case p.stages.Len() == 0: // they have a fault of their own
		case err != nil:
			faults.Add(union.ErrUnknown, each.name, quote.Key(each.key), "a stage")
		case slices.Contains(taken, code):
			faults.Add(union.ErrRepeated, each.name, quote.Key(each.key), "a stage of its own")
		}
		taken = append(taken, code)
		*each.code = code
	}
}

// The entries tell a registration that was carried over from an earlier one.
const (
	entryNew union.Code = iota + 1
	entryCarried
)

// lay makes the layouts of the two tables, person-times by stage and persons,
// and notes how long the lists are.
func (p *plan) lay() error {
	p.lists = lists{
		listRegions: p.regions.Len() + 1, listKinds: p.kinds.Len() + 1, listSectors: p.sectors.Len() + 1,
		listCategories: p.categories.Len() + 1, listSchooling: p.schooling.Len() + 1, listAges: p.ages.Len() + 1,
		listStages: p.stages.Len() + 1, listTrades: p.trades.Len() + 1,
	}
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

// MarshalJSON writes the fair as the canonical document "employment.fair/1". The zero
// Fair has no roundings to write and is [union.ErrUnknown].
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
