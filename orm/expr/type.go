package expr

import "github.com/ormlab/ormlab/orm/schema"

// TypeOf returns the type of the expression's values as far as the tree tells;
// otherwise Unknown.
func TypeOf(e Expr) schema.Type {
	switch e := e.(type) {
	case Column:
		if e.Column != nil {
			return e.Type
		}
	case Excluded:
		if e.Column != nil {
			return e.Type
		}
	case Bind:
		return e.Type
	case Label:
		return TypeOf(e.Operand)
	case Neg:
		return TypeOf(e.Operand)
	case BitNot:
		return TypeOf(e.Operand)
	case Collate:
		return TypeOf(e.Operand)
	case Func:
		return e.Type
	case Window:
		return TypeOf(e.Func)
	case Cast:
		return e.Type
	case Coerce:
		return e.Type
	case Custom:
		return e.Type
	case Construct:
		return e.Type
	case JSONValue:
		return e.Type
	case Extract:
		return schema.Type{Kind: schema.BigInteger}
	case Case:
		return typeOfCase(e)
	case Scalar:
		if types := ResultTypes(e.Query); len(types) == 1 {
			return types[0]
		}
	case Binary:
		return typeOfBinary(e)
	case Bool, Junction, Not, In, Between, Like, IsNull, Match, Is, Exists, Quantified, Elements, FullText:
		return schema.Type{Kind: schema.Boolean}
	}
	return schema.Type{}
}

func typeOfCase(e Case) schema.Type {
	for _, w := range e.Whens {
		if t := TypeOf(w.Result); t.Kind != schema.Unknown {
			return t
		}
	}
	return TypeOf(e.Else)
}

func typeOfBinary(e Binary) schema.Type {
	switch e.Op {
	case Add, Sub, Mul, FloorDiv, Mod:
		left, right := TypeOf(e.Left), TypeOf(e.Right)
		if right.Kind == schema.Float || left.Kind == schema.Unknown {
			return right
		}
		return left
	case BitAnd, BitOr, BitXor, ShiftLeft, ShiftRight:
		return schema.Type{Kind: schema.BigInteger}
	case Div:
		return schema.Type{Kind: schema.Float}
	case Concat:
		return schema.Type{Kind: schema.Text}
	}
	return schema.Type{Kind: schema.Boolean}
}
