package show

import (
	"errors"
	"reflect"
	"strconv"
)

// tableOf reads any of the forms of data that Table takes.
func tableOf(data any) (*table, error) {
	if data == nil {
		return nil, errors.New("show: showing a table: the data is nil: " + wanted)
	}
	v := reflect.ValueOf(data)
	if v.Kind() == reflect.Pointer && v.IsNil() {
		return nil, errors.New("show: showing a table: the " + v.Type().String() + " is nil: was there an error before?")
	}
	if rows, ok := data.(Rows); ok {
		return tableOfRows(rows)
	}
	if v.Kind() == reflect.Pointer && v.Type().Elem().Kind() != reflect.Struct {
		v = v.Elem() // a pointer to a slice
	}
	if v.Kind() == reflect.Slice && v.Type().Elem().Kind() != reflect.Uint8 || v.Kind() == reflect.Array {
		return tableOfSlice(v)
	}
	if t := structType(v.Type()); t != nil {
		list := reflect.MakeSlice(reflect.SliceOf(v.Type()), 0, 1)
		return tableOfSlice(reflect.Append(list, v))
	}
	return nil, unsupported(v.Type())
}

const wanted = "give a slice of structs, a struct, or rows of a query"

func unsupported(t reflect.Type) error {
	return errors.New("show: showing a table: cannot show a value of type " + t.String() + ": " + wanted)
}

// structType is the struct behind t if its fields are to be columns: all but
// times and nullable values. A model may well have a method String.
func structType(t reflect.Type) reflect.Type {
	if t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	if _, ok := nullValue(t); ok || t.Kind() != reflect.Struct || t == timeType {
		return nil
	}
	return t
}

func tableOfSlice(v reflect.Value) (*table, error) {
	elem := v.Type().Elem()
	t := &table{total: v.Len()}
	n := min(v.Len(), MaxRows)
	if s := structType(elem); s != nil {
		fields := fieldsOf(s, nil)
		if len(fields) == 0 {
			return nil, errors.New("show: showing a table: the type " + s.String() + " has no exported field with a plain value")
		}
		for _, f := range fields {
			t.columns = append(t.columns, column{name: f.name, kind: kindOf(f.typ)})
		}
		for i := range n {
			t.rows = append(t.rows, structCells(v.Index(i), fields))
		}
		return t, nil
	}
	if !isPlain(elem) {
		return nil, unsupported(v.Type())
	}
	t.columns = []column{{name: "value", kind: kindOf(elem)}}
	for i := range n {
		t.rows = append(t.rows, []cell{cellOf(v.Index(i))})
	}
	return t, nil
}

// field is a column of a struct: its place may be in an embedded struct.
type field struct {
	name  string
	index []int
	typ   reflect.Type
}

func fieldsOf(t reflect.Type, prefix []int) []field {
	var fields []field
	for i := range t.NumField() {
		f := t.Field(i)
		index := append(append([]int(nil), prefix...), i)
		switch {
		case f.Anonymous && f.Type.Kind() == reflect.Struct && !isPlain(f.Type):
			fields = append(fields, fieldsOf(f.Type, index)...)
		case f.IsExported() && isPlain(f.Type):
			fields = append(fields, field{f.Name, index, f.Type})
		}
	}
	return fields
}

// structCells reads one row; a nil pointer is a row of NULLs.
func structCells(v reflect.Value, fields []field) []cell {
	cells := make([]cell, len(fields))
	if v.Kind() == reflect.Pointer {
		if v.IsNil() {
			for i := range cells {
				cells[i].kind = null
			}
			return cells
		}
		v = v.Elem()
	}
	for i, f := range fields {
		cells[i] = cellOf(v.FieldByIndex(f.index))
	}
	return cells
}

func tableOfRows(rows Rows) (*table, error) {
	values := rows.Values()
	t := &table{total: len(values)}
	for _, name := range rows.Columns() {
		t.columns = append(t.columns, column{name: name, kind: null})
	}
	if len(t.columns) == 0 {
		return nil, errors.New("show: showing a table: the rows have no columns")
	}
	for i, row := range values[:min(len(values), MaxRows)] {
		if len(row) != len(t.columns) {
			return nil, errors.New("show: showing a table: row " + strconv.Itoa(i+1) + " has " + strconv.Itoa(len(row)) +
				" values for " + strconv.Itoa(len(t.columns)) + " columns")
		}
		cells := make([]cell, len(row))
		for j, value := range row {
			cells[j] = cellOf(reflect.ValueOf(value))
			t.columns[j].widen(cells[j].kind)
		}
		t.rows = append(t.rows, cells)
	}
	return t, nil
}

// widen takes another kind into the column's.
func (c *column) widen(kind string) {
	switch {
	case kind == null || kind == c.kind:
	case c.kind == null:
		c.kind = kind
	case isNumber(kind) && isNumber(c.kind):
		c.kind = "float"
	default:
		c.kind = "text"
	}
}

func isNumber(kind string) bool { return kind == "int" || kind == "float" }
