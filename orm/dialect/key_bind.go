package dialect

import (
	"reflect"
	"time"

	"github.com/ormlab/ormlab/orm/driver"
	"github.com/ormlab/ormlab/orm/expr"
	"github.com/ormlab/ormlab/orm/schema"
)

// What the SQL depends on of a value: whether it is given later, NULL, or
// neither.
const (
	valueLater byte = iota
	valueNull
	valueGiven
)

func valueState(v any) byte {
	switch v.(type) {
	case nil:
		return valueLater
	case int, int64, string, bool, float64, []byte, time.Time, time.Duration:
		return valueGiven
	}
	if isNullValue(v) {
		return valueNull
	}
	return valueGiven
}

// bind writes what the SQL depends on of a value that stands alone.
func (w *keyWriter) bind(b *expr.Bind) {
	w.value(b)
	w.items = append(w.items, item{from: len(w.slots), n: 1})
	w.slots = append(w.slots, b)
}

func (w *keyWriter) value(b *expr.Bind) {
	w.marked(markBind, byte(b.Type.Kind), valueState(b.Value)|bit(b.Standalone, 2))
	if b.Standalone && w.features.TypedPlaceholders {
		w.cast(b)
	}
}

// cast writes the type that a bind is cast to. That of a bind without one
// follows from its value.
func (w *keyWriter) cast(b *expr.Bind) {
	w.typ(b.Type)
	if b.Type.Kind != schema.Unknown {
		return
	}
	v, err := convert(b.Type, b.Value)
	w.byte(byte(v.Kind()))
	w.unknown = w.unknown || err != nil
}

// inList writes the list of an IN. Where all of it are plain values, the key is
// the same for all lengths but none, and those that make another SQL.
func (w *keyWriter) inList(list []expr.Expr) {
	if w.features.isArrayLength(len(list)) {
		w.unknown = true
		return
	}
	plain := len(list) > 0 && isPlainList(list)
	w.bool(plain)
	if !plain {
		w.exprs(list)
		return
	}
	w.items = append(w.items, item{from: len(w.slots), n: len(list), list: true})
	for _, e := range list {
		w.slots = append(w.slots, boxOf(e))
	}
}

// isPlainList says whether a list is of values that are arguments, and not
// NULL.
func isPlainList(list []expr.Expr) bool {
	for _, e := range list {
		if _, ok := e.(expr.Bind); !ok {
			return false
		}
		if b := boxOf(e); b.Standalone || valueState(b.Value) != valueGiven {
			return false
		}
	}
	return true
}

// rowCount writes a number of rows, which must be a good one.
func (w *keyWriter) rowCount(e expr.Expr) {
	if _, ok := e.(expr.Bind); ok {
		b := boxOf(e)
		v, err := convert(b.Type, b.Value)
		if err != nil || v.Kind() != driver.Int || v.Int() < 0 {
			w.unknown = true
			return
		}
	}
	w.expr(e)
}

// distance writes the distance of a window's bound, which some databases take
// as a part of the SQL.
func (w *keyWriter) distance(e expr.Expr) {
	if b, ok := e.(expr.Bind); ok && w.features.FrameLiterals {
		if v, err := convert(b.Type, b.Value); err == nil && v.Kind() == driver.Int {
			w.mark(markLiteral)
			w.count(int(v.Int()))
			return
		}
	}
	w.expr(e)
}

// text writes somebody's SQL. The length of a list is a part of its key.
func (w *keyWriter) text(t *expr.Text) {
	w.mark(markText)
	w.bool(t.Question)
	w.columnNames(t.Columns)
	w.count(len(t.Parts))
	for i, part := range t.Parts {
		w.string(part.SQL)
		w.string(part.Bind)
		if part.Bind != "" && !usedBefore(t.Parts[:i], part.Bind) {
			w.textBind(t, part.Bind)
		}
	}
	if len(t.Binds) > 0 && checkBinds(*t) != nil {
		w.unknown = true
	}
}

func usedBefore(parts []expr.TextPart, name string) bool {
	for _, p := range parts {
		if p.Bind == name {
			return true
		}
	}
	return false
}

func (w *keyWriter) textBind(t *expr.Text, name string) {
	b, ok := t.Binds[name]
	if !ok {
		w.unknown = true
		return
	}
	origin := originOf(t.Binds, name, 0)
	for _, other := range w.texts {
		if other.origin.binds == origin.binds && other.origin.name == origin.name { // one text stands in the statement twice
			w.unknown = true
			return
		}
	}
	list := reflect.ValueOf(b.Value)
	if !isList(list) {
		w.textValue(b, origin)
		return
	}
	w.mark(markList)
	w.count(list.Len())
	w.byte(byte(kindOf(list.Type().Elem())))
	for i := range list.Len() {
		b.Value, origin.member = list.Index(i).Interface(), i
		w.textValue(b, origin)
	}
}

func (w *keyWriter) textValue(b expr.Bind, origin textOrigin) {
	w.texts = append(w.texts, textItem{origin, len(w.items)})
	w.bind(&b)
}

func originOf(binds map[string]expr.Bind, name string, member int) textOrigin {
	return textOrigin{reflect.ValueOf(binds).UnsafePointer(), name, member}
}
