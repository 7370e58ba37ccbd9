//go:build !js && !wasip1

package pgxdriver_test

import (
	"database/sql"
	"testing"

	_ "github.com/jackc/pgx/v5/stdlib"
	"github.com/stretchr/testify/require"

	"github.com/ormlab/ormlab/orm/driver"
	"github.com/ormlab/ormlab/orm/driver/pgxdriver"
	"github.com/ormlab/ormlab/orm/internal/testdb"
)

const (
	insertPet = "INSERT INTO pets (name, hunger) VALUES ($1, $2)"
	allPets   = "SELECT i AS id, 'pet ' || i AS name, i * 2 AS hunger FROM generate_series(1, 10000) AS i"
	petsTable = "CREATE TABLE pets (id serial PRIMARY KEY, name varchar(50) NOT NULL, hunger int NOT NULL)"
)

// Each benchmark has the driver beside hand-written database/sql on pgx.

func BenchmarkInsert(b *testing.B) {
	url := testdb.Postgres(b)
	conn, err := pgxdriver.Driver().Open(b.Context(), url)
	require.NoError(b, err)
	defer conn.Close()
	run(b, conn, petsTable)
	b.Run("driver", func(b *testing.B) {
		b.ReportAllocs()
		require.NoError(b, conn.Begin(b.Context(), driver.TxOptions{}))
		defer conn.Rollback(b.Context())
		stmt, err := conn.Prepare(b.Context(), insertPet)
		require.NoError(b, err)
		defer stmt.Close()
		args := make([]driver.Value, 2)
		ctx := ctxOf(b)
		for i := range b.N {
			args[0], args[1] = driver.TextValue("Fluffy"), driver.IntValue(int64(i))
			if _, err := stmt.Exec(ctx, args); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("database-sql", func(b *testing.B) {
		b.ReportAllocs()
		db, err := sql.Open("pgx", url)
		require.NoError(b, err)
		defer db.Close()
		tx, err := db.Begin()
		require.NoError(b, err)
		defer tx.Rollback()
		stmt, err := tx.Prepare(insertPet)
		require.NoError(b, err)
		for i := range b.N {
			if _, err := stmt.Exec("Fluffy", int64(i)); err != nil {
				b.Fatal(err)
			}
		}
	})
}

type pet struct {
	id, hunger int64
	name       string
}

func BenchmarkScan10000(b *testing.B) {
	url := testdb.PostgresServer(b).Reveal()
	b.Run("driver", func(b *testing.B) {
		b.ReportAllocs()
		conn, err := pgxdriver.Driver().Open(b.Context(), url)
		require.NoError(b, err)
		defer conn.Close()
		ctx := ctxOf(b)
		stmt, err := conn.Prepare(ctx, allPets)
		require.NoError(b, err)
		for range b.N {
			rows, err := stmt.Query(ctx, nil)
			require.NoError(b, err)
			pets := make([]pet, 0, 10000)
			for {
				more, err := rows.Next(ctx)
				if err != nil {
					b.Fatal(err)
				}
				if !more {
					break
				}
				pets = append(pets, pet{id: rows.Int(0), name: rows.Text(1), hunger: rows.Int(2)})
			}
		}
	})
	b.Run("database-sql", func(b *testing.B) {
		b.ReportAllocs()
		db, err := sql.Open("pgx", url)
		require.NoError(b, err)
		defer db.Close()
		stmt, err := db.Prepare(allPets)
		require.NoError(b, err)
		for range b.N {
			rows, err := stmt.Query()
			require.NoError(b, err)
			pets := make([]pet, 0, 10000)
			for rows.Next() {
				var p pet
				if err := rows.Scan(&p.id, &p.name, &p.hunger); err != nil {
					b.Fatal(err)
				}
				pets = append(pets, p)
			}
			require.NoError(b, rows.Err())
		}
	})
}
