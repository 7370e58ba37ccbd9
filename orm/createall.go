package orm

import (
	"context"
	"fmt"
	"strings"

	"github.com/ormlab/ormlab/orm/dialect"
	"github.com/ormlab/ormlab/orm/expr"
	"github.com/ormlab/ormlab/orm/schema"
)

// CreateAll makes what is not there yet: namespaces, types, sequences, tables
// with their indexes and comments, those referred to before those that refer,
// then views. It never changes what is there: a second call only looks. Foreign
// keys that refer in a circle are made when all tables are there.
func (m *Metadata) CreateAll(ctx context.Context, on Executor) error {
	if err := m.Err(); err != nil {
		return err
	}
	b := builder{ctx: ctx, on: on, metadata: m, dialect: on.sqlDialect()}
	return b.createAll()
}

// builder is one run of CreateAll or DropAll.
type builder struct {
	ctx      context.Context
	on       Executor
	metadata *Metadata
	dialect  dialect.Dialect
}

func (b *builder) run(stmt expr.Stmt) error {
	_, err := run(b.ctx, b.on, stmt, nil)
	return err
}

// there says whether a table or view is there.
func (b *builder) there(space, name string) (bool, error) {
	look := tableLook{dialect.Namespace(b.dialect, space), name}
	rows, err := fetchFrom(b.ctx, b.on, look.StmtFor(b.dialect), look, nil)
	if err != nil {
		return false, err
	}
	return rows.Len() > 0, nil
}

// tableLook asks a database's catalogue for a table or view.
type tableLook struct{ space, name string }

func (l tableLook) StmtFor(d dialect.Dialect) expr.Stmt {
	if looker, ok := dialect.Base(d).(dialect.NamespaceLooker); ok && l.space != "" {
		return looker.HasTableIn(l.space, l.name)
	}
	return d.HasTable(l.name)
}

func (b *builder) createAll() error {
	sorted, late := schema.SortedCycles(b.metadata.described())
	for _, t := range sorted {
		if err := b.targets(t); err != nil {
			return fmt.Errorf("creating table %s: %w", t.FullName(), err)
		}
	}
	var made []*schema.Table
	for _, t := range sorted {
		created, err := b.createMissing(t, late[t])
		if err != nil {
			return fmt.Errorf("creating table %s: %w", t.FullName(), err)
		}
		if created {
			made = append(made, t)
		}
	}
	for _, t := range made {
		for _, k := range b.lateKeys(t, late[t]) {
			if err := b.run(expr.AddForeignKey{Table: t, Key: k}); err != nil {
				return fmt.Errorf("creating the foreign key %s: %w", k.Name, err)
			}
		}
	}
	return b.createRest()
}

// lateKeys are the foreign keys that can only be made when all tables are
// there; a database that cannot add them needs none. They have names, by which
// they can be removed again.
func (b *builder) lateKeys(t *schema.Table, keys []*schema.ForeignKey) []*schema.ForeignKey {
	if !b.dialect.Features().DDL.AlterKeys {
		return nil
	}
	named := make([]*schema.ForeignKey, len(keys))
	for i, k := range keys {
		key := *k
		if key.Name == "" {
			key.Name = schema.DefaultNaming.Key(t, k)
		}
		named[i] = &key
	}
	return named
}

// createRest makes sequences and views.
func (b *builder) createRest() error {
	for _, s := range b.metadata.sequences {
		if err := b.run(expr.CreateSequence{Sequence: s, IfNotExists: true}); err != nil {
			return fmt.Errorf("creating sequence %s: %w", s.FullName(), err)
		}
	}
	for _, v := range b.metadata.views {
		there, err := b.there(v.Schema, v.Name)
		if err == nil && !there {
			err = b.run(expr.CreateView{View: v})
		}
		if err != nil {
			return fmt.Errorf("creating view %s: %w", v.FullName(), err)
		}
	}
	return nil
}

