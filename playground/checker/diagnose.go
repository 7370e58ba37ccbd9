package checker

import (
	"cmp"
	"fmt"
	"go/ast"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Diagnostic is something that is wrong with a program, in the compiler's words.
type Diagnostic struct {
	Span
	Message string
	// Hint is a plain line about it that takes the program to know; the page has
	// others, which follow from the message alone.
	Hint  string
	Fixes []Fix
}

// Fix is a way to put it right.
type Fix struct {
	Label string
	Edits []Edit
}

// mostDiagnostics is how many are told: a page full of them helps nobody.
const mostDiagnostics = 50

// Diagnose says what is wrong with a program. As the compiler does, it says
// nothing of types while the text has mistakes in its syntax, of which it tells
// the first of each file: the others mostly follow from it.
func (c *Checker) Diagnose(files []File) []Diagnostic {
	p := c.load(files)
	faults := p.syntax
	if len(faults) == 0 {
		faults = slices.Concat(p.faults, p.unfinished())
	}
	var found []Diagnostic
	for _, f := range faults {
		span, ok := p.span(f.pos, f.pos)
		if !ok || len(found) == mostDiagnostics {
			continue
		}
		d := Diagnostic{Span: p.word(span), Message: f.text}
		if len(p.syntax) == 0 {
			c.explain(p, f, &d)
		}
		found = append(found, d)
	}
	slices.SortStableFunc(found, func(a, b Diagnostic) int {
		return cmp.Or(cmp.Compare(p.index(a.File), p.index(b.File)), cmp.Compare(a.From, b.From))
	})
	// What follows from the first mistake of a place helps nobody.
	return slices.CompactFunc(found, func(a, b Diagnostic) bool { return a.File == b.File && a.From == b.From })
}

// unfinished is what the compiler says and the type checker does not: there
// must be a main, and functions need bodies.
func (p *program) unfinished() (faults []fault) {
	for _, tree := range p.asts {
		for _, decl := range tree.Decls {
			if f, ok := decl.(*ast.FuncDecl); ok && f.Body == nil {
				faults = append(faults, fault{f.Name.Pos(), "missing function body"})
			}
		}
	}
	if len(p.asts) > 0 && p.pkg != nil && p.pkg.Name() == "main" && p.pkg.Scope().Lookup("main") == nil {
		faults = append(faults, fault{p.asts[0].Name.Pos(), "function main is undeclared in the main package"})
	}
	return faults
}

// word widens a place to the word or string that begins there.
func (p *program) word(at Span) Span {
	text := p.files[p.index(at.File)].Text
	from := fromUTF16(text, at.From)
	to := from
	if rest := text[from:]; rest != "" && (rest[0] == '"' || rest[0] == '`') {
		to += quoted(rest)
	}
	for to < len(text) && to-from < 200 {
		r, size := utf8.DecodeRuneInString(text[to:])
		if r != '_' && !unicode.IsLetter(r) && !unicode.IsDigit(r) {
			break
		}
		to += size
	}
	at.To = toUTF16(text, to)
	if at.To == at.From && from < len(text) && text[from] != '\n' {
		at.To++
	}
	return at
}

// quoted is the length of the string that a text begins with, in its first line.
func quoted(text string) int {
	for i := 1; i < len(text) && text[i] != '\n'; i++ {
		switch {
		case text[i] == text[0]:
			return i + 1
		case text[i] == '\\' && text[0] == '"':
			i++
		}
	}
	return len(text) - len(strings.TrimLeft(text, "\"`"))
}

// explain adds what helps with a message: a name that was meant, an import.
func (c *Checker) explain(p *program, f fault, d *Diagnostic) {
	if spec := p.unusedImport(f); spec != nil {
		d.Fixes = append(d.Fixes, Fix{"Remove the import", []Edit{p.removal(spec)}})
		return
	}
	id, sel := p.unresolved(f)
	if id == nil {
		return
	}
	if sel == nil {
		for _, path := range c.named(id.Name) {
			if edit, ok := c.importEdit(p, d.File, path); ok {
				d.Fixes = append(d.Fixes, Fix{fmt.Sprintf("Import %q", path), []Edit{edit}})
			}
		}
		if len(d.Fixes) > 0 {
			return
		}
	}
	var names []string
	if sel != nil {
		names = p.memberNames(sel)
	} else {
		names = p.namesAt(id.Pos())
	}
	for i, name := range nearest(id.Name, names) {
		if i == 0 {
			d.Hint = "did you mean " + name + "?"
		}
		d.Fixes = append(d.Fixes, Fix{"Change to " + name, []Edit{{d.Span, name}}})
	}
}

// unresolved is the identifier that a message says does not exist, and the
// selector it belongs to, if it does.
func (p *program) unresolved(f fault) (*ast.Ident, *ast.SelectorExpr) {
	if !strings.Contains(f.text, "undefined") && !strings.Contains(f.text, "unknown field") {
		return nil, nil
	}
	for _, tree := range p.asts {
		if f.pos < tree.FileStart || f.pos > tree.FileEnd {
			continue
		}
		nodes := path(tree, f.pos)
		if len(nodes) < 2 {
			return nil, nil
		}
		id, ok := nodes[0].(*ast.Ident)
		if !ok || p.object(id) != nil {
			return nil, nil
		}
		sel, _ := nodes[1].(*ast.SelectorExpr)
		if sel != nil && sel.Sel != id {
			sel = nil
		}
		return id, sel
	}
	return nil, nil
}
