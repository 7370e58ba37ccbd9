package checker

import (
	"fmt"
	"go/ast"
	"go/constant"
	"go/types"
	"strconv"
	"strings"
	"unicode/utf8"
)

// columnType is a column's type as the dialect of SQLite writes it. Its size is
// that of a VARCHAR, or the digits of a NUMERIC. The zero value is a type that
// the text does not tell.
type columnType struct {
	name        string
	size, scale int
}

func (t columnType) String() string {
	switch {
	case t.name == "VARCHAR" && t.size > 0:
		return fmt.Sprintf("VARCHAR(%d)", t.size)
	case t.name == "NUMERIC" && t.size > 0:
		return fmt.Sprintf("NUMERIC(%d, %d)", t.size, t.scale)
	case t.name == "NUMERIC":
		return "" // there is none without digits
	}
	return t.name
}

func (t columnType) isInteger() bool {
	return t.name == "SMALLINT" || t.name == "INTEGER" || t.name == "BIGINT"
}

// basicTypes are those that a kind of Go decides.
var basicTypes = map[types.BasicKind]string{
	types.Int: "INTEGER", types.Int8: "SMALLINT", types.Int16: "SMALLINT", types.Int32: "INTEGER", types.Int64: "INTEGER",
	types.Uint8: "SMALLINT", types.Uint16: "INTEGER", types.Uint32: "BIGINT", types.Uint: "BIGINT", types.Uint64: "BIGINT",
	types.Float32: "FLOAT", types.Float64: "FLOAT", types.Bool: "BOOLEAN", types.String: "VARCHAR",
}

// ormTypes are those of the package orm.
var ormTypes = map[string]string{"JSON": "JSON TEXT", "Decimal": "NUMERIC", "Date": "DATE", "TimeOfDay": "TIME", "UUID": "CHAR(36)"}

// taggedTypes are the values of the option type.
var taggedTypes = map[string]string{
	"smallint": "SMALLINT", "integer": "INTEGER", "bigint": "BIGINT", "string": "VARCHAR", "text": "TEXT", "boolean": "BOOLEAN", "float": "FLOAT",
	"blob": "BLOB", "datetime": "DATETIME", "numeric": "NUMERIC", "date": "DATE", "time": "TIME", "interval": "NUMERIC(16, 6)",
	"json": "JSON TEXT", "uuid": "CHAR(36)",
}

// typeFunctions are the functions of the package orm that give types.
var typeFunctions = map[string]string{
	"SmallInteger": "SMALLINT", "Integer": "INTEGER", "BigInteger": "BIGINT", "Boolean": "BOOLEAN", "Float": "FLOAT", "String": "VARCHAR",
	"LongText": "TEXT", "LargeBinary": "BLOB", "DateTime": "DATETIME", "Numeric": "NUMERIC", "DateOnly": "DATE", "TimeOnly": "TIME",
	"Interval": "NUMERIC(16, 6)", "JSONType": "JSON TEXT", "UUIDType": "CHAR(36)",
}

// held is what the column of a Go type holds.
type held struct {
	columnType
	null     bool // it may be NULL
	optional bool // it knows whether it was set
	known    bool // whether it may be NULL is known
}

// holds says what the column of a Go type holds, as the mapper decides it.
func (p *program) holds(t types.Type) held {
	t = types.Unalias(t)
	name, args := ormType(t)
	switch {
	case (name == "Null" || name == "Opt") && len(args) == 1:
		inner := p.holds(args[0])
		return held{inner.columnType, true, name == "Opt", true}
	case name == "Deferred" && len(args) == 1:
		return p.holds(args[0])
	case ormTypes[name] != "":
		return held{columnType: columnType{name: ormTypes[name]}, known: true}
	case methodOf(t, "ColumnType") != nil && methodOf(t, "BindValue") != nil && methodOf(t, "ScanValue") != nil:
		return held{columnType: p.typeOf(p.returned(methodOf(t, "ColumnType"))), known: true}
	case methodOf(t, "NullParts") != nil || methodOf(t, "DeferredParts") != nil:
		return held{}
	case isNamed(t, "time", "Duration"):
		return held{columnType: columnType{name: "NUMERIC(16, 6)"}, known: true}
	case isNamed(t, "time", "Time"):
		return held{columnType: columnType{name: "DATETIME"}, known: true}
	}
	switch u := t.Underlying().(type) {
	case *types.Pointer:
		return held{columnType: p.holds(u.Elem()).columnType, null: true, known: true}
	case *types.Slice:
		if b, ok := u.Elem().(*types.Basic); ok && b.Kind() == types.Uint8 {
			return held{columnType: columnType{name: "BLOB"}, known: true}
		}
	case *types.Array:
		if b, ok := u.Elem().Underlying().(*types.Basic); ok && b.Kind() == types.Uint8 && u.Len() == 16 {
			return held{columnType: columnType{name: "CHAR(36)"}, known: true}
		}
	case *types.Basic:
		if values := methodOf(t, "EnumValues"); values != nil && u.Kind() == types.String {
			return held{columnType: p.enumOf(p.returned(values)), known: true}
		}
		return held{columnType: columnType{name: basicTypes[u.Kind()]}, known: basicTypes[u.Kind()] != ""}
	}
	return held{}
}

