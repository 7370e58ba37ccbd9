package checker

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"slices"
)

// Rename gives the edits, in all files, that give what the name at a place
// stands for another name. The error says why it cannot be had.
func (c *Checker) Rename(files []File, name string, at int, to string) ([]Edit, error) {
	if !token.IsIdentifier(to) || to == "_" {
		return nil, fmt.Errorf("%q is not a name: use letters, digits and _, and no word of Go's own", to)
	}
	p := c.load(files)
	if len(p.syntax) > 0 {
		return nil, fmt.Errorf("the program has mistakes in its syntax: mend them first")
	}
	pos, file, ok := p.pos(name, at)
	if !ok {
		return nil, fmt.Errorf("there is no file %s", name)
	}
	id, nodes := p.identAt(file, pos)
	if id == nil {
		return nil, fmt.Errorf("there is no name here")
	}
	obj := p.object(id)
	if obj == nil {
		obj = p.implicit(id, nodes)
	}
	if err := p.renamable(obj, id.Name); err != nil {
		return nil, err
	}
	idents := p.occurrences(obj)
	edits := make([]Edit, 0, len(idents))
	for _, one := range idents {
		if span, ok := p.span(one.Pos(), one.End()); ok {
			edits = append(edits, Edit{span, to})
		}
	}
	return edits, c.tryRename(p, edits, to)
}

func (p *program) renamable(obj types.Object, name string) error {
	switch {
	case obj == nil:
		return fmt.Errorf("%s is not declared", name)
	case obj.Pkg() != p.pkg || obj.Pkg() == nil:
		return fmt.Errorf("%s belongs to Go or to a package, not to this program", name)
	case name == "main" && obj.Parent() == p.pkg.Scope(), name == "init" && !obj.Pos().IsValid():
		return fmt.Errorf("a program starts in func main: it keeps its name")
	}
	if _, ok := obj.(*types.PkgName); ok {
		return fmt.Errorf("%s is the name of a package", name)
	}
	return nil
}

// occurrences are the identifiers that stand for an object, in the order of
// the text. A struct that is embedded in another names a field of it, too.
func (p *program) occurrences(obj types.Object) (found []*ast.Ident) {
	same := map[token.Pos]bool{origin(obj).Pos(): true}
	all := map[*ast.Ident]types.Object{}
	for id, o := range p.info.Uses {
		all[id] = o
	}
	for id, o := range p.info.Defs {
		if o != nil {
			all[id] = o
		}
	}
	for again := true; again; {
		again = false
		for id, field := range p.info.Defs {
			v, ok := field.(*types.Var)
			if !ok || !v.IsField() || !v.Embedded() {
				continue
			}
			if used := p.info.Uses[id]; used != nil && same[origin(used).Pos()] != same[v.Pos()] {
				same[origin(used).Pos()], same[v.Pos()], again = true, true, true
			}
		}
	}
	for id, o := range all {
		if o.Pkg() == p.pkg && same[origin(o).Pos()] {
			found = append(found, id)
		}
	}
	for _, tree := range p.asts { // the variable of a type switch has no object where it is declared
		ast.Inspect(tree, func(n ast.Node) bool {
			if id, ok := n.(*ast.Ident); ok && same[id.Pos()] && all[id] == nil {
				found = append(found, id)
			}
			return true
		})
	}
	slices.SortFunc(found, func(a, b *ast.Ident) int { return int(a.Pos() - b.Pos()) })
	return slices.CompactFunc(found, func(a, b *ast.Ident) bool { return a.Pos() == b.Pos() })
}

// tryRename makes the edits and looks whether each name still means what it
// meant, which covers conflicts, names that would be hidden, and interfaces.
func (c *Checker) tryRename(p *program, edits []Edit, to string) error {
	changed := slices.Clone(p.files)
	for i := range changed {
		var own []Edit
		for _, e := range edits {
			if e.File == changed[i].Name {
				own = append(own, e)
			}
		}
		changed[i].Text = Apply(changed[i].Text, own)
	}
	after := c.check(changed)
	defer after.forget(c.fset)
	if len(after.faults) > len(p.faults) {
		for _, f := range after.faults {
			if !slices.ContainsFunc(p.faults, func(old fault) bool { return old.text == f.text }) {
				return fmt.Errorf("with the name %s the program would be wrong: %s", to, f.text)
			}
		}
	}
	if !slices.Equal(p.meanings(), after.meanings()) {
		return fmt.Errorf("the name %s is taken: some uses would mean something else", to)
	}
	return nil
}

// meanings says of each identifier, in order, which of them declares it.
func (p *program) meanings() (list []int) {
	var order []*ast.Ident
	number := map[token.Pos]int{}
	for _, tree := range p.asts {
		ast.Inspect(tree, func(n ast.Node) bool {
			if id, ok := n.(*ast.Ident); ok {
				number[id.Pos()] = len(order)
				order = append(order, id)
			}
			return true
		})
	}
	for _, id := range order {
		meaning := -1
		if obj := p.object(id); obj != nil {
			meaning = -2
			if obj.Pkg() == p.pkg {
				if n, ok := number[origin(obj).Pos()]; ok {
					meaning = n
				}
			}
		}
		list = append(list, meaning)
	}
	return list
}

// origin is the declaration of a field or method of which an object is an instance.
func origin(obj types.Object) types.Object {
	switch obj := obj.(type) {
	case *types.Var:
		return obj.Origin()
	case *types.Func:
		return obj.Origin()
	}
	return obj
}

func tokenLength(obj types.Object) token.Pos { return token.Pos(len(obj.Name())) }
