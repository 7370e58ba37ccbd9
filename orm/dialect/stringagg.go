package dialect

import (
	"strings"

	"github.com/ormlab/ormlab/orm/driver"
	"github.com/ormlab/ormlab/orm/expr"
)

// groupConcat writes string_agg for a database whose group_concat has the
// separator as a clause, which takes no argument.
func (c *compiler) groupConcat(f expr.Func) {
	if len(f.Args) != 2 {
		c.fail("string_agg needs a text and a separator, not %d arguments", len(f.Args))
		return
	}
	separator, ok := constantText(f.Args[1])
	if !ok {
		c.fail("%s has a separator only as text, not as an expression", c.dialect.Name())
		return
	}
	c.write("group_concat(")
	f.Args = f.Args[:1]
	c.arguments(f)
	c.write(" SEPARATOR ")
	c.write(stringLiteral(c.features, separator))
	c.write(")")
	c.aggregateClauses(f)
}

// constantText is the text of an argument that is known and that a literal can
// hold.
func constantText(e expr.Expr) (string, bool) {
	b, ok := e.(expr.Bind)
	if !ok {
		return "", false
	}
	v, err := convert(b.Type, b.Value)
	if err != nil || v.Kind() != driver.Text || strings.IndexByte(v.Text(), 0) >= 0 {
		return "", false
	}
	return v.Text(), true
}
