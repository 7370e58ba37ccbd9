package dialect

import (
	"errors"
	"fmt"

	"github.com/ormlab/ormlab/orm/expr"
)

// bind makes a Go value an argument.
func (c *compiler) bind(b expr.Bind) {
	v, err := convert(b.Type, b.Value)
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
