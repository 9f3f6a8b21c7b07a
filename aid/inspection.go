package aid

import (
	"crypto/sha256"
	"slices"
	"strings"

	"github.com/unioncampaign/union"
)

// An Inspection is what a registry shows on a day to whoever goes through it, by
// the keys of the files in their order. NotReviewed, Unchanged and NeverAided look
// at files in force alone, Duplicates at all that have not ended.
type Inspection struct {
	On          union.Date
	States      []StateCount // by state, in the order of the rule
	InForce     []string
	NotReviewed []string // without a review in the day's calendar year, by the day
	Unchanged   []string // without any event for as long as the rule says
	NeverAided  []string
	Duplicates  []Duplicate // as FileRule.Duplicates lists them
	Disposable  []string    // files that have ended and need no longer be kept
}

// A StateCount is how many files are in a state.
type StateCount struct {
	State union.State
	Files int64
}

// Inspect goes through a registry at the end of a day. Aided holds the keys of the
// households that were ever aided. A registry of another rule is [union.ErrRule],
// no day [union.ErrMissing].
func (f FileRule) Inspect(registry Registry, aided union.Register, on union.Date) (Inspection, error) {
	duplicates, err := f.Duplicates(registry, on)
	if err != nil {
		return Inspection{}, err
	}
	made := Inspection{On: on, Duplicates: duplicates}
	for _, state := range f.spec.States {
		made.States = append(made.States, StateCount{State: state})
	}
	for _, file := range registry.files {
		key, happened := file.Household.Key, by(file.Events, on)
		at := f.trace(happened)
		made.States[slices.IndexFunc(f.spec.States, func(s union.State) bool { return s.Key == at.state.Key })].Files++
		if until, ended, err := f.KeptUntil(file, on); err == nil && ended && on.After(until) {
			made.Disposable = append(made.Disposable, key)
		}
		if !slices.Contains(f.spec.InForce, at.state.Key) {
			continue
		}
		made.InForce = append(made.InForce, key)
		if !f.reviewed(happened, on) {
			made.NotReviewed = append(made.NotReviewed, key)
		}
		if f.unchanged(at.last, on) {
			made.Unchanged = append(made.Unchanged, key)
		}
		if !aided.Has(key) {
			made.NeverAided = append(made.NeverAided, key)
		}
	}
	return made, nil
}

// reviewed reports whether one of the events is a review of the day's year.
func (f FileRule) reviewed(happened []union.Event, on union.Date) bool {
	return slices.ContainsFunc(happened, func(e union.Event) bool {
		return e.On.Year() == on.Year() && slices.Contains(f.spec.Review.Events, e.Event)
	})
}

// unchanged reports whether nothing happened since a day for as long as the rule
// says.
func (f FileRule) unchanged(last, on union.Date) bool {
	if f.spec.Unchanged == 0 {
		return false
	}
	then, err := last.AddMonths(f.spec.Unchanged)
	return err == nil && !on.Before(then)
}

// Sample draws the files in force that are checked on the spot: the share that the
// rule says, rounded up to a whole file, in the order of their keys. Which are
// drawn depends on the seed, the keys and nothing else, so that whoever knows the
// seed can draw them again; it should be one that nobody could choose, such as the
// numbers of a public draw. A registry of another rule is [union.ErrRule], no day
// and no seed [union.ErrMissing].
func (f FileRule) Sample(registry Registry, on union.Date, seed string) ([]string, error) {
	if seed == "" {
		return nil, union.NewFault(union.ErrMissing, "seed", "", "")
	}
	shown, err := f.Inspect(registry, union.Register{}, on)
	if err != nil {
		return nil, err
	}
	share := f.spec.Review.Sample.Mul(union.Whole(int64(len(shown.InForce))))
	whole, err := union.Rounding{Mode: union.Up}.Apply(share)
	if err != nil {
		return nil, err
	}
	size, _ := whole.Int64() // at most as many as there are
	drawn := slices.Clone(shown.InForce)
	slices.SortFunc(drawn, func(a, b string) int {
		first, second := sha256.Sum256([]byte(seed+"\n"+a)), sha256.Sum256([]byte(seed+"\n"+b))
		if c := slices.Compare(first[:], second[:]); c != 0 {
			return c
		}
		return strings.Compare(a, b)
	})
	drawn = drawn[:size]
	slices.Sort(drawn)
	return drawn, nil
}

// Figures returns the figures of an inspection. Its keys, in this order:
//   - aid.files.state.<state>: files by state;
//   - aid.files.in_force, .not_reviewed, .unchanged and .never_aided: files in force,
//     and those of them that the inspection lists so;
//   - aid.files.duplicates: pairs of files;
//   - aid.files.disposable: files that need no longer be kept.
//
// An inspection of other states than the rule's is [union.ErrRule], and so is any
// under the zero FileRule.
func (f FileRule) Figures(inspection Inspection) ([]union.Figure, error) {
	same := slices.EqualFunc(inspection.States, f.spec.States, func(c StateCount, s union.State) bool { return c.State == s })
	if f.id.IsZero() || !same {
		return nil, union.NewFault(union.ErrRule, "inspection", "other states", f.id.String())
	}
	sheet := union.NewFigureList("aid.FileRule.Figures", f.spec.Rule)
	day := union.Input{Name: "截止日期", Value: inspection.On.String()}
	for _, each := range inspection.States {
		sheet.Count("aid.files.state."+each.State.Key, each.State.Title+"档案数", union.Households, each.Files, day)
	}
	for _, each := range [...]struct {
		key, title string
		n          int
	}{
		{"in_force", "在档户数", len(inspection.InForce)},
		{"not_reviewed", "本年度未复核户数", len(inspection.NotReviewed)},
		{"unchanged", "长期未更新户数", len(inspection.Unchanged)},
		{"never_aided", "未帮扶过户数", len(inspection.NeverAided)},
	} {
		sheet.Count("aid.files."+each.key, each.title, union.Households, int64(each.n), day)
	}
	sheet.Count("aid.files.duplicates", "重复建档", "对", int64(len(inspection.Duplicates)), day)
	sheet.Count("aid.files.disposable", "可销毁档案数", union.Households, int64(len(inspection.Disposable)), day)
	return sheet.Figures()
}

// Households returns the households of the files that are in force at the end of a
// day, such as a dry run of a changed standard goes through. A registry of another
// rule is [union.ErrRule], no day [union.ErrMissing].
func (f FileRule) Households(registry Registry, on union.Date) ([]Household, error) {
	if err := f.owns(registry, on); err != nil {
		return nil, err
	}
	var inForce []Household
	for _, file := range registry.files {
		if slices.Contains(f.spec.InForce, f.trace(by(file.Events, on)).state.Key) {
			inForce = append(inForce, file.Household.clone())
		}
	}
	return inForce, nil
}
