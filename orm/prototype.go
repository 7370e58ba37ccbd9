package orm

import (
	"errors"
	"reflect"
	"sort"
	"sync"
	"sync/atomic"
	"unsafe"

	"github.com/ormlab/ormlab/orm/expr"
	"github.com/ormlab/ormlab/orm/internal/mapper"
	"github.com/ormlab/ormlab/orm/schema"
)

// prototype is the memory of one declared model's prototype.
type prototype struct {
	start, end uintptr
	mapper     *mapper.Mapper
	of         expr.Source // the alias whose prototype it is; nil for the table's
	err        error       // why the model cannot be used
	keep       any         // the model, so that its memory is never given to another
}

// prototypes are those of all declared models, sorted by address. Go does not
// move what a pointer has been taken of, so an address stays a name.
var prototypes struct {
	sync.Mutex // for writers
	list       atomic.Pointer[[]prototype]
}

func addPrototype(p prototype) {
	prototypes.Lock()
	defer prototypes.Unlock()
	var before []prototype
	if old := prototypes.list.Load(); old != nil {
		before = *old
	}
	i := sort.Search(len(before), func(i int) bool { return before[i].start > p.start })
	list := append(append(append(make([]prototype, 0, len(before)+1), before[:i]...), p), before[i:]...)
	prototypes.list.Store(&list)
}

var errNotPrototype = errors.New("orm: the pointer is not a field of a declared model's prototype: pass &Model.F.Field, where Model = orm.Declare[…](…)")

// columnAt returns the column of the field of type t at that address, and the
// alias that it belongs to; nil for the table itself.
func columnAt(field unsafe.Pointer, t reflect.Type) (*schema.Column, expr.Source, error) {
	p, offset, err := prototypeAt(field)
	if err != nil {
		return nil, nil, err
	}
	f := p.mapper.FieldAt(offset, t)
	if f == nil {
		return nil, nil, errNotPrototype
	}
	return f.Column, p.of, nil
}

// prototypeAt returns the prototype that holds the address, and the place of
// the address in it.
func prototypeAt(field unsafe.Pointer) (p prototype, offset uintptr, err error) {
	at := uintptr(field)
	list := prototypes.list.Load()
	if list == nil || field == nil {
		return p, 0, errNotPrototype
	}
	i := sort.Search(len(*list), func(i int) bool { return (*list)[i].end > at })
	if i == len(*list) || (*list)[i].start > at {
		return p, 0, errNotPrototype
	}
	p = (*list)[i]
	return p, at - p.start, p.err
}
