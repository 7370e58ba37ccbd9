package mapper

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/ormlab/ormlab/orm/internal/textform"
	"github.com/ormlab/ormlab/orm/schema"
)

// namedTypes are the values of the option type.
var namedTypes = map[string]schema.Type{
	"smallint": {Kind: schema.SmallInteger},
	"integer":  {Kind: schema.Integer},
	"bigint":   {Kind: schema.BigInteger},
	"string":   {Kind: schema.String},
	"text":     {Kind: schema.Text},
	"boolean":  {Kind: schema.Boolean},
	"float":    {Kind: schema.Float},
	"blob":     {Kind: schema.LargeBinary},
	"datetime": {Kind: schema.DateTime},
	"numeric":  {Kind: schema.Numeric},
	"date":     {Kind: schema.Date},
	"time":     {Kind: schema.Time},
	"interval": {Kind: schema.Interval},
	"json":     {Kind: schema.JSON},
	"uuid":     {Kind: schema.UUID},
}

func typeNames() string { return strings.Join(slices.Sorted(maps.Keys(namedTypes)), ", ") }

// compatible says whether a column of type column can hold what a Go field
// whose own type is field holds.
func compatible(column, field schema.Type) bool {
	if column.Kind == field.Kind || column.IsInteger() && field.IsInteger() || column.IsText() && field.IsText() {
		return true
	}
	switch column.Kind {
	case schema.Numeric, schema.Date, schema.Time, schema.JSON, schema.UUID:
		return field.IsText() // in the database's own form
	}
	return false
}

// retype changes the column's type as the tag says.
func (f *Field) retype(o *options) error {
	c := f.Column
	if o.typ != "" {
		t, ok := namedTypes[o.typ]
		if !ok {
			return fmt.Errorf("unknown type %q; known are %s", o.typ, typeNames())
		}
		if !compatible(t, c.Type) {
			return fmt.Errorf("type %s cannot hold a Go %s", o.typ, f.Type)
		}
		if t.Kind != c.Type.Kind {
			c.Type = t
		}
	}
	if o.native != "" {
		c.Type = schema.NativeOf(o.native)
	}
	if o.enum != "" {
		if !c.Type.IsText() {
			return fmt.Errorf("enum is for text, not for a Go %s", f.Type)
		}
		c.Type = schema.EnumOf("", strings.Split(o.enum, "|")...)
		f.codec = f.codec.limit(c.Type)
	}
	switch {
	case o.size != 0 && c.Type.Kind != schema.String:
		return fmt.Errorf("size is for text, not for a Go %s", f.Type)
	case o.size != 0:
		c.Type.Size = o.size
	}
	return f.reprecise(o)
}

// reprecise sets the digits of a decimal number.
func (f *Field) reprecise(o *options) error {
	switch t := &f.Column.Type; {
	case o.precision == 0 && o.scale == 0:
	case t.Kind != schema.Numeric:
		return fmt.Errorf("precision and scale are for decimal numbers, not for a Go %s", f.Type)
	case o.scale > o.precision:
		return fmt.Errorf("a precision of %d has no room for %d digits behind the point", o.precision, o.scale)
	default:
		t.Size, t.Scale = o.precision, int16(o.scale)
	}
	return nil
}

// parseDefault reads a default in the form of its column.
func parseDefault(t schema.Type, text string) (v any, err error) {
	switch {
	case t.IsInteger():
		v, err = strconv.ParseInt(text, 10, 64)
	case t.Kind == schema.Boolean:
		v, err = strconv.ParseBool(text)
	case t.Kind == schema.Float:
		v, err = strconv.ParseFloat(text, 64)
	case t.Kind == schema.Numeric:
		v, err = textform.Decimal(text)
	case t.Kind == schema.Enum && !slices.Contains(t.Detail.Values, text):
		return nil, fmt.Errorf("default:%s is not one of %q", text, t.Detail.Values)
	case t.IsText(), t.Kind == schema.Date, t.Kind == schema.Time, t.Kind == schema.UUID, t.Kind == schema.Enum:
		v = text
	default:
		return nil, fmt.Errorf("a %s has no default in a tag; use server_default for an SQL expression", t)
	}
	if err != nil {
		return nil, fmt.Errorf("default:%s is not a value of the type %s", text, t)
	}
	return v, nil
}
