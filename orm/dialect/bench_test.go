package dialect_test

import (
	"testing"

	"github.com/ormlab/ormlab/orm/dialect"
	"github.com/ormlab/ormlab/orm/dialect/sqlite"
	"github.com/ormlab/ormlab/orm/expr"
)

// A report over the census, as a web page might ask for it.
func BenchmarkCompile(b *testing.B) {
	report := expr.Select{Columns: []expr.Expr{state, sex, sum},
		Where:   and(or(eq(sex, "F"), eq(sex, "M")), in(state, "Texas", "Utah", "Ohio"), expr.Between{Operand: age, Low: val(age, 18), High: val(age, 65)}),
		GroupBy: []expr.Expr{state, sex},
		OrderBy: []expr.Expr{expr.Order{Operand: sum, Descending: true}, state}, Limit: bind(10)}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := dialect.Compile(sqlite.Dialect, report); err != nil {
			b.Fatal(err)
		}
	}
}
