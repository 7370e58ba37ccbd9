//go:build !js && !wasip1 && !playground

package orm_test

import (
	"context"
	"testing"

	"github.com/ormlab/ormlab/orm"
	"github.com/ormlab/ormlab/orm/dialect/sqlite"
	"github.com/stretchr/testify/require"
)

// adapted is an engine with that many persons on a database/sql pool.
func adapted(rows int) func(b *testing.B) *orm.Engine {
	return func(b *testing.B) *orm.Engine {
		engine, err := orm.OpenDB(benchDB(b, rows), sqlite.Dialect, orm.Options{})
		require.NoError(b, err)
		return engine
	}
}

var (
	scanAdapted   = scanning(adapted(benchRows))
	insertAdapted = both{orm: func(b *testing.B) {
		engine := adapted(0)(b)
		rows := make([][]any, benchRows)
		for i := range rows {
			p := person(i)
			rows[i] = []any{p.Name, p.City, p.Age, p.Score}
		}
		insert := orm.Insert(Persons, "name", "city", "age", "score").Rows(rows)
		for b.Loop() {
			if _, err := insert.Exec(context.Background(), engine); err != nil {
				b.Fatal(err)
			}
		}
	}, sql: insertEach.sql}
)

func init() {
	comparisons = append(comparisons, comparison{"select 10,000 rows into structs, through database/sql", scanAdapted},
		comparison{"insert 10,000 rows, one Insert, through database/sql", insertAdapted})
}

// BenchmarkScanAdapted does so through database/sql.
func BenchmarkScanAdapted(b *testing.B) { scanAdapted.run(b) }

// BenchmarkInsertAdapted inserts 10,000 rows by one Insert, through
// database/sql.
func BenchmarkInsertAdapted(b *testing.B) { insertAdapted.run(b) }
