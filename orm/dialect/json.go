package dialect

import (
	"strconv"
	"strings"

	"github.com/ormlab/ormlab/orm/driver"
	"github.com/ormlab/ormlab/orm/expr"
	"github.com/ormlab/ormlab/orm/internal/textform"
	"github.com/ormlab/ormlab/orm/schema"
)

// jsonValue writes a part of a JSON document. The path travels as an argument.
func (c *compiler) jsonValue(e expr.JSONValue) {
	if len(e.Path) == 0 {
		c.fail("a path into a JSON document needs a key or an index")
		return
	}
	form, ok := c.features.JSON[e.Type.Kind]
	if !ok {
		form, ok = c.features.JSON[schema.Unknown]
	}
	if !ok {
		c.lacks("paths into JSON documents")
		return
	}
	path, problem := dottedPath(e.Path), ""
	if c.features.JSONPathArrays {
		path = arrayPath(e.Path)
	} else if problem = dottedProblem(e.Path); problem != "" {
		c.fail("%q cannot be a key in a path into a JSON document: it has %s", path, problem)
		return
	}
	for i := 0; i < len(form); i++ {
		switch {
		case strings.HasPrefix(form[i:], "{doc}"):
			c.expr(e.Operand, precedencePrimary)
			i += len("{doc}") - 1
		case strings.HasPrefix(form[i:], "{path}"):
			c.origin = origin{own: true} // the path is a part of the key
			c.placeholder(driver.TextValue(path), path)
			i += len("{path}") - 1
		case strings.HasPrefix(form[i:], "{type}"):
			c.write(c.castType(e.Type))
			i += len("{type}") - 1
		default:
			c.sql.WriteByte(form[i])
		}
	}
}

// dottedPath is a path such as $."a"[0].
func dottedPath(path []expr.JSONStep) string {
	var b strings.Builder
	b.WriteByte('$')
	for _, step := range path {
		if step.IsIndex {
			b.WriteString("[" + strconv.Itoa(step.Index) + "]")
		} else {
			b.WriteString(`."` + step.Key + `"`)
		}
	}
	return b.String()
}

// dottedProblem is what of a key a dotted path cannot say on every database.
func dottedProblem(path []expr.JSONStep) string {
	for _, step := range path {
		switch {
		case step.IsIndex:
		case strings.ContainsAny(step.Key, "\"\\"):
			return "a quote or a backslash"
		case strings.IndexByte(step.Key, 0) >= 0:
			return "a NUL character"
		}
	}
	return ""
}

// arrayPath is a path such as {"a","0"}.
func arrayPath(path []expr.JSONStep) string {
	list := make([]*string, len(path))
	for i, step := range path {
		text := step.Key
		if step.IsIndex {
			text = strconv.Itoa(step.Index)
		}
		list[i] = &text
	}
	return textform.FormatArray(list)
}
