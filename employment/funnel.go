package employment

import (
	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/internal/wire"
)

// A Passage is one person-time at one stage, coded: the hot form of a record.
// A code of 0 is unknown; the stage must be known.
type Passage struct {
	Stage    union.Code
	Category union.Code
	Sector   union.Code // of the posting
	Region   union.Code // of the posting's employer
}

// stageAxis is the place of the stage among the axes of a funnel's table.
const stageAxis = 0

// Passage returns the coded form of the keys. An empty key is unknown, code 0.
//
// It reports the first of these faults:
//   - [union.ErrMissing], if stage is empty;
//   - [union.ErrUnknown], for a stage, category, sector or region, in this
//     order, that the fair does not list.
func (f Fair) Passage(stage, category, sector, region string) (Passage, error) {
	p := f.read()
	if stage == "" {
		return Passage{}, union.NewFault(union.ErrMissing, "stage", "", "a stage of the fair")
	}
	var coded Passage
	for _, each := range []struct {
		name, key string
		list      *listing
		code      *union.Code
	}{
		{"stage", stage, &p.stages, &coded.Stage},
		{"category", category, &p.categories, &coded.Category},
		{"sector", sector, &p.sectors, &coded.Sector},
		{"region", region, &p.regions, &coded.Region},
	} {
		code, err := each.list.code(each.name, each.key)
		if err != nil {
			return Passage{}, err
		}
		*each.code = code
	}
	return coded, nil
}

// A Funnel tallies person-times by stage, category, sector and region. It keeps
// counts only and knows no person, so that its size depends on the fair's lists
// alone. It is not idempotent: the same passage added twice is two person-times.
//
// It is bound to the [Fair.Layout], not to the one fair: fairs of a series that
// share their lists share a funnel. The zero Funnel is the identity of Merge.
type Funnel struct{ table union.Table }

// Funnel returns an empty funnel of the fair's layout.
func (f Fair) Funnel() Funnel { return Funnel{table: f.read().passages.Table()} }

// Add counts one passage. It reports the first of these faults, and then counts
// nothing:
//   - [union.ErrMissing], if the stage is unknown;
//   - those of [union.Table.Add], for a code that the layout does not have, for
//     a funnel that no fair made, and for a count that would not fit.
func (f *Funnel) Add(p Passage) error {
	if p.Stage == 0 {
		return union.NewFault(union.ErrMissing, "stage", "", "a stage of the fair")
	}
	return f.table.Add(p.Stage, p.Category, p.Sector, p.Region)
}

// AddPassages counts passages as so many calls of Add would, faster: it looks
// their codes up in the lists of the fair whose layout the funnel has. It allocates
// nothing for up to 1,024 passages and once for more. On error nothing is counted.
// It reports the first of
//   - [union.ErrRule], if the funnel is of another layout than the fair's;
//   - the first passage, by its index, without a stage, [union.ErrMissing], or with
//     a code that the fair's lists do not have, [union.ErrRange];
//   - those of [union.Table.AddPlaces].
func (f *Funnel) AddPassages(fair Fair, passages ...Passage) error {
	p := fair.read()
	if rule := p.passages.ID(); f.table.Rule() != rule || rule.IsZero() {
		return union.NewFault(union.ErrRule, "funnel", f.table.Rule().String(), rule.String())
	}
	stages, categories := uint32(p.lists[listStages]), uint32(p.lists[listCategories])
	sectors, regions := uint32(p.lists[listSectors]), uint32(p.lists[listRegions])
	var room [1024]union.Place // for the batches that most are, on the stack
	places := room[:]
	if len(passages) > len(room) {
		places = make([]union.Place, len(passages))
	}
	places = places[:len(passages)]
	for i, each := range passages {
		stage, category, sector, region := uint32(each.Stage), uint32(each.Category), uint32(each.Sector), uint32(each.Region)
		if stage == 0 || stage >= stages || category >= categories || sector >= sectors || region >= regions {
			return union.Within(union.Indexed("passages", i), p.refusedPassage(each))
		}
		places[i] = union.Place(((stage*categories+category)*sectors+sector)*regions + region)
	}
	return f.table.AddPlaces(places...)
}

// refusedPassage says why a passage has no place in the layout.
func (p *plan) refusedPassage(each Passage) error {
	if each.Stage == 0 {
		return union.NewFault(union.ErrMissing, "stage", "", "a stage of the fair")
	}
	_, err := p.passages.Place(each.Stage, each.Category, each.Sector, each.Region)
	return err
}

// Region returns the code of a region, as a [Passage] holds it: of a six-digit code
// that a record has as text, or whatever the fair's keys are. An empty key is
// unknown, code 0; one that the fair does not list is [union.ErrUnknown].
func (f Fair) Region(key string) (union.Code, error) { return f.plan.region(key) }

// region is Region of the plan, which the zero Fair does not have.
func (p *plan) region(key string) (union.Code, error) {
	if p == nil {
		p = &plan{}
	}
	if code := p.regions.digits.find(key); code != 0 {
		return code, nil
	}
	return p.regions.code("region", key)
}

// Merge adds the counts of other. It refuses a funnel of another layout with
// [union.ErrRule] and a sum that would not fit with [union.ErrOverflow], and
// then changes nothing. It shares nothing with other.
func (f *Funnel) Merge(other Funnel) error { return f.table.Merge(other.table) }

// Table returns a copy of the counts, to be read through [Fair.Layout].
func (f Funnel) Table() union.Table {
	var copied union.Table
	_ = copied.Merge(f.table) // into an empty one, which refuses no rule and no sum
	return copied
}

// funnelForm names the binary form of a Funnel: its table.
const funnelForm = "employment.funnel/1"

// AppendBinary appends the canonical binary form, as [union.WriteTally] does.
func (f Funnel) AppendBinary(data []byte) ([]byte, error) {
	return union.WriteTally(data, funnelForm, f.table.Rule(), func(w *wire.Writer) { w.Nest(f.table) })
}

// UnmarshalBinary reads what AppendBinary wrote, as [union.ReadTally] does; into
// the zero Funnel, a funnel of any layout, else one of the funnel's own. A table
// of another layout than the funnel says, and passages at no stage, are
// [union.ErrText]. On error the funnel is unchanged.
func (f *Funnel) UnmarshalBinary(data []byte) error {
	var made Funnel
	rule, err := union.ReadTally(data, funnelForm, f.table.Rule(), func(r *wire.Reader) {
		made = *f // whose table says which others are of its layout
		r.Nest(&made.table)
		if made.table.UnknownAt(stageAxis) > 0 {
			r.Refuse("passages at no stage", "a stage of each")
		}
	})
	if err != nil {
		return err
	}
	if made.table.Rule() != rule {
		return union.NewFault(union.ErrText, funnelForm, "a table of another layout", "one of the funnel's")
	}
	*f = made
	return nil
}
