// Messages between the page and its worker, and nothing else.
//
// The page sends requests; every request gets exactly one answer with its id.
// Between a request and its answer the worker may send events with that id.
// Files of the tool set are described by manifest.json (playground/toolchain).

/** SourceFile is one file of a program; name has no folder: "main.go". */
export interface SourceFile {
  name: string;
  text: string;
}

/** RunOptions are the limits of a run; what is left out has the default of limits.ts. */
export interface RunOptions {
  /** Bytes of standard output and standard error together. */
  outputBytes?: number;
  /** Bytes of memory of the program. */
  memoryBytes?: number;
  /** Statements reported one by one; further ones are only counted. */
  statements?: number;
}

/** Database is a database's file. */
export interface Database {
  name: string;
  bytes: Uint8Array<ArrayBuffer>;
}

/** Assets are what a worker has loaded and built, in a form that another worker can take over. */
export interface Assets {
  manifest?: Manifest;
  modules: Record<string, WebAssembly.Module>; // engine.wasm, and the tools once they were needed
  pack?: Blob; // archives.pack
  exports?: Blob; // exports.pack
  programs: [key: string, module: WebAssembly.Module][];
}

/**
 * Program is what to build: the files, and where somebody has built just these already. If that cannot be
 * fetched, they are compiled. To compare is to be told what each statement would be on other databases.
 */
export interface Program {
  files: SourceFile[];
  built?: string; // URL
  compare?: boolean;
}

export type Request =
  | { type: "load"; url: string; assets?: Assets } // what every run needs; url of manifest.json
  | { type: "tools" } // compiler, linker and archives, ahead of the first build; answered out of turn
  | { type: "adopt"; assets: Assets } // what other workers have loaded and built meanwhile
  | ({ type: "build" } & Program) // build without running, so that a run finds it built
  | ({ type: "run"; options?: RunOptions } & Program)
  | { type: "snapshot" }
  | { type: "restore"; databases: Database[] } // replaces all databases
  | { type: "schema"; database: string }
  | { type: "tables" } // of all databases
  | { type: "plan"; database: string; sql: string }
  | { type: "databases" } // that hold anything, with their tables
  | { type: "changes"; database: string } // since the last run began
  | ({ type: "page" } & PageQuestion)
  | { type: "script"; database: string; sql: string; whole: boolean } // statements by hand; whole: all of them or none
  | { type: "export"; database: string; format: "db" | "sql" | "csv"; table: string } // table: for CSV, otherwise ""
  | { type: "import"; database: string; format: "db" | "csv"; table: string; data: Uint8Array<ArrayBuffer> }
  | { type: "mark" }; // changes are told from now on

/** Answers gives the type of the answer to each request. */
export interface Answers {
  load: null;
  tools: null;
  adopt: null;
  build: Diagnostic[]; // empty if it was built
  run: RunResult;
  snapshot: Database[];
  restore: null;
  schema: Table[];
  tables: Table[];
  plan: PlanLine[];
  databases: DatabaseTables[];
  changes: TableChange[];
  page: TablePage;
  script: Script;
  export: Uint8Array<ArrayBuffer>;
  import: Imported;
  mark: null;
}

/** RunResult is the answer to run, after the event "done". */
export interface RunResult {
  done: DoneEvent;
  databases: Database[]; // all databases as the run left them
}

export type ToWorker = Request & { id: number };

export type FromWorker =
  | { type: "answer"; id: number; value: unknown }
  | { type: "error"; id: number; message: string }
  | { type: "events"; id: number; events: RunEvent[] }
  | { type: "share"; assets: Assets }; // what is new since the last of these: no answer, at any time

/** RunEvent is one entry of the result stream, in the order in which things happened. */
export type RunEvent =
  | PhaseEvent
  | { type: "stdout" | "stderr"; text: string }
  | { type: "show"; doc: ShowDoc }
  | DialectsEvent
  | StatementEvent
  | { type: "repeated"; id: number; times: number; us: number; affected: number }
  | { type: "skipped"; statements: number }
  | { type: "diagnostics"; items: Diagnostic[] }
  | DoneEvent;

export type Phase = "load" | "compile" | "link" | "run";

/** PhaseEvent begins a phase, or tells how many bytes of how many have come, while loading. */
export interface PhaseEvent {
  type: "phase";
  phase: Phase;
  what?: "engine" | "compiler"; // while loading
  loaded?: number;
  total?: number;
}

export interface StatementEvent {
  type: "statement";
  id: number;
  phase: "begin" | "end";
  sql: string;
  args: WireArg[];
  file: string;
  line: number;
  tx: number;
  verb?: "begin" | "commit" | "rollback" | "savepoint" | "release" | "rollback to";
  us?: number;
  rows?: number;
  affected?: number;
  error?: string;
  plan?: PlanLine[];
}

/** DialectsEvent tells what the statements of that SQL which begin from now on are for other databases. */
export interface DialectsEvent {
  type: "dialects";
  sql: string; // as their events have it
  text: boolean; // the words are the program's own
  others: OtherSQL[];
}

/** OtherSQL is a statement for another database, or why it cannot be one. */
export interface OtherSQL {
  dialect: string; // "postgresql", "mysql"
  sql?: string;
  error?: string;
}

