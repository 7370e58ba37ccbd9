package dialect

import (
	"github.com/ormlab/ormlab/orm/expr"
	"github.com/ormlab/ormlab/orm/schema"
)

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
	// BlobLiteral is how bytes are written; {} stands for them in hexadecimal.
	BlobLiteral string
	// TextOfBytes is the same for text that a string literal cannot hold; empty
	// if there is no such way.
	TextOfBytes string
	// TimeLiteral is the layout of an instant, as package time reads it.
	TimeLiteral string
	// FloatExponent: a number is binary floating point only with an exponent.
	FloatExponent bool
	// SpecialFloats is how infinity and what is no number are written.
	SpecialFloats FloatForm
	// Returning: INSERT can return columns of the rows that it added.
	Returning bool
	// LastInsertID: the driver tells the key that the database made for the last
	// row, so that a single INSERT needs no RETURNING.
	LastInsertID bool
	// BatchKeys is how the keys of several rows that one INSERT adds become known.
	BatchKeys KeyForm
	// OrderedRows makes a query of the rows of an INSERT, so that the keys that
	// the database makes for them rise with their order; nil if there is no need
	// or no way.
	OrderedRows func(t *schema.Table, columns []*schema.Column, rows [][]expr.Expr) expr.Stmt
	// TransactionalDDL: CREATE and DROP are undone by a rollback.
	TransactionalDDL bool
	// DDL are those for tables.
	DDL DDLFeatures

	spaces map[string]string // of a translated dialect

	// TypedPlaceholders: the database infers the types of arguments, so one that
	// has nothing around it to tell is written with CAST.
	TypedPlaceholders bool
	// TextFoldsCase: text is compared by a collation that may take different
	// texts as equal, if a column says nothing else.
	TextFoldsCase bool
	// Explain stands before a statement to get its plan, ExplainAnalyze to run it
	// for that; empty if there is no such thing.
	Explain, ExplainAnalyze string
	// HashComments: # begins a comment.
	HashComments bool
	// TrueDivisor is how the divisor of an integer is written so that the result
	// has a fraction; {} in it stands for the divisor. Empty if / does it.
	TrueDivisor string
	// DivisionKeepsFraction: 3 / 2 is 1.5.
	DivisionKeepsFraction bool
	// DistinctFrom is how values are compared of which NULL is one like others.
	DistinctFrom DistinctForm
	// Regexp and NotRegexp are the operators that match text with a regular
	// expression, with spaces around; empty if there are none.
	Regexp, NotRegexp string
	// ILike: ILIKE takes upper and lower case as equal; otherwise both sides are
	// written in lower case.
	ILike bool
	// JSON is how a part of a JSON document is read as a value of a kind, with a
	// form for Unknown where a kind has none: {doc} stands for the document,
	// {path} for the path and {type} for the type. Empty if there is no way.
	JSON map[schema.Kind]string
	// JSONPathArrays: a path is an array of texts; otherwise $."a"[0].
	JSONPathArrays bool
	// Functions are those that have a name of their own.
	Functions map[string]Function
	// Extract has the parts of an instant that are not EXTRACT(part FROM x); {}
	// stands for the instant.
	Extract map[expr.DatePart]string
	// TuplesAreValues: (a, b) IN (VALUES (1, 2)); otherwise without VALUES.
	TuplesAreValues bool
	// Quantified: = ANY (SELECT …) and = ALL (SELECT …).
	Quantified bool
	// ArrayElements: = ANY (array) and = ALL (array).
	ArrayElements bool
	// ArrayLists: a list for IN of more than half of MaxArgs values is one
	// argument, as in = ANY ($1), which takes the array as text.
	ArrayLists bool
	// BitXor is the operator for the bits that only one operand has, with spaces
	// around; empty if there is none, so that it is made of the others.
	BitXor string
	// BitsUnsigned: operators on bits give integers without a sign, so that they
	// are cast.
	BitsUnsigned bool
	// FullText is how text is searched; {} stands for the text and then for the
	// query. Empty if there is no such search.
	FullText string

	// FullJoin: FULL OUTER JOIN.
	FullJoin bool
	// Lateral: a subquery in FROM can use the tables before it.
	Lateral bool
	// Values is how a list of values is read like a table.
	Values ValuesForm
	// TableFunctionColumns: the columns of a function in FROM can be named.
	TableFunctionColumns bool
	// Ordinality: the rows of a function in FROM can be numbered.
	Ordinality bool
	// Samples: FROM t TABLESAMPLE bernoulli(10).
	Samples bool
	// Groupings is how GROUP BY takes several groupings at once.
	Groupings GroupingForm
	// DistinctOn: SELECT DISTINCT ON (…).
	DistinctOn bool
	// AggregateFilter: sum(x) FILTER (WHERE …).
	AggregateFilter bool
	// AggregateOrder: array_agg(x ORDER BY y).
	AggregateOrder bool
	// GroupConcat: string_agg(x, ', ') is group_concat(x SEPARATOR ', '), whose
	// separator is no argument.
	GroupConcat bool
	// DistinctAlone: an aggregate with DISTINCT has one argument.
	DistinctAlone bool
	// WithinGroup: percentile_cont(0.5) WITHIN GROUP (ORDER BY x).
	WithinGroup bool
	// FrameGroups: the frame of a window can count GROUPS.
	FrameGroups bool
	// FrameLiterals: the frame of a window takes numbers, not arguments.
	FrameLiterals bool
	// NullsOrder: NULLS FIRST and NULLS LAST; otherwise whether the value is NULL
	// is sorted first.
	NullsOrder bool
	// WithTies: FETCH FIRST n ROWS WITH TIES.
	WithTies bool
	// Locks is how rows are locked.
	Locks LockForm
	// KeyLocks: FOR NO KEY UPDATE and FOR KEY SHARE.
	KeyLocks bool
	// LockOf: FOR UPDATE OF t.
	LockOf bool
	// CompoundParentheses: a query with a limit stands between parentheses beside
	// UNION; otherwise it is read as a table.
	CompoundParentheses bool
	// SetOperationsAll: INTERSECT ALL and EXCEPT ALL.
	SetOperationsAll bool
	// Materialized: a CTE can be MATERIALIZED or NOT.
	Materialized bool
	// ChangeInCTE: a CTE can be an INSERT, UPDATE or DELETE.
	ChangeInCTE bool
	// WithChange: WITH can stand before UPDATE and DELETE.
	WithChange bool
	// WithInsert: WITH stands before INSERT; otherwise before its SELECT.
	WithInsert bool

	// UpdateFrom is how an UPDATE reads other tables.
	UpdateFrom ChangeFrom
	// DeleteUsing is how a DELETE reads other tables.
	DeleteUsing ChangeFrom
	// UpdateReturning: UPDATE can return columns of the rows that it changed.
	UpdateReturning bool
	// DeleteReturning: DELETE can return columns of the rows that it removed; not
	// one that reads other tables by ChangeTables.
	DeleteReturning bool
	// Conflict is how an INSERT deals with rows that are there already.
	Conflict ConflictForm
	// ConflictConstraint: ON CONFLICT ON CONSTRAINT name.
	ConflictConstraint bool
	// ConflictNeedsWhere: an INSERT from a SELECT without WHERE and with ON
	// CONFLICT is ambiguous, so that WHERE true is added.
	ConflictNeedsWhere bool
}

