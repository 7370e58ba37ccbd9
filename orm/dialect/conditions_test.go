package dialect_test

import (
	"math"
	"time"

	"github.com/ormlab/ormlab/orm/expr"
)

var (
	a    = eq(userID, 1)
	b    = eq(userID, 2)
	c    = eq(userName, "x")
	yes  = expr.Bool{Value: true}
	no   = expr.Bool{Value: false}
	like = expr.Like{Operand: userName, Pattern: val(userName, "E%")}
	some = expr.Between{Operand: userID, Low: val(userID, 1), High: val(userID, 9)}
	null = expr.IsNull{Operand: userName}
	raw  = parsed("name='a' OR name='b'")
)

var conditionCases = []testCase{
	{"and", where(and(a, c))},
	{"or in and", where(and(or(a, b), c))},
	{"and in or", where(or(and(a, b), c))},
	{"and in and", where(and(and(a, b), c))},
	{"or in or", where(or(a, or(b, c)))},
	{"or of one", where(and(a, or(c)))},
	{"and of one", where(and(c))},
	{"and of none", where(and())},
	{"or of none", where(or())},
	{"and with true", where(and(yes, c))},
	{"and with false", where(and(no, c))},
	{"or with true", where(or(yes, c))},
	{"or with false", where(or(no, c))},
	{"true folds away deep inside", where(and(a, or(b, not(yes), and(yes, c))))},
	{"not equal", where(not(a))},
	{"not less", where(not(op(expr.Lt, userID, val(userID, 3))))},
	{"not greater or equal", where(not(op(expr.Ge, userID, val(userID, 3))))},
	{"not in", where(not(in(userID, 1, 2)))},
	{"not not in", where(not(notIn(userID, 1, 2)))},
	{"not like", where(not(like))},
	{"not between", where(not(some))},
	{"not null", where(not(null))},
	{"not not", where(not(not(a)))},
	{"not and", where(not(and(a, c)))},
	{"not or beside and", where(and(not(or(a, b)), c))},
	{"not and of one", where(not(and(a)))},
	{"not function", where(not(expr.Func{Name: "f", Args: []expr.Expr{userID}}))},
	{"not true", where(not(yes))},
	{"compared conditions", where(op(expr.Eq, and(a, b), not(or(a, b))))},
	{"compared comparison", where(op(expr.Eq, a, op(expr.Add, userID, bind(1))))},
	{"like escaped", where(expr.Like{Operand: userName, Pattern: val(userName, "a/%%"), Escape: '/'})},
	{"like escaped by a backslash", where(expr.Like{Operand: userName, Pattern: val(userName, `a\%%`), Escape: '\\'})},
	{"like escaped by a quote", where(expr.Like{Operand: userName, Pattern: val(userName, "a'%%"), Escape: '\'', Negated: true})},
	{"like an expression", where(expr.Like{Operand: userName, Pattern: op(expr.Concat, bind("%"), userName)})},
	{"between expressions", where(and(expr.Between{Operand: userID, Low: op(expr.Add, userID, bind(1)), High: and(a, b), Negated: true}, c))},
	{"in", where(in(userID, 1, 2, 3))},
	{"in of none", where(in(userID))},
	{"in of none in or", where(or(a, in(userID)))},
	{"in of none in and", where(and(in(userID), c))},
	{"in of none compared", where(op(expr.Eq, in(userID), yes))},
	{"not in of none", where(notIn(userID))},
	{"not in of none in and", where(and(notIn(userID), c))},
	{"in with nil", where(in(userID, 1, nil))},
	{"in with a nil pointer", where(in(userID, 1, (*int)(nil)))},
	{"in with NULL", where(expr.In{Operand: userID, List: []expr.Expr{expr.Null{}}})},
	{"equal to NULL", where(op(expr.Eq, userName, expr.Null{}))},
	{"not equal to NULL", where(op(expr.Ne, expr.Null{}, userName))},
	{"not equal to a nil pointer", where(not(eq(userName, (*string)(nil))))},
	{"equal to a value given later", where(eq(userID, nil))},
	{"less than NULL", where(op(expr.Lt, userName, val(userName, (*string)(nil))))},
	{"boolean column", where(userAdmin)},
	{"not boolean column", where(not(userAdmin))},
	{"boolean columns joined", where(and(userAdmin, or(not(userAdmin), a)))},
	{"boolean column compared", where(eq(userAdmin, false))},
	{"text", where(raw)},
	{"text and text", where(and(raw, parsed("score = :v -- note", "v", 2), a))},
	{"not text", where(not(raw))},
	{"text compared", where(op(expr.Gt, parsed("length(name)"), bind(3)))},
	{"text for an integer", where(op(expr.Gt, age, val(age, "x")))},
	{"float for an integer", where(eq(userID, 1.5))},
	{"number for a text", where(eq(userName, 5))},
	{"number for a boolean", where(eq(userAdmin, 1))},
	{"time for a text", where(eq(userName, time.Unix(0, 0).UTC()))},
	{"too great", where(eq(userID, uint64(math.MaxUint64)))},
	{"struct", where(op(expr.Eq, userID, bind(struct{ A int }{1})))},
}
