package orm

import (
	"context"
	"fmt"
	"slices"

	"github.com/ormlab/ormlab/orm/expr"
	"github.com/ormlab/ormlab/orm/schema"
)

// DropAll removes what is there: views, tables with all their rows, those that
// refer before those referred to, then types and sequences. Foreign keys that
// refer in a circle are removed first.
func (m *Metadata) DropAll(ctx context.Context, on Executor) error {
	if err := m.Err(); err != nil {
		return err
	}
	b := builder{ctx: ctx, on: on, metadata: m, dialect: on.sqlDialect()}
	return b.dropAll()
}

func (b *builder) dropAll() error {
	for _, v := range slices.Backward(b.metadata.views) {
		if err := b.run(expr.DropView{View: v, IfExists: true}); err != nil {
			return fmt.Errorf("dropping view %s: %w", v.FullName(), err)
		}
	}
	sorted, late := schema.SortedCycles(b.metadata.described())
	for _, t := range sorted {
		if err := b.dropLateKeys(t, late[t]); err != nil {
			return fmt.Errorf("dropping the foreign keys of %s: %w", t.FullName(), err)
		}
	}
	for _, t := range slices.Backward(sorted) {
		if err := b.dropTable(t); err != nil {
			return fmt.Errorf("dropping table %s: %w", t.FullName(), err)
		}
	}
	return b.dropRest(sorted)
}

func (b *builder) dropLateKeys(t *schema.Table, late []*schema.ForeignKey) error {
	keys := b.lateKeys(t, late)
	if len(keys) == 0 {
		return nil
	}
	there, err := b.there(t.Schema, t.Name)
	if err != nil || !there {
		return err
	}
	for _, k := range keys {
		if err := b.run(expr.DropForeignKey{Table: t, Key: k}); err != nil {
			return err
		}
	}
	return nil
}

func (b *builder) dropTable(t *schema.Table) error {
	there, err := b.there(t.Schema, t.Name)
	if err != nil || !there {
		return err
	}
	if err := b.tell(t, func(e DDLEvents) event { return e.BeforeDrop }); err != nil {
		return err
	}
	if err := b.run(expr.DropTable{Table: t}); err != nil {
		return err
	}
	return b.tell(t, func(e DDLEvents) event { return e.AfterDrop })
}

// dropRest removes types and sequences.
func (b *builder) dropRest(tables []*schema.Table) error {
	sequences := slices.Clone(b.metadata.sequences)
	for _, t := range tables {
		for _, c := range t.Columns {
			typ := c.Type.On(b.dialect.Name())
			there, is, err := b.enumType(typ)
			if err == nil && is && there {
				err = b.run(expr.DropType{Type: typ})
			}
			if err != nil {
				return fmt.Errorf("dropping the type of %s.%s: %w", t.FullName(), c.Name, err)
			}
			if c.Sequence != nil && b.dialect.Features().DDL.Sequences {
				sequences = append(sequences, c.Sequence)
			}
		}
	}
	for _, s := range sequences {
		if err := b.run(expr.DropSequence{Sequence: s, IfExists: true}); err != nil {
			return fmt.Errorf("dropping sequence %s: %w", s.FullName(), err)
		}
	}
	return nil
}
