package toolchain

import (
	"context"
	"errors"
	"go/ast"
	"go/token"
	"os"
	"path/filepath"
	"slices"
)

// checkerFlags leave out inlining: the checker is small on the wire rather
// than a little faster at what takes it milliseconds.
const checkerFlags = "-gcflags=all=-l"

// checkerTrims take out of the standard library's importer what the checker
// has no use for: other compilers, and looking for packages on a disk, which
// brings the go command, debug information and hashes along.
var checkerTrims = map[string]func(*ast.File) error{
	"src/go/importer/importer.go":           keepCompilerGC,
	"src/internal/exportdata/exportdata.go": dropFinding,
	"src/internal/pkgbits/encoder.go":       dropWriting,
}

// addChecker builds the checker, which tells the editor what is wrong with a
// program while it is written.
func (b *builder) addChecker(ctx context.Context, p *parts) error {
	if _, err := os.Stat(filepath.Join(b.module, "cmd", "wasm", "checker")); errors.Is(err, os.ErrNotExist) {
		b.warn("there is no cmd/wasm/checker, so editors in the page do not check programs")
		return nil
	}
	out := filepath.Join(b.work, checkerWasm)
	p.files[checkerWasm] = out
	return b.log.step("building the checker", func() error {
		overlay, err := writeOverlay(b.goTool.Root, b.work, checkerTrims)
		if err == nil {
			err = b.goBuild(ctx, out, "./cmd/wasm/checker", checkerFlags, "-overlay", overlay)
		}
		if err == nil || ctx.Err() != nil {
			return err
		}
		b.warn("the checker is bigger than it need be: %v", err)
		return b.goBuild(ctx, out, "./cmd/wasm/checker", checkerFlags)
	})
}

// keepCompilerGC leaves one compiler to import from.
func keepCompilerGC(file *ast.File) error {
	cut := 0
	ast.Inspect(file, func(n ast.Node) bool {
		s, ok := n.(*ast.SwitchStmt)
		if !ok || !isIdent(s.Tag, "compiler") {
			return true
		}
		s.Body.List = slices.DeleteFunc(s.Body.List, func(s ast.Stmt) bool {
			lit, ok := s.(*ast.CaseClause).List[0].(*ast.BasicLit)
			other := ok && lit.Value != `"gc"`
			if other {
				cut++
			}
			return other
		})
		return false
	})
	file.Decls = slices.DeleteFunc(file.Decls, func(d ast.Decl) bool { return mentions(d, "gccgoimporter") || mentions(d, "gccgoimports") })
	if cut == 0 {
		return errors.New("no switch over compilers found")
	}
	dropUnusedImports(file)
	return nil
}

// dropFinding makes the functions that look for packages say that there are none.
func dropFinding(file *ast.File) error {
	found := false
	file.Decls = slices.DeleteFunc(file.Decls, func(d ast.Decl) bool {
		if f, ok := d.(*ast.FuncDecl); ok && f.Name.Name == "FindPkg" {
			found = true
			f.Body = &ast.BlockStmt{List: []ast.Stmt{&ast.ReturnStmt{Results: []ast.Expr{
				emptyText(), emptyText(), &ast.CallExpr{Fun: &ast.SelectorExpr{X: ast.NewIdent("errors"), Sel: ast.NewIdent("New")}, Args: []ast.Expr{emptyText()}},
			}}}}
			return false
		}
		return mentions(d, "build") || mentions(d, "exec") || mentions(d, "exportMap")
	})
	if !found {
		return errors.New("no function FindPkg found")
	}
	dropUnusedImports(file)
	return nil
}

// dropWriting leaves out the function that writes export data, for its hash.
func dropWriting(file *ast.File) error {
	before := len(file.Decls)
	file.Decls = slices.DeleteFunc(file.Decls, func(d ast.Decl) bool { return mentions(d, "sha256") })
	if len(file.Decls) == before {
		return errors.New("nothing mentions sha256")
	}
	dropUnusedImports(file)
	return nil
}

func emptyText() ast.Expr { return &ast.BasicLit{Kind: token.STRING, Value: `""`} }

// mentions reports whether a declaration, other than an import, has an identifier.
func mentions(d ast.Decl, name string) (found bool) {
	if gen, ok := d.(*ast.GenDecl); ok && gen.Tok == token.IMPORT {
		return false
	}
	ast.Inspect(d, func(n ast.Node) bool {
		if id, ok := n.(*ast.Ident); ok && id.Name == name {
			found = true
		}
		return !found
	})
	return found
}
