package main

// The engine's throughput through the bridge, on the driver that the ORM uses:
// what sqljs.mjs does with sql.js in the same browser.

import (
	"context"
	"fmt"
	"time"

	"github.com/ormlab/ormlab/orm/dialect/sqlite"
	"github.com/ormlab/ormlab/orm/driver"
)

const rows = 20_000

func must(err error) {
	if err != nil {
		panic(err)
	}
}

func exec(ctx context.Context, c driver.Conn, sql string) {
	s, err := c.Prepare(ctx, sql)
	must(err)
	_, err = s.Exec(ctx, nil)
	must(err)
	must(s.Close())
}

func insert(ctx context.Context, c driver.Conn) {
	must(c.Begin(ctx, driver.TxOptions{}))
	s, err := c.Prepare(ctx, "INSERT INTO pets (name, hunger) VALUES (?, ?)")
	must(err)
	args := make([]driver.Value, 2)
	for i := range int64(rows) {
		args[0], args[1] = driver.TextValue("Fluffy"), driver.IntValue(i)
		_, err := s.Exec(ctx, args)
		must(err)
	}
	must(s.Close())
	must(c.Commit(ctx))
}

func fetch(ctx context.Context, c driver.Conn) (sum int64) {
	s, err := c.Prepare(ctx, "SELECT id, name, hunger FROM pets")
	must(err)
	r, err := s.Query(ctx, nil)
	must(err)
	for {
		more, err := r.Next(ctx)
		must(err)
		if !more {
			break
		}
		sum += r.Int(0) + int64(len(r.Text(1))) + r.Int(2)
	}
	must(r.Close())
	must(s.Close())
	return sum
}

func main() {
	ctx := context.Background()
	for range 5 {
		c, err := sqlite.Driver().Open(ctx, ":memory:")
		must(err)
		exec(ctx, c, "CREATE TABLE pets (id INTEGER PRIMARY KEY, name TEXT, hunger INTEGER)")
		start := time.Now()
		insert(ctx, c)
		inserted := time.Since(start)
		start = time.Now()
		sum := fetch(ctx, c)
		fmt.Println(inserted.Microseconds(), time.Since(start).Microseconds(), sum)
		must(c.Close())
	}
}
