// Programs that use a database: through the bridge to the resident engine.

import assert from "node:assert/strict";
import { test } from "node:test";
import type { RunEvent, StatementEvent } from "../../src/runner/protocol.ts";
import { mainWith, runProgram, theSession } from "./helper.ts";

const orm = "github.com/ormlab/ormlab/orm";
const sqlite = "github.com/ormlab/ormlab/orm/dialect/sqlite";
const show = "github.com/ormlab/ormlab/playground/show";

/** pets is a program that opens pets.db and then does what body says. */
const pets = (body: string, imports: string[] = []) => `package main

import (
	"context"
	"fmt"
	"os"
${imports.map((i) => `\t"${i}"\n`).join("")}
	"${orm}"
	_ "${sqlite}"
)

type Pet struct {
	ID     int64  \`orm:"primary_key,autoincrement"\`
	Name   string \`orm:"size:50,unique"\`
	Hunger int64  \`orm:"default:20,omitzero"\`
}

var Pets = orm.Declare[Pet]("pets")

func run(ctx context.Context) error {
	engine, err := orm.Open("sqlite:///pets.db", orm.Options{})
	if err != nil {
		return err
	}
	if err := orm.CreateAll(ctx, engine, Pets); err != nil {
		return err
	}
	session := orm.NewSession(engine)
	defer session.Close()
${body}
}

func main() {
	if err := run(context.Background()); err != nil {
		fmt.Println("error:", err)
		os.Exit(1)
	}
}
`;

const statements = (events: RunEvent[]) => events.filter((e): e is StatementEvent => e.type === "statement");

test("statements and output come in the order in which they happen, with their lines", async () => {
  const program = pets(`
	fmt.Println("adding")
	session.Add(&Pet{Name: "Fluffy <b>"})
	if err := session.Commit(ctx); err != nil {
		return err
	}
	fmt.Println("added")
	all, err := Pets.Select().All(ctx, session)
	fmt.Println(len(all), all[0].Name, all[0].Hunger)
	return err`);
  const { events, stdout, done, result } = await runProgram(program);
  assert.equal(stdout, "adding\nadded\n1 Fluffy <b> 20\n");
  assert.equal(done.reason, "ok");
  const order = events.flatMap((e) =>
    e.type === "stdout" ? [e.text.trim()] : e.type === "statement" && e.phase === "begin" ? [e.sql.split(" ", 1)[0]!] : []);
  assert.deepEqual(order.slice(order.indexOf("CREATE")), ["CREATE", "adding", "BEGIN", "INSERT", "COMMIT", "added", "BEGIN", "SELECT", "1 Fluffy <b> 20", "ROLLBACK"]);
  const insert = statements(events).find((e) => e.sql?.startsWith("INSERT"))!;
  const line = program.split("\n").findIndex((l) => l.includes("session.Commit")) + 1;
  assert.deepEqual([insert.file, insert.line], ["main.go", line]);
  assert.deepEqual(insert.args[0], { kind: "text", text: "Fluffy <b>" });
  const end = statements(events).find((e) => e.id === insert.id && e.phase === "end")!;
  assert.ok(end.us! >= 0);
  assert.deepEqual(result.databases.map((d) => d.name), ["pets.db"]);
  assert.equal(new TextDecoder().decode(result.databases[0]!.bytes.subarray(0, 15)), "SQLite format 3");
});

test("the database outlives the run; schema, plan, snapshot and restore", async () => {
  const session = await theSession();
  const before = await session.handle({ type: "snapshot" }, () => {});
  const { stdout } = await runProgram(pets(`
	session.Add(&Pet{Name: "Rex"})
	if err := session.Commit(ctx); err != nil {
		return err
	}
	all, err := Pets.Select().All(ctx, session)
	fmt.Println(len(all))
	return err`));
  assert.equal(stdout, "2\n");
  const [table] = await session.handle({ type: "schema", database: "pets.db" }, () => {});
  assert.equal(table?.name, "pets");
  assert.equal(table?.rows, 2);
  assert.deepEqual(table?.columns[1], { name: "name", type: "VARCHAR(50)", notNull: true, primaryKey: false, generated: false, default: null });
  const [change] = await session.handle({ type: "changes", database: "pets.db" }, () => {});
  assert.deepEqual([change?.name, change?.added, change?.changed, change?.removed], ["pets", 1, 0, 0]);
  assert.equal(change?.rows[0]?.cells[1]?.text, "Rex");
  const page = await session.handle({ type: "page", database: "pets.db", table: "pets", column: "name", down: true, offset: 0, rows: 1, longest: 2 }, () => {});
  assert.deepEqual(page.rows[0]?.[1], { kind: "text", text: "Re", cut: 1 });
  assert.equal(page.total, 2);
  const plan = await session.handle({ type: "plan", database: "pets.db", sql: "SELECT * FROM pets WHERE id = 1" }, () => {});
  assert.match(plan[0]!.detail, /^SEARCH pets USING INTEGER PRIMARY KEY/);
  await session.handle({ type: "restore", databases: before }, () => {});
  const [restored] = await session.handle({ type: "schema", database: "pets.db" }, () => {});
  assert.equal(restored?.rows, 1);
  await session.handle({ type: "restore", databases: [] }, () => {});
  assert.deepEqual(await session.handle({ type: "snapshot" }, () => {}), []);
});

