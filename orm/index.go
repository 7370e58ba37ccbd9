package orm

import (
	"fmt"

	"github.com/ormlab/ormlab/orm/internal/mapper"
	"github.com/ormlab/ormlab/orm/schema"
)

// IndexOption describes an index. Its methods return it changed.
type IndexOption struct {
	parts []schema.IndexPart
	index schema.Index
}

// Index makes an index on some columns, in that order.
func Index(columns ...string) IndexOption {
	o := IndexOption{}
	for _, c := range columns {
		o.parts = append(o.parts, schema.IndexPart{Column: c})
	}
	return o
}

// Desc adds columns whose greatest value comes first.
func (o IndexOption) Desc(columns ...string) IndexOption {
	for _, c := range columns {
		o = o.with(schema.IndexPart{Column: c, Descending: true})
	}
	return o
}

// Expr adds an expression, such as lower(name).
func (o IndexOption) Expr(sql schema.SQL) IndexOption { return o.with(schema.IndexPart{SQL: sql}) }

func (o IndexOption) with(p schema.IndexPart) IndexOption {
	o.parts = append(append([]schema.IndexPart(nil), o.parts...), p)
	return o
}

// Named gives the index a name; otherwise it is ix_table_columns.
func (o IndexOption) Named(name string) IndexOption { o.index.Name = name; return o }

// Unique says that no two rows have the same values.
func (o IndexOption) Unique() IndexOption { o.index.Unique = true; return o }

// Where limits the index to the rows that fulfil a condition.
func (o IndexOption) Where(sql schema.SQL) IndexOption { o.index.Where = sql; return o }

// Include keeps other columns in the index, so that a query finds all it needs
// there.
func (o IndexOption) Include(columns ...string) IndexOption { o.index.Include = columns; return o }

// OnlyOn limits the index to some dialects, such as "postgresql": one that
// lacks what the index needs would refuse it.
func (o IndexOption) OnlyOn(dialects ...string) IndexOption { o.index.Dialects = dialects; return o }

func (IndexOption) part() {}
func (o IndexOption) define(d *mapper.Definition) {
	var names []string
	for _, p := range o.parts {
		if p.Column != "" {
			names = append(names, p.Column)
		}
	}
	what := fmt.Sprintf("Index(%s)", quoted(names))
	index := o.index
	for _, p := range o.parts {
		if p.Column == "" {
			index.Parts = append(index.Parts, p)
			continue
		}
		for _, name := range d.Names(what, []string{p.Column}) {
			index.Parts = append(index.Parts, schema.IndexPart{Column: name, Descending: p.Descending})
		}
	}
	index.Include = d.Names(what, o.index.Include)
	if len(o.parts) == 0 || len(index.Parts) > 0 {
		d.Indexes = append(d.Indexes, &index)
	}
}
