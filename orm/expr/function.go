package expr

import "github.com/ormlab/ormlab/orm/schema"

// Func calls an SQL function. With Star, and no arguments, it is name(*).
type Func struct {
	Name string
	Args []Expr
	Star bool
	// Type is the type of the function's values; Unknown if nothing says.
	Type schema.Type
	// Distinct leaves out arguments that were there already.
	Distinct bool
	// OrderBy is the order in which an aggregate takes its rows.
	OrderBy []Expr
	// WithinGroup is the order of an ordered-set aggregate.
	WithinGroup []Expr
	// Filter is the condition for the rows of an aggregate; nil for all.
	Filter Expr
}

// Window is a function over the rows around the current one.
type Window struct {
	Func        Expr // a Func
	PartitionBy []Expr
	OrderBy     []Expr
	Frame       *Frame // nil for the database's own
}

// Frame is the part of a window that a function sees.
type Frame struct {
	Unit       FrameUnit
	Start, End Bound
}

// FrameUnit is what a [Frame] counts.
type FrameUnit uint8

// The units.
const (
	Rows FrameUnit = iota
	Range
	Groups
)

// Bound is an end of a [Frame].
type Bound struct {
	Kind BoundKind
	// Offset is the distance of a Preceding or Following.
	Offset Expr
}

// BoundKind is where a [Bound] lies.
type BoundKind uint8

// The bounds.
const (
	UnboundedPreceding BoundKind = iota
	Preceding
	CurrentRow
	Following
	UnboundedFollowing
)

func (Func) exprNode()   {}
func (Window) exprNode() {}
