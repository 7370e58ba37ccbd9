package dialect

import (
	"fmt"

	"github.com/ormlab/ormlab/orm/expr"
	"github.com/ormlab/ormlab/orm/schema"
)

// stmt writes a statement, or a query inside one.
func (w *keyWriter) stmt(s expr.Stmt) {
	switch s := s.(type) {
	case expr.Select:
		w.selectStmt(&s)
	case expr.Compound:
		w.compound(&s)
	case expr.Insert:
		w.insert(&s)
	case expr.Update:
		w.update(&s)
	case expr.Delete:
		w.delete(&s)
	case expr.Text:
		w.text(&s)
	default:
		w.unknown = true // such as DDL, which hardly runs twice
	}
}

func (w *keyWriter) selectStmt(s *expr.Select) {
	rare := len(s.DistinctOn) > 0 || len(s.Correlate) > 0 || s.WithTies || s.Lock != nil || len(s.Samples) > 0
	w.marked(markSelect, bit(s.Distinct, 0), bit(rare, 0))
	w.exprs(s.Columns)
	w.sourceList(s.From)
	w.expr(s.Where)
	w.exprs(s.GroupBy)
	w.expr(s.Having)
	w.exprs(s.OrderBy)
	w.rowCount(s.Limit)
	w.rowCount(s.Offset)
	if rare {
		w.rareOfSelect(s)
	}
}

// rareOfSelect writes what few queries have.
func (w *keyWriter) rareOfSelect(s *expr.Select) {
	w.exprs(s.DistinctOn)
	w.sourceList(s.Correlate)
	w.bool(s.WithTies)
	w.bool(s.Lock != nil)
	if s.Lock != nil {
		w.byte(byte(s.Lock.Strength))
		w.byte(byte(s.Lock.Wait))
		w.sourceList(s.Lock.Of)
	}
	w.count(len(s.Samples))
	for _, sample := range s.Samples {
		w.source(sample.Of)
		w.string(sample.Method)
		w.expr(sample.Percent)
		w.expr(sample.Seed)
	}
}

func (w *keyWriter) compound(s *expr.Compound) {
	w.mark(markCompound)
	w.byte(byte(s.Op))
	w.bool(s.All)
	w.count(len(s.Operands))
	for _, operand := range s.Operands {
		w.stmt(operand)
	}
	w.exprs(s.OrderBy)
	w.rowCount(s.Limit)
	w.rowCount(s.Offset)
}

func (w *keyWriter) insert(s *expr.Insert) {
	w.mark(markInsert)
	w.table(s.Table)
	w.count(len(s.Columns))
	for _, c := range s.Columns {
		w.owned(s.Table, c)
	}
	w.rows(s.Rows)
	w.bool(s.Query != nil)
	if s.Query != nil {
		w.stmt(s.Query)
	}
	w.bool(s.Conflict != nil)
	if s.Conflict != nil && !w.unknown {
		w.conflict(s.Table, s.Conflict)
	}
	w.exprs(s.Returning)
}

func (w *keyWriter) conflict(t *schema.Table, k *expr.Conflict) {
	w.count(len(k.Columns))
	for _, c := range k.Columns {
		w.owned(t, c)
	}
	w.string(k.Constraint)
	w.expr(k.Partial)
	w.assignments(t, k.Set)
	w.expr(k.Where)
	if len(k.Set) == 0 { // a column may be set to itself
		w.columnNames(t.PrimaryKey())
		w.columnNames(t.Columns[:min(1, len(t.Columns))])
	}
}

func (w *keyWriter) assignments(t *schema.Table, set []expr.Assignment) {
	w.count(len(set))
	for _, a := range set {
		w.owned(t, a.Column)
		w.expr(a.Value)
	}
}

func (w *keyWriter) update(s *expr.Update) {
	w.mark(markUpdate)
	w.table(s.Table)
	w.assignments(s.Table, s.Set)
	if s.Table != nil {
		w.onUpdate(s.Table)
	}
	w.sourceList(s.From)
	w.expr(s.Where)
	w.bool(s.AllRows)
	w.exprs(s.Returning)
}

// onUpdate writes the columns that every UPDATE of the table sets.
func (w *keyWriter) onUpdate(t *schema.Table) {
	for _, c := range t.Columns {
		if c.OnUpdate == nil {
			continue
		}
		w.mark(markLiteral)
		w.string(c.Name)
		w.typ(c.Type)
		switch v := c.OnUpdate.(type) {
		case schema.SQL:
			w.string("sql " + string(v))
		case string:
			w.string("text " + v)
		case int64, float64, bool:
			w.string(fmt.Sprintf("%T %v", v, v))
		default:
			w.unknown = true
		}
	}
	w.mark(markNone)
}

func (w *keyWriter) delete(s *expr.Delete) {
	w.mark(markDelete)
	w.table(s.Table)
	w.sourceList(s.Using)
	w.expr(s.Where)
	w.bool(s.AllRows)
	w.exprs(s.Returning)
}
