package orm

import (
	"errors"
	"fmt"
	"reflect"
	"sort"
	"sync"
	"sync/atomic"
	"unsafe"

	"github.com/ormlab/ormlab/orm/expr"
	"github.com/ormlab/ormlab/orm/internal/mapper"
)

// prototype is the memory of one declared model's prototype.
type prototype struct {
	start, end uintptr
	mapper     *mapper.Mapper
	of         expr.Source // the alias whose prototype it is; nil for the table's
	err        error       // why the model cannot be used
	keep       any         // the model, so that its memory is never given to another
	terms      []term      // the columns, in the order of the mapper's fields
}

// prototypes are those of all declared models, sorted by address. Go does not
// move what a pointer has been taken of, so an address stays a name.
var prototypes struct {
	sync.Mutex // for writers
	list       atomic.Pointer[[]prototype]
}

func addPrototype(p prototype) {
	if p.err == nil {
		p.terms = make([]term, len(p.mapper.Fields))
		for i, f := range p.mapper.Fields {
			p.terms[i] = columnTerm(f.Column, p.of, nil)
		}
	}
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

// termAt returns the column that the field of type t at that address names: of
// the table, or of the alias whose prototype the field is in.
func termAt(field unsafe.Pointer, t reflect.Type) (term, error) {
	p, offset, err := prototypeAt(field)
	if err != nil {
		return term{}, err
	}
	for i, f := range p.mapper.Fields {
		if f.Offset == offset && f.Type == t {
			return p.terms[i], nil
		}
	}
	f := p.mapper.FieldFilled(offset, t)
	switch {
	case f == nil:
		return term{}, errNotPrototype
	case f.Expr == nil:
		return term{}, fmt.Errorf("orm: %s is no column, and only queries fill it, by orm.WithExpression; see orm.ColumnProperty", f.Path)
	}
	return term{node: f.Expr(p.of), typ: f.Column.Type, near: f.Path}, nil
}

// fieldAt returns the field of m that the address in a prototype names.
func fieldAt(m *mapper.Mapper, field unsafe.Pointer, t reflect.Type) (*mapper.Field, error) {
	p, offset, err := prototypeAt(field)
	if err != nil {
		return nil, err
	}
	f := p.mapper.FieldAt(offset, t)
	if f == nil {
		f = p.mapper.FieldFilled(offset, t)
	}
	switch {
	case f == nil:
		return nil, errNotPrototype
	case p.mapper != m && (m.Inherited == nil || m.FieldOf(f.Column) != f):
		return nil, fmt.Errorf("%s.%s is not a column of a %s", p.mapper.Table.Name, f.Column.Name, m.Name)
	}
	return f, nil
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
