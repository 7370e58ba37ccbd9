package checker

import (
	"go/ast"
	"go/constant"
	"go/types"
	"slices"
	"strings"
)

// tableOptions are what the options of a table say of its columns.
type tableOptions struct {
	tags   map[string]string // of fields, by their paths
	keys   []Key
	base   ast.Expr // the model that it inherits from, or nil
	space  bool     // it is in a namespace
	unsure bool     // there is an option that may say more
}

// harmless are the options that say nothing of columns and foreign keys.
var harmless = []string{"UniqueTogether", "Check", "Index", "TableComment", "WithNaming", "DefaultFunc", "OnUpdateFunc", "PolymorphicOn"}

// options reads the options of a table. Spread says that the last is a slice of
// them.
func (d *describer) options(list []ast.Expr, spread bool) tableOptions {
	o := tableOptions{tags: map[string]string{}, unsure: spread}
	for _, x := range list {
		d.option(&o, d.value(x))
	}
	return o
}

func (d *describer) option(o *tableOptions, x ast.Expr) {
	links := d.chain(x)
	if len(links) == 0 {
		o.unsure = true
		return
	}
	first := links[0]
	switch name := d.ormFunc(first); {
	case slices.Contains(harmless, name):
	case name == "InSchema":
		o.space = true
	case name == "Inherits" && len(first.Args) > 0:
		o.base = first.Args[0]
	case name == "Field" && len(first.Args) == 2:
		field, ok1 := d.text(first.Args[0])
		tag, ok2 := d.text(first.Args[1])
		o.tags[field] = tag
		o.unsure = o.unsure || !ok1 || !ok2
	case name == "ForeignKey":
		key, ok := d.foreignKey(links)
		if ok {
			o.keys = append(o.keys, key)
		}
		o.unsure = o.unsure || !ok
	default:
		o.unsure = true
	}
}

// chain takes a chain of calls apart, the innermost first: of
// orm.Column("a", t).NotNull() the call of Column and that of NotNull. It is
// empty for what does not begin with a function of the package orm, or is so
// long that a variable must be declared by itself.
func (d *describer) chain(x ast.Expr) (links []*ast.CallExpr) {
	for len(links) < 100 {
		call, ok := ast.Unparen(x).(*ast.CallExpr)
		if !ok {
			return nil
		}
		links = append(links, call)
		if d.ormFunc(call) != "" {
			slices.Reverse(links)
			return links
		}
		method, ok := call.Fun.(*ast.SelectorExpr)
		if !ok || d.info.Selections[method] == nil {
			return nil
		}
		x = d.value(method.X)
	}
	return nil
}

// texts are the values of constant texts.
func (d *describer) texts(list []ast.Expr) (values []string, ok bool) {
	for _, x := range list {
		value, ok := d.text(x)
		if !ok {
			return nil, false
		}
		values = append(values, value)
	}
	return values, true
}

// foreignKey reads orm.ForeignKey("A", "B").References("table", "a", "b").
func (d *describer) foreignKey(links []*ast.CallExpr) (key Key, ok bool) {
	key = Key{OnDelete: actionOf(""), OnUpdate: actionOf("")}
	key.Columns, ok = d.texts(links[0].Args)
	for _, link := range links[1:] {
		ok = d.refer(&key, link) && ok
	}
	return key, ok && key.Table != ""
}

// refer takes over what a method of a foreign key says; false is a table that
// the text does not tell, or one in another namespace.
func (d *describer) refer(key *Key, link *ast.CallExpr) bool {
	name := called(link.Fun).Name
	switch {
	case name == "References":
		names, ok := d.texts(link.Args)
		if !ok || len(names) < 2 {
			return false
		}
		key.Table, key.Targets = names[0], names[1:]
		return !strings.Contains(key.Table, ".")
	case name == "OnDelete" && len(link.Args) == 1:
		key.OnDelete = d.action(link.Args[0])
	case name == "OnUpdate" && len(link.Args) == 1:
		key.OnUpdate = d.action(link.Args[0])
	}
	return true
}

func (d *describer) action(x ast.Expr) string {
	if value := d.info.Types[x].Value; value != nil && value.Kind() == constant.String {
		return actionOf(constant.StringVal(value))
	}
	return "" // not known
}

