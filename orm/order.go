package orm

import "github.com/ormlab/ormlab/orm/expr"

// ByName is a column of the statement's own result, by its name, for OrderBy
// and GroupBy. A name that the result does not have is an error.
func ByName(name string) Expr[any] {
	return Expr[any]{node: expr.Name{Name: name}, near: name}
}

// NullsFirst sorts NULL before all values.
func (o Ordering) NullsFirst() Ordering { return o.nulls(expr.NullsFirst) }

// NullsLast sorts NULL behind all values.
func (o Ordering) NullsLast() Ordering { return o.nulls(expr.NullsLast) }

func (o Ordering) nulls(n expr.NullsOrder) Ordering {
	if order, ok := o.node.(expr.Order); ok {
		order.Nulls = n
		o.node = order
	}
	return o
}

// Unordered drops the orderings of earlier calls.
func (s SelectStmt) Unordered() SelectStmt {
	s.node.OrderBy = nil
	return s
}

// DistinctOn keeps the first of the rows that have the same values in these.
func (s SelectStmt) DistinctOn(columns ...Operand) SelectStmt {
	list := s.node.DistinctOn[:len(s.node.DistinctOn):len(s.node.DistinctOn)]
	for _, c := range columns {
		list = append(list, c.operand())
	}
	s.node.DistinctOn = list
	return s
}

// LimitWithTies returns at most n rows, and those that are equal in order to
// the last of them.
func (s SelectStmt) LimitWithTies(n int) SelectStmt {
	s.node.Limit, s.node.WithTies = rowCount("LimitWithTies", n), true
	return s
}

// WhereIf is Where if the condition of the program holds; otherwise it is
// nothing. It is for filters that a user may leave out.
func (s SelectStmt) WhereIf(wanted bool, conditions ...Cond) SelectStmt {
	if !wanted {
		return s
	}
	return s.Where(conditions...)
}

// Correlate leaves tables to the statement around this one, which is a
// subquery: they are not read again. Where it reads others too that happens by
// itself.
func (s SelectStmt) Correlate(tables ...Source) SelectStmt {
	list := s.node.Correlate[:len(s.node.Correlate):len(s.node.Correlate)]
	for _, t := range tables {
		source, err := t.source()
		if err != nil {
			s.err = err
			return s
		}
		list = append(list, source)
	}
	s.node.Correlate = list
	return s
}
