package dialect_test

import (
	"reflect"

	"github.com/ormlab/ormlab/orm/expr"
	"github.com/ormlab/ormlab/orm/schema"
)

// mutants calls visit with copies of a statement of which each differs from it
// in one thing: a flag, a name, a number, a value, a type, a part that is gone
// or there twice, a source that looks like another but is not the same.
func mutants(s expr.Stmt, visit func(expr.Stmt)) {
	for k := 0; ; k++ {
		m := mutator{target: k, copies: map[any]reflect.Value{}}
		v := m.copy(reflect.ValueOf(&s).Elem())
		if m.at <= k {
			return
		}
		if copied, ok := v.Interface().(expr.Stmt); ok {
			visit(copied)
		}
	}
}

// unchanged is a copy of the statement that shares nothing with it.
func unchanged(s expr.Stmt) expr.Stmt {
	m := mutator{target: -1, copies: map[any]reflect.Value{}}
	return m.copy(reflect.ValueOf(&s).Elem()).Interface().(expr.Stmt)
}

// mutator copies a tree, and changes the thing with the number target.
type mutator struct {
	target, at int
	copies     map[any]reflect.Value // of what pointers point at
}

// here says whether this is the thing to change.
func (m *mutator) here() bool {
	m.at++
	return m.at-1 == m.target
}

var otherValues = []any{nil, int64(7), "other", true, 2.5, []byte("b"), (*int64)(nil), []int64{1, 2}, []string{}}

func (m *mutator) copy(v reflect.Value) reflect.Value {
	out := reflect.New(v.Type()).Elem()
	out.Set(v)
	switch v.Kind() {
	case reflect.Bool:
		if m.here() {
			out.SetBool(!v.Bool())
		}
	case reflect.String:
		if m.here() {
			out.SetString(v.String() + "x")
		}
	case reflect.Int, reflect.Int16, reflect.Int32, reflect.Int64:
		if m.here() {
			out.SetInt(v.Int() + 1)
		}
	case reflect.Uint8:
		if m.here() {
			out.SetUint(v.Uint() + 1)
		}
	case reflect.Interface:
		m.copyInterface(v, out)
	case reflect.Slice:
		m.copySlice(v, out)
	case reflect.Struct:
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() {
				out.Field(i).Set(m.copy(v.Field(i)))
			}
		}
	case reflect.Map:
		out.Set(reflect.MakeMap(v.Type()))
		for _, key := range v.MapKeys() {
			if !m.here() {
				out.SetMapIndex(key, m.copy(v.MapIndex(key)))
			}
		}
	case reflect.Pointer:
		m.copyPointer(v, out)
	}
	return out
}

func (m *mutator) copyInterface(v, out reflect.Value) {
	if v.IsNil() {
		if v.Type() == reflect.TypeFor[expr.Expr]() && m.here() {
			out.Set(reflect.ValueOf(expr.Bool{Value: true}))
		}
		return
	}
	if m.here() {
		out.SetZero()
		return
	}
	if v.Type() != reflect.TypeFor[any]() {
		if v.Type() == reflect.TypeFor[error]() {
			return
		}
		out.Set(m.copy(v.Elem()))
		return
	}
	for _, other := range otherValues {
		if m.here() {
			out.SetZero()
			if other != nil {
				out.Set(reflect.ValueOf(other))
			}
		}
	}
}

func (m *mutator) copySlice(v, out reflect.Value) {
	out.Set(reflect.MakeSlice(v.Type(), 0, v.Len()))
	for i := range v.Len() {
		if m.here() {
			continue
		}
		out.Set(reflect.Append(out, m.copy(v.Index(i))))
	}
	if v.Len() > 0 && m.here() {
		out.Set(reflect.Append(out, m.copy(v.Index(0))))
	}
}

func (m *mutator) copyPointer(v, out reflect.Value) {
	if v.IsNil() {
		return
	}
	switch p := v.Interface().(type) {
	case *schema.Column:
		m.copyColumn(p, out)
		return
	case *schema.Table:
		if m.here() {
			other := *p
			other.Name += "x"
			out.Set(reflect.ValueOf(&other))
		}
		return
	case *schema.Detail:
		if m.here() {
			other := *p
			other.Name += "x"
			other.Values = append([]string{"x"}, p.Values...)
			other.Element.Kind++
			out.Set(reflect.ValueOf(&other))
		}
		return
	}
	key := v.Interface()
	known, ok := m.copies[key]
	if ok && !m.here() { // otherwise one that is not the same any more
		out.Set(known)
		return
	}
	fresh := reflect.New(v.Type().Elem())
	if !ok {
		m.copies[key] = fresh
	}
	fresh.Elem().Set(m.copy(v.Elem()))
	out.Set(fresh)
}

// copyColumn gives one of its own name, kind or table in the place of a column.
func (m *mutator) copyColumn(c *schema.Column, out reflect.Value) {
	other := *c
	switch {
	case m.here():
		other.Name += "x"
	case m.here():
		other.Type.Kind = (c.Type.Kind + 1) % schema.Native
	case m.here():
		other.Table = nil
	case m.here(): // one that only looks the same
	case c.Table != nil && m.here():
		out.Set(reflect.ValueOf(c.Table.Columns[0]))
		return
	default:
		return
	}
	out.Set(reflect.ValueOf(&other))
}
