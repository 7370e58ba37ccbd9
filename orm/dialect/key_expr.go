package dialect

import (
	"encoding/binary"

	"github.com/ormlab/ormlab/orm/expr"
)

func (w *keyWriter) exprs(list []expr.Expr) {
	w.count(len(list))
	for _, e := range list {
		w.expr(e)
	}
}

func (w *keyWriter) rows(list [][]expr.Expr) {
	w.count(len(list))
	for _, row := range list {
		w.exprs(row)
	}
}

// expr writes an expression. One that it does not know makes the statement one
// that is not for a cache.
func (w *keyWriter) expr(node expr.Expr) {
	if len(w.key) > maxKey {
		w.unknown = true
	}
	if w.unknown {
		return
	}
	switch e := node.(type) {
	case nil:
		w.mark(markNone)
	case expr.Column:
		w.column(e)
	case expr.Bind:
		w.bind(boxOf(node))
	case expr.Null:
		w.mark(markNull)
	case expr.Bool:
		w.mark(markBool)
		w.bool(e.Value)
	case expr.Binary:
		w.marked(markBinary, byte(e.Op), 0)
		w.expr(e.Left)
		w.expr(e.Right)
	case expr.Junction:
		w.marked(markJunction, bit(e.Or, 0), 0)
		w.exprs(e.Operands)
	case expr.Not:
		w.mark(markNot)
		w.expr(e.Operand)
	case expr.In:
		w.in(&e)
	case expr.Between:
		w.marked(markBetween, bit(e.Negated, 0), 0)
		w.expr(e.Operand)
		w.expr(e.Low)
		w.expr(e.High)
	case expr.Like:
		w.marked(markLike, bit(e.Negated, 0), bit(e.FoldCase, 0))
		w.key = binary.AppendVarint(w.key, int64(e.Escape))
		w.expr(e.Operand)
		w.expr(e.Pattern)
	case expr.IsNull:
		w.mark(markIsNull)
		w.bool(e.Negated)
		w.expr(e.Operand)
	case expr.Label:
		w.mark(markLabel)
		w.string(e.Name)
		w.expr(e.Operand)
	case expr.Order:
		w.marked(markOrder, bit(e.Descending, 0), byte(e.Nulls))
		w.expr(e.Operand)
	case expr.Name:
		w.mark(markName)
		w.string(e.Name)
	case expr.Func:
		w.function(&e)
	case expr.Text:
		w.text(&e)
	default:
		w.rare(node)
	}
}

// rare writes the expressions that are not used as often.
func (w *keyWriter) rare(node expr.Expr) {
	switch e := node.(type) {
	case expr.Neg:
		w.mark(markNeg)
		w.expr(e.Operand)
	case expr.Custom:
		w.mark(markCustom)
		w.string(e.Op)
		w.byte(byte(e.Type.Kind))
		w.expr(e.Left)
		w.expr(e.Right)
	case expr.Match:
		w.mark(markMatch)
		w.bool(e.Negated)
		w.expr(e.Operand)
		w.expr(e.Pattern)
	case expr.Is:
		w.mark(markIs)
		w.bool(e.Value)
		w.bool(e.Negated)
		w.expr(e.Operand)
	case expr.Collate:
		w.mark(markCollate)
		w.string(e.Name)
		w.expr(e.Operand)
	case expr.Cast:
		w.mark(markCast)
		w.typ(e.Type)
		w.expr(e.Operand)
	case expr.Coerce:
		w.mark(markCoerce)
		w.byte(byte(e.Type.Kind))
		w.expr(e.Operand)
	case expr.Case:
		w.caseWhen(&e)
	case expr.Extract:
		w.mark(markExtract)
		w.byte(byte(e.Part))
		w.expr(e.Operand)
	case expr.Tuple:
		w.mark(markTuple)
		w.exprs(e.Items)
	case expr.Excluded:
		w.excluded(e)
	case expr.Scalar:
		w.mark(markScalar)
		w.stmt(e.Query)
	case expr.Exists:
		w.mark(markExists)
		w.bool(e.Negated)
		w.stmt(e.Query)
	case expr.Quantified:
		w.mark(markQuantified)
		w.byte(byte(e.Op))
		w.bool(e.All)
		w.expr(e.Left)
		w.stmt(e.Query)
	case expr.Window:
		w.window(&e)
	case expr.Elements:
		w.mark(markElements)
		w.byte(byte(e.Op))
		w.bool(e.All)
		w.expr(e.Left)
		w.expr(e.Array)
	case expr.BitNot:
		w.mark(markBitNot)
		w.expr(e.Operand)
	case expr.FullText:
		w.mark(markFullText)
		w.bool(e.Negated)
		w.expr(e.Operand)
		w.expr(e.Query)
	case expr.Grouping:
		w.mark(markGrouping)
		w.byte(byte(e.Kind))
		w.rows(e.Sets)
	case expr.Construct:
		w.construct(&e)
	case expr.JSONValue:
		w.jsonValue(&e)
	default:
		w.unknown = true
	}
}

