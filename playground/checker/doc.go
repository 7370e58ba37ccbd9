package checker

import (
	"go/ast"
	"go/doc/comment"
	"go/token"
	"go/types"
	"strings"
)

// DocKey says whose documentation belongs to something: a name of a package,
// or Type.Member; the empty name is the package itself. The texts of imported
// packages are not the checker's: who asks it has them.
type DocKey struct{ Package, Name string }

func docKey(obj types.Object, owner string) DocKey {
	if name, ok := obj.(*types.PkgName); ok {
		return DocKey{name.Imported().Path(), ""}
	}
	if obj.Pkg() == nil {
		return DocKey{"builtin", obj.Name()}
	}
	if owner != "" {
		return DocKey{obj.Pkg().Path(), owner + "." + obj.Name()}
	}
	return DocKey{obj.Pkg().Path(), obj.Name()}
}

// docOf is the first paragraph of what the program itself says about one of
// its declarations.
func (p *program) docOf(obj types.Object) string {
	for _, tree := range p.asts {
		if obj.Pos() < tree.FileStart || obj.Pos() > tree.FileEnd {
			continue
		}
		for _, n := range path(tree, obj.Pos()) {
			if group := docComment(n); group != nil {
				return Synopsis(group.Text())
			}
			switch n.(type) {
			case *ast.BlockStmt, *ast.FuncDecl:
				return ""
			}
		}
	}
	return ""
}

func docComment(n ast.Node) *ast.CommentGroup {
	switch n := n.(type) {
	case *ast.FuncDecl:
		return n.Doc
	case *ast.GenDecl:
		if n.Tok != token.IMPORT {
			return n.Doc
		}
	case *ast.TypeSpec:
		return first(n.Doc, n.Comment)
	case *ast.ValueSpec:
		return first(n.Doc, n.Comment)
	case *ast.Field:
		return first(n.Doc, n.Comment)
	}
	return nil
}

func first(groups ...*ast.CommentGroup) *ast.CommentGroup {
	for _, g := range groups {
		if g != nil {
			return g
		}
	}
	return nil
}

// Synopsis is the first paragraph of a doc comment, as one line of plain text.
func Synopsis(text string) string {
	parser := comment.Parser{ // links become their text
		LookupPackage: func(name string) (string, bool) { return name, true },
		LookupSym:     func(_, _ string) bool { return true },
	}
	for _, block := range parser.Parse(text).Content {
		if paragraph, ok := block.(*comment.Paragraph); ok {
			printer := comment.Printer{TextWidth: -1}
			plain := printer.Text(&comment.Doc{Content: []comment.Block{paragraph}})
			return strings.Join(strings.Fields(string(plain)), " ")
		}
	}
	return ""
}
