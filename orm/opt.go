package orm

// Opt is a value that nobody may have set, that may be NULL, or that is there.
// The zero Opt is not set: an INSERT leaves its column to the database's
// default, and reads it back; an UPDATE leaves the column as it is.
type Opt[T any] struct {
	V     T
	Valid bool // false for NULL, and for what is not set
	IsSet bool
}

// OptOf returns v as a value that is set.
func OptOf[T any](v T) Opt[T] { return Opt[T]{V: v, Valid: true, IsSet: true} }

// OptNull returns NULL as a value that is set.
func OptNull[T any]() Opt[T] { return Opt[T]{IsSet: true} }

// Get returns the value and whether there is one.
func (o Opt[T]) Get() (T, bool) { return o.V, o.Valid }

// Or returns the value, or other if it is NULL or not set.
func (o Opt[T]) Or(other T) T {
	if o.Valid {
		return o.V
	}
	return other
}

// String formats the value, or "NULL", or "unset".
func (o Opt[T]) String() string {
	if !o.IsSet {
		return "unset"
	}
	return Null[T]{o.V, o.Valid}.String()
}

// NullParts serves the mapper, which reads and writes the parts in place.
func (o *Opt[T]) NullParts() (value any, valid *bool) { return &o.V, &o.Valid }

// SetPart serves the mapper likewise.
func (o *Opt[T]) SetPart() *bool { return &o.IsSet }

// NullAny serves dialects: the value for the database, and whether there is
// one.
func (o Opt[T]) NullAny() (v any, valid bool) { return o.V, o.Valid }

// element serves N: it tells the compiler the type of the value.
func (o Opt[T]) element() T { return o.V }
