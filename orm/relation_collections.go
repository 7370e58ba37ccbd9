package orm

import (
	"fmt"
	"reflect"
	"slices"
	"unsafe"
)

// KeyedBy returns the objects of a loaded collection by one of their fields,
// which is named as in &Notes.F.Keyword:
//
//	notes, err := orm.KeyedBy(&user.Notes, &Notes.F.Keyword)
//	notes["todo"].Text = "…"
//
// Two objects with the same key are an error, [ErrMultipleRows]. The map is the
// caller's: the collection is changed by Add and Remove.
func KeyedBy[K comparable, T any](collection *Many[T], field *K) (map[K]*T, error) {
	list, err := collection.All()
	if err != nil {
		return nil, err
	}
	offset, err := fieldOffset(reflect.TypeFor[T](), unsafe.Pointer(field), reflect.TypeFor[K]())
	if err != nil {
		return nil, err
	}
	keyed := make(map[K]*T, len(list))
	for _, item := range list {
		key := *(*K)(unsafe.Add(unsafe.Pointer(item), offset))
		if keyed[key] != nil {
			return nil, fmt.Errorf("%w: two of the %s have the key %v", ErrMultipleRows, reflect.TypeFor[T]().Name(), key)
		}
		keyed[key] = item
	}
	return keyed, nil
}

// fieldOffset is where a field of a model is, which its prototype's names.
func fieldOffset(model reflect.Type, field unsafe.Pointer, t reflect.Type) (uintptr, error) {
	p, offset, err := prototypeAt(field)
	if err != nil {
		return 0, err
	}
	for _, f := range p.mapper.Fields {
		if f.Offset == offset && f.Type == t {
			if p.mapper.Type != model {
				return 0, fmt.Errorf("orm: %s is no field of a %s", f.Path, model.Name())
			}
			return offset, nil
		}
	}
	return 0, errNotPrototype
}

// Through returns what is behind the association objects of a collection, as
// SQLAlchemy's association proxy does. Both relationships must be loaded:
//
//	users, err := Users.Select().Options(orm.SelectIn(&Users.F.Grants).Then(orm.SelectIn(&Grants.F.Role))).All(ctx, session)
//	roles, err := orm.Through(&users[0].Grants, func(g *Grant) *orm.One[Role] { return &g.Role })
//
// What leads nowhere is left out. A role is added by adding a Grant with it.
func Through[A, T any](collection *Many[A], end func(*A) *One[T]) ([]*T, error) {
	list, err := collection.All()
	if err != nil {
		return nil, err
	}
	objects := make([]*T, 0, len(list))
	for _, item := range list {
		object, err := end(item).Get()
		if err != nil {
			return nil, err
		}
		if object != nil {
			objects = append(objects, object)
		}
	}
	return objects, nil
}

// InsertAt puts objects into a loaded collection before the one at a place,
// which counts from 0. The order is written if the tag has position:Field.
func InsertAt[T any](collection *Many[T], place int, items ...*T) error {
	list, err := collection.All()
	if err != nil {
		return err
	}
	if place < 0 || place > len(list) {
		return fmt.Errorf("orm: inserting at place %d: the collection has the places 0 to %d", place, len(list))
	}
	return collection.Set(slices.Insert(list, place, items...)...)
}

// Move takes the object at one place of a loaded collection to another one; see
// [InsertAt].
func Move[T any](collection *Many[T], from, to int) error {
	list, err := collection.All()
	if err != nil {
		return err
	}
	if from < 0 || from >= len(list) || to < 0 || to >= len(list) {
		return fmt.Errorf("orm: moving from place %d to %d: the collection has %d objects", from, to, len(list))
	}
	item := list[from]
	list = slices.Delete(list, from, from+1)
	return collection.Set(slices.Insert(list, to, item)...)
}
