// Measures a run by stages, and the bridge: run by BenchmarkRunner.

import { readdirSync, readFileSync } from "node:fs";
import type { SourceFile } from "../../src/runner/protocol.ts";
import { mainWith, runProgram } from "./helper.ts";


const bridge = (n: number) => mainWith(["context", "fmt", "time", "github.com/ormlab/ormlab/orm/driver", "github.com/ormlab/ormlab/orm/dialect/sqlite"], `
	ctx := context.Background()
	conn, err := sqlite.Driver().Open(ctx, "")
	check(err)
	exec := func(sql string) {
		stmt, err := conn.Prepare(ctx, sql)
		check(err)
		_, err = stmt.Exec(ctx, nil)
		check(err)
		check(stmt.Close())
	}
	exec("CREATE TABLE t (id INTEGER PRIMARY KEY, name TEXT, n INTEGER)")
	check(conn.Begin(ctx, driver.TxOptions{}))
	insert, err := conn.Prepare(ctx, "INSERT INTO t (name, n) VALUES (?, ?)")
	check(err)
	args := make([]driver.Value, 2)
	start := time.Now()
	for i := range ${n} {
		args[0], args[1] = driver.TextValue("a name of some length"), driver.IntValue(int64(i))
		_, err := insert.Exec(ctx, args)
		check(err)
	}
	fmt.Printf("%.2f ", float64(time.Since(start).Microseconds())/${n})
	check(conn.Commit(ctx))
	query, err := conn.Prepare(ctx, "SELECT id, name, n FROM t")
	check(err)
	start = time.Now()
	rows, err := query.Query(ctx, nil)
	check(err)
	var sum int64
	for {
		ok, err := rows.Next(ctx)
		check(err)
		if !ok {
			break
		}
		sum += rows.Int(0) + rows.Int(2) + int64(len(rows.Text(1)))
	}
	check(rows.Close())
	fmt.Printf("%.2f\\n", float64(time.Since(start).Microseconds())/1000)`) + `
func check(err error) {
	if err != nil {
		panic(err)
	}
}
`;

const median = (list: number[]) => [...list].sort((a, b) => a - b)[list.length >> 1]!;

async function stages(name: string, files: SourceFile[], times: number): Promise<void> {
  const samples: Record<string, number[]> = {};
  for (let i = 0; i < times; i++) {
    const start = performance.now();
    const { done, diagnostics } = await runProgram(files.map((f) => ({ ...f, text: `${f.text}\n// ${i}\n` }))); // a comment, so that it is not in the cache
    if (done.reason !== "ok") throw new Error(`${name}: ${JSON.stringify([done, diagnostics])}`);
    const { load: _, ...timings } = done.timings;
    for (const [stage, ms] of Object.entries({ ...timings, total: performance.now() - start })) (samples[stage] ??= []).push(ms);
  }
  const line = (of: (list: number[]) => number) =>
    Object.entries(samples).map(([stage, list]) => `${stage} ${of(list).toFixed(0)}`).join(", ");
  console.log(`${name}, first: ${line((list) => list[0]!)} ms`);
  console.log(`${name}, median of ${times - 1} more: ${line((list) => median(list.slice(1)))} ms`);
}

const step = process.env["ORMLAB_STEP"]!;
const lesson = readdirSync(step).filter((name) => name.endsWith(".go") && !name.endsWith("_test.go"))
  .map((name) => ({ name, text: readFileSync(`${step}/${name}`, "utf8") }));

await stages("hello", [{ name: "main.go", text: mainWith(["fmt"], '\tfmt.Println("hello")') }], 10);
await stages("lesson", lesson, 10);
const figures: number[][] = [];
for (let i = 0; i < 5; i++) {
  const { stdout, done, diagnostics } = await runProgram(bridge(20000));
  if (done.reason !== "ok") throw new Error(JSON.stringify([done, diagnostics]));
  figures.push(stdout.trim().split(" ").map(Number));
}
console.log(`bridge: ${median(figures.map((f) => f[0]!))} µs a prepared insert, ${median(figures.map((f) => f[1]!))} ms to fetch 20,000 rows of 3 columns (medians of 5 times 20,000)`);
