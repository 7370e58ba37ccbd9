package schema

import "fmt"

// Kind is the generic type of a column; each dialect has its own name for it.
type Kind uint8

// The generic types.
const (
	Unknown      Kind = iota
	SmallInteger      // 16 bits
	Integer           // 32 bits on PostgreSQL and MySQL, 64 on SQLite
	BigInteger        // 64 bits
	Boolean           // true and false
	Float             // 64-bit floating point
	String            // text with a greatest length
	Text              // text without one
	LargeBinary       // bytes
	DateTime          // an instant, kept in UTC, to the microsecond
)

var kindNames = [...]string{"unknown", "SmallInteger", "Integer", "BigInteger", "Boolean",
	"Float", "String", "Text", "LargeBinary", "DateTime"}

// String returns the name of the kind, such as "Integer".
func (k Kind) String() string {
	if int(k) < len(kindNames) {
		return kindNames[k]
	}
	return kindNames[Unknown]
}

// Type is the type of a column.
type Type struct {
	Kind Kind
	// Size is the greatest number of characters of a String; 0 is no limit.
	Size int
}

// String formats the type, such as "String(50)".
func (t Type) String() string {
	if t.Size > 0 {
		return fmt.Sprintf("%s(%d)", t.Kind, t.Size)
	}
	return t.Kind.String()
}

// IsInteger says whether the type holds whole numbers.
func (t Type) IsInteger() bool {
	return t.Kind == SmallInteger || t.Kind == Integer || t.Kind == BigInteger
}

// IsText says whether the type holds text.
func (t Type) IsText() bool { return t.Kind == String || t.Kind == Text }
