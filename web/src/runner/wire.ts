// Messages to and from the engine, and their codec: the part of
// playground/wire that the host needs, with the same numbers. Its package
// comment describes the format; playground/wire/testdata has examples that
// both sides are tested with.

import type { Cell, ChangedRow, Column, ColumnHead, Database, ForeignKey, Index, PageQuestion, PlanLine, Script, Table, TableChange, TablePage } from "./protocol.ts";

/** version is the protocol's version. */
export const version = 2;

/** Op says what a request asks for; the program sends the ops that are missing here. */
export const Op = {
  Hello: 1, EndRun: 11, Databases: 12, Snapshot: 13, Restore: 14, Drop: 15, Schema: 16, Plan: 17, Limits: 18,
  Mark: 19, Changes: 20, Page: 21, Kept: 22, Forget: 23, Script: 24, Export: 25, Import: 26,
} as const;

const statusError = 1;
const flagNotNull = 1;
const flagPrimaryKey = 2;
const flagGenerated = 4;
const flagDefault = 8;
const flagUnique = 1;
const flagPartial = 2;
const flagConstraint = 4;

const kinds = ["null", "int", "float", "bool", "text", "blob", "time"] as const;
const states = ["same", "created", "dropped", "altered"] as const;
const formats = ["db", "sql", "csv"];
const rowChanges = ["added", "removed", "changed"] as const;

/** EngineError is an answer that says what went wrong. */
export class EngineError extends Error {}

// Requests

export const hello = () => new Writer(Op.Hello).uvarint(version).bytes();
export const endRun = () => new Writer(Op.EndRun).bytes();
export const databases = () => new Writer(Op.Databases).bytes();
export const snapshot = (name: string) => new Writer(Op.Snapshot).string(name).bytes();
export const restore = (db: Database) => new Writer(Op.Restore).string(db.name).blob(db.bytes).bytes();
export const drop = (name: string) => new Writer(Op.Drop).string(name).bytes();
export const schema = (name: string) => new Writer(Op.Schema).string(name).bytes();
export const plan = (name: string, sql: string) => new Writer(Op.Plan).string(name).string(sql).bytes();
export const limits = (statements: number) => new Writer(Op.Limits).uvarint(statements).bytes();
export const mark = () => new Writer(Op.Mark).bytes();
export const changes = (name: string, rows: number, longest: number) => new Writer(Op.Changes).string(name).uvarint(rows).uvarint(longest).bytes();
export const forget = () => new Writer(Op.Forget).bytes();
export const script = (name: string, sql: string, rows: number, longest: number, whole: boolean) =>
  new Writer(Op.Script).string(name).string(sql).uvarint(rows).uvarint(longest).uvarint(whole ? 1 : 0).bytes();
export const exportFile = (name: string, format: "sql" | "csv", table: string) => new Writer(Op.Export).string(name).uvarint(formats.indexOf(format)).string(table).bytes();
export const importFile = (name: string, format: "db" | "csv", table: string, data: Uint8Array) =>
  new Writer(Op.Import).string(name).uvarint(formats.indexOf(format)).string(table).blob(data).bytes();
export const kept = () => new Writer(Op.Kept).bytes();
export const page = (q: PageQuestion) =>
  new Writer(Op.Page).string(q.database).string(q.table).string(q.column).uvarint(q.down ? 1 : 0).uvarint(q.offset).uvarint(q.rows).uvarint(q.longest).bytes();

// Answers

export function decodeOK(message: Uint8Array): void {
  new Reader(message).end();
}

export function decodeHello(message: Uint8Array): { version: number; sqlite: string } {
  const r = new Reader(message);
  const theirs = r.uvarint();
  return r.end({ version: theirs, sqlite: r.string() });
}

export function decodeDatabases(message: Uint8Array): string[] {
  const r = new Reader(message);
  return r.end(r.list(() => r.string()));
}

/** decodeSnapshot copies the file, because the message lies in the engine's memory. */
export function decodeSnapshot(message: Uint8Array): Uint8Array<ArrayBuffer> {
  const r = new Reader(message);
  return r.end(new Uint8Array(r.blob()));
}

export function decodeSchema(message: Uint8Array): Table[] {
  const r = new Reader(message);
  return r.end(r.list(() => ({
    name: r.string(), sql: r.string(), columns: r.list(() => column(r)),
    foreignKeys: r.list(() => foreignKey(r)), indexes: r.list(() => index(r)), rows: r.varint(),
  })));
}

function column(r: Reader): Column {
  const [name, type, flags, text] = [r.string(), r.string(), r.byte(), r.string()];
  const has = (flag: number) => (flags & flag) !== 0;
  return { name, type, notNull: has(flagNotNull), primaryKey: has(flagPrimaryKey), generated: has(flagGenerated), default: has(flagDefault) ? text : null };
}

function foreignKey(r: Reader): ForeignKey {
  return { columns: strings(r), table: r.string(), targets: strings(r), onUpdate: r.string(), onDelete: r.string() };
}

function index(r: Reader): Index {
  const [name, flags, columns] = [r.string(), r.byte(), strings(r)];
  const has = (flag: number) => (flags & flag) !== 0;
  return { name, unique: has(flagUnique), partial: has(flagPartial), constraint: has(flagConstraint), columns };
}

