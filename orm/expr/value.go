package expr

import "github.com/ormlab/ormlab/orm/schema"

// Neg is a number with the other sign.
type Neg struct{ Operand Expr }

// Custom is an operator that this package does not know. Its operands and
// itself stand between parentheses, because nobody knows its precedence.
type Custom struct {
	Op          string
	Left, Right Expr
	Type        schema.Type // of the result
}

// Match asks whether text matches a regular expression.
type Match struct {
	Operand, Pattern Expr
	Negated          bool
}

// Is asks whether a condition is true, or false; NULL is neither.
type Is struct {
	Operand Expr
	Value   bool
	Negated bool
}

// Collate compares text by the rules of that name.
type Collate struct {
	Operand Expr
	Name    string
}

// Cast turns a value into another type, in the database.
type Cast struct {
	Operand Expr
	Type    schema.Type
}

// Coerce takes a value for one of another type. It writes no SQL.
type Coerce struct {
	Operand Expr
	Type    schema.Type
}

// Case is the result of the first of its Whens that applies, otherwise Else,
// or NULL if that is nil. With Operand a When applies if its condition equals
// the operand.
type Case struct {
	Operand Expr
	Whens   []When
	Else    Expr
}

// When is one branch of a [Case].
type When struct{ Condition, Result Expr }

// Extract is a part of an instant, as a whole number.
type Extract struct {
	Part    DatePart
	Operand Expr
}

// DatePart is a part of an instant.
type DatePart uint8

// The parts.
const (
	Year DatePart = iota + 1
	Quarter
	Month
	Week // of the year, as ISO 8601 counts
	Day  // of the month
	DayOfYear
	DayOfWeek // 0 is Sunday
	Hour
	Minute
	Second
	Epoch // seconds since 1970
)

// Tuple is several values side by side.
type Tuple struct{ Items []Expr }

// Excluded is the value that an INSERT with a conflict wanted to put into the
// column.
type Excluded struct{ *schema.Column }

// Scalar is the only value of the only row of a query.
type Scalar struct{ Query Stmt }

// Exists asks whether a query has rows.
type Exists struct {
	Query   Stmt
	Negated bool
}

// Quantified compares a value with the rows of a query: with all of them, or
// with any.
type Quantified struct {
	Op    BinaryOp
	Left  Expr
	All   bool
	Query Stmt
}

func (Neg) exprNode()        {}
func (Custom) exprNode()     {}
func (Match) exprNode()      {}
func (Is) exprNode()         {}
func (Collate) exprNode()    {}
func (Cast) exprNode()       {}
func (Coerce) exprNode()     {}
func (Case) exprNode()       {}
func (Extract) exprNode()    {}
func (Tuple) exprNode()      {}
func (Excluded) exprNode()   {}
func (Scalar) exprNode()     {}
func (Exists) exprNode()     {}
func (Quantified) exprNode() {}
