package house_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// The house as its source shows it: what each package may import, what none may
// do, and what every exported name owes its reader. The linter says the same;
// here it also holds for whoever runs the tests alone.

const module = "github.com/unioncampaign/union"

// arrows lists, for each package of the library, which of ours it may import.
// What lies under internal is open to all but keeps its own arrows.
var arrows = map[string][]string{
	".":           {},
	"campaign":    {"."},
	"aid":         {"."},
	"employment":  {"."},
	"assessment":  {"."},
	"competition": {".", "assessment"},
}

// inner lists, likewise, what under internal imports packages of ours: the simulator
// counts a year of all of them.
var inner = map[string][]string{
	"internal/simulate": {".", "campaign", "competition", "aid", "employment", "assessment"},
}

// beside lists the packages for users that are not pure, likewise: a runner of
// cases reads folders and serves tests.
var beside = map[string][]string{
	"casetest": {"."},
}

// openDirs are the packages that users import.
func openDirs() []string {
	return append(slices.Sorted(maps.Keys(arrows)), slices.Sorted(maps.Keys(beside))...)
}

type source struct {
	dir   string
	files []*ast.File
	tests []*ast.File
	set   *token.FileSet
}

// root leads from this folder to that of the house.
const root = "../.."

// read parses one folder of the house, and parses its tests apart.
func read(t *testing.T, dir string) source {
	t.Helper()
	s := source{dir: dir, set: token.NewFileSet()}
	names, err := filepath.Glob(filepath.Join(root, dir, "*.go"))
	require.NoError(t, err)
	for _, name := range names {
		file, err := parser.ParseFile(s.set, name, nil, parser.ParseComments|parser.SkipObjectResolution)
		require.NoError(t, err)
		if strings.HasSuffix(name, "_test.go") {
			s.tests = append(s.tests, file)
		} else {
			s.files = append(s.files, file)
		}
	}
	return s
}

// pureDirs are the six packages and what they stand on.
func pureDirs(t *testing.T) []string {
	t.Helper()
	dirs := []string{}
	for dir := range arrows {
		dirs = append(dirs, dir)
	}
	entries, err := os.ReadDir(filepath.Join(root, "internal"))
	require.NoError(t, err)
	for _, entry := range entries {
		if entry.Name() != "laws" && entry.Name() != "house" { // for tests alone
			dirs = append(dirs, path.Join("internal", entry.Name()))
		}
	}
	slices.Sort(dirs)
	return dirs
}

func TestPackagesImportOnlyWhatTheHouseAllows(t *testing.T) {
	refused := []string{"os", "net", "io/fs", "log", "sync", "context", "math/rand", "math/rand/v2", "unsafe", "embed", "sync/atomic", "os/exec"}
	for _, dir := range pureDirs(t) {
		s := read(t, dir)
		require.NotEmpty(t, s.files, "package %s has no source", dir)
		for _, file := range s.files {
			for _, spec := range file.Imports {
				name, err := strconv.Unquote(spec.Path.Value)
				require.NoError(t, err)
				where := s.set.Position(spec.Pos()).String()
				switch {
				case slices.Contains(refused, name) || strings.HasPrefix(name, "net/"):
					assert.Fail(t, "impure import", "%s imports %s", where, name)
				case strings.HasPrefix(name, module+"/internal/"):
				case name == module || strings.HasPrefix(name, module+"/"):
					ours := strings.TrimPrefix(strings.TrimPrefix(name, module), "/")
					if ours == "" {
						ours = "."
					}
					assert.Contains(t, slices.Concat(arrows[dir], inner[dir]), ours, "%s: no arrow leads from %s to %s", where, dir, ours)
				case strings.Contains(strings.Split(name, "/")[0], "."):
					assert.Equal(t, "github.com/shopspring/decimal", name, "%s imports a module that is not decimal", where)
				}
			}
		}
	}
}

