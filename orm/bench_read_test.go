package orm_test

import (
	"context"
	"fmt"
	"testing"

	"github.com/ormlab/ormlab/orm"
	"github.com/stretchr/testify/require"
)

var selectObjects = both{
	orm: func(b *testing.B) {
		ctx := context.Background()
		engine := benchEngine(b, benchRows)
		for b.Loop() {
			s := orm.NewSession(engine)
			list, err := Persons.Select().All(ctx, s)
			if err != nil || len(list) != benchRows {
				b.Fatal(len(list), err)
			}
			s.Close()
		}
	},
	sql: func(b *testing.B) {
		db := benchDB(b, benchRows)
		for b.Loop() {
			list, err := sqlPersons(db.Query(sqlSelectPersons))
			if err != nil || len(list) != benchRows {
				b.Fatal(len(list), err)
			}
		}
	},
}

// BenchmarkSelectAll reads 10,000 rows into objects.
func BenchmarkSelectAll(b *testing.B) { selectObjects.run(b) }

var selectRows = both{
	orm: func(b *testing.B) {
		ctx := context.Background()
		engine := benchEngine(b, benchRows)
		for b.Loop() {
			rows, err := orm.Select(Persons).All(ctx, engine)
			if err != nil || rows.Len() != benchRows {
				b.Fatal(err)
			}
		}
	},
	sql: func(b *testing.B) {
		db := benchDB(b, benchRows)
		for b.Loop() {
			rows, err := db.Query(sqlSelectPersons)
			if err != nil {
				b.Fatal(err)
			}
			var list [][]any
			for rows.Next() {
				row := make([]any, 5)
				if err := rows.Scan(&row[0], &row[1], &row[2], &row[3], &row[4]); err != nil {
					b.Fatal(err)
				}
				list = append(list, row)
			}
			rows.Close()
			if len(list) != benchRows {
				b.Fatal(len(list))
			}
		}
	},
}

// BenchmarkSelectRows reads 10,000 rows without a model.
func BenchmarkSelectRows(b *testing.B) { selectRows.run(b) }

// getBy gets persons by key, each session the persons of pages of so many.
func getBy(page int) func(b *testing.B) {
	return func(b *testing.B) {
		ctx := context.Background()
		engine := benchEngine(b, benchRows)
		s := orm.NewSession(engine)
		for i := 0; b.Loop(); i++ {
			if i%page == 0 {
				s.Close()
				s = orm.NewSession(engine)
			}
			if _, err := Persons.Get(ctx, s, i%benchRows+1); err != nil {
				b.Fatal(err)
			}
		}
		s.Close()
	}
}

func sqlGet(b *testing.B) {
	db := benchDB(b, benchRows)
	stmt, err := db.Prepare(sqlSelectPersons + " WHERE id = ?")
	require.NoError(b, err)
	defer stmt.Close()
	for i := 0; b.Loop(); i++ {
		var p Person
		if err := stmt.QueryRow(i%benchRows+1).Scan(&p.ID, &p.Name, &p.City, &p.Age, &p.Score); err != nil {
			b.Fatal(err)
		}
	}
}

var (
	getMiss     = both{getBy(100), sqlGet}
	getMissMany = both{getBy(benchRows), sqlGet}
	getHit      = both{orm: func(b *testing.B) {
		ctx := context.Background()
		s := session(b, benchEngine(b, 10))
		for b.Loop() {
			if _, err := Persons.Get(ctx, s, 1); err != nil {
				b.Fatal(err)
			}
		}
	}, sql: sqlGet}
)

// BenchmarkGetMiss gets an object that its session does not hold; a session
// gets 100.
func BenchmarkGetMiss(b *testing.B) { getMiss.run(b) }

// BenchmarkGetMissInAFullSession does the same in sessions that hold up to
// 10,000 objects, all of which might have changed.
func BenchmarkGetMissInAFullSession(b *testing.B) { getMissMany.run(b) }

// BenchmarkGetHit gets an object that the session holds.
func BenchmarkGetHit(b *testing.B) { getHit.run(b) }

// held gives a benchmark a session that holds so many persons, and a word.
func held(persons int, query func(ctx context.Context, s *orm.Session, i int) error) func(b *testing.B) {
	return func(b *testing.B) {
		ctx := context.Background()
		engine := benchEngine(b, 0)
		require.NoError(b, orm.CreateAll(ctx, engine, Words))
		insert := orm.Insert(Persons, "name", "city", "age", "score")
		list := make([][]any, persons+1)
		for i := range list {
			p := person(i % benchRows)
			list[i] = []any{p.Name, p.City, p.Age, p.Score}
		}
		_, err := insert.Rows(list).Exec(ctx, engine)
		require.NoError(b, err)
		s := session(b, engine)
		require.NoError(b, s.Add(&Word{"cat", "meows"}))
		_, err = Persons.Select().Where(orm.C(&Persons.F.ID).Le(int64(persons))).All(ctx, s)
		require.NoError(b, err)
		s.Contains(&Person{}) // so that what Expunge needs is there
		for b.Loop() {
			if err := query(ctx, s, persons+1); err != nil {
				b.Fatal(err)
			}
		}
	}
}

// BenchmarkAutoflush runs statements in sessions of several sizes: a Get of a
// row that is not held, a query of another table, and one of the table whose
// objects are held.
func BenchmarkAutoflush(b *testing.B) {
	for _, n := range []int{1_000, 10_000, 100_000} {
		for name, query := range map[string]func(ctx context.Context, s *orm.Session, id int) error{
			"miss": func(ctx context.Context, s *orm.Session, id int) error {
				p, err := Persons.Get(ctx, s, id)
				if err != nil {
					return err
				}
				return s.Expunge(p)
			},
			"other": func(ctx context.Context, s *orm.Session, _ int) error {
				_, err := Words.Select().All(ctx, s)
				return err
			},
			"same": func(ctx context.Context, s *orm.Session, id int) error {
				_, err := Persons.Select().Where(orm.C(&Persons.F.ID).Eq(1)).All(ctx, s)
				return err
			},
		} {
			b.Run(fmt.Sprintf("%s/%d", name, n), func(b *testing.B) { b.ReportAllocs(); held(n, query)(b) })
		}
	}
}

const (
	filters = 200
	perAge  = 500
)

var filter = both{
	orm: func(b *testing.B) {
		ctx := context.Background()
		engine := benchEngine(b, benchRows)
		for b.Loop() {
			s := orm.NewSession(engine)
			for i := range filters {
				list, err := Persons.Select().Where(orm.C(&Persons.F.Age).Eq(int64(i%20)), orm.C(&Persons.F.City).Eq("Berlin")).All(ctx, s)
				if err != nil || len(list) != perAge {
					b.Fatal(len(list), err)
				}
			}
			s.Close()
		}
	},
	sql: func(b *testing.B) {
		db := benchDB(b, benchRows)
		for b.Loop() {
			stmt, err := db.Prepare(sqlSelectPersons + " WHERE age = ? AND city = ?")
			if err != nil {
				b.Fatal(err)
			}
			for i := range filters {
				list, err := sqlPersons(stmt.Query(i%20, "Berlin"))
				if err != nil || len(list) != perAge {
					b.Fatal(len(list), err)
				}
			}
			stmt.Close()
		}
	},
}

// BenchmarkFilter runs 200 queries for 500 objects each in one session.
func BenchmarkFilter(b *testing.B) { filter.run(b) }
