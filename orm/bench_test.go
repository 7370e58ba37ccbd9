package orm_test

import (
	"context"
	"database/sql"
	"fmt"
	"testing"

	"github.com/ncruces/go-sqlite3/driver"
	"github.com/ormlab/ormlab/orm"
	"github.com/stretchr/testify/require"
)

// Each benchmark has two parts, orm and sql, that do the same work on the same
// SQLite in memory: sql is database/sql as a careful programmer writes it, with
// prepared statements and one connection. TestRatios prints them side by side.

const benchRows = 10_000

// Person is what the benchmarks store.
type Person struct {
	ID    int64  `orm:"primary_key,autoincrement"`
	Name  string `orm:"size:50"`
	City  string `orm:"size:50"`
	Age   int64
	Score float64
}

var Persons = orm.Declare[Person]("persons")

const createPersons = `CREATE TABLE persons (id INTEGER PRIMARY KEY AUTOINCREMENT, name VARCHAR(50) NOT NULL,
	city VARCHAR(50) NOT NULL, age INTEGER NOT NULL, score FLOAT NOT NULL)`

var personNames = func() (list [benchRows]string) {
	for i := range list {
		list[i] = fmt.Sprintf("person %d", i)
	}
	return list
}()

func person(i int) Person {
	return Person{Name: personNames[i], City: "Berlin", Age: int64(i % 20), Score: float64(i) / 3}
}

// both are the two parts of a benchmark.
type both struct{ orm, sql func(b *testing.B) }

func (p both) run(b *testing.B) {
	b.Run("orm", func(b *testing.B) { b.ReportAllocs(); p.orm(b) })
	b.Run("sql", func(b *testing.B) { b.ReportAllocs(); p.sql(b) })
}

// benchEngine is an engine with that many persons.
func benchEngine(b *testing.B, rows int) *orm.Engine {
	b.Helper()
	ctx := context.Background()
	engine := open(b, "sqlite://", orm.Options{})
	require.NoError(b, orm.CreateAll(ctx, engine, Persons))
	if rows > 0 {
		insert := orm.Insert(Persons, "name", "city", "age", "score")
		list := make([][]any, rows)
		for i := range list {
			p := person(i)
			list[i] = []any{p.Name, p.City, p.Age, p.Score}
		}
		_, err := insert.Rows(list).Exec(ctx, engine)
		require.NoError(b, err)
	}
	return engine
}

// benchDB is a database/sql database with that many persons.
func benchDB(b *testing.B, rows int) *sql.DB {
	b.Helper()
	db, err := driver.Open(":memory:")
	require.NoError(b, err)
	b.Cleanup(func() { db.Close() })
	db.SetMaxOpenConns(1)
	_, err = db.Exec(createPersons)
	require.NoError(b, err)
	if rows > 0 {
		require.NoError(b, sqlInsert(db, rows))
	}
	return db
}

const sqlInsertPerson = "INSERT INTO persons (name, city, age, score) VALUES (?, ?, ?, ?)"

// sqlInsert inserts rows in one transaction, one statement each, and reads the
// keys back.
func sqlInsert(db *sql.DB, rows int) error {
	tx, err := db.Begin()
	if err != nil {
		return err
	}
	defer tx.Rollback()
	stmt, err := tx.Prepare(sqlInsertPerson)
	if err != nil {
		return err
	}
	defer stmt.Close()
	for i := range rows {
		p := person(i)
		r, err := stmt.Exec(p.Name, p.City, p.Age, p.Score)
		if err != nil {
			return err
		}
		if p.ID, err = r.LastInsertId(); err != nil {
			return err
		}
	}
	return tx.Commit()
}

// sqlPersons reads the rows of a query.
func sqlPersons(rows *sql.Rows, err error) ([]*Person, error) {
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var list []*Person
	for rows.Next() {
		p := new(Person)
		if err := rows.Scan(&p.ID, &p.Name, &p.City, &p.Age, &p.Score); err != nil {
			return nil, err
		}
		list = append(list, p)
	}
	return list, rows.Err()
}

const sqlSelectPersons = "SELECT id, name, city, age, score FROM persons"

var insertEach = both{
	orm: func(b *testing.B) {
		ctx := context.Background()
		engine := benchEngine(b, 0)
		for b.Loop() {
			s := orm.NewSession(engine)
			for i := range benchRows {
				p := person(i)
				if err := s.Add(&p); err != nil {
					b.Fatal(err)
				}
			}
			if err := s.Commit(ctx); err != nil {
				b.Fatal(err)
			}
		}
	},
	sql: func(b *testing.B) {
		db := benchDB(b, 0)
		for b.Loop() {
			if err := sqlInsert(db, benchRows); err != nil {
				b.Fatal(err)
			}
		}
	},
}

// BenchmarkInsertEach inserts 10,000 objects, one statement each.
func BenchmarkInsertEach(b *testing.B) { insertEach.run(b) }

var insertBulk = both{
	orm: func(b *testing.B) {
		ctx := context.Background()
		engine := benchEngine(b, 0)
		rows := make([][]any, benchRows)
		for i := range rows {
			p := person(i)
			rows[i] = []any{p.Name, p.City, p.Age, p.Score}
		}
		insert := orm.Insert(Persons, "name", "city", "age", "score").Rows(rows)
		for b.Loop() {
			if _, err := insert.Exec(ctx, engine); err != nil {
				b.Fatal(err)
			}
		}
	},
	sql: insertEach.sql,
}

// BenchmarkInsertRows inserts 10,000 rows by one Insert statement.
func BenchmarkInsertRows(b *testing.B) { insertBulk.run(b) }

var updateOne = both{
	orm: func(b *testing.B) {
		ctx := context.Background()
		s := session(b, benchEngine(b, benchRows))
		list, err := Persons.Select().Limit(1000).All(ctx, s)
		require.NoError(b, err)
		for b.Loop() {
			for _, p := range list {
				p.Age++
			}
			if err := s.Flush(ctx); err != nil {
				b.Fatal(err)
			}
		}
	},
	sql: func(b *testing.B) {
		db := benchDB(b, benchRows)
		list, err := sqlPersons(db.Query(sqlSelectPersons + " LIMIT 1000"))
		require.NoError(b, err)
		tx, err := db.Begin()
		require.NoError(b, err)
		defer tx.Rollback()
		for b.Loop() {
			stmt, err := tx.Prepare("UPDATE persons SET age=? WHERE id = ?")
			require.NoError(b, err)
			for _, p := range list {
				p.Age++
				if _, err := stmt.Exec(p.Age, p.ID); err != nil {
					b.Fatal(err)
				}
			}
			stmt.Close()
		}
	},
}

// BenchmarkUpdate changes one column of 1,000 loaded objects and flushes.
func BenchmarkUpdate(b *testing.B) { updateOne.run(b) }
