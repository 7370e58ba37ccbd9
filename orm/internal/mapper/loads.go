package mapper

import (
	"errors"
	"reflect"

	"github.com/ormlab/ormlab/orm/expr"
)

// setLoads finds what a query of the model reads.
func (m *Mapper) setLoads() {
	m.Loads = m.Fields
	if m.Deferred != nil || m.Expressions != nil {
		m.Loads = nil
		for _, f := range m.Fields {
			if f.codec.late == nil {
				m.Loads = append(m.Loads, f)
			}
		}
		for _, f := range m.Expressions {
			if f.Expr != nil {
				m.Loads = append(m.Loads, f)
			}
		}
	}
	for i, f := range m.Loads {
		if len(m.Key) > 0 && f == m.Key[0] {
			m.KeyIndex = i
		}
	}
}

// Fill makes an expression of SQL what fills a field of Expressions.
func (m *Mapper) Fill(f *Field, e func(of expr.Source) expr.Expr) {
	f.Expr = e
	m.setLoads()
}

// FieldFilled returns the field of Expressions of type t at that offset, or nil.
func (m *Mapper) FieldFilled(offset uintptr, t reflect.Type) *Field {
	for _, f := range m.Expressions {
		if f.Offset == offset && f.Type == t {
			return f
		}
	}
	return nil
}

// checkExpression checks the tag of a field that is no column.
func (o options) checkExpression() error {
	if o.words > 1 && o.name == "" || o.words > 2 {
		return errors.New("a field with the tag expression is no column; only name goes with it")
	}
	return nil
}