// createMissing makes a table if it is not there, and says whether it did.
func (b *builder) createMissing(t *schema.Table, late []*schema.ForeignKey) (bool, error) {
	there, err := b.there(t.Schema, t.Name)
	if err != nil || there {
		return false, err
	}
	if err := b.prepare(t); err != nil {
		return false, err
	}
	if err := b.tell(t, func(e DDLEvents) event { return e.BeforeCreate }); err != nil {
		return false, err
	}
	if !b.dialect.Features().DDL.AlterKeys {
		late = nil
	}
	if err := b.run(expr.CreateTable{Table: t, Later: late}); err != nil {
		// Another program may have made it in the meantime.
		if there, lookErr := b.there(t.Schema, t.Name); lookErr == nil && there {
			return false, nil
		}
		return false, err
	}
	if err := b.complete(t); err != nil {
		return false, err
	}
	return true, b.tell(t, func(e DDLEvents) event { return e.AfterCreate })
}

// targets checks that the tables that t refers to are in the metadata, or in
// the database, unless t is there itself.
func (b *builder) targets(t *schema.Table) error {
	for _, k := range t.AllForeignKeys() {
		name := t.TargetOf(k)
		if b.metadata.lookup(name) != nil {
			continue
		}
		space := k.Schema
		if space == "" {
			space = t.Schema
		}
		there, err := b.there(space, k.Table)
		if err != nil {
			return err
		}
		if there {
			continue
		}
		if there, err = b.there(t.Schema, t.Name); err != nil {
			return err
		}
		if !there {
			return fmt.Errorf("orm: %s.%s refers to the table %s, which is neither among the models nor in the database; pass its model too",
				t.FullName(), strings.Join(k.Columns, ", "), name)
		}
	}
	return nil
}

// prepare makes what must be there before the table.
func (b *builder) prepare(t *schema.Table) error {
	f := b.dialect.Features().DDL
	if space := dialect.Namespace(b.dialect, t.Schema); space != "" && f.Schemas {
		if err := b.run(expr.CreateSchema{Name: space, IfNotExists: true}); err != nil {
			return err
		}
	}
	for _, c := range t.Columns {
		if c.Sequence != nil && f.Sequences {
			if err := b.run(expr.CreateSequence{Sequence: c.Sequence, IfNotExists: true}); err != nil {
				return err
			}
		}
		if err := b.createType(c.Type.On(b.dialect.Name())); err != nil {
			return err
		}
	}
	return nil
}

// createType makes the type of an enumeration, if the database has such and it
// is not there.
func (b *builder) createType(t schema.Type) error {
	there, is, err := b.enumType(t)
	if err != nil || !is || there {
		return err
	}
	return b.run(expr.CreateType{Type: t})
}

// enumType says whether a type is an enumeration with a type of its own, and
// whether that is there.
func (b *builder) enumType(t schema.Type) (there, is bool, err error) {
	looker, ok := dialect.Base(b.dialect).(dialect.TypeLooker)
	if !ok || t.Kind != schema.Enum || t.Detail.Name == "" || !b.dialect.Features().DDL.EnumTypes {
		return false, false, nil
	}
	stmt := looker.HasType(t.Detail.Name)
	if space := dialect.Namespace(b.dialect, ""); space != "" {
		stmt = looker.HasTypeIn(space, t.Detail.Name)
	}
	rows, err := fetch(b.ctx, b.on, stmt, nil)
	if err != nil {
		return false, true, err
	}
	return rows.Len() > 0, true, nil
}

// complete makes what belongs to the table and is no part of CREATE TABLE.
func (b *builder) complete(t *schema.Table) error {
	for _, index := range t.Indexes {
		if !index.On(b.dialect.Name()) {
			continue
		}
		if err := b.run(expr.CreateIndex{Table: t, Index: index}); err != nil {
			return fmt.Errorf("index %s: %w", index.Name, err)
		}
	}
	if !b.dialect.Features().DDL.CommentStatements {
		return nil
	}
	if t.Comment != "" {
		if err := b.run(expr.SetComment{Table: t}); err != nil {
			return err
		}
	}
	for _, c := range t.Columns {
		if c.Comment != "" {
			if err := b.run(expr.SetComment{Table: t, Column: c}); err != nil {
				return err
			}
		}
	}
	return nil
}

type event = func(ctx context.Context, on Executor, t *schema.Table) error

// tell calls the listeners.
func (b *builder) tell(t *schema.Table, of func(DDLEvents) event) error {
	for _, l := range b.metadata.listeners {
		if f := of(l); f != nil {
			if err := f(b.ctx, b.on, t); err != nil {
				return err
			}
		}
	}
	return nil
}
