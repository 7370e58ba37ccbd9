//go:build !js && !wasip1

package pgxdriver

import (
	"strconv"

	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgtype"

	"github.com/ormlab/ormlab/orm/driver"
)

// reader is how the bytes of a column are read.
type reader uint8

const (
	readText reader = iota
	readInt2
	readInt4
	readInt8
	readOID
	readFloat4
	readFloat8
	readBool
	readBytes
	readTimestamp // in UTC, with or without time zone
	readDate
)

var kindsOfReaders = [...]driver.Kind{
	readText: driver.Text, readInt2: driver.Int, readInt4: driver.Int, readInt8: driver.Int, readOID: driver.Int,
	readFloat4: driver.Float, readFloat8: driver.Float, readBool: driver.Bool, readBytes: driver.Blob,
	readTimestamp: driver.Time, readDate: driver.Text,
}

func (r reader) kind() driver.Kind { return kindsOfReaders[r] }

// dataType is what this package knows of a type of the server.
type dataType struct {
	name   string // as a table declares it
	reader reader
}

// dataTypes are the types that are not read and written as text, and those
// whose names a [driver.Column] tells.
var dataTypes = map[uint32]dataType{
	pgtype.Int2OID:        {"SMALLINT", readInt2},
	pgtype.Int4OID:        {"INTEGER", readInt4},
	pgtype.Int8OID:        {"BIGINT", readInt8},
	pgtype.OIDOID:         {"OID", readOID},
	pgtype.Float4OID:      {"REAL", readFloat4},
	pgtype.Float8OID:      {"DOUBLE PRECISION", readFloat8},
	pgtype.BoolOID:        {"BOOLEAN", readBool},
	pgtype.ByteaOID:       {"BYTEA", readBytes},
	pgtype.TimestamptzOID: {"TIMESTAMP WITH TIME ZONE", readTimestamp},
	pgtype.TimestampOID:   {"TIMESTAMP WITHOUT TIME ZONE", readTimestamp},
	pgtype.DateOID:        {"DATE", readDate},
	pgtype.TextOID:        {"TEXT", readText},
	pgtype.VarcharOID:     {"VARCHAR", readText},
	pgtype.BPCharOID:      {"CHAR", readText},
	pgtype.NameOID:        {"NAME", readText},
	pgtype.NumericOID:     {"NUMERIC", readText},
	pgtype.UUIDOID:        {"UUID", readText},
	pgtype.JSONOID:        {"JSON", readText},
	pgtype.JSONBOID:       {"JSONB", readText},
	pgtype.TimeOID:        {"TIME WITHOUT TIME ZONE", readText},
	pgtype.TimetzOID:      {"TIME WITH TIME ZONE", readText},
	pgtype.IntervalOID:    {"INTERVAL", readText},
}

// describe returns the columns, how to read them, and the format in which to
// ask for them.
func describe(fields []pgconn.FieldDescription) (columns []driver.Column, readers []reader, formats []int16) {
	if len(fields) == 0 {
		return nil, nil, nil
	}
	columns = make([]driver.Column, len(fields))
	readers = make([]reader, len(fields))
	formats = make([]int16, len(fields))
	for i, f := range fields {
		t := dataTypes[f.DataTypeOID]
		columns[i].Name = f.Name
		if f.TableOID != 0 {
			columns[i].DeclType = declare(t.name, f)
		}
		readers[i] = t.reader
		if t.reader != readText {
			formats[i] = pgtype.BinaryFormatCode
		}
	}
	return columns, readers, formats
}

// declare adds the size of a type, which the server keeps in its modifier.
func declare(name string, f pgconn.FieldDescription) string {
	const header = 4 // what the modifier counts in addition
	size := int(f.TypeModifier) - header
	if size < 0 {
		return name
	}
	switch f.DataTypeOID {
	case pgtype.VarcharOID, pgtype.BPCharOID:
		return name + "(" + strconv.Itoa(size) + ")"
	case pgtype.NumericOID:
		return name + "(" + strconv.Itoa(size>>16) + ", " + strconv.Itoa(size&0xffff) + ")"
	}
	return name
}
