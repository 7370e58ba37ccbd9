package orm

import (
	"errors"
	"fmt"

	"github.com/ormlab/ormlab/orm/expr"
)

// Construct is SQL that this package does not have, with a form for each
// database that writes it in another way: what @compiles is in SQLAlchemy. Its
// operands are expressions or values, which travel as arguments. It is
// immutable.
//
//	var median = orm.NewConstruct("median", "x").
//		Default("median(:x)").
//		On("postgresql", "percentile_cont(0.5) WITHIN GROUP (ORDER BY :x)")
//
//	orm.Select(orm.ConstructOf[float64](median, orm.C(&Users.F.Age)))
type Construct struct {
	node expr.Construct
	err  error
}

// NewConstruct begins a construct with the names of its parameters. One whose
// name ends with ... comes last and takes all operands that are left, with
// commas between them. The name is for messages, and for the column of a
// result.
func NewConstruct(name string, parameters ...string) Construct {
	c := Construct{node: expr.Construct{Name: name, Parameters: parameters}}
	if name == "" {
		c.err = errors.New("orm: a construct needs a name")
	}
	return c
}

// Default is the SQL for databases that have no form of their own. A :name in
// it is a parameter, as in [Text]. It must not come from a user.
func (c Construct) Default(sql string) Construct { return c.form("", sql) }

// On is the SQL for one dialect, such as "postgresql" or "mariadb".
func (c Construct) On(dialect, sql string) Construct { return c.form(dialect, sql) }

func (c Construct) form(dialect, sql string) Construct {
	text, err := expr.ParseText(sql)
	if err != nil {
		c.err = errors.Join(c.err, fmt.Errorf("orm: the construct %s: %w", c.node.Name, err))
	}
	forms := make([]expr.Form, 0, len(c.node.Forms)+1)
	for _, f := range c.node.Forms {
		if f.Dialect != dialect {
			forms = append(forms, f)
		}
	}
	c.node.Forms = append(forms, expr.Form{Dialect: dialect, Text: text})
	return c
}

// ConstructOf is the construct with operands, and values of type R. For a
// condition put it into [Truth].
func ConstructOf[R any](c Construct, operands ...any) Expr[R] {
	return Expr[R](c.term(typeOf[R](), operands))
}

func (c Construct) term(typ Type, operands []any) term {
	if c.err != nil {
		return term{node: expr.Invalid{Err: c.err}}
	}
	node := c.node
	node.Operands, node.Type = standalone(arguments(operands)), typ
	return term{node: node, typ: typ, near: node.Name}
}

// standalone marks values whose type nothing around them tells.
func standalone(list []expr.Expr) []expr.Expr {
	for i, e := range list {
		if b, ok := e.(expr.Bind); ok {
			b.Standalone = true
			list[i] = b
		}
	}
	return list
}
