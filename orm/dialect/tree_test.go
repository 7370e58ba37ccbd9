package dialect_test

import (
	"github.com/ormlab/ormlab/orm/expr"
	"github.com/ormlab/ormlab/orm/schema"
)

// This file has short names for the nodes of a tree.

var (
	census = table("census",
		column("state", schema.Type{Kind: schema.String, Size: 30}),
		column("sex", schema.Type{Kind: schema.String, Size: 1}),
		column("age", integer),
		column("pop2000", integer))
	users = table("users",
		key("id"),
		column("name", text),
		column("full", text),
		column("admin", boolean),
		column("score", float),
		column("seen", instant),
		column("photo", schema.Type{Kind: schema.LargeBinary}))

	integer = schema.Type{Kind: schema.Integer}
	text    = schema.Type{Kind: schema.Text}
	boolean = schema.Type{Kind: schema.Boolean}
	float   = schema.Type{Kind: schema.Float}
	instant = schema.Type{Kind: schema.DateTime}
)

func table(name string, columns ...*schema.Column) *schema.Table {
	t, err := schema.NewTable(name, columns...)
	if err != nil {
		panic(err)
	}
	return t
}

func column(name string, typ schema.Type) *schema.Column {
	return &schema.Column{Name: name, Type: typ}
}

func key(name string) *schema.Column {
	return &schema.Column{Name: name, Type: integer, PrimaryKey: true}
}

// col is a column of one of the tables above, such as "users.name".
func col(table *schema.Table, name string) expr.Column {
	return expr.Column{Column: table.Column(name)}
}

// val is a value that meets the column.
func val(c expr.Column, v any) expr.Bind {
	return expr.Bind{Value: v, Type: c.Type, Near: c.Table.Name + "." + c.Name}
}

// bind is a value of which only the Go type is known.
func bind(v any) expr.Bind { return expr.Bind{Value: v} }

func op(op expr.BinaryOp, left, right expr.Expr) expr.Binary {
	return expr.Binary{Op: op, Left: left, Right: right}
}

func eq(c expr.Column, v any) expr.Expr { return op(expr.Eq, c, val(c, v)) }

func and(list ...expr.Expr) expr.Junction { return expr.Junction{Operands: list} }

func or(list ...expr.Expr) expr.Junction { return expr.Junction{Or: true, Operands: list} }

func not(e expr.Expr) expr.Not { return expr.Not{Operand: e} }

func in(c expr.Column, values ...any) expr.In {
	list := make([]expr.Expr, len(values))
	for i, v := range values {
		list[i] = val(c, v)
	}
	return expr.In{Operand: c, List: list}
}

func notIn(c expr.Column, values ...any) expr.In {
	e := in(c, values...)
	e.Negated = true
	return e
}

// where selects the users' ids for which a condition holds.
func where(condition expr.Expr) expr.Select {
	return expr.Select{Columns: []expr.Expr{col(users, "id")}, Where: condition}
}

// parsed is a text with its values, given as name, value, name, value.
func parsed(sql string, values ...any) expr.Text {
	t, err := expr.ParseText(sql)
	if err != nil {
		panic(err)
	}
	t.Binds = map[string]expr.Bind{}
	for i := 0; i+1 < len(values); i += 2 {
		t.Binds[values[i].(string)] = bind(values[i+1])
	}
	return t
}
