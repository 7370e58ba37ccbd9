package orm_test

import (
	"context"
	"testing"

	"github.com/ormlab/ormlab/orm"
)

// personRow is a Person that no session holds.
type personRow struct {
	ID         int64
	Name, City string
	Age        int64
	Score      float64
}

// scanning reads 10,000 rows into structs by Core, on an engine that open
// makes.
func scanning(open func(b *testing.B) *orm.Engine) both {
	return both{orm: func(b *testing.B) {
		engine := open(b)
		for b.Loop() {
			list, err := orm.As[personRow](orm.Select(Persons)).All(context.Background(), engine)
			if err != nil || len(list) != benchRows {
				b.Fatal(len(list), err)
			}
		}
	}, sql: selectObjects.sql}
}

var scan = scanning(func(b *testing.B) *orm.Engine { return benchEngine(b, benchRows) })

// BenchmarkScan reads 10,000 rows into structs.
func BenchmarkScan(b *testing.B) { scan.run(b) }
