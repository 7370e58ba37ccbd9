package checker

import (
	"fmt"
	"go/ast"
	"go/scanner"
	"go/token"
	"go/types"
	"slices"
	"strings"
)

// Item is something that fits at a place.
type Item struct {
	Label string
	// Kind is package, type, func, method, field, var, const, option, table or column.
	Kind   string
	Detail string
	// Boost orders items that fit a prefix alike: -99 to 99.
	Boost int
	Doc   DocKey
	Edits []Edit // to be made besides, such as an import
}

// Completion is what fits at a place, and the part of the text that it replaces.
type Completion struct {
	Span
	Items []Item
	// SQL says that the place is in a text of SQL, for which the tables of the
	// database help.
	SQL bool
}

// Table is a table of the database that a program's SQL is for.
type Table struct {
	Name    string
	Columns []string
}

// mark stands where the cursor is, at the end of what is written of a name, so
// that there always is one, and one that means nothing yet. Edits of imports
// stand before it, so their places are those of the text without it.
const mark = "ǃ"

// Complete says what fits at a place.
func (c *Checker) Complete(files []File, name string, at int, tables []Table) Completion {
	file := slices.IndexFunc(files, func(f File) bool { return f.Name == name })
	if file < 0 {
		return Completion{}
	}
	text := files[file].Text
	offset := fromUTF16(text, at)
	token, from := tokenAt(text, offset)
	completion := Completion{Span: Span{name, toUTF16(text, from), at}}
	switch {
	case token == "comment" || token == "number":
		return completion
	case token == "string":
		return c.completeString(files, file, offset, tables)
	}
	marked := slices.Clone(files)
	marked[file].Text = text[:offset] + mark + text[offset:]
	p := c.check(marked)
	defer p.forget(c.fset)
	id, nodes := p.identAt(file, p.tokens[file].Pos(offset))
	if id == nil || !strings.Contains(id.Name, mark) || p.info.Defs[id] != nil {
		return completion
	}
	if sel, ok := nodes[1].(*ast.SelectorExpr); ok && sel.Sel == id {
		completion.Items = c.completeMember(p, name, sel)
	} else if offset > from {
		completion.Items = c.completeName(p, files, name, id, nodes)
	} else if fields := p.literalFields(nodes); fields != nil {
		completion.Items = p.fieldItems(fields, p.ownerOfLiteral(nodes))
	}
	return completion
}

// forget gives up a program that is not kept.
func (p *program) forget(fset *token.FileSet) {
	for _, file := range p.tokens {
		fset.RemoveFile(file)
	}
}

// tokenAt says what a place is in or at the end of: a name, string, comment,
// number, or nothing of these, and where that begins.
func tokenAt(text string, offset int) (kind string, from int) {
	fset := token.NewFileSet()
	file := fset.AddFile("", -1, len(text))
	var s scanner.Scanner
	s.Init(file, []byte(text), nil, scanner.ScanComments)
	for {
		pos, tok, lit := s.Scan()
		start := file.Offset(pos)
		if tok == token.EOF || start >= offset {
			return "", offset
		}
		end := start + len(lit)
		switch {
		case tok == token.STRING && offset < end+unclosed(lit), tok == token.CHAR && offset < end+unclosed(lit):
			return "string", start
		case tok == token.COMMENT && (offset < end || offset == end && strings.HasPrefix(lit, "//")):
			return "comment", start
		case (tok == token.IDENT || tok.IsKeyword()) && offset <= end:
			return "name", start
		case (tok == token.INT || tok == token.FLOAT || tok == token.IMAG) && offset <= end:
			return "number", start
		}
	}
}

// unclosed is 1 for a string that has no end, which goes on at the place behind it.
func unclosed(lit string) int {
	if len(lit) < 2 || lit[len(lit)-1] != lit[0] {
		return 1
	}
	return 0
}

func (c *Checker) completeMember(p *program, file string, sel *ast.SelectorExpr) (items []Item) {
	want := p.expected(sel)
	for _, m := range p.members(sel.X) {
		item := p.item(m.Object, m.owner)
		item.Boost = p.fits(m.Object, want) - min(2*m.depth, 20)
		items = append(items, item)
	}
	id, ok := sel.X.(*ast.Ident)
	if items != nil || !ok || p.object(id) != nil {
		return items
	}
	for _, path := range c.named(id.Name) {
		pkg := c.imported(path)
		edit, ok := c.importEdit(p, file, path)
		if pkg == nil || !ok {
			continue
		}
		for _, m := range packageMembers(pkg) {
			item := p.item(m.Object, "")
			item.Detail, item.Edits = strings.TrimSpace(item.Detail+" import "+path), []Edit{edit}
			items = append(items, item)
		}
	}
	return items
}

func (c *Checker) completeName(p *program, files []File, file string, id *ast.Ident, nodes []ast.Node) (items []Item) {
	fields := p.literalFields(nodes)
	items = p.fieldItems(fields, p.ownerOfLiteral(nodes))
	want := p.expected(id)
	seen := map[string]bool{}
	for _, obj := range p.visible(id.Pos()) {
		seen[obj.Name()] = true
		item := p.item(obj, "")
		switch {
		case obj.Parent() == types.Universe:
			item.Boost = -30
		case obj.Pkg() == p.pkg && obj.Parent() != p.pkg.Scope():
			item.Boost = 10
		}
		item.Boost += p.fits(obj, want)
		items = append(items, item)
	}
	for _, path := range c.importable {
		name := packageName(path)
		if seen[name] {
			continue
		}
		if edit, ok := c.importEdit(p, file, path); ok {
			items = append(items, Item{Label: name, Kind: "package", Detail: "import " + path, Boost: -40, Doc: DocKey{Package: path}, Edits: []Edit{edit}})
		}
	}
	return items
}

