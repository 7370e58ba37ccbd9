package dialect

// Features are the capabilities of a database: what it has, and how it writes
// what every database has.
type Features struct {
	// NumberedPlaceholders: arguments are $1, $2 and so on, and one can be used
	// twice; otherwise each is a ?.
	NumberedPlaceholders bool
	// Quote is the character around quoted names: " or `.
	Quote byte
	// MaxName is the number of bytes of a name beyond which the database cuts it
	// without a word; 0 if it does not.
	MaxName int
	// MaxArgs is the number of arguments that a statement can have.
	MaxArgs int
	// BooleanLiterals: true and false are literals; otherwise 1 and 0 are written.
	BooleanLiterals bool
	// BooleanConditions: a boolean column is a condition by itself; otherwise it
	// is compared with 1 or 0.
	BooleanConditions bool
	// ConcatFunction: text is joined by concat(a, b); otherwise by a || b.
	ConcatFunction bool
	// BackslashEscapes: a backslash in a string literal has a meaning and is
	// written twice.
	BackslashEscapes bool
	// EmptySelect is a query without rows that may stand in IN ( ); %s in it
	// stands for the type of its column.
	EmptySelect string
	// EmptyInSelect: an IN with an empty list is written with EmptySelect;
	// otherwise as IN (NULL) joined to a condition that settles it.
	EmptyInSelect bool
	// OffsetOnly is how an OFFSET without a LIMIT is written.
	OffsetOnly OffsetForm
	// DefaultValues: a row of defaults is INSERT INTO t DEFAULT VALUES; otherwise
	// INSERT INTO t () VALUES ().
	DefaultValues bool
	// Returning: INSERT can return columns of the rows that it added.
	Returning bool
	// LastInsertID: the driver tells the key that the database made for the last
	// row, so that a single INSERT needs no RETURNING.
	LastInsertID bool
	// TransactionalDDL: CREATE and DROP are undone by a rollback.
	TransactionalDDL bool
}

// OffsetForm is how a database writes an OFFSET without a LIMIT.
type OffsetForm uint8

// The forms.
const (
	OffsetLimitAll   OffsetForm = iota // LIMIT ALL OFFSET ?
	OffsetLimitMinus                   // LIMIT ? OFFSET ?, the first bound to -1
	OffsetLimitMax                     // LIMIT ?, 18446744073709551615
)