// newTable finds out the table that a call of NewTable makes.
func (d *describer) newTable(call *ast.CallExpr) {
	if len(call.Args) == 0 {
		return
	}
	name, ok := d.text(call.Args[0])
	if !ok || name == "" {
		return
	}
	t := &table{name: name, call: call}
	var rest []ast.Expr
	for _, x := range call.Args[1:] {
		if links := d.chain(d.value(x)); len(links) > 0 && d.ormFunc(links[0]) == "Column" {
			t.addColumn(d, links)
		} else {
			rest = append(rest, x)
		}
	}
	o := d.options(rest, call.Ellipsis.IsValid())
	t.space, t.unsure = o.space, t.unsure || o.unsure
	t.takeKeys(o.keys)
	d.list = append(d.list, t)
}

// addColumn reads orm.Column("name", type) and what its methods say.
func (t *table) addColumn(d *describer, links []*ast.CallExpr) {
	args := links[0].Args
	name, ok := "", len(args) == 2
	if ok {
		name, ok = d.text(args[0])
	}
	if !ok {
		t.unsure = true
		return
	}
	c := &column{name: name, path: name, held: held{columnType: d.typeOf(d.value(args[1])), null: true, known: true}}
	key := Key{Columns: []string{name}, OnDelete: actionOf(""), OnUpdate: actionOf("")}
	known := true
	for _, link := range links[1:] {
		switch called(link.Fun).Name {
		case "NotNull":
			c.notNull = true
		case "PrimaryKey":
			c.primary = true
		case "Autoincrement", "Identity":
			c.automatic = true
		case "Default", "Sequence":
			c.given = true
		case "Computed":
			c.computed = true
		default:
			known = d.refer(&key, link) && known
		}
	}
	if known && key.Table != "" {
		c.reference = &key
	}
	c.referenceOut = !known
	t.unsure = t.unsure || !known
	t.columns = append(t.columns, c)
}

// between adds the tables between models that have many of each other, unless
// the program declares them itself.
func (d *describer) between() {
	given := map[types.Object]bool{}
	for _, call := range d.calls {
		if d.ormFunc(call) != "Secondary" || len(call.Args) == 0 {
			continue
		}
		if address, ok := ast.Unparen(call.Args[0]).(*ast.UnaryExpr); ok {
			if field, ok := ast.Unparen(address.X).(*ast.SelectorExpr); ok {
				given[d.info.Uses[field.Sel]] = true
			}
		}
	}
	for _, c := range d.order {
		for _, r := range c.relations {
			if target := d.classOf(r.target); target != nil && !given[r.field] && !c.table.space && d.find(r.secondary) == nil {
				d.list = append(d.list, d.secondary(c, target, r))
			}
		}
	}
}

// classOf is the model of a struct, or nil.
func (d *describer) classOf(t types.Type) *class {
	i := slices.IndexFunc(d.order, func(c *class) bool { return types.Identical(c.typ, t) })
	if i < 0 {
		return nil
	}
	return d.order[i]
}

// secondary is the table that the mapper makes for a relationship: a key of the
// keys of both sides, in the order of their names.
func (d *describer) secondary(owner, target *class, r relation) *table {
	ends := [2]struct {
		*class
		names []string
	}{{owner, r.keys}, {target, nil}}
	for _, back := range target.relations {
		if back.name == r.back {
			ends[1].names = back.keys
		}
	}
	for i := range ends {
		if owner == target && len(ends[i].names) == 0 {
			ends[i].names = namesOf(owner, r.name)
		}
	}
	if owner.name > target.name {
		ends[0], ends[1] = ends[1], ends[0]
	}
	t := &table{name: r.secondary, call: owner.table.call}
	for _, end := range ends {
		names := end.names
		if len(names) == 0 {
			names = namesOf(end.class, end.name)
		}
		t.unsure = t.unsure || len(names) != len(end.key)
		key := Key{Table: end.table.name, OnDelete: "CASCADE", OnUpdate: actionOf("")}
		for i, k := range end.key[:min(len(end.key), len(names))] {
			name := snakeCase(names[i])
			t.columns = append(t.columns, &column{name: name, path: name, held: held{columnType: k.columnType, known: true}, primary: true})
			key.Columns, key.Targets = append(key.Columns, name), append(key.Targets, k.name)
		}
		t.keys = append(t.keys, key)
	}
	return t
}

// namesOf are the columns of an end that no tag names.
func namesOf(c *class, name string) (names []string) {
	for _, k := range c.key {
		names = append(names, snakeCase(name)+"_"+k.name)
	}
	return names
}
