package main

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/apache/beam/sdks/v2/go/pkg/beam"
	"github.com/apache/beam/sdks/v2/go/pkg/beam/core/graph/coder"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// talliesOf returns the tallies of a package, such as "aid.donations": what has Merge
// and a binary form.
func talliesOf(t *testing.T, folder string) []string {
	t.Helper()
	paths, err := filepath.Glob(filepath.Join(folder, "*.go"))
	require.NoError(t, err)
	methods := map[string]int{}
	for _, path := range paths {
		if strings.HasSuffix(path, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, 0)
		require.NoError(t, err)
		for _, each := range file.Decls {
			method, ok := each.(*ast.FuncDecl)
			if !ok || method.Recv == nil {
				continue
			}
			receiver := method.Recv.List[0].Type
			if pointer, ok := receiver.(*ast.StarExpr); ok {
				receiver = pointer.X
			}
			of, ok := receiver.(*ast.Ident)
			switch method.Name.Name {
			case "Merge", "AppendBinary", "UnmarshalBinary":
				if ok && of.IsExported() {
					methods[strings.ToLower(file.Name.Name+"."+of.Name)]++
				}
			}
		}
	}
	var found []string
	for name, n := range methods {
		if n == 3 {
			found = append(found, name)
		}
	}
	return found
}

func TestEveryTallyOfTheLibraryIsCarried(t *testing.T) {
	root := filepath.Join("..", "..")
	var want, got []string
	for _, folder := range []string{"", "aid", "assessment", "campaign", "competition", "employment"} {
		want = append(want, talliesOf(t, filepath.Join(root, folder))...)
	}
	for _, each := range kinds {
		got = append(got, each.form())
	}
	assert.Equal(t, sorted(want), got)
}

// The kind's name is that which its bytes begin with, and its coder is its binary form.
func TestATallyIsCodedByItsBinaryForm(t *testing.T) {
	for _, each := range kinds {
		of := reflect.TypeOf(each).Field(1).Type.Elem().Field(1).Type.In(1) // carried.facts[].of(day, T)
		zero := reflect.New(of).Elem().Interface()
		data, err := encodeTally(zero)
		require.NoError(t, err)
		named := string(rune(len(each.form()))) + each.form() + "\x01" // length, name and number of the form
		assert.True(t, strings.HasPrefix(string(data), named), "%s begins as %q", each.form(), data)
		back, err := decodeTally(of, data)
		require.NoError(t, err)
		assert.Equal(t, zero, back)
		_, err = decodeTally(of, data[1:])
		assert.Error(t, err, each.form())
		custom := coder.LookupCustomCoder(of)
		require.NotNil(t, custom, each.form())
		assert.Contains(t, custom.Enc.Fn.Name(), "encodeTally")
	}
}

// A holder has what it counts in a field of a field.
type holder struct {
	Name  string
	Parts []map[string]*inner
	Self  *holder
}

type inner struct{ _ int }

// A bare has nothing to hide.
type bare struct {
	Name  string
	Parts map[string][]int
	Self  *bare
}

func TestWhatHidesAFieldIsSeenWhereverItStands(t *testing.T) {
	assert.True(t, hides(reflect.TypeFor[holder](), nil))
	assert.True(t, hides(reflect.TypeFor[[2]inner](), nil))
	assert.False(t, hides(reflect.TypeFor[bare](), nil))
	assert.False(t, hides(reflect.TypeFor[partial](), nil))
	assert.False(t, hides(reflect.TypeFor[line](), nil))
	p, s := beam.NewPipelineWithRoot()
	beam.GroupByKey(s, beam.ParDo(s, keyed, beam.CreateList(s, []int{1})))
	assert.NoError(t, checkCoders(p))
}

func TestTheSampleIsDescribedAsItIs(t *testing.T) {
	text, err := os.ReadFile("README.md")
	require.NoError(t, err)
	j := sample(t, "direct")
	require.NoError(t, j.run(t.Context()))
	printed, err := os.ReadFile(j.output + "/aid.donations.province.csv")
	require.NoError(t, err)
	for line := range strings.Lines(string(printed)) {
		assert.Contains(t, string(text), "    "+line)
	}
}
