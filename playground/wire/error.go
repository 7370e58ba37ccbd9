package wire

import (
	"errors"
	"fmt"
	"strings"

	"github.com/ormlab/ormlab/orm/driver"
)

// kindOther marks an error that is not the database's.
const kindOther = 255

// AppendError appends the answer that says what went wrong. What err wraps
// around a [driver.Error] is lost, and so is that error's cause.
func AppendError(b []byte, err error) []byte {
	b = append(b, statusError)
	var refusal *driver.Error
	if !errors.As(err, &refusal) {
		b = append(b, kindOther)
		b = appendString(b, "")
		b = appendString(b, err.Error())
		return append(b, 0, 0, 0)
	}
	b = append(b, byte(refusal.Kind))
	b = appendString(b, refusal.Code)
	b = appendString(b, refusal.Message)
	b = appendString(b, refusal.Constraint)
	b = appendString(b, refusal.Table)
	return appendStrings(b, refusal.Columns)
}

// readError reads what follows an error's status. Its strings are copies,
// because errors are kept.
func (r *reader) readError() error {
	kind := r.byte()
	e := &driver.Error{
		Kind:       driver.ErrorKind(kind),
		Code:       strings.Clone(r.string()),
		Message:    strings.Clone(r.string()),
		Constraint: strings.Clone(r.string()),
		Table:      strings.Clone(r.string()),
		Columns:    r.strings(),
	}
	for i := range e.Columns {
		e.Columns[i] = strings.Clone(e.Columns[i])
	}
	if err := r.end(); err != nil {
		return fmt.Errorf("%w (in an error)", err)
	}
	if kind == kindOther {
		return errors.New(e.Message)
	}
	return e
}
