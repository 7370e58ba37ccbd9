package mapper

import (
	"reflect"
	"slices"
	"sync"
	"sync/atomic"

	"github.com/ormlab/ormlab/orm/schema"
)

// registry holds the mappers of all declared models by their struct type:
// usually one, several if a struct is declared for several tables.
var registry struct {
	sync.Mutex // for writers, and for those who resolve relationships
	byType     atomic.Pointer[map[reflect.Type][]*Mapper]
	generation atomic.Int64
	// secondaries are the tables that were made for relationships, by name.
	secondaries map[string]*schema.Table
}

// Register makes the mapper known. It replaces one of the same struct and
// table.
func Register(m *Mapper) {
	registry.Lock()
	defer registry.Unlock()
	var list []*Mapper
	for _, other := range Declared(m.Type) {
		if other.Table.FullName() != m.Table.FullName() {
			list = append(list, other)
		}
	}
	byType := map[reflect.Type][]*Mapper{}
	if old := registry.byType.Load(); old != nil {
		for t, mappers := range *old {
			byType[t] = mappers
		}
	}
	byType[m.Type] = append(list, m)
	registry.byType.Store(&byType)
	registry.generation.Add(1)
}

// Declared returns the mappers of a struct type.
func Declared(t reflect.Type) []*Mapper {
	if byType := registry.byType.Load(); byType != nil {
		return (*byType)[t]
	}
	return nil
}

// All returns the mappers of all declared models, sorted by name and table.
func All() []*Mapper {
	var list []*Mapper
	if byType := registry.byType.Load(); byType != nil {
		for _, mappers := range *byType {
			list = append(list, mappers...)
		}
	}
	slices.SortFunc(list, func(a, b *Mapper) int {
		switch x, y := a.Name+" "+a.Table.FullName(), b.Name+" "+b.Table.FullName(); {
		case x < y:
			return -1
		case x > y:
			return 1
		}
		return 0
	})
	return list
}

// OfTable returns the mapper of a table, or nil; of several classes that share
// it, the one from which the others inherit.
func OfTable(t *schema.Table) *Mapper {
	if byType := registry.byType.Load(); byType != nil {
		for _, mappers := range *byType {
			for _, m := range mappers {
				if m.Table == t && (m.Inherited == nil || m.Base == nil || m.Base.Table != t) {
					return m
				}
			}
		}
	}
	return nil
}

// declaredTable returns the table of a model by its full name, or nil.
func declaredTable(name string) *schema.Table {
	if byType := registry.byType.Load(); byType != nil {
		for _, mappers := range *byType {
			for _, m := range mappers {
				if m.Table.FullName() == name {
					return m.Table
				}
			}
		}
	}
	return nil
}