export interface WireArg {
  kind: "null" | "int" | "float" | "bool" | "text" | "blob" | "time";
  text: string;
  cut?: number;
}

export interface PlanLine {
  id: number;
  parent: number;
  detail: string;
  rows?: number; // of the table that is read whole
}

export interface ShowDoc {
  kind: "table" | "bar" | "line" | "pyramid";
  title?: string;
  columns: { name: string; type: string }[];
  rows: (string | null)[][];
  total: number;
  text: string;
  // Of a chart, the parts of its columns: places, numbers, and what tells series of one column of numbers apart.
  x?: number;
  y?: number[];
  series?: number;
}

/** Diagnostic is a problem of a program's text. Line and column count from 1, columns in UTF-16 units; line 0 is the file as a whole. */
export interface Diagnostic {
  file: string;
  line: number;
  column: number;
  message: string;
  hint?: string;
}

export type Reason =
  | "ok" | "exit" | "compile" | "panic" | "deadlock" | "recursion"
  | "memory" | "output" | "stopped" | "crash";

export interface DoneEvent {
  type: "done";
  reason: Reason;
  code: number;
  message?: string;
  hint?: string;
  file?: string;
  line?: number;
  trace?: string; // what Go's runtime printed about a panic, with its goroutines; of a recursion, the calls
  timings: Timings;
}

/** Timings are milliseconds. */
export interface Timings {
  load: number;
  compile: number;
  link: number;
  instantiate: number;
  run: number;
}

/** Table is one table of a database's schema. */
export interface Table {
  name: string;
  sql: string;
  columns: Column[];
  foreignKeys: ForeignKey[];
  indexes: Index[];
  rows: number; // -1 for a view
}

export interface Column {
  name: string;
  type: string;
  notNull: boolean;
  primaryKey: boolean;
  generated: boolean;
  default: string | null; // SQL
}

export interface ForeignKey {
  columns: string[];
  table: string;
  targets: string[]; // none: the table's primary key
  onUpdate: string;
  onDelete: string;
}

export interface Index {
  name: string;
  unique: boolean;
  partial: boolean;
  constraint: boolean; // made by PRIMARY KEY or UNIQUE
  columns: string[]; // "" for an expression
}

/**
 * DatabaseTables are the tables of one database. One in memory was private to a program's connection: it is there
 * until the next run begins, and cannot be changed; its name is for people from the second character on.
 */
export interface DatabaseTables {
  name: string;
  memory: boolean;
  tables: Table[];
}

/** Cell is a value as people see it: numbers in decimal, blobs in hexadecimal. */
export interface Cell {
  kind: "null" | "int" | "float" | "bool" | "text" | "blob" | "time";
  text: string;
  cut: number; // bytes of the value that text lacks
}

/** ColumnHead is the name of a column of rows, and its declared type, which may be "". */
export interface ColumnHead {
  name: string;
  type: string;
}

/** PageQuestion asks for rows of a table. */
export interface PageQuestion {
  database: string;
  table: string;
  column: string; // to order by; "": as they are stored
  down: boolean; // the largest first
  offset: number;
  rows: number;
  longest: number; // bytes after which values are cut
}

/** TablePage is some rows of a table; total is -1 if they could not be counted. */
export interface TablePage {
  columns: ColumnHead[];
  total: number;
  rows: Cell[][];
}

/** TableChange is what a run did to a table. rows may be fewer than were added, removed and changed; note says why some are missing. */
export interface TableChange {
  name: string;
  state: "same" | "created" | "dropped" | "altered";
  columns: ColumnHead[];
  added: number;
  removed: number;
  changed: number;
  rows: ChangedRow[];
  note: string;
}

/** ChangedRow is a row as it is now, or was if it was removed; before has what differed in one that was changed. */
export interface ChangedRow {
  change: "added" | "removed" | "changed";
  cells: Cell[];
  before: { column: number; cell: Cell }[];
}

/** Script is what became of a text of statements, which may make a new database. Results may be fewer than the statements. */
export interface Script {
  statements: number; // that were carried out
  wrote: boolean; // the database may hold something else now
  undone: boolean; // a transaction that nobody committed, or all of a text that was to be carried out whole
  results: ScriptResult[];
}

/** Imported is what became of a file; rows are those of a table. */
export interface Imported {
  rows: number;
  wrote: boolean;
}

/** ScriptResult is what became of one statement. Its places are bytes of the text in UTF-8. */
export interface ScriptResult {
  from: number;
  to: number;
  columns: ColumnHead[]; // none: it gives no rows
  rows: Cell[][];
  more: boolean; // there are rows that are not here
  affected: number; // -1: it is no statement that tells
  us: number;
  error: string; // "": it was carried out
  at: number; // where the error is
}

/** Manifest is manifest.json of a tool set. */
export interface Manifest {
  version: number;
  go: string;
  id: string;
  files: Record<string, AssetFile>;
  packages: Record<string, PackPlace>;
  exports: Record<string, PackPlace>;
  importable: string[];
  args: { compile: string[]; link: string[] };
}

/** PackPlace is where a package is in a pack. */
export interface PackPlace {
  offset: number;
  size: number;
}

export interface AssetFile {
  path: string;
  size: number;
  gzip: number;
  brotli: number;
  sha256: string;
}
