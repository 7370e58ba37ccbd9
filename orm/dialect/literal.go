package dialect

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"github.com/ormlab/ormlab/orm/schema"
)

// stringLiteral returns s between single quotes.
func stringLiteral(f *Features, s string) string {
	s = strings.ReplaceAll(s, "'", "''")
	if f.BackslashEscapes {
		s = strings.ReplaceAll(s, `\`, `\\`)
	}
	return "'" + s + "'"
}

func booleanLiteral(f *Features, value bool) string {
	switch {
	case f.BooleanLiterals:
		return strconv.FormatBool(value)
	case value:
		return "1"
	}
	return "0"
}

// defaultLiteral returns a column's default as SQL.
func defaultLiteral(f *Features, column *schema.Column) (string, error) {
	value := column.Default
	if sql, ok := value.(schema.SQL); ok {
		if sql == "" {
			return "", fmt.Errorf("the default is empty SQL; leave it nil for none")
		}
		return string(sql), nil
	}
	v, err := convert(column.Type, value)
	if err != nil {
		return "", fmt.Errorf("the default does not fit: %w", err)
	}
	switch v := v.Any().(type) {
	case int64:
		return strconv.FormatInt(v, 10), nil
	case bool:
		return booleanLiteral(f, v), nil
	case float64:
		if math.IsNaN(v) || math.IsInf(v, 0) {
			return "", fmt.Errorf("the default %v is not a number that SQL can write", v)
		}
		return strconv.FormatFloat(v, 'g', -1, 64), nil
	case string:
		if column.Type.Kind == schema.Numeric {
			return v, nil
		}
		if strings.IndexByte(v, 0) >= 0 {
			return "", fmt.Errorf("the default %q has a NUL character", v)
		}
		return stringLiteral(f, v), nil
	}
	return "", fmt.Errorf("a default of type %T cannot be written; use schema.SQL", value)
}