func (w *keyWriter) column(c expr.Column) {
	if c.Column == nil {
		w.unknown = true
		return
	}
	w.marked(markColumn, byte(c.Type.Kind), 0)
	switch {
	case c.Of != nil:
		w.source(c.Of)
	case c.Table != nil:
		w.tableSource(c.Table)
	default:
		w.count(0)
	}
	w.string(c.Name)
}

func (w *keyWriter) excluded(e expr.Excluded) {
	if e.Column == nil {
		w.unknown = true
		return
	}
	w.mark(markExcluded)
	w.string(e.Name)
	w.byte(byte(e.Type.Kind))
}

func (w *keyWriter) in(e *expr.In) {
	_, tuple := e.Operand.(expr.Tuple)
	switch {
	case e.Query != nil:
		w.mark(markInQuery)
	case tuple:
		w.mark(markIn)
	default:
		w.mark(markInList)
	}
	w.bool(e.Negated)
	w.expr(e.Operand)
	switch {
	case e.Query != nil:
		w.exprs(e.List)
		w.stmt(e.Query)
	case tuple:
		w.exprs(e.List)
	default:
		w.inList(e.List)
	}
}

func (w *keyWriter) caseWhen(e *expr.Case) {
	w.mark(markCase)
	w.expr(e.Operand)
	w.count(len(e.Whens))
	for _, when := range e.Whens {
		w.expr(when.Condition)
		w.expr(when.Result)
	}
	w.expr(e.Else)
}

func (w *keyWriter) function(f *expr.Func) {
	special := len(f.OrderBy) > 0 || len(f.WithinGroup) > 0 || f.Filter != nil
	w.marked(markFunc, bit(f.Star, 0)|bit(f.Distinct, 1)|bit(special, 2), byte(f.Type.Kind))
	w.string(f.Name)
	w.arguments(f)
	if special {
		w.exprs(f.OrderBy)
		w.exprs(f.WithinGroup)
		w.expr(f.Filter)
	}
}

// arguments writes those of a function. Where a database takes the separator of
// string_agg as a part of the SQL, it is a part of the key.
func (w *keyWriter) arguments(f *expr.Func) {
	if f.Name == "string_agg" && w.features.GroupConcat && len(f.Args) == 2 {
		if separator, ok := constantText(f.Args[1]); ok {
			w.expr(f.Args[0])
			w.mark(markLiteral)
			w.string(separator)
			return
		}
	}
	w.exprs(f.Args)
}

func (w *keyWriter) window(e *expr.Window) {
	w.mark(markWindow)
	w.expr(e.Func)
	w.exprs(e.PartitionBy)
	w.exprs(e.OrderBy)
	w.bool(e.Frame != nil)
	if f := e.Frame; f != nil {
		w.byte(byte(f.Unit))
		w.byte(byte(f.Start.Kind))
		w.distance(f.Start.Offset)
		w.byte(byte(f.End.Kind))
		w.distance(f.End.Offset)
	}
}
