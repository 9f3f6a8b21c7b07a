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
func mergersIn(name string, files []*ast.File) []string {
	var mergers []string
	for _, file := range files {
		for _, declaration := range file.Decls {
			function, ok := declaration.(*ast.FuncDecl)
			if ok && function.Recv != nil && function.Name.Name == "Merge" && exported(function) {
				mergers = append(mergers, name+"."+receiverType(function))
			}
		}
	}
	slices.Sort(mergers)
	return mergers
}

// joinedIn returns the types that the tests of a package put through the laws of a
// tally: those of calls such as laws.Tally[aid.Visits](t, draw).
func joinedIn(name string, tests []*ast.File) []string {
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
			if suite, ok := stated.X.(*ast.SelectorExpr); !ok || suite.Sel.Name != "Tally" || !isNamed(suite.X, "laws") {
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

func TestEveryTypeThatMergesHasJoinedTheLawsOfATally(t *testing.T) {
	for dir := range arrows {
		s := read(t, dir)
		name := s.files[0].Name.Name
		assert.Equal(t, mergersIn(name, s.files), joinedIn(name, s.tests), "package %s", name)
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
func TestEveryTypeThatMergesIsReadBesideTheOthers(t *testing.T) {
	readings := map[string]int{}
	for _, each := range surfaces() {
		name, _, _ := strings.Cut(each.types[0].String(), ".")
		readings[name] = len(each.readings)
	}
	for name, files := range house(t) {
		assert.Len(t, mergersIn(name, files), readings[name], "readings of package %s", name)
	}
}

func TestATypeThatHasNotJoinedIsFound(t *testing.T) {
	files := []*ast.File{parsed(t, `package p
		func (*Joined) Merge(Joined) error { return nil }
		func (s Stray) Merge(Stray) error { return nil }
		func (*Generic[T]) Merge(Generic[T]) error { return nil }
		func (*inner) Merge(inner) error { return nil }
		func Merge() {}`)}
	tests := []*ast.File{parsed(t, `package p_test
		func TestJoined(t *testing.T) { laws.Tally[p.Joined](t, draw); laws.Folds[p.Stray](t); other.Tally[p.Stray](t); laws.Tally(t, drawStray) }`)}
	assert.Equal(t, []string{"p.Generic", "p.Joined", "p.Stray"}, mergersIn("p", files))
	assert.Equal(t, []string{"p.Joined"}, joinedIn("p", tests))
}
