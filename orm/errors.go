package orm

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/ormlab/ormlab/orm/driver"
)

// The expected errors. Test for them with [errors.Is].
var (
	// ErrNoRows says that a query for one row found none.
	ErrNoRows = errors.New("orm: no row found")
	// ErrMultipleRows says that a query for one row found several.
	ErrMultipleRows = errors.New("orm: more than one row found")
	// ErrStale says that a row to be updated or deleted was not there.
	ErrStale = errors.New("orm: stale object")
	// ErrPendingRollback says that a flush failed or a statement was interrupted,
	// so that the session does nothing until Rollback.
	ErrPendingRollback = errors.New("orm: the session needs Rollback first")
	// ErrConcurrentUse says that a session is used by two goroutines at once, or by
	// an observer that it calls. A session belongs to one goroutine; open one for
	// each.
	ErrConcurrentUse = errors.New("orm: the session is in use by another goroutine, or by the statement that an observer hears of")
	// ErrAttached says that an object belongs to another session.
	ErrAttached = errors.New("orm: an object belongs to one session")
	// ErrClosed says that the engine or session is closed.
	ErrClosed = errors.New("orm: closed")
)

// Kind sorts the errors of all databases into the same few kinds.
type Kind = driver.ErrorKind

// The kinds of database errors.
const (
	KindUnknown      = driver.Unknown
	KindUnique       = driver.Unique
	KindForeignKey   = driver.ForeignKey
	KindNotNull      = driver.NotNull
	KindCheck        = driver.Check
	KindSyntax       = driver.Syntax
	KindData         = driver.Data
	KindBusy         = driver.Busy
	KindReadOnly     = driver.ReadOnly
	KindInterrupted  = driver.Interrupted
	KindDisconnected = driver.Disconnected
	KindLimit        = driver.Limit
	KindTimeout      = driver.Timeout
)

// KindOf is the kind of an error that the database, or the wait for it, has
// caused; KindUnknown of any other.
//
//	switch err := session.Commit(ctx); {
//	case orm.KindOf(err) == orm.KindUnique:
//		return errNameTaken
//	case orm.KindOf(err).IsIntegrity():
//		…
//	}
func KindOf(err error) Kind {
	var failure *Error
	if !errors.As(err, &failure) {
		return KindUnknown
	}
	return failure.Kind
}

// Error is the failure of a statement. Get at it with [errors.As].
type Error struct {
	Kind Kind
	// SQL and Args are the statement.
	SQL  string
	Args []any
	// Code is the database's own code, such as "23505".
	Code string
	// Constraint, Table and Columns are filled in as far as the database, the
	// statement or a declared model tells.
	Constraint string
	Table      string
	Columns    []string
	// Err is the cause.
	Err error
}

// Error tells the cause, the SQL and the arguments.
func (e *Error) Error() string {
	var b strings.Builder
	fmt.Fprintf(&b, "orm: %v", e.Err)
	if e.Kind != KindUnknown {
		fmt.Fprintf(&b, " (%s)", e.Kind)
	}
	if e.SQL != "" {
		fmt.Fprintf(&b, " [SQL: %s]", e.SQL)
	}
	if len(e.Args) > 0 {
		fmt.Fprintf(&b, " [arguments: %s]", formatArgs(e.Args))
	}
	return b.String()
}

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.Err }

// wrapError gives the failure of a statement its public form.
func wrapError(sql string, args []driver.Value, err error) error {
	var known *Error
	if errors.As(err, &known) {
		return err
	}
	e := &Error{SQL: sql, Args: anys(args), Err: err}
	var refusal *driver.Error
	if errors.As(err, &refusal) {
		e.Kind, e.Code, e.Constraint = refusal.Kind, refusal.Code, refusal.Constraint
		e.Table, e.Columns = refusal.Table, refusal.Columns
	}
	switch {
	case errors.Is(err, context.DeadlineExceeded):
		e.Kind = KindTimeout
	case errors.Is(err, context.Canceled):
		e.Kind = KindInterrupted
	case e.Kind == KindUnique || e.Kind == KindNotNull || e.Kind == KindCheck:
		e.complete()
	}
	return e
}

// during says what was being done when an error came up. The message says once
// that it is from this package: those of statements do so themselves, those of
// functions of the program do not.
func during(doing string, err error) error {
	if text := err.Error(); strings.HasPrefix(text, "orm: ") || strings.Contains(text, ": orm: ") {
		return fmt.Errorf("%s: %w", doing, err)
	}
	return fmt.Errorf("orm: %s: %w", doing, err)
}

// misfit is the failure to read a row of the statement into Go values.
func misfit(sql string, args []driver.Value, err error) error {
	return &Error{Kind: KindData, SQL: sql, Args: anys(args), Err: err}
}

// anys returns values as Go values.
func anys(args []driver.Value) []any {
	if len(args) == 0 {
		return nil
	}
	out := make([]any, len(args))
	for i, a := range args {
		out[i] = a.Any()
	}
	return out
}

// maxShown is how many arguments, and how many characters of each, messages
// show.
const (
	maxShown           = 20
	maxShownCharacters = 200
)

// formatArgs formats arguments for people, long ones cut.
func formatArgs(args []any) string {
	var b strings.Builder
	b.WriteByte('(')
	for i, a := range args {
		if i == maxShown {
			fmt.Fprintf(&b, ", … %d more", len(args)-i)
			break
		}
		if i > 0 {
			b.WriteString(", ")
		}
		b.WriteString(formatArg(a))
	}
	b.WriteByte(')')
	return b.String()
}

// middleCut leaves the middle of a long text out.
func middleCut(s string) string {
	if len(s) <= maxShownCharacters {
		return s
	}
	runes := []rune(s)
	cut := len(runes) - maxShownCharacters
	if cut <= 0 {
		return s
	}
	const half = maxShownCharacters / 2
	return fmt.Sprintf("%s … (%d characters truncated) … %s", string(runes[:half]), cut, string(runes[half+cut:]))
}

func formatArg(a any) string {
	var s string
	switch a := a.(type) {
	case nil:
		return "NULL"
	case string:
		s = "'" + strings.ReplaceAll(a, "'", "''") + "'"
	case []byte:
		s = fmt.Sprintf("x'%x'", a)
	default:
		s = fmt.Sprint(a)
	}
	return middleCut(s)
}
