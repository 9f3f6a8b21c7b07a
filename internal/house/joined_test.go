package house_test

import (
	"go/ast"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/unioncampaign/union/internal/laws"
)

// mergersIn returns the exported types of a package that have a method Merge, as
// "aid.Visits".
func mergersIn(name string, files []*ast.File) []string { return having("Merge", name, files) }

// readersIn returns those that are read from a binary form.
func readersIn(name string, files []*ast.File) []string {
	return having("UnmarshalBinary", name, files)
}

// having returns the exported types of a package that have a method.
func having(method, name string, files []*ast.File) []string {
	var types []string
	for _, file := range files {
		for _, declaration := range file.Decls {
			function, ok := declaration.(*ast.FuncDecl)
			if ok && function.Recv != nil && function.Name.Name == method && exported(function) {
				types = append(types, name+"."+receiverType(function))
			}
		}
	}
	slices.Sort(types)
	return types
}

// joinedIn returns the types that the tests of a package put through a suite of laws,
// as those of a tally: those of calls such as laws.Tally[aid.Visits](t, draw).
func joinedIn(name, suite string, tests []*ast.File) []string {
	var joined []string
	for _, file := range tests {
		ast.Inspect(file, func(node ast.Node) bool {
			call, ok := node.(*ast.CallExpr)
			if !ok {
				return true
			}
			stated, ok := call.Fun.(*ast.IndexExpr)
			if !ok {
				return true
			}
			if called, ok := stated.X.(*ast.SelectorExpr); !ok || called.Sel.Name != suite || !isNamed(called.X, "laws") {
				return true
			}
			for each := range namedIn(name, stated.Index) {
				joined = append(joined, each)
			}
			return true
		})
	}
	slices.Sort(joined)
	return joined
}

func isNamed(expression ast.Expr, name string) bool {
	each, ok := expression.(*ast.Ident)
	return ok && each.Name == name
}

func TestEveryTypeThatMergesOrIsReadHasJoinedItsLaws(t *testing.T) {
	for dir := range arrows {
		s := read(t, dir)
		name := s.files[0].Name.Name
		mergers := mergersIn(name, s.files)
		assert.Equal(t, mergers, joinedIn(name, "Tally", s.tests), "package %s", name)
		merges := func(each string) bool { return slices.Contains(mergers, each) }
		formed := slices.DeleteFunc(readersIn(name, s.files), merges)
		assert.ElementsMatch(t, formed, joinedIn(name, "Form", s.tests), "binary forms of package %s that are of no tally", name)
	}
}

// Every reader of the house is given what is meant for any other.
func FuzzBinaryForms(f *testing.F) {
	var readings []laws.Reading
	for _, each := range surfaces() {
		readings = append(readings, each.readings...)
	}
	laws.FuzzReadingsBelow(f, root, readings...)
}

// A reading has no name, so they are counted.
func TestEveryTypeThatIsReadIsReadBesideTheOthers(t *testing.T) {
	readings := map[string]int{}
	for _, each := range surfaces() {
		name, _, _ := strings.Cut(each.types[0].String(), ".")
		readings[name] = len(each.readings)
	}
	for name, files := range house(t) {
		assert.Len(t, readersIn(name, files), readings[name], "readings of package %s", name)
	}
}

func TestATypeThatHasNotJoinedIsFound(t *testing.T) {
	files := []*ast.File{parsed(t, `package p
		func (*Joined) Merge(Joined) error { return nil }
		func (s Stray) Merge(Stray) error { return nil }
		func (*Generic[T]) Merge(Generic[T]) error { return nil }
		func (*inner) Merge(inner) error { return nil }
		func (*Joined) UnmarshalBinary([]byte) error { return nil }
		func (*Formed) UnmarshalBinary([]byte) error { return nil }
		func Merge() {}`)}
	tests := []*ast.File{parsed(t, `package p_test
		func TestJoined(t *testing.T) { laws.Tally[p.Joined](t, draw); laws.Folds[p.Stray](t); other.Tally[p.Stray](t); laws.Tally(t, drawStray); laws.Form[p.Formed](t, draw) }`)}
	assert.Equal(t, []string{"p.Generic", "p.Joined", "p.Stray"}, mergersIn("p", files))
	assert.Equal(t, []string{"p.Formed", "p.Joined"}, readersIn("p", files))
	assert.Equal(t, []string{"p.Joined"}, joinedIn("p", "Tally", tests))
	assert.Equal(t, []string{"p.Formed"}, joinedIn("p", "Form", tests))
}
