package dialect_test

import (
	"errors"

	"github.com/ormlab/ormlab/orm/expr"
)

var (
	state = col(census, "state")
	sex   = col(census, "sex")
	age   = col(census, "age")
	pop   = col(census, "pop2000")
)

var sum = expr.Label{Name: "people", Operand: expr.Func{Name: "sum", Args: []expr.Expr{pop}}}

var mixed = table("Mixed", column("order", integer), column("plain", integer))

var selectCases = []testCase{
	{"columns and where", expr.Select{Columns: []expr.Expr{state, sex}, Where: in(state, "Texas", "Utah")}},
	{"distinct", expr.Select{Distinct: true, Columns: []expr.Expr{state}}},
	{"two tables", expr.Select{Columns: []expr.Expr{userName, petName, userID}}},
	{"table of the where only", expr.Select{Columns: []expr.Expr{userName}, Where: eq(petID, 1)}},
	{"from given", expr.Select{From: []expr.Source{expr.Table{Table: pets}}, Columns: []expr.Expr{expr.Func{Name: "count", Star: true}}}},
	{"column of a table that from lacks", expr.Select{From: []expr.Source{expr.Table{Table: pets}}, Columns: []expr.Expr{userName}}},
	{"no table", expr.Select{Columns: []expr.Expr{bind(1), expr.Null{}, expr.Bool{Value: true}, parsed("1 + 1")}}},
	{"report", expr.Select{Columns: []expr.Expr{state, sum}, Where: eq(sex, "F"), GroupBy: []expr.Expr{state},
		Having:  op(expr.Gt, expr.Func{Name: "sum", Args: []expr.Expr{pop}}, bind(1000)),
		OrderBy: []expr.Expr{expr.Order{Operand: sum, Descending: true}, state}, Limit: bind(5)}},
	{"group by a label", expr.Select{Columns: []expr.Expr{expr.Label{Name: "decade", Operand: op(expr.Mul, age, bind(10))}},
		GroupBy: []expr.Expr{expr.Label{Name: "decade", Operand: op(expr.Mul, age, bind(10))}}}},
	{"order by a label that is no result column", expr.Select{Columns: []expr.Expr{state}, OrderBy: []expr.Expr{
		expr.Order{Operand: expr.Label{Name: "x", Operand: op(expr.Add, age, pop)}}}}},
	{"label in a condition", expr.Select{Columns: []expr.Expr{expr.Label{Name: "years", Operand: age}},
		Where: op(expr.Gt, expr.Label{Name: "years", Operand: age}, bind(9))}},
	{"limit and offset", expr.Select{Columns: []expr.Expr{state}, Limit: bind(10), Offset: bind(20)}},
	{"offset only", expr.Select{Columns: []expr.Expr{state}, Where: eq(sex, "M"), Offset: bind(20)}},
	{"negative limit", expr.Select{Columns: []expr.Expr{state}, Limit: bind(-1)}},
	{"limit of text", expr.Select{Columns: []expr.Expr{state}, Limit: bind("many")}},
	{"arithmetic", expr.Select{Columns: []expr.Expr{
		op(expr.Mul, op(expr.Add, age, bind(1)), bind(2)),
		op(expr.Sub, age, op(expr.Sub, pop, bind(3))),
		op(expr.Sub, op(expr.Sub, age, pop), bind(3)),
		op(expr.Add, op(expr.Add, age, pop), bind(3)),
		op(expr.Add, age, op(expr.Add, pop, bind(3))),
		op(expr.Add, age, op(expr.Mul, pop, bind(3)))}}},
	{"concatenation", expr.Select{Columns: []expr.Expr{
		op(expr.Concat, userName, val(userName, "!")),
		op(expr.Concat, op(expr.Concat, userName, bind("-")), col(users, "full")),
		op(expr.Concat, userName, op(expr.Add, userID, bind(1)))}}},
	{"unknown operators", expr.Select{Columns: []expr.Expr{op(0, age, pop)}}},
	{"more unknown operators", expr.Select{Columns: []expr.Expr{op(99, age, pop)}}},
	{"functions", expr.Select{Columns: []expr.Expr{expr.Func{Name: "now"}, expr.Func{Name: "pg_catalog.lower", Args: []expr.Expr{userName}},
		expr.Func{Name: "coalesce", Args: []expr.Expr{userName, bind("none")}}}}},
	{"function with a wrong name", expr.Select{Columns: []expr.Expr{expr.Func{Name: "now(); --"}}}},
	{"names that need quotes", expr.Select{Columns: []expr.Expr{col(mixed, "order"), expr.Label{Name: "Plain Name", Operand: col(mixed, "plain")}},
		OrderBy: []expr.Expr{expr.Label{Name: "Plain Name", Operand: col(mixed, "plain")}}}},
	{"no columns", expr.Select{From: []expr.Source{expr.Table{Table: pets}}}},
	{"nil column", expr.Select{Columns: []expr.Expr{nil}}},
	{"order among the columns", expr.Select{Columns: []expr.Expr{expr.Order{Operand: age}}}},
	{"pointer to a node", expr.Select{Columns: []expr.Expr{&age}}},
	{"pointer to a statement", &expr.Select{Columns: []expr.Expr{age}}},
	{"invalid", expr.Select{Columns: []expr.Expr{age}, Where: and(expr.Bool{}, expr.Invalid{Err: errors.New("census has no column x")})}},
}
