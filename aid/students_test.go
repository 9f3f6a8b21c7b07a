package aid_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/aid"
	"github.com/unioncampaign/union/internal/laws"
)

func TestAGoldenAutumnThatIsWrongSaysWhere(t *testing.T) {
	for reason, each := range map[string]struct {
		change func(*aid.GoldenAutumnSpec)
		want   error
		where  string
	}{
		"no version":              {func(s *aid.GoldenAutumnSpec) { s.Version = "" }, union.ErrMissing, "version"},
		"no year":                 {func(s *aid.GoldenAutumnSpec) { s.Year = 0 }, union.ErrRange, "year"},
		"no stages":               {func(s *aid.GoldenAutumnSpec) { s.Stages = nil }, union.ErrMissing, "stages"},
		"a stage without key":     {func(s *aid.GoldenAutumnSpec) { s.Stages[0].Key = "" }, union.ErrMissing, "stages[0].key"},
		"a stage twice":           {func(s *aid.GoldenAutumnSpec) { s.Stages[1].Key = "undergraduate" }, union.ErrRepeated, "stages[1].key"},
		"a stage with a dot":      {func(s *aid.GoldenAutumnSpec) { s.Stages[0].Key = "本.科" }, union.ErrText, "stages[0].key"},
		"a stage within another":  {func(s *aid.GoldenAutumnSpec) { s.Stages[1].Within = "undergraduate" }, union.ErrUnknown, "stages[1].within"},
		"no categories":           {func(s *aid.GoldenAutumnSpec) { s.Categories = nil }, union.ErrMissing, "categories"},
		"an empty category":       {func(s *aid.GoldenAutumnSpec) { s.Categories[0] = "" }, union.ErrMissing, "categories[0]"},
		"a category that is said": {func(s *aid.GoldenAutumnSpec) { s.Categories[1] = "extreme" }, union.ErrRepeated, "categories[1]"},
	} {
		spec := goldenAutumnSpec()
		each.change(&spec)
		_, err := aid.NewGoldenAutumn(spec)
		require.ErrorIs(t, err, each.want, reason)
		assert.Equal(t, each.where, union.Faults(err)[0].Where, reason)
	}
	spec := goldenAutumnSpec()
	g := must(aid.NewGoldenAutumn(spec))
	spec.Categories[0], spec.Stages[0].Key = "x", "x"
	assert.Equal(t, goldenAutumnSpec(), g.Spec())
}

func student(key, stage string, year int) aid.Student {
	return aid.Student{Key: key, Household: "H-0001", Stage: stage, First: year == 2010, Year: year}
}

// enrolled returns the students, all of one category.
func enrolled(category string, list ...aid.Student) aid.Students {
	students := goldenAutumn().Students()
	for _, each := range list {
		if err := students.Add(must(goldenAutumn().CodeStudent(each, category))); err != nil {
			panic(err)
		}
	}
	return students
}

func TestStudentsOfFamiliesInDifficultyAreCountedOnce(t *testing.T) {
	students := enrolled("extreme", student("s1", "undergraduate", 2010), student("s2", "undergraduate", 2009), student("s3", "junior-college", 2010))
	require.NoError(t, students.Merge(enrolled("difficulty", student("s3", "junior-college", 2010), student("s4", "junior-college", 2010))))
	require.NoError(t, students.Merge(enrolled("", student("s5", "undergraduate", 2010))))
	require.NoError(t, students.Merge(enrolled("accident", student("s6", "undergraduate", 2010))))
	figures, err := goldenAutumn().Figures(students, day("2010-07-20"))
	require.NoError(t, err)
	assert.Equal(t, map[string]string{
		"aid.students":                      "4人",
		"aid.students.stage.undergraduate":  "2人",
		"aid.students.stage.junior-college": "2人",
		"aid.students.first_year":           "3人",
		"aid.students.later_years":          "1人",
		"aid.students.not_admitted":         "2人",
		"aid.students.reported":             "2010-07-20",
	}, checkFigures(t, figures))
	findings, err := goldenAutumn().Check(students)
	require.NoError(t, err)
	assert.Empty(t, findings)
	assert.Equal(t, goldenAutumn().ID(), students.Rule())
}

func TestStudentsThatAreNotReportedYetHaveNoDay(t *testing.T) {
	figures, err := goldenAutumn().Figures(aid.Students{}, union.Date{})
	require.NoError(t, err)
	assert.Equal(t, union.NotKnown, figureOf(t, figures, "aid.students.reported").Why())
	assert.Equal(t, "0人", checkFigures(t, figures)["aid.students"])
}

