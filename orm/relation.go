package orm

import (
	"context"
	"reflect"
	"unsafe"
)

// Many is the handle of a relationship to several objects of the model T: a
// field of a model, whose zero value is ready for use.
//
//	type User struct {
//		ID       int64 `orm:"primary_key"`
//		Comments orm.Many[Comment] `orm:"back_populates:Author,order_by:ID"`
//	}
//
// A handle knows whether it was loaded. What is added to it or taken out is
// written at the next flush; the handles at the other end, which back_populates
// names, follow at once. Use a handle in its object, never a copy: see
// [ErrCopied].
type Many[T any] struct {
	_ [0]*T
	many
}

// All returns the objects, in a slice that the caller may keep. If they were
// not loaded the error is [ErrNotLoaded]; those of a new object are known.
func (h *Many[T]) All() ([]*T, error) {
	list, err := h.anchored().all()
	return unsafe.Slice((**T)(unsafe.Pointer(unsafe.SliceData(list))), len(list)), err
}

// Load returns the objects, and reads them if they were not loaded or have
// expired, through the session of the object that has the handle. If no session
// has it the error is [ErrDetached]. To load those of many objects use
// [SelectIn] or [Joined], which take one query and not one for each.
func (h *Many[T]) Load(ctx context.Context) ([]*T, error) {
	list, err := h.anchored().load(ctx)
	return unsafe.Slice((**T)(unsafe.Pointer(unsafe.SliceData(list))), len(list)), err
}

// Add adds objects. They need not be loaded for that. What fails is reported by
// the next flush, too.
func (h *Many[T]) Add(items ...*T) error {
	return h.anchored().add(reflect.TypeFor[T](), unsafe.Pointer(unsafe.SliceData(items)), len(items))
}

// Remove takes objects out, as Add adds them.
func (h *Many[T]) Remove(items ...*T) error {
	return h.anchored().remove(unsafe.Pointer(unsafe.SliceData(items)), len(items))
}

// Set replaces the objects. Those that are replaced must be loaded.
func (h *Many[T]) Set(items ...*T) error {
	return h.anchored().set(reflect.TypeFor[T](), unsafe.Pointer(unsafe.SliceData(items)), len(items))
}

// One is the handle of a relationship to one object of the model T, or none;
// see [Many].
//
//	type Comment struct {
//		ID       int64         `orm:"primary_key"`
//		AuthorID int64         `orm:"foreign_key:users.id"`
//		Author   orm.One[User] `orm:"back_populates:Comments"`
//	}
type One[T any] struct {
	_ [0]*T
	one
}

// Get returns the object, nil if there is none. If it was not loaded, and the
// session does not hold it either, the error is [ErrNotLoaded].
func (h *One[T]) Get() (*T, error) {
	object, err := h.anchored().only(h.anchored().all())
	return (*T)(object), err
}

// Load returns the object, and reads it if it was not loaded or has expired;
// see [Many.Load]. If the session holds it, or the foreign key is NULL, that
// takes no query.
func (h *One[T]) Load(ctx context.Context) (*T, error) {
	object, err := h.anchored().only(h.anchored().load(ctx))
	return (*T)(object), err
}

// Set makes object the one at the other end; nil makes it none.
func (h *One[T]) Set(object *T) error {
	n := 1
	if object == nil {
		n = 0
	}
	return h.anchored().set(reflect.TypeFor[T](), unsafe.Pointer(&object), n)
}
