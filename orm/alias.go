package orm

import (
	"errors"
	"fmt"
	"sync"
	"unsafe"

	"github.com/ormlab/ormlab/orm/expr"
	"github.com/ormlab/ormlab/orm/internal/mapper"
	"github.com/ormlab/ormlab/orm/schema"
)

// Alias is the table of a model under another name, with a prototype of its
// own, so that a statement can read the table twice:
//
//	boss := Employees.As("boss")
//	Employees.Select().Join(boss, orm.N(&Employees.F.BossID).EqExpr(orm.C(&boss.F.ID)))
type Alias[T any] struct {
	// F is the prototype: the addresses of its fields name the alias's columns.
	F     T
	model *Model[T]
	node  *expr.Alias
	err   error
}

// aliases are those of models, by model and name: a name is used again for
// each run of a query, and a prototype is kept for ever.
var aliases = struct {
	sync.Mutex
	made map[aliasKey]any // *Alias[T]
}{made: map[aliasKey]any{}}

type aliasKey struct {
	model any
	name  string
}

// As returns the model's table under another name. The same name gives the
// same alias.
func (m *Model[T]) As(name string) *Alias[T] {
	return aliasOf(m, name, func() any {
		a := &Alias[T]{model: m}
		a.node, a.err = newAlias(m.mapper, name, m.err)
		start := uintptr(unsafe.Pointer(&a.F))
		addPrototype(prototype{start: start, end: start + unsafe.Sizeof(a.F), mapper: m.mapper, of: a.node, err: a.err, keep: a})
		return a
	}).(*Alias[T])
}

// aliasOf returns the alias of that model and name, made once.
func aliasOf(model any, name string, make func() any) any {
	aliases.Lock()
	defer aliases.Unlock()
	key := aliasKey{model, name}
	if a, ok := aliases.made[key]; ok {
		return a
	}
	a := make()
	aliases.made[key] = a
	return a
}

// newAlias is the source of an alias of a model, unless the model is wrong.
func newAlias(m *mapper.Mapper, name string, err error) (*expr.Alias, error) {
	switch {
	case err != nil:
		return nil, err
	case name == "":
		return nil, errors.New("orm: the alias of a model needs a name")
	}
	if m.IsJoined() {
		return nil, fmt.Errorf("orm: objects of %s are read from several tables, which have no common alias; give one to its base, as in %s.As(%q)", m.Name, m.Root.Name, name)
	}
	return &expr.Alias{Of: m.Table, Name: name}, nil
}

func (a *Alias[T]) source() (expr.Source, error) {
	if a.err != nil {
		return nil, a.err
	}
	return a.node, nil
}

func (a *Alias[T]) columns() []expr.Expr {
	if a.err != nil {
		return []expr.Expr{expr.Invalid{Err: a.err}}
	}
	return allColumns(a.model.mapper, a.node)
}

// Select returns the query for all objects of the model, read under the
// alias's name.
func (a *Alias[T]) Select() Query[T] {
	return Query[T]{model: a.model, of: a}
}

// columnsOf are columns of another source than their table.
func columnsOf(columns []*schema.Column, of expr.Source) []expr.Expr {
	list := make([]expr.Expr, len(columns))
	for i, c := range columns {
		list[i] = expr.Column{Column: c, Of: of}
	}
	return list
}

// TableAlias is a [Table] under another name.
type TableAlias struct {
	table *Table
	node  *expr.Alias
}

// As returns the table under another name. If the name is empty the statement
// makes one.
func (t *Table) As(name string) *TableAlias {
	return &TableAlias{t, &expr.Alias{Of: t.table, Name: name}}
}

// C returns the column of that name.
func (a *TableAlias) C(name string) Expr[any] {
	e := a.table.C(name)
	if c, ok := e.node.(expr.Column); ok {
		return columnExpr(c.Column, a.node, nil)
	}
	return e
}

func (a *TableAlias) source() (expr.Source, error) {
	if a.table.err != nil {
		return nil, a.table.err
	}
	return a.node, nil
}

func (a *TableAlias) columns() []expr.Expr {
	if a.table.err != nil {
		return []expr.Expr{expr.Invalid{Err: a.table.err}}
	}
	return columnsOf(a.table.table.Columns, a.node)
}
