package engine

import (
	"testing"

	"github.com/ormlab/ormlab/orm/driver"
	"github.com/ormlab/ormlab/playground/wire"
)

// BenchmarkInsert is what a prepared insert costs in the engine, trace
// included: in a named database, which lives in the store, and in a private
// one, which lives in SQLite's own memory.
func BenchmarkInsert(b *testing.B) {
	for _, name := range []string{"named", ""} {
		for _, tx := range []string{"in a transaction", "autocommit"} {
			b.Run("name="+name+"/"+tx, func(b *testing.B) { benchmarkInsert(b, name, tx != "autocommit") })
		}
	}
}

func benchmarkInsert(b *testing.B, name string, inTx bool) {
	e := New(Options{Events: func([]byte) {}})
	conn, err := wire.DecodeOpened(e.Handle((&wire.Request{Op: wire.Open, Name: name}).Append(nil)))
	if err != nil {
		b.Fatal(err)
	}
	run := func(sql string) int {
		p, err := wire.DecodePrepared(e.Handle((&wire.Request{Op: wire.Prepare, ID: conn, SQL: sql}).Append(nil)))
		if err != nil {
			b.Fatal(err)
		}
		return p.Stmt
	}
	create := wire.Request{Op: wire.Exec, ID: run("CREATE TABLE t (id INTEGER PRIMARY KEY, name TEXT, age INTEGER)")}
	e.Handle(create.Append(nil))
	if inTx {
		e.Handle((&wire.Request{Op: wire.Control, ID: conn, Verb: wire.Begin}).Append(nil))
	}
	insert := wire.Request{Op: wire.Exec, ID: run("INSERT INTO t (name, age) VALUES (?, ?)"), Site: wire.Site{File: "main.go", Line: 3},
		Args: []driver.Value{driver.TextValue("Fluffy the cat"), driver.IntValue(7)}}
	message := insert.Append(nil)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := wire.DecodeResult(e.Handle(message)); err != nil {
			b.Fatal(err)
		}
	}
}
