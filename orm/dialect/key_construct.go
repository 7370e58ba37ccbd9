package dialect

import "github.com/ormlab/ormlab/orm/expr"

// construct writes the form that the dialect takes, with all that stands in it.
func (w *keyWriter) construct(e *expr.Construct) {
	form, ok := formFor(e.Forms, w.dialect.Name())
	if !ok {
		w.unknown = true
		return
	}
	w.mark(markConstruct)
	w.string(e.Name)
	w.byte(byte(e.Type.Kind))
	w.bool(form.Question)
	w.count(len(form.Parts))
	for _, part := range form.Parts {
		w.string(part.SQL)
		w.string(part.Bind)
	}
	w.count(len(e.Parameters))
	for _, name := range e.Parameters {
		w.string(name)
	}
	w.exprs(e.Operands)
}

func (w *keyWriter) jsonValue(e *expr.JSONValue) {
	w.mark(markJSONValue)
	w.typ(e.Type)
	w.count(len(e.Path))
	for _, step := range e.Path {
		w.bool(step.IsIndex)
		w.string(step.Key)
		w.count(step.Index)
	}
	w.expr(e.Operand)
}
