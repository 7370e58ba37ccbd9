package checker

import (
	"go/ast"
	"go/types"
	"reflect"
	"slices"
	"strings"
)

// Models are the tables that a program declares, as its text tells. Faulty says
// that the text has mistakes, so that some may be missing.
type Models struct {
	Tables []Model
	Faulty bool
}

// Model is a table as CreateAll would make it on SQLite.
type Model struct {
	Name string
	// Structs are the structs that are mapped to it; none for a table without a
	// model.
	Structs []string
	// At is where it is declared.
	At          Span
	Columns     []Column
	ForeignKeys []Key
	// Unsure says that the text does not tell all of its columns.
	Unsure bool
}

// Column is a column of a [Model]. Its type is empty where the text does not
// tell it.
type Column struct {
	Name, Type            string
	NotNull               bool
	Unsure                bool // whether it may be NULL is not known
	PrimaryKey, Generated bool
}

// Key is a foreign key. The actions are in the words of SQL.
type Key struct {
	Columns            []string
	Table              string
	Targets            []string
	OnUpdate, OnDelete string
}

// Models reads the tables that a program declares out of its text: those of
// orm.Declare, of orm.NewTable, and those between two models that have many
// of each other. It follows the mapper; what the text does not tell is said to
// be unsure rather than guessed.
func (c *Checker) Models(files []File) Models {
	p := c.load(files)
	m := Models{Faulty: len(p.syntax)+len(p.faults) > 0}
	for _, t := range p.tables() {
		m.Tables = append(m.Tables, t.model(p))
	}
	return m
}

// table is a table that a program declares, while it is found out.
type table struct {
	name    string
	space   bool // it is in another namespace than the connection's own
	structs []string
	call    ast.Node
	columns []*column
	keys    []Key
	unsure  bool
}

// column is a column of it.
type column struct {
	held
	name, path            string // path is the Go name behind the model's
	primary, automatic    bool
	given, computed       bool // the database gives a default; computes the value
	reference             *Key
	referenceOut, notNull bool // referenceOut: it refers into another namespace
}

// class is a model: a struct and its table.
type class struct {
	name      string
	typ       types.Type
	table     *table
	key       []*column
	relations []relation
}

// relation is a handle of several objects, with a table between.
type relation struct {
	field     *types.Var
	target    types.Type
	name      string
	secondary string
	keys      []string
	back      string
}

// describer finds out the tables of a program.
type describer struct {
	*program
	calls   []*ast.CallExpr           // in the order of the text
	values  map[types.Object]ast.Expr // what variables are declared as
	classes map[*ast.CallExpr]*class  // nil while they are being found out
	order   []*class                  // in the order in which they were found out
	list    []*table
}

// tables are those that the program declares.
func (p *program) tables() []*table {
	d := &describer{program: p, values: map[types.Object]ast.Expr{}, classes: map[*ast.CallExpr]*class{}}
	for _, tree := range p.asts {
		ast.Inspect(tree, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.CallExpr:
				d.calls = append(d.calls, n)
			case *ast.ValueSpec:
				d.declares(n.Names, n.Values)
			case *ast.AssignStmt:
				names := make([]*ast.Ident, len(n.Lhs))
				for i, x := range n.Lhs {
					names[i], _ = x.(*ast.Ident)
				}
				d.declares(names, n.Rhs)
			}
			return true
		})
	}
	for _, call := range d.calls {
		switch p.ormFunc(call) {
		case "Declare":
			d.declared(call)
		case "NewTable":
			d.newTable(call)
		}
	}
	d.between()
	return slices.DeleteFunc(d.list, func(t *table) bool { return t.space })
}

func (d *describer) declares(names []*ast.Ident, values []ast.Expr) {
	for i, name := range names {
		if i < len(values) && len(names) == len(values) && name != nil && d.info.Defs[name] != nil {
			d.values[d.info.Defs[name]] = values[i]
		}
	}
}

// ormFunc is the name of the function of the package orm that a call calls, or
// "".
func (p *program) ormFunc(call *ast.CallExpr) string {
	id := called(call.Fun)
	if id == nil {
		return ""
	}
	f, ok := p.info.Uses[id].(*types.Func)
	if !ok || f.Pkg() == nil || f.Pkg().Path() != ormPath || f.Signature().Recv() != nil {
		return ""
	}
	return f.Name()
}

