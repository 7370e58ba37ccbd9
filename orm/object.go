package orm

import (
	"fmt"
	"reflect"
	"slices"
	"unsafe"

	"github.com/ormlab/ormlab/orm/internal/mapper"
	"github.com/ormlab/ormlab/orm/internal/state"
)

// object is what a caller gave to a session.
type object struct {
	address unsafe.Pointer
	mappers []*mapper.Mapper // at least one
}

// objectOf checks that v is a pointer to a struct of a declared model.
func objectOf(v any) (object, error) {
	p := reflect.ValueOf(v)
	if p.Kind() != reflect.Pointer || p.IsNil() || p.Elem().Kind() != reflect.Struct {
		return object{}, fmt.Errorf("an object is a pointer to a struct, not %T", v)
	}
	o := object{p.UnsafePointer(), mapper.Declared(p.Type().Elem())}
	if len(o.mappers) == 0 {
		return object{}, fmt.Errorf("%s is not a declared model, or its mapping is wrong: see orm.Declare", p.Type().Elem())
	}
	return o, nil
}

// name is the name of the object's struct.
func (o object) name() string { return o.mappers[0].Name }

// in returns what the map knows of the object, nil if nothing. A struct and the
// first one embedded in it have the same address, so the type counts too.
func (o object) in(held *state.Map) *state.State {
	s := held.ByObject(o.address)
	if s == nil || s.Mapper.Type != o.mappers[0].Type && !s.Mapper.Is(o.mappers[0]) {
		return nil
	}
	return s
}

// mapper returns the mapper of an object that held does not know yet.
func (o object) mapper(held *state.Map) (*mapper.Mapper, error) {
	if s := held.ByObject(o.address); s != nil && o.mappers[0].Is(s.Mapper) {
		if s.Status == state.Pending {
			return o.mappers[0], nil
		}
		return nil, fmt.Errorf("the session holds the %s as a %s: it came by its base; make it by New, or Add it before others see it", o.name(), s.Mapper.Name)
	} else if s != nil {
		return nil, fmt.Errorf("the %s shares its address with the %s that the session holds; one of them embeds the other", o.name(), s.Mapper.Name)
	}
	return o.declared()
}

// declared returns the mapper of the object's type, if it has only one.
func (o object) declared() (*mapper.Mapper, error) {
	if len(o.mappers) > 1 {
		tables := make([]string, len(o.mappers))
		for i, m := range o.mappers {
			tables[i] = m.Table.Name
		}
		slices.Sort(tables)
		return nil, fmt.Errorf("%s is declared for several tables, %v; declare each with a struct type of its own", o.mappers[0].Type, tables)
	}
	return o.mappers[0].Class(o.address), nil
}
