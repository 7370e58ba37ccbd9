package dialect

import (
	"fmt"
	"reflect"
	"strings"

	"github.com/ormlab/ormlab/orm/expr"
	"github.com/ormlab/ormlab/orm/schema"
)

// textBind writes the bind behind part i: a value, or a slice as a list
// between parentheses.
func (c *compiler) textBind(t expr.Text, i int) {
	name := t.Parts[i].Bind
	b := t.Binds[name]
	if b.Near == "" {
		b.Near = ":" + name
	}
	list := reflect.ValueOf(b.Value)
	if !isList(list) {
		c.origin.text = originOf(t.Binds, name, 0)
		c.bind(b)
		return
	}
	c.openList(t, i)
	if list.Len() == 0 {
		c.emptyList(list.Type().Elem())
	}
	for j := range list.Len() {
		c.separate(j)
		b.Value = list.Index(j).Interface()
		if isNullValue(b.Value) {
			c.fail("%s: a list holds NULL, which no row equals; leave it out and ask with IS NULL", b.Near)
			return
		}
		c.origin.text = originOf(t.Binds, name, j)
		c.bind(b)
	}
	c.closeList(t, i)
}

// again writes the bind behind part i, whose arguments are there already.
func (c *compiler) again(t expr.Text, i int, r argRange) {
	list := reflect.ValueOf(t.Binds[t.Parts[i].Bind].Value)
	if !isList(list) {
		c.reference(r.from + 1)
		return
	}
	c.openList(t, i)
	if list.Len() == 0 {
		c.emptyList(list.Type().Elem())
	}
	for n := r.from; n < r.to; n++ {
		c.separate(n - r.from)
		c.reference(n + 1)
	}
	c.closeList(t, i)
}

// isList says whether a value is a slice that is not bytes.
func isList(v reflect.Value) bool {
	return v.Kind() == reflect.Slice && v.Type().Elem().Kind() != reflect.Uint8
}

func (c *compiler) openList(t expr.Text, i int) {
	if !hasParentheses(t, i) {
		c.write("(")
	}
}

func (c *compiler) closeList(t expr.Text, i int) {
	if !hasParentheses(t, i) {
		c.write(")")
	}
}

// hasParentheses says whether the text itself has them around the bind behind
// part i, as in IN (:ids).
func hasParentheses(t expr.Text, i int) bool {
	return strings.HasSuffix(strings.TrimSpace(t.Parts[i].SQL), "(") &&
		i+1 < len(t.Parts) && strings.HasPrefix(strings.TrimSpace(t.Parts[i+1].SQL), ")")
}

// emptyList writes a query without rows in the place of a list without members.
func (c *compiler) emptyList(member reflect.Type) {
	sql := c.features.EmptySelect
	if strings.Contains(sql, "%s") {
		name, err := c.dialect.TypeDDL(schema.Type{Kind: kindOf(member)})
		if err != nil {
			c.fail("%w", err)
		}
		sql = fmt.Sprintf(sql, name)
	}
	c.write(sql)
}

// kindOf is the column type for a Go type; text if there is no other.
func kindOf(t reflect.Type) schema.Kind {
	for t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	switch kind := t.Kind(); {
	case kind >= reflect.Int && kind <= reflect.Uint64:
		return schema.BigInteger
	case kind == reflect.Float32 || kind == reflect.Float64:
		return schema.Float
	case kind == reflect.Bool:
		return schema.Boolean
	case t == timeType:
		return schema.DateTime
	}
	return schema.Text
}