func TestAStudentInTwoStagesIsOneAndIsFound(t *testing.T) {
	students := enrolled("extreme", student("s1", "undergraduate", 2010))
	require.NoError(t, students.Merge(enrolled("extreme", student("s1", "junior-college", 2010))))
	figures, err := goldenAutumn().Figures(students, union.Date{})
	require.NoError(t, err)
	assert.Equal(t, "1人", figureOf(t, figures, "aid.students").String())
	findings, err := goldenAutumn().Check(students)
	require.NoError(t, err)
	require.Len(t, findings, 1)
	assert.Equal(t, "students: one student has one stage and one family: got 2 reports, want 1", findings[0].String())
}

func TestAStudentWhoCannotBeCountedSaysWhere(t *testing.T) {
	for reason, each := range map[string]struct {
		change func(*aid.Student)
		want   error
		where  string
	}{
		"no key":                      {func(s *aid.Student) { s.Key = "" }, union.ErrMissing, "key"},
		"an identity number":          {func(s *aid.Student) { s.Key = "11010519491231002X" }, union.ErrText, "key"},
		"no household":                {func(s *aid.Student) { s.Household = "" }, union.ErrMissing, "household"},
		"no stage":                    {func(s *aid.Student) { s.Stage = "" }, union.ErrMissing, "stage"},
		"another stage":               {func(s *aid.Student) { s.Stage = "doctoral" }, union.ErrUnknown, "stage"},
		"no year":                     {func(s *aid.Student) { s.Year = 0 }, union.ErrMissing, "year"},
		"a later year without one":    {func(s *aid.Student) { s.First, s.Year = false, 0 }, union.ErrMissing, "year"},
		"new with an old examination": {func(s *aid.Student) { s.Year = 2009 }, union.ErrRange, "year"},
		"a later year without":        {func(s *aid.Student) { s.First = false }, union.ErrRange, "year"},
	} {
		s := student("s1", "undergraduate", 2010)
		each.change(&s)
		_, err := goldenAutumn().CodeStudent(s, "extreme")
		require.ErrorIs(t, err, each.want, reason)
		assert.Equal(t, each.where, union.Faults(err)[0].Where, reason)
	}
	_, err := aid.GoldenAutumn{}.CodeStudent(student("s1", "undergraduate", 2010), "")
	require.ErrorIs(t, err, union.ErrMissing)
}

func TestStudentsRefuseWhomTheyCannotCount(t *testing.T) {
	for reason, each := range map[string]struct {
		add  aid.CodedStudent
		want error
	}{
		"no stage":             {aid.CodedStudent{Key: "s9", Admitted: true}, union.ErrRange},
		"another stage":        {aid.CodedStudent{Key: "s9", Stage: 3, Admitted: true}, union.ErrRange},
		"the same student":     {aid.CodedStudent{Key: "s1", Stage: 2, Admitted: true}, union.ErrRepeated},
		"the same, turned off": {aid.CodedStudent{Key: "s1", Stage: 1}, union.ErrRepeated},
		"no key":               {aid.CodedStudent{Stage: 1, Admitted: true}, union.ErrMissing},
	} {
		students := enrolled("extreme", student("s1", "undergraduate", 2010))
		require.ErrorIs(t, students.Add(each.add), each.want, reason)
		assert.Equal(t, enrolled("extreme", student("s1", "undergraduate", 2010)), students, reason)
	}
	students := enrolled("", student("s1", "undergraduate", 2010))
	require.EqualError(t, students.Add(aid.CodedStudent{Key: "s9", Stage: 3}), "stage: out of range: got 3, want 1 to 2")
	require.ErrorIs(t, students.Add(aid.CodedStudent{Key: "s1", Stage: 1, Admitted: true}), union.ErrRepeated)
	var zero aid.Students
	require.ErrorIs(t, zero.Add(aid.CodedStudent{Key: "s1", Stage: 1}), union.ErrRule)
	spec := goldenAutumnSpec()
	spec.Year = 2011
	foreign := must(aid.NewGoldenAutumn(spec)).Students()
	require.ErrorIs(t, students.Merge(foreign), union.ErrRule)
	_, err := goldenAutumn().Figures(foreign, union.Date{})
	require.ErrorIs(t, err, union.ErrRule)
	_, err = goldenAutumn().Check(foreign)
	require.ErrorIs(t, err, union.ErrRule)
}

func TestStudentsMerge(t *testing.T) {
	laws.Tally[aid.Students](t, func(r *rapid.T) aid.Students {
		students := goldenAutumn().Students()
		for range rapid.IntRange(0, 6).Draw(r, "students") {
			key := rapid.SampledFrom([]string{"s1", "s2", "s3", "s4"}).Draw(r, "key")
			_ = students.Add(drawStudent(r, key)) // the same student again is refused
		}
		return students
	})
}

func drawStudent(r *rapid.T, key string) aid.CodedStudent {
	return aid.CodedStudent{
		Key:      key,
		Stage:    union.Code(rapid.IntRange(1, 2).Draw(r, "stage")),
		First:    rapid.Bool().Draw(r, "first"),
		Admitted: rapid.Bool().Draw(r, "admitted"),
	}
}
