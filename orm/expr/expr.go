// Package expr holds expressions and statements as an inert, sealed tree: node
// types have fields and no behaviour, and no node knows any SQL. Package
// dialect turns a tree into SQL and arguments.
//
// Most users build trees with package orm; this package is for code that looks
// at them.
//
// # Rules
//
// A tree is a value: nobody changes a node that has been built, so trees share
// their parts and are safe to use from several goroutines. A Go value stands
// in a tree only inside a [Bind] and reaches the database only as an argument.
package expr

import "github.com/ormlab/ormlab/orm/schema"

// Expr is an expression: something with a value. The interface is sealed.
type Expr interface{ exprNode() }

// Column is a column of a table or of another source.
type Column struct {
	*schema.Column
	// Of is the source that the column belongs to; nil for its own table.
	Of Source
}

// Bind is a Go value that travels as an argument.
type Bind struct {
	// Value is the value; nil also stands for one that is given when the
	// statement runs.
	Value any
	// Type is the type of the column that the value meets; Unknown if nothing
	// says.
	Type schema.Type
	// Near names what the value is for in messages, such as "census.sex".
	Near string
	// Standalone says that nothing around the value tells its type, so that a
	// database that infers the types of arguments needs to be told.
	Standalone bool
}

// Null is SQL NULL.
type Null struct{}

// Bool is a truth value that the statement holds itself.
type Bool struct{ Value bool }

// Binary is an operator between two expressions.
type Binary struct {
	Op          BinaryOp
	Left, Right Expr
}

// BinaryOp is an operator of [Binary].
type BinaryOp uint8

// The operators.
const (
	Eq BinaryOp = iota + 1
	Ne
	Lt
	Le
	Gt
	Ge
	Add
	Sub
	Mul
	Concat
	Div         // true division: 3 / 2 is 1.5
	FloorDiv    // 3 // 2 is 1
	Mod         // the remainder
	Distinct    // IS DISTINCT FROM: like Ne, but NULL is a value like others
	NotDistinct // IS NOT DISTINCT FROM
	BitAnd      // the bits that both have
	BitOr       // the bits that one of them has
	BitXor      // the bits that only one of them has
	ShiftLeft   // the bits, moved to the left
	ShiftRight  // the bits, moved to the right
)

// Junction joins conditions with AND or OR. AND of none is true, OR of none is
// false.
type Junction struct {
	Or       bool
	Operands []Expr
}

// Not negates a condition.
type Not struct{ Operand Expr }

// In asks whether a value is one of a list; an empty list has none. With Query
// the list is its rows.
type In struct {
	Operand Expr
	List    []Expr
	Query   Stmt
	Negated bool
}

// Between asks whether a value lies between two others, both included.
type Between struct {
	Operand, Low, High Expr
	Negated            bool
}

// Like matches text against a pattern in which % stands for any text and _ for
// one character.
type Like struct {
	Operand, Pattern Expr
	// Escape takes away the meaning of the % or _ behind it; 0 for none.
	Escape  rune
	Negated bool
	// FoldCase takes upper and lower case as equal.
	FoldCase bool
}

// IsNull asks whether a value is NULL.
type IsNull struct {
	Operand Expr
	Negated bool
}

// Label gives a result column a name.
type Label struct {
	Name    string
	Operand Expr
}

// Order is an expression to sort by.
type Order struct {
	Operand    Expr
	Descending bool
	Nulls      NullsOrder
}

// NullsOrder says where NULL is sorted.
type NullsOrder uint8

// The places.
const (
	NullsAnywhere NullsOrder = iota // as the database likes
	NullsFirst
	NullsLast
)

// Name is a column of the result, by its name, for ORDER BY and GROUP BY.
type Name struct{ Name string }

// Invalid stands where an expression could not be built, such as for a column
// that the table does not have. Compiling it gives Err.
type Invalid struct{ Err error }

func (Column) exprNode()   {}
func (Bind) exprNode()     {}
func (Null) exprNode()     {}
func (Bool) exprNode()     {}
func (Binary) exprNode()   {}
func (Junction) exprNode() {}
func (Not) exprNode()      {}
func (In) exprNode()       {}
func (Between) exprNode()  {}
func (Like) exprNode()     {}
func (IsNull) exprNode()   {}
func (Label) exprNode()    {}
func (Order) exprNode()    {}
func (Name) exprNode()     {}
func (Invalid) exprNode()  {}
func (Text) exprNode()     {}
