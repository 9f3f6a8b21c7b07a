package assessment_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"reflect"
	"sort"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/unioncampaign/union/assessment"
)

// exported are all exported types of the package but Sheet. The test below says
// which are missing here.
var exported = []any{
	assessment.Answer{}, assessment.AtLine(0), assessment.Ballot{}, assessment.Band{}, assessment.Bands{},
	assessment.Base(0), assessment.Batch{}, assessment.BatchPlaces{}, assessment.BatchScores{}, assessment.Box{},
	assessment.Candidacy{}, assessment.Change{}, assessment.Class{}, assessment.Closest(0), assessment.Comparison{},
	assessment.ComparisonSpec{}, assessment.Counts{}, assessment.Criterion{}, assessment.Decision{},
	assessment.Diagnosis{}, assessment.Effect(0), assessment.Election{}, assessment.ElectionResult{},
	assessment.Exemplar{}, assessment.Form{}, assessment.FormSpec{}, assessment.Gap{}, assessment.GapBase(0),
	assessment.Given{}, assessment.Goal{}, assessment.GoalCard{}, assessment.GoalRule{}, assessment.GoalRuleSpec{},
	assessment.Group{}, assessment.Indicator{}, assessment.Item{}, assessment.Key{}, assessment.Ladder{},
	assessment.Mark{}, assessment.MarkState(0), assessment.Meeting{}, assessment.Outcome{}, assessment.Panel{},
	assessment.Place{}, assessment.Placing{}, assessment.Point{}, assessment.Policy{}, assessment.PolicySpec{},
	assessment.Quota{}, assessment.QuotaSpec{}, assessment.Ranking{}, assessment.RankingSpec{}, assessment.Reading{},
	assessment.Record{}, assessment.Renormalise(0), assessment.Ruling{}, assessment.Rung{}, assessment.Satisfied{},
	assessment.Scheme{}, assessment.SchemeSpec{}, assessment.Score{}, assessment.Selection{}, assessment.Source{},
	assessment.Spoil{}, assessment.Spread{}, assessment.Statistic(0), assessment.Step{}, assessment.Sum{},
	assessment.Term{}, assessment.Test{}, assessment.Ties(0), assessment.Times{}, assessment.Trim{}, assessment.Veto{},
	assessment.Votes{},
}

func TestEveryExportedTypeIsLookedAt(t *testing.T) {
	var declared []string
	files, err := os.ReadDir(".")
	require.NoError(t, err)
	for _, file := range files {
		if !strings.HasSuffix(file.Name(), ".go") || strings.HasSuffix(file.Name(), "_test.go") {
			continue
		}
		parsed, err := parser.ParseFile(token.NewFileSet(), file.Name(), nil, 0)
		require.NoError(t, err)
		ast.Inspect(parsed, func(node ast.Node) bool {
			if spec, ok := node.(*ast.TypeSpec); ok && spec.Name.IsExported() && spec.Name.Name != "Sheet" {
				declared = append(declared, spec.Name.Name)
			}
			return true
		})
	}
	var listed []string
	for _, value := range exported {
		listed = append(listed, reflect.TypeOf(value).Name())
	}
	sort.Strings(declared)
	sort.Strings(listed)
	assert.Equal(t, declared, listed)
}

