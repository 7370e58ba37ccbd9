package expr

import "github.com/ormlab/ormlab/orm/schema"

// JSONValue is a part of a JSON document, as a value of a type. Where the part
// is not there, or is the document null, it is NULL.
type JSONValue struct {
	Operand Expr
	Path    []JSONStep
	// Type is JSON for the part as a document.
	Type schema.Type
}

// JSONStep goes to a member of an object, or to an element of an array.
type JSONStep struct {
	Key     string
	Index   int // from 0; counts only if IsIndex
	IsIndex bool
}

func (JSONValue) exprNode() {}