const strings = (r: Reader) => r.list(() => r.string());

export function decodePage(message: Uint8Array): TablePage {
  const r = new Reader(message);
  return r.end({ columns: heads(r), total: r.varint(), rows: r.list(() => cells(r)) });
}

export function decodeChanges(message: Uint8Array): TableChange[] {
  const r = new Reader(message);
  return r.end(r.list(() => ({
    name: r.string(), state: r.one(states), columns: heads(r), added: r.varint(), removed: r.varint(), changed: r.varint(),
    rows: r.list(() => changedRow(r)), note: r.string(),
  })));
}

function changedRow(r: Reader): ChangedRow {
  return { change: r.one(rowChanges, 1), cells: cells(r), before: r.list(() => ({ column: r.uvarint(), cell: cell(r) })) };
}

/** decodeImported gives the number of rows. */
export function decodeImported(message: Uint8Array): number {
  const r = new Reader(message);
  const rows = r.varint();
  r.varint(); // the last key, which no import tells
  return r.end(rows);
}

export function decodeScript(message: Uint8Array): Script {
  const r = new Reader(message);
  const flag = () => r.byte() !== 0;
  return r.end({ statements: r.uvarint(), wrote: flag(), undone: flag(), results: r.list(() => ({
    from: r.uvarint(), to: r.uvarint(), columns: heads(r), rows: r.list(() => cells(r)), more: flag(),
    affected: r.varint(), us: r.varint(), error: r.string(), at: r.uvarint(),
  })) });
}

const heads = (r: Reader): ColumnHead[] => r.list(() => ({ name: r.string(), type: r.string() }));
const cells = (r: Reader) => r.list(() => cell(r));
const cell = (r: Reader): Cell => ({ kind: r.one(kinds), text: r.string(), cut: r.uvarint() });

export function decodePlan(message: Uint8Array): PlanLine[] {
  const r = new Reader(message);
  return r.end(r.list(() => ({ id: r.varint(), parent: r.varint(), detail: r.string() })));
}

// Codec

/** Writer appends fields to a request. */
class Writer {
  private parts: (number[] | Uint8Array)[] = [];

  constructor(op: number) {
    this.parts.push([op]);
  }

  uvarint(n: number): this {
    const out: number[] = [];
    for (; n >= 0x80; n = Math.floor(n / 128)) out.push((n % 128) | 0x80);
    out.push(n);
    this.parts.push(out);
    return this;
  }

  blob(bytes: Uint8Array): this {
    this.uvarint(bytes.length).parts.push(bytes);
    return this;
  }

  string(text: string): this {
    return this.blob(new TextEncoder().encode(text));
  }

  bytes(): Uint8Array {
    const out = new Uint8Array(this.parts.reduce((n, part) => n + part.length, 0));
    let at = 0;
    for (const part of this.parts) {
      out.set(part, at);
      at += part.length;
    }
    return out;
  }
}

/** Reader takes an answer apart; an answer that is an error is thrown. */
class Reader {
  private at = 0;

  constructor(private message: Uint8Array) {
    const status = this.byte();
    if (status === statusError) throw this.error();
    if (status !== 0) throw new EngineError(`wire: the answer's status ${status} is unknown`);
  }

  private error(): EngineError {
    this.byte(); // kind
    this.string(); // code
    return new EngineError(this.string());
  }

  byte(): number {
    const b = this.message[this.at++];
    if (b === undefined) throw new EngineError("wire: the message ends too early");
    return b;
  }

  uvarint(): number {
    let n = 0;
    for (let scale = 1; ; scale *= 128) {
      const b = this.byte();
      n += (b & 0x7f) * scale;
      if (b < 0x80) break;
      if (scale > 2 ** 56) throw new EngineError("wire: an integer is longer than 64 bits");
    }
    if (n > Number.MAX_SAFE_INTEGER) throw new EngineError(`wire: the number ${n} is too large`);
    return n;
  }

  varint(): number {
    const n = this.uvarint();
    return n % 2 === 0 ? n / 2 : -(n + 1) / 2;
  }

  blob(): Uint8Array {
    const n = this.uvarint();
    if (n > this.message.length - this.at) throw new EngineError("wire: the message ends too early");
    this.at += n;
    return this.message.subarray(this.at - n, this.at);
  }

  string(): string {
    return new TextDecoder().decode(this.blob());
  }

  /** one reads a byte that stands for one of some words, the first of which has that number. */
  one<T extends string>(words: readonly T[], first = 0): T {
    const n = this.byte();
    const word = words[n - first];
    if (word === undefined) throw new EngineError(`wire: the byte ${n} is none of ${words.join(", ")}`);
    return word;
  }

  list<T>(element: () => T): T[] {
    const n = this.uvarint();
    if (n > this.message.length - this.at) throw new EngineError("wire: the message ends too early");
    return Array.from({ length: n }, element);
  }

  end<T>(value?: T): T {
    if (this.at !== this.message.length) throw new EngineError(`wire: ${this.message.length - this.at} bytes after the end of the message`);
    return value as T;
  }
}