func (p *program) fieldItems(fields []*types.Var, owner string) (items []Item) {
	for _, f := range fields {
		item := p.item(f, owner)
		item.Label, item.Boost = f.Name()+": ", 40
		items = append(items, item)
	}
	return items
}

func (p *program) ownerOfLiteral(nodes []ast.Node) string {
	if lit, ok := parent[*ast.CompositeLit](nodes); ok {
		if t := p.info.TypeOf(lit); t != nil {
			return typeName(t)
		}
	}
	return ""
}

// item describes an object.
func (p *program) item(obj types.Object, owner string) Item {
	qualify := qualify(p.pkg)
	item := Item{Label: obj.Name(), Doc: docKey(obj, owner)}
	switch obj := obj.(type) {
	case *types.PkgName:
		item.Kind, item.Detail = "package", obj.Imported().Path()
	case *types.TypeName:
		item.Kind = "type"
	case *types.Func:
		item.Kind = "func"
		if obj.Signature().Recv() != nil {
			item.Kind = "method"
		}
		item.Detail = strings.TrimPrefix(types.TypeString(obj.Signature(), qualify), "func")
	case *types.Var:
		item.Kind = "var"
		if obj.IsField() {
			item.Kind = "field"
		}
		item.Detail = types.TypeString(obj.Type(), qualify)
	case *types.Const:
		item.Kind, item.Detail = "const", types.TypeString(obj.Type(), qualify)
	case *types.Builtin:
		item.Kind = "func"
	case *types.Nil:
		item.Kind = "const"
	}
	return item
}

// expected is the type that an expression should have where it stands, if
// that is easily said: as an argument or as the value of a field.
func (p *program) expected(x ast.Expr) types.Type {
	for _, tree := range p.asts {
		if x.Pos() < tree.FileStart || x.Pos() > tree.FileEnd {
			continue
		}
		nodes := path(tree, x.Pos())
		for i, n := range nodes {
			if n == ast.Node(x) && i+1 < len(nodes) {
				return p.expectedIn(nodes[i+1], x)
			}
		}
	}
	return nil
}

func (p *program) expectedIn(outer ast.Node, x ast.Expr) types.Type {
	switch outer := outer.(type) {
	case *ast.CallExpr:
		sig, ok := p.info.TypeOf(outer.Fun).(*types.Signature)
		if i := slices.Index(outer.Args, x); ok && i >= 0 {
			return parameter(sig, i)
		}
	case *ast.KeyValueExpr:
		if id, ok := outer.Key.(*ast.Ident); ok && outer.Value == x {
			if field := p.object(id); field != nil {
				return field.Type()
			}
		}
	}
	return nil
}

// parameter is the type of a function's argument.
func parameter(sig *types.Signature, i int) types.Type {
	n := sig.Params().Len()
	if sig.Variadic() && i >= n-1 {
		if list, ok := sig.Params().At(n - 1).Type().(*types.Slice); ok {
			return list.Elem()
		}
	}
	if i >= n {
		return nil
	}
	return sig.Params().At(i).Type()
}

// fits puts what has the wanted type before what has not.
func (p *program) fits(obj types.Object, want types.Type) int {
	if want == nil || obj.Type() == nil || types.IsInterface(want) && types.NewMethodSet(want).Len() == 0 {
		return 0
	}
	t := obj.Type()
	if f, ok := obj.(*types.Func); ok && f.Signature().Results().Len() == 1 {
		t = f.Signature().Results().At(0).Type()
	}
	switch obj.(type) {
	case *types.Var, *types.Const, *types.Func:
		if types.AssignableTo(t, want) {
			return 15
		}
	}
	return 0
}

// completeString completes in import paths, in tags and in SQL.
func (c *Checker) completeString(files []File, file, offset int, tables []Table) Completion {
	p := c.load(files)
	none := Completion{Span: Span{File: files[file].Name, From: toUTF16(files[file].Text, offset), To: toUTF16(files[file].Text, offset)}}
	nodes := path(p.asts[file], p.tokens[file].Pos(offset))
	lit, ok := parent[*ast.BasicLit](nodes)
	if !ok || lit.Kind != token.STRING {
		return none
	}
	inside := offset - p.tokens[file].Offset(lit.Pos()) - 1 // places in the string's content
	content := strings.TrimRight(lit.Value[1:], lit.Value[:1])
	inside = min(max(inside, 0), len(content))
	var items []Item
	start := inside
	if _, ok := parent[*ast.ImportSpec](nodes); ok {
		start = 0
		for _, path := range c.importable {
			items = append(items, Item{Label: path, Kind: "package", Doc: DocKey{Package: path}})
		}
	} else if field, ok := parent[*ast.Field](nodes); ok && field.Tag == lit {
		start, items = tagItems(content, inside, p.isHandle(field))
	} else if p.isSQL(nodes, lit) {
		none.SQL = true
		start, items = sqlItems(content, inside, append(slices.Clone(tables), p.models()...))
	}
	none.From = toUTF16(files[file].Text, offset-(inside-start))
	none.Items = items
	return none
}

func (i Item) String() string { return fmt.Sprintf("%s %s %s", i.Kind, i.Label, i.Detail) }
