package expr

import "github.com/ormlab/ormlab/orm/schema"

// Construct is an expression that somebody wrote in SQL, for one dialect or
// several, around operands that are expressions.
type Construct struct {
	// Name is what messages and results call it.
	Name string
	// Forms are the SQL by dialect.
	Forms []Form
	// Parameters are the names under which the forms have the operands. The
	// last one has all operands that are left if its name ends with "...".
	Parameters []string
	Operands   []Expr
	Type       schema.Type
}

// Form is the SQL of a [Construct] on a dialect, or where no other is. Its
// binds are names of parameters.
type Form struct {
	Dialect string // empty for those that have no form of their own
	Text    Text
}

func (Construct) exprNode() {}
