package orm_test

import (
	"strings"
	"testing"

	"github.com/ormlab/ormlab/orm"
	"github.com/ormlab/ormlab/orm/dialect"
	"github.com/ormlab/ormlab/orm/dialect/sqlite"
)

// filter is what a user asks of the report; what is empty is left out.
type reportFilter struct {
	from, to int64
	names    []string
	like     string
	score    float64
	least    int64
	limit    int
}

func filterOf(i int) reportFilter {
	return reportFilter{from: int64(i % 20), to: 65, names: []string{"ed", "wendy", "jack"}, like: "A%", score: 50, least: 10, limit: 20}
}

// reportStatement builds the report with the fluent API.
func reportStatement(f reportFilter) orm.SelectStmt {
	team, name, age, score := orm.C(&Teams.F.Name), orm.C(&Users.F.Name), orm.C(&Users.F.Age), orm.C(&Users.F.Score)
	s := orm.Select(team, orm.Count().As("people"), orm.Avg(score).As("mean")).
		Join(Teams, orm.N(&Users.F.TeamID).EqExpr(orm.C(&Teams.F.ID))).
		GroupBy(team).Having(orm.Count().Gt(f.least)).OrderBy(team.Asc()).Limit(f.limit)
	if f.to > 0 {
		s = s.Where(age.Between(f.from, f.to))
	}
	if len(f.names) > 0 {
		s = s.Where(name.In(f.names...))
	}
	if f.like != "" {
		s = s.Where(orm.Or(name.Like(f.like), score.Gt(f.score)))
	}
	return s
}

// reportByHand does the same as one writes it without an ORM.
func reportByHand(f reportFilter) (string, []any) {
	var where []string
	var args []any
	if f.to > 0 {
		where = append(where, "users.age BETWEEN ? AND ?")
		args = append(args, f.from, f.to)
	}
	if len(f.names) > 0 {
		where = append(where, "users.name IN ("+strings.TrimSuffix(strings.Repeat("?, ", len(f.names)), ", ")+")")
		for _, name := range f.names {
			args = append(args, name)
		}
	}
	if f.like != "" {
		where = append(where, "(users.name LIKE ? OR users.score > ?)")
		args = append(args, f.like, f.score)
	}
	var q strings.Builder
	q.WriteString("SELECT teams.name, count(*) AS people, avg(users.score) AS mean FROM users JOIN teams ON users.team_id = teams.id")
	if len(where) > 0 {
		q.WriteString(" WHERE ")
		q.WriteString(strings.Join(where, " AND "))
	}
	q.WriteString(" GROUP BY teams.name HAVING count(*) > ? ORDER BY teams.name LIMIT ?")
	args = append(args, f.least, f.limit)
	return q.String(), args
}

// building measures the report with a cache of that size: made anew each time,
// or a statement that a program keeps, of which there are as many as filters.
func building(size int, kept bool) both {
	return both{orm: func(b *testing.B) {
		cache := dialect.NewCache(sqlite.Dialect, size)
		statements := make([]orm.SelectStmt, 20)
		for i := range statements {
			statements[i] = reportStatement(filterOf(i))
		}
		for i := 0; b.Loop(); i++ {
			s := statements[i%len(statements)]
			if !kept {
				s = reportStatement(filterOf(i))
			}
			compiled, err := orm.CompileWith(cache, s)
			if err != nil || len(compiled.Args) != 9 {
				b.Fatal(compiled, err)
			}
		}
	}, sql: func(b *testing.B) {
		for i := 0; b.Loop(); i++ {
			if q, args := reportByHand(filterOf(i)); len(q) < 100 || len(args) != 9 {
				b.Fatal(q, args)
			}
		}
	}}
}

var (
	buildCached, buildCold     = building(10, false), building(0, false)
	compileCached, compileCold = building(10, true), building(0, true)
)

// BenchmarkBuildCached makes a report of which the cache knows the structure,
// and compiles it.
func BenchmarkBuildCached(b *testing.B) { buildCached.run(b) }

// BenchmarkBuildCold makes a report that no cache knows, and compiles it.
func BenchmarkBuildCold(b *testing.B) { buildCold.run(b) }

// BenchmarkCompileCached only compiles a report that a program keeps.
func BenchmarkCompileCached(b *testing.B) { compileCached.run(b) }

// BenchmarkCompileCold does so without a cache.
func BenchmarkCompileCold(b *testing.B) { compileCold.run(b) }

var statementOnly = both{orm: func(b *testing.B) {
	for i := 0; b.Loop(); i++ {
		_ = reportStatement(filterOf(i))
	}
}, sql: buildCold.sql}

// BenchmarkStatement makes the statement of the report, without its SQL.
func BenchmarkStatement(b *testing.B) { statementOnly.run(b) }
