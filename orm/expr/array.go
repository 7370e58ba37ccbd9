package expr

// Elements compares a value with the elements of an array: with all of them,
// or with any.
type Elements struct {
	Op    BinaryOp
	Left  Expr
	All   bool
	Array Expr
}

// BitNot is an integer with all bits turned.
type BitNot struct{ Operand Expr }

// FullText asks whether text answers a query of the database's full-text
// search.
type FullText struct {
	Operand, Query Expr
	Negated        bool
}

func (Elements) exprNode() {}
func (BitNot) exprNode()   {}
func (FullText) exprNode() {}
