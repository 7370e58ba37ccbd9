package orm_test

import (
	"testing"

	"github.com/ormlab/ormlab/orm"
	"github.com/stretchr/testify/assert"
)

var expressionBehaviours = []numbered{
	{13, "arithmetic", func(t *testing.T) {
		expression(t, orm.Mul(orm.Add(age, 1), 2), "(users.age + ?) * ? AS anon_1 <- (1, 2)")
		expression(t, orm.SubExpr(age, orm.Sub(id, 3)), "users.age - (users.id - ?) AS anon_1 <- (3)")
		expression(t, orm.Sub(orm.SubExpr(age, id), 3), "(users.age - users.id) - ? AS anon_1 <- (3)")
		expression(t, orm.AddExpr(age, orm.Mul(id, 3)), "users.age + users.id * ? AS anon_1 <- (3)")
		expression(t, orm.AddExpr(age, orm.Add(id, 3)), "users.age + (users.id + ?) AS anon_1 <- (3)")
		expression(t, orm.Neg(orm.Add(age, 1)), "-(users.age + ?) AS anon_1 <- (1)")
		// Port: operands of an operator that nobody knows stand in parentheses;
		// SQLAlchemy writes n + ? ^ ?.
		expression(t, orm.Op[int64](orm.Add(age, 1), "^", 2), "(users.age + ?) ^ ? AS anon_1 <- (1, 2)")
		expression(t, orm.Add(orm.Op[int64](age, "&", 6), 1), "(users.age & ?) + ? AS anon_1 <- (6, 1)")
		assert.Equal(t, []string{"(62)"}, rowsOf(t, company(t), orm.Select(orm.Mul(orm.Add(age, 1), 2)).Where(id.Eq(1))))
	}},
	{14, "division", func(t *testing.T) {
		expression(t, orm.Div(age, 4), "users.age / (? + 0.0) AS anon_1 <- (4)", "users.age / CAST(? AS NUMERIC) AS anon_1 <- (4)", "users.age / ? AS anon_1 <- (4)")
		expression(t, orm.FloorDiv(age, 4), "users.age / ? AS anon_1 <- (4)", "users.age / ? AS anon_1 <- (4)", "FLOOR(users.age / ?) AS anon_1 <- (4)")
		assert.Equal(t, []string{"(7.5, 7)"}, rowsOf(t, company(t), orm.Select(orm.Div(age, 4), orm.FloorDiv(age, 4)).Where(id.Eq(1))))
	}},
	{15, "text", func(t *testing.T) {
		expression(t, orm.Concat(name, "!"), "users.name || ? AS anon_1 <- ('!')", "users.name || ? AS anon_1 <- ('!')", "concat(users.name, ?) AS anon_1 <- ('!')")
		// Port: the text is always escaped, and the pattern is one argument.
		condition(t, name.Contains("a%_/"), "users.name LIKE ? ESCAPE '/' <- ('%a/%/_//%')")
		condition(t, name.StartsWith("a"), "users.name LIKE ? ESCAPE '/' <- ('a%')")
		condition(t, name.EndsWith("_"), "users.name LIKE ? ESCAPE '/' <- ('%/_')")
		condition(t, orm.ILike(name, "E%"), "lower(users.name) LIKE lower(?) <- ('E%')", "users.name ILIKE ? <- ('E%')", "lower(users.name) LIKE lower(?) <- ('E%')")
		engine := company(t)
		assert.Equal(t, []string{"('jack')"}, rowsOf(t, engine, where(full.Contains("_1"))), "_ is itself")
		assert.Equal(t, []string{"('ed')"}, rowsOf(t, engine, where(orm.ILike(name, "E_"))))
	}},
	{16, "CASE and CAST", func(t *testing.T) {
		expression(t, orm.Case(age.Gt(1), "a").Else("z").As("c"), "CASE WHEN (users.age > ?) THEN ? ELSE ? END AS c <- (1, 'a', 'z')",
			"CASE WHEN (users.age > ?) THEN CAST(? AS TEXT) ELSE CAST(? AS TEXT) END AS c <- (1, 'a', 'z')",
			"CASE WHEN (users.age > ?) THEN ? ELSE ? END AS c <- (1, 'a', 'z')")
		expression(t, orm.CaseOf(name, "ed", "a").End().As("c"), "CASE users.name WHEN ? THEN ? END AS c <- ('ed', 'a')",
			"CASE users.name WHEN ? THEN CAST(? AS TEXT) END AS c <- ('ed', 'a')", "CASE users.name WHEN ? THEN ? END AS c <- ('ed', 'a')")
		expression(t, orm.Cast[int64](name, orm.Integer()).As("n"), "CAST(users.name AS INTEGER) AS n", "CAST(users.name AS INTEGER) AS n", "CAST(users.name AS SIGNED INTEGER) AS n")
		expression(t, orm.TypeCoerce[string](age), "users.age")
	}},
	{17, "functions", func(t *testing.T) {
		expression(t, orm.Count(), "count(*) AS count_1")
		writes(t, orm.Select(orm.Count(), orm.CountOf(teamID)), "SELECT count(*) AS count_1, count(users.team_id) AS count_2 FROM users")
		expression(t, orm.Now(), "CURRENT_TIMESTAMP AS now_1", "now() AS now_1", "now() AS now_1")
		expression(t, orm.Func[string]("pg_catalog.lower", name), "pg_catalog.lower(users.name) AS lower_1")
		expression(t, orm.Func[int64]("whatever", age, 2), "whatever(users.age, ?) AS whatever_1 <- (2)")
		assert.Equal(t, []string{"count_1", "count_2"}, columnsOf(t, company(t), orm.Select(orm.Count(), orm.CountOf(teamID))))
	}},
	{18, "windows", func(t *testing.T) {
		expression(t, orm.Over(orm.RowNumber(), orm.Window{}.PartitionBy(teamID).OrderBy(age.Desc())).As("r"),
			"row_number() OVER (PARTITION BY users.team_id ORDER BY users.age DESC) AS r")
		expression(t, orm.Over(orm.Sum(age), orm.Window{}.OrderBy(id.Asc()).Rows(orm.UnboundedPreceding(), orm.CurrentRow())).As("s"),
			"sum(users.age) OVER (ORDER BY users.id ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS s")
		expression(t, orm.Filter(orm.Count(), age.Gt(29)), "count(*) FILTER (WHERE users.age > ?) AS count_1 <- (29)",
			"count(*) FILTER (WHERE users.age > ?) AS count_1 <- (29)", "error: mysql has no FILTER for an aggregate; aggregate a Case instead")
		expression(t, orm.Over(orm.Sum(age), orm.Window{}).As("s"), "sum(users.age) OVER () AS s")
		assert.Equal(t, []string{"(30)", "(55)", "(96)"}, rowsOf(t, company(t),
			each(orm.Over(orm.Sum(age), orm.Window{}.OrderBy(id.Asc()).Rows(orm.UnboundedPreceding(), orm.CurrentRow())))))
	}},
}
