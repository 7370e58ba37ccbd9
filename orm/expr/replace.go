package expr

// Replace returns e with other columns: what change returns for each. A query
// inside e that reads the source of a column itself keeps that column.
func Replace(e Expr, change func(Column) Expr) Expr {
	if e == nil {
		return nil
	}
	to := func(e Expr) Expr { return Replace(e, change) }
	switch e := e.(type) {
	case Column:
		return change(e)
	case Label:
		return Label{Name: e.Name, Operand: to(e.Operand)}
	case Order:
		e.Operand = to(e.Operand)
		return e
	case Not:
		return Not{Operand: to(e.Operand)}
	case IsNull:
		e.Operand = to(e.Operand)
		return e
	case Neg:
		return Neg{Operand: to(e.Operand)}
	case Collate:
		e.Operand = to(e.Operand)
		return e
	case Cast:
		e.Operand = to(e.Operand)
		return e
	case Coerce:
		e.Operand = to(e.Operand)
		return e
	case Extract:
		e.Operand = to(e.Operand)
		return e
	case Is:
		e.Operand = to(e.Operand)
		return e
	case BitNot:
		e.Operand = to(e.Operand)
		return e
	case Elements:
		e.Left, e.Array = to(e.Left), to(e.Array)
		return e
	case FullText:
		e.Operand, e.Query = to(e.Operand), to(e.Query)
		return e
	case Binary:
		e.Left, e.Right = to(e.Left), to(e.Right)
		return e
	case Custom:
		e.Left, e.Right = to(e.Left), to(e.Right)
		return e
	case Like:
		e.Operand, e.Pattern = to(e.Operand), to(e.Pattern)
		return e
	case Match:
		e.Operand, e.Pattern = to(e.Operand), to(e.Pattern)
		return e
	case Between:
		e.Operand, e.Low, e.High = to(e.Operand), to(e.Low), to(e.High)
		return e
	case Junction:
		e.Operands = replaceAll(e.Operands, change)
		return e
	case Tuple:
		return Tuple{Items: replaceAll(e.Items, change)}
	case Case:
		return replaceCase(e, change)
	case Func:
		e.Args, e.OrderBy = replaceAll(e.Args, change), replaceAll(e.OrderBy, change)
		e.WithinGroup, e.Filter = replaceAll(e.WithinGroup, change), to(e.Filter)
		return e
	case Window:
		e.Func, e.PartitionBy, e.OrderBy = to(e.Func), replaceAll(e.PartitionBy, change), replaceAll(e.OrderBy, change)
		return e
	case In:
		e.Operand, e.List, e.Query = to(e.Operand), replaceAll(e.List, change), replaceIn(e.Query, change)
		return e
	case Scalar:
		return Scalar{Query: replaceIn(e.Query, change)}
	case Exists:
		e.Query = replaceIn(e.Query, change)
		return e
	case Quantified:
		e.Left, e.Query = to(e.Left), replaceIn(e.Query, change)
		return e
	}
	return e
}

func replaceAll(list []Expr, change func(Column) Expr) []Expr {
	if list == nil {
		return nil
	}
	out := make([]Expr, len(list))
	for i, e := range list {
		out[i] = Replace(e, change)
	}
	return out
}

func replaceCase(e Case, change func(Column) Expr) Expr {
	whens := make([]When, len(e.Whens))
	for i, w := range e.Whens {
		whens[i] = When{Replace(w.Condition, change), Replace(w.Result, change)}
	}
	return Case{Operand: Replace(e.Operand, change), Whens: whens, Else: Replace(e.Else, change)}
}

// replaceIn changes the columns of a query that it takes from outside.
func replaceIn(query Stmt, change func(Column) Expr) Stmt {
	q, ok := query.(Select)
	if !ok {
		return query
	}
	outer := func(c Column) Expr {
		source, own := SourceOf(c), false
		for _, s := range q.From {
			Leaves(s, func(leaf Source) { own = own || source != nil && Same(leaf, source) })
		}
		if own {
			return c
		}
		return change(c)
	}
	q.Columns, q.Where = replaceAll(q.Columns, outer), Replace(q.Where, outer)
	q.GroupBy, q.Having, q.OrderBy = replaceAll(q.GroupBy, outer), Replace(q.Having, outer), replaceAll(q.OrderBy, outer)
	return q
}

// Rebase returns e with the columns of one source taken from another one of the
// same table.
func Rebase(e Expr, from, to Source) Expr {
	return Replace(e, func(c Column) Expr {
		if s := SourceOf(c); s != nil && Same(s, from) {
			return Column{Column: c.Column, Of: to}
		}
		return c
	})
}