test("an SQL error has its statement and binds, and the program goes on", async () => {
  const { events, stdout, done } = await runProgram(pets(`
	_, err = orm.Text("SELECT wings FROM pets WHERE name = :x").Bind("x", "<i>").All(ctx, engine)
	fmt.Println("still here:", err != nil)
	return nil`));
  assert.equal(stdout, "still here: true\n");
  assert.equal(done.reason, "ok");
  const failed = statements(events).find((e) => e.error !== undefined)!;
  assert.match(failed.error!, /no such column: wings/);
});

test("a program that panics, or ends, leaves no transaction behind", async () => {
  for (const end of ['panic("halfway")', "os.Exit(4)"]) {
    const { done } = await runProgram(pets(`
	session.Add(&Pet{Name: "Ghost"})
	if err := session.Flush(ctx); err != nil {
		return err
	}
	${end}
	return nil`));
    assert.ok(["panic", "exit"].includes(done.reason), JSON.stringify(done));
  }
  const { stdout } = await runProgram(pets(`
	all, err := Pets.Select().All(ctx, session)
	fmt.Println(len(all))
	return err`));
  assert.equal(stdout, "0\n");
});

test("a table that is shown stands between the lines around it", async () => {
  const { events } = await runProgram(pets(`
	session.Add(&Pet{Name: "Fluffy"})
	if err := session.Commit(ctx); err != nil {
		return err
	}
	all, err := Pets.Select().All(ctx, session)
	fmt.Println("before")
	show.Table(all)
	fmt.Println("after")
	return err`, [show]));
  const seen = events.flatMap((e) => (e.type === "stdout" ? [e.text] : e.type === "show" ? [e.doc.kind, e.doc.total] : []));
  assert.deepEqual(seen, ["before\n", "table", 1, "after\n"]);
  const doc = events.find((e) => e.type === "show")!.doc;
  assert.ok(doc.columns.length >= 3);
  assert.ok(doc.rows[0]!.includes("Fluffy"));
});

test("an answer larger than the program expects, and memory that grows on both sides", async () => {
  const { stdout, done } = await runProgram(mainWith(["context", "fmt", "strings", "github.com/ormlab/ormlab/orm/driver", sqlite], `
	ctx := context.Background()
	conn, err := sqlite.Driver().Open(ctx, "big.db")
	fmt.Println(err)
	stmt, err := conn.Prepare(ctx, "SELECT ?1, length(?1)")
	fmt.Println(err)
	for _, size := range []int{1, 1 << 10, 1 << 20, 1 << 24} {
		rows, err := stmt.Query(ctx, []driver.Value{driver.TextValue(strings.Repeat("x", size))})
		if err != nil {
			fmt.Println(err)
			return
		}
		ok, err := rows.Next(ctx)
		fmt.Println(ok, err, len(rows.Text(0)), rows.Int(1))
		rows.Close()
	}`).replace(`"${sqlite}"`, `sqlite "${sqlite}"`));
  assert.equal(stdout, "<nil>\n<nil>\ntrue <nil> 1 1\ntrue <nil> 1024 1024\ntrue <nil> 1048576 1048576\ntrue <nil> 16777216 16777216\n");
  assert.equal(done.reason, "ok");
});

test("a loop over a statement is reported briefly, and beyond the limit only counted", async () => {
  const { events } = await runProgram(pets(`
	for i := range 300 {
		if _, err := orm.Text("SELECT :i").Bind("i", i).All(ctx, engine); err != nil {
			return err
		}
	}
	return nil`), { statements: 50 });
  const begun = statements(events).filter((e) => e.phase === "begin").length;
  const repeated = events.reduce((n, e) => n + (e.type === "repeated" ? e.times : 0), 0);
  const skipped = events.reduce((n, e) => n + (e.type === "skipped" ? e.statements : 0), 0);
  assert.ok(begun <= 50, String(begun));
  assert.ok(begun + repeated + skipped >= 300, `${begun} + ${repeated} + ${skipped}`);
});
