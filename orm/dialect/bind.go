package dialect

import (
	"errors"
	"fmt"
	"reflect"

	"github.com/ormlab/ormlab/orm/expr"
	"github.com/ormlab/ormlab/orm/schema"
)

// bind makes a Go value an argument.
func (c *compiler) bind(b expr.Bind) {
	v, err := convert(b.Type, b.Value)
	if err != nil {
		c.fail("%w", c.explain(b, err))
		return
	}
	if !b.Standalone || !c.features.TypedPlaceholders || v.IsNull() {
		c.placeholder(v, b.Value)
		return
	}
	if b.Type.Kind == schema.Unknown {
		b.Type.Kind = kindOf(reflect.TypeOf(v.Any()))
	}
	c.write("CAST(")
	c.placeholder(v, b.Value)
	c.write(" AS ")
	c.write(c.castType(b.Type))
	c.write(")")
}

// typed writes an operand where what is around it tells its type.
func (c *compiler) typed(e expr.Expr, least precedence) {
	if b, ok := e.(expr.Bind); ok {
		b.Standalone = false
		c.bindOf(e, b)
		return
	}
	c.expr(e, least)
}

// explain says which column a value does not fit.
func (c *compiler) explain(b expr.Bind, err error) error {
	var misfit *misfitError
	if !errors.As(err, &misfit) {
		return err
	}
	kind := misfit.kind()
	switch {
	case kind == "" && b.Near == "":
		return misfit
	case kind == "":
		return fmt.Errorf("%s: %w", b.Near, misfit)
	case b.Near == "":
		return fmt.Errorf("%s column cannot %s %s", kind, c.verb(), misfit.what())
	}
	return fmt.Errorf("%s is %s column: it cannot %s %s", b.Near, kind, c.verb(), misfit.what())
}

// verb is what the statement does with a value.
func (c *compiler) verb() string {
	if c.storing {
		return "hold"
	}
	return "be compared with"
}
