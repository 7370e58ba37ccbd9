package orm_test

import (
	"flag"
	"fmt"
	"testing"
	"time"
)

var ratios = flag.Bool("ratios", false, "print the ORM beside database/sql, as Markdown")

// rounds is how often each part is measured; the fastest counts, because other
// programs on the machine only ever make a run slower.
const rounds = 7

// comparison is a line of the table.
type comparison struct {
	name string
	both both
}

var comparisons = []comparison{
	{"insert 10,000 objects, one statement each", insertEach},
	{"insert 10,000 rows, one Insert", insertBulk},
	{"select 10,000 rows into objects", selectObjects},
	{"select 10,000 rows without a model", selectRows},
	{"select 10,000 rows into structs", scan},
	{"get by key, miss", getMiss},
	{"get by key, miss, up to 10,000 objects held", getMissMany},
	{"get by key, hit", getHit},
	{"200 filtered selects of 500 objects", filter},
	{"1,000 objects with 10 each at the other end", eagerLoad},
	{"change one column of 1,000 objects, flush", updateOne},
	{"make a report query and compile it, cached", buildCached},
	{"make a report query and compile it, not cached", buildCold},
	{"compile a report query that is kept, cached", compileCached},
	{"compile a report query that is kept, not cached", compileCold},
}

// TestRatios prints the benchmarks as a table, the ORM beside hand-written
// database/sql on the same SQLite in the same run:
//
//	go test ./orm -run TestRatios -ratios -v -count 1 -benchtime 100ms
func TestRatios(t *testing.T) {
	if !*ratios {
		t.Skip("only with the flag -ratios")
	}
	fmt.Println("| work | orm | database/sql | ratio | allocations: orm | database/sql |")
	fmt.Println("|---|---|---|---|---|---|")
	for _, c := range comparisons {
		var orm, sql testing.BenchmarkResult
		for range rounds {
			orm, sql = fastest(orm, c.both.orm), fastest(sql, c.both.sql)
		}
		if orm.N == 0 || sql.N == 0 {
			t.Errorf("%s: a part failed; run its benchmark to see why", c.name)
			continue
		}
		fmt.Printf("| %s | %v | %v | %.2f | %d | %d |\n", c.name, perOp(orm), perOp(sql),
			float64(orm.NsPerOp())/float64(sql.NsPerOp()), orm.AllocsPerOp(), sql.AllocsPerOp())
	}
	printHeld(t)
}

// fastest runs f and returns the better of its result and the one before.
func fastest(before testing.BenchmarkResult, f func(b *testing.B)) testing.BenchmarkResult {
	now := testing.Benchmark(func(b *testing.B) { b.ReportAllocs(); f(b) })
	if now.N == 0 || before.N > 0 && before.NsPerOp() <= now.NsPerOp() {
		return before
	}
	return now
}

func perOp(r testing.BenchmarkResult) time.Duration { return perTime(time.Duration(r.NsPerOp())) }

func perTime(d time.Duration) time.Duration {
	if d > 10*time.Microsecond {
		return d.Round(d / 100).Round(10 * time.Nanosecond)
	}
	return d
}
