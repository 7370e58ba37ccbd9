//go:build !js && !wasip1

package orm_test

import (
	"fmt"
	"math"
	"testing"
	"time"

	"github.com/ormlab/ormlab/orm"
	"github.com/ormlab/ormlab/orm/dialect/postgres"
	"github.com/ormlab/ormlab/orm/internal/testdb"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// onlyOn runs statements on one database, where SQLite lacks what they need,
// and compares the rows.
func onlyOn(t *testing.T, place string, cases map[string]struct {
	stmt orm.SelectStmt
	want []string
}) {
	for _, p := range testdb.Servers {
		if p.Name != place {
			continue
		}
		t.Run(p.Name, func(t *testing.T) {
			engine := companyAt(t, p.URL(t))
			for name, c := range cases {
				rows, err := c.stmt.All(t.Context(), engine)
				require.NoError(t, err, name)
				var got []string
				for _, row := range rows.All() {
					got = append(got, row.String())
				}
				assert.Equal(t, c.want, got, name)
			}
		})
	}
}

// TestLongListsOnPostgreSQL has more values than a statement has arguments.
func TestLongListsOnPostgreSQL(t *testing.T) {
	const n = 70_000
	ids, names, scores, days := make([]int64, n), make([]string, n), make([]float64, n), make([]time.Time, n)
	for i := range n {
		ids[i], names[i], scores[i], days[i] = int64(i+2), fmt.Sprint(`"\ {,`, i), float64(i), time.Unix(int64(i), 0)
	}
	names[n-1], days[0] = "ed", time.Date(2024, 12, 31, 23, 5, 6, 789000, time.FixedZone("", 0)).In(time.FixedZone("", 7200))
	onlyOn(t, "postgresql", map[string]struct {
		stmt orm.SelectStmt
		want []string
	}{
		"integers":     {where(id.In(ids...)), []string{"('wendy')", "('jack')"}},
		"not integers": {where(id.NotIn(ids...)), []string{"('ed')"}},
		"a negation":   {where(orm.Not(id.In(ids...))), []string{"('ed')"}},
		"texts":        {where(name.In(names...)), []string{"('ed')"}},
		"instants":     {where(joined.In(days...)), []string{"('wendy')"}},
		"two":          {where(orm.And(id.In(ids...), orm.Or(name.In(names...), id.In(ids[1:]...)))), []string{"('jack')"}},
	})
	_, _, err := where(score.In(scores...)).Compile(postgres.Dialect)
	assert.ErrorContains(t, err, "70000 values are too many for one statement", "floats have no array")
}

func TestRowsOnPostgreSQL(t *testing.T) {
	total := orm.Count()
	numbers := orm.TableFunc("g", "generate_series", []orm.ColumnDef{orm.Column("n", orm.BigInteger())}, 5, 9, 2).WithOrdinality("i")
	tags := orm.Literal([]string{"ed", "jack"})
	onlyOn(t, "postgresql", map[string]struct {
		stmt orm.SelectStmt
		want []string
	}{
		"rollup":       {orm.Select(teamID, total).Where(teamID.IsNotNull()).GroupBy(orm.Rollup(teamID)).OrderBy(teamID.Asc().NullsLast()), []string{"(1, 2)", "(NULL, 2)"}},
		"cube":         {orm.Select(teamID, admin, total).Where(teamID.IsNotNull()).GroupBy(orm.Cube(teamID, admin)).OrderBy(teamID.Asc(), admin.Asc()), []string{"(1, false, 1)", "(1, true, 1)", "(1, NULL, 2)", "(NULL, false, 1)", "(NULL, true, 1)", "(NULL, NULL, 2)"}},
		"nobody":       {each(name).Sample(Users, orm.Bernoulli(0)), nil},
		"everybody":    {each(name).Sample(Users, orm.SystemSample(100).Repeatable(1)), []string{"('ed')", "('wendy')", "('jack')"}},
		"ordinality":   {orm.Select(numbers).OrderBy(numbers.C("n").Asc()), []string{"(5, 1)", "(7, 2)", "(9, 3)"}},
		"any element":  {where(orm.AnyElement(name, orm.Equal, tags)), []string{"('ed')", "('jack')"}},
		"all elements": {where(orm.AllElements(name, orm.NotEqual, tags)), []string{"('wendy')"}},
		"no element":   {where(orm.Not(orm.AnyElement(name, orm.Equal, tags))), []string{"('wendy')"}},
		"full text":    {where(orm.FullText(full, "jones")), []string{"('ed')"}},
		"no full text": {where(orm.Not(orm.FullText(full, "jones"))), []string{"('jack')"}},
		"with ties":    {orm.Select(teamID).OrderBy(teamID.Asc()).LimitWithTies(1), []string{"(1)", "(1)"}},
	})
}

func TestRowsOnMariaDB(t *testing.T) {
	onlyOn(t, "mysql", map[string]struct {
		stmt orm.SelectStmt
		want []string
	}{
		"rollup":        {orm.Select(teamID, orm.Count()).Where(teamID.IsNotNull()).GroupBy(orm.Rollup(teamID)), []string{"(1, 2)", "(NULL, 2)"}},
		"negative bits": {orm.Select(orm.BitAnd(orm.Neg(age), -1), orm.BitXor(orm.Neg(age), 1), orm.BitNot(orm.Neg(age))).Where(id.Eq(1)), []string{"(-30, -29, 29)"}},
		"with ties":     {orm.Select(teamID).OrderBy(teamID.Desc()).LimitWithTies(1), []string{"(1)", "(1)"}},
	})
}

func TestLiteralsOnServers(t *testing.T) {
	testdb.Each(t, func(t *testing.T, url string) {
		engine := open(t, url, orm.Options{})
		for _, s := range []string{"", "'", `\`, `\'`, `'\`, `\\`, `\0`, "''", "-- x", "/* x", "?", ":x", "$1", "$$", "a\nb\r\t\x1a", "Ó 猫 😀", `"`, "`", "%_"} {
			readsBack(t, engine, orm.Select(orm.Literal(s), orm.Literal([]byte(s)), orm.Concat(orm.Literal("a"), s)))
		}
		for _, n := range []int64{0, -1, 1, math.MaxInt64, math.MinInt64 + 1} {
			readsBack(t, engine, orm.Select(orm.Literal(n), orm.Neg(orm.Literal(n))))
		}
		for _, x := range []float64{0, 0.1, -2, 1e300, 5e-324, math.Pi} {
			readsBack(t, engine, orm.Select(orm.Literal(x), orm.Neg(orm.Literal(x))))
		}
		readsBack(t, engine, orm.Select(orm.Literal(true), orm.Literal(false), orm.NullOf[string]()))
	})
}
