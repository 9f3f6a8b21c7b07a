package aid

import (
	"slices"
	"strconv"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/internal/quote"
)

// standardDocument names the JSON of a Standard.
const standardDocument = "aid.standard/1"

// mostCategories bounds the categories, each of which is compared with each.
const mostCategories = 100

// A StandardSpec describes who is in difficulty in one area from one day on: the
// line that the government sets there, and what the federation of unions makes
// of it. Such standards are issued by a province or a city, for a year or until
// the line changes.
type StandardSpec struct {
	union.Rule
	Area string      `json:"area"` // the place in which the line is in force
	Line union.Money `json:"line"` // per head and month, such as that of 最低生活保障
	// Categories are tried in their order: the first that fits is the household's.
	Categories []Category `json:"categories"`
	// Causes are what a file may name as its cause.
	Causes []union.Term `json:"causes"`
	// Lesser is the most causes that a file may name beside the main one.
	Lesser int `json:"lesser"`
	// Statuses are what else a file may state that a category asks for.
	Statuses []union.Term `json:"statuses,omitempty"`
	// Exclusions bar a household whatever its income.
	Exclusions []union.Term `json:"exclusions,omitempty"`
	// Income and Outlay list what a file may state, and whether it counts.
	Income []ItemKind `json:"income"`
	Outlay []ItemKind `json:"outlay,omitempty"`
	// Imputed is the wage a month with which a member is counted who is able and
	// does not work; zero imputes none.
	Imputed union.Money `json:"imputed"`
	// Ages are the ages in whole years that the head of a household may have; the
	// zero interval asks for no age.
	Ages union.Interval `json:"ages,omitzero"`
}

// A Standard is a checked StandardSpec. It never changes. The zero Standard is
// in force on no day; every household is a fault under it.
type Standard struct {
	spec     StandardSpec
	id       union.RuleID
	causes   union.Codes
	outcomes union.Codes
	layout   union.Layout
}

// NewStandard returns the standard that spec describes.
//
// It reports all the faults it finds, joined, each placed in spec:
//   - [union.ErrMissing], for a key, version, title, source, effective day, area,
//     category, cause or kind of income that is not given, for a category that
//     tests nothing, for a loss of no kind of outlay, and for a run of months
//     without bounds;
//   - [union.ErrRange], for a line that is not above zero, an imputed wage or a
//     number of lesser causes below zero, more than 100 categories, one that no
//     household can be in, a loss whose share has an upper end or no lower one of 0
//     or more, and a run with a lower end or of months that are not 1 to 1200;
//   - [union.ErrText], for a key that is not of letters, digits, - and _;
//   - [union.ErrRepeated], for a key given twice;
//   - [union.ErrUnknown], for a category's cause, status or kind of outlay that is
//     not listed, and a cause, a status or an exclusion within another: their
//     lists have no parts;
//   - [union.ErrHole], naming an income below a category that no category takes,
//     though its lower end says that one does;
//   - [union.ErrOverlap], naming a value that two categories take, if both test
//     the same one sum and demand the same causes;
//   - those of [union.IdentifyRule], such as [union.ErrText] for text that is not
//     UTF-8.
//
// What is refused as a hole would let a household into a category by earning
// more.
func NewStandard(spec StandardSpec) (Standard, error) {
	s := Standard{spec: spec.clone()}
	var faults union.FaultList
	faults.Within("", s.spec.Check())
	s.spec.checkSums(&faults)
	s.spec.checkLists(&faults)
	if err := faults.Err(); err != nil {
		return Standard{}, err // what follows looks keys up in the lists
	}
	if err := checkLadder(s.spec.Categories, s.spec.Causes); err != nil {
		return Standard{}, err
	}
	var err error
	if s.causes, err = listOf(s.spec.Rule, "causes", s.spec.Causes); err != nil {
		return Standard{}, err
	}
	if err := s.layOut(); err != nil {
		return Standard{}, err
	}
	if s.id, err = union.IdentifyRule(standardDocument, s.spec); err != nil {
		return Standard{}, err
	}
	return s, nil
}

