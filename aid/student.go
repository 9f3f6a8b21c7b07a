package aid

import (
	"slices"
	"strconv"

	"github.com/unioncampaign/union"
)

// goldenAutumnDocument names the JSON of a GoldenAutumn.
const goldenAutumnDocument = "aid.golden_autumn/1"

// A GoldenAutumnSpec describes the survey for one year's student aid
// (金秋助学): which stages of schooling are asked for, and the children of which
// households.
type GoldenAutumnSpec struct {
	union.Rule
	Year       int          `json:"year"`       // of the entrance examination
	Stages     []union.Term `json:"stages"`     // such as undergraduate or vocational
	Categories []string     `json:"categories"` // keys of the standard's categories whose students are reported
}

// A GoldenAutumn is a checked GoldenAutumnSpec. It never changes. The zero
// GoldenAutumn has no stage; every student is a fault under it.
type GoldenAutumn struct {
	spec   GoldenAutumnSpec
	id     union.RuleID
	stages union.Codes
}

// NewGoldenAutumn returns the survey that spec describes. It reports all the
// faults it finds, joined, each placed in spec:
//   - [union.ErrMissing], for a key, version, title, source, stage or category that
//     is not given;
//   - [union.ErrRange], for a year that the calendar does not have;
//   - [union.ErrText], for a key that is not of letters, digits, - and _;
//   - [union.ErrRepeated], for a key given twice;
//   - [union.ErrUnknown], for a stage within another: the list has no parts;
//   - those of [union.IdentifyRule], such as [union.ErrText] for text that is not
//     UTF-8.
func NewGoldenAutumn(spec GoldenAutumnSpec) (GoldenAutumn, error) {
	g := GoldenAutumn{spec: spec.clone()}
	var faults union.FaultList
	faults.Within("", g.spec.Check())
	if _, err := (YearDay{Month: 1, Day: 1}).in(g.spec.Year); err != nil {
		faults.Add(union.ErrRange, "year", strconv.Itoa(g.spec.Year), "a year of the calendar")
	}
	checkTerms(&faults, "stages", g.spec.Stages)
	if len(g.spec.Categories) == 0 {
		faults.Add(union.ErrMissing, "categories", "", "")
	}
	seen := map[string]bool{}
	for i, category := range g.spec.Categories {
		faults.Key(union.Indexed("categories", i), category, seen)
	}
	if err := faults.Err(); err != nil {
		return GoldenAutumn{}, err
	}
	var err error
	if g.stages, err = listOf(g.spec.Rule, "stages", g.spec.Stages); err != nil {
		return GoldenAutumn{}, err
	}
	if g.id, err = union.IdentifyRule(goldenAutumnDocument, g.spec); err != nil {
		return GoldenAutumn{}, err
	}
	return g, nil
}

func (s GoldenAutumnSpec) clone() GoldenAutumnSpec {
	s.Stages, s.Categories = slices.Clone(s.Stages), slices.Clone(s.Categories)
	return s
}

// ID returns the identity of the survey.
func (g GoldenAutumn) ID() union.RuleID { return g.id }

// Rule returns what the survey says of itself.
func (g GoldenAutumn) Rule() union.Rule { return g.spec.Rule }

// Spec returns a copy of what the survey was made from.
func (g GoldenAutumn) Spec() GoldenAutumnSpec { return g.spec.clone() }

// MarshalJSON writes the survey as a document "aid.golden_autumn/1". The zero
// GoldenAutumn has no stages to write and is [union.ErrText].
func (g GoldenAutumn) MarshalJSON() ([]byte, error) {
	return union.WriteRule(goldenAutumnDocument, g.spec)
}

// UnmarshalJSON reads a document "aid.golden_autumn/1" with the faults of
// [union.ReadRule], and checks it as [NewGoldenAutumn] does. On error g is
// unchanged.
func (g *GoldenAutumn) UnmarshalJSON(data []byte) error {
	var spec GoldenAutumnSpec
	if err := union.ReadRule(data, goldenAutumnDocument, &spec); err != nil {
		return err
	}
	made, err := NewGoldenAutumn(spec)
	if err != nil {
		return err
	}
	*g = made
	return nil
}

// A Student is a child of a household who studies or is about to. Key and
// Household are tokens of the caller's; aid is filed under the household and
// never under the student.
type Student struct {
	Key       string `json:"key"`
	Household string `json:"household"`
	Stage     string `json:"stage"` // the key of a stage of the survey
	First     bool   `json:"first"` // about to enter, else in a later year
	Year      int    `json:"year"`  // of the entrance examination
}

// A CodedStudent is a student as [Students] count one. The zero CodedStudent is
// refused. [GoldenAutumn.CodeStudent] makes it.
type CodedStudent struct {
	Key      string
	Stage    union.Code
	First    bool
	Admitted bool // the household is in one of the categories
}

// CodeStudent reads a student whose household was judged into a category, by its
// key as [Standard.Judge] answers: empty if into none. A student of another
// household is no fault but is not admitted. It reports the first of these
// faults:
//   - [union.ErrMissing], of the zero GoldenAutumn;
//   - those of [union.CheckToken], for the student, then the household;
//   - [union.ErrMissing] and [union.ErrUnknown], for the stage;
//   - [union.ErrMissing], for no year of the examination;
//   - [union.ErrRange], for one about to enter who took the examination in
//     another year than the survey's, and one in a later year who did not take it
//     before.
func (g GoldenAutumn) CodeStudent(student Student, category string) (CodedStudent, error) {
	if g.id.IsZero() {
		return CodedStudent{}, union.NewFault(union.ErrMissing, "rule", "", "")
	}
	if err := union.CheckToken(student.Key); err != nil {
		return CodedStudent{}, union.Within("key", err)
	}
	if err := union.CheckToken(student.Household); err != nil {
		return CodedStudent{}, union.Within("household", err)
	}
	stage, err := find(g.stages, "stage", student.Stage)
	if err != nil {
		return CodedStudent{}, err
	}
	switch year := strconv.Itoa(g.spec.Year); {
	case student.Year == 0:
		return CodedStudent{}, union.NewFault(union.ErrMissing, "year", "", "the year of the examination")
	case student.First && student.Year != g.spec.Year:
		return CodedStudent{}, union.NewFault(union.ErrRange, "year", strconv.Itoa(student.Year), year)
	case !student.First && student.Year >= g.spec.Year:
		return CodedStudent{}, union.NewFault(union.ErrRange, "year", strconv.Itoa(student.Year), "before "+year)
	}
	return CodedStudent{
		Key: student.Key, Stage: stage, First: student.First,
		Admitted: slices.Contains(g.spec.Categories, category),
	}, nil
}
