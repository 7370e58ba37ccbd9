package postgres

import (
	"strings"

	"github.com/ormlab/ormlab/orm/dialect"
	"github.com/ormlab/ormlab/orm/schema"
)

// longNames are the names of types in the catalog where they are others than
// in CREATE TABLE.
var longNames = map[string]schema.Kind{
	"character varying": schema.String,
	"integer":           schema.Integer,
}

// kindOf are the types by the names that the catalog has for them.
var kindOf = func() map[string]schema.Kind {
	m := map[string]schema.Kind{}
	for kind, name := range typeNames {
		m[strings.ToLower(name)] = kind
	}
	for name, kind := range longNames {
		m[name] = kind
	}
	return m
}()

// readType is the inverse of TypeDDL; a type that it would not write is Native.
func readType(s string) schema.Type {
	if element, ok := strings.CutSuffix(s, "[]"); ok {
		return schema.ArrayOf(readType(element))
	}
	name, numbers := dialect.ParseType(s)
	kind, ok := kindOf[name]
	switch {
	case !ok:
		return schema.NativeOf(s)
	case kind == schema.String && len(numbers) == 1:
		return schema.Type{Kind: kind, Size: numbers[0]}
	case kind == schema.Numeric && len(numbers) == 2:
		return schema.Type{Kind: kind, Size: numbers[0], Scale: int16(numbers[1])}
	case len(numbers) > 0: // a precision that this package never gives
		return schema.NativeOf(s)
	}
	return schema.Type{Kind: kind}
}
