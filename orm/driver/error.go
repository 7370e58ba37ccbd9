package driver

// ErrorKind sorts the errors of all databases into the same few kinds.
type ErrorKind uint8

// The kinds of errors.
const (
	Unknown      ErrorKind = iota // none of those below
	Unique                        // a unique or primary key holds that value already
	ForeignKey                    // the row referred to is missing, or still referred to
	NotNull                       // NULL in a column that forbids it
	Check                         // a check constraint said no
	Syntax                        // the SQL, or a name in it, is wrong
	Data                          // a value does not fit its column
	Busy                          // another connection holds a lock
	ReadOnly                      // the database, or the transaction, cannot be written
	Interrupted                   // somebody cancelled the statement, such as its context
	Disconnected                  // the connection is gone
	Limit                         // a limit of the database: size, memory, disk
	Timeout                       // the statement ran longer than it may
)

var errorKindNames = [...]string{"database error", "unique constraint", "foreign key constraint",
	"not null constraint", "check constraint", "wrong SQL", "wrong data", "database busy",
	"read only", "interrupted", "disconnected", "limit reached", "timed out"}

// String returns the kind in words.
func (k ErrorKind) String() string {
	if int(k) < len(errorKindNames) {
		return errorKindNames[k]
	}
	return errorKindNames[Unknown]
}

// IsIntegrity says whether the kind is that of a constraint: of what SQLAlchemy
// calls an IntegrityError.
func (k ErrorKind) IsIntegrity() bool { return k >= Unique && k <= Check }

// IsOperational says whether the kind is none of the program's doing, so that
// the same statement may succeed at another time: of what SQLAlchemy calls an
// OperationalError.
func (k ErrorKind) IsOperational() bool { return k >= Busy }

// Error is a database's refusal, in the same form for every database.
type Error struct {
	Kind ErrorKind
	// Code is the database's own code: "1299" for SQLite, "23505" for
	// PostgreSQL.
	Code string
	// Message is the database's own text.
	Message string
	// Constraint, Table and Columns are filled in as far as the database tells.
	Constraint string
	Table      string
	Columns    []string
	// Cause is the client's own error; it may be nil.
	Cause error
}

// Error returns the database's own text.
func (e *Error) Error() string { return e.Message }

// Unwrap returns the client's own error.
func (e *Error) Unwrap() error { return e.Cause }
