package orm

import (
	"fmt"

	"github.com/ormlab/ormlab/orm/driver"
	"github.com/ormlab/ormlab/orm/internal/textform"
	"github.com/ormlab/ormlab/orm/schema"
)

// UUID is 128 bits that name something. Any other [16]byte type, such as that
// of a package that makes them, is mapped in the same way.
type UUID [16]byte

// ParseUUID reads 32 hexadecimal digits, with or without hyphens.
func ParseUUID(s string) (UUID, error) {
	u, err := textform.UUID(s)
	if err != nil {
		return UUID{}, fmt.Errorf("orm: reading a UUID: %w", err)
	}
	return u, nil
}

// String returns the usual form, of 36 characters.
func (u UUID) String() string { return textform.FormatUUID(u) }

// ColumnType says that the column is a [UUIDType].
func (UUID) ColumnType() schema.Type { return UUIDType() }

// BindValue serves the mapper.
func (u UUID) BindValue() (driver.Value, error) { return driver.TextValue(u.String()), nil }

// ScanValue serves the mapper.
func (u *UUID) ScanValue(v driver.Value) (err error) {
	switch {
	case v.Kind() == driver.Text:
		*u, err = ParseUUID(v.Text())
	case v.Kind() == driver.Blob && len(v.Blob()) == len(u):
		copy(u[:], v.Blob())
	default:
		err = fmt.Errorf("it holds %s %s, not a UUID", v.Kind(), v)
	}
	return err
}
