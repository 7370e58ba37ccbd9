package dialect

import (
	"errors"
	"fmt"

	"github.com/ormlab/ormlab/orm/expr"
)

// bind makes a Go value an argument.
func (c *compiler) bind(b expr.Bind) {
	v, err := Value(b.Type, b.Value)
	if err != nil {
		c.fail("%w", c.explain(b, err))
		return
	}
	c.placeholder(v, b.Value)
}

// explain says which column a value does not fit.
func (c *compiler) explain(b expr.Bind, err error) error {
	var misfit *misfitError
	if !errors.As(err, &misfit) {
		return err
	}
	column := "this"
	if b.Near != "" {
		column = b.Near
	}
	verb := "be compared with"
	if c.storing {
		verb = "hold"
	}
	if kind := misfit.kind(); kind != "" {
		return fmt.Errorf("%s is %s column: it cannot %s %s", column, kind, verb, misfit.what())
	}
	return fmt.Errorf("%s cannot %s %s", column, verb, misfit.what())
}