// called is the name by which something is called.
func called(fun ast.Expr) *ast.Ident {
	switch x := ast.Unparen(fun).(type) {
	case *ast.Ident:
		return x
	case *ast.SelectorExpr:
		return x.Sel
	case *ast.IndexExpr:
		return called(x.X)
	case *ast.IndexListExpr:
		return called(x.X)
	}
	return nil
}

// find is the table of that name that the program declares, or nil.
func (d *describer) find(name string) *table {
	i := slices.IndexFunc(d.list, func(t *table) bool { return t.name == name && !t.space })
	if i < 0 {
		return nil
	}
	return d.list[i]
}

// declared finds out the model that a call of Declare makes; nil if it is not
// to be told.
func (d *describer) declared(call *ast.CallExpr) *class {
	if c, ok := d.classes[call]; ok {
		return c
	}
	d.classes[call] = nil
	instance := d.info.Instances[called(call.Fun)]
	if instance.TypeArgs.Len() != 1 || len(call.Args) == 0 {
		return nil
	}
	name, ok := d.text(call.Args[0])
	typ := instance.TypeArgs.At(0)
	s, isStruct := typ.Underlying().(*types.Struct)
	if !ok || name == "" || !isStruct {
		return nil
	}
	c := &class{name: nameOf(typ), typ: typ, table: &table{name: name, call: call}}
	o := d.options(call.Args[1:], call.Ellipsis.IsValid())
	c.table.unsure, c.table.space = o.unsure, o.space
	f := fields{describer: d, class: c, tags: o.tags}
	if o.base == nil {
		f.add(s, "", "", 0)
		c.table.columns = f.columns
		for _, one := range f.columns {
			if one.primary {
				c.key = append(c.key, one)
			}
		}
	} else if !d.inherit(c, o.base, &f, s) {
		return nil
	}
	c.table.structs = append(c.table.structs, c.name)
	c.table.takeKeys(o.keys)
	d.classes[call] = c
	d.order = append(d.order, c)
	if !slices.Contains(d.list, c.table) {
		d.list = append(d.list, c.table)
	}
	return c
}

// inherit gives a class what its base has: the base's table, if it names that,
// or one whose key refers to it.
func (d *describer) inherit(c *class, of ast.Expr, f *fields, s *types.Struct) bool {
	call, ok := d.value(of).(*ast.CallExpr)
	if !ok || d.ormFunc(call) != "Declare" {
		return false
	}
	base := d.declared(call)
	if base == nil {
		return false
	}
	f.add(s, "", "", 1)
	c.key, c.relations = base.key, append(slices.Clip(base.relations), c.relations...)
	if c.table.name == base.table.name {
		unsure := c.table.unsure
		c.table = base.table
		c.table.unsure = c.table.unsure || unsure
		for _, one := range f.columns {
			if c.table.column(one.name) == nil {
				c.table.columns = append(c.table.columns, one)
			}
		}
		return true
	}
	key := Key{Table: base.table.name, OnDelete: actionOf(""), OnUpdate: actionOf("")}
	for _, one := range base.key {
		c.table.columns = append(c.table.columns, &column{name: one.name, path: one.path, held: held{columnType: one.columnType, known: true}, primary: true})
		key.Columns, key.Targets = append(key.Columns, one.name), append(key.Targets, one.name)
	}
	c.table.keys = append(c.table.keys, key)
	c.table.columns = append(c.table.columns, f.columns...)
	return true
}

// value is what a variable is declared as; other expressions are their own.
func (d *describer) value(x ast.Expr) ast.Expr {
	x = ast.Unparen(x)
	if id, ok := x.(*ast.Ident); ok && d.values[d.info.Uses[id]] != nil {
		return ast.Unparen(d.values[d.info.Uses[id]])
	}
	return x
}

func nameOf(t types.Type) string {
	if named, ok := types.Unalias(t).(*types.Named); ok {
		return named.Obj().Name()
	}
	return t.String()
}

// column is the column of that name, or nil.
func (t *table) column(name string) *column {
	for _, c := range t.columns {
		if c.name == name {
			return c
		}
	}
	return nil
}

// takeKeys adds foreign keys whose columns may be named by fields.
func (t *table) takeKeys(keys []Key) {
	for _, key := range keys {
		for i, name := range key.Columns {
			for _, c := range t.columns {
				if c.path == name {
					key.Columns[i] = c.name
				}
			}
		}
		t.keys = append(t.keys, key)
	}
}

