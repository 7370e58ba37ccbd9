package expr

// Children calls visit with the expressions directly inside e. Those of
// queries inside e are not among them.
func Children(e Expr, visit func(Expr)) {
	switch e := e.(type) {
	case Label:
		visit(e.Operand)
	case Order:
		visit(e.Operand)
	case Not:
		visit(e.Operand)
	case IsNull:
		visit(e.Operand)
	case Neg:
		visit(e.Operand)
	case Collate:
		visit(e.Operand)
	case Cast:
		visit(e.Operand)
	case Coerce:
		visit(e.Operand)
	case Extract:
		visit(e.Operand)
	case Is:
		visit(e.Operand)
	case BitNot:
		visit(e.Operand)
	case Quantified:
		visit(e.Left)
	case Elements:
		visit(e.Left)
		visit(e.Array)
	case FullText:
		visit(e.Operand)
		visit(e.Query)
	case JSONValue:
		visit(e.Operand)
	case Construct:
		each(e.Operands, visit)
	case Grouping:
		for _, set := range e.Sets {
			each(set, visit)
		}
	case Binary:
		visit(e.Left)
		visit(e.Right)
	case Custom:
		visit(e.Left)
		visit(e.Right)
	case Like:
		visit(e.Operand)
		visit(e.Pattern)
	case Match:
		visit(e.Operand)
		visit(e.Pattern)
	case Between:
		visit(e.Operand)
		visit(e.Low)
		visit(e.High)
	case Junction:
		each(e.Operands, visit)
	case Tuple:
		each(e.Items, visit)
	case In:
		visit(e.Operand)
		each(e.List, visit)
	case Func:
		each(e.Args, visit)
		each(e.OrderBy, visit)
		each(e.WithinGroup, visit)
		optional(e.Filter, visit)
	case Window:
		visit(e.Func)
		each(e.PartitionBy, visit)
		each(e.OrderBy, visit)
	case Case:
		optional(e.Operand, visit)
		for _, w := range e.Whens {
			visit(w.Condition)
			visit(w.Result)
		}
		optional(e.Else, visit)
	}
}

func each(list []Expr, visit func(Expr)) {
	for _, e := range list {
		visit(e)
	}
}

func optional(e Expr, visit func(Expr)) {
	if e != nil {
		visit(e)
	}
}

// Sources calls visit with the source of every column in e, those of queries
// inside it left out.
func Sources(e Expr, visit func(Source)) {
	if c, ok := e.(Column); ok {
		if s := SourceOf(c); s != nil {
			visit(s)
		}
		return
	}
	if e != nil {
		Children(e, func(child Expr) { Sources(child, visit) })
	}
}
