// Package state is the identity map: which objects a session holds, what the
// database last said of each, and what is to become of them.
package state

import (
	"cmp"
	"encoding/binary"
	"strings"
	"unsafe"

	"github.com/ormlab/ormlab/orm/driver"
	"github.com/ormlab/ormlab/orm/internal/mapper"
)

// Status is where an object stands in its life within a session.
type Status uint8

// The states. An object that no session holds is transient, or detached if it
// has been persistent.
const (
	Pending    Status = iota + 1 // added, not yet in the database
	Persistent                   // it has a row
	Deleting                     // its row is to go at the next flush
	Deleted                      // its row went in this transaction
	Detached                     // the session let it go
)

// State is what a session knows of one object.
type State struct {
	Mapper *mapper.Mapper
	Object unsafe.Pointer
	// Node has the object's relationships; nil if its model has none.
	Node *Node
	// Snapshot holds the values that the database has, as far as the
	// transaction knows; nil while pending.
	Snapshot unsafe.Pointer
	// Committed is the snapshot of before the transaction, once the
	// transaction has changed the row; else nil.
	Committed unsafe.Pointer
	Key       Key
	// Partly are the fields that Expired is about; nil if it is about all.
	Partly []*mapper.Field
	Status Status
	// Expired says that the row may have changed since it was read.
	Expired bool
	// Fresh says that the row was inserted in this transaction.
	Fresh bool
	at    place // 0 if the key never was an integer

	listed  bool // among the map's unwritten
	tracked bool // among its table's tracked
}

// Key identifies a row: a model and the values of its primary key. Of classes
// that inherit from each other it is the root.
type Key struct {
	mapper *mapper.Mapper
	number int64  // the key, if it is one integer
	text   string // otherwise its values, encoded
}

// IntKey returns the key of a row whose primary key is the integer n.
func IntKey(m *mapper.Mapper, n int64) Key { return Key{mapper: m.Rows(), number: n} }

// Number is the key, if it is one integer.
func (k Key) Number() (n int64, ok bool) { return k.number, k.text == "" }

// NewKey returns the key with those values.
func NewKey(m *mapper.Mapper, values ...driver.Value) Key {
	if len(values) == 1 && values[0].Kind() == driver.Int {
		return IntKey(m, values[0].Int())
	}
	var b []byte
	for _, v := range values {
		b = append(b, byte(v.Kind()))
		switch v.Kind() {
		case driver.Text, driver.Blob:
			b = binary.AppendUvarint(b, uint64(len(v.Text())))
			b = append(b, v.Text()...)
		case driver.Time:
			t := v.Time()
			b = binary.AppendVarint(b, t.UnixMicro())
		case driver.Float:
			b = append(b, v.String()...)
		default:
			b = binary.AppendVarint(b, v.Int())
		}
	}
	return Key{mapper: m.Rows(), text: string(b)}
}

// Compare says which of two keys of a model comes first: integers by size,
// others in some order.
func (k Key) Compare(other Key) int {
	if k.text == "" && other.text == "" {
		return cmp.Compare(k.number, other.number)
	}
	return strings.Compare(k.text, other.text)
}

// KeyOf returns the key that the object's fields hold.
func KeyOf(m *mapper.Mapper, object unsafe.Pointer) Key {
	if len(m.Key) == 1 {
		return NewKey(m, m.Key[0].Value(object))
	}
	values := make([]driver.Value, len(m.Key))
	for i, f := range m.Key {
		values[i] = f.Value(object)
	}
	return NewKey(m, values...)
}

// Changed returns the fields whose values differ from the snapshot.
func (s *State) Changed() []*mapper.Field {
	if s.Mapper.Same(s.Object, s.Snapshot) {
		return nil
	}
	var changed []*mapper.Field
	for _, f := range s.Mapper.Fields {
		if !f.Equal(s.Object, s.Snapshot) {
			changed = append(changed, f)
		}
	}
	return changed
}
