package orm

import (
	"context"
	"fmt"

	"github.com/ormlab/ormlab/orm/dialect"
	"github.com/ormlab/ormlab/orm/expr"
	"github.com/ormlab/ormlab/orm/schema"
)

// Inspector asks a database what it holds. Make one with [Inspect].
type Inspector struct {
	on        Executor
	reflector dialect.Reflector
	err       error
	space     string
}

// Inspect returns an inspector of the connection's own namespace.
func Inspect(on Executor) Inspector {
	r, ok := dialect.Base(on.sqlDialect()).(dialect.Reflector)
	if !ok {
		return Inspector{err: fmt.Errorf("orm: inspecting: the dialect %s cannot say what its databases hold", on.sqlDialect().Name())}
	}
	return Inspector{on: on, reflector: r, space: dialect.Namespace(on.sqlDialect(), "")}
}

// In returns an inspector of another namespace.
func (i Inspector) In(schema string) Inspector {
	i.space = schema
	if i.on != nil {
		i.space = dialect.Namespace(i.on.sqlDialect(), schema)
	}
	return i
}

func (i Inspector) ask(ctx context.Context, s expr.Stmt) ([]dialect.Record, error) {
	rows, err := fetch(ctx, i.on, s, nil)
	if err != nil {
		return nil, err
	}
	records := make([]dialect.Record, rows.Len())
	for n := range records {
		records[n] = rows.At(n).Values()
	}
	return records, nil
}

// TableNames lists the tables, in the order of their names.
func (i Inspector) TableNames(ctx context.Context) ([]string, error) {
	if i.err != nil {
		return nil, i.err
	}
	names, err := i.reflector.TableNames(ctx, i.ask, i.space)
	if err != nil {
		return nil, fmt.Errorf("listing the tables: %w", err)
	}
	return names, nil
}

// Table describes a table: columns, keys, constraints, indexes, comments.
func (i Inspector) Table(ctx context.Context, name string) (*schema.Table, error) {
	if i.err != nil {
		return nil, i.err
	}
	t, err := i.reflector.ReflectTable(ctx, i.ask, i.space, name)
	if err != nil {
		return nil, fmt.Errorf("reflecting table %s: %w", name, err)
	}
	if t == nil {
		return nil, fmt.Errorf("orm: reflecting table %s: there is no such table", name)
	}
	return t, nil
}

// Views describes the views.
func (i Inspector) Views(ctx context.Context) ([]*schema.View, error) {
	if i.err != nil {
		return nil, i.err
	}
	views, err := i.reflector.ReflectViews(ctx, i.ask, i.space)
	if err != nil {
		return nil, fmt.Errorf("reflecting the views: %w", err)
	}
	return views, nil
}

// Metadata describes all tables and views.
func (i Inspector) Metadata(ctx context.Context) (*Metadata, error) {
	names, err := i.TableNames(ctx)
	if err != nil {
		return nil, err
	}
	m := NewMetadata()
	for _, name := range names {
		t, err := i.Table(ctx, name)
		if err != nil {
			return nil, err
		}
		m.addTable(t)
	}
	views, err := i.Views(ctx)
	if err != nil {
		return nil, err
	}
	for _, v := range views {
		m.addView(v)
	}
	return m, m.Err()
}

// Reflect describes all tables and views of a database. What it returns can be
// queried, as in m.Table("pets").C("name"), and created elsewhere.
func Reflect(ctx context.Context, on Executor) (*Metadata, error) {
	return Inspect(on).Metadata(ctx)
}
