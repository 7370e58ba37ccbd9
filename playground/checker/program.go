package checker

import (
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/scanner"
	"go/token"
	"go/types"
)

// program is a text and all that is known of it.
type program struct {
	files  []File
	asts   []*ast.File
	tokens []*token.File
	pkg    *types.Package
	info   *types.Info
	syntax []fault // the first of each file
	faults []fault // what the type checker says
}

// fault is a message about a place.
type fault struct {
	pos  token.Pos
	text string
}

func (c *Checker) check(files []File) *program {
	p := &program{files: files, info: &types.Info{
		Types: map[ast.Expr]types.TypeAndValue{}, Instances: map[*ast.Ident]types.Instance{},
		Defs: map[*ast.Ident]types.Object{}, Uses: map[*ast.Ident]types.Object{},
		Implicits: map[ast.Node]types.Object{}, Selections: map[*ast.SelectorExpr]*types.Selection{},
		Scopes: map[ast.Node]*types.Scope{},
	}}
	for _, file := range files {
		p.parse(c.fset, file)
	}
	config := types.Config{
		GoVersion: c.options.GoVersion, Importer: c.importer, Sizes: types.SizesFor("gc", "wasm"),
		Error: func(err error) { p.add(err) },
	}
	// What is wrong has been reported one by one.
	p.pkg, _ = config.Check("main", c.fset, p.asts, p.info)
	return p
}

func (p *program) parse(fset *token.FileSet, file File) {
	tree, err := parser.ParseFile(fset, file.Name, file.Text, parser.ParseComments|parser.AllErrors|parser.SkipObjectResolution)
	at := fset.File(tree.FileStart)
	p.asts, p.tokens = append(p.asts, tree), append(p.tokens, at)
	var list scanner.ErrorList
	if !errors.As(err, &list) {
		return
	}
	list.Sort()
	p.syntax = append(p.syntax, fault{at.Pos(min(list[0].Pos.Offset, at.Size())), "syntax error: " + list[0].Msg})
}

// add keeps a message of the type checker. One that begins with a tab goes on
// with the message before it, and says where, as the compiler prints it.
func (p *program) add(err error) {
	var fail types.Error
	if !errors.As(err, &fail) {
		return
	}
	if last := len(p.faults) - 1; last >= 0 && fail.Msg != "" && fail.Msg[0] == '\t' {
		p.faults[last].text += fmt.Sprintf("\n%s: %s", fail.Fset.Position(fail.Pos), fail.Msg[1:])
		return
	}
	p.faults = append(p.faults, fault{fail.Pos, fail.Msg})
}

// index is the number of a file, or -1.
func (p *program) index(name string) int {
	for i, file := range p.files {
		if file.Name == name {
			return i
		}
	}
	return -1
}

// pos is a place of a file, given in UTF-16 units; ok is false for a file that is not there.
func (p *program) pos(name string, at int) (pos token.Pos, file int, ok bool) {
	file = p.index(name)
	if file < 0 {
		return token.NoPos, 0, false
	}
	return p.tokens[file].Pos(fromUTF16(p.files[file].Text, at)), file, true
}

// span is a part of a file in UTF-16 units.
func (p *program) span(from, to token.Pos) (Span, bool) {
	for i, file := range p.tokens {
		if int(from) >= file.Base() && int(from) <= file.Base()+file.Size() {
			text := p.files[i].Text
			end := min(int(to)-file.Base(), file.Size())
			return Span{p.files[i].Name, toUTF16(text, int(from)-file.Base()), toUTF16(text, end)}, true
		}
	}
	return Span{}, false
}

// object is what an identifier stands for, where it is declared or used.
func (p *program) object(id *ast.Ident) types.Object {
	if obj := p.info.Defs[id]; obj != nil {
		return obj
	}
	return p.info.Uses[id]
}
