package orm

import "fmt"

// Null is a value that may be NULL. The zero Null is NULL.
type Null[T any] struct {
	V     T
	Valid bool // false for NULL
}

// Some returns v as a value that is not NULL.
func Some[T any](v T) Null[T] { return Null[T]{V: v, Valid: true} }

// None returns NULL.
func None[T any]() Null[T] { return Null[T]{} }

// Get returns the value and whether there is one.
func (n Null[T]) Get() (T, bool) { return n.V, n.Valid }

// Or returns the value, or other for NULL.
func (n Null[T]) Or(other T) T {
	if n.Valid {
		return n.V
	}
	return other
}

// String formats the value, or "NULL".
func (n Null[T]) String() string {
	if !n.Valid {
		return "NULL"
	}
	return fmt.Sprint(n.V)
}

// NullParts serves the mapper, which reads and writes the parts in place.
func (n *Null[T]) NullParts() (value any, valid *bool) { return &n.V, &n.Valid }

// NullAny serves dialects: the value for the database, and whether there is
// one.
func (n Null[T]) NullAny() (v any, valid bool) { return n.V, n.Valid }

// element serves N: it tells the compiler the type of the value.
func (n Null[T]) element() T { return n.V }
