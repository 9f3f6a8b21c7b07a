// Command casecover completes a coverage profile. In a profile of go test no
// block holds the conditions of a switch's cases, nor the expressions of
// constants and variables of a package, so a mutation tester takes each change to
// them for one that no test could see. casecover adds blocks for them:
//
//   - the expressions of a case, if the body of the case or of a later one ran;
//   - the expressions of package declarations, which run whenever the package does.
//
// A case after which nothing ran stays not covered. The profile is rewritten in
// place:
//
//	casecover module-path profile
//
// It is to run in the module's root.
package main

import (
	"bufio"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"strings"

	"golang.org/x/tools/cover"
)

func main() {
	if len(os.Args) != 3 {
		fmt.Fprintln(os.Stderr, "usage: casecover module-path profile")
		os.Exit(2)
	}
	if err := complete(os.Args[1], os.Args[2]); err != nil {
		fmt.Fprintln(os.Stderr, "casecover:", err)
		os.Exit(1)
	}
}

// complete appends to the profile at path the blocks that it lacks.
func complete(module, path string) error {
	profiles, err := cover.ParseProfiles(path)
	if err != nil {
		return err
	}
	profile, err := os.OpenFile(path, os.O_APPEND|os.O_WRONLY, 0)
	if err != nil {
		return err
	}
	out := bufio.NewWriter(profile)
	for _, each := range profiles {
		if err := completeFile(out, module, each); err != nil {
			_ = profile.Close()
			return err
		}
	}
	if err := out.Flush(); err != nil {
		_ = profile.Close()
		return err
	}
	return profile.Close()
}

// completeFile writes the blocks that one file's profile lacks.
func completeFile(out *bufio.Writer, module string, profile *cover.Profile) error {
	name := strings.TrimPrefix(strings.TrimPrefix(profile.FileName, module), "/")
	files := token.NewFileSet()
	file, err := parser.ParseFile(files, name, nil, parser.SkipObjectResolution)
	if err != nil {
		return err
	}
	ran := func(from, to token.Pos) bool {
		first, last := files.Position(from), files.Position(to)
		for _, block := range profile.Blocks {
			begins := block.StartLine > first.Line || block.StartLine == first.Line && block.StartCol >= first.Column
			ends := block.EndLine < last.Line || block.EndLine == last.Line && block.EndCol <= last.Column
			if block.Count > 0 && begins && ends {
				return true
			}
		}
		return false
	}
	write := func(from, to token.Pos) {
		first, last := files.Position(from), files.Position(to)
		_, _ = fmt.Fprintf(out, "%s:%d.%d,%d.%d 1 1\n", profile.FileName, first.Line, first.Column, last.Line, last.Column)
	}
	for _, declaration := range file.Decls {
		if general, ok := declaration.(*ast.GenDecl); ok && general.Tok != token.IMPORT && general.Tok != token.TYPE {
			write(general.Pos(), general.End())
		}
	}
	ast.Inspect(file, func(node ast.Node) bool {
		choice, ok := node.(*ast.SwitchStmt)
		if !ok {
			return true
		}
		later := false
		for i := len(choice.Body.List) - 1; i >= 0; i-- {
			clause := choice.Body.List[i].(*ast.CaseClause)
			// The block of a body begins at the colon of its case.
			later = later || ran(clause.Colon, clause.End()+1)
			if later && len(clause.List) > 0 {
				write(clause.Case, clause.Colon)
			}
		}
		return true
	})
	return nil
}