// checkSums checks all that is no list.
func (s StandardSpec) checkSums(faults *union.FaultList) {
	if s.Effective.IsZero() {
		faults.Add(union.ErrMissing, "effective", "", "the days on which the line is in force")
	}
	faults.Given("area", s.Area)
	if s.Line.Sign() <= 0 {
		faults.Add(union.ErrRange, "line", s.Line.String(), "above 0.00")
	}
	if s.Lesser < 0 {
		faults.Add(union.ErrRange, "lesser", strconv.Itoa(s.Lesser), "0 or more")
	}
	if s.Imputed.Sign() < 0 {
		faults.Add(union.ErrRange, "imputed", s.Imputed.String(), "0.00 or more")
	}
}

// checkLists checks the keys and titles of every list.
func (s StandardSpec) checkLists(faults *union.FaultList) {
	checkTerms(faults, "causes", s.Causes)
	if len(s.Statuses) > 0 {
		checkTerms(faults, "statuses", s.Statuses)
	}
	if len(s.Exclusions) > 0 {
		checkTerms(faults, "exclusions", s.Exclusions)
	}
	checkKinds(faults, "income", s.Income)
	if len(s.Income) == 0 {
		faults.Add(union.ErrMissing, "income", "", "")
	}
	checkKinds(faults, "outlay", s.Outlay)
	if len(s.Categories) == 0 {
		faults.Add(union.ErrMissing, "categories", "", "")
	}
	if n := len(s.Categories); n > mostCategories {
		faults.Add(union.ErrRange, "categories", strconv.Itoa(n)+" categories", "at most "+strconv.Itoa(mostCategories))
		return
	}
	seen := map[string]bool{}
	for i, category := range s.Categories {
		category.check(faults, union.Indexed("categories", i), s, seen)
	}
}

func (s StandardSpec) clone() StandardSpec {
	s.Causes, s.Statuses, s.Exclusions = slices.Clone(s.Causes), slices.Clone(s.Statuses), slices.Clone(s.Exclusions)
	s.Income, s.Outlay = slices.Clone(s.Income), slices.Clone(s.Outlay)
	s.Categories = slices.Clone(s.Categories)
	for i, category := range s.Categories {
		s.Categories[i] = category.clone()
	}
	return s
}

// ID returns the identity of the standard.
func (s Standard) ID() union.RuleID { return s.id }

// Rule returns what the standard says of itself.
func (s Standard) Rule() union.Rule { return s.spec.Rule }

// Spec returns a copy of what the standard was made from.
func (s Standard) Spec() StandardSpec { return s.spec.clone() }

// Bounds returns the bounds of a category in yuan per head and month, of the income
// and of the income less rigid outlay, as a notice prints them for the year. The
// zero interval bounds nothing. A category that the standard does not have is
// [union.ErrUnknown].
func (s Standard) Bounds(category string) (income, net union.Interval, err error) {
	for _, each := range s.spec.Categories {
		if each.Key == category {
			line := s.spec.Line.Number()
			return scaled(each.Income, line), scaled(each.Net, line), nil
		}
	}
	return income, net, union.NewFault(union.ErrUnknown, "category", quote.Key(category), "a category of the standard")
}

// MarshalJSON writes the standard as a document "aid.standard/1". The zero
// Standard has no categories to write and is [union.ErrText].
func (s Standard) MarshalJSON() ([]byte, error) { return union.WriteRule(standardDocument, s.spec) }

// UnmarshalJSON reads a document "aid.standard/1" with the faults of
// [union.ReadRule], and checks it as [NewStandard] does. On error s is unchanged.
func (s *Standard) UnmarshalJSON(data []byte) error {
	var spec StandardSpec
	if err := union.ReadRule(data, standardDocument, &spec); err != nil {
		return err
	}
	made, err := NewStandard(spec)
	if err != nil {
		return err
	}
	*s = made
	return nil
}
