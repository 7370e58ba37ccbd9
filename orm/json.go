package orm

import (
	"encoding/json"
	"fmt"

	"github.com/ormlab/ormlab/orm/driver"
	"github.com/ormlab/ormlab/orm/schema"
)

// JSON is a JSON document that is read into a T. A change inside T is seen like
// any other. The document null is a T that encoding/json writes as null, such
// as a nil map; SQL NULL is a [Null] or [Opt] without a value: Null[JSON[T]].
type JSON[T any] struct{ V T }

// JSONOf returns v as a document.
func JSONOf[T any](v T) JSON[T] { return JSON[T]{v} }

// ColumnType says that the column is a [JSONType].
func (JSON[T]) ColumnType() schema.Type { return JSONType() }

// BindValue serves the mapper.
func (j JSON[T]) BindValue() (driver.Value, error) {
	text, err := json.Marshal(j.V)
	if err != nil {
		return driver.Value{}, fmt.Errorf("writing the JSON document: %w", err)
	}
	return driver.TextValue(string(text)), nil
}

// ScanValue serves the mapper.
func (j *JSON[T]) ScanValue(v driver.Value) error {
	var text []byte
	switch v.Kind() {
	case driver.Text:
		text = []byte(v.Text())
	case driver.Blob:
		text = v.Blob()
	case driver.Int, driver.Float, driver.Bool: // a column of another type
		text = fmt.Append(nil, v.Any())
	default:
		return fmt.Errorf("it holds %s %s, not a JSON document", v.Kind(), v)
	}
	var fresh T // so that nothing of the last document stays in a map
	if err := json.Unmarshal(text, &fresh); err != nil {
		return fmt.Errorf("reading the JSON document: %w", err)
	}
	j.V = fresh
	return nil
}
