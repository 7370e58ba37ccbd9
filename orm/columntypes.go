package orm

import "github.com/ormlab/ormlab/orm/schema"

// SmallInteger is a type of 16-bit integers.
func SmallInteger() Type { return Type{Kind: schema.SmallInteger} }

// Integer is a type of integers: 32 bits on PostgreSQL and MySQL.
func Integer() Type { return Type{Kind: schema.Integer} }

// BigInteger is a type of 64-bit integers.
func BigInteger() Type { return Type{Kind: schema.BigInteger} }

// Boolean is a type of truth values.
func Boolean() Type { return Type{Kind: schema.Boolean} }

// Float is a type of 64-bit floating-point numbers.
func Float() Type { return Type{Kind: schema.Float} }

// String is a type of text of at most size characters; 0 is no limit, which
// MySQL does not have.
func String(size int) Type { return Type{Kind: schema.String, Size: size} }

// LongText is a type of text of any length.
func LongText() Type { return Type{Kind: schema.Text} }

// LargeBinary is a type of bytes.
func LargeBinary() Type { return Type{Kind: schema.LargeBinary} }

// DateTime is a type of instants, kept in UTC to the microsecond.
func DateTime() Type { return Type{Kind: schema.DateTime} }

// Numeric is a type of exact decimal numbers of precision digits, scale of them
// behind the point. Its Go type is [Decimal].
func Numeric(precision, scale int) Type {
	return Type{Kind: schema.Numeric, Size: precision, Scale: int16(scale)}
}

// DateOnly is a type of days. Its Go type is [Date].
func DateOnly() Type { return Type{Kind: schema.Date} }

// TimeOnly is a type of times of the day. Its Go type is [TimeOfDay].
func TimeOnly() Type { return Type{Kind: schema.Time} }

// Interval is a type of lengths of time, to the microsecond. Its Go type is
// [time.Duration].
func Interval() Type { return Type{Kind: schema.Interval} }

// JSONType is a type of JSON documents. Its Go type is [JSON].
func JSONType() Type { return Type{Kind: schema.JSON} }

// UUIDType is a type of UUIDs. Its Go type is [UUID], or any [16]byte.
func UUIDType() Type { return Type{Kind: schema.UUID} }

// Enum is a type of texts that are one of some values. With a name it is a type
// of its own on PostgreSQL; without one it is a text with a check.
func Enum(name string, values ...string) Type { return schema.EnumOf(name, values...) }

// Array is a type of arrays, which only PostgreSQL has.
func Array(element Type) Type { return schema.ArrayOf(element) }

// SQLType is a type that CREATE TABLE writes as it stands, such as
// SQLType("INET").
func SQLType(sql string) Type { return schema.NativeOf(sql) }
