package main

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// The program's figures are the library's: its own source counts nothing but
// the lines of the files that it reads.
func TestTheProgramDoesNoArithmeticOnRecords(t *testing.T) {
	counted := map[string]bool{"line": true, "lines": true}
	names, err := filepath.Glob("*.go")
	require.NoError(t, err)
	set := token.NewFileSet()
	read := 0
	for _, name := range names {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		read++
		file, err := parser.ParseFile(set, name, nil, 0)
		require.NoError(t, err)
		ast.Inspect(file, func(node ast.Node) bool {
			switch each := node.(type) {
			case *ast.BinaryExpr:
				switch each.Op {
				case token.ADD, token.SUB, token.MUL, token.QUO, token.SHL, token.SHR:
					assert.Fail(t, "arithmetic", "%s: %s", set.Position(each.Pos()), each.Op)
				}
			case *ast.AssignStmt:
				switch each.Tok {
				case token.ADD_ASSIGN, token.SUB_ASSIGN, token.MUL_ASSIGN, token.QUO_ASSIGN:
					assert.Fail(t, "arithmetic", "%s: %s", set.Position(each.Pos()), each.Tok)
				}
			case *ast.IncDecStmt:
				counter, ok := each.X.(*ast.Ident)
				assert.True(t, ok && counted[counter.Name], "%s: %s on something that is no line number", set.Position(each.Pos()), each.Tok)
			}
			return true
		})
	}
	assert.Positive(t, read, "no source was read")
}