func TestPackagesBesideThePureImportOnlyTheirArrows(t *testing.T) {
	for dir, arrows := range beside {
		s := read(t, dir)
		require.NotEmpty(t, s.files, "package %s has no source", dir)
		for _, file := range s.files {
			for _, spec := range file.Imports {
				name, err := strconv.Unquote(spec.Path.Value)
				require.NoError(t, err)
				ours, isOurs := strings.CutPrefix(name+"/", module+"/")
				switch {
				case strings.HasPrefix(ours, "internal/"):
				case isOurs:
					assert.Contains(t, arrows, path.Clean(ours), "%s: no arrow leads to %s", s.set.Position(spec.Pos()), name)
				default:
					assert.NotContains(t, strings.Split(name, "/")[0], ".", "%s imports a module", s.set.Position(spec.Pos()))
				}
			}
		}
	}
}

func TestPackagesKeepNoStateAndNoFloats(t *testing.T) {
	for _, dir := range pureDirs(t) {
		s := read(t, dir)
		for _, file := range s.files {
			for _, declaration := range file.Decls {
				if general, ok := declaration.(*ast.GenDecl); ok && general.Tok == token.VAR {
					for _, spec := range general.Specs {
						checkPackageVariable(t, s, spec.(*ast.ValueSpec))
					}
				}
			}
			ast.Inspect(file, func(node ast.Node) bool {
				where := func() string { return s.set.Position(node.Pos()).String() }
				switch each := node.(type) {
				case *ast.GoStmt:
					assert.Fail(t, "goroutine", where())
				case *ast.ChanType:
					assert.Fail(t, "channel", where())
				case *ast.Ident:
					if each.Name == "float64" || each.Name == "float32" {
						assert.Fail(t, "float", where())
					}
				case *ast.SelectorExpr:
					if inner, ok := each.X.(*ast.Ident); ok {
						called := inner.Name + "." + each.Sel.Name
						for _, refused := range []string{"time.Now", "time.Since", "fmt.Print", "fmt.Println", "fmt.Printf", "decimal.NewFromFloat", "decimal.DivisionPrecision"} {
							assert.NotEqual(t, refused, called, where())
						}
					}
				case *ast.FuncDecl:
					if each.Name.Name == "init" {
						assert.Fail(t, "init function", where())
					}
				case *ast.CallExpr:
					if called, ok := each.Fun.(*ast.Ident); ok && called.Name == "panic" {
						assert.True(t, insideMust(file, each.Pos()), "%s: only a Must function may panic", where())
					}
				}
				return true
			})
		}
	}
}

// checkPackageVariable lets through blank assertions, sentinels and fixed arrays:
// none of them can hold state that two callers share.
func checkPackageVariable(t *testing.T, s source, spec *ast.ValueSpec) {
	t.Helper()
	for i, name := range spec.Names {
		if name.Name == "_" || strings.HasPrefix(name.Name, "Err") || strings.HasPrefix(name.Name, "err") {
			continue
		}
		if i < len(spec.Values) {
			if literal, ok := spec.Values[i].(*ast.CompositeLit); ok {
				if array, ok := literal.Type.(*ast.ArrayType); ok && array.Len != nil {
					continue
				}
			}
		}
		assert.Fail(t, "package variable", "%s: %s is neither a sentinel nor a fixed array",
			s.set.Position(name.Pos()), name.Name)
	}
}

func insideMust(file *ast.File, at token.Pos) bool {
	for _, declaration := range file.Decls {
		if function, ok := declaration.(*ast.FuncDecl); ok && function.Pos() <= at && at < function.End() {
			return strings.HasPrefix(function.Name.Name, "Must") || strings.HasPrefix(function.Name.Name, "must")
		}
	}
	return false
}

func TestEveryExportedNameIsDocumented(t *testing.T) {
	for _, dir := range openDirs() {
		s := read(t, dir)
		documentedPackage := false
		for _, file := range s.files {
			documentedPackage = documentedPackage || file.Doc != nil
			for _, declaration := range file.Decls {
				switch each := declaration.(type) {
				case *ast.FuncDecl:
					if exported(each) {
						assert.NotEmpty(t, each.Doc.Text(), "%s: %s has no comment", s.set.Position(each.Pos()), each.Name.Name)
					}
				case *ast.GenDecl:
					for _, spec := range each.Specs {
						switch inner := spec.(type) {
						case *ast.TypeSpec:
							if inner.Name.IsExported() {
								assert.NotEmpty(t, each.Doc.Text()+inner.Doc.Text(), "%s: type %s has no comment", s.set.Position(inner.Pos()), inner.Name.Name)
							}
						case *ast.ValueSpec:
							if inner.Names[0].IsExported() {
								assert.NotEmpty(t, each.Doc.Text()+inner.Doc.Text()+inner.Comment.Text(), "%s: %s has no comment", s.set.Position(inner.Pos()), inner.Names[0].Name)
							}
						}
					}
				}
			}
		}
		assert.True(t, documentedPackage, "package %s has no comment", dir)
	}
}

