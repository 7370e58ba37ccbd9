// Command program uses every part of the bridge; the test of cmd/wasm runs it.
// With the argument bench it measures the bridge instead.
package main

import (
	"context"
	"fmt"
	"log"
	"os"
	"time"

	"github.com/ormlab/ormlab/orm/driver"
	"github.com/ormlab/ormlab/playground/client"
)

func main() {
	run := prove
	if len(os.Args) > 1 && os.Args[1] == "bench" {
		run = bench
	}
	if err := run(context.Background()); err != nil {
		log.Fatal(err)
	}
}

func prove(ctx context.Context) error {
	conn, err := client.Driver().Open(ctx, "pets.db")
	if err != nil {
		return err
	}
	if _, err := exec(ctx, conn, "CREATE TABLE pets (id INTEGER PRIMARY KEY, name TEXT UNIQUE)"); err != nil {
		return err
	}
	for range 2 {
		result, err := exec(ctx, conn, "INSERT INTO pets (name) VALUES (?)", driver.TextValue("Fluffy"))
		fmt.Println(result, err)
	}
	// An answer that does not fit the client's buffer goes through take.
	n, err := count(ctx, conn, "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM n WHERE i < 20000) SELECT i, 'row ' || i FROM n")
	fmt.Println(n, "rows", err)
	if err := conn.Begin(ctx, driver.TxOptions{}); err != nil {
		return err
	}
	return client.Show([]byte(`{"kind":"table","title":"never committed"}`))
}

func exec(ctx context.Context, conn driver.Conn, sql string, args ...driver.Value) (driver.Result, error) {
	stmt, err := conn.Prepare(ctx, sql)
	if err != nil {
		return driver.Result{}, err
	}
	defer stmt.Close()
	return stmt.Exec(ctx, args)
}

func count(ctx context.Context, conn driver.Conn, sql string) (n int, err error) {
	stmt, err := conn.Prepare(ctx, sql)
	if err != nil {
		return 0, err
	}
	defer stmt.Close()
	rows, err := stmt.Query(ctx, nil)
	if err != nil {
		return 0, err
	}
	defer rows.Close()
	bytes := 0
	for {
		more, err := rows.Next(ctx)
		if err != nil || !more {
			return n, err
		}
		n++
		for i := range rows.Columns() {
			if rows.Kind(i) == driver.Text {
				bytes += len(rows.Text(i))
			}
		}
	}
}

const benchRows = 20_000

func bench(ctx context.Context) error {
	start := time.Now()
	conn, err := client.Driver().Open(ctx, "bench.db")
	if err != nil {
		return err
	}
	fmt.Printf("open %v\n", time.Since(start))
	for round := range 6 {
		if err := benchRound(ctx, conn, round); err != nil {
			return err
		}
	}
	return nil
}

func benchRound(ctx context.Context, conn driver.Conn, round int) error {
	table := fmt.Sprint("t", round)
	if _, err := exec(ctx, conn, "CREATE TABLE "+table+" (id INTEGER PRIMARY KEY, name TEXT, age INTEGER, size REAL)"); err != nil {
		return err
	}
	if err := conn.Begin(ctx, driver.TxOptions{}); err != nil {
		return err
	}
	insert, err := conn.Prepare(ctx, "INSERT INTO "+table+" (name, age, size) VALUES (?, ?, ?)")
	if err != nil {
		return err
	}
	args := []driver.Value{driver.TextValue("Fluffy the cat"), {}, driver.FloatValue(2.5)}
	start := time.Now()
	for i := range int64(benchRows) {
		args[1] = driver.IntValue(i)
		if _, err := insert.Exec(ctx, args); err != nil {
			return err
		}
	}
	inserted := time.Since(start)
	if err := conn.Commit(ctx); err != nil {
		return err
	}
	start = time.Now()
	n, err := count(ctx, conn, "SELECT id, name, age, size FROM "+table)
	fetched := time.Since(start)
	if err != nil {
		return err
	}
	get, err := conn.Prepare(ctx, "SELECT name, age FROM "+table+" WHERE id = ?")
	if err != nil {
		return err
	}
	start = time.Now()
	for i := range int64(benchRows) {
		args[0] = driver.IntValue(i + 1)
		rows, err := get.Query(ctx, args[:1])
		if err != nil {
			return err
		}
		if more, err := rows.Next(ctx); !more || err != nil {
			return fmt.Errorf("row %d: %v, %w", i, more, err)
		}
		if err := rows.Close(); err != nil {
			return err
		}
	}
	got := time.Since(start)
	start = time.Now()
	for range 500 {
		stmt, err := conn.Prepare(ctx, "SELECT id, name, age, size FROM "+table+" WHERE age > ? AND name LIKE ? ORDER BY name")
		if err != nil {
			return err
		}
		if err := stmt.Close(); err != nil {
			return err
		}
	}
	prepared := time.Since(start)
	fmt.Printf("insert %.2f µs  fetch %d rows %.1f ms  get %.2f µs  prepare %.1f µs\n", perOne(inserted, benchRows),
		n, float64(fetched.Microseconds())/1000, perOne(got, benchRows), perOne(prepared, 500))
	return nil
}

func perOne(d time.Duration, n int) float64 { return float64(d.Nanoseconds()) / 1000 / float64(n) }
