package dialect

import (
	"github.com/ormlab/ormlab/orm/expr"
	"github.com/ormlab/ormlab/orm/schema"
)

func (w *keyWriter) sourceList(list []expr.Source) {
	w.count(len(list))
	for _, s := range list {
		w.source(s)
	}
}

// tableSource is source for a table, which mostly is one that was met before.
func (w *keyWriter) tableSource(t *schema.Table) {
	for i, other := range w.sources {
		if other == expr.Source(expr.Table{Table: t}) {
			w.count(i + 1)
			return
		}
	}
	w.source(expr.Table{Table: t})
}

// source writes the number of a source, and what it is where it is met first.
func (w *keyWriter) source(s expr.Source) {
	if w.unknown || !isSource(s) {
		w.unknown = true
		return
	}
	for i, other := range w.sources {
		if other == s || expr.Same(other, s) {
			w.count(i + 1)
			return
		}
	}
	w.sources = append(w.sources, s)
	w.count(len(w.sources))
	switch s := s.(type) {
	case expr.Table:
		w.mark(markTable)
		w.table(s.Table)
	case *expr.Alias:
		w.mark(markAlias)
		w.table(s.Of)
		w.string(s.Name)
	case *expr.Subquery:
		w.mark(markSubquery)
		w.string(s.Name)
		w.bool(s.Lateral)
		w.columnNames(s.Columns)
		w.stmt(s.Query)
	case *expr.CTE:
		w.mark(markCTE)
		w.string(s.Name)
		w.bool(s.Recursive)
		w.byte(byte(s.Materialized))
		w.columnNames(s.Columns)
		w.stmt(s.Query)
	case *expr.CTEAlias:
		w.mark(markCTEAlias)
		w.string(s.Name)
		w.source(s.Of)
	case *expr.Values:
		w.mark(markValues)
		w.string(s.Name)
		w.columnNames(s.Columns)
		w.rows(s.Rows)
	case *expr.TableFunc:
		w.mark(markTableFunc)
		w.string(s.Name)
		w.bool(s.Ordinality)
		w.columnNames(s.Columns)
		w.function(&s.Func)
	case *expr.Join:
		w.mark(markJoin)
		w.byte(byte(s.Kind))
		w.source(s.Left)
		w.source(s.Right)
		w.expr(s.On)
	default:
		w.unknown = true
	}
}
