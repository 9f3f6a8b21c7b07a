package house_test

import (
	"fmt"
	"go/ast"
	"maps"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/unioncampaign/union/internal/laws"
)

// A surface is what one package exports that is tried as a whole: its types, its
// functions but for those that are to panic, the types that carry a person or a
// firm, and the readings of its tallies. A test finds what its list leaves out.
type surface struct {
	types     []reflect.Type
	functions map[string]any
	carriers  []reflect.Type
	readings  []laws.Reading
}

func surfaces() []surface {
	return []surface{unionSurface, aidSurface, assessmentSurface, campaignSurface, competitionSurface, employmentSurface}
}

// typeNames returns the names of types, sorted, as "aid.Visits": a generic type's
// without its arguments.
func typeNames(types []reflect.Type) []string {
	names := make([]string, 0, len(types))
	for _, each := range types {
		name, _, _ := strings.Cut(each.String(), "[")
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

// surfaceIn returns what a package exports that can be called: its types, whose
// methods are, and its functions but for those that are to panic.
func surfaceIn(name string, files []*ast.File) (types, functions []string) {
	for _, file := range files {
		for _, declaration := range file.Decls {
			switch each := declaration.(type) {
			case *ast.FuncDecl:
				if each.Recv == nil && each.Name.IsExported() && !strings.HasPrefix(each.Name.Name, "Must") {
					functions = append(functions, name+"."+each.Name.Name)
				}
			case *ast.GenDecl:
				for _, spec := range each.Specs {
					if inner, ok := spec.(*ast.TypeSpec); ok && inner.Name.IsExported() && !isInterface(inner.Type) {
						types = append(types, name+"."+inner.Name.Name)
					}
				}
			}
		}
	}
	return types, functions
}

func isInterface(expression ast.Expr) bool {
	_, ok := expression.(*ast.InterfaceType)
	return ok
}

func TestAllThatCanBeCalledIsCalledWithNothing(t *testing.T) {
	var types, functions, listed, called []string
	for name, files := range house(t) {
		each, calls := surfaceIn(name, files)
		types, functions = append(types, each...), append(functions, calls...)
	}
	for _, each := range surfaces() {
		listed = append(listed, typeNames(each.types)...)
		called = slices.AppendSeq(called, maps.Keys(each.functions))
	}
	assert.ElementsMatch(t, types, listed)
	assert.ElementsMatch(t, functions, called)
}

// givenNothing calls a function with zero values: the zero of every argument, and
// no list, no map and no further argument. It returns the panic, if there is one.
func givenNothing(function reflect.Value) (cause any) {
	defer func() { cause = recover() }()
	kind := function.Type()
	given := make([]reflect.Value, 0, kind.NumIn())
	for i := range kind.NumIn() {
		if kind.IsVariadic() && i == kind.NumIn()-1 {
			break
		}
		given = append(given, reflect.Zero(kind.In(i)))
	}
	function.Call(given)
	return nil
}

// panicsOf returns which methods of the zero value of a type panic when they are
// given nothing. Each is called on a zero value of its own. Format is not: only
// fmt calls it, and never with no state.
func panicsOf(kind reflect.Type) []string {
	var told []string
	for i := range reflect.PointerTo(kind).NumMethod() {
		method := reflect.PointerTo(kind).Method(i)
		if method.Name == "Format" {
			continue
		}
		if cause := givenNothing(reflect.New(kind).Method(i)); cause != nil {
			told = append(told, fmt.Sprintf("%s.%s: %v", kind, method.Name, cause))
		}
	}
	return told
}

func TestNothingPanicsWhenGivenNothing(t *testing.T) {
	for _, each := range surfaces() {
		for _, kind := range each.types {
			assert.Empty(t, panicsOf(kind), kind)
		}
		for name, function := range each.functions {
			assert.Nil(t, givenNothing(reflect.ValueOf(function)), name)
		}
	}
}

// fragile writes into a map that nobody made.
type fragile struct{ counts map[string]int }

func (f *fragile) Add(key string) { f.counts[key]++ }

func TestAMethodThatPanicsWhenGivenNothingIsFound(t *testing.T) {
	assert.Len(t, panicsOf(reflect.TypeFor[fragile]()), 1)
}
