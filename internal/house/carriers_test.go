package house_test

import (
	"bytes"
	"database/sql/driver"
	"encoding"
	"encoding/json"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"log/slog"
	"maps"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/unioncampaign/union"
	"github.com/unioncampaign/union/internal/laws"
)

// subjects are the types that hold what a person or a firm is known by: those of
// the vocabulary, and the credit codes of tallies, which are plain bytes.
var subjects = []string{"union.Name", "union.IDNumber", "union.CreditCode", "competition.firmCode"}

// carriersIn returns the exported types of packages, as "aid.Member", that hold
// one of the subjects, in whatever way: in a field, exported or not, of an element,
// a key or another type that does.
func carriersIn(packages map[string][]*ast.File) []string {
	holds := map[string]map[string]bool{}
	for name, files := range packages {
		for _, file := range files {
			for _, declaration := range file.Decls {
				general, ok := declaration.(*ast.GenDecl)
				if !ok {
					continue
				}
				for _, spec := range general.Specs {
					if each, ok := spec.(*ast.TypeSpec); ok {
						holds[name+"."+each.Name.Name] = namedIn(name, each.Type)
					}
				}
			}
		}
	}
	carries := map[string]bool{}
	for _, subject := range subjects {
		carries[subject] = true
	}
	for grown := true; grown; {
		grown = false
		for name, held := range holds {
			for inner := range held {
				if carries[inner] && !carries[name] {
					carries[name], grown = true, true
				}
			}
		}
	}
	exported := maps.Clone(carries)
	maps.DeleteFunc(exported, func(name string, _ bool) bool {
		_, own, _ := strings.Cut(name, ".")
		return !ast.IsExported(own)
	})
	return slices.Sorted(maps.Keys(exported))
}

// namedIn returns the types that a type expression of a package names.
func namedIn(name string, expression ast.Expr) map[string]bool {
	named := map[string]bool{}
	ast.Inspect(expression, func(node ast.Node) bool {
		switch each := node.(type) {
		case *ast.Field:
			maps.Copy(named, namedIn(name, each.Type)) // and not what the field is called
			return false
		case *ast.SelectorExpr:
			if from, ok := each.X.(*ast.Ident); ok {
				named[from.Name+"."+each.Sel.Name] = true
			}
			return false
		case *ast.Ident:
			named[name+"."+each.Name] = true
		}
		return true
	})
	return named
}

// house returns the files of the library's packages by the name of each.
func house(t *testing.T) map[string][]*ast.File {
	t.Helper()
	packages := map[string][]*ast.File{}
	for dir := range arrows {
		files := read(t, dir).files
		packages[files[0].Name.Name] = files
	}
	return packages
}

func TestEveryTypeThatCarriesAPersonOrAFirmIsTried(t *testing.T) {
	var tried []string
	for _, each := range surfaces() {
		tried = append(tried, typeNames(each.carriers)...)
	}
	assert.ElementsMatch(t, carriersIn(house(t)), tried)
}

func TestCarriersAreFoundInSource(t *testing.T) {
	packages := map[string][]*ast.File{"p": {parsed(t, `package p
		import "union"
		type Plain struct{ Name string }
		type Direct struct{ held union.Name }
		type Key map[union.IDNumber]int
		type inner struct{ *Direct }
		type Outer[T any] struct{ list [][]inner }
		type Alias = Outer[int]`)}}
	assert.Equal(t, []string{"p.Alias", "p.Direct", "p.Key", "p.Outer", "union.CreditCode", "union.IDNumber", "union.Name"}, carriersIn(packages))
}

func parsed(t *testing.T, text string) *ast.File {
	t.Helper()
	file, err := parser.ParseFile(token.NewFileSet(), "p.go", text, parser.SkipObjectResolution)
	require.NoError(t, err)
	return file
}

