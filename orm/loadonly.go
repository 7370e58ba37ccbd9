package orm

import (
	"fmt"
	"slices"
	"unsafe"

	"github.com/ormlab/ormlab/orm/driver"
	"github.com/ormlab/ormlab/orm/expr"
	"github.com/ormlab/ormlab/orm/internal/load"
	"github.com/ormlab/ormlab/orm/internal/mapper"
	"github.com/ormlab/ormlab/orm/internal/state"
)

// LoadOnly makes a query read these columns only of each object, named as in
// &Books.F.Title, and those that every object needs: the primary key, the
// version and foreign keys. Inside Then it is about the objects at the other
// end of a relationship.
//
// A plain Go field cannot tell that it was not read: it is zero. The session
// knows, and [Session.Inspect] shows it; a Get of the object and a query that
// reads the whole row fill it in, and so does [Session.Refresh] with the
// field's name. A flush writes such a field only if it is no longer zero. A
// field of type [Deferred] tells by itself.
func LoadOnly(fields ...any) Loader {
	return columnOption("LoadOnly", fields, func(sh *shape, list []*mapper.Field) error {
		if !sh.only {
			sh.only, sh.wanted = true, alwaysRead(sh.m)
		}
		for _, f := range list {
			sh.wanted[f] = true
		}
		return nil
	})
}

// Defer makes a query leave these columns out, as [LoadOnly] does with all
// others.
func Defer(fields ...any) Loader {
	return columnOption("Defer", fields, func(sh *shape, list []*mapper.Field) error {
		needed := alwaysRead(sh.m)
		for _, f := range list {
			if needed[f] {
				return fmt.Errorf("orm: Defer: %s is read always: it is a key or the version", f.Path)
			}
			delete(sh.wanted, f)
		}
		return nil
	})
}

// Undefer makes a query read columns that are [Deferred].
func Undefer(fields ...any) Loader {
	return columnOption("Undefer", fields, func(sh *shape, list []*mapper.Field) error {
		for _, f := range list {
			sh.wanted[f] = true
		}
		return nil
	})
}

// UndeferGroup is [Undefer] for all columns of a group.
func UndeferGroup(name string) Loader {
	return columnOption("UndeferGroup", nil, func(sh *shape, _ []*mapper.Field) error {
		found := false
		for _, f := range sh.m.Deferred {
			if f.Group == name {
				sh.wanted[f], found = true, true
			}
		}
		if !found {
			return fmt.Errorf("orm: UndeferGroup: no column of a %s has the tag deferred:%s", sh.m.Name, name)
		}
		return nil
	})
}

// columnOption is a loader that changes which columns a query reads.
func columnOption(name string, fields []any, change func(*shape, []*mapper.Field) error) Loader {
	return Loader{how: byColumns, run: loadObjects, reshape: func(sh *shape) error {
		list, err := fieldsOf(sh.m, fields)
		if err != nil {
			return fmt.Errorf("orm: %s: %w", name, err)
		}
		if sh.wanted == nil {
			sh.wanted = map[*mapper.Field]bool{}
			for _, f := range sh.m.Loads {
				sh.wanted[f] = true
			}
		}
		if err := change(sh, list); err != nil {
			return err
		}
		sh.order()
		return nil
	}}
}

// alwaysRead are the fields of a model that every object needs, because the
// session or a relationship looks at them.
func alwaysRead(m *mapper.Mapper) map[*mapper.Field]bool {
	needed := map[*mapper.Field]bool{}
	need := func(fields []*mapper.Field) {
		for _, f := range fields {
			needed[f] = true
		}
	}
	need(m.Key)
	if m.Version != nil {
		needed[m.Version] = true
	}
	for _, f := range m.Fields {
		if f.Column.References != nil {
			needed[f] = true
		}
	}
	for _, key := range m.Table.ForeignKeys {
		for _, name := range key.Columns {
			needed[m.FieldNamed(name)] = true
		}
	}
	for _, other := range mapper.All() {
		for _, r := range other.Relations {
			if other == m {
				need(r.Local)
			}
			if r.Target == m {
				need(r.Remote)
			}
		}
	}
	return needed
}

// order makes the fields that are wanted what the query reads, in the order of
// the model.
func (sh *shape) order() {
	sh.fields = nil
	for _, f := range slices.Concat(sh.m.Fields, sh.m.Expressions) {
		if sh.wanted[f] {
			sh.fields = append(sh.fields, f)
		}
	}
	var p *load.Partial
	sh.read = func(held *state.Map, rows driver.Rows) (unsafe.Pointer, error) {
		if p == nil {
			p = load.NewPartial(held, sh.m, sh.fields)
		}
		return p.Row(rows)
	}
}

// WithExpression fills a field with the tag expression from an expression of
// SQL, in each object that a query finds:
//
//	Users.Select().Options(orm.WithExpression(&Users.F.Score, orm.Add(…)))
func WithExpression[T any](field *T, e Operand) Loader {
	return withExpression(field, e.operand())
}

func withExpression(field any, e expr.Expr) Loader {
	return columnOption("WithExpression", []any{field}, func(sh *shape, list []*mapper.Field) error {
		f := list[0]
		if !slices.Contains(sh.m.Expressions, f) {
			return fmt.Errorf("orm: WithExpression: %s is a column; it is for a field with the tag expression", f.Path)
		}
		if sh.exprs == nil {
			sh.exprs = map[*mapper.Field]func(expr.Source) expr.Expr{}
		}
		sh.wanted[f], sh.exprs[f] = true, basedOn(sh.m, e)
		return nil
	})
}

// basedOn is an expression on the columns of a model, to be read from a source.
func basedOn(m *mapper.Mapper, e expr.Expr) func(of expr.Source) expr.Expr {
	return func(of expr.Source) expr.Expr { return rebased(m, e, of) }
}
