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
	assessment.Answer{}, assessment.Band{}, assessment.Bands{}, assessment.Base(0), assessment.Box{}, assessment.Class{},
	assessment.Comparison{}, assessment.ComparisonSpec{}, assessment.Counts{}, assessment.Criterion{}, assessment.Effect(0),
	assessment.Exemplar{}, assessment.Form{}, assessment.FormSpec{}, assessment.Gap{}, assessment.GapBase(0), assessment.Given{},
	assessment.Goal{}, assessment.GoalCard{}, assessment.GoalRule{}, assessment.GoalRuleSpec{}, assessment.Indicator{},
	assessment.Item{}, assessment.Key{}, assessment.Ladder{}, assessment.Outcome{}, assessment.Place{}, assessment.Point{},
	assessment.Policy{}, assessment.PolicySpec{}, assessment.Ranking{}, assessment.RankingSpec{}, assessment.Record{},
	assessment.Renormalise(0), assessment.Rung{}, assessment.Satisfied{}, assessment.Scheme{}, assessment.SchemeSpec{},
	assessment.Score{}, assessment.Source{}, assessment.Spoil{}, assessment.Spread{}, assessment.Step{}, assessment.Sum{},
	assessment.Term{}, assessment.Test{}, assessment.Times{}, assessment.Veto{},
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
// field, element or key of it, or anything that could hold any value or call
// back.
func keepers(shape reflect.Type, path string, seen map[reflect.Type]bool) []string {
	if shape == reflect.TypeFor[assessment.Sheet]() {
		return []string{path}
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
		Names  map[string][]*assessment.Sheet
		Listen func(assessment.Sheet)
		Queue  chan assessment.Sheet
		Any    any
	}
	assert.Equal(t, []string{"hoard.Names[][][]", "hoard.Listen", "hoard.Queue", "hoard.Any"},
		keepers(reflect.TypeFor[hoard](), "hoard", map[reflect.Type]bool{}))
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
