// The resident engine: one Go instance with SQLite in it, asked by messages.

import { GoInstance, type WasmExec } from "./gohost.ts";
import { MemFS } from "./memfs.ts";
import type { Database, DatabaseTables, Imported, PageQuestion, PlanLine, RunEvent, Script, Table, TableChange, TablePage } from "./protocol.ts";
import * as wire from "./wire.ts";

interface EngineExports {
  ormlab_buffer(n: number): number;
  ormlab_handle(n: number): number;
  ormlab_response(): number;
  ormlab_flush(): void;
}

const leastRoom = 64 << 10; // of the request buffer
const changedRows = 100; // listed of a table
const changedCell = 200; // bytes shown of a value there
const scriptRows = 500; // shown of a statement's rows
const scriptCell = 1000; // bytes shown of a value there
const keptRoom = 1 << 20; // above which a buffer is not kept for smaller requests

/** Engine is a running engine. */
export class Engine {
  /** onEvents is given what the engine reports, in order. */
  onEvents: (events: RunEvent[]) => void = () => {};
  private instance: GoInstance;
  private exports: EngineExports;
  private failure: string | undefined;
  private printed = "";
  private buffer = 0; // where requests are put
  private room = 0; // how many bytes have room there

  constructor(wasmExec: WasmExec, module: WebAssembly.Module) {
    const print = (bytes: Uint8Array) => {
      this.printed = (this.printed + new TextDecoder().decode(bytes)).slice(-4096);
    };
    this.instance = new GoInstance(wasmExec, {
      args: ["engine"],
      files: new MemFS(),
      streams: { stdout: print, stderr: print, runtime: print, stdin: () => {} },
      imports: { ormlab: { event: (at: number, length: number) => this.event(at, length) } },
      resident: true,
    });
    this.instance.instantiate(module);
    this.exports = this.instance.exports as unknown as EngineExports;
    this.instance.start();
    void this.instance.exited.then(() => (this.failure ??= "the database engine has ended"));
    const { version } = wire.decodeHello(this.call(wire.hello()));
    if (version !== wire.version) {
      throw new Error(`the engine speaks version ${version}, the page ${wire.version}: reload the page`);
    }
  }

  private event(at: number, length: number): void {
    const text = new TextDecoder().decode(new Uint8Array(this.instance.memory, at >>> 0, length));
    const lines = text.split("\n").filter((line) => line !== "");
    this.onEvents(lines.map((line) => JSON.parse(line) as RunEvent));
  }

  /** call hands a request to the engine. The answer lies in the engine's memory and is valid until the next call. */
  call(request: Uint8Array): Uint8Array {
    return this.guard(() => {
      const { exports, instance } = this;
      const buffer = this.bufferFor(request.length);
      new Uint8Array(instance.memory, buffer, request.length).set(request);
      const length = exports.ormlab_handle(request.length);
      // handle may have made the memory grow, which replaces its buffer.
      const answer = new DataView(instance.memory).getUint32(buffer, true);
      return new Uint8Array(instance.memory, answer, length);
    });
  }

  /** bufferFor asks for the request buffer only when it has to change: a call of an export costs more than what it does. */
  private bufferFor(length: number): number {
    if (length > this.room || (this.room > keptRoom && length <= keptRoom)) {
      this.room = Math.max(length, leastRoom);
      this.buffer = this.exports.ormlab_buffer(this.room) >>> 0;
    }
    return this.buffer;
  }

  /** flush makes the engine report what has happened so far. If it cannot, the next call says so. */
  flush(): void {
    if (this.broken) return;
    try {
      this.guard(() => this.exports.ormlab_flush());
    } catch {
      // The failure is kept by guard.
    }
  }

  /** guard turns a fault of the engine into an error that stays: its memory cannot be trusted afterwards. */
  private guard<T>(work: () => T): T {
    if (this.failure !== undefined) throw new wire.EngineError(this.failure);
    try {
      return work();
    } catch (err) {
      const said = this.printed.trim().split("\n")[0];
      this.failure = `the database engine broke down: ${said || String(err)}`;
      throw new wire.EngineError(this.failure);
    }
  }

  /** broken says whether the engine has failed for good. */
  get broken(): boolean {
    return this.failure !== undefined;
  }

  /** beginRun sets a run's limits, forgets what was in memory, and marks what changes are told from; endRun closes what the run left open. */
  beginRun(statements: number): void {
    wire.decodeOK(this.call(wire.limits(statements)));
    wire.decodeOK(this.call(wire.forget()));
    this.mark();
  }

  endRun(): void {
    wire.decodeOK(this.call(wire.endRun()));
  }

  databases(): string[] {
    return wire.decodeDatabases(this.call(wire.databases()));
  }

  /** snapshot copies all databases. */
  snapshot(): Database[] {
    return this.databases().map((name) => ({ name, bytes: wire.decodeSnapshot(this.call(wire.snapshot(name))) }));
  }

  /** restore replaces all databases. */
  restore(databases: Database[]): void {
    for (const name of this.databases()) wire.decodeOK(this.call(wire.drop(name)));
    for (const db of databases) wire.decodeOK(this.call(wire.restore(db)));
  }

  schema(database: string): Table[] {
    return wire.decodeSchema(this.call(wire.schema(database)));
  }

  /** kept are the private databases that the last run left, to be looked at until the next one begins. */
  kept(): string[] {
    return wire.decodeDatabases(this.call(wire.kept()));
  }

  /** tables are those of all databases. */
  tables(): Table[] {
    return this.databaseTables().flatMap(({ tables }) => tables);
  }

  /** databaseTables are the tables of each database. */
  databaseTables(): DatabaseTables[] {
    const tables = (name: string, memory: boolean) => ({ name, memory, tables: this.schema(name) });
    return [...this.databases().map((name) => tables(name, false)), ...this.kept().map((name) => tables(name, true))];
  }

  /** changes are those since the last run began. */
  changes(database: string): TableChange[] {
    return wire.decodeChanges(this.call(wire.changes(database, changedRows, changedCell)));
  }

  page(question: PageQuestion): TablePage {
    return wire.decodePage(this.call(wire.page(question)));
  }

  /** script carries out statements that a person has typed, or that a file holds. */
  script(database: string, sql: string, whole: boolean): Script {
    return wire.decodeScript(this.call(wire.script(database, sql, scriptRows, scriptCell, whole)));
  }

  /** export is a database as its file or as SQL, or a table as CSV. */
  export(database: string, format: "db" | "sql" | "csv", table: string): Uint8Array<ArrayBuffer> {
    return wire.decodeSnapshot(this.call(format === "db" ? wire.snapshot(database) : wire.exportFile(database, format, table)));
  }

  import(database: string, format: "db" | "csv", table: string, data: Uint8Array): Imported {
    return { rows: wire.decodeImported(this.call(wire.importFile(database, format, table, data))), wrote: true };
  }

  mark(): void {
    wire.decodeOK(this.call(wire.mark()));
  }

  plan(database: string, sql: string): PlanLine[] {
    return wire.decodePlan(this.call(wire.plan(database, sql)));
  }
}
