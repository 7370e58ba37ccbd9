package toolchain

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"go/ast"
	"go/format"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

// The overlay replaces a few files of the Go tools, while they are built, by
// copies in which only the wasm back end is left. The copies are made from the
// local sources and never kept in the repository. An edit that does not find
// what it expects is an error, so that a changed Go release is noticed.

// keepArch is the one architecture that programs in the page are compiled for.
const keepArch = "wasm"

// trims says how to make each file smaller.
var trims = map[string]func(*ast.File) error{
	"src/cmd/compile/main.go":                dropBackEnds,
	"src/cmd/link/main.go":                   dropBackEnds,
	"src/cmd/compile/internal/ssa/config.go": deadenCases,
}

// writeOverlay writes the trimmed copies and overlay.json into dir, and returns the path of the latter.
func writeOverlay(goroot, dir string, trims map[string]func(*ast.File) error) (string, error) {
	overlay := struct{ Replace map[string]string }{map[string]string{}}
	for name, trim := range trims {
		from := filepath.Join(goroot, filepath.FromSlash(name))
		text, err := trimFile(from, trim)
		if err != nil {
			return "", fmt.Errorf("trimming %s: %w", name, err)
		}
		to := filepath.Join(dir, strings.ReplaceAll(name, "/", "_"))
		if err := os.WriteFile(to, text, 0o644); err != nil {
			return "", err
		}
		overlay.Replace[from] = to
	}
	text, err := json.Marshal(overlay)
	if err != nil {
		return "", err
	}
	path := filepath.Join(dir, "overlay.json")
	return path, os.WriteFile(path, text, 0o644)
}

func trimFile(path string, trim func(*ast.File) error) ([]byte, error) {
	fset := token.NewFileSet()
	// Comments are left out: they would land in odd places once code is gone.
	file, err := parser.ParseFile(fset, path, nil, parser.SkipObjectResolution)
	if err != nil {
		return nil, err
	}
	if err := trim(file); err != nil {
		return nil, err
	}
	var out bytes.Buffer
	err = format.Node(&out, fset, file)
	return out.Bytes(), err
}

// dropBackEnds removes the map entries and switch cases of other architectures,
// and the imports that only they used.
func dropBackEnds(file *ast.File) error {
	entries := 0
	ast.Inspect(file, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.CompositeLit:
			n.Elts = slices.DeleteFunc(n.Elts, func(e ast.Expr) bool {
				kv, ok := e.(*ast.KeyValueExpr)
				return ok && otherArch([]ast.Expr{kv.Key}, &entries)
			})
		case *ast.SwitchStmt:
			n.Body.List = slices.DeleteFunc(n.Body.List, func(s ast.Stmt) bool {
				return otherArch(s.(*ast.CaseClause).List, &entries)
			})
		}
		return true
	})
	if entries < 2 {
		return errors.New("no table of architectures found")
	}
	if !dropUnusedImports(file)[keepArch] {
		return errors.New("the wasm back end is not used")
	}
	return nil
}

// otherArch reports whether a list of labels, all of them strings, is without the kept architecture.
func otherArch(labels []ast.Expr, found *int) bool {
	if len(labels) == 0 {
		return false
	}
	for _, label := range labels {
		lit, ok := label.(*ast.BasicLit)
		if !ok || lit.Kind != token.STRING || lit.Value == strconv.Quote(keepArch) {
			return false
		}
	}
	*found++
	return true
}

// dropUnusedImports returns the names of the packages that are used.
func dropUnusedImports(file *ast.File) map[string]bool {
	used := map[string]bool{}
	ast.Inspect(file, func(n ast.Node) bool {
		if sel, ok := n.(*ast.SelectorExpr); ok {
			if pkg, ok := sel.X.(*ast.Ident); ok {
				used[pkg.Name] = true
			}
		}
		return true
	})
	for _, decl := range file.Decls {
		gen, ok := decl.(*ast.GenDecl)
		if !ok || gen.Tok != token.IMPORT {
			continue
		}
		gen.Specs = slices.DeleteFunc(gen.Specs, func(s ast.Spec) bool {
			path := strings.Trim(s.(*ast.ImportSpec).Path.Value, `"`)
			return !used[path[strings.LastIndex(path, "/")+1:]]
		})
	}
	return used
}

// deadenCases puts what other architectures' cases do behind "if false". The
// compiler drops it, and all that it alone refers to, yet every name stays in use.
func deadenCases(file *ast.File) error {
	found := 0
	ast.Inspect(file, func(n ast.Node) bool {
		sw, ok := n.(*ast.SwitchStmt)
		if !ok || !isIdent(sw.Tag, "arch") {
			return true
		}
		for _, s := range sw.Body.List {
			if clause := s.(*ast.CaseClause); otherArch(clause.List, &found) {
				clause.Body = behindFalse(clause.Body)
			}
		}
		return true
	})
	if found < 2 {
		return errors.New("no switch over the architecture found")
	}
	return nil
}

func behindFalse(body []ast.Stmt) []ast.Stmt {
	var last []ast.Stmt
	if n := len(body); n > 0 {
		if branch, ok := body[n-1].(*ast.BranchStmt); ok && branch.Tok == token.FALLTHROUGH {
			body, last = body[:n-1], body[n-1:]
		}
	}
	dead := &ast.IfStmt{Cond: ast.NewIdent("false"), Body: &ast.BlockStmt{List: body}}
	return append([]ast.Stmt{dead}, last...)
}

func isIdent(e ast.Expr, name string) bool {
	id, ok := e.(*ast.Ident)
	return ok && id.Name == name
}
