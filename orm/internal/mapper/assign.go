package mapper

import (
	"context"
	"fmt"
	"reflect"
	"unsafe"

	"github.com/ormlab/ormlab/orm/driver"
)

// Assign sets the variable that into points at to a value as [driver.Value]'s
// Any gives it.
func Assign(into, v any) error {
	p := reflect.ValueOf(into)
	if p.Kind() != reflect.Pointer || p.IsNil() {
		return fmt.Errorf("the variable must be given as a pointer, not as %T", into)
	}
	if p, ok := into.(*any); ok {
		*p = v
		return nil
	}
	c, err := codecOf(p.Type().Elem())
	if err != nil {
		return err
	}
	return c.read(p.UnsafePointer(), oneValue{v}, 0)
}

// Take sets the field to a value as a database would give it.
func (f *Field) Take(object unsafe.Pointer, v driver.Value) error {
	return f.codec.read(f.at(object), oneValue{v.Any()}, 0)
}

// oneValue is a result of one value.
type oneValue struct{ v any }

func (o oneValue) Columns() []driver.Column           { return []driver.Column{{}} }
func (o oneValue) Next(context.Context) (bool, error) { return false, nil }
func (o oneValue) Close() error                       { return nil }
func (o oneValue) Kind(int) driver.Kind               { return o.Value(0).Kind() }
func (o oneValue) Int(int) int64                      { return o.v.(int64) }
func (o oneValue) Float(int) float64                  { return o.v.(float64) }
func (o oneValue) Bool(int) bool                      { return o.v.(bool) }
func (o oneValue) Text(int) string                    { return o.v.(string) }
func (o oneValue) Blob(int) []byte                    { return o.v.([]byte) }
func (o oneValue) Value(int) driver.Value             { return driver.AnyValue(o.v) }