// model is what the table looks like in a database.
func (t *table) model(p *program) Model {
	m := Model{Name: t.name, Structs: t.structs, Unsure: t.unsure}
	m.At, _ = p.span(t.call.Pos(), t.call.End())
	var key []*column
	for _, c := range t.columns {
		if c.primary {
			key = append(key, c)
		}
		if c.reference != nil {
			m.ForeignKeys = append(m.ForeignKeys, *c.reference)
		}
	}
	m.ForeignKeys = append(m.ForeignKeys, t.keys...)
	for _, c := range t.columns {
		one := Column{Name: c.name, Type: c.columnType.String(), NotNull: !c.null || c.notNull || c.primary, Unsure: !c.known, PrimaryKey: c.primary, Generated: c.computed}
		if c.automatic || len(key) == 1 && c.primary && c.isInteger() && c.isPlain(m.ForeignKeys) {
			one.Type = "INTEGER" // SQLite makes keys for no other type
		}
		m.Columns = append(m.Columns, one)
	}
	return m
}

// isPlain says whether nothing says what the column's value is.
func (c *column) isPlain(keys []Key) bool {
	return !c.given && !c.computed && !c.referenceOut && !slices.ContainsFunc(keys, func(k Key) bool { return slices.Equal(k.Columns, []string{c.name}) })
}

// fields collects the columns of a class, and its relationships.
type fields struct {
	*describer
	class   *class
	tags    map[string]string // those that the options of Declare give
	columns []*column
	depth   int
}

// add maps the fields of a struct from one on. path is that of the struct in
// the model, as Go finds its fields, and prefix stands before its columns.
func (f *fields) add(s *types.Struct, path, prefix string, from int) {
	if f.depth > 20 {
		return // it cannot be a struct that compiles
	}
	f.depth++
	defer func() { f.depth-- }()
	for i := from; i < s.NumFields(); i++ {
		v := s.Field(i)
		tag, tagged := reflect.StructTag(s.Tag(i)).Lookup("orm")
		if other, ok := f.tags[path+v.Name()]; ok {
			tag, tagged = other, true
		}
		if tag == "-" || !v.Exported() && !v.Embedded() {
			continue
		}
		f.field(v, tagOf(tag), tagged, path, prefix)
	}
}

func (f *fields) field(v *types.Var, options map[string]string, tagged bool, path, prefix string) {
	inner, isStruct := v.Type().Underlying().(*types.Struct)
	isStruct = isStruct && !f.isColumnType(v.Type())
	switch {
	case isStruct && has(options, "embedded"), isStruct && v.Embedded() && !tagged && !isHandle(v.Type()):
		if !v.Embedded() {
			path += v.Name() + "."
		}
		f.add(inner, path, prefix+options["prefix"], 0)
	case !v.Exported(), has(options, "expression"):
	case isHandle(v.Type()):
		f.relate(v, options)
	default:
		f.columns = append(f.columns, f.columnOf(v, options, path, prefix))
	}
}

func (f *fields) columnOf(v *types.Var, options map[string]string, path, prefix string) *column {
	h := f.holds(v.Type())
	h.columnType = retyped(h.columnType, options)
	c := &column{held: h, name: options["name"], path: path + v.Name(), primary: has(options, "primary_key"),
		automatic: has(options, "autoincrement") || has(options, "identity"), computed: has(options, "computed"),
		given: has(options, "default") || has(options, "server_default") || has(options, "sequence"), notNull: h.optional && has(options, "not_null")}
	if c.name == "" {
		c.name = snakeCase(v.Name())
	}
	c.name = prefix + c.name
	if key, ok := referenceOf(options); ok {
		key.Columns = []string{c.name}
		c.reference = &key
	}
	c.referenceOut = has(options, "foreign_key") && c.reference == nil
	return c
}

func (f *fields) relate(v *types.Var, options map[string]string) {
	name, args := ormType(types.Unalias(v.Type()))
	if name != "Many" || len(args) != 1 || options["secondary"] == "" {
		return
	}
	words := strings.FieldsFunc(options["foreign_key"], func(c rune) bool { return c == ' ' || c == ',' })
	f.class.relations = append(f.class.relations, relation{v, args[0], v.Name(), options["secondary"], words, options["back_populates"]})
}

// isHandle says whether a type is that of a relationship's handle.
func isHandle(t types.Type) bool {
	name, _ := ormType(types.Unalias(t))
	return name == "One" || name == "Many"
}