// fill sets all that a value holds, unexported fields too: subjects to the
// canaries, and lists, maps and pointers to one element.
func fill(value reflect.Value, with laws.Canary, depth int) {
	if depth == 0 {
		return
	}
	if !value.CanSet() { // an unexported field, which its package alone can set otherwise
		value = reflect.NewAt(value.Type(), value.Addr().UnsafePointer()).Elem()
	}
	for _, subject := range []any{with.Name, with.ID, with.Firm} {
		if value.Type() == reflect.TypeOf(subject) {
			value.Set(reflect.ValueOf(subject))
			return
		}
	}
	if value.Type().String() == "competition.firmCode" {
		reflect.Copy(value, reflect.ValueOf([]byte(laws.CanaryFirm)))
		return
	}
	if value.Type().PkgPath() == module {
		return // the rest of the vocabulary carries nobody, and keeps its own invariants
	}
	switch value.Kind() {
	case reflect.Struct:
		for i := range value.NumField() {
			fill(value.Field(i), with, depth-1)
		}
	case reflect.Pointer:
		value.Set(reflect.New(value.Type().Elem()))
		fill(value.Elem(), with, depth-1)
	case reflect.Slice:
		value.Set(reflect.MakeSlice(value.Type(), 1, 1))
		fill(value.Index(0), with, depth-1)
	case reflect.Array:
		for i := range value.Len() {
			fill(value.Index(i), with, depth-1)
		}
	case reflect.Map:
		key, element := reflect.New(value.Type().Key()).Elem(), reflect.New(value.Type().Elem()).Elem()
		fill(key, with, depth-1)
		fill(element, with, depth-1)
		value.Set(reflect.MakeMap(value.Type()))
		value.SetMapIndex(key, element)
	}
}

// shownBy returns what programs write of a value by themselves.
func shownBy(value any) map[string]string {
	shown := map[string]string{}
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%X", "%d"} {
		shown[verb] = fmt.Sprintf(verb, value)
	}
	var logged bytes.Buffer
	for _, handler := range []slog.Handler{slog.NewTextHandler(&logged, nil), slog.NewJSONHandler(&logged, nil)} {
		slog.New(handler).With("with", value).Info("logged", "value", value, slog.Group("inner", "value", value))
	}
	shown["slog"] = logged.String()
	document, err := json.Marshal(value)
	shown["json"] = fmt.Sprint(string(document), err)
	if texter, ok := value.(encoding.TextMarshaler); ok {
		text, err := texter.MarshalText()
		shown["text"] = fmt.Sprint(string(text), err)
	}
	if valuer, ok := value.(driver.Valuer); ok {
		given, err := valuer.Value()
		shown["sql"] = fmt.Sprint(given, err)
	}
	if checked, ok := value.(interface{ Check() error }); ok {
		shown["error"] = fmt.Sprint(checked.Check())
	}
	return shown
}

// canariesIn returns the ways in which a value shows a canary, as it is, through a
// pointer and within others.
func canariesIn(t *testing.T, kind reflect.Type) []string {
	t.Helper()
	filled := reflect.New(kind)
	fill(filled.Elem(), laws.NewCanary(t), 8)
	value := filled.Elem().Interface()
	var told []string
	for _, held := range []any{value, filled.Interface(), []any{value}, map[string]any{"a": value}, struct{ Held, held any }{value, value}} {
		for way, text := range shownBy(held) {
			for range laws.CanariesIn(text) {
				told = append(told, fmt.Sprintf("%s by %s: %s", kind, way, text))
			}
		}
	}
	return told
}

func TestNoTypeShowsThePersonOrFirmThatItCarries(t *testing.T) {
	for _, each := range surfaces() {
		for _, kind := range each.carriers {
			t.Run(kind.String(), func(t *testing.T) { assert.Empty(t, canariesIn(t, kind)) })
		}
	}
}

// leaky keeps what a name reveals beside it.
type leaky struct {
	name union.Name
}

func (l leaky) String() string { return l.name.Reveal() }

// open writes itself whole in JSON alone.
type open struct{ ID union.IDNumber }

func (o open) MarshalJSON() ([]byte, error) { return json.Marshal(o.ID.Reveal()) }

func TestATypeThatShowsWhatItCarriesIsFound(t *testing.T) {
	assert.NotEmpty(t, canariesIn(t, reflect.TypeFor[leaky]()))
	assert.NotEmpty(t, canariesIn(t, reflect.TypeFor[open]()))
	assert.NotEmpty(t, canariesIn(t, reflect.TypeFor[*open]()))
}
