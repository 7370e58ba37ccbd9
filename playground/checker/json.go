package checker

import (
	"strconv"
	"unicode/utf8"
)

// writer writes the answers as JSON. The package that does so for all types
// would make the checker that the page loads a fifteenth bigger.
type writer struct{ out []byte }

func (w *writer) raw(s string) { w.out = append(w.out, s...) }

func (w *writer) null() { w.raw("null") }

func (w *writer) number(n int) { w.out = strconv.AppendInt(w.out, int64(n), 10) }

func (w *writer) text(s string) {
	const hex = "0123456789abcdef"
	w.out = append(w.out, '"')
	for _, r := range s {
		switch {
		case r == '"' || r == '\\':
			w.out = append(w.out, '\\', byte(r))
		case r < ' ':
			w.out = append(w.out, '\\', 'u', '0', '0', hex[r>>4], hex[r&15])
		default:
			w.out = utf8.AppendRune(w.out, r)
		}
	}
	w.out = append(w.out, '"')
}

// key begins a field of an object; the first one stands behind a brace.
func (w *writer) key(name string) {
	if w.out[len(w.out)-1] != '{' {
		w.raw(",")
	}
	w.text(name)
	w.raw(":")
}

func (w *writer) flag(name string, is bool) {
	w.key(name)
	w.raw(strconv.FormatBool(is))
}

func (w *writer) texts(name string, list []string) {
	w.key(name)
	array(w, list, (*writer).text)
}

// field writes a text unless it is empty.
func (w *writer) field(name, value string) {
	if value != "" {
		w.key(name)
		w.text(value)
	}
}

func array[T any](w *writer, list []T, each func(*writer, T)) {
	w.raw("[")
	for i, one := range list {
		if i > 0 {
			w.raw(",")
		}
		each(w, one)
	}
	w.raw("]")
}

func optional[T any](w *writer, write func(*writer, T)) func(T, bool) {
	return func(value T, ok bool) {
		if ok {
			write(w, value)
		} else {
			w.null()
		}
	}
}

func edits(w *writer) func([]Edit, error) error {
	return func(list []Edit, err error) error {
		if err == nil {
			array(w, list, (*writer).edit)
		}
		return err
	}
}

func (w *writer) place(s Span) {
	w.key("file")
	w.text(s.File)
	w.key("from")
	w.number(s.From)
	w.key("to")
	w.number(s.To)
}

func (w *writer) span(s Span) {
	w.raw("{")
	w.place(s)
	w.raw("}")
}

func (w *writer) edit(e Edit) {
	w.raw("{")
	w.place(e.Span)
	w.key("text")
	w.text(e.Text)
	w.raw("}")
}

func (w *writer) diagnostic(d Diagnostic) {
	w.raw("{")
	w.place(d.Span)
	w.key("message")
	w.text(d.Message)
	w.field("hint", d.Hint)
	w.key("fixes")
	array(w, d.Fixes, func(w *writer, f Fix) {
		w.raw("{")
		w.field("label", f.Label)
		w.key("edits")
		array(w, f.Edits, (*writer).edit)
		w.raw("}")
	})
	w.raw("}")
}

func (w *writer) doc(d DocKey) {
	if d != (DocKey{}) {
		w.key("doc")
		array(w, []string{d.Package, d.Name}, (*writer).text)
	}
}

func (w *writer) completion(c Completion) {
	w.raw("{")
	w.place(c.Span)
	w.key("sql")
	w.raw(strconv.FormatBool(c.SQL))
	w.key("items")
	array(w, c.Items, func(w *writer, i Item) {
		w.raw("{")
		w.field("label", i.Label)
		w.field("kind", i.Kind)
		w.field("detail", i.Detail)
		w.doc(i.Doc)
		w.key("boost")
		w.number(i.Boost)
		if len(i.Edits) > 0 {
			w.key("edits")
			array(w, i.Edits, (*writer).edit)
		}
		w.raw("}")
	})
	w.raw("}")
}

func (w *writer) hover(h Hover) {
	w.raw("{")
	w.place(h.Span)
	w.key("code")
	w.text(h.Code)
	w.field("text", h.Text)
	w.doc(h.Doc)
	w.raw("}")
}

func (w *writer) signature(s Signature) {
	w.raw("{")
	w.key("label")
	w.text(s.Label)
	w.key("params")
	array(w, s.Params, func(w *writer, p [2]int) { array(w, p[:], (*writer).number) })
	w.key("active")
	w.number(s.Active)
	w.field("text", s.Text)
	w.doc(s.Doc)
	w.raw("}")
}

func (w *writer) models(m Models) {
	w.raw("{")
	w.flag("faulty", m.Faulty)
	w.key("tables")
	array(w, m.Tables, (*writer).model)
	w.raw("}")
}

func (w *writer) model(m Model) {
	w.raw("{")
	w.place(m.At)
	w.key("name")
	w.text(m.Name)
	w.texts("structs", m.Structs)
	w.flag("unsure", m.Unsure)
	w.key("columns")
	array(w, m.Columns, func(w *writer, c Column) {
		w.raw("{")
		w.key("name")
		w.text(c.Name)
		w.key("type")
		w.text(c.Type)
		w.flag("notNull", c.NotNull)
		w.flag("unsure", c.Unsure)
		w.flag("primaryKey", c.PrimaryKey)
		w.flag("generated", c.Generated)
		w.raw("}")
	})
	w.key("foreignKeys")
	array(w, m.ForeignKeys, func(w *writer, k Key) {
		w.raw("{")
		w.texts("columns", k.Columns)
		w.key("table")
		w.text(k.Table)
		w.texts("targets", k.Targets)
		w.key("onUpdate")
		w.text(k.OnUpdate)
		w.key("onDelete")
		w.text(k.OnDelete)
		w.raw("}")
	})
	w.raw("}")
}
