package gosqlite3

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/ncruces/go-sqlite3"

	"github.com/ormlab/ormlab/orm/driver"
)

// phase is what the database was doing when it failed.
type phase int

const (
	preparing phase = iota
	running
)

func syntaxError(format string, args ...any) *driver.Error {
	return &driver.Error{Kind: driver.Syntax, Code: "1", Message: fmt.Sprintf(format, args...)}
}

// interrupted is the error of a statement whose context ended.
func interrupted(cause error) *driver.Error {
	return &driver.Error{Kind: driver.Interrupted, Code: strconv.Itoa(int(sqlite3.INTERRUPT)),
		Message: "interrupted", Cause: cause}
}

// MapError gives an error of go-sqlite3, or of its database/sql driver, the
// seam's form, if the database said it; otherwise it returns err as it is.
// Prepared says that the statement had been prepared and was running.
func MapError(err error, prepared bool) error {
	switch {
	case prepared:
		return asError(err, running)
	case err.Error() == "sqlite3: multiple statements": // which has no code
		return &driver.Error{Kind: driver.Syntax, Code: "1", Message: "the text holds more than one statement", Cause: err}
	}
	return asError(err, preparing)
}

// asError makes a go-sqlite3 error a [*driver.Error].
func asError(err error, during phase) error {
	var code sqlite3.ExtendedErrorCode
	if !errors.As(err, &code) {
		return err
	}
	message := err.Error()
	if errors.Unwrap(err) == nil { // otherwise the rest is the system's text, which needs the code's
		message = strings.TrimPrefix(message, code.Error()+": ")
	}
	mapped := &driver.Error{
		Code:    strconv.Itoa(int(code)),
		Message: strings.TrimPrefix(message, "sqlite3: "),
		Cause:   err,
	}
	mapped.Kind = kindOf(code, during, mapped.Message)
	if code.Code() == sqlite3.CONSTRAINT {
		fillConstraint(mapped, code)
	}
	return mapped
}

func kindOf(code sqlite3.ExtendedErrorCode, during phase, message string) driver.ErrorKind {
	switch code {
	case sqlite3.CONSTRAINT_UNIQUE, sqlite3.CONSTRAINT_PRIMARYKEY, sqlite3.CONSTRAINT_ROWID:
		return driver.Unique
	case sqlite3.CONSTRAINT_FOREIGNKEY:
		return driver.ForeignKey
	case sqlite3.CONSTRAINT_NOTNULL:
		return driver.NotNull
	case sqlite3.CONSTRAINT_CHECK, sqlite3.CONSTRAINT_TRIGGER:
		return driver.Check
	case sqlite3.CONSTRAINT_DATATYPE:
		return driver.Data
	}
	switch code.Code() {
	case sqlite3.ERROR:
		return kindOfError(during, message)
	case sqlite3.BUSY, sqlite3.LOCKED, sqlite3.PROTOCOL:
		return driver.Busy
	case sqlite3.READONLY, sqlite3.PERM:
		return driver.ReadOnly
	case sqlite3.INTERRUPT:
		return driver.Interrupted
	case sqlite3.MISMATCH, sqlite3.RANGE:
		return driver.Data
	case sqlite3.TOOBIG, sqlite3.FULL, sqlite3.NOMEM:
		return driver.Limit
	}
	return driver.Unknown
}

// kindOfError sorts SQLITE_ERROR, the code for everything else: before a
// statement runs it means wrong SQL; while it runs, a value that a function
// refused, unless the message names something of the statement.
func kindOfError(during phase, message string) driver.ErrorKind {
	if during == preparing {
		return driver.Syntax
	}
	for _, prefix := range []string{"no such ", "near ", "cannot start", "cannot commit", "cannot rollback"} {
		if strings.HasPrefix(message, prefix) {
			return driver.Syntax
		}
	}
	if strings.HasSuffix(message, " already exists") {
		return driver.Syntax
	}
	return driver.Data
}

// fillConstraint reads names from a message such as "UNIQUE constraint failed:
// pets.name, pets.species", the only place where SQLite tells them.
func fillConstraint(e *driver.Error, code sqlite3.ExtendedErrorCode) {
	_, detail, found := strings.Cut(e.Message, " constraint failed: ")
	switch {
	case code == sqlite3.CONSTRAINT_DATATYPE: // cannot store TEXT value in INTEGER column pets.age
		_, detail, found = strings.Cut(e.Message, " column ")
		if found {
			fillColumns(e, detail)
		}
	case !found:
	case code == sqlite3.CONSTRAINT_CHECK:
		e.Constraint = detail
	case strings.HasPrefix(detail, "index '"): // a unique index on an expression
		e.Constraint = strings.TrimSuffix(strings.TrimPrefix(detail, "index '"), "'")
	default:
		fillColumns(e, detail)
	}
}

func fillColumns(e *driver.Error, detail string) {
	for name := range strings.SplitSeq(detail, ", ") {
		table, column, found := strings.Cut(name, ".")
		if !found {
			continue
		}
		e.Table = table
		e.Columns = append(e.Columns, column)
	}
}