// retyped is a type as the tag of its field changes it.
func retyped(t columnType, options map[string]string) columnType {
	if name := taggedTypes[options["type"]]; name != "" && name != t.name {
		t = columnType{name: name}
	}
	if native := options["sql_type"]; native != "" {
		t = columnType{name: native}
	}
	if enum := options["enum"]; enum != "" {
		t = enumerated(strings.Split(enum, "|"))
	}
	number := func(name string, into *int) {
		if n, err := strconv.Atoi(options[name]); err == nil {
			*into = n
		}
	}
	number("size", &t.size)
	number("precision", &t.size)
	number("scale", &t.scale)
	return t
}

// enumerated is the type of a text that is one of some values: as long as the
// longest.
func enumerated(values []string) columnType {
	t := columnType{name: "VARCHAR", size: 1}
	for _, value := range values {
		t.size = max(t.size, utf8.RuneCountInString(value))
	}
	return t
}

// typeOf is the type that an expression such as orm.String(30) gives.
func (p *program) typeOf(x ast.Expr) (t columnType) {
	call, ok := ast.Unparen(x).(*ast.CallExpr)
	if !ok {
		return t
	}
	name := p.ormFunc(call)
	switch {
	case name == "Enum" && len(call.Args) > 1 && !call.Ellipsis.IsValid():
		return p.enumOf(call.Args[1:]...)
	case name == "SQLType" && len(call.Args) == 1:
		t.name, _ = p.text(call.Args[0])
		return t
	case typeFunctions[name] == "":
		return t
	}
	t.name = typeFunctions[name]
	for i, into := range []*int{&t.size, &t.scale} {
		if i >= len(call.Args) {
			break
		}
		n, ok := p.number(call.Args[i])
		if !ok {
			return columnType{}
		}
		*into = n
	}
	return t
}

// enumOf is the type of an enumeration of these values, or of those of one
// literal of a slice.
func (p *program) enumOf(list ...ast.Expr) columnType {
	if len(list) == 1 {
		if literal, ok := list[0].(*ast.CompositeLit); ok {
			list = literal.Elts
		}
	}
	var values []string
	for _, x := range list {
		value, ok := p.text(x)
		if !ok {
			return columnType{}
		}
		values = append(values, value)
	}
	return enumerated(values)
}

// returned is what a method of the program returns, if that is all it does.
func (p *program) returned(method types.Object) ast.Expr {
	for _, tree := range p.asts {
		for _, d := range tree.Decls {
			f, ok := d.(*ast.FuncDecl)
			if !ok || p.info.Defs[f.Name] != method || f.Body == nil || len(f.Body.List) != 1 {
				continue
			}
			if r, ok := f.Body.List[0].(*ast.ReturnStmt); ok && len(r.Results) == 1 {
				return r.Results[0]
			}
		}
	}
	return nil
}

// text and number are the values of constant expressions.
func (p *program) text(x ast.Expr) (string, bool) {
	value := p.info.Types[x].Value
	if value == nil || value.Kind() != constant.String {
		return "", false
	}
	return constant.StringVal(value), true
}

func (p *program) number(x ast.Expr) (int, bool) {
	value := p.info.Types[x].Value
	if value == nil {
		return 0, false
	}
	n, ok := constant.Int64Val(constant.ToInt(value))
	return int(n), ok
}

// ormType is the name of a type of the package orm, and what it is of.
func ormType(t types.Type) (name string, args []types.Type) {
	named, ok := t.(*types.Named)
	if !ok || named.Obj().Pkg() == nil || named.Obj().Pkg().Path() != ormPath {
		return "", nil
	}
	for i := range named.TypeArgs().Len() {
		args = append(args, named.TypeArgs().At(i))
	}
	return named.Obj().Name(), args
}

func isNamed(t types.Type, path, name string) bool {
	named, ok := t.(*types.Named)
	return ok && named.Obj().Name() == name && named.Obj().Pkg() != nil && named.Obj().Pkg().Path() == path
}

// methodOf is the method of that name that a pointer to the type has, or nil.
func methodOf(t types.Type, name string) types.Object {
	if _, ok := t.(*types.Named); !ok {
		return nil
	}
	obj, _, _ := types.LookupFieldOrMethod(types.NewPointer(t), true, nil, name)
	if f, ok := obj.(*types.Func); ok {
		return f
	}
	return nil
}

// isColumnType says whether a struct is a value rather than a group of fields.
func (p *program) isColumnType(t types.Type) bool {
	t = types.Unalias(t)
	name, _ := ormType(t)
	return name == "Null" || name == "Opt" || name == "Deferred" || ormTypes[name] != "" || isNamed(t, "time", "Time") ||
		methodOf(t, "ColumnType") != nil || methodOf(t, "NullParts") != nil || methodOf(t, "DeferredParts") != nil
}
