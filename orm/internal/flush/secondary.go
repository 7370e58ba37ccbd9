package flush

import (
	"slices"
	"unsafe"

	"github.com/ormlab/ormlab/orm/dialect"
	"github.com/ormlab/ormlab/orm/expr"
	"github.com/ormlab/ormlab/orm/internal/mapper"
	"github.com/ormlab/ormlab/orm/internal/state"
	"github.com/ormlab/ormlab/orm/schema"
)

// row is one of a secondary table, between an object that has the relation and
// one at its other end.
type row struct {
	relation *mapper.Relation
	from, to unsafe.Pointer
	remove   bool
}

// sweep are all rows of a secondary table that belong to an object which is
// deleted.
type sweep struct {
	relation *mapper.Relation
	of       *state.State
}

// pair notes a row to be written. Both sides of a relationship say so; it is
// written once, as the side of the smaller name sees it.
func (l *links) pair(r *mapper.Relation, from, to unsafe.Pointer, remove bool) {
	if r.Back != nil && r.Back.Path < r.Path {
		r, from, to = r.Back, to, from
	}
	p := row{r, from, to, remove}
	if !l.rows[p] {
		l.rows[p] = true
		l.pairs = append(l.pairs, p)
	}
}

func (l *links) sweep(r *mapper.Relation, s *state.State) {
	if w := (sweep{r, s}); sweeps(r) && !l.sweeps[w] {
		l.sweeps[w] = true
		l.swept = append(l.swept, w)
	}
}

// sweeps says whether the deletion of an object deletes the rows between it and
// the others.
func sweeps(r *mapper.Relation) bool { return r != nil && !r.ViewOnly && !r.PassiveDeletes }

// writePairs writes single rows: first those that go.
func (l *links) writePairs(w *writer) error {
	for _, remove := range []bool{true, false} {
		for _, p := range l.pairs {
			if p.remove != remove {
				continue
			}
			if err := w.pair(p); err != nil {
				return err
			}
		}
	}
	for _, s := range l.swept {
		if err := w.sweep(s); err != nil {
			return err
		}
	}
	return nil
}

func (w *writer) pair(p row) error {
	r := p.relation
	st, err := w.cache.pair(w.dialect, r, p.remove)
	if err != nil {
		return err
	}
	w.args = w.args[:0]
	for _, c := range linkColumns(r) {
		f, object := r.RemoteEnd(c), p.to
		if f == nil {
			f, object = r.LocalEnd(c), p.from
		}
		if err := w.arg(f, object); err != nil {
			return err
		}
	}
	_, err = w.exec(st)
	return err
}

func (w *writer) sweep(s sweep) error {
	st, err := w.cache.sweep(w.dialect, s.relation)
	if err != nil {
		return err
	}
	w.args = w.args[:0]
	for _, f := range s.relation.Local {
		if err := w.arg(f, s.of.Snapshot); err != nil {
			return err
		}
	}
	_, err = w.exec(st)
	return err
}

// linkColumns are the columns of a secondary table that the relation writes, as
// the table has them.
func linkColumns(r *mapper.Relation) (list []*schema.Column) {
	for _, c := range r.Secondary.Columns {
		if slices.Contains(r.LocalLink, c) || slices.Contains(r.RemoteLink, c) {
			list = append(list, c)
		}
	}
	return list
}

// pair returns the statement for one row of a secondary table.
func (c *Cache) pair(d dialect.Dialect, r *mapper.Relation, remove bool) (*statement, error) {
	verb := byte('+')
	if remove {
		verb = '-'
	}
	k := cacheKey{link: r, verb: verb}
	if st := c.get(k); st != nil {
		return st, nil
	}
	return c.add(k, d, func(dialect.Dialect) (expr.Stmt, []*mapper.Field) {
		columns := linkColumns(r)
		if remove {
			return expr.Delete{Table: r.Secondary, Where: hasValues(columns)}, nil
		}
		ins := expr.Insert{Table: r.Secondary, Columns: columns, Rows: make([][]expr.Expr, 1)}
		for _, c := range columns {
			ins.Rows[0] = append(ins.Rows[0], slot(c))
		}
		return ins, nil
	})
}

// sweep returns the DELETE of all rows of one object.
func (c *Cache) sweep(d dialect.Dialect, r *mapper.Relation) (*statement, error) {
	k := cacheKey{link: r, verb: '*'}
	if st := c.get(k); st != nil {
		return st, nil
	}
	return c.add(k, d, func(dialect.Dialect) (expr.Stmt, []*mapper.Field) {
		return expr.Delete{Table: r.Secondary, Where: hasValues(r.LocalLink)}, nil
	})
}

// hasValues is the condition that columns have values given later.
func hasValues(columns []*schema.Column) expr.Expr {
	all := expr.Junction{}
	for _, c := range columns {
		all.Operands = append(all.Operands, expr.Binary{Op: expr.Eq, Left: expr.Column{Column: c}, Right: slot(c)})
	}
	return all
}
