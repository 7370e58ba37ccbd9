package dialect

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/ormlab/ormlab/orm/expr"
)

// text writes somebody's SQL with its binds. A name that is used twice is one
// argument where placeholders have numbers.
func (c *compiler) text(t expr.Text) {
	if err := checkBinds(t); err != nil {
		c.fail("%w", err)
		return
	}
	if t.Question && !c.features.NumberedPlaceholders {
		c.fail("the text has a ? outside quotes, which %s takes for an argument; give it a name, as in :name", c.dialect.Name())
		return
	}
	var used map[string]argRange
	for i, part := range t.Parts {
		c.write(part.SQL)
		if part.Bind == "" {
			continue
		}
		r, again := used[part.Bind]
		if !again {
			r.from = len(c.args)
			c.textBind(t, i)
			r.to = len(c.args)
		} else {
			c.again(t, i, r)
		}
		if c.features.NumberedPlaceholders {
			if used == nil {
				used = map[string]argRange{}
			}
			used[part.Bind] = r
		}
	}
}

// argRange are the arguments that a name stands for.
type argRange struct{ from, to int }

// textOperand writes a text as a part of something. A comment that ends with
// the line must not swallow what follows.
func (c *compiler) textOperand(t expr.Text, least precedence) {
	c.open(precedenceNone, least)
	c.textQuery(t)
	c.close(precedenceNone, least)
}

func hasLineComment(sql string) bool {
	return strings.Contains(sql, "--") || strings.Contains(sql, "#")
}

// checkBinds makes sure that every name has a value and every value a name.
func checkBinds(t expr.Text) error {
	names := t.Names()
	var missing, unknown []string
	for _, name := range names {
		if _, ok := t.Binds[name]; !ok {
			missing = append(missing, ":"+name)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(t.Binds)) {
		if !slices.Contains(names, name) {
			unknown = append(unknown, ":"+name)
		}
	}
	switch {
	case unknown != nil && len(names) == 0:
		return fmt.Errorf("the text has no binds, but there is a value for %s", strings.Join(unknown, ", "))
	case unknown != nil:
		return fmt.Errorf("the text has no %s; its binds are :%s", strings.Join(unknown, ", "), strings.Join(names, ", :"))
	case missing != nil:
		return fmt.Errorf("the text needs a value for %s", strings.Join(missing, ", "))
	}
	return nil
}
