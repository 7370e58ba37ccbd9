package orm

import "github.com/ormlab/ormlab/orm/expr"

// Cond is a condition. Build one from an [Expr] or with [And], [Or] and [Not].
// The zero Cond is no condition: it is left out.
type Cond struct{ node expr.Expr }

// And is true if all conditions are; of none it is true.
func And(conditions ...Cond) Cond { return junction(false, conditions) }

// Or is true if one of the conditions is; of none it is false.
func Or(conditions ...Cond) Cond { return junction(true, conditions) }

func junction(or bool, conditions []Cond) Cond {
	j := junctionOf(or, len(conditions))
	for _, c := range conditions {
		if c.node != nil {
			j.Operands = append(j.Operands, c.node)
		}
	}
	if len(j.Operands) == 1 {
		return Cond{j.Operands[0]}
	}
	return Cond{junctionAt(j)}
}

// Not is true if the condition is false.
func Not(condition Cond) Cond {
	if condition.node == nil {
		return condition
	}
	return Cond{expr.Not{Operand: condition.node}}
}

// and adds conditions to those that are there, nil for none.
func and(where expr.Expr, more []Cond) expr.Expr {
	if where == nil && len(more) == 1 && more[0].node != nil && !isEmptyAnd(more[0].node) {
		return more[0].node
	}
	if len(more) == 0 {
		return where
	}
	all := junctionOf(false, len(more)+operandsOf(where))
	if j, ok := where.(expr.Junction); ok && !j.Or {
		all.Operands = append(all.Operands, j.Operands...)
	} else if where != nil {
		all.Operands = append(all.Operands, where)
	}
	for _, c := range more {
		if c.node != nil && !isEmptyAnd(c.node) {
			all.Operands = append(all.Operands, c.node)
		}
	}
	switch len(all.Operands) {
	case 0:
		return where
	case 1:
		return all.Operands[0]
	}
	return junctionAt(all)
}

// operandsOf is how many conditions And makes of one.
func operandsOf(where expr.Expr) int {
	if j, ok := where.(expr.Junction); ok && !j.Or {
		return len(j.Operands)
	}
	return 1
}

// isEmptyAnd says whether a condition is the And of none. Where leaves it out,
// so that it does not make an UPDATE or DELETE of all rows look limited.
func isEmptyAnd(e expr.Expr) bool {
	j, ok := e.(expr.Junction)
	return ok && !j.Or && len(j.Operands) == 0
}
