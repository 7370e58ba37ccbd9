package checker

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"strings"
)

// unusedImport is the import that a message says is not used, or nil.
func (p *program) unusedImport(f fault) *ast.ImportSpec {
	if !strings.Contains(f.text, "imported") || !strings.Contains(f.text, "not used") {
		return nil
	}
	for _, tree := range p.asts {
		for _, spec := range tree.Imports {
			if f.pos >= spec.Pos() && f.pos <= spec.End() {
				return spec
			}
		}
	}
	return nil
}

// unusedImports are the imports of a file that nothing in it uses.
func (p *program) unusedImports(file int) (found []*ast.ImportSpec) {
	for _, f := range p.faults {
		spec := p.unusedImport(f)
		if spec != nil && spec.Pos() >= p.asts[file].FileStart && spec.End() <= p.asts[file].FileEnd {
			found = append(found, spec)
		}
	}
	return found
}

// removal takes an import out, with its line, or with its declaration if it is
// the only one of it.
func (p *program) removal(spec *ast.ImportSpec) Edit {
	from, to := spec.Pos(), spec.End()
	if spec.Doc != nil {
		from = spec.Doc.Pos()
	}
	if spec.Comment != nil {
		to = spec.Comment.End()
	}
	for _, tree := range p.asts {
		for _, decl := range tree.Decls {
			if d, ok := decl.(*ast.GenDecl); ok && d.Tok == token.IMPORT && len(d.Specs) == 1 && d.Specs[0] == spec {
				from, to = d.Pos(), max(d.End(), to)
			}
		}
	}
	span, _ := p.span(from, to)
	return Edit{p.lines(span), ""}
}

// lines widens a span to whole lines if nothing else stands in them.
func (p *program) lines(s Span) Span {
	text := p.files[p.index(s.File)].Text
	from, to := fromUTF16(text, s.From), fromUTF16(text, s.To)
	start := strings.LastIndexByte(text[:from], '\n') + 1
	end := len(text)
	if i := strings.IndexByte(text[to:], '\n'); i >= 0 {
		end = to + i + 1
	}
	if strings.TrimSpace(text[start:from]) == "" && strings.TrimSpace(text[to:end]) == "" {
		return Span{s.File, toUTF16(text, start), toUTF16(text, end)}
	}
	return s
}

// importEdit adds an import to a file; ok is false if it has it already.
func (c *Checker) importEdit(p *program, name, path string) (edit Edit, ok bool) {
	file := p.index(name)
	if file < 0 {
		return edit, false
	}
	tree := p.asts[file]
	var group *ast.GenDecl
	for _, spec := range tree.Imports {
		if specPath(spec) == path && (spec.Name == nil || spec.Name.Name != "_") {
			return edit, false
		}
	}
	for _, decl := range tree.Decls {
		if d, ok := decl.(*ast.GenDecl); ok && d.Tok == token.IMPORT && d.Lparen.IsValid() && group == nil {
			group = d
		}
	}
	at, text := c.placeImport(tree, group, path)
	span, ok := p.span(at, at)
	return Edit{span, text}, ok && tree.Name.Name != "_"
}

// placeImport says where a new import goes and how it is written: into the
// group of its kind, the standard library's before the others.
func (c *Checker) placeImport(tree *ast.File, group *ast.GenDecl, path string) (token.Pos, string) {
	if group == nil {
		return placeDeclaration(tree, path)
	}
	var before, last ast.Spec // in its own kind
	for _, spec := range group.Specs {
		other := specPath(spec.(*ast.ImportSpec))
		if std(other) != std(path) {
			continue
		}
		if last = spec; other < path {
			before = spec
		}
	}
	switch {
	case before != nil:
		return before.End(), fmt.Sprintf("\n\t%q", path)
	case last != nil, len(group.Specs) == 0:
		return group.Lparen + 1, fmt.Sprintf("\n\t%q", path)
	case std(path):
		return group.Lparen + 1, fmt.Sprintf("\n\t%q\n", path)
	}
	return group.Specs[len(group.Specs)-1].End(), fmt.Sprintf("\n\n\t%q", path)
}

// placeDeclaration is for a file whose imports stand one by one, or that has none.
func placeDeclaration(tree *ast.File, path string) (token.Pos, string) {
	at, text := tree.Name.End(), fmt.Sprintf("\n\nimport %q", path)
	for _, spec := range tree.Imports {
		if other := specPath(spec); std(other) == std(path) && other < path || std(other) && !std(path) {
			at, text = spec.End(), fmt.Sprintf("\nimport %q", path)
		}
	}
	return at, text
}

func std(path string) bool {
	first, _, _ := strings.Cut(path, "/")
	return !strings.Contains(first, ".")
}

// missingImports are the packages that a file uses without importing them:
// names before a dot that mean nothing, if an importable package of the name
// has all that is used of it.
func (c *Checker) missingImports(p *program, file int) (paths []string) {
	used := map[string][]string{}
	var order []string
	ast.Inspect(p.asts[file], func(n ast.Node) bool {
		sel, ok := n.(*ast.SelectorExpr)
		if !ok {
			return true
		}
		if id, ok := sel.X.(*ast.Ident); ok && p.object(id) == nil {
			if used[id.Name] == nil {
				order = append(order, id.Name)
			}
			used[id.Name] = append(used[id.Name], sel.Sel.Name)
		}
		return true
	})
	for _, name := range order {
		for _, path := range c.named(name) {
			if pkg := c.imported(path); pkg != nil && hasAll(pkg, used[name]) {
				paths = append(paths, path)
				break
			}
		}
	}
	return paths
}

func hasAll(pkg *types.Package, names []string) bool {
	for _, name := range names {
		if obj := pkg.Scope().Lookup(name); obj == nil || !obj.Exported() {
			return false
		}
	}
	return true
}