// Function is a database's own name for a function.
type Function struct {
	Name string
	// Bare: without arguments it has no parentheses.
	Bare bool
}

// DistinctForm is how a database compares values of which NULL is one like
// others.
type DistinctForm uint8

// The forms.
const (
	DistinctStandard  DistinctForm = iota // IS DISTINCT FROM
	DistinctIs                            // IS NOT
	DistinctSpaceship                     // NOT (a <=> b)
)

// KeyForm is how the keys that the database makes for the rows of one INSERT are
// matched to them.
type KeyForm uint8

// The forms.
const (
	KeysUnknown   KeyForm = iota // one INSERT for each row that needs its key
	KeysToLast                   // the driver tells the last of them; they follow one another, or are not trusted
	KeysFromFirst                // the driver tells the first, and they are a fixed step apart
	KeysOrdered                  // they rise with the rows of an ordered SELECT
)

// ValuesForm is how a list of values is read like a table.
type ValuesForm uint8

// The forms.
const (
	ValuesUnion    ValuesForm = iota // (SELECT 1 AS a UNION ALL SELECT 2) AS v
	ValuesNamed                      // (VALUES (1), (2)) AS v (a)
	ValuesRow                        // (VALUES ROW(1), ROW(2)) AS v (a)
	ValuesNumbered                   // (SELECT column1 AS a FROM (VALUES (1), (2))) AS v
)

// GroupingForm is how GROUP BY takes several groupings at once.
type GroupingForm uint8

// The forms.
const (
	GroupingsNone   GroupingForm = iota // it does not
	GroupingsAll                        // ROLLUP (a, b), CUBE (a, b), GROUPING SETS ((a), (b))
	GroupingsRollup                     // a, b WITH ROLLUP, and nothing else
)

// FloatForm is how a database writes infinity and what is no number.
type FloatForm uint8

// The forms.
const (
	FloatsFinite   FloatForm = iota // it has neither
	FloatsOverflow                  // 9e999; what is no number is NULL
	FloatsNamed                     // CAST('Infinity' AS DOUBLE PRECISION)
)

// LockForm is how a database locks rows.
type LockForm uint8

// The forms.
const (
	LocksStandard  LockForm = iota // FOR UPDATE, FOR SHARE
	LocksShareMode                 // FOR UPDATE, LOCK IN SHARE MODE
	LocksImplied                   // there is one writer, so locks are left out
)

// ChangeFrom is how a database changes rows by those of other tables.
type ChangeFrom uint8

// The forms.
const (
	ChangeAlone    ChangeFrom = iota // it does not
	ChangeFromList                   // UPDATE a SET … FROM b, DELETE FROM a USING b
	ChangeTables                     // UPDATE a, b SET …, DELETE FROM a USING a, b
)

// ConflictForm is how an INSERT deals with rows that are there already.
type ConflictForm uint8

// The forms.
const (
	ConflictNone        ConflictForm = iota // it does not
	ConflictStandard                        // ON CONFLICT (id) DO UPDATE SET n = excluded.n
	ConflictOnDuplicate                     // ON DUPLICATE KEY UPDATE n = VALUES(n)
)

// OffsetForm is how a database writes an OFFSET without a LIMIT.
type OffsetForm uint8

// The forms.
const (
	OffsetLimitAll   OffsetForm = iota // LIMIT ALL OFFSET ?
	OffsetLimitMinus                   // LIMIT ? OFFSET ?, the first bound to -1
	OffsetLimitMax                     // LIMIT ?, 18446744073709551615
)
