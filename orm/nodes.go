package orm

import (
	"reflect"
	"unsafe"

	"github.com/ormlab/ormlab/orm/expr"
)

// A node in an interface is a piece of memory of its own. Those that are made
// together lie in one piece here: the interfaces are made to point into it,
// which is sound because nobody changes a node.

var (
	anyBinary   expr.Expr = expr.Binary{}
	anyBetween  expr.Expr = expr.Between{}
	anyLike     expr.Expr = expr.Like{}
	anyIn       expr.Expr = expr.In{}
	anyJunction expr.Expr = expr.Junction{}
	anyFunc     expr.Expr = expr.Func{}
	anyBind     expr.Expr = expr.Bind{}
)

// nodeAt is the node at p, which is of the type of like.
func nodeAt(like expr.Expr, p unsafe.Pointer) expr.Expr {
	(*[2]unsafe.Pointer)(unsafe.Pointer(&like))[1] = p
	return like
}

func bindAt(b *expr.Bind) expr.Expr { return nodeAt(anyBind, unsafe.Pointer(b)) }

var anyString any = ""

func stringAt(s *string) any {
	v := anyString
	(*[2]unsafe.Pointer)(unsafe.Pointer(&v))[1] = unsafe.Pointer(s)
	return v
}

// bind is the node of [term.value].
func (t term) bind(v any) expr.Bind { return expr.Bind{Value: v, Type: t.typ, Near: t.near} }

func (t term) compare(op expr.BinaryOp, v any) Cond {
	n := &struct {
		node  expr.Binary
		value expr.Bind
	}{value: t.bind(v)}
	n.node = expr.Binary{Op: op, Left: t.operand(), Right: bindAt(&n.value)}
	return Cond{nodeAt(anyBinary, unsafe.Pointer(&n.node))}
}

func (t term) between(low, high any) Cond {
	n := &struct {
		node      expr.Between
		low, high expr.Bind
	}{low: t.bind(low), high: t.bind(high)}
	n.node = expr.Between{Operand: t.operand(), Low: bindAt(&n.low), High: bindAt(&n.high)}
	return Cond{nodeAt(anyBetween, unsafe.Pointer(&n.node))}
}

// likeBind is a LIKE with a pattern that is a value.
func (t term) likeBind(pattern any, escape rune) Cond {
	n := &struct {
		node    expr.Like
		pattern expr.Bind
	}{pattern: t.bind(pattern)}
	n.node = expr.Like{Operand: t.node, Pattern: bindAt(&n.pattern), Escape: escape}
	return Cond{nodeAt(anyLike, unsafe.Pointer(&n.node))}
}

// in takes a slice of values.
func (t term) in(values any, negated bool) Cond {
	n := countValues(values)
	in := expr.In{Operand: t.operand(), Negated: negated}
	var binds []expr.Bind
	var node *expr.In
	if n <= 4 {
		few := new(struct {
			node  expr.In
			list  [4]expr.Expr
			binds [4]expr.Bind
		})
		node, in.List, binds = &few.node, few.list[:n:n], few.binds[:n]
	} else {
		node, in.List, binds = new(expr.In), make([]expr.Expr, n), make([]expr.Bind, n)
	}
	for i := range binds {
		binds[i] = t.bind(nil)
		in.List[i] = bindAt(&binds[i])
	}
	fillValues(binds, values)
	*node = in
	return Cond{nodeAt(anyIn, unsafe.Pointer(node))}
}

// countValues is the length of a slice of any type.
func countValues(values any) int {
	switch values := values.(type) {
	case []string:
		return len(values)
	case []any:
		return len(values)
	}
	return reflect.ValueOf(values).Len()
}

// fillValues copies a slice of any type into the nodes of its values.
func fillValues(binds []expr.Bind, values any) {
	switch values := values.(type) {
	case []string:
		own := append([]string(nil), values...)
		for i := range binds {
			binds[i].Value = stringAt(&own[i])
		}
	case []any:
		for i := range binds {
			binds[i].Value = values[i]
		}
	default:
		list := reflect.ValueOf(values)
		for i := range binds {
			binds[i].Value = list.Index(i).Interface()
		}
	}
}

// junctionOf joins conditions; room is for so many of them.
func junctionOf(or bool, room int) *expr.Junction {
	if room > 4 {
		return &expr.Junction{Or: or, Operands: make([]expr.Expr, 0, room)}
	}
	n := new(struct {
		node     expr.Junction
		operands [4]expr.Expr
	})
	n.node = expr.Junction{Or: or, Operands: n.operands[:0:room]}
	return &n.node
}

func junctionAt(j *expr.Junction) expr.Expr { return nodeAt(anyJunction, unsafe.Pointer(j)) }

// callOf is a call of a function with one argument.
func callOf(f expr.Func, arg expr.Expr) expr.Expr {
	n := &struct {
		node expr.Func
		args [1]expr.Expr
	}{f, [1]expr.Expr{arg}}
	n.node.Args = n.args[:]
	return nodeAt(anyFunc, unsafe.Pointer(&n.node))
}
