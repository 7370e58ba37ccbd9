package dialect_test

import "github.com/ormlab/ormlab/orm/expr"

var textCases = []testCase{
	{"no binds", parsed("SELECT 1")},
	{"binds", parsed("SELECT * FROM students WHERE age > :x AND grade = :y", "x", 20, "y", "A")},
	{"a bind twice", parsed("SELECT :a, :b, :a", "a", 1, "b", 2)},
	{"the same name in two texts", expr.Select{Columns: []expr.Expr{parsed(":a", "a", 1), parsed(":a", "a", 2)}}},
	{"list", parsed("SELECT * FROM users WHERE id IN :ids AND name = :n", "ids", []int64{1, 2, 3}, "n", "x")},
	{"list between parentheses", parsed("SELECT * FROM users WHERE id IN ( :ids )", "ids", []int64{1, 2})},
	{"list twice", parsed("SELECT * FROM users WHERE id IN :ids OR score IN :ids", "ids", []int64{1, 2})},
	{"empty list of numbers", parsed("SELECT * FROM users WHERE id NOT IN :ids", "ids", []int64{})},
	{"empty list of pointers to numbers", parsed("SELECT * FROM users WHERE score IN :xs", "xs", []*float64{})},
	{"empty list of texts", parsed("SELECT * FROM users WHERE name IN (:names)", "names", []string{})},
	{"list with nil", parsed("SELECT * FROM users WHERE name IN :names", "names", []*string{nil})},
	{"value missing", parsed("SELECT :a, :b, :c", "b", 1)},
	{"value for an unknown name", parsed("SELECT :a, :b", "a", 1, "b", 2, "c", 3)},
	{"value without binds", parsed("SELECT 1", "c", 3)},
	{"question mark", parsed("SELECT data ? 'a' FROM t WHERE id = :id", "id", 1)},
	{"question mark in a string", parsed("SELECT '?' WHERE 1 = :id", "id", 1)},
}