// conventional methods do what the interface they serve says, and are shown by
// the Examples of the values that have them.
var conventional = regexp.MustCompile(`^(String|GoString|Format|LogValue|Error|Unwrap|Must.*|IsZero|Marshal.*|Unmarshal.*|Append(Text|Binary)|Value|Scan|ID|Rule|Spec)$`)

func TestEveryExportedFunctionThatComputesHasAnExample(t *testing.T) {
	for _, dir := range openDirs() {
		s := read(t, dir)
		examples := map[string]bool{}
		for _, file := range s.tests {
			for _, declaration := range file.Decls {
				if function, ok := declaration.(*ast.FuncDecl); ok && strings.HasPrefix(function.Name.Name, "Example") {
					examples[function.Name.Name] = true
				}
			}
		}
		shown := func(name string) bool {
			for example := range examples {
				// ExampleT_M and ExampleT_M_suffix, whose suffix is in lower case.
				rest, ok := strings.CutPrefix(example, "Example"+name)
				if ok && (rest == "" || rest[0] == '_' && len(rest) > 1 && strings.ToLower(rest[1:2]) == rest[1:2]) {
					return true
				}
			}
			return false
		}
		for _, file := range s.files {
			for _, declaration := range file.Decls {
				function, ok := declaration.(*ast.FuncDecl)
				if !ok || !exported(function) || conventional.MatchString(function.Name.Name) || accessor(function) {
					continue
				}
				name := function.Name.Name
				if receiver := receiverType(function); receiver != "" {
					name = receiver + "_" + name
				}
				assert.True(t, shown(name), "%s: no Example%s", s.set.Position(function.Pos()), name)
			}
		}
	}
}

// exported reports whether a function can be called from outside.
func exported(function *ast.FuncDecl) bool {
	receiver := receiverType(function)
	return function.Name.IsExported() && (function.Recv == nil || ast.IsExported(receiver))
}

func receiverType(function *ast.FuncDecl) string {
	if function.Recv == nil {
		return ""
	}
	kind := function.Recv.List[0].Type
	if pointer, ok := kind.(*ast.StarExpr); ok {
		kind = pointer.X
	}
	if generic, ok := kind.(*ast.IndexExpr); ok {
		kind = generic.X
	}
	if name, ok := kind.(*ast.Ident); ok {
		return name.Name
	}
	return ""
}

// accessor reports whether a function only hands out what is held: one return
// of names, fields and copies of slices.
func accessor(function *ast.FuncDecl) bool {
	if function.Body == nil || len(function.Body.List) != 1 {
		return false
	}
	result, ok := function.Body.List[0].(*ast.ReturnStmt)
	if !ok {
		return false
	}
	plain := true
	ast.Inspect(result, func(node ast.Node) bool {
		switch each := node.(type) {
		case *ast.CallExpr:
			switch called := each.Fun.(type) {
			case *ast.Ident:
				plain = plain && (called.Name == "len" || called.Name == "append")
			case *ast.SelectorExpr:
				plain = plain && (called.Sel.Name == "Clone")
			case *ast.ArrayType:
			default:
				plain = false
			}
		case *ast.BinaryExpr:
			plain = plain && (each.Op == token.EQL || each.Op == token.NEQ)
		}
		return plain
	})
	return plain
}

func TestNoFolderIsAStoreroom(t *testing.T) {
	refused := []string{"util", "utils", "helpers", "helper", "common", "types", "misc"}
	require.NoError(t, filepath.WalkDir(root, func(name string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if strings.HasPrefix(entry.Name(), ".") && name != root {
			if entry.IsDir() {
				return filepath.SkipDir
			}
			return nil
		}
		base := strings.TrimSuffix(strings.TrimSuffix(entry.Name(), ".go"), "_test")
		assert.NotContains(t, refused, base, name)
		return nil
	}))
}
