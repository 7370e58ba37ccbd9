package orm

import (
	"bytes"
	"encoding/json"
	"reflect"
	"unsafe"

	"github.com/ormlab/ormlab/orm/internal/state"
)

// MarshalJSON writes the objects if they are loaded, else null. An object that
// is being written around it already is null.
func (h many) MarshalJSON() ([]byte, error) { return h.anchored().marshal(true) }

// MarshalJSON writes the object if it is loaded, else null.
func (h one) MarshalJSON() ([]byte, error) { return h.anchored().marshal(false) }

// IsZero says that nothing is loaded, so that the option omitzero of a json tag
// leaves the field out.
func (h many) IsZero() bool { return !h.anchored().chosen() }

// IsZero says that nothing is loaded, so that the option omitzero of a json tag
// leaves the field out.
func (h one) IsZero() bool { return !h.anchored().chosen() }

// chosen says whether the program has loaded the relationship, or set it. What
// the session happens to hold does not count.
func (h anchored) chosen() bool {
	n := h.node()
	if n == nil || !n.Stored {
		return true
	}
	l := n.Peek(h.Relation)
	return l != nil && l.Loaded
}

func (h anchored) marshal(many bool) ([]byte, error) {
	if !h.chosen() {
		return []byte("null"), nil
	}
	list, err := h.all()
	if err != nil {
		return nil, err
	}
	if n := h.node(); n != nil && !n.Busy {
		n.Busy = true
		defer func() { n.Busy = false }()
	}
	var b bytes.Buffer
	for i, item := range list {
		if i > 0 {
			b.WriteByte(',')
		}
		text, err := h.marshalItem(item)
		if err != nil {
			return nil, err
		}
		b.Write(text)
	}
	if many {
		return append(append([]byte{'['}, b.Bytes()...), ']'), nil
	}
	if len(list) == 0 {
		return []byte("null"), nil
	}
	return b.Bytes(), nil
}

func (h anchored) marshalItem(item unsafe.Pointer) ([]byte, error) {
	var target reflect.Type
	if r := h.Relation; r != nil {
		target = r.TargetType
		if n := state.NodeOf(r.Target, item); n != nil && n.Busy {
			return []byte("null"), nil
		}
	} else {
		target = (*state.Loose)(h.Anchor.Node).Target
	}
	return json.Marshal(reflect.NewAt(target, item).Interface())
}
