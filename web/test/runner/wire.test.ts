// The examples of playground/wire/testdata, which the Go side is tested with too.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import * as wire from "../../src/runner/wire.ts";

const golden = (name: string) =>
  new Uint8Array(Buffer.from(readFileSync(`${process.env["ORMLAB_WIRE"]}/${name}.hex`, "utf8").replaceAll("\n", ""), "hex"));
const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString("hex");

test("requests", () => {
  const requests: Record<string, Uint8Array> = {
    hello: wire.hello(),
    "end-run": wire.endRun(),
    databases: wire.databases(),
    snapshot: wire.snapshot("pets.db"),
    restore: wire.restore({ name: "pets.db", bytes: new TextEncoder().encode("SQLite format 3\0") }),
    drop: wire.drop("pets.db"),
    schema: wire.schema("pets.db"),
    plan: wire.plan("pets.db", "SELECT * FROM pets"),
    limits: wire.limits(1000),
    mark: wire.mark(),
    kept: wire.kept(),
    export: wire.exportFile("pets.db", "sql", ""),
    "export-table": wire.exportFile("pets.db", "csv", "pets"),
    import: wire.importFile("pets.db", "db", "", new TextEncoder().encode("SQLite format 3\0")),
    "import-table": wire.importFile("pets.db", "csv", "pets", new TextEncoder().encode("name\r\nFluffy\r\n")),
    forget: wire.forget(),
    script: wire.script("pets.db", "DELETE FROM pets; SELECT 1", 500, 200, false),
    "script-whole": wire.script("pets.db", "COMMIT", 0, 0, true),
    changes: wire.changes("pets.db", 100, 200),
    page: wire.page({ database: "pets.db", table: "pets", column: "name", down: true, offset: 150, rows: 50, longest: 200 }),
  };
  for (const [name, request] of Object.entries(requests)) assert.equal(hex(request), hex(golden("request-" + name)), name);
});

test("answers", () => {
  wire.decodeOK(golden("answer-ok"));
  assert.deepEqual(wire.decodeHello(golden("answer-hello")), { version: 1, sqlite: "3.53.0" });
  assert.deepEqual(wire.decodeDatabases(golden("answer-databases")), ["census.db", "pets.db"]);
  assert.equal(hex(wire.decodeSnapshot(golden("answer-snapshot"))), "010203");
  assert.deepEqual(wire.decodePlan(golden("answer-plan")), [
    { id: 2, parent: 0, detail: "SCAN pets" },
    { id: 9, parent: 2, detail: "LIST SUBQUERY 1" },
  ]);
  const [pets, hungry] = wire.decodeSchema(golden("answer-schema"));
  assert.equal(pets?.name, "pets");
  assert.deepEqual(pets?.columns[0], { name: "id", type: "INTEGER", notNull: false, primaryKey: true, generated: false, default: null });
  assert.deepEqual(pets?.columns[1], { name: "name", type: "VARCHAR(50)", notNull: true, primaryKey: false, generated: false, default: "'x'" });
  assert.deepEqual(pets?.foreignKeys, [{ columns: ["owner"], table: "owners", targets: ["id"], onUpdate: "NO ACTION", onDelete: "CASCADE" }]);
  assert.deepEqual(pets?.indexes[0], { name: "ix", unique: true, partial: false, constraint: false, columns: ["name", ""] });
  assert.equal(hungry?.rows, -1);
  const columns = [{ name: "id", type: "INTEGER" }, { name: "count(*)", type: "" }];
  const cells = [{ kind: "int", text: "9223372036854775807", cut: 0 }, { kind: "null", text: "", cut: 0 }, { kind: "text", text: "Flu…", cut: 1000 }];
  assert.deepEqual(wire.decodePage(golden("answer-page")), { columns, total: -1, rows: [cells.slice(0, 2), cells.slice(1)] });
  const nothing = { columns: [], rows: [], more: false, affected: -1, us: 0, error: "", at: 0 };
  assert.deepEqual(wire.decodeScript(golden("answer-script")), { statements: 2, wrote: true, undone: true, results: [
    { ...nothing, from: 0, to: 16, affected: 300, us: 12 },
    { ...nothing, from: 18, to: 26, columns, rows: [cells.slice(0, 2)], more: true },
    { ...nothing, from: 30, to: 31, error: "incomplete input", at: 30 },
  ] });
  assert.deepEqual(wire.decodeChanges(golden("answer-changes")), [
    { name: "pets", state: "altered", columns, added: 1, removed: 2, changed: 300, note: "more", rows: [
      { change: "added", cells: cells.slice(0, 2), before: [] },
      { change: "changed", cells: cells.slice(1), before: [{ column: 1, cell: cells[0] }] },
    ] },
    { name: "gone", state: "dropped", columns: [], added: 0, removed: 0, changed: 0, note: "", rows: [] },
  ]);
});

test("an error is thrown with the database's message", () => {
  assert.throws(() => wire.decodeOK(golden("answer-error")), /^EngineError: UNIQUE constraint failed|^Error: UNIQUE constraint failed/);
});

test("no answer that is cut off, prolonged or changed is anything but an EngineError", () => {
  const decoders: Record<string, (message: Uint8Array) => unknown> = {
    ok: wire.decodeOK, hello: wire.decodeHello, databases: wire.decodeDatabases, snapshot: wire.decodeSnapshot,
    schema: wire.decodeSchema, plan: wire.decodePlan, page: wire.decodePage, changes: wire.decodeChanges, error: wire.decodeOK,
  };
  const safely = (decode: (message: Uint8Array) => unknown, message: Uint8Array) => {
    try {
      decode(message);
      return true;
    } catch (err) {
      assert.ok(err instanceof wire.EngineError, String(err));
      return false;
    }
  };
  for (const [name, own] of Object.entries(decoders)) {
    const message = golden("answer-" + name);
    for (const decode of Object.values(decoders)) {
      for (let n = 0; n < message.length; n++) {
        const changed = message.slice();
        changed[n] = 0xff;
        safely(decode, changed);
        safely(decode, message.subarray(0, n));
      }
    }
    for (let n = 0; n < message.length; n++) assert.equal(safely(own, message.subarray(0, n)), false, `${name} cut off after ${n}`);
    assert.equal(safely(own, new Uint8Array([...message, 0])), false, name + " prolonged");
  }
});
