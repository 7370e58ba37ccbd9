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
	Numeric           // a decimal number, exact
	Date              // a day
	Time              // a time of the day, to the microsecond
	Interval          // a length of time, to the microsecond
	JSON              // a JSON document
	UUID              // 128 bits
	Enum              // one of some texts
	Array             // several values of one type
	Native            // a type that only the database knows
)

var kindNames = [...]string{"unknown", "SmallInteger", "Integer", "BigInteger", "Boolean",
	"Float", "String", "Text", "LargeBinary", "DateTime", "Numeric", "Date", "Time", "Interval",
	"JSON", "UUID", "Enum", "Array", "Native"}

// String returns the name of the kind, such as "Integer".
func (k Kind) String() string {
	if int(k) < len(kindNames) {
		return kindNames[k]
	}
	return kindNames[Unknown]
}

// Type is the type of a column. Types can be compared with ==, but those of
// equal content may differ; see [Type.Equal].
type Type struct {
	Kind Kind
	// Scale is the number of digits of a Numeric behind the point.
	Scale int16
	// Size is the greatest number of characters of a String, and the number of
	// digits of a Numeric; 0 is no limit.
	Size int
	// Detail is what some types have besides; nil for the others. It must not
	// be changed.
	Detail *Detail
}

// String formats the type, such as "String(50)".
func (t Type) String() string {
	switch {
	case t.Kind == Numeric && t.Size > 0:
		return fmt.Sprintf("Numeric(%d, %d)", t.Size, t.Scale)
	case t.Kind == Native && t.Detail != nil:
		return "Native(" + t.Detail.Name + ")"
	case t.Kind == Array && t.Detail != nil:
		return "Array(" + t.Detail.Element.String() + ")"
	case t.Size > 0:
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
