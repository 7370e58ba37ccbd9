package checker

import (
	"fmt"
	"go/ast"
	"go/types"
	"strings"
)

// Hover is what a name means.
type Hover struct {
	Span
	Code string // its declaration, in Go
	Text string // what the program says about it
	Doc  DocKey // where more is said, if it is not the program's
}

// Hover tells what the name at a place means; ok is false where there is none.
func (c *Checker) Hover(files []File, name string, at int) (h Hover, ok bool) {
	p := c.load(files)
	pos, file, ok := p.pos(name, at)
	if !ok {
		return h, false
	}
	id, nodes := p.identAt(file, pos)
	if id == nil {
		return h, false
	}
	obj := p.object(id)
	if obj == nil {
		obj = p.implicit(id, nodes)
	}
	if obj == nil {
		return h, false
	}
	h.Span, _ = p.span(id.Pos(), id.End())
	h.Code = p.describe(obj, id)
	if obj.Pkg() == p.pkg && p.pkg != nil {
		if _, imported := obj.(*types.PkgName); !imported {
			h.Text = p.docOf(origin(obj))
			return h, true
		}
	}
	h.Doc = docKey(obj, p.ownerOf(obj, nodes))
	return h, true
}

// implicit is the variable that a type switch declares for each of its cases.
func (p *program) implicit(id *ast.Ident, nodes []ast.Node) types.Object {
	if s, ok := parent[*ast.TypeSwitchStmt](nodes); ok {
		for _, clause := range s.Body.List {
			if obj := p.info.Implicits[clause]; obj != nil && obj.Pos() == id.Pos() {
				return obj
			}
		}
	}
	return nil
}

// ownerOf is the type that a field or method belongs to, empty for others.
func (p *program) ownerOf(obj types.Object, nodes []ast.Node) string {
	field, ok := obj.(*types.Var)
	if !ok || !field.IsField() {
		return receiver(obj)
	}
	owner := ""
	search := func(t types.Type) {
		eachField(t, func(f *types.Var, _ int, name string) {
			if f.Origin() == field.Origin() {
				owner = name
			}
		})
	}
	for _, n := range nodes {
		switch n := n.(type) {
		case *ast.SelectorExpr:
			if t := p.info.TypeOf(n.X); t != nil && owner == "" {
				search(t)
			}
		case *ast.CompositeLit:
			if t := p.info.TypeOf(n); t != nil && owner == "" {
				search(t)
			}
		}
	}
	return owner
}

// describe writes an object's declaration.
func (p *program) describe(obj types.Object, id *ast.Ident) string {
	qualify := qualify(p.pkg)
	switch obj := obj.(type) {
	case *types.PkgName:
		return fmt.Sprintf("package %s // %q", obj.Imported().Name(), obj.Imported().Path())
	case *types.TypeName:
		return describeType(obj, qualify)
	case *types.Const:
		return fmt.Sprintf("const %s %s = %s", obj.Name(), types.TypeString(obj.Type(), qualify), obj.Val())
	case *types.Func:
		return p.describeFunc(obj, id)
	case *types.Builtin:
		return "func " + obj.Name()
	}
	return types.ObjectString(obj, qualify)
}

func describeType(obj *types.TypeName, qualify types.Qualifier) string {
	head := types.ObjectString(obj, qualify)
	s, ok := obj.Type().Underlying().(*types.Struct)
	if !ok || obj.IsAlias() {
		return head
	}
	head, _, _ = strings.Cut(head, " struct{")
	var b strings.Builder
	fmt.Fprintf(&b, "%s struct {", head)
	for i := range s.NumFields() {
		f := s.Field(i)
		if !f.Exported() && obj.Pkg() != nil && obj.Pkg().Path() != "main" {
			continue
		}
		fmt.Fprintf(&b, "\n\t%s %s", f.Name(), types.TypeString(f.Type(), qualify))
		if tag := s.Tag(i); tag != "" {
			fmt.Fprintf(&b, " `%s`", tag)
		}
	}
	if strings.HasSuffix(b.String(), "{") {
		return b.String() + " … }"
	}
	return b.String() + "\n}"
}

// describeFunc has the type arguments of a call in place of the parameters.
func (p *program) describeFunc(f *types.Func, id *ast.Ident) string {
	qualify := qualify(p.pkg)
	sig := f.Signature()
	if instance, ok := p.info.Instances[id]; ok {
		if s, ok := instance.Type.(*types.Signature); ok {
			sig = s
		}
	}
	var b strings.Builder
	b.WriteString("func ")
	if recv := f.Signature().Recv(); recv != nil {
		fmt.Fprintf(&b, "(%s) ", types.TypeString(recv.Type(), qualify))
	} else if f.Pkg() != nil && f.Pkg() != p.pkg {
		b.WriteString(f.Pkg().Name() + ".")
	}
	b.WriteString(f.Name() + strings.TrimPrefix(types.TypeString(sig, qualify), "func"))
	return b.String()
}

// Definition is where the name at a place is declared, if in the program.
func (c *Checker) Definition(files []File, name string, at int) (Span, bool) {
	p := c.load(files)
	pos, file, ok := p.pos(name, at)
	if !ok {
		return Span{}, false
	}
	id, nodes := p.identAt(file, pos)
	if id == nil {
		return Span{}, false
	}
	obj := p.object(id)
	if obj == nil {
		obj = p.implicit(id, nodes)
	}
	if obj == nil || obj.Pkg() != p.pkg {
		return Span{}, false
	}
	obj = origin(obj)
	return p.span(obj.Pos(), obj.Pos()+tokenLength(obj))
}
