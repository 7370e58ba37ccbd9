package orm_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/ormlab/ormlab/orm"
	"github.com/stretchr/testify/require"
)

// heldSizes are the numbers of objects that a session holds when the cost of one
// more is measured.
var heldSizes = []int{1_000, 10_000, 100_000}

// heldWork is work in a session that holds n objects, or comes to. What it took
// is divided by n, or not at all if it is about one object.
type heldWork struct {
	name string
	one  bool
	run  func(b *testing.B, n int)
}

var heldWorks = []heldWork{
	{"insert", false, func(b *testing.B, n int) {
		engine := benchEngine(b, 0)
		for b.Loop() {
			s := orm.NewSession(engine)
			for i := range n {
				p := person(i % benchRows)
				if err := s.Add(&p); err != nil {
					b.Fatal(err)
				}
			}
			if err := s.Flush(context.Background()); err != nil {
				b.Fatal(err)
			}
			s.Close() // undoes it
		}
	}},
	{"query of all", false, func(b *testing.B, n int) {
		engine := crowd(b, n)
		for b.Loop() {
			s := orm.NewSession(engine)
			if list, err := Persons.Select().All(context.Background(), s); err != nil || len(list) != n {
				b.Fatal(len(list), err)
			}
			s.Close()
		}
	}},
	{"query of all, which are held", false, func(b *testing.B, n int) {
		s, _ := crowded(b, n)
		for b.Loop() {
			if list, err := Persons.Select().All(context.Background(), s); err != nil || len(list) != n {
				b.Fatal(len(list), err)
			}
		}
	}},
	{"get of each, from the database", false, func(b *testing.B, n int) {
		engine := crowd(b, n)
		for b.Loop() {
			s := orm.NewSession(engine)
			for id := range n {
				if _, err := Persons.Get(context.Background(), s, id+1); err != nil {
					b.Fatal(err)
				}
			}
			s.Close()
		}
	}},
	{"get of one that is held", true, func(b *testing.B, n int) {
		s, _ := crowded(b, n)
		for i := 0; b.Loop(); i++ {
			if _, err := Persons.Get(context.Background(), s, i%n+1); err != nil {
				b.Fatal(err)
			}
		}
	}},
	{"change each, flush", false, func(b *testing.B, n int) {
		s, list := crowded(b, n)
		for b.Loop() {
			for _, p := range list {
				p.Age++
			}
			if err := s.Flush(context.Background()); err != nil {
				b.Fatal(err)
			}
		}
	}},
	{"change one, flush: for each that is held", false, func(b *testing.B, n int) {
		s, list := crowded(b, n)
		for i := 0; b.Loop(); i++ {
			list[i%n].Age++
			if err := s.Flush(context.Background()); err != nil {
				b.Fatal(err)
			}
		}
	}},
}

// crowd is an engine with that many persons.
func crowd(b *testing.B, n int) *orm.Engine {
	ctx := context.Background()
	engine := benchEngine(b, min(n, benchRows))
	for left := n - benchRows; left > 0; left -= benchRows {
		_, err := orm.Text("INSERT INTO persons (name, city, age, score) SELECT name, city, age, score FROM persons LIMIT 10000").Exec(ctx, engine)
		require.NoError(b, err)
	}
	return engine
}

// crowded is a session that holds that many persons.
func crowded(b *testing.B, n int) (*orm.Session, []*Person) {
	s := session(b, crowd(b, n))
	list, err := Persons.Select().All(context.Background(), s)
	require.NoError(b, err)
	require.Len(b, list, n)
	return s, list
}

// BenchmarkHeld shows whether the cost of an object depends on how many there
// are.
func BenchmarkHeld(b *testing.B) {
	for _, w := range heldWorks {
		for _, n := range heldSizes {
			b.Run(fmt.Sprintf("%s/%d", w.name, n), func(b *testing.B) { w.run(b, n) })
		}
	}
}

// printHeld prints that as a table.
func printHeld(t *testing.T) {
	fmt.Println("\n| for each object | 1,000 | 10,000 | 100,000 |\n|---|---|---|---|")
	for _, w := range heldWorks {
		fmt.Printf("| %s |", w.name)
		for _, n := range heldSizes {
			var r testing.BenchmarkResult
			for range 3 {
				r = fastest(r, func(b *testing.B) { w.run(b, n) })
			}
			if r.N == 0 {
				t.Errorf("%s: it failed; run its benchmark to see why", w.name)
				continue
			}
			each := float64(r.T) / float64(r.N)
			if !w.one {
				each /= float64(n)
			}
			fmt.Printf(" %s |", shortTime(each))
		}
		fmt.Println()
	}
}

func shortTime(ns float64) string {
	if ns < 100 {
		return fmt.Sprintf("%.1fns", ns)
	}
	return perTime(time.Duration(ns)).String()
}