// keepers returns the paths by which values of a type could keep a sheet: a
// field, element or key of it, a list of answers or of packed sheets, or anything
// that could hold any value or call back.
func keepers(shape reflect.Type, path string, seen map[reflect.Type]bool) []string {
	switch {
	case shape == reflect.TypeFor[assessment.Sheet](), shape == reflect.TypeFor[[]uint8](), shape == reflect.TypeFor[[]uint64]():
		return []string{path}
	case shape.Kind() == reflect.Pointer && shape.Elem().Name() == "layout":
		return nil // how the papers of a form are read: see the test of it
	}
	if seen[shape] {
		return nil
	}
	seen[shape] = true
	var found []string
	switch shape.Kind() {
	case reflect.Struct:
		for i := range shape.NumField() {
			field := shape.Field(i)
			// The markers that keep a type from being compared hold nothing.
			if field.Type.Kind() == reflect.Array && field.Type.Len() == 0 {
				continue
			}
			found = append(found, keepers(field.Type, path+"."+field.Name, seen)...)
		}
	case reflect.Map:
		found = append(found, keepers(shape.Key(), path+"[key]", seen)...)
		found = append(found, keepers(shape.Elem(), path+"[]", seen)...)
	case reflect.Pointer, reflect.Slice, reflect.Array:
		found = append(found, keepers(shape.Elem(), path+"[]", seen)...)
	case reflect.Chan, reflect.Func, reflect.Interface, reflect.UnsafePointer:
		found = append(found, path)
	default: // numbers and texts
	}
	return found
}

func TestNoTypeCanKeepASheet(t *testing.T) { // S4
	for _, value := range exported {
		shape := reflect.TypeOf(value)
		assert.Empty(t, keepers(shape, shape.Name(), map[reflect.Type]bool{}))
	}
	// The walk itself must find what it looks for.
	type hoard struct {
		Names   map[string][]*assessment.Sheet
		Listen  func(assessment.Sheet)
		Queue   chan assessment.Sheet
		Any     any
		Answers [][]uint8
		Batches map[int][]uint64
	}
	assert.Equal(t, []string{"hoard.Names[][][]", "hoard.Listen", "hoard.Queue", "hoard.Any", "hoard.Answers[]", "hoard.Batches[]"},
		keepers(reflect.TypeFor[hoard](), "hoard", map[reflect.Type]bool{}))
}

// What methods return is walked too. The only ones that return a sheet, or what
// could be one, are those that make one of a paper; the bytes of a rule or a tally
// are looked at by other tests.
func TestNoResultIsASheetButOfWhatReadsAPaper(t *testing.T) { // S4
	var found []string
	for _, value := range exported {
		shape := reflect.PointerTo(reflect.TypeOf(value))
		for i := range shape.NumMethod() {
			method := shape.Method(i)
			for at := range method.Type.NumOut() {
				result := method.Type.Out(at)
				path := shape.Elem().Name() + "." + method.Name
				if result == reflect.TypeFor[error]() || strings.HasPrefix(method.Name, "Marshal") || method.Name == "AppendBinary" {
					continue
				}
				found = append(found, keepers(result, path, map[reflect.Type]bool{})...)
			}
		}
	}
	assert.Equal(t, []string{"Form.Pack", "Form.Sheet", "Form.SpoiledSheet"}, found)
}

// How papers are read is made of the form alone: no sheet changes it.
func TestWhatReadsThePapersKeepsNothingOfThem(t *testing.T) { // S4
	form, untouched := newForm(t, classForm()), newForm(t, classForm())
	box := form.Box()
	sheet := assessment.Sheet{Class: 1, Answers: []uint8{1, 2}}
	require.NoError(t, box.Add(sheet))
	require.NoError(t, box.AddPacked(must(form.Pack(nil, sheet))))
	before := must(box.AppendBinary(nil))
	sheet.Answers[0] = 2 // the box has let go of it
	assert.Equal(t, before, must(box.AppendBinary(nil)))
	assert.Equal(t, untouched, form)
	require.NoError(t, box.UnmarshalBinary(must(form.Box().AppendBinary(nil))))
	assert.Equal(t, form.Box(), box, "once the counts are gone, nothing is left")
}

// A sheet has no voter, number, order or time, and a criterion's counts stand
// beside no other's.
func TestASheetHasNothingButItsMarks(t *testing.T) {
	shape := reflect.TypeFor[assessment.Sheet]()
	var fields []string
	for i := range shape.NumField() {
		fields = append(fields, shape.Field(i).Name)
	}
	assert.Equal(t, []string{"Class", "Answers", "Spoil"}, fields)
}
