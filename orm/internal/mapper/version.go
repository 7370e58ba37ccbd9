package mapper

import (
	"fmt"
	"time"
	"unsafe"
)

// setVersion makes f the field that counts the changes of a row.
func (m *Mapper) setVersion(f *Field) error {
	if f.Type != timeType && !f.Column.Type.IsInteger() || f.Column.Nullable || f.Column.PrimaryKey {
		return fmt.Errorf("%s: version is for an integer or a time.Time that is neither nullable nor primary_key", f.Path)
	}
	if m.Version != nil {
		return fmt.Errorf("%s: the version is %s already", f.Path, m.Version.Path)
	}
	m.Version = f
	return nil
}

// NextVersion sets the version of an object to the one behind that of old,
// which may be nil: one more, or now.
func (m *Mapper) NextVersion(object, old unsafe.Pointer) {
	f := m.Version
	if f.Type != timeType {
		n := int64(1)
		if old != nil {
			n = f.Value(old).Int() + 1
		}
		f.SetInt(object, n)
		return
	}
	now := time.Now().UTC().Truncate(time.Microsecond)
	if old != nil {
		if before := *(*time.Time)(f.at(old)); !now.After(before) {
			now = before.Add(time.Microsecond)
		}
	}
	*(*time.Time)(f.at(object)) = now
}
