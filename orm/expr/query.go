package expr

// Select reads rows.
type Select struct {
	Distinct bool
	// DistinctOn keeps the first of the rows that have the same values in these.
	DistinctOn []Expr
	Columns    []Expr
	// From lists the sources; if it is empty they are those of Columns and Where.
	From []Source
	// Correlate are sources that an enclosing statement reads.
	Correlate []Source
	Where     Expr // nil for all rows
	GroupBy   []Expr
	Having    Expr
	OrderBy   []Expr
	Limit     Expr // nil for no limit
	Offset    Expr
	// WithTies keeps rows that are equal in order to the last one of Limit.
	WithTies bool
	Lock     *Lock
	// Samples are the sources of which only some rows are read.
	Samples []Sample
}

// Sample is a part of a source's rows that chance selects.
type Sample struct {
	Of     Source
	Method string // such as BERNOULLI
	// Percent is how much of the rows, from 0 to 100.
	Percent Expr
	// Seed makes the choice the same again; nil for another one each time.
	Seed Expr
}

// Lock keeps others from changing the rows until the transaction ends.
type Lock struct {
	Strength LockStrength
	Wait     LockWait
	Of       []Source // those whose rows are locked; none for all
}

// LockStrength is what others cannot do with locked rows.
type LockStrength uint8

// The strengths.
const (
	ForUpdate LockStrength = iota
	ForShare
	ForNoKeyUpdate
	ForKeyShare
)

// LockWait is what happens to rows that others have locked.
type LockWait uint8

// The ways.
const (
	Wait LockWait = iota
	NoWait
	SkipLocked
)

// Compound joins the rows of several queries.
type Compound struct {
	Op       SetOp
	All      bool // keeps rows that are there more than once
	Operands []Stmt
	OrderBy  []Expr
	Limit    Expr
	Offset   Expr
}

// SetOp is the operator of a [Compound].
type SetOp uint8

// The operators.
const (
	Union SetOp = iota
	Intersect
	Except
)

func (Select) stmtNode()   {}
func (Compound) stmtNode() {}
