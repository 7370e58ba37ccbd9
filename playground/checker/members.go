package checker

import (
	"go/ast"
	"go/token"
	"go/types"
)

// member is a field or method of a value, or a name of a package. owner is the
// type that declares it, empty for names of packages.
type member struct {
	types.Object
	owner string
	depth int
}

// members are what may follow the dot after an expression.
func (p *program) members(x ast.Expr) []member {
	if id, ok := x.(*ast.Ident); ok {
		if name, ok := p.info.Uses[id].(*types.PkgName); ok {
			return packageMembers(name.Imported())
		}
	}
	tv, ok := p.info.Types[x]
	if !ok || tv.Type == nil {
		return nil
	}
	return p.typeMembers(tv.Type, tv.IsType())
}

func packageMembers(pkg *types.Package) (found []member) {
	scope := pkg.Scope()
	for _, name := range scope.Names() {
		if obj := scope.Lookup(name); obj.Exported() {
			found = append(found, member{Object: obj})
		}
	}
	return found
}

// typeMembers are the methods and fields of a type; those of a type itself,
// rather than of a value, are its methods alone.
func (p *program) typeMembers(t types.Type, methodsOnly bool) (found []member) {
	seen := map[string]bool{}
	add := func(obj types.Object, depth int, owner string) {
		if (obj.Exported() || obj.Pkg() == p.pkg) && !seen[obj.Name()] && obj.Name() != "_" {
			seen[obj.Name()] = true
			found = append(found, member{obj, owner, depth})
		}
	}
	if !methodsOnly {
		eachField(t, func(f *types.Var, depth int, owner string) { add(f, depth, owner) })
	}
	set := types.NewMethodSet(t)
	if _, pointer := types.Unalias(t).(*types.Pointer); !pointer && !types.IsInterface(t) {
		set = types.NewMethodSet(types.NewPointer(t))
	}
	for m := range set.Methods() {
		add(m.Obj(), len(m.Index())-1, receiver(m.Obj()))
	}
	return found
}

// eachField visits the fields of a struct or of a pointer to one, its own
// first, then those of embedded structs.
func eachField(t types.Type, visit func(f *types.Var, depth int, owner string)) {
	type level struct {
		types.Type
		depth int
	}
	seen := map[types.Type]bool{}
	for queue := []level{{t, 0}}; len(queue) > 0; queue = queue[1:] {
		here := queue[0]
		if pointer, ok := here.Underlying().(*types.Pointer); ok {
			here.Type = pointer.Elem()
		}
		s, ok := here.Underlying().(*types.Struct)
		if !ok || seen[here.Type] {
			continue
		}
		seen[here.Type] = true
		for f := range s.Fields() {
			visit(f, here.depth, typeName(here.Type))
			if f.Embedded() {
				queue = append(queue, level{f.Type(), here.depth + 1})
			}
		}
	}
}

// receiver is the name of the type that a method belongs to.
func receiver(obj types.Object) string {
	f, ok := obj.(*types.Func)
	if !ok || f.Signature().Recv() == nil {
		return ""
	}
	return typeName(f.Signature().Recv().Type())
}

// typeName is the name of a type or of what it points to, empty if it has none.
func typeName(t types.Type) string {
	if pointer, ok := types.Unalias(t).(*types.Pointer); ok {
		t = pointer.Elem()
	}
	if named, ok := types.Unalias(t).(*types.Named); ok {
		return named.Obj().Name()
	}
	return ""
}

func (p *program) memberNames(sel *ast.SelectorExpr) (names []string) {
	for _, m := range p.members(sel.X) {
		names = append(names, m.Name())
	}
	return names
}

// visible are the names that mean something at a place, the innermost first.
func (p *program) visible(pos token.Pos) (found []types.Object) {
	if p.pkg == nil {
		return nil
	}
	inner := p.pkg.Scope().Innermost(pos)
	if inner == nil {
		inner = p.pkg.Scope()
	}
	seen := map[string]bool{"_": true}
	for scope := inner; scope != nil; scope = scope.Parent() {
		for _, name := range scope.Names() {
			if seen[name] {
				continue
			}
			if _, obj := inner.LookupParent(name, pos); obj != nil {
				seen[name] = true
				found = append(found, obj)
			}
		}
	}
	return found
}

// namesAt are the names that can be meant at a place: those in scope, and, in
// the literal of a struct, its fields.
func (p *program) namesAt(pos token.Pos) (names []string) {
	for _, obj := range p.visible(pos) {
		names = append(names, obj.Name())
	}
	for _, tree := range p.asts {
		if pos >= tree.FileStart && pos <= tree.FileEnd {
			for _, f := range p.literalFields(path(tree, pos)) {
				names = append(names, f.Name())
			}
		}
	}
	return names
}

// literalFields are the fields of the struct literal whose element or key the
// innermost node is, without those that it has already.
func (p *program) literalFields(nodes []ast.Node) (found []*types.Var) {
	for i, n := range nodes {
		switch n := n.(type) {
		case *ast.CompositeLit:
			if i > 0 && nodes[i-1] == n.Type {
				return nil
			}
			return p.fieldsLeft(n, nodes[0])
		case *ast.Ident:
		case *ast.KeyValueExpr:
			if i > 0 && nodes[i-1] != n.Key {
				return nil
			}
		default:
			return nil
		}
	}
	return nil
}

func (p *program) fieldsLeft(lit *ast.CompositeLit, here ast.Node) (found []*types.Var) {
	t := p.info.TypeOf(lit)
	if t == nil {
		return nil
	}
	if pointer, ok := t.Underlying().(*types.Pointer); ok {
		t = pointer.Elem()
	}
	s, ok := t.Underlying().(*types.Struct)
	if !ok {
		return nil
	}
	given := map[string]bool{}
	for _, e := range lit.Elts {
		if kv, ok := e.(*ast.KeyValueExpr); ok && kv.Key != here {
			if id, ok := kv.Key.(*ast.Ident); ok {
				given[id.Name] = true
			}
		}
	}
	for f := range s.Fields() {
		if !given[f.Name()] && (f.Exported() || f.Pkg() == p.pkg) {
			found = append(found, f)
		}
	}
	return found
}
